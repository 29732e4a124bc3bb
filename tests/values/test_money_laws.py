"""What holds of money in every currency."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from procure.values.iso4217 import DECIMALS
from procure.values.marks import LEADING, MULTIPLES, NAME_OWNERS, SIGN_OWNERS, folded
from procure.values.money import BOUND, UNITS, Currency, Minor
from procure.values.words import ProcureError

CODES = sorted(DECIMALS)
CURRENCIES = st.sampled_from([Currency.of(code) for code in CODES])
AMOUNTS = st.one_of(st.integers(1 - BOUND, BOUND - 1), st.integers(-100_000_000, 100_000_000))
DECIMAL_SIGNS = st.sampled_from(".,")
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
OWNERS = {**SIGN_OWNERS, **NAME_OWNERS}


def refused(currency: Currency, text: str, decimal: str = ".") -> str:
    with pytest.raises(ProcureError) as caught:
        currency.minor(text, decimal=decimal)
    return str(caught.value)


class TestRoundTrip:
    @pytest.mark.parametrize("code", CODES)
    @pytest.mark.parametrize("decimal", [".", ","])
    def test_every_currency(self, code: str, decimal: str) -> None:
        currency = Currency.of(code)
        for amount in (0, 1, -1, 99, 100, -123_456, 123_456_789, BOUND - 1, 1 - BOUND):
            assert currency.minor(currency.plain(amount).replace(".", decimal), decimal=decimal) == amount
            assert currency.minor(currency.shown(amount, decimal), decimal=decimal) == amount

    @given(CURRENCIES, AMOUNTS, DECIMAL_SIGNS)
    def test_text(self, currency: Currency, amount: int, decimal: str) -> None:
        plain, shown = currency.plain(amount).replace(".", decimal), currency.shown(amount, decimal)
        for text in (
            plain,
            shown,
            plain.translate(FULL_WIDTH),
            shown.translate(FULL_WIDTH),
            f"{plain} {currency.code}",
        ):
            assert currency.minor(text, decimal=decimal) == amount

    @given(CURRENCIES, AMOUNTS)
    def test_numbers(self, currency: Currency, amount: int) -> None:
        major = currency.major(amount)
        assert major.as_tuple().exponent == -currency.decimals
        assert currency.minor(major) == currency.minor(float(major)) == currency.cell(float(major)) == amount

    @given(CURRENCIES, AMOUNTS, st.sampled_from(sorted(UNITS)))
    def test_units(self, currency: Currency, amount: int, unit: str) -> None:
        number = Decimal(amount) / (10**currency.decimals * UNITS[unit])
        assert currency.minor(number, unit) == currency.minor(f"{number:f}", unit) == amount

    @given(st.sampled_from([(code, word) for code in CODES for word in MULTIPLES[code]]), st.integers(1, 99))
    def test_multiples(self, multiple: tuple[str, str], count: int) -> None:
        code, word = multiple
        currency = Currency.of(code)
        expected = count * MULTIPLES[code][word] * 10**currency.decimals
        assume(expected < BOUND)
        assert currency.minor(f"{count}{word}") == currency.minor(f"{count} {word} {code}") == expected

    @given(CURRENCIES, st.text(alphabet="0123456789.,-+() kmRr$£€", max_size=12), DECIMAL_SIGNS)
    def test_text_is_taken_exactly_or_refused(self, currency: Currency, text: str, decimal: str) -> None:
        try:
            amount = currency.minor(text, decimal=decimal)
        except ProcureError:
            return
        assert currency.minor(currency.plain(amount)) == amount
        assert abs(amount) < BOUND


class TestAnotherCurrency:
    """A foreign sign is never silently taken."""

    @given(
        CURRENCIES,
        st.sampled_from(sorted(OWNERS)),
        st.sampled_from(["{}5", "{} 5", "5{}", "5 {}", "({}5)", "-{}5,000.00"]),
    )
    def test_never_taken(self, currency: Currency, mark: str, form: str) -> None:
        assume(mark not in LEADING or form.index("{") < form.index("5"))
        text = form.format(mark)
        if currency.code in OWNERS[mark] or mark == folded(currency.sign):
            assert currency.minor(text)
        else:
            assert refused(currency, text).endswith(f", and the policy counts in {currency.code}")

    @given(
        CURRENCIES,
        st.sampled_from(sorted(OWNERS)),
        st.sampled_from(["{own}5{mark}", "{mark} {own}5", "{own} 5 {mark}"]),
    )
    def test_never_taken_beside_its_own(self, currency: Currency, mark: str, form: str) -> None:
        if currency.code not in OWNERS[mark] and mark != folded(currency.sign):
            refused(currency, form.format(own=currency.sign, mark=mark))

    @given(CURRENCIES, CURRENCIES, AMOUNTS, DECIMAL_SIGNS)
    def test_never_taken_as_shown(self, one: Currency, two: Currency, amount: int, decimal: str) -> None:
        text = one.shown(amount, decimal)
        if (two.sign, two.decimals) == (one.sign, one.decimals):
            assert two.minor(text, decimal=decimal) == amount
        elif two.code not in OWNERS[folded(one.sign)] and two.sign != one.sign:
            refused(two, text, decimal=decimal)


@given(CURRENCIES, st.floats())
def test_as_a_spreadsheet_shows_it(currency: Currency, number: float) -> None:
    try:
        amount = currency.cell(number)
    except ProcureError:
        return
    assert amount is not None
    shown = Decimal(f"{number:.15g}")
    assert currency.major(amount) == shown.quantize(currency.major(1), ROUND_HALF_UP, Context(prec=60))
    assert (currency.major(amount) == shown) is (type(amount) is Minor)
