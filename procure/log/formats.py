"""Numbers with the format in which a spreadsheet shows them, where that tells more than the number does: `0.0"万元"`,
`$#,##0`, `#,##0`."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

import attrs

from procure.log import units
from procure.values.money import UNITS, Currency, Minor
from procure.values.words import ProcureError, Words

_PERCENT = Words("“{shown}”是百分比，不是金额", "{shown!r} is a percentage and no amount")
_SCALED = Words(
    "“{shown}”的格式以 {scale} 为单位，与所载单位不符",
    "{shown!r} is shown in units of {scale}, and another unit is stated",
)
_IN_FORMAT = Words("“{shown}”{why}", "{shown!r} {why}")

# The section of positive numbers, taken apart: texts in quotation marks, escaped signs, colours and currencies.
_TOKEN = re.compile(
    r'"(?P<text>[^"]*)"|[\\!](?P<sign>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(?P<other>.)'
)
_DIGITS = frozenset("0#?")
_CONTEXT = Context(prec=40, rounding=ROUND_HALF_UP)


@attrs.frozen
class Format:
    """What a number format says: what stands beside the digits, how many decimals it shows, and of how many the shown
    number counts one."""

    words: str
    decimals: int | None
    scale: Decimal
    percent: bool = False

    def telling(self, decimals: int) -> bool:
        """Whether it says more of a number than the number itself, where the currency has so many decimals."""
        return (
            bool(self.words)
            or self.percent
            or self.scale != 1
            or self.decimals is not None
            and self.decimals < decimals
        )


class Formatted(float):
    """A number of a spreadsheet, with a format that tells more than the number."""

    __slots__ = ("format",)
    format: Format

    def __new__(cls, value: float, format: Format) -> Formatted:
        made = super().__new__(cls, value)
        made.format = format
        return made

    def __reduce__(self) -> tuple[type, tuple[float, Format]]:
        return Formatted, (float(self), self.format)

    @property
    def shown(self) -> str:
        """As the spreadsheet shows it, except the order of its signs."""
        number = Decimal(f"{float(self):.15g}") / self.format.scale
        decimals = self.format.decimals
        if decimals is not None and number.adjusted() < 25:
            number = number.quantize(Decimal(1).scaleb(-decimals), context=_CONTEXT)
        return f"{number:,f}{'%' if self.format.percent else ''}{self.format.words}"


class Unlike(Minor):
    """An amount that its spreadsheet shows otherwise: what is stored counts."""

    __slots__ = ()


def formatted(cell: Formatted, currency: Currency, unit: str, exact: bool) -> Minor:
    """The amount of a number with its format, `unit` where the format names none. Raises `ProcureError` for another
    currency, a percentage, and a unit that contradicts the format."""
    found = cell.format
    if found.percent:
        raise ProcureError(_PERCENT.format(shown=cell.shown))
    said = units.counted(found.words, currency) if found.words else None
    if isinstance(said, Words):
        raise ProcureError(_IN_FORMAT.format(shown=cell.shown, why=said))
    unit = said or unit
    if found.scale not in (1, UNITS[unit]) and UNITS[unit] != 1:
        raise ProcureError(_SCALED.format(shown=cell.shown, scale=f"{found.scale:,f}"))
    stored = currency.cell(float(cell), unit if found.scale == 1 else "", exact=exact)
    assert stored is not None
    # What is rounded to the currency's own decimals is reported as such.
    plain = found.scale == 1 and UNITS[unit] == 1
    same = found.decimals is None or plain and found.decimals >= currency.decimals
    if same or _displayed(cell, currency, unit) == stored:
        return stored
    return Unlike(stored)


def _displayed(cell: Formatted, currency: Currency, unit: str) -> int | None:
    """What stands on the screen, in minor units."""
    number = Decimal(f"{float(cell):.15g}") / cell.format.scale
    shown = number.quantize(Decimal(1).scaleb(-(cell.format.decimals or 0)), context=_CONTEXT)
    return int(shown.scaleb(currency.decimals) * UNITS[unit])


@cache
def format_of(code: str) -> Format:
    """What a format says of a number; nothing of dates, texts and the general format."""
    words: list[str] = []
    digits: list[str] = []
    section = ""
    for match in _TOKEN.finditer(code):
        text, sign, currency, other = match.group("text", "sign", "currency", "other")
        if other == ";":
            break
        if other:
            if other in _DIGITS or other in ".,%":
                digits.append(other)
            elif other.isalpha() or other in "¥￥$€£":
                section += other
                words.append(other)
            continue
        literal = text or sign or currency or ""
        if digits and literal in (".", "。") and any(each in _DIGITS for each in digits):
            digits.append("!")
        else:
            words.append(literal)
    shape = "".join(digits)
    said = "".join(words).strip(" ()+-/")
    if not any(each in _DIGITS for each in shape) or re.search(r"[a-zA-Z]", section):
        # Dates, times, scientific notation, General.
        return Format("", None, Decimal(1))
    return _of(shape, said)


def _of(shape: str, said: str) -> Format:
    percent = "%" in shape
    shape = shape.replace("%", "")
    # A point that is but drawn, as in 0!.0,"万元", cuts the number by the digits behind it.
    whole, drawn, behind = shape.partition("!")
    end = (behind if drawn else whole).partition(".")
    thousands = len(shape) - len(shape.rstrip(","))
    scale = Decimal(1000) ** thousands
    if drawn:
        cut = sum(each in _DIGITS for each in end[0])
        return Format(said, cut, scale * 10**cut, percent)
    return Format(said, sum(each in _DIGITS for each in end[2]), scale / (100 if percent else 1), percent)
