"""The policy's own check: what its text leaves in doubt, and where it fails, found with nothing told.

Each interpretation reads one total at most. So with every total moved side by side, the positions of the single amount,
of the total and the few other facts are all that a purchase can be; they are walked one by one, none is sampled.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, combinations, product
from operator import and_, or_

import attrs

from procure.facts import Approval, Ask, Facts
from procure.policy import Policy
from procure.readings import Readings
from procure.scale import NONE, Tiers
from procure.terms import Kind, Method

#: What is bought, and what the buyer may do about it.
_GIVEN: Mapping[str, tuple[Hashable, ...]] = {
    "in_catalogue": (False, True),
    "below_floor": (False, True),
    "kind": tuple(Kind),
    "reaches": (frozenset(), frozenset(Kind)),
    "emergency": (False, True),
}
_CHOSEN: Mapping[str, tuple[Hashable, ...]] = {
    "method": tuple(Method),
    "approval": tuple(Approval),
    "quotes": (True, False),
    "invited": (True, False),
    "ground": (True, False),
}
_OPTIONS = {"judged": (True,), **_GIVEN, **_CHOSEN}


@attrs.frozen
class Point:
    """A witness: the positions of the single amount and of the total, and those facts of what is bought that rules
    look at. `single` and `total` count as in `procure.scale`."""

    single: int
    total: int
    facts: Mapping[str, Hashable]


@attrs.frozen
class Contested:
    """A position of the amount whose tier depends on these questions; it falls in one of the tiers named."""

    position: int
    tiers: tuple[str, ...]
    questions: tuple[str, ...]


@attrs.frozen
class Gap:
    """No tier claims an amount at this position, or any purchase whose total counts nothing, under these readings."""

    position: int
    readings: Readings


@attrs.frozen
class Overlap:
    """Two tiers claim an amount at this position at once, under these readings."""

    position: int
    tiers: tuple[str, str]
    readings: Readings


@attrs.frozen
class Impossible:
    """Whatever the buyer does, one of these rules is breached, under these readings; none of the rules can be left out.
    Each of the readings has its witness among the points."""

    rules: tuple[str, ...]
    readings: Readings
    points: tuple[Point, ...]


@attrs.frozen
class Idle:
    """Readings of one ambiguity that may be swapped for each other, and no verdict changes."""

    ambiguity: str
    readings: tuple[str, ...]


@attrs.frozen
class Dead:
    """A rule that never fires: it is never due; or it is `due`, and nothing breaches it."""

    rule: str
    due: bool


@attrs.frozen
class Coverage:
    """What the check found, under the interpretations that the policy leaves open. To be contested is no fault, nor
    need a conflict be: it weighs against the readings that lead to it."""

    policy: Policy = attrs.field(repr=False)
    contested: tuple[Contested, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    #: Duties that cannot be met.
    impossible: tuple[Impossible, ...]
    #: Duties of which each can be met, but not all by one purchase.
    conflicts: tuple[Impossible, ...]
    idle: tuple[Idle, ...]
    dead: tuple[Dead, ...]


def coverage(policy: Policy) -> Coverage:
    """Check a policy by itself, in every interpretation left open, without a purchase."""
    survey = Survey(policy)
    impossible = tuple(_impossible(survey))
    return Coverage(
        policy,
        tuple(_contested(survey)),
        tuple(_gaps(survey)),
        tuple(_overlaps(survey)),
        tuple(found for found in impossible if len(found.rules) == 1),
        tuple(found for found in impossible if len(found.rules) > 1),
        tuple(_idle(survey)),
        tuple(_dead(survey)),
    )


@attrs.frozen
class Course:
    """One way that a purchase may go: the facts that rules looked at, whatever its tier; and at each tier the readings
    under which each rule is due, and those under which it is breached."""

    facts: Mapping[str, Hashable]
    due: Mapping[Tiers, tuple[Readings, ...]]
    breaches: Mapping[Tiers, tuple[Readings, ...]]

    def fits(self, facts: Mapping[str, Hashable]) -> bool:
        return all(self.facts.get(fact, value) == value for fact, value in facts.items())


class Survey:
    """All that a purchase can be to a policy: `places` has the tiers for each position of the single amount and of the
    total, `courses` what the rules say of all else."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.none = policy.questions.none
        self.positions = range(2 * len(policy.cuts) + 2)
        #: The first of the places with equal tiers is the plainest: a single purchase that is all of its total.
        self.places = {
            (single, total): self._tiers(single, total)
            for single in self.positions[1:]
            for total in sorted(self.positions, key=lambda total: total != single)
        }
        self.courses = tuple(self._explore({}))

    def at(self, point: Point) -> Mapping[str, Readings]:
        """For each rule, by its id, the open interpretations under which it is breached at a point with all its
        facts."""
        tiers = self.places[point.single, point.total]
        course = next(course for course in self.courses if course.fits(point.facts))
        return dict(zip((rule.id for rule in self.policy.rules), course.breaches[tiers], strict=True))

    def _tiers(self, single: int, total: int) -> Tiers:
        scale = self.policy.scale
        return tuple(tier & self.policy.open for tier in scale.tiers(single, (total,) * len(scale.totals)))

    def _explore(self, facts: Mapping[str, Hashable]) -> Iterator[Course]:
        """As the tree of a judge does, but with one course for all tiers, so that tiers can be compared."""
        try:
            yield self._course(facts)
        except Ask as ask:
            for value in _OPTIONS[ask.fact]:
                yield from self._explore({**facts, ask.fact: value})

    def _course(self, facts: Mapping[str, Hashable]) -> Course:
        due: dict[Tiers, tuple[Readings, ...]] = {}
        breaches: dict[Tiers, tuple[Readings, ...]] = {}
        for tiers in dict.fromkeys(self.places.values()):
            point = Facts({**facts, "tiers": tiers}, self.policy.questions.every, self.none, self.policy.open)
            due[tiers] = tuple(rule.due(point) & self.policy.open for rule in self.policy.rules)
            breaches[tiers] = tuple(
                when - rule.met(point) if when else when
                for rule, when in zip(self.policy.rules, due[tiers], strict=True)
            )
        return Course(facts, due, breaches)


