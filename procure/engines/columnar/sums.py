"""The running sums of the accounts of one level, for every way of counting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any

import attrs
import polars as pl

from procure.engines.columnar.codes import Coded
from procure.engines.columnar.positions import Edges
from procure.engines.sums import Summed

#: Where all amounts together come to less than this, sums are kept in 64 bits; else in 128.
_BOUND = 2**61
#: What a total is made of. Where nothing is uncertain, it is the first two alone; where all count, the first; and the
#: last where an amount could not be read.
_PARTS = ("low", "sure", "spread", "maybe", "unread")


def wide(amount: pl.Series) -> bool:
    """Whether the sums of these amounts take more than 64 bits."""
    ends: list[Any] = [amount.min() or 0, amount.max() or 0]
    return bool(max(map(abs, ends)) * len(amount) >= _BOUND and amount.abs().cast(pl.Int128).sum() >= _BOUND)


def rows(amount: pl.Series | None, members: pl.Series, wide: bool, count: int) -> pl.DataFrame:
    """What a row adds depends on: its `amount`, whether it could not be read, and the number of its memberships.
    Without amounts rows are counted."""
    kind = pl.Int128 if wide else pl.Int64
    if amount is None:
        amount = pl.repeat(1, count, dtype=pl.Int64, eager=True)
    return pl.DataFrame({"amount": amount.fill_null(0).cast(kind), "unread": amount.is_null(), "members": members})


@attrs.frozen
class WayOfRows:
    """One way of counting, as it concerns this log: which memberships count surely, which all, and which maybe; whether
    some amount could not be read, and may be one below zero; whether it sums what a purchase is judged by; and whether
    some row lacks what would place it."""

    at: int
    sure: tuple[int, ...]
    maybe: tuple[int, ...]
    every: bool
    unread: bool
    sinks: bool
    of_amount: bool
    apart: bool

    @classmethod
    def of(cls, at: int, members: Coded, unread: bool, sinks: bool, of_amount: bool, apart: bool) -> WayOfRows:
        counts = [member[at] for member in members.values]
        sure = tuple(i for i, count in enumerate(counts) if count)
        maybe = tuple(i for i, count in enumerate(counts) if count is None)
        return cls(at, sure, maybe, len(sure) == len(counts), unread, sinks, of_amount, apart)

    @property
    def open(self) -> bool:
        """Whether its totals may be open."""
        return self.unread or self.apart or bool(self.maybe)

    @property
    def raised(self) -> bool:
        """Whether an amount that could not be read may be below zero, and is not where it is judged."""
        return self.unread and self.sinks and self.of_amount

    @property
    def names(self) -> list[str]:
        return [f"{part} {self.at}" for part in _PARTS[: 4 + self.unread if self.open else 2 - self.every]]

    def own(self) -> list[pl.Expr]:
        """What each row adds to the total."""
        sure, maybe, amount = _among(self.sure), _among(self.maybe), pl.col("amount")
        low = amount if self.every else pl.when(sure).then(amount).otherwise(0)
        if self.maybe:
            low = pl.when(maybe).then(pl.min_horizontal(amount, 0 * amount)).otherwise(low)
        spread = pl.when(maybe).then(amount.abs()).otherwise(0)
        unread = (sure | maybe) & pl.col("unread")
        parts = [low, *(part.cast(pl.Int32) for part in (sure, maybe, unread))]
        parts.insert(2, spread)
        return [part.alias(name) for part, name in zip(parts, self.names, strict=False)]

    def if_counted(self) -> list[pl.Expr]:
        """What each row adds if it counts."""
        parts = [pl.col("amount"), pl.lit(1), pl.lit(0), pl.lit(0), pl.col("unread").cast(pl.Int32)]
        return [part.alias(name) for part, name in zip(parts, self.names, strict=False)]

    def doubtful(self) -> pl.Expr:
        """Whether it is not known if the row counts."""
        return _among(self.maybe)

    def code(self, sums: pl.DataFrame, edges: Edges, own: pl.DataFrame | None) -> pl.Expr:
        """The code of where each of these sums stands; `own` is what a purchase that is judged adds to it itself."""
        parts = [pl.col(name) for name in self.names]
        if self.unread:
            sunk = self.sunk(sums)
            # An amount of its own is above zero, be it read or not.
            parts.append(pl.lit(sunk - own[self.names[-1]] if own is not None and self.raised else sunk))
        return edges.open_code(*parts) if self.open else edges.exact_code(*parts)

    def sunk(self, sums: pl.DataFrame) -> pl.Series:
        """How many amounts could not be read that may be below zero."""
        unread = sums[self.names[-1]]
        return unread if self.sinks else 0 * unread

    def nothing(self, edges: Edges) -> int:
        """The code of no purchase at all."""
        return edges.nothing if self.open else 0

    def examples(self, edges: Edges) -> Sequence[Summed]:
        """Of each code an example."""
        return edges.open if self.open else edges.exact


def _among(members: Sequence[int]) -> pl.Expr:
    """Whether a row's memberships are one of these."""
    found = pl.lit(False)
    for member in members:
        found = found | (pl.col("members") == member)
    return found


@attrs.frozen(eq=False)
class Accounts:
    """Rows in the order of their accounts: the number of each row's account, whether it is the first of it; and the
    last row of each account."""

    number: pl.Series
    first: pl.Series
    last: pl.Series

    @classmethod
    def of(cls, key: pl.Series) -> Accounts:
        """From a key that is equal within an account, in its order."""
        first = (key != key.shift(1)).fill_null(True)
        return cls(first.cast(pl.UInt32).cum_sum() - 1, first, first.shift(-1, fill_value=True).arg_true())

    def running(self, own: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The sums of each column up to each row and with it: through all accounts, and within its own."""
        through = own.select(pl.all().cum_sum())
        before = through[self.last].select(pl.all().shift(1, fill_value=0))
        within = through.select(pl.col(name) - pl.lit(before[name].gather(self.number)) for name in own.columns)
        return through, within


def coded(ways: Sequence[tuple[WayOfRows, Edges]], sums: pl.DataFrame, own: pl.DataFrame | None = None) -> list[Coded]:
    """Where these sums stand, for each way of counting; `own` is what purchases that are judged add to them
    themselves."""
    codes = sums.select(way.code(sums, edges, own).alias(str(way.at)) for way, edges in ways)
    return [Coded(codes[str(way.at)], range(len(way.examples(edges)))) for way, edges in ways]


def plus(sums: pl.DataFrame, more: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Sums and what is added to them, which may lack some parts, the same throughout."""
    parts = {*more[0].columns}
    return pl.DataFrame(
        [reduce(add, [each[own.name] for each in more], own) if own.name in parts else own for own in sums]
    )
