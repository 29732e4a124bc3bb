"""Slips that whoever writes a policy in Chinese is likely to make, and what is said of them."""

from __future__ import annotations

from typing import Any

import pytest
from small import bought, duty, last, small

from procure import ProcureError, Words
from procure.authoring import Band, Ladder, Limit, Passage, PolicyError, column

TEXT = Passage("原则上,潜在供应商\n不得少于两家。", Words("测试", "a test"))


@pytest.mark.parametrize("quote", ["原则上，潜在供应商 不得少于两家。", "原则上,潜在供应商\u3000不得少于两家."])
def test_other_marks_than_those_of_the_text(quote: str) -> None:
    with pytest.raises(ProcureError) as caught:
        TEXT.find(quote)
    assert caught.value.words == Words(
        f"原文没有“{quote}”：标点、空格或大小写不同，原文是“{TEXT.text}”",
        f"the passage does not have {quote!r}: marks, blanks or capitals differ, the passage has {TEXT.text!r}",
    )


def test_other_capitals_than_those_of_the_text() -> None:
    text = Passage("İn all: Three quotes are obtained.", Words("测试", "a test"))
    with pytest.raises(ProcureError, match="capitals differ, the passage has 'Three quotes'"):
        text.find("three quotes")


@pytest.mark.parametrize("number", ["1,500", "$1,500.00", "$1500", "1500元"])
def test_a_number_as_it_is_printed(number: str) -> None:
    with pytest.raises(PolicyError) as caught:
        small({"quotes": f"[0 .. {number}]"}, [column("quotes")])
    (fault,) = caught.value.faults
    assert fault.why.en == f"{number!r} is no number: it has no sign of a currency and no comma (1500, 25_000, 1000.50)"
    assert fault.why.zh == f"“{number}”不是数：不加币种符号和千分位（1500、25_000、1000.50）"


@pytest.mark.parametrize(
    ("condition", "how"),
    [
        ({"quotes": "≥ 2"}, '3, ">= 3", "odd"'),
        ({"approved_on": "before"}, '"present", "<= date"'),
        ({"note": "there"}, '"present", "absent"'),
    ],
)
def test_a_condition_in_words(condition: dict[str, str], how: str) -> None:
    with pytest.raises(PolicyError) as caught:
        small(condition, [column(next(iter(condition)))])
    (fault,) = caught.value.faults
    assert fault.why.en.endswith(f"(it is asked so: {how})")
    assert fault.why.zh.endswith(f"（写法如 {how}）")


def test_a_header_in_place_of_a_column() -> None:
    with pytest.raises(PolicyError) as caught:
        small({"Vendor": "present"})
    (fault,) = caught.value.faults
    assert fault.why == Words(
        "没有列“Vendor”（台账的表头“Vendor”，在此写作 supplier）",
        "there is no column 'Vendor' (a log may head it so; here it is 'supplier')",
    )


def why(condition: dict[str, object], *columns: str, **keys: Any) -> Words:
    """The one fault of a condition."""
    with pytest.raises(PolicyError) as caught:
        small(condition, [column(each) for each in columns], **keys)
    (fault,) = caught.value.faults
    return fault.why


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (">= 三家", "3"),
        (">= 两家", "2"),
        ("3家", "3"),
        ("[1万 .. )", "10000"),
        ("<= 1.5 万元", "15000"),
        ("< 25,000元整", None),
        ("> 2 million", "2000000"),
        ("> 20k", "20000"),
        ("> R30 000", "30000"),
        ("> USD 5,000", "5000"),
        ("[0 .. 12 000.50)", "12000.5"),
        ("= 3百万", "3000000"),
    ],
)
def test_a_number_in_words(said: str, written: str | None) -> None:
    for name in ("quotes", "amount"):
        told = why({name: said}, name)
        if written is None:
            assert "neither a number nor a name" in told.en
        else:
            text = told.en.partition(" is written ")[0].strip("'")
            assert text in said
            assert told == Words(f"“{text}”写作 {written}", f"{text!r} is written {written}")


