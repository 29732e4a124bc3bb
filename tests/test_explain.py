"""Explanations: the very purchases of each total that mattered, and the condition in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import bought, furong
from small import bought as spent
from small import duty, small

import procure
from procure import Purchase
from procure.authoring import Band, Ladder, Total, column
from procure.values.words import ProcureError, Words
from procure.writers import explain

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
POLICY = procure.policies.furong_2020(limits={"goods": 300_000, "services": 300_000, "works": 600_000})


@pytest.fixture(scope="module")
def report() -> procure.Report:
    """Without the rows that may be in any total: here it is about the others."""
    return procure.check(procure.read(EXAMPLES / "furong_2020.csv"), POLICY, set_aside=True)


def said(report: procure.Report, identity: str) -> list[str]:
    """The conclusion and the totals with their members, without the name of the file."""
    purchase = next(finding.purchase for finding in report if finding.purchase.id == identity)
    text = explain.dumps(report.explain(purchase), "en").replace(f"{EXAMPLES / 'furong_2020.csv'}:", "")
    upto = text.split("\n  [")[0].splitlines()
    return [line.strip() for line in upto if line.startswith(("  verdict", "  accumulated", "  if ", "    "))]


CASES = {
    "FR2020-018": [
        "verdict: violation under every reading",
        "accumulated ¥86,000.00 (working readings), made up of:",
        "20  2020-03-03  FR2020-018  ¥86,000.00  this purchase",
    ],
    "FR2020-019": [
        "verdict: violation unless `limbs` is `single`, or `current` is `excluded` and `window` is `running`",
        "accumulated ¥5,800.00 (working readings), made up of:",
        "6  2020-01-10  FR2020-004  ¥1,200.00",
        "21  2020-03-05  FR2020-019  ¥4,600.00  this purchase",
        "if `current` is `excluded` and `window` is `running`, accumulated ¥1,200.00:",
        "6  2020-01-10  FR2020-004  ¥1,200.00",
    ],
    "FR2020-021": [
        "verdict: violation unless `exclusion` is `included`",
        "accumulated ¥5,000.00 (working readings), made up of:",
        "23  2020-03-12  FR2020-021  ¥5,000.00  this purchase",
        "if `current` is `excluded` and `window` is `running`, accumulated ¥0.00:",
        "(no purchase counts)",
    ],
    "FR2020-022": [
        "verdict: violation only if `scope` is `all` and `quotes-list` is `closed`, or `channel-list` is `closed`",
        "accumulated ¥0.00 (working readings), made up of:",
        "(no purchase counts)",
        "if `current` is `included` and `counted` is `all`, or `window` is `whole-year` and "
        "`counted` is `all`, accumulated ¥179,000.00:",
        "24  2020-03-18  FR2020-022  ¥179,000.00  this purchase",
    ],
    "FR2020-028": [
        "verdict: violation only if `limbs` is `higher` and `counted` is `all` or `off-catalogue` and `whose` is "
        "`unit`",
        "accumulated ¥800.00 (working readings), made up of:",
        "30  2020-04-09  FR2020-028  ¥800.00  this purchase",
        "if `current` is `included` and `counted` is `all` or `off-catalogue` and `whose` is `unit`, or `window` is "
        "`whole-year` and `counted` is `all` or `off-catalogue` and `whose` is `unit`, accumulated ¥480,800.00:",
        "7  2020-01-13  FR2020-005  ¥480,000.00",
        "30  2020-04-09  FR2020-028  ¥800.00  this purchase",
        "if `current` is `excluded` and `window` is `running` and `counted` is `all` or "
        "`off-catalogue` and `whose` is `unit`, accumulated ¥480,000.00:",
        "7  2020-01-13  FR2020-005  ¥480,000.00",
    ],
    "FR2020-034": [
        "verdict: violation unless `quotes-counted` is `invited`",
        "accumulated ¥22,600.00 (working readings), made up of:",
        "8  2020-01-15  FR2020-006  ¥2,600.00",
        "36  2020-05-12  FR2020-034  ¥20,000.00  this purchase",
        "if `current` is `excluded` and `window` is `running`, accumulated ¥2,600.00:",
        "8  2020-01-15  FR2020-006  ¥2,600.00",
    ],
    "FR2020-009": [
        "verdict: violation unless `limbs` is `single`, or `current` is `excluded` and `window` is "
        "`running`, or `category-level` is `item`",
        "accumulated ¥2,780.00 (working readings), made up of:",
        "11  2020-01-20  FR2020-009  ¥2,780.00  this purchase",
        "if `current` is `included` and `category-level` is `second`, or `window` is `whole-year` "
        "and `category-level` is `second`, accumulated ¥5,630.00:",
        "10  2020-01-17  FR2020-008  ¥2,850.00",
        "11  2020-01-20  FR2020-009  ¥2,780.00  this purchase",
    ],
    "FR2020-047": [
        "verdict: violation whatever the missing data may be, unless `method-list` is `open`; "
        "perhaps a violation, as the missing data may be, under every reading",
        "accumulated ¥360,000.00 (working readings), made up of:",
        "50  2020-07-15  FR2020-047  ¥360,000.00  this purchase",
        "if `current` is `excluded` and `window` is `running`, accumulated ¥0.00:",
        "(no purchase counts)",
    ],
    "FR2020-048": [
        "verdict: perhaps a violation, as the missing data may be, unless `quotes-counted` is `invited`",
        "accumulated ¥8,600.00 (working readings), made up of:",
        "51  2020-07-21  FR2020-048  ¥8,600.00  this purchase",
        "if `current` is `excluded` and `window` is `running`, accumulated ¥0.00:",
        "(no purchase counts)",
    ],
    "FR2020-038": [
        "accumulated ¥1,050.00 (working readings), made up of:",
        "39  2020-05-22  FR2020-037  ¥1,350.00",
        "40  2020-05-27  FR2020-038  -¥300.00  this purchase",
    ],
}


@pytest.mark.parametrize(("identity", "lines"), CASES.items(), ids=str)
def test_ten_cases_to_the_word(report: procure.Report, identity: str, lines: list[str]) -> None:
    assert said(report, identity) == lines


def test_questions_that_are_named_stand_there_in_words(report: procure.Report) -> None:
    purchase = next(finding.purchase for finding in report if finding.purchase.id == "FR2020-034")
    lines = explain.dumps(report.explain(purchase), "zh").splitlines()
    at = lines.index("  所涉问题及读法：")
    questions = [line for line in lines[at + 1 :] if line and not line.startswith("      ")]
    assert [line.partition("：")[0].strip() for line in questions] == ["current", "window", "quotes-counted"]
    assert questions[-1] == "    quotes-counted：“三方询价”的三方，是指收到三家报价，还是指邀请了三家？"
    assert "      invited：向至少三家询价即可：邀请三家、两家报价，符合。" in lines[at:]


def test_a_refund_is_explained_by_its_total_alone(report: procure.Report) -> None:
    purchase = next(finding.purchase for finding in report if finding.purchase.id == "FR2020-038")
    text = explain.dumps(report.explain(purchase), "zh")
    assert text.splitlines()[0] == f"{EXAMPLES / 'furong_2020.csv'}:40  未判断"
    assert "结论" not in text


def test_members_that_may_not_count_and_rows_that_were_rejected() -> None:
    """A rejected row is a member of the totals, and one without a method may be an open tender."""
    unread = bought("3,0o0", origin=procure.Origin("log.csv", None, 2))
    perhaps, judged = bought(2_000, method=None, origin=procure.Origin("log.csv", None, 3)), bought(900)
    found = procure.check([unread, perhaps, judged], furong())
    text = explain.dumps(found.explain(judged), "zh")
    assert "年度累计 无法确定（默认口径），由下列各笔组成：" in text
    assert "金额未载明" in text
    assert "log.csv:3  2020-05-01  ¥2,000.00  是否计入不明" in text.replace("2020-06-08", "2020-05-01")


def test_a_purchase_of_another_report(report: procure.Report) -> None:
    with pytest.raises(ProcureError) as caught:
        report.explain(Purchase(amount=1))
    assert caught.value.words == Words("本报告没有这笔采购", "this purchase is not of this report")


def test_rows_that_may_be_members_by_what_they_lack() -> None:
    def at(row: int, amount: object, **fields: object) -> Purchase:
        return bought(amount, origin=procure.Origin("log.csv", None, row), **fields)

    judged = at(2, 900)
    rows = [*(at(row, 100, category=None, date="2020-06-01") for row in range(3, 25)), at(25, None, date=None), judged]
    found = procure.check(rows, furong())
    text = explain.dumps(found.explain(judged), "en")
    (first,) = [part for part in text.split("\n  if ")[0].split("\n    without") if part.startswith(" category")]
    lines = first.splitlines()
    assert lines[0] == " category, may be in it (22 purchases, ¥2,200.00):"
    assert lines[1] == "      log.csv:3  2020-06-01  ¥100.00"
    assert lines[20:] == ["      log.csv:22  2020-06-01  ¥100.00", "      … 2 more"]
    assert "    without date, may be in it (1 purchase, ¥0.00):\n      log.csv:25  amount not stated" in text
    assert "    未载明采购日期，可能计入（1 笔 ¥0.00）：" in explain.dumps(found.explain(judged), "zh")


def test_a_purchase_that_lacks_its_place() -> None:
    lone, other = bought(900, category=None), bought(700, date="2020-06-01")
    text = explain.dumps(procure.check([lone, other], furong()).explain(lone), "en")
    assert (
        "    its category is not stated, so that it may share a total with some of these (1 purchase, ¥700.00):" in text
    )


def test_where_purchases_are_counted_their_number_is_all_that_is_said() -> None:
    bands = [Band(id="few", range="[0 .. 3)"), Band(id="many", range="[3 .. )", duties=["never"])]
    policy = small(
        columns=[column("supplier")],
        totals={"times": Total(sum="rows", window="always", by="supplier")},
        ladders={"often": Ladder(bands=bands, measures=["times"])},
        duties={"never": duty([])},
    )
    lone = spent(900, supplier="Acme")
    text = explain.dumps(procure.check([spent(700, id="7"), lone], policy).explain(lone), "en")
    assert "    without supplier, may be in it (1 purchase):\n" in text
