"""Which column is which: a header row is found, and its headers are given their fields."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Mapping, Sequence

import attrs

from procure import amounts
from procure.readers.synonyms import DESCRIPTIVE, KNOWN, key
from procure.records import NAMES
from procure.words import ProcureError, Words

#: A header stands among the first rows that are not blank, below the title lines.
DEPTH = 30

_UNITS = {
    key(word): unit
    for unit, words in {
        "元": "元, 人民币, 人民币元, rmb, cny, yuan, ¥, rmb yuan",
        "千元": "千元, 人民币千元, 1000 yuan, 1,000 yuan, thousand yuan",
        "万元": "万元, 万, 人民币万元, 10000 yuan, 10,000 yuan, 10k yuan, rmb 10000, rmb 10k",
        "百万元": "百万元, 人民币百万元, million yuan, rmb million",
        "亿元": "亿元, 亿, 人民币亿元",
    }.items()
    for word in words.split(", ")
}
_ASIDES = "是/否 是否 y/n yes/no 有/无 全称 必填 选填 如有 家 家数 个 年月日 年/月/日 年-月-日 含税 不含税"
_HARMLESS = frozenset(map(key, _ASIDES.split()))
_BRACKETED = re.compile(r"(.+?)\s*[(\[【]\s*(?:单位\s*[:：]?\s*)?(.+?)\s*[)\]】]\s*")
_TRAILING = re.compile(r"(.+?)[\s/:,_-]*(百万元|千元|万元|亿元|元)")
_IN_A_TITLE = re.compile(r"单位\s*[:：]\s*(?:人民币)?\s*(百万元|千元|万元|亿元|元)")
_SAFE = re.compile(r"[\w=@.%:,+-]+")
# No header is a bare number: that is a row of data in a table without one.
_NUMBER = re.compile(r"[\d.,¥￥ -]+")
_LETTER = re.compile(r"@([A-Za-z]{1,3})")
# Beside these, 单位 is as likely the unit of measure.
_GOODS_LIST = frozenset(map(key, ("数量", "单价", "规格", "规格型号", "型号", "quantity", "qty")))


@attrs.frozen
class Header:
    """A header row and what was made of it. `fields` gives the position of each canonical column."""

    row: int
    texts: tuple[str, ...]
    fields: Mapping[str, int]
    rivals: Mapping[str, tuple[int, ...]]
    absent: Mapping[str, str]
    unit: str

    @property
    def score(self) -> tuple[bool, int]:
        return not self.absent, len(self.fields) + len(self.rivals)

    def names(self) -> dict[str, str]:
        """Each canonical column with the header that gave it, as the user may name it."""
        return {field: self._name(at) for field, at in self.fields.items()}

    def unknown(self) -> tuple[str, ...]:
        """The headers that no field was read from."""
        return tuple(self.texts[at] for at in self.unread())

    def unread(self) -> tuple[int, ...]:
        """The places of these."""
        read = set(self.fields.values())
        return tuple(at for at, text in enumerate(self.texts) if text and at not in read)

    def problem(self) -> Words | None:
        """Why the table cannot be read with these columns, and the line that mends it; None where it can."""
        there = list(filter(None, self.texts))
        zh, en = f"表头有：{'、'.join(there)}", f"the headers are: {', '.join(there)}"
        for field, text in self.absent.items():
            return Words(f"没有“{text}”列（{NAMES[field].zh}）；{zh}", f"no column {text!r} for {field}; {en}")
        for field, rivals in self.rivals.items():
            options = [self._name(at) for at in rivals]
            lines = [option(field, text) for text in options]
            return Words(
                f"“{NAMES[field].zh}”可能是{'、'.join(f'“{text}”' for text in options)}，请指定：{' 或 '.join(lines)}",
                f"{field} could be any of {', '.join(map(repr, options))}; say which: {' or '.join(lines)}",
            )
        if "amount" not in self.fields:
            return Words(
                f"没有金额列；{zh}。请指定金额列：--column amount=…",
                f"no amount column; {en}. Say which it is: --column amount=…",
            )
        return None

    def _name(self, at: int) -> str:
        """A header, or the letters of its column where it is blank or not the only one of its text."""
        return self.texts[at] if self.texts[at] and self.texts.count(self.texts[at]) == 1 else f"@{letters(at)}"


def option(field: str, header: str) -> str:
    """The command line option that settles a column."""
    text = f"{field}={header}"
    # shlex would quote every Chinese word too; a shell needs that only for its own signs.
    return f"--column {text if _SAFE.fullmatch(text) else shlex.quote(text)}"


def letters(at: int) -> str:
    """The letters by which a spreadsheet calls a column: 0 is A, 26 is AA."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def asked(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The columns that the user named, checked: every field is one there is."""
    for field in columns or {}:
        if field not in NAMES:
            raise ProcureError(
                Words(
                    f"没有“{field}”这一项；可用：{'、'.join(NAMES)}",
                    f"there is no field {field!r}; the fields are: {', '.join(NAMES)}",
                )
            )
    return dict(columns or {})


