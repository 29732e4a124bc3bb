"""The cells of a log, read by the columns of a policy: column by column, and a cell that is often written once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from operator import itemgetter
from typing import Any

import attrs

from procure.log import headers
from procure.log.cells import ABSENT, AS_THEY_ARE, MISSING, ONE, Said, blank, typed, whole
from procure.log.cells import first as first_of
from procure.log.columns import Column, Type
from procure.log.denomination import denominated
from procure.log.directions import DIRECTION, SIDES, TWICE, balance, directed
from procure.log.faults import ESSENTIAL, LogFaults
from procure.log.habits import Habits, worded
from procure.log.headers import Header, Known
from procure.log.leftout import LeftOut
from procure.log.merged import DIFFER, FILLED, FURTHER_LINE, Spread, spread
from procure.log.outcomes import CellsRead, Misread, counted, outcome
from procure.log.ready import DENOMINATION, READY
from procure.log.records import Broken, Log, Origin, Passed, Purchase, Sheet, Skipped
from procure.log.rows import Rows, Source
from procure.log.sheets import aside
from procure.log.shifted import NOTHING_BEYOND, TOO_LONG, Beyond, beyond
from procure.log.statuses import STATUS
from procure.log.taxes import OWN, TAXED, Basis, on_basis
from procure.log.units import Counted, key
from procure.values.dates import century_shown
from procure.values.money import CNY, Currency
from procure.values.words import ProcureError, Words

#: What amounts have, and headers do not; and twice of how many columns a header among the rows must be more.
_DIGIT = re.compile(r"\d")
_LEAST_HEADER = 4

_EMPTY = Words("是空的", "is empty")
_NO_ROWS = Words("表头下没有数据", "has no rows below its header")
_AGAIN = Words("第 {row} 行是另一个表头，{problem}", "row {row} is another header: {problem}")
_HIDDEN = Words("隐藏的工作表，未读（可用 --sheet 指定）", "a hidden sheet, not read (--sheet would)")

#: Rows below the table in which it may say in what it counts, and how many cells these have at most.
_FOOT, _SAYS_LITTLE = 20, 3

#: Those that every log is read for, whatever the policy asks: what says whether a row counts, and in what …
COUNTING = (*STATUS, *DENOMINATION, *SIDES, DIRECTION)
#: … and what tells the rows apart in reports.
ALWAYS = ("id", "description", "supplier", *COUNTING)
_TYPED: Mapping[str, Type] = dict.fromkeys(("supplier", *STATUS, DIRECTION), "text")


def always_of(basis: Basis, always: Collection[str] = ALWAYS) -> tuple[str, ...]:
    """Those that are read whatever a policy asks, amounts with tax and without where it says which its numbers mean."""
    return (*always, *(() if basis == "unstated" else TAXED))


def all_columns(columns: Mapping[str, Column], always: Collection[str] = ALWAYS) -> Mapping[str, Column]:
    """The columns that are read: those of a policy, and the ready ones that are read `always`. They stand as in most
    forms: the ready ones, then the policy's own, and the note at the end."""
    named = {column.ready for column in columns.values()} | set(columns)
    # No policy compares what it does not name: it is shown as it was typed.
    weak = {name: attrs.evolve(READY[name], type=_TYPED.get(name, READY[name].type)) for name in always}
    every = {**{name: column for name, column in weak.items() if name not in named}, **columns}
    place = {name: at for at, name in enumerate(READY)}
    own = place["note"] - 0.5
    return dict(sorted(every.items(), key=lambda item: place[item[1].ready] if item[1].ready else own))


def read_rows(
    log: Log, columns: Mapping[str, Column], currency: Currency, decimal: str = ".", basis: Basis = "unstated"
) -> Rows:
    """The rows of a log, with their amounts on the basis that is wanted. Raises `ProcureError` for a log in which no
    table has the columns."""
    own = _known(worded(columns, log.habits), currency, log.habits, basis)
    reader = _Reader(log.habits, own, decimal)
    unread = list(log.unread)
    for source in log.sources:
        habits = source[0].habits if source else None
        try:
            if habits is not None:
                reader.by(habits, _known(worded(columns, habits), currency, habits, basis))
            reader.read_source(source)
        except ProcureError as error:
            if not source or source[0].file not in log.found:
                raise
            unread.append(Skipped.of_file(source[0].file, error.words))
        reader.by(log.habits, own)
    if log.purchases:
        reader.read_purchases(log.purchases)
    if unread and not reader.has_rows:
        raise none_read(unread)
    return attrs.evolve(directed(on_basis(reader.rows(), basis), log.habits), unread=tuple(unread))


