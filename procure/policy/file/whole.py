"""The policy file, format 1: its tables and keys, and what each means."""

from __future__ import annotations

import attrs

from procure.policy.file.columns import COLUMN, LIST
from procure.policy.file.kinds import QUOTE, SAID, UNSAID
from procure.policy.file.questions import QUESTION
from procure.policy.file.rules import DUTY, EXAMPLE, IN_FORCE, LADDER, LIMIT, TOTAL
from procure.policy.file.texts import NO_TEXT, Texts
from procure.values.money import Currency
from procure.values.names import HYPHENED, NAME
from procure.values.tables import NAMED, TEXT, TEXTS, WHOLE, Asked, Key, ListOf, OneOfWords, Plain, Table, TableOf
from procure.values.words import Words

#: The format that this library reads.
FORMAT = 1


_FORMAT = Plain(
    Words(f"{FORMAT}（本库所读的格式）", f"{FORMAT}, the format that this library reads"),
    lambda value: type(value) is int and value == FORMAT,
    {"const": FORMAT},
)


def _currency(code: str) -> str:
    """A currency that there is, so that all else is looked at beside one that there is not."""
    return Currency.of(code).code


_CURRENCY = attrs.evolve(TEXT, becomes=_currency)
_ID = attrs.evolve(NAMED, json={"type": "string", "pattern": HYPHENED})
#: What is made of it are the fields of a `Policy`, as far as each part can be read by itself.
POLICY = Table(
    dict,
    (
        Key("format", _FORMAT, Words("格式", "the format of the file: 1"), required=True, instead=FORMAT),
        Key(
            "id",
            _ID,
            Words("制度的代号：字母、数字、连字号", "letters, digits, hyphens"),
            required=True,
            instead="policy",
        ),
        Key("title", SAID, Words("制度名称", "what the policy is called"), required=True, instead=UNSAID),
        Key("language", TEXT, Words("原文的语言", "the language of the text"), default='"zh"'),
        Key(
            "currency",
            _CURRENCY,
            Words("币种（ISO 4217）", "ISO 4217: its sign and decimals"),
            required=True,
            instead="CNY",
        ),
        Key("decimals", WHOLE, Words("小数位数", "decimals, where they differ from the currency's")),
        Key("decimal", OneOfWords((".", ",")), Words("小数点", "the decimal sign of the office"), default='"."'),
        Key(
            "year", TEXT, Words("预算年度首日（月-日）", "the budget year's first day, as month-day"), default='"01-01"'
        ),
        Key(
            "basis",
            Asked(OneOfWords(("gross", "net", "unstated")), "asked-basis"),
            Words("金额含税与否", "which amount the numbers mean: with tax, without, or unstated"),
            default='"unstated"',
        ),
        Key("in-force", IN_FORCE, Words("有效期间", "when it is in force")),
        Key("include", TEXTS, Words("同一文件夹内的续篇", "files beside it that have more of the same keys")),
        Key("division", QUOTE, Words("禁止拆分采购的原文", "the clause that forbids dividing purchases")),
        Key("text", Texts(), Words("原文", "the text, with its source"), required=True, instead=NO_TEXT),
        Key("columns", TableOf(COLUMN, pattern=NAME), Words("列", "the columns that it looks at")),
        Key("list", TableOf(LIST, pattern=NAME), Words("名单", "lists that somebody gives"), field="lists"),
        Key("limit", TableOf(ListOf(LIMIT), pattern=NAME), Words("限额", "numbers, from a day on"), field="limits"),
        Key("question", TableOf(QUESTION, pattern=NAME), Words("问题", "what the text leaves open"), field="questions"),
        Key("total", TableOf(TOTAL, pattern=NAME), Words("累计", "what is summed"), field="totals"),
        Key("ladder", TableOf(LADDER, pattern=NAME), Words("分档", "bands of amount"), field="ladders"),
        Key("duty", TableOf(DUTY, pattern=NAME), Words("义务", "what clauses ask"), field="duties"),
        Key("example", ListOf(EXAMPLE), Words("算例", "cases with their verdicts"), field="examples"),
    ),
)
