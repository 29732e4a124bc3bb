"""Refunds whose amounts bear no minus: credits beside debits, rows that say that they are one, red rows, reversals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from building import bought, furong
from framing import VERDICT_COLUMNS, by_report
from hypothesis import given, settings
from hypothesis import strategies as st

import procure
from procure import Purchase, Words
from procure.log.directions import is_red
from procure.log.habits import Habits
from procure.policy.declarations import column
from procure.values.words import ProcureError

POLICY = furong()


def read(tmp_path: Path, text: str, policy: Any = POLICY, **habits: Any) -> procure.Report:
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    return procure.check(procure.read(path, **habits), policy)


def amounts(report: procure.Report) -> list[str | None]:
    return [None if (minor := row.minor) is None else str(report.policy.money.major(minor)) for row in rows(report)]


def rows(report: procure.Report) -> list[Any]:
    return [row.readable if isinstance(row, procure.Rejected) else row for row in report.rows]


def lacks(report: procure.Report) -> list[str]:
    return [str(fault).partition(": ")[2] for fault in report.cell_faults]


LEDGER = """日期,摘要,借方金额,贷方金额,借贷方向,余额
2020-03-02,办公椅,6000.00,,借,6000
2020-04-02,退货,,2000.00,借,4000
2020-05-02,办公椅,900.00,0.00,借,4900
2020-05-03,办公椅,-100.00,,借,4800
2020-06-02,冲回,,-100.00,平,4900
2020-06-03,x,abc,100,借,4800
2020-06-04,x,100,abc,借,4800
2020-06-05,x,,,借,4800
"""


def test_credits_are_taken_off_debits(tmp_path: Path) -> None:
    report = read(tmp_path, LEDGER)
    assert amounts(report) == ["6000.00", "-2000.00", "900.00", "-100.00", None, None, None, None]
    assert lacks(report) == [
        "amount: '-100.00' is a negative credit: whether it was paid or came back is not known",
        "amount: 'abc' is not an amount",
        "amount: 'abc' is not an amount",
    ]
    (own,) = report.reconciliation
    assert (own.log.rows, own.log.minor, own.log.unread) == (8, 480_000, 4)
    assert not any(each.kind == "read-twice" for each in report.notices)


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("日期,金额,借方,贷方", "amount"),
        ("日期,品目,借方", None),
        ("日期,品目,贷方", None),
        ("日期,debit,credit", "sides"),
        ("日期,Debit Amount (万元),Credit Amount (万元)", "large"),
    ],
)
def test_which_columns_give_the_amount(tmp_path: Path, header: str, taken: str | None) -> None:
    text = f"{header}\n2020-01-01,5,3,1\n" if taken == "amount" else f"{header}\n2020-01-01,3,1\n"
    if taken is None:
        with pytest.raises(ProcureError, match="no amount column"):
            read(tmp_path, text)
        return
    assert amounts(read(tmp_path, text)) == [{"amount": "5.00", "sides": "2.00", "large": "20000.00"}[taken]]


def test_what_the_user_names(tmp_path: Path) -> None:
    text = "日期,金额,付,收,借方,贷方\n2020-01-01,5,3,1,70,20\n"
    assert amounts(read(tmp_path, text, columns={"debit": "付", "credit": "收"})) == ["2.00"]
    assert amounts(read(tmp_path, text, columns={"amount": "借方"})) == ["70.00"]


def test_of_purchases_built_in_python() -> None:
    built = [Purchase(date="2020-01-01", debit=5), Purchase(date="2020-01-01", credit=3)]
    assert amounts(procure.check(built, POLICY)) == ["5.00", "-3.00"]
    assert amounts(procure.check(built[1:], POLICY)) == ["-3.00"]


SIGNED = """日期,采购内容,金额,借贷方向,备注
2020-03-02,办公椅,6000.00,借,
2020-04-02,办公椅,2000.00,贷,
2020-05-02,办公椅,900.00,借,红字发票
2020-06-02,冲销3月凭证,-100.00,—,
2020-06-02,冲销3月凭证,100.00,借,
2020-06-03,红字印章,50,,
2020-06-04,x,5,平,
2020-06-04,x,-6,贷,
2020-06-05,x,7,借,冲销预付款
2020-06-06,x,,贷,
"""


def test_words_that_say_which_way_an_amount_went(tmp_path: Path) -> None:
    report = read(tmp_path, SIGNED)
    assert amounts(report) == [
        "6000.00", "-2000.00", "-900.00", "-100.00", "-100.00", "50.00", None, None, "7.00", None,
    ]  # fmt: skip
    assert lacks(report) == [
        "amount: '5.00' is an amount of which '平' does not say whether it was paid or came back",
        "amount: '-6.00' is a negative credit: whether it was paid or came back is not known",
    ]
    assumed = next(each for each in report.notices if each.kind == "assumed")
    assert assumed.message == Words(
        "采购金额：3 格，写明为红字、冲销或贷方，按负数计（2000.00、900.00、100.00）",
        "amount: 3 cells: said to be red, a reversal or a credit, and taken as negative (2000.00, 900.00, 100.00)",
    )
    assert [origin.row for origin in assumed.origins] == [3, 4, 6]
    assert {each.id for each in report.plan.asked} >= {"refunds"}


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("红字", True), ("【红字】退货", True), ("红字发票", True), ("红冲上月", True), ("冲红", True),
        ("冲销", True), ("冲销2020年3月5号凭证", True), ("Credit note 17", True), ("reversal of 12", True),
        ("reversing entry", True), ("Reversal", True), ("红字横幅制作", False), ("冲销预付款", False),
        ("已冲销", False), ("reversal film", False), ("credit card fees", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_remarks(text: str | None, red: bool) -> None:
    assert is_red(text) is red
    (finding,) = procure.check([bought(100, note=text)], POLICY).purchases
    assert finding.purchase.minor == (-10_000 if red else 10_000)


def test_a_status_may_be_red_and_the_mapping_knows_other_words() -> None:
    report = procure.check([bought(100, status="红冲")], POLICY)
    assert report.purchases[0].purchase.minor == -10_000
    assert not any(each.kind == "status-unknown" for each in report.notices)
    log = procure.Log((bought(100, dr_cr="R"), bought(5, dr_cr="?")),
                      habits=Habits(meanings={"dr_cr": {"red": ("R",), "missing": ("?",)}}))  # fmt: skip
    assert amounts(procure.check(log, POLICY)) == ["-100.00", "5.00"]


def test_a_policy_that_reads_the_column_itself_is_left_alone() -> None:
    way = column("dr_cr", type="word", words={"in": ["c"], "out": ["d"]})
    columns = {"amount": column("amount"), "date": column("date"), "dr_cr": way}
    policy = procure.Policy(id="own", title="own", text=POLICY.text, columns=columns)
    assert amounts(procure.check([Purchase(date="2020-01-01", amount=1, dr_cr="c")], policy)) == ["1.00"]
    frame = pl.DataFrame({"date": ["2020-01-01"], "amount": ["1"], "dr_cr": ["c"]})
    assert procure.check_frame(frame, policy)["verdict"].to_list() == ["not_applicable"]


def test_a_row_that_says_nothing_else_is_not_read() -> None:
    report = procure.check([Purchase(amount=5, dr_cr="?", date="x", category=None), bought(1)], POLICY)
    assert [each.column for each in report.rejected] == ["date"]


CELLS = st.sampled_from([None, "", "0", "5000", "-30", "abc"])
WAYS = st.sampled_from([None, "借", "贷", "红字", "平", "-"])
REMARKS = st.sampled_from([None, "红字发票", "冲销预付款", "credit note", "办公椅"])


@settings(max_examples=40)
@given(st.lists(st.tuples(CELLS, CELLS, WAYS, REMARKS, REMARKS), min_size=1, max_size=5), st.booleans(), st.booleans())
def test_plain_loops_and_frames_find_the_same(rows_: list[tuple[str | None, ...]], two: bool, said: bool) -> None:
    """By an if and an else: what was paid, less what came back."""

    def plain(debit: str | None, credit: str | None, way: str | None, *texts: str | None) -> int | None:
        if two:
            if "abc" in (debit, credit) or not (debit or credit) or (credit or "").startswith("-"):
                return None
            found = int(debit or 0) - int(credit or 0)
            way = None
        elif debit == "abc" or not debit:
            return None
        else:
            found = int(debit)
        if any(text in ("红字发票", "credit note") for text in texts):
            return -abs(found)
        if not said or way in (None, "借", "-"):
            return found
        if way == "平" or way == "贷" and found < 0:
            return None
        return -abs(found)

    debits, credits, ways, notes, items = zip(*rows_, strict=True)
    table: dict[str, Any] = {"借方金额" if two else "采购金额": debits, "date": ["2020-03-02"] * len(rows_)}
    table |= {"贷方金额": credits} if two else {}
    table |= {"借贷方向": ways} if said else {}
    table |= {"备注": notes, "摘要": items, "method": ["自行采购"] * len(rows_)}
    frame = pl.DataFrame(table, schema=dict.fromkeys(table, pl.String))
    report = procure.check(frame, POLICY)
    expected = [plain(*row) for row in rows_]
    assert [None if row.minor is None else row.minor // 100 for row in rows(report)] == expected
    assert procure.check_frame(frame, POLICY).select(VERDICT_COLUMNS).rows() == by_report(report)
    coded = frame.with_columns(pl.col("备注").cast(pl.Categorical), pl.Series("摘要", items, pl.Object))
    assert procure.check_frame(coded, POLICY).select(VERDICT_COLUMNS).rows() == by_report(report)


def test_spark_asks_of_the_amount_which_way_it_went() -> None:
    pytest.importorskip("pyarrow")
    from procure.engines.columnar import header, spark

    manner = Habits().manner(POLICY.money, POLICY.decimal)
    amount = POLICY.built.columns["amount"]
    found = header.of(["date", "借方金额", "贷方金额", "备注"], Habits(), POLICY)
    asked = spark._asked(amount, manner, found, POLICY, Habits())
    assert list(asked.names) == ["debit", "credit", "note"]
    assert asked.value(iter(["7", "5", None])) == 200
    assert asked.value(iter(["7", "5", "冲销"])) == -200
    found = header.of(["date", "金额", "借贷方向"], Habits(), POLICY)
    asked = spark._asked(amount, manner, found, POLICY, Habits())
    assert list(asked.names) == ["amount", "dr_cr"]
    assert asked.value(iter(["7", "贷"])) == -700
