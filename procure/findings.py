"""What is found of each purchase, and of the log as a whole: outcomes stamped with where they belong."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from procure.judge import Breach, Judgement, Verdict
from procure.ledger import Posted, Total, at
from procure.policy import Policy
from procure.readings import Standpoint
from procure.records import Origin, Purchase
from procure.words import Words


@attrs.frozen
class Finding:
    """The verdict on one purchase.

    `missing` names the columns that would decide an unknown verdict; `posted` is where the purchase stands in the
    ledger.
    """

    purchase: Purchase
    policy: Policy = attrs.field(repr=False)
    judgement: Judgement
    posted: Posted = attrs.field(repr=False)
    missing: tuple[str, ...] = ()

    @property
    def accumulated(self) -> Total | None:
        """The total of the working interpretation, in fen; None where the purchase could not be placed in one."""
        measure = self.policy.working_measure
        return None if measure is None else measure.of(self.posted)

    @property
    def verdict(self) -> Verdict:
        return self.judgement.outcome.verdict

    @property
    def settled(self) -> bool:
        """The same under every interpretation left open."""
        return self.judgement.outcome.settled

    @property
    def flips(self) -> tuple[Mapping[str, str], ...]:
        """The smallest changes of answers that change the verdict, each a map from ambiguity to reading."""
        return self.judgement.outcome.flips

    @property
    def breaches(self) -> tuple[Breach, ...]:
        return self.judgement.outcome.breaches

    def told(self) -> tuple[Breach, ...]:
        """The breaches that bear on the verdict: of the working interpretation, or of an exposure's nearest others."""
        if not self.exposed:
            return tuple(breach for breach in self.breaches if breach.working is not False)
        others = [Standpoint(self.policy.questions, {**self.policy.working, **flip}) for flip in self.flips]
        return tuple(breach for breach in self.breaches if any(other.within(breach.perhaps) for other in others))

    @property
    def counted(self) -> bool | None:
        """Whether the purchase is itself among those its total counts; None where that is not known."""
        measure = self.policy.working_measure
        posting = None if measure is None else at(self.posted, measure.level)
        if measure is None or posting is None:
            return None
        account, n = posting
        sure, maybe = (measure.total(account.parts[n])[i] for i in (2, 3))
        return None if maybe else sure > 0

    @property
    def exposed(self) -> bool:
        """Compliant as it stands, and not so if one question is answered otherwise."""
        return self.verdict is Verdict.COMPLIANT and len(self.flips) > 0 and len(self.flips[0]) == 1

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tier under the working interpretation; several where missing data leave it open."""
        return tuple(self.policy.tiers[tier] for tier in self.judgement.tiers)

    def __str__(self) -> str:
        turns = f", turns on {' or '.join(' and '.join(flip) for flip in self.flips)}" if self.flips else ""
        missing = f", for want of {', '.join(self.missing)}" if self.missing else ""
        settled = ", settled" if self.settled else ""
        rules = ", ".join(breach.rule.id for breach in self.told())
        return f"{self.purchase.origin}: {self.verdict.value}{settled}{turns}{missing}{': ' if rules else ''}{rules}"


@attrs.frozen
class Notice:
    """Something about the log that a reader of the report must know. `kind` is a kebab-case name that does not
    change."""

    kind: str
    message: Words
    origins: tuple[Origin, ...] = ()
