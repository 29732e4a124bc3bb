"""`procure columns`: which header of a log gives which field, and a mapping to save."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from procure.api import unsettled
from procure.cli.choosing import (
    add_choice,
    versions,
)
from procure.cli.command import add_command
from procure.cli.parsing import Commands, option
from procure.cli.reading import add_logs, add_reading, read_logs
from procure.log.readers import mapping
from procure.log.reading import Recognised, recognise
from procure.values.words import Words
from procure.writers import columns


def add(commands: Commands) -> None:
    command = add_command(
        commands,
        "columns",
        _run,
        Words(
            "列出台账各表头对应的字段，以及未能对应的表头",
            "show which header of a log gives which field, and which gives none",
        ),
        "procure columns log.xlsx\n"
        "procure columns log.xlsx --column amount=含税金额 --save mapping.toml\n"
        "procure check next_month.xlsx --mapping mapping.toml\n",
    )
    add_choice(command)
    option(
        command,
        "--save",
        metavar="FILE",
        help=Words(
            "把列的对应和待确认的用词写入 mapping.toml，供 --mapping 使用",
            "write the columns, and the words to be settled, to a mapping.toml, for --mapping",
        ),
    )
    add_logs(command, Words("CSV 或 Excel 文件", "CSV or Excel file"))
    add_reading(command)


def _run(args: argparse.Namespace) -> int:
    # The versions of a policy read the same logs: the latest tells.
    policy = list(versions(args.declared).values())[-1]
    if args.save and args.mapping is None and os.path.exists(args.save):
        args.mapping = args.save  # what somebody settled there stays settled
    logs = [read_logs(args, path) for path in args.logs]
    found = [recognise(log, policy.built.columns, args.sheet, policy.money, policy.meant) for log in logs]
    tables = [table for each in found for table in each]
    sys.stdout.write(columns.dumps(tables, policy.built.columns, args.lang))
    if args.save:
        readable = [log for log, each in zip(logs, found, strict=True) if _is_log(each)]
        mapping.save(args.save, tables, logs[0].habits, unsettled(readable, policy))
        sys.stdout.write(
            Words(
                f'已写入 {args.save}。以后用 --mapping {args.save}，或在 procure.toml 中写 mapping = "{args.save}"\n',
                f'written to {args.save}. From now on: --mapping {args.save}, or mapping = "{args.save}" in '
                "procure.toml\n",
            ).say(args.lang)
        )
    # A cover sheet is no fault of a log that has another sheet.
    return 0 if all(map(_is_log, found)) else 2


def _is_log(tables: Sequence[Recognised]) -> bool:
    return any(table.problem is None and not table.hidden for table in tables)
