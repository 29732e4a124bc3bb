"""How the total of the year is made up."""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity
from procure.policies.furong_2020.law import (
    accumulation,
    asked,
    cited,
    law,
    letter,
    likened,
    reading,
    regulation,
    spans,
    unseen,
)
from procure.words import Words

TOTALS: tuple[Ambiguity, ...] = (
    asked(
        "current",
        "A06",
        spans((108, "年度累计采购金额"), (160, "年度累计采购金额"), (242, "年度累计金额")),
        Words(
            "逐笔累计时，本次采购的金额算不算在累计之内？",
            "Does the running total of the year count the purchase itself?",
        ),
        reading(
            "included",
            "累计含本次：此前4,000元，本次2,000元，累计6,000元。",
            "It counts it: after 4,000, a purchase of 2,000 makes a total of 6,000.",
            accumulation("累计资金数额是多次采购之和", "the accumulated sum is that of several purchases"),
            unseen(
                "2016年采购目录附注（所属目录未详）",
                None,
                "累计是该品目的总金额",
                "the total is all that the item comes to",
            ),
        ),
        reading(
            "excluded",
            "累计只含此前各笔：此前4,000元，本次2,000元，累计4,000元。",
            "It holds the earlier ones only: after 4,000, a purchase of 2,000 meets a total of 4,000.",
            letter(
                148,
                "单次采购金额或",
                "单次与累计并列，本次已由单次一项衡量",
                "the single amount stands beside the total, and already measures the purchase",
            ),
        ),
        why=Words(
            "累计是多次采购之和，本次也是其中一次。弱点：原文没有写明，所据条例只是类推。",
            "A total is the sum of several purchases, and this is one of them. Weak point: the text does not say "
            "so, and the regulation reaches it by analogy only.",
        ),
    ),
    asked(
        "window",
        "A07",
        spans((108, "年度累计"), (160, "年度累计"), (242, "年度累计")),
        Words(
            "年度累计是算到本次采购为止，还是算全年合计？",
            "Does the year's total run up to the purchase, or is it that of the whole year?",
        ),
        reading(
            "running",
            "算到本次为止：1月、5月、9月各2,000元，只有9月这笔的累计（6,000元）超过5000元。",
            "Up to the purchase: of 2,000 each in January, May and September, only September's meets a total above "
            "5,000.",
            letter(
                218,
                "采用三方询价等方式采购",
                "方式须在采购之前选定，其后的采购当时未知；原文无追溯之语",
                "a method is chosen before buying, when later purchases are not known; nothing here looks back",
            ),
        ),
        reading(
            "whole-year",
            "算全年合计：上例三笔都按6,000元归档。",
            "The whole year: all three of them are placed by 6,000.",
            letter(108, "年度累计", "字面是一年之数", "to the letter, the sum of a year"),
            accumulation("以一个财政年度为计算范围", "it counts over one fiscal year"),
            law("33", "年度预算", "budget of the year", verified=False),
            regulation("29", "年度采购计划", "purchasing plan of the year", verified=False),
            unseen("台湾地区政府采购法施行细则", "6", "招标前认定金额", "the amount is established before the tender"),
            unseen("New York town policy", None, "须预估累计金额", '"shall estimate the cumulative amount"'),
        ),
        why=Words(
            "采购方式须事先选定，不能要求按当时未知的金额选择。弱点：“年度”照字面是全年，年初有计划的，全年之数本可预见。",
            "A method is chosen beforehand, and nobody can choose by an amount not yet known. Weak point: 年度 to "
            "the letter is the whole year, and what was planned in January could be foreseen.",
        ),
    ),
    asked(
        "category-level",
        "A12",
        spans((103, "同类别品目"), (155, "同类别品目"), (237, "同类别品目")),
        Words(
            "“同类别品目”以完整的品目为准，还是以二级品目为准？",
            "Is 同类别品目 the full item of the official list of categories, or its second level?",
        ),
        reading(
            "item",
            "编码或名称完全相同的才合并累计：复印纸A05040101和鼓粉盒A05040201各自累计。",
            "Only what has the same full code or name adds up: paper A05040101 and toner A05040201 have a total each.",
            letter(106, "品目", "以品目为单位", "the unit is the item"),
            accumulation("“同一品目”", "同一品目: the same item"),
        ),
        reading(
            "second",
            "字母和前四位数字相同的合并累计：上例同属A0504，3,000元加3,000元为6,000元；只写名称的仍按名称。",
            "What has the same letter and first four digits adds up: both are A0504, and 3,000 and 3,000 make "
            "6,000; a plain name stays itself.",
            letter(104, "类别", "还写了“类别”", "it says 类别 (class) as well"),
            accumulation("“或者类别”", "或者类别: or class"),
            likened(
                "山东省财政厅",
                None,
                "限额按二级品目年度合计计算，仅供参考",
                "its limit goes by the yearly sum of the second-level item; persuasive only",
                date="2020-11-10",
            ),
            cited(
                "财库〔2013〕189号",
                None,
                "2020年度的品目编码：字母之后每级两位数字，二级即四位",
                "the codes of fiscal year 2020: two digits a level after the letter, four for level two",
            ),
        ),
        why=Words(
            "“品目”是原文的中心词，按完整品目合并，不会把不同的东西算在一起。弱点：原文还有“类别”二字，条例第28条两者并举。",
            "品目 is the noun of the phrase, and the full item adds no unlike things together. Weak point: the text "
            "says 类别 as well, and art. 28 of the regulation names both.",
        ),
    ),
    asked(
        "counted",
        "A14",
        spans((110, "累计采购金额"), (162, "累计采购金额"), (244, "累计金额")),
        Words(
            "年度累计计入哪些采购：公开招标以外的，全部，还是只计目录外的？",
            "Which purchases does the year's total count: all but open tenders, all, or only those outside the "
            "catalogue?",
        ),
        reading(
            "non-tender",
            "除公开招标外都计入，目录内外不分：公开招标的480,000元不计。",
            "All but open tenders, in the catalogue or not: 480,000 by open tender is left out.",
            accumulation(
                "只累计“采用公开招标以外的方式”采购的", "only what is bought by a method other than open tender"
            ),
        ),
        reading(
            "all",
            "一律计入：公开招标的480,000元和电子卖场的4,000元都算。",
            "All: 480,000 by open tender counts, and 4,000 on the e-mall too.",
            letter(108, "年度累计采购金额", "没有写明任何除外", "it excepts nothing"),
        ),
        reading(
            "off-catalogue",
            "只计目录外的，其中公开招标的也计：电子卖场买的目录内4,000元不计。",
            "Only those outside the catalogue, open tenders among them: 4,000 of catalogue items on the e-mall is "
            "left out.",
            letter(
                89,
                "实行分散采购",
                "此句起只讲目录外的采购",
                "from here on the text speaks of what is outside the catalogue",
            ),
        ),
        why=Words(
            "所见法律中只有条例第28条写明累计口径，公开招标又已是最严的方式。弱点：该条的门槛是公开招标数额标准，用于本制度的各档只是类推。",
            "Art. 28 of the regulation has the only rule of counting found in the law, and an open tender is the "
            "strictest method already. Weak point: its threshold is the open-tender standard: for these tiers it is "
            "an analogy.",
        ),
    ),
)
