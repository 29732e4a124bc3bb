"""How the totals ran: a step chart for each account that reaches a cut, the purchase that takes it there named."""

from __future__ import annotations

from collections.abc import Sequence

from procure.engines.sums import Summed
from procure.policy.declarations import Head, Prefix
from procure.policy.totals import Measure, Window
from procure.reporting.phrases import shown_sum
from procure.values.words import Words
from procure.writers.page.accounts import Crossing, Cut, Run, drawn
from procure.writers.page.drawing import drawing
from procure.writers.page.markup import Html, tag
from procure.writers.page.view import View

#: How many charts a page has.
DRAWN = 24
_SIGNS = "①②③④⑤⑥⑦⑧⑨"


def charts(view: View, found: Sequence[Run]) -> Html | None:
    gauge = drawn(view.plan)
    if not found or gauge is None or gauge.measure is None:
        return None
    return view.section(
        "charts",
        tag("p", _note(view, gauge.measure), class_="note"),
        tag(
            "div",
            (_figure(view, gauge.measure, run, number) for number, run in enumerate(found[:DRAWN], 1)),
            class_="charts",
        ),
        view.cut_off(len(found) - DRAWN, "个累计达到分界，未画出", "totals that reach a cut are not drawn"),
    )


def _note(view: View, measure: Measure) -> str:
    """What is added up: which of the policy's totals, if it has several, and what its rows agree in."""
    several = len(view.plan.totals) > 1
    zh = f"累计 {measure.total}：" if several else ""
    en = f"The total {measure.total}. " if several else ""
    period, period_en = _period(measure.window)
    what, what_en = _agreeing(view, measure)
    reading, reading_en = ("（默认口径）", " (working readings)") if view.plan.asked else ("", "")
    return view.say(
        f"{zh}{what}{period}累计{reading}，及其达到各档分界的那一笔。累计跨档不等于“化整为零”。",
        f"{en}{what_en}{period_en}{reading_en}, and the purchase with which "
        "that reached a cut between tiers. Reaching one is not “splitting”.",
    )


def _period(window: Window) -> Words:
    if window.year:
        return Words("年度", " in the year")
    if window.months:
        return Words(f"近{window.months}个月", f" in {window.months} months")
    return Words(f"近{window.days}天", f" in {window.days} days") if window.days else Words("", "")


def _agreeing(view: View, measure: Measure) -> Words:
    """What the rows of a total agree in. Where it is what one unit buys of one category, it is said so."""
    columns, found = view.plan.built.columns, []
    for name in measure.grouping.by:
        column = columns[name]
        while column.title is None and isinstance(column.derived, (Head, Prefix)):
            column = columns[column.derived.column]
        found.append(column)
    if {"unit", "category"} <= {column.ready for column in found}:
        return Words("同一单位、同一品目的", "What one unit bought of one category")
    if not found:
        return Words("全部采购的", "What all purchases add up to")
    zh, en = "、".join(f"同一{c.label.zh}" for c in found), " and ".join(f"one {c.label.en}" for c in found)
    return Words(f"{zh}的", f"What adds up for {en}")


def _figure(view: View, measure: Measure, run: Run, number: int) -> Html:
    name = _name(view, measure, run)
    marks = _marks(run)
    lines = [_crossing(view, measure, run, mark) for mark in marks]
    whole = _whole(view, measure, run)
    return tag(
        "figure",
        tag("figcaption", tag("h3", name), tag("p", whole)),
        drawing(
            view,
            run,
            [mark[0] for mark in marks],
            name,
            " ".join([whole, *lines]),
            [_cut(view, measure, run, cut) for cut in run.cuts],
        ),
        tag(
            "ol",
            (tag("li", tag("span", sign), line) for sign, line in zip(_SIGNS, lines, strict=False)),
            class_="marks",
        ),
        id=f"chart-{number}",
    )


def _name(view: View, measure: Measure, run: Run) -> str:
    """What its rows agree in: whose they are, of what, and in which budget year."""
    *whose, what = (view.words(key) for key in run.keys) if run.keys else ("",)
    year = None if run.year is None else view.year(run.year)
    return " · ".join(filter(None, (" ".join(whose), what, year))) or measure.total


def _whole(view: View, measure: Measure, run: Run) -> str:
    total, count = view.total(measure, run.whole), len(run.points)
    if run.year is not None:
        return view.say(f"全年 {count} 笔，共 {total}", f"{count} purchases in the year, {total}")
    if measure.window.back:
        return view.say(f"{count} 笔，末笔时累计 {total}", f"{count} purchases, with the last of them {total}")
    return view.say(f"{count} 笔，共 {total}", f"{count} purchases, {total}")


def _marks(run: Run) -> list[list[Crossing]]:
    """The crossings, those of one purchase together."""
    marks: dict[tuple[int, bool], list[Crossing]] = {}
    for crossing in run.crossings:
        marks.setdefault((id(crossing.point), crossing.surely), []).append(crossing)
    return list(marks.values())


def _crossing(view: View, measure: Measure, run: Run, mark: Sequence[Crossing]) -> str:
    point, surely = mark[0].point, mark[0].surely
    purchase = point.purchase
    amount = view.amount(purchase) or view.say("金额未载明", "amount not stated")
    which = "  ".join(filter(None, (str(point.date), view.place(purchase.origin), purchase.id, amount)))
    if not surely:
        reaches = view.say("可能达到", "may reach")
    elif point.total.exact:
        reaches = view.say("达到", "reaches")
    else:
        reaches = view.say("至迟此笔达到", "reaches, here at the latest,")
    if not point.total.founded:
        cuts = view.listed(_cut(view, measure, run, each.cut) for each in mark)
        return view.say(
            f"{which}：累计无法确定，可能达到 {cuts}", f"{which}: the total is not known and may reach {cuts}"
        )
    total, cuts = view.total(measure, point.total), view.listed(_cut(view, measure, run, each.cut) for each in mark)
    return view.say(f"{which}：累计 {total}，{reaches} {cuts}", f"{which}: total {total} {reaches} {cuts}")


def _cut(view: View, measure: Measure, run: Run, cut: Cut) -> str:
    """The number of a cut; for what and from when to when it holds, where not for all of this total."""
    shown = view.words(shown_sum(view.plan, measure, Summed(cut.number, 0, 1, 0)))
    apart = []
    if cut.scenarios != run.scenarios:
        columns = [view.plan.built.columns[name] for name in view.plan.dimensions]
        for scenario in cut.scenarios:
            words = (view.words(column.shown(word)) for column, word in zip(columns, scenario, strict=True))
            apart.append(" ".join(words))
    if cut.since is not None:
        apart.append(view.say(f"{cut.since} 起", f"from {cut.since}"))
    if cut.until is not None:
        apart.append(view.say(f"至 {cut.until}", f"until {cut.until}"))
    lines = view.listed(apart)
    return view.say(f"{shown}（{lines}）", f"{shown} ({lines})") if lines else shown
