"""Why a purchase is not applicable, and what reports say of a policy that has no totals, limits or questions."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from small import bought, duty, last, question, small

from procure import Policy, Report, writers
from procure.api import check
from procure.authoring import Band, InForce, Ladder, Limit, Total, ask, column
from procure.engines.findings import Unjudged
from procure.reporting.phrases import unjudged_words

IN_2020 = InForce(since=dt.date(2020, 1, 1), until=dt.date(2020, 12, 31))
HIGH = Ladder(bands=[Band(id="high", range="[100 .. )", duties=["proper"])])
OUTSIDE, ZERO, UNCLAIMED = Unjudged


def laddered(**keys: Any) -> Policy:
    return small(duties={"proper": duty([])}, ladders={"steps": HIGH}, in_force=IN_2020, **keys)


class TestWhy:
    @pytest.mark.parametrize(
        ("amount", "date", "expected"),
        [
            (150, "2020-06-08", None),
            (50, "2020-06-08", UNCLAIMED),
            (0, "2020-06-08", ZERO),
            (-1, "2020-06-08", ZERO),
            (150, "2021-01-01", OUTSIDE),
            # Where the policy is not in force the amount is nothing to it.
            (-1, "2019-12-31", OUTSIDE),
            (None, "2019-12-31", OUTSIDE),
            (-1, None, ZERO),
            (50, None, UNCLAIMED),
            # Of an amount that is not known nothing is said yet.
            (None, "2020-06-08", None),
        ],
    )
    def test_of_a_purchase(self, amount: int | None, date: str | None, expected: Unjudged | None) -> None:
        found = last(laddered(), bought(amount, date))
        assert found.unjudged is expected
        assert (found.verdict.value == "not_applicable") == (expected is not None)

    def test_any_year(self) -> None:
        assert last(laddered(), bought(50, "2021-01-01"), any_year=True).unjudged is UNCLAIMED

    def test_where_one_reading_claims_it(self) -> None:
        """Where only some claim nothing, the others decide, and those count as compliant."""
        some = Ladder(bands=[Band(id="high", range=ask("from", low="[40 .. )", high="[100 .. )"), duties=["proper"])])
        policy = small(
            duties={"proper": duty({"quotes": ">= 2"})},
            ladders={"steps": some},
            questions=[question("from", "high", "low")],
        )
        found = last(policy, bought(50, quotes=0))
        assert (found.verdict.value, found.settled, found.unjudged) == ("compliant", False, None)
        assert last(policy, bought(50, quotes=2)).verdict.value == "compliant"
        assert last(policy.adopt({"from": "high"}), bought(50, quotes=0)).unjudged is UNCLAIMED

    def test_words(self) -> None:
        told = [unjudged_words(last(laddered(), bought(50)).plan, why) for why in Unjudged]
        assert [words.zh for words in told] == [
            "不在制度施行期内",
            "金额为零或负数",
            "不属任何一档，各项义务也不适用",
        ]
        assert [words.en for words in told] == [
            "of a day on which the policy is not in force",
            "zero or less",
            "no band claims it and no duty is due",
        ]
        alone = small(duties={"proper": duty([], when={"amount": ">= 100"})})
        assert unjudged_words(last(alone, bought(50)).plan, UNCLAIMED) == ("各项义务均不适用", "no duty is due")

    def test_in_reports(self) -> None:
        report = check([bought(50, id="a"), bought(-1, id="b"), bought(1, "2021-06-08", id="c")], laddered())
        en = "of a day on which the policy is not in force", "zero or less", "no band claims it and no duty is due"
        assert f"{en[0]}: 1; {en[1]}: 1; {en[2]}: 1" in writers.text.dumps(report, "en")
        zh = "不在制度施行期内 1；金额为零或负数 1；不属任何一档，各项义务也不适用 1"
        assert zh in writers.text.dumps(report)
        told = writers.json.as_dict(report, "en")["purchases"]
        assert [each["unjudged"]["message"] for each in told] == [en[2], en[1], en[0]]
        assert [each["unjudged"]["kind"] for each in told] == ["nothing-asked", "zero-or-less", "not-in-force"]
        for finding, why in zip(report, (en[2], en[1], en[0]), strict=True):
            explained = writers.explain.dumps(report.explain(finding.purchase), "en")
            assert explained.splitlines()[1] == f"  not judged: {why}"
        assert "  未判断：金额为零或负数" in writers.explain.dumps(report.explain(report.purchases[1].purchase))
        page = writers.page.dumps(report, "en")
        assert all(f"<i>{why}</i>" in page for why in en)


class TestWithout:
    """A policy that has no totals, no limits and no questions."""

    @pytest.fixture
    def report(self) -> Report:
        twice = [bought(100, quotes=1, id="a"), bought(100, quotes=1, id="a"), bought("x", id="d")]
        return check(twice, small({"quotes": ">= 2"}, [column("quotes")]))

    def test_nothing_is_said_of_them(self, report: Report) -> None:
        words = {
            "en": r"total|accumulat|counted|limit|questions? asked|interpretation|adopted",
            "zh": "累计|计入|限额|个问题|种解释|采用读法",
        }
        for lang, of_lang in words.items():
            text = writers.text.dumps(report, lang)
            page = re.sub(r"(?s)<(style|script).*?</\1>", "", writers.page.dumps(report, lang))
            explained = writers.explain.dumps(report.explain(report.purchases[0].purchase), lang)
            for told in (text, page, explained):
                assert re.findall(of_lang, told) == []
        told = writers.json.as_dict(report)
        assert (told["policy"]["limits"], told["policy"]["totals"], told["policy"]["ladders"]) == ({}, [], [])
        assert [(each["totals"], each["bands"]) for each in told["purchases"]] == [({}, {})] * 3

    def test_rows_that_are_the_same_are_judged(self, report: Report) -> None:
        _, notice = report.notices
        assert notice.message == (
            "编号 a 的 2 行各栏完全相同，可能重复；均已检查",
            "2 rows with the id a are the same in every column, possible duplicates: all were judged",
        )

    def test_what_there_is_is_said(self) -> None:
        def terms(start: str, **keys: Any) -> str:
            report = check([bought(100, quotes=2)], small({"quotes": ">= 2"}, [column("quotes")], **keys))
            return next(line for line in writers.text.dumps(report, "en", 0).splitlines() if line.startswith(start))

        assert terms("limits", limits={"cap": [Limit(given=True)]}) == "limits: not given."
        assert terms("adopted", questions=[question("edge", "upper", "lower")], duties={
            "proper": duty({"quotes": ask("edge", upper=">= 2", lower=">= 3")}, when={}),
        }) == "adopted: none; 1 questions asked, 2 interpretations judged at once."  # fmt: skip


def test_every_column_of_a_total_that_would_decide() -> None:
    """Whether the rows of a total count turns on any column of its condition."""
    ladder = Ladder(measures=["some"], bands=[Band(id="low", range="[0 .. 100)"), *HIGH.bands])
    policy = small(
        columns=[column("method"), column("urgent", type="yes-no"), column("quotes")],
        duties={"proper": duty([])},
        ladders={"steps": ladder},
        totals={"some": Total(window="always so far", counts={"urgent": "no", "method": ["direct", "quotation"]})},
    )
    mine = bought(60, urgent=False, method="direct")
    for cells in ({"urgent": None, "method": "direct"}, {"urgent": False, "method": None}):
        found = last(policy, bought(50, **cells), mine)
        assert (found.verdict.value, set(found.missing)) == ("unknown", {"method", "urgent"})
    assert last(policy, bought(50, urgent=False, method="direct"), mine).verdict.value == "violation"
