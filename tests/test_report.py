"""The findings of a check: grouped, counted, and what exit status they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from building import bought, furong, last

from procure import Log, Origin, ProcureError, Purchase, Words
from procure.api import check
from procure.engines.judge import Verdict

SETTLED = bought(86_000, id="settled", category="音响")
DISPUTED = bought(5_000, id="disputed", category="复印纸")
EXPOSED = bought(179_000, id="exposed", category="汽车", method="open_tender", in_catalogue=True)
UNKNOWN = bought(6_000, id="unknown", category="会议", method="quotation", quotes=None, invited=None)
SURE = bought(800, id="sure", category="维修", method="open_tender")
REFUND = bought(-5, id="refund", category="窗帘")
#: Of another unit: whatever it was, it says nothing of the others.
REJECTED = bought(None, date="?", category=None, unit="区财政局", origin=Origin("a.csv", None, 2))


def ids(findings: Sequence[Any]) -> list[str]:
    return [finding.purchase.id for finding in findings]


def test_groups() -> None:
    report = check(Log.of((DISPUTED, REJECTED, EXPOSED, SETTLED, UNKNOWN, SURE, REFUND)), furong())
    assert ids(report.purchases) == ["disputed", "exposed", "settled", "unknown", "sure", "refund"]
    assert ids(report.violations) == ["settled", "disputed"]
    assert ids(report.exposures) == ["exposed"]
    assert ids(report.unknown) == ["unknown"]
    assert ids(report.compliant) == ["exposed", "sure"]
    assert ids(report.not_applicable) == ["refund"]
    assert [(str(row), row.value, row.readable.category) for row in report.rejected] == [
        ("a.csv:2: date: '?' is not a date", "?", None)
    ]
    assert [row.origin.row for row in report.rows] == [None, 2, None, None, None, None, None]
    assert ids(report.with_verdict(Verdict.VIOLATION)) == ["disputed", "settled"]
    assert ids(report.with_verdict(Verdict.VIOLATION, settled=True)) == ["settled"]
    assert ids(report.with_verdict(Verdict.COMPLIANT, settled=False)) == ["exposed"]
    assert ids(list(report)) == ids(report.purchases)
    assert (len(report), report.judged) == (6, 5)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ((SURE,), 0),
        ((SURE, REFUND), 0),
        ((SURE, EXPOSED), 0),
        ((SETTLED,), 1),
        ((DISPUTED,), 1),
        ((SURE, SETTLED, UNKNOWN, REJECTED), 1),
        ((SURE, UNKNOWN), 3),
        ((SURE, REJECTED), 3),
        ((REFUND,), 3),
        ((REJECTED,), 3),
    ],
)
def test_exit_status(rows: tuple[Purchase, ...], status: int) -> None:
    assert check(Log.of(rows), furong()).exit_status == status


def test_any_iterable_of_purchases() -> None:
    for log in ([SURE], (SURE,), iter([SURE]), Log.of((SURE,))):
        report = check(log, furong())
        assert ids(report.purchases) == ["sure"]
    assert report.any_year is False
    assert check([SURE], furong(), any_year=True).any_year is True


@pytest.mark.parametrize("empty", [[], (), Log.of(())])
def test_an_empty_log(empty: Any) -> None:
    with pytest.raises(ProcureError) as caught:
        check(empty, furong())
    assert caught.value.words == Words("采购记录是空的", "the log is empty")


def test_progress_is_told_now_and_then() -> None:
    told: list[int] = []
    check([bought(1)] * 2_500, furong(), progress=told.append)
    assert told == [1000, 1000]


class TestFinding:
    @pytest.mark.parametrize(
        ("purchase", "said"),
        [
            (SETTLED, "-: violation, settled: three-quotes"),
            (DISPUTED, "-: violation, turns on exclusion: three-quotes"),
            (EXPOSED, "-: compliant, turns on channel-list: catalogue-channel"),
            (UNKNOWN, "-: unknown, missing quotes: three-quotes"),
            (REFUND, "-: not_applicable, settled"),
        ],
    )
    def test_said(self, purchase: Purchase, said: str) -> None:
        assert str(last(purchase)) == said

    def test_two_flips_are_said(self) -> None:
        finding = last(bought(1_200, date="2020-03-02"), bought(4_600, origin=Origin("log.csv", None, 3)))
        assert str(finding) == "log.csv:3: violation, turns on limbs or current: three-quotes"

    def test_a_flip_of_two_answers_is_no_exposure(self) -> None:
        # It falls short only if the tiers bind catalogue items and nothing but quotes will do: two answers.
        purchase = bought(800, method="e_mall", in_catalogue=True, approved_on=None)
        finding = last(purchase)
        assert finding.flips == ({"scope": "all"},)
        assert finding.exposed
        deeper = last(bought(6_000, method="e_mall", in_catalogue=True))
        assert deeper.flips == ({"scope": "all", "quotes-list": "closed"},)
        assert not deeper.exposed
        assert not last(SURE).exposed

    def test_what_bears_on_the_verdict_is_told(self) -> None:
        finding = last(bought(480_000, date="2020-01-13", method="open_tender"), bought(800))
        assert [breach.rule.id for breach in finding.relevant] == ["statutory-method"]
        settled = last(bought(86_000, approved_on=None))
        assert [breach.rule.id for breach in settled.breaches] == ["approval", "three-quotes"]
        assert [breach.rule.id for breach in settled.relevant] == ["three-quotes"]

    @pytest.mark.parametrize(
        ("fields", "counted"),
        [
            ({}, True),
            ({"method": "open_tender"}, False),
            ({"method": None}, None),
            ({"category": None}, True),
            ({"in_catalogue": None}, True),
        ],
    )
    def test_whether_it_counts_itself(self, fields: dict[str, Any], counted: bool | None) -> None:
        assert last(bought(**fields)).counted is counted

    def test_breaches_are_stamped(self) -> None:
        finding = last(bought(4_000, approved_on="2020-06-09"))
        (breach,) = finding.breaches
        assert (breach.rule.id, breach.working, breach.settled) == ("approval", True, False)
        assert breach.surely == breach.perhaps
        plan = finding.plan
        assert plan.working in breach.surely
        assert {**plan.working, "approval-order": "ratifiable"} not in breach.surely
