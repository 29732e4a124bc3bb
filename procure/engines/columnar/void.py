"""The void rows of a frame: they are taken out before anything is added up, and put back among the verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from procure.engines.columnar import cells
from procure.engines.columnar.codes import combine
from procure.log.columns import Column, Manner
from procure.log.habits import Habits
from procure.log.statuses import STATUS, StatusReader

#: The verdict of a row that counts in nothing, and what is empty of it.
VOID = "void"
EMPTY = ("flips", "breached", "missing")

Columns = Mapping[str, pl.Series]


def rows(columns: Columns, known: Mapping[str, Column], manner: Manner, habits: Habits) -> pl.Series | None:
    """Whether each row is void, by its cells, which are read as the `known` columns of these names; None where none
    is."""
    status = StatusReader(known, habits)
    if not any(name in columns for name in status.names.values()):
        return None
    read = [
        cells.read(known[name], manner, columns[name]) if name in columns else cells.left_out(known[name], manner)
        for name in (status.names[each] for each in STATUS)
    ]
    distinct = combine([column.map(lambda cell: cell.value) for column in read])
    flags = [status.of(*values).void is not None for values in distinct.values]
    return distinct.series(flags, pl.Boolean, len(next(iter(columns.values())))) if any(flags) else None


def beside(
    columns: Columns, void: pl.Series, judged: Callable[[Columns], pl.DataFrame], types: Mapping[str, Any]
) -> pl.DataFrame:
    """The verdicts, which are of these `types`, of the rows that stand, in their places, and of those that are void
    between them."""
    stands = (~void).arg_true()
    found = pl.DataFrame(schema=types)
    if len(stands):
        found = judged({name: column.gather(stands) for name, column in columns.items()})
    return between(found, void, VOID, types)


def between(found: pl.DataFrame, out: pl.Series, verdict: str, types: Mapping[str, Any]) -> pl.DataFrame:
    """These verdicts in the places of their rows, and between them those that are `out`, which have none but this."""
    place = pl.select(pl.when(~out).then((~out).cum_sum().cast(pl.Int64) - 1)).to_series()
    every = pl.DataFrame([column.gather(place) if len(found) else column.clear(len(out)) for column in found])
    answer = dict.fromkeys(EMPTY, "") | {"verdict": verdict}
    return every.with_columns(
        pl.when(pl.lit(out)).then(pl.lit(said)).otherwise(pl.col(name).cast(pl.String)).cast(types[name]).alias(name)
        for name, said in answer.items()
    )
