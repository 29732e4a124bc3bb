"""What stands in many tables of a policy file: conditions, quotes, names that a question chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from procure.values.tables import (
    ANY,
    NAMED,
    NUMBER,
    TEXT,
    TEXTS,
    WHOLE,
    Asked,
    Defs,
    Either,
    Key,
    ListOf,
    Table,
    TableOf,
    TwoTexts,
    ValueKind,
)
from procure.values.words import Words


@attrs.frozen
class Condition(ValueKind):
    """A table whose entries all hold, or a list of tables, one of which holds. What its entries say is looked at where
    the columns are known."""

    @property
    def called(self) -> Words:
        return Words("条件（表，或表的列表）", "a condition (a table, or a list of tables)")

    def fits(self, value: object) -> bool:
        return isinstance(value, (Mapping, list, tuple))

    def schema(self, defs: Defs) -> dict[str, Any]:
        reference, entry = {"$ref": "#/$defs/condition"}, {"$ref": "#/$defs/entry"}
        if "condition" not in defs:
            asked = {"type": "object", "required": ["ask"]}
            answers = {"type": "object", "additionalProperties": NAMES.schema(defs)}
            said = {"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": entry}, asked]}
            table = {"type": "object", "properties": {"only-if": answers}, "additionalProperties": entry}
            defs["entry"] = said
            defs["condition"] = {"anyOf": [{"type": "array", "items": reference}, asked, table]}
        return reference


CONDITION = Condition()
SAID = TwoTexts()
UNSAID = Words("?", "?")
BOUND = Asked(Either((NUMBER, TEXT)), "asked-bound")
NAMES = Either((TEXT, TEXTS))
_ROW = TableOf(ANY)
ROWS = ListOf(_ROW, Words("行的列表", "a list of rows"))
ASKED_TEXT = Asked(TEXT, "asked-text")
ASKED_TEXTS = Asked(ListOf(ASKED_TEXT, Words("名称的列表", "a list of names")), "asked-texts")


def _quote(quote: str, occurrence: int | None = None, within: str | None = None) -> Mapping[str, Any]:
    every = {"quote": quote, "occurrence": occurrence, "in": within}
    return {key: value for key, value in every.items() if value is not None}


_QUOTE_TABLE = Table(
    _quote,
    (
        Key("quote", NAMED, Words("原文的一段，一字不差", "words of the text, verbatim"), required=True),
        Key("occurrence", WHOLE, Words("第几处，从1数起", "which of several such places, counted from 1")),
        Key("in", TEXT, Words("在哪一段原文", "in which of several passages"), field="within"),
    ),
)
QUOTE = Either((NAMED, _QUOTE_TABLE))
QUOTES = Either((*QUOTE.kinds, ListOf(QUOTE, Words("原文的列表", "a list of quotes"))))
