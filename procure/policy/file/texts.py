"""The text of a policy as its file has it: one passage or several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

import attrs

from procure.interpretation.sources import Passage
from procure.policy.file.kinds import QUOTE, SAID, UNSAID
from procure.values.tables import DAY, TEXT, Defs, Key, ListOf, OneOfWords, Table, TableOf, ValueKind
from procure.values.words import ProcureError, Words


@attrs.frozen(kw_only=True)
class Text:
    """A passage as a file has it: its words, or the file that has them."""

    source: Words
    read_on: dt.date | None = None
    seen: Literal["verbatim", "second-hand"] = "verbatim"
    file: str | None = None
    passage: str | None = None
    not_checked: tuple[Any, ...] = ()

    def __attrs_post_init__(self) -> None:
        if (self.file is None) == (self.passage is None):
            raise ProcureError(
                Words("须有 file 或 passage，只一个", "it needs a `file` or a `passage`, one of the two")
            )

    def of(self, text: str) -> Passage:
        return Passage(text, self.source, read_on=self.read_on, seen=self.seen)


#: In place of a text that cannot be used.
NO_TEXT = Text(source=UNSAID, passage="")
_TEXT_KEYS = (
    Key("source", SAID, Words("出处", "where the text is from"), required=True),
    Key("read-on", DAY, Words("何日查阅", "the day on which it was read")),
    Key(
        "seen",
        OneOfWords(("verbatim", "second-hand")),
        Words("见到的是原文，还是转述", "whether the text itself was seen, or what somebody says of it"),
        default='"verbatim"',
    ),
    Key("file", TEXT, Words("原文所在文件，与本文件同一文件夹", "the file that has the text, in the same folder")),
    Key("passage", TEXT, Words("原文", "the text itself")),
    Key("not-checked", ListOf(QUOTE), Words("有意不编入的原文", "words that no rule encodes, on purpose")),
)
PASSAGE = Table(Text, _TEXT_KEYS)


@attrs.frozen
class Texts(ValueKind):
    """One passage, or several by name."""

    @property
    def called(self) -> Words:
        return Words("原文（表），或按名称的几段", "a passage (a table), or several by name")

    def fits(self, value: object) -> bool:
        return isinstance(value, Mapping)

    def read(self, value: object, found: Any, path: tuple[object, ...]) -> Any:
        if not isinstance(value, Mapping):
            return super().read(value, found, path)
        tables = bool(value) and all(isinstance(each, Mapping) for each in value.values())
        # A passage may be called so, and a source may be said by language.
        several = tables and not SAID.fits(value.get("source"))
        return TableOf(PASSAGE).read(value, found, path) if several else PASSAGE.read(value, found, path)

    def schema(self, defs: Defs) -> dict[str, Any]:
        return {"anyOf": [PASSAGE.schema(defs), TableOf(PASSAGE).schema(defs) | {"minProperties": 1}]}
