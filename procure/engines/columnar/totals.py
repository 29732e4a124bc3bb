"""The ledger in columns: the totals of every account as they run, by sorting once and differencing sums.

The rows are first put in the order of what all groupings have in common, of date, and of the log. From there they are
taken a stretch of whole groups at a time: the accounts of each grouping are found by a sort within the stretch; the
sums run through all accounts at once, and what stood before an account began is taken off. The rows that lack what
would place them follow, when all accounts are known.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import attrs
import polars as pl

from procure.engines.columnar.around import Added, AroundColumns, Has, PlacedAlike, fields_of, may_add, zeros
from procure.engines.columnar.chunks import in_threads
from procure.engines.columnar.codes import Coded, combine, joined, width
from procure.engines.columnar.placing import PlacedRows
from procure.engines.columnar.positions import Edges
from procure.engines.columnar.sorting import order
from procure.engines.columnar.sums import Accounts, WayOfRows, coded, plus, rows, wide
from procure.engines.sums import Summed, start_of
from procure.policy.plan import Plan
from procure.policy.totals import Measure, Window

#: What a total reaches over: a window, and whether the purchase itself is in it.
Span: TypeAlias = "tuple[Window, bool]"
#: The parts of a sum that are shown.
SHOWN = ("low", "spread", "unread", "sunk")


@attrs.frozen(eq=False)
class TotalExamples:
    """Examples of the totals of one account, by span and way of counting; and where it is not known whether the
    purchase counts, what each is if it does and if it does not, by way."""

    totals: Mapping[Span, tuple[Summed, ...]]
    perhaps: tuple[Mapping[Span, tuple[Summed, Summed]], ...]


@attrs.frozen(eq=False)
class Totals:
    """For each row of the log where it stands in each grouping. For each total that the working readings mean what rows
    lack that may add to it, and its sums: `low`, and where they may be open `spread`, `unread` and `sunk` besides."""

    standing: Sequence[Coded]
    lacking: Mapping[str, Coded]
    working: Mapping[str, pl.DataFrame]


@attrs.frozen(eq=False)
class _Found:
    """The same of some rows in one grouping, and what they are to the rows that may share an account with them."""

    rows: pl.Series
    standing: Coded
    lacking: Mapping[str, Coded]
    working: Mapping[str, pl.DataFrame]
    near: Mapping[tuple[Has, Window], pl.DataFrame]


def totals(placed: PlacedRows, plan: Plan, edges: Sequence[Edges]) -> Totals:
    """The totals of a log. `edges` are those of each way of counting."""
    unread = {name: column.null_count() > 0 for name, column in placed.amounts.items()}
    ways = [
        WayOfRows.of(at, placed.members, unread.get(way.sum, False), sinks[0] < 0, of_amount, any(placed.lacking))
        for at, (way, sinks, of_amount) in enumerate(zip(plan.ways, plan.unread, plan.of_amount, strict=True))
    ]
    big = any(wide(column) for column in placed.amounts.values())
    levels = [_Level(plan, at, placed, ways, edges, big) for at in range(len(plan.groupings))]
    stretches = [placed.stretch(*stretch) for stretch in placed.stretches()]
    by_stretch = in_threads(lambda stretch: [level.placed(stretch) for level in levels], stretches)
    standing, lacking, working = [], {}, {}
    for level, found in zip(levels, zip(*by_stretch, strict=True), strict=True):
        parts = [*found, *level.apart(placed, found)]
        of_rows = pl.concat([part.rows for part in parts])
        column = _in_log([part.standing for part in parts], parts, of_rows)
        standing.append(Coded(column.codes, [level.standing(value) for value in column.values]))
        for name in level.working:
            lacking[name] = _in_log([part.lacking[name] for part in parts], parts, of_rows)
            sums = pl.concat([part.working[name] for part in parts])
            working[name] = pl.DataFrame([_scattered(column, of_rows) for column in sums])
    return Totals(standing, lacking, working)


def _in_log(columns: Sequence[Coded], parts: Sequence[_Found], rows_: pl.Series) -> Coded:
    """A column of all parts in the order of the log, in which their rows stand so."""
    found = joined(columns, [len(part.rows) for part in parts])
    return found if found.codes is None else Coded(_scattered(found.codes, rows_), found.values)


def _scattered(column: pl.Series, rows_: pl.Series) -> pl.Series:
    return pl.zeros(len(rows_), column.dtype, eager=True).scatter(rows_, column).alias(column.name)


class _Level:
    """How the totals of one grouping are worked out, a stretch of rows at a time."""

    def __init__(
        self, plan: Plan, grouping: int, log: PlacedRows, ways: Sequence[WayOfRows], edges: Sequence[Edges], wide: bool
    ) -> None:
        self.plan = plan
        self.grouping = grouping
        self.edges = edges
        self.wide = wide
        measures = [measure for measure in plan.measures if measure.grouping == plan.groupings[grouping]]
        spans: dict[Span, dict[int, None]] = {}
        for measure in measures:
            spans.setdefault((measure.window, measure.itself), {})[plan.ways.index(measure.way)] = None
        #: The spans that are read, and the ways of counting in each.
        self.spans = {span: list(of_span) for span, of_span in spans.items()}
        #: The totals that the working readings mean.
        self.working = {name: measure for name, measure in plan.working_measures.items() if measure in measures}
        # A total that may count nothing needs to know how many rows it counts.
        perhaps_empty = {
            at
            for (window, itself), of_span in self.spans.items()
            if not itself and (window.whole or window.back)
            for at in of_span
        }
        each = [attrs.evolve(way, every=False) if way.at in perhaps_empty else way for way in ways]
        #: The ways of counting that are read.
        self.ways = {at: each[at] for of_span in self.spans.values() for at in of_span}
        self._examples = [way.examples(of_way) for way, of_way in zip(each, edges, strict=True)]
        self.around: AroundColumns | None = None
        lacking = log.lacking[grouping]
        if lacking is not None and log.order is not None:
            _, own = self.adding(log, lacking.rows.arg_true())
            self.around = AroundColumns(lacking, log.order, log.day, log.first, may_add(own))

    def adding(self, log: PlacedRows, rows_: pl.Series) -> tuple[Mapping[int, pl.DataFrame], pl.DataFrame]:
        """On what depends what each of these rows adds to each way of counting, and what it adds."""
        count = len(rows_)
        members = log.members.gather(rows_).numbers(count)
        amounts = {name: column.gather(rows_) for name, column in log.amounts.items()}
        each = {at: rows(amounts.get(self.plan.ways[at].sum), members, self.wide, count) for at in self.ways}
        return each, pl.DataFrame([column for at, way in self.ways.items() for column in each[at].select(way.own())])

    def placed(self, stretch: PlacedRows) -> _Found:
        """The rows of a stretch that have what places them."""
        return _PlacedRows(self, stretch).found()

    def apart(self, log: PlacedRows, found: Sequence[_Found]) -> Sequence[_Found]:
        """The rows of a log that lack it. `found` are all the others."""
        return [] if self.around is None else [_RowsApart(self, log, self.around, found).found()]

    def standing(self, codes: tuple[Any, ...]) -> TotalExamples:
        """The examples that these codes mean."""
        of_spans, perhaps = codes[: len(self.spans)], codes[len(self.spans) :]
        totals = {}
        for (span, ways), of_span in zip(self.spans.items(), of_spans, strict=True):
            each = [_NONE] * len(self._examples)
            for way, code in zip(ways, of_span, strict=True):
                each[way] = self._examples[way][code]
            totals[span] = tuple(each)
        cases: list[Mapping[Span, tuple[Summed, Summed]]] = []
        for way, of_way in enumerate(perhaps):
            if_counted = [self._examples[way][code] for code in of_way]
            pairs = zip(if_counted[::2], if_counted[1::2], strict=True)
            cases.append(dict(zip(self.reading(way) if of_way else (), pairs, strict=True)))
        return TotalExamples(totals, tuple(cases))

    def of(self, span: Span) -> Sequence[tuple[WayOfRows, Edges]]:
        """The ways of counting of a span, with the edges among which their totals stand."""
        return [(self.ways[at], self.edges[at]) for at in self.spans[span]]

    def reading(self, at: int) -> list[Span]:
        """The spans that have the purchase itself and are read by a way of counting."""
        return [span for span, ways in self.spans.items() if at in ways and span[1]]


_NONE = Summed(0, 0, 0, 0)


class _Rows(ABC):
    """Some rows in one grouping, and where their totals stand."""

    def __init__(self, level: _Level, log: PlacedRows, rows_: pl.Series) -> None:
        self.level = level
        self.log = log
        self.rows = rows_
        self.adding, self.own = level.adding(log, rows_)

    @abstractmethod
    def sums(self, span: Span) -> pl.DataFrame:
        """What each total of a span is."""

    @abstractmethod
    def lacks(self, measure: Measure) -> Coded:
        """What rows lack that may add to a total."""

    def near(self) -> Mapping[tuple[Has, Window], pl.DataFrame]:
        """What they are to the rows that may share an account with them."""
        return {}

    def found(self) -> _Found:
        level = self.level
        return _Found(
            self.log.row.gather(self.rows),
            combine([*map(self.of_span, level.spans), *map(self._perhaps, range(len(level.plan.ways)))]),
            {name: self.lacks(measure) for name, measure in level.working.items()},
            {name: self._working(measure) for name, measure in level.working.items()},
            self.near(),
        )

    def of_span(self, span: Span) -> Coded:
        """Where the totals of a span stand."""
        return self.codes(span, self.sums(span), self.own)

    def codes(self, span: Span, sums: pl.DataFrame, own: pl.DataFrame | None) -> Coded:
        """The same of these sums; `own` is what the purchases add themselves."""
        return combine(coded(self.level.of(span), sums, own if span[1] else None))

    def _perhaps(self, at: int) -> Coded:
        """Where the totals stand if each purchase of doubtful membership counts, and if it does not."""
        way, spans = self.level.ways.get(at), self.level.reading(at)
        if way is None or not way.maybe or not spans:
            return Coded(None, [()])
        doubtful = self.adding[at].select(way.doubtful()).to_series().arg_true()
        counted = self.adding[at][doubtful].select(way.if_counted())
        own = self.own.select(way.names)[doubtful]
        without = [self.sums(span).select(way.names)[doubtful] - own for span in spans]
        of_way = [(way, self.level.edges[at])]
        cases = [case for each in without for case in ((each + counted, counted), (each, None))]
        both = combine([code for case in cases for code in coded(of_way, *case)])
        numbers = both.numbers(len(doubtful)).cast(pl.UInt32) + 1
        return Coded(pl.zeros(len(self.rows), pl.UInt32, eager=True).scatter(doubtful, numbers), [(), *both.values])

    def _working(self, measure: Measure) -> pl.DataFrame:
        """The sums of a measure."""
        way = self.level.ways[self.level.plan.ways.index(measure.way)]
        sums = self.sums((measure.window, measure.itself))
        found = {name.split()[0]: sums[name] for name in way.names}
        if "unread" in found:
            found["sunk"] = way.sunk(sums)
        return pl.DataFrame({part: found[part] for part in SHOWN if part in found})


class _PlacedRows(_Rows):
    """The rows of a stretch that have what places them, in the order of their accounts."""

    def __init__(self, level: _Level, stretch: PlacedRows) -> None:
        lacking = stretch.lacking[level.grouping]
        count = len(stretch.row)
        keys = stretch.keys[level.grouping].distinct()
        columns = pl.DataFrame({"group": stretch.group, "key": keys.numbers(count)}).cast(pl.Int64)
        key = columns.select(pl.col("group") * len(keys.values) + pl.col("key")).to_series()
        bound = stretch.groups * len(keys.values)
        if lacking is None:
            rows_, key = order([(key, bound)], count)
        else:
            there = (~lacking.rows).arg_true()
            turn, key = order([(key.gather(there), bound)], len(there))
            rows_ = there.gather(turn)
        super().__init__(level, stretch, rows_)
        self._accounts = accounts = Accounts.of(key)
        self._through, self._with_it = accounts.running(self.own)
        self._starts: dict[Window, pl.Series] = {}
        self._running: dict[tuple[int, ...], Coded] = {}
        self._sums: dict[Span, pl.DataFrame] = {}
        self._added: dict[Window, Added] = {}
        self._alike = None
        if level.around is not None and lacking is not None and stretch.order is not None:
            fields = fields_of(lacking.fields, rows_.gather(accounts.last))
            ranks, days = stretch.order.rank.gather(rows_), stretch.day.gather(rows_)
            self._alike = level.around, PlacedAlike(level.around.all, fields, accounts.number, ranks, days)

    def lacks(self, measure: Measure) -> Coded:
        if self._alike is None:
            return Coded(None, [()])
        return self._may_add(*self._alike, measure.window).lacks(self.level.plan.ways.index(measure.way))

    def _may_add(self, around: AroundColumns, alike: PlacedAlike, window: Window) -> Added:
        """What rows may add to their totals that lack what would place them."""
        found = self._added.get(window)
        if found is None:
            found = self._added[window] = around.added(alike, window)
        return found

    def near(self) -> Mapping[tuple[Has, Window], pl.DataFrame]:
        if self._alike is None:
            return {}
        around, alike = self._alike
        return {
            (has, window): found
            for window in dict.fromkeys(window for window, _ in self.level.spans)
            for has, found in around.near(window, alike, self.own, self._with_it, self._accounts.last).items()
        }

    def of_span(self, span: Span) -> Coded:
        window, itself = span
        if window.whole and itself:
            return self._of_accounts(span)
        ways = tuple(self.level.spans[span])
        if self._alike is not None or window.back or window.whole or any(self.level.ways[at].raised for at in ways):
            return super().of_span(span)
        with_it = self._codes_running(span, ways)
        if itself:
            return with_it
        # Before the purchase stands what stood with the one before it; before the first of an account, nothing.
        nothing = len(with_it.values)
        numbers = with_it.numbers(len(self.rows)).cast(width(nothing + 1))
        before = pl.DataFrame({"first": self._accounts.first, "number": numbers}).select(
            pl.when("first").then(nothing).otherwise(pl.col("number").shift(1))
        )
        edges = self.level.edges
        return Coded(
            before.to_series(), [*with_it.values, tuple(self.level.ways[at].nothing(edges[at]) for at in ways)]
        )

    def _codes_running(self, span: Span, ways: tuple[int, ...]) -> Coded:
        """Where the totals stand as they run on, with each purchase: two spans are read from it."""
        found = self._running.get(ways)
        if found is None:
            found = self._running[ways] = self.codes(span, self._with_it, None)
        return found

    def _of_accounts(self, span: Span) -> Coded:
        """Where the totals stand that are the same for all rows of an account, except those that it is not read of."""
        sums = self._whole(span[0])
        by_account = self.codes(span, sums, None)
        found = Coded(by_account.numbers(len(sums)).gather(self._accounts.number), by_account.values)
        raised = [way.names[-1] for way in map(self.level.ways.__getitem__, self.level.spans[span]) if way.raised]
        if not raised:
            return found
        unread = self.own.select(pl.any_horizontal(pl.col(raised) > 0)).to_series().arg_true()
        judged = self.codes(span, sums[self._accounts.number.gather(unread)], self.own[unread])
        both = joined([found, judged], [len(self.rows), len(unread)])
        numbers = both.numbers(len(self.rows) + len(unread))
        return Coded(numbers.head(len(self.rows)).scatter(unread, numbers.tail(len(unread))), both.values)

    def sums(self, span: Span) -> pl.DataFrame:
        found = self._sums.get(span)
        if found is None:
            found = self._sums[span] = self._summed(*span)
        return found

    def _summed(self, window: Window, itself: bool) -> pl.DataFrame:
        if window.whole:
            whole = self._whole(window)[self._accounts.number]
            return whole if itself else whole - self.own
        sums = self._reaching_back(window) if window.back else self._with_it
        sums = sums if itself else sums - self.own
        return sums if self._alike is None else plus(sums, self._may_add(*self._alike, window).to_each())

    def _whole(self, window: Window) -> pl.DataFrame:
        """For each account the sums of all of it."""
        sums = self._with_it[self._accounts.last]
        return sums if self._alike is None else plus(sums, [*self._may_add(*self._alike, window).to_accounts.values()])

    def _reaching_back(self, window: Window) -> pl.DataFrame:
        """What came into each account since the window began."""
        start = self._start(window)
        before = self._through.select(pl.all().shift(1, fill_value=0))
        # The row at which a window begins is the purchase itself at the latest.
        return self._through.select(pl.col(name) - pl.lit(before[name].gather(start)) for name in before.columns)

    def _start(self, window: Window) -> pl.Series:
        """For each row the first one of its account that its window holds."""
        found = self._starts.get(window)
        if found is None:
            day = self.log.day.gather(self.rows).cast(pl.Int64)
            past = int(day.max() or 0) + 2  # type: ignore[arg-type]  # it is a number
            first = self.log.first
            outside = [max(start_of(window, first + since) - first, -1) for since in range(past)]
            account = self._accounts.number.cast(pl.Int64) * past
            there = account + day + 1
            sought = account + pl.Series(outside, dtype=pl.Int64).gather(day) + 1
            found = self._starts[window] = there.search_sorted(sought, side="right")
        return found


class _RowsApart(_Rows):
    """The rows of a log that lack what would place them. `found` are all that have it."""

    def __init__(self, level: _Level, log: PlacedRows, around: AroundColumns, found: Sequence[_Found]) -> None:
        super().__init__(level, log, around.apart)
        windows = dict.fromkeys(window for window, _ in level.spans)
        self._added = {w: [around.added(alike, w) for alike in around.alike.values()] for w in windows}
        self._others = {
            window: pl.concat(
                plus(around.between(has, window, [part.near[has, window] for part in found]), added.to_each())
                for has, added in zip(around.groups, each, strict=True)
            )[around.turn]
            for window, each in self._added.items()
        }
        self._turn = around.turn
        self._own_lacks = [has.lack(around.every) for has in around.groups]

    def sums(self, span: Span) -> pl.DataFrame:
        window, itself = span
        own = self.own if itself else zeros(self.own, len(self.rows))
        return plus(own, [self._others[window]])

    def lacks(self, measure: Measure) -> Coded:
        each = self._added[measure.window]
        at = self.level.plan.ways.index(measure.way)
        own = zip(each, self._own_lacks, strict=True)
        lacks = [combine([Coded(None, [lack]), added.lacks(at)]) for added, lack in own]
        found = joined(lacks, [len(added.account) for added in each]).gather(self._turn)
        return found.map(lambda each: (each[0], *each[1]))
