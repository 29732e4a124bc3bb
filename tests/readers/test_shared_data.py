"""Real files: what each reads as, with the columns it needs."""

import pytest

from procure.readers import read

JIXI = {"date": "time", "unit": "buyer", "amount": "budget"}
PHILGEPS = {"amount": "abc_php", "date": "date_published"}
HANGZHOU = "xlsx_wide/杭州市中标项目信息2023-10-30.xlsx"

ORDERS = "wvu_orders/wvu_orders_2017_2021.csv"
OCDS = "id date unit category kind item amount method supplier quotes ground note"

#: file, columns, purchases, rejected, the columns recognised
FILES = [
    ("jixi_notices/hljcg_notices_2021_2026.csv", JIXI, 6112, 0, "id date unit category item amount"),
    ("jixi_notices/ccgp_notices_2026.csv", JIXI, 1648, 0, "date unit category item amount"),
    ("jixi_notices/ccgp_notices_2026.json", JIXI, 1648, 0, "date unit category item amount"),
    (ORDERS, {"date": "Approved Date"}, 8625, 0, "date unit category item amount supplier"),
    ("leeds_raw/2012-11.csv", {}, 10050, 0, "id date unit department category amount supplier"),
    ("shandong_intent/shandong_intention_data.xlsx", {"unit": "客户名称"}, 44, 35, "id unit item amount"),
    ("shandong_intent/output_8214d9f9-a3f4-4ad5-a3a3-196fe8cd2e66.xlsx", {}, 21, 0, "id kind item amount method note"),
    ("xlsx_wide/六安市中标公告信息2023-10-09.xlsx", {}, 500, 0, "id item amount"),
    (HANGZHOU, {"amount": "中标金额"}, 741, 0, "id kind item amount note"),
    ("cn_telco_notices/telco_notices_with_budget.csv", {}, 1256, 2, "id date category item amount"),
    ("philgeps_notices/philgeps_notices_2025.csv", PHILGEPS, 207, 0, "id date unit category item amount"),
    ("ocds_real/release_package.json", {}, 7, 0, OCDS),
    ("ocds_real/paraguay_155220_record.json", {}, 1, 0, OCDS),
]  # fmt: skip


@pytest.mark.parametrize(("name", "columns", "purchases", "rejected", "recognised"), FILES, ids=lambda x: str(x)[:40])
def test_a_real_file_reads(shared, name, columns, purchases, rejected, recognised):
    log = read(shared / name, columns=columns, day_first=False if columns is PHILGEPS else None)
    assert (len(log.purchases), len(log.rejected)) == (purchases, rejected)
    (source,) = log.sources
    assert source.rows == purchases + rejected
    assert " ".join(source.columns) == recognised


def test_birmingham_needs_no_column_that_differs_by_month(shared):
    log = read(*sorted((shared / "birmingham_pcard").glob("*.xls")))
    assert [source.rows for source in log.sources] == [3959, 1405, 1990, 2067, 2311]
    assert len(log.rejected) == 0
    assert {tuple(source.columns.items())[-2:] for source in log.sources} == {
        (("amount", "ORIGINAL GROSS AMT"), ("supplier", "MERCHANT NAME"))
    }
    assert [source.columns.get("department") for source in log.sources] == [
        None,
        "Direcorate",
        "Directorate",
        "Directorate",
        "Directorates",
    ]
    assert [source.columns["category"] for source in log.sources] == ["TRANS CAC DESC 1"] * 4 + ["TRANS CAC CODE 1"]


def test_telco_tells_why_two_rows_were_not_read(shared):
    log = read(shared / "cn_telco_notices/telco_notices_with_budget.csv")
    assert [(r.origin.row, r.column, r.why.en) for r in log.rejected] == [
        (181, "amount", "'149267.89407499.83元' is not an amount"),
        (566, "amount", "'1940778.7610元' is not exact to the fen"),
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("gbk_catalog/categorylist_gbk.csv", "no header row found; the first row is: 平板式微型计算机 | 7"),
        ("gbk_catalog/商品信息_gbk.csv", "no header row found; the first row is: 155046 | 1 | "),
        ("tongchuan_ragged/采购公告.csv", "no amount column; the headers are: 标题, 采购级别, 采购品类, 发布时间, "),
        ("tongchuan_ragged/采购意向公告.csv", "no amount column; the headers are: 意向标题, 级别, 采购单位, "),
        ("philgeps_notices/philgeps_notices_2025.csv", "no amount column; the headers are: refID, "),
        ("ocds_real/denr-r7-laptops-2024.json", "is neither an OCDS package nor a list of records"),
        ("pinmu_2022/pinmu_2022.csv", "no header row found; the first row is: catalog_code | "),
    ],
)
def test_a_real_file_that_is_no_log_says_why(shared, error, name, why):
    assert error(shared / name).startswith(f"{shared / name}: {why}")


def test_two_amounts_are_asked_about(shared, error):
    assert error(shared / HANGZHOU) == (
        f"{shared / HANGZHOU}[Sheet1]: amount could be any of '预算', '中标金额'; say which: "
        "--column amount=预算 or --column amount=中标金额"
    )
