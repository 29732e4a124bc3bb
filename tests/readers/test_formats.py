"""Numbers as a workbook shows them: a currency, 万元, fewer decimals than are stored."""

import re
import zipfile

import pytest
from reading import read

from procure import policies
from procure.api import check
from procure.log.formats import Formatted, format_of, formatted
from procure.values.money import CNY, Currency
from procure.values.words import ProcureError

POLICY = policies.furong_2020(limits=300_000)


@pytest.mark.parametrize(
    ("code", "words", "decimals", "scale"),
    [
        ("0", "", 0, 1),
        ("#,##0", "", 0, 1),
        ("#,##0.00", "", 2, 1),
        ('0.0"万元"', "万元", 1, 1),
        ('0!.0,"万元"', "万元", 1, 10_000),
        ('0"."0,"万"', "万", 1, 10_000),
        ("#,##0,", "", 0, 1000),
        ('0.00,,"百万元"', "百万元", 2, 10**6),
        ("$#,##0.00", "$", 2, 1),
        ("[$$-409]#,##0.00", "$", 2, 1),
        ("[$€-2] #,##0", "€", 0, 1),
        ("[$USD] #,##0.00;[Red]-[$USD] #,##0.00", "USD", 2, 1),
        ('_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ', "¥", 2, 1),
        ("#,##0.00 [$-804]", "", 2, 1),
        ("0元", "元", 0, 1),
    ],
)
def test_what_a_format_says(code, words, decimals, scale):
    found = format_of(code)
    assert (found.words, found.decimals, found.scale, found.percent) == (words, decimals, scale, False)


@pytest.mark.parametrize("code", ["General", "@", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "0.00E+00", "h:mm", ""])
def test_a_format_that_says_nothing_of_a_number(code):
    assert not format_of(code).telling(2)


@pytest.mark.parametrize(
    ("value", "code", "unit", "minor", "kind"),
    [
        (4999.6, "0", "", 499_960, "Unlike"),
        (5000.0, "0", "", 500_000, "Minor"),
        (16859.5123966942, "0.00", "", 1_685_951, "Rounded"),
        (0.85, '0.0"万元"', "", 850_000, "Unlike"),
        (0.8, '0.0"万元"', "元", 800_000, "Minor"),
        (12345.0, '0!.0,"万元"', "", 1_234_500, "Unlike"),
        (12000.0, '0!.0,"万元"', "万元", 1_200_000, "Minor"),
        (5000.0, "#,##0,", "千元", 500_000, "Minor"),
        (5000.0, "#,##0,", "", 500_000, "Unlike"),
        (3.0, '0"家"', "", 300, "Minor"),
        (-4999.6, "#,##0", "", -499_960, "Unlike"),
        (3.0, '0.00"元"', "万元", 300, "Minor"),
    ],
)
def test_what_is_stored_counts(value, code, unit, minor, kind):
    found = formatted(Formatted(value, format_of(code)), CNY, unit, exact=False)
    assert (found, type(found).__name__) == (minor, kind)


@pytest.mark.parametrize(
    ("code", "unit", "why"),
    [
        ("$#,##0.00", "", "'4,000.00$' is in a currency written $, and the policy counts in CNY"),
        ("0%", "", "'400000%' is a percentage and no amount"),
        ("#,##0,", "万元", "'4' is shown in units of 1,000, and another unit is stated"),
        ('#,##0"美元"', "", "'4,000美元' is in USD, and the policy counts in CNY"),
    ],
)
def test_what_is_no_amount_in_the_policy_s_currency(code, unit, why):
    with pytest.raises(ProcureError) as caught:
        formatted(Formatted(4000.0, format_of(code)), CNY, unit, exact=False)
    assert caught.value.words.en.replace("400,000%", "400000%") == why


def test_a_dollar_format_under_a_policy_in_dollars():
    cell = Formatted(4000.0, format_of("$#,##0.00"))
    assert formatted(cell, Currency.of("USD"), "", exact=False) == 400_000


def test_exact_refuses_what_would_be_rounded():
    with pytest.raises(ProcureError, match="not exact to the fen"):
        formatted(Formatted(0.125, format_of("0")), CNY, "", exact=True)


def test_a_number_without_bounds_is_out_of_range():
    cell = Formatted(1e300, format_of("0"))
    with pytest.raises(ProcureError, match="out of range"):
        formatted(cell, CNY, "", exact=False)
    assert cell.shown.startswith("1,000,000")


