"""Tables as offices write them: merged cells, headers of two rows, 同上, totals and signatures among the rows."""

import pytest
from reading import read

from procure import policies
from procure.api import check

POLICY = policies.furong_2020(limits=300_000)
HEADER = ["编号", "采购日期", "采购单位", "品目", "采购类别", "采购内容", "采购金额", "采购方式", "报告同意日期"]
ROW = ["1", "2020-03-02", "甲局", "椅", "货物", "转椅", 3000, "自行采购", "2020-03-01"]


def row(**cells):
    names = dict(
        zip(("id", "date", "unit", "category", "kind", "item", "amount", "method", "approved"), ROW, strict=True)
    )
    return list((names | cells).values())


def lines(found):
    return [(r.origin.row, r.id, r.unit, r.category, r.minor) for r in found.rows]


def skipped(found):
    return [(each.origin.row, each.why.zh) for each in found.skipped]


@pytest.fixture
def merged(tmp_path):
    """A workbook of one sheet with ranges that are merged: what stands in their first cell is kept."""
    xlsxwriter = pytest.importorskip("xlsxwriter")

    def write(rows, *ranges):
        path = tmp_path / "merged.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet("台账")
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write(at, column, cell)
            for each in ranges:
                top, left = [int(n) for n in each[:2]]
                sheet.merge_range(*each, rows[top][left])
        return str(path)

    return write


def test_a_cell_merged_down_counts_for_every_row(merged):
    two = row(id="2", category=None, method=None, approved=None)
    file = merged(
        [HEADER, row(), two, row(id="3", category=None, approved=None)],
        (1, 3, 3, 3), (1, 7, 2, 7), (1, 8, 3, 8),
    )  # fmt: skip
    found = read(file)
    assert [(r.category, r.method, str(r.approved_on)) for r in found.rows] == [("椅", "direct", "2020-03-01")] * 3
    report = check(found.log, POLICY)
    assert [(n.message.zh, len(n.origins)) for n in report.notices if n.kind == "assumed"] == [
        ("品目：2 格，合并单元格，各行都按其首格的内容", 2),
        ("采购方式：1 格，合并单元格，各行都按其首格的内容", 1),
        ("报告同意日期：2 格，合并单元格，各行都按其首格的内容", 2),
    ]


def test_an_amount_merged_over_rows_is_one_amount(merged):
    file = merged([HEADER, row(), row(id="2", amount=None, item="方桌"), row(id="3", amount=500)], (1, 6, 2, 6))
    found = read(file)
    assert lines(found) == [(2, "1", "甲局", "椅", 300_000), (4, "3", "甲局", "椅", 50_000)]
    assert skipped(found) == [(3, "一笔采购的续行：金额合并，只计一次")]


def test_lines_of_one_purchase_that_differ_leave_it_open(merged):
    file = merged(
        [HEADER, row(), row(amount=None, category="桌", date=None), row(amount=None, unit=None)], (1, 6, 3, 6)
    )
    found = read(file)
    assert lines(found) == [(2, "1", "甲局", None, 300_000)]
    assert [(f.column, f.why) for f in found.faults] == [
        (
            "category",
            (
                "“椅、桌”是同一笔采购（金额合并）各行的不同内容",
                "'椅、桌' stands in lines of one purchase, whose amount is merged",
            ),
        )
    ]


def test_what_one_line_alone_says_is_the_purchase_s(merged):
    file = merged([HEADER, row(category=None), row(amount=None)], (1, 6, 2, 6))
    assert lines(read(file)) == [(2, "1", "甲局", "椅", 300_000)]


def test_merged_cells_without_meaning(merged):
    title = ["甲局台账", *[None] * 8]
    file = merged([title, HEADER, row(), row(amount=None), row(id="", note="x")], (0, 0, 0, 8), (3, 0, 3, 1))
    assert [r.minor for r in read(file).rows] == [300_000, None, 300_000]
    blank = merged([HEADER, row(amount=None), row(amount=None)], (1, 6, 2, 6))
    assert [r.minor for r in read(blank).rows] == [None, None]
    blank = read(merged([HEADER, row(category=None), row(category=None)], (1, 3, 2, 3)))
    assert ([r.category for r in blank.rows], blank.read.assumed) == ([None, None], {})


