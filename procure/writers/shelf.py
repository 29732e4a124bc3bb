"""A policy in a few lines, for who looks for one: its title, when it is in force, its currency, and what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from procure.log.columns import Column
from procure.policy.declarations import Holds
from procure.policy.policy import Policy
from procure.values.words import Lang, Words

_COMMA = Words("、", ", ")


def dumps(name: str, policy: Policy, lang: Lang = "zh") -> str:
    """The lines of one policy, which is known by this name."""
    return "".join(f"{words.say(lang)}\n" for words in _lines(name, policy))


def _lines(name: str, policy: Policy) -> Iterator[Words]:
    yield Words(f"{name}\t{policy.title.zh}", f"{name}\t{policy.title.en}")
    since, until = policy.in_force.since, policy.in_force.until
    yield Words(
        f"  有效期：{since or '未写明'} 至 {until or '未写明'}；币种：{policy.money.code}",
        f"  in force: {since or 'not stated'} to {until or 'not stated'}; currency: {policy.money.code}",
    )
    labels = [column.label for column in _read(policy)]
    columns = Words(_COMMA.zh.join(each.zh for each in labels), _COMMA.en.join(each.en for each in labels))
    yield Words(f"  台账的栏：{columns.zh}", f"  columns of a log: {columns.en}")
    given = [f"--limit {name}=…" for name, limit in policy.built.limits.items() if limit.is_given]
    given += [f"--list {name}=…" for name, declared in policy.lists.items() if declared.given]
    if given:
        each = ", ".join(given)
        yield Words(f"  须另给：{each}", f"  to be given: {each}")


def _read(policy: Policy) -> Iterator[Column]:
    """The columns that some rule, total or limit reads, and a log can have."""
    built, plan = policy.built, policy.plan()
    read = {built.amount, built.date, *(way.sum for way in plan.ways), *plan.dimensions}
    read |= {name for fact in built.facts.values() for name in fact.columns}
    read |= {name for grouping in plan.groupings for key in grouping.by for name in plan.placing(key)}
    for name, column in built.columns.items():
        if name in read and not isinstance(column.derived, Holds):
            yield column
