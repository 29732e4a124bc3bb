"""Cells merged down: what stands in the first counts for every row that they cover, but an amount is one amount."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from procure.log.cells import blank, fold, whole
from procure.log.headers import Header
from procure.log.records import Range
from procure.values.words import Words

FILLED = Words("合并单元格，各行都按其首格的内容", "merged cells: each row has what stands in the first of them")
FURTHER_LINE = Words(
    "一笔采购的续行：金额合并，只计一次", "a further line of one purchase: its amount is merged, and counts once"
)
DIFFER = Words("是同一笔采购（金额合并）各行的不同内容", "stands in lines of one purchase, whose amount is merged")


@attrs.frozen
class Spread:
    """The rows of a table with their merged cells filled. By the place of the row: `filled` has by column what was
    filled in, `differ` by column what lines of one purchase say where that is not the same, and `lines` are further
    lines of it."""

    rows: list[Sequence[object]]
    filled: Mapping[str, Mapping[int, str]]
    differ: Mapping[int, Mapping[str, str]]
    lines: frozenset[int]

    def without_lines(self) -> Spread:
        """The same without the further lines, by the places that the other rows have then."""
        kept = [at for at in range(len(self.rows)) if at not in self.lines]
        place = {at: n for n, at in enumerate(kept)}
        filled = {
            name: {place[at]: text for at, text in written.items() if at in place}
            for name, written in self.filled.items()
        }
        differ = {place[at]: columns for at, columns in self.differ.items()}
        return Spread([self.rows[at] for at in kept], filled, differ, frozenset())


def spread(
    header: Header,
    numbers: Sequence[int],
    rows: Sequence[Sequence[object]],
    merged: Iterable[Range],
    compared: Collection[str],
) -> Spread:
    """Fill the merged cells of these rows, which have these numbers. Lines of one purchase are to say the same in the
    columns that are `compared`."""
    place = {number: at for at, number in enumerate(numbers)}
    names = {at: name for name, at in header.fields.items()}
    found = [list(cells) for cells in rows]
    filled: dict[str, dict[int, str]] = {}
    groups: list[list[int]] = []
    for top, left, bottom, _ in merged:
        covered = [place[number] for number in range(top, bottom + 1) if number in place]
        if bottom == top or len(covered) < 2 or place.get(top) != covered[0] or left >= len(found[covered[0]]):
            continue
        cell, name = found[covered[0]][left], names.get(left, "")
        if name and header.known.is_money(name):
            if name == header.known.amount and not blank(cell):
                groups.append(covered)
            continue
        for at in covered[1:]:
            if left < len(found[at]) and blank(found[at][left]) and not blank(cell):
                found[at][left] = cell
                if name:
                    filled.setdefault(name, {})[at] = whole(cell)
    differ: dict[int, dict[str, str]] = {}
    for first, *others in groups:
        for name in header.fields:
            if name in compared and not header.known.is_money(name):
                differing = _joined(found, header.fields[name], first, others)
                if differing:
                    differ.setdefault(first, {})[name] = differing
    return Spread(
        [tuple(cells) for cells in found], filled, differ, frozenset(at for _, *rest in groups for at in rest)
    )


def _joined(rows: list[list[object]], column: int, first: int, others: Sequence[int]) -> str:
    """What the lines of one purchase say in a column where that is not the same; else the first has what they say."""
    every = [rows[at][column] for at in (first, *others) if column < len(rows[at]) and not blank(rows[at][column])]
    distinct = {fold(whole(cell)): cell for cell in every}
    if len(distinct) == 1 and column < len(rows[first]):
        rows[first][column] = every[0]
    return "、".join(whole(cell) for cell in distinct.values()) if len(distinct) > 1 else ""
