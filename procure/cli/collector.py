"""The garbage collector, paused while many records are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Records and totals make millions of small objects and no cycles: the collector would walk them again and again,
    for almost half of the time, and find nothing."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if not gc.get_freeze_count():
                # What was made meanwhile is put among the old objects; else the first one made after this would have
                # the collector walk all of it at once.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
