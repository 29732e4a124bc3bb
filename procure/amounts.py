"""Yuan to exact integer fen and back. No binary float ever holds money.

Accepted: `int` and `Decimal` (yuan), text as offices write it (`5,000.00`, `￥3,200`, `81.29万元`, `1.2 万`,
full-width digits, `(300.00)` for a refund), and a `float` only where its shortest form is exact to the fen, since every
spreadsheet reader hands amounts over as floats.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from procure.words import ProcureError, Words

#: Amounts of 10 trillion yuan and more are refused, so that no sum overflows 64 bits in any engine.
BOUND = 10**15

UNITS = {
    "": 1, "元": 1, "圆": 1, "元整": 1, "圆整": 1, "千元": 1000, "万": 10_000, "万元": 10_000, "百万元": 10**6,
    "亿": 10**8, "亿元": 10**8,
}  # fmt: skip

_AMOUNT = re.compile(
    r"(?:人民币|RMB|CNY|¥)?\s*(?P<sign>[+-]?)\s*(?:人民币|RMB|CNY|¥)?\s*"
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)"
    r"\s*(?P<unit>百万元|千元|万元|亿元|元整|圆整|元|圆|万|亿)?\s*(?:人民币|RMB|CNY)?",
    re.IGNORECASE,
)
# The text of nearly every cell, read without the price of the full pattern.
_PLAIN = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?", re.ASCII)
_CONTINENTAL = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d*)?")
_CAPITALS = re.compile(
    r"(?:人民币)?:?(?P<yuan>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)[元圆](?:(?P<jiao>[零壹贰叁肆伍陆柒捌玖])角)?零?"
    r"(?:(?P<fen>[零壹贰叁肆伍陆柒捌玖])分)?[整正]?"
)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


class Fen(int):
    """An amount already in fen, so that no conversion takes it for yuan."""

    __slots__ = ()


def fen(value: object, unit: str = "元", decimal_comma: bool = False) -> Fen:
    """The amount in fen, exactly; `unit` is that of a bare number (`"万元"` for a column in 10,000 yuan).

    `decimal_comma` says that text is written as `15.808,00`; it is never guessed.

    >>> fen("81.29万元"), fen("￥3,200"), fen(4999.99), fen("(300.00)")
    (81290000, 320000, 499999, -30000)

    Raises `ProcureError` saying why: not a number, not exact to the fen, out of range.
    """
    if isinstance(value, Fen):
        return value
    if not isinstance(value, str):
        return _exact(_number(value), UNITS[unit], value)
    plain = _PLAIN.fullmatch(value) if unit == "元" and not decimal_comma else None
    if plain:
        return Fen(int(plain[1]) * 100 + int((plain[2] or "").ljust(2, "0")))
    return _exact(*_text(value, unit, decimal_comma), value)


def yuan(fen: int) -> Decimal:
    """Fen as yuan with two decimals: `yuan(500000) == Decimal("5000.00")`."""
    return Decimal(fen).scaleb(-2)


def plain(fen: int) -> str:
    """Fen as the plain decimal text of the JSON contract: `"5000.00"`."""
    sign, whole = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def shown(fen: int) -> str:
    """Fen for a reader's eye: `"¥5,000.00"`."""
    sign, whole = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}¥{whole // 100:,}.{whole % 100:02d}"


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise _error(value, "不是金额", "is not an amount")
    # repr is the shortest text that reads back as the same float: 4999.99 stays 4999.99, and
    # 0.1 + 0.2 shows the digits that make it inexact.
    number = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise _error(value, "不是金额", "is not an amount")
    return number


def _text(value: str, unit: str, decimal_comma: bool) -> tuple[Decimal, int]:
    """The number, and what one of its units is in yuan."""
    # A footnote mark (3200①, 5000²) would be folded into one more digit.
    if any(unicodedata.category(sign) == "No" for sign in value):
        raise _error(value, "不是金额", "is not an amount")
    folded = unicodedata.normalize("NFKC", value).replace("\u2212", "-").strip()
    if decimal_comma:
        folded = _with_point(value, folded)
    capitals = _CAPITALS.fullmatch(folded)
    if capitals:
        return _capitals(value, capitals), 1
    accounting = folded.startswith("(") and folded.endswith(")")
    match = _AMOUNT.fullmatch(folded[1:-1].strip() if accounting else folded)
    if match is None or (accounting and match["sign"]):
        raise _error(value, "不是金额", "is not an amount")
    number = Decimal(match["number"].replace(",", ""))
    negative = accounting or match["sign"] == "-"
    return number.copy_negate() if negative else number, UNITS[match["unit"] or unit]


def _with_point(value: str, folded: str) -> str:
    number = folded.strip("€ ")
    if not _CONTINENTAL.fullmatch(number):
        raise _error(value, "不是以逗号为小数点的金额", "is not an amount with a decimal comma")
    return number.replace(".", "").replace(",", ".")


def _capitals(value: str, match: re.Match[str]) -> Decimal:
    try:
        import cn2an
    except ImportError:
        raise _error(
            value,
            "是大写金额，请先 pip install 'procure[numerals]'",
            "is in capital numerals: pip install 'procure[numerals]'",
        ) from None
    try:
        # Strict: a numeral that could be read two ways is refused.
        whole = int(cn2an.cn2an(match["yuan"], "strict"))
    except ValueError:
        raise _error(value, "不是金额", "is not an amount") from None
    return Decimal(f"{whole}.{_DIGITS.index(match['jiao'] or '零')}{_DIGITS.index(match['fen'] or '零')}")


def _exact(number: Decimal, unit: int, value: object) -> Fen:
    # Taken apart as integers: arithmetic on decimals rounds to the precision that whoever called happens to have set.
    if number.copy_abs() >= BOUND:
        raise _error(value, "超出范围（10 万亿元以内）", "is out of range (below 10 trillion yuan)")
    over, under = number.as_integer_ratio() if number.adjusted() > -30 else (int(bool(number)), 10**30)
    whole, rest = divmod(over * 100 * unit, under)
    if abs(whole) >= BOUND:
        raise _error(value, "超出范围（10 万亿元以内）", "is out of range (below 10 trillion yuan)")
    if rest:
        raise _error(value, "不能精确到分", "is not exact to the fen")
    return Fen(whole)


def _error(value: object, zh: str, en: str) -> ProcureError:
    return ProcureError(Words(f"“{value}”{zh}", f"{str(value)!r} {en}"))
