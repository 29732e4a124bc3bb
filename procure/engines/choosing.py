"""What may judge a log: Python row by row, or a columnar library, whose distinct facts are put to the same rules."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from procure.engines.check import Engine, row_by_row
from procure.values.words import ProcureError, Words

#: By name: the module and function that judges, and the extra that brings what it needs.
_COLUMNAR: Mapping[str, tuple[str, str, str]] = {
    "polars": ("procure.engines.columnar.logs", "by_columns", "frames"),
    "duckdb": ("procure.engines.columnar.logs", "by_columns", "frames"),
    "spark": ("procure.engines.columnar.tasks", "by_tasks", "frames,spark"),
}
ENGINES = ("auto", "python", *_COLUMNAR)
#: Logs of fewer rows are judged before polars is loaded.
LARGE = 50_000


def engine(name: str = "auto", rows: int = LARGE) -> Engine:
    """What judges a log for `check`, by name: `python`, `polars`, `spark`; `duckdb` judges as polars does and differs
    in what reads parquet. `auto` is polars for a log of many `rows` where it is installed, else Python. All find the
    same.

    Raises `ProcureError` for another name, and for an engine that is not installed.
    """
    if name == "python" or name == "auto" and rows < LARGE:
        return row_by_row
    if name not in ENGINES:
        raise ProcureError(
            Words(f"没有“{name}”引擎；有：{'、'.join(ENGINES)}", f"no engine {name!r}; there are: {', '.join(ENGINES)}")
        )
    module, function, extra = _COLUMNAR["polars" if name == "auto" else name]
    try:
        found: Engine = getattr(importlib.import_module(module), function)
    except ImportError as error:
        if name == "auto":
            return row_by_row
        raise ProcureError(
            Words(
                f"引擎 {name} 缺少 {error.name}，请先 pip install 'procure-check[{extra}]'",
                f"the engine {name} needs {error.name}: pip install 'procure-check[{extra}]'",
            )
        ) from None
    return found
