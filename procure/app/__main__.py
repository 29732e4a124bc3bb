"""`python -m procure.app`: build the page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from procure.app.building import page
from procure.app.parts import gathered, pinned
from procure.values.words import ProcureError

_EXAMPLE = Path("examples", "furong_2020.csv")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the page; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m procure.app", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "--core", type=Path, required=True, metavar="FOLDER",
        help="where the files of parts.toml are; those that are not are fetched there with npm and pip",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="the page, such as procure.html")
    parser.add_argument("--example", type=Path, default=_EXAMPLE, metavar="LOG", help=f"default: {_EXAMPLE}")
    args = parser.parse_args(arguments)
    try:
        text = page(gathered(pinned(), args.core), args.example)
    except ProcureError as error:
        print(f"procure.app: {error}", file=sys.stderr)
        return 2
    args.output.write_text(text, encoding="utf-8", newline="\n")
    print(f"{args.output}: {args.output.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
