"""Where a purchase stands: the tiers that its own amount and the measured totals may lead to."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import product

import attrs

from procure.evidence import Evidence
from procure.ledger import Account, Memberships, Posted, part
from procure.policy import Policy
from procure.records import Purchase
from procure.scale import Cuts, Tiers
from procure.terms import Kind

#: The mask of each total of an account. Equal ones are known by one number, which is quicker to look up.
Masks = tuple[int, ...]


@attrs.frozen(eq=False)
class Branch:
    """One combination of the facts that move the amounts: the kind sets the limit, method and catalogue what counts.
    `counts` is None where every branch counts alike, and so as it was posted."""

    given: Mapping[str, tuple[Hashable, ...]]
    kind: Kind
    counts: tuple[bool, ...] | None


#: What the amounts are measured against, and which totals count the purchase.
Footing = tuple[Cuts, tuple[bool, ...] | None]
#: The mask of the single amount; then for each level the numbers of the masks before the purchase, with it, and of the
#: whole year; `ANYWHERE` where the purchase has no place at that level.
Stance = tuple[int, ...]
ANYWHERE = -1
#: The facts by which a total may count a purchase.
_MOVING = ("method", "in_catalogue", "below_floor")


@attrs.frozen(eq=False)
class Placed:
    """The branches of a purchase, each with the distinct tiers that its amounts may lead to. A placer gives one object
    for equal places, which is quicker to look up."""

    branches: tuple[tuple[Branch, tuple[Tiers, ...]], ...]


#: Stands for all branches where none of the facts moves the amounts.
ANY = Branch({}, Kind.GOODS, None)


class Placer:
    """Places purchases among the cuts of a policy. The cuts of a kind and year, the branches of equal evidence, and
    the masks of an account are worked out once for as long as they hold."""

    def __init__(self, policy: Policy, year: int | None) -> None:
        """`year` is the budget year of a purchase of unknown date, if it is judged at all."""
        self._policy = policy
        self._year = year
        self._cuts: dict[tuple[Kind, int | None], Cuts] = {}
        self._distinct: dict[tuple[tuple[int, ...], tuple[int, ...]], Cuts] = {}
        self._branches: dict[Evidence, tuple[Memberships, tuple[Branch, ...]]] = {}
        self._same: dict[tuple[Kind, tuple[Hashable, ...]], Branch] = {}
        self._numbers: dict[Masks, int] = {}
        self._masks: list[Masks] = []
        self._standings: dict[tuple[Account, Cuts], list[int]] = {}
        self._anyhow: dict[Stance, Placed] = {}
        self._places: dict[tuple[tuple[Branch, tuple[Tiers, ...]], ...], Placed] = {}
        self._tiers: dict[tuple[int, ...], tuple[Tiers, ...]] = {}

    def cuts_of(self, purchase: Purchase, kind: Kind) -> Cuts:
        """The cuts that a purchase is measured against, were it of this kind."""
        return self.cuts(kind, self._year if purchase.date is None else purchase.date.year)

    def cuts(self, kind: Kind, year: int | None) -> Cuts:
        """One object for equal cuts, so that what is worked out for one kind holds for another with the same limit."""
        found = self._cuts.get((kind, year))
        if found is None:
            cuts = self._policy.cuts_for(kind, year)
            found = self._cuts[kind, year] = self._distinct.setdefault((cuts.least, cuts.most), cuts)
        return found

    def branches(self, evidence: Evidence) -> tuple[Memberships, tuple[Branch, ...]]:
        """In which totals the purchase counts, and a branch for each combination of open facts that moves the
        amounts."""
        found = self._branches.get(evidence)
        if found is None:
            found = self._branches[evidence] = self._branch(evidence)
        return found

    def _branch(self, evidence: Evidence) -> tuple[Memberships, tuple[Branch, ...]]:
        kinds, *moving = (evidence.options[fact] for fact in ("kind", *_MOVING))
        counts = {facts: tuple(way.includes(*facts) for way in self._policy.counted) for facts in product(*moving)}
        memberships = tuple(way[0] if len(set(way)) == 1 else None for way in zip(*counts.values(), strict=True))
        ways = [((), None)] if len(set(counts.values())) == 1 else [*counts.items()]
        return memberships, tuple(self._one(kind, facts, counted) for kind in kinds for facts, counted in ways)

    def _one(self, kind: Kind, facts: tuple[Hashable, ...], counted: tuple[bool, ...] | None) -> Branch:
        """The same branch for the same facts: purchases are known to be placed alike by it."""
        found = self._same.get((kind, facts))
        if found is None:
            given = {"kind": (kind,), **{fact: (value,) for fact, value in zip(_MOVING, facts, strict=False)}}
            found = self._same[kind, facts] = Branch(given, kind, counted)
        return found

    def place(self, purchase: Purchase, evidence: Evidence, posted: Posted) -> Placed:
        """The branches of a purchase, each with the distinct tiers that its amounts may lead to."""
        date = purchase.date
        year = self._year if date is None else date.year
        branches = self.branches(evidence)[1]
        if len(branches) == 1:
            stance = self._stance(purchase.fen, self.cuts(branches[0].kind, year), None, posted)
            placed_anyhow = self._anyhow.get(stance)
            if placed_anyhow is None:
                placed_anyhow = self._anyhow[stance] = self._placed((ANY, self._tiers_of(stance)))
            return placed_anyhow
        stances: dict[Footing, Stance] = {}
        placed = []
        for branch in branches:
            footing = self.cuts(branch.kind, year), branch.counts if posted else None
            if footing not in stances:
                stances[footing] = self._stance(purchase.fen, *footing, posted)
            placed.append((branch, self._tiers_of(stances[footing])))
        if len({tiers for _, tiers in placed}) == 1 and (len(placed[0][1]) == 1 or self._still(stances)):
            return self._placed((ANY, placed[0][1]))
        return self._placed(*placed)

    def _placed(self, *branches: tuple[Branch, tuple[Tiers, ...]]) -> Placed:
        return self._places.setdefault(branches, Placed(branches))

    def _still(self, stances: Mapping[Footing, Stance]) -> bool:
        """Whether no amount stands elsewhere on another footing, though it is not known where it stands: all count
        the same purchases, and no uncertain amount may reach a cut that differs."""
        (first, *_), cuts = stances.values(), [cuts for cuts, _ in stances]
        if len(set(stances.values())) > 1 or len({counts for _, counts in stances}) > 1:
            return False
        moving = sum(
            1 << 2 * n + 2 for n in range(len(self._policy.cuts)) if len({(c.least[n], c.most[n]) for c in cuts}) > 1
        )
        masks = [first[0], *(mask for number in first[1:] if number != ANYWHERE for mask in self._masks[number])]
        return not any(mask & moving and mask.bit_count() > 1 for mask in masks)

    def _stance(self, fen: int | None, cuts: Cuts, counts: tuple[bool, ...] | None, posted: Posted) -> Stance:
        stance = [cuts.anywhere if fen is None else cuts.mask(fen, fen)]
        for posting in posted or (None,) * len(self._policy.levels):
            if posting is None:
                stance += ANYWHERE, ANYWHERE, ANYWHERE
                continue
            account, n = posting
            if counts is None:
                standing = self._standings.get((account, cuts))
                if standing is None:
                    standing = self._standings[account, cuts] = self._numbered(account.columns, cuts)
                stance += standing[n], standing[n + 1], standing[-1]
            else:
                columns = list(zip(*account.sums_if(n, part(fen, counts)), strict=True))
                stance += self._numbered(columns, cuts)
        return tuple(stance)

    def _tiers_of(self, stance: Stance) -> tuple[Tiers, ...]:
        found = self._tiers.get(stance)
        if found is None:
            found = self._tiers[stance] = self._policy.scale.possible(stance[0], self._exposed(stance[1:]))
        return found

    def _numbered(self, columns: Sequence[Sequence[int]], cuts: Cuts) -> list[int]:
        """The numbers of the masks, down the columns of an account."""
        ways = [cuts.masks(*columns[i : i + 4]) for i in range(0, len(columns), 4)]
        found = []
        for masks in zip(*ways, strict=True):
            number = self._numbers.get(masks)
            if number is None:
                number = self._numbers[masks] = len(self._masks)
                self._masks.append(masks)
            found.append(number)
        return found

    def _exposed(self, standings: Sequence[int]) -> list[int]:
        """The mask of each total that the policy may mean; anything is possible where the purchase has no place."""
        anything = ((4 << 2 * len(self._policy.cuts)) - 1,) * len(self._policy.counted)
        found = []
        for measure in self._policy.measures:
            number = standings[3 * measure.level + (2 if measure.whole_year else measure.itself)]
            found.append((anything if number == ANYWHERE else self._masks[number])[measure.counted])
        return found
