"""What `procure` itself does with the same parquet file, under all interpretations: its Python loop, and
`procure.check_frame` on each kind of frame. Each answers with a table of the purchases that are violations or unknown.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Any

import procure
from procure.reporting.phrases import tier_of
from procure.values.money import CNY

LIMITS = {"goods": 300_000, "services": 300_000, "works": 600_000}
FOUND = ("violation", "unknown")
COLUMNS = ("id", "verdict", "settled", "flips", "tier", "accumulated")


class Absent(Exception):
    """This peer cannot run here; says why."""


def _checked(frame: Any) -> Any:
    if not hasattr(procure, "check_frame"):
        raise Absent("procure has no check_frame")
    return procure.check_frame(frame, procure.policies.furong_2020(limits=LIMITS))


def core(path: str) -> Any:
    import polars as pl

    report = procure.check(procure.read(pl.read_parquet(path)), procure.policies.furong_2020(limits=LIMITS))
    found = [finding for finding in report.purchases if finding.verdict.value in FOUND]
    totals = [finding.accumulated for finding in found]
    return {
        "id": [int(finding.purchase.id or "") for finding in found],
        "verdict": [finding.verdict.value for finding in found],
        "settled": [finding.settled for finding in found],
        "flips": [finding.flips_key for finding in found],
        "tier": [tier_of(finding) for finding in found],
        "accumulated": [CNY.plain(total.low) if total and total.exact else None for total in totals],
    }


def on_polars(path: str) -> Any:
    import polars as pl

    checked = _checked(pl.read_parquet(path))
    return checked.select(COLUMNS).filter(pl.col("verdict").is_in(FOUND))


def on_polars_lazy(path: str) -> Any:
    import polars as pl

    checked = _checked(pl.scan_parquet(path))
    return checked.filter(pl.col("verdict").is_in(FOUND)).select(COLUMNS).collect()


def on_pandas(path: str) -> Any:
    import pyarrow.parquet as pq

    checked = _checked(pq.read_table(path).to_pandas(date_as_object=False))
    return checked.loc[checked["verdict"].isin(FOUND), list(COLUMNS)]


def on_pyarrow(path: str) -> Any:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    checked = _checked(pq.read_table(path))
    return checked.filter(pc.field("verdict").isin(FOUND)).select(list(COLUMNS))


def on_duckdb(path: str) -> Any:
    import duckdb

    checked = _checked(duckdb.connect().read_parquet(path))
    return checked.filter(f"verdict in {FOUND}").project(", ".join(COLUMNS)).to_arrow_table()


def on_spark(path: str) -> Any:
    checked = _checked(spark().read.parquet(path))
    return checked.filter(checked["verdict"].isin(*FOUND)).select(*COLUMNS).toArrow()


@cache
def spark() -> Any:
    """The session, which a cluster would have already."""
    from pyspark.sql import SparkSession

    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise Absent("Java is not installed")

    # Spark's workers need what this process has.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "6g",
        "spark.driver.maxResultSize": "0",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.session.timeZone": "UTC",
    }
    builder = SparkSession.builder.master("local[2]")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.range(1).count()
    return session


def spark_mb() -> float:
    """Peak memory of the Java process, where the system tells."""
    status = Path(f"/proc/{spark().sparkContext._gateway.proc.pid}/status")
    peaks = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")] if status.exists() else []
    return int(peaks[0].split()[1]) / 1024 if peaks else 0.0
