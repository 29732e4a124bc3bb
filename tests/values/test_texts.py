"""What nobody sees makes no two of one name."""

import pytest

from procure.log import cells
from procure.log.units import key
from procure.values.counts import count
from procure.values.dates import date
from procure.values.marks import folded
from procure.values.money import CNY
from procure.values.texts import half_width, seen

#: Zero width, a byte order mark, a word joiner, a soft hyphen, marks of direction, a filler, a variant, a control sign.
UNSEEN = ["\u200b", "\ufeff", "\u2060", "\xad", "\u200e", "\u202c", "\u3164", "\ufe0f", "\U000e0100", "\x07"]


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_text_is_what_is_seen_of_it(sign):
    assert seen(f"{sign}甲{sign}局{sign}") == "甲局"
    assert half_width(f"Ａ{sign}４") == "A4"
    assert cells.name(f"甲{sign}局") == cells.name("甲局")
    assert cells.fold(f"自行{sign}采购") == "自行采购"
    assert key(f"{sign}采购金额") == key("采购金额")
    assert str(date(f"2020-03{sign}-05")) == "2020-03-05"
    assert CNY.minor(f"3{sign}000.00") == 300_000
    assert count(f"{sign}3家") == 3
    assert folded(f"{sign}Ｋr") == "kr"


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_cell_in_which_nothing_is_seen_is_blank(sign):
    assert cells.blank(f" {sign}{sign}\n")
    assert not cells.blank(f"{sign}x")
    assert cells.first([sign, None, "x"]) == "x"


@pytest.mark.parametrize("text", ["甲 局", "a-b", "é", "🖨", "ก็", "\u0301"])
def test_what_is_seen_stays(text):
    assert seen(text) == text
