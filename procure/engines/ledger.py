"""Accumulated totals: a pure fold over a log in order of date, then of the log. It knows no rule and no limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

import attrs

from procure.engines.accounts import RunningAccount
from procure.engines.around import Around, Entries, Key, Table
from procure.engines.sums import Summed, Sums
from procure.policy.totals import Measure

#: Where a row stands in one account: it is the one after the first `n`.
Posting = tuple[Any, int]
#: Of each row its account in one grouping, and where it stands there.
Accounts = tuple[Sequence[Any], Sequence[int]]
#: A posting for each grouping.
Posted = tuple[Posting, ...]


@attrs.frozen(eq=False)
class Fields:
    """By what the rows of one grouping are placed: for each field its column, None where it is not known; and whether
    they need a day, too."""

    columns: Sequence[Sequence[Any]]
    dated: bool


class Postings(Sequence[Posted]):
    """Where every row of a log stands: for each grouping the account of each row, and its number there."""

    # A posting is made where it is asked for: what is kept for every row, the collector of garbage looks at again and
    # again.
    def __init__(self, each: Sequence[Accounts], count: int) -> None:
        self.each = each
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, row: int) -> Posted:  # type: ignore[override]  # nobody takes a slice
        return tuple([(accounts[row], numbers[row]) for accounts, numbers in self.each])

    def __iter__(self) -> Iterator[Posted]:
        if not self.each:
            return repeat((), self._count)
        return zip(*(zip(*of_grouping, strict=True) for of_grouping in self.each), strict=True)


def post(groupings: Sequence[Fields], days: Sequence[int | None], parts: Sequence[Sums]) -> Postings:
    """Post every row in each grouping, in order of date and then as given. `days` are their dates, as days, None where
    there is none."""
    order = _in_order(days)
    return Postings([_posted(fields, days, parts, order) for fields in groupings], len(days))


def _posted(fields: Fields, days: Sequence[int | None], parts: Sequence[Sums], order: Sequence[int]) -> Accounts:
    tables, entries = _tables(fields, days, order), _Entries(days, parts)
    around = Around(len(fields.columns), fields.dated, len(parts[0]), tables, entries) if tables[False] else None
    accounts: list[Any] = [None] * len(days)
    numbers = [0] * len(days)
    for placed, by_key in tables.items():
        for key, of_account in by_key.items():
            account = RunningAccount(*entries(of_account)) if around is None else around.accounts[placed][key]
            for n, row in enumerate(of_account):
                accounts[row], numbers[row] = account, n
    return accounts, numbers


def surrounded(fields: Fields, days: Sequence[int | None], parts: Sequence[Sums], width: int) -> Around:
    """The rows in one grouping, among which others would stand; `width` is that of the sums."""
    tables = _tables(fields, days, _in_order(days))
    return Around(len(fields.columns), fields.dated, width, tables, _Entries(days, parts))


def _in_order(days: Sequence[int | None]) -> Sequence[int]:
    """The rows in order of date, and then as given."""
    return sorted(range(len(days)), key=[day or 0 for day in days].__getitem__)


@attrs.frozen(eq=False)
class _Entries:
    """Makes the entries of rows."""

    days: Sequence[int | None]
    parts: Sequence[Sums]

    def __call__(self, rows: Sequence[int]) -> Entries:
        days, parts = self.days, self.parts
        return tuple([parts[row] for row in rows]), tuple([days[row] or 0 for row in rows]), tuple(rows)


def _tables(fields: Fields, days: Sequence[int | None], order: Iterable[int]) -> Mapping[bool, Table]:
    """The rows by what places them, in this order: those that have it, and those that do not."""
    keys: list[Key] = list(zip(*fields.columns, strict=True)) if fields.columns else [()] * len(days)
    lacking = {row for column in fields.columns if None in column for row, value in enumerate(column) if value is None}
    if fields.dated:
        lacking |= {row for row, day in enumerate(days) if day is None}
    members: Table = defaultdict(list)
    apart: Table = defaultdict(list)
    for row in order:
        (apart if row in lacking else members)[keys[row]].append(row)
    return {True: members, False: apart}


def total(measure: Measure, ways: Sequence[Any], posting: Posting) -> Summed:
    """The total of a measure for a row that stands there."""
    account, n = posting
    at = 4 * ways.index(measure.way)
    return Summed._make(account.sums(n, measure.window, measure.itself)[at : at + 4])
