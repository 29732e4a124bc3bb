"""Purchases as the rows of a file, where a test needs a log that has one."""

from __future__ import annotations

from collections.abc import Iterable

from procure import Log, Purchase
from procure.log.records import Sheet


def sheet(file: str, sha256: str, purchases: Iterable[Purchase], name: str | None = None) -> Sheet:
    """A table with these purchases, in the rows that they say or one after another."""
    rows = list(purchases)
    header = list(dict.fromkeys(column for purchase in rows for column in purchase.cells))
    numbers = [1, *(purchase.origin.row or at for at, purchase in enumerate(rows, 2))]
    cells = [[purchase.cells.get(column) for column in header] for purchase in rows]
    return Sheet(file, sha256, numbers, [header, *cells], name)


def log_of(*sheets: Sheet) -> Log:
    """A log of tables, those of one file together."""
    files = dict.fromkeys(sheet.file for sheet in sheets)
    return Log(sources=tuple(tuple(sheet for sheet in sheets if sheet.file == file) for file in files))
