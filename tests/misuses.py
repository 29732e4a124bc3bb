"""A small sound policy, and ways to spoil it: each changes one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import attrs

from procure.authoring import (
    Ambiguity,
    Band,
    Carried,
    Code,
    Duty,
    GivenList,
    Head,
    Holds,
    InForce,
    Ladder,
    Limit,
    Needed,
    OwnRule,
    Passage,
    Policy,
    Prefix,
    Reading,
    Total,
    Words,
    ask,
    column,
)

TEXT = "二千元以下同意后购买，二千元以上比价，限额以上招标。本办法由办公室解释。不得拆分。不得拆分。"


def question(id: str, *readings: str, **more: Any) -> Ambiguity:
    answers = tuple(Reading(reading, Words(reading, reading)) for reading in readings)
    return Ambiguity(id, Words(f"{id}？", f"Is it {id}?"), answers, readings[0], Words("", ""), **more)


BANDS = {
    "low": Band(id="low", range="[0 .. 2000|", duties=["approval"], clause="二千元以下同意后购买"),
    "middle": Band(id="middle", range="|2000 .. top)", duties=["quotes"]),
    "high": Band(id="high", range="[top .. )", duties=["tender"]),
}
PARTS: Mapping[str, Any] = {
    "columns": {
        name: column(name, **keys)
        for name, keys in {
            "unit": {"absent": "one"},
            "category": {"code": Code("[ABC][0-9]+")},
            "kind": {"derived": Prefix("category", {"A": "goods", "B": "works", "C": "services"})},
            "method": {},
            "quotes": {},
            "invited": {"at_least": "quotes"},
            "approved_on": {"blank": "none"},
            "rank": {"order": ["office", "board"]},
            "big": {"type": "yes-no", "derived": Holds({"amount": ">= 500"})},
        }.items()
    },
    "lists": {"catalogue": GivenList(of="category", given=True, carries={"floor": Carried(blank=0)})},
    "limits": {"top": [Limit(by="kind", value={"goods": 10_000, "services": 20_000, "works": 30_000})]},
    "questions": [question("edge", "upper", "lower"), question("span", "year", "month")],
    "totals": {"so-far": Total(by=["unit", "category"], window=ask("span", year="year so far", month="30 days back"))},
    "ladders": {
        "steps": Ladder(
            measures=["amount", "so-far"],
            edge=ask("edge", upper="upper", lower="lower"),
            bands=tuple(BANDS.values()),
        )
    },
    "duties": {
        "approval": Duty(required="同意", clause="二千元以下同意后购买", met_by=[{"approved_on": "<= date"}]),
        "quotes": Duty(
            required="比价", clause="二千元以上比价", met_by=[{"quotes": ">= 3"}, {"method": "open_tender"}]
        ),
        "tender": Duty(required="招标", clause="限额以上招标", met_by=[{"method": "open_tender"}]),
    },
}


def small(**changed: Any) -> Policy:
    """The policy with these parts in place of its own."""
    whole = {
        "id": "small",
        "title": Words("小制度", "A small policy"),
        "text": Passage(TEXT, source=Words("虚构", "invented")),
        "not_checked": ["本办法由办公室解释。"],
        **PARTS,
        **changed,
    }
    return Policy(**whole)


def with_part(kind: str, name: str, part: Any) -> dict[str, Any]:
    """One part in place of another, or beside it."""
    return {kind: {**PARTS[kind], name: part}}


def banded(**ranges: Any) -> dict[str, Any]:
    """The bands with other ranges."""
    bands = [attrs.evolve(band, range=ranges.get(id, band.range)) for id, band in BANDS.items()]
    return laddered(bands=bands)


def laddered(**changed: Any) -> dict[str, Any]:
    return with_part("ladders", "steps", attrs.evolve(PARTS["ladders"]["steps"], **changed))


def duty(id: str, **changed: Any) -> dict[str, Any]:
    return with_part("duties", id, attrs.evolve(PARTS["duties"][id], **changed))


def total(**changed: Any) -> dict[str, Any]:
    return with_part("totals", "so-far", attrs.evolve(PARTS["totals"]["so-far"], **changed))


def limit(*entries: Limit) -> dict[str, Any]:
    return with_part("limits", "top", list(entries))


def tested(**condition: Any) -> dict[str, Any]:
    """The duty of quotes, met by this condition."""
    return duty("quotes", met_by=condition)


def own(
    due: Callable[[Any], Any] | None = None, met: Callable[[Any], Any] | None = None, **changed: Any
) -> dict[str, Any]:
    """A rule written in Python."""
    rule = OwnRule(
        **{
            "id": "own",
            "title": "自己的",
            "clause": "二千元以上比价",
            "required": "比价",
            "tests": {"direct": {"method": "direct"}, "three": {"quotes": ">= 3"}},
            "due": due or (lambda facts: facts.holds("direct")),
            "met": met or (lambda facts: facts.holds("three")),
            **changed,
        }
    )
    return {"rules": [rule]}


YEAR = dt.date(2020, 1, 1)
EVERYONE = {"goods": 10_000, "services": 20_000, "works": 30_000}

#: For each misuse, what is changed.
MISUSES: Mapping[str, Callable[[], dict[str, Any]]] = {
    # -- bands and limits
    "cuts that descend": lambda: banded(middle="|2000 .. 1500)", high="[1500 .. )"),
    "two equal cuts": lambda: banded(middle="|2000 .. 2000)", high="[2000 .. )"),
    "a limit below the band before it, for every value": lambda: limit(Limit(value=1_500)),
    "a limit equal to the cut before it": lambda: limit(Limit(value=2_000)),
    "a limit below the band before it, for one kind": lambda: limit(
        Limit(by="kind", value={**EVERYONE, "works": 1_999})
    ),
    "a limit below the band before it, in one period": lambda: limit(
        Limit(value=10_000), Limit(value=1_000, since=YEAR)
    ),
    "a limit given below the band before it": lambda: {**limit(Limit(given=True)), "given": {"top": 1_500}},
    "a limit given below its bound": lambda: {
        **limit(Limit(given=True, by="kind", above=2_000)), "given": {"top": {"goods": 2_000, "works": 900}}
    },
    "a limit below another by name": lambda: {
        "limits": {**PARTS["limits"], "tender": [Limit(by="kind", value={"goods": 9_000}, at_least="top")]}
    },
    "a cut of zero": lambda: banded(low="[0 .. 0)"),
    "a cut below zero": lambda: banded(low="[-10 .. -5)"),
    "a limit of zero": lambda: limit(Limit(value=0)),
    "a limit of less than zero, given": lambda: {**limit(Limit(given=True)), "given": {"top": -5}},
    "a limit in binary floating point": lambda: limit(Limit(value=10_000.5)),
    "a limit's bound in binary floating point": lambda: limit(Limit(given=True, above=2_000.0)),
    "a limit that is true": lambda: limit(Limit(value=True)),
    "a limit in half a fen": lambda: limit(Limit(value=Decimal("10000.005"))),
    "a condition in binary floating point": lambda: tested(quotes=3.0),
    "a blank of a list in binary floating point": lambda: with_part(
        "lists", "catalogue", GivenList(of="category", given=True, carries={"floor": Carried(blank=0.5)})
    ),
    "a list with a number in binary floating point": lambda: with_part(
        "lists",
        "catalogue",
        GivenList(of="category", rows=({"code": "A", "floor": 0.5},), carries={"floor": Carried()}),
    ),
    "a list with a number of zero": lambda: {"given": {"catalogue": {"A02": 0, "B": 5_000}}},
    "a list with two numbers for one entry": lambda: {
        "given": {"catalogue": [{"code": "A02", "floor": 5}, {"code": "A02", "floor": 6}]}
    },
    "a list with a key that there is not": lambda: {"given": {"catalogue": [{"code": "A02", "flor": 5}]}},
    "a range that is a number": lambda: banded(low=2000),
    "a range in half a fen": lambda: banded(middle="|2000 .. 2000.005)"),
    "a range that is none": lambda: banded(low="up to 2000"),
    "a band that no amount can reach": lambda: banded(
        low="[0 .. 1999.99]", middle="(1999.99 .. 2000)", high="[2000 .. )"
    ),
    "a middle band without an upper end": lambda: banded(middle="|2000 .. )"),
    "a boundary claimed by two bands": lambda: banded(middle="|2000 .. top]"),
    "a boundary claimed by two bands under one reading": lambda: banded(low="[0 .. 2000]"),
    "two bands of one name": lambda: laddered(
        bands=[BANDS["low"], BANDS["middle"], attrs.evolve(BANDS["high"], id="low")]
    ),
    "no bands": lambda: laddered(bands=[]),
    "a range of a limit that there is not": lambda: banded(high="[topp .. )"),
    "a range for a measure that the ladder has not": lambda: banded(
        low={"amount": "[0 .. 2000|", "so-far": "[0 .. 2000|", "sofar": "[0 .. 3000|"}
    ),
    "no range for a measure": lambda: banded(low={"amount": "[0 .. 2000|"}),
    "no edge where one is needed": lambda: laddered(edge=None),
    "an edge where no '|' is": lambda: laddered(edge={"2000": "upper", "top": "upper"}),
    "an edge at a number in binary floating point": lambda: laddered(edge={2000.0: "upper"}),
    "an edge that is neither side": lambda: laddered(edge="above"),
    "gaps that are none of the ways": lambda: laddered(gaps="fill"),
    "binds neither": lambda: laddered(binds="first"),
    "a duty that stands in no band and has no when": lambda: with_part(
        "duties", "extra", attrs.evolve(PARTS["duties"]["tender"])
    ),
    "a duty in a band with a when": lambda: duty("tender", when={"method": "direct"}),
    "a band with a duty that there is not": lambda: laddered(
        bands=[BANDS["low"], BANDS["middle"], attrs.evolve(BANDS["high"], duties=["tendering"])]
    ),
    "duties that are a number": lambda: laddered(
        bands=[BANDS["low"], BANDS["middle"], attrs.evolve(BANDS["high"], duties=["tender", 5])]
    ),
    # -- totals
    "keys that are a number": lambda: total(by=5),
    "measures that are a number": lambda: laddered(measures=5),
    "a reading without a measure": lambda: laddered(measures=ask("span", year=["amount", "so-far"], month=[])),
    "no measures": lambda: laddered(measures=[]),
    "a total that is not declared": lambda: laddered(measures=["amount", "sofar"]),
    "a key that is no column": lambda: total(by=["unit", "categry"]),
    "a key that groups nothing": lambda: total(by=["unit", "amount"]),
    "a key that is a condition": lambda: total(by=["big"]),
    "a head of nothing": lambda: with_part(
        "columns", "class", column("class", type="name", derived=Head("category", 0))
    ),
    "a column derived from no name": lambda: with_part(
        "columns", "class", column("class", type="name", derived=Head("amount", 3))
    ),
    "a derived word that the column has not": lambda: with_part(
        "columns", "kind", column("kind", derived=Prefix("category", {"A": "good"}))
    ),
    "a window that does not exist": lambda: total(window="last year"),
    "a window of no months": lambda: total(window="0 months back"),
    "a sum of what is no money": lambda: total(sum="quotes"),
    "itself that is a word": lambda: total(itself="yes"),
    "a filter of a column that there is not": lambda: total(counts={"metod": "direct"}),
    "a filter by a band": lambda: total(counts={"steps": "low"}),
    # -- duties and rules
    "a fact that does not exist": lambda: tested(emergencies="yes"),
    "two faults in one condition": lambda: tested(emergencies="yes", method="directly"),
    "a word that the column has not": lambda: tested(method="directly"),
    "a count compared with a word": lambda: tested(quotes="three"),
    "a count where a class was meant": lambda: tested(method=3),
    "a date with a time": lambda: tested(approved_on=dt.datetime(2020, 1, 1)),
    "an order that the column has not": lambda: tested(method=">= direct"),
    "a rank that there is not": lambda: tested(rank=">= boards"),
    "true for yes": lambda: tested(big=True),
    "a condition that is none": lambda: duty("quotes", met_by="always"),
    "a band that the ladder has not": lambda: with_part(
        "duties", "extra", Duty(required="x", clause="限额以上招标", when={"steps": "top"}, met_by=[])
    ),
    "only-if with a question that there is not": lambda: duty("quotes", only_if={"edges": "upper"}),
    "only-if with a reading that there is not": lambda: duty("quotes", only_if={"edge": "above"}),
    "two rules of one id": lambda: own(id="tender"),
    "a rule that is no rule": lambda: {"rules": ["own"]},
    "due that returns a bool": lambda: own(due=lambda facts: True),
    "met that returns True": lambda: own(met=lambda facts: True),
    "due that returns nothing": lambda: own(due=lambda facts: None),
    "a test that was not declared": lambda: own(due=lambda facts: facts.holds("direkt")),
    "getattr with a default": lambda: own(due=lambda facts: getattr(facts, "direct", facts.none)),
    "a rule that catches every exception": lambda: own(due=_catching),
    "a reading that there is not, in a rule": lambda: own(due=lambda facts: facts.reading("edge", "above")),
    "every of another policy": lambda: own(due=lambda facts: OTHER.built.questions.every),
    "none of another policy": lambda: own(due=lambda facts: OTHER.built.questions.none),
    "a set of another policy among one's own": lambda: own(due=lambda facts: facts.none | OTHER.built.questions.none),
    "a rule that fails": lambda: own(due=lambda facts: facts.holds("direct") / 0),
    "a test of a column that there is not": lambda: own(tests={"direct": {"metod": "direct"}}),
    # -- questions
    "a question that needs a datum that no column gives": lambda: {
        "questions": [*PARTS["questions"], question("far", "yes", "no", needs=Needed("distnce", "no"))]
    },
    "a reading missing from an ask": lambda: laddered(edge={"ask": "edge", "upper": "upper"}),
    "a reading too many in an ask": lambda: laddered(edge=ask("edge", upper="upper", lower="lower", above="upper")),
    "an ask of a question that there is not": lambda: laddered(edge=ask("edges", upper="upper", lower="lower")),
    "a reading adopted that does not exist": lambda: {"adopted": {"edge": "above"}},
    "a question adopted that does not exist": lambda: {"adopted": {"edges": "upper"}},
    "two questions of one id": lambda: {"questions": [*PARTS["questions"], question("edge", "yes", "no")]},
    # -- text
    "a clause that does not stand in the text": lambda: duty("tender", clause="限额以上拍卖"),
    "a clause that stands twice": lambda: duty("tender", clause="不得拆分。"),
    "a clause at an occurrence that there is not": lambda: duty(
        "tender", clause={"quote": "不得拆分。", "occurrence": 3}
    ),
    "a clause of a band that does not stand in the text": lambda: laddered(
        bands=[attrs.evolve(BANDS["low"], clause="一千元以下"), BANDS["middle"], BANDS["high"]]
    ),
    "a clause that is a number": lambda: duty("tender", clause=5),
    "a clause that overlaps what is not checked": lambda: {"not_checked": ["比价，限额以上"]},
    "what is not checked overlaps itself": lambda: {"not_checked": ["本办法由办公室解释。", "办公室解释。"]},
    "what is not checked does not stand in the text": lambda: {"not_checked": ["本办法由局长解释"]},
    "a division that does not stand in the text": lambda: {"division": "不得分拆"},
    # -- types and names
    "a limit and a total of one name": lambda: {"totals": {**PARTS["totals"], "top": PARTS["totals"]["so-far"]}},
    "a date-time for a date": lambda: limit(Limit(value=10_000, since=dt.datetime(2020, 1, 1))),
    "a text for a date": lambda: {"in_force": InForce(since="2020-01-01")},
    "a period that ends before it begins": lambda: {
        "in_force": InForce(since=dt.date(2020, 12, 31), until=dt.date(2020, 1, 1))
    },
    "a number for a text": lambda: duty("tender", required=5),
    "a text for true": lambda: duty("tender", waivable="true"),
    "a duty that is a table": lambda: with_part("duties", "tender", {"required": "x"}),
    "a day that no year has": lambda: {"year": "02-30"},
    "a currency that there is not": lambda: {"currency": "CNX"},
    "a column that is called otherwise": lambda: with_part("columns", "way", column("method")),
    "an order with a word that the column has not": lambda: with_part(
        "columns", "rank", column("rank", type="word", words={"office": [], "board": []}, order=["office", "bord"])
    ),
    "a code that is no expression": lambda: with_part("columns", "category", column("category", code=Code("[ABC"))),
    "a count that bounds what is none": lambda: with_part("columns", "invited", column("invited", at_least="method")),
    "a limit by what has no words": lambda: limit(Limit(by="category", value={"A": 1})),
    "a limit for a word that the column has not": lambda: limit(Limit(by="kind", value={**EVERYONE, "good": 5_000})),
    "a limit that is set and given": lambda: limit(Limit(value=10_000, given=True)),
    "given for a limit that there is not": lambda: {"given": {"topp": 10_000}},
    "given for a limit that the policy sets": lambda: {"given": {"top": 10_000}},
    "given for no year": lambda: {**limit(Limit(given=True)), "given": {"top": {12: 10_000}}},
    "several faults at once": lambda: {
        **banded(middle="|2000 .. 1500)", high="[1500 .. )"),
        **duty("tender", clause="限额以上拍卖", met_by={"metod": "open_tender"}),
        **total(by=["unti"], window="last year"),
        "adopted": {"edges": "upper"},
    },
}  # fmt: skip


def _catching(facts: Any) -> Any:
    try:
        return facts.holds("direkt")
    except Exception:
        return facts.every


OTHER = small()
