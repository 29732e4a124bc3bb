"""P028: White Sulphur Springs, City Code § 30.01. Dates beside dates, duties outside the ladder.

(D), the exception for emergencies, is not in the stored text.
"""

from __future__ import annotations

from policies.writing import question, said

from procure.authoring import Band, Duty, Example, Ladder, Passage, Policy, ask, column

TEXT = Passage(
    """(A)   All purchase orders for any and all city departments, including the Police Department and the Fire Department, shall be submitted to the City Administrator for approval. This approval shall be obtained prior to the ordering of any goods, products, supplies, other merchandise or services and prior to the payment of any money, in whatever form, to the seller of such goods, supplies or other merchandise, or to the provider of such services.
   (C)   All city departments, including the Police Department and the Fire Department, shall obtain three written price quotations for any purchase that has a total cost exceeding $500. These written price quotations shall be obtained from no fewer than three different suppliers of the items or providers of the services sought by the city department. Before incurring any expense that has a total cost exceeding $1,500, competitive bids shall be obtained by the city department, desiring to make the expenditure. These competitive bids shall be obtained from no fewer than three different suppliers of the type of goods, supplies or other merchandise, or providers of such services sought to be purchased by the city department.""",  # noqa: E501
    said(
        "White Sulphur Springs (WV) City Code § 30.01, "
        "codelibrary.amlegal.com/codes/whitesulphurspringswv/latest/whitesulphursprings_wv/0-0-0-110"
    ),
)

COLUMNS = [
    column("amount", headers=["total cost"]),
    column("date", headers=["order date", "ordered on"]),
    column(
        "approved_on", headers=["City Administrator approval", "approved by City Administrator on"], blank="none"
    ),  # the City Administrator's approval and nobody else's
    column("paid_on", type="date", headers=["payment date", "check date", "paid on"], blank="none"),
    column("quotes", headers=["written quotations", "suppliers quoting"]),  # different suppliers, not sheets of paper
    column("invited", headers=["suppliers asked"], at_least="quotes"),
    column("written", type="yes-no", headers=["quotations in writing"]),
    column("bids", type="count", headers=["competitive bids", "bidders"]),  # different bidders
    column("bidders_asked", type="count", headers=["bidders asked"], at_least="bids"),
    column("bids_on", type="date", headers=["bids received on"], blank="none"),
]

QUESTIONS = [
    question(
        "same-day",
        'Is an approval (or a bid) of the same day as the order or the payment "prior" to it?',
        {"counts": "yes: the log knows days only", "earlier": "no: an earlier day is needed"},
        recommended="counts",
        why="An order of the afternoon follows an approval of the morning. weak point: a log of days cannot "
        "show which came first.",
        raised_by=["prior to the ordering", "prior to the payment", "Before incurring"],
        text=TEXT,
    ),
    question(
        "besides",
        "Above $1,500, are three written quotations due besides the three bids?",
        {"instead": "no: bids take their place", "besides": "yes: both"},
        recommended="instead",
        why='A competitive bid is a written price. weak point: "any purchase" above $500 has no upper end.',
        raised_by=[
            "for any purchase that has a total cost exceeding $500",
            "competitive bids shall be obtained by the city department",
        ],
        text=TEXT,
    ),
    question(
        "obtained",
        "A supplier was asked and sent nothing: does it count among the three?",
        {"received": "no: a quotation is obtained when it is there", "asked": "yes: asking three is enough"},
        recommended="received",
        why='"obtained from" three different suppliers. weak point: a department cannot make a supplier quote.',
        raised_by=[
            "These written price quotations shall be obtained from no fewer than three",
            "These competitive bids shall be obtained from no fewer than three",
        ],
        text=TEXT,
    ),
    question(
        "incurring",
        "When is an expense incurred: when ordered or when paid?",
        {"order": "when ordered", "payment": "when paid"},
        recommended="order",
        why="An order binds the city. weak point: (A) tells ordering and payment apart, (C) says neither.",
        raised_by=["Before incurring any expense"],
        text=TEXT,
    ),
]

LADDERS = {
    "competition": Ladder(
        measures=["amount"],
        bands=[
            Band(id="free", range="[0 .. 500]", duties=[]),
            Band(
                id="quotations",
                range="(500 .. 1500]",
                clause="for any purchase that has a total cost exceeding $500",
                duties=["three-quotations"],
            ),
            Band(
                id="bids",
                range="(1500 .. )",
                clause="any expense that has a total cost exceeding $1,500",
                duties=["three-bids", "bids-first", "quotations-besides"],
            ),
        ],
    ),
}

