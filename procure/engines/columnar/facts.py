"""From the cells of a log to its distinct facts: evidence, ledger and positions by expressions of the frame's engine.
What follows from a fact is not decided here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import polars as pl

from procure.engines.columnar.codes import Coded, combine
from procure.engines.columnar.evidence import Cells, evidence
from procure.engines.columnar.placing import place
from procure.engines.columnar.positions import Edges
from procure.engines.columnar.totals import Totals, totals
from procure.engines.evidence import FactReader
from procure.engines.placement import Placer
from procure.log.cells import MISSING, Said
from procure.policy.ladders import Cuts, Gauge
from procure.policy.plan import Plan


@attrs.frozen(cache_hash=True)
class Where:
    """What places a purchase, as far as it matters: a day like its own, and which of the columns that would place it
    say nothing."""

    day: Any
    missing: tuple[str, ...]


@attrs.frozen(eq=False)
class RowFacts:
    """For each row what of it matters to a policy."""

    #: Where it is placed, an example of its amount, its evidence, and where its totals stand in each grouping.
    facts: Coded
    #: What rows lack that may add to its working totals, for each.
    lacking: Coded
    #: The sums that the working readings mean, by total; see `Totals`.
    working: Mapping[str, pl.DataFrame]


def facts(cells: Cells, plan: Plan, placer: Placer) -> RowFacts:
    """The facts of the rows of a log, of which every cell has been read."""
    seen = evidence(FactReader(plan), plan, cells)
    where = _where(cells, plan, placer)
    cuts = _cuts(plan, placer, where.values)
    own = Edges.of(cut for gauge, of_gauge in cuts.items() if gauge.measure is None for cut in of_gauge)
    edges = [
        Edges.of(
            cut for gauge, of_gauge in cuts.items() if gauge.measure and gauge.measure.way == way for cut in of_gauge
        )
        for way in plan.ways
    ]
    posted = Totals([], {}, {})
    if plan.groupings:
        placed = place(plan, cells, seen.map(lambda each: placer.scenarios(each)[0]))
        posted = totals(placed, plan, edges)
    amount = own.examples(cells.money[plan.built.amount])
    lacking = combine([posted.lacking[name] for name in plan.working_measures])
    return RowFacts(combine([where, amount, seen, *posted.standing]), lacking, posted.working)


def _where(cells: Cells, plan: Plan, placer: Placer) -> Coded:
    """What places each purchase, as far as it matters."""
    like = _Days(plan, placer)
    keys = {name for grouping in plan.groupings for key in grouping.by for name in plan.built.values[key].columns}
    names = tuple(name for name in sorted(keys) if name not in cells.money and name != plan.built.date)
    there = [cells.values[name].map(lambda value: value is MISSING) for name in names]
    day = cells.column(plan.built.date).map(like)

    def where(each: tuple[Any, ...]) -> Where:
        day, *lacking = each
        return Where(day, tuple(name for name, lacks in zip(names, lacking, strict=True) if lacks))

    return combine([day, *there]).map(where)


class _Days:
    """Which days are alike to a policy: for all of them one example will do."""

    def __init__(self, plan: Plan, placer: Placer) -> None:
        self._plan = plan
        self._placer = placer
        self._alike: dict[Any, dt.date] = {}

    def __call__(self, day: Any) -> Any:
        if isinstance(day, Said):
            return MISSING
        key = day in self._plan.days, self._placer.scales.period(day)
        return self._alike.setdefault(key, day)


def _cuts(plan: Plan, placer: Placer, places: Iterable[Where]) -> Mapping[Gauge, list[Cuts]]:
    """The cuts of each gauge that some purchase of the log may be measured against."""
    days = list(dict.fromkeys(where.day for where in places))
    found: dict[Gauge, list[Cuts]] = {}
    for gauge in plan.gauges:
        each = {
            cuts.key: cuts
            for day in days
            for words in placer.scales.every_word()
            for cuts in plan.cuts(gauge, words, day)
        }
        found[gauge] = list(each.values())
    return found
