"""Patterns under a cut: figures apart from the findings, which accuse nobody."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import workbooks
from small import bought, duty, question, small
from test_advise import POLICY as TOWN

import procure
from procure import Purchase, Report
from procure.authoring import Band, InForce, Ladder, Limit, Policy, Total, column
from procure.cli import main
from procure.policy.versions import Versions
from procure.reporting.patterns import Patterns
from procure.writers import json as json_writer
from procure.writers import paper, workbook
from procure.writers import patterns as writer

SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text(encoding="utf-8"))


def of(bands: list[str], measures: Any = ("amount",), **keys: Any) -> Policy:
    each = [Band(id=f"b{n}", range=range_) for n, range_ in enumerate(bands)]
    ladder = Ladder(bands=each, measures=list(measures), edge="lower" if any("|" in one for one in bands) else None)
    columns = [column("unit"), column("supplier"), column("kind")]
    duties = {"quoted": duty({"unit": "present"}, when={})}
    return small(columns=columns, ladders={"steps": ladder}, duties=duties, **keys)


TWO = of(["[0 .. 100)", "[100 .. )"])


def looked(policy: Policy, *log: Purchase, **options: Any) -> Patterns:
    found = procure.check(list(log), policy).patterned(**options).patterns
    assert found is not None
    return found


def groups(found: Patterns) -> list[list[str]]:
    return [[str(row.id) for row in each.purchases] for each in found.divided]


def row(id: str, amount: Any, day: str, unit: str = "A", supplier: str | None = "X", **cells: Any) -> Purchase:
    return bought(amount, f"2020-{day}", id=id, unit=unit, supplier=supplier, **cells)


class TestDivided:
    def test_each_under_and_together_over(self) -> None:
        log = [row("1", 60, "03-01"), row("2", 50, "03-20"), row("3", 120, "03-20"), row("4", 30, "03-21", unit="B")]
        (found,) = looked(TWO, *log).divided
        assert [each.id for each in found.purchases] == ["1", "2"]
        assert (found.ladder, found.cut, found.minor, found.days) == ("steps", 10_000, 11_000, 19)
        assert [words.en for words in found.keys] == ["A", "X"]

    def test_within_the_days(self) -> None:
        log = [row("1", 60, "03-01"), row("2", 50, "04-01")]
        assert groups(looked(TWO, *log)) == []
        assert groups(looked(TWO, *log, days=31)) == [["1", "2"]]

    def test_together_at_the_cut(self) -> None:
        assert groups(looked(TWO, row("1", 60, "03-01"), row("2", 40, "03-02"))) == [["1", "2"]]
        closed = of(["[0 .. 100]", "(100 .. )"])
        assert groups(looked(closed, row("1", 60, "03-01"), row("2", 40, "03-02"))) == []
        assert groups(looked(closed, row("1", 60, "03-01"), row("2", "40.01", "03-02"))) == [["1", "2"]]

    def test_of_one_supplier_where_that_is_known(self) -> None:
        assert groups(looked(TWO, row("1", 60, "03-01"), row("2", 60, "03-02", supplier="Y"))) == []

    def test_none_stands_in_two(self) -> None:
        log = [row(str(n), 60, f"03-{n:02}") for n in range(1, 5)]
        assert groups(looked(TWO, *log, days=1)) == [["1", "2"], ["3", "4"]]
        assert groups(looked(TWO, row("0", 5, "01-01"), *log)) == [["1", "2", "3", "4"]]

    def test_under_the_lowest_cut_alone(self) -> None:
        three = of(["[0 .. 100)", "[100 .. 150)", "[150 .. )"])
        log = [row("1", 60, "03-01"), row("2", 120, "03-02"), row("3", 120, "03-03")]
        found = looked(three, *log).divided
        assert [(each.cut, [row.id for row in each.purchases]) for each in found] == [(15_000, ["2", "3"])]

    def test_the_account_is_that_of_the_total(self) -> None:
        total = {"spent": Total(by=("unit", "kind"), window="year")}
        policy = of(["[0 .. 100)", "[100 .. )"], ["spent"], totals=total)
        log = [
            row("1", 60, "03-01", kind="goods"),
            row("2", 60, "03-02", kind="works"),
            row("3", 60, "03-03", kind="goods"),
        ]
        assert groups(looked(policy, *log)) == [["1", "3"]]
        assert groups(looked(policy, *log[:1], row("4", 60, "03-02"))) == []

    def test_limits_by_kind_and_those_not_known(self) -> None:
        limits = {"cap": [Limit(value={"goods": 100, "works": 500}, by=("kind",))]}
        policy = of(["[0 .. cap)", "[cap .. )"], limits=limits)
        log = [
            row("1", 60, "03-01", kind="goods"),
            row("2", 60, "03-02", kind="goods"),
            row("3", 60, "03-02", kind="works"),
        ]
        assert groups(looked(policy, *log)) == [["1", "2"]]
        assert groups(looked(policy, row("1", 60, "03-01"), row("2", 60, "03-02"))) == []
        unknown = of(["[0 .. cap)", "[cap .. )"], limits={"cap": [Limit(given=True, above=10)]})
        assert groups(looked(unknown, *log)) == []

    def test_what_is_not_judged_or_not_stated_is_left_out(self) -> None:
        log = [
            row("1", 60, "03-01"),
            row("2", -60, "03-02"),
            row("3", None, "03-02"),
            bought(60, None, id="4", unit="A"),
        ]
        found = looked(TWO, *log)
        assert (groups(found), found.judged) == ([], 3)
        assert looked(small(duties={"no": duty((), when={"amount": ">= 5"})}), bought(-1)).per_thousand(()) == 0.0

    def test_a_gap_between_bands(self) -> None:
        gap = of(["[0 .. 50)", "[100 .. )"])
        assert [each.cut for each in looked(gap, row("1", 30, "03-01"), row("2", 30, "03-02")).divided] == [5_000]
        row_count = {"spent": Total(sum="rows", window="year")}
        assert looked(of(["[0 .. 2)", "[2 .. )"], ["spent"], totals=row_count), row("1", 30, "03-01")).divided == ()

    def test_a_cut_of_another_reading_is_none(self) -> None:
        """Under the working reading nothing begins at 200."""
        duties = {"quoted": duty({"unit": "present"}, when={})}
        low = {"ask": "q", "a": "[0 .. 100)", "b": "[0 .. 200)"}
        high = {"ask": "q", "a": "[100 .. )", "b": "[200 .. )"}
        ladder = Ladder(bands=[Band(id="low", range=low), Band(id="high", range=high)])
        columns = [column("unit"), column("supplier")]
        policy = small(columns=columns, questions=[question("q", "a", "b")], ladders={"steps": ladder}, duties=duties)
        log = [row("1", 120, "03-01"), row("2", 190, "03-02"), row("3", 60, "03-01"), row("4", 60, "03-02")]
        assert groups(looked(policy, *log)) == [["3", "4"]]

    def test_a_gap_that_goes_up_begins_one_band_alone(self) -> None:
        bands = [Band(id="low", range="[0 .. 50)"), Band(id="high", range="[100 .. )")]
        policy = small(
            columns=[column("unit"), column("supplier")], ladders={"steps": Ladder(bands=bands, gaps="up")},
            duties={"quoted": duty({"unit": "present"}, when={})},
        )  # fmt: skip
        log = [row("1", 30, "03-01"), row("2", 30, "03-02"), row("3", 60, "03-01"), row("4", 60, "03-02")]
        assert groups(looked(policy, *log)) == [["1", "2"]]


class TestNear:
    def test_within_five_per_cent(self) -> None:
        found = looked(TWO, row("1", 95, "03-01"), row("2", "94.99", "05-01"), row("3", "99.99", "07-01"))
        assert [(each.purchase.id, each.cut) for each in found.near] == [("1", 10_000), ("3", 10_000)]
        assert len(looked(TWO, row("1", 90, "03-01"), percent=10).near) == 1


def written() -> Report:
    log = [row("1", 60, "03-01"), row("2", 50, "03-20"), bought("99.50", "2020-09-01", unit="B")]
    return procure.check(log, TWO).patterned()


class TestWritten:
    def test_on_paper(self) -> None:
        found = written()
        assert found.patterns is not None
        told = paper.dumps(writer.paper(found.patterns, TWO, dt.date(2020, 9, 1)), "en")
        assert "each under a cut and together at or over it: 1, 333.3 among 1,000 purchases" in told
        assert "these figures accuse nobody" in told and "divid" not in told and "split" not in told
        assert "  steps   £100.00  A · X              2          £110.00   19" in told
        assert "  steps   £100.00  #3        2020-09-01  £99.50  £0.50" in told

    def test_json(self) -> None:
        told = json.loads(json_writer.dumps(written()))
        jsonschema.validate(told, SCHEMA)
        assert told["patterns"]["divided"][0]["purchases"] == ["1", "2"]
        assert told["patterns"]["near"] == [{"ladder": "steps", "cut": "100.00", "purchase": "#3", "amount": "99.50"}]

    def test_sheets_of_their_own(self) -> None:
        sheets = workbooks.sheets(workbook.dumps(written(), "en"))
        assert sheets["together over a cut"][1][3:6] == [2, 110, 19]
        assert sheets["just under a cut"][1][2:] == ["#3", dt.date(2020, 9, 1), 99.5, 0.5]
        plain = workbooks.sheets(workbook.dumps(procure.check([row("1", 60, "03-01")], TWO), "en"))
        assert "just under a cut" not in plain

    def test_by_version(self) -> None:
        one = of(["[0 .. 100)", "[100 .. )"], in_force=InForce(since=dt.date(2020, 1, 1)))
        found = procure.check([row("1", 60, "03-01"), row("2", 50, "03-20")], Versions({"one": one})).patterned()
        assert found.by_version["one"].patterns is not None


def test_only_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    rows = "id,date,unit,amount,method\nA1,2020-06-01,Parks,100,direct\nA2,2020-06-02,Parks,60,direct\n"
    (tmp_path / "log.csv").write_text(rows, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    words = ["check", "log.csv", "--policy", "town.toml", "--lang", "en"]
    assert main(words) == 1
    assert "Patterns" not in capsys.readouterr().out
    assert main([*words, "--patterns"]) == 1
    told = capsys.readouterr().out
    assert "Patterns, which are no findings\n" in told and "A1 2020-06-01 100.00; A2 2020-06-02 60.00" in told
    assert main([*words, "--patterns", "--days", "1", "--all"]) == 1
    assert "within 1 days" in capsys.readouterr().out
