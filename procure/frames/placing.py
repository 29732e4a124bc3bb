"""The rows of a log in the order of the ledger: of what all groupings have in common, of date, and of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import attrs
import polars as pl

from procure.frames.chunks import ROWS
from procure.frames.codes import Coded, combine, width
from procure.frames.evidence import Cells
from procure.frames.sorting import days, order
from procure.log.cells import MISSING
from procure.policy.plan import Plan
from procure.policy.totals import ROWS as COUNT
from procure.policy.totals import Grouping


@attrs.frozen(eq=False)
class Placed:
    """The rows that have a place in the ledger, in the order of their groups, date and log."""

    #: Where each stands in the log.
    row: pl.Series
    #: A number of what all groupings have in common; all are below `groups`.
    group: pl.Series
    groups: int
    #: The day, as days since the first one, which is this.
    day: pl.Series
    first: int
    #: The other keys of each grouping, None where one of them is not known.
    keys: Sequence[Coded]
    #: Per column that is summed: missing where the amount could not be read.
    amounts: Mapping[str, pl.Series]
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
        row, group, day = (column.slice(start, length) for column in (self.row, self.group, self.day))
        keys = [key.slice(start, length) for key in self.keys]
        amounts = {name: column.slice(start, length) for name, column in self.amounts.items()}
        members = self.members.slice(start, length)
        return Placed(row, group, self.groups, day, self.first, keys, amounts, members)


def common(groupings: Sequence[Grouping]) -> tuple[tuple[str, ...], bool]:
    """The keys that all groupings have, and whether all part their accounts by budget year."""
    shared = reduce(lambda one, other: [key for key in one if key in other], (list(g.by) for g in groupings))
    return tuple(shared), all(grouping.year for grouping in groupings)


def place(plan: Plan, cells: Cells, members: Coded) -> Placed | None:
    """The rows in the ledger's order; None where none has a place."""
    shared, yearly = common(plan.groupings)
    date = cells.column(plan.built.date)
    year = date.map(lambda day: None if day is MISSING else plan.policy.year_of(day))
    group = _together([*(cells.key(plan, key) for key in shared), *([year] if yearly else [])])
    rows = _rows([group.map(lambda key: key is not None), date.map(lambda day: day is not MISSING)], cells.count)
    if rows is not None and not len(rows):
        return None

    def here(column: Coded) -> Coded:
        return column if rows is None else column.gather(rows)

    keys = []
    for grouping in plan.groupings:
        others = [cells.key(plan, key) for key in grouping.by if key not in shared]
        others += [year] if grouping.year and not yearly else []
        keys.append(here(_together(others)))
    amounts = {
        name: cells.money[name] if rows is None else cells.money[name].gather(rows)
        for name in {way.sum for way in plan.ways if way.sum != COUNT}
    }
    count = cells.count if rows is None else len(rows)
    return _in_order(here(group).distinct(), here(date), keys, amounts, here(members).distinct(), rows, count)


def _in_order(
    group: Coded,
    date: Coded,
    keys: Sequence[Coded],
    amounts: Mapping[str, pl.Series],
    members: Coded,
    rows: pl.Series | None,
    count: int,
) -> Placed:
    dates = [None if day is MISSING else day for day in date.values]
    since, past = days(dates)
    first = min(day.toordinal() for day in dates if day is not None)
    groups = len(group.values)
    day = date.series(since, width(past), count)
    row, number = order([(group.numbers(count), groups), (day, past)], count)
    return Placed(
        row if rows is None else rows.gather(row),
        number,
        groups,
        day.gather(row),
        first,
        [key.gather(row) for key in keys],
        {name: column.gather(row) for name, column in amounts.items()},
        members.gather(row),
    )


def _together(keys: Sequence[Coded]) -> Coded:
    """Several keys as one, None where one of them is not known."""
    if len(keys) == 1:
        return keys[0]
    return combine(keys).map(lambda each: None if None in each else each)


def _rows(there: Sequence[Coded], count: int) -> pl.Series | None:
    """The rows that can be placed, since all of these hold; None for all."""
    needed = [each for each in there if not all(each.values)]
    if not needed:
        return None
    placed = needed[0].series(needed[0].values, pl.Boolean, count)
    for each in needed[1:]:
        placed = placed & each.series(each.values, pl.Boolean, count)
    return placed.arg_true()
