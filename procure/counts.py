"""How many suppliers a cell tells of: a number, or a list of their names counted distinct."""

from __future__ import annotations

import re
import unicodedata

from procure.words import ProcureError, Words

_NUMBER = re.compile(r"(\d{1,6})(?:\.0+)?\s*(?:[家份个方]|suppliers?|quotes?|bids?)?", re.IGNORECASE)
_NUMERAL = re.compile(r"([零一二两三四五六七八九十])\s*[家份个方]")
_NUMERALS = {numeral: number for number, numeral in enumerate("零一二三四五六七八九十")} | {"两": 2}
_STATED = re.compile(r"(\d{1,3})\s*家\s*[:(]")
_ENUMERATOR = re.compile(r"(?:^|(?<=[\s;,、]))\(?\d{1,2}(?:\.(?!\d)|[、)])\s*")
_CIRCLED = re.compile(r"[①-⑳]")
_LATIN_SUFFIX = re.compile(r"(inc|ltd|llc|llp|plc|co|corp|gmbh|ag|sa|bv|limited|company|incorporated|s\.a|l\.l\.c)\.?")
_ONE_NAME = re.compile(
    r".*(公司|集团|厂|店|商行|经营部|服务部|门市部?|中心|事务所|研究院|设计院|合作社|工作室|超市|酒店|\b(inc|ltd|llc|llp|plc|gmbh|limited)\.?)",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAMES = re.compile(r"(见|详见|附件|多家|若干|等|数家|有|无|同上|不详|n/?a)", re.IGNORECASE)
_NOT_APPLICABLE = frozenset({"/", "-", "--", "—", "——", "不适用", "不涉及"})
_NOBODY = frozenset({"无", "没有", "none"})


def count(value: object) -> int | None:
    """The number of suppliers, or None for a dash: not applicable, so nothing is told.

    >>> count("3家"), count("甲公司、乙公司；甲公司"), count("/")
    (3, 2, None)

    Raises `ProcureError` for a text that is neither a number nor surely a list of names (`见附件`).
    """
    if isinstance(value, bool):
        raise _error(value)
    text = unicodedata.normalize("NFKC", _CIRCLED.sub(";", str(value))).strip()
    number, numeral = _NUMBER.fullmatch(text), _NUMERAL.fullmatch(text)
    if number or numeral:
        return int(number[1]) if number else _NUMERALS[numeral[1]] if numeral else None
    if text.lower() in _NOBODY:
        return 0
    return None if text in _NOT_APPLICABLE else _listed(value, text)


def _listed(value: object, text: str) -> int:
    stated = _STATED.match(text)
    if stated:
        text = text[stated.end() :].rstrip(")")
    names = _names(text)
    if not names or any(_NO_NAMES.match(name) or len(name) < 2 or name.isdigit() for name in names):
        raise _error(value)
    # A single word is a supplier only where it says that it is one: 京东 may be, 见合同 is not.
    if len(names) == 1 and not _ONE_NAME.fullmatch(next(iter(names))) or stated and int(stated[1]) != len(names):
        raise _error(value)
    return len(names)


def _names(text: str) -> set[str]:
    names: list[str] = []
    for piece in re.split(r"[;,、\n\r|]", _ENUMERATOR.sub(";", text)):
        name = " ".join(piece.split()).casefold()
        if names and _LATIN_SUFFIX.fullmatch(name):
            names[-1] += ", " + name  # "Acme, Inc." is one name
        elif name:
            names.append(name)
    return set(names)


def _error(value: object) -> ProcureError:
    return ProcureError(
        Words(
            f"“{value}”不是家数，也不是供应商名单",
            f"{str(value)!r} is neither a number of suppliers nor a list of their names",
        )
    )
