"""The ready vocabularies: every word names what it names, in both languages, whatever its width and case."""

from __future__ import annotations

import pytest

from procure import Kind, Method, ProcureError, Words
from procure.log.cells import fold
from procure.log.columns import Manner, on_record
from procure.log.ready import READY
from procure.values.money import Currency

MANNER = Manner(Currency.of("CNY"))

METHODS = {
    Method.E_MALL: ("电子卖场", ["公品商城", "网上超市", "电子卖场（公品商城）", "e-mall", "E_MALL"]),
    Method.DESIGNATED: ("定点采购", ["定点", "协议定点", "designated"]),
    Method.FRAMEWORK: ("框架协议", ["协议供货", "Framework Agreement"]),
    Method.DIRECT: ("自行采购", ["直接采购", "自行（直接）采购", "自行(直接)采购", "零星采购", "direct"]),
    Method.QUOTATION: ("三方询价", ["比价", "三方比价", "货比三家", "three quotes", "３ quotes"]),
    Method.INQUIRY: ("询价采购", ["政府采购询价", "询价小组", "inquiry"]),
    Method.NEGOTIATION: ("竞争性谈判", ["竞谈", "negotiation"]),
    Method.CONSULTATION: ("竞争性磋商", ["磋商", "consultation"]),
    Method.INVITED_TENDER: ("邀请招标", ["邀标", "invited_tender"]),
    Method.OPEN_TENDER: ("公开招标", ["公招", "Open Tender", "ｏｐｅｎ"]),
    Method.SINGLE_SOURCE: ("单一来源", ["单一来源采购", "sole source", "single_source"]),
}
KINDS = {
    Kind.GOODS: ("货物", ["货物类", "goods", "A", "ａ"]),
    Kind.SERVICES: ("服务", ["服务类", "services", "C"]),
    Kind.WORKS: ("工程", ["工程类", "works", "construction", "B"]),
}


def read(name: str, word: str) -> object:
    return READY[name].read(word, MANNER)


def test_they_are_the_words_of_the_columns() -> None:
    assert READY["method"].canonical == tuple(Method)
    assert READY["kind"].canonical == tuple(Kind)


@pytest.mark.parametrize("method", Method)
def test_methods(method: Method) -> None:
    name, synonyms = METHODS[method]
    shown = READY["method"].shown(method)
    assert shown == Words(name, method.value.replace("_", " "))
    for word in (name, method.value, *shown, *synonyms, f"  {name}\n"):
        assert read("method", word) == method


@pytest.mark.parametrize("kind", Kind)
def test_kinds(kind: Kind) -> None:
    name, synonyms = KINDS[kind]
    assert READY["kind"].shown(kind) == Words(name, kind.value)
    for word in (name, kind.value, *synonyms, f" {name}　"):
        assert read("kind", word) == kind


def test_the_bare_inquiry_is_either() -> None:
    assert read("method", "询价") == read("method", " 询价 ") == {Method.QUOTATION, Method.INQUIRY}


def test_no_word_means_two_things() -> None:
    rows = [word for _, row in METHODS.values() for word in row]
    assert len({fold(word) for word in rows}) == len({*rows}) - 1  # 自行（直接）采购 in both widths


@pytest.mark.parametrize("word", ["是", "有", "Y", "yes", "TRUE", "1", "１", "√", "已批准", "同意"])
def test_yes(word: str) -> None:
    assert on_record(word) is True


@pytest.mark.parametrize(
    "word", ["否", "无", "N", "no", "False", "0", "×", "-", "—", "/", "N/A", "未批准", "不同意", "Nil"]
)
def test_no(word: str) -> None:
    assert on_record(word) is False


@pytest.mark.parametrize("word", ["", "可能", "2020-03-05", "yes and no", "不详"])
def test_neither(word: str) -> None:
    assert on_record(word) is None


@pytest.mark.parametrize(
    ("word", "inside"),
    [
        ("目录内", True),
        ("集采", True),
        ("in", True),
        ("是", True),
        ("目录外", False),
        ("分散采购", False),
        ("否", False),
        ("/", False),
    ],
)
def test_in_catalogue(word: str, inside: bool) -> None:
    assert read("in_catalogue", word) == ("yes" if inside else "no")


def refused(name: str, word: str) -> Words:
    with pytest.raises(ProcureError) as caught:
        read(name, word)
    return caught.value.words


def test_unknown_words() -> None:
    assert refused("kind", "杂项") == Words(
        "“杂项”不是已知的采购类别（可用：货物、服务、工程）",
        "'杂项' is not a known kind (use one of: goods, services, works)",
    )
    assert refused("method", "抽签") == Words(
        "“抽签”不是已知的采购方式（可用：电子卖场、定点采购、框架协议、自行采购、三方询价、询价采购、竞争性谈判、竞争性磋商、"
        "邀请招标、公开招标、单一来源）",
        "'抽签' is not a known method (use one of: e_mall, designated, framework, direct, quotation, inquiry, "
        "negotiation, "
        "consultation, invited_tender, open_tender, single_source)",
    )
    assert refused("in_catalogue", "也许") == Words(
        "“也许”不是已知的是否目录内（可用：是、否）", "'也许' is not a known in_catalogue (use one of: yes, no)"
    )
