"""The cells of a column as the readers read them: each distinct one is read once, by the very function that reads a
file's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

import attrs
import polars as pl

from procure import records
from procure.frames.codes import Coded, dense
from procure.readers.frames import as_cell
from procure.readers.rows import read_amount
from procure.records import Purchase
from procure.words import ProcureError

#: What a field is in a log that does not have it.
LEFT_OUT: Final = {field: getattr(Purchase(), "fen" if field == "amount" else field) for field in records.COLUMNS}


@attrs.frozen
class Read:
    """What a cell was read as. One that cannot be read is as good as none at all, and makes its row rejected."""

    value: Any
    fault: bool = False


def reader(field: str, unit: str = "元") -> Callable[[Any], Read]:
    """The function that reads a cell of this field."""
    read = partial(read_amount, unit=unit, decimal_comma=False) if field == "amount" else records.COLUMNS[field]

    def outcome(cell: Any) -> Read:
        try:
            return Read(read(as_cell(cell)))
        except ProcureError:
            return Read(LEFT_OUT[field], fault=True)

    return outcome


def left_out(field: str) -> Coded:
    return Coded(None, (Read(LEFT_OUT[field]),))


def read(field: str, column: pl.Series, unit: str = "元") -> Coded:
    """A column, read."""
    return coded(column).map(reader(field, unit))


def coded(column: pl.Series) -> Coded:
    """A column of any type, by its distinct cells."""
    kind = column.dtype
    if kind == pl.String:
        return _by_number(column.cast(pl.Categorical))
    if kind in (pl.Categorical, pl.Enum, pl.Date):
        return _by_number(column)
    if kind == pl.Object or kind.is_nested():
        return by_hand(column.to_list())
    if kind == pl.Boolean:
        return Coded(column.cast(pl.UInt8).fill_null(2), (False, True, None))
    if isinstance(kind, pl.Datetime):
        return coded(column.dt.date())
    distinct = column.unique().drop_nulls()
    values = [*distinct.to_list(), None]
    codes = pl.Series(range(len(distinct)), dtype=pl.UInt32)
    if column.null_count() == len(column):
        return Coded(None, (None,))
    numbered = column.replace_strict(distinct, codes, default=None, return_dtype=pl.UInt32)
    return Coded(numbered.fill_null(len(distinct)) if column.null_count() else numbered, values)


def _by_number(column: pl.Series) -> Coded:
    """A column whose cells are numbers underneath: dates and categories."""
    numbers = column.to_physical()
    least: Any = numbers.min()
    if least is None:
        return Coded(None, (None,))
    found = dense((numbers.cast(pl.Int64) - least + 1).fill_null(0))
    shifted = pl.Series([value + least - 1 if value else None for value in found.values], dtype=numbers.dtype)
    cells = shifted.cast(column.dtype) if column.dtype == pl.Date else shifted.cat.to(column.dtype)
    return Coded(found.codes, cells.to_list())


def by_hand(cells: Iterable[Any]) -> Coded:
    """Cells of many types, one by one."""
    numbers: dict[Any, int] = {}
    codes = []
    for each in cells:
        cell = as_cell(each)
        codes.append(numbers.setdefault((type(cell), cell), len(numbers)))
    return Coded(pl.Series(codes, dtype=pl.UInt32), [cell for _, cell in numbers])
