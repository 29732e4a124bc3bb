"""All that a purchase can be to a policy, without a log: where its amounts may stand, and the classes of every fact
that rules look at. Nothing is sampled; where all of it together is too much to walk, that is said."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import permutations, product
from operator import or_
from typing import Any

import attrs

from procure.interpretation.readings import Readings
from procure.log.cells import MISSING
from procure.log.columns import Column
from procure.policy import notation
from procure.policy.classes import Fact
from procure.policy.comparisons import CarriedFact, DatesFact, LimitFact, NumbersFact
from procure.policy.declarations import Listed
from procure.policy.facts import ColumnFact
from procure.policy.ladders import NOTHING, Cut, Gauge, Tiers, binding, edges
from procure.policy.limits import NO_BOUND, Exact, Resolved
from procure.policy.plan import Plan
from procure.policy.tests import Than

#: The bands of every ladder.
Bands = tuple[Tiers, ...]
#: For each axis, the position on each of its chains.
Place = tuple[tuple[int, ...], ...]
#: How an amount stands to a cut: below it (-1), on it (0), above it (1).
Relation = tuple[Cut, int]

#: So many times are rules asked, or sets of readings compared, before a walk is given up: some seconds.
MOST = 400_000


class TooLargeError(Exception):
    """There is more to walk than can be walked."""


class Effort:
    """Counts the steps of a walk; raises `TooLargeError` where there are too many."""

    def __init__(self, most: int = MOST) -> None:
        self._left = most

    def spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise TooLargeError


class _Unread(BaseException):
    """Raised where a rule reads a fact that has no class yet. No rule that catches exceptions is meant to stop it."""

    def __init__(self, fact: str) -> None:
        self.fact = fact


class _SpacePoint:
    """A point of the space as rules see it."""

    def __init__(self, facts: Mapping[str, Hashable], bands: Bands, plan: Plan) -> None:
        self._facts, self._bands = facts, bands
        self.every, self.none, self.open = plan.questions.every, plan.questions.none, plan.open
        #: The facts that were read.
        self.read: set[str] = set()

    def __getitem__(self, fact: str) -> Any:
        if fact not in self._facts:
            raise _Unread(fact)
        self.read.add(fact)
        return self._facts[fact]

    def band(self, ladder: int, band: int) -> Readings:
        return self._bands[ladder][band]


class _Blank(dict[str, Any]):
    """A row that says nothing."""

    def __missing__(self, column: str) -> Any:
        return MISSING


_BLANK = _Blank()


@attrs.frozen
class Axis:
    """What is put against cuts: the amount, where `total` is None, or a total by its name. Where ladders or readings
    cut it in several ways, each is a chain."""

    total: str | None
    chains: tuple[tuple[Cut, ...], ...]

    def relations(self, at: Sequence[int]) -> tuple[Relation, ...]:
        """How an amount at these positions stands to every cut."""
        return tuple(
            (cut, (position > edge) - (position < edge))
            for chain, position in zip(self.chains, at, strict=True)
            for cut, edge in zip(chain, range(2, 2 * len(chain) + 2, 2), strict=True)
        )


@attrs.frozen
class Course:
    """One way that a purchase may go: the facts that rules looked at, wherever its amounts stand; and for the bands of
    each place the readings under which each rule is due, and those under which it is breached."""

    facts: Mapping[str, Hashable]
    due: Mapping[Bands, tuple[Readings, ...]]
    breaches: Mapping[Bands, tuple[Readings, ...]]

    def fits(self, facts: Mapping[str, Hashable]) -> bool:
        return all(self.facts.get(fact, value) == value for fact, value in facts.items())


class Space:
    """`places` has the bands for each place of the amounts, `courses` what the rules say of all else. `given` are the
    facts that the buyer does not choose, in the order in which rules ask.

    Raises `TooLargeError`.
    """

    def __init__(self, plan: Plan, effort: Effort) -> None:
        self.plan = plan
        self._effort = effort
        self._reach = Reach(plan)
        self.axes: tuple[Axis, ...] = _axes(plan)
        #: The first of the places with equal bands is the plainest: a single purchase that is all of its totals.
        self.places: dict[Place, Bands] = {place: self._bands(place) for place in self._places()}
        self.by_bands: dict[Bands, list[Place]] = {}
        for place, bands in self.places.items():
            self.by_bands.setdefault(bands, []).append(place)
        self._due_reads: dict[str, None] = {}
        self._met_reads: dict[str, None] = {}
        self._same: dict[Any, int] = {}
        self._choices: dict[str, list[Hashable]] = {}
        tree, _ = self._grow({})
        self.courses: tuple[Course, ...] = tuple(_courses(tree, {}))
        asked = dict.fromkeys(fact for course in self.courses for fact in course.facts)
        self.given: tuple[str, ...] = tuple(fact for fact in asked if self._is_given(fact))

    # -- places --------------------------------------------------------------------------------------------------------

    def _places(self) -> Iterator[Place]:
        each = [self._reach.along(axis, self._effort) for axis in self.axes]
        self._effort.spend(reduce(lambda size, of_axis: size * len(of_axis), each, 1))
        own = each[0] if self.axes and self.axes[0].total is None else [()]
        totals = each[1:] if self.axes and self.axes[0].total is None else each
        for at in own:
            ordered = [sorted(of_total, key=lambda other: other != at) for of_total in totals]
            for others in product(*ordered):
                yield (at, *others) if own != [()] else others

    def _bands(self, place: Place) -> Bands:
        none, open_ = self.plan.questions.none, self.plan.open
        at = {
            (axis.total, chain): position
            for axis, positions in zip(self.axes, place, strict=True)
            for chain, position in zip(axis.chains, positions, strict=True)
        }
        found = []
        for ladder in self.plan.ladders:
            claimed = [none] * len(ladder.bands)
            for gauge in ladder.gauges:
                row = gauge.claims[at[_total(gauge), gauge.cuts]]
                claimed = [claim | (more & gauge.when) for claim, more in zip(claimed, row, strict=True)]
            found.append(tuple(band & open_ for band in binding(claimed, none, ladder.lowest)))
        return tuple(found)

    def place(self, bands: Bands, facts: Mapping[str, Hashable]) -> Place | None:
        """The plainest place with these bands that the facts of the amount allow."""
        about = [(fact, value) for fact, value in facts.items() if self._of_amount(self.plan.built.facts[fact])]
        for place in self.by_bands[bands]:
            own = bool(self.axes) and self.axes[0].total is None
            if self._reach.allows(self.axes[0].relations(place[0]) if own else (), about):
                return place
        return None

    # -- courses -------------------------------------------------------------------------------------------------------

    def _grow(self, facts: Mapping[str, Hashable]) -> tuple[Any, int]:
        """What the rules say from here on, and a number that equal answers have in common. One course for all places,
        so that these can be compared; a fact on which nothing turns is left out."""
        try:
            course = self._course(facts)
        except _Unread as unread:
            fact = unread.fact
        else:
            return course, self._number((*course.due.values(), *course.breaches.values()))
        branches = {value: self._grow({**facts, fact: value}) for value in self.classes(fact)}
        numbers = {number for _, number in branches.values()}
        if len(numbers) == 1:
            return next(iter(branches.values()))
        key = (fact, *((value, number) for value, (_, number) in branches.items()))
        return (fact, {value: node for value, (node, _) in branches.items()}), self._number(key)

    def _number(self, key: Any) -> int:
        return self._same.setdefault(key, len(self._same))

    def classes(self, fact: str) -> list[Hashable]:
        """The classes that a fact may have."""
        if fact not in self._choices:
            self._choices[fact] = list(self.plan.built.facts[fact].classes(_BLANK))
        return self._choices[fact]

    def _course(self, facts: Mapping[str, Hashable]) -> Course:
        plan = self.plan
        due: dict[Bands, tuple[Readings, ...]] = {}
        breaches: dict[Bands, tuple[Readings, ...]] = {}
        for bands in self.by_bands:
            self._effort.spend(len(plan.rules) or 1)
            point = _SpacePoint(facts, bands, plan)
            due[bands] = tuple(is_due(point) & plan.open for is_due, _ in plan.duties)
            self._due_reads |= dict.fromkeys(point.read)
            point.read = set()
            breaches[bands] = tuple(
                when - is_met(point) if when else when
                for (_, is_met), when in zip(plan.duties, due[bands], strict=True)
            )
            self._met_reads |= dict.fromkeys(point.read)
        return Course(dict(facts), due, breaches)

    # -- what is given -------------------------------------------------------------------------------------------------

    def _is_given(self, fact: str) -> bool:
        """What is bought, and for how much, is given; so is what decides whether a duty is due, and meets none. The
        rest the buyer chooses."""
        found = self.plan.built.facts[fact]
        column = _first(found).column
        dimensions = {name for limit in self.plan.built.limits.values() for name in limit.dimensions}
        return (
            self._of_amount(found)
            or (isinstance(found, ColumnFact) and (self._derives(fact, column) or column.name in dimensions))
            or fact not in self._met_reads
        )

    def _derives(self, fact: str, column: Column) -> bool:
        """Whether a column says more of what is bought. A list that only meets duties is of what the buyer chooses,
        such as the suppliers of a pool."""
        if isinstance(column.derived, Listed):
            return fact in self._due_reads
        return column.derived is not None

    def _of_amount(self, fact: Fact) -> bool:
        """Whether a fact is of the amount alone, or of it and what others set."""
        own = isinstance(fact, (ColumnFact, LimitFact, CarriedFact))
        return own and _first(fact).column.name == self.plan.built.amount


def _first(fact: Fact) -> Any:
    """What a fact looks at first."""
    assert isinstance(fact, (ColumnFact, DatesFact, NumbersFact, LimitFact, CarriedFact))
    return fact.value if isinstance(fact, ColumnFact) else fact.first


def _axes(plan: Plan) -> tuple[Axis, ...]:
    """The amount first, then every total that is read."""
    chains: dict[str | None, dict[tuple[Cut, ...], None]] = {}
    for gauge in plan.gauges:
        chains.setdefault(_total(gauge), {})[gauge.cuts] = None
    ordered = sorted(chains, key=lambda total: total is not None)
    return tuple(Axis(total, tuple(chains[total])) for total in ordered)


def _total(gauge: Gauge) -> str | None:
    return None if gauge.measure is None else gauge.measure.total


def _courses(tree: Any, facts: Mapping[str, Hashable]) -> Iterator[Course]:
    if isinstance(tree, Course):
        yield attrs.evolve(tree, facts=facts)
        return
    fact, branches = tree
    for value, node in branches.items():
        yield from _courses(node, {**facts, fact: value})


class Reach:
    """Which relations to several cuts one amount can have together."""

    def __init__(self, plan: Plan) -> None:
        self._facts = plan.built.facts
        self._bounds = {name: _bounds(limit) for name, limit in plan.built.limits.items()}
        #: Of two limits the one that is never below the other, and whether it is always above it.
        self._orders = [
            (upper, notation.limit(lower).scaled, entries[0].above is not None)
            for upper, entries in plan.policy.limits.items()
            if len(entries) == 1 and isinstance(lower := entries[0].above or entries[0].at_least, str)
        ]
        self._orders += [
            (upper.name, lower.name, True)
            for upper, lower in permutations(plan.built.limits.values(), 2)
            if upper.of == lower.of and upper.factor > lower.factor
        ]

    def along(self, axis: Axis, effort: Effort) -> list[tuple[int, ...]]:
        """The positions on every chain that one amount can have together."""
        found: list[tuple[int, ...]] = [()]
        for n, chain in enumerate(axis.chains):
            part = attrs.evolve(axis, chains=axis.chains[: n + 1])
            longer = [(*at, position) for at in found for position in range(1, 2 * len(chain) + 2)]
            effort.spend(len(longer))
            found = [at for at in longer if self.fits(part.relations(at), axis.total is None)]
        return found if axis.total is None else [(NOTHING,) * len(axis.chains), *found]

    def fits(self, relations: Iterable[Relation], positive: bool = True) -> bool:
        low, high = 1 if positive else -NO_BOUND, NO_BOUND
        stands: dict[str, int] = {}
        for cut, sign in relations:
            least, most = (cut, cut) if isinstance(cut, int) else self._bounds[cut]
            if isinstance(cut, str) and stands.setdefault(cut, sign) != sign:
                return False
            low = max(low, edges(least)[sign]) if sign >= 0 else low
            high = min(high, edges(most)[sign + 1] - 1) if sign <= 0 else high
        return low <= high and not any(
            self._crossed(stands.get(upper), stands.get(str(lower)), strict) for upper, lower, strict in self._orders
        )

    def _crossed(self, to_upper: int | None, to_lower: int | None, strict: bool) -> bool:
        """Whether an amount stands lower to the lower of two limits than to the upper."""
        if to_upper is None or to_lower is None:
            return False
        return to_lower < to_upper or (strict and to_lower == to_upper == 0)

    def allows(self, relations: Sequence[Relation], facts: Sequence[tuple[str, Hashable]]) -> bool:
        """Whether an amount that stands so can have these facts."""
        each = [self._relations(fact, value) for fact, value in facts]
        return any(self.fits((*relations, *(r for part in parts for r in part))) for parts in product(*each))

    def _relations(self, name: str, value: Any) -> list[tuple[Relation, ...]]:
        """The ways in which the amount may stand to what a fact compares it with."""
        fact = self._facts[name]
        if isinstance(fact, LimitFact):
            signs = [sign for sign in (-1, 0, 1) if sum(test(sign) << n for n, test in enumerate(fact.tests)) == value]
            return [((fact.limit, sign),) for sign in signs]
        if isinstance(fact, ColumnFact):
            constants = [test.constant for test in fact.tests if isinstance(test, Than)]
            amounts = [
                v
                for v in fact.universe()
                if isinstance(v, int) and sum(bool(t(v)) << n for n, t in enumerate(fact.tests)) == value
            ]
            return [tuple((c, (amount > c) - (amount < c)) for c in constants if c > 0) for amount in amounts] or [()]
        return [()]


def _bounds(limit: Resolved) -> tuple[Exact, Exact]:
    """The least and the most that a limit may be."""
    found = [
        bound
        for period in limit.periods
        for bound in ([limit.bound(words, period) for words in limit.least[period]] or [(1, NO_BOUND)])
    ]
    return min(low for low, _ in found), max(high for _, high in found)


def union(sets: Iterable[Readings], none: Readings) -> Readings:
    return reduce(or_, sets, none)
