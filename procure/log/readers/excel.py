"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) through python-calamine, after a look at what they would unpack to."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from procure.log.readers import biff, package, sprawl
from procure.log.readers.styles import Styles
from procure.log.readers.tables import MOST_CELLS, Range, RawTable, Row, damaged, protected, sprawling, unusable
from procure.values.faults import nearest
from procure.values.words import Words

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_FORMATS = Words(
    "这种文件读不出数字格式（货币符号、万元、显示的小数位数）",
    "its number formats (currency, 万元, decimals shown) cannot be read",
)
_NO_MERGED_CELLS = Words(
    "这种文件读不出合并单元格和数字格式，合并处只有首格有内容",
    "its merged cells and number formats cannot be read: only the first of merged cells has what stands there",
)
#: The name of the stream that holds an encrypted workbook.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def tables(path: Path, file: str, sheet: str | None) -> Iterator[RawTable]:
    """Every sheet with anything in it, or the one asked for. Rows are numbered as Excel shows them."""
    sha256, mended = _examine(path, file)
    workbook = _opened(path, file, mended)
    sheets = {
        meta.name: str(meta.visible).endswith(".Visible")
        for meta in workbook.sheets_metadata
        if str(meta.typ).endswith(".WorkSheet")
    }
    if not sheets:
        raise unusable(file, "没有工作表", "has no worksheets")
    if sheet is not None and sheet not in sheets:
        near = nearest(sheet, sheets)
        raise unusable(file, f"没有工作表“{sheet}”；{near.zh}", f"no sheet {sheet!r}; {near.en}")
    unsaid, spread = _unsaid(path)
    styles = _styles(path, file)
    left = MOST_CELLS
    for name, visible in sheets.items():
        if sheet in (None, name):
            found = _sheet(workbook, name, file)
            left -= found.height * found.width
            if left < 0:
                raise sprawling(file)
            rows = _rows(found) if styles is None else styles.shown(name, _rows(found))
            yield RawTable(
                file, sha256, rows, sheet=name, hidden=not visible, merged=_merged(found, name, spread), unsaid=unsaid
            )


def _examine(path: Path, file: str) -> tuple[str, bytes | None]:
    """The sha256, and the bytes where the file has to be mended before it is read."""
    mended = None
    if path.stat().st_size > package.LARGEST:
        raise unusable(file, "文件超过 512 MB，拒绝读取", "the file is larger than 512 MB")
    with path.open("rb") as stream:
        start = stream.read(len(_OLE))
        stream.seek(0)
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        if start.startswith(_ZIP):
            package.examine(stream, file)
        elif start == _OLE:
            data = stream.read(biff.LARGEST + 1)
            if _ENCRYPTED in data:
                raise protected(file)
            mended = biff.examine(data, file)
        else:
            raise unusable(file, "不是 Excel 工作簿，与扩展名不符", "is not an Excel workbook, whatever its name says")
    return sha256, mended


def _opened(path: Path, file: str, mended: bytes | None) -> Any:
    try:
        import python_calamine
    except ImportError:
        raise unusable(
            file,
            "读取 Excel 需先 pip install 'procure-check[excel]'",
            "reading Excel needs: pip install 'procure-check[excel]'",
        ) from None
    try:
        # By its path a workbook is what its name says; in memory it is what it is.
        if mended is None and path.suffix.lower() in _names_of(path):
            return python_calamine.CalamineWorkbook.from_path(str(path))
        data = path.read_bytes() if mended is None else mended
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except BaseException as error:
        raise _unreadable(error, file) from None


def _styles(path: Path, file: str) -> Styles | None:
    """How the numbers are shown, where this kind of file tells."""
    if not zipfile.is_zipfile(path):
        return None
    try:
        return Styles(path)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise damaged(file) from None


def _sheet(workbook: Any, name: str, file: str) -> Any:
    try:
        return workbook.get_sheet_by_name(name)
    except BaseException as error:
        raise _unreadable(error, file) from None


def _rows(sheet: Any) -> Iterator[Row]:
    left = [""] * (sheet.start[1] if sheet.start else 0)
    rows = enumerate(sheet.iter_rows(), 1)
    return ((row, left + cells) for row, cells in rows) if left else rows


def _unsaid(path: Path) -> tuple[Words | None, Mapping[str, list[Range]] | None]:
    """What this kind of workbook does not tell, and the merged cells where python-calamine has none."""
    if ".ods" in _names_of(path):
        with zipfile.ZipFile(path) as package:
            return _NO_FORMATS, sprawl.merged(package)
    if ".xlsb" in _names_of(path):
        return _NO_MERGED_CELLS, None
    return (_NO_FORMATS if ".xls" in _names_of(path) else None), None


def _names_of(path: Path) -> tuple[str, ...]:
    """The endings that are right for a workbook, by what stands in it."""
    if not zipfile.is_zipfile(path):
        return (".xls",)
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
    if "content.xml" in names:
        return (".ods",)
    return (".xlsb",) if "xl/workbook.bin" in names else (".xlsx", ".xlsm")


def _merged(sheet: Any, name: str, spread: Mapping[str, list[Range]] | None) -> list[Range]:
    """The cells merged into one, as far as this kind of file tells."""
    if spread is not None:
        return spread.get(name, [])
    ranges = sheet.merged_cell_ranges or ()
    return sorted((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)


def _unreadable(error: BaseException, file: str) -> BaseException:
    """The one error for a workbook that calamine cannot read; what is not about the workbook goes on as it came."""
    # A Rust panic reaches Python as a BaseException of its own, and a truncated .xls does bring one about.
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        return error
    if type(error).__name__ == "PasswordError":
        return protected(file)
    return damaged(file)
