"""Another office's rule, declared in Python. The office, its rule and its purchases are invented."""

from procure import Purchase, check
from procure.authoring import Ambiguity, Band, Duty, Ladder, Limit, Passage, Policy, Reading, Words, ask, column

TITLE = Words("某街道办事处采购办法（虚构）", "Purchasing rule of a sub-district office (invented)")
TEXT = "单次采购2000元以下的，经同意后直接购买；2000元以上、不超过限额标准的，三家比价；超过限额标准的，公开招标。"
LOWEST, MIDDLE, HIGHEST = TEXT.removesuffix("。").split("；")

POLICY = Policy(
    id="sub-district", title=TITLE, text=Passage(TEXT, source=TITLE),
    # What is looked at, beside the amount and the date. A blank cell of approvals says that there is none.
    columns={
        "approved_on": column("approved_on", blank="none"),
        "method": column("method"),
        "quotes": column("quotes"),
    },
    limits={"ceiling": [Limit(given=True, above=2_000, title=Words("限额标准", "limit"))]},
    # 以下 and 以上 both include the number beside them, so that two bands claim exactly 2,000.
    questions=[Ambiguity(
        "exactly-2000",
        Words("恰好2000元，直接购买还是三家比价？", "Exactly 2,000 yuan: bought directly, or by three quotes?"),
        (
            Reading("compare", Words("三家比价", "by three quotes")),
            Reading("direct", Words("直接购买", "bought directly")),
        ),
        recommended="compare", why=Words("两档都可主张时从严。", "Of two bands that claim it, the stricter."),
    )],
    # 单次: a purchase is placed by its own amount, and no total claims a band. 不超过: the limit itself is below.
    ladders={"procedure": Ladder(
        edge={"2000": ask("exactly-2000", compare="upper", direct="lower")},
        bands=[
            Band(id="direct", range="[0 .. 2000|", duties=["approval"]),
            Band(id="compare", range="|2000 .. ceiling]", duties=["quotes"]),
            Band(id="tender", range="(ceiling .. )", duties=["tender"]),
        ],
    )},
    duties={
        # 后: first approval, then the purchase
        "approval": Duty(required=Words("同意", "approval"), clause=LOWEST, met_by={"approved_on": "<= date"}),
        "quotes": Duty(
            required=Words("三家比价", "3 quotes"), clause=MIDDLE, met_by={"method": "quotation", "quotes": ">= 3"}
        ),
        "tender": Duty(required=Words("公开招标", "open tender"), clause=HIGHEST, met_by={"method": "open_tender"}),
    },
)  # fmt: skip

LOG = (
    Purchase(date="2024-03-01", description="茶叶", amount=600, method="直接采购", approved_on="2024-02-28"),
    Purchase(date="2024-03-05", description="印刷", amount=2000, method="直接采购", approved_on="2024-03-04"),
    Purchase(date="2024-04-02", description="书柜", amount="1.8万", method="比价", quotes=2),
    Purchase(date="2024-06-03", description="路灯", amount="200000.01", method="比价", quotes=3),
)
for finding in check(LOG, POLICY.with_given(ceiling=200_000)):
    print(finding.purchase.description, finding)
