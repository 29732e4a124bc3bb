"""When a question is asked: its datum stands in the log, some row meets a condition, a value stands in two rows."""

from __future__ import annotations

from typing import Any

import framing
import pytest
from small import bought, question, small

import procure
from procure import Purchase
from procure.authoring import Code, Needed, Policy, PolicyError, Prefix, ask, column

CONTRACT = column("contract")
METHOD = column("method", type="word", words={"tender": [], "direct": []})


def asking(datum: Any, *columns: Any, **keys: Any) -> Policy:
    """A policy whose one question is asked where this is there: `yes` asks for a tender, `no` for anything."""
    asked = question("it", "yes", "no", needs=Needed(datum, "no"))
    met_by = [{"method": ask("it", yes="tender", no=["tender", "direct"])}]
    return small(met_by, (METHOD, *columns), questions=[asked], **keys)


def is_asked(policy: Policy, *log: Purchase) -> bool:
    """Whether the question is asked of a log; every engine and kind of frame says the same."""
    report = procure.check(log, policy)
    rows = [{name: purchase.cells.get(name) for name in _names(log)} for purchase in log]
    table = {name: [None if row[name] is None else str(row[name]) for row in rows] for name in _names(log)}
    told = framing.by_report(procure.check(log, policy, engine=procure.engine("polars")))
    assert told == framing.by_report(report)
    for kind in framing.FRAMES:
        assert framing.by_frame(kind, table, policy) == told
    return bool(report.plan.asked)


def _names(log: tuple[Purchase, ...]) -> list[str]:
    return list(dict.fromkeys(name for purchase in log for name in purchase.cells))


direct = {"method": "direct"}


class TestAColumn:
    def test_it_is_there_where_a_cell_says_something(self) -> None:
        policy = asking("contract", CONTRACT)
        assert not is_asked(policy, bought(**direct))
        assert not is_asked(policy, bought(contract=None, **direct), bought(contract=" ", **direct))
        assert is_asked(policy, bought(**direct), bought(contract="HT-1", **direct))

    def test_a_blank_that_says_none_is_there_with_its_header(self) -> None:
        policy = asking("contract", column("contract", blank="none"))
        assert not is_asked(policy, bought(**direct))
        assert is_asked(policy, bought(contract=None, **direct))


class TestACondition:
    def test_some_row_meets_it(self) -> None:
        policy = asking({"amount": "< 0"})
        assert not is_asked(policy, bought(100, **direct), bought(0, **direct))
        assert is_asked(policy, bought(100, **direct), bought(-5, **direct))

    def test_what_a_row_does_not_say_meets_nothing(self) -> None:
        policy = asking({"amount": "< 0"})
        assert not is_asked(policy, bought(100, **direct), bought(None, **direct))

    def test_several_columns_of_one_row(self) -> None:
        policy = asking({"method": "tender", "amount": ">= 100"})
        assert not is_asked(policy, bought(200, method="direct"), bought(50, method="tender"))
        assert is_asked(policy, bought(200, method="direct"), bought(100, method="tender"))

    def test_one_of_several(self) -> None:
        policy = asking([{"contract": "HT-1"}, {"amount": ">= 500"}], CONTRACT)
        assert not is_asked(policy, bought(100, contract="HT-2", **direct))
        assert is_asked(policy, bought(100, contract="HT-2", **direct), bought(500, **direct))
        assert is_asked(policy, bought(100, contract="HT-1", **direct))

    def test_a_column_that_is_derived(self) -> None:
        columns = (
            column("category", code=Code("[AB][0-9]+")),
            column("kind", derived=Prefix("category", {"A": "goods", "B": "works"})),
        )
        policy = asking({"kind": "works"}, *columns)
        assert not is_asked(policy, bought(category="A1", **direct))
        assert is_asked(policy, bought(category="A1", **direct), bought(category="B1", **direct))

    def test_the_empty_one_is_met_by_any_row(self) -> None:
        assert is_asked(asking({}), bought(**direct))
        assert not is_asked(asking([]), bought(**direct))


class TestRepeats:
    def test_a_value_stands_in_two_rows(self) -> None:
        policy = asking("contract repeats", CONTRACT)
        assert not is_asked(policy, bought(contract="HT-1", **direct), bought(contract="HT-2", **direct))
        assert is_asked(policy, bought(contract="HT-1", **direct), bought(contract=" HT-1", **direct))

    def test_blanks_do_not_repeat(self) -> None:
        policy = asking("contract repeats", column("contract", blank="none"))
        assert not is_asked(policy, bought(contract="", **direct), bought(contract=None, **direct))
        assert not is_asked(policy, bought(**direct), bought(**direct))


class TestRefused:
    @pytest.mark.parametrize(
        ("datum", "told"),
        [
            ("contrakt", "question.it.needs: there is no column, limit or list 'contrakt' (did you mean 'contract'?)"),
            (
                "contrakt repeats",
                "question.it.needs: there is no column 'contrakt' (did you mean 'contract'?); "
                "a column of your own is declared first: [columns.contrakt], with its type",
            ),
            (
                {"metod": "direct"},
                "question.it.needs.metod: there is no column 'metod' (did you mean 'method'?); "
                "a column of your own is declared first: [columns.metod], with its type",
            ),
            (5, "question.it.needs: 5 is not a condition: it must be a table, or a list of tables"),
        ],
    )
    def test_what_cannot_be_there(self, datum: Any, told: str) -> None:
        with pytest.raises(PolicyError) as caught:
            asking(datum)
        assert str(caught.value) == f"small: {told}"


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_on_spark(spark: Any) -> None:
    """Each task sees some of the rows; whether a question is asked is a matter of all."""
    log = [("2020-06-08", "100", "HT-1"), ("2020-06-09", "100", "HT-2"), ("2020-06-10", "-5", "HT-2")]
    table = {
        name: list(cells) for name, cells in zip(("date", "amount", "contract"), zip(*log, strict=True), strict=True)
    }
    table |= {"method": ["direct"] * 3, "n": ["1", "2", "3"]}
    contract = column("contract")
    for datum, there in {
        "contract": True, "contract repeats": True, "supplier repeats": False, "method": True,
    }.items():  # fmt: skip
        _alike(spark, asking(datum, contract, column("supplier")), table, there)
    for datum, there in [({"amount": "< 0"}, True), ({"amount": "< -10"}, False), ({"supplier": "present"}, False)]:
        _alike(spark, asking(datum, contract, column("supplier")), table, there)


def _alike(spark: Any, policy: Policy, table: dict[str, list[str]], there: bool) -> None:
    frame = framing.polars(table)
    report = procure.check(procure.read(frame), policy)
    assert bool(report.plan.asked) == there
    found = framing.by_spark(procure.check_frame(framing.spark_frame(spark, frame), policy, order="n"), "n")
    assert found == framing.by_report(report)
