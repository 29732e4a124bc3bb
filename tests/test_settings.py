"""procure.toml: what it says goes with every command, and what is typed goes before it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from procure import policies
from procure.cli import main
from procure.cli.settings import system_language

HEADER = "编号,采购日期,采购单位,品目,采购类别,采购金额,是否目录内,采购方式,报告同意日期,邀请家数,报价数,单一来源依据\n"
LOG = HEADER + "2,2020-03-06,区工信局,音响系统,货物,86000,否,自行采购,2020-03-06,0,0,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    return tmp_path


def said(folder: Path, text: str, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    (folder / "procure.toml").write_text(text, encoding="utf-8")
    status = main(words)
    out, err = capsys.readouterr()
    return status, out, err


def test_options_that_need_not_be_typed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = 'limit = ["goods=300000", "services=200000"]\nlang = "en"\nall = true\nset_aside_unplaced = false\n'
    status, out, err = said(folder, text, capsys, "check", "log.csv")
    assert (status, err) == (1, "")
    assert "limits: yearly limit goods ¥300,000.00, services ¥200,000.00;" in out


def test_what_is_typed_goes_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = 'limit = 200000\nlang = "en"\nall = true\n'
    _, out, _ = said(folder, text, capsys, "check", "log.csv", "--limit", "300000", "--show=1", "--lang", "zh")
    assert "限额：年度限额 ¥300,000.00；" in out


def test_a_table_is_pairs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "limit = { goods = 300000 }\nall = true\n[adopt]\nlimbs = 'higher'\n"
    _, out, _ = said(folder, text, capsys, "check", "log.csv")
    assert "限额：年度限额 货物 ¥300,000.00；已采用读法：limbs=higher；" in out


def test_another_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "office").mkdir()
    (folder / "office" / "mine.toml").write_text('policy = "policy.toml"\nmapping = "m.toml"\nas_of = 2020-06-01\n')
    (folder / "office" / "m.toml").write_text('[columns]\namount = "采购金额"\n')
    for word in ("--config=office/mine.toml", "--config office/mine.toml"):
        assert main(["check", "log.csv", *word.split()]) == 2
        # Files stand beside the settings: the policy that is not there, too.
        assert "office/policy.toml" in capsys.readouterr().err


def test_the_policy_and_its_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "catalogue.csv").write_text("品目名称\n音响系统\n", encoding="utf-8")
    text = 'policy = "furong-2020"\ncatalogue = "catalogue.csv"\nlist = []\nlimit = 300000\nlang = "en"\n'
    status, out, _ = said(folder, text, capsys, "check", "log.csv")
    assert status == 1
    assert out.startswith("Purchases of 区工信局")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("limits = 3", "procure.toml：没有选项 limits；是否为 limit？"),
        ("qqq = 3", "procure.toml：没有选项 qqq"),
        ("a = ", "procure.toml：第 1 行第 4 列：不是 TOML：= 之后没有值"),
        ("limit = 1.5", "procure.toml：limit 的值 1.5 请写成文本"),
    ],
)
def test_what_is_wrong_with_it(folder: Path, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
    status, out, err = said(folder, text, capsys, "check", "log.csv")
    assert (status, out) == (2, "")
    assert err.startswith(f"procure: {told}")


def test_no_such_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "log.csv", "--config", "none.toml"]) == 2
    assert capsys.readouterr().err == "procure: none.toml：没有这个文件\n"


def test_commands_that_take_no_settings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(folder, "limit = 300000", capsys, "policies")
    assert status == 0
    assert "furong-2020" in out


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_TW"}, "zh"),
        ({"LC_MESSAGES": "pt_BR"}, "en"),
    ],
)
def test_the_language_of_the_system(environ: dict[str, str], lang: str | None) -> None:
    assert system_language(environ) == lang


def test_a_report_speaks_the_language_of_the_system(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    main(["check", "log.csv", "--limit", "300000"])
    assert capsys.readouterr().out.startswith("Purchases of")


class TestInit:
    def test_what_it_writes_is_taken(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["init", "log.csv", "--mapping", "m.toml"]) == 2
        (folder / "m.toml").write_text('[columns]\namount = "采购金额"\n', encoding="utf-8")
        assert main(["init", "log.csv", "--mapping", "m.toml"]) == 0
        written = (folder / "procure.toml").read_text(encoding="utf-8")
        assert written.splitlines()[1:5] == [
            'policy = "furong-2020"',
            'lang = "zh"',
            'mapping = "m.toml"',
            "# 年度限额（CNY）：制度未写，须由本单位填写，从不猜测",
        ]
        assert '# limit = ["goods=", "services=", "works="]\n' in written
        assert "# 台账 1 行中 1 行是 2020 年的\n# year = 2020\n" in written
        capsys.readouterr()
        assert main(["check", "log.csv", "--all"]) == 1
        assert "限额：未给出" in capsys.readouterr().out

    def test_the_columns_that_are_given_need_not_be_typed_again(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (folder / "a log.csv").write_text(
            LOG.replace("报告同意日期", "办结").replace("自行采购", "比选"), encoding="utf-8"
        )
        assert main(["init", "a log.csv", "--column", "approved_on=办结", "--sheet", "2", "--lang", "en"]) == 0
        assert capsys.readouterr().out == (
            "written to procure.toml and mapping.toml: fill in what stands behind #, then run "
            'procure check "a log.csv"\n'
            "some words of “method” were not understood: say in mapping.toml what they mean\n"
        )
        written = (folder / "procure.toml").read_text(encoding="utf-8")
        assert '\nmapping = "mapping.toml"\nsheet = "2"\n' in written
        mapping = (folder / "mapping.toml").read_text(encoding="utf-8")
        assert 'approved_on = "办结"\n' in mapping and '"比选", # 1' in mapping

    def test_a_mapping_that_is_there_is_taken(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (folder / "mapping.toml").write_text('[columns]\namount = "采购金额"\n', encoding="utf-8")
        assert main(["init", "log.csv", "--lang", "en"]) == 0
        assert capsys.readouterr().out.startswith("written to procure.toml: fill in ")
        assert '\nmapping = "mapping.toml"\n' in (folder / "procure.toml").read_text(encoding="utf-8")

    def test_in_another_folder(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What the settings name is found from where they stand."""
        (folder / "to do").mkdir()
        (folder / "log.csv").write_text(LOG.replace("自行采购", "比选"), encoding="utf-8")
        assert main(["policy", "new", "rule.toml"]) == 0
        assert main(["init", "log.csv", "--config", "to do/p.toml", "--policy", "rule.toml", "--lang", "en"]) == 0
        capsys.readouterr()
        (folder / "to do" / "p.toml").unlink()
        asked = ["init", "log.csv", "--config", "to do/p.toml", "--lang", "en"]
        assert main(asked) == 0
        assert 'then run procure check log.csv --config "to do/p.toml"\n' in capsys.readouterr().out
        assert '\nmapping = "mapping.toml"\n' in (folder / "to do" / "p.toml").read_text(encoding="utf-8")
        assert main(["check", "log.csv", "--config", "to do/p.toml"]) in (1, 3)
        assert main(asked) == 2
        (folder / "to do" / "p.toml").unlink()
        assert main([*asked, "--policy", "rule.toml", "--mapping", str(folder / "to do" / "mapping.toml")]) == 0
        written = (folder / "to do" / "p.toml").read_text(encoding="utf-8")
        assert f'\npolicy = "{os.path.join("..", "rule.toml")}"\n' in written
        assert f'\nmapping = "{folder / "to do" / "mapping.toml"}"\n' in written

    @pytest.mark.parametrize("policy", [name for name in policies.names() if name != "furong-2020"])
    def test_other_policies(self, folder: Path, policy: str) -> None:
        assert main(["init", "log.csv", "--policy", policy]) == 0
        assert f'policy = "{policy}"' in (folder / "procure.toml").read_text(encoding="utf-8")

    def test_nothing_is_written_over(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (folder / "procure.toml").write_text("", encoding="utf-8")
        assert main(["init", "log.csv", "--lang", "en"]) == 2
        assert capsys.readouterr().err == "procure: procure.toml is there already, and is not written over\n"

    def test_a_log_of_another_year(self, folder: Path) -> None:
        (folder / "log.csv").write_text(LOG.replace("2020-", "2021-"), encoding="utf-8")
        assert main(["init", "log.csv"]) == 0
        assert "\nyear = 2021\n" in (folder / "procure.toml").read_text(encoding="utf-8")

    def test_a_log_without_days(self, folder: Path) -> None:
        (folder / "log.csv").write_text(LOG.replace("2020-03-06,", ",", 1), encoding="utf-8")
        assert main(["init", "log.csv", "--lang", "en"]) == 0
        assert "year" not in (folder / "procure.toml").read_text(encoding="utf-8").replace("yearly", "")


def test_interrupted(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C: one line, and nothing half written."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", stop)
    assert main(["check", "log.csv", "--output", "r.csv", "--lang", "en"]) == 130
    assert capsys.readouterr().err == "procure: interrupted\n"
    assert [path.name for path in folder.iterdir()] == ["log.csv"]


def test_a_file_that_is_open(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (folder / "r.csv").write_text("")
    monkeypatch.setattr("os.replace", refused)
    assert main(["check", "log.csv", "--output", "r.csv", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "procure: cannot write r.csv: it may be open in Excel; close it and try again\n"
