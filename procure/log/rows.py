"""The rows of a log as the columns of a policy read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import attrs

from procure.log.cells import MISSING
from procure.log.columns import Column
from procure.log.ready import READY
from procure.log.records import Origin, Skipped
from procure.values.money import Currency
from procure.values.words import Words


@attrs.frozen
class Source:
    """A table that was read: its file, sha256, number of rows, and which header gave each column.

    A workbook with several sheets is several sources. `sha256` is empty where there was no file. `others` are the
    headers that no column was read from.
    """

    file: str
    sha256: str
    rows: int
    columns: Mapping[str, str]
    sheet: str | None = None
    others: tuple[str, ...] = ()
    #: Which cell of a row each column was read from, 0 for the first.
    places: Mapping[str, int] = attrs.field(factory=dict, eq=False)
    #: What this kind of file does not tell.
    unsaid: Words | None = None
    #: The mapping that its file took of several.
    mapping: str = ""


@attrs.frozen
class CellFault:
    """A cell that could not be understood, and why: what its column would say of the row is missing. `reason` is why
    without the cell's own text, the same for all cells at fault in one way. `column` is "row" where the fault is the
    row's as a whole."""

    origin: Origin
    column: str
    value: str
    why: Words
    reason: Words

    def __str__(self) -> str:
        return f"{self.origin}: {self.column}: {self.why.en}"


@attrs.frozen
class Rejected:
    """A row that could not be read, and all its faults, in the order of the columns. `readable` has what the row does
    say; the ledger still counts it, for a row that cannot be judged was bought all the same."""

    origin: Origin
    faults: tuple[CellFault, ...]
    readable: Row

    @property
    def column(self) -> str:
        """That of the first fault."""
        return self.faults[0].column

    @property
    def value(self) -> str:
        """What stands there."""
        return self.faults[0].value

    @property
    def why(self) -> Words:
        """Why it could not be understood."""
        return self.faults[0].why

    def __str__(self) -> str:
        return "; ".join(map(str, self.faults))


