"""What the distinct combinations of cells may stand for: each is built as a purchase once and read by the core."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs
import polars as pl

from procure.amounts import Fen
from procure.evidence import Evidence, Reader
from procure.frames.cells import Read
from procure.frames.chunks import elementwise
from procure.frames.codes import Coded, combine, dense
from procure.frames.positions import Edges
from procure.policy import Policy
from procure.records import Purchase
from procure.terms import Kind

#: The fields that speak for themselves, whatever the others say.
FACETS = ("category", "kind", "in_catalogue", "method", "invited", "quotes", "ground", "emergency")

_DAY = dt.date(2000, 1, 2)


@attrs.frozen
class Approved:
    """An approval as far as it matters: what was said short of a date, or on which side of the purchase's date it is,
    or its date where the purchase has none."""

    said: Any = None
    side: int | None = None
    date: dt.date | None = None

    def cells(self, year: int) -> dict[str, Any]:
        """Such a purchase in a year."""
        day = _DAY.replace(year=year)
        if self.side is not None:
            return {"date": day, "approved_on": day + dt.timedelta(self.side)}
        if self.date is not None:
            return {"date": None, "approved_on": self.date}
        return {"date": day, "approved_on": self.said}


def evidence(read: Reader, policy: Policy, columns: Mapping[str, Coded], fen: pl.Series) -> Coded:
    """The evidence of every row. What its cells were read as stands in `columns`, field by field."""
    alike = {"category": lambda category: policy.catalogue and policy.catalogue.floor(category)}
    facets = [Witness(read, field, alike.get(field, _nothing)).of(columns[field]) for field in FACETS]
    approved = approvals(columns["approved_on"], columns["date"], len(fen))
    year = Coded(None, [_DAY.year])
    if policy.standard is not None:
        year = columns["date"].map(lambda cell: _DAY.year if cell.value is None else cell.value.year)

    def seen(values: tuple[Any, ...]) -> Evidence:
        *told, amount, approved, year = values
        return read(Purchase(**dict(zip(FACETS, told, strict=True)), amount=amount, **approved.cells(year)))

    return combine([*facets, _amounts(policy, fen, {policy.year, None, *year.values}), approved, year]).map(seen)


def _nothing(value: object) -> None:
    return None


def _amounts(policy: Policy, fen: pl.Series, years: Iterable[int | None]) -> Coded:
    """An example of each amount, as far as evidence depends on it: on which side of a floor or a standard it is."""
    floors = policy.catalogue.floors.values() if policy.catalogue else ()
    standard = policy.standard
    standards = {standard.least(kind, year) for kind in Kind for year in years} if standard is not None else set()
    if not (floors or standards):
        return Coded(fen.is_null().cast(pl.UInt8) if fen.null_count() else None, [Fen(1), None])
    # Of a refund it matters how large it is.
    edges = Edges(tuple(sorted({1, *standards, *(edge for floor in floors for edge in (floor, 1 - floor))})))
    return edges.examples(fen).map(lambda amount: None if amount is None else Fen(amount))


class Witness:
    """Tells which values of a field are alike: those that alone make equal evidence, and of which `besides` says the
    same. One of them stands for all."""

    def __init__(self, read: Reader, field: str, besides: Callable[[Any], object]) -> None:
        self._read = read
        self._field = field
        self._besides = besides
        self._first: dict[tuple[Evidence, object], Any] = {}

    def of(self, column: Coded) -> Coded:
        return column.map(self._alike)

    def _alike(self, cell: Read) -> Any:
        key = self._read(Purchase(**{self._field: cell.value})), self._besides(cell.value)
        return self._first.setdefault(key, cell.value)


def approvals(approved: Coded, date: Coded, count: int) -> Coded:
    """Where the approvals stand to the dates of purchase."""
    said = [Approved(None if isinstance(cell.value, dt.date) else cell.value) for cell in approved.values]
    dates = [cell.value if isinstance(cell.value, dt.date) else None for cell in approved.values]
    if not any(dates):
        return Coded(approved.codes, said)
    sides = [Approved(side=side) for side in (-1, 0, 1)]
    apart = [Approved(date=day) for day in dates]
    values = [*said, *apart, *sides]
    cell = pl.col("cell").cast(pl.UInt32)
    days = _day(dates).gather(pl.col("cell"))
    bought = _day([cell.value for cell in date.values]).gather(pl.col("date"))
    code = (
        pl.when(days.is_null())
        .then(cell)
        .when(bought.is_null())
        .then(cell + len(said))
        .otherwise(((days - bought).sign() + (2 * len(said) + 1)).cast(pl.UInt32))
    )
    cells = pl.DataFrame({"cell": approved.numbers(count), "date": date.numbers(count)})
    found = dense(elementwise(cells, code))
    return Coded(found.codes, [values[at] for at in found.values])


def _day(dates: list[dt.date | None]) -> pl.Expr:
    return pl.lit(pl.Series([None if day is None else day.toordinal() for day in dates], dtype=pl.Int32))
