"""Which accounts have something to see, how the total of each ran, and which purchase took it to a cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from procure.engines.findings import Finding
from procure.engines.sums import Summed
from procure.log.rows import Rejected, Row
from procure.policy.ladders import Gauge
from procure.policy.plan import Plan
from procure.policy.totals import ROWS, Measure
from procure.reporting.report import Report
from procure.reporting.standing import ATTENTION, VIOLATIONS, standing
from procure.reporting.totals import key_words, known_cuts, scenarios_of
from procure.values.words import Words

#: A word for each column by which the limits of a policy differ.
Scenario = tuple[str, ...]


@attrs.frozen
class Cut:
    """A cut, in minor units or a number of rows, and what it is for. It holds `since` a day and `until` another, both
    included; None where it holds as far as the account goes."""

    number: int
    scenarios: tuple[Scenario, ...]
    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@attrs.frozen
class ChartPoint:
    """The total once a purchase that counts in it, or may, was made."""

    date: dt.date
    purchase: Row
    total: Summed


@attrs.frozen
class Crossing:
    """The first purchase with which the total reaches a cut; `surely` False where it only may."""

    cut: Cut
    point: ChartPoint
    surely: bool


@attrs.frozen(eq=False)
class Run:
    """One account: what its rows agree in, the budget year if it is one of a year, and from which day to which it is
    drawn."""

    account: Any
    keys: tuple[Words, ...]
    year: int | None
    first: dt.date
    last: dt.date
    scenarios: tuple[Scenario, ...]
    points: tuple[ChartPoint, ...]
    cuts: tuple[Cut, ...]
    crossings: tuple[Crossing, ...]
    #: Whether its totals are numbers of rows.
    rows: bool = False

    @property
    def whole(self) -> Summed:
        """The total once all were made."""
        return self.points[-1].total

    @property
    def size(self) -> int:
        """What the total comes to at the least, as far as that is known."""
        return self.whole.low if self.whole.founded else 0


def drawn(plan: Plan) -> Gauge | None:
    """How the total that is drawn claims bands: the working one of the first ladder that has one."""
    return next((g for g in plan.gauges if g.measure is not None and plan.working in g.when), None)


def runs(report: Report) -> list[Run]:
    """Totals of two purchases or more that reach a cut or may, those with most violations, then findings that want
    attention, then money first."""
    gauge = drawn(report.plan)
    if gauge is None or gauge.measure is None or not report.postings:
        return []
    reader = _Runs(report.plan, gauge, gauge.measure)
    accounts = reader.members(report)
    found = [run for account, members in accounts.items() if (run := reader.run(account, members)) is not None]
    counts = _attention(report.purchases, gauge.measure)
    return sorted(found, key=lambda run: (*(-n for n in counts.get(run.account, (0, 0))), -run.size))


def _attention(findings: Sequence[Finding], measure: Measure) -> Mapping[Any, tuple[int, int]]:
    counts: dict[Any, tuple[int, int]] = {}
    for finding in findings:
        if standing(finding) in ATTENTION:
            account, _ = finding.posting(measure)
            violations, all_ = counts.get(account, (0, 0))
            counts[account] = violations + (standing(finding) in VIOLATIONS), all_ + 1
    return counts


@attrs.frozen(eq=False)
class _Runs:
    """How the accounts of one measure ran against the cuts of one gauge."""

    plan: Plan
    gauge: Gauge
    measure: Measure

    def members(self, report: Report) -> Mapping[Any, list[tuple[int, Row]]]:
        """The rows of each account, each with its place in it."""
        at = self.plan.groupings.index(self.measure.grouping)
        found: dict[Any, list[tuple[int, Row]]] = {}
        for row, posted in zip(report.rows, report.postings, strict=True):
            account, n = posted[at]
            if account.placed:
                found.setdefault(account, []).append((n, row.readable if isinstance(row, Rejected) else row))
        return found

    def run(self, account: Any, members: list[tuple[int, Row]]) -> Run | None:
        points = tuple(self._points(account, members))
        if len(points) < 2:
            return None
        scenarios = scenarios_of(self.plan, [row for _, row in members])
        first, last, year = self._span(points)
        cuts = self._cuts(scenarios, first, last)
        crossings = tuple(crossing for cut in cuts if (crossing := _crossing(cut, points)) is not None)
        if not crossings:
            return None
        keys = tuple(key_words(self.plan, self.measure, members[0][1]).values())
        rows = self.measure.way.sum == ROWS
        return Run(account, keys, year, first, last, scenarios, points, cuts, crossings, rows)

    def _points(self, account: Any, members: list[tuple[int, Row]]) -> Iterator[ChartPoint]:
        """The total as it ran: of a window that reaches back, what each purchase met with its own."""
        at = 4 * self.plan.ways.index(self.measure.way)
        window = attrs.evolve(self.measure.window, whole=False)
        for n, row in sorted(members, key=lambda member: member[0]):
            own = Summed._make(account.parts[n][at : at + 4])
            if own.sure or own.maybe:
                total = Summed._make(account.sums(n, window, True)[at : at + 4])
                yield ChartPoint(row[self.plan.built.date], row, total)

    def _span(self, points: Sequence[ChartPoint]) -> tuple[dt.date, dt.date, int | None]:
        """The budget year, or the months from the first purchase to the last."""
        policy, first, last = self.plan.policy, points[0].date, points[-1].date
        if not self.measure.grouping.year:
            return first.replace(day=1), _month_end(last), None
        year = policy.year_of(first)
        # A budget year may begin before the first day that there is, or end after the last.
        start = policy.budget_year(year) if year >= dt.MINYEAR else dt.date.min
        end = policy.budget_year(year + 1) - dt.timedelta(1) if year < dt.MAXYEAR else dt.date.max
        return start, end, year

    def _cuts(self, scenarios: Sequence[Scenario], first: dt.date, last: dt.date) -> tuple[Cut, ...]:
        """The cuts that are known, ascending; one that holds all along is one."""
        starts = [start for start in self.plan.starts if first < start <= last]
        by_number: dict[int, dict[int, list[Scenario]]] = {}
        for period, day in enumerate((first, *starts)):
            for scenario in scenarios:
                for number in known_cuts(self.plan, self.gauge, scenario, day):
                    by_number.setdefault(number, {}).setdefault(period, []).append(scenario)
        found = []
        for number, periods in sorted(by_number.items()):
            for begin, end, holds in _stretches(periods):
                since = starts[begin - 1] if begin else None
                until = starts[end] - dt.timedelta(1) if end < len(starts) else None
                found.append(Cut(number, holds, since, until))
        return tuple(found)


def _stretches(periods: Mapping[int, Sequence[Scenario]]) -> list[tuple[int, int, tuple[Scenario, ...]]]:
    """Periods that follow each other and hold the same, as the first and the last of them."""
    found: list[tuple[int, int, tuple[Scenario, ...]]] = []
    for period, scenarios in sorted(periods.items()):
        begin, holds = period, tuple(scenarios)
        if found and found[-1][1:] == (period - 1, holds):
            begin = found.pop()[0]
        found.append((begin, period, holds))
    return found


def _crossing(cut: Cut, points: Sequence[ChartPoint]) -> Crossing | None:
    for surely in (True, False):
        for point in points:
            if cut.holds(point.date) and (point.total.low if surely else point.total.high) >= cut.number:
                return Crossing(cut, point, surely)
    return None


def _month_end(day: dt.date) -> dt.date:
    if (day.year, day.month) == (dt.MAXYEAR, 12):
        return dt.date.max
    return (day.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)
