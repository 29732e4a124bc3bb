"""What the distinct combinations of cells may stand for: each is built as a purchase once and read by the core."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs
import polars as pl

from procure.evidence import Evidence, Reader
from procure.frames.cells import Read
from procure.frames.codes import Coded, combine, dense
from procure.records import Purchase

#: The fields that speak for themselves, whatever the others say.
FACETS = ("category", "kind", "in_catalogue", "method", "invited", "quotes", "ground")

_DAY = dt.date(2000, 1, 2)


@attrs.frozen
class Approved:
    """An approval as far as it matters: what was said short of a date, or on which side of the purchase's date it is,
    or its date where the purchase has none."""

    said: Any = None
    side: int | None = None
    date: dt.date | None = None

    @property
    def cells(self) -> dict[str, Any]:
        """Such a purchase."""
        if self.side is not None:
            return {"date": _DAY, "approved_on": _DAY + dt.timedelta(self.side)}
        return {"date": _DAY if self.date is None else None, "approved_on": self.said if self.date is None else self.date}


def evidence(read: Reader, columns: Mapping[str, Coded], count: int) -> Coded:
    """The evidence of every row. What its cells were read as stands in `columns`, field by field."""
    facets = [Witness(read, field).of(columns[field]) for field in FACETS]
    both = combine([*facets, approvals(columns["approved_on"], columns["date"], count)])

    def seen(values: tuple[Any, ...]) -> Evidence:
        *told, approved = values
        return read(Purchase(**dict(zip(FACETS, told, strict=True)), **approved.cells))

    return both.map(seen)


class Witness:
    """Tells which values of a field are alike: those that alone make equal evidence. One of them stands for all."""

    def __init__(self, read: Reader, field: str) -> None:
        self._read = read
        self._field = field
        self._first: dict[Evidence, Any] = {}

    def of(self, column: Coded) -> Coded:
        return column.map(self._alike)

    def _alike(self, cell: Read) -> Any:
        return self._first.setdefault(self._read(Purchase(**{self._field: cell.value})), cell.value)


def approvals(approved: Coded, date: Coded, count: int) -> Coded:
    """Where the approvals stand to the dates of purchase."""
    said = [Approved(None if isinstance(cell.value, dt.date) else cell.value) for cell in approved.values]
    dates = [cell.value if isinstance(cell.value, dt.date) else None for cell in approved.values]
    if not any(dates):
        return Coded(approved.codes, said).map(lambda value: value)
    sides = [Approved(side=side) for side in (-1, 0, 1)]
    apart = [Approved(date=day) for day in dates]
    values = [*said, *apart, *sides]
    days = pl.lit(approved.series(_days(dates), pl.Int32, count))
    bought = pl.lit(date.series(_days([cell.value for cell in date.values]), pl.Int32, count))
    cell = pl.lit(approved.numbers(count)).cast(pl.Int64)
    code = (
        pl.when(days.is_null())
        .then(cell)
        .when(bought.is_null())
        .then(cell + len(said))
        .otherwise((days - bought).sign().cast(pl.Int64) + (2 * len(said) + 1))
    )
    found = dense(pl.select(code).to_series())
    return Coded(found.codes, [values[at] for at in found.values]).map(lambda value: value)


def _days(dates: list[dt.date | None]) -> list[int | None]:
    return [None if day is None else day.toordinal() for day in dates]
