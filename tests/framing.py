"""What `check_frame` tells of rows, beside what `check` tells of them, on every kind of frame in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import procure
from procure import Policy, Report, Row
from procure.engines.columnar import VERDICT_COLUMNS
from procure.engines.findings import Finding
from procure.reporting.phrases import sum_of

#: What `check_frame` tells of a row.
Told = tuple[str, bool | None, str, str, str, str | None, str | None]


def by_report(report: Report) -> list[Told]:
    """The same of a report's rows, in the order of the log."""
    findings = iter(report)
    return [
        of_finding(next(findings)) if isinstance(row, Row) else ("rejected", None, "", "", row.column, None, None)
        for row in report.rows
    ]


def of_finding(finding: Finding) -> Told:
    total = finding.accumulated
    return (
        finding.verdict.value,
        finding.settled,
        finding.flips_key,
        " ".join(breach.rule.id for breach in finding.relevant),
        " ".join(finding.missing),
        finding.tier,
        None if total is None or finding.measure is None else sum_of(finding.plan, finding.measure, total),
    )


def by_check(frame: Any, policy: Policy, any_year: bool = False) -> list[Told]:
    """What `check` finds of the rows of a frame."""
    return by_report(procure.check(procure.read(frame), policy, any_year=any_year))


# -- kinds of frames ---------------------------------------------------------------------------------------------------


def polars(table: Mapping[str, Sequence[Any]]) -> Any:
    """As a polars frame. A column of blanks alone is one of text."""
    import polars as pl

    blank = {field: pl.String for field, cells in table.items() if all(cell is None for cell in cells)}
    return pl.DataFrame(table, schema_overrides=blank)


def _polars(frame: Any, policy: Policy, any_year: bool) -> Iterable[Any]:
    return procure.check_frame(frame, policy, any_year=any_year).select(VERDICT_COLUMNS).rows()


def _lazy(frame: Any, policy: Policy, any_year: bool) -> Iterable[Any]:
    found = procure.check_frame(frame.reverse().lazy(), policy, order="n", any_year=any_year).collect()
    return found.sort("n").select(VERDICT_COLUMNS).rows()


def _pandas(frame: Any, policy: Policy, any_year: bool) -> Iterable[Any]:
    found = procure.check_frame(frame.to_pandas(), policy, any_year=any_year)[list(VERDICT_COLUMNS)].astype(object)
    return found.where(found.notna(), None).itertuples(index=False, name=None)


def _pyarrow(frame: Any, policy: Policy, any_year: bool) -> Iterable[Any]:
    found = procure.check_frame(frame.to_arrow(), policy, any_year=any_year)
    return [tuple(row.values()) for row in found.select(VERDICT_COLUMNS).to_pylist()]


def _duckdb(frame: Any, policy: Policy, any_year: bool) -> Iterable[Any]:
    import duckdb

    with duckdb.connect() as connection:
        relation = connection.from_arrow(frame.reverse().to_arrow())
        found = procure.check_frame(relation, policy, order="n", any_year=any_year)
        return list(found.order("n").select(*VERDICT_COLUMNS).fetchall())


#: By kind, what `check_frame` tells of the rows of a polars frame, handed over as that kind.
FRAMES: Mapping[str, Callable[[Any, Policy, bool], Iterable[Any]]] = {
    "polars": _polars,
    "lazy polars": _lazy,
    "pandas": _pandas,
    "pyarrow": _pyarrow,
    "duckdb": _duckdb,
}


def by_frame(kind: str, table: Mapping[str, Sequence[Any]], policy: Policy, any_year: bool = False) -> list[Told]:
    """What `check_frame` tells of the rows of a table, as a frame of some kind. A column `n`, which no policy knows,
    has the order of the rows."""
    count = len(next(iter(table.values())))
    frame = polars({**table, "n": range(count)})
    return list(FRAMES[kind](frame, policy, any_year))


# -- Spark -------------------------------------------------------------------------------------------------------------


def spark_frame(spark: Any, frame: Any) -> Any:
    """A polars frame of text, on Spark."""
    schema = ", ".join(f"`{name}` string" for name in frame.columns)
    return spark.createDataFrame(frame.rows(), schema)


def by_spark(found: Any, order: str = "id") -> list[Told]:
    """What a Spark frame that was checked tells of its rows, in their order."""
    rows = sorted(found.collect(), key=lambda row: row[order])
    return [tuple(row[name] for name in VERDICT_COLUMNS) for row in rows]
