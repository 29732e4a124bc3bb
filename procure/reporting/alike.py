"""What turns on whether names are of one thing, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from procure.engines.alike import Alike
from procure.engines.findings import Finding, Notice
from procure.log import naming
from procure.log.rows import Rows
from procure.policy.plan import Plan
from procure.values.words import Words

#: Groups of names that are named where no verdict turns on them.
_SHOWN = 5


def notices(plan: Plan, rows: Rows, found: Sequence[Alike], findings: Sequence[Finding]) -> Iterator[Notice]:
    """By group of names what they come to together, how many verdicts turn on it, and the line that settles it; last,
    in one, the groups on which none does."""
    idle = []
    for each in found:
        members = _members(plan, rows, each)
        open_ = [at for at in members if findings[at].by_names]
        if not open_:
            idle.append(each)
            continue
        label, total = plan.built.values[each.key].column.label, _total(plan, rows, members)
        zh, en = _names(each)
        turn = "1 verdict turns" if len(open_) == 1 else f"{len(open_)} verdicts turn"
        verdicts = Words(f"{len(open_)} 笔结论取决于此", f"{turn} on it")
        how = _line(plan, each)
        yield Notice(
            "perhaps-one-name",
            Words(
                f"{label.zh}{zh}可能是同一个，合计 {total}，{verdicts.zh}；{how.zh}",
                f"{label.en}: {en} may be one, {total} together: {verdicts.en}; {how.en}",
            ),
            tuple(rows.origins[at] for at in open_),
        )
    if idle:
        more = Words("……" if len(idle) > _SHOWN else "", "; …" if len(idle) > _SHOWN else "")
        named = [_names(each) for each in idle[:_SHOWN]]
        yield Notice(
            "perhaps-one-name",
            Words(
                f"以下名称可能是同一个，不影响结论：{'；'.join(w.zh for w in named)}{more.zh}",
                f"names that may be one, on which no verdict turns: {'; '.join(w.en for w in named)}{more.en}",
            ),
        )


def zeros(plan: Plan, rows: Rows) -> Iterator[Notice]:
    """Codes of a key column that differ in zeros before them alone: they are two, and may be meant as one."""
    for key in plan.naming:
        column = plan.built.values[key]
        codes = {value for value in rows.values[column.name] if isinstance(value, str) and value.isdecimal()}
        same: dict[str, list[str]] = {}
        for code in sorted(codes):
            same.setdefault(code.lstrip("0"), []).append(code)
        several = [each for each in same.values() if len(each) > 1]
        if several:
            zh, en = "；".join(map("、".join, several)), "; ".join(map(", ".join, several))
            yield Notice(
                "codes-with-zeros",
                Words(
                    f"{column.column.label.zh}：只差前导零的编码各自累计：{zh}",
                    f"{column.column.label.en}: codes that differ in leading zeros alone are summed apart: {en}",
                ),
            )


def _members(plan: Plan, rows: Rows, each: Alike) -> list[int]:
    values = rows.values[plan.built.values[each.key].name]
    return [at for at, value in enumerate(values) if isinstance(value, str) and naming.key(value) in each.keys]


def _total(plan: Plan, rows: Rows, members: Sequence[int]) -> str:
    amounts = rows.values[plan.built.amount]
    known = [amounts[at] for at in members if isinstance(amounts[at], int)]
    return plan.policy.money.shown(sum(known), plan.policy.decimal)


def _names(each: Alike) -> Words:
    return Words("".join(f"“{name}”" for name in each.names), ", ".join(map(repr, each.names)))


def _line(plan: Plan, each: Alike) -> Words:
    """What says in a mapping that they are one, or apart."""
    quoted = [json.dumps(name, ensure_ascii=False) for name in each.names]
    table = f"[same.{plan.built.values[each.key].name}]"
    one, apart = f"{quoted[0]} = [{', '.join(quoted[1:])}]", f"apart = [{', '.join(quoted)}]"
    return Words(
        f"请在 mapping 的 {table} 下写：{one}，若不是则写：{apart}",
        f"write below {table} in the mapping: {one}, or, if they are not: {apart}",
    )
