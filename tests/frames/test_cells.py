"""Cells of every type that a frame may have, and frames that are none: what the columnar engine makes of them."""

from __future__ import annotations

import builtins
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import agreement
import pytest
from building import furong

import procure
from procure.engines.columnar import VERDICT_COLUMNS
from procure.log.habits import Habits
from procure.values.words import ProcureError, Words

pl: Any = pytest.importorskip("polars")
pa: Any = pytest.importorskip("pyarrow")

#: What a log has besides amounts, the same in every row.
REST = {
    "date": dt.date(2020, 3, 2),
    "category": "办公用品",
    "kind": "货物",
    "in_catalogue": False,
    "method": "直接采购",
}


def log(amounts: Any, header: str = "amount", **columns: Any) -> Any:
    count = len(amounts)
    rest = {name: pl.repeat(value, count, eager=True) for name, value in {**REST, **columns}.items()}
    return pl.DataFrame({"id": [str(n) for n in range(count)], header: amounts, **rest})


def agree(frame: Any) -> list[agreement.Told]:
    found = procure.check_frame(frame, furong()).select(VERDICT_COLUMNS).rows()
    assert found == agreement.by_check(frame, furong(), False)
    return list(found)


def accumulated(frame: Any) -> list[str | None]:
    return [told[-1] for told in agree(frame)]


class TestAmounts:
    @pytest.mark.parametrize(
        ("amounts", "dtype", "sums"),
        [
            ([1, 4_999, None, -1], "Int32", ["1.00", "5000.00", None, None]),
            ([10**12, 10**13], "Int64", ["1000000000000.00", None]),
            (["4999.99", "0.01", "0.015"], "Decimal(20, 3)", ["4999.99", "5000.00", "5000.02"]),
            (["4999.9", "0.1"], "Decimal(20, 1)", ["4999.90", "5000.00"]),
            (["12345678901234567890", "5"], "Decimal(30, 0)", [None, None]),
            ([4999.99, 0.01, 0.1 + 0.2, 12.345], "Float64", ["4999.99", "5000.00", "5000.30", "5012.65"]),
            (["4,999.99", "0.01", "1e3", "０.5万"], "String", ["4999.99", "5000.00", None, None]),
            ([True, False], "Boolean", None),
        ],
    )
    def test_types(self, amounts: Sequence[Any], dtype: str, sums: list[str | None] | None) -> None:
        cells = [Decimal(cell) for cell in amounts] if dtype.startswith("Decimal") else amounts
        frame = log(pl.Series(cells, dtype=eval(f"pl.{dtype}"), strict=False))
        if sums is None:
            assert {told[0] for told in agree(frame)} == {"unknown"}
        else:
            assert accumulated(frame) == sums

    @pytest.mark.parametrize("cells", [[1, 2], ["0.5", "1.5"], [0.5, 1.5]])
    def test_the_unit_of_the_header(self, cells: list[Any]) -> None:
        assert agree(log(cells, header="采购金额（万元）"))

    def test_sums_beyond_64_bits_are_exact(self) -> None:
        # 10**13 fen is the bound of an amount: some of them pass 2**61 together, and none of the sums wraps.
        frame = log([99_999_999_999] * 260_000)
        found = procure.check_frame(frame, furong())
        assert found["accumulated"][-1] == f"{99_999_999_999 * 260_000}.00"
        assert found["accumulated"][0] == "99999999999.00"


class TestOtherCells:
    @pytest.mark.parametrize(
        "category",
        [
            pl.Series(["办公用品", "纸", None, "纸"], dtype=pl.Categorical),
            pl.Series(["纸", None, "办公用品", "纸"], dtype=pl.Enum(["办公用品", "纸"])),
            pl.Series([1, 2, None, 2]),
            pl.Series([None, None, None, None]),
            pl.Series([None, None, None, None], dtype=pl.Int64),
            pl.Series(["纸", 1, None, "纸"], dtype=pl.Object),
            pl.Series([["纸"], ["纸", "笔"], None, []]),
        ],
        ids=lambda column: str(column.dtype),
    )
    def test_categories(self, category: Any) -> None:
        agree(log([3_000, 3_000, 3_000, 3_000]).with_columns(category.alias("category")))

    def test_dates(self) -> None:
        when = pl.Series([dt.datetime(2020, 3, 2, 8), None, dt.datetime(2020, 3, 1, 9), dt.datetime(2019, 3, 1)])
        agree(log([3_000] * 4).with_columns(when.alias("date")))
        agree(log([3_000] * 4).with_columns(date=pl.lit(None, dtype=pl.Date)))

    def test_many_distinct_codes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        frame = log([1_000 * (n % 7) for n in range(400)]).with_columns(
            date=pl.Series([dt.date(2020, 1, 1) + dt.timedelta(n * 37 % 101) for n in range(400)]),
            category=pl.Series([f"品目{n % 40}" for n in range(400)]),
            unit=pl.Series([f"单位{n % 40}" for n in range(400)]),
        )
        expected = agree(frame)
        monkeypatch.setattr("procure.engines.columnar.codes._TABLE", 4)
        monkeypatch.setattr("procure.engines.columnar.sorting._BITS", 16)
        assert agree(frame) == expected


