"""The rows of one grouping that lack what would place them, in columns: what they may add to the totals of others, and
what their own may be. It says the same as `engines.around`.

A log is taken a stretch of accounts at a time; the rows that lack something are few, and every stretch knows them all.
What they add is looked up once for an account where the day does not matter. What the accounts of a stretch add to such
a row is reduced to a number for each row that asks, before the stretches are put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from operator import add
from typing import Any

import attrs
import polars as pl

from procure.engines.accounts import Lack
from procure.engines.columnar.codes import Coded, combine
from procure.engines.columnar.placing import Order, Unplaced
from procure.engines.columnar.sums import Accounts
from procure.engines.sums import start_of
from procure.policy.totals import Window

#: The column in which all rows agree.
_ALL = "all"


@attrs.frozen
class Has:
    """What rows have that would place them: fields of the grouping by their number, and a day or not."""

    fields: tuple[int, ...]
    day: bool

    def beside(self, other: Has) -> tuple[int, ...]:
        """The fields that both have."""
        return tuple(field for field in self.fields if field in other.fields)

    def lack(self, every: int) -> Lack:
        return Lack(tuple(field for field in range(every) if field not in self.fields), not self.day)


@attrs.frozen(eq=False)
class PlacedAlike:
    """Rows that all have the same of what would place them: the fields of each account, by their number; the account of
    each row, its rank in the order of all, and its day."""

    has: Has
    fields: pl.DataFrame
    account: pl.Series
    rank: pl.Series
    day: pl.Series


@attrs.frozen(eq=False)
class Added:
    """What rows apart may add to others, by what they lack: to all rows of an account, or to each row by its rank."""

    account: pl.Series
    to_accounts: Mapping[Lack, pl.DataFrame]
    to_rows: Mapping[Lack, pl.DataFrame]

    def to_each(self) -> list[pl.DataFrame]:
        """The same row by row."""
        if not self.to_accounts:
            return list(self.to_rows.values())
        return [*self.to_rows.values(), reduce(add, self.to_accounts.values())[self.account]]

    def lacks(self, at: int) -> Coded:
        """What rows lack that may add to a way of counting."""
        lacks = [*self.to_accounts, *self.to_rows]
        to_accounts, to_rows = (
            [Coded((frame[f"maybe {at}"] > 0).cast(pl.UInt8), (False, True)) for frame in frames.values()]
            for frames in (self.to_accounts, self.to_rows)
        )
        return combine([combine(to_accounts).gather(self.account), *to_rows]).map(
            lambda parts: tuple([lack for lack, adds in zip(lacks, (*parts[0], *parts[1:]), strict=True) if adds])
        )


class Agreeing:
    """Rows by what they agree in, each of which has a number; and in the order of all."""

    def __init__(self, known: pl.DataFrame, past: int) -> None:
        self._names = known.columns
        # In order: the same rows are numbered by several threads and processes, whose numbers are put together.
        self._known = known.unique(maintain_order=True).with_row_index("number")
        self._past = past
        #: How many differ: the number of those that agree with none.
        self.count: int = len(self._known)

    @classmethod
    def of(cls, rows: PlacedAlike, shared: Sequence[int], past: int) -> Agreeing:
        """Rows by the fields that they share."""
        return cls(rows.fields.select(_ALL, *map(str, shared)), past)

    def numbers(self, rows: PlacedAlike) -> pl.Series:
        """The number of each of the accounts."""
        sought = rows.fields.select(self._names)
        found = sought.join(self._known, on=self._names, how="left", maintain_order="left")
        return found["number"].fill_null(self.count)

    def key(self, numbers: pl.Series, ranks: pl.Series | int) -> pl.Series:
        """A number in the order of both."""
        return numbers.cast(pl.Int64) * self._past + ranks


class RunningSums:
    """What rows that agree add up to, and up to which rank."""

    def __init__(self, agreeing: Agreeing, numbers: pl.Series, ranks: pl.Series, adds: pl.DataFrame) -> None:
        self._agreeing = agreeing
        # Before the rows of each number, and for those that agree with none, stands one that adds nothing.
        every = _numbers(agreeing.count + 1)
        keys = pl.concat([agreeing.key(every, 0), agreeing.key(numbers, ranks.cast(pl.Int64) + 1)])
        turn = keys.arg_sort()
        self._keys = keys.gather(turn)
        accounts = Accounts.of(pl.concat([every, numbers]).gather(turn))
        _, self._sums = accounts.running(pl.concat([zeros(adds, len(every)), adds])[turn])
        self._last = accounts.last

    def whole(self, numbers: pl.Series) -> pl.DataFrame:
        """What all rows of each of these numbers add."""
        return self._sums[self._last.gather(numbers)]

    def until(self, numbers: pl.Series, ranks: pl.Series) -> pl.DataFrame:
        """What those before these ranks add."""
        return self._sums[self._keys.search_sorted(self._agreeing.key(numbers, ranks) + 1, side="left") - 1]


@attrs.frozen(eq=False)
class Asking:
    """The rows apart that have the same, in the order of all, as they ask what the accounts add that agree with
    them."""

    agreeing: Agreeing
    #: The number of each.
    numbers: pl.Series
    #: Their order, and their numbers and keys in it.
    turn: pl.Series
    ordered: pl.Series
    keys: pl.Series

    @classmethod
    def of(cls, rows: PlacedAlike, past: int) -> Asking:
        agreeing = Agreeing.of(rows, rows.has.fields, past)
        numbers = agreeing.numbers(rows)
        keys = agreeing.key(numbers, rows.rank)
        turn = keys.arg_sort()
        return cls(agreeing, numbers, turn, numbers.gather(turn), keys.gather(turn))

    def first_after(self, numbers: pl.Series, ranks: pl.Series) -> pl.Series:
        """For rows with these numbers and ranks the first that asks after them, by its order; beyond all of them where
        none does."""
        found = self.keys.search_sorted(self.agreeing.key(numbers, ranks), side="right")
        there = self.ordered.extend_constant(self.agreeing.count + 1, 1).gather(found) == numbers
        return found.zip_with(there, pl.Series([len(self.ordered)], dtype=found.dtype))


class AroundColumns:
    """The rows of a log that lack what would place them in one grouping. `adds` is what each may add."""

    def __init__(self, lacking: Unplaced, order: Order, day: pl.Series, first: int, adds: pl.DataFrame) -> None:
        self._order = order
        self._first = first
        self._past = len(order.rank) + 2
        self._adds = adds
        self._fields = lacking.fields
        self.every: int = len(lacking.fields)
        self.apart: pl.Series = lacking.rows.arg_true()
        #: The rows apart by what they have, as places among `apart`.
        self.groups: dict[Has, pl.Series] = dict(self._grouped(lacking.undated))
        #: The same, as rows that are looked at.
        self.alike: dict[Has, PlacedAlike] = {
            has: self._alike(has, self.apart.gather(members), day) for has, members in self.groups.items()
        }
        #: Where each of `apart` stands when they are taken by what they have.
        self.turn: pl.Series = pl.concat(list(self.groups.values())).arg_sort()
        self._table = cache(self._table_of)
        self._asking = cache(lambda has: Asking.of(self.alike[has], self._past))

    @property
    def all(self) -> Has:
        """What a row has that is placed."""
        return Has(tuple(range(self.every)), True)

    def _grouped(self, undated: pl.Series | None) -> Iterator[tuple[Has, pl.Series]]:
        """The rows apart by what they have."""
        bits = pl.zeros(len(self.apart), pl.Int64, eager=True)
        for at, field in enumerate(self._fields):
            known = field.gather(self.apart).series([v is not None for v in field.values], pl.Boolean, len(bits))
            bits = bits + known.cast(pl.Int64) * (1 << at)
        day = 1 << self.every
        bits = bits + day if undated is None else bits + (~undated.gather(self.apart)).cast(pl.Int64) * day
        for each in bits.unique().sort().to_list():
            fields = tuple(at for at in range(self.every) if each >> at & 1)
            yield Has(fields, bool(each & day)), (bits == each).arg_true()

    def _alike(self, has: Has, rows: pl.Series, day: pl.Series) -> PlacedAlike:
        return PlacedAlike(
            has, fields_of(self._fields, rows), _numbers(len(rows)), self._order.rank.gather(rows), day.gather(rows)
        )

    # -- what the rows apart may add to others -----------------------------------------------------------------------

    def added(self, rows: PlacedAlike, window: Window) -> Added:
        """What they may add to the totals of these rows."""
        to_accounts, to_rows = {}, {}
        for other, members in self.groups.items():
            agreeing, table = self._table(other, other.beside(rows.has))
            numbers = agreeing.numbers(rows)
            if other.day and rows.has.day and not window.whole:
                to_rows[other.lack(self.every)] = self._until(table, numbers.gather(rows.account), rows, window)
            else:
                found = table.whole(numbers)
                # Each is among them itself.
                to_accounts[other.lack(self.every)] = found - self._adds[members] if other == rows.has else found
        return Added(rows.account, to_accounts, to_rows)

    def _table_of(self, has: Has, shared: tuple[int, ...]) -> tuple[Agreeing, RunningSums]:
        rows = self.alike[has]
        agreeing = Agreeing.of(rows, shared, self._past)
        return agreeing, RunningSums(agreeing, agreeing.numbers(rows), rows.rank, self._adds[self.groups[has]])

    def _until(self, table: RunningSums, numbers: pl.Series, rows: PlacedAlike, window: Window) -> pl.DataFrame:
        found = table.until(numbers, rows.rank)
        return found - table.until(numbers, self._since(window, rows.day)) if window.back else found

    def _since(self, window: Window, day: pl.Series) -> pl.Series:
        """The rank from which on a window that reaches back from each of these days holds."""
        since = day.cast(pl.Int64)
        past = int(since.max() or 0) + 1  # type: ignore[arg-type]  # it is a number
        begins = [max(start_of(window, self._first + day) + 1 - self._first, 0) for day in range(past)]
        ranks = self._order.days.search_sorted(pl.Series(begins, dtype=self._order.days.dtype), side="left")
        return ranks.gather(since)

    # -- what the accounts add that a row apart may be of ------------------------------------------------------------

    def near(
        self, window: Window, rows: PlacedAlike, own: pl.DataFrame, running: pl.DataFrame, last: pl.Series
    ) -> Mapping[Has, pl.DataFrame]:
        """What `between` needs, by what those have that ask, of rows that are placed: what each adds, the sums as they
        run, and the last row of each account."""
        if window.back:
            each = may_add(own).with_columns(rank=rows.rank)
            return {has: self._agree(has, rows, each) for has in self.groups}
        ends = _ends(running)
        if window.whole:
            by_account = ends[last]
        elif any(not has.day for has in self.groups):
            by_account = _reduced(ends, rows.account, len(last)).sort("slot").drop("slot")
        found = {}
        for has in self.groups:
            asking = self._asking(has)
            numbers = asking.agreeing.numbers(rows)
            if has.day and not window.whole:
                slots = asking.first_after(numbers.gather(rows.account), rows.rank)
                found[has] = _reduced(ends, slots, len(asking.numbers))
            else:
                found[has] = _reduced(by_account, numbers, asking.agreeing.count)
        return found

    def _agree(self, has: Has, rows: PlacedAlike, each: pl.DataFrame) -> pl.DataFrame:
        """Of these rows those that agree with some that ask, with their numbers."""
        agreeing = self._asking(has).agreeing
        found = each.with_columns(number=agreeing.numbers(rows).gather(rows.account))
        return found.filter(pl.col("number") < agreeing.count)

    def between(self, has: Has, window: Window, near: Iterable[pl.DataFrame]) -> pl.DataFrame:
        """For the rows apart that have this: between what the accounts add that agree with them, a new one included."""
        asking, found = self._asking(has), pl.concat(near)
        timed = has.day and not window.whole
        if window.back:
            table = RunningSums(asking.agreeing, found["number"], found["rank"], found.drop("number", "rank"))
            return self._until(table, asking.numbers, self.alike[has], window) if timed else table.whole(asking.numbers)
        slots = _numbers(len(asking.numbers) if timed else asking.agreeing.count).alias("slot").to_frame()
        reduced = _reduced(found.drop("slot"), found["slot"], len(slots))
        ends = slots.join(reduced, on="slot", how="left", maintain_order="left").drop("slot").fill_null(0)
        hull = ends.select(
            pl.min_horizontal(name, 0 * pl.col(name)) if _is_least(name) else pl.max_horizontal(name, 0 * pl.col(name))
            for name in ends.columns
        )
        if timed:
            so_far = hull.with_columns(number=asking.ordered).select(
                (pl.col(name).cum_min() if _is_least(name) else pl.col(name).cum_max()).over("number")
                for name in hull.columns
            )
            hull = so_far[asking.turn.arg_sort()]
        else:
            hull = hull[asking.numbers]
        return hull.select(_spread(name) for name in hull.columns)


def fields_of(fields: Sequence[Coded], rows: pl.Series) -> pl.DataFrame:
    """What these rows have in each field, by its number; and a column in which they all agree."""
    each = {str(at): field.gather(rows).numbers(len(rows)) for at, field in enumerate(fields)}
    return pl.DataFrame({_ALL: pl.zeros(len(rows), pl.UInt8, eager=True), **each})


def _numbers(count: int) -> pl.Series:
    return pl.int_range(count, dtype=pl.UInt32, eager=True)


def zeros(like: pl.DataFrame, count: int) -> pl.DataFrame:
    return pl.DataFrame([pl.zeros(count, dtype, eager=True).alias(name) for name, dtype in like.schema.items()])


def may_add(own: pl.DataFrame) -> pl.DataFrame:
    """What rows add to totals that they may be in or not. None is in them for certain."""
    return own.select(each for at in _ways(own) for each in _may_add(at, own.schema))


def _may_add(at: str, types: Mapping[str, Any]) -> Iterator[pl.Expr]:
    low, sure, spread, maybe = (pl.col(f"{part} {at}") for part in ("low", "sure", "spread", "maybe"))
    least = pl.min_horizontal(low, 0 * low)
    high = low + spread
    yield least.alias(f"low {at}")
    yield (pl.max_horizontal(high, 0 * high) - least).alias(f"spread {at}")
    yield (sure + maybe).alias(f"maybe {at}")
    if f"unread {at}" in types:
        yield pl.col(f"unread {at}")


def _ways(sums: pl.DataFrame) -> list[str]:
    return [name.split()[1] for name in sums.columns if name.startswith("low ")]


def _ends(running: pl.DataFrame) -> pl.DataFrame:
    """Of sums the least and the most, and how many rows they have."""
    return running.select(
        each
        for at in _ways(running)
        for each in (
            pl.col(f"low {at}"),
            (pl.col(f"low {at}") + pl.col(f"spread {at}")).alias(f"high {at}"),
            (pl.col(f"sure {at}") + pl.col(f"maybe {at}")).alias(f"maybe {at}"),
            pl.col(f"^unread {at}$"),
        )
    )


def _is_least(name: str) -> bool:
    return name.startswith("low ")


def _spread(name: str) -> pl.Expr:
    """The same as a part of sums."""
    part, at = name.split()
    return (pl.col(name) - pl.col(f"low {at}")).alias(f"spread {at}") if part == "high" else pl.col(name)


def _reduced(ends: pl.DataFrame, slots: pl.Series, count: int) -> pl.DataFrame:
    """The least and the most of each slot below `count`."""
    names = ends.columns
    return (
        ends.with_columns(slots.alias("slot"))
        .filter(pl.col("slot") < count)
        .group_by("slot")
        .agg(pl.col(name).min() if _is_least(name) else pl.col(name).max() for name in names)
    )
