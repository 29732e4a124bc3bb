"""P053: sporadic repairs at Shangqiu Normal University. Two ladders over one budget; an emergency lifts one or both."""

from __future__ import annotations

from policies.writing import question, said

from procure.authoring import Band, Duty, Example, Ladder, Needed, Passage, Policy, Words, ask, column

TEXT = Passage(
    """第三、事前审批
执行科室根据使用单位(个人)的申请报告进行现场考察,做出详细的预算,撰写预算报告,履行审批手续,审批权限如下:
(一)预算金额在1千元(不含)以下的项目由执行科室负责人审批。
(二)预算金额在1千元(含)以上,1万元(不含)以下的项目经分管副主任审核后,由主任审批。
(三)预算金额在1万元(含)以上,3万元(不含)以下的项目经分管副主任、主任审核后,由分管校领导审批。
(四)预算金额在3万元(含)以上,5万元(不含)以下的项目经分管副主任、主任审核后,由分管校领导审批,履行审计程序后方可实施。
第四、询价选队
[…]被询价的施工队不得少于3家,在满足采购需求的前提下,由报价最低的施工队组织施工。执行科室负责召集相关人员成立3人(含3人)以上的询价小组,组织询价定队工作,根据预算额度,询价定队工作按以下规定执行:
(一)预算金额在5千元(不含)以下的项目,由执行科室在“零星维修施工单位库”中随机抽取选定。
(二)预算金额在5千元(含)以上,5万元(不含)以下的项目,询价小组由后勤服务中心班子成员和执行科室人员组成。
(三)如遇突发抢修等紧急情况,执行科室报主任、分管校长同意后可在“零星维修施工单位库”中直接选定施工队。""",
    said("商丘师范学院后勤服务中心零星维修实施细则, hqfwzx.sqnu.edu.cn/info/1015/3999.htm"),
)

COLUMNS = [
    column("budget", is_="amount", headers=["预算金额", "预算"]),
    column("date", headers=["开工日期", "实施日期"]),
    column("selected_on", type="date", headers=["定队日期", "选队日期"], blank="none"),
    column(
        "approver",
        type="word",
        headers=["审批人", "审批人职务"],
        words={
            "执行科室负责人": ["科室负责人", "科长"],
            "分管副主任": ["副主任"],
            "主任": ["中心主任"],
            "分管校领导": ["分管校长", "分管副校长"],
            "校长": [],
        },
        order=["执行科室负责人", "分管副主任", "主任", "分管校领导", "校长"],
        blank="none",
    ),
    column("approved_on", headers=["审批日期"], blank="none"),
    column("deputy_on", type="date", headers=["分管副主任审核日期"], blank="none"),
    column("director_on", type="date", headers=["主任审核日期", "主任同意日期"], blank="none"),
    column("audit_on", type="date", headers=["审计日期"], blank="none"),
    column(
        "method",
        headers=["定队方式", "选队方式"],
        words={"draw": ["随机抽取", "抽签"], "inquiry": ["询价", "询价定队"], "direct": ["直接选定", "直接指定"]},
    ),
    column("from_pool", type="yes-no", headers=["库内施工队", "在施工单位库中"]),
    column("invited", headers=["被询价家数", "询价家数"]),
    column("panel", type="count", headers=["询价小组人数"]),
    column("mixed", type="yes-no", headers=["小组含班子成员和执行科室人员"]),
    column("deal", type="money", headers=["成交价", "定队价"]),
    column("lowest", type="money", headers=["最低报价"]),  # 满足采购需求的报价中最低的
    column("emergency", type="yes-no", headers=["紧急", "突发抢修"], blank="none"),
]

