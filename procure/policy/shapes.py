"""Whether what a policy is declared with has the right types: nothing is converted, and no number is a binary float."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from procure.interpretation.readings import Ambiguity
from procure.interpretation.sources import Passage
from procure.log.columns import TYPES, Code, Column
from procure.policy.declarations import (
    Band,
    Duty,
    Example,
    Head,
    Holds,
    InForce,
    Ladder,
    Listed,
    Prefix,
    Total,
)
from procure.policy.limits import Limit
from procure.policy.lists import Carried, GivenList
from procure.policy.rules import OwnRule
from procure.values.faults import Faults, Path
from procure.values.tables import asks, number
from procure.values.toml import shown
from procure.values.words import Words, with_article

if TYPE_CHECKING:
    from procure.policy.policy import Policy

#: What a value must be, and how that is called.
Shape = tuple[Callable[[Any], bool], Words]


def _none(shape: Shape) -> Shape:
    passes, called = shape
    return lambda value: value is None or passes(value), called


def _instance(kind: type | tuple[type, ...], zh: str, en: str) -> Shape:
    return lambda value: isinstance(value, kind), Words(zh, en)


def _one_of(*words: str) -> Shape:
    each = " | ".join(words)
    return lambda value: value in words, Words(each, each)


_TEXT = _instance(str, "文字", "text")
_ID: Shape = (
    lambda value: isinstance(value, str) and bool(value.strip()),
    Words("不空的文字", "text that is not empty"),
)
_WORDS = _instance(Words, "文字", "text")
_FLAG = _instance(bool, "true 或 false", "true or false")
_TABLE = _instance(Mapping, "表", "a table")
_DAY: Shape = (lambda value: type(value) is dt.date, Words("日期（不带时刻）", "a date, without a time"))
_NUMBER: Shape = (
    number,
    Words("数（整数或十进制数，不用二进制小数）", "an exact number (whole or Decimal, no binary float)"),
)


def _bound(value: object) -> bool:
    """Whether a limit can be bounded by it, under whatever reading."""
    if asks(value):
        return all(_bound(each) for reading, each in value.items() if reading != "ask")
    return number(value) or isinstance(value, str)


_BOUND: Shape = (
    _bound,
    Words("数（不用二进制小数）或限额的名称", "an exact number (no binary float), or the name of a limit"),
)
_EDGE: Shape = (
    lambda key: isinstance(key, str) or type(key) is int,
    Words("整数，或写作文字的数、限额", "a whole number, or a number or limit as text"),
)


def _derived(value: object) -> bool:
    """Whether a column can be derived so, under whatever reading."""
    if asks(value):
        return all(_derived(each) for reading, each in value.items() if reading != "ask")
    return isinstance(value, (Prefix, Head, Listed, Holds))


_DERIVED: Shape = (_derived, Words("Prefix、Head、Listed 或 Holds", "a Prefix, Head, Listed or Holds"))
_COUNT: Shape = (lambda value: type(value) is int, Words("整数", "a whole number"))
_TEXTS: Shape = (
    lambda value: isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value),
    Words("文字的列表", "a list of texts"),
)
_NAMES: Shape = (
    lambda value: isinstance(value, str) or _TEXTS[0](value),
    Words("名称或名称的列表", "a name or a list of names"),
)


def _year(value: object) -> bool:
    """Whether a text is a day of every year."""
    if not (isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value)):
        return False
    try:
        dt.date.fromisoformat(f"2001-{value}")
    except ValueError:
        return False
    return True


#: Of each declaration, its fields: the key in a policy file, and the shape.
_SHAPES: Mapping[type, Mapping[str, tuple[str, Shape]]] = {
    Column: {
        "type": ("type", _one_of(*TYPES)),
        "words": ("words", _TABLE),
        "order": ("order", _TEXTS),
        "other": ("other", _FLAG),
        "yes": ("yes", _FLAG),
        "blank": ("blank", _one_of("missing", "none")),
        "absent": ("absent", _one_of("missing", "one")),
        "negative": ("negative", _one_of("may", "never")),
        "at_least": ("at-least", _none(_TEXT)),
        "code": ("code", _none(_instance(Code, "Code", "a Code"))),
        "derived": ("from", _none(_DERIVED)),
    },
    GivenList: {"of": ("of", _TEXT), "given": ("given", _FLAG), "carries": ("carries", _TABLE)},
    Carried: {
        "type": ("type", _one_of("money")),
        "blank": ("blank", _none(_NUMBER)),
        "title": ("title", _none(_WORDS)),
    },
    Limit: {
        "given": ("given", _FLAG),
        "by": ("by", _NAMES),
        "since": ("from", _none(_DAY)),
        "until": ("until", _none(_DAY)),
        "published": ("published", _none(_DAY)),
        "above": ("above", _none(_BOUND)),
        "at_least": ("at-least", _none(_BOUND)),
    },
    InForce: {
        "since": ("from", _none(_DAY)),
        "until": ("until", _none(_DAY)),
        "published": ("published", _none(_DAY)),
    },
    Band: {"id": ("id", _ID)},
    Duty: {
        "required": ("required", _WORDS),
        "title": ("title", _none(_WORDS)),
        "only_if": ("only-if", _none(_TABLE)),
        "waivable": ("waivable", _FLAG),
    },
    OwnRule: {
        "id": ("id", _ID),
        "title": ("title", _WORDS),
        "required": ("required", _WORDS),
        "tests": ("tests", _TABLE),
        "due": ("due", (callable, Words("函数", "a function"))),
        "met": ("met", (callable, Words("函数", "a function"))),
        "waivable": ("waivable", _FLAG),
    },
}  # fmt: skip

_POLICY: Mapping[str, Shape] = {
    "id": _ID,
    "title": _WORDS,
    "currency": _TEXT,
    "text": _instance(Passage, "Passage", "a Passage"),
    "decimal": _one_of(".", ","),
    "decimals": _none(_COUNT),
    "year": (_year, Words("每年的某日（如 “01-01”）", "a day of every year, such as '01-01'")),
    "in_force": _instance(InForce, "InForce", "an InForce"),
    "adopted": _TABLE,
    "given": _TABLE,
}

#: Of each table of a policy, what stands in it.
_TABLES: Mapping[str, tuple[str, type]] = {
    "columns": ("columns", Column), "lists": ("list", GivenList), "totals": ("total", Total),
    "ladders": ("ladder", Ladder), "duties": ("duty", Duty),
}  # fmt: skip
_LISTS: Mapping[str, tuple[str, type]] = {
    "questions": ("question", Ambiguity), "rules": ("rules", OwnRule), "examples": ("example", Example)
}  # fmt: skip


def shaped(policy: Policy, faults: Faults) -> None:
    """Adds to the faults everything that is of another type than it must be."""
    for field, shape in _POLICY.items():
        _check(faults, (field.replace("_", "-"),), getattr(policy, field), shape)
    for path, value, kind in _parts(policy, faults):
        if not isinstance(value, kind):
            name, it = kind.__name__, shown(value)
            faults.add(path, f"须为 {name}，不是 {it}", f"it must be {with_article(name)}, not {it}")
            continue
        for field, (key, shape) in _SHAPES.get(kind, {}).items():
            _check(faults, (*path, key), getattr(value, field), shape)
    if isinstance(policy.in_force, InForce):
        for field, (key, shape) in _SHAPES[InForce].items():
            _check(faults, ("in-force", key), getattr(policy.in_force, field), shape)


def _check(faults: Faults, path: Path, value: object, shape: Shape) -> None:
    passes, called = shape
    if not passes(value):
        # A blank stands between Chinese and other letters.
        zh = f" {called.zh}" if called.zh.isascii() or called.zh[0].isascii() else called.zh
        faults.add(path, f"须为{zh}，不是 {shown(value)}", f"it must be {called.en}, not {shown(value)}")


def _parts(policy: Policy, faults: Faults) -> Iterator[tuple[Path, Any, type]]:
    """Everything that is declared, with its place and what it must be."""
    for field, (key, kind) in _TABLES.items():
        table = getattr(policy, field)
        _check(faults, (key,), table, _TABLE)
        for name, value in table.items() if isinstance(table, Mapping) else ():
            _check(faults, (key, name), name, _ID)
            yield (key, name), value, kind
            yield from _inner((key, name), value, faults)
    for name, entries in policy.limits.items() if isinstance(policy.limits, Mapping) else ():
        if not isinstance(entries, (list, tuple)) or not entries:
            faults.add(("limit", name), "须为 Limit 的列表", "it must be a list of Limit")
            continue
        for n, entry in enumerate(entries):
            yield ("limit", name, *((n,) if len(entries) > 1 else ())), entry, Limit
    for field, (key, kind) in _LISTS.items():
        for n, value in enumerate(getattr(policy, field)):
            yield (key, getattr(value, "id", n)), value, kind


def _inner(path: Path, value: Any, faults: Faults) -> Iterator[tuple[Path, Any, type]]:
    if isinstance(value, Ladder):
        if isinstance(value.edge, Mapping):
            for key in value.edge:
                _check(faults, (*path, "edge"), key, _EDGE)
        if not isinstance(value.bands, Sequence) or not value.bands:
            faults.add((*path, "band"), "没有档", "it has no bands")
            return
        for n, band in enumerate(value.bands):
            yield (*path, "band", getattr(band, "id", n)), band, Band
    if isinstance(value, GivenList) and isinstance(value.carries, Mapping):
        for name, carried in value.carries.items():
            yield (*path, "carries", name), carried, Carried
