"""The ledger in columns: the totals of every account as they run, by sorting once and differencing sums.

The rows are first put in the order of what all groupings have in common, of date, and of the log. From there they are
taken a stretch of whole groups at a time: the accounts of each grouping are found by a sort within the stretch; the
sums run through all accounts at once, and what stood before an account began is taken off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from procure.engines.accounts import Lack
from procure.engines.columnar.around import Around, Has, Order, may_add
from procure.engines.columnar.chunks import in_threads
from procure.engines.columnar.codes import Coded, combine, joined, width
from procure.engines.columnar.placing import Placed
from procure.engines.columnar.positions import Edges
from procure.engines.columnar.sorting import order
from procure.engines.columnar.sums import Accounts, Way, rows, wide
from procure.engines.sums import Total, start_of
from procure.policy.plan import Plan
from procure.policy.totals import Measure, Window

#: The parts of a sum that are told.
SHOWN = ("low", "spread", "unread", "sunk")
#: What a total reaches over: a window, and whether the purchase itself is in it.
Span = tuple[Window, bool]


@attrs.frozen(eq=False)
class Standing:
    """Examples of the totals of one account, by span and way of counting; where it is not known whether the purchase
    counts, what each is if it does and if it does not, by way; and what rows lack that may add to a total, by its
    window and way."""

    totals: Mapping[Span, tuple[Total, ...]]
    perhaps: tuple[Mapping[Span, tuple[Total, Total]], ...]
    lacking: Mapping[tuple[Window, int], tuple[Lack, ...]]


@attrs.frozen(eq=False)
class Totals:
    """For each row of the log where it stands in each grouping; and the sums that the working readings mean, by total:
    `low`, and where they may be open `spread`, `unread` and `sunk` besides."""

    standing: Sequence[Coded]
    working: Mapping[str, pl.DataFrame]


def totals(placed: Placed, plan: Plan, edges: Sequence[Edges], count: int) -> Totals:
    """The totals of a log of `count` rows. `edges` are those of each way of counting."""
    unread = {name: column.null_count() > 0 for name, column in placed.amounts.items()}
    ways = [
        Way.of(at, placed.members, unread.get(way.sum, False), sinks[0] < 0, of_amount, any(placed.lacking))
        for at, (way, sinks, of_amount) in enumerate(zip(plan.ways, plan.unread, plan.of_amount, strict=True))
    ]
    big = any(wide(column) for column in placed.amounts.values())
    ledger = _Ledger(plan, ways, edges, big)
    stretches = placed.stretches()
    found = in_threads(lambda stretch: ledger.of(placed.stretch(*stretch)), stretches)
    lengths = [length for _, length in stretches]
    standing = []
    for at, of_grouping in enumerate(zip(*(each for each, _ in found), strict=True)):
        column = joined(of_grouping, lengths)
        numbers = column.numbers(count)
        in_log = pl.zeros(count, numbers.dtype, eager=True).scatter(placed.row, numbers)
        standing.append(Coded(in_log, [ledger.standing(at, value) for value in column.values]))
    working = {}
    for name in plan.working_measures:
        sums = pl.concat([of_working[name] for _, of_working in found])
        working[name] = pl.DataFrame([_scattered(column, placed.row, count) for column in sums])
    return Totals(standing, working)


def _scattered(column: pl.Series, rows: pl.Series, count: int) -> pl.Series:
    missing = pl.repeat(None, count, dtype=column.dtype, eager=True)
    return missing.scatter(rows, column).alias(column.name)


class _Ledger:
    """How totals are worked out, a stretch of rows at a time."""

    def __init__(self, plan: Plan, ways: Sequence[Way], edges: Sequence[Edges], wide: bool) -> None:
        self.plan = plan
        self.edges = edges
        self.wide = wide
        #: For each grouping the spans that its measures read, and the ways of counting in each.
        self.spans: list[dict[Span, list[int]]] = []
        for grouping in plan.groupings:
            spans: dict[Span, dict[int, None]] = {}
            for measure in plan.measures:
                if measure.grouping == grouping:
                    spans.setdefault((measure.window, measure.itself), {})[plan.ways.index(measure.way)] = None
            self.spans.append({span: list(ways) for span, ways in spans.items()})
        #: For each grouping the windows and ways of counting that the working readings mean.
        self.working = [
            tuple(
                {(m.window, plan.ways.index(m.way)) for m in plan.working_measures.values() if m.grouping == grouping}
            )
            for grouping in plan.groupings
        ]
        # A total that may count nothing needs to know how many rows it counts.
        perhaps_empty = {
            at
            for spans in self.spans
            for (window, itself), of_span in spans.items()
            if not itself and (window.whole or window.back)
            for at in of_span
        }
        self.ways = [attrs.evolve(way, every=False) if way.at in perhaps_empty else way for way in ways]
        self._examples = [way.examples(of_way) for way, of_way in zip(self.ways, edges, strict=True)]

    def of(self, placed: Placed) -> tuple[list[Coded], Mapping[str, pl.DataFrame]]:
        """Of some rows where each stands in each grouping, as codes; and the sums of the working measures."""
        standing: list[Coded] = []
        working: dict[str, pl.DataFrame] = {}
        for at, grouping in enumerate(self.plan.groupings):
            level = _Level(placed, at, self)
            standing.append(level.standing())
            for name, measure in self.plan.working_measures.items():
                if measure.grouping == grouping:
                    working[name] = level.sum(measure)
        return standing, working

    def standing(self, grouping: int, codes: tuple[Any, ...]) -> Standing:
        """The examples that these codes mean."""
        spans = self.spans[grouping]
        of_spans, perhaps, lacking = codes[: len(spans)], codes[len(spans) : -1], codes[-1]
        examples = self._examples
        totals = {}
        for (span, ways), of_span in zip(spans.items(), of_spans, strict=True):
            each = [_NONE] * len(examples)
            for way, code in zip(ways, of_span, strict=True):
                each[way] = examples[way][code]
            totals[span] = tuple(each)
        cases: list[Mapping[Span, tuple[Total, Total]]] = []
        for way, of_way in enumerate(perhaps):
            reads = [span for span, ways in spans.items() if way in ways and span[1]] if of_way else []
            pairs = zip(of_way[::2], of_way[1::2], strict=True)
            cases.append(
                {s: (examples[way][one], examples[way][other]) for s, (one, other) in zip(reads, pairs, strict=True)}
            )
        return Standing(totals, tuple(cases), dict(zip(self.working[grouping], lacking, strict=False)))


_NONE = Total(0, 0, 0, 0)


class _Level:
    """The totals of one grouping, worked out in the order of its accounts and handed back in that of `Placed`."""

    def __init__(self, placed: Placed, grouping: int, ledger: _Ledger) -> None:
        self._ledger = ledger
        self._spans = ledger.spans[grouping]
        self._working = ledger.working[grouping]
        self._ways = {at: ledger.ways[at] for ways in self._spans.values() for at in ways}
        self._count = count = len(placed.row)
        self._placed = placed
        lacking = placed.lacking[grouping]
        keys = placed.keys[grouping].distinct()
        columns = pl.DataFrame({"group": placed.group, "key": keys.numbers(count)}).cast(pl.Int64)
        key = columns.select(pl.col("group") * len(keys.values) + pl.col("key")).to_series()
        bound = placed.groups * len(keys.values)
        if lacking is None:
            self._row, key = order([(key, bound)], count)
        else:
            there = (~lacking.rows).arg_true()
            turn, key = order([(key.gather(there), bound)], len(there))
            self._row = there.gather(turn)
        self._accounts = Accounts.of(key)
        self._day, self._first = placed.day, placed.first
        self._rows, self._own = self._adding(self._row)
        self._through, self._with_it = self._accounts.running(self._own)
        self._starts: dict[Window, pl.Series] = {}
        self._codes_of: dict[tuple[int, ...], Coded] = {}
        self._around: Around | None = None
        self._added_to: dict[tuple[Has, Window], tuple[pl.DataFrame, Any]] = {}
        self._others: dict[tuple[Has, Window], pl.DataFrame] = {}
        self._added: dict[Window, tuple[pl.DataFrame, Mapping[Has, pl.DataFrame]]] = {}
        if lacking is not None:
            apart = lacking.rows.arg_true()
            self._rows_apart, self._own_apart = self._adding(apart)
            where = Order.of(placed.day, placed.row, placed.first)
            self._around = Around(lacking.fields, lacking.undated, where, apart, may_add(self._own_apart))

    def _adding(self, rows_: pl.Series) -> tuple[Mapping[int, pl.DataFrame], pl.DataFrame]:
        """On what depends what each of these rows adds to each way of counting, and what it adds."""
        placed, plan, count = self._placed, self._ledger.plan, len(rows_)
        members = placed.members.gather(rows_).numbers(count)
        amounts = {name: column.gather(rows_) for name, column in placed.amounts.items()}
        each = {at: rows(amounts.get(plan.ways[at].sum), members, self._ledger.wide, count) for at in self._ways}
        return each, pl.DataFrame([column for at, way in self._ways.items() for column in each[at].select(way.own())])

    def standing(self) -> Coded:
        spans = [self._of_span(span, ways) for span, ways in self._spans.items()]
        perhaps = [self._perhaps(at) for at in range(len(self._ledger.ways))]
        found = combine([*spans, *perhaps, self._lacking()])
        if self._around is None:
            return Coded(self._back(found.numbers(len(self._row))), found.values)
        apart = self._around.apart
        others = self._apart_standing()
        both = joined([found, others], [len(self._row), len(apart)])
        rows_ = pl.concat([self._row, apart.cast(self._row.dtype)])
        numbers = both.numbers(self._count)
        return Coded(pl.zeros(self._count, numbers.dtype, eager=True).scatter(rows_, numbers), both.values)

    # -- where the totals of a span stand ----------------------------------------------------------------------------

    def _of_span(self, span: Span, ways: Sequence[int]) -> Coded:
        window, itself = span
        raised = any(self._ways[at].raised for at in ways)
        if self._around is not None or window.back or (window.whole and not itself) or raised:
            return self._codes(self._judged(self._sums(span, ways), itself, ways, self._own), ways)
        with_it = self._running(tuple(ways))
        numbers = with_it.numbers(len(self._row))
        if window.whole:
            return Coded(self._accounts.whole(numbers), with_it.values)
        if itself:
            return with_it
        # Before the purchase stands what stood with the one before it; before the first of an account, nothing.
        nothing = len(with_it.values)
        before = pl.DataFrame({"first": self._accounts.first, "number": numbers.cast(width(nothing + 1))}).select(
            pl.when("first").then(nothing).otherwise(pl.col("number").shift(1))
        )
        edges = self._ledger.edges
        return Coded(before.to_series(), [*with_it.values, tuple(self._ways[at].nothing(edges[at]) for at in ways)])

    def _running(self, ways: tuple[int, ...]) -> Coded:
        """Where the totals stand as they run on, with each purchase: three spans are read from it."""
        found = self._codes_of.get(ways)
        if found is None:
            found = self._codes_of[ways] = self._codes(self._with_it, ways)
        return found

    def _codes(self, sums: pl.DataFrame, ways: Sequence[int]) -> Coded:
        return combine([self._ways[at].codes(sums, self._ledger.edges[at]) for at in ways])

    def _judged(self, sums: pl.DataFrame, itself: bool, ways: Sequence[int], own: pl.DataFrame) -> pl.DataFrame:
        """The same of purchases that are judged: an amount of their own is above zero, be it read or not."""
        raised = [f"sunk {at}" for at in ways if itself and self._ways[at].raised]
        return sums.with_columns(pl.col(name) - pl.lit(own[name]) for name in raised)

    def _sums(self, span: Span, ways: Sequence[int]) -> pl.DataFrame:
        """The sums of a span, of these ways of counting."""
        window, itself = span
        names = [name for at in ways for name in self._ways[at].names]
        sums = self._with_it.select(names)
        if window.whole:
            sums = sums.select(self._accounts.whole(column) for column in sums)
        elif window.back:
            sums = self._reaching_back(window, names)
        sums = sums if itself else sums - self._own.select(names)
        if self._around is None:
            return sums
        return sums + self._may_add(self._around, window)[0].select(names)

    def _may_add(self, around: Around, window: Window) -> tuple[pl.DataFrame, Mapping[Has, pl.DataFrame]]:
        """What rows may add to the totals that lack what would place them."""
        found = self._added.get(window)
        if found is None:
            found = self._added[window] = around.added(self._row, around.all, window)
        return found

    def _reaching_back(self, window: Window, names: Sequence[str]) -> pl.DataFrame:
        """What came into each account since the window began."""
        start = self._start(window)
        through = self._through.select(names)
        before = through.select(pl.all().shift(1, fill_value=0))
        # The row at which a window begins is the purchase itself at the latest.
        return through.select(pl.col(name) - pl.lit(before[name].gather(start)) for name in names)

    def _start(self, window: Window) -> pl.Series:
        """For each row the first one of its account that its window holds."""
        found = self._starts.get(window)
        if found is None:
            day = self._day.gather(self._row).cast(pl.Int64)
            past = int(day.max() or 0) + 2  # type: ignore[arg-type]  # it is a number
            outside = [max(start_of(window, self._first + since) - self._first, -1) for since in range(past)]
            account = self._accounts.number.cast(pl.Int64) * past
            there = account + day + 1
            sought = account + pl.Series(outside, dtype=pl.Int64).gather(day) + 1
            found = self._starts[window] = there.search_sorted(sought, side="right")
        return found

    # -- what is doubtful --------------------------------------------------------------------------------------------

    def _perhaps(self, at: int) -> Coded:
        """Where the totals stand if each purchase of doubtful membership counts, and if it does not."""
        way = self._ways.get(at)
        spans = self._reading(at)
        if way is None or not way.maybe or not spans:
            return Coded(None, [()])
        own = self._own.select(way.names)
        sums = [self._sums(span, [at]) - own for span in spans]
        return self._if_counted(way, self._rows[at], sums)

    def _reading(self, at: int) -> list[Span]:
        """The spans that have the purchase itself and are read by a way of counting."""
        return [span for span, ways in self._spans.items() if at in ways and span[1]]

    def _if_counted(self, way: Way, rows_: pl.DataFrame, without: Sequence[pl.DataFrame]) -> Coded:
        counted = rows_.select(way.if_counted())
        cases = [case for each in without for case in (each + counted, each)]
        coded = combine([way.codes(each, self._ledger.edges[way.at]) for each in cases])
        number = pl.lit(coded.numbers(len(rows_))).cast(pl.UInt32) + 1
        codes = rows_.select(pl.when(way.doubtful()).then(number).otherwise(0)).to_series()
        return Coded(codes, [(), *coded.values])

    def _lacking(self) -> Coded:
        """What rows lack that may add to the totals of the working readings."""
        if self._around is None or not self._working:
            return Coded(None, [()])
        around = self._around
        return combine([self._lacks(self._may_add(around, window)[1], at) for window, at in self._working])

    def _lacks(self, added: Mapping[Has, pl.DataFrame], at: int) -> Coded:
        """What rows lack of which these count, perhaps."""
        assert self._around is not None
        lacks = [self._around.lack(has) for has in added]
        flags = [Coded((each[f"maybe {at}"] > 0).cast(pl.UInt8), (False, True)) for each in added.values()]
        return combine(flags).map(lambda told: tuple([lack for lack, there in zip(lacks, told, strict=True) if there]))

    # -- the rows that have no place ---------------------------------------------------------------------------------

    def _apart_standing(self) -> Coded:
        """Where the totals of the rows stand that have no place, in their order."""
        parts, columns = [], []
        assert self._around is not None
        for has, members in self._around.groups.items():
            found = self._of_apart(has, members)
            parts.append(found)
            columns.append(members)
        whole = joined(parts, list(map(len, columns)))
        numbers = whole.numbers(len(self._around.apart))
        turned = pl.zeros(len(numbers), numbers.dtype, eager=True).scatter(pl.concat(columns), numbers)
        return Coded(turned, whole.values)

    def _of_apart(self, has: Has, members: pl.Series) -> Coded:
        """Where the totals of some rows stand that lack the same."""
        assert self._around is not None
        own = self._own_apart[members]
        columns = []
        for (window, itself), ways in self._spans.items():
            names = [name for at in ways for name in self._ways[at].names]
            others = self._others_of(has, members, window)
            sums = (others + own if itself else others).select(names)
            columns.append(self._codes(self._judged(sums, itself, ways, own), ways))
        for at in range(len(self._ledger.ways)):
            way, spans = self._ways.get(at), self._reading(at)
            if way is None or not way.maybe or not spans:
                columns.append(Coded(None, [()]))
                continue
            without = [self._others_of(has, members, window).select(way.names) for window, _ in spans]
            columns.append(self._if_counted(way, self._rows_apart[at][members], without))
        added = [self._added_apart(has, members, window)[1] for window, _ in self._working]
        lacks = [self._lacks(each, at) for each, (_, at) in zip(added, self._working, strict=True)]
        return combine([*columns, combine(lacks) if lacks else Coded(None, [()])])

    def _added_apart(self, has: Has, members: pl.Series, window: Window) -> tuple[pl.DataFrame, Any]:
        assert self._around is not None
        found = self._added_to.get((has, window))
        if found is None:
            rows_ = self._around.apart.gather(members)
            found = self._added_to[has, window] = self._around.added(rows_, has, window)
        return found

    def _others_of(self, has: Has, members: pl.Series, window: Window) -> pl.DataFrame:
        """What others may add to the totals of rows that have no place."""
        assert self._around is not None
        found = self._others.get((has, window))
        if found is None:
            last = self._accounts.last
            hull = self._around.hull(members, has, window, self._row, self._own, self._with_it, last)
            found = hull + self._added_apart(has, members, window)[0].select(hull.columns)
            self._others[has, window] = found
        return found

    def sum(self, measure: Measure) -> pl.DataFrame:
        """The sums of one measure, in the order of `Placed`."""
        at = self._ledger.plan.ways.index(measure.way)
        names = [name for name in self._ways[at].names if name.split()[0] in SHOWN]
        sums = self._sums((measure.window, measure.itself), [at]).select(names)
        placed = {name: self._back(sums[name]) for name in names}
        if self._around is not None:
            for has, members in self._around.groups.items():
                others = self._others_of(has, members, measure.window)
                found = others + self._own_apart[members] if measure.itself else others
                rows_ = self._around.apart.gather(members)
                placed = {name: column.scatter(rows_, found[name]) for name, column in placed.items()}
        return pl.DataFrame([column.alias(name.split()[0]) for name, column in placed.items()])

    def _back(self, column: pl.Series) -> pl.Series:
        return pl.zeros(self._count, column.dtype, eager=True).scatter(self._row, column)
