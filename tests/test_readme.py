"""README.md says what is so: its commands run, and its output is what they print."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from procure.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    match = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)\n```", README, re.DOTALL)
    assert match, f"README.md has no block {name!r}"
    return match[1]


def undated(text: str) -> str:
    """The one thing in which two reports on the same log differ is the day of the check."""
    return re.sub(r"(?<=; checked on )\d{4}-\d\d-\d\d(?=\.$)", "DAY", text, flags=re.MULTILINE)


def test_the_output_shown_is_what_the_command_prints(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = block("try").splitlines()[-1]
    monkeypatch.chdir(ROOT)
    assert main(shlex.split(command)[1:]) == 1
    assert undated(capsys.readouterr().out).startswith(undated(block("output")) + "\n")


def test_the_python_example(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    match = re.search(r"```python\n(.*?)\n```", README, re.DOTALL)
    assert match
    exec(compile(match[1], "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed.startswith(block("output"))
    assert printed.splitlines()[-3].startswith("examples/furong_2020.csv:18: catalogue-channel: required: ")


def test_the_chinese_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its first commands run as they stand, in a folder that has the example."""
    page = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    first = re.search(r"<!-- first -->\n```sh\n(.*?)\n```", page, re.DOTALL)
    assert first
    assert [main(shlex.split(line)[1:]) for line in first[1].splitlines()] == [0, 0, 1]
    assert (tmp_path / "report.xlsx").exists() and (tmp_path / "procure.toml").exists()
    assert "已写入 report.xlsx" in capsys.readouterr().out
    for name in re.findall(r"\]\(([^)#]+)\)", page):
        assert (ROOT / name).exists(), name
