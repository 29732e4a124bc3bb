"""Columns: what a policy looks at in a log. A column has a type, and reads its cells by it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Literal

import attrs

from procure.log import cells
from procure.log.cells import ABSENT, MISSING, NONE, ONE, OTHER, UNDATED
from procure.log.formats import Formatted, formatted
from procure.log.vocabulary import APPROVED, PENDING
from procure.values import counts, dates, texts
from procure.values.money import Currency
from procure.values.texts import seen
from procure.values.words import ProcureError, Words

#: What a column holds: amounts in minor units, dates, whole numbers, one of some words, names that are compared, yes or
#: no, and text that is only there or not.
Type = Literal["money", "date", "count", "word", "name", "yes-no", "text"]
TYPES: tuple[Type, ...] = ("money", "date", "count", "word", "name", "yes-no", "text")


@attrs.frozen
class Manner:
    """How a log writes what can be written in several ways: the currency and the decimal sign of its amounts, the
    multiple in which a column counts them, whether the day stands first in 03/04/2020 (None: not known), from which
    year on a year of two digits counts, and in which time zone a moment has its day. Amounts are rounded to the
    currency's smallest unit unless they must be `exact`; the decimal sign is `sure` where 12.345 can only be one
    thing."""

    currency: Currency
    decimal: str = "."
    unit: str = ""
    day_first: bool | None = None
    century: int | None = None
    zone: str | None = None
    exact: bool = False
    sure: bool = True


@attrs.frozen(slots=False)
class Code:
    """Which cells of a name column are codes, whatever their case, and the digits of a level that is left open."""

    pattern: str
    open: str | None = None

    @cached_property
    def fault(self) -> str | None:
        """Why the pattern is no regular expression; None where it is one."""
        try:
            re.compile(self.pattern)
        except (re.error, OverflowError, RecursionError) as error:
            return str(error)
        return None

    @cached_property
    def _shape(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def of(self, name: str) -> str | None:
        """The code in capitals, or None of a name that is none."""
        upper = name.upper()
        return upper if self._shape.fullmatch(upper) else None

    def said(self, code: str) -> str:
        """A code without the levels that it leaves open: A02010000 says no more than A0201."""
        if self.open is None or not code.endswith(self.open):
            return code
        size = len(self.open)
        digits = len(code) - len(re.match(r"\D*", code)[0])  # type: ignore[index]  # it matches always
        while digits > size and digits % size == 0 and code.endswith(self.open):
            code, digits = code[:-size], digits - size
        return code


@attrs.frozen(kw_only=True, slots=False)
class Column:
    """A column, as a policy declares it; see the page of the format for every key.

    `words` are those of a column of words or of yes and no: each with its synonyms; in Chinese a word in Latin letters
    is shown as the first of them. `several` are written words that may mean more than one. `derived` says what else
    tells the value.
    """

    name: str
    type: Type
    title: Words | None = None
    #: Better headers stand in earlier tiers: a header of a better tier wins over one of a worse.
    headers: tuple[tuple[str, ...], ...] = ()
    words: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    several: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    #: What may stand behind a word without changing it.
    endings: tuple[str, ...] = ()
    #: Words that say that there is none on record.
    nothing: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    other: bool = False
    yes: bool = False
    blank: Literal["missing", "none"] = "missing"
    absent: Literal["missing", "one"] = "missing"
    negative: Literal["may", "never"] = "may"
    at_least: str | None = None
    code: Code | None = None
    derived: Any = None
    note: str | None = None
    #: What words mean in one log, besides the column's own: by the word, folded, a value, or a set of possible ones.
    written: Mapping[str, Any] = attrs.field(factory=dict)
    #: The ready column that it is, under this name or its own.
    ready: str | None = None

    @cached_property
    def label(self) -> Words:
        """What the column is called."""
        return self.title or Words(self.name, self.name)

    def read(self, cell: object, manner: Manner) -> Any:
        """What a cell says: a value of the column's type, or something short of one (`Said`). Raises `ProcureError` for
        a cell that cannot be understood."""
        return self.reader(manner)(cell)

    def reader(self, manner: Manner) -> Callable[[object], Any]:
        """`read` for many cells of one manner."""
        absent = ONE if self.absent == "one" else MISSING
        empty = NONE if self.blank == "none" else MISSING
        understood = self._as_written if self.written else _READ[self.type]

        glance = manner.currency.glance(manner.unit, manner.decimal) if self.type == "money" else None

        def read(cell: object) -> Any:
            if glance is not None and (found := glance(cell)) is not None:
                return found
            if isinstance(cell, str):
                if len(cell) < _LONGEST_DITTO and cell.strip() in DITTO and self.type != "money":
                    raise DittoError(_DITTO.format(cell=cell, said=repr(cell)))
                return empty if texts.empty(cell) else understood(self, cell, manner)
            if cell is None:
                return empty
            if cell is ABSENT:
                return absent
            return cell if isinstance(cell, cells.Said) else understood(self, cell, manner)

        return read

    def assumed(self, cell: object, manner: Manner) -> Words | None:
        """What is taken for granted where a cell is read as a day; None where it says all."""
        return dates.assumed(cell, manner.day_first, manner.century, manner.zone)

    def named(self, name: str) -> str:
        """A name that a policy writes, as a column of names reads it."""
        return str(_name(self, name, None))

    @staticmethod
    def _as_written(column: Column, cell: object, manner: Manner) -> Any:
        """By the words of the log, before all else."""
        found = column.written.get(cells.fold(cells.whole(cell)))
        return _READ[column.type](column, cell, manner) if found is None else found

    @cached_property
    def canonical(self) -> tuple[str, ...]:
        """The words by which a policy names what a cell of words says."""
        return tuple(self.words) or self.order

    @cached_property
    def known(self) -> Mapping[str, Any]:
        """Of each written word, folded, what it means: one word, or a set of those that it may mean."""
        found: dict[str, Any] = {}
        for word in self.canonical:
            for written in (word, *self.words.get(word, ())):
                found.setdefault(cells.fold(written), word)
        for written, meant in self.several.items():
            found[cells.fold(written)] = frozenset(meant)
        return found

    def shown(self, value: Any) -> Words:
        """A value for a reader's eye."""
        if isinstance(value, frozenset):
            each = sorted((self.shown(word) for word in value), key=lambda words: words.en)
            return Words("或".join(w.zh for w in each), " or ".join(w.en for w in each))
        if isinstance(value, str) and value in self.words:
            zh = next(iter(self.words[value]), value) if value.isascii() else value
            return Words(zh, value.replace("_", " "))
        return Words(str(value), str(value))


