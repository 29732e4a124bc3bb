"""Whom the duties bind, and what meets them."""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity
from procure.policies.furong_2020.law import asked, cited, law, letter, likened, reading, regulation, spans, unseen
from procure.words import Words

DUTIES: tuple[Ambiguity, ...] = (
    asked(
        "scope",
        "A15",
        spans(
            (73, "属于年度政府集中采购目录之外的，实行分散采购。"),
            (96, "单次采购金额"),
            (148, "单次采购金额"),
            (230, "单次采购金额"),
        ),
        Words(
            "三个金额档只管目录外的采购，还是也管目录内的采购？",
            "Do the three tiers bind only purchases outside the catalogue, or those inside it too?",
        ),
        reading(
            "off-catalogue",
            "只管目录外的：目录内6,000元的台式计算机，经电子卖场购买即可。",
            "Only those outside: a desktop computer of 6,000 that is in the catalogue just has to be bought through "
            "its channel.",
            letter(
                73,
                "属于年度政府集中采购目录之外的，实行分散采购",
                "各档承接此句展开",
                "the tiers follow this sentence and unfold it",
            ),
            regulation("4", "分散采购限于目录以外", "decentralised procurement is outside the catalogue"),
        ),
        reading(
            "all",
            "目录内外都管：目录内6,000元的台式计算机，除渠道外还须符合中间档的采购方式。",
            "All: a catalogue computer of 6,000 needs a method of the middle tier, beside its channel.",
            letter(
                89,
                "实行分散采购。",
                "此处已是句号，其后各档没有主语",
                "it ends with a full stop, and the tiers after it have no subject",
            ),
        ),
        why=Words(
            "两句先分目录内外，其后各档用的是“分散采购限额标准”，上下文只指目录外。弱点：句号之后另起一句，没有写明主语。",
            "The first two sentences part the catalogue from the rest, and the tiers go by the limit for "
            "decentralised purchases. Weak point: they stand after a full stop and name no subject.",
        ),
    ),
    asked(
        "channel-list",
        "A25",
        spans(
            (48, "按财政要求实施电子卖场（公品商城）采购或定点采购"),
        ),
        Words(
            "目录内的采购，除电子卖场和定点采购外，框架协议或公开招标是否也符合要求？",
            "May a catalogue item also be bought under a framework agreement or by open tender, beside e-mall and "
            "designated supplier?",
        ),
        reading(
            "equivalent",
            "框架协议和公开招标同样符合：公开招标购买目录内179,000元的汽车，合规。",
            "Yes: a catalogue car of 179,000 bought by open tender is compliant.",
            letter(
                48,
                "按财政要求",
                "渠道以财政要求为准，所列是通常的两种",
                "the channel is what the finance bureau requires; the two are the usual ones",
            ),
            law("26", "公开招标是法定的采购方式", "open tender is a statutory method"),
            law("27", "达到标准的须公开招标", "at the standard and above open tender is due"),
        ),
        reading(
            "closed",
            "只限所列两种：公开招标购买目录内179,000元的汽车，不符合本句。",
            "No, only the two named: a catalogue car of 179,000 bought by open tender does not meet this sentence.",
            letter(
                55,
                "电子卖场（公品商城）采购或定点采购",
                "只列两种，没有“等”字",
                "it names two, and has no 等 (and the like)",
            ),
        ),
        why=Words(
            "公开招标是法定方式，且达到标准时必须采用，不宜因此反成违规。弱点：此句没有“等”字，框架协议更无条文直接支持。",
            "Open tender is a statutory method, and above its standard a duty: it can hardly be a breach. Weak "
            "point: this sentence has no 等, and nothing names the framework agreement.",
        ),
    ),
    asked(
        "quotes-list",
        "A20",
        spans(
            (220, "三方询价等方式"),
        ),
        Words(
            "中间档的“三方询价等方式”，是否允许三方询价以外的竞争方式？",
            "Does 三方询价等方式 in the middle tier allow other methods than three quotes?",
        ),
        reading(
            "open",
            "允许：电子卖场、框架协议、谈判、磋商、邀请招标、公开招标，以及有依据的单一来源，都符合；直接采购和定点采购不符合。",
            "Yes: e-mall, framework agreement, negotiation, consultation, invited or open tender, and single source "
            "with its ground; not a direct or designated purchase.",
            letter(
                224,
                "等方式",
                "只举一项而后用“等”，通常表示列举未尽",
                "after a single item 等 ordinarily means 'and the like'",
            ),
            likened("政府采购法", "26", "法定方式不止询价一种", "inquiry is one statutory method of several"),
            likened("政府采购法", "31", "单一来源须有法定情形", "single source needs one of its grounds"),
        ),
        reading(
            "closed",
            "不允许：只有三方询价（比价）或询价符合，竞争性磋商50,000元也不符合。",
            "No: only a comparison of quotes or an inquiry will do, and 50,000 by competitive consultation will not.",
            letter(220, "三方询价等方式", "“等”也可表示列举已尽", "等 may also close a list"),
        ),
        why=Words(
            "“等”前只有一项，按通常用法是举例；竞争程度更高的方式没有理由被排除。弱点：“等”也可收尾，原文没有给出范围。",
            "等 after one item ordinarily gives an example, and there is no reason to bar methods with more "
            "competition. Weak point: 等 may close a list, and the text draws no bounds.",
        ),
    ),
    asked(
        "quotes-counted",
        "A21",
        spans(
            (220, "三方询价"),
        ),
        Words(
            "“三方询价”的三方，是指收到三家报价，还是指邀请了三家？",
            "Does 三方询价 ask for three quotes received, or for three suppliers invited?",
        ),
        reading(
            "received",
            "须收到至少三家报价：邀请三家、两家报价，不符合。",
            "At least three quotes received: three invited of whom two replied are not enough.",
            letter(220, "三方询价", "比较三方，须有三个价格", "to compare three there must be three prices"),
        ),
        reading(
            "invited",
            "向至少三家询价即可：邀请三家、两家报价，符合。",
            "At least three suppliers asked: three invited of whom two replied are enough.",
            likened(
                "政府采购法",
                "40",
                "第（二）项，向不少于三家的供应商发出询价通知书",
                "item 2, not fewer than three suppliers are asked for a quote",
            ),
        ),
        why=Words(
            "询价为的是比较，没有三个报价就无从比较三方。弱点：法定询价程序规定的是询问不少于三家，没有要求三家都答复。",
            "The point is to compare, and two prices do not compare three. Weak point: the statutory inquiry asks "
            "three suppliers and does not say that all must reply.",
        ),
    ),
    asked(
        "method-list",
        "A22",
        spans(
            (272, "单一来源采购或公开招标等方式"),
        ),
        Words(
            "最高档的“单一来源采购或公开招标等方式”，是否允许其他法定采购方式？",
            "Does 单一来源采购或公开招标等方式 in the highest tier allow the other statutory methods?",
        ),
        reading(
            "open",
            "允许：邀请招标、谈判、磋商、框架协议都符合，货物还可用有三家报价的询价；磋商购买350,000元的服务，合规。",
            "Yes: invited tender, negotiation, consultation, framework agreement, and for goods an inquiry with "
            "three quotes; a service of 350,000 by competitive consultation is compliant.",
            letter(265, "按财政要求", "方式以财政要求为准", "the method is what the finance bureau requires"),
            law(
                "26",
                "法定方式还有邀请招标、竞争性谈判、询价等",
                "invited tender, negotiation, inquiry and others are statutory methods too",
            ),
            law("32", "询价用于规格统一、现货充足的货物", "inquiry is for uniform goods in ready supply"),
            regulation(
                "25", "不招标的工程可用谈判或单一来源", "works without tender go by negotiation or single source"
            ),
            unseen(
                "框架协议采购方式",
                None,
                "此日起增列，日期来自新闻报道",
                "added on this date, which is from a news report",
                date="2022-03-01",
                analogy=False,
            ),
        ),
        reading(
            "closed",
            "不允许：只有单一来源和公开招标符合，磋商购买350,000元的服务不符合。",
            "No: only single source and open tender will do, and a service of 350,000 by competitive consultation "
            "will not.",
            letter(272, "单一来源采购或公开招标", "字面只列两种", "to the letter it names two"),
        ),
        why=Words(
            "所列两种是竞争最少和最多的两端，“等”字和“按财政要求”应涵盖其间的法定方式。弱点：字面只有两种，框架协议2020年尚未列入（未核实）。",
            "The two named are the ends, least and most competition, and 等 with 按财政要求 takes in the statutory "
            "methods between. Weak point: the letter has two only, and framework agreements were added after 2020 "
            "(unverified).",
        ),
    ),
    asked(
        "single-source",
        "A22",
        spans(
            (272, "单一来源采购"),
        ),
        Words(
            "达到限额的采购，没有记录依据也可以用单一来源吗？",
            "At the limit and above, is single source enough with no ground on record?",
        ),
        reading(
            "grounded",
            "不可以：350,000元的单一来源采购，须有唯一供应商、紧急或添购等依据。",
            "No: a single source of 350,000 needs its ground, such as a sole supplier, an emergency or an add-on.",
            law(
                "31",
                "限于唯一供应商、不可预见的紧急情况、不超过10%的添购",
                "only for a sole supplier, an unforeseeable emergency, or an add-on within 10 %",
            ),
        ),
        reading(
            "free",
            "可以：原文把它与公开招标并列，由单位选用，350,000元没有依据也符合。",
            "Yes: the text puts it beside open tender for the unit to choose, and 350,000 with no ground is compliant.",
            letter(
                272,
                "单一来源采购或公开招标",
                "并列两种，没有附条件",
                "it names the two side by side, with no condition",
            ),
        ),
        why=Words(
            "达到限额的采购适用政府采购法，单一来源须有法定情形。弱点：原文没有附条件，台账没有记录依据也不等于没有依据。",
            "At the limit and above the procurement law applies, and it asks for a ground. Weak point: the text "
            "sets no condition, and a ground not on record may yet exist.",
        ),
    ),
    asked(
        "approval-order",
        "A23",
        spans(
            (137, "经报告同意后"),
        ),
        Words(
            "报告同意必须在采购之前，还是事后补办也可以？",
            "Must approval come before the purchase, or will a later one do?",
        ),
        reading(
            "prior",
            "必须在采购当日或之前：3月3日采购、3月5日同意，不符合。",
            "On or before the date of purchase: bought on 3 March and approved on 5 March will not do.",
            letter(137, "经报告同意后组织采购", "“后”字写明先后", "后 (after) gives the order"),
            cited(
                "审计常用表述",
                None,
                "“审批程序倒置”自成一类",
                "审批程序倒置 (approval in the wrong order) is a heading of its own",
            ),
        ),
        reading(
            "ratifiable",
            "有同意即可，不论日期：3月3日采购、3月5日同意，符合。",
            "An approval of any date: bought on 3 March and approved on 5 March will do.",
            unseen(
                "某中学采购制度",
                None,
                "写明可补签批；本制度没有此语",
                "it says that a later signature cures; this policy does not",
            ),
        ),
        why=Words(
            "“同意后组织采购”写明了先后。弱点：补办能否补正，原文没有说，别处制度有写明可以的。",
            "经报告同意后 gives the order in so many words. Weak point: the text does not say whether a later "
            "approval cures, and rules elsewhere say that it does.",
        ),
    ),
    asked(
        "approval-scope",
        "A24",
        spans(
            (137, "经报告同意后组织采购"),
            (218, "采用三方询价等方式采购"),
            (265, "按财政要求实施单一来源采购或公开招标等方式采购"),
        ),
        Words(
            "报告同意只是最低档的要求，还是中间档和最高档也要？",
            "Is approval a duty of the lowest tier only, or of the middle and the highest tier too?",
        ),
        reading(
            "lowest",
            "只有最低档要：6,000元三方询价、没有报告同意，合规。",
            "Of the lowest only: 6,000 with three quotes and no approval is compliant.",
            letter(137, "经报告同意后", "只写在最低档，后两档没有", "it stands in the lowest tier alone"),
        ),
        reading(
            "every",
            "各档都要：6,000元三方询价、没有报告同意，不符合。",
            "Of every tier: 6,000 with three quotes and no approval will not do.",
            letter(
                137,
                "经报告同意后",
                "举轻明重：小额尚须同意，大额更应如此",
                "what small purchases need, large ones need all the more",
            ),
            unseen("财会〔2012〕21号", None, "内部控制规范", "rules of internal control"),
        ),
        why=Words(
            "义务以写明的为限，后两档写的是别的要求。弱点：小额须经同意而大额不须，于情理不合，内部控制规范（未核实）也可能另有要求。",
            "A duty is what the text says, and the other tiers say something else. Weak point: small purchases "
            "would need approval and large ones none, and rules of internal control (unverified) may ask for it.",
        ),
    ),
)
