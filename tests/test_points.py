"""From amounts and blanks to points: positions among the cuts, tiers, the tree of facts, what the evidence may be."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

import pytest
import strategies
from building import furong
from hypothesis import given
from hypothesis import strategies as st
from lines import log as typed
from small import NO, OPEN, YES, may, question, small

from procure import MISSING, UNDATED, Log, Purchase
from procure.api import faced
from procure.authoring import Total, column
from procure.engines.check import Job, amounts_of, row_by_row
from procure.engines.evidence import FactReader
from procure.engines.facts import Ask, FactPoint, Tree
from procure.engines.placement import Placer
from procure.interpretation.readings import Questions
from procure.log.reading import read_rows
from procure.policy.ladders import NOTHING, Cuts, binding, positions
from procure.policy.limits import NO_BOUND
from procure.policy.policy import Policy

NO_QUESTIONS = Questions([])


def cuts_of(values: Sequence[int | None]) -> Cuts:
    """Cuts, of which None are limits that nobody gave: above nothing."""
    return Cuts([(1, NO_BOUND) if value is None else (value, value) for value in values])


def position(fen: int, cuts: Sequence[int]) -> int:
    """1 below the first cut, 2 on it, 3 above it and below the second, and so on."""
    return 1 + 2 * sum(cut < fen for cut in cuts) + (fen in cuts)


class TestPositions:
    @given(st.lists(st.integers(1, 10), min_size=1, max_size=3, unique=True), st.integers(-3, 45), st.integers(0, 20))
    def test_of_an_interval(self, values: list[int], low: int, spread: int) -> None:
        # Between two cuts there is an amount: no limit lies a single fen above 5,000.
        cuts = sorted(4 * value for value in values)
        mask = cuts_of(cuts).mask(low, low + spread)
        assert set(positions(mask)) == {position(fen, cuts) for fen in range(low, low + spread + 1)}

    @given(
        st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True),
        st.sets(st.integers(0, 2)),
        st.integers(-2, 20),
        st.integers(0, 6),
    )
    def test_with_a_cut_that_nobody_gave(self, values: list[int], unknown: set[int], low: int, spread: int) -> None:
        given = [None if n in unknown else 4 * value for n, value in enumerate(sorted(values))]
        mask = cuts_of(given).mask(low, low + spread)
        # Every ascending choice for the cuts not given; none of them is below 1.
        wanted: set[int] = set()
        for choice in choices(given, 1, 40):
            wanted |= {position(fen, choice) for fen in range(low, low + spread + 1)}
        assert set(positions(mask)) == wanted

    def test_of_anything(self) -> None:
        cuts = cuts_of([500_000, None])
        assert positions(cuts.anywhere) == (1, 2, 3, 4, 5)
        assert not cuts.known
        assert cuts_of([500_000, 30_000_000]).known

    @given(
        st.lists(st.tuples(st.integers(-9, 20), st.integers(0, 9), st.integers(0, 2), st.integers(0, 2)), max_size=6)
    )
    def test_down_a_column(self, totals: list[tuple[int, int, int, int]]) -> None:
        for values in ([5, 12], [5, None]):
            cuts = cuts_of(values)
            columns: list[list[int]] = [list(column) for column in zip(*totals, strict=True)] or [[], [], [], []]
            expected = []
            for low, spread, sure, maybe in totals:
                # Without a counted purchase there is no amount; with one that may count there may be.
                mask = cuts.mask(low, low + spread) if sure or maybe else 0
                expected.append(mask | (0 if sure else 1))
            assert list(cuts.masks(*columns)) == expected

    def test_far_away(self) -> None:
        cuts = cuts_of([500_000, None])
        assert positions(cuts.mask(NO_BOUND // 2, NO_BOUND // 2)) == (3, 4, 5)
        assert positions(cuts.mask(0, 3 * NO_BOUND)) == (1, 2, 3, 4, 5)


def choices(given: Sequence[int | None], least: int, most: int) -> list[list[int]]:
    if not given:
        return [[]]
    here = range(least, most) if given[0] is None else [given[0]] if least <= given[0] < most else []
    return [[cut, *rest] for cut in here for rest in choices(given[1:], cut + 1, most)]


class TestScale:
    def test_claims(self) -> None:
        policy = furong()
        own, *totals = policy.built.ladders[0].gauges
        q = policy.built.questions
        every, none = q.every, q.none
        excluded, upper = q["exclusion"]["excluded"], q["limit-overlap"]["upper"]
        claims = [
            (none, none, none),
            (every, none, none),
            (every - excluded, excluded, none),
            (none, every, none),
            (none, every - upper, upper),
            (none, none, every),
        ]
        assert (own.measure, own.cuts, own.when) == (None, (500_000, "decentral"), every)
        assert list(own.claims) == claims
        read = {"accumulated": q["limbs"]["higher"], "of-contract": q["one-purchase"]["contract"]}
        # By unit or department; of an item or of level two; counting four ways, with refunds or without; over three
        # windows. Of a contract, with refunds or without.
        for name, ways in (("accumulated", 2 * 2 * 4 * 2 * 3), ("of-contract", 2)):
            each = [gauge for gauge in totals if gauge.name == name]
            assert len(each) == len({gauge.measure for gauge in each}) == ways
            for gauge in each:
                assert gauge.cuts == own.cuts
                assert list(gauge.claims) == [tuple(claim & read[name] for claim in row) for row in claims]
            # They are every way in which the total may be meant, and no two are meant together.
            assert reduce(or_, (gauge.when for gauge in each)) == every
            assert sum(len(gauge.when) for gauge in each) == len(every)

    @given(st.lists(st.sets(st.integers(0, 7)), min_size=1, max_size=4), st.booleans())
    def test_one_band_binds_of_those_claimed(self, claimed: list[set[int]], lowest: bool) -> None:
        # Eight interpretations of three questions, each its own set.
        space = Questions(question(id, "0", "1") for id in "abc")
        each = [space.giving(dict(zip("abc", answers, strict=True))) for answers in product("01", repeat=3)]
        sets = [reduce(or_, (each[n] for n in band), space.none) for band in claimed]
        found = binding(sets, space.none, space.every if lowest else space.none)
        for n, alone in enumerate(each):
            bands = [band for band, claim in enumerate(claimed) if n in claim]
            binds = [band for band, tier in enumerate(found) if tier & alone]
            assert binds == ([min(bands) if lowest else max(bands)] if bands else [])

    @given(st.data())
    def test_tiers_part_the_interpretations(self, data: st.DataObject) -> None:
        policy = furong()
        log = data.draw(strategies.logs())
        for bands in placed(policy, typed(log)):
            assert len(set(bands)) == len(bands)  # they are distinct
            for (tiers,) in bands:
                union = policy.built.questions.none
                for tier in tiers:
                    assert not union & tier
                    union |= tier
                assert union & policy.plan().open == policy.plan().open

    def test_anything_is_possible_where_nothing_is_known(self) -> None:
        policy = furong()
        bands = {each for of_scenario in placed(policy, [Purchase(), Purchase()]) for each in of_scenario}
        own, *_ = policy.built.ladders[0].gauges
        none = policy.built.questions.none
        single = policy.built.questions["limbs"]["single"]
        # Each position of the amount comes up with each of a total.
        alone = {tuple(tier & single & policy.plan().open for tier in tiers) for (tiers,) in bands}
        claims = {tuple(claim & single & policy.plan().open for claim in row) for row in own.claims[1:]}
        assert alone == claims
        assert own.claims[NOTHING] == (none, none, none)


def placed(policy: Policy, log: Any) -> list[Sequence[Any]]:
    """The bands that the amounts of each row may lead to, in every scenario."""
    rows = read_rows(Log.of(log), policy.built.columns, policy.money)
    plan = faced(policy, rows, False)
    placer = Placer(plan)
    result = row_by_row(Job(rows, plan), None)
    values = rows.values
    found = []
    for at, amounts in zip(range(len(rows)), amounts_of(plan, values, len(rows)), strict=False):
        placement = placer.place(
            values["amount"][at], values["date"][at], amounts, result.evidence[at], result.postings[at]
        )
        found += [bands for _, bands in placement.scenarios]
    return found


class TestTree:
    def test_grows_as_it_is_asked(self) -> None:
        asked: list[dict[str, Hashable]] = []

        def look(point: FactPoint) -> str:
            asked.append(dict(point._given))
            return "yes" if point["in_catalogue"] and point["ground"] else "no"

        tree = Tree(look, NO_QUESTIONS.every, NO_QUESTIONS.none, NO_QUESTIONS.every)
        options: Any = {"in_catalogue": (True, False), "ground": (True,), "quotes": (True, False)}
        for _ in range(2):
            leaves = tree.leaves(options)
            assert {(tuple(leaf.path.items()), leaf.outcome) for leaf in leaves} == {
                ((("in_catalogue", False),), "no"),
                ((("in_catalogue", True), ("ground", True)), "yes"),
            }
        # Each point was looked at once, and quotes, which nobody asks, not at all.
        assert asked == [{}, {"in_catalogue": True}, {"in_catalogue": False}, {"in_catalogue": True, "ground": True}]

    def test_where_every_fact_that_is_looked_at_has_one_class(self) -> None:
        tree = Tree(lambda point: point["a"] and point["b"], NO_QUESTIONS.every, NO_QUESTIONS.none, NO_QUESTIONS.every)
        assert tree.at({"a": (0,), "b": (1, 2)}) == 0
        assert tree.at({"a": (3,), "b": (2,)}) == 2
        with pytest.raises(Ask, match=r"^b$"):
            tree.at({"a": (3,), "b": (1, 2)})

    def test_a_fact_not_given_is_asked(self) -> None:
        with pytest.raises(Ask, match=r"^method$"):
            _ = FactPoint({}, NO_QUESTIONS.every, NO_QUESTIONS.none, NO_QUESTIONS.every)["method"]


class TestEvidence:
    """What a datum and its absence stand for is in policy/test_conditions.py; here, how rows are read as evidence."""

    def evidence(self, *cells: dict[str, Any]) -> list[Any]:
        policy = furong(catalogue=["A0504"])
        log = [{"amount": 1, "date": "2020-06-08", **each} for each in cells]
        rows = read_rows(Log.of([Purchase(**each) for each in log]), policy.built.columns, policy.money)
        return FactReader(faced(policy, rows, False))(rows.values, len(rows))

    def test_complete(self) -> None:
        (seen,) = self.evidence(
            {"in_catalogue": False, "category": "A03", "kind": "goods", "method": "direct", "approved_on": "2020-06-08",
             "quotes": 3, "invited": 3, "ground": "紧急", "emergency": False}
        )  # fmt: skip
        assert all(len(classes) == 1 for classes in seen.options.values())
        assert seen.blame == {}

    def test_nothing(self) -> None:
        (seen,) = self.evidence({})
        known = {fact for fact, classes in seen.options.items() if len(classes) == 1}
        assert known <= {"amount~catalogue.floor"}  # the list has no floors
        assert {
            fact: seen.blame[fact] for fact in ("kind", "method", "approved_on", "quotes", "invited", "ground")
        } == {fact: fact for fact in ("kind", "method", "approved_on", "quotes", "invited", "ground")}
        assert seen.blame["in_catalogue"] == "in_catalogue"

    def test_an_approval_and_a_purchase_without_a_date(self) -> None:
        seen = self.evidence(
            {"approved_on": "2020-03-01", "date": None}, {"approved_on": MISSING}, {"approved_on": UNDATED}
        )
        assert [each.blame["approved_on"] for each in seen] == ["date", "approved_on", "approved_on"]
        assert [len(each.options["approved_on"]) for each in seen] == [2, 3, 2]

    def test_only_the_facts_that_an_open_reading_looks_at(self) -> None:
        columns = [column("method")]
        policy = small([{"method": "direct", "only-if": {"how": "a"}}, {"quotes": 1, "only-if": {"how": "b"}}], columns,
                       questions=[question("how", "a", "b")])  # fmt: skip
        assert {fact.name for fact in policy.plan().facts} == {"method", "quotes"}
        assert {fact.name for fact in policy.adopt({"how": "a"}).plan().facts} == {"method"}
        assert may(policy.adopt({"how": "a"}), method="direct", amount=1) == YES
        assert may(policy.adopt({"how": "b"}), method="direct", amount=1) == OPEN
        assert may(policy, method="quotation", quotes=2, amount=1) == NO

    def test_equal_evidence_is_read_once(self) -> None:
        one, other, third = self.evidence({"id": "1", "quotes": 3}, {"id": "2", "quotes": 5}, {"id": "3", "quotes": 2})
        assert one is other  # 3 and 5 are of one class
        assert one is not third


def test_totals_that_no_open_reading_means_are_not_added_up() -> None:
    policy = furong()
    # Of an item or of level two; of all but tenders, of all, of what is off the catalogue; so far with the purchase or
    # without, or of the year. By department, too, where the log names some.
    assert len(policy.plan().measures) == 2 * 3 * 3
    assert len(policy.plan(["department"]).measures) == 2 * 2 * 3 * 3
    alone = policy.adopt({"window": "whole-year", "category-level": "item", "counted": "all"})
    (measure,) = alone.plan().measures
    assert (measure.window.whole, measure.itself, measure.grouping.by) == (True, True, ("unit", "category"))
    unread = small({}, totals={"unread": Total(window="year")})
    assert unread.plan().measures == ()
