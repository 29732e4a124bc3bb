"""Which columns would decide a verdict that is unknown."""

from __future__ import annotations

from procure.evidence import Evidence
from procure.judge import AMOUNTS, Judgement
from procure.ledger import Posted
from procure.placing import Placer
from procure.policy import Policy
from procure.records import COLUMNS, Purchase

#: Not columns: the limit and the open-tender standard, which others set and nobody gave.
LIMIT, OPEN_TENDER = "limit", "open_tender"
_ORDER = {column: i for i, column in enumerate([*COLUMNS, LIMIT, OPEN_TENDER])}


class Wanting:
    """Names the columns behind the facts that a judgement misses, in the order of the canonical columns."""

    def __init__(self, policy: Policy, placer: Placer, one_unit: bool, dated: bool) -> None:
        self._policy = policy
        self._placer = placer
        self._applies_by = ("amount", "date") if dated else ("amount",)
        self._placed_by = ("date", "category") if one_unit else ("date", "unit", "category")

    def __call__(self, judgement: Judgement, purchase: Purchase, evidence: Evidence, posted: Posted) -> tuple[str, ...]:
        found: set[str] = set()
        for fact in judgement.missing:
            if fact == "judged":
                found |= {column for column in self._applies_by if _blank(purchase, column)}
            elif fact == AMOUNTS:
                found |= self._behind_amounts(purchase, evidence, posted)
            else:
                found.add(evidence.columns[fact])
        return tuple(sorted(found, key=_ORDER.__getitem__))

    def _behind_amounts(self, purchase: Purchase, evidence: Evidence, posted: Posted) -> set[str]:
        """Why it is not certain where the amounts stand: the purchase's own amount, the rows it may share a total
        with, or the limit."""
        measure = self._policy.working_measure
        found = {"amount"} if purchase.fen is None else set()
        if measure is None or self._policy.working not in self._policy.scale.total:
            total = None
        elif (total := measure.of(posted)) is None:
            by_department = ("department",) if self._policy.levels[measure.level].by_department else ()
            found |= {column for column in (*self._placed_by, *by_department) if _blank(purchase, column)}
        elif measure and not total.exact:
            if not total.bounded:
                found.add("amount")
            if total.maybe and (column := self._policy.counted[measure.counted].column):
                found.add(column)
        ends = () if total is None else (total.low, total.high) if total.bounded else (total.low,)
        amounts = [purchase.fen or 0, *ends]
        for kind in evidence.options["kind"]:
            cuts = self._placer.cuts_of(purchase, kind)
            if any(cuts.mask(fen, fen).bit_count() > 1 for fen in amounts):
                found.add(LIMIT)
        return found


def _blank(purchase: Purchase, column: str) -> bool:
    return getattr(purchase, "fen" if column == "amount" else column) is None
