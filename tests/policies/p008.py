"""P008: a school in Chengdu. Two ladders, one for works; a share of another column; an order of offices.

Works below 50,000 are named by no row: not applicable. An odd number of experts cannot be said.
"""

from __future__ import annotations

from policies.writing import question, said

from procure.authoring import Band, Duty, Example, Ladder, Passage, Policy, Words, ask, column

TEXT = Passage(
    """项目类型 | 金额区间 | 采购方式 | 评审小组要求 | 备注
货物/服务 | 1万元以下 | 自行采购 | — | 报业务处室负责人、分管副校长、校长审批
货物/服务 | 1万元（含）—5万元 | 询价/比选/磋商 | 3人采购小组（业务处室组成） | 单位负责人审批
货物/服务/工程 | 5万元（含）—10万元 | 公开比选 可不委托代理机构 | ≥7人评审小组（总务处牵头） | 需校长办公会/党组织委员会审议采购文件
货物/服务/工程 | 10万元—50万元（货物/服务限额以下） | 公开比选 须委托采购代理机构 | ≥7人评审小组（代理机构比选） | 非政府采购项目
货物/服务 | 50万元以上（达政府采购限额） | 政府采购（公开招标为主） | ≥5人单数 评审专家≥2/3 | 执行政府采购制度 编制采购实施计划报备
工程 | 100—400万元 | 政府采购（原则上专门面向中小企业） | ≥5人单数 评审专家≥2/3 | 预留份额面向中小企业
工程 | 400万元以上（达政府采购限额） | 政府采购（公开招标为主） | ≥5人单数 评审专家≥2/3 | 可预留30%以上份额给中小企业""",  # noqa: E501
    said("成都市教育科学研究院附属中学 政府采购管理制度(节选)要点(表), GitHub, sheet 政府采购金额标准速查"),
)

COLUMNS = [
    column("amount", headers=["采购金额", "预算金额"]),
    column("kind", headers=["项目类型"], words={"goods": ["货物"], "services": ["服务"], "works": ["工程"]}),
    column(
        "method",
        headers=["采购方式"],
        words={
            "self": ["自行采购"],
            "inquiry": ["询价"],
            "comparison": ["比选"],
            "negotiation": ["磋商"],
            "open-comparison": ["公开比选"],
            "government": ["政府采购", "竞争性谈判", "框架协议采购"],
            "tender": ["公开招标"],
        },
        several={"竞争性磋商": ["negotiation", "government"]},
    ),
    column(
        "approver",
        type="word",
        headers=["审批人"],
        words={"业务处室负责人": ["处室负责人"], "分管副校长": ["副校长"], "校长": ["单位负责人"], "校长办公会": []},
        order=["业务处室负责人", "分管副校长", "校长", "校长办公会"],
        blank="none",
    ),  # 最高一级审批人; 单位负责人即校长
    column("head_on", type="date", headers=["处室负责人审批日期"], yes=True, blank="none"),
    column("deputy_on", type="date", headers=["分管副校长审批日期"], yes=True, blank="none"),
    column("office_on", type="date", headers=["校长办公会审议日期"], yes=True, blank="none"),
    column("party_on", type="date", headers=["党组织委员会审议日期"], yes=True, blank="none"),
    column("plan_on", type="date", headers=["实施计划报备日期"], yes=True, blank="none"),
    column("agent", type="yes-no", headers=["委托代理机构"]),
    column("panel", type="count", headers=["评审小组人数", "采购小组人数"], at_least="experts"),
    column("experts", type="count", headers=["评审专家人数"]),
    column("sme", type="yes-no", headers=["专门面向中小企业"]),
]

QUESTIONS = [
    question(
        "edge",
        "恰为10万元、50万元、400万元的, 属上一档还是下一档?",
        {"upper": "金额高的一档", "lower": "金额低的一档"},
        recommended="upper",
        why="1万、5万都写明下限“含”; “以上”通常含本数。 weak point: 这几处没有写“含”。",
        raised_by=["10万元—50万元", "50万元以上", "400万元以上"],
        text=TEXT,
    ),
    question(
        "works-gap",
        "50万元至100万元的工程, 没有一行写到: 按什么?",
        {
            "comparison": "仍是非政府采购项目: 公开比选, 委托代理机构",
            "government": "按100万元以上: 政府采购",
            "nobody": "没有规定",
        },
        recommended="comparison",
        why="限额以下的都是公开比选, 工程到100万元才是政府采购。 weak point: 表里写到50万元为止。",
        raised_by=["10万元—50万元（货物/服务限额以下）", "100—400万元"],
        text=TEXT,
    ),
    question(
        "slash",
        "“校长办公会/党组织委员会”: 其一即可, 还是都要?",
        {"either": "其一即可", "both": "都要"},
        recommended="either",
        why="表里别处的斜线(询价/比选/磋商)是“或”。 weak point: 货物/服务/工程的斜线是“和”。",
        raised_by=["校长办公会/党组织委员会审议"],
        text=TEXT,
    ),
    question(
        "sme",
        "“原则上专门面向中小企业”是义务吗?",
        {"advice": "不是: 可以例外", "duty": "是"},
        recommended="advice",
        why="“原则上”容许例外, 表里没有写例外要什么手续。 weak point: 备注“预留份额面向中小企业”没有“可”字。",
        raised_by=["原则上专门面向中小企业"],
        text=TEXT,
    ),
]

