"""Findings in words: what was required, what was done, how much it adds up to, what it turns on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from building import bought, furong, last, without

from procure import UNDATED, Method, Purchase
from procure.engines.ledger import Summed
from procure.log.ready import READY
from procure.policy.limits import NO_BOUND
from procure.reporting.phrases import (
    breach_message,
    column_name,
    done,
    flip_words,
    limit_options,
    limit_words,
    limits_plain,
    shown_sum,
    sum_of,
)
from procure.values.words import Words

QUOTES = ("method", "invited", "quotes", "ground")
PLAN = furong().plan()
MEASURE = PLAN.working_measures["accumulated"]


def did(purchase: Purchase, shows: tuple[str, ...]) -> Words:
    finding = last(purchase)
    return done(finding.plan, finding.purchase, shows)


@pytest.mark.parametrize(
    ("low", "spread", "plain", "zh", "en"),
    [
        (0, 0, "0.00", "¥0.00", "¥0.00"),
        (-30_000, 0, "-300.00", "-¥300.00", "-¥300.00"),
        (100, 500_000, "1.00..5001.00", "¥1.00 至 ¥5,001.00", "¥1.00 to ¥5,001.00"),
        (-100, 100, "-1.00..0.00", "-¥1.00 至 ¥0.00", "-¥1.00 to ¥0.00"),
        (500_000, NO_BOUND, "5000.00..", "不少于 ¥5,000.00", "at least ¥5,000.00"),
        (500_000, 2 * NO_BOUND + 5, "5000.00..", "不少于 ¥5,000.00", "at least ¥5,000.00"),
    ],
)
def test_sums(low: int, spread: int, plain: str, zh: str, en: str) -> None:
    total = Summed(low, spread, 1, 0)
    assert sum_of(PLAN, MEASURE, total) == plain
    assert shown_sum(PLAN, MEASURE, total) == Words(zh, en)


def test_no_sum() -> None:
    assert shown_sum(PLAN, MEASURE, None) == Words("无法确定", "not known")


@pytest.mark.parametrize(
    ("fields", "shows", "zh", "en"),
    [
        ({}, ("method",), "自行采购", "direct"),
        ({"method": None}, ("method",), "采购方式未载明", "method not stated"),
        ({"method": "询价"}, ("method",), "询价采购或三方询价", "inquiry or quotation"),
        ({}, QUOTES, "自行采购", "direct"),
        (
            {"method": "quotation", "quotes": 2, "invited": 3},
            QUOTES,
            "三方询价，邀请 3 家，报价 2 家",
            "quotation, invited: 3, quotes: 2",
        ),
        (
            {"method": "询价", "quotes": None, "invited": None},
            QUOTES,
            "询价采购或三方询价，邀请家数未载明，报价数未载明",
            "inquiry or quotation, invitations not stated, quotes not stated",
        ),
        ({"method": "single_source"}, QUOTES, "单一来源，无依据记录", "single source, no ground on record"),
        ({"method": "single_source", "ground": "紧急"}, QUOTES, "单一来源，有依据", "single source, ground on record"),
        (
            {"method": None, "quotes": 1},
            QUOTES,
            "采购方式未载明，邀请 0 家，报价 1 家，无依据记录",
            "method not stated, invited: 0, quotes: 1, no ground on record",
        ),
        ({"kind": "工程"}, ("kind",), "工程", "works"),
        ({"kind": None}, ("method", "kind"), "自行采购", "direct"),
        (
            {},
            ("approved_on", "date"),
            "2020-06-08 报告同意，采购日期 2020-06-08",
            "approved on 2020-06-08, bought on 2020-06-08",
        ),
        (
            {"approved_on": None, "date": None},
            ("approved_on", "date"),
            "无报告同意记录，采购日期未载明",
            "no approval on record, date not stated",
        ),
        ({"approved_on": UNDATED}, ("approved_on",), "有报告同意，日期未载明", "approved, date not stated"),
    ],
)
def test_done(fields: Mapping[str, Any], shows: tuple[str, ...], zh: str, en: str) -> None:
    assert did(bought(**fields), shows) == Words(zh, en)


def test_done_where_columns_are_missing() -> None:
    assert did(without("approved_on"), ("approved_on",)) == Words("有无报告同意未载明", "approval not stated")
    assert did(without("ground", method="single_source"), QUOTES) == Words(
        "单一来源，有无依据未载明", "single source, ground not stated"
    )


def test_several_methods() -> None:
    either = frozenset({Method.DIRECT, Method.DESIGNATED})
    assert did(bought(method=either), QUOTES) == Words("定点采购或自行采购", "designated or direct")


@pytest.mark.parametrize(
    ("fields", "zh", "en"),
    [
        (
            {"in_catalogue": True},
            "应通过电子卖场（公品商城）或定点采购；实际：自行采购",
            "required: buy through the e-mall or a designated supplier; done: direct",
        ),
        (
            {"approved_on": None},
            "应经报告同意后组织采购；实际：无报告同意记录，采购日期 2020-06-08",
            "required: obtain approval, then buy; done: no approval on record, bought on 2020-06-08",
        ),
        (
            {"amount": 6_000},
            "应采用三方询价等方式采购（询价、比价须有三家）；实际：自行采购",
            "required: compare three quotes, or use another competitive method; done: direct",
        ),
        (
            {"amount": 400_000, "method": "quotation"},
            "应按财政要求实施单一来源采购或公开招标等方式采购；实际：三方询价，货物，报价 0 家",
            "required: use single source, open tender or the like, as the finance bureau requires; "
            "done: quotation, goods, quotes: 0",
        ),
    ],
)
def test_breaches(fields: Mapping[str, Any], zh: str, en: str) -> None:
    finding = last(bought(**fields))
    (breach,) = finding.relevant
    assert breach_message(finding, breach) == Words(zh, en)


class TestFlips:
    def test_words(self) -> None:
        limbs, window = PLAN.questions["limbs"], PLAN.questions["window"]
        one = flip_words(PLAN, {"limbs": "single"})
        assert one == Words(
            f"limbs=single（{limbs.question.zh}——{limbs.readings[1].meaning.zh}）",
            f"limbs=single ({limbs.question.en} {limbs.readings[1].meaning.en})",
        )
        other = flip_words(PLAN, {"window": "whole-year"})
        assert other.zh.startswith(f"window=whole-year（{window.question.zh}")
        both = flip_words(PLAN, {"limbs": "single", "window": "whole-year"})
        assert both == Words(f"{one.zh} 且 {other.zh}", f"{one.en} and {other.en}")

    def test_key(self) -> None:
        assert last(bought(86_000)).flips_key == ""
        printing = last(bought(1_200, date="2020-03-02"), bought(4_600))
        assert printing.flips_key == "limbs=single | current=excluded"
        deeper = last(bought(6_000, method="e_mall", in_catalogue=True))
        assert deeper.flips_key == "scope=all & quotes-list=closed"


@pytest.mark.parametrize(
    ("limits", "zh", "en"),
    [
        (None, None, None),
        (300_000, "¥300,000.00", "¥300,000.00"),
        ({"goods": 300_000}, "货物 ¥300,000.00", "goods ¥300,000.00"),
        (
            {"goods": 300_000, "services": 300_000, "works": 600_000},
            "货物 ¥300,000.00，服务 ¥300,000.00，工程 ¥600,000.00",
            "goods ¥300,000.00, services ¥300,000.00, works ¥600,000.00",
        ),
        (
            {2020: 300_000, 2021: {"works": 400_000}, None: 200_000},
            "2020年¥300,000.00，2021年工程 ¥400,000.00，¥200,000.00",
            "2020 ¥300,000.00, 2021 works ¥400,000.00, ¥200,000.00",
        ),
    ],
)
def test_limits(limits: object, zh: str | None, en: str | None) -> None:
    words = limit_words(furong(limits=limits))
    assert words == ([] if zh is None else [Words(f"年度限额 {zh}", f"yearly limit {en}")])


def test_several_limits() -> None:
    policy = furong(limits={2020: {"goods": 300_000}}, open_tender=400_000)
    assert limit_words(policy)[1] == Words("公开招标数额标准 ¥400,000.00", "open-tender standard ¥400,000.00")
    assert limits_plain(policy) == {
        "decentral": {"2020:goods": "300000.00"},
        "open-tender": {"goods": "400000.00", "services": "400000.00", "works": "400000.00"},
    }
    assert limit_options(policy) == [
        "2020:goods=300000.00",
        *(f"open-tender.{kind}=400000.00" for kind in ("goods", "services", "works")),
    ]


def test_every_column_has_a_name() -> None:
    plan = furong().plan()
    names = {name: column_name(plan, name) for name in (*READY, *plan.built.limits, "emergency", "row", "else")}
    assert names["description"] == Words("采购内容", "item")
    assert names["emergency"] == Words("应急采购", "emergency")
    assert names["decentral"] == Words("年度限额", "yearly limit")
    assert names["row"] == Words("整行", "the row")
    assert names["else"] == Words("else", "else")
    assert len({words.zh for words in names.values()}) == len(names)
