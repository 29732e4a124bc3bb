"""Rows of a table that are no purchases: totals, footnotes, the header again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from procure.log.cells import blank
from procure.log.headers import Header
from procure.values.words import Words

_TOTAL = re.compile(
    r"\s*(?:本页|本月|本季度?|本年|全年)?\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|"
    r"sub[ -]?totals?|(?:grand )?totals?)\s*(?:[:：(（].*)?",
    re.IGNORECASE | re.DOTALL,
)
_FOOTNOTE = re.compile(
    r"\s*(?:注|备\s*注|说明|填表说明|制表人?|填[表报]人?|审核人?|复核人?|经办人|"
    r"(?:单位)?负责人|note|prepared by)\s*[:：]",
    re.IGNORECASE,
)
_MARK = re.compile(rf"{_TOTAL.pattern}|{_FOOTNOTE.pattern}", re.IGNORECASE)

_IS_TOTAL = Words("合计行", "a row of totals")
_IS_FOOTNOTE = Words("表尾说明", "a footnote")
_IS_HEADER = Words("重复的表头", "the header again")

#: What a row of totals never has, and a footnote neither, by the ready names of columns.
_NOT_IN_TOTALS = ("date", "category", "method", "supplier")
_NOT_IN_FOOTNOTES = ("date", "amount")


class LeftOut:
    """Tells which rows below one header are no purchases."""

    def __init__(self, header: Header) -> None:
        self._header = tuple(filter(None, header.texts))
        self._repeated = self._header[0] if self._header else None
        places = {header.known.ready(name): at for name, at in header.fields.items()}
        self._in_purchases = [places.get(name) for name in _NOT_IN_TOTALS]
        self._dated = [places.get(name) for name in _NOT_IN_FOOTNOTES]

    def why(self, first: str, cells: Sequence[object]) -> Words | None:
        """Why a row is no purchase, by its first text; None where it may be one."""
        if first != self._repeated and not _MARK.match(first):
            return None
        place = next(at for at, cell in enumerate(cells) if cell is first)
        if _TOTAL.fullmatch(first) and _lacks(cells, self._in_purchases, place):
            return _IS_TOTAL
        if _FOOTNOTE.match(first) and _lacks(cells, self._dated, place):
            return _IS_FOOTNOTE
        if first == self._repeated and tuple(c for c in cells if not blank(c)) == self._header:
            return _IS_HEADER
        return None


def _lacks(cells: Sequence[object], places: Sequence[int | None], first: int) -> bool:
    """Whether a row has nothing in these columns, but for the very cell that says what the row is."""
    return all(at is None or at == first or at >= len(cells) or blank(cells[at]) for at in places)
