"""What every command has: its name, its help with examples, its language."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable

from procure.cli.parsing import Commands, Parser, option
from procure.values import languages
from procure.values.words import Words


def add_command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    help: Words,
    examples: str,
    after: Words = Words("", ""),  # noqa: B008
) -> Parser:
    """A command; `examples` are lines to type, `after` is what stands below them."""
    shown = textwrap.indent(examples, "  ")
    epilog = Words(f"示例：\n{shown}{after.zh}", f"examples:\n{shown}{after.en}")
    command = commands.add(name, help, epilog)
    command.set_defaults(run=run)
    said = Words(
        "输出语言（默认按系统，否则按制度）", "language of the output (default: the system's, else the policy's)"
    )
    option(command, "--lang", choices=languages.known(), help=said)
    option(
        command,
        "--config",
        metavar="FILE",
        help=Words(
            "选项文件，免去每次输入（默认为当前文件夹的 procure.toml）",
            "options that need not be typed (default: procure.toml here)",
        ),
    )
    return command
