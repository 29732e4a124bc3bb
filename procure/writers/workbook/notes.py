"""The sheets on the log as a whole: where its data contradict each other, and what else a reader must know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import attrs

from procure.engines.findings import Notice
from procure.log.records import Origin
from procure.reporting.report import Report
from procure.reporting.standing import Outcome, origin_of
from procure.values.words import Words
from procure.writers.workbook.lists import which
from procure.writers.workbook.own import own_columns, places
from procure.writers.workbook.tables import SheetColumn, SheetTable


@attrs.frozen
class Conflict:
    """A row whose data contradict each other; None where it is not known which it is."""

    message: Words
    row: Outcome | None


def conflicts(report: Report) -> SheetTable[Conflict]:
    """A row for each conflict of a row."""
    notices = [notice for notice in report.notices if _is_conflict(notice)]
    at = _rows(report) if notices else {}
    rows = [Conflict(notice.message, at.get(origin)) for notice in notices for origin in notice.origins]
    own = own_columns(report)
    # What a conflict can be about: a column that something else tells, too.
    at_odds = (name for name, column in report.plan.built.columns.items() if column.derived is not None)
    shown = dict.fromkeys((*which(report), *(own[name] for name in at_odds if name in own)))
    message: SheetColumn[Conflict] = SheetColumn(Words("冲突", "conflict"), 60, lambda conflict: conflict.message)
    columns = (*(column.of(_row) for column in shown), message)
    return SheetTable(Words("数据冲突", "data conflicts"), columns, rows, fixed=len(places(report)))


def _row(conflict: Conflict) -> Outcome | None:
    return conflict.row


def _rows(report: Report) -> Mapping[Origin, Outcome]:
    rows: tuple[Outcome, ...] = (*report.purchases, *report.rejected)
    return {origin_of(row): row for row in rows if origin_of(row).row is not None}


def notes(report: Report) -> SheetTable[Notice]:
    """Every other notice, with the rows it is about."""
    columns: tuple[SheetColumn[Notice], ...] = (
        SheetColumn(Words("说明", "notice"), 70, lambda notice: notice.message),
        SheetColumn(Words("行数", "rows"), 8, lambda notice: len(notice.origins) or None),
        SheetColumn(Words("所在行", "which rows"), 60, lambda notice: _listed(notice.origins, report.digest.alone)),
        SheetColumn(Words("类型", "kind"), 22, lambda notice: notice.kind),
    )
    others = [notice for notice in report.notices if not _is_conflict(notice)]
    return SheetTable(Words("说明", "notices"), columns, others)


def _listed(origins: Iterable[Origin], one_table: bool) -> str:
    """Outcome numbers, by file and sheet where there are several: `a.xlsx[1月]: 2-5, 9`."""
    by_table: dict[Origin, list[int]] = {}
    for origin in origins:
        rows = by_table.setdefault(attrs.evolve(origin, row=None), [])
        if origin.row is not None:
            rows.append(origin.row)
    by_place = ((table, ", ".join(_ranges(rows))) for table, rows in by_table.items() if rows or table.file)
    return "\n".join(
        rows if one_table and rows else f"{table}: {rows}" if rows else str(table) for table, rows in by_place
    )


def _ranges(rows: Iterable[int]) -> Iterator[str]:
    """Numbers that follow each other are shown by the first and the last."""
    # A number less its place is the same all along a run.
    for _, run in groupby(enumerate(rows), key=lambda numbered: numbered[1] - numbered[0]):
        numbers = [row for _, row in run]
        yield str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def _is_conflict(notice: Notice) -> bool:
    return notice.kind.startswith("conflict-")
