"""The rows that one total sums together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from procure.engines.sums import FAR, Columns, Sums, each, minus, plus, raised, running, start_of, transposed
from procure.policy.ladders import Cuts
from procure.policy.totals import Window


class Lack(NamedTuple):
    """What a row lacks that would place it: some fields of the grouping, by their number, and its day perhaps."""

    fields: tuple[int, ...]
    day: bool


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
        """The sums of row `n`, if it adds `own`."""
        ...

    def judged(self, n: int, window: Window, itself: bool, of_amount: Sequence[bool]) -> Sums:
        """The sums of row `n`, whose amount is missing, if it is judged; `of_amount` says of which totals it adds
        to."""
        ...

    def lacking(self, n: int, window: Window, way: int) -> Iterable[Lack]:
        """What rows lack that may add to a total of row `n` and would be placed by it."""
        ...


class RunningAccount:
    """An account by what its rows add, and their days, in order. The parts are summed up once, column by column, when
    they are first asked for."""

    __slots__ = ("_columns", "_starts", "days", "parts", "rows")

    #: Whether its rows have what places them.
    placed = True

    def __init__(self, parts: Sequence[Sums], days: Sequence[int], rows: Sequence[int]) -> None:
        self.parts: Sequence[Sums] = parts
        #: The day of each row as a number; 0 of one that has none.
        self.days: Sequence[int] = days
        #: Where each row stands in the log.
        self.rows: Sequence[int] = rows
        self._columns: Columns = ()
        self._starts: dict[Window, list[int]] = {}

    @property
    def prefixes(self) -> Columns:
        """Each number of the sums before the first row and after each."""
        if not self._columns:
            self._columns = running(self.own)
        return self._columns

    @property
    def own(self) -> Columns:
        """What the rows add themselves, row by row."""
        return transposed(self.parts)

    def masks(self, reads: Spans) -> Iterable[tuple[int, ...]]:
        as_they_run: dict[tuple[Cuts, tuple[int, ...]], list[int]] = {}
        found = []
        for cuts, way, span in reads.each:
            window, itself = reads.spans[span]
            if window.back or window.whole and not itself:
                sums = [self.sums(n, window, itself)[way : way + 4] for n in range(len(self.parts))]
                found.append([cuts.mask_of(*each) for each in sums])
                continue
            # What the totals are as they run on is worked out once, and read by each window in its way.
            columns = self.prefixes[way : way + 4]
            alike = cuts, tuple(map(id, columns))
            masks = as_they_run.get(alike)
            if masks is None:
                masks = as_they_run[alike] = cuts.masks(*columns)
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

    def after(self, day: int, window: Window) -> Sums:
        """What a purchase would meet that stands after all rows of a day."""
        end = len(self.parts) if window.whole else bisect_right(self.days, day)
        start = bisect_right(self.days, start_of(window, day)) if window.back else 0
        return tuple([column[max(end, start)] - column[start] for column in self.prefixes])

    def last(self, window: Window) -> tuple[Sums, Sequence[Sums]]:
        """The sums of the last row with itself, not of later ones, and what each row adds. What is asked of every
        account of a log is not kept."""
        start = bisect_right(self.days, start_of(window, self.days[-1])) if window.back else 0
        return tuple(map(sum, zip(*self.parts[start:], strict=True))), self.parts

    def judged(self, n: int, window: Window, itself: bool, of_amount: Sequence[bool]) -> Sums:
        return self.sums_if(n, raised(self.parts[n], of_amount), window, itself)

    def members(self, n: int, window: Window, itself: bool) -> Iterator[int]:
        """The rows of the account that make up the total of row `n`."""
        end = len(self.parts) if window.whole else n + itself
        start = self.starts(window)[n] if window.back else 0
        return (at for at in range(start, end) if itself or at != n)

    def count(self, n: int, window: Window, itself: bool, way: int) -> int:
        """How many of these count in one way, or may."""
        sums = RunningAccount.sums(self, n, window, itself)
        return sums[way + 2] + sums[way + 3]

    def lacking(self, n: int, window: Window, way: int) -> Iterable[Lack]:
        return ()

    def unread(self, n: int, window: Window, way: int) -> Iterable[int]:
        """The rows of the log that are in the account, and whose amount makes a total of row `n` open."""
        return (self.rows[at] for at in self.members(n, window, True) if self.parts[at][way + 1] > FAR)

    def doubtful(self, n: int, window: Window, way: int) -> Iterable[tuple[Lack, int]]:
        """The rows of the log that may add to a total of row `n`, each with what it lacks."""
        return ()

    def candidates(self, n: int, window: Window, way: int) -> Iterable[int]:
        """The rows of the log that count in the accounts that row `n` may be of."""
        return ()

    def uncertain(self, n: int, window: Window, way: int) -> set[int]:
        """The rows of the log that leave a total of row `n` open: their place or their amount is not known."""
        return {*self.unread(n, window, way), *(row for _, row in self.doubtful(n, window, way))}

    def others(self, window: Window) -> Columns:
        """For each row what the others of the account add to its totals, whose window is not whole."""
        if window.back:
            starts = self.starts(window)
            return each(
                lambda column: tuple([end - column[s] for end, s in zip(column, starts, strict=False)]), self.prefixes
            )
        return each(lambda column: column[:-1], self.prefixes)
