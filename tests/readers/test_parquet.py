"""Parquet: a file, a folder of parts, and what is none."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import pytest
from reading import read

import procure
from procure.log.readers import parquet

pl: Any = pytest.importorskip("polars", reason="parquet needs the extra frames")
for name in ("pyarrow", "duckdb"):
    pytest.importorskip(name, reason="parquet needs the extra frames")

LOG = pl.DataFrame(
    {
        "id": ["1", "2", "3"],
        "date": ["2020-03-05", "2020-03-06", "2020-03-07"],
        "unit": ["工信局", "财政局", "工信局"],
        "amount": ["4,999.99", "面议", "800"],
    }
)
BOTH = pytest.mark.parametrize("duckdb", [False, True], ids=["pyarrow", "DuckDB"])


def error(path: Path, duckdb: bool = False) -> str:
    with pytest.raises(procure.ProcureError) as raised:
        procure.read(path, duckdb=duckdb)
    return str(raised.value)


@BOTH
def test_a_file(tmp_path: Path, duckdb: bool) -> None:
    path = tmp_path / "log.parquet"
    LOG.write_parquet(path)
    log = read(path, duckdb=duckdb)
    assert [(purchase.id, purchase.minor) for purchase in log] == [("1", 499_999), ("2", None), ("3", 80_000)]
    (fault,) = log.faults
    assert (str(fault.origin), fault.column, fault.value) == (f"{path}:2", "amount", "面议")
    (source,) = log.sources
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@BOTH
def test_typed_cells(tmp_path: Path, duckdb: bool) -> None:
    frame = LOG.head(1).select(
        pl.col("date").str.to_date(), pl.lit(5000.1).alias("amount"), quotes=pl.lit(["甲公司", "乙公司"]),
        in_catalogue=pl.lit(True), method=pl.lit("询价采购").cast(pl.Categorical),
    )  # fmt: skip
    frame.write_parquet(tmp_path / "log.parquet")
    (purchase,) = read(tmp_path / "log.parquet", duckdb=duckdb)
    assert (str(purchase.date), purchase.minor, purchase.quotes) == ("2020-03-05", 500_010, 2)
    assert (purchase.in_catalogue, purchase.method) == ("yes", procure.Method.INQUIRY)


@BOTH
def test_a_folder_of_parts(tmp_path: Path, duckdb: bool) -> None:
    """As Spark writes one: a folder for each unit, which is a column, and files of its own."""
    for unit, rows in (("工信局", LOG[[0, 2]]), ("财政局", LOG[[1]])):
        (tmp_path / f"unit={unit}").mkdir()
        rows.drop("unit").write_parquet(tmp_path / f"unit={unit}" / "part-0.parquet")
        LOG.write_parquet(tmp_path / f"unit={unit}" / "_part-1.parquet")
    (tmp_path / "_SUCCESS").touch()
    log = read(tmp_path, duckdb=duckdb)
    assert [(row.origin.row, row.unit) for row in log] == [(1, "工信局"), (2, "工信局"), (3, "财政局")]
    assert [fault.origin.row for fault in log.faults] == [3]
    assert log.sources[0].file == str(tmp_path)


@BOTH
def test_a_broken_file(tmp_path: Path, duckdb: bool) -> None:
    path = tmp_path / "log.parquet"
    LOG.write_parquet(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert error(path, duckdb).startswith(f"{path}: is a damaged parquet file and cannot be read: ")
    # The header is whole, and the rows are not.
    path.write_bytes(whole[:4] + b"\0" * 300 + whole[304:])
    assert error(path, duckdb).startswith(f"{path}: is a damaged parquet file and cannot be read: ")


def test_what_is_no_parquet(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    (tmp_path / "log.parquet").write_bytes(b"PAR1")
    assert error(path).startswith(f"{path}: is a damaged parquet file and cannot be read: ")
    (tmp_path / "other.parquet").write_text("date,amount\n")
    assert error(tmp_path) == f"{tmp_path / 'other.parquet'}: is no parquet file"
    (tmp_path / "unfinished").mkdir()
    LOG.write_parquet(tmp_path / "unfinished" / "_part-0.parquet")
    assert error(tmp_path / "unfinished") == f"{tmp_path / 'unfinished'}: is a directory without parquet files"


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.parquet"
    LOG.write_parquet(path)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert error(path) == "reading parquet needs pyarrow: pip install 'procure-check[frames]'"


def test_other_errors_are_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    LOG.write_parquet(tmp_path / "log.parquet")
    monkeypatch.setattr(parquet, "_by_pyarrow", lambda path, parts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        read(tmp_path / "log.parquet")
