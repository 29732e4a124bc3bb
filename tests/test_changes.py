"""What changed: the difference of two logs is that of their reports; a late or cancelled entry turns others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import random_policies
from declaring import declared
from hypothesis import given
from hypothesis import strategies as st
from random_policies import Case
from test_advise import POLICY as TOWN

import procure
from procure import Purchase, Report
from procure.cli import main
from procure.reporting.changes import Changes, Snapshot, changes, saved, snapshot
from procure.writers import json as json_writer


def verdicts(report: Report) -> dict[str, Any]:
    """By id, all that a verdict is, straight from the report."""
    found = {str(row.id): "rejected" for row in (each.readable for each in report.rejected)}
    return found | {
        str(finding.purchase.id): (
            finding.verdict.value, finding.settled,
            tuple(breach.rule.id for breach in finding.breaches if breach.working is not False), finding.missing,
        )
        for finding in report
    }  # fmt: skip


def told(found: Changes) -> Any:
    """All that is said of a difference, but for what nobody knows of a report that was read from a file."""
    changed = [(each.kind, each.entry.key, [cell[0] for cell in each.cells]) for each in found.changes]
    turned = [(each.before.judged, each.after.judged, each.totals, each.bands) for each in found.turned]
    return changed, turned, found.new, found.gone, found.standing


def of_files(*reports: Report) -> Any:
    """The same of the reports as they are saved."""
    columns = reports[0].plan.built.columns
    return told(changes(*(saved(json_writer.dumps(report), "report.json", columns) for report in reports)))


def confirmed(report: Report) -> set[tuple[str, str]]:
    return {(str(each.purchase.id), each.rule.id) for each in report.findings}


def label(snap: Snapshot, found: Any) -> set[tuple[str, str]]:
    return {(snap.entries[key].label, rule) for key, rule in found}


def test_the_difference_of_two_logs_is_that_of_their_reports() -> None:
    @given(random_policies.cases(most=5), st.data())
    def holds(case: Case, data: st.DataObject) -> None:
        policy = declared(case.policy).adopt(case.adopted)
        more = data.draw(random_policies.logs(case.policy, most=2))
        old = [Purchase(id=str(n), **row) for n, row in enumerate(case.rows)]
        gone = data.draw(st.sets(st.sampled_from([row.id for row in old]), max_size=1)) if len(old) > 1 else set()
        new = [row for row in old if row.id not in gone]
        at = data.draw(st.integers(0, len(new)))
        new[at:at] = [Purchase(id=f"new{n}", **row) for n, row in enumerate(more)]
        one, other = procure.check(old, policy), procure.check(new, policy)
        before, after = snapshot(one), snapshot(other)
        found = changes(before, after)
        assert of_files(one, other) == told(found)
        was, now = verdicts(one), verdicts(other)
        assert {each.entry.label for each in found.changes if each.kind == "removed"} == was.keys() - now.keys() == gone
        assert {each.entry.label for each in found.changes if each.kind == "added"} == now.keys() - was.keys()
        touched = {each.entry.label for each in found.changes}
        differ = {name for name in was.keys() & now.keys() if was[name] != now[name]}
        assert {each.after.label for each in found.turned} == differ - touched
        assert label(after, found.new) == confirmed(other) - confirmed(one)
        assert label(before, found.gone) == confirmed(one) - confirmed(other)
        assert label(after, found.standing) == confirmed(one) & confirmed(other)
        assert found.none is (old == new or not (found.changes or found.turned))

    holds()


LOG = """\
id,date,unit,amount,method
A1,2020-02-01,Parks,60,direct
A2,2020-05-01,Parks,60,direct
A3,2020-06-01,Parks,60,direct
B1,2020-06-01,Roads,60,direct
"""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "old.csv").write_text(LOG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("town")
class TestDiff:
    def said(self, capsys: pytest.CaptureFixture[str], *words: str, status: int = 1, lang: str = "en") -> str:
        capsys.readouterr()
        policy = [] if "--policy" in words else ["--policy", "town.toml"]
        assert main(["diff", *words, *policy, "--lang", lang]) == status
        return "".join(capsys.readouterr())

    def test_a_late_entry_turns_those_after_it(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        late = LOG.replace("A2,", "L9,2020-03-01,Parks,40,direct\nA2,")
        (town / "new.csv").write_text(late, encoding="utf-8")
        assert self.said(capsys, "old.csv", "new.csv") == (
            "What changed: The town\n\n== In short ==\n"
            "  purchases: 1 added\n"
            "  verdicts of other purchases that changed: 1\n"
            "  findings: 1 new, 0 gone, 1 standing\n\n"
            "== Purchases changed ==\n"
            "  change  purchase  what   verdict\n"
            "  added   L9        40.00  compliant (under every reading)\n\n"
            "== Other verdicts ==\n"
            "  purchase  before                         now                                     why\n"
            "  A2        compliant (under every reading)  to confirm (under every reading, quotes)  "
            "spent: 120.00 → 160.00; band: low → high; because of L9\n\n"
            "== Findings that are new ==\n"
            "  A2: quotes\n"
        ).replace("before                         now", "before                           now").replace(
            "now                                     why", "now                                       why"
        )

    def test_a_cancelled_entry(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (town / "new.csv").write_text(LOG.replace("A1,2020-02-01,Parks,60,direct\n", ""), encoding="utf-8")
        told = json.loads(self.said(capsys, "old.csv", "new.csv", "--format", "json"))
        assert [(each["purchase"], each["change"]) for each in told["purchases"]] == [("A1", "removed")]
        (turned,) = told["turned"]
        assert (turned["purchase"], turned["because_of"]) == ("A3", ["A1"])
        assert turned["totals"] == [{"total": "spent", "before": "180.00", "after": "120.00"}]
        assert (turned["before"]["verdict"], turned["after"]["verdict"]) == ("violation", "compliant")
        assert told["findings"] == {"new": [], "gone": [{"purchase": "A3", "rule": "quoted"}], "standing": []}

    def test_a_changed_one(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (town / "new.csv").write_text(
            LOG.replace("A3,2020-06-01,Parks,60,direct", "A3,2020-06-01,Parks,60,"), encoding="utf-8"
        )
        told = self.said(capsys, "old.csv", "new.csv", lang="zh")
        assert "改动  A3    采购方式：自行采购 → 空  疑点（各种读法一致、比价） → 缺数据（采购方式、报价数）" in told

    def test_one_that_is_judged_as_it_was(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (town / "new.csv").write_text(LOG.replace("B1,2020-06-01,Roads,60", "B1,2020-06-01,Roads,70"), encoding="utf-8")
        told = self.said(capsys, "old.csv", "new.csv")
        assert "changed  B1        amount: £60.00 → £70.00  compliant (under every reading)\n" in told

    def test_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert "  Nothing changed.\n" in self.said(capsys, "old.csv", "old.csv", status=0)

    def test_another_policy(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (town / "newer.toml").write_text(TOWN.replace("150", "100"), encoding="utf-8")
        told = self.said(capsys, "--policy", "town.toml", "newer.toml", "old.csv")
        assert "  A2        compliant (under every reading)  to confirm (under every reading, quotes)" in told
        assert "verdicts that changed: 1\n" in told and told.count("band: low → high\n") == 1

    def test_another_policy_with_a_column_of_its_own(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        more = TOWN.replace("[columns]\n", '[columns]\nplace = { type = "name", headers = ["where"] }\n')
        (town / "newer.toml").write_text(more, encoding="utf-8")
        (town / "old.csv").write_text(LOG.replace("\n", ",x\n").replace("method,x", "method,where"), encoding="utf-8")
        assert "  Nothing changed.\n" in self.said(capsys, "--policy", "town.toml", "newer.toml", "old.csv", status=0)

    def test_another_reading(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (town / "old.csv").write_text(
            LOG.replace("A3,2020-06-01,Parks,60,direct", "A3,2020-06-01,Parks,60,open_tender"), encoding="utf-8"
        )
        told = self.said(capsys, "--policy", "town.toml", "town.toml", "old.csv", "--adopt-new", "scope=wide")
        assert "  A3        compliant  to confirm (under every reading, quotes)" in told
        told = self.said(capsys, "old.csv", "old.csv", "--adopt-new", "scope=wide")
        assert "A3: quotes" in told

    def test_two_reports(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        policy = procure.load_policy(town / "town.toml")
        late = LOG.replace("A2,2020-05-01,Parks,60", ",2020-03-01,Parks,40,direct\nA2,2020-05-01,Parks,70")
        (town / "new.csv").write_text(late, encoding="utf-8")
        for name in ("old", "new"):
            report = procure.check(procure.read(town / f"{name}.csv"), policy)
            (town / f"{name}.json").write_text(json_writer.dumps(report), encoding="utf-8")
        told = json.loads(self.said(capsys, "old.json", "new.json", "--format", "json"))
        assert [(each["purchase"], each["change"]) for each in told["purchases"]] == [
            ("A2", "changed"),
            ("#3", "added"),
        ]
        assert told["purchases"][0]["cells"] == [{"column": "amount", "before": "60.00", "after": "70.00"}]
        assert told["findings"]["new"] == [{"purchase": "A2", "rule": "quoted"}]

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ('{"schema": 2, "policy": {}, "purchases": [1]}', "it is no report that procure check --format json wrote"),
            ("{}", "is neither an OCDS package nor a list of records"),
            ("no json", "is not valid JSON"),
        ],
    )
    def test_what_is_no_report(self, town: Path, capsys: pytest.CaptureFixture[str], text: str, why: str) -> None:
        (town / "x.json").write_text(text, encoding="utf-8")
        assert f"x.json: {why}" in self.said(capsys, "x.json", "x.json", status=2)
        assert "y.json: no such file" in self.said(capsys, "y.json", "x.json", status=2)

    def test_a_log_in_json_is_a_log(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        row = {"id": "A1", "date": "2020-02-01", "unit": "Parks", "amount": 60, "method": "direct"}
        for name, amount in (("one", 60), ("two", 70)):
            (town / f"{name}.json").write_text(json.dumps([{**row, "amount": amount}]), encoding="utf-8")
        told = self.said(capsys, "one.json", "two.json")
        assert "changed  A1        amount: £60.00 → £70.00" in told

    def test_one_that_is_cancelled(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.with_status(town, "new.csv", "cancelled")
        told = self.said(capsys, "old.csv", "new.csv")
        assert "changed  A1        status: blank → cancelled  compliant (under every reading) → void\n" in told
        assert "because of A1\n" in told

    def with_status(self, town: Path, name: str, status: str) -> None:
        rows = (
            LOG.replace("\n", ",\n").replace("method,", "method,status").replace("60,direct,", f"60,direct,{status}", 1)
        )
        (town / name).write_text(rows, encoding="utf-8")

    def test_a_report_against_a_log(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.with_status(town, "new.csv", "cancelled")
        policy = procure.load_policy(town / "town.toml")
        (town / "new.json").write_text(
            json_writer.dumps(procure.check(procure.read(town / "new.csv"), policy)), encoding="utf-8"
        )
        told = self.said(capsys, "old.csv", "new.json")
        assert "changed  A1        status: blank → cancelled  compliant (under every reading) → void\n" in told

    def test_one_whose_unit_is_mended_is_the_same_one(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (town / "new.csv").write_text(LOG.replace("A1,2020-02-01,Parks", "A1,2020-02-01,Roads"), encoding="utf-8")
        told = self.said(capsys, "old.csv", "new.csv")
        assert "changed  A1        unit: Parks → Roads" in told and "purchases: 1 changed\n" in told
        # It leaves one account and enters another.
        assert "  A3        to confirm (under every reading, quotes)  compliant (under every reading)" in told
        assert told.count("because of A1\n") == 1

    def test_rows_that_could_not_be_read(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (town / "new.csv").write_text(LOG + "C1,2020-06-01,Roads,60,direct,beyond\n", encoding="utf-8")
        assert "not read\n" in self.said(capsys, "old.csv", "new.csv")

    def test_what_bears_on_an_exposure_is_no_finding_of_a_file(self, town: Path) -> None:
        rows = LOG.replace("A3,2020-06-01,Parks,60,direct", "A3,2020-06-01,Parks,60,open_tender")
        (town / "new.csv").write_text(rows, encoding="utf-8")
        report = procure.check(procure.read(town / "new.csv"), procure.load_policy(town / "town.toml"))
        assert len(report.exposures) == 1
        found = saved(json_writer.dumps(report), "report.json", report.plan.built.columns)
        (key,) = (key for key, each in found.entries.items() if each.label == "A3")
        assert (found.entries[key].verdict, found.entries[key].rules) == ("compliant", ())
        assert snapshot(report).shares("nowhere") == found.shares(key) == frozenset()
