"""The sheets of patterns under a cut, apart from the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procure.log.cells import Said
from procure.log.rows import Row
from procure.reporting.asked import joined
from procure.reporting.patterns import Near, Pattern, Patterns
from procure.values.money import Minor
from procure.values.words import Words
from procure.writers.workbook.tables import Cell, Grid, SheetTable

DIVIDED, NEAR = Words("同口径合计达限", "together over a cut"), Words("略低于限额", "just under a cut")
_TITLES = (
    Words("分档", "ladder"), Words("界限", "cut"), Words("累计口径、供应商", "account, supplier"),
    Words("笔数", "purchases"), Words("合计", "together"), Words("相隔天数", "days apart"), Words("各笔", "each"),
)  # fmt: skip
_NEAR_TITLES = (
    Words("分档", "ladder"), Words("界限", "cut"), Words("采购", "purchase"), Words("日期", "date"),
    Words("金额", "amount"), Words("差额", "below by"),
)  # fmt: skip


def tables(found: Patterns) -> Iterator[SheetTable[Sequence[Cell]]]:
    """A sheet for each."""
    yield divided(found).table(DIVIDED)
    yield near(found).table(NEAR)


def divided(found: Patterns) -> Grid:
    """What stands together over a cut."""
    return Grid(_TITLES, [_divided(each) for each in found.divided], (16, 16, 36, 10, 16, 10, 60))


def near(found: Patterns) -> Grid:
    """What is just under one."""
    return Grid(_NEAR_TITLES, [_near(each) for each in found.near], (16, 16, 24, 12, 16, 16))


def _divided(each: Pattern) -> tuple[Cell, ...]:
    key = joined(each.keys, Words(" · ", " · "))
    rows = "; ".join(f"{label(row)} {row.date} {row.rows.currency.plain(row.minor or 0)}" for row in each.purchases)
    return each.ladder, Minor(each.cut), key, len(each.purchases), Minor(each.minor), each.days, rows


def _near(each: Near) -> tuple[Cell, ...]:
    minor = each.purchase.minor or 0
    return (
        each.ladder,
        Minor(each.cut),
        label(each.purchase),
        each.purchase.date,
        Minor(minor),
        Minor(each.cut - minor),
    )


def label(row: Row) -> str:
    """The id of a purchase, or its row."""
    if row.id is not None and not isinstance(row.id, Said):
        return str(row.id)
    return f"#{row.origin.row if row.origin.row is not None else row.at + 1}"
