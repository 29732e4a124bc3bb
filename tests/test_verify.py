"""A check can be repeated from its report, and what differs is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from procure import Reports
from procure.cli import main

HEADER = "编号,采购日期,采购单位,品目,采购类别,采购金额,是否目录内,采购方式,报告同意日期,邀请家数,报价数,单一来源依据\n"
LOG = HEADER + "2,2020-03-06,区工信局,音响系统,货物,86000,否,自行采购,2020-03-06,0,0,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "procure.toml").write_text('adopt = ["limbs=higher"]\nset-aside-unplaced = true\n', encoding="utf-8")
    limits = ["--limit", "goods=300000", "--limit=services=200000"]
    main(["check", "log.csv", *limits, "--output", "r.json", "--lang", "en"])
    capsys.readouterr()
    return tmp_path


def report(folder: Path) -> Any:
    return json.loads((folder / "r.json").read_text(encoding="utf-8"))


def test_the_receipt(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(folder)["receipt"]["options"] == [
        {"name": "limit", "values": ["goods=300000", "services=200000"], "file": None},
        {"name": "adopt", "values": ["limbs=higher"], "file": "procure.toml"},
        {"name": "set-aside-unplaced", "values": [""], "file": "procure.toml"},
    ]
    main(["check", "log.csv", "--limit", "300000", "--all"])
    said = "选项：--limit 300000；--adopt limbs=higher（procure.toml）；--set-aside-unplaced（procure.toml）\n"
    assert said in capsys.readouterr().out
    for name in ("r.html", "r.xlsx"):
        assert main(["check", "log.csv", "--output", name]) == 1
    assert "--adopt limbs=higher（procure.toml）" in (folder / "r.html").read_text(encoding="utf-8")


def test_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # The settings of today are not asked, nor does it matter where the log stands or what it is called.
    (folder / "procure.toml").write_text("limit = 1\n", encoding="utf-8")
    (folder / "moved.csv").write_bytes((folder / "log.csv").read_bytes())
    assert main(["verify", "r.json", "moved.csv", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "same: the check finds what the report says\n"


def changed(name: str) -> Callable[[Any], None]:
    def change(told: Any) -> None:
        if name == "version":
            told["receipt"]["version"] = "0.0.1"
        elif name == "limits":
            told["policy"]["limits"]["decentral"]["goods"] = "1.00"
        elif name == "title":
            told["policy"]["title"] = "another"
        elif name == "row":
            told["purchases"] = []

    return change


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("version", "version: 0.0.1 then, 0.1.0 now\n"),
        ("limits", "limits: not as it was\nother parts of the report differ: policy\n"),
        ("title", "other parts of the report differ: policy\n"),
        ("row", "findings: 1 rows differ (rows 2)\n"),
    ],
)
def test_what_differs(folder: Path, capsys: pytest.CaptureFixture[str], name: str, told: str) -> None:
    then = report(folder)
    changed(name)(then)
    (folder / "r.json").write_text(json.dumps(then), encoding="utf-8")
    assert main(["verify", "r.json", "log.csv", "--lang", "en"]) == 1
    assert capsys.readouterr().out == told


def test_another_log(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "log.csv").write_text(LOG.replace("自行采购", "公开招标"), encoding="utf-8")
    assert main(["verify", "r.json", "log.csv"]) == 1
    assert capsys.readouterr().out == "台账：与当时的内容不同（sha256）\n结论：1 行不同（行 2）\n"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"receipt": null}'])
def test_no_report(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (folder / "r.json").write_text(text, encoding="utf-8")
    assert main(["verify", "r.json", "log.csv", "--lang", "en"]) == 2
    assert "no JSON report of procure check" in capsys.readouterr().err
    assert main(["verify", "none.json", "log.csv", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "procure: none.json: No such file or directory\n"


def test_several_versions(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procure.cli.check.checked", lambda args: Reports({}))
    assert main(["verify", "r.json", "log.csv", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "procure: a report by several versions cannot be repeated\n"
