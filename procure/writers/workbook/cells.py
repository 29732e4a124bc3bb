"""Text as a cell can hold it, and the room it needs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from procure.values.words import Lang, Words

#: The longest text of a cell, in the units of UTF-16 in which Excel counts.
LONGEST = 32_767

#: The height of a line, and the most that a row gets, in points: of a longer text the beginning is enough to see.
LINE, _TALLEST = 15.75, 252.0

_CUT = Words(" ……（已截断）", " … (cut)")
# What XML cannot hold: control characters, halves of surrogate pairs, and two that are no characters.
_ILLEGIBLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDE = re.compile("[\u2e80-\uffef]")
_CONTROL_PICTURES = 0x2400


def legible(text: str, lang: Lang) -> str:
    """The text with pictures of its control characters (NUL is ␀), cut where it is too long and marked so."""
    if _ILLEGIBLE.search(text):
        text = _ILLEGIBLE.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) <= LONGEST // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    mark = _CUT.say(lang)
    return units[: 2 * (LONGEST - len(mark))].decode("utf-16-le", "ignore") + mark


def _picture(match: re.Match[str]) -> str:
    control = ord(match[0])
    return chr(_CONTROL_PICTURES + control) if control < 0x20 else "\N{REPLACEMENT CHARACTER}"


def height(cells: Iterable[tuple[object, int]]) -> float:
    """Of a row in which the text can be read, given each cell with the width of its column. Programs differ in whether
    they work this out for themselves."""
    lines = max((_lines(cell, width) for cell, width in cells if isinstance(cell, str)), default=1)
    return min(lines * LINE, _TALLEST)


def _lines(text: str, width: int) -> int:
    # A Chinese character is as wide as two others; something is lost at the edges and where a line breaks early.
    room = max(width - 3, 4)
    return sum(max(1, math.ceil((len(line) + len(_WIDE.findall(line))) / room)) for line in text.split("\n"))