def find(
    rows: Sequence[tuple[int, Sequence[object]]], columns: Mapping[str, str], first: bool = False
) -> Header | None:
    """The header among the first rows of a table: the row in which most is recognised, the first of such. Where none
    is known well enough, it is the `first` if that is said to be one."""
    headers = [recognise(row, cells, columns) for row, cells in rows]
    best = max(headers, key=lambda header: header.score, default=None)
    if best is None:
        return None
    # Two headers known, or the only one, or all that the user named: less could be a row of data.
    enough = min(2, sum(map(bool, best.texts)) or 1)
    if best.score[1] < enough and (best.absent or not any(columns.values())):
        if not first:
            return None
        best = headers[0]
    if best.unit:
        return best
    above = (str(cell) for row, cells in rows if row < best.row for cell in cells if cell)
    units = (match[1] for match in map(_IN_A_TITLE.search, above) if match)
    return attrs.evolve(best, unit=next(units, "元"))


def recognise(row: int, cells: Sequence[object], columns: Mapping[str, str]) -> Header:
    """A row taken for a header. A field given "" in `columns` is one that the log does not have."""
    texts = tuple(" ".join(str(cell).split()) if isinstance(cell, str) else "" for cell in cells)
    fields: dict[str, int] = {}
    absent: dict[str, str] = {}
    rivals: dict[str, tuple[int, ...]] = {}
    for field, text in columns.items():
        places = [at for at in _places(text, texts) if not _NUMBER.fullmatch(texts[at])]
        if len(places) == 1:
            fields[field] = places[0]
        elif places:
            rivals[field] = tuple(places)
        elif text:
            absent[field] = text
    taken = {*fields.values(), *(at for places in rivals.values() for at in places)}
    for field, candidates in _candidates(texts, taken).items():
        if field in columns:
            continue
        best = min(candidates)[0]
        places = [at for tier, _, at in sorted(candidates) if tier == best]
        if len(places) == 1 or field in DESCRIPTIVE:
            fields[field] = places[0]
        else:
            rivals[field] = tuple(sorted(places))
    ordered = {field: fields[field] for field in NAMES if field in fields}
    return Header(row, texts, ordered, rivals, absent, unit_of(texts[fields["amount"]]) if "amount" in fields else "")


def _places(text: str, texts: Sequence[str]) -> list[int]:
    """Where the header that the user named stands: to the letter if it is there so, else folded."""
    letter = _LETTER.fullmatch(text)
    if letter:
        return [at for at in range(len(texts)) if letters(at) == letter[1].upper()]
    wanted = " ".join(text.split())
    exact = [at for at, header in enumerate(texts) if header and header == wanted]
    return exact or [at for at, header in enumerate(texts) if header and key(header) == key(wanted)]


def _candidates(texts: Sequence[str], taken: set[int]) -> dict[str, list[tuple[int, int, int]]]:
    found: dict[str, list[tuple[int, int, int]]] = {}
    keys = set(map(key, texts))
    for at, text in enumerate(texts):
        known = None if at in taken else _known(text)
        if known is None or (key(text) == "单位" and keys & _GOODS_LIST):
            continue
        field, tier, place = known
        found.setdefault(field, []).append((tier, place, at))
    return found


def _known(text: str) -> tuple[str, int, int] | None:
    if not text or len(text) > 60:
        return None
    exact = KNOWN.get(key(text))
    if exact:
        return exact
    folded = unicodedata.normalize("NFKC", text)
    bracketed = _BRACKETED.fullmatch(folded)
    if bracketed:
        known = KNOWN.get(key(bracketed[1]))
        is_unit = known is not None and known[0] == "amount" and key(bracketed[2]) in _UNITS
        return known if is_unit or key(bracketed[2]) in _HARMLESS else None
    trailing = _TRAILING.fullmatch(folded)
    known = KNOWN.get(key(trailing[1])) if trailing else None
    return known if known and known[0] == "amount" else None


def unit_of(text: str) -> str:
    """The unit that a header names, or an empty text."""
    folded = unicodedata.normalize("NFKC", text)
    bracketed = _BRACKETED.fullmatch(folded)
    if bracketed:
        return _UNITS.get(key(bracketed[2]), "")
    trailing = _TRAILING.fullmatch(folded)
    return trailing[2] if trailing and trailing[2] in amounts.UNITS else ""
