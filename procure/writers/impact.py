"""What the open questions cost on a log, as text for a clerk and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from procure.policy.policy import Policy
from procure.reporting.impact import Impact, Tally
from procure.values.words import Lang, Words


def as_dict(impact: Impact, policy: Policy, lang: Lang = "zh") -> dict[str, Any]:
    """For JSON. An `amount` is in the policy's currency, without the purchases whose amount is unknown."""

    def counts(tally: Tally) -> dict[str, Any]:
        amount = policy.money.plain(tally.minor)
        return {"purchases": tally.purchases, "amount": amount, "amount_unknown": tally.unread}

    return {
        "judged": counts(impact.judged),
        "disputed": counts(impact.disputed),
        "unknown": counts(impact.unknown),
        "ambiguities": [
            {
                "id": stake.ambiguity.id,
                "question": stake.ambiguity.question.say(lang),
                "alone": counts(stake.alone),
                "together": counts(stake.together),
            }
            for stake in impact.stakes
        ],
        "order": [
            {
                "ambiguity": step.ambiguity.id,
                "reading": step.reading,
                "settles": counts(step.settles),
                "disputed": counts(step.left),
            }
            for step in impact.order
        ],
    }


def dumps(impact: Impact, policy: Policy, lang: Lang = "zh") -> str:
    """For a person: what turns on each question, then in which order to ask them."""
    lines = [*_stakes(impact, policy), Words("", ""), *_order(impact, policy)]
    return "\n".join(words.say(lang) for words in lines) + "\n"


def _stakes(impact: Impact, policy: Policy) -> Iterator[Words]:
    yield Words(
        "== 各问题的影响：单独改答即改变结论的，及连同其他问题改答才改变的 ==",
        "== What turns on each question: on it alone, and only together with others ==",
    )
    moving = [stake for stake in impact.stakes if stake.alone.purchases or stake.together.purchases]
    cells = [_cells(policy, stake.ambiguity.id, stake.alone, stake.together) for stake in moving]
    for stake, (name, n, money, more, more_money) in zip(moving, _aligned(cells), strict=True):
        yield Words(
            f"  {name}  单独 {n} 笔 {money}  连同 {more} 笔 {more_money}  {{question}}{{unread}}",
            f"  {name}  alone {n}, {money}  together {more}, {more_money}  {{question}}{{unread}}",
        ).format(question=stake.ambiguity.question, unread=_unread(stake.alone + stake.together))
    still = [stake.ambiguity.id for stake in impact.stakes if stake not in moving]
    if still:
        yield Words(f"  不影响任何一笔：{'、'.join(still)}", f"  nothing turns on: {', '.join(still)}")


def _order(impact: Impact, policy: Policy) -> Iterator[Words]:
    yield _filled(
        "== 询问次序：有争议 {n} 笔 {money}，先问能确定金额最多的{unread} ==",
        "== Asking order: {n} disputed, {money}; first what settles most money{unread} ==",
        impact.disputed,
        policy,
    )
    cells = [_cells(policy, f"{step.ambiguity.id}={step.reading}", step.settles, step.left) for step in impact.order]
    for number, (step, row) in enumerate(zip(impact.order, _aligned(cells), strict=True), 1):
        answer, n, money, left, left_money = row
        yield Words(
            f"  {number:>2}. {answer}  确定 {n} 笔 {money}  尚余 {left} 笔 {left_money}{{unread}}",
            f"  {number:>2}. {answer}  settles {n}, {money}  leaves {left}, {left_money}{{unread}}",
        ).format(unread=_unread(step.settles + step.left))
    if impact.order:
        yield Words(
            "  答复与上列读法不同的，采用后须重算。", "  An answer other than these: adopt it and run this again."
        )
    if impact.unknown.purchases:
        yield _filled(
            "  缺数据 {n} 笔 {money} 不在此列，须先补数据{unread}",
            "  not among them: {n} that want data first, {money}{unread}",
            impact.unknown,
            policy,
        )


def _filled(zh: str, en: str, tally: Tally, policy: Policy) -> Words:
    return Words(zh, en).format(
        n=tally.purchases, money=policy.money.shown(tally.minor, policy.decimal), unread=_unread(tally)
    )


def _unread(tally: Tally) -> Words:
    """How many of these have no amount to add."""
    if not tally.unread:
        return Words("", "")
    n = tally.unread
    return Words(f"（其中 {n} 笔金额未知，未计入金额）", f" (the amounts of {n} are unknown and not in the sum)")


def _cells(policy: Policy, name: str, one: Tally, other: Tally) -> tuple[str, ...]:
    each = [(str(tally.purchases), policy.money.shown(tally.minor, policy.decimal)) for tally in (one, other)]
    return name, *each[0], *each[1]


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Cells of one width in each column, names to the left and numbers to the right; none holds a wide character."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))]
        for name, *cells in rows
    ]
