"""Why a purchase was judged as it was: the totals that mattered with their members, and what each rule turns on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from procure.findings import Finding
from procure.judge import Breach, Verdict
from procure.ledger import Measure, Posted, Posting, Total, at
from procure.readings import Readings
from procure.records import Purchase, Rejected


@attrs.frozen
class Member:
    """A row that makes up a total; `sure` is False where it is not known whether it counts."""

    row: Purchase | Rejected
    sure: bool

    @property
    def purchase(self) -> Purchase:
        return self.row if isinstance(self.row, Purchase) else self.row.readable


@attrs.frozen
class MeasuredTotal:
    """A total, the readings under which it is the one meant, and its members in order of date and log."""

    when: Readings
    total: Total
    members: tuple[Member, ...]
    working: bool


@attrs.frozen
class Explanation:
    """The finding; the totals that mattered, that of the working interpretation first; and every rule that may be
    breached."""

    finding: Finding
    totals: tuple[MeasuredTotal, ...]

    @property
    def breaches(self) -> tuple[Breach, ...]:
        return self.finding.breaches


def explain(finding: Finding, rows: Sequence[Purchase | Rejected], postings: Sequence[Posted]) -> Explanation:
    """Collect what made the verdict; `rows` and `postings` are those of the report, side by side."""
    return Explanation(finding, tuple(_totals(finding, rows, postings)))


def _totals(
    finding: Finding, rows: Sequence[Purchase | Rejected], postings: Sequence[Posted]
) -> Iterator[MeasuredTotal]:
    """The working total, then every other that some open interpretation reads for another verdict. Totals with the same
    members are one."""
    policy, posted = finding.policy, finding.posted
    found: dict[tuple[Member, ...], MeasuredTotal] = {}
    for measure in sorted(policy.measures, key=lambda m: policy.working not in m.when):
        working = policy.working in measure.when
        if not working and not _differs(finding, measure):
            continue
        posting = at(posted, measure.level)
        if posting is None:
            continue
        total, members = measure.at(posting), tuple(_members(measure, posting, rows, postings))
        same = found.get(members)
        when = measure.when if same is None else same.when | measure.when
        found[members] = MeasuredTotal(when, total, members, working or (same is not None and same.working))
    yield from found.values()


def _differs(finding: Finding, measure: Measure) -> bool:
    outcome, where = finding.judgement.outcome, measure.when & finding.policy.open & finding.policy.scale.total
    if outcome.surely is None or outcome.perhaps is None:
        return False
    if outcome.verdict is Verdict.VIOLATION:
        return bool(where - outcome.surely)
    return bool(where & outcome.perhaps)


def _members(
    measure: Measure,
    posting: Posting,
    rows: Sequence[Purchase | Rejected],
    postings: Sequence[Posted],
) -> Iterator[Member]:
    account, n = posting
    last = len(account.parts) if measure.whole_year else n + measure.itself
    placed = ((row, at(other, measure.level)) for row, other in zip(rows, postings, strict=True))
    rows_at = {there[1]: row for row, there in placed if there is not None and there[0] is account}
    for index in range(last):
        part = measure.total(account.parts[index])
        if part.sure or part.maybe:
            yield Member(rows_at[index], part.sure > 0)
