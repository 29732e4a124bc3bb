"""Each rule, each method, each state of the evidence, in each tier: when its duty is due and when it is met.

The tables are read off the specification; in a cell stands the answer that it takes, `YES` where none is needed, `NO`
where none helps.
"""

from __future__ import annotations

import datetime as dt
import enum
import itertools
from collections.abc import Iterator

import attrs
import pytest
from building import furong

from procure import MISSING, Kind, Method
from procure import NONE as NONE_ON_RECORD
from procure.engines.facts import TIERS, Ask, FactPoint
from procure.interpretation.readings import Readings
from procure.policy.rules import Rule, Ruling

POLICY = furong()
BUILT = POLICY.built
QUESTIONS = BUILT.questions
EVERY, NONE = QUESTIONS.every, QUESTIONS.none
#: The questions whose datum needs to be there are not asked.
OPEN = POLICY.plan().open
RULES = {rule.id: rule for rule in BUILT.rules}
BANDS = BUILT.ladders[0].bands
YES, NO = "yes", "no"


class Approval(enum.Enum):
    """When the approval was given, beside a purchase of 8 June 2020."""

    PRIOR = dt.date(2020, 6, 8)
    LATE = dt.date(2020, 6, 9)
    NONE = NONE_ON_RECORD


#: For each tier the facts when it alone binds, under all readings.
IN_TIER = {tier: tuple(EVERY if i == n else NONE for i in range(3)) for n, tier in enumerate(BANDS)}


def readings(cell: str) -> Readings:
    """`YES`, `NO`, or answers all of which are wanted: `quotes-list=open`."""
    if cell in (YES, NO):
        return EVERY if cell == YES else NONE
    return QUESTIONS.giving(dict(answer.split("=") for answer in cell.split(" & ")))


def point(open: Readings = OPEN, tiers: tuple[Readings, ...] | None = None, **cells: object) -> FactPoint:
    """A purchase of which these columns are known: every fact that they decide is given, and no other."""
    row = {**dict.fromkeys(BUILT.columns, MISSING), **cells}
    given = {fact.name: fact.classes(row) for fact in BUILT.facts.values()}
    decided = {name: classes[0] for name, classes in given.items() if len(classes) == 1}
    return FactPoint(decided if tiers is None else {**decided, TIERS: (tiers,)}, EVERY, NONE, open)


def same(found: Readings, expected: Readings, open: Readings = OPEN) -> bool:
    """Whether two sets have the same of what is open; of what is not nothing is said."""
    return found & open == expected & open


def test_the_rules_in_their_order() -> None:
    assert list(RULES) == ["catalogue-channel", "approval", "three-quotes", "statutory-method"]
    assert BANDS == ("approval", "three-quotes", "statutory-method")


# --- due ----------------------------------------------------------------------------------------

#: Rule, tier, in the catalogue or not: the answer under which the duty is due.
DUE = [
    ("catalogue-channel", "approval", True, YES),
    ("catalogue-channel", "approval", False, NO),
    ("catalogue-channel", "three-quotes", True, YES),
    ("catalogue-channel", "three-quotes", False, NO),
    ("catalogue-channel", "statutory-method", True, YES),
    ("catalogue-channel", "statutory-method", False, NO),
    ("approval", "approval", True, "scope=all"),
    ("approval", "approval", False, YES),
    ("approval", "three-quotes", True, "scope=all & approval-scope=every"),
    ("approval", "three-quotes", False, "approval-scope=every"),
    ("approval", "statutory-method", True, "scope=all & approval-scope=every"),
    ("approval", "statutory-method", False, "approval-scope=every"),
    ("three-quotes", "approval", True, NO),
    ("three-quotes", "approval", False, NO),
    ("three-quotes", "three-quotes", True, "scope=all"),
    ("three-quotes", "three-quotes", False, YES),
    ("three-quotes", "statutory-method", True, NO),
    ("three-quotes", "statutory-method", False, NO),
    ("statutory-method", "approval", True, NO),
    ("statutory-method", "approval", False, NO),
    ("statutory-method", "three-quotes", True, NO),
    ("statutory-method", "three-quotes", False, NO),
    ("statutory-method", "statutory-method", True, "scope=all"),
    ("statutory-method", "statutory-method", False, YES),
]


