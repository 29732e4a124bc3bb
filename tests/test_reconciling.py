"""Every row of a log in one class: rows and money add up to the log's, on made-up logs and on real ones."""

from __future__ import annotations

import json as plain_json
from pathlib import Path
from typing import Any

import pytest
from building import bought, furong
from hypothesis import given, settings
from hypothesis import strategies as st

import procure
from procure import Log, Words
from procure.api import check
from procure.policy.declarations import Band, Ladder, column
from procure.reporting.reconciling import Class, ClassSum, Reconciliation, sentence
from procure.values.words import ProcureError
from procure.writers import json, text

POLICY = furong()
SHARED = Path(__file__).parents[2] / "shared"
LOGS = sorted(
    str(file.relative_to(SHARED))
    for kind in ("data", "cases")
    for file in (SHARED / kind).glob("*/*")
    if file.suffix in (".csv", ".xls", ".xlsx", ".json")
)


def adds_up(each: Reconciliation) -> bool:
    parts = each.parts.values()
    return each.log == ClassSum(sum(p.rows for p in parts), sum(p.minor for p in parts), sum(p.unread for p in parts))


def classes(*rows: Any, policy: Any = POLICY, **options: Any) -> dict[Class, ClassSum]:
    (own, *_) = check(Log.of(rows), policy, **options).reconciliation
    assert adds_up(own)
    return dict(own.parts)


def test_a_row_of_every_class() -> None:
    rows = [
        bought(100), bought(0), bought(-30), bought(200, date="2019-05-05"), bought(300, status="作废"),
        bought("€400"), bought(None), bought("x", date="x", category=None),
    ]  # fmt: skip
    assert classes(*rows) == {
        Class.JUDGED: ClassSum(2, 10_000, 1),
        Class.ZERO: ClassSum(1, 0, 0),
        Class.REFUND: ClassSum(1, -3_000, 0),
        Class.OUTSIDE: ClassSum(1, 20_000, 0),
        Class.VOID: ClassSum(1, 30_000, 0),
        Class.FOREIGN: ClassSum(1, 0, 1),
        Class.NOT_READ: ClassSum(1, 0, 1),
    }


def test_a_refund_that_an_office_ignores_is_left_out() -> None:
    rows = bought(100), bought(-30)
    assert classes(*rows, policy=POLICY.adopt({"refunds": "ignored"}))[Class.IGNORED] == ClassSum(1, -3_000, 0)


def test_a_refund_counts_where_no_total_is_read() -> None:
    single = furong({"limbs": "single"})
    assert classes(bought(100), bought(-30), policy=single)[Class.REFUND] == ClassSum(1, -3_000, 0)


def test_rows_that_were_set_aside() -> None:
    rows = bought(100), bought(200, category=None), bought("x", date="x", category=None)
    assert classes(*rows, set_aside=True)[Class.SET_ASIDE] == ClassSum(2, 20_000, 1)


def test_of_which_nothing_is_asked() -> None:
    columns = {name: column(name) for name in ("amount", "date")}
    steps = Ladder(bands=[Band(id="high", range="[5000 .. )")])
    policy = procure.authoring.Policy(
        id="own", title="own", text=POLICY.text, columns=columns, ladders={"steps": steps}
    )
    rows = [procure.Purchase(date="2020-01-05", amount=amount) for amount in (1, 5000)]
    assert classes(*rows, policy=policy) == {Class.JUDGED: ClassSum(1, 500_000), Class.NOTHING_ASKED: ClassSum(1, 100)}


def test_each_other_currency_has_a_line_of_its_own() -> None:
    own, *others = check([bought(100), bought("€400"), bought("€1.50"), bought("£9")], POLICY).reconciliation
    assert sentence(own) == Words(
        "台账 4 行 ¥100.00（其中 3 行金额未计） = 已检查 1 行 ¥100.00 + 其他币种 3 行（金额未计）",
        "the log 4 rows ¥100.00 (3 of them without an amount) = judged 1 row ¥100.00 + in another currency 3 rows "
        "(amounts not added up)",
    )
    assert [sentence(each).en for each in others] == [
        "the log 2 rows €401.50 = in another currency 2 rows €401.50",
        "the log 1 row £9.00 = in another currency 1 row £9.00",
    ]


def test_a_sign_that_several_currencies_share_has_its_own_line() -> None:
    _, other = check([bought("$1,234.56"), bought("$12.3.4"), bought("$7")], POLICY).reconciliation
    assert (other.currency.code, other.log) == ("$", ClassSum(3, 124_156, 1))


def test_an_amount_that_another_column_says_is_foreign_is_not_added_up() -> None:
    _, other = check([bought(5, currency="USD")], POLICY).reconciliation
    assert (other.currency.code, other.log) == ("USD", ClassSum(1, 0, 1))


def test_it_stands_in_text_and_json() -> None:
    report = check([bought(100), bought(-30)], POLICY)
    assert "对账：台账 2 行 ¥70.00 = 已检查 1 行 ¥100.00 + 退款（只计入累计） 1 行 -¥30.00\n" in text.dumps(report)
    assert (
        "Reconciled: the log 2 rows ¥70.00 = judged 1 row ¥100.00 + refunds, counted only 1 row -¥30.00\n"
        in text.dumps(report, "en")
    )
    assert plain_json.loads(json.dumps(report))["reconciliation"] == [
        {
            "currency": "CNY",
            "log": {"rows": 2, "amount": "70.00", "without_amount": 0},
            "parts": {
                "judged": {"rows": 1, "amount": "100.00", "without_amount": 0},
                "refund": {"rows": 1, "amount": "-30.00", "without_amount": 0},
            },
        }
    ]


AMOUNTS = st.sampled_from([None, 0, -5, 7, 5000, "x", "€3", "$4"])
ROWS = st.builds(
    lambda amount, status, date, category: bought(amount, status=status, date=date, category=category),
    AMOUNTS,
    st.sampled_from([None, "作废", "已完成"]),
    st.sampled_from(["2020-03-02", "2019-03-02", "x", None]),
    st.sampled_from(["纸", None]),
)


@settings(max_examples=40)
@given(st.lists(ROWS, min_size=1, max_size=8), st.booleans(), st.sampled_from(["lowers", "ignored"]))
def test_it_always_adds_up(rows: list[procure.Purchase], aside: bool, refunds: str) -> None:
    report = check(rows, POLICY.adopt({"refunds": refunds}), set_aside=aside)
    assert all(map(adds_up, report.reconciliation))
    own = report.reconciliation[0]
    # By a loop that knows nothing of the package.
    plain = [100 * amount for row in rows if isinstance(amount := row.amount, int)]
    assert (own.log.rows, own.log.minor, own.log.unread) == (len(rows), sum(plain), len(rows) - len(plain))


@pytest.mark.skipif(not LOGS, reason="the shared logs (../shared) are not here")
@pytest.mark.parametrize("name", LOGS or [""])
def test_it_adds_up_on_every_log(name: str) -> None:
    try:
        log = procure.read(str(SHARED / name))
        report = check(log, POLICY)
    except ProcureError as error:
        pytest.skip(f"no log of purchases: {error.words.en[:80]}")
    assert all(map(adds_up, report.reconciliation))
