"""Questions that the log itself answers, by its columns or its rows."""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity, Treatment
from procure.policies.furong_2020.law import accumulation, asked, cited, law, letter, likened, reading, spans, unseen
from procure.words import Words

ANSWERED: tuple[Ambiguity, ...] = (
    asked(
        "dating",
        "A08",
        spans((108, "年度"), (160, "年度"), (175, "年度"), (242, "年度"), (250, "年度")),
        Words(
            "一笔采购按哪个日期、哪段期间计入“年度”？",
            "By which date, and into which period, does a purchase fall within the 年度 (year)?",
        ),
        reading(
            "contract",
            "按采购（签约）日期，公历年度：2019-12-28签约、2020-01-15付款的3,000元计入2019年。",
            "By the date of purchase (contract), in the calendar year: 3,000 contracted on 2019-12-28 and paid on "
            "2020-01-15 belongs to 2019.",
            cited("预算法", "18", "预算年度自1月1日至12月31日", "the budget year is 1 January to 31 December"),
            accumulation("“一个财政年度”", "one fiscal year"),
        ),
        reading(
            "payment",
            "按付款日期，公历年度：上例计入2020年。",
            "By the date of payment, in the calendar year: the same 3,000 belongs to 2020.",
            cited("预算法", "18", "预算年度自1月1日至12月31日", "the budget year is 1 January to 31 December"),
        ),
        reading(
            "rolling",
            "按连续十二个月：上例与2020-02-01的3,000元合计6,000元。",
            "By any twelve months on end: the same 3,000 and 3,000 of 2020-02-01 make 6,000.",
            letter(108, "年度", "没有写明起止", "it gives no first and last day"),
        ),
        why=Words(
            "预算年度有法律规定，而报告同意和采购方式都以采购之时为准。弱点：原文没有写明按签约、交货、发票还是付款日期。",
            "The budget year is settled by law, and approval and method are matters of the time of purchase. Weak "
            "point: the text does not say whether contract, delivery, invoice or payment dates a purchase.",
        ),
        treatment=Treatment.ANSWERED,
        because=Words(
            "由“日期”（date）列回答：台账给出什么日期就按什么日期；年度按预算法第18条为公历年度，不另设问。",
            "The `date` column answers it: the date that the log gives is the one used; the year is the calendar "
            "year of art. 18 of the Budget Law (预算法), and is not asked.",
        ),
    ),
    asked(
        "amount-basis",
        "A09",
        spans((98, "采购金额"), (112, "采购金额"), (150, "采购金额"), (164, "采购金额"), (232, "采购金额")),
        Words(
            "“采购金额”是预算金额、成交金额，还是实付金额？",
            "Is 采购金额 (the amount of a purchase) its budget, its price, or what was paid?",
        ),
        reading(
            "price",
            "合同或成交金额：预算5,200元、成交4,900元的，按4,900元归最低档。",
            "The price agreed: with a budget of 5,200 and a price of 4,900, it is 4,900 and in the lowest tier.",
            letter(98, "采购金额", "通常指买下的价格", "ordinarily the price at which a thing is bought"),
            unseen(
                "World Bank BP 11.00 Annex C(vi)",
                None,
                "重新定档（retier）",
                "re-tiering",
            ),
        ),
        reading(
            "budget",
            "预算或估算金额：上例按5,200元归中间档。",
            "The budget or estimate: the same purchase is 5,200 and in the middle tier.",
            unseen(
                "湖南省预算单位政府集中采购目录及标准指引",
                None,
                "“采购预算金额”",
                "it says 采购预算金额 (budgeted amount)",
                date="2025",
            ),
            unseen(
                "江西、河南采购标准", None, "“单项或批量（预算）金额”", "they say 单项或批量(预算)金额", date="2020"
            ),
            unseen("台湾地区政府采购法施行细则", "6", "招标前认定金额", "the amount is established before the tender"),
        ),
        reading(
            "paid",
            "实付金额：以付款为准。",
            "What was paid.",
            letter(
                244,
                "累计金额",
                "最高档未写“采购”二字，可理解为支出之数",
                "the highest tier drops 采购, and may mean the money spent",
            ),
        ),
        why=Words(
            "“采购金额”通常指成交价格。弱点：方式须在成交之前选定，其他地方的标准多按预算金额计。",
            "The ordinary sense is the price. Weak point: a method is chosen before there is a price, and standards "
            "elsewhere go by the budget.",
        ),
        treatment=Treatment.ANSWERED,
        because=Words(
            "由充作“金额”（amount）的那一列回答，可用 --column amount=列名 指定。",
            "The column given as `amount` answers it; `--column amount=NAME` says which.",
        ),
    ),
    asked(
        "tax",
        "A09",
        spans((98, "采购金额"), (112, "采购金额"), (150, "采购金额"), (164, "采购金额"), (232, "采购金额")),
        Words("“采购金额”是否含增值税？", "Does 采购金额 (the amount of a purchase) include value-added tax?"),
        reading(
            "gross",
            "含税：价税合计5,085元的，归中间档。",
            "It does: 5,085 with tax is in the middle tier.",
            letter(
                98,
                "采购金额",
                "未区分价与税，通常指买方付出之数",
                "it does not part price and tax: ordinarily what the buyer pays",
            ),
        ),
        reading(
            "net",
            "不含税：同一笔不含税4,500元的，归最低档。",
            "It does not: the same purchase, 4,500 without tax, is in the lowest tier.",
            letter(98, "采购金额", "未写“含税”", "it does not say that tax is in"),
        ),
        why=Words(
            "采购单位付出的是价税合计之数。弱点：原文没有写明。",
            "What a unit pays is the price with tax. Weak point: the text does not say.",
        ),
        treatment=Treatment.ANSWERED,
        because=Words(
            "由充作“金额”（amount）的那一列回答，例如 --column amount=含税金额。",
            "The column given as `amount` answers it, as in `--column amount=含税金额`.",
        ),
    ),
    asked(
        "one-purchase",
        "A11",
        spans((96, "单次"), (148, "单次"), (230, "单次")),
        Words(
            "“单次采购”以一次申请、一份合同（发票），还是一批为准？",
            "Is 单次 (a single purchase) one application, one contract or invoice, or one batch?",
        ),
        reading(
            "batch",
            "一批：同日买的纸3,000元和椅子3,000元合为6,000元，归中间档。",
            "One batch: paper 3,000 and chairs 3,000 bought together are 6,000 and in the middle tier.",
            likened(
                "国办发〔2019〕55号", None, "限额按“单项或批量”计", "its limit goes by 单项或批量, single item or batch"
            ),
        ),
        reading(
            "requisition",
            "一次申请：上例同在一份申请内，为6,000元。",
            "One application: both stand in one, and are 6,000.",
            letter(96, "单次", "一次报告，一次采购", "one report, one purchase"),
        ),
        reading(
            "contract",
            "一份合同或发票：上例为两笔，各3,000元，均归最低档。",
            "One contract or invoice: they are two of 3,000, each in the lowest tier.",
            letter(96, "单次", "一次成交，一次采购", "one deal, one purchase"),
        ),
        why=Words(
            "中央单位的限额写明“单项或批量”。弱点：那是另一级次的规定，原文只有“单次”二字。",
            "The limits of the central units say 单项或批量. Weak point: those are rules of another level, and the "
            "text says 单次 alone.",
        ),
        treatment=Treatment.ANSWERED,
        because=Words(
            "由台账的分行回答：一行即一次采购。",
            "The rows of the log answer it: a row is one purchase.",
        ),
    ),
    asked(
        "whose-project",
        "A13",
        spans((103, "同类别品目年度累计"), (155, "同类别品目年度累计"), (237, "同类别品目年度累计")),
        Words(
            "年度累计只算本单位、连同下属单位，还是按一个预算项目算？",
            "Is the year's total that of the unit alone, of unit and subordinates, or of one budget item?",
        ),
        reading(
            "unit",
            "全单位：项目甲3,000元、项目乙3,000元，合计6,000元。",
            "The unit's: 3,000 under budget item X and 3,000 under Y make 6,000.",
            accumulation("按一个采购人计算", "it counts for one buyer"),
            law("15", "采购人是采购单位", "the buyer is the unit", verified=False),
            unseen(
                "2016年采购目录附注（所属目录未详）",
                None,
                "采购人采购该品目的总金额",
                "all that the buyer spends on the item",
            ),
        ),
        reading(
            "group",
            "连同下属单位合并累计。",
            "That of the unit with its subordinate units.",
            letter(103, "同类别品目年度累计", "没有主语", "it has no subject"),
        ),
        reading(
            "project",
            "一个预算项目：上例两笔各自累计，均为3,000元。",
            "A budget item's: the two have a total each, of 3,000.",
            accumulation("“一个预算项目下”", "under one budget item"),
        ),
        why=Words(
            "法律上的采购人是单位。弱点：条例第28条按一个预算项目累计，原文没有主语。",
            "In law the buyer is the unit. Weak point: art. 28 of the regulation counts by budget item, and the "
            "text has no subject.",
        ),
        treatment=Treatment.ANSWERED,
        because=Words(
            "由“采购单位”（unit）列回答：按该列的名称分别累计；没有此列的，全部视为一个单位。",
            "The `unit` column answers it: each name in it has its own totals, and without the column the log is "
            "one unit's.",
        ),
    ),
    asked(
        "mixed-order",
        "A17",
        spans((41, "内的采购项目"), (73, "属于年度政府集中采购目录之外的")),
        Words(
            "目录内外的东西同单购买，按主要的定，还是分开看？",
            "Is an order of items inside and outside the catalogue placed by its main item, or taken apart?",
        ),
        reading(
            "split",
            "混合的一单分开看，各按各的。",
            "A mixed order is taken apart, each item by itself.",
            unseen(
                "湖南省预算单位政府集中采购目录及标准指引",
                None,
                "可分开的应分开采购",
                "separable items are to be bought separately",
                date="2025",
            ),
        ),
        reading(
            "principal",
            "混合的一单按主要的东西定。",
            "A mixed order follows its main item.",
            letter(41, "内的采购项目", "“项目”可作整体看", "项目 may be taken as a whole"),
        ),
        why=Words(
            "各自可分的，分开看才各有其所。弱点：所据文件晚于本年度，且未见原文。",
            "What can be taken apart has its place by itself. Weak point: the instrument is later than the year, and "
            "its text was not seen.",
        ),
        treatment=Treatment.ANSWERED,
        because=Words(
            "由台账的分行回答：一行一个品目，各按各的。",
            "The rows of the log answer it: a row has one category, and stands by itself.",
        ),
    ),
)
