"""Yuan to exact fen and back: what is taken, what is refused, and why. Other currencies are in test_currencies.py."""

from __future__ import annotations

import decimal
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from procure.values.money import BOUND, CNY, UNITS, Minor
from procure.values.words import ProcureError, Words

AMOUNTS = st.one_of(st.integers(1 - BOUND, BOUND - 1), st.integers(-100_000_000, 100_000_000))
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")

TAKEN = [
    ("5000", 500_000),
    ("5,000.00", 500_000),
    ("4999.99", 499_999),
    ("0", 0),
    ("0.01", 1),
    (".5", 50),
    ("5.", 500),
    ("5.1", 510),
    ("0005", 500),
    ("5.100000", 510),
    ("  5000\t", 500_000),
    ("￥3,200", 320_000),
    ("¥3,200", 320_000),
    ("¥ 3,200.5", 320_050),
    ("-300", -30_000),
    ("−300", -30_000),
    ("－300", -30_000),
    ("+300", 30_000),
    ("-¥300", -30_000),
    ("¥-300", -30_000),
    ("(300.00)", -30_000),
    ("（300.00）", -30_000),
    ("( ¥300 )", -30_000),
    ("¥(300)", -30_000),
    ("（300.00）元", -30_000),
    ("300.00CR", -30_000),
    ("300 Cr", -30_000),
    ("３２００．５０", 320_050),
    ("３，２００", 320_000),
    ("300元", 30_000),
    ("300圆", 30_000),
    ("300元整", 30_000),
    ("300圆整", 30_000),
    ("人民币300元", 30_000),
    ("RMB 300", 30_000),
    ("cny300", 30_000),
    ("300 元 RMB", 30_000),
    ("3千元", 300_000),
    ("81.29万元", 81_290_000),
    ("1.2 万", 1_200_000),
    ("1.234万元", 1_234_000),
    ("1.234567万元", 1_234_567),
    ("12,345万", 12_345_000_000),
    ("2.5百万元", 250_000_000),
    ("0.3亿", 3_000_000_000),
    ("1.5亿元", 15_000_000_000),
    ("9,999,999,999,999.99", BOUND - 1),
    ("-9,999,999,999,999.99", 1 - BOUND),
    (3200, 320_000),
    (0, 0),
    (-300, -30_000),
    (10**13 - 1, BOUND - 100),
    (Decimal("4999.99"), 499_999),
    (Decimal("5E+3"), 500_000),
    (Decimal("5.10000"), 510),
    (Decimal("-0"), 0),
    (4999.99, 499_999),
    (5000.0, 500_000),
    (0.1, 10),
    (-0.0, 0),
    (1e6, 100_000_000),
]

NOT = "不是金额", "is not an amount"
INEXACT = "不能精确到分", "is not exact to the fen"
TOO_FAR = "超出范围（10 万亿元以内）", "is out of range (below 10 trillion yuan)"
REFUSED = [
    ("", NOT),
    ("元", NOT),
    ("9.9.9元", NOT),
    ("N/A", NOT),
    ("面议", NOT),
    ("下浮率20.5%", NOT),
    ("20.5%", NOT),
    ("5,00", NOT),
    ("1,2345", NOT),
    (",500", NOT),
    ("5,000,0.00", NOT),
    ("1.234,56", NOT),
    ("1 000", NOT),
    ("3,0o0", NOT),
    ("1e3", NOT),
    ("0x10", NOT),
    ("--5", NOT),
    ("5--", NOT),
    ("-5-", NOT),
    ("(5-)", NOT),
    ("(-5)", NOT),
    ("-(5)", NOT),
    ("(5", NOT),
    ("5元/年", NOT),
    ("约5000元", NOT),
    ("5000-6000", NOT),
    ("nan", NOT),
    ("inf", NOT),
    (None, NOT),
    (True, NOT),
    (False, NOT),
    ([5], NOT),
    (b"5", NOT),
    (float("nan"), NOT),
    (float("inf"), NOT),
    (float("-inf"), NOT),
    (Decimal("NaN"), NOT),
    (Decimal("sNaN"), NOT),
    (Decimal("Infinity"), NOT),
    (0.015, INEXACT),
    (0.1 + 0.2, INEXACT),
    (4999.995, INEXACT),
    (4999.990000000001, INEXACT),
    ("0.015", INEXACT),
    ("5000.001元", INEXACT),
    ("1.2345678万元", INEXACT),
    (Decimal("0.001"), INEXACT),
    (10**16, TOO_FAR),
    (10**13, TOO_FAR),
    (-(10**13), TOO_FAR),
    (1e16, TOO_FAR),
    ("10,000,000,000,000", TOO_FAR),
    ("100000亿元", TOO_FAR),
    ("9" * 400, TOO_FAR),
]