@attrs.define(eq=False, slots=False)
class Rows:
    """All rows of a log, column by column. `values` has what each cell was read as, by the column's name."""

    columns: Mapping[str, Column]
    currency: Currency
    values: dict[str, list[Any]]
    origins: list[Origin]
    #: The cells that could not be understood, by the number of their row, in the order of the columns.
    faults: Mapping[int, tuple[CellFault, ...]]
    #: The rows among these that could not be read at all.
    refused: frozenset[int]
    #: The columns that stand in some table.
    there: frozenset[str]
    sources: tuple[Source, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    #: Of each column of words, those that were written and may mean more than one thing, with the rows they stand in.
    several: Mapping[str, Mapping[str, Sequence[int]]] = attrs.field(factory=dict)
    #: By column (or "row") and by what is taken for granted in its cells, where these stand and what is written there.
    assumed: Mapping[tuple[str, Words], Mapping[Origin, str]] = attrs.field(factory=dict)
    #: The decimal sign by which amounts were read.
    decimal: str = "."
    #: What a row has in the `others` of its source, as it stood there; nothing is judged by it.
    others: Mapping[Origin, tuple[object, ...]] = attrs.field(factory=dict)
    #: Where some table has amounts with tax or without, these and the tax of each row, by ready name; `ABSENT` where
    #: its table does not have the column. `amount` is the one that does not say whether tax is in it.
    taxed: Mapping[str, Sequence[Any]] = attrs.field(factory=dict)
    #: The files of a folder that could not be read, and why: what is bought in them counts in nothing.
    unread: tuple[Skipped, ...] = ()
    #: The number that each row has in the log, of which some may have been set aside.
    kept: Sequence[int] = attrs.field()

    @kept.default
    def _all(self) -> Sequence[int]:
        return range(len(self.origins))

    def without(self, rows: Collection[int]) -> Rows:
        """The same without these rows."""
        return self.only([at for at in range(len(self)) if at not in rows]) if rows else self

    def only(self, kept: Sequence[int]) -> Rows:
        """The same with these rows alone, by their number."""
        values = {name: [column[at] for at in kept] for name, column in self.values.items()}
        taxed = {name: [column[at] for at in kept] for name, column in self.taxed.items()}
        faults = {n: self.faults[at] for n, at in enumerate(kept) if at in self.faults}
        refused = frozenset(n for n, at in enumerate(kept) if at in self.refused)
        number = {at: n for n, at in enumerate(kept)}
        several = {
            column: {word: left for word, places in words.items() if (left := _renumbered(places, number))}
            for column, words in self.several.items()
        }
        origins, numbers = [self.origins[at] for at in kept], [self.kept[at] for at in kept]
        return attrs.evolve(
            self, values=values, faults=faults, refused=refused, origins=origins, kept=numbers, several=several,
            taxed=taxed,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.origins)

    @cached_property
    def by_ready(self) -> Mapping[str, str]:
        """The name under which each ready column stands."""
        found: dict[str, str] = {}
        for name, column in self.columns.items():
            found.setdefault(column.ready or name, name)
        return found

    @cached_property
    def all(self) -> tuple[Row | Rejected, ...]:
        """The rows in the order of the log, whether they could be read or not."""
        rejected = dict(zip(sorted(self.refused), self.rejected, strict=True))
        return tuple([rejected.get(at) or Row(self, at) for at in range(len(self))])

    @cached_property
    def rejected(self) -> tuple[Rejected, ...]:
        """The rows that could not be read."""
        return tuple(Rejected(self.origins[at], self.faults[at], Row(self, at)) for at in sorted(self.refused))

    def said(self, name: str) -> int:
        """How many rows say something in a column, or say that there is none."""
        return sum(value is not MISSING for value in self.values[name])

    def says(self, name: str) -> bool:
        """Whether some cell of a column says something, or says by its blank that there is none."""
        if name not in self.there:
            return False
        return self.columns[name].blank == "none" or any(value is not MISSING for value in self.values[name])


def _renumbered(places: Sequence[int], number: Mapping[int, int]) -> Sequence[int]:
    return [number[at] for at in places if at in number]


class Row:
    """One purchase of a log, as the columns of a policy read it. `row["quotes"]` is what a column says, `MISSING` where
    it says nothing; `row.amount`, `row.date` and the like are the ready columns, None where they say nothing."""

    __slots__ = ("at", "rows")

    def __init__(self, rows: Rows, at: int) -> None:
        self.rows: Rows = rows
        self.at: int = at

    def __getitem__(self, column: str) -> Any:
        return self.rows.values[column][self.at]

    def get(self, column: str, default: Any = MISSING) -> Any:
        values = self.rows.values.get(column)
        return default if values is None else values[self.at]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        column = self.rows.by_ready.get(name, name)
        if column not in self.rows.values and name not in READY:
            raise AttributeError(name)
        value = self.get(column)
        return None if value is MISSING else value

    @property
    def origin(self) -> Origin:
        return self.rows.origins[self.at]

    @property
    def minor(self) -> int | None:
        """The amount in minor units: fen, pence, cents."""
        value = self.get(self.rows.by_ready["amount"])
        return None if value is MISSING else int(value)

    @property
    def amount(self) -> Decimal | None:
        """The amount in major units: yuan, pounds."""
        minor = self.minor
        return None if minor is None else self.rows.currency.major(minor)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.rows is other.rows and self.at == other.at

    def __hash__(self) -> int:
        return hash((id(self.rows), self.at))

    def __repr__(self) -> str:
        said = ", ".join(f"{n}={v[self.at]!r}" for n, v in self.rows.values.items() if v[self.at] is not MISSING)
        return f"<Row {self.origin}: {said}>"


Values = Mapping[str, Sequence[Any]]
