"""Money of every currency: its own marks, its own words, and nothing of another."""

from __future__ import annotations

import decimal
from decimal import Decimal

import pytest

from procure.values.money import BOUND, CNY, Currency, Minor
from procure.values.words import ProcureError, Words


def refused(currency: Currency, value: object, unit: str = "", decimal: str = ".") -> Words:
    with pytest.raises(ProcureError) as caught:
        currency.minor(value, unit, decimal)
    return caught.value.words


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("GBP", "£1,000", 100_000),
        ("GBP", "GBP 1,000", 100_000),
        ("GBP", "gbp1,000.50", 100_050),
        ("GBP", "1,000 GBP", 100_000),
        ("GBP", "£1,000 GBP", 100_000),
        ("GBP", "GBP £1,000", 100_000),
        ("GBP", "-£5", -500),
        ("GBP", "£-5", -500),
        ("GBP", "(£5.00)", -500),
        ("GBP", "￡５", 500),
        ("GBP", "5 pounds", 500),
        ("GBP", "5 Pounds  Sterling", 500),
        ("GBP", "pounds 5", 500),
        ("GBP", "5英镑", 500),
        ("GBP", "£5k", 500_000),
        ("GBP", "£1.2m", 120_000_000),
        ("GBP", "1.2M", 120_000_000),
        ("GBP", "5 thousand", 500_000),
        ("GBP", "3 million pounds", 300_000_000),
        ("GBP", "£1.5bn", 150_000_000_000),
        ("GBP", "-£5k", -500_000),
        ("USD", "US$5", 500),
        ("USD", "$5", 500),
        ("USD", "USD $5", 500),
        ("USD", "$5 USD", 500),
        ("USD", "5 US dollars", 500),
        ("USD", "5美元", 500),
        ("AUD", "A$5", 500),
        ("AUD", "$5", 500),
        ("CAD", "C$5", 500),
        ("MXN", "$5", 500),
        ("MXN", "5 mil pesos", 500_000),
        ("MXN", "3 millones de pesos", 300_000_000),
        ("NIO", "C$5", 500),
        ("JPY", "¥5,000", 5000),
        ("JPY", "￥5,000", 5000),
        ("JPY", "5,000円", 5000),
        ("JPY", "5万円", 50_000),
        ("JPY", "1.5億円", 150_000_000),
        ("JPY", "5000.00", 5000),
        ("JPY", "5 yen", 5),
        ("KRW", "5만원", 50_000),
        ("TWD", "NT$5", 500),
        ("TWD", "5萬元", 5_000_000),
        ("HKD", "HK$5k", 500_000),
        ("HKD", "5元", 500),
        ("SEK", "5 kr", 500),
        ("SEK", "kr 5", 500),
        ("DKK", "kr. 5", 500),
        ("DKK", "kr.5", 500),
        ("NOK", "5 kroner", 500),
        ("ISK", "5 kr.", 5),
        ("ZAR", "R5", 500),
        ("ZAR", "R5k", 500_000),
        ("INR", "Rs.500", 50_000),
        ("INR", "5 lakh rupees", 50_000_000),
        ("INR", "₹2 crore", 2_000_000_000),
        ("PEN", "S/.5", 500),
        ("PEN", "S/ 5", 500),
        ("CZK", "5 Kč", 500),
        ("PLN", "5 zł", 500),
        ("PLN", "5 złotych", 500),
        ("CHF", "Fr. 5", 500),
        ("EGP", "5 pounds", 500),
        ("FKP", "£5", 500),
        ("KWD", "KWD 1.234", 1234),
        ("KWD", "1,234.567", 1_234_567),
        ("CLF", "1.2345", 12_345),
        ("CNY", "yuan 5", 500),
        ("CNY", "5 ¥", 500),
        ("CNY", "元5", 500),
        ("PHP", "P45,000", 4_500_000),
        ("PHP", "P 45,000.50", 4_500_050),
        ("PHP", "(P5)", -500),
        ("BWP", "P5", 500),
        ("BWP", "5 pula", 500),
    ],
)
def test_taken(code: str, text: str, expected: int) -> None:
    amount = Currency.of(code).minor(text)
    assert amount == expected
    assert type(amount) is Minor


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("EUR", "1.234,56 €", 123_456),
        ("EUR", "€1.234,56", 123_456),
        ("EUR", "EUR 1.234", 123_400),
        ("EUR", "1234,5 EUR", 123_450),
        ("EUR", "-1.234,56 €", -123_456),
        ("EUR", "(1.234,56 €)", -123_456),
        ("EUR", "1.234,56 euros", 123_456),
        ("EUR", "5 k€", 500_000),
        ("EUR", "1,2 Mio. €", 120_000_000),
        ("EUR", "1,2 millones de euros", 120_000_000),
        ("BRL", "R$ 1.000,00", 100_000),
        ("BRL", "R$ 5 mil", 500_000),
        ("BRL", "5 mil reais", 500_000),
        ("BRL", "3 milhões de reais", 300_000_000),
        ("KWD", "1,234", 1234),
        ("JPY", "1.234", 1234),
        ("IDR", "Rp.5.000", 500_000),
    ],
)
def test_decimal_comma(code: str, text: str, expected: int) -> None:
    assert Currency.of(code).minor(text, decimal=",") == expected


