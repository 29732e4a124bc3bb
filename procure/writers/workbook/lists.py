"""The sheets that list rows: what is to be confirmed, what is to be supplied, all rows in their order, and those that
could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from procure.log.corrections import Correction
from procure.log.rows import CellFault, Rejected
from procure.reporting import phrases
from procure.reporting.report import Confirm, Report
from procure.reporting.standing import Outcome, Standing, purchase_of
from procure.reporting.supplying import Blank
from procure.values.words import Words
from procure.writers.workbook.own import FILE, ROW, SHEET, other_columns, own_columns, places, ready_columns
from procure.writers.workbook.standing import tint
from procure.writers.workbook.tables import Cell, SheetColumn, SheetTable
from procure.writers.workbook.verdicts import verdict_columns

#: The key of a finding that is none any more, and what was entered beside it.
LeftOver: TypeAlias = tuple[str, Mapping[str, object]]
#: What tells a purchase from another.
WHICH = ("id", "date", "unit", "category", "description")
_LEFT, _RIGHT = "verdict certainty", "rules turns_on wanting required done tier single totals"
_EXPOSURES = "rules clause required done turns_on tier single totals"
_UNKNOWN = "missing rules clause required done tier single totals"

#: What an office enters beside a finding, the names by which it is read back, and the words to choose from.
ENTRIES: tuple[tuple[str, Words, int, tuple[Words, ...]], ...] = (
    ("state", Words("核实情况", "confirmed"), 14, (
        Words("待核实", "not yet"), Words("属实", "confirmed"), Words("不属实", "not so"),
        Words("经批准的例外", "excepted"),
    )),
    ("said", Words("情况说明", "explanation"), 20, ()),
    ("measure", Words("整改措施", "what is done"), 20, ()),
    ("who", Words("责任人", "by whom"), 12, ()),
    ("until", Words("期限", "until"), 12, ()),
    ("progress", Words("整改情况", "progress"), 12, (
        Words("未整改", "not begun"), Words("整改中", "under way"), Words("已整改", "done"),
        Words("长期坚持", "continuing"),
    )),
)  # fmt: skip
#: What is entered beside an exception that somebody allowed, besides: without it none becomes a waiver.
EXCEPTION: tuple[tuple[str, Words, int, tuple[Words, ...]], ...] = (
    ("by", Words("例外：批准人", "exception: allowed by"), 14, ()),
    ("document", Words("例外：批准文件", "exception: document"), 20, ()),
    ("day", Words("例外：批准日期", "exception: allowed on"), 12, ()),
)
#: The state of a finding that somebody allowed.
EXCEPTED = ENTRIES[0][3][-1]
#: What is entered where a datum is supplied.
SUPPLIED: tuple[tuple[str, Words, int], ...] = (
    ("new", Words("补填内容", "supplied"), 20),
    ("by", Words("填写人", "by whom"), 12),
    ("document", Words("依据文件", "by which document"), 24),
    ("day", Words("填写日期", "on which day"), 12),
)
#: The column by which a row of the last workbook is found again.
KEY = Words("标识", "key")
OLD = Words("原值", "what it says")
FINDINGS, SUPPLY = Words("疑点", "findings"), Words("待补数据", "data to supply")


def findings(report: Report) -> SheetTable[Confirm]:
    """A line for each purchase and rule to confirm, and room for what comes of it."""
    verdict_cells = verdict_columns(report)
    keys, entered = report.keys, report.entered

    def key(each: Confirm) -> tuple[str, str]:
        return keys[each.purchase.at], each.rule.id

    def found(each: Confirm) -> Outcome:
        return each.finding

    def of_finding(names: str) -> tuple[SheetColumn[Confirm], ...]:
        return tuple(column.of(found) for name in names.split() for column in verdict_cells[name])

    def entry(name: str, title: Words, width: int, choices: tuple[Words, ...]) -> SheetColumn[Confirm]:
        return SheetColumn(title, width, lambda each: _cell(entered.get(key(each), {}).get(name)), choices)

    def waiver(each: Confirm) -> Cell:
        found = report.waived.of(each.finding, each.breach)
        return None if found is None else found.words

    printed: tuple[SheetColumn[Confirm], ...] = (
        *(column.of(found) for column in which(report)),
        *of_finding("certainty"),
        SheetColumn(Words("规定", "rule"), 20, lambda each: each.rule.title),
        SheetColumn(Words("台账所载", "the log shows"), 22, lambda each: each.done),
        *of_finding("single"),
        *([SheetColumn(Words("豁免", "waived"), 26, waiver)] if report.waivers else []),
        *(entry(*each) for each in ENTRIES),
    )
    rest: tuple[SheetColumn[Confirm], ...] = (
        SheetColumn(
            Words("条款原文", "clause"), 38, lambda each: "\n".join(clause.text for clause in each.rule.clauses)
        ),
        SheetColumn(Words("应当", "required"), 28, lambda each: each.rule.required),
        *of_finding("lacking tier totals turns_on"),
        *(entry(*each) for each in EXCEPTION),
        SheetColumn(KEY, 20, lambda each: " ".join(key(each))),
    )
    return SheetTable(
        FINDINGS,
        (*printed, *rest),
        report.findings,
        lambda each: tint(each.finding),
        fixed=len(places(report)),
        printed=len(printed),
    )


def _cell(entry: object) -> Cell:
    return entry if entry is None or isinstance(entry, (int, float, dt.date)) else str(entry)


def supply(report: Report) -> SheetTable[Blank]:
    """A line for each cell that says nothing and would decide something, and room for what it should say."""
    plan = report.plan

    def row(each: Blank) -> Outcome:
        return each.row

    def nothing(each: Blank) -> Cell:
        return None

    columns: tuple[SheetColumn[Blank], ...] = (
        *(column.of(row) for column in which(report)),
        SheetColumn(Words("栏", "column"), 16, lambda each: phrases.column_name(plan, each.column)),
        SheetColumn(OLD, 18, lambda each: each.typed),
        SheetColumn(Words("可判断（笔）", "would decide"), 10, lambda each: each.verdicts),
        *(SheetColumn(title, width, nothing) for _, title, width in SUPPLIED),
        SheetColumn(KEY, 16, lambda each: each.column),
    )
    return SheetTable(SUPPLY, columns, report.digest.blanks, lambda each: tint(each.row), fixed=len(places(report)))


def left_over(report: Report) -> SheetTable[LeftOver]:
    """What was entered last month beside what is no finding any more: nothing that was entered is lost."""
    columns: tuple[SheetColumn[LeftOver], ...] = (
        SheetColumn(KEY, 30, lambda each: each[0]),
        *(SheetColumn(title, width, _entered(name)) for name, title, width, _ in ENTRIES),
    )
    return SheetTable(Words("上次填写未衔接", "left over"), columns, report.left_over)


def _entered(name: str) -> Callable[[LeftOver], Cell]:
    return lambda each: _cell(each[1].get(name))


def corrections(report: Report) -> SheetTable[Correction]:
    """Each cell that was corrected, and what became of that."""
    columns: tuple[SheetColumn[Correction], ...] = (
        SheetColumn(FILE, 24, lambda each: each.origin.file),
        SheetColumn(SHEET, 12, lambda each: each.origin.sheet),
        SheetColumn(ROW, 7, lambda each: each.origin.row),
        SheetColumn(Words("栏", "column"), 16, lambda each: phrases.column_name(report.plan, each.column)),
        SheetColumn(OLD, 18, lambda each: each.old),
        SheetColumn(Words("更正为", "corrected to"), 18, lambda each: each.new),
        SheetColumn(Words("填写人", "by whom"), 12, lambda each: each.by),
        SheetColumn(Words("依据文件", "by which document"), 24, lambda each: each.document),
        SheetColumn(Words("填写日期", "on which day"), 12, lambda each: each.day),
        SheetColumn(Words("处理", "what became of it"), 36, lambda each: each.became.words),
    )
    return SheetTable(Words("更正", "corrections"), columns, report.corrections)


def others(report: Report) -> tuple[SheetTable[Any], ...]:
    """Exposures and what cannot be judged; all rows; the rows that could not be read, and the cells of others that were
    not understood."""
    found = report.digest.findings
    return (
        _listed(report, Words("风险提示", "at risk"), found(Standing.EXPOSED), _EXPOSURES),
        _listed(report, Words("无法判断", "cannot be judged"), found(Standing.UNKNOWN), _UNKNOWN),
        _every_row(report),
        _rejected(report),
        _not_understood(report),
    )


def _every_row(report: Report) -> SheetTable[Outcome]:
    """The log's own cells as they were typed, the verdict at their left."""
    where, own, verdict_cells = places(report), own_columns(report), verdict_columns(report)
    found = iter(report.purchases)
    rows: list[Outcome] = [row if isinstance(row, Rejected) else next(found) for row in report.rows]
    left, right = ([each for name in names.split() for each in verdict_cells[name]] for names in (_LEFT, _RIGHT))
    columns = (*where, *left, *own.values(), *other_columns(report), *right)
    begins = next(iter(own), None) == report.read.by_ready["id"]
    # A line for each row, as in the log.
    return SheetTable(
        Words("全部记录", "all rows"), columns, rows, tint, fixed=len(where) + len(left) + begins, whole=False
    )


