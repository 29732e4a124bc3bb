"""From amounts and blanks to points: positions among the cuts, tiers, the tree of facts, what the evidence may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from typing import Any

import pytest
from building import bought, furong
from hypothesis import given
from hypothesis import strategies as st

from procure import UNDATED, UNKNOWN, Kind, Method, Purchase
from procure.catalogues import Catalogue
from procure.evidence import Reader, kind_of
from procure.facts import Approval, Ask, Facts, Tree
from procure.limits import Limits
from procure.readings import Questions
from procure.scale import NO_BOUND, Cuts, positions

NOTHING = Questions([])


def position(fen: int, cuts: Sequence[int]) -> int:
    """1 below the first cut, 2 on it, 3 above it and below the second, and so on."""
    return 1 + 2 * sum(cut < fen for cut in cuts) + (fen in cuts)


class TestPositions:
    @given(st.lists(st.integers(1, 10), min_size=1, max_size=3, unique=True), st.integers(-3, 45), st.integers(0, 20))
    def test_of_an_interval(self, values: list[int], low: int, spread: int) -> None:
        # Between two cuts there is an amount: no limit lies a single fen above 5,000.
        cuts = sorted(4 * value for value in values)
        mask = Cuts(cuts).mask(low, low + spread)
        assert set(positions(mask)) == {position(fen, cuts) for fen in range(low, low + spread + 1)}

    @given(
        st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True),
        st.sets(st.integers(0, 2)),
        st.integers(-2, 20),
        st.integers(0, 6),
    )
    def test_with_a_cut_that_nobody_gave(self, values: list[int], unknown: set[int], low: int, spread: int) -> None:
        given = [None if n in unknown else 4 * value for n, value in enumerate(sorted(values))]
        mask = Cuts(given).mask(low, low + spread)
        # Every ascending choice for the cuts not given; none of them is below 1.
        wanted: set[int] = set()
        for choice in choices(given, 1, 40):
            wanted |= {position(fen, choice) for fen in range(low, low + spread + 1)}
        assert set(positions(mask)) == wanted

    def test_of_anything(self) -> None:
        cuts = Cuts([500_000, None])
        assert positions(cuts.anywhere) == (1, 2, 3, 4, 5)
        assert not cuts.known
        assert Cuts([500_000, 30_000_000]).known

    @given(
        st.lists(st.tuples(st.integers(-9, 20), st.integers(0, 9), st.integers(0, 2), st.integers(0, 2)), max_size=6)
    )
    def test_down_a_column(self, totals: list[tuple[int, int, int, int]]) -> None:
        for values in ([5, 12], [5, None]):
            cuts = Cuts(values)
            columns: list[list[int]] = [list(column) for column in zip(*totals, strict=True)] or [[], [], [], []]
            expected = []
            for low, spread, sure, maybe in totals:
                # Without a counted purchase there is no amount; with one that may count there may be.
                mask = cuts.mask(low, low + spread) if sure or maybe else 0
                expected.append(mask | (0 if sure else 1))
            assert list(cuts.masks(*columns)) == expected

    def test_far_away(self) -> None:
        cuts = Cuts([500_000, None])
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
        scale, q = policy.scale, policy.questions
        every, none = q.every, q.none
        excluded, upper = q["exclusion"]["excluded"], q["limit-overlap"]["upper"]
        assert [scale.claims(n) for n in range(6)] == [
            (none, none, none),
            (every, none, none),
            (every - excluded, excluded, none),
            (none, every, none),
            (none, every - upper, upper),
            (none, none, every),
        ]

    @given(st.integers(1, 5), st.lists(st.integers(0, 5), min_size=18, max_size=18))
    def test_tiers_part_the_interpretations(self, single: int, totals: list[int]) -> None:
        policy = furong().narrowed()
        tiers = policy.scale.tiers(single, totals)
        union = policy.questions.none
        for tier in tiers:
            assert not union & tier
            union |= tier
        assert union & policy.open == policy.open

    def test_possible_are_distinct(self) -> None:
        policy = furong().narrowed()
        anything = [(4 << 4) - 1] * 18
        found = policy.scale.possible((4 << 4) - 2, anything)
        assert len(set(found)) == len(found)
        assert set(found) >= {policy.scale.tiers(n, [n] * 18) for n in range(1, 6)}


class TestTree:
    def test_grows_as_it_is_asked(self) -> None:
        asked: list[dict[str, Hashable]] = []

        def look(facts: Facts) -> str:
            asked.append(dict(facts._given))
            return "yes" if facts.in_catalogue and facts.ground else "no"

        tree = Tree(look, NOTHING.every, NOTHING.none, NOTHING.every)
        options: Any = {"in_catalogue": (True, False), "ground": (True,), "quotes": (True, False)}
        for _ in range(2):
            leaves = tree.leaves(options)
            assert {(tuple(leaf.path.items()), leaf.outcome) for leaf in leaves} == {
                ((("in_catalogue", False),), "no"),
                ((("in_catalogue", True), ("ground", True)), "yes"),
            }
        # Each point was looked at once, and quotes, which nobody asks, not at all.
        assert asked == [{}, {"in_catalogue": True}, {"in_catalogue": False}, {"in_catalogue": True, "ground": True}]

    def test_a_fact_not_given_is_asked(self) -> None:
        with pytest.raises(Ask, match=r"^method$"):
            _ = Facts({}, NOTHING.every, NOTHING.none, NOTHING.every).method


class TestEvidence:
    """What a datum and its absence stand for."""

    @staticmethod
    def seen(purchase: Purchase, year: int | None = 2020, **options: Any) -> dict[str, tuple[Any, ...]]:
        reader = Reader(options.get("catalogue"), year, options.get("parties", 3), options.get("open_tender"))
        return dict(reader(purchase).options)

    def test_complete(self) -> None:
        standard = Limits.of(2_000, above=0)
        purchase = bought(quotes=3, invited=2, ground="紧急", emergency=False)
        assert self.seen(purchase, open_tender=standard) == {
            "in_catalogue": (False,),
            "kind": (Kind.GOODS,),
            "method": (Method.DIRECT,),
            "approval": (Approval.PRIOR,),
            "quotes": (True,),
            "invited": (False,),
            "ground": (True,),
            "emergency": (False,),
            "below_floor": (False,),
            "reaches": (frozenset(),),
        }

    def test_nothing(self) -> None:
        seen = self.seen(Purchase())
        # Each kind has a standard of its own: it reaches any of them or none.
        assert len(set(seen.pop("reaches"))) == 8
        assert seen == {
            "in_catalogue": (True, False),
            "kind": tuple(Kind),
            "method": tuple(Method),
            "approval": tuple(Approval),
            "quotes": (True, False),
            "invited": (True, False),
            "ground": (True, False),
            "emergency": (True, False),
            "below_floor": (False,),
        }

    @pytest.mark.parametrize(
        ("category", "amount", "expected"),
        [
            ("A0201", 999.99, (True,)),
            ("A0201", 1_000, (False,)),
            ("A02010104", 999, (True,)),  # the entry of the code it begins with
            ("A02010199", 999, (True, False)),  # two entries list it, with two floors
            ("A02010199", 1_000, (False,)),
            ("A02010199", 499, (True,)),
            ("移动存储", 1_999, (True,)),
            ("复印纸", 1, (False,)),
            ("C1504", 1_999, (True, False)),  # no entry lists it: if the log says that one does, it may be any
            ("C1504", 2_000, (False,)),
            (None, 1_999, (True, False)),
            ("A0201", None, (True, False)),
            ("A0201", -999, (True, False)),  # part of what was bought above the floor may come back
            ("A0201", -1_000, (False,)),
        ],
    )
    def test_below_the_floor(self, category: str | None, amount: object, expected: tuple[bool, ...]) -> None:
        floors = {"A0201": 1_000, "A02010199": 500, "移动存储": 2_000, "复印纸": None}
        purchase = bought(amount, category=category, in_catalogue=None)
        assert self.seen(purchase, catalogue=Catalogue.of(floors))["below_floor"] == expected

    @pytest.mark.parametrize(
        ("amount", "year", "expected"),
        [
            (1_999_999.99, 2020, [set()]),
            (2_000_000, 2020, [{Kind.GOODS}]),
            (4_000_000, 2020, [{Kind.GOODS, Kind.SERVICES}]),
            (4_000_000, 2021, [{Kind.GOODS, Kind.SERVICES}, {Kind.GOODS}]),
            (None, 2020, [{Kind.GOODS, Kind.SERVICES}, {Kind.GOODS}, {Kind.SERVICES}, set()]),
        ],
    )
    def test_reaches_the_open_tender_standard(self, amount: object, year: int, expected: list[set[Kind]]) -> None:
        given = {None: {"goods": 2_000_000}, 2020: {"services": 4_000_000, "works": 10**9}, 2021: {"works": 10**9}}
        purchase = bought(amount, date=f"{year}-06-08")
        seen = self.seen(purchase, open_tender=Limits.of(given, above=0))["reaches"]
        certain = [{*kinds} - {Kind.WORKS} for kinds in seen]
        assert all(certain.count(kinds) for kinds in expected)
        assert all(kinds in expected for kinds in certain)

    @pytest.mark.parametrize(
        ("approved", "day", "year", "expected"),
        [
            (None, "2020-06-08", 2020, {Approval.NONE}),
            (None, None, 2020, {Approval.NONE}),
            (UNKNOWN, "2020-06-08", 2020, set(Approval)),
            (UNDATED, "2020-06-08", 2020, {Approval.LATE, Approval.PRIOR}),
            ("2020-06-07", "2020-06-08", 2020, {Approval.PRIOR}),
            ("2020-06-08", "2020-06-08", 2020, {Approval.PRIOR}),
            ("2020-06-09", "2020-06-08", 2020, {Approval.LATE}),
            ("2019-12-31", None, 2020, {Approval.PRIOR}),
            ("2020-01-01", None, 2020, {Approval.PRIOR}),
            ("2020-01-02", None, 2020, {Approval.LATE, Approval.PRIOR}),
            ("2020-12-31", None, 2020, {Approval.LATE, Approval.PRIOR}),
            ("2021-01-01", None, 2020, {Approval.LATE}),
            ("2019-12-31", None, None, {Approval.LATE, Approval.PRIOR}),
        ],
    )
    def test_approval(self, approved: Any, day: str | None, year: int | None, expected: set[Approval]) -> None:
        assert set(self.seen(bought(approved_on=approved, date=day), year)["approval"]) == expected

    @given(st.dates(dt.date(2019, 12, 1), dt.date(2021, 1, 31)))
    def test_approval_of_an_undated_purchase_is_all_that_its_year_allows(self, approved: dt.date) -> None:
        days = [dt.date(2020, 1, 1) + dt.timedelta(n) for n in range(366)]
        possible = {Approval.PRIOR if approved <= day else Approval.LATE for day in days}
        assert set(self.seen(bought(approved_on=approved, date=None))["approval"]) == possible

    @pytest.mark.parametrize(("parties", "enough"), [(2, True), (3, True), (4, False)])
    def test_how_many_are_enough(self, parties: int, enough: bool) -> None:
        seen = self.seen(bought(quotes=3, invited=3), parties=parties)
        assert (seen["quotes"], seen["invited"]) == ((enough,), (enough,))

    @pytest.mark.parametrize(
        ("category", "kind"),
        [("A0504", Kind.GOODS), ("B01", Kind.WORKS), ("C1504", Kind.SERVICES), ("办公用品", None), (None, None)],
    )
    def test_kind_of_a_code(self, category: str | None, kind: Kind | None) -> None:
        assert kind_of(category) is kind

    def test_conflicts_are_both_values(self) -> None:
        catalogue = Catalogue.of(["A0504"])
        evidence = Reader(catalogue, 2020)(bought(category="A05040101", in_catalogue=False, kind="services"))
        assert evidence.options["in_catalogue"] == (False, True)
        assert evidence.options["kind"] == (Kind.SERVICES, Kind.GOODS)
        assert evidence.conflicts == ("in_catalogue", "kind")

    def test_equal_evidence_is_read_once(self) -> None:
        read = Reader(None, 2020)
        assert read(bought(5, id="1")) is read(bought(7, id="2"))
        assert read(bought(5)) is not read(bought(5, quotes=3))
