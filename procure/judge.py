"""The judgement of a purchase's possible points: set algebra over what the rules say. It knows neither logs nor
reports."""

from __future__ import annotations

import enum
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations

import attrs

from procure.facts import Ask, Facts, Options, Tree
from procure.placing import Placed
from procure.policy import Policy
from procure.readings import Readings, Standpoint
from procure.rules import Ruling


class Verdict(enum.Enum):
    """Under the working interpretation, whatever the missing data may be; or that they would decide it."""

    VIOLATION = "violation"
    COMPLIANT = "compliant"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    __hash__ = object.__hash__


_VERDICTS = {True: Verdict.VIOLATION, False: Verdict.COMPLIANT, None: Verdict.UNKNOWN}


@attrs.frozen
class Breach:
    """A rule breached under at least one open interpretation. `working` is None where a missing datum decides whether
    it is under the working one. It is breached for certain under the interpretations in `surely`, and perhaps, as a
    missing datum may be, under those in `perhaps`."""

    rule: Ruling
    working: bool | None
    settled: bool
    surely: Readings = attrs.field(eq=False, repr=False)
    perhaps: Readings = attrs.field(eq=False, repr=False)


@attrs.frozen
class Outcome:
    """What follows from the breaches at the possible points. Some rule is breached for certain under the
    interpretations in `surely`, and perhaps under those in `perhaps`."""

    verdict: Verdict
    settled: bool
    flips: tuple[Mapping[str, str], ...] = ()
    breaches: tuple[Breach, ...] = ()
    surely: Readings | None = attrs.field(default=None, eq=False, repr=False)
    perhaps: Readings | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Judgement:
    """What holds of every purchase with the same facts. `tiers` are those it may be in under the working
    interpretation, 0 for the lowest; `missing` names the facts that would decide an unknown verdict, `AMOUNTS` for
    where the amounts stand."""

    outcome: Outcome
    tiers: tuple[int, ...] = ()
    missing: frozenset[str] = frozenset()


AMOUNTS = "amounts"
NOT_APPLICABLE = Judgement(Outcome(Verdict.NOT_APPLICABLE, settled=True))

Breaches = tuple[Readings, ...]