@pytest.mark.parametrize(("rule", "tier", "in_catalogue", "when"), DUE)
def test_due(rule: str, tier: str, in_catalogue: bool, when: str) -> None:
    here = point(tiers=IN_TIER[tier], in_catalogue="yes" if in_catalogue else "no")
    assert same(RULES[rule].due(here), readings(when))


def test_the_due_table_is_whole() -> None:
    assert [row[:3] for row in DUE] == list(itertools.product(RULES, BANDS, (True, False)))


@pytest.mark.parametrize("rule", ["approval", "three-quotes", "statutory-method"])
def test_due_only_where_its_tier_binds(rule: str) -> None:
    # The tier hangs on a reading: so does the duty.
    upper = QUESTIONS["limit-overlap"]["upper"]
    halves = {"approval": (upper, EVERY - upper, NONE), "three-quotes": (NONE, upper, EVERY - upper)}
    tiers = halves.get(rule, (NONE, EVERY - upper, upper))
    every = QUESTIONS["approval-scope"]["every"]
    expected = upper | every if rule == "approval" else upper
    assert same(RULES[rule].due(point(tiers=tiers, in_catalogue="no")), expected)


# --- catalogue-channel --------------------------------------------------------------------------

CHANNEL = {
    Method.E_MALL: YES,
    Method.DESIGNATED: YES,
    Method.FRAMEWORK: "channel-list=equivalent",
    Method.DIRECT: NO,
    Method.QUOTATION: NO,
    Method.INQUIRY: NO,
    Method.NEGOTIATION: NO,
    Method.CONSULTATION: NO,
    Method.INVITED_TENDER: NO,
    Method.OPEN_TENDER: "channel-list=equivalent",
    Method.SINGLE_SOURCE: NO,
}


@pytest.mark.parametrize("method", Method)
def test_catalogue_channel(method: Method) -> None:
    # Nothing but the method is asked: no other fact is given.
    assert same(RULES["catalogue-channel"].met(point(method=method)), readings(CHANNEL[method]))


# --- approval -----------------------------------------------------------------------------------

APPROVED = {Approval.PRIOR: YES, Approval.LATE: "approval-order=ratifiable", Approval.NONE: NO}


@pytest.mark.parametrize("approval", Approval)
def test_approval(approval: Approval) -> None:
    here = point(approved_on=approval.value, date=dt.date(2020, 6, 8))
    assert same(RULES["approval"].met(here), readings(APPROVED[approval]))


# --- three-quotes -------------------------------------------------------------------------------

#: By method: with three quotes; with three invited and fewer quotes; with neither. For single source: with its ground,
#: and without. One entry where no evidence matters.
QUOTES: dict[Method, tuple[str, ...]] = {
    Method.E_MALL: ("quotes-list=open",),
    Method.DESIGNATED: (NO,),
    Method.FRAMEWORK: ("quotes-list=open",),
    Method.DIRECT: (NO,),
    Method.QUOTATION: (YES, "quotes-counted=invited", NO),
    Method.INQUIRY: (YES, "quotes-counted=invited", NO),
    Method.NEGOTIATION: ("quotes-list=open",),
    Method.CONSULTATION: ("quotes-list=open",),
    Method.INVITED_TENDER: ("quotes-list=open",),
    Method.OPEN_TENDER: ("quotes-list=open",),
    Method.SINGLE_SOURCE: ("quotes-list=open", NO),
}


# --- statutory-method ---------------------------------------------------------------------------

