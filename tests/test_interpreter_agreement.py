"""The engine against the independent oracle for policy files, on small random policies: a third voice."""

from __future__ import annotations

from collections import Counter

import interpreter
import random_policies
from declaring import declared
from hypothesis import given
from random_parts import Table
from random_policies import Case

import procure
from procure import Purchase

#: Columns that a policy may test in two ways, each a fact of its own: alone and beside another, or as what a band
#: claims and in a condition. Where the datum is missing the engine takes these facts as independent, the oracle not.
_TWICE = ("amount", "date", "approved_on", "posted_on", "quotes", "invited", "experts", "panel")

Said = tuple[str, bool, set[frozenset[tuple[str, str]]]]


def by_engine(case: Case) -> list[Said]:
    policy = declared(case.policy).adopt(case.adopted)
    report = procure.check([Purchase(**row) for row in case.rows], policy)
    return [(f.verdict.value, f.settled, {frozenset(flip.items()) for flip in f.flips}) for f in report]


def by_oracle(case: Case) -> list[Said]:
    judged = interpreter.judge(case.policy, case.rows, None, dict(case.adopted))
    return [(each.verdict, each.settled, each.flips) for each in judged]


def open_twice(row: Table) -> bool:
    """Whether a datum is missing, or known in part only, that may be tested in two ways. A refund says of its purchase
    only that it was at least as large."""
    some = any(row.get(name, "") in ("", "yes") for name in _TWICE)
    return some or row["amount"] < 0


def apart(case: Case) -> bool:
    """Whether some row lacks what may place it: the engine takes the hull of the accounts that it may be of."""
    names = {"date", *({"unit", "supplier", "category"} & case.policy["columns"].keys())}
    return any(row.get(name, "") == "" for row in case.rows for name in names)


def no_surer(mine: Said, his: Said) -> bool:
    """The engine claims nothing that the oracle does not; more may be possible to it."""
    return mine[0] in (his[0], "unknown") and (his[1] or not mine[1])


def agree(case: Case, seen: Counter[str]) -> None:
    # An undated row is judged on the days of the policy alone, of which the oracle knows nothing.
    undated = case.policy.get("in-force") and any(not row.get("date") for row in case.rows)
    for row, mine, his in zip(case.rows, by_engine(case), by_oracle(case), strict=True):
        seen["rows"] += 1
        if undated and not row.get("date"):
            continue
        if mine != his:
            assert (open_twice(row) or apart(case)) and no_surer(mine, his), (row, mine, his)
            seen["less sure"] += 1


def test_complete_logs() -> None:
    seen: Counter[str] = Counter()

    @given(random_policies.cases(most=4, blanks=0, wide=False))
    def agreed(case: Case) -> None:
        agree(case, seen)

    agreed()
    assert seen["less sure"] <= 1 + seen["rows"] // 200


def test_logs_with_blanks() -> None:
    seen: Counter[str] = Counter()

    @given(random_policies.cases(most=4, wide=False))
    def agreed(case: Case) -> None:
        agree(case, seen)

    agreed()
    # Cases are often drawn alike: one that is less sure comes with others.
    assert seen["less sure"] <= 8 + seen["rows"] // 50


def test_two_ladders_over_two_totals() -> None:
    """What breaches only where both totals move is disputed: their facts are a product."""

    @given(random_policies.cases(most=4, blanks=12, wide=False, ladders=(2,), questions=3))
    def agreed(case: Case) -> None:
        agree(case, Counter())

    agreed()
