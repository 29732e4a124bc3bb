"""The findings: a table that reads and prints as it stands, and that the script sorts, filters and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from procure import amounts
from procure.findings import Finding
from procure.judge import Breach
from procure.ledger import Account, at
from procure.phrases import breach_message, shown_sum
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.reasons import Reason, reason
from procure.writers.page.standing import Standing, certain, standing
from procure.writers.page.view import View

#: How many rows a page holds besides those that want attention, which are all listed.
LISTED = 5_000


@attrs.frozen
class Listed:
    """The findings in their order, the gravest first, and the numbers of what they point to."""

    findings: Sequence[Finding]
    reasons: Mapping[Reason, int]
    #: The number of the chart that shows an account.
    charts: Mapping[Account, int]


def findings(view: View, listed: Listed) -> Html:
    attention = sum(standing(finding).attention for finding in listed.findings)
    count = max(attention, LISTED)
    return view.section(
        "findings",
        _controls(view),
        tag(
            "table",
            _head(view),
            *(_body(view, listed, finding) for finding in listed.findings[:count]),
            class_="findings",
        ),
        _pages(view),
        _left_out(view, listed.findings[count:]),
    )


def _pages(view: View) -> Html:
    back, on = view.say("上一页", "back"), view.say("下一页", "next")
    return tag("nav", class_="pages", hidden=True, aria_label=view.say("翻页", "pages"), data_back=back, data_on=on)


def _left_out(view: View, rest: Sequence[Finding]) -> Html | None:
    if not rest:
        return None
    counts = {each: sum(standing(finding) is each for finding in rest) for each in Standing}
    told = view.listed(f"{view.words(each.words)} {count:,}" for each, count in counts.items() if count)
    return tag(
        "p",
        view.say(
            f"须注意的均已列出；另有 {len(rest):,} 笔未列出（{told}），见 .xlsx 或 .csv 报告。",
            f"All that want attention are listed. {len(rest):,} others are not ({told}): "
            "a report written as .xlsx or .csv has them.",
        ),
        class_="note",
    )


def _controls(view: View) -> Html:
    say = view.say
    standings = [("attention", say("须注意的", "wanting attention")), ("", say("全部", "all"))]
    standings += [(each.value, view.words(each.words)) for each in Standing]
    certainties = [("", say("全部", "all")), ("settled", _certainty(view, True)), ("disputed", _certainty(view, False))]
    rules = [("", say("全部", "all"))]
    rules += [(str(view.number(rule)), view.words(rule.title)) for rule in view.policy.rules]
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
    return tag("label", label, tag("select", (tag("option", told, value=value) for value, told in options), name=name))


def _certainty(view: View, settled: bool) -> str:
    return view.say("各读法一致", "settled") if settled else view.say("有争议", "disputed")


def _head(view: View) -> Html:
    say = view.say
    heads = (
        ("", say("位置", "place")),
        ("", say("日期", "date")),
        ("", say("单位", "unit")),
        ("", say("品目与内容", "category, item")),
        ("number", say("单次金额", "amount")),
        ("number", say("年度累计", "accumulated")),
        ("number", say("档次", "tier")),
        ("number", say("结论", "verdict")),
        ("", say("规则", "rules")),
    )
    cells = (
        tag("th", told, scope="col", data_sort=sort or "text", class_="n" if 4 <= at <= 5 else None)
        for at, (sort, told) in enumerate(heads)
    )
    return tag("thead", tag("tr", cells))


def _body(view: View, listed: Listed, finding: Finding) -> Html:
    purchase, found, settled = finding.purchase, standing(finding), certain(finding)
    told = finding.told()
    certainty = None if settled is None else _certainty(view, settled)
    category = tag("b", purchase.category) if purchase.category else None
    row = tag(
        "tr",
        tag("td", tag("b", view.place(purchase.origin)), tag("i", purchase.id) if purchase.id else None),
        tag("td", None if purchase.date is None else purchase.date.isoformat()),
        tag("td", purchase.unit),
        tag("td", category, tag("i", purchase.item) if purchase.item else None),
        tag("td", None if purchase.fen is None else amounts.shown(purchase.fen), class_="n"),
        tag("td", _total(view, listed, finding), class_="n"),
        _tier(view, finding),
        tag(
            "td",
            tag("b", view.words(found.words), class_=f"badge {found.value}"),
            tag("i", certainty) if certainty else None,
            data_k=_ORDER[found] * 2 + (settled is False),
        ),
        tag("td", (tag("span", view.rule(breach.rule)) for breach in told)),
    )
    return tag(
        "tbody",
        row,
        _why(view, listed, finding),
        data_v=found.value,
        data_s=None if settled is None else "settled" if settled else "disputed",
        data_r=" ".join(str(view.number(breach.rule)) for breach in told) or None,
    )


_ORDER = {each: rank for rank, each in enumerate(Standing)}


def _total(view: View, listed: Listed, finding: Finding) -> Html | str | None:
    measure = view.report.posted_by.working_measure
    if measure is None:
        return None
    said = view.words(shown_sum(finding.accumulated))
    posting = at(finding.posted, measure.level)
    if posting is not None:
        chart = listed.charts.get(posting[0])
        outside = view.say("（本笔不计入）", "(itself not counted)") if finding.counted is False else None
        total = said if chart is None else tag("a", said, href=f"#chart-{chart}")
        return join(total, tag("i", outside) if outside else None)
    return said


def _tier(view: View, finding: Finding) -> Html:
    tiers = finding.tiers
    ends = [view.tiers.get(tier, tier) for tier in dict.fromkeys((*tiers[:1], *tiers[-1:]))]
    rank = view.policy.tiers.index(tiers[0]) if tiers else None
    return tag("td", view.say("至", " to ").join(ends), data_k=rank)


def _why(view: View, listed: Listed, finding: Finding) -> Html | None:
    """What was required and what was done; opened, the reason, which the script brings from its section."""
    why = reason(finding)
    if why is None:
        return None
    number = listed.reasons[why]
    messages = [message(view, finding, breach) for breach in finding.told()]
    opened = tag("a", view.say(f"理由 {number}", f"reason {number}"), href=f"#reason-{number}")
    line = " · ".join(messages) or view.say("取决于读法", "turns on a reading")
    return tag("tr", tag("td", tag("details", tag("summary", line), tag("p", opened)), colspan=9), class_="why")


def message(view: View, finding: Finding, breach: Breach) -> str:
    """What a rule required and what was done, and how far that is a breach."""
    signs = {
        True: "",
        False: view.say("若改读法：", "under another reading, "),
        None: view.say("可能：", "perhaps: "),
    }
    return signs[breach.working] + view.words(breach_message(finding, breach))
