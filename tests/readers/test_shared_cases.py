"""Faulty logs from public bug reports of this trade, beside what their `expect.md` or README says is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import framing
import pytest
from building import furong

from procure import ProcureError, Report
from procure.api import check
from procure.log.readers import read

CHAIRS = "3000.00 4500.00 8500.00"
OPEN = "-"
COMMA = {"decimal_comma": True}
ISO = {"day_first": True}

#: By file: the options, and the running total of each row that is a purchase; "-" where it is not known.
TOTALS: list[tuple[str, dict[str, Any], str]] = [
    # "one purchase process of 50,000 in all"
    ("03-ocds-po-double/log.json", {}, "50000.00"),
    ("03-ocds-po-double/split.json", {}, "50000.00"),
    # "one purchase of 6,000 (last state), not 10,000"
    ("04-amended-twice/log.json", {}, "6000.00"),
    ("04-amended-twice/record.json", {}, "6000.00"),
    ("04-amended-twice/reversed.json", {}, "6000.00"),
    # "A2 and A3 (USD) must not be counted as 1,900 and 4,000 yuan"
    ("05-currency-column/log.csv", {}, "3000.00 - -"),
    ("05-currency-column/log.json", {}, "3000.00 -"),
    # "negative, or rejected with a reason that leaves totals open; never +2000/+500"
    ("07-parens-negative/log.csv", {}, "6000.00 4000.00 3500.00 3000.00 2500.00 -"),
    # "Without: 1.000 and 12.500 must not silently be 1.00 and 12.50"
    ("09-dot-thousands-exact/log.csv", {}, "- - - 7.50"),
    # "A2 accumulates 4,500 and A3 8,500; A4 and A5 are one group with each other"
    ("13-nbsp-groups/log.csv", {}, f"{CHAIRS} 8600.00 8700.00"),
    ("14-zero-width/cells.csv", {}, CHAIRS),
    ("14-zero-width/head.csv", {}, CHAIRS),
    ("14-zero-width/log.csv", {}, f"{CHAIRS} 8600.00 8700.00"),
    ("16-full-width/log.csv", {}, CHAIRS),
    # "No subtotal row is a purchase"
    ("20-subtotals/log.csv", {}, "3000.00 4500.00 2000.00"),
    ("20-subtotals/month.csv", {}, "3000.00 4500.00 4900.00"),
    ("20-subtotals/en.csv", {}, "3000.00 1500.00 3400.00"),
    ("20-subtotals/dated.csv", {}, "3000.00 4500.00"),
    # "A2 and A3 amount unknown; never 0, never dropped"
    ("21-uncached-formula/openpyxl.xlsx", {}, "3000.00 - -"),
    ("21-uncached-formula/other.xlsx", {}, "3000.00..7000.00 1500.00..8500.00 4000.00..8500.00"),
    ("23-hidden-rows/log.xlsx", {}, CHAIRS),
    ("24-hidden-sheet/hidden.xlsx", {}, CHAIRS),
    ("24-hidden-sheet/partial.xlsx", {}, CHAIRS),
    ("24-hidden-sheet/very.xlsx", {}, CHAIRS),
    ("26-date-1904/log.xlsx", {}, CHAIRS),
    ("26-date-1904/mac.xls", {}, CHAIRS),
    ("26-date-1904/win.xls", {}, CHAIRS),
    # "all three rows are 办公椅; one sum of 8,500, never three times 8,500"
    ("30-merged-vertical/cat.xlsx", {}, CHAIRS),
    ("30-merged-vertical/unit.xlsx", {}, CHAIRS),
    ("30-merged-vertical/method.xlsx", {}, CHAIRS),
    ("30-merged-vertical/amount.xlsx", {}, "8500.00"),
    # "category unknown, totals not claimed to be complete"
    ("31-fill-down/log.csv", {}, "3000.00 1500.00..4500.00 4000.00..8500.00"),
    # "never take the budget (9,000) as the amount silently"
    ("32-two-row-header/log.csv", {}, "3000.00 4500.00"),
    ("32-two-row-header/log.xlsx", {}, "3000.00 4500.00"),
    # "its amount is never 1. A1 and A3 stay"
    ("33-unquoted-comma/log.csv", {}, "- -"),
    ("33-unquoted-comma/text.csv", {}, "- -"),
    ("33-unquoted-comma/short.csv", {}, "3000.00 3000.00..4500.00 7000.00..8500.00"),
    # "'0502' stays, 502 is another code; A3 acc 7,000"
    ("38-leading-zeros/log.csv", {}, "3000.00 1500.00 7000.00"),
    ("38-leading-zeros/log.xlsx", {}, "3000.00 1500.00"),
    # "A1–A3 are one category"
    ("39-numeric-codes/log.xlsx", {}, "3000.00 4500.00 4900.00 50.00 50.00 50.00"),
    # "Each text is a category of its own"
    ("40-codes-with-E/log.csv", {}, " ".join(["900.00"] * 8)),
    ("40-codes-with-E/log.parquet", {}, "3000.00 4500.00 4000.00..8500.00"),
    ("40-codes-with-E/sum.parquet", {}, "3000.10 4500.30 5000.00"),
    # "×10,000, or refused/noticed; never 0.30 yuan silently"
    ("44-wan-yuan/head.csv", {}, "3000.00 15000.00 5000.00"),
    ("44-wan-yuan/foot.csv", {}, "3000.00 15000.00"),
    ("44-wan-yuan/qian.csv", {}, "300.00 1500.00"),
    ("44-wan-yuan/right.xlsx", {}, "3000.00 15000.00"),
    ("44-wan-yuan/title.csv", {}, "3000.00 15000.00 5000.00"),
    ("44-wan-yuan/title2.csv", {}, "3000.00 15000.00 5000.00"),
    ("44-wan-yuan/title3.csv", {}, "3000.00 15000.00"),
    ("44-wan-yuan/unitcol.csv", {}, "3000.00 15000.00"),
    # "0.30 for 0.1+0.2; 4999.996: round to fen, or reject, or notice"
    ("46-displayed-decimals/log.xlsx", {}, "5000.00 4999.99 0.30"),
    ("48-pinyin-rich/phonetic.xlsx", {}, CHAIRS),
    ("48-pinyin-rich/rich.xlsx", {}, CHAIRS),
    ("50-encodings/gb.csv", {}, CHAIRS),
    ("50-encodings/u16.csv", {}, CHAIRS),
    ("50-encodings/u16be.csv", {}, CHAIRS),
    ("log-01-merged-cells/approval_merged.xlsx", {}, "3000.00 3900.00 800.00"),
    ("log-01-merged-cells/same_unmerged.xlsx", {}, "3000.00 3900.00 800.00"),
    # "Expected '4000.00..8000.00' and unknown"
    ("log-02-blank-category-settled/complete.csv", {}, "2000.00 4000.00 6000.00 8000.00"),
    ("log-02-blank-category-settled/miss_category.csv", {},
     "2000.00 2000.00..4000.00 2000.00..6000.00 4000.00..8000.00"),
    ("log-02-blank-category-settled/miss_unit.csv", {}, "2000.00 2000.00..4000.00 2000.00..6000.00 4000.00..8000.00"),
    ("log-02-blank-category-settled/miss_date.csv", {},
     "2000.00..6000.00 2000.00..8000.00 2000.00..8000.00 4000.00..8000.00"),
    ("log-04-mixed-currency/cur.csv", {}, "- -"),
    ("log-05-two-row-header/budget_and_price.xlsx", {}, "4900.00 800.00"),
    ("log-07-xls-jxl-codepage/codepage1200.xls", {}, "2340.00 3160.00 1480.00 960.00 1200.00"),
]  # fmt: skip

#: What is refused, and how it is told.
REFUSED = [
    ("05-currency-column/usd-header.csv", "are not read, each is in USD, and the policy counts in CNY"),
    ("18-duplicate-header/log.csv", "amount could be any of '@F', '@G'; say which: --column amount=@F or "),
    ("18-duplicate-header/empty.csv", "amount could be any of '@F', '@G'; say which: --column amount=@F or "),
    ("32-two-row-header/titled.xlsx", "amount could be any of '金额/合同金额', '金额/支付金额'; say which: "),
    ("35-nul-bytes/cat.csv", "has NUL bytes"),
    ("35-nul-bytes/mid.csv", "has NUL bytes"),
    ("35-nul-bytes/tail.csv", "has NUL bytes"),
    ("47-month-columns/log.csv", "no amount column; the headers are: 品目, 是否目录内, 采购方式, 1月, "),
    ("50-encodings/broken.csv", "is not text in "),
    ("50-encodings/mixed.csv", "is not text in "),
    ("50-encodings/mixed2.csv", "is not text in "),
]


@pytest.fixture(scope="module")
def cases() -> Path:
    path = Path(__file__).resolve().parents[2].parent / "shared" / "cases"
    if not path.is_dir():
        pytest.skip("the shared cases are not beside this repository")
    return path


def judged(file: Path, **options: Any) -> Report:
    if file.suffix in (".xlsx", ".xls"):
        pytest.importorskip("python_calamine")
    if file.suffix == ".parquet":
        pytest.importorskip("pyarrow")
    return check(read(file, **options), furong(), any_year=True)


@pytest.mark.parametrize(("file", "options", "totals"), TOTALS, ids=[each[0] for each in TOTALS])
def test_running_totals(cases: Path, file: str, options: dict[str, Any], totals: str) -> None:
    report = judged(cases / file, **options)
    assert " ".join(framing.of_finding(finding)[6] or OPEN for finding in report) == totals


@pytest.mark.parametrize(("file", "why"), REFUSED, ids=[each[0] for each in REFUSED])
def test_refused(cases: Path, file: str, why: str) -> None:
    with pytest.raises(ProcureError) as caught:
        judged(cases / file)
    assert why in str(caught.value)


def test_09_with_a_decimal_comma(cases: Path) -> None:
    """With --decimal-comma: 1,000.00, 1,111.11, 12,500.00; 7.5 rejected or 7.5 (not 75)."""
    report = judged(cases / "09-dot-thousands-exact/log.csv", decimal_comma=True)
    assert [finding.purchase.minor for finding in report] == [100_000, 111_111, 1_250_000, None]


def test_29_partial_dates(cases: Path) -> None:
    """Whole dates are read, others rejected with the reason; ranges go by their first day."""
    report = judged(cases / "29-partial-dates/log.csv")
    read_ = {finding.purchase.id: str(finding.purchase.date) for finding in report if finding.purchase.date}
    march = "2020-03-02"
    assert read_ == {
        "A6": march, "A7": march, "A8": march, "A9": march, "A10": march, "A12": "2020-04-13", "A15": march,
        "A17": march, "A18": march, "A19": march, "A23": "1899-12-30",
    }  # fmt: skip
    (two,) = (fault for fault in report.cell_faults if fault.value == "03/04/2020")
    assert two.why.en.endswith("or give --dayfirst or --monthfirst")


def test_log_22_dates(cases: Path) -> None:
    days = {
        options: [str(finding.purchase.date) for finding in judged(cases / "log-22-dates/dates.csv", **dict(options))]
        for options in ((), (("day_first", True),))
    }
    read_ = ["2014-03-26", "None", "2013-01-21", "2015-06-16", "2020-03-05", "2020-03-05"]
    rest = ["2020-01-01", "2011-05-26"]
    assert days[()] == [*read_, "None", "None", *rest]
    assert days[("day_first", True),] == [*read_, "2020-05-03", "2011-03-10", *rest]


@pytest.mark.parametrize("file", ["log.csv", "text.csv"])
def test_33_the_row_is_told_of(cases: Path, file: str) -> None:
    (rejected,) = judged(cases / "33-unquoted-comma" / file).rejected
    assert (rejected.origin.row, rejected.column) == (3, "row")


@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        ("04-amended-twice/same-id.csv", {"duplicate-id"}),
        # The reference numbers differ; numbers begin anew by unit and year.
        ("log-14-false-duplicates/refs_differ.csv", set()),
        ("log-15-duplicate-ids-across-units/log.csv", set()),
    ],
)
def test_duplicates(cases: Path, file: str, kinds: set[str]) -> None:
    found = {notice.kind for notice in judged(cases / file).notices}
    assert found & {"duplicate-id", "possible-duplicates"} == kinds