QUESTIONS = [
    question(
        "draw",
        "5千元以下随机抽取选定的, 还要询价三家、成立小组、取最低价吗?",
        {"alone": "不要: 抽中即选定", "asked": "要: 抽出三家再询价"},
        recommended="alone",
        why="“选定”是结果, 抽取代替询价。 weak point: 三家、小组、最低价写在各档之前, 像是各档都要。",
        raised_by=["随机抽取选定", "被询价的施工队不得少于3家"],
        text=TEXT,
    ),
    question(
        "emergency-scope",
        "紧急情况只免询价定队, 还是连第三的事前审批也免?",
        {"selection": "只免询价定队", "all": "事前审批也免, 以主任、分管校长同意代替"},
        recommended="selection",
        why="(三)在“询价选队”之下, 只说“直接选定施工队”。 weak point: 抢修时做预算报告、逐级审核不现实。",
        raised_by=["如遇突发抢修等紧急情况"],
        text=TEXT,
        needs=Needed("emergency", "selection"),
    ),
    question(
        "higher",
        "更高的人审批了, 算不算?",
        {"enough": "算", "exact": "不算: 只能由所列的人"},
        recommended="enough",
        why="“审批权限”是上限。 weak point: 每档只列一人。",
        raised_by=["审批权限如下"],
        text=TEXT,
    ),
    question(
        "before",
        "“事前”: 实施之前, 还是选队之前?",
        {"work": "实施(开工)之前", "selection": "选队之前"},
        recommended="work",
        why="第三(四)说“后方可实施”。 weak point: 审批在第三, 选队在第四, 先批后选。",
        raised_by=["事前审批"],
        text=TEXT,
    ),
]

LADDERS = {
    "approval": Ladder(
        measures=["budget"],
        unless={"only-if": {"emergency-scope": "all"}, "emergency": "yes"},
        bands=[
            Band(id="head", range="[0 .. 1000)", clause="预算金额在1千元(不含)以下的项目", duties=["prior", "head"]),
            Band(
                id="director",
                range="[1000 .. 10000)",
                clause="预算金额在1千元(含)以上,1万元(不含)以下的项目",
                duties=["prior", "director"],
            ),
            Band(
                id="vice-president",
                range="[10000 .. 30000)",
                clause="预算金额在1万元(含)以上,3万元(不含)以下的项目",
                duties=["prior", "vice-president"],
            ),
            Band(
                id="audited",
                range="[30000 .. 50000)",
                clause="预算金额在3万元(含)以上,5万元(不含)以下的项目",
                duties=["prior", "vice-president", "audit"],
            ),
        ],
    ),
    "selection": Ladder(
        measures=["budget"],
        unless={"emergency": "yes"},
        bands=[
            Band(
                id="draw",
                range="[0 .. 5000)",
                clause="预算金额在5千元(不含)以下的项目",
                duties=ask("draw", alone=["draw"], asked=["draw", "three-asked", "panel", "cheapest"]),
            ),
            Band(
                id="inquiry",
                range="[5000 .. 50000)",
                clause="预算金额在5千元(含)以上,5万元(不含)以下的项目",
                duties=["inquiry", "three-asked", "panel", "panel-mixed", "cheapest"],
            ),
        ],
    ),
}

