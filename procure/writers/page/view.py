"""What every part of the page shares: the report, its language, and how places and sums are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from procure import amounts
from procure.findings import Finding
from procure.phrases import COLUMN_NAMES
from procure.policy import Policy
from procure.readings import Ambiguity
from procure.records import Origin
from procure.report import Report
from procure.rules import Ruling
from procure.words import Lang, Words
from procure.writers.page.markup import Html, join, tag

_TITLES = {
    "summary": Words("总览", "Summary"),
    "findings": Words("逐笔结论", "Findings"),
    "charts": Words("年度累计", "Totals of the year"),
    "reasons": Words("理由", "Reasons"),
    "rejected": Words("未能读取", "Could not be read"),
    "notices": Words("说明", "Notices"),
    "passage": Words("制度原文", "Text of the policy"),
    "questions": Words("制度文字的疑问", "Open questions"),
}


@attrs.frozen(slots=False)
class View:
    report: Report
    lang: Lang

    @property
    def policy(self) -> Policy:
        return self.report.policy

    @cached_property
    def alone(self) -> bool:
        """Whether all rows are of one table, so that a row number says where one stood."""
        return len({(row.origin.file, row.origin.sheet) for row in self.report.log.rows}) == 1

    @cached_property
    def _rules(self) -> dict[str, int]:
        return {rule.id: number for number, rule in enumerate(self.policy.rules, 1)}

    @cached_property
    def questions(self) -> dict[str, int]:
        """The number of each question, by which the passage and the findings point to it."""
        return {a.id: number for number, a in enumerate((*self.policy.asked, *self.policy.not_asked), 1)}

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def words(self, words: Words) -> str:
        return words.say(self.lang)

    def listed(self, names: Iterable[str]) -> str:
        return self.say("、", ", ").join(names)

    def place(self, origin: Origin) -> str:
        """File, sheet and row; the row alone where there is but one table."""
        if self.alone and origin.row is not None:
            return self.say(f"第{origin.row}行", f"row {origin.row}")
        return str(origin)

    def column(self, column: str) -> str:
        return self.words(COLUMN_NAMES[column]) if column in COLUMN_NAMES else column

    def data(self, columns: Sequence[str]) -> str:
        """The columns that would decide."""
        names = [self.column(column) for column in columns]
        return self.say("、".join(f"“{name}”" for name in names), " + ".join(names)) or self.say(
            "多项数据", "several data"
        )

    def sum(self, findings: Iterable[Finding]) -> str:
        return amounts.shown(sum(finding.purchase.fen or 0 for finding in findings))

    @cached_property
    def tiers(self) -> dict[str, str]:
        """The name of each tier, where it is that of the rule that governs it."""
        return {rule.id: self.words(rule.title) for rule in self.policy.rules}

    def number(self, rule: Ruling) -> int:
        return self._rules[rule.id]

    def rule(self, rule: Ruling) -> Html:
        """The name of a rule, pointing to its clause."""
        return tag("a", self.words(rule.title), href=f"#rule-{self.number(rule)}")

    def question(self, ambiguity: Ambiguity, answer: str | None = None) -> Html:
        """The name of a question, pointing to it; with one of its answers."""
        name = ambiguity.id if answer is None else f"{ambiguity.id}={answer}"
        return tag("a", tag("code", name), href=f"#question-{self.questions[ambiguity.id]}")

    def title(self, name: str) -> str:
        return self.words(_TITLES[name])

    def section(self, name: str, *parts: Html | None) -> Html:
        return tag(
            "section", tag("h2", self.title(name), id=f"{name}-title"), *parts, id=name, aria_labelledby=f"{name}-title"
        )

    def cut_off(self, more: int, unit_zh: str, unit_en: str) -> Html | None:
        if more <= 0:
            return None
        return tag("p", self.say(f"…… 另有 {more} {unit_zh}", f"… {more} more {unit_en}"), class_="note")


def definitions(*pairs: tuple[str, Html | str | None]) -> Html:
    """A list of terms, without those of which there is nothing to say."""
    return tag("dl", *(join(tag("dt", term), tag("dd", told)) for term, told in pairs if told))
