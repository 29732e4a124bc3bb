"""Which column is which: a header row is found, and its headers are given their fields."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

import attrs

from procure.log import taxes, twofold, units
from procure.log.cells import blank
from procure.log.columns import Column
from procure.log.directions import DIRECTION, SIDES
from procure.log.ready import DESCRIPTIVE, READY
from procure.log.units import BRACKETED, Counted, key
from procure.values import dates
from procure.values.faults import nearest, unknown
from procure.values.money import CNY, Currency
from procure.values.texts import half_width
from procure.values.words import ProcureError, Words

#: A header stands among the first rows that are not blank, below the title lines.
DEPTH = 30

_ASIDES = "是/否 是否 y/n yes/no 有/无 全称 必填 选填 如有 家 家数 个 年月日 年/月/日 年-月-日 含税 不含税"
_HARMLESS = frozenset(map(key, _ASIDES.split()))
_SAFE = re.compile(r"[\w=@.%:,+…-]+")
#: Characters of a cell that a message shows.
_LONGEST = 60
# No header is a bare number: that is a row of data in a table without one.
_NUMBER = re.compile(r"[\d.,¥￥ -]+")
_LETTER = re.compile(r"@([A-Za-z]{1,3})")
# Beside these, 单位 is as likely the unit of measure.
_GOODS_LIST = frozenset(
    map(key, ("数量", "单价", "规格", "规格型号", "型号", "數量", "單價", "規格", "型號", "quantity", "qty"))
)
_MEASURES = frozenset(("单位", "單位"))


@attrs.frozen(eq=False, slots=False)
class Known:
    """The headers that columns are known by: each with its column, its tier, and its place in the tier."""

    #: In the order in which they are reported.
    columns: Mapping[str, Column]
    headers: Mapping[str, tuple[str, int, int]]
    amount: str
    currency: Currency
    #: Headers from which nothing is read, as they are compared.
    ignored: frozenset[str] = frozenset()
    #: Columns that are read whatever the policy says.
    weak: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        columns: Mapping[str, Column],
        currency: Currency = CNY,
        weak: Collection[str] = (),
        ignored: Iterable[str] = (),
    ) -> Known:
        """Those of a policy's columns. Where two have one header, it is that of the later; but the `weak` ones, which
        are read whatever the policy says, give way to all others, and ready ones to the policy's own."""
        found: dict[str, tuple[str, int, int]] = {}
        for name in sorted(columns, key=lambda name: (name not in weak, columns[name].ready is None)):
            for tier, headers in enumerate(columns[name].headers):
                for place, header in enumerate(headers):
                    folded = key(header)
                    if folded not in found or found[folded][0] != name:
                        found[folded] = name, tier, place
        amount = next((name for name, column in columns.items() if column.ready == "amount"), "amount")
        return cls(columns, found, amount, currency, frozenset(map(key, ignored)), frozenset(weak))

    def name_of(self, ready: str) -> str:
        """The name under which a ready column stands here."""
        return next((name for name, column in self.columns.items() if column.ready == ready), ready)

    @cached_property
    def taxed(self) -> Mapping[str, str]:
        """The names of the columns of amounts with tax and without, and of the tax, by ready name; none where the
        policy does not say which its numbers mean."""
        names = {each.ready: name for name, each in self.columns.items()}
        found = {ready: names[ready] for ready in taxes.TAXED if ready in names}
        return found if len(found) == len(taxes.TAXED) else {}

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The names of the columns of debits and of credits, of which the amount is made where no column gives it."""
        names = {each.ready: name for name, each in self.columns.items()}
        return tuple(names[ready] for ready in SIDES if ready in names and names[ready] in self.weak)

    def label(self, name: str) -> str:
        column = self.columns.get(name)
        return name if column is None else column.label.zh

    def ready(self, name: str) -> str:
        column = self.columns.get(name)
        return name if column is None or column.ready is None else column.ready

    def is_money(self, name: str) -> bool:
        return name in self.columns and self.columns[name].type == "money"


@attrs.frozen
class Header:
    """A header row and what was made of it. `fields` gives the position of each canonical column."""

    row: int
    texts: tuple[str, ...]
    fields: Mapping[str, int]
    rivals: Mapping[str, tuple[int, ...]]
    absent: Mapping[str, str]
    #: What the bare numbers of each column of money count, or why they are not the policy's currency.
    units: Mapping[str, Counted]
    known: Known = attrs.field(eq=False, repr=False)

    @property
    def unit(self) -> str:
        """That of the amount; an empty text where it is in another currency."""
        unit = self.units.get(self.known.amount, "")
        return unit if isinstance(unit, str) else ""

    @property
    def own(self) -> bool:
        """Whether the amount has a column that does not say whether tax is in it."""
        marked = [self.fields.get(name) for ready, name in self.known.taxed.items() if ready != "tax"]
        sides = [self.fields.get(name) for name in self.known.sides]
        return self.fields.get(self.known.amount) not in (*marked, *sides)

    @property
    def named(self) -> int:
        """How many columns there are up to the last one that has a header or gives a field."""
        there = (at for at, text in enumerate(self.texts) if text)
        return 1 + max((*self.fields.values(), *there), default=-1)

    @property
    def score(self) -> tuple[bool, int]:
        return not self.absent, len(self.fields) + len(self.rivals)

    def names(self) -> dict[str, str]:
        """Each canonical column with the header that gave it, as the user may name it."""
        return {field: self._name(at) for field, at in self.fields.items()}

    def unknown(self) -> tuple[str, ...]:
        """The headers that no field was read from."""
        return tuple(self.texts[at] for at in self.unread())

    def unread(self) -> tuple[int, ...]:
        """The places of these."""
        read = set(self.fields.values())
        return tuple(at for at, text in enumerate(self.texts) if text and at not in read)

    def problem(self) -> Words | None:
        """Why the table cannot be read with these columns, and the line that mends it; None where it can."""
        there = list(filter(None, self.texts))
        zh, en = f"表头有：{'、'.join(there)}", f"the headers are: {', '.join(there)}"
        if not there:
            zh, en = (
                "表中没有表头，各列用字母指定，如 @C",
                "the table has no header: name columns by letter, such as @C",
            )
        for field, text in self.absent.items():
            near = nearest(text, there, none=Words(zh, en))
            label = self.known.label(field)
            return Words(f"没有“{text}”列（{label}）；{near.zh}", f"no column {text!r} for {field}; {near.en}")
        for field, rivals in self.rivals.items():
            options = [self._name(at) for at in rivals]
            lines = [option(field, text) for text in options]
            label, either = self.known.label(field), "、".join(f"“{text}”" for text in options)
            return Words(
                f"“{label}”可能是{either}，请指定：{' 或 '.join(lines)}",
                f"{field} could be any of {', '.join(map(repr, options))}; say which: {' or '.join(lines)}",
            )
        amount = self.known.amount
        if amount not in self.fields:
            for text in self.texts:
                foreign = self._foreign(text)
                if foreign is not None:
                    return Words(
                        f"“{text}”列的金额{foreign.zh}，未折算；没有其他金额列；{zh}",
                        f"the amounts of {text!r} are not read, each {foreign.en}; there is no other amount column; "
                        f"{en}",
                    )
            return Words(
                f"没有金额列；{zh}。请指定金额列：--column {amount}=…",
                f"no amount column; {en}. Say which it is: --column {amount}=…",
            )
        return None

    def counted_in(self, sheet: str, lines: Iterable[str]) -> Header:
        """The same, where the name of its sheet or lines around the table say in what it counts: a header that says so
        goes before."""
        currency = self.known.currency
        stated = (units.stated(line, currency) for line in lines)
        said = units.agreed((units.of_sheet(sheet, currency), *stated), currency)
        default = units.plain(currency) if said is None else said
        return attrs.evolve(self, units={name: unit or default for name, unit in self.units.items()})

    def _foreign(self, text: str) -> Words | None:
        """Why the amounts below a header are not in the policy's currency, where they alone would be the amount."""
        parted = units.parted(text, self.known.currency)
        if parted is None or isinstance(parted[1], str):
            return None
        found = self.known.headers.get(key(parted[0]))
        return parted[1] if found and found[0] == self.known.amount else None

    def _name(self, at: int) -> str:
        """A header, or the letters of its column where it is blank or not the only one of its text."""
        return self.texts[at] if self.texts[at] and self.texts.count(self.texts[at]) == 1 else f"@{letters(at)}"