DUTIES = {
    "prior": Duty(
        title="事前审批",
        required="审批在事前",
        clause="事前审批",
        met_by=[{"approved_on": ask("before", work="<= date", selection="<= selected_on")}],
    ),
    "head": Duty(
        title="科室负责人审批",
        required="由执行科室负责人审批",
        clause="由执行科室负责人审批",
        met_by=[{"approver": ask("higher", enough=">= 执行科室负责人", exact="执行科室负责人")}],
    ),
    "director": Duty(
        title="主任审批",
        required="经分管副主任审核后, 由主任审批",
        clause="经分管副主任审核后,由主任审批",
        met_by=[{"approver": ask("higher", enough=">= 主任", exact="主任"), "deputy_on": "<= approved_on"}],
    ),
    "vice-president": Duty(
        title="分管校领导审批",
        required="经分管副主任、主任审核后, 由分管校领导审批",
        clause={"quote": "经分管副主任、主任审核后,由分管校领导审批", "occurrence": 1},
        met_by=[
            {
                "approver": ask("higher", enough=">= 分管校领导", exact="分管校领导"),
                "deputy_on": "<= approved_on",
                "director_on": "<= approved_on",
            }
        ],
    ),
    "audit": Duty(
        title="先审计",
        required="履行审计程序后方可实施",
        clause="履行审计程序后方可实施",
        met_by=[{"audit_on": "<= date"}],
    ),
    "draw": Duty(
        title="库内随机抽取",
        required="在施工单位库中随机抽取",
        clause="由执行科室在“零星维修施工单位库”中随机抽取选定",
        met_by=[{"method": "draw", "from_pool": "yes"}],
    ),
    "inquiry": Duty(
        title="询价定队",
        required="由询价小组询价定队",
        clause="组织询价定队工作",
        met_by=[{"method": "inquiry"}],
    ),
    "three-asked": Duty(
        title="询价三家",
        required="被询价的施工队不少于3家",
        clause="被询价的施工队不得少于3家",
        met_by=[{"invited": ">= 3"}],
    ),
    "panel": Duty(
        title="小组三人",
        required="3人以上的询价小组",
        clause="3人(含3人)以上的询价小组",
        met_by=[{"panel": ">= 3"}],
    ),
    "panel-mixed": Duty(
        title="小组成员",
        required="小组由班子成员和执行科室人员组成",
        clause="询价小组由后勤服务中心班子成员和执行科室人员组成",
        met_by=[{"mixed": "yes"}],
    ),
    "cheapest": Duty(
        title="最低价",
        required="由报价最低的施工队施工",
        clause="由报价最低的施工队组织施工",
        met_by=[{"deal": "<= lowest"}],
    ),
    "emergency-consent": Duty(
        title="紧急情况的同意",
        required="主任、分管校长同意后, 在库中选定",
        clause="执行科室报主任、分管校长同意后可在“零星维修施工单位库”中直接选定施工队",
        when={"emergency": "yes", "budget": "< 50000"},
        met_by=[
            {
                "approver": ask("higher", enough=">= 分管校领导", exact="分管校领导"),
                "approved_on": "<= selected_on",
                "director_on": "<= selected_on",
                "from_pool": "yes",
            }
        ],
    ),
}

# Not said: that the school leader and the director are the persons named; the log has days and one rank.

