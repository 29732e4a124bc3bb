"""What changed between two reports, as a paper and for a machine."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from procure.log.ready import READY
from procure.policy.policy import Policy
from procure.reporting.asked import joined
from procure.reporting.changes import Change, Changes, Found, ReportRow, Turned
from procure.values.words import Lang, Words
from procure.writers.paper import Paper, Section
from procure.writers.workbook.tables import Grid

_KINDS = {
    "added": Words("新增", "added"), "removed": Words("删去", "removed"), "changed": Words("改动", "changed"),
}  # fmt: skip
_VERDICTS = {
    "violation": Words("疑点", "to confirm"), "compliant": Words("合规", "compliant"),
    "unknown": Words("缺数据", "data missing"), "not_applicable": Words("不适用", "not applicable"),
    "rejected": Words("未能读取", "not read"), "void": Words("作废", "void"),
}  # fmt: skip


@attrs.frozen
class _Names:
    """What the columns, and the rules and bands, of a policy are called; and how many ladders it has."""

    columns: Mapping[str, Words]
    rules: Mapping[str, Words]
    ladders: int

    @classmethod
    def of(cls, policy: Policy) -> _Names:
        columns = {name: ready.label for name, ready in READY.items()}
        columns |= {name: column.label for name, column in policy.built.columns.items()}
        return cls(columns, {rule.id: rule.title for rule in policy.built.rules}, len(policy.ladders))

    def column(self, name: str) -> Words:
        return self.columns.get(name, Words(name, name))

    def rule(self, id: str) -> Words:
        return self.rules.get(id, Words(id, id))


_SETTLED = Words("各种读法一致", "under every reading")
_COMMA, _SEMICOLON = Words("、", ", "), Words("；", "; ")
_NEW, _GONE = Words("新疑点", "Findings that are new"), Words("已无的疑点", "Findings that are gone")


def paper(found: Changes, policy: Policy, made_on: dt.date, same: bool = False) -> Paper:
    """The changes: what was touched, what that turned, and the findings new, gone and standing; `same` where both
    reports are on one log."""
    title = Words(f"前后变化：{policy.title.zh}", f"What changed: {policy.title.en}")
    names = _Names.of(policy)
    parts = [Section(Words("概况", "In short"), list(_short(found, same)))]
    if found.changes:
        titles = Words("变化", "change"), Words("采购", "purchase"), Words("内容", "what"), Words("结论", "verdict")
        grid = Grid(titles, [_changed(each, names) for each in found.changes], (8, 20, 60, 50))
        parts.append(Section(Words("有变动的采购", "Purchases changed"), (), grid))
    if found.turned:
        titles = Words("采购", "purchase"), Words("原结论", "before"), Words("现结论", "now"), Words("原因", "why")
        grid = Grid(titles, [_turned(each, names) for each in found.turned], (20, 40, 40, 70))
        heading = Words("结论的变化", "Verdicts") if same else Words("其他结论的变化", "Other verdicts")
        parts.append(Section(heading, (), grid))
    for heading, each in ((_NEW, found.new), (_GONE, found.gone)):
        if each:
            lines = [_finding(found, names.rule(rule), key) for key, rule in each]
            parts.append(Section(heading, lines))
    return Paper(title, policy.money, made_on, parts, policy.decimal)


def _short(found: Changes, same: bool) -> Iterator[Words]:
    if found.none:
        yield Words("没有变化", "Nothing changed.")
    counts = {kind: sum(change.kind == kind for change in found.changes) for kind in _KINDS}
    turns = [Words(f"{_KINDS[kind].zh} {n} 笔", f"{n} {_KINDS[kind].en}") for kind, n in counts.items() if n]
    if turns:
        each = joined(turns, _COMMA)
        yield Words(f"采购：{each.zh}", f"purchases: {each.en}")
    if found.turned:
        n = len(found.turned)
        yield (
            Words(f"结论有变：{n} 笔", f"verdicts that changed: {n}") if same
            else Words(f"其他采购结论有变：{n} 笔", f"verdicts of other purchases that changed: {n}")
        )  # fmt: skip
    yield Words(
        f"疑点：新 {len(found.new)}，已无 {len(found.gone)}，仍在 {len(found.standing)}",
        f"findings: {len(found.new)} new, {len(found.gone)} gone, {len(found.standing)} standing",
    )


def _finding(found: Changes, title: Words, key: str) -> Words:
    label = found.label(key)
    return Words(f"{label}：{title.zh}", f"{label}: {title.en}")


def _changed(change: Change, names: _Names) -> Sequence[Any]:
    cells = [_cell(names.column(name), was, now) for name, was, now in change.cells]
    verdicts = [_verdict(entry, names) for entry in (change.before, change.after) if entry is not None]
    if change.kind == "changed" and verdicts[0] == verdicts[1]:
        verdicts = verdicts[:1]
    what = joined(cells, _SEMICOLON) if cells else Words(change.entry.amount or "", change.entry.amount or "")
    return _KINDS[change.kind], change.entry.label, what, joined(verdicts, Words(" → ", " → "))


def _cell(name: Words, was: Words, now: Words) -> Words:
    return Words(
        f"{name.zh}：{was.zh or '空'} → {now.zh or '空'}", f"{name.en}: {was.en or 'blank'} → {now.en or 'blank'}"
    )


def _turned(turned: Turned, names: _Names) -> Sequence[Any]:
    return turned.before.label, _verdict(turned.before, names), _verdict(turned.after, names), why(turned, names)


def why(turned: Turned, names: _Names) -> Words:
    """Why a verdict changed of a purchase that did not."""
    turns = [Words(f"{name}：{was or '不明'} → {now or '不明'}", f"{name}: {was or 'not known'} → {now or 'not known'}")
            for name, was, now in turned.totals]  # fmt: skip
    turns += [_band(name if names.ladders > 1 else "", was, now, names) for name, was, now in turned.bands]
    if turned.by:
        labels = joined((Words(entry.label, entry.label) for entry in turned.by), _COMMA)
        turns.append(Words(f"因 {labels.zh}", f"because of {labels.en}"))
    if not turns:
        return Words("制度、读法或台账各栏不同", "the policy, its readings or the log's columns differ")
    return joined(turns, _SEMICOLON)


def _band(ladder: str, was: str | None, now: str | None, names: _Names) -> Words:
    before, after = (Words("无", "none") if band is None else names.rule(band) for band in (was, now))
    of = Words(f"{ladder} 所属档", f"band of {ladder}") if ladder else Words("所属档", "band")
    return Words(f"{of.zh}：{before.zh} → {after.zh}", f"{of.en}: {before.en} → {after.en}")


def _verdict(entry: ReportRow, names: _Names) -> Words:
    """The verdict, whether it is under every reading, and the rules or the data behind it."""
    verdict = _VERDICTS[entry.verdict]
    more = [_SETTLED] if entry.settled and entry.verdict in ("violation", "compliant") else []
    more += map(names.rule, entry.rules) if entry.verdict == "violation" else map(names.column, entry.missing)
    if not more:
        return verdict
    each = joined(more, _COMMA)
    return Words(f"{verdict.zh}（{each.zh}）", f"{verdict.en} ({each.en})")


def dumps_json(found: Changes, policy: Policy, lang: Lang = "zh") -> str:
    """The JSON of `procure diff --format json`."""
    names = _Names.of(policy)
    body = {
        "schema": 1,
        "policy": policy.id,
        "purchases": [
            {
                "change": change.kind,
                "purchase": change.entry.label,
                "cells": [
                    {"column": name, "before": was.say(lang), "after": now.say(lang)} for name, was, now in change.cells
                ],
                "before": _entry(change.before),
                "after": _entry(change.after),
            }
            for change in found.changes
        ],
        "turned": [
            {
                "purchase": turned.after.label,
                "before": _entry(turned.before),
                "after": _entry(turned.after),
                "totals": [{"total": name, "before": was, "after": now} for name, was, now in turned.totals],
                "bands": [{"ladder": name, "before": was, "after": now} for name, was, now in turned.bands],
                "because_of": [entry.label for entry in turned.by],
                "message": why(turned, names).say(lang),
            }
            for turned in found.turned
        ],
        "findings": {
            name: [_pair(found, each) for each in pairs]
            for name, pairs in (("new", found.new), ("gone", found.gone), ("standing", found.standing))
        },
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _entry(entry: ReportRow | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "verdict": entry.verdict, "settled": entry.settled, "rules": list(entry.rules), "amount": entry.amount,
        "missing": list(entry.missing),
    }  # fmt: skip


def _pair(found: Changes, each: Found) -> dict[str, str]:
    return {"purchase": found.label(each[0]), "rule": each[1]}
