"""Money of one currency to exact minor units (fen, pence, cents) and back. No binary float ever holds money.

Accepted: `int` and `Decimal` (major units), text as offices write it (`5,000.00`, `￥3,200`, `81.29万元`, `£5k`,
`1.234,56 €`, full-width digits, `(300.00)` and `300.00-` for a refund), and a `float` only where its shortest form is
exact, since every spreadsheet reader hands amounts over as floats. What is in another currency is refused.
"""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Context, Decimal
from typing import ClassVar

import attrs

from procure.values.iso4217 import DECIMALS, SIGNS
from procure.values.marks import LEADING, MULTIPLES, NAME_OWNERS, SIGN_OWNERS, folded
from procure.values.words import ProcureError, Words

#: Minor units: amounts of so many and more are refused, so that no sum overflows 64 bits in any engine.
BOUND = 10**15

#: The numerals that stand before 元, the larger first: 单位：千万元.
TIMES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8, "千万": 10**7, "百万": 10**6,
    "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10,
}  # fmt: skip
#: What a header may say that its bare numbers count.
UNITS = {
    "": 1, "元": 1, "圆": 1, "元整": 1, "圆整": 1, "万": 10**4, "亿": 10**8, "thousand": 10**3, "lakh": 10**5,
    "million": 10**6, "crore": 10**7, "billion": 10**9, "trillion": 10**12,
    **{f"{numeral}元": count for numeral, count in TIMES.items()},
}  # fmt: skip

_NOT = Words("不是金额", "is not an amount")
_NOT_WITH_COMMA = Words("不是以逗号为小数点的金额", "is not an amount with a decimal comma")
_TWO_SIGNS = Words(
    "中的“{sign}”可能是小数点，也可能是千位分隔", "has a {sign!r} that may be its decimal sign or group thousands"
)
_NOT_INSTALLED = Words(
    "是大写金额，请先 pip install 'procure-check[numerals]'",
    "is in capital numerals: pip install 'procure-check[numerals]'",
)
_FOREIGN = Words("是{what}，而制度以 {code} 计", "is in {what}, and the policy counts in {code}")
_SHARED = Words("写作 {mark} 的货币", "a currency written {mark}")

#: For each decimal sign, the one that groups thousands.
_GROUPING = {".": ",", ",": "."}
_SWAPPED = str.maketrans(".,", ",.")
_CAPITALS = re.compile(
    r"(?:人民币)?:?(?P<yuan>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)[元圆](?:(?P<jiao>[零壹贰叁肆伍陆柒捌玖])角)?零?"
    r"(?:(?P<fen>[零壹贰叁肆伍陆柒捌玖])分)?[整正]?"
)
#: Enough for every amount: the context that the caller happens to have set would round.
_CONTEXT = Context(prec=30)
#: (500.00), ¥(500.00), (500.00)元, and 500.00 CR: what accounts write instead of a minus.
_BRACKETS = re.compile(r"([^\s\d()+-]{0,4})\(([^()]+)\)([^\s\d()+-]{0,4})")
_ACCOUNTING = re.compile(rf"{_BRACKETS.pattern}|(.*\d) ?cr")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


class Minor(int):
    """An amount already in minor units, so that no conversion takes it for major ones."""

    __slots__ = ()


class Rounded(Minor):
    """An amount that was written with more decimals than its currency has, rounded half up."""

    __slots__ = ()


class TwoSignsError(ProcureError):
    """An amount that is a thousand times as large where its sign groups thousands."""


