"""The judge against the independent oracle, which walks interpretations one by one with plain if and else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import oracle
import strategies
from hypothesis import given
from hypothesis import strategies as st

import procure
from procure.findings import Finding
from procure.judge import Verdict
from procure.records import Purchase
from procure.terms import Kind


def found(
    log: Sequence[Purchase],
    limits: Mapping[Kind, int],
    catalogue: Any,
    adopted: Mapping[str, str],
    any_year: bool,
) -> list[Finding]:
    yuan = {kind.value: strategies.yuan(fen) for kind, fen in limits.items()}
    policy = procure.policies.furong_2020(limits=yuan, catalogue=catalogue).adopt(adopted)
    return list(procure.check(log, policy, any_year=any_year).purchases)


@given(st.data())
def test_a_complete_log_under_one_interpretation(data: st.DataObject) -> None:
    limits = data.draw(strategies.limits_by_kind())
    catalogue = data.draw(strategies.catalogues())
    log = data.draw(strategies.logs(complete=True, limits=tuple(limits.values()), catalogue=catalogue))
    interpretation = data.draw(strategies.interpretations())
    any_year = data.draw(st.booleans())
    expected = oracle.judge(log, interpretation, limits=limits, catalogue=catalogue, any_year=any_year)
    for finding, result in zip(found(log, limits, catalogue, interpretation, any_year), expected, strict=True):
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
    catalogue = data.draw(strategies.catalogues())
    log = data.draw(strategies.logs(limits=tuple(limits.values()), catalogue=catalogue))
    adopted = data.draw(strategies.adopted())
    any_year = data.draw(st.booleans())
    findings = found(log, limits, catalogue, adopted, any_year)
    index = data.draw(st.integers(0, len(log) - 1))
    expected = oracle.verdict(log, index, limits=limits, catalogue=catalogue, adopted=adopted, any_year=any_year)
    finding = findings[index]
    assert finding.verdict.value == expected.verdict
    assert finding.settled == expected.settled
    assert [dict(flip) for flip in finding.flips] == [dict(flip) for flip in expected.flips]
    assert {b.rule.id: (b.working, b.settled) for b in finding.breaches} == expected.breaches
    if log[index].fen is None:
        # Whether a purchase counts moves its total by an amount that is itself missing; here `missing` may name the
        # method too.
        assert set(expected.missing) <= set(finding.missing)
    else:
        assert set(finding.missing) == set(expected.missing)
