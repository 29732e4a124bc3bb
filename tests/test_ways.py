"""The ways to meet what is asked: what was lacking, supplied, makes a purchase compliant; where none is found, there is
none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import random_policies
from declaring import declared
from hypothesis import given, settings
from random_policies import Case
from small import bought, duty, question, small
from supplying import cells, supplied

import procure
from procure import Purchase, Report
from procure.authoring import Band, Ladder, OwnRule, Total, Words, column
from procure.engines import ways as searching
from procure.engines.findings import Finding
from procure.engines.judge import Verdict
from procure.engines.supposing import Values
from procure.engines.ways import MOST, Way, Ways, WaysFound

FINE = (Verdict.COMPLIANT, Verdict.NOT_APPLICABLE)


def values_of(finding: Finding) -> Values:
    return {name: finding.purchase[name] for name in finding.plan.built.columns}


def found_of(ways: Ways, finding: Finding) -> WaysFound:
    working = ways.plan.questions.giving(ways.plan.working)
    return ways.of(values_of(finding), finding.posted, working)


def judged(case: Case) -> tuple[list[Purchase], Report]:
    log = [Purchase(**row) for row in case.rows]
    return log, procure.check(log, declared(case.policy).adopt(case.adopted))


def again(log: list[Purchase], report: Report, at: int, told: dict[str, Any]) -> Finding:
    """The purchase as it is judged if it says this, too."""
    changed = [*log[:at], log[at].replaced(**cells(told)), *log[at + 1 :]]
    return procure.check(changed, report.policy).purchases[at]


def test_what_was_lacking_supplied_makes_the_purchase_compliant() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=max(60, settings.default.max_examples))
    @given(random_policies.cases(most=4))
    def holds(case: Case) -> None:
        log, report = judged(case)
        ways = Ways(report.plan)
        for finding in report.violations:
            for way in found_of(ways, finding).ways:
                told = next(supplied(ways, values_of(finding), way), None)
                seen["nothing fits"] += told is None
                if told is not None:
                    seen["supplied"] += 1
                    assert again(log, report, finding.purchase.at, told).verdict in FINE, (way, told)

    holds()
    # A way of two dates may ask for what no two dates can be.
    assert seen["supplied"]


def ways_of(report: Report, at: int = -1) -> tuple[Way, ...]:
    return found_of(Ways(report.plan), report.purchases[at]).ways


class TestOrder:
    def test_the_order_is_the_authors(self) -> None:
        met_by = [{"method": "open_tender"}, {"quotes": ">= 3"}, {"ground": "present"}]
        policy = small(met_by, [column("method"), column("quotes"), column("ground")])
        report = procure.check([bought(method="direct", quotes=1)], policy)
        assert [[each.fact for each in way] for way in ways_of(report)] == [["method"], ["quotes"], ["ground"]]

    def test_what_is_there_is_not_asked_for_again(self) -> None:
        policy = small({"method": "open_tender", "quotes": ">= 3"}, [column("method"), column("quotes")])
        (way,) = ways_of(procure.check([bought(method="open_tender", quotes=2)], policy))
        assert [each.fact for each in way] == ["quotes"]

    def test_a_duty_that_is_not_due_need_not_be_met(self) -> None:
        policy = small(columns=[column("method")], duties={"never": duty((), when={"method": "direct"})})
        (way,) = ways_of(procure.check([bought(method="direct")], policy))
        assert [(each.fact, each.holds) for each in way] == [("method", False)]

    def test_what_is_given_is_not_chosen(self) -> None:
        policy = small([{"amount": "< 50"}, {"date": "< 2020-01-01"}, {"quotes": ">= 2"}], [column("quotes")])
        ways = Ways(procure.check([bought(quotes=1)], policy).plan)
        assert ways.chosen == ("quotes",)
        assert {"amount", "date"} <= ways.given

    def test_a_count_that_bounds_another_goes_with_it(self) -> None:
        """Three quotes of two that were invited cannot be."""
        policy = small({"quotes": ">= 3"}, [column("invited", at_least="quotes"), column("quotes")])
        report = procure.check([bought(quotes=1, invited=2)], policy)
        ways = Ways(report.plan)
        (way,) = found_of(ways, report.purchases[0]).ways
        assert ways.columns(values_of(report.purchases[0]), way) == ("quotes", "invited")

    def test_under_every_reading(self) -> None:
        policy = small(
            [{"quotes": ">= 3", "only-if": {"q": "a"}}, {"method": "open_tender", "only-if": {"q": "b"}}],
            [column("method"), column("quotes")],
            questions=[question("q", "a", "b")],
        )
        report = procure.check([bought(method="direct", quotes=1)], policy)
        ways = Ways(report.plan)
        finding = report.purchases[0]
        (working,) = found_of(ways, finding).ways
        (every,) = ways.of(values_of(finding), finding.posted, report.plan.open).ways
        assert [each.fact for each in working] == ["quotes"]
        assert [each.fact for each in every] == ["method", "quotes"]


def test_a_rule_in_python() -> None:
    """What it makes of its tests is its own: they are tried."""
    rule = OwnRule(
        id="own", title=Words("自定", "own"), clause="in the proper way", required=Words("要求", "asked"),
        tests={"quoted": {"quotes": ">= 3"}}, due=lambda facts: facts.every, met=lambda facts: facts.holds("quoted"),
    )  # fmt: skip
    policy = small(columns=[column("quotes")], rules=[rule])
    (way,) = ways_of(procure.check([bought(quotes=1)], policy))
    assert [(each.fact, each.holds) for each in way] == [("quotes", True)]


def test_no_more_than_are_told() -> None:
    names = [f"c{n}" for n in range(MOST + 2)]
    policy = small([{name: ">= 1"} for name in names], [column(name, type="count") for name in names])
    assert len(ways_of(procure.check([bought(**dict.fromkeys(names, 0))], policy))) == MOST


#: What a method does to the total decides the band: no duty says so.
BY_METHOD = small(
    columns=[column("method"), column("quotes")],
    totals={"spent": Total(counts={"method": "direct"}, window="always so far")},
    ladders={
        "steps": Ladder(
            bands=[Band(id="low", range="[0 .. 150)"), Band(id="high", range="[150 .. )", duties=["never"])],
            measures=["spent"],
        )
    },
    duties={"never": duty({"quotes": ">= 3", "method": "direct", "amount": ">= 900"})},
)


def test_where_no_duty_says_what_would_do_everything_is_tried() -> None:
    log = [bought(100, method="direct", quotes=0), bought(100, method="direct", quotes=0)]
    (way,) = ways_of(procure.check(log, BY_METHOD))
    assert [(each.fact, each.holds) for each in way] == [("method", False)]


def test_where_there_is_too_much_to_try_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    report = procure.check([bought(100, method="direct", quotes=0)] * 2, BY_METHOD)
    monkeypatch.setattr(searching, "_COMBINATIONS", 0)
    found = found_of(Ways(report.plan), report.purchases[-1])
    assert (found.ways, found.whole) == ((), False)
    lacking = report.lacking(report.purchases[-1])
    assert lacking is not None and [words.en[:9] for words in lacking.words] == ["the total"]
    monkeypatch.setattr(searching, "_EFFORT", 0)
    assert found_of(Ways(report.plan), report.purchases[-1]) == found
