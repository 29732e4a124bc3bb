"""One checker for every TOML file: what a table may hold is declared, and all faults are found at once, each with its
place. Nothing is converted: `5` is no text, and `true` is no word. The JSON Schema is made of the same declarations.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import chain
from typing import Any, TypeGuard

import attrs

from procure.values.faults import Faults, Path, unknown
from procure.values.toml import shown
from procure.values.words import ProcureError, Words, in_languages

#: What cannot be used; its fault is collected.
WRONG: Any = type("Wrong", (), {"__repr__": lambda self: "WRONG"})()
#: The named parts of a JSON Schema.
Defs = dict[str, Any]
_KEY = Words("键", "key")
#: A blank stands between Chinese and other letters.
_SPACED = re.compile(r"(?<=[!-~])(?=或)|(?<=或)(?=[!-~])")


@attrs.define
class TableFaults:
    """What is wrong with a file: the faults, and the places of values that cannot be used, of which some are replaced
    so that all else is looked at too. A key that nobody knows is a fault; what stands beside it can be used."""

    faults: Faults = attrs.field(factory=Faults)
    broken: list[Path] = attrs.field(factory=list)
    replaced: set[Path] = attrs.field(factory=set)

    def wrong(self, path: Path, kind: ValueKind, value: object) -> Any:
        """The value is not what it must be."""
        zh, en = kind.called
        # A blank stands between Chinese and other letters.
        zh = f" {zh}" if zh[0].isascii() else zh
        near = difflib.get_close_matches(value, kind.words, 1, 0.6) if isinstance(value, str) else []
        meant = Words(f"；是否为“{near[0]}”？", f"; did you mean {near[0]!r}?") if near else Words("", "")
        return self.broke(
            path, f"须为{zh}，不是 {shown(value)}{meant.zh}", f"it must be {en}, not {shown(value)}{meant.en}"
        )

    def broke(self, path: Path, zh: str, en: str) -> Any:
        self.broken.append(path)
        self.faults.add(path, zh, en)
        return WRONG


class ValueKind(ABC):
    """What a value must be."""

    @property
    @abstractmethod
    def called(self) -> Words:
        """How that is called, in a sentence."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that it may be, where it is one of some."""
        return ()

    @abstractmethod
    def fits(self, value: object) -> bool:
        """Whether a value has the shape, looking no deeper than that."""

    def read(self, value: object, found: TableFaults, path: Path) -> Any:
        """The value as it is used; `WRONG` where it cannot be."""
        return value if self.fits(value) else found.wrong(path, self, value)

    @abstractmethod
    def schema(self, defs: Defs) -> dict[str, Any]:
        """As JSON Schema has it."""


@attrs.frozen
class Plain(ValueKind):
    """One value, which is used as it stands, or as what it `becomes`, where a writer is free in how to put it."""

    called: Words
    passes: Callable[[Any], bool]
    json: Mapping[str, Any]
    becomes: Callable[[Any], Any] = attrs.field(default=lambda value: value, kw_only=True)

    def fits(self, value: object) -> bool:
        return self.passes(value)

    def read(self, value: object, found: TableFaults, path: Path) -> Any:
        fits = super().read(value, found, path)
        try:
            return WRONG if fits is WRONG else self.becomes(value)
        except ProcureError as error:
            return found.broke(path, *error.words)

    def schema(self, defs: Defs) -> dict[str, Any]:
        return dict(self.json)


def number(value: object) -> bool:
    """Whether a value is an exact number: a whole one or a decimal, no binary float, and neither true nor false."""
    return type(value) is int or (type(value) is Decimal and value.is_finite())


TEXT = Plain(Words("文字", "text"), lambda value: isinstance(value, str), {"type": "string"})
NAMED = Plain(
    Words("不空的文字", "text that is not empty"),
    lambda value: isinstance(value, str) and bool(value.strip()),
    {"type": "string", "pattern": "\\S"},
)
FLAG = Plain(Words("true 或 false", "true or false"), lambda value: isinstance(value, bool), {"type": "boolean"})
WHOLE = Plain(Words("整数", "a whole number"), lambda value: type(value) is int, {"type": "integer"})
NUMBER = Plain(Words("数", "a number"), number, {"type": "number"})
DAY = Plain(
    Words("日期（如 2020-01-31，不加引号、不带时刻）", "a date such as 2020-01-31, without quotes and without a time"),
    lambda value: type(value) is dt.date,
    {"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"},
)
ANY = Plain(Words("值", "a value"), lambda value: True, {"additionalProperties": True})


