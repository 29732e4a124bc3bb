"""One purchase in several rows: instalments, the lines of one order, an order and its invoice. By the column that
somebody names, rows that say the same there are one; unasked, none are."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

import attrs

from procure.log import naming
from procure.log.cells import ABSENT, MISSING, NONE, Said
from procure.log.cells import name as named
from procure.log.columns import Column
from procure.log.faults import says_nothing
from procure.log.habits import OnePurchase
from procure.log.records import Origin
from procure.log.rows import CellFault, Row, Rows, Source
from procure.log.units import key
from procure.values.money import BOUND, Minor
from procure.values.words import ProcureError, Words

_DIFFERS: Final = Words("是一笔采购各行的不同内容", "stands in rows of one purchase that differ")
#: By their ready names, what tells a row from another row: of a purchase the first stands.
_OF_A_ROW: Final = ("id", "description", "note")
_TOO_LARGE: Final = Words("相加后超出范围", "add up to more than can be counted")


@attrs.frozen
class Merged:
    """A row that was merged into the first one of its purchase."""

    row: Row
    into: Origin


def merged(rows: Rows, wanted: OnePurchase | None, compared: Collection[str]) -> tuple[Rows, tuple[Merged, ...]]:
    """The rows with one for each purchase, in the place of its first; and those that were merged into these. What is
    `compared` has to be the same in all, where it is stated; of anything else what is stated first stands. Raises
    `ProcureError` for a column that the log does not have."""
    if wanted is None:
        return rows, ()
    units = rows.values.get(rows.by_ready.get("unit", ""), [None] * len(rows))
    several: dict[int, list[int]] = defaultdict(list)
    first: dict[Any, int] = {}
    every = list(zip(_keys(rows, wanted.column), units, strict=True))
    for at, of in enumerate(map(purchases(every).get, every)):
        several[at if of is None else first.setdefault(of, at)].append(at)
    groups = {leader: places for leader, places in several.items() if len(places) > 1}
    if not groups:
        return rows, ()
    further = tuple(
        Merged(Row(rows, at), rows.origins[leader]) for leader, places in groups.items() for at in places[1:]
    )
    return _merged(rows, groups, wanted.once, compared), further


def purchases(rows: Collection[tuple[str | None, Any]]) -> Mapping[tuple[str | None, Any], Any]:
    """Which purchase a row is of, by what it says in the column and by its unit; none of one that says nothing. Where
    several units have a value, it is one of each, and a row without a unit may be of any."""
    units: dict[str, set[Any]] = defaultdict(set)
    for value, unit in rows:
        if value is not None:
            units[value] |= set() if isinstance(unit, Said) else {_alike(unit)}
    found: dict[tuple[str | None, Any], Any] = {}
    for value, unit in rows:
        if value is not None and len(units[value]) < 2:
            found[value, unit] = (value,)
        elif value is not None and not isinstance(unit, Said):
            found[value, unit] = value, _alike(unit)
    return found


def value_of(cell: Any) -> str | None:
    """What tells a purchase apart, of a value that was read or of a cell as it was typed; None where it says
    nothing."""
    if cell is None or cell is ABSENT or isinstance(cell, (Said, frozenset)):
        return None
    text = named(cell if isinstance(cell, (str, int, float)) else str(cell))
    return None if text is None else naming.key(text)


def said(column: Column, once: bool, values: Sequence[Any], unread: bool) -> tuple[Any, Words | None]:
    """What rows of one purchase say in a column, and why nothing where they contradict one another. `unread` says that
    a cell of these could not be understood."""
    if column.type == "money" and not once:
        return _sum(values)
    stated = _stated(column, values)
    if column.ready in _OF_A_ROW:
        return (stated[0] if stated else MISSING), None
    if unread or not stated:
        return MISSING, None
    if column.ready == "date" and all(isinstance(day, dt.date) for day in stated):
        return min(stated), None
    return (stated[0], None) if len(stated) == 1 else (MISSING, _DIFFERS)


def _sum(values: Sequence[Any]) -> tuple[Any, Words | None]:
    amounts = [value for value in values if value is not NONE]
    if MISSING in amounts:
        return MISSING, None
    total = sum(map(int, amounts))
    if abs(total) >= BOUND:
        return MISSING, _TOO_LARGE
    return (Minor(total) if amounts else NONE), None


def _stated(column: Column, values: Iterable[Any]) -> list[Any]:
    """What is stated, each once: of a name that is written in two ways the first."""
    found: dict[Any, Any] = {}
    for value in values:
        if value is not MISSING:
            found.setdefault(_alike(value) if column.type == "name" else value, value)
    return list(found.values())


def _alike(value: Any) -> Any:
    return naming.key(value) if isinstance(value, str) else value


def _merged(rows: Rows, groups: Mapping[int, Sequence[int]], once: bool, compared: Collection[str]) -> Rows:
    """The rows with each of these groups in the place of its first row."""
    values = {name: list(column) for name, column in rows.values.items()}
    faults = dict(rows.faults)
    first: dict[int, int] = {}
    order = ("row", *rows.columns)
    for leader, places in groups.items():
        found = [fault for at in places for fault in rows.faults.get(at, ())]
        unread = {fault.column for fault in found}
        for name, column in rows.columns.items():
            every = [rows.values[name][at] for at in places]
            if name not in compared:
                values[name][leader] = next(iter(_stated(column, every)), MISSING)
                continue
            values[name][leader], why = said(column, once, every, name in unread)
            if why is not None:
                text = "、".join(_shown(column, rows, value) for value in _stated(column, every))
                because = Words(f"“{text}”{why.zh}", f"{text!r} {why.en}")
                found.append(CellFault(rows.origins[leader], name, text, because, why))
        if found:
            faults[leader] = tuple(sorted(found, key=lambda fault: order.index(fault.column)))
        first |= dict.fromkeys(places, leader)
    several = {
        name: {word: list(dict.fromkeys(first.get(at, at) for at in places)) for word, places in words.items()}
        for name, words in rows.several.items()
    }
    changed = attrs.evolve(rows, values=values, faults=faults, several=several)
    refused = rows.refused - first.keys() | {at for at in groups if at in faults and says_nothing(changed, at)}
    return attrs.evolve(changed, refused=frozenset(refused)).without(first.keys() - groups.keys())


def _shown(column: Column, rows: Rows, value: Any) -> str:
    if isinstance(value, (Said, frozenset)):
        return "—" if isinstance(value, Said) else "/".join(sorted(value))
    if column.type == "money":
        return rows.currency.plain(value)
    return column.shown(value).zh if column.type in ("word", "yes-no") else str(value)


def _keys(rows: Rows, column: str) -> Iterator[str | None]:
    """What each row says in a column that is named as a policy calls it, or by its header."""
    name = column if column in rows.there else rows.by_ready.get(column)
    if name in rows.there:
        return map(value_of, rows.values[name])
    places = [_place(source, column) for source in rows.sources]
    if not any(place is not None for place in places):
        headers = dict.fromkeys(text for source in rows.sources for text in (*source.columns.values(), *source.others))
        raise no_column(column, headers or sorted(rows.there))
    begins = list(accumulate(source.rows for source in rows.sources))
    return (_key(rows, at, places[bisect_right(begins, number)]) for at, number in enumerate(rows.kept))


def _place(source: Source, column: str) -> str | int | None:
    """The column that a header gives, or its place among those that give none; None where it is not there."""
    wanted = key(column)
    field = next((name for name, header in source.columns.items() if key(header) == wanted), None)
    return field or next((at for at, header in enumerate(source.others) if key(header) == wanted), None)


def _key(rows: Rows, at: int, place: str | int | None) -> str | None:
    if place is None:
        return None
    if isinstance(place, str):
        return value_of(rows.values[place][at])
    cells = rows.others.get(rows.origins[at])
    return None if cells is None else value_of(cells[place])


def no_column(column: str, headers: Iterable[str]) -> ProcureError:
    """No table of a log has the column by which rows are to be merged."""
    return ProcureError(
        Words(
            f"one-purchase：台账没有“{column}”列（有：{'、'.join(headers)}）；"
            "写作 列名，或 列名=once（同一金额只计一次）",
            f"one-purchase: the log has no column {column!r} (there are: {', '.join(headers)}); write COLUMN, or "
            "COLUMN=once where the same amount stands in each row",
        )
    )