def _contested(survey: Survey) -> Iterator[Contested]:
    policy = survey.policy
    for position in survey.positions[1:]:
        tiers = survey.places[position, position]
        reach = {question for tier in tiers for question in tier.depends_on()}
        questions = tuple(ambiguity.id for ambiguity in policy.left_open if ambiguity.id in reach)
        if questions:
            yield Contested(
                position,
                tuple(name for name, tier in zip(policy.tiers, tiers, strict=True) if tier),
                questions,
            )


def _gaps(survey: Survey) -> Iterator[Gap]:
    for position in survey.positions:
        unclaimed = survey.policy.open - _any(survey.places[max(position, 1), position])
        if position == NONE:
            unclaimed &= _empty(survey.policy)
        if unclaimed:
            yield Gap(position, unclaimed)


def _empty(policy: Policy) -> Readings:
    """The readings whose total may have nothing to count, not even the purchase itself."""
    found = policy.questions.none
    for measure, when in zip(policy.measures, policy.scale.totals, strict=True):
        counts = policy.counted[measure.counted].includes
        itself = measure.whole_year or measure.itself
        if not (itself and all(counts(*facts) for facts in product(Method, (True, False), (True, False)))):
            found |= when
    return found


def _overlaps(survey: Survey) -> Iterator[Overlap]:
    policy, scale = survey.policy, survey.policy.scale
    read = policy.open & (scale.single | (scale.total & reduce(or_, scale.totals, survey.none)))
    for position in survey.positions:
        for (one, this), (other, that) in combinations(zip(policy.tiers, scale.claims(position), strict=True), 2):
            if both := this & that & read:
                yield Overlap(position, (one, other), both)


def _impossible(survey: Survey) -> Iterator[Impossible]:
    """Single duties first, then sets of duties, in the order of the rules."""
    found: dict[tuple[int, ...], list[tuple[Point, Readings]]] = {}
    places: dict[Tiers, tuple[int, int]] = {}
    highest: dict[Tiers, tuple[int, int]] = {}
    for place, tiers in survey.places.items():
        places.setdefault(tiers, place)
        if place[0] == survey.positions[-1]:
            highest.setdefault(tiers, place)
    asked = {fact for course in survey.courses for fact in course.facts}
    given = {fact: values for fact, values in _GIVEN.items() if fact in asked}
    for values in product(*given.values()):
        facts = dict(zip(given, values, strict=True))
        courses = [course for course in survey.courses if course.fits(facts)]
        # No open-tender standard is below the limit.
        for tiers, place in (highest if facts.get("reaches") else places).items():
            ways = list({course.breaches[tiers] for course in courses})
            for rules, readings in _inevitable(ways):
                found.setdefault(rules, []).append((Point(*place, facts), readings))
    for rules in sorted(found, key=lambda rules: (len(rules), rules)):
        yield _witnessed(tuple(survey.policy.rules[rule].id for rule in rules), found[rules])


