"""Rows of one purchase as one, by columns: as `log/onepurchase.py` says it of rows, whose own function says what such
rows come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from procure.engines.columnar.cells import Read, coded
from procure.engines.columnar.codes import Coded, combine
from procure.engines.columnar.money import Amounts
from procure.log.cells import MISSING, Said, as_cell
from procure.log.columns import Column
from procure.log.onepurchase import purchases, said, value_of
from procure.policy.policy import Policy

#: The verdict of a row that was merged into the first of its purchase.
MERGED = "merged"


@attrs.frozen(eq=False)
class Several:
    """The purchases that have several rows: of each the places of its rows, the first of them first, among `count`."""

    rows: Sequence[Sequence[int]]
    count: int

    @property
    def first(self) -> list[int]:
        return [places[0] for places in self.rows]

    @property
    def every(self) -> list[int]:
        return [at for places in self.rows for at in places]

    @property
    def out(self) -> pl.Series:
        """Whether each row is merged into another."""
        rest = [at for places in self.rows for at in places[1:]]
        return pl.repeat(False, self.count, dtype=pl.Boolean, eager=True).scatter(rest, True)

    def parted(self, values: Iterable[Any]) -> list[list[Any]]:
        """The values of `every` row, purchase by purchase."""
        each = iter(values)
        return [[next(each) for _ in places] for places in self.rows]


def several(columns: Mapping[str, pl.Series], name: str, policy: Policy, read: Mapping[str, Coded]) -> Several:
    """The purchases that have several rows, by the column of this name and by the unit."""
    count = len(columns[name])
    value = read[name].map(lambda cell: cell.value) if name in read else coded(columns[name]).map(as_cell)
    units = [name for name, column in policy.built.columns.items() if (column.ready or name) == "unit"]
    unit = read[units[0]].map(lambda cell: cell.value) if units else Coded(None, (None,))
    every = combine([value.map(value_of), unit])
    of = purchases(every.values)
    numbers = {purchase: number for number, purchase in enumerate(dict.fromkeys(of.values()))}
    codes = [numbers[of[each]] if each in of else None for each in every.values]
    rows = every.series(codes, pl.UInt32, count).alias("of").to_frame().with_row_index("at").drop_nulls()
    found = rows.group_by("of", maintain_order=True).agg("at").filter(pl.col("at").list.len() > 1)
    return Several(found["at"].to_list(), count)


def merged(
    found: Several, columns: Mapping[str, Column], once: bool, read: Mapping[str, Coded], amounts: Mapping[str, Amounts]
) -> tuple[dict[str, Coded], dict[str, Amounts]]:
    """The cells and the amounts with each purchase in the place of its first row, and the others left out."""
    stands = (~found.out).arg_true()
    cells = {name: _cells(found, columns[name], once, column).gather(stands) for name, column in read.items()}
    sums = {
        name: _sums(found, columns[name], once, each, read.get(name)) if name in columns else each
        for name, each in amounts.items()
    }
    return cells, {
        name: Amounts(each.minor.gather(stands), None if each.fault is None else each.fault.gather(stands))
        for name, each in sums.items()
    }


def _cells(found: Several, column: Column, once: bool, cells: Coded) -> Coded:
    if cells.codes is None:
        return cells
    every = found.parted([cells.values[code] for code in cells.codes.gather(found.every).to_list()])
    new = [_said(column, once, [each.value for each in group], any(each.fault for each in group)) for group in every]
    numbers = range(len(cells.values), len(cells.values) + len(new))
    codes = cells.codes.cast(pl.UInt32).scatter(found.first, pl.Series(numbers, dtype=pl.UInt32))
    return Coded(codes, [*cells.values, *new])


def _sums(found: Several, column: Column, once: bool, amounts: Amounts, cells: Coded | None) -> Amounts:
    places = found.every
    none = [MISSING] * len(places)
    if cells is not None:
        none = [cells.values[code].value for code in cells.numbers(found.count).gather(places).to_list()]
    minor = amounts.minor.gather(places).to_list()
    values = [missing if each is None else each for each, missing in zip(minor, none, strict=True)]
    no_fault = pl.repeat(False, found.count, dtype=pl.Boolean, eager=True)
    fault = no_fault if amounts.fault is None else amounts.fault
    each = zip(found.parted(values), found.parted(fault.gather(places).to_list()), strict=True)
    new = [_said(column, once, group, any(faults)) for group, faults in each]
    sums = [None if isinstance(one.value, Said) else int(one.value) for one in new]
    return Amounts(
        amounts.minor.scatter(found.first, pl.Series(sums, dtype=pl.Int64)),
        fault.scatter(found.first, pl.Series([one.fault for one in new], dtype=pl.Boolean)),
    )


def _said(column: Column, once: bool, values: list[Any], unread: bool) -> Read:
    value, why = said(column, once, values, unread)
    return Read(value, unread or why is not None)
