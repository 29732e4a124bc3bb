"""Limits that questions choose, and limits with a factor before them: what names a limit means the one under each
reading, and a factor of it exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import framing
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import NO, OPEN, YES, bought, duty, last, may, question, small, told

import procure
from procure.authoring import Band, Ladder, Limit, Needed, Policy, PolicyError, Total, Words, ask, column
from procure.policy.ladders import Cuts, edges
from procure.policy.limits import NO_BOUND
from procure.policy.survey import survey
from procure.writers import soundness
from procure.writers.policy import dumps

IT, OTHER = question("it", "one", "two"), question("other", "one", "two")
KIND = column("kind")
AMOUNTS = ("33.32", "33.33", "33.34", "66.66", "66.67", "99.99", "100", "149.99", "150", "199.99", "200", "300")


def steps(*ranges: Any, **keys: Any) -> dict[str, Any]:
    """A ladder of three bands, of which the lowest asks nothing, the next a quotation and the highest two."""
    asked = ([], ["first"], ["first", "second"])
    bands = [Band(id=f"b{n}", range=each, duties=asked[n]) for n, each in enumerate(ranges)]
    return {
        "ladders": {"steps": Ladder(bands=bands, **keys)},
        "duties": {"first": duty([{"quotes": ">= 1"}]), "second": duty([{"quotes": ">= 2"}])},
    }


def limited(*top: Limit, condition: str = ">= top", **keys: Any) -> Policy:
    """Reaching the limit `top` meets the one duty."""
    return small({"amount": condition}, [KIND], limits={"top": list(top)}, questions=[IT, OTHER], **keys)


class TestAsked:
    #: A limit that questions choose, and what it is where both are answered `one`, `one` and `two`, and so on.
    WAYS = (
        (Limit(value=ask("it", one=100, two=200)), (100, 100, 200, 200)),
        (
            Limit(value=ask("it", one=100, two=ask("other", one=200, two=300))),
            (100, 100, 200, 300),
        ),
        (
            Limit(by="kind", value={"goods": ask("it", one=100, two=200), "works": ask("other", one=100, two=300)}),
            ({"goods": 100, "works": 100}, {"goods": 100, "works": 300}, {"goods": 200, "works": 100},
             {"goods": 200, "works": 300}),
        ),
        (
            Limit(
                by="kind", value=ask("it", one={"goods": 9, "works": 150}, two={"goods": ask("other", one=1, two=2)})
            ),
            ({"goods": 9, "works": 150}, {"goods": 9, "works": 150}, {"goods": 1}, {"goods": 2}),
        ),
    )  # fmt: skip
    ANSWERS = tuple({"it": one, "other": other} for one in ("one", "two") for other in ("one", "two"))

    @pytest.mark.parametrize(("limit", "values"), WAYS)
    def test_each_reading_has_its_own_number(self, limit: Limit, values: tuple[Any, ...]) -> None:
        for keys in (
            {"duties": {"proper": duty({"amount": ">= top"}, when={})}},
            steps("[0 .. 1/2 * top)", "[1/2 * top .. top]", "(top .. )"),
        ):
            policy = small(columns=[KIND], limits={"top": [limit]}, questions=[IT, OTHER], **keys)
            for answers, value in zip(self.ANSWERS, values, strict=True):
                plain = small(columns=[KIND], limits={"top": [Limit(value=value, by=limit.by)]}, **keys)
                for amount in AMOUNTS:
                    for kind in ("goods", "works", "services", None):
                        row = bought(amount, kind=kind, quotes=1)
                        one, other = (last(each, row) for each in (policy.adopt(answers), plain))
                        assert (one.verdict, one.missing, one.tiers) == (other.verdict, other.missing, other.tiers)

    def test_what_turns_on_it(self) -> None:
        policy = limited(Limit(value=ask("it", one=100, two=200)))
        assert told(last(policy, bought(99))) == ("violation", True, [])
        assert told(last(policy, bought(100))) == ("compliant", False, [{"it": "two"}])
        assert told(last(policy, bought(200))) == ("compliant", True, [])

    def test_one_number_under_all_readings_is_no_question(self) -> None:
        assert list(limited(Limit(value=ask("it", one=100, two=100))).built.limits) == ["top"]

    def test_a_bound_that_is_asked(self) -> None:
        policy = limited(Limit(given=True, above=ask("it", one=100, two=200), at_least=ask("other", one=50, two=300)))
        assert may(policy, amount=100, date="2020-06-08") == NO
        # Under some reading the limit may be as low as this.
        assert told(last(policy, bought(101))) == ("unknown", False, [])
        assert [may(policy.adopt({"it": "two", "other": "two"}), amount=each) for each in (299, 300)] == [NO, OPEN]
        known = policy.with_given(top=350)
        assert [may(known, amount=each, date="2020-06-08") for each in (349, 350)] == [NO, YES]
        with pytest.raises(PolicyError, match=r"limit\.top: a limit of 250\.00 is below 300\.00$"):
            policy.with_given(top=250)

    def test_a_limit_bounds_another_under_each_reading(self) -> None:
        low, top = Limit(value=ask("it", one=100, two=200)), Limit(given=True, above="low")
        policy = small({"amount": ">= top"}, limits={"low": [low], "top": [top]}, questions=[IT])
        one, two = (policy.adopt({"it": each}) for each in ("one", "two"))
        assert [may(one, amount=each) for each in (100, 101)] == [NO, OPEN]
        assert [may(two, amount=each) for each in (200, 201)] == [NO, OPEN]
        with pytest.raises(PolicyError, match=r"limit\.top: a limit of 150\.00 is not above 200\.00$"):
            policy.with_given(top=150)
        both = {"low": [low], "top": [Limit(value=ask("it", one=150, two=250), above="low")]}
        assert small({"amount": ">= top"}, limits=both, questions=[IT]).built.limits["top"].known

    def test_what_is_given_is_told_once(self) -> None:
        policy = limited(Limit(given=True, title=Words("上限", "cap"), above=ask("it", one=1, two=2)))
        report = procure.check([bought(100)], policy)
        assert report.purchases[0].missing == ("top",)
        policy = policy.with_given(top=100)
        plain = [(name, limit.given) for name, limit in policy.built.limits.items() if limit.is_given or limit.given]
        assert plain == [("top", {(None, ()): 10_000})]

    def test_a_ladder_names_it_in_its_notices_and_options(self) -> None:
        limit = Limit(given=True, above=ask("it", one=1, two=2))
        policy = small(
            limits={"top": [limit]}, questions=[IT], **steps("[0 .. top)", "[top .. 3 * top)", "[3 * top .. )")
        )
        report = procure.check([bought(100, quotes=0)], policy)
        assert report.purchases[0].missing == ("top",)
        told = [notice.message.en for notice in report.notices if notice.kind == "limit-unknown"]
        assert told == ["no top was given: what turns on it is not judged (give it with --limit)"]

    @pytest.mark.parametrize(
        ("limit", "said"),
        [
            (Limit(value=ask("which", one=1)), "limit.top.value: there is no question 'which'"),
            (Limit(value=ask("it", one=1)), "limit.top.value: ask = it: 'two' is missing"),
            (Limit(by="kind", value={"goods": ask("it", one=1)}), "limit.top.value.goods: ask = it: 'two' is missing"),
            (Limit(by="kind", value={"goods": ask("it", one=1, two="two")}), "limit.top.value.goods: "),
            (Limit(value=1, above=ask("it", one=0)), "limit.top.above: ask = it: 'two' is missing"),
            (Limit(value=1, at_least=ask("it", one=0, two="none")), "limit.top.at-least: there is no limit 'none'"),
            (Limit(value=ask("it", one=1, two=5), above=ask("it", one=0, two=9)), "a limit of 5.00 is not above 9.00"),
            (Limit(value=1, above=ask("it", one=True, two=1)), "limit.top.above: it must be an exact number"),
            (Limit(value=ask("it", one=1, two=5), above="top"), "the limit top is bounded by itself"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_place(self, limit: Limit, said: str) -> None:
        with pytest.raises(PolicyError) as caught:
            limited(limit)
        assert said in str(caught.value)

    def test_the_sheet_tells_each_number(self) -> None:
        asked = ask("it", one=100, two=200)
        assert "- **top** (top): it? {one: 100; two: 200}\n" in dumps(limited(Limit(value=asked)), "en")
        each = dumps(limited(Limit(by="kind", value={"goods": asked, "works": 300})), "en")
        assert "- **top** (top): goods it? {one: 100; two: 200}; works 300\n" in each


class TestFactor:
    def test_it_is_exact(self) -> None:
        policy = limited(Limit(value=100), condition=">= 1/3 * top")
        assert [may(policy, amount=each, date="2020-06-08") for each in ("33.33", "33.34")] == [NO, YES]
        never = limited(Limit(value=100), condition="= 1/3 * top")
        assert [may(never, amount=each, date="2020-06-08") for each in ("33.33", "33.34")] == [NO, NO]
        ranged = limited(Limit(value=100), condition="(30% * top .. 1.5 * top]")
        amounts = ("30", "30.01", "150", "150.01", "-31", "-200")
        assert [may(ranged, amount=each, date="2020-06-08") for each in amounts] == [NO, YES, YES, NO, OPEN, NO]

    @pytest.mark.parametrize("asked", [False, True])
    def test_bands_that_end_between_two_amounts(self, asked: bool) -> None:
        value = ask("it", one=100, two=200) if asked else 100
        parts = steps("[0 .. 1/3 * top|", "|1/3 * top .. 2/3 * top]", "(2/3 * top .. )",
                      edge={"1/3 * top": "upper"})  # fmt: skip
        policy = small(limits={"top": [Limit(value=value)]}, questions=[IT], **parts)
        found = [last(policy, bought(each, quotes=0)).tiers for each in AMOUNTS[:5]]
        assert found == [("b0",), ("b0",), ("b1",), ("b1",), ("b2",)]

    def test_with_other_numbers_in_between(self) -> None:
        """Of 10.01 a third is 3.3366…: nothing lies between it and 3.34."""
        parts = steps("[0 .. 1/3 * top)", "[1/3 * top .. 3.35)", "[3.35 .. )")
        policy = small(limits={"top": [Limit(value=Decimal("10.01"))]}, **parts)
        assert [last(policy, bought(each)).tiers for each in ("3.33", "3.34", "3.35")] == [("b0",), ("b1",), ("b2",)]
        for lower in ("3.34", "3.33"):
            parts = steps(f"[0 .. {lower})", f"[{lower} .. 1/3 * top)", "[1/3 * top .. )")
            if lower == "3.34":
                with pytest.raises(PolicyError, match="not above the end before it"):
                    small(limits={"top": [Limit(value=Decimal("10.01"))]}, **parts)
                continue
            policy = small(limits={"top": [Limit(value=Decimal("10.01"))]}, **parts)
            found = [last(policy, bought(each)).tiers for each in ("3.32", "3.33", "3.34")]
            assert found == [("b0",), ("b1",), ("b2",)]

    def test_of_a_limit_that_is_not_known(self) -> None:
        limits = {"top": [Limit(given=True, above=100)]}
        policy = small(limits=limits, **steps("[0 .. 1/10 * top)", "[1/10 * top .. top)", "[top .. )"))
        assert last(policy, bought(10)).tiers == ("b0",)
        assert last(policy, bought("10.01")).tiers == ("b0", "b1")
        assert last(policy, bought(101)).tiers == ("b0", "b1", "b2")
        known = policy.with_given(top=1_000)
        assert [last(known, bought(each)).tiers for each in ("99.99", 100, 999, 1000)] == [
            ("b0",), ("b1",), ("b1",), ("b2",)
        ]  # fmt: skip
        assert last(policy, bought(10**6, quotes=0)).missing == ("top",)

    def test_a_fraction_of_a_limit_above_a_number(self) -> None:
        """It may lie between 100.00 and 100.01: then 100.01 is above it."""
        limits = {"top": [Limit(given=True)]}
        policy = small(limits=limits, **steps("[0 .. 100)", "[100 .. 1/10 * top]", "(1/10 * top .. )"))
        assert last(policy, bought("100")).tiers == ("b1",)
        assert last(policy, bought("100.01")).tiers == ("b1", "b2")
        below = small(limits=limits, **steps("[0 .. 1/10 * top]", "(1/10 * top .. 100)", "[100 .. )"))
        assert last(below, bought("99.99")).tiers == ("b0", "b1")
        assert last(below, bought("100")).tiers == ("b2",)

    @pytest.mark.parametrize(
        ("ranges", "said"),
        [
            (("[0 .. top)", "[top .. 1/2 * top)", "[1/2 * top .. )"), "1/2 * top is not above the end before it, top"),
            (("[0 .. 2 * top)", "[2 * top .. top)", "[top .. )"), "top is not above the end before it, 2 * top"),
            (("[0 .. 0 * top)", "[0 * top .. top)", "[top .. )"), "is no end of a band"),
            (("[0 .. top + 3 days)", "[5 .. 6)", "[7 .. )"), "is no end of a band"),
        ],
    )
    def test_ends_that_do_not_ascend(self, ranges: tuple[str, ...], said: str) -> None:
        with pytest.raises(PolicyError) as caught:
            small(limits={"top": [Limit(given=True)]}, **steps(*ranges))
        assert said in str(caught.value)

    def test_an_edge_that_is_named_by_no_limit(self) -> None:
        ranges = "[0 .. top|", "|top .. 2 * top|", "|2 * top .. )"
        limits = {"top": [Limit(value=100)]}
        with pytest.raises(PolicyError, match=r"there is no '\|' at x y"):
            small(limits=limits, **steps(*ranges, edge={"x y": "upper", "top": "upper", "200% * top": "lower"}))

    def test_days_belong_to_dates(self) -> None:
        with pytest.raises(PolicyError, match="the limit top is no date"):
            limited(Limit(value=1), condition=">= top + 3 days")

    def test_only_money_has_one(self) -> None:
        with pytest.raises(PolicyError, match="quotes"):
            small({"quotes": ">= 1/2 * top"}, limits={"top": [Limit(value=1)]})

    def test_reports_and_coverage(self, tmp_path: Any) -> None:
        total = Total(window="year so far", by="unit")
        parts = steps("[0 .. 1/3 * top)", "[1/3 * top .. top)", "[top .. )", measures=["amount", "yearly"])
        limits = {"top": [Limit(value=ask("it", one=100, two=200))]}
        policy = small(columns=[column("unit")], limits=limits, totals={"yearly": total}, questions=[IT], **parts)
        report = procure.check([bought(20, unit="north", quotes=0) for _ in range(12)], policy)
        for ending in ("html", "json", "txt", "csv", "xlsx"):
            report.write(tmp_path / f"report.{ending}")
        found = survey(policy.plan({"unit", "quotes"}))
        assert found.contested
        assert not found.gaps
        writing = "\n".join(soundness.sections(found, "en"))
        assert "the 1/3 * top" in writing
        delegated = small(
            limits={"top": [Limit(given=True)]}, **steps("[0 .. 1/3 * top)", "[1/3 * top .. top)", "[top .. )")
        )
        found = survey(delegated.plan())
        assert not found.gaps
        assert not found.contested

    @given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from([1, 2, 3, 7])), min_size=1, max_size=3))
    def test_positions_are_those_of_exact_numbers(self, parts: list[tuple[int, int]]) -> None:
        """By the definition: below, on or above each cut, for every whole amount."""
        numbers = sorted({Fraction(*part) for part in parts})
        cuts = Cuts([(number, number) for number in numbers])
        assert cuts.known
        reached = 0
        for amount in range(-1, 62):
            below = sum(number < amount for number in numbers)
            position = 2 * below + 1 + (amount in numbers)
            assert cuts.mask(amount, amount) == 1 << position
            assert cuts.masks([amount], [0], [1], [0]) == [1 << position]
            reached |= 1 << position
        assert cuts.anywhere == reached

    @given(st.integers(1, 20), st.sampled_from([2, 3, 7]), st.integers(1, 20))
    def test_uncertain_positions_hold_all_that_are_possible(self, least: int, under: int, amount: int) -> None:
        """Of a fraction of a limit that is at least so much, above a number."""
        number = 3
        cuts = Cuts([(number, number), (Fraction(least, under), Fraction(NO_BOUND, under))])
        found = cuts.mask(amount, amount)
        for limit in range(least, 200):
            cut = Fraction(limit, under)
            if cut > number:
                position = 2 * sum(each < amount for each in (number, cut)) + 1 + (amount in (number, cut))
                assert found >> position & 1
        assert edges(Fraction(7, 2)) == (4, 4)


class TestFrames:
    @pytest.mark.parametrize("value", [100, None])
    def test_both_engines_agree(self, value: int | None) -> None:
        limits = {"top": [Limit(value=value) if value else Limit(given=True, above=100)]}
        parts = steps("[0 .. 1/3 * top)", "[1/3 * top .. top)", "[top .. )")
        parts["duties"]["proper"] = duty({"amount": "<= 7/3 * top"}, when={})
        policy = small(limits=limits, **parts)
        amounts = [*AMOUNTS, "233.33", "233.34", "-33.34", "-233.34", ""]
        rows = [bought(each, quotes=1) for each in amounts]
        table = {"amount": amounts, "date": ["2020-06-08"] * len(amounts), "quotes": ["1"] * len(amounts)}
        assert framing.by_frame("polars", table, policy) == framing.by_report(procure.check(rows, policy))


class TestRenamed:
    COLUMNS = (column("value", is_="amount"), column("bought", is_="date"), column("what", is_="category"))

    def test_what_is_measured_and_summed_is_the_policys_amount(self) -> None:
        bands = [Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )", duties=["never"])]
        totals = {"so-far": Total(window="year so far")}
        for ladder in (Ladder(bands=bands), Ladder(bands=bands, measures=["so-far"])):
            policy = small(columns=self.COLUMNS, ladders={"steps": ladder}, totals=totals, duties={"never": duty([])})
            rows = [procure.Purchase(value=each, bought="2020-06-08") for each in (99, 100)]
            assert [found.verdict.value for found in procure.check(rows, policy)] == ["compliant", "violation"]

    @pytest.mark.parametrize(("name", "meant"), [("amount", "value"), ("date", "bought"), ("category", "what")])
    def test_its_own_name_is_refused_with_the_one_to_use(self, name: str, meant: str) -> None:
        said = f"there is no column '{name}' (there are: {meant})"
        with pytest.raises(PolicyError) as caught:
            small({name: "present"}, self.COLUMNS)
        assert said in str(caught.value)
        with pytest.raises(PolicyError) as caught:
            small({"quotes": ">= 1"}, self.COLUMNS, totals={"all": Total(window="year", by=name)})
        assert said in str(caught.value)

    def test_what_a_question_needs(self) -> None:
        needs = Needed("category", "one")
        with pytest.raises(PolicyError, match="there is no column, limit or list 'category'"):
            small(
                {"quotes": ">= 1"}, self.COLUMNS,
                questions=[attrs.evolve(question("it", "one", "two"), needs=needs, because=Words("x", "x"))],
            )  # fmt: skip
