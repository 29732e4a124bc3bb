"""A list from a file, such as a catalogue: the codes and names in it, whatever kind of table they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path

import attrs

from procure.log.cells import blank, fold, name
from procure.log.columns import Code
from procure.log.readers import delimited, excel
from procure.log.readers.tables import RawTable, Row, unusable
from procure.log.records import Broken
from procure.values.money import CNY, Currency
from procure.values.texts import half_width
from procure.values.words import ProcureError

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


#: What a floor from which an item is listed is called; any other number that a list carries goes by its own name.
_CARRIED = {"floor": ("起点", "起点金额", "起点标准", "最低金额")}
#: What may stand for a code where the column of the list does not say which of its cells are codes.
_CODE_LIKE = Code(r"[A-Z]\d+")
_FROM = re.compile(r"\(含\)|及?以上|起$")


@attrs.frozen
class _Kind:
    """What a list is of: its codes, the number it carries, and the currency of that."""

    code: Code | None
    carried: str
    currency: Currency

    def floor(self, header: str) -> str | None:
        """The unit of the column of numbers, where the header is that column's."""
        called = "|".join(map(re.escape, (self.carried, *_CARRIED.get(self.carried, ()))))
        match = re.fullmatch(rf"(?:{called})\s*(?:\((?P<unit>元|万元)\))?", header, re.IGNORECASE)
        return None if match is None else match["unit"] or ""

    def is_code(self, text: str) -> bool:
        """Whether a text is a code or the beginning of one."""
        said, code = name(text), self.code or _CODE_LIKE
        return said is not None and (code.of(said) is not None or len(said) == 1 and code.of(f"{said}0") is not None)


def read_catalogue(
    path: str, code: Code | None = None, currency: Currency = CNY, carried: str = "floor"
) -> dict[str, object]:
    """The entries of a CSV or Excel file, each with the number it carries (the floor from which it is listed) in major
    units, None where it has none: its columns of codes and of names, and that of the number (起点金额, or by its name),
    where the header names them; else every cell of a single column, or, of several columns without a header, the codes
    and the names beside them.

    Raises `ProcureError` where the file cannot be read, has no entries, or does not show which column holds them, and
    for a floor that is no amount or differs from another of the same entry.
    """
    kind = _Kind(code, carried, currency)
    found: dict[str, object] = {}
    for table in _tables(path):
        for entry, floor in _entries(table, path, kind):
            if found.setdefault(entry, floor) != floor:
                raise unusable(path, f"“{entry}”有两个起点金额", f"{entry!r} has two floors")
    if not found:
        raise unusable(path, "目录文件里没有品目", "the catalogue has no entries")
    return found


def _tables(path: str) -> Iterator[RawTable]:
    file = Path(path)
    if not file.is_file():
        raise unusable(path, "没有这个文件", "no such file")
    if file.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        return excel.tables(file, path, None)
    return delimited.tables(file, path, {})


def _entries(table: RawTable, path: str, kind: _Kind) -> Iterator[tuple[str, object]]:
    rows = ((number, cells) for number, cells in _whole(table.rows, path) if not _empty(cells))
    first = next(rows, None)
    if first is None:
        return
    header = [fold(str(cell)) for cell in first[1]]
    wanted = [at for at, cell in enumerate(header) if cell in _CODE | _NAME]
    floors = [(at, unit) for at, cell in enumerate(header) if (unit := kind.floor(cell)) is not None]
    for number, cells in rows if wanted else chain([first], rows):
        texts = [str(cell).strip() for cell in cells]
        if wanted:
            place = f"{path}:{number}"
            stated = (_floor(texts[at], unit, place, kind) for at, unit in floors if "".join(texts[at : at + 1]))
            floor = next(stated, None)
            yield from ((texts[at], floor) for at in wanted if at < len(texts) and texts[at])
        else:
            yield from ((entry, None) for entry in _unheaded([text for text in texts if text], path, kind))


def _floor(text: str, unit: str, place: str, kind: _Kind) -> Decimal:
    """The number in major units; `1000元以上` is 1000."""
    try:
        plain = _FROM.sub("", half_width(text))
        return kind.currency.major(kind.currency.minor(plain, unit))
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


def _unheaded(texts: Sequence[str], path: str, kind: _Kind) -> Iterator[str]:
    if len(texts) == 1:
        yield texts[0]
        return
    at = next((n for n, text in enumerate(texts) if kind.is_code(text)), None)
    if at is None:
        raise unusable(
            path,
            "看不出哪一栏是品目：请加表头“品目编码”或“品目名称”",
            "does not show which column holds the categories: give it the header 'code' or 'name'",
        )
    yield from texts[at : at + 2]
