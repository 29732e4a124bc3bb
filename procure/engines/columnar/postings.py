"""The postings of a log by columns. What a row adds to its account is worked out only where somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from procure.engines import ledger
from procure.engines.accounts import RunningAccount
from procure.engines.check import fields
from procure.engines.columnar.codes import Coded, combine, width
from procure.engines.columnar.evidence import Cells
from procure.engines.columnar.sorting import days, order
from procure.engines.ledger import Accounts, Postings
from procure.engines.sums import Sums
from procure.log.cells import MISSING
from procure.policy.plan import Plan
from procure.policy.totals import Grouping, Window

#: What the row of this number adds to its totals.
Part = Callable[[int], Sums]


class LaterAccount:
    """The account of these rows of a log, in the order of the ledger; it is added up when it is first asked."""

    __slots__ = ("_account", "_days", "_part", "_rows")

    placed = True

    def __init__(self, rows: Sequence[int], days: Sequence[int], part: Part) -> None:
        self._rows = rows
        self._days = days
        self._part = part
        self._account: RunningAccount | None = None

    def __getattr__(self, name: str) -> Any:
        if self._account is None:
            self._account = self._made()
        return getattr(self._account, name)

    def last(self, window: Window) -> tuple[Sums, Sequence[Sums]]:
        """As that of an account, which is not kept for it."""
        return (self._account or self._made()).last(window)

    def _made(self) -> RunningAccount:
        return RunningAccount([self._part(row) for row in self._rows], self._days, self._rows)


def post(log: Cells, plan: Plan, part: Part, values: Mapping[str, Sequence[Any]]) -> Postings:
    """Post every row in each grouping, as `ledger.post` does; `values` are the columns of the rows."""
    day = log.column(plan.built.date).map(lambda day: None if day is MISSING else day)
    each = []
    # One number for each row, however many groupings there are.
    every = list(range(log.count))
    for grouping in plan.groupings:
        keys = [log.key(plan, name) for name in grouping.by]
        if None in day.values or any(None in key.values for key in keys):
            each.append(_surrounded(plan, grouping, part, values))
        else:
            each.append(_accounts(log, plan, grouping, keys, day, part, every))
    return Postings(each, log.count)


def _surrounded(plan: Plan, grouping: Grouping, part: Part, values: Mapping[str, Sequence[Any]]) -> Accounts:
    """Where the rows stand in the accounts of a grouping, some of which have no place."""
    days = [None if each is MISSING else each.toordinal() for each in values[plan.built.date]]
    return ledger.post([fields(plan, grouping, values)], days, list(map(part, range(len(days))))).each[0]


def _accounts(
    log: Cells, plan: Plan, grouping: Grouping, keys: Sequence[Coded], day: Coded, part: Part, rows: Sequence[int]
) -> Accounts:
    """Where the rows stand in the accounts of a grouping, all of which have a place."""
    year = [day.map(plan.policy.year_of)] if grouping.year else []
    account = combine([*keys, *year])
    since, past = days(day.values)
    first = min(each.toordinal() for each in day.values)
    here = day.series(since, width(past), log.count)
    turn, number = order([(account.numbers(log.count), len(account.values)), (here, past)], log.count)
    # One number for each day, however many rows are of it.
    dates = [first + each for each in range(past)]
    in_order = list(map(rows.__getitem__, turn.to_list()))
    ordinals = list(map(dates.__getitem__, here.gather(turn).to_list()))
    starts = (number != number.shift(1)).fill_null(True).arg_true().to_list()
    accounts: list[Any] = [None] * log.count
    numbers = [0] * log.count
    for start, stop in zip(starts, [*starts[1:], len(in_order)], strict=True):
        members = in_order[start:stop]
        one = LaterAccount(members, ordinals[start:stop], part)
        for n, row in enumerate(members):
            accounts[row], numbers[row] = one, n
    return accounts, numbers
