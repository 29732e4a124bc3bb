"""The summary: how many purchases and how much money stands where, and what would decide the rest."""

from __future__ import annotations

from collections.abc import Sequence

from procure.engines.findings import Finding
from procure.reporting.notices import CAUSES
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.remarks import noticed
from procure.writers.page.standing import Standing
from procure.writers.page.view import View

_SIGNS = "①②③④⑤"
#: How many causes of cells not understood the summary has room for.
_MOST_CAUSES = 20


def summary(view: View) -> Html:
    return view.section("summary", *counted(view))


def counted(view: View) -> tuple[Html | None, ...]:
    """Rows, outcome, the five groups, and what is missing: what a notebook shows, too."""
    report, say = view.report, view.say
    rows = len(report.purchases) + len(report.rejected)
    counts = say(
        f"共 {rows:,} 行 = 判定 {report.judged:,} + 不适用 {len(report.not_applicable):,} "
        f"+ 未能读取 {len(report.rejected):,}。",
        f"{rows:,} rows = {report.judged:,} judged + {len(report.not_applicable):,} not applicable "
        f"+ {len(report.rejected):,} that could not be read. ",
    )
    return (
        tag("p", counts, tag("strong", _outcome(view)), class_="lead"),
        _left_open(view),
        tag("ul", _groups(view), class_="groups"),
        join(_wanted(view)),
        _causes(view),
    )


def _causes(view: View) -> Html:
    """What was not understood, each cause once."""
    causes = [notice for notice in view.report.notices if notice.kind in CAUSES]
    told = (tag("li", view.words(notice.message)) for notice in causes[:_MOST_CAUSES])
    return join(
        tag("ul", told, class_="note") if causes else None, view.cut_off(len(causes) - _MOST_CAUSES, "项", "causes")
    )


def _left_open(view: View) -> Html | None:
    """What the gaps of the log leave open, the most verdicts first."""
    found = [notice for notice in view.report.notices if notice.kind == "leaves-open"]
    return tag("ul", (noticed(view, notice) for notice in found)) if found else None


def _outcome(view: View) -> str:
    status = view.report.exit_status
    told = {
        0: view.say("均已判定，均合规", "All were judged and are compliant"),
        1: view.say("有违规", "There are violations"),
        3: view.say(
            "未见违规，但有不能判定或未能读取的", "No violation, but something is unknown or could not be read"
        ),
    }[status]
    return view.say(f"结果：{told}（退出状态 {status}）。", f"{told} (exit status {status}).")


def _groups(view: View) -> tuple[Html, ...]:
    report, say = view.report, view.say
    settled = [f for f in report.violations if f.settled]
    disputed = [f for f in report.violations if not f.settled]
    rest = [f for f in report.compliant if not f.exposed]
    sure = sum(f.settled for f in rest)
    return (
        _group(
            view, 0, Standing.VIOLATION, say("确定违规", "settled violations"), settled,
            say("所问各读法下均违反", "breached under every reading asked"),
        ),
        _group(
            view, 1, Standing.VIOLATION, say("有争议的违规", "disputed violations"), disputed,
            say("按现行读法违规，改读法可变", "under the working readings; another reading may change it"),
        ),
        _group(
            view, 2, Standing.EXPOSURE, say("风险提示", "exposures"), report.exposures,
            say("现行读法合规，改一个读法即违规", "compliant now, not so if one reading changes"),
        ),
        _group(
            view, 3, Standing.UNKNOWN, say("缺数据，不能判定", "cannot tell for want of data"), report.unknown,
            say("补上数据即可判定", "what is missing would decide"),
        ),
        _group(
            view, 4, Standing.COMPLIANT, say("合规", "compliant"), rest,
            say(f"其中各读法下均合规 {sure:,} 笔", f"{sure:,} of them under every reading"),
        ),
    )  # fmt: skip


def _group(view: View, at: int, standing: Standing, name: str, findings: Sequence[Finding], gloss: str) -> Html:
    return tag(
        "li",
        tag("span", f"{_SIGNS[at]} {name}", class_="name"),
        tag("b", f"{len(findings):,}", tag("small", view.say(" 笔", "")), class_="count"),
        tag("span", view.sum(findings), class_="sum"),
        tag("span", gloss, class_="gloss"),
        class_=standing.value,
    )


def _wanted(view: View) -> Html | None:
    groups: dict[tuple[str, ...], int] = {}
    for finding in view.report.unknown:
        groups[finding.missing] = groups.get(finding.missing, 0) + 1
    if not groups:
        return None
    told = []
    for missing, count in sorted(groups.items(), key=lambda group: -group[1]):
        told.append(
            view.say(f"补{view.data(missing)}可定 {count:,} 笔", f"{view.data(missing)} would decide {count:,}")
        )
    return tag("p", view.say("④ 所缺数据：", "④ Missing data: "), view.say("；", "; ").join(told), class_="note")
