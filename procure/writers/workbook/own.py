"""The user's own columns: where a row stood, and what the log says there, under the log's own headers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from procure import phrases
from procure.readers.columns import unit_of
from procure.records import COLUMNS, NAMES, UNDATED, Rejected, Stated
from procure.report import Report
from procure.terms import Kind, Method
from procure.words import Words
from procure.writers.workbook.standing import Row, origin_of, purchase_of
from procure.writers.workbook.tables import Cell, Column

#: What the readers call a column that has no header; nor has one on whose header the tables do not agree.
_LETTERS = re.compile("(@[A-Z]+)?")
YES, NO = Words("是", "yes"), Words("否", "no")
_UNDATED = Words("有，日期未载明", "yes, undated")
_WIDTHS = {"id": 15, "date": 12, "unit": 18, "category": 18, "item": 28, "amount": 16, "supplier": 22, "ground": 22,
           "note": 22}  # fmt: skip

_FILE: Column[Row] = Column(Words("文件", "file"), 24, lambda row: origin_of(row).file)
_SHEET: Column[Row] = Column(Words("工作表", "sheet"), 12, lambda row: origin_of(row).sheet)
_ROW: Column[Row] = Column(Words("行号", "row"), 7, lambda row: origin_of(row).row)


def places(report: Report) -> tuple[Column[Row], ...]:
    """Where each row stood: the row number, and file and sheet where there are several."""
    rows = report.log.rows
    several = len({(row.origin.file, row.origin.sheet) for row in rows}) > 1
    columns = (
        (several, _FILE),
        (several and any(row.origin.sheet for row in rows), _SHEET),
        (any(row.origin.row is not None for row in rows), _ROW),
    )
    return tuple(column for wanted, column in columns if wanted)


def own_columns(report: Report) -> Mapping[str, Column[Row]]:
    """The canonical columns that the log has. Of a row that could not be read, the cell at fault stands as it was."""
    return {
        column: Column(_header(report, column), _WIDTHS.get(column, 11), _told(column)) for column in _present(report)
    }


def other_columns(report: Report) -> tuple[Column[Row], ...]:
    """The columns of the log that nothing was read from, as they stood there."""
    places = {
        (source.file or None, source.sheet): {each: at for at, each in enumerate(_numbered(source.others))}
        for source in report.log.sources
    }
    headers = dict.fromkeys(each for at in places.values() for each in at)

    def of(header: tuple[str, int]) -> Column[Row]:
        def tell(row: Row) -> Cell:
            origin = origin_of(row)
            at, cells = places.get((origin.file, origin.sheet), {}).get(header), report.log.others.get(origin)
            return None if at is None or cells is None else _as_it_stood(cells[at])

        return Column(header[0], 16, tell)

    return tuple(map(of, headers))


def _numbered(headers: Sequence[str]) -> list[tuple[str, int]]:
    """Headers, and the how manieth of its name each is."""
    return [(header, headers[:at].count(header)) for at, header in enumerate(headers)]


def _as_it_stood(cell: object) -> Cell:
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.time() == dt.time() else str(cell)
    if isinstance(cell, (int, float)):
        # What spreadsheets cannot hold as a number they get as text.
        return cell if abs(cell) < 10**15 else str(cell)
    return cell if cell is None or isinstance(cell, dt.date) else str(cell)


def _present(report: Report) -> list[str]:
    named = {column for source in report.log.sources for column in source.columns}
    if named:
        return [column for column in COLUMNS if column in named]
    rows: list[Row] = [*report.purchases, *report.rejected]
    return [column for column in COLUMNS if any(_told(column)(row) is not None for row in rows)]


def _header(report: Report, column: str) -> str | Words:
    """The log's own header where its tables agree on one. Amounts are in yuan here, whatever unit their header
    names."""
    headers = {source.columns[column] for source in report.log.sources if column in source.columns}
    header = headers.pop() if len(headers) == 1 else ""
    foreign = _LETTERS.fullmatch(header) or (column == "amount" and unit_of(header) not in ("", "元"))
    return NAMES[column] if foreign else header


def _told(column: str) -> Callable[[Row], Cell]:
    field = "fen" if column == "amount" else column

    def tell(row: Row) -> Cell:
        if isinstance(row, Rejected) and row.column == column:
            return row.value
        return _cell(getattr(purchase_of(row), field))

    return tell


def _cell(value: Any) -> Cell:
    if value is UNDATED:
        return _UNDATED
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, (Kind, Method)):
        return value.words
    if isinstance(value, frozenset):
        return phrases.either(value)
    return None if isinstance(value, Stated) else value
