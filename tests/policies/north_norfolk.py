"""North Norfolk District Council, how we buy: pounds, bands with gaps, a limit that changes on a day, no total."""

from __future__ import annotations

import datetime as dt

from policies.writing import question, said

from procure.authoring import Band, Duty, Example, InForce, Ladder, Limit, Passage, Policy, ask, column

TEXT = Passage(
    """Up to and including £1,000: Single supplier quote sufficient.
£1,001 - £5,000: Minimum of 2 verbal quotes, at higher end best practice of 3 verbal quotes.
£5,001 - £10,000: Best practice to obtain 3 written quotes.
£10,001- £50,000: A minimum of 3 written quotes on supplier's headed notepaper. Formal contract conditions apply.
£50,001 - EU Threshold: Full tender procedures apply, to be sent our in accordance with Contract Procedure Rules.
Above EU Threshold: EU Procedure or, where this does not apply, Invitation to Tender by Advertisement/List to at least six Candidates.
""",  # noqa: E501
    said("www.north-norfolk.gov.uk/tasks/procurement/find-out-how-we-buy/, stored copy"),
)

COLUMNS = [
    column(
        "value", is_="amount", headers=["contract value", "whole life value", "total value"]
    ),  # the contract sum with extensions, net of VAT, not a sum per annum
    column(
        "method",
        type="word",
        words={
            "single": ["single supplier", "direct award"],
            "quotes": ["quotation", "RFQ", "written quotes", "verbal quotes"],
            "framework": ["framework", "ESPO", "CCS"],
            "tender": ["tender", "open tender", "invitation to tender"],
            "eu": ["open procedure", "restricted procedure"],
        },
    ),
    column("quotes", type="count", headers=["quotes received", "number of quotes"]),
    column("invited", type="count", headers=["suppliers invited"], at_least="quotes"),
    column("written", type="yes-no", headers=["quotes in writing"]),
    column("kind", type="word", words={"works": ["works"], "goods": ["supplies", "goods"], "services": ["services"]}),
]

EU = [
    Limit(since=dt.date(2018, 1, 1), by="kind", value={"works": 4_551_413, "goods": 181_302, "services": 181_302}),
    Limit(since=dt.date(2020, 1, 1), by="kind", value={"works": 4_733_252, "goods": 189_330, "services": 189_330}),
]

QUESTIONS = [
    question(
        "whole-pounds",
        "The bands are in whole pounds. Where is £1,000.50?",
        {"above": "in the band above", "below": "in the band below: pence are dropped"},
        recommended="above",
        why="“Up to and including” ends the lower band.",
        raised_by=["Up to and including £1,000", "£1,001 - £5,000"],
        text=TEXT,
    ),
    question(
        "best-practice",
        "Is “best practice to obtain 3 written quotes” a duty?",
        {"advice": "no: two quotes do", "duty": "yes"},
        recommended="advice",
        why="Elsewhere the page says “minimum” where it means one.",
        raised_by=["Best practice to obtain 3 written quotes"],
        text=TEXT,
    ),
]

LADDERS = {
    "procedure": Ladder(
        measures=["value"],
        gaps=ask("whole-pounds", above="up", below="down"),
        bands=[
            Band(
                id="single",
                range="[0 .. 1000]",
                clause="Up to and including £1,000: Single supplier quote sufficient",
                duties=[],
            ),
            Band(
                id="two",
                range="[1001 .. 5000]",
                clause="£1,001 - £5,000: Minimum of 2 verbal quotes",
                duties=["two-quotes"],
            ),
            Band(
                id="best-three",
                range="[5001 .. 10000]",
                clause="£5,001 - £10,000: Best practice to obtain 3 written quotes",
                duties=["two-quotes", "three-as-best-practice"],
            ),
            Band(
                id="three",
                range="[10001 .. 50000]",
                clause="£10,001- £50,000: A minimum of 3 written quotes",
                duties=["three-written"],
            ),
            Band(
                id="tender",
                range="[50001 .. eu]",
                clause="£50,001 - EU Threshold: Full tender procedures apply",
                duties=["tender"],
            ),
            Band(id="eu", range="(eu .. )", clause="Above EU Threshold: EU Procedure", duties=["eu-or-six"]),
        ],
    ),
}

