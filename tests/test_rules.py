"""Each rule, each method, each state of the evidence, in each tier: when its duty is due and when it is met.

The tables are read off the specification; in a cell stands the answer that it takes, `YES` where none is needed, `NO`
where none helps.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import attrs
import pytest
from building import furong

from procure.facts import Approval, Ask, Facts
from procure.readings import Readings
from procure.rules import Rule, Ruling
from procure.terms import Kind, Method

POLICY = furong()
QUESTIONS = POLICY.questions
EVERY, NONE = QUESTIONS.every, QUESTIONS.none
RULES = {rule.id: rule for rule in POLICY.rules}
YES, NO = "yes", "no"

#: For each tier the facts when it alone binds, under all readings.
IN_TIER = {tier: tuple(EVERY if i == n else NONE for i in range(3)) for n, tier in enumerate(POLICY.tiers)}


def readings(cell: str) -> Readings:
    """`YES`, `NO`, or answers all of which are wanted: `quotes-list=open`."""
    if cell in (YES, NO):
        return EVERY if cell == YES else NONE
    return QUESTIONS.giving(dict(answer.split("=") for answer in cell.split(" & ")))


def facts(**given: object) -> Facts:
    return Facts(given, EVERY, NONE, POLICY.open)  # type: ignore[arg-type]  # all facts are hashable


def test_the_rules_in_their_order() -> None:
    assert list(RULES) == ["catalogue-channel", "approval", "three-quotes", "statutory-method"]
    assert POLICY.tiers == ("approval", "three-quotes", "statutory-method")


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
    point = facts(tiers=IN_TIER[tier], in_catalogue=in_catalogue)
    assert RULES[rule].due(point) == readings(when)


def test_the_due_table_is_whole() -> None:
    assert [row[:3] for row in DUE] == list(itertools.product(RULES, POLICY.tiers, (True, False)))


@pytest.mark.parametrize("rule", ["approval", "three-quotes", "statutory-method"])
def test_due_only_where_its_tier_binds(rule: str) -> None:
    # The tier hangs on a reading: so does the duty.
    upper = QUESTIONS["limit-overlap"]["upper"]
    halves = {"approval": (upper, EVERY - upper, NONE), "three-quotes": (NONE, upper, EVERY - upper)}
    tiers = halves.get(rule, (NONE, EVERY - upper, upper))
    every = QUESTIONS["approval-scope"]["every"]
    expected = upper | every if rule == "approval" else upper
    assert RULES[rule].due(facts(tiers=tiers, in_catalogue=False)) == expected


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
    assert RULES["catalogue-channel"].met(facts(method=method)) == readings(CHANNEL[method])


# --- approval -----------------------------------------------------------------------------------

APPROVED = {Approval.PRIOR: YES, Approval.LATE: "approval-order=ratifiable", Approval.NONE: NO}


@pytest.mark.parametrize("approval", Approval)
def test_approval(approval: Approval) -> None:
    assert RULES["approval"].met(facts(approval=approval)) == readings(APPROVED[approval])


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


@pytest.mark.parametrize(("method", "kind", "quotes", "invited", "ground", "cell"), list(cells(QUOTES)))
def test_three_quotes(method: Method, kind: Kind, quotes: bool, invited: bool, ground: bool, cell: str) -> None:
    point = facts(method=method, kind=kind, quotes=quotes, invited=invited, ground=ground)
    assert RULES["three-quotes"].met(point) == readings(cell)


@pytest.mark.parametrize(("method", "kind", "quotes", "invited", "ground", "cell"), list(cells(STATUTORY)))
def test_statutory_method(method: Method, kind: Kind, quotes: bool, invited: bool, ground: bool, cell: str) -> None:
    point = facts(method=method, kind=kind, quotes=quotes, invited=invited, ground=ground)
    inquiry_for_others = method is Method.INQUIRY and kind is not Kind.GOODS
    assert RULES["statutory-method"].met(point) == readings(NO if inquiry_for_others else cell)


@pytest.mark.parametrize("table", [CHANNEL, QUOTES, STATUTORY])
def test_the_tables_have_every_method(table: dict[Method, object]) -> None:
    assert list(table) == list(Method)


# --- what is asked ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "given", "asked"),
    [
        ("catalogue-channel", {}, "method"),
        ("approval", {}, "approval"),
        ("three-quotes", {}, "method"),
        ("three-quotes", {"method": Method.QUOTATION}, "quotes"),
        ("three-quotes", {"method": Method.QUOTATION, "quotes": False}, "invited"),
        ("three-quotes", {"method": Method.SINGLE_SOURCE}, "ground"),
        ("statutory-method", {"method": Method.SINGLE_SOURCE}, "ground"),
        ("statutory-method", {"method": Method.INQUIRY}, "kind"),
    ],
)
def test_only_what_matters_is_asked(rule: str, given: dict[str, object], asked: str) -> None:
    with pytest.raises(Ask) as caught:
        RULES[rule].met(facts(**given))
    assert caught.value.fact == asked


def test_a_rule_is_a_small_frozen_object() -> None:
    for rule in POLICY.rules:
        assert isinstance(rule, Rule)
        one: Ruling = rule
        assert POLICY.passage.text[one.clause.start : one.clause.end] == one.clause.text == str(one.clause)
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
    assert RULES[rule].clause.text.startswith(starts)
    assert RULES[rule].clause.text.endswith(ends)
    assert RULES[rule].shows == shows


# --- what is asked only where its datum is there ------------------------------------------------

ASKING = POLICY.facing({"emergency", "floor", "open_tender"}).open
HIGHEST = IN_TIER["statutory-method"]


def asking(**given: object) -> Facts:
    return Facts(given, EVERY, NONE, ASKING)  # type: ignore[arg-type]  # all facts are hashable


@pytest.mark.parametrize("rule", RULES)
def test_an_emergency_is_excepted(rule: str) -> None:
    tier = {"approval": "approval", "three-quotes": "three-quotes"}.get(rule, "statutory-method")
    inside = rule == "catalogue-channel"
    usual = facts(tiers=IN_TIER[tier], in_catalogue=inside, below_floor=False)
    due = RULES[rule].due(usual)
    for emergency in (True, False):
        point = asking(tiers=IN_TIER[tier], in_catalogue=inside, below_floor=False, emergency=emergency)
        assert RULES[rule].due(point) == (due - QUESTIONS["emergency"]["statutory"] if emergency else due)


@pytest.mark.parametrize(
    ("below", "channel", "tiers"),
    [(True, "catalogue-floor=name", "catalogue-floor=floor"), (False, YES, "scope=all")],
)
def test_below_its_floor_a_listed_item_is_outside(below: bool, channel: str, tiers: str) -> None:
    point = asking(tiers=HIGHEST, in_catalogue=True, below_floor=below, emergency=False)
    assert RULES["catalogue-channel"].due(point) == readings(channel)
    assert RULES["statutory-method"].due(point) == readings(tiers) | QUESTIONS["scope"]["all"]


@pytest.mark.parametrize("method", Method)
def test_from_the_standard_up_a_catalogue_item_needs_an_open_tender(method: Method) -> None:
    met = RULES["catalogue-channel"].met
    below, above = (
        asking(method=method, kind=Kind.GOODS, reaches=frozenset(kinds)) for kinds in ({Kind.WORKS}, {Kind.GOODS})
    )
    capped = QUESTIONS["catalogue-cap"]["capped"]
    assert met(below) == readings(CHANNEL[method])
    if method is Method.OPEN_TENDER:
        assert met(above) == readings(CHANNEL[method]) | capped
    else:
        assert met(above) == readings(CHANNEL[method]) - capped


def test_what_nothing_open_turns_on_is_not_looked_at() -> None:
    for rule in RULES.values():
        rule.due(facts(tiers=HIGHEST, in_catalogue=True))
    RULES["catalogue-channel"].met(facts(method=Method.E_MALL))
    with pytest.raises(Ask, match="emergency"):
        RULES["catalogue-channel"].due(asking(in_catalogue=True, below_floor=False))
