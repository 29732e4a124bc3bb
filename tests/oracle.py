"""An independent oracle: the policy judged by plain if/else, one purchase under one interpretation at a time.

It shares the records with the package (`Purchase`, `Kind`, `Method`) and nothing else: no positions, no sets of
interpretations, no ledger. Quotation marks in docstrings and comments hold the sentence of the specification that a
branch encodes.

`judge` wants a log in which nothing is missing. `verdict` tries every value that a missing datum may have, under every
interpretation left open, and says what follows from the definitions of *violation*, *settled*, *flips* and *missing*.
Both are slow on purpose.
"""

from __future__ import annotations

import copy
import datetime as dt
import enum
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeVar

from lines import UNDATED, UNKNOWN, Purchase, is_code

from procure import Kind, Method

Interpretation = Mapping[str, str]
Tier = Literal["approval", "three-quotes", "statutory-method"]

#: "these questions, executed, the recommended reading first", in the order of the table.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "exclusion": ("excluded", "included"),
    "limit-overlap": ("upper", "lower"),
    "limbs": ("higher", "single"),
    "current": ("included", "excluded"),
    "window": ("running", "whole-year"),
    "category-level": ("item", "second"),
    "counted": ("non-tender", "all", "off-catalogue"),
    "scope": ("off-catalogue", "all"),
    "channel-list": ("equivalent", "closed"),
    "quotes-list": ("open", "closed"),
    "quotes-counted": ("received", "invited"),
    "method-list": ("open", "closed"),
    "single-source": ("grounded", "free"),
    "approval-order": ("prior", "ratifiable"),
    "approval-scope": ("lowest", "every"),
    "whose": ("unit", "department"),
    "catalogue-cap": ("capped", "uncapped"),
    "catalogue-floor": ("floor", "name"),
    "emergency": ("statutory", "none"),
    "refunds": ("lowers", "ignored"),
    "one-purchase": ("row", "contract"),
}
#: The last six are asked where their datum is there; "where a question's datum is absent and it was not adopted it is
#: not asked: unit / none / uncapped / name / lowers / row is taken".
CONDITIONAL = {
    "whose": "unit", "catalogue-cap": "uncapped", "catalogue-floor": "name", "emergency": "none", "refunds": "lowers",
    "one-purchase": "row",
}  # fmt: skip
RULES = ("catalogue-channel", "approval", "three-quotes", "statutory-method")
TIERS: tuple[Tier, ...] = ("approval", "three-quotes", "statutory-method")

FIVE_THOUSAND = 500_000  # fen
BUDGET_YEAR = 2020

LETTERS = {"A": Kind.GOODS, "B": Kind.WORKS, "C": Kind.SERVICES}


#: Codes, prefixes or names; a mapping has the floor in yuan of each entry, None where it has none.
Catalogue = Collection[str] | Mapping[str, object] | None


def recommended(asked: Collection[str] = ()) -> dict[str, str]:
    """The first reading of every question; of the last six what is taken instead, but for those that are `asked`."""
    return {
        q: CONDITIONAL[q] if q in CONDITIONAL and q not in asked else readings[0] for q, readings in QUESTIONS.items()
    }


def all_interpretations(adopted: Interpretation | None = None, asked: Collection[str] = ()) -> Iterator[dict[str, str]]:
    """Every interpretation left open: one answer to each question that is asked, the adopted ones fixed."""
    settled = {q: taken for q, taken in CONDITIONAL.items() if q not in asked} | dict(adopted or {})
    choices = [(settled[q],) if q in settled else readings for q, readings in QUESTIONS.items()]
    for answers in itertools.product(*choices):
        yield dict(zip(QUESTIONS, answers, strict=True))


def asked_of(purchases: Iterable[Purchase], catalogue: Catalogue, open_tender: Mapping[Kind, int]) -> set[str]:
    """Which of the last six are asked of a log, by its columns, its rows and what was given with the policy."""
    purchases = list(purchases)
    asked = set()
    for purchase in purchases:
        if purchase.department is not None:
            asked.add("whose")  # "asked where some row names a department"
        if purchase.emergency is not UNKNOWN:
            asked.add("emergency")  # "asked where the log has the column"
        if purchase.fen is not None and purchase.fen < 0:
            asked.add("refunds")  # "asked where a row has a negative amount"
    contracts = [purchase.contract for purchase in purchases if isinstance(purchase.contract, str)]
    if any(contracts.count(contract) > 1 for contract in contracts):
        asked.add("one-purchase")  # "asked wherever a contract number repeats"
    if open_tender:
        asked.add("catalogue-cap")  # "asked where a standard was given"
    if isinstance(catalogue, Mapping) and any(floor is not None for floor in catalogue.values()):
        asked.add("catalogue-floor")  # "asked where the catalogue has floors"
    return asked


# --- One point, one interpretation ----------------------------------------------------------------


class Place(enum.Enum):
    """Where an amount lies: "no counted purchase, below 5,000, exactly 5,000, between, exactly the limit, above"."""

    NO_COUNTED = "no counted purchase"
    BELOW = "below 5,000"
    AT_5000 = "exactly 5,000"
    BETWEEN = "between"
    AT_LIMIT = "exactly the limit"
    ABOVE = "above the limit"


