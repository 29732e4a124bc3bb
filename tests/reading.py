"""Logs as the columns of one policy read them, for tests of what a log says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs

import procure
from procure.log.columns import Column
from procure.log.reading import Recognised, read_rows
from procure.log.reading import recognise as recognised
from procure.log.records import Log, Origin, Purchase, Skipped
from procure.log.rows import CellFault, Rejected, Row, Rows, Source
from procure.values.money import CNY, Currency

#: The columns as the policy of Furong declares them.
COLUMNS: Mapping[str, Column] = procure.policies.furong_2020().built.columns


@attrs.frozen(slots=False)
class Reading:
    """What a log says: its rows, whether they could be read or not."""

    log: Log
    read: Rows

    @property
    def rows(self) -> tuple[Row | Rejected, ...]:
        return self.read.all

    @property
    def sources(self) -> tuple[Source, ...]:
        return self.read.sources

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        return self.read.skipped

    @property
    def others(self) -> Mapping[Origin, tuple[object, ...]]:
        return self.read.others

    @cached_property
    def purchases(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if isinstance(row, Row))

    @cached_property
    def rejected(self) -> tuple[Rejected, ...]:
        return tuple(row for row in self.rows if isinstance(row, Rejected))

    @cached_property
    def faults(self) -> tuple[CellFault, ...]:
        """The cells that were not understood, whether their rows could be read or not."""
        return tuple(fault for faults in self.read.faults.values() for fault in faults)

    def __iter__(self):
        return iter(self.purchases)

    def __len__(self) -> int:
        return len(self.purchases)


def read(
    *sources: Any,
    by: Mapping[str, Column] = COLUMNS,
    currency: Currency = CNY,
    decimal: str = ".",
    **options: Any,
) -> Reading:
    """Read a log as `check` does."""
    log = procure.read(*sources, **options)
    return Reading(log, read_rows(log, by, currency, decimal))


def bought(*purchases: Purchase, **options: Any) -> Reading:
    """What purchases built in Python say."""
    log = Log.of(purchases)
    return Reading(log, read_rows(log, options.pop("by", COLUMNS), options.pop("currency", CNY), **options))


def recognise(
    source: Any, columns: Mapping[str, str] | None = None, sheet: str | None = None
) -> tuple[Recognised, ...]:
    return recognised(procure.read(source, columns=columns, sheet=sheet), COLUMNS, sheet)


def say(rows: Iterable[Row | Rejected]) -> list[tuple[Origin, dict[str, Any]]]:
    """Where each row stood, and what its columns say."""
    every = [row.readable if isinstance(row, Rejected) else row for row in rows]
    return [(row.origin, {name: row[name] for name in row.rows.columns}) for row in every]


def same(rows: Iterable[Row | Rejected], *purchases: Purchase) -> bool:
    """Whether rows say what purchases do that are built in Python, and stood where these say. What all of these leave
    out is a column that the log does not have."""
    return say(rows) == say(bought(*purchases).rows)
