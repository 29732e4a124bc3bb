"""Small policies and small logs: each states only what its test is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from procure import Log, Purchase
from procure.api import check
from procure.authoring import Ambiguity, Duty, Passage, Policy, Reading, Words
from procure.engines.check import faced
from procure.engines.evidence import FactReader
from procure.engines.facts import JUDGED, TIERS, Tree
from procure.engines.findings import Finding
from procure.log.columns import Column
from procure.log.reading import read_rows

TEXT = Passage("A purchase shall be made in the proper way. Below 100 anything will do.", Words("测试", "a test"))
CLAUSE = "A purchase shall be made in the proper way"
DAY = "2020-06-08"


def question(id: str, *readings: str, needs: Any = None) -> Ambiguity:
    """A question whose first reading is the recommended one."""
    words = Words(id, id)
    return Ambiguity(
        id, words, tuple(Reading(each, words) for each in readings), readings[0], words,
        needs=needs, because=None if needs is None else words,
    )  # fmt: skip


def duty(met_by: Any = (), **keys: Any) -> Duty:
    return Duty(required="the proper way", clause=CLAUSE, met_by=met_by, **keys)


def small(met_by: Any = None, columns: Sequence[Column] = (), **keys: Any) -> Policy:
    """A policy in pounds. `met_by` alone: one duty, always due, that this meets."""
    if met_by is not None:
        keys = {"duties": {"proper": duty(met_by, when={})}, **keys}
    fields = {"id": "small", "title": "Small", "currency": "GBP", "text": TEXT, "language": "en", **keys}
    return Policy(**fields, columns={each.name: each for each in columns})


def bought(amount: object = 100, date: object = DAY, **cells: Any) -> Purchase:
    return Purchase(**{"amount": amount, "date": date, **cells})


def last(policy: Policy, *log: Purchase, **options: Any) -> Finding:
    """What is found of the last purchase of a log."""
    return check(list(log), policy, **options).purchases[-1]


def verdict(policy: Policy, **cells: Any) -> str:
    """The verdict on one purchase."""
    return last(policy, bought(**cells)).verdict.value


def may(policy: Policy, **cells: Any) -> set[bool]:
    """Whether the one duty of a policy may be met, and whether it may not, under some reading left open; of any row,
    judged or not."""
    rows = read_rows(Log.of([Purchase(**cells)]), policy.built.columns, policy.money, policy.decimal)
    plan = faced(policy, rows, False)
    (evidence,) = FactReader(plan)(rows.values, 1)
    questions = plan.questions
    tree = Tree(plan.duties[0][1], questions.every, questions.none, plan.open)
    leaves = tree.leaves({**evidence.options, JUDGED: (True,), TIERS: ((),)})
    found = set()
    for leaf in leaves:
        found |= {True} if leaf.outcome & plan.open else set()
        found |= {False} if plan.open - leaf.outcome else set()
    return found


def told(finding: Finding) -> tuple[str, bool, list[Mapping[str, str]]]:
    """Verdict, whether it is settled, and what flips it."""
    return finding.verdict.value, finding.settled, [dict(flip) for flip in finding.flips]


YES, NO, OPEN = {True}, {False}, {True, False}
