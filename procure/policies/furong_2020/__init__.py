"""The purchasing policy of 长沙市芙蓉区工信局, fiscal year 2020: five sentences of its performance report.

The catalogue and the yearly limit are set by others (按照市、区财政确定的…) and are given by the caller. No source
states the limit for Furong in 2020, so there is no default.
"""

from __future__ import annotations

from collections.abc import Iterable

from procure.amounts import fen
from procure.evidence import Catalogue
from procure.ledger import Counted, Level, Measure
from procure.policies.furong_2020.questions import EXECUTED, UNASKED
from procure.policies.furong_2020.text import CATALOGUE, HIGHEST, LOWEST, MIDDLE, PASSAGE
from procure.policy import Limits, Policy
from procure.readings import Ambiguity, Questions
from procure.records import is_code
from procure.rules import Approved, ByMethod, Grounded, InTiers, OfKind, Rule, ThreeParties, Way, in_catalogue
from procure.scale import Boundary, Scale
from procure.terms import Kind, Method
from procure.words import Words

#: 5000元, where the lowest tier ends.
FLOOR = fen(5000)

LEVELS = (
    Level("item", lambda category: category),
    Level("second", lambda category: category[:5] if is_code(category) else category),
)
COUNTED = (
    Counted("non-tender", "method", lambda method, in_catalogue: method is not Method.OPEN_TENDER),
    Counted("all", None, lambda method, in_catalogue: True),
    Counted("off-catalogue", "in_catalogue", lambda method, in_catalogue: not in_catalogue),
)


def furong_2020(limits: object = None, catalogue: Iterable[str] | None = None) -> Policy:
    """The policy with the year's limits and catalogue.

    `limits`, in yuan: a number for all kinds, `{"goods": 300_000, "services": 300_000, "works": 600_000}`, or either
    of these by year (`{2020: …}`). `catalogue`: codes, prefixes of codes, or names. What is not given is not known,
    and what turns on it is not judged. Raises `ProcureError` for a limit that is not above 5,000.
    """
    return build(Limits.of(limits, above=FLOOR), None if catalogue is None else Catalogue.of(catalogue), EXECUTED)


def build(limits: Limits, catalogue: Catalogue | None, ambiguities: Iterable[Ambiguity]) -> Policy:
    questions = Questions(ambiguities)
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
    )


def _rules(q: Questions) -> tuple[Rule, ...]:
    everywhere, scope = q.every, q["scope"]["all"]
    parties = ThreeParties(invited=q["quotes-counted"]["invited"])
    recorded = Grounded(free=q.none)
    return (
        Rule(
            "catalogue-channel",
            Words("目录内采购渠道", "channel for catalogue items"),
            CATALOGUE,
            Words("通过电子卖场（公品商城）或定点采购", "buy through the e-mall or a designated supplier"),
            due=in_catalogue,
            met=ByMethod(
                Way({Method.E_MALL, Method.DESIGNATED}, everywhere),
                Way({Method.FRAMEWORK, Method.OPEN_TENDER}, q["channel-list"]["equivalent"]),
            ),
            shows=("method",),
        ),
        Rule(
            "approval",
            Words("报告同意", "approval"),
            LOWEST,
            Words("经报告同意后组织采购", "obtain approval, then buy"),
            due=InTiers({0: everywhere, 1: (every := q["approval-scope"]["every"]), 2: every}, catalogue=scope),
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
            due=InTiers({1: everywhere}, catalogue=scope),
            met=ByMethod(
                Way({Method.QUOTATION, Method.INQUIRY}, everywhere, (parties,)),
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
            due=InTiers({2: everywhere}, catalogue=scope),
            met=ByMethod(
                Way({Method.OPEN_TENDER}, everywhere),
                Way({Method.SINGLE_SOURCE}, everywhere, (Grounded(free=q["single-source"]["free"]),)),
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
    """The eighteen totals that the text may mean, each with the readings under which it does."""
    running, year = q["window"]["running"], q["window"]["whole-year"]
    windows = (
        (running & q["current"]["included"], False, True),
        (running & q["current"]["excluded"], False, False),
        (year, True, True),
    )
    return tuple(
        Measure(window & q["category-level"][level.id] & q["counted"][counted.id], i, j, whole_year, itself)
        for window, whole_year, itself in windows
        for i, level in enumerate(LEVELS)
        for j, counted in enumerate(COUNTED)
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
