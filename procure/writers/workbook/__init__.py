"""The Excel report: the user's own rows with what was found of each, the summary, and a sheet for each matter that
somebody has to look at."""

from __future__ import annotations

import tempfile
from typing import Any

from procure.reporting.report import Report
from procure.values.words import Lang, ProcureError, Words
from procure.writers.workbook.book import ROWS, Book, engine
from procure.writers.workbook.lists import corrections, findings, left_over, others, supply
from procure.writers.workbook.notes import conflicts, notes
from procure.writers.workbook.patterns import tables as patterned
from procure.writers.workbook.questions import questions
from procure.writers.workbook.summary import receipt, summary
from procure.writers.workbook.tables import SheetTable
from procure.writers.workbook.totals import totals

__all__ = ["dumps", "engine"]


def dumps(report: Report, lang: Lang = "zh") -> bytes:
    """The report as a workbook. Raises `ProcureError` where a sheet would have more rows than a sheet can have, and
    where XlsxWriter is not installed; `OSError` where there is no room for what is written on the way."""
    asked = questions(report.plan)
    more: tuple[SheetTable[Any], ...] = (
        findings(report),
        supply(report),
        totals(report),
        *others(report),
        conflicts(report),
        notes(report),
        *([corrections(report)] if report.corrections else ()),
        *([left_over(report)] if report.left_over else ()),
    )
    apart = () if report.patterns is None else tuple(patterned(report.patterns))
    sheets = (*more, *([asked] if asked.rows else []), *apart)
    for table in sheets:
        _must_fit(table)
    # What is written on the way holds the user's purchases: it goes, whatever happens.
    with tempfile.TemporaryDirectory(prefix="procure-", ignore_cleanup_errors=True) as folder:
        book = Book(lang, report.policy.title, report.checked_on, folder, report.policy.money)
        book.page(summary(report))
        for table in sheets:
            book.table(table)
        book.page(receipt(report))
        return book.close()


def _must_fit(table: SheetTable[Any]) -> None:
    rows = len(table.rows)
    if rows > ROWS:
        raise ProcureError(
            Words(
                f"“{table.name.zh}”有 {rows} 行，Excel 工作表只容 {ROWS} 行；请改写为 .csv",
                f"{rows} rows of {table.name.en} do not fit a sheet, which holds {ROWS}: write .csv instead",
            )
        )
