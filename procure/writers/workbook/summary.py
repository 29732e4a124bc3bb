"""The summary: what was judged, by what and when; the counts, which are the legend of the tints too; the logs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procure.policy.encoded import encoded
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.reporting import phrases
from procure.reporting.digest import TableOutcome
from procure.reporting.groups import Group
from procure.reporting.reconciling import sentence
from procure.reporting.report import Report
from procure.reporting.standing import MEANINGS, NAMES, Standing
from procure.values.money import Minor
from procure.values.words import Words
from procure.writers import encoding
from procure.writers.workbook.standing import OPEN, SURE, TINT
from procure.writers.workbook.tables import Cell, Line, Page

_BLANK = Line()
_WIDTHS = (28, 14, 10, 20, 16, 12, 70, 16, 10, 28)
_CERTAINTY = {Standing.SETTLED: SURE, Standing.DISPUTED: OPEN, Standing.EXPOSED: OPEN}


def summary(report: Report) -> Page:
    reconciled = (Line([sentence(each)]) for each in report.reconciliation)
    lines = (*_first(report), _BLANK, *_counts(report), *reconciled, _BLANK, *_tasks(report), *_missing(report))
    return Page(Words("汇总", "summary"), _WIDTHS, lines)


def receipt(report: Report) -> Page:
    """What it was judged by, and the logs."""
    return Page(Words("检查依据", "receipt"), _WIDTHS, (*_basis(report), _BLANK, *_logs(report)))


def _first(report: Report) -> Iterator[Line]:
    """What the first screen says."""
    digest = report.digest
    yield Line([digest.title], bold=True)
    for words in (report.aside, digest.lead):
        if words is not None:
            yield Line([words], bold=True)
    yield Line([digest.result])
    yield Line([digest.covered])


def _tasks(report: Report) -> Iterator[Line]:
    """What to do next."""
    if not report.digest.tasks:
        return
    yield Line([Words("下一步", "what to do next")], bold=True)
    for task in report.digest.tasks:
        how = Words("", "") if task.how is None else Words(f"（{task.how.zh}）", f" ({task.how.en})")
        yield Line([Words(f"{task.words.zh}{how.zh}", f"{task.words.en}{how.en}")])
    yield _BLANK


def _basis(report: Report) -> Iterator[Line]:
    policy = report.policy
    yield Line([Words("检查依据", "what this was judged by")], bold=True)
    yield Line([Words("制度名称", "title of the policy"), policy.title])
    yield Line([Words("检查日期", "checked on"), report.checked_on])
    if report.receipt is not None:
        yield Line([Words("程序", "program"), report.receipt.words])
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
        return Words("各年度的采购都检查", "purchases of every year are judged")
    year = _year(policy)
    if year is not None:
        return Words(f"只检查{year}年度的采购", f"only purchases of {year} are judged")
    zh = f"{f'{days.since} 起' if days.since else ''}{f'至 {days.until} ' if days.until else ''}"
    en = f"{f' from {days.since}' if days.since else ''}{f' until {days.until}' if days.until else ''}"
    return Words(f"只检查{zh}的采购", f"only purchases{en} are judged")


def _year(policy: Policy) -> int | None:
    """The year in which a policy is in force, if it is the whole of one calendar year."""
    days = policy.in_force
    if days.since is None or days.until is None or days.since.year != days.until.year:
        return None
    whole = (days.since.month, days.since.day, days.until.month, days.until.day) == (1, 1, 12, 31)
    return days.since.year if whole else None


def _listed(label: Words, lines: Sequence[Words], none: Words) -> Iterator[Line]:
    for n, words in enumerate(lines or [none]):
        yield Line(["" if n else label, words])


def _adopted(policy: Policy) -> list[Words]:
    """Those on record with their record, the others as they were given."""
    recorded = {entry.ambiguity for record in policy.adoptions for entry in record.entries}
    given = [f"{ambiguity}={reading}" for ambiguity, reading in policy.adopted.items() if ambiguity not in recorded]
    return [*(record.words for record in policy.adoptions), *(Words(answer, answer) for answer in given)]


def _asked(plan: Plan) -> Words:
    asked, count, unasked = len(plan.asked), len(plan.open), len(plan.not_asked)
    return Words(
        f"{asked} 个，{count:,} 种解释一并检查；另有 {unasked} 个未问（见“歧义”表）",
        f"{asked}, {count:,} interpretations judged at once; {unasked} not asked (see the sheet of ambiguities)",
    )


def _counts(report: Report) -> Iterator[Line]:
    glosses = {**MEANINGS, Standing.REJECTED: _of_rejected(report), Standing.NOT_APPLICABLE: _of_not_applicable(report)}
    titles = Words("结论（兼图例）", "verdict (and legend)"), Words("确定性", "certainty"), Words("笔数", "rows")
    yield Line([*titles, Words("金额", "amount"), Words("含义", "meaning")], bold=True)
    for each in TINT:
        group = report.digest.groups[each]
        gloss = _gloss(each, group, glosses.get(each))
        yield Line([NAMES[each], _CERTAINTY.get(each), len(group), Minor(group.minor), gloss], tint=TINT[each])
    every = report.digest.every
    yield Line([Words("合计", "all rows"), None, len(every), Minor(every.minor), _unstated(every)], bold=True)


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


def _gloss(each: Standing, group: Group, gloss: Words | None) -> Cell:
    if each is Standing.COMPLIANT:
        return Words(f"其中各种读法下都符合 {group.sure} 笔", f"{group.sure} of them under every reading")
    more = _unstated(group)
    return Words(f"{gloss.zh}；{more.zh}", f"{gloss.en}; {more.en}") if more and gloss else more or gloss


def _unstated(group: Group) -> Words | None:
    """A missing amount is not zero, though the sum is without it."""
    unstated = group.unstated
    if not unstated:
        return None
    return Words(f"{unstated} 笔金额不明，未计入", f"{unstated} without a known amount, left out of the sum")


def _missing(report: Report) -> Iterator[Line]:
    if not report.digest.missing:
        return
    yield Line([Words("所缺数据", "missing"), Words("补齐后可判断", "would decide")], bold=True)
    for missing, found in report.digest.missing:
        names = [phrases.column_name(report.plan, name) for name in missing]
        yield Line([Words("、".join(n.zh for n in names), " + ".join(n.en for n in names)), len(found)])
    yield _BLANK


def _logs(report: Report) -> Iterator[Line]:
    """Of every table that was read: judged, not applicable and not read add up to its rows."""
    tables = report.digest.tables
    titles = [
        ("台账", "log"),
        ("工作表", "sheet"),
        ("行数", "rows"),
        ("已检查", "judged"),
        ("不适用", "not applicable"),
    ]
    titles += [("未能读取", "not read"), ("sha256", "sha256"), ("金额", "amount"), ("疑点", "to confirm")]
    titles += [("对应", "mapping")] if any(table.mapping for table in tables) else []
    yield Line([Words(*title) for title in titles], bold=True)
    for table in tables:
        if table.why is None:
            counts, (minor, findings) = _added_up([table]), _found([table])
            yield Line([table.file or "-", table.sheet, *counts, table.sha256, minor, findings, table.mapping or None])
        else:
            yield Line([table.file, table.why])
    yield Line([Words("合计", "all logs"), None, *_added_up(tables), None, *_found(tables)], bold=True)


def _added_up(tables: Sequence[TableOutcome]) -> list[int]:
    """Rows, judged, not applicable, not read."""
    counts = ((table.rows, table.judged, table.not_applicable, table.rejected) for table in tables)
    return [sum(column) for column in zip(*counts, strict=True)]


def _found(tables: Sequence[TableOutcome]) -> tuple[Minor, int]:
    """What the amounts come to, and how many purchases are to be confirmed."""
    return Minor(sum(table.minor for table in tables)), sum(table.findings for table in tables)
