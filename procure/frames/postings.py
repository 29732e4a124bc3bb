"""The postings of a log by columns. What a row adds to its account is worked out only where somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from procure.frames.codes import Coded, combine, width
from procure.frames.sorting import days, order
from procure.ledger import Account, Level, Posted, Posting, Sums

#: What the row of this number adds to its totals.
Part = Callable[[int], Sums]


class AccountOf(Account):
    """The account of these rows of a log, in the order of the ledger."""

    __slots__ = ("_part", "_rows")

    def __init__(self, rows: Sequence[int], part: Part) -> None:
        super().__init__()
        self._rows = rows
        self._part = part
        del self.parts

    def __getattr__(self, name: str) -> Any:
        # The parts are there once they have been asked for.
        if name != "parts":
            raise AttributeError(name)
        self.parts = [self._part(row) for row in self._rows]
        return self.parts


def post(read: Mapping[str, Coded], placed: pl.Series, levels: Sequence[Level], part: Part) -> list[Posted]:
    """Post every row that is placed at each level, as `ledger.post` does."""
    if not placed.any():
        return [None] * len(placed)
    day, unit, department, category = (
        read[field].map(lambda cell: cell.value) for field in ("date", "unit", "department", "category")
    )
    year = day.map(lambda date: date and date.year)
    posted = []
    for level in levels:
        keys = [unit, year, Coded(category.codes, [name and level.key(name) for name in category.values])]
        here = placed
        if level.by_department:
            keys.append(department)
            here = placed & department.series([name is not None for name in department.values], pl.Boolean, len(placed))
        posted.append(_accounts(keys, day, here, part))
    each: Any = zip(*posted, strict=True) if posted else [()] * len(placed)
    return [row if here else None for row, here in zip(each, placed.to_list(), strict=True)]


def _accounts(keys: Sequence[Coded], day: Coded, here: pl.Series, part: Part) -> list[Posting | None]:
    """Where the rows that are here stand in the accounts that the keys make of them."""
    found: list[Posting | None] = [None] * len(here)
    rows = here.arg_true()
    if not len(rows):
        return found
    account = combine([key.gather(rows) for key in keys])
    since, past = days(day.values)
    turn, number = order(
        [
            (account.numbers(len(rows)), len(account.values)),
            (day.gather(rows).series(since, width(past), len(rows)), past),
        ],
        len(rows),
    )
    in_order = rows.gather(turn).to_list()
    starts = (number != number.shift(1)).fill_null(True).arg_true().to_list()
    for start, stop in zip(starts, [*starts[1:], len(in_order)], strict=True):
        members = in_order[start:stop]
        one = AccountOf(members, part)
        for n, row in enumerate(members):
            found[row] = one, n
    return found
