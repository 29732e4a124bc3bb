"""A report as columns: a row for every row of the log, with its place there, so that it joins back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import attrs

from procure.engines.findings import Finding
from procure.engines.judge import Verdict
from procure.log.rows import Rejected, Row
from procure.policy.plan import Plan
from procure.reporting.phrases import span_of, sum_of
from procure.reporting.standing import Checked
from procure.values.words import ProcureError, Words


class Rowed(Checked, Protocol):
    """A report, as far as its columns know it."""

    @property
    def rows(self) -> Sequence[Row | Rejected]: ...


@attrs.frozen
class UnderReading:
    """The verdict on a purchase if one question is answered so and every other as in the working interpretation."""

    finding: Finding
    question: str
    reading: str
    verdict: Verdict


def under_readings(report: Rowed) -> Iterator[UnderReading]:
    """For each purchase that is judged every question left open, and every reading of it."""
    plan = report.plan
    for finding in report.purchases:
        outcome = finding.judgement.outcome
        if outcome.surely is None or outcome.perhaps is None:
            continue
        for asked in plan.left_open:
            for reading in asked.answers:
                answers = {**plan.working, asked.id: reading}
                surely, perhaps = answers in outcome.surely, answers in outcome.perhaps
                verdict = Verdict.VIOLATION if surely else Verdict.UNKNOWN if perhaps else Verdict.COMPLIANT
                yield UnderReading(finding, asked.id, reading, verdict)


def columns(report: Rowed) -> Mapping[str, list[Any]]:
    """The columns by name. `at` is the number of the row in the log, 0 for the first; amounts and totals are texts of
    decimal numbers, exact; `flips`, `missing` and `breached` are words parted by blanks, as in CSV."""
    plan, money = report.plan, report.plan.policy.money
    names = ("at", "file", "sheet", "row", "id", "date", "amount", "verdict", "settled", "flips", "missing", "breached")
    every = (*names, *plan.policy.totals, *(ladder.id for ladder in plan.ladders))
    found: dict[str, list[Any]] = {name: [] for name in every}
    findings = iter(report.purchases)
    for each in report.rows:
        row = each.readable if isinstance(each, Rejected) else each
        finding = None if isinstance(each, Rejected) else next(findings)
        found["at"].append(report.read.kept[row.at])
        found["file"].append(row.origin.file)
        found["sheet"].append(row.origin.sheet)
        found["row"].append(row.origin.row)
        found["id"].append(row.id)
        found["date"].append(row.date)
        found["amount"].append(None if row.minor is None else money.plain(row.minor))
        _judged(plan, found, finding)
    return found


def _judged(plan: Plan, found: dict[str, list[Any]], finding: Finding | None) -> None:
    """What was found of a row; of one that could not be read nothing but that."""
    found["verdict"].append("rejected" if finding is None else finding.verdict.value)
    found["settled"].append(None if finding is None else finding.settled)
    found["flips"].append("" if finding is None else finding.flips_key)
    found["missing"].append("" if finding is None else " ".join(finding.missing))
    found["breached"].append("" if finding is None else " ".join(breach.rule.id for breach in finding.relevant))
    for name in plan.policy.totals:
        measure = plan.working_measures.get(name)
        known = None if finding is None or measure is None else sum_of(plan, measure, finding.total(measure))
        found[name].append(known)
    for ladder in plan.ladders:
        found[ladder.id].append(None if finding is None else span_of(finding.bands[ladder.id]))


def library(name: str) -> Any:
    """A library of frames; raises `ProcureError` where it is not installed."""
    try:
        return __import__(name)
    except ImportError:
        raise ProcureError(
            Words(f"需先安装 {name}：pip install 'procure-check[frames]' {name}", f"needs {name}: pip install {name}")
        ) from None
