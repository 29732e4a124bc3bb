"""The summary: what was judged, by what and when; the counts, which are the legend of the tints too; the logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from procure.log.rows import Rejected
from procure.policy.encoded import encoded
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.reporting import phrases
from procure.reporting.report import Report
from procure.values.money import Minor
from procure.values.words import Words
from procure.writers import encoding
from procure.writers.workbook.standing import OPEN, SURE, TINT, VERDICT, Row, Standing, origin_of, purchase_of, standing
from procure.writers.workbook.tables import Cell, Line, Page

_BLANK = Line()
_WIDTHS = (28, 14, 10, 20, 16, 12, 70)
_CERTAINTY = {Standing.SETTLED: SURE, Standing.DISPUTED: OPEN, Standing.EXPOSED: OPEN}
_GLOSS = {
    Standing.SETTLED: Words("所问各读法下均违反", "breached under every reading asked"),
    Standing.DISPUTED: Words("按现行读法违反，换一种读法则不然", "under the working readings, not under every other"),
    Standing.EXPOSED: Words("现行读法合规，改一个读法即违规", "compliant now, not so if one reading changes"),
    Standing.UNKNOWN: Words("补齐所缺数据方可判定", "what is missing would decide"),
}


def summary(report: Report) -> Page:
    rows: tuple[Row, ...] = (*report.purchases, *report.rejected)
    by_standing: Mapping[Standing, list[Row]] = {each: [] for each in Standing}
    for row in rows:
        by_standing[standing(row)].append(row)
    lines = (*_basis(report), _BLANK, *_counts(report, by_standing), _BLANK, *_wanted(report), *_logs(report, rows))
    return Page(Words("汇总", "summary"), _WIDTHS, lines)


def _basis(report: Report) -> Iterator[Line]:
    policy = report.policy
    if report.aside:
        yield Line([report.aside], bold=True)
    yield Line([policy.title], bold=True)
    yield Line([Words("检查日期", "checked on"), report.checked_on])
    yield Line([Words("制度", "policy"), policy.id])
    yield Line([Words("制度原文出处", "source of the text"), policy.passage.origin])
    yield Line([Words("制度原文 sha256", "sha256 of the text"), policy.passage.sha256])
    if any(limit.is_given for limit in policy.built.limits.values()):
        yield from _listed(Words("限额", "limits"), phrases.limit_lines(policy), Words("未给出", "not given"))
    if policy.questions:
        yield from _listed(Words("已采用读法", "adopted readings"), _adopted(policy), Words("无", "none"))
        yield Line([Words("所问问题", "questions asked"), _asked(report.plan)])
    if report.any_year or policy.in_force.since or policy.in_force.until:
        yield Line([Words("年度", "year"), _period(report)])
    found = encoded(policy)
    yield Line([Words("原文编入程度", "encoded of the text"), encoding.share(found)])
    yield from (Line([Words("", ""), words]) for words in encoding.left(found))


def _period(report: Report) -> Words:
    """Of which days purchases are judged."""
    policy, days = report.policy, report.policy.in_force
    if report.any_year:
        return Words("各年度的采购都判定", "purchases of every year are judged")
    year = _year(policy)
    if year is not None:
        return Words(f"只判定{year}年度的采购", f"only purchases of {year} are judged")
    zh = f"{f'{days.since} 起' if days.since else ''}{f'至 {days.until} ' if days.until else ''}"
    en = f"{f' from {days.since}' if days.since else ''}{f' until {days.until}' if days.until else ''}"
    return Words(f"只判定{zh}的采购", f"only purchases{en} are judged")


def _year(policy: Policy) -> int | None:
    """The year in which a policy is in force, if it is the whole of one calendar year."""
    days = policy.in_force
    if days.since is None or days.until is None or days.since.year != days.until.year:
        return None
    whole = (days.since.month, days.since.day, days.until.month, days.until.day) == (1, 1, 12, 31)
    return days.since.year if whole else None


def _listed(label: Words, told: Sequence[Words], none: Words) -> Iterator[Line]:
    for n, words in enumerate(told or [none]):
        yield Line(["" if n else label, words])


def _adopted(policy: Policy) -> list[Words]:
    """Those on record with their record, the others as they were given."""
    recorded = {entry.ambiguity for record in policy.adoptions for entry in record.entries}
    given = [f"{ambiguity}={reading}" for ambiguity, reading in policy.adopted.items() if ambiguity not in recorded]
    return [*(record.words for record in policy.adoptions), *(Words(answer, answer) for answer in given)]


def _asked(plan: Plan) -> Words:
    asked, count, unasked = len(plan.asked), len(plan.open), len(plan.not_asked)
    return Words(
        f"{asked} 个，{count} 种解释一并判定；另有 {unasked} 个未问（见“歧义”表）",
        f"{asked}, {count} interpretations judged at once; {unasked} not asked (see the sheet of ambiguities)",
    )


def _counts(report: Report, by_standing: Mapping[Standing, Sequence[Row]]) -> Iterator[Line]:
    glosses = {**_GLOSS, Standing.REJECTED: _of_rejected(report), Standing.NOT_APPLICABLE: _of_not_applicable(report)}
    titles = Words("结论（兼图例）", "verdict (and legend)"), Words("确定性", "certainty"), Words("笔数", "rows")
    yield Line([*titles, Words("金额", "amount"), Words("含义", "meaning")], bold=True)
    for each, rows in by_standing.items():
        cells = VERDICT[each], _CERTAINTY.get(each), len(rows), _sum(rows), _gloss(each, rows, glosses.get(each))
        yield Line(cells, tint=TINT[each])
    every = [row for rows in by_standing.values() for row in rows]
    yield Line([Words("合计", "all rows"), None, len(every), _sum(every), _unstated(every)], bold=True)


def _of_rejected(report: Report) -> Words | None:
    if not report.policy.totals:
        return None
    return Words("读得出的部分仍计入累计", "what could be read of them counts in the totals")


def _of_not_applicable(report: Report) -> Words:
    """Why a purchase is not judged, as far as the policy has it."""
    days, dated = report.policy.in_force, report.any_year
    zh, en = ["金额为零或负数"], ["zero or less"]
    if dated or _year(report.policy) is not None:
        zh, en = [*zh, "或不属本年度"], [*en, "or of another year"]
    elif days.since or days.until:
        zh, en = [*zh, "或不在施行期内"], [*en, "or of a day on which the policy is not in force"]
    if report.plan.may_be_silent:
        zh, en = [*zh, "或制度对其无所要求"], [*en, "or nothing is asked of it"]
    more = Words("；仍计入累计", "; counted all the same") if report.policy.totals else Words("", "")
    return Words("，".join(zh) + more.zh, ", ".join(en) + more.en)


def _sum(rows: Sequence[Row]) -> Minor:
    return Minor(sum(purchase_of(row).minor or 0 for row in rows))


def _gloss(each: Standing, rows: Sequence[Row], gloss: Words | None) -> Cell:
    if each is Standing.COMPLIANT:
        sure = sum(not isinstance(row, Rejected) and row.settled for row in rows)
        return Words(f"其中各读法下均合规 {sure} 笔", f"{sure} of them under every reading")
    more = _unstated(rows)
    return Words(f"{gloss.zh}；{more.zh}", f"{gloss.en}; {more.en}") if more and gloss else more or gloss


def _unstated(rows: Sequence[Row]) -> Words | None:
    """A missing amount is not zero, though the sum is without it."""
    unstated = sum(purchase_of(row).minor is None for row in rows)
    if not unstated:
        return None
    return Words(f"{unstated} 笔金额不明，未计入", f"{unstated} without a known amount, left out of the sum")


def _wanted(report: Report) -> Iterator[Line]:
    if not report.unknown:
        return
    yield Line([Words("所缺数据", "missing"), Words("补齐可定", "would decide")], bold=True)
    for missing, count in Counter(finding.missing for finding in report.unknown).most_common():
        names = [phrases.column_name(report.plan, name) for name in missing]
        yield Line([Words("、".join(n.zh for n in names), " + ".join(n.en for n in names)), count])
    yield _BLANK


def _logs(report: Report, rows: Sequence[Row]) -> Iterator[Line]:
    """Of every table that was read: judged, not applicable and not read add up to its rows."""
    shas = {(source.file or None, source.sheet): source.sha256 for source in report.read.sources}
    by_table: dict[tuple[str | None, str | None], Counter[Standing]] = {table: Counter() for table in shas}
    for row in rows:
        origin = origin_of(row)
        by_table.setdefault((origin.file, origin.sheet), Counter())[standing(row)] += 1
    titles = [("台账", "log"), ("工作表", "sheet"), ("行数", "rows"), ("判定", "judged"), ("不适用", "not applicable")]
    yield Line([Words(*title) for title in (*titles, ("未能读取", "not read"), ("sha256", "sha256"))], bold=True)
    for (file, sheet), counts in by_table.items():
        yield Line([file or "-", sheet, *_added_up(counts), shas.get((file, sheet))])
    yield Line([Words("合计", "all logs"), None, *_added_up(Counter(map(standing, rows)))], bold=True)


def _added_up(counts: Counter[Standing]) -> tuple[int, int, int, int]:
    """Rows, judged, not applicable, not read."""
    rows, not_applicable, rejected = counts.total(), counts[Standing.NOT_APPLICABLE], counts[Standing.REJECTED]
    return rows, rows - not_applicable - rejected, not_applicable, rejected
