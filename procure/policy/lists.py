"""Lists that somebody gives: the yearly catalogue of centrally purchased categories, and the like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from procure.log import cells, naming
from procure.log.cells import MISSING, NONE, ONE
from procure.log.columns import Column
from procure.policy.given import amount
from procure.values.faults import Faults, unknown
from procure.values.money import Currency
from procure.values.tables import number
from procure.values.toml import shown
from procure.values.words import ProcureError, Words

#: What an entry may say that it lists: either of the two, as the user wrote it; a code; a name.
_SAYS = ("entry", "code", "name")
_CELL = (str, int, float, Decimal, dt.date, type(None))


@attrs.frozen
class Carried:
    """A number that the entries of a list carry. `blank` is what one without it has, in major units; None where that is
    not known. `title` is what reports call it, None for its name."""

    type: str = "money"
    blank: int | Decimal | None = None
    title: Words | None = None


@attrs.frozen(kw_only=True)
class GivenList:
    """A list, matched by the beginning of a code or by name. `rows` are its entries where the policy itself has
    them."""

    of: str
    given: bool = False
    rows: Sequence[Mapping[str, Any]] | None = None
    carries: Mapping[str, Carried] = attrs.field(factory=dict)
    title: Words | None = None


@attrs.frozen
class ListEntry:
    """An entry: a code or the beginning of one, a name, or both; and the numbers it carries, None where not known."""

    code: str | None
    name: str | None
    numbers: Mapping[str, int | None] = attrs.field(factory=dict, hash=False)


@attrs.define(eq=False, slots=False)
class Entries:
    """The entries of a list as a purchase is matched against them; None where nobody gave the list."""

    column: Column
    entries: tuple[ListEntry, ...] | None
    #: What an entry without a number has.
    blanks: Mapping[str, int | None] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        entries = self.entries or ()
        self._codes = tuple(sorted({entry.code for entry in entries if entry.code is not None}))
        self._names = frozenset(naming.key(entry.name) for entry in entries if entry.name is not None)

    @property
    def given(self) -> bool:
        return self.entries is not None

    def carry(self, carried: str) -> bool:
        """Whether some entry carries this number."""
        return any(entry.numbers.get(carried) is not None for entry in self.entries or ())

    def lists(self, value: Any) -> bool | None:
        """Whether a category is listed; None where that is not known: nobody gave the list, it has codes where the log
        has a name or the reverse, or the code is coarser than an entry's."""
        if self.entries is None or value in (MISSING, NONE, ONE):
            return None
        code = self._code(value)
        if code is not None:
            if code.startswith(self._codes):
                return True
            coarser = any(entry.startswith(code) for entry in self._codes)
            return None if coarser or (self._names and not self._codes) else False
        return naming.key(value) in self._names if self._names or not self._codes else None

    def carried(self, values: Sequence[Any], carried: str, listed: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The numbers that may be meant: None for one that may be any, NONE where the list does not have it. `listed`
        is what a column that the list tells says, where the policy has one."""
        if self.entries is None:
            return (None,)
        found: dict[Any, None] = {}
        for value in values:
            matching = [entry for entry in self.entries if self._matches(entry, value)]
            if matching:
                found |= dict.fromkeys(entry.numbers.get(carried) for entry in matching)
                continue
            said = set(listed) or {{True: "yes", False: "no", None: MISSING}[self.lists(value)]}
            if said != {"yes"}:
                found[NONE] = None
            if said != {"no"}:
                # It carries any number of the list: a row of which it is not known what it buys, or one that another
                # source says is listed and this list has not.
                blank = self.blanks.get(carried)
                if blank is not None or not self.entries:
                    found[blank] = None
                found |= dict.fromkeys(entry.numbers.get(carried) for entry in self.entries)
        return tuple(found)

    def _matches(self, entry: ListEntry, value: Any) -> bool:
        code = self._code(value)
        if code is not None:
            return entry.code is not None and code.startswith(entry.code)
        named = entry.name is not None and isinstance(value, str)
        return named and naming.key(entry.name or "") == naming.key(value)

    def _code(self, value: Any) -> str | None:
        """The levels of a code that it says; None of a name."""
        code = self.column.code
        return code.said(value) if code is not None and isinstance(value, str) and code.of(value) else None


def entries_sound(declared: GivenList, rows: Iterable[Mapping[str, Any]]) -> None:
    """Raises `ProcureError` for keys that an entry does not have, entries without code and name, numbers of zero or
    less, one entry with two numbers, and, in a policy's own list, codes that are no text and numbers that are not
    exact."""
    wrong = Faults()
    seen: dict[tuple[Any, ...], Any] = {}
    for n, row in enumerate(rows):
        with wrong.at(n):
            _said(declared, row)
            said = tuple(row.get(key) for key in _SAYS)
            for carried in declared.carries:
                with wrong.at(n, carried):
                    value = row.get(carried)
                    _carries(declared, value)
                    if value is not None and seen.setdefault((*said, carried), value) != value:
                        entry = " ".join(str(each) for each in said if each is not None)
                        raise ProcureError(Words(f"“{entry}”有两个 {carried}", f"{entry!r} has two of {carried}"))
    wrong.raise_nested()


def _said(declared: GivenList, row: Mapping[str, Any]) -> None:
    """Raises for an entry of which it is not known what it lists."""
    wrong = Faults()
    for key, value in row.items():
        with wrong.at(key):
            if key not in (*_SAYS, *declared.carries):
                raise unknown(Words("键", "key"), key, ("code", "name", *declared.carries))
            text = isinstance(value, str) if not declared.given else isinstance(value, _CELL)
            if key in _SAYS and not text:
                raise ProcureError(Words(f"须为文字，不是 {shown(value)}", f"it must be text, not {shown(value)}"))
    if not wrong.found and all(cells.blank(row.get(key)) for key in _SAYS):
        wrong.add((), "须有 code 或 name", "it needs a `code` or a `name`")
    wrong.raise_nested()


def _carries(declared: GivenList, value: Any) -> None:
    """Raises for what is no number of an entry."""
    it = shown(value)
    exact = number(value) or (declared.given and not isinstance(value, Decimal))
    if value is not None and not exact:
        raise ProcureError(Words(f"{it} 不是数（不用二进制小数）", f"{it} is no number (and no binary float)"))
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and value <= 0:
        raise ProcureError(Words(f"{it} 须高于零", f"{it} must be above zero"))


def entries_of(
    declared: GivenList, rows: Sequence[Mapping[str, Any]], column: Column, currency: Currency
) -> tuple[ListEntry, ...]:
    """The rows of a list as entries, their numbers in minor units. Raises for rows that are not sound."""
    entries_sound(declared, rows)
    wrong = Faults()
    found = []
    for n, row in enumerate(rows):
        with wrong.at(n):
            found.append(_entry(column, row, declared.carries, currency))
    wrong.raise_nested()
    return tuple(found)


def blanks_of(declared: GivenList, currency: Currency) -> dict[str, int | None]:
    """What an entry without a number has, in minor units. Raises for what is no amount."""
    wrong = Faults()
    found: dict[str, int | None] = {}
    for carried, each in declared.carries.items():
        with wrong.at("carries", carried, "blank"):
            found[carried] = _minor(each.blank, currency)
            if (found[carried] or 0) < 0:
                it = shown(each.blank)
                raise ProcureError(Words(f"{it} 不能低于零", f"{it} must not be below zero"))
    wrong.raise_nested()
    return found


def _entry(column: Column, row: Mapping[str, Any], carries: Mapping[str, Carried], currency: Currency) -> ListEntry:
    entry, code, name = (cells.name(row.get(key)) for key in _SAYS)
    if entry is not None:
        code, name = _code_or_name(column, entry)
    elif code is not None:
        code = _code_or_name(column, code)[0] or code
    numbers = {}
    wrong = Faults()
    for carried, each in carries.items():
        with wrong.at(carried):
            said = _minor(row.get(carried), currency)
            numbers[carried] = _minor(each.blank, currency) if said is None else said
    wrong.raise_nested()
    return ListEntry(code, name, numbers)


def _minor(value: Any, currency: Currency) -> int | None:
    return None if value is None else amount(currency, value)


def _code_or_name(column: Column, said: str) -> tuple[str | None, str | None]:
    """An entry of a list as a code or the beginning of one, or as a name."""
    code = column.code
    if code is None:
        return None, said
    upper = said.upper()
    if code.of(said) or (len(upper) < 2 and code.of(upper + "0")):
        return code.said(upper), None
    return None, said
