"""Samples for an audit: the same seed draws the same; interval and monetary-unit selection are as computed apart."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest
import workbooks
from hypothesis import given
from hypothesis import strategies as st
from sheets import log_of, sheet
from small import bought, small
from test_advise import POLICY as TOWN

import procure
from procure import ProcureError, Report
from procure.authoring import column
from procure.cli import main
from procure.reporting.sampling import Method, Sample, draw, sample
from procure.writers import paper
from procure.writers import sampling as writer

amounts = st.lists(st.integers(1, 10_000), min_size=1, max_size=30)


def fraction(seed: str, at: int) -> Decimal:
    """The number of a seed, to 60 digits, without fractions."""
    digest = hashlib.sha256(f"{seed}/{at}".encode()).hexdigest()
    return Decimal(int(digest, 16)) / Decimal(2**256)


@given(amounts, st.integers(1, 30), st.text(max_size=3))
def test_at_intervals(minors: list[int], size: int, seed: str) -> None:
    size = min(size, len(minors))
    drawn = draw("interval", minors, size, seed)
    first = fraction(seed, 0) * len(minors) / size
    by_hand = [int(first + Decimal(len(minors)) * turn / size) for turn in range(size)]
    assert drawn == by_hand
    assert len(set(drawn)) == size


@given(amounts, st.integers(1, 30), st.text(max_size=3))
def test_by_money(minors: list[int], size: int, seed: str) -> None:
    """Every monetary unit is laid out; those at the points choose their purchase."""
    drawn = draw("money", minors, size, seed)
    owner = [at for at, minor in enumerate(minors) for _ in range(minor)]
    points = [(fraction(seed, 0) + turn) * len(owner) / size for turn in range(size)]
    assert drawn == sorted({owner[int(point)] for point in points})
    step = len(owner) / size
    assert {at for at, minor in enumerate(minors) if minor > step} <= set(drawn)


@given(amounts, st.integers(1, 30), st.text(max_size=3))
def test_at_random(minors: list[int], size: int, seed: str) -> None:
    size = min(size, len(minors))
    drawn = draw("random", minors, size, seed)
    lottery = sorted((fraction(seed, at), at) for at in range(len(minors)))
    assert drawn == sorted(at for _, at in lottery[:size])


def report() -> Report:
    log = [bought(100 + n, id=f"P{n}", unit="A" if n % 3 else "B", quotes=n % 5) for n in range(30)]
    log += [bought(-5, id="R", unit="A"), bought(None, id="M", unit=None)]
    return procure.check(log, small({"quotes": ">= 2"}, [column("unit"), column("quotes")]))


def drawn(found: Sample) -> list[object]:
    return [finding.purchase.id for finding in found.chosen]


class TestSample:
    @pytest.mark.parametrize("by", ["random", "interval", "money"])
    def test_the_same_seed_draws_the_same(self, by: Method) -> None:
        one, again, other = (sample(report(), size=6, by=by, strata=["verdict"], seed=seed) for seed in ("7", "7", "8"))
        assert drawn(one) == drawn(again) != drawn(other)

    def test_by_strata(self) -> None:
        found = sample(report(), size=8, strata=["verdict", "unit"], by="money")
        told = [(each.name.en, each.purchases, len(each.chosen)) for each in found.strata]
        assert told == [
            ("compliant · unit A", 12, 3), ("compliant · unit B", 6, 2),
            ("to confirm, under every reading · unit A", 8, 2), ("to confirm, under every reading · unit B", 4, 1),
        ]  # fmt: skip
        assert found.left_out == 2
        assert sum(each.minor for each in found.strata) == sum(100 * (100 + n) for n in range(30))

    def test_what_is_not_known_is_a_stratum_too(self) -> None:
        names = [each.name.en for each in sample(report(), size=8, strata=["unit"]).strata]
        assert names == ["unit A", "unit B", "unit not stated"]

    def test_every_stratum_has_one(self) -> None:
        found = sample(report(), size=1, strata=["band", "unit"])
        assert [len(each.chosen) for each in found.strata] == [1, 1, 1]

    def test_above(self) -> None:
        assert drawn(sample(report(), above=12_700)) == ["P28", "P29"]

    def test_none_to_draw_from(self) -> None:
        nothing = procure.check([bought(-5)], small({"quotes": ">= 2"}, [column("quotes")]))
        assert sample(nothing, size=3, by="money").strata == ()

    @pytest.mark.parametrize(
        ("how", "why"),
        [
            ({}, "give one of --size and --above"),
            ({"size": 3, "above": 5}, "give one of --size and --above"),
            ({"size": 0}, "--size is at least 1"),
            ({"size": 3, "by": "luck"}, "there is no method of sampling 'luck'"),
            ({"size": 3, "strata": ["colour"]}, "there is no column 'colour'"),
        ],
    )
    def test_refused(self, how: dict[str, object], why: str) -> None:
        with pytest.raises(ProcureError, match=why):
            sample(report(), **how)  # type: ignore[arg-type]


class TestCommand:
    @pytest.fixture(autouse=True)
    def town(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
        rows = "".join(f"A{n},2020-06-01,Parks,{60 + n},direct\n" for n in range(9))
        (tmp_path / "log.csv").write_text(
            f"id,date,unit,amount,method\n{rows}R,2020-06-02,Parks,-5,\n", encoding="utf-8"
        )
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def said(self, capsys: pytest.CaptureFixture[str], *words: str) -> str:
        assert main(["sample", "log.csv", "--policy", "town.toml", "--lang", "en", *words]) == 0
        return capsys.readouterr().out

    def test_on_the_screen(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = self.said(capsys, "--size", "3", "--by", "money", "--seed", "x")
        assert "  method: by monetary unit; size 3\n  seed: x (the same seed draws the same)\n" in told
        assert "  population: 9 purchases, £576.00\n  not in the population: 1 (no amount above zero)\n" in told
        assert "  all      9           £576.00         3" in told

    def test_above(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = self.said(capsys, "--above", "66.50")
        assert "  every purchase of more than £66.50\n  strata by: none\n" in told
        told = json.loads(self.said(capsys, "--above", "66.50", "--format", "json"))
        assert [each["id"] for each in told["strata"][0]["chosen"]] == ["A7", "A8"] and told["above"] == "66.50"

    def test_a_workbook_with_room_for_the_tests(self, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.said(capsys, "--size", "4", "--strata", "verdict, band", "--output", "sample.xlsx")
        header, *rows = workbooks.sheets((town / "sample.xlsx").read_bytes())["Sample"]
        assert header[:4] == ["row", "stratum", "verdict", "id"]
        assert header[-7:] == [
            "approval seen", "contract and invoice", "acceptance", "difference", "conclusion", "tested by", "tested on",
        ]  # fmt: skip
        assert len(rows) >= 4 and all(row[-7:] == [""] * 7 for row in rows)


def test_a_log_of_a_frame_has_no_sha256() -> None:
    log = log_of(sheet("frame", "", [bought(100, unit="A", quotes=1)]))
    found = procure.check(log, small({"quotes": ">= 2"}, [column("unit"), column("quotes")]))
    assert "sha256" not in paper.dumps(writer.paper(sample(found, size=1)), "en").replace("passage sha256", "")
