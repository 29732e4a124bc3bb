"""How much may still be bought before the next band: for each account of each total, under the working interpretation
and in the worst one left open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from procure.engines.accounts import RunningAccount
from procure.engines.ledger import Posted
from procure.engines.sums import FAR, Summed, start_of
from procure.engines.supposing import Supposing
from procure.interpretation.conditions import condition_words, cover
from procure.interpretation.readings import Readings
from procure.log.rows import Row
from procure.policy.ladders import Cuts, Gauge, edges, positions
from procure.policy.plan import Plan
from procure.policy.totals import Measure, Window
from procure.reporting.report import Report
from procure.reporting.totals import key_words
from procure.values.words import Words


@attrs.frozen
class Room:
    """How much more may be added before a band changes: minor units, or a number of rows; None where no further band
    is there. `known` is False where the total has no most, so that nothing can be promised. `next` is the band that one
    unit more leads to: None where that has none. `when` says under which interpretations, in the worst case; `readings`
    are they."""

    left: int | None
    next: Words | None = None
    when: Words | None = None
    known: bool = True
    readings: Readings | None = attrs.field(default=None, repr=False, eq=False)


@attrs.frozen
class Freed:
    """What a window that reaches back lets go next: how much, None where that is not known, and from which day on."""

    on: dt.date
    size: int | None


@attrs.frozen
class Headroom:
    """One account of one total: the columns it is of with what they say there, the total so far, the band it is in
    under the working interpretation (None where it is in none), and the room that is left."""

    measure: Measure = attrs.field(repr=False)
    keys: Mapping[str, Words]
    total: Summed
    band: Words | None
    working: Room
    worst: Room
    frees: Freed | None


@attrs.frozen
class Headrooms:
    """The accounts of a log on a day, those nearest to their next band first. `division` is the clause that forbids
    dividing purchases, where the policy has one."""

    plan: Plan = attrs.field(repr=False)
    on: dt.date
    accounts: tuple[Headroom, ...]
    division: str | None


def headroom(report: Report, on: dt.date) -> Headrooms:
    """The room of every account of a report, for a purchase that would stand after all rows of a day. A total that is
    not certain is taken at its most, so that no more is promised than there surely is."""
    plan = report.plan
    found = list(_Rooms(report, on).all())
    found.sort(key=lambda each: (not each.working.known, each.working.left is None, _least(each), each.total.high))
    return Headrooms(plan, on, tuple(found), plan.policy.division_text)


def _least(each: Headroom) -> int:
    return each.working.left or 0


class _Rooms:
    """The accounts of one report on one day."""

    def __init__(self, report: Report, on: dt.date) -> None:
        self._report, self._plan, self._on = report, report.plan, on
        self._supposing = Supposing(report.plan)
        self._working = self._plan.questions.giving(self._plan.working)
        self._titles = {rule.id: rule.title for rule in self._plan.rules}

    def all(self) -> Iterator[Headroom]:
        for measure in self._plan.working_measures.values():
            by_account: dict[int, list[_Like]] = {}
            for like in self._distinct:
                account = like.account(self._plan, measure)
                if account.placed and self._is_of_year(measure, like.row):
                    by_account.setdefault(id(account), []).append(like)
            for likes in by_account.values():
                found = self._account(measure, likes)
                if found is not None:
                    yield found

    @cached_property
    def _distinct(self) -> list[_Like]:
        """A row for each combination of accounts, and of the words by which limits differ."""
        plan, found = self._plan, dict[tuple[object, ...], _Like]()
        for at, posted in enumerate(self._report.postings):
            row = Row(self._report.read, at)
            words = self._words(row) if plan.dimensions else ((),)
            found.setdefault((tuple(id(account) for account, _ in posted), words), _Like(row, posted, words))
        return list(found.values())

    def _words(self, row: Row) -> tuple[tuple[str | None, ...], ...]:
        return self._supposing.words({name: row[name] for name in self._plan.built.columns})

    def _is_of_year(self, measure: Measure, row: Row) -> bool:
        """Whether the account of a row is that of the day's budget year."""
        if not measure.grouping.year:
            return True
        policy, day = self._plan.policy, row[self._plan.built.date]
        return isinstance(day, dt.date) and policy.year_of(day) == policy.year_of(self._on)

    def _account(self, measure: Measure, likes: Sequence[_Like]) -> Headroom | None:
        plan = self._plan
        total = self._total(measure, likes[0])
        if not total.sure:
            return None
        gauges = [gauge for gauge in plan.gauges if gauge.measure == measure and plan.working in gauge.when]
        rooms = [self._room(gauge, total, like, self._working) for gauge in gauges for like in likes]
        others = [gauge for gauge in plan.gauges if gauge.measure is not None and gauge.measure.total == measure.total]
        worst = [self._room(gauge, self._total(gauge.measure, like), like, plan.open)
                 for gauge in others for like in likes if gauge.measure is not None]  # fmt: skip
        row = likes[0].row
        return Headroom(
            measure,
            key_words(plan, measure, row),
            total,
            self._band(gauges, total, likes[0]),
            _least_of(rooms),
            self._named(_least_of(worst)),
            self._frees(measure, likes[0]),
        )

    def _total(self, measure: Measure | None, like: _Like) -> Summed:
        """The total that a purchase like a row would meet; nothing, in a year in which no such row is."""
        assert measure is not None
        account = like.account(self._plan, measure)
        if not account.placed or not self._is_of_year(measure, like.row):
            return Summed(0, 0, 0, 0)
        at = 4 * self._plan.ways.index(measure.way)
        return Summed._make(account.after(self._on.toordinal(), measure.window)[at : at + 4])

    def _cuts(self, gauge: Gauge, like: _Like) -> Iterator[Cuts]:
        plan = self._plan
        for words in like.words:
            yield plan.cuts_on(gauge, dict(zip(plan.dimensions, words, strict=True)), self._on)

    def _room(self, gauge: Gauge, total: Summed, like: _Like, readings: Readings) -> Room:
        if not total.bounded:
            return Room(None, known=False)
        meant = readings & gauge.when
        rooms = [self._below(gauge, cuts, total, meant) for cuts in self._cuts(gauge, like)]
        for own in self._own(gauge):
            both = zip(self._cuts(gauge, like), self._cuts(own, like), strict=True)
            highest = meant & own.when - self._plan.ladders[gauge.ladder].lowest
            rooms += [self._at_once(gauge, own, *cuts, total, highest) for cuts in both]
        return _least_of(rooms)

    def _below(self, gauge: Gauge, cuts: Cuts, total: Summed, readings: Readings) -> Room:
        """How far a total is below the first number at which some of these interpretations claim another band."""
        now = total.high + (not total.sure)  # what is bought is something, where nothing is yet
        here = self._claimed(gauge, cuts, now, readings)
        for number in _edges(cuts):
            if number > now:
                there = self._claimed(gauge, cuts, number, readings)
                changed = [(one, other) for one, other in zip(here, there, strict=True) if one != other]
                if changed:
                    where = readings & _either([one - other | other - one for one, other in changed])
                    return Room(number - 1 - total.high, self._title(gauge, there, where), readings=where)
        return Room(None)

    def _own(self, gauge: Gauge) -> Sequence[Gauge]:
        """How the same ladder measures the amount of a purchase, where that may lift it above the band of its total."""
        plan = self._plan
        measure = gauge.measure
        assert measure is not None
        if measure.way.sum != plan.built.amount:
            return ()
        return [each for each in plan.gauges if each.measure is None and each.ladder == gauge.ladder]

    def _at_once(self, gauge: Gauge, own: Gauge, cuts: Cuts, of_own: Cuts, total: Summed, readings: Readings) -> Room:
        """How much may be bought at once, before the amount alone claims a band above that of the total and above that
        of the smallest amount."""
        here = self._claimed(gauge, cuts, total.high + (not total.sure), readings)
        readings = _either(here)  # under the others it is not this total that places a purchase
        here = [one | other for one, other in zip(here, self._claimed(own, of_own, 1, readings), strict=True)]
        for number in _edges(of_own):
            there = self._claimed(own, of_own, number, readings)
            above = [claim - _either(here[n:]) for n, claim in enumerate(there)]
            if where := _either(above):
                return Room(number - 1, self._title(own, above, where), readings=where)
        return Room(None)

    def _named(self, room: Room) -> Room:
        """With the words for its interpretations."""
        return room if room.readings is None else attrs.evolve(room, when=self._when(room.readings))

    def _claimed(self, gauge: Gauge, cuts: Cuts, number: int, readings: Readings) -> list[Readings]:
        """For each band the interpretations under which a total of this number claims it."""
        each = [gauge.claims[position] for position in positions(cuts.mask(number, number))]
        return [readings & _either(list(of_band)) for of_band in zip(*each, strict=True)]

    def _title(self, gauge: Gauge, claimed: Sequence[Readings], where: Readings) -> Words | None:
        ladder = self._plan.ladders[gauge.ladder]
        for band, claim in zip(ladder.bands, claimed, strict=True):
            if claim & where:
                return self._titles.get(band, Words(band, band))
        return None

    def _when(self, where: Readings) -> Words | None:
        if not self._plan.open - where:
            return None
        return condition_words(cover(self._plan.questions, where, self._plan.open))

    def _band(self, gauges: Sequence[Gauge], total: Summed, like: _Like) -> Words | None:
        for gauge in gauges:
            cuts = next(self._cuts(gauge, like))
            if total.bounded:
                found = self._title(gauge, self._claimed(gauge, cuts, total.high, self._working), self._working)
                if found is not None:
                    return found
        return None

    def _frees(self, measure: Measure, like: _Like) -> Freed | None:
        """What the window lets go next."""
        window = measure.window
        if not window.back:
            return None
        account, today = like.account(self._plan, measure), self._on.toordinal()
        at = 4 * self._plan.ways.index(measure.way)
        start = start_of(window, today)
        held = [(day, part[at : at + 4]) for day, part in zip(account.days, account.parts, strict=True)
                if start < day <= today and part[at + 2] + part[at + 3]]  # fmt: skip
        on = _let_go(window, held[0][0], today)
        gone = sum(part[0] + part[1] for day, part in held if day <= start_of(window, on))
        return Freed(dt.date.fromordinal(on), gone if gone < FAR else None)