class Facts(NamedTuple):
    """All that the duties depend on, everything known."""

    applicable: bool
    kind: Kind
    method: Method
    in_catalogue: bool
    below_floor: bool
    reaches_standard: bool
    emergency: bool
    approval: Literal["none", "late", "prior"]
    three_received: bool
    three_invited: bool
    ground: bool
    single: Place
    total: Place
    contract: Place = Place.NO_COUNTED  # of the contract that it is of, if it is of any


def place(fen: int, limit: int) -> Place:
    """Where an amount lies, exact to the fen."""
    if limit <= FIVE_THOUSAND:
        raise ValueError("a limit at or below 5,000 is an error")
    if fen < FIVE_THOUSAND:
        return Place.BELOW
    if fen == FIVE_THOUSAND:
        return Place.AT_5000
    if fen < limit:
        return Place.BETWEEN
    if fen == limit:
        return Place.AT_LIMIT
    return Place.ABOVE


def claimed(where: Place, i: Interpretation) -> Tier | None:
    """The tier that one amount claims."""
    if where is Place.NO_COUNTED:
        return None  # "A total to which no counted purchase contributes claims nothing."
    if where is Place.BELOW:
        return "approval"  # "An amount below 5,000 claims the lowest tier"
    if where is Place.AT_5000:
        # `excluded`: "it starts the middle tier"; `included`: "以内 includes, so 至 starts above it"
        return "three-quotes" if i["exclusion"] == "excluded" else "approval"
    if where is Place.BETWEEN:
        return "three-quotes"  # "between it and the limit the middle one"
    if where is Place.AT_LIMIT:
        # "exactly the limit: 以内 and 达到…及以上 both claim it"
        return "statutory-method" if i["limit-overlap"] == "upper" else "three-quotes"
    return "statutory-method"  # "above the limit the highest"


def highest_tier(single: Place, total: Place, contract: Place, i: Interpretation) -> Tier:
    """The tier that binds: "The highest tier claimed binds"."""
    by_single = claimed(single, i)
    assert by_single is not None  # a purchase always has an amount of its own
    if i["one-purchase"] == "contract":
        # "`contract`, the sum of its rows", beside the row itself
        by_contract = claimed(contract, i)
        if by_contract is not None and TIERS.index(by_contract) > TIERS.index(by_single):
            by_single = by_contract
    if i["limbs"] == "single":
        return by_single  # "its own amount alone; the total claims nothing"
    by_total = claimed(total, i)
    if by_total is not None and TIERS.index(by_total) > TIERS.index(by_single):
        return by_total
    return by_single


def breached_rules(facts: Facts, i: Interpretation) -> frozenset[str]:
    """The rules whose duty is due and not met."""
    breached: set[str] = set()
    if not facts.applicable:
        return frozenset()  # "amounts of zero or less … are `not_applicable`. So are purchases outside the budget year"
    if facts.emergency and i["emergency"] == "statutory":
        return frozenset()  # "a purchase that the log's `emergency` column marks breaches nothing"

    inside = is_inside(facts.in_catalogue, facts.below_floor, i)
    # 属于…目录内的采购项目 …; "`scope=all` lays every tier duty on catalogue items, beside `catalogue-channel`"
    if inside and not channel_met(facts, i):
        breached.add("catalogue-channel")

    tiers_bind = not inside or i["scope"] == "all"
    if tiers_bind:
        tier = highest_tier(facts.single, facts.total, facts.contract, i)
        # "approval is named in the lowest tier only": `lowest`, or `every` ("whenever a tier binds")
        if (tier == "approval" or i["approval-scope"] == "every") and not approval_met(facts, i):
            breached.add("approval")
        if tier == "three-quotes" and not three_quotes_met(facts, i):
            breached.add("three-quotes")
        if tier == "statutory-method" and not statutory_method_met(facts, i):
            breached.add("statutory-method")
    return frozenset(breached)


def is_inside(in_catalogue: bool, below_floor: bool, i: Interpretation) -> bool:
    """`floor`: "a listed item below the floor of its entry is outside the catalogue"; `name`: "it is inside"."""
    if in_catalogue and below_floor:
        return i["catalogue-floor"] == "name"
    return in_catalogue


def channel_met(facts: Facts, i: Interpretation) -> bool:
    """电子卖场（公品商城）或定点: `closed` is "the two named", `equivalent` "also framework, open tender"."""
    if facts.reaches_standard and i["catalogue-cap"] == "capped":
        return facts.method is Method.OPEN_TENDER  # "by open tender only"
    if facts.method in (Method.E_MALL, Method.DESIGNATED):
        return True
    if i["channel-list"] == "equivalent":
        return facts.method in (Method.FRAMEWORK, Method.OPEN_TENDER)
    return False


def approval_met(facts: Facts, i: Interpretation) -> bool:
    """Must approval come first? `prior`: "on or before the date of purchase"; `ratifiable`: "any date"."""
    if facts.approval == "none":
        return False
    if facts.approval == "late":
        return i["approval-order"] == "ratifiable"
    return True


def enough_quotes(facts: Facts, i: Interpretation) -> bool:
    """The quotes: "A quotation or inquiry needs three quotes (or invitations; a quote received implies an invitation)".

    The answer to "three parties: quotes received, or suppliers invited?" says which of the two.
    """
    if i["quotes-counted"] == "received":
        return facts.three_received
    return facts.three_invited or facts.three_received


