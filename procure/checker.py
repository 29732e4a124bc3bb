"""The pipeline: rows, evidence, ledger, placing, judge, findings. `check` reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from procure import collector, ledger
from procure.evidence import Evidence, Reader
from procure.findings import Finding
from procure.judge import NOT_APPLICABLE, Judge, Judgement
from procure.ledger import Entry, Memberships, Posted
from procure.notices import notices
from procure.placing import Placed, Placer
from procure.policy import Policy
from procure.records import UNKNOWN, Log, Purchase
from procure.report import Report
from procure.wanting import Wanting
from procure.words import ProcureError, Words

Progress = Callable[[int], None]


@attrs.frozen(eq=False)
class Case:
    """What is to be judged: the rows of a log, as far as each could be read, by the readings of a policy that are in
    question. `year` is the one that is judged, None for any; `one_unit`, that the log tells no units apart."""

    rows: Sequence[Purchase]
    policy: Policy
    year: int | None
    one_unit: bool


@attrs.frozen(eq=False)
class Found:
    """What was found of each row: its evidence, where it stands in the ledger, and the finding."""

    evidence: Sequence[Evidence]
    postings: Sequence[Posted]
    findings: Sequence[Finding]


#: What judges the rows of a log.
Engine = Callable[[Case, Progress | None], Found]


def row_by_row(case: Case, progress: Progress | None) -> Found:
    """The engine in plain Python."""
    policy = case.policy
    read = Reader(policy.catalogue, case.year, policy.parties, policy.standard)
    evidence = [read(purchase) for purchase in case.rows]
    placer = Placer(policy, case.year)
    entries = [
        _entry(purchase, placer.branches(seen)[0], case.one_unit)
        for purchase, seen in zip(case.rows, evidence, strict=True)
    ]
    postings = ledger.post(entries, policy.levels)
    find = Finder(policy, placer, case.one_unit, case.year)
    findings = []
    for done, row in enumerate(zip(case.rows, evidence, postings, strict=True)):
        findings.append(find(*row))
        if progress is not None and done % 1000 == 999:
            progress(1000)
    return Found(evidence, postings, findings)


def check(
    log: Log | Iterable[Purchase],
    policy: Policy,
    *,
    any_year: bool = False,
    progress: Progress | None = None,
    engine: Engine = row_by_row,
) -> Report:
    """Judge every purchase of a log by a policy, under every reading of its text.

    A purchase of zero or less, or of another year than the policy's unless `any_year`, counts in the totals and is
    not judged. `progress` is called now and then with the number of rows done since the last call. `engine` judges the
    rows: `procure.engine("polars")` does so by columns, and finds the same. Raises `ProcureError` for a log with no
    rows.
    """
    log = log if isinstance(log, Log) else Log(tuple(log))
    if not log.rows:
        raise ProcureError(Words("采购记录是空的", "the log is empty"))
    with collector.paused():
        return _check(log, policy, any_year, progress, engine)


def _check(log: Log, policy: Policy, any_year: bool, progress: Progress | None, engine: Engine) -> Report:
    year = None if any_year else policy.year
    # A row that cannot be judged was bought all the same: the ledger takes what of it can be read.
    rows = [row if isinstance(row, Purchase) else row.readable for row in log.rows]
    policy = policy.facing(_data(rows))
    judged_by = policy.narrowed()
    named = any("unit" in source.columns for source in log.sources)
    one_unit = not named and all(purchase.unit is None for purchase in rows)
    found = engine(Case(rows, judged_by, year, one_unit), progress)
    return Report(
        policy,
        log,
        tuple(finding for row, finding in zip(log.rows, found.findings, strict=True) if isinstance(row, Purchase)),
        notices(policy, log, found.evidence, found.postings, one_unit, year),
        any_year,
        tuple(found.postings),
        judged_by,
    )


def _data(purchases: Sequence[Purchase]) -> Iterator[str]:
    """The data of this log without which some question cannot be asked."""
    if any(purchase.department is not None for purchase in purchases):
        yield "department"
    if any(purchase.emergency is not UNKNOWN for purchase in purchases):
        yield "emergency"


def _entry(purchase: Purchase, counts: Memberships, one_unit: bool) -> Entry:
    date, category, unit = purchase.date, purchase.category, purchase.unit
    part = ledger.part(purchase.fen, counts)
    if date is None or category is None or (unit is None and not one_unit):
        return Entry(None, 0, part)
    return Entry((unit, purchase.department, date.year, category), date.toordinal(), part)


_JUDGED = (True,)
_PERHAPS = (True, False)


class Finder:
    """From a placed purchase to its finding. Purchases with equal facts share one judgement."""

    def __init__(self, policy: Policy, placer: Placer, one_unit: bool, year: int | None) -> None:
        self._policy = policy
        self._placer = placer
        self._year = year
        self._judge = Judge(policy)
        self._judgements: dict[tuple[Any, ...], Judgement] = {}
        self._wanting = Wanting(policy, placer, one_unit, dated=self._year is not None)

    def __call__(self, purchase: Purchase, evidence: Evidence, posted: Posted) -> Finding:
        judged = self.judged(purchase)
        if not judged[0]:
            return Finding(purchase, self._policy, NOT_APPLICABLE, posted)
        return self.finding(purchase, evidence, posted, judged, self._placer.place(purchase, evidence, posted))

    def finding(
        self, purchase: Purchase, evidence: Evidence, posted: Posted, judged: tuple[bool, ...], placed: Placed
    ) -> Finding:
        """The finding of a purchase that has its place and that the policy speaks to, perhaps."""
        judgement = self.judgement(evidence, judged, placed)
        missing = self._wanting(judgement, purchase, evidence, posted) if judgement.missing else ()
        return Finding(purchase, self._policy, judgement, posted, missing)

    def judgement(self, evidence: Evidence, judged: tuple[bool, ...], placed: Placed) -> Judgement:
        """What holds of every purchase with this evidence and this place."""
        key = evidence, judged, placed
        found = self._judgements.get(key)
        if found is None:
            found = self._judgements[key] = self._judge({**evidence.options, "judged": judged}, placed)
        return found

    def judged(self, purchase: Purchase) -> tuple[bool, ...]:
        """Whether the policy speaks to this purchase; both where the amount or the date that would say is missing."""
        fen, date, year = purchase.fen, purchase.date, self._year
        if fen is not None and fen <= 0 or year is not None and date is not None and date.year != year:
            return (False,)
        return _PERHAPS if fen is None or year is not None and date is None else _JUDGED
