"""The Excel report: what stands on each sheet, to the letter."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import attrs
import pytest
from building import bought, furong

pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

from furong_2020 import MIDDLE
from looking import SUPPLIER, council, read_from, spent
from workbooks import NS, parts, sheet, sheets, tints

import procure
from procure import Log, Origin, Policy, Purchase, Report
from procure.authoring import Duty, InForce, Total
from procure.engines.findings import Notice
from procure.log.rows import Source
from procure.reporting.standing import Standing
from procure.values.words import Lang, Words
from procure.writers import workbook
from procure.writers.workbook.standing import TINT

TURNS_ON = "结论取决于（换成此读法，结论即变）"
DAY = dt.date(2021, 3, 4)
HEADER = (
    "编号,采购日期,单位名称,品目,采购类别,金额（元）,是否目录内,采购方式,报告同意日期,邀请家数,报价家数,单一来源依据"
)
ROWS = """\
1,2020-03-05,区工信局,印刷服务,服务,"1,234.56",否,公开招标,2020-03-05,,,
2,2020-03-06,区工信局,音响系统,货物,86000,否,询价,有,3,2,
3,2020-03-07,区工信局,复印纸,货物,5000,否,自行采购,2020-03-07,0,0,
4,2020-03-08,区工信局,会议服务,服务,20000,否,三方询价,2020-03-08,,,
5,,区财政局,,货物,面议,否,自行采购,,,,
6,2020-03-10,区工信局,窗帘,货物,-300,否,自行采购,,,,无
7,2020-03-11,区工信局,汽车,货物,179000,是,公开招标,2020-03-11,,,唯一
"""
NAMES = {
    "zh": ["汇总", "疑点", "待补数据", "累计", "风险提示", "无法判断", "全部记录", "未能读取", "未读懂的格", "数据冲突",
           "说明", "歧义", "检查依据"],
    "en": ["summary", "findings", "data to supply", "totals", "at risk", "cannot be judged", "all rows", "not read",
           "not understood", "data conflicts", "notices", "ambiguities", "receipt"],
}  # fmt: skip


def checked(log: Log | list[Purchase], policy: Policy | None = None, any_year: bool = False) -> Report:
    return attrs.evolve(procure.check(log, policy or furong(), any_year=any_year), checked_on=DAY)


def opened(report: Report, lang: Lang = "zh") -> dict[str, list[list[Any]]]:
    return sheets(workbook.dumps(report, lang))


def columns(rows: list[list[Any]], *titles: str) -> list[list[Any]]:
    at = [rows[0].index(title) for title in titles]
    return [[row[i] for i in at] for row in rows[1:]]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """One of each kind, read from a file under its own headers."""
    monkeypatch.chdir(tmp_path)
    Path("台账.csv").write_text(f"{HEADER}\n{ROWS}", encoding="utf-8")
    return checked(procure.read("台账.csv"))


def flip(report: Report, ambiguity: str, reading: str, lang: Lang) -> str:
    asked = report.plan.questions[ambiguity]
    question = asked.question.say(lang)
    (meaning,) = (r.meaning.say(lang) for r in asked.readings if r.id == reading)
    pair = f"{ambiguity}={reading}"
    return f"{pair}（{question}——{meaning}）" if lang == "zh" else f"{pair} ({question} {meaning})"


class TestPurchases:
    def test_chinese(self, small: Report) -> None:
        found = opened(small)["全部记录"]
        exclusion = flip(small, "exclusion", "included", "zh")
        counted = flip(small, "quotes-counted", "invited", "zh")
        channel = flip(small, "channel-list", "closed", "zh")
        three = "采用三方询价等方式采购（询价、比价须有三家）"
        why = "所缺数据，或未读、不适用的原因"
        told = f"依据的规定 {TURNS_ON} {why} 应当 实际 所属档 单次金额 年度累计 本笔计入累计"
        assert found[0] == ["行号", "结论", "确定性", *HEADER.split(","), *told.split()]
        # The log's own cells stand as they were typed.
        assert [row[3:15] for row in found[1:]] == list(csv.reader(ROWS.splitlines()))
        assert [row[:3] for row in found[1:]] == [
            [2, "合规", "各种读法一致"],
            [3, "疑点", "有争议"],
            [4, "疑点", "有争议"],
            [5, "无法判断，缺少数据", ""],
            [6, "未能读取", ""],
            [7, "未判断", ""],
            [8, "合规（风险提示）", "有争议"],
        ]
        assert [row[15:] for row in found[1:]] == [
            ["", "", "", "", "公开招标", "报告同意", 1234.56, 0, "否"],
            ["三方询价", counted, "", three, "询价采购或三方询价，邀请 3 家，报价 2 家", "三方询价", 86000, 86000,
             "是"],
            ["三方询价", exclusion, "", three, "自行采购", "三方询价", 5000, 5000, "是"],
            ["可能：三方询价", "", "报价数", three, "三方询价，邀请家数未载明，报价数未载明", "三方询价", 20000, 20000,
             "是"],
            ["", "", "“面议”不是金额", "", "自行采购", "", "", "", ""],
            ["", "", "金额为零或负数", "", "自行采购", "", -300, -300, "是"],
            ["如换一种读法：目录内采购渠道", channel, "", "通过电子卖场（公品商城）或定点采购", "公开招标", "三方询价",
             179000, 0, "否"],
        ]  # fmt: skip

    def test_english(self, small: Report) -> None:
        found = opened(small, "en")["all rows"]
        assert found[0] == [
            "row", "verdict", "certainty", "编号", "采购日期", "单位名称", "品目", "采购类别", "金额（元）",
            "是否目录内", "采购方式", "报告同意日期", "邀请家数", "报价家数", "单一来源依据", "rules breached",
            "turns on (another verdict if read so)", "missing, or why not read or judged", "required", "done", "tier",
            "single amount", "accumulated", "itself counted",
        ]  # fmt: skip
        three = "compare three quotes, or use another competitive method"
        assert [row[1:3] + row[15:] for row in found[1:] if row[0] in (3, 6, 8)] == [
            ["to confirm", "disputed", "three quotes", flip(small, "quotes-counted", "invited", "en"), "", three,
             "inquiry or quotation, invited: 3, quotes: 2", "three quotes", 86000, 86000, "yes"],
            ["not read", "", "", "", "'面议' is not an amount", "", "direct", "", "", "", ""],
            ["compliant (at risk)", "disputed", "if read otherwise: channel for catalogue items",
             flip(small, "channel-list", "closed", "en"), "",
             "buy through the e-mall or a designated supplier", "open tender", "three quotes", 179000, 0, "no"],
        ]  # fmt: skip

    def test_tinted_by_verdict(self, small: Report) -> None:
        standings = [Standing.COMPLIANT, Standing.DISPUTED, Standing.DISPUTED, Standing.UNKNOWN, Standing.REJECTED,
                     Standing.NOT_APPLICABLE, Standing.EXPOSED]  # fmt: skip
        assert tints(workbook.dumps(small), 7) == [TINT[standing] for standing in standings]
        settled = checked([bought(86_000)])
        assert tints(workbook.dumps(settled), 2) == [TINT[Standing.SETTLED]]
        assert len(set(TINT.values())) == len(TINT) == len(Standing)

    def test_several_ways_to_another_verdict(self) -> None:
        report = checked([bought(1_200, date="2020-03-02"), bought(4_600)])
        (_, told) = columns(opened(report)["全部记录"], TURNS_ON)
        limbs, current = flip(report, "limbs", "single", "zh"), flip(report, "current", "excluded", "zh")
        assert told == [f"{limbs}；或 {current}"]

    @pytest.mark.parametrize(
        ("log", "accumulated", "counted", "tier"),
        [
            ([bought(None)], "无法确定", "是", "报告同意 至 单一来源或公开招标等"),
            ([bought(6_000), bought(1, date=None)], "¥1.00 至 ¥6,001.00", "是", "报告同意 至 三方询价"),
            ([bought(6_000, method=None), bought(1)], "¥1.00 至 ¥6,001.00", "是", "报告同意 至 三方询价"),
            ([bought(1, method=None)], "¥0.00 至 ¥1.00", "不明", "报告同意"),
        ],
    )
    def test_totals_not_known(self, log: list[Purchase], accumulated: str, counted: str, tier: str) -> None:
        told = columns(opened(checked(log))["全部记录"], "年度累计", "本笔计入累计", "所属档")
        assert told[-1] == [accumulated, counted, tier]


class TestTheLogsOwnColumns:
    def test_one_without_a_file(self) -> None:
        """The columns that some row fills."""
        header = opened(checked([Purchase(amount=1, date="2020-01-02"), Purchase(description="纸")]))["全部记录"][0]
        assert header[:5] == ["结论", "确定性", "采购日期", "采购内容", "采购金额"]
        english = opened(checked([Purchase(amount=1, approved_on="2020-01-02")]), "en")["all rows"][0]
        assert english[:4] == ["verdict", "certainty", "amount", "approved_on"]

    @pytest.mark.parametrize(
        ("header", "shown"),
        [
            ("金额", "金额"),
            ("金额（元）", "金额（元）"),
            ("金额（万元）", "金额（万元）"),
            ("@F", "采购金额"),
        ],
    )
    def test_headers_are_those_of_the_log(self, header: str, shown: str) -> None:
        report = read_from(checked([bought()]), Source("a.csv", "", 1, {"amount": header}))
        assert opened(report)["全部记录"][0][2] == shown

    def test_several_tables(self) -> None:
        rows = [bought(1, origin=Origin("a.xlsx", "1月", 2)), bought(2, origin=Origin("b.csv", None, 3))]
        one = Source("a.xlsx", "a" * 64, 1, {"amount": "金额", "date": "日期"}, "1月")
        other = Source("b.csv", "b" * 64, 1, {"amount": "总价", "date": "日期", "note": "备注栏"})
        found = opened(read_from(checked(rows), one, other))["全部记录"]
        assert [row[:3] + row[5:8] for row in found] == [
            ["文件", "工作表", "行号", "日期", "采购金额", "备注栏"],
            ["a.xlsx", "1月", 2, "2020-06-08", 1, ""],
            ["b.csv", "", 3, "2020-06-08", 2, ""],
        ]

    def test_columns_that_nothing_is_read_from(self, tmp_path: Path) -> None:
        """They stand at the end, as they stood in the log; of two of one name each."""
        (tmp_path / "a.csv").write_text("采购日期,经手,金额,经手\n2020-03-05,甲,1,=乙\n2020-03-06,丙,面议\n,,,\n")
        (tmp_path / "b.csv").write_text("采购日期,金额,合同页数,经手\n2020-03-07,3,12,丁\n")
        report = checked(procure.read(tmp_path / "a.csv", tmp_path / "b.csv"))
        assert [source.others for source in report.read.sources] == [("经手", "经手"), ("合同页数", "经手")]
        found = opened(report)["全部记录"]
        at = found[0].index("经手")
        assert found[0][at : at + 3] == ["经手", "经手", "合同页数"]
        assert [row[at : at + 3] for row in found[1:]] == [["甲", "=乙", ""], ["丙", "", ""], ["丁", "", "12"]]

    def test_typed_cells_that_nothing_is_read_from(self) -> None:
        day = dt.datetime(2020, 3, 5)
        cells = {
            "a": 12, "b": 1.5, "c": 10**15, "d": True, "e": False, "f": day, "g": day.replace(hour=9),
            "h": day.date(), "i": float("inf"), "j": None,
        }  # fmt: skip
        found = opened(checked(procure.read([{"amount": 1, "date": "2020-03-05", **cells}])))["全部记录"]
        at = found[0].index("a")
        assert found[0][at : at + 10] == list(cells)
        assert found[1][at : at + 10] == [
            12, 1.5, "1000000000000000", "是", "否", day.date(), "2020-03-05 09:00:00", day.date(), "inf", "",
        ]  # fmt: skip

    def test_rows_of_no_source_have_none(self) -> None:
        there = Source("a.csv", "", 1, {"amount": "金额"}, others=("经手",))
        found = opened(read_from(checked([bought(1)]), there))["全部记录"]
        assert [cell for (cell,) in columns(found, "经手")] == [""]

    def test_several_files_without_sheets(self) -> None:
        rows = [bought(1, origin=Origin("a.csv", None, 2)), bought(2, origin=Origin("b.csv", None, 2))]
        assert opened(checked(rows))["全部记录"][0][:3] == ["文件", "行号", "结论"]


class TestAnotherPolicy:
    """What a policy declares has its columns, and what it does not have none."""

    def test_two_ladders_and_a_total_by_supplier(self) -> None:
        rows = [spent(850), spent("£8,500.50", id="7", quotes=2, risk="n", note="late")]
        found = opened(checked(rows, council()), "en")
        assert list(found) == [name for name in NAMES["en"] if name != "ambiguities"]
        header, _, row = found["all rows"]
        assert header == [
            "verdict", "certainty", "id", "date", "amount", "supplier", "quotes", "approved by", "risk assessment",
            "note", "rules breached", "turns on (another verdict if read so)",
            "missing, or why not read or judged", "required", "done", "tier (procedure)", "tier (approval)",
            "single amount", "accumulated", "itself counted",
        ]  # fmt: skip
        assert row[:10] == ["to confirm", "settled", "7", "2024-05-06", "£8,500.50", "Acme", 2, "Clerk", "n", "late"]
        assert row[10:] == [
            "three quotes; approval; risk", "", "",
            "obtain three quotes; have the committee approve; have a risk assessment on file",
            "quotes: 2, approved by Clerk, risk assessment no", "three quotes", "approval", 8500.5, 9350.5, "yes",
        ]  # fmt: skip

    def test_amounts_are_in_pounds(self) -> None:
        data = workbook.dumps(checked([spent(1)], council()), "en")
        formats = [each.attrib["formatCode"] for each in parts(data)["xl/styles.xml"].iter(f"{NS}numFmt")]
        assert '"£"#,##0.00;[Red]-"£"#,##0.00' in formats and not any("¥" in each for each in formats)
        yen = workbook.dumps(checked([spent(1)], council(currency="JPY")), "en")
        assert any("#,##0;" in each.attrib["formatCode"] for each in parts(yen)["xl/styles.xml"].iter(f"{NS}numFmt"))

    def test_neither_totals_nor_ladders_nor_questions(self) -> None:
        duty = Duty(required="three quotes", clause="three quotes are obtained", when={}, met_by={"quotes": ">= 3"})
        policy = council({}, ladders={}, duties={"quotes": duty})
        found = opened(checked([spent(6_000, quotes=1), spent("?", date=None)], policy), "en")
        assert found["all rows"][0][-3:] == ["required", "done", "single amount"]
        assert "sha256 of the text" in [row[0] for row in found["receipt"]]
        gloss = {row[0]: row[4] for row in found["summary"]}
        assert gloss["not read"] == "1 without a known amount, left out of the sum"
        assert gloss["not judged"] == "zero or less, or nothing is asked of it"

    def test_several_totals_by_their_ids(self) -> None:
        totals = {"with-supplier": SUPPLIER, "orders": Total(sum="rows", by="supplier", window="12 months back")}
        rows = [spent(500, date="2024-04-06"), spent(600, date="2024-04-05")]
        header, first, _ = opened(checked(rows, council(totals)), "en")["all rows"]
        assert dict(zip(header[-4:], first[-4:], strict=True)) == {
            "accumulated (with-supplier)": 1100,
            "itself counted (with-supplier)": "yes",
            "accumulated in 12 months (orders)": 2,
            "itself counted (orders)": "yes",
        }

    def test_the_days_of_a_policy(self) -> None:
        force = InForce(since=dt.date(2024, 4, 1), until=dt.date(2025, 3, 31))
        found = opened(checked([spent(1)], council(in_force=force)), "en")
        told = {row[0]: row[1] for row in found["receipt"]}
        assert told["year"] == "only purchases from 2024-04-01 until 2025-03-31 are judged"
        assert {row[0]: row[4] for row in found["summary"]}["not judged"] == (
            "zero or less, or of a day on which the policy is not in force; counted all the same"
        )
        open_ended = opened(checked([spent(1)], council(in_force=InForce(since=dt.date(2024, 4, 1)))))["检查依据"]
        assert {row[0]: row[1] for row in open_ended}["年度"] == "只检查2024-04-01 起的采购"


class TestSummary:
    def test_chinese(self, small: Report) -> None:
        (sha256,) = (source.sha256 for source in small.read.sources)
        found = opened(small)
        b = ""
        title = "2 个单位 2020-03-05 至 2020-03-11 采购检查：长沙市芙蓉区工信局2020年度采购规定"
        result = "疑点 2 笔，¥91,000.00，其中 0 笔各种读法一致，2 笔取决于读法；1 笔缺少数据，无法判断；风险提示 1 笔。"
        covered = "已检查 5 行，共 7 行；金额 ¥291,234.56，共 ¥291,234.56；金额为零或负数 1 行；未能读取 1 行。"
        assert found["汇总"][:16] == [
            [title, b, b, b, b],
            [result, b, b, b, b],
            [covered, b, b, b, b],
            [b] * 5,
            ["结论（兼图例）", "确定性", "笔数", "金额", "含义"],
            ["疑点，各种读法一致", "各种读法一致", 0, 0, "所问各种读法下都不符合"],
            ["疑点，有争议", "有争议", 2, 91000, "默认口径下不符合，换一种读法则符合"],
            ["风险提示", "有争议", 1, 179000, "默认口径下符合，换一种读法则不符合"],
            ["无法判断，缺少数据", b, 1, 20000, "补齐所缺数据即可判断"],
            ["未能读取", b, 1, 0, "读得出的部分仍计入累计；1 笔金额不明，未计入"],
            ["未判断", b, 1, -300, "金额为零或负数，或不属本年度；仍计入累计"],
            ["合规", b, 1, 1234.56, "其中各种读法下都符合 1 笔"],
            ["合计", b, 7, 290934.56, "1 笔金额不明，未计入"],
            [
                "台账 7 行 ¥290,934.56（其中 1 行金额未计） = 已检查 5 行 ¥291,234.56 + 退款（只计入累计） 1 行 "
                "-¥300.00 + 未能读取 1 行（金额未计）",
                b,
                b,
                b,
                b,
            ],
            [b] * 5,
            ["下一步", b, b, b, b],
        ]
        assert [row[:7] for row in found["检查依据"]] == [
            ["检查依据", b, b, b, b, b, b],
            ["制度名称", "长沙市芙蓉区工信局2020年度采购规定", b, b, b, b, b],
            ["检查日期", DAY, b, b, b, b, b],
            ["制度", "furong-2020", b, b, b, b, b],
            ["制度原文出处", small.policy.passage.origin.zh, b, b, b, b, b],
            ["制度原文 sha256", small.policy.passage.sha256, b, b, b, b, b],
            ["限额", "年度限额 ¥300,000.00", b, b, b, b, b],
            ["已采用读法", "无", b, b, b, b, b],
            ["所问问题", "16 个，98,304 种解释一并检查；另有 14 个未问（见“歧义”表）", b, b, b, b, b],
            ["年度", "只检查2020年度的采购", b, b, b, b, b],
            ["原文编入程度", "原文已编入 92%，既未编入也未注明不编入 8%：", b, b, b, b, b],
            [b, "“属于年度政府集中采购目录之外的，实行分散采购”", b, b, b, b, b],
            [b] * 7,
            ["台账", "工作表", "行数", "已检查", "不适用", "未能读取", "sha256"],
            ["台账.csv", b, 7, 5, 1, 1, sha256],
            ["合计", b, 7, 5, 1, 1, b],
        ]
        # The columns of money and findings stand behind the others.
        assert [row[7:] for row in found["检查依据"][-3:]] == [["金额", "疑点"], [290934.56, 2], [290934.56, 2]]

    def test_english(self, small: Report) -> None:
        found = opened(small, "en")["summary"]
        assert [row[0] for row in found[4:16]] == [
            "verdict (and legend)", "to confirm, under every reading", "to confirm, disputed", "at risk",
            "cannot be judged: data missing", "not read", "not judged", "compliant", "all rows",
            "the log 7 rows ¥290,934.56 (1 of them without an amount) = judged 5 rows ¥291,234.56 + refunds, counted "
            "only 1 row -¥300.00 + not read 1 row (amounts not added up)",
            "", "what to do next",
        ]  # fmt: skip
        assert [row[4] for row in found[5:13]] == [
            "breached under every reading asked",
            "breached under the working reading, not under every other",
            "compliant under the working reading, not if one answer changes",
            "what is missing would decide",
            "what could be read of them counts in the totals; 1 without a known amount, left out of the sum",
            "zero or less, or of another year; counted all the same",
            "1 of them under every reading",
            "1 without a known amount, left out of the sum",
        ]

    def test_legend(self, small: Report) -> None:
        # Three lines and the heading stand above it; a blank line is no row.
        assert tints(workbook.dumps(small), 1)[3:10] == list(TINT.values())

    def test_limits_adoptions_and_years(self, tmp_path: Path) -> None:
        record = tmp_path / "adopted.toml"
        record.write_text(
            'policy = "furong-2020"\n[[adopted]]\nambiguity = "limbs"\nreading = "higher"\ndecided_by = "财政局"\n'
            'date = 2020-03-01\ndocument = "3号"\n',
            encoding="utf-8",
        )
        policy = furong({"window": "running"}, {"goods": 300_000, "works": 600_000}).adopt_from(record)
        report = checked([bought()], policy, any_year=True)
        found = opened(report)
        basis = [row[:2] for row in found["检查依据"] if row[0] != "所问问题"]
        assert basis[6:11] == [
            ["限额", "年度限额 货物 ¥300,000.00"],
            ["", "年度限额 工程 ¥600,000.00"],
            ["已采用读法", policy.adoptions[0].words.zh],
            ["", "window=running"],
            ["年度", "各年度的采购都检查"],
        ]
        standing = {row[0]: row[1:] for row in columns(found["歧义"], "歧义", "默认口径", "来由")}
        assert standing["limbs"][1] == "采用（财政局，2020-03-01，3号）"
        assert standing["window"][1] == "采用"
        assert standing["counted"][1] == "建议"
        english = {row[0]: row[1] for row in columns(opened(report, "en")["ambiguities"], "ambiguity", "standing")}
        assert english["limbs"] == "adopted (财政局, 2020-03-01, 3号)"
        undated = attrs.evolve(furong(limits=None), in_force=InForce(), built=None)
        unlimited = opened(checked([bought()], undated))["检查依据"]
        assert unlimited[6][:2] == ["限额", "未给出"]
        assert "年度" not in [row[0] for row in unlimited]

    def test_tables_add_up(self) -> None:
        rows = [
            bought(86_000, origin=Origin("a.xlsx", "1月", 2)),
            bought(-1, origin=Origin("a.xlsx", "2月", 2)),
            bought(None, date="?", category=None, origin=Origin("a.xlsx", "2月", 3)),
            bought(1),
        ]
        sources = [Source("a.xlsx", "a" * 64, n, {}, sheet) for n, sheet in ((1, "1月"), (2, "2月"), (0, "3月"))]
        found = opened(read_from(checked(rows), *sources))["检查依据"]
        assert found[-5:] == [
            ["a.xlsx", "1月", 1, 1, 0, 0, "a" * 64, 86000, 1],
            ["a.xlsx", "2月", 2, 0, 1, 1, "a" * 64, -1, 0],
            ["a.xlsx", "3月", 0, 0, 0, 0, "a" * 64, 0, 0],
            ["-", "", 1, 1, 0, 0, "", 1, 0],
            ["合计", "", 4, 2, 1, 1, "", 86000, 1],
        ]


class TestLists:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_sheets(self, small: Report, lang: Lang) -> None:
        assert list(opened(small, lang)) == NAMES[lang]

    def test_findings(self) -> None:
        """The settled ones first, and room for what comes of each."""
        log = [bought(5_000, id="1", category="复印纸"), bought(86_000, id="2", category="音响")]
        report = checked(log)
        header, *rows = opened(report)["疑点"]
        told = "确定性 规定 台账所载 单次金额"
        room = "核实情况 情况说明 整改措施 责任人 期限 整改情况"
        excepted = "例外：批准人 例外：批准文件 例外：批准日期"
        rest = f"条款原文 应当 当时所缺 所属档 年度累计 本笔计入累计 {TURNS_ON} {excepted} 标识"
        assert header == ["编号", "采购日期", "采购单位", "品目", *f"{told} {room} {rest}".split()]
        three = [MIDDLE.text, "采用三方询价等方式采购（询价、比价须有三家）"]
        lacked = (
            "当时应有：采购方式为三方询价或询价采购，且报价数不少于3；"
            "或采购方式为电子卖场或框架协议或竞争性谈判或竞争性磋商或邀请招标或公开招标；"
            "或采购方式为单一来源，且有单一来源依据记录。台账所载：自行采购，报价 0 家，无依据记录"
        )
        day, turning = "2020-06-08", flip(report, "exclusion", "included", "zh")
        done = ["三方询价", "自行采购"]
        assert [row[:8] for row in rows] == [
            ["2", day, "区工信局", "音响", "各种读法一致", *done, 86000],
            ["1", day, "区工信局", "复印纸", "有争议", *done, 5000],
        ]
        assert [row[8:14] for row in rows] == [[""] * 6] * 2
        assert [row[14:] for row in rows] == [
            [*three, lacked, "三方询价", 86000, "是", "", *[""] * 3, "区工信局/2020/2 three-quotes"],
            [*three, lacked, "三方询价", 5000, "是", turning, *[""] * 3, "区工信局/2020/1 three-quotes"],
        ]

    def test_entries_are_chosen_from_lists(self) -> None:
        offered = sheet(workbook.dumps(checked([bought(86_000)])), 2).find(f"{NS}dataValidations")
        assert offered is not None
        words = [each.findtext(f"{NS}formula1") for each in offered]
        assert words == ['"待核实,属实,不属实,经批准的例外"', '"未整改,整改中,已整改,长期坚持"']

    def test_data_to_supply(self, small: Report) -> None:
        header, *rows = opened(small)["待补数据"]
        assert header[-8:] == ["栏", "原值", "可判断（笔）", "补填内容", "填写人", "依据文件", "填写日期", "标识"]
        assert [[row[0], *row[-8:]] for row in rows] == [[5, "报价数", "", 1, "", "", "", "", "quotes"]]

    def test_exposures_and_unknown(self, small: Report) -> None:
        found = opened(small)
        assert columns(found["风险提示"], "行号", "编号", "依据的规定") == [[8, "7", "如换一种读法：目录内采购渠道"]]
        assert columns(found["无法判断"], "行号", "编号", "所缺数据", "依据的规定") == [
            [5, "4", "报价数", "可能：三方询价"]
        ]
        assert "确定性" not in found["风险提示"][0] + found["无法判断"][0]

    def test_rejected(self, small: Report) -> None:
        found = opened(small)["未能读取"]
        assert found == [
            ["行号", "栏", "所填内容", "未读原因", "编号", "采购日期", "单位名称", "品目"],
            [6, "金额（元）", "面议", "“面议”不是金额", "5", "", "区财政局", ""],
        ]

    def test_rejected_as_a_whole(self, tmp_path: Path) -> None:
        log = tmp_path / "log.csv"
        log.write_text("金额,日期\n100,2020-01-02,多出\n", encoding="utf-8")
        report = checked(procure.read(log))
        assert opened(report)["未能读取"][1][:3] == [2, "整行", "多出"]
        assert opened(report, "en")["not read"][1][1] == "the row"
        # It stands as it was typed, though none of it is believed.
        assert opened(report)["全部记录"][1][:5] == [2, "未能读取", "", "2020-01-02", "100"]

    def test_nothing_to_look_at(self) -> None:
        found = opened(checked([bought(800, method="open_tender")]))
        for name in ("疑点", "待补数据", "风险提示", "无法判断", "未能读取", "未读懂的格", "数据冲突", "说明"):
            assert len(found[name]) == 1


class TestNotes:
    def test_conflicts(self) -> None:
        rows = [
            bought(800, id=str(n), category="A05040101", origin=Origin("a.csv", None, n), **fields)
            for n, fields in enumerate([{"in_catalogue": False}, {"in_catalogue": True, "kind": "works"}], 2)
        ]
        found = opened(checked(rows, furong(catalogue=["A0504"])))["数据冲突"]
        day = "2020-06-08"
        assert found == [
            ["行号", "编号", "采购日期", "采购单位", "品目", "采购类别", "是否目录内", "冲突"],
            [2, "2", day, "区工信局", "A05040101", "goods", "否", "“是否目录内”一栏与所给目录不符，两种情况都已考虑"],
            [3, "3", day, "区工信局", "A05040101", "works", "是", "采购类别与品目编码的首字母不符，两种情况都已考虑"],
        ]

    def test_conflicts_that_cannot_be_found_again(self) -> None:
        """Two purchases that say nothing of where they stood are not told apart."""
        report = checked([bought(800, category="A05040101", kind="works"), bought(900)])
        header, row = opened(report)["数据冲突"]
        assert row == ["", "", "", "", "", "采购类别与品目编码的首字母不符，两种情况都已考虑"]
        assert header[-1] == "冲突"

    @pytest.mark.parametrize(
        ("origins", "shown"),
        [
            ([Origin("a.csv", None, n) for n in (2, 3, 4, 9, 11, 12)], "2-4, 9, 11-12"),
            ([Origin("a.csv", None, 7), Origin("a.csv", None, 3)], "7, 3"),
            ([Origin("a.csv", "说明")], "a.csv[说明]"),
            ([Origin()], ""),
            ([], ""),
        ],
    )
    def test_rows_of_a_notice(self, origins: list[Origin], shown: str) -> None:
        report = checked([bought(800, origin=Origin("a.csv", None, 2))])
        notice = Notice("some-kind", Words("甲", "a"), tuple(origins))
        found = opened(attrs.evolve(report, noted=(notice,)))["说明"]
        assert found == [["说明", "行数", "所在行", "类型"], ["甲", len(origins) or "", shown, "some-kind"]]

    def test_rows_of_several_tables(self) -> None:
        places = [Origin("a.xlsx", "1月", 2), Origin("a.xlsx", "1月", 3), Origin("b.csv", None, 2)]
        report = checked([bought(800, origin=place) for place in places])
        ((message, count, shown, kind),) = opened(report)["说明"][1:]
        assert (count, shown, kind) == (3, "a.xlsx[1月]: 2-3\nb.csv: 2", "possible-duplicates")
        assert message == "3 行各栏完全相同，可能重复；均已计入"


class TestAmbiguities:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_asked_then_not_asked(self, lang: Lang) -> None:
        report = checked([bought()], furong({"exclusion": "included"}))
        plan = report.plan
        header, *rows = opened(report, lang)[NAMES[lang][-2]]
        every = (*plan.asked, *plan.not_asked)
        assert [row[0] for row in rows] == [asked.id for asked in every]
        assert [row[3] for row in rows] == [asked.question.say(lang) for asked in every]
        assert [row[8] for row in rows] == [asked.why.say(lang) for asked in every]
        assert [row[9] for row in rows] == [asked.because.say(lang) if asked.because else "" for asked in every]
        colon = "：" if lang == "zh" else ": "
        for row, asked in zip(rows, every, strict=True):
            meanings = {r.id: f"{r.id}{colon}{r.meaning.say(lang)}" for r in asked.readings}
            assert row[5] == meanings.pop(plan.working.get(asked.id, asked.recommended))
            assert row[7] == "\n".join(meanings.values())
        standing = {row[0]: row[6] for row in rows}
        told = (
            ["采用", "建议", "建议", "未问时所取"]
            if lang == "zh"
            else ["adopted", *["recommended"] * 2, "taken since it was not asked"]
        )
        assert [standing[id] for id in ("exclusion", "limbs", "whose", "emergency")] == told
        if lang == "zh":
            assert rows[0][:5] == [
                "exclusion",
                "A01, A02",
                "“5000元以内（不含5000万元）”\n“5000元至”",
                plan.questions["exclusion"].question.zh,
                "各种读法都检查",
            ]
            assert header == ["歧义", "条目", "原文", "问题", "处理", "默认口径", "来由", "其他读法", "建议理由",
                              "未问的原因"]  # fmt: skip