def three_quotes_met(facts: Facts, i: Interpretation) -> bool:
    """The middle tier: 采用三方询价等方式采购."""
    if facts.method in (Method.DIRECT, Method.DESIGNATED):
        return False  # "A direct or designated purchase never meets the middle tier"
    if facts.method in (Method.QUOTATION, Method.INQUIRY):
        return enough_quotes(facts, i)  # "only quotation and inquiry need quotes"; "`closed` (quotation and inquiry)"
    if i["quotes-list"] == "closed":
        return False  # "`closed` bars it [single source] with all the others"
    if facts.method is Method.SINGLE_SOURCE:
        return facts.ground  # "In the middle tier single source always needs its ground"
    # "also e_mall, framework, negotiation, consultation, invited and open tender"
    return facts.method in (
        Method.E_MALL,
        Method.FRAMEWORK,
        Method.NEGOTIATION,
        Method.CONSULTATION,
        Method.INVITED_TENDER,
        Method.OPEN_TENDER,
    )


def statutory_method_met(facts: Facts, i: Interpretation) -> bool:
    """The highest tier: 按财政要求实施单一来源采购或公开招标等方式采购."""
    if facts.method in (Method.QUOTATION, Method.E_MALL, Method.DIRECT, Method.DESIGNATED):
        return False  # "a quotation, e-mall, direct or designated purchase never the highest"
    if facts.method is Method.OPEN_TENDER:
        return True
    if facts.method is Method.SINGLE_SOURCE:
        # "single source without a recorded ground": `grounded` "not enough", `free` "names it without condition"
        return facts.ground or i["single-source"] == "free"
    if i["method-list"] == "closed":
        return False  # "the two named"
    if facts.method is Method.INQUIRY:
        return facts.kind is Kind.GOODS and enough_quotes(facts, i)  # "for goods an inquiry with three quotes"
    # "also invited tender, negotiation, consultation, framework"
    return facts.method in (Method.INVITED_TENDER, Method.NEGOTIATION, Method.CONSULTATION, Method.FRAMEWORK)


# --- What a row says, as all the values that it may mean ------------------------------------------


def kinds(purchase: Purchase) -> tuple[Kind, ...]:
    """The kinds: "a category code's letter (A, B, C) tells the kind; where a column says otherwise, both"."""
    told = LETTERS[purchase.category[0]] if purchase.category is not None and is_code(purchase.category) else None
    if told is None and purchase.kind is None:
        return tuple(Kind)
    if told is None or purchase.kind is None or told is purchase.kind:
        kind = told or purchase.kind
        assert kind is not None
        return (kind,)
    return (told, purchase.kind)


def methods(purchase: Purchase) -> tuple[Method, ...]:
    """A blank method is any of the eleven; the bare 询价 "is *either* of quotation and inquiry"."""
    if purchase.method is None:
        return tuple(Method)
    if isinstance(purchase.method, frozenset):
        return tuple(method for method in Method if method in purchase.method)
    return (purchase.method,)


def catalogue_memberships(purchase: Purchase, catalogue: Catalogue) -> tuple[bool, ...]:
    """In the catalogue or not: "Conflicts (the row's `in_catalogue` against the catalogue …) are both values".

    The catalogue holds "codes, prefixes or names": a code is inside where an entry begins it, a name where an entry
    equals it. It has no say on a row without a category, nor on one whose category is written in a way that no entry
    of it is: one of codes alone does not tell whether 保洁 is inside. Levels that an eight-digit code leaves open
    are `00`.
    """
    column = purchase.in_catalogue
    if catalogue is None or purchase.category is None:
        return (True, False) if column is None else (column,)
    coded = is_code(purchase.category)
    inside, spoken, coarser = False, not list(catalogue), False
    for entry in catalogue:
        name = Purchase(category=entry).category  # folded as the log's own categories are
        if name is None:
            continue
        if (is_code(name) or name in ("A", "B", "C")) == coded:
            spoken = True
        if coded and is_code(name) and name != purchase.category and name.startswith(purchase.category):
            coarser = True
        if lists(name, purchase.category):
            inside = True
    if not spoken or (coarser and not inside):
        return (True, False) if column is None else (column,)
    return (inside,) if column is None or column == inside else (True, False)


def lists(entry: str, category: str) -> bool:
    """Whether an entry of the catalogue, folded, lists a category: "a code is inside where an entry begins it, a name
    where an entry equals it"."""
    if entry == category:
        return True
    while is_code(entry) and len(entry) in (9, 7, 5) and entry.endswith("00"):
        entry = entry[:-2]
    return is_code(category) and (is_code(entry) or entry in ("A", "B", "C")) and category.startswith(entry)


def floors(purchase: Purchase, catalogue: Catalogue) -> tuple[int, ...]:
    """The floors in fen that the entry of a purchase may have, 0 for none.

    "Where several entries list it, or none does and another column says that it is listed, it may be that of any."
    """
    if not isinstance(catalogue, Mapping):
        return (0,)
    of_entry = {entry: 0 if floor is None else int(Decimal(str(floor)) * 100) for entry, floor in catalogue.items()}
    listing = set()
    for entry, floor in of_entry.items():
        name = Purchase(category=entry).category
        if name is not None and purchase.category is not None and lists(name, purchase.category):
            listing.add(floor)
    return tuple(sorted(listing or {0, *of_entry.values()}))


