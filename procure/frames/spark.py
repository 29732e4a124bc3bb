"""Spark: the purchases of a unit come together in one task, and each task judges those that came to it.

One shuffle, by unit, since no total spans two units. A task runs the engine on polars over its partition, with the very
rules of the policy; the driver sees no purchase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa

from procure import records
from procure.frames import backends, header
from procure.policy import Policy

Judge = Callable[[pl.DataFrame], pl.DataFrame]


def checked(frame: Any, policy: Policy, columns: Mapping[str, str], order: str, any_year: bool) -> Any:
    """A Spark DataFrame with its verdicts. Its rows come back as its tasks hand them over."""
    from pyspark.sql import types

    found = header.of(frame.columns, columns)
    backends.ordered(frame.columns, order)
    judge = partial(backends.in_order, columns=columns, order=order, check=backends.check_of(policy, any_year))
    told = [
        types.StructField(name, types.BooleanType() if name == "settled" else types.StringType())
        for name in header.VERDICT_COLUMNS
    ]
    schema = types.StructType([*frame.schema.fields, *told])
    return _by_unit(frame, found.fields.get("unit")).mapInArrow(partial(_judged, judge=judge), schema)


def _by_unit(frame: Any, unit: int | None) -> Any:
    """All rows of a unit in one partition; all rows in one, where the log is one unit's."""
    from pyspark.sql import functions

    if unit is None:
        return frame.coalesce(1)
    # Units are told apart as the core does: by their names, folded.
    name = functions.udf(records.COLUMNS["unit"], "string")
    return frame.repartition(name(frame[frame.columns[unit]]))


def _judged(batches: Iterable[pa.RecordBatch], judge: Judge) -> Iterator[pa.RecordBatch]:
    """The rows of one partition with their verdicts. The user's own columns are handed on as they came."""
    table = pa.Table.from_batches(batches) if (batches := list(batches)) else None
    if table is None or not table.num_rows:
        return
    told = judge(pl.DataFrame(pl.from_arrow(table)))
    for name in header.VERDICT_COLUMNS:
        column = told[name] if name == "settled" else told[name].cast(pl.String)
        table = table.append_column(name, column.to_arrow().cast(pa.bool_() if name == "settled" else pa.string()))
    yield from table.to_batches(max_chunksize=10_000)