DUTIES = {
    "two-quotes": Duty(
        required="two quotes",
        clause="Minimum of 2 verbal quotes",
        met_by=[{"method": "quotes", "quotes": ">= 2"}, {"method": ["framework", "tender", "eu"]}],
    ),
    "three-as-best-practice": Duty(
        required="three written quotes",
        clause="Best practice to obtain 3 written quotes",
        only_if={"best-practice": "duty"},
        met_by=[{"method": "quotes", "quotes": ">= 3", "written": "yes"}, {"method": ["framework", "tender", "eu"]}],
    ),
    "three-written": Duty(
        required="three written quotes",
        clause="A minimum of 3 written quotes on supplier's headed notepaper",
        met_by=[{"method": "quotes", "quotes": ">= 3", "written": "yes"}, {"method": ["framework", "tender", "eu"]}],
    ),
    "tender": Duty(
        required="full tender",
        clause="Full tender procedures apply",
        met_by=[{"method": ["tender", "eu", "framework"]}],
    ),
    "eu-or-six": Duty(
        required="an EU procedure, or six invited to tender",
        clause="Invitation to Tender by Advertisement/List to at least six Candidates",
        met_by=[{"method": ["eu", "framework"]}, {"method": "tender", "invited": ">= 6"}],
    ),
}

EXAMPLES = [
    Example(
        name="1,000 exactly",
        rows=[{"date": "2019-05-05", "value": 1_000, "method": "single supplier"}],
        verdict="compliant", turns_on=[],
    ),
    Example(
        name="fifty pence in a gap",
        rows=[{"date": "2019-05-05", "value": "1000.50", "method": "single supplier"}],
        verdict="violation", breached=["two-quotes"], turns_on=["whole-pounds"],
    ),
    Example(
        name="two quotes where three are best practice",
        rows=[{"date": "2019-05-05", "value": 7_000, "method": "quotation", "quotes": 2, "written": "yes"}],
        verdict="compliant", turns_on=["best-practice"],
    ),
    Example(
        name="two quotes where three are the minimum",
        rows=[{"date": "2019-05-05", "value": "£20,000", "method": "quotation", "quotes": 2, "written": "yes"}],
        verdict="violation", breached=["three-written"], turns_on=[],
    ),
    Example(
        name="five invited, above the threshold",
        rows=[{"date": "2019-05-05", "kind": "services", "value": 200_000, "method": "tender", "invited": 5}],
        verdict="violation", breached=["eu-or-six"], turns_on=[],
    ),
    Example(
        name="above the threshold of 2019",
        rows=[{"date": "2019-12-31", "kind": "goods", "value": 185_000, "method": "tender", "invited": 2}],
        verdict="violation", breached=["eu-or-six"], turns_on=[],
    ),
    Example(
        name="the same a day later, below that of 2020",
        rows=[{"date": "2020-01-01", "kind": "goods", "value": 185_000, "method": "tender", "invited": 2}],
        verdict="compliant", turns_on=[],
    ),
    Example(
        name="goods would be above the threshold, works below",
        rows=[{"date": "2019-05-05", "kind": "", "value": 185_000, "method": "tender", "invited": 2}],
        verdict="unknown", missing=["kind"], turns_on=[],
    ),
    Example(
        name="who quoted was invited",
        rows=[
            {"date": "2019-05-05", "kind": "goods", "value": 200_000, "method": "tender", "quotes": 6, "invited": ""},
        ],
        verdict="compliant", turns_on=[],
    ),
    Example(
        name="how many quoted is not said",
        rows=[{"date": "2019-05-05", "value": 2_000, "method": "quotation", "quotes": ""}],
        verdict="unknown", missing=["quotes"], turns_on=[],
    ),
    Example(
        name="before the policy was in force",
        rows=[{"date": "2017-12-31", "value": 2_000, "method": "single supplier"}],
        verdict="not_applicable", turns_on=[],
    ),
]  # fmt: skip

POLICY = Policy(
    id="north-norfolk",
    title="North Norfolk District Council, how we buy",
    language="en",
    currency="GBP",
    in_force=InForce(since=dt.date(2018, 1, 1)),
    text=TEXT,
    not_checked=["Formal contract conditions apply"],
    columns={each.name: each for each in COLUMNS},
    limits={"eu": EU},
    questions=QUESTIONS,
    ladders=LADDERS,
    duties=DUTIES,
    examples=EXAMPLES,
)
