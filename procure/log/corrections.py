"""Cells that an office corrected: they are read instead of what was typed, and the log itself stays as it is."""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

import attrs

from procure.log.records import Log, Origin, Sheet
from procure.log.rows import Rows
from procure.values.words import Words


class Became(enum.Enum):
    """What became of a correction: it counts; what it corrects does not stand there any more, or cannot be found; it
    names nobody or no document, and is a note."""

    COUNTS = "counts"
    REFUSED = "refused"
    NOTE = "note"

    @property
    def words(self) -> Words:
        return _WORDS[self]


_WORDS = {
    Became.COUNTS: Words("已按更正读取", "read as corrected"),
    Became.REFUSED: Words("未采用：原值已不同，或找不到该格", "refused: what it corrects does not stand there"),
    Became.NOTE: Words("仅作备注：缺填写人或依据文件", "a note: it names nobody, or no document"),
}


@attrs.frozen
class Correction:
    """One cell: where it stands, by the column's name, what stood there and what is right, by whom, by which document
    and on which day."""

    origin: Origin
    column: str
    old: str
    new: str
    by: str
    document: str
    day: str
    became: Became = Became.NOTE


def corrected(log: Log, read: Rows, corrections: Iterable[Correction]) -> tuple[Log, tuple[Correction, ...]]:
    """The log with the cells of those that count, and what became of each; `read` is the log as it was typed."""
    places = {(source.file or None, source.sheet): source.places for source in read.sources}
    sheets = [list(source) for source in log.sources]
    found = [_applied(sheets, places, correction) for correction in corrections]
    return attrs.evolve(log, sources=tuple(map(tuple, sheets))), tuple(found)


def _applied(
    sheets: list[list[Sheet]], places: Mapping[tuple[str | None, str | None], Mapping[str, int]], each: Correction
) -> Correction:
    if not (each.by and each.document):
        return attrs.evolve(each, became=Became.NOTE)
    for source in sheets:
        for at, sheet in enumerate(source):
            if not _meant(sheet, each.origin):
                continue
            cell = places.get((sheet.file, sheet.sheet), {}).get(each.column)
            row = bisect_left(sheet.numbers, each.origin.row or 0)
            if cell is None or row == len(sheet.numbers) or sheet.numbers[row] != each.origin.row:
                continue
            cells = list(sheet.rows[row])
            if len(cells) <= cell or _text(cells[cell]) != each.old:
                continue
            cells[cell] = each.new
            rows: Sequence[Sequence[object]] = [*sheet.rows[:row], cells, *sheet.rows[row + 1 :]]
            source[at] = attrs.evolve(sheet, rows=rows)
            return attrs.evolve(each, became=Became.COUNTS)
    return attrs.evolve(each, became=Became.REFUSED)


def _meant(sheet: Sheet, origin: Origin) -> bool:
    """Whether a sheet is the one meant; a workbook of one table names neither file nor sheet."""
    return origin.file in (None, sheet.file) and origin.sheet in (None, sheet.sheet)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
