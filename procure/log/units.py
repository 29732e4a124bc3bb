"""What a header, a title, a cell or a number format says that bare amounts count: yuan or 万元, pounds or thousands of
them; or that they are in another currency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from procure.values.marks import MULTIPLES, NAME_OWNERS, SIGN_OWNERS, folded
from procure.values.money import CNY, TIMES, UNITS, Currency
from procure.values.texts import half_width
from procure.values.words import Words

_YUAN = {
    "元": "元, 人民币, 人民币元, rmb, cny, yuan, ¥, rmb yuan",
    "千元": "1000 yuan, 1,000 yuan, thousand yuan",
    "万元": "万, 10000 yuan, 10,000 yuan, 10k yuan, rmb 10000, rmb 10k",
    "百万元": "million yuan, rmb million",
    "亿元": "亿",
}
#: What else headers write for a multiple of any currency.
_ANY = {
    "thousand": "000, 000s, 1000, 1,000, thousand, thousands",
    "million": "million, millions",
    "billion": "billion, billions, bn",
    "trillion": "trillion, trillions, tn",
}
#: The names of multiples, by what they count.
_NAMES = {
    10**3: "thousand", 10**4: "万", 10**5: "lakh", 10**6: "million", 10**7: "crore", 10**8: "亿", 10**9: "billion",
    10**12: "trillion",
}  # fmt: skip
_YUANS = {count: f"{numeral}元" for numeral, count in TIMES.items()}

_NUMERALS = "|".join(TIMES)
BRACKETED = re.compile(r"(.+?)\s*[(\[【]\s*(?:单位\s*[:：]?\s*)?(.+?)\s*[)\]】]\s*")
_ENDS = re.compile(rf"(?<![\d.一二两三四五六七八九十百千万亿])((?:{_NUMERALS}|美|欧|港|日)元)$")
_TRAILING = re.compile(rf"(.+?)[\s/:,_-]*((?:{_NUMERALS})?元)")

#: What a text says that amounts count: a unit, or why they are not in the policy's currency.
Counted = str | Words

#: k€ and TEUR are thousands of euros, £m millions of pounds.
_PREFIXED = re.compile(
    r"(?<![a-z])(k|t|m|mio|mn|mln|bn|mrd|tsd)\.? ?(?=(?:eur|usd|gbp|chf|rmb|cny|hkd)(?![a-z])|[€$£¥])"
)
_SUFFIXED = re.compile(r"(?<=[€$£¥])(k|m)(?![a-z])")
_SPELT = {"k": "thousand", "t": "thousand", "tsd": "thousand", "bn": "billion", "mrd": "billion"}
#: What a line says that amounts are counted in, whatever it is.
_OTHER = re.compile(
    r"(?:(?:金额|货币|计价)单位|币种|币别)\s*:\s*([^\s\d,;。、()]{1,4})(?=$|[\s,;。、()])"
    r"|(?<![^\W金额])单位\s*:\s*((?:人民币)?[角分厘])(?!\w)"
)

NOT_KNOWN = Words("所载“{said}”不是已知的币种或单位", "is counted in {said!r}, which is no known currency or unit")
_DIFFER = Words("单位说法不一：{units}", "is counted in several units at once: {units}")


def key(header: str) -> str:
    """A header as it is compared: full-width folded, without case, spaces and the marks of a form."""
    folded = half_width(header).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "_-*.:'’\"“”")


def plain(currency: Currency) -> str:
    """The unit of amounts of which nothing else is said."""
    return "元" if currency.code == "CNY" else ""


def parted(header: str, currency: Currency = CNY) -> tuple[str, Counted] | None:
    """A header without the unit at its end, and what that says; None where it names none."""
    text = half_width(header)
    bracketed = BRACKETED.fullmatch(text)
    if bracketed:
        unit = counted(bracketed[2], currency)
        return None if unit is None else (bracketed[1], unit)
    trailing = _TRAILING.fullmatch(text) if _in_yuan(currency) else None
    return (trailing[1], trailing[2]) if trailing and trailing[2] in UNITS else None


def counted(text: str, currency: Currency) -> Counted | None:
    """What a text says that amounts count; None where it is about something else."""
    own = _words(currency).get(key(text))
    if own is not None:
        return own
    match = _marks().fullmatch(_spelt(text))
    return _of(match, currency) if match else None


def stated(text: str, currency: Currency) -> Counted | None:
    """What a line above the header or below the rows, or the name of a sheet, says that amounts count."""
    line = _spelt(text)
    match = _statements().search(line)
    if match:
        return counted(next(each for each in match.groups() if each), currency)
    other = _OTHER.search(line)
    return NOT_KNOWN.format(said=other[1] or other[2]) if other else None


def _spelt(text: str) -> str:
    """A text folded, with multiples that are short forms at a currency spelt out."""
    text = _PREFIXED.sub(lambda match: f"{_SPELT.get(match[1], 'million')} ", folded(text))
    return _SUFFIXED.sub(lambda match: f" {_SPELT.get(match[1], 'million')}", text)


def of_sheet(name: str, currency: Currency) -> Counted | None:
    """What the name of a sheet says that its amounts count."""
    trailing = _ENDS.search(folded(name))
    return counted(trailing[1], currency) if trailing else stated(name, currency)


def agreed(said: Iterable[Counted | None], currency: Currency) -> Counted | None:
    """What several statements come to; why there is no telling where they differ."""
    every = dict.fromkeys(each for each in said if each is not None)
    foreign = [each for each in every if isinstance(each, Words)]
    if foreign:
        return foreign[0]
    units = {UNITS[str(each)]: str(each) for each in every}
    if len(units) > 1:
        names = [each or currency.code for each in units.values()]
        return _DIFFER.format(units=Words("、".join(names), ", ".join(names)))
    return next(iter(units.values()), None)


def _of(match: re.Match[str], currency: Currency) -> Counted | None:
    """What the words of a match say together."""
    words = _word().findall(match[0])
    names = [word for word in words if word in SIGN_OWNERS or word in NAME_OWNERS]
    # 万元 is yuan, but 美元（万元） is no yuan.
    names = names or ["元" for word in words if word.endswith("元")]
    foreign = currency.foreign(names)
    if foreign is not None:
        return foreign
    times = 1
    for word in words:
        times *= _multiples().get(word, 1)
    if times == 1:
        return plain(currency)
    return (_YUANS if _in_yuan(currency) else _NAMES).get(times, NOT_KNOWN.format(said=match[0]))


@cache
def _multiples() -> Mapping[str, int]:
    """What multiplies a currency beside it."""
    # （十） is the tenth part of something.
    bare = {numeral: count for numeral, count in TIMES.items() if numeral not in "十百"}
    found = {**bare, "'000": 10**3, "000": 10**3, "000s": 10**3, "thousand": 10**3, "thousands": 10**3, "lakh": 10**5,
             "lakhs": 10**5, "million": 10**6, "millions": 10**6, "mn": 10**6, "crore": 10**7, "crores": 10**7,
             "billion": 10**9, "billions": 10**9, "bn": 10**9, "trillion": 10**12, "trillions": 10**12}  # fmt: skip
    return found | {f"{numeral}元": count for numeral, count in TIMES.items()}


def _one(words: object) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))  # type: ignore[call-overload]
    return "|".join(_bounded(word) for word in ordered)


def _bounded(word: str) -> str:
    """A word of letters does not go on in others, nor 元 in 元谋县."""
    before = "(?<![a-z])" if "a" <= word[0] <= "z" else ""
    after = "(?![a-z])" if "a" <= word[-1] <= "z" else ""
    return before + re.escape(word) + after


#: Short marks that are also words, or letters of codes.
_NOT_ALONE = frozenset({"p", "r", "q", "m", "k", "ft", "real", "sol", "won", "all", "top", "try", "cup", "rand"})


@cache
def _word() -> re.Pattern[str]:
    return re.compile(_one(({*SIGN_OWNERS, *NAME_OWNERS} - _NOT_ALONE) | _multiples().keys()))


@cache
def _marks() -> re.Pattern[str]:
    """A currency with its multiple, written in any order."""
    word = _word().pattern
    return re.compile(rf"(?:{word})(?:[\s/,:()（）-]*(?:of |in )?(?:{word}))*\)?")


@cache
def _statements() -> re.Pattern[str]:
    """Where a line says in what it counts."""
    word = _word().pattern
    said = rf"((?:{word})(?:[\s/,:(-]*(?:of |in )?(?:{word}))*)(?![^\W为计作])"
    return re.compile(
        rf"(?:单位|币种|币别|货币)\s*(?:均|都|是|:|=)*\s*(?:以|为|是)?\s*{said}"
        rf"|以\s*{said}"
        rf"|(?<![a-z])(?:units?|currency|in)\s*(?:is|are|:|=)?\s*{said}"
        rf"|[(\[【]\s*{said}\s*[)\]】]"
    )


def _in_yuan(currency: Currency) -> bool:
    return currency.code in NAME_OWNERS["元"]


@cache
def _words(currency: Currency) -> dict[str, str]:
    """Each way to write a unit of a currency, with the unit."""
    if currency.code == "CNY":
        named = {text: unit for unit in _YUANS.values() for text in (unit, f"人民币{unit}")}
        return named | {key(word): unit for unit, words in _YUAN.items() for word in words.split(", ")}
    owners = (*SIGN_OWNERS.items(), *NAME_OWNERS.items())
    marks = {key(mark) for mark, codes in owners if currency.code in codes} | {key(currency.sign)}
    multiples = {key(word): unit for unit, words in _ANY.items() for word in words.split(", ")}
    for word, count in MULTIPLES.get(currency.code, {}).items():
        multiples[key(word)] = _NAMES[count]
    both = {text: unit for mark in marks for word, unit in multiples.items() for text in (mark + word, word + mark)}
    return {**both, **multiples, **dict.fromkeys(marks, "")}
