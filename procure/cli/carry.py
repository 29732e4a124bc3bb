"""`procure carry`: what an office entered in the workbook of last month, and its exceptions as waivers."""

from __future__ import annotations

import argparse
import os
import sys

from procure.cli.choosing import add_arguments
from procure.cli.command import add_command
from procure.cli.parsing import Commands, Parser, option
from procure.log.readers import read
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.reporting import waivers
from procure.reporting.waivers import Waiver
from procure.values.words import Words
from procure.writers.workbook.carry import carried, exceptions

_EXAMPLES = """\
procure carry last.xlsx
procure carry last.xlsx --save waivers.toml
procure check log.csv --carry last.xlsx --waivers waivers.toml
"""


def add(commands: Commands, policy: Policy | Versions) -> Parser:
    command = add_command(
        commands,
        "carry",
        _run,
        Words(
            "取出工作簿中所填内容：例外转为批准的例外；其余由 check --carry 沿用",
            "what was entered in a workbook: exceptions become waivers; the rest is taken over by check --carry",
        ),
        _EXAMPLES,
    )
    option(
        command,
        "book",
        metavar="WORKBOOK",
        help=Words("procure check 所写、已填写的工作簿", "a workbook that procure check wrote, as it was filled in"),
    )
    option(
        command,
        "--save",
        metavar="FILE",
        help=Words(
            "把例外加入此 waivers.toml；已有的保留", "add the exceptions to this waivers.toml; those there are kept"
        ),
    )
    add_arguments(command, policy)
    return command


def _run(args: argparse.Namespace) -> int:
    found = carried(read(args.book))
    declared: Policy | Versions = args.declared
    policy = declared.id
    versions = [declared] if isinstance(declared, Policy) else list(declared)
    there = waivers.entries_for(policy, args.save) if args.save and os.path.exists(args.save) else ()
    entries = [(where, waivers.fixed(versions, each) or each if isinstance(each, Waiver) else each)
            for where, each in exceptions(found)]  # fmt: skip
    lines = [
        Words(
            f"疑点旁所填 {len(found.entered)} 项，更正 {len(found.corrections)} 格（check --carry 沿用）",
            f"entered beside findings: {len(found.entered)}; cells corrected: {len(found.corrections)} (check --carry "
            "takes them over)",
        )
    ]
    for (purchase, rule), each in entries:
        if isinstance(each, Waiver):
            if args.save and each not in there:
                waivers.record(args.save, policy, each)
            lines.append(Words(f"{purchase} {rule}：{each.words.zh}", f"{purchase} {rule}: {each.words.en}"))
        else:
            why = Words(f"只是备注，{each.zh}", f"a note so far, {each.en}")
            lines.append(Words(f"{purchase} {rule}：{why.zh}", f"{purchase} {rule}: {why.en}"))
    sys.stdout.write("".join(f"{line.say(args.lang)}\n" for line in lines))
    return 0
