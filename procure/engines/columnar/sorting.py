"""Rows in an order, by sorting one packed number: many times as quick as sorting by several columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from procure.engines.columnar.chunks import elementwise
from procure.engines.columnar.codes import dense, width

_BITS = 63


def bits(count: int) -> int:
    """How many bits the numbers below `count` take."""
    return max(count - 1, 1).bit_length()


def days(dates: Sequence[dt.date | None]) -> tuple[list[int], int]:
    """Dates as days since the first of them, and a number above all; rows without one count as of the first."""
    there = [date.toordinal() for date in dates if date is not None] or [1]
    first = min(there)
    return [0 if date is None else date.toordinal() - first for date in dates], max(there) - first + 1


def order(keys: Sequence[tuple[pl.Series, int]], count: int) -> tuple[pl.Series, pl.Series]:
    """The rows in the order of the keys, and as they stood where all are equal; and the first key in that order.

    Each key comes with a number that is above all of it; none is below zero."""
    (first, bound), *rest = keys
    places = bits(count)
    if bits(bound) + places > _BITS:
        found = dense(first)
        first, bound = found.numbers(count), len(found.values)
    if bits(bound) + sum(bits(each) for _, each in rest) + places <= _BITS:
        return _sorted([(first, bound), *rest], places)
    # What does not fit one number is ordered by the later keys first, and then by the first one.
    before, _ = order(rest, count)
    turn, in_turn = _sorted([(first.gather(before), bound)], places)
    return before.gather(turn), in_turn


def _sorted(keys: Sequence[tuple[pl.Series, int]], places: int) -> tuple[pl.Series, pl.Series]:
    """The order by keys that fit one number together with the place of the row, of so many bits; and the first key."""
    columns = pl.DataFrame([key.alias(str(n)) for n, (key, _) in enumerate(keys)]).with_row_index("place")
    packed, shift = pl.col("0").cast(pl.Int64), places
    for n, (_, bound) in enumerate(keys[1:], 1):
        packed = packed * (1 << bits(bound)) + pl.col(str(n)).cast(pl.Int64)
        shift += bits(bound)
    done = elementwise(columns, packed * (1 << places) + pl.col("place").cast(pl.Int64)).sort().to_frame("done")
    place = (pl.col("done") & ((1 << places) - 1)).cast(pl.UInt32)
    first = (pl.col("done") // (1 << shift)).cast(width(keys[0][1]))
    return elementwise(done, place), elementwise(done, first)
