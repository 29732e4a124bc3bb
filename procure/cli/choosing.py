"""The policy on the command line: which it is, what is given for it, and which readings are adopted. The options are
those that the policy declares."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import difflib
import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from procure import policies
from procure.cli.parsing import option
from procure.log.readers.catalogue import read_catalogue
from procure.policy.file.loading import load_versions
from procure.policy.policy import Policy
from procure.policy.versions import Versions, as_of
from procure.reporting import options
from procure.reporting.options import Given
from procure.reporting.phrases import usual_limit
from procure.values import dates, languages
from procure.values.faults import Fault, PolicyError
from procure.values.words import Lang, ProcureError, Words

DEFAULT = "furong-2020"


def chosen(words: Sequence[str], saved: str | None = None) -> Policy | Versions:
    """The policy that the arguments name, else the settings, nothing given yet. Raises `ProcureError` for a policy that
    there is not, or that is not sound."""
    peek = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    peek.add_argument("--policy", default=saved or DEFAULT)
    try:
        name = peek.parse_known_args(words)[0].policy
    except argparse.ArgumentError:
        name = saved or DEFAULT
    return policy_named(_positional(words) or name)


def language(words: Sequence[str]) -> Lang | None:
    """The language asked for, before anything else of the arguments is known."""
    asked = [word for before, word in pairwise(words) if before == "--lang"]
    for lang in languages.known():
        if lang in asked or f"--lang={lang}" in words:
            return lang
    return None


def spoken(policy: Policy | Versions) -> Lang:
    """The language of a policy's text, as far as a report speaks it."""
    language = next(iter(versions(policy).values())).language
    return language if language in languages.known() else "en"


def _positional(words: Sequence[str]) -> str | None:
    """The policy of `policy check FILE`, which is no option there, and stands before the options or behind them. Other
    commands have no options that a policy declares."""
    if len(words) < 3 or words[0] != "policy" or words[1] not in ("check", "show"):
        return None
    if not words[2].startswith("-"):
        return words[2]
    last = words[-1]
    return last if _is_file(last) or policies.find(last) is not None else None


def _is_file(name: str) -> bool:
    return os.path.exists(name) or name.endswith(".toml")


def policy_named(name: str) -> Policy | Versions:
    """A policy by its name, or by its file or folder; its versions, where there are several. Raises `ProcureError` for
    one that there is not."""
    found = policies.find(name)
    if found is not None:
        return found
    if _is_file(name):
        return load_versions(name)
    known = policies.names()
    near = difflib.get_close_matches(name.replace("_", "-"), known, 1, 0.6)
    zh, en = (f"；是否为“{near[0]}”？", f"; did you mean {near[0]!r}?") if near else ("", "")
    raise ProcureError(
        Words(
            f"没有制度“{name}”，也没有这个文件（有：{'、'.join(known)}）{zh}",
            f"there is no policy {name!r}, and no such file (there are: {', '.join(known)}){en}",
        )
    )


def add_choice(command: argparse.ArgumentParser) -> None:
    names = ", ".join(policies.names())
    help = Words(
        f"制度：名称（{names}）、policy.toml 或其文件夹（默认 {DEFAULT}）",
        f"the policy: one by name ({names}), a policy.toml or its folder (default: {DEFAULT})",
    )
    option(command, "--policy", metavar="NAME|FILE", default=DEFAULT, help=help)


def add_arguments(command: argparse.ArgumentParser, policy: Policy | Versions) -> None:
    """The options by which a policy is chosen and completed."""
    add_choice(command)
    add_given(command, policy)


