"""What a declaration quotes of the policy's text: one quote, or a list of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def each_quote(quoted: Any) -> Iterator[tuple[tuple[int, ...], Any]]:
    """Each quote with its place in the list, if it is one; none of None."""
    if isinstance(quoted, (list, tuple)):
        yield from (((n,), each) for n, each in enumerate(quoted))
    elif quoted is not None:
        yield (), quoted
