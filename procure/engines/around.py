"""The rows that may be among those that one total sums together: a row that lacks what would place it may be of every
account that agrees with what it has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import accumulate, chain, repeat
from operator import add, mul, sub
from typing import Any

import attrs

from procure.engines.accounts import Lack, RunningAccount, Spans
from procure.engines.evidence import Memo
from procure.engines.sums import Columns, Sums, each, minus, perhaps, plus, running, start_of, transposed
from procure.policy.ladders import Cuts
from procure.policy.totals import Window

#: What places a row, None for what is not known.
Key = tuple[Any, ...]
#: Rows by their keys, in order of date, then of the log.
Table = dict[Key, list[int]]
#: What rows add, their days as numbers, 0 of one that has none, and the rows themselves.
Entries = tuple[Sequence[Sums], Sequence[int], Sequence[int]]
#: Makes the entries of rows.
Entering = Callable[[Sequence[int]], Entries]
_WHOLE = Window(whole=True)
#: More rows than there are in any log.
_ROWS = 1 << 36


def place(row: int, day: int | None) -> int | None:
    """Where a row stands in the order of all: of date, then of the log."""
    return None if day is None else day * _ROWS + row


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

    def fill(self, rows: Iterable[tuple[int, int, Sums]]) -> None:
        """Put rows on it that may count: each with its day, 0 where it has none, and what it may add."""
        for row, day, adds in sorted(rows, key=lambda each: each[1] * _ROWS + each[0]):
            if not day:
                self.undated = plus(self.undated, adds)
                self._undated.append((row, adds))
                continue
            self.rows.append(row)
            self.places.append(day * _ROWS + row)
            self.days.append(day)
            self._parts.append(adds)

    @cached_property
    def prefixes(self) -> Columns:
        """Each number of the sums before the first row that has a day and after each."""
        return running(transposed(self._parts) if self._parts else ((),) * len(self.undated))

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

    @cached_property
    def whole(self) -> Sums:
        """What all of them may add."""
        return tuple([of_undated + column[-1] for of_undated, column in zip(self.undated, self.prefixes, strict=True)])

    def onto(
        self, columns: Columns, window: Window, places: Sequence[int | None], days: Sequence[int | None]
    ) -> Columns:
        """Totals of rows that stand there, with what the rows that have a day may add to them."""
        last = len(self.places)
        ends = [last if place is None else bisect_left(self.places, place) for place in places]
        starts = [self.bounds(window, *row)[0] for row in zip(places, days, strict=True)] if window.back else []

        def more(column: tuple[int, ...], adds: tuple[int, ...]) -> tuple[int, ...]:
            # What rows may add is of one sign in each number: where all of them add nothing, each does.
            if not adds[-1]:
                return column
            found = map(add, column, map(adds.__getitem__, ends))
            return tuple(map(sub, found, map(adds.__getitem__, starts)) if starts else found)

        return each(more, columns, self.prefixes)


class Around:
    """The rows of one grouping by what places them. Accounts are made when they are first asked for: of the rows that
    have all of it, and of those that lack the same and agree in what they have."""

    def __init__(self, fields: int, dated: bool, width: int, rows: Mapping[bool, Table], entries: Entering) -> None:
        #: Whether a row needs its day to be placed.
        self.dated = dated
        self._every = tuple(range(fields))
        self._width = width
        #: The rows by the values of all fields: those that have what places them, and those that do not.
        self._rows, self._entries = rows, entries
        self.accounts: dict[bool, Memo] = {
            True: Memo(lambda key: SurroundedAccount(self, key, *entries(rows[True][key]))),
            False: Memo(lambda key: OpenAccount(self, key, *entries(rows[False][key]))),
        }
        self._forget()

    def _forget(self) -> None:
        self._apart: dict[tuple[int, ...], list[Key]] = {}
        for key in self._rows[False]:
            self._apart.setdefault(self.had(key), []).append(key)
        self._keys: dict[tuple[bool, tuple[int, ...], tuple[int, ...]], dict[Key, list[Key]]] = {}
        self._shelves = Memo(self._shelf)

    def seated(self, key: Key, adds: Sums, day: int | None, row: int) -> tuple[SurroundedAccount, int]:
        """Where one more row would stand, as the last of its day: an account of which no other knows, and its number
        there."""
        if not self._is_placed(key, day):
            return Seated(self, key, (adds,), (day or 0,), (row,)), 0
        others = self.accounts[True][key] if key in self._rows[True] else None
        parts, days, rows = ((), (), ()) if others is None else (others.parts, others.days, others.rows)
        at = bisect_right(days, day or 0)
        account = SurroundedAccount(
            self,
            key,
            (*parts[:at], adds, *parts[at:]),
            (*days[:at], day or 0, *days[at:]),
            (*rows[:at], row, *rows[at:]),
        )
        return account, at

    def add(self, key: Key, day: int | None, row: int) -> None:
        """From now on this row is one of the others, as the last of its day."""
        placed = self._is_placed(key, day)
        rows, accounts = self._rows[placed], self.accounts[placed]
        if key in rows:
            rows[key].insert(bisect_right(accounts[key].days, day or 0), row)
            del accounts[key]
        else:
            rows[key] = [row]
        self._forget()

    def _is_placed(self, key: Key, day: int | None) -> bool:
        return None not in key and not (self.dated and day is None)

    def lacks(self, key: Key) -> tuple[int, ...]:
        """The fields that a row lacks."""
        return tuple([field for field in self._every if key[field] is None])

    def had(self, key: Key) -> tuple[int, ...]:
        """The fields that a row has."""
        return tuple([field for field in self._every if key[field] is not None])

    def shelves(self, key: Key) -> list[Shelf]:
        """The rows that may share an account with one that has these fields."""
        has = self.had(key)
        found = []
        for fields, keys in self._apart.items():
            shared = tuple([field for field in fields if field in has])
            said = tuple([key[field] for field in shared])
            if said in self._by(False, fields, shared, keys):
                found.append(self._shelves[fields, shared, said])
        return found

    def agreeing(self, key: Key) -> list[SurroundedAccount]:
        """The accounts that a row with these fields may be of."""
        return list(map(self.accounts[True].__getitem__, self._agreeing(key)))

    def _agreeing(self, key: Key) -> Sequence[Key]:
        has = self.had(key)
        said = tuple([key[field] for field in has])
        return self._by(True, self._every, has, self._rows[True]).get(said, ())

    def entries_agreeing(self, key: Key) -> Iterator[Entries]:
        """The entries of these accounts."""
        return (self._entries(self._rows[True][each]) for each in self._agreeing(key))

    def _by(
        self, placed: bool, fields: tuple[int, ...], shared: tuple[int, ...], keys: Iterable[Key]
    ) -> dict[Key, list[Key]]:
        """Keys by what they say in some fields."""
        table = self._keys.get((placed, fields, shared))
        if table is None:
            table = self._keys[placed, fields, shared] = {}
            for key in keys:
                table.setdefault(tuple([key[field] for field in shared]), []).append(key)
        return table

    def _shelf(self, of: tuple[tuple[int, ...], tuple[int, ...], Key]) -> Shelf:
        fields, shared, said = of
        found = Shelf(tuple([field for field in self._every if field not in fields]), self._width)
        accounts = map(self.accounts[False].__getitem__, self._by(False, fields, shared, ())[said])
        found.fill(each for account in accounts for each in zip(account.rows, account.days, account.maybe, strict=True))
        return found


class Ends:
    """The totals of an account as they run on, in one way of counting: before its first row and after each, the least
    and the most that they have been so far, and how many rows they have."""

    __slots__ = ("highs", "last", "lows", "rows")

    def __init__(self, low: Sequence[int], spread: Sequence[int], sure: Sequence[int], maybe: Sequence[int]) -> None:
        high = list(map(add, low, spread))
        self.lows: tuple[int, ...] = tuple(accumulate(low, min))
        self.highs: tuple[int, ...] = tuple(accumulate(high, max))
        self.rows: tuple[int, ...] = tuple(map(add, sure, maybe))
        #: What the last of them is.
        self.last: tuple[int, int, int] = (low[-1], high[-1], self.rows[-1])


class SurroundedAccount(RunningAccount):
    """An account to which rows may belong that lack what would place them."""

    __slots__ = ("_around", "_ends", "_found", "_lacks", "_places", "_shelves", "_whole", "key")

    def __init__(
        self, around: Around, key: tuple[Any, ...], parts: Sequence[Sums], days: Sequence[int], rows: Sequence[int]
    ) -> None:
        super().__init__(parts, days, rows)
        self.key: tuple[Any, ...] = key
        self._around = around
        self._shelves: list[Shelf] | None = None
        self._places: list[int | None] | None = None
        self._whole: Sums | None = None
        self._found: dict[tuple[Window, bool], Columns] = {}
        self._ends: tuple[Ends, ...] = ()
        self._lacks: dict[tuple[Window, int], tuple[list[Lack], list[tuple[Lack, Shelf]]]] = {}

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
        return place(self.rows[n], self.days[n])

    def masks(self, reads: Spans) -> Iterable[tuple[int, ...]]:
        spans = [self._seen(*span) for span in reads.spans]
        alike: dict[tuple[Cuts, tuple[int, ...]], list[int]] = {}
        found = []
        for cuts, way, span in reads.each:
            columns = spans[span][way : way + 4]
            key = cuts, tuple(map(id, columns))
            if key not in alike:
                masks = cuts.masks(*columns)
                alike[key] = masks if len(masks) == len(self.rows) else masks * len(self.rows)
            found.append(alike[key])
        return zip(*found, strict=True)

    def _seen(self, window: Window, itself: bool) -> Columns:
        """The totals row by row, or one for all rows where they are the same."""
        if self.placed and window.whole and itself:
            return tuple(zip(self.whole, strict=True))
        return self.columns(window, itself)

    def columns(self, window: Window, itself: bool) -> Columns:
        """The totals row by row."""
        found = self._found.get((window, itself))
        if found is None:
            found = self._found[window, itself] = self._worked_out(window, itself)
        return found

    def _worked_out(self, window: Window, itself: bool) -> Columns:
        if window.whole:
            return tuple(zip(*[self.sums(n, window, itself) for n in range(len(self.parts))], strict=True))
        if itself:
            return each(_added, self.columns(window, False), self.own)
        return self._with_shelves(window)

    def _with_shelves(self, window: Window) -> Columns:
        """What the others of the account, and the rows that may belong to it, add to the totals row by row."""
        found, undated = self.others(window), reduce(plus, [shelf.undated for shelf in self.shelves], self._nothing)
        for shelf in self.shelves:
            if shelf.places:
                found = shelf.onto(found, window, self.places, self.days)
        return each(lambda column, more: tuple([sum_ + more for sum_ in column]) if more else column, found, undated)

    @property
    def whole(self) -> Sums:
        """What the account, and the rows that may belong to it, add to a total of all days."""
        if self._whole is None:
            self._whole = reduce(plus, [shelf.whole for shelf in self.shelves], self.of_all())
        return self._whole

    def of_all(self) -> Sums:
        """What the rows of the account add to it."""
        return tuple([column[-1] for column in self.prefixes])

    @property
    def _nothing(self) -> Sums:
        return (0,) * len(self.parts[0])

    @property
    def ends(self) -> tuple[Ends, ...]:
        """For each way of counting what its totals are as they run on."""
        if not self._ends:
            self._ends = each(Ends, *(self.prefixes[at::4] for at in range(4)))
        return self._ends

    def sums(self, n: int, window: Window, itself: bool) -> Sums:
        if window.whole:
            return self.whole if itself else minus(self.whole, self.parts[n])
        return tuple([column[n] for column in self.columns(window, itself)])

    def last(self, window: Window) -> tuple[Sums, Sequence[Sums]]:
        return self.sums(len(self.parts) - 1, attrs.evolve(window, whole=False), True), self.parts

    def after(self, day: int, window: Window) -> Sums:
        found = super().after(day, window)
        last = (day + 1) * _ROWS - 1
        for shelf in self.shelves:
            dated = shelf.onto(tuple(zip(shelf.undated, strict=True)), window, [last], [day])
            found = plus(found, shelf.whole if window.whole else tuple([column[0] for column in dated]))
        return found

    def lacking(self, n: int, window: Window, way: int) -> Iterable[Lack]:
        found = self._lacks.get((window, way))
        if found is None:
            found = self._lacks[window, way] = self._lacking(window, way)
        always, by_place = found
        if not by_place:
            return always
        place, day, lacks = self._place(n), self.days[n], always.copy()
        for lack, shelf in by_place:
            start, end = shelf.bounds(window, place, day)
            counted = shelf.prefixes[way + 3]
            if counted[end] > counted[start]:
                lacks.append(lack)
        return lacks

    def _lacking(self, window: Window, way: int) -> tuple[list[Lack], list[tuple[Lack, Shelf]]]:
        """What rows lack that may add to the totals of every row; and where they have a day, the shelves that may add
        to those of some."""
        always = [Lack(shelf.lacks, True) for shelf in self.shelves if shelf.undated[way + 3]]
        dated = [(Lack(shelf.lacks, False), shelf) for shelf in self.shelves if shelf.prefixes[way + 3][-1]]
        return ([*always, *(lack for lack, _ in dated)], []) if window.whole else (always, dated)

    def doubtful(self, n: int, window: Window, way: int) -> Iterable[tuple[Lack, int]]:
        place = self._place(n)
        for shelf in self.shelves:
            for row, dated in shelf.among(window, place, self.days[n], way):
                if row != self.rows[n]:
                    yield Lack(shelf.lacks, not dated), row


class OpenAccount(SurroundedAccount):
    """Rows that lack the same and agree in what they have: each may be of any account that agrees with them, a new one
    too. What the account adds lies between the least and the most that one of them does."""

    __slots__ = ("_maybe",)

    placed = False

    def __init__(
        self, around: Around, key: Key, parts: Sequence[Sums], days: Sequence[int], rows: Sequence[int]
    ) -> None:
        super().__init__(around, key, parts, days, rows)
        self._maybe: Sequence[Sums] | None = None

    def _place(self, n: int) -> int | None:
        return place(self.rows[n], self.days[n] or None)

    @property
    def lack(self) -> Lack:
        """What its rows lack."""
        return Lack(self._around.lacks(self.key), self._around.dated and not self.days[0])

    def members(self, n: int, window: Window, itself: bool) -> Iterator[int]:
        return iter((n,) if itself else ())

    def count(self, n: int, window: Window, itself: bool, way: int) -> int:
        return self.parts[n][way + 2] + self.parts[n][way + 3] if itself else 0

    def lacking(self, n: int, window: Window, way: int) -> Iterable[Lack]:
        yield self.lack
        yield from super().lacking(n, window, way)

    def candidates(self, n: int, window: Window, way: int) -> Iterable[int]:
        place, day = self._place(n), self.days[n]
        for account in self._around.agreeing(self.key):
            start = start_of(window, day) if window.back and day else 0
            for row, at, where, adds in zip(account.rows, account.days, account.places, account.parts, strict=True):
                before = window.whole or place is None or where is None or where < place
                if before and at > start - (not window.back) and adds[way + 2] + adds[way + 3]:
                    yield row

    @property
    def maybe(self) -> Sequence[Sums]:
        """What each row adds to a total that it may be in or not."""
        if self._maybe is None:
            self._maybe = tuple(map(perhaps, self.parts))
        return self._maybe

    def sums(self, n: int, window: Window, itself: bool) -> Sums:
        if not window.whole:
            return super().sums(n, window, itself)
        others = minus(self.whole, self.shelved(n))
        return plus(others, self.parts[n]) if itself else others

    def shelved(self, n: int) -> Sums:
        """What a row adds to its own totals from the shelf on which it is, too."""
        return self.maybe[n]

    def of_all(self) -> Sums:
        accounts = self._around.agreeing(self.key)
        hulls = [_hull([account.ends[way].last for account in accounts]) for way in self._ways]
        return tuple(chain.from_iterable(hulls))

    def others(self, window: Window) -> Columns:
        accounts = self._around.agreeing(self.key)
        found = self._among(accounts, window) if window.back else self._between(accounts)
        if None not in self.places:
            return found
        # A row without a day is on its own shelf, too.
        its = [place is None for place in self.places]
        own = zip(*self.maybe, strict=True)
        return tuple(
            [tuple(map(sub, column, map(mul, its, of_row))) for column, of_row in zip(found, own, strict=True)]
        )

    @property
    def _days(self) -> list[int | None]:
        return [day or None for day in self.days]

    def _among(self, accounts: Sequence[RunningAccount], window: Window) -> Columns:
        """What the rows of these accounts add, each of which may be of the same account or not."""
        found = Shelf((), len(self.parts[0]))
        found.fill(
            (row, day, perhaps(adds))
            for account in accounts
            for row, day, adds in zip(account.rows, account.days, account.parts, strict=True)
        )
        return found.onto(self._zeros, window, self.places, self._days)

    def _between(self, accounts: Sequence[SurroundedAccount]) -> Columns:
        """The hull of the totals of these accounts, up to each row."""
        # What is placed has a place.
        stands: list[Any] = [near.places for near in accounts]
        upto = [
            [len(places) if place is None else bisect_left(places, place) for places in stands] for place in self.places
        ]

        def hulls(*running: Ends) -> Columns:
            found = []
            for here in upto:
                there = zip(running, here, strict=True)
                found.append(_hull([(ends.lows[at], ends.highs[at], ends.rows[at]) for ends, at in there]))
            return tuple(zip(*found, strict=True))

        if not accounts:
            return self._zeros
        return tuple(chain.from_iterable(each(hulls, *(account.ends for account in accounts))))

    @property
    def _zeros(self) -> Columns:
        return ((0,) * len(self.parts),) * len(self.parts[0])

    @property
    def _ways(self) -> range:
        return range(len(self.parts[0]) // 4)


class Seated(OpenAccount):
    """One such row by itself, the last of its day, that is on no shelf. The accounts that it may be of are not made: of
    them their sums are wanted alone."""

    __slots__ = ()

    def shelved(self, n: int) -> Sums:
        return self._nothing

    def of_all(self) -> Sums:
        return tuple([column[0] for column in self.others(_WHOLE)])

    def others(self, window: Window) -> Columns:
        (day,) = self.days
        start = start_of(window, day) if window.back and day else 0
        adds = _perhaps if window.back else _in_all if window.whole else _so_far_of
        each: list[list[tuple[int, int, int]]] = [[] for _ in self._ways]
        for parts, days, _ in self._around.entries_agreeing(self.key):
            end = len(days) if window.whole or not day else bisect_right(days, day)
            columns = zip(*parts[bisect_right(days, start) if start else 0 : end], strict=True)
            for of_way, found in zip(zip(*[columns] * 4, strict=True), each, strict=False):
                found.append(adds(*of_way))
        sums = map(_sum if window.back else _hull, each)
        return tuple([(number,) for of_way in sums for number in of_way])


#: A column of what the rows of an account add.
_Column = Sequence[int]


def _in_all(low: _Column, spread: _Column, sure: _Column, maybe: _Column) -> tuple[int, int, int]:
    """Of all rows the least and the most of their sum, and how many they are."""
    least = sum(low)
    return least, least + sum(spread), sum(sure) + sum(maybe)


def _so_far_of(low: _Column, spread: _Column, sure: _Column, maybe: _Column) -> tuple[int, int, int]:
    """The same of the first of them, however many."""
    return min(accumulate(low)), max(accumulate(map(add, low, spread))), sum(sure) + sum(maybe)


def _perhaps(low: _Column, spread: _Column, sure: _Column, maybe: _Column) -> tuple[int, int, int]:
    """The same if each of them may count or not."""
    high = map(add, low, spread)
    return sum(map(min, low, repeat(0))), sum(map(max, high, repeat(0))), sum(sure) + sum(maybe)


def _sum(each: Iterable[tuple[int, int, int]]) -> Sums:
    """As a total: all of these, each with its least, its most, and its rows."""
    lows, highs, rows = zip((0, 0, 0), *each, strict=True)
    return sum(lows), sum(highs) - sum(lows), 0, sum(rows)


def _hull(each: Iterable[tuple[int, int, int]]) -> Sums:
    """As a total: between nothing and these, each with its least, its most, and its rows."""
    lows, highs, rows = zip((0, 0, 0), *each, strict=True)
    return min(lows), max(highs) - min(lows), 0, max(rows)


def _added(column: tuple[int, ...], more: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(add, column, more)) if any(more) else column
