"""One finding on one sheet: the record of evidence that a unit answers and signs (取证单). It states facts, where they
stand, and the clause; what follows from them is for the auditor to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from procure.reporting.explain import Explanation
from procure.values.words import Lang, Words
from procure.writers import explain
from procure.writers.paper import Paper, Section

#: How many lines a part has room for, so that a finding stays on one sheet.
_MOST = 16
_ANSWER = (
    Words("意见：", "answer:"),
    Words("　", " "),
    Words("　", " "),
    Words(
        "附件张数：　　　　签字（盖章）：　　　　　　　　日期：",
        "attachments:        signature, stamp:                date:",
    ),
)


def paper(explanations: Sequence[Explanation], made_on: dt.date) -> Paper:
    """A sheet for each of the findings, which are of one report."""
    policy = explanations[0].finding.plan.policy
    title = Words(f"取证单：{policy.title.zh}", f"Record of evidence: {policy.title.en}")
    parts = [part for number, each in enumerate(explanations) for part in _parts(each, number > 0)]
    return Paper(title, policy.money, made_on, parts, policy.decimal, signed=True)


def _parts(explanation: Explanation, apart: bool) -> Iterator[Section]:
    yield Section(Words("事项", "The purchase"), _lines(explain.purchase, explanation), apart=apart)
    for title, lines in (
        (Words("累计及其各笔", "The totals, and the rows that make them up"), explain.totals),
        (Words("依据条款，应当怎样，台账所载", "The clause, what it asks, and what the log shows"), explain.rules),
        (Words("当时应有", "What was lacking"), explain.lacking),
        (Words("所涉问题及读法", "The questions named above, and their readings"), explain.questions),
    ):
        found = _lines(lines, explanation)
        if found:
            yield Section(title, found)
    yield Section(Words("证据提供单位意见", "The answer of the unit"), _ANSWER)


def _lines(lines: Callable[[Explanation, Lang], Iterator[str]], explanation: Explanation) -> list[Words]:
    """The lines of an explanation in both languages, as many as there is room for; the rest is counted."""
    both = zip(lines(explanation, "zh"), lines(explanation, "en"), strict=True)
    found = [Words(zh.strip(), en.strip()) for zh, en in both]
    more = len(found) - _MOST
    if more > 1:
        found[_MOST:] = [Words(f"另有 {more} 行，见 procure explain", f"{more} more lines: see procure explain")]
    return found
