"""In what amounts are counted: a header, a title, a footnote, a column, the name of a sheet. Another currency than the
policy's is never summed."""

import pytest
from reading import read

from procure import check_frame, policies
from procure.api import check
from procure.log.units import NOT_KNOWN, counted, stated
from procure.values.money import CNY, Currency

DOLLARS = Currency.of("USD")
POLICY = policies.furong_2020(limits=300_000)


def amounts(log):
    return [row.minor for row in log.rows]


def reasons(log):
    return [(fault.origin.row, fault.value, fault.reason.zh) for fault in log.faults]


def test_a_currency_column_is_honoured(log):
    found = read(log("编号,金额,币种\n1,900,人民币\n2,800,USD\n3,700,cny\n4,600,港币\n5,,欧元\n"))
    assert amounts(found) == [90_000, None, 70_000, None, None]
    assert reasons(found) == [
        (3, "800", "是 USD，而制度以 CNY 计"),
        (5, "600", "是 HKD，而制度以 CNY 计"),
    ]


def test_the_same_column_under_a_policy_in_dollars(log):
    found = read(log("id,amount,currency\n1,900,US$\n2,800,CNY\n3,700,usd\n"), currency=DOLLARS)
    assert amounts(found) == [90_000, None, 70_000]


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_currency_is_not_known_where_other_rows_have_another(log, blank):
    found = read(log(f"编号,金额,币种\n1,900,{blank}\n2,800,USD\n"))
    assert amounts(found) == [None, None]
    assert reasons(found)[0] == (2, "900", "未载明币种或单位，而其他行另有币种或单位")
    assert amounts(read(log(f"编号,金额,币种\n1,900,{blank}\n2,800,RMB\n"))) == [90_000, 80_000]


def test_a_currency_that_is_not_known_is_none(log):
    found = read(log("编号,金额,币种\n1,900,贝壳\n"))
    assert reasons(found) == [(2, "900", "所载“贝壳”不是已知的币种或单位")]


def test_a_column_of_units_is_honoured_row_by_row(log):
    found = read(log("编号,金额,金额单位\n1,0.3,万元\n2,900,元\n3,2,千元\n4,5,万美元\n"))
    assert amounts(found) == [300_000, 90_000, 200_000, None]


def test_a_unit_goes_before_that_of_the_header_and_a_currency_does_not(log):
    assert amounts(read(log("编号,金额（万元）,金额单位\n1,3,元\n2,3,\n"))) == [300, 3_000_000]
    assert amounts(read(log("编号,金额（万元）,币种\n1,3,人民币\n2,3,\n"))) == [3_000_000, 3_000_000]


def test_a_currency_and_a_unit_that_differ(log):
    found = read(log("编号,金额,币种,金额单位\n1,3,人民币万元,千元\n"))
    assert reasons(found) == [(2, "3", "单位说法不一：万元、千元")]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("（金额单位:人民币万元）", "万元"),
        ("注：以上金额单位均为千元。", "千元"),
        ("以万元为单位", "万元"),
        ("2020年采购台账（万元）", "万元"),
        ("单位：元", "元"),
        ("单位：元谋县财政局", None),
        ("单位：甲局", None),
        ("限额50万元", None),
        ("第3单元", None),
        ("All amounts in thousands", "千元"),
        ("Currency: RMB", "元"),
        ("单位：万亿元，币种：人民币", "万亿元"),
        ("单位：千万元", "千万元"),
        ("金额单位：人民币十万元", "十万元"),
        ("（单位：百元）", "百元"),
        ("in RMB billion", "十亿元"),
        ("采购台账（十）", None),
        ("单位：台", None),
        ("金额单位：详见各表所附之说明", None),
        ("Bought in Spain", None),
        ("in total", None),
    ],
)
def test_what_a_line_says(text, unit):
    assert stated(text, CNY) == unit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("单位：分", "分"),
        ("金额单位：角", "角"),
        ("货币单位: 洋元", "洋元"),
        ("币种：本币", "本币"),
        ("单位：百万 千万元", "百万 千万元"),
    ],
)
def test_a_line_that_counts_in_what_is_not_known_is_not_passed_over(log, text, said):
    assert stated(text, CNY) == NOT_KNOWN.format(said=said)
    assert reasons(read(log(f"{text},\n编号,金额\n1,3\n"))) == [(3, "3", f"所载“{said}”不是已知的币种或单位")]


