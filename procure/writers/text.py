"""The text report, for a clerk: the first screen, then what to look at, the certain before the doubtful."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from procure.engines.findings import Finding, Notice
from procure.interpretation.sources import cited
from procure.log.records import Origin
from procure.log.rows import CellFault
from procure.policy.encoded import encoded
from procure.policy.policy import Policy
from procure.reporting.digest import TableOutcome, bought
from procure.reporting.phrases import (
    breach_message,
    column_name,
    flip_words,
    limit_words,
    quoted,
    shown_sum,
    total_name,
)
from procure.reporting.reconciling import sentence
from procure.reporting.report import Report
from procure.reporting.standing import MEANINGS, NAMES, Standing
from procure.reporting.totals import AccountTotal
from procure.values.texts import display_width
from procure.values.words import Lang, Words
from procure.writers import encoding
from procure.writers.totals import TotalColumn, columns, shown

#: How many findings of one group are shown unless more are asked for.
SHOWN = 20
#: How many causes of cells not understood, and how many gaps, the first screen has room for.
_CAUSES, _GAPS = 12, 4
#: How many files the first screen shows.
_FILES = 4
#: How many totals the first screen shows, and how many a report.
_SCREEN, _TOTALS = 10, 20
#: The groups of the first screen, each with its number.
CARDS = (Standing.SETTLED, Standing.DISPUTED, Standing.EXPOSED, Standing.UNKNOWN, Standing.COMPLIANT)


def dumps(report: Report, lang: Lang = "zh", shown: int = SHOWN) -> str:
    """The whole report as text; at most `shown` findings of a group, 0 for all."""
    writer = _Writer(report, lang, shown or len(report.read) + len(report.notices))
    return "\n".join([*writer.first(_TOTALS if shown else len(report.read)), *writer.sections(), *writer.receipt(), ""])


def screen(report: Report, lang: Lang = "zh") -> str:
    """The first screen: the result, how far it reaches, the totals with most money, what to do next; in at most forty
    lines."""
    return "\n".join([*_Writer(report, lang, 0).first(_SCREEN), ""])


def written(report: Report, paths: Sequence[os.PathLike[str]], lang: Lang = "zh") -> str:
    """What is said where the report goes to files: the result, and where it is."""
    digest, say = report.digest, Words("已写入", "written to").say(lang)
    lead = [] if digest.lead is None else [digest.lead]
    parts = [words.say(lang) for words in (*lead, digest.result, digest.covered)]
    return "\n".join([*parts, *(f"{say} {os.fspath(path)}" for path in paths), ""])


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
        return Words(zh, en).say(self.lang)

    def words(self, words: Words) -> str:
        return words.say(self.lang)

    # -- the first screen --------------------------------------------------------------------------------------------

    def first(self, totals: int) -> Iterator[str]:
        digest = self.digest
        yield self.words(digest.title)
        yield from self.aside()
        if digest.lead is not None:
            yield self.say("！", "! ") + self.words(digest.lead)
        yield self.words(digest.result)
        yield self.words(digest.covered)
        short = totals == _SCREEN
        files = list(self._files(_FILES if short else len(digest.files)))
        yield from files
        # The first screen has forty lines.
        table = list(self._totals(totals - len(files) if short else totals))
        # Where the log lacks what would show how was bought, the totals are what can be shown.
        if digest.lacking:
            yield from table
        yield ""
        yield from self._cards()
        for each in self.report.reconciliation:
            yield self.say("对账：", "Reconciled: ") + self.words(sentence(each))
        yield from self._gaps()
        if not digest.lacking:
            yield from table
        yield from self._tasks()

    def aside(self) -> Iterator[str]:
        """The rows that were set aside, if there are any."""
        if self.report.aside:
            yield self.words(self.report.aside)

    def _cards(self) -> Iterator[str]:
        """How the rows came out: five groups, then those that were not judged."""
        for sign, each in enumerate(CARDS, 1):
            group = self.digest.groups[each]
            size, meaning = self._money(group.minor), self.words(MEANINGS[each])
            if each is Standing.COMPLIANT:
                meaning = self.say(
                    f"其中各种读法下都符合 {group.sure:,} 笔", f"{group.sure:,} of them under every reading"
                )
            name = self.words(NAMES[each])
            yield self.say(
                f"{'①②③④⑤'[sign - 1]} {name} {len(group):,} 笔 {size}（{meaning}）",
                f"({sign}) {name}: {len(group):,}, {size} ({meaning})",
            )
        others = self.digest.coverage.others
        count = sum(count for _, count in others)
        why = self.say(
            "；".join(f"{words.zh} {count:,}" for words, count in others),
            "; ".join(f"{words.en}: {count:,}" for words, count in others),
        )
        if count:
            yield self.say(
                f"－ 未判断 {count:,} 行（{why}）",
                f"(-) not judged: {'1 row' if count == 1 else f'{count:,} rows'} ({why})",
            )

    def _gaps(self) -> Iterator[str]:
        """What the gaps of the log leave open, the most verdicts first."""
        gaps = self.digest.gaps
        for notice in gaps[:_GAPS]:
            yield f"{self.say('！', '! ')}{self.words(notice.message)}{self._rows(notice)}"
        if len(gaps) > _GAPS:
            yield self.say(f"！另有 {len(gaps) - _GAPS} 项", f"! {len(gaps) - _GAPS} more")

    def _files(self, most: int) -> Iterator[str]:
        """Where there are several files, how each came out; those first that could not be read."""
        files = sorted(self.digest.files, key=lambda each: each.why is None)
        if len(files) < 2:
            return
        more = self.say(f"（共 {len(files)} 个，列 {most} 个）", f" ({most} of {len(files)})") * (len(files) > most)
        yield ""
        yield self.say("各文件", "Files") + more
        heads = (("文件", "file"), ("行数", "rows"), ("金额", "amount"), ("读入", "read"), ("已检查", "judged"),
                 ("疑点", "to confirm"), ("对应，或未读的原因", "mapping, or why it was not read"))  # fmt: skip
        lines = [[self.say(*head) for head in heads], *map(self._file, files[:most])]
        yield from _aligned([line if any(line[-1] for line in lines[1:]) else line[:-1] for line in lines])

    def _file(self, file: TableOutcome) -> list[str]:
        if file.why is not None:
            return [str(file.file), *["-"] * 5, self.words(file.why)]
        counts = (str(count) for count in (file.read, file.judged, file.findings))
        return [file.file or "-", str(file.rows), self._money(file.minor), *counts, file.mapping]

    def _totals(self, most: int) -> Iterator[str]:
        """The totals against the bands: the most money first."""
        accounts = self.digest.totals
        if not accounts:
            return
        more = len(accounts) - most
        count = len(accounts)
        of = self.say(f"（共 {count} 个，列金额最大的 {most} 个）", f" (the {most} of most money, of {count})")
        yield from ("", self.say("累计与分档", "Totals against the bands") + of * (more > 0))
        parts = [(self.words(column.title), [self._total(column, each) for each in accounts[:most]])
                for column in columns(self.plan) if column.name != "next"]  # fmt: skip
        # What no total has is not shown; nor is the worst band where it is the band.
        kept = [(title, cells) for title, cells in parts if any(cells)]
        yield from _aligned(list(zip(*([title, *cells] for title, cells in kept), strict=True)))

    def _total(self, column: TotalColumn, account: AccountTotal) -> str:
        same = column.name == "worst" and account.highest in account.bands[-1:]
        return "" if same else shown(self.plan, column.cell(account), self.lang)

    def _tasks(self) -> Iterator[str]:
        if not self.digest.tasks:
            return
        yield from ("", self.say("下一步", "What to do next"))
        for number, task in enumerate(self.digest.tasks, 1):
            how = "" if task.how is None else self.say(f"（{task.how.zh}）", f" ({task.how.en})")
            yield f"{number}. {self.words(task.words)}{how}"

    # -- the receipt -------------------------------------------------------------------------------------------------

    def receipt(self) -> Iterator[str]:
        yield from ("", self.say("== 检查依据 ==", "== What this was judged by =="))
        yield from self.basis()
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

    def basis(self) -> Iterator[str]:
        """What was judged, by what, and when."""
        sha256, date = self.policy.passage.sha256, self.report.checked_on
        yield self.policy.title.say(self.lang)
        if terms := self._terms():
            yield terms
        yield self.say(f"制度原文 sha256 {sha256}；检查日期 {date}。", f"passage sha256 {sha256}; checked on {date}.")
        if self.report.receipt is not None:
            yield self.words(self.report.receipt.words)
        yield from (record.words.say(self.lang) for record in self.policy.adoptions)
        for source in (source for source in self.report.read.sources if source.sha256):
            place = Origin(source.file, source.sheet)
            yield self.say(
                f"台账 {place}：{source.rows} 行，sha256 {source.sha256}",
                f"log {place}: {source.rows} rows, sha256 {source.sha256}",
            )

    def _terms(self) -> str:
        """The limits given and the readings adopted; nothing of what the policy does not have."""
        say, parts = self.say, []
        if any(limit.is_given for limit in self.policy.built.limits.values()):
            limits = say("；", "; ").join(words.say(self.lang) for words in limit_words(self.policy))
            parts.append(say(f"限额：{limits or '未给出'}", f"limits: {limits or 'not given'}"))
        if self.policy.questions:
            adopted = say("，", ", ").join(f"{a}={r}" for a, r in self.policy.adopted.items())
            asked, count = len(self.plan.asked), len(self.plan.open)
            parts.append(say(f"已采用读法：{adopted or '无'}", f"adopted: {adopted or 'none'}"))
            parts.append(
                say(
                    f"所问 {asked} 个问题，{count:,} 种解释一并检查",
                    f"{asked} questions asked, {count:,} interpretations judged at once",
                )
            )
        return say("；", "; ").join(parts) + say("。", ".") * bool(parts)

    # -- purchase by purchase ----------------------------------------------------------------------------------------

    def sections(self) -> Iterator[str]:
        digest = self.digest
        settled, disputed, exposed = (
            digest.findings(each) for each in (Standing.SETTLED, Standing.DISPUTED, Standing.EXPOSED)
        )
        yield from self._by_rule(self._title(Standing.SETTLED), settled)
        yield from self._by_flip(self._title(Standing.DISPUTED), disputed)
        yield from self._by_flip(self._title(Standing.EXPOSED), exposed)
        if not digest.lacking or len(digest.groups[Standing.UNKNOWN]) <= SHOWN:
            yield from self._by_column(self._title(Standing.UNKNOWN))
        yield from self._rejected()
        yield from self._causes()
        yield from self._corrections()
        yield from self._notices()

    def _title(self, standing: Standing) -> str:
        sign, name = CARDS.index(standing), self.words(NAMES[standing])
        return self.say(f"{'①②③④⑤'[sign]} {name}", f"({sign + 1}) {name}")

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
                yield self.say("【换成下列读法，结论即变】", "[another verdict under this reading]")
            else:
                yield self.say("【换成下列任一读法，结论即变】", "[another verdict under any one of these readings]")
            for flip in flips:
                yield f"  · {flip_words(self.plan, dict(flip)).say(self.lang)}"
            yield from self._items(found)

    def _by_column(self, title: str) -> Iterator[str]:
        if not self.digest.missing:
            return
        yield from ("", f"== {title} ==")
        for missing, found in self.digest.missing:
            names = quoted([column_name(self.plan, column) for column in missing])
            yield self.say(f"【补{names.zh}可判断】", f"[{names.en} would decide]")
            yield from self._items(found)

    def _items(self, findings: Sequence[Finding]) -> Iterator[str]:
        for finding in findings[: self.shown]:
            yield from self._item(finding)
        more = len(findings) - self.shown
        if more > 0:
            yield self.say(f"  …… 另有 {more} 笔（--all 全部列出）", f"  … {more} more (--all lists all)")

    def _item(self, finding: Finding) -> Iterator[str]:
        purchase = finding.purchase
        yield "  ".join(["", self._place(purchase.origin), "  ".join(bought(purchase))])
        yield f"      {self._amounts(finding)}"
        perhaps = self.say("可能：", "perhaps: ")
        for breach in finding.relevant:
            title = breach.rule.title.say(self.lang) + self.say("：", ": ")
            message = breach_message(finding, breach).say(self.lang)
            yield f"      {perhaps if breach.working is None else ''}{title}{message}"
            waiver = self.report.waived.of(finding, breach)
            if waiver is not None:
                yield f"      {waiver.words.say(self.lang)}"
        lacking = self.report.lacking(finding)
        if lacking is not None:
            yield from (f"      {words.say(self.lang)}" for words in lacking.words)

    def _amounts(self, finding: Finding) -> str:
        minor = finding.purchase.minor
        parts = [
            self.say("单次 ", "single ")
            + (self._money(minor) if minor is not None else self.say("未载明", "not stated"))
        ]
        for measure in self.plan.working_measures.values():
            outside = self.say("（本笔不计入）", " (itself not counted)") if finding.counts(measure) is False else ""
            total = shown_sum(self.plan, measure, finding.total(measure)).say(self.lang)
            parts.append(f"{total_name(self.plan, measure).say(self.lang)} {total}{outside}")
        return self.say("，", ", ").join(parts)

    def _money(self, minor: int) -> str:
        return self.policy.money.shown(minor, self.policy.decimal)

    def _place(self, origin: Origin) -> str:
        return self.digest.place(origin).say(self.lang)

    # -- what else there is to know ----------------------------------------------------------------------------------

    def _rejected(self) -> Iterator[str]:
        if not self.report.rejected:
            return
        yield from ("", self.say("== 未能读取 ==", "== Not read =="))
        for row in self.report.rejected[: self.shown]:
            why = [f"{self._column(fault)}{self.say('：', ': ')}{fault.why.say(self.lang)}" for fault in row.faults]
            yield f"  {self._place(row.origin)}  {self.say('；', '; ').join(why)}"
        more = len(self.report.rejected) - self.shown
        if more > 0:
            yield self.say(f"  …… 另有 {more} 行", f"  … {more} more")

    def _column(self, fault: CellFault) -> str:
        return column_name(self.plan, fault.column).say(self.lang)

    def _causes(self) -> Iterator[str]:
        """What was not understood, each cause once."""
        causes = self.digest.causes
        if not causes:
            return
        yield from ("", self.say("== 未读懂的格 ==", "== Cells not understood =="))
        yield from (f"  {self.words(notice.message)}" for notice in causes[:_CAUSES])
        if len(causes) > _CAUSES:
            more = len(causes) - _CAUSES
            yield self.say(f"  另有 {more} 项（见 --format json）", f"  {more} more (see --format json)")

    def _corrections(self) -> Iterator[str]:
        """The cells that were corrected, and what became of each."""
        if not self.report.corrections:
            return
        yield from ("", self.say("== 更正 ==", "== Corrections =="))
        for each in self.report.corrections:
            name, became = (self.words(words) for words in (column_name(self.plan, each.column), each.became.words))
            yield self.say(
                f"  {self._place(each.origin)}  {name}：“{each.old}”改为“{each.new}”"
                f"（{each.by}，{each.document}，{each.day}）：{became}",
                f"  {self._place(each.origin)}  {name}: “{each.old}” to “{each.new}” "
                f"({each.by}, {each.document}, {each.day}): {became}",
            )

    def _notices(self) -> Iterator[str]:
        # What the gaps leave open, and what was not understood, stand elsewhere.
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


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Cells below each other; a Chinese character is as wide as two others on a console."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(["", *cells]).rstrip()
