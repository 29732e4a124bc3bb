"""Which kind a frame is of, how its columns come to the engine, and how the verdicts come back to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import narwhals as nw
import polars as pl

from procure.frames import engine, header
from procure.policy import Policy
from procure.words import ProcureError, Words

#: What the policy and `any_year` are to every backend: from columns by field and the unit of amounts to verdicts.
Check = partial[pl.DataFrame]


def checked(frame: Any, policy: Policy, columns: Mapping[str, str], order: str, any_year: bool) -> Any:
    """The frame with its verdicts; see `check_frame`."""
    try:
        kind = nw.from_native(frame).implementation
    except TypeError:
        raise _not_a_frame(frame) from None
    check = check_of(policy, any_year)
    if isinstance(frame, pl.DataFrame):
        return frame.with_columns(_judged(frame, columns, check))
    if isinstance(frame, pl.LazyFrame):
        return _lazy_polars(frame, columns, order, check)
    if kind is nw.Implementation.PANDAS:
        return _pandas(frame, columns, check)
    if kind is nw.Implementation.PYARROW:
        return with_columns(frame, judged_arrow(frame, columns, None, check))
    if kind is nw.Implementation.DUCKDB:
        return _duckdb(frame, columns, order, check)
    if kind is nw.Implementation.PYSPARK:
        from procure.frames import spark

        return spark.checked(frame, policy, columns, order, any_year)
    raise _not_a_frame(frame)


def check_of(policy: Policy, any_year: bool) -> Check:
    return partial(engine.verdicts, policy=policy, any_year=any_year)


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


def _judged(frame: pl.DataFrame, columns: Mapping[str, str], check: Check) -> pl.DataFrame:
    found = header.of(frame.columns, columns)
    return check({field: frame.to_series(at) for field, at in found.fields.items()}, found.unit)


def _in_order(frame: pl.DataFrame, columns: Mapping[str, str], order: str, check: Check) -> pl.DataFrame:
    """The verdicts of rows whose order a column tells."""
    if frame[order].is_sorted():
        return _judged(frame, columns, check)
    turn = frame[order].arg_sort()
    return _judged(frame[turn], columns, check)[turn.arg_sort()]


def _lazy_polars(frame: pl.LazyFrame, columns: Mapping[str, str], order: str, check: Check) -> pl.LazyFrame:
    schema = frame.collect_schema()
    header.of(schema.names(), columns)
    ordered(schema.names(), order)

    def judged(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.with_columns(_in_order(rows, columns, order, check))

    return frame.map_batches(judged, schema={**schema, **engine.TYPES})


def _pandas(frame: Any, columns: Mapping[str, str], check: Check) -> Any:
    found = header.of([str(name) for name in frame.columns], columns)
    told = check({field: _of_pandas(frame.iloc[:, at]) for field, at in found.fields.items()}, found.unit)
    verdicts = told.to_pandas()
    verdicts["settled"] = verdicts["settled"].astype("boolean" if told["settled"].null_count() else "bool")
    verdicts.index = frame.index
    return frame.assign(**{str(name): verdicts[name] for name in verdicts})


def _of_pandas(column: Any) -> pl.Series:
    try:
        return pl.Series(pl.from_pandas(column.reset_index(drop=True)))
    except (TypeError, ValueError, pl.exceptions.PolarsError):
        # A column of many types, such as a spreadsheet gives.
        return pl.Series(column.to_list(), dtype=pl.Object)


def judged_arrow(table: Any, columns: Mapping[str, str], order: str | None, check: Check) -> pl.DataFrame:
    """The verdicts of an Arrow table, in the order of its rows or in that which a column tells. Only the columns that
    matter are looked at."""
    found = header.of(table.column_names, columns)
    wanted = sorted({*found.fields.values(), *(() if order is None else (table.column_names.index(order),))})
    frame = pl.DataFrame([pl.Series(table.column_names[at], pl.from_arrow(table.column(at))) for at in wanted])
    named = {field: table.column_names[at] for field, at in found.fields.items()}
    return _judged(frame, named, check) if order is None else _in_order(frame, named, order, check)


def with_columns(table: Any, verdicts: pl.DataFrame) -> Any:
    """An Arrow table, whose own columns stay as they are, and its verdicts beside them."""
    told = verdicts.to_arrow(compat_level=pl.CompatLevel.oldest())
    for name, column in zip(told.column_names, told.columns, strict=True):
        table = table.append_column(name, column)
    return table


def _duckdb(relation: Any, columns: Mapping[str, str], order: str, check: Check) -> Any:
    """A relation of the same connection. A relation keeps no result, so the verdicts are worked out here and now."""
    header.of(relation.columns, columns)
    ordered(relation.columns, order)
    rows = relation.to_arrow_table()
    # DuckDB finds the table by the name of the variable.
    procure_verdicts = with_columns(rows, judged_arrow(rows, columns, order, check))
    assert procure_verdicts.num_rows == rows.num_rows
    return relation.query("procure_log", "select * from procure_verdicts")


def _not_a_frame(value: object) -> ProcureError:
    kind = type(value).__name__
    return ProcureError(
        Words(
            f"不能检查 {kind}：请给 polars、pandas、pyarrow、DuckDB 或 Spark 的数据框",
            f"cannot check a {kind}: give a polars, pandas, pyarrow, DuckDB or Spark frame",
        )
    )
