"""A catalogue from a file: the codes and names in it, whatever kind of table they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path

from procure import amounts
from procure.catalogues import is_prefix
from procure.readers import delimited, excel
from procure.readers.tables import Broken, Row, Table, blank, unusable
from procure.records import category
from procure.terms import fold
from procure.words import ProcureError

_CODE = {"品目编码", "编码", "代码", "品目代码", "目录编码", "code", "codes", "catalog_code", "category code"}
_NAME = {
    "品目名称",
    "名称",
    "品目",
    "目录",
    "采购品目",
    "集中采购目录",
    "name",
    "category",
    "catalog_name",
    "catalogue",
}


#: The floor from which an item is listed, with the unit that the header may name.
_FLOOR = re.compile(r"(?:起点|起点金额|起点标准|最低金额|floor)\s*(?:\((?P<unit>元|万元)\))?", re.IGNORECASE)
_FROM = re.compile(r"\(含\)|及?以上|起$")


def read_catalogue(path: str) -> dict[str, object]:
    """The entries of a CSV or Excel file, each with the floor in yuan from which it is listed, None where it has none:
    its columns of codes and of names, and that of floors (起点金额), where the header names them; else every cell of a
    single column, or, of several columns without a header, the codes and the names beside them.

    Raises `ProcureError` where the file cannot be read, has no entries, or does not show which column holds them, and
    for a floor that is no amount or differs from another of the same entry.
    """
    found: dict[str, object] = {}
    for table in _tables(path):
        for entry, floor in _entries(table, path):
            if found.setdefault(entry, floor) != floor:
                raise unusable(path, f"“{entry}”有两个起点金额", f"{entry!r} has two floors")
    if not found:
        raise unusable(path, "目录文件里没有品目", "the catalogue has no entries")
    return found


def _tables(path: str) -> Iterator[Table]:
    file = Path(path)
    if not file.is_file():
        raise unusable(path, "没有这个文件", "no such file")
    if file.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        return excel.tables(file, path, None)
    return delimited.tables(file, path, {})


def _entries(table: Table, path: str) -> Iterator[tuple[str, object]]:
    rows = ((number, cells) for number, cells in _whole(table.rows, path) if not _empty(cells))
    first = next(rows, None)
    if first is None:
        return
    header = [fold(str(cell)) for cell in first[1]]
    wanted = [at for at, cell in enumerate(header) if cell in _CODE | _NAME]
    floors = [(at, match["unit"] or "元") for at, cell in enumerate(header) if (match := _FLOOR.fullmatch(cell))]
    for number, cells in rows if wanted else chain([first], rows):
        texts = [str(cell).strip() for cell in cells]
        if wanted:
            told = (_floor(texts[at], unit, f"{path}:{number}") for at, unit in floors if "".join(texts[at : at + 1]))
            floor = next(told, None)
            yield from ((texts[at], floor) for at in wanted if at < len(texts) and texts[at])
        else:
            yield from ((entry, None) for entry in _unheaded([text for text in texts if text], path))


def _floor(text: str, unit: str, place: str) -> Decimal:
    """The floor in yuan; `1000元以上` is 1000."""
    try:
        return amounts.yuan(amounts.fen(_FROM.sub("", unicodedata.normalize("NFKC", text)), unit))
    except ProcureError as error:
        raise unusable(place, f"起点金额“{text}”：{error.words.zh}", f"floor {text!r}: {error.words.en}") from None


def _empty(cells: Sequence[object]) -> bool:
    """Whether a row is blank or a comment."""
    return all(map(blank, cells)) or str(next(cell for cell in cells if not blank(cell))).lstrip().startswith("#")


def _whole(rows: Iterator[Row], path: str) -> Iterator[Row]:
    for number, cells in rows:
        if any(isinstance(cell, Broken) for cell in cells):
            raise unusable(f"{path}:{number}", "这一行读不出", "this row cannot be read")
        yield number, cells


def _unheaded(texts: Sequence[str], path: str) -> Iterator[str]:
    if len(texts) == 1:
        yield texts[0]
        return
    at = next((n for n, text in enumerate(texts) if (folded := category(text)) and is_prefix(folded)), None)
    if at is None:
        raise unusable(
            path,
            "看不出哪一栏是品目：请加表头“品目编码”或“品目名称”",
            "does not show which column holds the categories: give it the header 'code' or 'name'",
        )
    yield from texts[at : at + 2]
