"""Any declared policy is judged alike: row by row, by columns, and on frames; small random policies and logs."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

import framing
import pytest
import random_policies
from declaring import declared
from hypothesis import given
from hypothesis import strategies as st
from random_policies import Case

import procure
from procure import Policy, Purchase, Report
from procure.reporting.phrases import sum_of

pytest.importorskip("polars")


def log(rows: Sequence[Mapping[str, Any]]) -> list[Purchase]:
    return [Purchase(**row) for row in rows]


def told(report: Report) -> list[Any]:
    """All that is found of each row."""
    found = []
    for finding in report:
        totals = {
            name: None if total is None else sum_of(report.plan, report.plan.working_measures[name], total)
            for name, total in finding.totals.items()
        }
        breaches = [(breach.rule.id, breach.working, breach.settled) for breach in finding.breaches]
        found.append((framing.of_finding(finding), totals, finding.bands, breaches, finding.counted))
    return found


def table(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The rows as columns of text."""
    return {name: [None if row[name] == "" else str(row[name]) for row in rows] for name in rows[0]}


def policy(case: Case) -> Policy:
    """Each time anew: nothing that one engine worked out may help the other."""
    return declared(case.policy).adopt(case.adopted)


@given(random_policies.cases())
def test_by_columns(case: Case) -> None:
    report = procure.check(log(case.rows), policy(case))
    by_columns = procure.check(log(case.rows), policy(case), engine=procure.engine("polars"))
    assert told(by_columns) == told(report)
    assert [each.message for each in by_columns.notices] == [each.message for each in report.notices]


@given(random_policies.cases(), st.sampled_from([*framing.FRAMES]), st.booleans())
def test_frames(case: Case, kind: str, any_year: bool) -> None:
    pytest.importorskip(kind.removeprefix("lazy "))
    report = procure.check(log(case.rows), policy(case), any_year=any_year)
    assert framing.by_frame(kind, table(case.rows), policy(case), any_year) == framing.by_report(report)


@given(random_policies.cases(most=12), st.integers(1, 4))
def test_in_stretches(case: Case, rows: int) -> None:
    """A log longer than is worked on at a time has no seams."""
    report = procure.check(log(case.rows), policy(case))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("chunks", "placing"):
            patch.setattr(importlib.import_module(f"procure.engines.columnar.{name}"), "ROWS", rows)
        assert framing.by_frame("polars", table(case.rows), policy(case)) == framing.by_report(report)
