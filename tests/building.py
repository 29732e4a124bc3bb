"""Purchases and policies for small tables: everything on record, so that a test states only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import procure
from procure import Purchase
from procure.api import check
from procure.engines.findings import Finding
from procure.policy.policy import Policy

LIMIT = 300_000

#: Goods outside the catalogue, bought directly, approved on the day, no supplier asked.
COMPLETE: Mapping[str, Any] = {
    "date": "2020-06-08",
    "unit": "区工信局",
    "category": "办公用品",
    "kind": "goods",
    "amount": 1_000,
    "in_catalogue": False,
    "method": "direct",
    "approved_on": "2020-06-08",
    "invited": 0,
    "quotes": 0,
    "ground": None,
}


def bought(amount: object = 1_000, **fields: Any) -> Purchase:
    """A purchase with every column filled; `fields` say what is different about it."""
    return Purchase(**{**COMPLETE, "amount": amount, **fields})


def without(*columns: str, **fields: Any) -> Purchase:
    """A purchase of a log that does not have these columns."""
    kept = {column: value for column, value in {**COMPLETE, **fields}.items() if column not in columns}
    return Purchase(**kept)


def furong(
    adopted: Mapping[str, str] | None = None, limits: object = LIMIT, catalogue: Any = None, open_tender: object = None
) -> Policy:
    policy = procure.policies.furong_2020(limits=limits, catalogue=catalogue, open_tender=open_tender)
    return policy.adopt(adopted or {})


def last(*log: Purchase, policy: Policy | None = None, any_year: bool = False) -> Finding:
    """What is found of the last purchase of a log."""
    return check(log, policy or furong(), any_year=any_year).purchases[-1]


def told(finding: Finding) -> tuple[str, bool, list[dict[str, str]]]:
    """Verdict, whether it is settled, and what flips it."""
    return finding.verdict.value, finding.settled, [dict(flip) for flip in finding.flips]


def breached(finding: Finding) -> set[str]:
    return {breach.rule.id for breach in finding.breaches}


def yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100
