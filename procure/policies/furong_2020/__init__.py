"""The purchasing policy of 长沙市芙蓉区工信局, fiscal year 2020: five sentences of its performance report.

The catalogue and the yearly limit are set by others (按照市、区财政确定的…) and are given by the caller. No source
states the limit for Furong in 2020, so there is no default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from procure.amounts import fen
from procure.catalogues import Catalogue
from procure.ledger import Counted, Level, Measure
from procure.limits import Limits
from procure.policies.furong_2020.questions import EXECUTED, UNASKED
from procure.policies.furong_2020.text import CATALOGUE, HIGHEST, LOWEST, MIDDLE, PASSAGE
from procure.policy import Policy
from procure.readings import Ambiguity, Questions, Readings
from procure.records import is_code
from procure.rules import (
    Approved,
    ByMethod,
    Emergency,
    Except,
    Grounded,
    InCatalogue,
    InTiers,
    OfKind,
    ReachesStandard,
    Rule,
    ThreeParties,
    Way,
    everywhere,
)
from procure.scale import Boundary, Scale
from procure.terms import Kind, Method
from procure.words import Words

#: 5000元, where the lowest tier ends.
FLOOR = fen(5000)

LEVELS = (
    Level("item", lambda category: category),
    Level("second", second := lambda category: category[:5] if is_code(category) else category),
    Level("item by department", lambda category: category, by_department=True),
    Level("second by department", second, by_department=True),
)
COUNTED = (
    Counted("non-tender", "method", lambda method, in_catalogue, below_floor: method is not Method.OPEN_TENDER),
    Counted("all", None, lambda method, in_catalogue, below_floor: True),
    Counted("off-catalogue", "in_catalogue", lambda method, in_catalogue, below_floor: not in_catalogue),
    Counted(
        "off-catalogue or below its floor",
        "in_catalogue",
        lambda method, in_catalogue, below_floor: not in_catalogue or below_floor,
    ),
)


def furong_2020(
    limits: object = None,
    catalogue: Mapping[str, object] | Iterable[str] | None = None,
    open_tender: object = None,
) -> Policy:
    """The policy with the year's limits and catalogue.

    `limits`, in yuan: a number for all kinds, `{"goods": 300_000, "services": 300_000, "works": 600_000}`, or either
    of these by year (`{2020: …}`). `catalogue`: codes, prefixes of codes, or names; a mapping gives each the floor in
    yuan from which it is listed, None where it has none. `open_tender`: the open-tender standard (公开招标数额标准),
    given as `limits` are. What is not given is not known, and what turns on it is not judged. Raises `ProcureError`
    for a limit that is not above 5,000, and for a standard that is below the limit.
    """
    given = Limits.of(limits, above=FLOOR)
    standard = Limits.of(open_tender, above=FLOOR).none_below(given)
    return build(given, None if catalogue is None else Catalogue.of(catalogue), EXECUTED, standard)


def build(limits: Limits, catalogue: Catalogue | None, ambiguities: Iterable[Ambiguity], open_tender: Limits) -> Policy:
    questions = Questions(ambiguities)
    floors = {"floor"} if catalogue is not None and catalogue.floors else set()
    return Policy(
        id="furong-2020",
        title=Words("长沙市芙蓉区工信局2020年度采购规定", "Purchasing policy of the Furong bureau, Changsha, 2020"),
        passage=PASSAGE,
        questions=questions,
        unasked=UNASKED,
        rules=_rules(questions),
        cuts=(FLOOR, limits),
        tiers=("approval", "three-quotes", "statutory-method"),
        scale=_scale(questions, measures := _measures(questions)),
        levels=LEVELS,
        counted=COUNTED,
        measures=measures,
        year=2020,
        catalogue=catalogue,
        open_tender=open_tender,
        data=frozenset(floors | ({"open_tender"} if open_tender.given else set())),
    )


def _rules(q: Questions) -> tuple[Rule, ...]:
    every = q.every
    inside = InCatalogue(by_name=q["catalogue-floor"]["name"])
    emergency = Emergency(q["emergency"]["statutory"])
    capped = ReachesStandard(q["catalogue-cap"]["capped"])
    uncapped = Except(everywhere, capped)
    parties = ThreeParties(invited=q["quotes-counted"]["invited"])
    recorded = Grounded(free=q.none)

    def in_tiers(tiers: Mapping[int, Readings]) -> Except:
        return Except(Except(InTiers(tiers), inside, save=q["scope"]["all"]), emergency)

    return (
        Rule(
            "catalogue-channel",
            Words("目录内采购渠道", "channel for catalogue items"),
            CATALOGUE,
            Words("通过电子卖场（公品商城）或定点采购", "buy through the e-mall or a designated supplier"),
            due=Except(inside, emergency),
            met=ByMethod(
                Way({Method.E_MALL, Method.DESIGNATED}, every, (uncapped,)),
                Way({Method.FRAMEWORK}, q["channel-list"]["equivalent"], (uncapped,)),
                Way({Method.OPEN_TENDER}, q["channel-list"]["equivalent"]),
                Way({Method.OPEN_TENDER}, every, (capped,)),
            ),
            shows=("method",),
        ),
        Rule(
            "approval",
            Words("报告同意", "approval"),
            LOWEST,
            Words("经报告同意后组织采购", "obtain approval, then buy"),
            due=in_tiers({0: every, 1: q["approval-scope"]["every"], 2: q["approval-scope"]["every"]}),
            met=Approved(late=q["approval-order"]["ratifiable"]),
            shows=("approved_on", "date"),
        ),
        Rule(
            "three-quotes",
            Words("三方询价", "three quotes"),
            MIDDLE,
            Words(
                "采用三方询价等方式采购（询价、比价须有三家）",
                "compare three quotes, or use another competitive method",
            ),
            due=in_tiers({1: every}),
            met=ByMethod(
                Way({Method.QUOTATION, Method.INQUIRY}, every, (parties,)),
                Way(
                    {Method.E_MALL, Method.FRAMEWORK, Method.NEGOTIATION, Method.CONSULTATION,
                     Method.INVITED_TENDER, Method.OPEN_TENDER},
                    q["quotes-list"]["open"],
                ),
                Way({Method.SINGLE_SOURCE}, q["quotes-list"]["open"], (recorded,)),
            ),
            shows=("method", "invited", "quotes", "ground"),
        ),
        Rule(
            "statutory-method",
            Words("单一来源或公开招标等", "single source or tender"),
            HIGHEST,
            Words(
                "按财政要求实施单一来源采购或公开招标等方式采购",
                "use single source, open tender or the like, as the finance bureau requires",
            ),
            due=in_tiers({2: every}),
            met=ByMethod(
                Way({Method.OPEN_TENDER}, every),
                Way({Method.SINGLE_SOURCE}, every, (Grounded(free=q["single-source"]["free"]),)),
                Way(
                    {Method.INVITED_TENDER, Method.NEGOTIATION, Method.CONSULTATION, Method.FRAMEWORK},
                    q["method-list"]["open"],
                ),
                Way({Method.INQUIRY}, q["method-list"]["open"], (OfKind(Kind.GOODS), parties)),
            ),
            shows=("method", "kind", "quotes", "ground"),
        ),
    )  # fmt: skip


def _measures(q: Questions) -> tuple[Measure, ...]:
    """The totals that the text may mean, each with the readings under which it does: eighteen, and more where the log
    has departments or the catalogue floors."""
    running, year = q["window"]["running"], q["window"]["whole-year"]
    windows = (
        (running & q["current"]["included"], False, True),
        (running & q["current"]["excluded"], False, False),
        (year, True, True),
    )
    item, second, unit, department = (
        q["category-level"]["item"],
        q["category-level"]["second"],
        q["whose"]["unit"],
        q["whose"]["department"],
    )
    levels = (item & unit, second & unit, item & department, second & department)
    named, floor = q["catalogue-floor"]["name"], q["catalogue-floor"]["floor"]
    counted = (
        q["counted"]["non-tender"],
        q["counted"]["all"],
        q["counted"]["off-catalogue"] & named,
        q["counted"]["off-catalogue"] & floor,
    )
    return tuple(
        Measure(window & level & what, i, j, whole_year, itself)
        for window, whole_year, itself in windows
        for i, level in enumerate(levels)
        for j, what in enumerate(counted)
    )


def _scale(q: Questions, measures: tuple[Measure, ...]) -> Scale:
    return Scale(
        q.every,
        q.none,
        boundaries=(
            Boundary(above=q["exclusion"]["excluded"], below=q["exclusion"]["included"]),
            Boundary(above=q["limit-overlap"]["upper"], below=q["limit-overlap"]["lower"]),
        ),
        single=q.every,
        total=q["limbs"]["higher"],
        totals=tuple(measure.when for measure in measures),
    )
