"""Spark: the purchases of a unit come together in one task, and each task judges those that came to it.

One shuffle, by unit, since no total spans two units. A task runs the engine on polars over its partition, with the very
rules of the policy; the driver sees no purchase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa

from procure import records
from procure.frames import engine, header, rows
from procure.frames.header import VERDICT_COLUMNS
from procure.policy import Policy


def checked(frame: Any, policy: Policy, columns: Mapping[str, str], order: str, any_year: bool) -> Any:
    """A Spark DataFrame with its verdicts. Its rows come back as its tasks hand them over."""
    from pyspark.sql import types

    found = header.of(frame.columns, columns)
    rows.ordered(frame.columns, order)
    named = {field: frame.columns[at] for field, at in found.fields.items()}
    told = [
        types.StructField(name, types.BooleanType() if name == "settled" else types.StringType())
        for name in VERDICT_COLUMNS
    ]
    check = rows.check_of(policy.facing(_data(frame, named)), any_year)
    return _by_unit(frame, named.get("unit")).mapInArrow(
        partial(_judged, columns=columns, order=order, check=check), types.StructType([*frame.schema.fields, *told])
    )


def _data(frame: Any, named: Mapping[str, str]) -> Iterator[str]:
    """The data that some partition has, and the log with it, without which some question cannot be asked."""
    if "emergency" in named:
        yield "emergency"
    department = named.get("department")
    if department and frame.select(_name(frame[department]).alias("it")).where("it is not null").take(1):
        yield "department"


def _by_unit(frame: Any, unit: str | None) -> Any:
    """All rows of a unit in one partition; all rows in one, where the log is one unit's."""
    return frame.coalesce(1) if unit is None else frame.repartition(_name(frame[unit]))


def _name(column: Any) -> Any:
    """Names as the core tells them apart: folded."""
    from pyspark.sql import functions

    # A function without annotations, of which Spark would make something of its own.
    return functions.udf(lambda cell: records.COLUMNS["unit"](cell), "string", useArrow=False)(column)


def _judged(
    batches: Iterable[pa.RecordBatch], columns: Mapping[str, str], order: str, check: rows.Check
) -> Iterator[pa.RecordBatch]:
    """The rows of one partition with their verdicts. The user's own columns are handed on as they came."""
    here = list(batches)
    if not sum(batch.num_rows for batch in here):
        return
    table = pa.Table.from_batches(here)
    verdicts = rows.judged_arrow(table, columns, order, check)
    for name in VERDICT_COLUMNS:
        column = verdicts[name].cast(engine.PLAIN[name]).to_arrow()
        table = table.append_column(name, column.cast(pa.bool_() if name == "settled" else pa.string()))
    yield from table.to_batches(max_chunksize=10_000)
