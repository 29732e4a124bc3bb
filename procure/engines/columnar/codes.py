"""A column as small codes into the few distinct values it has: what every step of the engine takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import repeat
from typing import Any

import attrs
import polars as pl

from procure.engines.columnar.chunks import elementwise

#: Products of distinct counts stay below this, so that no code overflows.
_BOUND = 2**62
#: Codes up to this are translated by a table, which is several times as quick as a hash.
_TABLE = 2**22


@attrs.frozen(eq=False)
class Coded:
    """For each row the number of its value; several numbers may stand for equal values. Where `codes` is None, every
    row has the first value."""

    codes: pl.Series | None
    values: Sequence[Any]

    def map(self, function: Callable[[Any], Hashable]) -> Coded:
        """The column with every value put through a function."""
        return Coded(self.codes, [function(value) for value in self.values])

    def series(self, values: Sequence[Any], dtype: Any, count: int) -> pl.Series:
        """The column, of `count` rows, that has for each code the value at its place."""
        if self.codes is None:
            return pl.repeat(values[0], count, dtype=dtype, eager=True)
        return translated(self.codes, pl.Series(values, dtype=dtype))

    def numbers(self, count: int) -> pl.Series:
        """The codes, of `count` rows."""
        return pl.zeros(count, pl.UInt8, eager=True) if self.codes is None else self.codes

    def gather(self, rows: pl.Series) -> Coded:
        """The column with its rows in another order."""
        return self if self.codes is None else Coded(self.codes.gather(rows), self.values)

    def slice(self, start: int, count: int) -> Coded:
        """Some rows that stand together."""
        return self if self.codes is None else Coded(self.codes.slice(start, count), self.values)

    def distinct(self) -> Coded:
        """The same column, in which equal values share a number."""
        numbers: dict[Hashable, int] = {}
        table = [numbers.setdefault(value, len(numbers)) for value in self.values]
        if self.codes is None or len(numbers) == 1:
            return Coded(None, tuple(numbers)[:1])
        if len(numbers) == len(table):
            return self
        return Coded(translated(self.codes, pl.Series(table, dtype=width(len(numbers)))), tuple(numbers))


def translated(codes: pl.Series, table: pl.Series) -> pl.Series:
    """What a table has for each code."""
    return elementwise(codes.to_frame("code"), pl.lit(table).gather(pl.col("code")))


def dense(raw: pl.Series) -> Coded:
    """A column of whole numbers, none below zero and none missing."""
    distinct = raw.unique().sort()
    values = distinct.to_list()
    if not values or values[-1] >= _TABLE:
        codes = pl.Series(range(len(values)), dtype=pl.UInt32)
        numbered = pl.col("raw").replace_strict(distinct, codes, return_dtype=pl.UInt32)
        return Coded(elementwise(raw.to_frame("raw"), numbered), values)
    kind = width(len(values))
    table = pl.zeros(values[-1] + 1, kind, eager=True).scatter(distinct, pl.Series(range(len(values)), dtype=kind))
    return Coded(translated(raw, table), values)


def joined(parts: Sequence[Coded], counts: Sequence[int]) -> Coded:
    """The rows of several columns, one after another; `counts` says how many each has."""
    numbers: dict[Hashable, int] = {}
    tables = [[numbers.setdefault(value, len(numbers)) for value in part.values] for part in parts]
    if len(numbers) == 1:
        return Coded(None, tuple(numbers))
    kind = width(len(numbers))
    columns = [part.series(table, kind, count) for part, table, count in zip(parts, tables, counts, strict=True)]
    return Coded(pl.concat(columns, rechunk=True), tuple(numbers))


def combine(columns: Sequence[Coded]) -> Coded:
    """Several columns as one, whose values are the tuples that occur."""
    found = Coded(None, [()])
    for group in _groups([column.distinct() for column in columns]):
        found = _packed([found, *group])
    return found


def _groups(columns: Sequence[Coded]) -> list[list[Coded]]:
    """The columns in runs that fit one number, with room for what came before (a row has one of it at most)."""
    groups: list[list[Coded]] = [[]]
    product = 1
    for column in columns:
        if product * len(column.values) >= _BOUND:
            groups.append([])
            product = 2**32
        groups[-1].append(column)
        product *= len(column.values)
    return groups


def _packed(columns: Sequence[Coded]) -> Coded:
    """Columns as one whose values are flat tuples: the first is a tuple already."""
    varying = {str(n): column for n, column in enumerate(columns) if column.codes is not None}
    found = Coded(None, [0])
    if varying:
        packed, product = pl.lit(0, pl.UInt8), 1
        for name, column in varying.items():
            product *= len(column.values)
            kind = width(product)
            code = pl.col(name).cast(kind)
            packed = code if product == len(column.values) else packed.cast(kind) * len(column.values) + code
        found = dense(elementwise(pl.DataFrame({name: column.codes for name, column in varying.items()}), packed))
    return Coded(found.codes, _unpacked(pl.Series(found.values, dtype=pl.Int64), columns))


def _unpacked(numbers: pl.Series, columns: Sequence[Coded]) -> list[Any]:
    """The tuples that were packed into these numbers."""
    parts: list[Iterable[Any]] = []
    for column in reversed(columns):
        if column.codes is None:
            parts.append(repeat(column.values[0], len(numbers)))
        else:
            parts.append([column.values[at] for at in (numbers % len(column.values)).to_list()])
            numbers = numbers // len(column.values)
    return [each[0] + each[1:] for each in zip(*reversed(parts), strict=True)]


def width(count: int) -> Any:
    """The smallest type that holds the numbers below `count`."""
    return pl.UInt8 if count <= 2**8 else pl.UInt16 if count <= 2**16 else pl.UInt32 if count <= 2**32 else pl.Int64
