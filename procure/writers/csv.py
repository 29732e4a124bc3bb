"""The CSV report: a line for every row that was read or rejected, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from procure import amounts
from procure.phrases import breach_message, flips_key, sum_of
from procure.report import Report
from procure.words import Lang
from procure.writers.json import tier_of

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
)


def dumps(report: Report, lang: Lang = "zh") -> str:
    """The report as CSV text, to be written as UTF-8 with BOM so that spreadsheet programs read it as such."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for finding in report.purchases:
        purchase, total = finding.purchase, finding.accumulated
        writer.writerow(
            [
                *map(inert, (purchase.origin.file, purchase.origin.sheet)),
                purchase.origin.row,
                inert(purchase.id),
                finding.verdict.value,
                "yes" if finding.settled else "no",
                flips_key(finding),
                " ".join(finding.missing),
                "" if purchase.fen is None else amounts.plain(purchase.fen),
                "" if total is None else sum_of(total),
                tier_of(finding) or "",
                " ".join(breach.rule.id for breach in finding.told()),
                "; ".join(breach_message(finding, breach).say(lang) for breach in finding.told()),
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
            row.column,
        ]
        writer.writerow([*cells, row.why.say(lang)])
    return out.getvalue()


def inert(text: str | None) -> str:
    """Text from a log as a cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text and text[0] in "=+-@\t\r" else text or ""
