"""The summary: how many purchases and how much money stands where, the totals against the bands, what to do next."""

from __future__ import annotations

from procure.reporting.groups import Group
from procure.reporting.reconciling import sentence
from procure.reporting.standing import MEANINGS, NAMES, Standing
from procure.reporting.totals import AccountTotal
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.remarks import noticed
from procure.writers.page.standing import StandingKind, of_standing
from procure.writers.page.view import View
from procure.writers.text import CARDS
from procure.writers.totals import columns, shown

_SIGNS = "①②③④⑤"
#: How many causes of cells not understood the summary has room for, and how many totals the page.
_MOST_CAUSES, TOTALS = 20, 100


def summary(view: View) -> Html:
    return view.section("summary", *counted(view))


def counted(view: View) -> tuple[Html | None, ...]:
    """The groups, what to do next, and what is missing: what a notebook shows, too."""
    return (
        tag("ul", _groups(view), class_="groups"),
        join(tag("p", view.words(sentence(each)), class_="note") for each in view.report.reconciliation),
        _tasks(view),
        _left_open(view),
        join(_missing(view)),
        _causes(view),
    )


def _tasks(view: View) -> Html | None:
    """What to do next."""
    if not view.digest.tasks:
        return None
    items = (
        tag("li", view.words(task.words), " ", tag("small", view.words(task.how)) if task.how else None)
        for task in view.digest.tasks
    )
    return join(tag("h3", view.say("下一步", "What to do next"), class_="part"), tag("ol", items, class_="tasks"))


def totals(view: View) -> Html | None:
    """The totals against the bands, the most money first."""
    accounts = view.digest.totals
    if not accounts:
        return None
    held = [column for column in columns(view.plan) if any(column.cell(each) is not None for each in accounts)]
    number = {"purchases", "sum", "next", "distance", "findings"}
    classes = ["n" if column.name in number else None for column in held]
    head = (tag("th", view.words(each.title), scope="col", class_=of) for each, of in zip(held, classes, strict=True))

    def row(account: AccountTotal) -> Html:
        cells = (shown(view.plan, column.cell(account), view.lang) for column in held)
        return tag("tr", (tag("td", cell, class_=of) for cell, of in zip(cells, classes, strict=True)))

    rows = map(row, accounts[:TOTALS])
    return view.section(
        "totals",
        tag("div", tag("table", tag("thead", tag("tr", head)), tag("tbody", rows)), class_="scroll", tabindex=0),
        view.cut_off(
            len(accounts) - TOTALS, "个累计，见 .xlsx 的“累计”表", "totals: the sheet “totals” of .xlsx has them"
        ),
    )


def _causes(view: View) -> Html:
    """What was not understood, each cause once."""
    causes = view.digest.causes
    items = (tag("li", view.words(notice.message)) for notice in causes[:_MOST_CAUSES])
    return join(
        tag("ul", items, class_="note") if causes else None, view.cut_off(len(causes) - _MOST_CAUSES, "项", "causes")
    )


def _left_open(view: View) -> Html | None:
    """What the gaps of the log leave open, the most verdicts first."""
    found = view.digest.gaps
    return tag("ul", (noticed(view, notice) for notice in found)) if found else None


def _groups(view: View) -> tuple[Html, ...]:
    groups, coverage = view.digest.groups, view.digest.coverage
    cards = [_group(view, f"{sign} {{}}", each, groups[each]) for sign, each in zip(_SIGNS, CARDS, strict=True)]
    if coverage.others:
        why = view.say("；", "; ").join(f"{view.words(words)} {count:,}" for words, count in coverage.others)
        rows = coverage.rows - coverage.judged
        minor = view.digest.every.minor - sum(groups[each].minor for each in CARDS)
        name = view.say("－ 未判断、未读取", "– not judged, not read")
        cards.append(_card(view, StandingKind.NOT_APPLICABLE, name, rows, minor, why))
    return tuple(cards)


def _group(view: View, name: str, standing: Standing, group: Group) -> Html:
    gloss = view.words(MEANINGS[standing])
    if standing is Standing.COMPLIANT:
        sure = group.sure
        gloss = view.say(f"其中各种读法下都符合 {sure:,} 笔", f"{sure:,} of them under every reading")
    called = name.format(view.words(NAMES[standing]))
    return _card(view, of_standing(standing), called, len(group), group.minor, gloss)


def _card(view: View, kind: StandingKind, name: str, count: int, minor: int, gloss: str) -> Html:
    return tag(
        "li",
        tag("span", name, class_="name"),
        tag("b", f"{count:,}", tag("small", view.say(" 笔", "")), class_="count"),
        tag("span", view.money(minor), class_="sum"),
        tag("span", gloss, class_="gloss"),
        class_=kind.value,
    )


def _missing(view: View) -> Html | None:
    if not view.digest.missing:
        return None
    items = [
        view.say(f"补{view.data(missing)}可判断 {len(found):,} 笔", f"{view.data(missing)} would decide {len(found):,}")
        for missing, found in view.digest.missing
    ]
    return tag("p", view.say("④ 所缺数据：", "④ Missing data: "), view.say("；", "; ").join(items), class_="note")
