"""Rules written in Python: what they read is declared, and what they answer is a set of interpretations."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest
from misuses import OTHER, own, small

from procure import Purchase
from procure.api import check
from procure.engines.findings import Finding
from procure.policy.policy import Policy
from procure.policy.survey import Dead, survey
from procure.values.words import ProcureError, Words

#: Sound by all that the bands ask.
SOUND = {
    "date": "2020-06-08", "unit": "街道办", "category": "A01", "amount": 3_000, "method": "direct", "quotes": 3,
    "invited": 3, "approved_on": "2020-06-01",
}  # fmt: skip


def found(policy: Policy, **fields: Any) -> Finding:
    (finding,) = check([Purchase(**{**SOUND, **fields})], policy).purchases
    return finding


def verdict(policy: Policy, **fields: Any) -> str:
    return found(policy, **fields).verdict.value


class TestJudged:
    """The rule: what is bought directly needs three quotes."""

    @pytest.mark.parametrize(
        ("method", "quotes", "verdicts"),
        [
            ("direct", 3, "compliant"),
            ("direct", 2, "violation"),
            ("open_tender", 2, "not_applicable"),
            (None, 3, "compliant"),
        ],
    )
    def test_as_any_other(self, method: str | None, quotes: int, verdicts: str) -> None:
        policy = small(**own(), ladders={}, totals={}, duties={})
        assert verdict(policy, method=method, quotes=quotes) == verdicts

    def test_a_missing_datum_is_asked_for(self) -> None:
        policy = small(**own(), ladders={}, totals={}, duties={})
        finding = found(policy, quotes=None)
        assert finding.verdict.value == "unknown"
        assert finding.missing == ("quotes",)
        assert found(policy, quotes=None, method="open_tender").missing == ()

    def test_its_columns_are_shown_and_read(self) -> None:
        policy = small(**own(), ladders={}, totals={}, duties={})
        (rule,) = policy.plan().rules
        assert rule.shows == ("method", "quotes", "invited")
        assert rule.clauses[0].text == "二千元以上比价"
        assert (rule.title, rule.required) == (Words("自己的", "自己的"), Words("比价", "比价"))

    def test_under_a_reading(self) -> None:
        def due(facts: Any) -> Any:
            return facts.holds("direct") & facts.reading("edge", "upper")

        policy = small(**own(due=due), ladders={}, totals={}, duties={})
        finding = found(policy, quotes=0)
        assert finding.verdict.value == "violation"
        assert not finding.settled
        assert list(finding.flips) == [{"edge": "lower"}]

    def test_by_a_band(self) -> None:
        policy = small(**own(tests={"middle": {"steps": "middle"}}, due=lambda facts: facts.holds("middle"),
                             met=lambda facts: facts.none))  # fmt: skip
        assert {breach.rule.id for breach in found(policy, amount=3_000).breaches} == {"own"}
        assert found(policy, amount=1_000).breaches == ()

    def test_all_and_none(self) -> None:
        policy = small(**own(due=lambda facts: facts.every, met=lambda facts: facts.none))
        assert {breach.rule.id for breach in found(policy).breaches} == {"own"}


class TestCatchesEverything:
    """The engine asks for a fact by what it raises: a rule that catches it changes nothing."""

    @pytest.mark.parametrize("caught", [Exception, BaseException])
    def test_every_exception(self, caught: type[BaseException]) -> None:
        def due(facts: Any) -> Any:
            try:
                return facts.holds("direct")
            except caught:
                return facts.none

        policy = small(**own(due=due), ladders={}, totals={}, duties={})
        assert verdict(policy, quotes=2) == "violation"

    def test_and_raises_another(self) -> None:
        def due(facts: Any) -> Any:
            try:
                return facts.holds("direct")
            except BaseException:
                raise RuntimeError("no such thing") from None

        assert verdict(small(**own(due=due), ladders={}, totals={}, duties={}), quotes=2) == "violation"


def wrong(answer: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Right where a rule is tried when it is built, wrong where a purchase was bought by open tender with two
    quotes."""

    def due(facts: Any) -> Any:
        sound = not facts.holds("two-quotes") or not facts.holds("tender")
        return facts.none if sound else answer(facts)

    return due


class TestRefusedWhenJudged:
    """What was not seen when the policy was built."""

    @pytest.mark.parametrize(
        ("answer", "zh", "en"),
        [
            (lambda facts: True, "须给出一组读法，不是 True", "it must give a set of interpretations, not True"),
            (lambda facts: None, "须给出一组读法，不是 None", "it must give a set of interpretations, not None"),
            (
                lambda facts: facts.holds("tnder"), "没有检验“tnder”（是否为“tender”？）",
                "there is no test 'tnder' (did you mean 'tender'?)",
            ),
            (
                lambda facts: getattr(facts, "tender", facts.none), "没有“tender”；检验由 holds 来问",
                "there is no 'tender': a test is asked for with `holds`",
            ),
            (
                lambda facts: OTHER.built.questions.every, "两组读法属于不同的制度",
                "the two sets of readings belong to different policies",
            ),
            (
                lambda facts: OTHER.built.questions.none, "两组读法属于不同的制度",
                "the two sets of readings belong to different policies",
            ),
            (
                lambda facts: facts.none & OTHER.built.questions["edge"]["upper"], "两组读法属于不同的制度",
                "the two sets of readings belong to different policies",
            ),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("which", ["due", "met"])
    def test_is_refused_by_name(self, answer: Callable[[Any], Any], zh: str, en: str, which: str) -> None:
        tests = {
            "direct": {"method": "direct"}, "tender": {"method": "open_tender"}, "two-quotes": {"quotes": "< 3"}
        }  # fmt: skip
        due = wrong(answer) if which == "due" else lambda facts: facts.every
        met = wrong(answer) if which == "met" else lambda facts: facts.every
        policy = small(**own(due=due, met=met, tests=tests), ladders={}, totals={}, duties={})
        assert verdict(policy)
        with pytest.raises(ProcureError) as caught:
            verdict(policy, method="open_tender", quotes=2)
        assert caught.value.words == Words(f"规则 own 的 {which}：{zh}", f"rule own, {which}: {en}")


class TestSetsOfTwoPolicies:
    """They are never mixed, not even where one of them is all or none."""

    @pytest.mark.parametrize("operation", [operator.and_, operator.or_, operator.sub])
    @pytest.mark.parametrize("one", ["every", "none", "some"])
    @pytest.mark.parametrize("other", ["every", "none", "some"])
    def test_are_refused(self, operation: Callable[[Any, Any], Any], one: str, other: str) -> None:
        def of(policy: Policy, which: str) -> Any:
            questions = policy.built.questions
            return questions["edge"]["upper"] if which == "some" else getattr(questions, which)

        with pytest.raises(ProcureError) as caught:
            operation(of(small(), one), of(OTHER, other))
        assert caught.value.words == Words(
            "两组读法属于不同的制度", "the two sets of readings belong to different policies"
        )


def test_surveyed() -> None:
    found = survey(small(**own(due=lambda facts: facts.none)).plan())
    assert Dead("own", due=False) in found.dead
