"""From one line of a log to the facts it may stand for. This is where a missing datum becomes several values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import attrs

from procure.facts import Approval
from procure.records import UNKNOWN, Purchase, Stated, category, is_code
from procure.terms import Kind, Method

KIND_OF_LETTER = {"A": Kind.GOODS, "B": Kind.WORKS, "C": Kind.SERVICES}

_EITHER = (True, False)
_YES = (True,)
_NO = (False,)
_NO_APPROVAL = (Approval.NONE,)
_LATE = (Approval.LATE,)
_PRIOR = (Approval.PRIOR,)
_SOME_APPROVAL = (Approval.LATE, Approval.PRIOR)
_ANY_APPROVAL = tuple(Approval)


@attrs.frozen
class Catalogue:
    """The yearly list of centrally purchased categories (集中采购目录): codes, prefixes of codes, or names.

    A category of the log that is coarser than an entry is neither inside nor outside for certain.

    A code of the 2022 edition ends in `00` for every level it leaves open (A02010000 is all of A0201).
    """

    codes: tuple[str, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, entries: Iterable[str]) -> Catalogue:
        folded = {entry for each in entries if (entry := category(each))}
        codes = {entry for entry in folded if is_prefix(entry)}
        return cls(tuple(sorted(map(_open_levels, codes))), frozenset(folded - codes))

    def lists(self, category: str) -> bool | None:
        """Whether the category is listed; None where the catalogue does not speak its language: one of
        codes alone says nothing of a plain name, nor one of names alone of a code."""
        if is_code(category):
            if category.startswith(self.codes):
                return True
            # A coarser code than an entry's may be of that entry or of another beside it.
            coarser = any(code.startswith(category) for code in self.codes)
            return None if coarser or (self.names and not self.codes) else False
        return category in self.names if self.names or not self.codes else None


_PREFIX = re.compile(r"[ABC]\d*")


def is_prefix(category: str) -> bool:
    """Whether a catalogue entry is a code or the beginning of one."""
    return _PREFIX.fullmatch(category) is not None


def _open_levels(code: str) -> str:
    while len(code) in (9, 7, 5) and code.endswith("00"):
        code = code[:-2]
    return code


@attrs.frozen(eq=False)
class Evidence:
    """For every fact the values it may have, for each the column that would settle it were it open, and the columns
    in which the log contradicts the catalogue or the category's own code."""

    options: Mapping[str, tuple[Any, ...]]
    columns: Mapping[str, str]
    conflicts: tuple[str, ...]


class Reader:
    """Reads purchases as evidence. What is equal in every respect that matters is read once."""

    def __init__(self, catalogue: Catalogue | None, year: int | None, parties: int = 3) -> None:
        """`year` is the budget year in which a purchase of unknown date was made, if it was judged at all."""
        self._catalogue = catalogue
        self._year = year
        self._parties = parties
        self._categories: dict[str | None, tuple[bool | None, Kind | None]] = {}
        self._seen: dict[tuple[Any, ...], Evidence] = {}

    def __call__(self, purchase: Purchase) -> Evidence:
        category, ground = purchase.category, purchase.ground
        told = self._categories.get(category)
        if told is None:
            told = self._categories[category] = self._told(category)
        grounds = _EITHER if ground is UNKNOWN else _NO if ground is None else _YES
        quotes, invited = purchase.quotes, purchase.invited
        key = (
            told, purchase.in_catalogue, purchase.kind, purchase.method, _approvals(purchase, self._year),
            _EITHER if quotes is None else _YES if quotes >= self._parties else _NO,
            _EITHER if invited is None else _YES if invited >= self._parties else _NO,
            grounds, purchase.date is None and isinstance(purchase.approved_on, dt.date),
        )  # fmt: skip
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = _evidence(*key)
        return found

    def _told(self, category: str | None) -> tuple[bool | None, Kind | None]:
        """What the category alone tells: whether the catalogue lists it, and the kind of its code."""
        listed = self._catalogue.lists(category) if self._catalogue and category else None
        return listed, kind_of(category)


def _evidence(
    told: tuple[bool | None, Kind | None],
    in_catalogue: bool | None,
    kind: Kind | None,
    method: Method | Collection[Method] | None,
    approval: tuple[Approval, ...],
    quotes: tuple[bool, ...],
    invited: tuple[bool, ...],
    ground: tuple[bool, ...],
    no_date: bool,
) -> Evidence:
    options: dict[str, tuple[Any, ...]] = {
        "in_catalogue": _union(in_catalogue, told[0]) or _EITHER,
        "kind": _union(kind, told[1]) or tuple(Kind),
        "method": _methods(method),
        "approval": approval,
        "quotes": quotes,
        "invited": invited,
        "ground": ground,
    }
    columns = {fact: fact for fact in options} | {"approval": "date" if no_date else "approved_on"}
    stated = {"in_catalogue": in_catalogue, "kind": kind}
    conflicts = tuple(column for column, value in stated.items() if value is not None and len(options[column]) > 1)
    return Evidence(options, columns, conflicts)


def kind_of(category: str | None) -> Kind | None:
    """The kind that a category code's letter tells; None of a plain name."""
    return KIND_OF_LETTER[category[0]] if category is not None and is_code(category) else None


def _union(*answers: Any) -> tuple[Any, ...]:
    """The distinct answers of those who answer."""
    return tuple(dict.fromkeys(answer for answer in answers if answer is not None))


def _methods(method: Method | Collection[Method] | None) -> tuple[Method, ...]:
    if not method:
        return tuple(Method)
    return (method,) if isinstance(method, Method) else tuple(m for m in Method if m in method)


def _approvals(purchase: Purchase, year: int | None) -> tuple[Approval, ...]:
    approved, date = purchase.approved_on, purchase.date
    if approved is None:
        return _NO_APPROVAL
    if approved is UNKNOWN:
        return _ANY_APPROVAL
    if isinstance(approved, Stated):
        return _SOME_APPROVAL
    if date is not None:
        return _PRIOR if approved <= date else _LATE
    if year is None or approved.year == year and approved != dt.date(year, 1, 1):
        return _SOME_APPROVAL
    return _PRIOR if approved <= dt.date(year, 1, 1) else _LATE
