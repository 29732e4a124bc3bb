"""The findings: a table that reads and prints as it stands, and that the script sorts, filters and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from procure.engines.findings import Finding
from procure.engines.judge import Breach
from procure.policy.totals import Measure
from procure.reporting.phrases import breach_message
from procure.reporting.standing import ATTENTION, certain, standing
from procure.writers.page.columns import PageColumn, PageColumns, certainty_words
from procure.writers.page.markup import Html, tag, within
from procure.writers.page.reasons import Reason, reason
from procure.writers.page.standing import StandingKind, kind
from procure.writers.page.view import View

#: How many rows a page holds, the gravest first, and how many bytes they may take, so that it stays below five
#: megabytes; and how many of them go to paper.
LISTED, ROOM, PRINTED = 2_500, 3_300_000, 250


@attrs.frozen
class FindingList:
    """The findings in their order, the gravest first, and the numbers of what they point to."""

    findings: Sequence[Finding]
    reasons: Mapping[Reason, int]
    #: The measure that the charts draw, and the number of the chart that shows an account of it.
    drawn: Measure | None
    charts: Mapping[Any, int]


def findings(view: View, listed: FindingList) -> Html:
    columns = PageColumns(view, listed.drawn, listed.charts).all()
    bodies = within((_body(view, listed, columns, finding) for finding in listed.findings[:LISTED]), ROOM)
    return view.section(
        "findings",
        _controls(view),
        tag(
            "table",
            tag("thead", tag("tr", (column.th() for column in columns))),
            *bodies,
            class_="findings",
        ),
        _pages(view),
        _left_out(view, listed.findings[len(bodies) :]),
        _on_paper(view, listed.findings, min(PRINTED, len(bodies))),
    )


def _pages(view: View) -> Html:
    back, on = view.say("上一页", "back"), view.say("下一页", "next")
    return tag("nav", class_="pages", hidden=True, aria_label=view.say("翻页", "pages"), data_back=back, data_on=on)


def _left_out(view: View, rest: Sequence[Finding]) -> Html | None:
    if not rest:
        return None
    shown = _counted(view, rest)
    return tag(
        "p",
        view.say(
            f"另有 {len(rest):,} 笔未列出（{shown}），见 .xlsx 或 .csv 报告。",
            f"{len(rest):,} others are not listed ({shown}): a report written as .xlsx or .csv has them.",
        ),
        class_="note",
    )


def _on_paper(view: View, findings: Sequence[Finding], count: int) -> Html:
    """What paper leaves out, counted; of the first `count` findings it has those that want attention."""
    printed = [finding for finding in findings[:count] if standing(finding) in ATTENTION]
    rest = findings[len(printed) :]
    many, kinds = f"{len(rest):,}", _counted(view, rest)
    shown = view.say(f"另有 {many} 笔（{kinds}）、", f"{many} others ({kinds}), ")
    others = view.say(
        "图、制度原文、问题与理由未印，见网页或工作簿。",
        "charts, the text, questions and reasons are not printed: see the page.",
    )
    return tag("p", shown * bool(rest), others, class_="note printed")


def _counted(view: View, findings: Sequence[Finding]) -> str:
    counts = {each: sum(kind(finding) is each for finding in findings) for each in StandingKind}
    return view.listed(f"{view.words(each.words)} {count:,}" for each, count in counts.items() if count)


def _controls(view: View) -> Html:
    say = view.say
    standings = [("attention", say("须注意的", "wanting attention")), ("", say("全部", "all"))]
    standings += [(each.value, view.words(each.words)) for each in StandingKind]
    certainties = [
        ("", say("全部", "all")),
        ("settled", certainty_words(view, True)),
        ("disputed", certainty_words(view, False)),
    ]
    rules = [("", say("全部", "all"))]
    rules += [(str(view.number(rule)), view.words(rule.title)) for rule in view.plan.rules]
    return tag(
        "form",
        tag("label", say("查找", "find"), tag("input", type="search", name="text", autocomplete="off")),
        _select("standing", say("结论", "verdict"), standings),
        _select("certainty", say("确定性", "certainty"), certainties),
        _select("rule", say("规则", "rule"), rules),
        tag("output", data_none=say("没有符合条件的采购", "no finding matches"), data_of=say("共", "of")),
        class_="controls",
        hidden=True,
    )


def _select(name: str, label: str, options: Sequence[tuple[str, str]]) -> Html:
    return tag(
        "label", label, tag("select", (tag("option", shown, value=value) for value, shown in options), name=name)
    )


def _body(view: View, listed: FindingList, columns: Sequence[PageColumn], finding: Finding) -> Html:
    found, settled = kind(finding), certain(finding)
    return tag(
        "tbody",
        tag("tr", (column.td(finding) for column in columns)),
        _why(view, listed, finding, sum(column.there for column in columns)),
        data_v=found.value,
        data_s=None if settled is None else "settled" if settled else "disputed",
        data_r=" ".join(str(view.number(breach.rule)) for breach in finding.relevant) or None,
    )


def _why(view: View, listed: FindingList, finding: Finding, width: int) -> Html | None:
    """What was required and what was done; opened, the reason, which the script brings from its section."""
    why = reason(finding)
    if why is None:
        return None
    number = listed.reasons[why]
    messages = [message(view, finding, breach) for breach in finding.relevant]
    opened = tag("a", view.say(f"理由 {number}", f"reason {number}"), href=f"#reason-{number}")
    line = " · ".join(messages) or view.say("取决于读法", "turns on a reading")
    lacking = view.report.lacking(finding)
    lacked = () if lacking is None else (tag("p", view.words(words)) for words in lacking.words)
    shown = tag("details", tag("summary", line), *lacked, tag("p", opened))
    return tag("tr", tag("td", shown, colspan=width), class_="why")


def message(view: View, finding: Finding, breach: Breach) -> str:
    """What a rule required and what was done, and how far that is a breach."""
    signs = {
        True: "",
        False: view.say("若换一种读法：", "under another reading, "),
        None: view.say("可能：", "perhaps: "),
    }
    waiver = view.report.waived.of(finding, breach)
    waived = "" if waiver is None else view.say("；", "; ") + view.words(waiver.words)
    return signs[breach.working] + view.words(breach_message(finding, breach)) + waived
