"""What is found of each purchase, and of the log as a whole: outcomes stamped with where they belong."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence

import attrs

from procure.engines import ledger
from procure.engines.judge import Breach, Judgement, Verdict
from procure.engines.ledger import Posted, Posting
from procure.engines.sums import Summed
from procure.interpretation.readings import Interpretation
from procure.log.cells import MISSING
from procure.log.records import Origin
from procure.log.rows import Row
from procure.policy.plan import NO, Plan
from procure.policy.totals import Measure
from procure.values.closed import by_identity
from procure.values.words import Words


@by_identity
class Unjudged(enum.Enum):
    """Why a purchase is not judged: it is of a day on which the policy is not in force; it is of zero or less; no band
    claims it and no duty is due, in every interpretation left open, whatever the missing data are."""

    OUTSIDE = "not-in-force"
    ZERO = "zero-or-less"
    UNCLAIMED = "nothing-asked"


@attrs.frozen(repr=False)
class Finding:
    """The verdict on one purchase.

    `missing` names the columns and limits that would decide an unknown verdict.
    """

    purchase: Row
    plan: Plan = attrs.field(repr=False)
    judgement: Judgement
    _postings: Sequence[Posted] = attrs.field(repr=False)
    missing: tuple[str, ...] = ()
    #: Whether the verdict would differ if names that may be of one thing were.
    by_names: bool = False

    @property
    def posted(self) -> Posted:
        """Where the purchase stands in the ledger, for each grouping of the plan."""
        return self._postings[self.purchase.at]

    @property
    def totals(self) -> Mapping[str, Summed]:
        """Each total of the working interpretation, by its id."""
        return {name: self.total(measure) for name, measure in self.plan.working_measures.items()}

    def total(self, measure: Measure) -> Summed:
        return ledger.total(measure, self.plan.ways, self.posting(measure))

    def posting(self, measure: Measure) -> Posting:
        """Where the purchase stands in the account that a measure sums."""
        return self.posted[self.plan.groupings.index(measure.grouping)]

    @property
    def measure(self) -> Measure | None:
        """The first total of the first ladder that applies, under the working interpretation."""
        ladder = self.ladder
        return None if ladder is None else self.plan.first_measures[ladder]

    @property
    def ladder(self) -> int | None:
        """The first ladder that applies to the purchase: the one of its `tiers`."""
        bands = self.judgement.bands
        if not self.plan.ladders:
            return None
        return next((n for n, of_ladder in enumerate(bands) if of_ladder), 0)

    @property
    def accumulated(self) -> Summed | None:
        """Its total; None where there is none."""
        measure = self.measure
        return None if measure is None else self.total(measure)

    @property
    def verdict(self) -> Verdict:
        return self.judgement.outcome.verdict

    @property
    def unjudged(self) -> Unjudged | None:
        """Why the verdict is `not_applicable`; None of another."""
        if self.verdict is not Verdict.NOT_APPLICABLE:
            return None
        built, purchase = self.plan.built, self.purchase
        if self.plan.judges_on(purchase[built.date]) == NO:
            return Unjudged.OUTSIDE
        amount = purchase[built.amount]
        return Unjudged.ZERO if amount is not MISSING and amount <= 0 else Unjudged.UNCLAIMED

    @property
    def settled(self) -> bool:
        """The same under every interpretation left open."""
        return self.judgement.outcome.settled

    @property
    def flips(self) -> tuple[Mapping[str, str], ...]:
        """The smallest changes of answers that change the verdict, each a map from ambiguity to reading."""
        return self.judgement.outcome.flips

    @property
    def flips_key(self) -> str:
        """The same in the form of `--adopt`: `limbs=single` or `limbs=single & window=whole-year`."""
        return " | ".join(" & ".join(f"{a}={r}" for a, r in flip.items()) for flip in self.flips)

    @property
    def breaches(self) -> tuple[Breach, ...]:
        return self.judgement.outcome.breaches

    @property
    def relevant(self) -> tuple[Breach, ...]:
        """The breaches that bear on the verdict: of the working interpretation, or of an exposure's nearest others."""
        if not self.exposed:
            return tuple(breach for breach in self.breaches if breach.working is not False)
        others = [Interpretation(self.plan.questions, {**self.plan.working, **flip}) for flip in self.flips]
        return tuple(breach for breach in self.breaches if any(other.within(breach.perhaps) for other in others))

    @property
    def counted(self) -> bool | None:
        """Whether the purchase is itself among those its total counts; None where that is not known."""
        measure = self.measure
        return None if measure is None else self.counts(measure)

    def counts(self, measure: Measure) -> bool | None:
        """Whether the purchase is itself among those that a measure counts; None where that is not known."""
        account, n = self.posting(measure)
        at = 4 * self.plan.ways.index(measure.way)
        sure, maybe = account.parts[n][at + 2 : at + 4]
        return None if maybe else sure > 0

    @property
    def exposed(self) -> bool:
        """Compliant as it stands, and not so if one question is answered otherwise."""
        return self.verdict is Verdict.COMPLIANT and len(self.flips) > 0 and len(self.flips[0]) == 1

    @property
    def tiers(self) -> tuple[str, ...]:
        """The band of the first ladder that applies, under the working interpretation; several where missing data leave
        it open."""
        ladder = self.ladder
        if ladder is None:
            return ()
        bands = self.plan.ladders[ladder].bands
        return tuple([bands[n] for n in self.judgement.bands[ladder]])

    @property
    def tier(self) -> str | None:
        """The same as text: `lowest..highest` of those possible where missing data leave it open; None where none is
        claimed."""
        tiers = self.tiers
        return None if not tiers else tiers[0] if len(tiers) == 1 else f"{tiers[0]}..{tiers[-1]}"

    @property
    def bands(self) -> Mapping[str, tuple[str, ...]]:
        """For each ladder the bands that may bind under the working interpretation."""
        return {
            ladder.id: tuple(ladder.bands[n] for n in bands)
            for ladder, bands in zip(self.plan.ladders, self.judgement.bands, strict=True)
        }

    def __str__(self) -> str:
        turns = f", turns on {' or '.join(' and '.join(flip) for flip in self.flips)}" if self.flips else ""
        missing = f", missing {', '.join(self.missing)}" if self.missing else ""
        settled = ", settled" if self.settled else ""
        rules = ", ".join(breach.rule.id for breach in self.relevant)
        return f"{self.purchase.origin}: {self.verdict.value}{settled}{turns}{missing}{': ' if rules else ''}{rules}"

    def __repr__(self) -> str:
        return f"<Finding {self}>"


@attrs.frozen
class Notice:
    """Something about the log that a reader of the report must know. `kind` is a kebab-case name that does not
    change."""

    kind: str
    message: Words
    origins: tuple[Origin, ...] = ()
