"""The postings of a log by columns. What a row adds to its account is worked out only where somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from procure.engines.ledger import Posted, Posting, RunningAccount, Sums
from procure.frames.codes import Coded, combine, width
from procure.frames.evidence import Cells
from procure.frames.sorting import days, order
from procure.log.cells import MISSING
from procure.policy.plan import Plan
from procure.policy.totals import Grouping

#: What the row of this number adds to its totals.
Part = Callable[[int], Sums]


class LaterAccount:
    """The account of these rows of a log, in the order of the ledger; it is added up when it is first asked."""

    __slots__ = ("_account", "_days", "_part", "_rows")

    def __init__(self, rows: Sequence[int], days: Sequence[int], part: Part) -> None:
        self._rows = rows
        self._days = days
        self._part = part
        self._account: RunningAccount | None = None

    def __getattr__(self, name: str) -> Any:
        if self._account is None:
            self._account = RunningAccount([self._part(row) for row in self._rows], self._days)
        return getattr(self._account, name)


def post(log: Cells, plan: Plan, part: Part) -> list[Posted]:
    """Post every row in each grouping, as `ledger.post` does."""
    if not plan.groupings:
        return [()] * log.count
    day = log.column(plan.built.date).map(lambda day: None if day is MISSING else day)
    return list(zip(*(_accounts(log, plan, grouping, day, part) for grouping in plan.groupings), strict=True))


def _accounts(log: Cells, plan: Plan, grouping: Grouping, day: Coded, part: Part) -> list[Posting | None]:
    """Where the rows that have a place stand in the accounts of a grouping."""
    keys = [log.key(plan, name) for name in grouping.by]
    if grouping.year:
        keys.append(day.map(lambda day: None if day is None else plan.policy.year_of(day)))
    key = combine([*keys, day.map(lambda day: day is not None or None)])
    placed = key.series([None not in each for each in key.values], pl.Boolean, log.count)
    found: list[Posting | None] = [None] * log.count
    rows = placed.arg_true()
    if not len(rows):
        return found
    account = key.gather(rows)
    since, past = days(day.values)
    first = min(each.toordinal() for each in day.values if each is not None)
    here = day.gather(rows).series(since, width(past), len(rows))
    turn, number = order([(account.numbers(len(rows)), len(account.values)), (here, past)], len(rows))
    in_order, ordinals = rows.gather(turn).to_list(), [first + each for each in here.gather(turn).to_list()]
    starts = (number != number.shift(1)).fill_null(True).arg_true().to_list()
    for start, stop in zip(starts, [*starts[1:], len(in_order)], strict=True):
        members = in_order[start:stop]
        one = LaterAccount(members, ordinals[start:stop], part)
        for n, row in enumerate(members):
            found[row] = one, n
    return found
