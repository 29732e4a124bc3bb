"""How an office writes its logs: which header gives a column, what its words mean, and how amounts and dates are
written. A policy's columns take the words in."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from typing import Any

import attrs

from procure.log.cells import MISSING, NONE, UNDATED, fold
from procure.log.columns import Column
from procure.values.words import ProcureError, Words

#: Words of a mapping that are listed for somebody to settle: they mean nothing yet.
UNSETTLED = ("unknown", "several")
#: That a word says nothing, or that there is none on record.
_SAYS_NOTHING, _NONE = "missing", "none"

#: By column, and by what is meant, the written words: `{"method": {"direct": ("零采",)}}`.
Meanings = Mapping[str, Mapping[str, tuple[str, ...]]]


@attrs.frozen
class Habits:
    """`columns` maps a column to its header, `meanings` gives words their meaning; headers that are `ignored` give no
    column. `day_first` says whether the day stands first in 03/04/2020, `decimal` is the decimal sign of amounts where
    it is not the policy's, `encoding` that of text. `source` is the file that says so, for messages."""

    columns: Mapping[str, str] = attrs.field(factory=dict)
    meanings: Meanings = attrs.field(factory=dict)
    ignored: tuple[str, ...] = ()
    day_first: bool | None = None
    decimal: str | None = None
    encoding: str | None = None
    source: str = ""


def worded(columns: Mapping[str, Column], habits: Habits) -> Mapping[str, Column]:
    """The columns with the words of an office besides their own. Raises `ProcureError` for words of a column that there
    is not, or that has none, and for what none of its words means."""
    if not habits.meanings:
        return columns
    names = {column.ready or name: name for name, column in columns.items()} | {name: name for name in columns}
    written = {}
    for called, meanings in habits.meanings.items():
        if called not in names:
            raise _refused(habits, f"[{called}]", called, names)
        name = names[called]
        written[name] = _written(columns[name], meanings, habits, called)
    return {name: attrs.evolve(each, written=written.get(name, {})) for name, each in columns.items()}


def meanings_of(column: Column) -> tuple[str, ...]:
    """What a word of a column can be said to mean; nothing where its cells are no words."""
    if column.type in ("word", "yes-no"):
        own = column.canonical if column.type == "word" else ("yes", "no")
    elif column.type == "date" and column.yes:
        own = ("yes",)
    elif column.type in ("date", "text") and column.blank == "none" or column.type == "count":
        own = ()
    else:
        return ()
    return tuple(dict.fromkeys((*own, *([_NONE] if column.blank == "none" else []), _SAYS_NOTHING)))


def _written(column: Column, meanings: Mapping[str, tuple[str, ...]], habits: Habits, called: str) -> Mapping[str, Any]:
    """Of each word, folded, what it means; a word that stands behind several meanings may mean each of them."""
    known = meanings_of(column)
    found: dict[str, dict[Any, None]] = {}
    for meaning, words in meanings.items():
        if meaning in UNSETTLED and meaning not in known:
            continue
        if meaning not in known:
            raise _refused(habits, f"[{called}] {meaning}", meaning, known)
        value = _VALUES.get(meaning, meaning) if meaning not in column.canonical else meaning
        value = UNDATED if column.type == "date" and meaning == "yes" else value
        for word in words:
            found.setdefault(fold(word), {})[value] = None
    for word, values in found.items():
        if len(values) > 1 and not all(isinstance(value, str) for value in values):
            said = "、".join(map(str, meanings))
            raise ProcureError(
                Words(
                    f"{habits.source}：[{called}] 中“{word}”既有所指又说未载明（{said}）",
                    f"{habits.source}: [{called}]: {word!r} cannot both mean something and say nothing",
                )
            )
    return {word: next(iter(values)) if len(values) == 1 else frozenset(values) for word, values in found.items()}


_VALUES: Mapping[str, Any] = {_SAYS_NOTHING: MISSING, _NONE: NONE}


def _refused(habits: Habits, place: str, said: str, known: Collection[str]) -> ProcureError:
    close = difflib.get_close_matches(said, known, 1)
    near = Words(f"，是否为 {close[0]}", f", is it {close[0]!r}") if close else Words("", "")
    there = Words("、".join(known) or "无", ", ".join(known) or "none")
    return ProcureError(
        Words(
            f"{habits.source}：{place} 不认识{near.zh}；可用：{there.zh}",
            f"{habits.source}: {place} is not known{near.en}; there are: {there.en}",
        )
    )
