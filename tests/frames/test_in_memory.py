"""The columnar engine against the scalar one, on frames in memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import agreement
import pytest
from hypothesis import given
from hypothesis import strategies as st

import procure
from procure.engines.columnar import VERDICT_COLUMNS

chunks, placing = (pytest.importorskip(f"procure.engines.columnar.{name}") for name in ("chunks", "placing"))
duckdb, pd, pl, pa = (pytest.importorskip(name) for name in ("duckdb", "pandas", "polars", "pyarrow"))


def told(frame: pl.DataFrame) -> list[agreement.Told]:
    return frame.select(VERDICT_COLUMNS).rows()


@given(agreement.cases(), st.booleans())
def test_polars(case: agreement.Case, any_year: bool) -> None:
    (table,), policy = case
    frame = agreement.polars(table)
    found = procure.check_frame(frame, policy(), any_year=any_year)
    assert told(found) == agreement.by_check(frame, policy(), any_year)
    assert found.drop(VERDICT_COLUMNS).equals(frame)


@given(agreement.cases(), st.integers(1, 5))
def test_in_stretches(case: agreement.Case, rows: int) -> None:
    """A log longer than is worked on at a time has no seams."""
    (table,), policy = case
    frame = agreement.polars(table)
    with pytest.MonkeyPatch.context() as patch:
        for module in (chunks, placing):
            patch.setattr(module, "ROWS", rows)
        found = procure.check_frame(frame, policy())
    assert told(found) == agreement.by_check(frame, policy(), False)


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 9])
def test_units_longer_and_shorter_than_a_stretch(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    purchase = {"date": "2020-03-05", "category": "纸", "amount": "2000", "method": "自行采购", "in_catalogue": "否"}
    frame = pl.DataFrame([{"id": str(n), "unit": unit, **purchase} for n, unit in enumerate("甲甲甲乙乙丙丁")])
    for module in (chunks, placing):
        monkeypatch.setattr(module, "ROWS", rows)
    policy = procure.policies.furong_2020(limits=300_000)
    found = procure.check_frame(frame, policy)
    assert told(found) == agreement.by_check(frame, policy, False)
    assert found["accumulated"].to_list() == [f"{n}000.00" for n in (2, 4, 6, 2, 4, 2, 2)]


@given(agreement.cases(), st.randoms())
def test_lazy_polars(case: agreement.Case, random: Any) -> None:
    (table,), policy = case
    frame = agreement.polars(table)
    turn = list(range(len(frame)))
    random.shuffle(turn)
    found = procure.check_frame(frame[turn].lazy(), policy())
    assert isinstance(found, pl.LazyFrame)
    rows = found.collect()
    assert rows.schema == found.collect_schema()
    assert rows["id"].to_list() == frame[turn]["id"].to_list()
    assert told(rows.sort("id")) == agreement.by_check(frame, policy(), False)


#: Checks two LazyFrames, in more stretches than there are threads, and collects them at once.
AT_ONCE = """
import polars as pl
import procure
from procure.engines.columnar import chunks, placing

chunks.ROWS = placing.ROWS = 5
purchase = {"unit": "甲", "date": "2020-03-05", "category": "纸", "amount": "2000", "method": "自行采购"}
frame = pl.LazyFrame([{"id": n, **purchase} for n in range(60)])
policy = procure.policies.furong_2020(limits=300_000)
one, other = (procure.check_frame(frame, policy).select("id", "accumulated") for _ in range(2))
assert [len(found) for found in pl.collect_all([one, other])] == [60, 60]
last = one.join(other, on="id").sort("id").collect().row(-1)
print(pl.thread_pool_size(), *last)
"""


@pytest.mark.parametrize("threads", ["1", "2"])
def test_lazy_frames_collected_at_once_do_not_wait_for_each_other(threads: str) -> None:
    root = Path(procure.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root), "POLARS_MAX_THREADS": threads}
    command = [sys.executable, "-c", AT_ONCE]
    # Where they did wait for each other it would be for ever: the limit is not of speed.
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert (done.stdout, done.stderr) == (f"{threads} 59 120000.00 120000.00\n", "")


@given(agreement.cases(), st.booleans())
def test_pandas(case: agreement.Case, mixed: bool) -> None:
    (table,), policy = case
    frame = pd.DataFrame(table, index=[f"row {n}" for n in range(len(table["id"]))], dtype=object if mixed else None)
    found = procure.check_frame(frame, policy())
    rows = found[list(VERDICT_COLUMNS)].astype(object)
    rows = rows.where(rows.notna(), None)
    assert list(rows.itertuples(index=False, name=None)) == agreement.by_check(frame, policy(), False)
    pd.testing.assert_frame_equal(found.drop(columns=list(VERDICT_COLUMNS)), frame)


@given(agreement.cases())
def test_pyarrow(case: agreement.Case) -> None:
    (table,), policy = case
    frame = agreement.polars(table).to_arrow()
    found = procure.check_frame(frame, policy())
    assert isinstance(found, pa.Table)
    rows = [tuple(row.values()) for row in found.select(VERDICT_COLUMNS).to_pylist()]
    assert rows == agreement.by_check(frame, policy(), False)
    assert found.drop_columns(list(VERDICT_COLUMNS)) == frame


@given(agreement.cases(), st.randoms())
def test_duckdb(case: agreement.Case, random: Any) -> None:
    (table,), policy = case
    frame = agreement.polars(table)
    turn = list(range(len(frame)))
    random.shuffle(turn)
    rows = frame[turn].to_arrow()
    with duckdb.connect() as connection:
        found = procure.check_frame(connection.from_arrow(rows), policy())
        assert found.columns == [*frame.columns, *VERDICT_COLUMNS]
        assert [row[0] for row in found.select("id").fetchall()] == frame[turn]["id"].to_list()
        verdicts = found.order("id").select(*VERDICT_COLUMNS).fetchall()
    assert verdicts == agreement.by_check(frame, policy(), False)
