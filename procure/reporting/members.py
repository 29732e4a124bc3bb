"""The rows that make up a total of a purchase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from procure.engines.findings import Finding
from procure.log.rows import Rejected, Row
from procure.policy.totals import Measure


@attrs.frozen
class Member:
    """A row that makes up a total; `sure` is False where it is not known whether it counts."""

    row: Row | Rejected
    sure: bool

    @property
    def purchase(self) -> Row:
        return self.row if isinstance(self.row, Row) else self.row.readable


def members(finding: Finding, measure: Measure, rows: Sequence[Row | Rejected]) -> Iterator[Member]:
    """The rows that make up a total of a purchase, in order of date and log; `rows` are those of the report."""
    account, n = finding.posting(measure)
    way = 4 * finding.plan.ways.index(measure.way)
    for index in account.members(n, measure.window, measure.itself):
        sure, maybe = account.parts[index][way + 2 : way + 4]
        if sure or maybe:
            yield Member(rows[account.rows[index]], sure > 0)


def others(finding: Finding, measure: Measure, rows: Sequence[Row | Rejected]) -> tuple[Iterator[Member], int]:
    """The members that are not the purchase itself, and how many they are."""
    at = finding.purchase.at
    account, n = finding.posting(measure)
    count = account.count(n, measure.window, measure.itself, 4 * finding.plan.ways.index(measure.way))
    found = members(finding, measure, rows)
    itself = measure.itself and finding.counts(measure) is not False
    return (member for member in found if member.purchase.at != at), count - itself
