"""A policy tried on its own cases: what does not come out as the file says, and what cannot be judged at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from filing import GONE, loaded

from procure.engines.trying import check_policy

TOO_LOW = (
    "small: limit.theirs: a limit of 100.00 is not above 2000.00\n"
    "small: limit.theirs: a limit of 100.00 is below 3000.00"
)


def wrong(folder: Path, *changes: tuple[str, Any]) -> tuple[list[str], list[str]]:
    """What is wrong with the examples, and with the small logs of the questions."""
    found = check_policy(loaded(folder, *changes))
    examples, witnesses = ([w.en for each in cases for w in each.wrong] for cases in (found.examples, found.witnesses))
    return examples, witnesses


def test_an_example_that_holds(tmp_path: Path) -> None:
    assert wrong(tmp_path)[0] == []


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("verdict", "violation", "verdict: the file says violation, it was judged compliant"),
        ("breached", ["tender", "quotes"], "breached: the file says quotes, tender, it was judged none"),
        ("missing", ["kind"], "missing: the file says kind, it was judged none"),
        ("turns-on", ["edge"], "turns-on: the file says edge, it was judged none"),
        ("given", {"theirs": 100}, TOO_LOW),
        # A word that nobody knows would be a missing datum of a log; in an example it is a slip.
        (
            "rows.1.method",
            "qoutation",
            "rows.1.method: 'qoutation' is not a known method (use one of: e_mall, designated, framework, direct, "
            "quotation, inquiry, negotiation, consultation, invited_tender, open_tender, single_source)",
        ),
        (
            "rows.1",
            {"amount": "x", "bought_on": "y", "category": ""},
            "rows.1.bought_on: 'y' is not a date; rows.1.amount: 'x' is not an amount",
        ),
    ],
)
def test_an_example_that_comes_out_otherwise(tmp_path: Path, place: str, value: Any, said: str) -> None:
    assert wrong(tmp_path, (f"example.1.{place}", value))[0] == [said]


@pytest.mark.parametrize(
    ("row", "more"),
    [
        ({"approved_on": ""}, "breached: approval"),
        ({}, "missing: approved_on"),
    ],
)
def test_another_verdict_than_the_file_says_names_what_it_is_by(tmp_path: Path, row: dict[str, Any], more: str) -> None:
    rows = [{"bought_on": dt.date(2020, 3, 2), "amount": 100, "category": "A02", "method": "direct", **row}]
    changes = [("rows", rows), ("breached", GONE), ("missing", GONE), ("turns-on", GONE)]
    judged = "violation" if more.startswith("breached") else "unknown"
    assert wrong(tmp_path, *((f"example.1.{key}", value) for key, value in changes))[0] == [
        f"verdict: the file says compliant, it was judged {judged}",
        more,
    ]


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (
            "verdicts.upper",
            "unknown",
            ["under lower: the file says compliant, it was judged unknown"],
        ),
        ("given", {"theirs": 100}, [TOO_LOW, TOO_LOW]),
        ("rows.1.amount", "many", ["rows.1.amount: 'many' is not an amount"] * 2),
    ],
)
def test_a_log_of_a_question_that_comes_out_otherwise(tmp_path: Path, place: str, value: Any, said: list[str]) -> None:
    assert wrong(tmp_path, (f"question.edge.witness.1.{place}", value))[1] == said
