"""The engine of a log that has been read: its purchases as columns, of which the core judges the distinct facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from operator import attrgetter
from typing import Any

import polars as pl

from procure import ledger
from procure.checker import Case, Finder, Found, Progress
from procure.findings import Finding
from procure.frames.cells import Read
from procure.frames.codes import Coded, width
from procure.frames.facts import facts
from procure.frames.header import READ
from procure.frames.judging import Judged
from procure.frames.postings import post
from procure.ledger import Sums
from procure.placing import Placer
from procure.records import Purchase


def by_columns(case: Case, progress: Progress | None) -> Found:
    """The engine on polars, in this process."""
    step = told(len(case.rows), progress)
    read, fen = columns(case)
    step()
    placer = Placer(case.policy, case.year)
    distinct = facts(read, fen, case.policy, placer, case.year, case.one_unit).facts
    step()
    found = judged(case, read, placer, distinct)
    step()
    return found


def columns(case: Case) -> tuple[dict[str, Coded], pl.Series]:
    """What was read, field by field, and the amounts in fen."""
    read = {field: _column(case.rows, field) for field in READ if field != "amount"}
    return read, pl.Series([purchase.fen for purchase in case.rows], dtype=pl.Int64)


def _column(rows: Sequence[Purchase], field: str) -> Coded:
    numbers: defaultdict[Any, int] = defaultdict(count().__next__)
    codes = list(map(numbers.__getitem__, map(attrgetter(field), rows)))
    return Coded(pl.Series(codes, dtype=width(len(numbers))), [Read(value) for value in numbers])


def judged(case: Case, read: Mapping[str, Coded], placer: Placer, distinct: Coded) -> Found:
    """What the core finds of the distinct facts, and so of each row."""
    finder = Finder(case.policy, placer, case.one_unit, case.year)
    judge = Judged(finder, placer, case.policy, case.one_unit)
    findings = [judge.finding(*fact) for fact in distinct.values]
    members = [placer.branches(evidence)[0] for _, _, evidence, *_ in distinct.values]
    codes = distinct.numbers(len(case.rows)).to_list()

    def part(row: int) -> Sums:
        return ledger.part(case.rows[row].fen, members[codes[row]])

    placed = distinct.series([where.placed(case.one_unit) for where, *_ in distinct.values], pl.Boolean, len(case.rows))
    postings = post(read, placed, case.policy.levels, part)
    return Found(
        [distinct.values[code][2] for code in codes],
        postings,
        [
            Finding(purchase, case.policy, findings[code].judgement, posted, findings[code].missing)
            for purchase, code, posted in zip(case.rows, codes, postings, strict=True)
        ],
    )


def told(rows: int, progress: Progress | None) -> Callable[[], None]:
    """Tells the progress of a work in three steps, which are not row by row."""
    steps = [rows * (step + 1) // 3 - rows * step // 3 for step in range(3)]

    def step() -> None:
        done = steps.pop(0)
        if progress is not None:
            progress(done)

    return step