def test_a_cell_merged_down_in_a_column_that_no_policy_knows(merged):
    found = read(merged([[*HEADER, "颜色"], [*row(), "红"], row(id="2")], (1, 9, 2, 9)))
    assert list(found.others.values()) == [("红",), ("红",)]
    # Nothing is judged by it, so that nothing is said of it.
    assert found.read.assumed == {}


@pytest.mark.parametrize(
    ("head", "subs", "amount"),
    [
        ("采购金额", ("预算", "实际"), "采购金额/实际"),
        ("采购金额", ("预算金额", "成交价"), "采购金额/成交价"),
        ("采购金额", ("单价", "总额"), "采购金额/总额"),
        ("Amount", ("budget", "paid"), "Amount/paid"),
        ("采购情况", ("预算", "合同金额"), "采购情况/合同金额"),
    ],
)
def test_a_header_of_two_rows(log, head, subs, amount):
    found = read(log(f"编号,采购日期,{head},,采购方式\n,,{subs[0]},{subs[1]},\n1,2020-03-02,9000,3000,自行采购\n"))
    assert [(r.id, r.minor) for r in found.rows] == [("1", 300_000)]
    assert found.sources[0].columns["amount"] == amount


def test_a_header_of_two_rows_that_tells_nothing_is_asked(log, error):
    file = log("编号,采购金额,\n,合同金额,支付金额\n1,9000,3000\n")
    assert error(file).endswith(
        "amount could be any of '采购金额/合同金额', '采购金额/支付金额'; say which: "
        "--column 'amount=采购金额/合同金额' or --column 'amount=采购金额/支付金额'"
    ) or "采购金额/支付金额" in error(file)
    assert [r.minor for r in read(file, columns={"amount": "采购金额/支付金额"}).rows] == [300_000]


def test_the_sub_columns_of_other_heads(log):
    text = (
        "序号,采购项目,,审批,,采购金额,,供应商,\n,名称,编号,日期,文号,数量,金额（万元）,名称,电话\n"
        "1,转椅,A-1,2020-03-01,7,3,0.3,甲店,8888\n"
    )
    found = read(log(text))
    (only,) = found.rows
    assert (only.description, str(only.approved_on), only.minor, only.supplier) == (
        "转椅",
        "2020-03-01",
        300_000,
        "甲店",
    )


def test_what_no_word_below_a_head_says_the_head_says(log):
    found = read(log("编号,采购金额,供应商,\n,,法人,电话\n1,3,甲,8888\n"))
    assert [(r.minor, r.supplier) for r in found.rows] == [(300, "甲")]
    assert found.sources[0].columns["supplier"] == "供应商/法人"


def test_a_word_below_the_head_of_a_sum_that_is_of_another_column(log):
    found = read(log("编号,采购金额,\n,合同价,供应商\n1,3,甲\n"))
    assert [(r.minor, r.supplier) for r in found.rows] == [(300, "甲")]
    assert found.sources[0].columns["supplier"] == "采购金额/供应商"


def test_a_merged_head_that_was_filled(log):
    found = read(log("编号,采购金额,采购金额\n编号,预算,实际\n1,9000,3000\n"))
    assert [r.minor for r in found.rows] == [300_000]


def test_a_row_of_data_is_no_second_header(log):
    assert [r.minor for r in read(log("编号,采购内容,,金额\n1,椅,木,3\n2,桌,铁,4\n")).rows] == [300, 400]
    assert [r.minor for r in read([{"id": "a", "amount": 3}, {"id": "", "amount": ""}]).rows] == [300]


def test_ditto_is_what_stands_above(log):
    file = log('编号,采购单位,品目,采购方式,金额\n1,甲,椅,自行采购,3\n2,同上,〃,"""",4\n3,乙,同前,do.,5\n')
    found = read(file)
    assert [(r.unit, r.category, r.method) for r in found.rows] == [
        ("甲", "椅", "direct"),
        ("甲", "椅", "direct"),
        ("乙", "椅", "direct"),
    ]
    report = check(found.log, POLICY)
    assert [n.message.en for n in report.notices if n.kind == "assumed"] == [
        "unit: 1 cell: they say “ditto” and are as the row above",
        "category: 2 cells: they say “ditto” and are as the row above",
        "method: 2 cells: they say “ditto” and are as the row above",
    ]