def none_read(unread: Sequence[Skipped]) -> ProcureError:
    """That none of some files can be read, and why of each."""
    zh, en = (f"{each.origin}：{each.why.zh}" for each in unread), (f"{each.origin}: {each.why.en}" for each in unread)
    return ProcureError(Words("\n".join(zh), "\n".join(en)))


@attrs.frozen(eq=False)
class Recognised:
    """What was made of the headers of one table. `columns` gives the header of each column."""

    file: str | None
    sheet: str | None
    row: int | None = None
    columns: Mapping[str, str] = attrs.field(factory=dict)
    unknown: tuple[str, ...] = ()
    #: What bare amounts count: 元, 万元, "thousand" …; "" for the major unit of another currency than yuan.
    amount_unit: str = "元"
    problem: Words | None = None
    hidden: bool = False
    #: All headers, in the order of the columns, as two rows together say them where the header is of two.
    texts: tuple[str, ...] = ()


def recognise(
    log: Log,
    columns: Mapping[str, Column],
    only: str | None = None,
    currency: Currency = CNY,
    basis: Basis = "unstated",
) -> tuple[Recognised, ...]:
    """The headers of every table of a log: which gave which column, which gave none, and the line that helps. `only` is
    the sheet that the user named."""
    found = (
        _recognised(sheet, sheet.habits or log.habits, columns, currency, basis, only is None and sheet.hidden)
        for sheet in log.sheets
    )
    return (*found, *(Recognised(each.origin.file, None, problem=each.why) for each in log.unread))


def _known(columns: Mapping[str, Column], currency: Currency, habits: Habits, basis: Basis) -> Known:
    always = always_of(basis)
    return Known.of(all_columns(columns, always), currency, set(always) - columns.keys(), habits.ignored)


def _recognised(
    sheet: Sheet, habits: Habits, columns: Mapping[str, Column], currency: Currency, basis: Basis, hidden: bool
) -> Recognised:
    known = _known(columns, currency, habits, basis)
    header = _header(sheet, headers.asked(habits.columns, known.columns), known, habits.headless)
    if header is None:
        return Recognised(sheet.file, sheet.sheet, problem=_no_header(sheet, known), hidden=hidden)
    unknown = tuple(text for text in header.unknown() if key(text) not in known.ignored)
    return Recognised(
        sheet.file,
        sheet.sheet,
        header.row,
        header.names(),
        unknown,
        header.unit,
        header.problem(),
        hidden,
        header.texts,
    )