def may_lie_below(purchase: Purchase, catalogue: Catalogue) -> set[bool]:
    """Whether a purchase lies below its floor: "what a refund takes back was at least as large"."""
    found = set()
    for floor in floors(purchase, catalogue):
        if purchase.fen is not None and purchase.fen > 0:
            found.add(purchase.fen < floor)
        else:
            found.add(False)
            if purchase.fen is None and floor > 0 or purchase.fen is not None and -purchase.fen < floor:
                found.add(True)
    return found


def counts(method: Method, inside: bool, fen: int | None, i: Interpretation) -> bool:
    """Whether a purchase enters the totals: "what the total counts"."""
    if i["refunds"] == "ignored" and fen is not None and fen <= 0:
        return False  # "the total's `counts` has `amount = '> 0'`"
    if i["counted"] == "non-tender":
        return method is not Method.OPEN_TENDER  # "all but open tenders"
    if i["counted"] == "off-catalogue":
        return not inside  # "`off-catalogue` counts open tenders outside the catalogue"
    return True


def may_count(purchase: Purchase, catalogue: Catalogue, i: Interpretation) -> set[bool]:
    """Whether another purchase counts, for every value that its amount, method, membership and floor may have."""
    amounts = (purchase.fen,) if purchase.fen is not None or i["refunds"] == "lowers" else (0, 1)
    return {
        counts(method, is_inside(in_catalogue, below, i), fen, i)
        for fen in amounts
        for method in methods(purchase)
        for in_catalogue in catalogue_memberships(purchase, catalogue)
        for below in may_lie_below(purchase, catalogue)
    }


def category_key(category: str, i: Interpretation) -> str:
    """同类别品目: `item` is the "full code or name", `second` "letter and four digits; a plain name stays itself".

    Levels that a code leaves open are `00`, and not said.
    """
    while is_code(category) and len(category) in (9, 7, 5) and category.endswith("00"):
        category = category[:-2]
    if i["category-level"] == "second" and is_code(category):
        return category[:5]  # "level two is its first five characters"
    return category


def units_told(purchases: Sequence[Purchase]) -> bool:
    """Whether any row names a unit; "No unit column: the log is one unit's"."""
    return any(purchase.unit is not None for purchase in purchases)


def lacking(purchases: Sequence[Purchase], purchase: Purchase, i: Interpretation) -> set[str]:
    """The columns without which a row cannot be placed in any total; a total of departments takes one."""
    lacks = {name for name in ("category", "date") if getattr(purchase, name) is None}
    if purchase.unit is None and units_told(purchases):
        lacks.add("unit")
    if purchase.department is None and i["whose"] == "department":
        lacks.add("department")
    return lacks


def same_total(a: Purchase, b: Purchase, i: Interpretation) -> bool:
    """Whether two rows share a total: "by unit, category and budget year (calendar year), all kinds together".

    `whose`: "totals of the unit or of the department".
    """
    assert a.category is not None and b.category is not None and a.date is not None and b.date is not None
    if i["whose"] == "department" and a.department != b.department:
        return False
    return (
        a.unit == b.unit and category_key(a.category, i) == category_key(b.category, i) and a.date.year == b.date.year
    )


def others_in_total(purchases: Sequence[Purchase], index: int, i: Interpretation) -> list[Purchase]:
    """The other purchases that the total of this one may hold, whether or not they count.

    `window`: "the total up to this purchase, or of the whole year", "in order of date and then of the log".
    """
    this = purchases[index]
    found = []
    for j, other in enumerate(purchases):
        if j == index or lacking(purchases, other, i) or not same_total(this, other, i):
            continue
        assert other.date is not None and this.date is not None
        earlier = (other.date, j) < (this.date, index)
        if i["window"] == "whole-year" or earlier:
            found.append(other)
    return found


def of_contract(purchases: Sequence[Purchase], index: int, i: Interpretation) -> int | None:
    """What the other rows of the contract of a purchase come to; None where none of them counts."""
    this = purchases[index]
    if not isinstance(this.contract, str):
        return None
    others = [
        other.fen
        for j, other in enumerate(purchases)
        if j != index and other.contract == this.contract and other.unit == this.unit
    ]
    if None in others:
        raise ValueError("the log is not complete")
    counted = [fen for fen in others if fen is not None and (fen > 0 or i["refunds"] == "lowers")]
    return sum(counted) if counted else None


def holds_itself(i: Interpretation) -> bool:
    """Whether the total holds the purchase judged: `current`, "not asked of a whole-year total", which always does."""
    return i["window"] == "whole-year" or i["current"] == "included"


# --- A completed log, one interpretation ----------------------------------------------------------


class Result(NamedTuple):
    """What one interpretation says of one purchase of a completed log."""

    breaches: frozenset[str]
    tier: Tier | None  # told whether or not it binds; None where not applicable
    accumulated: int | None  # fen; None where no counted purchase contributes
    not_applicable: bool


def is_not_applicable(purchase: Purchase, any_year: bool) -> bool:
    """Known not to be judged: "amounts of zero or less" and "purchases outside the budget year … unless `any_year`"."""
    if purchase.fen is not None and purchase.fen <= 0:
        return True
    return purchase.date is not None and purchase.date.year != BUDGET_YEAR and not any_year


