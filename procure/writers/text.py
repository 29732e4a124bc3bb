"""The text report, for a clerk: the summary first, then what to look at, the certain before the doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procure.engines.findings import Finding, Notice
from procure.interpretation.sources import cited
from procure.log.records import Origin
from procure.log.rows import CellFault
from procure.policy.encoded import encoded
from procure.policy.policy import Policy
from procure.reporting.digest import Group, bought
from procure.reporting.phrases import breach_message, column_name, flip_words, limit_words, shown_sum, total_name
from procure.reporting.report import Report
from procure.reporting.standing import Standing
from procure.values.words import Lang
from procure.writers import encoding

#: How many findings of one group are shown unless more are asked for.
SHOWN = 20
#: How many causes the first screen has room for.
_MOST_CAUSES = 12


def dumps(report: Report, lang: Lang = "zh", shown: int = SHOWN) -> str:
    """The report as text; at most `shown` findings of a group, 0 for all."""
    writer = _Writer(report, lang, shown or len(report.rows) + len(report.notices))
    return "\n".join([*writer.summary(), *writer.sections(), ""])


def basis(report: Report, lang: Lang) -> tuple[str, ...]:
    """What was judged, by what, and when: a line each, the title of the policy first."""
    writer = _Writer(report, lang, 0)
    title, *terms = writer.basis()
    return (title, *writer.aside(), *terms)


class _Writer:
    def __init__(self, report: Report, lang: Lang, shown: int) -> None:
        self.report = report
        self.policy: Policy = report.policy
        self.plan = report.plan
        self.lang: Lang = lang
        self.shown = shown
        self.digest = report.digest

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def summary(self) -> Iterator[str]:
        yield from self.aside()
        yield from self.basis()
        yield ""
        yield from self._counts()
        yield from self._left_open()
        yield from self._causes()
        unasked = [
            a.id + (f"（{'、'.join(a.entries)}）" if a.entries else "") * (self.lang == "zh")
            for a in self.plan.not_asked
        ]
        if unasked:
            yield self.say(
                f"本次未问的问题：{'、'.join(unasked)}（详见 procure ambiguities）。",
                f"Questions not asked: {', '.join(unasked)} (see `procure ambiguities`).",
            )
        found = encoded(self.policy)
        yield " ".join([encoding.share(found).say(self.lang), *encoding.left(found)])

    def aside(self) -> Iterator[str]:
        """The rows that were set aside, if there are any."""
        if self.report.aside:
            yield self.report.aside.say(self.lang)

    def _left_open(self) -> Iterator[str]:
        """What the gaps of the log leave open, the most verdicts first."""
        for notice in self.digest.gaps:
            yield f"{self.say('！', '! ')}{notice.message.say(self.lang)}{self._rows(notice)}"

    def basis(self) -> Iterator[str]:
        """What was judged, by what, and when."""
        sha256, date = self.policy.passage.sha256, self.report.checked_on
        yield self.policy.title.say(self.lang)
        if terms := self._terms():
            yield terms
        yield self.say(f"制度原文 sha256 {sha256}；检查日期 {date}。", f"passage sha256 {sha256}; checked on {date}.")
        yield from (record.words.say(self.lang) for record in self.policy.adoptions)
        for source in (source for source in self.report.read.sources if source.sha256):
            place = Origin(source.file, source.sheet)
            yield self.say(
                f"台账 {place}：{source.rows} 行，sha256 {source.sha256}",
                f"log {place}: {source.rows} rows, sha256 {source.sha256}",
            )

    def _counts(self) -> Iterator[str]:
        digest, say = self.digest, self.say
        settled, disputed, exposed, unknown, rejected, compliant, others = (digest.groups[each] for each in Standing)
        yield say(
            f"共{len(digest.every)}笔：判定{digest.judged}，不适用{len(others)}{self._unjudged()}，"
            f"未能读取{len(rejected)}。",
            f"{len(digest.every)} rows: {digest.judged} judged, {len(others)} not applicable"
            f"{self._unjudged()}, {len(rejected)} could not be read.",
        )
        yield say(
            f"① 确定违规 {len(settled)} 笔 {self._sum(settled)}（所问各读法下均违反）",
            f"(1) settled violations: {len(settled)}, {self._sum(settled)} (breached under every reading asked)",
        )
        yield say(
            f"② 按现行读法违规、有争议 {len(disputed)} 笔 {self._sum(disputed)}，按歧义分列",
            f"(2) disputed violations: {len(disputed)}, {self._sum(disputed)} "
            "(under the working readings; by ambiguity below)",
        )
        yield say(
            f"③ 风险提示 {len(exposed)} 笔 {self._sum(exposed)}（现行读法合规，改一个读法即违规）",
            f"(3) exposures: {len(exposed)}, {self._sum(exposed)} (compliant now, not so if one reading changes)",
        )
        counted = say(f"④ 缺数据 {len(unknown)} 笔", f"(4) cannot tell for want of data: {len(unknown)}")
        yield counted + self._missing()
        # Those that are compliant and exposed are never so under every reading.
        yield say(
            f"⑤ 合规 {len(compliant)} 笔（其中各读法下均合规 {compliant.sure} 笔）",
            f"(5) compliant: {len(compliant)} ({compliant.sure} under every reading)",
        )

    def _causes(self) -> Iterator[str]:
        """What was not understood stands here, where it is seen, and nowhere else."""
        causes = self.digest.causes
        for notice in causes[:_MOST_CAUSES]:
            yield notice.message.say(self.lang)
        if len(causes) > _MOST_CAUSES:
            more = len(causes) - _MOST_CAUSES
            yield self.say(f"未读懂的另有 {more} 项（见 --format json）", f"{more} more (see --format json)")

    def _unjudged(self) -> str:
        """How many are not applicable, and why."""
        why = self.digest.unjudged
        if not why:
            return ""
        return self.say(
            f"（{'；'.join(f'{words.zh} {count}' for words, count in why)}）",
            f" ({'; '.join(f'{words.en}: {count}' for words, count in why)})",
        )

    def _terms(self) -> str:
        """The limits given and the readings adopted; nothing of what the policy does not have."""
        say, told = self.say, []
        if any(limit.is_given for limit in self.policy.built.limits.values()):
            limits = say("；", "; ").join(words.say(self.lang) for words in limit_words(self.policy))
            told.append(say(f"限额：{limits or '未给出'}", f"limits: {limits or 'not given'}"))
        if self.policy.questions:
            adopted = say("，", ", ").join(f"{a}={r}" for a, r in self.policy.adopted.items())
            asked, count = len(self.plan.asked), len(self.plan.open)
            told.append(say(f"已采用读法：{adopted or '无'}", f"adopted: {adopted or 'none'}"))
            told.append(
                say(
                    f"所问 {asked} 个问题，{count} 种解释一并判定",
                    f"{asked} questions asked, {count} interpretations judged at once",
                )
            )
        return say("；", "; ").join(told) + say("。", ".") * bool(told)

    def _missing(self) -> str:
        groups = self.digest.missing
        if not groups:
            return ""
        return self.say(
            "：" + "；".join(f"补{self._columns(m)}可定 {len(f)} 笔" for m, f in groups),
            ": " + "; ".join(f"{self._columns(m)} would decide {len(f)}" for m, f in groups),
        )

    def _columns(self, columns: Sequence[str]) -> str:
        names = [column_name(self.plan, column).say(self.lang) for column in columns]
        return "、".join(f"“{name}”" for name in names) if self.lang == "zh" else " + ".join(names)

    def sections(self) -> Iterator[str]:
        digest, say = self.digest, self.say
        settled, disputed, exposed = (
            digest.findings(each) for each in (Standing.SETTLED, Standing.DISPUTED, Standing.EXPOSED)
        )
        yield from self._by_rule(say("① 确定违规", "(1) Settled violations"), settled)
        yield from self._by_flip(say("② 按现行读法违规、有争议", "(2) Disputed violations"), disputed)
        yield from self._by_flip(say("③ 风险提示", "(3) Exposures"), exposed)
        yield from self._by_column(say("④ 缺数据", "(4) Cannot tell"))
        yield from self._rejected()
        yield from self._notices()

    def _by_rule(self, title: str, findings: Sequence[Finding]) -> Iterator[str]:
        if not findings:
            return
        yield from ("", f"== {title} ==")
        for rule, found in self.digest.by_rule(findings):
            quoted = cited(rule.clauses)
            yield self.say(f"【{rule.title.zh}】{quoted.zh}", f"[{rule.title.en}] {quoted.en}")
            yield from self._items(found)

    def _by_flip(self, title: str, findings: Sequence[Finding]) -> Iterator[str]:
        if not findings:
            return
        yield from ("", f"== {title} ==")
        for flips, found in self.digest.by_flips(findings):
            if len(flips) == 1:
                yield self.say("【改为下列读法，结论即变】", "[another verdict under this reading]")
            else:
                yield self.say("【改为下列任一读法，结论即变】", "[another verdict under any one of these readings]")
            for flip in flips:
                yield f"  · {flip_words(self.plan, dict(flip)).say(self.lang)}"
            yield from self._items(found)

    def _by_column(self, title: str) -> Iterator[str]:
        if not self.digest.missing:
            return
        yield from ("", f"== {title} ==")
        for missing, found in self.digest.missing:
            columns = self._columns(missing)
            yield self.say(f"【补{columns}可定】", f"[{columns} would decide]")
            yield from self._items(found)

    def _items(self, findings: Sequence[Finding]) -> Iterator[str]:
        for finding in findings[: self.shown]:
            yield from self._item(finding)
        more = len(findings) - self.shown
        if more > 0:
            yield self.say(f"  …… 另有 {more} 笔（--show 0 全部列出）", f"  … {more} more (--show 0 lists all)")

    def _item(self, finding: Finding) -> Iterator[str]:
        purchase = finding.purchase
        yield "  ".join(["", self._place(purchase.origin), "  ".join(bought(purchase))])
        yield f"      {self._amounts(finding)}"
        perhaps = self.say("可能：", "perhaps: ")
        for breach in finding.relevant:
            title = breach.rule.title.say(self.lang) + self.say("：", ": ")
            message = breach_message(finding, breach).say(self.lang)
            yield f"      {perhaps if breach.working is None else ''}{title}{message}"
        lacking = self.report.lacking(finding)
        if lacking is not None:
            yield from (f"      {words.say(self.lang)}" for words in lacking.words)

    def _amounts(self, finding: Finding) -> str:
        minor = finding.purchase.minor
        told = [
            self.say("单次 ", "single ")
            + (self._money(minor) if minor is not None else self.say("未载明", "not stated"))
        ]
        for measure in self.plan.working_measures.values():
            outside = self.say("（本笔不计入）", " (itself not counted)") if finding.counts(measure) is False else ""
            total = shown_sum(self.plan, measure, finding.total(measure)).say(self.lang)
            told.append(f"{total_name(self.plan, measure).say(self.lang)} {total}{outside}")
        return self.say("，", ", ").join(told)

    def _money(self, minor: int) -> str:
        return self.policy.money.shown(minor, self.policy.decimal)

    def _sum(self, group: Group) -> str:
        return self._money(group.minor)

    def _place(self, origin: Origin) -> str:
        return self.digest.place(origin).say(self.lang)

    def _rejected(self) -> Iterator[str]:
        if not self.report.rejected:
            return
        yield from ("", self.say("== 未能读取 ==", "== Could not be read =="))
        for row in self.report.rejected[: self.shown]:
            why = [f"{self._column(fault)}{self.say('：', ': ')}{fault.why.say(self.lang)}" for fault in row.faults]
            yield f"  {self._place(row.origin)}  {self.say('；', '; ').join(why)}"
        more = len(self.report.rejected) - self.shown
        if more > 0:
            yield self.say(f"  …… 另有 {more} 行", f"  … {more} more")

    def _column(self, fault: CellFault) -> str:
        return column_name(self.plan, fault.column).say(self.lang)

    def _notices(self) -> Iterator[str]:
        # What the gaps leave open, and what was not understood, stand at the head already.
        notices = self.digest.remarks
        if not notices:
            return
        yield from ("", self.say("== 说明 ==", "== Notices =="))
        for notice in notices[: self.shown]:
            yield f"  {notice.message.say(self.lang)}{self._rows(notice)}"
        more = len(notices) - self.shown
        if more > 0:
            yield self.say(f"  …… 另有 {more} 条", f"  … {more} more")

    def _rows(self, notice: Notice) -> str:
        shown = [origin for origin in notice.origins[:8] if origin.row is not None]
        if not shown:
            return ""
        more = "…" if len(notice.origins) > len(shown) else ""
        if not self.digest.alone:
            places = ", ".join(map(str, shown))
            return self.say(f"（{places}{more}）", f" ({places}{more})")
        rows = [str(origin.row) for origin in shown]
        several = "rows" if len(notice.origins) > 1 else "row"
        return self.say(f"（第 {'、'.join(rows)}{more} 行）", f" ({several} {', '.join(rows)}{more})")
