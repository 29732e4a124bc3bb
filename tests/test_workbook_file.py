"""The Excel report as a file: that it opens, that no cell does anything, and that the same report is the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import attrs
import pytest
from building import bought, furong
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

from looking import read_from
from workbooks import NS, parts, sheet, sheets

import procure
from procure import Origin, Purchase, Report, writers
from procure.cli import main
from procure.engines.judge import Verdict
from procure.log.rows import Source
from procure.values.money import CNY, Currency, Minor
from procure.values.words import Lang, ProcureError, Words
from procure.writers import workbook
from procure.writers.workbook import cells
from procure.writers.workbook.book import Book
from procure.writers.workbook.tables import Cell, SheetColumn, SheetTable

DAY = dt.date(2021, 3, 4)
EXAMPLE = Path(__file__).parent.parent / "examples" / "furong_2020.csv"


def checked(*rows: Purchase) -> Report:
    return attrs.evolve(procure.check(rows, furong()), checked_on=DAY)


def kept(*told: Cell, lang: Lang = "en", currency: Currency = CNY) -> list[Any]:
    """What stands in the cells of one row."""
    with tempfile.TemporaryDirectory() as folder:
        book = Book(lang, Words("题", "title"), DAY, folder, currency)
        columns = [SheetColumn[object](str(n), 10, lambda _, cell=cell: cell) for n, cell in enumerate(told)]
        book.table(SheetTable(Words("表", "table"), columns, [None]))
        data = book.close()
    assert parts(data)
    (rows,) = sheets(data).values()
    return rows[1]


class TestCells:
    @given(st.integers(-CNY.bound + 1, CNY.bound - 1))
    def test_amounts_to_the_fen(self, fen: int) -> None:
        """As a number in yuan, the one that is nearest to so many fen."""
        (cell,) = kept(Minor(fen))
        assert isinstance(cell, float)
        assert round(cell * 100) == fen
        assert cell == fen / 100

    def test_amounts_in_another_currency(self) -> None:
        yen, dinars = Currency.of("JPY"), Currency.of("KWD")
        assert kept(Minor(1500), currency=yen) == [1500] and kept(Minor(1500), currency=dinars) == [1.5]
        assert kept(Minor(yen.bound), currency=yen) == ["1000000000000000"]

    def test_sums_of_more_digits_than_a_number_has(self) -> None:
        assert kept(Minor(CNY.bound), Minor(-CNY.bound)) == ["10000000000000.00", "-10000000000000.00"]

    def test_dates(self) -> None:
        assert kept(dt.date(1900, 3, 1), dt.date(2020, 2, 29), dt.date(9999, 12, 31), dt.date(1899, 12, 31)) == [
            dt.date(1900, 3, 1),
            dt.date(2020, 2, 29),
            dt.date(9999, 12, 31),
            "1899-12-31",
        ]

    def test_counts_and_blanks(self) -> None:
        assert kept(0, 7, None, Words("甲", "a"), "") == [0, 7, "", "a", ""]

    def test_text_that_looks_like_something_else(self) -> None:
        looks = [
            "007",
            "1e5",
            "TRUE",
            "2020-01-02",
            "https://example.org/x",
            "mailto:a@b.c",
            "#N/A",
            " x ",
            "a_x0041_b",
        ]
        assert kept(*looks) == looks

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("a\x00b\x1f", "a␀b␟"),
            ("a\tb\nc", "a\tb\nc"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("\ud800x\udfff", "�x�"),
            ("\ufffe\uffff", "��"),
            ("\U0001f600", "\U0001f600"),
        ],
    )
    def test_what_xml_cannot_hold(self, text: str, shown: str) -> None:
        assert kept(text) == [shown]

    @given(st.text(max_size=60))
    def test_any_text_leaves_the_file_whole(self, text: str) -> None:
        assert kept(text) == [cells.legible(text, "en")]

    def test_long_text(self) -> None:
        longest = "长" * cells.LONGEST
        assert kept(longest) == [longest]
        (cut,) = kept(longest + "！")
        assert len(cut) == cells.LONGEST
        assert cut.endswith("长 … (cut)")
        assert kept(longest + "！", lang="zh")[0].endswith("长 ……（已截断）")

    def test_long_text_of_wide_characters(self) -> None:
        """Excel counts a character beyond the basic plane as two, and none is cut in half."""
        (cut,) = kept("\U0001f600" * 20_000)
        assert cut.endswith("\U0001f600 … (cut)")
        assert cells.LONGEST - 1 <= len(cut.encode("utf-16-le")) // 2 <= cells.LONGEST


class TestHeights:
    @pytest.mark.parametrize(
        ("told", "lines"),
        [
            ([], 1),
            ([(5, 4), (None, 4)], 1),
            ([("short", 20)], 1),
            ([("x" * 34, 20)], 2),
            ([("长" * 17, 20), ("x", 20)], 2),
            ([("a\n\nb", 20)], 3),
            ([("x", 1)], 1),
            ([("x" * 9999, 20)], 16),
        ],
    )
    def test_lines(self, told: list[tuple[object, int]], lines: int) -> None:
        assert cells.height(told) == lines * cells.LINE


HOSTILE = ["=1+1", '=HYPERLINK("http://example.org","x")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|'/c calc'!A1", "{=1+1}",
           "<b>&amp;</b>", "]]>", "\x00=1", "\t=1", "http://example.org"]  # fmt: skip


class TestHostile:
    @pytest.mark.parametrize("hostile", HOSTILE)
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_no_cell_is_a_formula(self, hostile: str, lang: Lang) -> None:
        there = Origin(hostile, hostile, 2)
        fields = {"category": hostile, "unit": hostile, "description": hostile, "ground": hostile, "note": hostile}
        purchase = bought(6_000, id=hostile, origin=there, method="single_source", supplier=hostile, **fields)
        source = Source(hostile, "", 2, {"id": hostile, "amount": hostile, "note": hostile}, hostile)
        report = checked(purchase, bought(hostile, id=hostile, origin=there))
        data = workbook.dumps(read_from(report, source), lang)
        for name, part in parts(data).items():
            tags = {element.tag for element in part.iter()}
            assert not tags & {f"{NS}f", f"{NS}hyperlink", f"{NS}hyperlinks"}, name
        told = sheets(data)[{"zh": "全部记录", "en": "all rows"}[lang]]
        shown = hostile.replace("\x00", "␀")
        assert told[0][3:6] == [shown] * 3
        assert told[2][4] == shown


class TestTooMuch:
    def test_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        report = checked(*(bought(1, id=str(n)) for n in range(4)))
        monkeypatch.setattr(workbook, "ROWS", 4)
        # The questions are more than four.
        with pytest.raises(ProcureError) as caught:
            workbook.dumps(report)
        questions = len(report.policy.questions)
        assert caught.value.words == Words(
            f"“歧义”有 {questions} 行，Excel 工作表只容 4 行；请改写为 .csv",
            f"{questions} rows of ambiguities do not fit a sheet, which holds 4: write .csv instead",
        )
        monkeypatch.setattr(workbook, "ROWS", 3)
        with pytest.raises(ProcureError) as caught:
            workbook.dumps(report)
        assert caught.value.words.en.startswith("4 rows of all rows do not fit a sheet, which holds 3")


class TestWithoutTheLibrary:
    def test_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        with pytest.raises(ProcureError) as caught:
            checked(bought()).write(tmp_path / "r.xlsx")
        assert caught.value.words == Words(
            "写 .xlsx 需先 pip install 'procure-check[excel]'",
            "writing .xlsx needs: pip install 'procure-check[excel]'",
        )
        assert os.listdir(tmp_path) == []

    def test_before_anything_is_read(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        assert main(["check", "nowhere.csv", "--output", "r.xlsx", "--lang", "en"]) == 2
        assert capsys.readouterr().err == "procure: writing .xlsx needs: pip install 'procure-check[excel]'\n"


class TestNoRoom:
    """What is written on the way is the user's data too, and is never left behind."""

    @pytest.fixture
    def scratch(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "scratch"
        folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        return folder

    def told(self, target: Path) -> Words:
        with pytest.raises(ProcureError) as caught:
            checked(bought()).write(target)
        assert not target.exists()
        return caught.value.words

    def test_for_the_rows(self, tmp_path: Path, scratch: Path) -> None:
        scratch.rmdir()
        target = tmp_path / "r.xlsx"
        assert self.told(target).en == f"cannot write {target}: No such file or directory"

    def test_for_the_file(self, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(zipfile.ZipFile, "write", full)
        target = tmp_path / "r.xlsx"
        assert self.told(target) == Words(
            f"不能写入 {target}：No space left on device", f"cannot write {target}: No space left on device"
        )
        assert os.listdir(scratch) == []

    def test_nothing_stays(self, tmp_path: Path, scratch: Path) -> None:
        checked(bought()).write(tmp_path / "r.xlsx")
        assert os.listdir(scratch) == []
        assert sorted(os.listdir(tmp_path)) == ["r.xlsx", "scratch"]


class TestPackage:
    def test_header_stays_and_filters(self) -> None:
        data = workbook.dumps(checked(*(bought(1, id=str(n), origin=Origin("a.csv", None, n)) for n in (2, 3))))
        first = sheet(data, 7)
        pane = first.find(f"{NS}sheetViews/{NS}sheetView/{NS}pane")
        assert pane is not None
        # Row number, verdict, certainty and id stay beside the rows.
        assert (pane.attrib["topLeftCell"], pane.attrib["state"]) == ("E2", "frozen")
        filter = first.find(f"{NS}autoFilter")
        assert filter is not None
        assert re.fullmatch(r"A1:[A-Z]+3", filter.attrib["ref"])
        assert sheet(data, 1).find(f"{NS}autoFilter") is None

    def test_dated_by_the_check(self) -> None:
        core = parts(workbook.dumps(checked(bought())))["docProps/core.xml"]
        dated = [element.text for element in core if element.tag.endswith(("created", "modified"))]
        assert dated == ["2021-03-04T00:00:00Z"] * 2

    def test_codes_that_look_like_numbers_are_not_warned_of(self) -> None:
        ignored = sheet(workbook.dumps(checked(bought(1, id="007"))), 7).find(f"{NS}ignoredErrors/{NS}ignoredError")
        assert ignored is not None
        assert ignored.attrib == {"sqref": "A1:XFD2", "numberStoredAsText": "1"}


@pytest.fixture(scope="module")
def report() -> Report:
    limits = {"goods": 300_000, "services": 300_000, "works": 600_000}
    return procure.check(procure.read(EXAMPLE), procure.policies.furong_2020(limits=limits))


@pytest.mark.skipif(not EXAMPLE.is_file(), reason="the examples are not installed with the library")
class TestExampleLog:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_every_row_in_its_order(self, report: Report, lang: Lang) -> None:
        header, *rows = sheets(workbook.dumps(report, lang))[{"zh": "全部记录", "en": "all rows"}[lang]]
        own = EXAMPLE.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        begin, end = 3, len(own) + 3
        assert header[begin:end] == own
        typed = list(csv.reader(EXAMPLE.read_text(encoding="utf-8-sig").splitlines()))[1:]
        assert [row[begin:end] for row in rows] == typed
        assert [row[0] for row in rows] == [row.origin.row for row in report.rows] == list(range(2, 69))
        findings = iter(report)
        for read, row in zip(report.rows, rows, strict=True):
            rules, turns_on, wanting, *_, single, _, _ = row[end:]
            finding = next(findings)
            assert single == ("" if read.minor is None else read.minor / 100)
            assert (bool(rules), bool(turns_on)) == (bool(finding.relevant), bool(finding.flips))
            assert bool(wanting) == (finding.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE))

    def test_sheets_hold_what_the_report_counts(self, report: Report) -> None:
        told = sheets(workbook.dumps(report))
        counted = {name: len(rows) - 1 for name, rows in told.items() if name not in ("汇总", "检查依据")}
        questions = len(report.policy.questions)
        assert counted == {"疑点": 14, "待补数据": 10, "累计": 47, "风险提示": 19, "无法判断": 13, "全部记录": 67,
                           "未能读取": 0, "未读懂的格": 2, "数据冲突": 1, "说明": 8, "歧义": questions}  # fmt: skip
        read = report.rows
        assert [row[:4] for row in told["汇总"] if row[0][:2] in ("疑点", "合计")][1:] == [
            ["疑点，各种读法一致", "各种读法一致", 4, 513780],
            ["疑点，有争议", "有争议", 10, 815260],
            ["合计", "", 67, sum(purchase.minor or 0 for purchase in read) / 100],
        ]
        for kind, rows in (("疑点", report.violations), ("风险提示", report.exposures), ("无法判断", report.unknown)):
            assert [row[0] for row in told[kind][1:]] == [finding.purchase.origin.row for finding in rows]

    def test_by_the_command_line(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        target = tmp_path / "report.XLSX"
        assert main(["check", str(EXAMPLE), "--limit", "300000", "--output", str(target), "--lang", "en"]) == 1
        assert list(sheets(target.read_bytes()))[:3] == ["summary", "findings", "data to supply"]

    def test_the_same_log_gives_the_same_bytes(self, tmp_path: Path) -> None:
        """In every format, whatever the order in which a process happens to hash."""
        script = (
            "import sys, attrs, datetime, procure\n"
            "from procure import writers\n"
            "from pathlib import Path\n"
            "report = procure.check(procure.read(sys.argv[1]), procure.policies.furong_2020(limits=300_000))\n"
            "report = attrs.evolve(report, checked_on=datetime.date(2021, 3, 4))\n"
            "for ending in writers.ENDINGS:\n"
            "    report.write(Path(sys.argv[2]) / f'report{ending}')\n"
        )
        home = str(Path(procure.__file__).parent.parent)
        written = []
        for seed in ("1", "2"):
            if written:
                time.sleep(1.1)  # past a tick of the clock, which must not matter
            folder = tmp_path / seed
            folder.mkdir()
            env = {**os.environ, "PYTHONPATH": home, "PYTHONHASHSEED": seed}
            subprocess.run([sys.executable, "-c", script, str(EXAMPLE), str(folder)], env=env, check=True)
            written.append({path.suffix: path.read_bytes() for path in folder.iterdir()})
        assert sorted(written[0]) == sorted(writers.ENDINGS)
        assert written[0] == written[1]


@pytest.mark.parametrize(
    ("rows", "area", "foot"),
    [
        (3, "$A$1:$B$4", "&L&A&R&P / &N"),
        (231, "$A$1:$B$232", "&L&A&R&P / &N"),
        (2000, "$A$1:$B$232", "&L&A&Cthe first 231 of 2,000 rows are printed&R&P / &N"),
    ],
)
def test_a_long_sheet_is_printed_in_part_and_says_so(tmp_path: Path, rows: int, area: str, foot: str) -> None:
    columns = [SheetColumn(Words("号", name), 10, str) for name in ("number", "again", "not printed")]
    book = Book("en", Words("题", "title"), DAY, str(tmp_path), CNY)
    book.table(SheetTable(Words("表", "sheet"), columns, range(rows), printed=2))
    written = parts(book.close())
    assert [each.text for each in written["xl/workbook.xml"].iter(f"{NS}definedName")][1] == f"sheet!{area}"
    assert [each.text for each in written["xl/worksheets/sheet1.xml"].iter(f"{NS}oddFooter")] == [foot]
