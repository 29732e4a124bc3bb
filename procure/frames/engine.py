"""The engine on polars, top to bottom: cells, evidence, ledger, positions, distinct facts, verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import polars as pl

from procure import collector
from procure.checker import Finder
from procure.frames import cells, money
from procure.frames.chunks import beside, elementwise, in_threads
from procure.frames.codes import Coded, combine
from procure.frames.facts import data, facts
from procure.frames.header import READ, VERDICT_COLUMNS
from procure.frames.judging import Judged, Outcome
from procure.frames.money import Amounts
from procure.placing import Placer
from procure.policy import Policy
from procure.words import ProcureError, Words

#: The columns of verdicts, and their types.
TYPES: Mapping[str, Any] = {
    **dict.fromkeys(VERDICT_COLUMNS, pl.Categorical),
    "settled": pl.Boolean,
    "accumulated": pl.String,
}
#: The same for those who know no categories.
PLAIN: Mapping[str, Any] = {**dict.fromkeys(VERDICT_COLUMNS, pl.String), "settled": pl.Boolean}


def verdicts(columns: Mapping[str, pl.Series], unit: str, policy: Policy, any_year: bool) -> pl.DataFrame:
    """The columns of verdicts for a log in its order. `columns` has those that the log has, by field; `unit` is that of
    a bare amount."""
    count = len(columns["amount"])
    if not count:
        raise ProcureError(Words("采购记录是空的", "the log is empty"))
    with collector.paused():
        return _verdicts(columns, count, unit, policy, any_year)


def _verdicts(columns: Mapping[str, pl.Series], count: int, unit: str, policy: Policy, any_year: bool) -> pl.DataFrame:
    read, amount = _read(columns, unit)
    policy = policy.facing(data(read)).narrowed()
    year, one_unit = None if any_year else policy.year, "unit" not in columns
    placer = Placer(policy, year)
    found = facts(read, amount.fen, policy, placer, year, one_unit)
    faults = _faults(read, amount, count)
    judged = Judged(Finder(policy, placer, one_unit, year), placer, policy, one_unit)

    with beside(partial(_accumulated, faults, found.working, count)) as accumulated:
        outcomes = judged(found.facts)
    if faults.codes is not None:
        outcomes = combine([faults, outcomes]).map(_rejected)
    return _told(outcomes, count).with_columns(accumulated())


def _read(columns: Mapping[str, pl.Series], unit: str) -> tuple[dict[str, Coded], Amounts]:
    """The cells of every column, read, and the amounts."""
    fields = [field for field in READ if field != "amount"]
    reading: list[Callable[[], Any]] = [partial(money.read, columns["amount"], unit)]
    for field in fields:
        read_or_not = partial(cells.read, field, columns[field]) if field in columns else partial(cells.left_out, field)
        reading.append(read_or_not)
    amount, *read = in_threads(lambda read: read(), reading)
    return dict(zip(fields, read, strict=True)), amount


def _faults(read: Mapping[str, Coded], amount: Amounts, count: int) -> Coded:
    """The first column of each row that cannot be read, None where all can."""
    faulty = {
        field: column.series([each.fault for each in column.values], pl.Boolean, count)
        for field, column in read.items()
        if any(each.fault for each in column.values)
    }
    if amount.fault is not None:
        faulty["amount"] = amount.fault
    if not faulty:
        return Coded(None, [None])
    code = pl.lit(0)
    for n, field in enumerate(READ[::-1], 1):
        if field in faulty:
            code = pl.when(pl.lit(faulty[field])).then(n).otherwise(code)
    return Coded(pl.select(code).to_series(), [None, *READ[::-1]])


def _rejected(each: tuple[str | None, Outcome]) -> Outcome:
    """The outcome of a row, whose cells may not all have been readable."""
    fault, outcome = each
    return outcome if fault is None else Outcome("rejected", None, missing=fault)


def _told(outcomes: Coded, count: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            name: outcomes.series([getattr(each, name) for each in outcomes.values], dtype, count)
            for name, dtype in TYPES.items()
            if name != "accumulated"
        }
    )


def _accumulated(faults: Coded, working: pl.DataFrame, count: int) -> pl.Series:
    """The sums as text, but of rows that cannot be read."""
    readable = faults.series([fault is None for fault in faults.values], pl.Boolean, count)
    text = pl.lit(None, dtype=pl.String) if working.is_empty() else _text(working.columns)
    sums = pl.DataFrame([*working, readable.alias("readable")])
    return elementwise(sums, pl.when("readable").then(text).alias("accumulated"))


def _text(columns: list[str]) -> pl.Expr:
    """Sums as the contract writes them."""
    low = _yuan(pl.col("low"))
    if "spread" not in columns:
        return low
    unread = pl.col("unread") > 0
    high = pl.when(unread).then(pl.lit("")).otherwise(_yuan(pl.col("low") + pl.col("spread")))
    return pl.when(unread | (pl.col("spread") > 0)).then(pl.concat_str(low, pl.lit(".."), high)).otherwise(low)


def _yuan(fen: pl.Expr) -> pl.Expr:
    return (fen.cast(pl.Decimal(38, 2)) / 100).cast(pl.String)
