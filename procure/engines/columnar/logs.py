"""The engine of a log that has been read: its rows as columns, of which the core judges the distinct facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import polars as pl

from procure.engines.check import Finder, Job, Progress, Result, row_by_row
from procure.engines.columnar.codes import Coded, width
from procure.engines.columnar.evidence import Cells
from procure.engines.columnar.facts import RowFacts, facts
from procure.engines.columnar.judging import Judged
from procure.engines.columnar.postings import post
from procure.engines.findings import Finding
from procure.engines.placement import Placer
from procure.engines.sums import Sums, part
from procure.log.cells import MISSING, Said
from procure.log.rows import Row
from procure.policy.totals import ROWS


def by_columns(job: Job, progress: Progress | None) -> Result:
    """The engine on polars, in this process."""
    if not len(job.rows):
        # A log of void rows alone has nothing to add up.
        return row_by_row(job, progress)
    step = counted(len(job.rows), progress)
    log = columns(job)
    step()
    placer = Placer(job.plan)
    distinct = facts(log, job.plan, placer)
    step()
    found = judged(job, log, placer, distinct)
    step()
    return found


def columns(job: Job) -> Cells:
    """What was read, column by column."""
    values, money = {}, {}
    for name, column in job.plan.built.columns.items():
        read = job.rows.values[name]
        if column.type == "money":
            money[name] = pl.Series([None if isinstance(each, Said) else int(each) for each in read], dtype=pl.Int64)
        if column.type != "money" or column.blank == "none":
            values[name] = _coded(read)
    return Cells(values, money, len(job.rows))


def _coded(values: Sequence[Any]) -> Coded:
    numbers: defaultdict[Any, int] = defaultdict(count().__next__)
    codes = list(map(numbers.__getitem__, values))
    return Coded(pl.Series(codes, dtype=width(len(numbers))), list(numbers))


def judged(job: Job, log: Cells, placer: Placer, distinct: RowFacts) -> Result:
    """What the core finds of the distinct facts, and so of each row."""
    plan, rows = job.plan, job.rows
    found = Judged(Finder(plan, placer), placer, plan)(distinct)
    seen = [each for _, _, each, *_ in distinct.facts.values]
    evidence = [seen[code] for code in distinct.facts.numbers(len(rows)).to_list()]
    sums = [None if way.sum == ROWS else rows.values[way.sum] for way in plan.ways]

    def adds(row: int) -> Sums:
        each = [1 if column is None else column[row] for column in sums]
        amounts = tuple([None if amount is MISSING else int(amount) for amount in each])
        return part(amounts, placer.scenarios(evidence[row])[0], plan.unread)

    postings = post(log, plan, adds, rows.values)
    return Result(
        evidence,
        postings,
        [
            Finding(Row(rows, at), plan, found.values[code].judgement, postings, found.values[code].missing)
            for at, code in enumerate(found.numbers(len(rows)).to_list())
        ],
    )


def counted(rows: int, progress: Progress | None) -> Callable[[], None]:
    """Tells the progress of a work in three steps, which are not row by row."""
    steps = [rows * (step + 1) // 3 - rows * step // 3 for step in range(3)]

    def step() -> None:
        done = steps.pop(0)
        if progress is not None:
            progress(done)

    return step
