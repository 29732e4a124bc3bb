"""The open questions: their readings and support, what turns on each on this log, and which to ask first."""

from __future__ import annotations

from collections.abc import Mapping

from procure.interpretation.readings import Ambiguity, Reading
from procure.reporting.impact import Impact, Stake, Tally
from procure.writers.ambiguities import TREATMENTS
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.view import View


def questions(view: View) -> Html | None:
    if not view.questions:
        return None
    impact = view.report.impact()
    stakes = {stake.ambiguity.id: stake for stake in impact.stakes}
    unasked = view.plan.not_asked
    return view.section(
        "questions",
        _order(view, impact),
        tag("h3", view.say("逐个问题", "Question by question"), class_="part") if view.plan.asked else None,
        *(_asked(view, ambiguity, stakes) for ambiguity in view.plan.asked),
        tag("h3", view.say("本次未问的问题", "Not asked"), class_="part") if unasked else None,
        *(_article(view, ambiguity, None) for ambiguity in unasked),
    )


def _tally(view: View, tally: Tally) -> str:
    unread = tally.unread
    more = view.say(f"（{unread:,} 笔金额未知）", f" ({unread:,} of unknown amount)") if unread else ""
    shown = view.money(tally.minor)
    return view.say(f"{tally.purchases:,} 笔 {shown}{more}", f"{tally.purchases:,}, {shown}{more}")


def _order(view: View, impact: Impact) -> Html | None:
    """Which question to ask first."""
    if not impact.order:
        return None
    say, disputed = view.say, _tally(view, impact.disputed)
    return join(
        tag("h3", say("先问哪个", "Which to ask first"), class_="part"),
        tag(
            "p",
            say(
                f"有争议 {disputed}，先问能确定金额最多的；答复与默认口径不同的，采用后须重算。",
                f"Disputed: {disputed}. First what settles most money; after an answer other than the working "
                "reading, adopt it and check again.",
            ),
            class_="note",
        ),
        tag("div", tag("table", *_steps(view, impact), class_="order"), class_="scroll", tabindex=0),
    )


def _steps(view: View, impact: Impact) -> tuple[Html, Html]:
    """The head and the body of the table of what to ask."""
    say = view.say
    heads = (say("次序", "order"), say("问题=默认口径", "question=working reading"))
    sums = (say("经确认可定", "settles if confirmed"), say("尚余争议", "leaves disputed"))
    head = tag(
        "tr",
        (tag("th", head, scope="col") for head in heads),
        (tag("th", head, scope="col", class_="n") for head in sums),
    )
    rows = (
        tag(
            "tr",
            tag("td", number),
            tag("td", view.question(step.ambiguity, step.reading)),
            tag("td", _tally(view, step.settles), class_="n"),
            tag("td", _tally(view, step.left), class_="n"),
        )
        for number, step in enumerate(impact.order, 1)
    )
    return tag("thead", head), tag("tbody", rows)


def _asked(view: View, ambiguity: Ambiguity, stakes: Mapping[str, Stake]) -> Html:
    stake = stakes.get(ambiguity.id)
    if stake is None:
        return _article(view, ambiguity, view.say("已采用，不再有争议。", "Adopted: no longer in doubt."))
    alone, together = _tally(view, stake.alone), _tally(view, stake.together)
    if not (stake.alone.purchases or stake.together.purchases):
        return _article(view, ambiguity, view.say("本台账无一笔取决于此。", "Nothing on this log turns on it."))
    return _article(
        view,
        ambiguity,
        view.say(
            f"单独改答即改变结论：{alone}；连同其他问题改答才改变：{together}。",
            f"Turning on it alone: {alone}; only together with other questions: {together}.",
        ),
    )


def _article(view: View, ambiguity: Ambiguity, impact: str | None) -> Html:
    say, number = view.say, view.questions[ambiguity.id]
    spans = dict.fromkeys(span.text for span in ambiguity.spans)
    treatment = view.words(TREATMENTS[ambiguity.treatment.value])
    entries = view.listed(ambiguity.entries)
    return tag(
        "article",
        tag("h4", tag("span", f"[{number}] "), tag("code", ambiguity.id), " ", tag("small", entries, " ", treatment)),
        tag("p", (tag("q", span, lang=view.html_lang) for span in spans), class_="spans"),
        tag("p", tag("strong", view.words(ambiguity.question))),
        tag("p", impact, class_="impact") if impact else None,
        tag("ul", (_reading(view, ambiguity, reading) for reading in ambiguity.readings), class_="readings"),
        tag("p", say("理由：", "Why: "), view.words(ambiguity.why), class_="note"),
        tag("p", say("处理：", "Treatment: "), view.words(ambiguity.because), class_="note")
        if ambiguity in view.plan.not_asked and ambiguity.because
        else None,
        id=f"question-{number}",
        class_="ambiguity",
    )


def _reading(view: View, ambiguity: Ambiguity, reading: Reading) -> Html:
    say = view.say
    mark = None
    if view.policy.adopted.get(ambiguity.id) == reading.id:
        mark = tag("b", say("采用", "adopted"), class_="badge working")
    elif view.plan.working.get(ambiguity.id, ambiguity.recommended) == reading.id:
        mark = tag("b", say("默认", "working"), class_="badge working")
    support = [tag("li", view.words(citation.words)) for citation in reading.support]
    return tag(
        "li",
        tag("code", reading.id),
        " ",
        mark,
        " ",
        view.words(reading.meaning),
        tag("details", tag("summary", say("依据", "support")), tag("ul", support)) if support else None,
    )