class TestRefused:
    @pytest.mark.parametrize(
        ("code", "text"),
        [
            ("GBP", "5000 sheep"),
            ("GBP", "5p"),
            ("PHP", "5P"),
            ("GBP", "1.234,56"),
            ("GBP", "5万"),
            ("GBP", "5 mil"),
            ("GBP", "£5mm"),
            ("GBP", "5k thousand"),
            ("GBP", "£1 000"),
            ("GBP", "(-£5)"),
            ("EUR", "5m"),
            ("EUR", "5 mil euros"),
            ("CNY", "5k"),
            ("CNY", "1.2m"),
            ("PLN", "5k"),
            ("SEK", "5 mil kr"),
            ("RON", "lei.500"),
            ("INR", "Rs 1,00,000"),
            ("GBP", "5³"),
        ],
    )
    def test_no_amount(self, code: str, text: str) -> None:
        assert refused(Currency.of(code), text) == (f"“{text}”不是金额", f"{text!r} is not an amount")

    def test_no_amount_with_a_decimal_comma(self) -> None:
        words = refused(Currency.of("EUR"), "1,234.56 €", decimal=",")
        assert words.zh == "“1,234.56 €”不是以逗号为小数点的金额"
        assert words.en == "'1,234.56 €' is not an amount with a decimal comma"

    @pytest.mark.parametrize(
        ("code", "value", "step"),
        [
            ("GBP", "0.005", "0.01 GBP"),
            ("GBP", 0.1 + 0.2, "0.01 GBP"),
            ("JPY", "5000.50", "1 JPY"),
            ("KWD", Decimal("0.0005"), "0.001 KWD"),
            ("UYW", "0.00005", "0.0001 UYW"),
        ],
    )
    def test_inexact(self, code: str, value: object, step: str) -> None:
        assert refused(Currency.of(code), value) == (
            f"“{value}”不能精确到 {step}",
            f"{str(value)!r} is not exact to {step}",
        )

    def test_inexact_where_the_policy_counts_in_whole_units(self) -> None:
        assert refused(Currency.of("HUF", decimals=0), "0.5").en == "'0.5' is not exact to 1 HUF"
        assert refused(Currency.of("CNY", decimals=0), "0.5") == (
            "“0.5”不能精确到 1 CNY",
            "'0.5' is not exact to 1 CNY",
        )

    @pytest.mark.parametrize(
        ("code", "bound", "zh", "en"),
        [
            ("GBP", 10**13, "10 万亿 GBP ", "10 trillion GBP"),
            ("JPY", 10**15, "1,000 万亿 JPY ", "1,000 trillion JPY"),
            ("KWD", 10**12, "1 万亿 KWD ", "1 trillion KWD"),
            ("CLF", 10**11, "1,000 亿 CLF ", "100 billion CLF"),
        ],
    )
    def test_out_of_range(self, code: str, bound: int, zh: str, en: str) -> None:
        currency = Currency.of(code)
        expected = f"“{bound}”超出范围（{zh}以内）", f"'{bound}' is out of range (below {en})"
        assert refused(currency, bound) == refused(currency, str(bound)) == expected
        assert currency.minor(bound - 1) == currency.minor(str(bound - 1)) < currency.bound == BOUND

    @pytest.mark.parametrize(
        "text", ["¥" + " " * 9999 + "x", "9" * 9999 + "x", "1,", "kr " * 999 + "5", "5" + " €" * 999]
    )
    def test_at_any_length(self, text: str) -> None:
        assert refused(CNY, text).en.endswith("is not an amount")