@attrs.frozen
class OneOfWords(ValueKind):
    """One of some words."""

    words: tuple[str, ...]

    @property
    def called(self) -> Words:
        each = " | ".join(self.words)
        return Words(each, each)

    def fits(self, value: object) -> bool:
        return isinstance(value, str) and value in self.words

    def schema(self, defs: Defs) -> dict[str, Any]:
        return {"enum": list(self.words)}


@attrs.frozen
class TwoTexts(ValueKind):
    """A text for a reader: a string, or a table by language."""

    @property
    def called(self) -> Words:
        return Words("文字，或按语言的表（{ zh = …, en = … }）", "text, or a table by language ({ zh = …, en = … })")

    def fits(self, value: object) -> bool:
        if isinstance(value, Mapping):
            return bool(value) and all(isinstance(each, str) for each in value.values())
        return isinstance(value, str)

    def read(self, value: object, found: TableFaults, path: Path) -> Any:
        if not self.fits(value):
            return found.wrong(path, self, value)
        assert isinstance(value, (str, Mapping))
        return in_languages(value)

    def schema(self, defs: Defs) -> dict[str, Any]:
        table = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}
        defs.setdefault("said", {"anyOf": [{"type": "string"}, table]})
        return {"$ref": "#/$defs/said"}


@attrs.frozen
class ListOf(ValueKind):
    """A list, all of one kind."""

    each: ValueKind
    called: Words = attrs.field()

    @called.default
    def _called(self) -> Words:
        return Words(f"列表，每项为{self.each.called.zh}", f"a list, each of it {self.each.called.en}")

    def fits(self, value: object) -> bool:
        return isinstance(value, (list, tuple))

    def read(self, value: object, found: TableFaults, path: Path) -> Any:
        if not isinstance(value, (list, tuple)):
            if isinstance(self.each, Table) and isinstance(value, Mapping):
                written = ".".join(map(str, path))
                return found.broke(path, f"须写作 [[{written}]]（列表）", f"write it as [[{written}]]: it is a list")
            return found.wrong(path, self, value)
        read = [self.each.read(one, found, (*path, n)) for n, one in enumerate(value)]
        return tuple(one for one in read if one is not WRONG)

    def schema(self, defs: Defs) -> dict[str, Any]:
        return {"type": "array", "items": self.each.schema(defs)}


TEXTS = ListOf(TEXT, Words("文字的列表", "a list of texts"))


@attrs.frozen
class TableOf(ValueKind):
    """A table whose keys are names of the writer's own, with values of one kind."""

    each: ValueKind
    called: Words = attrs.field()
    #: What the names look like, for editors.
    pattern: str = ""

    @called.default
    def _called(self) -> Words:
        return Words("表", "a table")

    def fits(self, value: object) -> bool:
        return isinstance(value, Mapping)

    def read(self, value: object, found: TableFaults, path: Path) -> Any:
        if not isinstance(value, Mapping):
            return found.wrong(path, self, value)
        read = {name: self._one(name, one, found, (*path, name)) for name, one in value.items()}
        return {name: one for name, one in read.items() if one is not WRONG}

    def _one(self, name: str, value: object, found: TableFaults, path: Path) -> Any:
        if isinstance(self.each, Table) and self.each.named:
            return self.each.read(value, found, path, {self.each.named: name})
        return self.each.read(value, found, path)

    def schema(self, defs: Defs) -> dict[str, Any]:
        names = {"propertyNames": {"pattern": self.pattern}} if self.pattern else {}
        return {"type": "object", **names, "additionalProperties": self.each.schema(defs)}


@attrs.frozen
class Either(ValueKind):
    """Of one kind or of another, as the value's shape tells."""

    kinds: tuple[ValueKind, ...]

    @property
    def called(self) -> Words:
        zh = "或".join(kind.called.zh for kind in self.kinds)
        return Words(_SPACED.sub(" ", zh), " or ".join(kind.called.en for kind in self.kinds))

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(chain(*(kind.words for kind in self.kinds)))

    def fits(self, value: object) -> bool:
        return any(kind.fits(value) for kind in self.kinds)

    def read(self, value: object, found: TableFaults, path: Path) -> Any:
        kind = next((kind for kind in self.kinds if kind.fits(value)), None)
        return found.wrong(path, self, value) if kind is None else kind.read(value, found, path)

    def schema(self, defs: Defs) -> dict[str, Any]:
        return {"anyOf": [kind.schema(defs) for kind in self.kinds]}


