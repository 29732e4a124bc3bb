"""`procure headroom`: how much may still be bought before the next band."""

from __future__ import annotations

import argparse
import datetime as dt
import sys

from procure.cli.choosing import completed, version_on
from procure.cli.command import add_command
from procure.cli.parsing import Commands, Parser, option
from procure.cli.printing import add_printing, printed
from procure.cli.reading import add_judging, add_logs, judged
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.reporting.headroom import headroom
from procure.values import dates
from procure.values.words import Words
from procure.writers import headroom as writer

_EXAMPLES = """\
procure headroom log.csv --on 2020-09-01 --limit 300000
procure headroom log.csv --on 2020-09-01 --limit 300000 --output headroom.xlsx
"""


def add(commands: Commands, policy: Policy | Versions) -> Parser:
    command = add_command(
        commands,
        "headroom",
        _run,
        Words(
            "各累计口径距下一档还可采购多少，最近的在前",
            "how much each account may still buy before the next band, nearest first",
        ),
        _EXAMPLES,
    )
    add_logs(command, Words("此前的采购台账；多个文件合并为一本", "what was bought so far; several are one ledger"))
    option(
        command,
        "--on",
        metavar="DATE",
        help=Words("下一笔采购的日期（默认今天）", "the day of the next purchase (default: today)"),
    )
    option(
        command,
        "--show",
        type=int,
        default=20,
        metavar="N",
        help=Words("列出多少个累计口径，0 为全部（text）", "accounts shown, 0 for all (text)"),
    )
    add_judging(command, policy)
    add_printing(command)
    return command


def _run(args: argparse.Namespace) -> int:
    on = dt.date.today() if args.on is None else dates.date(args.on)
    chosen, any_year = of_year(completed(args), args.year)
    policy = version_on(chosen, on)
    report = judged(args, args.logs, policy, any_year)
    found = headroom(report, on)
    as_json = writer.dumps_json(found, args.lang)
    sys.stdout.write(printed(args, writer.paper(found), as_json, writer.paper(found, max(args.show, 0))))
    return 0
