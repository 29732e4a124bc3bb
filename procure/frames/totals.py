"""The ledger in columns: the totals of every account as they run, by sorting once and differencing sums.

The rows are first put in the order of unit, year, date and log. From there they are taken a stretch of whole units and
years at a time: the accounts of each level are found by a sort within the stretch; the sums run through all accounts at
once, and what stood before an account began is taken off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from procure.frames.chunks import ROWS, elementwise, in_threads
from procure.frames.codes import Coded, combine, joined, width
from procure.frames.positions import Edges
from procure.frames.sorting import days, order
from procure.frames.sums import Accounts, Way, rows, wide
from procure.ledger import Level, Measure, Total
from procure.policy import Policy

#: The parts of a sum that are told.
SHOWN = ("low", "spread", "unread")


@attrs.frozen(eq=False)
class Standing:
    """Examples of the totals of one account, by way of counting: before a purchase, with it, and of the year; and where
    it is not known whether it counts, with it and of the year if it does, and of the year if it does not."""

    before: tuple[Total, ...]
    with_it: tuple[Total, ...]
    year: tuple[Total, ...]
    perhaps: tuple[tuple[Total, ...], ...]


@attrs.frozen(eq=False)
class Placed:
    """The rows that have a place in the ledger, in the order of unit, year, date and log."""

    #: Where each stands in the log.
    row: pl.Series
    #: A number of its unit and year; all are below `groups`.
    group: pl.Series
    groups: int
    #: The department, None where none is named.
    department: Coded
    category: Coded
    #: Missing where the amount could not be read.
    fen: pl.Series
    #: In which totals it counts.
    members: Coded

    def stretches(self) -> list[tuple[int, int]]:
        """The rows in stretches that part no group: the first row of each, and how many there are."""
        starts, count = [0], len(self.row)
        while (end := starts[-1] + ROWS) < count:
            start = self.group.search_sorted(self.group[end], side="left")
            if start <= starts[-1]:
                start = self.group.search_sorted(self.group[end], side="right")
            starts.append(start)
        ends = [*starts[1:], count]
        return [(start, end - start) for start, end in zip(starts, ends, strict=True) if end > start]

    def stretch(self, start: int, length: int) -> Placed:
        """Some rows that stand together."""
        row, group, fen = (column.slice(start, length) for column in (self.row, self.group, self.fen))
        department, category, members = (
            column.slice(start, length) for column in (self.department, self.category, self.members)
        )
        return Placed(row, group, self.groups, department, category, fen, members)


def place(rows: pl.Series | None, read: Mapping[str, Coded], fen: pl.Series, members: Coded) -> Placed:
    """The rows in the ledger's order. `rows` are those that can be placed, None for all."""
    unit, date, department, category = (read[field] for field in ("unit", "date", "department", "category"))
    if rows is not None:
        unit, date, department, category, members = (
            column.gather(rows) for column in (unit, date, department, category, members)
        )
        fen = fen.gather(rows)
    count = len(fen)
    unit = unit.distinct()
    dates = [cell.value for cell in date.values]
    years = sorted({day.year for day in dates if day is not None})
    year = [0 if day is None else years.index(day.year) for day in dates]
    since, past = days(dates)
    groups = len(unit.values) * len(years)
    columns = pl.DataFrame({"unit": unit.numbers(count), "date": date.numbers(count)})
    year_of = pl.lit(pl.Series(year, dtype=pl.Int64)).gather(pl.col("date"))
    group = elementwise(columns, (pl.col("unit").cast(pl.Int64) * len(years) + year_of).cast(width(groups)))
    row, group = order([(group, groups), (date.series(since, width(past), count), past)], count)
    return Placed(
        row if rows is None else rows.gather(row),
        group,
        groups,
        department.gather(row).map(lambda cell: cell.value),
        category.gather(row),
        fen.gather(row),
        members.distinct().gather(row),
    )


@attrs.frozen(eq=False)
class Totals:
    """For each row of the log where it stands at each level, None where it cannot be placed; and the sum that the
    working readings mean, if any: `low`, and where it may be open `spread` and `unread` besides."""

    standing: Sequence[Coded]
    working: pl.DataFrame


def totals(placed: Placed, policy: Policy, edges: Edges, count: int) -> Totals:
    """The totals of a log of `count` rows."""
    ways = [Way.of(at, placed.members, placed.fen.null_count() > 0) for at in range(len(policy.counted))]
    ledger = _Ledger(policy, ways, edges, wide(placed.fen))
    stretches = placed.stretches()
    found = in_threads(lambda stretch: ledger.of(placed.stretch(*stretch)), stretches)
    lengths = [length for _, length in stretches]
    standing = []
    for at_level in zip(*(levels for levels, _ in found), strict=True):
        column = joined(at_level, lengths)
        nowhere = pl.repeat(len(column.values), count, dtype=width(len(column.values) + 1), eager=True)
        numbers = column.numbers(len(placed.row)).cast(nowhere.dtype)
        standing.append(Coded(nowhere.scatter(placed.row, numbers), [*map(ledger.standing, column.values), None]))
    working = pl.concat([working for _, working in found])
    return Totals(standing, pl.DataFrame([_scattered(column, placed.row, count) for column in working]))


