"""The field's closed vocabularies: kinds, methods, yes and no, and the words offices use for them."""

from __future__ import annotations

import enum
import unicodedata

from procure.words import ProcureError, Words


class Kind(enum.Enum):
    """What is bought: 货物, 服务 or 工程."""

    GOODS = "goods"
    SERVICES = "services"
    WORKS = "works"

    # Members are singletons, and the one of Enum hashes the name anew each time.
    __hash__ = object.__hash__

    @property
    def words(self) -> Words:
        return Words(_KINDS[self][0], self.value)


class Method(enum.Enum):
    """How it was bought (采购方式)."""

    E_MALL = "e_mall"
    DESIGNATED = "designated"
    FRAMEWORK = "framework"
    DIRECT = "direct"
    QUOTATION = "quotation"
    INQUIRY = "inquiry"
    NEGOTIATION = "negotiation"
    CONSULTATION = "consultation"
    INVITED_TENDER = "invited_tender"
    OPEN_TENDER = "open_tender"
    SINGLE_SOURCE = "single_source"

    __hash__ = object.__hash__

    @property
    def words(self) -> Words:
        return Words(_METHODS[self][0], self.value.replace("_", " "))


# The first word of each row is the name shown; the others are synonyms met in logs.
_KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.GOODS: ("货物", "货物类", "物资", "goods", "good", "a"),
    Kind.SERVICES: ("服务", "服务类", "services", "service", "c"),
    Kind.WORKS: ("工程", "工程类", "works", "work", "construction", "b"),
}
_METHODS: dict[Method, tuple[str, ...]] = {
    Method.E_MALL: (
        "电子卖场",
        "公品商城",
        "网上超市",
        "网上商城",
        "电子商城",
        "政采商城",
        "网上竞价",
        "电商直购",
        "电子卖场采购",
        "公品商城采购",
        "电子卖场（公品商城）",
        "e_mall",
        "e-mall",
        "emall",
        "e mall",
    ),
    Method.DESIGNATED: ("定点采购", "定点", "协议定点", "定点服务", "designated", "designated supplier"),
    Method.FRAMEWORK: ("框架协议", "框架协议采购", "协议供货", "framework", "framework agreement"),
    Method.DIRECT: (
        "自行采购",
        "直接采购",
        "自行(直接)采购",
        "自采",
        "自购",
        "零星采购",
        "零星购买",
        "直接购买",
        "direct",
        "direct purchase",
    ),
    Method.QUOTATION: (
        "三方询价",
        "比价",
        "三方比价",
        "询比价",
        "询价比价",
        "三家比价",
        "三家询价",
        "货比三家",
        "自行询价",
        "市场询价",
        "quotation",
        "quotations",
        "three quotes",
        "3 quotes",
    ),
    Method.INQUIRY: ("询价采购", "政府采购询价", "询价小组", "询价通知书", "inquiry", "statutory inquiry"),
    Method.NEGOTIATION: ("竞争性谈判", "竞争性谈判采购", "竞谈", "negotiation", "competitive negotiation"),
    Method.CONSULTATION: ("竞争性磋商", "竞争性磋商采购", "磋商", "竞磋", "consultation", "competitive consultation"),
    Method.INVITED_TENDER: ("邀请招标", "邀标", "邀请招标采购", "invited_tender", "invited tender", "selective"),
    Method.OPEN_TENDER: ("公开招标", "公开招标采购", "公招", "open_tender", "open tender", "open"),
    Method.SINGLE_SOURCE: ("单一来源", "单一来源采购", "单一来源谈判", "single_source", "single source", "sole source"),
}

#: The bare word is either the unit's own comparison or the statutory procedure: one of two, not known which.
EITHER_INQUIRY = frozenset({Method.QUOTATION, Method.INQUIRY})
#: A bare 招标 may be open or invited.
EITHER_TENDER = frozenset({Method.OPEN_TENDER, Method.INVITED_TENDER})

