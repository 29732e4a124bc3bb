"""A report from Python: what it says in a line, as frames, and under each reading."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import attrs
import pytest
from building import bought, furong
from small import small

import procure
from procure import ProcureError, Report, Words
from procure.authoring import InForce, column
from procure.engines.judge import Verdict
from procure.reporting.first import period
from procure.reporting.typed import Typed
from procure.writers import text

LOG = (
    bought(86_000, id="a", category="音响"),
    bought(5_000, id="b", category="复印纸"),
    bought(None, id="c", date="?", category=None, unit="区财政局"),
    bought(-5, id="d", category="窗帘"),
)


@pytest.fixture
def report() -> Report:
    return procure.check(LOG, furong())


def test_repr(report: Report) -> None:
    assert repr(report) == (
        "<Report furong-2020: 2 purchases to confirm, ¥91,000.00: 1 under every reading, 1 as the text is read. "
        "Judged 2 of 4 rows, ¥91,000.00 of ¥91,000.00; zero or less: 1; not read: 1.>"
    )


def test_a_finding_is_one_line_in_python(report: Report) -> None:
    finding = report.findings[0]
    assert str(finding) == (
        f"{finding.purchase.origin}: three-quotes: required: compare three quotes, or use another competitive method; "
        "done: direct"
    )
    assert repr(finding) == f"<Confirm {finding}>"
    assert repr(finding.finding) == f"<Finding {finding.finding}>"


def test_what_is_made_of_it_says_itself_in_one_line_too(tmp_path: Path) -> None:
    assert repr(furong()) == "<Policy furong-2020: Purchasing policy of the Furong bureau, Changsha, 2020>"
    assert repr(procure.read([{"amount": 1}])) == "<Log of 2 lines>"
    (tmp_path / "log.csv").write_text("date,amount\n2020-03-05,1\n", encoding="utf-8")
    assert repr(procure.read(tmp_path / "log.csv")) == f"<Log of 2 lines: {tmp_path / 'log.csv'}>"
    advice = procure.advise(furong(), {"amount": 3_000, "date": "2020-09-01", "category": "纸", "in_catalogue": "no"})
    assert repr(advice) == "<Advice: approved_on: on or before 2020-09-01. Safe: approved_on: on or before 2020-09-01>"
    unsafe = attrs.evolve(advice, courses=(), safe=None)
    assert repr(unsafe) == "<Advice: no way. Safe: none>"


def test_summary(report: Report) -> None:
    assert report.summary("en").splitlines()[1].startswith("2 purchases to confirm")
    assert "疑点 2 笔" in report.summary()


def test_a_log_of_another_year() -> None:
    report = procure.check([bought(1, date="2021-03-05"), bought(1, date="2021-04-05")], furong())
    lead = report.digest.lead
    assert lead is not None
    assert lead.en == "No row lies in 2020: all 2 are of 2021; give --year 2021."
    assert lead.zh == "台账 2 行，没有一行在 2020 年：都是 2021 年的；请加 --year 2021。"
    assert report.exit_status == 3


def test_a_log_before_a_rule_that_is_in_force_from_a_day_on() -> None:
    policy = small({"approved_on": "present"}, [column("approved_on")], in_force=InForce(since=dt.date(2026, 1, 1)))
    report = procure.check(procure.read([{"date": "2025-03-05", "amount": "5", "approved_on": "2025-03-01"}]), policy)
    lead = report.digest.lead
    assert lead is not None
    assert lead.en == (
        "No row lies in the days from 2026-01-01: all 1 are of 2025; "
        "check these days; to judge by it all the same, give --year 2025."
    )
    assert lead.zh.endswith("都是 2025 年的；请核对施行日期；仍要据以检查的，加 --year 2025。")


def test_a_column_that_may_be_there_under_another_name() -> None:
    policy = small({"quotes": ">= 3"}, [column("quotes")])
    log = procure.read([{"date": "2026-03-05", "amount": "5", "询价家数": "3"}, {"date": "2026-03-06", "amount": "6"}])
    (task,) = procure.check(log, policy).digest.tasks
    assert task.words.zh == "在台账中增加“报价数”，可判断 2 笔（£11.00）"
    assert task.how == Words(
        "也许已有：--column quotes=询价家数（请核对）", "perhaps it is there: --column quotes=询价家数 (to be checked)"
    )


def test_mostly_of_other_years() -> None:
    days = ("2020-03-05", "2021-03-05", "2021-04-05", "2019-04-05")
    report = procure.check([bought(1, date=day) for day in days], furong())
    lead = report.digest.lead
    assert lead is not None
    assert lead.en == "Only 1 of 4 rows lies in 2020: 2 are of 2021, others of another year; give --year 2021."


def test_little_for_another_reason() -> None:
    refunds = [bought(-1, category=f"{n}") for n in range(2)]
    lead = procure.check([bought(1), *refunds], furong()).digest.lead
    assert lead is not None
    assert lead.en == "Only 1 of 3 rows and ¥1.00 of ¥1.00 were judged; zero or less: 2."
    lead = procure.check(refunds, furong()).digest.lead
    assert lead is not None
    assert lead.en == "None of the 2 rows was judged; zero or less: 2."


def test_a_log_without_evidence() -> None:
    paid = [procure.Purchase(date="2020-03-05", amount=9_000 + n, category=f"{n}", unit="局") for n in range(30)]
    report = procure.check(paid, furong())
    lead = report.digest.lead
    assert lead is not None
    assert lead.en.startswith("The log has no column “")
    assert "30 of 30 purchases cannot be judged without" in lead.en
    screen = report.summary("en").splitlines()
    # What can be told comes first, and never a list of what cannot.
    assert screen.index("(4) cannot be judged: data missing: 30, ¥270,435.00 (what is missing would decide)") > next(
        at for at, line in enumerate(screen) if line.startswith("Totals against the bands")
    )
    assert len(screen) <= 40


def test_totals(report: Report) -> None:
    first = report.totals()[0]
    assert (first.total.low, first.findings, first.distance) == (8_600_000, 1, 21_400_000)


def test_readings(report: Report) -> None:
    found = {(each.finding.purchase.id, each.question, each.reading): each.verdict for each in report.readings()}
    assert found["a", "exclusion", "included"] is Verdict.VIOLATION
    assert found["b", "exclusion", "excluded"] is Verdict.VIOLATION
    assert found["b", "exclusion", "included"] is Verdict.COMPLIANT
    # Neither the refund nor the row that could not be read is judged under any.
    assert {id for id, _, _ in found} == {"a", "b"}


def test_readings_of_what_is_missing() -> None:
    report = procure.check([bought(6_000, method="quotation", quotes=None, invited=3)], furong())
    found = {(each.question, each.reading): each.verdict for each in report.readings()}
    assert found["quotes-counted", "received"] is Verdict.UNKNOWN
    assert found["quotes-counted", "invited"] is Verdict.COMPLIANT


@pytest.mark.parametrize("name", ["polars", "pandas", "arrow"])
def test_frames(report: Report, name: str) -> None:
    pytest.importorskip({"arrow": "pyarrow"}.get(name, name))
    frame = getattr(report, f"to_{name}")()
    rows = frame.to_pylist() if name == "arrow" else frame.to_dicts() if name == "polars" else frame.to_dict("records")
    assert [(row["at"], row["id"], row["verdict"]) for row in rows] == [
        (0, "a", "violation"),
        (1, "b", "violation"),
        (2, "c", "rejected"),
        (3, "d", "not_applicable"),
    ]
    assert [row["amount"] for row in rows[:2]] == ["86000.00", "5000.00"]
    assert (rows[0]["accumulated"], rows[0]["procedure"], rows[0]["breached"]) == (
        "86000.00",
        "three-quotes",
        "three-quotes",
    )


def test_without_the_library(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ProcureError) as caught:
        report.to_polars()
    assert caught.value.words.en == "needs polars: pip install polars"


def test_a_path(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("采购金额,采购日期\n1,2020-03-05\n", encoding="utf-8")
    assert len(procure.check(tmp_path / "log.csv", furong())) == 1


def test_a_folder(report: Report, tmp_path: Path) -> None:
    report.write(tmp_path / "out" / "report")
    names = ["report.csv", "report.html", "report.json", "report.xlsx", "totals.csv"]
    assert sorted(path.name for path in (tmp_path / "out" / "report").iterdir()) == names
    header, first, *_ = (tmp_path / "out" / "report" / "totals.csv").read_text(encoding="utf-8-sig").splitlines()
    assert header == "unit,category,year,purchases,sum,band,worst,next,distance,findings"
    assert first == "区工信局,音响,2020,1,86000.00,三方询价,三方询价,300000.00,214000.00,1"
    (tmp_path / "file").write_text("")
    with pytest.raises(ProcureError) as caught:
        report.write(tmp_path / "file" / "report")
    assert caught.value.words.en.startswith(f"cannot write {tmp_path / 'file' / 'report'}: ")


def test_totals_in_their_order() -> None:
    """The most money first, be it certain or only possible."""
    log = [bought(n, id=str(n), category=f"{n}", method=None) for n in (10, 3_000, 200)]
    report = procure.check(log, furong())
    assert [each.total.high for each in report.totals()] == [300_000, 20_000, 1_000]


@pytest.mark.parametrize(
    ("since", "until", "zh", "en"),
    [
        (dt.date(2024, 4, 1), None, "施行期（2024-04-01 起）内", "the days from 2024-04-01"),
        (None, dt.date(2024, 4, 1), "施行期（至 2024-04-01）内", "the days until 2024-04-01"),
        (dt.date(2024, 1, 1), dt.date(2024, 12, 31), "2024 年", "2024"),
        (dt.date(2024, 4, 1), dt.date(2025, 3, 31), "2024-04-01 至 2025-03-31", "2024-04-01 to 2025-03-31"),
    ],
)
def test_the_days_that_are_judged(since: dt.date | None, until: dt.date | None, zh: str, en: str) -> None:
    policy = attrs.evolve(furong(), in_force=InForce(since=since, until=until), built=None)
    assert period(policy) == Words(zh, en)


def test_more_gaps_than_there_is_room_for() -> None:
    """The first screen names four, and counts the others."""
    gaps = [bought(1, **{name: None}) for name in ("category", "date", "unit")]
    refused = bought("?", date="?", category=None)
    report = procure.check([bought(1), bought(None), *gaps, refused], furong())
    assert len(report.digest.gaps) == 5
    assert "\n！另有 1 项\n" in report.summary()


def test_thousands_are_never_listed_one_by_one() -> None:
    paid = [procure.Purchase(date="2020-03-05", amount=9_000 + n, category=f"{n}", unit="局") for n in range(30)]
    told = text.dumps(procure.check(paid, furong()), "en", 0)
    assert "would decide]" not in told


def test_a_cell_of_no_table(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("采购金额,采购日期\n1,2020-03-05\n", encoding="utf-8")
    report = procure.check(tmp_path / "log.csv", furong())
    row = report.purchases[0].purchase
    assert Typed(report.log, report.read).cell(row, "amount") == "1"
    assert Typed(report.log, report.read).cell(row, "category") is None
    assert Typed(report.log, attrs.evolve(report.read, sources=())).cell(row, "amount") is None
