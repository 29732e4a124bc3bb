"""Sheets that stand beside those of purchases and look like them: summaries of them, sales."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from procure.log.cells import blank, fold, whole
from procure.log.headers import Header
from procure.log.records import Sheet
from procure.values.words import Words

_SUMMARY = Words("汇总表，未读（可用 --sheet 指定）", "a summary of other sheets, not read (--sheet would)")
_SALES = Words("销售表，未读（可用 --sheet 指定）", "a sheet of sales, not read (--sheet would)")

_SUMS_UP = re.compile(r"汇总|合计|总计|总表|统计|summar|total|overview", re.IGNORECASE)
_SELLS = re.compile(r"销售|销项|出库|收入|客户|购货单位|购货方|sales|sold|customer|revenue|income", re.IGNORECASE)
#: By their ready names, what tells one purchase from another; a running number stands in summaries too.
_DETAILS = ("date", "description", "supplier", "method", "approved_on")


def aside(found: Sequence[tuple[Sheet, Header]]) -> Mapping[int, Words]:
    """Which of several sheets with amounts are no purchases of their own, and why."""
    dated = {at for at, (_, header) in enumerate(found) if _place(header, "date") is not None}
    left: dict[int, Words] = {}
    for at, (sheet, header) in enumerate(found):
        others = [each for other, each in enumerate(found) if other != at and other in dated and other not in left]
        if not others:
            continue
        if _sells(sheet, header) and not all(_sells(*each) for each in others):
            left[at] = _SALES
        elif _is_summary(sheet, header, at in dated, others):
            left[at] = _SUMMARY
    return left


def _is_summary(sheet: Sheet, header: Header, dated: bool, others: Sequence[tuple[Sheet, Header]]) -> bool:
    """Whether a sheet has no dates and nothing else that tells purchases apart, or is called a summary and says no more
    than the other sheets."""
    if _SUMS_UP.search(sheet.sheet or ""):
        return not dated or _repeats((sheet, header), others)
    return all(_place(header, name) is None for name in _DETAILS)


def _place(header: Header, ready: str) -> int | None:
    return next((at for name, at in header.fields.items() if header.known.ready(name) == ready), None)


def _sells(sheet: Sheet, header: Header) -> bool:
    """Whether the name of a sheet or its headers speak of sales."""
    return any(_SELLS.search(text) for text in (sheet.sheet or "", *header.texts))


def _repeats(one: tuple[Sheet, Header], others: Sequence[tuple[Sheet, Header]]) -> bool:
    """Whether each row of a sheet stands in others too, by its date and amount."""
    there = Counter(row for each in others for row in _rows(*each))
    return not Counter(_rows(*one)) - there


def _rows(sheet: Sheet, header: Header) -> Iterator[tuple[str, ...]]:
    places = [_place(header, "date"), header.fields[header.known.amount]]
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        if number > header.row:
            row = [cells[at] if at is not None and at < len(cells) else None for at in places]
            # A total has no date, and a word for it in its place.
            if not any(map(blank, row)) and any(map(str.isdigit, whole(row[0]))):
                yield tuple(fold(whole(cell)) for cell in row)
