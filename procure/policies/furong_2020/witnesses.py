"""For each question that is run, tiny logs whose last purchase has another verdict under another reading.

All of them have every column that their question needs, so that nothing is missing, and are judged with a limit of
300,000 yuan for every kind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import attrs

from procure.log.records import Purchase
from procure.words import Words

LIMIT: Final = 300_000

PAPER, TONER, INK = "A05040101", "A05040201", "A05040301"
DESKTOP, CAR, STORAGE = "A02010105", "A02030501", "移动存储"
VIOLATION: Final = "violation"
COMPLIANT: Final = "compliant"


@attrs.frozen
class Witness:
    """A log that shows what turns on an ambiguity. The last purchase is judged; its date may still be the earliest.

    `verdicts` has its verdict ("violation" or "compliant") under each reading, every other question being answered as
    recommended, or as `assumes` says. `entries` are the numbers it shows in the list of ambiguities found in the text.
    """

    ambiguity: str
    entries: tuple[str, ...]
    purchases: tuple[Purchase, ...]
    verdicts: Mapping[str, str]
    assumes: Mapping[str, str] = attrs.field(factory=dict)
    #: Entries with their floors in yuan, None where they have none.
    catalogue: Mapping[str, int | None] = attrs.field(factory=dict)
    open_tender: int | None = None
    note: Words | None = None


def bought(
    day: str,
    category: str,
    amount: int | str,
    method: str,
    *,
    kind: str = "goods",
    in_catalogue: bool = False,
    approved: str | None = "same day",
    invited: int = 0,
    quotes: int = 0,
    ground: str | None = None,
    **more: Any,
) -> Purchase:
    """A purchase of 2020 with every column filled; `day` is month and day, `approved` too."""
    on = f"2020-{day}"
    return Purchase(
        **more,
        date=dt.date.fromisoformat(on),
        unit="区工信局",
        category=category,
        kind=kind,
        amount=amount,
        in_catalogue=in_catalogue,
        method=method,
        approved_on=None
        if approved is None
        else dt.date.fromisoformat(on if approved == "same day" else f"2020-{approved}"),
        invited=invited,
        quotes=quotes,
        ground=ground,
    )


WITNESSES: tuple[Witness, ...] = (
    Witness(
        "exclusion",
        ("A01", "A02"),
        (bought("03-10", PAPER, "5000.00", "direct"),),
        {"excluded": VIOLATION, "included": COMPLIANT},
        note=Words(
            "恰好5000.00元，已同意，没有报价：归中间档则缺三方询价，归最低档则合规。",
            "Exactly 5,000.00, approved, no quotes: in the middle tier three quotes are wanting, in the lowest it "
            "complies.",
        ),
    ),
    Witness(
        "limit-overlap",
        ("A03",),
        (bought("04-01", "法律服务", "300000.00", "quotation", kind="services", invited=3, quotes=3),),
        {"upper": VIOLATION, "lower": COMPLIANT},
        note=Words(
            "恰好等于限额，三家报价，没有招标：三方询价不符合最高档。",
            "Exactly the limit, three quotes, no tender: three quotes do not meet the highest tier.",
        ),
    ),
    Witness(
        "limbs",
        ("A04",),
        (
            bought("02-03", PAPER, 8_000, "quotation", invited=3, quotes=3),
            bought("06-08", PAPER, 3_000, "direct"),
        ),
        {"higher": VIOLATION, "single": COMPLIANT},
        note=Words(
            "累计11,000元归中间档，单次3,000元归最低档。",
            "The total of 11,000 claims the middle tier, the amount of 3,000 the lowest.",
        ),
    ),
    Witness(
        "limbs",
        ("A05",),
        (
            bought("02-03", "物业管理", 296_000, "quotation", kind="services", invited=3, quotes=3),
            bought("06-08", "物业管理", 6_000, "quotation", kind="services", invited=3, quotes=3),
        ),
        {"higher": VIOLATION, "single": COMPLIANT},
        note=Words(
            "累计302,000元归最高档，单次6,000元归中间档。",
            "The total of 302,000 claims the highest tier, the amount of 6,000 the middle one.",
        ),
    ),
    Witness(
        "current",
        ("A06",),
        (bought("02-03", PAPER, 4_000, "direct"), bought("06-08", PAPER, 2_000, "direct")),
        {"included": VIOLATION, "excluded": COMPLIANT},
        note=Words(
            "含本次累计6,000元，不含则为4,000元。", "The total is 6,000 with the purchase itself, 4,000 without it."
        ),
    ),
    Witness(
        "window",
        ("A07",),
        (
            bought("05-11", PAPER, 2_000, "direct"),
            bought("09-14", PAPER, 2_000, "direct"),
            bought("01-13", PAPER, 2_000, "direct"),
        ),
        {"running": COMPLIANT, "whole-year": VIOLATION},
        note=Words(
            "所判的是1月这笔：到此为止2,000元，全年6,000元。",
            "The one of January is judged: 2,000 up to it, 6,000 in the whole year.",
        ),
    ),
    Witness(
        "category-level",
        ("A12",),
        (bought("02-03", PAPER, 3_000, "direct"), bought("06-08", TONER, 3_000, "direct")),
        {"item": COMPLIANT, "second": VIOLATION},
        note=Words(
            "复印纸和鼓粉盒品目不同，同属A0504，合计6,000元。",
            "Paper and toner are two items, both of A0504, and 6,000 together.",
        ),
    ),
    Witness(
        "counted",
        ("A14",),
        (
            bought("02-03", TONER, 4_000, "e_mall", in_catalogue=True),
            bought("06-08", INK, 2_000, "direct"),
        ),
        {"non-tender": VIOLATION, "all": VIOLATION, "off-catalogue": COMPLIANT},
        assumes={"category-level": "second"},
        catalogue={TONER: None},
        note=Words(
            "目录内4,000元计入则累计6,000元，不计则为2,000元；须按二级品目合并。",
            "With the 4,000 of the catalogue the total is 6,000, without it 2,000; the two add up at the second "
            "level only.",
        ),
    ),
    Witness(
        "counted",
        ("A14",),
        (
            bought("01-13", "保洁服务", 480_000, "open_tender", kind="services"),
            bought("06-08", "保洁服务", 800, "direct", kind="services"),
        ),
        {"non-tender": COMPLIANT, "all": VIOLATION, "off-catalogue": VIOLATION},
        note=Words(
            "公开招标的480,000元计入则累计480,800元，不计则为800元。",
            "With the open tender of 480,000 the total is 480,800, without it 800.",
        ),
    ),
    Witness(
        "scope",
        ("A15",),
        (bought("03-10", DESKTOP, 6_000, "e_mall", in_catalogue=True),),
        {"off-catalogue": COMPLIANT, "all": VIOLATION},
        assumes={"quotes-list": "closed"},
        catalogue={DESKTOP: None},
        note=Words(
            "电子卖场符合目录内渠道；各档也适用且只认三方询价时，才不符合中间档。",
            "The e-mall is the channel of the catalogue; it falls short only if the tiers apply and nothing but "
            "quotes will do.",
        ),
    ),
    Witness(
        "scope",
        ("A15",),
        (bought("03-10", DESKTOP, 6_000, "designated", in_catalogue=True),),
        {"off-catalogue": COMPLIANT, "all": VIOLATION},
        catalogue={DESKTOP: None},
        note=Words(
            "定点采购符合目录内渠道，不符合中间档。",
            "A designated supplier is a channel of the catalogue, and never meets the middle tier.",
        ),
    ),
    Witness(
        "channel-list",
        ("A25",),
        (bought("05-11", CAR, 179_000, "open_tender", in_catalogue=True),),
        {"equivalent": COMPLIANT, "closed": VIOLATION},
        catalogue={CAR: None},
        note=Words("公开招标购买目录内的汽车。", "A catalogue car bought by open tender."),
    ),
    Witness(
        "quotes-list",
        ("A20",),
        (bought("05-11", "软件开发", 50_000, "consultation", kind="services", invited=3, quotes=3),),
        {"open": COMPLIANT, "closed": VIOLATION},
        note=Words("三家参加竞争性磋商。", "A competitive consultation with three bidders."),
    ),
    Witness(
        "quotes-counted",
        ("A21",),
        (bought("05-11", "会议服务", 20_000, "quotation", kind="services", invited=3, quotes=2),),
        {"received": VIOLATION, "invited": COMPLIANT},
        note=Words("邀请三家，两家报价。", "Three were invited, two replied."),
    ),
    Witness(
        "method-list",
        ("A22",),
        (bought("05-11", "软件开发", 350_000, "consultation", kind="services", invited=3, quotes=3),),
        {"open": COMPLIANT, "closed": VIOLATION},
        note=Words("超过限额的服务，竞争性磋商。", "A service above the limit by competitive consultation."),
    ),
    Witness(
        "single-source",
        ("A22",),
        (bought("05-11", "软件开发", 350_000, "single_source", kind="services", invited=1, quotes=1),),
        {"grounded": VIOLATION, "free": COMPLIANT},
        note=Words(
            "超过限额的服务，单一来源，没有记录依据。",
            "A service above the limit by single source, no ground on record.",
        ),
    ),
    Witness(
        "approval-order",
        ("A23",),
        (bought("03-03", PAPER, 3_000, "direct", approved="03-05"),),
        {"prior": VIOLATION, "ratifiable": COMPLIANT},
        note=Words("3月3日采购，3月5日同意。", "Bought on 3 March, approved on 5 March."),
    ),
    Witness(
        "approval-scope",
        ("A24",),
        (bought("05-11", "印刷服务", 6_000, "quotation", kind="services", approved=None, invited=3, quotes=3),),
        {"lowest": COMPLIANT, "every": VIOLATION},
        note=Words("6,000元，三家报价，没有报告同意。", "6,000 with three quotes and no approval."),
    ),
    Witness(
        "whose",
        ("A13",),
        (
            bought("02-03", PAPER, 3_000, "direct", department="办公室"),
            bought("06-08", PAPER, 3_000, "direct", department="综合科"),
        ),
        {"unit": VIOLATION, "department": COMPLIANT},
        note=Words(
            "两个科室各3,000元：全单位累计6,000元归中间档，各科室3,000元归最低档。",
            "Two departments with 3,000 each: the unit's total of 6,000 claims the middle tier, a department's 3,000 "
            "the lowest.",
        ),
    ),
    Witness(
        "catalogue-cap",
        ("A16",),
        (bought("05-11", DESKTOP, 2_500_000, "e_mall", in_catalogue=True),),
        {"capped": VIOLATION, "uncapped": COMPLIANT},
        catalogue={DESKTOP: None},
        open_tender=2_000_000,
        note=Words(
            "标准2,000,000元，目录内货物2,500,000元经电子卖场购买。",
            "With a standard of 2,000,000, catalogue goods of 2,500,000 on the e-mall.",
        ),
    ),
    Witness(
        "catalogue-floor",
        ("A17",),
        (bought("05-11", STORAGE, 800, "direct", in_catalogue=True),),
        {"floor": COMPLIANT, "name": VIOLATION},
        catalogue={STORAGE: 1_000},
        note=Words(
            "目录写“移动存储1000元以上”，800元的直接购买。",
            "The catalogue lists mobile storage from 1,000 yuan; one of 800 was bought directly.",
        ),
    ),
    Witness(
        "emergency",
        ("A26",),
        (bought("07-01", "水泵", 20_000, "direct", emergency=True),),
        {"statutory": COMPLIANT, "none": VIOLATION},
        note=Words(
            "汛期当日向一家购买水泵20,000元。",
            "A flood pump of 20,000, bought from one supplier the same day.",
        ),
    ),
)
