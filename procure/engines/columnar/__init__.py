"""Frames: the verdicts of `check` on columns, from a laptop's million rows to a country's on Spark.

No rule is written twice. Columns become codes, totals and positions by expressions of the frame's own engine; each
*distinct* combination of them is built as a purchase and judged by the very objects that `check` uses; and what they
find is joined back.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TypeVar

import attrs

from procure.engines.columnar.header import VERDICT_COLUMNS
from procure.log.habits import Habits
from procure.log.readers import habits_of
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.values.words import ProcureError, Words

__all__ = ["VERDICT_COLUMNS", "check_frame"]

FrameT = TypeVar("FrameT")


def check_frame(
    frame: FrameT,
    policy: Policy | Versions,
    columns: Mapping[str, str] | None = None,
    order: str = "id",
    any_year: bool = False,
    mapping: str | os.PathLike[str] | Habits | None = None,
    one_purchase: str | None = None,
) -> FrameT:
    """Judge every row of a frame by a policy: what `check` finds, as columns.

    `frame` is a polars DataFrame or LazyFrame, a pandas DataFrame, a pyarrow Table, a DuckDB relation or a Spark
    DataFrame. The same kind comes back, with the same rows, order, index and columns, and these besides:

    - `verdict`: `violation`, `compliant`, `unknown`, `not_applicable`; `rejected` for a row of which neither
      amount nor date nor category can be read; `void` for one that is cancelled or never awarded, and counts in
      nothing; `merged` for one that is not the first of its purchase
    - `settled`: whether the verdict is the same under every reading left open; null for a rejected or void row
    - `flips`: what the verdict turns on, as `limbs=single | current=excluded & window=running`
    - `breached`: the ids of the rules that bear on the verdict
    - `missing`: the columns that would decide an unknown verdict; of a rejected row, the first that cannot be read
    - `tier`: the tier, `lowest..highest` where it is open, null where none is claimed
    - `accumulated`: the total of the working readings in yuan, as exact text: `8000.00`, `0.00..8000.00` where it is
      open, `8000.00..` for "at least", null where there is none

    `columns` maps a canonical field to a header, as in `read`. The order of a log is that of its dates, and of its rows
    where they share one; the rows of a lazy frame (LazyFrame, DuckDB, Spark) have no order of their own, and there
    `order` names the column, unique within a day, that tells it. Of a lazy frame the log is not collected: only the
    distinct facts are. `mapping` is a saved mapping.toml, as in `read`; `columns` and `one_purchase` go before it.
    `one_purchase` names the column by which rows are one purchase, as in `read`; on Spark one task then judges them
    all. By several `Versions`
    of a policy each row is judged by the one that was in force on its day.

    Raises `ProcureError` for a frame that is no log, and where the extra `frames` is not installed.
    """
    try:
        from procure.engines.columnar import backends
    except ImportError as error:
        raise ProcureError(
            Words(
                f"缺少 {error.name}，请先 pip install 'procure-check[frames]'",
                f"{error.name} is not installed: pip install 'procure-check[frames]'",
            )
        ) from None
    habits = habits_of(mapping)
    named = attrs.evolve(
        habits,
        columns={**habits.columns, **(columns or {})},
        one_purchase=one_purchase or habits.one_purchase,
    )
    found: FrameT = backends.checked(frame, policy, named, order, any_year)
    return found