@pytest.mark.parametrize("range", ["[0 .. 1万)", "[0 .. 1/2 * 2万)"])
def test_a_number_in_words_at_the_end_of_a_band(range: str) -> None:
    bands = [Band(id="low", range=range, duties=["proper"])]
    with pytest.raises(PolicyError, match=r"'[12]万' is written [12]0000"):
        small(ladders={"steps": Ladder(bands=bands)}, duties={"proper": duty([])})


def test_a_number_in_words_that_bounds_a_limit() -> None:
    with pytest.raises(PolicyError, match="'5千' is written 5000"):
        small({"amount": ">= top"}, limits={"top": [Limit(value=10_000, above="5千")]})


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        ({"method": "公开招标"}, "“公开招标”不是 method 的词（台账写“公开招标”的，在此写作“open_tender”）",
         "'公开招标' is no word of method (a log may say so; here it is 'open_tender')"),
        ({"method": "询价"}, "“询价”不是 method 的词（台账写“询价”的，在此写作“quotation”或“inquiry”）",
         "'询价' is no word of method (a log may say so; here it is 'quotation' or 'inquiry')"),
        ({"method": "公开招标采购法"}, "“公开招标采购法”不是 method 的词（是否为“open_tender”？）",
         "'公开招标采购法' is no word of method (did you mean 'open_tender'?)"),
        ({"in_catalogue": "是"}, "“是”不是 in_catalogue 的词（台账写“是”的，在此写作“yes”）",
         "'是' is no word of in_catalogue (a log may say so; here it is 'yes')"),
        ({"ground": "有"}, "“有”在此写作 present", "'有' is written 'present' here"),
        ({"approved_on": "无"}, "“无”在此写作 absent", "'无' is written 'absent' here"),
        ({"quotes": "单数"}, "“单数”在此写作 odd", "'单数' is written 'odd' here"),
        ({"approved_on": "<= 采购日期"},
         "没有词、列、限额或名单所列“采购日期”（台账的表头“采购日期”，在此写作 date）",
         "there is no word, column, limit or number of a list '采购日期' (a log may head it so; here it is 'date')"),
    ],
)  # fmt: skip
def test_the_words_of_a_log_in_a_condition(condition: dict[str, object], zh: str, en: str) -> None:
    assert why(condition, *condition) == Words(zh, en)


def test_a_column_of_ones_own() -> None:
    told = why({"集体研究": "yes"})
    assert told.zh.endswith('；自己的列须先声明：[columns."集体研究"]，写明 type')
    assert told.en.endswith('; a column of your own is declared first: [columns."集体研究"], with its type')


@pytest.mark.parametrize("condition", ["<= date - 6 months", "[date - 1 year .. date]"])
def test_months_in_place_of_days(condition: str) -> None:
    with pytest.raises(PolicyError) as caught:
        small({"approved_on": condition}, [column("approved_on")])
    (fault,) = caught.value.faults
    assert fault.why.en.endswith(
        "is neither a number nor a name (days may be added to a date, not months: 'date - 30 days')"
    )
    assert fault.why.zh.endswith("不是数，也不是名称（日期可加减天数，如 “date - 30 days”；月、年不可）")


def test_no_words_at_all() -> None:
    with pytest.raises(ProcureError, match=r"the passage does not have ''$"):
        TEXT.find("")


def test_a_chinese_word_is_shown_as_the_policy_has_it() -> None:
    approver = column("approver", type="word", words={"部办公室": ("办公室",), "dean": ("院长",)})
    assert [approver.shown(word) for word in ("部办公室", "dean")] == [
        Words("部办公室", "部办公室"),
        Words("院长", "dean"),
    ]
    policy = small({"approver": "dean"}, [approver])
    assert last(policy, bought(approver="办公室")).verdict.value == "violation"
