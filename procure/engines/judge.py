"""The judgement of a purchase's possible points: set algebra over what the rules say. It knows neither logs nor
reports."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import Any

import attrs

from procure.engines.facts import JUDGED, TIERS, Ask, FactPoint, Options, Tree
from procure.engines.placement import Placement
from procure.interpretation.readings import Interpretation, Readings
from procure.policy.plan import Plan
from procure.policy.rules import Ruling
from procure.values.closed import by_identity


@by_identity
class Verdict(enum.Enum):
    """Under the working interpretation, whatever the missing data may be; or that they would decide it."""

    VIOLATION = "violation"
    COMPLIANT = "compliant"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


#: Of several findings of one purchase the one that stands is the first in this order.
LEAST_CERTAIN_FIRST = (Verdict.VIOLATION, Verdict.UNKNOWN, Verdict.COMPLIANT, Verdict.NOT_APPLICABLE)
_VERDICTS = {True: Verdict.VIOLATION, False: Verdict.COMPLIANT, None: Verdict.UNKNOWN}


@attrs.frozen
class Breach:
    """A rule breached under at least one open interpretation. `working` is None where a missing datum decides whether
    it is under the working one. It is breached for certain under the interpretations in `surely`, and perhaps, as a
    missing datum may be, under those in `perhaps`."""

    rule: Ruling
    working: bool | None
    settled: bool
    surely: Readings = attrs.field(eq=False, repr=False)
    perhaps: Readings = attrs.field(eq=False, repr=False)


@attrs.frozen
class Outcome:
    """What follows from the breaches at the possible points. Some rule is breached for certain under the
    interpretations in `surely`, and perhaps under those in `perhaps`."""

    verdict: Verdict
    settled: bool
    flips: tuple[Mapping[str, str], ...] = ()
    breaches: tuple[Breach, ...] = ()
    surely: Readings | None = attrs.field(default=None, eq=False, repr=False)
    perhaps: Readings | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Judgement:
    """What holds of every purchase with the same facts. `bands` has for each ladder those that may bind under the
    working interpretation, 0 for the lowest, and `highest` the highest that may bind under any interpretation left
    open, None where none does; `missing` names the facts that would decide an unknown verdict, `AMOUNTS`
    for where the amounts stand."""

    outcome: Outcome
    bands: tuple[tuple[int, ...], ...] = ()
    highest: tuple[int | None, ...] = ()
    missing: frozenset[str] = frozenset()


AMOUNTS = "amounts"
_NOT_APPLICABLE = Outcome(Verdict.NOT_APPLICABLE, settled=True)

Breaches = tuple[Readings, ...]


class Judge:
    """Judges by a plan. Equal facts are put to the rules once, and equal breaches weighed once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        questions = plan.questions
        self._open, self._none = plan.open, questions.none
        self._working = questions.giving(plan.working)
        self._meant = Interpretation(questions, plan.working)
        self._space = questions.every, questions.none, plan.open
        self._due = Tree(self._due_at, *self._space)
        self._met = [Tree(met, *self._space) for _, met in plan.duties]
        self._breaches = Tree(lambda point: self._breaches_at(point.options), *self._space)
        self._violations = Tree(self._violates_at, *self._space[:2], self._working)
        self._spoken = Tree(self._spoken_at, *self._space)
        self._when = [Tree(ladder.when, *self._space[:2], self._working) for ladder in plan.ladders]
        self._applies = [Tree(ladder.when, *self._space) for ladder in plan.ladders]
        self._bands_of: dict[Placement, tuple[tuple[int, ...], ...]] = {}
        self._highest_of: dict[Placement, tuple[int | None, ...]] = {}
        self._known: dict[tuple[int, Readings, Readings], Breach] = {}
        self._outcomes: dict[frozenset[Breaches], Outcome] = {}
        #: Not applicable, by the bands that bind all the same.
        self.not_applicable: Judgement = Judgement(
            _NOT_APPLICABLE, ((),) * len(plan.ladders), (None,) * len(plan.ladders)
        )

    def __call__(self, options: Options, placed: Placement) -> Judgement:
        outcome = self.outcome(options, placed)
        missing = self._deciding(options, placed) if outcome.verdict is Verdict.UNKNOWN else frozenset[str]()
        return Judgement(outcome, self.working_bands(options, placed), self._highest(placed), missing)

    def outcome(self, options: Options, placed: Placement) -> Outcome:
        """What holds of every purchase with these facts, but for where it stands and what it lacks."""
        seen = [
            breaches
            for scenario, bands in placed.scenarios
            for breaches in self._seen({**options, **scenario.given, TIERS: bands})
        ]
        key = frozenset(seen)
        outcome = self._outcomes.get(key)
        if outcome is None:
            # In their order: what is worked out of the first few of them is often known.
            outcome = self._outcomes[key] = self._weigh(tuple(dict.fromkeys(seen)))
        if outcome.verdict is Verdict.COMPLIANT and outcome.settled and self._silent(options, placed):
            return _NOT_APPLICABLE
        return outcome

    def some(self, options: Options, placed: Placement, holds: Callable[[Breaches], bool]) -> bool:
        """Whether something holds of the breaches at some point of a purchase."""
        return any(
            self._breaches.some({**options, **scenario.given, TIERS: bands}, holds)
            for scenario, bands in placed.scenarios
        )

    def due(self, options: Options, placed: Placement) -> Breaches:
        """For each rule, the open interpretations under which its duty may be due."""
        found = (self._none,) * len(self.plan.rules)
        for scenario, bands in placed.scenarios:
            for leaf in self._due.leaves({**options, **scenario.given, TIERS: bands}):
                found = tuple([one | more for one, more in zip(found, leaf.outcome, strict=True)])
        return found

    def bands(self, options: Options, placed: Placement) -> tuple[tuple[Readings, ...], ...]:
        """For each ladder and each of its bands, the open interpretations under which it may bind."""
        found = []
        for at, (ladder, when) in enumerate(zip(self.plan.ladders, self._applies, strict=True)):
            applies = _union(tuple(leaf.outcome for leaf in when.leaves(options)), self._none)
            each = [tiers[at] for _, possible in placed.scenarios for tiers in possible]
            found.append(
                tuple(_union(tuple(tiers[n] for tiers in each), self._none) & applies & self._open
                      for n in range(len(ladder.bands)))
            )  # fmt: skip
        return tuple(found)

    def _seen(self, options: Options) -> Iterable[Breaches]:
        """The breaches at every point of a purchase."""
        try:
            return (self._breaches_at(options),)
        except Ask:
            return [leaf.outcome for leaf in self._breaches.leaves(options)]

    def _breaches_at(self, options: Options) -> Breaches:
        """For each rule, the open interpretations under which it is breached. Raises `Ask` where a fact on which that
        turns has not one class."""
        # Evidence is asked for only where the duty is due, so that what cannot matter is never enumerated.
        return tuple([due and due - met.at(options) for due, met in zip(self._due.at(options), self._met, strict=True)])

    def _due_at(self, point: FactPoint) -> Breaches:
        """For each rule, the open interpretations under which its duty is due."""
        if not point[JUDGED]:
            return (point.none,) * len(self.plan.rules)
        return tuple([due(point) & self._open for due, _ in self.plan.duties])

    def _violates_at(self, point: FactPoint) -> bool:
        """Whether some rule is breached under the working interpretation."""
        return point[JUDGED] and any(
            due - is_met(point) for is_due, is_met in self.plan.duties if (due := is_due(point) & self._working)
        )

    def _silent(self, options: Options, placed: Placement) -> bool:
        """Whether no band claims the purchase and no duty is due, in every open interpretation and possibility."""
        if not self.plan.may_be_silent:
            return False
        return not any(
            leaf.outcome
            for scenario, bands in placed.scenarios
            for leaf in self._spoken.leaves({**options, **scenario.given, TIERS: bands})
        )

    def _spoken_at(self, point: FactPoint) -> Readings:
        """The open interpretations under which some band binds or some duty is due."""
        found = point.none
        if not point[JUDGED]:
            return found
        for ladder, bands in zip(self.plan.ladders, point[TIERS], strict=True):
            for band in bands:
                if claimed := band & self._open:
                    found |= claimed & ladder.when(point)
        for due, _ in self.plan.duties:
            found |= due(point) & self._open
        return found

    def _weigh(self, seen: tuple[Breaches, ...]) -> Outcome:
        always, ever = _both(dict.fromkeys(_union(breaches, self._none) for breaches in seen))
        by_rule = [_both(dict.fromkeys(column)) for column in zip(*seen, strict=True)]
        violated = self._holds(always, ever)
        elsewhere = {True: self._open - always, False: ever, None: self._none}[violated]
        return Outcome(
            _VERDICTS[violated],
            self._settled(always, ever),
            self._meant.nearest(elsewhere),
            tuple([self._breach(n, surely, maybe) for n, (surely, maybe) in enumerate(by_rule) if maybe]),
            always,
            ever,
        )

    def _breach(self, n: int, surely: Readings, maybe: Readings) -> Breach:
        found = self._known.get((n, surely, maybe))
        if found is None:
            holds, settled = self._holds(surely, maybe), self._settled(surely, maybe)
            found = self._known[n, surely, maybe] = Breach(self.plan.rules[n], holds, settled, surely, maybe)
        return found

    def _holds(self, always: Readings, ever: Readings) -> bool | None:
        return True if self._meant.within(always) else None if self._meant.within(ever) else False

    def _settled(self, always: Readings, ever: Readings) -> bool:
        return always == self._open or not ever

    def working_bands(self, options: Options, placed: Placement) -> tuple[tuple[int, ...], ...]:
        """The bands of each ladder that may bind under the working interpretation."""
        found = self._bands_of.get(placed)
        if found is None:
            possible = {each for _, options in placed.scenarios for each in options}
            found = self._bands_of[placed] = tuple(
                tuple(sorted({n for each in possible for n, band in enumerate(each[at]) if self._meant.within(band)}))
                for at in range(len(self.plan.ladders))
            )
        if not self.plan.conditional:
            return found
        return tuple(
            bands if any(self._meant.within(leaf.outcome) for leaf in when.leaves(options)) else ()
            for bands, when in zip(found, self._when, strict=True)
        )

    def _highest(self, placed: Placement) -> tuple[int | None, ...]:
        """The highest band of each ladder that some interpretation left open claims; whether the ladder applies is not
        asked."""
        found = self._highest_of.get(placed)
        if found is None:
            possible = {each for _, options in placed.scenarios for each in options}
            found = self._highest_of[placed] = tuple(
                max((n for each in possible for n, band in enumerate(each[at]) if band & self._open), default=None)
                for at in range(len(self.plan.ladders))
            )
        return found

    def _deciding(self, options: Options, placed: Placement) -> frozenset[str]:
        """The facts on which the working verdict turns: two points that differ in this fact alone have different
        outcomes."""
        violated: list[dict[str, Hashable]] = []
        # The others are bits of masks: those that have a fact, and those that have one value of it.
        others, bit = defaultdict[Any, int](int), 1
        for n, (scenario, bands) in enumerate(placed.scenarios):
            for leaf in self._violations.leaves({**options, **scenario.given, TIERS: bands}):
                point = {**leaf.path, **{fact: value for fact, (value,) in scenario.given.items()}}
                # Where the amounts stand is a datum of its own in each scenario: what it is under one
                # method says nothing of what it is under another.
                if TIERS in point:
                    point[f"{AMOUNTS} {n}"] = point.pop(TIERS)
                if leaf.outcome:
                    violated.append(point)
                    continue
                for each in point.items():
                    others[each] |= bit
                    others[each[0]] |= bit
                bit <<= 1
        turning: set[str] = set()
        for point in violated:
            apart = {each[0]: others[each[0]] & ~others[each] for each in point.items()}
            once = twice = 0
            for mask in apart.values():
                twice |= once & mask
                once |= mask
            turning |= {fact for fact, mask in apart.items() if mask & once & ~twice}
        return frozenset(AMOUNTS if fact.startswith(f"{AMOUNTS} ") else fact for fact in turning)


def _union(breaches: Breaches, none: Readings) -> Readings:
    union = none
    for more in breaches:
        union |= more
    return union


def _both(sets: Collection[Readings]) -> tuple[Readings, Readings]:
    """The interpretations in all of the sets, and those in any."""
    always = ever = next(iter(sets))
    for readings in sets:
        always &= readings
        ever |= readings
    return always, ever
