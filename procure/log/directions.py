"""Which way money went: a refund whose amount bears no minus. A credit beside a debit, a row that says that it is one,
and a row that is red (红字) or reverses another (冲销)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import attrs

from procure.log.cells import ABSENT, MISSING, Said, fold, whole
from procure.log.columns import DASHES, Column
from procure.log.faults import says_nothing
from procure.log.habits import Habits, worded
from procure.log.ready import READY
from procure.log.rows import CellFault, Rows
from procure.values.money import Minor
from procure.values.words import Words

#: By their ready names, the columns of amounts of which one was paid and the other came back …
SIDES: Final[tuple[str, ...]] = ("debit", "credit")
#: … that which says of an amount which it is …
DIRECTION: Final = "dr_cr"
#: … and those in which a row may say that it is red, or reverses another.
REMARKS: Final = ("status", "note", "description")

#: Which way a row says that its amount went; "unknown" where nobody knows its word.
Way = Literal["debit", "credit", "blue", "red", "unknown"]

# 冲销预付款 settles an advance, and is no refund.
_RED = re.compile(
    r"\s*[【\[(（]?\s*(?:红字(?=发票|冲销|冲回|凭证|信息|[】\])）\s,，.。;；:：/、-]|$)|红冲|冲红|"
    r"冲销(?!预付|借款|备用|往来|暂|应付|应收|挂账|欠款)|"
    r"credit (?:note|memo)\b|revers(?:al|ing)(?: (?:of|for|entry)\b|\s*$|\s*[:,;-]))",
    re.IGNORECASE,
)
#: What a text has that may match.
HINT: Final = "[红冲]|(?i:credit|revers)"

_AS_REFUND = Words("写明为红字、冲销或贷方，按负数计", "said to be red, a reversal or a credit, and taken as negative")
NOT_KNOWN = Words(
    "所在行的借贷方向“{word}”不可识别", "is an amount of which {word!r} does not say whether it was paid or came back"
)
TWICE = Words("是贷方的负数，不知是付出还是退回", "is a negative credit: whether it was paid or came back is not known")


def balance(debit: Any, credit: Any) -> Any:
    """The amount of a row that has a debit, a credit or both: what was paid less what came back. A negative credit may
    be written so because it is one, or be taken back."""
    if not _known(debit) and not _known(credit) or _known(credit) and credit < 0:
        return MISSING
    return Minor((int(debit) if _known(debit) else 0) - (int(credit) if _known(credit) else 0))


def _known(value: Any) -> bool:
    return value is not ABSENT and not isinstance(value, Said)


def is_red(text: object) -> bool:
    """Whether a remark says that its row is a refund, or reverses another."""
    return isinstance(text, str) and _RED.match(text) is not None


class DirectionReader:
    """Tells which way an amount went by the word that its row has for that, by those that are known and those of a
    log's mapping."""

    def __init__(self, habits: Habits) -> None:
        meanings = {name: words for name, words in habits.meanings.items() if name == DIRECTION}
        own = attrs.evolve(habits, meanings=meanings, same={}, apart={})
        self._column = worded({DIRECTION: READY[DIRECTION]}, own)[DIRECTION]

    def of(self, word: Any) -> Way | None:
        """None of a cell that says nothing."""
        if not isinstance(word, str) or fold(whole(word)) in DASHES:
            return None
        folded = fold(whole(word))
        meant: Any = self._column.written.get(folded, self._column.known.get(folded, "unknown"))
        found: Way | None = None if isinstance(meant, Said) else meant
        return found


def signed(amount: Any, way: Way | None) -> tuple[Any, Words | None]:
    """The amount that a row has where it says so, and why it has none where that contradicts its sign."""
    if amount is MISSING or way in (None, "debit", "blue"):
        return amount, None
    if way == "unknown":
        return MISSING, NOT_KNOWN
    if way == "credit" and amount < 0:
        return MISSING, TWICE
    return Minor(-abs(int(amount))), None


def directed(rows: Rows, habits: Habits) -> Rows:
    """The rows with the amounts of refunds negative."""
    amount = rows.by_ready["amount"]
    ways = dict(_ways(rows, habits))
    if not ways:
        return rows
    changed = attrs.evolve(rows, values={**rows.values, amount: list(rows.values[amount])})
    faults, written = dict(rows.faults), {}
    for at, way in sorted(ways.items()):
        was = rows.values[amount][at]
        value, why = signed(was, way)
        changed.values[amount][at] = value
        if why is not None:
            text = str(rows.currency.major(int(was))).replace(".", rows.decimal)
            reason = why.format(word=rows.values[DIRECTION][at])
            because = Words(f"“{text}”{reason.zh}", f"{text!r} {reason.en}")
            fault = CellFault(rows.origins[at], amount, text, because, reason)
            order = ("row", *rows.columns)
            faults[at] = tuple(sorted((*faults.get(at, ()), fault), key=lambda each: order.index(each.column)))
        elif value != was:
            written[rows.origins[at]] = rows.currency.plain(was)
    refused = rows.refused | {at for at in ways if at in faults and says_nothing(changed, at)}
    key = amount, _AS_REFUND
    assumed = {**rows.assumed, key: written} if written else rows.assumed
    return attrs.evolve(changed, faults=faults, refused=refused, assumed=assumed)


def _ways(rows: Rows, habits: Habits) -> Iterator[tuple[int, Way]]:
    """The rows that say which way their amounts went, by their number; a remark goes before the word."""
    if DIRECTION in rows.there and rows.columns[DIRECTION].type == "text":
        of = DirectionReader(habits).of
        for at, word in enumerate(rows.values[DIRECTION]):
            way = of(word)
            if way is not None:
                yield at, way
    for name in remarks(rows.columns):
        red = set(filter(is_red, set(rows.values[name])))
        yield from ((at, "red") for at, text in enumerate(rows.values[name] if red else ()) if text in red)


def remarks(columns: Mapping[str, Column]) -> list[str]:
    """The names of the columns in which a row may say that it is red: those that are shown as they were typed."""
    return [name for name, column in columns.items() if column.type == "text" and (column.ready or name) in REMARKS]
