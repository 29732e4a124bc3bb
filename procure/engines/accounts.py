"""The rows that one total sums together, and those that may be among them: a row that lacks what would place it may be
of every account that agrees with what it has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add
from typing import Any, NamedTuple, Protocol

from procure.engines.sums import FAR, Columns, Sums, minus, perhaps, plus, raised, start_of
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
        self.parts = parts
        #: The day of each row as a number; 0 of one that has none.
        self.days = days
        #: Where each row stands in the log.
        self.rows = rows
        self._columns: Columns = []
        self._starts: dict[Window, list[int]] = {}

    @property
    def prefixes(self) -> Columns:
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

    def judged(self, n: int, window: Window, itself: bool, of_amount: Sequence[bool]) -> Sums:
        return self.sums_if(n, raised(self.parts[n], of_amount), window, itself)

    def members(self, n: int, window: Window, itself: bool) -> Iterator[int]:
        """The rows of the account that make up the total of row `n`."""
        end = len(self.parts) if window.whole else n + itself
        start = self.starts(window)[n] if window.back else 0
        return (at for at in range(start, end) if itself or at != n)

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

    def bearing(self, each: Counter[int], window: Window, way: int) -> Counter[int]:
        """How often each row of the log makes a total uncertain, where row `n` is looked at `each[n]` times."""
        found: Counter[int] = Counter()
        for n, times in each.items():
            for row in {*self.unread(n, window, way), *(row for _, row in self.doubtful(n, window, way))}:
                found[row] += times
        return found

    def others(self, window: Window) -> Columns:
        """For each row what the others of the account add to its totals."""
        prefixes, parts = self.prefixes, zip(*self.parts, strict=True)
        if window.whole:
            return [[column[-1] - own for own in of_rows] for column, of_rows in zip(prefixes, parts, strict=True)]
        if window.back:
            starts = self.starts(window)
            return [[end - column[s] for end, s in zip(column, starts, strict=False)] for column in prefixes]
        return [column[:-1] for column in prefixes]


class Shelf:
    """Rows that agree in the fields that they have, in order: those without a day, then the others."""

    def __init__(self, lacks: tuple[int, ...], width: int) -> None:
        self.lacks = lacks
        self.undated: Sums = (0,) * width
        self._undated: list[tuple[int, Sums]] = []
        self.rows: list[int] = []
        self.places: list[int] = []
        self.days: list[int] = []
        self._parts: list[Sums] = []
        self._columns: Columns = []

    def add(self, row: int, place: int | None, day: int | None, adds: Sums) -> None:
        """Add a row; those with a day in their order."""
        if place is None or day is None:
            self.undated = plus(self.undated, adds)
            self._undated.append((row, adds))
            return
        self.rows.append(row)
        self.places.append(place)
        self.days.append(day)
        self._parts.append(adds)

    @property
    def prefixes(self) -> Columns:
        """Each number of the sums before the first row that has a day and after each."""
        if not self._columns:
            columns = zip(*self._parts, strict=True) if self._parts else ((),) * len(self.undated)
            self._columns = [list(accumulate(column, initial=0)) for column in columns]
        return self._columns

    def bounds(self, window: Window, place: int | None, day: int | None) -> tuple[int, int]:
        """Which of the rows that have a day may be in the window of a row there: from one up to another."""
        if window.whole or place is None or day is None:
            return 0, len(self.places)
        start = bisect_right(self.days, start_of(window, day)) if window.back else 0
        return start, bisect_left(self.places, place)

    def among(self, window: Window, place: int | None, day: int | None, way: int) -> Iterator[tuple[int, bool]]:
        """The rows that may add to a total of a row there, and whether each has a day."""
        for row, adds in self._undated:
            if adds[way + 3]:
                yield row, False
        start, end = self.bounds(window, place, day)
        for at in range(start, end):
            if self._parts[at][way + 3]:
                yield self.rows[at], True

    def columns(self, window: Window, places: Sequence[int | None], days: Sequence[int | None]) -> Columns:
        """What the rows may add to the totals of rows that stand there."""
        if window.whole:
            return [
                [of_undated + column[-1]] * len(places)
                for of_undated, column in zip(self.undated, self.prefixes, strict=True)
            ]
        if window.back:
            bounds = [self.bounds(window, *each) for each in zip(places, days, strict=True)]
            return [
                [of_undated + column[end] - column[start] for start, end in bounds]
                for of_undated, column in zip(self.undated, self.prefixes, strict=True)
            ]
        last = len(self.places)
        ends = [last if place is None else bisect_left(self.places, place) for place in places]
        return [
            [of_undated + column[end] for end in ends]
            for of_undated, column in zip(self.undated, self.prefixes, strict=True)
        ]


class Around:
    """The rows of one grouping that lack what would place them, and the accounts that they may be of."""

    def __init__(self, fields: int, dated: bool, count: int, width: int) -> None:
        self.count = count
        #: Whether a row needs its day to be placed.
        self.dated = dated
        self._every = tuple(range(fields))
        self._width = width
        self.accounts: dict[tuple[Any, ...], SurroundedAccount] = {}
        #: Rows by the fields that they have: the values of all fields, the row, its day, and what it may add.
        self._rows: dict[tuple[int, ...], list[tuple[tuple[Any, ...], int, int | None, Sums]]] = {}
        self._shelves: dict[tuple[tuple[int, ...], tuple[int, ...]], dict[tuple[Any, ...], Shelf]] = {}
        self._agreeing: dict[tuple[int, ...], dict[tuple[Any, ...], list[SurroundedAccount]]] = {}

    def account(
        self, key: tuple[Any, ...], parts: Sequence[Sums], days: Sequence[int], rows: Sequence[int]
    ) -> SurroundedAccount:
        """A new account of the rows that have these fields."""
        found = self.accounts[key] = SurroundedAccount(self, key, parts, days, rows)
        return found

    def apart(
        self, key: tuple[Any, ...], parts: Sequence[Sums], days: Sequence[int], rows: Sequence[int]
    ) -> OpenAccount:
        """Rows that have these fields and lack the others, or a day."""
        self._rows.setdefault(self.had(key), []).extend(
            (key, row, day or None, perhaps(adds)) for adds, day, row in zip(parts, days, rows, strict=True)
        )
        return OpenAccount(self, key, parts, days, rows)

    def lacks(self, key: tuple[Any, ...]) -> tuple[int, ...]:
        """The fields that a row lacks."""
        return tuple([field for field in self._every if key[field] is None])

    def had(self, key: tuple[Any, ...]) -> tuple[int, ...]:
        """The fields that a row has."""
        return tuple([field for field in self._every if key[field] is not None])

    def place(self, row: int, day: int | None) -> int | None:
        """Where a row stands in the order of all: of date, then of the log."""
        return None if day is None else day * self.count + row

    def shelves(self, key: tuple[Any, ...]) -> list[Shelf]:
        """The rows that may share an account with one that has these fields."""
        found = []
        has = self.had(key)
        for fields in self._rows:
            shared = tuple([field for field in fields if field in has])
            table = self._shelves.get((fields, shared))
            if table is None:
                table = self._shelves[fields, shared] = self._shelved(fields, shared)
            shelf = table.get(tuple([key[field] for field in shared]))
            if shelf is not None:
                found.append(shelf)
        return found

    def _shelved(self, fields: tuple[int, ...], shared: tuple[int, ...]) -> dict[tuple[Any, ...], Shelf]:
        lacks = tuple([field for field in self._every if field not in fields])
        found: dict[tuple[Any, ...], Shelf] = {}
        for key, row, day, adds in sorted(self._rows[fields], key=lambda each: (each[2] or 0, each[1])):
            seen = tuple([key[field] for field in shared])
            shelf = found.get(seen)
            if shelf is None:
                shelf = found[seen] = Shelf(lacks, self._width)
            shelf.add(row, self.place(row, day), day, adds)
        return found

    def agreeing(self, key: tuple[Any, ...]) -> list[SurroundedAccount]:
        """The accounts that a row with these fields may be of."""
        has = self.had(key)
        table = self._agreeing.get(has)
        if table is None:
            table = self._agreeing[has] = {}
            for of_account, account in self.accounts.items():
                table.setdefault(tuple([of_account[field] for field in has]), []).append(account)
        return table.get(tuple([key[field] for field in has]), [])


class SurroundedAccount(RunningAccount):
    """An account to which rows may belong that lack what would place them."""

    __slots__ = ("_around", "_besides", "_found", "_places", "_shelves", "key")

    def __init__(
        self, around: Around, key: tuple[Any, ...], parts: Sequence[Sums], days: Sequence[int], rows: Sequence[int]
    ) -> None:
        super().__init__(parts, days, rows)
        self.key = key
        self._around = around
        self._shelves: list[Shelf] | None = None
        self._places: list[int | None] | None = None
        self._besides: dict[Window, Columns] = {}
        self._found: dict[tuple[Window, bool], Columns] = {}

    @property
    def shelves(self) -> list[Shelf]:
        """The rows that may belong to it besides."""
        if self._shelves is None:
            self._shelves = self._around.shelves(self.key)
        return self._shelves

    @property
    def places(self) -> list[int | None]:
        """Where each row stands in the order of all; None where it has no day."""
        if self._places is None:
            self._places = [self._place(n) for n in range(len(self.rows))]
        return self._places

    def _place(self, n: int) -> int | None:
        return self._around.place(self.rows[n], self.days[n])

    def masks(self, reads: Spans) -> Iterable[tuple[int, ...]]:
        found = []
        for cuts, way, span in reads.each:
            found.append(cuts.masks(*self.columns(*reads.spans[span])[way : way + 4]))
        return zip(*found, strict=True)

    def columns(self, window: Window, itself: bool) -> Columns:
        """The totals row by row."""
        found = self._found.get((window, itself))
        if found is None:
            found = self._besides.get(window)
            if found is None:
                found = self.others(window)
                for shelf in self.shelves:
                    found = _added(found, shelf.columns(window, self.places, self.days))
                self._besides[window] = found
            if itself:
                found = _added(found, list(map(list, zip(*self.parts, strict=True))))
            self._found[window, itself] = found
        return found

    def sums(self, n: int, window: Window, itself: bool) -> Sums:
        return tuple([column[n] for column in self.columns(window, itself)])

    def lacking(self, n: int, window: Window, way: int) -> Iterable[Lack]:
        place = self._place(n)
        for shelf in self.shelves:
            if shelf.undated[way + 3]:
                yield Lack(shelf.lacks, True)
            start, end = shelf.bounds(window, place, self.days[n])
            counted = shelf.prefixes[way + 3]
            if counted[end] - counted[start]:
                yield Lack(shelf.lacks, False)

    def doubtful(self, n: int, window: Window, way: int) -> Iterable[tuple[Lack, int]]:
        place = self._place(n)
        for shelf in self.shelves:
            for row, dated in shelf.among(window, place, self.days[n], way):
                if row != self.rows[n]:
                    yield Lack(shelf.lacks, not dated), row


class OpenAccount(SurroundedAccount):
    """Rows that lack the same and agree in what they have: each may be of any account that agrees with them, a new one
    too. What the account adds lies between the least and the most that one of them does."""

    __slots__ = ()

    placed = False

    def _place(self, n: int) -> int | None:
        return self._around.place(self.rows[n], self.days[n] or None)

    @property
    def lack(self) -> Lack:
        """What its rows lack."""
        return Lack(self._around.lacks(self.key), self._around.dated and not self.days[0])

    def members(self, n: int, window: Window, itself: bool) -> Iterator[int]:
        return iter((n,) if itself else ())

    def candidates(self, n: int, window: Window, way: int) -> Iterable[int]:
        place, day = self._place(n), self.days[n]
        for account in self._around.agreeing(self.key):
            start = start_of(window, day) if window.back and day else 0
            for row, at, where, adds in zip(account.rows, account.days, account.places, account.parts, strict=True):
                before = window.whole or place is None or where is None or where < place
                if before and at > start - (not window.back) and adds[way + 2] + adds[way + 3]:
                    yield row

    def others(self, window: Window) -> Columns:
        accounts = self._around.agreeing(self.key)
        if window.back:
            found = self._among(accounts).columns(window, self.places, self._days)
        else:
            found = self._between(accounts, window)
        # The row itself is on its own shelf, too.
        return [
            [sum_ - own if self._includes(window, place) else sum_ for sum_, own, place in zip(*each, strict=True)]
            for each in zip(found, zip(*map(perhaps, self.parts), strict=True), [self.places] * len(found), strict=True)
        ]

    @property
    def _days(self) -> list[int | None]:
        return [day or None for day in self.days]

    @staticmethod
    def _includes(window: Window, place: int | None) -> bool:
        return window.whole or place is None

    def _among(self, accounts: Sequence[RunningAccount]) -> Shelf:
        """The rows of these accounts, each of which may be of the same account or not."""
        found = Shelf((), len(self.parts[0]))
        rows = [each for account in accounts for each in zip(account.rows, account.days, account.parts, strict=True)]
        for row, day, adds in sorted(rows, key=lambda each: each[1] * self._around.count + each[0]):
            found.add(row, self._around.place(row, day), day, perhaps(adds))
        return found

    def _between(self, accounts: Sequence[RunningAccount], window: Window) -> Columns:
        """The hull of the totals of these accounts, up to each row."""
        columns: Columns = []
        places: list[int] = []
        order: list[int] = []
        if not window.whole:
            each = [(day * self._around.count + row) for a in accounts for row, day in zip(a.rows, a.days, strict=True)]
            order = sorted(range(len(each)), key=each.__getitem__)
            places = [each[at] for at in order]
        ends = [len(places) if place is None else bisect_left(places, place) for place in self.places]
        for way in range(0, len(self.parts[0]), 4):
            lows, highs, counts = [], [], []
            for account in accounts:
                low, spread, sure, maybe = account.prefixes[way : way + 4]
                since = -1 if window.whole else 1
                lows += low[since:]
                highs += list(map(add, low[since:], spread[since:]))
                counts += list(map(add, sure[since:], maybe[since:]))
            if window.whole:
                least, most, rows = min(lows, default=0), max(highs, default=0), max(counts, default=0)
                of_way = [[min(least, 0)], [max(most, 0)], [0], [rows]]
                of_way[1] = [of_way[1][0] - of_way[0][0]]
                columns += [column * len(self.parts) for column in of_way]
                continue
            least_of = list(accumulate([lows[at] for at in order], min, initial=0))
            most_of = list(accumulate([highs[at] for at in order], max, initial=0))
            rows_of = list(accumulate([counts[at] for at in order], max, initial=0))
            columns += [
                [least_of[end] for end in ends],
                [most_of[end] - least_of[end] for end in ends],
                [0] * len(ends),
                [rows_of[end] for end in ends],
            ]
        return columns


def _added(columns: Columns, more: Columns) -> Columns:
    return [list(map(add, column, others)) for column, others in zip(columns, more, strict=True)]