DUTIES = {
    "approval-before-order": Duty(
        required="the City Administrator's approval before the order",
        clause="This approval shall be obtained prior to the ordering of any goods",
        when={},
        met_by=[{"approved_on": ask("same-day", counts="<= date", earlier="< date")}],
    ),
    "approval-before-payment": Duty(
        required="the City Administrator's approval before any payment",
        clause="prior to the payment of any money",
        when={},
        unless={"paid_on": "absent"},
        met_by=[{"approved_on": ask("same-day", counts="<= paid_on", earlier="< paid_on")}],
    ),
    "three-quotations": Duty(
        required="three written price quotations from different suppliers",
        clause="shall obtain three written price quotations",
        met_by=[
            {"quotes": ">= 3", "written": "yes"},
            {"only-if": {"obtained": "asked"}, "invited": ">= 3", "written": "yes"},
            {"bids": ">= 3"},
        ],
    ),
    "quotations-besides": Duty(
        required="three written price quotations besides the bids",
        clause="shall obtain three written price quotations",
        only_if={"besides": "besides"},
        met_by=[
            {"quotes": ">= 3", "written": "yes"},
            {"only-if": {"obtained": "asked"}, "invited": ">= 3", "written": "yes"},
        ],
    ),
    "three-bids": Duty(
        required="competitive bids from three different suppliers",
        clause="These competitive bids shall be obtained from no fewer than three different suppliers",
        met_by=[{"bids": ">= 3"}, {"only-if": {"obtained": "asked"}, "bidders_asked": ">= 3"}],
    ),
    "bids-first": Duty(
        required="the bids before the expense is incurred",
        clause="Before incurring any expense",
        met_by=[
            {"only-if": {"incurring": "order"}, "bids_on": ask("same-day", counts="<= date", earlier="< date")},
            {"only-if": {"incurring": "payment"}, "bids_on": ask("same-day", counts="<= paid_on", earlier="< paid_on")},
            {"only-if": {"incurring": "payment"}, "paid_on": "absent"},
        ],
    ),
}

EXAMPLES = [
    Example(
        name="500 exactly, one quotation",
        rows=[
            {"date": "2021-03-05", "amount": 500, "approved_on": "2021-03-01", "paid_on": "2021-03-20", "quotes": 1,
             "invited": 1, "written": "yes"},
        ],
        verdict="compliant", turns_on=[],
    ),
    Example(
        name="a cent above 500, two of four quoted",
        rows=[
            {"date": "2021-03-05", "amount": "500.01", "approved_on": "2021-03-01", "paid_on": "2021-03-20",
             "quotes": 2, "invited": 4, "written": "yes", "bids": 0},
        ],
        verdict="violation", breached=["three-quotations"], turns_on=["obtained"],
    ),
    Example(
        name="1,500 exactly, number of quotations blank, five asked",
        rows=[
            {"date": "2021-03-05", "amount": 1_500, "approved_on": "2021-03-01", "paid_on": "2021-03-20",
             "quotes": "", "invited": 5, "written": "yes", "bids": 0},
        ],
        verdict="unknown", missing=["quotes"], turns_on=[],
    ),
    Example(
        name="a cent above 1,500, quotations only",
        rows=[
            {"date": "2021-03-05", "amount": "1500.01", "approved_on": "2021-03-01", "paid_on": "2021-03-20",
             "quotes": 3, "invited": 3, "written": "yes", "bids": 0, "bidders_asked": 0, "bids_on": ""},
        ],
        verdict="violation", breached=["three-bids", "bids-first"], turns_on=[],
    ),
    Example(
        name="three bids, no quotation",
        rows=[
            {"date": "2021-03-05", "amount": 4_000, "approved_on": "2021-03-03", "paid_on": "2021-03-20",
             "quotes": 0, "invited": 0, "written": "", "bids": 3, "bidders_asked": 3, "bids_on": "2021-03-02"},
        ],
        verdict="compliant", turns_on=["besides"],
    ),
    Example(
        name="bids after the order, before the payment",
        rows=[
            {"date": "2021-03-05", "amount": 2_000, "approved_on": "2021-03-01", "paid_on": "2021-03-20",
             "quotes": 3, "invited": 3, "written": "yes", "bids": 3, "bidders_asked": 3, "bids_on": "2021-03-10"},
        ],
        verdict="violation", breached=["bids-first"], turns_on=["incurring"],
    ),
    Example(
        name="approved after the order, before the payment",
        rows=[
            {"date": "2021-03-05", "amount": 300, "approved_on": "2021-03-08", "paid_on": "2021-03-20"},
        ],
        verdict="violation", breached=["approval-before-order"], turns_on=[],
    ),
    Example(
        name="paid in advance: approved before the order, after the payment",
        rows=[
            {"date": "2021-03-05", "amount": 300, "approved_on": "2021-03-03", "paid_on": "2021-03-01"},
        ],
        verdict="violation", breached=["approval-before-payment"], turns_on=[],
    ),
    Example(
        name="approved on the day of the order, not yet paid",
        rows=[
            {"date": "2021-03-05", "amount": 300, "approved_on": "2021-03-05", "paid_on": ""},
        ],
        verdict="compliant", turns_on=["same-day"],
    ),
    Example(
        name="the log has no day of payment",
        rows=[
            {"date": "2021-03-05", "amount": 300, "approved_on": "2021-03-01"},
        ],
        verdict="unknown", missing=["paid_on"], turns_on=[],
    ),
]  # fmt: skip

POLICY = Policy(
    id="white-sulphur-springs-30-01",
    title="White Sulphur Springs City Code § 30.01, purchase orders",
    language="en",
    currency="USD",
    text=TEXT,
    not_checked=[
        "in whatever form, to the seller of such goods, supplies or other merchandise, or to the provider of such "
        "services"
    ],
    columns={each.name: each for each in COLUMNS},
    questions=QUESTIONS,
    ladders=LADDERS,
    duties=DUTIES,
    examples=EXAMPLES,
)
