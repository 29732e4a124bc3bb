"""Where numbers and readings are from, as a policy file cites it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from procure.interpretation.sources import Citation
from procure.policy.file.kinds import SAID
from procure.values.tables import FLAG, NAMED, TEXT, Key, Plain, Table
from procure.values.words import Words


def _day_or_text(value: object) -> bool:
    return type(value) is dt.date or isinstance(value, str)


_WHEN = Plain(Words("日期，或 “2014” 等文字", 'a date, or text such as "2014"'), _day_or_text, {"type": "string"})
_CITED = (
    Key("instrument", NAMED, Words("文件", "the instrument"), required=True),
    Key("article", TEXT, Words("条", "its article")),
    Key("date", _WHEN, Words("日期", "its date")),
    Key("quote", TEXT, Words("原文", "its words, verbatim")),
    Key("says", SAID, Words("说什么", "what it says")),
    Key("verified", FLAG, Words("是否见到原文", "whether its own text was seen"), default="false"),
    Key("analogy", FLAG, Words("是否类推", "whether it governs something else and is only likened"), default="false"),
)


def _citation(*, verified: bool = False, date: Any = None, **keys: Any) -> Citation:
    return Citation(verified=verified, date=None if date is None else str(date), **keys)


@attrs.frozen(kw_only=True)
class Support:
    """A citation, and the reading that it supports."""

    reading: str
    citation: Citation


def _support(reading: str, **keys: Any) -> Support:
    return Support(reading=reading, citation=_citation(**keys))


CITATION = Table(_citation, _CITED)
SUPPORT = Table(_support, (Key("reading", TEXT, Words("支持哪一读法", "which reading"), required=True), *_CITED))
