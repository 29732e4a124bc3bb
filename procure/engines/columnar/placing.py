"""The rows of a log in the order of the ledger: of what all groupings have in common, of date, and of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import attrs
import polars as pl

from procure.engines.columnar.chunks import ROWS
from procure.engines.columnar.codes import Coded, combine, width
from procure.engines.columnar.evidence import Cells
from procure.engines.columnar.sorting import days, order
from procure.log.cells import MISSING
from procure.policy.plan import Plan
from procure.policy.totals import ROWS as COUNT
from procure.policy.totals import Grouping


@attrs.frozen(eq=False)
class Unplaced:
    """The rows that one grouping cannot place, those among them that have no day, and its fields, None where one is not
    known."""

    rows: pl.Series
    undated: pl.Series | None
    fields: Sequence[Coded]

    def gather(self, rows: pl.Series) -> Unplaced:
        undated = None if self.undated is None else self.undated.gather(rows)
        return Unplaced(self.rows.gather(rows), undated, [field.gather(rows) for field in self.fields])

    def slice(self, start: int, count: int) -> Unplaced:
        undated = None if self.undated is None else self.undated.slice(start, count)
        return Unplaced(self.rows.slice(start, count), undated, [field.slice(start, count) for field in self.fields])


@attrs.frozen(eq=False)
class Order:
    """The order of all rows, by date and log: the rank of each row, and the days in this order."""

    rank: pl.Series
    days: pl.Series

    def slice(self, start: int, count: int) -> Order:
        """That of some rows."""
        return Order(self.rank.slice(start, count), self.days)


@attrs.frozen(eq=False)
class PlacedRows:
    """The rows of a log in the order of their groups, date and log."""

    #: Where each stands in the log.
    row: pl.Series
    #: A number of what all groupings have in common; all are below `groups`.
    group: pl.Series
    groups: int
    #: The day, as days since the first one, which is this; the first one where it is not known.
    day: pl.Series
    first: int
    #: The other keys of each grouping.
    keys: Sequence[Coded]
    #: For each grouping the rows that lack what would place them, and its fields; None where none does.
    lacking: Sequence[Unplaced | None]
    #: Per column that is summed: missing where the amount could not be read.
    amounts: Mapping[str, pl.Series]
    #: In which totals it counts.
    members: Coded
    #: None where no row lacks what would place it.
    order: Order | None

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

    def stretch(self, start: int, length: int) -> PlacedRows:
        """Some rows that stand together."""
        row, group, day = (column.slice(start, length) for column in (self.row, self.group, self.day))
        keys = [key.slice(start, length) for key in self.keys]
        amounts = {name: column.slice(start, length) for name, column in self.amounts.items()}
        members = self.members.slice(start, length)
        lacking = [None if each is None else each.slice(start, length) for each in self.lacking]
        ordered = None if self.order is None else self.order.slice(start, length)
        return PlacedRows(row, group, self.groups, day, self.first, keys, lacking, amounts, members, ordered)


def common(groupings: Sequence[Grouping]) -> tuple[tuple[str, ...], bool]:
    """The keys that all groupings have, and whether all part their accounts by budget year."""
    shared = reduce(lambda one, other: [key for key in one if key in other], (list(g.by) for g in groupings))
    return tuple(shared), all(grouping.year for grouping in groupings)


def place(plan: Plan, cells: Cells, members: Coded) -> PlacedRows:
    """The rows in the ledger's order."""
    shared, yearly = common(plan.groupings)
    date = cells.column(plan.built.date)
    year = date.map(lambda day: None if day is MISSING else plan.policy.year_of(day))
    keys_of = {name: cells.key(plan, name) for grouping in plan.groupings for name in grouping.by}
    group = _together([*(keys_of[key] for key in shared), *([year] if yearly else [])])
    undated = None
    if any(day is MISSING for day in date.values):
        undated = date.series([day is MISSING for day in date.values], pl.Boolean, cells.count)
    keys, lacking = [], []
    for grouping in plan.groupings:
        others = [keys_of[key] for key in grouping.by if key not in shared]
        others += [year] if grouping.year and not yearly else []
        keys.append(_together(others))
        fields = [*(keys_of[key] for key in grouping.by), *([year] if grouping.year else [])]
        lacking.append(_lacking(fields, undated if grouping.dated else None, cells.count))
    amounts = {name: cells.money[name] for name in {way.sum for way in plan.ways if way.sum != COUNT}}
    return _in_order(group.distinct(), date, keys, lacking, amounts, members.distinct(), cells.count)


def _lacking(fields: Sequence[Coded], undated: pl.Series | None, count: int) -> Unplaced | None:
    found = undated
    for field in fields:
        if None in field.values:
            unknown = field.series([value is None for value in field.values], pl.Boolean, count)
            found = unknown if found is None else found | unknown
    return (
        None if found is None or not found.any() else Unplaced(found, undated, [field.distinct() for field in fields])
    )


def _in_order(
    group: Coded,
    date: Coded,
    keys: Sequence[Coded],
    lacking: Sequence[Unplaced | None],
    amounts: Mapping[str, pl.Series],
    members: Coded,
    count: int,
) -> PlacedRows:
    dates = [None if day is MISSING else day for day in date.values]
    since, past = days(dates)
    first = min((day.toordinal() for day in dates if day is not None), default=1)
    groups = len(group.values)
    day = date.series(since, width(past), count)
    row, number = order([(group.numbers(count), groups), (day, past)], count)
    return PlacedRows(
        row,
        number,
        groups,
        day.gather(row),
        first,
        [key.gather(row) for key in keys],
        [None if each is None else each.gather(row) for each in lacking],
        {name: column.gather(row) for name, column in amounts.items()},
        members.gather(row),
        _order(day, past, row) if any(lacking) else None,
    )


def _order(day: pl.Series, past: int, rows: pl.Series) -> Order:
    turn, days = order([(day, past)], len(day))
    every = pl.int_range(len(turn), dtype=pl.UInt32, eager=True)
    return Order(pl.zeros(len(turn), pl.UInt32, eager=True).scatter(turn, every).gather(rows), days)


def _together(keys: Sequence[Coded]) -> Coded:
    """Several keys as one."""
    return keys[0] if len(keys) == 1 else combine(keys)
