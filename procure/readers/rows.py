"""Rows into purchases, or into what could not be read and why."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import repeat
from operator import itemgetter
from typing import Any

import attrs

from procure import amounts, records
from procure.dates import TwoDatesError
from procure.readers.columns import Header
from procure.readers.tables import Broken, Passed, Row, Table, blank
from procure.records import Origin, Purchase, Rejected, Skipped
from procure.words import ProcureError, Words

#: Few distinct words fill these columns, so each word is read once.
_REPEATED = frozenset(
    {
        "date",
        "unit",
        "department",
        "category",
        "kind",
        "in_catalogue",
        "method",
        "supplier",
        "approved_on",
        "ground",
        "emergency",
    }
)
_DEFAULTS = {column: getattr(Purchase(), "fen" if column == "amount" else column) for column in records.COLUMNS}
_TOTAL = re.compile(
    r"\s*(?:本页|本月|本季度?|本年|全年)?\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|"
    r"sub[ -]?totals?|(?:grand )?totals?)\s*(?:[:：(（].*)?",
    re.IGNORECASE | re.DOTALL,
)
_FOOTNOTE = re.compile(
    r"\s*(?:注|备\s*注|说明|填表说明|制表人?|填[表报]人?|审核人?|复核人?|经办人|"
    r"(?:单位)?负责人|note|prepared by)\s*[:：]",
    re.IGNORECASE,
)
_MARK = re.compile(rf"{_TOTAL.pattern}|{_FOOTNOTE.pattern}", re.IGNORECASE)

_IS_TOTAL = Words("合计行", "a row of totals")
_IS_FOOTNOTE = Words("表尾说明", "a footnote")
_IS_HEADER = Words("重复的表头", "the header again")
_SAY_ORDER = Words("{why}，或用 --dayfirst 或 --monthfirst 说明", "{why}, or give --dayfirst or --monthfirst")
_TOO_LONG = Words("单元格比表头多，各列可能错位", "more cells than the header has: the columns may have shifted")

#: Yuan below which a float holds every fen.
_EXACT = 10**13

Read = Callable[[Any], object]


@attrs.define
class Found:
    """What the rows of one table came to."""

    rows: list[Purchase | Rejected] = attrs.field(factory=list)
    skipped: list[Skipped] = attrs.field(factory=list)
    others: dict[Origin, tuple[object, ...]] = attrs.field(factory=dict)


class _Memo(dict[object, object]):
    """The cells of one column already read."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def __missing__(self, cell: object) -> object:
        value = self[cell] = self._read(cell)
        return value


