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

from procure.engines.ledger import Total, start_of
from procure.frames.chunks import in_threads
from procure.frames.codes import Coded, combine, joined, width
from procure.frames.placing import Placed
from procure.frames.positions import Edges
from procure.frames.sorting import order
from procure.frames.sums import Accounts, Way, rows, wide
from procure.policy.plan import Plan
from procure.policy.totals import Measure, Window

#: The parts of a sum that are told.
SHOWN = ("low", "spread", "unread")
#: What a total reaches over: a window, and whether the purchase itself is in it.
Span = tuple[Window, bool]


@attrs.frozen(eq=False)
class Standing:
    """Examples of the totals of one account, by span and way of counting; and where it is not known whether the
    purchase counts, what each is if it does and if it does not, by way."""

    totals: Mapping[Span, tuple[Total, ...]]
    perhaps: tuple[Mapping[Span, tuple[Total, Total]], ...]


@attrs.frozen(eq=False)
class Totals:
    """For each row of the log where it stands in each grouping, None where it cannot be placed; and the sums that the
    working readings mean, by total: `low`, and where they may be open `spread` and `unread` besides."""

    standing: Sequence[Coded]
    working: Mapping[str, pl.DataFrame]


def totals(placed: Placed, plan: Plan, edges: Sequence[Edges], count: int) -> Totals:
    """The totals of a log of `count` rows. `edges` are those of each way of counting."""
    unread = {name: column.null_count() > 0 for name, column in placed.amounts.items()}
    ways = [Way.of(at, placed.members, unread.get(way.sum, False)) for at, way in enumerate(plan.ways)]
    big = any(wide(column) for column in placed.amounts.values())
    ledger = _Ledger(plan, ways, edges, big)
    stretches = placed.stretches()
    found = in_threads(lambda stretch: ledger.of(placed.stretch(*stretch)), stretches)
    lengths = [length for _, length in stretches]
    standing = []
    for at, of_grouping in enumerate(zip(*(each for each, _ in found), strict=True)):
        column = joined(of_grouping, lengths)
        nowhere = pl.repeat(len(column.values), count, dtype=width(len(column.values) + 1), eager=True)
        numbers = column.numbers(len(placed.row)).cast(nowhere.dtype)
        values = [ledger.standing(at, value) for value in column.values]
        standing.append(Coded(nowhere.scatter(placed.row, numbers), [*values, None]))
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

    def standing(self, grouping: int, codes: tuple[Any, ...] | None) -> Standing | None:
        """The examples that these codes mean."""
        if codes is None:
            return None
        spans = self.spans[grouping]
        of_spans, perhaps = codes[: len(spans)], codes[len(spans) :]
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
        return Standing(totals, tuple(cases))


_NONE = Total(0, 0, 0, 0)


class _Level:
    """The totals of one grouping, worked out in the order of its accounts and handed back in that of `Placed`."""

    def __init__(self, placed: Placed, grouping: int, ledger: _Ledger) -> None:
        self._ledger = ledger
        self._spans = ledger.spans[grouping]
        self._ways = {at: ledger.ways[at] for ways in self._spans.values() for at in ways}
        count = len(placed.row)
        keys = placed.keys[grouping].distinct()
        self._named = None if None not in keys.values else keys.map(lambda key: key is not None)
        columns = pl.DataFrame({"group": placed.group, "key": keys.numbers(count)}).cast(pl.Int64)
        key = columns.select(pl.col("group") * len(keys.values) + pl.col("key")).to_series()
        self._row, key = order([(key, placed.groups * len(keys.values))], count)
        self._accounts = Accounts.of(key)
        self._day, self._first = placed.day, placed.first
        members = placed.members.gather(self._row).numbers(count)
        amounts = {name: column.gather(self._row) for name, column in placed.amounts.items()}
        plan = ledger.plan
        self._rows = {at: rows(amounts.get(plan.ways[at].sum), members, ledger.wide, count) for at in self._ways}
        self._own = pl.DataFrame(
            [column for at, way in self._ways.items() for column in self._rows[at].select(way.own())]
        )
        self._through, self._with_it = self._accounts.running(self._own)
        self._starts: dict[Window, pl.Series] = {}
        self._codes_of: dict[tuple[int, ...], Coded] = {}

    def standing(self) -> Coded:
        spans = [self._of_span(span, ways) for span, ways in self._spans.items()]
        found = combine([*spans, *(self._perhaps(at) for at in range(len(self._ledger.ways)))])
        placed = Coded(self._back(found.numbers(len(self._row))), found.values)
        if self._named is None:
            return placed
        # Without one of its keys a row has no place in this grouping.
        return combine([self._named, placed]).map(lambda each: each[1] if each[0] else None)

    # -- where the totals of a span stand ----------------------------------------------------------------------------

    def _of_span(self, span: Span, ways: Sequence[int]) -> Coded:
        window, itself = span
        if window.back or (window.whole and not itself):
            return self._codes(self._sums(span, ways), ways)
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

    def _sums(self, span: Span, ways: Sequence[int]) -> pl.DataFrame:
        """The sums of a span, of these ways of counting."""
        window, itself = span
        names = [name for at in ways for name in self._ways[at].names]
        sums = self._with_it.select(names)
        if window.whole:
            sums = sums.select(self._accounts.whole(column) for column in sums)
        elif window.back:
            sums = self._reaching_back(window, names)
        return sums if itself else sums - self._own.select(names)

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
        spans = [span for span, ways in self._spans.items() if at in ways and span[1]]
        if way is None or not way.maybe or not spans:
            return Coded(None, [()])
        own = self._own.select(way.names)
        counted = self._rows[at].select(way.if_counted())
        cases = []
        for span in spans:
            without = self._sums(span, [at]) - own
            cases += [without + counted, without]
        coded = combine([way.codes(each, self._ledger.edges[at]) for each in cases])
        number = pl.lit(coded.numbers(len(self._row))).cast(pl.UInt32) + 1
        codes = self._rows[at].select(pl.when(way.doubtful()).then(number).otherwise(0)).to_series()
        return Coded(codes, [(), *coded.values])

    def sum(self, measure: Measure) -> pl.DataFrame:
        """The sums of one measure, in the order of `Placed`."""
        at = self._ledger.plan.ways.index(measure.way)
        names = [name for name in self._ways[at].names if name.split()[0] in SHOWN]
        sums = self._sums((measure.window, measure.itself), [at]).select(names)
        placed = pl.DataFrame([self._back(sums[name]).alias(name.split()[0]) for name in names])
        if self._named is None:
            return placed
        named = self._named.series(list(self._named.values), pl.Boolean, len(self._row))
        return placed.select(pl.when(pl.lit(named)).then(pl.all()))

    def _back(self, column: pl.Series) -> pl.Series:
        return pl.zeros(len(column), column.dtype, eager=True).scatter(self._row, column)
