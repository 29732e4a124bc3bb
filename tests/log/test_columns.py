"""Columns: what each cell is taken for, what a blank one says, and what a missing column says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

import attrs
import pytest

import procure
from procure import MISSING, NONE, UNDATED, Kind, Method, ProcureError, Words
from procure.authoring import Code, column
from procure.log.cells import ABSENT, ONE, OTHER
from procure.log.columns import TYPES, Column, Manner
from procure.log.ready import READY
from procure.values.money import Currency

FURONG = procure.policies.furong_2020().columns
MANNER = Manner(Currency.of("CNY"))
BLANKS = [None, "", "  ", "\t\n", "　"]


def read(of: Column | str, cell: object, **manner: Any) -> Any:
    """What a cell says to a column: to one of the Furong policy, or a ready one, where it is named."""
    found = of if isinstance(of, Column) else FURONG.get(of) or READY[of]
    return found.read(cell, attrs.evolve(MANNER, **manner))


def refused(of: Column | str, cell: object, **manner: Any) -> Words:
    with pytest.raises(ProcureError) as caught:
        read(of, cell, **manner)
    return caught.value.words


class TestBlankOrMissing:
    @pytest.mark.parametrize("name", [*READY, *FURONG])
    @pytest.mark.parametrize("blank", BLANKS, ids=repr)
    def test_blank(self, name: str, blank: object) -> None:
        # A blank approval, ground, emergency or contract says that there was none.
        none = name in ("approved_on", "ground", "emergency") or name == "contract" and name in FURONG
        assert read(name, blank) is (NONE if none else MISSING)

    @pytest.mark.parametrize("name", [*READY, *FURONG])
    def test_no_such_column(self, name: str) -> None:
        assert read(name, ABSENT) is (ONE if name == "unit" else MISSING)

    @pytest.mark.parametrize("type", TYPES)
    @pytest.mark.parametrize("blank", BLANKS, ids=repr)
    def test_each_type_as_it_is_declared(self, type: str, blank: object) -> None:
        words = {"yes": (), "no": ()} if type in ("word", "yes-no") else {}
        usual = column("own", type=type, words=words)
        assert read(usual, blank) is MISSING
        assert read(usual, ABSENT) is MISSING
        assert read(column("own", type=type, words=words, blank="none"), blank) is NONE
        assert read(column("own", type=type, words=words, absent="one"), ABSENT) is ONE

    @pytest.mark.parametrize("said", [MISSING, NONE, UNDATED, OTHER, ONE])
    @pytest.mark.parametrize("name", [*READY, *FURONG])
    def test_said_not_to_be_known(self, name: str, said: Any) -> None:
        assert read(name, said) is said


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
        ("contract", " 2020-1 ", "2020-1"),
        ("supplier", " 甲公司 ", "甲公司"),
        ("category", "a05040101", "A05040101"),
        ("category", "Ａ０５０４", "A0504"),
        ("category", " 办公 用品 ", "办公 用品"),
        ("category", "paper", "paper"),
        ("category", 20101.0, "20101"),
        ("description", "  复印纸 ", "复印纸"),
        ("description", 5.0, "5"),
        ("date", "2020年3月5日", dt.date(2020, 3, 5)),
        ("date", dt.datetime(2020, 3, 5, 10), dt.date(2020, 3, 5)),
        ("date", 43895.0, dt.date(2020, 3, 5)),
        ("kind", "货物", Kind.GOODS),
        ("kind", Kind.WORKS, Kind.WORKS),
        ("amount", "1.2万", 1_200_000),
        ("amount", "12,000.5元", 1_200_050),
        ("amount", "(300.00)", -30_000),
        ("amount", 0, 0),
        ("amount", Decimal("0.01"), 1),
        ("amount", 0.1 + 0.2, 30),
        ("in_catalogue", "目录内", "yes"),
        ("in_catalogue", 0.0, "no"),
        ("in_catalogue", 1, "yes"),
        ("in_catalogue", True, "yes"),
        ("in_catalogue", False, "no"),
        ("emergency", "应急", "yes"),
        ("emergency", "普通", "no"),
        ("emergency", True, "yes"),
        ("method", "三方比价", Method.QUOTATION),
        ("method", "询价", {Method.QUOTATION, Method.INQUIRY}),
        ("method", "招标", {Method.OPEN_TENDER, Method.INVITED_TENDER}),
        ("method", Method.DIRECT, Method.DIRECT),
        ("method", frozenset({Method.DIRECT, Method.DESIGNATED}), {Method.DIRECT, Method.DESIGNATED}),
        ("invited", 3, 3),
        ("invited", "3家", 3),
        ("quotes", 0, 0),
        ("quotes", 3.0, 3),
        ("quotes", "甲公司、乙公司", 2),
        ("quotes", "/", MISSING),
        ("status", "已取消", "void"),
        ("status", "active", "stands"),
        ("note", " 加急 ", "加急"),
    ],
)
def test_taken_for(name: str, value: object, expected: object) -> None:
    assert read(name, value) == expected


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("amount", "面议", "'面议' is not an amount"),
        ("amount", True, "'True' is not an amount"),
        ("date", "3月", "'3月' is not a date"),
        ("date", True, "'True' is not a date"),
        ("approved_on", "待定", "'待定' is not a date"),
        ("kind", "杂项", "'杂项' is not a known kind (use one of: goods, services, works)"),
        ("in_catalogue", "也许", "'也许' is not a known in_catalogue (use one of: yes, no)"),
        ("emergency", "也许", "'也许' is not a known emergency (use one of: yes, no)"),
        ("quotes", "见附件", "'见附件' is neither a number of suppliers nor a list of their names"),
        ("quotes", -1, "'-1' is neither a number of suppliers nor a list of their names"),
        ("quotes", True, "'True' is neither a number of suppliers nor a list of their names"),
    ],
)
def test_refused(name: str, value: object, message: str) -> None:
    assert refused(name, value).en == message


class TestDates:
    @pytest.mark.parametrize("value", ["是", "已批准", "√", "yes", 1, 1.0, True, UNDATED])
    def test_a_bare_yes_is_present_its_day_unknown(self, value: object) -> None:
        assert read("approved_on", value) is UNDATED
        if value is not UNDATED:
            assert refused("date", value).en.endswith("is not a date")  # where the column does not say so

    @pytest.mark.parametrize("value", ["否", "无", "未报告", "不同意", "-", "/", 0, False, "不适用", "待补"])
    def test_none(self, value: object) -> None:
        assert read("approved_on", value) is NONE

    @pytest.mark.parametrize("value", ["无", "-", "/", "n/a", "未批准"])
    def test_none_on_record_without_a_bare_yes(self, value: object) -> None:
        own = column("posted", type="date", blank="none")
        assert read(own, value) is NONE
        assert refused(own, "是").en == "'是' is not a date"
        assert refused(column("posted", type="date"), value).en == f"{value!r} is not a date"

    @pytest.mark.parametrize(
        "value", ["2020-03-05", dt.date(2020, 3, 5), dt.datetime(2020, 3, 5, 9), 43895, "2020年3月5日"]
    )
    def test_dated(self, value: object) -> None:
        assert read("approved_on", value) == dt.date(2020, 3, 5)
        assert type(read("approved_on", value)) is dt.date

    @pytest.mark.parametrize("name", ["approved_on", "date"])
    def test_which_stands_first_is_said_and_not_guessed(self, name: str) -> None:
        assert read(name, "03/04/2020", day_first=True) == dt.date(2020, 4, 3)
        assert read(name, "03/04/2020", day_first=False) == dt.date(2020, 3, 4)
        assert "could be day or month first" in refused(name, "03/04/2020").en


class TestText:
    @pytest.mark.parametrize("value", ["只能从唯一供应商处采购", " 紧急 ", "是", "有", "√", "1"])
    def test_on_record(self, value: str) -> None:
        assert read("ground", value) == value.strip()

    def test_a_boolean(self) -> None:
        assert read("ground", True) == "是"
        assert read("ground", False) is NONE

    @pytest.mark.parametrize("value", ["否", "无", "没有", "N", "-", "—", "/", "n/a", 0, 0.0, "不适用", "未论证"])
    def test_none(self, value: object) -> None:
        assert read("ground", value) is NONE

    def test_that_is_only_there_or_not(self) -> None:
        assert read("note", "无") == "无"


class TestNames:
    def test_codes(self) -> None:
        category = column("category", code=Code("[ABC][0-9]+", open="00"))
        for cell, expected in (("a0504", "A0504"), ("A4纸", "A4纸"), ("d0504", "d0504"), ("ａ０５", "A05"), ("A", "A")):
            assert read(category, cell) == expected
        assert read(column("category"), "a0504") == "a0504"  # no `code`: none is

    @pytest.mark.parametrize(
        ("text", "code"),
        [("A0504", True), ("B1", True), ("C15040000", True), ("A", False), ("D0504", False), ("a0504", True),
         ("A05纸", False), ("A05 04", False), ("办公用品", False), ("", False)],
    )  # fmt: skip
    def test_which_is_a_code(self, text: str, code: bool) -> None:
        assert (Code("[ABC][0-9]+").of(text) is not None) is code

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("A02010000", "A0201"),
            ("A02000000", "A02"),
            ("A02010105", "A02010105"),
            ("A02010100", "A020101"),
            ("A0201", "A0201"),
            ("A0200", "A02"),
            ("A020", "A020"),
            ("A00", "A00"),
            ("A02000100", "A020001"),
        ],
    )
    def test_open_levels_are_not_said(self, code: str, said: str) -> None:
        assert Code("[ABC][0-9]+", open="00").said(code) == said
        assert Code("[ABC][0-9]+").said(code) == code


class TestWords:
    LEVEL: ClassVar[Any] = {"low": ["lower", "下"], "high": ["upper"]}

    def test_a_canonical_word_is_its_own_synonym_and_width_and_case_do_not_matter(self) -> None:
        own = column("level", type="word", words=self.LEVEL)
        for cell in ("low", "LOWER", " ｌｏｗ ", "下"):
            assert read(own, cell) == "low"

    def test_several(self) -> None:
        own = column("level", type="word", words=self.LEVEL, several={"either": ["low", "high"]})
        assert read(own, " Either") == {"low", "high"}
        assert read(own, frozenset({"lower", "upper"})) == {"low", "high"}

    def test_words_given_replace_the_ready_ones_and_several_with_them(self) -> None:
        own = column("method", words={"direct": ["自采"], "shop": ["商场"]})
        assert (read(own, "商场"), read(own, "自采")) == ("shop", "direct")
        for gone in ("询价", "公开招标", "零星采购"):
            assert refused(own, gone).en == f"{gone!r} is not a known method (use one of: direct, shop)"

    def test_an_order_alone_declares_the_words(self) -> None:
        own = column("by", order=("科室", "分管领导", "党委"))
        assert own.type == "word"
        assert own.canonical == ("科室", "分管领导", "党委")
        assert read(own, " 党委") == "党委"

    def test_another_word(self) -> None:
        own = column("level", type="word", words=self.LEVEL, other=True)
        assert read(own, "middle") is OTHER
        assert read(own, "low") == "low"
        assert read(own, " ") is MISSING
        assert (
            refused(column("level", type="word", words=self.LEVEL), "middle").zh
            == "“middle”不是已知的level（可用：lower、upper）"
        )

    def test_in_words(self) -> None:
        method = READY["method"]
        assert method.shown("open_tender") == Words("公开招标", "open tender")
        assert method.shown(frozenset({"quotation", "inquiry"})) == Words("询价采购或三方询价", "inquiry or quotation")
        assert method.shown("抽签") == Words("抽签", "抽签")


class TestMoney:
    def test_in_the_currency_of_the_policy(self) -> None:
        pounds, yen, yuan = (Manner(Currency.of(code)) for code in ("GBP", "JPY", "CNY"))
        amount = READY["amount"]
        assert amount.read("£1,000", pounds) == 100_000
        assert amount.read("¥1,000", yuan) == 100_000
        assert amount.read("1,000", yen) == 1_000
        with pytest.raises(ProcureError) as caught:
            amount.read("£1,000", yuan)
        assert "£1,000" in caught.value.words.en

    def test_a_decimal_comma(self) -> None:
        assert read("amount", "1.234,56", decimal=",") == 123_456
        assert read("amount", "1,234.56") == 123_456

    def test_in_the_unit_of_its_header(self) -> None:
        assert read("amount", "1.5", unit="万元") == 1_500_000

    def test_a_column_of_money_besides_the_amount(self) -> None:
        assert read(column("estimate", type="money"), "5,000") == 500_000


class TestDeclared:
    def test_a_ready_one_under_another_name(self) -> None:
        own = column("bought-on", is_="date", headers=["Bought"])
        assert (own.name, own.ready, own.type) == ("bought-on", "date", "date")
        assert {"Bought", "bought-on", "采购日期"} <= set(own.headers[0])

    def test_headers_are_added_to_the_best_of_the_ready_ones(self) -> None:
        own = column("amount", headers=["总采购款"])
        assert own.headers[0][-1] == "总采购款"
        assert own.headers[1:] == READY["amount"].headers[1:]

    @pytest.mark.parametrize(
        ("keys", "said"),
        [
            ({"name": "colour"}, "the column colour needs a type (money, date, count, word, name, yes-no, text)"),
            ({"name": "day", "is_": "dates"}, "there is no ready column 'dates'"),
            ({"name": "amount", "type": "count"}, "the column amount is of the type money, not count"),
        ],
    )
    def test_what_is_no_column_is_refused(self, keys: dict[str, Any], said: str) -> None:
        with pytest.raises(ProcureError) as caught:
            column(**keys)
        assert said in caught.value.words.en
