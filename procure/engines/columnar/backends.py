"""Which kind a frame is of, how its columns come to the engine, and how the verdicts come back to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from procure.engines.columnar import engine, rows
from procure.log.habits import Habits
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.values.words import ProcureError, Words


def checked(frame: Any, policy: Policy | Versions, habits: Habits, order: str, any_year: bool) -> Any:
    """The frame with its verdicts; see `check_frame`."""
    check, columns = rows.check_of(policy, any_year, habits), habits.columns
    if isinstance(frame, pl.DataFrame):
        return frame.with_columns(rows.judged(frame, columns, check))
    if isinstance(frame, pl.LazyFrame):
        return _lazy_polars(frame, columns, order, check)
    match _kind(frame):
        case "pandas", "DataFrame":
            return _pandas(frame, columns, check)
        case "pyarrow", "Table":
            return rows.with_columns(frame, rows.judged_arrow(frame, columns, None, check))
        case (("duckdb" | "_duckdb"), "DuckDBPyRelation"):
            return _duckdb(frame, columns, order, check)
        case "pyspark", "DataFrame":
            from procure.engines.columnar import spark

            return spark.checked(frame, policy, habits, order, any_year)
    raise _not_a_frame(frame)


def _kind(frame: Any) -> tuple[str, str]:
    """The library and the class of a frame, or of what it is made from; no library is imported to tell."""
    known = {"pandas": "DataFrame", "pyarrow": "Table", "duckdb": "DuckDBPyRelation", "_duckdb": "DuckDBPyRelation",
             "pyspark": "DataFrame"}  # fmt: skip
    each = [(kind.__module__.partition(".")[0], kind.__name__) for kind in type(frame).__mro__]
    return next((found for found in each if known.get(found[0]) == found[1]), ("", ""))


def _lazy_polars(frame: pl.LazyFrame, columns: Mapping[str, str], order: str, check: rows.Check) -> pl.LazyFrame:
    schema = frame.collect_schema()
    for one in check.ones:
        check.header(schema.names(), columns, one)
    rows.ordered(schema.names(), order)

    def judged(log: pl.DataFrame) -> pl.DataFrame:
        return log.with_columns(rows.in_order(log, columns, order, check))

    return frame.map_batches(judged, schema={**schema, **engine.TYPES})


def _pandas(frame: Any, columns: Mapping[str, str], check: rows.Check) -> Any:
    def by(one: rows.One) -> pl.DataFrame:
        found = check.header([str(name) for name in frame.columns], columns, one)
        cells = {field: _of_pandas(frame.iloc[:, at]) for field, at in found.cells.items()}
        return check.verdicts(one, cells, found)

    answers = check.each(by)
    verdicts = answers.to_pandas()
    verdicts["settled"] = verdicts["settled"].astype("boolean" if answers["settled"].null_count() else "bool")
    verdicts.index = frame.index
    return frame.assign(**{str(name): verdicts[name] for name in verdicts})


def _of_pandas(column: Any) -> pl.Series:
    try:
        return pl.Series(pl.from_pandas(column.reset_index(drop=True)))
    except (TypeError, ValueError, pl.exceptions.PolarsError):
        # A column of many types, such as a spreadsheet gives.
        return pl.Series(column.to_list(), dtype=pl.Object)


def _duckdb(relation: Any, columns: Mapping[str, str], order: str, check: rows.Check) -> Any:
    """A relation of the same connection. A relation keeps no result, so the verdicts are worked out here and now."""
    for one in check.ones:
        check.header(relation.columns, columns, one)
    rows.ordered(relation.columns, order)
    table = relation.to_arrow_table()
    # DuckDB finds the table by the name of the variable.
    procure_verdicts = rows.with_columns(table, rows.judged_arrow(table, columns, order, check))
    assert procure_verdicts.num_rows == table.num_rows
    return relation.query("procure_log", "select * from procure_verdicts")


def _not_a_frame(value: object) -> ProcureError:
    kind = type(value).__name__
    return ProcureError(
        Words(
            f"不能检查 {kind}：请给 polars、pandas、pyarrow、DuckDB 或 Spark 的数据框",
            f"cannot check a {kind}: give a polars, pandas, pyarrow, DuckDB or Spark frame",
        )
    )