@attrs.frozen
class Currency:
    """One currency of ISO 4217 as a policy counts in it: its code, its decimals, and the sign before an amount.

    >>> pounds = Currency.of("GBP")
    >>> pounds.minor("£1,000.50"), pounds.minor("5k"), pounds.minor("(300.00)")
    (100050, 500000, -30000)
    >>> pounds.shown(100050), pounds.plain(100050), pounds.major(100050)
    ('£1,000.50', '1000.50', Decimal('1000.50'))
    """

    code: str
    decimals: int = attrs.field()
    sign: str
    _scale: int = attrs.field(init=False, eq=False, repr=False)
    _plain: dict[str, re.Pattern[str]] = attrs.field(init=False, eq=False, repr=False)
    _thousands: dict[str, re.Pattern[str]] = attrs.field(init=False, eq=False, repr=False)

    #: Minor units: amounts of so many and more are refused.
    bound: ClassVar[int] = BOUND

    @decimals.validator
    def _check(self, _: object, decimals: int) -> None:
        if decimals not in range(5):
            words = Words("小数位数须为 0 至 4，不是 {decimals}", "decimals are 0 to 4, not {decimals}")
            raise ProcureError(words.format(decimals=decimals))

    @_scale.default
    def _minor_in_major(self) -> int:
        return int(10**self.decimals)

    @_plain.default
    def _plain_patterns(self) -> dict[str, re.Pattern[str]]:
        """The text of nearly every cell, read without the price of the full pattern; all of it is below the bound."""
        whole = 15 - self.decimals
        return {
            mark: re.compile(rf"(\d{{1,{whole}}})(?:{re.escape(mark)}(\d{{0,{self.decimals}}}))?", re.ASCII)
            for mark in _GROUPING
        }

    @_thousands.default
    def _thousands_patterns(self) -> dict[str, re.Pattern[str]]:
        """Texts whose one sign may be either: where a currency has three decimals all amounts look so, and no language
        that counts by 万 groups by points."""
        never = "(?!)" if self.decimals >= 3 else ""
        return {
            mark: re.compile(rf"{never}\D*[1-9]\d{{,2}}{re.escape(mark)}\d{{3}}[^\d百千万亿]*") for mark in _GROUPING
        }

    @classmethod
    def of(cls, code: str, decimals: int | None = None) -> Currency:
        """The currency of a code, with other decimals where a policy counts so: `Currency.of("HUF", decimals=0)`.

        Raises `ProcureError` where ISO 4217 has no such code, naming the nearest one.
        """
        if code not in DECIMALS:
            raise _no_currency(code)
        return cls(code, DECIMALS[code] if decimals is None else decimals, SIGNS.get(code, f"{code} "))

    def minor(self, value: object, unit: str = "", decimal: str = ".") -> Minor:
        """The amount in minor units, exactly; `unit` is that of a bare number (`"万元"` for a column in 10,000 yuan).

        `decimal` is the decimal sign of text, `.` or `,`; it is never guessed.

        Raises `ProcureError` saying why: not a number, not exact, out of range, in another currency.
        """
        if isinstance(value, str):
            plain = self._plain[decimal].fullmatch(value)
            if plain and UNITS[unit] == 1:
                return Minor(plain[1] + (plain[2] or "").ljust(self.decimals, "0"))
            return self._exact(*self._text(value, UNITS[unit], decimal), value)
        if isinstance(value, Minor):
            return value
        return self._exact(_number(value), UNITS[unit], value)

    def cell(
        self, value: object, unit: str = "", decimal: str = ".", exact: bool = False, sure: bool = True
    ) -> Minor | None:
        """A cell of a table, as `minor` reads it; None where it is blank. What is written with more decimals than the
        currency has is `Rounded`, half up; `exact` refuses it, and so is what would round to nothing. Unless the
        decimal sign is `sure`, 12.345 is refused too (`TwoSignsError`).

        A spreadsheet computes with binary fractions and shows 15 digits: 4999.990000000001 is 4999.99 there. No minor
        unit is lost, for every amount below the bound has 15 digits or fewer.
        """
        if type(value) is float:
            found = self.glance(unit, decimal)(value)
            if found is not None:
                return found
            shown = f"{value:.15g}"
            return self._exact(Decimal(shown), UNITS[unit], shown, exact)
        if type(value) is Decimal:
            return self._exact(value, UNITS[unit], value, exact)
        if value is None:
            return None
        if isinstance(value, str):
            plain = self._plain[decimal].fullmatch(value)
            if plain and UNITS[unit] == 1:
                return Minor(plain[1] + (plain[2] or "").ljust(self.decimals, "0"))
            if not value.strip():
                return None
            if not sure and self._thousands[decimal].fullmatch(folded(value)):
                raise TwoSignsError(_error(value, _TWO_SIGNS.format(sign=decimal)).words)
            return self._exact(*self._text(value, UNITS[unit], decimal), value, exact)
        return self.minor(value, unit, decimal)

    def glance(self, unit: str = "", decimal: str = ".") -> Callable[[object], Minor | None]:
        """What reads nearly every cell, as `cell` does; None of any other, be it an amount or not."""
        match, decimals, scale = self._plain[decimal].fullmatch, self.decimals, self._scale

        def read(value: object) -> Minor | None:
            if type(value) is str:
                plain = match(value)
                return Minor(plain[1] + (plain[2] or "").ljust(decimals, "0")) if plain else None
            if type(value) is float and -BOUND < value * scale < BOUND:
                whole = round(value * scale)
                # The float nearest to so many minor units: its text would say the same, at ten times the price.
                return Minor(whole) if whole / scale == value else None
            return None

        return read if UNITS[unit] == 1 else lambda value: None

    def major(self, minor: int) -> Decimal:
        """Minor units as major ones, with all decimals of the currency: `Decimal("5000.00")`."""
        return Decimal(minor).scaleb(-self.decimals, _CONTEXT)

    def plain(self, minor: int) -> str:
        """Minor units as the plain decimal text of the JSON contract: `"5000.00"`, or `"5000"` without decimals."""
        decimals = self.decimals
        if not decimals:
            return str(minor)
        digits = str(abs(minor)).zfill(decimals + 1)
        return f"{'-' if minor < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"

    def shown(self, minor: int, decimal: str = ".") -> str:
        """Minor units for a reader's eye: `"¥5,000.00"`, or `"€5.000,00"` with a decimal comma."""
        whole, rest = divmod(abs(minor), self._scale)
        text = f"{whole:,}.{rest:0{self.decimals}d}" if self.decimals else f"{whole:,}"
        return f"{'-' if minor < 0 else ''}{self.sign}{text.translate(_SWAPPED) if decimal == ',' else text}"

    def _text(self, value: str, unit: int, decimal: str) -> tuple[Decimal, int]:
        """The number, and how many major units one of its units is."""
        # A footnote mark (3200①, 5000²) would be folded into one more digit.
        if not value.isascii() and "No" in map(unicodedata.category, value):
            raise _error(value, _NOT)
        text = folded(value)
        capitals = _CAPITALS.fullmatch(text) if self.code == "CNY" else None
        if capitals:
            return _capitals(value, capitals), 1
        # 5 cr may be five crores, where these are counted.
        bracketed = (_BRACKETS if "crore" in MULTIPLES.get(self.code, ()) else _ACCOUNTING).fullmatch(text)
        accounting = bracketed is not None
        text = "".join(map(str.strip, bracketed.groups(""))) if bracketed else text
        if not accounting and text.endswith("-") and "-" not in text[:-1]:
            # As accounts write it: 500.00-
            text = f"-{text[:-1].strip()}"
        match = _own(self.code, self.sign, decimal).fullmatch(text)
        if match is None or accounting and match["minus"]:
            raise _error(value, self._foreign(text) or (_NOT_WITH_COMMA if decimal == "," else _NOT))
        number = Decimal(match["number"].replace(_GROUPING[decimal], "").replace(decimal, "."))
        negative = accounting or match["minus"] == "-"
        return number.copy_negate() if negative else number, self._unit(match, unit)

    def _unit(self, match: re.Match[str], unit: int) -> int:
        multiple, name, first, second = match.group("multiple", "name", "first", "second")
        if multiple:
            return MULTIPLES[self.code][multiple]
        return 1 if name or first in NAME_OWNERS or second in NAME_OWNERS else unit

    def foreign(self, marks: Iterable[str]) -> Words | None:
        """Why amounts with these marks, folded, are not in this currency; None where they may be."""
        own = _own_marks(self.code, self.sign)
        other = next((mark for mark in marks if mark not in own), None)
        return None if other is None else _FOREIGN.format(what=_meant(other), code=self.code)

    def other(self, why: Words) -> Currency | None:
        """The other currency of which it was said that amounts are in it, and so not in this one; None where something
        else was said. One that a sign alone tells, which several share, is called by the sign."""
        return _others(self.code, self.sign).get(why)

    def marked(self, value: str) -> Minor | None:
        """An amount that is written with a mark of this currency; None where it has none, or cannot be read."""
        match = _any().fullmatch(folded(value))
        if match is None or not _marks(match):
            return None
        try:
            return self.minor(value)
        except ProcureError:
            return None

    def _foreign(self, text: str) -> Words | None:
        """Why a text that cannot be read is an amount in another currency, if it is one."""
        match = _any().fullmatch(text)
        return self.foreign(_marks(match)) if match else None

    def _exact(self, number: Decimal, unit: int, value: object, exact: bool = True) -> Minor:
        if not number.is_finite():
            raise _error(value, _NOT)
        magnitude = number.adjusted()
        if magnitude > 30 and number:
            raise _error(value, self._out_of_range())
        # Taken apart as integers: arithmetic on decimals rounds to the precision that the caller happens to have set.
        over, under = number.as_integer_ratio() if -30 < magnitude <= 30 else (int(bool(number)), 10**30)
        whole, rest = divmod(over * self._scale * unit, under)
        if abs(whole) >= BOUND:
            raise _error(value, self._out_of_range())
        if not rest:
            return Minor(whole)
        # Half up is away from zero, and the division above goes down.
        rounded = whole + (2 * rest + (number > 0) > under)
        if exact or not rounded or abs(rounded) >= BOUND:
            raise _error(value, self._inexact())
        return Rounded(rounded)

    def _inexact(self) -> Words:
        if (self.code, self.decimals) == ("CNY", 2):
            return Words("不能精确到分", "is not exact to the fen")
        step = f"{self.plain(1)} {self.code}"
        return Words(f"不能精确到 {step}", f"is not exact to {step}")

    def _out_of_range(self) -> Words:
        bound = BOUND // self._scale
        zh = f"{bound // 10**12:,} 万亿" if bound >= 10**12 else f"{bound // 10**8:,} 亿"
        en = f"{bound // 10**12:,} trillion" if bound >= 10**12 else f"{bound // 10**9:,} billion"
        zh_name, en_name = ("元", " yuan") if self.code == "CNY" else (f" {self.code} ", f" {self.code}")
        return Words(f"超出范围（{zh}{zh_name}以内）", f"is out of range (below {en}{en_name})")


