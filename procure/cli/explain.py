"""`procure explain`: the verdict on one purchase, in full."""

from __future__ import annotations

import argparse
import sys

from procure.api import check
from procure.cli.choosing import completed
from procure.cli.command import Commands, add_command
from procure.cli.reading import add_judging, read_logs
from procure.log.records import Origin
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.values.words import ProcureError, Words
from procure.writers import explain


def add(commands: Commands, policy: Policy | Versions) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "explain",
        _run,
        "explain the verdict on one purchase: the totals with their members, and what each rule turns on",
        "examples:\n  procure explain log.csv --row 12 --limit 300000\n"
        "  procure explain log.csv --id 2020-019 --lang en\n",
    )
    command.add_argument("logs", nargs="+", metavar="LOG", help="the logs that were checked, all of them")
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--row", metavar="[SHEET:]N", help="the row, as the spreadsheet shows it; of one sheet, where there are several"
    )
    which.add_argument("--id", metavar="ID", help="the id of the purchase")
    add_judging(command, policy)
    return command


def _run(args: argparse.Namespace) -> int:
    policy, any_year = of_year(completed(args), args.year)
    found = check(read_logs(args, *args.logs), policy, any_year=any_year, set_aside=args.set_aside_unplaced)
    meant = [
        finding
        for finding in found
        if (_is_at(finding.purchase.origin, args.row) if args.row else finding.purchase.id == args.id)
    ]
    if not meant:
        which = f"--row {args.row}" if args.row else f"--id {args.id}"
        raise ProcureError(Words(f"{which}：没有读到这样一笔采购", f"{which}: no such purchase was read"))
    sys.stdout.write("\n".join(explain.dumps(found.explain(finding.purchase), args.lang) for finding in meant))
    return 0


def _is_at(origin: Origin, place: str) -> bool:
    """Whether a place is a row: its number, or its sheet and its number."""
    sheet, colon, row = place.rpartition(":")
    return str(origin.row) == row and (not colon or origin.sheet == sheet)