@pytest.mark.parametrize(
    ("text", "code", "unit"),
    [
        ("Angaben in TEUR", "EUR", "thousand"),
        ("Werte in Mio. EUR", "EUR", "million"),
        ("in k€", "EUR", "thousand"),
        ("(in £m)", "GBP", "million"),
        ("Rs. in lakhs", "INR", "lakh"),
        ("(Rs. in lakhs)", "INR", "lakh"),
        ("Amounts in INR crore", "INR", "crore"),
        ("Units: £bn", "GBP", "billion"),
    ],
)
def test_what_a_line_says_of_other_currencies(text, code, unit):
    assert stated(text, Currency.of(code)) == unit


@pytest.mark.parametrize("text", ["单位：万美元", "金额（USD）", "Currency: EUR", "in thousand euros"])
def test_a_line_that_names_another_currency(text):
    assert "而制度以 CNY 计" in stated(text, CNY).zh


@pytest.mark.parametrize(
    ("text", "unit"),
    [("人民币元", "元"), ("CNY-人民币", "元"), ("人民币（万元）", "万元"), ("台", None), ("US Dollar box", None)],
)
def test_what_a_cell_says(text, unit):
    assert counted(text, CNY) == unit


def test_pounds_are_not_counted_in_ten_thousands_of_yuan():
    pounds = Currency.of("GBP")
    assert "CNY" in counted("万元", pounds).en
    # A letter that is a mark before a number says nothing alone: a sheet may be called P.
    assert counted("P", pounds) is None
    assert (counted("£ thousand", pounds), counted("GBP", pounds), counted("million", pounds)) == (
        ("thousand", "", "million")
    )


def test_a_footnote_and_a_title_say_in_what_is_counted(log):
    assert amounts(read(log("编号,金额\n1,0.3\n注：金额单位为万元,\n"))) == [300_000]
    assert amounts(read(log("编号,采购内容,金额\n1,椅,0.3\n2,以美元计价的书,4\n"))) == [30, 400]
    found = read(log("单位：元,\n编号,金额\n1,3\n注：单位：万元,\n"))
    assert reasons(found) == [(3, "3", "单位说法不一：元、万元")]


def test_a_header_goes_before_a_title(log):
    assert amounts(read(log("单位：万元,\n编号,金额（元）\n1,3\n"))) == [300]


def test_the_name_of_a_sheet_says_in_what_is_counted(book):
    for name in ("台账（万元）", "一月_万元", "单位万元"):
        assert amounts(read(book({name: [["编号", "金额"], ["1", 0.3]]}))) == [300_000]
    assert amounts(read(book({"限额5万元": [["编号", "金额"], ["1", 0.3]]}))) == [30]
    rows = [["编号", "金额"], ["1", 4]]
    assert amounts(read(book({"二月": rows, "美元": rows}))) == [400, None]


def test_a_header_in_another_currency_that_is_named(log):
    file = log("编号,内容,采购金额（美元）\n1,椅,900\n")
    found = read(file, columns={"amount": "采购金额（美元）"})
    assert amounts(found) == [None]
    assert reasons(found) == [(2, "900", "是 USD，而制度以 CNY 计")]


def test_a_header_in_another_currency_beside_one_in_yuan(log):
    assert amounts(read(log("编号,金额（美元）,金额（元）\n1,900,6300\n"))) == [630_000]


def test_records_and_purchases_say_their_currency():
    rows = [{"id": 1, "amount": 900, "currency": "USD"}, {"id": 2, "amount": 800, "currency": "CNY"}]
    assert amounts(read(rows)) == [None, 80_000]


def test_a_frame_says_what_a_file_says(log):
    pl = pytest.importorskip("polars")
    text = (
        "id,date,unit,category,kind,amount,method,approved_on,currency,金额单位\n"
        "1,2020-03-02,甲,椅,货物,3000,自行采购,2020-03-01,CNY,元\n"
        "2,2020-03-03,甲,椅,货物,0.15,自行采购,2020-03-01,CNY,万元\n"
        "3,2020-03-04,甲,纸,货物,900,自行采购,2020-03-01,USD,元\n"
        "4,2020-03-05,甲,笔,货物,4000,自行采购,2020-03-01,人民币,元\n"
    )
    file = log(text)
    report = check(str(file), POLICY)
    frame = check_frame(pl.read_csv(file, infer_schema=False), POLICY)
    assert frame["verdict"].to_list() == [finding.verdict.value for finding in report]
    assert [row.minor for row in report.rows] == [300_000, 150_000, None, 400_000]
    assert frame["accumulated"].to_list()[1] == "4500.00"


