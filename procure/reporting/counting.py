"""Notices on what counts: rows that are void, words of a status that nobody knows, amounts and taxes that do not add
up, refunds that no purchase answers to, contract numbers that stand in several rows, and rows that were merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from procure.engines.check import key_column
from procure.engines.findings import Notice
from procure.log import taxes as taxed
from procure.log.cells import Said
from procure.log.habits import OnePurchase
from procure.log.onepurchase import Merged
from procure.log.rows import Rows
from procure.log.statuses import Void
from procure.policy.plan import Plan
from procure.values.words import Words

#: How many words are named; the rest is counted.
_SHOWN = 8


def void(rows: Sequence[Void]) -> Iterator[Notice]:
    """The rows that count in nothing, with the words that say so."""
    if rows:
        counted = _counted(Counter(each.word for each in rows))
        many = len(rows) > 1
        yield Notice(
            "void",
            Words(
                f"{len(rows)} 行已作废（{counted.zh}），不计入任何累计，也不检查",
                f"{len(rows)} {'rows are' if many else 'row is'} void ({counted.en}): "
                f"{'they count' if many else 'it counts'} in no total, and {'are' if many else 'is'} not judged",
            ),
            tuple(each.row.origin for each in rows),
        )


def unknown_status(rows: Rows, words: Mapping[str, Sequence[int]]) -> Iterator[Notice]:
    """Words of a status that nobody knows: rows with them stand."""
    if words:
        counted = _counted(Counter({word: len(places) for word, places in words.items()}))
        yield Notice(
            "status-unknown",
            Words(
                f'不认识的状态，按有效计入：{counted.zh}；如属作废，请在 mapping.toml 的 [status] 中写 void = ["…"]',
                f"words of a status that are not known, taken to stand: {counted.en}; where one means void, "
                'write void = ["…"] in [status] of mapping.toml',
            ),
            tuple(rows.origins[at] for places in words.values() for at in places),
        )


def merged(found: Sequence[Merged], wanted: OnePurchase | None) -> Iterator[Notice]:
    """What was merged, where somebody wanted rows of one purchase to be one."""
    if wanted is None:
        return
    count, into = len(found), len({each.into for each in found})
    how = (
        Words("各行是同一金额，只计一次", "the same amount in each row counts once")
        if wanted.once
        else Words("金额相加", "their amounts add up")
    )
    yield Notice(
        "one-purchase",
        Words(
            f"按“{wanted.column}”合并：{count} 行并入 {into} 笔采购的首行，{how.zh}；"
            "日期取最早的，各行互相矛盾的内容视为未知",
            f"merged by {wanted.column!r}: rows merged into the first of their purchase: {count}, into "
            f"{into} purchase{'' if into == 1 else 's'}; {how.en}, the earliest date stands, and what these rows "
            "contradict one another in is not known",
        ),
        tuple(each.row.origin for each in found),
    )


def taxes(rows: Rows) -> Iterator[Notice]:
    """The rows whose amount without tax and tax do not make the one with it: which cell is wrong nobody can tell."""
    unlike = taxed.unlike(rows)
    if unlike:
        yield Notice(
            "tax-does-not-add-up",
            Words(
                f"{len(unlike)} 行的不含税金额与税额之和不等于含税金额，按制度所指的那一列计",
                f"rows in which the amount without tax and the tax do not make the amount with tax: {len(unlike)}; the "
                "column that the policy's numbers mean counts",
            ),
            tuple(rows.origins[at] for at in unlike),
        )


_REFUNDS: Mapping[str, Words] = {
    "refund-without-purchase": Words(
        "{count} 笔退款在台账中找不到可能对应的采购（同一累计口径、同一供应商，不晚于退款之日）",
        "refunds without a purchase in the log that they could belong to (of their account and supplier, and not after "
        "them): {count}",
    ),
    "refund-larger": Words(
        "{count} 笔退款大于可能对应的任何一笔采购",
        "refunds that are larger than any purchase that they could belong to: {count}",
    ),
    "refund-of-an-earlier-year": Words(
        "{count} 笔退款可能对应的采购在以前年度，仍计入退款之日所在年度",
        "refunds that could belong to a purchase of an earlier budget year alone, and fall on their own date: {count}",
    ),
}


def refunds(plan: Plan, rows: Rows) -> Iterator[Notice]:
    """The refunds whose purchase the log does not show, or not in their year, or not as large. A refund that lacks what
    would place it is not among them."""
    amounts = rows.values[plan.built.amount]
    back = [at for at, amount in enumerate(amounts) if not isinstance(amount, Said) and amount < 0]
    measure = next((each for each in plan.working_measures.values() if each.way.sum == plan.built.amount), None)
    if measure is None or not back:
        return
    of = _Refunds(plan, rows, measure.grouping.by, back)
    found: dict[str | None, list[int]] = {}
    for at in back:
        found.setdefault(of(at), []).append(at)
    for name, words in _REFUNDS.items():
        if name in found:
            message = words.format(count=len(found[name]))
            yield Notice(name, message, tuple(rows.origins[at] for at in found[name]))


class _Refunds:
    """Tells what is strange about these refunds, by the purchases before each that agree with it in these keys."""

    def __init__(self, plan: Plan, rows: Rows, by: Sequence[str], refunds: Sequence[int]) -> None:
        built, self._year_of = plan.built, plan.policy.year_of
        self._amounts, self._days = rows.values[built.amount], rows.values[built.date]
        self._suppliers = rows.values[rows.by_ready["supplier"]]
        columns = [key_column(plan, name, rows.values) for name in by]
        self._keys: dict[int, tuple[Any, ...]] = {at: tuple([column[at] for column in columns]) for at in refunds}
        self._bought: dict[tuple[Any, ...], list[int]] = {key: [] for key in self._keys.values()}
        keys = zip(*columns, strict=True) if columns else repeat((), len(rows))
        for at, (key, amount, day) in enumerate(zip(keys, self._amounts, self._days, strict=True)):
            if key in self._bought and not isinstance(amount, Said) and amount > 0 and not isinstance(day, Said):
                self._bought[key].append(at)

    def __call__(self, at: int) -> str | None:
        day, size = self._days[at], -self._amounts[at]
        if None in self._keys[at] or isinstance(day, Said):
            return None
        may = [it for it in self._bought[self._keys[at]] if self._days[it] <= day and self._agree(it, at)]
        large = [it for it in may if self._amounts[it] >= size]
        if not large:
            return "refund-larger" if may else "refund-without-purchase"
        same = any(self._year_of(self._days[it]) == self._year_of(day) for it in large)
        return None if same else "refund-of-an-earlier-year"

    def _agree(self, one: int, other: int) -> bool:
        """Whether two rows may be of one supplier."""
        suppliers = self._suppliers[one], self._suppliers[other]
        return suppliers[0] == suppliers[1] or any(isinstance(each, Said) for each in suppliers)


def contracts(plan: Plan, rows: Rows) -> Iterator[Notice]:
    """The contract numbers that stand in several rows of one unit, with how many and what they come to: nothing is
    merged."""
    name = rows.by_ready.get("contract")
    if name is None:
        return
    units = rows.values.get(rows.by_ready.get("unit", ""), [None] * len(rows))
    found: dict[tuple[Any, Any], list[int]] = {}
    for at, contract in enumerate(rows.values[name]):
        if not isinstance(contract, Said):
            found.setdefault((units[at], contract), []).append(at)
    several = {of: places for of, places in found.items() if len(places) > 1}
    if not several:
        return
    amounts, money = rows.values[plan.built.amount], plan.built.currency
    shown = []
    for (_, contract), places in sorted(several.items(), key=lambda each: -len(each[1]))[:_SHOWN]:
        size = money.shown(sum(amounts[at] for at in places if not isinstance(amounts[at], Said)))
        shown.append((contract, len(places), size))
    more = len(several) > _SHOWN
    zh = "、".join(f"{contract} {count} 行 {size}" for contract, count, size in shown) + "等" * more
    en = ", ".join(f"{contract}: {count} rows, {size}" for contract, count, size in shown) + " and more" * more
    yield Notice(
        "contract-repeats",
        Words(
            f"{len(several)} 个合同编号各有几行（{zh}），各行分别计入，未合并：可能是分期付款、同一订单的各项，"
            "也可能是订单与其发票重复",
            f"contract numbers that stand in several rows: {len(several)} ({en}); each row counts, none was merged: "
            "they may be instalments, the items of one order, or an order and its invoice",
        ),
        tuple(rows.origins[at] for places in several.values() for at in places),
    )


def _counted(words: Counter[str]) -> Words:
    """Words with how often each stands, the most frequent first."""
    shown = words.most_common(_SHOWN)
    more = len(words) - len(shown)
    zh = "、".join(f"{word} {count} 行" for word, count in shown)
    en = ", ".join(f"{word}: {count}" for word, count in shown)
    return Words(f"{zh}等" if more else zh, f"{en} and {more} more" if more else en)
