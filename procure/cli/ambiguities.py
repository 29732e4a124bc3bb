"""`procure ambiguities`: the open questions of a policy."""

from __future__ import annotations

import argparse
import sys

from procure.cli.choosing import (
    add_arguments,
    completed,
    versions,
)
from procure.cli.command import Commands, add_command
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.writers import ambiguities


def add(commands: Commands, policy: Policy | Versions) -> argparse.ArgumentParser:
    command = add_command(
        commands, "ambiguities", _run,
        "show the open questions of a policy's text, and the readings of each",
        "examples:\n  procure ambiguities\n  procure ambiguities --lang en --format json\n",
    )  # fmt: skip
    add_arguments(command, policy)
    command.add_argument("--format", choices=("text", "json"), default="text")
    return command


def _run(args: argparse.Namespace) -> int:
    dump = ambiguities.dumps_json if args.format == "json" else ambiguities.dumps
    sys.stdout.write("\n".join(dump(one, args.lang) for one in versions(completed(args)).values()))
    return 0