LADDERS = {
    "goods": Ladder(
        when={"kind": ["goods", "services"]},
        measures=["amount"],
        edge=ask("edge", upper="upper", lower="lower"),
        bands=[
            Band(id="self", range="[0 .. 10000)", clause="1万元以下", duties=["chain"]),
            Band(
                id="three-ways",
                range="[10000 .. 50000)",
                clause="1万元（含）—5万元",
                duties=["three-ways", "group-of-three", "principal"],
            ),
            Band(
                id="comparison",
                range="[50000 .. 100000|",
                clause="5万元（含）—10万元",
                duties=["open-comparison", "seven", "papers"],
            ),
            Band(
                id="agent",
                range="|100000 .. 500000|",
                clause="10万元—50万元（货物/服务限额以下）",
                duties=["open-comparison", "agent", "seven"],
            ),
            Band(
                id="government",
                range="|500000 .. )",
                clause="50万元以上（达政府采购限额）",
                duties=["government", "five", "experts", "plan"],
            ),
        ],
    ),
    "works": Ladder(
        when={"kind": "works"},
        measures=["amount"],
        edge=ask("edge", upper="upper", lower="lower"),
        gaps=ask("works-gap", comparison="down", government="up", nobody="none"),
        bands=[
            Band(
                id="works-comparison",
                range="[50000 .. 100000|",
                clause="5万元（含）—10万元",
                duties=["open-comparison", "seven", "papers"],
            ),
            Band(
                id="works-agent",
                range="|100000 .. 500000]",
                clause="10万元—50万元（货物/服务限额以下）",
                duties=["open-comparison", "agent", "seven"],
            ),
            Band(
                id="works-sme",
                range="[1000000 .. 4000000|",
                clause="100—400万元",
                duties=["government", "five", "experts", "sme"],
            ),
            Band(
                id="works-government",
                range="|4000000 .. )",
                clause="400万元以上（达政府采购限额）",
                duties=["government", "five", "experts"],
            ),
        ],
    ),
}

DUTIES = {
    "chain": Duty(
        title="三级审批",
        required="报业务处室负责人、分管副校长、校长审批",
        clause="报业务处室负责人、分管副校长、校长审批",
        met_by=[{"head_on": "present", "deputy_on": "present", "approver": ">= 校长"}],
    ),
    "three-ways": Duty(
        title="询价/比选/磋商",
        required="询价、比选或磋商 (或更严的方式)",
        clause="询价/比选/磋商",
        met_by=[{"method": ["inquiry", "comparison", "negotiation", "open-comparison", "government", "tender"]}],
    ),
    "group-of-three": Duty(
        title="3人小组",
        required="3人采购小组",
        clause="3人采购小组",
        met_by=[{"panel": ">= 3"}],
    ),
    "principal": Duty(
        title="单位负责人审批",
        required="单位负责人审批",
        clause="单位负责人审批",
        met_by=[{"approver": ">= 校长"}],
    ),
    "open-comparison": Duty(
        title="公开比选",
        required="公开比选 (或政府采购方式)",
        clause={"quote": "公开比选", "occurrence": 1},
        met_by=[{"method": ["open-comparison", "government", "tender"]}],
    ),
    "agent": Duty(
        title="委托代理",
        required="委托采购代理机构",
        clause="须委托采购代理机构",
        met_by=[{"agent": "yes"}],
    ),
    "seven": Duty(
        title="7人评审",
        required="7人以上评审小组",
        clause={"quote": "≥7人评审小组", "occurrence": 1},
        met_by=[{"panel": ">= 7"}],
    ),
    "papers": Duty(
        title="审议采购文件",
        required="校长办公会/党组织委员会审议采购文件",
        clause="需校长办公会/党组织委员会审议采购文件",
        met_by=[
            {"only-if": {"slash": "either"}, "office_on": "present"},
            {"only-if": {"slash": "either"}, "party_on": "present"},
            {"office_on": "present", "party_on": "present"},
        ],
    ),
    "government": Duty(
        title="政府采购",
        required="政府采购 (公开招标为主)",
        clause={"quote": "政府采购（公开招标为主）", "occurrence": 1},
        met_by=[{"method": ["government", "tender"]}],
    ),
    "five": Duty(
        title="5人评审",
        required="5人以上单数的评审小组",
        clause={"quote": "≥5人单数", "occurrence": 1},
        met_by=[{"panel": "odd >= 5"}],
    ),
    "experts": Duty(
        title="专家三分之二",
        required="评审专家不少于三分之二",
        clause={"quote": "评审专家≥2/3", "occurrence": 1},
        met_by=[{"experts": ">= 2/3 * panel"}],
    ),
    "plan": Duty(
        title="计划报备",
        required="编制采购实施计划报备",
        clause="编制采购实施计划报备",
        met_by=[{"plan_on": "present"}],
    ),
    "sme": Duty(
        title="面向中小企业",
        required="专门面向中小企业",
        clause="原则上专门面向中小企业",
        only_if={"sme": "duty"},
        met_by=[{"sme": "yes"}],
    ),
}

