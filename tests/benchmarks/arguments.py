"""The arguments of a benchmark, which says of itself what they are."""

from __future__ import annotations

import sys


def given(doc: str | None) -> list[str]:
    """What was typed behind the script's name; `--help` prints what stands at its top, and ends it."""
    if {"-h", "--help"} & set(sys.argv[1:]):
        print((doc or "").strip())
        raise SystemExit
    return sys.argv[1:]
