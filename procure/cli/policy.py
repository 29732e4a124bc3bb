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
from procure.cli.command import add_command
from procure.cli.parsing import Commands, option
from procure.cli.printing import add_format
from procure.engines.trying import check_policy
from procure.policies.checklist import unfilled, unsaid
from procure.policy.file import schema
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.reporting.authors import next_steps
from procure.values.words import ProcureError, Words
from procure.writers import checked, differences, shelf
from procure.writers import policy as policy_table


def add_policies(commands: Commands) -> None:
    add_command(
        commands,
        "policies",
        _run_policies,
        Words(
            "列出自带的制度：名称、施行期间、币种、对台账的要求",
            "list the policies that come with the library: title, period, currency, what each needs of a log",
        ),
        "procure policies\n",
    )


def _run_policies(args: argparse.Namespace) -> int:
    for name in policies.names():
        latest = list(versions(policy_named(name)).values())[-1]
        sys.stdout.write(shelf.dumps(name, latest, args.lang))
    return 0


def add_policy(commands: Commands, policy: Policy | Versions) -> None:
    about = Words("检查制度本身，或列成表格供签字", "check a policy by itself, or show it as a table to sign")
    group = commands.add("policy", about)
    inner = group.add_commands()
    check = add_command(
        inner,
        "check",
        _run_check,
        Words(
            "检查制度自带的例子，并找出原文中未录入之处、空档、属哪一档有争议的金额、无法满足的义务、不影响结论的读法",
            "judge a policy's own examples, and find what of its text is not encoded, gaps, contested amounts, duties "
            "that nothing meets, readings that change nothing",
        ),
        "procure policy check policy.toml\nprocure policy check furong-2020 --format json\n",
        Words(
            "退出码：0 各例结论与文件所写一致；1 有不一致；2 制度本身有错",
            "exit status: 0 every example is judged as the file says; 1 some is not; 2 the policy is not sound",
        ),
    )
    add_format(check)
    show = add_command(
        inner,
        "show",
        _run_show,
        Words(
            "把制度列成表格：分档、义务、累计、限额、佐证、问题（Markdown）",
            "show a policy as a table: bands, duties, totals, limits, evidence, questions (Markdown)",
        ),
        "procure policy show policy.toml\nprocure policy show policy.toml > rule.md\n",
    )
    for command in (check, show):
        option(
            command,
            "policy",
            metavar="NAME|FILE",
            nargs="?",
            help=Words(f"制度（默认 {DEFAULT}）", f"the policy (default: {DEFAULT})"),
        )
        command.set_defaults(policy=DEFAULT)
        add_given(command, policy)
        add_named(command, policy)
    diff = add_command(
        inner,
        "diff",
        _run_diff,
        Words(
            "用文字说明两份制度的不同：分档、限额、义务、累计、问题",
            "say in words what differs between two policies: bands, limits, duties, totals, questions",
        ),
        "procure policy diff rule-2025.toml rule-2026.toml\n",
        Words(
            "退出码：0 没有不同；1 有不同；2 其中一份有错",
            "exit status: 0 nothing; 1 something; 2 one of them is not sound",
        ),
    )
    option(diff, "policy", metavar="A", help=Words("一份制度，写名称或文件", "the one policy, by its name or file"))
    option(diff, "other", metavar="B", help=Words("另一份制度", "the other"))
    new = add_command(
        inner,
        "new",
        _run_new,
        Words(
            "写出一份制度文件的初稿，逐行附说明，供填写",
            "write a first policy file, with a remark on every line, to be filled in",
        ),
        "procure policy new policy.toml\nprocure policy check policy.toml\n",
    )
    option(
        new,
        "file",
        metavar="FILE",
        help=Words("要写的文件；已有的文件不改动", "the file to write; one that is there is left as it is"),
    )
    add_command(
        inner,
        "schema",
        _run_schema,
        Words(
            "打印制度文件的 JSON Schema，供编辑器边写边补全和检查",
            "print the JSON Schema of policy files, by which an editor completes and checks one as it is typed",
        ),
        "procure policy schema > policy.schema.json\n",
        Words(
            "然后在同一文件夹的 policy.toml 首行写：#:schema ./policy.schema.json",
            "then begin policy.toml, beside it, with the line: #:schema ./policy.schema.json",
        ),
    )


def _run_check(args: argparse.Namespace) -> int:
    dump = checked.dumps_json if args.format == "json" else checked.dumps
    each = [check_policy(policy) for policy in versions(completed(args)).values()]
    for n, found in enumerate(each):
        topics = {topic.id: topic.asks for topic in unsaid(found.policy)}
        steps = tuple(next_steps(found, args.policy, unfilled(found.policy)))
        sys.stdout.write("\n" * (n > 0) + dump(found, args.lang, topics, steps))
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