@pytest.fixture
def styled(tmp_path):
    """A workbook of amounts, each with a number format."""
    xlsxwriter = pytest.importorskip("xlsxwriter")

    def write(*cells, header="采购金额"):
        path = tmp_path / "styled.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet("台账")
            sheet.write_row(0, 0, ["编号", "报价数", header])
            for at, (value, code) in enumerate(cells, 1):
                format = workbook.add_format({"num_format": code})
                sheet.write(at, 0, at, workbook.add_format({"num_format": "0"}))
                sheet.write(at, 1, 3, workbook.add_format({"num_format": '0"家"'}))
                sheet.write(at, 2, value, format)
        return str(path)

    return write


def test_a_workbook_is_read_with_its_formats(styled):
    file = styled(
        (4999.6, "#,##0"), (0.5, '0.0"万元"'), (4000, "$#,##0.00"), (4000, "¥#,##0.00"), ("面议", "0"), (12.5, "0.00"),
        (7, "General"),
    )  # fmt: skip
    found = read(file)
    assert [r.minor for r in found.rows] == [499_960, 500_000, None, 400_000, None, 1250, 700]
    assert (found.rows[0].id, found.rows[0].quotes) == ("1", 3)
    assert [f.why.en for f in found.faults] == [
        "'4,000.00$' is in a currency written $, and the policy counts in CNY",
        "'面议' is not an amount",
    ]
    report = check(found.log, POLICY)
    assert [n.message.zh for n in report.notices if n.kind == "assumed"] == [
        "采购金额：1 格，显示的与所存的不同，按所存的计（4999.6 (5,000)）"
    ]


SHEET = "xl/worksheets/sheet1.xml"


def rewritten(file, change):
    """The same workbook, written in another way: `change` makes of each part, its name and text, what it is to be."""
    with zipfile.ZipFile(file) as package:
        parts = [change(part, package.read(part)) for part in package.namelist()]
    with zipfile.ZipFile(file, "w") as package:
        for part, text in parts:
            package.writestr(part, text)
    return read(file)


@pytest.mark.parametrize(
    "change",
    [
        lambda part, text: (part, re.sub(rb'<c r="\w+"', b"<c", text)),
        lambda part, text: (part, re.sub(rb'<(c|row) r="\w+"', rb"<\1", text)),
        lambda part, text: (part, re.sub(rb' (r|s)="(\w+)"', rb" \1 = '\2'", text)),
        lambda part, text: (part, re.sub(rb'<c r="\w+"', lambda found: found[0].lower(), text)),
        lambda part, text: (part.replace("xl/styles", "xl/Styles").replace("xl/_rels/work", "xl/_rels/Work"), text),
        lambda part, text: (part.replace("/", "\\"), text),
    ],
    ids=["cells do not say where", "nor do rows", "other quotes", "lower case", "parts in other case", "backslashes"],
)
def test_formats_are_found_in_whatever_way_a_workbook_is_written(styled, change):
    file = styled((4000, "0"), (4000, "$#,##0.00"), (4000, "0"), (4000, "¥#,##0.00"))
    assert [r.minor for r in rewritten(file, change).rows] == [400_000, None, 400_000, 400_000]


def test_formats_of_blank_cells_beyond_the_table_say_nothing(styled):
    def wider(part, text):
        return part, re.sub(rb'(<c r="C2" s=("\d")>.*?)(</row>)', rb'\1<c r="F2" s=\2/>\3', text)

    found = rewritten(styled((4000, "¥#,##0.00")), wider)
    assert [(r.quotes, r.minor) for r in found.rows] == [(3, 400_000)]


def test_styles_that_are_broken_are_no_formats(styled):
    file = styled((4000, "$#,##0.00"))
    with pytest.raises(ProcureError) as caught:
        rewritten(file, lambda part, text: (part, text.replace(b"<cellStyles", b"<sheetData><cellStyles")))
    assert caught.value.words.en == f"{file}: the workbook is damaged or cut short and cannot be read"


def test_a_format_that_is_built_in_counts(styled):
    assert [r.minor for r in read(styled((4999.6, 1), (4999.6, 3), (0.5, 9))).rows] == [499_960, 499_960, None]


def test_a_header_in_wan_yuan_and_its_format(styled):
    file = styled((0.85, "0.0"), (0.8, '0.0"万元"'), (3, '0.00"元"'), header="采购金额（万元）")
    assert [r.minor for r in read(file).rows] == [850_000, 800_000, 300]
