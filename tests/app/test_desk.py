"""What the page speaks to, without a browser: it asks for what is not known, says what is wrong where it belongs, and
finds what the command line finds."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import procure
from procure import ProcureError, Words
from procure.app.desk import Desk
from procure.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "furong_2020.csv"
CATALOGUE = ROOT / "examples" / "catalogue_2020.csv"
COUNCIL = Path(procure.__file__).parent / "policies" / "lcsp_118"
LIMITS = {"decentral": {"": {"goods": "300000", "services": "30万", "works": "600,000"}}}
FURONG = {"policy": "furong-2020", "limits": LIMITS}
#: A small log with a column that nothing is called by, and a word that nothing is meant by.
ODD = "日期,品目,价,采购方式\n2020-03-01,办公用品,6000,口头问价\n2020-03-02,办公用品,100,口头问价\n"

WAIVED = """\
policy = "furong-2020"
[[waiver]]
purchase = "FR2020-018"
duty = "three-quotes"
by = "区财政局"
document = "3号"
date = 2020-03-01
reason = "仅一家能供"
"""


class Page:
    """The desk as the page's script speaks to it."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []
        self._desk = Desk(lambda done, of: self.told.append((done, of)))

    def ask(self, call: str, choices: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._desk.ask(call, json.dumps({**choices, **more})))
        return found


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.chdir(tmp_path)
    return Page()


def put(*files: Path | tuple[str, str]) -> None:
    for file in files:
        if isinstance(file, Path):
            Path(file.name).write_bytes(file.read_bytes())
        else:
            Path(file[0]).parent.mkdir(parents=True, exist_ok=True)
            Path(file[0]).write_text(file[1], encoding="utf-8")


def faults(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(each["place"], each["words"][1]) for each in found["faults"]]


def group(found: Mapping[str, Any], place: str) -> dict[str, Any]:
    return {"/".join(each["path"]): each for each in _group(found, place)["controls"]}


def _group(found: Mapping[str, Any], place: str) -> dict[str, Any]:
    (there,) = (each for each in (*found["groups"], *found["words"]) if each["place"] == place)
    return dict(there)


def heads(found: Mapping[str, Any]) -> dict[str, str]:
    (table,) = found["tables"]
    return {"/".join(head["path"][1:]): head["value"] for head in table["heads"]}


