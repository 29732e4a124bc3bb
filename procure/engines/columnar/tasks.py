"""The engine on Spark for a log that has been read: the distinct facts are found in the tasks, and judged here.

What the cells were read as stays here, except its codes: a task gets numbers, the values behind them once, and gives
the facts once. Spark is the session that is there, or one on this machine.
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

from procure.engines.check import Job, Progress, Result
from procure.engines.columnar.codes import Coded, combine, joined
from procure.engines.columnar.evidence import Cells
from procure.engines.columnar.facts import RowFacts, facts
from procure.engines.columnar.logs import columns, counted, judged
from procure.engines.columnar.spark import parting
from procure.engines.placement import Placer
from procure.policy.plan import Plan

#: What a task gives, as Spark and as Arrow say it.
_SCHEMA = "row long, fact long, task long, facts binary"
_ARROW = pa.schema([("row", pa.int64()), ("fact", pa.int64()), ("task", pa.int64()), ("facts", pa.binary())])
#: Columns of numbers: what their names begin with.
_CODES, _MONEY, _KEYS = "codes ", "money ", "key "


def by_tasks(job: Job, progress: Progress | None) -> Result:
    """The engine on Spark."""
    step = counted(len(job.rows), progress)
    read = columns(job)
    step()
    values = {name: column.values for name, column in read.values.items()}
    keys = {name: read.key(job.plan, name) for name in parting(job.plan) if name in read.values}
    frame = _session().createDataFrame(_numbers(read, keys))
    # A row without a key may be of any account, so that no part of the log can be judged by itself.
    apart = keys and not any(None in key.values for key in keys.values())
    parted = frame.repartition(*(_KEYS + name for name in keys)) if apart else frame.coalesce(1)
    work = partial(_facts, values=values, plan=job.plan)
    distinct = _together(parted.mapInArrow(work, _SCHEMA).toArrow())
    step()
    found = judged(job, read, Placer(job.plan), distinct)
    step()
    return found


def _numbers(read: Cells, keys: Mapping[str, Coded]) -> pa.Table:
    """The columns, and the keys by which the rows are parted, as numbers. Spark's own have no unsigned ones."""
    parts = {_KEYS + name: key.distinct().numbers(read.count).cast(pl.Int64) for name, key in keys.items()}
    codes = {_CODES + name: column.numbers(read.count).cast(pl.Int64) for name, column in read.values.items()}
    money = {_MONEY + name: column for name, column in read.money.items()}
    return pl.DataFrame({"row": pl.int_range(read.count, eager=True), **money, **codes, **parts}).to_arrow()


def _session() -> SparkSession:
    # The workers must be able to import what this process can.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return SparkSession.builder.appName("procure").getOrCreate()


def _facts(
    batches: Iterable[pa.RecordBatch], values: Mapping[str, Sequence[Any]], plan: Plan
) -> Iterator[pa.RecordBatch]:
    """The facts of the rows of one task."""
    here = list(batches)
    if not sum(batch.num_rows for batch in here):
        return
    log = pl.DataFrame(pl.from_arrow(pa.Table.from_batches(here))).sort("row")
    read = {name: Coded(log[_CODES + name].cast(pl.UInt32), list(each)) for name, each in values.items()}
    money = {name.removeprefix(_MONEY): log[name] for name in log.columns if name.startswith(_MONEY)}
    distinct = facts(Cells(read, money, len(log)), plan, Placer(plan))
    found = combine([distinct.facts, distinct.lacking])
    task = TaskContext.get()
    number = 0 if task is None else task.partitionId()
    every = pl.DataFrame({"row": log["row"], "fact": found.numbers(len(log)).cast(pl.Int64)}).with_columns(
        task=pl.lit(number, pl.Int64), facts=pl.lit(None, pl.Binary)
    )
    once = every.head(1).with_columns(row=pl.lit(-1, pl.Int64), facts=pl.lit(pickle.dumps(list(found.values))))
    for batch in pl.concat([once, every]).to_arrow().to_batches(max_chunksize=50_000):
        yield batch.cast(_ARROW)


def _together(rows: pa.Table) -> RowFacts:
    """The facts of all rows, in the order of the log."""
    frame = pl.DataFrame(pl.from_arrow(rows))
    facts = {task: pickle.loads(each) for task, each in frame.filter(pl.col("row") < 0).select("task", "facts").rows()}
    tasks = frame.filter(pl.col("row") >= 0).partition_by("task")
    found = joined([Coded(each["fact"], facts[each["task"][0]]) for each in tasks], [len(each) for each in tasks])
    in_log = found.gather(pl.concat([each["row"] for each in tasks]).arg_sort())
    return RowFacts(in_log.map(lambda each: each[0]), in_log.map(lambda each: each[1]), {})
