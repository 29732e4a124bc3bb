"""`procure diff`: what changed between two logs, two reports, or under another policy."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from json import loads as parse
from pathlib import Path

from procure import policies
from procure.cli.choosing import completed, policy_named, version_on
from procure.cli.command import add_command
from procure.cli.parsing import Commands, Parser, option
from procure.cli.printing import add_printing, printed
from procure.cli.reading import add_judging, judged
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.reporting.changes import Changes, changes, placed, saved, snapshot
from procure.reporting.report import Report
from procure.values.words import Words
from procure.writers import changes as writer
from procure.writers import json

_EXAMPLES = """\
procure diff last.csv log.csv --limit 300000
procure diff last.json report.json
procure diff --policy old.toml new.toml log.csv
procure diff --policy furong-2020 furong-2020 log.csv --limit 300000 --adopt-new limbs=single
"""


def add(commands: Commands, policy: Policy | Versions) -> Parser:
    command = add_command(
        commands,
        "diff",
        _run,
        Words(
            "比较两份台账或两份 JSON 报告：改动了什么，又使哪些其他结论改变；"
            "用 --policy 旧制度 新制度 台账，则列出另一版制度改变哪些结论",
            "what changed between two logs or two JSON reports, and which other verdicts that turned; with --policy "
            "OLD NEW LOG, which verdicts another version of a policy changes",
        ),
        _EXAMPLES,
        Words(
            "退出码：0 没有变化；1 有变化；2 输入不可用",
            "exit status: 0 nothing changed; 1 something did; 2 unusable input",
        ),
    )
    option(
        command,
        "two",
        nargs=2,
        metavar="OLD NEW",
        help=Words(
            "两份台账或两份 JSON 报告；或新制度和台账", "two logs or two JSON reports; or a new policy and a log"
        ),
    )
    option(
        command,
        "--adopt-new",
        action="append",
        default=[],
        metavar="ID=READING",
        help=Words("只对后者采用的读法", "a reading adopted for the new one alone"),
    )
    add_judging(command, policy)
    add_printing(command)
    return command


def _run(args: argparse.Namespace) -> int:
    policy, any_year = _policy(args, args.declared, [])
    one, other = args.two
    if _is_policy(one):
        newer, any_newer = _policy(args, policy_named(one), args.adopt_new)
        one_log = (placed(judged(args, [other], *by)) for by in ((policy, any_year), (newer, any_newer)))
        return _printed(args, changes(*one_log), policy, same=True)
    newer, any_newer = _policy(args, args.declared, args.adopt_new)
    by = (policy, any_year), (newer, any_newer)
    each = [_report(name) or judged(args, [name], *of) for name, of in zip(args.two, by, strict=True)]
    reports = [report for report in each if isinstance(report, Report)]
    if len(reports) == len(each):
        return _printed(args, changes(*map(snapshot, reports)), policy)
    # A report that was saved says less than one just made: so both are compared as they are saved.
    texts = (report if isinstance(report, str) else json.dumps(report) for report in each)
    columns = policy.built.columns
    return _printed(
        args, changes(*(saved(text, name, columns) for text, name in zip(texts, args.two, strict=True))), policy
    )


def _is_policy(name: str) -> bool:
    """Whether it is the name, the file or the folder of a policy."""
    return policies.find(name) is not None or name.endswith(".toml") or Path(name, "policy.toml").is_file()


def _policy(args: argparse.Namespace, declared: Policy | Versions, adopted: list[str]) -> tuple[Policy, bool]:
    """A policy with what was given, and the readings adopted for it besides; and whether every year is judged."""
    named = argparse.Namespace(**{**vars(args), "declared": declared, "adopt": [*args.adopt, *adopted]})
    chosen, any_year = of_year(completed(named), args.year)
    return version_on(chosen, None), any_year


def _report(name: str) -> str | None:
    """The text of a file that is a report; None of a log, or of what the reader of logs is to complain of."""
    if not name.lower().endswith(".json"):
        return None
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
        body = parse(text)
    except (OSError, ValueError):
        return None
    return text if isinstance(body, dict) and {"schema", "policy", "purchases"} <= body.keys() else None


def _printed(args: argparse.Namespace, found: Changes, policy: Policy, same: bool = False) -> int:
    page = writer.paper(found, policy, dt.date.today(), same)
    sys.stdout.write(printed(args, page, writer.dumps_json(found, policy, args.lang)))
    return 0 if found.none else 1
