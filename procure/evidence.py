"""From one line of a log to the facts it may stand for. This is where a missing datum becomes several values."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Mapping
from itertools import compress, product
from typing import Any

import attrs

from procure.catalogues import Catalogue
from procure.facts import Approval
from procure.limits import Limits
from procure.records import UNKNOWN, Purchase, Stated, is_code
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


@attrs.frozen(eq=False)
class Evidence:
    """For every fact the values it may have, for each the column that would settle it were it open, and the columns
    in which the log contradicts the catalogue or the category's own code."""

    options: Mapping[str, tuple[Any, ...]]
    columns: Mapping[str, str]
    conflicts: tuple[str, ...]


class Reader:
    """Reads purchases as evidence. What is equal in every respect that matters is read once."""

    def __init__(
        self, catalogue: Catalogue | None, year: int | None, parties: int = 3, open_tender: Limits | None = None
    ) -> None:
        """`year` is the budget year in which a purchase of unknown date was made, if it was judged at all."""
        self._catalogue = catalogue
        self._floors = catalogue if catalogue is not None and catalogue.floors else None
        self._year = year
        self._parties = parties
        self._open_tender = open_tender
        self._standards: dict[int | None, list[int]] = {}
        self._reached: dict[tuple[int | None, int], tuple[frozenset[Kind], ...]] = {}
        self._categories: dict[str | None, tuple[bool | None, Kind | None]] = {}
        self._seen: dict[tuple[Any, ...], Evidence] = {}

    def __call__(self, purchase: Purchase) -> Evidence:
        category, ground, emergency = purchase.category, purchase.ground, purchase.emergency
        told = self._categories.get(category)
        if told is None:
            told = self._categories[category] = self._told(category)
        quotes, invited = purchase.quotes, purchase.invited
        key = (
            told, purchase.in_catalogue, purchase.kind, purchase.method, _approvals(purchase, self._year),
            _EITHER if quotes is None else _YES if quotes >= self._parties else _NO,
            _EITHER if invited is None else _YES if invited >= self._parties else _NO,
            _EITHER if ground is UNKNOWN else _NO if ground is None else _YES,
            _EITHER if emergency is UNKNOWN else _YES if emergency else _NO,
            _NO if self._floors is None else _below(purchase.fen, *self._floors.floor(category)),
            None if self._open_tender is None else self._reaches(purchase, self._open_tender),
            purchase.date is None and isinstance(purchase.approved_on, dt.date), purchase.fen is None,
        )  # fmt: skip
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = _evidence(*key)
        return found

    def _told(self, category: str | None) -> tuple[bool | None, Kind | None]:
        """What the category alone tells: whether the catalogue lists it, and the kind of its code."""
        listed = self._catalogue.lists(category) if self._catalogue and category else None
        return listed, kind_of(category)

    def _reaches(self, purchase: Purchase, standard: Limits) -> tuple[frozenset[Kind], ...]:
        """The kinds whose open-tender standard the amount may reach. They differ only from one standard to the next."""
        fen, year = purchase.fen, self._year if purchase.date is None else purchase.date.year
        if fen is None:
            return _ANY_KINDS
        standards = self._standards.get(year)
        if standards is None:
            standards = self._standards[year] = sorted(standard.least(kind, year) for kind in Kind)
        step = year, bisect_right(standards, fen)
        found = self._reached.get(step)
        if found is None:
            # What nobody gave may be any amount from its least up.
            each = [_NO if fen < standard.least(k, year) else _YES if standard.get(k, year) else _EITHER for k in Kind]
            found = self._reached[step] = tuple(frozenset(compress(Kind, reached)) for reached in product(*each))
        return found


_ANY_KINDS = tuple(frozenset(compress(Kind, each)) for each in product(_EITHER, repeat=len(Kind)))


def _below(fen: int | None, least: int, most: int) -> tuple[bool, ...]:
    """Whether a purchase may lie below its floor, which is between these. What a refund takes back was at least as
    large."""
    if most == 0 or fen is not None and abs(fen) >= most:
        return _NO
    return _YES if fen is not None and 0 < fen < least else _EITHER


def _evidence(
    told: tuple[bool | None, Kind | None],
    in_catalogue: bool | None,
    kind: Kind | None,
    method: Method | Collection[Method] | None,
    approval: tuple[Approval, ...],
    quotes: tuple[bool, ...],
    invited: tuple[bool, ...],
    ground: tuple[bool, ...],
    emergency: tuple[bool, ...],
    below_floor: tuple[bool, ...],
    reaches: tuple[frozenset[Kind], ...] | None,
    no_date: bool,
    no_amount: bool,
) -> Evidence:
    options: dict[str, tuple[Any, ...]] = {
        "in_catalogue": _union(in_catalogue, told[0]) or _EITHER,
        "kind": _union(kind, told[1]) or tuple(Kind),
        "method": _methods(method),
        "approval": approval,
        "quotes": quotes,
        "invited": invited,
        "ground": ground,
        "emergency": emergency,
        "below_floor": below_floor,
        "reaches": reaches or _ANY_KINDS,
    }
    columns = {fact: fact for fact in options} | {
        "approval": "date" if no_date else "approved_on",
        "below_floor": "amount" if no_amount else "category",
        "reaches": "amount" if no_amount else "open_tender",
    }
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
