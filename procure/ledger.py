"""Accumulated totals: a pure fold over a log in order of date, then of the log. It knows no rule and no limit.

A purchase that may or may not count makes a total an interval; an amount that could not be read makes it "at least".
The totals of one account, one for each way of counting, are kept as one flat tuple of numbers, for speed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

import attrs

from procure.readings import Readings
from procure.scale import NO_BOUND
from procure.terms import Method


class Total(NamedTuple):
    """A sum in fen of `sure` purchases that count and up to `maybe` more that may: `low`, or up to `spread` more."""

    low: int
    spread: int
    sure: int
    maybe: int

    @property
    def high(self) -> int:
        return self.low + self.spread

    @property
    def exact(self) -> bool:
        return self.spread == 0

    @property
    def bounded(self) -> bool:
        return self.spread < NO_BOUND


#: The totals of an account, `Total` after `Total`.
Sums = tuple[int, ...]
#: For each way of counting: does the purchase count? None where that is not known.
Memberships = tuple[bool | None, ...]


_NOTHING: Sums = (0, 0, 0, 0)


def part(fen: int | None, counts: Memberships) -> Sums:
    """What one purchase adds to each total. `fen` is None where the amount could not be read."""
    low, spread = (0, NO_BOUND) if fen is None else (fen, 0)
    counted, perhaps = (low, spread, 1, 0), (min(low, 0), abs(low) + spread, 0, 1)
    found: Sums = ()
    for count in counts:
        found += counted if count else _NOTHING if count is False else perhaps
    return found


def plus(sums: Sums, more: Sums) -> Sums:
    return tuple(map(add, sums, more))


def minus(sums: Sums, less: Sums) -> Sums:
    return tuple(map(sub, sums, less))


@attrs.frozen
class Level:
    """Whose purchases of what accumulate together: the key of the category, and whether each department of a unit has
    totals of its own."""

    id: str
    key: Callable[[str], str]
    by_department: bool = False


@attrs.frozen
class Counted:
    """Which purchases a total counts, by method, whether it is in the catalogue, and whether it is below the floor from
    which the catalogue lists it; `column` is the datum that decides it, if any."""

    id: str
    column: str | None
    includes: Callable[[Method, bool, bool], bool]


class Account:
    """What one unit, or department, bought of one category in one budget year. Posting only notes the parts; they are
    summed up once, column by column, when all are there."""

    __slots__ = ("_columns", "parts")

    def __init__(self) -> None:
        self.parts: list[Sums] = []
        self._columns: list[list[int]] = []

    @property
    def columns(self) -> list[list[int]]:
        """Each number of the sums before the first purchase and after each."""
        if not self._columns:
            self._columns = [list(accumulate(column, initial=0)) for column in zip(*self.parts, strict=True)]
        return self._columns

    def sums(self, n: int) -> Sums:
        """The sums after `n` purchases; -1 for the whole year."""
        return tuple([column[n] for column in self.columns])

    def sums_if(self, n: int, own: Sums) -> tuple[Sums, Sums, Sums]:
        """The sums before purchase `n`, which may or may not count, with it, and of the year, if it adds `own`."""
        before, after, year = self.sums(n), self.sums(n + 1), self.sums(-1)
        with_it = plus(before, own)
        # What the year adds after this purchase does not depend on whether it counts itself.
        return before, with_it, plus(with_it, minus(year, after))


#: Unit, department, year and category of a purchase.
Group = tuple[str | None, str | None, int, str]


class Entry(NamedTuple):
    """A purchase as the ledger sees it: its group (None where it cannot be placed), its day, and what it adds."""

    group: Group | None
    day: int
    part: Sums


#: Where a purchase stands in one account: it is the one after the first `n`.
Posting = tuple[Account, int]
#: A posting at each level, None where it takes a department and the purchase names none; None where the purchase cannot
#: be placed at all.
Posted = tuple[Posting | None, ...] | None


def at(posted: Posted, level: int) -> Posting | None:
    """Where a purchase stands at one level."""
    return None if posted is None else posted[level]


@attrs.frozen
class Measure:
    """One way to accumulate, and the readings under which it is the one meant. `whole_year` takes the total of all
    the year; else the total runs up to the purchase, which it counts if `itself`."""

    when: Readings
    level: int
    counted: int
    whole_year: bool = False
    itself: bool = True

    def of(self, posted: Posted) -> Total | None:
        """This total of a posted purchase; None of one that could not be placed."""
        posting = at(posted, self.level)
        return None if posting is None else self.at(posting)

    def at(self, posting: Posting) -> Total:
        """This total of a purchase that stands there in an account of its level."""
        account, n = posting
        return self.total(account.sums(-1 if self.whole_year else n + self.itself))

    def total(self, sums: Sums) -> Total:
        """The total of this way of counting."""
        return Total._make(sums[4 * self.counted : 4 * self.counted + 4])


def post(entries: Sequence[Entry], levels: Sequence[Level]) -> list[Posted]:
    """Post every entry at each level, in order of date and then as given."""
    by_group: dict[Group, list[Account | None]] = {}
    accounts: dict[tuple[int, Group], Account] = {}
    posted: list[Posted] = [None] * len(entries)
    for i in sorted(range(len(entries)), key=[entry.day for entry in entries].__getitem__):
        group, _, more = entries[i]
        if group is None:
            continue
        found = by_group.get(group)
        if found is None:
            found = by_group[group] = [_account(accounts, n, level, group) for n, level in enumerate(levels)]
        posted[i] = tuple([None if account is None else (account, len(account.parts)) for account in found])
        for account in found:
            if account is not None:
                account.parts.append(more)
    return posted


def _account(accounts: dict[tuple[int, Group], Account], n: int, level: Level, group: Group) -> Account | None:
    unit, department, year, category = group
    if level.by_department and department is None:
        return None
    key = unit, department if level.by_department else None, year, level.key(category)
    return accounts.setdefault((n, key), Account())
