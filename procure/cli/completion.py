"""`procure completion`: what a shell needs to complete commands and options, made of the command line itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TypeAlias

from procure.cli.command import add_command
from procure.cli.parsing import Commands, option
from procure.values.words import Words

#: The options of each command.
Options: TypeAlias = Mapping[str, list[str]]


def add(commands: Commands) -> None:
    command = add_command(
        commands,
        "completion",
        lambda args: _run(args, commands.by_name),
        Words("打印 shell 补全命令和选项所需的脚本", "print what a shell needs to complete commands and options"),
        "procure completion bash >> ~/.bashrc\n"
        "procure completion fish > ~/.config/fish/completions/procure.fish\n"
        "procure completion powershell >> $PROFILE\n",
    )
    option(command, "shell", choices=tuple(_SHELLS), help=Words("哪种 shell", "which shell"))


def _run(args: argparse.Namespace, commands: Mapping[str, argparse.ArgumentParser]) -> int:
    words = {name: sorted(command._option_string_actions) for name, command in commands.items()}
    sys.stdout.write(_SHELLS[args.shell](words))
    return 0


def _bash(words: Options) -> str:
    cases = "".join(f'    {name}) words="{" ".join(options)}" ;;\n' for name, options in words.items())
    return (
        "_procure() {\n"
        '  local words current="${COMP_WORDS[COMP_CWORD]}"\n'
        f'  if [ "$COMP_CWORD" = 1 ]; then words="{" ".join(words)}"; else case "${{COMP_WORDS[1]}}" in\n'
        f"{cases}"
        "  esac; fi\n"
        '  case "$current" in -*) ;; *) [ "$COMP_CWORD" = 1 ] || words="" ;; esac\n'
        '  COMPREPLY=($(compgen -W "$words" -- "$current"))\n'
        "}\n"
        "complete -o default -F _procure procure\n"
    )


def _zsh(words: Options) -> str:
    return f"autoload -U +X bashcompinit && bashcompinit\n{_bash(words)}"


def _fish(words: Options) -> str:
    lines = [f"complete -c procure -n __fish_use_subcommand -a {name}" for name in words]
    for name, options in words.items():
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        lines += [f"complete -c procure {seen} -l {option[2:]}" for option in options if option.startswith("--")]
    return "".join(f"{line}\n" for line in lines)


def _powershell(words: Options) -> str:
    cases = "".join(
        f"    '{name}' {{ {', '.join(repr(option) for option in options)} }}\n" for name, options in words.items()
    )
    names = ", ".join(map(repr, words))
    return (
        "Register-ArgumentCompleter -Native -CommandName procure -ScriptBlock {\n"
        "  param($word, $line)\n"
        "  $said = $line.CommandElements | ForEach-Object { $_.ToString() }\n"
        f"  $words = if ($said.Count -le 2 -and $word -notlike '-*') {{ {names} }} else {{ switch ($said[1]) {{\n"
        f"{cases}"
        "  } }\n"
        '  $words | Where-Object { $_ -like "$word*" }\n'
        "}\n"
    )


_SHELLS: Mapping[str, Callable[[Options], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
}
