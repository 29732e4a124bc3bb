"""What else a reader must know: notices on the log, and the rows that could not be read."""

from __future__ import annotations

from procure.findings import Notice
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
    heads = (say("位置", "place"), say("栏", "column"), say("原值", "value"), say("原因", "why"))
    rows = (
        tag(
            "tr",
            tag("td", view.place(row.origin)),
            tag("td", view.column(row.column)),
            tag("td", row.value),
            tag("td", view.words(row.why)),
        )
        for row in found[:ROWS]
    )
    return view.section(
        "rejected",
        tag(
            "p",
            say(
                "这些行没有判定；读得出的金额仍计入累计。",
                "These rows were not judged; what amounts could be read count in the totals.",
            ),
            class_="note",
        ),
        tag(
            "div",
            tag(
                "table",
                tag("thead", tag("tr", (tag("th", head, scope="col") for head in heads))),
                tag("tbody", rows),
            ),
            class_="scroll",
            tabindex=0,
        ),
        view.cut_off(len(found) - ROWS, "行", "rows"),
    )