class TestRefused:
    def refused(self, frame: Any, **given: Any) -> Words:
        with pytest.raises(ProcureError) as caught:
            procure.check_frame(frame, furong(), **given)
        return caught.value.words

    def test_no_frame(self) -> None:
        words = Words(
            "不能检查 list：请给 polars、pandas、pyarrow、DuckDB 或 Spark 的数据框",
            "cannot check a list: give a polars, pandas, pyarrow, DuckDB or Spark frame",
        )
        assert self.refused([1]) == words
        assert self.refused(pl.Series("a", [1])).en.startswith("cannot check a Series")

    def test_no_header(self) -> None:
        assert self.refused(pl.DataFrame({"x": [1], "y": [2]})).en == "no column is known among: x, y"

    def test_verdicts_already_there(self) -> None:
        frame = log([1]).with_columns(tier=1, verdict=2)
        assert self.refused(frame) == Words(
            "数据框已有“tier、verdict”列，结论会覆盖它；请先改名或删去",
            "the frame has a column tier, verdict already, which the verdicts would replace: rename or drop it",
        )

    def test_no_order(self) -> None:
        assert self.refused(pl.LazyFrame({"amount": [1], "date": ["2020-01-02"]})) == Words(
            "惰性数据框的行没有次序，同日各笔的先后须由一列说明，而没有“id”列；请指定：order=…（有：amount、date）",
            "the rows of a lazy frame have no order: a column must tell that of purchases on one day, and there is "
            "none called 'id'; say which one does: order=… (there are: amount, date)",
        )

    def test_no_rows(self) -> None:
        assert self.refused(log([1]).head(0)).en == "the log is empty"

    def test_the_extra_is_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        imported = builtins.__import__

        def without(name: str, *args: Any, **kwargs: Any) -> Any:
            if name == "procure.engines.columnar" and "backends" in (args[2] or ()):
                raise ModuleNotFoundError("No module named 'polars'", name="polars")
            return imported(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", without)
        assert self.refused(log([1])) == Words(
            "缺少 polars，请先 pip install 'procure-check[frames]'",
            "polars is not installed: pip install 'procure-check[frames]'",
        )


def test_arrow_keeps_what_the_user_had() -> None:
    table = log([3_000, 3_000]).to_arrow().replace_schema_metadata({"mine": "kept"})
    found = procure.check_frame(table, furong())
    assert found.schema.metadata == {b"mine": b"kept"}
    assert found.column_names == [*table.column_names, *VERDICT_COLUMNS]


def test_what_a_task_on_spark_does() -> None:
    from procure.engines.columnar import rows, spark

    frame = log([3_000, 3_000, 5_000])
    batches = frame.reverse().to_arrow().to_batches(max_chunksize=1)
    check = rows.check_of(furong(), any_year=False, habits=Habits())
    told = pa.Table.from_batches(spark._judged(iter(batches), columns={}, order="id", check=check))
    found = pl.DataFrame(pl.from_arrow(told)).sort("id")
    assert found.select(VERDICT_COLUMNS).rows() == agreement.by_check(frame, furong(), False)
    assert list(spark._judged(iter([]), columns={}, order="id", check=check)) == []
    assert {str(told.schema.field(name).type) for name in VERDICT_COLUMNS} == {"string", "bool"}


def test_more_columns_than_fit_one_number() -> None:
    from procure.engines.columnar.codes import Coded, combine

    columns = [Coded(pl.Series([0, 2**20 - 1, n], dtype=pl.UInt32), range(2**20)) for n in range(4)]
    found = combine(columns)
    assert [found.values[at] for at in found.numbers(3)] == [(0,) * 4, (2**20 - 1,) * 4, (0, 1, 2, 3)]


def test_pandas_with_a_column_of_many_types() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"amount": [3_000, "1,999.50", None, {"not": "one"}], "date": ["2020-03-02"] * 4})
    found = procure.check_frame(frame, furong())
    assert list(found["verdict"]) == ["unknown"] * 4
    assert "amount" in list(found["missing"])[-1]


class TestDates:
    def test_the_century_that_other_dates_show(self) -> None:
        frame = log([3_000] * 3, date=None, approved_on=None).with_columns(
            date=pl.Series(["26-May-20", "2020-03-02", "1-Jun-20"]), approved_on=pl.Series([None, "1-Mar-20", None])
        )
        assert accumulated(frame) == ["6000.00", "3000.00", "9000.00"]
        short = frame.with_columns(date=pl.Series(["26-May-20"] * 3))
        assert "date" in agree(short)[0][4]

    def test_moments_are_of_the_day_where_the_office_is(self) -> None:
        moments = pl.Series([dt.datetime(2020, 12, 31, hour) for hour in (15, 16)])
        frame = log([100] * 2).with_columns(date=moments.dt.replace_time_zone("UTC"))
        assert [told[0] for told in agree(frame)] == ["unknown", "not_applicable"]
        texts = frame.with_columns(date=pl.Series(["2020-12-31T15:00:00Z", "2020-12-31T16:00:00Z"]))
        assert agree(texts) == agree(frame)
