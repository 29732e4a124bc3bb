"""One bad cell costs one datum: what was not understood, row by row and summed up once, in both engines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import framing
import pytest
import workbooks
from building import bought, furong
from hypothesis import given
from hypothesis import strategies as st

import procure
from procure import Log, Origin, Purchase, Report, check
from procure.values.words import Words
from procure.writers import json as json_writer
from procure.writers import page, text, workbook

HEADER = "编号,采购日期,采购单位,品目,采购类别,采购方式,采购金额,报告同意日期,报价家数,备注"


@pytest.fixture
def report_of(tmp_path: Path) -> Any:
    def make(*rows: str, header: str = HEADER, **options: Any) -> Report:
        path = tmp_path / "log.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return check(procure.read(path, **options), furong())

    return make


def said(report: Report, lang: str = "en") -> list[str]:
    return [getattr(cause.words, lang) for cause in report.causes]


def faults(report: Report) -> list[tuple[int | None, str, str]]:
    return [(fault.origin.row, fault.column, fault.value) for fault in report.cell_faults]


class TestRows:
    def test_a_bad_cell_is_a_missing_datum_of_its_row(self, report_of: Any) -> None:
        report = report_of(
            "1,2020-03-05,甲局,纸,货物,当面谈妥,4000,,,",
            "2,2020-03-06,甲局,纸,货物,自行采购,不详,,,",
            "3,改日,甲局,墨,货物,自行采购,100,等通知,好几家,",
            "4,2020-03-08,甲局,纸,家具,自行采购,100,2020-03-01,,",
        )
        assert faults(report) == [
            (2, "method", "当面谈妥"),
            (3, "amount", "不详"),
            (4, "date", "改日"), (4, "approved_on", "等通知"), (4, "quotes", "好几家"),
            (5, "kind", "家具"),
        ]  # fmt: skip
        assert (len(report), report.judged, report.rejected) == (4, 4, ())
        assert [row.minor for row in report.read.all] == [400_000, None, 10_000, 10_000]
        assert "method" in report.purchases[0].missing

    @pytest.mark.parametrize(
        ("row", "columns"),
        [
            ("9,面谈,甲局,,货物,当面,不详,,,", ["date", "amount", "method"]),
            ("9,,甲局,,货物,自行采购,不详,,,", ["amount"]),
            # A signature below the table, in the column of dates.
            ("9,审核,,,,,,,,", ["date"]),
        ],
    )
    def test_rejected_where_amount_date_and_category_say_nothing(
        self, report_of: Any, row: str, columns: list[str]
    ) -> None:
        report = report_of("1,2020-03-05,甲局,纸,货物,自行采购,4000,,,", row)
        (rejected,) = report.rejected
        assert [fault.column for fault in rejected.faults] == columns
        assert str(rejected) == "; ".join(str(fault) for fault in report.cell_faults)
        assert (len(report), len(report.rows)) == (1, 2)

    def test_a_row_of_a_log_without_dates_is_kept(self, report_of: Any) -> None:
        report = report_of("1,纸,不详", header="编号,品目,采购金额")
        assert (len(report), report.rejected, faults(report)) == (1, (), [(2, "amount", "不详")])
        assert report_of("1,不详", header="编号,采购金额").rejected == ()


class TestShifted:
    ROWS = ("1,2020-03-05,甲局,纸,货物,自行采购,3000,,,", "2,2020-03-06,甲局,纸,货物,自行采购,4000,,,")

    def shifted(self, report: Report) -> dict[int | None, str]:
        for row in report.rejected:
            assert all(row.readable.get(name) in (procure.MISSING, None) for name in ("amount", "date", "category"))
        return {row.origin.row: row.value for row in report.rejected}

    def test_something_beyond_the_last_header(self, report_of: Any) -> None:
        report = report_of(*self.ROWS, "3,2020-03-07,甲局,纸,货物,自行采购,1,500,,,无")
        assert self.shifted(report) == {4: "无"}
        assert "1 of" not in " ".join(said(report)), "what a shifted row holds is no cause of its own"

    def test_a_blank_there_and_a_cell_that_its_column_cannot_read(self, report_of: Any) -> None:
        report = report_of(*self.ROWS, "3,2020-03-07,甲局,纸,货物,自行采购,1,500.00,,,")
        assert self.shifted(report) == {4: "500.00"}
        assert [fault.column for fault in report.rejected[0].faults] == ["row"]
        assert said(report) == []

    def test_a_surplus_blank_alone_moves_nothing(self, report_of: Any) -> None:
        report = report_of(*self.ROWS, "3,2020-03-07,甲局,纸,货物,自行采购,1,,,,")
        assert (self.shifted(report), report.purchases[2].purchase.minor) == ({}, 100)

    def test_a_blank_column_without_a_name_holds_what_was_pushed_into_it(self, report_of: Any) -> None:
        rows = [f"{row}," for row in self.ROWS]
        report = report_of(*rows, "3,2020-03-07,甲局,纸,货物,自行采购,1,500,,,无", header=HEADER + ",")
        assert self.shifted(report) == {4: "无"}

    def test_most_rows_fill_a_column_without_a_name(self, report_of: Any) -> None:
        rows = [f"{row},好" for row in self.ROWS]
        assert self.shifted(report_of(*rows, header=HEADER + ",")) == {}

    def test_a_trailing_comma_is_the_files_habit(self, report_of: Any) -> None:
        rows = [f"{row}," for row in self.ROWS]
        report = report_of(*rows, "3,2020-03-07,甲局,纸,货物,当面,4000,,,,")
        assert (self.shifted(report), faults(report)) == ({}, [(4, "method", "当面")])

    def test_all_rows_one_to_the_right(self, report_of: Any) -> None:
        """As a program writes that has no header for the names of its rows."""
        rows = [f"x,{row}" for row in (*self.ROWS, *self.ROWS)]
        assert set(self.shifted(report_of(*rows))) == {2, 3, 4, 5}

    def test_a_remark_beside_a_sheet_shifts_nothing(self, tmp_path: Path) -> None:
        pytest.importorskip("python_calamine")
        xlsxwriter = pytest.importorskip("xlsxwriter")
        path = tmp_path / "log.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for at, row in enumerate(
                ["编号,采购日期,品目,采购金额", "1,2020-03-05,纸,300", "2,2020-03-05,纸,1", *["3,2020-03-05,纸,1"] * 4]
            ):
                sheet.write_row(at, 0, row.split(","))
            sheet.write(1, 5, "已核")
            sheet.write_row(2, 4, ["500", "见后"])
            sheet.write(2, 3, "1，")
        report = check(procure.read(path), furong())
        assert [row.origin.row for row in report.rejected] == [3]
        assert report.purchases[0].purchase.minor == 30_000


class TestCauses:
    def test_a_word_is_named_once(self, report_of: Any) -> None:
        rows = [
            f"{n},2020-03-05,甲局,纸{n},货物,{'当面谈妥' if n % 3 else '凭感觉'},4000,2020-03-01,," for n in range(9)
        ]
        report = report_of(*rows)
        mapping = "give their meaning in the mapping (procure columns LOG --save mapping.toml lists them)"
        assert said(report) == [f"method: 9 cells not understood (当面谈妥 6, 凭感觉 3): {mapping}"]
        assert said(report, "zh") == [
            "采购方式：9 格未读懂（当面谈妥 6、凭感觉 3）：请在 mapping.toml 中写明其意思"
            "（procure columns 台账 --save mapping.toml 可列出）"
        ]
        assert report.causes[0].written == {"当面谈妥": 6, "凭感觉": 3}

    def test_words_of_several_meanings(self, report_of: Any) -> None:
        report = report_of(*[f"{n},2020-03-05,甲局,纸,货物,询价,4000,2020-03-01,," for n in range(3)])
        assert report.cell_faults == ()
        (cause,) = report.causes
        assert (cause.several, cause.cells, dict(cause.written)) == (True, 3, {"询价": 3})
        assert said(report)[0].startswith(
            "method: 3 cells may mean several things (询价 3), and every meaning was judged"
        )

    @pytest.mark.parametrize(
        ("amounts", "message"),
        [
            (["15.808,00", "1.234,50", "7,5"],
             "amount: 3 of 3 cells not understood (15.808,00 1, 1.234,50 1, 7,5 1), each is not an amount: "
             "most can be read with a decimal comma: give --decimal-comma"),
            (["面议", "面议", "7.5"], "amount: 2 of 3 cells not understood (面议 2), each is not an amount"),
        ],
    )  # fmt: skip
    def test_a_column_that_fails_as_a_whole(self, report_of: Any, amounts: list[str], message: str) -> None:
        rows = [f'{n},2020-03-05,甲局,纸{n},货物,自行采购,"{amount}",,,' for n, amount in enumerate(amounts)]
        assert said(report_of(*rows)) == [message]

    def test_points_in_a_log_of_commas(self, report_of: Any) -> None:
        report = report_of('1,2020-03-05,甲局,纸,货物,自行采购,"1,234.50",,,', decimal_comma=True)
        assert said(report)[0].endswith('most can be read with a decimal point: write decimal = "." in the mapping')

    def test_the_order_of_dates(self, report_of: Any) -> None:
        report = report_of(*[f"{n},0{n}/04/2020,甲局,纸,货物,自行采购,5,,," for n in range(1, 4)])
        assert said(report) == [
            "date: 2 of 3 cells not understood (01/04/2020 1, 02/04/2020 1, 03/04/2020 1), each could be day or month "
            "first: write 2020-03-04, or give --dayfirst or --monthfirst".replace("2 of 3", "3 of 3")
        ]

    def test_no_more_than_the_screen_has_room_for(self, monkeypatch: pytest.MonkeyPatch, report_of: Any) -> None:
        report = report_of("1,某日,甲局,纸,家具,当面,x,等通知,若干,")
        assert [cause.column.name for cause in report.causes] == [
            "date", "kind", "amount", "method", "approved_on", "quotes"
        ]  # fmt: skip
        monkeypatch.setattr(text, "_CAUSES", 2)
        assert "\n  4 more (see --format json)\n" in text.dumps(report, "en")
        assert "\n  另有 4 项（见 --format json）\n" in text.dumps(report, "zh")

    def test_long_texts_are_cut(self, report_of: Any) -> None:
        (cause,) = report_of(f"1,2020-03-05,甲局,纸,货物,{'很' * 50},5,,,").causes
        assert f"（{'很' * 30} 1）" in cause.words.zh


class TestWriters:
    @pytest.fixture
    def report(self, report_of: Any) -> Report:
        return attrs.evolve(report_of("1,2020-03-05,甲局,纸,货物,当面,4000,,,", "2,改日,,,,,,,,"))

    def test_json(self, report: Report) -> None:
        told = json.loads(json_writer.dumps(report, "en"))
        (log,) = told["logs"]
        assert [(fault["row"], fault["column"], fault["value"]) for fault in log["cell_faults"]] == [
            (2, "method", "当面"), (3, "date", "改日"),
        ]  # fmt: skip
        assert [(fault["row"], fault["why"]) for fault in log["rejected"]] == [(3, "'改日' is not a date")]
        assert [(cause["column"], cause["cells"], cause["of"]) for cause in told["causes"]] == [
            ("method", 1, 1), ("date", 1, 2),
        ]  # fmt: skip

    def test_text(self, report: Report) -> None:
        lines = text.dumps(report, "zh", 0).splitlines()
        head = lines.index("== 未读懂的格 ==")
        assert lines[head + 1 : head + 3] == [f"  {cause.words.zh}" for cause in report.causes]
        assert "  第3行  采购日期：“改日”不是日期" in lines

    def test_page(self, report: Report) -> None:
        told = page.dumps(report, "en")
        assert report.causes[0].words.en in told
        assert "<tr><td>row 2</td><td>method</td><td>当面</td>" in told
        assert "<tr><td>row 3</td><td>date</td><td>改日</td>" in told

    def test_workbook(self, report: Report) -> None:
        pytest.importorskip("xlsxwriter")
        pytest.importorskip("python_calamine")
        told = workbooks.sheets(workbook.dumps(report))
        assert [row[:3] for row in told["未读懂的格"][1:]] == [[2, "采购方式", "当面"]]
        assert [row[:3] for row in told["未能读取"][1:]] == [[3, "采购日期", "改日"]]
        assert any("当面" in row for name, rows in told.items() if name != "未读懂的格" for row in rows)


class TestBothEngines:
    def test_an_unknown_word_in_each_of_a_thousand_rows(self) -> None:
        pl = pytest.importorskip("polars")
        cells = {
            "id": [str(n) for n in range(1000)],
            "date": ["2020-03-05"] * 1000,
            "category": [f"品{n % 7}" for n in range(1000)],
            "amount": [str(100 + n) for n in range(1000)],
            "method": ["当面谈妥"] * 1000,
        }
        frame = pl.DataFrame(cells)
        by_rows = check(procure.read(frame), furong())
        by_columns = check(procure.read(frame), furong(), engine=procure.engine("polars"))
        assert framing.by_report(by_columns) == framing.by_report(by_rows)
        assert (len(by_rows), by_rows.rejected) == (1000, ())
        verdicts = procure.check_frame(frame, furong())["verdict"].to_list()
        assert verdicts == [finding.verdict.value for finding in by_rows]
        screen = "\n".join(text.dumps(by_rows, "zh").splitlines()[:24])
        assert screen.count("当面谈妥") == 1

    @given(
        st.lists(
            st.fixed_dictionaries(
                {
                    # A row of nothing but blanks is none.
                    "id": st.just("1"),
                    "amount": st.sampled_from(["100", "6000", "面议", ""]),
                    "date": st.sampled_from(["2020-03-05", "改日", ""]),
                    "category": st.sampled_from(["纸", "墨", ""]),
                    "method": st.sampled_from(["自行采购", "询价", "当面", ""]),
                    "quotes": st.sampled_from(["3", "若干", ""]),
                }
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_the_same_of_every_row(self, rows: list[dict[str, str]]) -> None:
        pl = pytest.importorskip("polars")
        frame = pl.DataFrame(rows)
        found = procure.check_frame(frame, furong()).select(procure.engines.columnar.VERDICT_COLUMNS).rows()
        assert found == framing.by_check(frame, furong(), False)


def test_purchases_built_in_python_say_where_they_stood_or_nowhere() -> None:
    bad = [
        bought(1, method="当面"),
        Purchase(amount="x", date="y", category=None),
        bought(2, origin=Origin("a", None, 3)),
    ]
    report = check(Log.of(bad), furong())
    assert [str(fault) for fault in report.cell_faults][1:] == [
        "-: date: 'y' is not a date",
        "-: amount: 'x' is not an amount",
    ]
    assert [len(row.faults) for row in report.rejected] == [2]
    assert report.rejected[0].why == Words("“y”不是日期", "'y' is not a date")
    assert "method" in page.dumps(report, "en")
