"""Questions that the text leaves to others, who would decide them by a number or a list."""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity, Treatment
from procure.policies.furong_2020.law import asked, law, letter, likened, reading, regulation, spans, unseen
from procure.words import Words

DELEGATED: tuple[Ambiguity, ...] = (
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
