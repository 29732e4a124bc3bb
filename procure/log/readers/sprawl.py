"""A look into .ods and .xlsb packages before they are unpacked: how many cells and characters their sheets come to. A
few bytes may stand for millions of cells in either.

The layouts are those of OpenDocument 1.3 (`number-columns-repeated`) and [MS-XLSB] (the records).
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping

from procure.log.readers.parts import chunks, parse
from procure.log.readers.tables import MOST_CELLS, Range, sprawling, unusable

#: Characters in all cells together.
MOST_TEXT = 1 << 30

_ROW, _SHARED, _ITEM, _LAST_CELL = 0, 7, 19, 11


def examine(package: zipfile.ZipFile, file: str) -> None:
    """Refuse what would come to too many cells or too much text."""
    names = {part.filename: part for part in package.infolist()}
    if "content.xml" in names:
        sheets = _Sheets()
        # In one that is cut short python-calamine waits for its end for ever.
        parse(chunks(package, names["content.xml"]), sheets.start, sheets.text, whole=True)
        cells, text = sheets.cells + sheets.open(), sheets.characters
    elif "xl/workbook.bin" in names:
        lengths = [
            len(data) // 2
            for name, part in names.items()
            if name.lower() == "xl/sharedstrings.bin"
            for kind, data in _records(b"".join(chunks(package, part)))
            if kind == _ITEM
        ]
        each = [
            _spans(b"".join(chunks(package, part)), lengths)
            for name, part in names.items()
            if name.startswith("xl/worksheets/") and name.endswith(".bin")
        ]
        cells, text = sum(span for span, _ in each), sum(length for _, length in each)
    else:
        return
    if cells > MOST_CELLS:
        raise sprawling(file)
    if text > MOST_TEXT:
        raise unusable(file, "单元格的文字过多（超过 10 亿字）", "its cells hold more than a billion characters")


def merged(package: zipfile.ZipFile) -> Mapping[str, list[Range]]:
    """The cells merged down of every sheet of an OpenDocument, which python-calamine does not tell."""
    sheets = _Sheets()
    parse(chunks(package, package.getinfo("content.xml")), sheets.start)
    return sheets.merged


class _Sheets:
    """The cells of an OpenDocument, with those that are said to repeat."""

    def __init__(self) -> None:
        self.cells = self.characters = 0
        self.merged: dict[str, list[Range]] = {}
        self._name = ""
        self._row = self._rows = self._column = self._repeated = 0
        self._bottom = self._right = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self.cells += self.open()
            self._name = attributes.get("table:name", "")
            self._row = self._rows = self._bottom = self._right = 0
        elif name == "table-row":
            self._row += self._rows
            self._rows = _repeated(attributes, "table:number-rows-repeated")
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            columns = _repeated(attributes, "table:number-columns-repeated")
            down = _repeated(attributes, "table:number-rows-spanned")
            if down > 1:
                across = _repeated(attributes, "table:number-columns-spanned")
                place = self._row + 1, self._column, self._row + down, self._column + across - 1
                self.merged.setdefault(self._name, []).append(place)
            self._column += columns
            self._repeated = columns * self._rows
            if any(key.endswith("value-type") for key in attributes):
                self._bottom = max(self._bottom, self._row + self._rows)
                self._right = max(self._right, self._column)

    def text(self, text: str) -> None:
        self.characters += len(text) * self._repeated

    def open(self) -> int:
        """The cells of the sheet that is being read."""
        return self._bottom * self._right


def _repeated(attributes: dict[str, str], key: str) -> int:
    text = attributes.get(key, "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1


def _spans(data: bytes, lengths: list[int]) -> tuple[int, int]:
    """The cells that a sheet spans, and the characters of the shared strings in them."""
    row = bottom = right = text = 0
    for kind, record in _records(data):
        if kind == _ROW and len(record) >= 4:
            (row,) = struct.unpack_from("<I", record)
        elif 0 < kind <= _LAST_CELL and len(record) >= 4:
            (column,) = struct.unpack_from("<I", record)
            bottom, right = max(bottom, row + 1), max(right, column + 1)
            if kind == _SHARED and len(record) >= 12:
                (string,) = struct.unpack_from("<I", record, 8)
                text += sum(lengths[string : string + 1])
    return bottom * right, text


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: a number of one or two bytes, a length of one to four, and so many bytes."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        yield kind, data[at : at + length]
        at += length


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    found = shift = 0
    for byte in data[at : at + most]:
        found |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return found, at + shift // 7
