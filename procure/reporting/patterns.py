"""Purchases that stand together under a cut, and purchases just under one: figures for somebody to look into. They are
no findings: rent paid monthly, and lines of one order, look like this too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor
from typing import Any

import attrs

from procure.engines.findings import Finding
from procure.engines.judge import Verdict
from procure.engines.supposing import Supposing
from procure.log.cells import Said
from procure.log.rows import Row
from procure.policy.ladders import Cuts, Gauge
from procure.policy.plan import Plan
from procure.values.words import Words

#: Within so many days, and so many hundredths below a cut.
DAYS, PERCENT = 30, 5


@attrs.frozen
class Pattern:
    """Purchases of one account, and of one supplier where it is known, within the days: each under a cut of a ladder,
    and together at or over it. `cut` is the first amount of the higher band, in minor units."""

    ladder: str
    cut: int
    keys: tuple[Words, ...]
    purchases: tuple[Row, ...]

    @property
    def minor(self) -> int:
        """What they come to."""
        return sum(row.minor or 0 for row in self.purchases)

    @property
    def days(self) -> int:
        """How many days lie between the first and the last."""
        dates = [row.date for row in self.purchases]
        return int((max(dates) - min(dates)).days)


@attrs.frozen
class Near:
    """A purchase just under a cut."""

    ladder: str
    cut: int
    purchase: Row


@attrs.frozen
class Patterns:
    """What stands together under a cut, and what is just under one, under the working interpretation. `judged` is how
    many purchases were looked at."""

    divided: tuple[Pattern, ...]
    near: tuple[Near, ...]
    days: int
    percent: int
    judged: int

    def per_thousand(self, found: Sequence[Pattern | Near]) -> float:
        """How many there are among a thousand purchases."""
        return 1_000 * len(found) / self.judged if self.judged else 0.0


@attrs.frozen(eq=False)
class _Under:
    """A purchase under a cut, with what it shares with others."""

    key: tuple[Any, ...]
    keys: tuple[Words, ...]
    day: dt.date
    minor: int
    row: Row


def patterns(plan: Plan, findings: Sequence[Finding], days: int = DAYS, percent: int = PERCENT) -> Patterns:
    """Look for both among the purchases that are judged, and whose amount and day are stated."""
    supposing = Supposing(plan)
    judged = [finding for finding in findings if finding.verdict is not Verdict.NOT_APPLICABLE]
    divided: list[Pattern] = []
    near: list[Near] = []
    for gauge in _gauges(plan):
        by_cut: dict[int, list[_Under]] = {}
        for finding in judged:
            for cut, under in _under(plan, supposing, gauge, finding.purchase):
                by_cut.setdefault(cut, []).append(under)
        ladder = plan.ladders[gauge.ladder].id
        for cut, each in sorted(by_cut.items()):
            divided += [
                Pattern(ladder, cut, run[0].keys, tuple(one.row for one in run)) for run in _runs(each, cut, days)
            ]
            near += [Near(ladder, cut, one.row) for one in each if 100 * one.minor >= (100 - percent) * cut]
    return Patterns(tuple(divided), tuple(near), days, percent, len(judged))


def _gauges(plan: Plan) -> Iterator[Gauge]:
    """How each ladder that measures money cuts it under the working interpretation: the amount itself, where it is
    measured, else its first total of it."""
    for ladder in plan.ladders:
        meant = [gauge for gauge in ladder.gauges if plan.working in gauge.when]
        money = [gauge for gauge in meant if gauge.measure is None or gauge.measure.way.sum == plan.built.amount]
        yield from sorted(money, key=lambda gauge: gauge.measure is not None)[:1]


def _under(plan: Plan, supposing: Supposing, gauge: Gauge, row: Row) -> Iterator[tuple[int, _Under]]:
    """The lowest cut that a purchase is under, if there is one and what its limits differ by is known."""
    minor, day = row.minor, row[plan.built.date]
    if minor is None or minor <= 0 or not isinstance(day, dt.date):
        return
    words = supposing.words({name: row[name] for name in plan.built.columns}) if plan.dimensions else ((),)
    if len(words) != 1:
        return
    cuts = plan.cuts_on(gauge, dict(zip(plan.dimensions, words[0], strict=True)), day)
    above = [first for first in _firsts(plan, gauge, cuts) if minor < first]
    if above:
        keys = _shared(plan, row)
        if keys is not None:
            labels = tuple(Words(str(value), str(value)) for value in keys.values() if isinstance(value, str))
            yield above[0], _Under(tuple(keys.values()), labels, day, minor, row)


def _firsts(plan: Plan, gauge: Gauge, cuts: Cuts) -> Iterator[int]:
    """The first amount of each band but the lowest, where it is known."""
    for least, most in zip(cuts.least, cuts.most, strict=True):
        if least != most:
            continue
        on, over = ceil(least), floor(least) + 1
        below, at = (_claimed(plan, gauge, cuts, number) for number in (on - 1, on))
        if at != below:
            yield on
        elif _claimed(plan, gauge, cuts, over) != at:
            yield over


def _claimed(plan: Plan, gauge: Gauge, cuts: Cuts, number: int) -> tuple[bool, ...]:
    position = cuts.mask(number, number).bit_length() - 1
    return tuple(plan.working in claim for claim in gauge.claims[position])


def _shared(plan: Plan, row: Row) -> Mapping[str, Any] | None:
    """The account of a purchase, and its supplier where the log tells it; None where its account is not known."""
    measures = plan.working_measures.values()
    rows = row.rows
    # A policy without totals has no accounts: then they are those of a unit, where the log tells one.
    units = [name for name in (rows.by_ready.get("unit"),) if name is not None and rows.says(name)]
    names = next((measure.grouping.by for measure in measures), units)
    found: dict[str, Any] = {}
    for name in names:
        values = plan.built.values[name].values(row) if name in plan.built.values else (row[name],)  # type: ignore[arg-type]
        if len(values) != 1 or isinstance(values[0], Said) and values[0].value == "missing":
            return None
        found[name] = values[0]
    supplier = row.supplier
    if supplier is not None:
        found["supplier"] = supplier
    return found


def _runs(each: Sequence[_Under], cut: int, days: int) -> Iterator[list[_Under]]:
    """Purchases that share all, each run as long as the days allow, none in two runs."""
    by_key: dict[tuple[Any, ...], list[_Under]] = {}
    for one in each:
        by_key.setdefault(one.key, []).append(one)
    for shared in by_key.values():
        ordered = sorted(shared, key=lambda one: one.day)
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and (ordered[end].day - ordered[start].day).days <= days:
                end += 1
            run = ordered[start:end]
            if len(run) > 1 and sum(one.minor for one in run) >= cut:
                yield run
                start = end
            else:
                start += 1
