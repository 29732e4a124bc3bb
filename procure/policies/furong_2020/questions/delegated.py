"""Questions that the text leaves to others, who would decide them by a number or a list."""

from __future__ import annotations

from procure.policies.furong_2020.law import asked, law, letter, likened, reading, regulation, spans, unseen
from procure.readings import Ambiguity, Treatment
from procure.words import Words

DELEGATED: tuple[Ambiguity, ...] = (
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
        treatment=Treatment.DELEGATED,
        because=Words(
            "公开招标数额标准由省级政府或其授权机构规定，未给出，故不判定。",
            "The open-tender standard is set by the province or its delegate; it was not given, so this is not judged.",
        ),
    ),
    asked(
        "catalogue-floor",
        "A17",
        spans((0, "属于年度政府集中采购目录"), (41, "内的采购项目"), (73, "属于年度政府集中采购目录之外的")),
        Words(
            "品目列入目录，但金额低于目录所定起点，或与目录外的东西同单购买，算不算目录内？",
            "Is a purchase inside the catalogue if its item is listed but it is below the item's floor, or shares "
            "an order with other things?",
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
        reading(
            "principal",
            "混合的一单按主要的东西定。",
            "A mixed order follows its main item.",
            letter(41, "内的采购项目", "“项目”可作整体看", "项目 may be taken as a whole"),
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
        why=Words(
            "起点是目录的一部分，与目录一样由财政确定。弱点：所据文件未见原文，本年目录也未见。",
            "A floor is part of the catalogue, and set with it. Weak point: neither the instruments nor the "
            "catalogue of the year were seen.",
        ),
        treatment=Treatment.DELEGATED,
        because=Words(
            "由确定目录的财政部门决定；给出的目录没有各品目的起点，故凡列入的都算目录内。",
            "The finance department that sets the catalogue decides; the catalogue as given has no floors, so that "
            "every listed item counts as inside.",
        ),
    ),
    asked(
        "limit-source",
        "A19",
        spans(
            (175, "年度分散采购限额标准（按照市、区财政确定的政府集中采购目录及政府采购限额标准）"),
            (250, "年度分散采购限额标准"),
        ),
        Words(
            "“年度分散采购限额标准”以省、市、区哪一级所定为准？",
            "Whose is the 年度分散采购限额标准 (yearly limit): the province's, the city's or the district's?",
        ),
        reading(
            "city",
            "市财政所定。",
            "The city's.",
            letter(185, "（按照市、区财政确定的", "写明市、区财政", "it names city and district"),
            likened(
                "湖南省预算单位政府集中采购目录及标准指引",
                None,
                "市州可执行省定标准，也可自定",
                "cities may adopt the province's or set their own",
                date="2025",
            ),
        ),
        reading(
            "district",
            "区财政所定。",
            "The district's.",
            letter(185, "（按照市、区财政确定的", "写明市、区财政", "it names city and district"),
        ),
        reading(
            "province",
            "省级政府或其授权机构所定。",
            "The province's or its delegate's.",
            law(
                "7–8", "目录和限额由省级政府或其授权机构确定", "the province or its delegate sets catalogue and limits"
            ),
            regulation("5", "省级政府或其授权机构可分别确定", "the province or its delegate sets them"),
            unseen(
                "财库〔2019〕69号",
                None,
                "取消市、县级集中采购目录",
                "it ends the catalogues of cities and counties",
                analogy=False,
            ),
        ),
        why=Words(
            "原文写明市、区，后来的省级指引允许市州自定。弱点：法律把权限交给省或其授权机构，2020年是否授权、数额多少均未查到。",
            "The text names city and district, and a later guide of the province lets cities set their own. Weak "
            "point: the law gives the power to the province or its delegate, and neither a delegation nor a number "
            "was found for 2020.",
        ),
        treatment=Treatment.DELEGATED,
        because=Words(
            "限额由使用者按货物、服务、工程和年度给出（limits、--limit），本库不作推测。",
            "The caller gives the limits, by kind and by year (`limits`, `--limit`); none is guessed.",
        ),
    ),
)
