"""The sheets that list rows: all of them in their order, and apart those that somebody has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procure.judge import Verdict
from procure.phrases import COLUMN_NAMES
from procure.records import NAMES, Purchase, Rejected
from procure.report import Report
from procure.words import Words
from procure.writers.workbook.own import other_columns, own_columns, places
from procure.writers.workbook.standing import Row, tint
from procure.writers.workbook.tables import Cell, Column, Table
from procure.writers.workbook.verdicts import verdict_columns

#: What tells a purchase from another.
WHICH = ("id", "date", "unit", "category", "item")
_ALL = "verdict certainty rules turns_on wanting required done tier single accumulated counted"
_VIOLATIONS = "certainty rules clause required done turns_on tier single accumulated counted"
_EXPOSURES = "rules clause required done turns_on tier single accumulated counted"
_UNKNOWN = "missing rules clause required done tier single accumulated counted"


def tables(report: Report) -> tuple[Table[Any], ...]:
    """All rows; violations, exposures, what cannot be told; and the rows that could not be read."""
    settled = report.with_verdict(Verdict.VIOLATION, settled=True)
    disputed = report.with_verdict(Verdict.VIOLATION, settled=False)
    return (
        _every_row(report),
        _findings(report, Words("违规", "violations"), (*settled, *disputed), _VIOLATIONS),
        _findings(report, Words("风险提示", "exposures"), report.exposures, _EXPOSURES),
        _findings(report, Words("缺数据", "cannot tell"), report.unknown, _UNKNOWN),
        _rejected(report),
    )


def _every_row(report: Report) -> Table[Row]:
    where, own, found = places(report), own_columns(report), verdict_columns(report)
    findings = iter(report.purchases)
    rows: list[Row] = [next(findings) if isinstance(row, Purchase) else row for row in report.log.rows]
    return Table(
        Words("采购记录", "purchases"),
        (*where, *own.values(), *(found[name] for name in _ALL.split() if name in found), *other_columns(report)),
        rows,
        tint,
        fixed=len(where) + (next(iter(own), None) == "id"),
        # A line for each row, as in the log.
        whole=False,
    )


def which(report: Report) -> tuple[Column[Row], ...]:
    """Where a row stood and what it is of."""
    own = own_columns(report)
    return (*places(report), *(own[column] for column in WHICH if column in own))


def _findings(report: Report, name: Words, rows: Sequence[Row], told: str) -> Table[Row]:
    found = verdict_columns(report)
    columns = (*which(report), *(found[column] for column in told.split() if column in found))
    return Table(name, columns, rows, tint, fixed=len(places(report)))


def _rejected(report: Report) -> Table[Rejected]:
    own = own_columns(report)
    titles = {column: own[column].title if column in own else words for column, words in NAMES.items()}

    def column(row: Rejected) -> Cell:
        """As the log's own header has it."""
        return titles.get(row.column, COLUMN_NAMES["row"])

    where = places(report)
    columns: tuple[Column[Rejected], ...] = (
        *where,
        Column(Words("栏", "column"), 14, column),
        Column(Words("所填内容", "what it says"), 24, lambda row: row.value),
        Column(Words("未读原因", "why not read"), 44, lambda row: row.why),
        *(own[column] for column in WHICH if column in own),
    )
    return Table(Words("未能读取", "not read"), columns, report.rejected, tint, fixed=len(where))
