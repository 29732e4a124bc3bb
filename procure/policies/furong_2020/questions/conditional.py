"""Questions that are asked only where the log, the catalogue or the caller brings the datum that tells."""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity, Needed
from procure.policies.furong_2020.law import accumulation, asked, law, letter, reading, regulation, spans, unseen
from procure.words import Words

CONDITIONAL: tuple[Ambiguity, ...] = (
    asked(
        "whose",
        "A13",
        spans((103, "同类别品目年度累计"), (155, "同类别品目年度累计"), (237, "同类别品目年度累计")),
        Words(
            "年度累计是全单位的，还是各科室的？",
            "Is the year's total the unit's, or a department's?",
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
            "department",
            "一个科室：各科室分别累计。",
            "A department's: each has a total of its own.",
            letter(103, "同类别品目年度累计", "没有主语", "it has no subject"),
        ),
        why=Words(
            "法律上的采购人是单位。弱点：条例第28条按一个预算项目累计，原文没有主语。",
            "In law the buyer is the unit. Weak point: art. 28 of the regulation counts by budget item, and the "
            "text has no subject.",
        ),
        needs=Needed("department", otherwise="unit"),
        because=Words(
            "台账没有“科室”（department）一栏，故按全单位累计，不另设问。",
            "The log has no `department` column: totals are the unit's, and the question is not asked.",
        ),
    ),
    asked(
        "catalogue-cap",
        "A16",
        spans(
            (48, "按财政要求实施电子卖场（公品商城）采购或定点采购"),
        ),
        Words(
            "目录内的采购达到公开招标数额标准的，还能经电子卖场或定点采购吗？",
            "May a catalogue item at or above the open-tender standard still be bought on the e-mall or from a "
            "designated supplier?",
        ),
        reading(
            "capped",
            "不能：标准为2,000,000元时，2,500,000元的目录内货物须公开招标。",
            "No: with a standard of 2,000,000, catalogue goods of 2,500,000 need an open tender.",
            law(
                "27",
                "达到标准及以上须公开招标，例外须事先批准",
                "open tender at the standard and above; exceptions need prior approval",
            ),
            regulation(
                "23",
                "数额标准以上，例外须设区的市级以上财政部门批准",
                "at the standard and above; exceptions are approved by the city-level finance department",
            ),
        ),
        reading(
            "uncapped",
            "能：原文没有金额上限，2,500,000元也可经电子卖场购买。",
            "Yes: the sentence has no upper bound, and 2,500,000 may be bought on the e-mall.",
            letter(48, "按财政要求实施电子卖场（公品商城）采购或定点采购", "没有金额上限", "it has no upper bound"),
        ),
        why=Words(
            "法律高于本制度，达到标准的一律须公开招标或经批准。弱点：原文没有写，电子卖场按财政要求运行，或另有规定。",
            "The law stands above the policy, and at the standard asks for open tender or approval. Weak point: the "
            "text says nothing, and the e-mall may have rules of its own.",
        ),
        needs=Needed("open-tender", otherwise="uncapped"),
        because=Words(
            "未给出公开招标数额标准（--open-tender），故不设上限，不另设问。",
            "The open-tender standard was not given (`--open-tender`): no cap is applied, and the question is not "
            "asked.",
        ),
    ),
    asked(
        "catalogue-floor",
        "A17",
        spans((0, "属于年度政府集中采购目录"), (41, "内的采购项目"), (73, "属于年度政府集中采购目录之外的")),
        Words(
            "品目列入目录，但金额低于目录所定起点，算不算目录内？",
            "Is a purchase inside the catalogue if its item is listed but its amount is below the item's floor?",
        ),
        reading(
            "floor",
            "达到目录所定起点才算：目录写“1000元以上”的移动存储，800元属目录外。",
            "Only from the floor up: where the catalogue lists mobile storage 1000元以上, one of 800 is outside.",
            letter(
                13,
                "按照市、区财政确定的政府集中采购目录及政府采购限额标准",
                "目录连同限额一并由财政确定",
                "finance sets the catalogue together with its limits",
            ),
            unseen(
                "财库〔2019〕69号",
                None,
                "地方确定各品目的执行范围、采购限额",
                "localities set scope and limit of each item",
                analogy=False,
            ),
            unseen("国办发〔2010〕61号", None, "移动存储1000元以上", "mobile storage from 1,000 yuan"),
        ),
        reading(
            "name",
            "列名即算：上例800元也在目录内，须经电子卖场或定点采购。",
            "A listed item is inside: the same 800 needs e-mall or designated supplier.",
            letter(0, "属于年度政府集中采购目录", "只看是否列入", "it asks only whether the item is in the list"),
        ),
        why=Words(
            "起点是目录的一部分，与目录一样由财政确定。弱点：所据文件未见原文，本年目录也未见。",
            "A floor is part of the catalogue, and set with it. Weak point: neither the instruments nor the "
            "catalogue of the year were seen.",
        ),
        needs=Needed("catalogue.floor", otherwise="name"),
        because=Words(
            "未给出目录，或目录没有各品目的起点金额，故凡列入的都算目录内，不另设问。",
            "No catalogue was given, or it has no floors: every listed item counts as inside, and the question is not "
            "asked.",
        ),
    ),
    asked(
        "emergency",
        "A26",
        (),
        Words(
            "原文没有例外条款：灾害、紧急或涉密的采购是否不受各档约束？",
            "The text has no exceptions: are disasters, emergencies or secrets free of its tiers?",
        ),
        reading(
            "statutory",
            "适用法定例外：汛期当日向一家购买20,000元的水泵，不按本制度判违规。",
            "The statutory exceptions hold: a flood pump of 20,000 bought from one supplier the same day is no breach.",
            law("31", "不可预见的紧急情况可用单一来源", "single source in an unforeseeable emergency"),
            law(
                "85", "灾害等紧急采购和涉密采购不适用本法", "it does not apply to disasters and secrets", verified=False
            ),
        ),
        reading(
            "none",
            "没有例外：上例仍须三方询价等方式。",
            "There are none: the same pump needs three quotes or the like.",
            letter(218, "采用三方询价等方式采购", "没有写明任何例外", "it excepts nothing"),
        ),
        why=Words(
            "上位法的例外不因本制度没有写而消失。弱点：限额以下是否适用该法本身有疑问，原文没有一字提及。",
            "The exceptions of the higher law do not end because a policy is silent. Weak point: the law may not "
            "reach purchases below the limit, and the text has not a word of it.",
        ),
        needs=Needed("emergency", otherwise="none"),
        because=Words(
            "台账没有“应急采购”（emergency）一栏，故不设例外，不另设问；记有依据的单一来源除外。",
            "The log has no `emergency` column: nothing is excepted, save a single source whose ground is on "
            "record, and the question is not asked.",
        ),
    ),
)
