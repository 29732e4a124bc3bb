"""What places a purchase in a tier."""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity
from procure.policies.furong_2020.law import (
    accumulation,
    asked,
    inclusive,
    law,
    letter,
    likened,
    reading,
    regulation,
    spans,
    unseen,
)
from procure.words import Words

TIERS: tuple[Ambiguity, ...] = (
    asked(
        "exclusion",
        "A01 A02",
        spans((117, "5000元以内（不含5000万元）"), (169, "5000元至")),
        Words(
            "恰好5000元的采购，归最低档（报告同意），还是归中间档（三方询价）？",
            "Does exactly 5,000 yuan belong to the lowest tier (approval) or to the middle one (three quotes)?",
        ),
        reading(
            "excluded",
            "“不含5000万元”系“不含5000元”的笔误：最低档到4999.99元为止，5000.00元归中间档。",
            "不含5000万元 is a slip for 不含5000元: the lowest tier ends at 4,999.99, and 5,000.00 is in the middle "
            "one.",
            letter(
                125,
                "不含5000万元",
                "5000元以内本无5000万元，照字面则什么也没有排除",
                "no amount within 5,000 yuan is 50 million, so that to the letter it excludes nothing",
            ),
            letter(169, "5000元至", "中间档自5000元起", "the middle tier starts at 5,000 yuan"),
            unseen("Gosport", None, "他处亦有数位误写：“£25,0000”", 'the same kind of slip elsewhere: "£25,0000"'),
        ),
        reading(
            "included",
            "括号照字面没有排除什么，“以内”含本数：5000.00元归最低档，中间档自5000.01元起。",
            "To the letter the parenthesis excludes nothing and 以内 includes the number: 5,000.00 is in the lowest "
            "tier, and the middle one starts at 5,000.01.",
            *inclusive("以内包括本数", "以内 includes the number"),
        ),
        why=Words(
            "只有这样读，“不含”才有所指，且与下一档的“5000元至”正好衔接。弱点：须把“万”字看作误写，而照字面“以内”含本数。",
            "Only so does the exclusion exclude anything, and the tiers meet where the next one says 5000元至. Weak "
            "point: it takes a character of the text for a slip, while 以内 to the letter includes the number.",
        ),
    ),
    asked(
        "limit-overlap",
        "A03",
        spans(
            (175, "年度分散采购限额标准（按照市、区财政确定的政府集中采购目录及政府采购限额标准）以内"),
            (248, "达到年度分散采购限额标准及以上"),
        ),
        Words(
            "恰好等于限额的采购，归中间档（“以内”），还是归最高档（“达到……及以上”）？",
            "Does exactly the limit belong to the middle tier (以内) or to the highest one (达到…及以上)?",
        ),
        reading(
            "upper",
            "归最高档：限额为300,000元时，300,000.00元须用单一来源或公开招标等方式。",
            "To the highest: with a limit of 300,000, exactly 300,000.00 needs single source, open tender or the like.",
            letter(
                248,
                "达到年度分散采购限额标准及以上",
                "“达到”“及以上”两处写明含本数",
                "two words say that the limit is in",
            ),
            regulation(
                "4",
                "分散采购是限额标准以上、目录以外的采购",
                "decentralised procurement is at or above the limit, off-catalogue",
            ),
            law("2", "限额标准以上属于政府采购", "at or above the limit it is government procurement", verified=False),
            likened(
                "生产安全事故报告和调查处理条例",
                "3",
                "分级时以上含本数、以下不含",
                "in its grades 以上 includes, 以下 excludes",
            ),
            unseen("特种设备安全监察条例", "71", "分级时以上含本数、以下不含", "the same way of grading"),
            likened("审计法实施条例", "56", "以上包括本数", "以上 includes the number"),
        ),
        reading(
            "lower",
            "归中间档：限额为300,000元时，300,000.00元用三方询价即可，超过才归最高档。",
            "To the middle: with a limit of 300,000, three quotes do for exactly 300,000.00, and only more is in "
            "the highest.",
            letter(214, "以内", "“限额标准以内”写明归中间档", "within the limit is the middle tier, it says"),
            *inclusive("以内包括本数", "以内 includes the number"),
        ),
        why=Words(
            "上位的政府采购条例自限额（含）起适用，最高档又写明“达到”。弱点：“以内”依字面同样含本数，两档都可主张。",
            "The higher law applies from the limit on, the limit included, and the highest tier says 达到. Weak "
            "point: 以内 to the letter includes the limit just as well.",
        ),
    ),
    asked(
        "limbs",
        "A04 A05",
        spans(
            (96, "单次采购金额或同类别品目年度累计采购金额"),
            (148, "单次采购金额或同类别品目年度累计采购金额"),
            (230, "单次采购金额或同类别品目年度累计金额"),
        ),
        Words(
            "一笔采购归哪一档，是在单次金额和年度累计金额中取较高的一档，还是只看单次金额？",
            "Is a purchase placed by the higher of its own amount and the year's total, or by its own amount alone?",
        ),
        reading(
            "higher",
            "单次金额和年度累计各归一档，取较高者：累计已到11,000元，本次3,000元也归中间档。",
            "Its own amount and the total each claim a tier, and the higher binds: 3,000 that brings the total to "
            "11,000 is in the middle tier.",
            letter(
                230,
                "单次采购金额或同类别品目年度累计金额达到",
                "下限前的“或”：任一金额达到即归该档",
                "或 before a lower bound: either amount that reaches it is enough",
            ),
            accumulation("多次采购按年度累计数额看待", "several purchases are taken by their total of the year"),
            law("28", "立法目的：不得化整为零", "its purpose: no splitting", verified=False, analogy=True),
            likened(
                "机关事务管理条例",
                "15",
                "不得以拆分避开集中采购",
                "no splitting to evade centralised procurement either",
            ),
        ),
        reading(
            "single",
            "只看本次金额，累计不另归档：不论累计多少，本次3,000元都归最低档。",
            "Its own amount alone counts: 3,000 is in the lowest tier whatever the total.",
            letter(
                96,
                "单次采购金额或",
                "上限前的“或”：任一金额在5000元以内即归最低档",
                "或 before an upper bound: either amount within 5,000 is enough",
            ),
            likened(
                "国办发〔2019〕55号",
                None,
                "公开招标数额按单项计",
                "its open-tender standard goes by the single item (单项)",
            ),
            unseen("中央2011—2012年采购标准", None, "“一次性达到”", "一次性达到: reached at one stroke"),
        ),
        why=Words(
            "取较高者，各档才互不重叠，“年度累计”才有作用，也合于条例累计计算的目的。弱点：最低档的“或”照字面只须一项在5000元以内。",
            "Only so do the tiers not overlap and the words on the year's total do anything; it fits the purpose of "
            "the law's counting. Weak point: 或 in the lowest tier to the letter asks for one of the two only.",
        ),
    ),
)
