"""Rows to the engine in their order, and verdicts back beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from procure.frames import engine, header
from procure.log.habits import Habits
from procure.policy.policy import Policy
from procure.words import ProcureError, Words


@attrs.frozen
class Check:
    """What the policy and `any_year` are to every backend: from columns by name and the unit of amounts to verdicts."""

    policy: Policy
    any_year: bool
    habits: Habits
    there: frozenset[str] = frozenset()

    def __call__(self, columns: Mapping[str, pl.Series], unit: str) -> pl.DataFrame:
        return engine.verdicts(columns, unit, self.policy, self.any_year, self.habits, self.there)


def check_of(policy: Policy, any_year: bool, habits: Habits, there: frozenset[str] = frozenset()) -> Check:
    return Check(policy, any_year, habits, there)


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
    found = header.of(frame.columns, columns, check.policy, check.habits.ignored)
    return check({field: frame.to_series(at) for field, at in found.fields.items()}, found.unit)


def in_order(frame: pl.DataFrame, columns: Mapping[str, str], order: str, check: Check) -> pl.DataFrame:
    """The verdicts of rows whose order a column tells."""
    if frame[order].is_sorted():
        return judged(frame, columns, check)
    turn = frame[order].arg_sort()
    return judged(frame[turn], columns, check)[turn.arg_sort()]


def judged_arrow(table: Any, columns: Mapping[str, str], order: str | None, check: Check) -> pl.DataFrame:
    """The verdicts of an Arrow table, in the order of its rows or in that which a column tells. Only the columns that
    matter are looked at."""
    found = header.of(table.column_names, columns, check.policy, check.habits.ignored)
    wanted = sorted({*found.fields.values(), *(() if order is None else (table.column_names.index(order),))})
    frame = pl.DataFrame([pl.Series(table.column_names[at], pl.from_arrow(table.column(at))) for at in wanted])
    named = {field: table.column_names[at] for field, at in found.fields.items()}
    return judged(frame, named, check) if order is None else in_order(frame, named, order, check)


def with_columns(table: Any, verdicts: pl.DataFrame) -> Any:
    """An Arrow table, whose own columns stay as they are, and its verdicts beside them."""
    told = verdicts.to_arrow(compat_level=pl.CompatLevel.oldest())
    for name, column in zip(told.column_names, told.columns, strict=True):
        table = table.append_column(name, column)
    return table
