"""Why a purchase was judged as it was: the totals that mattered with their members, and what each rule turns on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

import attrs

from procure.engines import ledger
from procure.engines.findings import Finding
from procure.engines.judge import Breach, Verdict
from procure.engines.ledger import Posting
from procure.engines.missing import lacking
from procure.engines.sums import Summed
from procure.interpretation.readings import Readings
from procure.log.rows import Rejected, Row
from procure.policy.plan import Plan
from procure.policy.totals import Measure
from procure.reporting.lacking import Lacking
from procure.reporting.members import Member, members


@attrs.frozen
class Doubtful:
    """Rows that may make up a total besides, and why that is not known: the columns in which they say nothing. Where it
    is the purchase itself that lacks what would place it, these are the rows of the accounts that it may be of, and
    `columns` are what it lacks."""

    columns: tuple[str, ...]
    itself: bool
    rows: tuple[Row | Rejected, ...]


@attrs.frozen
class MeasuredTotal:
    """A total by its id, the readings under which it is the one meant, its members in order of date and log, and the
    rows that may be members, by what they lack."""

    id: str
    when: Readings
    total: Summed
    members: tuple[Member, ...]
    doubtful: tuple[Doubtful, ...]
    working: bool
    measure: Measure = attrs.field(repr=False)


@attrs.frozen
class Explanation:
    """The finding; the totals that mattered, those of the working interpretation first; every rule that may be
    breached; and of a violation what it lacked."""

    finding: Finding
    totals: tuple[MeasuredTotal, ...]
    lacking: Lacking | None = None

    @property
    def breaches(self) -> tuple[Breach, ...]:
        return self.finding.breaches


def explain(finding: Finding, rows: Sequence[Row | Rejected], lacking: Lacking | None = None) -> Explanation:
    """Collect what made the verdict; `rows` are those of the report, and `lacking` is what a violation lacked."""
    return Explanation(finding, tuple(_totals(finding, rows)), lacking)


def _totals(finding: Finding, rows: Sequence[Row | Rejected]) -> Iterator[MeasuredTotal]:
    """The working totals, then every other that some open interpretation reads for another verdict. Totals with the
    same members are one."""
    plan = finding.plan
    found: dict[tuple[str, tuple[Member, ...], tuple[Doubtful, ...]], MeasuredTotal] = {}
    for measure, (when, claims) in sorted(_read(plan).items(), key=lambda each: _place(plan, *each)):
        working = plan.working in when
        posting = finding.posting(measure)
        if not (working or _differs(finding, claims)):
            continue
        total, made_up_of = ledger.total(measure, plan.ways, posting), tuple(members(finding, measure, rows))
        doubtful = tuple(_doubtful(finding, measure, posting, rows))
        key = measure.total, made_up_of, doubtful
        same = found.get(key)
        found[key] = MeasuredTotal(
            measure.total,
            when if same is None else same.when | when,
            total,
            made_up_of,
            doubtful,
            working or (same is not None and same.working),
            measure if same is None else same.measure,
        )
    yield from found.values()


def _read(plan: Plan) -> dict[Measure, tuple[Readings, Readings]]:
    """Each way to accumulate with the interpretations under which it is the one meant, and of these those under which
    it may claim a band."""
    found: dict[Measure, tuple[Readings, Readings]] = {}
    for gauge in plan.gauges:
        if gauge.measure is not None:
            when, claims = found.get(gauge.measure, (plan.questions.none, plan.questions.none))
            claimed = reduce(or_, (claim for at_position in gauge.claims for claim in at_position))
            found[gauge.measure] = when | gauge.when, claims | (claimed & gauge.when)
    return found


def _place(plan: Plan, measure: Measure, read: tuple[Readings, Readings]) -> tuple[int | bool, ...]:
    """Where a total is shown: those of the working interpretation first, then what runs before what is whole."""
    return (
        plan.working not in read[0],
        list(plan.policy.totals).index(measure.total),
        measure.window.whole,
        not measure.itself,
        plan.groupings.index(measure.grouping),
        plan.ways.index(measure.way),
    )


def _differs(finding: Finding, where: Readings) -> bool:
    """Whether the verdict is another one somewhere among these interpretations."""
    outcome = finding.judgement.outcome
    if outcome.surely is None or outcome.perhaps is None:
        return False
    if outcome.verdict is Verdict.VIOLATION:
        return bool(where - outcome.surely)
    return bool(where & outcome.perhaps)


def _doubtful(
    finding: Finding, measure: Measure, posting: Posting, rows: Sequence[Row | Rejected]
) -> Iterator[Doubtful]:
    """The rows that may be members, by what they lack, the most rows first."""
    account, n = posting
    plan, grouping = finding.plan, measure.grouping
    way = 4 * plan.ways.index(measure.way)
    causes: dict[tuple[tuple[str, ...], bool], list[int]] = {}
    for lack, row in account.doubtful(n, measure.window, way):
        causes.setdefault((lacking(plan, grouping, lack), False), []).append(row)
    for row in account.candidates(n, measure.window, way):
        causes.setdefault((lacking(plan, grouping, account.lack), True), []).append(row)
    for (columns, itself), numbers in sorted(causes.items(), key=lambda cause: -len(cause[1])):
        yield Doubtful(columns, itself, tuple(rows[row] for row in sorted(numbers)))
