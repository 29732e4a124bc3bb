"""Lists that somebody gives: the yearly catalogue of centrally purchased categories, and the like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from procure.log import cells
from procure.log.cells import MISSING, NONE, ONE
from procure.log.columns import Column
from procure.values.faults import Faults, unknown
from procure.values.money import Currency
from procure.words import ProcureError, Words


@attrs.frozen
class Carried:
    """A number that the entries of a list carry. `blank` is what one without it has, in major units; None where that is
    not known."""

    type: str = "money"
    blank: int | Decimal | None = None


@attrs.frozen(kw_only=True)
class GivenList:
    """A list, matched by the beginning of a code or by name. `rows` are its entries where the policy itself has
    them."""

    of: str
    given: bool = False
    rows: tuple[Mapping[str, Any], ...] = ()
    carries: Mapping[str, Carried] = attrs.field(factory=dict)
    title: Words | None = None


@attrs.frozen
class Entry:
    """An entry: a code or the beginning of one, a name, or both; and the numbers it carries, None where not known."""

    code: str | None
    name: str | None
    numbers: Mapping[str, int | None] = attrs.field(factory=dict, hash=False)


@attrs.define(eq=False, slots=False)
class Entries:
    """The entries of a list as a purchase is matched against them; None where nobody gave the list."""

    column: Column
    entries: tuple[Entry, ...] | None
    #: What an entry without a number has.
    blanks: Mapping[str, int | None] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        entries = self.entries or ()
        self._codes = tuple(sorted({entry.code for entry in entries if entry.code is not None}))
        self._names = frozenset(entry.name for entry in entries if entry.name is not None)

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
        return value in self._names if self._names or not self._codes else None

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
                # What another source says is listed, and this list has not, carries any number of the list.
                found[self.blanks.get(carried)] = None
                found |= dict.fromkeys(entry.numbers.get(carried) for entry in self.entries)
        return tuple(found)

    def _matches(self, entry: Entry, value: Any) -> bool:
        code = self._code(value)
        if code is not None:
            return entry.code is not None and code.startswith(entry.code)
        return entry.name is not None and entry.name == value

    def _code(self, value: Any) -> str | None:
        """The levels of a code that it says; None of a name."""
        code = self.column.code
        return code.said(value) if code is not None and isinstance(value, str) and code.of(value) else None


def entries_sound(declared: GivenList, rows: Iterable[Mapping[str, Any]]) -> None:
    """Raises `ProcureError` for keys that an entry does not have, entries without code and name, numbers of zero or
    less, one entry with two numbers, and, in a policy's own list, numbers of binary floating point."""
    wrong = Faults()
    seen: dict[tuple[Any, ...], Any] = {}
    for n, row in enumerate(rows):
        said = tuple(row.get(key) for key in ("entry", "code", "name"))
        with wrong.at(n):
            for key in row:
                if key not in ("entry", "code", "name", *declared.carries):
                    raise unknown(Words("键", "key"), key, ("code", "name", *declared.carries))
            if all(each is None or each == "" for each in said):
                raise ProcureError(Words("须有 code 或 name", "it needs a `code` or a `name`"))
        for carried in declared.carries:
            number = row.get(carried)
            with wrong.at(n, carried):
                if isinstance(number, float) and not declared.given:
                    raise ProcureError(Words(f"{number!r} 是二进制小数", f"{number!r} is a binary float"))
                if isinstance(number, (int, float, Decimal)) and not isinstance(number, bool) and number <= 0:
                    raise ProcureError(Words(f"{number} 须高于零", f"{number} must be above zero"))
                if number is not None and seen.setdefault((*said, carried), number) != number:
                    shown = " ".join(str(each) for each in said if each is not None)
                    raise ProcureError(Words(f"“{shown}”有两个 {carried}", f"{shown!r} has two of {carried}"))
    wrong.raise_nested()


def entries_of(
    declared: GivenList, rows: Sequence[Mapping[str, Any]], column: Column, currency: Currency
) -> tuple[Entry, ...]:
    """The rows of a list as entries, their numbers in minor units. Raises for rows that are not sound."""
    entries_sound(declared, rows)
    return tuple(_entry(column, row, declared.carries, currency) for row in rows)


def blanks_of(declared: GivenList, currency: Currency) -> dict[str, int | None]:
    """What an entry without a number has, in minor units."""
    return {carried: _minor(number.blank, currency) for carried, number in declared.carries.items()}


def _entry(column: Column, row: Mapping[str, Any], carries: Mapping[str, Carried], currency: Currency) -> Entry:
    text = row.get("entry")
    code, name = row.get("code"), row.get("name")
    if text is not None:
        code, name = _code_or_name(column, text)
    else:
        code = None if code is None else _code_or_name(column, code)[0] or code
    numbers = {}
    for carried, number in carries.items():
        blank, said = _minor(number.blank, currency), _minor(row.get(carried), currency)
        numbers[carried] = blank if said is None else said
    return Entry(code, name, numbers)


def _minor(number: Any, currency: Currency) -> int | None:
    return None if number is None else int(currency.minor(number))


def _code_or_name(column: Column, text: object) -> tuple[str | None, str | None]:
    """An entry of a list as a code or the beginning of one, or as a name."""
    said = cells.name(text)
    assert said is not None  # an entry that says nothing is left out
    code = column.code
    if code is None:
        return None, said
    upper = said.upper()
    if code.of(said) or (len(upper) < 2 and code.of(upper + "0")):
        return code.said(upper), None
    return None, said
