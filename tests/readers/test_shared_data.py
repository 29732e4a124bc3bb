"""Real files: what each reads as, with the columns it needs, beside what its SOURCE.txt says of it."""

import csv
import json
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import attrs
import pytest
from reading import read

import procure
from procure import policies
from procure.api import check
from procure.policy.declarations import InForce
from procure.values.money import CNY, Currency

JIXI = {"date": "time", "unit": "buyer", "amount": "budget"}
PHILGEPS = {"amount": "abc_php", "date": "date_published"}
ORDERS = {"date": "Approved Date"}
INTENT = {"unit": "客户名称"}
TONGCHUAN = "no amount column; the headers are: "

CARDS = "date department category amount supplier"
OCDS = "id date unit category kind description amount currency method supplier status quotes ground"
JIXI_COLUMNS = "date unit category description amount"
NOT_AN_AMOUNT = "amount: is not an amount"
IN_DOLLARS, IN_PESOS, IN_GUARANI = (
    f"amount: is in {code}, and the policy counts in CNY" for code in ("USD", "PHP", "PYG")
)

#: file, columns named, purchases, rejected, cells not understood, columns recognised
FILES = [
    # "Column drift between months is original": see also the test of the five months together.
    ("birmingham_pcard/publishspendpurchasecardsfebruary.xls", {}, 3959, 0, {}, "date category amount supplier"),
    ("birmingham_pcard/purchase-card-transactions-august-2018.xls", {}, 1405, 0, {}, CARDS),
    ("birmingham_pcard/purchase-card-transactions-august-2020.xls", {}, 1990, 0, {}, CARDS),
    ("birmingham_pcard/purchase-card-transactions-august-2021.xls", {}, 2067, 0, {}, CARDS),
    ("birmingham_pcard/purchase-card-transactions-august-2022.xls", {}, 2311, 0, {}, CARDS),
    # "6,112 records"; "only records whose source is not hljcg (1,648)"; "budget is the 预算金额 in 万元 as text"
    ("jixi_notices/hljcg_notices_2021_2026.csv", JIXI, 6112, 0, {}, f"id {JIXI_COLUMNS}"),
    ("jixi_notices/ccgp_notices_2026.csv", JIXI, 1648, 0, {}, JIXI_COLUMNS),
    ("jixi_notices/ccgp_notices_2026.json", JIXI, 1648, 0, {}, JIXI_COLUMNS),
    ("wvu_orders/wvu_orders_2017_2021.csv", ORDERS, 8625, 0, {IN_DOLLARS: 8625},
     "date unit category description amount currency supplier status voided"),
    ("leeds_raw/2012-11.csv", {}, 10050, 0, {}, "id date unit department category amount supplier"),
    # The collector of these put some rows one column off, and now and then a second header among them.
    ("shandong_intent/shandong_intention_data.xlsx", INTENT, 79, 0, {NOT_AN_AMOUNT: 34},
     "id unit description amount"),
    ("shandong_intent/output_0d25576b-be0c-4dea-8c7f-f43c36981c8b.xlsx", {}, 63, 0, {NOT_AN_AMOUNT: 27},
     "id description amount"),
    ("shandong_intent/output_4ef25c0a-7b4a-44fd-ad4c-71cb237ac07d.xlsx", {}, 44, 0, {NOT_AN_AMOUNT: 22},
     "id kind description amount method note"),
    ("shandong_intent/output_64fb32ff-2923-4ca1-bd54-7380223f9efd.xlsx", {}, 67, 0, {NOT_AN_AMOUNT: 35},
     "id description amount"),
    ("shandong_intent/output_8214d9f9-a3f4-4ad5-a3a3-196fe8cd2e66.xlsx", {}, 21, 0, {},
     "id kind description amount method note"),
    ("shandong_intent/output_c2b32c35-8fb6-45c5-9529-5085a95634fa.xlsx", {}, 42, 0, {NOT_AN_AMOUNT: 21},
     "id kind description amount method note"),
    ("shandong_intent/output_e8487cc6-3f10-411c-a7c8-4589740eb588.xlsx", {}, 40, 0, {NOT_AN_AMOUNT: 25},
     "id description amount"),
    ("shandong_intent/output_f738257c-f2fc-47e5-9a75-e2917a7197dc.xlsx", {}, 40, 0, {NOT_AN_AMOUNT: 25},
     "id kind description amount method note"),
    # "六安: 500 rows"; "杭州 workbook: used range A1:XFC742"; "No buyer column"
    ("xlsx_wide/六安市中标公告信息2023-10-09.xlsx", {}, 500, 0, {}, "id description amount status"),
    ("xlsx_wide/杭州市中标项目信息2023-10-30.xlsx", {"amount": "中标金额"}, 741, 0, {},
     "id kind description amount note"),
    ("cn_telco_notices/telco_notices_with_budget.csv", {}, 1258, 0, {NOT_AN_AMOUNT: 1},
     "id date category description amount"),
    # "header '  abc_php  ' with blanks, amounts ' 5,000,000.00 ', dates 10/16/25"
    ("philgeps_notices/philgeps_notices_2025.csv", PHILGEPS, 207, 0, {},
     "id date unit category description amount status"),
    ("ocds_real/release_package.json", {}, 7, 0, {IN_PESOS: 7}, OCDS),
    ("ocds_real/paraguay_155220_record.json", {}, 1, 0, {IN_GUARANI: 1}, OCDS),
]  # fmt: skip