def _scattered(column: pl.Series, rows: pl.Series, count: int) -> pl.Series:
    missing = pl.repeat(None, count, dtype=column.dtype, eager=True)
    return missing.scatter(rows, column).alias(column.name)


@attrs.frozen
class _Ledger:
    """How totals are worked out, a stretch of rows at a time."""

    policy: Policy
    ways: Sequence[Way]
    edges: Edges
    wide: bool

    def of(self, placed: Placed) -> tuple[list[Coded], pl.DataFrame]:
        """Of some rows where each stands at each level, as codes; and the sums of the working measure, if any."""
        measure = self.policy.working_measure
        standing, working = [], pl.DataFrame()
        for n, level in enumerate(self.policy.levels):
            at_level = _Level(placed, level, self)
            standing.append(at_level.standing())
            if measure is not None and measure.level == n:
                working = at_level.sum(measure)
        return standing, working

    def standing(self, codes: tuple[Any, ...] | None) -> Standing | None:
        """The examples that these codes mean."""
        if codes is None:
            return None
        before, with_it, year, *perhaps = codes
        return Standing(
            self._totals(before),
            self._totals(with_it),
            self._totals(year),
            tuple(
                tuple(way.examples(self.edges)[code] for code in cases)
                for way, cases in zip(self.ways, perhaps, strict=True)
            ),
        )

    def _totals(self, codes: tuple[int, ...]) -> tuple[Total, ...]:
        return tuple(way.examples(self.edges)[code] for way, code in zip(self.ways, codes, strict=True))


class _Level:
    """The totals of one level, worked out in the order of its accounts and handed back in that of `Placed`."""

    def __init__(self, placed: Placed, level: Level, ledger: _Ledger) -> None:
        self._ways, self._edges = ledger.ways, ledger.edges
        count = len(placed.row)
        keys = placed.category.map(lambda cell: cell.value and level.key(cell.value))
        self._named = placed.department.map(lambda name: name is not None) if level.by_department else None
        keys = combine([keys, placed.department]) if level.by_department else keys.distinct()
        columns = pl.DataFrame({"group": placed.group, "key": keys.numbers(count)}).cast(pl.Int64)
        key = columns.select(pl.col("group") * len(keys.values) + pl.col("key")).to_series()
        self._row, key = order([(key, placed.groups * len(keys.values))], count)
        self._accounts = Accounts.of(key)
        members = placed.members.gather(self._row).numbers(count)
        self._rows = rows(placed.fen.gather(self._row), members, ledger.wide)
        self._own = self._rows.select(part for way in ledger.ways for part in way.own())
        self._with_it = self._accounts.running(self._own)

    def standing(self) -> Coded:
        with_it = combine([way.codes(self._with_it, self._edges) for way in self._ways])
        numbers = with_it.numbers(len(self._row))
        nothing = len(with_it.values)
        before = pl.DataFrame({"first": self._accounts.first, "number": numbers.cast(width(nothing + 1))}).select(
            pl.when("first").then(nothing).otherwise(pl.col("number").shift(1))
        )
        found = combine(
            [
                Coded(before.to_series(), [*with_it.values, tuple(way.nothing(self._edges) for way in self._ways)]),
                with_it,
                Coded(self._accounts.whole(numbers), with_it.values),
                *(self._perhaps(way) for way in self._ways),
            ]
        )
        placed = Coded(self._back(found.numbers(len(self._row))), found.values)
        if self._named is None:
            return placed
        # Without a department there is no place at this level.
        return combine([self._named, placed]).map(lambda each: each[1] if each[0] else None)

    def _perhaps(self, way: Way) -> Coded:
        """Where the totals stand if each purchase of doubtful membership counts, and the year's if it does not."""
        if not way.maybe:
            return Coded(None, [()])
        own, with_it = self._own.select(way.names), self._with_it.select(way.names)
        counted = self._rows.select(way.if_counted())
        without = with_it.select(self._accounts.whole(column) for column in with_it) - own
        sums = with_it - own + counted, without + counted, without
        cases = combine([way.codes(each, self._edges) for each in sums])
        number = pl.lit(cases.numbers(len(self._row))).cast(pl.UInt32) + 1
        return Coded(
            self._rows.select(pl.when(way.doubtful()).then(number).otherwise(0)).to_series(), [(), *cases.values]
        )

    def sum(self, measure: Measure) -> pl.DataFrame:
        """The sums of one measure."""
        names = [name for name in self._ways[measure.counted].names if name.split()[0] in SHOWN]
        sums = self._with_it.select(names)
        if measure.whole_year:
            sums = sums.select(self._accounts.whole(column) for column in sums)
        elif not measure.itself:
            sums = sums - self._own.select(names)
        placed = pl.DataFrame([self._back(sums[name]).alias(name.split()[0]) for name in names])
        if self._named is None:
            return placed
        named = self._named.series(list(self._named.values), pl.Boolean, len(self._row))
        return placed.select(pl.when(pl.lit(named)).then(pl.all()))

    def _back(self, column: pl.Series) -> pl.Series:
        return pl.zeros(len(column), column.dtype, eager=True).scatter(self._row, column)
