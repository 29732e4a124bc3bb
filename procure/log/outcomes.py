"""What the cells of one column say: a cell that is often written is read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from procure.log.cells import MISSING, Absent, Said, fold, whole
from procure.log.columns import Column, Manner
from procure.values.dates import CenturyError, TwoDatesError
from procure.values.words import ProcureError, Words

#: The options that would help the whole log.
_OPTIONS: tuple[tuple[type[ProcureError], Words], ...] = (
    (TwoDatesError, Words("{why}，或用 --dayfirst 或 --monthfirst 说明", "{why}, or give --dayfirst or --monthfirst")),
    (CenturyError, Words("{why}；请说明，如 --century 2000", "{why}: give it, such as --century 2000")),
)
#: Cells by which it is told whether a column says the same again and again.
_SAMPLE = 1000
#: Types of numbers, of which one alone may be in a column whose equal cells are to say the same: True, 1 and 1.0 are
#: equal. So are Decimal("1.0") and Decimal("1.00"), or one moment in two time zones.
_NUMBERS = frozenset({bool, int, float})
_UNLIKE = frozenset({type(None), Absent, Said, frozenset, dt.date})


@attrs.frozen
class Fault:
    """What stands in a cell, why it cannot be understood, and why without what stands there."""

    value: str
    why: Words
    reason: Words


@attrs.frozen(eq=False)
class Outcome:
    """What the cells of a column say, each fault by the place of its cell, the places of each written word that may
    mean several things, and of the cells of which something is taken for granted."""

    values: Sequence[Any]
    faults: Mapping[int, Fault]
    several: Mapping[str, Sequence[int]]
    assumed: Mapping[Words, Sequence[int]]


def outcome(column: Column, manner: Manner, cells: Sequence[object]) -> Outcome:
    """Read the cells of a column."""
    read = column.reader(manner)
    faults: dict[int, Fault] = {}
    if _repeats(cells):
        memo = _Memo(read)
        values: list[Any] = list(map(memo.__getitem__, cells))
        if memo.faults:
            faults = {at: memo.faults[cell] for at, cell in enumerate(cells) if cell in memo.faults}
    else:
        values = []
        for at, cell in enumerate(cells):
            try:
                values.append(read(cell))
            except ProcureError as error:
                values.append(MISSING)
                faults[at] = fault(cell, error)
    several = _several(column, cells, values) if column.type == "word" else {}
    return Outcome(values, faults, several, _assumed(column, manner, cells, values) if column.type == "date" else {})


def fault(cell: object, error: ProcureError) -> Fault:
    """Why a cell cannot be understood, with the option that would help the whole log."""
    how = next((words for kind, words in _OPTIONS if isinstance(error, kind)), Words("{why}", "{why}"))
    why = how.format(why=error.words)
    text = str(cell)
    return Fault(whole(cell), why, Words(why.zh.replace(f"“{text}”", ""), why.en.replace(f"{text!r} ", "")))


def _several(column: Column, cells: Sequence[object], values: Sequence[Any]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for at, value in enumerate(values):
        if type(value) is frozenset and isinstance(cells[at], str):
            found.setdefault(" ".join(str(cells[at]).split()), []).append(at)
    # What somebody said to mean several things is settled.
    return {word: places for word, places in found.items() if fold(word) not in column.written}


def _assumed(
    column: Column, manner: Manner, cells: Sequence[object], values: Sequence[Any]
) -> Mapping[Words, Sequence[int]]:
    found: dict[Words, list[int]] = {}
    known: dict[object, Words | None] = {}
    for at, cell in enumerate(cells):
        if type(values[at]) is not dt.date or type(cell) is dt.date:
            continue
        # One moment in two time zones is equal, and may be of two days.
        key = (cell, getattr(cell, "tzinfo", None))
        if key not in known:
            known[key] = column.assumed(cell, manner)
        words = known[key]
        if words is not None:
            found.setdefault(words, []).append(at)
    return found


class _Memo(dict[object, object]):
    """The cells of one column already read; what is at fault with one is in `faults`."""

    def __init__(self, read: Callable[[object], object]) -> None:
        self._read = read
        self.faults: dict[object, Fault] = {}

    def __missing__(self, cell: object) -> object:
        try:
            value = self._read(cell)
        except ProcureError as error:
            value = MISSING
            self.faults[cell] = fault(cell, error)
        self[cell] = value
        return value


def _repeats(cells: Sequence[object]) -> bool:
    """Whether a column says the same again and again, so that a cell equal to another need not be read."""
    kinds = {kind for kind in set(map(type, cells)) - _UNLIKE if not issubclass(kind, str)}
    sample = cells[:_SAMPLE]
    return len(kinds) <= 1 and kinds <= _NUMBERS and 2 * len(set(sample)) <= len(sample)
