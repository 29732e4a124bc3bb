"""`procure explain`: the verdict on one purchase, in full."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from procure.api import check
from procure.cli.choosing import completed
from procure.cli.command import add_command
from procure.cli.parsing import Commands, Parser, option
from procure.cli.reading import add_judging, add_logs, read_logs
from procure.log.records import Origin
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.values.faults import nearest
from procure.values.words import ProcureError, Words
from procure.writers import evidence, explain, save
from procure.writers.paper import encoded


def add(commands: Commands, policy: Policy | Versions) -> Parser:
    command = add_command(
        commands,
        "explain",
        _run,
        Words(
            "逐笔说明结论：各项累计及其构成，各规则取决于什么",
            "explain the verdict on one purchase: the totals with their members, and what each rule turns on",
        ),
        "procure explain log.csv --row 12 --limit 300000\nprocure explain log.csv --id 2020-019\n"
        "procure explain log.xlsx --row 3月:5 --output paper.html\n",
    )
    add_logs(command, Words("检查时的全部台账", "the logs that were checked, all of them"))
    which = command.add_mutually_exclusive_group(required=True)
    option(
        which,
        "--row",
        metavar="[SHEET:]N",
        help=Words(
            "行号，以表格软件所示为准；有几张工作表的，写明是哪一张",
            "the row, as the spreadsheet shows it; of one sheet, where there are several",
        ),
    )
    option(which, "--id", metavar="ID", help=Words("采购编号", "the id of the purchase"))
    option(
        command,
        "--output",
        metavar="FILE",
        help=Words(
            "写成一事一稿的取证单：.html、.xlsx 或 .txt",
            "write it as a sheet that the unit answers and signs: .html, .xlsx or .txt",
        ),
    )
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
        raise _none(args, [finding.purchase.id for finding in found if finding.purchase.id])
    explanations = [found.explain(finding.purchase) for finding in meant]
    if args.output:
        target, whole = Path(args.output), evidence.paper(explanations, dt.date.today())
        save(target, lambda: encoded(whole, target.suffix, None, args.lang))
        sys.stdout.write(Words(f"已写入 {target}\n", f"written to {target}\n").say(args.lang))
    else:
        sys.stdout.write("\n".join(explain.dumps(each, args.lang) for each in explanations))
    return 0


def _is_at(origin: Origin, place: str) -> bool:
    """Whether a place is a row: its number, or its sheet and its number."""
    sheet, colon, row = place.rpartition(":")
    return str(origin.row) == row and (not colon or origin.sheet == sheet)


def _none(args: argparse.Namespace, ids: Sequence[str]) -> ProcureError:
    """No purchase is meant; an id that is spelt much alike is named."""
    if args.row:
        return ProcureError(
            Words(f"--row {args.row}：没有读到这样一笔采购", f"--row {args.row}: no such purchase was read")
        )
    near = nearest(args.id, ids, none=Words("", ""))
    zh, en = (f"。{near.zh}", f". {near.en[0].upper()}{near.en[1:]}") if near.en else ("", "")
    return ProcureError(
        Words(f"--id {args.id}：没有读到这样一笔采购{zh}", f"--id {args.id}: no such purchase was read{en}")
    )
