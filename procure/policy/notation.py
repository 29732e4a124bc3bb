"""How comparisons and ranges are written in a policy: `>= 3`, `<= date - 7 days`, `>= 2/3 * panel`, `[5000 .. top)`,
`odd >= 5`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container
from decimal import Decimal
from fractions import Fraction

import attrs

from procure.policy.tests import SIGNS, Sign
from procure.values.faults import quoted
from procure.values.words import ProcureError, Words


@attrs.frozen
class Named:
    """A column, a limit, a word of an order or `list.carried`, with a factor before it or days after it."""

    name: str
    factor: Fraction = Fraction(1)
    days: int = 0

    @property
    def scaled(self) -> str:
        """The name under which a limit with its factor is known."""
        return self.name if self.factor == 1 else f"{self.factor} * {self.name}"


#: What something is compared with.
Operand = Decimal | dt.date | Named


@attrs.frozen
class Comparison:
    sign: Sign
    operand: Operand


@attrs.frozen
class Range:
    """Two ends; None where there is none. `opens` is `[`, `(` or `|`, `closes` `]`, `)` or `|`."""

    opens: str
    low: Operand | None
    high: Operand | None
    closes: str


_SIGNED = re.compile(rf"({'|'.join(sorted(SIGNS, key=len, reverse=True))})\s*(.*)", re.DOTALL)
_RANGE = re.compile(r"([\[(|])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])|])", re.DOTALL)
_NUMBER = re.compile(r"-?\d[\d_]*(?:\.\d+)?")
#: An odd number, and what else is asked of it.
_ODD = re.compile(r"odd\b\s*(.*)", re.DOTALL)
#: A number as it is printed.
_PRINTED = re.compile(r"[$€£¥￥]?\s*\d[\d,，]*(?:\.\d+)?\s*[$€£¥￥元]?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME = r"[^\s*+\-/%<>=\[\](){}|,\"'.][^\s*+/%<>=\[\](){}|,\"']*"
_FACTOR = re.compile(rf"(?:(\d+(?:\.\d+)?)(?:/(\d+))?\s*(%)?\s*\*\s*)?({_NAME})(?:\s*([+-])\s*(\d+)\s*days?)?")
#: Other lengths of time than days.
_SPANS = re.compile(r"[+-]\s*\d+\s*(?:weeks?|months?|years?)$")


#: A number as offices write it, with a multiple and what it counts.
_WORDED = re.compile(
    r"(?:[A-Z]{1,3}\s?(?=\d[\d,\s]*\d))?(?P<number>\d[\d_,，\s]*(?:\.\d+)?|[一二两三四五六七八九十])\s*"
    r"(?P<multiple>亿|千万|百万|万|千|百|(?i:thousand|million|k))?\s*[元圆家个人份名次]?",
)
_MULTIPLES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3, "百": 100,
              "thousand": 10**3, "million": 10**6, "k": 10**3, "": 1}  # fmt: skip
_NUMERALS = "零一二三四五六七八九十"


def worded(text: str) -> ProcureError | None:
    """How a number is written that a text says in words, such as 1万 or 三家; None of a text that says none."""
    match = _WORDED.fullmatch(text.strip())
    if match is None or _NUMBER.fullmatch(text):
        return None
    said = match["number"].replace("两", "二")
    number = Decimal(_NUMERALS.index(said) if said in _NUMERALS else re.sub(r"[_,，\s]", "", said))
    written = f"{(number * _MULTIPLES[(match['multiple'] or '').lower()]).normalize():f}"
    return ProcureError(Words(f"“{text}”写作 {written}", f"{text!r} is written {written}"))


def is_range(text: str) -> bool:
    return ".." in text and text.strip()[:1] in "[(|"


def is_comparison(text: str) -> bool:
    return _SIGNED.match(text.strip()) is not None


def odd(text: str) -> str | None:
    """What is asked of a number beside that it is odd, empty where nothing is; None where it need not be odd."""
    match = _ODD.fullmatch(text.strip())
    return match and match[1]


def comparison(text: str, words: Container[str] = ()) -> Comparison:
    """A sign and one operand, of a text that is a comparison; raises `ProcureError` where the operand is none. `words`
    are names, whatever stands in them: blanks, too."""
    match = _SIGNED.fullmatch(text.strip())
    assert match is not None
    return Comparison(match[1], Named(match[2]) if match[2] in words else operand(match[2]))  # type: ignore[arg-type]  # the pattern has no other sign


def span(text: object) -> Range:
    """A range; raises `ProcureError` for a text that is none, and for what is no text."""
    match = _RANGE.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        it = quoted(text)
        raise ProcureError(
            Words(
                f"{it.zh}不是区间（如 “[0 .. 5000)”：括号、数、两点、数、括号）",
                f"{it.en} is not a range, such as '[0 .. 5000)': bracket, number, two dots, number, bracket",
            )
        )
    return Range(match[1], operand(match[2]) if match[2] else None, operand(match[3]) if match[3] else None, match[4])


def limit(text: str) -> Named:
    """A limit, with a factor before it if need be; a text that is none is taken for the name of one."""
    try:
        named = operand(text)
    except ProcureError:
        return Named(text)
    return named if isinstance(named, Named) and named.factor and not named.days else Named(text)


def operand(text: str) -> Operand:
    """A number, a day, or a name with its factor or days; raises `ProcureError` for a text that is none."""
    text = text.strip()
    if _DAY.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ProcureError(Words(f"“{text}”不是日期", f"{text!r} is not a date")) from None
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace("_", ""))
    if _PRINTED.fullmatch(text):
        raise ProcureError(
            Words(
                f"“{text}”不是数：不加币种符号和千分位（1500、25_000、1000.50）",
                f"{text!r} is no number: it has no sign of a currency and no comma (1500, 25_000, 1000.50)",
            )
        )
    match = _FACTOR.fullmatch(text)
    if match is None or (match[2] is not None and int(match[2]) == 0):
        raise worded(text) or ProcureError(
            Words(
                f"“{text}”不是数，也不是名称（日期可加减天数，如 “date - 30 days”；月、年不可）",
                f"{text!r} is neither a number nor a name (days may be added to a date, not months: 'date - 30 days')",
            )
            if _SPANS.search(text)
            else Words(f"“{text}”不是数，也不是名称", f"{text!r} is neither a number nor a name")
        )
    over, under, percent, name, sign, days = match.groups()
    factor = Fraction(over or 1) / int(under or 1) / (100 if percent else 1)
    return Named(name, factor, int(days or 0) * (-1 if sign == "-" else 1))
