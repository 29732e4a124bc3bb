"""What a column of the log says of a purchase, by itself or by the columns that it is derived from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from procure.log.cells import MISSING
from procure.log.columns import Column

#: The value of every column of a row.
Row = Mapping[str, Any]


@attrs.define(eq=False)
class Value:
    """What a column says, or what it is derived from: `values` gives those that are possible, MISSING where nothing is
    known."""

    column: Column
    #: The column itself, which may stand in a log though it is derived, and others from which it is derived.
    columns: tuple[str, ...]
    #: What other sources than the column say: None where they say nothing.
    others: tuple[Callable[[Row], Any], ...] = ()
    #: The log's own column: one that stands for another has the name of that.
    name: str = attrs.field()
    #: Whether there may be none on record where nothing is said: a blank cell says so, or the policy asks for it.
    unrecorded: bool = attrs.field(init=False)

    @name.default
    def _of_its_own(self) -> str:
        return self.column.name

    @unrecorded.default
    def _blank_says_so(self) -> bool:
        return self.column.blank == "none"

    def values(self, row: Row) -> tuple[Any, ...]:
        """The possible values; (MISSING,) where nothing is known. Two sources that differ are both possible."""
        said = row[self.name]
        if not self.others:
            return tuple(said) if isinstance(said, frozenset) else (said,)
        found: dict[Any, None] = {}
        if said is not MISSING:
            found |= dict.fromkeys(said if isinstance(said, frozenset) else (said,))
        for other in self.others:
            derived = other(row)
            if derived is not None:
                found |= dict.fromkeys(derived if isinstance(derived, frozenset) else (derived,))
        return tuple(found) or (MISSING,)

    def conflict(self, row: Row) -> bool:
        """Whether the column says one thing and what it is derived from another."""
        said = row[self.name]
        return said is not MISSING and bool(self.others) and len(self.values(row)) > 1
