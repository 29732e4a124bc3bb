"""`procure ambiguities`: the open questions of a policy."""

from __future__ import annotations

import argparse
import sys

from procure.cli.choosing import add_arguments, completed, versions
from procure.cli.command import add_command
from procure.cli.parsing import Commands, Parser
from procure.cli.printing import add_format
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.values.words import Words
from procure.writers import ambiguities


def add(commands: Commands, policy: Policy | Versions) -> Parser:
    command = add_command(
        commands,
        "ambiguities",
        _run,
        Words(
            "列出制度原文中的待定问题及其各种读法",
            "show the open questions of a policy's text, and the readings of each",
        ),
        "procure ambiguities\nprocure ambiguities --format json\n",
    )
    add_arguments(command, policy)
    add_format(command)
    return command


def _run(args: argparse.Namespace) -> int:
    dump = ambiguities.dumps_json if args.format == "json" else ambiguities.dumps
    sys.stdout.write("\n".join(dump(one, args.lang) for one in versions(completed(args)).values()))
    return 0
