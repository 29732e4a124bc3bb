"""Limits, totals, ladders, duties and examples as a policy file declares them."""

from __future__ import annotations

from procure.policy.declarations import Band, Duty, Example, InForce, Ladder, Total
from procure.policy.file.citations import CITATION
from procure.policy.file.kinds import ASKED_TEXT, ASKED_TEXTS, BOUND, CONDITION, NAMES, QUOTES, ROWS, SAID, UNSAID
from procure.policy.limits import Limit
from procure.values.tables import (
    ANY,
    DAY,
    FLAG,
    NAMED,
    TEXT,
    TEXTS,
    Asked,
    Either,
    Key,
    ListOf,
    OneOfWords,
    Table,
    TableOf,
)
from procure.values.words import Words

LIMIT = Table(
    Limit,
    (
        Key(
            "given",
            FLAG,
            Words("由使用者给出（--limit），不猜测", "the user gives it: --limit; never guessed"),
            default="false",
        ),
        Key("value", ANY, Words("数，或按 by 各值的表", "the number, or a table by the values of `by`")),
        Key("by", NAMES, Words("按哪些列不同", "the columns by which it differs")),
        Key("from", DAY, Words("自何日", "from which day on"), field="since"),
        Key("until", DAY, Words("至何日（含）", "to which day, included")),
        Key("published", DAY, Words("何日公布", "when it was published"), default="from"),
        Key("above", BOUND, Words("高于此数或限额", "it is above this number or limit")),
        Key(
            "at-least",
            BOUND,
            Words("不低于此数或限额", "it is not below this number or limit"),
        ),
        Key("cites", CITATION, Words("依据", "where it is from")),
        Key("clause", QUOTES, Words("所据原文", "the words of this text that set it")),
        Key("title", SAID, Words("名称", "what it is called"), default="its name"),
    ),
)
TOTAL = Table(
    Total,
    (
        Key(
            "sum",
            ASKED_TEXT,
            Words("累计哪一金额列，或 rows（笔数）", 'a column of money, or "rows": how many'),
            default='"amount"',
        ),
        Key("by", ASKED_TEXTS, Words("按哪些列分别累计", "for each value of these columns"), default="[]"),
        Key("counts", CONDITION, Words("哪些行计入", "which rows count"), default="{}"),
        Key(
            "window",
            ASKED_TEXT,
            Words("期间", '"year", "year so far", "12 months back", "30 days back", "always so far" or "always"'),
            required=True,
        ),
        Key(
            "itself",
            Asked(FLAG, "asked-flag"),
            Words("是否计入本笔", "whether the purchase itself counts"),
            default="true",
        ),
        Key("clause", QUOTES, Words("所据原文", "the words that say what counts together")),
    ),
)
_EDGE = Asked(OneOfWords(("upper", "lower")), "asked-edge")
_RANGES = Asked(Either((TEXT, TableOf(ASKED_TEXT))), "asked-ranges")
_DUTIES = Asked(ListOf(ASKED_TEXT, Words("义务名称的列表", "a list of duties")), "asked-duties")
_BAND = Table(
    Band,
    (
        Key("id", NAMED, Words("档名", "its name"), required=True, instead="?"),
        Key(
            "range", _RANGES, Words("区间，或按金额与累计各一", "the interval, or one for each measure"), required=True
        ),
        Key("clause", QUOTES, Words("所据原文", "the words that make it")),
        Key("duties", _DUTIES, Words("义务", "its duties, all of them"), default="[]"),
    ),
)
LADDER = Table(
    Ladder,
    (
        Key("when", CONDITION, Words("何时适用", "where it applies"), default="{}"),
        Key("unless", CONDITION, Words("何时不问其义务", "where none of its duties is due"), default="[]"),
        Key(
            "measures",
            ASKED_TEXTS,
            Words("以何分档：金额、累计", "what is measured: the amount, totals"),
            default='["amount"]',
        ),
        Key(
            "binds",
            Asked(OneOfWords(("highest", "lowest")), "asked-binds"),
            Words("取最高或最低的一档", "which of the bands claimed binds"),
            default='"highest"',
        ),
        Key("edge", Either((_EDGE, TableOf(_EDGE))), Words("“|”处归上档或下档", "which band has the number at a `|`")),
        Key(
            "gaps",
            Asked(OneOfWords(("none", "up", "down")), "asked-gaps"),
            Words("无档可归的金额", "where an amount goes that no band claims"),
            default='"none"',
        ),
        Key("band", ListOf(_BAND), Words("各档，由低到高", "the bands, lowest first"), field="bands", required=True),
    ),
)
DUTY = Table(
    Duty,
    (
        Key("title", SAID, Words("简称", "a few words, for tables"), default="required"),
        Key("required", SAID, Words("要求", "what is asked"), required=True, instead=UNSAID),
        Key("clause", QUOTES, Words("所据原文", "the words that ask it"), required=True, instead="?"),
        Key("when", CONDITION, Words("不论金额，何时应履行", "due where this holds, whatever the amount")),
        Key("only-if", TableOf(NAMES), Words("在哪些读法下才是义务", "the readings under which it is a duty")),
        Key("unless", CONDITION, Words("何时不必履行", "where it is not due"), default="[]"),
        Key(
            "met-by",
            CONDITION,
            Words("怎样算履行，任一即可；[] 为禁止", "the ways to meet it; [] is a prohibition"),
            required=True,
            instead=(),
        ),
        Key("waivable", FLAG, Words("可否豁免", "whether a recorded exception may set it aside"), default="true"),
        Key("shows", TEXTS, Words("报告列出的栏", "the columns that reports tell of it"), default="those of met-by"),
    ),
)
EXAMPLE = Table(
    Example,
    (
        Key("name", SAID, Words("名称", "what it shows")),
        Key("given", TableOf(ANY), Words("所给限额与名单", "limits and lists given")),
        Key("rows", ROWS, Words("台账的行", "the rows of the log"), required=True),
        Key(
            "verdict",
            OneOfWords(("violation", "compliant", "unknown", "not_applicable")),
            Words("末行的结论", "the verdict on the last row"),
            required=True,
        ),
        Key("breached", TEXTS, Words("不符合的义务", "the duties breached")),
        Key("missing", TEXTS, Words("缺失的栏", "the data that are missing")),
        Key("turns-on", TEXTS, Words("取决于哪些问题", "exactly the questions that would change the verdict")),
    ),
)
IN_FORCE = Table(
    InForce,
    (
        Key("from", DAY, Words("自何日", "the first day"), field="since"),
        Key("until", DAY, Words("至何日（含）", "the last day, included")),
        Key("published", DAY, Words("何日公布", "when it was published"), default="from"),
    ),
)
