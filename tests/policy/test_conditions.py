"""The notation of conditions: every form of an entry, what meets it, what does not, and what a missing datum leaves
open."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import NO, OPEN, YES, bought, duty, last, may, question, small, told, verdict

from procure import MISSING
from procure.authoring import Holds, PolicyError, ask, column

WORDS = {"low": ("lower",), "high": ("upper",), "odd": ()}


def fault(met_by: Any, columns: Any = (), **keys: Any) -> str:
    """What is said against a policy."""
    with pytest.raises(PolicyError) as caught:
        small(met_by, columns, **keys)
    assert caught.value.words.zh
    return "\n".join(fault.words.en for fault in caught.value.faults)


class TestWords:
    METHOD = (column("method"),)

    @pytest.mark.parametrize(
        ("condition", "cell", "expected"),
        [
            ({"method": "direct"}, "direct", YES),
            ({"method": "direct"}, "自行采购", YES),
            ({"method": "direct"}, "quotation", NO),
            ({"method": "direct"}, None, OPEN),
            ({"method": "direct"}, MISSING, OPEN),
            ({"method": ["direct", "quotation"]}, "quotation", YES),
            ({"method": ["direct", "quotation"]}, "open_tender", NO),
            # 询价 alone is a quotation or an inquiry.
            ({"method": "quotation"}, "询价", OPEN),
            ({"method": ["quotation", "inquiry"]}, "询价", YES),
            ({"method": ["direct", "open_tender"]}, "询价", NO),
            ({"method": "present"}, "direct", YES),
            ({"method": "absent"}, "direct", NO),
            ({"method": []}, "direct", NO),
        ],
    )
    def test_one_of(self, condition: Any, cell: Any, expected: set[bool]) -> None:
        assert may(small(condition, self.METHOD), method=cell, amount=1, date="2020-01-01") == expected

    @pytest.mark.parametrize(("cell", "expected"), [("low", YES), ("UPPER ", NO), ("odd", NO), (None, OPEN)])
    def test_words_of_ones_own(self, cell: str | None, expected: set[bool]) -> None:
        policy = small({"level": "low"}, [column("level", type="word", words=WORDS)])
        assert may(policy, level=cell, amount=1) == expected

    def test_a_word_nobody_knows(self) -> None:
        # Missing, unless the column says that there are others.
        closed, opened = (column("level", type="word", words=WORDS, other=other) for other in (False, True))
        for condition, here in (
            ({"level": "low"}, NO),
            ({"level": ["low", "high", "odd"]}, NO),
            ({"level": "present"}, YES),
        ):
            assert may(small(condition, [opened]), level="strange", amount=1) == here
            # Nothing said: it may be any word, and where the policy asks whether there is one, none.
            assert may(small(condition, [opened]), amount=1) == OPEN
        report_row = last(small({"level": "low"}, [closed]), bought(level="low"))
        assert report_row.verdict.value == "compliant"
        assert may(small({"level": ["low", "high", "odd"]}, [closed]), amount=1) == YES  # there is no other word
        assert may(small({"level": "low"}, [closed]), level="strange", amount=1) == OPEN

    @pytest.mark.parametrize(
        ("cell", "expected"), [(True, YES), ("是", YES), ("y", YES), (False, NO), ("no", NO), (None, OPEN)]
    )
    def test_yes_and_no(self, cell: Any, expected: set[bool]) -> None:
        assert may(small({"safe": "yes"}, [column("safe", type="yes-no", words={"yes": ("是", "y"), "no": ()})]),
                   safe=cell, amount=1) == expected  # fmt: skip

    def test_names(self) -> None:
        policy = small({"supplier": ["Acme", "甲公司"]}, [column("supplier")])
        assert may(policy, supplier="甲公司", amount=1) == YES
        assert may(policy, supplier="  Acme ", amount=1) == YES
        assert may(policy, supplier="ＡＣＭＥ.", amount=1) == YES
        assert may(policy, supplier="Acme 2", amount=1) == NO
        assert may(policy, supplier=None, amount=1) == OPEN

    def test_what_is_no_word_is_refused(self) -> None:
        assert "'post' is no word of method" in fault({"method": "post"}, self.METHOD)
        assert "did you mean 'method'?" in fault({"methd": "direct"}, self.METHOD)
        assert "cannot be compared with the word 'many'" in fault({"quotes": "many"})
        assert "there is no" in fault({"method": ask("what", a="direct", b="direct")}, self.METHOD)
        for value in (1.5, True, None, {"a": 1}):
            assert fault({"quotes": value})
        assert "is not a condition" in fault("direct")


class TestNumbers:
    @pytest.mark.parametrize(
        ("said", "holds"),
        [
            (3, lambda n: n == 3),
            ("3", None),
            ("= 3", lambda n: n == 3),
            (">= 3", lambda n: n >= 3),
            ("> 3", lambda n: n > 3),
            ("<= 3", lambda n: n <= 3),
            ("< 3", lambda n: n < 3),
            ("[3 .. 5]", lambda n: 3 <= n <= 5),
            ("[3 .. 5)", lambda n: 3 <= n < 5),
            ("(3 .. 5]", lambda n: 3 < n <= 5),
            ("(3 .. 5)", lambda n: 3 < n < 5),
            ("[3 .. )", lambda n: n >= 3),
            ("[ .. 5]", lambda n: n <= 5),
            ([1, "[4 .. )"], lambda n: n == 1 or n >= 4),
            ("> 2.5", lambda n: n > 2.5),
            ("odd", lambda n: n % 2),
            ("odd >= 3", lambda n: n % 2 and n >= 3),
            (" odd  (1 .. 5] ", lambda n: n in (3, 5)),
            ("odd = 4", lambda n: False),
            (["odd", 4], lambda n: n % 2 or n == 4),
            (["odd", "= 4"], lambda n: n % 2 or n == 4),
            ("odd present", lambda n: n % 2),
        ],
    )
    def test_counts(self, said: Any, holds: Any) -> None:
        if holds is None:
            assert "cannot be compared with the word '3'" in fault({"quotes": said})
            return
        policy = small({"quotes": said})
        for n in range(8):
            assert may(policy, quotes=n, amount=1) == {bool(holds(n))}, n
        assert may(policy, quotes=None, amount=1) == (NO if said == "odd = 4" else OPEN)

    def test_none_is_no_odd_number(self) -> None:
        assert may(small({"quotes": "odd"}, [column("quotes", blank="none")]), quotes=None, amount=1) == NO

    @pytest.mark.parametrize(
        ("quotes", "invited", "odd"), [(4, 4, NO), (5, 5, YES), (4, 5, OPEN), (90, 91, OPEN), (90, None, OPEN)]
    )
    def test_odd_between_bounds(self, quotes: int, invited: int | None, odd: set[bool]) -> None:
        # So many quoted, and so many at most were there: those who were asked, whose number is not known, are between.
        columns = [
            column("invited"),
            column("asked", type="count", at_least="quotes"),
            column("present", type="count", at_least="asked"),
        ]
        policy = small([{"asked": "odd", "present": ">= 0"}], columns)
        assert may(policy, quotes=quotes, asked=None, present=invited, amount=1) == odd

    @pytest.mark.parametrize(
        ("name", "said", "why"),
        [
            (
                "quotes",
                "odd 5",
                'quotes (count) cannot be compared with the word \'5\' (it is asked so: 3, ">= 3", "odd")',
            ),
            ("quotes", "oddly", "cannot be compared with the word 'oddly'"),
            ("quotes", ["odd", "many"], "cannot be compared with the word 'many'"),
            ("quotes", "odd >= date", "quotes (count) cannot be compared with date (date)"),
            ("amount", "odd", "amount (money) cannot be compared with the word 'odd'"),
            ("approved_on", "odd", "cannot be compared with the word 'odd'"),
            ("method", "odd", "'odd' is no word of method"),
        ],
    )
    def test_what_is_not_odd(self, name: str, said: Any, why: str) -> None:
        assert why in fault({name: said})

    def test_a_word_that_is_called_so(self) -> None:
        policy = small({"level": ["odd", "low"]}, [column("level", type="word", words=WORDS)])
        assert [may(policy, level=level, amount=1) for level in ("odd", "low", "high")] == [YES, YES, NO]

    def test_two_three_and_six_in_one_policy(self) -> None:
        # Quotes tested at 2, 3 and 6 have four classes.
        policy = small([{"quotes": "[2 .. 3)"}, {"quotes": ">= 6"}])
        assert [may(policy, quotes=n, amount=1) for n in range(8)] == [NO, NO, YES, NO, NO, NO, YES, YES]
        (fact,) = policy.built.facts.values()
        row = dict.fromkeys(policy.built.columns, MISSING)
        assert len(set(fact.classes(row))) == 4

    @pytest.mark.parametrize(
        ("said", "amount", "expected"),
        [
            (">= 5000", "5,000.00", YES),
            (">= 5000", "4,999.99", NO),
            (">= 0.015", None, None),
            ("= 0.3", "0.30", YES),
            (Decimal("0.1"), "0.10", YES),
            ("[100 .. 1000)", "999.99", YES),
            ("[100 .. 1000)", "1000", NO),
            ("< 1_000", "999", YES),
        ],
    )
    def test_money_is_in_major_units(self, said: Any, amount: Any, expected: Any) -> None:
        if expected is None:
            assert "0.015" in fault({"amount": said})
            return
        assert may(small({"amount": said}), amount=amount, date="2020-01-01") == expected

    def test_a_missing_amount_is_any(self) -> None:
        for said in (">= 5000", "< 5000", "= 5000", "[1 .. 2]"):
            assert may(small({"amount": said}), amount=None) == OPEN
        assert may(small({"amount": [">= 5000", "< 5000"]}), amount=None) == YES
        assert may(small([{"amount": ">= 5000"}, {"amount": "< 6000"}]), amount=None) == YES

    def test_another_column_of_money(self) -> None:
        estimate = column("estimate", type="money", negative="never")
        policy = small({"estimate": ">= 0"}, [estimate])
        assert may(policy, estimate="£5", amount=1) == YES
        assert may(policy, estimate=None, amount=1) == YES  # never negative
        assert may(small({"estimate": "<= 100"}, [estimate]), estimate="100.01", amount=1) == NO

    @pytest.mark.parametrize("said", ["5000 ..", "[5 .. 3", ">= ", "=> 3", "|3 .. 5]", "[a .. b]", ">= 3 + 2"])
    def test_what_is_no_range_is_refused(self, said: str) -> None:
        assert fault({"quotes": said})

    def test_an_empty_range_is_said(self) -> None:
        assert may(small({"quotes": "[5 .. 3]"}), quotes=4, amount=1) == NO


class TestFactors:
    """One column against a share of another, exactly."""

    COLUMNS = (column("experts", type="count"), column("panel", type="count"))

    @pytest.mark.parametrize(
        ("said", "factor", "sign"),
        [
            (">= 2/3 * panel", Fraction(2, 3), ">="),
            ("> 50% * panel", Fraction(1, 2), ">"),
            ("<= 0.75 * panel", Fraction(3, 4), "<="),
            ("< panel", Fraction(1), "<"),
            ("= 1/3 * panel", Fraction(1, 3), "="),
        ],
    )
    @given(st.integers(0, 30), st.integers(0, 30))
    def test_no_rounding(self, said: str, factor: Fraction, sign: str, experts: int, panel: int) -> None:
        difference = experts - factor * panel
        right = {
            ">=": difference >= 0,
            ">": difference > 0,
            "<=": difference <= 0,
            "<": difference < 0,
            "=": not difference,
        }
        assert may(small({"experts": said}, self.COLUMNS), experts=experts, panel=panel, amount=1) == {right[sign]}

    @pytest.mark.parametrize("known", [{"experts": 2}, {"panel": 3}, {}])
    def test_one_of_them_missing(self, known: dict[str, int]) -> None:
        assert may(small({"experts": ">= 2/3 * panel"}, self.COLUMNS), **known, amount=1) == OPEN

    def test_a_share_in_a_range(self) -> None:
        deposit, announced = column("deposit", type="money"), column("announced", type="money")
        policy = small({"deposit": "(1/10 * announced .. announced)"}, [deposit, announced])
        for said, expected in (("10", NO), ("10.01", YES), ("99.99", YES), ("100", NO)):
            assert may(policy, deposit=said, announced=100, amount=1) == expected

    def test_the_amount_of_a_refund_was_at_least_as_large(self) -> None:
        announced = column("announced", type="money")
        policy = small({"amount": ">= announced"}, [announced])
        assert may(policy, amount=-100, announced=100) == YES
        assert may(policy, amount=-99, announced=100) == OPEN

    def test_columns_of_two_types_are_refused(self) -> None:
        assert "cannot be compared with" in fault({"amount": ">= quotes"})
        assert "cannot be compared with" in fault({"method": "= unit"}, [column("method"), column("unit")])


class TestCombined:
    COLUMNS = (column("method"), column("approved_on", blank="none"))

    def test_a_table_is_and_a_list_is_or(self) -> None:
        policy = small([{"quotes": ">= 3", "method": "quotation"}, {"method": "open_tender"}], self.COLUMNS)
        assert may(policy, method="quotation", quotes=3, amount=1) == YES
        assert may(policy, method="quotation", quotes=2, amount=1) == NO
        assert may(policy, method="open_tender", quotes=0, amount=1) == YES
        assert may(policy, method="quotation", amount=1) == OPEN
        assert may(policy, method="open_tender", amount=1) == YES
        assert may(policy, quotes=3, amount=1) == OPEN

    def test_the_empty_table_holds_and_the_empty_list_does_not(self) -> None:
        assert may(small({}), amount=1) == YES
        assert may(small([]), amount=1) == NO  # a prohibition
        assert may(small([[], {"quotes": 1}]), quotes=2, amount=1) == NO

    def test_a_condition_with_a_name_and_its_negation(self) -> None:
        van = column("van", type="yes-no", derived=Holds({"category": "vehicles", "amount": "<= 8000"}))
        columns = [column("category"), van]
        for wanted in ("yes", "no"):
            policy = small({"van": wanted}, columns)
            right = {"yes": YES, "no": NO} if wanted == "yes" else {"yes": NO, "no": YES}
            assert may(policy, category="vehicles", amount=8_000) == right["yes"]
            assert may(policy, category="vehicles", amount="8000.01") == right["no"]
            assert may(policy, category="paper", amount=1) == right["no"]
            assert may(policy, category=None, amount=1) == OPEN
            assert may(policy, category=None, amount=9_000) == right["no"]
        assert "it must be yes or no" in fault({"van": "maybe"}, columns)
        loop = column("van", type="yes-no", derived=Holds({"van": "no"}))
        assert "is defined by itself" in fault({"van": "yes"}, [loop])

    def test_a_question_in_a_value(self) -> None:
        questions = [question("how", "strict", "lax")]
        policy = small({"quotes": ask("how", strict=">= 3", lax=">= 1")}, questions=questions)
        assert told(last(policy, bought(quotes=3))) == ("compliant", True, [])
        assert told(last(policy, bought(quotes=2))) == ("violation", False, [{"how": "lax"}])
        assert told(last(policy, bought(quotes=0))) == ("violation", True, [])
        assert told(last(policy.adopt({"how": "lax"}), bought(quotes=2))) == ("compliant", True, [])

    def test_a_question_in_a_whole_condition_and_one_in_another(self) -> None:
        questions = [question("how", "strict", "lax"), question("who", "all", "some")]
        policy = small(
            ask("how", strict={"quotes": ">= 3"}, lax={"quotes": ask("who", all=">= 2", some=">= 1")}),
            questions=questions,
        )
        assert told(last(policy, bought(quotes=2))) == ("violation", False, [{"how": "lax"}])
        assert told(last(policy, bought(quotes=1))) == ("violation", False, [{"how": "lax", "who": "some"}])

    def test_only_if(self) -> None:
        questions = [question("how", "strict", "lax")]
        policy = small(
            [{"method": "open_tender"}, {"method": "direct", "only-if": {"how": "lax"}}],
            self.COLUMNS,
            questions=questions,
        )
        assert told(last(policy, bought(method="direct"))) == ("violation", False, [{"how": "lax"}])
        assert told(last(policy, bought(method="open_tender"))) == ("compliant", True, [])
        assert told(last(policy, bought(method="inquiry"))) == ("violation", True, [])
        either = small({"only-if": {"how": ["strict", "lax"]}}, questions=questions)
        assert told(last(either, bought())) == ("compliant", True, [])
        assert "how has no reading 'wild'" in fault({"only-if": {"how": "wild"}}, questions=questions)
        assert fault({"only-if": {"what": "lax"}}, questions=questions)

    def test_the_readings_of_a_question_are_all_there(self) -> None:
        questions = [question("how", "strict", "lax")]
        assert "'lax' is missing" in fault({"quotes": ask("how", strict=3)}, questions=questions)
        assert "there is no reading 'wild'" in fault(
            {"quotes": ask("how", strict=3, lax=1, wild=0)}, questions=questions
        )


def test_none_on_record_is_a_value_of_its_own() -> None:
    ground = [column("ground", blank="none")]
    for cell, expected in (("urgent", YES), (None, NO), ("无", NO), ("不适用", NO), (MISSING, OPEN)):
        assert may(small({"ground": "present"}, ground), ground=cell, amount=1) == expected


def test_a_duty_is_due_when_and_not_unless() -> None:
    due = duty({"quotes": ">= 3"}, when={"amount": ">= 1000"}, unless={"method": "direct"})
    policy = small(columns=[column("method")], duties={"three": due})
    assert verdict(policy, amount=1_000, quotes=2, method="inquiry") == "violation"
    assert verdict(policy, amount=1_000, quotes=3, method="inquiry") == "compliant"
    assert verdict(policy, amount=1_000, quotes=2, method="direct") == "not_applicable"
    assert verdict(policy, amount=999, quotes=2, method="inquiry") == "not_applicable"
    assert verdict(policy, amount=1_000, quotes=2) == "unknown"
    assert last(policy, bought(1_000, quotes=2)).missing == ("method",)
    assert last(policy, bought(1_000, method="inquiry")).missing == ("quotes",)
    assert last(policy, bought(None, method="inquiry", quotes=2)).missing == ("amount",)