def test_ditto_below_nothing_says_nothing(log):
    found = read(log("编号,采购单位,金额\n1,同上,3\n2,同上,4\n3,甲,同上\n"))
    assert lines(found) == [(2, "1", None, None, 300), (3, "2", None, None, 400), (4, "3", "甲", None, None)]
    assert found.faults[0].why == ("“同上”之上没有可沿用的内容", "'同上' has nothing above it that it could stand for")


@pytest.mark.parametrize("dash", ["/", "无", "—", "N/A", "不详"])
def test_a_dash_is_no_name(log, dash):
    (only,) = read(log(f"编号,采购单位,品目,金额\n{dash},{dash},{dash},3\n")).rows
    assert (only.id, only.unit, only.category) == (None,) * 3


@pytest.mark.parametrize("name", ["NA", "无锡", "Nil"])
def test_a_name_that_looks_like_one(log, name):
    (only,) = read(log(f"编号,采购单位,金额\n1,{name},3\n")).rows
    assert only.unit == name


TEXT = "编号,采购日期,采购单位,品目,采购内容,采购金额,采购方式\n1,2020-03-02,甲,椅,转椅,3,自行采购\n"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("本月合计,,,,,3,", "合计行"),
        ("3月小计,,,,,3,", "合计行"),
        ("本月合计,,甲,椅,,3,", "合计行"),
        (",,,椅 汇总,,3,", "合计行"),
        (",,甲局小计,,,3,", "合计行"),
        (",2020-03-31,甲,椅,小计,3,", "合计行"),
        (",,,chairs Total,,3,", "合计行"),
        (",,,Subtotal paper,,3,", "合计行"),
        ("制表人：张三,,审核人：李四,,,,", "表尾说明"),
        ("制表人,张三,,审核人,李四,,", "签章行"),
        ("单位负责人（签字）：,,,,,,", "表尾说明"),
        ("填表日期：2020年12月31日,,,,,,", "表尾说明"),
        ("单位：元,,,,,,", "表尾说明"),
        ("注1、含税,,,,,,", "表尾说明"),
        ("一、货物类,,,,,,", "分节标题"),
        ("（二）服务,,,,,,", "分节标题"),
        ("三月份,,,,,,", "分节标题"),
        ("2020年4月,,,,,,", "分节标题"),
    ],
)
def test_lines_that_are_no_purchases(log, line, why):
    found = read(log(f"{TEXT}{line}\n2,2020-03-03,甲,椅,转椅,4,自行采购\n"))
    assert [r.minor for r in found.rows] == [300, 400]
    assert skipped(found) == [(3, why)]


@pytest.mark.parametrize(
    "line",
    [
        "2,2020-03-03,甲,汇总打印机,打印机,4,自行采购",
        "合计,2020-03-03,甲,椅,转椅,4,自行采购",
        "2,2020-03-03,甲,椅,会议合计,4,",
        "2,,甲,审核人员培训,培训,4,",
        "三月份,2020-03-03,甲,椅,转椅,4,自行采购",
        "审核人,,甲,椅,转椅,4,",
    ],
)
def test_purchases_that_look_like_them(log, line):
    assert [r.minor for r in read(log(f"{TEXT}{line}\n")).rows] == [300, 400]


