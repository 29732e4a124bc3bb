"""What every part of the page shares: the report, its language, and how places and sums are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from procure.engines.sums import Summed
from procure.interpretation.readings import Ambiguity
from procure.log.records import Origin
from procure.log.rows import Row
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.policy.rules import Ruling
from procure.policy.totals import Measure
from procure.reporting.digest import Digest
from procure.reporting.phrases import column_name, quoted, shown_sum
from procure.reporting.report import Report
from procure.values.words import Lang, Words
from procure.writers.page.markup import Html, html_lang, join, tag

_TITLES = {
    "summary": Words("总览", "Summary"),
    "totals": Words("累计与分档", "Totals against the bands"),
    "findings": Words("逐笔结论", "Findings"),
    "charts": Words("年度累计", "Totals of the year"),
    "reasons": Words("理由", "Reasons"),
    "rejected": Words("未能读取", "Could not be read"),
    "faults": Words("未读懂的格", "Cells not understood"),
    "notices": Words("说明", "Notices"),
    "passage": Words("制度原文", "Text of the policy"),
    "receipt": Words("检查依据", "What this was judged by"),
    "questions": Words("制度文字的疑问", "Open questions"),
}


@attrs.frozen(slots=False)
class View:
    report: Report
    lang: Lang

    @property
    def policy(self) -> Policy:
        return self.report.policy

    @property
    def plan(self) -> Plan:
        return self.report.plan

    @property
    def html_lang(self) -> str:
        """The language of the policy's text, as a page names it."""
        return html_lang(self.policy.language)

    @property
    def digest(self) -> Digest:
        return self.report.digest

    @cached_property
    def _rules(self) -> dict[str, int]:
        return {rule.id: number for number, rule in enumerate(self.plan.rules, 1)}

    @cached_property
    def questions(self) -> dict[str, int]:
        """The number of each question, by which the passage and the findings point to it."""
        return {a.id: number for number, a in enumerate((*self.plan.asked, *self.plan.not_asked), 1)}

    def say(self, zh: str, en: str) -> str:
        return Words(zh, en).say(self.lang)

    def words(self, words: Words) -> str:
        return words.say(self.lang)

    def listed(self, names: Iterable[str]) -> str:
        return self.say("、", ", ").join(names)

    def place(self, origin: Origin) -> str:
        return self.words(self.digest.place(origin))

    def column(self, column: str) -> str:
        """What a column or a limit is called."""
        return self.words(column_name(self.plan, column))

    def data(self, columns: Sequence[str]) -> str:
        """The columns that would decide."""
        names = quoted([column_name(self.plan, column) for column in columns])
        return self.words(names) or self.say("多项数据", "several data")

    def money(self, minor: int) -> str:
        return self.policy.money.shown(minor, self.policy.decimal)

    def amount(self, purchase: Row) -> str | None:
        """The amount of a purchase; None where it is not known."""
        minor = purchase.minor
        return None if minor is None else self.money(minor)

    def total(self, measure: Measure | None, total: Summed | None) -> str:
        return self.words(shown_sum(self.plan, measure, total))

    def year(self, year: int) -> str:
        """A budget year: of two calendar years if it is not one."""
        return str(year) if self.policy.year == "01-01" else f"{year}/{(year + 1) % 100:02d}"

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {rule.id: self.words(rule.title) for rule in self.plan.rules}

    def tiers(self, bands: Sequence[str]) -> str:
        """The bands that may bind, the lowest and the highest: each by its id, or the title of the rule of that id."""
        ends = dict.fromkeys((*bands[:1], *bands[-1:]))
        return self.say("至", " to ").join(self._titles.get(band, band) for band in ends)

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
        if name == "charts" and not all(measure.window.year for measure in self.plan.measures):
            return self.say("累计", "Totals")
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
    return tag("dl", *(join(tag("dt", term), tag("dd", value)) for term, value in pairs if value))
