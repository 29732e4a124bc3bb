"""A look into an .xlsx package before it is unpacked: how large it would grow, and how wide its sheets claim to be."""

from __future__ import annotations

import re
import zipfile
import zlib
from functools import partial
from typing import IO

from procure.log.readers import parts, sprawl, strings
from procure.log.readers.tables import damaged, unusable

#: Bytes that a workbook may unpack to, and cells that one sheet may span: its reader holds the whole rectangle.
LARGEST = 512 << 20
MOST_CELLS = 8_000_000

#: The elements that make a cell hold something.
_HELD = frozenset({"v", "is", "f"})
# Cells written as Excel and all usual writers write them, and of a shape that keeps within the bound whatever they
# hold: one letter and a row below 300,000, or up to BZ and a row below 100,000. All others are measured one by one.
_SMALL, _TALL, _WIDE = (
    # A second reference, which no writer makes, would count instead of the first.
    re.compile(rb'<c(?! r="%b"[^r>]*+(?:r[^=\s][^r>]*+)*+>)[\s/>]' % shape)
    for shape in (rb"[A-Z]\d{1,5}", rb"[A-Z][12]?\d{1,5}", rb"[AB]?[A-Z]\d{1,5}")
)
_PREFIXED = re.compile(rb":c[\s/>]")


def examine(stream: IO[bytes], file: str) -> None:
    """Refuse what would unpack to too much, span too many cells, repeat too much text, or define entities."""
    try:
        with zipfile.ZipFile(stream) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST:
                raise _too_large(file)
            left = LARGEST
            for part in package.infolist():
                left -= _measure(package, part, left, file)
            sprawl.examine(package, file)
            every = [partial(parts.chunks, package, part) for part in package.infolist()]
            for part, text in zip(package.infolist(), every, strict=True):
                if part.filename.lower().endswith("sharedstrings.xml"):
                    strings.examine(text, every, LARGEST - left, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise damaged(file) from None


def _measure(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, file: str) -> int:
    """The bytes of a part, once it is known to be harmless."""
    size, tall, wide = 0, True, True
    for chunk in parts.chunks(package, part):
        size += len(chunk)
        if size > left:
            raise _too_large(file)
        if b"<!DOCTYPE" in chunk:
            raise unusable(file, "工作簿含有 XML 实体定义", "the workbook defines XML entities, which no log does")
        if _PREFIXED.search(chunk):
            tall = wide = False
        elif _SMALL.search(chunk):
            tall, wide = tall and not _TALL.search(chunk), wide and not _WIDE.search(chunk)
    if not tall and not wide and _spans(package, part) > MOST_CELLS:
        raise unusable(file, "工作表的区域过大（超过 800 万格）", "a sheet spans more than 8 million cells")
    return size


def _spans(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The cells that a part spans, counted one by one."""
    extent = _Extent()
    parts.parse(parts.chunks(package, part), extent.start)
    return extent.cells()


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

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self.row + 1
            self.column = -1
        elif name == "c":
            match = re.fullmatch(r"([A-Za-z]+)(\d+)", attributes.get("r", ""))
            if match:
                self.row, self.column = int(match[2]) - 1, _column(match[1].encode()) - 1
            else:
                self.column += 1
        elif name in _HELD:
            self.right, self.bottom = max(self.right, self.column), max(self.bottom, self.row)

    def cells(self) -> int:
        return (self.right + 1) * (self.bottom + 1)
