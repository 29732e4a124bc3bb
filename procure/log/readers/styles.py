"""How an .xlsx workbook shows its numbers, as far as that tells more than they do: a pass over the styles of the cells,
made only where styles.xml has such a format. python-calamine tells no formats."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from procure.log.formats import Format, Formatted, format_of
from procure.log.readers.parts import chunks, parse
from procure.log.readers.tables import Row

#: Formats of these decimals and more show an amount whole: no currency in common use has more.
_DECIMALS = 2
#: The formats that every workbook has without writing them down, as far as they tell something. Those of money (5 to 8,
#: 42, 44) show the currency of the computer's region, whatever it is: none is named by them.
_BUILT_IN = {
    1: "0", 3: "#,##0", 5: "#,##0", 6: "#,##0", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 41: "#,##0",
    42: "#,##0",
}  # fmt: skip
#: A row or a cell with its attributes: where it stands, which the file need not say, and its style.
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")

#: The number of a row, the place of a column, and the format there, in the order of the file.
_Styled = tuple[int, int, Format]


class Styles:
    """The telling formats of a workbook, by the number of a cell's style, and where its sheets stand."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # The file is closed at once where a part is broken, whoever still holds a stream of it.
        with path.open("rb") as file, zipfile.ZipFile(file) as package:
            names = {_path(part.filename): part for part in package.infolist()}
            self.telling: Mapping[int, Format]
            self.telling = _telling(package, names["xl/styles.xml"]) if "xl/styles.xml" in names else {}
            self._parts = _parts(package, names) if self.telling and "xl/workbook.xml" in names else {}

    def shown(self, sheet: str, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows of a sheet, each number with its format where that tells something."""
        return _with_formats(rows, self._formats(sheet)) if sheet in self._parts else rows

    def _formats(self, sheet: str) -> Iterator[_Styled]:
        row, column = 0, -1
        with zipfile.ZipFile(self._path) as package:
            for chunk in chunks(package, self._parts[sheet]):
                for element, attributes in _TAG.findall(chunk):
                    place = _PLACE.search(attributes)
                    if element == b"row":
                        row, column = int(place[2]) if place else row + 1, -1
                        continue
                    row, column = (int(place[2]), _column(place[1])) if place else (row, column + 1)
                    style = _STYLE.search(attributes)
                    if style and int(style[1]) in self.telling:
                        yield row, column, self.telling[int(style[1])]


def _with_formats(rows: Iterator[Row], styled: Iterator[_Styled]) -> Iterator[Row]:
    coming = next(styled, None)
    for number, cells in rows:
        found: list[object] | None = None
        while coming is not None and coming[0] <= number:
            row, column, format = coming
            if row == number and column < len(cells):
                found = found or list(cells)
                cell = found[column]
                if type(cell) is float:
                    found[column] = Formatted(cell, format)
            coming = next(styled, None)
        yield number, found or cells


def _telling(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Mapping[int, Format]:
    """The styles of cells whose format tells more than the number."""
    codes: dict[int, str] = dict(_BUILT_IN)
    styles: list[int] = []
    inside = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside[0] = name
        elif name == "xf" and inside[0] == "cellXfs":
            number = attributes.get("numFmtId", "0")
            styles.append(int(number) if number.isdecimal() else 0)

    parse(chunks(package, part), start)
    formats = {number: format_of(code) for number, code in codes.items()}
    return {
        style: formats[number]
        for style, number in enumerate(styles)
        if number in formats and formats[number].telling(_DECIMALS)
    }


def _path(name: str) -> str:
    """The name of a part as it is looked up, which python-calamine does without regard to case too."""
    return name.replace("\\", "/").lstrip("/").lower()


def _parts(package: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    """The part in which each sheet stands."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            sheets[attributes.get("name", "")] = key

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    parse(chunks(package, names["xl/workbook.xml"]), sheet)
    # A workbook without them would not have been opened.
    parse(chunks(package, names["xl/_rels/workbook.xml.rels"]), relation)
    paths = {
        name: _path(posixpath.normpath(posixpath.join("/xl", targets.get(key, "")))) for name, key in sheets.items()
    }
    return {name: names[path] for name, path in paths.items() if path in names}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
