"""Headroom: spent to the last unit it does not cross, and one unit more does; in all windows, whatever is open."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import workbooks
from hypothesis import given, settings
from hypothesis import strategies as st
from random_parts import WINDOWS
from small import bought, question, small
from test_advise import POLICY as TOWN

import procure
from procure import Purchase
from procure.authoring import Band, Ladder, Limit, Policy, Total, column
from procure.cli import main
from procure.reporting.headroom import Headroom, headroom
from procure.values.words import Words
from procure.writers import headroom as writer
from procure.writers import paper

DAY = dt.date(2020, 6, 30)
DAYS = [dt.date(2019, 6, 30), dt.date(2019, 7, 1), dt.date(2020, 1, 1), dt.date(2020, 5, 30), dt.date(2020, 5, 31),
        dt.date(2020, 6, 1), dt.date(2020, 6, 29), DAY, dt.date(2020, 7, 1), dt.date(2020, 12, 31)]  # fmt: skip


def of_total(total: Total, edge: str = "[ )", **keys: Any) -> Policy:
    opens, closes = edge.split()
    bands = [
        Band(id="low", range=f"[0 .. 100{closes}"),
        Band(id="middle", range=f"{opens}100 .. 200{closes}"),
        Band(id="high", range=f"{opens}200 .. )"),
    ]
    ladders = {"steps": Ladder(bands=bands, measures=["spent"])}
    return small(columns=[column("unit")], totals={"spent": total}, ladders=ladders, **keys)


def at(policy: Policy, log: list[Purchase], on: dt.date = DAY) -> dict[str, Headroom]:
    """The accounts of a log by their unit."""
    found = headroom(procure.check(log, policy), on)
    return {", ".join(words.en for words in each.keys.values()): each for each in found.accounts}


rows = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["A", "B"]),
        "date": st.sampled_from(DAYS),
        "amount": st.sampled_from([1, 20, Decimal("49.99"), 50, 100, Decimal("100.01"), -30]),
    }
)


@pytest.mark.parametrize("sum_", ["amount", "rows"])
@pytest.mark.parametrize("edge", ["[ )", "( ]"])
def test_spent_to_the_last_unit_it_does_not_cross_and_one_more_does(sum_: str, edge: str) -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=80)
    @given(st.lists(rows, min_size=1, max_size=6), st.sampled_from(WINDOWS), st.booleans())
    def holds(log: list[dict[str, Any]], window: str, itself: bool) -> None:
        policy = of_total(Total(sum=sum_, by="unit", window=window, itself=itself), edge)
        bought_ = [Purchase(**row) for row in log]
        for unit, each in at(policy, bought_).items():
            if each.working.left is None:
                assert each.total.high >= 200 * (1 if sum_ == "rows" else 100)
                continue
            seen[window] += 1
            # A total without the purchase itself is met by the next one.
            after = each.working.left + 1
            bands = [band_after(policy, bought_, unit, size, sum_, itself) for size in (0, after - 1, after)]
            now = each.band.en if each.band is not None else "low"
            assert bands[1] == now and bands[2] != now, (unit, each, bands)

    holds()
    assert len(seen) > 4


def band_after(policy: Policy, log: list[Purchase], unit: str, size: int, sum_: str, itself: bool) -> str | None:
    """The band by what stands in the account after so much more was bought on the day, by plain addition; held against
    what the engine says of the purchase that takes it there."""
    (total,) = policy.totals.values()
    counted = [row for row in log if row.unit == unit and within(str(total.window), row.date)]
    so_far = sum((1 if sum_ == "rows" else int(row.amount * 100)) for row in counted)
    edge = 1 if sum_ == "rows" else 100
    closed = "100]" in str(policy.ladders["steps"].bands[0].range)
    comes_to = so_far + size
    over = [comes_to > cut * edge if closed else comes_to >= cut * edge for cut in (100, 200)]
    band = ("low", "middle", "high")[sum(over)]
    if sum_ == "amount" and size > 0:
        more = [Purchase(unit=unit, date=DAY, amount=Decimal(size) / 100)]
        more += [] if itself else [Purchase(unit=unit, date=DAY, amount=Decimal("0.01"))]
        if "whole" not in str(total.window) and (
            itself or "so far" in str(total.window) or "back" in str(total.window)
        ):
            (found,) = procure.check([*log, *more], policy).purchases[-1].bands["steps"]
            assert found == band
    return band


def within(window: str, day: dt.date) -> bool:
    """Whether a purchase of a day is in a window of the day, by the calendar."""
    match window.split():
        case ["year", "so", "far"]:
            return day.year == DAY.year and day <= DAY
        case ["year"]:
            return day.year == DAY.year
        case ["always"]:
            return True
        case ["always", "so", "far"]:
            return day <= DAY
        case ["12", "months", "back"]:
            return dt.date(2019, 6, 30) < day <= DAY
        case ["1", "months", "back"]:
            return dt.date(2020, 5, 30) < day <= DAY
    assert window == "30 days back"
    return dt.date(2020, 5, 31) < day <= DAY


class TestRoom:
    def test_nearest_first(self) -> None:
        log = [bought(20, unit="A"), bought(90, unit="B"), bought(300, unit="C")]
        found = headroom(procure.check(log, of_total(Total(by="unit", window="year"))), DAY)
        told = [(each.keys["unit"].en, each.working.left, each.band, each.working.next) for each in found.accounts]
        low, middle, high = (Words(each, each) for each in ("low", "middle", "high"))
        assert told == [("B", 999, low, middle), ("A", 7_999, low, middle), ("C", None, high, None)]

    def test_the_worst_reading(self) -> None:
        window = {"ask": "q", "a": "year so far", "b": "always so far"}
        policy = of_total(Total(by="unit", window=window), questions=[question("q", "a", "b")])
        found = at(policy, [bought(70, "2019-03-01", unit="A"), bought(20, "2020-03-01", unit="A")])["A"]
        assert (found.working.left, found.worst.left) == (7_999, 999)
        assert found.worst.when is not None and found.worst.when.en == "`q` is `b`"

    def test_a_question_at_the_edge(self) -> None:
        ladder = Ladder(
            bands=[Band(id="low", range="[0 .. 100|"), Band(id="high", range="|100 .. )")],
            measures=["spent"], edge={"ask": "q", "a": "lower", "b": "upper"},
        )  # fmt: skip
        policy = small(
            columns=[column("unit")], questions=[question("q", "a", "b")],
            totals={"spent": Total(by="unit", window="year")}, ladders={"steps": ladder},
        )  # fmt: skip
        found = at(policy, [bought(40, unit="A")])["A"]
        assert (found.working.left, found.worst.left, found.worst.when and found.worst.when.en) == (
            6_000, 5_999, "`q` is `b`",
        )  # fmt: skip

    def test_a_window_that_reaches_back_lets_go(self) -> None:
        policy = of_total(Total(by="unit", window="30 days back"))
        log = [
            bought(30, "2020-06-10", unit="A"),
            bought(20, "2020-06-10", unit="A"),
            bought(9, "2020-06-20", unit="A"),
        ]
        found = at(policy, log)["A"].frees
        assert found is not None and (found.on, found.size) == (dt.date(2020, 7, 10), 5_000)
        assert at(policy, [bought(30, "2020-05-01", unit="A")]) == {}

    def test_months_let_go_at_the_months_end(self) -> None:
        policy = of_total(Total(by="unit", window="1 months back"))
        found = at(policy, [bought(30, "2020-01-31", unit="A")], dt.date(2020, 2, 10))["A"].frees
        assert found is not None and found.on == dt.date(2020, 3, 1)

    def test_nothing_in_the_window_lets_nothing_go(self) -> None:
        window = {"ask": "q", "a": "year", "b": "30 days back"}
        policy = of_total(Total(by="unit", window=window), questions=[question("q", "a", "b")])
        assert at(policy, [bought(30, "2020-02-01", unit="A")])["A"].frees is None

    def test_what_may_be_in_it_is_taken_to_be(self) -> None:
        policy = of_total(Total(by="unit", window="year so far"))
        found = at(policy, [bought(30, unit="A"), bought(50, unit=None)])["A"]
        assert (found.total.low, found.total.high, found.working.left) == (3_000, 8_000, 1_999)

    def test_an_amount_that_is_not_known_promises_nothing(self) -> None:
        policy = of_total(Total(by="unit", window="year so far"))
        found = at(policy, [bought(30, unit="A"), bought(None, unit="A")])["A"]
        assert not found.working.known and not found.worst.known and found.band is None

    def test_of_another_year(self) -> None:
        policy = of_total(Total(by="unit", window="year"))
        assert at(policy, [bought(30, "2019-06-01", unit="A"), bought(30, None, unit="A")]) == {}

    def test_nothing_yet_in_the_year_of_another_reading(self) -> None:
        window = {"ask": "q", "a": "30 days back", "b": "year"}
        policy = of_total(Total(by="unit", window=window), questions=[question("q", "a", "b")])
        found = at(policy, [bought(30, "2019-12-20", unit="A")], dt.date(2020, 1, 5))["A"]
        assert (found.working.left, found.worst.left) == (6_999, 6_999)

    def test_in_a_gap(self) -> None:
        bands = [Band(id="low", range="[0 .. 50)"), Band(id="high", range="[100 .. )")]
        policy = small(
            columns=[column("unit")], totals={"spent": Total(by="unit", window="year")},
            ladders={"steps": Ladder(bands=bands, measures=["spent"])},
        )  # fmt: skip
        found = at(policy, [bought(60, unit="A"), bought(40, unit="B")])
        assert (found["A"].band, found["A"].working.left, found["B"].working.next) == (None, 3_999, None)

    def test_limits_by_kind(self) -> None:
        ladder = Ladder(
            bands=[Band(id="low", range="[0 .. cap)"), Band(id="high", range="[cap .. )")], measures=["spent"]
        )
        policy = small(
            columns=[column("unit"), column("kind")], totals={"spent": Total(by="unit", window="year")},
            limits={"cap": [Limit(value={"goods": 100, "services": 80, "works": 300}, by=("kind",))]},
            ladders={"steps": ladder},
        )  # fmt: skip
        log = [bought(30, unit="A", kind="works"), bought(20, unit="A", kind="goods")]
        assert at(policy, log)["A"].working.left == 4_999


class TestCommand:
    LOG = "id,date,unit,amount,method\nA1,2020-06-01,Parks,100,direct\nA2,2020-06-02,Roads,30,direct\n"

    @pytest.fixture(autouse=True)
    def town(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
        (tmp_path / "log.csv").write_text(self.LOG, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def said(self, capsys: pytest.CaptureFixture[str], *words: str) -> str:
        assert main(["headroom", "log.csv", "--policy", "town.toml", "--lang", "en", *words]) == 0
        return capsys.readouterr().out

    def test_on_the_screen(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = self.said(capsys, "--on", "2020-06-08", "--show", "1").splitlines()
        assert told[:5] == [
            "Headroom: The town",
            "",
            "== Headroom ==",
            "  On 2020-06-08, after what was bought that day; nearest first. What is left may be spent to the last "
            "unit; one more is of the next band.",
            "  The policy says that purchases must not be divided: “Nothing is divided.”. What is left is no room to "
            "divide a purchase into.",
        ]
        assert told[5] == "  1 more accounts (--show 0 lists all)"
        assert told[7].split() == ["Parks", "accumulated", "£100.00", "low", "£49.99", "high", "£49.99"]

    def test_for_a_machine(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = json.loads(self.said(capsys, "--on", "2020-06-08", "--format", "json"))
        assert told["accounts"][1] == {
            "total": "spent", "keys": {"unit": "Roads"}, "so_far": "30.00", "band": "low",
            "working": {"known": True, "left": "119.99", "next": "high", "when": None},
            "worst": {"known": True, "left": "119.99", "next": "high", "when": None}, "frees": None,
        }  # fmt: skip

    def test_a_workbook(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.said(capsys, "--on", "2020-06-08", "--output", "room.xlsx")
        sheet = workbooks.sheets((town / "room.xlsx").read_bytes())["Headroom"]
        assert [row[0] for row in sheet] == ["account", "Parks", "Roads"] and sheet[1][4] == 49.99

    def test_files(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for ending in ("html", "json", "txt"):
            told = self.said(capsys, "--on", "2020-06-08", "--output", f"room.{ending}")
        page = (town / "room.html").read_text(encoding="utf-8")
        assert '<th scope="col">account</th>' in page and '<td class="n">£100.00</td>' in page
        assert (town / "room.txt").read_bytes().decode("utf-8-sig") == told
        assert json.loads((town / "room.json").read_bytes())["on"] == "2020-06-08"

    def test_more_than_a_sheet_holds(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setattr(paper, "ROWS", 1)
        words = ["headroom", "log.csv", "--policy", "town.toml", "--on", "2020-06-08", "--output", "room.xlsx"]
        assert main([*words, "--lang", "en"]) == 2
        assert "2 rows of Headroom do not fit a sheet, which holds 1" in capsys.readouterr().err

    def test_today(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert f"On {dt.date.today()}," in self.said(capsys)

    def test_rows_and_windows(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text = TOWN.replace('window = "year so far"', 'window = "30 days back"\nsum = "rows"').replace("150", "2")
        (town / "town.toml").write_text(text, encoding="utf-8")
        told = self.said(capsys, "--on", "2020-06-08").splitlines()
        assert told[6].endswith("1 from 2020-07-01") and told[6].split()[5:8] == ["1", "low", "0"]
        told = json.loads(self.said(capsys, "--on", "2020-06-08", "--format", "json"))
        assert told["accounts"][0]["frees"] == {"on": "2020-07-01", "size": "1"}


def test_no_further_band_and_not_known() -> None:
    policy = of_total(Total(by="unit", window="year so far"))
    log = [
        bought(300, unit="A"),
        bought(10, unit="B"),
        bought(None, unit="B"),
        bought(30, unit="C"),
        bought(5, unit=None),
    ]
    told = paper.dumps(writer.paper(headroom(procure.check(log, policy), DAY)), "en")
    assert "no further band" in told and "not known" in told and "£30.00 to £35.00" in told
    alone = of_total(Total(window="always"))
    assert "  all " in paper.dumps(writer.paper(headroom(procure.check([bought(10)], alone), DAY)), "en")


def of_both(window: str, binds: str = "highest") -> Policy:
    bands = [
        Band(id="low", range="[0 .. 100)"),
        Band(id="high", range="[100 .. 200)"),
        Band(id="top", range="[200 .. )"),
    ]
    ladders = {"steps": Ladder(bands=bands, measures=["amount", "spent"], binds=binds)}
    return small(
        columns=[column("unit")], totals={"spent": Total(by="unit", window=window)}, ladders=ladders
    )  # fmt: skip


@pytest.mark.parametrize("window", WINDOWS)
def test_what_is_left_may_be_bought_at_once(window: str) -> None:
    policy = of_both(window)
    seen: Counter[bool] = Counter()

    @settings(max_examples=40)
    @given(st.lists(rows, min_size=1, max_size=4))
    def holds(log: list[dict[str, Any]]) -> None:
        bought_ = [Purchase(**row) for row in log]
        for unit, each in at(policy, bought_).items():
            if each.working.left is None or not each.working.left:
                continue
            sizes = (1, each.working.left, each.working.left + 1)
            draft = [Purchase(unit=unit, date=DAY, amount=Decimal(size) / 100) for size in sizes]
            bands = [procure.check([*bought_, one], policy).purchases[-1].bands["steps"] for one in draft]
            assert bands[0] == bands[1] != bands[2], (unit, each, bands)
            seen[each.total.high < 0] += 1

    holds()
    assert seen[False]


def test_a_ladder_whose_lowest_band_binds_is_not_climbed_by_the_amount_alone() -> None:
    log = [bought(-50, unit="A")]
    assert at(of_both("year"), log)["A"].working.left == 9_999
    assert at(of_both("year", "lowest"), log)["A"].working.left == 14_999


def test_a_total_of_other_money_is_not_climbed_by_the_amount() -> None:
    bands = [Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )")]
    policy = small(
        columns=[column("unit"), column("tax", type="money")],
        totals={"taxed": Total(by="unit", window="year", sum="tax")},
        ladders={"steps": Ladder(bands=bands, measures=["amount", "taxed"])},
    )
    assert at(policy, [bought(10, unit="A", tax=-30)])["A"].working.left == 12_999


def test_the_worst_case_says_all_interpretations_that_leave_as_little() -> None:
    window = {"ask": "q", "a": "year so far", "b": "always so far"}
    edges = {"ask": "edge", "in": "upper", "out": "lower"}
    ladder = Ladder(
        bands=[Band(id="low", range="[0 .. 100|"), Band(id="high", range="|100 .. )")], measures=["spent"], edge=edges
    )
    policy = small(
        columns=[column("unit")], questions=[question("q", "a", "b"), question("edge", "out", "in")],
        totals={"spent": Total(by="unit", window=window)}, ladders={"steps": ladder},
    )  # fmt: skip
    worst = at(policy, [bought(70, unit="A")])["A"].worst
    # Both windows hold the same: it is the number at the edge alone that leaves less.
    assert (worst.left, worst.when and worst.when.en) == (2_999, "`edge` is `in`")


def test_what_a_window_lets_go_may_not_be_known() -> None:
    policy = of_total(Total(by="unit", window="30 days back"))
    found = headroom(procure.check([bought(30, unit="A"), bought(None, unit="A")], policy), DAY)
    assert found.accounts[0].frees is not None and found.accounts[0].frees.size is None
    known = headroom(procure.check([bought(30, unit="A")], policy), DAY)
    assert "£30.00 from 2020-07-08" in paper.dumps(writer.paper(known), "en")
    assert "not known from 2020-07-08" in paper.dumps(writer.paper(found), "en")
    assert json.loads(writer.dumps_json(found))["accounts"][0]["frees"] == {"on": "2020-07-08", "size": None}
