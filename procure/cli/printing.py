"""How what is a paper goes to the screen and to a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from procure import writers
from procure.cli.parsing import option
from procure.values.words import Words
from procure.writers import paper
from procure.writers.paper import Paper


def add_format(command: argparse.ArgumentParser) -> None:
    option(
        command,
        "--format",
        choices=("text", "json"),
        default="text",
        help=Words("格式（默认 text）", "format (default: text)"),
    )


def add_printing(command: argparse.ArgumentParser) -> None:
    add_format(command)
    option(
        command,
        "--output",
        metavar="FILE",
        help=Words(f"写成文件：{', '.join(paper.ENDINGS)}", f"write it to a file: {', '.join(paper.ENDINGS)}"),
    )


def printed(args: argparse.Namespace, whole: Paper, as_json: str, short: Paper | None = None) -> str:
    """What goes to the screen; the whole paper goes to the file, if one is asked for. Raises `ProcureError` for a file
    that cannot be written."""
    if args.output:
        target = Path(args.output)
        writers.save(target, lambda: paper.encoded(whole, target.suffix, as_json, args.lang))
    return as_json if args.format == "json" else paper.dumps(short or whole, args.lang)
