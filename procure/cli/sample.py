"""`procure sample`: purchases drawn for an audit."""

from __future__ import annotations

import argparse
import sys

from procure.cli.choosing import completed, version_on
from procure.cli.command import add_command
from procure.cli.parsing import Commands, Parser, option
from procure.cli.printing import add_printing, printed
from procure.cli.reading import add_judging, add_logs, judged
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.reporting.sampling import METHODS, sample
from procure.values.words import Words
from procure.writers import sampling as writer

_EXAMPLES = """\
procure sample log.csv --size 25 --by money --strata verdict,band --seed 2020 --limit 300000 --output sample.xlsx
procure sample log.csv --above 100000 --limit 300000
"""


def add(commands: Commands, policy: Policy | Versions) -> Parser:
    command = add_command(
        commands,
        "sample",
        _run,
        Words(
            "抽取审计样本，留有测试栏；种子相同，抽样相同",
            "draw purchases for an audit, with room for its tests; a seed draws the same again",
        ),
        _EXAMPLES,
    )
    add_logs(command, Words("被抽查的台账；多个文件合并为一本", "the logs to draw from; several are one ledger"))
    option(command, "--size", type=int, metavar="N", help=Words("抽取多少笔", "how many to draw"))
    option(command, "--above", metavar="AMOUNT", help=Words("超过此金额的全部抽取", "all purchases of more than this"))
    option(
        command,
        "--by",
        choices=METHODS,
        default="random",
        help=Words("抽样方法（默认 random）", "how to draw (default: random)"),
    )
    option(
        command,
        "--strata",
        default="",
        metavar="A,B",
        help=Words("分层依据：verdict（结论）、band（分档）或列名", "draw within these: verdict, band, or columns"),
    )
    option(
        command,
        "--seed",
        default="1",
        metavar="S",
        help=Words("种子，任意文字：相同则抽样相同（默认 1）", "any text: the same draws the same (default: 1)"),
    )
    add_judging(command, policy)
    add_printing(command)
    return command


def _run(args: argparse.Namespace) -> int:
    chosen, any_year = of_year(completed(args), args.year)
    policy = version_on(chosen, None)
    above = None if args.above is None else policy.money.minor(args.above, decimal=policy.decimal)
    strata = [name.strip() for name in args.strata.split(",") if name.strip()]
    report = judged(args, args.logs, policy, any_year)
    found = sample(report, size=args.size, above=above, by=args.by, strata=strata, seed=args.seed)
    sys.stdout.write(printed(args, writer.paper(found), writer.dumps_json(found, args.lang)))
    return 0
