"""Totals by any keys, of any rows, over every window, against plain loops, with missing data."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small import bought, duty, question, small

from procure import MISSING, Purchase
from procure.api import check
from procure.authoring import Band, InForce, Ladder, Policy, PolicyError, Total, ask, column

WINDOWS = (
    *("year", "year so far", "always", "always so far", "1 month back", "12 months back"),
    *("1 day back", "30 days back", "365 days back"),
)
KEYS = (("unit",), ("supplier",), ("unit", "supplier"), ("department", "supplier"), ())
FILTERS: Mapping[str, tuple[str, ...] | None] = {
    "all": None,
    "direct": ("direct",),
    "direct or quotation": ("direct", "quotation"),
    "no tender": ("direct", "quotation", "inquiry"),
}
METHODS = ("direct", "quotation", "open_tender")
#: Days that lie on the edges of months, of years that begin in January and July, and of leap years.
DAYS = tuple(
    dt.date.fromisoformat(day)
    for day in (
        *("2019-01-10", "2019-12-31", "2020-01-01", "2020-01-10", "2020-01-30", "2020-01-31", "2020-02-28"),
        *(
            "2020-02-29",
            "2020-03-01",
            "2020-03-31",
            "2020-06-30",
            "2020-07-01",
            "2021-01-10",
            "2021-02-28",
            "2021-06-30",
        ),
    )
)


class Row(NamedTuple):
    amount: int
    date: dt.date
    unit: str
    supplier: str
    method: str | None


class Said(NamedTuple):
    """A total as it is declared."""

    window: str
    by: tuple[str, ...]
    counts: str
    itself: bool
    sum: str
    year: str


def key_of(row: Row, by: Sequence[str]) -> tuple[Any, ...]:
    """The account of a row. No department is one on record."""
    return tuple("none on record" if name == "department" else getattr(row, name) for name in by)


def budget_year(day: dt.date, begins: str) -> int:
    month, first = map(int, begins.split("-"))
    return day.year if (day.month, day.day) >= (month, first) else day.year - 1


def months_before(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def within(said: Said, me: int, rows: Sequence[Row], other: int) -> bool:
    """Whether the window of a row holds another."""
    here, there = rows[me].date, rows[other].date
    if me == other:
        return said.itself
    before = (there, other) < (here, me)
    match said.window.split():
        case ["year"]:
            return budget_year(here, said.year) == budget_year(there, said.year)
        case ["year", "so", "far"]:
            return before and budget_year(here, said.year) == budget_year(there, said.year)
        case ["always"]:
            return True
        case ["always", "so", "far"]:
            return before
        case [number, unit, "back"]:
            start = months_before(here, int(number)) if "month" in unit else here - dt.timedelta(int(number))
            return before and start < there
    raise AssertionError(said.window)


def expected(said: Said, rows: Sequence[Row], me: int) -> tuple[int, int, int, int]:
    """Least, how much more it may be, how many rows surely count, and how many perhaps do."""
    mine = key_of(rows[me], said.by)
    least = more = sure = maybe = 0
    for other, row in enumerate(rows):
        if key_of(row, said.by) != mine or not within(said, me, rows, other):
            continue
        counted = FILTERS[said.counts]
        if counted is not None and row.method is not None and row.method not in counted:
            continue
        surely = counted is None or row.method is not None
        brings = 1 if said.sum == "rows" else row.amount
        sure, maybe = sure + surely, maybe + (not surely)
        if surely:
            least += brings * (1 if said.sum == "rows" else 100)
        else:
            size = brings * (1 if said.sum == "rows" else 100)
            least, more = least + min(size, 0), more + abs(size)
    return least, more, sure, maybe


HIGH = 1_000
COLUMNS = (column("unit"), column("supplier"), column("department", blank="none"), column("method"))


def policy_of(said: Said, **keys: Any) -> Policy:
    """Reaching 1,000, or the third row, is a violation."""
    counts = FILTERS[said.counts]
    total = Total(
        sum=said.sum,
        by=said.by,
        counts={} if counts is None else {"method": list(counts)},
        window=said.window,
        itself=said.itself,
    )
    return _with(total, said.sum == "rows", year=said.year, **keys)


def _with(total: Total, of_rows: bool = False, **keys: Any) -> Policy:
    cut = 3 if of_rows else HIGH
    bands = (Band(id="low", range=f"[0 .. {cut})"), Band(id="high", range=f"[{cut} .. )", duties=["never"]))
    return small(
        columns=COLUMNS,
        totals={"so-much": total},
        ladders={"by-total": Ladder(bands=bands, measures=["so-much"])},
        duties={"never": duty([])},
        **keys,
    )


SAID = st.builds(
    Said,
    st.sampled_from(WINDOWS),
    st.sampled_from(KEYS),
    st.sampled_from(list(FILTERS)),
    st.booleans(),
    st.sampled_from(("amount", "amount", "rows")),
    st.sampled_from(("01-01", "07-01", "03-01")),
)


def rows(complete: bool = False) -> st.SearchStrategy[list[Row]]:
    """Few units, suppliers and days, so that rows share totals; methods missing now and then. Rows without an amount, a
    day or a key are held against every completion of their logs elsewhere."""
    one = st.builds(
        Row,
        st.sampled_from((300, 500, 1_000, 999, 1, -300)),
        st.sampled_from(DAYS),
        st.sampled_from(("a", "b")),
        st.sampled_from(("x", "x", "y")),
        st.sampled_from(METHODS if complete else (*METHODS * 3, None)),
    )
    return st.lists(one, min_size=1, max_size=8)


def log_of(given: Sequence[Row]) -> list[Purchase]:
    return [Purchase(**row._asdict(), department=None) for row in given]


@given(SAID, rows())
@example(
    Said("12 months back", ("unit",), "all", True, "amount", "01-01"),
    [Row(1, DAYS[0], "a", "x", "direct"), Row(1, DAYS[3], "a", "x", "direct"), Row(1, DAYS[12], "a", "x", "direct")],
)
def test_every_total_against_plain_loops(said: Said, given: list[Row]) -> None:
    found = [finding.totals["so-much"] for finding in check(log_of(given), policy_of(said))]
    assert [tuple(total or ()) for total in found] == [expected(said, given, me) for me in range(len(given))]


def completions(given: Sequence[Row]) -> Iterator[list[Row]]:
    """Every way in which the methods that are missing may turn out."""
    choices = [METHODS if row.method is None else (row.method,) for row in given]
    for methods in itertools.product(*choices):
        yield [row._replace(method=method) for row, method in zip(given, methods, strict=True)]


@given(SAID, rows(complete=True), st.sets(st.integers(0, 7), max_size=4))
def test_verdicts_with_methods_missing_against_every_completion(said: Said, given: list[Row], gaps: set[int]) -> None:
    log = [row._replace(method=None) if n in gaps else row for n, row in enumerate(given)]
    cut = 3 if said.sum == "rows" else HIGH * 100
    for me, finding in enumerate(check(log_of(log), policy_of(said))):
        totals = [expected(said, complete, me) for complete in completions(log)]
        judged = log[me].amount > 0
        violated = {total[2] > 0 and total[0] >= cut for total in totals}
        claimed = any(total[2] for total in totals)
        right = "unknown" if len(violated) > 1 else "violation" if True in violated else "compliant"
        assert finding.verdict.value == (right if judged and claimed else "not_applicable"), (me, log)
        assert finding.settled == (finding.verdict.value != "unknown")
        if finding.verdict.value == "unknown":
            assert finding.missing == ("method",)


@given(SAID, SAID, rows())
def test_questions_choose_the_keys_the_window_the_filter_and_what_is_summed(
    one: Said, other: Said, given: list[Row]
) -> None:
    # Each part by a question of its own; adopted, the total is the one that was chosen.
    def counts(said: Said) -> Any:
        methods = FILTERS[said.counts]
        return {} if methods is None else {"method": list(methods)}

    other = other._replace(sum=one.sum, year=one.year)
    asked = Total(
        sum=one.sum,
        by=ask("whose", one=list(one.by), other=list(other.by)),
        counts=ask("which", one=counts(one), other=counts(other)),
        window=ask("when", one=one.window, other=other.window),
        itself=ask("itself", one=one.itself, other=other.itself),
    )
    questions = [question(id, "one", "other") for id in ("whose", "which", "when", "itself")]
    policy = _with(asked, one.sum == "rows", year=one.year, questions=questions)
    log = log_of(given)
    for answers in itertools.product(("one", "other"), repeat=4):
        chosen = dict(zip(("whose", "which", "when", "itself"), answers, strict=True))
        parts = [one if answer == "one" else other for answer in answers]
        said = Said(parts[2].window, parts[0].by, parts[1].counts, parts[3].itself, one.sum, one.year)
        found = [finding.totals["so-much"] for finding in check(log, policy.adopt(chosen))]
        assert [tuple(total or ()) for total in found] == [expected(said, given, me) for me in range(len(given))]


class TestByHand:
    def totals(self, policy: Policy, *log: Purchase) -> list[int | None]:
        found = (finding.totals["so-much"] for finding in check(list(log), policy))
        return [None if total is None else total.low // 100 for total in found]

    def test_twelve_months_back_a_year_ago_does_not_count(self) -> None:
        policy = policy_of(Said("12 months back", (), "all", True, "amount", "01-01"))
        log = [bought(n, day) for n, day in ((1, "2018-01-10"), (10, "2018-01-11"), (100, "2019-01-10"))]
        assert self.totals(policy, *log) == [1, 11, 110]

    def test_a_month_back_from_its_end_is_clipped(self) -> None:
        policy = policy_of(Said("1 month back", (), "all", True, "amount", "01-01"))
        log = [
            bought(n, day)
            for n, day in ((1, "2020-02-28"), (10, "2020-02-29"), (100, "2020-03-30"), (1_000, "2020-03-31"))
        ]
        # A month before 30 and 31 March is 29 February.
        assert self.totals(policy, *log) == [1, 11, 100, 1_100]

    def test_a_july_fiscal_year(self) -> None:
        policy = policy_of(Said("year", (), "all", True, "amount", "07-01"))
        log = [
            bought(n, day)
            for n, day in ((1, "2020-06-30"), (10, "2020-07-01"), (100, "2021-06-30"), (1_000, "2021-07-01"))
        ]
        assert self.totals(policy, *log) == [1, 110, 110, 1_000]

    def test_the_order_of_the_log_on_one_day(self) -> None:
        log = [bought(1), bought(10), bought(100)]
        for window, right in (("year so far", [1, 11, 111]), ("30 days back", [1, 11, 111]), ("always", [111] * 3)):
            assert self.totals(policy_of(Said(window, (), "all", True, "amount", "01-01")), *log) == right

    def test_later_rows_count_for_always(self) -> None:
        log = [bought(1, "2030-01-01"), bought(10, "2010-01-01")]
        assert self.totals(policy_of(Said("always", (), "all", False, "amount", "01-01")), *log) == [10, 1]
        assert self.totals(policy_of(Said("always so far", (), "all", True, "amount", "01-01")), *log) == [11, 10]

    def test_none_on_record_is_one_account(self) -> None:
        policy = policy_of(Said("always", ("department",), "all", True, "amount", "01-01"))
        log = [bought(1, department=""), bought(10, department=None), bought(100, department="A")]
        assert self.totals(policy, *log) == [11, 11, 100]
        # One that is not known may be any department's, a new one's too: of its own total itself is certain.
        assert self.totals(policy, *log, bought(1_000, department=MISSING)) == [11, 11, 100, 1_000]

    def test_a_word_that_may_mean_two_may_count(self) -> None:
        policy = policy_of(Said("year", (), "no tender", True, "amount", "01-01"))
        (finding,) = check([bought(300, method="询价")], policy).purchases
        assert finding.totals["so-much"] == (30_000, 0, 1, 0)
        (finding,) = check([bought(300, method="招标")], policy).purchases
        assert finding.totals["so-much"] == (0, 0, 0, 0)
        either = policy_of(Said("year", (), "direct or quotation", True, "amount", "01-01"))
        (finding,) = check([bought(300, method="询价")], either).purchases
        assert finding.totals["so-much"] == (0, 30_000, 0, 1)

    def test_at_most_two_a_year(self) -> None:
        policy = policy_of(Said("year so far", ("supplier",), "direct", True, "rows", "01-01"))
        log = [bought(1, supplier="x", method="direct") for _ in range(4)]
        verdicts = [finding.verdict.value for finding in check(log, policy)]
        assert verdicts == ["compliant", "compliant", "violation", "violation"]

    def test_a_purchase_that_is_not_judged_counts(self) -> None:
        force = InForce(since=dt.date(2020, 1, 1))
        policy = policy_of(Said("always so far", (), "all", True, "amount", "01-01"), in_force=force)
        findings = check([bought(900, "2019-12-31"), bought(-100, "2020-01-01"), bought(250)], policy).purchases
        assert [f.verdict.value for f in findings] == ["not_applicable", "not_applicable", "violation"]
        assert [f.totals["so-much"].low for f in findings if f.totals["so-much"]] == [90_000, 80_000, 105_000]

    def test_another_column_of_money(self) -> None:
        paid = column("paid", type="money")
        bands = (Band(id="low", range="[0 .. 100]"), Band(id="high", range="(100 .. )", duties=["never"]))
        policy = small(
            columns=[paid],
            totals={"paid-so-far": Total(sum="paid", window="always so far")},
            ladders={"l": Ladder(bands=bands, measures=["paid-so-far"])},
            duties={"never": duty([])},
        )
        log = [bought(5_000, paid=60), bought(5_000, paid=40), bought(1, paid="£0.01"), bought(1, paid=None)]
        findings = check(log, policy).purchases
        assert [f.verdict.value for f in findings] == ["compliant", "compliant", "violation", "unknown"]
        last_total = findings[-1].totals["paid-so-far"]
        assert last_total is not None and not last_total.bounded

    def test_no_total_at_all(self) -> None:
        policy = small({"quotes": ">= 1"})
        (finding,) = check([bought(quotes=1)], policy).purchases
        assert (finding.totals, finding.accumulated, finding.measure, finding.posted) == ({}, None, None, ())


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"window": "fortnight"}, "'fortnight' is not a window"),
        ({"window": "0 days back"}, "'0 days back' is not a window"),
        ({"window": "year", "by": ["quotes"]}, "cannot be a key of a total"),
        ({"window": "year", "by": ["amount"]}, "cannot be a key of a total"),
        ({"window": "year", "by": ["suplier"]}, "did you mean 'supplier'?"),
        ({"window": "year", "sum": "quotes"}, "is not a column of money"),
        ({"window": "year", "itself": "yes"}, 'it must be true or false, not "yes"'),
        ({"window": "year", "counts": {"method": "post"}}, "'post' is no word of method"),
        ({"window": ask("what", a="year", b="always")}, "there is no question 'what'"),
    ],
)
def test_what_is_no_total_is_refused(keys: dict[str, Any], said: str) -> None:
    with pytest.raises(PolicyError, match=r"total\.so-much") as caught:
        _with(Total(**keys))
    assert said in str(caught.value)


def test_a_row_without_a_day_has_its_place_in_a_total_of_no_year() -> None:
    bands = [Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )", duties=["never"])]
    rows = [bought(60, supplier="Acme", date=None), bought(60, supplier="Acme"), bought(60)]
    for window, aside in (("always", [2]), ("year", [0, 2])):
        policy = small(
            columns=[column("supplier")], totals={"all": Total(window=window, by="supplier")},
            ladders={"steps": Ladder(bands=bands, measures=["all"])}, duties={"never": duty([])},
        )  # fmt: skip
        report = check(rows, policy, set_aside=True)
        assert [row.at for row in report.set_aside] == aside