class Judge:
    """Judges by a policy. Equal facts are put to the rules once, and equal breaches weighed once."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._working = policy.questions.giving(policy.working)
        self._meant = Standpoint(policy.questions, policy.working)
        self._space = policy.questions.every, policy.questions.none, policy.open
        self._due = Tree(self._due_at, *self._space)
        self._met = [Tree(rule.met, *self._space) for rule in policy.rules]
        self._breaches = Tree(lambda facts: self._breaches_at(facts.options), *self._space)
        self._violations = Tree(self._violates_at, *self._space[:2], self._working)
        self._tiers_of: dict[Placed, tuple[int, ...]] = {}
        self._told: dict[tuple[int, Readings, Readings], Breach] = {}
        self._outcomes: dict[frozenset[Breaches], Outcome] = {}

    def __call__(self, options: Options, placed: Placed) -> Judgement:
        key = frozenset(
            [
                breaches
                for branch, tiers in placed.branches
                for breaches in self._seen({**options, **branch.given, "tiers": tiers})
            ]
        )
        outcome = self._outcomes.get(key)
        if outcome is None:
            outcome = self._outcomes[key] = self._weigh(tuple(key))
        missing = self._deciding(options, placed) if outcome.verdict is Verdict.UNKNOWN else frozenset[str]()
        return Judgement(outcome, self._tiers(placed), missing)

    def _seen(self, options: Options) -> Iterable[Breaches]:
        """The breaches at every point of a purchase."""
        try:
            return (self._breaches_at(options),)
        except Ask:
            return [leaf.outcome for leaf in self._breaches.leaves(options)]

    def _breaches_at(self, options: Options) -> Breaches:
        """For each rule, the open interpretations under which it is breached. Raises `Ask` where a fact on which that
        turns has not one value."""
        # Evidence is asked for only where the duty is due, so that what cannot matter is never enumerated.
        return tuple([due and due - met.at(options) for due, met in zip(self._due.at(options), self._met, strict=True)])

    def _due_at(self, facts: Facts) -> Breaches:
        """For each rule, the open interpretations under which its duty is due."""
        if not facts.judged:
            return (facts.none,) * len(self.policy.rules)
        return tuple(rule.due(facts) & self.policy.open for rule in self.policy.rules)

    def _violates_at(self, facts: Facts) -> bool:
        """Whether some rule is breached under the working interpretation."""
        return facts.judged and any(
            due - rule.met(facts) for rule in self.policy.rules if (due := rule.due(facts) & self._working)
        )

    def _weigh(self, seen: tuple[Breaches, ...]) -> Outcome:
        always, ever = _both([_union(breaches) for breaches in seen])
        by_rule = [_both(column) for column in zip(*seen, strict=True)]
        violated = self._holds(always, ever)
        elsewhere = {True: self.policy.open - always, False: ever, None: self.policy.questions.none}[violated]
        return Outcome(
            _VERDICTS[violated],
            self._settled(always, ever),
            self._meant.nearest(elsewhere),
            tuple([self._breach(n, surely, maybe) for n, (surely, maybe) in enumerate(by_rule) if maybe]),
            always,
            ever,
        )

    def _breach(self, n: int, surely: Readings, maybe: Readings) -> Breach:
        found = self._told.get((n, surely, maybe))
        if found is None:
            holds, settled = self._holds(surely, maybe), self._settled(surely, maybe)
            found = self._told[n, surely, maybe] = Breach(self.policy.rules[n], holds, settled, surely, maybe)
        return found

    def _holds(self, always: Readings, ever: Readings) -> bool | None:
        return True if self._meant.within(always) else None if self._meant.within(ever) else False

    def _settled(self, always: Readings, ever: Readings) -> bool:
        return always == self.policy.open or not ever

    def _tiers(self, placed: Placed) -> tuple[int, ...]:
        """The tiers that may bind under the working interpretation."""
        found = self._tiers_of.get(placed)
        if found is None:
            possible = {tiers for _, options in placed.branches for tiers in options}
            binding = {n for tiers in possible for n, tier in enumerate(tiers) if self._meant.within(tier)}
            found = self._tiers_of[placed] = tuple(sorted(binding))
        return found

    def _deciding(self, options: Options, placed: Placed) -> frozenset[str]:
        """The facts on which the working verdict turns: two points that differ in this fact alone have different
        outcomes."""
        points: list[tuple[dict[str, Hashable], bool]] = []
        for n, (branch, tiers) in enumerate(placed.branches):
            for leaf in self._violations.leaves({**options, **branch.given, "tiers": tiers}):
                point = {**leaf.path, **{fact: value for fact, (value,) in branch.given.items()}}
                # Where the amounts stand is a datum of its own in each branch: what it is under one
                # method says nothing of what it is under another.
                if "tiers" in point:
                    point[f"{AMOUNTS} {n}"] = point.pop("tiers")
                points.append((point, leaf.outcome))
        turning: set[str] = set()
        for (one, this), (other, that) in combinations(points, 2):
            if this is not that:
                apart = [fact for fact, value in one.items() if fact in other and other[fact] != value]
                if len(apart) == 1:
                    turning.add(apart[0].split()[0])
        return frozenset(turning)


def _union(breaches: Breaches) -> Readings:
    union = breaches[0]
    for more in breaches[1:]:
        union |= more
    return union


def _both(column: Sequence[Readings]) -> tuple[Readings, Readings]:
    """The interpretations in all of the sets, and those in any."""
    always = ever = column[0]
    for readings in column[1:]:
        always &= readings
        ever |= readings
    return always, ever
