"""What of a policy's text its rules encode, what is set aside on purpose, and what is neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from procure.interpretation.sources import Clause
from procure.values.faults import Faults, Path

if TYPE_CHECKING:
    from procure.policy.policy import Policy


@attrs.frozen
class Encoded:
    """Shares of the text, counted by its letters and digits; `left` are the words that nothing cites or sets aside. The
    words that raise a question are not encoded by that alone."""

    cited: Fraction
    set_aside: Fraction
    left: tuple[Clause, ...]

    @property
    def open(self) -> Fraction:
        return 1 - self.cited - self.set_aside


def encoded(policy: Policy) -> Encoded:
    """What the rules of a sound policy encode."""
    text = policy.passage.text
    cited = _covered(clause for _, clause in clauses(policy))
    aside = _covered(policy.clause(quoted) for quoted in policy.not_checked) - cited
    counted = [at for at, letter in enumerate(text) if letter.isalnum()]
    whole = len(counted) or 1
    return Encoded(
        Fraction(sum(at in cited for at in counted), whole),
        Fraction(sum(at in aside for at in counted), whole),
        tuple(_left(policy, cited | aside)),
    )


def clauses(policy: Policy) -> Iterator[tuple[Path, Clause]]:
    """The clauses of duties, rules and bands, and the one that forbids dividing, as far as they stand in the text."""
    quoted: dict[Path, Any] = {("duty", id, "clause"): duty.clause for id, duty in policy.duties.items()}
    quoted |= {("rules", rule.id, "clause"): rule.clause for rule in policy.rules}
    for id, ladder in policy.ladders.items():
        quoted |= {("ladder", id, "band", band.id, "clause"): band.clause for band in ladder.bands}
    quoted["division",] = policy.division
    for path, quote in quoted.items():
        if quote is not None:
            missing = Faults()
            with missing.at():
                yield path, policy.clause(quote)


def _covered(spans: Iterable[Clause]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def _left(policy: Policy, seen: set[int]) -> Iterator[Clause]:
    """The words between, without the signs and blanks around them; passages by themselves."""
    text = policy.passage.text
    parts = policy.passage.parts
    for start, end in [(part.start, part.end) for part in parts] or [(0, len(text))]:
        at = start
        while at < end:
            if at in seen:
                at += 1
                continue
            stop = next((n for n in range(at, end) if n in seen), end)
            words = [n for n in range(at, stop) if text[n].isalnum()]
            if words:
                yield Clause(words[0], words[-1] + 1, text[words[0] : words[-1] + 1])
            at = stop
