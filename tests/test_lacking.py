"""What a violation lacked, in words: what was asked for at the time, what the log shows, what carried it into its
band."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from building import bought as furong_bought
from building import furong
from logs import purchases
from small import bought, duty, small

import procure
from procure import Purchase
from procure.authoring import Band, Carried, GivenList, Ladder, Limit, Total, column
from procure.log.columns import Column
from procure.reporting.lacking import Lacked, Lacking
from procure.values.words import Words
from procure.writers import explain


def lacked(policy: procure.Policy, *log: Purchase) -> list[Words]:
    """What the last purchase lacked."""
    report = procure.check(list(log), policy)
    found = report.lacking(report.purchases[-1])
    assert found is not None
    return list(found.words)


KINDS = ("goods", "services", "works")
APPROVED = column("approved_on", blank="none")
POSTED = column("posted_on", type="date", title={"zh": "公示日期", "en": "posting"})
PANEL, EXPERTS = column("panel", type="count"), column("experts", type="count")
RANK = column("rank", type="word", order=["clerk", "head", "board"])
SIGNED = column("signed", type="yes-no", blank="none")
BOND = column("bond", type="money")
SUPPLIER = column("supplier")


@pytest.mark.parametrize(
    ("met_by", "columns", "cells", "zh", "en"),
    [
        ({"quotes": ">= 3"}, [column("quotes")], {"quotes": 1}, "报价数不少于3", "quotes: at least 3"),
        ({"quotes": "> 3"}, [column("quotes")], {"quotes": 1}, "报价数多于3", "quotes: more than 3"),
        ({"quotes": "< 3"}, [column("quotes")], {"quotes": 4}, "报价数少于3", "quotes: fewer than 3"),
        ({"quotes": "<= 3"}, [column("quotes")], {"quotes": 4}, "报价数不多于3", "quotes: at most 3"),
        ({"quotes": 3}, [column("quotes")], {"quotes": 4}, "报价数为3", "quotes: exactly 3"),
        ({"rank": ">= head"}, [RANK], {"rank": "clerk"}, "rank为head或board", "rank: head or board"),
        ({"signed": "yes"}, [SIGNED], {"signed": ""}, "signed为是", "signed: yes"),
        ({"signed": "absent"}, [SIGNED], {"signed": "yes"}, "signed为无记录", "signed: none on record"),
        (
            {"approved_on": "<= date"}, [APPROVED], {"approved_on": "2020-06-09"},
            "报告同意日期不晚于 2020-06-08", "approved_on: on or before 2020-06-08",
        ),
        (
            {"approved_on": "< date - 7 days"}, [APPROVED], {"approved_on": ""},
            "报告同意日期早于 2020-06-01", "approved_on: before 2020-06-01",
        ),
        (
            {"approved_on": ">= date"}, [APPROVED], {"approved_on": ""},
            "报告同意日期不早于 2020-06-08", "approved_on: on or after 2020-06-08",
        ),
        (
            {"approved_on": "> 2020-06-08"}, [APPROVED], {"approved_on": "2020-06-08"},
            "报告同意日期晚于 2020-06-08", "approved_on: after 2020-06-08",
        ),
        (
            {"approved_on": "= date"}, [APPROVED], {"approved_on": ""},
            "报告同意日期在 2020-06-08", "approved_on: on 2020-06-08",
        ),
        ({"approved_on": "present"}, [APPROVED], {"approved_on": ""}, "有报告同意日期记录", "approved_on on record"),
        (
            {"approved_on": "absent"}, [APPROVED], {"approved_on": "2020-06-08"},
            "无报告同意日期记录", "no approved_on on record",
        ),
        (
            {"approved_on": "<= posted_on - 1 days"}, [APPROVED, POSTED], {"approved_on": ""},
            "报告同意日期不晚于“公示日期”前 1 日", "approved_on: on or before 1 day before the posting",
        ),
        (
            {"approved_on": "<= posted_on + 2 days"}, [APPROVED, POSTED], {"approved_on": ""},
            "报告同意日期不晚于“公示日期”后 2 日", "approved_on: on or before 2 days after the posting",
        ),
        (
            {"approved_on": "<= posted_on"}, [APPROVED, POSTED], {"approved_on": ""},
            "报告同意日期不晚于“公示日期”", "approved_on: on or before the posting",
        ),
        (
            {"experts": ">= 2/3 * panel"}, [PANEL, EXPERTS], {"experts": 1, "panel": 4},
            "experts不少于3", "experts: at least 3",
        ),
        (
            {"experts": "< 1/2 * panel"}, [PANEL, EXPERTS], {"experts": 4, "panel": 4},
            "experts少于2", "experts: fewer than 2",
        ),
        (
            {"experts": "= 1/2 * panel"}, [PANEL, EXPERTS], {"experts": 4, "panel": 4},
            "experts为2", "experts: exactly 2",
        ),
        (
            {"experts": "= 1/2 * panel"}, [PANEL, EXPERTS], {"experts": 4, "panel": 3},
            "experts为1/2 × panel", "experts: exactly 1/2 × panel",
        ),
        ({"bond": ">= 50"}, [BOND], {"bond": 40}, "bond不少于£50.00", "bond: at least £50.00"),
        (
            {"supplier": ["Acme", "Beta"]}, [SUPPLIER], {"supplier": "Other"},
            "供应商为Acme或Beta", "supplier: Acme or Beta",
        ),
    ],
)  # fmt: skip
def test_one_test(met_by: Any, columns: list[Column], cells: Mapping[str, Any], zh: str, en: str) -> None:
    (words,) = lacked(small(met_by, columns), bought(**cells))
    assert words.zh.startswith(f"当时应有：{zh}。台账所载：")
    assert words.en.startswith(f"asked for at the time: {en}. The log shows: ")


@pytest.mark.parametrize(
    ("when", "columns", "cells", "zh", "en"),
    [
        ({"supplier": "Acme"}, [SUPPLIER], {"supplier": "Acme"}, "供应商不为Acme", "supplier other than Acme"),
        ({"quotes": ">= 3"}, [column("quotes")], {"quotes": 3}, "报价数少于3", "quotes: fewer than 3"),
        (
            {"approved_on": "<= date"}, [APPROVED], {"approved_on": "2020-06-08"},
            "报告同意日期晚于 2020-06-08（或无记录）", "approved_on: after 2020-06-08 (or none on record)",
        ),
        ({"quotes": 3}, [column("quotes")], {"quotes": 3}, "报价数不为3", "quotes: other than 3"),
        (
            {"experts": "= 1/2 * panel"}, [PANEL, EXPERTS], {"experts": 2, "panel": 4},
            "experts不为2", "experts: other than 2",
        ),
        (
            {"method": "direct"}, [column("method")], {"method": "direct"},
            "采购方式不为自行采购", "method other than direct",
        ),
    ],
)  # fmt: skip
def test_what_must_not_be(when: Any, columns: list[Column], cells: Mapping[str, Any], zh: str, en: str) -> None:
    (words,) = lacked(small(columns=columns, duties={"never": duty((), when=when)}), bought(**cells))
    assert words.zh.startswith(f"当时应有：{zh}。")
    assert words.en.startswith(f"asked for at the time: {en}. ")


def test_a_limit_and_the_number_of_a_list() -> None:
    limits = {"cap": [Limit(value=300)]}
    (words,) = lacked(small({"bond": ">= cap"}, [BOND], limits=limits), bought(bond=100))
    assert words.en == "asked for at the time: bond: at least cap. The log shows: bond £100.00"
    rows = ({"name": "paper", "floor": 60},)
    lists = {"catalogue": GivenList(of="category", rows=rows, carries={"floor": Carried(type="money")})}
    policy = small({"bond": ">= catalogue.floor"}, [BOND, column("category")], lists=lists)
    (words,) = lacked(policy, bought(bond=10, category="paper"))
    assert words.zh == "当时应有：bond不少于catalogue所列floor。台账所载：bond £10.00"
    carries = {"floor": Carried(title=Words("起点金额", "starting amount"))}
    lists = {"catalogue": GivenList(of="category", rows=rows, carries=carries, title=Words("目录", "yearly list"))}
    policy = small({"bond": "= catalogue.floor"}, [BOND, column("category")], lists=lists)
    (words,) = lacked(policy, bought(bond=10, category="paper"))
    assert words.zh.startswith("当时应有：bond为目录所列起点金额。")
    assert words.en.startswith("asked for at the time: bond: exactly the starting amount in the yearly list. ")


def test_a_share_of_what_is_not_known() -> None:
    policy = small({"experts": ">= 2/3 * panel", "quotes": ">= 1"}, [PANEL, EXPERTS, column("quotes")])
    (words,) = lacked(policy, bought(quotes=0, experts=1))
    assert words.en == (
        "asked for at the time: quotes: at least 1 and experts: at least 2/3 × panel. "
        "The log shows: quotes: 0, experts 1"
    )


def test_nothing_would_have_done() -> None:
    policy = small(columns=[column("method")], duties={"never": duty((), when={"amount": ">= 50"})})
    assert lacked(policy, bought(method="direct")) == [
        Words(
            "当时无论采用何种方式、备齐何种佐证，都不能确定合规",
            "no method and no evidence would have made it compliant for certain",
        )
    ]


def test_where_not_all_ways_were_looked_at_it_is_not_said_that_there_was_none() -> None:
    assert Lacking((), (), whole=False).words == ()
    (none,) = Lacking((), ()).words
    assert none.en == "no method and no evidence would have made it compliant for certain"


def test_more_ways_than_a_sentence_tells() -> None:
    names = [f"c{n}" for n in range(8)]
    policy = small([{name: ">= 1"} for name in names], [column(name, type="count") for name in names])
    (words,) = lacked(policy, bought(**dict.fromkeys(names, 0)))
    assert "c5: at least 1; or 2 other ways." in words.en and "；或另 2 种。" in words.zh


class TestCarried:
    """By a total into a band that the amount alone does not reach."""

    POLICY = small(
        columns=[column("unit"), column("quotes")],
        totals={"spent": Total(window="year so far", by="unit")},
        ladders={
            "steps": Ladder(
                bands=[Band(id="low", range="[0 .. 150)"), Band(id="high", range="[150 .. )", duties=["quoted"])],
                measures=["amount", "spent"],
            )
        },
        duties={"quoted": duty({"quotes": ">= 3"})},
    )

    def test_the_purchases_that_did(self) -> None:
        log = [bought(80, unit="A", id="first"), bought(90, unit="B"), bought(100, unit="A", quotes=0)]
        _, words = lacked(self.POLICY, *log)
        assert words == Words(
            "年度累计 £180.00（含其他 1 笔：first），使本笔归入“high”档",
            "the total, accumulated £180.00 with 1 other purchase (first), carried it into the band “high”",
        )

    def test_many(self) -> None:
        log = [bought(30, unit="A", quotes=0) for _ in range(9)]
        _, words = lacked(self.POLICY, *log)
        assert words.en == (
            "the total, accumulated £270.00 with 8 other purchases (#1, #2, #3, #4, #5 and others), "
            "carried it into the band “high”"
        )

    def test_no_more_are_kept_than_one_reads(self) -> None:
        report = procure.check([bought(30, unit="A", quotes=0) for _ in range(40)], self.POLICY)
        found = report.lacking(report.purchases[-1])
        assert found is not None
        (carried,) = found.carried
        assert [member.purchase.at for member in carried.members] == list(range(20)) and carried.others == 39

    def test_by_itself(self) -> None:
        assert len(lacked(self.POLICY, bought(200, unit="A", quotes=0))) == 1


def test_carried_by_a_total_that_it_is_alone_in() -> None:
    """The amount is put against other numbers than the totals are, of which one counts nothing."""
    low = {"amount": "[0 .. 900)", "spent": "[0 .. 100)", "tendered": "[0 .. 100)"}
    high = {"amount": "[900 .. )", "spent": "[100 .. )", "tendered": "[100 .. )"}
    policy = small(
        columns=[column("method"), column("quotes")],
        totals={"spent": Total(window="year"), "tendered": Total(window="year", counts={"method": "open_tender"})},
        ladders={
            "steps": Ladder(
                bands=[Band(id="low", range=low), Band(id="high", range=high, duties=["quoted"])],
                measures=["amount", "spent", "tendered"],
            )
        },
        duties={"quoted": duty({"quotes": ">= 3"})},
    )
    _, words = lacked(policy, bought(200, method="direct", quotes=0))
    assert words == Words(
        "年度累计（spent） £200.00，使本笔归入“high”档",
        "the total, accumulated (spent) £200.00, carried it into the band “high”",
    )


def test_one_whose_unit_is_not_known_is_carried_by_no_other() -> None:
    """It may be of any account, and is surely of its own."""
    policy = small(
        columns=[column("unit"), column("quotes")],
        totals={"spent": Total(window="year", by="unit")},
        ladders={
            "steps": Ladder(
                bands=[
                    Band(id="low", range={"amount": "[0 .. 900)", "spent": "[0 .. 100)"}),
                    Band(id="high", range={"amount": "[900 .. )", "spent": "[100 .. )"}, duties=["quoted"]),
                ],
                measures=["amount", "spent"],
            )
        },
        duties={"quoted": duty({"quotes": ">= 3"})},
    )
    report = procure.check([bought(50, unit="A"), bought(50, quotes=0), bought(200, quotes=0)], policy)
    found = report.lacking(report.purchases[-1])
    assert found is not None
    assert [(each.members, each.others) for each in found.carried] == [((), 0)]


def test_no_violation_lacks_anything() -> None:
    report = procure.check([furong_bought(800, method="open_tender")], furong())
    assert report.lacking(report.purchases[0]) is None
    assert "asked for" not in explain.dumps(report.explain(report.purchases[0].purchase), "en")


def test_purchases_that_are_alike_are_told_as_each_by_itself() -> None:
    report = procure.check(purchases(300, per_unit=30), furong(limits=dict.fromkeys(KINDS, 300_000)))
    each = [(finding, Lacked(report.plan, report.rows)(finding)) for finding in report.purchases]
    assert [report.lacking(finding) for finding, _ in each] == [alone for _, alone in each]
    assert len({alone.words for _, alone in each if alone}) > 50


def test_explained() -> None:
    report = procure.check([furong_bought(86_000)], furong())
    told = explain.dumps(report.explain(report.purchases[0].purchase), "en")
    assert told.rstrip().rsplit("\n", 1)[1].startswith("  asked for at the time: method: quotation or inquiry")