def judge(
    purchases: Sequence[Purchase],
    interpretation: Interpretation,
    *,
    limits: Mapping[Kind, int],
    catalogue: Catalogue,
    any_year: bool = False,
    open_tender: Mapping[Kind, int] | None = None,
) -> list[Result]:
    """Judge every purchase of a log in which nothing is missing; `ValueError` where something is.

    Of the last six questions, one that is not answered is not asked.
    """
    i = CONDITIONAL | dict(interpretation)
    results = []
    for index, this in enumerate(purchases):
        kind, method, inside = _only(kinds(this)), _only(methods(this)), _only(catalogue_memberships(this, catalogue))
        below = _only(sorted(may_lie_below(this, catalogue))) if i["catalogue-floor"] == "floor" and inside else False
        if lacking(purchases, this, i) or this.fen is None or this.date is None or this.invited is None:
            raise ValueError("the log is not complete")
        if this.quotes is None or this.ground is UNKNOWN or this.approved_on in (UNKNOWN, UNDATED):
            raise ValueError("the log is not complete")

        if this.emergency is UNKNOWN and i["emergency"] == "statutory":
            raise ValueError("the log is not complete")

        contributions = []
        for other in others_in_total(purchases, index, i):
            if _only(sorted(may_count(other, catalogue, i))):
                if other.fen is None:
                    raise ValueError("the log is not complete")
                contributions.append(other.fen)  # "refunds count with their sign"
        if holds_itself(i) and counts(method, is_inside(inside, below, i), this.fen, i):
            contributions.append(this.fen)
        accumulated = sum(contributions) if contributions else None

        if is_not_applicable(this, any_year):
            results.append(Result(frozenset(), None, accumulated, True))
            continue

        # "A total is measured against the limit of the judged purchase's own kind."
        limit = limits[kind]
        # A contract is that of the row itself, too.
        contract = (of_contract(purchases, index, i) or 0) if isinstance(this.contract, str) else None
        single = place(this.fen, limit)
        total = Place.NO_COUNTED if accumulated is None else place(accumulated, limit)
        approval: Literal["none", "late", "prior"] = "none"
        if isinstance(this.approved_on, dt.date):
            approval = "prior" if this.approved_on <= this.date else "late"
        facts = Facts(
            applicable=True,
            kind=kind,
            method=method,
            in_catalogue=inside,
            below_floor=below,
            reaches_standard=i["catalogue-cap"] == "capped" and inside and this.fen >= (open_tender or {})[kind],
            emergency=this.emergency is True,
            approval=approval,
            three_received=this.quotes >= 3,
            three_invited=this.invited >= 3,
            ground=this.ground is not None,
            single=single,
            total=total,
            contract=Place.NO_COUNTED if contract is None else place(contract + this.fen, limit),
        )
        tier = highest_tier(single, total, facts.contract, i)
        results.append(Result(breached_rules(facts, i), tier, accumulated, False))
    return results


T = TypeVar("T")


def _only(values: Sequence[T]) -> T:
    if len(values) != 1:
        raise ValueError("the log is not complete")
    return values[0]


# --- Missing data: every value that they may have -------------------------------------------------


class Others(NamedTuple):
    """What the other purchases bring to a total, under one interpretation.

    `low` and `high` bound the sum; `some` says that one of the others may count, `none` that it may be that none does.
    """

    low: int
    high: int
    some: bool
    none: bool
    columns: frozenset[str]  # what made it uncertain


class Point(NamedTuple):
    """One possible purchase: a value for everything that it is judged by, named as the log's columns, but for two.

    `limit` is that of the kind; `others` is what the other purchases bring to the total: a sum in fen, None where none
    of them counts.
    """

    amount: int
    date: dt.date
    kind: Kind
    limit: int
    #: The open-tender standard of the kind.
    standard: int
    in_catalogue: bool
    #: From which amount the catalogue lists it.
    floor: int
    emergency: bool
    method: Method
    approved_on: dt.date | str  # a date, or "none", "late", "prior"
    invited: int
    quotes: int
    ground: bool
    others: int | None
    #: What the other rows of its contract come to; None of one without a contract.
    contract: int | None = None


class Verdict(NamedTuple):
    """What the definitions say of one purchase. `breaches` maps a rule to (working, settled)."""

    verdict: str
    settled: bool
    flips: list[dict[str, str]]
    missing: tuple[str, ...]
    breaches: dict[str, tuple[bool | None, bool]]


#: Larger than any limit tried, than any amount tried, so large that no amount tried reaches it, and larger than any
#: sum of amounts, in fen.
HUGE_LIMIT, HUGE_AMOUNT, HUGE_STANDARD, UNBOUNDED = 10**14, 10**15, 10**16, 10**17


def others(purchases: Sequence[Purchase], index: int, catalogue: Catalogue, i: Interpretation) -> list[Others]:
    """What the others bring: for a purchase that lacks what would place it, in each account and on each day that it may
    be of.

    "A row that lacks what would place it may belong to every account that agrees with the columns it has: in a running
    total from its date on, in a whole-year total throughout; undated, on any day. An unread amount is of either sign."
    """
    this = purchases[index]
    unplaced = lacking(purchases, this, i)
    found = []
    for placed in placings(purchases, this, unplaced, i):
        brought = others_of(purchases, index, placed, catalogue, i)
        found.append(brought._replace(columns=brought.columns | unplaced))
    return found