#: As above; an inquiry is for goods only.
STATUTORY: dict[Method, tuple[str, ...]] = {
    Method.E_MALL: (NO,),
    Method.DESIGNATED: (NO,),
    Method.FRAMEWORK: ("method-list=open",),
    Method.DIRECT: (NO,),
    Method.QUOTATION: (NO,),
    Method.INQUIRY: ("method-list=open", "method-list=open & quotes-counted=invited", NO),
    Method.NEGOTIATION: ("method-list=open",),
    Method.CONSULTATION: ("method-list=open",),
    Method.INVITED_TENDER: ("method-list=open",),
    Method.OPEN_TENDER: (YES,),
    Method.SINGLE_SOURCE: (YES, "single-source=free"),
}


def cells(table: dict[Method, tuple[str, ...]]) -> Iterator[tuple[Method, Kind, bool, bool, bool, str]]:
    """Every kind and every state of the evidence, with the cell that governs it."""
    for method, row in table.items():
        for kind, quotes, invited, ground in itertools.product(Kind, *[(True, False)] * 3):
            cell = row[0]
            if method is Method.SINGLE_SOURCE:
                cell = row[0 if ground else 1]
            elif len(row) == 3:
                cell = row[0 if quotes else 1 if invited else 2]
            yield method, kind, quotes, invited, ground, cell


def shown(method: Method, kind: Kind, quotes: bool, invited: bool, ground: bool) -> FactPoint:
    return point(
        method=method,
        kind=kind,
        quotes=3 if quotes else 2,
        invited=3 if invited else 2,
        ground="紧急" if ground else NONE_ON_RECORD,
    )


@pytest.mark.parametrize(("method", "kind", "quotes", "invited", "ground", "cell"), list(cells(QUOTES)))
def test_three_quotes(method: Method, kind: Kind, quotes: bool, invited: bool, ground: bool, cell: str) -> None:
    here = shown(method, kind, quotes, invited, ground)
    assert same(RULES["three-quotes"].met(here), readings(cell))


@pytest.mark.parametrize(("method", "kind", "quotes", "invited", "ground", "cell"), list(cells(STATUTORY)))
def test_statutory_method(method: Method, kind: Kind, quotes: bool, invited: bool, ground: bool, cell: str) -> None:
    here = shown(method, kind, quotes, invited, ground)
    inquiry_for_others = method is Method.INQUIRY and kind is not Kind.GOODS
    assert same(RULES["statutory-method"].met(here), readings(NO if inquiry_for_others else cell))


@pytest.mark.parametrize("table", [CHANNEL, QUOTES, STATUTORY])
def test_the_tables_have_every_method(table: dict[Method, object]) -> None:
    assert list(table) == list(Method)


# --- what is asked ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "given", "asked"),
    [
        ("catalogue-channel", {}, "method"),
        ("approval", {}, "approved_on"),
        ("three-quotes", {}, "method"),
        ("three-quotes", {"method": Method.QUOTATION}, "quotes"),
        ("three-quotes", {"method": Method.QUOTATION, "quotes": 2}, "invited"),
        ("three-quotes", {"method": Method.SINGLE_SOURCE}, "ground"),
        ("statutory-method", {"method": Method.SINGLE_SOURCE}, "ground"),
        ("statutory-method", {"method": Method.INQUIRY}, "kind"),
    ],
)
def test_only_what_matters_is_asked(rule: str, given: dict[str, object], asked: str) -> None:
    with pytest.raises(Ask) as caught:
        RULES[rule].met(point(**given))
    assert caught.value.fact == asked


def test_a_rule_is_a_small_frozen_object() -> None:
    for rule in BUILT.rules:
        assert isinstance(rule, Rule)
        one: Ruling = rule
        (clause,) = one.clauses
        assert POLICY.passage.text[clause.start : clause.end] == clause.text == str(clause)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            rule.id = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("rule", "starts", "ends", "shows"),
    [
        ("catalogue-channel", "属于年度政府集中采购目录（", "或定点采购", ("method",)),
        ("approval", "单次采购金额", "经报告同意后组织采购", ("approved_on", "date")),
        ("three-quotes", "单次采购金额", "采用三方询价等方式采购", ("method", "invited", "quotes", "ground")),
        (
            "statutory-method",
            "单次采购金额",
            "单一来源采购或公开招标等方式采购",
            ("method", "kind", "quotes", "ground"),
        ),
    ],
)
def test_clauses(rule: str, starts: str, ends: str, shows: tuple[str, ...]) -> None:
    assert RULES[rule].clauses[0].text.startswith(starts)
    assert RULES[rule].clauses[0].text.endswith(ends)
    assert RULES[rule].shows == shows


