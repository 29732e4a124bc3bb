"""Another office's rule, built from the same rule objects. The office, its rule and its purchases are invented."""

from procure import Method, Policy, Purchase, Words, check
from procure.amounts import fen
from procure.ledger import Counted, Level, Measure
from procure.limits import Limits
from procure.readings import Ambiguity, Questions, Reading
from procure.rules import Approved, ByMethod, Condition, InTiers, Rule, ThreeParties, Way
from procure.scale import Boundary, Scale
from procure.sources import Passage

TITLE = Words("某街道办事处采购办法（虚构）", "Purchasing rule of a sub-district office (invented)")
TEXT = "单次采购2000元以下的，经同意后直接购买；2000元以上、不超过限额标准的，三家比价；超过限额标准的，公开招标。"
# 以下 and 以上 both include the number beside them, so that two tiers claim exactly 2,000.
Q = Questions([Ambiguity(
    "exactly-2000",
    Words("恰好2000元，直接购买还是三家比价？", "Exactly 2,000 yuan: bought directly, or by three quotes?"),
    (Reading("compare", Words("三家比价", "by three quotes")), Reading("direct", Words("直接购买", "bought directly"))),
    recommended="compare", why=Words("两档都可主张时从严。", "Of two tiers that claim it, the stricter."),
)])  # fmt: skip
ALL, NONE, EXACTLY = Q.every, Q.none, Q["exactly-2000"]
PRIOR = Approved(late=NONE)  # 后: first approval, then the purchase
QUOTED = ByMethod(Way({Method.QUOTATION}, ALL, needs=(ThreeParties(invited=NONE),)))
TENDERED = ByMethod(Way({Method.OPEN_TENDER}, ALL))
# Of each tier, the lowest first: its duty, its clause, what meets the duty, and the columns that show it.
TIERS: tuple[tuple[str, Words, str, Condition, tuple[str, ...]], ...] = (
    ("approval", Words("同意", "approval"), "单次采购2000元以下的，经同意后直接购买", PRIOR, ("approved_on", "date")),
    ("quotes", Words("三家比价", "3 quotes"), "2000元以上、不超过限额标准的，三家比价", QUOTED, ("method", "quotes")),
    ("tender", Words("公开招标", "open tender"), "超过限额标准的，公开招标", TENDERED, ("method",)),
)


def sub_district(limit: object) -> Policy:
    passage = Passage(TEXT, source=TITLE)
    return Policy(
        id="sub-district", title=TITLE, passage=passage, questions=Q, tiers=tuple(tier[0] for tier in TIERS),
        # This office has no catalogue: the tiers bind whatever it buys.
        rules=tuple(
            Rule(id, duty, passage.clause(TEXT.index(text), text), duty, InTiers({n: ALL}), met, shows)
            for n, (id, duty, text, met, shows) in enumerate(TIERS)
        ),
        cuts=(fen(2000), Limits.of(limit, above=fen(2000))),
        # 单次: a purchase is placed by its own amount, and no total claims a tier. 不超过: the limit itself is below.
        scale=Scale(
            ALL, NONE, (Boundary(above=EXACTLY["compare"], below=EXACTLY["direct"]), Boundary(above=NONE, below=ALL)),
            single=ALL, total=NONE, totals=(ALL,),
        ),
        levels=(Level("item", str),), counted=(Counted("all", None, lambda *_: True),), measures=(Measure(ALL, 0, 0),),
    )  # fmt: skip


LOG = (
    Purchase(date="2024-03-01", item="茶叶", amount=600, method="直接采购", approved_on="2024-02-28"),
    Purchase(date="2024-03-05", item="印刷", amount=2000, method="直接采购", approved_on="2024-03-04"),
    Purchase(date="2024-04-02", item="书柜", amount="1.8万", method="比价", quotes=2),
    Purchase(date="2024-06-03", item="路灯", amount=200_000.01, method="比价", quotes=3),
)
for finding in check(LOG, sub_district(limit=200_000)):
    print(finding.purchase.item, finding)
