"""The distinct facts, judged: of each an example is built, of the core's own objects, and found on by the core."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import attrs

from procure.engines.accounts import Lack, Spans
from procure.engines.check import Finder
from procure.engines.columnar.codes import Coded, combine
from procure.engines.columnar.facts import RowFacts, Where
from procure.engines.columnar.totals import TotalExamples
from procure.engines.evidence import Evidence
from procure.engines.findings import Finding
from procure.engines.judge import Judgement
from procure.engines.ledger import Posted
from procure.engines.missing import NOTHING, MissingData, OwnMissing
from procure.engines.placement import Placement, Placer
from procure.engines.sums import Summed, Sums
from procure.log.cells import MISSING
from procure.policy.facts import Row
from procure.policy.plan import Plan
from procure.policy.totals import Window
from procure.values.money import Minor

#: What a column says that is there: for an example it does not matter what.
_SOMETHING = "-"


@attrs.frozen
class RowOutcome:
    """What is said of a row, except its total; and the ladder that applies, whose total is shown."""

    verdict: str
    settled: bool | None
    flips: str = ""
    breached: str = ""
    missing: str = ""
    tier: str | None = None
    total: str | None = None


@attrs.frozen
class RowFound:
    """What is found of a row: its judgement, and the columns and limits that would decide it."""

    judgement: Judgement = attrs.field(eq=id)
    missing: tuple[str, ...]


@attrs.frozen
class _Seen:
    """The same, before it is known what rows lack that may add to its totals."""

    judgement: Judgement = attrs.field(eq=id)
    known: OwnMissing = NOTHING


class OneAccount:
    """An account with one purchase of interest, of which only where the totals stand is known."""

    __slots__ = ("_standing",)

    def __init__(self, standing: TotalExamples) -> None:
        self._standing = standing

    def masks(self, reads: Spans) -> Iterable[tuple[int, ...]]:
        totals = [self._standing.totals[span] for span in reads.spans]
        return [tuple([cuts.mask_of(*totals[span][way // 4]) for cuts, way, span in reads.each])]

    def sums(self, n: int, window: Window, itself: bool) -> Sums:
        return _flat(self._standing.totals[window, itself])

    def judged(self, n: int, window: Window, itself: bool, of_amount: Sequence[bool]) -> Sums:
        # An example is of a purchase that is judged.
        return self.sums(n, window, itself)

    def sums_if(self, n: int, own: Sums, window: Window, itself: bool) -> Sums:
        span = window, itself
        found = list(self._standing.totals[span])
        for way, perhaps in enumerate(self._standing.perhaps):
            if span in perhaps:
                counted = Summed._make(own[4 * way : 4 * way + 4]).sure
                found[way] = perhaps[span][0 if counted else 1]
        return _flat(found)


def _flat(totals: Iterable[Summed]) -> Sums:
    return tuple(chain.from_iterable(totals))


@attrs.frozen
class Exemplar:
    """A purchase that stands for all that are placed alike: what its columns say, where it is posted, whether it is
    judged, and its place."""

    row: Row
    posted: Posted
    judged: tuple[bool, ...]
    placed: Placement | None


class Judged:
    """What is found of each distinct fact."""

    def __init__(self, find: Finder, placer: Placer, plan: Plan) -> None:
        self._find = find
        self._placer = placer
        self._plan = plan
        built = plan.built
        keys = {name for grouping in plan.groupings for key in grouping.by for name in built.values[key].columns}
        self._there = dict.fromkeys(keys, _SOMETHING)
        self._examples: dict[tuple[Any, ...], Exemplar] = {}
        self._accounts: dict[int, OneAccount] = {}
        self._rows: dict[tuple[Where, int | None], Row] = {}
        self._judgements: dict[tuple[int, tuple[tuple[int, ...], ...], frozenset[str]], Judgement] = {}
        self._missing = MissingData(plan, placer)

    def __call__(self, facts: RowFacts) -> Coded:
        """What is found of each row by its facts."""
        seen = facts.facts.map(lambda fact: self._seen(*fact)).distinct()
        if not any(each.known.doubts for each in seen.values):
            return seen.map(lambda each: RowFound(each.judgement, self._missing.named(each.known, ())))
        return combine([seen, facts.lacking]).map(lambda each: self._found(*each))

    def _seen(self, where: Where, amount: int | None, evidence: Evidence, *standings: TotalExamples) -> _Seen:
        example = self._example_of(where, amount, evidence, standings)
        if example.placed is None:
            return _Seen(self._find.not_applicable)
        judgement = self._find.judgement(evidence, example.judged, example.placed)
        # What is found alike is one and the same.
        key = id(judgement.outcome), judgement.bands, judgement.missing
        same = self._judgements.setdefault(key, judgement)
        if not judgement.missing:
            return _Seen(same)
        return _Seen(same, self._missing.known(judgement, example.row, evidence, example.posted))

    def _found(self, seen: _Seen, lacking: tuple[tuple[Lack, ...], ...]) -> RowFound:
        by_total = dict(zip(self._plan.working_measures, lacking, strict=True))
        return RowFound(
            seen.judgement, self._missing.named(seen.known, [by_total[doubt.total] for doubt in seen.known.doubts])
        )

    def _example_of(
        self, where: Where, amount: int | None, evidence: Evidence, standings: tuple[TotalExamples, ...]
    ) -> Exemplar:
        place = where, amount, self._placer.scenarios(evidence)[1], *map(id, standings)
        found = self._examples.get(place)
        if found is None:
            found = self._examples[place] = self._example(where, amount, evidence, standings)
        return found

    def _example(
        self, where: Where, amount: int | None, evidence: Evidence, standings: tuple[TotalExamples, ...]
    ) -> Exemplar:
        row = self._row(where, amount)
        size = row[self._plan.built.amount]
        posted = tuple((self._account(standing), 0) for standing in standings)
        judged = self._plan.judges(where.day, size)
        placed = None
        if judged[0]:
            # What it adds to a way of counting is in the examples of its account.
            amounts = (0,) * len(self._plan.ways)
            placed = self._placer.place(size, where.day, amounts, evidence, posted)
        return Exemplar(row, posted, judged, placed)

    def _row(self, where: Where, amount: int | None) -> Row:
        found = self._rows.get((where, amount))
        if found is None:
            built = self._plan.built
            size = MISSING if amount is None else Minor(amount)
            lacking = dict.fromkeys(where.missing, MISSING)
            found = {**self._there, **lacking, built.amount: size, built.date: where.day}
            self._rows[where, amount] = found
        return found

    def _account(self, standing: TotalExamples) -> OneAccount:
        # One account for equal standings, since the core remembers what it works out for an account.
        found = self._accounts.get(id(standing))
        if found is None:
            found = self._accounts[id(standing)] = OneAccount(standing)
        return found


def outcome(plan: Plan, found: RowFound) -> RowOutcome:
    """What is said of the rows of which this is found."""
    finding = Finding(None, plan, found.judgement, (), found.missing)  # type: ignore[arg-type]  # all rows alike
    measure = finding.measure
    return RowOutcome(
        finding.verdict.value,
        finding.settled,
        finding.flips_key,
        " ".join(breach.rule.id for breach in finding.relevant),
        " ".join(finding.missing),
        finding.tier,
        None if measure is None else measure.total,
    )
