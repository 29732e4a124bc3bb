"""`procure advise`: what would be asked of a purchase that is not made yet."""

from __future__ import annotations

import argparse
import datetime as dt
import sys

from procure.cli.choosing import add_arguments, completed, version_on
from procure.cli.command import add_command
from procure.cli.parsing import Commands, Parser, option
from procure.cli.printing import add_printing, printed
from procure.cli.reading import add_reading, add_year, read_logs
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.reporting import options
from procure.reporting.advice import Adviser
from procure.values import dates
from procure.values.faults import unknown
from procure.values.words import ProcureError, Words
from procure.writers import advice

_EXAMPLES = """\
procure advise unit=工信局 category=A05040101 amount=3000 date=2020-09-01 --history log.csv --limit 300000
procure advise amount=80000 date=2020-09-01 --history log.csv --limit 300000 --output advice.html
procure advise --drafts plan.xlsx --history log.csv --limit 300000 --output advice.xlsx
"""


def add(commands: Commands, policy: Policy | Versions) -> Parser:
    command = add_command(
        commands,
        "advise",
        _run,
        Words(
            "采购之前问一问：会有哪些要求，怎样满足，哪种做法最稳妥",
            "what would be asked of a purchase before it is made, the ways to satisfy it, and the safe one",
        ),
        _EXAMPLES,
    )
    option(
        command,
        "draft",
        nargs="*",
        metavar="COLUMN=VALUE",
        help=Words("拟采购的已知内容，按制度的列名书写", "what is known of the draft, by the policy's columns"),
    )
    option(
        command,
        "--drafts",
        metavar="FILE",
        help=Words("多笔拟采购的一览表：按日期逐笔累计", "a log of many drafts: each counts those before it, by date"),
    )
    option(
        command,
        "--history",
        action="append",
        default=[],
        metavar="LOG",
        help=Words("此前的采购台账（可多次给出）", "what was bought so far (repeatable)"),
    )
    add_arguments(command, policy)
    add_year(command)
    add_reading(command)
    add_printing(command)
    return command


def _run(args: argparse.Namespace) -> int:
    if bool(args.draft) is bool(args.drafts):
        raise ProcureError(
            Words(
                "请写明拟采购（如 amount=3000 date=2020-09-01），或用 --drafts 给出一览，二者取一",
                "give the draft, such as amount=3000 date=2020-09-01, or many with --drafts: one of the two",
            )
        )
    chosen, any_year = of_year(completed(args), args.year)
    said = options.pairs(args.draft, "advise")
    policy = version_on(chosen, dates.date(said["date"]) if "date" in said else None)
    history = read_logs(args, *args.history) if args.history else None
    adviser = Adviser(policy, history, any_year)
    drafts = read_logs(args, args.drafts) if args.drafts else [_named(said, policy)]
    for words in adviser.unseen(said):
        print(words.say(args.lang), file=sys.stderr)
    advices = list(adviser.each(drafts))
    as_json = advice.dumps_json(advices, policy, args.lang)
    sys.stdout.write(printed(args, advice.paper(advices, policy, dt.date.today()), as_json))
    return 0


def _named(said: dict[str, str], policy: Policy) -> dict[str, str]:
    """The draft by the names of the policy's columns, which may be given by their titles and headers, too. Raises
    `ProcureError` for a column that there is not."""
    names: dict[str, str] = {}
    for name, column in policy.built.columns.items():
        for text in (name, column.ready or name, *column.label, *(each for tier in column.headers for each in tier)):
            names.setdefault(text.lower(), name)
    found = {}
    for text, value in said.items():
        if text.lower() not in names:
            raise unknown(Words("列", "column"), text, policy.built.columns)
        found[names[text.lower()]] = value
    return found
