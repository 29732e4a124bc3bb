"""`procure advise`: on the screen, for a machine, as a sheet of paper and as a workbook."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import workbooks
from small import bought, duty, small

import procure
from procure.authoring import Band, InForce, Ladder, Total, column
from procure.cli import main
from procure.engines import ways
from procure.writers import advice as writer
from procure.writers import paper

POLICY = """
format = 1
id = "town"
title = { zh = "小镇", en = "The town" }
language = "en"
currency = "GBP"
division = "Nothing is divided."
[text]
source = "made up"
read-on = 2026-01-01
seen = "verbatim"
passage = "From 150 in a year: tender, or three quotes. Nothing is divided."
[columns]
unit = { absent = "one" }
method = {}
quotes = {}
[question.scope]
asks = { zh = "招标够否？", en = "Will a tender do?" }
raised-by = []
readings = { narrow = "yes", wide = "no" }
recommended = "narrow"
[total.spent]
window = "year so far"
by = ["unit"]
[ladder.steps]
measures = ["amount", "spent"]
band = [
  { id = "low", range = "[0 .. 150)" },
  { id = "high", range = "[150 .. )", duties = ["quoted"] },
]
[duty.quoted]
title = { zh = "比价", en = "quotes" }
required = { zh = "招标或三家报价", en = "tender, or three quotes" }
clause = "From 150 in a year: tender, or three quotes."
met-by = [
  { method = "open_tender", only-if = { scope = "narrow" } },
  { method = "quotation", quotes = ">= 3" },
]
"""
LOG = "id,date,unit,amount,method\nA1,2020-06-01,Parks,100,direct\nA2,2020-06-02,Roads,30,direct\n"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "town.toml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str, lang: str = "en", status: int = 0) -> str:
    assert main(["advise", *words, "--policy", "town.toml", "--history", "log.csv", "--lang", lang]) == status
    told = capsys.readouterr()
    return told.out if status == 0 else told.err


SHEET = """\
Advice before buying: The town

== The draft ==
  date: 2020-06-08
  unit: Parks
  amount: £80.00

== In short ==
  The safe way, compliant under every reading: method: quotation and quotes: at least 3

== Bands ==
  high (working readings; under every reading)

== What is asked ==
  quotes: tender, or three quotes (working readings; under every reading)

== Ways, in the order of the policy ==
  method: open tender (under the working readings; if `scope` is `wide`, “quotes” is not satisfied)
  method: quotation and quotes: at least 3 (under every reading)

== Totals ==
  accumulated: £100.00 before, £180.00 with it (working readings; under every reading)
    log.csv:2  2020-06-01  A1  £100.00

== Clauses to cite in the request ==
  quotes: “From 150 in a year: tender, or three quotes.”

== Not to be divided ==
  The policy says: “Nothing is divided.”
