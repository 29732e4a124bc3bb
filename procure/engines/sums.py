"""What a row adds to a total, and what a total is: an interval where it is not known of some row whether it counts,
whether it is of the account, or what its amount is. The sums of one account, one for each way of counting, are kept as
one flat tuple of numbers, for speed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import add, sub
from typing import Any, NamedTuple, TypeVar

from dateutil.relativedelta import relativedelta

from procure.policy.limits import NO_BOUND
from procure.policy.totals import Window

T = TypeVar("T")

#: Beyond this, either way, a sum has no bound.
FAR: int = NO_BOUND // 2


class Summed(NamedTuple):
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
        """Whether it has a most."""
        return self.high < FAR

    @property
    def founded(self) -> bool:
        """Whether it has a least."""
        return self.low > -FAR


#: The totals of an account, `Total` after `Total`: one for each way of counting.
Sums = tuple[int, ...]
#: For each way of counting: does the row count? None where that is not known.
Memberships = tuple[bool | None, ...]
#: For each way of counting what the row has to add; None where that could not be read.
Amounts = tuple[int | None, ...]
#: For each way of counting from where to where an amount lies that could not be read.
Unread = Sequence[tuple[int, int]]
#: For each number of the sums what it is row by row. Tuples of numbers, which the collector of garbage leaves alone.
Columns = tuple[tuple[int, ...], ...]

_NOTHING: Sums = (0, 0, 0, 0)


def each(make: Callable[..., T], *of: Sequence[Any]) -> tuple[T, ...]:
    """What is made of each column, or of those at one place; of the same objects it is made once, and is one object.
    Ways of counting mostly agree on the rows of one account."""
    found: dict[tuple[int, ...], T] = {}
    keys = list(zip(*(map(id, columns) for columns in of), strict=True))
    for key, columns in zip(keys, zip(*of, strict=True), strict=True):
        if key not in found:
            found[key] = make(*columns)
    return tuple([found[key] for key in keys])


def transposed(parts: Sequence[Sums]) -> Columns:
    """Sums row by row as columns, of which equal ones are one object."""
    one: dict[tuple[int, ...], tuple[int, ...]] = {}
    return tuple([one.setdefault(column, column) for column in zip(*parts, strict=True)])


def part(amounts: Amounts, counts: Memberships, unread: Unread) -> Sums:
    """What one row adds to each total."""
    found: Sums = ()
    for amount, count, open_ in zip(amounts, counts, unread, strict=True):
        if count is False:
            found += _NOTHING
            continue
        low, high = open_ if amount is None else (amount, amount)
        found += (low, high - low, 1, 0) if count else _perhaps(low, high)
    return found


def _perhaps(low: int, high: int, rows: int = 1) -> Sums:
    least = min(low, 0)
    return least, max(high, 0) - least, 0, rows


def perhaps(sums: Sums) -> Sums:
    """What a row adds to each total that it may be in or not."""
    found: Sums = ()
    for low, spread, sure, maybe in zip(*[iter(sums)] * 4, strict=True):
        found += _perhaps(low, low + spread, sure + maybe)
    return found


def raised(sums: Sums, which: Sequence[bool]) -> Sums:
    """What a row adds that is judged, and so is above zero: to these of the totals."""
    found: Sums = ()
    for of_amount, (low, spread, sure, maybe) in zip(which, zip(*[iter(sums)] * 4, strict=True), strict=True):
        least = max(low, 0) if of_amount else low
        found += least, low + spread - least, sure, maybe
    return found


def running(columns: Columns) -> Columns:
    """The sums of each column before its first number and after each."""
    return each(lambda column: tuple(accumulate(column, initial=0)), columns)


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
