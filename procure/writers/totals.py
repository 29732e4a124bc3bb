"""The table of the totals against the bands: its columns, for text, page, workbook and CSV alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import attrs

from procure.policy.plan import Plan
from procure.policy.totals import ROWS
from procure.reporting.phrases import band_words, shown_sum, sum_of
from procure.reporting.report import Report
from procure.reporting.totals import AccountTotal
from procure.values.money import Minor
from procure.values.words import Lang, Words


@attrs.frozen
class TotalColumn:
    """`name` is what a CSV file calls it. A cell is a `Minor`, another whole number, or words; None is blank."""

    name: str
    title: Words
    cell: Callable[[AccountTotal], Minor | Words | int | None]


def columns(plan: Plan) -> tuple[TotalColumn, ...]:
    """Those of which the policy has something to say."""
    several, dated = len(plan.working_measures) > 1, any(m.grouping.year for m in plan.working_measures.values())
    measures = list(plan.working_measures.values())
    keys = dict.fromkeys(name for measure in measures for name in measure.grouping.by)
    found: list[tuple[bool, TotalColumn]] = [
        (
            several,
            TotalColumn("total", Words("累计", "total"), lambda each: Words(each.measure.total, each.measure.total)),
        ),
        *((True, TotalColumn(name, plan.built.columns[name].label, _key(name))) for name in keys),
        (dated, TotalColumn("year", Words("年度", "year"), lambda each: each.year)),
        (True, TotalColumn("purchases", Words("笔数", "purchases"), lambda each: each.purchases)),
        (True, TotalColumn("sum", Words("累计数", "sum"), lambda each: _sum(plan, each))),
        (
            True,
            TotalColumn(
                "band", Words("默认口径所属档", "band"), lambda each: band_words(plan, each.ladder, each.bands)
            ),
        ),
        (True, TotalColumn("worst", Words("最严读法所属档", "worst band"), lambda each: worst(plan, each))),
        (True, TotalColumn("next", Words("下一分界", "next cut"), lambda each: _size(each, each.next))),
        (
            True,
            TotalColumn("distance", Words("距下一分界", "left until then"), lambda each: _size(each, each.distance)),
        ),
        (True, TotalColumn("findings", Words("疑点", "to confirm"), lambda each: each.findings)),
    ]
    return tuple(column for there, column in found if there)


def _key(name: str) -> Callable[[AccountTotal], Words | None]:
    return lambda account: account.keys.get(name)


def worst(plan: Plan, account: AccountTotal) -> Words | None:
    """The highest band under any reading left open."""
    return None if account.highest is None else band_words(plan, account.ladder, (account.highest,))


def _sum(plan: Plan, account: AccountTotal) -> Minor | Words | int:
    total = account.total
    if total.founded and total.exact:
        return _size(account, total.low) or 0
    return shown_sum(plan, account.measure, total)


def _size(account: AccountTotal, number: int | None) -> Minor | int | None:
    return number if number is None or account.measure.way.sum == ROWS else Minor(number)


def shown(plan: Plan, cell: Minor | Words | int | None, lang: Lang) -> str:
    """A cell for a reader's eye."""
    if isinstance(cell, Minor):
        return plan.policy.money.shown(cell, plan.policy.decimal)
    return cell.say(lang) if isinstance(cell, Words) else "" if cell is None else str(cell)


def dumps(report: Report, lang: Lang = "zh") -> str:
    """The table as CSV text, to be written as UTF-8 with BOM."""
    plan, out = report.plan, io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    head = columns(plan)
    writer.writerow([column.name for column in head])
    for account in report.digest.totals:
        writer.writerow([_plain(report, column, account, lang) for column in head])
    return out.getvalue()


def _plain(report: Report, column: TotalColumn, account: AccountTotal, lang: Lang) -> str | int:
    if column.name == "sum":
        return sum_of(report.plan, account.measure, account.total) or ""
    cell = column.cell(account)
    if isinstance(cell, Minor):
        return report.policy.money.plain(cell)
    return inert(cell.say(lang)) if isinstance(cell, Words) else "" if cell is None else cell


def inert(text: str | None) -> str:
    """Text from a log as a cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text and text[0] in "=+-@\t\r" else text or ""
