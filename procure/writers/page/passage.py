"""The text of the policy, with the clauses of the rules and the words that raise a question marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from procure.policy.encoded import encoded
from procure.writers import encoding
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.view import View


@attrs.frozen
class Mark:
    """A span of the text: what it is marked as, and the anchors that stand at its beginning."""

    start: int
    end: int
    class_: str
    anchor: str | None = None


def passage(view: View) -> Html:
    return view.section(
        "passage",
        tag(
            "p",
            _legend(view),
            class_="note",
        ),
        tag("blockquote", *_pieces(view), class_="passage", lang=view.html_lang),
        tag("p", view.words(view.policy.passage.origin), class_="note"),
        *_encoded(view),
        _rules(view),
    )


def _encoded(view: View) -> Iterator[Html]:
    """How much of the text the rules encode, and the words that they do not."""
    found = encoded(view.policy)
    yield tag("p", view.words(encoding.share(found)), class_="note")
    if found.left:
        yield tag("ul", (tag("li", words) for words in encoding.left(found)), class_="note")


def _legend(view: View) -> str:
    if not view.questions:
        return view.say("底色为规则所据条款。", "Shaded: the clauses of the rules.")
    return view.say(
        "底色为规则所据条款，虚下划线为有疑问的文字，方括号内为问题编号。",
        "Shaded: the clauses of the rules. Dotted underlines: words that raise a question, whose number "
        "follows in brackets.",
    )


def _rules(view: View) -> Html:
    """Each rule, its duty in words, and a way to its clause."""
    return tag(
        "ol",
        (
            tag(
                "li",
                tag("a", tag("b", view.words(rule.title)), href=f"#rule-{view.number(rule)}"),
                view.say("：", ": "),
                view.words(rule.required),
            )
            for rule in view.plan.rules
        ),
        class_="rules",
    )


def _pieces(view: View) -> Iterator[Html]:
    """The text cut at every end of a mark: each piece carries all the marks that cover it, so that none crosses
    another."""
    text, marks = view.policy.passage.text, _marks(view)
    numbers = _numbers(view)
    ends = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    for start, end in pairwise(ends):
        covering = [mark for mark in marks if mark.start <= start and end <= mark.end]
        yield _piece(text[start:end], [mark for mark in covering if mark.class_ == "question"], covering, start)
        if end in numbers:
            yield tag("sup", "[", join(_joined(numbers[end])), "]")


def _piece(text: str, questions: Sequence[Mark], covering: Sequence[Mark], start: int) -> Html:
    piece = tag("span", text, class_=f"question deep-{min(len(questions), 3)}") if questions else join(text)
    for mark in covering:
        if mark.class_ == "clause":
            anchor = mark.anchor if mark.start == start else None
            piece = tag("mark", piece, id=anchor)
    return piece


def _joined(numbers: Sequence[int]) -> Iterator[Html]:
    for at, number in enumerate(numbers):
        yield join("," if at else None, tag("a", number, href=f"#question-{number}"))


def _marks(view: View) -> list[Mark]:
    plan = view.plan
    clauses = [
        Mark(clause.start, clause.end, "clause", f"rule-{view.number(rule)}" if n == 0 else None)
        for rule in plan.rules
        for n, clause in enumerate(rule.clauses)
    ]
    asked = (*plan.asked, *plan.not_asked)
    return [*clauses, *(Mark(span.start, span.end, "question") for a in asked for span in a.spans)]


def _numbers(view: View) -> dict[int, list[int]]:
    """The numbers of the questions, by where the words that raise them end."""
    numbers: dict[int, list[int]] = {}
    for ambiguity in (*view.plan.asked, *view.plan.not_asked):
        for end in sorted({span.end for span in ambiguity.spans}):
            numbers.setdefault(end, []).append(view.questions[ambiguity.id])
    return numbers
