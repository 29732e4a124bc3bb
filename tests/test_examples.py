"""The examples do what they say, and the example log shows all that the library has to tell."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from furong_2020 import EXECUTED

import procure
from procure import Report
from procure.engines.findings import Finding
from procure.engines.judge import Verdict
from procure.log.readers.catalogue import read_catalogue

EXAMPLES = Path(__file__).parent.parent / "examples"
LOG = EXAMPLES / "furong_2020.csv"
LIMITS = {"goods": 300_000, "services": 300_000, "works": 600_000}
STANDARD = {"goods": 420_000, "services": 420_000, "works": 1_000_000}

if not LOG.is_file():
    pytest.skip("the examples are not installed with the library", allow_module_level=True)


@pytest.fixture(scope="module")
def report() -> Report:
    return procure.check(procure.read(LOG), procure.policies.furong_2020(limits=LIMITS))


@pytest.fixture(scope="module")
def full() -> Report:
    """With the catalogue and the open-tender standard of the example: every question is asked."""
    catalogue = read_catalogue(str(EXAMPLES / "catalogue_2020.csv"))
    policy = procure.policies.furong_2020(limits=LIMITS, catalogue=catalogue, open_tender=STANDARD)
    return procure.check(procure.read(LOG), policy)


@pytest.fixture(scope="module")
def documents() -> Report:
    """A refund, and a contract over two categories, which the example does not have."""
    cells = {"unit": "区工信局", "kind": "goods", "method": "direct", "approved_on": dt.date(2020, 1, 2), "quotes": 0,
             "in_catalogue": "no", "ground": ""}  # fmt: skip
    bought = [("纸", 4_000, ""), ("纸", -1_000, ""), ("纸", 1_500, ""), ("笔", 3_000, "HT-1"), ("墨", 3_000, "HT-1")]
    rows = [
        {**cells, "date": dt.date(2020, 2, day), "category": category, "amount": amount, "contract": contract}
        for day, (category, amount, contract) in enumerate(bought, 1)
    ]
    return procure.check(procure.read(rows), procure.policies.furong_2020(limits=LIMITS))


def only(report: Report, id: str) -> Finding:
    (found,) = (finding for finding in report if finding.purchase.id == id)
    return found


def run(*arguments: str | Path) -> list[str]:
    """The lines that Python prints; it must find this very `procure`, installed or not."""
    home = str(Path(procure.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": home, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout.splitlines()


class TestCheckLog:
    def test_example_log(self) -> None:
        lines = run(EXAMPLES / "check_log.py")
        assert lines[0] == "rows: 67, violations: 14, of these settled: 4"
        assert lines[2] == f"  FR2020-018  {LOG}:20: violation, settled: three-quotes"
        assert lines[6] == f"  FR2020-019  {LOG}:21: violation, turns on limbs or current: three-quotes"
        assert lines[-2:] == [
            "unknown, data are missing: 13, rows that could not be read: 0",
            "violations with limbs=single adopted: 9, no longer: "
            "FR2020-019, FR2020-033, FR2020-039, FR2020-061, FR2020-062",
        ]

    def test_log_of_ones_own(self, tmp_path: Path) -> None:
        log = tmp_path / "台账.csv"
        log.write_text("采购日期,品目,采购金额,报告同意日期\n2020-03-02,茶叶,600,\n", encoding="utf-8")
        lines = run(EXAMPLES / "check_log.py", log)
        assert lines[0] == "rows: 1, violations: 0, of these settled: 0"
        assert lines[1:] == [
            "unknown, data are missing: 1, rows that could not be read: 0",
            "violations with limbs=single adopted: 0, no longer: none",
        ]

    def test_short(self) -> None:
        assert len((EXAMPLES / "check_log.py").read_text(encoding="utf-8").splitlines()) < 40


class TestOwnPolicy:
    def test_output(self) -> None:
        assert run(EXAMPLES / "own_policy.py") == [
            "茶叶 -: compliant, settled",
            "印刷 -: violation, turns on exactly-2000: quotes",
            "书柜 -: violation, settled: quotes",
            "路灯 -: violation, settled: tender",
        ]

    def test_short(self) -> None:
        assert len((EXAMPLES / "own_policy.py").read_text(encoding="utf-8").splitlines()) < 60


class TestExampleLog:
    def test_opens_in_a_spreadsheet(self) -> None:
        data = LOG.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        header, *rows = csv.reader(data.decode("utf-8-sig").splitlines())
        assert ",".join(header) == (
            "编号,采购日期,采购单位,科室,品目,采购类别,采购内容,采购金额,是否目录内,采购方式,供应商,报告同意日期,邀请家数,报价家数,单一来源依据,应急采购,备注"
        )
        assert {len(row) for row in rows} == {len(header)}

    def test_every_row_is_accounted_for(self, report: Report) -> None:
        assert len(report.rows) == 67
        assert (report.judged, len(report.not_applicable), len(report.rejected)) == (64, 3, 0)
        assert not report.read.skipped

    def test_in_order_of_date(self, report: Report) -> None:
        dates = [finding.purchase.date for finding in report if finding.purchase.date]
        assert dates == sorted(dates)

    def test_every_verdict(self, report: Report) -> None:
        assert {(finding.verdict, finding.settled) for finding in report} == {
            (Verdict.VIOLATION, True),
            (Verdict.VIOLATION, False),
            (Verdict.COMPLIANT, True),
            (Verdict.COMPLIANT, False),
            (Verdict.UNKNOWN, False),
            (Verdict.NOT_APPLICABLE, True),
        }
        assert report.exposures
        # Disputed without being an exposure: no one answer alone would change it.
        assert any(len(finding.flips[0]) > 1 for finding in report.compliant if finding.flips)

    def test_every_rule_is_violated(self, report: Report) -> None:
        assert [
            rule.id
            for rule in report.plan.rules
            if any(
                breach.rule is rule and breach.working for finding in report.violations for breach in finding.breaches
            )
        ] == ["catalogue-channel", "approval", "three-quotes", "statutory-method"]

    def test_every_rule_has_a_settled_violation(self, report: Report) -> None:
        settled = {f.purchase.id: [b.rule.id for b in f.breaches if b.settled] for f in report.violations if f.settled}
        assert settled == {
            "FR2020-016": ["catalogue-channel"],
            "FR2020-018": ["three-quotes"],
            "FR2020-036": ["statutory-method"],
            "FR2020-056": ["approval"],
        }

    @pytest.mark.parametrize(
        ("ambiguity", "reading"),
        [(a.id, reading) for a in EXECUTED for reading in a.answers if reading != a.recommended],
    )
    def test_some_verdict_turns_on_it(
        self, report: Report, full: Report, documents: Report, ambiguity: str, reading: str
    ) -> None:
        """On this reading alone, not on this one together with another."""
        found = [finding.flips for one in (report, full, documents) for finding in one]
        assert any({ambiguity: reading} in flips for flips in found)

    def test_every_question_is_asked(self, full: Report, documents: Report) -> None:
        unasked = {each.id for each in full.plan.questions} - {each.id for each in full.plan.asked}
        assert unasked == {"one-purchase"} < {each.id for each in documents.plan.asked}
        assert len(full.plan.open) == 1_572_864

    def test_missing(self, report: Report) -> None:
        assert {finding.purchase.id: finding.missing for finding in report.unknown} == {
            "FR2020-011": ("approved_on",),
            "FR2020-013": ("amount",),
            "FR2020-044": ("date",),
            "FR2020-045": ("method",),
            "FR2020-046": ("kind",),
            "FR2020-047": ("method",),
            "FR2020-048": ("quotes",),
            "FR2020-049": ("in_catalogue",),
            "FR2020-050": ("date", "category", "amount"),
            "FR2020-051": ("date",),
            "FR2020-052": ("category", "amount"),
            "FR2020-053": ("unit", "category"),
            # It may share a total with the row that names no category.
            "FR2020-059": ("category",),
        }

    def test_cells_not_understood(self, report: Report) -> None:
        assert [(fault.origin.row, fault.column, fault.value) for fault in report.cell_faults] == [
            (15, "amount", "3,0o0"),
            (47, "date", "2020-06-31"),
        ]

    def test_notices(self, report: Report) -> None:
        assert [(notice.kind, [origin.row for origin in notice.origins]) for notice in report.notices] == [
            ("leaves-open", [53]),
            ("leaves-open", [47, 54]),
            ("leaves-open", [15, 55]),
            ("leaves-open", [56]),
            ("cells-not-understood", [15]),
            ("cells-not-understood", [47]),
            ("words-of-several-meanings", [50]),
            ("conflict-kind", [67]),
            ("duplicate-id", [45, 46]),
        ]

    @pytest.mark.parametrize("id", ["FR2019-188", "FR2021-002"])
    def test_other_years(self, report: Report, id: str) -> None:
        assert only(report, id).verdict is Verdict.NOT_APPLICABLE

    def test_units_have_totals_of_their_own(self, report: Report) -> None:
        """Printing of 3,900 at another unit, after 5,800 at the first."""
        finding = only(report, "FR2020-054")
        assert (finding.verdict, finding.settled) == (Verdict.COMPLIANT, True)

    def test_works_have_a_limit_of_their_own(self, report: Report) -> None:
        """520,000 is below the limit for works, and above that for goods and services."""
        assert only(report, "FR2020-060").tiers == ("three-quotes",)


class TestCasesOfTheBrief:
    """A limit of 300,000, all evidence columns present."""

    @pytest.mark.parametrize(
        ("id", "item", "amount", "verdict", "settled", "flips"),
        [
            ("FR2020-018", "多功能会议室音响系统", "86000.00", "violation", True, []),
            ("FR2020-022", "新能源公务用车1辆", "179000.00", "compliant", False, [{"channel-list": "closed"}]),
            (
                "FR2020-028",
                "档案室开荒保洁",
                "800.00",
                "compliant",
                False,
                [{"counted": "all"}, {"counted": "off-catalogue"}],
            ),
            ("FR2020-021", "软件产业政策宣传展板", "5000.00", "violation", False, [{"exclusion": "included"}]),
            ("FR2020-036", "工业数据平台运营（一年）", "420000.00", "violation", True, []),
            ("FR2020-038", "退文件盒10个", "-300.00", "not_applicable", True, []),
            (
                "FR2020-019",
                "复工复产惠企政策汇编1000册",
                "4600.00",
                "violation",
                False,
                [{"limbs": "single"}, {"current": "excluded"}],
            ),
        ],
    )
    def test_comes_out_so(
        self, report: Report, id: str, item: str, amount: str, verdict: str, settled: bool, flips: list[dict[str, str]]
    ) -> None:
        finding = only(report, id)
        assert (finding.purchase.description, str(finding.purchase.amount)) == (item, amount)
        assert finding.verdict.value == verdict
        assert finding.settled is settled
        assert [dict(flip) for flip in finding.flips] == flips
        assert finding.missing == ()

    @pytest.mark.parametrize(
        ("id", "amount", "verdict"), [("FR2020-005", "480000.00", "compliant"), ("FR2020-004", "1200.00", "compliant")]
    )
    def test_what_went_before(self, report: Report, id: str, amount: str, verdict: str) -> None:
        """The open tender before the cleaning of 800, and the printing of 1,200 before that of 4,600."""
        finding = only(report, id)
        assert (str(finding.purchase.amount), finding.verdict.value) == (amount, verdict)


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = json.loads((EXAMPLES / "analysis.ipynb").read_text(encoding="utf-8"))["cells"]
    monkeypatch.chdir(EXAMPLES)
    found: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "analysis.ipynb", "exec"), found)
    assert sum(found["by_verdict"]["rows"]) == 67
    assert found["waiting"]["missing"][0] == "method"
    assert found["to_confirm"].filter(pl.col("question") == "limbs")["to confirm"].to_list() == [15, 10]
    assert found["after"] < found["before"]