def add_given(command: argparse.ArgumentParser, policy: Policy | Versions) -> None:
    """The options by which a policy is completed."""
    command.set_defaults(limit=[], list=[])
    each = versions(policy).values()
    usual = next(((one, name) for one in each if (name := usual_limit(one)) is not None), None)
    if usual is not None:
        option(command, "--limit", action="append", metavar="LIMIT", help=_limit_help(*usual))
    lists = dict.fromkeys(name for one in each for name, declared in one.lists.items() if declared.given)
    if lists:
        named = ", ".join(lists)
        help = Words(
            f"以名称给出清单，每行一个编码、编码前缀或名称：{named}（可多次给出）",
            f"a list by its name, a code, prefix or name a line: {named} (repeatable)",
        )
        option(command, "--list", action="append", metavar="NAME=FILE", help=_inert(help))
    option(
        command,
        "--adopt",
        action="append",
        default=[],
        metavar="ID=READING",
        help=Words("本单位采用的读法（可多次给出）", "a reading the office has settled on (repeatable)"),
    )
    option(
        command,
        "--adopt-file",
        action="append",
        default=[],
        metavar="FILE",
        help=Words(
            "adopted.toml：采用的读法，写明由谁、何时、依据什么决定（可多次给出）",
            "adopted.toml: readings with who decided, when, by what (repeatable)",
        ),
    )
    option(
        command,
        "--as-of",
        metavar="DATE",
        help=Words(
            "按截至该日已公布的版本和限额检查，如 2020-01-31",
            "judge by the versions and limits published by that day, such as 2020-01-31",
        ),
    )


def add_named(command: argparse.ArgumentParser, policy: Policy | Versions) -> None:
    """An option for each limit and list of a policy under its own name, where the command has no other of that name."""
    for one in versions(policy).values():
        _add_named(command, one)


def _add_named(command: argparse.ArgumentParser, policy: Policy) -> None:
    for name in _limits(policy):
        limit = policy.built.limits[name]
        help = Words(
            f"{limit.title.zh}（{policy.money.code}），写法同 --limit（可多次给出）；从不猜测",
            f"the {limit.title.en} in {policy.money.code}, as --limit (repeatable); never guessed",
        )
        _add(command, name, dest=f"limit {name}", action="append", default=[], metavar="LIMIT", help=_inert(help))
    for name, declared in policy.lists.items():
        if declared.given:
            title = declared.title or Words(name, name)
            zh = "".join(f"；其中 {number} 列也读取" for number in declared.carries)
            en = "".join(f"; a column of its {number} is read too" for number in declared.carries)
            help = Words(
                f"{title.zh}：每行一个编码、编码前缀或名称{zh}", f"the {title.en}: a code, prefix or name a line{en}"
            )
            _add(command, name, dest=f"list {name}", metavar="FILE", help=_inert(help))


def versions(policy: Policy | Versions) -> Mapping[str, Policy]:
    """The versions by name; a policy that has one alone has no name for it."""
    return policy.policies if isinstance(policy, Versions) else {"": policy}


def version_on(policy: Policy | Versions, day: dt.date | None) -> Policy:
    """The policy, or the version of it that is in force on a day. Raises `ProcureError` where none is, or several may
    be meant."""
    found = [one for one in versions(policy).values() if day is None or day in one.built.days]
    if isinstance(policy, Policy):
        return policy
    if len(found) != 1:
        raise ProcureError(
            Words(
                "该制度有几版：请写明日期，或指明用哪一版（--policy 文件夹/版本）",
                "the policy has several versions: give a day on which one is in force, or name its folder, "
                "--policy FOLDER/VERSION",
            )
        )
    return found[0]


def completed(args: argparse.Namespace) -> Policy | Versions:
    """The policy, or its versions, with what was given and the readings adopted. Raises `ProcureError` for what cannot
    be given or adopted, and where nothing was published by the day asked for."""
    policy: Policy | Versions = args.declared
    if args.as_of is not None:
        policy = _published(policy, dates.date(args.as_of))
    found = versions(policy)
    answers = options.pairs(args.adopt, "--adopt")
    for question, reading in answers.items():
        if not any(question in one.built.questions for one in found.values()):
            next(iter(found.values())).adopt({question: reading})
    done = {name: _completed(one, args, answers) for name, one in found.items()}
    return Versions(done) if isinstance(policy, Versions) else done[""]


