"""Cells of a spreadsheet: blank ones, and floats as it shows them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from procure.values.money import BOUND, CNY, Currency, Minor, Rounded, TwoSignsError
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
        (0.004, "'0.004' is not exact to the fen"),
        ("9999999999999.999", "'9999999999999.999' is not exact to the fen"),
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


@pytest.mark.parametrize(
    ("value", "minor"),
    [
        (4999.994, 499_999),
        (4999.995, 500_000),
        (-4999.995, -500_000),
        (-4999.994, -499_999),
        (Decimal("12.345"), 1235),
        ("16859.5123966942", 1_685_951),
        ("8657.360000000001", 865_736),
        ("(12.345)", -1235),
    ],
)
def test_more_decimals_than_the_currency_has_are_rounded_half_up(value: object, minor: int) -> None:
    amount = CNY.cell(value)
    assert (amount, type(amount)) == (minor, Rounded)
    with pytest.raises(ProcureError, match="is not exact to the fen"):
        CNY.cell(value, exact=True)
    assert type(CNY.cell("12.30")) is Minor


@pytest.mark.parametrize("text", ["12.345", "￥1.000", "-999.999", "１．２３４"])
def test_a_point_before_three_digits_may_group_thousands(text: str) -> None:
    with pytest.raises(TwoSignsError):
        CNY.cell(text, sure=False)
    assert CNY.cell(text) is not None
    assert CNY.cell(text.replace(".", ",").replace("．", ","), decimal=".", sure=False) is not None


@pytest.mark.parametrize("text", ["0.345", "1234.567", "12.3456", "12.34", "1.234万", "12,345.678"])
def test_other_points_do_not(text: str) -> None:
    assert CNY.cell(text, sure=False) == CNY.cell(text)


def test_a_currency_of_three_decimals_writes_all_of_them() -> None:
    assert Currency.of("KWD").cell("12.345", sure=False) == 12_345
