"""The currencies: which there are, how a policy names one, and the tables of what is written beside a number."""

from __future__ import annotations

import copy
import pickle
import string

import pytest

from procure.values.iso4217 import DECIMALS, SIGNS
from procure.values.marks import MULTIPLES, NAME_OWNERS, SIGN_OWNERS, folded
from procure.values.money import CNY, Currency
from procure.values.words import ProcureError

OWNERS = {**SIGN_OWNERS, **NAME_OWNERS}


class TestCurrency:
    def test_of(self) -> None:
        assert CNY == Currency("CNY", 2, "¥") == Currency.of("CNY") != Currency.of("JPY")
        assert Currency.of("CHF") == Currency("CHF", 2, "CHF ")
        assert repr(Currency.of("GBP")) == "Currency(code='GBP', decimals=2, sign='£')"
        assert len({CNY, Currency.of("CNY"), Currency.of("CNY", decimals=0)}) == 2

    def test_other_decimals(self) -> None:
        forint = Currency.of("HUF", decimals=0)
        assert (forint.decimals, forint.minor("5000"), forint.shown(5000)) == (0, 5000, "HUF 5,000")
        with pytest.raises(ProcureError) as caught:
            Currency.of("HUF", decimals=5)
        assert caught.value.words == ("小数位数须为 0 至 4，不是 5", "decimals are 0 to 4, not 5")

    @pytest.mark.parametrize(
        ("code", "nearest"),
        [("CNX", "CNY"), ("cny", "CNY"), ("RMB", "CNY"), ("yuan", "CNY"), ("€", "EUR"), ("GBX", "GBP"), ("GPB", "GBP")],
    )
    def test_no_currency(self, code: str, nearest: str) -> None:
        with pytest.raises(ProcureError) as caught:
            Currency.of(code)
        assert caught.value.words.zh == f"“{code}”不是 ISO 4217 的货币代码，最接近的是 {nearest}"
        assert caught.value.words.en == f"{code!r} is no currency of ISO 4217; the nearest is {nearest}"

    @pytest.mark.parametrize("code", ["", "$", "QQQ", "pounds", "XQZ"])
    def test_no_currency_and_none_near(self, code: str) -> None:
        with pytest.raises(ProcureError) as caught:
            Currency.of(code)
        assert caught.value.words == (f"“{code}”不是 ISO 4217 的货币代码", f"{code!r} is no currency of ISO 4217")

    def test_goes_to_another_process(self) -> None:
        for again in (pickle.loads(pickle.dumps(CNY)), copy.deepcopy(CNY)):
            assert again == CNY
            assert again.minor("5,000.00") == again.minor("5000") == 500_000


class TestTables:
    def test_codes(self) -> None:
        assert all(len(code) == 3 and set(code) <= set(string.ascii_uppercase) for code in DECIMALS)
        assert len(DECIMALS) == 165 + 6  # list one as of 2026-01-01, and what was withdrawn since 2021
        assert set(SIGNS) < set(DECIMALS)

    @pytest.mark.parametrize(
        ("decimals", "codes"),
        [
            (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
            (3, "BHD IQD JOD KWD LYD OMR TND"),
            (4, "CLF UYW"),
        ],
    )
    def test_decimals(self, decimals: int, codes: str) -> None:
        assert sorted(code for code in DECIMALS if DECIMALS[code] == decimals) == codes.split()

    def test_marks(self) -> None:
        for mark, codes in OWNERS.items():
            assert folded(mark) == mark
            assert set(codes) <= set(DECIMALS)
            assert len(set(codes)) == len(codes)
        assert not set(SIGN_OWNERS) & set(NAME_OWNERS)
        assert not {word for words in MULTIPLES.values() for word in words} & set(OWNERS)
