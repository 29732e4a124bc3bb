"""Columns worked on a stretch of rows at a time, in threads: what is made on the way is small and its memory used
again, while fresh memory for whole columns costs more than what is done to them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import polars as pl

#: Rows worked on at a time.
ROWS = 2**18
#: What the names of the threads begin with.
_OURS = "procure"

GivenT = TypeVar("GivenT")
MadeT = TypeVar("MadeT")


def in_threads(make: Callable[[GivenT], MadeT], given: Iterable[GivenT]) -> list[MadeT]:
    """What is made of each of them, in their order. In a thread that works for this already, one by one: the others are
    at work as well."""
    each = list(given)
    if len(each) < 2 or threading.current_thread().name.startswith(_OURS):
        return [make(one) for one in each]
    with ThreadPoolExecutor(pl.thread_pool_size(), _OURS) as threads:
        return list(threads.map(make, each))


@contextmanager
def beside(make: Callable[[], MadeT]) -> Iterator[Callable[[], MadeT]]:
    """Makes something in a thread while the block is at work; tells what was made."""
    with ThreadPoolExecutor(1, _OURS) as thread:
        yield thread.submit(make).result


def elementwise(frame: pl.DataFrame, expression: pl.Expr) -> pl.Series:
    """An expression that makes of each row something of its own."""
    starts = range(0, frame.height, ROWS) or (0,)
    parts = in_threads(lambda start: frame.slice(start, ROWS).select(expression).to_series(), starts)
    return pl.concat(parts, rechunk=True) if len(parts) > 1 else parts[0]
