"""The parser of every command: its help and what is wrong with what was typed, in the language of the output."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NoReturn, cast

import attrs

from procure.values.faults import nearest, unknown
from procure.values.texts import display_width
from procure.values.words import Lang, ProcureError, Words

_USAGE = Words("用法：", "usage: ")
_HELP = Words("显示本说明", "show this help")
_POSITIONAL = Words("参数", "arguments")
_OPTIONS = Words("选项", "options")
_COMMAND = Words("命令", "command")
_OPTION = Words("选项", "option")

#: What a line is broken into: words, and full-width signs with the punctuation behind them.
_PIECES = re.compile(r"[\x20-\x7e]+? +|[\x21-\x7e]+|[^\x20-\x7e][，。；：、）”]* *")
#: What argparse says, and how it is said here.
_ERRORS = (
    (
        r"argument (?P<name>\S+): expected .*",
        Words("{name} 后面须写上值", "{name}: a value must follow it"),
    ),
    (
        r"argument (?P<name>\S+): invalid int value: '(?P<value>.*)'",
        Words("{name} 须为整数，不是“{value}”", "{name} must be a whole number, not '{value}'"),
    ),
    (
        r"argument (?P<name>\S+): not allowed with argument (?P<other>\S+)",
        Words("{name} 与 {other} 不能同用", "{name} does not go with {other}"),
    ),
    (
        r"argument (?P<name>\S+): ignored explicit argument '(?P<value>.*)'",
        Words("{name} 不带值，不能写“{value}”", "{name} takes no value, and not '{value}'"),
    ),
    (
        r"the following arguments are required: (?P<names>.*)",
        Words("缺少 {names}", "missing: {names}"),
    ),
    (
        r"one of the arguments (?P<names>.*) is required",
        Words("须给出其中之一：{names}", "give one of {names}"),
    ),
)


class Parser(argparse.ArgumentParser):
    """A parser that speaks a language. It raises `ProcureError` for what cannot be taken, and does not exit."""

    def __init__(self, lang: Lang = "en", **how: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=partial(_Formatter, lang=lang), **how)
        self.lang = lang
        self._positionals.title, self._optionals.title = _POSITIONAL.say(lang), _OPTIONS.say(lang)
        option(self, "-h", "--help", action="help", help=_HELP)

    def add_commands(self) -> Commands:
        """The commands of this one: one of them must be given."""
        return Commands(self.add_subparsers(required=True, metavar="COMMAND"), self.lang)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        found, left = super().parse_known_args(args, namespace)
        if left:
            raise self._refused(self._left(left))
        return found, left

    def error(self, message: str) -> NoReturn:
        for pattern, words in _ERRORS:
            if (match := re.fullmatch(pattern, message, re.DOTALL)) is not None:
                raise self._refused(words.format(**match.groupdict()))
        raise self._refused(Words(message, message))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        if isinstance(action, argparse._SubParsersAction):
            raise self._refused(unknown(_COMMAND, value, action.choices).words)
        name, near = (
            "/".join(action.option_strings) or str(action.metavar or action.dest),
            nearest(value, action.choices),
        )
        raise self._refused(Words(f"{name} 不能是“{value}”（{near.zh}）", f"{name} cannot be {value!r} ({near.en})"))

    def _left(self, left: Sequence[str]) -> Words:
        """What nothing takes: an option that there is not, else one argument too many."""
        name = next((word.partition("=")[0] for word in left if word.startswith("-")), None)
        if name is None:
            return Words(f"多出的参数“{left[0]}”", f"one argument too many: {left[0]!r}")
        return unknown(_OPTION, name, self._option_string_actions).words

    def _refused(self, why: Words) -> ProcureError:
        return ProcureError(Words(f"{why.zh}。用法见 {self.prog} --help", f"{why.en}. See {self.prog} --help"))


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help in lines that count a full-width sign as two columns."""

    def __init__(self, prog: str, lang: Lang, **how: Any) -> None:
        super().__init__(prog, **how)
        self._lang = lang

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _USAGE.say(self._lang) if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines = [""]
        for piece in _PIECES.findall(text):
            if lines[-1] and display_width(f"{lines[-1]}{piece}".rstrip()) > width:
                lines.append("")
            lines[-1] += piece
        return [line.rstrip() for line in lines]


@attrs.frozen
class Commands:
    """The commands of a parser, with help in both languages."""

    _parsers: Any
    lang: Lang

    def add(self, name: str, help: Words, epilog: Words | None = None) -> Parser:
        said = help.say(self.lang)
        below = None if epilog is None else epilog.say(self.lang)
        made = self._parsers.add_parser(name, lang=self.lang, help=said, description=said, epilog=below)
        return cast(Parser, made)

    @property
    def by_name(self) -> Mapping[str, Parser]:
        return cast(Mapping[str, Parser], self._parsers.choices)


def option(to: argparse._ActionsContainer, *names: str, help: Words, **how: Any) -> None:
    """Declare an option or an argument of a parser, or of a group in it, with help in both languages."""
    parser = to._container if isinstance(to, argparse._MutuallyExclusiveGroup) else to
    to.add_argument(*names, help=help.say(cast(Parser, parser).lang), **how)
