"""The sheet of the totals against the bands."""

from __future__ import annotations

from procure.reporting.report import Report
from procure.reporting.totals import AccountTotal
from procure.values.words import Words
from procure.writers.totals import columns
from procure.writers.workbook.tables import SheetColumn, SheetTable

_WIDTHS = {"year": 8, "purchases": 8, "findings": 8, "band": 26, "worst": 26}


def totals(report: Report) -> SheetTable[AccountTotal]:
    """A row for each account, the most money first."""
    columns_shown = columns(report.plan)
    shown = tuple(SheetColumn(column.title, _WIDTHS.get(column.name, 18), column.cell) for column in columns_shown)
    return SheetTable(Words("累计", "totals"), shown, report.digest.totals)