def _published(policy: Policy | Versions, day: dt.date) -> Policy | Versions:
    known = policy.as_of(day) if isinstance(policy, Versions) else as_of(policy, day)
    if known is None:
        raise ProcureError(Words(f"--as-of {day}：该日尚未公布", f"--as-of {day}: nothing was published by that day"))
    return known


def _completed(policy: Policy, args: argparse.Namespace, answers: Mapping[str, str]) -> Policy:
    usual = usual_limit(policy)
    given = [Given("--limit", text) for text in args.limit or ()] if usual is not None else []
    for name in _limits(policy):
        given += [Given(f"--{name}", text, name) for text in getattr(args, f"limit {name}", ())]
    files = dict(options.files(args.list or (), policy))
    for name in policy.lists:
        path = getattr(args, f"list {name}", None)
        if path is not None and files.setdefault(name, path) != path:
            raise ProcureError(Words(f"--{name} 给了两次", f"--{name} was given twice"))
    lists = {name: _entries(policy, name, path) for name, path in files.items()}
    try:
        policy = policy.with_given(**options.limits(given, policy), **lists)
    except PolicyError as error:
        raise _refused(policy, error.faults) from None
    for path in args.adopt_file:
        policy = policy.adopt_from(path)
    return policy.adopt({question: r for question, r in answers.items() if question in policy.built.questions})


def _limits(policy: Policy) -> Iterator[str]:
    """The limits that have an option of their own: those to give, except the one that `--limit` means."""
    usual = usual_limit(policy)
    return (name for name, limit in policy.built.limits.items() if limit.is_given and name != usual)


def _add(command: argparse.ArgumentParser, name: str, **how: object) -> None:
    # Where the name is another option's, --limit and --list take it.
    with contextlib.suppress(argparse.ArgumentError):
        option(command, f"--{name}", **how)  # type: ignore[arg-type]


def _limit_help(policy: Policy, usual: str) -> Words:
    limit = policy.built.limits[usual]
    words = [word for word in limit.combinations[0] if word]
    said = f"{'.'.join(words)}=300000" if words else "300000"
    forms = ", ".join(dict.fromkeys(("300000", said, f"2020:{said}")))
    other = ", ".join(_limits(policy))
    zh, en = (f"；另有 NAME.{said}（{other}）", f", NAME.{said} for another ({other})") if other else ("", "")
    return _inert(
        Words(
            f"{limit.title.zh}（{policy.money.code}）：{forms}{zh}（可多次给出）；从不猜测",
            f"the {limit.title.en} in {policy.money.code}: {forms}{en} (repeatable); never guessed",
        )
    )


def _inert(text: Words) -> Words:
    """As argparse takes it for itself."""
    return Words(text.zh.replace("%", "%%"), text.en.replace("%", "%%"))


def _entries(policy: Policy, name: str, path: str) -> dict[str, object]:
    declared = policy.lists[name]
    carried = next(iter(declared.carries), "floor")
    return read_catalogue(path, policy.built.columns[declared.of].code, policy.money, carried)


def _refused(policy: Policy, faults: Sequence[Fault]) -> ProcureError:
    """What is wrong with the numbers given, by the titles of what they were given for."""
    faults_by_place: dict[Words, list[Words]] = {}
    for fault in faults:
        name = str(fault.path[1]) if len(fault.path) > 1 else ""
        limit = policy.built.limits.get(name)
        of = limit.title if limit else Words(name or policy.id, name or policy.id)
        faults_by_place.setdefault(of, []).append(fault.why)
    zh = "；".join(f"{of.zh}：{'；'.join(why.zh for why in each)}" for of, each in faults_by_place.items())
    return ProcureError(
        Words(zh, "; ".join(f"{of.en}: {'; '.join(why.en for why in w)}" for of, w in faults_by_place.items()))
    )