def test_a_second_header_in_another_order(log):
    file = log(
        "编号,采购日期,品目,采购金额\n1,2020-03-02,椅,3\n三月份,,,\n采购金额（万元）,品目,编号,采购日期\n0.4,桌,2,2020-03-03\n"
        "采购金额（万元）,品目,编号,采购日期\n0.5,纸,3,2020-03-04\n"
    )
    found = read(file)
    assert [(r.id, r.category, str(r.date), r.minor) for r in found.rows] == [
        ("1", "椅", "2020-03-02", 300),
        ("2", "桌", "2020-03-03", 400_000),
        ("3", "纸", "2020-03-04", 500_000),
    ]
    assert skipped(found) == [(3, "分节标题"), (6, "重复的表头")]
    assert [source.rows for source in found.sources] == [1, 2]


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("编号,采购日期,合同金额,支付金额", "amount could be any of '合同金额', '支付金额'; say which: "
         "--column amount=合同金额 or --column amount=支付金额"),
        ("品目,采购日期,供应商,编号", "no amount column; the headers are: 品目, 采购日期, 供应商, 编号. "
         "Say which it is: --column amount=…"),
    ],
)  # fmt: skip
def test_a_second_header_that_cannot_be_read(log, error, header, problem):
    """The rows below it are not read by the header before: their columns may be others."""
    file = log(f"编号,采购日期,品目,采购金额\n1,2020-03-02,椅,3\n{header}\n2,2020-03-03,5,4\n")
    assert error(file) == f"{file}: row 3 is another header: {problem}"


def test_words_for_an_amount_are_no_header(log):
    found = read(log("编号,采购日期,品目,采购金额\n1,2020-03-02,椅,面议\n2,2020-03-02,椅,采购金额\n"))
    assert [r.minor for r in found.rows] == [None, None]


MONTH = ["采购日期", "采购内容", "采购金额", "采购方式"]


def sheets_read(found):
    return [source.sheet for source in found.sources]


def left(found):
    return [(each.origin.sheet, each.why.en) for each in found.skipped if each.origin.row is None]


def test_a_summary_beside_the_sheets_of_months(book):
    month = [MONTH, ["2020-03-02", "椅", 3, "自行采购"], ["2020-03-03", "桌", 4, "自行采购"]]
    summary = [["序号", "科室", "采购金额"], [1, "办公室", 7]]
    file = book({"3月": month, "情况": summary, "科室汇总": [["科室", "采购内容", "采购金额"], ["办公室", "各种", 7]]})
    found = read(file)
    assert sheets_read(found) == ["3月"]
    assert left(found) == [
        ("情况", "a summary of other sheets, not read (--sheet would)"),
        ("科室汇总", "a summary of other sheets, not read (--sheet would)"),
    ]
    assert sheets_read(read(file, sheet="情况")) == ["情况"]


def test_a_sheet_that_repeats_the_others(book):
    month = [MONTH, ["2020-03-02", "椅", 3, "自行采购"], ["2020-03-03", "桌", 4, "自行采购"]]
    again = [MONTH, ["2020-03-03", "桌", 4, "自行采购"], ["2020-03-02", "椅", 3, "自行采购"], ["合计", None, 7, None]]
    more = [*again, ["2020-03-09", "桌", 4, "自行采购"]]
    assert sheets_read(read(book({"3月": month, "全年汇总": again}))) == ["3月"]
    assert sheets_read(read(book({"3月": month, "全年汇总": more}))) == ["3月", "全年汇总"]
    assert sheets_read(read(book({"汇总": month}))) == ["汇总"]
    assert sheets_read(read(book({"3月": month, "4月": again}))) == ["3月", "4月"]


def test_sales_beside_purchases(book):
    month = [MONTH, ["2020-03-02", "椅", 3, "自行采购"]]
    sold = [["日期", "客户", "内容", "金额"], ["2020-03-02", "甲", "椅", 5]]
    found = read(book({"采购": month, "出货": sold}))
    assert (sheets_read(found), left(found)) == (
        ["采购"], [("出货", "a sheet of sales, not read (--sheet would)")]
    )  # fmt: skip
    assert sheets_read(read(book({"出货": sold}))) == ["出货"]
    assert sheets_read(read(book({"销售一": month, "销售二": month}))) == ["销售一", "销售二"]