def _inevitable(ways: Sequence[tuple[Readings, ...]]) -> Iterator[tuple[tuple[int, ...], Readings]]:
    """The smallest sets of rules of which each way breaches one, and the readings under which it does. A way says for
    each rule when it is breached."""
    breachable = [rule for rule, ever in enumerate(map(_any, zip(*ways, strict=True))) if ever]
    if not (breachable and _always(ways, breachable)):
        return
    found: dict[tuple[int, ...], Readings] = {}
    for rules in chain.from_iterable(combinations(breachable, size + 1) for size in range(len(breachable))):
        breached = _always(ways, rules)
        for fewer, readings in found.items():
            if set(fewer) < set(rules):
                breached -= readings
        if breached:
            found[rules] = breached
    yield from found.items()


def _always(ways: Sequence[tuple[Readings, ...]], rules: Sequence[int]) -> Readings:
    """The readings under which every way breaches one of the rules."""
    return reduce(and_, (_any(way[rule] for rule in rules) for way in ways))


def _witnessed(rules: tuple[str, ...], found: Iterable[tuple[Point, Readings]]) -> Impossible:
    """All the readings found, and as few of the points as show them, those that show the most first."""
    (first, shown), *others = sorted(found, key=lambda pair: -len(pair[1]))
    points = [first]
    for point, readings in others:
        if readings - shown:
            points.append(point)
            shown |= readings
    return Impossible(rules, shown, tuple(points))


def _idle(survey: Survey) -> Iterator[Idle]:
    policy = survey.policy
    branches = _branches(_telling(survey))
    for ambiguity in policy.left_open:
        alike: dict[tuple[Readings, ...], list[str]] = {}
        for index, reading in enumerate(ambiguity.answers):
            alike.setdefault(tuple(each[index] for each in branches.get(ambiguity.id, ())), []).append(reading)
        yield from (Idle(ambiguity.id, tuple(same)) for same in alike.values() if len(same) > 1)


def _telling(survey: Survey) -> Iterator[Readings]:
    """Sets of readings that tell any two apart which some purchase can tell apart: when it is a violation; and where
    the position of the total decides that, which total is read."""
    moved = survey.none
    for course in survey.courses:
        violated = {tiers: _any(breaches) for tiers, breaches in course.breaches.items()}
        yield from violated.values()
        for single in survey.positions[1:]:
            row = [violated[survey.places[single, total]] for total in survey.positions]
            moved |= _any(row) - reduce(and_, row)
    totals: dict[tuple[int, int, bool, bool], Readings] = {}
    for measure, when in zip(survey.policy.measures, survey.policy.scale.totals, strict=True):
        total = measure.level, measure.counted, measure.whole_year, measure.itself
        totals[total] = totals.get(total, survey.none) | when
    yield from (when & moved for when in totals.values())


def _branches(sets: Iterable[Readings]) -> Mapping[str, list[tuple[Readings, ...]]]:
    """For each ambiguity, wherever one of the sets depends on it: what each of its readings leads to."""
    found: dict[str, list[tuple[Readings, ...]]] = {}
    waiting = list(dict.fromkeys(sets))
    seen = set(waiting)
    for readings in waiting:
        asked = readings.first_asked
        if asked is not None:
            branches = tuple(readings.given(asked, reading) for reading in asked.answers)
            found.setdefault(asked.id, []).append(branches)
            waiting += set(branches) - seen
            seen.update(branches)
    return found


def _dead(survey: Survey) -> Iterator[Dead]:
    for number, rule in enumerate(survey.policy.rules):
        if not any(breaches[number] for course in survey.courses for breaches in course.breaches.values()):
            yield Dead(rule.id, any(due[number] for course in survey.courses for due in course.due.values()))


def _any(sets: Iterable[Readings]) -> Readings:
    """The union of some sets, one at least."""
    return reduce(or_, sets)
