"""What the cells of one column say: a cell that is often written is read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from procure.log.cells import MISSING, Absent, Said, blank, fold, whole
from procure.log.columns import Column, DittoError, Manner
from procure.log.formats import Formatted, Unlike
from procure.log.signs import settled
from procure.log.units import Counted
from procure.values.dates import CenturyError, TwoDatesError
from procure.values.money import Rounded, TwoSignsError
from procure.values.words import ProcureError, Words

#: The options that would help the whole log.
_OPTIONS: tuple[tuple[type[ProcureError], Words], ...] = (
    (TwoDatesError, Words("{why}，或用 --dayfirst 或 --monthfirst 说明", "{why}, or give --dayfirst or --monthfirst")),
    (CenturyError, Words("{why}；请说明，如 --century 2000", "{why}: give it, such as --century 2000")),
    (
        TwoSignsError,
        Words(
            '{why}，请用 --decimal-comma 或在 mapping.toml 中写 decimal = "." 说明',
            '{why}: give --decimal-comma, or write decimal = "." in the mapping',
        ),
    ),
)
#: What is to be said of amounts that are not quite as they are written.
_UNLIKE_WRITTEN: Mapping[type, Words] = {
    Rounded: Words(
        "小数位数多于货币单位，已四舍五入，--exact 则不读",
        "more decimals than the currency has, rounded half up; --exact reads none of these",
    ),
    Unlike: Words("显示的与所存的不同，按所存的计", "shown otherwise than stored, and what is stored counts"),
}
_AS_ABOVE = Words("写作“同上”之类，按上一行", "they say “ditto” and are as the row above")
#: Cells that show whether a column says the same again and again.
_SAMPLE = 1000
#: Types of numbers, of which one alone may be in a column whose equal cells are to say the same: True, 1 and 1.0 are
#: equal. So are Decimal("1.0") and Decimal("1.00"), or one moment in two time zones.
_NUMBERS = frozenset({bool, int, float})
_ALIKE = frozenset({str, type(None), Absent, dt.date})
_UNLIKE = frozenset({type(None), Absent, Said, frozenset, dt.date})


@attrs.frozen
class Misread:
    """What stands in a cell, why it cannot be understood, and why without what stands there. `unsure`: the other cells
    of its column may settle it. `ditto`: it says what the cell above says."""

    value: str
    why: Words
    reason: Words
    unsure: bool = False
    ditto: bool = False


@attrs.frozen(eq=False)
class CellsRead:
    """What the cells of a column say, each fault by the place of its cell, the places of each written word that may
    mean several things, and of the cells of which something is taken for granted, with what is written there."""

    values: Sequence[Any]
    faults: Mapping[int, Misread]
    several: Mapping[str, Sequence[int]]
    assumed: Mapping[Words, Mapping[int, str]]


def outcome(column: Column, manner: Manner, cells: Sequence[object]) -> CellsRead:
    """Read the cells of a column."""
    found = _outcome(column, manner, cells)
    if column.type != "money":
        return _as_above(found) if any(fault.ditto for fault in found.faults.values()) else found
    if any(fault.unsure for fault in found.faults.values()) and settled(cells, manner.decimal):
        found = _outcome(column, attrs.evolve(manner, sure=True), cells)
    kinds = set(map(type, found.values))
    assumed = {
        words: {at: _shown(cells[at]) for at, value in enumerate(found.values) if type(value) is kind}
        for kind, words in _UNLIKE_WRITTEN.items()
        if kind in kinds
    }
    return attrs.evolve(found, assumed=assumed)


def _as_above(found: CellsRead) -> CellsRead:
    """The cells that say what the one above them says, with that."""
    values, faults, written = list(found.values), dict(found.faults), {}
    for at in sorted(at for at, fault in faults.items() if fault.ditto):
        if at and at - 1 not in faults and values[at - 1] is not MISSING:
            values[at] = values[at - 1]
            written[at] = faults.pop(at).value
    assumed = {**found.assumed, _AS_ABOVE: written} if written else found.assumed
    return attrs.evolve(found, values=values, faults=faults, assumed=assumed)


def _shown(cell: object) -> str:
    """What is written in a cell, and how its spreadsheet shows it where that is otherwise."""
    return f"{float(cell):.15g} ({cell.shown})" if isinstance(cell, Formatted) else whole(cell)


def _outcome(column: Column, manner: Manner, cells: Sequence[object]) -> CellsRead:
    read = column.reader(manner)
    faults: dict[int, Misread] = {}
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
    return CellsRead(values, faults, several, _assumed(column, manner, cells, values) if column.type == "date" else {})


def counted(
    column: Column, manner: Manner, cells: Sequence[object], unit: Counted, says: Sequence[Counted] | None
) -> CellsRead:
    """Read amounts that are counted in one unit, or each in what its row `says`, or are in another currency."""
    if says is None:
        return _in_unit(column, manner, cells, unit)
    groups: dict[Counted, list[int]] = {}
    for at, unit in enumerate(says):
        groups.setdefault(unit, []).append(at)
    values: list[Any] = [MISSING] * len(cells)
    faults: dict[int, Misread] = {}
    assumed: dict[Words, dict[int, str]] = {}
    for unit, places in groups.items():
        found = _in_unit(column, manner, [cells[at] for at in places], unit)
        for at, value in zip(places, found.values, strict=True):
            values[at] = value
        faults |= {places[at]: fault for at, fault in found.faults.items()}
        for words, written in found.assumed.items():
            assumed.setdefault(words, {}).update({places[at]: text for at, text in written.items()})
    # By row, not by unit.
    return CellsRead(values, faults, {}, {words: dict(sorted(each.items())) for words, each in assumed.items()})


def _in_unit(column: Column, manner: Manner, cells: Sequence[object], unit: Counted) -> CellsRead:
    if isinstance(unit, str):
        return outcome(column, attrs.evolve(manner, unit=unit) if unit else manner, cells)
    faults = {
        at: Misread(whole(cell), Words(f"“{cell}”{unit.zh}", f"{str(cell)!r} {unit.en}"), unit)
        for at, cell in enumerate(cells)
        if not (blank(cell) or isinstance(cell, (Said, Absent)))
    }
    return CellsRead([MISSING] * len(cells), faults, {}, {})


def fault(cell: object, error: ProcureError) -> Misread:
    """Why a cell cannot be understood, with the option that would help the whole log."""
    how = next((words for kind, words in _OPTIONS if isinstance(error, kind)), Words("{why}", "{why}"))
    why = how.format(why=error.words)
    text = str(cell)
    reason = Words(why.zh.replace(f"“{text}”", ""), why.en.replace(f"{text!r} ", ""))
    return Misread(whole(cell), why, reason, isinstance(error, TwoSignsError), isinstance(error, DittoError))


def _several(column: Column, cells: Sequence[object], values: Sequence[Any]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for at, value in enumerate(values):
        if type(value) is frozenset and isinstance(cells[at], str):
            found.setdefault(" ".join(str(cells[at]).split()), []).append(at)
    # What somebody said to mean several things is settled.
    return {word: places for word, places in found.items() if fold(word) not in column.written}


def _assumed(
    column: Column, manner: Manner, cells: Sequence[object], values: Sequence[Any]
) -> Mapping[Words, Mapping[int, str]]:
    found: dict[Words, dict[int, str]] = {}
    if set(map(type, cells)) <= _ALIKE:
        # Equal texts say the same: most columns take nothing for granted in any.
        days = (cell for cell, value in dict(zip(cells, values, strict=True)).items() if type(value) is dt.date)
        if all(type(cell) is dt.date or column.assumed(cell, manner) is None for cell in days):
            return found
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
            found.setdefault(words, {})[at] = whole(cell)
    return found


class _Memo(dict[object, object]):
    """The cells of one column already read; what is at fault with one is in `faults`."""

    def __init__(self, read: Callable[[object], object]) -> None:
        self._read = read
        self.faults: dict[object, Misread] = {}

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
