"""Lists that somebody gives or that a policy has itself: what they list, and the numbers that their entries carry."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from small import NO, OPEN, YES, bought, duty, last, may, small

from procure.authoring import Band, Carried, Code, GivenList, Ladder, Listed, Policy, PolicyError, Total, column
from procure.log.columns import Column

CATEGORY = column("category", code=Code("[ABC][0-9]+", open="00"))
INSIDE = column("in_catalogue", derived=Listed("catalogue"))


def listing(entries: Any, met_by: Any = None, **keys: Any) -> Policy:
    declared = GivenList(given=True, of="category", **keys)
    given = {} if entries is None else {"catalogue": entries}
    return small(met_by or {"in_catalogue": "yes"}, [CATEGORY, INSIDE], lists={"catalogue": declared}, given=given)


def listed(entries: Any, category: str | None, **cells: Any) -> set[bool]:
    return may(listing(entries), category=category, amount=1, **cells)


class TestListed:
    @pytest.mark.parametrize(
        ("entries", "category", "expected"),
        [
            (["A0504"], "A05040101", YES),
            (["A0504"], "A0504", YES),
            (["A0504"], "A05030101", NO),
            (["a0504"], "A05040101", YES),
            (["Ａ０５０４"], "A05040101", YES),
            (["A"], "A05040101", YES),
            (["A05040000"], "A05040101", YES),
            (["A05040100"], "A05040201", NO),
            # A code coarser than an entry does not say.
            (["A05040101"], "A0504", OPEN),
            (["A05040101"], "A05040000", OPEN),
            (["A05040101", "A0504"], "A0504", YES),
            # Names where the list has codes only, and the reverse.
            (["A0504"], "办公用品", OPEN),
            (["办公用品"], "A0504", OPEN),
            (["办公用品"], "办公设备", NO),
            (["办公用品", "C15"], "保洁", NO),
            (["办公用品", "C15"], "A05", NO),
            ([" 办公 用品"], "办公　用品", YES),
            ([], "A05", NO),
            ([], "办公用品", NO),
            (None, "A05", OPEN),
            (["A05"], None, OPEN),
        ],
    )
    def test_by_the_beginning_of_a_code_or_by_name(
        self, entries: Any, category: str | None, expected: set[bool]
    ) -> None:
        assert listed(entries, category) == expected

    def test_code_and_name_of_one_entry(self) -> None:
        entries = [{"code": "A0504", "name": "办公用品"}]
        for category in ("A05040101", "办公用品"):
            assert listed(entries, category) == YES
        assert listed(entries, "保洁") == NO

    def test_the_log_against_the_list(self) -> None:
        assert listed(["A0504"], "A0504", in_catalogue=False) == OPEN
        assert listed(["A0504"], "A0504", in_catalogue=True) == YES
        assert listed(["A0504"], "C15", in_catalogue=True) == OPEN
        # A source that says nothing does not contradict.
        assert listed(None, "A0504", in_catalogue=False) == NO
        assert listed(["A0504"], "保洁", in_catalogue=True) == YES
        assert listed(["A05040101"], "A0504", in_catalogue=False) == NO

    def test_a_list_that_the_policy_has_itself(self) -> None:
        own = GivenList(of="category", rows=({"code": "A0504"}, {"name": "保洁"}))
        policy = small({"in_catalogue": "yes"}, [CATEGORY, INSIDE], lists={"catalogue": own})
        assert may(policy, category="A05040101", amount=1) == YES
        assert may(policy, category="保洁", amount=1) == YES
        assert may(policy, category="印刷", amount=1) == NO

    def test_of_another_column_without_codes(self) -> None:
        barred = GivenList(given=True, of="supplier")
        policy = small(
            {"barred": "no"}, [column("supplier"), column("barred", type="yes-no", derived=Listed("debarred"))],
            lists={"debarred": barred}, given={"debarred": ["Acme", "A05"]},
        )  # fmt: skip
        for supplier, expected in (("Acme", NO), ("A05", NO), ("A0504", YES), ("Other", YES), (None, OPEN)):
            assert may(policy, supplier=supplier, amount=1) == expected

    def test_the_datum_to_blame(self) -> None:
        policy = listing(["A05040101"])
        assert last(policy, bought(category="A0504")).missing == ("in_catalogue",)


class TestCarried:
    FLOOR: ClassVar[Any] = {"floor": Carried(blank=0)}

    def floored(self, entries: Any, blank: Any = 0, *columns: Column) -> Policy:
        declared = GivenList(given=True, of="category", carries={"floor": Carried(blank=blank)})
        met_by = {"amount": ">= catalogue.floor"}
        given = {} if entries is None else {"catalogue": entries}
        return small(met_by, [CATEGORY, *columns], lists={"catalogue": declared}, given=given)

    @pytest.mark.parametrize(
        ("category", "amount", "expected"),
        [
            ("A0201", "999.99", NO),
            ("A0201", 1_000, YES),
            ("A02010104", 999, NO),
            ("A02010199", 999, OPEN),  # two entries list it, with two floors
            ("A02010199", 1_000, YES),
            ("A02010199", 499, NO),
            ("移动存储", 1_999, NO),
            ("复印纸", "0.01", YES),  # no floor: as `blank` says, 0
            ("C1504", 2_000, NO),  # none lists it, and no column says otherwise: there is no number to reach
            (None, 1_999, OPEN),
            ("A0201", None, OPEN),
        ],
    )
    def test_the_number_of_the_entry(self, category: str | None, amount: Any, expected: set[bool]) -> None:
        policy = self.floored({"A0201": 1_000, "A02010199": 500, "移动存储": 2_000, "复印纸": None})
        assert may(policy, category=category, amount=amount) == expected

    @pytest.mark.parametrize(
        ("said", "amount", "expected"),
        [("yes", 1_999, OPEN), ("yes", 2_000, OPEN), ("no", 2_000, NO), (None, 2_000, NO)],
    )
    def test_what_another_column_says_is_listed_carries_any_number(
        self, said: str | None, amount: int, expected: set[bool]
    ) -> None:
        policy = self.floored({"A0201": 1_000, "移动存储": 2_000}, 0, INSIDE)
        # The list says no: where the column says yes it may be either.
        assert may(policy, category="C1504", amount=amount, in_catalogue=said) == expected

    def test_what_is_not_known_carries_a_number_of_the_list_and_no_other(self) -> None:
        policy = self.floored({"A0201": 1_000, "A0504": 2_000}, None)
        for category in (None, "A02"):
            assert may(policy, category=category, amount=999) == NO
            assert may(policy, category=category, amount=1_999) == OPEN
        empty = self.floored({}, None, INSIDE)
        assert may(empty, category="A0201", amount=999, in_catalogue="yes") == OPEN

    def test_entries_as_rows(self) -> None:
        policy = self.floored([{"code": "A0201", "floor": "1,000.50"}, {"entry": "复印纸"}])
        assert may(policy, category="A0201", amount="1000.49") == NO
        assert may(policy, category="A0201", amount="1000.50") == YES
        assert may(policy, category="复印纸", amount=1) == YES

    def test_a_number_that_is_not_there_and_has_no_blank_is_not_known(self) -> None:
        policy = self.floored({"A0201": None, "A0504": 10}, blank=None)
        assert may(policy, category="A0201", amount=10**6) == OPEN
        assert may(policy, category="A0504", amount=10) == YES

    def test_a_list_nobody_gave(self) -> None:
        policy = self.floored(None)
        assert may(policy, category="A0201", amount=10**6) == OPEN
        assert last(policy, bought(category="A0201")).missing == ("category",)

    @pytest.mark.parametrize(
        ("met_by", "said"),
        [
            ({"amount": ">= catalogue.flor"}, "catalogue.floor"),
            ({"amount": ">= catalog.floor"}, "there is no"),
            ({"quotes": ">= catalogue.floor"}, "cannot be compared with"),
        ],
    )
    def test_what_is_not_carried_is_refused(self, met_by: Any, said: str) -> None:
        with pytest.raises(PolicyError) as caught:
            listing(["A"], met_by, carries=self.FLOOR)
        assert said in str(caught.value)

    def test_a_number_that_is_none_is_refused_with_its_list(self) -> None:
        with pytest.raises(PolicyError, match=r"given\.catalogue\.1\.floor: 'much' is not an amount"):
            self.floored({"A0201": "much"})


def test_two_lists_of_one_policy() -> None:
    columns = [
        CATEGORY,
        column("supplier"),
        INSIDE,
        column("approved", type="yes-no", derived=Listed("suppliers")),
    ]
    policy = small(
        columns=columns,
        lists={"catalogue": GivenList(given=True, of="category"), "suppliers": GivenList(given=True, of="supplier")},
        duties={"from-the-list": duty({"approved": "yes"}, when={"in_catalogue": "yes"})},
        given={"catalogue": ["A05"], "suppliers": ["Acme"]},
    )
    assert last(policy, bought(category="A05", supplier="Acme")).verdict.value == "compliant"
    assert last(policy, bought(category="A05", supplier="Other")).verdict.value == "violation"
    assert last(policy, bought(category="C15", supplier="Other")).verdict.value == "not_applicable"
    assert last(policy, bought(category="A05", supplier=None)).missing == ("approved",)


class TestOpenLevels:
    """A level of a code that is left open says nothing: A02010000 is all of A0201."""

    @pytest.mark.parametrize("asked", ["A0201", "a0201", "A02010000"])
    @pytest.mark.parametrize(
        ("category", "expected"),
        [("A0201", YES), ("A02010000", YES), ("a020100", YES), ("A02010100", NO), ("A02", NO), ("A020", NO)],
    )
    def test_in_a_condition(self, asked: str, category: str, expected: set[bool]) -> None:
        assert may(small({"category": asked}, [CATEGORY]), category=category, amount=1) == expected

    def test_in_a_total(self) -> None:
        """They are one account."""
        bands = [Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )", duties=["proper"])]
        policy = small(
            columns=[CATEGORY],
            duties={"proper": duty([])},
            ladders={"steps": Ladder(measures=["sum"], bands=bands)},
            totals={"sum": Total(window="always so far", by=["category"])},
        )
        first = bought(60, category="A02010000")
        for category, expected in (("A0201", "violation"), ("A020100", "violation"), ("A02010100", "compliant")):
            assert last(policy, first, bought(60, category=category)).verdict.value == expected
