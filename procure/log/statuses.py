"""Which rows of a log stand, and which are void: cancelled, withdrawn, never awarded. A void row counts in nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import attrs

from procure.log.cells import Said, fold, whole
from procure.log.columns import DASHES, Column
from procure.log.habits import Habits, worded
from procure.log.ready import READY
from procure.log.rows import Row, Rows
from procure.values import dates
from procure.values.words import ProcureError

#: By their ready names, the columns that say it, with the word that means that the row is void. A note does where it is
#: a word of the first, or begins with one.
_MEANS: Mapping[str, str] = {"status": "void", "voided": "yes"}
NOTE = "note"
STATUS = (*_MEANS, NOTE)

# A note that begins with a word for void and goes on: 作废，另行采购. Of English words that go on, these alone mean it
# (and Draft beer does not).
_FIRST = re.compile(
    r"[【\[(（]?\s*([\u4e00-\u9fff]+|cancell?ed|void|voided)\s*(?:[】\])）]|[\s,，.。;；:：!！(（\[【]|$)",
    re.IGNORECASE,
)


@attrs.frozen
class Void:
    """A row that is void, and the word that says so."""

    row: Row
    word: str


@attrs.frozen
class Status:
    """What the columns of a row say: the word by which it is void; or the one that nobody knows, and so it stands."""

    void: str | None = None
    unknown: str | None = None


_STANDS = Status()


class StatusReader:
    """Tells which rows are void, by the words that are known and those of a log's mapping; of a column that a policy
    declares, by its own words."""

    def __init__(self, columns: Mapping[str, Column], habits: Habits) -> None:
        names = {column.ready or name: name for name, column in columns.items()}
        #: The name under which each of them stands.
        self.names: dict[str, str] = {name: names.get(name, name) for name in STATUS}
        #: Those that a policy declares.
        self._own = {name: columns[at] for name, at in self.names.items() if columns[at].type != "text"}
        meanings = {name: words for name, words in habits.meanings.items() if name in _MEANS.keys() - self._own.keys()}
        self._words = worded(
            {name: READY[name] for name in _MEANS}, attrs.evolve(habits, meanings=meanings, same={}, apart={})
        )

    def of(self, *values: Any) -> Status:
        """By what a row says in each of these columns, in their order."""
        unknown = None
        for name, value in zip(STATUS, values, strict=True):
            if isinstance(value, (Said, frozenset)):
                continue
            meant, word = self._meant(name, value)
            if meant == "void":
                return Status(void=word)
            if meant is None and name != NOTE:
                unknown = unknown or word
        return Status(unknown=unknown) if unknown else _STANDS

    def _meant(self, name: str, value: Any) -> tuple[str | None, str]:
        """Whether what stands there says "void" or that it stands, None where nobody knows; and the word."""
        if name == NOTE:
            first = _FIRST.match(str(value))
            words = (str(value), *(first.groups() if first else ()))
            word = next((each for each in words if self._known("status", each) == "void"), None)
            return ("void", word) if word else (None, "")
        if name in self._own:
            return ("void" if value == _MEANS[name] else "stands"), self._own[name].shown(value).zh
        return self._known(name, str(value)), str(value)

    def _known(self, name: str, text: str) -> str | None:
        column = self._words[name]
        folded = fold(whole(text))
        meant = column.written.get(folded, column.known.get(folded))
        if isinstance(meant, Said) or folded in DASHES:
            return "stands"
        if meant is None or isinstance(meant, frozenset):
            # The day on which it was made void.
            return "void" if name == "voided" and _is_day(text) else None
        return "void" if meant == _MEANS[name] else "stands"


def _is_day(text: str) -> bool:
    if text.isdecimal():
        return False
    try:
        dates.date(text, day_first=True)
    except ProcureError:
        return False
    return True


def statuses(rows: Rows, habits: Habits) -> Iterator[Status]:
    """For each row what its columns say."""
    standing = StatusReader(rows.columns, habits)
    return map(cache(standing.of), *(rows.values[standing.names[name]] for name in STATUS))


def void(rows: Rows, habits: Habits) -> dict[int, str]:
    """The void rows by their number, each with the word that says so."""
    return {at: each.void for at, each in enumerate(statuses(rows, habits)) if each.void is not None}


def unknown(rows: Rows, habits: Habits) -> Mapping[str, Sequence[int]]:
    """The words of a status that nobody knows, with the rows that have them: they stand."""
    found: dict[str, list[int]] = {}
    for at, each in enumerate(statuses(rows, habits)):
        if each.unknown is not None:
            found.setdefault(each.unknown, []).append(at)
    return found
