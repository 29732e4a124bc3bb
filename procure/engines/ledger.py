"""Accumulated totals: a pure fold over a log in order of date, then of the log. It knows no rule and no limit.

A row that may or may not count makes a total an interval; an amount that could not be read makes it "at least". The
sums of one account, one for each way of counting, are kept as one flat tuple of numbers, for speed.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add, sub
from typing import Any, NamedTuple, Protocol

from dateutil.relativedelta import relativedelta

from procure.policy.ladders import Cuts
from procure.policy.limits import NO_BOUND
from procure.policy.totals import Measure, Window


class Total(NamedTuple):
    """A sum of `sure` rows that count and up to `maybe` more that may: `low`, or up to `spread` more. In minor units,
    or a number of rows."""

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


#: The totals of an account, `Total` after `Total`: one for each way of counting.
Sums = tuple[int, ...]
#: For each way of counting: does the row count? None where that is not known.
Memberships = tuple[bool | None, ...]
#: For each way of counting what the row has to add; None where that could not be read.
Amounts = tuple[int | None, ...]

_NOTHING: Sums = (0, 0, 0, 0)


def part(amounts: Amounts, counts: Memberships) -> Sums:
    """What one row adds to each total."""
    found: Sums = ()
    for amount, count in zip(amounts, counts, strict=True):
        if count is False:
            found += _NOTHING
        elif amount is None:
            found += (0, NO_BOUND, 1, 0) if count else (0, NO_BOUND, 0, 1)
        else:
            found += (amount, 0, 1, 0) if count else (min(amount, 0), abs(amount), 0, 1)
    return found


def plus(sums: Sums, more: Sums) -> Sums:
    return tuple(map(add, sums, more))


def minus(sums: Sums, less: Sums) -> Sums:
    return tuple(map(sub, sums, less))


def start_of(window: Window, day: int) -> int:
    """The last day that a window which reaches back from a day does not hold any more."""
    date = dt.date.fromordinal(day)
    back = relativedelta(months=window.months) if window.months else relativedelta(days=window.days)
    try:
        return (date - back).toordinal()
    except (ValueError, OverflowError):  # before the year 1
        return 0


class Spans(Protocol):
    """What is asked of an account: see `placement.Reads`."""

    @property
    def spans(self) -> Sequence[tuple[Window, bool]]: ...
    @property
    def each(self) -> Sequence[tuple[Cuts, int, int]]: ...


class Account(Protocol):
    """The rows that one total sums together, as placement asks of them."""

    def masks(self, reads: Spans) -> Iterable[tuple[int, ...]]:
        """For each row of the account the mask of each of its totals."""
        ...

    def sums(self, n: int, window: Window, itself: bool) -> Sums:
        """The sums of row `n`."""
        ...

    def sums_if(self, n: int, own: Sums, window: Window, itself: bool) -> Sums:
        """The sums of row `n`, which may or may not count, if it adds `own`."""
        ...


class RunningAccount:
    """An account by what its rows add, and their days, in order. The parts are summed up once, column by column, when
    they are first asked for."""

    __slots__ = ("_columns", "_starts", "days", "parts")

    def __init__(self, parts: Sequence[Sums], days: Sequence[int]) -> None:
        self.parts = parts
        self.days = days
        self._columns: list[list[int]] = []
        self._starts: dict[Window, list[int]] = {}

    @property
    def prefixes(self) -> list[list[int]]:
        """Each number of the sums before the first row and after each."""
        if not self._columns:
            self._columns = [list(accumulate(column, initial=0)) for column in zip(*self.parts, strict=True)]
        return self._columns

    def masks(self, reads: Spans) -> Iterable[tuple[int, ...]]:
        running: dict[tuple[Cuts, int], list[int]] = {}
        found = []
        for cuts, way, span in reads.each:
            window, itself = reads.spans[span]
            if window.back or window.whole and not itself:
                sums = [self.sums(n, window, itself)[way : way + 4] for n in range(len(self.parts))]
                found.append([cuts.mask_of(*each) for each in sums])
                continue
            # What the totals are as they run on is worked out once, and read by each window in its way.
            masks = running.get((cuts, way))
            if masks is None:
                masks = running[cuts, way] = cuts.masks(*self.prefixes[way : way + 4])
            found.append(masks[-1:] * len(self.parts) if window.whole else masks[1:] if itself else masks[:-1])
        return zip(*found, strict=True)

    def starts(self, window: Window) -> list[int]:
        """For each row how many rows at the beginning of the account its window does not hold any more."""
        found = self._starts.get(window)
        if found is None:
            found = self._starts[window] = [bisect_right(self.days, start_of(window, day)) for day in self.days]
        return found

    def sums(self, n: int, window: Window, itself: bool) -> Sums:
        end = len(self.parts) if window.whole else n + itself
        start = self.starts(window)[n] if window.back else 0
        found = tuple([column[end] - column[start] for column in self.prefixes])
        return minus(found, self.parts[n]) if window.whole and not itself else found

    def sums_if(self, n: int, own: Sums, window: Window, itself: bool) -> Sums:
        without = self.sums(n, window, False)
        return plus(without, own) if itself else without

    def members(self, n: int, window: Window, itself: bool) -> Iterator[int]:
        """The rows of the account that make up the total of row `n`."""
        end = len(self.parts) if window.whole else n + itself
        start = self.starts(window)[n] if window.back else 0
        return (at for at in range(start, end) if itself or at != n)


#: Where a row stands in one account: it is the one after the first `n`.
Posting = tuple[Any, int]
#: A posting for each grouping, None where the row lacks what would place it.
Posted = tuple[Posting | None, ...]


def post(keys: Sequence[Sequence[Any]], days: Sequence[int | None], parts: Sequence[Sums]) -> list[Posted]:
    """Post every row in each grouping, in order of date and then as given. `keys` has for each grouping the key of each
    row, None where it lacks what would place it; `days` are their dates, as days, None where there is none."""
    count = len(days)
    there = {row: day for row, day in enumerate(days) if day is not None}
    rows = sorted(there, key=there.__getitem__)
    by_grouping = []
    for of_grouping in keys:
        members: dict[Any, list[int]] = defaultdict(list)
        for row in rows:
            members[of_grouping[row]].append(row)
        members.pop(None, None)
        postings: list[Posting | None] = [None] * count
        for of_account in members.values():
            account = RunningAccount([parts[row] for row in of_account], [there[row] for row in of_account])
            for n, row in enumerate(of_account):
                postings[row] = account, n
        by_grouping.append(postings)
    return list(zip(*by_grouping, strict=True)) if by_grouping else [()] * count


def total(measure: Measure, ways: Sequence[Any], posting: Posting) -> Total:
    """The total of a measure for a row that stands there."""
    account, n = posting
    at = 4 * ways.index(measure.way)
    return Total._make(account.sums(n, measure.window, measure.itself)[at : at + 4])


Progress = Callable[[int], None]
