"""The benchmarks still run, and their peers still say the same; nothing here is timed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import advice
import check_unread
import compare
import count_instructions
import engines
import measure
import patterns
import performance
import pytest
import totals

import procure
from procure.log.reading import all_columns

WHY = "benchmarks need the extra dev"
generate: Any = pytest.importorskip("generate", reason=WHY)
pl: Any = pytest.importorskip("polars", reason=WHY)

ROWS = 2000
COUNTED = ("non-tender", "all", "off-catalogue")


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("logs") / "complete.parquet")
    generate.write(path, ROWS)
    return path


@pytest.fixture(scope="module")
def gappy(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("logs") / "gappy.parquet")
    generate.write(path, ROWS, missing=0.05)
    return path


@pytest.fixture(scope="module")
def logs(complete: str, gappy: str) -> dict[str, tuple[str, dict[str, int]]]:
    """Each log, with what the Python loop says of it."""
    core = measure.PEERS["core"]
    return {
        name: (path, measure.answer(core, core.run(path))) for name, path in (("complete", complete), ("gappy", gappy))
    }


def test_a_log_is_lifelike_and_the_same_again(complete: str, gappy: str, tmp_path: Path) -> None:
    generate.write(str(tmp_path / "again.parquet"), ROWS)
    log = pl.read_parquet(complete)
    assert log.equals(pl.read_parquet(tmp_path / "again.parquet"))
    assert set(log.columns) < set(policy_columns())
    assert log["id"].to_list() == list(range(ROWS))
    dates = log["date"]
    assert not dates.is_sorted()
    assert dates.n_unique() < ROWS
    amounts = log["amount"]
    assert amounts.min() < 0
    assert (amounts == 5000).sum() > 0
    assert amounts.is_between(4800, 4999.99).sum() > ROWS / 50
    codes = log["category"].str.contains(r"^[ABC]\d+$")
    assert 0 < codes.sum() < ROWS
    assert log["category"].str.contains(r"^[ABC]\d{6}00$").any()
    for column in ("amount", "method", "category", "unit", "date"):
        assert log[column].null_count() == 0
        assert ROWS / 50 < pl.read_parquet(gappy)[column].null_count() < ROWS / 10


def test_a_log_of_several_chunks_has_no_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "CHUNK", 100)
    path = str(tmp_path / "log.parquet")
    generate.write(path, 250)
    assert pl.read_parquet(path)["id"].to_list() == list(range(250))


@pytest.mark.parametrize("log", ["complete", "gappy"])
@pytest.mark.parametrize("name", sorted(set(measure.PEERS) - {"core", "polars-totals", "on-spark"}))
def test_the_peers_agree(name: str, log: str, logs: dict[str, tuple[str, dict[str, int]]]) -> None:
    path, expected = logs[log]
    peer = measure.PEERS[name]
    if log == "gappy" and peer.answers is measure.ONE:
        pytest.skip("by hand nobody has written what a blank may stand for")
    for library in peer.libraries:
        pytest.importorskip(library, reason=WHY)
    try:
        found = measure.answer(peer, peer.run(path))
    except engines.Absent as why:
        pytest.skip(str(why))
    assert found["violation"] > 0
    assert (found["unknown"] > 0) == (log == "gappy")
    assert found.items() <= expected.items()


def test_the_totals_by_hand_are_those_of_the_core(complete: str) -> None:
    by_hand = totals.polars_totals(complete).sort("id").rows(named=True)
    policy = procure.policies.furong_2020(limits=engines.LIMITS)
    report = procure.check(procure.read(pl.read_parquet(complete)), policy)
    seen = set()
    for finding, row in zip(report.purchases, by_hand, strict=True):
        purchase = finding.purchase
        assert purchase.id == str(row["id"])
        assert purchase.kind is not None and purchase.minor is not None and finding.accumulated is not None
        plan = finding.plan
        (cuts,) = plan.cuts(plan.gauges[0], {"kind": purchase.kind}, purchase.date)
        floor, limit = cuts.least
        assert row["single"] == position(purchase.minor, floor, limit)
        assert row["fen"] == finding.accumulated.low
        for gauge in plan.gauges:
            measured = gauge.measure
            if measured is None or not gauge.when & plan.open & plan.questions["refunds"]["lowers"]:
                continue  # by hand refunds lower the totals
            total = finding.total(measured)
            assert total is not None and total.exact
            window = "whole-year" if measured.window.whole else "included" if measured.itself else "excluded"
            level = {"category": "item", "item-class": "second"}[measured.grouping.by[-1]]
            (counted,) = {reading for reading in COUNTED if gauge.when & plan.open & plan.questions["counted"][reading]}
            name = f"{window} {level} {counted}"
            if name in row:
                assert row[name] == (position(total.low, floor, limit) if total.sure else 0), (name, row)
                seen.add((name, row[name]))
    assert len({name for name, _ in seen}) == len(by_hand[0]) - len(("id", "single", "fen")) == 18
    assert {at for _, at in seen} >= {0, 1, 3, 5}


def policy_columns() -> Mapping[str, Any]:
    return all_columns(procure.policies.furong_2020().built.columns)


def position(fen: int, floor: int, limit: int) -> int:
    return 1 + (fen >= floor) + (fen > floor) + (fen >= limit) + (fen > limit)


def test_the_command_compares(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["polars", "polars-totals", "core", "on-spark"]
    assert compare.main(["--rows", "2000", "--repeat", "1", "--only", *asked]) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0] == "|  | answers | 2,000 rows, s | × polars | × polars-totals | MB | judging |"
    assert "| polars by hand | one reading |" in told
    assert "| `procure.check`, a Python loop | all interpretations |" in told
    assert "NOT" not in told


def test_peers_that_differ_are_told() -> None:
    found = {"one": [{"answer": {"violation": 1}}], "other": [{"answer": {"violation": 2}}], "none": [{"absent": "x"}]}
    assert list(compare.agreement(compare.answers(found))) == ["- violation: they do NOT agree: 1 (one); 2 (other)"]


def test_what_unread_ambiguities_cost(capsys: pytest.CaptureFixture[str]) -> None:
    check_unread.main(200, 1)
    told = capsys.readouterr().out
    assert "with 16 unread ambiguities" in told
    assert told.endswith("verdict, settled and flips are the same for every purchase\n")


def test_every_step_that_is_counted_is_done(tmp_path: Path) -> None:
    for name in ("small.parquet", "large.parquet"):
        generate.write(str(tmp_path / name), 50)
    for work, steps in count_instructions.WORK.items():
        assert len(count_instructions.do(work, len(steps), 50, str(tmp_path))) == len(steps)
    assert list(count_instructions.compared({"check": 4e9}, {"check": 5e9}, "G", 1e9))[2:] == [
        "| check | 4.00 | 5.00 | 1.250 |"
    ]


def test_every_line_of_the_table_is_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def done(name: str, *args: object) -> Mapping[str, float]:
        return {"s": 0.5, "mb": 80} if name == "command" else performance.DO[name](*map(str, args))

    # In this process, and without running commands.
    monkeypatch.setattr(performance, "done", done)
    performance.main(["--rows", "300", "--objects", "300", "--repeat", "1"])
    head, rule, *lines = capsys.readouterr().out.splitlines()
    assert (head, rule) == ("| work | measured |", "|---|---|")
    assert len(lines) == 8
    assert all(re.fullmatch(r"\| [^|]+ \| [^|]*\d[^|]* \|", line) for line in lines)


def test_advice_is_timed_for_every_draft(capsys: pytest.CaptureFixture[str]) -> None:
    advice.main(300)
    loaded, *lines = capsys.readouterr().out.splitlines()
    assert loaded.startswith("300 rows loaded: ")
    assert [line.split(":")[0] for line in lines] == list(advice.DRAFTS)


def test_patterns_of_a_log_are_counted_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["1,2020-03-01,A,Ash,o1,300,x", "2,2020-03-05,A,Ash,o1,250,x", "3,2020-03-01,B,Elm,o2,480,x",
            "4,2020-03-09,B,Elm,o3,480,y", "5,2020-03-09,C,Elm,o4,90,y"]  # fmt: skip
    log = tmp_path / "log.csv"
    log.write_text("id,date,office,supplier,order,amount,category\n" + "\n".join(rows), encoding="utf-8")
    patterns.main([str(log)], {"unit": ["office"], "contract": ["order"]}, "GBP", "2020")
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.split("  of ")[1] == (
        "5: together 400.0, just under 400.0; of 2: 1 lines of one order, 1 equal amounts"
    )
    assert "together 0.0" in second
