"""Rows of one purchase as one: instalments, the lines of one order, an order and its invoice, by a column that somebody
names. With refunds and void rows among them, against plain loops and in both engines."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json as plain_json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import lines
import oracle
import polars as pl
import pytest
import strategies
from building import bought, furong, told
from framing import VERDICT_COLUMNS, by_report, of_finding
from hypothesis import given, settings
from hypothesis import strategies as st

import procure
from procure import Log, Purchase, Words
from procure.log.habits import Habits, OnePurchase
from procure.policy.declarations import column
from procure.policy.versions import Versions
from procure.reporting.reconciling import Class, ClassSum
from procure.values.words import ProcureError
from procure.writers import csv as csv_writer
from procure.writers import json, text

POLICY = furong()
SCHEMA = plain_json.loads((Path(__file__).parent / "schema.json").read_text(encoding="utf-8"))


def check(*rows: Purchase, one: str = "contract", policy: Any = POLICY, **options: Any) -> procure.Report:
    log = Log(tuple(rows), habits=Habits(one_purchase=one))
    return procure.check(log, policy, **options)


def instalment(amount: object, contract: object = "HT-1", **fields: Any) -> Purchase:
    return bought(amount, contract=contract, **fields)


def lacks(report: procure.Report) -> list[str]:
    return [str(fault).partition(": ")[2] for fault in report.cell_faults]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("contract", OnePurchase("contract")),
        ("contract=sum", OnePurchase("contract")),
        (" 合同编号 = once ", OnePurchase("合同编号", once=True)),
        ("a=b", OnePurchase("a=b")),
    ],
)
def test_how_it_is_said(said: str, found: OnePurchase) -> None:
    assert OnePurchase.of(said) == OnePurchase.of(found) == OnePurchase.of(str(found)) == found


def test_no_column_is_said() -> None:
    with pytest.raises(ProcureError, match="one-purchase: it names no column"):
        Habits(one_purchase=" =once")


def test_instalments_are_one_purchase_of_their_sum() -> None:
    (one,) = check(instalment(2000), instalment(2000), instalment(2000)).purchases
    assert (one.purchase.minor, told(one)) == (600_000, ("violation", True, []))


def test_the_same_amount_counts_once() -> None:
    (one,) = check(instalment(4000), instalment(4000), one="contract=once").purchases
    assert (one.purchase.minor, told(one)) == (400_000, ("compliant", True, []))


def test_amounts_said_to_be_the_same_that_are_not() -> None:
    report = check(instalment(4000), instalment(6000), one="contract=once")
    (one,) = report.purchases
    assert (one.purchase.minor, one.settled, one.missing) == (None, False, ("amount",))
    assert lacks(report) == ["amount: '4000.00、6000.00' stands in rows of one purchase that differ"]


def test_what_is_not_known_makes_no_sum() -> None:
    (one,) = check(instalment(2000), instalment(None)).purchases
    assert (one.purchase.minor, one.verdict.value) == (None, "unknown")
    (one,) = check(instalment(2000), instalment(None), one="contract=once").purchases
    assert one.purchase.minor == 200_000
    report = check(instalment(9 * 10**12), instalment(9 * 10**12))
    assert report.purchases[0].purchase.minor is None
    assert "add up to more than can be counted" in lacks(report)[0]


def test_the_earliest_date_stands_and_what_rows_contradict_one_another_in_is_not_known() -> None:
    report = check(
        instalment(2000, date="2020-09-01", method="direct", quotes=None, unit="区 工信局"),
        instalment(2000, date="2020-03-01", method="open_tender", quotes=3, approved_on=None),
    )
    (one,) = report.purchases
    row = one.purchase
    assert (row.date, row.quotes, row.unit) == (dt.date(2020, 3, 1), 3, "区 工信局")
    assert (row.method, row.approved_on) == (None, None)
    assert lacks(report) == [
        "method: '自行采购、公开招标' stands in rows of one purchase that differ",
        "approved_on: '2020-06-08、—' stands in rows of one purchase that differ",
    ]


def test_a_cell_that_cannot_be_understood_may_say_anything() -> None:
    report = check(instalment(2000, quotes=3, date="2020-02-30"), instalment(2000, quotes="several", method="询价"))
    (one,) = report.purchases
    assert (one.purchase.quotes, one.purchase.date, one.purchase.method) == (None, None, None)
    assert lacks(report) == [
        "date: '2020-02-30' is not a date",
        "method: '自行采购、inquiry/quotation' stands in rows of one purchase that differ",
        "quotes: 'several' is neither a number of suppliers nor a list of their names",
    ]
    (one,) = check(instalment(1, method="询价"), instalment(1, method="询价")).purchases
    assert one.purchase.method == frozenset({"quotation", "inquiry"})


def test_which_rows_are_one() -> None:
    """A blank is of no contract, numbers are compared as names are, each unit has contracts of its own, and a row of no
    unit may be of any."""
    rows = [
        instalment(1, None), instalment(2, None), instalment(4, "HT-2"), instalment(8, "ＨＴ-2"),
        instalment(16, "HT-2", unit="乙局"), instalment(32, "HT-2", unit=None),
        instalment(64, "HT-3", unit=None), instalment(128, "HT-3"),
    ]  # fmt: skip
    assert [one.purchase.minor for one in check(*rows)] == [100, 200, 1200, 1600, 3200, 19200]


def test_a_void_row_is_of_no_purchase() -> None:
    report = check(instalment(2000), instalment(9000, status="作废"), instalment(2000, status="待定"))
    assert [one.purchase.minor for one in report] == [400_000]
    assert "待定: 1" in next(each.message.en for each in report.notices if each.kind == "status-unknown")


def test_the_report_says_so() -> None:
    placed = [instalment(n, origin=procure.Origin("log.csv", None, n), date="2020-03-02") for n in (2, 3, 4)]
    report = check(*placed, instalment(9, None))
    notice = next(each for each in report.notices if each.kind == "one-purchase")
    assert notice.message == Words(
        "按“contract”合并：2 行并入 1 笔采购的首行，金额相加；日期取最早的，各行互相矛盾的内容视为未知",
        "merged by 'contract': rows merged into the first of their purchase: 2, into 1 purchase; their amounts add up, "
        "the earliest date stands, and what these rows contradict one another in is not known",
    )
    assert [origin.row for origin in notice.origins] == [3, 4]
    assert not any(each.kind == "contract-repeats" for each in report.notices)
    (own,) = report.reconciliation
    assert own.log == ClassSum(4, 1800)
    assert own.parts == {Class.JUDGED: ClassSum(2, 1100), Class.MERGED: ClassSum(2, 700)}
    assert "judged 2 rows ¥11.00 + merged into the first of their purchase 2 rows ¥7.00" in text.dumps(report, "en")
    found = plain_json.loads(json.dumps(report))
    jsonschema.validate(found, SCHEMA)
    assert found["merged"][0] == {
        "file": "log.csv", "sheet": None, "row": 3, "into": {"file": "log.csv", "sheet": None, "row": 2},
    }  # fmt: skip
    lines_ = list(csv.DictReader(io.StringIO(csv_writer.dumps(report))))
    assert [(line["row"], line["message"]) for line in lines_ if line["verdict"] == "merged"] == [
        ("3", "log.csv:2"), ("4", "log.csv:2"),
    ]  # fmt: skip


def test_nothing_repeats() -> None:
    report = check(instalment(1), instalment(2, "HT-2"), one="contract=once")
    assert [one.purchase.minor for one in report] == [100, 200]
    assert "rows merged into the first of their purchase: 0, into 0 purchases; the same amount in each row" in str(
        [each.message.en for each in report.notices if each.kind == "one-purchase"]
    )
    assert plain_json.loads(json.dumps(report))["merged"] == []


def test_another_currency_among_the_rows() -> None:
    report = check(instalment(100), instalment("€400"), instalment(None))
    own, euro = report.reconciliation
    assert own.parts == {
        Class.JUDGED: ClassSum(1, 10_000),
        Class.MERGED: ClassSum(1, 0, 1),
        Class.FOREIGN: ClassSum(1, 0, 1),
    }
    assert euro.log == ClassSum(1, 40_000)


def test_a_purchase_of_which_nothing_can_be_read() -> None:
    rows = [
        instalment("x", date=None, category=None), instalment(5, date="x", category="甲"),
        instalment(5, category="乙", date=None),
    ]  # fmt: skip
    report = check(*rows)
    assert (len(report), [each.column for each in report.rejected]) == (0, ["date"])
    # What one row lacks another has.
    report = check(instalment("x", date="x", category=None), instalment(5, date=None))
    assert (len(report), len(report.rejected)) == (1, 0)


def test_words_of_several_meanings_are_those_of_the_purchase() -> None:
    report = check(instalment(1, method="询价"), instalment(1, None, method="询价"), instalment(1, method="询价"))
    assert report.read.several == {"method": {"询价": [0, 1]}}


def test_ids_stay_the_first_and_amounts_of_other_columns_add_up() -> None:
    columns = {
        "amount": column("amount"), "date": column("date"), "id": column("id"),
        "paid": column("paid", type="money", blank="none"),
    }  # fmt: skip
    policy = procure.authoring.Policy(id="own", title="own", text=POLICY.text, columns=columns)
    rows = [Purchase(id=n, date="2020-01-01", amount=1, paid=paid, supplier="x") for n, paid in (("a", 5), ("b", None))]
    (one,) = check(*rows, one="supplier", policy=policy).purchases
    assert (one.purchase.id, one.purchase.minor, one.purchase["paid"]) == ("a", 200, 500)
    (one,) = check(*(row.replaced(paid=None) for row in rows), one="supplier", policy=policy).purchases
    assert one.purchase["paid"] is procure.NONE
    for paid in (["5", None], [None, None], ["x", "5"]):
        frame = pl.DataFrame({"date": ["2020-01-01"] * 2, "amount": ["1", "1"], "paid": paid, "供应商": ["x", "x"]})
        found = procure.check_frame(frame, policy, one_purchase="supplier").select(VERDICT_COLUMNS).rows()
        assert found[:1] == by_report(procure.check(procure.read(frame, one_purchase="supplier"), policy))


ORDERS = "日期,采购单位,合同编号,订单号,采购金额\n2020-03-01,甲局,HT-1,D1,2000\n2020-03-02,甲局,HT-1,D2,2000\n"
MORE = "日期,采购单位,采购金额,订单号\n2020-04-01,甲局,10,D2\n2020-04-02,甲局,20,\n"


@pytest.mark.parametrize(
    ("one", "amounts"),
    [
        ("contract", ["4000.00", "10.00", "20.00"]),
        ("合同编号", ["4000.00", "10.00", "20.00"]),
        ("订单号", ["2000.00", "2010.00", "20.00"]),
        ("采购单位", ["4030.00"]),
    ],
)
def test_a_column_by_its_name_or_its_header(tmp_path: Path, one: str, amounts: list[str]) -> None:
    (tmp_path / "a.csv").write_text(ORDERS, encoding="utf-8")
    (tmp_path / "b.csv").write_text(MORE, encoding="utf-8")
    log = procure.read(str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), one_purchase=one)
    assert [str(finding.purchase.amount) for finding in procure.check(log, POLICY)] == amounts


def test_a_column_that_some_tables_have_and_one_that_none_has(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ORDERS.replace("订单号", "x"), encoding="utf-8")
    (tmp_path / "b.csv").write_text(MORE + "2020-05-01,甲局,5,D2\n", encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    report = procure.check(procure.read(*paths, one_purchase="订单号"), POLICY)
    assert [str(finding.purchase.amount) for finding in report] == ["2000.00", "2000.00", "15.00", "20.00"]
    with pytest.raises(ProcureError) as error:
        procure.check(procure.read(*paths, one_purchase="单号"), POLICY)
    assert error.value.words.zh == (
        "one-purchase：台账没有“单号”列（有：日期、采购单位、采购金额、合同编号、x、订单号）；"
        "写作 列名，或 列名=once（同一金额只计一次）"
    )


def test_a_shifted_row_is_of_no_purchase(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ORDERS + "2020-03-03,甲局,HT-1,D1,2000,30,40,50\n", encoding="utf-8")
    report = procure.check(procure.read(str(tmp_path / "a.csv"), one_purchase="订单号"), POLICY)
    assert (len(report), len(report.rejected)) == (2, 1)


def test_a_mapping_and_the_command_line_say_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from procure.cli import main
    from procure.log.readers import mapping

    log = tmp_path / "a.csv"
    log.write_text(ORDERS, encoding="utf-8")
    saved = tmp_path / "mapping.toml"
    saved.write_text('one-purchase = "合同编号=once"\n', encoding="utf-8")
    habits = mapping.load(saved)
    assert habits.one_purchase == OnePurchase("合同编号", once=True)
    report = procure.check(procure.read(str(log), mapping=saved), POLICY)
    assert [str(finding.purchase.amount) for finding in report] == ["2000.00"]
    assert 'one-purchase = "合同编号=once"' in mapping._new({}, (), habits, ())
    main(["check", str(log), "--one-purchase", "合同编号", "--lang", "en", "--format", "json"])
    found = plain_json.loads(capsys.readouterr().out)
    assert [each["amount"] for each in found["purchases"]] == ["4000.00"]
    assert {"name": "one-purchase", "values": ["合同编号"], "file": None} in found["receipt"]["options"]


def test_history_is_merged_and_a_draft_is_not() -> None:
    history = Log((instalment(2000), instalment(2000)), habits=Habits(one_purchase="contract=once"))
    adviser = procure.Adviser(POLICY, history)
    assert len(adviser._history) == 1
    assert adviser({"amount": 100, "date": "2020-07-01", "unit": "区工信局", "category": "办公用品"})


def test_versions_of_a_policy_merge_alike() -> None:
    both = Versions({"2020": POLICY, "2021": POLICY.in_year(2021)})
    frame = pl.DataFrame({"date": ["2020-05-01", "2021-05-01"], "amount": ["5", "6"], "order": ["1", "1"]})
    found = procure.check_frame(frame, both, one_purchase="order")
    assert found["verdict"].to_list() == ["unknown", "merged"]
    reports = procure.check(procure.read(frame, one_purchase="order"), both)
    assert [len(report.merged) for report in reports.by_version.values()] == [1, 1]


# -- plain loops -------------------------------------------------------------------------------------------------------

#: A row of a log, its status, and the number of its order.
Row = tuple[lines.Purchase, str | None, str | None]


@st.composite
def documents(draw: st.DrawFn, once: bool, **how: Any) -> list[Row]:
    """Purchases, of which some have several rows: parts of the amount or the amount again, on later days, and void rows
    between them. The rows of two purchases may be mixed."""
    found: list[tuple[int, Row]] = []
    count: dict[str | None, int] = {}
    for purchase in draw(strategies.logs(complete=True, max_size=4, **how)):
        count[purchase.unit] = count.get(purchase.unit, 0) + 1
        order = draw(st.sampled_from([f"D-{count[purchase.unit]}", f"D-{count[purchase.unit]}", None]))
        rows = draw(st.integers(1, 3)) if order else 1
        for _ in range(rows):
            part = purchase.fen if once else draw(st.sampled_from([purchase.fen, 100, -100, 250_000, 0]))
            later = draw(st.sampled_from([0, 1, 40]))
            assert purchase.date is not None
            day = purchase.date + dt.timedelta(later)
            copy = attrs.evolve(purchase, amount=None if part is None else Decimal(part) / 100, date=day)
            found.append((draw(st.integers(0, 3)), (copy, draw(st.sampled_from([None, "已完成", "待定"])), order)))
        if draw(st.booleans()):
            void = attrs.evolve(purchase, amount=Decimal(draw(st.sampled_from([1, 5000, -9]))))
            found.append((draw(st.integers(0, 3)), (void, draw(st.sampled_from(["作废", "已取消"])), order)))
    # Sorted by a number that is not theirs, so that the rows of two purchases mix.
    return [row for _, row in sorted(found, key=lambda each: each[0])]


def by_loops(rows: Sequence[Row], once: bool) -> tuple[list[lines.Purchase], list[str]]:
    """The purchases, and of each row whether it is void, the first of its purchase or merged into that."""
    purchases: list[lines.Purchase] = []
    places: dict[tuple[str | None, str], int] = {}
    became = []
    for purchase, status, order in rows:
        if status in ("作废", "已取消"):
            became.append("void")
            continue
        if order is None or (purchase.unit, order) not in places:
            if order is not None:
                places[purchase.unit, order] = len(purchases)
            purchases.append(purchase)
            became.append("first")
            continue
        at = places[purchase.unit, order]
        before = purchases[at]
        assert before.amount is not None and purchase.amount is not None
        assert before.date is not None and purchase.date is not None
        amount = before.amount if once else before.amount + purchase.amount
        purchases[at] = attrs.evolve(before, amount=amount, date=min(before.date, purchase.date))
        became.append("merged")
    return purchases, became


def rows_of(rows: Sequence[Row]) -> list[Purchase]:
    return [lines.typed(purchase).replaced(status=status, supplier=order) for purchase, status, order in rows]


def frame_of(rows: Sequence[Purchase]) -> pl.DataFrame:
    """All text, as a file has it."""
    blank = {"unit"} if all(row.unit is None for row in rows) else set()
    names = dict.fromkeys(name for row in rows for name in row.cells if name not in blank)

    def said(cell: Any) -> str | None:
        return None if cell is None else ("yes" if cell else "no") if isinstance(cell, bool) else str(cell)

    table = {name: [said(row.cells.get(name)) for row in rows] for name in names}
    return pl.DataFrame(table, schema=dict.fromkeys(names, pl.String))


@settings(max_examples=25)
@given(st.data())
def test_refunds_void_rows_and_documents_by_plain_loops(data: st.DataObject) -> None:
    limits = data.draw(strategies.limits_by_kind())
    once = data.draw(st.booleans())
    rows = data.draw(documents(once, limits=tuple(limits.values())))
    purchases, became = by_loops(rows, once)
    interpretation = data.draw(strategies.interpretations({"refunds"}))
    expected = oracle.judge(purchases, interpretation, limits=limits, catalogue=None)
    yuan: Mapping[str, Any] = {kind.value: strategies.yuan(fen) for kind, fen in limits.items()}
    policy = procure.policies.furong_2020(limits=yuan).adopt(interpretation)
    said = f"supplier={'once' if once else 'sum'}"
    log = Log(tuple(rows_of(rows)), habits=Habits(one_purchase=said))
    if not purchases:
        return
    for engine in (procure.engine("python"), procure.engine("polars")):
        report = procure.check(log, policy, engine=engine)
        for finding, result in zip(report, expected, strict=True):
            assert finding.settled
            assert {breach.rule.id for breach in finding.breaches} == result.breaches
            assert (finding.verdict.value == "not_applicable") == result.not_applicable
            assert finding.accumulated is not None
            assert (finding.accumulated.exact, finding.accumulated.low) == (True, result.accumulated or 0)
        assert (len(report.void), len(report.merged)) == (became.count("void"), became.count("merged"))
        (own,) = report.reconciliation
        assert own.log == ClassSum(len(rows), sum(row.fen or 0 for row, _, _ in rows))
        assert sum(part.rows for part in own.parts.values()) == len(rows)
        assert sum(part.minor for part in own.parts.values()) == own.log.minor
    found = procure.check_frame(frame_of(rows_of(rows)), policy, one_purchase=said)
    stands = iter([of_finding(finding) for finding in report])
    wanted = [next(stands) if each == "first" else (each, None, "", "", "", None, None) for each in became]
    assert found.select(VERDICT_COLUMNS).rows() == wanted


# -- frames ------------------------------------------------------------------------------------------------------------

ODD = st.fixed_dictionaries(
    {
        "amount": st.sampled_from(["2000", "2000", "3000", "-500", "abc", None]),
        "date": st.sampled_from(["2020-03-02", "2020-06-02", "2020-02-30", None]),
        "unit": st.sampled_from(["甲局", "甲局", "乙局", None]),
        "category": st.sampled_from(["纸", "纸", "椅", None]),
        "method": st.sampled_from(["自行采购", "询价", "three", None]),
        "quotes": st.sampled_from(["3", "2", "some", None]),
        "approved_on": st.sampled_from(["2020-01-02", "否", None]),
        "状态": st.sampled_from([None, None, "作废"]),
        "order": st.sampled_from(["1", "1", "2", " ", None]),
    }
)


@settings(max_examples=30)
@given(st.lists(ODD, min_size=1, max_size=6), st.sampled_from(["order", "order=once", "unit", "category=once"]))
def test_frames_find_the_same_of_rows_that_contradict_one_another(rows: list[dict[str, str | None]], one: str) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    report = procure.check(procure.read(frame, one_purchase=one), POLICY)
    found = procure.check_frame(frame, POLICY, one_purchase=one).select(VERDICT_COLUMNS).rows()
    assert [row for row in found if row[0] not in ("void", "merged")] == by_report(report)
    assert [row[0] for row in found].count("merged") == len(report.merged)
    columns = procure.check(procure.read(frame, one_purchase=one), POLICY, engine=procure.engine("polars"))
    assert by_report(columns) == by_report(report)


FRAMES: Mapping[str, Callable[[pl.DataFrame], Any]] = {
    "polars": lambda frame: frame,
    "lazy polars": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pyarrow": lambda frame: frame.to_arrow(),
}


@pytest.mark.parametrize("kind", sorted(FRAMES))
@pytest.mark.parametrize("one", ["order", "订单", "contract", "合同编号", "id", "编号"])
def test_every_kind_of_frame(kind: str, one: str) -> None:
    table = {
        "amount": ["2000", "2000", "7"], "date": ["2020-03-02"] * 3, "订单": ["a", "a", None], "order": [1, 1, 2],
        "合同编号": ["x", "x", ""], "编号": ["1", "1", "2"],
    }  # fmt: skip
    found = procure.check_frame(FRAMES[kind](pl.DataFrame(table)), POLICY, order="order", one_purchase=one)
    collected = found.collect() if kind == "lazy polars" else found
    assert list(map(str, collected["verdict"].to_pylist() if kind == "pyarrow" else collected["verdict"])) == [
        "unknown", "merged", "unknown",
    ]  # fmt: skip


def test_a_frame_without_the_column() -> None:
    frame = pl.DataFrame({"amount": ["1"], "date": ["2020-03-02"]})
    with pytest.raises(ProcureError, match=r"the log has no column 'contract' \(there are: amount, date\)"):
        procure.check_frame(frame, POLICY, one_purchase="contract")
