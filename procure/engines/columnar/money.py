"""Amounts as exact whole minor units, column by column. What is not plain is read cell by cell, by the core."""

from __future__ import annotations

import re

import attrs
import polars as pl

from procure.engines.columnar import cells
from procure.engines.columnar.chunks import elementwise
from procure.engines.columnar.codes import Coded
from procure.log.cells import MISSING, blank
from procure.log.columns import Column, Manner
from procure.log.signs import settled
from procure.log.taxes import Basis
from procure.log.units import Counted
from procure.values.money import BOUND, UNITS

#: Floats up to this have their decimals to spare.
_FLOAT_BOUND = 1e13


@attrs.frozen(eq=False)
class Amounts:
    """`minor` is missing where there is no amount, or none that can be read; `fault` says which; None where none is."""

    minor: pl.Series
    fault: pl.Series | None = None


def counted(column: Column, manner: Manner, series: pl.Series, unit: Counted, says: Coded) -> Amounts:
    """A column of amounts, of which its header says in what they are counted, and each row where it `says` so."""
    units = [unit if own is None else own for own in says.values]
    if says.codes is None or len(set(units)) == 1:
        return _in_unit(column, manner, series, units[0])
    minor = pl.repeat(None, len(series), dtype=pl.Int64, eager=True)
    fault = pl.repeat(False, len(series), dtype=pl.Boolean, eager=True)
    for code, each in enumerate(units):
        rows = (says.codes == code).arg_true()
        found = _in_unit(column, manner, series.gather(rows), each)
        minor = minor.scatter(rows, found.minor)
        fault = fault if found.fault is None else fault.scatter(rows, found.fault)
    return Amounts(minor, fault)


def on_basis(
    basis: Basis,
    own: Amounts | None = None,
    net: Amounts | None = None,
    tax: Amounts | None = None,
    gross: Amounts | None = None,
) -> Amounts:
    """The amounts that are wanted, of the columns that a frame has: as `log/taxes.py` says it of a row. One that cannot
    be made of what a row says is at fault."""
    wanted, other, added = (gross, net, 1) if basis == "gross" else (net, gross, -1)
    there = [each for each in (wanted, other, tax, own) if each is not None]
    tried = [] if wanted is None else [wanted.minor]
    if other is not None and tax is not None:
        tried.append(other.minor + added * tax.minor)
    if wanted is None and own is not None:
        tried.append(own.minor)
    none = pl.repeat(None, len(there[0].minor), dtype=pl.Int64, eager=True)
    minor = pl.select(pl.coalesce(none, *tried)).to_series()
    faulty = [each.fault for each in there if each.fault is not None]
    said = [each.minor.is_not_null() for each in (other, own) if each is not None]
    return Amounts(minor, minor.is_null() & pl.select(pl.any_horizontal(*faulty, *said, pl.lit(False))).to_series())


def balanced(debit: Amounts, credit: Amounts) -> Amounts:
    """The amounts of debits and credits, as `log/directions.py` says it of a row: what cannot be understood of either,
    and a negative credit, leave none."""
    none = pl.repeat(False, len(debit.minor), dtype=pl.Boolean, eager=True)
    faulty = [none if each.fault is None else each.fault for each in (debit, credit)]
    fault = faulty[0] | faulty[1] | (credit.minor < 0).fill_null(False)
    blank = debit.minor.is_null() & credit.minor.is_null()
    sums = debit.minor.fill_null(0) - credit.minor.fill_null(0)
    return Amounts(pl.select(pl.when(fault | blank).then(None).otherwise(sums)).to_series(), fault)


def _in_unit(column: Column, manner: Manner, series: pl.Series, unit: Counted) -> Amounts:
    if isinstance(unit, str):
        return read(column, attrs.evolve(manner, unit=unit), series)
    blanks = cells.coded(series)
    fault = blanks.series([not blank(cell) for cell in blanks.values], pl.Boolean, len(series))
    return Amounts(pl.repeat(None, len(series), dtype=pl.Int64, eager=True), fault)


def read(column: Column, manner: Manner, series: pl.Series) -> Amounts:
    """A column of amounts, in major units or in one multiple of them."""
    if not manner.sure and series.dtype == pl.String:
        manner = attrs.evolve(manner, sure=settled(series.unique().to_list(), manner.decimal))
    minor = _plain(series, manner)
    left = series.is_not_null() & minor.is_null()
    if not left.any():
        return Amounts(minor)
    rows = left.arg_true()
    rest = cells.read(column, manner, series.gather(rows))
    amounts = [None if each.value is MISSING else each.value for each in rest.values]
    minor = minor.scatter(rows, rest.series(amounts, pl.Int64, len(rows)))
    if not any(each.fault for each in rest.values):
        return Amounts(minor)
    none = pl.repeat(False, len(series), dtype=pl.Boolean, eager=True)
    return Amounts(minor, none.scatter(rows, rest.series([each.fault for each in rest.values], pl.Boolean, len(rows))))


def _plain(series: pl.Series, manner: Manner) -> pl.Series:
    """The amounts that a plain pattern reads; the others are missing."""
    kind, value, decimals = series.dtype, pl.col("amount"), manner.currency.decimals
    scale = 10**decimals
    if kind.is_integer():
        factor = scale * UNITS[manner.unit]
        bound = (BOUND - 1) // factor
        found = pl.when(value.is_between(-bound, bound)).then(value).cast(pl.Int64) * factor
    elif UNITS[manner.unit] != 1:
        found = _none()
    elif isinstance(kind, pl.Decimal):
        series = series.to_physical()
        found = _decimal(value, kind.scale, decimals)
    elif kind.is_float():
        value = value.cast(pl.Float64)
        whole = (value * scale).round()
        # Polars divides a column by a number as it multiplies by its reciprocal, which is not as exact.
        exact = (value.abs() < _FLOAT_BOUND) & (whole / (whole * 0 + scale) == value)
        found = pl.when(exact).then(whole).cast(pl.Int64)
    elif kind == pl.String:
        found = _text(value, manner)
    else:
        found = _none()
    return elementwise(series.to_frame("amount"), found)


def _text(value: pl.Expr, manner: Manner) -> pl.Expr:
    """Text that is nothing but a number exact to the minor unit."""
    decimals, point = manner.currency.decimals, manner.decimal
    comma = "," if point == "." else "."
    rest = rf"(?:{re.escape(point)}[0-9]{{1,{decimals}}})?" if decimals else ""
    plain = rf"^-?(?:[0-9]{{1,12}}|[0-9]{{1,3}}(?:{re.escape(comma)}[0-9]{{3}}){{1,3}}){rest}$"
    number: pl.Expr = pl.when(value.str.contains(plain)).then(value.str.replace_all(comma, "", literal=True))
    if point != ".":
        number = number.str.replace(point, ".", literal=True)
    return number.cast(pl.Decimal(18, decimals)).to_physical().cast(pl.Int64)


def _none() -> pl.Expr:
    return pl.repeat(None, pl.len(), dtype=pl.Int64)


def _decimal(number: pl.Expr, scale: int, decimals: int) -> pl.Expr:
    """A decimal, of which `number` is the whole number of its last places."""
    # One that has too many digits to be scaled up is out of range as well.
    bound, over = BOUND, 10 ** max(scale - decimals, 0)
    under = 10 ** max(decimals - scale, 0)
    plain = (number.abs() < bound * over // under) & (number % over == 0)
    found: pl.Expr = pl.when(plain).then(number // over) * under
    return found.cast(pl.Int64)
