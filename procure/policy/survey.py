"""The policy's own check: what its text leaves in doubt, and where it fails, found without a purchase.

Where the amounts may stand and the classes of every fact are all that a purchase can be; they are walked one by one. An
interpretation that reads several totals, or several ladders, has the product of their positions; where that is too
large, the survey says so instead of what it would have found.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, combinations
from operator import and_

import attrs

from procure.interpretation.readings import Readings
from procure.policy.doubts import Contested, Gap, contested, diagonals, gaps
from procure.policy.plan import Plan
from procure.policy.space import Axis, Bands, Course, Effort, Place, Space, TooLargeError, union
from procure.policy.totals import Measure


@attrs.frozen
class WitnessPoint:
    """A witness: where the amount and each total stand, by the axes of the space, and the facts of what is bought that
    rules look at."""

    axes: tuple[Axis, ...]
    place: Place
    facts: Mapping[str, Hashable]


@attrs.frozen
class Impossible:
    """Whatever the buyer does, one of these rules is breached, under these readings; none of the rules can be left out.
    Each of the readings has its witness among the points."""

    rules: tuple[str, ...]
    readings: Readings
    points: tuple[WitnessPoint, ...]


@attrs.frozen
class Idle:
    """Readings of one question that may be swapped for each other, and no verdict changes."""

    ambiguity: str
    readings: tuple[str, ...]


@attrs.frozen
class Dead:
    """A rule that never fires: it is never due; or it is `due`, and nothing breaches it."""

    rule: str
    due: bool


@attrs.frozen
class Ungoverned:
    """A band that asks for nothing."""

    ladder: str
    band: str


@attrs.frozen
class Alone:
    """A total over a whole period that leaves out the purchase itself, under these readings: two purchases of 1,500 are
    1,500 each."""

    total: str
    readings: Readings


@attrs.frozen(kw_only=True)
class Survey:
    """What the check found, under the interpretations that the policy leaves open. To be contested is no fault, nor
    need a conflict be: it weighs against the readings that lead to it. Where the walk was `too_large`, nothing is known
    of duties, readings and rules."""

    plan: Plan = attrs.field(repr=False)
    contested: tuple[Contested, ...] = ()
    gaps: tuple[Gap, ...] = ()
    #: Duties that cannot be met.
    impossible: tuple[Impossible, ...] = ()
    #: Duties of which each can be met, but not all by one purchase.
    conflicts: tuple[Impossible, ...] = ()
    idle: tuple[Idle, ...] = ()
    dead: tuple[Dead, ...] = ()
    ungoverned: tuple[Ungoverned, ...] = ()
    alone: tuple[Alone, ...] = ()
    too_large: bool = False


def survey(plan: Plan) -> Survey:
    """Check a policy by itself, in every interpretation left open, without a purchase. The plan says which columns the
    logs have; a question that needs another is not asked."""
    found = Survey(plan=plan, ungoverned=tuple(_ungoverned(plan)), alone=tuple(_alone(plan)))
    effort = Effort()
    try:
        ladders = tuple(diagonals(plan, effort))
        found = attrs.evolve(found, contested=tuple(contested(plan, ladders)), gaps=tuple(gaps(plan, ladders)))
        space = Space(plan, effort)
        impossible = tuple(_impossible(space, effort))
        return attrs.evolve(
            found,
            impossible=tuple(one for one in impossible if len(one.rules) == 1),
            conflicts=tuple(one for one in impossible if len(one.rules) > 1),
            idle=tuple(_idle(space)),
            dead=tuple(_dead(space)),
        )
    except TooLargeError:
        return attrs.evolve(found, too_large=True)


# -- what is plain to see ----------------------------------------------------------------------------------------------


def _ungoverned(plan: Plan) -> Iterator[Ungoverned]:
    for id, ladder in plan.policy.ladders.items():
        for band in ladder.bands:
            if not band.duties:
                yield Ungoverned(id, band.id)


def _alone(plan: Plan) -> Iterator[Alone]:
    found: dict[str, Readings] = {}
    for gauge in plan.gauges:
        measure = gauge.measure
        if measure is not None and measure.window.whole and not measure.itself:
            found[measure.total] = found.get(measure.total, plan.questions.none) | gauge.when
    for total, readings in found.items():
        yield Alone(total, readings)


# -- duties ----------------------------------------------------------------------------------------------------------


def _impossible(space: Space, effort: Effort) -> Iterator[Impossible]:
    """Single duties first, then sets of duties, in the order of the rules."""
    plan = space.plan
    found: dict[tuple[int, ...], list[tuple[WitnessPoint, Readings]]] = {}
    for facts, courses in _situations(space, {}, space.courses, effort):
        for bands in space.by_bands:
            place = space.place(bands, facts)
            if place is not None:
                ways = list({course.breaches[bands] for course in courses})
                for rules, readings in _inevitable(ways, plan.questions.none, effort):
                    found.setdefault(rules, []).append((WitnessPoint(space.axes, place, facts), readings))
    for rules in sorted(found, key=lambda rules: (len(rules), rules)):
        # That nothing meets a prohibition is what it says.
        if len(rules) > 1 or not _prohibits(plan, plan.rules[rules[0]].id):
            yield _witnessed(tuple(plan.rules[rule].id for rule in rules), found[rules])


def _prohibits(plan: Plan, rule: str) -> bool:
    """Whether a duty was declared without any way to meet it."""
    duty = plan.policy.duties.get(rule)
    return duty is not None and isinstance(duty.met_by, (list, tuple)) and not duty.met_by


def _situations(
    space: Space, facts: Mapping[str, Hashable], courses: Sequence[Course], effort: Effort
) -> Iterator[tuple[Mapping[str, Hashable], Sequence[Course]]]:
    """What may be given, with the courses that are left to the buyer: one situation for each class of each given fact
    that some of the courses looks at."""
    effort.spend(len(courses))
    asked = next((f for f in space.given if f not in facts and any(f in course.facts for course in courses)), None)
    if asked is None:
        yield facts, courses
        return
    for value in space.classes(asked):
        more = {**facts, asked: value}
        yield from _situations(space, more, [course for course in courses if course.fits(more)], effort)


def _inevitable(
    ways: Sequence[tuple[Readings, ...]], none: Readings, effort: Effort
) -> Iterator[tuple[tuple[int, ...], Readings]]:
    """The smallest sets of rules of which each way breaches one, and the readings under which it does. A way says for
    each rule when it is breached."""
    breachable = [rule for rule, ever in enumerate(zip(*ways, strict=True)) if any(ever)]
    if not (breachable and _always(ways, breachable, none)):
        return
    found: dict[tuple[int, ...], Readings] = {}
    for rules in chain.from_iterable(combinations(breachable, size + 1) for size in range(len(breachable))):
        effort.spend(len(ways))
        breached = _always(ways, rules, none)
        for fewer, readings in found.items():
            if set(fewer) < set(rules):
                breached -= readings
        if breached:
            found[rules] = breached
    yield from found.items()


def _always(ways: Sequence[tuple[Readings, ...]], rules: Sequence[int], none: Readings) -> Readings:
    """The readings under which every way breaches one of the rules."""
    return reduce(and_, (union((way[rule] for rule in rules), none) for way in ways))


def _witnessed(rules: tuple[str, ...], found: Iterable[tuple[WitnessPoint, Readings]]) -> Impossible:
    """All the readings found, and as few of the points as show them, those that show the most first."""
    (first, shown), *others = sorted(found, key=lambda pair: -len(pair[1]))
    points = [first]
    for point, readings in others:
        if readings - shown:
            points.append(point)
            shown |= readings
    return Impossible(rules, shown, tuple(points))


# -- readings and rules ----------------------------------------------------------------------------------------------


def _idle(space: Space) -> Iterator[Idle]:
    branches = _branches(_telling(space))
    for ambiguity in space.plan.left_open:
        alike: dict[tuple[Readings, ...], list[str]] = {}
        for index, reading in enumerate(ambiguity.answers):
            alike.setdefault(tuple(each[index] for each in branches.get(ambiguity.id, ())), []).append(reading)
        yield from (Idle(ambiguity.id, tuple(same)) for same in alike.values() if len(same) > 1)


def _telling(space: Space) -> Iterator[Readings]:
    """Sets of readings that tell any two apart which some purchase can tell apart: when it is a violation; and where
    the position of a total decides that, how the total is added up."""
    none = space.plan.questions.none
    moved: dict[str, Readings] = {}
    for course in space.courses:
        violated = {bands: union(breaches, none) for bands, breaches in course.breaches.items()}
        yield from violated.values()
        for n, axis in enumerate(space.axes):
            if axis.total is not None:
                moved[axis.total] = moved.get(axis.total, none) | _moved(space, n, violated)
    measures: dict[Measure, Readings] = {}
    for gauge in space.plan.gauges:
        if gauge.measure is not None:
            measures[gauge.measure] = measures.get(gauge.measure, none) | gauge.when
    yield from (when & moved[measure.total] for measure, when in measures.items())


def _moved(space: Space, n: int, violated: Mapping[Bands, Readings]) -> Readings:
    """The readings under which some purchase is a violation or not as one axis moves."""
    ever: dict[Place, Readings] = {}
    always: dict[Place, Readings] = {}
    for place, bands in space.places.items():
        rest = (*place[:n], *place[n + 1 :])
        ever[rest] = ever.get(rest, space.plan.questions.none) | violated[bands]
        always[rest] = always.get(rest, space.plan.questions.every) & violated[bands]
    return union((ever[rest] - always[rest] for rest in ever), space.plan.questions.none)


def _branches(sets: Iterable[Readings]) -> Mapping[str, list[tuple[Readings, ...]]]:
    """For each question, wherever one of the sets depends on it: what each of its readings leads to."""
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


def _dead(space: Space) -> Iterator[Dead]:
    for number, rule in enumerate(space.plan.rules):
        if not any(breaches[number] for course in space.courses for breaches in course.breaches.values()):
            yield Dead(rule.id, any(due[number] for course in space.courses for due in course.due.values()))
