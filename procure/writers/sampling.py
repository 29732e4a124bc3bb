"""A sample as a working paper with empty columns for the tests, and for a machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from procure.engines.findings import Finding
from procure.log.cells import Said
from procure.reporting.phrases import column_name, in_order, shown
from procure.reporting.sampling import Sample, Stratum
from procure.reporting.standing import NAMES, standing
from procure.values.money import Minor
from procure.values.words import Lang, Words
from procure.writers.paper import Paper, Section
from procure.writers.workbook.tables import Cell, Grid

_METHODS = {
    "random": Words("随机", "at random"), "interval": Words("等距", "at intervals"),
    "money": Words("货币单位", "by monetary unit"),
}  # fmt: skip
_STRATA = (
    Words("层", "stratum"), Words("总体笔数", "population"), Words("总体金额", "population sum"),
    Words("抽取笔数", "chosen"), Words("抽取金额", "chosen sum"),
)  # fmt: skip
#: For the auditor to fill in.
_TESTS = tuple(
    Words(*each)
    for each in (
        ("审批文件", "approval seen"), ("合同与发票", "contract and invoice"), ("验收", "acceptance"),
        ("差异", "difference"), ("测试结论", "conclusion"), ("测试人", "tested by"), ("测试日期", "tested on"),
    )
)  # fmt: skip


def paper(found: Sample) -> Paper:
    """The purchases chosen, with room for the tests; the strata; and how they were drawn."""
    policy = found.report.policy
    title = Words(f"审计抽样：{policy.title.zh}", f"Audit sample: {policy.title.en}")
    parts = [
        Section(Words("抽样方法", "How it was drawn"), list(_receipt(found))),
        Section(Words("分层", "Strata"), (), Grid(_STRATA, list(map(_stratum, found.strata)), (40, 12, 18, 12, 18))),
        Section(Words("样本", "Sample"), (), _chosen(found)),
    ]
    return Paper(title, policy.money, found.report.checked_on, parts, policy.decimal, signed=True)


def _receipt(found: Sample) -> Iterator[Words]:
    policy, method = found.report.policy, _METHODS[found.method]
    if found.above is not None:
        limit = policy.money.shown(found.above, policy.decimal)
        yield Words(f"金额大于 {limit} 的全部采购", f"every purchase of more than {limit}")
    else:
        yield Words(f"方法：{method.zh}；样本量 {found.size}", f"method: {method.en}; size {found.size}")
        yield Words(f"种子：{found.seed}（同一种子抽出同一样本）", f"seed: {found.seed} (the same seed draws the same)")
    strata = ", ".join(found.by)
    yield Words(f"分层依据：{strata or '不分层'}", f"strata by: {strata or 'none'}")
    n, money = sum(each.purchases for each in found.strata), sum(each.minor for each in found.strata)
    total = policy.money.shown(money, policy.decimal)
    yield Words(f"总体：{n} 笔，{total}", f"population: {n} purchases, {total}")
    if found.left_out:
        yield Words(
            f"未入总体：{found.left_out} 笔（金额不明、为零或负数）",
            f"not in the population: {found.left_out} (no amount above zero)",
        )
    yield Words(f"制度原文 sha256 {policy.passage.sha256}", f"passage sha256 {policy.passage.sha256}")
    for source in found.report.read.sources:
        if source.sha256:
            yield Words(f"台账 {source.file} sha256 {source.sha256}", f"log {source.file} sha256 {source.sha256}")


def _stratum(stratum: Stratum) -> Sequence[Cell]:
    return stratum.name, stratum.purchases, Minor(stratum.minor), len(stratum.chosen), Minor(stratum.chosen_minor)


def _chosen(found: Sample) -> Grid:
    plan, rows = found.report.plan, found.report.read
    names = [name for name in in_order(rows.columns) if rows.says(name)]
    titles = [Words("行号", "row"), Words("层", "stratum"), Words("结论", "verdict")]
    titles += [column_name(plan, name) for name in names]
    lines = []
    for stratum in found.strata:
        for finding in stratum.chosen:
            cells: list[Cell] = [finding.purchase.origin.row, stratum.name, NAMES[standing(finding)]]
            cells += [_cell(found, finding, name) for name in names]
            lines.append((*cells, *[None] * len(_TESTS)))
    widths = [8, 24, 20, *[16] * len(names), *[16] * len(_TESTS)]
    return Grid((*titles, *_TESTS), lines, widths)


def _cell(found: Sample, finding: Finding, name: str) -> Cell:
    value, column = finding.purchase[name], found.report.read.columns[name]
    if isinstance(value, Said):
        return None
    if column.type == "money":
        return Minor(value)
    return value if column.type in ("date", "count") else shown(found.report.plan, column, value)


def dumps_json(found: Sample, lang: Lang = "zh") -> str:
    """The JSON of `procure sample --format json`."""
    policy = found.report.policy
    plain = policy.money.plain
    body: dict[str, Any] = {
        "schema": 1,
        "policy": policy.id,
        "sha256": policy.passage.sha256,
        "logs": {source.file: source.sha256 for source in found.report.read.sources if source.sha256},
        "method": found.method,
        "size": found.size,
        "above": None if found.above is None else plain(found.above),
        "seed": found.seed,
        "by": list(found.by),
        "left_out": found.left_out,
        "strata": [
            {
                "name": each.name.say(lang),
                "purchases": each.purchases,
                "sum": plain(each.minor),
                "chosen_sum": plain(each.chosen_minor),
                "chosen": [
                    {"id": of.purchase.id, "file": of.purchase.origin.file, "row": of.purchase.origin.row}
                    for of in each.chosen
                ],
            }
            for each in found.strata
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
