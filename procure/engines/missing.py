"""Which columns, and which limits, would decide a verdict that is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from procure.engines.accounts import Lack
from procure.engines.evidence import Evidence, Memo
from procure.engines.facts import JUDGED
from procure.engines.judge import AMOUNTS, Judgement
from procure.engines.ledger import Posted
from procure.engines.placement import Placer
from procure.engines.sums import Summed
from procure.log.cells import MISSING
from procure.policy.limits import Exact
from procure.policy.plan import Plan
from procure.policy.totals import Grouping, Measure


def lacking(plan: Plan, grouping: Grouping, lack: Lack) -> tuple[str, ...]:
    """The columns that would place rows that lack this."""
    built = plan.built
    keys = [plan.placing(grouping.by[field])[0] for field in lack.fields if field < len(grouping.by)]
    # What needs no day to be placed does not lack one.
    return (*([built.date] if lack.day and grouping.dated else []), *dict.fromkeys(keys))


class Doubt(NamedTuple):
    """Why it is not certain where a total stands: a purchase that lacks what would place it, or rows that may
    count."""

    total: str
    unplaced: bool
    maybe: bool


class OwnMissing(NamedTuple):
    """What of a purchase is missing, except what rows lack that may add to its totals."""

    data: frozenset[str]
    doubts: tuple[Doubt, ...] = ()


NOTHING = OwnMissing(frozenset())


class Working(NamedTuple):
    """A total that the working readings mean: its measure, the columns that would place a purchase in it, and where it
    stands among the groupings and the sums."""

    measure: Measure
    placed_by: tuple[str, ...]
    grouping: int
    way: int


class MissingData:
    """Names the data behind the facts that a judgement misses, in the order of the policy's columns and limits."""

    def __init__(self, plan: Plan, placer: Placer) -> None:
        self._plan = plan
        self._placer = placer
        built = plan.built
        self._order = {name: at for at, name in enumerate((*plan.column_order, *built.limits))}
        dated = plan.days.since is not None or plan.days.until is not None
        self._applies_by = (built.amount, built.date) if dated else (built.amount,)
        self._working = {name: self._summed(measure) for name, measure in plan.working_measures.items()}
        self._unknown: dict[tuple[Evidence, Any], tuple[tuple[str, Exact, Exact], ...]] = {}
        self._named = Memo(lambda key: self._in_order(*key))

    def __call__(self, judgement: Judgement, row: Any, evidence: Evidence, posted: Posted) -> tuple[str, ...]:
        known = self.known(judgement, row, evidence, posted)
        return self.named(known, [self.lacking(doubt.total, posted) for doubt in known.doubts])

    def named(self, known: OwnMissing, lacking: Iterable[tuple[Lack, ...]]) -> tuple[str, ...]:
        """All that is missing, where rows lack this that may add to each of the totals in doubt."""
        found: tuple[str, ...] = self._named[known, tuple(lacking)]
        return found

    def known(self, judgement: Judgement, row: Any, evidence: Evidence, posted: Posted) -> OwnMissing:
        """What is missing, except what other rows lack."""
        found: set[str] = set()
        doubts: tuple[Doubt, ...] = ()
        for fact in judgement.missing:
            if fact == JUDGED:
                found |= {column for column in self._applies_by if row[column] is MISSING}
            elif fact == AMOUNTS:
                doubts = tuple(self._doubts(row, evidence, posted, found))
            else:
                found.add(evidence.blame[fact])
        return OwnMissing(frozenset(found), doubts)

    def lacking(self, total: str, posted: Posted) -> tuple[Lack, ...]:
        """What rows lack that may add to a total."""
        measure, _, grouping, way = self._working[total]
        account, n = posted[grouping]
        return tuple(account.lacking(n, measure.window, way))

    def _summed(self, measure: Measure) -> Working:
        plan, grouping = self._plan, measure.grouping
        keys = (name for key in grouping.by for name in plan.placing(key))
        placed_by = (*([plan.built.date] if grouping.dated else []), *keys)
        return Working(measure, placed_by, plan.groupings.index(grouping), 4 * plan.ways.index(measure.way))

    def _doubts(self, row: Any, evidence: Evidence, posted: Posted, found: set[str]) -> Iterator[Doubt]:
        """Why it is not certain where the amounts stand: the purchase's own amount, the rows it may share a total
        with, or a limit."""
        amount = row[self._plan.built.amount]
        if amount is MISSING:
            found.add(self._plan.built.amount)
        ends = [0 if amount is MISSING else amount]
        for name, working in self._working.items():
            sums = self._total(working, amount, posted)
            unplaced = [column for column in working.placed_by if row[column] is MISSING]
            found.update(unplaced)
            if not sums.bounded:
                found.add(working.measure.way.sum)
            ends += [sums.low, sums.high] if sums.bounded else [sums.low]
            yield Doubt(name, bool(unplaced), bool(sums.maybe))
        found.update(self._limits(row, evidence, ends))

    def _total(self, working: Working, amount: Any, posted: Posted) -> Summed:
        """The total of a purchase that is judged."""
        measure, (account, n) = working.measure, posted[working.grouping]
        if amount is MISSING:
            sums = account.judged(n, measure.window, measure.itself, self._plan.of_amount)
        else:
            sums = account.sums(n, measure.window, measure.itself)
        return Summed._make(sums[working.way : working.way + 4])

    def _in_order(self, known: OwnMissing, each: tuple[tuple[Lack, ...], ...]) -> tuple[str, ...]:
        found = set(known.data)
        for doubt, lacks in zip(known.doubts, each, strict=True):
            measure = self._working[doubt.total].measure
            placing = {name for lack in lacks for name in lacking(self._plan, measure.grouping, lack)}
            found |= placing
            if doubt.maybe and not doubt.unplaced and not placing:
                # It is not known of some row whether it counts: any of the columns may be missing there that tell.
                found |= {self._plan.built.facts[fact].columns[0] for fact in measure.way.counts.facts()}
        return tuple(sorted(found, key=lambda name: self._order.get(name, len(self._order))))

    def _limits(self, row: Any, evidence: Evidence, amounts: list[int]) -> Iterator[str]:
        """The limits that nobody gave, and on which it turns where one of these amounts stands."""
        day, scales = row[self._plan.built.date], self._placer.scales
        key = evidence, scales.period(day)
        unknown = self._unknown.get(key)
        if unknown is None:
            each = [scale for words in self._placer.words_of(evidence) for scale in scales.of(words, day)]
            unknown = self._unknown[key] = tuple(limit for scale in each for limit in scale.unknown)
        for limit, least, most in unknown:
            if any(least <= amount <= most for amount in amounts):
                yield limit
