"""Cells of a spreadsheet: blank ones, and floats as it shows them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from procure.values.money import BOUND, CNY, Minor
from procure.values.words import ProcureError


@pytest.mark.parametrize("blank", [None, "", "  ", "\t", "\u3000"])
def test_blank(blank: object) -> None:
    assert CNY.cell(blank) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (4999.99, 499_999),
        (-4999.99, -499_999),
        (5000.0, 500_000),
        (-0.0, 0),
        (4999.990000000001, 499_999),
        (0.1 + 0.2, 30),
        (9_999_999_999_999.99, BOUND - 1),
        ("5,000.00", 500_000),
        (5000, 500_000),
        (Decimal("0.01"), 1),
        (Minor(7), 7),
    ],
)
def test_read(value: object, expected: int) -> None:
    amount = CNY.cell(value)
    assert amount == expected
    assert type(amount) is Minor


def test_with_a_unit() -> None:
    assert CNY.cell(1.2, "万元") == CNY.cell(1.2000000000000002, "万元") == CNY.cell("1.2", "万元") == 1_200_000


def test_a_decimal_comma_says_nothing_of_numbers() -> None:
    assert CNY.cell(1.2340000000000002, "万元", ",") == CNY.cell(1.234, "万元", ",") == 1_234_000
    assert CNY.cell("1.234", "万元", ",") == 1_234_000_000


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (4999.995, "'4999.995' is not exact to the fen"),
        (1e16, "'1e+16' is out of range (below 10 trillion yuan)"),
        (1e300, "'1e+300' is out of range (below 10 trillion yuan)"),
        (1e-300, "'1e-300' is not exact to the fen"),
        (float("nan"), "'nan' is not an amount"),
        (float("-inf"), "'-inf' is not an amount"),
        (True, "'True' is not an amount"),
        ("£5", "'£5' is in GBP, and the policy counts in CNY"),
    ],
)
def test_refused(value: object, why: str) -> None:
    with pytest.raises(ProcureError) as caught:
        CNY.cell(value)
    assert caught.value.words.en == why
