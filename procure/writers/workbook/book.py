"""Tables and pages into a workbook. The one module that knows XlsxWriter.

Rows go to a temporary file as they are written, so that a log of any length takes little memory.
"""

from __future__ import annotations

import datetime as dt
import io
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

from procure.values.money import Currency, Minor
from procure.values.words import Lang, ProcureError, Words
from procure.writers.workbook.cells import LINE, height, legible
from procure.writers.workbook.tables import Cell, Page, R, SheetTable

#: The rows of a sheet below its header.
ROWS = 1_048_575

#: What a cell of a sheet holds.
Plain: TypeAlias = str | int | float | dt.date | None

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "use_zip64": True,
}
_NUMBERS = {"date": "yyyy-mm-dd", "count": "0", "number": "General", "text": "General"}
_ALIGNED: Mapping[str, Mapping[str, object]] = {
    "money": {"align": "right"},
    "date": {"align": "center"},
    "count": {"align": "center"},
    "number": {"align": "right"},
    "text": {"align": "left", "indent": 1},
}
_HEADER = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#2F4B66",
    "align": "left",
    "indent": 1,
    "valign": "vcenter",
    "text_wrap": True,
}
_RULED = {"bottom": 4, "bottom_color": "#BFBFBF"}
#: The code of the paper size; how wide and high a page of it is, lying, within its margins, in points; and on how many
#: pages a sheet is printed.
_A4, _ACROSS, _DOWN, _PAGES = 9, 741, 487, 8


def engine() -> Any:
    """The library that writes workbooks; raises `ProcureError` where it is not installed."""
    try:
        import xlsxwriter
    except ImportError:
        raise ProcureError(
            Words(
                "写 .xlsx 需先 pip install 'procure-check[excel]'",
                "writing .xlsx needs: pip install 'procure-check[excel]'",
            )
        ) from None
    return xlsxwriter


def _money(currency: Currency) -> str:
    """The format of amounts; which sign parts the decimals there is for the reader's program to say."""
    digits = f"#,##0.{'0' * currency.decimals}".rstrip(".")
    return f'"{currency.sign}"{digits};[Red]-"{currency.sign}"{digits}'


def _points(width: int) -> float:
    """The width of a column on paper: so many digits of seven pixels each, and its margins."""
    return (7 * width + 5) * 0.75


class _Style(NamedTuple):
    tint: str | None
    bold: bool = False
    wrap: bool = False
    ruled: bool = False