class _Reader:
    """Reads the sheets of a log, one after another, into one set of columns."""

    def __init__(self, habits: Habits, known: Known, decimal: str) -> None:
        self._decimal = decimal
        self.by(habits, known)
        self._absent = {name: column.read(ABSENT, self._manner) for name, column in self._columns.items()}
        #: Of the columns that some table has; they may end before the last row.
        self._values: dict[str, list[Any]] = {}
        self._origins: list[Origin] = []
        self._faults = LogFaults(self._columns)
        self._several: dict[str, dict[str, list[int]]] = {}
        self._assumed: dict[tuple[str, Words], dict[Origin, str]] = {}
        self._essential = {name for name, column in self._columns.items() if column.ready in ESSENTIAL}
        self._sources: list[Source] = []
        self._skipped: list[Skipped] = []
        self._others: dict[Origin, tuple[object, ...]] = {}
        #: Of each table that has amounts with tax or without: its first row, and by ready name these and the tax.
        self._taxed: list[tuple[int, Mapping[str, Sequence[Any]]]] = []

    def by(self, habits: Habits, known: Known) -> None:
        """Read what comes now as somebody writes it."""
        self._known = known
        self._headless = habits.headless
        self._columns = known.columns
        self._asked = headers.asked(habits.columns, known.columns)
        self._manner = habits.manner(known.currency, self._decimal)

    @property
    def has_rows(self) -> bool:
        return bool(self._origins)

    def rows(self) -> Rows:
        self._of_several()
        there = frozenset(self._values)
        same: dict[object, list[Any]] = {}
        values = {}
        for name, absent in self._absent.items():
            found = self._filled(name) if name in there else [absent] * len(self._origins)
            # Columns that say nothing in any row are one list: most logs have many.
            alike = isinstance(found[0], Said) and found.count(found[0]) == len(found) if found else False
            values[name] = same.setdefault(found[0], found) if alike else found
        return Rows(
            self._columns, self._manner.currency, values, self._origins, self._faults.found(self._origins),
            frozenset(self._faults.refused), there, tuple(self._sources), tuple(self._skipped), self._several,
            self._assumed, self._manner.decimal, self._others, self._all_taxed(),
        )  # fmt: skip

    def _all_taxed(self) -> Mapping[str, Sequence[Any]]:
        """The amounts with tax and without of all rows, where some table has them."""
        if not self._taxed:
            return {}
        count = len(self._origins)
        found = {OWN: list(self._filled(self._known.amount)), **{name: [ABSENT] * count for name in TAXED}}
        for begin, table in self._taxed:
            size = len(next(iter(table.values())))
            for name, values in found.items():
                values[begin : begin + size] = table.get(name, [ABSENT] * size)
        return found

    def _of_several(self) -> None:
        """Where some row, or the header of a table, has a column whose absence would say that the log is of one, what
        the rows without it are of is not known."""
        for name, values in self._values.items():
            if self._absent[name] is ONE:
                self._absent[name] = MISSING
                values[:] = [MISSING if value is ONE else value for value in values]

    def _filled(self, name: str) -> list[Any]:
        """The values of a column, up to now."""
        values = self._values.setdefault(name, [])
        values += [self._absent[name]] * (len(self._origins) - len(values))
        return values

    # -- which sheets are read ---------------------------------------------------------------------------------------

    def read_source(self, sheets: Sequence[Sheet]) -> None:
        """Read the sheets of a source that are logs; raises `ProcureError`, naming the one that came nearest, where
        none is."""
        passed: list[tuple[int, Sheet, Words]] = []
        logs: list[tuple[Sheet, Header]] = []
        for sheet in sheets:
            header = _header(sheet, self._asked, self._known, self._headless)
            problem = header.problem() if header else None
            if header and header.rivals and problem and not sheet.hidden:
                raise _unusable(sheet, problem)
            if sheet.hidden and sheet.rows:
                passed.append((3, sheet, _HIDDEN))
            elif header is None:
                passed.append((1 if sheet.rows else 0, sheet, _no_header(sheet, self._known)))
            elif problem:
                passed.append((2, sheet, problem))
            else:
                logs.append((sheet, header))
        left = aside(logs)
        # Before any row is taken in: a source that cannot be read as a whole leaves nothing behind.
        others = {
            at: list(self._headers_below(sheet, header)) for at, (sheet, header) in enumerate(logs) if at not in left
        }
        for at, (sheet, header) in enumerate(logs):
            if at in left:
                passed.append((3, sheet, left[at]))
            elif not self._read(sheet, header, others[at]):
                passed.append((3, sheet, _NO_ROWS))
        passed.sort(key=lambda each: sheets.index(each[1]))
        if len(passed) == len(sheets):
            _, sheet, why = max(passed, key=itemgetter(0))
            raise _unusable(sheet, why)
        self._skipped += [Skipped(Origin(sheet.file, sheet.sheet), why) for rank, sheet, why in passed if rank]

    # -- the rows of a sheet -----------------------------------------------------------------------------------------

    def _read(self, sheet: Sheet, header: Header, others: Sequence[tuple[Header, int]]) -> int:
        """Take every row of a sheet in, as a purchase, refused or left out; `others` are its headers further below.
        Gives how many were taken in."""
        read, below = 0, bisect_right(sheet.numbers, header.row)
        for after, at in others:
            read += self._read_rows(sheet, header, below, at)
            header, below = after, at + 1
        return read + self._read_rows(sheet, header, below, len(sheet.rows))

    def _headers_below(self, sheet: Sheet, header: Header) -> Iterator[tuple[Header, int]]:
        """The other headers that stand among the rows of a sheet, and where: they may name the columns in another order
        than the one before."""
        first = header.row
        for at in range(bisect_right(sheet.numbers, header.row), len(sheet.rows)):
            cells, amount = sheet.rows[at], header.fields[self._known.amount]
            cell = cells[amount] if amount < len(cells) else None
            # No amount is without a digit.
            if type(cell) is not str or not cell or cell[-1].isdecimal() or _DIGIT.search(cell):
                continue
            # What the user names by a letter stands in any row.
            known = headers.recognise(sheet.numbers[at], cells, {}, self._known)
            texts = sum(map(bool, known.texts))
            if 2 * known.score[1] > max(_LEAST_HEADER, texts) and known.texts != header.texts:
                found = headers.recognise(sheet.numbers[at], cells, self._asked, self._known)
                problem = found.problem()
                if problem is not None:
                    # The columns below it are not known to be those of the header before.
                    raise _unusable(sheet, _AGAIN.format(row=sheet.numbers[at], problem=problem))
                header = _counted_in(found, sheet, first)
                yield header, at

    def _read_rows(self, sheet: Sheet, header: Header, below: int, end: int) -> int:
        """Take the rows in from one place to another, which stand below a header."""
        file, name, unread = sheet.file, sheet.sheet, header.unread()
        left_out = LeftOut(header)
        origins: list[Origin] = []
        taken: list[Sequence[object]] = []
        for number, cells in zip(islice(sheet.numbers, below, end), islice(sheet.rows, below, end), strict=True):
            first, origin = first_of(cells), Origin(file, name, number)
            why = left_out.why(first, cells) if type(first) is str else _passed(first)
            if why is not None:
                self._skipped.append(Skipped(origin, why))
                continue
            origins.append(origin)
            taken.append(cells)
        merged = self._spread(header, sheet, origins, taken) if sheet.merged else None
        if taken:
            begin, over = len(self._origins), beyond(header, taken, sheet.ragged)
            self._origins += origins
            rows = self._fitted(taken, len(header.texts), sheet.ragged, over)
            self._fill(header, rows, begin)
            self._refuse(header.fields, over, begin)
            if merged is not None:
                self._say_merged(merged, begin)
            for why, places in over.said.items():
                said = [origins[at] for at in places if begin + at not in self._faults.refused]
                if said:
                    self._assumed.setdefault(("row", why), {}).update(dict.fromkeys(said, ""))
            for at, cells in enumerate(rows) if unread else ():
                if not self._faults.is_broken(begin + at):
                    self._others[origins[at]] = tuple([None if cells[n] is ABSENT else cells[n] for n in unread])
            read = file or "", sheet.sha256, len(taken), header.names(), name, header.unknown(), header.fields
            self._sources.append(Source(*read, sheet.unsaid, sheet.habits.source if sheet.habits else ""))
        return len(taken)

    def _spread(self, header: Header, sheet: Sheet, origins: list[Origin], taken: list[Sequence[object]]) -> Spread:
        """Fill the merged cells of the rows that were taken, and leave out further lines of one purchase."""
        numbers = [origin.row or 0 for origin in origins]
        found = spread(header, numbers, taken, sheet.merged, self._columns.keys() - self._known.weak)
        self._skipped += [Skipped(origins[at], FURTHER_LINE) for at in sorted(found.lines)]
        kept = [at for at in range(len(taken)) if at not in found.lines]
        origins[:], taken[:] = [origins[at] for at in kept], [found.rows[at] for at in kept]
        return found.without_lines()

    def _say_merged(self, merged: Spread, begin: int) -> None:
        """Tell what merged cells say in the rows from `begin` on."""
        for name, written in merged.filled.items():
            of = self._assumed.setdefault((name, FILLED), {})
            of |= {self._origins[begin + at]: text for at, text in written.items()}
        for at, columns in merged.differ.items():
            for name, text in columns.items():
                self._values[name][begin + at] = MISSING
                why = Words(f"“{text}”{DIFFER.zh}", f"{text!r} {DIFFER.en}")
                self._faults.add(name, {at: Misread(text, why, DIFFER)}, begin)

    def _fitted(
        self, rows: Sequence[Sequence[object]], width: int, ragged: bool, over: Beyond
    ) -> Sequence[Sequence[object]]:
        """These rows, the last that were taken in, as long as the header is; one that is broken says nothing."""
        fitted, begin = list(rows), len(self._origins) - len(rows)
        for at, cells in enumerate(rows):
            broken = cells[0]
            if isinstance(broken, Broken):
                self._faults.refuse(begin + at, broken.text, broken.why)
            elif at in over.surely:
                # Which cells moved is not known, so none is believed.
                self._faults.refuse(begin + at, whole(over.surely[at].value), over.surely[at].why)
            elif len(cells) != width:
                # A cell that a row of text does not have at all is not a blank one.
                fitted[at] = (*cells[:width], *(ABSENT if ragged else None,) * (width - len(cells)))
                continue
            else:
                continue
            fitted[at] = (ABSENT,) * width
        return fitted

    def _fill(self, header: Header, rows: Sequence[Sequence[object]], begin: int) -> None:
        """Read the cells of these rows, column by column."""
        own = header.own
        columns = {
            name: list(map(itemgetter(at), rows))
            for name, at in header.fields.items()
            if own or name != self._known.amount
        }
        self._read_columns(columns, header.units, begin)

    def _read_columns(self, columns: Mapping[str, Sequence[object]], units: Mapping[str, Counted], begin: int) -> None:
        """Read the columns of one table, of the rows from `begin` on."""
        dated = {cell for name, cells in columns.items() if self._columns[name].type == "date" for cell in set(cells)}
        century = self._manner.century or century_shown(dated, self._manner.day_first)
        manner = attrs.evolve(self._manner, century=century)
        says = denominated(columns, self._columns, manner.currency)
        sums = {}
        for name, cells in columns.items():
            column = self._columns[name]
            if column.type == "money":
                unit = units.get(name, "")
                each = None if says is None else [unit if own is None else own for own in says]
                found = sums[name] = counted(column, manner, cells, unit, each)
            else:
                found = outcome(column, manner, cells)
            if name not in self._known.sides:
                self._column(name, found, begin)
        sides = [sums.pop(name, None) for name in self._known.sides]
        if any(sides) and self._known.amount not in sums:
            found = sums[self._known.amount] = _balanced(manner.currency, *sides)
            self._column(self._known.amount, found, begin)
        taxed = {ready: sums[name].values for ready, name in self._known.taxed.items() if name in sums}
        if "gross" in taxed or "net" in taxed:
            amount = self._known.amount
            own = {OWN: sums[amount].values} if amount in sums else {}
            self._taxed.append((begin, {**own, **taxed}))
            if not own:
                self._column(amount, CellsRead(taxed.get("gross", taxed.get("net", ())), {}, {}, {}), begin)

    def _column(self, name: str, found: CellsRead, begin: int) -> None:
        """Take in what the cells of one column say, those of the rows from `begin` on."""
        values = self._values.setdefault(name, [])
        values += [self._absent[name]] * (begin - len(values))
        values += found.values
        self._faults.add(name, found.faults, begin)
        for word, places in found.several.items():
            rows = self._several.setdefault(name, {}).setdefault(word, [])
            rows += [begin + at for at in places]
        for words, written in found.assumed.items():
            of = self._assumed.setdefault((name, words), {})
            of |= {self._origins[begin + at]: text for at, text in written.items()}

    def _refuse(self, there: Collection[str], over: Beyond, begin: int) -> None:
        """Refuse the rows from `begin` on that cannot be read at all, of a table with the columns that are `there`."""
        rows = self._faults.since(begin)
        amounts = self._values.get(self._known.amount, ())
        unread = sum(amounts[row] is MISSING for row in rows) if self._known.amount in there else 0
        moved = over.perhaps if 2 * unread <= len(self._origins) - begin else {**over.perhaps, **over.usual}
        essential = [self._values[name] for name in self._essential & set(there)]
        for row in rows:
            if row - begin in moved:
                self._faults.refuse(row, whole(moved[row - begin] or ""), TOO_LONG)
                for name in there:
                    self._values[name][row] = self._absent[name]
            elif len(essential) == len(self._essential) and all(values[row] is MISSING for values in essential):
                self._faults.refuse(row)

    # -- purchases built in Python -----------------------------------------------------------------------------------

    def read_purchases(self, purchases: Sequence[Purchase]) -> None:
        """Read purchases built in Python. A column stands there where some purchase has it, be it blank; one whose
        absence would say that the log is of one, where it has more than `None`."""
        begin = len(self._origins)
        self._origins += [purchase.origin for purchase in purchases]
        rows = [purchase.cells for purchase in purchases]
        known = {column.ready for column in self._columns.values()} | self._columns.keys() | READY.keys()
        given = dict.fromkeys(chain.from_iterable(rows))
        for name in given:
            if name not in known:
                raise self._not_a_column(name)
        columns: dict[str, Sequence[object]] = {}
        for name, column in self._columns.items():
            # A ready column may be given by its ready name, where the policy calls it otherwise.
            also = column.ready if column.ready and column.ready not in self._columns else name
            if name in given or also in given:
                cells = _given(rows, name, also)
                if self._absent[name] is not ONE or any(cell is not None and cell is not ABSENT for cell in cells):
                    columns[name] = cells
        self._read_columns(columns, {}, begin)
        self._refuse(self._values, NOTHING_BEYOND, begin)

    def _not_a_column(self, name: str) -> ProcureError:
        return ProcureError(
            Words(
                f"没有“{name}”这一栏；可用：{'、'.join(self._columns)}",
                f"there is no column {name!r}; there are: {', '.join(self._columns)}",
            )
        )


