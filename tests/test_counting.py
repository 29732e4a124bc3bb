"""What a report says of refunds and of contract numbers that stand in several rows."""

from __future__ import annotations

from typing import Any

from building import bought, furong, last, told

import procure
from procure import Log, Origin, Purchase, Words
from procure.policy.declarations import Total, column

POLICY = furong()
REFUNDS = ("refund-without-purchase", "refund-larger", "refund-of-an-earlier-year")


def said(*rows: Purchase, policy: Any = POLICY) -> dict[str, tuple[Words, list[int | None]]]:
    placed = [row.replaced(origin=Origin("log.csv", None, at)) for at, row in enumerate(rows, 2)]
    report = procure.check(Log.of(placed), policy, any_year=True)
    kinds = (*REFUNDS, "contract-repeats")
    return {n.kind: (n.message, [o.row for o in n.origins]) for n in report.notices if n.kind in kinds}


def test_a_refund_of_a_purchase_is_as_it_should_be() -> None:
    assert said(bought(500), bought(-500)) == {}
    assert said(bought(500, supplier="甲"), bought(-500, supplier="甲")) == {}
    assert said(bought(500, supplier="甲"), bought(-500)) == {}


def test_a_refund_without_a_purchase() -> None:
    words = Words(
        "4 笔退款在台账中找不到可能对应的采购（同一累计口径、同一供应商，不晚于退款之日）",
        "refunds without a purchase in the log that they could belong to (of their account and supplier, and not after "
        "them): 4",
    )
    rows = [
        bought(500, supplier="甲", date="2020-06-08"), bought(-5, category="纸"), bought(-5, unit="乙局"),
        bought(-5, date="2020-06-07"), bought(-5, supplier="乙"),
    ]  # fmt: skip
    assert said(*rows) == {"refund-without-purchase": (words, [3, 4, 5, 6])}


def test_a_refund_that_is_larger_than_its_purchase() -> None:
    words = Words(
        "1 笔退款大于可能对应的任何一笔采购", "refunds that are larger than any purchase that they could belong to: 1"
    )
    assert said(bought(500), bought(400), bought(-501)) == {"refund-larger": (words, [4])}


def test_a_refund_of_last_years_purchase() -> None:
    words = Words(
        "1 笔退款可能对应的采购在以前年度，仍计入退款之日所在年度",
        "refunds that could belong to a purchase of an earlier budget year alone, and fall on their own date: 1",
    )
    rows = bought(500, date="2019-12-01"), bought(100), bought(-300)
    assert said(*rows) == {"refund-of-an-earlier-year": (words, [4])}


def test_nothing_is_said_of_a_refund_that_cannot_be_placed_or_adds_to_nothing() -> None:
    assert said(bought(-5, category=None), bought(-5, date=None)) == {}
    assert said(bought(-5), policy=furong({"limbs": "single"}))
    columns = {name: column(name) for name in ("amount", "date")}
    plain = procure.Policy(id="own", title="own", text=POLICY.text, columns=columns)
    assert said(bought(-5), policy=plain) == {}


def test_a_total_of_everything_has_one_account() -> None:
    columns = {name: column(name) for name in ("amount", "date")}
    ladder = procure.authoring.Ladder(measures=["all"], bands=[procure.authoring.Band(id="any", range="[0 .. )")])
    policy = procure.Policy(
        id="own", title="own", text=POLICY.text, columns=columns, totals={"all": Total(window="always")},
        ladders={"steps": ladder},
    )  # fmt: skip
    rows = [Purchase(date="2020-03-02", amount=amount) for amount in (5, -5, -6)]
    assert [rows for _, rows in said(*rows, policy=policy).values()] == [[4]]


def test_contract_numbers_that_stand_in_several_rows() -> None:
    rows = [bought(2000, contract="HT-1"), bought("x", contract="HT-1"), bought(5, contract="HT-2"),
            bought(7, contract="HT-2", unit="乙局"), bought(1), bought(1)]  # fmt: skip
    words = Words(
        "1 个合同编号各有几行（HT-1 2 行 ¥2,000.00），各行分别计入，未合并：可能是分期付款、同一订单的各项，"
        "也可能是订单与其发票重复",
        "contract numbers that stand in several rows: 1 (HT-1: 2 rows, ¥2,000.00); each row counts, none was merged: "
        "they may be instalments, the items of one order, or an order and its invoice",
    )
    assert said(*rows) == {"contract-repeats": (words, [2, 3])}
    many = [bought(1, contract=f"HT-{n // 2}") for n in range(20)]
    (message, places) = said(*many)["contract-repeats"]
    assert "HT-7 2 行 ¥2.00等）" in message.zh
    assert "HT-7: 2 rows, ¥2.00 and more)" in message.en
    assert len(places) == 20


def test_what_is_given_back_lowers_the_total_or_not() -> None:
    rows = bought(6000, method="quotation", invited=3, quotes=3), bought(-2000), bought(900)
    assert told(last(*rows)) == ("compliant", False, [{"refunds": "ignored"}])
    assert told(last(rows[0], rows[2])) == told(last(*rows, policy=furong({"refunds": "ignored"})))


def test_a_contract_of_three_instalments() -> None:
    rows = [bought(2000, contract="HT-1", category=each) for each in ("甲", "乙", "丙")]
    assert told(last(*rows)) == ("compliant", False, [{"one-purchase": "contract"}])
    assert told(last(*rows, policy=furong({"one-purchase": "contract"}))) == ("violation", True, [])
    # A row without a contract is a purchase by itself, and one of another unit is of another contract.
    assert told(last(*rows, bought(2000, category="丁", contract=None))) == ("compliant", True, [])
    assert told(last(*rows, bought(2000, category="丁", contract="HT-1", unit="乙局"))) == ("compliant", True, [])
