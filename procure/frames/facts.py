"""From the cells of a log to its distinct facts: evidence, ledger and positions by expressions of the frame's engine.
What follows from a fact is not told here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
import polars as pl

from procure.evidence import Reader
from procure.frames.codes import Coded, combine
from procure.frames.evidence import evidence
from procure.frames.judging import Where, Years
from procure.frames.totals import Totals, place, totals
from procure.placing import Placer
from procure.policy import Policy
from procure.records import UNKNOWN


@attrs.frozen(eq=False)
class Facts:
    """For each row what of it matters to a policy."""

    #: Where it is placed, an example of its amount, its evidence, and where its totals stand at each level.
    facts: Coded
    #: The sum that the working readings mean; see `Totals`.
    working: pl.DataFrame


def facts(
    read: Mapping[str, Coded], fen: pl.Series, policy: Policy, placer: Placer, year: int | None, one_unit: bool
) -> Facts:
    """The facts of the rows of a log, of which every cell has been read. `year` is the one that is judged, None for
    any."""
    seen = evidence(Reader(policy.catalogue, year, policy.parties, policy.standard), policy, read, fen)
    years = Years(placer, year)
    where = _where(read, years)
    edges = years.edges(where.values)
    rows = _rows(where.map(lambda each: each.placed(one_unit)))
    if rows is not None and not len(rows):
        posted = Totals([Coded(None, [None])] * len(policy.levels), pl.DataFrame())
    else:
        members = seen.map(lambda each: placer.branches(each)[0])
        posted = totals(place(rows, read, fen, members), policy, edges, len(fen))
    return Facts(combine([where, edges.examples(fen), seen, *posted.standing]), posted.working)


def data(read: Mapping[str, Coded]) -> Iterator[str]:
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
