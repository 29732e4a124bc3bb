"""What a log is made of: sheets of cells as they were typed, and where each row stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import attrs

from procure.log.habits import Habits
from procure.values.words import ProcureError, Words


@attrs.frozen(weakref_slot=False)
class Origin:
    """Where a row stood: the file, the sheet, and the row number that the spreadsheet shows."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None

    def __str__(self) -> str:
        place = f"{self.file or '-'}" + (f"[{self.sheet}]" if self.sheet else "")
        return f"{place}:{self.row}" if self.row is not None else place


class Purchase:
    """One line of a log, built in Python: `Purchase(date="2020-03-05", amount="1.2万", method="三方询价")`.

    It takes a cell for any column of a policy, ready or its own, and keeps them as they were typed; `check` reads them
    by the policy's columns. `None` or a blank text is a blank cell; a column left out is one that the row does not
    have. Where no row has a unit, or gives more than `None`, the log is taken as one unit's.
    """

    __slots__ = ("cells", "origin")

    def __init__(self, *, origin: Origin | None = None, **cells: Any) -> None:
        self.cells: dict[str, Any] = cells
        self.origin: Origin = origin or Origin()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in Purchase.__slots__:
            raise AttributeError(name)
        return self.cells.get(name)

    def replaced(self, **cells: Any) -> Purchase:
        """The same purchase with other cells."""
        return Purchase(origin=cells.pop("origin", self.origin), **{**self.cells, **cells})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Purchase) and (self.cells, self.origin) == (other.cells, other.origin)

    def __hash__(self) -> int:
        return hash(self.origin)

    def __repr__(self) -> str:
        cells = ", ".join(f"{name}={cell!r}" for name, cell in self.cells.items())
        return f"Purchase({cells})"


@attrs.frozen
class Skipped:
    """A row that is no purchase (a total, a footnote), or a whole sheet or file where the origin names no row, and
    why."""

    origin: Origin
    why: Words

    @classmethod
    def of_file(cls, file: str | None, why: Words) -> Skipped:
        """A whole file, and why it cannot be read; the reason begins with its name."""
        return cls(Origin(file), Words(why.zh.removeprefix(f"{file}："), why.en.removeprefix(f"{file}: ")))

    def __str__(self) -> str:
        return f"{self.origin}: {self.why.en}"


@attrs.frozen
class Broken:
    """Instead of its cells: a row whose text could not be parted into cells, and why."""

    text: str
    why: Words


@attrs.frozen
class Passed:
    """Instead of its cells: a row that is no purchase, and why."""

    why: Words


#: Cells merged into one: the number of the first row, the place of the first column, and of the last ones.
Range = tuple[int, int, int, int]


@attrs.frozen(eq=False)
class Sheet:
    """A table of a source: its rows that are not blank, from the first one on, title lines and header among them, and
    the number of each. The names that a frame or records give their columns are row 0.

    `ragged` says that a row's length is its own (delimited text), so that one too long or too short was broken.
    `hidden`: not read unless it is asked for. `merged` are the cells that are merged into one, `unsaid` is what this
    kind of file does not say, `habits` are those of the mapping that its file takes of several.
    """

    file: str | None
    sha256: str
    numbers: Sequence[int]
    rows: Sequence[Sequence[object]]
    sheet: str | None = None
    ragged: bool = False
    hidden: bool = False
    merged: Sequence[Range] = ()
    unsaid: Words | None = None
    habits: Habits | None = None

    def __str__(self) -> str:
        return f"{self.file or '-'}" + (f"[{self.sheet}]" if self.sheet else "")


@attrs.frozen(slots=False, eq=False, repr=False)
class Log:
    """The sheets of one log, by source, or purchases built in Python. No policy is known here: what the cells say is
    for `check` to read. `found` are the files that a folder or a pattern brought: one of them that cannot be read stops
    none of the others; `unread` are those that could not even be opened."""

    purchases: tuple[Purchase, ...] = ()
    sources: tuple[tuple[Sheet, ...], ...] = ()
    habits: Habits = attrs.field(factory=Habits)
    found: frozenset[str] = frozenset()
    unread: tuple[Skipped, ...] = ()

    @classmethod
    def of(cls, purchases: Iterable[Any]) -> Log:
        """A log of purchases built in Python. Raises `ProcureError` for anything else."""
        rows = tuple(purchases)
        for row in rows:
            if not isinstance(row, Purchase):
                kind = type(row).__name__
                raise ProcureError(Words(f"{kind} 不是 Purchase", f"a {kind} is not a Purchase"))
        return cls(purchases=rows)

    def __repr__(self) -> str:
        files = ", ".join(dict.fromkeys(sheet.file for sheet in self.sheets if sheet.file))
        return f"<Log of {len(self)} lines{f': {files}' if files else ''}>"

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(sheet for source in self.sources for sheet in source)

    def __len__(self) -> int:
        return len(self.purchases) or sum(len(sheet.rows) for sheet in self.sheets)

    def __iter__(self) -> Iterator[Purchase]:
        return iter(self.purchases)
