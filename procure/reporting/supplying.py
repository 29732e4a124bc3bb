"""The cells that say nothing, and that would decide something if they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs

from procure.engines.findings import Finding
from procure.log.cells import MISSING
from procure.log.rows import Rows
from procure.reporting.groups import Group
from procure.reporting.leaving import Left
from procure.reporting.standing import Outcome, purchase_of
from procure.reporting.typed import Typed


@attrs.frozen
class Blank:
    """A cell to be supplied: its row, the column by its name, what was typed there, and how many verdicts wait for it
    and for others like it."""

    row: Outcome
    column: str
    typed: str
    verdicts: int


def blanks(typed: Typed, rows: Rows, unknown: Group, gaps: Sequence[Left], every: Group) -> tuple[Blank, ...]:
    """The cells of the log's own columns for which verdicts wait, those of most verdicts first, then in the order of
    the log."""
    wait: Counter[tuple[int, str]] = Counter()
    for finding in unknown.rows:
        at = purchase_of(finding).at
        for name in finding.missing if isinstance(finding, Finding) else ():
            if name in rows.columns and rows.says(name) and rows.values[name][at] is MISSING:
                wait[at, name] += 1
    for gap in gaps:
        if gap.column is not None and gap.verdicts and rows.says(gap.column):
            for at in gap.rows:
                wait[at, gap.column] = max(wait[at, gap.column], gap.verdicts)
    by_number = {purchase_of(row).at: row for row in every.rows}
    ordered = sorted(wait.items(), key=lambda each: (-each[1], each[0]))
    return tuple(
        Blank(by_number[at], name, _text(typed.cell(purchase_of(by_number[at]), name)), verdicts)
        for (at, name), verdicts in ordered
    )


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
