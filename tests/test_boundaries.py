"""Exactly on a cut point, a fen below it, a fen above it: single and accumulated, under each answer of every question
that touches them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from building import LIMIT, bought, breached, furong, last, told, yuan

from procure import ProcureError, Purchase
from procure.engines.findings import Finding
from procure.policy.policy import Policy

FLOOR_FEN, LIMIT_FEN = 500_000, LIMIT * 100
AMOUNTS = (499_999, 500_000, 500_001, LIMIT_FEN - 1, LIMIT_FEN, LIMIT_FEN + 1)

LOWEST, MIDDLE, HIGHEST = "approval", "three-quotes", "statutory-method"
TIERS = (LOWEST, MIDDLE, HIGHEST)

#: The questions on which the tier of a purchase outside the catalogue depends.
TOUCHING = {
    "exclusion": ("excluded", "included"),
    "limit-overlap": ("upper", "lower"),
    "limbs": ("higher", "single"),
    "current": ("included", "excluded"),
    "window": ("running", "whole-year"),
    "category-level": ("item", "second"),
    "counted": ("non-tender", "all", "off-catalogue"),
}
ANSWERS = [dict(zip(TOUCHING, answers, strict=True)) for answers in itertools.product(*TOUCHING.values())]

#: What an amount claims, written out: by amount, then `exclusion` for the first cut, `limit-overlap` for the second.
CLAIMED = {
    (499_999, "excluded", "upper"): LOWEST,
    (499_999, "excluded", "lower"): LOWEST,
    (499_999, "included", "upper"): LOWEST,
    (499_999, "included", "lower"): LOWEST,
    (500_000, "excluded", "upper"): MIDDLE,
    (500_000, "excluded", "lower"): MIDDLE,
    (500_000, "included", "upper"): LOWEST,
    (500_000, "included", "lower"): LOWEST,
    (500_001, "excluded", "upper"): MIDDLE,
    (500_001, "excluded", "lower"): MIDDLE,
    (500_001, "included", "upper"): MIDDLE,
    (500_001, "included", "lower"): MIDDLE,
    (29_999_999, "excluded", "upper"): MIDDLE,
    (29_999_999, "excluded", "lower"): MIDDLE,
    (29_999_999, "included", "upper"): MIDDLE,
    (29_999_999, "included", "lower"): MIDDLE,
    (30_000_000, "excluded", "upper"): HIGHEST,
    (30_000_000, "excluded", "lower"): MIDDLE,
    (30_000_000, "included", "upper"): HIGHEST,
    (30_000_000, "included", "lower"): MIDDLE,
    (30_000_001, "excluded", "upper"): HIGHEST,
    (30_000_001, "excluded", "lower"): HIGHEST,
    (30_000_001, "included", "upper"): HIGHEST,
    (30_000_001, "included", "lower"): HIGHEST,
}


class Probe(NamedTuple):
    """How the purchase was made, chosen so that the rule it breaches tells the tier."""

    fields: Mapping[str, Any]
    breaches: Mapping[str, str | None]


#: Between them they show every tier as a verdict and as a breach; none is an open tender, so that all are counted.
PROBES = {
    "direct, unapproved": Probe(
        {"approved_on": None},
        {LOWEST: "approval", MIDDLE: "three-quotes", HIGHEST: "statutory-method"},
    ),
    "direct, approved": Probe({}, {LOWEST: None, MIDDLE: "three-quotes", HIGHEST: "statutory-method"}),
    "three quotes, unapproved": Probe(
        {"method": "quotation", "quotes": 3, "invited": 3, "approved_on": None},
        {LOWEST: "approval", MIDDLE: None, HIGHEST: "statutory-method"},
    ),
    "consultation, unapproved": Probe(
        {"method": "consultation", "approved_on": None}, {LOWEST: "approval", MIDDLE: None, HIGHEST: None}
    ),
}
each_probe = pytest.mark.parametrize("probe", PROBES.values(), ids=PROBES)
each_amount = pytest.mark.parametrize("fen", AMOUNTS)

Answers = Mapping[str, str]


class Arrangement(NamedTuple):
    """A log in which amounts add up to `fen`, and what each answer makes of it: the amount of the purchase itself and
    the total, None where nothing counts."""

    log: Callable[[int, Mapping[str, Any]], Sequence[Purchase]]
    single: Callable[[int], int]
    total: Callable[[int, Answers], int | None]


def alone(fen: int, fields: Mapping[str, Any]) -> Sequence[Purchase]:
    return [bought(yuan(fen), **fields)]


def alone_total(fen: int, answers: Answers) -> int | None:
    """Before it there is nothing."""
    return None if answers["window"] == "running" and answers["current"] == "excluded" else fen


SMALL = 10_000


def summed(earlier: Mapping[str, Any], later: int = 0) -> Callable[[int, Mapping[str, Any]], Sequence[Purchase]]:
    """An earlier purchase, then 100.00 that brings the total to `fen`; perhaps one that comes later."""

    def log(fen: int, fields: Mapping[str, Any]) -> Sequence[Purchase]:
        afterwards = [bought(yuan(later), date="2020-11-02")] if later else []
        return [*afterwards, bought(yuan(fen - SMALL), date="2020-02-03", **earlier), bought(yuan(SMALL), **fields)]

    return log


def sums(counts: Callable[[Answers], bool], later: int = 0) -> Callable[[int, Answers], int | None]:
    """The total, where the earlier purchase counts under some answers."""

    def total(fen: int, answers: Answers) -> int | None:
        earlier = fen - SMALL if counts(answers) else None
        if answers["window"] == "whole-year":
            return (earlier or 0) + SMALL + later
        return earlier if answers["current"] == "excluded" else (earlier or 0) + SMALL

    return total


def itself_a_tender(fen: int, answers: Answers) -> int | None:
    """An open tender of `fen` after a purchase of 100.00: by itself it counts under two readings of three."""
    counts = answers["counted"] != "non-tender"
    return SMALL + (fen if counts and (answers["window"], answers["current"]) != ("running", "excluded") else 0)


def small(fen: int) -> int:
    return SMALL


def whole(fen: int) -> int:
    return fen


ARRANGEMENTS = {
    "alone": Arrangement(alone, whole, alone_total),
    "accumulated": Arrangement(summed({}), small, sums(lambda a: True)),
    "accumulated, one fen later": Arrangement(summed({}, later=1), small, sums(lambda a: True, later=1)),
    "accumulated, a tender earlier": Arrangement(
        summed({"method": "open_tender"}), small, sums(lambda a: a["counted"] != "non-tender")
    ),
    "accumulated, a catalogue item earlier": Arrangement(
        summed({"method": "e_mall", "in_catalogue": True}), small, sums(lambda a: a["counted"] != "off-catalogue")
    ),
    "accumulated, another item of level two earlier": Arrangement(
        lambda fen, fields: summed({"category": "A05040201"})(fen, {**fields, "category": "A05040101"}),
        small,
        sums(lambda a: a["category-level"] == "second"),
    ),
    "accumulated, another category earlier": Arrangement(summed({"category": "计算机"}), small, sums(lambda a: False)),
    "accumulated, another unit earlier": Arrangement(summed({"unit": "区财政局"}), small, sums(lambda a: False)),
    "accumulated, another year earlier": Arrangement(
        lambda fen, fields: [bought(yuan(fen), date="2019-12-31"), bought(yuan(SMALL), **fields)],
        small,
        sums(lambda a: False),
    ),
}
each_arrangement = pytest.mark.parametrize("arrangement", ARRANGEMENTS.values(), ids=ARRANGEMENTS)


def claims(fen: int, answers: Answers) -> str:
    if fen in AMOUNTS:
        return CLAIMED[fen, answers["exclusion"], answers["limit-overlap"]]
    # No other amount that comes up lies on a cut.
    assert fen not in (FLOOR_FEN, LIMIT_FEN)
    return LOWEST if fen < FLOOR_FEN else MIDDLE if fen < LIMIT_FEN else HIGHEST


def binding(arrangement: Arrangement, fen: int, answers: Answers) -> str:
    single, total = arrangement.single(fen), arrangement.total(fen, answers)
    claimed = {claims(single, answers)}
    if answers["limbs"] == "higher" and total is not None:
        claimed.add(claims(total, answers))
    return max(claimed, key=TIERS.index)


@each_arrangement
@each_probe
@each_amount
def test_all_answers_at_once(arrangement: Arrangement, probe: Probe, fen: int) -> None:
    finding = judged(arrangement, probe, fen, POLICY)
    expected = {tuple(a.values()): probe.breaches[binding(arrangement, fen, a)] for a in ANSWERS}
    found = {}
    for answers in ANSWERS:
        whole = {**WORKING, **answers}
        rules = [breach.rule.id for breach in finding.breaches if whole in breach.surely]
        assert len(rules) <= 1
        found[tuple(answers.values())] = rules[0] if rules else None
    assert found == expected
    recommended = next(iter(expected.values()))
    assert finding.verdict.value == ("violation" if recommended else "compliant")
    broken = {rule is not None for rule in expected.values()}
    # The questions that move no tier are open too: whether they could matter is seen where none of these does.
    assert not (finding.settled and len(broken) > 1)


#: The tiers' own questions are left open, and what else could change a verdict is adopted.
POLICY = furong()
WORKING = POLICY.plan().working
SETTLED = {"approval-scope": "lowest", "quotes-list": "open", "method-list": "open", "approval-order": "prior"}


def judged(arrangement: Arrangement, probe: Probe, fen: int, policy: Policy) -> Finding:
    return last(*arrangement.log(fen, probe.fields), policy=policy)


@each_arrangement
@each_probe
@each_amount
def test_settled_and_flips(arrangement: Arrangement, probe: Probe, fen: int) -> None:
    policy = POLICY.adopt(SETTLED)
    finding = judged(arrangement, probe, fen, policy)
    violated = [probe.breaches[binding(arrangement, fen, a)] is not None for a in ANSWERS]
    assert finding.verdict.value == ("violation" if violated[0] else "compliant")
    assert finding.settled == (len(set(violated)) == 1)
    changes = [
        {q: answer for q, answer in answers.items() if answer != TOUCHING[q][0]}
        for answers, violation in zip(ANSWERS, violated, strict=True)
        if violation != violated[0]
    ]
    fewest = min(map(len, changes), default=0)
    assert sorted(map(repr, map(dict, finding.flips))) == sorted(repr(c) for c in changes if len(c) == fewest)


@each_amount
@pytest.mark.parametrize("exclusion", TOUCHING["exclusion"])
@pytest.mark.parametrize("overlap", TOUCHING["limit-overlap"])
@pytest.mark.parametrize("arrangement", ["alone", "accumulated"])
@each_probe
def test_adopted(fen: int, exclusion: str, overlap: str, arrangement: str, probe: Probe) -> None:
    policy = furong({**WORKING, "exclusion": exclusion, "limit-overlap": overlap})
    finding = judged(ARRANGEMENTS[arrangement], probe, fen, policy)
    tier = CLAIMED[fen, exclusion, overlap]
    rule = probe.breaches[tier]
    assert told(finding) == ("violation" if rule else "compliant", True, [])
    assert breached(finding) == ({rule} if rule else set())
    assert finding.tiers == (tier,)


@pytest.mark.parametrize("counted", TOUCHING["counted"])
@pytest.mark.parametrize("window", TOUCHING["window"])
@pytest.mark.parametrize("current", TOUCHING["current"])
@pytest.mark.parametrize("fen", [499_999 - SMALL, 500_000 - SMALL, 500_001 - SMALL, 499_999, 500_000, 500_001])
def test_a_tender_is_placed_by_the_total_of_the_others(counted: str, window: str, current: str, fen: int) -> None:
    answers = {**WORKING, "counted": counted, "window": window, "current": current}
    log = [bought(yuan(SMALL), date="2020-02-03"), bought(yuan(fen), method="open_tender", approved_on=None)]
    total = itself_a_tender(fen, answers)
    assert total is not None
    tier = max(claims(fen, answers), claims(total, answers), key=TIERS.index)
    finding = last(*log, policy=furong(answers))
    assert finding.tiers == (tier,)
    assert told(finding) == ("violation" if tier == LOWEST else "compliant", True, [])


PRINTING = {"category": "印刷服务", "kind": "services"}
CLEANING = {"category": "保洁服务", "kind": "services"}
CAR = {"category": "A02030501", "in_catalogue": True}

COME_OUT_SO: dict[str, tuple[Sequence[Purchase], tuple[str, bool, list[dict[str, str]]], set[str]]] = {
    "audio system 86,000, direct, approved": (
        [bought(86_000, category="音响系统")],
        ("violation", True, []),
        {"three-quotes"},
    ),
    "catalogue car 179,000 by open tender": (
        [bought(179_000, method="open_tender", **CAR)],
        ("compliant", False, [{"channel-list": "closed"}]),
        {"catalogue-channel", "three-quotes"},
    ),
    "cleaning 800 after an open tender of 480,000": (
        [bought(480_000, date="2020-01-13", method="open_tender", **CLEANING), bought(800, **CLEANING)],
        ("compliant", False, [{"counted": "all"}, {"counted": "off-catalogue"}]),
        {"statutory-method"},
    ),
    "exactly 5,000.00, approved, no quotes": (
        [bought("5,000.00")],
        ("violation", False, [{"exclusion": "included"}]),
        {"three-quotes"},
    ),
    "services 420,000 by inquiry with three quotes": (
        [bought(420_000, category="软件开发", kind="services", method="inquiry", invited=3, quotes=3)],
        ("violation", True, []),
        {"statutory-method"},
    ),
    "refund of 300": ([bought(-300)], ("not_applicable", True, []), set()),
    "printing 1,200 approved, then 4,600 approved": (
        [bought(1_200, date="2020-03-02", **PRINTING), bought(4_600, **PRINTING)],
        ("violation", False, [{"limbs": "single"}, {"current": "excluded"}]),
        {"three-quotes"},
    ),
}


@pytest.mark.parametrize(("log", "verdict", "rules"), COME_OUT_SO.values(), ids=COME_OUT_SO)
def test_these_come_out_so(
    log: Sequence[Purchase], verdict: tuple[str, bool, list[dict[str, str]]], rules: set[str]
) -> None:
    finding = last(*log)
    assert told(finding) == verdict
    assert breached(finding) == rules


class TestOtherLimits:
    """The limit is that of the judged purchase's own kind and year."""

    LIMITS: Mapping[str, int] = {"goods": 300_000, "services": 200_000, "works": 600_000}

    @pytest.mark.parametrize(
        ("kind", "amount", "tier"),
        [
            ("goods", "299,999.99", MIDDLE),
            ("goods", "300,000.00", HIGHEST),
            ("services", "199,999.99", MIDDLE),
            ("services", "200,000.00", HIGHEST),
            ("works", "599,999.99", MIDDLE),
            ("works", "600,000.00", HIGHEST),
        ],
    )
    def test_by_kind(self, kind: str, amount: str, tier: str) -> None:
        assert last(bought(amount, kind=kind), policy=furong(limits=self.LIMITS)).tiers == (tier,)

    def test_one_total_against_two_limits(self) -> None:
        # All kinds together make the total; each purchase measures it by its own limit.
        log = [bought(199_900, date="2020-02-03", kind="works"), bought(100), bought(0.01, kind="services")]
        policy = furong(limits=self.LIMITS)
        assert [last(*log[:n], policy=policy).tiers for n in (1, 2, 3)] == [
            (MIDDLE,),
            (MIDDLE,),
            (HIGHEST,),
        ]

    @pytest.mark.parametrize(("limit", "tier"), [("5000.01", HIGHEST), ("5000.02", MIDDLE)])
    def test_the_lowest_limits_there_are(self, limit: str, tier: str) -> None:
        assert last(bought("5000.01"), policy=furong(limits=limit)).tiers == (tier,)
        with pytest.raises(
            ProcureError, match=r"^furong-2020: limit\.decentral: a limit of goods of 5000\.00 is not above 5000\.00"
        ):
            furong(limits=5000)

    def test_by_year(self) -> None:
        policy = furong(limits={None: 300_000, 2021: 10_000})
        log = bought(20_000), bought(20_000, date="2021-06-08")
        assert [last(p, policy=policy, any_year=True).tiers for p in log] == [(MIDDLE,), (HIGHEST,)]


class TestRefunds:
    """A refund contributes to its total, which may be zero or less and then lies below 5,000."""

    @pytest.mark.parametrize(
        ("refund", "tier"),
        [(0, HIGHEST), (-1, MIDDLE), (-294_999, MIDDLE), (-295_000, MIDDLE), (-295_001, LOWEST), (-400_000, LOWEST)],
    )
    def test_brings_the_total_down(self, refund: int, tier: str) -> None:
        log = [
            bought(299_900, date="2020-02-03"),
            bought(refund, date="2020-03-02"),
            bought(100, approved_on=None),
        ]
        answers = {**WORKING, "exclusion": "excluded", "limit-overlap": "upper"}
        assert last(*log, policy=furong(answers)).tiers == (tier,)

    def test_a_total_of_refunds_claims_the_lowest_tier(self) -> None:
        answers = {**WORKING, "current": "excluded"}
        log = [bought(-500, date="2020-02-03"), bought(6_000)]
        finding = last(*log, policy=furong(answers))
        assert finding.tiers == (MIDDLE,)
        total = finding.accumulated
        assert total is not None
        assert (total.low, total.high, total.sure) == (-50_000, -50_000, 1)
