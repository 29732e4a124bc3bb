"""What a header, or a title above it, says that bare amounts count: yuan or 万元, pounds or thousands of them."""

from __future__ import annotations

import re
from functools import cache

from procure.values.marks import MULTIPLES, NAME_OWNERS, SIGN_OWNERS
from procure.values.money import CNY, UNITS, Currency
from procure.values.texts import half_width

_YUAN = {
    "元": "元, 人民币, 人民币元, rmb, cny, yuan, ¥, rmb yuan",
    "千元": "千元, 人民币千元, 1000 yuan, 1,000 yuan, thousand yuan",
    "万元": "万元, 万, 人民币万元, 10000 yuan, 10,000 yuan, 10k yuan, rmb 10000, rmb 10k",
    "百万元": "百万元, 人民币百万元, million yuan, rmb million",
    "亿元": "亿元, 亿, 人民币亿元",
}
#: What else headers write for a multiple of any currency.
_ANY = {"thousand": "000, 000s, 1000, 1,000, thousand, thousands", "million": "million, millions"}
#: The names of multiples, by what they count.
_NAMES = {10**3: "thousand", 10**4: "万", 10**6: "million", 10**8: "亿"}

BRACKETED = re.compile(r"(.+?)\s*[(\[【]\s*(?:单位\s*[:：]?\s*)?(.+?)\s*[)\]】]\s*")
_TRAILING = re.compile(r"(.+?)[\s/:,_-]*(百万元|千元|万元|亿元|元)")
_IN_A_TITLE = re.compile(r"单位\s*[:：]\s*(?:人民币)?\s*(百万元|千元|万元|亿元|元)")


def key(header: str) -> str:
    """A header as it is compared: full-width folded, without case, spaces and the marks of a form."""
    folded = half_width(header).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "_-*.:'’\"“”")


def plain(currency: Currency) -> str:
    """The unit of amounts of which nothing else is said."""
    return "元" if currency.code == "CNY" else ""


def parted(header: str, currency: Currency = CNY) -> tuple[str, str] | None:
    """A header without the unit at its end, and that unit; None where it names none in this currency."""
    folded = half_width(header)
    bracketed = BRACKETED.fullmatch(folded)
    if bracketed:
        unit = _words(currency).get(key(bracketed[2]))
        return None if unit is None else (bracketed[1], unit)
    trailing = _TRAILING.fullmatch(folded) if _in_yuan(currency) else None
    return (trailing[1], trailing[2]) if trailing and trailing[2] in UNITS else None


def of_title(text: str, currency: Currency) -> str:
    """The unit that a line above the header names, or an empty text."""
    match = _IN_A_TITLE.search(text) if _in_yuan(currency) else None
    return match[1] if match else ""


def _in_yuan(currency: Currency) -> bool:
    return currency.code in NAME_OWNERS["元"]


@cache
def _words(currency: Currency) -> dict[str, str]:
    """Each way to write a unit of a currency, with the unit. Those of another currency are none, so that a header which
    names one is not taken for a column of amounts."""
    if currency.code == "CNY":
        return {key(word): unit for unit, words in _YUAN.items() for word in words.split(", ")}
    owners = (*SIGN_OWNERS.items(), *NAME_OWNERS.items())
    marks = {key(mark) for mark, codes in owners if currency.code in codes} | {key(currency.sign)}
    multiples = {key(word): unit for unit, words in _ANY.items() for word in words.split(", ")}
    for word, count in MULTIPLES.get(currency.code, {}).items():
        if count in _NAMES:
            multiples[key(word)] = _NAMES[count]
    both = {text: unit for mark in marks for word, unit in multiples.items() for text in (mark + word, word + mark)}
    return {**both, **multiples, **dict.fromkeys(marks, "")}
