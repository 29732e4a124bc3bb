"""In what the amounts of each row are counted, where columns of the log say so: 币种, 金额单位."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from procure.log import units
from procure.log.cells import ABSENT, blank, whole
from procure.log.columns import Column
from procure.log.ready import DENOMINATION
from procure.log.units import Counted
from procure.values.money import UNITS, Currency
from procure.values.words import Words

_NOT_SAID = Words(
    "未载明币种或单位，而其他行另有币种或单位", "states no currency or unit, where other rows state another"
)


class Denomination:
    """Tells what the amounts of a row count by the cells of these columns, of which `cells` are the distinct ones."""

    def __init__(self, currency: Currency, cells: Mapping[str, Collection[object]]) -> None:
        self._currency = currency
        self._said = [
            {cell: _said(cell, currency, column == "currency") for cell in distinct}
            for column, distinct in cells.items()
        ]
        for said in self._said:
            usual = all(each is None or isinstance(each, str) and UNITS[each] == 1 for each in said.values())
            for cell in () if usual else list(said):
                if blank(cell):
                    said[cell] = _NOT_SAID

    def __call__(self, cells: Sequence[object]) -> Counted | None:
        """What the row says, None where that is nothing."""
        each = (said[cell] for said, cell in zip(self._said, cells, strict=True))
        return units.agreed(each, self._currency)


def _said(cell: object, currency: Currency, is_currency: bool) -> Counted | None:
    if blank(cell) or not isinstance(cell, (str, int, float)):
        return None
    text = whole(cell)
    found = units.counted(text, currency)
    if found is None:
        return units.NOT_KNOWN.format(said=text)
    # A currency alone leaves the multiple to the header.
    alone = isinstance(found, str) and UNITS[found] == 1 and (is_currency or "元" not in text)
    return None if alone else found


def denominated(
    columns: Mapping[str, Sequence[object]], known: Mapping[str, Column], currency: Currency
) -> list[Counted | None] | None:
    """What the columns of a table say that the amounts of each row count; None where there are none that do."""
    there = {ready: cells for name, cells in columns.items() if (ready := known[name].ready) in DENOMINATION}
    if not there:
        return None
    rows = [tuple([None if cell is ABSENT else cell for cell in row]) for row in zip(*there.values(), strict=True)]
    distinct = set(rows)
    of = Denomination(currency, dict(zip(there, map(set, zip(*distinct, strict=True)), strict=True)))
    memo = {row: of(row) for row in distinct}
    return [memo[row] for row in rows]
