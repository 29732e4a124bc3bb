"""What random policies found, shrunk: each was once judged wrongly, or built though it could not be judged."""

from __future__ import annotations

from typing import Any

import pytest
from declaring import declared
from random_parts import Table

import procure
from procure import Purchase
from procure.authoring import PolicyError
from procure.engines.findings import Finding

QUESTION = {"q": {"readings": {"a": "one way", "b": "the other"}, "recommended": "a"}}
NEVER_MET: Table = {"d": {"met-by": []}, "e": {"met-by": []}}
ROWS = {"t": {"sum": "rows", "window": "always"}}


def judged(policy: Table, *rows: Table) -> list[Finding]:
    day = {"date": "2020-03-02", "amount": 100}
    return list(procure.check([Purchase(**{**day, **row}) for row in rows or [{}]], declared(policy)))


def steps(low: str, high: str, measure: str = "t", **keys: Any) -> Table:
    bands = [{"id": "low", "range": low, "duties": ["d"]}, {"id": "high", "range": high, "duties": ["e"]}]
    return {"l": {"measures": [measure], "band": bands, **keys}}


def refused(policy: Table) -> str:
    (fault,) = faults(policy)
    return str(fault)


def faults(policy: Table) -> Any:
    with pytest.raises(PolicyError) as caught:
        declared(policy)
    return caught.value.faults


@pytest.mark.parametrize("test", ["present", "absent"])
def test_a_missing_datum_may_be_there_or_not(test: str) -> None:
    """Whatever a blank says: where nothing is said, nobody knows whether there is one."""
    for blank in ("missing", "none"):
        policy: Table = {
            "columns": {"ground": {"blank": blank}, "posted": {"type": "date", "yes": True, "blank": blank}},
            "duty": {"d": {"when": {}, "met-by": [{"ground": test}]}, "e": {"when": {}, "met-by": [{"posted": test}]}},
        }
        (finding,) = judged(policy)  # the log has no such column
        assert (finding.verdict.value, finding.settled) == ("unknown", False)
        assert finding.missing == ("ground", "posted")
        (finding,) = judged(policy, {"ground": "", "posted": ""})
        known = "compliant" if test == "absent" else "violation"
        assert finding.verdict.value == ("unknown" if blank == "missing" else known)


@pytest.mark.parametrize(("gaps", "bands"), [("up", "high"), ("down", "low")])
@pytest.mark.parametrize("amount", [71, 99, 100])
def test_the_end_of_a_gap_is_filled_as_its_middle(gaps: str, bands: str, amount: int) -> None:
    """The gap goes up under one reading and down under the other, and with it the number that ends it."""
    ladder = steps(
        "[0 .. 70]", "(100 .. )", "amount", gaps={"ask": "q", "a": gaps, "b": "up" if gaps == "down" else "down"}
    )
    (finding,) = judged({"question": QUESTION, "ladder": ladder, "duty": NEVER_MET}, {"amount": amount})
    assert finding.tiers == (bands,)
    assert {breach.rule.id: breach.working for breach in finding.breaches} == {
        "d": bands == "low", "e": bands == "high",
    }  # fmt: skip


def test_a_ladder_asks_only_what_some_reading_looks_at() -> None:
    """Under one reading the ladder does not apply; what it would ask there is nobody's question."""
    when = {"approved_on": {"ask": "q", "a": "<= date", "b": "present"}, "only-if": {"q": "b"}}
    policy: Table = {
        "columns": {"approved_on": {}},
        "question": QUESTION,
        "ladder": steps("[50 .. 80)", "[80 .. )", "amount", when=when),
        "duty": {"d": {"met-by": [{}]}, "e": {"met-by": [{}]}},
    }
    (finding,) = judged(policy, {"approved_on": "2020-03-01"})
    assert finding.verdict.value == "compliant"


class TestRows:
    """Bands of a number of rows, which is no amount."""

    def test_an_edge_by_its_number(self) -> None:
        edge = {"2": {"ask": "q", "a": "upper", "b": "lower"}}
        policy = {
            "question": QUESTION,
            "total": ROWS,
            "ladder": steps("[0 .. 2|", "|2 .. )", edge=edge),
            "duty": NEVER_MET,
        }
        for finding in judged(policy, {}, {}):
            assert finding.tiers == ("high",)
            assert {breach.rule.id: breach.working for breach in finding.breaches} == {"d": False, "e": True}

    def test_a_fault_names_it_as_it_was_written(self) -> None:
        said = refused({"total": ROWS, "ladder": steps("[0 .. 2]", "[2 .. )"), "duty": NEVER_MET})
        assert "in one interpretation 2 belongs to two bands, low and high" in said

    def test_a_limit_is_an_amount(self) -> None:
        policy = {"limit": {"cap": [{"value": 3}]}, "total": ROWS, "duty": NEVER_MET}
        said = [str(fault) for fault in faults({**policy, "ladder": steps("[0 .. cap)", "[cap .. )")})]
        assert all("the limit cap is an amount, no number of rows" in each for each in said) and said

    def test_a_total_is_of_money_or_of_rows(self) -> None:
        total = {"t": {"sum": {"ask": "q", "a": "rows", "b": "amount"}, "window": "always"}}
        policy = {"question": QUESTION, "total": total, "ladder": steps("[0 .. 2)", "[2 .. )"), "duty": NEVER_MET}
        assert "now an amount, now a number of rows: make it two totals" in refused(policy)
