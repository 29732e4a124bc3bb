"""Cells of every type that a frame may have, and frames that are none: what the columnar engine makes of them."""

from __future__ import annotations

import builtins
import datetime as dt
import importlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import agreement
import attrs
import pytest
from building import furong
from small import duty, question, small

import procure
from procure.authoring import Band, Ladder, Needed, Total, ask, column
from procure.engines.alike import alike
from procure.engines.columnar import VERDICT_COLUMNS
from procure.log.cells import MISSING
from procure.log.columns import Manner
from procure.log.habits import Habits
from procure.log.statuses import StatusReader
from procure.policy.needs import Meets
from procure.values.money import CNY
from procure.values.words import ProcureError, Words

pl: Any = pytest.importorskip("polars")
pa: Any = pytest.importorskip("pyarrow")
rows, spark = (importlib.import_module(f"procure.engines.columnar.{name}") for name in ("rows", "spark"))

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
    frame = log([3_000, 3_000, 5_000])
    batches = frame.reverse().to_arrow().to_batches(max_chunksize=1)
    check = rows.check_of(furong(), any_year=False, habits=Habits())
    told = pa.Table.from_batches(spark._judged(iter(batches), columns={}, order="id", check=check))
    found = pl.DataFrame(pl.from_arrow(told)).sort("id")
    assert found.select(VERDICT_COLUMNS).rows() == agreement.by_check(frame, furong(), False)
    assert list(spark._judged(iter([]), columns={}, order="id", check=check)) == []
    assert {str(told.schema.field(name).type) for name in VERDICT_COLUMNS} == {"string", "bool"}


def test_the_names_of_the_whole_log_go_before_those_of_a_part() -> None:
    """A part may have one of two names that may be of one thing, and the whole log has both."""
    units = "区工信局", "芙蓉区工信局"
    frame = log([3_000, 4_000], approved_on=dt.date(2020, 1, 2)).with_columns(unit=pl.Series(units))
    check = rows.check_of(furong(), any_year=False, habits=Habits())

    def settled(names: Any) -> list[bool]:
        (one,) = check.ones
        return list(rows.judged(frame, {}, attrs.evolve(check, ones=(attrs.evolve(one, names=names),)))["settled"])

    plan = furong().plan()
    names = dict.fromkeys((plan.built.values[key].name for key in plan.naming), ()) | {"unit": units}
    whole = alike(plan, names, Habits())
    assert (settled(None), settled(whole), settled(())) == ([False, False], [False, False], [True, True])


class TestOnSpark:
    """What Spark's own processes ask of the engine."""

    def test_what_a_cell_says(self) -> None:
        method, unit = (furong().built.columns[name] for name in ("method", "unit"))
        cells = "direct", "", None, "by post"
        assert [spark.said(cell, method, Manner(CNY)) for cell in cells] == ["direct", None, None, None]
        keyed = furong().plan().keyed
        assert [spark.said(cell, unit, Manner(CNY), keyed) for cell in ("Acme", "ACME.", "")] == ["acme", "acme", None]

    def test_what_a_cell_shows_of_the_century(self) -> None:
        cells = "26-May-11", "1999-12-31", dt.date(2020, 1, 2), "x"
        assert [spark.in_short(cell, True) for cell in cells] == ["01-Jan-01", "1900-01-01", "2000-01-01", None]
        said = rows.check_of(furong(), any_year=False, habits=Habits(century=1900))
        assert spark._of_century(None, said) is said

    def test_by_what_rows_are_parted(self) -> None:
        policy = furong()
        assert spark.parting(policy.plan()) == ("unit",)
        assert spark.parting(policy.adopt({"category-level": "item"}).plan()) == ("unit", "category")
        assert spark.parting(small({}).plan()) == ()

    def test_by_what_rows_are_parted_for_several_versions(self) -> None:
        """By a column that every version sums by, where all read it from the same of the frame."""

        def faced(by: Sequence[str], **named: str) -> Any:
            bands = [Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )", duties=["never"])]
            policy = small(
                columns=[column("unit"), column("supplier")],
                totals={"all": Total(window="year", by=by)},
                ladders={"steps": Ladder(bands=bands, measures=["all"])},
                duties={"never": duty([])},
            )
            return spark.Faced(rows.One(policy), policy.plan(), named)

        both = faced(["unit", "supplier"], unit="甲", supplier="乙")
        assert sorted(spark._shared([both])) == ["supplier", "unit"]
        assert spark._shared([both, faced(["unit"], unit="甲", supplier="乙")]) == ["unit"]
        assert spark._shared([both, faced(["unit", "supplier"], unit="甲", supplier="丙")]) == ["unit"]
        assert spark._shared([faced(["unit", "supplier"], supplier="乙"), both]) == ["supplier"]

    def test_whether_a_row_stands(self) -> None:
        columns = spark.columns_of(furong())
        status = StatusReader(columns, Habits())
        asked = [spark.FrameColumn(columns[name], Manner(CNY), name == "status") for name in status.names.values()]
        assert [spark.stands([cell], asked, status) for cell in ("作废", "已完成", None)] == [False, True, True]

    def test_what_a_question_needs_of_a_row(self) -> None:
        quotes, contract = column("quotes"), column("contract")
        there, absent = (spark.FrameColumn(quotes, Manner(CNY), each) for each in (True, False))
        assert [there.value(iter([cell])) for cell in ("3", "several", "")] == [3, MISSING, MISSING]
        assert absent.value(iter([])) is MISSING
        asked = question("it", "yes", "no", needs=Needed({"quotes": ">= 3"}, "no"))
        met_by = {"quotes": ask("it", yes=">= 2", no=">= 1")}
        (need,) = small(met_by, [quotes], questions=[asked]).built.needs.values()
        assert isinstance(need, Meets)
        assert [spark.holds([cell], [there], need) for cell in ("3", "2", "", "several")] == [True, False, False, False]
        number = spark.FrameColumn(contract, Manner(CNY), True)
        assert [spark.repeated(cell, number) for cell in ("HT-1", "", None)] == ["HT-1", None, None]


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
        # One that was said goes before.
        said = procure.check_frame(short, furong(), mapping=Habits(century=2000))
        assert said["accumulated"].to_list() == ["3000.00", "6000.00", "9000.00"]
        other = procure.check_frame(frame.head(1), furong(), mapping=Habits(century=1900))
        assert other["verdict"].to_list() == ["not_applicable"]

    def test_moments_are_of_the_day_where_the_office_is(self) -> None:
        moments = pl.Series([dt.datetime(2020, 12, 31, hour) for hour in (15, 16)])
        frame = log([100] * 2).with_columns(date=moments.dt.replace_time_zone("UTC"))
        assert [told[0] for told in agree(frame)] == ["unknown", "not_applicable"]
        texts = frame.with_columns(date=pl.Series(["2020-12-31T15:00:00Z", "2020-12-31T16:00:00Z"]))
        assert agree(texts) == agree(frame)
