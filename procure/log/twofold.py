"""Headers of two rows: a head that stands over several columns, and below it what each of them is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from procure.log import units
from procure.log.units import BRACKETED, key
from procure.values.money import Currency
from procure.values.texts import half_width

#: Sub-columns of a sum that are not what was paid.
_PLANNED = re.compile(
    r"预算|计划|概算|估算|预估|预计|控制价|限价|申请|申报|单价|数量|税额|税率|税金|节约|节支|差额|plan|budget|estimat|"
    r"forecast|price per|unit price|quantity|qty|tax|vat",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")

#: The column that a header gives, and whether that is one of money.
Knows = Callable[[str], tuple[str, bool] | None]


def joined(
    upper: Sequence[str], lower: Sequence[object], knows: Knows, currency: Currency
) -> tuple[list[str], list[str]] | None:
    """The headers that two rows make together, as they are shown and as they are understood; None where the lower is no
    second row of a header."""
    width = max(len(upper), len(lower))
    heads = [*upper, *[""] * (width - len(upper))]
    subs = ["" if cell is None else cell for cell in (*lower, *[None] * (width - len(lower)))]
    if not all(isinstance(cell, str) for cell in subs):
        return None
    below = [" ".join(str(cell).split()) for cell in subs]
    over = _over(heads, below)
    spans = {at for at in range(width) if over.count(over[at]) > 1 and below[at]}
    filled = {at for at in range(width) if below[at] and key(below[at]) != key(heads[at])}
    if not spans or filled - spans or any(_DIGIT.search(below[at]) for at in spans):
        return None
    shown, meant = list(heads), list(heads)
    for first in {over[at] for at in spans}:
        places = [at for at in sorted(spans) if over[at] == first]
        texts = _meant(heads[first], [below[at] for at in places], knows, currency)
        for at, text in zip(places, texts, strict=True):
            shown[at], meant[at] = f"{heads[first]}/{below[at]}", text
    return shown, meant


def _over(heads: Sequence[str], below: Sequence[str]) -> list[int]:
    """For each column the place of the head over it: its own, or that of the column to the left where it has none, or
    the same as a cell that was merged and filled."""
    found: list[int] = []
    for at, head in enumerate(heads):
        continues = at and below[at] and below[at - 1] and (not head or key(head) == key(heads[found[at - 1]]))
        found.append(found[at - 1] if continues else at)
    return found


def _meant(head: str, subs: Sequence[str], knows: Knows, currency: Currency) -> list[str]:
    """The header by which each column under a head is known: an empty text where it is none that a policy looks at."""
    of_head = knows(head)
    if of_head is not None and of_head[1]:
        return [_sum(head, sub, knows, currency) for sub in subs]
    both = [head + sub if knows(head + sub) else sub for sub in subs]
    known = [knows(text) for text in both]
    if of_head is not None and of_head not in known:
        both = [text if found else head for text, found in zip(both, known, strict=True)]
    paid = [
        bool(found and found[1] and not _PLANNED.search(half_width(sub)))
        for found, sub in zip(known, subs, strict=True)
    ]
    money = [bool(found and found[1]) for found in known]
    return [
        "" if any(paid) and is_sum and not is_paid else text
        for text, is_sum, is_paid in zip(both, money, paid, strict=True)
    ]


def _sum(head: str, sub: str, knows: Knows, currency: Currency) -> str:
    """The same of a column under the head of a sum."""
    of_sub = knows(sub)
    if of_sub is not None and of_sub != knows(head):
        return sub
    if _PLANNED.search(half_width(sub)):
        return ""
    # The sub-column may say in what it counts, and the head then does not.
    bracketed = BRACKETED.fullmatch(half_width(sub))
    unit = bracketed[2] if bracketed else sub
    if units.counted(unit, currency) is None:
        # Or whether tax is in it.
        both = f"{head}（{sub}）"
        return head if knows(both) is None else both
    parted = units.parted(head, currency)
    return f"{parted[0] if parted else head}（{unit}）"
