"""The summary: how many purchases and how much money stands where, and what would decide the rest."""

from __future__ import annotations

from procure.reporting.digest import Group
from procure.reporting.standing import Standing
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.remarks import noticed
from procure.writers.page.standing import Kind
from procure.writers.page.view import View

_SIGNS = "①②③④⑤"
#: How many causes of cells not understood the summary has room for.
_MOST_CAUSES = 20


def summary(view: View) -> Html:
    return view.section("summary", *counted(view))


def counted(view: View) -> tuple[Html | None, ...]:
    """Rows, outcome, the five groups, and what is missing: what a notebook shows, too."""
    digest = view.digest
    rows = len(digest.every)
    others, rejected = (len(digest.groups[each]) for each in (Standing.NOT_APPLICABLE, Standing.REJECTED))
    counts = view.say(
        f"共 {rows:,} 行 = 判定 {digest.judged:,} + 不适用 {others:,} + 未能读取 {rejected:,}。",
        f"{rows:,} rows = {digest.judged:,} judged + {others:,} not applicable + {rejected:,} that could not be read. ",
    )
    return (
        tag("p", counts, tag("strong", _outcome(view)), class_="lead"),
        _left_open(view),
        tag("ul", _groups(view), class_="groups"),
        join(_missing(view)),
        _causes(view),
    )


def _causes(view: View) -> Html:
    """What was not understood, each cause once."""
    causes = view.digest.causes
    told = (tag("li", view.words(notice.message)) for notice in causes[:_MOST_CAUSES])
    return join(
        tag("ul", told, class_="note") if causes else None, view.cut_off(len(causes) - _MOST_CAUSES, "项", "causes")
    )


def _left_open(view: View) -> Html | None:
    """What the gaps of the log leave open, the most verdicts first."""
    found = view.digest.gaps
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
    groups, say = view.digest.groups, view.say
    compliant = groups[Standing.COMPLIANT]
    told = (
        (Standing.SETTLED, Kind.VIOLATION, say("确定违规", "settled violations"),
         say("所问各读法下均违反", "breached under every reading asked")),
        (Standing.DISPUTED, Kind.VIOLATION, say("有争议的违规", "disputed violations"),
         say("按现行读法违规，改读法可变", "under the working readings; another reading may change it")),
        (Standing.EXPOSED, Kind.EXPOSURE, say("风险提示", "exposures"),
         say("现行读法合规，改一个读法即违规", "compliant now, not so if one reading changes")),
        (Standing.UNKNOWN, Kind.UNKNOWN, say("缺数据，不能判定", "cannot tell for want of data"),
         say("补上数据即可判定", "what is missing would decide")),
        (Standing.COMPLIANT, Kind.COMPLIANT, say("合规", "compliant"),
         say(f"其中各读法下均合规 {compliant.sure:,} 笔", f"{compliant.sure:,} of them under every reading")),
    )  # fmt: skip
    return tuple(
        _group(view, f"{sign} {name}", kind, groups[standing], gloss)
        for sign, (standing, kind, name, gloss) in zip(_SIGNS, told, strict=True)
    )


def _group(view: View, name: str, kind: Kind, group: Group, gloss: str) -> Html:
    return tag(
        "li",
        tag("span", name, class_="name"),
        tag("b", f"{len(group):,}", tag("small", view.say(" 笔", "")), class_="count"),
        tag("span", view.money(group.minor), class_="sum"),
        tag("span", gloss, class_="gloss"),
        class_=kind.value,
    )


def _missing(view: View) -> Html | None:
    if not view.digest.missing:
        return None
    told = [
        view.say(f"补{view.data(missing)}可定 {len(found):,} 笔", f"{view.data(missing)} would decide {len(found):,}")
        for missing, found in view.digest.missing
    ]
    return tag("p", view.say("④ 所缺数据：", "④ Missing data: "), view.say("；", "; ").join(told), class_="note")
