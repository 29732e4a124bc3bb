"""The engine of a log on Spark: the purchases of a unit come together in one task, each task finds the distinct facts
of those that came to it, and the driver judges these.

A task gets numbers, and what they stand for along with the code; it gives for each row the number of its fact, and the
facts once. Spark is the session that is there, or one on this machine.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql import SparkSession

from procure.checker import Case, Found, Progress
from procure.frames.codes import Coded, joined
from procure.frames.facts import facts
from procure.frames.logs import columns, judged, told
from procure.placing import Placer
from procure.policy import Policy

#: What a task gives, as Spark and as Arrow say it.
_SCHEMA = "row long, fact long, task long, facts binary"
_ARROW = pa.schema([("row", pa.int64()), ("fact", pa.int64()), ("task", pa.int64()), ("facts", pa.binary())])


def by_tasks(case: Case, progress: Progress | None) -> Found:
    """The engine on Spark."""
    step = told(len(case.rows), progress)
    read, fen = columns(case)
    step()
    values = {field: column.values for field, column in read.items()}
    codes = {field: column.numbers(len(fen)).cast(pl.Int64) for field, column in read.items()}
    # Spark's own columns have no unsigned numbers.
    log = pl.DataFrame({"row": pl.int_range(len(fen), eager=True), "fen": fen, **codes}).to_arrow()
    work = partial(_facts, values=values, policy=case.policy, year=case.year, one_unit=case.one_unit)
    frame = _session().createDataFrame(log)
    parted = frame.coalesce(1) if case.one_unit else frame.repartition("unit")
    distinct = _together(parted.mapInArrow(work, _SCHEMA).toArrow())
    step()
    found = judged(case, read, Placer(case.policy, case.year), distinct)
    step()
    return found


def _session() -> SparkSession:
    # The workers must be able to import what this process can.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return SparkSession.builder.appName("procure").getOrCreate()


def _facts(
    batches: Iterable[pa.RecordBatch],
    values: Mapping[str, Sequence[Any]],
    policy: Policy,
    year: int | None,
    one_unit: bool,
) -> Iterator[pa.RecordBatch]:
    """The facts of the rows of one task."""
    here = list(batches)
    if not sum(batch.num_rows for batch in here):
        return
    log = pl.DataFrame(pl.from_arrow(pa.Table.from_batches(here))).sort("row")
    read = {field: Coded(log[field].cast(pl.UInt32), list(each)) for field, each in values.items()}
    found = facts(read, log["fen"], policy, Placer(policy, year), year, one_unit).facts
    task = TaskContext.get()
    number = 0 if task is None else task.partitionId()
    every = pl.DataFrame({"row": log["row"], "fact": found.numbers(len(log)).cast(pl.Int64)}).with_columns(
        task=pl.lit(number, pl.Int64), facts=pl.lit(None, pl.Binary)
    )
    once = every.head(1).with_columns(row=pl.lit(-1, pl.Int64), facts=pl.lit(pickle.dumps(list(found.values))))
    for batch in pl.concat([once, every]).to_arrow().to_batches(max_chunksize=50_000):
        yield batch.cast(_ARROW)


def _together(rows: pa.Table) -> Coded:
    """The facts of all rows, in the order of the log."""
    frame = pl.DataFrame(pl.from_arrow(rows))
    facts = {task: pickle.loads(each) for task, each in frame.filter(pl.col("row") < 0).select("task", "facts").rows()}
    tasks = frame.filter(pl.col("row") >= 0).partition_by("task")
    found = joined([Coded(each["fact"], facts[each["task"][0]]) for each in tasks], [len(each) for each in tasks])
    return found.gather(pl.concat([each["row"] for each in tasks]).arg_sort())
