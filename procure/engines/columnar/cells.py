"""The cells of a column as the readers read them: each distinct one is read once, by the very function that reads a
file's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs
import polars as pl

from procure.engines.columnar.chunks import elementwise
from procure.engines.columnar.codes import Coded, dense, width
from procure.log.cells import ABSENT, MISSING, as_cell
from procure.log.columns import Column, Manner
from procure.values.words import ProcureError

#: Whole numbers are numbered anew by a table where the range of them is below this.
_NEAR = 2**22
_FAR = 2**62


@attrs.frozen
class Read:
    """What a cell was read as. One that cannot be understood says nothing."""

    value: Any
    fault: bool = False


def reader(column: Column, manner: Manner) -> Callable[[Any], Read]:
    """The function that reads a cell of this column."""

    def outcome(cell: Any) -> Read:
        try:
            return Read(column.read(as_cell(cell), manner))
        except ProcureError:
            return Read(MISSING, fault=True)

    return outcome


def left_out(column: Column, manner: Manner) -> Coded:
    """A column that the log does not have."""
    return Coded(None, (Read(column.read(ABSENT, manner)),))


def read(column: Column, manner: Manner, series: pl.Series) -> Coded:
    """A column, read."""
    return coded(series).map(reader(column, manner))


def coded(column: pl.Series, zone: str | None = None) -> Coded:
    """A column of any type, by its distinct cells; a moment with a time zone is of the day that it is in `zone`."""
    kind = column.dtype
    if kind == pl.Object or kind.is_nested():
        return by_hand(column.to_list())
    if isinstance(kind, pl.Datetime):
        if kind.time_zone is not None and zone is not None:
            column = column.dt.convert_time_zone(zone)
        return coded(column.dt.date())
    if column.null_count() == len(column):
        return Coded(None, (None,))
    if kind == pl.String:
        return coded(column.cast(pl.Categorical))
    if kind in (pl.Categorical, pl.Enum):
        found = _near(column.to_physical())
        return Coded(found.codes, pl.Series(found.values, dtype=pl.UInt32).cat.to(kind).to_list())
    if kind == pl.Date:
        found = _near(column.to_physical())
        return Coded(found.codes, pl.Series(found.values, dtype=pl.Int32).cast(pl.Date).to_list())
    if kind == pl.Boolean:
        return Coded(_narrow(column, pl.col("code").cast(pl.UInt8).fill_null(2), 3), (False, True, None))
    if kind.is_integer() and _close(column.min(), column.max()):
        return _near(column)
    distinct = column.unique().drop_nulls()
    codes = pl.Series(range(len(distinct)), dtype=pl.UInt32)
    numbered = column.replace_strict(distinct, codes, default=None, return_dtype=pl.UInt32)
    return Coded(numbered.fill_null(len(distinct)), [*distinct.to_list(), None])


def _close(least: Any, most: Any) -> bool:
    return bool(-_FAR < least <= most < _FAR and most - least < _NEAR)


def _near(numbers: pl.Series) -> Coded:
    """A column of whole numbers that are not far apart."""
    ends: tuple[Any, Any] = numbers.min(), numbers.max()
    least, most = ends
    from_1 = (pl.col("code").cast(pl.Int64) - least + 1).fill_null(0)
    found = dense(_narrow(numbers, from_1, most - least + 2))
    return Coded(found.codes, [value + least - 1 if value else None for value in found.values])


def _narrow(numbers: pl.Series, expression: pl.Expr, count: int) -> pl.Series:
    """Numbers below `count`, in the smallest type that holds them."""
    return elementwise(numbers.to_frame("code"), expression.cast(width(count)))


def by_hand(cells: Iterable[Any]) -> Coded:
    """Cells of many types, one by one."""
    numbers: dict[Any, int] = {}
    codes = []
    for each in cells:
        cell = as_cell(each)
        codes.append(numbers.setdefault((type(cell), cell), len(numbers)))
    return Coded(pl.Series(codes, dtype=pl.UInt32), [cell for _, cell in numbers])
