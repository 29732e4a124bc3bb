"""Rows that came out alike, counted and summed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import attrs

from procure.engines.findings import Finding
from procure.reporting.standing import Outcome, purchase_of

K = TypeVar("K")


@attrs.frozen
class Group:
    """Some rows of the log. `minor` is what their amounts come to in minor units, without those of `unstated` of them,
    which are not known; `bought` the same without what is below zero; `sure` counts the verdicts that are the same
    under every reading."""

    rows: Sequence[Outcome]
    minor: int
    bought: int
    unstated: int
    sure: int

    @classmethod
    def of(cls, rows: Iterable[Outcome]) -> Group:
        found = tuple(rows)
        amounts = [purchase_of(row).minor for row in found]
        known = [minor for minor in amounts if minor is not None]
        sure = sum(isinstance(row, Finding) and row.settled for row in found)
        return cls(found, sum(known), sum(max(minor, 0) for minor in known), len(amounts) - len(known), sure)

    def __len__(self) -> int:
        return len(self.rows)


def grouped(findings: Iterable[Finding], key: Callable[[Finding], K]) -> list[tuple[K, list[Finding]]]:
    """Groups in the order of their size, the largest first."""
    groups: dict[K, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return sorted(groups.items(), key=lambda group: -len(group[1]))
