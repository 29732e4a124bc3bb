"""The totals against the bands: what each account comes to, in which band that puts its purchases, and how far it is to
the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import ceil
from typing import Any

import attrs

from procure.engines.findings import Finding
from procure.engines.sums import Summed
from procure.log.cells import NONE, ONE, OTHER
from procure.log.rows import Row
from procure.policy.ladders import Gauge
from procure.policy.plan import Plan
from procure.policy.totals import Measure
from procure.reporting.standing import VIOLATIONS, standing
from procure.values.words import Words

_SHORT = {NONE: Words("无", "none"), OTHER: Words("其他", "other")}


@attrs.frozen(eq=False)
class AccountTotal:
    """What the purchases of one account come to, under the working reading.

    `keys` is what they agree in, a phrase for each column of `measure.grouping` that the log has; `year` the budget
    year, if the total is one of a year. `bands` are those in which its purchases are, lowest first, by their number on
    the ladder that the total claims; `highest` is the highest in which one is under any reading left open. `next` is
    the next cut above the total, in its own units: None where there is none, or where the total has no most."""

    measure: Measure
    ladder: int
    keys: Mapping[str, Words]
    year: int | None
    purchases: int
    total: Summed
    bands: tuple[int, ...]
    highest: int | None
    next: int | None
    findings: int

    @property
    def distance(self) -> int | None:
        """How much is left until the next cut, at the least."""
        return None if self.next is None else self.next - self.total.high


def totals(plan: Plan, findings: Sequence[Finding]) -> tuple[AccountTotal, ...]:
    """A row for each account in which a purchase is judged, the most money first; of several totals one after the
    other."""
    return tuple(account for gauge in _gauges(plan) for account in _accounts(plan, gauge, findings))


def _gauges(plan: Plan) -> list[Gauge]:
    """How each total claims bands under the working reading: by the first ladder that has it."""
    found: dict[str, Gauge] = {}
    for gauge in plan.gauges:
        if gauge.measure is not None and plan.working in gauge.when:
            found.setdefault(gauge.measure.total, gauge)
    return list(found.values())


def _accounts(plan: Plan, gauge: Gauge, findings: Sequence[Finding]) -> list[AccountTotal]:
    measure = gauge.measure
    assert measure is not None
    by_account: dict[Any, list[Finding]] = {}
    for finding in findings:
        account, _ = finding.posting(measure)
        if account.placed:
            by_account.setdefault(account, []).append(finding)
    found = [_account(plan, gauge, measure, *each) for each in by_account.items()]
    judged = (each for each in found if each.bands or each.highest is not None)
    return sorted(judged, key=lambda each: _size(each.total), reverse=True)


def _size(total: Summed) -> tuple[int, int]:
    """The least that a total comes to, then the most, as far as they are known."""
    low = total.low if total.founded else 0
    return low, total.high if total.bounded else low


def _account(plan: Plan, gauge: Gauge, measure: Measure, account: Any, members: Sequence[Finding]) -> AccountTotal:
    at, ladder = 4 * plan.ways.index(measure.way), gauge.ladder
    last = max(members, key=lambda finding: finding.posting(measure)[1])
    sums, parts = account.last(measure.window)
    total = Summed._make(sums[at : at + 4])
    bands = sorted({band for finding in members for band in finding.judgement.bands[ladder]})
    highest = [band for finding in members if (band := finding.judgement.highest[ladder]) is not None]
    counted = [part[at + 2] + part[at + 3] for part in parts]
    day = last.purchase[plan.built.date]
    year = plan.policy.year_of(day) if measure.grouping.year else None
    return AccountTotal(
        measure,
        ladder,
        key_words(plan, measure, last.purchase),
        year,
        sum(map(bool, counted)),
        total,
        tuple(bands),
        max(highest, default=None),
        _next(plan, gauge, total, [finding.purchase for finding in members], day),
        sum(standing(finding) in VIOLATIONS for finding in members),
    )


def key_words(plan: Plan, measure: Measure, row: Row) -> Mapping[str, Words]:
    """What the rows of the account of a row agree in, by column; nothing of one that the log does not have."""
    built, found = plan.built, {}
    for name in measure.grouping.by:
        (value,) = built.values[name].values(row)  # type: ignore[arg-type]  # or the row were in no account
        if value is not ONE:
            found[name] = _SHORT.get(value) or built.columns[name].shown(value)
    return found


def scenarios_of(plan: Plan, rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    """A word for each column by which the limits differ, in every combination that the rows have; all there are where
    none tells."""
    built, columns = plan.built, plan.dimensions
    reached: set[tuple[str, ...]] = set()
    for row in rows:
        values = (built.values[name].values(row) if name in built.values else () for name in columns)  # type: ignore[arg-type]
        reached.update(product(*values))
    every = tuple(product(*(built.words[name] for name in columns)))
    return tuple(scenario for scenario in every if scenario in reached) or every


def known_cuts(plan: Plan, gauge: Gauge, scenario: tuple[str, ...], day: Any) -> list[int]:
    """The cuts of a gauge that are known, for these words and on this day."""
    words: Mapping[str, str | None] = dict(zip(plan.dimensions, scenario, strict=True))
    cuts = plan.cuts(gauge, words, day)
    # Of a cut between two amounts the first that is above it.
    return [ceil(one) for each in cuts for one, most in zip(each.least, each.most, strict=True) if one == most]


def _next(plan: Plan, gauge: Gauge, total: Summed, rows: Sequence[Row], day: Any) -> int | None:
    """The nearest cut above a total, of all that may hold for one of its rows."""
    if not total.bounded:
        return None
    cuts = (cut for scenario in scenarios_of(plan, rows) for cut in known_cuts(plan, gauge, scenario, day))
    return min((cut for cut in cuts if cut > total.high), default=None)
