"""`procure policy show`: a policy as a table to sign, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from filing import GONE, loaded
from small import duty, small

from procure.authoring import Band, Ladder
from procure.writers.policy import dumps


def shown(folder: Path, *changes: tuple[str, Any], lang: Any = "en", adopted: dict[str, str] | None = None) -> str:
    return dumps(loaded(folder, *changes).adopt(adopted or {}), lang)


def test_bands(tmp_path: Path) -> None:
    assert (
        shown(tmp_path).partition("## Duties")[0]
        == """\
# A small policy

small · CNY · in force: 2018-01-01 to 2030-12-31 · budget year from 01-01
虚构 (read on 2026-11-23)

## Bands: steps

measured: amount, so-far; binds: highest
applies where: category on record
no duty is due where: 方式 = single source
the number at a `|`: edge? {upper: upper; lower: lower}

| Band | Range | Duties | Clause |
|---|---|---|---|
| low | [0 .. 2000¦ | approval | “二千元以下同意后购买” |
| middle | amount: ¦2000 .. top), so-far: ¦2000 .. top) | quotes |  |
| high | [top .. ) | tender |  |

"""
    )


def test_duties(tmp_path: Path) -> None:
    assert (
        shown(tmp_path, lang="zh").partition("## 义务\n")[2].partition("## 累计")[0]
        == """
**同意** (approval)
- 要求：事先同意
- 条款：“二千元以下同意后购买”
- 仅在读法：edge=upper, lower
- 不必履行：steps = high
- 履行方式：报告同意日期 <= 采购日期 - 7 天

**比价** (quotes)
- 要求：比价
- 条款：“二千元以上比价”
- 履行方式：报价数 >= 3，且邀请家数 [3 .. 9]
- 履行方式：方式 按 edge 的读法（upper：= 公开招标；lower：= 三方询价）
- 履行方式：experts >= 2/3 * 报价数，且读法为 span=year
- 履行方式：采购金额 < catalogue.floor

**招标** (tender)
- 要求：招标
- 条款：“限额以上招标”
- 履行方式：方式 = 公开招标

**不得** (never)
- 要求：不得
- 条款：“二千元以上比价”
- 应履行：big = 是，且rank >= board，且paid = 5.5，且报告同意日期 = 2020-01-01
- 禁止

"""
    )


def test_totals_limits_and_evidence(tmp_path: Path) -> None:
    text = shown(tmp_path)
    for line in (
        "- **so-far**: sums amount; span? {year: year so far; month: 30 days back}; "
        "by unit, span? {year: category; month: class}; counting 方式 = direct; or way = fast",
        "- **top** (top): goods office 10,000; goods board 15,000.50; services 20,000; works 30,000 "
        "(通知 art. 3 (2019-12-01) “限额”: 说)",
        "- **top** (top, from 2021-01-01): goods 12,000; services 22,000; works 32,000",
        "- **给定的** (theirs): given by the user",
        "- **目录** (catalogue, a list): given by the user",
        "- **own** (own, a list): 2",
        "- **paid** (paid, money): paid",
        "- **big**: amount >= 500 and 方式 = direct or quotation",
    ):
        assert f"{line}\n" in text


def test_questions_and_what_was_adopted(tmp_path: Path) -> None:
    questions = shown(tmp_path, adopted={"edge": "lower"}).partition("## What the text leaves open\n\n")[2]
    assert questions.startswith(
        "- **edge**: Where is 2,000?\n  - upper (recommended): 上档\n  - lower (adopted): below\n"
    )
    assert questions.endswith("Signed: ________________  Date: ________\n")
    assert "  - lower（采用）: 下档\n" in shown(tmp_path, lang="zh", adopted={"edge": "lower"})


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (("in-force", GONE), "有效期：未写明 至 未写明", "in force: not stated to not stated"),
        (("total.so-far.itself", False), "；计本笔：否", "; with itself: no"),
        (("total.so-far.itself", {"ask": "edge", "upper": True, "lower": False}),
         "计本笔：按 edge 的读法（upper：是；lower：否）", "with itself: edge? {upper: yes; lower: no}"),
        (("total.so-far.clause", "限额以上招标"), "；“限额以上招标”", "; “限额以上招标”"),
        (("duty.tender.met-by", {}), "- 履行方式：总是", "- met by: always"),
        (("duty.never.when", []), "- 应履行：从不", "- due where: never"),
        (("duty.never.unless", {"approved_on": "absent"}), "- 不必履行：报告同意日期 无",
         "- not due where: approved_on none on record"),
    ],
)  # fmt: skip
def test_what_else_may_stand_there(tmp_path: Path, change: tuple[str, Any], zh: str, en: str) -> None:
    assert zh in shown(tmp_path, change, lang="zh")
    assert en in shown(tmp_path, change)


def test_in_chinese_by_titles(tmp_path: Path) -> None:
    text = shown(tmp_path, lang="zh")
    for line in (
        "分档依据：采购金额、so-far；取：最高的一档",
        "“|”处归：按 edge 的读法（upper：上一档；lower：下一档）",
        "- **so-far**: 累计 采购金额；按 span 的读法（year：年内至本笔；month：前 30 天）；",
        "| low | [0 .. 2000¦ | 同意 | “二千元以下同意后购买” |",
    ):
        assert line in text


def test_a_ladder_without_an_end_that_a_question_places() -> None:
    bands = [Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )", duties=["proper"])]
    policy = small(ladders={"steps": Ladder(bands=bands)}, duties={"proper": duty([])})
    assert (
        dumps(policy, "en")
        .partition("## Bands: steps\n\n")[2]
        .startswith("measured: amount; binds: highest\n\n| Band | Range | Duties | Clause |\n")
    )
