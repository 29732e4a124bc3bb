"""The columns of what was found: verdict, rules, what it turns on, what was required and done, and the amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from procure.engines.findings import Finding
from procure.engines.judge import Breach
from procure.log.rows import Rejected
from procure.policy.totals import ROWS, Measure
from procure.reporting import phrases
from procure.reporting.report import Report
from procure.reporting.standing import Outcome, purchase_of
from procure.values.money import Minor
from procure.values.words import Words
from procure.writers.workbook import own
from procure.writers.workbook.standing import certainty, verdict
from procure.writers.workbook.tables import Cell, SheetColumn

_PERHAPS = Words("可能：", "perhaps: ")
_OTHERWISE = Words("如换一种读法：", "if read otherwise: ")
_SEMICOLON = Words("；", "; ")
_OR = Words("；或 ", "; or ")
_LINE = Words("\n", "\n")
_COMMA = Words("、", ", ")
_TO = Words(" 至 ", " to ")
_COUNTED = {True: own.YES, False: own.NO, None: Words("不明", "not known")}


def verdict_columns(report: Report) -> Mapping[str, Sequence[SheetColumn[Outcome]]]:
    """By name, in their order. Where a policy has several ladders or totals each has a column of its own; where it has
    none there is none."""
    return {
        "verdict": [SheetColumn(Words("结论", "verdict"), 28, verdict)],
        "certainty": [SheetColumn(Words("确定性", "certainty"), 10, certainty)],
        "rules": [SheetColumn(Words("依据的规定", "rules breached"), 30, _of_finding(_rules))],
        "clause": [SheetColumn(Words("条款原文", "clause"), 38, _of_finding(_clauses))],
        "turns_on": [SheetColumn(Words("结论取决于（换成此读法，结论即变）", "turns on (another verdict if read so)"),
                            44, _of_finding(_turns_on))],
        "wanting": [SheetColumn(Words("所缺数据，或未读、不适用的原因", "missing, or why not read or judged"), 24,
                           _wanting(report))],
        "missing": [SheetColumn(Words("所缺数据", "missing"), 24, _wanting(report))],
        "required": [SheetColumn(Words("应当", "required"), 28, _of_finding(_required))],
        "done": [SheetColumn(Words("实际", "done"), 22, _done(report))],
        "lacking": [SheetColumn(Words("当时所缺", "what was lacking"), 44, _lacking(report))],
        "tier": list(_tiers(report)),
        "single": [SheetColumn(Words("单次金额", "single amount"), 16, _single)],
        "totals": list(_totals(report)),
    }  # fmt: skip


def _of_finding(tell: Callable[[Finding], Cell]) -> Callable[[Outcome], Cell]:
    """Nothing was found of a row that could not be read."""
    return lambda row: None if isinstance(row, Rejected) else tell(row)


def _joined(parts: Iterable[Words], sign: Words = _SEMICOLON) -> Words | None:
    """Each part once."""
    distinct = tuple(dict.fromkeys(parts))
    if not distinct:
        return None
    return Words(sign.zh.join(part.zh for part in distinct), sign.en.join(part.en for part in distinct))


def _rules(finding: Finding) -> Cell:
    def named(breach: Breach) -> Words:
        how = _OTHERWISE if finding.exposed else _PERHAPS if breach.working is None else Words("", "")
        return Words(how.zh + breach.rule.title.zh, how.en + breach.rule.title.en)

    return _joined(map(named, finding.relevant))


def _clauses(finding: Finding) -> Cell:
    texts = (clause.text for breach in finding.relevant for clause in breach.rule.clauses)
    return _joined((Words(text, text) for text in texts), _LINE)


def _turns_on(finding: Finding) -> Cell:
    return _joined((phrases.flip_words(finding.plan, flip) for flip in finding.flips), _OR)


def _wanting(report: Report) -> Callable[[Outcome], Cell]:
    def tell(row: Outcome) -> Cell:
        if isinstance(row, Rejected):
            return row.why
        if row.unjudged is not None:
            return phrases.unjudged_words(report.plan, row.unjudged)
        return _joined((phrases.column_name(report.plan, name) for name in row.missing), _COMMA)

    return tell


def _required(finding: Finding) -> Cell:
    return _joined(breach.rule.required for breach in finding.relevant)


def _done(report: Report) -> Callable[[Outcome], Cell]:
    """What the log shows in the columns that matter; of a row without a breach, how it was bought."""
    plan = report.plan
    how = tuple(name for name, column in plan.built.columns.items() if column.ready == "method")

    def tell(row: Outcome) -> Cell:
        shows = () if isinstance(row, Rejected) else (name for breach in row.relevant for name in breach.rule.shows)
        return phrases.done(plan, purchase_of(row), tuple(dict.fromkeys(shows)) or how)

    return tell


def _lacking(report: Report) -> Callable[[Outcome], Cell]:
    def tell(row: Outcome) -> Cell:
        found = None if isinstance(row, Rejected) else report.lacking(row)
        return None if found is None else _joined(found.words, _LINE)

    return tell


def _single(row: Outcome) -> Cell:
    minor = purchase_of(row).minor
    return None if minor is None else Minor(minor)


# -- ladders and totals ------------------------------------------------------------------------------------------------


def _tiers(report: Report) -> Iterator[SheetColumn[Outcome]]:
    titles = {rule.id: rule.title for rule in report.plan.rules}
    ladders = report.plan.ladders

    def of(id: str) -> Callable[[Finding], Cell]:
        def tier(finding: Finding) -> Cell:
            names = [titles.get(band, Words(band, band)) for band in finding.bands.get(id, ())]
            return _joined(names if len(names) < 2 else (names[0], names[-1]), _TO)

        return tier

    for ladder in ladders:
        yield SheetColumn(_of(Words("所属档", "tier"), ladder.id, len(ladders)), 24, _of_finding(of(ladder.id)))


def _totals(report: Report) -> Iterator[SheetColumn[Outcome]]:
    """Each total, and whether the purchase is itself among what it counts."""
    plan = report.plan
    gauges = [gauge for ladder in plan.built.ladders for gauge in ladder.gauges]
    totals = plan.totals
    for id in totals:
        measure = next((g.measure for g in gauges if g.measure is not None and g.measure.total == id), None)
        name = Words("累计", "accumulated") if measure is None else phrases.total_name(plan, measure)
        working = plan.working_measures.get(id)
        yield SheetColumn(name, 26, _of_finding(_sum(working)))
        itself = _of(Words("本笔计入累计", "itself counted"), id, len(totals))
        yield SheetColumn(itself, 10, _of_finding(_counted(working)))


def _sum(measure: Measure | None) -> Callable[[Finding], Cell]:
    def tell(finding: Finding) -> Cell:
        total = None if measure is None else finding.total(measure)
        if measure is None or total is None or not total.exact:
            return phrases.shown_sum(finding.plan, measure, total)
        return total.low if measure.way.sum == ROWS else Minor(total.low)

    return tell


def _counted(measure: Measure | None) -> Callable[[Finding], Cell]:
    return lambda finding: _COUNTED[None if measure is None else finding.counts(measure)]


def _of(name: Words, id: str, several: int) -> Words:
    """The name of a column; with the id of what it is about where there are several."""
    return name if several < 2 else Words(f"{name.zh}（{id}）", f"{name.en} ({id})")