EXAMPLES = [
    Example(
        name="1,000 exactly, approved by the section head",
        rows=[
            {"date": "2021-03-10", "budget": 1_000, "approver": "科室负责人", "approved_on": "2021-03-02",
             "deputy_on": "", "selected_on": "2021-03-05", "method": "随机抽取", "from_pool": "是", "invited": 3,
             "panel": 3, "deal": 950, "lowest": 950, "emergency": ""},
        ],
        verdict="violation", breached=["director"], turns_on=[],
    ),
    Example(
        name="a cent below 5,000: drawn, nobody else asked",
        rows=[
            {"date": "2021-03-10", "budget": "4999.99", "approver": "主任", "approved_on": "2021-03-02",
             "deputy_on": "2021-03-01", "selected_on": "2021-03-05", "method": "随机抽取", "from_pool": "是",
             "invited": 1, "panel": 0, "deal": 4_800, "lowest": 4_800, "emergency": ""},
        ],
        verdict="compliant", turns_on=["draw"],
    ),
    Example(
        name="5,000 exactly, the same: second ladder changes, first does not",
        rows=[
            {"date": "2021-03-10", "budget": 5_000, "approver": "主任", "approved_on": "2021-03-02",
             "deputy_on": "2021-03-01", "selected_on": "2021-03-05", "method": "随机抽取", "from_pool": "是",
             "invited": 1, "panel": 3, "mixed": "是", "deal": 4_800, "lowest": 4_800, "emergency": ""},
        ],
        verdict="violation", breached=["inquiry", "three-asked"], turns_on=[],
    ),
    Example(
        name="10,000 exactly, approved by the director",
        rows=[
            {"date": "2021-03-10", "budget": 10_000, "approver": "主任", "approved_on": "2021-03-02",
             "deputy_on": "2021-03-01", "director_on": "2021-03-02", "selected_on": "2021-03-05", "method": "询价",
             "from_pool": "是", "invited": 3, "panel": 3, "mixed": "是", "deal": 9_500, "lowest": 9_500,
             "emergency": ""},
        ],
        verdict="violation", breached=["vice-president"], turns_on=[],
    ),
    Example(
        name="a cent below 30,000, approved by the president himself; no audit",
        rows=[
            {"date": "2021-03-10", "budget": "29999.99", "approver": "校长", "approved_on": "2021-03-03",
             "deputy_on": "2021-03-01", "director_on": "2021-03-02", "audit_on": "", "selected_on": "2021-03-05",
             "method": "询价", "from_pool": "是", "invited": 3, "panel": 3, "mixed": "是", "deal": 29_000,
             "lowest": 29_000, "emergency": ""},
        ],
        verdict="compliant", turns_on=["higher"],
    ),
    Example(
        name="30,000 exactly, the log has no column of audits",
        rows=[
            {"date": "2021-03-10", "budget": 30_000, "approver": "分管校长", "approved_on": "2021-03-03",
             "deputy_on": "2021-03-01", "director_on": "2021-03-02", "selected_on": "2021-03-05", "method": "询价",
             "from_pool": "是", "invited": 3, "panel": 3, "mixed": "是", "deal": 29_000, "lowest": 29_000,
             "emergency": ""},
        ],
        verdict="unknown", missing=["audit_on"], turns_on=[],
    ),
    Example(
        name="50,000 exactly: named by neither ladder",
        rows=[
            {"date": "2021-03-10", "budget": 50_000, "approver": "主任", "approved_on": "2021-03-02",
             "deputy_on": "", "selected_on": "2021-03-05", "method": "直接选定", "from_pool": "否", "emergency": ""},
        ],
        verdict="not_applicable", turns_on=[],
    ),
    Example(
        name="a burst pipe: both consented, the deputy director never reviewed",
        rows=[
            {"date": "2021-03-02", "budget": 20_000, "approver": "分管校长", "approved_on": "2021-03-02",
             "deputy_on": "", "director_on": "2021-03-02", "selected_on": "2021-03-02", "method": "直接选定",
             "from_pool": "是", "emergency": "是"},
        ],
        verdict="violation", breached=["vice-president"], turns_on=["emergency-scope"],
    ),
    Example(
        name="approved after the team was chosen, before the work began",
        rows=[
            {"date": "2021-03-10", "budget": 2_000, "approver": "主任", "approved_on": "2021-03-08",
             "deputy_on": "2021-03-07", "selected_on": "2021-03-05", "method": "随机抽取", "from_pool": "是",
             "invited": 3, "panel": 3, "deal": 1_900, "lowest": 1_900, "emergency": ""},
        ],
        verdict="compliant", turns_on=["before"],
    ),
    Example(
        name="6,000, size of the panel blank",
        rows=[
            {"date": "2021-03-10", "budget": 6_000, "approver": "主任", "approved_on": "2021-03-02",
             "deputy_on": "2021-03-01", "selected_on": "2021-03-05", "method": "询价", "from_pool": "是",
             "invited": 3, "panel": "", "mixed": "是", "deal": 5_500, "lowest": 5_500, "emergency": ""},
        ],
        verdict="unknown", missing=["panel"], turns_on=[],
    ),
]  # fmt: skip

POLICY = Policy(
    id="shangqiu-repairs",
    title=Words("商丘师范学院后勤服务中心零星维修实施细则", "Shangqiu Normal University, sporadic repairs"),
    language="zh",
    currency="CNY",
    text=TEXT,
    not_checked=["根据使用单位(个人)的申请报告进行现场考察,做出详细的预算,撰写预算报告", "执行科室负责召集相关人员"],
    columns={each.name: each for each in COLUMNS},
    questions=QUESTIONS,
    ladders=LADDERS,
    duties=DUTIES,
    examples=EXAMPLES,
)
