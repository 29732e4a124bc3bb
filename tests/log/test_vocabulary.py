"""The words that offices write: what names a method, and what may mean several."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import procure
from procure import MISSING, NONE, UNDATED, Kind, Method, ProcureError
from procure.authoring import column
from procure.log.cells import fold
from procure.log.columns import Column, Manner
from procure.log.headers import Known, recognise
from procure.log.ready import READY
from procure.log.vocabulary import APPROVED, IN, KINDS, METHODS, OUT, PENDING, SEVERAL
from procure.values.money import Currency

FURONG = procure.policies.furong_2020().columns
MANNER = Manner(Currency.of("CNY"))


def read(name: str, cell: object) -> Any:
    return FURONG[name].read(cell, MANNER)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (Method.E_MALL, "网上超市采购 网上商城 政采云 电子卖场采购方式 電子賣場 公品商城采购"),
        (Method.DESIGNATED, "定点采购 定点维修 定点供应商 定點採購"),
        (Method.FRAMEWORK, "框架协议采购方式 协议供货 框架采购 rahmenvertrag accord-cadre 共同供應契約"),
        (
            Method.DIRECT,
            "零采 零星采购 自行购买 自主采购 直接购买 小额零星采购 现场购买 直購 科室自购".replace("直購", "直购"),
        ),
        (Method.QUOTATION, "三方询价 三家报价 货比三家采购 询比价采购 市场询价方式 多家比价 preisvergleich"),
        (Method.INQUIRY, "询价采购 询价采购方式 詢價採購"),
        (Method.NEGOTIATION, "竞争性谈判 竞争性谈判采购方式 競爭性談判"),
        (Method.CONSULTATION, "竞争性磋商方式采购 竞磋 競爭性磋商"),
        (Method.INVITED_TENDER, "邀请招标方式 邀标 選擇性招標 convite"),
        (Method.OPEN_TENDER, "公开招标 公开招投标 公开招标采购 公開招標 abierto concorrência"),
        (Method.SINGLE_SOURCE, "单一来源 单一来源采购方式 单源采购 單一來源 inexigibilidade"),
    ],
)
def test_another_name_of_a_method(method: Method, words: str) -> None:
    assert {word: read("method", word) for word in words.split()} == dict.fromkeys(words.split(), method)


@pytest.mark.parametrize(
    ("word", "among", "never"),
    [
        ("比选", {"quotation", "consultation", "invited_tender"}, {"direct", "single_source"}),
        ("网上询价", {"e_mall", "quotation", "inquiry"}, {"direct"}),
        ("竞价", {"e_mall", "quotation"}, {"direct"}),
        ("网上竞价采购", {"e_mall", "quotation"}, {"direct"}),
        ("电子卖场直购", {"e_mall", "direct"}, {"quotation"}),
        ("议价", {"direct", "negotiation", "single_source"}, {"open_tender"}),
        ("询价", {"quotation", "inquiry"}, {"e_mall"}),
        ("公开比选采购方式", {"quotation", "open_tender"}, {"direct"}),
        ("直接委托", {"direct", "single_source"}, {"quotation"}),
        ("集中采购", {"e_mall", "open_tender"}, {"direct"}),
        ("分散采购", set(Method), set()),
        ("Contrato menor", {"direct", "quotation"}, {"open_tender"}),
        ("Pregão eletrônico", {"e_mall", "open_tender"}, {"direct"}),
        ("Gré à gré", {"direct", "single_source"}, {"open_tender"}),
        ("Freihändige Vergabe", {"negotiation", "single_source"}, {"open_tender"}),
        ("RFQ", {"quotation", "inquiry"}, {"direct"}),
    ],
)
def test_a_judgement_is_left_open(word: str, among: set[str], never: set[str]) -> None:
    found = read("method", word)
    assert isinstance(found, frozenset)
    assert among <= found
    assert not found & never


@pytest.mark.parametrize("word", ["/", "-", "——", "无", "N/A", "不详", " ／ "])
def test_a_dash_in_a_column_of_words_is_a_blank(word: str) -> None:
    assert read("method", word) is MISSING
    assert column("rank", type="word", order=("a", "b"), blank="none").read(word, MANNER) is NONE


@pytest.mark.parametrize("word", ["其他", "抽签", "老办法"])
def test_what_fits_no_method_is_not_known(word: str) -> None:
    with pytest.raises(ProcureError):
        read("method", word)


def test_a_policy_that_has_words_of_its_own_has_these_alone() -> None:
    own = column("method", words={"single": ["单一来源"]})
    assert own.read("单一来源", MANNER) == "single"
    for word in ("单一来源采购", "询价", "公开招标"):
        with pytest.raises(ProcureError):
            own.read(word, MANNER)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.GOODS, "货物类 物品 商品 suministros bens fournitures Lieferleistung 財物"),
        (Kind.SERVICES, "服务采购 servicios serviços prestations Dienstleistungen 勞務"),
        (Kind.WORKS, "工程项目 obras travaux Bauleistungen 建设工程"),
    ],
)
def test_kinds(kind: Kind, words: str) -> None:
    assert {read("kind", word) for word in words.split()} == {kind}


def test_approvals() -> None:
    assert [
        read("approved_on", word) for word in ("已批", "会议通过", "党组会", "领导同意", "Genehmigt", "aprobado", "sim")
    ] == ([UNDATED] * 7)
    assert [read("approved_on", word) for word in ("待批", "审批中", "未上会", "驳回", "pending", "en attente")] == [
        NONE
    ] * 6
    assert read("approved_on", "2020-03-05") == dt.date(2020, 3, 5)
    for word in ("待定", "口头同意", "已报批"):
        with pytest.raises(ProcureError):
            read("approved_on", word)


def test_inside_and_outside() -> None:
    assert [read("in_catalogue", word) for word in ("属于", "在目录内", "Sí", "oui", "ja")] == ["yes"] * 5
    assert [read("in_catalogue", word) for word in ("不属于", "未纳入", "não", "non", "nein")] == ["no"] * 5


def test_no_word_has_two_meanings() -> None:
    for words in (METHODS, KINDS, {"yes": IN, "no": OUT}, {"yes": APPROVED, "no": PENDING}):
        folded = [fold(word) for each in words.values() for word in each]
        assert len(folded) == len(set(folded))
    named = {fold(word) for words in METHODS.values() for word in words}
    assert not named & {fold(word) for word in SEVERAL}
    assert all(set(methods) <= set(Method) and len(set(methods)) == len(methods) > 1 for methods in SEVERAL.values())


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("采购形式", "method"), ("购买方式", "method"), ("Modalidad", "method"), ("Vergabeverfahren", "method"),
        ("审批时间", "approved_on"), ("审批情况", "approved_on"), ("审定日期", "approved_on"),
        ("Genehmigung", "approved_on"),
        ("报价单位数", "quotes"), ("已报数量", "quotes"), ("投标家数", "quotes"), ("Devis reçus", "quotes"),
        ("Tipo de contrato", "kind"), ("采购总价", "amount"), ("供应单位", "supplier"), ("被邀请家数", "invited"),
        ("采购完成日期", "date"),
    ],
)  # fmt: skip
def test_headers(header: str, name: str) -> None:
    found = recognise(1, [header], {}, Known.of(READY))
    assert list(found.fields) == [name]


def test_endings_belong_to_the_column() -> None:
    plain = Column(name="x", type="word", words={"a": ("甲",)})
    with pytest.raises(ProcureError):
        plain.read("甲方式", MANNER)
    assert Column(name="x", type="word", words={"a": ("甲",)}, endings=("方式",)).read("甲方式", MANNER) == "a"
