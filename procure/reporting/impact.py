"""What the open questions cost on a log: how many purchases and how much money turn on each, and which to ask first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from procure.engines.findings import Finding
from procure.interpretation.readings import Ambiguity, Readings
from procure.policy.plan import Plan
from procure.reporting.standing import Checked


@attrs.frozen
class Tally:
    """Some purchases and their money in minor units. The amounts of `unread` of them are not known, nor in the sum."""

    purchases: int = 0
    minor: int = 0
    unread: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.purchases + other.purchases, self.minor + other.minor, self.unread + other.unread)

    def __sub__(self, other: Tally) -> Tally:
        return Tally(self.purchases - other.purchases, self.minor - other.minor, self.unread - other.unread)


@attrs.frozen
class Stake:
    """What turns on one question: `alone` where another answer to it changes the verdict, all else as in the working
    interpretation; `together` where it takes another answer to some other question as well."""

    ambiguity: Ambiguity
    alone: Tally
    together: Tally


@attrs.frozen
class Step:
    """A question to ask: what is settled if its working `reading` is confirmed, and what is still disputed, `left`."""

    ambiguity: Ambiguity
    reading: str
    settles: Tally
    left: Tally


@attrs.frozen
class Impact:
    """`stakes` has every open question in the order of the policy; `order` those to ask, until nothing is disputed.

    `disputed` are the verdicts that the open questions leave in doubt. Those `unknown`, where data are missing, are not
    among them, since no confirmation of the working readings decides them; they may still turn on a question.
    """

    judged: Tally
    disputed: Tally
    unknown: Tally
    stakes: tuple[Stake, ...]
    order: tuple[Step, ...]


#: The interpretations under which a purchase breaches for certain, and perhaps: all that its verdict depends on.
Breached: TypeAlias = tuple[Readings, Readings]
Groups: TypeAlias = Mapping[Breached, Tally]


def impact(report: Checked) -> Impact:
    """What each open question costs on the log of a report. Worked out once for all purchases with equal outcomes."""
    plan = report.plan
    asked = plan.left_open
    groups = _groups(report.purchases)
    known = {breached: tally for breached, tally in groups.items() if _verdict(breached, plan.working) is not None}
    disputed = _disputed(known, plan.open)
    return Impact(
        judged=_sum(groups.values()),
        disputed=_sum(disputed.values()),
        unknown=_sum(groups.values()) - _sum(known.values()),
        stakes=_stakes(plan, asked, groups),
        order=tuple(_order(plan, asked, disputed)),
    )


def _groups(findings: Iterable[Finding]) -> Groups:
    groups: defaultdict[Breached, list[Finding]] = defaultdict(list)
    for finding in findings:
        outcome = finding.judgement.outcome
        if outcome.surely is not None and outcome.perhaps is not None:
            groups[outcome.surely, outcome.perhaps].append(finding)
    return {breached: _tally(found) for breached, found in groups.items()}


def _tally(findings: Sequence[Finding]) -> Tally:
    amounts = [finding.purchase.minor for finding in findings]
    read = [abs(minor) for minor in amounts if minor is not None]
    return Tally(len(amounts), sum(read), len(amounts) - len(read))


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _verdict(breached: Breached, interpretation: Mapping[str, str]) -> bool | None:
    """Whether there is a violation under one interpretation; None where missing data decide."""
    surely, perhaps = breached
    return True if interpretation in surely else None if interpretation in perhaps else False


def _stakes(plan: Plan, asked: Sequence[Ambiguity], groups: Groups) -> tuple[Stake, ...]:
    alone, together = (dict.fromkeys((ambiguity.id for ambiguity in asked), Tally()) for _ in range(2))
    for breached, tally in groups.items():
        reach = _reach(breached)
        for ambiguity in asked:
            if ambiguity.id in reach:
                tallies = alone if _turns(breached, ambiguity, plan.working) else together
                tallies[ambiguity.id] += tally
    return tuple(Stake(ambiguity, alone[ambiguity.id], together[ambiguity.id]) for ambiguity in asked)


def _reach(breached: Breached) -> set[str]:
    return {ambiguity for readings in breached for ambiguity in readings.depends_on()}


def _turns(breached: Breached, ambiguity: Ambiguity, working: Mapping[str, str]) -> bool:
    return len({_verdict(breached, {**working, ambiguity.id: reading}) for reading in ambiguity.answers}) > 1


def _disputed(groups: Groups, within: Readings) -> Groups:
    """What is neither a violation under all of these interpretations nor under none."""
    left: defaultdict[Breached, Tally] = defaultdict(Tally)
    for (surely, perhaps), tally in groups.items():
        surely, perhaps = surely & within, perhaps & within
        if perhaps and surely != within:
            left[surely, perhaps] += tally
    return left


def _order(plan: Plan, asked: Sequence[Ambiguity], groups: Groups) -> Iterator[Step]:
    """Greedily: the answer that settles the most money first, of equal ones that which settles more purchases, then the
    first of the plan. Questions on which nothing that is still disputed depends are not asked."""
    within = plan.open
    waiting = list(asked)
    while groups:
        reach = {ambiguity for breached in groups for ambiguity in _reach(breached)}
        after = {
            ambiguity: _disputed(groups, within & ambiguity[plan.working[ambiguity.id]])
            for ambiguity in waiting
            if ambiguity.id in reach
        }
        left = {ambiguity: _sum(still.values()) for ambiguity, still in after.items()}
        best = min(left, key=lambda ambiguity: (left[ambiguity].minor, left[ambiguity].purchases))
        yield Step(best, plan.working[best.id], _sum(groups.values()) - left[best], left[best])
        within &= best[plan.working[best.id]]
        groups = after[best]
        waiting.remove(best)
