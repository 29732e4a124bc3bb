"""Which columns, and which limits, would decide a verdict that is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from procure.engines.accounts import Lack
from procure.engines.evidence import Evidence
from procure.engines.facts import JUDGED
from procure.engines.judge import AMOUNTS, Judgement
from procure.engines.ledger import Posted, Posting, total
from procure.engines.placement import Placer
from procure.engines.sums import Total
from procure.log.cells import MISSING
from procure.policy.plan import Plan
from procure.policy.totals import Grouping, Measure
from procure.policy.values import Row


def lacking(plan: Plan, grouping: Grouping, lack: Lack) -> tuple[str, ...]:
    """The columns that would place rows that lack this."""
    built = plan.built
    keys = [plan.placing(grouping.by[field])[0] for field in lack.fields if field < len(grouping.by)]
    return (*([built.date] if lack.day else []), *dict.fromkeys(keys))


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
            found = self._total(measure, row, posting)
            lacking = self._lacking(measure, row, posting)
            yield from lacking
            if not found.bounded:
                yield measure.way.sum
            if found.maybe and not lacking:
                yield from self._counts(measure)
            ends += [found.low, found.high] if found.bounded else [found.low]
        yield from self._limits(row, evidence, ends)

    def _total(self, measure: Measure, row: Row, posting: Posting) -> Total:
        """The total of a purchase that is judged."""
        plan, (account, n) = self._plan, posting
        if row[plan.built.amount] is not MISSING:
            return total(measure, plan.ways, posting)
        at = 4 * plan.ways.index(measure.way)
        return Total._make(account.judged(n, measure.window, measure.itself, plan.of_amount)[at : at + 4])

    def _lacking(self, measure: Measure, row: Row, posting: Posting) -> set[str]:
        """The columns that would place the purchase, and those that would place the rows that it may share a total
        with."""
        plan, grouping, (account, n) = self._plan, measure.grouping, posting
        built = plan.built
        day = [built.date] if grouping.dated else []
        keys = (name for key in grouping.by for name in plan.placing(key))
        found = {name for name in (*day, *keys) if row[name] is MISSING}
        for lack in account.lacking(n, measure.window, 4 * self._plan.ways.index(measure.way)):
            found |= set(lacking(self._plan, grouping, lack))
        return found

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