@pytest.mark.parametrize(("value", "expected"), TAKEN, ids=repr)
def test_taken(value: object, expected: int) -> None:
    assert CNY.minor(value) == expected
    assert type(CNY.minor(value)) is Minor


@pytest.mark.parametrize(("value", "why"), REFUSED, ids=lambda v: repr(v)[:40])
def test_refused(value: object, why: tuple[str, str]) -> None:
    with pytest.raises(ProcureError) as caught:
        CNY.minor(value)
    assert caught.value.words == Words(f"“{value}”{why[0]}", f"{str(value)!r} {why[1]}")
    assert str(caught.value) == caught.value.words.en


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("1.2", "万元", 1_200_000),
        (1.2, "万元", 1_200_000),
        (Decimal("81.29"), "万元", 81_290_000),
        ("3", "千元", 300_000),
        ("3", "百万元", 300_000_000),
        (2, "亿元", 20_000_000_000),
        ("5000元", "万元", 500_000),
        ("1.2万元", "万元", 1_200_000),
        ("-0.03", "万元", -30_000),
    ],
)
def test_unit_of_a_bare_number(value: object, unit: str, expected: int) -> None:
    assert CNY.minor(value, unit) == expected


def test_unit_exact_to_the_fen() -> None:
    with pytest.raises(ProcureError, match=r"^'1.2345678' is not exact to the fen$"):
        CNY.minor("1.2345678", "万元")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("15.808,00", 1_580_800),
        ("15808,5", 1_580_850),
        ("1.234", 123_400),
        ("12", 1_200),
        ("-1.234,50", -123_450),
        ("¥ 15.808,00", 1_580_800),
        ("15.808,00元", 1_580_800),
        ("(15.808,00)", -1_580_800),
        (",5", 50),
    ],
)
def test_decimal_comma(value: str, expected: int) -> None:
    assert CNY.minor(value, decimal=",") == expected


@pytest.mark.parametrize("value", ["15,808.00", "1.23", "1.2345,00", ".500", "1,2,3", ""])
def test_no_decimal_comma(value: str) -> None:
    with pytest.raises(ProcureError) as caught:
        CNY.minor(value, decimal=",")
    zh, en = f"“{value}”不是以逗号为小数点的金额", f"{value!r} is not an amount with a decimal comma"
    assert caught.value.words == Words(zh, en)


def test_decimal_comma_says_nothing_of_numbers() -> None:
    assert CNY.minor(4999.99, decimal=",") == 499_999


