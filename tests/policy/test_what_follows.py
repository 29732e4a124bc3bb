"""What one datum says of another: refunds, counts that bound each other, words derived from codes and lists."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import NO, OPEN, YES, may, small

from procure.authoring import Carried, Code, GivenList, Limit, Listed, PolicyError, Prefix, column


def fault(met_by: Any, columns: Any = (), **keys: Any) -> str:
    """What is said against a policy."""
    with pytest.raises(PolicyError) as caught:
        small(met_by, columns, **keys)
    assert caught.value.words.zh
    return "\n".join(fault.words.en for fault in caught.value.faults)


class TestRefunds:
    """A refund says that its purchase was at least as large; tests against a zero are of the sign."""

    @pytest.mark.parametrize(
        ("said", "amount", "expected"),
        [
            (">= 5000", -5_000, YES),
            (">= 5000", -6_000, YES),
            (">= 5000", -4_999, OPEN),
            ("< 5000", -4_999, OPEN),
            ("< 5000", -5_000, NO),
            ("= 5000", -5_000, OPEN),
            ("= 5000", -5_001, NO),
            (">= 5000", 0, OPEN),
            ("> 0", -1, NO),
            ("< 0", -1, YES),
            ("<= 0", 0, YES),
            (">= 0", 0, YES),
            (">= 0", -1, NO),
        ],
    )
    def test_an_amount(self, said: str, amount: int, expected: set[bool]) -> None:
        assert may(small({"amount": said}), amount=amount) == expected

    def test_a_sign_and_a_size_together(self) -> None:
        policy = small({"amount": ["< 0", ">= 5000"]})
        assert may(policy, amount=-1) == YES
        assert may(small({"amount": "[0 .. 5000)"}), amount=-4_000) == NO

    def test_a_limit(self) -> None:
        policy = small({"amount": ">= top"}, limits={"top": [Limit(value=5_000)]})
        assert may(policy, amount=-5_000) == YES
        assert may(policy, amount=-4_999) == OPEN

    def test_a_number_of_a_list(self) -> None:
        catalogue = GivenList(given=True, of="category", carries={"floor": Carried(blank=0)})
        policy = small({"amount": ">= catalogue.floor"}, [column("category")], lists={"catalogue": catalogue},
                       given={"catalogue": {"paper": 1_000}})  # fmt: skip
        assert may(policy, category="paper", amount=-1_000) == YES
        assert may(policy, category="paper", amount=-999) == OPEN
        assert may(policy, category="paper", amount=999) == NO


class TestAtLeast:
    """As many were invited as gave quotes, whatever the log leaves blank."""

    COLUMNS = (column("invited", at_least="quotes"), column("quotes"))

    @pytest.mark.parametrize(
        ("condition", "cells", "expected"),
        [
            ({"invited": ">= 3"}, {"quotes": 3}, YES),
            ({"invited": ">= 3"}, {"quotes": 2}, OPEN),
            ({"invited": ">= 3"}, {"quotes": 5}, YES),
            ({"invited": "= 4"}, {"quotes": 5}, NO),
            ({"quotes": ">= 3"}, {"invited": 2}, NO),
            ({"quotes": ">= 3"}, {"invited": 3}, OPEN),
            ({"quotes": "<= 2"}, {"invited": 2}, YES),
            ({"quotes": ">= 3"}, {}, OPEN),
            ({"invited": ">= 3"}, {"invited": 3, "quotes": 1}, YES),
            # Both are there: each is as it was written, though they cannot be.
            ({"invited": ">= 3"}, {"invited": 2, "quotes": 3}, NO),
            ({"quotes": "[2 .. 2]"}, {"invited": 1}, NO),
        ],
    )
    def test_bounds(self, condition: Any, cells: dict[str, int], expected: set[bool]) -> None:
        assert may(small(condition, self.COLUMNS), **cells, amount=1) == expected

    @given(st.integers(0, 9), st.integers(0, 9))
    def test_against_every_number(self, known: int, at: int) -> None:
        invited, quotes = small({"invited": f">= {at}"}, self.COLUMNS), small({"quotes": f">= {at}"}, self.COLUMNS)
        assert may(invited, quotes=known, amount=1) == {n >= at for n in range(known, 20)}
        assert may(quotes, invited=known, amount=1) == {n >= at for n in range(known + 1)}

    def test_only_counts(self) -> None:
        assert "at-least" in fault({"quotes": 1}, [column("quotes", at_least="amount")])
        assert "at-least" in fault({"quotes": 1}, [column("quotes", at_least="offers")])


class TestDerived:
    CODES = Code("[ABC][0-9]+", open="00")

    def test_a_word_by_the_beginning_of_a_code(self) -> None:
        columns = [
            column("category", code=self.CODES),
            column("kind", derived=Prefix("category", {"A": "goods", "B": "works"})),
        ]
        policy = small({"kind": "goods"}, columns)
        assert may(policy, category="a0201", amount=1) == YES
        assert may(policy, category="B01", amount=1) == NO
        assert may(policy, category="纸", amount=1) == OPEN
        assert may(policy, category="纸", kind="goods", amount=1) == YES
        # A word against the letter: both.
        assert may(policy, category="B01", kind="goods", amount=1) == OPEN
        assert may(policy, category="C15", kind="goods", amount=1) == YES  # of C nothing is said

    def test_whether_a_list_has_it(self) -> None:
        catalogue = GivenList(given=True, of="category")
        columns = [column("category", code=self.CODES), column("in_catalogue", derived=Listed("catalogue"))]

        def listed(given: Any, **cells: Any) -> set[bool]:
            given = {} if given is None else {"catalogue": given}
            return may(small({"in_catalogue": "yes"}, columns, lists={"catalogue": catalogue}, given=given),
                       amount=1, **cells)  # fmt: skip

        assert listed(["A0201"], category="A02010105") == YES
        assert listed(["A02010000"], category="A02010105") == YES  # all of A0201
        assert listed(["A02010105"], category="A0202") == NO
        # Coarser than an entry: it may be the one, and an open level is coarser.
        assert listed(["A02010105"], category="A0201") == OPEN
        assert listed(["A02010105"], category="A02010000") == OPEN
        assert listed(["A0201"], category="纸") == OPEN
        assert listed(["A0201", "纸"], category="纸") == YES
        assert listed(["A0201", "纸"], category="笔") == NO
        assert listed(["纸"], category="A0201") == OPEN
        assert listed([], category="A0201") == NO
        assert listed(None, category="A0201") == OPEN
        assert listed(None, category="A0201", in_catalogue=True) == YES
        assert listed(["A0201"], category="A0201", in_catalogue=False) == OPEN  # two sources that differ
        assert listed(["A0201"], category="纸", in_catalogue=False) == NO  # a source that says nothing
        assert listed(["A0201"], category=None, in_catalogue=True) == YES

    def test_what_cannot_be_derived_is_refused(self) -> None:
        assert fault({"in_catalogue": "yes"}, [column("in_catalogue", derived=Listed("catalog"))])
        assert fault({"kind": "goods"}, [column("kind", derived=Prefix("categry", {}))])
