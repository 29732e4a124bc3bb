"""Which columns, and which limits, would decide a verdict that is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from procure.engines.evidence import Evidence
from procure.engines.facts import JUDGED
from procure.engines.judge import AMOUNTS, Judgement
from procure.engines.ledger import Posted, total
from procure.engines.placement import Placer
from procure.log.cells import MISSING
from procure.policy.plan import Plan
from procure.policy.totals import Measure
from procure.policy.values import Row


class MissingData:
    """Names the data behind the facts that a judgement misses, in the order of the policy's columns and limits."""

    def __init__(self, plan: Plan, placer: Placer) -> None:
        self._plan = plan
        self._placer = placer
        built = plan.built
        self._order = {name: at for at, name in enumerate((*plan.column_order, *built.limits))}
        dated = plan.days.since is not None or plan.days.until is not None
        self._applies_by = (built.amount, built.date) if dated else (built.amount,)

    def __call__(self, judgement: Judgement, row: Row, evidence: Evidence, posted: Posted) -> tuple[str, ...]:
        found: set[str] = set()
        for fact in judgement.missing:
            if fact == JUDGED:
                found |= {column for column in self._applies_by if row[column] is MISSING}
            elif fact == AMOUNTS:
                found |= set(self._behind_amounts(row, evidence, posted))
            else:
                found.add(evidence.blame[fact])
        return tuple(sorted(found, key=lambda name: self._order.get(name, len(self._order))))

    def _behind_amounts(self, row: Row, evidence: Evidence, posted: Posted) -> Iterator[str]:
        """Why it is not certain where the amounts stand: the purchase's own amount, the rows it may share a total
        with, or a limit."""
        plan = self._plan
        amount = row[plan.built.amount]
        if amount is MISSING:
            yield plan.built.amount
        ends = [0 if amount is MISSING else amount]
        for measure in plan.working_measures.values():
            posting = posted[plan.groupings.index(measure.grouping)]
            if posting is None:
                yield from self._unplaced(measure, row)
                continue
            found = total(measure, plan.ways, posting)
            if not found.exact:
                if not found.bounded:
                    yield measure.way.sum
                if found.maybe:
                    yield from self._counts(measure)
            ends += [found.low, found.high] if found.bounded else [found.low]
        yield from self._limits(row, evidence, ends)

    def _unplaced(self, measure: Measure, row: Row) -> Iterator[str]:
        """The columns that would place the purchase in an account."""
        plan = self._plan
        keys = (name for key in measure.grouping.by for name in plan.placing(key))
        yield from (name for name in (plan.built.date, *keys) if row[name] is MISSING)

    def _counts(self, measure: Measure) -> Iterator[str]:
        """The columns by which it is told whether a row counts: any of them may be what is missing there."""
        for fact in measure.way.counts.facts():
            yield self._plan.built.facts[fact].columns[0]

    def _limits(self, row: Row, evidence: Evidence, amounts: list[int]) -> Iterator[str]:
        """The limits that nobody gave, and on which it turns where one of these amounts stands."""
        day = row[self._plan.built.date]
        for words in self._placer.words_of(evidence):
            for footing in self._placer.footings.of(words, day):
                for limit, least, most in footing.unknown:
                    if any(least <= amount <= most for amount in amounts):
                        yield limit
