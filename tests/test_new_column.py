"""A new evidence column with its test is one declaration: everything that reads, judges, asks, explains and shows, sees
it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import framing
import pytest
from small import TEXT, small

import procure
from procure import Policy, Report
from procure.authoring import Duty, PolicyError, Words, column
from procure.writers import explain, json, text

#: The one declaration.
VISITS = column("site_visits", type="count", title=Words("踏勘次数", "site visits"), headers=["踏勘", "visits to site"])
SAFE = column("safe", type="yes-no", title=Words("安全检查", "safety check"), headers=["checked for safety"])

CSV = """\
id,date,amount,visits to site,checked for safety
1,2020-03-02,100,2,yes
2,2020-03-02,100,1,yes
3,2020-03-02,100,,yes
4,2020-03-02,100,3,no
5,2020-03-02,100,several,yes
6,2020-03-02,100,3,
"""


def policy(met_by: Any = None) -> Policy:
    visits = Duty(
        title=Words("踏勘", "visits"),
        required=Words("至少踏勘两次", "two visits to the site"),
        clause=TEXT.find("in the proper way"),
        when={},
        met_by=met_by or [{"site_visits": ">= 2", "safe": "yes"}],
    )
    return small(columns=[VISITS, SAFE], duties={"visits": visits})


@pytest.fixture
def log(tmp_path: Path) -> procure.Log:
    path = tmp_path / "log.csv"
    path.write_text(CSV, encoding="utf-8")
    return procure.read(path)


@pytest.fixture
def report(log: procure.Log) -> Report:
    return procure.check(log, policy())


def test_it_is_read_and_judged(report: Report) -> None:
    assert [row["site_visits"] for row in report.rows[:2]] == [2, 1]
    assert [(f.purchase.id, f.verdict.value) for f in report] == [
        ("1", "compliant"), ("2", "violation"), ("3", "unknown"), ("4", "violation"),
        ("5", "unknown"), ("6", "unknown"),
    ]  # fmt: skip
    assert [(fault.origin.row, fault.column, fault.value) for fault in report.cell_faults] == [
        (6, "site_visits", "several")
    ]
    assert report.rejected == ()


def test_it_is_asked_for(report: Report) -> None:
    assert {f.purchase.id: f.missing for f in report.unknown} == {
        "3": ("site_visits",),
        "5": ("site_visits",),
        "6": ("safe",),
    }


def test_both_engines_and_frames_judge_alike(log: procure.Log, report: Report) -> None:
    pl = pytest.importorskip("polars")
    by_columns = procure.check(log, policy(), engine=procure.engine("polars"))
    assert framing.by_report(by_columns) == framing.by_report(report)
    frame = pl.read_csv(CSV.encode(), infer_schema=False)
    table = {name: frame[name].to_list() for name in frame.columns}
    for kind in ("polars", "lazy polars", "pandas", "pyarrow", "duckdb"):
        pytest.importorskip(kind.removeprefix("lazy "))
        assert framing.by_frame(kind, table, policy()) == framing.by_report(report)


def test_a_misspelt_column_is_refused_with_its_place_and_the_nearest() -> None:
    with pytest.raises(PolicyError) as caught:
        policy([{"site_visit": ">= 2", "safe": "yes"}])
    (fault,) = caught.value.faults
    assert fault.path == ("duty", "visits", "met-by", 0, "site_visit")
    assert "site_visits" in fault.why.en and "site_visits" in fault.why.zh


def test_a_test_that_its_type_does_not_have_is_refused() -> None:
    with pytest.raises(PolicyError) as caught:
        policy([{"site_visits": "yes"}])
    assert caught.value.faults[0].path[:3] == ("duty", "visits", "met-by")


def test_it_is_explained(report: Report) -> None:
    explained = report.explain(report.violations[0].purchase)
    assert [breach.rule.id for breach in explained.breaches] == ["visits"]
    assert "two visits to the site" in explain.dumps(explained, "en")
    assert "site visits" in explain.dumps(explained, "en") and "踏勘次数" in explain.dumps(explained, "zh")
    lacking = report.explain(report.unknown[0].purchase)
    assert "site visits" in explain.dumps(lacking, "en") and "踏勘次数" in explain.dumps(lacking, "zh")


@pytest.mark.parametrize(("lang", "title"), [("en", "site visits"), ("zh", "踏勘次数")])
def test_it_is_shown_in_text(report: Report, lang: Any, title: str) -> None:
    assert title in text.dumps(report, lang, 0)


def test_it_is_shown_in_json(report: Report) -> None:
    data = json.as_dict(report, "en")
    by_id = {each["id"]: each for each in data["purchases"]}
    assert by_id["3"]["missing"] == ["site_visits"]
    assert by_id["2"]["breaches"][0]["rule"] == "visits"
    assert "site_visits" in json.dumps(report)


@pytest.mark.parametrize(("lang", "title"), [("en", "site visits"), ("zh", "踏勘次数")])
def test_it_is_shown_on_the_page(report: Report, tmp_path: Path, lang: Any, title: str) -> None:
    report.write(tmp_path / "report.html", lang)
    assert title in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("lang", "title"), [("en", "site visits"), ("zh", "踏勘次数")])
def test_it_is_shown_in_the_workbook(report: Report, tmp_path: Path, lang: Any, title: str) -> None:
    calamine = pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    report.write(tmp_path / "report.xlsx", lang)
    book = calamine.CalamineWorkbook.from_path(tmp_path / "report.xlsx")
    headers = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    assert any(title in map(str, row) for row in headers)


def test_the_package_knows_no_word_of_a_policy() -> None:
    """`emergency` is a word of one policy's text, and stands nowhere else."""
    root = Path(procure.__file__).parent
    found = [
        f"{path.relative_to(root)}:{n}"
        for path in sorted(root.rglob("*"))
        if path.suffix in {".py", ".js", ".css", ".html", ".toml"} and "policies" not in path.relative_to(root).parts
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search("emergency", line, re.IGNORECASE)
    ]
    assert found == []
