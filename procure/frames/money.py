"""Amounts as exact whole fen, column by column. What is not plain is read cell by cell, by the core."""

from __future__ import annotations

import attrs
import polars as pl

from procure import amounts
from procure.frames import cells
from procure.frames.chunks import elementwise

#: Text that is nothing but a number exact to the fen.
_PLAIN = r"^-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,2})?$"
#: Floats up to this have two decimals to spare.
_FLOAT_BOUND = 1e13


@attrs.frozen(eq=False)
class Amounts:
    """`fen` is missing where there is no amount, or none that can be read; `fault` says which; None where none is."""

    fen: pl.Series
    fault: pl.Series | None = None


def read(column: pl.Series, unit: str) -> Amounts:
    """A column of amounts, in yuan or in the unit that its header names."""
    fen = _plain(column, unit)
    left = column.is_not_null() & fen.is_null()
    if not left.any():
        return Amounts(fen)
    rows = left.arg_true()
    rest = cells.read("amount", column.gather(rows), unit)
    fen = fen.scatter(rows, rest.series([each.value for each in rest.values], pl.Int64, len(rows)))
    if not any(each.fault for each in rest.values):
        return Amounts(fen)
    none = pl.repeat(False, len(column), dtype=pl.Boolean, eager=True)
    return Amounts(fen, none.scatter(rows, rest.series([each.fault for each in rest.values], pl.Boolean, len(rows))))


def _plain(column: pl.Series, unit: str) -> pl.Series:
    """The amounts that a plain pattern reads; the others are missing."""
    kind, value = column.dtype, pl.col("amount")
    if kind.is_integer():
        factor = 100 * amounts.UNITS[unit]
        bound = (amounts.BOUND - 1) // factor
        found = pl.when(value.is_between(-bound, bound)).then(value).cast(pl.Int64) * factor
    elif unit != "元":
        found = _none()
    elif isinstance(kind, pl.Decimal):
        column = column.to_physical()
        found = _decimal(value, kind.scale)
    elif kind.is_float():
        value = value.cast(pl.Float64)
        whole = (value * 100).round()
        # Polars divides a column by a number as it multiplies by its reciprocal, which is not as exact.
        exact = (value.abs() < _FLOAT_BOUND) & (whole / (whole * 0 + 100) == value)
        found = pl.when(exact).then(whole).cast(pl.Int64)
    elif kind == pl.String:
        number = pl.when(value.str.contains(_PLAIN)).then(value.str.replace_all(",", "", literal=True))
        found = number.cast(pl.Decimal(18, 2)).to_physical().cast(pl.Int64)
    else:
        found = _none()
    return elementwise(column.to_frame("amount"), found)


def _none() -> pl.Expr:
    return pl.repeat(None, pl.len(), dtype=pl.Int64)


def _decimal(number: pl.Expr, scale: int) -> pl.Expr:
    """A decimal, of which `number` is the whole number of its last places."""
    # One that has too many digits to be scaled up is out of range as well.
    bound, over = amounts.BOUND, 10 ** max(scale - 2, 0)
    under = 10 ** max(2 - scale, 0)
    plain = (number.abs() < bound * over // under) & (number % over == 0)
    found: pl.Expr = pl.when(plain).then(number // over) * under
    return found.cast(pl.Int64)
