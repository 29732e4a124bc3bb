"""From amounts to tiers. An amount becomes a *position* among the policy's cut points, positions claim tiers.

Position 0 is "no counted purchase"; then in turn below the first cut, exactly on it, above it and below the second, and
so on. The positions that an uncertain amount may take are the bits of a *mask*.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

import attrs

from procure.readings import Readings

#: Stands for "no upper bound" in sums of fen; far above any sum of amounts, which are themselves bounded.
NO_BOUND = 10**30
#: The position of a total to which no counted purchase contributes.
NONE = 0

#: For each tier, lowest first, the readings under which it binds.
Tiers = tuple[Readings, ...]


class Cuts:
    """The cut points of a policy for one kind and year, in fen, ascending; None is a limit that nobody gave, of which
    it is only known that it lies between the cuts beside it."""

    __slots__ = ("_high", "_low", "anywhere", "known", "least", "most")

    def __init__(self, values: Sequence[int | None]) -> None:
        least: list[int] = []
        for value in values:
            least.append((least[-1] if least else 0) + 1 if value is None else value)
        most: list[int] = []
        for value in reversed(values):
            most.append((most[-1] if most else NO_BOUND) - 1 if value is None else value)
        #: The bounds of each cut; they are equal where it is known.
        self.least = tuple(least)
        self.most = tuple(reversed(most))
        # Amounts are whole: each cut and the fen after it are the edges between positions.
        self._low = [edge for cut in self.least for edge in (cut, cut + 1)]
        self._high = [edge for cut in self.most for edge in (cut, cut + 1)]
        #: Whether every cut is known.
        self.known = None not in values
        # Between two cuts one fen apart there is no amount.
        empty = sum(8 << 2 * n for n in range(len(values) - 1) if self.most[n + 1] - self.least[n] == 1)
        #: The mask of an amount of which nothing is known but that it is one.
        self.anywhere = (4 << 2 * len(values)) - 2 - empty

    def mask(self, low: int, high: int) -> int:
        """The positions that an amount between `low` and `high` (fen, both included) may take."""
        if low == high and self.known:
            return 2 << bisect_right(self._low, low)
        return self.anywhere & (4 << bisect_right(self._low, high)) - (2 << bisect_right(self._high, low))

    def masks(
        self, lows: Sequence[int], spreads: Sequence[int], sure: Sequence[int], maybe: Sequence[int]
    ) -> list[int]:
        """The masks of a total as it runs on: of its lowest sum, how far it may be above that, and how many purchases
        surely and maybe count."""
        if any(spreads) or any(maybe) or not self.known:
            return list(map(self._mask, lows, spreads, sure, maybe))
        # The common case is written out: this is the innermost loop of a check.
        edges = self._low
        return [2 << bisect_right(edges, low) if count else 1 << NONE for low, count in zip(lows, sure, strict=True)]

    def _mask(self, low: int, spread: int, sure: int, maybe: int) -> int:
        if sure:
            return self.mask(low, low + spread)
        return self.mask(low, low + spread) | 1 << NONE if maybe else 1 << NONE


@cache
def positions(mask: int) -> tuple[int, ...]:
    """The positions in a mask, ascending."""
    return tuple(i for i in range(mask.bit_length()) if mask >> i & 1)


@attrs.frozen
class Boundary:
    """What the text says of an amount exactly on a cut: the readings under which it belongs to the tier above it, and
    to the one below. In a sound text each reading is in just one of them."""

    above: Readings
    below: Readings


@attrs.frozen(eq=False)
class Scale:
    """Which tier binds. `single` and `total` are the readings under which that amount claims a tier at all; `totals`
    says under which readings each measured total is the one that counts."""

    every: Readings
    none: Readings
    boundaries: tuple[Boundary, ...]
    single: Readings
    total: Readings
    totals: tuple[Readings, ...]
    _claims: dict[int, Tiers] = attrs.field(factory=dict, init=False, repr=False)

    def claims(self, position: int) -> Tiers:
        """For each tier, lowest first, the readings under which an amount at this position claims it."""
        if position not in self._claims:
            tiers = [self.none] * (len(self.boundaries) + 1)
            if position % 2:
                tiers[position // 2] = self.every
            elif position != NONE:
                boundary = self.boundaries[position // 2 - 1]
                tiers[position // 2 - 1 : position // 2 + 1] = [boundary.below, boundary.above]
            self._claims[position] = tuple(tiers)
        return self._claims[position]

    def tiers(self, single: int, totals: Sequence[int]) -> Tiers:
        """The tier that binds, as disjoint sets of readings, lowest first: the highest that either amount claims."""
        where: dict[int, Readings] = {}
        for position, when in zip(totals, self.totals, strict=True):
            where[position] = where[position] | when if position in where else when
        claimed = [claim & self.single for claim in self.claims(single)]
        for position, when in where.items():
            when &= self.total
            claimed = [claim | (other & when) for claim, other in zip(claimed, self.claims(position), strict=True)]
        binding: list[Readings] = []
        above = self.none
        for claim in reversed(claimed):
            binding.append(claim - above)
            above |= claim
        return tuple(reversed(binding))

    def possible(self, single: int, totals: Sequence[int]) -> tuple[Tiers, ...]:
        """The distinct tiers that masks of positions may lead to.

        Every interpretation reads one total only, so uncertain totals may move side by side: their product would say
        nothing more.
        """
        options = [positions(mask) for mask in totals]
        depth = max(map(len, options), default=1)
        return tuple(
            dict.fromkeys(
                self.tiers(alone, [choice[min(k, len(choice) - 1)] for choice in options])
                for alone in positions(single)
                for k in range(depth)
            )
        )
