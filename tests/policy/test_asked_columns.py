"""Columns that a question derives: under each reading they are what the column would be that is derived so alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import framing
import pytest
from filing import loaded, put, refused, spoiled
from hypothesis import given
from hypothesis import strategies as st
from small import duty, question, small

import procure
from procure.authoring import (
    Band,
    Code,
    GivenList,
    Head,
    Holds,
    Ladder,
    Limit,
    Listed,
    Policy,
    PolicyError,
    Prefix,
    Total,
    ask,
    column,
)

CATEGORY = column("category", code=Code("[ABC][0-9]+"))
QUESTIONS = [question("it", "one", "two"), question("other", "yes", "no")]
#: A column by two ways.
DERIVED: Mapping[str, tuple[Any, Any]] = {
    "kind": (
        Prefix("category", {"A": "goods", "B": "works", "C": "services"}),
        Prefix("category", {"A0": "services", "A": "goods", "B": "works"}),
    ),
    "class": (Head("category", 2), Head("category", 3)),
    "in_catalogue": (Listed("long"), Listed("short")),
    "large": (Holds({"amount": ">= 100"}), Holds({"amount": ">= 200"})),
}
LISTS = {
    "long": GivenList(of="category", rows=({"code": "A0"}, {"code": "B"})),
    "short": GivenList(of="category", rows=({"code": "A01"},)),
}


def policy(derived: Mapping[str, Any]) -> Policy:
    """Asks whether duties are due and met by columns that are derived so, and adds up by them."""
    types = {"class": "name", "large": "yes-no"}
    columns = [column(name, type=types.get(name), derived=each) for name, each in derived.items()]
    total = Total(window="always so far", by=["kind", "class", "unit"])
    bands = (Band(id="low", range="[0 .. 300)"), Band(id="high", range="[300 .. )", duties=["listed"]))
    return small(
        None,
        (CATEGORY, column("unit", absent="one"), *columns),
        lists=LISTS,
        questions=QUESTIONS,
        totals={"so-far": total},
        ladders={"steps": Ladder(measures=["so-far"], bands=bands)},
        duties={
            "listed": duty([{"in_catalogue": "yes"}]),
            "works": duty([{"large": "no"}], when={"kind": ["works", "services"]}),
        },
    )


ASKED = policy({name: ask("it", one=one, two=two) for name, (one, two) in DERIVED.items()})
ALONE = {
    "one": policy({name: one for name, (one, _) in DERIVED.items()}),
    "two": policy({name: two for name, (_, two) in DERIVED.items()}),
}
ROWS = st.lists(
    st.fixed_dictionaries(
        {"date": st.just("2020-06-08"), "amount": st.sampled_from(["90", "150", "250", None]),
         "category": st.sampled_from(["A01", "A011", "A02", "A1", "B0", "C", "paper", None])},
        optional={"kind": st.sampled_from(["goods", "works", None]), "in_catalogue": st.sampled_from(["yes", "no"]),
                  "large": st.sampled_from(["yes", "no", None]), "class": st.sampled_from(["A0", "A01", None])},
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def table(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row.get(name) for row in rows] for name in dict.fromkeys(name for row in rows for name in row)}


@given(ROWS)
def test_under_each_reading_it_is_the_column_derived_so(rows: list[dict[str, Any]]) -> None:
    log = framing.polars(table(rows))
    for reading, alone in ALONE.items():
        told = framing.by_check(log, ASKED.adopt({"it": reading}))
        assert told == framing.by_check(log, alone)


@given(ROWS)
def test_frames_say_the_same(rows: list[dict[str, Any]]) -> None:
    told = framing.by_check(framing.polars(table(rows)), ASKED)
    for kind in ("polars", "pandas", "duckdb"):
        assert framing.by_frame(kind, table(rows), ASKED) == told


@given(ROWS)
def test_what_both_readings_say_is_settled(rows: list[dict[str, Any]]) -> None:
    log = framing.polars(table(rows))
    one, two = (framing.by_check(log, alone) for alone in ALONE.values())
    for both, first, second in zip(framing.by_check(log, ASKED), one, two, strict=True):
        assert both[1] == (first[1] and second[1] and first[0] == second[0])


def test_a_purchase_that_turns_on_it() -> None:
    row = {"date": "2020-06-08", "amount": 250, "category": "A02"}
    report = procure.check([procure.Purchase(**row)], ASKED)
    finding = report.purchases[0]
    assert (finding.verdict.value, [dict(flip) for flip in finding.flips]) == ("compliant", [{"it": "two"}])


def test_questions_that_choose_together() -> None:
    """Three ways by two questions."""
    one, two = DERIVED["kind"]
    three = Prefix("category", {"A": "works", "B": "works", "C": "goods"})
    asked = column("kind", derived=ask("it", one=one, two=ask("other", yes=two, no=three)))
    met_by = {"kind": "goods"}
    policy = small(met_by, (CATEGORY, asked), questions=QUESTIONS)
    for answers, derived in [
        ({"it": "one"}, one), ({"it": "two", "other": "yes"}, two), ({"it": "two", "other": "no"}, three)
    ]:  # fmt: skip
        alone = small(met_by, (CATEGORY, column("kind", derived=derived)), questions=QUESTIONS)
        for category in ("A0", "A1", "B1", "C1", "paper"):
            log = framing.polars({"date": ["2020-06-08"], "amount": ["1"], "category": [category]})
            assert framing.by_check(log, policy.adopt(answers)) == framing.by_check(log, alone.adopt(answers))


KIND = column("kind", derived=ask("it", one=DERIVED["kind"][0], two=DERIVED["kind"][1]))
DEPENDS = (
    "it depends on a question what kind is derived from: only conditions and the keys of totals can name it",
    "kind 由何得出取决于某问题，只能用于条件和累计口径",
)
CODE = column("code", type="name", derived=ask("it", one=Head("category", 2), two=Head("category", 3)))


class TestRefused:
    @pytest.mark.parametrize(
        ("changed", "place"),
        [
            ({"limits": {"top": [Limit(by="kind", value=5)]}}, "limit.top"),
            ({"columns": (column("class", type="name", derived=Head("kind", 2)),)}, "columns.class"),
        ],
    )
    def test_where_it_cannot_be_named(self, changed: dict[str, Any], place: str) -> None:
        columns = (CATEGORY, KIND, *changed.pop("columns", ()))
        with pytest.raises(PolicyError) as caught:
            small({}, columns, questions=QUESTIONS, **changed)
        assert [(fault.words.en, fault.why.zh) for fault in caught.value.faults] == [
            (f"{place}: {DEPENDS[0]}", DEPENDS[1])
        ]

    def test_a_list_of_it(self) -> None:
        lists = {"codes": GivenList(of="code", rows=({"name": "A0"},))}
        inside = column("in_catalogue", derived=Listed("codes"))
        with pytest.raises(PolicyError, match=r"columns\.in_catalogue: it depends on a question what code is derived"):
            small({}, (CATEGORY, CODE, inside), questions=QUESTIONS, lists=lists)

    def test_a_key_that_is_a_condition(self) -> None:
        large = column("large", type="yes-no", derived=ask("it", one=Holds({}), two=Listed("long")))
        with pytest.raises(PolicyError, match=r"total\.so-far\.by: large#1 \(yes-no\) cannot be a key"):
            small({}, (CATEGORY, large), questions=QUESTIONS, lists=LISTS,
                  totals={"so-far": Total(window="year", by="large")})  # fmt: skip

    def test_faults_are_those_of_the_column(self) -> None:
        wrong = ask("it", one=Prefix("categry", {"A": "goods"}), two=Prefix("category", {"A": "good"}))
        with pytest.raises(PolicyError) as caught:
            small({}, (CATEGORY, column("kind", derived=wrong)), questions=QUESTIONS)
        assert [fault.words.en for fault in caught.value.faults] == [
            "columns.kind: there is no column 'categry' (did you mean 'category'?); "
            "a column of your own is declared first: [columns.categry], with its type",
            "columns.kind.from: there is no word 'good' (did you mean 'goods'?)",
        ]


class TestFile:
    def test_it_is_read(self, tmp_path: Any) -> None:
        policy = loaded(tmp_path, ("columns.class.from", {
            "ask": "edge", "upper": {"column": "category", "head": 2}, "lower": {"column": "category", "head": 3}
        }))  # fmt: skip
        assert policy.columns["class"].derived == ask("edge", upper=Head("category", 2), lower=Head("category", 3))

    def test_a_reading_is_missing(self, tmp_path: Any) -> None:
        changed = spoiled(("columns.class.from", {"ask": "edge", "upper": {"column": "category", "head": 2}}))
        assert refused(put(tmp_path, changed)) == [
            ("columns.class.from", "ask = edge：缺少“lower”（读法：upper、lower）",
             "ask = edge: 'lower' is missing (its readings: upper, lower)"),
        ]  # fmt: skip


class TestNotices:
    """The log's own column beside each way in which a column is derived."""

    ROW: Mapping[str, Any] = {"date": "2020-06-08", "amount": 150, "category": "A02"}

    def told(self, policy: Policy, **cells: Any) -> list[tuple[str, str]]:
        report = procure.check([procure.Purchase(**{**self.ROW, **cells})], policy)
        return [(notice.kind, notice.message.en) for notice in report.notices if notice.kind.startswith("conflict")]

    def test_a_condition(self) -> None:
        # Large from 100 on, or from 200 on.
        said = [("conflict-large", "large differs from what its condition says: both were considered")]
        assert self.told(ASKED, large="yes") == self.told(ASKED, large="no") == said
        assert self.told(ASKED.adopt({"it": "one"}), large="yes") == []
        assert self.told(ASKED.adopt({"it": "two"}), large="yes") == said

    def test_a_list(self) -> None:
        # Listed by the long list alone.
        said = [("conflict-in-catalogue", "in_catalogue differs from the {} given: both were considered")]
        for answers, own, of in [({"it": "one"}, "no", "long"), ({"it": "two"}, "yes", "short")]:
            policy = ASKED.adopt(answers)
            assert self.told(policy, in_catalogue=own) == [(kind, text.format(of)) for kind, text in said]
            assert self.told(policy, in_catalogue="yes" if own == "no" else "no") == []

    def test_a_code(self) -> None:
        letter = ("conflict-kind", "kind differs from the letter of the category code: both were considered")
        assert self.told(ASKED.adopt({"it": "one"}), kind="works") == [letter]
        assert self.told(ASKED.adopt({"it": "two"}), kind="services") == []
