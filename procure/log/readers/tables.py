"""What every reader hands over: tables of numbered rows, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import attrs

from procure.log.cells import blank
from procure.log.records import Broken, Passed, Range
from procure.values.words import ProcureError, Words

#: One row: the number that the spreadsheet program shows for it, and its cells.
Row: TypeAlias = tuple[int, Sequence[object]]

#: Cells that all sheets of a workbook may span together; several may be said to stand in one place, and count each.
MOST_CELLS = 16_000_000


@attrs.frozen(eq=False)
class RawTable:
    """A table of a source. `rows` can be read once.

    `unsaid` is what this kind of file does not tell.
    `ragged` says that a row's length is its own (delimited text), so that one too long or too short was broken.
    """

    file: str | None
    sha256: str
    rows: Iterator[Row]
    sheet: str | None = None
    ragged: bool = False
    hidden: bool = False
    merged: Sequence[Range] = ()
    unsaid: Words | None = None


def unusable(place: object, zh: str, en: str) -> ProcureError:
    """The one error of all readers, with the file first."""
    return ProcureError(Words(f"{place}：{zh}", f"{place}: {en}"))


def damaged(file: str) -> ProcureError:
    return unusable(file, "工作簿已损坏或不完整，无法读取", "the workbook is damaged or cut short and cannot be read")


def protected(file: str) -> ProcureError:
    return unusable(file, "工作簿有密码，请先取消密码", "the workbook is password-protected: remove the password first")


def sprawling(file: str) -> ProcureError:
    return unusable(file, "工作表的区域过大（共超过 1600 万格）", "its sheets span more than 16 million cells")


__all__ = [
    "MOST_CELLS",
    "Broken",
    "Passed",
    "Range",
    "RawTable",
    "Row",
    "blank",
    "damaged",
    "protected",
    "sprawling",
    "unusable",
]