def _no_currency(code: str) -> ProcureError:
    words = Words("“{code}”不是 ISO 4217 的货币代码", "{said} is no currency of ISO 4217").format(
        code=code, said=repr(code)
    )
    meant = SIGN_OWNERS.get(folded(code)) or NAME_OWNERS.get(folded(code)) or _nearest(code.upper())
    if len(meant) == 1:
        words = Words("{why}，最接近的是 {code}", "{why}; the nearest is {code}").format(why=words, code=meant[0])
    return ProcureError(words)


def _nearest(code: str) -> Sequence[str]:
    """Of the codes that are alike, first one of the same letters, then one that begins alike: that is its country."""
    near = difflib.get_close_matches(code, DECIMALS, len(DECIMALS))
    near.sort(key=lambda other: (sorted(other) != sorted(code), other[:2] != code[:2], other))
    return near[:1]


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise _error(value, _NOT)
    # repr is the shortest text that reads back as the same float: 4999.99 stays 4999.99, and
    # 0.1 + 0.2 shows the digits that make it inexact.
    return Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)


def _capitals(value: str, match: re.Match[str]) -> Decimal:
    try:
        import cn2an
    except ImportError:
        raise _error(value, _NOT_INSTALLED) from None
    try:
        # Strict: a numeral that could be read two ways is refused.
        whole = int(cn2an.cn2an(match["yuan"], "strict"))
    except ValueError:
        raise _error(value, _NOT) from None
    return Decimal(f"{whole}.{_DIGITS.index(match['jiao'] or '零')}{_DIGITS.index(match['fen'] or '零')}")


