"""How many suppliers a cell tells of: a number, or a list of their names counted distinct."""

from __future__ import annotations

import re

from procure.values.texts import half_width
from procure.values.words import ProcureError, Words

_OF_WHAT = r"\s*[家份个方人名位]?\s*(?:供应商|单位|企业|公司|报价单?|suppliers?|quotes?|bids?)?"
_NUMBER = re.compile(rf"共?\s*(\d{{1,6}})(?:\.0+)?{_OF_WHAT}", re.IGNORECASE)
_NUMERAL = re.compile(rf"共?\s*([零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾])(?=\s*[家份个方人名位]){_OF_WHAT}")
_NUMERALS = {
    numeral: number
    for row in ("零一二三四五六七八九十", "零壹贰叁肆伍陆柒捌玖拾")
    for number, numeral in enumerate(row)
} | {"两": 2}
_STATED = re.compile(r"(\d{1,3})\s*家\s*[:(]")
_ENUMERATOR = re.compile(r"(?:^|(?<=[\s;,、]))\(?\d{1,2}(?:\.(?!\d)|[、)])\s*")
_CIRCLED = re.compile(r"[①-⑳]")
_LATIN_SUFFIX = re.compile(r"(inc|ltd|llc|llp|plc|co|corp|gmbh|ag|sa|bv|limited|company|incorporated|s\.a|l\.l\.c)\.?")
_BUSINESS = (
    r"(?:公司|集团|厂|店|商行|经营部|服务部|门市部?|中心|事务所|研究院|设计院|合作社|工作室|超市|酒店|"
    r"\b(?:inc|ltd|llc|llp|plc|gmbh|limited)\b\.?)"
)
_ONE_NAME = re.compile(rf".*{_BUSINESS}", re.IGNORECASE | re.DOTALL)
# Two names in a row, or the name of one and its branch: 甲公司 乙公司, 甲公司 长沙分公司.
_APART = re.compile(r"\s*[/+&]\s*|\s+")
_BRANCH = re.compile(r".*(?:分公司|分店|分厂|分部|分院|分中心|营业部|门市部?)")
_TOGETHER = re.compile(rf".*{_BUSINESS}(?:\s|[/+&]|和|与|及|以及)+.*{_BUSINESS}", re.IGNORECASE | re.DOTALL)
_INNER_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
#: Characters. No supplier's name is longer.
_LONGEST = 200
# Logs made anonymous call their suppliers so.
_PLACEHOLDER = re.compile(r"[甲乙丙丁戊己庚辛壬癸a-z]")
_NO_NAMES = re.compile(r"(见|详见|附件|多家|若干|等|数家|有|无|同上|不详|n/?a)", re.IGNORECASE)
_NOT_APPLICABLE = frozenset({"/", "-", "--", "—", "——", "不适用", "不涉及"})
_NOBODY = frozenset({"无", "没有", "none"})


def count(value: object) -> int | None:
    """The number of suppliers, or None for a dash: not applicable, so nothing is known.

    >>> count("3家"), count("甲公司、乙公司；甲公司"), count("/")
    (3, 2, None)

    Raises `ProcureError` for a text that is neither a number nor surely a list of names (`见附件`).
    """
    if isinstance(value, bool):
        raise _error(value)
    text = half_width(_CIRCLED.sub(";", str(value))).strip()
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
    if not names or any(map(_no_name, names)):
        raise _error(value)
    names = {_INNER_SPACE.sub("", name) for name in names}
    # A single word is a supplier only where it says that it is one: 京东 may be, 见合同 is not.
    if len(names) == 1 and not _ONE_NAME.fullmatch(next(iter(names))) or stated and int(stated[1]) != len(names):
        raise _error(value)
    return len(names)


def _names(text: str) -> set[str]:
    names: list[str] = []
    for piece in re.split(r"[;,、\n\r|]", _ENUMERATOR.sub(";", text)):
        name = " ".join(piece.strip("。 ").split()).casefold()
        if names and _LATIN_SUFFIX.fullmatch(name):
            names[-1] += ", " + name  # "Acme, Inc." is one name
        elif name:
            names += _parted(name)
    return set(names)


def _parted(name: str) -> list[str]:
    """Names with no more than a space, a slash or a plus between them."""
    parts = _APART.split(name)
    if all(map(_ONE_NAME.fullmatch, parts)) and not any(map(_BRANCH.fullmatch, parts[1:])):
        return parts
    return [name]


def _no_name(name: str) -> bool:
    """Whether this is no supplier's name, or perhaps two of them."""
    if len(name) < 2:
        return not _PLACEHOLDER.fullmatch(name)
    return len(name) > _LONGEST or bool(_NO_NAMES.match(name) or name.isdigit() or _TOGETHER.fullmatch(name))


def _error(value: object) -> ProcureError:
    return ProcureError(
        Words(
            f"“{value}”不是家数，也不是供应商名单",
            f"{str(value)!r} is neither a number of suppliers nor a list of their names",
        )
    )
