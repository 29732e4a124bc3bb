"""What seldom happens: unknown limits on two ladders, a window that begins before the calendar, and the like."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from small import bought, duty, last, question, small

import procure
from procure.authoring import Band, Carried, GivenList, Ladder, Limit, Policy, PolicyError, Total, ask, column
from procure.log.cells import name
from procure.log.rows import Row
from procure.policy.survey import survey


def both(policy: Policy, *log: procure.Purchase) -> list[str]:
    """The verdict on the last purchase, row by row and by columns, which agree."""
    found = [
        str(procure.check(list(log), policy, engine=e).purchases[-1]) for e in map(procure.engine, ("python", "polars"))
    ]
    assert found[0] == found[1]
    return found[:1]


def test_one_amount_on_two_ladders_with_limits_that_nobody_gave() -> None:
    ladders = {
        name: Ladder(
            bands=[Band(id="low", range=f"[0 .. {limit})"), Band(id="high", range=f"[{limit} .. )", duties=[name])]
        )
        for name, limit in (("one", "a"), ("two", "b"))
    }
    limits = {"a": [Limit(given=True, above=50)], "b": [Limit(given=True, above=500)]}
    policy = small(
        columns=[column("quotes")],
        ladders=ladders,
        limits=limits,
        duties={"one": duty({"quotes": ">= 2"}), "two": duty({"quotes": ">= 3"})},
    )
    assert both(policy, bought(40, quotes=0)) == ["-: compliant, settled"]
    assert both(policy, bought(100, quotes=0)) == ["-: unknown, missing a: one"]
    assert both(policy, bought(1_000, quotes=0)) == ["-: unknown, missing a, b: one, two"]
    # No number of quotes is asked of it twice over: the limits are apart.
    assert both(policy.with_given(a=60), bought(1_000, quotes=2)) == ["-: unknown, missing b: two"]


def test_a_window_that_begins_before_the_calendar() -> None:
    policy = small(
        totals={"spent": Total(window="24 months back")},
        ladders={
            "l": Ladder(
                measures=["spent"],
                bands=[Band(id="a", range="[0 .. 100]"), Band(id="b", range="(100 .. )", duties=["d"])],
            )
        },
        duties={"d": duty(())},
    )
    log = bought(60, dt.date(1, 3, 1)), bought(60, dt.date(1, 5, 1))
    assert both(policy, *log) == ["-: violation, settled: d"]


def test_a_limit_beside_an_amount_in_columns_where_it_changes_on_a_day() -> None:
    policy = small(
        columns=[column("quotes")],
        limits={"cap": [Limit(value=100), Limit(value=200, since=dt.date(2020, 7, 1))]},
        duties={"d": duty({"quotes": ">= 3"}, when={"amount": ">= cap"})},
    )
    assert both(policy, bought(150, "2020-06-30", quotes=0)) == ["-: violation, settled: d"]
    assert both(policy, bought(150, "2020-07-01", quotes=0)) == ["-: not_applicable, settled"]
    assert both(policy, bought(150, None, quotes=0)) == ["-: unknown, missing date: d"]
    assert both(policy, bought(50, None, quotes=0)) == ["-: not_applicable, settled"]


def test_a_share_of_the_amount_in_columns() -> None:
    policy = small({"advance": "<= 30% * amount"}, columns=[column("advance", type="money")])
    assert both(policy, bought(100, advance=30)) == ["-: compliant, settled"]
    assert both(policy, bought(100, advance="30.01")) == ["-: violation, settled: proper"]
    assert both(policy, bought(100, advance=None)) == ["-: unknown, missing advance: proper"]


def test_amounts_with_a_decimal_comma_in_a_frame() -> None:
    policy = small({"amount": "<= 1234.50"}, decimal=",")
    frame = pl.DataFrame({"date": ["2020-06-08"] * 3, "amount": ["1.234,50", "1.234,51", "12,5"]})
    assert procure.check_frame(frame, policy)["verdict"].to_list() == ["compliant", "violation", "compliant"]


def test_none_on_record_beside_another_datum() -> None:
    date = column("seen_on", type="date", blank="none")
    posted = column("posted_on", type="date", blank="none")
    assert both(
        small({"posted_on": "<= seen_on"}, columns=[date, posted]), bought(seen_on=None, posted_on="2020-01-01")
    ) == ["-: violation, settled: proper"]
    counts = [column("a", type="count", blank="none"), column("b", type="count")]
    assert both(small({"a": ">= 1/2 * b"}, columns=counts), bought(a=None, b=2)) == ["-: violation, settled: proper"]


def test_none_on_record_beside_the_number_of_a_list() -> None:
    policy = small(
        {"paid": ">= prices.least"},
        columns=[column("paid", type="money", blank="none"), column("category")],
        lists={"prices": GivenList(given=True, of="category", carries={"least": Carried(blank=0)})},
    ).with_given(prices={"desk": 10})
    assert both(policy, bought(category="desk", paid=None)) == ["-: violation, settled: proper"]
    assert both(policy, bought(category="desk", paid=10)) == ["-: compliant, settled"]
    assert both(policy, bought(category="desk")) == ["-: unknown, missing paid: proper"]
    # What nobody lists has no price to reach.
    assert both(policy, bought(category="chair", paid=10)) == ["-: violation, settled: proper"]


def test_none_on_record_beside_a_limit_and_a_number() -> None:
    paid = column("paid", type="money", blank="none")
    capped = small({"paid": ">= cap"}, columns=[paid], limits={"cap": [Limit(value=10)]})
    for policy in (capped, small({"paid": ">= 10"}, columns=[paid])):
        assert both(policy, bought(paid=None)) == ["-: violation, settled: proper"]
        assert both(policy, bought(paid=10)) == ["-: compliant, settled"]
        assert both(policy, bought()) == ["-: unknown, missing paid: proper"]


def test_a_question_that_needs_a_list() -> None:
    keys: dict[str, Any] = {
        "questions": [question("q", "no", "yes", needs=procure.authoring.Needed("names", "no"))],
        "columns": [column("category"), column("listed", type="yes-no", derived=procure.authoring.Listed("names"))],
        "lists": {"names": GivenList(given=True, of="category")},
    }
    policy = small([{"listed": "no"}, {"amount": "> 0", "only-if": {"q": "no"}}], **keys)
    assert [a.id for a in policy.plan().asked] == []
    assert [a.id for a in policy.with_given(names=["desk"]).plan().asked] == ["q"]


def test_a_total_that_counts_by_nothing_is_not_missing_a_column() -> None:
    policy = small(
        columns=[column("supplier"), column("kind")],
        totals={"spent": Total(window="always", by=["supplier"], counts=ask("q", all={}, none=[]))},
        questions=[question("q", "all", "none")],
        ladders={
            "l": Ladder(
                measures=["spent"],
                bands=[Band(id="a", range="[0 .. 100]"), Band(id="b", range="(100 .. )", duties=["d"])],
            )
        },
        duties={"d": duty(())},
    )
    assert both(policy, bought(None, supplier="x"), bought(60, supplier="x")) == ["-: unknown, missing amount: d"]


@pytest.mark.parametrize(
    ("condition", "path", "message"),
    [
        (
            {"l": "c"},
            "duty.proper.met-by",
            "there is no band 'c' (there are: a)",
        ),
        (
            {"date": dt.datetime(2020, 1, 1, 12)},
            "duty.proper.met-by",
            "date = 2020-01-01T12:00:00: it must be a date, without a time",
        ),
    ],
)
def test_conditions_that_are_none(condition: Any, path: str, message: str) -> None:
    with pytest.raises(PolicyError) as raised:
        small(condition, ladders={"l": Ladder(bands=[Band(id="a", range="[0 .. )")])})
    (fault,) = raised.value.faults
    assert ".".join(map(str, fault.path)).startswith(path)
    assert fault.why.en == message


def test_a_row_has_no_magic() -> None:
    row = last(small({}), bought()).purchase
    assert isinstance(row, Row)
    with pytest.raises(AttributeError):
        _ = row.__wrapped__


def test_a_date_that_is_tested_alone_and_beside_another() -> None:
    seen = column("seen_on", type="date")
    policy = small([{"seen_on": "<= date"}, {"seen_on": ">= 2020-07-01"}], columns=[seen])
    assert both(policy, bought()) == ["-: unknown, missing seen_on: proper"]
    assert both(policy, bought(seen_on="2020-07-01")) == ["-: compliant, settled"]
    assert both(policy, bought(seen_on="2020-06-30")) == ["-: violation, settled: proper"]


def test_a_count_that_may_not_be_on_record_beside_another() -> None:
    counts = [column("a", type="count", blank="none"), column("b", type="count")]
    # Whatever the numbers are, one of the two holds of them; of none on record neither does.
    policy = small([{"a": ">= b"}, {"a": "< b"}], columns=counts)
    assert both(policy, bought(b=2)) == ["-: unknown, missing a: proper"]
    assert both(policy, bought(a=1, b=None)) == ["-: compliant, settled"]


def test_entries_of_a_list_that_say_nothing() -> None:
    keys: dict[str, Any] = {"columns": [column("category")], "lists": {"names": GivenList(given=True, of="category")}}
    policy = small({}, **keys).with_given(names=[" ", "desk"])
    assert [entry.name for entry in policy.built.lists["names"].entries or ()] == ["desk"]
    keys["lists"] = {"names": GivenList(of="category", rows=({"name": ""},))}
    with pytest.raises(PolicyError, match=r"list\.names\.rows\.1: it needs a `code` or a `name`"):
        small({}, **keys)


def test_a_clause_that_says_more_than_where_it_stands() -> None:
    with pytest.raises(PolicyError, match=r"duty\.d\.clause"):
        small(duties={"d": procure.authoring.Duty(required="x", met_by=(), when={}, clause={"quote": "way", "in": 1})})


def test_a_total_that_no_open_reading_looks_at_is_surveyed_all_the_same() -> None:
    plan = procure.policies.furong_2020(limits=300_000).adopt({"limbs": "single"}).plan()
    assert [found.questions for found in survey(plan).contested] == [("exclusion",), ("limit-overlap",)]


def test_what_is_public_is_listed() -> None:
    assert {"check", "check_frame", "read", "policies", "authoring"} <= set(dir(procure))
    assert name(None) is None
