"""The user's own columns: where a row stood, and what the log says there, under the log's own headers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from procure.log import columns as log
from procure.reporting.phrases import in_order
from procure.reporting.report import Report
from procure.reporting.standing import Outcome, origin_of, purchase_of
from procure.reporting.typed import Typed
from procure.values.words import Words
from procure.writers.workbook.tables import Cell, SheetColumn

#: What the readers call a column that has no header; nor has one on whose header the tables do not agree.
_LETTERS = re.compile("(@[A-Z]+)?")
YES, NO = Words("是", "yes"), Words("否", "no")
#: Of the ready columns that need more room than others of their type, or less; then of each type.
_WIDTHS = {"id": 15, "date": 12, "unit": 18, "category": 18, "description": 28, "supplier": 22, "department": 11,
           "approved_on": 11}  # fmt: skip
_TYPES = {"money": 16, "date": 12, "name": 18, "text": 22}

FILE, SHEET, ROW = Words("文件", "file"), Words("工作表", "sheet"), Words("行号", "row")
_FILE: SheetColumn[Outcome] = SheetColumn(FILE, 24, lambda row: origin_of(row).file)
_SHEET: SheetColumn[Outcome] = SheetColumn(SHEET, 12, lambda row: origin_of(row).sheet)
_ROW: SheetColumn[Outcome] = SheetColumn(ROW, 7, lambda row: origin_of(row).row)


def places(report: Report) -> tuple[SheetColumn[Outcome], ...]:
    """Where each row stood: the row number, and file and sheet where there are several."""
    origins = report.read.origins
    several = len({(origin.file, origin.sheet) for origin in origins}) > 1
    columns = (
        (several, _FILE),
        (several and any(origin.sheet for origin in origins), _SHEET),
        (any(origin.row is not None for origin in origins), _ROW),
    )
    return tuple(column for wanted, column in columns if wanted)


def own_columns(report: Report) -> Mapping[str, SheetColumn[Outcome]]:
    """The columns of the policy that the log has, by name: each cell as it was typed."""
    typed = Typed(report.log, report.read)

    def column(name: str) -> SheetColumn[Outcome]:
        def tell(row: Outcome) -> Cell:
            return _as_it_stood(typed.cell(purchase_of(row), name))

        return SheetColumn(_header(report, name), _width(report.read.columns[name]), tell)

    return {name: column(name) for name in _present(report)}


def ready_columns(report: Report, ready: Sequence[str]) -> tuple[SheetColumn[Outcome], ...]:
    """Those of some ready columns that the log has, under whatever name."""
    own, names = own_columns(report), report.read.by_ready
    return tuple(own[names[each]] for each in ready if names.get(each) in own)


def _width(column: log.Column) -> int:
    return _WIDTHS.get(column.ready or "", _TYPES.get(column.type, 11))


def other_columns(report: Report) -> tuple[SheetColumn[Outcome], ...]:
    """The columns of the log that nothing was read from, as they stood there."""
    places = {
        (source.file or None, source.sheet): {each: at for at, each in enumerate(_numbered(source.others))}
        for source in report.read.sources
    }
    headers = dict.fromkeys(each for at in places.values() for each in at)

    def of(header: tuple[str, int]) -> SheetColumn[Outcome]:
        def tell(row: Outcome) -> Cell:
            origin = origin_of(row)
            at, cells = places.get((origin.file, origin.sheet), {}).get(header), report.read.others.get(origin)
            return None if at is None or cells is None else _as_it_stood(cells[at])

        return SheetColumn(header[0], 16, tell)

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
    named = {column for source in report.read.sources for column in source.columns}
    if named:
        return [name for name in in_order(report.read.columns) if name in named]
    typed, rows = Typed(report.log, report.read), list(map(purchase_of, report.digest.every.rows))
    says = (name for name in in_order(report.read.columns) if name in report.read.there)
    return [name for name in says if any(typed.cell(row, name) not in (None, "") for row in rows)]


def _header(report: Report, name: str) -> str | Words:
    """The log's own header where its tables agree on one."""
    headers = {source.columns[name] for source in report.read.sources if name in source.columns}
    header = headers.pop() if len(headers) == 1 else ""
    return report.read.columns[name].label if _LETTERS.fullmatch(header) else header
