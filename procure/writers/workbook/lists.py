"""The sheets that list rows: all of them in their order, and apart those that somebody has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from procure.log.rows import CellFault, Rejected
from procure.reporting.phrases import column_name
from procure.reporting.report import Report
from procure.reporting.standing import Outcome, Standing
from procure.values.words import Words
from procure.writers.workbook.own import other_columns, own_columns, places, ready_columns
from procure.writers.workbook.standing import tint
from procure.writers.workbook.tables import Cell, Column, Table
from procure.writers.workbook.verdicts import verdict_columns

#: What tells a purchase from another.
WHICH = ("id", "date", "unit", "category", "description")
_ALL = "verdict certainty rules turns_on wanting required done tier single totals"
_VIOLATIONS = "certainty rules clause required done lacking turns_on tier single totals"
_EXPOSURES = "rules clause required done turns_on tier single totals"
_UNKNOWN = "missing rules clause required done tier single totals"


def tables(report: Report) -> tuple[Table[Any], ...]:
    """All rows; violations, exposures, what cannot be told; the rows that could not be read; and the cells of others
    that were not understood."""
    found = report.digest.findings
    return (
        _every_row(report),
        _findings(report, Words("违规", "violations"), found(Standing.SETTLED, Standing.DISPUTED), _VIOLATIONS),
        _findings(report, Words("风险提示", "exposures"), found(Standing.EXPOSED), _EXPOSURES),
        _findings(report, Words("缺数据", "cannot tell"), found(Standing.UNKNOWN), _UNKNOWN),
        _rejected(report),
        _not_understood(report),
    )


def _every_row(report: Report) -> Table[Outcome]:
    where, own, found = places(report), own_columns(report), verdict_columns(report)
    findings = iter(report.purchases)
    rows: list[Outcome] = [row if isinstance(row, Rejected) else next(findings) for row in report.rows]
    return Table(
        Words("采购记录", "purchases"),
        (*where, *own.values(), *(each for name in _ALL.split() for each in found[name]), *other_columns(report)),
        rows,
        tint,
        fixed=len(where) + (next(iter(own), None) == report.read.by_ready["id"]),
        # A line for each row, as in the log.
        whole=False,
    )


def which(report: Report) -> tuple[Column[Outcome], ...]:
    """Where a row stood and what it is of."""
    return (*places(report), *ready_columns(report, WHICH))


def _findings(report: Report, name: Words, rows: Sequence[Outcome], told: str) -> Table[Outcome]:
    found = verdict_columns(report)
    columns = (*which(report), *(each for name in told.split() for each in found[name]))
    return Table(name, columns, rows, tint, fixed=len(places(report)))


@attrs.frozen
class _Fault:
    """A cell that was not understood, and its row."""

    fault: CellFault
    row: Outcome


def _rejected(report: Report) -> Table[_Fault]:
    rows = [_Fault(fault, row) for row in report.rejected for fault in row.faults]
    return _faults(report, Words("未能读取", "not read"), rows)


def _not_understood(report: Report) -> Table[_Fault]:
    faults = report.read.faults
    rows = [_Fault(fault, row) for row in report.purchases for fault in faults.get(row.purchase.at, ())]
    return _faults(report, Words("未读懂的格", "not understood"), rows)


def _faults(report: Report, name: Words, rows: Sequence[_Fault]) -> Table[_Fault]:
    """A line for each cell."""
    own = own_columns(report)

    def column(each: _Fault) -> Cell:
        """As the log's own header has it."""
        name = each.fault.column
        return own[name].title if name in own else column_name(report.plan, name)

    def row(each: _Fault) -> Outcome:
        return each.row

    columns: tuple[Column[_Fault], ...] = (
        *(column.of(row) for column in places(report)),
        Column(Words("栏", "column"), 14, column),
        Column(Words("所填内容", "what it says"), 24, lambda each: each.fault.value),
        Column(Words("未读原因", "why not read"), 44, lambda each: each.fault.why),
        *(column.of(row) for column in ready_columns(report, WHICH)),
    )
    return Table(name, columns, rows, lambda each: tint(each.row), fixed=len(places(report)))
