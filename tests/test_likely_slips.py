"""Slips that whoever writes a policy in Chinese is likely to make, and what is said of them."""

from __future__ import annotations

import pytest
from small import bought, last, small

from procure import ProcureError, Words
from procure.authoring import Passage, PolicyError, column

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
        ({"quotes": "≥ 2"}, '3, ">= 3"'),
        ({"approved_on": "before"}, '"present", "<= date"'),
        ({"note": "yes"}, '"present", "absent"'),
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
