"""The cells of a log that cannot be understood, gathered while it is read, and the rows that are refused for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from procure.log.cells import MISSING
from procure.log.outcomes import Misread
from procure.log.records import Origin
from procure.log.rows import CellFault, Rows
from procure.values.words import Words

#: By their ready names the columns of which one at least must say something, where some cell cannot be understood.
ESSENTIAL = ("amount", "date", "category")


class LogFaults:
    """Those of one log, by the number of the row."""

    def __init__(self, columns: Iterable[str]) -> None:
        self._order = {name: at for at, name in enumerate(("row", *columns))}
        self._by_row: dict[int, dict[str, Misread]] = {}
        self.refused: set[int] = set()

    def add(self, column: str, faults: Mapping[int, Misread], begin: int) -> None:
        """Those of a column, by the place of the cell below row `begin`."""
        for at, fault in faults.items():
            self._by_row.setdefault(begin + at, {})[column] = fault

    def refuse(self, row: int, value: str = "", why: Words | None = None) -> None:
        """A row that cannot be read at all; `why`, if not for its cells alone."""
        self.refused.add(row)
        if why is not None:
            self._by_row.setdefault(row, {})["row"] = Misread(value, why, why)

    def since(self, begin: int) -> list[int]:
        """The rows from `begin` on that have a fault and are not refused."""
        return [row for row in self._by_row if row >= begin and row not in self.refused]

    def is_broken(self, row: int) -> bool:
        """Whether a row as a whole is at fault."""
        return "row" in self._by_row.get(row, ())

    def found(self, origins: Sequence[Origin]) -> dict[int, tuple[CellFault, ...]]:
        """All faults of each row, in the order of the columns."""
        found = {}
        for row in sorted(self._by_row):
            faults = self._by_row[row]
            names = sorted(faults, key=self._order.__getitem__) if len(faults) > 1 else faults
            found[row] = tuple([_placed(origins[row], name, faults[name]) for name in names])
        return found


def _placed(origin: Origin, column: str, fault: Misread) -> CellFault:
    return CellFault(origin, column, fault.value, fault.why, fault.reason)


def says_nothing(rows: Rows, at: int) -> bool:
    """Whether a row says nothing in those of which one at least must say something."""
    names = [name for name, column in rows.columns.items() if column.ready in ESSENTIAL]
    return all(name in rows.there and rows.values[name][at] is MISSING for name in names)