class DittoError(ProcureError):
    """A cell that says what the one above it says."""


#: What says that a cell is as the one above it.
DITTO = frozenset(
    (
        "同上",
        "同前",
        "上同",
        "〃",
        "〞",
        "″",
        '"',
        "''",
        "“",
        "”",
        "々",
        "ditto",
        "Ditto",
        "DITTO",
        "do.",
        "id.",
        "idem",
    )
)
_LONGEST_DITTO = 8
_DITTO = Words("“{cell}”之上没有可沿用的内容", "{said} has nothing above it that it could stand for")


def _money(column: Column, cell: object, manner: Manner) -> Any:
    if isinstance(cell, Formatted):
        return formatted(cell, manner.currency, manner.unit, manner.exact)
    found = manner.currency.cell(cell, manner.unit, manner.decimal, manner.exact, manner.sure)
    return MISSING if found is None else found


def _date(column: Column, cell: object, manner: Manner) -> Any:
    if type(cell) is dt.date:
        return cell
    if column.yes:
        if isinstance(cell, bool):
            return UNDATED if cell else NONE
        said = on_record(cells.whole(cell))
        if said is not None:
            return UNDATED if said else NONE
    elif column.blank == "none" and isinstance(cell, str) and on_record(cell) is False:
        return NONE
    return dates.date(cell, manner.day_first, manner.century, manner.zone)


