"""Where a purchase stands: the bands that its own amount and its totals may lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias

import attrs

from procure.engines.accounts import Account
from procure.engines.evidence import Evidence, Memo
from procure.engines.facts import FactPoint, Tree
from procure.engines.ledger import Posted
from procure.engines.scale import Reads, Scale, ScaleLine, Scales
from procure.engines.sums import Amounts, Memberships, Sums, part, raised
from procure.interpretation.readings import Readings
from procure.log.cells import MISSING
from procure.policy.ladders import Tiers, binding, positions
from procure.policy.plan import Plan

#: The bands of every ladder.
Bands: TypeAlias = "tuple[Tiers, ...]"
#: The mask of each line of a grouping. Equal ones are known by one number, which is quicker to look up.
Masks = tuple[int, ...]
#: The mask of the amount on each of its lines; then for each grouping the number of the masks of its totals.
Stance = tuple[int, ...]


@attrs.frozen(eq=False)
class Scenario:
    """One combination of the facts that move the amounts: the words by which limits differ, and which totals count the
    purchase. `counts` is None where every scenario counts alike, and so as it was posted."""

    given: Mapping[str, tuple[Hashable, ...]]
    words: tuple[str | None, ...]
    counts: tuple[bool, ...] | None


#: Stands for all scenarios where none of the facts moves the amounts.
ANY = Scenario({}, (), None)


@attrs.frozen(eq=False)
class Placement:
    """The scenarios of a purchase, each with the distinct bands that its amounts may lead to. A placer gives one object
    for equal placements, which is quicker to look up."""

    scenarios: tuple[tuple[Scenario, tuple[Bands, ...]], ...]


class Placer:
    """Places purchases among the cuts of a plan. Scales, the scenarios of equal evidence, and the masks of an account
    are worked out once for as long as they hold."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        questions = plan.questions
        self._every, self._none = questions.every, questions.none
        self._look = Tree(self._moved, self._every, self._none, self._every)
        self.scales: Scales = Scales(plan)
        #: For each position on a gauge the bands that it claims.
        self._claims = {
            (id(gauge.claims), at): tuple((band, claim) for band, claim in enumerate(claims) if claim)
            for gauge in plan.gauges
            for at, claims in enumerate(gauge.claims)
        }
        self._scenarios: dict[Evidence, tuple[Memberships, tuple[Scenario, ...]]] = {}
        self._same: dict[tuple[Any, ...], Scenario] = {}
        self._masks: list[Masks] = []
        self._numbers = Memo(self._numbered_anew)
        #: The scale of purchases with this evidence, where they have one alone whatever their day.
        self._alone: dict[Evidence, Scale] = {}
        self._standings: dict[Scale, dict[Account, tuple[int, ...]]] = defaultdict(dict)
        self._anyhow: dict[tuple[int, Stance], Placement] = {}
        self._placements: dict[tuple[tuple[Scenario, tuple[Bands, ...]], ...], Placement] = {}
        self._bands: dict[tuple[int, Stance], tuple[Bands, ...]] = {}

    # -- scenarios ---------------------------------------------------------------------------------------------------

    def scenarios(self, evidence: Evidence) -> tuple[Memberships, tuple[Scenario, ...]]:
        """In which totals the purchase counts, and a scenario for each combination of open facts that moves the
        amounts."""
        found = self._scenarios.get(evidence)
        if found is None:
            found = self._scenarios[evidence] = self._branch(evidence)
        return found

    def _moved(self, point: FactPoint) -> tuple[tuple[str | None, ...], tuple[bool, ...]]:
        """By what limits differ, and which totals count the purchase, at a point."""
        words = []
        for column in self._plan.dimensions:
            of_column = self._plan.words[column]
            words.append(next((word for word, holds in of_column.items() if holds(point)), None))
        return tuple(words), tuple([bool(way.counts(point)) for way in self._plan.ways])

    def _branch(self, evidence: Evidence) -> tuple[Memberships, tuple[Scenario, ...]]:
        leaves = self._look.leaves(evidence.options)
        counts = [leaf.outcome[1] for leaf in leaves]
        memberships = tuple(way[0] if len(set(way)) == 1 else None for way in zip(*counts, strict=True))
        alike = len(set(counts)) == 1
        if alike and len({leaf.outcome[0] for leaf in leaves}) == 1:
            return memberships, (self._one({}, leaves[0].outcome[0], None),)
        return memberships, tuple(
            self._one(leaf.path, leaf.outcome[0], None if alike else leaf.outcome[1]) for leaf in leaves
        )

    def words_of(self, evidence: Evidence) -> tuple[tuple[str | None, ...], ...]:
        """The words by which limits may differ for a purchase."""
        return tuple(dict.fromkeys(scenario.words for scenario in self.scenarios(evidence)[1]))

    def _one(
        self, path: Mapping[str, Hashable], words: tuple[str | None, ...], counts: tuple[bool, ...] | None
    ) -> Scenario:
        """The same scenario for the same facts: purchases are known to be placed alike by it."""
        key = tuple(path.items()), words, counts
        found = self._same.get(key)
        if found is None:
            given = {fact: (value,) for fact, value in path.items()}
            found = self._same[key] = Scenario(given, words, counts)
        return found

    # -- placing -----------------------------------------------------------------------------------------------------

    def place(self, amount: Any, day: Any, amounts: Amounts, evidence: Evidence, posted: Posted) -> Placement:
        """The scenarios of a purchase, each with the distinct bands that its amounts may lead to. `amounts` are those
        that it adds to each way of counting."""
        scale = self._alone.get(evidence)
        if scale is None:
            scenarios = self.scenarios(evidence)[1]
            scales = self.scales.of(scenarios[0].words, day)
            if len(scenarios) > 1 or len(scales) > 1:
                return self._among(evidence, amount, day, amounts, posted)
            (scale,) = scales
            if not self.scales.dated:
                self._alone[evidence] = scale
        memberships = self.scenarios(evidence)[0]
        stance = self._stance(amount, amounts, scale, None, memberships, posted)
        key = scale.shape, stance
        placed = self._anyhow.get(key)
        if placed is None:
            placed = self._anyhow[key] = self._placed((ANY, self._bands_of(scale, stance)))
        return placed

    def _among(self, evidence: Evidence, amount: Any, day: Any, amounts: Amounts, posted: Posted) -> Placement:
        memberships, scenarios = self.scenarios(evidence)
        stances: dict[tuple[Scale, tuple[bool, ...] | None], Stance] = {}
        placed = []
        for scenario in scenarios:
            bands: dict[Bands, None] = {}
            for scale in self.scales.of(scenario.words, day):
                key = scale, scenario.counts
                if key not in stances:
                    stances[key] = self._stance(amount, amounts, *key, memberships, posted)
                bands |= dict.fromkeys(self._bands_of(scale, stances[key]))
            placed.append((scenario, tuple(bands)))
        if len({bands for _, bands in placed}) == 1 and (len(placed[0][1]) == 1 or self._still(stances)):
            return self._placed((ANY, placed[0][1]))
        return self._placed(*placed)

    def _placed(self, *scenarios: tuple[Scenario, tuple[Bands, ...]]) -> Placement:
        return self._placements.setdefault(scenarios, Placement(scenarios))

    def _still(self, stances: Mapping[tuple[Scale, tuple[bool, ...] | None], Stance]) -> bool:
        """Whether no amount stands elsewhere on another scale, though it is not known where it stands: all count
        the same rows, and no uncertain amount may reach a cut that differs."""
        (first, *_), scales = stances.values(), [scale.lines for scale, _ in stances]
        shapes = {tuple(len(line.cuts.least) for line in lines) for lines in scales}
        if len(set(stances.values())) > 1 or len({counts for _, counts in stances}) > 1 or len(shapes) > 1:
            return False
        for n, mask in enumerate(self._unpacked(first)):
            keys = [lines[n].cuts for lines in scales]
            moving = sum(
                1 << 2 * at + 2
                for at in range(len(keys[0].least))
                if len({(c.least[at], c.most[at]) for c in keys}) > 1
            )
            if mask & moving and mask.bit_count() > 1:
                return False
        return True

    def _stance(
        self,
        amount: Any,
        amounts: Amounts,
        scale: Scale,
        counts: tuple[bool, ...] | None,
        memberships: Memberships,
        posted: Posted,
    ) -> Stance:
        # This is done for every row of a log, and so is written out.
        stance = []
        for line in scale.own:
            cuts = line.cuts
            stance.append(cuts.anywhere if amount is MISSING else cuts.mask(amount, amount))
        own: Sums | None = None
        if counts is not None or amount is MISSING:
            own = part(amounts, memberships if counts is None else counts, self._plan.unread)
            if amount is MISSING:
                own = raised(own, self._plan.of_amount)
        standings = self._standings[scale]
        for at, (account, n) in enumerate(posted):
            if own is None:
                # An account is of one grouping, so that it and the scale tell the lines.
                standing = standings.get(account)
                if standing is None:
                    standing = standings[account] = self._numbered(account, scale.reads[at])
                stance.append(standing[n])
            else:
                stance.append(self._numbers[self._if(account, n, own, scale.reads[at])])
        return tuple(stance)

    def _numbered(self, account: Account, reads: Reads) -> tuple[int, ...]:
        """The numbers of the masks of each row of an account."""
        return tuple(map(self._numbers.__getitem__, account.masks(reads)))

    def _if(self, account: Account, n: int, own: Any, reads: Reads) -> Masks:
        """The masks of a row if it adds this."""
        sums = [account.sums_if(n, own, *span) for span in reads.spans]
        return tuple([cuts.mask_of(*sums[span][way : way + 4]) for cuts, way, span in reads.each])

    def _numbered_anew(self, masks: Masks) -> int:
        self._masks.append(masks)
        return len(self._masks) - 1

    def _unpacked(self, stance: Stance) -> list[int]:
        """The mask on each line, in their order."""
        own = len(stance) - len(self._plan.groupings)
        masks = list(stance[:own])
        for number in stance[own:]:
            masks += self._masks[number]
        return masks

    # -- bands -------------------------------------------------------------------------------------------------------

    def _bands_of(self, scale: Scale, stance: Stance) -> tuple[Bands, ...]:
        key = scale.shape, stance
        found = self._bands.get(key)
        if found is None:
            lines = scale.lines
            found = self._bands[key] = self._possible(lines, self._unpacked(stance))
        return found

    def _possible(self, lines: Sequence[ScaleLine], masks: Sequence[int]) -> tuple[Bands, ...]:
        """The distinct bands that masks of positions may lead to. Lines of one group move side by side, since no
        interpretation reads two of them; groups move independently."""
        groups: dict[Hashable, list[tuple[ScaleLine, tuple[int, ...]]]] = {}
        for line, mask in zip(lines, masks, strict=True):
            groups.setdefault(line.group, []).append((line, positions(mask)))
        depths = [range(max([len(options) for _, options in group])) for group in groups.values()]
        found: dict[Bands, None] = {}
        for turn in product(*depths):
            at = [
                (line, options[min(k, len(options) - 1)])
                for k, group in zip(turn, groups.values(), strict=True)
                for line, options in group
            ]
            found[self._at(at)] = None
        return tuple(found)

    def _at(self, standing: Sequence[tuple[ScaleLine, int]]) -> Bands:
        """The band that binds on each ladder, where each line stands at a position."""
        where: list[dict[tuple[int, int], Readings]] = [{} for _ in self._plan.ladders]
        for line, position in standing:
            for gauge, places in line.gauges:
                key = id(gauge.claims), position if places is None else places[position]
                of_ladder = where[gauge.ladder]
                seen = of_ladder.get(key)
                of_ladder[key] = gauge.when if seen is None else seen | gauge.when
        found = []
        for ladder, of_ladder in zip(self._plan.ladders, where, strict=True):
            claimed = [self._none] * len(ladder.bands)
            for key, when in of_ladder.items():
                for band, claim in self._claims[key]:
                    claimed[band] |= claim & when
            found.append(binding(claimed, self._none, ladder.lowest))
        return tuple(found)
