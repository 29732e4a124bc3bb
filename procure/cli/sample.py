"""`procure sample`: purchases drawn for an audit."""

from __future__ import annotations

import argparse
import sys

from procure.api import check
from procure.cli.choosing import completed, version_on
from procure.cli.command import Commands, add_command
from procure.cli.printing import add_printing, printed
from procure.cli.reading import add_judging, read_logs
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.reporting.sampling import METHODS, sample
from procure.writers import sampling as writer

_EXAMPLES = """\
examples:
  procure sample log.csv --size 25 --by money --strata verdict,band --seed 2020 --limit 300000 --output sample.xlsx
  procure sample log.csv --above 100000 --limit 300000
"""


def add(commands: Commands, policy: Policy | Versions) -> argparse.ArgumentParser:
    command = add_command(
        commands, "sample", _run, "draw purchases for an audit, with room for its tests; a seed draws the same again",
        _EXAMPLES,
    )  # fmt: skip
    command.add_argument("logs", nargs="+", metavar="LOG", help="the logs to draw from; several are one ledger")
    command.add_argument("--size", type=int, metavar="N", help="how many to draw")
    command.add_argument("--above", metavar="AMOUNT", help="all purchases of more than this")
    command.add_argument("--by", choices=METHODS, default="random", help="how to draw (default: random)")
    command.add_argument("--strata", default="", metavar="A,B", help="draw within these: verdict, band, or columns")
    command.add_argument("--seed", default="1", metavar="S", help="any text: the same draws the same (default: 1)")
    add_judging(command, policy)
    add_printing(command)
    return command


def _run(args: argparse.Namespace) -> int:
    chosen, any_year = of_year(completed(args), args.year)
    policy = version_on(chosen, None)
    above = None if args.above is None else policy.money.minor(args.above, decimal=policy.decimal)
    strata = [name.strip() for name in args.strata.split(",") if name.strip()]
    report = check(read_logs(args, *args.logs), policy, any_year=any_year, set_aside=args.set_aside_unplaced)
    found = sample(report, size=args.size, above=above, by=args.by, strata=strata, seed=args.seed)
    sys.stdout.write(printed(args, writer.paper(found), writer.dumps_json(found, args.lang)))
    return 0
