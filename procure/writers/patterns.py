"""Patterns under a cut, apart from the findings: as a paper and for a machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from procure.policy.policy import Policy
from procure.reporting.patterns import Patterns
from procure.values.words import Words
from procure.writers.paper import Paper, Section
from procure.writers.workbook.patterns import DIVIDED, NEAR, divided, label, near


def paper(found: Patterns, policy: Policy, made_on: dt.date) -> Paper:
    """Both, with the figures; what they mean is for somebody to find out."""
    title = Words("数据特征（不是疑点）", "Patterns, which are no findings")
    return Paper(title, policy.money, made_on, list(parts(found)), policy.decimal)


def parts(found: Patterns) -> Iterator[Section]:
    rates = [f"{found.per_thousand(each):.1f}" for each in (found.divided, found.near)]
    about = [
        Words(
            f"按默认口径；{found.days} 天内、同一口径（及供应商）、每笔低于界限而合计达到的，{len(found.divided)} 组，"
            f"每千笔 {rates[0]} 组",
            f"under the working reading; of one account (and supplier) within {found.days} days, each under a cut and "
            f"together at or over it: {len(found.divided)}, {rates[0]} among 1,000 purchases",
        ),
        Words(
            f"低于界限不足 {found.percent}% 的，{len(found.near)} 笔，每千笔 {rates[1]} 笔",
            f"within {found.percent}% below a cut: {len(found.near)}, {rates[1]} among 1,000 purchases",
        ),
        Words(
            "按月付租、一单多行也会如此：这些数字不说明任何人规避规定。",
            "Rent paid monthly, and lines of one order, look like this too: these figures accuse nobody.",
        ),
    ]
    yield Section(DIVIDED, about, divided(found))
    yield Section(NEAR, (), near(found))


def as_dict(found: Patterns, policy: Policy) -> dict[str, Any]:
    """For JSON."""
    plain = policy.money.plain
    return {
        "days": found.days,
        "percent": found.percent,
        "judged": found.judged,
        "divided": [
            {
                "ladder": each.ladder, "cut": plain(each.cut), "account": [words.en for words in each.keys],
                "sum": plain(each.minor), "days": each.days, "purchases": [label(row) for row in each.purchases],
            }
            for each in found.divided
        ],
        "near": [
            {"ladder": each.ladder, "cut": plain(each.cut), "purchase": label(each.purchase),
             "amount": plain(each.purchase.minor or 0)}
            for each in found.near
        ],
    }  # fmt: skip
