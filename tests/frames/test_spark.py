"""The engine on Spark, for real: two tasks of this machine, against the scalar one."""

from __future__ import annotations

import importlib
import shutil
from typing import Any

import agreement
import attrs
import framing
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import procure
from procure.engines.columnar import VERDICT_COLUMNS
from procure.values.words import ProcureError
from procure.writers import json

pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
if not shutil.which("java"):
    pytest.skip("Spark needs Java 17, and there is no java here", allow_module_level=True)

tasks: Any = importlib.import_module("procure.engines.columnar.tasks")

# What Spark itself says of its own libraries is not ours to mend.
pytestmark = [
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

told = framing.by_spark


def framed(spark: Any, frame: pl.DataFrame) -> Any:
    return framing.spark_frame(spark, frame)


def together(tables: list[agreement.Table], by_unit: bool) -> pl.DataFrame:
    """Many small logs as one: each has units of its own, or all are of one that nobody names."""
    rows: list[dict[str, Any]] = []
    for n, table in enumerate(tables):
        for at in range(len(table["id"])):
            row = {field: table[field][at] if field in table else None for field in agreement.FIELDS}
            # Written in two ways, a name is the same one.
            row["unit"] = row["unit"] and f"{n}{' ' * (1 + at % 2)}{row['unit']}"
            rows.append({**row, "id": f"{len(rows):05}"})
    frame = pl.DataFrame(rows, schema=dict.fromkeys(agreement.FIELDS, pl.String))
    return frame if by_unit else frame.drop("unit")


@settings(max_examples=4)
@given(agreement.cases(text=True, logs=(5, 20)), st.booleans(), st.booleans())
def test_agrees_with_check(spark: Any, case: agreement.Case, any_year: bool, by_unit: bool) -> None:
    tables, policy = case
    frame = together(tables, by_unit)
    found = procure.check_frame(framed(spark, frame.reverse()), policy(), any_year=any_year)
    assert found.columns == [*frame.columns, *VERDICT_COLUMNS]
    assert told(found) == agreement.by_check(frame, policy(), any_year)


def test_nothing_is_done_until_it_is_asked(spark: Any) -> None:
    frame = framed(spark, pl.DataFrame({"id": ["1"], "amount": ["9"], "date": ["2020-01-02"]})).where("id = '2'")
    assert procure.check_frame(frame, procure.policies.furong_2020()).collect() == []


def test_the_users_own_columns_are_as_they_were(spark: Any) -> None:
    frame = spark.sql(
        "select 1 id, cast(5000 as decimal(12,2)) amount, date'2020-03-02' date, array(1, 2) mine, '纸' item"
    )
    (row,) = procure.check_frame(frame, procure.policies.furong_2020()).collect()
    assert (row["mine"], row["item"], str(row["amount"])) == ([1, 2], "纸", "5000.00")
    assert (row["verdict"], row["missing"]) == ("unknown", "in_catalogue method quotes ground")


def test_without_the_column_that_orders(spark: Any) -> None:
    with pytest.raises(ProcureError, match="none called 'id'"):
        procure.check_frame(framed(spark, pl.DataFrame({"no": ["1"], "amount": ["9"]})), procure.policies.furong_2020())


def test_what_one_unit_tells_holds_for_all(spark: Any) -> None:
    """Where one unit's rows name departments the question is asked of every unit, in whatever task it is judged."""
    usual = {"date": "2020-03-02", "category": "纸", "amount": "3000", "method": "直接采购", "in_catalogue": "否"}
    rows = [
        {"id": f"{unit}{n}", "unit": f"单位{unit}", "department": "办公室" if unit == 0 else None, **usual}
        for unit in range(8)
        for n in range(2)
    ]
    frame = pl.DataFrame(rows, schema_overrides={"department": pl.String})
    policy = procure.policies.furong_2020(limits=300_000)
    found = procure.check_frame(framed(spark, frame), policy)
    assert told(found) == agreement.by_check(frame, policy, False)


@settings(max_examples=3)
@given(agreement.cases(text=True, logs=(5, 20)), st.booleans(), st.booleans())
def test_the_report_of_a_log_is_the_same(spark: Any, case: agreement.Case, any_year: bool, by_unit: bool) -> None:
    tables, policy = case
    log = procure.read(together(tables, by_unit))
    by_rows = procure.check(log, policy(), any_year=any_year)
    by_tasks = procure.check(log, policy(), any_year=any_year, engine=procure.engine("spark"))
    assert json.dumps(by_tasks) == json.dumps(by_rows)


class Here:
    """Spark's part, in this process: three tasks, to which units are dealt out, and of which some get none."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._number = 0
        patch.setattr(tasks, "_session", lambda: self)
        patch.setattr(tasks, "TaskContext", self)

    def createDataFrame(self, log: pa.Table) -> Here:  # noqa: N802  # Spark's name
        self._tasks = [pl.DataFrame(log)]
        return self

    def repartition(self, *columns: str) -> Here:
        (log,) = self._tasks
        number = pl.sum_horizontal(columns) % 3
        self._tasks = [log.filter(number == n).reverse() for n in range(3)]
        return self

    def coalesce(self, number: int) -> Here:
        return self

    def get(self) -> Here:
        return self

    def partitionId(self) -> int:  # noqa: N802  # Spark's name
        return self._number

    def mapInArrow(self, work: Any, schema: str) -> Here:  # noqa: N802  # Spark's name
        self._done = []
        for number, log in enumerate(self._tasks):
            self._number = number
            self._done += work(iter(log.to_arrow().to_batches()))
        return self

    def toArrow(self) -> pa.Table:  # noqa: N802  # Spark's name
        return pa.Table.from_batches(self._done[::-1])


@given(agreement.cases(), st.booleans(), st.booleans())
def test_tasks_find_the_same(case: agreement.Case, any_year: bool, by_unit: bool) -> None:
    (table,), policy = case
    frame = agreement.polars(table)
    log = procure.read(frame if by_unit else frame.drop("unit", strict=False))
    with pytest.MonkeyPatch.context() as patch:
        Here(patch)
        found = procure.check(log, policy(), any_year=any_year, engine=tasks.by_tasks)
    assert json.dumps(found) == json.dumps(procure.check(log, policy(), any_year=any_year))


def test_void_rows_are_left_out_and_ask_nothing(spark: Any) -> None:
    table = {
        "id": list("1234"),
        "date": ["2020-03-02"] * 4,
        "unit": ["甲", "甲", "乙", "甲"],
        "category": ["纸"] * 4,
        "amount": ["3000", "2500", "-5", "4000"],
        "method": ["自行采购"] * 4,
        "approved_on": ["2020-01-02"] * 4,
        "状态": ["已完成", "作废", "已取消", None],
        "备注": [None, None, None, "作废，另购"],
    }
    frame = pl.DataFrame(table, schema=dict.fromkeys(table, pl.String))
    policy = procure.policies.furong_2020(limits=300_000)
    found = told(procure.check_frame(framed(spark, frame), policy))
    assert found == framing.by_frame("polars", table, policy)
    assert [row[0] for row in found] == ["unknown", "void", "void", "void"]


#: Units, two documents of one contract, amounts with tax and without, a credit, a red row, and cells at fault.
TAXED = [
    {"id": f"{n}{row['id']}", "unit": f"单位{n}", "date": "2020-03-02", "method": "自行采购",
     "approved_on": "2020-01-02", "category": "纸", **{key: cell for key, cell in row.items() if key != "id"}}
    for n in range(3)
    for row in (
        {"id": "1", "不含税金额": "4000", "税额": "520", "含税金额": None, "合同编号": "HT-1", "借贷方向": "借"},
        {"id": "2", "不含税金额": None, "税额": None, "含税金额": "480", "合同编号": "HT-1", "借贷方向": None},
        {"id": "3", "不含税金额": "100", "税额": "13", "含税金额": "113", "合同编号": None,
         "借贷方向": "贷" if n else "借"},
        {"id": "4", "不含税金额": "100", "税额": "abc", "含税金额": None, "合同编号": None, "借贷方向": "借"},
    )
    if n or row["id"] != "4"
]  # fmt: skip


@pytest.mark.parametrize(("basis", "one"), [("gross", None), ("net", "合同编号"), ("unstated", "contract=once")])
def test_taxes_credits_and_rows_of_one_purchase(spark: Any, basis: Any, one: str | None) -> None:
    policy = attrs.evolve(procure.policies.furong_2020(limits=300_000), basis=basis, built=None)
    frame = pl.DataFrame(TAXED, schema=dict.fromkeys(TAXED[0], pl.String))
    frame = frame.drop("不含税金额") if basis == "unstated" else frame
    report = procure.check(procure.read(frame, one_purchase=one), policy)
    found = told(procure.check_frame(framed(spark, frame.reverse()), policy, one_purchase=one))
    assert [row for row in found if row[0] != "merged"] == framing.by_report(report)
    assert [row[0] for row in found].count("merged") == len(report.merged) == (3 if one else 0)


def test_debits_and_credits(spark: Any) -> None:
    frame = pl.DataFrame(
        {"id": ["1", "2", "3"], "date": ["2020-03-02"] * 3, "借方金额": ["6000", None, "900"],
         "贷方金额": [None, "2000", "0"], "备注": [None, None, "红字发票"]}
    )  # fmt: skip
    policy = procure.policies.furong_2020(limits=300_000)
    assert told(procure.check_frame(framed(spark, frame), policy)) == agreement.by_check(frame, policy)