class TestAnotherCurrency:
    """A sign or code of another currency is a fault that says so."""

    @pytest.mark.parametrize(
        ("code", "text", "zh", "en"),
        [
            ("CNY", "£1,000", " GBP", "GBP"),
            ("CNY", "5美元", " USD", "USD"),
            ("CNY", "5万美元", " USD", "USD"),
            ("CNY", "1 000 €", " EUR", "EUR"),
            ("CNY", "1.000,00 €", " EUR", "EUR"),
            ("CNY", "(€5)", " EUR", "EUR"),
            ("CNY", "RMB 5 USD", " USD", "USD"),
            ("CNY", "5円", " JPY", "JPY"),
            ("JPY", "5元", " CNY、HKD、MOP 或 TWD", "CNY, HKD, MOP or TWD"),
            ("GBP", "¥5", " CNY 或 JPY", "CNY or JPY"),
            ("GBP", "£5 CNY", " CNY", "CNY"),
            ("GBP", "5 chf", " CHF", "CHF"),
            ("CAD", "US$5", " USD", "USD"),
            ("CAD", "$5 USD", " USD", "USD"),
            ("USD", "C$5", " CAD 或 NIO", "CAD or NIO"),
            ("ZAR", "5 kr", " DKK、ISK、NOK 或 SEK", "DKK, ISK, NOK or SEK"),
            ("ZAR", "R$5", " BRL", "BRL"),
            ("EGP", "£5", " GBP", "GBP"),
            ("CNY", "$5", "写作 $ 的货币", "a currency written $"),
            ("BRL", "$5", "写作 $ 的货币", "a currency written $"),
            ("CNY", "5 Pounds", "写作 pounds 的货币", "a currency written pounds"),
        ],
    )
    def test_says_so(self, code: str, text: str, zh: str, en: str) -> None:
        words = refused(Currency.of(code), text)
        assert words.zh == f"“{text}”是{zh}，而制度以 {code} 计"
        assert words.en == f"{text!r} is in {en}, and the policy counts in {code}"

    @pytest.mark.parametrize("text", ["15.808,00 €", "€ 15.808,00"])
    def test_with_a_decimal_comma(self, text: str) -> None:
        assert refused(CNY, text, decimal=",").en == f"{text!r} is in EUR, and the policy counts in CNY"


@pytest.mark.parametrize(
    ("code", "value", "unit", "expected"),
    [
        ("GBP", "1.2", "thousand", 120_000),
        ("GBP", 1.2, "million", 120_000_000),
        ("GBP", "£1.2", "thousand", 120_000),
        ("GBP", "1.2 GBP", "thousand", 120_000),
        ("GBP", "5000 pounds", "thousand", 500_000),
        ("GBP", "pounds 5000", "thousand", 500_000),
        ("GBP", "5k", "million", 500_000),
        ("CNY", "¥1.2", "万元", 1_200_000),
        ("CNY", "5000元", "thousand", 500_000),
        ("JPY", "1.2", "万元", 12_000),
    ],
)
def test_unit(code: str, value: object, unit: str, expected: int) -> None:
    assert Currency.of(code).minor(value, unit) == expected


@pytest.mark.parametrize(
    ("code", "amount", "plain", "shown", "with_comma"),
    [
        ("CNY", 500_000, "5000.00", "¥5,000.00", "¥5.000,00"),
        ("CNY", -500_000, "-5000.00", "-¥5,000.00", "-¥5.000,00"),
        ("EUR", 1, "0.01", "€0.01", "€0,01"),
        ("JPY", 5000, "5000", "¥5,000", "¥5.000"),
        ("JPY", -5, "-5", "-¥5", "-¥5"),
        ("KWD", -1_234_567, "-1234.567", "-KWD 1,234.567", "-KWD 1.234,567"),
        ("SEK", 500_000, "5000.00", "kr 5,000.00", "kr 5.000,00"),
        ("BRL", 0, "0.00", "R$0.00", "R$0,00"),
        ("UYW", 1, "0.0001", "UYW 0.0001", "UYW 0,0001"),
    ],
)
def test_written(code: str, amount: int, plain: str, shown: str, with_comma: str) -> None:
    currency = Currency.of(code)
    assert (currency.plain(amount), currency.shown(amount), currency.shown(amount, ",")) == (plain, shown, with_comma)
    assert str(currency.major(amount)) == plain
    assert currency.plain(Minor(amount)) == plain


def test_the_callers_decimal_context_changes_nothing() -> None:
    with decimal.localcontext(prec=3):
        assert CNY.major(123_456_789) == Decimal("1234567.89")
        assert Currency.of("KWD").minor(1234.567) == 1_234_567