@functools.cache
def _own_marks(code: str, sign: str) -> frozenset[str]:
    """What a currency itself is written with. Its own sign is among them even where it means another elsewhere."""
    return frozenset({folded(sign)}.union(*({m for m in t if code in t[m]} for t in (SIGN_OWNERS, NAME_OWNERS))))


@functools.cache
def _others(code: str, sign: str) -> Mapping[Words, Currency]:
    """What is said of amounts with marks that are not a currency's own, each with the currency that it means."""
    own, found = _own_marks(code, sign), {}
    for mark, codes in (*SIGN_OWNERS.items(), *NAME_OWNERS.items()):
        if mark not in own:
            why = _FOREIGN.format(what=_meant(mark), code=code)
            found[why] = Currency.of(codes[0]) if len(codes) == 1 else Currency(mark.upper(), 2, mark)
    return found


@functools.cache
def _own(code: str, sign: str, decimal: str) -> re.Pattern[str]:
    """Amounts in one currency. No mark of another is in the pattern, so none can be read as one of this."""
    point, comma = re.escape(decimal), re.escape(_GROUPING[decimal])
    # "Rs.500" is no half rupee: a leading point right after a letter could be that of an abbreviation.
    number = rf"(?:\d{{1,3}}(?:{comma}\d{{3}})+|\d+)(?:{point}\d*)?|(?<![a-z]){point}\d+"
    return _pattern(number, _own_marks(code, sign), MULTIPLES.get(code, ()))


