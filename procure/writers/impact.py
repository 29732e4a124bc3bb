"""What the open questions cost on a log, as text for a clerk and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from procure import amounts
from procure.impact import Impact, Stake, Step, Tally
from procure.words import Lang, Words


def as_dict(impact: Impact, lang: Lang = "zh") -> dict[str, Any]:
    """For JSON. An `amount` is in yuan, without the purchases whose amount is unknown."""
    return {
        "judged": _tally(impact.judged),
        "disputed": _tally(impact.disputed),
        "unknown": _tally(impact.unknown),
        "ambiguities": [
            {
                "id": stake.ambiguity.id,
                "question": stake.ambiguity.question.say(lang),
                "alone": _tally(stake.alone),
                "together": _tally(stake.together),
            }
            for stake in impact.stakes
        ],
        "order": [
            {
                "ambiguity": step.ambiguity.id,
                "reading": step.reading,
                "settles": _tally(step.settles),
                "disputed": _tally(step.left),
            }
            for step in impact.order
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {"purchases": tally.purchases, "amount": amounts.plain(tally.fen), "amount_unknown": tally.unread}


def dumps(impact: Impact, lang: Lang = "zh") -> str:
    """For a person: what turns on each question, then in which order to ask them."""
    return "\n".join(words.say(lang) for words in [*_stakes(impact), Words("", ""), *_order(impact)]) + "\n"


def _stakes(impact: Impact) -> Iterator[Words]:
    yield Words(
        "== 各问题的影响：单独改答即改变结论的，及连同其他问题改答才改变的 ==",
        "== What turns on each question: on it alone, and only together with others ==",
    )
    moving = [stake for stake in impact.stakes if stake.alone.purchases or stake.together.purchases]
    cells = [_cells(stake.ambiguity.id, stake.alone, stake.together) for stake in moving]
    for stake, (id, n, money, others, other_money) in zip(moving, _aligned(cells), strict=True):
        yield Words(
            f"  {id}  单独 {n} 笔 {money}  连同 {others} 笔 {other_money}  {stake.ambiguity.question.zh}{_unread(stake).zh}",
            f"  {id}  alone {n}, {money}  together {others}, {other_money}  {stake.ambiguity.question.en}{_unread(stake).en}",
        )
    still = [stake.ambiguity.id for stake in impact.stakes if stake not in moving]
    if still:
        yield Words(f"  不影响任何一笔：{'、'.join(still)}", f"  nothing turns on: {', '.join(still)}")


def _order(impact: Impact) -> Iterator[Words]:
    disputed = impact.disputed
    yield Words(
        f"== 询问次序：有争议 {disputed.purchases} 笔 {amounts.shown(disputed.fen)}，先问能确定金额最多的 ==",
        f"== Asking order: {disputed.purchases} disputed, {amounts.shown(disputed.fen)}; what settles most money first ==",
    )
    cells = [_cells(f"{step.ambiguity.id}={step.reading}", step.settles, step.left) for step in impact.order]
    for number, (step, row) in enumerate(zip(impact.order, _aligned(cells), strict=True), 1):
        answer, n, money, left, left_money = row
        yield Words(
            f"  {number:>2}. {answer}  确定 {n} 笔 {money}  尚余 {left} 笔 {left_money}{_unread(step).zh}",
            f"  {number:>2}. {answer}  settles {n}, {money}  leaves {left}, {left_money}{_unread(step).en}",
        )
    if impact.order:
        yield Words(
            "  答复与上列读法不同的，采用后须重算。", "  An answer other than these: adopt it and run this again."
        )
    if impact.unknown.purchases:
        n, money = impact.unknown.purchases, amounts.shown(impact.unknown.fen)
        yield Words(
            f"  缺数据 {n} 笔 {money} 不在此列：须先补数据{_unread(impact.unknown).zh}",
            f"  not among them: {n} that want data first, {money}{_unread(impact.unknown).en}",
        )


def _cells(name: str, one: Tally, other: Tally) -> tuple[str, ...]:
    return name, str(one.purchases), amounts.shown(one.fen), str(other.purchases), amounts.shown(other.fen)


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Cells of one width in each column, names to the left and numbers to the right; none of them holds a wide character."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))]
        for name, *cells in rows
    ]


def _unread(of: Stake | Step | Tally) -> Words:
    """How many of these have no amount to add."""
    count = of.unread if isinstance(of, Tally) else sum(tally.unread for tally in _tallies(of))
    if not count:
        return Words("", "")
    return Words(
        f"（另有 {count} 笔金额未知，未计入金额）", f" (the amounts of {count} are unknown and not in the sum)"
    )


def _tallies(of: Stake | Step) -> tuple[Tally, Tally]:
    return (of.alone, of.together) if isinstance(of, Stake) else (of.settles, of.left)
