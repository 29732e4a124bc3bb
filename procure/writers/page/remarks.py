"""What else a reader must know: notices on the log, and the rows that could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from procure.engines.findings import Notice
from procure.log.rows import Rejected
from procure.writers.page.markup import Html, tag
from procure.writers.page.view import View

#: How many notices, rows of a notice, and rejected rows are listed.
NOTICES, PLACES, ROWS = 200, 40, 2_000


def notices(view: View) -> Html | None:
    found = view.report.notices
    if not found:
        return None
    return view.section(
        "notices",
        tag("ul", (_notice(view, notice) for notice in found[:NOTICES])),
        view.cut_off(len(found) - NOTICES, "条", "notices"),
    )


def _notice(view: View, notice: Notice) -> Html:
    places = [view.place(origin) for origin in notice.origins[:PLACES]]
    more = len(notice.origins) - len(places)
    rest = view.say(f"……另 {more:,} 处", f" … {more:,} more") if more > 0 else None
    return tag("li", view.words(notice.message), tag("small", view.listed(places), rest) if places else None)


def rejected(view: View) -> Html | None:
    found, say = view.report.rejected, view.say
    if not found:
        return None
    counted = say("读得出的金额仍计入累计。", "what amounts could be read count in the totals.")
    note = say("这些行没有判定", "These rows were not judged")
    note += say("；", "; ") + counted if view.policy.totals else say("。", ".")
    return view.section(
        "rejected",
        tag("p", note, class_="note"),
        tag("div", tag("table", *_rows(view, found[:ROWS])), class_="scroll", tabindex=0),
        view.cut_off(len(found) - ROWS, "行", "rows"),
    )


def _rows(view: View, found: Sequence[Rejected]) -> tuple[Html, Html]:
    """The head and the body of the table of what could not be read."""
    say = view.say
    heads = (say("位置", "place"), say("栏", "column"), say("原值", "value"), say("原因", "why"))
    rows = (
        tag(
            "tr",
            tag("td", view.place(row.origin)),
            tag("td", view.column(row.column)),
            tag("td", row.value),
            tag("td", view.words(row.why)),
        )
        for row in found
    )
    return tag("thead", tag("tr", (tag("th", head, scope="col") for head in heads))), tag("tbody", rows)