def _count(column: Column, cell: object, manner: Manner) -> Any:
    if type(cell) is int and cell >= 0:
        return cell
    if type(cell) is str and cell.isdecimal() and len(cell) <= 6:
        return int(cell)
    if type(cell) is float and cell.is_integer() and 0 <= cell < 10**6:
        return int(cell)
    found = counts.count(cell)
    return MISSING if found is None else found


def _word(column: Column, cell: object, manner: Manner) -> Any:
    if isinstance(cell, frozenset):
        return frozenset(_word(column, each, manner) for each in cell)
    text = cells.fold(cells.whole(cell))
    found = column.known.get(text)
    if found is None:
        bare = (text.removesuffix(ending) for ending in column.endings if text.endswith(ending))
        found = next((column.known[word] for word in bare if word in column.known), None)
    if found is not None:
        return found
    if text in DASHES:
        return NONE if column.blank == "none" else MISSING
    if column.other:
        return OTHER
    raise _unknown(column, cell)


#: In a column of words these say as little as a blank.
DASHES = frozenset(
    ("-", "--", "---", "—", "——", "–", "/", "//", "\\", "n/a", "na", "nil", "无", "没有", "沒有", "不详")
)
#: So do these where names are written; NA and Nil may be names.
_DASHED_NAMES = DASHES - {"na", "nil"}
_LONGEST_DASH = max(map(len, _DASHED_NAMES))


def _name(column: Column, cell: object, manner: Manner | None) -> Any:
    found = cells.name(cell)
    assert found is not None  # a blank cell never comes here
    if len(found) <= _LONGEST_DASH and found.lower() in _DASHED_NAMES:
        return NONE if column.blank == "none" else MISSING
    code = column.code.of(found) if column.code else None
    return found if column.code is None or code is None else column.code.said(code)


def _yes_no(column: Column, cell: object, manner: Manner) -> Any:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    found = column.known.get(cells.fold(cells.whole(cell)))
    if found is None:
        raise _unknown(column, cell)
    return found


def _text(column: Column, cell: object, manner: Manner) -> Any:
    if column.blank == "none":
        if isinstance(cell, bool):
            return "是" if cell else NONE
        if on_record(cells.whole(cell)) is False:
            return NONE
    return seen(cells.whole(cell)).strip()


_READ: Mapping[str, Callable[[Column, object, Manner], Any]] = {
    "money": _money,
    "date": _date,
    "count": _count,
    "word": _word,
    "name": _name,
    "yes-no": _yes_no,
    "text": _text,
}


def _unknown(column: Column, cell: object) -> ProcureError:
    words = column.canonical
    shown = [column.shown(word).zh for word in words]
    label = column.label.zh if column.type != "yes-no" else f"是否{column.label.zh.removeprefix('是否')}"
    return ProcureError(
        Words(
            f"“{cell}”不是已知的{label}（可用：{'、'.join(shown)}）",
            f"{str(cell)!r} is not a known {column.name} (use one of: {', '.join(words)})",
        )
    )


YES = (
    "是", "有", "y", "yes", "true", "1", "√", "✓", "对", "已", "已批准", "已报告", "同意", "已同意", "已审批",
    "sí", "si", "sì", "sim", "oui", "ja",
)  # fmt: skip
NO = (
    "否", "无", "没有", "n", "no", "none", "false", "0", "×", "x", "✗", "未", "未批准", "未报告", "不同意", "未同意",
    "未审批", "-", "--", "—", "/", "n/a", "na", "nil", "não", "nao", "non", "nein",
)  # fmt: skip
#: Where a thing may be on record or not, these too say that it is not.
NOTHING = (
    "不适用", "不涉及", "暂无", "未提供", "待补", "待补充", "缺", "缺失", "无依据", "无理由", "未论证", "未办理",
    "not applicable",
)  # fmt: skip
_ON_RECORD = {
    **dict.fromkeys(map(cells.fold, (*YES, *APPROVED)), True),
    **dict.fromkeys(map(cells.fold, (*NO, *NOTHING, *PENDING)), False),
}


def on_record(text: str) -> bool | None:
    """Whether a text says that there is one, or that there is none; None where it says something else."""
    return _ON_RECORD.get(cells.fold(text))
