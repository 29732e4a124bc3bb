"""Purchases: what each cell is taken for, what a blank one says, and what a missing column says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from procure import Kind, Log, Method, Origin, Purchase, Rejected
from procure.records import COLUMNS, SLOTS, UNDATED, UNKNOWN, Skipped, Source, category, is_code
from procure.terms import EITHER_INQUIRY
from procure.words import ProcureError, Words

BLANKS = [None, "", "  ", "\t\n", "　"]
CANONICAL = [
    *("id", "date", "unit", "department", "category", "kind", "item", "amount", "in_catalogue", "method", "supplier"),
    *("approved_on", "invited", "quotes", "ground", "emergency", "note"),
]


def column(name: str, value: object) -> Any:
    given: dict[str, Any] = {name: value}
    return getattr(Purchase(**given), "fen" if name == "amount" else name)


def test_columns_are_the_canonical_ones_in_order() -> None:
    assert list(COLUMNS) == CANONICAL


class TestBlankOrMissing:
    """A blank approval, ground or emergency says that there was none; a missing column says nothing."""

    @pytest.mark.parametrize("name", CANONICAL)
    @pytest.mark.parametrize("blank", BLANKS, ids=repr)
    def test_blank(self, name: str, blank: object) -> None:
        assert column(name, blank) is (False if name == "emergency" else None)

    def test_left_out(self) -> None:
        left_out = Purchase()
        assert left_out.approved_on is UNKNOWN
        assert left_out.ground is UNKNOWN
        assert left_out.emergency is UNKNOWN
        for name in set(CANONICAL) - {"approved_on", "ground", "emergency", "amount"}:
            assert getattr(left_out, name) is None
        assert left_out.fen is None
        assert left_out.amount is None
        assert left_out.origin == Origin()

    @pytest.mark.parametrize("name", ["approved_on", "ground", "emergency"])
    def test_said_not_to_be_known(self, name: str) -> None:
        assert column(name, UNKNOWN) is UNKNOWN


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("id", " 7　号\n", "7 号"),
        ("id", 7.0, "7"),
        ("id", 7.5, "7.5"),
        ("unit", "区工信局 ", "区工信局"),
        ("unit", "ＡＢＣ（区）", "ABC(区)"),
        ("unit", "Abc", "Abc"),
        ("department", " 办公室", "办公室"),
        ("category", "a05040101", "A05040101"),
        ("category", "Ａ０５０４", "A0504"),
        ("category", " 办公 用品 ", "办公 用品"),
        ("category", "paper", "paper"),
        ("category", 20101.0, "20101"),
        ("item", "  复印纸 ", "复印纸"),
        ("item", 5.0, "5"),
        ("date", "2020年3月5日", dt.date(2020, 3, 5)),
        ("date", dt.datetime(2020, 3, 5, 10), dt.date(2020, 3, 5)),
        ("date", 43895.0, dt.date(2020, 3, 5)),
        ("kind", "货物", Kind.GOODS),
        ("kind", Kind.WORKS, Kind.WORKS),
        ("amount", "1.2万", 1_200_000),
        ("amount", 0, 0),
        ("in_catalogue", "目录内", True),
        ("in_catalogue", 0.0, False),
        ("in_catalogue", 1, True),
        ("in_catalogue", True, True),
        ("method", "三方比价", Method.QUOTATION),
        ("method", "询价", EITHER_INQUIRY),
        ("method", Method.DIRECT, Method.DIRECT),
        ("method", frozenset({Method.DIRECT, Method.DESIGNATED}), {Method.DIRECT, Method.DESIGNATED}),
        ("supplier", " 甲公司 ", "甲公司"),
        ("invited", 3, 3),
        ("invited", "3家", 3),
        ("quotes", 0, 0),
        ("quotes", 3.0, 3),
        ("quotes", "甲公司、乙公司", 2),
        ("quotes", "/", None),
        ("note", " 加急 ", "加急"),
    ],
)
def test_taken_for(name: str, value: object, expected: object) -> None:
    assert column(name, value) == expected


class TestApproval:
    @pytest.mark.parametrize("value", ["是", "已批准", "√", "yes", 1, 1.0, True, UNDATED])
    def test_some_day(self, value: object) -> None:
        assert column("approved_on", value) is UNDATED

    @pytest.mark.parametrize("value", ["否", "无", "未报告", "不同意", "-", "/", 0, False])
    def test_none(self, value: object) -> None:
        assert column("approved_on", value) is None

    @pytest.mark.parametrize(
        "value", ["2020-03-05", dt.date(2020, 3, 5), dt.datetime(2020, 3, 5, 9), 43895, "2020年3月5日"]
    )
    def test_dated(self, value: object) -> None:
        assert column("approved_on", value) == dt.date(2020, 3, 5)

    def test_neither(self) -> None:
        with pytest.raises(ProcureError, match=r"^'待定' is not a date$"):
            column("approved_on", "待定")

    def test_day_first(self) -> None:
        assert COLUMNS["approved_on"]("03/04/2020", day_first=True) == dt.date(2020, 4, 3)  # type: ignore[call-arg]
        assert COLUMNS["date"]("03/04/2020", day_first=True) == dt.date(2020, 4, 3)  # type: ignore[call-arg]


class TestGround:
    """Free text, or a word for yes or no."""

    @pytest.mark.parametrize("value", ["只能从唯一供应商处采购", " 紧急 ", "是", "有", "√", "1"])
    def test_on_record(self, value: str) -> None:
        assert column("ground", value) == value.strip()

    def test_a_boolean(self) -> None:
        assert column("ground", True) == "是"
        assert column("ground", False) is None

    @pytest.mark.parametrize("value", ["否", "无", "没有", "N", "-", "—", "/", "n/a", 0, 0.0])
    def test_none(self, value: object) -> None:
        assert column("ground", value) is None


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("amount", "面议", "'面议' is not an amount"),
        ("amount", True, "'True' is not an amount"),
        ("date", "3月", "'3月' is not a date"),
        ("date", True, "'True' is not a date"),
        ("kind", "杂项", "'杂项' is not a known kind (use one of: goods, services, works)"),
        ("in_catalogue", "也许", "'也许' is not a known in_catalogue (use one of: yes, no)"),
        ("quotes", "见附件", "'见附件' is neither a number of suppliers nor a list of their names"),
        ("quotes", -1, "'-1' is neither a number of suppliers nor a list of their names"),
        ("quotes", True, "'True' is neither a number of suppliers nor a list of their names"),
    ],
)
def test_refused(name: str, value: object, message: str) -> None:
    with pytest.raises(ProcureError) as caught:
        column(name, value)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("category_text", "code"),
    [("A0504", True), ("B1", True), ("C15040000", True), ("A", False), ("D0504", False), ("a0504", False),
     ("A05纸", False), ("A05 04", False), ("办公用品", False), ("", False)],
)  # fmt: skip
def test_is_code(category_text: str, code: bool) -> None:
    assert is_code(category_text) is code


def test_category_of_nothing() -> None:
    assert category(None) is None
    assert category("  ") is None


def test_frozen_and_slotted() -> None:
    purchase = Purchase(amount=5)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        purchase.fen = None  # type: ignore[misc]
    assert not hasattr(purchase, "__dict__")
    with pytest.raises(TypeError):
        Purchase("7")  # type: ignore[misc]
    assert purchase == Purchase(amount="5元")
    assert purchase.amount == Decimal("5.00")
    assert hash(purchase) == hash(Purchase(amount=Decimal(5)))


def test_evolve_keeps_everything_else() -> None:
    purchase = Purchase(
        id="1", date="2020-03-05", amount="1.2万", method="询价", approved_on="是", ground="紧急", quotes="3家"
    )
    changed = attrs.evolve(purchase, id="2")
    assert attrs.evolve(changed, id="1") == purchase
    assert (changed.id, changed.fen, changed.approved_on) == ("2", 1_200_000, UNDATED)


def test_slots_take_values_as_they_are() -> None:
    purchase = Purchase(id="1", amount=5, unit="甲", origin=Origin("a.csv", None, 2))
    copy = Purchase.__new__(Purchase)
    assert list(SLOTS) == [*CANONICAL, "origin"]
    for (_, put), field in zip(SLOTS.items(), attrs.fields(Purchase), strict=True):
        put(copy, getattr(purchase, field.name))
    assert copy == purchase


@pytest.mark.parametrize(
    ("origin", "text"),
    [
        (Origin(), "-"),
        (Origin(row=3), "-:3"),
        (Origin("log.csv"), "log.csv"),
        (Origin("log.csv", None, 3), "log.csv:3"),
        (Origin("log.xlsx", "1月"), "log.xlsx[1月]"),
        (Origin("log.xlsx", "1月", 3), "log.xlsx[1月]:3"),
        (Origin(None, "1月", 3), "-[1月]:3"),
    ],
)
def test_origin(origin: Origin, text: str) -> None:
    assert str(origin) == text


class TestLog:
    PURCHASE = Purchase(id="1")
    REJECTED = Rejected(
        Origin("a.csv", None, 3), "amount", "?", Words("不是金额", "is not an amount"), Purchase(id="2")
    )

    def test_parts(self) -> None:
        log = Log((self.PURCHASE, self.REJECTED, self.PURCHASE), (Source("a.csv", "", 3, {}),))
        assert log.purchases == (self.PURCHASE, self.PURCHASE)
        assert log.rejected == (self.REJECTED,)
        assert list(log) == [self.PURCHASE] * 2
        assert len(log) == 2

    def test_said(self) -> None:
        assert str(self.REJECTED) == "a.csv:3: amount: is not an amount"
        assert str(Skipped(Origin("a.xlsx", "说明"), Words("空", "is empty"))) == "a.xlsx[说明]: is empty"