class RowReader:
    """Reads the rows below one header."""

    def __init__(self, table: Table, header: Header, day_first: bool | None, decimal_comma: bool) -> None:
        self.table = table
        self.header = header
        self.found = Found()
        readers = dict(records.COLUMNS)
        for field in ("date", "approved_on"):
            readers[field] = partial(readers[field], day_first=day_first)  # type: ignore[call-arg]  # these two take it
        readers["amount"] = partial(read_amount, unit=header.unit, decimal_comma=decimal_comma)
        self._plan = [
            (records.SLOTS[field], at, _Memo(readers[field]).__getitem__ if field in _REPEATED else readers[field])
            for field, at in header.fields.items()
        ]
        self._left_out = [
            (records.SLOTS[field], value) for field, value in _DEFAULTS.items() if field not in header.fields
        ]
        self._header_cells = tuple(filter(None, header.texts))
        self._unread = header.unread()

    def read(self, rows: Iterable[Row]) -> None:
        """Take every row in, as purchase, rejected or skipped; rows wholly blank alone leave no trace."""
        file, sheet, width = self.table.file, self.table.sheet, len(self.header.texts)
        kept, ragged, repeated = self.found.rows, self.table.ragged, self._header_cells[0]
        new, set_origin = Purchase.__new__, records.SLOTS["origin"]
        whole: list[tuple[int, Purchase, Sequence[object]]] = []
        for row, cells in rows:
            first = _first(cells)
            if first is None:
                continue
            origin = Origin(file, sheet, row)
            if type(first) is str and (_MARK.match(first) or first == repeated) and self._skipped(first, cells, origin):
                continue
            if isinstance(first, Passed):
                self.found.skipped.append(Skipped(origin, first.why))
            elif isinstance(first, Broken):
                self._refuse(origin, first.text, first.why)
            elif ragged and len(cells) != width:
                self._read_ragged(cells, origin)
            else:
                purchase = new(Purchase)
                set_origin(purchase, origin)
                whole.append((len(kept), purchase, cells))
                kept.append(purchase)
                if self._unread:
                    self._keep_others(cells, origin)
        if whole:
            self._fill(*zip(*whole, strict=True))

    def _fill(self, places: Sequence[int], purchases: Sequence[Purchase], rows: Sequence[Sequence[object]]) -> None:
        """Give the purchases their values, column by column: half the time of row by row, which is left for a batch
        in which some cell cannot be read."""
        try:
            for put, at, read in self._plan:
                _exhaust(map(put, purchases, map(read, map(itemgetter(at), rows))))
        except ProcureError:
            for place, purchase, cells in zip(places, purchases, rows, strict=True):
                self.found.rows[place] = self._read_bit_by_bit(cells, purchase.origin)
        else:
            for put, value in self._left_out:
                _exhaust(map(put, purchases, repeat(value)))

    def _read_ragged(self, cells: Sequence[object], origin: Origin) -> None:
        width = len(self.header.texts)
        if any(not blank(cell) for cell in cells[width:]):
            # Which cells moved cannot be told, so none is believed.
            self._refuse(origin, _shown(next(cell for cell in cells[width:] if not blank(cell))), _TOO_LONG)
        else:
            self.found.rows.append(self._read_bit_by_bit(cells, origin))
            self._keep_others(cells, origin)

    def _keep_others(self, cells: Sequence[object], origin: Origin) -> None:
        """Keep what stands in the columns that no field is read from."""
        self.found.others[origin] = tuple([cells[at] if at < len(cells) else None for at in self._unread])

    def _read_bit_by_bit(self, cells: Sequence[object], origin: Origin) -> Purchase | Rejected:
        """Read what can be read. A cell that the row does not have at all is not a blank one: its field is left out."""
        readable = Purchase(origin=origin)
        fault: tuple[str, str, Words] | None = None
        for field, (put, at, read) in zip(self.header.fields, self._plan, strict=True):
            if at < len(cells):
                try:
                    put(readable, read(cells[at]))
                except ProcureError as error:
                    fault = fault or (field, _shown(cells[at]), _why(error))
        return Rejected(origin, *fault, readable) if fault else readable

    def _refuse(self, origin: Origin, value: str, why: Words) -> None:
        self.found.rows.append(Rejected(origin, "row", value, why, Purchase(origin=origin)))

    def _skipped(self, first: str, cells: Sequence[object], origin: Origin) -> bool:
        why = None
        if _TOTAL.fullmatch(first) and self._says_nothing(cells, first):
            why = _IS_TOTAL
        elif _FOOTNOTE.match(first) and self._lacks(cells, "date", first) and self._lacks(cells, "amount", first):
            why = _IS_FOOTNOTE
        elif first == self._header_cells[0] and tuple(c for c in cells if not blank(c)) == self._header_cells:
            why = _IS_HEADER
        if why:
            self.found.skipped.append(Skipped(origin, why))
        return why is not None

    def _says_nothing(self, cells: Sequence[object], first: str) -> bool:
        """Whether a row has no date, category, method or supplier: what it has besides its first word is sums."""
        return all(self._lacks(cells, field, first) for field in ("date", "category", "method", "supplier"))

    def _lacks(self, cells: Sequence[object], field: str, first: str) -> bool:
        """Whether a row has nothing in a column, but for the very word that says what the row is."""
        at = self.header.fields.get(field)
        return at is None or at >= len(cells) or blank(cells[at]) or cells[at] is first


def _exhaust(iterator: Iterable[object]) -> None:
    """Run an iterator to its end at the speed of C."""
    deque(iterator, maxlen=0)


def _first(cells: Sequence[object]) -> object:
    for cell in cells:
        # As `blank` says, but once for every row.
        if cell.strip() if type(cell) is str else cell is not None:
            return cell
    return None


def read_amount(value: object, unit: str, decimal_comma: bool) -> int | None:
    """A cell of the amount column, in fen; None where it is blank."""
    if type(value) is float:
        if unit == "元" and -_EXACT < value < _EXACT and (whole := round(value * 100)) / 100 == value:
            # The float nearest to so many fen: the text below would say the same, at ten times the price.
            return amounts.Fen(whole)
        # A spreadsheet computes with binary fractions and shows 15 digits: 4999.990000000001 is 4999.99 there. No fen
        # is lost, for every amount below the bound has 15 digits or fewer.
        value = f"{value:.15g}"
    return None if blank(value) else amounts.fen(value, unit, decimal_comma)


def _why(error: ProcureError) -> Words:
    """With the option that would help the whole log."""
    return _SAY_ORDER.format(why=error.words) if isinstance(error, TwoDatesError) else error.words


def _shown(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
