"""Dates as offices write them; what could be two dates is refused, not guessed."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.values.dates import assumed, century_shown, date
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
    "2020年3月5号",
    "2020年3月5日上午",
    "2020-3-5 下午 3:00",
    "2020年3月5日（周四）下午3时20分",
    "2020-03-05 星期四",
    "2020/3/5 12:00:00 AM",
    "2020/3/5 9:30 p.m.",
    "二〇二〇年三月五日",
    "二○二○年三月五日",
]

NOT = "不是日期", "is not a date"
TWO = "日、月次序不明，请写成 2020-03-04", "could be day or month first: write 2020-03-04"
SHORT = "的年份只有两位，不知是哪个世纪", "has a year of two digits, of no known century"
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
    ("5-Mar-20", SHORT),
    ("5-Foo-20", NOT),
    ("31-Feb-20", SHORT),
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
    ("5-Mar-20 10:00 +0800", SHORT),
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
        ("10.03.2011", True, dt.date(2011, 3, 10)),
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


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("2020-3-2至2020-3-9", dt.date(2020, 3, 2)),
        ("2020年3月2日至9日", dt.date(2020, 3, 2)),
        ("2020.3.2-3.9", dt.date(2020, 3, 2)),
        ("2020/3/2～2020/3/9", dt.date(2020, 3, 2)),
        ("2020-03-02 - 2020-03-09", dt.date(2020, 3, 2)),
        ("2020-03-02-2020-03-09", dt.date(2020, 3, 2)),
        ("26.03.2014-01.04.2015", dt.date(2014, 3, 26)),
        ("16.06.2015-", dt.date(2015, 6, 16)),
        ("2020-03-02至今", dt.date(2020, 3, 2)),
        ("26 May 2011 to 2 June 2011", dt.date(2011, 5, 26)),
    ],
)
def test_of_a_span_the_first_day_counts_and_is_said_to(written: str, first: dt.date) -> None:
    assert date(written) == first
    assert assumed(written) == Words("是一段时间，按第一天计", "a span of days, of which the first counts")


@pytest.mark.parametrize(
    "written",
    [
        "2020-03-02-09",  # a number of something, perhaps
        "2020-03-02-",
        "2020-03-09至2020-03-02",
        "2020年3月9日至2日",
        "2020年3月9日至32日",
        "2020-03-02至下旬",
        "3月2日至9日",
        "2020年上半年",
        "2020-03至2020-04",
    ],
)
def test_what_is_no_span(written: str) -> None:
    with pytest.raises(ProcureError, match="is not a date"):
        date(written)
    assert assumed(written) is None


def test_a_span_that_is_two() -> None:
    with pytest.raises(ProcureError, match="could be day or month first"):
        date("1.2.2020-3.2.2020")
    assert date("1.2.2020-3.2.2020", day_first=True) == dt.date(2020, 2, 1)


@pytest.mark.parametrize(
    ("written", "century", "day"),
    [
        ("26-May-11", 2000, dt.date(2011, 5, 26)),
        ("26-May-11", 1900, dt.date(1911, 5, 26)),
        ("26-May-99", 1950, dt.date(1999, 5, 26)),
        ("26-May-11", 1950, dt.date(2011, 5, 26)),
        ("26 May '11 10:00", 2000, dt.date(2011, 5, 26)),
        ("03/04/20", 2000, dt.date(2020, 4, 3)),
        ("31.12.00", 2000, dt.date(2000, 12, 31)),
    ],
)
def test_a_year_of_two_digits_is_of_the_century_that_is_said(written: str, century: int, day: dt.date) -> None:
    assert date(written, day_first=True, century=century) == day
    zh, en = f"按 {century}–{century + 99} 年读", f"one of {century} to {century + 99}"
    assert assumed(written, True, century) == Words(f"两位年份，{zh}", f"a year of two digits, read as {en}")


@pytest.mark.parametrize(
    ("cells", "century"),
    [
        (["26-May-11", "2012-01-02", dt.date(2013, 1, 1), None, 5, "x"], 2000),
        (["26-May-11", "31-12-1999"], 1900),
        (["03/04/11", "2012-01-02"], 2000),
        (["26-May-11", "2012-01-02", "1999-12-31"], None),
        (["26-May-11"], None),
        (["2012-01-02", "Q4", "7 days", "二〇二〇年三月五日"], None),
    ],
)
def test_the_century_that_other_dates_show(cells: list[object], century: int | None) -> None:
    assert century_shown(cells, day_first=True) == century


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2019-12-31T16:00:00.000Z", dt.date(2020, 1, 1)),
        ("2019-12-31T15:59:59Z", dt.date(2019, 12, 31)),
        ("2019-12-31 23:30 -05:00", dt.date(2020, 1, 1)),
        ("2020-01-01T00:30:00+0900", dt.date(2019, 12, 31)),
        (dt.datetime(2019, 12, 31, 16, tzinfo=dt.UTC), dt.date(2020, 1, 1)),
    ],
)
def test_a_moment_is_of_the_day_in_the_offices_zone(moment: object, day: dt.date) -> None:
    assert date(moment, zone="Asia/Shanghai") == day
    moved = Words(
        "带时区的时刻，按 Asia/Shanghai 的日期计", "a moment with a time zone, of which the day in Asia/Shanghai counts"
    )
    assert assumed(moment, zone="Asia/Shanghai") == (moved if day != date(moment) else None)


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:00Z", "2020-03-05T25:00Z", dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC)]
)
def test_a_moment_that_no_zone_moves_is_of_its_own_day(moment: object) -> None:
    assert date(moment, zone="Asia/Shanghai") == date(moment)


def test_what_says_all_takes_nothing_for_granted() -> None:
    for cell in ("2020-03-05", "2020年3月5日", "5-Mar-2020", dt.date(2020, 3, 5), dt.datetime(2020, 3, 5), 43895, "x"):
        assert assumed(cell, True, 2000, "Asia/Shanghai") is None


def test_a_time_zone_that_there_is_not() -> None:
    with pytest.raises(ProcureError, match=r"^there is no time zone 'Mars' \(one is Asia/Shanghai\)$"):
        date("2019-12-31T16:00Z", zone="Mars")


def test_a_time_zone_that_is_nearly_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoneinfo.available_timezones", lambda: {"UTC", "Asia/Shanghai"})
    with pytest.raises(ProcureError, match=r"^there is no time zone 'Shangai' \(did you mean 'Asia/Shanghai'\?\)$"):
        date("2019-12-31T16:00Z", zone="Shangai")


def test_numerals_above_ten() -> None:
    assert date("二○二○年十一月二十三日") == dt.date(2020, 11, 23)
    assert date("二〇二〇年十月三十日") == dt.date(2020, 10, 30)


def test_nothing_is_taken_for_granted_of_what_cannot_be_read() -> None:
    assert assumed("03/04/2020") is None