# --- what is asked only where its datum is there ------------------------------------------------

HIGHEST = IN_TIER["statutory-method"]
FLOORED = furong(catalogue={"A0201": 1_000}, open_tender={"goods": 2_000_000, "works": 5_000_000}).built


def asking(**cells: object) -> FactPoint:
    """A purchase of A0201, listed from 1,000 yuan."""
    row = {**dict.fromkeys(FLOORED.columns, MISSING), "category": "A0201", **cells}
    tiers = row.pop("tiers", None)
    given = {fact.name: fact.classes(row) for fact in FLOORED.facts.values()}
    decided = {name: classes[0] for name, classes in given.items() if len(classes) == 1}
    return FactPoint(
        {**decided, TIERS: (tiers,)}, FLOORED.questions.every, FLOORED.questions.none, FLOORED.questions.every
    )


FLOORED_RULES = {rule.id: rule for rule in FLOORED.rules}


def floored(cell: str) -> Readings:
    if cell in (YES, NO):
        return FLOORED.questions.every if cell == YES else FLOORED.questions.none
    return FLOORED.questions.giving(dict(answer.split("=") for answer in cell.split(" & ")))


@pytest.mark.parametrize("rule", RULES)
def test_an_emergency_is_excepted(rule: str) -> None:
    tier = {"approval": "approval", "three-quotes": "three-quotes"}.get(rule, "statutory-method")
    tiers = tuple(map(floored, (YES if each == tier else NO for each in BANDS)))
    inside = {"category": "A0201" if rule == "catalogue-channel" else "A0504", "amount": 100_000}
    due = {
        emergency: FLOORED_RULES[rule].due(asking(tiers=tiers, emergency=emergency, **inside))
        for emergency in ("yes", "no", NONE_ON_RECORD)
    }
    assert due["no"] == due[NONE_ON_RECORD] == floored(YES)
    assert due["yes"] == floored("emergency=none")


@pytest.mark.parametrize(
    ("below", "channel", "tiers"),
    [(True, "catalogue-floor=name", "catalogue-floor=floor"), (False, YES, "scope=all")],
)
def test_below_its_floor_a_listed_item_is_outside(below: bool, channel: str, tiers: str) -> None:
    highest = (floored(NO), floored(NO), floored(YES))
    here = asking(tiers=highest, amount=99_999 if below else 100_000, emergency="no")
    assert FLOORED_RULES["catalogue-channel"].due(here) == floored(channel)
    assert FLOORED_RULES["statutory-method"].due(here) == floored(tiers) | floored("scope=all")


@pytest.mark.parametrize("method", Method)
def test_from_the_standard_up_a_catalogue_item_needs_an_open_tender(method: Method) -> None:
    met = FLOORED_RULES["catalogue-channel"].met
    below = asking(method=method, kind=Kind.WORKS, category="B01", amount=200_000_000)
    above = asking(method=method, kind=Kind.GOODS, amount=200_000_000)
    capped = floored("catalogue-cap=capped")
    usual = floored(CHANNEL[method])
    assert met(below) == usual
    assert met(above) == (usual | capped if method is Method.OPEN_TENDER else usual - capped)


def test_what_nothing_open_turns_on_is_not_looked_at() -> None:
    for rule in RULES.values():
        rule.due(point(tiers=HIGHEST, in_catalogue="yes"))
    RULES["catalogue-channel"].met(point(method=Method.E_MALL))
    with pytest.raises(Ask, match="emergency"):
        FLOORED_RULES["catalogue-channel"].due(asking(amount=100_000))
