"""The head of the page: the result first. Its end: by which policy, limits and readings, on which logs, and when."""

from __future__ import annotations

from procure.reporting.phrases import limit_words
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.view import View, definitions


def masthead(view: View) -> Html:
    """Whose log, what was found, how much of the log that covers; and before it what a reader must know first."""
    digest = view.digest
    return tag(
        "header",
        tag("p", view.say("采购检查报告", "Purchasing audit report"), class_="kind"),
        tag("h1", view.words(digest.title)),
        tag("p", view.words(view.report.aside), class_="warning") if view.report.aside else None,
        *said(view),
    )


def said(view: View) -> tuple[Html | None, ...]:
    """The first sentences, which a notebook shows too."""
    digest = view.digest
    return (
        tag("p", view.words(digest.lead), class_="warning") if digest.lead is not None else None,
        tag("p", tag("strong", view.words(digest.result)), class_="lead"),
        tag("p", view.words(digest.covered), class_="covered"),
    )


def receipt(view: View) -> Html:
    """By what it was judged: the policy and its text, limits, readings, logs, and when."""
    policy, say = view.policy, view.say
    return view.section(
        "receipt",
        definitions(
            (say("制度", "policy"), view.words(policy.title)),
            (say("检查日期", "checked on"), tag("time", view.report.checked_on.isoformat())),
            (say("制度文本", "text of the policy"), view.words(policy.passage.origin)),
            (say("文本 sha256", "sha256 of the text"), tag("code", policy.passage.sha256)),
            (say("限额", "limits"), _limits(view)),
            (say("已采用读法", "adopted readings"), _adopted(view)),
            (say("采用记录", "record of adoption"), _record(view)),
            (say("所问问题", "questions asked"), _asked(view)),
            (say("程序", "program"), view.words(view.report.receipt.words) if view.report.receipt else None),
        ),
        _logs(view),
    )


def _limits(view: View) -> str | None:
    """The limits that were given, each by its title; nothing where the policy leaves none to be given."""
    if not any(limit.is_given for limit in view.plan.built.limits.values()):
        return None
    limits = [view.words(words) for words in limit_words(view.policy)]
    return view.say("，", ", ").join(limits) or view.say("未给出", "not given")


def _adopted(view: View) -> Html | str | None:
    if not view.questions:
        return None
    adopted = [join(view.question(view.plan.questions[a], r), " ") for a, r in view.policy.adopted.items()]
    return join(adopted) if adopted else view.say("无", "none")


def _asked(view: View) -> str | None:
    if not view.questions:
        return None
    asked, count = len(view.plan.asked), len(view.plan.open)
    return view.say(
        f"{asked} 个问题，{count:,} 种解释一并检查",
        f"{asked} questions, {count:,} interpretations judged at once",
    )


def _record(view: View) -> Html | None:
    return join(tag("p", view.words(record.words)) for record in view.policy.adoptions)


def _logs(view: View) -> Html:
    say = view.say
    heads = [
        say("台账", "log"),
        say("行数", "rows"),
        say("金额", "amount"),
        say("已检查", "judged"),
        say("不适用", "not applicable"),
        say("未能读取", "could not be read"),
        say("疑点", "to confirm"),
    ]
    rows = []
    for file in view.digest.files:
        about = view.words(file.why) if file.why else file.mapping
        name = tag("th", file.file or "-", tag("small", " ", about) if about else None, _sha(file.sha256), scope="row")
        size = view.policy.money.shown(file.minor, view.policy.decimal)
        counts = (f"{n:,}" for n in (file.judged, file.not_applicable, file.rejected, file.findings))
        cells = (f"{file.rows:,}", size, *counts) if file.why is None else ("-",) * 6
        rows.append(tag("tr", name, (tag("td", cell, class_="n") for cell in cells)))
    head = tag("tr", (tag("th", head, scope="col", class_="n" if at else None) for at, head in enumerate(heads)))
    return tag("div", tag("table", tag("thead", head), tag("tbody", rows), class_="logs"), class_="scroll", tabindex=0)


def _sha(sha256: str | None) -> Html | None:
    return tag("code", f"sha256 {sha256}") if sha256 else None
