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


class _Here(threading.local):
    """What this thread is at."""

    #: Whether it shares some work with others already.
    sharing = False


_here = _Here()

GivenT = TypeVar("GivenT")
MadeT = TypeVar("MadeT")


def in_threads(make: Callable[[GivenT], MadeT], given: Iterable[GivenT]) -> list[MadeT]:
    """What is made of each of them, in their order, by this thread and others. Where this one shares some work already,
    it is alone: the others are busy with theirs."""
    each = list(given)
    others = 0 if _here.sharing else min(pl.thread_pool_size(), len(each)) - 1
    if others < 1:
        return [make(one) for one in each]
    with ThreadPoolExecutor(others, initializer=_share) as threads, _sharing():
        begun = [threads.submit(make, one) for one in each]
        # The others begin at the front, this one at the back. It does its part, since a frame that is lazy calls this
        # from a thread of polars, which would stand idle.
        own = {n: make(each[n]) for n in reversed(range(len(each))) if begun[n].cancel()}
        return [own[n] if n in own else begun[n].result() for n in range(len(each))]


@contextmanager
def beside(make: Callable[[], MadeT]) -> Iterator[Callable[[], MadeT]]:
    """Makes something in a thread while the block is at work; tells what was made."""
    with ThreadPoolExecutor(1, initializer=_share) as thread:
        yield thread.submit(make).result


def _share() -> None:
    _here.sharing = True


@contextmanager
def _sharing() -> Iterator[None]:
    _here.sharing = True
    try:
        yield
    finally:
        _here.sharing = False


def elementwise(frame: pl.DataFrame, expression: pl.Expr) -> pl.Series:
    """An expression that makes of each row something of its own."""
    starts = range(0, frame.height, ROWS) or (0,)
    parts = in_threads(lambda start: frame.slice(start, ROWS).select(expression).to_series(), starts)
    return pl.concat(parts, rechunk=True) if len(parts) > 1 else parts[0]
