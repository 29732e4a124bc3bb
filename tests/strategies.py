"""Hypothesis strategies for small logs that crowd around the cut points, and for the policy that judges them.

Everything drawn is small on purpose: few units, few categories, few dates, so that purchases share totals; amounts that
lie on a cut point, a fen beside it, or add up to one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from lines import EITHER_INQUIRY, UNDATED, UNKNOWN, Purchase
from oracle import CONDITIONAL, QUESTIONS, catalogue_memberships, kinds, may_lie_below, methods

from procure import Kind, Method

#: The usual limits, in fen, and two that bring the cut points near each other.
LIMITS = (30_000_000, 60_000_000, 2_000_000, 500_001)

# Codes of both editions of the official catalogue: those that begin alike share level two. The last are plain names.
CATEGORIES = (
    "A05040101", "A05040201", "A050401", "A0504", "A02010104", "A02010105",
    "C15040000", "C1504", "C15050000",
    "B01010000", "B0101",
    "办公用品", "复印纸",
)  # fmt: skip
LETTERS = {"A": Kind.GOODS, "B": Kind.WORKS, "C": Kind.SERVICES}

#: Catalogues of codes, prefixes and names.
CATALOGUES: tuple[frozenset[str] | None, ...] = (
    None,
    frozenset(),
    frozenset({"A0504", "办公用品"}),
    frozenset({"A05040101", "C15", "复印纸"}),
    frozenset({"A02", "B0101", "C1504"}),
)

#: Catalogues some of whose entries are listed from a floor, in yuan; the floors lie on a cut point, beside it or low.
FLOORED: tuple[Mapping[str, object], ...] = (
    {"A0504": 1_000, "办公用品": 3_000},
    {"A05040101": 5_000, "C15": 800, "复印纸": None},
    {"A05": "4999.99", "A02": None, "B0101": 300_000, "办公用品": 2_500},
    {"A0504": 3_000, "A05040101": None, "C1504": 1_000},
)
#: Open-tender standards as far above the limit, in fen.
ABOVE_LIMIT = (0, 1, 10_000_000, 170_000_000)
DEPARTMENTS = ("办公室", "综合科")

DATES = (dt.date(2020, 1, 1), dt.date(2020, 3, 2), dt.date(2020, 6, 30), dt.date(2020, 12, 31))
OTHER_YEARS = (dt.date(2019, 12, 31), dt.date(2021, 1, 1))
APPROVALS = (
    dt.date(2019, 12, 30), dt.date(2019, 12, 30), dt.date(2020, 3, 1), dt.date(2020, 3, 2), dt.date(2020, 3, 3),
    dt.date(2021, 1, 5),
)  # fmt: skip
#: Every method, those of which an open question asks more than once.
METHODS = (*Method, Method.DIRECT, Method.QUOTATION, Method.QUOTATION, Method.OPEN_TENDER, Method.SINGLE_SOURCE)
GROUND = "只能从唯一供应商处采购"
EITHER_TENDER = frozenset({Method.OPEN_TENDER, Method.INVITED_TENDER})


def yuan(fen: int | None) -> Decimal | None:
    """The `amount` of a `Purchase` for so many fen."""
    return None if fen is None else Decimal(fen).scaleb(-2)


def rarely(usual: st.SearchStrategy[Any], *seldom: Any, one_in: int = 8) -> st.SearchStrategy[Any]:
    """One of `seldom` about once in `one_in` draws; shrinks to the usual."""
    turns = st.sampled_from([False] * (one_in - 1) + [True])
    return turns.flatmap(lambda now: st.sampled_from(seldom) if now else usual)


def fens(limits: Collection[int] = LIMITS[:2], marks: Collection[int] = ()) -> st.SearchStrategy[int]:
    """Amounts in fen on, beside and adding up to the cut points, or on and beside other `marks`; now and then a
    refund, nothing, or any amount."""
    near = [mark + step for mark in sorted(set(marks)) for step in (-1, 0, 1)]
    near += [1, 80_000, 120_000, 250_000, 300_000, 499_999, 500_000, 500_001, 500_002, 800_000]
    for limit in sorted(set(limits)):
        near += [limit - 500_000, limit - 250_000, limit - 1, limit, limit + 1, limit // 2]
    cut = st.sampled_from([fen for fen in near if fen > 0])
    return rarely(rarely(cut, 7_654_321, 31_000_000), -1, -30_000, -250_000, -500_000, 0, one_in=12)


@st.composite
def purchases(
    draw: st.DrawFn,
    *,
    complete: bool = False,
    placed: bool = False,
    units: Sequence[str | None] = (None,),
    categories: Sequence[str] = CATEGORIES,
    limits: Collection[int] = LIMITS[:2],
    catalogue: Collection[str] | None = None,
    standards: Collection[int] = (),
    asked: Collection[str] = (),
) -> Purchase:
    """One purchase. `placed`: category, date, unit and department are there. `complete`: nothing is missing or in
    conflict. Of `asked`, which of the conditional questions are, the log has the columns."""

    def missing(usual: st.SearchStrategy[Any], *seldom: Any, one_in: int = 8) -> Any:
        return draw(usual if complete else rarely(usual, *seldom, one_in=one_in))

    def place(usual: st.SearchStrategy[Any]) -> Any:
        return draw(usual if complete or placed else rarely(usual, None, one_in=20))

    category = place(st.sampled_from(categories))
    told = LETTERS.get(category[0]) if category is not None else None
    if told is None:
        kind = missing(st.sampled_from(Kind), None)
    else:
        kind = missing(st.sampled_from((told, None)), *Kind)
    marks = [*standards, *floors_of(catalogue)]
    fields: dict[str, Any] = {
        "date": place(rarely(st.sampled_from(DATES), *OTHER_YEARS, one_in=10)),
        "unit": place(st.sampled_from(units)),
        "category": category,
        "kind": kind,
        "amount": yuan(missing(fens(limits, marks), None, one_in=20)),
        "method": missing(st.sampled_from(METHODS), None, EITHER_INQUIRY, EITHER_TENDER, one_in=6),
        "approved_on": missing(rarely(st.sampled_from(APPROVALS), None, one_in=4), UNKNOWN, UNDATED),
        "invited": missing(st.sampled_from((3, 5, 2, 0)), None),
        "quotes": missing(st.sampled_from((3, 4, 3, 2, 0)), None),
        "ground": missing(st.sampled_from((None, GROUND)), UNKNOWN),
    }
    if "whose" in asked:
        usual = st.sampled_from(DEPARTMENTS)
        fields["department"] = draw(usual if complete or placed else rarely(usual, None))
    if "emergency" in asked:
        fields["emergency"] = missing(rarely(st.just(False), True, one_in=4), UNKNOWN)
    if "one-purchase" in asked:
        fields["contract"] = draw(rarely(st.none(), "HT-1", "HT-2", one_in=2))
    inside: Any = missing(rarely(st.just(False), True, one_in=3), None)
    if complete and catalogue is not None:
        agrees = catalogue_memberships(Purchase(**fields), catalogue)
        inside = draw(st.sampled_from((None, *agrees) if len(agrees) == 1 else agrees))
        if len(may_lie_below(Purchase(**fields), catalogue)) > 1:
            # Not to be told from a refund that is smaller than the floor, nor where the floor is that of any entry.
            fields["amount"] = yuan(draw(st.sampled_from((30_000_000, 30_000_001))))
    elif catalogue is not None:
        inside = missing(st.one_of(st.none(), st.just(inside)), None)
    return Purchase(**fields, in_catalogue=inside)


@st.composite
def logs(
    draw: st.DrawFn,
    *,
    complete: bool = False,
    placed: bool = False,
    max_size: int = 7,
    limits: Collection[int] = LIMITS[:2],
    catalogue: Collection[str] | None = None,
    standards: Collection[int] = (),
    asked: Collection[str] = (),
) -> list[Purchase]:
    """One to seven purchases in one to three categories: of no unit at all, of one, or of two."""
    units = draw(st.sampled_from(((None,), ("工信局",), ("工信局", "财政局"))))
    one = purchases(
        complete=complete,
        placed=placed,
        units=units,
        categories=draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=3, unique=True)),
        limits=limits,
        catalogue=catalogue,
        standards=standards,
        asked=asked,
    )
    return draw(st.lists(one, min_size=1, max_size=max_size))


@st.composite
def limits_by_kind(draw: st.DrawFn, *, complete: bool = True) -> dict[Kind, int]:
    """The limit of each kind, in fen; some kinds are without one, unless `complete`."""
    limits = {kind: draw(rarely(st.sampled_from(LIMITS[:2]), *LIMITS[2:], one_in=5)) for kind in Kind}
    given = set(Kind) if complete else draw(st.sets(st.sampled_from(Kind)))
    return {kind: limit for kind, limit in limits.items() if kind in given}


def catalogues(*, floors: bool = False) -> st.SearchStrategy[Any]:
    """No catalogue, an empty one, or one of codes, prefixes and names; one with floors, if they are wanted."""
    return st.sampled_from(FLOORED if floors else CATALOGUES)


def floors_of(catalogue: Collection[str] | None) -> list[int]:
    """The floors of a catalogue, in fen."""
    floors = catalogue.values() if isinstance(catalogue, Mapping) else ()
    return [int(Decimal(floor) * 100) for floor in floors if floor is not None]


@st.composite
def standards_by_kind(draw: st.DrawFn, limits: Mapping[Kind, int], *, complete: bool = True) -> dict[Kind, int]:
    """The open-tender standard of each kind, in fen, at its limit or above; of some kinds only, unless `complete`."""
    given = set(Kind) if complete else draw(st.sets(st.sampled_from(Kind), min_size=1))
    return {kind: limits[kind] + draw(st.sampled_from(ABOVE_LIMIT)) for kind in Kind if kind in given}


def conditional(contracts: bool = False) -> st.SearchStrategy[frozenset[str]]:
    """The conditional questions whose datum is there: none as often as not. The oracle knows contracts in complete logs
    alone, so that only those who say so have `contracts`."""
    there = [question for question in CONDITIONAL if contracts or question != "one-purchase"]
    return st.one_of(st.just(frozenset[str]()), st.frozensets(st.sampled_from(there), min_size=1))


def questions(asked: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Those that are asked of every log, and `asked` of the conditional ones."""
    return {
        question: readings
        for question, readings in QUESTIONS.items()
        if question not in CONDITIONAL or question in asked
    }


