"""Questions that no log can decide, each with the reason."""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity, Treatment
from procure.policies.furong_2020.law import asked, law, letter, reading, regulation, spans, unseen
from procure.words import Words

NOTED: tuple[Ambiguity, ...] = (
    asked(
        "dropped-word",
        "A10",
        spans((108, "年度累计采购金额"), (160, "年度累计采购金额"), (242, "年度累计金额")),
        Words(
            "最高档的“年度累计金额”少了“采购”二字，与前两档的“年度累计采购金额”是否为同一个数？",
            "Is 年度累计金额 in the highest tier, without 采购, the same quantity as 年度累计采购金额 in the two "
            "others?",
        ),
        reading(
            "slip",
            "同一个数：本年合同310,000元、已付290,000元，按310,000元归最高档。",
            "The same: contracts of 310,000 this year of which 290,000 is paid are in the highest tier by 310,000.",
            letter(
                230,
                "单次采购金额或同类别品目年度累计金额",
                "三档句式相同，同一用语同一含义",
                "the three tiers are built alike: one term, one meaning",
            ),
        ),
        reading(
            "distinct",
            "不同的数：“累计金额”是已付金额，上例按290,000元归中间档。",
            "Another: 累计金额 is money paid, and the same contracts are in the middle tier by 290,000.",
            letter(242, "年度累计金额", "用语不同，含义不同", "different words, different meaning"),
        ),
        why=Words(
            "三档句式相同，宜作同一个数。弱点：用语确有不同。",
            "The three tiers are built alike. Weak point: the words do differ.",
        ),
        treatment=Treatment.NOTED,
        because=Words(
            "台账每笔只有一个金额，两种读法算出同一个数；要分开，须另有付款金额一列。",
            "A log has one amount for each purchase, from which both readings make the same sum; to tell them apart "
            "it would need a second column, of payments.",
        ),
    ),
    asked(
        "decentralised-meaning",
        "A18",
        spans((89, "实行分散采购"), (175, "年度分散采购限额标准"), (250, "年度分散采购限额标准")),
        Words(
            "“分散采购”是法律所指限额以上、目录外的采购，还是目录外的全部采购？",
            "Is 分散采购 the statutory term (off-catalogue, at or above the limit), or everything off-catalogue?",
        ),
        reading(
            "local",
            "目录外的全部采购：20,000元的服务，三个电话报价即可，不须询价小组。",
            "Everything off-catalogue: a service of 20,000 needs three quotes by telephone, and no inquiry panel.",
            letter(
                148,
                "单次采购金额或同类别品目年度累计采购金额在5000元至年度分散采购限额标准",
                "否则限额以下两档落空",
                "otherwise the two tiers below the limit are empty",
            ),
            unseen(
                "湖南省预算单位政府集中采购目录及标准指引",
                None,
                "限额以下按单位内部制度自行采购",
                "below the limit units buy by their own rules",
                date="2025",
            ),
            unseen("新会区采购规定", None, "同样用法", "the same usage", date="2016"),
        ),
        reading(
            "statutory",
            "限额以上、目录外的采购：限额以下两档不适用，询价须依法定程序且只用于货物。",
            "Off-catalogue at or above the limit: the lower tiers do not apply, or an inquiry is the statutory one, "
            "for goods only.",
            regulation(
                "4",
                "分散采购是限额标准以上、目录以外的采购",
                "decentralised procurement is at or above the limit, off-catalogue",
            ),
            law("2", "限额标准以上属于政府采购", "at or above the limit it is government procurement", verified=False),
            law("32", "询价用于规格统一、现货充足的货物", "inquiry is for uniform goods in ready supply"),
            law("40", "询价小组的程序", "the procedure of the inquiry panel"),
        ),
        why=Words(
            "只有作广义读，限额以下的两档才有内容。弱点：与条例第4条的定义不同。",
            "Only the wide sense gives the tiers below the limit any content. Weak point: art. 4 of the regulation "
            "defines the term otherwise.",
        ),
        treatment=Treatment.NOTED,
        because=Words(
            "这是用语含义之争，台账的任何一列都不能决定；本库按广义，限额以下两档照常适用。",
            "It is a dispute about a term, which no column of a log decides; the wide sense is taken, so that the "
            "two tiers below the limit apply.",
        ),
    ),
)
