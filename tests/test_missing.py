"""A missing datum is several points: what it decides is unknown and named, what it does not decide is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from building import bought, breached, furong, last, told, without

from procure import MISSING, UNDATED, Log, Method, Origin, Purchase
from procure.api import check
from procure.engines.findings import Finding
from procure.engines.sums import Summed
from procure.policy.policy import Policy
from procure.reporting.report import Report

QUOTATION = {"amount": 6_000, "method": "quotation", "quotes": 3, "invited": 3}
LIMITS = {"goods": 300_000, "services": 200_000, "works": 600_000}

#: Column, what the purchase is besides, the readings adopted, a value that complies, and one that does not.
DECIDES: dict[str, tuple[Mapping[str, Any], Mapping[str, str], Any, Any]] = {
    "date": ({}, {}, "2020-06-09", "2020-06-07"),
    "kind": ({**QUOTATION, "amount": 250_000}, {}, "goods", "services"),
    "amount": ({}, {}, 4_000, 6_000),
    "in_catalogue": ({}, {}, False, True),
    "method": ({**QUOTATION}, {}, "quotation", "direct"),
    "approved_on": ({}, {}, "2020-06-08", "2020-06-09"),
    "invited": ({**QUOTATION, "quotes": 0}, {"quotes-counted": "invited"}, 3, 2),
    "quotes": ({**QUOTATION}, {}, 3, 2),
    "ground": ({"amount": 6_000, "method": "single_source"}, {}, "紧急", None),
}


@pytest.mark.parametrize("column", DECIDES)
def test_each_column_where_it_decides(column: str) -> None:
    fields, adopted, good, bad = DECIDES[column]
    policy = furong(adopted, LIMITS)
    finding = last(without(column, **fields), policy=policy)
    assert told(finding) == ("unknown", False, [])
    assert finding.missing == (column,)
    assert all(breach.working is not True for breach in finding.breaches)
    assert any(breach.working is None for breach in finding.breaches)
    assert last(bought(**{**fields, column: good}), policy=policy).verdict.value == "compliant"
    assert last(bought(**{**fields, column: bad}), policy=policy).verdict.value == "violation"


@pytest.mark.parametrize("column", sorted(set(DECIDES) - {"approved_on", "ground"}))
def test_a_blank_cell_is_missing_too(column: str) -> None:
    fields, adopted, _, _ = DECIDES[column]
    finding = last(bought(**{**fields, column: None}), policy=furong(adopted, LIMITS))
    assert (finding.verdict.value, finding.missing) == ("unknown", (column,))


@pytest.mark.parametrize("column", ["approved_on", "ground"])
def test_a_blank_approval_or_ground_is_none_on_record(column: str) -> None:
    fields, adopted, _, _ = DECIDES[column]
    finding = last(bought(**{**fields, column: ""}), policy=furong(adopted, LIMITS))
    assert (finding.verdict.value, finding.missing) == ("violation", ())


@pytest.mark.parametrize(
    ("column", "elsewhere"), [("unit", {"unit": "区财政局"}), ("category", {"category": "其他"}), ("date", {})]
)
def test_a_purchase_that_cannot_be_placed(column: str, elsewhere: Mapping[str, Any]) -> None:
    # Some other row has a unit, so that the log has that column.
    log = [bought(3_000, **elsewhere), bought(3_000, approved_on="2019-12-31", **{column: None})]
    finding = last(*log)
    assert (finding.verdict.value, finding.missing) == ("unknown", (column,))
    # Alone in an account of its own, or with the other.
    assert finding.accumulated == Summed(300_000, 300_000, 1, 1)
    assert finding.tiers == ("approval", "three-quotes")
    # What the total cannot change is judged.
    alone = last(*log, policy=furong({"limbs": "single"}))
    assert told(alone) == ("compliant", True, [])


class TestWhatDoesNotDecide:
    """Missing and of no consequence: the verdict stands."""

    @pytest.mark.parametrize(
        ("purchase", "verdict", "rules"),
        [
            (without("quotes", "invited", "ground"), "compliant", set()),
            (without("quotes", "invited", "ground", "kind", amount=86_000), "violation", {"three-quotes"}),
            (without("approved_on", **QUOTATION), "compliant", {"approval"}),
            (without("quotes", "invited", amount=6_000, method="e_mall"), "compliant", set()),
            (without("kind", amount=299_999, method="open_tender"), "compliant", set()),
            (without("method", "approved_on", amount=-5), "not_applicable", set()),
            (without("method", "approved_on", date="2019-06-08"), "not_applicable", set()),
            (without("date", amount=0), "not_applicable", set()),
        ],
    )
    def test_judged(self, purchase: Purchase, verdict: str, rules: set[str]) -> None:
        finding = last(purchase)
        assert (finding.verdict.value, finding.missing) == (verdict, ())
        assert rules <= breached(finding)

    def test_nothing_but_the_amount(self) -> None:
        finding = last(Purchase(amount=86_000))
        assert finding.verdict.value == "unknown"
        # Only what may decide: not the approval, which the lowest tier alone asks for, nor the category, since whatever
        # it is the total is its own amount.
        columns = ("date", "in_catalogue", "method", "quotes", "ground")
        assert finding.missing == columns


class TestApproval:
    def test_a_yes_without_a_date(self) -> None:
        finding = last(bought(approved_on=UNDATED))
        assert (finding.verdict.value, finding.missing) == ("unknown", ("approved_on",))
        assert (
            told(last(bought(approved_on=UNDATED), policy=furong({"approval-order": "ratifiable"})))[0] == "compliant"
        )

    @pytest.mark.parametrize(
        ("approved", "verdict", "missing"),
        [
            ("2019-12-31", "compliant", ()),
            ("2020-01-01", "compliant", ()),
            ("2020-01-02", "unknown", ("date",)),
            ("2020-12-31", "unknown", ("date",)),
            # An approval of a later year comes too late for any day of 2020, and no other year is judged.
            ("2021-01-01", "unknown", ("date",)),
        ],
    )
    def test_of_a_purchase_without_a_date(self, approved: str, verdict: str, missing: tuple[str, ...]) -> None:
        finding = last(bought(date=None, approved_on=approved), policy=furong({"limbs": "single"}))
        assert (finding.verdict.value, finding.missing) == (verdict, missing)

    def test_of_any_year(self) -> None:
        finding = last(bought(date=None, approved_on="2019-12-31"), policy=furong({"limbs": "single"}), any_year=True)
        assert (finding.verdict.value, finding.missing) == ("unknown", ("date",))


class TestMethod:
    def test_the_bare_word_for_an_inquiry(self) -> None:
        # In the highest tier the statutory procedure is enough for goods, the unit's own comparison is not.
        finding = last(bought(400_000, method="询价", quotes=3, invited=3))
        assert finding.purchase.method == frozenset({Method.QUOTATION, Method.INQUIRY})
        assert (finding.verdict.value, finding.missing) == ("unknown", ("method",))
        assert told(last(bought(6_000, method="询价", quotes=3, invited=3)))[0] == "compliant"
        services = last(bought(400_000, method="询价", quotes=3, invited=3, kind="services"))
        assert told(services) == ("violation", True, [])

    def test_one_of_two(self) -> None:
        either = frozenset({Method.DIRECT, Method.DESIGNATED})
        assert told(last(bought(6_000, method=either))) == ("violation", True, [])

    def test_of_another_purchase_makes_the_total_an_interval(self) -> None:
        log = [bought(6_000, date="2020-02-03", method=None), bought(100)]
        finding = last(*log)
        assert (finding.verdict.value, finding.missing) == ("unknown", ("method",))
        total = finding.accumulated
        assert total is not None
        assert (total.low, total.high) == (10_000, 610_000)
        # Where the interval stays within one tier nothing is unknown.
        assert last(*[bought(100, method=None), bought(100)]).verdict.value == "compliant"


class TestConflicts:
    CATALOGUE = ("A0504",)

    def test_in_catalogue(self) -> None:
        policy = furong(catalogue=self.CATALOGUE)
        purchase = bought(category="A05040101", in_catalogue=False)
        finding = last(purchase, policy=policy)
        assert (finding.verdict.value, finding.missing) == ("unknown", ("in_catalogue",))
        assert last(purchase.replaced(in_catalogue=True), policy=policy).verdict.value == "violation"
        assert last(purchase.replaced(in_catalogue=None), policy=policy).verdict.value == "violation"
        assert last(purchase.replaced(method=Method.E_MALL), policy=policy).verdict.value == "compliant"

    def test_kind(self) -> None:
        policy = furong(limits=LIMITS)
        purchase = bought(**{**QUOTATION, "amount": 250_000, "category": "C15040000", "kind": "goods"})
        finding = last(purchase, policy=policy)
        assert (finding.verdict.value, finding.missing) == ("unknown", ("kind",))
        assert last(purchase.replaced(kind=None), policy=policy).verdict.value == "violation"

    @pytest.mark.parametrize(
        ("catalogue", "category", "inside"),
        [
            (["A0504"], "A05040101", True),
            (["A0504"], "A05030101", False),
            (["A0504"], "办公用品", None),
            (["A050400"], "A05040101", True),
            (["A05000000"], "A05040101", True),
            (["A05040000"], "A05040101", True),
            (["A05040100"], "A05040201", False),
            (["A"], "A05040101", True),
            (["a0504"], "A05040101", True),
            (["办公用品"], "办公用品", True),
            (["办公用品"], "办公设备", False),
            (["办公用品"], "A05040101", None),
            (["办公用品", "C15"], "A05040101", False),
            (["办公用品", "C15"], "保洁", False),
            ([], "A05040101", False),
            ([], "办公用品", False),
            (["", " "], "办公用品", False),
        ],
    )
    def test_what_the_catalogue_says(self, catalogue: Sequence[str], category: str, inside: bool | None) -> None:
        policy = furong(catalogue=catalogue)
        assert policy.built.lists["catalogue"].lists(category) is inside
        # An e-mall purchase without approval complies in the catalogue only.
        finding = last(
            bought(category=category, in_catalogue=None, method="e_mall", approved_on=None, kind=None), policy=policy
        )
        assert finding.verdict.value == {True: "compliant", False: "violation", None: "unknown"}[inside]


class TestLimit:
    def test_not_given(self) -> None:
        policy = furong(limits=None)
        direct = last(bought(86_000), policy=policy)
        assert told(direct) == ("violation", True, [])
        assert direct.tiers == ("three-quotes", "statutory-method")
        quotation = last(bought(**QUOTATION), policy=policy)
        assert (quotation.verdict.value, quotation.missing) == ("unknown", ("decentral",))
        assert told(last(bought(4_999), policy=policy)) == ("compliant", True, [])
        assert told(last(bought(6_000, method="open_tender"), policy=policy))[0] == "compliant"

    @pytest.mark.parametrize(("amount", "tiers"), [("4999.99", 1), ("5000.00", 1), ("5000.01", 2)])
    def test_it_lies_above_5000(self, amount: str, tiers: int) -> None:
        assert len(last(bought(amount), policy=furong(limits=None)).tiers) == tiers

    def test_given_for_some_kinds(self) -> None:
        policy = furong(limits={"goods": 300_000})
        assert last(bought(**QUOTATION), policy=policy).verdict.value == "compliant"
        services = last(bought(**QUOTATION, kind="services"), policy=policy)
        assert (services.verdict.value, services.missing) == ("unknown", ("decentral",))
        either = last(bought(**QUOTATION, kind=None), policy=policy)
        assert (either.verdict.value, either.missing) == ("unknown", ("kind", "decentral"))

    def test_given_for_another_year(self) -> None:
        finding = last(bought(**QUOTATION), policy=furong(limits={2021: 300_000}))
        assert (finding.verdict.value, finding.missing) == ("unknown", ("decentral",))


class TestOtherYears:
    LOG = (bought(86_000, date="2019-12-31"), bought(86_000), bought(86_000, date="2021-01-01"))

    def verdicts(self, **options: Any) -> list[str]:
        return [finding.verdict.value for finding in check(self.LOG, furong(), **options)]

    def test_not_judged_unless_asked(self) -> None:
        assert self.verdicts() == ["not_applicable", "violation", "not_applicable"]
        assert self.verdicts(any_year=True) == ["violation"] * 3

    def test_a_purchase_without_a_date_may_be_of_another_year(self) -> None:
        finding = last(bought(86_000, date=None))
        assert (finding.verdict.value, finding.missing) == ("unknown", ("date",))
        sure = last(bought(86_000, date=None), any_year=True)
        assert (sure.verdict.value, sure.settled) == ("violation", True)


class TestAmount:
    def test_a_blank_amount_may_be_a_refund(self) -> None:
        # Whatever it was it breaches something, unless it was a refund.
        finding = last(bought(None, approved_on=None, quotes=0))
        assert (finding.verdict.value, finding.missing) == ("unknown", ("amount",))

    def test_makes_the_totals_at_least_from_there_on(self) -> None:
        early = {"approved_on": "2020-01-02"}
        log = [
            bought(100, date="2020-02-03", **early),
            bought(None, date="2020-03-02", **early),
            bought(100),
            bought(5_000),
        ]
        findings = check(log, furong()).purchases
        assert [f.verdict.value for f in findings] == ["compliant", "unknown", "unknown", "violation"]
        assert [f.missing for f in findings] == [(), ("amount",), ("amount",), ()]
        totals = [f.accumulated for f in findings if f.accumulated is not None]
        # It may be a refund's, of any size.
        assert [(t.founded, t.bounded) for t in totals] == [(True, True), *[(False, False)] * 3]
        # Under the whole-year reading the first one is touched as well.
        assert findings[0].flips == ({"window": "whole-year"},)


def checked(*rows: Purchase, policy: Policy | None = None) -> Report:
    return check(Log.of(rows), policy or furong())


def kinds(report: Report) -> dict[str, tuple[int | None, ...]]:
    """The notices and the rows they name."""
    return {notice.kind: tuple(origin.row for origin in notice.origins) for notice in report.notices}


def at(row: int, *args: Any, **fields: Any) -> Purchase:
    return bought(*args, origin=Origin("log.csv", None, row), **fields)


def unreadable(row: int, column: str = "amount", **fields: Any) -> Purchase:
    """A purchase with a cell that cannot be read."""
    return at(row, **{**fields, column: "?"})


def rejected(row: int, **fields: Any) -> Purchase:
    """A purchase of which neither amount nor date nor category can be read."""
    return at(row, **{"amount": "?", "date": "?", "category": None, **fields})


def only(report: Report) -> Finding:
    (finding,) = report.purchases
    return finding


class TestUnreadable:
    """One cell that cannot be read is one datum missing: its row is judged by all else."""

    def test_without_its_amount_the_totals_are_at_least(self) -> None:
        report = checked(unreadable(2, date="2020-02-03"), at(3, 100))
        assert [(f.verdict.value, f.missing) for f in report] == [("unknown", ("amount",))] * 2
        assert kinds(report) == {"leaves-open": (2,), "cells-not-understood": (2,)}

    def test_its_amount_counts_where_it_is_readable(self) -> None:
        report = checked(unreadable(2, "quotes", amount=4_950, date="2020-02-03"), at(3, 100))
        one, other = report.purchases
        assert (one.verdict.value, other.verdict.value) == ("violation", "violation")
        assert other.accumulated is not None
        assert other.accumulated.low == 505_000
        assert kinds(report) == {"cells-not-understood": (2,)}

    def test_its_open_method_makes_an_interval(self) -> None:
        report = checked(unreadable(2, "method", amount=4_950, date="2020-02-03"), at(3, 100))
        assert (report.purchases[1].verdict.value, report.purchases[1].missing) == ("unknown", ("method",))

    def test_what_cannot_be_placed_may_be_anywhere(self) -> None:
        report = checked(unreadable(2, "date"), at(3, 100))
        assert report.purchases[1].verdict.value == "compliant"
        assert report.purchases[1].accumulated == Summed(10_000, 100_000, 1, 1)
        assert kinds(report) == {"leaves-open": (2,), "cells-not-understood": (2,)}


class TestRejected:
    def test_it_is_not_judged_and_not_lost(self) -> None:
        report = checked(rejected(2), at(3, 100, category="其他"))
        assert len(report) == 1
        (lost,) = report.rejected
        assert [(fault.column, fault.value) for fault in lost.faults] == [("date", "?"), ("amount", "?")]
        assert (lost.column, lost.value, lost.origin.row) == ("date", "?", 2)
        assert lost.why.en == "'?' is not a date"
        assert report.exit_status == 3

    @pytest.mark.parametrize("said", [{"amount": 5}, {"date": "2020-02-03"}, {"category": "纸"}])
    def test_any_of_the_three_keeps_the_row(self, said: dict[str, Any]) -> None:
        report = checked(rejected(2, **said), at(3, 100, category="其他"))
        assert (len(report), report.rejected) == (2, ())

    def test_a_row_of_blanks_is_no_row_that_cannot_be_read(self) -> None:
        report = checked(at(2, None, date=None, category=None), at(3, 100))
        assert (len(report), report.rejected, report.cell_faults) == (2, (), ())


class TestPlace:
    def test_no_unit_column(self) -> None:
        log = [at(2, 3_000, unit=None), at(3, 3_001, unit=None)]
        report = checked(*log)
        assert report.purchases[1].verdict.value == "violation"
        assert kinds(report) == {"one-unit": ()}

    def test_a_blank_unit_among_others(self) -> None:
        report = checked(at(2, 3_000, unit=None), at(3, 3_000))
        # The first of the day is alone so far, wherever it is from.
        assert [f.verdict.value for f in report] == ["compliant", "unknown"]
        assert report.purchases[1].missing == ("unit",)
        assert kinds(report) == {"leaves-open": (2,)}

    @pytest.mark.parametrize("column", ["date", "unit", "category"])
    def test_the_others_may_be_totalled_with_it(self, column: str) -> None:
        report = checked(at(2, 6_000, **{column: None}), at(3, 1_000))
        assert (report.purchases[1].verdict.value, report.purchases[1].missing) == ("unknown", (column,))
        assert report.purchases[0].verdict.value in ("unknown", "violation")
        assert kinds(report) == {"leaves-open": (2,)}
        aside = check(report.log, furong(), set_aside=True)
        assert [(f.verdict.value, f.accumulated) for f in aside] == [("compliant", Summed(100_000, 0, 1, 0))]


def test_unknown_stays_open_whatever_is_adopted() -> None:
    finding = last(bought(approved_on=MISSING), policy=furong(furong().plan().working))
    assert told(finding) == ("unknown", False, [])


def test_an_undated_purchase_is_measured_against_the_limit_of_the_policys_year() -> None:
    policy = furong({"limbs": "single"}, limits={2020: 300_000})
    undated = bought(86_000, date=None, method="三方询价", quotes=3)
    assert last(undated, policy=policy).verdict.value == "compliant"


def test_a_category_coarser_than_an_entry_is_neither_inside_nor_outside() -> None:
    coarse = bought(400, category="A0201", in_catalogue=None, method="直接采购")
    found = last(coarse, policy=furong(catalogue=["A02010104"]))
    assert (found.verdict.value, found.missing) == ("unknown", ("category", "in_catalogue"))


def test_the_limit_notice_speaks_of_the_years_judged() -> None:
    policy = furong(limits={2021: 300_000})
    next_year = bought(1_000, date="2021-03-01", approved_on="2021-02-01")
    assert check([next_year], policy, any_year=True).notices == ()
    assert [n.kind for n in check([bought(1_000)], policy).notices] == ["limit-unknown"]
