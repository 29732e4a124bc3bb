"""The checker over declarations: every fault with its place, nothing converted, and the schema of the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
import pytest

from procure.values.faults import Faults, Nested, placed
from procure.values.tables import (
    ANY,
    DAY,
    FLAG,
    NAMED,
    NUMBER,
    TEXT,
    TEXTS,
    WHOLE,
    WRONG,
    Asked,
    Either,
    Key,
    ListOf,
    OneOfWords,
    Table,
    TableFaults,
    TableOf,
    TwoTexts,
    ValueKind,
    schema,
)
from procure.values.toml import shown
from procure.values.words import ProcureError, Words

Told = tuple[str, str, str]


def read(kind: ValueKind, value: Any) -> tuple[Any, list[Told]]:
    """What is made of a value, and what is wrong with it."""
    found = TableFaults()
    made = kind.read(value, found, ("at",))
    return made, [(placed(fault.path), *fault.why) for fault in found.faults.found]


def told(kind: ValueKind, value: Any) -> list[Told]:
    return read(kind, value)[1]


def means(what: str) -> Words:
    return Words(what, what)


@attrs.frozen(kw_only=True)
class Door:
    name: str
    wide: Any = 1
    lock_by: str | None = None
    panes: Any = ()

    def __attrs_post_init__(self) -> None:
        wrong = Faults()
        if self.wide == 13:
            wrong.add(("wide",), "不吉", "unlucky")
        wrong.raise_nested()
        if self.lock_by == "none":
            raise ProcureError(Words("无锁", "no lock"))


PANE = Table(dict, (Key("tint", OneOfWords(("clear", "dark")), means("tint"), required=True),))
DOOR = Table(
    Door,
    (
        Key("wide", WHOLE, means("width"), required=True, instead=1),
        Key("lock-by", TEXT, means("lock"), default='"key"'),
        Key("pane", ListOf(PANE), means("panes"), field="panes"),
    ),
    named="name",
)


class TestPlain:
    @pytest.mark.parametrize(
        ("kind", "value"),
        [(TEXT, ""), (NAMED, "x"), (FLAG, False), (WHOLE, -3), (NUMBER, 3), (NUMBER, Decimal("0.5")),
         (DAY, dt.date(2020, 1, 2)), (ANY, {"x": 1}), (TEXTS, ["a"]), (OneOfWords(("a", "b")), "b")],
    )  # fmt: skip
    def test_stands_as_it_is(self, kind: ValueKind, value: Any) -> None:
        made, faults = read(kind, value)
        assert made == (tuple(value) if isinstance(value, list) else value)
        assert not faults

    @pytest.mark.parametrize(
        ("kind", "value", "zh", "en"),
        [
            (TEXT, 5, "须为文字，不是 5", "it must be text, not 5"),
            (TEXT, True, "须为文字，不是 true", "it must be text, not true"),
            (NAMED, " ", '须为不空的文字，不是 " "', 'it must be text that is not empty, not " "'),
            (FLAG, "true", '须为 true 或 false，不是 "true"', 'it must be true or false, not "true"'),
            (FLAG, 1, "须为 true 或 false，不是 1", "it must be true or false, not 1"),
            (WHOLE, True, "须为整数，不是 true", "it must be a whole number, not true"),
            (WHOLE, Decimal("2.0"), "须为整数，不是 2.0", "it must be a whole number, not 2.0"),
            (NUMBER, 0.5, "须为数，不是 0.5", "it must be a number, not 0.5"),
            (NUMBER, Decimal("nan"), "须为数，不是 nan", "it must be a number, not nan"),
            (NUMBER, "5", '须为数，不是 "5"', 'it must be a number, not "5"'),
            (DAY, "2020-01-02", '须为日期（如 2020-01-31，不加引号、不带时刻），不是 "2020-01-02"',
             'it must be a date such as 2020-01-31, without quotes and without a time, not "2020-01-02"'),
            (DAY, dt.datetime(2020, 1, 2),
             "须为日期（如 2020-01-31，不加引号、不带时刻），不是 2020-01-02T00:00:00",
             "it must be a date such as 2020-01-31, without quotes and without a time, not 2020-01-02T00:00:00"),
            (OneOfWords(("clear", "dark")), "claer", '须为 clear | dark，不是 "claer"；是否为“clear”？',
             "it must be clear | dark, not \"claer\"; did you mean 'clear'?"),
            (OneOfWords(("clear", "dark")), 7, "须为 clear | dark，不是 7", "it must be clear | dark, not 7"),
            (TEXTS, "a", '须为文字的列表，不是 "a"', 'it must be a list of texts, not "a"'),
            (ListOf(WHOLE), {}, "须为列表，每项为整数，不是 {}",
             "it must be a list, each of it a whole number, not {}"),
            (TableOf(WHOLE), [1], "须为表，不是 [1]", "it must be a table, not [1]"),
            (DOOR, 5, "须为表，不是 5", "it must be a table, not 5"),
            (Either((OneOfWords(("up", "down")), TableOf(TEXT))), "upp",
             '须为 up | down 或表，不是 "upp"；是否为“up”？',
             "it must be up | down or a table, not \"upp\"; did you mean 'up'?"),
            (TwoTexts(), [], "须为文字，或按语言的表（{ zh = …, en = … }），不是 []",
             "it must be text, or a table by language ({ zh = …, en = … }), not []"),
            (TwoTexts(), {"zh": 5}, "须为文字，或按语言的表（{ zh = …, en = … }），不是 { zh = 5 }",
             "it must be text, or a table by language ({ zh = …, en = … }), not { zh = 5 }"),
            (TwoTexts(), {}, "须为文字，或按语言的表（{ zh = …, en = … }），不是 {}",
             "it must be text, or a table by language ({ zh = …, en = … }), not {}"),
        ],
    )  # fmt: skip
    def test_is_never_converted(self, kind: ValueKind, value: Any, zh: str, en: str) -> None:
        assert read(kind, value) == (WRONG, [("at", zh, en)])


def test_text_by_language() -> None:
    assert read(TwoTexts(), "门") == (Words("门", "门"), [])
    assert read(TwoTexts(), {"zh": "门", "en": "door"}) == (Words("门", "door"), [])
    assert read(TwoTexts(), {"pt": "porta"}) == (Words("porta", "porta"), [])


class TestLists:
    def test_every_item_that_is_wrong(self) -> None:
        assert read(TEXTS, ["a", 5, "b", None]) == (
            ("a", "b"),
            [
                ("at.2", "须为文字，不是 5", "it must be text, not 5"),
                ("at.4", "须为文字，不是 None", "it must be text, not None"),
            ],
        )

    def test_a_table_where_a_list_of_tables_is_meant(self) -> None:
        assert told(ListOf(PANE), {"tint": "dark"}) == [
            ("at", "须写作 [[at]]（列表）", "write it as [[at]]: it is a list")
        ]


class TestTables:
    def test_what_is_made(self) -> None:
        value = {"front": {"wide": 3, "lock-by": "bolt", "pane": [{"tint": "dark"}]}, "back": {"wide": 2}}
        assert read(TableOf(DOOR), value) == (
            {
                "front": Door(name="front", wide=3, lock_by="bolt", panes=({"tint": "dark"},)),
                "back": Door(name="back", wide=2),
            },
            [],
        )

    def test_all_faults_at_once(self) -> None:
        value = {
            "front": {"wide": "3", "lokc-by": 1, "pane": [{"tint": "drak"}, {}]},
            "a.b": {"lock-by": False},
            "": 5,
        }
        made, faults = read(TableOf(DOOR), value)
        # What is wrong is left out; for what is required something stands, so that the rest is looked at.
        assert made == {"front": Door(name="front", wide=1), "a.b": Door(name="a.b")}
        assert faults == [
            ("at.front.wide", '须为整数，不是 "3"', 'it must be a whole number, not "3"'),
            ("at.front.lokc-by", "没有键“lokc-by”（是否为“lock-by”？）",
             "there is no key 'lokc-by' (did you mean 'lock-by'?)"),
            ("at.front.pane.1.tint", '须为 clear | dark，不是 "drak"；是否为“dark”？',
             "it must be clear | dark, not \"drak\"; did you mean 'dark'?"),
            ("at.front.pane.2.tint", "缺少（tint）", "it is missing (tint)"),
            ('at."a.b".lock-by', "须为文字，不是 false", "it must be text, not false"),
            ('at."a.b".wide', "缺少（width）", "it is missing (width)"),
            ('at.""', "须为表，不是 5", "it must be a table, not 5"),
        ]  # fmt: skip

    def test_what_does_not_fit_together(self) -> None:
        named = TableOf(DOOR)
        assert told(named, {"x": {"wide": 3, "lock-by": "none"}}) == [("at.x", "无锁", "no lock")]
        assert told(named, {"x": {"wide": 13}}) == [("at.x.wide", "不吉", "unlucky")]
        # It may only follow from what is wrong already.
        assert told(named, {"x": {"wide": 3, "lock-by": "none", "pane": 5}}) == [
            ("at.x.pane", "须为列表，每项为表，不是 5", "it must be a list, each of it a table, not 5")
        ]


class TestAsked:
    KIND = Asked(OneOfWords(("up", "down")), "asked")

    def test_each_reading_is_read(self) -> None:
        nested = {"ask": "q", "a": "up", "b": {"ask": "r", "c": "up", "d": "down"}}
        assert read(self.KIND, nested) == (nested, [])
        assert read(self.KIND, "up") == ("up", [])

    def test_each_reading_that_is_wrong(self) -> None:
        value = {"ask": "q", "a": "upp", "b": {"ask": 5}, "c": 1}
        assert read(self.KIND, value) == (
            WRONG,
            [
                ("at.a", '须为 up | down，不是 "upp"；是否为“up”？',
                 "it must be up | down, not \"upp\"; did you mean 'up'?"),
                ("at.b.ask", "须为文字，不是 5", "it must be text, not 5"),
                ("at.c", "须为 up | down，不是 1", "it must be up | down, not 1"),
            ],
        )  # fmt: skip

    def test_the_nearest_word_of_either(self) -> None:
        assert told(Either((self.KIND, TableOf(TEXT))), "donw") == [
            ("at", '须为 up | down 或表，不是 "donw"；是否为“down”？',
             "it must be up | down or a table, not \"donw\"; did you mean 'down'?")
        ]  # fmt: skip


class TestShown:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ('a"b\n', '"a\\"b\\n"'),
            ("询价", '"询价"'),
            (True, "true"),
            ({}, "{}"),
            ({"a b": [1, Decimal("2.50")], "c": {}}, '{ "a b" = [1, 2.50], c = {} }'),
            ({5: 1}, "{ 5 = 1 }"),
            (Decimal("-inf"), "-inf"),
            (Decimal("inf"), "inf"),
            (Decimal("sNaN"), "nan"),
            (dt.date(2020, 1, 2), "2020-01-02"),
            (dt.datetime(2020, 1, 2, 3), "2020-01-02T03:00:00"),
            (dt.time(3, 4), "03:04:00"),
            ("x" * 100, '"' + "x" * 76 + "…"),
        ],
    )
    def test_as_toml_writes_it(self, value: Any, text: str) -> None:
        assert shown(value) == text


def test_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    edge = Asked(OneOfWords(("up", "down")), "edge")
    house = Table(
        dict,
        (
            Key("title", TwoTexts(), Words("名称", "name"), required=True),
            Key("door", TableOf(DOOR), Words("门", "doors")),
            Key("edge", Either((edge, NUMBER)), Words("边", "edge"), default='"up"'),
            Key("more", ANY, Words("其他", "more")),
        ),
    )
    made: Mapping[str, Any] = schema(house, "urn:house", "house")
    assert (made["$id"], made["title"], made["required"]) == ("urn:house", "house", ["title"])
    assert made["properties"]["edge"]["description"] == '边 / edge ["up"]'
    jsonschema.Draft202012Validator.check_schema(made)
    accepts = jsonschema.Draft202012Validator(made).is_valid
    for good in (
        {"title": "x"},
        {"title": {"zh": "x"}, "door": {"front": {"wide": 3, "pane": [{"tint": "dark"}]}}, "more": {"x": [1]}},
        {"title": "x", "edge": {"ask": "q", "a": "up", "b": {"ask": "r", "c": "down"}}},
    ):
        assert accepts(good)
    for bad in (
        {},
        {"title": 5},
        {"title": {}},
        {"title": "x", "titel": "x"},
        {"title": "x", "door": {"front": {}}},
        {"title": "x", "door": {"front": {"wide": "3"}}},
        {"title": "x", "door": {"front": {"wide": 3, "pane": {"tint": "dark"}}}},
        {"title": "x", "edge": "upp"},
        {"title": "x", "edge": {"ask": 5, "a": "up"}},
        {"title": "x", "edge": {"ask": "q", "a": "upp"}},
    ):
        assert not accepts(bad)


def test_faults_within_faults() -> None:
    wrong = Faults()
    with wrong.at("here"):
        raise Nested(Faults().found)
    assert not wrong.found