@attrs.frozen(eq=False)
class _Like:
    """A row of a log, whose accounts and limits others have too."""

    row: Row
    posted: Posted
    words: tuple[tuple[str | None, ...], ...]

    def account(self, plan: Plan, measure: Measure) -> RunningAccount:
        """The account of the row."""
        account: RunningAccount = self.posted[plan.groupings.index(measure.grouping)][0]
        return account


def _least_of(rooms: Sequence[Room]) -> Room:
    """The one with least room, under all the interpretations that leave no more; one of which nothing is known before
    all."""
    unknown = next((room for room in rooms if not room.known), None)
    least = min((room for room in rooms if room.left is not None), key=lambda room: room.left or 0, default=Room(None))
    alike = [room.readings for room in rooms if room == least and room.readings is not None]
    return unknown or attrs.evolve(least, readings=_either(alike) if alike else None)


def _edges(cuts: Cuts) -> Sequence[int]:
    """The numbers at which another band may begin."""
    return sorted({edge for cut in cuts.least for edge in edges(cut)})


def _either(each: Sequence[Readings]) -> Readings:
    found, *more = each
    for readings in more:
        found |= readings
    return found


def _let_go(window: Window, day: int, today: int) -> int:
    """The first day after today whose window does not hold this day any more."""
    on = today + 1
    while start_of(window, on) < day:
        on += 1
    return on
