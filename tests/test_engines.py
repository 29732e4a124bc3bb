"""Which engine judges: the one that was named, or the one that suits the log."""

from __future__ import annotations

import sys

import pytest

import procure
from procure.engines.check import row_by_row
from procure.engines.choosing import LARGE


def test_python_is_always_there() -> None:
    assert procure.engine("python") is row_by_row


def test_a_small_log_does_not_wait_for_polars() -> None:
    assert procure.engine("auto", LARGE - 1) is row_by_row


def test_a_large_log_is_judged_by_columns() -> None:
    pytest.importorskip("polars")
    from procure.engines.columnar.logs import by_columns

    assert [procure.engine(name) for name in ("auto", "polars", "duckdb")] == [by_columns] * 3


def test_another_name() -> None:
    with pytest.raises(procure.ProcureError) as error:
        procure.engine("dask")
    assert str(error.value) == "no engine 'dask'; there are: auto, python, polars, duckdb, spark"
    assert error.value.words.say("zh") == "没有“dask”引擎；有：auto、python、polars、duckdb、spark"


class TestWhereNothingIsInstalled:
    @pytest.fixture(autouse=True)
    def bare(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in [name for name in sys.modules if name.startswith("procure.engines.columnar.")]:
            monkeypatch.delitem(sys.modules, name)
        for name in ("polars", "pyspark"):
            monkeypatch.setitem(sys.modules, name, None)

    def test_auto_is_python(self) -> None:
        assert procure.engine("auto") is row_by_row

    @pytest.mark.parametrize("name", ["polars", "duckdb"])
    def test_one_that_was_named(self, name: str) -> None:
        with pytest.raises(procure.ProcureError) as error:
            procure.engine(name)
        assert str(error.value) == f"the engine {name} needs polars: pip install 'procure-check[frames]'"

    def test_spark(self) -> None:
        with pytest.raises(procure.ProcureError, match=r"pip install 'procure-check\[frames,spark\]'"):
            procure.engine("spark")
