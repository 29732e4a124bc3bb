"""Ladders as they are climbed: an amount becomes a *position* among the cuts of a gauge, positions claim bands.

Position 0 is "no counted purchase"; then in turn below the first cut, exactly on it, above it and below the second, and
so on. The positions that an uncertain amount may take are the bits of a *mask*.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import ceil, floor

import attrs

from procure.interpretation.readings import Readings
from procure.policy.limits import Exact
from procure.policy.totals import Measure

#: The position of a total to which no counted purchase contributes.
NOTHING = 0

#: For each band of a ladder, lowest first, the interpretations under which it is claimed, or binds.
Tiers = tuple[Readings, ...]
#: Where a band ends and the next begins: an amount in minor units, or a limit by its name.
Cut = int | str


class Cuts:
    """Cuts with their numbers, in minor units, ascending; a limit that is not known lies between two numbers, both
    possible."""

    __slots__ = ("_high", "_low", "anywhere", "key", "known", "least", "most")

    def __init__(self, bounds: Sequence[tuple[Exact, Exact]]) -> None:
        """`bounds` has for each cut the least and the most that it may be; equal where it is known. A fraction is that
        of a limit with a factor: it may lie between two whole amounts, where one number is as good as another."""
        least: list[Exact] = []
        for low, _ in bounds:
            least.append(low if not least or low > least[-1] else floor(least[-1]) + _step(low))
        most: list[Exact] = []
        for _, high in reversed(bounds):
            most.append(high if not most or high < most[-1] else ceil(most[-1]) - _step(high))
        self.least: tuple[Exact, ...] = tuple(least)
        self.most: tuple[Exact, ...] = tuple(reversed(most))
        self.key: tuple[tuple[Exact, ...], tuple[Exact, ...]] = self.least, self.most
        self._low = [edge for cut in self.least for edge in edges(cut)]
        self._high = [edge for cut in self.most for edge in edges(cut)]
        #: Whether every cut is known.
        self.known: bool = self.least == self.most
        # Between two cuts one unit apart there is no amount, nor on a cut that is known to be no whole amount.
        empty = sum(8 << 2 * n for n in range(len(least) - 1) if ceil(self.most[n + 1]) - floor(self.least[n]) <= 1)
        empty += sum(4 << 2 * n for n in range(len(least)) if ceil(self.least[n]) > floor(self.most[n]))
        #: The mask of an amount of which nothing is known but that it is one.
        self.anywhere: int = (4 << 2 * len(least)) - 2 - empty

    def mask(self, low: int, high: int) -> int:
        """The positions that an amount between `low` and `high` (both included) may take."""
        if low == high and self.known:
            return 2 << bisect_right(self._low, low)
        return self.anywhere & (4 << bisect_right(self._low, high)) - (2 << bisect_right(self._high, low))

    def masks(
        self, lows: Sequence[int], spreads: Sequence[int], sure: Sequence[int], maybe: Sequence[int]
    ) -> list[int]:
        """The masks of a total as it runs on: of its lowest sum, how far it may be above that, and how many purchases
        surely and maybe count."""
        if any(spreads) or any(maybe) or not self.known:
            return list(map(self.mask_of, lows, spreads, sure, maybe))
        # The common case is written out: this is the innermost loop of a check.
        found = self._low
        return [2 << bisect_right(found, low) if count else 1 << NOTHING for low, count in zip(lows, sure, strict=True)]

    def mask_of(self, low: int, spread: int, sure: int, maybe: int) -> int:
        """The mask of one total."""
        if not sure and not maybe:
            return 1 << NOTHING
        # As `mask` says, except every row of a log with gaps.
        if spread or not self.known:
            high = low + spread
            found = self.anywhere & (4 << bisect_right(self._low, high)) - (2 << bisect_right(self._high, low))
        else:
            found = 2 << bisect_right(self._low, low)
        return found if sure else found | 1 << NOTHING


def edges(cut: Exact) -> tuple[int, int]:
    """The first whole amounts that are not below a cut, and above it: one and the same of a fraction."""
    return ceil(cut), floor(cut) + 1


def _step(number: Exact) -> Exact:
    """How far a cut stands at least from the whole amount before it: a fraction may lie between two."""
    return 1 if isinstance(number, int) else Fraction(1, 2)


@cache
def positions(mask: int) -> tuple[int, ...]:
    """The positions in a mask, ascending."""
    return tuple(i for i in range(mask.bit_length()) if mask >> i & 1)


@attrs.frozen(eq=False)
class Gauge:
    """One way in which a measure claims bands: `measure` is None for the amount itself. `claims` has for each position
    the bands that it claims, and `when` says under which interpretations this is the way meant."""

    ladder: int
    name: str
    measure: Measure | None
    cuts: tuple[Cut, ...]
    claims: tuple[Tiers, ...]
    when: Readings


def binding(claimed: Sequence[Readings], none: Readings, lowest: Readings) -> Tiers:
    """The band that binds of those claimed, as disjoint sets: the highest, or under `lowest` the lowest."""
    found: list[Readings] = []
    above = none
    for claim in reversed(claimed):
        found.append(claim - above if claim else none)
        above |= claim
    highest = tuple(reversed(found))
    if not lowest:
        return highest
    below, lows = none, []
    for claim in claimed:
        lows.append(claim - below)
        below |= claim
    return tuple((high - lowest) | (low & lowest) for high, low in zip(highest, lows, strict=True))
