"""The face: `check` judges a log by a policy; `unsettled` lists the words of logs that somebody has to settle first."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, overload

from procure.engines.alike import alike, as_one, opened
from procure.engines.check import Engine, Job, Progress, faced, row_by_row, unplaced
from procure.log import onepurchase, statuses
from procure.log.columns import Column
from procure.log.readers import mapping, read
from procure.log.reading import read_rows
from procure.log.records import Log, Purchase
from procure.log.rows import Row
from procure.log.statuses import Void
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.reporting import alike as names_alike
from procure.reporting.advice import Advice, Adviser
from procure.reporting.causes import causes, is_worded
from procure.reporting.notices import notices
from procure.reporting.report import Report, Reports
from procure.values.words import ProcureError, Words


@overload
def check(
    log: Log | Iterable[Purchase] | str | os.PathLike[str] | Any,
    policy: Policy,
    *,
    any_year: bool = False,
    set_aside: bool = False,
    progress: Progress | None = None,
    engine: Engine = row_by_row,
) -> Report: ...
@overload
def check(
    log: Log | Iterable[Purchase] | str | os.PathLike[str] | Any,
    policy: Versions,
    *,
    any_year: bool = False,
    set_aside: bool = False,
    progress: Progress | None = None,
    engine: Engine = row_by_row,
) -> Reports: ...
def check(
    log: Log | Iterable[Purchase] | str | os.PathLike[str] | Any,
    policy: Policy | Versions,
    *,
    any_year: bool = False,
    set_aside: bool = False,
    progress: Progress | None = None,
    engine: Engine = row_by_row,
) -> Report | Reports:
    """Judge every purchase of a log by a policy, under every reading of its text.

    `log` is a `Log`, the path of a file, a data frame, or any iterable of `Purchase`. Its cells are read by the
    policy's columns, words and currency. A purchase of zero or less, or of a day outside the policy's period unless
    `any_year`, counts in the totals and is not judged. A row that lacks what would place it in a total may be in every
    one that agrees with what it has; `set_aside` judges as if such rows, and those that could not be read, were not
    there, and the report says so. A row that is void (cancelled, never awarded) counts in nothing, and is listed.
    `progress` is called now and then with the number of rows done since the last call.
    By several `Versions` of a policy each purchase is judged by the one that was in force on its day, and a report is
    made for each. Rows of one purchase are merged where the log was read so (`one_purchase` of `read`).
    `engine` judges the rows: `procure.engines("polars")` does so by columns, and finds the same.
    Raises `ProcureError` for a log with no rows.

    >>> import procure
    >>> log = procure.read([{"date": "2020-03-05", "category": "chairs", "amount": "9000", "method": "direct"}])
    >>> report = procure.check(log, procure.policies.furong_2020(limits=300_000))
    >>> report
    <Report furong-2020: 1 purchase to confirm, ¥9,000.00. Judged 1 of 1 rows, ¥9,000.00 of ¥9,000.00.>
    """
    found = _log(log)
    if isinstance(policy, Policy):
        return _checked(found, policy, any_year, set_aside, progress, engine)
    each = {name: _checked(found, one, any_year, set_aside, progress, engine) for name, one in policy.policies.items()}
    return Reports(each)


def advise(
    policy: Policy,
    draft: Purchase | Mapping[str, Any],
    *,
    history: Log | Iterable[Purchase] | str | os.PathLike[str] | Any = None,
    any_year: bool = False,
) -> Advice:
    """What would be asked of a purchase before it is made: the bands it would be in, the ways to satisfy them in the
    policy's order, and the safe one that satisfies every reading left open.

    `draft` is what is known of it, by the policy's columns: `{"amount": 3000, "date": "2020-09-01", "unit": "…"}`; what
    it leaves out is asked in the answer. `history` is what was bought so far, as `check` takes a log. To ask about many
    drafts, read the history once: `procure.Adviser(policy, log)`. Raises `ProcureError` for a draft or a log that
    cannot be read.

    >>> import procure
    >>> draft = {"amount": 3_000, "date": "2020-09-01", "category": "chairs", "in_catalogue": "no"}
    >>> procure.advise(procure.policies.furong_2020(limits=300_000), draft)
    <Advice: approved_on: on or before 2020-09-01. Safe: approved_on: on or before 2020-09-01>
    """
    return Adviser(policy, None if history is None else _log(history), any_year)(draft)


def _checked(
    found: Log, policy: Policy, any_year: bool, set_aside: bool, progress: Progress | None, engine: Engine
) -> Report:
    rows = whole = read_rows(found, policy.built.columns, policy.money, policy.decimal, policy.meant)
    if not len(rows):
        raise ProcureError(Words("采购记录是空的", "the log is empty"))
    void = statuses.void(rows, found.habits)
    left_void = tuple(Void(Row(rows, at), word) for at, word in void.items())
    if void:
        rows = rows.without(void)
    rows, merged = onepurchase.merged(rows, found.habits.one_purchase, policy.built.columns)
    plan = faced(policy, rows, any_year)
    aside = unplaced(plan, rows) | rows.refused if set_aside else frozenset[int]()
    left_out = tuple(rows.all[at] for at in sorted(aside))
    if aside:
        rows = rows.without(aside)
    result = engine(Job(rows, plan), progress)
    names = alike(plan, rows.values, found.habits)
    findings = result.findings
    if names:
        others = [engine(Job(rows, one), None).findings for one in as_one(plan, names)]
        findings = list(map(opened, findings, zip(*others, strict=True)))
    return Report(
        plan.policy,
        plan,
        found,
        rows,
        tuple(finding for at, finding in enumerate(findings) if at not in rows.refused),
        (
            *names_alike.notices(plan, rows, names, findings),
            *names_alike.zeros(plan, rows),
            *notices(plan, rows, found.habits, left_void, merged),
        ),
        any_year,
        result.postings,
        left_out,
        left_void,
        merged,
        whole=whole,
    )


def _log(log: Any) -> Log:
    if isinstance(log, Log):
        return log
    if isinstance(log, (str, os.PathLike)) or hasattr(log, "columns") or hasattr(log, "column_names"):
        return read(log)
    return Log.of(log)


def unsettled(logs: Iterable[Log], policy: Policy) -> list[mapping.Unsettled]:
    """The words of these logs that a mapping is to give a meaning, column by column, the most frequent first. Raises
    `ProcureError` for a log in which no table has the columns."""
    found: dict[str, tuple[Column, tuple[Counter[str], Counter[str]]]] = {}
    for log in logs:
        for cause in causes(read_rows(log, policy.built.columns, policy.money, policy.decimal, policy.meant)):
            if is_worded(cause.column):
                counts = found.setdefault(cause.column.name, (cause.column, (Counter(), Counter())))[1]
                counts[cause.several].update(cause.written)
    return [mapping.Unsettled(column, *map(_frequent, counts)) for column, counts in found.values()]


def _frequent(counts: Counter[str]) -> dict[str, int]:
    return dict(counts.most_common())