@attrs.frozen
class Asked(ValueKind):
    """A value that a question may choose: `{ ask = "…", reading = value, … }`, nested where questions choose
    together."""

    each: ValueKind
    #: What it is called in the schema.
    name: str

    @property
    def called(self) -> Words:
        return self.each.called

    @property
    def words(self) -> tuple[str, ...]:
        return self.each.words

    def fits(self, value: object) -> bool:
        return asks(value) or self.each.fits(value)

    def read(self, value: object, found: TableFaults, path: Path) -> Any:
        if not asks(value):
            return self.each.read(value, found, path)
        if not isinstance(value["ask"], str):
            return found.wrong((*path, "ask"), TEXT, value["ask"])
        read = {key: self.read(one, found, (*path, key)) for key, one in value.items() if key != "ask"}
        return WRONG if WRONG in read.values() else {"ask": value["ask"], **read}

    def schema(self, defs: Defs) -> dict[str, Any]:
        reference = {"$ref": f"#/$defs/{self.name}"}
        if self.name not in defs:
            defs[self.name] = {}
            asked = {
                "type": "object",
                "properties": {"ask": {"type": "string"}},
                "required": ["ask"],
                "additionalProperties": reference,
            }
            plain = {**self.each.schema(defs), "not": {"type": "object", "required": ["ask"]}}
            defs[self.name] = {"anyOf": [asked, plain]}
        return reference


def asks(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether a value depends on a question."""
    return isinstance(value, Mapping) and "ask" in value


@attrs.frozen
class Key:
    """A key of a table: what its value must be and what it means. `field` is what it is called in Python, where that is
    another name."""

    name: str
    kind: ValueKind
    means: Words
    field: str = ""
    required: bool = False
    #: As the file would write the value that stands where there is none.
    default: str = ""
    #: What is gone on with where a required value cannot be used, so that all else is looked at too.
    instead: Any = None

    @property
    def python(self) -> str:
        return self.field or self.name.replace("-", "_")

    @property
    def described(self) -> str:
        """For an editor: what the key means in both languages, and its default."""
        return f"{self.means.zh} / {self.means.en}" + (f" [{self.default}]" if self.default else "")


@attrs.frozen
class Table(ValueKind):
    """A table of known keys, and what is made of it. `named` is the field that takes the table's own name."""

    make: Callable[..., Any]
    keys: tuple[Key, ...]
    named: str = ""

    @property
    def called(self) -> Words:
        return Words("表", "a table")

    def fits(self, value: object) -> bool:
        return isinstance(value, Mapping)

    def read(self, value: object, found: TableFaults, path: Path, beside: Mapping[str, Any] | None = None) -> Any:
        if not isinstance(value, Mapping):
            return found.wrong(path, self, value)
        known = {key.name: key for key in self.keys}
        fields = dict(beside or {})
        for name, one in value.items():
            if name not in known:
                found.faults.add((*path, name), *unknown(_KEY, name, known).words)
                continue
            read = known[name].kind.read(one, found, (*path, name))
            if read is not WRONG:
                fields[known[name].python] = read
        for key in self.keys:
            if key.required and key.name not in value:
                found.broke((*path, key.name), f"缺少（{key.means.zh}）", f"it is missing ({key.means.en})")
            if key.required and key.python not in fields and key.instead is not None:
                fields[key.python] = key.instead
                found.replaced.add((*path, key.name))
        if any(key.required and key.python not in fields for key in self.keys):
            return WRONG
        try:
            return self.make(**fields)
        except ProcureError as error:
            if not any(broken[: len(path)] == path for broken in found.broken):
                with found.faults.at(*path):
                    raise error
            found.broken.append(path)
            return WRONG

    def schema(self, defs: Defs) -> dict[str, Any]:
        properties = {key.name: {**key.kind.schema(defs), "description": key.described} for key in self.keys}
        required = [key.name for key in self.keys if key.required]
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }


def schema(top: Table, id: str, title: str) -> dict[str, Any]:
    """The JSON Schema of a file, for editors that complete it."""
    defs: Defs = {}
    body = top.schema(defs)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id, "title": title, **body, "$defs": defs}
