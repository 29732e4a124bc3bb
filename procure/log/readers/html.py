"""Tables of a web page, as some offices' systems save them under the name of .xls."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from procure.log.readers.tables import MOST_CELLS, Range, RawTable, sprawling, unusable

#: Bytes: the page is held whole.
LARGEST = 256 << 20
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_WIDEST = 1024


def tables(path: Path, file: str, said: str | None = None) -> Iterator[RawTable]:
    """Every table of a page; rows count from 1 in each. `said` is its encoding, where somebody said so."""
    if path.stat().st_size > LARGEST:
        raise unusable(file, "文件超过 256 MB，拒绝读取", "the file is larger than 256 MB")
    content = path.read_bytes()
    page = _Page(file)
    page.feed(_text(content, said, file))
    page.close()
    sha256 = hashlib.sha256(content).hexdigest()
    if not page.tables:
        raise unusable(file, "网页里没有表格", "is a web page without a table")
    several = len(page.tables) > 1
    for number, (rows, merged) in enumerate(page.tables, 1):
        name = f"table {number}" if several else None
        yield RawTable(file, sha256, iter(list(enumerate(rows, 1))), sheet=name, merged=merged)


def _text(content: bytes, said: str | None, file: str) -> str:
    stated = _CHARSET.search(content[:4096])
    for encoding in (said, "utf-8-sig", stated[1].decode("ascii", "replace") if stated else None, "gb18030"):
        if encoding is not None:
            try:
                return content.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
    raise unusable(
        file, "网页的编码无法识别，请用 --encoding 说明", "the encoding of the page is not known: --encoding"
    )


class _Page(HTMLParser):
    """Gathers the rows of every table that has rows of its own."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[list[object]], list[Range]]] = []
        self._file = file
        self._open: list[tuple[list[list[object]], list[Range]]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._left = MOST_CELLS

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self._open.append(([], []))
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1][0].append([])
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            if not self._open[-1][0]:
                self._open[-1][0].append([])
            self._cell = []
            given = dict(attrs)
            self._span = _number(given.get("rowspan")), _number(given.get("colspan"))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._open:
            rows, merged = self._open.pop()
            if any(rows):
                self.tables.append((rows, merged))

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self.handle_endtag("table")

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        rows, merged = self._open[-1]
        row, (down, across) = rows[-1], self._span
        # Cells of rows above that reach down here stand first.
        self._skip(row, len(rows), merged)
        number, left = len(rows), len(row)
        text = " ".join("".join(self._cell).split())
        # Pandas writes a blank so.
        row += ["" if text == "NaN" else text, *[""] * (across - 1)]
        self._left -= across
        if self._left < 0:
            raise sprawling(self._file)
        if down > 1:
            merged.append((number, left, number + down - 1, left + across - 1))
        self._cell = None

    @staticmethod
    def _skip(row: list[object], number: int, merged: list[Range]) -> None:
        while any(top < number <= bottom and left <= len(row) <= right for top, left, bottom, right in merged):
            row.append("")


def _number(text: str | None) -> int:
    return min(max(int(text), 1), _WIDEST) if text is not None and text.isdecimal() and len(text) < 7 else 1
