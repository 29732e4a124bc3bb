"""Several versions of one policy: each purchase is judged by the one of its day, or as it stood published on a day."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import procure
from procure import Policy, ProcureError, Purchase, Versions
from procure.authoring import PolicyError
from procure.cli import main
from procure.cli.choosing import version_on
from procure.policy.versions import as_of

TEXT = """
format = 1
id = "town"
title = "Town, how it buys"
language = "en"
currency = "GBP"
in-force = {{ {force} }}
[text]
source = "invented"
passage = "From the limit up, three quotes."
[[limit.low]]
{limit}
[question.side]
asks = "Is the limit in?"
raised-by = ["From the limit up"]
readings = {{ in = "yes", out = "no" }}
recommended = "in"
[ladder.steps]
edge = {{ ask = "side", in = "upper", out = "lower" }}
[[ladder.steps.band]]
id = "low"
range = "[0 .. low|"
[[ladder.steps.band]]
id = "high"
range = "|low .. )"
duties = ["quotes"]
[duty.quotes]
required = "three quotes"
clause = "three quotes"
met-by = [{{ quotes = ">= 3" }}]
"""


def written(folder: Path, name: str, force: str, limit: str = "value = 100") -> Path:
    file = folder / name / "policy.toml"
    file.parent.mkdir(parents=True)
    file.write_text(TEXT.format(force=force, limit=limit), encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path, "2019", "from = 2019-01-01")
    written(tmp_path, "2020", "from = 2020-01-01, published = 2019-12-20", "value = 200")
    return tmp_path


@pytest.fixture
def town(folder: Path) -> Versions:
    found = procure.load_versions(folder)
    assert isinstance(found, Versions)
    return found


def bought(day: str | None, amount: int = 150) -> Purchase:
    return Purchase(date=day, amount=amount, quotes=1)


def verdicts(policy: Any, *days: str | None) -> list[str]:
    return [finding.verdict.value for finding in procure.check([bought(day) for day in days], policy)]


class TestByDay:
    def test_each_by_the_version_of_its_day(self, town: Versions) -> None:
        days = "2019-12-31", "2020-01-01", "2018-12-31", "2021-01-01"
        assert verdicts(town, *days) == ["violation", "compliant", "not_applicable", "compliant"]

    def test_without_a_day_the_least_certain_stands(self, town: Versions) -> None:
        assert verdicts(town, None) == ["unknown"]
        (finding,) = procure.check([bought(None, 50)], town)
        assert (finding.verdict.value, finding.settled) == ("compliant", True)
        (finding,) = procure.check([bought(None, 250)], town)
        assert (finding.verdict.value, finding.missing) == ("unknown", ("date",))

    def test_one_that_says_no_end_is_in_force_until_the_next(self, town: Versions) -> None:
        assert [policy.in_force.until for policy in town] == [dt.date(2019, 12, 31), None]
        assert list(town.policies) == ["2019", "2020"]

    def test_a_report_for_each(self, town: Versions) -> None:
        found = procure.check([bought("2019-05-01"), bought("2020-05-01"), Purchase(amount="?", date="?")], town)
        assert [[f.verdict.value for f in report][:2] for report in found.by_version.values()] == [
            ["violation", "not_applicable"],
            ["not_applicable", "compliant"],
        ]
        assert len(found) == 3 - len(found.rejected)
        assert found.exit_status == 1
        explained = found.explain(found.purchases[1].purchase)
        assert explained.finding is found.by_version["2020"].purchases[1]
        with pytest.raises(ProcureError, match="this purchase is not of this report"):
            found.explain(procure.check([bought("2019-05-01")], town).purchases[0].purchase)

    @pytest.mark.parametrize(
        ("days", "status"), [(["2020-05-01"], 0), (["2020-05-01", None], 3), (["2018-05-01"], 3), (["2019-05-01"], 1)]
    )
    def test_exit_status(self, town: Versions, days: list[str | None], status: int) -> None:
        assert procure.check([bought(day) for day in days], town).exit_status == status

    def test_rows_that_no_version_can_read_are_each_told(self, town: Versions) -> None:
        unread = Purchase(amount="?", date="?")
        assert len(procure.check([unread, bought("2020-05-01"), unread], town).rejected) == 2

    def test_what_is_given_and_adopted_goes_to_each(self, folder: Path) -> None:
        written(folder, "2021", "from = 2021-01-01", "given = true")
        town = procure.load_versions(folder).with_given(low=300)
        assert verdicts(town, "2021-05-01", "2020-05-01", "2019-05-01") == ["compliant", "compliant", "violation"]
        assert verdicts(procure.load_versions(folder), "2021-05-01") == ["unknown"]
        assert [policy.adopted for policy in town.adopt({"side": "out"})] == [{"side": "out"}] * 3
        with pytest.raises(ProcureError, match="no version is given a limit or list 'high'"):
            town.with_given(high=1)
        with pytest.raises(ProcureError, match="no ambiguity"):
            town.adopt({"sid": "out"})


class TestAsOf:
    @pytest.mark.parametrize(
        ("day", "found"),
        [("2018-06-01", None), ("2019-12-19", ["2019"]), ("2019-12-20", ["2019", "2020"])],
    )
    def test_versions_published_by_a_day(self, town: Versions, day: str, found: list[str] | None) -> None:
        known = town.as_of(dt.date.fromisoformat(day))
        assert (None if known is None else list(known.policies)) == found

    def test_before_its_successor_is_published_a_version_goes_on(self, town: Versions) -> None:
        known = town.as_of(dt.date(2019, 12, 19))
        assert known is not None
        assert verdicts(known, "2020-05-01") == ["violation"]

    def test_limits_published_by_a_day(self, tmp_path: Path) -> None:
        limit = "value = 100\n[[limit.low]]\nfrom = 2019-07-01\npublished = 2019-06-01\nvalue = 200"
        policy = procure.load_policy(written(tmp_path, "a", "from = 2019-01-01", limit))
        assert verdicts(policy, "2019-08-01") == ["compliant"]
        before = as_of(policy, dt.date(2019, 5, 31))
        assert before is not None
        assert verdicts(before, "2019-08-01") == ["violation"]
        assert as_of(policy, dt.date(2019, 6, 1)) is policy
        assert as_of(policy, dt.date(2018, 12, 31)) is None

    def test_a_limit_of_which_nothing_was_published_is_not_known(self, tmp_path: Path) -> None:
        limit = "value = 100\npublished = 2019-06-01"
        policy = procure.load_policy(written(tmp_path, "a", "from = 2019-01-01", limit))
        before = as_of(policy, dt.date(2019, 5, 31))
        assert before is not None
        assert verdicts(before, "2019-08-01") == ["unknown"]


class TestRefused:
    def test_two_in_force_at_once(self, tmp_path: Path) -> None:
        written(tmp_path, "a", "from = 2019-01-01, until = 2020-06-30")
        written(tmp_path, "b", "from = 2020-01-01")
        with pytest.raises(PolicyError) as caught:
            procure.load_versions(tmp_path)
        assert caught.value.words == (
            "town：b.in-force：与 a 同日有效（a 至 2020-06-30，b 自 2020-01-01）",
            "town: b.in-force: two are in force at once (a until 2020-06-30, b from 2020-01-01)",
        )

    def test_none_says_from_when(self, tmp_path: Path) -> None:
        written(tmp_path, "a", "")
        written(tmp_path, "b", "")
        with pytest.raises(PolicyError, match="two are in force at once"):
            procure.load_versions(tmp_path)

    def test_of_different_policies(self, folder: Path) -> None:
        file = folder / "2020" / "policy.toml"
        file.write_text(file.read_text("utf-8").replace('"town"', '"city"'), encoding="utf-8")
        with pytest.raises(PolicyError, match="id: the versions differ"):
            procure.load_versions(folder)

    def test_a_folder_of_one_version_is_that_policy(self, tmp_path: Path) -> None:
        written(tmp_path, "2019", "from = 2019-01-01")
        assert isinstance(procure.load_versions(tmp_path), Policy)


class TestCommandLine:
    @pytest.fixture
    def log(self, tmp_path: Path) -> str:
        file = tmp_path / "log.csv"
        file.write_text("id,date,amount,quotes\n1,2019-05-05,150,1\n2,2020-05-05,150,1\n", encoding="utf-8")
        return str(file)

    def test_check(self, folder: Path, log: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", log, "--policy", str(folder), "--lang", "en"]) == 1
        said = capsys.readouterr().out
        assert [line for line in said.splitlines() if line.startswith("== version")] == [
            "== version 2019 ==",
            "== version 2020 ==",
        ]
        assert main(["check", log, "--policy", str(folder), "--format", "json"]) == 1
        told = json.loads(capsys.readouterr().out)
        assert [[each["verdict"] for each in one["purchases"]] for one in told["versions"].values()] == [
            ["violation", "not_applicable"],
            ["not_applicable", "compliant"],
        ]

    def test_files_of_their_own(self, folder: Path, log: str, tmp_path: Path) -> None:
        to = tmp_path / "found.csv"
        assert main(["check", log, "--policy", str(folder), "--output", str(to)]) == 1
        assert [file.name for file in sorted(tmp_path.glob("found*"))] == ["found-2019.csv", "found-2020.csv"]

    @pytest.mark.parametrize("format", ["csv", "jsonl"])
    def test_rows_for_each_have_no_place_on_the_screen(
        self, format: str, folder: Path, log: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", log, "--policy", str(folder), "--format", format, "--lang", "en"]) == 2
        assert capsys.readouterr().err == f"procure: each version has a {format} of its own: use --output\n"

    def test_explain(self, folder: Path, log: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", log, "--row", "3", "--policy", str(folder), "--lang", "en"]) == 0
        assert "compliant (settled)" in capsys.readouterr().out.splitlines()[0]

    @pytest.mark.parametrize(
        ("options", "status", "said"),
        [
            (["--as-of", "2019-12-19"], 1, "2 purchases to confirm"),
            (["--as-of", "2018-12-19"], 2, "--as-of 2018-12-19: nothing was published by that day"),
            (["--year", "2020"], 0, "Judged 1 of 2 rows"),
            (["--year", "2017"], 2, "--year 2017: no version is in force in that year"),
            (["--year", "all"], 2, "--year all needs one version: name its folder, --policy FOLDER/VERSION"),
            (["--year", "20x"], 2, "--year 20x: it must be a year, or all"),
            (["--adopt", "sid=in"], 2, "no ambiguity 'sid'"),
        ],
    )
    def test_as_of_and_year(
        self, folder: Path, log: str, options: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", log, "--policy", str(folder), "--lang", "en", *options]) == status
        assert said in "".join(capsys.readouterr())

    def test_a_year_of_one_policy_is_judged_in_force_or_not(
        self, folder: Path, log: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        policy = str(folder / "2020")
        assert main(["check", log, "--policy", policy, "--lang", "en", "--year", "2019"]) == 0
        assert "Judged 1 of 2 rows" in capsys.readouterr().out
        assert main(["check", log, "--policy", policy, "--lang", "en", "--year", "all"]) == 0
        assert "Judged 2 of 2 rows" in capsys.readouterr().out

    def test_the_policy_commands_speak_of_each(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["policy", "check", str(folder), "--lang", "en"]) == 0
        assert capsys.readouterr().out.count("Encoded of the text") == 2
        assert main(["policy", "show", str(folder), "--lang", "en"]) == 0
        assert capsys.readouterr().out.count("# Town, how it buys") == 2
        assert main(["ambiguities", "--policy", str(folder), "--lang", "en"]) == 0
        assert capsys.readouterr().out.count("Is the limit in?") == 2

    def test_columns(self, folder: Path, log: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["columns", log, "--policy", str(folder), "--lang", "en"]) == 0
        assert "quotes" in capsys.readouterr().out


def test_one_of_several_versions(town: Versions) -> None:
    assert town.id == next(iter(town)).id
    assert version_on(town, dt.date(2020, 5, 5)) is list(town)[-1]
    for day in (None, dt.date(1999, 1, 1)):
        with pytest.raises(
            ProcureError, match=r"^the policy has several versions: give a day on which one is in force"
        ):
            version_on(town, day)


class TestFrames:
    DAYS = ("2019-12-31", "2020-01-01", "2018-12-31", None, "2021-01-01")

    @pytest.mark.parametrize("kind", ["polars", "lazy", "pandas", "arrow", "duckdb"])
    def test_each_by_the_version_of_its_day(self, town: Versions, kind: str) -> None:
        pl = pytest.importorskip("polars")
        frame = pl.DataFrame({"id": range(5), "date": self.DAYS, "amount": [150] * 5, "quotes": [1] * 5})
        if kind == "pandas":
            pytest.importorskip("pandas")
            found = pl.from_pandas(procure.check_frame(frame.to_pandas(), town))
        elif kind == "arrow":
            found = pl.from_arrow(procure.check_frame(frame.to_arrow(), town))
        elif kind == "duckdb":
            duckdb = pytest.importorskip("duckdb")
            found = procure.check_frame(duckdb.connect().from_arrow(frame.to_arrow()), town).pl().sort("id")
        elif kind == "lazy":
            found = procure.check_frame(frame.lazy(), town).collect()
        else:
            found = procure.check_frame(frame, town)
        assert found["verdict"].to_list() == verdicts(town, *self.DAYS)
        each = procure.check([bought(day) for day in self.DAYS], town)
        assert found["settled"].to_list() == [finding.settled for finding in each]
        assert found["missing"].to_list() == [" ".join(finding.missing) for finding in each]