def placings(
    purchases: Sequence[Purchase], this: Purchase, unplaced: Collection[str], i: Interpretation
) -> Iterator[Purchase]:
    """The purchase with what would place it: as another has it, or as none has."""
    choices: dict[str, set[Any]] = {}
    for name in unplaced:
        known = {getattr(other, name) for other in purchases} - {None}
        choices[name] = known | {"A99" if name == "category" else "nobody else"}
        if name == "date":
            near = {day + dt.timedelta(step) for day in known for step in (-1, 0, 1)}
            choices[name] = near | {dt.date(BUDGET_YEAR, 1, 1), dt.date(BUDGET_YEAR, 12, 31)}
    for values in itertools.product(*choices.values()):
        yield copied(this, **dict(zip(choices, values, strict=True)))


def copied(purchase: Purchase, **changes: Any) -> Purchase:
    """The same purchase but for these fields."""
    other = copy.copy(purchase)
    for name, value in changes.items():
        object.__setattr__(other, name, value)
    return other


def others_of(
    purchases: Sequence[Purchase], index: int, this: Purchase, catalogue: Catalogue, i: Interpretation
) -> Others:
    """What the others bring to the total of a purchase that has its place.

    The interval is that of the certain members, stretched by the negative and by the positive amounts of the uncertain.
    """
    low = high = 0
    some, none = False, True
    columns: set[str] = set()
    for j, other in enumerate(purchases):
        lacks = lacking(purchases, other, i)
        if j == index or not may_share(this, index, other, j, i):
            continue
        may = may_count(other, catalogue, i)
        if may == {False}:
            continue
        some = True
        surely = may == {True} and not lacks
        if surely:
            none = False  # a certain contributor
        elif lacks:
            columns |= lacks
        elif other.fen != 0:
            if i["refunds"] == "ignored" and other.fen is None:
                columns.add("amount")
            columns.add("method" if i["counted"] == "non-tender" else "in_catalogue")
        if other.fen is None:
            low, high = low - UNBOUNDED, high + UNBOUNDED
            columns.add("amount")
        elif surely:
            low, high = low + other.fen, high + other.fen
        else:
            low, high = low + min(other.fen, 0), high + max(other.fen, 0)
    return Others(max(low, -UNBOUNDED), min(high, UNBOUNDED), some, none, frozenset(columns))


def may_share(this: Purchase, index: int, other: Purchase, j: int, i: Interpretation) -> bool:
    """Whether the total of a purchase that has its place may hold another one."""
    names = ["unit", *(["department"] if i["whose"] == "department" else [])]
    if any(getattr(other, name) not in (None, getattr(this, name)) for name in names):
        return False
    assert this.category is not None and this.date is not None
    if other.category is not None and category_key(this.category, i) != category_key(other.category, i):
        return False
    if other.date is None:
        return True
    earlier = (other.date, j) < (this.date, index)
    return other.date.year == this.date.year and (i["window"] == "whole-year" or earlier)


def around(values: Iterable[int]) -> set[int]:
    """Each value, a fen less and a fen more."""
    return {value + step for value in values for step in (-1, 0, 1)}


def points(
    purchase: Purchase,
    brought: Others,
    limits: Mapping[Kind, int],
    catalogue: Catalogue,
    any_year: bool,
    open_tender: Mapping[Kind, int],
    asked: Collection[str],
) -> Iterator[Point]:
    """Every possible point: "A missing datum stands for all its possible values, chosen together".

    An amount, a limit or a sum that is not known takes the values that put the purchase or its total on a cut point or
    a fen beside it, so that every combination of places that any value could bring about is brought about by one of
    these. (A limit and an amount both missing: the sums are tried at the ends and around the cut points only.) What no
    question asks is not tried at all.
    """
    low, high = brought.low, brought.high
    own_kinds = kinds(purchase)

    # "A limit not given for a kind is unknown but above 5,000."
    unknown_limits: set[int] = set()
    if any(kind not in limits for kind in own_kinds):
        marks = {low, high, FIVE_THOUSAND + low, FIVE_THOUSAND + high}
        if purchase.fen is None:
            unknown_limits = {FIVE_THOUSAND + 1, HUGE_LIMIT, *marks}
        else:
            marks |= {purchase.fen, purchase.fen + low, purchase.fen + high}
            unknown_limits = {FIVE_THOUSAND + 1, HUGE_LIMIT, *around(marks)}
        unknown_limits = {limit for limit in unknown_limits if FIVE_THOUSAND < limit <= HUGE_LIMIT}
    cuts = {FIVE_THOUSAND, *unknown_limits, *(limits[kind] for kind in own_kinds if kind in limits)}

    own_floors = floors(purchase, catalogue) if "catalogue-floor" in asked else (0,)
    emergencies: tuple[bool, ...] = (purchase.emergency is True,)
    if purchase.emergency is UNKNOWN and "emergency" in asked:
        emergencies = (False, True)

    # An amount that is not known: none at all (it "may turn out not applicable"), "any positive amount otherwise".
    amounts = {purchase.fen} if purchase.fen is not None else {0, 1, HUGE_AMOUNT}
    if purchase.fen is None:
        marks = {*cuts, *own_floors, *open_tender.values()}
        marks |= {mark for cut in cuts for mark in (cut - low, cut - high)}
        amounts |= {fen for fen in around(marks) if fen > 0}

    sums: list[int | None] = []
    if brought.none:
        sums.append(None)
    if brought.some:
        steps = {low, high}
        if low != high:
            steps |= around(cuts)
            if not (purchase.fen is None and unknown_limits):
                steps |= around({cut - fen for cut in cuts for fen in amounts})
        sums += sorted(step for step in steps if low <= step <= high)

    dates = {purchase.date} if purchase.date is not None else possible_dates(purchase, any_year)
    approvals: list[dt.date | str]
    if purchase.approved_on is None:
        approvals = ["none"]
    elif purchase.approved_on is UNKNOWN:
        approvals = ["none", "late", "prior"]
    elif purchase.approved_on is UNDATED:
        approvals = ["late", "prior"]
    else:
        assert isinstance(purchase.approved_on, dt.date)
        approvals = [purchase.approved_on]

    for kind in own_kinds:
        own_limits = [limits[kind]] if kind in limits else sorted(unknown_limits)
        # "A kind's standard not given is unknown"; but as no standard given may be, it is not below the limit.
        own_standards = [HUGE_STANDARD]
        if "catalogue-cap" in asked:
            own_standards = [open_tender[kind]] if kind in open_tender else [*own_limits, HUGE_STANDARD]
        for values in itertools.product(
            sorted(amounts),
            sorted(dates),
            (kind,),
            own_limits,
            own_standards,
            catalogue_memberships(purchase, catalogue),
            own_floors,
            emergencies,
            methods(purchase),
            approvals,
            *quotes_and_invitations(purchase),
            (False, True) if purchase.ground is UNKNOWN else (purchase.ground is not None,),
            sums,
        ):
            point = Point(*values)  # type: ignore[arg-type]  # the product forgets which is which
            if point.standard >= point.limit:
                yield point


