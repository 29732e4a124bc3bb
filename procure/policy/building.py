"""From what a policy declares to what is judged by: its parts are built in their order, and all faults collected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from procure.interpretation.readings import Questions, Readings
from procure.log.columns import Column
from procure.policy.classes import Fact
from procure.policy.climbing import BuiltLadder, ladder_of
from procure.policy.conditions import Conditions
from procure.policy.declarations import Holds
from procure.policy.derived import Columns
from procure.policy.duties import rules_of
from procure.policy.expressions import Expression
from procure.policy.limits import Days, Resolved
from procure.policy.lists import Entries
from procure.policy.measuring import Measures
from procure.policy.needs import Needs, needs_of
from procure.policy.resolving import Limits
from procure.policy.rules import Ruling
from procure.policy.values import Value
from procure.values.faults import Faults
from procure.values.money import Currency

if TYPE_CHECKING:
    from procure.policy.policy import Policy


@attrs.define(eq=False)
class Built:
    """What a policy is judged by."""

    currency: Currency
    questions: Questions
    columns: Mapping[str, Column]
    values: Mapping[str, Value]
    facts: Mapping[str, Fact]
    limits: Mapping[str, Resolved]
    lists: Mapping[str, Entries]
    ladders: tuple[BuiltLadder, ...]
    rules: tuple[Ruling, ...]
    #: What questions need of the rows.
    needs: Needs
    #: The expression of each dimension's words: which of them a purchase has.
    words: Mapping[str, Mapping[str, Expression]]
    #: Of each column that stands for another, where a question decides what that is derived from, the interpretations
    #: under which it does.
    ways: Mapping[str, Readings]
    #: The conditions that columns name.
    named: Mapping[str, Expression]
    amount: str
    date: str
    days: Days


def build(policy: Policy, questions: Questions, faults: Faults) -> Built:
    """Build a policy; what is wrong with it is added to the faults."""
    conditions = Conditions(policy, questions, faults)
    limits, measures = Limits(conditions), Measures(conditions)
    for name in policy.limits:
        limits.limit(name)
    _namespace(policy, faults)
    _columns(conditions)
    ladders = tuple(
        ladder_of(conditions, measures, number, id, ladder)
        for number, (id, ladder) in enumerate(policy.ladders.items())
    )
    for name in policy.totals:
        measures.of(name)
    rules = rules_of(conditions, ladders)
    needs = needs_of(conditions)
    columns = conditions.columns
    return Built(
        policy.money, questions, columns.by_name, columns.values, conditions.facts, conditions.limits, columns.lists,
        ladders, rules, needs, conditions.words, _ways(columns), conditions.named, columns.amount, columns.date,
        conditions.days,
    )  # fmt: skip


def _ways(columns: Columns) -> Mapping[str, Readings]:
    return {name: when for ways in columns.ways.values() for name, when in ways}


def _namespace(policy: Policy, faults: Faults) -> None:
    """Columns, limits, lists, totals and ladders share one."""
    seen: dict[str, str] = {}
    tables = {"columns": policy.columns, "limit": policy.limits, "list": policy.lists, "total": policy.totals,
              "ladder": policy.ladders}  # fmt: skip
    for kind, names in tables.items():
        for name in names:
            other = seen.setdefault(name, kind)
            if other != kind:
                faults.add(
                    (kind, name),
                    f"与 {other}.{name} 同名；列、限额、名单、累计、分档不能同名",
                    f"has the name of {other}.{name}: columns, limits, lists, totals and ladders share their names",
                )


def _columns(conditions: Conditions) -> None:
    """What each column says, also those that nothing asks for."""
    for name, column in tuple(conditions.columns.by_name.items()):
        with conditions.faults.at("columns", conditions.columns.place(name)):
            if name in conditions.columns.ways:
                continue
            if isinstance(column.derived, Holds):
                conditions.holds(name)
            else:
                conditions.columns.value(name)
        if column.at_least is not None:
            with conditions.faults.at("columns", name, "at-least"):
                conditions.registry.at_least(name, column.at_least)
