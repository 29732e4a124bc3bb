"""What the gaps of a log leave open: which data are missing, in which rows, and how many verdicts turn on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from procure.engines.findings import Finding, Notice
from procure.engines.judge import Verdict
from procure.log.cells import MISSING
from procure.log.records import Skipped
from procure.log.rows import Rejected, Row, Rows
from procure.policy.plan import Plan
from procure.policy.totals import ROWS
from procure.values.words import Words, with_article


@attrs.frozen
class Left:
    """A column, the rows that say nothing in it, those first that may be in the totals of most open verdicts; and how
    many verdicts it would decide, with others or alone. The rows that could not be read at all say nothing in any: they
    have no column, and leave open what has a total that they may be in."""

    column: str | None
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
    bears: Counter[int] = Counter()
    unread = 0
    for finding in unknown:
        uncertain = _uncertain(plan, finding)
        bears.update(uncertain)
        unread += not uncertain.isdisjoint(rows.refused)
    lacking = {
        column: [at for at, value in enumerate(rows.values[column]) if value is MISSING and at not in rows.refused]
        for column in dict.fromkeys((*placing(plan), *sums))
    }
    found = [Left(column, _most(each, bears), decides[column]) for column, each in lacking.items() if each]
    if rows.refused:
        found.append(Left(None, _most(sorted(rows.refused), bears), unread))
    return tuple(sorted(found, key=lambda left: -left.verdicts))


def _most(rows: Iterable[int], bears: Counter[int]) -> tuple[int, ...]:
    return tuple(sorted(rows, key=lambda at: -bears[at]))


def _uncertain(plan: Plan, finding: Finding) -> set[int]:
    """The rows, by their number, that leave a total of this verdict open."""
    found: set[int] = set()
    for measure in plan.working_measures.values():
        account, n = finding.posting(measure)
        found |= account.uncertain(n, measure.window, 4 * plan.ways.index(measure.way))
    return found


def notices(plan: Plan, rows: Rows, lefts: Sequence[Left]) -> Iterator[Notice]:
    """The same in words: by column, what to fill in, and the rows on which most turns."""
    for left in lefts:
        size = _size(plan, rows, left.rows)
        if left.column is None:
            lack = Words("未能读取", "that could not be read")
            mend = Words("请更正", "mend it" if len(left.rows) == 1 else "mend them")
        else:
            label = plan.built.columns[left.column].label
            lack = Words(f"未载明{label.zh}", f"without {with_article(label.en)}")
            mend = Words(f"请补填“{label.zh}”", f"fill in “{label.en}”")
        zh = f"{len(left.rows):,} 行{lack.zh}（{size.zh}），"
        en = f"{_rows(left.rows)} {lack.en} ({size.en}) {_leave(left.rows)}"
        if left.verdicts:
            which = _count(left.verdicts)
            zh, en = f"{zh}使 {which[0]}无法判断；{mend.zh}", f"{en} {which[1]} open: {mend.en}"
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


def unread(files: Sequence[Skipped]) -> Words:
    """That files could not be read, and what that means."""
    names = [str(each.origin.file) for each in files]
    count = "1 file" if len(files) == 1 else f"{len(files)} files"
    return Words(
        f"{len(files)} 个文件未能读取，其中的采购不在以下结论和累计之内：{'、'.join(names)}。",
        f"{count} could not be read, and what was bought there is in nothing that follows: {', '.join(names)}.",
    )


def _rows(rows: Collection[object]) -> str:
    return "1 row" if len(rows) == 1 else f"{len(rows):,} rows"


def _leave(rows: Collection[object]) -> str:
    return "leaves" if len(rows) == 1 else "leave"


def _count(verdicts: int) -> tuple[str, str]:
    return f"{verdicts:,} 笔", "1 verdict" if verdicts == 1 else f"{verdicts:,} verdicts"


def _size(plan: Plan, rows: Rows, lacking: Sequence[int]) -> Words:
    """What the amounts of these rows come to, as far as they are stated."""
    amounts: Mapping[int, object] = dict(enumerate(rows.values[plan.built.amount]))
    known = [amount for at in lacking if isinstance(amount := amounts[at], int)]
    if not known:
        return Words("金额未载明", "amount not stated")
    size = plan.policy.money.shown(sum(known), plan.policy.decimal)
    return Words(size, size)
