"""Advice before buying: followed, it is never judged a violation under the interpretations that it was given for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
import random_policies
from declaring import declared
from hypothesis import given
from hypothesis import strategies as st
from random_policies import Case
from small import bought, duty, question, small
from supplying import cells, supplied

import procure
from procure import Adviser, Log, ProcureError, Purchase
from procure.authoring import Band, InForce, Ladder, Policy, Total, column
from procure.engines.judge import Verdict
from procure.engines.ways import Ways
from procure.reporting.advice import Advice, AdvisedWay


def values_of(advice: Advice) -> dict[str, Any]:
    return {name: advice.draft[name] for name in advice.plan.built.columns}


def followed(case: Case, policy: Policy, draft: dict[str, Any], advice: Advice, course: AdvisedWay) -> Any:
    """How the purchase is judged if it is bought as advised; None where no values are as advised."""
    told = next(supplied(Ways(advice.plan), values_of(advice), course.way), None)
    if told is None:
        return None
    log = [Purchase(**row) for row in case.rows]
    return procure.check([*log, Purchase(**draft).replaced(**cells(told))], policy).purchases[-1]


def test_advice_followed_is_compliant() -> None:
    seen: Counter[str] = Counter()

    @given(random_policies.cases(most=4), st.data())
    def holds(case: Case, data: st.DataObject) -> None:
        policy = declared(case.policy).adopt(case.adopted)
        (draft,) = data.draw(random_policies.logs(case.policy, most=1))
        # What the history lacks a column for, and is of one, a draft cannot name.
        draft = {name: cell for name, cell in draft.items() if any(name in row for row in case.rows) or cell != ""}
        log = [Purchase(**row) for row in case.rows]
        try:
            advice = procure.advise(policy, Purchase(**draft), history=log)
        except ProcureError:
            seen["refused"] += 1
            return
        working = advice.plan.questions.giving(advice.plan.working)
        for course, readings in [(each, working) for each in advice.courses] + (
            [(advice.safe, advice.plan.open)] if advice.safe else []
        ):
            finding = followed(case, policy, draft, advice, course)
            if finding is None:
                continue
            outcome = finding.judgement.outcome
            seen["followed"] += 1
            assert finding.verdict is not Verdict.VIOLATION, (draft, course)
            assert outcome.perhaps is None or not outcome.perhaps & readings, (draft, course)

    holds()
    assert seen["followed"] > seen["refused"]


POLICY = small(
    columns=[column("unit"), column("method"), column("quotes"), column("approved_on", blank="none")],
    questions=[question("scope", "narrow", "wide")],
    totals={"spent": Total(window="year so far", by="unit")},
    ladders={
        "steps": Ladder(
            bands=[
                Band(id="low", range="[0 .. 150)", duties=["approved"]),
                Band(id="high", range="[150 .. )", duties=["quoted"]),
            ],
            measures=["amount", "spent"],
        )
    },
    duties={
        "approved": duty({"approved_on": "<= date"}),
        "quoted": duty(
            [{"method": "open_tender", "only-if": {"scope": "narrow"}}, {"method": "quotation", "quotes": ">= 3"}]
        ),
    },
    division="Below 100 anything will do",
    in_force=InForce(since=dt.date(2020, 1, 1)),
)  # fmt: skip
HISTORY = [bought(100, "2020-06-01", unit="A", id="first", method="direct"), bought(30, "2020-06-02", unit="B")]


def advised(**draft: Any) -> Advice:
    return procure.advise(POLICY, draft, history=HISTORY)


class TestAdvice:
    def test_a_total_carries_it_up(self) -> None:
        advice = advised(unit="A", amount=80, date="2020-06-08")
        assert [(band.band, band.working, band.when.en) for band in advice.bands] == [
            ("high", True, "under every reading")
        ]
        assert [(each.words.en, each.safe) for each in advice.courses] == [
            ("method: open tender", False),
            ("method: quotation and quotes: at least 3", True),
        ]
        ((turning,),) = [each.turning for each in advice.courses[:1]]
        assert (turning.rule.id, turning.when.en) == ("quoted", "if `scope` is `wide`")
        assert advice.safe is not None and advice.safe.words.zh == "采购方式为三方询价，且报价数不少于3"
        (sum_,) = advice.totals
        assert (sum_.before.low, sum_.after.low, [each.row.id for each in sum_.members]) == (10_000, 18_000, ["first"])
        assert advice.clauses == ((advice.duties[0].rule.title, "A purchase shall be made in the proper way"),)
        assert advice.ask == ()

    def test_what_is_not_said_is_asked(self) -> None:
        assert [wanted.column for wanted in advised(unit="A").ask] == ["amount", "date"]
        assert [wanted.column for wanted in advised(amount=60, date="2020-06-08").ask] == ["unit"]

    def test_as_drafted(self) -> None:
        advice = advised(unit="A", amount=20, date="2020-06-08", approved_on="2020-06-05")
        assert advice.nothing_asked and advice.safe is not None and advice.safe.columns == ()

    def test_what_is_drafted_otherwise_is_told_so(self) -> None:
        advice = advised(unit="A", amount=80, date="2020-06-08", method="direct", quotes=0)
        assert [each.columns for each in advice.courses] == [("method",), ("method", "quotes")]

    def test_not_in_force(self) -> None:
        advice = advised(unit="A", amount=80, date="2019-06-08")
        assert not advice.speaks and not advice.bands and not advice.nothing_asked

    def test_none_is_safe(self) -> None:
        policy = small(
            columns=[column("method")],
            questions=[question("q", "a", "b")],
            duties={
                "one": duty({"method": "direct"}, when={}, only_if={"q": "a"}),
                "two": duty({"method": "open_tender"}, when={}, only_if={"q": "b"}),
            },
        )
        advice = procure.advise(policy, {"amount": 5})
        assert advice.safe is None
        assert [(each.rule.id, each.when.en) for each in advice.why] == [("two", "if `q` is `b`")]
        forbidden = procure.advise(small(duties={"no": duty((), when={})}), {"amount": 5})
        assert (forbidden.courses, [each.rule.id for each in forbidden.why]) == ((), ["no"])

    def test_drafts_in_order_of_date_each_counts_the_earlier(self) -> None:
        drafts = [
            {"unit": "B", "amount": 90, "date": "2020-06-10"},
            {"unit": "B", "amount": 90, "date": "2020-06-05"},
            {"unit": "B", "amount": 90},
        ]
        each = list(Adviser(POLICY, Log.of(HISTORY)).each(drafts))
        assert [advice.draft.date for advice in each] == [dt.date(2020, 6, 5), dt.date(2020, 6, 10), None]
        assert [[band.band for band in advice.bands] for advice in each] == [["low"], ["high"], ["low", "high"]]

    def test_data_that_questions_turn_on_are_asked(self) -> None:
        kind = column("kind")
        policy = small(
            columns=[kind, column("urgent", type="yes-no"), column("quotes")],
            duties={
                "quoted": duty({"quotes": ">= 3"}, when={"kind": "goods"}),
                "more": duty({"quotes": ">= 5"}, when={"urgent": "no", "kind": "goods"}),
            },
        )
        advice = procure.advise(policy, {"amount": 5})
        assert [(each.column, [word.en for word in each.choices]) for each in advice.ask] == [
            ("kind", ["goods", "services", "works"]),
            ("urgent", ["yes", "no"]),
        ]

    def test_what_the_working_reading_turns_on_is_asked_first(self) -> None:
        by = {"ask": "whose", "office": ["unit"], "section": ["unit", "department"]}
        policy = small(
            columns=[column("unit"), column("department"), column("urgent", type="yes-no"), column("quotes")],
            questions=[question("whose", "office", "section")],
            totals={"spent": Total(window="year", by=by)},
            ladders={
                "steps": Ladder(
                    bands=[Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )", duties=["quoted"])],
                    measures=["spent"],
                )
            },
            duties={"quoted": duty({"quotes": ">= 3"}), "more": duty({"quotes": ">= 5"}, when={"urgent": "yes"})},
        )
        log = [bought(90, unit="A", department="D", urgent="no")]
        asked = procure.advise(policy, {"amount": 5, "date": "2020-06-08"}, history=log).ask
        # The section places it under the other reading alone.
        assert [each.column for each in asked] == ["unit", "urgent", "department"]

    def test_purchases_that_may_count_are_told(self) -> None:
        log = [*HISTORY, bought(40, unit=None, id="whose")]
        (sum_,) = procure.advise(POLICY, {"unit": "A", "amount": 80, "date": "2020-06-08"}, history=log).totals
        assert [(each.row.id, each.sure) for each in sum_.members] == [("first", True), ("whose", False)]

    def test_a_plan_is_as_a_log_that_grows(self) -> None:
        drafts = [{"unit": unit, "amount": amount, "date": "2020-06-09"}
                  for unit, amount in (("A", 20), ("B", 90), ("A", 30))]  # fmt: skip
        at_once = [each.totals[0].before for each in Adviser(POLICY, Log.of(HISTORY)).each(drafts)]
        one_by_one = []
        for n, draft in enumerate(drafts):
            log = [*HISTORY, *(Purchase(**each) for each in drafts[:n])]
            one_by_one.append(procure.advise(POLICY, draft, history=log).totals[0].before)
        assert at_once == one_by_one


class TestRefused:
    def test_a_cell_that_cannot_be_understood(self) -> None:
        with pytest.raises(ProcureError, match="the draft: amount: 'much' is not an amount"):
            advised(amount="much")

    def test_nothing_bought(self) -> None:
        with pytest.raises(ProcureError, match="the draft: the amount must be more than zero"):
            advised(amount=0)

    def test_a_log_of_one_unit_takes_no_other(self) -> None:
        policy = small(
            columns=[column("unit", absent="one")],
            totals={"spent": Total(window="year", by="unit")},
            ladders={"steps": Ladder(bands=[Band(id="all", range="[0 .. )")], measures=["spent"])},
        )
        with pytest.raises(ProcureError, match="the log has no column unit, so that it is of one"):
            procure.advise(policy, {"amount": 5, "unit": "A"}, history=[bought(3)])
        with_units = [bought(3, unit="A")]
        assert procure.advise(policy, {"amount": 5, "date": "2020-06-08"}, history=with_units).ask[0].column == "unit"
        assert procure.advise(policy, {"amount": 5, "date": "2020-06-08"}, history=[bought(3)]).ask == ()