@functools.cache
def _any() -> re.Pattern[str]:
    """Amounts in any currency, however their number is written: what is refused, seen only to say why."""
    return _pattern(
        r"[.,]?\d[\d.,' ’]{0,40}", {*SIGN_OWNERS, *NAME_OWNERS}, {w for words in MULTIPLES.values() for w in words}
    )


def _pattern(number: str, marks: Iterable[str], multiples: Iterable[str]) -> re.Pattern[str]:
    """An amount: marks and a minus before its number; after it a multiple, a name and a sign, in this order."""
    names = _one_of(mark for mark in marks if mark in NAME_OWNERS)
    signs = _one_of(mark for mark in marks if mark not in NAME_OWNERS)
    last = _one_of(mark for mark in marks if mark not in NAME_OWNERS and mark not in LEADING)
    # The multiple is tried last: "5 kr" is no thousand of anything.
    return re.compile(
        rf"(?P<first>{signs}|{names})? ?(?P<minus>[+-]?) ?(?P<second>{signs}|{names})? ?(?P<number>{number})"
        rf" ?(?P<multiple>{_one_of(multiples)})?? ?(?P<name>{names})? ?(?P<last>{last})?"
    )


def _one_of(words: Iterable[str]) -> str:
    """One of some words, the longest first. No letter stands right before a word: "kkr" is neither k kr nor kk r."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(("(?<![a-z])" if "a" <= word[0] <= "z" else "") + re.escape(word) for word in ordered) or "(?!)"


def _marks(match: re.Match[str]) -> list[str]:
    return [mark for mark in match.group("first", "second", "name", "last") if mark]


def _meant(mark: str) -> Words:
    """The currencies that a mark means, or the mark itself where they are many."""
    codes = SIGN_OWNERS.get(mark) or NAME_OWNERS[mark]
    if len(codes) > 4:
        return _SHARED.format(mark=mark)
    rest, last = codes[:-1], codes[-1]
    return Words(f" {'、'.join(rest)} 或 {last}", f"{', '.join(rest)} or {last}") if rest else Words(f" {last}", last)


def _error(value: object, why: Words) -> ProcureError:
    return ProcureError(Words(f"“{value}”{why.zh}", f"{str(value)!r} {why.en}"))


CNY = Currency.of("CNY")
