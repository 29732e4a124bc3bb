"""A workbook that was written, read back: its cells through python-calamine, and the XML that Excel will see."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import python_calamine

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """The cells of every sheet, "" where one is blank."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    """Every part of the package; raises `ParseError` for one that is not well-formed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}


def sheet(data: bytes, number: int) -> ElementTree.Element:
    return parts(data)[f"xl/worksheets/sheet{number}.xml"]


def tints(data: bytes, number: int) -> list[str | None]:
    """The colour of the first cell of each row, the header left out."""
    styles = parts(data)["xl/styles.xml"]
    fills = [fill.find(f"{NS}patternFill/{NS}fgColor") for fill in styles.iterfind(f"{NS}fills/{NS}fill")]
    formats = [fills[int(xf.attrib["fillId"])] for xf in styles.iterfind(f"{NS}cellXfs/{NS}xf")]
    rows = list(sheet(data, number).iterfind(f"{NS}sheetData/{NS}row"))
    first = [formats[int(row[0].attrib.get("s", "0"))] for row in rows[1:]]
    return [None if colour is None else f"#{colour.attrib['rgb'][2:]}" for colour in first]
