"""How what is a paper goes to the screen and to a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from procure import writers
from procure.writers import paper
from procure.writers.paper import Paper


def add_printing(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("text", "json"), default="text", help="format (default: text)")
    command.add_argument("--output", metavar="FILE", help=f"write it to a file: {', '.join(paper.ENDINGS)}")


def printed(args: argparse.Namespace, whole: Paper, as_json: str, short: Paper | None = None) -> str:
    """What goes to the screen; the whole paper goes to the file, if one is asked for. Raises `ProcureError` for a file
    that cannot be written."""
    if args.output:
        target = Path(args.output)
        writers.save(target, lambda: paper.encoded(whole, target.suffix, as_json, args.lang))
    return as_json if args.format == "json" else paper.dumps(short or whole, args.lang)