#: file, and why it is no log
REFUSED = [
    # "no header: id, ?, product name, price … not purchases"
    ("gbk_catalog/categorylist_gbk.csv", "no header row found; row 1 is: A 平板式微型计算机, B 7"),
    ("gbk_catalog/商品信息_gbk.csv", "no header row found; row 1 is: A 155046, B 1, C "),
    # "No amounts: parser fixture only"
    ("tongchuan_ragged/采购公告.csv", f"{TONGCHUAN}标题, 采购级别, 采购品类, 发布时间, "),
    ("tongchuan_ragged/采购意向公告.csv", f"{TONGCHUAN}意向标题, 级别, 采购单位, "),
    # An author's teaching files around an OCDS mapping, and rows kept by name: no packages themselves.
    ("ocds_real/chr-office-tables-2002.json", "is neither an OCDS package nor a list of records"),
    ("ocds_real/denr-r7-laptops-2024.json", "is neither an OCDS package nor a list of records"),
    ("ocds_real/dole-computer-upgrades-2002.json", "is neither an OCDS package nor a list of records"),
    ("ocds_real/source_rows.json", "is neither an OCDS package nor a list of records"),
    # The catalogue of categories
    ("pinmu_2022/pinmu_2022.csv", "no header row found; row 1 is: A catalog_code, B "),
]


def test_no_file_is_left_out(shared):
    there = {str(path.relative_to(shared)) for path in shared.rglob("*") if path.is_file()}
    assert there - {*(row[0] for row in FILES), *(row[0] for row in REFUSED)} == {
        name for name in there if name.endswith("SOURCE.txt")
    }


@pytest.mark.parametrize(("name", "columns", "purchases", "rejected", "cells", "recognised"), FILES)
def test_a_real_file_reads(shared, name, columns, purchases, rejected, cells, recognised):
    if name.endswith((".xls", ".xlsx")):
        pytest.importorskip("python_calamine")
    log = read(shared / name, columns=columns, day_first=False if columns is PHILGEPS else None, century=2000)
    assert (len(log.purchases), len(log.rejected)) == (purchases, rejected)
    assert Counter(f"{fault.column}: {fault.reason.en}" for fault in log.faults) == cells
    (source,) = log.sources
    assert source.rows == purchases + rejected
    assert " ".join(source.columns) == recognised
    # Every row of the file was read or left out with the reason, and every row read is judged or rejected.
    # Of a release it is also told where award and contracts differ: no row is left out there.
    left_out = [skip for skip in log.skipped if "its contracts come to" not in skip.why.en]
    assert source.rows + len(left_out) == _rows(shared / name)
    report = check(log.log, policies.furong_2020(limits=300_000), any_year=True)
    assert len(report.purchases) + len(report.void) == purchases
    verdicts = Counter(finding.verdict.value for finding in report.purchases)
    assert sum(verdicts.values()) + len(report.void) + len(log.rejected) == source.rows