"""


@pytest.mark.usefixtures("town")
class TestAdvise:
    def test_the_sheet(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert said(capsys, "unit=Parks", "amount=80", "date=2020-06-08") == SHEET

    def test_by_titles_and_in_chinese(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = said(capsys, "采购单位=Parks", "金额=80", "采购日期=2020-06-08", lang="zh")
        assert "稳妥的办法（各种读法下均合规）：采购方式为三方询价，且报价数不少于3" in told
        assert "若 scope 取 wide，“比价”不能满足" in told

    def test_what_is_to_be_said_first(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = said(capsys, "date=2020-06-08")
        assert "== Still to be said, the most telling first ==\n  amount\n  unit\n" in told

    def test_as_drafted_and_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = said(capsys, "unit=Roads", "amount=80", "date=2020-06-08")
        assert "  As drafted it is compliant under every reading.\n" in told
        assert "== What is asked ==\n  none\n" in told and "  as drafted (under every reading)\n" in told

    def test_for_a_machine(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = json.loads(said(capsys, "unit=Parks", "amount=80", "date=2020-06-08", "--format", "json"))
        (advice,) = told["advice"]
        assert (told["schema"], told["policy"]) == (1, "town")
        assert advice["safe"] == {
            "columns": ["method", "quotes"], "message": "method: quotation and quotes: at least 3", "safe": True,
            "turns_on": [],
        }  # fmt: skip
        assert [way["safe"] for way in advice["ways"]] == [False, True]
        assert advice["totals"] == [
            {
                "total": "spent", "before": "100.00", "after": "180.00", "working": True,
                "when": "under every reading",
                "purchases": [{"id": "A1", "file": "log.csv", "row": 2, "sure": True}],
            }
        ]  # fmt: skip
        assert advice["duties"][0]["clauses"] == ["From 150 in a year: tender, or three quotes."]
        assert advice["clauses"] == [{"title": "quotes", "text": "From 150 in a year: tender, or three quotes."}]
        assert advice["division"] == "Nothing is divided."

    def test_a_page_of_its_own(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        said(capsys, "unit=Parks", "amount=80", "date=2020-06-08", "--output", "advice.html")
        page = (town / "advice.html").read_text(encoding="utf-8")
        assert "<h1>Advice before buying: The town</h1>" in page and "prepared by:" in page
        assert "<li>method: quotation and quotes: at least 3 (under every reading)</li>" in page
        assert "http" not in page and "<script" not in page

    def test_a_long_one_is_set_in_smaller_type(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        sizes = []
        for n in (1, 30, 3000):
            quote = "From 150 in a year: tender, or three quotes. " * n
            (town / "town.toml").write_text(
                POLICY.replace("three quotes. Nothing", f"three quotes. {quote}Nothing").replace(
                    'clause = "From 150 in a year: tender, or three quotes."', f'clause = "{quote.strip()}"'
                ) if n > 1 else POLICY,
                encoding="utf-8",
            )  # fmt: skip
            said(capsys, "unit=Parks", "amount=80", "date=2020-06-08", "--output", "advice.html")
            page = (town / "advice.html").read_text(encoding="utf-8")
            sizes.append(page.split("body { font: ")[1].split("pt")[0])
        assert sizes == ["9.0", "9.0", "6.0"]

    def test_each_purchase_is_named_once(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (town / "log.csv").write_text(LOG + "A3,2020-06-03,,10,direct\n", encoding="utf-8")
        told = said(capsys, "unit=Parks", "amount=80", "date=2020-06-08")
        assert "    log.csv:4  2020-06-03  A3  £10.00 (may count)\n" in told and told.count("log.csv:2") == 1

    def test_many(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        rows = "date,unit,amount,description\n2020-06-10,Roads,90,chairs\n2020-06-05,Roads,90,desks\n"
        (town / "plan.csv").write_text(rows, encoding="utf-8")
        told = said(capsys, "--drafts", "plan.csv", "--output", "advice.xlsx")
        assert "number  date        what    amount" in told
        sheets = workbooks.sheets((town / "advice.xlsx").read_bytes())
        header, *lines = sheets["All drafts"]
        assert header[:5] == ["number", "date", "what", "amount", "band (working readings)"]
        assert [line[2:6] for line in lines] == [
            ["desks", 90, "low", "as drafted"],
            ["chairs", 90, "high", "method: quotation and quotes: at least 3"],
        ]

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ([], "give the draft, such as amount=3000 date=2020-09-01, or many with --drafts: one of the two"),
            (["amount=80", "--drafts", "log.csv"], "one of the two"),
            (["price=80"], "there is no column 'price'"),
            (["amount=80", "--output", "x.pdf"], "cannot write '.pdf'"),
            (["amount=viel"], "the draft: amount: 'viel' is not an amount"),
        ],
    )
    def test_refused(self, capsys: pytest.CaptureFixture[str], words: list[str], why: str) -> None:
        assert why in said(capsys, *words, status=2)

    def test_a_draft_of_a_file_that_cannot_be_read(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (town / "plan.csv").write_text("date,unit,amount\n2020-06-10,Roads,viel\n", encoding="utf-8")
        assert "plan.csv:2: amount: 'viel' is not an amount" in said(capsys, "--drafts", "plan.csv", status=2)


def sheet(policy: procure.Policy, *log: procure.Purchase, **draft: object) -> str:
    advice = procure.advise(policy, draft, history=list(log) or None)
    return paper.dumps(writer.paper([advice], policy, dt.date(2020, 6, 8)), "en")


class TestPaper:
    def test_not_in_force(self) -> None:
        policy = small({"quotes": ">= 3"}, [column("quotes")], in_force=InForce(since=dt.date(2020, 1, 1)))
        told = sheet(policy, amount=5, date="2019-01-01")
        assert told.endswith("  The policy is not in force on that day: it asks nothing.\n")
        advice = procure.advise(policy, {"amount": 5, "date": "2019-01-01"})
        assert "not in force" in paper.dumps(writer.paper([advice, advice], policy, dt.date(2020, 6, 8)), "en")

    def test_no_way(self) -> None:
        told = sheet(small(duties={"no": duty((), when={})}), amount=5)
        assert (
            "  No way was found that is compliant under every reading:\n"
            "  under every reading, “the proper way” is not satisfied\n"
            "  Under the working readings no way is compliant.\n"
        ) in told
        assert "== Ways, in the order of the policy ==\n  none\n" in told and "Totals" not in told

    def test_too_many_ways(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ways, "_EFFORT", 0)
        told = sheet(small({"quotes": ">= 3"}, [column("quotes")]), amount=5)
        assert "  There were too many ways to look at all of them:\n" in told

    def test_what_does_not_count_is_not_told(self) -> None:
        policy = small(
            columns=[column("method")],
            totals={"spent": Total(window="year", counts={"method": "direct"})},
            ladders={"steps": Ladder(bands=[Band(id="low", range="[0 .. )")], measures=["spent"])},
        )
        log = [bought(60, method="direct"), bought(70, method="open_tender")]
        told = sheet(policy, *log, amount=5, date="2020-07-01", method="direct")
        assert "£60.00 before, £65.00 with it" in told and "£70.00" not in told

    def test_no_band_and_many_members(self) -> None:
        bands = [Band(id="low", range="[0 .. 50)"), Band(id="high", range="[10000 .. )")]
        policy = small(
            totals={"spent": Total(window="year")}, ladders={"steps": Ladder(bands=bands, measures=["spent"])}
        )
        told = sheet(policy, *[bought(10) for _ in range(14)], bought(None), amount=5, date="2020-07-01")
        assert "  … 3 more\n" in told
        told = sheet(policy, bought(60), bought(None, id="M"), amount=5, date="2020-07-01")
        assert told.count("£60.00") == 1 and "2020-06-08  M\n" in told
        assert "== Bands ==\n  none\n" in sheet(policy, bought(60), amount=5, date="2020-07-01")
