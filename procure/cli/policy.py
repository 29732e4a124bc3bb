"""`procure policies`, and `procure policy check`, `show`, `diff`, `new` and `schema`."""

from __future__ import annotations

import argparse
import sys

from procure import policies
from procure.cli.choosing import (
    DEFAULT,
    add_given,
    add_named,
    completed,
    policy_named,
    versions,
)
from procure.cli.command import Commands, add_command
from procure.engines.trying import check_policy
from procure.policies.checklist import unsaid
from procure.policy.file import schema
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.values.words import ProcureError, Words
from procure.writers import checked, differences, shelf
from procure.writers import policy as policy_table


def add_policies(commands: Commands) -> None:
    add_command(
        commands,
        "policies",
        _run_policies,
        "list the policies that come with the library: title, period, currency, what each needs of a log",
        "examples:\n  procure policies\n",
    )


def _run_policies(args: argparse.Namespace) -> int:
    for name in policies.names():
        latest = list(versions(policy_named(name)).values())[-1]
        sys.stdout.write(shelf.dumps(name, latest, args.lang))
    return 0


def add_policy(commands: Commands, policy: Policy | Versions) -> None:
    group = commands.add_parser("policy", help="check a policy by itself, or show it as a table to sign")
    inner = group.add_subparsers(required=True, metavar="COMMAND")
    check = add_command(
        inner,
        "check",
        _run_check,
        "judge a policy's own examples, and find what of its text is not encoded, gaps, contested amounts, duties "
        "that nothing meets, readings that change nothing",
        "examples:\n  procure policy check policy.toml\n  procure policy check furong-2020 --lang en --format json\n"
        "exit status: 0 every example is judged as the file says; 1 some is not; 2 the policy is not sound\n",
    )
    check.add_argument("--format", choices=("text", "json"), default="text", help="format (default: text)")
    show = add_command(
        inner,
        "show",
        _run_show,
        "show a policy as a table: bands, duties, totals, limits, evidence, questions (Markdown)",
        "examples:\n  procure policy show policy.toml\n  procure policy show policy.toml --lang en > rule.md\n",
    )
    for command in (check, show):
        command.add_argument("policy", metavar="NAME|FILE", nargs="?", help=f"the policy (default: {DEFAULT})")
        command.set_defaults(policy=DEFAULT)
        add_given(command, policy)
        add_named(command, policy)
    diff = add_command(
        inner,
        "diff",
        _run_diff,
        "say in words what differs between two policies: bands, limits, duties, totals, questions",
        "examples:\n  procure policy diff rule-2025.toml rule-2026.toml --lang en\n"
        "exit status: 0 nothing; 1 something; 2 one of them is not sound\n",
    )
    diff.add_argument("policy", metavar="A", help="the one policy, by its name or file")
    diff.add_argument("other", metavar="B", help="the other")
    new = add_command(
        inner,
        "new",
        _run_new,
        "write a first policy file, with a remark on every line, to be filled in",
        "examples:\n  procure policy new policy.toml --lang en\n  procure policy check policy.toml --lang en\n",
    )
    new.add_argument("file", metavar="FILE", help="the file to write; one that is there is left as it is")
    add_command(
        inner,
        "schema",
        _run_schema,
        "print the JSON Schema of policy files, by which an editor completes and checks one as it is typed",
        "examples:\n  procure policy schema > policy.schema.json\n"
        "then begin policy.toml, beside it, with the line: #:schema ./policy.schema.json\n",
    )


def _run_check(args: argparse.Namespace) -> int:
    dump = checked.dumps_json if args.format == "json" else checked.dumps
    each = [check_policy(policy) for policy in versions(completed(args)).values()]
    asked = [{topic.id: topic.asks for topic in unsaid(found.policy)} for found in each]
    sys.stdout.write("\n".join(dump(found, args.lang, topics) for found, topics in zip(each, asked, strict=True)))
    return 0 if all(found.holds for found in each) else 1


def _run_diff(args: argparse.Namespace) -> int:
    one, other = (list(versions(policy_named(name)).values())[-1] for name in (args.policy, args.other))
    sys.stdout.write(differences.dumps(one, other, args.lang))
    return 1 if differences.differs(one, other) else 0


def _run_new(args: argparse.Namespace) -> int:
    try:
        with open(args.file, "x", encoding="utf-8", newline="\n") as file:
            file.write(policies.first(args.lang))
    except FileExistsError:
        raise ProcureError(
            Words(f"{args.file}：已有此文件，没有改动", f"{args.file}: there is such a file, which is left as it is")
        ) from None
    except OSError as error:
        why = error.strerror
        raise ProcureError(Words(f"{args.file}：写不了（{why}）", f"{args.file}: cannot be written ({why})")) from None
    print(
        Words(
            f"已写 {args.file}。请逐行改成本单位的规定，再检查：procure policy check {args.file}",
            f"{args.file} is written. Make each line your rule's, and check it: "
            f"procure policy check {args.file} --lang en",
        ).say(args.lang)
    )
    return 0


def _run_schema(args: argparse.Namespace) -> int:
    sys.stdout.write(schema.text())
    return 0


def _run_show(args: argparse.Namespace) -> int:
    each = versions(completed(args)).values()
    sys.stdout.write("\n".join(policy_table.dumps(policy, args.lang) for policy in each))
    return 0
