"""A purchase as it would be judged if it said something else: its place in the ledger is its own, and what it would add
to its totals follows from what it is supposed to say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import attrs

from procure.engines.accounts import Account, Spans
from procure.engines.evidence import Evidence
from procure.engines.facts import JUDGED, Options
from procure.engines.judge import Breaches, Judge, Outcome
from procure.engines.ledger import Posted
from procure.engines.placement import Placement, Placer
from procure.engines.sums import Amounts, Sums, part
from procure.log.cells import MISSING
from procure.policy.classes import Classes, Fact
from procure.policy.plan import Plan
from procure.policy.totals import ROWS, Window

#: The value of every column of a purchase.
Values = Mapping[str, Any]


@attrs.frozen(eq=False)
class Seat:
    """One row of an account by itself, as it would stand if it added `own`."""

    account: Account
    n: int
    own: Sums

    def masks(self, reads: Spans) -> Iterable[tuple[int, ...]]:
        sums = [self.account.sums_if(self.n, self.own, *span) for span in reads.spans]
        yield tuple(cuts.mask_of(*sums[span][way : way + 4]) for cuts, way, span in reads.each)

    def sums(self, n: int, window: Window, itself: bool) -> Sums:
        return self.account.sums_if(self.n, self.own, window, itself)

    def sums_if(self, n: int, own: Sums, window: Window, itself: bool) -> Sums:
        return self.account.sums_if(self.n, own, window, itself)


@attrs.frozen(eq=False)
class Supposed:
    """What is found of a purchase if these are the classes that its facts may have."""

    options: Options
    placed: Placement
    outcome: Outcome
    posted: Posted


class Supposing:
    """Judges purchases by a plan as they would be if they said something else."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.placer: Placer = Placer(plan)
        self.judge: Judge = Judge(plan)
        self._seen: dict[tuple[Any, ...], Classes] = {}

    def classes(self, values: Values, freed: Collection[str] = ()) -> dict[str, Classes]:
        """For each fact the classes that it may have, if nothing were known in the columns that are `freed`."""
        relaxed = {**values, **dict.fromkeys(freed, MISSING)}
        return {fact.name: self.of_fact(fact, relaxed) for fact in self.plan.facts}

    def of_fact(self, fact: Fact, values: Values) -> Classes:
        """The classes of one fact: the same for the same values of its columns."""
        key = fact.name, *[values[name] for name in fact.columns]
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = tuple(sorted(fact.classes(values)))
        return found

    def __call__(self, values: Values, posted: Posted, options: Mapping[str, Classes]) -> Supposed:
        """The purchase with these values, where it stands in the ledger, if its facts may have these classes."""
        seated, placed = self.placed(values, posted, Evidence(options, {}))
        judged = self._judged(values, options)
        return Supposed(judged, placed, self.judge.outcome(judged, placed), seated)

    def some(
        self, values: Values, posted: Posted, options: Mapping[str, Classes], holds: Callable[[Breaches], bool]
    ) -> bool:
        """Whether something holds of the breaches at some point of such a purchase."""
        _, placed = self.placed(values, posted, Evidence(options, {}))
        return self.judge.some(self._judged(values, options), placed, holds)

    def _judged(self, values: Values, options: Mapping[str, Classes]) -> Options:
        plan = self.plan
        return {**options, JUDGED: plan.judges(values[plan.built.date], values[plan.built.amount])}

    def placed(self, values: Values, posted: Posted, evidence: Evidence) -> tuple[Posted, Placement]:
        """Where it stands by itself, and the bands that its amounts may lead to; one object for equal ones."""
        plan = self.plan
        memberships, _ = self.placer.scenarios(evidence)
        amounts = self._amounts(values)
        own = part(amounts, memberships, plan.unread)
        seated = tuple((Seat(account, n, own), 0) for account, n in posted)
        amount, day = values[plan.built.amount], values[plan.built.date]
        return seated, self.placer.place(amount, day, amounts, evidence, seated)

    def words(self, values: Values) -> tuple[tuple[str | None, ...], ...]:
        """The words by which limits may differ for a purchase with these values."""
        return self.placer.words_of(Evidence(self.classes(values), {}))

    def _amounts(self, values: Values) -> Amounts:
        """What the purchase has to add to each way of counting."""
        return tuple(
            1 if way.sum == ROWS else None if values[way.sum] is MISSING else values[way.sum] for way in self.plan.ways
        )
