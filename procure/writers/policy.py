"""A policy as a table that a council could sign: bands, duties, totals, limits, evidence and questions, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from procure.interpretation.sources import cited
from procure.log.columns import Column
from procure.log.ready import READY
from procure.policy import notation
from procure.policy.declarations import Duty, Holds, Ladder, Total
from procure.policy.limits import leaves
from procure.policy.policy import Policy
from procure.values.faults import names
from procure.values.tables import asks
from procure.values.words import Lang, Words


def dumps(policy: Policy, lang: Lang = "zh") -> str:
    """The whole policy, for a person to read and sign."""
    return "\n".join([*Shown(policy, lang).lines(), ""])


#: What the format has words for, as a table in Chinese says it.
_CHINESE = {
    "highest": "最高的一档", "lowest": "最低的一档", "upper": "上一档", "lower": "下一档", "rows": "笔数",
    "year": "全年", "year so far": "年内至本笔", "always": "不限期间", "always so far": "历来至本笔",
    "money": "金额", "date": "日期", "count": "个数", "word": "词", "name": "名称", "yes-no": "是否", "text": "文字",
}  # fmt: skip
_LENGTHS = ((re.compile(r"(\d+) months? back"), r"前 \1 个月"), (re.compile(r"(\d+) days? back"), r"前 \1 天"),
            (re.compile(r"(\d+) days?"), r"\1 天"))  # fmt: skip


class Shown:
    """What a policy declares, in words of one language. In Chinese it is told by titles and in words of the language,
    unless it is `as_written`."""

    def __init__(self, policy: Policy, lang: Lang, as_written: bool = False) -> None:
        self.policy: Policy = policy
        self.lang: Lang = lang
        self._told = lang == "zh" and not as_written
        limits = {name: each[0].title for name, each in policy.limits.items() if each[0].title}
        columns = policy.built.columns
        titles = {name: column.label for name, column in columns.items()} | limits
        # Ladders and totals mean the column of the amount by this name, whatever it is called.
        titles["amount"] = columns[policy.built.amount].label
        self._titles = {name: title.say(lang) for name, title in titles.items()}
        each = "|".join(map(re.escape, sorted(self._titles, key=len, reverse=True)))
        self._names = re.compile(rf"(?<![\w-])({each})(?![\w-])")

    def say(self, zh: str, en: str) -> str:
        return Words(zh, en).say(self.lang)

    def lines(self) -> Iterator[str]:
        yield from self._head()
        for id, ladder in self.policy.ladders.items():
            yield from self._ladder(id, ladder)
        yield from self._section(self.say("义务", "Duties"), self._duties())
        yield from self._section(self.say("累计", "Totals"), self._totals())
        yield from self._section(self.say("限额与名单", "Limits and lists"), self._given())
        yield from self._section(self.say("台账须有的栏", "What the log has to show"), self._evidence())
        yield from self._section(self.say("原文未明之处", "What the text leaves open"), self._questions())
        yield from ("", self.say("签署：________________  日期：________", "Signed: ________________  Date: ________"))

    def _section(self, heading: str, lines: Iterable[str]) -> Iterator[str]:
        each = list(lines)
        while each and not each[-1]:
            each.pop()
        if each:
            yield from ("", f"## {heading}", "", *each)

    def _head(self) -> Iterator[str]:
        policy = self.policy
        yield f"# {policy.title.say(self.lang)}"
        yield ""
        since, until = policy.in_force.since, policy.in_force.until
        period = self.say(
            f"有效期：{since or '未写明'} 至 {until or '未写明'}",
            f"in force: {since or 'not stated'} to {until or 'not stated'}",
        )
        year = self.say(f"预算年度自 {policy.year} 起", f"budget year from {policy.year}")
        yield " · ".join([policy.id, policy.currency, period, year])
        yield policy.passage.origin.say(self.lang)

    # -- bands and duties ----------------------------------------------------------------------------------------------

    def _ladder(self, id: str, ladder: Ladder) -> Iterator[str]:
        yield from ("", f"## {self.say('分档：', 'Bands: ')}{id}", "")
        measures = self.value(ladder.measures)
        binds = self.value(ladder.binds)
        yield self.say(f"分档依据：{measures}；取：{binds}", f"measured: {measures}; binds: {binds}")
        if ladder.when:
            yield self.say("适用于：", "applies where: ") + self.condition(ladder.when)
        if ladder.unless:
            yield self.say("不问其义务：", "no duty is due where: ") + self.condition(ladder.unless)
        if ladder.edge is not None:
            yield self.say("“|”处归：", "the number at a `|`: ") + self.value(ladder.edge)
        yield ""
        heads = self.say("档 区间 义务 条款", "Band Range Duties Clause").split()
        yield f"| {' | '.join(heads)} |"
        yield f"|{'---|' * len(heads)}"
        for band in ladder.bands:
            duties = self._asked(band.duties, self._duties_of) or "-"
            each = band.id, self.value(band.range), duties, self.quoted(band.clause)
            yield f"| {' | '.join(cell.replace('|', '¦') for cell in each)} |"

    def _duties_of(self, ids: Sequence[Any]) -> str:
        """The duties of a band: in Chinese by their titles."""
        known = self.policy.duties if self._told else {}
        each = [self._asked(id, lambda one: self._title(known[one]) if one in known else one) for id in ids]
        return self.say("；", ", ").join(each)

    def _title(self, duty: Duty) -> str:
        return (duty.title or duty.required).say(self.lang)

    def _duties(self) -> Iterator[str]:
        for id, duty in self.policy.duties.items():
            yield f"**{self._title(duty)}** ({id})"
            yield f"- {self.say('要求：', 'asked: ')}{duty.required.say(self.lang)}"
            yield f"- {self.say('条款：', 'clause: ')}{self.quoted(duty.clause)}"
            yield from self._conditions_of(duty)
            yield ""

    def _conditions_of(self, duty: Duty) -> Iterator[str]:
        if duty.when is not None:
            yield f"- {self.say('应履行：', 'due where: ')}{self.condition(duty.when)}"
        if duty.only_if:
            yield f"- {self.say('仅在读法：', 'a duty only under: ')}{self.answers(duty.only_if)}"
        if duty.unless:
            yield f"- {self.say('不必履行：', 'not due where: ')}{self.condition(duty.unless)}"
        met_by = duty.met_by if isinstance(duty.met_by, (list, tuple)) else [duty.met_by]
        if not met_by:
            yield f"- {self.say('禁止', 'prohibited')}"
        for way in met_by:
            yield f"- {self.say('履行方式：', 'met by: ')}{self.condition(way)}"

    def quoted(self, quote: Any) -> str:
        """The clauses that a quote, or each of a list, names; nothing where there is none."""
        return " ".join(cited(self.policy.clauses(quote)).say(self.lang).split())

    # -- totals, limits, lists, columns, questions ---------------------------------------------------------------------

    def _totals(self) -> Iterator[str]:
        for id, total in self.policy.totals.items():
            yield f"- **{id}**: {self.total(total)}"

    def total(self, total: Total) -> str:
        parts = [f"{self.say('累计', 'sums')} {self.value(total.sum)}", self.value(total.window)]
        if total.by:
            parts.append(f"{self.say('按', 'by')} {self.value(total.by)}")
        if total.counts:
            parts.append(f"{self.say('计入：', 'counting ')}{self.condition(total.counts)}")
        if total.itself is not True:
            parts.append(f"{self.say('计本笔：', 'with itself: ')}{self.value(total.itself)}")
        if total.clause is not None:
            parts.append(self.quoted(total.clause))
        return self.say("；", "; ").join(parts)

    def _given(self) -> Iterator[str]:
        for name, numbers in self.policy.limits.items():
            for entry in numbers:
                title = (entry.title or Words(name, name)).say(self.lang)
                since = "" if entry.since is None else self.say(f"，自 {entry.since} 起", f", from {entry.since}")
                number = self.say("由使用者给出", "given by the user") if entry.given else self.number(entry)
                cites = "" if entry.cites is None else f" ({entry.cites.words.say(self.lang)})"
                quoted = "" if entry.clause is None else f" {self.quoted(entry.clause)}"
                yield f"- **{title}** ({name}{since}): {number}{cites}{quoted}"
        for name, declared in self.policy.lists.items():
            title = (declared.title or Words(name, name)).say(self.lang)
            entries_ = (
                self.say("由使用者给出", "given by the user") if declared.given else str(len(declared.rows or ()))
            )
            yield f"- **{title}** ({name}, {self.say('名单', 'a list')}): {entries_}"

    def number(self, entry: Any) -> str:
        if asks(entry.value):
            return self.value(entry.value)
        each = leaves(entry.value, len(entry.dimensions))
        return self.say("；", "; ").join(
            " ".join([*(word for word in words if word), self.value(number)]) for words, number in each
        )

    def _evidence(self) -> Iterator[str]:
        for name, column in self.policy.built.columns.items():
            if isinstance(column.derived, Holds):
                yield f"- **{self._label(column)}**: {self.condition(column.derived.condition)}"
                continue
            heads = self.say("、", ", ").join(dict.fromkeys(each for tier in column.headers[:1] for each in tier[:4]))
            yield f"- **{self._label(column)}** ({name}, {self.text(column.type)}): {heads}"

    def _label(self, column: Column) -> str:
        return column.label.say(self.lang)

    def _questions(self) -> Iterator[str]:
        for question in self.policy.questions:
            yield f"- **{question.id}**: {question.question.say(self.lang)}"
            for reading in question.readings:
                adopted = self.policy.adopted.get(question.id) == reading.id
                mark = self.say("（采用）", " (adopted)") if adopted else ""
                if not mark and reading.id == question.recommended:
                    mark = self.say("（建议）", " (recommended)")
                yield f"  - {reading.id}{mark}: {reading.meaning.say(self.lang)}"

    # -- conditions in words -------------------------------------------------------------------------------------------

    def condition(self, value: Any) -> str:
        if isinstance(value, Mapping) and not asks(value):
            return self.say("，且", " and ").join(self._entry(name, each) for name, each in value.items()) or self.say(
                "总是", "always"
            )
        if isinstance(value, (list, tuple)):
            return self.say("；或 ", "; or ").join(map(self.condition, value)) or self.say("从不", "never")
        return self._asked(value, self.condition)

    def _entry(self, name: str, value: Any) -> str:
        if name == "only-if":
            return self.say(f"读法为 {self.answers(value)}", f"under {self.answers(value)}")
        column = self.policy.built.columns.get(name) or READY.get(name)
        label = name if column is None else self._label(column)
        return f"{label} {self._asked(value, lambda each: self._said(column, each))}"

    def _said(self, column: Column | None, value: Any) -> str:
        if isinstance(value, (list, tuple)):
            each = [self._said(column, one) for one in value]
            return "= " + self.say("或", " or ").join(one.removeprefix("= ") for one in each)
        if value == "present":
            return self.say("有", "on record")
        if value == "absent":
            return self.say("无", "none on record")
        if column is not None and isinstance(value, str) and value in column.canonical:
            return f"= {column.shown(value).say(self.lang)}"
        if column is not None and column.type == "count" and (beside := notation.odd(str(value))) is not None:
            also = f"{self.say('，且 ', ' and ')}{self._said(column, beside)}" if beside else ""
            return f"{self.say('为单数', 'odd')}{also}"
        signed = isinstance(value, str) and value[:1] in "<>=[(|"
        # A word or a name of the log stands as it is.
        return self.value(value) if signed else f"= {value if isinstance(value, str) else self.value(value)}"

    def answers(self, only_if: Mapping[str, Any]) -> str:
        return ", ".join(f"{question}={', '.join(names(reading))}" for question, reading in only_if.items())

    def _asked(self, value: Any, say: Any) -> str:
        """A value, or what it is under each reading of the question that chooses it."""
        if not asks(value):
            return str(say(value))
        each = [(reading, self._asked(one, say)) for reading, one in value.items() if reading != "ask"]
        if self._told:
            return f"按 {value['ask']} 的读法（{'；'.join(f'{reading}：{said}' for reading, said in each)}）"
        return f"{value['ask']}? {{{'; '.join(f'{reading}: {said}' for reading, said in each)}}}"

    def text(self, text: str) -> str:
        """A text of the file that names things: in Chinese they are called by their titles."""
        if not self._told:
            return text
        if text in _CHINESE:
            return _CHINESE[text]
        for length, said in _LENGTHS:
            text = length.sub(said, text)
        return self._names.sub(lambda found: self._titles[found[0]], text)

    def value(self, value: Any) -> str:
        if isinstance(value, Mapping) and not asks(value):
            return ", ".join(f"{key}: {self.value(each)}" for key, each in value.items())
        if isinstance(value, (list, tuple)):
            return ("、" if self._told else ", ").join(map(self.value, value))
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bool):
            return self.say("是" if value else "否", "yes" if value else "no")
        if isinstance(value, (int, Decimal)):
            return f"{value:,}"
        return self._asked(value, str if not isinstance(value, Mapping) else self.value)
