"""What amounts and dates may look like in a cell, beyond the usual."""

import datetime as dt
import sys

import pytest

from procure import ProcureError
from procure.values.dates import date
from procure.values.money import CNY


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("人民币伍仟元整", 500_000),
        ("壹万贰仟叁佰元伍角陆分", 1_230_056),
        ("壹佰零伍元零叁分", 10_503),
        ("叁仟零伍拾圆整", 305_000),
        ("2千元", 200_000),
        ("1.5百万元", 150_000_000),
    ],
)
def test_amounts(text, amount):
    if not text[0].isdigit():
        pytest.importorskip("cn2an")
    assert CNY.minor(text) == amount


def test_capital_numerals_that_are_none():
    pytest.importorskip("cn2an")
    with pytest.raises(ProcureError, match="'壹壹元' is not an amount"):
        CNY.minor("壹壹元")


def test_capital_numerals_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "cn2an", None)
    with pytest.raises(ProcureError) as caught:
        CNY.minor("伍仟元整")
    assert str(caught.value) == "'伍仟元整' is in capital numerals: pip install 'procure-check[numerals]'"


@pytest.mark.parametrize("cell", ["43895", 43895, 43895.0, 43895.6, "20200305", 20200305.0, "05-Mar-2020"])
def test_dates(cell):
    assert date(cell) == dt.date(2020, 3, 5)


@pytest.mark.parametrize("cell", ["12345", 99999, True, "10/16/25", "2020年3月", "Mar 2020"])
def test_what_is_no_date(cell):
    with pytest.raises(ProcureError):
        date(cell)


def test_a_day_out_of_the_order_that_was_said():
    with pytest.raises(ProcureError, match="is not a date"):
        date("10/16/2025", day_first=True)
    assert date("10/16/2025") == dt.date(2025, 10, 16)
