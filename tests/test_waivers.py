"""Recorded exceptions: a mark beside a violation, which is still listed and counted; what waives nothing is told."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import workbooks
import xlsxwriter
from small import bought, duty, small
from test_advise import POLICY as TOWN

import procure
from procure import ProcureError, Purchase, Report
from procure.authoring import InForce, Policy, column
from procure.cli import main
from procure.policy.versions import Versions
from procure.reporting import waivers
from procure.reporting.waivers import Waiver
from procure.values.words import Words
from procure.writers import json as json_writer
from procure.writers import page, text, workbook
from procure.writers.workbook.lists import ENTRIES, EXCEPTION

SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text(encoding="utf-8"))
POLICY = small(
    columns=[column("unit"), column("method"), column("quotes")],
    duties={
        "quoted": duty({"quotes": ">= 3"}, when={}),
        "fixed": duty({"method": "open_tender"}, when={"unit": "Roads"}, waivable=False),
    },
)
LOG = [
    bought(10, "2020-03-01", id="P1", unit="Parks", quotes=1),
    bought(20, "2020-06-01", id="P2", unit="Parks", quotes=0),
    bought(30, "2020-06-01", id="R1", unit="Roads", quotes=3, method="direct"),
]


def waiver(duty: str = "quoted", date: str = "2020-01-10", **keys: Any) -> Waiver:
    until = keys.pop("until", None)
    return Waiver(
        duty, "The council", "Minutes 7", dt.date.fromisoformat(date), "only one can",
        until=None if until is None else dt.date.fromisoformat(until), **keys,
    )  # fmt: skip


def report(*log: Purchase, policy: Policy = POLICY) -> Report:
    return procure.check(list(log), policy)


class TestWaived:
    def test_one_purchase(self) -> None:
        found = report(*LOG[:1]).waive([waiver(purchase="P1")])
        assert (len(found.violations), len(found.findings), found.exit_status) == (1, 1, 0)
        assert found.digest.result.en == "1 purchase to confirm, £10.00; 1 waived."
        assert found.digest.result.zh == "疑点 1 笔，£10.00；1 笔已豁免。"
        assert found.idle_waivers == ()

    def test_those_that_a_filter_means(self) -> None:
        found = report(*LOG).waive([waiver(where={"unit": "parks", "quotes": "0"})])
        told = [found.waived.whole(finding) for finding in found.violations]
        assert told == [False, True, False] and found.exit_status == 1

    def test_what_is_unknown_stays_so(self) -> None:
        found = report(LOG[0], bought(5, id="P3", unit="Parks")).waive([waiver(purchase="P1")])
        assert found.exit_status == 3

    def test_every_rule_of_a_purchase(self) -> None:
        found = report(bought(30, "2020-06-01", id="R2", unit="Roads", quotes=0, method="direct"))
        assert not found.waive([waiver(purchase="R2")]).waived.whole(found.violations[0])

    def test_until(self) -> None:
        found = report(*LOG[:2]).waive([waiver(where={"unit": "Parks"}, until="2020-03-31")])
        assert [found.waived.whole(finding) for finding in found.violations] == [True, False]
        (notice,) = found.idle_waivers
        assert notice.message.en == (
            "waiver of quoted (unit=Parks): it had run out before the purchase of 2020-06-01"
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("recorded", "why"),
        [
            (waiver(purchase="P9"), Words("没有对应的疑点", "no finding is as it says")),
            (
                waiver(date="2020-04-01", purchase="P1"),
                Words("批准于采购之后（采购 2020-03-01）", "allowed after the purchase of 2020-03-01"),
            ),
            (
                waiver("fixed", purchase="R1"),
                Words("制度不准豁免此项义务", "the policy lets nobody waive this duty"),
            ),
            (
                waiver("fixed", purchase="P1"),
                Words("制度不准豁免此项义务", "the policy lets nobody waive this duty"),
            ),
        ],
    )
    def test_what_waives_nothing_is_told(self, recorded: Waiver, why: Words) -> None:
        found = report(*LOG).waive([recorded])
        assert found.waived.idle == ((recorded, why),) and found.exit_status == 1
        assert why.en in text.dumps(found, "en", 0)

    def test_a_day_that_is_not_stated(self) -> None:
        found = report(bought(10, None, id="P1", unit="Parks", quotes=1)).waive([waiver(purchase="P1")])
        assert [why.en for _, why in found.waived.idle] == ["the day of the purchase is not stated"]

    def test_a_column_that_says_nothing_is_not_meant(self) -> None:
        found = report(bought(10, "2020-06-01", quotes=1)).waive([waiver(where={"unit": "Parks"})])
        assert found.exit_status == 1

    def test_by_the_version_of_the_day(self) -> None:
        one = small(
            {"quotes": ">= 3"},
            [column("quotes")],
            in_force=InForce(since=dt.date(2019, 1, 1), until=dt.date(2019, 12, 31)),
        )
        two = small({"quotes": ">= 3"}, [column("quotes")], in_force=InForce(since=dt.date(2020, 1, 1)))
        found = procure.check([bought(5, "2020-02-01", id="P1", quotes=0)], Versions({"one": one, "two": two}))
        assert found.exit_status == 1
        assert found.waive([waiver("proper", purchase="P1")]).exit_status == 0


class TestWritten:
    FOUND = report(*LOG).waive([waiver(purchase="P1"), waiver(purchase="P9")])
    MARK = "waived: The council, 2020-01-10, Minutes 7 (only one can)"

    def test_text(self) -> None:
        assert f"      {self.MARK}\n" in text.dumps(self.FOUND, "en", 0)

    def test_json(self) -> None:
        told = json.loads(json_writer.dumps(self.FOUND, "en"))
        jsonschema.validate(told, SCHEMA)
        assert told["purchases"][0]["waived"]["quoted"]["by"] == "The council"
        assert "waived" not in told["purchases"][1]

    def test_page(self) -> None:
        assert self.MARK in page.dumps(self.FOUND, "en")

    def test_workbook(self) -> None:
        header, *rows = workbooks.sheets(workbook.dumps(self.FOUND, "en"))["findings"]
        assert self.MARK in [row[header.index("waived")] for row in rows]


RECORD = """
policy = "town"
[[waiver]]
purchase = "A2"
duty = "quoted"
by = "The council"
document = "Minutes 7"
date = 2020-01-10
reason = "only one can"
"""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    rows = "id,date,unit,amount,method\nA1,2020-06-01,Parks,100,direct\nA2,2020-06-02,Parks,60,direct\n"
    (tmp_path / "log.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "waivers.toml").write_text(RECORD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], status: int) -> str:
    words = ["check", "log.csv", "--policy", "town.toml", "--waivers", "waivers.toml", "--lang", "en"]
    assert main(words) == status
    return "".join(capsys.readouterr())


class TestRecord:
    def test_on_the_command_line(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "1 purchase to confirm, £60.00; 1 waived.\n" in said(capsys, 0)

    @pytest.mark.parametrize(
        ("old", "new", "why"),
        [
            ("town", "city", "waivers.toml: it is a record for the policy 'city', not for 'town'"),
            ('"quoted"', '"quotes"', "waivers.toml: there is no duty 'quotes' (did you mean 'quoted'?)"),
            ('purchase = "A2"', 'where = { colour = "red" }', "waivers.toml: there is no column 'colour'"),
            ('purchase = "A2"', "", "waiver.1: it needs purchase or where, one of the two"),
            ('purchase = "A2"', "where = {}", "waiver.1: where is empty, and would waive every purchase"),
            ('reason = "only one can"', "", "waiver.1.reason: it is missing (why)"),
            ("date = 2020-01-10", "date = 2020-01-10\nuntil = 2019-01-01", "waiver.1: until is before date"),
            ("date = 2020-01-10", 'date = "soon"', "waiver.1.date: it must be a date"),
        ],
    )
    def test_refused(self, town: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, why: str) -> None:
        (town / "waivers.toml").write_text(RECORD.replace(old, new), encoding="utf-8")
        assert why in said(capsys, 2)

    def test_written(self, town: Path) -> None:
        waivers.record("new.toml", "town", waiver(purchase="A2", until="2020-12-31"))
        waivers.record("new.toml", "town", waiver(where={"unit": "Parks"}))
        assert waivers.load("new.toml").entries == (
            waiver(purchase="A2", until="2020-12-31"), waiver(where={"unit": "Parks"}),
        )  # fmt: skip
        before = (town / "new.toml").read_text(encoding="utf-8")
        with pytest.raises(ProcureError, match="it needs purchase or where"):
            waivers.record("new.toml", "town", waiver(where={}, purchase=None))
        assert (town / "new.toml").read_text(encoding="utf-8") == before


def filled(town: Path, lang: str = "en", **cells: Any) -> None:
    """A workbook as an office filled it in beside its one finding."""
    assert main(["check", "log.csv", "--policy", "town.toml", "--lang", lang, "--output", "last.xlsx"]) == 1
    name = "findings" if lang == "en" else "疑点"
    (header, row) = workbooks.sheets((town / "last.xlsx").read_bytes())[name]
    titles = {each[0]: each[1].say(lang) for each in (*ENTRIES, *EXCEPTION)}  # type: ignore[arg-type]
    for key, value in cells.items():
        row[header.index(titles[key])] = value
    book = xlsxwriter.Workbook(str(town / "last.xlsx"))
    for sheet, rows in ((name, [header, row]), ("data to supply", [["key"]])):
        out = book.add_worksheet(sheet)
        for at, each in enumerate(rows):
            out.write_row(at, 0, [str(cell) for cell in each])
    book.close()


class TestCarried:
    """One record of a decision: an exception entered in the workbook becomes a waiver."""

    SAID: ClassVar[dict[str, str]] = {
        "state": "excepted", "said": "only one can", "by": "The council", "document": "Minutes 7", "day": "2020-06-01",
    }  # fmt: skip

    def carried(self, capsys: pytest.CaptureFixture[str], *words: str) -> str:
        capsys.readouterr()
        assert main(["carry", "last.xlsx", "--policy", "town.toml", "--lang", "en", *words]) == 0
        return capsys.readouterr().out

    def test_saved_and_used(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        filled(town, **self.SAID, until="2020-12-31")
        told = self.carried(capsys, "--save", "new.toml")
        assert told == (
            "entered beside findings: 1; cells corrected: 0 (check --carry takes them over)\n"
            "Parks/2020/A2 quoted: waived: The council, 2020-06-01, Minutes 7, until 2020-12-31 (only one can)\n"
        )
        before = (town / "new.toml").read_bytes()
        assert self.carried(capsys, "--save", "new.toml") == told
        assert (town / "new.toml").read_bytes() == before
        assert main(["check", "log.csv", "--policy", "town.toml", "--waivers", "new.toml", "--carry", "last.xlsx"]) == 0

    def test_only_shown(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        filled(town, **self.SAID)
        assert "Parks/2020/A2 quoted: waived: The council" in self.carried(capsys)

    def test_what_is_lacking_makes_it_a_note(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        filled(town, state="excepted", by="The council")
        lacks = "exception: document, exception: allowed on, explanation"
        told = self.carried(capsys, "--save", "new.toml")
        assert f"Parks/2020/A2 quoted: a note so far, not entered: {lacks}\n" in told
        assert not (town / "new.toml").exists()
        filled(town, **{**self.SAID, "day": "soon"})
        assert "a note so far, 'soon'" in self.carried(capsys)

    def test_other_states_are_no_exceptions(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        filled(town, **{**self.SAID, "state": "confirmed"})
        assert self.carried(capsys).count("\n") == 1

    def test_a_duty_that_nobody_may_waive_makes_it_a_note(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        filled(town, **self.SAID)
        text_ = (town / "town.toml").read_text(encoding="utf-8")
        (town / "town.toml").write_text(text_.replace("met-by =", "waivable = false\nmet-by ="), encoding="utf-8")
        told = self.carried(capsys, "--save", "new.toml")
        assert "Parks/2020/A2 quoted: a note so far, the policy lets nobody waive this duty\n" in told
        assert not (town / "new.toml").exists()

    def test_of_another_policy(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        filled(town, **self.SAID)
        capsys.readouterr()
        assert main(["carry", "last.xlsx", "--lang", "en", "--save", "new.toml"]) == 2
        assert "there is no duty 'quoted'" in capsys.readouterr().err and not (town / "new.toml").exists()
        waivers.record("new.toml", "city", waiver(purchase="P1"))
        assert main(["carry", "last.xlsx", "--policy", "town.toml", "--lang", "en", "--save", "new.toml"]) == 2
        assert "new.toml: it is a record for the policy 'city', not for 'town'" in capsys.readouterr().err


def test_the_first_line_says_how_many_waive_nothing() -> None:
    found = report(*LOG).waive([waiver(purchase="P1"), waiver(purchase="nope")])
    assert found.digest.result.en == "3 purchases to confirm, £60.00; 1 waived; 1 waiver waives nothing."
    late = [waiver(where={"unit": "Parks"}, date="2020-04-01"), waiver(date="2021-04-01", where={"unit": "Parks"})]
    # Of a filter that waives the later purchase, the earlier is told of in the notices alone.
    assert report(*LOG).waive(late).digest.result.zh == "疑点 3 笔，£60.00；1 笔已豁免；豁免记录有 1 项未豁免任何疑点。"
    two = [waiver(purchase=name) for name in ("nope", "no")]
    assert report(*LOG).waive(two).digest.result.en.endswith("; 2 waivers waive nothing.")