def _balanced(currency: Currency, *sides: CellsRead | None) -> CellsRead:
    """The amounts of rows with debits and credits, of which a log may have one alone. What cannot be understood of
    either leaves none."""
    count = max(len(side.values) for side in sides if side is not None)
    debit, credit = (side or CellsRead([MISSING] * count, {}, {}, {}) for side in sides)
    values, faults = [], {**credit.faults, **debit.faults}
    for at, (paid, back) in enumerate(zip(debit.values, credit.values, strict=True)):
        values.append(MISSING if at in faults else balance(paid, back))
        if at not in faults and values[at] is MISSING and not isinstance(back, Said):
            text = currency.plain(back)
            faults[at] = Misread(text, Words(f"“{text}”{TWICE.zh}", f"{text!r} {TWICE.en}"), TWICE)
    return CellsRead(values, faults, {}, {**debit.assumed, **credit.assumed})


def _given(rows: Sequence[dict[str, Any]], name: str, also: str) -> Sequence[object]:
    """The cells of a column, which may be given by another name too."""
    cells = _cells(rows, name)
    if also != name:
        cells = [other if cell is ABSENT else cell for cell, other in zip(cells, _cells(rows, also), strict=True)]
    # Nearly every column has cells of plain types alone, which are as they are.
    return cells if all(issubclass(kind, AS_THEY_ARE) for kind in set(map(type, cells))) else list(map(typed, cells))


