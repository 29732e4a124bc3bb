"""The pipeline: rows, evidence, ledger, placing, judge, findings. `check` reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

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


def check(
    log: Log | Iterable[Purchase], policy: Policy, *, any_year: bool = False, progress: Progress | None = None
) -> Report:
    """Judge every purchase of a log by a policy, under every reading of its text.

    A purchase of zero or less, or of another year than the policy's unless `any_year`, counts in the totals and is
    not judged. `progress` is called now and then with the number of rows done since the last call. Raises
    `ProcureError` for a log with no rows.
    """
    log = log if isinstance(log, Log) else Log(tuple(log))
    if not log.rows:
        raise ProcureError(Words("采购记录是空的", "the log is empty"))
    with collector.paused():
        return _check(log, policy, any_year, progress)


def _check(log: Log, policy: Policy, any_year: bool, progress: Progress | None) -> Report:
    # A row that cannot be judged was bought all the same: the ledger takes what of it can be read.
    purchases = [row if isinstance(row, Purchase) else row.readable for row in log.rows]
    year = None if any_year else policy.year
    policy = policy.facing(_data(purchases))
    judged_by = policy.narrowed()
    read = Reader(policy.catalogue, year, policy.parties, policy.standard)
    evidence = [read(purchase) for purchase in purchases]
    placer = Placer(judged_by, year)
    named = any("unit" in source.columns for source in log.sources)
    one_unit = not named and all(purchase.unit is None for purchase in purchases)
    entries = [_entry(p, placer.branches(seen)[0], one_unit) for p, seen in zip(purchases, evidence, strict=True)]
    postings = ledger.post(entries, judged_by.levels)
    find = Finder(judged_by, placer, one_unit, year)
    findings = []
    for done, (row, seen, posted) in enumerate(zip(log.rows, evidence, postings, strict=True)):
        if isinstance(row, Purchase):
            findings.append(find(row, seen, posted))
        if progress is not None and done % 1000 == 999:
            progress(1000)
    return Report(
        policy,
        log,
        tuple(findings),
        notices(policy, log, evidence, postings, one_unit, year),
        any_year,
        tuple(postings),
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
        key = evidence, judged, placed
        judgement = self._judgements.get(key)
        if judgement is None:
            options = {**evidence.options, "judged": judged}
            judgement = self._judgements[key] = self._judge(options, placed)
        missing = self._wanting(judgement, purchase, evidence, posted) if judgement.missing else ()
        return Finding(purchase, self._policy, judgement, posted, missing)

    def judged(self, purchase: Purchase) -> tuple[bool, ...]:
        """Whether the policy speaks to this purchase; both where the amount or the date that would say is missing."""
        fen, date, year = purchase.fen, purchase.date, self._year
        if fen is not None and fen <= 0 or year is not None and date is not None and date.year != year:
            return (False,)
        return _PERHAPS if fen is None or year is not None and date is None else _JUDGED
