"""Which way money went, by columns: as `log/directions.py` says it of a row, whose own functions read the words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

import polars as pl

from procure.engines.columnar import cells
from procure.engines.columnar.money import Amounts
from procure.log.columns import Column, Manner
from procure.log.directions import DIRECTION, HINT, DirectionReader, remarks
from procure.log.directions import is_red as says_red
from procure.log.habits import Habits


def directed(
    amounts: Amounts,
    columns: Mapping[str, pl.Series],
    known: Mapping[str, Column],
    manner: Manner,
    habits: Habits,
) -> Amounts:
    """The amounts with those of refunds negative, of a frame with these columns."""
    way = _words(columns, known, manner, habits, len(amounts.minor))
    red = [_red(known[name], manner, columns[name]) for name in remarks(known) if name in columns]
    reds = [each for each in red if each is not None]
    if way is None and not reds:
        return amounts
    none = pl.repeat(False, len(amounts.minor), dtype=pl.Boolean, eager=True)
    is_red, is_credit, is_unknown = (
        none if way is None else (way == name).fill_null(False) for name in ("red", "credit", "unknown")
    )
    is_red, minor = reduce(or_, reds, is_red), amounts.minor
    refused = minor.is_not_null() & ~is_red & (is_unknown | is_credit & (minor < 0).fill_null(False))
    back = pl.when(is_red | is_credit).then(-minor.abs()).otherwise(minor)
    found = pl.select(pl.when(refused).then(None).otherwise(back)).to_series()
    return Amounts(found, refused if amounts.fault is None else amounts.fault | refused)


def _words(
    columns: Mapping[str, pl.Series], known: Mapping[str, Column], manner: Manner, habits: Habits, count: int
) -> pl.Series | None:
    """What the words of each row say; None where none says anything."""
    if DIRECTION not in columns or known[DIRECTION].type != "text":
        return None
    of = DirectionReader(habits).of
    said = cells.read(known[DIRECTION], manner, columns[DIRECTION]).map(lambda cell: of(cell.value))
    return said.series(said.values, pl.String, count) if any(said.values) else None


def _red(column: Column, manner: Manner, series: pl.Series) -> pl.Series | None:
    """Whether the remark of each row says that it is red; None where none does."""
    if series.dtype in (pl.String, pl.Categorical):
        places = series.cast(pl.String).str.contains(HINT).fill_null(False).arg_true()
    else:
        places = series.is_not_null().arg_true()
    said = cells.read(column, manner, series.gather(places)).map(lambda cell: says_red(cell.value))
    if not len(places) or not any(said.values):
        return None
    none = pl.repeat(False, len(series), dtype=pl.Boolean, eager=True)
    return none.scatter(places, said.series(said.values, pl.Boolean, len(places)))
