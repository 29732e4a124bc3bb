"""What is typed wrongly, and help: in the language of the output, with what may be meant, on any console."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

import procure
from procure.cli import main
from procure.cli.parsing import Parser
from procure.values.words import Lang, ProcureError, Words


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ("chek log.csv", "没有命令“chek”（是否为“check”？）", "there is no command 'chek' (did you mean 'check'?)"),
        ("policy chek", "没有命令“chek”（是否为“check”？）", "there is no command 'chek' (did you mean 'check'?)"),
        ("check", "缺少 LOG", "missing: LOG"),
        ("check log.csv --limt 3", "没有选项“--limt”（是否为“--limit”？）",
         "there is no option '--limt' (did you mean '--limit'?)"),
        ("check log.csv --limt=3", "没有选项“--limt”（是否为“--limit”？）",
         "there is no option '--limt' (did you mean '--limit'?)"),
        # Several begin so.
        ("check log.csv --d", "没有选项“--d”（是否为“--days”、“--dayfirst”、“--decimal-comma”？）",
         "there is no option '--d' (did you mean '--days', '--dayfirst', '--decimal-comma'?)"),
        ("check log.csv --format jsn", "--format 不能是“jsn”（是否为“json”？）",
         "--format cannot be 'jsn' (did you mean 'json'?)"),
        ("completion csh", "shell 不能是“csh”（是否为“zsh”？）", "shell cannot be 'csh' (did you mean 'zsh'?)"),
        ("completion bash zsh", "多出的参数“zsh”", "one argument too many: 'zsh'"),
        ("check log.csv --limit", "--limit 后面须写上值", "--limit: a value must follow it"),
        ("check log.csv --days x", "--days 须为整数，不是“x”", "--days must be a whole number, not 'x'"),
        ("check log.csv --all --show 3", "--show 与 --all 不能同用", "--show does not go with --all"),
        ("check log.csv --all=3", "--all 不带值，不能写“3”", "--all takes no value, and not '3'"),
        ("explain log.csv", "须给出其中之一：--row --id", "give one of --row --id"),
    ],
)  # fmt: skip
def test_what_is_typed_wrongly(typed: str, zh: str, en: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = typed.split()
    of = " ".join(words[: {"chek": 0, "policy": 1}.get(words[0], 1)])
    command = f"procure {of}".strip()
    said = {"zh": f"procure: {zh}。用法见 {command} --help\n", "en": f"procure: {en}. See {command} --help\n"}
    for lang in ("zh", "en"):
        # Not behind an option that lacks its value.
        at = len(words) if words[0] in ("chek", "policy") else 1
        assert main([*words[:at], f"--lang={lang}", *words[at:]]) == 2
        assert capsys.readouterr() == ("", said[lang])


def test_what_argparse_says_besides_is_said_as_it_is() -> None:
    with pytest.raises(ProcureError) as refused:
        Parser(prog="p").error("something else")
    assert refused.value.words == Words("something else。用法见 p --help", "something else. See p --help")


def test_help_in_chinese(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    with pytest.raises(SystemExit) as stop:
        main(["check", "--help", "--lang", "zh"])
    out = capsys.readouterr().out
    assert stop.value.code == 0
    assert out.startswith("用法：procure check ")
    assert "示例：\n  procure check log.csv --limit 300000\n" in out
    assert "退出码：0 均已判断且合规；1 有疑点；" in out
    # A full-width sign takes two columns, and no line begins with what belongs to the one before it.
    assert (
        "  --format {text,json,jsonl,csv}\n"
        "                        输出格式（默认 text）\n"
        "  --output FILE         把报告写成文件，或把各种格式写入文\n"
        "                        件夹：.json, .jsonl, .csv, .txt,\n"
        "                        .html, .xlsx\n"
    ) in out


COMMANDS = [[], ["policy"], ["policy", "check"], ["check"], ["advise"], ["init"], ["completion"]]


def on_a_console(encoding: str, *words: str) -> tuple[int, str]:
    """What a console of an encoding shows."""
    pty = pytest.importorskip("pty", reason="there is no pseudo-terminal on this system")
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(Path(procure.__file__).parents[1]), "PYTHONIOENCODING": encoding}
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        env.pop(name, None)
    command = [sys.executable, "-m", "procure", *words]
    ran = subprocess.Popen(command, env=env, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return ran.wait(), shown.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp936", "utf-8"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_on_any_console(encoding: str, lang: Lang) -> None:
    status, shown = on_a_console(encoding, "check", "--lang", lang, "--help")
    assert status == 0
    assert "procure check log.csv --limit 300000" in shown
    if lang == "en":
        assert shown.startswith("usage: procure check")
    elif encoding in ("cp936", "utf-8"):
        assert shown.startswith("用法：procure check")


def test_a_console_without_chinese_gets_english() -> None:
    assert on_a_console("cp1252", "--help")[1].startswith("usage: procure")
    assert on_a_console("cp936", "--help")[1].startswith("用法：procure")


@pytest.mark.parametrize("words", COMMANDS)
def test_help_of_every_command_differs_by_language(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for lang in ("zh", "en"):
        with pytest.raises(SystemExit):
            main([*words, "--help", "--lang", lang])
        shown.append(capsys.readouterr().out)
    zh, en = shown
    assert zh != en
    assert "show this help" in en and "显示本说明" in zh


LOG = "编号,采购日期,采购单位,品目,采购类别,采购金额\nFR-019,2020-03-06,区工信局,A05,货物,860\n"


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("工信局", "no purchase of the log has the unit '工信局': did you mean '区工信局'?\n"),
        ("区工信局", ""),
        ("别的单位", ""),
    ],
)
def test_a_unit_that_is_spelt_otherwise(
    unit: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    draft = [f"unit={unit}", "category=A06", "amount=3000", "date=2020-09-01"]
    assert main(["advise", *draft, "--history", str(log), "--limit", "300000", "--lang", "en"]) == 0
    assert capsys.readouterr().err == said


def test_an_id_and_a_header_that_are_spelt_otherwise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    words = [str(log), "--limit", "300000", "--lang", "en"]
    for typed, said in {
        "--id=FR-109": "--id FR-109: no such purchase was read. Did you mean 'FR-019'?",
        "--id=7": "--id 7: no such purchase was read",
        "--row=7": "--row 7: no such purchase was read",
        "--column=amount=金额": f"{log}: no column '金额' for amount; did you mean '采购金额'?",
    }.items():
        assert main(["explain", *words, typed, *([] if "column" not in typed else ["--row=2"])]) == 2
        assert capsys.readouterr().err == f"procure: {said}\n"


class Console(io.TextIOWrapper):
    """A terminal with the signs of Western Europe alone."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="cp1252")

    def isatty(self) -> bool:
        return True


def test_a_console_without_chinese_signs_is_spoken_to_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the policy's language is, where the system says none."""
    console = Console()
    monkeypatch.setattr(sys, "stdout", console)
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    console.seek(0)
    assert console.read().startswith("usage: procure check ")