def test_a_made_up_year_of_an_office_is_judged_with_no_option_but_the_limits(tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "2020.xlsx"
    head = ["序号", "采购日期", "科室", "品目", "采购类别", "采购内容", "采购金额", "采购方式", "报告同意日期", "备注"]
    with xlsxwriter.Workbook(path) as workbook:
        for month in range(1, 13):
            sheet = workbook.add_worksheet(f"{month}月")
            sheet.merge_range(0, 0, 0, 9, f"某局2020年{month}月采购台账")
            sheet.write_row(1, 0, ["填报单位：某局", *[None] * 7, "金额单位：元"])
            sheet.write_row(2, 0, head)
            for at, amount in enumerate(("￥3,200.00", "8.6万", "1200元", 450.5)):
                day, office = f"2020.{month}.{at + 5}", "办公室" if at == 0 else "同上"
                sheet.write_row(3 + at, 0, [at + 1, day, office, None, "货物", "转椅", amount, "零星采购", None, "/"])
            sheet.merge_range(3, 3, 6, 3, "办公椅")
            sheet.merge_range(3, 8, 6, 8, f"2020.{month}.2")
            sheet.write_row(7, 0, ["本月合计", *[None] * 5, 90850.5])
            sheet.write_row(8, 0, ["制表人：张三", None, None, "审核人：李四", None, None, "单位负责人（签字）："])
        summary = workbook.add_worksheet("汇总")
        for at in range(1, 13):
            summary.write_row(at, 0, [f"{at}月", "办公室", 90850.5])
        summary.write_row(0, 0, ["月份", "科室", "采购金额"])
    report = check(read(path).log, POLICY)
    assert len(report) == 48
    assert sum(row.minor for row in report.rows) == 12 * 9_085_050
    assert {(row.category, row.department, row.method, row.approved_on.day) for row in report.rows} == {
        ("办公椅", "办公室", "direct", 2)
    }
    assert not report.cell_faults


@pytest.mark.parametrize(
    "line",
    [
        "以上合计",
        "金额合计",
        "全局合计：",
        "经办人签字：",
        "分管领导签字",
        "主要领导意见：",
        "填报人：王五",
        "采购小组成员签字：",
    ],
)
def test_sums_and_signatures_by_other_names(log, line):
    cells = ["", "", "", "", "9" if "合计" in line else ""]
    found = read(log(f"编号,采购日期,采购单位,品目,采购金额\n1,2020-1-2,甲局,椅,5\n{line}{','.join(cells)}\n"))
    assert lines(found) == [(2, "1", "甲局", "椅", 500)]


def test_the_number_of_a_line_that_begins_anew_is_no_id(log):
    head, again = "序号,采购日期,采购单位,品目,采购金额\n", "1,2020-{0}-2,甲局,椅,5\n2,2020-{0}-3,甲局,桌,6\n"
    months = [log(head + again.format(month), f"{month}.csv") for month in (1, 2)]
    both = log(head + again.format(3) + again.format(4), "both.csv")
    kinds = {notice.kind for notice in check(read(*months, both).log, POLICY).notices}
    assert "duplicate-id" not in kinds
    # A list that was copied is one all the same.
    copied = check(read(months[0], log(head + again.format(1), "copy.csv")).log, POLICY).notices
    assert [len(each.origins) for each in copied if each.kind == "possible-duplicates"] == [4]
    # One that is an id is the same purchase wherever it stands.
    orders = [log((head + again.format(month)).replace("序号", "订单号"), f"o{month}.csv") for month in (1, 2)]
    (told,) = [each.message.zh for each in check(read(*orders).log, POLICY).notices if each.kind == "duplicate-id"]
    assert told == "同一单位同一年度内有 2 个编号重复（1 有 2 行、2 有 2 行），均已计入"


def test_heads_above_a_row_in_which_more_is_known(log):
    text = (
        "2020年采购台账,,,,,\n序号,采购项目,,采购情况,,审批日期\n,采购日期,采购单位,采购方式,金额（万元）,\n"
        "1,2020-03-02,工信局,询价,0.8,2020-03-01\n"
    )
    (only,) = read(log(text)).rows
    assert (only.id, str(only.date), only.unit, only.minor, str(only.approved_on)) == (
        "1", "2020-03-02", "工信局", 800_000, "2020-03-01"
    )  # fmt: skip


def test_a_title_above_is_no_head(log):
    found = read(log("采购台账,,,\n,采购日期,采购单位,金额\n甲,2020-03-02,工信局,8000\n"))
    assert found.sources[0].columns == {"date": "采购日期", "unit": "采购单位", "amount": "金额"}
