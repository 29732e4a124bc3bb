"""The engine on polars, top to bottom: cells, evidence, ledger, positions, distinct facts, verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from procure import collector
from procure.checker import Finder
from procure.evidence import Reader
from procure.frames import cells, money
from procure.frames.codes import Coded, combine
from procure.frames.evidence import evidence
from procure.frames.header import READ, VERDICT_COLUMNS
from procure.frames.judging import Judged, Outcome, Where, Years
from procure.frames.money import Amounts
from procure.frames.totals import Totals, place, totals
from procure.placing import Placer
from procure.policy import Policy
from procure.records import UNKNOWN
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
    read = {
        field: cells.read(field, columns[field]) if field in columns else cells.left_out(field)
        for field in READ
        if field != "amount"
    }
    amount = money.read(columns["amount"], unit)
    policy = policy.facing(_data(read)).narrowed()
    year = None if any_year else policy.year
    placer = Placer(policy, year)
    one_unit = "unit" not in columns
    judged = Judged(Finder(policy, placer, one_unit, year), policy)

    seen = evidence(Reader(policy.catalogue, year, policy.parties, policy.standard), policy, read, amount.fen)
    years = Years(placer, year)
    where = _where(read, years)
    edges = years.edges(where.values)

    there = where.map(lambda w: w.date is not None and w.category and (w.unit or one_unit))
    rows = _rows(there)
    members = seen.map(lambda each: placer.branches(each)[0])
    if rows is not None and not len(rows):
        posted = Totals(Coded(None, [None]), pl.DataFrame())
    else:
        placed = place(rows, read, amount.fen, members)
        posted = totals(placed, policy, edges, count)

    head = combine([_faults(read, amount, count), where, edges.examples(amount.fen)])
    head = head.map(lambda each: judged.at_once(*each))
    final = pl.lit(head.series([isinstance(each, Outcome) for each in head.values], pl.Boolean, count))
    facts = combine([head, *(_masked(column, final, count) for column in (seen, posted.standing))])
    outcomes = facts.map(lambda each: each[0] if isinstance(each[0], Outcome) else judged(*each[0], *each[1:]))
    return _told(outcomes, posted.working, count)


def _data(read: Mapping[str, Coded]) -> Iterator[str]:
    """The data of this log without which some question cannot be asked."""
    for field, absent in (("department", None), ("emergency", UNKNOWN)):
        if any(cell.value is not absent for cell in read[field].values):
            yield field


def _where(read: Mapping[str, Coded], years: Years) -> Coded:
    """What places each purchase, as far as it matters."""
    there = [read[field].map(lambda cell: cell.value is not None) for field in ("unit", "department", "category")]
    date = read["date"].map(lambda cell: cell.value and years.like(cell.value.year))
    return combine([date, *there]).map(lambda each: Where(*each))


def _rows(there: Coded) -> pl.Series | None:
    """The rows that can be placed; None for all."""
    if all(there.values):
        return None
    if not any(there.values):
        return pl.Series([], dtype=pl.UInt32)
    return there.series(there.values, pl.Boolean, 0).arg_true()


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


def _masked(column: Coded, final: pl.Expr, count: int) -> Coded:
    """The column, with one and the same value where it does not matter."""
    numbers = pl.lit(column.numbers(count))
    return Coded(pl.select(pl.when(final).then(0).otherwise(numbers)).to_series(), column.values)


def _told(outcomes: Coded, working: pl.DataFrame, count: int) -> pl.DataFrame:
    told = {
        name: outcomes.series([getattr(each, name) for each in outcomes.values], dtype, count)
        for name, dtype in TYPES.items()
        if name != "accumulated"
    }
    rejected = outcomes.series([each.verdict == "rejected" for each in outcomes.values], pl.Boolean, count)
    if working.is_empty():
        return pl.DataFrame(told).with_columns(accumulated=pl.lit(None, dtype=pl.String))
    texts = working.select(pl.when(~pl.lit(rejected)).then(_text(working.columns)).alias("accumulated"))
    return pl.DataFrame(told).with_columns(texts.to_series())


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