_YES = ("是", "有", "y", "yes", "true", "1", "√", "✓", "对", "已", "已批准", "已报告", "同意", "已同意", "已审批")
_NO = ("否", "无", "没有", "n", "no", "none", "false", "0", "×", "x", "✗", "未", "未批准", "未报告", "不同意", "未同意",
       "未审批", "-", "--", "—", "/", "n/a", "na", "nil")  # fmt: skip
#: Said of an approval or a ground, these too mean that none is on record.
_ABSENT = (
    "不适用",
    "不涉及",
    "暂无",
    "未提供",
    "待补",
    "待补充",
    "缺",
    "缺失",
    "无依据",
    "无理由",
    "未论证",
    "未办理",
    "not applicable",
)
_IN = ("目录内", "集采目录内", "集中采购目录内", "集采", "集中采购", "in")
_OUT = ("目录外", "集采目录外", "集中采购目录外", "非集采", "分散采购", "分散", "out")


_EMERGENCY = ("应急", "紧急", "应急采购", "紧急采购", "抢险", "抢险救灾", "emergency", "urgent")
_ORDINARY = ("非应急", "非紧急", "普通", "一般", "常规", "正常", "ordinary", "normal")


def fold(text: str) -> str:
    """The form in which words are compared: full-width folded, white space collapsed, lower case."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).lower()


_KIND_OF = {fold(word): kind for kind, row in _KINDS.items() for word in row}
_METHOD_OF: dict[str, Method | frozenset[Method]] = {
    fold(word): method for method, row in _METHODS.items() for word in row
} | {"询价": EITHER_INQUIRY, "招标": EITHER_TENDER, "招标采购": EITHER_TENDER}
_YES_NO = dict.fromkeys(map(fold, _YES), True) | dict.fromkeys(map(fold, _NO), False)
_NONE = frozenset(map(fold, _ABSENT))
_EMERGENCIES = dict.fromkeys(map(fold, _EMERGENCY), True) | dict.fromkeys(map(fold, _ORDINARY), False)
_IN_OUT = dict.fromkeys(map(fold, _IN), True) | dict.fromkeys(map(fold, _OUT), False)


def kind(value: str) -> Kind:
    """The kind that a word names; raises `ProcureError`, listing the words known."""
    try:
        return _KIND_OF[fold(value)]
    except KeyError:
        raise _unknown_word(
            value, "采购类别", "kind", [row[0] for row in _KINDS.values()], [k.value for k in Kind]
        ) from None


def method(value: str) -> Method | frozenset[Method]:
    """The method that a word names; the bare 询价 is both that it may mean."""
    try:
        return _METHOD_OF[fold(value)]
    except KeyError:
        raise _unknown_word(
            value, "采购方式", "method", [row[0] for row in _METHODS.values()], [m.value for m in Method]
        ) from None


def yes_no(value: str) -> bool | None:
    """True or False where the text is a word for yes or no, else None."""
    return _YES_NO.get(fold(value))


def on_record(value: str) -> bool | None:
    """Whether a cell says that there is one, or that there is none; None where it says something else."""
    return False if fold(value) in _NONE else yes_no(value)


def in_catalogue(value: str) -> bool:
    """Whether a cell says 'in the catalogue'; raises `ProcureError` where it says neither."""
    word = fold(value)
    answer = _IN_OUT.get(word, _YES_NO.get(word))
    if answer is None:
        raise _unknown_word(value, "是否目录内", "in_catalogue", ["是", "否"], ["yes", "no"])
    return answer


def emergency(value: str) -> bool:
    """Whether a cell says that it was an emergency; raises `ProcureError` where it says neither."""
    word = fold(value)
    answer = _EMERGENCIES.get(word, _YES_NO.get(word))
    if answer is None:
        raise _unknown_word(value, "是否应急采购", "emergency", ["是", "否"], ["yes", "no"])
    return answer


def _unknown_word(value: str, zh: str, en: str, names: list[str], ids: list[str]) -> ProcureError:
    return ProcureError(
        Words(
            f"“{value}”不是已知的{zh}（可用：{'、'.join(names)}）",
            f"{value!r} is not a known {en} (use one of: {', '.join(ids)})",
        )
    )
