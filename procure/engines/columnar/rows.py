"""Rows to the engine in their order, and verdicts back beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from procure.engines.alike import Alike
from procure.engines.columnar import engine, header
from procure.engines.columnar.header import FrameHeader
from procure.engines.judge import LEAST_CERTAIN_FIRST
from procure.log.habits import Habits
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.values.words import ProcureError, Words


@attrs.frozen
class One:
    """One policy, or one version of it, with what the log has besides what is seen here."""

    policy: Policy
    there: frozenset[str] = frozenset()
    #: The names of the whole log that may be of one thing; None: those that are seen here.
    names: tuple[Alike, ...] | None = None


@attrs.frozen
class Check:
    """What judges, and `any_year`, to every backend: from columns by name and the unit of amounts to verdicts."""

    ones: tuple[One, ...]
    any_year: bool
    habits: Habits

    def each(self, judge: Callable[[One], pl.DataFrame]) -> pl.DataFrame:
        """The verdicts of every version, put together: each row has those of the one that was in force on its day."""
        return least_certain([judge(one) for one in self.ones])

    def header(self, names: Sequence[str], columns: Mapping[str, str], one: One) -> FrameHeader:
        return header.of(names, attrs.evolve(self.habits, columns=columns), one.policy)

    def verdicts(self, one: One, columns: Mapping[str, pl.Series], said: FrameHeader) -> pl.DataFrame:
        return engine.verdicts(columns, said, one.policy, self.any_year, self.habits, one.there, one.names)


def check_of(policy: Policy | Versions, any_year: bool, habits: Habits) -> Check:
    policies = (policy,) if isinstance(policy, Policy) else tuple(policy)
    return Check(tuple(map(One, policies)), any_year, habits)


def least_certain(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Of each row the verdicts of one frame: only the version of its day speaks to it. A row without a day is judged by
    each, and of what they find the least certain stands."""
    if len(frames) == 1:
        return frames[0]
    # As texts: the categories of two frames are not the same.
    texts = [frame.with_columns(pl.col(name).cast(kind) for name, kind in engine.PLAIN.items()) for frame in frames]
    rank = pl.col("verdict").replace_strict(_RANKS, return_dtype=pl.Int8) * 2 + pl.col("settled").fill_null(False)
    ranks = [text.select(rank).to_series() for text in texts]
    found, least = texts[0], ranks[0]
    for other, its in zip(texts[1:], ranks[1:], strict=True):
        before = its < least
        found = pl.DataFrame([other[name].zip_with(before, found[name]) for name in found.columns])
        least = its.zip_with(before, least)
    return found.with_columns(pl.col(name).cast(kind) for name, kind in engine.TYPES.items())


#: Every version refuses the same rows and finds the same void, and the first one's words stand.
_NOT_JUDGED = ("rejected", "void", "merged")
_RANKS = {name: rank for rank, name in enumerate((*_NOT_JUDGED, *(verdict.value for verdict in LEAST_CERTAIN_FIRST)))}


def ordered(names: Sequence[str], order: str) -> None:
    """Raises `ProcureError` for a lazy frame that does not have the column that tells the order of its rows."""
    if order not in names:
        raise ProcureError(
            Words(
                f"惰性数据框的行没有次序，同日各笔的先后须由一列说明，而没有“{order}”列；"
                f"请指定：order=…（有：{'、'.join(names)}）",
                "the rows of a lazy frame have no order: a column must tell that of purchases on one day, and there is "
                f"none called {order!r}; say which one does: order=… (there are: {', '.join(names)})",
            )
        )


def judged(frame: pl.DataFrame, columns: Mapping[str, str], check: Check) -> pl.DataFrame:
    """The verdicts of rows that are in their order."""

    def by(one: One) -> pl.DataFrame:
        found = check.header(frame.columns, columns, one)
        return check.verdicts(one, {field: frame.to_series(at) for field, at in found.cells.items()}, found)

    return check.each(by)


def in_order(frame: pl.DataFrame, columns: Mapping[str, str], order: str, check: Check) -> pl.DataFrame:
    """The verdicts of rows whose order a column tells."""
    if frame[order].is_sorted():
        return judged(frame, columns, check)
    turn = frame[order].arg_sort()
    return judged(frame[turn], columns, check)[turn.arg_sort()]


def judged_arrow(table: Any, columns: Mapping[str, str], order: str | None, check: Check) -> pl.DataFrame:
    """The verdicts of an Arrow table, in the order of its rows or in that which a column tells. Only the columns that
    matter are looked at."""

    def by(one: One) -> pl.DataFrame:
        found = check.header(table.column_names, columns, one)
        wanted = sorted({*found.cells.values(), *(() if order is None else (table.column_names.index(order),))})
        frame = pl.DataFrame([pl.Series(table.column_names[at], pl.from_arrow(table.column(at))) for at in wanted])
        named = {field: table.column_names[at] for field, at in found.fields.items()}
        alone = attrs.evolve(check, ones=(one,))
        return judged(frame, named, alone) if order is None else in_order(frame, named, order, alone)

    return check.each(by)


def with_columns(table: Any, verdicts: pl.DataFrame) -> Any:
    """An Arrow table, whose own columns stay as they are, and its verdicts beside them."""
    arrow = verdicts.to_arrow(compat_level=pl.CompatLevel.oldest())
    for name, column in zip(arrow.column_names, arrow.columns, strict=True):
        table = table.append_column(name, column)
    return table
