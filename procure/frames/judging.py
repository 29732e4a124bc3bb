"""The distinct facts, judged: of each an example is built, of the core's own objects, and found on by the core."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import chain
from typing import Any

import attrs

from procure.amounts import Fen
from procure.checker import Finder
from procure.evidence import Evidence
from procure.findings import Finding
from procure.frames.codes import Coded
from procure.frames.positions import Edges
from procure.frames.totals import Standing
from procure.judge import NOT_APPLICABLE, Judgement
from procure.ledger import Account, Posted, Sums, Total
from procure.phrases import flips_key
from procure.placing import Placed, Placer
from procure.policy import Policy
from procure.records import Purchase
from procure.scale import Cuts
from procure.terms import Kind
from procure.writers.json import tier_of


@attrs.frozen(cache_hash=True)
class Where:
    """What places a purchase, as far as it matters: a date of its kind of year, and whether unit, department and
    category are there."""

    date: dt.date | None
    unit: bool
    department: bool
    category: bool

    def placed(self, one_unit: bool) -> bool:
        """Whether it has a place in the ledger, of one unit alone or of several."""
        return self.date is not None and self.category and (self.unit or one_unit)


class Years:
    """Which years are alike to a policy: for all of them one example will do."""

    def __init__(self, placer: Placer, year: int | None) -> None:
        self._placer = placer
        self._year = year
        self._alike: dict[Any, dt.date] = {}

    def like(self, year: int) -> dt.date:
        """A date in a year like this one."""
        key = year == self._year if self._year is not None else self._cuts(year)
        return self._alike.setdefault(key, dt.date(year, 1, 1))

    def edges(self, places: Iterable[Where]) -> Edges:
        """The edges among which amounts of these years stand."""
        years = {self._year}
        if self._year is None:
            years = {None if where.date is None else where.date.year for where in places}
        return Edges.of(cuts for year in years for cuts in self._cuts(year))

    def _cuts(self, year: int | None) -> tuple[Cuts, ...]:
        return tuple(self._placer.cuts(kind, year) for kind in Kind)


@attrs.frozen
class Outcome:
    """What is told of a row, but its total."""

    verdict: str
    settled: bool | None
    flips: str = ""
    breached: str = ""
    missing: str = ""
    tier: str | None = None


class OneAccount(Account):
    """An account with one purchase of interest, of which only where the totals stand is known."""

    __slots__ = ("_standing",)

    def __init__(self, standing: Standing) -> None:
        super().__init__()
        self._standing = standing
        rows = map(_flat, (standing.before, standing.with_it, standing.year))
        self._columns = [list(column) for column in zip(*rows, strict=True)]

    def sums_if(self, n: int, own: Sums) -> tuple[Sums, Sums, Sums]:
        standing = self._standing
        with_it, year = list(standing.with_it), list(standing.year)
        for way, perhaps in enumerate(standing.perhaps):
            if perhaps:
                counted = Total._make(own[4 * way : 4 * way + 4]).sure
                with_it[way], year[way] = perhaps[:2] if counted else (standing.before[way], perhaps[2])
        return _flat(standing.before), _flat(with_it), _flat(year)


def _flat(totals: Iterable[Total]) -> Sums:
    return tuple(chain.from_iterable(totals))


@attrs.frozen
class Example:
    """A purchase that stands for all that are placed alike: where it is posted, whether it is judged, and its place."""

    purchase: Purchase
    posted: Posted
    judged: tuple[bool, ...]
    placed: Placed | None


class Judged:
    """What is found of each distinct fact."""

    def __init__(self, find: Finder, placer: Placer, policy: Policy, one_unit: bool) -> None:
        self._find = find
        self._placer = placer
        self._policy = policy
        self._one_unit = one_unit
        self._examples: dict[tuple[Any, ...], Example] = {}
        self._accounts: dict[Standing, OneAccount] = {}
        self._purchases: dict[tuple[Where, int | None], Purchase] = {}
        self._outcomes: dict[tuple[int, tuple[int, ...], tuple[str, ...]], Outcome] = {}

    def __call__(self, facts: Coded) -> Coded:
        """What is told of each row by its facts."""
        return facts.map(lambda fact: self._told(*fact))

    def _told(self, where: Where, fen: int | None, evidence: Evidence, *standings: Standing | None) -> Outcome:
        example = self._example_of(where, fen, evidence, standings)
        judgement = self._judgement(example, evidence)
        # What is missing may turn on the totals themselves, all else that is told on these.
        finding = self._finding(example, evidence) if judgement.missing else None
        key = id(judgement.outcome), judgement.tiers, finding.missing if finding else ()
        found = self._outcomes.get(key)
        if found is None:
            found = self._outcomes[key] = _outcome(finding or self._finding(example, evidence))
        return found

    def _judgement(self, example: Example, evidence: Evidence) -> Judgement:
        if example.placed is None:
            return NOT_APPLICABLE
        return self._find.judgement(evidence, example.judged, example.placed)

    def finding(self, where: Where, fen: int | None, evidence: Evidence, *standings: Standing | None) -> Finding:
        """What the core finds of an example."""
        return self._finding(self._example_of(where, fen, evidence, standings), evidence)

    def _finding(self, example: Example, evidence: Evidence) -> Finding:
        if example.placed is None:
            return Finding(example.purchase, self._policy, NOT_APPLICABLE, example.posted)
        return self._find.finding(example.purchase, evidence, example.posted, example.judged, example.placed)

    def _example_of(
        self, where: Where, fen: int | None, evidence: Evidence, standings: tuple[Standing | None, ...]
    ) -> Example:
        place = where, fen, self._placer.branches(evidence)[1], standings
        found = self._examples.get(place)
        if found is None:
            found = self._examples[place] = self._example(where, fen, evidence, standings)
        return found

    def _example(
        self, where: Where, fen: int | None, evidence: Evidence, standings: tuple[Standing | None, ...]
    ) -> Example:
        purchase = self._purchase(where, fen)
        posted = self._posted(standings) if where.placed(self._one_unit) else None
        judged = self._find.judged(purchase)
        placed = self._placer.place(purchase, evidence, posted) if judged[0] else None
        return Example(purchase, posted, judged, placed)

    def _purchase(self, where: Where, fen: int | None) -> Purchase:
        found = self._purchases.get((where, fen))
        if found is None:
            found = self._purchases[where, fen] = _purchase(where, fen)
        return found

    def _posted(self, standings: tuple[Standing | None, ...]) -> Posted:
        # One account for equal standings, since the core remembers what it works out for an account.
        return tuple(None if standing is None else (self._account(standing), 0) for standing in standings)

    def _account(self, standing: Standing) -> OneAccount:
        found = self._accounts.get(standing)
        if found is None:
            found = self._accounts[standing] = OneAccount(standing)
        return found


def _purchase(where: Where, fen: int | None) -> Purchase:
    return Purchase(
        date=where.date,
        unit="-" if where.unit else None,
        department="-" if where.department else None,
        category="-" if where.category else None,
        amount=None if fen is None else Fen(fen),
    )


def _outcome(finding: Finding) -> Outcome:
    return Outcome(
        finding.verdict.value,
        finding.settled,
        flips_key(finding),
        " ".join(breach.rule.id for breach in finding.told()),
        " ".join(finding.missing),
        tier_of(finding),
    )
