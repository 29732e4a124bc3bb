"""The CSV report: a line for every row that was read or rejected, for a spreadsheet, made line by line.

What the other reports say once, a table can only say on every line: by which policy, limits and adopted readings each
row was judged, from which log, and when. So a line that was sorted, filtered or pasted elsewhere still tells its basis,
and the lines of several checks can be kept in one table. The last cells are those of the row itself, by the policy's
columns that the log has.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from procure.engines.findings import Finding
from procure.log.rows import Row
from procure.reporting.phrases import breach_message, in_order, limit_options, plain, sum_of, tier_of, unjudged_words
from procure.reporting.report import Report
from procure.values.words import Lang
from procure.writers.totals import inert

HEADER = (
    "file",
    "sheet",
    "row",
    "id",
    "verdict",
    "settled",
    "flips",
    "missing",
    "single",
    "accumulated",
    "tier",
    "breached",
    "message",
    "policy",
    "policy_sha256",
    "limits",
    "adopted",
    "log_sha256",
    "checked_on",
)


def dumps(report: Report, lang: Lang = "zh") -> str:
    """The report as CSV text, to be written as UTF-8 with BOM so that spreadsheet programs read it as such."""
    return "".join(lines(report, lang))


def lines(report: Report, lang: Lang = "zh") -> Iterator[str]:
    """The same line by line."""
    line = csv.writer(_Line(), lineterminator="\n").writerow
    basis = _Basis(report)
    # A column of the policy may be called as one of ours is.
    yield line([*HEADER, *(f"log_{name}" if name in HEADER else name for name in basis.columns)])
    for finding in report.purchases:
        purchase, total, measure = finding.purchase, finding.accumulated, finding.measure
        yield line(
            [
                *map(inert, (purchase.origin.file, purchase.origin.sheet)),
                purchase.origin.row,
                inert(purchase.id),
                finding.verdict.value,
                "yes" if finding.settled else "no",
                finding.flips_key,
                " ".join(finding.missing),
                "" if purchase.minor is None else report.policy.money.plain(purchase.minor),
                "" if total is None or measure is None else sum_of(report.plan, measure, total) or "",
                tier_of(finding) or "",
                " ".join(breach.rule.id for breach in finding.relevant),
                _message(finding, lang),
                *basis.of(purchase),
            ]
        )
    for row in report.rejected:
        place = row.origin
        cells = [
            *map(inert, (place.file, place.sheet)),
            place.row,
            inert(row.readable.id),
            "rejected",
            *[""] * 6,
            " ".join(fault.column for fault in row.faults),
        ]
        why = "; ".join(fault.why.say(lang) for fault in row.faults)
        yield line([*cells, why, *basis.of(row.readable)])
    for void in report.void:
        place = void.row.origin
        which = (*map(inert, (place.file, place.sheet)), place.row, inert(void.row.id))
        cells = [*which, "void", *[""] * 7, inert(void.word)]
        yield line([*cells, *basis.of(void.row)])
    for each in report.merged:
        place = each.row.origin
        which = (*map(inert, (place.file, place.sheet)), place.row, inert(each.row.id))
        yield line([*which, "merged", *[""] * 7, inert(str(each.into)), *basis.of(each.row)])


def _message(finding: Finding, lang: Lang) -> str:
    """What was breached; of a purchase that is not judged, why."""
    if finding.unjudged is not None:
        return unjudged_words(finding.plan, finding.unjudged).say(lang)
    return "; ".join(breach_message(finding, breach).say(lang) for breach in finding.relevant)


class _Line:
    """What `csv` writes a line to: the line comes back from `writerow`."""

    def write(self, text: str) -> str:
        return text


class _Basis:
    """What a row was judged by, and what it says: its last cells."""

    def __init__(self, report: Report) -> None:
        policy = report.policy
        self._plan = report.plan
        self.columns = [name for name in in_order(report.whole.columns) if name in report.whole.there and name != "id"]
        self._terms = (policy.id, policy.passage.sha256, " ".join(limit_options(policy)), _pairs(policy.adopted))
        self._logs = {source.file or None: source.sha256 for source in report.read.sources}
        self._date = report.checked_on.isoformat()

    def of(self, row: Row) -> Iterator[str]:
        yield from (*self._terms, self._logs.get(row.origin.file, ""), self._date)
        cells = plain(self._plan, row)
        yield from (inert(cells.get(name)) for name in self.columns)


def _pairs(answers: Mapping[str, str]) -> str:
    """In the form of the command line: `limbs=higher window=running`."""
    return " ".join(f"{name}={value}" for name, value in answers.items())