def quotes_and_invitations(purchase: Purchase) -> tuple[Sequence[int], Sequence[int]]:
    """How many were invited and how many sent a quote: "a quote received implies an invitation"."""
    invited, quotes = purchase.invited, purchase.quotes
    return (
        [n for n in (0, 3) if quotes is None or n >= quotes] or [quotes or 0] if invited is None else [invited],
        [n for n in (0, 3) if invited is None or n <= invited] if quotes is None else [quotes],
    )


def possible_dates(purchase: Purchase, any_year: bool) -> set[dt.date]:
    """A date not known: in the budget year, before and after the approval where it can be, or in another year."""
    dates = {dt.date(BUDGET_YEAR, 1, 1), dt.date(BUDGET_YEAR, 12, 31)}
    if isinstance(purchase.approved_on, dt.date):
        near = {purchase.approved_on, purchase.approved_on - dt.timedelta(days=1)}
        dates |= {date for date in near if any_year or date.year == BUDGET_YEAR}
    if not any_year:
        dates.add(dt.date(BUDGET_YEAR - 1, 7, 1))
    return dates


def facts_at(point: Point, i: Interpretation, any_year: bool) -> Facts:
    """The facts of one possible point."""
    # "The judged purchase's own membership is certain within each choice of its own values."
    inside = is_inside(point.in_catalogue, point.amount < point.floor, i)
    if holds_itself(i) and counts(point.method, inside, point.amount, i):
        fen: int | None = (point.others or 0) + point.amount
    else:
        fen = point.others
    total = Place.NO_COUNTED if fen is None else place(fen, point.limit)
    approval: Literal["none", "late", "prior"]
    if isinstance(point.approved_on, dt.date):
        approval = "prior" if point.approved_on <= point.date else "late"
    else:
        approval = point.approved_on  # type: ignore[assignment]  # one of the three words
    return Facts(
        applicable=point.amount > 0 and (any_year or point.date.year == BUDGET_YEAR),
        kind=point.kind,
        method=point.method,
        in_catalogue=point.in_catalogue,
        below_floor=point.amount < point.floor,
        reaches_standard=point.amount >= point.standard,
        emergency=point.emergency,
        approval=approval,
        three_received=point.quotes >= 3,
        three_invited=point.invited >= 3,
        ground=point.ground,
        single=place(point.amount, point.limit),
        total=total,
        contract=Place.NO_COUNTED if point.contract is None else place(point.contract + point.amount, point.limit),
    )


# --- Verdicts across interpretations --------------------------------------------------------------

State = Literal["violation", "compliant", "unknown"]
Outcome = frozenset[str]  # the rules breached at one point under one interpretation

COLUMN_ORDER = (
    "id", "date", "unit", "department", "category", "kind", "item", "amount", "in_catalogue", "method", "supplier",
    "approved_on", "invited", "quotes", "ground", "emergency", "note", "limit", "open_tender",
)  # fmt: skip


def state(outcomes: Collection[Outcome]) -> State:
    """At one interpretation: "*violation*: W in B(f) for every f; *compliant*: for none; else *unknown*"."""
    if all(outcomes):
        return "violation"
    return "unknown" if any(outcomes) else "compliant"


