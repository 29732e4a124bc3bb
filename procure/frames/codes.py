"""A column as small codes into the few distinct values it has: what every step of the engine takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import attrs
import polars as pl

#: Products of distinct counts stay below this, so that no code overflows.
_BOUND = 2**62
#: Codes up to this are translated by a table, which is several times as quick as a hash.
_TABLE = 2**22


@attrs.frozen(eq=False)
class Coded:
    """For each row the number of its value. Where `codes` is None, every row has the first value."""

    codes: pl.Series | None
    values: Sequence[Any]

    def map(self, function: Callable[[Any], Hashable]) -> Coded:
        """The column with every value put through a function; equal results share a code."""
        numbers: dict[Hashable, int] = {}
        table = [numbers.setdefault(function(value), len(numbers)) for value in self.values]
        if self.codes is None or len(numbers) == 1:
            return Coded(None, tuple(numbers)[:1])
        return Coded(pl.Series(table, dtype=_width(len(numbers))).gather(self.codes), tuple(numbers))

    def series(self, values: Sequence[Any], dtype: Any, count: int) -> pl.Series:
        """The column, of `count` rows, that has for each code the value at its place."""
        if self.codes is None:
            return pl.repeat(values[0], count, dtype=dtype, eager=True)
        return pl.Series(values, dtype=dtype).gather(self.codes)

    def numbers(self, count: int) -> pl.Series:
        """The codes, of `count` rows."""
        return pl.zeros(count, pl.UInt8, eager=True) if self.codes is None else self.codes

    def gather(self, rows: pl.Series) -> Coded:
        """The column with its rows in another order."""
        return self if self.codes is None else Coded(self.codes.gather(rows), self.values)


def dense(raw: pl.Series) -> Coded:
    """A column of whole numbers, none below zero and none missing."""
    distinct = raw.unique().sort()
    values = distinct.to_list()
    if not values or values[-1] >= _TABLE:
        codes = pl.Series(range(len(values)), dtype=pl.UInt32)
        return Coded(raw.replace_strict(distinct, codes, return_dtype=pl.UInt32), values)
    width = _width(len(values))
    table = pl.zeros(values[-1] + 1, width, eager=True).scatter(distinct, pl.Series(range(len(values)), dtype=width))
    return Coded(table.gather(raw), values)


def combine(columns: Sequence[Coded]) -> Coded:
    """Several columns as one, whose values are the tuples that occur."""
    found = Coded(None, [()])
    for group in _groups(columns):
        found = _packed([found, *group])
    return found


def _groups(columns: Sequence[Coded]) -> list[list[Coded]]:
    """The columns in runs that fit one number, with room for what came before (a row has one of it at most)."""
    groups: list[list[Coded]] = [[]]
    product = 2**32
    for column in columns:
        if product * len(column.values) >= _BOUND:
            groups.append([])
            product = 2**32
        groups[-1].append(column)
        product *= len(column.values)
    return groups


def _packed(columns: Sequence[Coded]) -> Coded:
    """Columns as one whose values are flat tuples: the first is a tuple already."""
    varying = [column for column in columns if column.codes is not None]
    packed = pl.lit(0, dtype=pl.Int64)
    for column in varying:
        packed = packed * len(column.values) + pl.lit(column.codes).cast(pl.Int64)
    found = dense(pl.select(packed).to_series()) if varying else Coded(None, [0])
    values = []
    for number in found.values:
        parts = []
        for column in reversed(columns):
            at = 0
            if column.codes is not None:
                number, at = divmod(number, len(column.values))
            parts.append(column.values[at])
        before, *rest = reversed(parts)
        values.append((*before, *rest))
    return Coded(found.codes, values)


def _width(count: int) -> Any:
    return pl.UInt8 if count <= 2**8 else pl.UInt16 if count <= 2**16 else pl.UInt32
