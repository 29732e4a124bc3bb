"""The command line, as a user meets it: what it prints where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter

import procure
from procure.cli import main
from procure.values.words import Lang

HEADER = "编号,采购日期,采购单位,品目,采购类别,采购金额,是否目录内,采购方式,报告同意日期,邀请家数,报价家数,单一来源理由"
#: A sheet of a month, whose row lacks its date.
HEAD, ROW = ["采购日期", "品目", "采购金额"], ["", "纸", "86"]
COMPLIANT = "1,2020-03-05,区工信局,印刷服务,服务,800,否,公开招标,2020-03-05,,,"
VIOLATION = "2,2020-03-06,区工信局,音响系统,货物,86000,否,自行采购,2020-03-05,0,0,"
UNKNOWN = "3,2020-03-07,区工信局,椅子,货物,6000,否,三方询价,,,,"
REJECTED = "4,2020-03-08,区工信局,桌子,货物,面议,否,自行采购,,,,"
REFUND = "5,2020-03-09,区工信局,窗帘,货物,-300,否,自行采购,,,,"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


class Shell:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def log(self, *lines: str, name: str = "log.csv", header: str = HEADER) -> str:
        (self.folder / name).write_text("\n".join([header, *lines, ""]), encoding="utf-8")
        return name

    def __call__(self, *arguments: str) -> Ran:
        self._capsys.readouterr()
        try:
            status = main(arguments)
        except SystemExit as stop:  # argparse does not return
            status = int(stop.code or 0)
        out, err = self._capsys.readouterr()
        return Ran(status, out, err)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


class TestExitStatus:
    @pytest.mark.parametrize(
        ("lines", "status"),
        [
            ([COMPLIANT], 0),
            ([COMPLIANT, REFUND], 0),
            ([VIOLATION], 1),
            ([COMPLIANT, VIOLATION, UNKNOWN, REJECTED], 1),
            ([COMPLIANT, UNKNOWN], 3),
            ([COMPLIANT, REJECTED], 3),
            ([REJECTED], 3),
            ([REFUND], 3),
        ],
    )
    @pytest.mark.parametrize("format", ["text", "json", "csv"])
    def test_check(self, shell: Shell, lines: Sequence[str], status: int, format: str) -> None:
        ran = shell("check", shell.log(*lines), "--limit", "300000", "--format", format)
        assert (ran.status, ran.err) == (status, "")
        assert ran.out

    def test_adopted_readings_decide(self, shell: Shell) -> None:
        log = shell.log("1,2020-03-05,区工信局,纸,货物,5000,否,自行采购,2020-03-05,0,0,")
        assert shell("check", log, "--limit", "300000").status == 1
        assert shell("check", log, "--limit", "300000", "--adopt", "exclusion=included").status == 0

    def test_other_years(self, shell: Shell) -> None:
        log = shell.log(VIOLATION.replace("2020", "2021"))
        assert shell("check", log, "--limit", "300000").status == 3
        assert shell("check", log, "--limit", "300000", "--year", "all").status == 1
        assert shell("check", log, "--limit", "2020:300000", "--year", "all", "--format", "csv").status == 1

    def test_several_logs_are_one_ledger(self, shell: Shell) -> None:
        paper = "{},2020-03-0{},区工信局,纸,货物,3000,否,自行采购,2020-03-01,0,0,"
        logs = [shell.log(paper.format(n, n), name=f"{n}.csv") for n in (1, 2)]
        assert shell("check", logs[0], "--limit", "300000").status == 0
        ran = shell("check", *logs, "--limit", "300000", "--format", "csv")
        assert ran.status == 1
        rows = list(csv.DictReader(io.StringIO(ran.out)))
        assert [(r["file"], r["row"], r["verdict"], r["accumulated"]) for r in rows] == [
            ("1.csv", "2", "compliant", "3000.00"),
            ("2.csv", "2", "violation", "6000.00"),
        ]


class TestUnusable:
    """Bad input gets a clear error and exit status 2, and nothing on stdout."""

    def refused(self, shell: Shell, *arguments: str) -> tuple[str, str]:
        """What is said in Chinese and in English."""
        told = []
        for lang in ("zh", "en"):
            ran = shell(*arguments, "--lang", lang)
            assert (ran.status, ran.out) == (2, "")
            assert ran.err.startswith("procure: ")
            assert ran.err.count("\n") == 1
            told.append(ran.err.removeprefix("procure: ").removesuffix("\n"))
        return told[0], told[1]

    def test_no_such_file(self, shell: Shell) -> None:
        assert self.refused(shell, "check", "nowhere.csv") == ("nowhere.csv：没有这个文件", "nowhere.csv: no such file")

    def test_no_amount_column(self, shell: Shell) -> None:
        log = shell.log("1,纸", header="编号,品目")
        zh, en = self.refused(shell, "check", log)
        assert zh.startswith("log.csv：")
        assert "--column amount=" in zh
        assert en.startswith("log.csv: ")
        assert "--column amount=" in en

    def test_empty_file(self, shell: Shell) -> None:
        (shell.folder / "empty.csv").write_bytes(b"")
        zh, en = self.refused(shell, "check", "empty.csv")
        assert zh.startswith("empty.csv：")
        assert zh.endswith("是空的")
        assert en.startswith("empty.csv: ")
        assert en.endswith("is empty")

    def test_empty_log(self, shell: Shell) -> None:
        assert self.refused(shell, "check", shell.log()) == (
            "log.csv：表头下没有数据",
            "log.csv: has no rows below its header",
        )

    @pytest.mark.parametrize(
        ("adopt", "zh", "en"),
        [
            (
                "limb=higher",
                "没有歧义“limb”（是否为“limbs”？）",
                "there is no ambiguity 'limb' (did you mean 'limbs'?)",
            ),
            (
                "limbs=both",
                "limbs 没有读法“both”（有：higher、single）",
                "limbs has no reading 'both' (there are: higher, single)",
            ),
            ("limbs", "--adopt limbs：应写成 名称=值", "--adopt limbs: write it as name=value"),
            ("limbs=", "--adopt limbs=：应写成 名称=值", "--adopt limbs=: write it as name=value"),
        ],
    )
    @pytest.mark.parametrize("command", ["check", "ambiguities"])
    def test_adopt(self, shell: Shell, command: str, adopt: str, zh: str, en: str) -> None:
        logs = [shell.log(COMPLIANT)] if command == "check" else []
        told = self.refused(shell, command, *logs, "--adopt", adopt)
        assert told[0].startswith(zh)
        assert told[1].startswith(en)

    def test_adopted_twice(self, shell: Shell) -> None:
        adopt = ["--adopt", "limbs=higher", "--adopt", "limbs=single"]
        told = self.refused(shell, "check", shell.log(COMPLIANT), *adopt)
        assert told == ("--adopt limbs 给了两次", "--adopt limbs was given twice")

    def test_limit_that_is_no_amount(self, shell: Shell) -> None:
        told = self.refused(shell, "check", shell.log(COMPLIANT), "--limit=abc")
        assert told == ("--limit abc：“abc”不是金额", "--limit abc: 'abc' is not an amount")

    @pytest.mark.parametrize(
        ("limit", "plain"), [("0", "0.00"), ("5000", "5000.00"), ("-300000", "-300000.00"), ("goods=0.5万", "5000.00")]
    )
    def test_limit(self, shell: Shell, limit: str, plain: str) -> None:
        zh, en = self.refused(shell, "check", shell.log(COMPLIANT), f"--limit={limit}")
        assert zh.startswith("年度限额：限额")
        assert en.startswith("yearly limit: ")
        assert f" {plain} 须高于" in zh
        assert f" {plain} " in en

    @pytest.mark.parametrize("given", [("--catalogue", "none.csv"), ("--list", "catalogue=none.csv")])
    def test_catalogue(self, shell: Shell, given: tuple[str, str]) -> None:
        told = self.refused(shell, "check", shell.log(COMPLIANT), *given)
        assert told == ("none.csv：没有这个文件", "none.csv: no such file")

    def test_a_list_given_twice(self, shell: Shell) -> None:
        given = ("--catalogue", "a.csv", "--list", "catalogue=b.csv")
        told = self.refused(shell, "check", shell.log(COMPLIANT), *given)
        assert told == ("--catalogue 给了两次", "--catalogue was given twice")

    def test_column(self, shell: Shell) -> None:
        zh, en = self.refused(shell, "check", shell.log(COMPLIANT), "--column", "amount=含税")
        assert zh.startswith("log.csv：没有“含税”列")
        assert en.startswith("log.csv: no column '含税' for amount")

    @pytest.mark.parametrize("format", ["csv", "jsonl"])
    def test_impact_beside_rows(self, shell: Shell, format: str) -> None:
        told = self.refused(shell, "check", shell.log(COMPLIANT), "--impact", "--format", format)
        assert told[1] == "--impact goes with text or json on the screen"

    def test_output_of_unknown_ending(self, shell: Shell) -> None:
        log = shell.log(COMPLIANT)
        told = self.refused(shell, "check", log, "--output", "report.pdf")
        assert told[0].startswith("不能写成“.pdf”（有：.json、.jsonl、.csv、.txt")
        assert told[1].startswith("cannot write '.pdf' (there are: .json, .jsonl, .csv, .txt")
        assert [path.name for path in shell.folder.iterdir()] == [log]

    def test_output_in_no_folder(self, shell: Shell) -> None:
        told = self.refused(shell, "check", shell.log(COMPLIANT), "--output", "none/report.json")
        assert told[0].startswith("不能写入 none/report.json：")
        assert told[1].startswith("cannot write none/report.json: ")

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["judge"],
            ["check"],
            ["check", "log.csv", "--format", "xml"],
            ["check", "log.csv", "--lang", "fr"],
            ["check", "log.csv", "--any"],
            ["check", "log.csv", "--show", "many"],
        ],
    )
    def test_arguments(self, shell: Shell, arguments: Sequence[str]) -> None:
        ran = shell(*arguments)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("procure: ")
        assert ran.err.endswith(" --help\n")


class TestNotices:
    def test_two_rows_with_one_id(self, shell: Shell) -> None:
        other = COMPLIANT.replace("印刷服务", "保洁服务")
        ran = shell("check", shell.log(COMPLIANT, other), "--limit", "300000", "--format", "json")
        assert ran.status == 0
        assert json.loads(ran.out)["notices"] == [
            {"kind": "duplicate-id", "rows": [2, 3], "message": "编号 1 有 2 行，均已计入"}
        ]

    def test_no_limit(self, shell: Shell) -> None:
        ran = shell("check", shell.log(COMPLIANT), "--format", "json", "--lang", "en")
        (notice,) = json.loads(ran.out)["notices"]
        assert notice["kind"] == "limit-unknown"
        assert "goods, services, works" in notice["message"]


class TestOptions:
    def test_column(self, shell: Shell) -> None:
        log = shell.log("86000,2020-03-06,纸", header="含税,付款日期,品目")
        ran = shell("check", log, "--column", "amount=含税", "--format", "csv")
        (row,) = csv.DictReader(io.StringIO(ran.out))
        assert row["single"] == "86000.00"

    def test_catalogue(self, shell: Shell) -> None:
        header = HEADER.replace(",是否目录内", "")
        log = shell.log("1,2020-03-06,区工信局,音响系统,货物,800,电子卖场,,0,0,", header=header)
        (shell.folder / "catalogue.csv").write_text("音响系统\n", encoding="utf-8")
        assert shell("check", log, "--limit", "300000").status == 3
        assert shell("check", log, "--limit", "300000", "--catalogue", "catalogue.csv").status == 0

    def test_show(self, shell: Shell) -> None:
        lines = [VIOLATION.replace("2,", f"{n},", 1).replace("音响系统", f"音响{n}") for n in range(25)]
        log = shell.log(*lines)
        screen = shell("check", log, "--limit", "300000").out
        assert "单次" not in screen
        assert len(screen.splitlines()) <= 40
        usual = shell("check", log, "--limit", "300000", "--show", "20").out
        assert usual.count("单次 ¥86,000.00") == 20
        assert "  …… 另有 5 笔（--all 全部列出）\n" in usual
        assert shell("check", log, "--limit", "300000", "--show", "3").out.count("单次 ¥86,000.00") == 3
        whole = shell("check", log, "--limit", "300000", "--show", "0").out
        assert whole.count("单次 ¥86,000.00") == 25
        assert "另有" not in whole
        assert shell("check", log, "--limit", "300000", "--show", "-1").out == whole
        assert shell("check", log, "--limit", "300000", "--all").out == whole

    @pytest.mark.parametrize("ending", ["json", "csv", "txt", "JSON"])
    def test_output(self, shell: Shell, ending: str) -> None:
        log = shell.log(VIOLATION)
        format = {"txt": "text"}.get(ending, ending.lower())
        name = f"report.{ending}"
        ran = shell("check", log, "--limit", "300000", "--format", format, "--output", name)
        assert ran.status == 1
        written = (shell.folder / name).read_bytes()
        assert written.startswith(b"\xef\xbb\xbf") == (ending == "csv")
        said = "疑点 1 笔，¥86,000.00。\n已检查 1 行，共 1 行；金额 ¥86,000.00，共 ¥86,000.00。\n已写入 report.txt\n"
        whole = shell("check", log, "--limit", "300000", "--format", format, "--all").out
        assert (ran.out, written.decode("utf-8-sig")) == (said if ending == "txt" else whole, whole)
        assert {path.name for path in shell.folder.iterdir()} == {log, name}

    def test_language(self, shell: Shell) -> None:
        log = shell.log(VIOLATION)
        assert "== ① 疑点，各种读法一致 ==" in shell("check", log, "--limit", "300000", "--all").out
        english = shell("check", log, "--limit", "300000", "--lang", "en", "--all").out
        assert "== (1) to confirm, under every reading ==" in english


class TestHelp:
    @pytest.mark.parametrize("command", ["check", "ambiguities", "policies"])
    def test_has_examples(self, shell: Shell, command: str) -> None:
        ran = shell(command, "--help", "--lang", "en")
        assert (ran.status, ran.err) == (0, "")
        assert "examples:\n  procure " + command in ran.out

    def test_check_tells_the_exit_status(self, shell: Shell) -> None:
        assert (
            "exit status: 0 all judged and compliant; 1 violations; 3 none, but something unknown or rejected; "
            "2 unusable input" in shell("check", "--help", "--lang", "en").out
        )

    def test_commands(self, shell: Shell) -> None:
        ran = shell("--help")
        assert ran.status == 0
        for command in ("check", "ambiguities", "policies"):
            assert f"\n    {command}" in ran.out

    def test_version(self, shell: Shell) -> None:
        assert shell("--version") == Ran(0, f"procure {procure.__version__}\n", "")


class TestColumns:
    def test_recognised(self, shell: Shell) -> None:
        log = shell.log("1,2020-03-05,纸,86,x", header="编号,采购日期,品目,采购金额（万元）,颜色")
        assert shell("columns", log, "--lang", "en") == Ran(
            0,
            "log.csv, header in row 1\n"
            "  id           id  ←  编号\n"
            "  date         date  ←  采购日期\n"
            "  category     category  ←  品目\n"
            "  amount       amount (万元)  ←  采购金额（万元）\n"
            "  not recognised: 颜色\n"
            "  to use one: --column FIELD=颜色, where FIELD is one of: unit, department, kind, description, debit, "
            "credit, dr_cr, currency, counted_in, in_catalogue, method, supplier, contract, status, voided, "
            "approved_on, invited, "
            "quotes, ground, emergency, note\n",
            "",
        )

    def test_sheets_that_read_alike_stand_together(self, shell: Shell) -> None:
        months = {"1月": [HEAD, ROW], "2月": [HEAD, ROW], "另": [["x", *HEAD], ["", *ROW]]}
        with xlsxwriter.Workbook("log.xlsx") as book:
            for name, rows in months.items():
                sheet = book.add_worksheet(name)
                for at, row in enumerate(rows):
                    sheet.write_row(at, 0, row)
        ran = shell("columns", "log.xlsx")
        assert [line for line in ran.out.splitlines() if "表头" in line] == [
            "log.xlsx[1月、2月]，表头在第1行",
            "log.xlsx[另]，表头在第1行",
        ]
        assert "log.xlsx[1月, 2月], header in row 1\n" in shell("columns", "log.xlsx", "--lang", "en").out
        asked = ("explain", "log.xlsx", "--lang", "en")
        assert "log.xlsx[1月]:2 " in (both := shell(*asked, "--row", "2").out) and "log.xlsx[2月]:2 " in both
        assert shell(*asked, "--row", "2月:2").out.startswith("log.xlsx[2月]:2 ")
        assert shell(*asked, "--row", "3月:2").err == "procure: --row 3月:2: no such purchase was read\n"
        # Where rows of several sheets are named, each is named with its sheet.
        assert "（第 1月:2、2月:2、另:2 行）" in shell("check", "log.xlsx").out

    def test_records_of_a_json_file(self, shell: Shell) -> None:
        Path("log.json").write_text('[{"id": 1, "amount": 5, "a\\ud800": 1}]', encoding="utf-8")
        ran = shell("columns", "log.json", "--save", "mapping.toml", "--lang", "en")
        assert (ran.status, ran.out.splitlines()[0]) == (0, "log.json")
        # Half a pair cannot be written, and a file half written would be no mapping.
        assert Path("mapping.toml").read_text(encoding="utf-8") == (
            '[columns]\nid = "id"\namount = "amount"\n# not recognised 未识别: "a?"\n'
        )

    def test_saved_and_used(self, shell: Shell) -> None:
        log = shell.log("1,2020-03-05,纸,86,x", header="编号,采购日期,品目,含税,颜色")
        ran = shell("columns", log, "--column", "amount=含税", "--save", "mapping.toml")
        assert (ran.status, ran.err) == (0, "")
        assert Path("mapping.toml").read_text(encoding="utf-8") == (
            '[columns]\nid = "编号"\ndate = "采购日期"\ncategory = "品目"\namount = "含税"\n'
            '# not recognised 未识别: "颜色"\n'
        )
        assert "共 1 行" in shell("check", log, "--mapping", "mapping.toml").out
        again = shell("columns", log, "--column", "amount=含税", "--save", "mapping.toml", "--lang", "en")
        assert (again.status, again.err) == (0, "")
        assert again.out.endswith(
            '\nwritten to mapping.toml. From now on: --mapping mapping.toml, or mapping = "mapping.toml" in '
            "procure.toml\n"
        )

    def test_not_recognised(self, shell: Shell) -> None:
        ran = shell("columns", shell.log("1,纸", header="编号,品目"))
        assert ran.status == 2
        assert ran.out.startswith("log.csv，表头在第1行\n  id           编号  ←  编号\n")
        assert "--column amount=" in ran.out
        ran = shell("columns", shell.log("纸,1,5", header="花费,品目,采购方式"))
        assert "\n  如需指定：--column FIELD=花费，FIELD 为下列之一：id（编号）、date（采购日期）、" in ran.out
        near = shell("columns", shell.log("物业,1,5", header="品目,采购金额,报告领导同意时间")).out
        assert near.endswith("  未识别：报告领导同意时间\n  可能是：--column approved_on=报告领导同意时间（请核对）\n")
        assert shell("columns", "nowhere.csv") == Ran(2, "", "procure: nowhere.csv：没有这个文件\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_policies(shell: Shell, lang: Lang) -> None:
    """Each with its title; then when it is in force, its currency, the columns that it reads, and what is given."""
    shipped = [procure.policies.load(name) for name in procure.policies.names()]
    ran = shell("policies", "--lang", lang)
    heads = [line for line in ran.out.splitlines() if not line.startswith(" ")]
    assert heads == [f"{policy.id}\t{policy.title.say(lang)}" for policy in shipped]
    assert (ran.status, ran.err) == (0, "")
    told = {
        "zh": "  有效期：2020-01-01 至 2020-12-31；币种：CNY\n"
        "  台账的栏：采购单位、品目、合同编号、采购类别、采购方式、报告同意日期、邀请家数、报价数、单一来源依据、"
        "应急采购、是否目录内、采购金额、采购日期\n"
        "  须另给：--limit decentral=…, --limit open-tender=…, --list catalogue=…\n",
        "en": "  in force: 2020-01-01 to 2020-12-31; currency: CNY\n"
        "  columns of a log: unit, category, contract, kind, method, approved_on, invited, quotes, ground, emergency, "
        "in_catalogue, amount, date\n"
        "  to be given: --limit decentral=…, --limit open-tender=…, --list catalogue=…\n",
    }
    furong = procure.policies.furong_2020()
    assert f"{furong.id}\t{furong.title.say(lang)}\n{told[lang]}" in ran.out


def run(*arguments: str, cwd: Path, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    root = Path(procure.__file__).parents[1]
    env = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "procure", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, stdout=stdout, stderr=subprocess.PIPE, check=False)


def test_as_a_module(shell: Shell) -> None:
    log = shell.log(VIOLATION)
    ran = run("check", log, "--limit", "300000", "--lang", "en", cwd=shell.folder)
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert "(1) to confirm, under every reading: 1, ¥86,000.00" in ran.stdout.decode()


def test_the_output_is_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(args: object) -> int:
        raise BrokenPipeError

    monkeypatch.setattr("procure.cli.policy._run_policies", broken)
    with (tmp_path / "out").open("w", encoding="utf-8") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert main(["policies"]) == 2
        # What is still said goes nowhere.
        print("late", file=out, flush=True)
    assert (tmp_path / "out").read_bytes() == b""


def test_a_reader_that_goes_away(shell: Shell) -> None:
    log = shell.log(VIOLATION)
    read, write = os.pipe()
    os.close(read)
    ran = run("check", log, "--limit", "300000", cwd=shell.folder, stdout=write)
    os.close(write)
    assert (ran.returncode, ran.stderr) == (2, b"")


ADOPTED = """\
policy = "furong-2020"
[[adopted]]
ambiguity = "limbs"
reading = "single"
decided_by = "区财政局采购办"
date = 2020-03-01
document = "会议纪要第3号"
"""


class TestAskingAboutTheReadings:
    def test_explain(self, shell: Shell) -> None:
        log = shell.log(COMPLIANT, VIOLATION)
        by_row = shell("explain", log, "--row", "3", "--limit", "300000", "--lang", "en")
        assert by_row.status == 0
        assert by_row.out.splitlines()[0] == "log.csv:3  to confirm (settled)"
        assert shell("explain", log, "--id", "2", "--limit", "300000", "--lang", "en").out == by_row.out

    def test_one_finding_on_one_sheet(self, shell: Shell) -> None:
        log = shell.log(COMPLIANT, VIOLATION, *(COMPLIANT.replace("1,", f"{n},", 1) for n in range(9, 40)))
        asked = ("explain", log, "--limit", "300000")
        assert shell(*asked, "--row", "3", "--output", "p.html").out == "已写入 p.html\n"
        written = Path("p.html").read_text(encoding="utf-8")
        titles = re.findall("<h2>(.*?)</h2>", written)
        assert titles == [
            "事项", "累计及其各笔", "依据条款，应当怎样，台账所载", "当时应有", "证据提供单位意见"
        ]  # fmt: skip
        assert "<li>log.csv:3  疑点（各种读法一致）</li>" in written
        assert "签字（盖章）" in written and "编制：" in written and "复核：" in written
        # The rows of a total are as many as there is room for.
        assert shell(*asked, "--id", "39", "--output", "p.txt", "--lang", "en").out == "written to p.txt\n"
        totals = Path("p.txt").read_text(encoding="utf-8-sig").split("== ")[2].splitlines()
        assert len(totals) == 1 + 16 + 2 and re.fullmatch(r"  \d\d more lines: see procure explain", totals[-2])
        ran = shell(*asked, "--row", "3", "--output", "p.json", "--lang", "en")
        assert (ran.status, ran.err) == (2, "procure: cannot write '.json' (there are: .txt, .html, .xlsx)\n")

    @pytest.mark.parametrize("which", [("--row", "9"), ("--id", "9")])
    def test_explain_what_is_not_there(self, shell: Shell, which: tuple[str, str]) -> None:
        ran = shell("explain", shell.log(COMPLIANT), *which, "--lang", "en")
        assert (ran.status, ran.err) == (2, f"procure: {which[0]} 9: no such purchase was read\n")

    def test_a_policy_that_there_is_not(self, shell: Shell) -> None:
        ran = shell("check", shell.log(COMPLIANT), "--policy", "furong-2012", "--lang", "en")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("procure: there is no policy 'furong-2012', and no such file (there are: ")
        assert ran.err.endswith("; did you mean 'furong-2020'?\n")
        ran = shell("check", shell.log(COMPLIANT), "--policy", "x")
        assert ran.err.startswith("procure: 没有制度“x”，也没有这个文件（有：")
        assert ran.err.endswith("）\n")

    def test_policy_schema(self, shell: Shell) -> None:
        shipped = Path(procure.policies.__file__).with_name("policy.schema.json")
        assert shell("policy", "schema").out == shipped.read_text(encoding="utf-8")

    def test_policy_check(self, shell: Shell) -> None:
        ran = shell("policy", "check", "--format", "json")
        assert ran.status == 0
        found = json.loads(ran.out)
        assert [contested["questions"] for contested in found["contested"]] == [["exclusion"], ["limit-overlap"]]
        assert "exactly ¥5,000.00" in shell("policy", "check", "--lang", "en").out

    def test_impact(self, shell: Shell) -> None:
        log = shell.log(COMPLIANT, "2,2020-03-06,区工信局,展板,服务,5000,否,自行采购,2020-03-05,0,0,")
        text = shell("check", log, "--limit", "300000", "--impact", "--lang", "en").out
        assert "1. exclusion=excluded" in text
        impact = json.loads(shell("check", log, "--limit", "300000", "--impact", "--format", "json").out)["impact"]
        assert impact["ambiguities"][0]["alone"] == {"purchases": 1, "amount": "5000.00", "amount_unknown": 0}

    @pytest.mark.parametrize("other", [("--format", "csv"), ("--output", "report.json")])
    def test_impact_is_for_the_screen(self, shell: Shell, other: tuple[str, str]) -> None:
        ran = shell("check", shell.log(COMPLIANT), "--impact", "--lang", "en", *other)
        assert (ran.status, ran.err) == (2, "procure: --impact goes with text or json on the screen\n")

    def test_adoption_on_record_stands_in_every_report(self, shell: Shell) -> None:
        (shell.folder / "adopted.toml").write_text(ADOPTED, encoding="utf-8")
        log = shell.log(COMPLIANT)
        arguments = ("check", log, "--limit", "300000", "--adopt-file", "adopted.toml")
        assert "limbs=single（区财政局采购办，2020-03-01，会议纪要第3号）" in shell(*arguments, "--all").out
        policy = json.loads(shell(*arguments, "--format", "json").out)["policy"]
        assert policy["adopted"] == {"limbs": "single"}
        assert [record["file"] for record in policy["adoption"]] == ["adopted.toml"]
        twice = shell(*arguments, "--adopt", "limbs=higher", "--lang", "en")
        assert (twice.status, twice.err) == (
            2,
            "procure: limbs was adopted as 'single' and cannot be 'higher' too\n",
        )

    def test_columns(self, shell: Shell) -> None:
        ran = shell("columns", shell.log(COMPLIANT, header=HEADER.replace("采购金额", "含税")), "--lang", "en")
        assert ran.status == 2
        assert "not recognised: 含税" in ran.out
        assert shell("columns", shell.log(COMPLIANT)).status == 0


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_pipe_gets_utf_8_whatever_the_locale(shell: Shell, encoding: str) -> None:
    log = shell.log(VIOLATION)
    ran = subprocess.run(
        [sys.executable, "-m", "procure", "check", log, "--limit", "300000"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert ran.returncode == 1
    assert "¥86,000.00" in ran.stdout.decode("utf-8")


def test_an_output_that_is_no_stream_of_bytes(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["policies"]) == 0
    assert "bromley\t" in out.getvalue()


class TestTheLogsOwnColumns:
    def test_a_unit_column_that_is_blank_is_missing(self, shell: Shell) -> None:
        """In a column that the log has, a blank unit is missing: such rows may be of one unit or of two."""
        rows = [f"{n},2020-03-0{n},,印刷服务,服务,4000,否,自行采购,2020-03-01,0,0," for n in (1, 2)]
        report = json.loads(shell("check", shell.log(*rows), "--limit", "300000", "--format", "json").out)
        assert [(p["verdict"], p["missing"], p["totals"]["accumulated"]) for p in report["purchases"]] == [
            ("compliant", [], "4000.00"),
            ("unknown", ["unit"], "4000.00..8000.00"),
        ]
        assert [notice["kind"] for notice in report["notices"]] == ["leaves-open"]
        assert report["left_open"] == [{"column": "unit", "rows": [2, 3], "verdicts": 1}]
        aside = shell("check", shell.log(*rows), "--set-aside-unplaced", "--limit", "300000", "--format", "json")
        told = json.loads(aside.out)
        assert [place["row"] for place in told["set_aside"]] == [2, 3]
        assert (told["purchases"], aside.status) == ([], 3)

    @pytest.mark.parametrize("ground", ["不适用", "暂无", "无依据", "否", "-"])
    def test_words_for_no_ground(self, shell: Shell, ground: str) -> None:
        row = f"1,2020-03-01,区工信局,服务器,货物,400000,否,单一来源,2020-02-01,,,{ground}"
        report = json.loads(shell("check", shell.log(row), "--limit", "300000", "--format", "json").out)
        assert report["purchases"][0]["flips"] == [{"single-source": "free"}]

    @pytest.mark.parametrize("header", ["请示日期", "报批日期", "理由", "依据"])
    def test_headers_that_may_mean_something_else_are_not_taken(self, shell: Shell, header: str) -> None:
        log = shell.log("1,2020-03-01,印刷,4000,2020-02-01", header=f"编号,采购日期,品目,采购金额,{header}")
        assert f"未识别：{header}" in shell("columns", log).out

    def test_notices_name_the_file_where_there_are_several(self, shell: Shell) -> None:
        logs = shell.log(COMPLIANT), shell.log(COMPLIANT, name="more.csv")
        told = "编号 1 的 2 行各栏完全相同，可能重复；均已计入（log.csv:2, more.csv:2）"
        assert told in shell("check", *logs, "--limit", "300000", "--all").out


@pytest.mark.parametrize("format", ["text", "json"])
def test_ambiguities(shell: Shell, format: str) -> None:
    ran = shell("ambiguities", "--format", format, "--adopt", "limbs=single", "--lang", "en")
    assert (ran.status, ran.err) == (0, "")
    assert "exclusion" in ran.out


class TestWhatIsAskedOnlyWhereItsDatumIsThere:
    CAR = "1,2020-03-05,区工信局,轿车,货物,2500000,是,电子卖场,2020-03-05,,,"

    def asked(self, ran: Ran) -> list[str]:
        asked: list[str] = json.loads(ran.out)["policy"]["asked"]
        return asked

    def test_the_open_tender_standard(self, shell: Shell) -> None:
        log = shell.log(self.CAR)
        without = shell("check", log, "--limit", "300000", "--format", "json")
        assert without.status == 0
        given = shell("check", log, "--limit", "300000", "--open-tender", "goods=200万", "--format", "json")
        assert given.status == 1
        assert {*self.asked(given)} - {*self.asked(without)} == {"catalogue-cap"}
        told = json.loads(given.out)
        assert told["policy"]["limits"]["open-tender"] == {"goods": "2000000.00"}
        assert told["purchases"][0]["flips"] == [{"catalogue-cap": "uncapped"}]
        told = shell("check", log, "--limit", "300000", "--open-tender", "goods=200万", "--lang", "en", "--all").out
        assert "\nlimits: yearly limit ¥300,000.00; open-tender standard goods ¥2,000,000.00;" in told

    def test_adopted_without_the_standard(self, shell: Shell) -> None:
        ran = shell(
            "check", shell.log(self.CAR), "--limit", "300000", "--adopt", "catalogue-cap=capped", "--lang", "en"
        )
        assert ran.status == 3
        assert "1. Give the open-tender standard: 1 wait for it (--limit AMOUNT)" in ran.out

    def test_a_standard_below_the_limit(self, shell: Shell) -> None:
        ran = shell("check", shell.log(self.CAR), "--limit", "300000", "--open-tender", "200000", "--lang", "en")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("procure: open-tender standard: a limit of goods of 200000.00 is below 300000.00")

    def test_floors(self, shell: Shell) -> None:
        (shell.folder / "catalogue.csv").write_text("品目名称,起点金额\n移动存储,1000元以上\n", encoding="utf-8")
        log = shell.log("1,2020-03-05,区工信局,移动存储,货物,800,,自行采购,2020-03-05,,,")
        ran = shell("check", log, "--limit", "300000", "--catalogue", "catalogue.csv", "--format", "json")
        assert ran.status == 0
        assert "catalogue-floor" in self.asked(ran)
        assert json.loads(ran.out)["purchases"][0]["flips"] == [{"catalogue-floor": "name"}]

    def test_departments_and_emergencies(self, shell: Shell) -> None:
        header = f"{HEADER},科室,应急采购"
        rows = [
            "1,2020-03-05,区工信局,纸,货物,3000,否,自行采购,2020-03-05,0,0,,办公室,",
            "2,2020-03-06,区工信局,纸,货物,3000,否,自行采购,2020-03-06,0,0,,综合科,否",
            "3,2020-03-07,区工信局,水泵,货物,20000,否,自行采购,,0,0,,综合科,是",
            "4,2020-03-08,区工信局,椅子,货物,100,否,自行采购,2020-03-08,0,0,,,也许",
        ]
        ran = shell("check", shell.log(*rows, header=header), "--limit", "300000", "--format", "json")
        assert self.asked(ran)[-2:] == ["whose", "emergency"]
        told = json.loads(ran.out)
        flips = [purchase["flips"] for purchase in told["purchases"]]
        assert {"whose": "department"} in flips[1]
        assert flips[2] == [{"emergency": "none"}]
        (fault,) = told["logs"][0]["cell_faults"]
        assert (fault["column"], fault["value"]) == ("emergency", "也许")

    def test_a_department_not_named(self, shell: Shell) -> None:
        header = f"{HEADER},科室"
        rows = [
            "1,2020-03-05,区工信局,纸,货物,3000,否,自行采购,2020-03-05,0,0,,办公室",
            "2,2020-03-06,区工信局,纸,货物,3000,否,自行采购,2020-03-06,0,0,,",
        ]
        log = shell.log(*rows, header=header)
        ran = shell("check", log, "--limit", "300000", "--adopt", "whose=department", "--format", "json")
        told = json.loads(ran.out)["purchases"][1]
        assert (told["verdict"], told["missing"], told["totals"]["accumulated"]) == (
            "unknown",
            ["department"],
            "3000.00..6000.00",
        )


class TestEngines:
    @pytest.mark.parametrize("engine", ["auto", "polars", "duckdb"])
    @pytest.mark.parametrize("kind", ["csv", "parquet"])
    def test_the_report_is_the_same(self, shell: Shell, engine: str, kind: str) -> None:
        pl = pytest.importorskip("polars", reason="engines need the extra frames")
        pytest.importorskip("duckdb", reason="engines need the extra frames")
        name = shell.log(COMPLIANT, VIOLATION, UNKNOWN, REJECTED, REFUND)
        if kind == "parquet":
            pl.read_csv(name, infer_schema=False).write_parquet("log.parquet")
            name = "log.parquet"
        asked = ("check", name, "--limit", "300000", "--format", "json")
        by_rows, found = shell(*asked, "--engine", "python"), shell(*asked, "--engine", engine)
        assert found == by_rows
        assert (found.status, json.loads(found.out)["summary"]["violation"]["settled"]) == (1, 1)

    def test_one_that_is_not_installed(self, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is said before anything is read."""
        monkeypatch.setitem(sys.modules, "procure.engines.columnar.tasks", None)
        ran = shell("check", "nowhere.csv", "--engine", "spark", "--lang", "en")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err == (
            "procure: the engine spark needs procure.engines.columnar.tasks: "
            "pip install 'procure-check[frames,spark]'\n"
        )
