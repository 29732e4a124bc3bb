"""The cells of a log as they were typed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

import attrs

from procure.log.records import Log, Sheet
from procure.log.rows import Row, Rows


@attrs.frozen(eq=False)
class Typed:
    """Finds what was typed for a row, which was read by a policy's columns: by file, sheet and row number; of purchases
    built in Python, what they were built with."""

    log: Log
    read: Rows
    _sheets: Mapping[tuple[str | None, str | None], tuple[Sheet, Mapping[str, int]]] = attrs.field(init=False)

    @_sheets.default
    def _by_place(self) -> Mapping[tuple[str | None, str | None], tuple[Sheet, Mapping[str, int]]]:
        places = {(source.file or None, source.sheet): source.places for source in self.read.sources}
        return {
            (sheet.file, sheet.sheet): (sheet, places[sheet.file, sheet.sheet])
            for sheet in self.log.sheets
            if (sheet.file, sheet.sheet) in places
        }

    def cell(self, row: Row, column: str) -> object:
        """What stands in a column; None where nothing does, or where the table does not have it."""
        if self.log.purchases:
            built = self.log.purchases[self.read.kept[row.at]].cells
            ready = self.read.columns[column].ready
            return built.get(column, None if ready is None else built.get(ready))
        sheet, places = self._sheets.get((row.origin.file, row.origin.sheet), (None, {}))
        at = places.get(column)
        if sheet is None or at is None or row.origin.row is None:
            return None
        cells = sheet.rows[bisect_left(sheet.numbers, row.origin.row)]
        return cells[at] if at < len(cells) else None
