"""How the totals of the year ran: a step chart for each that reaches a cut, the purchase that takes it there named."""

from __future__ import annotations

from collections.abc import Sequence

from procure import amounts
from procure.phrases import shown_sum
from procure.writers.page.accounts import Crossing, Cut, Run
from procure.writers.page.drawing import drawing
from procure.writers.page.markup import Html, tag
from procure.writers.page.view import View

#: How many charts a page has.
DRAWN = 24
_SIGNS = "①②③④⑤⑥⑦⑧⑨"


def charts(view: View, found: Sequence[Run]) -> Html | None:
    if not found:
        return None
    return view.section(
        "charts",
        tag(
            "p",
            view.say(
                "同一单位、同一品目的年度累计（按现行读法），及其达到各档分界的那一笔。累计跨档不等于“化整为零”。",
                "What one unit bought of one category in the year (working readings), and the purchase with which "
                "that reached a cut between tiers. Reaching one is not “splitting”.",
            ),
            class_="note",
        ),
        tag("div", (_figure(view, run, number) for number, run in enumerate(found[:DRAWN], 1)), class_="charts"),
        view.cut_off(len(found) - DRAWN, "个累计达到分界，未画出", "totals that reach a cut are not drawn"),
    )


def _figure(view: View, run: Run, number: int) -> Html:
    name = " · ".join(filter(None, (run.unit, run.category, str(run.year))))
    marks = _marks(run)
    told = [_told(view, run, mark) for mark in marks]
    total = view.words(shown_sum(run.last))
    whole = view.say(f"全年 {len(run.points)} 笔，共 {total}", f"{len(run.points)} purchases in the year, {total}")
    return tag(
        "figure",
        tag("figcaption", tag("h3", name), tag("p", whole)),
        drawing(
            view,
            run,
            [mark[0] for mark in marks],
            name,
            " ".join([whole, *told]),
            [_cut(view, run, cut) for cut in run.cuts],
        ),
        tag(
            "ol", (tag("li", tag("span", sign), line) for sign, line in zip(_SIGNS, told, strict=False)), class_="marks"
        ),
        id=f"chart-{number}",
    )


def _marks(run: Run) -> list[list[Crossing]]:
    """The crossings, those of one purchase together."""
    marks: dict[tuple[int, bool], list[Crossing]] = {}
    for crossing in run.crossings:
        marks.setdefault((id(crossing.point), crossing.surely), []).append(crossing)
    return list(marks.values())


def _told(view: View, run: Run, mark: Sequence[Crossing]) -> str:
    point, surely = mark[0].point, mark[0].surely
    purchase = point.purchase
    fen = view.say("金额未载明", "amount not stated") if purchase.fen is None else amounts.shown(purchase.fen)
    which = "  ".join(filter(None, (str(point.date), view.place(purchase.origin), purchase.id, fen)))
    if not surely:
        reaches = view.say("可能达到", "may reach")
    elif point.total.exact:
        reaches = view.say("达到", "reaches")
    else:
        reaches = view.say("至迟此笔达到", "reaches, here at the latest,")
    total, cuts = view.words(shown_sum(point.total)), view.listed(_cut(view, run, each.cut) for each in mark)
    return view.say(f"{which}：累计 {total}，{reaches} {cuts}", f"{which}: total {total} {reaches} {cuts}")


def _cut(view: View, run: Run, cut: Cut) -> str:
    """The amount of a cut; for which kinds, where another holds for others of this total."""
    shown = amounts.shown(cut.fen)
    if cut.kinds == run.kinds:
        return shown
    kinds = view.listed(view.words(kind.words) for kind in cut.kinds)
    return view.say(f"{shown}（{kinds}）", f"{shown} ({kinds})")
