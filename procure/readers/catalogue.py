"""A catalogue from a file: the codes and names in it, whatever kind of table they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from procure.evidence import is_prefix
from procure.readers import delimited, excel
from procure.readers.tables import Broken, Row, Table, blank, unusable
from procure.records import category
from procure.terms import fold

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


def read_catalogue(path: str) -> list[str]:
    """The entries of a CSV or Excel file: its columns of codes and of names where the header names them; else
    every cell of a single column, or, of several columns without a header, the codes and the names beside them.

    Raises `ProcureError` where the file cannot be read, has no entries, or does not show which column holds them.
    """
    found = [entry for table in _tables(path) for entry in _entries(table, path)]
    if not found:
        raise unusable(path, "目录文件里没有品目", "the catalogue has no entries")
    return list(dict.fromkeys(found))


def _tables(path: str) -> Iterator[Table]:
    file = Path(path)
    if not file.is_file():
        raise unusable(path, "没有这个文件", "no such file")
    if file.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        return excel.tables(file, path, None)
    return delimited.tables(file, path, {})


def _entries(table: Table, path: str) -> Iterator[str]:
    rows = (cells for cells in _whole(table.rows, path) if not _empty(cells))
    first = next(rows, None)
    if first is None:
        return
    wanted = [at for at, cell in enumerate(first) if fold(str(cell)) in _CODE | _NAME]
    for cells in rows if wanted else chain([first], rows):
        texts = [str(cell).strip() for cell in cells]
        if wanted:
            yield from (texts[at] for at in wanted if at < len(texts) and texts[at])
        else:
            yield from _unheaded([text for text in texts if text], path)


def _empty(cells: Sequence[object]) -> bool:
    """Whether a row is blank or a comment."""
    return all(map(blank, cells)) or str(next(cell for cell in cells if not blank(cell))).lstrip().startswith("#")


def _whole(rows: Iterator[Row], path: str) -> Iterator[Sequence[object]]:
    for number, cells in rows:
        if any(isinstance(cell, Broken) for cell in cells):
            raise unusable(f"{path}:{number}", "这一行读不出", "this row cannot be read")
        yield cells


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
