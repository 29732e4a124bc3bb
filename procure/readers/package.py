"""A look into an .xlsx package before it is unpacked: how large it would grow, and how wide its sheets claim to be."""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from procure.readers.tables import damaged, unusable

#: Bytes that a workbook may unpack to, and cells that one sheet may span: its reader holds the whole rectangle.
LARGEST = 512 << 20
MOST_CELLS = 8_000_000

_CHUNK = 4 << 20
# Parts written as Excel and all usual writers write them can be measured by plain searches, for a bound that is never
# too low. All others are measured cell by cell.
_FAR = re.compile(rb' r="(?:([A-Za-z]{2,})(\d{1,9})|[A-Za-z]?(\d{6,9}))')
_ODD = re.compile(rb'<c(?! r=")[\s/>]'), re.compile(rb'<row(?! r=")[\s/>]'), re.compile(rb":(?:c[\s/>]|row)")


def examine(stream: IO[bytes], file: str) -> None:
    """Refuse what would unpack to too much, span too many cells, or define entities."""
    try:
        with zipfile.ZipFile(stream) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST:
                raise _too_large(file)
            left = LARGEST
            for part in package.infolist():
                left -= _measure(package, part, left, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise damaged(file) from None


def _measure(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, file: str) -> int:
    """The bytes of a part, once it is known to be harmless."""
    size, usual, columns, rows = 0, True, 26, 99_999
    for chunk in _chunks(package, part):
        size += len(chunk)
        if size > left:
            raise _too_large(file)
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise unusable(file, "工作簿含有 XML 实体定义", "the workbook defines XML entities, which no log does")
        usual = usual and not any(odd.search(chunk) for odd in _ODD)
        for right, down, far_down in _FAR.findall(chunk):
            columns, rows = max(columns, _column(right)), max(rows, int(down or far_down))
    if (not usual or columns * rows > MOST_CELLS) and _spans(package, part) > MOST_CELLS:
        raise unusable(file, "工作表的区域过大（超过 800 万格）", "a sheet spans more than 8 million cells")
    return size


def _chunks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes, each chunk cut behind a tag so that none is parted."""
    # The declared size is only a claim, and a reader that believes it stops there.
    part = copy.copy(part)
    part.file_size = 1 << 62
    rest = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            cut = rest.rfind(b">") + 1 or len(rest)
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number


def _too_large(file: str) -> Exception:
    return unusable(file, "工作簿解压后超过 512 MB，拒绝读取", "the workbook unpacks to more than 512 MB")


class _Extent:
    """The rectangle of the cells that hold something, as the reader counts it."""

    def __init__(self) -> None:
        self.row = self.column = self.right = self.bottom = -1
        self._in_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self.row + 1
            self.column = -1
        elif name == "c":
            match = re.fullmatch(r"([A-Za-z]+)(\d+)", attributes.get("r", ""))
            if match:
                self.row, self.column = int(match[2]) - 1, _column(match[1].encode()) - 1
            else:
                self.column += 1
            self._in_cell = True
        elif self._in_cell:
            self._in_cell = False
            self.right, self.bottom = max(self.right, self.column), max(self.bottom, self.row)

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c":
            self._in_cell = False

    def cells(self) -> int:
        return (self.right + 1) * (self.bottom + 1)


def _spans(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The cells that a part spans, counted one by one. A picture spans none; a broken sheet is an error."""
    extent = _Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.start
    parser.EndElementHandler = extent.end
    sheet = False
    try:
        for chunk in _chunks(package, part):
            sheet = sheet or b"sheetData" in chunk
            parser.Parse(chunk)
    except (expat.ExpatError, ValueError):
        if sheet:
            raise zipfile.BadZipFile(part.filename) from None
    return extent.cells()