def which(report: Report) -> tuple[SheetColumn[Outcome], ...]:
    """Where a row stood and what it is of."""
    return (*places(report), *ready_columns(report, WHICH))


def _listed(report: Report, name: Words, rows: Sequence[Outcome], verdict_cells: str) -> SheetTable[Outcome]:
    found = verdict_columns(report)
    columns = (*which(report), *(each for name in verdict_cells.split() for each in found[name]))
    return SheetTable(name, columns, rows, tint, fixed=len(places(report)))


@attrs.frozen
class _Fault:
    """A cell that was not understood, and its row."""

    fault: CellFault
    row: Outcome


def _rejected(report: Report) -> SheetTable[_Fault]:
    rows = [_Fault(fault, row) for row in report.rejected for fault in row.faults]
    return _faults(report, Words("未能读取", "not read"), rows)


def _not_understood(report: Report) -> SheetTable[_Fault]:
    faults = report.read.faults
    rows = [_Fault(fault, row) for row in report.purchases for fault in faults.get(purchase_of(row).at, ())]
    return _faults(report, Words("未读懂的格", "not understood"), rows)


def _faults(report: Report, name: Words, rows: Sequence[_Fault]) -> SheetTable[_Fault]:
    """A line for each cell."""
    own = own_columns(report)

    def column(each: _Fault) -> Cell:
        """As the log's own header has it."""
        name = each.fault.column
        return own[name].title if name in own else phrases.column_name(report.plan, name)

    def row(each: _Fault) -> Outcome:
        return each.row

    columns: tuple[SheetColumn[_Fault], ...] = (
        *(column.of(row) for column in places(report)),
        SheetColumn(Words("栏", "column"), 14, column),
        SheetColumn(Words("所填内容", "what it says"), 24, lambda each: each.fault.value),
        SheetColumn(Words("未读原因", "why not read"), 44, lambda each: each.fault.why),
        *(column.of(row) for column in ready_columns(report, WHICH)),
    )
    return SheetTable(name, columns, rows, lambda each: tint(each.row), fixed=len(places(report)))
