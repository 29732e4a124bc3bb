"""Columns and lists as a policy file declares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procure.log.columns import TYPES, Code, Column
from procure.policy.declarations import Head, Holds, Listed, Prefix, column
from procure.policy.file.kinds import CONDITION, ROWS, SAID
from procure.policy.lists import Carried, GivenList
from procure.values.tables import FLAG, NAMED, NUMBER, TEXT, TEXTS, WHOLE, Asked, Key, OneOfWords, Table, TableOf
from procure.values.words import ProcureError, Words


def _from(
    column: str | None = None,
    head: int | None = None,
    prefix: Mapping[str, str] | None = None,
    list: str | None = None,
    holds: Any = None,
) -> Any:
    if (holds is not None or list is not None) and column is None and head is None and prefix is None:
        if holds is None:
            return Listed(list)  # type: ignore[arg-type]  # one of the two is there
        if list is None:
            return Holds(holds)
    elif column is not None and list is None and holds is None and (head is None) != (prefix is None):
        return Head(column, head) if head is not None else Prefix(column, prefix or {})
    raise ProcureError(
        Words(
            "须为 { column, head }、{ column, prefix }、{ list } 或 { holds } 之一",
            "it must be one of { column, head }, { column, prefix }, { list } and { holds }",
        )
    )


FROM = Table(
    _from,
    (
        Key("column", TEXT, Words("由哪一列得出", "the column that it is derived from")),
        Key("head", WHOLE, Words("编码的前几位", "so many characters of its code")),
        Key("prefix", TableOf(TEXT), Words("编码开头对应的词", "a word by the beginning of the code")),
        Key("list", TEXT, Words("是否在此名单内", "whether this list has it")),
        Key("holds", CONDITION, Words("有名称的条件", "a condition with a name")),
    ),
)
_CODE = Table(
    Code,
    (
        Key(
            "pattern",
            NAMED,
            Words("怎样的格是编码（正则表达式）", "which cells are codes, as a regular expression"),
            required=True,
        ),
        Key("open", NAMED, Words("表示未细分的一级，如 00", "the digits of a level that is not said, such as 00")),
    ),
)


def _column(name: str, **keys: Any) -> Column:
    return column(name, **keys)


COLUMN = Table(
    _column,
    (
        Key("is", TEXT, Words("用此名称的现成的列", "the ready column that it is, under this name"), field="is_"),
        Key("type", OneOfWords(TYPES), Words("类型；现成的列不必写", "what it holds; not needed for a ready column")),
        Key("title", SAID, Words("名称，供报告用", "what reports call it"), default="its name"),
        Key("headers", TEXTS, Words("可能的表头", "how a log may head it, beside its name")),
        Key("words", TableOf(TEXTS), Words("词及其同义写法", "its words, each with other ways to write it")),
        Key("several", TableOf(TEXTS), Words("可能有几义的写法", "written words that may mean more than one")),
        Key("order", TEXTS, Words("由低到高的词", "words that rank, lowest first")),
        Key(
            "other",
            FLAG,
            Words("不认识的词算“别的词”", "a word that nobody knows is another word, not missing"),
            default="false",
        ),
        Key(
            "yes",
            FLAG,
            Words("日期列中只写“是”算有", "a bare yes in a column of dates counts as present"),
            default="false",
        ),
        Key(
            "blank",
            OneOfWords(("missing", "none")),
            Words("空格的意思：缺失，或没有", "what an empty cell means"),
            default='"missing"',
        ),
        Key(
            "absent",
            OneOfWords(("missing", "one")),
            Words(
                "没有此列：缺失，或全部同一",
                "what it means that a log has no such column: missing, or the log is of one",
            ),
            default='"missing"',
        ),
        Key(
            "negative",
            OneOfWords(("may", "never")),
            Words("金额可否为负", "whether an amount may be below zero"),
            default='"may"',
        ),
        Key("at-least", TEXT, Words("此数不少于另一列", "this count is never less than that column's")),
        Key("note", TEXT, Words("说明", "for the reader")),
        Key("code", _CODE, Words("哪些是编码", "which of its cells are codes")),
        Key("from", Asked(FROM, "asked-from"), Words("由别处得出", "what it is derived from"), field="derived"),
    ),
    named="name",
)
_CARRIED = Table(
    Carried,
    (
        Key("type", OneOfWords(("money",)), Words("类型", "what it is"), default='"money"'),
        Key("blank", NUMBER, Words("未写者为多少；不写则不知", "what an entry without it has; not known if not said")),
        Key("title", SAID, Words("名称，供报告用", "what reports call it"), default="its name"),
    ),
)
LIST = Table(
    GivenList,
    (
        Key(
            "given",
            FLAG,
            Words("由使用者给出（--list NAME=FILE）", "the user gives it: --list NAME=FILE"),
            default="false",
        ),
        Key(
            "rows",
            ROWS,
            Words("各项：code、name 或两者，以及所列的数", "its entries: code or name or both, and what they carry"),
        ),
        Key("of", TEXT, Words("与哪一列相配", "the column that is matched"), required=True),
        Key("carries", TableOf(_CARRIED), Words("各项所列的数", "the numbers that entries carry")),
        Key("title", SAID, Words("名称", "what it is called"), default="its name"),
    ),
)
