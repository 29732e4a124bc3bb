"""Amounts with tax and without: all columns of them are read, and the policy says which its numbers mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest
from building import furong
from framing import FRAMES, by_frame, by_report
from hypothesis import given, settings
from hypothesis import strategies as st

import procure
from procure import Purchase
from procure.log.habits import Habits
from procure.log.rows import Rejected
from procure.log.taxes import basis_of
from procure.values.words import ProcureError

BASES = {basis: attrs.evolve(furong(), basis=basis, built=None) for basis in ("unstated", "net", "gross")}


def read(tmp_path: Path, text: str, basis: str, **habits: Any) -> procure.Report:
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    return procure.check(procure.read(path, **habits), BASES[basis])


def readable(row: Any) -> Any:
    """What a row says, be it refused."""
    return row.readable if isinstance(row, Rejected) else row


def amounts(report: procure.Report) -> list[Any]:
    return [None if row.amount is None else str(row.amount) for row in map(readable, report.whole.all)]


def lacking(report: procure.Report) -> list[str]:
    return [str(fault).partition(": ")[2] for _, each in sorted(report.whole.faults.items()) for fault in each]


@pytest.mark.parametrize(
    ("header", "basis"),
    [
        ("不含税金额", ("net", "金额")),
        ("合同金额（不含税，万元）", ("net", "合同金额(万元)")),
        ("含税金额（万元）", ("gross", "金额(万元)")),
        ("价税合计", ("gross", "")),
        ("NetAmount", ("net", "amount")),
        ("Amount (ex. VAT)", ("net", "amount")),
        ("Total incl. GST", ("gross", "total")),
        ("Montant HT", ("net", "montant")),
        ("Montant TTC", ("gross", "montant")),
        ("Importe sin IVA", ("net", "importe")),
        ("Importe (IVA incluido)", ("gross", "importe")),
        ("Nettobetrag", ("net", "betrag")),
        ("Bruttobetrag", ("gross", "betrag")),
        ("采购金额", None),
        ("税额", None),
    ],
)
def test_what_a_header_says(header: str, basis: tuple[str, str] | None) -> None:
    assert basis_of(header) == basis


LOG = """日期,不含税金额,税额,含税金额
2020-01-01,100,13,113
2020-01-02,100,13,
2020-01-03,100,,
2020-01-04,,13,113
2020-01-05,,,113
2020-01-06,,,
2020-01-07,abc,13,
2020-01-08,100,13,usd
"""


def test_the_policy_says_which_counts_and_a_row_converts_by_its_own_tax(tmp_path: Path) -> None:
    gross, net = read(tmp_path, LOG, "gross"), read(tmp_path, LOG, "net")
    assert amounts(gross) == ["113.00", "113.00", None, "113.00", "113.00", None, None, "113.00"]
    assert amounts(net) == ["100.00", "100.00", "100.00", "100.00", None, None, None, "100.00"]
    assert lacking(gross) == [
        "amount: '100.00' is an amount without tax, the policy's are with it, and no tax is stated to add",
        "amount: 'abc' is not an amount",
        "gross: 'usd' is not an amount",
    ]
    assert lacking(net)[0] == (
        "amount: '113.00' is an amount with tax, the policy's are without, and no tax is stated to take off"
    )


def test_a_policy_that_does_not_say_asks_which_as_before(tmp_path: Path) -> None:
    with pytest.raises(ProcureError) as error:
        read(tmp_path, LOG, "unstated")
    assert error.value.words.en.endswith("say which: --column amount=不含税金额 or --column amount=含税金额")


def test_one_column_alone_is_the_other_amount_and_no_silent_one(tmp_path: Path) -> None:
    text = "日期,金额（含税）\n2020-01-01,113\n"
    assert amounts(read(tmp_path, text, "unstated")) == amounts(read(tmp_path, text, "gross")) == ["113.00"]
    report = read(tmp_path, text, "net")
    assert amounts(report) == [None]
    assert [finding.settled for finding in report] == [False]


def test_a_column_that_does_not_say_means_what_the_policy_means(tmp_path: Path) -> None:
    assert amounts(read(tmp_path, "日期,采购金额,不含税金额\n2020-01-01,113,100\n", "gross")) == ["113.00"]
    assert amounts(read(tmp_path, "日期,采购金额,不含税金额\n2020-01-01,113,100\n", "net")) == ["100.00"]
    assert amounts(read(tmp_path, "日期,采购金额,税额\n2020-01-01,113,13\n", "net")) == ["113.00"]
    report = read(tmp_path, "日期,采购金额,含税金额\n2020-01-01,113,\n", "gross")
    assert lacking(report) == [
        "amount: '113.00' is an amount that does not say whether tax is in it, and the column that does is blank"
    ]


def test_what_the_user_names(tmp_path: Path) -> None:
    text = "日期,含税金额,税额,总计\n2020-01-01,113,13,113\n"
    assert amounts(read(tmp_path, text, "net", columns={"amount": "含税金额"})) == ["100.00"]
    assert amounts(read(tmp_path, text, "net", columns={"net": "总计"})) == ["113.00"]


def test_a_header_of_two_rows(tmp_path: Path) -> None:
    text = "日期,金额,,\n,不含税,税额,含税\n2020-01-01,100,13,113\n"
    assert [amounts(read(tmp_path, text, basis)) for basis in ("net", "gross")] == [["100.00"], ["113.00"]]


def test_purchases_built_in_python_and_a_row_that_is_refused() -> None:
    rows = [Purchase(date="2020-01-01", net=100, tax=13), Purchase(gross=113), Purchase(net=100)]
    report = procure.check(rows, BASES["gross"])
    assert amounts(report) == ["113.00", "113.00", None]
    assert not report.rejected
    rows = [Purchase(date="2020-01-01", category="纸", net=100, tax=13), Purchase(net=100), Purchase(date="x", gross=5)]
    report = procure.check(rows, BASES["gross"])
    assert [str(each.column) for each in report.rejected] == ["amount"]


def test_what_does_not_add_up_is_told(tmp_path: Path) -> None:
    report = read(tmp_path, "日期,不含税金额,税额,含税金额\n2020-01-01,100,13,113\n2020-01-02,100,12,113\n", "gross")
    (notice,) = (each for each in report.notices if each.kind == "tax-does-not-add-up")
    assert [origin.row for origin in notice.origins] == [3]
    assert notice.message.zh == "1 行的不含税金额与税额之和不等于含税金额，按制度所指的那一列计"
    assert amounts(report) == ["113.00", "113.00"]


def test_what_is_missing_is_shown_as_the_log_writes_it(tmp_path: Path) -> None:
    (tmp_path / "es.csv").write_text('fecha,Importe con IVA\n2019-03-03,"17.000,00"\n', encoding="utf-8")
    report = procure.check(procure.read(tmp_path / "es.csv"), procure.policies.load("lcsp-118"))
    (notice,) = (each for each in report.notices if each.kind == "cells-not-understood")
    assert "(17000,00 1)" in notice.message.en
    assert "decimal" not in notice.message.en


def test_a_void_row_between_rows_with_tax(tmp_path: Path) -> None:
    text = "日期,状态,不含税金额,税额\n2020-01-01,作废,1,1\n2020-01-02,已完成,100,13\n"
    report = read(tmp_path, text, "gross")
    assert [str(finding.purchase.amount) for finding in report] == ["113.00"]


CELLS = st.sampled_from([None, "", "100", "13", "4000", "4520", "520", "-13", "abc"])
HEADERS = {"own": "采购金额", "net": "不含税金额", "tax": "税额", "gross": "含税金额"}
#: What a table may have, of amounts.
TABLES = st.sampled_from(
    [("own",), ("net",), ("gross",), ("own", "net"), ("own", "gross", "tax"), ("net", "tax"), ("net", "tax", "gross")]
)


def number(cell: str | None) -> int | None:
    return int(cell) if cell and cell != "abc" else None


def expected(basis: str, row: dict[str, str | None]) -> int | None:
    """The amount of a row, in plain words."""
    other = "net" if basis == "gross" else "gross"
    if basis not in row and other not in row:
        return number(row["own"])
    if number(row.get(basis)) is not None:
        return number(row[basis])
    one, tax = number(row.get(other)), number(row.get("tax"))
    if one is not None and tax is not None:
        return one + tax if basis == "gross" else one - tax
    return number(row["own"]) if basis not in row and "own" in row else None


@pytest.mark.parametrize("kind", sorted(FRAMES))
@settings(max_examples=25, deadline=None)
@given(data=st.data(), basis=st.sampled_from(["net", "gross"]), there=TABLES, count=st.integers(1, 5))
def test_an_oracle_and_both_engines_agree(kind: str, data: Any, basis: str, there: tuple[str, ...], count: int) -> None:
    rows = [{name: data.draw(CELLS) for name in there} for _ in range(count)]
    table: dict[str, Any] = {HEADERS[name]: [row[name] for row in rows] for name in there}
    days = [data.draw(st.sampled_from(["2020-03-02", None])) for _ in rows]
    table |= {"date": days, "method": ["自行采购"] * count, "approved_on": ["2020-01-02"] * count}
    frame = pl.DataFrame(table, schema=dict.fromkeys(table, pl.String))
    report = procure.check(frame, BASES[basis])
    wanted = [expected(basis, row) for row in rows]
    assert [None if row.amount is None else int(row.amount) for row in map(readable, report.whole.all)] == wanted
    assert by_frame(kind, table, BASES[basis]) == by_report(report)


def test_spark_asks_of_the_amount_what_it_is_made_of() -> None:
    pytest.importorskip("pyarrow")
    from procure.engines.columnar import header, spark

    policy = BASES["gross"]
    names = ["date", "税额", "不含税金额（万元）"]
    found = header.of(names, Habits(), policy)
    manner = Habits().manner(policy.money, policy.decimal)
    asked = spark._asked(policy.built.columns["amount"], manner, found, policy, Habits())
    assert list(asked.names) == ["net", "tax"]
    assert asked.value(iter(["-1", "-1300"])) == -1130000
    plain = spark._asked(policy.built.columns["date"], manner, found, policy, Habits())
    assert (list(plain.names), plain.there) == (["date"], True)
