"""The yearly list of centrally purchased categories (集中采购目录)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from procure import amounts
from procure.records import category, is_code
from procure.words import ProcureError, Words


@attrs.frozen
class Catalogue:
    """Codes, prefixes of codes, or names; some with a floor in fen, from which they are listed.

    A category of the log that is coarser than an entry is neither inside nor outside for certain.

    A code of the 2022 edition ends in `00` for every level it leaves open (A02010000 is all of A0201).
    """

    codes: tuple[str, ...]
    names: frozenset[str]
    floors: Mapping[str, int] = attrs.field(factory=dict, hash=False)

    @classmethod
    def of(cls, entries: Mapping[str, object] | Iterable[str]) -> Catalogue:
        """From entries, or entries with their floors in yuan (None where one has none). Raises `ProcureError` for a
        floor that is no amount or not above zero, and for an entry with two."""
        given = entries.items() if isinstance(entries, Mapping) else ((entry, None) for entry in entries)
        folded: dict[str, int | None] = {}
        for each, floor in given:
            entry = category(each)
            if entry is None:
                continue
            entry = _open_levels(entry) if is_prefix(entry) else entry
            fen = None if floor is None else _floor(each, floor)
            if folded.setdefault(entry, fen) != fen:
                raise ProcureError(Words(f"目录中“{each}”有两个起点金额", f"{each!r} has two floors in the catalogue"))
        codes = {entry for entry in folded if is_prefix(entry)}
        return cls(
            tuple(sorted(codes)),
            frozenset(folded.keys() - codes),
            {entry: fen for entry, fen in folded.items() if fen is not None},
        )

    def lists(self, category: str) -> bool | None:
        """Whether the category is listed; None where the catalogue does not speak its language: one of
        codes alone says nothing of a plain name, nor one of names alone of a code."""
        if is_code(category):
            if category.startswith(self.codes):
                return True
            # A coarser code than an entry's may be of that entry or of another beside it.
            coarser = any(code.startswith(category) for code in self.codes)
            return None if coarser or (self.names and not self.codes) else False
        return category in self.names if self.names or not self.codes else None

    def floor(self, category: str | None) -> tuple[int, int]:
        """Between which amounts in fen the floor of this category lies; 0 is none. Where several entries list it, or
        none does and another column says that it is listed, it may be that of any."""
        if category is None:
            listing = []
        elif is_code(category):
            listing = [code for code in self.codes if category.startswith(code)]
        else:
            listing = [category] if category in self.names else []
        floors = [self.floors.get(entry, 0) for entry in listing] or [0, *self.floors.values()]
        return min(floors), max(floors)


def _floor(entry: str, floor: object) -> int:
    fen = amounts.fen(floor)
    if fen <= 0:
        raise ProcureError(
            Words(f"目录中“{entry}”的起点金额须高于零", f"the floor of {entry!r} in the catalogue must be above zero")
        )
    return fen


_PREFIX = re.compile(r"[ABC]\d*")


def is_prefix(category: str) -> bool:
    """Whether a catalogue entry is a code or the beginning of one."""
    return _PREFIX.fullmatch(category) is not None


def _open_levels(code: str) -> str:
    while len(code) in (9, 7, 5) and code.endswith("00"):
        code = code[:-2]
    return code