EXAMPLES = [
    Example(
        name="a cent below 10,000, all three signed",
        rows=[
            {"date": "2023-04-03", "kind": "货物", "amount": "9999.99", "method": "自行采购", "approver": "校长",
             "head_on": "2023-04-01", "deputy_on": "2023-04-01"},
        ],
        verdict="compliant", turns_on=[],
    ),
    Example(
        name="10,000 exactly, bought without a procedure, the deputy signed last",
        rows=[
            {"date": "2023-04-03", "kind": "货物", "amount": 10_000, "method": "自行采购", "approver": "副校长",
             "panel": 3},
        ],
        verdict="violation", breached=["three-ways", "principal"], turns_on=[],
    ),
    Example(
        name="80,000, only the principal's meeting considered the papers",
        rows=[
            {"date": "2023-04-03", "kind": "服务", "amount": 80_000, "method": "公开比选", "panel": 7, "agent": "否",
             "office_on": "2023-03-20", "party_on": ""},
        ],
        verdict="compliant", turns_on=["slash"],
    ),
    Example(
        name="100,000 exactly, without an agent",
        rows=[
            {"date": "2023-04-03", "kind": "货物", "amount": 100_000, "method": "公开比选", "panel": 7,
             "agent": "否", "office_on": "2023-03-20", "party_on": "2023-03-21"},
        ],
        verdict="violation", breached=["agent"], turns_on=["edge"],
    ),
    Example(
        name="500,000 exactly, three experts among five: wrong in either band",
        rows=[
            {"date": "2023-04-03", "kind": "货物", "amount": 500_000, "method": "公开招标", "panel": 5, "experts": 3,
             "agent": "是", "plan_on": "2023-03-01"},
        ],
        verdict="violation", breached=["experts"], turns_on=[],
    ),
    Example(
        name="600,000, a panel of six",
        rows=[
            {"date": "2023-04-03", "kind": "货物", "amount": 600_000, "method": "公开招标", "panel": 6, "experts": 4,
             "agent": "是", "plan_on": "2023-03-01"},
        ],
        verdict="violation", breached=["five"], turns_on=[],
    ),
    Example(
        name="works of 700,000, compared with an agent: no row names it",
        rows=[
            {"date": "2023-04-03", "kind": "工程", "amount": 700_000, "method": "公开比选", "panel": 7, "experts": 5,
             "agent": "是", "sme": "是"},
        ],
        verdict="compliant", turns_on=["works-gap"],
    ),
    Example(
        name="works of 30,000: below the first row that names works",
        rows=[
            {"date": "2023-04-03", "kind": "工程", "amount": 30_000, "method": "自行采购", "approver": "校长"},
        ],
        verdict="not_applicable", turns_on=[],
    ),
    Example(
        name="works of 2,000,000, six experts among nine (just two thirds), open to all",
        rows=[
            {"date": "2023-04-03", "kind": "工程", "amount": 2_000_000, "method": "政府采购", "panel": 9,
             "experts": 6, "sme": "否"},
        ],
        verdict="compliant", turns_on=["sme"],
    ),
    Example(
        name="30,000 without a procedure, kind blank: goods breach, works are named by nobody",
        rows=[
            {"date": "2023-04-03", "kind": "", "amount": 30_000, "method": "自行采购", "approver": "校长",
             "panel": 3},
        ],
        verdict="unknown", missing=["kind"], turns_on=[],
    ),
    Example(
        name="200,000, not recorded whether through an agent",
        rows=[
            {"date": "2023-04-03", "kind": "服务", "amount": 200_000, "method": "公开比选", "panel": 7, "agent": ""},
        ],
        verdict="unknown", missing=["agent"], turns_on=[],
    ),
]  # fmt: skip

POLICY = Policy(
    id="chengdu-school",
    title=Words("成都教科院附中 政府采购金额标准", "Chengdu, a school's table of thresholds"),
    language="zh",
    currency="CNY",
    text=TEXT,
    not_checked=[
        "可不委托代理机构",
        "（总务处牵头）",
        "（业务处室组成）",
        "（代理机构比选）",
        "可预留30%以上份额给中小企业",
    ],
    columns={each.name: each for each in COLUMNS},
    questions=QUESTIONS,
    ladders=LADDERS,
    duties=DUTIES,
    examples=EXAMPLES,
)
