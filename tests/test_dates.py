"""Dates as offices write them; what could be two dates is refused, not guessed."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.values.dates import date
from procure.values.words import ProcureError, Words

DAY = dt.date(2020, 3, 5)

TAKEN = [
    DAY,
    dt.datetime(2020, 3, 5, 23, 59),
    "2020-03-05",
    "2020-3-5",
    "2020/3/5",
    "2020.3.5",
    "2020年3月5日",
    "2020年03月05",
    "2020 年 3 月 5 日",
    "２０２０年３月５日",
    " 2020-03-05 ",
    "2020-03-05 14:30",
    "2020-03-05T14:30:00",
    "20200305",
    20200305,
    20200305.0,
    "43895",
    43895,
    43895.0,
    43895.75,
    "43895.75",
    "5-Mar-2020",
    "5 March 2020",
    "March 5, 2020",
    "Mar 5 2020 10:00",
    "Thu, 05 Mar 2020",
    "5 Mar 2020 10:00 EST",
]

NOT = "不是日期", "is not a date"
TWO = "日、月次序不明，请写成 2020-03-04", "could be day or month first: write 2020-03-04"
PARTLY = "不是完整的日期", "is not a whole date"

REFUSED = [
    ("", NOT),
    ("3月5日", NOT),
    ("2020年3月", NOT),
    ("2020-03", NOT),
    ("2020", NOT),
    (2020, NOT),
    ("2020-13-05", NOT),
    ("2020-02-30", NOT),
    ("2019-02-29", NOT),
    ("20200230", NOT),
    ("0000-01-01", NOT),
    ("32/01/2020", NOT),
    ("13/13/2020", NOT),
    ("待定", NOT),
    ("N/A", NOT),
    ("next March", NOT),
    ("5-Mar-20", NOT),
    ("99 Foo 2020", NOT),
    ("5 March 20200", NOT),
    (32873, NOT),
    ("73051", NOT),
    (123, NOT),
    (float("nan"), NOT),
    (1e300, NOT),
    (None, NOT),
    (True, NOT),
    ([2020, 3, 5], NOT),
    ("03/04/2020", TWO),
    ("3.4.2020", TWO),
    ("1-12-2020", TWO),
    ("03/04/20", TWO),
    ("25/12/20", TWO),
    ("03/03/20", TWO),
    ("March 2020", PARTLY),
    ("Mar 2020 10:00", PARTLY),
    ("Thursday 2020", PARTLY),
    ("Thu Mar 2020", PARTLY),
    ("5-Mar-20 10:00 +0800", PARTLY),
    ("5 March 2020" + " " * 50 + "x", NOT),
    ("Mar 2020 " + "9" * 1_000_000, NOT),
    (f"Mar {'9' * 30}h", NOT),
]


@pytest.mark.parametrize("value", TAKEN, ids=repr)
def test_taken(value: object) -> None:
    assert date(value) == DAY
    assert type(date(value)) is dt.date


@pytest.mark.parametrize(("value", "why"), REFUSED, ids=repr)
def test_refused(value: object, why: tuple[str, str]) -> None:
    with pytest.raises(ProcureError) as caught:
        date(value)
    assert caught.value.words == Words(f"“{value}”{why[0]}", f"{str(value)!r} {why[1]}")


@pytest.mark.parametrize(
    ("value", "day_first", "expected"),
    [
        ("03/04/2020", True, dt.date(2020, 4, 3)),
        ("03/04/2020", False, dt.date(2020, 3, 4)),
        ("03/04/20", True, dt.date(2020, 4, 3)),
        ("03/04/20", False, dt.date(2020, 3, 4)),
        ("03-04-2020 12:00", True, dt.date(2020, 4, 3)),
        ("2020-03-04", True, dt.date(2020, 3, 4)),
        ("25/12/2020", None, dt.date(2020, 12, 25)),
        ("12/25/2020", None, dt.date(2020, 12, 25)),
        ("25.12.2020", None, dt.date(2020, 12, 25)),
        ("03/03/2020", None, dt.date(2020, 3, 3)),
    ],
)
def test_day_or_month_first(value: str, day_first: bool | None, expected: dt.date) -> None:
    assert date(value, day_first) == expected


@pytest.mark.parametrize(("value", "day_first"), [("12/25/2020", True), ("25/12/2020", False)])
def test_the_order_said_is_kept_to(value: str, day_first: bool) -> None:
    with pytest.raises(ProcureError, match=f"^'{value}' is not a date$"):
        date(value, day_first)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_round_trip(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    zh = f"{day.year}年{day.month}月{day.day}日"
    for written in (day.isoformat(), zh, day.strftime("%Y%m%d"), f"{day.year}/{day.month}/{day.day}", serial):
        assert date(written) == day
    assert date(f"{day.day} {day.strftime('%B')} {day.year}") == day
    assert date(f"{day.day}.{day.month}.{day.year}", day_first=True) == day
    assert date(f"{day.month}.{day.day}.{day.year}", day_first=False) == day


@given(st.text(max_size=16))
def test_a_date_or_a_reason(text: str) -> None:
    # Nothing but `ProcureError` comes out, and nothing but a plain date.
    with contextlib.suppress(ProcureError):
        assert type(date(text)) is dt.date