def verdict(
    purchases: Sequence[Purchase],
    index: int,
    *,
    limits: Mapping[Kind, int],
    catalogue: Catalogue = None,
    adopted: Interpretation | None = None,
    any_year: bool = False,
    interpretations: Iterable[Interpretation] | None = None,
    open_tender: Mapping[Kind, int] | None = None,
) -> Verdict:
    """The verdict on one purchase, with `settled`, `flips`, `missing` and `breaches`.

    `interpretations`, where given, stands for all that are open in `settled` and in `breaches`, so that a test may walk
    fewer; `flips` walks as many as it needs in any case.
    """
    adopted, open_tender = dict(adopted or {}), open_tender or {}
    this = purchases[index]
    asked = asked_of(purchases, catalogue, open_tender) | adopted.keys()  # "or adopted"
    if is_not_applicable(this, any_year):
        return Verdict("not_applicable", True, [], (), {})

    facts_of: dict[tuple[str, ...], set[Facts]] = {}

    def outcomes(i: Interpretation) -> set[Outcome]:
        # The possible facts depend on these answers alone; the duties, on any.
        key = (
            i["category-level"], i["counted"], i["window"], i["current"], i["whose"], i["catalogue-floor"],
            i["refunds"],
        )  # fmt: skip
        if key not in facts_of:
            contract = None
            if "one-purchase" in asked and isinstance(this.contract, str):
                contract = of_contract(purchases, index, i) or 0
            facts_of[key] = {
                facts_at(point._replace(contract=contract), i, any_year)
                for brought in others(purchases, index, catalogue, i)
                for point in points(this, brought, limits, catalogue, any_year, open_tender, asked)
            }
        return {breached_rules(facts, i) for facts in facts_of[key]}

    working = recommended(asked) | adopted
    at_working = outcomes(working)
    told = state(at_working)

    # "*settled*: every B(f) has all of U, or every one has none of it; unknown is never settled."
    seen: set[Outcome] = set(at_working)
    always: dict[str, bool] = dict.fromkeys(RULES, True)
    for i in all_interpretations(adopted, asked) if interpretations is None else interpretations:
        here = outcomes(i)
        seen |= here
        for rule in RULES:
            always[rule] = always[rule] and all(rule in outcome for outcome in here)
    settled = told != "unknown" and state(seen) == told

    # "the rules breached in at least one open interpretation; `working` is true, false, or null where a missing datum
    # decides"
    breaches: dict[str, tuple[bool | None, bool]] = {}
    for rule in RULES:
        if any(rule in outcome for outcome in seen):
            answers = {rule in outcome for outcome in at_working}
            breaches[rule] = (answers.pop() if len(answers) == 1 else None, always[rule])

    flips: list[dict[str, str]] = []
    if told != "unknown" and not settled:
        flips = smallest_changes(working, adopted, asked, lambda i: state(outcomes(i)) != told)

    missing: tuple[str, ...] = ()
    if told == "unknown":
        each = others(purchases, index, catalogue, working)
        possible = dict.fromkeys(
            point
            for brought in each
            for point in points(this, brought, limits, catalogue, any_year, open_tender, asked)
        )
        columns = frozenset(name for brought in each for name in brought.columns)
        names = deciding(list(possible), columns, limits, working, any_year)
        missing = tuple(sorted(names, key=COLUMN_ORDER.index))
    return Verdict(told, settled, flips, missing, breaches)


def smallest_changes(
    working: Interpretation,
    adopted: Interpretation,
    asked: Collection[str],
    differs: Callable[[Interpretation], bool],
) -> list[dict[str, str]]:
    """The flips: "the smallest sets of answers that, changed from the working reading, change the verdict".

    "`flips` keeps to readings left open, is ordered as this table".
    """
    open_questions = [q for q in QUESTIONS if q not in adopted and (q in asked or q not in CONDITIONAL)]
    for size in range(1, len(open_questions) + 1):
        found = []
        for changed in itertools.combinations(open_questions, size):
            other_readings = [[r for r in QUESTIONS[question] if r != working[question]] for question in changed]
            for answers in itertools.product(*other_readings):
                change = dict(zip(changed, answers, strict=True))
                if differs({**working, **change}):
                    found.append(change)
        if found:
            return found
    return []


def deciding(
    possible: Sequence[Point], columns: Collection[str], limits: Mapping[Kind, int], i: Interpretation, any_year: bool
) -> set[str]:
    """The data "that would decide": two possible points differ in that one datum, and in the outcome.

    A total that decides is named by the columns that made it uncertain. Each kind has a limit of its own: where it is
    not given, points of different kinds may differ in the limit too.
    """
    breached: dict[Point, bool] = {}
    known: dict[Facts, bool] = {}
    for point in possible:
        facts = facts_at(point, i, any_year)
        if facts not in known:
            known[facts] = bool(breached_rules(facts, i))
        breached[point] = known[facts]

    names: set[str] = set()
    for column in Point._fields:
        if len({getattr(point, column) for point in possible}) == 1:
            continue
        # All points that agree in everything else, by their value in this column.
        groups: dict[tuple[object, ...], dict[object, set[bool]]] = {}
        for point, outcome in breached.items():
            values = point._asdict()
            value = values.pop(column)
            if column == "kind":
                del values["limit"], values["standard"]  # they are the kind's
            groups.setdefault(tuple(values.values()), {}).setdefault(value, set()).add(outcome)
        if any(differ(list(group.values())) for group in groups.values()):
            if column == "others":
                names |= set(columns)
            else:
                names.add({"standard": "open_tender", "floor": "category"}.get(column, column))
    return names


def differ(outcomes: Sequence[set[bool]]) -> bool:
    """Whether two different values may have different outcomes."""
    return any(a != b for one, two in itertools.combinations(outcomes, 2) for a in one for b in two)
