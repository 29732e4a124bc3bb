"""The reasons: the clause that is breached, what the verdict turns on, and what is missing. Findings with the same
reason share it, so that a page of thousands of findings says each only once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from procure.engines.findings import Finding
from procure.policy.rules import Ruling
from procure.reporting.digest import Flip
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.standing import StandingKind, kind
from procure.writers.page.view import View


@attrs.frozen
class Reason:
    kind: StandingKind
    settled: bool
    #: Each rule that bears on the verdict, and whether it is breached under the working readings.
    rules: tuple[tuple[str, bool | None], ...]
    flips: tuple[Flip, ...]
    missing: tuple[str, ...]


def reason(finding: Finding) -> Reason | None:
    """None of a purchase of which there is nothing to say."""
    rules = tuple((breach.rule.id, breach.working) for breach in finding.relevant)
    if not rules and not finding.flips and not finding.missing:
        return None
    flips = tuple(tuple(flip.items()) for flip in finding.flips)
    return Reason(kind(finding), finding.settled, rules, flips, finding.missing)


def numbered(findings: Iterable[Finding]) -> Mapping[Reason, int]:
    """The reasons of findings in their order, counted from 1."""
    distinct = dict.fromkeys(found for found in map(reason, findings) if found is not None)
    return {each: number for number, each in enumerate(distinct, 1)}


def reasons(view: View, findings: Iterable[Finding], numbers: Mapping[Reason, int]) -> Html | None:
    """A section with each reason, and how many findings and how much money rest on it."""
    if not numbers:
        return None
    counts: Counter[Reason] = Counter()
    sums: Counter[Reason] = Counter()
    for finding in findings:
        why = reason(finding)
        if why is not None:
            counts[why] += 1
            sums[why] += finding.purchase.minor or 0
    return view.section(
        "reasons",
        tag(
            "p",
            view.say(
                "每笔采购的结论，理由如下；理由相同的采购列在一起。",
                "Why each finding is what it is. Findings with the same reason share it.",
            ),
            class_="note",
        ),
        tag(
            "div",
            (_article(view, why, number, counts[why], sums[why]) for why, number in numbers.items()),
            class_="reasons",
        ),
    )


def _article(view: View, why: Reason, number: int, count: int, minor: int) -> Html:
    money = view.money(minor)
    return tag(
        "article",
        tag(
            "h3",
            view.say(f"理由 {number}", f"Reason {number}"),
            " ",
            tag("span", view.words(why.kind.words), class_=f"badge {why.kind.value}"),
            " ",
            tag("small", view.say(f"{count:,} 笔，{money}", f"{count:,}, {money}")),
        ),
        tag("div", _rules(view, why), _missing(view, why), _turns(view, why), class_="because"),
        id=f"reason-{number}",
    )


def _rules(view: View, why: Reason) -> Html:
    by_id: Mapping[str, Ruling] = {rule.id: rule for rule in view.plan.rules}
    perhaps = view.say("可能不符合：", "perhaps breached: ")
    elsewhere = view.say("换一种读法即不符合：", "breached under another reading: ")
    signs = {True: view.say("不符合：", "breached: "), False: elsewhere, None: perhaps}
    return join(
        (
            tag("p", signs[working], view.rule(by_id[rule])),
            *(tag("blockquote", clause.text, lang=view.html_lang) for clause in by_id[rule].clauses),
        )
        for rule, working in why.rules
    )


def _turns(view: View, why: Reason) -> Html | None:
    if not why.flips:
        if why.kind is not StandingKind.VIOLATION or not view.plan.asked:
            return None
        return tag("p", view.say("所问各种读法下结论一致。", "The same under every reading asked."))
    one = len(why.flips) == 1
    head = (
        view.say("改为下列读法，结论即变：", "Another verdict under this reading:")
        if one
        else view.say("改为下列任一读法，结论即变：", "Another verdict under any one of these:")
    )
    return join(tag("p", head), tag("ul", (tag("li", _flip(view, flip)) for flip in why.flips)))


def _flip(view: View, flip: Flip) -> Html:
    parts: list[Html] = []
    for question, answer in flip:
        asked = view.plan.questions[question]
        meaning = next(reading.meaning for reading in asked.readings if reading.id == answer)
        said = view.say(f"：{asked.question.zh}——{meaning.zh}", f": {asked.question.en} {meaning.en}")
        parts.append(join(view.say(" 且 ", " and ") if parts else None, view.question(asked, answer), said))
    return join(parts)


def _missing(view: View, why: Reason) -> Html | None:
    if not why.missing:
        return None
    names = view.listed(view.column(column) for column in why.missing)
    return tag("p", view.say("可判断所需数据：", "Data that would decide: "), tag("strong", names))