def _rows(path):
    """The data rows of a file that are not blank, counted without `procure`."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return sum(any(map(str.strip, cells)) for cells in csv.reader(stream)) - 1
    if path.suffix == ".json":
        data = json.loads(path.read_bytes())
        if isinstance(data, list):
            return len(data)
        releases = data.get("releases") or [record["compiledRelease"] for record in data["records"]]
        return sum(max(1, len(release.get("awards", []))) for release in releases)
    import python_calamine

    first = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return sum(any(str(cell).strip() for cell in cells) for cells in first.iter_rows()) - 1


def test_birmingham_needs_no_column_that_differs_by_month(shared):
    pytest.importorskip("python_calamine")
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


def test_telco_tells_why_a_cell_was_not_read_and_one_was_rounded(shared):
    log = read(shared / "cn_telco_notices/telco_notices_with_budget.csv")
    assert [(name, list(written.values())) for (name, _), written in log.read.assumed.items()] == [
        ("amount", ["1940778.7610元"])
    ]
    assert [(fault.origin.row, fault.column, fault.why.en) for fault in log.faults] == [
        (181, "amount", "'149267.89407499.83元' is not an amount"),
    ]


@pytest.mark.parametrize(("name", "why"), REFUSED)
def test_a_real_file_that_is_no_log_says_why(shared, error, name, why):
    assert error(shared / name).startswith(f"{shared / name}: {why}")


def test_two_amounts_are_asked_about(shared, error):
    file = shared / "xlsx_wide/杭州市中标项目信息2023-10-30.xlsx"
    assert error(file) == (
        f"{file}[Sheet1]: amount could be any of '预算', '中标金额'; say which: "
        "--column amount=预算 or --column amount=中标金额"
    )


#: What one of a column counts, where its header or the sheet says so: see the SOURCE.txt of each.
IN_TENS_OF_THOUSANDS = ("万元", "(万")
A_NUMBER = re.compile(r"[¥￥£$]?\s*\(?-?\d[\d,]*(?:\.\d+)?\)?(?:\s*(?:元|万元|万))?")


@pytest.mark.parametrize(("name", "columns"), [(row[0], row[1]) for row in FILES if not row[0].endswith(".json")])
def test_no_sum_differs_from_an_independent_parse(shared, name, columns):
    """The amounts of a file, read by the plainest means: no part of `procure` but the header that it chose."""
    if name.endswith((".xls", ".xlsx")):
        pytest.importorskip("python_calamine")
    # Its currency column says what the policy would have to count in.
    currency = Currency.of("USD") if columns is ORDERS else CNY
    found = read(shared / name, columns=columns, currency=currency)
    header = found.sources[0].columns["amount"]
    names, *rows = _cells(shared / name, header)
    at = names.index(header)
    factor = 10_000 if any(mark in header.replace("（", "(") for mark in IN_TENS_OF_THOUSANDS) else 1
    left_out = {skipped.origin.row for skipped in found.skipped}
    amounts = [_amount(cells[at], factor) for number, cells in rows if number not in left_out and at < len(cells)]
    known = [amount for amount in amounts if amount is not None]
    assert sum(row.minor for row in found.purchases if row.minor is not None) == sum(known)
    assert sum(row.minor is not None for row in found.purchases) == len(known) > 0


def _in_json(path):
    """What the amounts of a file in JSON come to in its own currency: of an award, what its contracts do."""
    data = json.loads(path.read_bytes(), parse_float=Decimal)
    if isinstance(data, list):
        return "CNY", sum(_amount(each["budget"], 10_000) for each in data if each.get("budget"))
    total, currencies = Decimal(0), set()
    for release in data.get("releases") or [record["compiledRelease"] for record in data["records"]]:
        for award in release.get("awards", []):
            contracts = [each for each in release.get("contracts", []) if each["awardID"] == award["id"]]
            values = [each["value"] for each in contracts if "value" in each] or [award["value"]]
            total += sum(Decimal(value["amount"]) for value in values)
            currencies |= {value["currency"] for value in values}
    (code,) = currencies
    return code, int(total) if code == "PYG" else int(total * 100)


@pytest.mark.parametrize(("name", "columns"), [(row[0], row[1]) for row in FILES if row[0].endswith(".json")])
def test_no_sum_of_json_differs_from_an_independent_parse(shared, name, columns):
    code, total = _in_json(shared / name)
    found = read(shared / name, columns=columns, currency=Currency.of(code))
    assert sum(row.minor for row in found.purchases if row.minor is not None) == total > 0


@pytest.mark.parametrize("basis", ["unstated", "gross", "net"])
@pytest.mark.parametrize(("name", "columns"), [(row[0], row[1]) for row in FILES])
def test_every_log_is_reconciled_to_the_cent_with_an_independent_sum(shared, name, columns, basis):
    """Whatever became of its rows, and whichever of its amounts count: rows, money and amounts that cannot be read are
    those of the file."""
    if name.endswith((".xls", ".xlsx")):
        pytest.importorskip("python_calamine")
    code = {"wvu_orders": "USD", "ocds_real": "PHP"}.get(name.partition("/")[0], "CNY")
    code = "PYG" if "paraguay" in name else code
    policy = attrs.evolve(policies.furong_2020(), currency=code, limits={}, built=None, basis=basis, **BARE)
    named = {field: columns[field] for field in ("amount", "date") if field in columns}
    log = procure.read(str(shared / name), columns=named, century=2000)
    report = check(log, policy)
    (source,) = report.whole.sources
    every = dict(_rows_of(shared / name, source, report.whole.skipped))
    amounts = [_on_basis(basis, every.get(origin.row, {})) for origin in report.whole.origins]
    known = [amount for amount in amounts if amount is not None]
    own = report.reconciliation[0]
    assert (own.log.rows, own.log.minor, own.log.unread) == (len(amounts), sum(known), len(amounts) - len(known))
    parts = own.parts.values()
    assert sum(part.rows for part in parts) == len(amounts)
    assert sum(part.minor for part in parts) == sum(known)
    assert sum(part.unread for part in parts) == own.log.unread
    # Of some files the amounts with tax, or those without, cannot be known.
    assert known or basis != "unstated"


#: A policy of amounts and days alone, so that it may count in any currency.
BARE = {
    "columns": {}, "lists": {}, "questions": (), "totals": {}, "ladders": {}, "duties": {}, "examples": (),
    "in_force": InForce(), "not_checked": (),
}  # fmt: skip


def _on_basis(basis, amounts):
    """The amount of a row, by what it has in each column: as it stands in its own, or with tax or without."""
    if basis == "unstated" or not {"net", "gross"} & amounts.keys():
        return amounts.get("amount")
    wanted, other, sign = ("gross", "net", 1) if basis == "gross" else ("net", "gross", -1)
    if amounts.get(wanted) is not None:
        return amounts[wanted]
    if amounts.get(other) is not None and amounts.get("tax") is not None:
        return amounts[other] + sign * amounts["tax"]
    return amounts.get("amount") if wanted not in amounts else None


def _rows_of(path, source, skipped):
    """What each row has in the columns of amounts, by its number."""
    places = {name: source.places[name] for name in ("amount", "net", "tax", "gross") if name in source.places}
    if places.get("amount") in (places.get("net"), places.get("gross")):
        del places["amount"]
    if path.suffix == ".json":
        yield from _of_json(path)
        return
    names, *rows = _cells(path, source.columns[next(iter(places))])
    left_out = {each.origin.row for each in skipped}
    for number, cells in rows:
        if number not in left_out:
            yield (
                number,
                {
                    name: _amount(cells[at], 10_000 if "万" in str(names[at]) else 1) if at < len(cells) else None
                    for name, at in places.items()
                },
            )


def _of_json(path):
    data = json.loads(path.read_bytes())
    if isinstance(data, list):
        for number, record in enumerate(data, 1):
            yield number, {"amount": _amount(record.get("budget"), 10_000)}
        return
    releases = data.get("releases") or [record["compiledRelease"] for record in data["records"]]
    scale = 1 if "paraguay" in path.name else 100
    values = []
    for release in releases:
        for award in release.get("awards", []):
            contracts = [each for each in release.get("contracts", []) if each["awardID"] == award["id"]]
            # What the contracts come to is what was bought, and the award's value where there are none.
            values.append([each["value"]["amount"] for each in contracts or [award]])
        if "awards" not in release:
            values.append([release["tender"]["value"]["amount"]])
    for number, amounts in enumerate(values, 1):
        yield number, {"amount": sum(int(Decimal(str(amount)) * scale) for amount in amounts)}


def _cells(path, header):
    """The header row, and the rows below it with their numbers."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            table = [(reader.line_num, cells) for cells in reader]
            # The number of a row is that of its first line.
            table = [(table[n - 1][0] + 1 if n else 1, cells) for n, (_, cells) in enumerate(table)]
    else:
        import python_calamine

        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        table = list(enumerate(sheet.to_python(skip_empty_area=False), 1))
    texts = [(number, [cell.strip() if isinstance(cell, str) else cell for cell in cells]) for number, cells in table]
    start = next(n for n, (_, cells) in enumerate(texts) if header in cells)
    return [texts[start][1], *texts[start + 1 :]]


def _amount(cell, factor):
    """An amount in fen or pence, None where there is none."""
    if isinstance(cell, float | int):
        exact = Decimal(repr(cell)) * factor * 100
    elif isinstance(cell, str) and A_NUMBER.fullmatch(cell):
        scale = 10_000 if "万" in cell else 1 if "元" in cell else factor
        exact = Decimal(re.sub(r"[^\d.]", "", cell)) * scale * 100 * (-1 if "-" in cell or "(" in cell else 1)
    else:
        return None
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
