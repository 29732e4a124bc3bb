"""The purchasing policy of 长沙市芙蓉区工信局, fiscal year 2020: five sentences of its performance report.

The catalogue and the yearly limit are set by others (按照市、区财政确定的…) and are given by the caller. No source
states the limit for Furong in 2020, so there is no default.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from procure.authoring import (
    Ambiguity,
    Band,
    Carried,
    Citation,
    Code,
    Duty,
    GivenList,
    Head,
    Holds,
    InForce,
    Ladder,
    Limit,
    Listed,
    Policy,
    Prefix,
    Total,
    Words,
    ask,
    column,
)
from procure.policies.furong_2020.questions import EXECUTED, UNASKED
from procure.policies.furong_2020.text import CATALOGUE, HIGHEST, LOWEST, MIDDLE, PASSAGE

_EMERGENCY_HEADERS = (
    "应急采购", "是否应急采购", "应急", "是否应急", "紧急采购", "是否紧急采购", "是否紧急", "是否属于应急采购",
    "emergency purchase", "emergency procurement", "is emergency", "urgent",
)  # fmt: skip
_EMERGENCY_WORDS = {
    "yes": (
        "是", "有", "y", "true", "1", "√", "✓", "对", "已", "已批准", "已报告", "同意", "已同意", "已审批", "应急",
        "紧急", "应急采购", "紧急采购", "抢险", "抢险救灾", "emergency", "urgent",
    ),
    "no": (
        "否", "无", "没有", "n", "none", "false", "0", "×", "x", "✗", "未", "未批准", "未报告", "不同意", "未同意",
        "未审批", "-", "--", "—", "/", "n/a", "na", "nil", "非应急", "非紧急", "普通", "一般", "常规", "正常",
        "ordinary", "normal",
    ),
}  # fmt: skip

COLUMNS = (
    # 没有采购单位一栏：the log is one unit's.
    column("unit", absent="one"),
    column("department"),
    # A02010105 is a code, A4纸 and 水泵 are names; A02010000 is all of A0201.
    column("category", code=Code("[ABC][0-9]+", open="00")),
    # 二级品目: the letter and four digits; a name stands for itself.
    column("item-class", type="name", derived=Head("category", 5)),
    column("kind", derived=Prefix("category", {"A": "goods", "B": "works", "C": "services"})),
    column("method"),
    column("approved_on", yes=True, blank="none"),
    column("invited"),
    column("quotes"),
    column("ground", blank="none"),
    column("emergency", type="yes-no", title=Words("应急采购", "emergency"), headers=_EMERGENCY_HEADERS,
           words=_EMERGENCY_WORDS, blank="none"),
    column("in_catalogue", derived=Listed("catalogue")),
    # Inside the catalogue, as the text means it.
    column("inside", type="yes-no", derived=Holds([
        {"in_catalogue": "yes", "only-if": {"catalogue-floor": "name"}},
        {"in_catalogue": "yes", "amount": ">= catalogue.floor"},
    ])),
    # Reaches the open-tender standard of its kind, under the reading that caps.
    column("capped", type="yes-no", derived=Holds(
        {"amount": ">= open-tender", "only-if": {"catalogue-cap": "capped"}},
    )),
    # 三方: so many quotes received; under the other reading, so many invited.
    column("three-parties", type="yes-no", derived=Holds([
        {"quotes": ">= 3"},
        {"invited": ">= 3", "only-if": {"quotes-counted": "invited"}},
    ])),
    column("tendered", type="yes-no", derived=Holds({"method": "open_tender"})),
)  # fmt: skip

_ITEM = ask("category-level", item="category", second="item-class")
_OUTSIDE = {"inside": "no"}
_STATUTORY = {"emergency": "yes", "only-if": {"emergency": "statutory"}}

DUTIES = {
    "catalogue-channel": Duty(
        title=Words("目录内采购渠道", "channel for catalogue items"),
        required=Words("通过电子卖场（公品商城）或定点采购", "buy through the e-mall or a designated supplier"),
        clause=CATALOGUE,
        when={"inside": "yes"},
        unless=_STATUTORY,
        met_by=[
            {"method": ["e_mall", "designated"], "capped": "no"},
            {"method": "framework", "capped": "no", "only-if": {"channel-list": "equivalent"}},
            {"method": "open_tender", "only-if": {"channel-list": "equivalent"}},
            {"method": "open_tender", "capped": "yes"},
        ],
        shows=("method",),
    ),
    "approval": Duty(
        title=Words("报告同意", "approval"),
        required=Words("经报告同意后组织采购", "obtain approval, then buy"),
        clause=LOWEST,
        met_by=[{"approved_on": ask("approval-order", prior="<= date", ratifiable="present")}],
    ),
    "three-quotes": Duty(
        title=Words("三方询价", "three quotes"),
        required=Words(
            "采用三方询价等方式采购（询价、比价须有三家）", "compare three quotes, or use another competitive method"
        ),
        clause=MIDDLE,
        met_by=[
            {"method": ["quotation", "inquiry"], "three-parties": "yes"},
            {
                "method": ["e_mall", "framework", "negotiation", "consultation", "invited_tender", "open_tender"],
                "only-if": {"quotes-list": "open"},
            },
            {"method": "single_source", "ground": "present", "only-if": {"quotes-list": "open"}},
        ],
        shows=("method", "invited", "quotes", "ground"),
    ),
    "statutory-method": Duty(
        title=Words("单一来源或公开招标等", "single source or tender"),
        required=Words(
            "按财政要求实施单一来源采购或公开招标等方式采购",
            "use single source, open tender or the like, as the finance bureau requires",
        ),
        clause=HIGHEST,
        met_by=[
            {"method": "open_tender"},
            {"method": "single_source", "ground": "present"},
            {"method": "single_source", "only-if": {"single-source": "free"}},
            {
                "method": ["invited_tender", "negotiation", "consultation", "framework"],
                "only-if": {"method-list": "open"},
            },
            {"method": "inquiry", "kind": "goods", "three-parties": "yes", "only-if": {"method-list": "open"}},
        ],
        shows=("method", "kind", "quotes", "ground"),
    ),
}

LADDER = Ladder(
    measures=ask("limbs", higher=["amount", "accumulated"], single=["amount"]),
    edge={
        "5000": ask("exclusion", excluded="upper", included="lower"),
        "decentral": ask("limit-overlap", upper="upper", lower="lower"),
    },
    # The tier stays what it is; its duties are not due.
    unless=[{"inside": "yes", "only-if": {"scope": "off-catalogue"}}, _STATUTORY],
    bands=(
        Band(id="approval", range="[0 .. 5000|", clause=LOWEST, duties=["approval"]),
        Band(
            id="three-quotes",
            range="|5000 .. decentral|",
            clause=MIDDLE,
            duties=ask("approval-scope", lowest=["three-quotes"], every=["approval", "three-quotes"]),
        ),
        Band(
            id="statutory-method",
            range="|decentral .. )",
            clause=HIGHEST,
            duties=ask("approval-scope", lowest=["statutory-method"], every=["approval", "statutory-method"]),
        ),
    ),
)


_CATALOGUE = GivenList(given=True, of="category", carries={"floor": Carried(blank=0)}, title=Words("目录", "catalogue"))


def build(questions: Iterable[Ambiguity], given: Mapping[str, object]) -> Policy:
    """The policy with these questions, and what is given by name."""
    return Policy(
        given=given,
        id="furong-2020",
        title=Words("长沙市芙蓉区工信局2020年度采购规定", "Purchasing policy of the Furong bureau, Changsha, 2020"),
        text=PASSAGE,
        in_force=InForce(since=dt.date(2020, 1, 1), until=dt.date(2020, 12, 31)),
        columns={each.name: each for each in COLUMNS},
        lists={"catalogue": _CATALOGUE},
        limits={
            "decentral": [
                Limit(
                    given=True,
                    by="kind",
                    above=5_000,
                    title=Words("年度限额", "yearly limit"),
                    cites=Citation("not found for Furong in 2020: never guessed", verified=False),
                )
            ],
            "open-tender": [
                Limit(
                    given=True,
                    by="kind",
                    above=5_000,
                    at_least="decentral",
                    title=Words("公开招标数额标准", "open-tender standard"),
                )
            ],
        },
        questions=tuple(questions),
        totals={
            # 同类别品目年度累计采购金额
            "accumulated": Total(
                by=ask("whose", unit=["unit", _ITEM], department=["unit", "department", _ITEM]),
                counts=ask("counted", **{"non-tender": {"tendered": "no"}, "all": {}, "off-catalogue": _OUTSIDE}),
                window=ask("window", running="year so far", **{"whole-year": "year"}),
                itself=ask("window", running=ask("current", included=True, excluded=False), **{"whole-year": True}),
            )
        },
        ladders={"procedure": LADDER},
        duties=DUTIES,
    )


def furong_2020(
    limits: object = None,
    catalogue: Mapping[str, object] | Iterable[str] | None = None,
    open_tender: object = None,
) -> Policy:
    """The policy with the year's limits and catalogue.

    `limits`, in yuan: a number for all kinds, `{"goods": 300_000, "services": 300_000, "works": 600_000}`, or either
    of these by year (`{2020: …}`). `catalogue`: codes, prefixes of codes, or names; a mapping gives each the floor in
    yuan from which it is listed, None where it has none. `open_tender`: the open-tender standard (公开招标数额标准),
    given as `limits` are. What is not given is not known, and what turns on it is not judged. Raises `ProcureError`
    for a limit that is not above 5,000, and for a standard that is below the limit.
    """
    given = {"decentral": limits, "catalogue": catalogue, "open-tender": open_tender}
    return build((*EXECUTED, *UNASKED), {name: value for name, value in given.items() if value is not None})
