"""Amounts in capital numerals, as receipts write them."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from procure.values.money import CNY, Currency
from procure.values.words import ProcureError, Words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("伍仟元整", 500_000),
        ("人民币:伍仟圆正", 500_000),
        ("壹万贰仟叁佰肆拾伍元陆角柒分", 1_234_567),
        ("伍仟元零陆分", 500_006),
        ("伍仟元叁角", 500_030),
        ("人民币伍仟元整", 500_000),
        ("壹万贰仟叁佰元伍角陆分", 1_230_056),
        ("壹佰零伍元零叁分", 10_503),
        ("叁仟零伍拾圆整", 305_000),
    ],
)
def test_taken(value: str, expected: int) -> None:
    pytest.importorskip("cn2an")
    assert CNY.minor(value) == expected


def test_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    numerals = ModuleType("cn2an")

    def cn2an(text: str, mode: str) -> int:
        assert (text, mode) == ("伍佰伍佰", "strict")
        raise ValueError(text)

    monkeypatch.setattr(numerals, "cn2an", cn2an, raising=False)
    monkeypatch.setitem(sys.modules, "cn2an", numerals)
    with pytest.raises(ProcureError) as caught:
        CNY.minor("伍佰伍佰元整")
    assert caught.value.words == Words("“伍佰伍佰元整”不是金额", "'伍佰伍佰元整' is not an amount")


def test_read_by_the_library_strictly(monkeypatch: pytest.MonkeyPatch) -> None:
    numerals = ModuleType("cn2an")
    known = {("伍仟", "strict"): 5000}
    monkeypatch.setattr(numerals, "cn2an", lambda *asked: known[asked], raising=False)
    monkeypatch.setitem(sys.modules, "cn2an", numerals)
    assert CNY.minor("伍仟元陆角柒分") == 500_067


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cn2an", None)
    with pytest.raises(ProcureError) as caught:
        CNY.minor("伍仟元整")
    assert caught.value.words == Words(
        "“伍仟元整”是大写金额，请先 pip install 'procure-check[numerals]'",
        "'伍仟元整' is in capital numerals: pip install 'procure-check[numerals]'",
    )


def test_ambiguous() -> None:
    pytest.importorskip("cn2an")
    with pytest.raises(ProcureError, match=r"^'壹壹元' is not an amount$"):
        CNY.minor("壹壹元")


def test_not_those_of_another_currency() -> None:
    with pytest.raises(ProcureError, match=r"^'伍仟元整' is not an amount$"):
        Currency.of("GBP").minor("伍仟元整")
