"""The pipeline: rows, evidence, ledger, placement, judge, findings. It reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any

import attrs

from procure.engines import ledger
from procure.engines.evidence import Evidence, FactReader, Memo
from procure.engines.facts import JUDGED
from procure.engines.findings import Finding
from procure.engines.judge import Judge, Judgement
from procure.engines.ledger import Posted, Postings
from procure.engines.missing import MissingData
from procure.engines.placement import Placement, Placer
from procure.engines.sums import Amounts, part
from procure.log.cells import MISSING
from procure.log.rows import Row, Rows
from procure.policy.needs import met
from procure.policy.plan import EITHER, Plan
from procure.policy.policy import Policy
from procure.policy.totals import ROWS, Grouping

Progress = Callable[[int], None]


@attrs.frozen(eq=False)
class Job:
    """What is to be judged: the rows of a log, as far as each could be read, by a plan."""

    rows: Rows
    plan: Plan


@attrs.frozen(eq=False)
class Result:
    """What was found of each row: its evidence, where it stands in the ledger, and the finding."""

    evidence: Sequence[Evidence]
    postings: Postings
    findings: Sequence[Finding]


#: What judges the rows of a log.
Engine = Callable[[Job, Progress | None], Result]


def faced(policy: Policy, rows: Rows, any_year: bool = False) -> Plan:
    """The policy as it faces the rows of a log."""
    there = {name for name in rows.columns if rows.says(name)}
    return policy.plan({*there, *met(policy.built.needs, rows.values, len(rows))}, any_year)


def row_by_row(job: Job, progress: Progress | None) -> Result:
    """The engine in plain Python."""
    plan, rows, count = job.plan, job.rows, len(job.rows)
    values = rows.values
    evidence = FactReader(plan)(values, count)
    placer = Placer(plan)
    amounts = list(amounts_of(plan, values, count))
    memberships = Memo(lambda seen: placer.scenarios(seen)[0])
    parts = list(map(part, amounts, map(memberships.__getitem__, evidence), repeat(plan.unread)))
    days = values[plan.built.date]
    ordinals = [None if day is MISSING else day.toordinal() for day in days]
    postings = ledger.post([fields(plan, each, values) for each in plan.groupings], ordinals, parts)
    find = Finder(plan, placer)
    judged = map(Memo(plan.judges_on).__getitem__, days)
    findings = []
    each = zip(values[plan.built.amount], days, amounts, judged, evidence, postings, strict=True)
    for at, (amount, day, adds, on_day, seen, posted) in enumerate(each):
        row = Row(rows, at)
        judgement, missing = find(row, amount, day, adds, on_day, seen, posted)
        findings.append(Finding(row, plan, judgement, postings, missing))
        if progress is not None and at % 1000 == 999:
            progress(1000)
    return Result(evidence, postings, findings)


def amounts_of(plan: Plan, values: Any, count: int) -> Iterator[Amounts]:
    """What each row has to add to each way of counting; None where it could not be read."""
    return zip(*added(plan, values, count), strict=True) if plan.ways else repeat((), count)


def added(plan: Plan, values: Any, count: int) -> list[list[int | None]]:
    """The same by columns: one for each way of counting."""
    columns: dict[str, list[int | None]] = {ROWS: [1] * count}
    for name in {way.sum for way in plan.ways} - {ROWS}:
        # Bare numbers: what is made of nothing else, the collector of garbage leaves alone.
        columns[name] = [None if value is MISSING else int(value) for value in values[name]]
    return [columns[way.sum] for way in plan.ways]


def fields(plan: Plan, grouping: Grouping, values: Any) -> ledger.Fields:
    """By what the rows are placed in a grouping."""
    columns = [key_column(plan, name, values) for name in grouping.by]
    if grouping.year:
        year = Memo(lambda day: None if day is MISSING else plan.policy.year_of(day))
        columns.append(list(map(year.__getitem__, values[plan.built.date])))
    return ledger.Fields(columns, grouping.dated)


def unplaced(plan: Plan, rows: Rows) -> set[int]:
    """The rows that lack what would place them in some total, by their number."""
    found: set[int] = set()
    undated = {at for at, day in enumerate(rows.values[plan.built.date]) if day is MISSING}
    for grouping in plan.groupings:
        for column in fields(plan, grouping, rows.values).columns:
            found |= {at for at, value in enumerate(column) if value is None}
        if grouping.dated:
            found |= undated
    return found


def key_column(plan: Plan, name: str, values: Any) -> list[Any]:
    """A key column row by row, None where it is not known."""
    value = plan.built.values[name]
    columns = value.columns

    def of(cells: tuple[Any, ...]) -> Any:
        found = value.values(dict(zip(columns, cells, strict=True)))
        return plan.keyed(name, found[0]) if len(found) == 1 and found[0] is not MISSING else None

    return list(map(Memo(of).__getitem__, zip(*(values[column] for column in columns), strict=True)))


class Finder:
    """From a purchase and its place to what is found. Purchases with equal facts share one judgement."""

    def __init__(self, plan: Plan, placer: Placer) -> None:
        self._plan = plan
        self._placer = placer
        self._judge = Judge(plan)
        self._judgements: dict[tuple[Any, ...], Judgement] = {}
        self._missing = MissingData(plan, placer)

    def __call__(
        self,
        purchase: Row,
        amount: Any,
        day: Any,
        adds: Amounts,
        on_day: tuple[bool, ...],
        evidence: Evidence,
        posted: Posted,
    ) -> tuple[Judgement, tuple[str, ...]]:
        """What is found of a purchase, and the columns and limits that would decide it."""
        if not on_day[0] or amount is not MISSING and amount <= 0:
            return self._judge.not_applicable, ()
        judged = EITHER if amount is MISSING else on_day
        judgement = self.judgement(evidence, judged, self._placer.place(amount, day, adds, evidence, posted))
        return judgement, self._missing(judgement, purchase, evidence, posted) if judgement.missing else ()

    @property
    def not_applicable(self) -> Judgement:
        return self._judge.not_applicable

    def judgement(self, evidence: Evidence, judged: tuple[bool, ...], placed: Placement) -> Judgement:
        """What holds of every purchase with this evidence and this place."""
        key = evidence, judged, placed
        found = self._judgements.get(key)
        if found is None:
            found = self._judgements[key] = self._judge({**evidence.options, JUDGED: judged}, placed)
        return found
