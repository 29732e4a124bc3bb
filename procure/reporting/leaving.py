"""What the gaps of a log leave open: which data are missing, in which rows, and how many verdicts turn on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs

from procure.engines.findings import Finding, Notice
from procure.engines.judge import Verdict
from procure.log.cells import MISSING
from procure.log.rows import Rejected, Row, Rows
from procure.policy.plan import Plan
from procure.policy.totals import ROWS
from procure.values.words import Words, with_article


@attrs.frozen
class Left:
    """A column, the rows that say nothing in it, those first that may be in the totals of most open verdicts; and how
    many verdicts it would decide, with others or alone."""

    column: str
    rows: tuple[int, ...]
    verdicts: int


def placing(plan: Plan) -> tuple[str, ...]:
    """The columns that place a row in the totals that are read."""
    built = plan.built
    keys = {plan.placing(key)[0] for grouping in plan.groupings for key in grouping.by}
    if any(grouping.dated for grouping in plan.groupings):
        keys.add(built.date)
    return tuple(name for name in plan.column_order if name in keys)


def left_open(plan: Plan, rows: Rows, findings: Sequence[Finding]) -> tuple[Left, ...]:
    """Each column that places a row or says what it adds, where some row says nothing in it: the one first that leaves
    most verdicts open."""
    sums = dict.fromkeys(way.sum for way in plan.ways if way.sum != ROWS)
    unknown = [finding for finding in findings if finding.verdict is Verdict.UNKNOWN]
    decides = Counter(column for finding in unknown for column in finding.missing)
    bears = bearing(plan, unknown)
    found = []
    for column in dict.fromkeys((*placing(plan), *sums)):
        values = rows.values[column]
        lacking = [at for at, value in enumerate(values) if value is MISSING]
        if lacking:
            lacking.sort(key=lambda at: -bears[at])
            found.append(Left(column, tuple(lacking), decides[column]))
    return tuple(sorted(found, key=lambda left: -left.verdicts))


def bearing(plan: Plan, unknown: Sequence[Finding]) -> Counter[int]:
    """For each row, by its number, how many of these verdicts have a total that it may be in, its place or its amount
    not being known."""
    found: Counter[int] = Counter()
    for measure in plan.working_measures.values():
        way = 4 * plan.ways.index(measure.way)
        by_account: dict[int, tuple[object, Counter[int]]] = {}
        for finding in unknown:
            account, n = finding.posting(measure)
            by_account.setdefault(id(account), (account, Counter()))[1][n] += 1
        for account, each in by_account.values():
            found += account.bearing(each, measure.window, way)  # type: ignore[attr-defined]
    return found


def notices(plan: Plan, rows: Rows, lefts: Sequence[Left]) -> Iterator[Notice]:
    """The same in words: by column, what to fill in, and the rows on which most turns."""
    for left in lefts:
        label = plan.built.columns[left.column].label
        size = _size(plan, rows, left.rows)
        zh = f"{len(left.rows)} 行未载明{label.zh}（{size.zh}），"
        en = f"{_rows(left.rows)} without {with_article(label.en)} ({size.en}) {_leave(left.rows)}"
        if left.verdicts:
            which = _count(left.verdicts)
            zh, en = f"{zh}使 {which[0]}不能判定；请补填“{label.zh}”", f"{en} {which[1]} open: fill in “{label.en}”"
        else:
            zh, en = f"{zh}不影响其他结论", f"{en} no verdict open"
        yield Notice("leaves-open", Words(zh, en), tuple(rows.origins[at] for at in left.rows))


def aside(plan: Plan, rows: Sequence[Row | Rejected]) -> Words:
    """What was set aside, and what that means."""
    amounts = [row.minor for each in rows if (row := each.readable if isinstance(each, Rejected) else each).minor]
    size = plan.policy.money.shown(sum(amount for amount in amounts if amount), plan.policy.decimal)
    return Words(
        f"已搁置 {len(rows)} 行（{size}）：缺归入累计所需的数据，或未能读取；以下结论视同没有这些行。",
        f"{_rows(rows)} set aside ({size}), which could not be placed in the totals or not be read: "
        "what follows is judged as if they were not there.",
    )


def _rows(rows: Collection[object]) -> str:
    return "1 row" if len(rows) == 1 else f"{len(rows)} rows"


def _leave(rows: Collection[object]) -> str:
    return "leaves" if len(rows) == 1 else "leave"


def _count(verdicts: int) -> tuple[str, str]:
    return f"{verdicts} 笔", "1 verdict" if verdicts == 1 else f"{verdicts} verdicts"


def _size(plan: Plan, rows: Rows, lacking: Sequence[int]) -> Words:
    """What the amounts of these rows come to, as far as they are stated."""
    amounts: Mapping[int, object] = dict(enumerate(rows.values[plan.built.amount]))
    known = [amount for at in lacking if isinstance(amount := amounts[at], int)]
    if not known:
        return Words("金额未载明", "amount not stated")
    size = plan.policy.money.shown(sum(known), plan.policy.decimal)
    return Words(size, size)