class TestRoundTrip:
    @given(AMOUNTS)
    @example(-1)
    @example(BOUND - 1)
    def test_plain(self, amount: int) -> None:
        assert CNY.minor(CNY.plain(amount)) == amount

    @given(AMOUNTS)
    @example(-99)
    def test_shown(self, amount: int) -> None:
        assert CNY.minor(CNY.shown(amount)) == amount

    @given(AMOUNTS)
    def test_full_width(self, amount: int) -> None:
        assert CNY.minor(CNY.shown(amount).translate(FULL_WIDTH)) == amount
        assert CNY.minor(CNY.plain(amount).translate(FULL_WIDTH)) == amount

    @given(AMOUNTS)
    def test_accounting(self, amount: int) -> None:
        assert CNY.minor(f"({CNY.plain(abs(amount))})") == -abs(amount)

    @given(AMOUNTS, st.sampled_from(sorted(UNITS)))
    def test_units(self, amount: int, unit: str) -> None:
        number = Decimal(amount) / (100 * UNITS[unit])
        if not unit.isascii():
            assert CNY.minor(f"{number:f}{unit}") == amount
        assert CNY.minor(f"{number:f}", unit) == amount
        assert CNY.minor(number, unit) == amount

    @given(AMOUNTS)
    def test_decimal_comma(self, amount: int) -> None:
        text = CNY.plain(amount).replace(".", ",")
        assert CNY.minor(text, decimal=",") == amount

    @given(AMOUNTS)
    def test_yuan(self, amount: int) -> None:
        assert CNY.minor(CNY.major(amount)) == amount
        assert CNY.major(amount).as_tuple().exponent == -2

    @given(AMOUNTS)
    def test_float(self, amount: int) -> None:
        # 15 digits or fewer: every such decimal has a float of its own.
        assert CNY.minor(float(CNY.plain(amount))) == amount

    @given(st.integers(1 - 10**13, 10**13 - 1))
    def test_int(self, amount: int) -> None:
        assert CNY.minor(amount) == amount * 100


class TestExactness:
    @given(st.floats())
    def test_a_float_is_what_it_shows(self, number: float) -> None:
        try:
            amount = CNY.minor(number)
        except ProcureError:
            return
        assert CNY.major(amount) == Decimal(repr(number))

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
    def test_a_decimal_is_taken_only_where_it_is_exact(self, number: Decimal) -> None:
        if number * 100 % 1:
            with pytest.raises(ProcureError, match=r"is not exact to the fen$"):
                CNY.minor(number)
        else:
            assert CNY.major(CNY.minor(number)) == number

    @given(st.text(alphabet="0123456789.,-+()（）¥￥元万亿 　０５", max_size=12))
    def test_text_is_taken_exactly_or_refused(self, text: str) -> None:
        try:
            amount = CNY.minor(text)
        except ProcureError:
            return
        assert CNY.minor(CNY.plain(amount)) == amount
        assert abs(amount) < BOUND


class TestMinor:
    @given(AMOUNTS)
    def test_taken_as_it_is(self, amount: int) -> None:
        once = Minor(amount)
        assert CNY.minor(once) is once
        assert CNY.minor(once, "万元") is once

    def test_an_int_is_yuan(self) -> None:
        assert CNY.minor(500_000) == 50_000_000
        assert CNY.minor(Minor(500_000)) == 500_000


@pytest.mark.parametrize(
    ("amount", "bare", "for_the_eye"),
    [
        (0, "0.00", "¥0.00"),
        (1, "0.01", "¥0.01"),
        (-1, "-0.01", "-¥0.01"),
        (500_000, "5000.00", "¥5,000.00"),
        (-30_050, "-300.50", "-¥300.50"),
        (123_456_789, "1234567.89", "¥1,234,567.89"),
    ],
)
def test_written(amount: int, bare: str, for_the_eye: str) -> None:
    assert (CNY.plain(amount), CNY.shown(amount)) == (bare, for_the_eye)
    assert CNY.major(amount) == Decimal(bare)


@pytest.mark.parametrize("text", ["3200①", "5000²"])
def test_a_footnote_mark_is_no_digit(text: str) -> None:
    with pytest.raises(ProcureError):
        CNY.minor(text)


def test_the_callers_decimal_context_changes_nothing() -> None:
    with decimal.localcontext(prec=3):
        assert CNY.minor(12345.67) == 1_234_567
        assert CNY.minor("81.2934万元") == 81_293_400


@pytest.mark.parametrize("value", [Decimal("9E+999999"), Decimal("1E-999999"), "5000." + "0" * 30 + "1", 10**16])
def test_numbers_out_of_all_proportion(value: object) -> None:
    with pytest.raises(ProcureError):
        CNY.minor(value)
