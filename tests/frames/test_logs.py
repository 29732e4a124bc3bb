"""A log that has been read, judged by columns: the same report as row by row, to the last word."""

from __future__ import annotations

import datetime as dt

import agreement
import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import procure
from procure.engines.columnar.postings import LaterAccount
from procure.writers import explain, json, text

pytest.importorskip("polars")


def told(report: procure.Report) -> list[str]:
    """All that a report says, with every explanation."""
    report = attrs.evolve(report, checked_on=dt.date(2021, 1, 4))
    explanations = [explain.dumps(report.explain(finding.purchase), "en") for finding in report]
    return [json.dumps(report, "en", impact=True), text.dumps(report, "zh", 0), *explanations]


@given(agreement.cases(), st.booleans())
def test_the_report_is_the_same(case: agreement.Case, any_year: bool) -> None:
    (table,), policy = case
    log = procure.read(agreement.polars(table))
    by_rows = procure.check(log, policy(), any_year=any_year)
    by_columns = procure.check(log, policy(), any_year=any_year, engine=procure.engine("polars"))
    assert told(by_columns) == told(by_rows)


def test_where_nobody_names_a_department() -> None:
    """There are totals of departments, and nobody has one."""
    log = procure.read([{"date": "2020-03-05", "category": "纸", "amount": 800, "department": None}])
    policy = procure.policies.furong_2020(limits=300_000).adopt({"whose": "department"})
    by_columns = procure.check(log, policy, engine=procure.engine("polars"))
    assert told(by_columns) == told(procure.check(log, policy))
    assert all(not account.placed for account, _ in by_columns.postings[0])


def test_progress_comes_to_all_rows() -> None:
    log = [procure.Purchase(id=str(n)) for n in range(10)]
    seen: list[int] = []
    procure.check(log, procure.policies.furong_2020(), engine=procure.engine("polars"), progress=seen.append)
    assert seen == [3, 3, 4]


def test_an_account_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="whole"):
        _ = LaterAccount([], [], lambda row: ()).whole
