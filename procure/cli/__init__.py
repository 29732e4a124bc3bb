"""The command line: `procure check LOG` and its companions, a module each.

Exit status 0: all judged and compliant; 1: violations; 3: none, but something unknown or rejected; 2: unusable input
or arguments.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence

from procure import __version__
from procure.cli import (
    advise,
    ambiguities,
    carry,
    check,
    collector,
    columns,
    completion,
    diff,
    explain,
    headroom,
    init,
    policy,
    sample,
    verify,
)
from procure.cli.choosing import add_named, chosen, language, spoken
from procure.cli.parsing import Parser, option
from procure.cli.settings import Settings, settings, system_language
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.reporting.receipt import Receipt
from procure.values.words import Lang, ProcureError, Words


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    _speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(words)
    try:
        saved = settings(words)
        lang = lang or saved.lang or system_language()
        declared = chosen(words, saved.policy)
        lang = lang or (spoken(declared) if _shows_chinese() else "en")
        top, commands = parser(declared, lang)
        args = top.parse_args(_with(saved, words, commands))
        args.receipt = Receipt(__version__, tuple(saved.asked(commands[words[0]], words[1:])))
        args.declared = declared
        args.lang = lang = args.lang or lang
        with collector.paused():
            status: int = args.run(args)
        sys.stdout.flush()
        return status
    except ProcureError as error:
        print(f"procure: {error.words.say(lang or 'zh')}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(Words("procure: 已中断", "procure: interrupted").say(lang or "zh"), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`procure check … | head`): nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2


def _speak_utf8() -> None:
    """Files and pipes get UTF-8, as JSON must be; a terminal keeps its own encoding, and a sign it lacks is
    replaced."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _shows_chinese() -> bool:
    """Whether the console has the signs for it."""
    try:
        "中".encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _with(saved: Settings, words: Sequence[str], commands: Mapping[str, Parser]) -> list[str]:
    """What was typed, and before it the options of the settings that were not."""
    saved.must_know({option[2:] for each in commands.values() for option in each._option_string_actions})
    command = commands.get(words[0]) if words else None
    return [*words] if command is None else [words[0], *saved.words(command, words[1:]), *words[1:]]


def parser(declared: Policy | Versions, lang: Lang) -> tuple[Parser, Mapping[str, Parser]]:
    """The command line, with the options that a policy declares; and its commands by name."""
    what = Words(
        "我们的采购是否遵守了采购制度？这个结论有多可靠？",
        "Did our purchases follow our purchasing rules, and how sure is that?",
    )
    top = Parser(lang, prog="procure", description=what.say(lang))
    version = Words("显示版本", "show the version")
    option(top, "--version", action="version", version=f"procure {__version__}", help=version)
    commands = top.add_commands()
    for command in (check, explain, advise, headroom, diff, sample, carry, ambiguities):
        add_named(command.add(commands, declared), declared)
    columns.add(commands)
    init.add(commands)
    verify.add(commands)
    completion.add(commands)
    policy.add_policies(commands)
    policy.add_policy(commands, declared)
    return top, commands.by_name
