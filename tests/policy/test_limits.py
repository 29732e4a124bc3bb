"""Limits by any dimension and from any day: which number holds of a purchase, and what is open where none is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import NO, OPEN, YES, bought, duty, last, may, small

from procure import MISSING
from procure.authoring import Band, Holds, InForce, Ladder, Limit, Policy, PolicyError, Prefix, column

KIND = column("kind")
REGION = column("region", type="word", words={"north": (), "south": ()})


def with_limit(*entries: Limit, columns: Sequence[Any] = (KIND, REGION), **keys: Any) -> Policy:
    """Reaching the limit `top` meets the one duty."""
    return small({"amount": ">= top"}, columns, limits={"top": list(entries)}, **keys)


def reached(policy: Policy, amount: object, **cells: Any) -> set[bool]:
    return may(policy, **{"amount": amount, "date": "2020-06-08", **cells})


class TestDimensions:
    def test_one_number(self) -> None:
        policy = with_limit(Limit(value=1_000))
        assert reached(policy, "999.99") == NO
        assert reached(policy, "1000") == YES
        assert reached(policy, None) == OPEN
        assert reached(policy, 1_000, date=MISSING) == YES

    def test_exact_decimals(self) -> None:
        policy = with_limit(Limit(value=Decimal("0.30")))
        assert (reached(policy, "0.29"), reached(policy, "0.30")) == (NO, YES)

    def test_by_a_word(self) -> None:
        policy = with_limit(Limit(by="kind", value={"goods": 100, "services": 200, "works": 300}))
        assert reached(policy, 150, kind="goods") == YES
        assert reached(policy, 150, kind="services") == NO
        # A missing dimension is one possibility a value.
        assert reached(policy, 150) == OPEN
        assert reached(policy, 300) == YES
        assert reached(policy, 99) == NO

    def test_by_two_words_nested(self) -> None:
        value = {"goods": {"north": 100, "south": 200}, "works": 300, "services": {"north": 400}}
        policy = with_limit(Limit(by=("kind", "region"), value=value))
        assert reached(policy, 150, kind="goods", region="north") == YES
        assert reached(policy, 150, kind="goods", region="south") == NO
        assert reached(policy, 299, kind="works", region="south") == NO
        assert reached(policy, 300, kind="works", region="north") == YES
        assert reached(policy, 300, kind="works") == YES
        assert reached(policy, 150, kind="goods") == OPEN
        assert reached(policy, 150, region="south") == OPEN  # services in the south may have any
        # A value without a number is not known, never without limit.
        assert reached(policy, 10**9, kind="services", region="south") == OPEN

    def test_by_a_derived_word_and_by_a_condition_with_a_name(self) -> None:
        columns = [
            column("category"),
            column("kind", derived=Prefix("category", {"A": "goods", "B": "works"})),
            column("urgent", type="yes-no", derived=Holds({"quotes": 0})),
        ]
        by_kind = with_limit(Limit(by="kind", value={"goods": 100, "works": 300}), columns=columns)
        assert reached(by_kind, 150, category="A1") == YES
        assert reached(by_kind, 150, category="B1") == NO
        assert reached(by_kind, 150, category="B1", kind="goods") == OPEN  # two sources that differ
        by_name = with_limit(Limit(by="urgent", value={"yes": 100, "no": 300}), columns=columns)
        assert reached(by_name, 150, quotes=0) == YES
        assert reached(by_name, 150, quotes=1) == NO
        assert reached(by_name, 150) == OPEN

    def test_bands_between_limits_of_the_purchases_own_word(self) -> None:
        bands = [Band(id="low", range="[0 .. top)"), Band(id="high", range="[top .. )", duties=["never"])]
        policy = small(
            columns=[KIND],
            limits={"top": [Limit(by="kind", value={"goods": 100, "services": 200})]},
            ladders={"steps": Ladder(bands=bands)},
            duties={"never": duty([])},
        )
        for kind, right in (
            ("goods", ("high",)),
            ("services", ("low",)),
            ("works", ("low", "high")),
            (None, ("low", "high")),
        ):
            assert last(policy, bought(150, kind=kind)).tiers == right
        unknown = last(policy, bought(150, kind=None))
        assert (unknown.verdict.value, set(unknown.missing)) == ("unknown", {"kind", "top"})
        assert last(policy, bought(150, kind="works")).missing == ("top",)
        assert last(policy, bought(99, kind=None)).verdict.value == "unknown"  # works may have any limit


class TestDays:
    ENTRIES = (Limit(value=100, since=dt.date(2020, 1, 1)), Limit(value=200, since=dt.date(2020, 7, 1)))

    @pytest.mark.parametrize(
        ("day", "amount", "expected"),
        [
            ("2020-01-01", 100, YES),
            ("2020-06-30", 100, YES),
            ("2020-06-30", 99, NO),
            ("2020-07-01", 199, NO),
            ("2020-07-01", 200, YES),
            ("2030-01-01", 200, YES),
            ("2019-12-31", 10**6, OPEN),  # before the first day it is not known
            ("2019-12-31", "0.01", OPEN),
            (MISSING, 10**6, OPEN),
        ],
    )
    def test_the_day_of_the_purchase(self, day: Any, amount: Any, expected: set[bool]) -> None:
        assert reached(with_limit(*self.ENTRIES), amount, date=day) == expected

    def test_an_undated_purchase_is_of_any_day_in_force(self) -> None:
        force = InForce(since=dt.date(2020, 3, 1), until=dt.date(2020, 12, 31))
        policy = with_limit(*self.ENTRIES, in_force=force)
        assert [reached(policy, each, date=MISSING) for each in (99, 100, 199, 200)] == [NO, OPEN, OPEN, YES]
        later = with_limit(*self.ENTRIES, in_force=InForce(since=dt.date(2020, 7, 1)))
        assert [reached(later, each, date=MISSING) for each in (199, 200)] == [NO, YES]

    def test_until(self) -> None:
        policy = with_limit(Limit(value=100, until=dt.date(2020, 6, 30)))
        assert reached(policy, 100, date="2020-06-30") == YES
        assert reached(policy, 100, date="2020-07-01") == OPEN

    def test_which_datum_is_missing(self) -> None:
        policy = small(
            columns=[KIND], duties={"never": duty([], when={"amount": ">= top"})}, limits={"top": list(self.ENTRIES)}
        )
        assert last(policy, bought(150, "2019-06-08")).missing == ("top",)
        assert last(policy, bought(150, None)).missing == ("date",)
        assert last(policy, bought(None)).missing == ("amount",)

    def test_bands_between_limits_that_change(self) -> None:
        bands = [Band(id="low", range="[0 .. top)"), Band(id="high", range="[top .. )", duties=["never"])]
        policy = small(
            limits={"top": list(self.ENTRIES)}, ladders={"steps": Ladder(bands=bands)}, duties={"never": duty([])},
            in_force=InForce(since=dt.date(2020, 1, 1)),
        )  # fmt: skip
        for day, right in (("2020-06-30", ("high",)), ("2020-07-01", ("low",)), (None, ("low", "high"))):
            assert last(policy, bought(150, day)).tiers == right
        undated = last(policy, bought(150, None))
        assert (undated.verdict.value, undated.missing) == ("unknown", ("date",))
        # It may be of a day that is not in force: it is compliant or not judged, and so compliant.
        assert last(policy, bought(99, None)).verdict.value == "compliant"
        open_ = small(
            limits={"top": list(self.ENTRIES)}, ladders={"steps": Ladder(bands=bands)}, duties={"never": duty([])}
        )
        assert last(open_, bought(10**6, "2019-01-01")).tiers == ("low", "high")


class TestGiven:
    def test_never_guessed(self) -> None:
        policy = with_limit(Limit(given=True))
        assert reached(policy, 10**9) == OPEN
        assert reached(policy.with_given(top=100), 100) == YES
        assert reached(policy.with_given(top="100.50"), "100.49") == NO

    def test_for_each_word_and_for_one_budget_year(self) -> None:
        policy = with_limit(Limit(given=True, by="kind"), year="07-01")
        given = policy.with_given(top={None: {"goods": 100, "works": 300}, 2020: {"goods": 150}})
        assert reached(given, 100, kind="goods", date="2020-06-30") == YES  # still the year of 2019
        assert reached(given, 100, kind="goods", date="2020-07-01") == NO
        assert reached(given, 150, kind="goods", date="2021-06-30") == YES
        assert reached(given, 100, kind="goods", date="2021-07-01") == YES
        assert reached(given, 299, kind="works", date="2020-08-01") == NO
        assert reached(given, 10**6, kind="services") == OPEN
        assert reached(given, 120, kind="goods", date=MISSING) == OPEN
        assert reached(given, 150, kind="goods", date=MISSING) == YES

    def test_for_all_words_at_once(self) -> None:
        policy = with_limit(Limit(given=True, by="kind")).with_given(top={2020: 100, 2021: {"works": 5}})
        assert reached(policy, 100, kind="services") == YES
        assert reached(policy, 5, kind="works", date="2021-01-01") == YES
        assert reached(policy, 5, kind="goods", date="2021-01-01") == OPEN

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"gods": 1}, "did you mean 'goods'?"),
            ({"goods": -1}, "must be above zero"),
            (0, "must be above zero"),
            ("many", "'many' is not an amount"),
            ("0.001", "0.001"),
        ],
    )
    def test_what_is_no_limit_is_refused(self, given: Any, said: str) -> None:
        with pytest.raises(PolicyError, match=r"small: (given|limit)\.top") as caught:
            with_limit(Limit(given=True, by="kind")).with_given(top=given)
        assert said in str(caught.value)
        assert len(caught.value.faults) == 1  # nothing else is found at fault for it


class TestBounds:
    """`above` and `at-least` hold of what is not known, too."""

    def two(self, **given: Any) -> Policy:
        return small(
            {"amount": ">= top"},
            [KIND],
            limits={
                "low": [Limit(given=True, by="kind", above=50)],
                "top": [Limit(given=True, by="kind", above=60, at_least="low")],
            },
        ).with_given(**given)

    def test_what_is_not_known_lies_above(self) -> None:
        assert [reached(self.two(), each) for each in (50, 60, "60.01")] == [NO, NO, OPEN]
        low = self.two(low={"goods": 100})
        assert [reached(low, each, kind="goods") for each in ("99.99", 100)] == [NO, OPEN]
        assert [reached(low, each, kind="works") for each in (60, "60.01")] == [NO, OPEN]

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"low": 50}, "limit.low: a limit of goods of 50.00 is not above 50.00"),
            ({"low": {"works": 50}}, "limit.low: a limit of works of 50.00 is not above 50.00"),
            ({"top": 60}, "limit.top: a limit of goods of 60.00 is not above 60.00"),
            ({"low": 200, "top": 100}, "limit.top: a limit of goods of 100.00 is below 200.00"),
        ],
    )
    def test_both_numbers_are_said(self, given: dict[str, Any], said: str) -> None:
        with pytest.raises(PolicyError) as caught:
            self.two(**given)
        assert said in str(caught.value)

    def test_at_least_may_be_equal(self) -> None:
        assert reached(self.two(low=100, top=100), 100, kind="goods") == YES

    def test_no_limit_is_bounded_by_itself(self) -> None:
        for one, other in (("a", "a"), ("b", "a")):
            with pytest.raises(PolicyError, match="is bounded by itself"):
                small({}, limits={"a": [Limit(given=True, at_least=one)], "b": [Limit(given=True, at_least=other)]})

    def test_the_bound_must_be_there(self) -> None:
        with pytest.raises(PolicyError, match=r"limit\.a\.above: there is no limit 'b'"):
            small({}, limits={"a": [Limit(given=True, above="b")]})


class TestDeclared:
    @pytest.mark.parametrize(
        ("entries", "said"),
        [
            ([Limit()], "it needs `value`, or `given = true`"),
            ([Limit(value=1, given=True)], "and not both"),
            ([Limit(value=0)], "must be above zero"),
            ([Limit(value=1.5)], "no binary float"),
            ([Limit(value=True)], "true"),
            ([Limit(by="kind", value={"good": 1})], "did you mean 'goods'?"),
            ([Limit(by="quotes", value={"many": 1})], "quotes has no words"),
            ([Limit(by="colour", value={"red": 1})], "there is no column 'colour'"),
            ([Limit(value=1), Limit(by="kind", value={"goods": 1})], "must differ by the same columns"),
        ],
    )
    def test_what_is_no_limit_is_refused(self, entries: list[Limit], said: str) -> None:
        with pytest.raises(PolicyError) as caught:
            with_limit(*entries)
        assert said in str(caught.value)
        assert all(fault.path[:2] == ("limit", "top") for fault in caught.value.faults)

    def test_several_delegated_limits_in_one_policy(self) -> None:
        policy = small(
            [{"amount": ">= top"}, {"amount": "< low"}],
            limits={"low": [Limit(given=True)], "top": [Limit(given=True, at_least="low")]},
        ).with_given(low=10, top=100)
        assert [reached(policy, each) for each in (9, 10, 99, 100)] == [YES, NO, NO, YES]
        assert {name: limit.given for name, limit in policy.built.limits.items()} == {
            "low": {(None, ()): 1_000},
            "top": {(None, ()): 10_000},
        }


@given(
    st.dictionaries(st.sampled_from(("goods", "services", "works")), st.integers(1, 6), max_size=3),
    st.integers(1, 6),
    st.integers(1, 7),
    st.sampled_from(("goods", "services", "works", None)),
    st.sampled_from(("2020-06-30", "2020-07-01", None)),
)
def test_against_every_number_it_may_be(
    first: dict[str, int], second: int, amount: int, kind: str | None, day: str | None
) -> None:
    # One number a kind to the end of June, one for all from July on.
    policy = with_limit(
        Limit(by="kind", value=first or {"goods": 1}, until=dt.date(2020, 6, 30)),
        Limit(by="kind", value=dict.fromkeys(("goods", "services", "works"), second), since=dt.date(2020, 7, 1)),
        in_force=InForce(since=dt.date(2020, 1, 1), until=dt.date(2020, 12, 31)),
    )
    expected = set()
    for of_kind in ("goods", "services", "works") if kind is None else (kind,):
        for june in (True, False) if day is None else (day == "2020-06-30",):
            known = (first or {"goods": 1}).get(of_kind) if june else second
            expected |= {True, False} if known is None else {amount >= known}
    assert reached(policy, amount, kind=kind, date=day) == expected