def as_the_command_line_says(found: Mapping[str, Any], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the command that the page shows prints as JSON, in the folder of the files."""
    capsys.readouterr()
    main([*shlex.split(found["command"])[1:], "--lang", "zh", "--format", "json"])
    return dict(json.loads(capsys.readouterr().out))


def judged(page: Page, choices: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What judging gives, and the report's JSON."""
    found = page.ask("judge", choices)
    assert found["faults"] == []
    (file,) = page.ask("write", choices, kind=".json")["files"]
    return found, json.loads(Path(file["path"]).read_text(encoding="utf-8"))


# -- what is asked ----------------------------------------------------------------------------------------------------


def test_an_empty_desk_asks_for_a_policy(page: Page) -> None:
    found = page.ask("look", {})
    assert [each["place"] for each in found["groups"]] == ["policy"]
    (policy,) = group(found, "policy").values()
    assert policy["value"] == "" and "furong-2020" in [each["value"] for each in policy["options"]]
    assert not found["ready"] and found["faults"] == []


def test_nothing_is_judged_without_a_log_or_a_policy(page: Page) -> None:
    assert faults(page.ask("judge", FURONG)) == [("files", "drop a log, and choose a policy")]
    put(EXAMPLE)
    assert faults(page.ask("judge", {})) == [("files", "drop a log, and choose a policy")]


def test_the_form_is_made_of_what_the_policy_declares(page: Page) -> None:
    put(EXAMPLE)
    found = page.ask("look", FURONG)
    assert found["ready"] and found["faults"] == []
    limits = group(found, "limits/decentral")
    assert [(each["label"], each["value"]) for each in limits.values()] == [
        (["货物", "goods"], "300000"),
        (["服务", "services"], "30万"),
        (["工程", "works"], "600,000"),
    ]
    assert _group(found, "limits/open-tender")["title"] == ["公开招标数额标准", "open-tender standard"]
    assert _group(found, "policy")["note"][1] == "Purchasing policy of the Furong bureau, Changsha, 2020"
    options = [each["value"] for each in group(found, "files")["roles/furong_2020.csv"]["options"]]
    assert options[:2] == ["log", "list:catalogue"]


def test_a_year_may_have_limits_of_its_own(page: Page) -> None:
    found = page.ask("look", {**FURONG, "years": "2021"})
    assert [each["label"][1] for each in group(found, "limits/decentral").values()][3:] == [
        "2021 goods",
        "2021 services",
        "2021 works",
    ]


def test_a_policy_that_is_given_nothing_asks_for_nothing(page: Page) -> None:
    found = page.ask("look", {"policy": "lcsp-118"})
    assert [each["place"] for each in found["groups"]] == ["policy", "year"]
    assert list(group(found, "year")) == ["year"]


def test_faults_are_said_where_they_belong(page: Page) -> None:
    put(EXAMPLE)
    wrong = {"goods": "3000", "services": "x", "works": " "}
    choices = {"policy": "furong-2020", "years": "2021 soon", "year": "19", "limits": {"decentral": {"": wrong}}}
    assert faults(page.ask("look", choices)) == [
        ("years", "'soon' is not a year"),
        ("limits/decentral//services", "'x' is not an amount"),
        ("limits/decentral", "a limit of goods of 3000.00 is not above 5000.00"),
        ("year", "--year 19: it must be a year, or all"),
    ]
    assert faults(page.ask("judge", choices)) == faults(page.ask("look", choices))


def test_a_large_log_is_told_so_with_the_command_line(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procure.app.forms._LARGE", 60)
    put(EXAMPLE)
    ((zh, en),) = page.ask("look", FURONG)["notes"]
    assert en.startswith("68 rows: a browser is slow with so many. Use the command line: procure check furong_2020.csv")
    assert zh.startswith("共 68 行")


def test_a_policy_is_chosen_by_its_title(page: Page) -> None:
    put(EXAMPLE)
    found = page.ask("look", {})
    assert found["notes"] == [["请先在上面选定依据哪份制度", "choose above the policy to judge by"]]
    (policy,) = group(found, "policy").values()
    titles = {each["value"]: each["words"] for each in policy["options"]}
    assert titles["bromley"] == [
        "英国 Bromley 区议会：报价与招标家数（bromley）",
        "Bromley Council, contract procedure rules: quotations and tenders (bromley)",
    ]


def test_the_columns_that_the_policy_looks_at_and_no_table_has_are_named(page: Page) -> None:
    put(("log.csv", "日期,内容,金额,采购方式,报价数\n2020-03-01,办公用品,6000,自行采购,1\n"))
    assert page.ask("look", {})["sought"] is None
    zh, en = page.ask("look", FURONG)["sought"]
    assert zh.startswith("没有读到：") and "品目" in zh and "采购类别" in zh and "报价数" not in zh
    assert "three-parties" not in zh  # nothing but the policy says that
    assert en.startswith("not found: ")
    headers = {"内容": "category"}
    assert "品目" not in page.ask("look", {**FURONG, "headers": headers})["sought"][0]


def test_nothing_is_looked_for_where_the_log_has_all(page: Page) -> None:
    put(ROOT / "examples" / "bromley.csv")
    assert page.ask("look", {"policy": "bromley"})["sought"] is None


# -- files ------------------------------------------------------------------------------------------------------------


def test_what_each_file_is_for_is_told_by_what_it_holds(page: Page) -> None:
    put(
        EXAMPLE,
        CATALOGUE,
        ("mapping.toml", '[columns]\namount = "采购金额"\n'),
        ("procure.toml", ""),
        ("record.toml", 'policy = "furong-2020"\n[[adopted]]\n'),
        ("broken.toml", "= nothing"),
        ("council/policy.toml", ""),
        ("council/questions.toml", "[question.a]"),
        ("council/text.txt", "words"),
        ("own.toml", "[duty.a]"),
    )
    found = page.ask("look", {"policy": "furong-2020"})
    assert {path.removeprefix("roles/"): each["value"] for path, each in group(found, "files").items()} == {
        "furong_2020.csv": "log",
        "catalogue_2020.csv": "list:catalogue",
        "mapping.toml": "mapping",
        "procure.toml": "settings",
        "record.toml": "adoption",
        "broken.toml": "mapping",
        "council/policy.toml": "policy",
        "council/questions.toml": "beside",
        "council/text.txt": "beside",
        "own.toml": "policy",
    }


def test_a_file_is_for_what_the_clerk_says(page: Page) -> None:
    put(EXAMPLE, CATALOGUE)
    found = page.ask("look", {**FURONG, "roles": {"catalogue_2020.csv": "nothing"}})
    assert found["ready"] and "--list" not in page.ask("judge", {**FURONG, "roles": {"catalogue_2020.csv": "nothing"}})


def test_a_file_that_cannot_be_read_is_no_log(page: Page) -> None:
    put(EXAMPLE)
    Path("junk.xlsx").write_bytes(b"\0junk")
    found = page.ask("look", FURONG)
    assert group(found, "files")["roles/junk.xlsx"]["value"] == "list:catalogue"
    assert [place for place, _ in faults(found)] == ["files"]


def test_a_junk_file_alone_is_said_to_be_unusable(page: Page) -> None:
    Path("junk.csv").write_bytes(bytes(range(256)) * 4)
    ((place, why),) = faults(page.ask("look", FURONG))
    assert place == "log" and why.startswith("junk.csv: ")


def test_another_file_of_the_same_name_is_read_anew(page: Page) -> None:
    put(("log.csv", "日期,品目,金额\n2020-03-01,办公用品,6000\n"))
    _, before = judged(page, FURONG)
    put(("log.csv", "日期,品目,金额\n2020-03-01,办公用品,6000\n2020-03-02,办公用品,10\n"))
    _, after = judged(page, FURONG)
    assert (len(before["purchases"]), len(after["purchases"])) == (1, 2)


# -- columns and words ------------------------------------------------------------------------------------------------


def test_columns_and_words_are_settled_on_the_page(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    put(("log.csv", ODD))
    found = page.ask("look", FURONG)
    assert heads(found) == {"日期": "date", "品目": "category", "价": "", "采购方式": "method"}
    assert faults(found)[0][1].startswith("log.csv: no amount column")
    assert (found["tables"][0]["problem"], found["tables"][0]["open"]) == (None, True)
    assert found["tables"][0]["rows"] == [line.split(",") for line in ODD.split()]
    assert not found["ready"] and faults(found)[0][0] == "log"

    choices = {**FURONG, "headers": {"价": "amount"}}
    found = page.ask("look", choices)
    assert found["ready"] and heads(found)["价"] == "amount"
    (word,) = group(found, "words/method").values()
    assert word["label"] == ["口头问价（2）", "口头问价 (2)"] and word["value"] == ""
    assert [each["value"] for each in word["options"]][:2] == ["", "e_mall"]

    choices = {**choices, "words": {"method": {"口头问价": "direct"}}}
    found = page.ask("look", choices)
    (word,) = group(found, "words/method").values()
    assert (word["label"], word["value"]) == (["口头问价", "口头问价"], "direct")

    found, report = judged(page, choices)
    saved = page.ask("save", choices)["files"]
    assert [each["name"] for each in saved] == ["mapping.toml", "procure.toml"]
    put(*(Path(each["path"]) for each in saved))
    assert as_the_command_line_says(found, capsys) == report
    # Next month these are dropped with the log, and nothing is chosen.
    again, same = judged(page, {})
    assert same == report and again["command"] == found["command"]
    main(["check", "log.csv", "--lang", "zh", "--format", "json"])
    assert {**json.loads(capsys.readouterr().out), "receipt": None} == {**report, "receipt": None}


def test_what_is_chosen_goes_before_a_saved_mapping(page: Page) -> None:
    saved = '[columns]\namount = "价"\ncategory = "品目"\n[method]\ndirect = ["口头问价", "自采"]\n'
    put(("log.csv", ODD), ("mapping.toml", saved))
    found = page.ask("look", FURONG)
    assert heads(found)["价"] == "amount" and found["words"] == []
    found = page.ask("look", {**FURONG, "headers": {"品目": ""}, "words": {"method": {"口头问价": "open_tender"}}})
    assert heads(found)["品目"] == ""
    (word,) = group(found, "words/method").values()
    assert word["value"] == "open_tender"


def test_all_that_was_chosen_is_saved(page: Page) -> None:
    put(EXAMPLE, CATALOGUE)
    choices = {
        **FURONG, "years": "2021", "year": "2020", "order": "month", "comma": False, "aside": True, "encoding": "utf-8",
        "limits": {**LIMITS, "open-tender": {"2021": {"goods": "4000000"}}}, "readings": {"limbs": "single"},
        "roles": {"catalogue_2020.csv": "list:catalogue"},
    }  # fmt: skip
    found = page.ask("judge", choices)
    (_, file) = page.ask("save", choices)["files"]
    assert (
        Path(file["path"]).read_text(encoding="utf-8")
        == """\
policy = "furong-2020"
limit = ["goods=300000.00", "services=300000.00", "works=600000.00", "2021:open-tender.goods=4000000.00"]
list = "catalogue=catalogue_2020.csv"
adopt = "limbs=single"
year = "2020"
encoding = "utf-8"
monthfirst = true
set-aside-unplaced = true
mapping = "mapping.toml"
"""
    )
    put(Path(file["path"]))
    again = page.ask("judge", {})
    assert again["command"] == found["command"].replace(" --mapping mapping.toml", "")
    # What is chosen now goes first.
    assert "--year" not in page.ask("judge", {"year": ""})["command"]


def test_settings_as_init_begins_them(page: Page) -> None:
    put(EXAMPLE, CATALOGUE, ("procure.toml", """\
policy = "furong-2020"
limit = "300000"
open-tender = ["goods=4000000"]
catalogue = "catalogue_2020.csv"
output = "报告.xlsx"
"""))  # fmt: skip
    found = page.ask("judge", {})
    for said in (
        "--limit works=300000.00",
        "--limit open-tender.goods=4000000.00",
        "--list catalogue=catalogue_2020.csv",
    ):
        assert said in found["command"]


def test_settings_that_say_nothing_of_use(page: Page) -> None:
    put(EXAMPLE, ("procure.toml", 'policy = "furong-2020"\nlimit = "x"\n'))
    ((place, why),) = faults(page.ask("look", {}))
    assert (place, why) == ("files", "limit x: 'x' is not an amount")
    put(("procure.toml", "limit ="))
    assert faults(page.ask("look", {}))[0][0] == "files"


def test_choices_for_another_policy_are_left_alone(page: Page) -> None:
    put(EXAMPLE)
    choices = {**FURONG, "words": {"nothing": {"a": "b"}}, "headers": {"编号": "nothing"}, "readings": {"nothing": "a"}}
    assert page.ask("look", {**choices, "limits": {**LIMITS, "nothing": {"": "1"}}})["faults"] == []


def test_how_the_log_is_written(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    text = 'date,category,amount\n03/04/2020,办公用品,"6.000,50"\n'
    Path("log.csv").write_bytes(text.encode("utf-8"))
    choices = {**FURONG, "order": "month", "comma": True, "aside": True, "encoding": "utf-8"}
    found, report = judged(page, choices)
    assert found["command"].endswith("--encoding utf-8 --monthfirst --decimal-comma --set-aside-unplaced")
    assert as_the_command_line_says(found, capsys) == report
    (finding,) = report["purchases"]
    assert (finding["verdict"], finding["amount"]) == ("unknown", "6000.50")


def test_rows_of_one_purchase(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    Path("log.csv").write_text("date,category,amount,order\n2020-03-04,纸,2000,D1\n2020-03-05,纸,2000,D1\n", "utf-8")
    choices = {**FURONG, "one-purchase": "order=once"}
    found, report = judged(page, choices)
    assert found["command"].endswith("--one-purchase order=once")
    assert as_the_command_line_says(found, capsys) == report
    assert [each["amount"] for each in report["purchases"]] == ["2000.00"]
    (_, file) = page.ask("save", choices)["files"]
    assert 'one-purchase = "order=once"' in Path(file["path"]).read_text(encoding="utf-8")


def test_sheets_that_are_hidden_or_blank_are_not_shown(page: Page) -> None:
    with xlsxwriter.Workbook("log.xlsx") as book:
        for name in ("一月", "旧稿", "空白"):
            sheet = book.add_worksheet(name)
            for at, row in enumerate([["采购情况"], ["日期", "品目", "金额"], ["2020-03-01", "办公用品", 6000]]):
                if name != "空白":
                    sheet.write_row(at, 0, row)
        book.get_worksheet_by_name("旧稿").hide()
    (table,) = page.ask("look", FURONG)["tables"]
    assert table["title"] == ["log.xlsx[一月]", "log.xlsx[一月]"]
    assert [row[:3] for row in table["rows"]] == [["日期", "品目", "金额"], ["2020-03-01", "办公用品", "6000"]]


def test_a_header_of_two_rows_names_each_column_by_both(page: Page) -> None:
    put(("log.csv", "序号,采购情况,,审批日期\n,日期,金额,\n1,2020-03-02,8000,2020-03-01\n"))
    (table,) = page.ask("look", FURONG)["tables"]
    labels = [head["label"][0] for head in table["heads"]]
    assert labels == ["A 列 序号", "B 列 采购情况/日期", "C 列 采购情况/金额", "D 列 审批日期"]
    assert [head["value"] for head in table["heads"]] == ["id", "date", "amount", "approved_on"]
    # What a policy works out itself is no column of a log.
    offered = {each["value"] for each in table["heads"][0]["options"]}
    assert {"quotes", "method"} <= offered and not offered & {"item-class", "inside", "capped"}


# -- the result -------------------------------------------------------------------------------------------------------


def test_the_example_is_judged_as_by_the_command_line(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    put(EXAMPLE, CATALOGUE)
    found, report = judged(page, FURONG)
    assert as_the_command_line_says(found, capsys) == report
    for lang in ("zh", "en"):
        for ending in (".html", ".csv"):
            (file,) = page.ask("write", FURONG, kind=ending, lang=lang)["files"]
            main([*shlex.split(found["command"])[1:], "--lang", lang, "--output", f"report{ending}"])
            assert Path(file["path"]).read_bytes() == Path(f"report{ending}").read_bytes()
    (file,) = page.ask("write", FURONG, kind="totals", lang="en")["files"]
    main([*shlex.split(found["command"])[1:], "--lang", "en", "--totals", "totals.csv"])
    assert Path(file["path"]).read_bytes() == Path("totals.csv").read_bytes()
    assert [each["value"] for each in found["kinds"]] == [".xlsx", ".html", "totals", ".csv", ".json"]


def test_progress_is_told_row_by_row(page: Page) -> None:
    put(("log.csv", "日期,品目,金额\n" + "2020-03-01,办公用品,60\n" * 2_500))
    judged(page, FURONG)
    assert page.told == [(1_000, 2_501), (2_000, 2_501)]


def test_a_dropped_policy_is_the_one_that_judges(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    for file in COUNCIL.iterdir():
        if file.is_file():
            put((f"council/{file.name}", file.read_text(encoding="utf-8")))
    put(("log.csv", "日期,品目,金额\n2020-03-01,办公用品,6000\n"))
    found, report = judged(page, {})
    assert "--policy council/policy.toml" in found["command"]
    assert as_the_command_line_says(found, capsys) == report


def test_a_policy_that_is_not_sound_is_said_to_be(page: Page) -> None:
    put(("policy.toml", "format = 1\n"))
    ((place, why),) = faults(page.ask("look", {}))
    assert place == "policy" and "policy.toml: " in why


def test_a_question_is_answered_and_the_verdicts_change(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    put(EXAMPLE)
    found, before = judged(page, FURONG)
    (limbs,) = (each for each in found["questions"] if each["id"] == "limbs")
    assert limbs["value"] == "" and [each["value"] for each in limbs["options"]] == ["", "higher", "single"]
    assert [each["words"][1].endswith("(recommended)") for each in limbs["options"]] == [False, True, False]

    choices = {**FURONG, "readings": {"limbs": "single", "window": ""}}
    found, after = judged(page, choices)
    assert after["purchases"] != before["purchases"]
    assert found["command"].endswith("--adopt limbs=single")
    assert as_the_command_line_says(found, capsys) == after


def test_a_reading_is_put_on_record(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    put(EXAMPLE)
    adopting = {"ambiguity": "limbs", "reading": "single", "decided_by": "区财政局", "date": "", "document": "3号"}
    ((place, why),) = faults(page.ask("adopt", FURONG, adopting=adopting))
    assert place == "adopting" and "date" in why and not Path("adopted.toml").exists()

    adopting["date"] = "2020-03-01"
    found = page.ask("adopt", FURONG, adopting=adopting)
    assert [each["name"] for each in found["files"]] == ["adopted.toml"]
    adopting |= {"ambiguity": "window", "reading": "running"}
    assert page.ask("adopt", FURONG, adopting=adopting)["faults"] == []

    found, report = judged(page, FURONG)
    recorded = {each["id"]: each["value"] for each in found["questions"] if each["recorded"]}
    assert recorded == {"limbs": "single", "window": "running"}
    assert found["command"].endswith("--adopt-file adopted.toml")
    assert as_the_command_line_says(found, capsys) == report


def test_exceptions_on_record(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    put(EXAMPLE, ("exceptions.toml", WAIVED))
    found, report = judged(page, FURONG)
    assert found["command"].endswith("--waivers exceptions.toml")
    assert as_the_command_line_says(found, capsys) == report
    put(("exceptions.toml", WAIVED.replace("furong-2020", "another")))
    ((place, why),) = faults(page.ask("judge", FURONG))
    assert place == "log" and why.startswith("exceptions.toml")


def test_the_workbook_of_last_month_goes_over(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    put(EXAMPLE)
    judged(page, FURONG)
    (file,) = page.ask("write", FURONG, kind=".xlsx")["files"]
    put(Path(file["path"]))
    found, report = judged(page, FURONG)
    assert group(page.ask("look", FURONG), "files")["roles/procure-report.xlsx"]["value"] == "last"
    assert found["command"].endswith("--carry procure-report.xlsx")
    assert as_the_command_line_says(found, capsys) == report


def test_a_reading_is_adopted_by_a_policy_alone(page: Page) -> None:
    assert page.ask("adopt", {}, adopting={}) == {"faults": []}


def test_a_log_without_rows(page: Page) -> None:
    put(("log.csv", "日期,品目,金额\n"))
    assert faults(page.ask("judge", FURONG)) == [("log", "log.csv: has no rows below its header")]


def test_what_judging_refuses_is_a_fault_of_the_log(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ProcureError(Words("不行", "it cannot be"))

    monkeypatch.setattr("procure.app.desk.check", refuse)
    put(EXAMPLE)
    assert faults(page.ask("judge", FURONG)) == [("log", "it cannot be")]


def test_each_version_of_a_policy_has_a_page(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    policy = (COUNCIL / "policy.toml").read_text(encoding="utf-8").replace(', "examples.toml"]', "]")
    for version, since in (("2018", "2018-03-09"), ("2020", "2020-02-06")):
        force = policy.replace("from = 2018-03-09, until = 2020-02-05, published = 2017-11-09", f"from = {since}")
        put((f"{version}/policy.toml", force))
        for name in ("questions.toml", "passage.txt"):
            put((f"{version}/{name}", (COUNCIL / name).read_text(encoding="utf-8")))
    put(("log.csv", "date,category,amount\n2019-03-01,a,6000\n2021-03-01,a,6000\n"))
    found = page.ask("judge", {})
    assert found["faults"] == []
    assert [each["name"] for each in found["pages"]] == ["procure-report-2018.html", "procure-report-2020.html"]
    assert "--policy . " in f"{found['command']} "
    files = page.ask("write", {}, kind=".csv")["files"]
    main([*shlex.split(found["command"])[1:], "--lang", "zh", "--output", "report.csv"])
    assert [Path(each["path"]).read_bytes() for each in files] == [
        Path(f"report-{version}.csv").read_bytes() for version in ("2018", "2020")
    ]

    asked = found["questions"][0]
    adopting = {"ambiguity": asked["id"], "reading": asked["options"][1]["value"], "decided_by": "a"}
    assert page.ask("adopt", {}, adopting={**adopting, "date": "2020-01-01", "document": "b"})["faults"] == []
    for version in ("2018", "2020"):
        Path(f"report-{version}.csv").unlink()  # it would be another log
    again = page.ask("judge", {})
    assert again["faults"] == []
    assert [each["id"] for each in again["questions"] if each["recorded"]] == [asked["id"]]
