"""A look at the shared strings of an .xlsx package: its reader copies a string into every cell that refers to it, so
that one long string and many short references come to far more than the package unpacks to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from procure.log.readers.parts import parse
from procure.log.readers.tables import unusable

#: Characters in all cells together, and shared strings.
MOST_TEXT = 1 << 30
MOST_STRINGS = 8_000_000

_START = re.compile(rb"<(?:\w+:)?si[\s/>]")
_END = re.compile(rb"</(?:\w+:)?si\s*>")
# The reader makes room for as many strings as the part says it has.
_CLAIM = re.compile(rb"uniqueCount\s*=\s*[\"']?[\s+0]*(\d{1,20})")

_REFERENCE = re.compile(rb't="s"[^>]*><v>(\d{1,9})</v>')
#: Bytes of `<c t="s"><v>0</v></c>`.
_SHORTEST = 21

Chunks = Callable[[], Iterator[bytes]]


def examine(strings: Chunks, sheets: Sequence[Chunks], size: int, file: str) -> None:
    """Refuse too many strings, and strings repeated in too many cells of the sheets, which have so many bytes."""
    longest = length = count = 0
    for chunk in strings():
        count += len(_START.findall(chunk))
        if max(count, *map(int, _CLAIM.findall(chunk)), 0) > MOST_STRINGS:
            raise unusable(file, "共享字符串过多（超过 800 万个）", "it has more than 8 million shared strings")
        first, *others = map(len, _END.split(chunk))
        # A string may go on in the next chunk.
        longest = max(longest, length + first, *others)
        length = others[-1] if others else length + first
    if longest * size // _SHORTEST > MOST_TEXT and _repeated(strings, sheets) > MOST_TEXT:
        raise unusable(file, "单元格的文字过多（超过 10 亿字）", "its cells hold more than a billion characters")


def _repeated(strings: Chunks, sheets: Sequence[Chunks]) -> int:
    """The characters that all cells repeat."""
    lengths = _Lengths()
    parse(strings(), lengths.start, lengths.text)
    try:
        return sum(_summed(chunk, lengths.found) for sheet in sheets for chunk in sheet())
    except LookupError:
        cells = _Cells(lengths.found)
        for sheet in sheets:
            parse(sheet(), cells.start, cells.text)
        return cells.repeated


def _summed(chunk: bytes, lengths: Sequence[int]) -> int:
    """The sum by a plain search; a `LookupError` where some reference is not written as all usual writers do."""
    found = _REFERENCE.findall(chunk)
    if len(found) != chunk.count(b'"s"') + chunk.count(b"'s'"):
        raise LookupError
    return sum(lengths[int(number)] for number in found)


class _Lengths:
    """The length of each shared string."""

    def __init__(self) -> None:
        self.found: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.found.append(0)

    def text(self, text: str) -> None:
        if self.found:
            self.found[-1] += len(text)


class _Cells:
    """The lengths of the strings that the cells refer to, summed up."""

    def __init__(self, lengths: list[int]) -> None:
        self.repeated = 0
        self._lengths = lengths
        self._shared, self._number = False, ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._number.isdecimal():
            self.repeated += sum(self._lengths[int(self._number) :][:1])
        self._number = ""
        if name == "c":
            self._shared = attributes.get("t") == "s"

    def text(self, text: str) -> None:
        if self._shared:
            self._number = (self._number + text.strip())[:9]
