"""The sheets that list rows: all of them in their order, and apart those that somebody has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procure.engines.judge import Verdict
from procure.log.rows import Rejected
from procure.phrases import column_name
from procure.report import Report
from procure.words import Words
from procure.writers.workbook.own import other_columns, own_columns, places, ready_columns
from procure.writers.workbook.standing import Row, tint
from procure.writers.workbook.tables import Cell, Column, Table
from procure.writers.workbook.verdicts import verdict_columns

#: What tells a purchase from another.
WHICH = ("id", "date", "unit", "category", "description")
_ALL = "verdict certainty rules turns_on wanting required done tier single totals"
_VIOLATIONS = "certainty rules clause required done turns_on tier single totals"
_EXPOSURES = "rules clause required done turns_on tier single totals"
_UNKNOWN = "missing rules clause required done tier single totals"


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
    rows: list[Row] = [row if isinstance(row, Rejected) else next(findings) for row in report.rows]
    return Table(
        Words("采购记录", "purchases"),
        (*where, *own.values(), *(each for name in _ALL.split() for each in found[name]), *other_columns(report)),
        rows,
        tint,
        fixed=len(where) + (next(iter(own), None) == report.read.by_ready["id"]),
        # A line for each row, as in the log.
        whole=False,
    )


def which(report: Report) -> tuple[Column[Row], ...]:
    """Where a row stood and what it is of."""
    return (*places(report), *ready_columns(report, WHICH))


def _findings(report: Report, name: Words, rows: Sequence[Row], told: str) -> Table[Row]:
    found = verdict_columns(report)
    columns = (*which(report), *(each for name in told.split() for each in found[name]))
    return Table(name, columns, rows, tint, fixed=len(places(report)))


def _rejected(report: Report) -> Table[Rejected]:
    own = own_columns(report)

    def column(row: Rejected) -> Cell:
        """As the log's own header has it."""
        return own[row.column].title if row.column in own else column_name(report.plan, row.column)

    where = places(report)
    columns: tuple[Column[Rejected], ...] = (
        *where,
        Column(Words("栏", "column"), 14, column),
        Column(Words("所填内容", "what it says"), 24, lambda row: row.value),
        Column(Words("未读原因", "why not read"), 44, lambda row: row.why),
        *ready_columns(report, WHICH),
    )
    return Table(Words("未能读取", "not read"), columns, report.rejected, tint, fixed=len(where))
