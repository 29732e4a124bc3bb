"""`procure diff`: what changed between two logs, two reports, or under another policy."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from procure import policies
from procure.api import check
from procure.cli.choosing import completed, policy_named, version_on
from procure.cli.command import Commands, add_command
from procure.cli.printing import add_printing, printed
from procure.cli.reading import add_judging, read_logs
from procure.policy.policy import Policy
from procure.policy.versions import Versions, of_year
from procure.reporting.changes import Changes, Snapshot, changes, saved, snapshot
from procure.reporting.report import Report
from procure.values.words import ProcureError, Words
from procure.writers import changes as writer

_EXAMPLES = """\
examples:
  procure diff last.csv log.csv --limit 300000
  procure diff last.json report.json
  procure diff --policy old.toml new.toml log.csv
  procure diff --policy furong-2020 furong-2020 log.csv --limit 300000 --adopt-new limbs=single
exit status: 0 nothing changed; 1 something did; 2 unusable input
"""


def add(commands: Commands, policy: Policy | Versions) -> argparse.ArgumentParser:
    command = add_command(
        commands, "diff", _run,
        "what changed between two logs or two JSON reports, and which other verdicts that turned; with --policy OLD "
        "NEW LOG, which verdicts another version of a policy changes",
        _EXAMPLES,
    )  # fmt: skip
    command.add_argument(
        "two", nargs=2, metavar="OLD NEW", help="two logs or two JSON reports; or a new policy and a log"
    )
    command.add_argument(
        "--adopt-new", action="append", default=[], metavar="ID=READING", help="a reading adopted for the new one alone"
    )
    add_judging(command, policy)
    add_printing(command)
    return command


def _run(args: argparse.Namespace) -> int:
    policy, any_year = _policy(args, args.declared, [])
    one, other = args.two
    if _is_policy(one):
        newer, any_newer = _policy(args, policy_named(one), args.adopt_new)
        found = changes(
            snapshot(_checked(args, other, policy, any_year), by_place=True),
            snapshot(_checked(args, other, newer, any_newer), by_place=True),
        )
    elif all(name.lower().endswith(".json") for name in args.two):
        found = changes(_saved(one), _saved(other))
    else:
        newer, any_newer = _policy(args, args.declared, args.adopt_new)
        found = changes(
            snapshot(_checked(args, one, policy, any_year)), snapshot(_checked(args, other, newer, any_newer))
        )
    return _told(args, found, policy)


def _is_policy(name: str) -> bool:
    """Whether it is the name, the file or the folder of a policy."""
    return policies.find(name) is not None or name.endswith(".toml") or Path(name, "policy.toml").is_file()


def _policy(args: argparse.Namespace, declared: Policy | Versions, adopted: list[str]) -> tuple[Policy, bool]:
    """A policy with what was given, and the readings adopted for it besides; and whether every year is judged."""
    named = argparse.Namespace(**{**vars(args), "declared": declared, "adopt": [*args.adopt, *adopted]})
    chosen, any_year = of_year(completed(named), args.year)
    return version_on(chosen, None), any_year


def _checked(args: argparse.Namespace, log: str, policy: Policy, any_year: bool) -> Report:
    return check(read_logs(args, log), policy, any_year=any_year, set_aside=args.set_aside_unplaced)


def _saved(name: str) -> Snapshot:
    try:
        return saved(Path(name).read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise ProcureError(Words(f"读不了 {name}：{error}", f"cannot read {name}: {error}")) from None


def _told(args: argparse.Namespace, found: Changes, policy: Policy) -> int:
    told = writer.paper(found, policy, dt.date.today())
    sys.stdout.write(printed(args, told, writer.dumps_json(found, policy, args.lang)))
    return 0 if found.none else 1
