"""`procure verify`: repeat the check of a report, and say whether the same is found."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from procure import __version__
from procure.cli import check
from procure.cli.choosing import add_named, chosen
from procure.cli.command import add_command
from procure.cli.parsing import Commands, Parser, option
from procure.cli.reading import add_logs
from procure.reporting.report import Report
from procure.values.words import ProcureError, Words
from procure.writers.json import as_dict

#: What differs between two checks that find the same: the day, where the files stand, and how it is said.
_APART = frozenset({"date", "file", "receipt"})


def add(commands: Commands) -> None:
    command = add_command(
        commands,
        "verify",
        _run,
        Words(
            "按 JSON 报告重新检查，说明结果是否一致",
            "repeat the check of a report that was written as JSON, and say whether the same is found",
        ),
        "procure check log.csv --limit 300000 --output report.json\nprocure verify report.json log.csv\n",
        Words(
            "退出码：0 一致；1 有不同；2 无法重做",
            "exit status: 0 the same; 1 something differs; 2 it cannot be repeated",
        ),
    )
    option(
        command,
        "report",
        metavar="REPORT.json",
        help=Words("procure check 所写的报告", "the report, written by procure check"),
    )
    add_logs(command, Words("报告所检查的台账", "the logs that it is on"))


def _run(args: argparse.Namespace) -> int:
    then = _read(args.report)
    receipt = then["receipt"]
    found = check.checked(_asked(receipt, args.logs))
    if not isinstance(found, Report):
        raise ProcureError(Words("多个版本的报告不能核对", "a report by several versions cannot be repeated"))
    now = json.loads(json.dumps(as_dict(found, receipt["lang"])))
    differing = list(_differences(then, now, receipt["version"]))
    same = Words("一致：重新检查得到同样的结果", "same: the check finds what the report says")
    lines = differing or [same]
    sys.stdout.write("".join(f"{line.say(args.lang)}\n" for line in lines))
    return 1 if differing else 0


def _read(path: str) -> Any:
    """The report. Raises `ProcureError` for what is none, or does not say how it was asked for."""
    try:
        report = json.loads(Path(path).read_bytes())
    except OSError as error:
        raise ProcureError(Words(f"{path}：{error.strerror}", f"{path}: {error.strerror}")) from None
    except ValueError:
        report = None
    if not isinstance(report, dict) or not report.get("receipt"):
        raise ProcureError(
            Words(
                f"{path}：不是 procure check 写的 JSON 报告，或没有检查依据，不能重做",
                f"{path}: no JSON report of procure check, or one that does not say how it was asked for",
            )
        )
    return report


def _asked(receipt: Mapping[str, Any], logs: list[str]) -> argparse.Namespace:
    """The check as it was asked for, of these logs."""
    typed = [
        f"--{option['name']}={value}" if value else f"--{option['name']}"
        for option in receipt["options"]
        for value in option["values"]
    ]
    words = ["check", *typed, *logs]
    declared = chosen(words)
    top = Parser(prog="procure")
    add_named(check.add(top.add_commands(), declared), declared)
    args = top.parse_args(words)
    args.declared, args.lang, args.receipt = declared, receipt["lang"], None
    return args


def _differences(then: Mapping[str, Any], now: Mapping[str, Any], version: str) -> Iterator[Words]:
    """What differs, from the causes to what follows from them."""
    if version != __version__:
        yield Words(f"程序：当时 {version}，现在 {__version__}", f"version: {version} then, {__version__} now")
    logs = [[log["sha256"] for log in report["logs"]] for report in (then, now)]
    if logs[0] != logs[1]:
        yield Words("台账：与当时的内容不同（sha256）", "log: not the bytes that were checked (sha256)")
    for key, name in (("sha256", Words("制度原文", "text of the policy")), ("limits", Words("限额", "limits")),
                      ("adopted", Words("采用的读法", "adopted readings"))):  # fmt: skip
        if then["policy"][key] != now["policy"][key]:
            yield Words(f"{name.zh}：与当时不同", f"{name.en}: not as it was")
    rows = [{_place(each): each for each in report["purchases"]} for report in (then, now)]
    changed = [place for place, each in rows[0].items() if _bare(each) != _bare(rows[1].get(place))]
    changed += [place for place in rows[1] if place not in rows[0]]
    if changed:
        shown = ", ".join(str(row) for _, _, row in changed[:10])
        yield Words(
            f"结论：{len(changed)} 行不同（行 {shown}）", f"findings: {len(changed)} rows differ (rows {shown})"
        )
    elif _bare(then) != _bare(now):
        others = [key for key in now if _bare(then.get(key)) != _bare(now[key]) and key not in _APART]
        yield Words(
            f"报告的其他部分不同：{'、'.join(others)}", f"other parts of the report differ: {', '.join(others)}"
        )


def _place(purchase: Mapping[str, Any]) -> tuple[Any, ...]:
    return purchase["sheet"], purchase["id"], purchase["row"]


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items() if key not in _APART}
    return [_bare(each) for each in value] if isinstance(value, list) else value
