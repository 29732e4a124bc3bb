"""Dates as offices write them, with the ambiguous ones refused rather than guessed."""

from __future__ import annotations

import datetime as dt
import re

from procure.values.texts import half_width
from procure.values.words import ProcureError, Words

_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?" + _TIME)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})" + _TIME)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")

#: Characters. No date is longer, and dateutil takes its time over what is.
_LONGEST = 60

#: Day 0 of a spreadsheet's serial dates, and the serials that are taken for one: 1990-01-01 to 2099-12-31.
_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(32874, 73051)


class TwoDatesError(ProcureError):
    """A date that is one with the day first, and another with the month first."""


def date(value: object, day_first: bool | None = None) -> dt.date:
    """The calendar date; the time of day, where there is one, is dropped.

    `day_first` says how `03/04/2020` is meant, and `03/04/20` with it. A bare number is a date such as 20200305 or
    a spreadsheet's serial.

    >>> date("2020年3月5日"), date("5-Mar-2020")
    (datetime.date(2020, 3, 5), datetime.date(2020, 3, 5))

    Raises `ProcureError` where the text is no date, `TwoDatesError` where it is two (`03/04/2020`).
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise _error(value, "不是日期", "is not a date")
    text = half_width(str(value)).strip().removesuffix(".0")
    match = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _made(value, *map(int, match.groups()))
    match = _YEAR_LAST.fullmatch(text)
    if match:
        return _year_last(value, match[1], match[2], match[3], day_first)
    match = _SERIAL.fullmatch(text)
    if match and int(match[1]) in _SERIALS:
        return _EPOCH + dt.timedelta(days=int(match[1]))
    return _with_month_name(value, text)


def _year_last(value: object, one: str, two: str, year: str, day_first: bool | None) -> dt.date:
    first, second = int(one), int(two)
    if day_first is None:
        if len(year) == 2 or first <= 12 and second <= 12 and first != second:
            raise _two(value)
        day_first = first > 12
    month, day = (second, first) if day_first else (first, second)
    return _made(value, int(year) if len(year) == 4 else 2000 + int(year), month, day)


def _made(value: object, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _error(value, "不是日期", "is not a date") from None


def _with_month_name(value: object, text: str) -> dt.date:
    # dateutil fills what the text leaves out from `default`; two defaults that share nothing show whether anything
    # was filled in, and a date half guessed is refused. So is a day or a century of its own making: it takes the first
    # Thursday for "Thu Mar 2020".
    from dateutil import parser

    if len(text) > _LONGEST or not re.search(r"[A-Za-z]{3}", text) or not re.search(r"\d{4}", text):
        raise _error(value, "不是日期", "is not a date")
    try:
        defaults = dt.datetime(2000, 1, 1), dt.datetime(2001, 2, 2)
        first, second = (parser.parse(text, default=default, ignoretz=True) for default in defaults)
    except (ValueError, ArithmeticError):
        raise _error(value, "不是日期", "is not a date") from None
    numbers = set(map(int, re.findall(r"\d+", text)))
    if first.date() != second.date() or not {first.day, first.year} <= numbers:
        raise _error(value, "不是完整的日期", "is not a whole date")
    return first.date()


def _two(value: object) -> TwoDatesError:
    words = Words("“{value}”日、月次序不明，请写成 2020-03-04", "{said} could be day or month first: write 2020-03-04")
    return TwoDatesError(words.format(value=value, said=repr(str(value))))


def _error(value: object, zh: str, en: str) -> ProcureError:
    return ProcureError(Words(f"“{value}”{zh}", f"{str(value)!r} {en}"))
