"""Advice as a paper to attach to a request, and for a machine."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

from procure.engines.sums import Summed
from procure.log.cells import Said
from procure.log.rows import Row
from procure.policy.policy import Policy
from procure.reporting.advice import Advice, AdvisedWay, Share, Sum, Turning
from procure.reporting.asked import joined
from procure.reporting.phrases import column_name, in_order, shown, shown_sum, sum_of, total_name
from procure.values.money import Minor
from procure.values.words import Lang, Words
from procure.writers.paper import Paper, Section
from procure.writers.workbook.tables import Cell, Grid

#: How many purchases of a total a paper names.
NAMED = 12
_COLON = Words("：", ": ")
_SEMICOLON = Words("；", "; ")
_NOTHING = Words("无", "none")


def paper(advices: Sequence[Advice], policy: Policy, made_on: dt.date) -> Paper:
    """What is advised, draft by draft; before several a table of them all."""
    title = Words(f"采购前咨询意见：{policy.title.zh}", f"Advice before buying: {policy.title.en}")
    several = len(advices) > 1
    parts: list[Section] = [_overview(advices)] if several else []
    for number, advice in enumerate(advices, 1):
        head = Words(f"第{number}笔 ", f"{number}. ") if several else Words("", "")
        parts += _parts(advice, head)
    return Paper(title, policy.money, made_on, parts, policy.decimal, signed=True)


def _parts(advice: Advice, head: Words) -> Iterator[Section]:
    plan = advice.plan
    yield Section(
        Words(f"{head.zh}拟采购", f"{head.en}The draft"), list(_draft(advice)), apart=bool(head.en) and head.en != "1. "
    )
    if not advice.speaks:
        yield Section(
            Words("结论", "In short"),
            [Words("该日制度不施行，不问此笔", "The policy is not in force on that day: it asks nothing.")],
        )
        return
    yield Section(Words("结论", "In short"), list(_short(advice)))
    if advice.ask:
        yield Section(Words("尚须说明（最要紧的在前）", "Still to be said, the most telling first"), list(_ask(advice)))
    yield Section(Words("所属档", "Bands"), [
        _marked(band.working, joined([band.title, Words("", "")], Words("", "")), band.when) for band in advice.bands
    ] or [_NOTHING])  # fmt: skip
    yield Section(Words("所问义务", "What is asked"), [
        _marked(
            each.working,
            Words(f"{each.rule.title.zh}：{each.rule.required.zh}", f"{each.rule.title.en}: {each.rule.required.en}"),
            each.when,
        )
        for each in advice.duties
    ] or [_NOTHING])  # fmt: skip
    yield Section(Words("办法（依制度次序）", "Ways, in the order of the policy"), list(_ways(advice)))
    if advice.totals:
        yield Section(Words("累计", "Totals"), list(_totals(advice)))
    yield Section(
        Words("申请中应引条款", "Clauses to cite in the request"),
        [Words(f"{title.zh}：“{text}”", f"{title.en}: “{text}”") for title, text in advice.clauses] or [_NOTHING],
    )
    clause = plan.policy.division_text
    if clause is not None:
        yield Section(
            Words("不得拆分", "Not to be divided"),
            [Words(f"制度规定：“{clause}”", f"The policy says: “{clause}”")],
        )


def _draft(advice: Advice) -> Iterator[Words]:
    plan, draft = advice.plan, advice.draft
    for name in in_order(draft.rows.columns):
        value = draft[name]
        if not isinstance(value, Said):
            label, words = column_name(plan, name), shown(plan, draft.rows.columns[name], value)
            yield Words(f"{label.zh}：{words.zh}", f"{label.en}: {words.en}")


def _short(advice: Advice) -> Iterator[Words]:
    if advice.nothing_asked:
        yield Words("照此办理，各种读法下均合规", "As drafted it is compliant under every reading.")
        return
    if advice.safe is not None:
        yield Words(
            f"稳妥的办法（各种读法下均合规）：{advice.safe.words.zh}",
            f"The safe way, compliant under every reading: {advice.safe.words.en}",
        )
    else:
        yield Words("没有找到各种读法下均合规的办法：", "No way was found that is compliant under every reading:") \
            if advice.whole else \
            Words("办法太多，未能逐一核对：", "There were too many ways to look at all of them:")  # fmt: skip
        yield from map(_turning, advice.why)
    if not advice.courses:
        yield Words("按默认口径，没有合规的办法", "Under the working readings no way is compliant.")


def _turning(turning: Turning) -> Words:
    return Words(
        f"{turning.when.zh}，“{turning.rule.title.zh}”不能满足",
        f"{turning.when.en}, “{turning.rule.title.en}” is not satisfied",
    )


def _marked(working: bool, what: Words, when: Words) -> Words:
    """A line, and under which readings it holds."""
    mark = Words("默认口径", "working readings") if working else Words("其他读法", "other readings")
    return Words(f"{what.zh}（{mark.zh}；{when.zh}）", f"{what.en} ({mark.en}; {when.en})")


def _ask(advice: Advice) -> Iterator[Words]:
    for wanted in advice.ask:
        each = joined(wanted.choices, Words("、", ", "))
        of = Words(f"（{each.zh}）", f" ({each.en})") if wanted.choices else Words("", "")
        yield Words(f"{wanted.words.zh}{of.zh}", f"{wanted.words.en}{of.en}")


def _ways(advice: Advice) -> Iterator[Words]:
    for course in advice.courses:
        yield _course(course)
    if not advice.courses:
        yield _NOTHING


def _course(course: AdvisedWay) -> Words:
    way = course.words if course.way else Words("照此办理", "as drafted")
    if course.safe:
        return Words(f"{way.zh}（各种读法下均可）", f"{way.en} (under every reading)")
    turning = joined(map(_turning, course.turning), _SEMICOLON)
    return Words(f"{way.zh}（默认口径下可；{turning.zh}）", f"{way.en} (under the working readings; {turning.en})")


def _totals(advice: Advice) -> Iterator[Words]:
    """Each total, and the purchases in it that none before it has."""
    shares: set[Share] = set()
    for sum_ in advice.totals:
        yield from _sum(advice, sum_, [each for each in sum_.members if each not in shares])
        shares.update(sum_.members)


def _sum(advice: Advice, sum_: Sum, members: Sequence[Share]) -> Iterator[Words]:
    plan = advice.plan
    name = total_name(plan, sum_.measure)
    before, after = _size(advice, sum_, sum_.before), _size(advice, sum_, sum_.after)
    yield _marked(
        sum_.working,
        Words(
            f"{name.zh}：本笔前 {before.zh}，连本笔 {after.zh}", f"{name.en}: {before.en} before, {after.en} with it"
        ),
        sum_.when,
    )
    for each in members[:NAMED]:
        text = "  ".join(_cells(each.row))
        doubt = Words("", "") if each.sure else Words("（可能计入）", " (may count)")
        yield Words(f"　{text}{doubt.zh}", f"  {text}{doubt.en}")
    more = len(members) - NAMED
    if more > 0:
        yield Words(f"　…… 另有 {more} 笔", f"  … {more} more")


def _cells(member: Row) -> Iterator[str]:
    for part in (str(member.origin), member.date, member.id):
        if part and not isinstance(part, Said):
            yield str(part)
    if member.minor is not None:
        yield member.rows.currency.shown(member.minor, member.rows.decimal)


def _size(advice: Advice, sum_: Sum, total: Summed) -> Words:
    return shown_sum(advice.plan, sum_.measure, total)


# -- many drafts -------------------------------------------------------------------------------------------------------

_TITLES = (
    Words("序号", "number"), Words("日期", "date"), Words("内容", "what"), Words("金额", "amount"),
    Words("所属档（默认口径）", "band (working readings)"), Words("稳妥的办法", "the safe way"),
    Words("默认口径下的办法", "ways under the working readings"), Words("尚须说明", "still to be said"),
)  # fmt: skip


def _overview(advices: Sequence[Advice]) -> Section:
    rows = [_row(number, advice) for number, advice in enumerate(advices, 1)]
    return Section(Words("拟采购一览", "All drafts"), (), Grid(_TITLES, rows, (6, 12, 28, 16, 24, 44, 44, 24)))


def _row(number: int, advice: Advice) -> tuple[Cell, ...]:
    draft = advice.draft
    date = None if isinstance(draft.date, Said) else draft.date
    what = next(
        (str(each) for each in (draft.description, draft.get("category")) if each and not isinstance(each, Said)), ""
    )
    comma = Words("、", ", ")
    return (
        number, date, what, None if draft.minor is None else Minor(draft.minor),
        joined([band.title for band in advice.bands if band.working], comma),
        (_safe(advice)),
        joined([course.words for course in advice.courses if course.way], _SEMICOLON),
        joined([wanted.words for wanted in advice.ask], comma),
    )  # fmt: skip


def _safe(advice: Advice) -> Words:
    if not advice.speaks:
        return Words("制度不施行", "not in force")
    if advice.nothing_asked:
        return Words("照此办理", "as drafted")
    return _NOTHING if advice.safe is None else advice.safe.words


# -- for a machine -----------------------------------------------------------------------------------------------------


def as_dict(advice: Advice, lang: Lang = "zh") -> dict[str, Any]:
    """The JSON of one draft."""
    plan, draft = advice.plan, advice.draft
    return {
        "draft": {name: shown(plan, column, draft[name]).say(lang) for name, column in draft.rows.columns.items()
                  if not isinstance(draft[name], Said)},
        "speaks": advice.speaks,
        "compliant_as_drafted": advice.nothing_asked,
        "bands": [
            {"ladder": each.ladder, "band": each.band, "working": each.working, "when": each.when.say(lang)}
            for each in advice.bands
        ],
        "duties": [
            {"rule": each.rule.id, "working": each.working, "when": each.when.say(lang),
             "clauses": [clause.text for clause in each.rule.clauses]}
            for each in advice.duties
        ],
        "ways": [_way(course, lang) for course in advice.courses],
        "safe": None if advice.safe is None else _way(advice.safe, lang),
        "why_none_is_safe": [{"rule": each.rule.id, "when": each.when.say(lang)} for each in advice.why],
        "whole": advice.whole,
        "totals": [
            {
                "total": each.measure.total,
                "before": sum_of(plan, each.measure, each.before),
                "after": sum_of(plan, each.measure, each.after),
                "working": each.working,
                "when": each.when.say(lang),
                "purchases": [
                    {"id": _id(of.row), "file": of.row.origin.file, "row": of.row.origin.row, "sure": of.sure}
                    for of in each.members
                ],
            }
            for each in advice.totals
        ],
        "ask": [each.column for each in advice.ask],
        "clauses": [{"title": title.say(lang), "text": text} for title, text in advice.clauses],
        "division": plan.policy.division_text,
    }  # fmt: skip


def _id(row: Row) -> str | None:
    return None if row.id is None or isinstance(row.id, Said) else str(row.id)


def _way(course: AdvisedWay, lang: Lang) -> dict[str, Any]:
    return {
        "columns": list(course.columns),
        "message": course.words.say(lang),
        "safe": course.safe,
        "turns_on": [{"rule": each.rule.id, "when": each.when.say(lang)} for each in course.turning],
    }


def dumps_json(advices: Sequence[Advice], policy: Policy, lang: Lang = "zh") -> str:
    """The JSON of `procure advise --format json`."""
    body = {
        "schema": 1,
        "policy": policy.id,
        "sha256": policy.passage.sha256,
        "adopted": dict(policy.adopted),
        "advice": [as_dict(advice, lang) for advice in advices],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