def test_a_header_of_a_frame_in_another_currency():
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"date": ["2020-03-02"], "category": ["椅"], "单价（美元）": [900], "id": ["1"]})
    found = check_frame(frame, POLICY, columns={"amount": "单价（美元）"})
    assert found["verdict"].to_list() == ["unknown"]
    rows = [{"date": "2020-03-02", "category": "椅", "单价（美元）": 900, "id": "1"}]
    assert [finding.verdict.value for finding in check(read(rows, columns={"amount": "单价（美元）"}).log, POLICY)] == [
        "unknown"
    ]


def test_an_empty_currency_in_a_frame_is_unknown_beside_another():
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"id": [1, 2, 3], "amount": [900, 800, None], "currency": [None, "USD", None]})
    assert check_frame(frame, POLICY)["verdict"].to_list() == ["unknown"] * 3


def test_the_sign_of_a_frame_s_amounts_is_that_of_its_other_cells():
    pl = pytest.importorskip("polars")
    row = {"date": "2020-03-02", "category": "椅", "unit": "甲", "kind": "货物", "method": "自行采购"}
    alone, beside = (
        pl.DataFrame([{**row, "amount": each} for each in texts]) for texts in (["4.500"], ["4.500", "4.5"])
    )
    assert check_frame(alone, POLICY)["verdict"].to_list() == ["unknown"]
    assert check_frame(beside, POLICY)["accumulated"].to_list() == ["4.50", "9.00"]


def test_a_point_before_three_digits_is_settled_by_the_other_cells(log):
    alone = read(log("编号,金额\n1,12.345\n2,900\n"))
    assert amounts(alone) == [None, 90_000]
    assert alone.faults[0].why == (
        '“12.345”中的“.”可能是小数点，也可能是千位分隔，请用 --decimal-comma 或在 mapping.toml 中写 decimal = "." 说明',
        "'12.345' has a '.' that may be its decimal sign or group thousands: give --decimal-comma, or write "
        'decimal = "." in the mapping',
    )
    assert amounts(read(log("编号,金额\n1,12.345\n2,9.5\n"))) == [1235, 950]
    assert amounts(read(log('编号,金额\n1,1.000\n2,"1.111,11"\n')))[0] is None
    assert amounts(read(log("编号,金额\n1,1.000\n2,1.111.111\n3,4.5\n")))[0] is None
    assert amounts(read(log("编号,金额\n1,1.000\n"), decimal_comma=True)) == [100_000]


def test_rounding_is_said_and_can_be_refused(log):
    file = log("编号,金额\n1,4999.996\n2,8.50\n")
    report = check(read(file).log, POLICY)
    assert [(n.message.zh, [o.row for o in n.origins]) for n in report.notices if n.kind == "assumed"] == [
        ("采购金额：1 格，小数位数多于货币单位，已四舍五入，--exact 则不读（4999.996）", [2])
    ]
    assert amounts(read(file, exact=True)) == [None, 850]
    assert amounts(read(file, mapping=log("exact = true\n", "mapping.toml"))) == [None, 850]


def test_rounding_is_said_of_the_row_where_each_says_its_unit(log):
    file = log("编号,金额,金额单位\n1,5,元\n2,0.1234567,万元\n3,4999.996,元\n")
    report = check(read(file).log, POLICY)
    assert amounts(read(file)) == [500, 123_457, 500_000]
    assert [(n.message.en, [o.row for o in n.origins]) for n in report.notices if n.kind == "assumed"] == [
        (
            "amount: 2 cells: more decimals than the currency has, rounded half up; --exact reads none of these "
            "(0.1234567, 4999.996)",
            [3, 4],
        )
    ]


def test_columns_that_nothing_was_read_from_are_named_once_what_matters_first(log):
    file = log("编号,金额,颜色,录入人,含税否,付款单位\n1,900,红,张,是,甲\n")
    report = check(read(file).log, POLICY)
    assert [n.message.zh for n in report.notices if n.kind == "columns-not-read"] == [
        "没有读入的栏：含税否、付款单位、颜色、录入人"
    ]
    quiet = check(read(file, mapping=log('ignored = ["颜色", "录入人", "含税否", "付款单位"]\n', "m.toml")).log, POLICY)
    assert "columns-not-read" not in [n.kind for n in quiet.notices]
