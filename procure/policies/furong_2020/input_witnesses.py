"""For each question that is not run: what the log or the limits would look like under each reading, and the verdict.

The same facts enter the log in another way, by another date, amount or row, or are measured against another limit.
Every other question is answered as recommended. Where no input expresses a reading, the witness says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from procure.log.records import Purchase
from procure.policies.furong_2020.witnesses import COMPLIANT, DESKTOP, LIMIT, PAPER, VIOLATION, bought
from procure.words import Words

CHAIRS = "办公椅"


@attrs.frozen
class Case:
    """How the facts are given under one reading, and the verdict on the last purchase. `limits` are in yuan."""

    purchases: tuple[Purchase, ...]
    verdict: str
    limits: int | Mapping[str, int] = LIMIT
    catalogue: tuple[str, ...] = ()


@attrs.frozen
class InputWitness:
    """A case for each reading of an ambiguity, or why no input can express it; `note` tells the facts."""

    ambiguity: str
    entries: tuple[str, ...]
    note: Words
    cases: Mapping[str, Case]
    inexpressible: Mapping[str, Words] = attrs.field(factory=dict)


def _case(verdict: str, *purchases: Purchase, catalogue: tuple[str, ...] = ()) -> Case:
    return Case(purchases, verdict, catalogue=catalogue)


def _paper(amount: int, day: str = "06-08", unit: str = "区工信局", category: str = PAPER) -> Purchase:
    """Bought directly, approved on the day."""
    return bought(day, category, amount, "direct").replaced(unit=unit)


def _quoted(amount: int, day: str, category: str, kind: str) -> Purchase:
    return bought(day, category, amount, "quotation", kind=kind, invited=3, quotes=3)


def _contracted_in_2019(purchase: Purchase) -> Purchase:
    return purchase.replaced(date=dt.date(2019, 12, 28), approved_on=dt.date(2019, 12, 28))


_ORDERED = bought("05-11", DESKTOP, 8_000, "designated", in_catalogue=True)
_WORKS = _quoted(400_000, "05-11", "办公楼维修", "works")

INPUT_WITNESSES: tuple[InputWitness, ...] = (
    InputWitness(
        "dating",
        ("A08",),
        Words(
            "3,000元2019-12-28签约、2020-01-15付款；2020-02-01又购3,000元。日期一栏写签约日，后一笔累计3,000元；写付款日，累计6,000元。",
            "3,000 contracted on 2019-12-28 and paid on 2020-01-15; 3,000 more on 2020-02-01. Where the date is the "
            "contract's the later one has a total of 3,000, where it is the payment's, of 6,000.",
        ),
        {
            "contract": _case(COMPLIANT, _contracted_in_2019(_paper(3_000)), _paper(3_000, "02-01")),
            "payment": _case(VIOLATION, _paper(3_000, "01-15"), _paper(3_000, "02-01")),
        },
        {
            "rolling": Words(
                "累计一律按公历年度，没有哪种日期能使两个年度的采购合并累计。",
                "Totals are those of calendar years: no date makes purchases of two years add up.",
            )
        },
    ),
    InputWitness(
        "amount-basis",
        ("A09",),
        Words(
            "预算5,200元，成交并付款4,900元，没有三家报价。",
            "A budget of 5,200, a price of 4,900 that was paid, and no three quotes.",
        ),
        {
            "price": _case(COMPLIANT, _paper(4_900)),
            "budget": _case(VIOLATION, _paper(5_200)),
            "paid": _case(COMPLIANT, _paper(4_900)),
        },
    ),
    InputWitness(
        "tax",
        ("A09",),
        Words(
            "价税合计5,085元，不含税4,500元，没有三家报价。", "5,085 with tax, 4,500 without it, and no three quotes."
        ),
        {"gross": _case(VIOLATION, _paper(5_085)), "net": _case(COMPLIANT, _paper(4_500))},
    ),
    InputWitness(
        "one-purchase",
        ("A11",),
        Words(
            "同日一份申请，纸3,000元、椅子3,000元，两张发票：记作一行6,000元，或两行各3,000元。",
            "One application of one day, paper 3,000 and chairs 3,000, two invoices: one row of 6,000, or two of "
            "3,000.",
        ),
        {
            "batch": _case(VIOLATION, _paper(6_000)),
            "requisition": _case(VIOLATION, _paper(6_000)),
            "contract": _case(COMPLIANT, _paper(3_000), _paper(3_000, category=CHAIRS)),
        },
    ),
    InputWitness(
        "whose-project",
        ("A13",),
        Words(
            "下属中心购纸3,000元，本单位项目甲、项目乙各购3,000元：采购单位一栏写各单位、统写本单位，或写预算项目。",
            "A subordinate centre bought paper for 3,000, the unit 3,000 under item X and 3,000 under Y: the unit "
            "column names each unit, the unit alone, or the budget item.",
        ),
        {
            "unit": _case(VIOLATION, _paper(3_000, "02-03", "下属中心"), _paper(3_000, "05-11"), _paper(3_000)),
            "group": _case(VIOLATION, _paper(3_000, "02-03"), _paper(3_000, "05-11"), _paper(3_000)),
            "project": _case(
                COMPLIANT,
                _paper(3_000, "02-03", "下属中心"),
                _paper(3_000, "05-11", "项目甲"),
                _paper(3_000, unit="项目乙"),
            ),
        },
    ),
    InputWitness(
        "mixed-order",
        ("A17",),
        Words(
            "向定点供应商一单购买目录内电脑8,000元和目录外椅子6,000元：记作两行，椅子缺三方询价；按电脑记作一行14,000元，则合规。",
            "One order to a designated supplier, catalogue computers for 8,000 and chairs outside for 6,000: as two "
            "rows the chairs want three quotes; as one of 14,000 under the computers it complies.",
        ),
        {
            "split": _case(VIOLATION, _ORDERED, bought("05-11", CHAIRS, 6_000, "designated"), catalogue=(DESKTOP,)),
            "principal": _case(
                COMPLIANT, bought("05-11", DESKTOP, 14_000, "designated", in_catalogue=True), catalogue=(DESKTOP,)
            ),
        },
    ),
    InputWitness(
        "limit-source",
        ("A19",),
        Words(
            "工程400,000元，三家报价。限额数字是假设的（未查到2020年的规定）：若区定各类均300,000元，归最高档；若省、市定工程600,000元，归中间档。",
            "Works of 400,000 with three quotes. The numbers are assumed, for none was found for 2020: if the district "
            "set 300,000 for all kinds it is in the highest tier, if province and city set 600,000 for works, in the "
            "middle.",
        ),
        {
            "city": Case((_WORKS,), COMPLIANT, {"goods": 300_000, "services": 300_000, "works": 600_000}),
            "district": Case((_WORKS,), VIOLATION, 300_000),
            "province": Case((_WORKS,), COMPLIANT, {"goods": 300_000, "services": 300_000, "works": 600_000}),
        },
    ),
    InputWitness(
        "dropped-word",
        ("A10",),
        Words(
            "本年同品目合同连本次6,000元共310,000元，已付连本次共290,000元，本次三家报价。金额一栏写合同数归最高档，写已付数归中间档。",
            "Contracts of one category come to 310,000 this year with this one of 6,000, payments to 290,000; this one "
            "has three quotes. By contracts it is in the highest tier, by payments in the middle one.",
        ),
        {
            "slip": _case(
                VIOLATION,
                _quoted(304_000, "02-03", "物业管理", "services"),
                _quoted(6_000, "06-08", "物业管理", "services"),
            ),
            "distinct": _case(
                COMPLIANT,
                _quoted(284_000, "02-03", "物业管理", "services"),
                _quoted(6_000, "06-08", "物业管理", "services"),
            ),
        },
    ),
    InputWitness(
        "decentralised-meaning",
        ("A18",),
        Words(
            "目录外服务20,000元，三家电话报价，没有询价小组。",
            "A service of 20,000 outside the catalogue, three quotes by telephone, no inquiry panel.",
        ),
        {"local": _case(COMPLIANT, _quoted(20_000, "05-11", "会议服务", "services"))},
        {
            "statutory": Words(
                "按此读法限额以下没有档，或询价须依法定程序；没有哪一栏能使各档不适用，也没有一栏记载询价小组。",
                "Under it there are no tiers below the limit, or an inquiry is the statutory one: no column takes the "
                "tiers away, and none tells of an inquiry panel.",
            )
        },
    ),
)
