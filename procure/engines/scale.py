"""What the amounts of a purchase are measured against: the cuts of every gauge, by the words and on the day that choose
their limits."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import product
from typing import Any

import attrs

from procure.log.cells import MISSING
from procure.policy.ladders import NOTHING, Cuts, Gauge, edges
from procure.policy.limits import Exact
from procure.policy.plan import Plan
from procure.policy.totals import Measure, Window


@attrs.frozen(eq=False)
class ScaleLine:
    """A measure against some cuts; its positions are those of each gauge on it, by `places`."""

    measure: Measure | None
    cuts: Cuts
    gauges: tuple[tuple[Gauge, tuple[int, ...] | None], ...]
    #: Lines of one group are never read together: no interpretation has two of them.
    group: Hashable


@attrs.frozen(eq=False)
class Reads:
    """What of an account the lines of its grouping look at: spans, each a window with the purchase itself or without;
    and for each line its cuts, where its way of counting stands among the sums, and the number of its span."""

    spans: tuple[tuple[Window, bool], ...]
    each: tuple[tuple[Cuts, int, int], ...]


@attrs.frozen(eq=False)
class Scale:
    """What the amounts are measured against: the lines of the amount itself, and those of each grouping's totals with
    what they read."""

    own: tuple[ScaleLine, ...]
    totals: tuple[tuple[ScaleLine, ...], ...]
    reads: tuple[Reads, ...]
    #: The limits that are not known, each with the least and the most that it may be.
    unknown: tuple[tuple[str, Exact, Exact], ...]
    #: Scales of one shape differ in the numbers of their cuts alone: equal stances on them lead to equal bands.
    shape: int

    @property
    def lines(self) -> tuple[ScaleLine, ...]:
        return (*self.own, *(line for lines in self.totals for line in lines))


class Scales:
    """The scales of a plan, each worked out once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._found: dict[tuple[tuple[str | None, ...], Any], tuple[Scale, ...]] = {}
        self._distinct: dict[tuple[Any, ...], Scale] = {}
        self._shapes: dict[tuple[Any, ...], int] = {}
        #: For each grouping the measures that sum its accounts.
        self._measures = [[m for m in plan.measures if m.grouping == g] for g in plan.groupings]
        self._ways = {way: at for at, way in enumerate(plan.ways)}
        #: Whether limits change, so that the day of a purchase matters.
        self.dated: bool = bool(plan.starts)

    def every_word(self) -> tuple[Mapping[str, str | None], ...]:
        """All words by which limits differ, together."""
        dimensions = self._plan.dimensions
        words = [(*self._plan.built.words[column], None) for column in dimensions]
        return tuple(dict(zip(dimensions, each, strict=True)) for each in product(*words))

    def of(self, words: tuple[str | None, ...], day: Any) -> tuple[Scale, ...]:
        """What a purchase of this day is measured against: several, where its day is not known and limits change."""
        period = self.period(day)
        found = self._found.get((words, period))
        if found is None:
            found = self._found[words, period] = self._made(words, day)
        return found

    def period(self, day: Any) -> Any:
        """What of a day matters to the limits of the ladders."""
        if not self.dated:
            return None
        if day is MISSING:
            return MISSING
        return sum(start <= day for start in self._plan.starts)

    def _made(self, words: tuple[str | None, ...], day: Any) -> tuple[Scale, ...]:
        named = dict(zip(self._plan.dimensions, words, strict=True))
        found: dict[Scale, None] = {}
        for each in self._plan.days_like(day):
            cuts = [self._plan.cuts_on(gauge, named, each) for gauge in self._plan.gauges]
            key = tuple(each.key for each in cuts)
            scale = self._distinct.get(key)
            if scale is None:
                scale = self._distinct[key] = self._scale(cuts)
            found[scale] = None
        return tuple(found)

    def _scale(self, cuts: Sequence[Cuts]) -> Scale:
        by_measure: dict[Measure | None, list[tuple[Gauge, Cuts]]] = {None: []}
        # Equal cuts are one object, so that what is worked out against them is.
        one = {of_gauge.key: of_gauge for of_gauge in cuts}
        for gauge, of_gauge in zip(self._plan.gauges, cuts, strict=True):
            by_measure.setdefault(gauge.measure, []).append((gauge, one[of_gauge.key]))
        lines = {measure: _lines(measure, gauges) for measure, gauges in by_measure.items()}
        totals = tuple(tuple(line for m in measures for line in lines[m]) for measures in self._measures)
        unknown = {
            (self._plan.built.limits[cut].source, least, most)
            for gauge, of_gauge in zip(self._plan.gauges, cuts, strict=True)
            for cut, least, most in zip(gauge.cuts, of_gauge.least, of_gauge.most, strict=True)
            if isinstance(cut, str) and least != most
        }
        every = (*lines[None], *(line for of_grouping in totals for line in of_grouping))
        looks = tuple((line.cuts.anywhere, line.group, *(places for _, places in line.gauges)) for line in every)
        shape = self._shapes.setdefault(looks, len(self._shapes))
        return Scale(lines[None], totals, tuple(map(self._reads, totals)), tuple(sorted(unknown)), shape)

    def _reads(self, lines: Sequence[ScaleLine]) -> Reads:
        spans: dict[tuple[Window, bool], int] = {}
        each = []
        for line in lines:
            measure = line.measure
            assert measure is not None
            span = spans.setdefault((measure.window, measure.itself), len(spans))
            each.append((line.cuts, 4 * self._ways[measure.way], span))
        return Reads(tuple(spans), tuple(each))


def _lines(measure: Measure | None, gauges: Sequence[tuple[Gauge, Cuts]]) -> tuple[ScaleLine, ...]:
    """One line where the cuts of all gauges are one and the same, or all known, so that they can be put in one order;
    else a line for each."""
    name = measure.total if measure is not None else None
    distinct = {cuts.key: cuts for _, cuts in gauges}
    if len(distinct) == 1:
        (cuts,) = distinct.values()
        return (ScaleLine(measure, cuts, tuple((gauge, None) for gauge, _ in gauges), name),)
    if all(cuts.known for cuts in distinct.values()):
        numbers = sorted({number for cuts in distinct.values() for number in cuts.least})
        joint = Cuts([(number, number) for number in numbers])
        return (ScaleLine(measure, joint, tuple((gauge, _places(cuts, numbers)) for gauge, cuts in gauges), name),)
    by_cuts = {key: tuple((gauge, None) for gauge, cuts in gauges if cuts.key == key) for key in distinct}
    return tuple(
        ScaleLine(measure, distinct[key], of_cuts, (name, tuple(gauge.ladder for gauge, _ in of_cuts)))
        for key, of_cuts in by_cuts.items()
    )


def _places(cuts: Cuts, numbers: Sequence[Exact]) -> tuple[int, ...]:
    """For each position among these numbers the position among the cuts, which are some of them."""
    below = edges(numbers[0])[0] - 1 if numbers else 0
    found = [NOTHING, cuts.mask(below, below).bit_length() - 1]
    for number in numbers:
        found += [cuts.mask(at, at).bit_length() - 1 for at in edges(number)]
    return tuple(found)
