"""The judge against the independent oracle, which walks interpretations one by one with plain if and else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

import lines
import oracle
import strategies
from hypothesis import given
from hypothesis import strategies as st
from lines import Purchase

import procure
from procure import Kind
from procure.api import check
from procure.engines.findings import Finding
from procure.engines.judge import Verdict


def found(
    log: Sequence[Purchase],
    limits: Mapping[Kind, int],
    catalogue: Any,
    standards: Mapping[Kind, int],
    adopted: Mapping[str, str],
    any_year: bool,
) -> list[Finding]:
    yuan = {kind.value: strategies.yuan(fen) for kind, fen in limits.items()}
    tender = {kind.value: strategies.yuan(fen) for kind, fen in standards.items()}
    policy = procure.policies.furong_2020(limits=yuan, catalogue=catalogue, open_tender=tender).adopt(adopted)
    return list(check(lines.log(log), policy, any_year=any_year).purchases)


@given(st.data())
def test_a_complete_log_under_one_interpretation(data: st.DataObject) -> None:
    limits = data.draw(strategies.limits_by_kind())
    asked = data.draw(strategies.conditional(contracts=True))
    catalogue = data.draw(strategies.catalogues(floors="catalogue-floor" in asked))
    standards = data.draw(strategies.standards_by_kind(limits)) if "catalogue-cap" in asked else {}
    log = data.draw(
        strategies.logs(
            complete=True,
            limits=tuple(limits.values()),
            catalogue=catalogue,
            standards=tuple(standards.values()),
            asked=asked,
        )
    )
    interpretation = data.draw(strategies.interpretations(asked))
    any_year = data.draw(st.booleans())
    expected = oracle.judge(
        log, interpretation, limits=limits, catalogue=catalogue, any_year=any_year, open_tender=standards
    )
    findings = found(log, limits, catalogue, standards, interpretation, any_year)
    for finding, result in zip(findings, expected, strict=True):
        assert finding.settled
        assert {breach.rule.id for breach in finding.breaches} == result.breaches
        assert (finding.verdict is Verdict.NOT_APPLICABLE) == result.not_applicable
        assert finding.tiers == (() if result.tier is None else (result.tier,))
        total = finding.accumulated
        assert total is not None
        assert total.exact
        assert total.low == (result.accumulated or 0)


@given(st.data())
def test_any_log_with_questions_left_open(data: st.DataObject) -> None:
    limits = data.draw(strategies.limits_by_kind())
    asked = data.draw(strategies.conditional())
    catalogue = data.draw(strategies.catalogues(floors="catalogue-floor" in asked))
    standards: dict[Kind, int] = {}
    if "catalogue-cap" in asked:
        standards = data.draw(strategies.standards_by_kind(limits, complete=False))
    log = data.draw(
        strategies.logs(
            limits=tuple(limits.values()), catalogue=catalogue, standards=tuple(standards.values()), asked=asked
        )
    )
    # Now and then an office has answered a question whose datum is not there.
    answered = data.draw(strategies.rarely(st.just(asked), frozenset(oracle.CONDITIONAL), one_in=10))
    adopted = data.draw(strategies.adopted(asked=answered))
    any_year = data.draw(st.booleans())
    findings = found(log, limits, catalogue, standards, adopted, any_year)
    index = data.draw(st.integers(0, len(log) - 1))
    expected = oracle.verdict(
        log,
        index,
        limits=limits,
        catalogue=catalogue,
        adopted=adopted,
        any_year=any_year,
        open_tender=standards,
    )
    finding = findings[index]
    if catalogue is None and adopted.get("catalogue-floor") == "floor":
        # To the oracle no catalogue is one without floors; but from what floor a list counts that nobody gave is not
        # known.
        at_most_as_sure(finding, expected)
        return
    if adopted.get("one-purchase") == "contract":
        # To the oracle a row without a contract number is of none; but of which contract it is, is not known.
        at_most_as_sure(finding, expected, later={"contract"})
        return
    if lacks(log[index], log, asked):
        # Its total lies between the least and the most that one of the accounts adds that it may be of. What places it
        # is asked for first; the method by which others count, once it is there.
        at_most_as_sure(finding, expected, later={"method"})
        return
    if log[index].fen is None and (standards or strategies.floors_of(catalogue) or "catalogue-cap" in adopted):
        # A missing amount is taken on both sides of a floor and of a standard whatever side of the cuts it is on.
        at_most_as_sure(finding, expected)
        return
    assert finding.verdict.value == expected.verdict
    assert finding.settled == expected.settled
    assert [dict(flip) for flip in finding.flips] == [dict(flip) for flip in expected.flips]
    assert {b.rule.id: (b.working, b.settled) for b in finding.breaches} == expected.breaches
    if any(lacks(row, log, asked) for row in log):
        # A row that lacks its place besides what it is counted by is named for its place.
        assert bool(finding.missing) == bool(expected.missing)
    elif log[index].fen is None:
        # Whether a purchase counts moves its total by an amount that is itself missing; here `missing` may name the
        # method too.
        assert named(expected.missing) <= set(finding.missing)
    else:
        # Where the list does not tell of a category, one that is written otherwise would: it is named, too.
        assert set(finding.missing) - {"category"} == named(expected.missing) - {"category"}


def lacks(row: Purchase, log: Sequence[Purchase], asked: frozenset[str]) -> bool:
    """Whether a row lacks what would place it in some total that is read."""
    return any(oracle.lacking(log, row, {"whose": whose}) for whose in ("unit", *(["department"] * ("whose" in asked))))


def named(missing: Sequence[str]) -> set[str]:
    """What the oracle calls missing, by the names that the policy gives its limits."""
    return {{"limit": "decentral", "open_tender": "open-tender"}.get(name, name) for name in missing}


def at_most_as_sure(finding: Finding, expected: oracle.Verdict, later: Set[str] = frozenset()) -> None:
    """Nothing is claimed that is not so; but more may be called possible than is."""
    breaches = {b.rule.id: (b.working, b.settled) for b in finding.breaches}
    assert finding.verdict.value in (expected.verdict, "unknown")
    assert expected.settled or not finding.settled
    assert expected.breaches.keys() <= breaches.keys()
    for rule, (working, settled) in breaches.items():
        right = expected.breaches.get(rule, (False, False))
        assert working in (right[0], None)
        assert right[1] or not settled
    # Where the amount is missing it is asked for first; the standard, or whose floor it is, once it is there.
    assert named(expected.missing) - {"open-tender", "category", *later} <= set(finding.missing)
