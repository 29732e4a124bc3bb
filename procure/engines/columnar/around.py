"""The rows of one grouping that lack what would place them, in columns: what they may add to the totals of others, and
what their own may be. It says the same as `engines.accounts`, by one search and one gather for each set of fields that
some row lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from procure.engines.accounts import Lack
from procure.engines.columnar.codes import Coded, dense
from procure.engines.sums import start_of
from procure.policy.totals import Window

#: Products of distinct counts stay below this, so that no code overflows.
_BOUND = 2**62


@attrs.frozen(eq=False)
class Order:
    """Where each row stands in the order of all: its day since the `first` one, and its place, by day and log, of which
    there are `count` a day."""

    day: pl.Series
    place: pl.Series
    first: int
    count: int

    @classmethod
    def of(cls, day: pl.Series, row: pl.Series, first: int) -> Order:
        count = len(row)
        return cls(day, day.cast(pl.Int64) * count + row.cast(pl.Int64), first, count)

    def since(self, window: Window, rows: pl.Series) -> pl.Series:
        """The place from which on a window that reaches back from each of these rows holds."""
        days = self.day.gather(rows).cast(pl.Int64)
        past = int(days.max() or 0) + 1  # type: ignore[arg-type]  # it is a number
        begins = [max(start_of(window, self.first + day) + 1 - self.first, 0) for day in range(past)]
        return pl.Series(begins, dtype=pl.Int64).gather(days) * self.count


class Table:
    """Rows by a code that is equal where they agree, in the order of all, with what each adds."""

    def __init__(self, code: pl.Series, place: pl.Series, adds: pl.DataFrame) -> None:
        turn = pl.DataFrame({"code": code, "place": place}).select(pl.arg_sort_by("code", "place")).to_series()
        code = code.gather(turn)
        self.adds = adds[turn]
        self._codes = code.unique().sort()
        self._places = place.sort()
        #: The number of each row's code.
        self.number = self._codes.search_sorted(code, side="left").cast(pl.Int64)
        rank = self._places.search_sorted(place.gather(turn), side="left").cast(pl.Int64)
        self._past = len(code) + 1
        self._key = self.number * self._past + rank
        self._prefixes: pl.DataFrame | None = None

    def ends(self, code: pl.Series, since: pl.Series | None, until: pl.Series | None) -> tuple[pl.Series, pl.Series]:
        """The rows with each of these codes, from a place up to another: the first of them, and the first after."""
        at = self._codes.search_sorted(code, side="left").cast(pl.Int64)
        known = self._codes.gather(at.clip(upper_bound=len(self._codes) - 1)) == code
        base = at * self._past
        first = self._key.search_sorted(base if since is None else base + self._rank(since), side="left")
        upto = base + (self._past - 1) if until is None else base + self._rank(until)
        last = self._key.search_sorted(upto, side="left")
        return first, last.zip_with(known & (last > first), first)

    def _rank(self, place: pl.Series) -> pl.Series:
        return self._places.search_sorted(place, side="left").cast(pl.Int64)

    def between(self, ends: tuple[pl.Series, pl.Series]) -> pl.DataFrame:
        """What the rows between these ends add together."""
        if self._prefixes is None:
            self._prefixes = pl.concat([self.adds.clear(1), self.adds]).select(pl.all().fill_null(0).cum_sum())
        first, last = (self._prefixes[end] for end in ends)
        return last - first


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


class Around:
    """`apart` are the rows that lack something, `adds` what each may add, by the names of the sums."""

    def __init__(
        self, fields: Sequence[Coded], undated: pl.Series | None, order: Order, apart: pl.Series, adds: pl.DataFrame
    ) -> None:
        self._fields = [field.distinct() for field in fields]
        self._count = order.count
        self._order = order
        self.apart = apart
        self._adds = adds
        #: The rows apart by what they have, as places among `apart`.
        self.groups: dict[Has, pl.Series] = dict(self._grouped(undated))
        self._codes: dict[tuple[int, ...], pl.Series] = {}
        self._tables: dict[tuple[Has, tuple[int, ...]], Table] = {}

    @property
    def all(self) -> Has:
        """What a row has that is placed."""
        return Has(tuple(range(len(self._fields))), True)

    def lack(self, has: Has) -> Lack:
        return has.lack(len(self._fields))

    def _grouped(self, undated: pl.Series | None) -> Iterator[tuple[Has, pl.Series]]:
        """The rows apart by what they have."""
        bits = pl.zeros(len(self.apart), pl.Int64, eager=True)
        for at, field in enumerate(self._fields):
            known = field.series([value is not None for value in field.values], pl.Boolean, self._count)
            bits = bits + known.gather(self.apart).cast(pl.Int64) * (1 << at)
        day = 1 << len(self._fields)
        bits = bits + day if undated is None else bits + (~undated.gather(self.apart)).cast(pl.Int64) * day
        for each in bits.unique().sort().to_list():
            fields = tuple(at for at in range(len(self._fields)) if each >> at & 1)
            yield Has(fields, bool(each & day)), (bits == each).arg_true()

    def codes(self, fields: tuple[int, ...]) -> pl.Series:
        """Of every row a number that is equal where rows agree in these fields."""
        found = self._codes.get(fields)
        if found is None:
            found, product = pl.zeros(self._count, pl.Int64, eager=True), 1
            for at in fields:
                field = self._fields[at]
                if product * len(field.values) >= _BOUND:
                    packed = dense(found)
                    found, product = packed.numbers(self._count).cast(pl.Int64), len(packed.values)
                product *= len(field.values)
                found = found * len(field.values) + field.numbers(self._count).cast(pl.Int64)
            self._codes[fields] = found
        return found

    # -- what the rows apart may add to others -----------------------------------------------------------------------

    def added(self, rows: pl.Series, has: Has, window: Window) -> tuple[pl.DataFrame, Mapping[Has, pl.DataFrame]]:
        """What they may add to the totals of these rows, which all have this: together, and by what they have."""
        each = {}
        for other, members in self.groups.items():
            shared = other.beside(has)
            table = self._tables.get((other, shared))
            if table is None:
                apart = self.apart.gather(members)
                code, place = self.codes(shared).gather(apart), self._order.place.gather(apart)
                table = self._tables[other, shared] = Table(code, place, self._adds[members])
            timed = other.day and has.day and not window.whole
            found = table.between(self._ends(table, rows, shared, window, timed))
            if other == has and not timed:
                # Each is among them itself.
                found = found - self._adds[members]
            each[other] = found
        together = _zeros(self._adds, len(rows))
        for found in each.values():
            together = together + found
        return together, each

    def _ends(
        self, table: Table, rows: pl.Series, shared: tuple[int, ...], window: Window, timed: bool
    ) -> tuple[pl.Series, pl.Series]:
        code = self.codes(shared).gather(rows)
        if not timed:
            return table.ends(code, None, None)
        since = self._order.since(window, rows) if window.back else None
        return table.ends(code, since, self._order.place.gather(rows))

    # -- what the accounts add that a row apart may be of ------------------------------------------------------------

    def hull(
        self, members: pl.Series, has: Has, window: Window, here: pl.Series, own: pl.DataFrame, running: pl.DataFrame,
        last: pl.Series,
    ) -> pl.DataFrame:  # fmt: skip
        """For the rows apart at these places, which all have this: between what the accounts add that agree with them,
        a new one included. `here` are the rows that are placed, in the order of their accounts, with what each adds and
        the sums as they run; `last` are the last rows of the accounts."""
        rows = self.apart.gather(members)
        code = self.codes(has.fields)
        sought = code.gather(rows)
        timed = has.day and not window.whole
        if window.whole:
            here, running = here.gather(last), running[last]
        of_here = code.gather(here)
        some = of_here.is_in(sought.unique().implode()).arg_true()
        adds = may_add(own) if window.back else _ends_of(running)
        table = Table(of_here.gather(some), self._order.place.gather(here.gather(some)), adds[some])
        if not len(some):
            return _zeros(own, len(rows))
        if window.back:
            return table.between(self._ends(table, rows, has.fields, window, timed))
        first, after = self._ends(table, rows, has.fields, window, timed)
        so_far = table.adds.with_columns(table.number.alias("number")).select(
            (pl.col(name).cum_min() if name.startswith("low") else pl.col(name).cum_max()).over("number")
            for name in table.adds.columns
        )
        there = after > first
        found = so_far[after.cast(pl.Int64).zip_with(there, pl.Series([1], dtype=pl.Int64)) - 1]
        return _hull(found, there, own.columns)


def _zeros(like: pl.DataFrame, count: int) -> pl.DataFrame:
    return pl.DataFrame([pl.zeros(count, dtype, eager=True).alias(name) for name, dtype in like.schema.items()])


def may_add(own: pl.DataFrame) -> pl.DataFrame:
    """What rows add to totals that they may be in or not."""
    return own.select(each for at in _ways(own) for each in _may_add(at, own.schema))


def _may_add(at: str, types: Mapping[str, Any]) -> list[pl.Expr]:
    low, sure, spread, maybe = (pl.col(f"{part} {at}") for part in ("low", "sure", "spread", "maybe"))
    least = pl.min_horizontal(low, 0 * low)
    high = low + spread
    found = {
        f"low {at}": least,
        f"sure {at}": 0 * sure,
        f"spread {at}": pl.max_horizontal(high, 0 * high) - least,
        f"maybe {at}": sure + maybe,
        f"unread {at}": pl.col(f"unread {at}"),
        f"sunk {at}": pl.col(f"sunk {at}"),
    }
    return [part.cast(types[name]).alias(name) for name, part in found.items()]


def _ways(sums: pl.DataFrame) -> list[str]:
    return [name.split()[1] for name in sums.columns if name.startswith("low ")]


def _ends_of(running: pl.DataFrame) -> pl.DataFrame:
    """Of sums the least and the most, and how many rows they have; all as numbers with a sign."""
    return running.select(
        each
        for at in _ways(running)
        for each in (
            pl.col(f"low {at}"),
            (pl.col(f"low {at}") + pl.col(f"spread {at}")).alias(f"high {at}"),
            (pl.col(f"sure {at}") + pl.col(f"maybe {at}")).alias(f"rows {at}"),
            pl.col(f"unread {at}"),
            pl.col(f"sunk {at}"),
        )
    )


def _hull(found: pl.DataFrame, there: pl.Series, names: Sequence[str]) -> pl.DataFrame:
    """The hull of nothing and these, where they are there, as sums of these names."""
    columns = []
    for at in [name.split()[1] for name in names if name.startswith("low ")]:
        low = pl.when(there).then(pl.min_horizontal(pl.col(f"low {at}"), 0 * pl.col(f"low {at}"))).otherwise(0)
        high = pl.when(there).then(pl.max_horizontal(pl.col(f"high {at}"), 0 * pl.col(f"high {at}"))).otherwise(0)
        rows, unread, sunk = (
            pl.when(there).then(pl.col(f"{part} {at}")).otherwise(0) for part in ("rows", "unread", "sunk")
        )
        columns += [
            low.alias(f"low {at}"),
            (0 * rows).alias(f"sure {at}"),
            (high - low).alias(f"spread {at}"),
            rows.alias(f"maybe {at}"),
            unread.alias(f"unread {at}"),
            sunk.alias(f"sunk {at}"),
        ]
    return found.select(columns).select(names)