def option(field: str, header: str) -> str:
    """The command line option that settles a column."""
    text = f"{field}={header}"
    # shlex would quote every Chinese word too; a shell needs that only for its own signs.
    return f"--column {text if _SAFE.fullmatch(text) else shlex.quote(text)}"


def letters(at: int) -> str:
    """The letters by which a spreadsheet calls a column: 0 is A, 26 is AA."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def asked(columns: Mapping[str, str] | None, known: Mapping[str, Column] = READY) -> dict[str, str]:
    """The columns that the user named, checked: every one is a column there is. A ready one is meant under the name
    that the policy gives it."""
    names = {column.ready or name: name for name, column in known.items()} | {name: name for name in known}
    for field in columns or {}:
        if field not in names:
            raise unknown(Words("字段", "field"), field, known)
    return {names[field]: header for field, header in (columns or {}).items()}


def find(
    rows: Sequence[tuple[int, Sequence[object]]], columns: Mapping[str, str], known: Known, first: bool = False
) -> Header | None:
    """The header among the first rows of a table: the row in which most is recognised, the first of such. Where none
    is known well enough, it is the `first` if that is said to be one."""
    headers = [recognise(row, cells, columns, known) for row, cells in rows]
    best = max(headers, key=lambda header: header.score, default=None)
    if best is None:
        return None
    best = _with_second_row(best, rows, columns, known)
    # Two headers known, or the only one, or all that the user named: less could be a row of data.
    enough = min(2, sum(map(bool, best.texts)) or 1)
    if best.score[1] < enough and (best.absent or not any(columns.values())):
        if not first:
            return None
        best = headers[0]
    by_letter = [best.fields[name] for name, text in columns.items() if name in best.fields and is_letter(text)]
    above = [cells for row, cells in rows if row < best.row]
    if len(by_letter) == best.score[1] and any(_are_data(cells, by_letter, known) for cells in above):
        return None
    return best


def headless(width: int, columns: Mapping[str, str], known: Known) -> Header:
    """What stands for the header of a table of so many columns that has none: letters alone name its columns."""
    return recognise(0, [""] * width, columns, known)


def not_found(rows: Sequence[tuple[int, Sequence[object]]], known: Known) -> Words:
    """That a table has no header, with all that may be one, and the options that say what it is."""
    # A title has fewer cells.
    most = max(range(len(rows)), key=lambda at: (sum(not blank(cell) for cell in rows[at][1]), -at))
    number, cells = rows[most]
    seen = [f"{letters(at)} {str(cell).strip()[:_LONGEST]}" for at, cell in enumerate(cells) if not blank(cell)]
    if len(seen) == 1:
        return Words(f"找不到表头；第 {number} 行是：{seen[0]}", f"no header row found; row {number} is: {seen[0]}")
    guessed = _guessed([below for _, below in rows[most:]], known)
    columns = [(known.name_of(ready), guessed.get(ready)) for ready in ("amount", "date")]
    named = [
        option(name, str(cells[at]).strip())
        for name, at in columns
        if at is not None and at < len(cells) and not blank(cells[at]) and not _is_datum(cells[at], known)
    ]
    lettered = [option(name, "…" if at is None else f"@{letters(at)}") for name, at in columns]
    by_name, by_letter = " ".join(named) or option(known.amount, "…"), " ".join(["--no-header", *lettered])
    return Words(
        f"找不到表头；第 {number} 行是：{'、'.join(seen)}。它若是表头，请指明：{by_name}；若没有表头：{by_letter}",
        f"no header row found; row {number} is: {', '.join(seen)}. If it is the header, name its columns: {by_name}; "
        f"if there is none: {by_letter}",
    )


def _guessed(rows: Sequence[Sequence[object]], known: Known) -> Mapping[str, int]:
    """The one column whose cells are mostly amounts, and the one whose are mostly dates, where there is one."""
    found: dict[str, list[int]] = {"amount": [], "date": []}
    for at in range(max(map(len, rows))):
        cells = [cells[at] for cells in rows if at < len(cells) and not blank(cells[at])]
        if 2 * sum(_is_day(cell) for cell in cells) > len(cells):
            found["date"].append(at)
        elif 2 * sum(_is_amount(cell, known) for cell in cells) > len(cells):
            found["amount"].append(at)
    return {ready: places[0] for ready, places in found.items() if len(places) == 1}


def _is_datum(cell: object, known: Known) -> bool:
    """Whether a cell is an amount or a date, and so is no header."""
    return _is_day(cell) or _is_amount(cell, known)


def _is_day(cell: object) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, dt.date)
    try:
        dates.date(cell)
    except dates.TwoDatesError:
        return True
    except ProcureError:
        return False
    return True


def _is_amount(cell: object, known: Known) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, (int, float, Decimal))
    if _NUMBER.fullmatch(cell):
        return True
    try:
        return known.currency.cell(cell) is not None
    except ProcureError:
        return False


def _are_data(cells: Sequence[object], places: Iterable[int], known: Known) -> bool:
    """Whether a row has an amount or a date at one of these places."""
    return any(at < len(cells) and _is_datum(cells[at], known) for at in places)


def _with_second_row(
    best: Header, rows: Sequence[tuple[int, Sequence[object]]], columns: Mapping[str, str], known: Known
) -> Header:
    """The header together with the row below it, where that says what the columns under one head are; or with the row
    above it, where the heads stand there and more is known by both."""
    if best.row == 0:
        return best

    def knows(text: str) -> tuple[str, bool] | None:
        found = _known(text, known)
        return None if found is None else (found[0], known.is_money(found[0]))

    def both(heads: Sequence[object], row: int, below: Sequence[object]) -> Header | None:
        found = twofold.joined(_texts(heads), below, knows, known.currency)
        return recognise(row, found[1], columns, known, tuple(found[0])) if found else None

    at = next(n for n, (row, _) in enumerate(rows) if row == best.row)
    lower = both(rows[at][1], *rows[at + 1]) if at + 1 < len(rows) else None
    if lower is not None:
        return lower
    upper = both(rows[at - 1][1], *rows[at]) if at else None
    return upper if upper is not None and upper.score > best.score else best


def _texts(cells: Sequence[object]) -> tuple[str, ...]:
    return tuple(" ".join(str(cell).split()) if isinstance(cell, str) else "" for cell in cells)


def recognise(
    row: int, cells: Sequence[object], columns: Mapping[str, str], known: Known, shown: tuple[str, ...] | None = None
) -> Header:
    """A row taken for a header, `shown` otherwise where it is of two rows. A field given "" in `columns` is one that
    the log does not have."""
    texts = _texts(cells)
    names = shown or texts
    fields: dict[str, int] = {}
    absent: dict[str, str] = {}
    rivals: dict[str, tuple[int, ...]] = {}
    for field, text in columns.items():
        places = [at for at in _places(text, names) if row == 0 or not _is_datum(cells[at], known)]
        if len(places) == 1:
            fields[field] = places[0]
        elif places:
            rivals[field] = tuple(places)
        elif text:
            absent[field] = text
    taken = {*fields.values(), *(at for places in rivals.values() for at in places)}
    for field, candidates in _candidates(texts, taken, known).items():
        if field in columns:
            continue
        best = min(candidates)[0]
        places = [at for tier, _, at in sorted(candidates) if tier == best]
        if len(places) == 1 or known.ready(field) in DESCRIPTIVE:
            fields[field] = places[0]
        else:
            rivals[field] = tuple(sorted(places))
    _tell_sides(fields, rivals, columns, known)
    if known.taxed:
        _tell_taxed(fields, rivals, columns, texts, known)
    # A column that the user names may be a policy's that is not known here.
    ordered = {field: fields[field] for field in (*known.columns, *fields) if field in fields}
    stated = {name: _unit(texts[at], known.currency) for name, at in ordered.items() if known.is_money(name)}
    return Header(row, names, ordered, rivals, absent, stated, known)


def _tell_sides(
    fields: dict[str, int], rivals: dict[str, tuple[int, ...]], asked: Mapping[str, str], known: Known
) -> None:
    """The amount is made of debits and credits where both are there and no other column gives it: one alone is none."""
    given = {known.amount, *(name for ready, name in known.taxed.items() if ready != "tax")}
    both = len(known.sides) == len(SIDES) and fields.keys() >= set(known.sides)
    if both and (asked.keys() >= set(known.sides) or not given & {*fields, *rivals, *asked}):
        fields[known.amount] = fields[known.sides[0]]
        rivals.pop(known.amount, None)
        for name, column in known.columns.items():
            # Beside them the word is that of the balance.
            if column.ready == DIRECTION and name not in asked:
                fields.pop(name, None)
        return
    for name in known.sides:
        fields.pop(name, None)
        rivals.pop(name, None)


def _tell_taxed(
    fields: dict[str, int],
    rivals: dict[str, tuple[int, ...]],
    asked: Mapping[str, str],
    texts: Sequence[str],
    known: Known,
) -> None:
    """The amount is the one with tax or without where no other column gives it; the tax alone gives nothing."""
    net, tax, gross = (known.taxed[name] for name in taxes.TAXED)
    named = fields.get(known.amount) if known.amount in asked else None
    found = None if named is None else _known(texts[named], known)
    if found is not None and found[0] in (net, gross) and found[0] not in asked:
        fields[found[0]] = fields[known.amount]
        rivals.pop(found[0], None)
    marked = [fields[name] for name in (gross, net) if name in fields]
    if not marked and tax not in asked:
        fields.pop(tax, None)
        rivals.pop(tax, None)
    if marked and known.amount not in {*fields, *rivals, *asked}:
        fields[known.amount] = marked[0]


def is_letter(text: str) -> bool:
    """Whether a column is named by its letters: @C."""
    return _LETTER.fullmatch(text) is not None


def _places(text: str, texts: Sequence[str]) -> list[int]:
    """Where the header that the user named stands: to the letter if it is there so, else folded."""
    letter = _LETTER.fullmatch(text)
    if letter:
        return [at for at in range(len(texts)) if letters(at) == letter[1].upper()]
    wanted = " ".join(text.split())
    exact = [at for at, header in enumerate(texts) if header and header == wanted]
    return exact or [at for at, header in enumerate(texts) if header and key(header) == key(wanted)]


def _candidates(texts: Sequence[str], taken: set[int], known: Known) -> dict[str, list[tuple[int, int, int]]]:
    found: dict[str, list[tuple[int, int, int]]] = {}
    keys = set(map(key, texts))
    for at, text in enumerate(texts):
        found_there = None if at in taken else _known(text, known)
        if found_there is None or (key(text) in _MEASURES and keys & _GOODS_LIST):
            continue
        field, tier, place = found_there
        found.setdefault(field, []).append((tier, place, at))
    return found


def _known(text: str, known: Known) -> tuple[str, int, int] | None:
    if not text or len(text) > 60 or key(text) in known.ignored:
        return None
    found = _as_written(text, known)
    marked = taxes.basis_of(text) if known.taxed and (found is None or found[0] == known.amount) else None
    if marked is None:
        return found
    basis, rest = marked
    found = found or _as_written(rest, known)
    return (known.taxed[basis], *found[1:]) if found is not None and found[0] == known.amount else None


def _as_written(text: str, known: Known) -> tuple[str, int, int] | None:
    exact = known.headers.get(key(text))
    if exact:
        return exact
    parted = units.parted(text, known.currency)
    found = known.headers.get(key(parted[0])) if parted else None
    # One that names another currency is taken only where the user says so.
    if parted and found and known.is_money(found[0]) and isinstance(parted[1], str):
        return found
    bracketed = BRACKETED.fullmatch(half_width(text))
    return known.headers.get(key(bracketed[1])) if bracketed and key(bracketed[2]) in _HARMLESS else None


def _unit(text: str, currency: Currency) -> Counted:
    parted = units.parted(text, currency)
    return parted[1] if parted else ""
