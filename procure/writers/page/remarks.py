"""What else a reader must know: notices on the log, the rows that could not be read, and the cells that were not
understood."""

from __future__ import annotations

from collections.abc import Sequence

from procure.engines.findings import Notice
from procure.log.rows import CellFault
from procure.writers.page.markup import Html, tag, within
from procure.writers.page.view import View

#: How many notices, rows of a notice, and rejected rows are listed; and how many bytes each of the lists may take.
NOTICES, PLACES, ROWS, ROOM = 200, 40, 2_000, 400_000


def notices(view: View) -> Html | None:
    # What the gaps leave open, and what was not understood, stand in the summary.
    found = view.digest.remarks
    if not found:
        return None
    items = within((noticed(view, notice) for notice in found[:NOTICES]), ROOM)
    return view.section("notices", tag("ul", items), view.cut_off(len(found) - len(items), "条", "notices"))


def noticed(view: View, notice: Notice) -> Html:
    places = [view.place(origin) for origin in notice.origins[:PLACES]]
    more = len(notice.origins) - len(places)
    rest = view.say(f"……另 {more:,} 处", f" … {more:,} more") if more > 0 else None
    where = (" ", tag("small", view.listed(places), rest)) if places else None
    return tag("li", view.words(notice.message), where)


def rejected(view: View) -> Html | None:
    found, say = view.report.rejected, view.say
    if not found:
        return None
    counted = say("读得出的金额仍计入累计。", "what amounts could be read count in the totals.")
    note = say("这些行未判断", "These rows were not judged")
    note += say("；", "; ") + counted if view.policy.totals else say("。", ".")
    return _listed(view, "rejected", note, [fault for row in found for fault in row.faults])


def faults(view: View) -> Html | None:
    """The cells of rows that were judged by what else they say."""
    read = view.report.read
    found = [fault for at, faults in read.faults.items() if at not in read.refused for fault in faults]
    if not found:
        return None
    note = view.say(
        "这些格的内容未读懂，按缺少该项数据处理；各行仍按其余各栏检查。",
        "What these cells hold was not understood and counts as missing; their rows were judged by all else.",
    )
    return _listed(view, "faults", note, found)


def _listed(view: View, section: str, note: str, found: Sequence[CellFault]) -> Html:
    """A table of cells, each with its place and what is wrong with it."""
    say = view.say
    heads = (say("位置", "place"), say("栏", "column"), say("原值", "value"), say("原因", "why"))
    cells = (
        tag(
            "tr",
            tag("td", view.place(fault.origin)),
            tag("td", view.column(fault.column)),
            tag("td", fault.value),
            tag("td", view.words(fault.why)),
        )
        for fault in found[:ROWS]
    )
    rows = within(cells, ROOM)
    head = tag("thead", tag("tr", (tag("th", text, scope="col") for text in heads)))
    return view.section(
        section,
        tag("p", note, class_="note"),
        tag("div", tag("table", head, tag("tbody", rows)), class_="scroll", tabindex=0),
        view.cut_off(len(found) - len(rows), "格", "cells"),
    )