class Book:
    """A workbook in the making; `folder` is for its temporary files."""

    def __init__(self, lang: Lang, title: Words, made_on: dt.date, folder: str, currency: Currency) -> None:
        self._lang: Lang = lang
        self._currency = currency
        self._numbers = {**_NUMBERS, "money": _money(currency)}
        self._out = io.BytesIO()
        self._book = engine().Workbook(self._out, {**_OPTIONS, "tmpdir": folder})
        # Else it would be the time of writing: the same report is the same bytes.
        made = dt.datetime.combine(made_on, dt.time())
        self._book.set_properties({"title": self._said(title), "created": made})
        self._formats: dict[tuple[str, _Style], Any] = {}
        self._header = self._book.add_format(_HEADER)

    def table(self, table: SheetTable[R]) -> None:
        """Add a sheet with a header that stays in view, a filter, and a line for each row."""
        widths = [column.width for column in table.columns]
        sheet = self._sheet(table.name, widths)
        titles = [self._said(column.title) for column in table.columns]
        heights = [height(zip(titles, widths, strict=True))]
        sheet.set_row(0, heights[0])
        for at, title in enumerate(titles):
            sheet.write_string(0, at, title, self._header)
        for number, row in enumerate(table.rows, 1):
            cells = [self._plain(column.tell(row)) for column in table.columns]
            heights.append(height(zip(cells, widths, strict=True)) if table.whole else LINE)
            sheet.set_row(number, heights[-1])
            self._write(sheet, number, cells, _Style(table.tint(row), wrap=True, ruled=True))
        for at, column in enumerate(table.columns):
            if column.choices:
                self._offer(sheet, at, len(table.rows), column.choices)
        sheet.freeze_panes(1, table.fixed)
        sheet.repeat_rows(0)
        self._print(sheet, widths[: table.printed], heights)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        # Codes and ids are text that looks like numbers, and meant so.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(table.rows) + 1}"})

    def _offer(self, sheet: Any, at: int, rows: int, choices: Sequence[Words]) -> None:
        """A list to choose from below the header; what is not in it is not refused."""
        source = [self._said(choice) for choice in choices]
        offered = {"validate": "list", "source": source, "error_type": "information"}
        sheet.data_validation(1, at, max(rows, 1), at, offered)

    def _print(self, sheet: Any, widths: Sequence[int], heights: Sequence[float]) -> None:
        """On paper stand so many rows as some pages have room for; the foot of each counts them."""
        scale = min(1, _ACROSS / sum(map(_points, widths)))
        header, *rest = heights
        # The header stands on each page.
        shown = bisect_right(list(accumulate(rest)), _PAGES * (_DOWN / scale - header))
        sheet.print_area(0, 0, shown, len(widths) - 1)
        rows = len(rest)
        if shown < rows:
            left = Words(f"打印前 {shown:,} 行，共 {rows:,} 行", f"the first {shown:,} of {rows:,} rows are printed")
            sheet.set_footer(f"&L&A&C{left.say(self._lang)}&R&P / &N")

    def page(self, page: Page) -> None:
        """Add a sheet of lines."""
        sheet = self._sheet(page.name, page.widths)
        for number, line in enumerate(page.lines):
            cells = [self._plain(cell) for cell in line.cells]
            if line.bold or line.tint:
                cells += [None] * (len(page.widths) - len(cells))
            self._write(sheet, number, cells, _Style(line.tint, bold=line.bold, ruled=line.bold))
        sheet.hide_gridlines(2)

    def close(self) -> bytes:
        """The file."""
        try:
            self._book.close()
        except engine().exceptions.FileCreateError as error:
            # Without its traceback, which keeps the half-written file open.
            raise error.args[0].with_traceback(None) from None
        return self._out.getvalue()

    def _sheet(self, name: Words, widths: Sequence[int]) -> Any:
        sheet = self._book.add_worksheet(name.say(self._lang))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _said(self, text: str | Words) -> str:
        return legible(text if isinstance(text, str) else text.say(self._lang), self._lang)

    def _plain(self, cell: Cell) -> Plain:
        """A number, a date, or text in the language of the book."""
        if isinstance(cell, (str, Words)):
            return self._said(cell)
        # Sums of more digits, and days before the calendar of spreadsheets, cannot be numbers there.
        if isinstance(cell, Minor) and abs(cell) >= self._currency.bound:
            return self._currency.plain(cell)
        return cell.isoformat() if isinstance(cell, dt.date) and cell.year < 1900 else cell

    def _write(self, sheet: Any, row: int, cells: Iterable[Plain], style: _Style) -> None:
        for at, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, at, cell, self._format("text", style))
            elif isinstance(cell, Minor):
                # The binary number nearest to so many minor units is shown, and read back, as those very units.
                sheet.write_number(row, at, cell / 10**self._currency.decimals, self._format("money", style))
            elif isinstance(cell, dt.date):
                sheet.write_datetime(row, at, cell, self._format("date", style))
            elif cell is not None:
                kind = "count" if isinstance(cell, int) else "number"
                sheet.write_number(row, at, cell, self._format(kind, style))
            elif style.tint or style.ruled:
                sheet.write_blank(row, at, None, self._format("text", style))

    def _format(self, kind: str, style: _Style) -> Any:
        found = self._formats.get((kind, style))
        if found is None:
            properties = {
                "num_format": self._numbers[kind],
                "valign": "top",
                "bold": style.bold,
                "text_wrap": style.wrap,
            }
            tint = {"bg_color": style.tint} if style.tint else {}
            ruled = _RULED if style.ruled else {}
            found = self._book.add_format({**properties, **_ALIGNED[kind], **tint, **ruled})
            self._formats[kind, style] = found
        return found
