"""Rows in an order, by sorting one packed number: many times as quick as sorting by several columns."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from procure.frames.codes import dense

_BITS = 63


def bits(count: int) -> int:
    """How many bits the numbers below `count` take."""
    return max(count - 1, 1).bit_length()


def order(keys: Sequence[tuple[pl.Series, int]], count: int) -> tuple[pl.Series, pl.Series]:
    """The rows in the order of the keys, and as they stood where all are equal; and the first key in that order.

    Each key comes with a number that is above all of it; none is below zero."""
    (first, bound), *rest = keys
    width = bits(count)
    if bits(bound) + width > _BITS:
        found = dense(first)
        first, bound = found.numbers(count), len(found.values)
    if bits(bound) + sum(bits(each) for _, each in rest) + width <= _BITS:
        packed = pl.lit(first).cast(pl.Int64)
        shift = width
        for key, each in rest:
            packed = packed * (1 << bits(each)) + pl.lit(key).cast(pl.Int64)
            shift += bits(each)
        done = _sorted(packed, width, count)
        return done & ((1 << width) - 1), pl.select(pl.lit(done) // (1 << shift)).to_series()
    # What does not fit one number is ordered by the later keys first, and then by the first one.
    before, _ = order(rest, count)
    done = _sorted(pl.lit(first.gather(before)).cast(pl.Int64), width, count)
    return before.gather(done & ((1 << width) - 1)), pl.select(pl.lit(done) // (1 << width)).to_series()


def _sorted(packed: pl.Expr, width: int, count: int) -> pl.Series:
    place = pl.int_range(count, dtype=pl.Int64)
    return pl.select(packed * (1 << width) + place).to_series().sort()
