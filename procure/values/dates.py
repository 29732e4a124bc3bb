"""Dates as offices write them, with the ambiguous ones refused rather than guessed."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any

from procure.values.faults import nearest
from procure.values.texts import half_width
from procure.values.words import ProcureError, Words

_HALF = r"上午|下午|中午|晚上|早上|凌晨|[ap]\.?m\.?"
_CLOCK = r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?|[时点](?:\d{1,2}分?)?)"
#: What may stand behind a day: the day of the week, the time and its zone.
_BEHIND = (
    r"(?:[ T]*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
    rf"(?:[ T]*(?:{_HALF}))?(?:[ T]*{_CLOCK}(?:\s*(?:{_HALF})|\s?(?P<zone>Z|[+-]\d{{2}}(?::?\d{{2}})?))?)?"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*(?P<day>\d{{1,2}})\s*[日号]?{_BEHIND}",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR_LAST = re.compile(
    rf"(?P<one>\d{{1,2}})(?:[-/.]|(?P<comma>,))(?P<two>\d{{1,2}})(?(comma),|[-/.])(?P<year>\d{{4}}|\d{{2}}){_BEHIND}",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}")
#: As Excel writes a date where nobody chose a format.
_SHORT = re.compile(
    rf"(?P<day>\d{{1,2}})[-/. ]?(?P<month>[a-z]{{3,9}})[-/., ]*'?(?P<year>\d{{2}}){_BEHIND}", re.IGNORECASE
)
#: 20年3月5日.
_SHORT_CHINESE = re.compile(
    rf"(?P<year>\d{{2}})\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号]?{_BEHIND}", re.IGNORECASE
)
#: A time zone: Asia/Shanghai, UTC, Etc/GMT+8.
_ZONE = re.compile(r"[A-Za-z]\w*(?:/[\w+-]+)*", re.ASCII)
_FOUR = re.compile(r"\d{4}")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_NUMERALS = re.compile(r"[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]")
_NUMERAL = {numeral: digit for digit, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}

#: What may stand between the first and the last day of a span.
_UNTIL = re.compile(r"\s*(?:至|到|~|〜|—+|–|\bto\b|\buntil\b|\bbis\b|(?<=[\d日号])-(?=\d|$)|\s-+\s)\s*", re.IGNORECASE)
#: A last day that leaves out what it shares with the first.
_LAST = re.compile(r"(?:(?P<month>\d{1,2})\s*[-/.月]\s*)?(?P<day>\d{1,2})\s*[日号]?")
_STILL = frozenset({"", "今", "现在", "now", "present"})

#: Characters. No date is longer, and dateutil takes its time over what is.
_LONGEST = 60

#: Day 0 of a spreadsheet's serial dates, and the serials that are taken for one: 1990-01-01 to 2099-12-31.
_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(32874, 73051)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NOT = Words("不是日期", "is not a date")
_SPAN = Words("是一段时间，按第一天计", "a span of days, of which the first counts")
_MOVED = Words("带时区的时刻，按 {zone} 的日期计", "a moment with a time zone, of which the day in {zone} counts")
_CENTURY = Words("两位年份，按 {first}–{last} 年读", "a year of two digits, read as one of {first} to {last}")


class TwoDatesError(ProcureError):
    """A date that is one with the day first, and another with the month first."""


class CenturyError(ProcureError):
    """A date whose year has two digits, of a century that is not known."""


def date(value: object, day_first: bool | None = None, century: int | None = None, zone: str | None = None) -> dt.date:
    """The calendar date; the time of day, where there is one, is dropped. Of a span of days it is the first.

    `day_first` says how `03/04/2020` is meant. `century` is the year from which on the hundred years are counted that a
    year of two digits is of: 2000. A moment with a time zone is of the day that it is in `zone`, a name such as
    `Asia/Shanghai`; where there is none, of the day that is written. A bare number is a date such as 20200305 or a
    spreadsheet's serial.

    >>> date("2020年3月5日"), date("5-Mar-2020")
    (datetime.date(2020, 3, 5), datetime.date(2020, 3, 5))

    Raises `ProcureError` where the text is no date, `TwoDatesError` where it is two (`03/04/2020`), and `CenturyError`
    where its century is not known.
    """
    if isinstance(value, dt.datetime):
        return _day_of(value, zone)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise _error(value, _NOT)
    text = _plain(value)
    found = _one(value, text, day_first, century, zone)
    if found is not None:
        return found
    first = _first_of_span(value, text, day_first, century, zone)
    return _with_month_name(value, text) if first is None else first


def assumed(
    value: object, day_first: bool | None = None, century: int | None = None, zone: str | None = None
) -> Words | None:
    """What is taken for granted where a value is read as a date; None where it says all."""
    if isinstance(value, dt.datetime):
        return _MOVED.format(zone=zone) if _day_of(value, zone) != value.date() else None
    if not isinstance(value, str):
        return None
    if _PLAIN.fullmatch(value):
        return None
    text = _plain(value)
    try:
        found = _one(value, text, day_first, century, zone)
        if found is None:
            return None if _first_of_span(value, text, day_first, century, zone) is None else _SPAN
    except ProcureError:
        return None
    if _one(value, text, day_first, century, None) != found:
        return _MOVED.format(zone=zone)
    short = _SHORT.fullmatch(text) or _SHORT_CHINESE.fullmatch(text) or _YEAR_LAST.fullmatch(text)
    return (
        _CENTURY.format(first=century, last=century + 99)
        if short and century is not None and len(short["year"]) == 2
        else None
    )


def century_shown(cells: Iterable[object], day_first: bool | None = None) -> int | None:
    """The century of the whole dates among some cells, where others have a year of two digits; None where none has, and
    where they show no century, or several."""
    each = [cell for cell in cells if isinstance(cell, (str, dt.date))]
    if not any(isinstance(cell, str) and _is_short(cell, day_first) for cell in each):
        return None
    found = set()
    for cell in each:
        with suppress(ProcureError):
            found.add(date(cell, day_first).year // 100 * 100)
    return found.pop() if len(found) == 1 else None


def _is_short(cell: str, day_first: bool | None) -> bool:
    """Whether a text is a date whose year has two digits."""
    if _FOUR.search(cell):
        return False
    try:
        date(cell, day_first is not False)
    except CenturyError:
        return True
    except ProcureError:
        return False
    return False


def _plain(value: object) -> str:
    text = half_width(str(value)).strip().removesuffix(".0")
    if not _NUMERALS.fullmatch(text):
        return text
    year, month, day = re.split("[年月]", text[:-1])
    return f"{''.join(str(_NUMERAL[sign]) for sign in year)}-{_number(month)}-{_number(day)}"


def _number(numerals: str) -> int:
    """A number below a hundred in Chinese numerals."""
    tens, ten, ones = numerals.rpartition("十")
    if not ten:
        return int("".join(str(_NUMERAL[sign]) for sign in numerals))
    return 10 * _NUMERAL.get(tens, 1) + _NUMERAL.get(ones, 0)


def _one(value: object, text: str, day_first: bool | None, century: int | None, zone: str | None) -> dt.date | None:
    """The date of a text that is one in numbers, or as Excel writes it; None of another."""
    if match := _YEAR_FIRST.fullmatch(text):
        return _moved(match, _made(value, match["year"], match["month"], match["day"]), zone)
    if match := _COMPACT.fullmatch(text):
        return _made(value, *match.group("year", "month", "day"))
    if match := _YEAR_LAST.fullmatch(text):
        return _moved(match, _year_last(value, match, day_first, century), zone)
    match = _SERIAL.fullmatch(text)
    if match and int(match[1]) in _SERIALS:
        return _EPOCH + dt.timedelta(days=int(match[1]))
    if match := _SHORT_CHINESE.fullmatch(text):
        made = _made(value, _year(value, match["year"], century), match["month"], match["day"])
        return _moved(match, made, zone)
    match = _SHORT.fullmatch(text)
    if match and match["month"][:3].lower() in _MONTHS:
        month = _MONTHS.index(match["month"][:3].lower()) + 1
        return _moved(match, _made(value, _year(value, match["year"], century), month, match["day"]), zone)
    return None


def _year_last(value: object, match: re.Match[str], day_first: bool | None, century: int | None) -> dt.date:
    first, second = int(match["one"]), int(match["two"])
    if day_first is None:
        if len(match["year"]) == 2 or first <= 12 and second <= 12 and first != second:
            raise _two(value)
        day_first = first > 12
    month, day = (second, first) if day_first else (first, second)
    return _made(value, _year(value, match["year"], century), month, day)


def _year(value: object, written: str, century: int | None) -> int:
    if len(written) == 4:
        return int(written)
    if century is None:
        raise CenturyError(
            Words(
                f"“{value}”的年份只有两位，不知是哪个世纪",
                f"{str(value)!r} has a year of two digits, of no known century",
            )
        )
    return century + (int(written) - century) % 100


def _made(value: object, year: Any, month: Any, day: Any) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise _error(value, _NOT) from None


# -- moments ---------------------------------------------------------------------------------------------------------


def _moved(match: re.Match[str], day: dt.date, zone: str | None) -> dt.date:
    """The day of a moment in a zone."""
    if zone is None or match["zone"] is None or match["hour"] is None:
        return day
    clock = f"{int(match['hour']):02}:{match['minute'] or '00'}:{match['second'] or '00'}{match['zone']}"
    try:
        at = dt.time.fromisoformat(clock)
    except ValueError:  # 25:00
        return day
    return _day_of(dt.datetime.combine(day, at), zone)


def _day_of(moment: dt.datetime, zone: str | None) -> dt.date:
    if zone is None or moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(zone_of(zone)).date()
    except OverflowError:
        return moment.date()


@cache
def zone_of(name: str) -> dt.tzinfo:
    """A time zone by its name: dateutil brings the data where the system has none. Raises `ProcureError` for a name
    that there is not."""
    from dateutil import tz

    # A path would be a file of the system's.
    found: dt.tzinfo | None = tz.gettz(name) if _ZONE.fullmatch(name) else None
    if found is None:
        near = nearest(name, sorted(zoneinfo.available_timezones()), Words("例：Asia/Shanghai", "one is Asia/Shanghai"))
        raise ProcureError(Words(f"没有“{name}”这个时区（{near.zh}）", f"there is no time zone {name!r} ({near.en})"))
    return found


# -- spans of days, and months by their names ------------------------------------------------------------------------


def _first_of_span(
    value: object, text: str, day_first: bool | None, century: int | None, zone: str | None
) -> dt.date | None:
    """The first day of a span of days; None of what is none."""
    if len(text) > _LONGEST:
        return None
    for until in _UNTIL.finditer(text):
        begin, end = text[: until.start()], text[until.end() :]
        first = _one(value, begin, day_first, century, zone) or _named(begin)
        if first is None:
            continue
        # 2020-3-2-9 may be a number of something as well.
        brief = until[0] != "-" or "-" not in begin
        orders = (True, False) if day_first is None else (day_first,)
        if any(_ends(end, first, order, century, brief) for order in orders):
            return first
    return None


def _ends(text: str, first: dt.date, day_first: bool, century: int | None, brief: bool) -> bool:
    """Whether a text is the last day of a span that begins on the first; a `brief` one leaves out what it shares with
    that, or is left out itself."""
    match = _LAST.fullmatch(text)
    try:
        if text.lower() in _STILL:
            return brief
        if match:
            return brief and first.replace(month=int(match["month"] or first.month), day=int(match["day"])) >= first
        last = _one(text, text, day_first, century, None) or _named(text)
        return last is not None and last >= first
    except ValueError:  # a `ProcureError` is one
        return False


def _named(text: str) -> dt.date | None:
    """The date of a text with the name of its month; None of another."""
    try:
        return _with_month_name(text, text)
    except ProcureError:
        return None


def _with_month_name(value: object, text: str) -> dt.date:
    # dateutil fills what the text leaves out from `default`; two defaults that share nothing show whether anything
    # was filled in, and a date half guessed is refused. So is a day or a century of its own making: it takes the first
    # Thursday for "Thu Mar 2020".
    from dateutil import parser

    if len(text) > _LONGEST or not re.search(r"[A-Za-z]{3}", text) or not re.search(r"\d{4}", text):
        raise _error(value, _NOT)
    try:
        defaults = dt.datetime(2000, 1, 1), dt.datetime(2001, 2, 2)
        first, second = (parser.parse(text, default=default, ignoretz=True) for default in defaults)
    except (ValueError, ArithmeticError):
        raise _error(value, _NOT) from None
    numbers = set(map(int, re.findall(r"\d+", text)))
    if first.date() != second.date() or not {first.day, first.year} <= numbers:
        raise _error(value, Words("不是完整的日期", "is not a whole date"))
    return first.date()


def _two(value: object) -> TwoDatesError:
    words = Words("“{value}”日、月次序不明，请写成 2020-03-04", "{said} could be day or month first: write 2020-03-04")
    return TwoDatesError(words.format(value=value, said=repr(str(value))))


def _error(value: object, why: Words) -> ProcureError:
    return ProcureError(Words(f"“{value}”{why.zh}", f"{str(value)!r} {why.en}"))