def interpretations(asked: Collection[str] = ()) -> st.SearchStrategy[dict[str, str]]:
    """One answer to every question."""
    return st.fixed_dictionaries({q: st.sampled_from(readings) for q, readings in questions(asked).items()})


@st.composite
def adopted(draw: st.DrawFn, *, fewest: int = 0, most: int = 8, asked: Collection[str] = ()) -> dict[str, str]:
    """Answers to all questions but `fewest` to `most`, which are left open; the recommended answer more often."""
    there = questions(asked)
    left_open = draw(st.sets(st.sampled_from(list(there)), min_size=fewest, max_size=most))
    return {
        question: draw(st.one_of(st.just(readings[0]), st.sampled_from(readings)))
        for question, readings in there.items()
        if question not in left_open
    }


@st.composite
def completions(
    draw: st.DrawFn, log: Sequence[Purchase], catalogue: Collection[str] | None, *, but: int | None = None
) -> list[Purchase]:
    """A `placed` log with a possible value for everything missing; conflicts give way to the code and the catalogue.

    The amount of any purchase but `but` turns out positive: an unread amount makes a total "at least".
    """
    done = []
    for index, this in enumerate(log):
        approved: Any = this.approved_on
        if approved is UNKNOWN:
            approved = draw(st.one_of(st.none(), st.sampled_from(APPROVALS)))
        elif approved is UNDATED:
            approved = draw(st.sampled_from(APPROVALS))
        # Where a catalogue tells, a category is inside or outside whatever the column says.
        told = len(catalogue_memberships(Purchase(category=this.category), catalogue)) == 1
        inside = None if told else draw(st.sampled_from(catalogue_memberships(this, catalogue)))
        possible = fens() if index == but else fens().filter(lambda fen: fen > 0)
        done.append(
            Purchase(
                id=this.id,
                date=this.date,
                unit=this.unit,
                category=this.category,
                kind=draw(st.sampled_from(kinds(this)[:1] if len(kinds(this)) == 2 else kinds(this))),
                amount=yuan(draw(possible) if this.fen is None else this.fen),
                in_catalogue=inside,
                method=draw(st.sampled_from(methods(this))),
                approved_on=approved,
                invited=draw(st.integers(0, 4)) if this.invited is None else this.invited,
                quotes=draw(st.integers(0, 4)) if this.quotes is None else this.quotes,
                ground=draw(st.sampled_from((None, GROUND))) if this.ground is UNKNOWN else this.ground,
                department=this.department,
                emergency=draw(st.booleans()) if this.emergency is UNKNOWN else this.emergency,
            )
        )
    return done
