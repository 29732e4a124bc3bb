"""What the bands of a ladder leave in doubt: amounts whose band depends on a question, and amounts that have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import ge, le

import attrs

from procure.interpretation.readings import Readings
from procure.policy.climbing import BuiltLadder
from procure.policy.expressions import ALWAYS
from procure.policy.ladders import NOTHING, Tiers, binding
from procure.policy.plan import Plan
from procure.policy.space import Axis, Effort, Reach, union
from procure.policy.totals import Measure


@attrs.frozen
class Contested:
    """A position of an amount whose band depends on these questions; it falls in one of the bands named."""

    ladder: str
    axis: Axis
    at: tuple[int, ...]
    tiers: tuple[str, ...]
    questions: tuple[str, ...]


@attrs.frozen
class Gap:
    """No band claims an amount at this position, or any purchase whose totals count nothing, under these readings."""

    ladder: str
    axis: Axis
    at: tuple[int, ...]
    readings: Readings


@attrs.frozen
class Diagonal:
    """A ladder where the amount and all totals are one number: what it claims at each position of that number."""

    ladder: BuiltLadder
    axis: Axis
    tiers: Mapping[tuple[int, ...], Tiers]


def diagonals(plan: Plan, effort: Effort) -> Iterator[Diagonal]:
    reach = Reach(plan)
    for ladder in plan.ladders:
        axis = Axis(None, tuple(dict.fromkeys(gauge.cuts for gauge in ladder.gauges)))
        yield Diagonal(ladder, axis, {at: _tiers(plan, ladder, axis, at) for at in reach.along(axis, effort)})


def _tiers(plan: Plan, ladder: BuiltLadder, axis: Axis, at: Sequence[int]) -> Tiers:
    """The bands that bind where all gauges stand at one number."""
    position = dict(zip(axis.chains, at, strict=True))
    claimed = [plan.questions.none] * len(ladder.bands)
    for gauge in ladder.gauges:
        row = gauge.claims[position[gauge.cuts]]
        claimed = [claim | (more & gauge.when) for claim, more in zip(claimed, row, strict=True)]
    return binding(claimed, plan.questions.none, ladder.lowest)


def contested(plan: Plan, ladders: Iterable[Diagonal]) -> Iterator[Contested]:
    for each in ladders:
        for at, tiers in each.tiers.items():
            reach = {question for tier in tiers for question in (tier & plan.open).depends_on()}
            questions = tuple(ambiguity.id for ambiguity in plan.left_open if ambiguity.id in reach)
            if questions:
                named = tuple(band for band, tier in zip(each.ladder.bands, tiers, strict=True) if tier)
                yield Contested(each.ladder.id, each.axis, at, named, questions)


def gaps(plan: Plan, ladders: Iterable[Diagonal]) -> Iterator[Gap]:
    none = plan.questions.none
    for each in ladders:
        uncounted = _uncounted(plan, each.ladder)
        if uncounted:
            yield Gap(each.ladder.id, each.axis, (NOTHING,) * len(each.axis.chains), uncounted)
        claimed = {at: union(tiers, none) for at, tiers in each.tiers.items()}
        for at in claimed:
            # Above the last band and below the first there is no gap.
            below = union((c for other, c in claimed.items() if all(map(le, other, at))), none)
            above = union((c for other, c in claimed.items() if all(map(ge, other, at))), none)
            if unclaimed := (below & above) - claimed[at]:
                yield Gap(each.ladder.id, each.axis, at, unclaimed)


def _uncounted(plan: Plan, ladder: BuiltLadder) -> Readings:
    """The readings under which totals alone claim bands, and may have nothing to count, not even the purchase."""
    none = plan.questions.none
    always = union((g.when for g in ladder.gauges if g.measure is None or not _may_be_empty(plan, g.measure)), none)
    return union((g.when for g in ladder.gauges if g.measure is not None), none) - always


def _may_be_empty(plan: Plan, measure: Measure) -> bool:
    """Whether a total may count nothing, not even the purchase itself."""
    return not measure.itself or measure.way.counts.under(plan.open) != ALWAYS