def _cells(rows: Sequence[dict[str, Any]], name: str) -> list[Any]:
    return list(map(dict.get, rows, repeat(name), repeat(ABSENT)))


def _header(sheet: Sheet, columns: Mapping[str, str], known: Known, headless: bool) -> Header | None:
    """The header of a table."""
    begin = start(sheet)
    # Row 0 is the names that a frame or records give their columns.
    named = any(number == 0 for number, _ in begin)
    header: Header | None
    if headless and begin and not named:
        header = headers.headless(max(len(cells) for _, cells in begin), columns, known)
    else:
        header = headers.find(begin, columns, known, first=named)
    return None if header is None else _counted_in(header, sheet, header.row)


def _counted_in(header: Header, sheet: Sheet, first: int) -> Header:
    """A header with what the lines above the first one and below the table, or the name of the sheet, say that amounts
    count."""
    above = (cells for number, cells in start(sheet) if number < first)
    end = zip(sheet.numbers[-_FOOT:], sheet.rows[-_FOOT:], strict=True)
    amount = header.fields.get(header.known.amount)
    below = (cells for number, cells in end if number > header.row and _is_remark(cells, amount))
    lines = (cell for cells in (*above, *below) for cell in cells if type(cell) is str and cell)
    return header.counted_in(sheet.sheet or "", lines)


def _is_remark(cells: Sequence[object], amount: int | None) -> bool:
    """Whether a row has no amount, and too little in it for a purchase."""
    has = amount is not None and amount < len(cells) and not blank(cells[amount])
    return not has and sum(not blank(cell) for cell in cells) <= _SAYS_LITTLE


def start(sheet: Sheet) -> list[tuple[int, Sequence[object]]]:
    """The rows among which a header stands."""
    return list(zip(sheet.numbers[: headers.DEPTH], sheet.rows[: headers.DEPTH], strict=True))


def _no_header(sheet: Sheet, known: Known) -> Words:
    """Why a table has no header."""
    return headers.not_found(start(sheet), known) if sheet.rows else _EMPTY


def _passed(first: object) -> Words | None:
    return first.why if isinstance(first, Passed) else None


def _unusable(place: object, why: Words) -> ProcureError:
    return ProcureError(Words(f"{place}：{why.zh}", f"{place}: {why.en}"))


__all__ = ["ALWAYS", "COUNTING", "Recognised", "all_columns", "none_read", "read_rows", "recognise", "start"]
