"""By what a purchase of this month's log is known in next month's: its id, if ids are unique by unit and year; else its
cells."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from procure.log.cells import MISSING
from procure.log.rows import Rows
from procure.policy.plan import Plan


def keys(plan: Plan, rows: Rows) -> Sequence[str]:
    """The key of each row. Rows with the same cells throughout are numbered in their order."""
    named = [_named(plan, rows, at) for at in range(len(rows))]
    often = Counter(named)
    seen: Counter[str] = Counter()
    found = []
    for at, name in enumerate(named):
        key = name if name is not None and often[name] == 1 else _of_cells(rows, at)
        seen[key] += 1
        found.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return found


def _named(plan: Plan, rows: Rows, at: int) -> str | None:
    """Unit, budget year and id; None of a row without an id."""
    identity = rows.values[rows.by_ready["id"]][at]
    if identity is MISSING:
        return None
    unit = rows.values[rows.by_ready["unit"]][at] if "unit" in rows.by_ready else ""
    day = rows.values[plan.built.date][at]
    year = "" if day is MISSING else str(plan.policy.year_of(day))
    return "/".join((unit if isinstance(unit, str) else "", year, str(identity)))


def _of_cells(rows: Rows, at: int) -> str:
    said = [f"{name}={column[at]}" for name, column in rows.values.items() if column[at] is not MISSING]
    return "cells-" + hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]
