"""Where amounts stand among all the edges that matter to the policy, as small codes: within one position every amount
is alike to it, so that one example stands for all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

import attrs
import polars as pl

from procure.engines.columnar.chunks import elementwise
from procure.engines.columnar.codes import Coded, width
from procure.engines.sums import Summed
from procure.policy.ladders import Cuts, edges
from procure.policy.limits import NO_BOUND

#: No sum reaches this: edges above it part nothing.
_BOUND = 2**62


@attrs.frozen(slots=False)
class Edges:
    """The amounts in minor units, ascending, at which some cut begins or ends; position n is from edge n on."""

    edges: tuple[int, ...]

    @classmethod
    def of(cls, cuts: Iterable[Cuts]) -> Edges:
        """Of all these cuts at once. Amounts are whole: each cut and the unit after it are edges; so is the first
        unit, below which there is no purchase."""
        bounds = {0} | {cut for each in cuts for cut in (*each.least, *each.most) if cut < _BOUND}
        return cls(tuple(sorted({edge for cut in bounds for edge in edges(cut)} - {0})))

    @property
    def count(self) -> int:
        """How many positions there are."""
        return len(self.edges) + 1

    def low(self, position: int) -> int:
        """An amount at this position; the lowest, where there is one."""
        return self.edges[position - 1] if position else self.edges[0] - 2

    def high(self, position: int) -> int:
        """An amount at this position; the highest, where there is one."""
        return self.edges[position] - 1 if position < len(self.edges) else self.edges[-1] + 1

    def examples(self, amounts: pl.Series) -> Coded:
        """For each amount an example of those at its position; None of one that is missing."""
        code = pl.when(pl.col("amount").is_null()).then(self.count).otherwise(self.position(pl.col("amount")))
        found = elementwise(amounts.to_frame("amount"), code.cast(width(self.count + 1)))
        return Coded(found, [*map(self.low, range(self.count)), None])

    def position(self, amount: pl.Expr) -> pl.Expr:
        """The positions of amounts."""
        return pl.lit(pl.Series(self.edges, dtype=pl.Int64)).search_sorted(amount, side="right")

    @cached_property
    def exact(self) -> tuple[Summed, ...]:
        """An example of each total that `exact_code` tells apart."""
        return (Summed(0, 0, 0, 0), *(Summed(self.low(at), 0, 1, 0) for at in range(self.count)))

    def exact_code(self, low: pl.Expr, sure: pl.Expr | None = None) -> pl.Expr:
        """Of totals whose every part is known: 0 where no purchase counts, else one more than the position. `sure`
        tells how many count; without it, all do."""
        code = self.position(low) + 1
        counted = code if sure is None else pl.when(sure > 0).then(code).otherwise(0)
        return counted.cast(width(len(self.exact)))

    @property
    def nothing(self) -> int:
        """What `open_code` tells of no purchase at all."""
        at = bisect_right(self.edges, 0)
        return (at * (self.count + 1) + at) * 8

    @cached_property
    def open(self) -> tuple[Summed, ...]:
        """An example of each total that `open_code` tells apart."""
        return tuple(
            self._open(low, high, *flags)
            for low in range(self.count)
            for high in range(self.count + 1)
            for flags in ((spread, sure, maybe) for spread in (0, 1) for sure in (0, 1) for maybe in (0, 1))
        )

    def _open(self, low: int, high: int, spread: int, sure: int, maybe: int) -> Summed:
        least = self.low(low)
        most = least + NO_BOUND if high == self.count else self.high(high)
        return Summed(least, most - least if spread else 0, sure, maybe)

    def open_code(
        self,
        low: pl.Expr,
        sure: pl.Expr,
        spread: pl.Expr,
        maybe: pl.Expr,
        unread: pl.Expr | None = None,
        sunk: pl.Expr | None = None,
    ) -> pl.Expr:
        """Of totals that may be open: the positions of both ends, whether they differ, and whether any purchase counts
        surely or maybe. `unread` amounts leave the upper end open, those among them that are `sunk` the lower one."""
        wide = pl.UInt32
        least, end = self.position(low).cast(wide), self.position(low + spread).cast(wide)
        differ = spread > 0
        if unread is not None:
            end = pl.when(unread > 0).then(pl.lit(self.count, dtype=wide)).otherwise(end)
            differ = differ | (unread > 0)
        if sunk is not None:
            least = pl.when(sunk > 0).then(pl.lit(0, dtype=wide)).otherwise(least)
        code = least * (self.count + 1) + end
        for flag in (differ, sure > 0, maybe > 0):
            code = code * 2 + flag.cast(wide)
        return code
