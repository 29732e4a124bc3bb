"""What a reader of the report must know besides the verdicts, to the letter."""

from __future__ import annotations

import pytest
from building import bought, furong

import procure
from procure import Log, Origin, Purchase, Rejected
from procure.findings import Notice
from procure.policy import Policy
from procure.records import Skipped
from procure.words import Words


def at(row: int, amount: object = 800, **fields: object) -> Purchase:
    return bought(amount, origin=Origin("log.csv", None, row), **fields)


def noticed(
    *rows: Purchase | Rejected, policy: Policy | None = None, skipped: tuple[Skipped, ...] = ()
) -> list[tuple[str, Words, list[int | None]]]:
    report = procure.check(Log(rows, skipped=skipped), policy or furong())
    return [(n.kind, n.message, [origin.row for origin in n.origins]) for n in report.notices]


def test_nothing_to_say() -> None:
    assert noticed(at(2), at(3, category="其他")) == []
    assert Notice("some-kind", Words("甲", "a")).origins == ()


@pytest.mark.parametrize(
    ("limits", "zh", "en"),
    [
        (None, "货物、服务、工程", "goods, services, works"),
        ({"goods": 300_000}, "服务、工程", "services, works"),
        ({2021: 300_000}, "货物、服务、工程", "goods, services, works"),
    ],
)
def test_limit_unknown(limits: object, zh: str, en: str) -> None:
    assert noticed(at(2), policy=furong(limits=limits)) == [
        (
            "limit-unknown",
            Words(
                f"未给出{zh}的年度限额，凡取决于限额的均不能判定（用 --limit 给出）",
                f"no yearly limit was given for {en}: what turns on it is not judged (give it with --limit)",
            ),
            [],
        )
    ]


def test_one_unit() -> None:
    assert noticed(at(2, unit=None)) == [
        (
            "one-unit",
            Words("记录没有采购单位一栏，按同一单位累计", "the log has no unit column: it is taken as one unit's"),
            [],
        )
    ]


def test_not_in_totals() -> None:
    rejected = Rejected(Origin("log.csv", None, 5), "date", "?", Words("不是日期", "is not a date"), at(5, date=None))
    assert noticed(at(2), at(3, category=None), at(4, unit=None), rejected) == [
        (
            "not-in-totals",
            Words(
                "3 行缺日期、单位或品目，无法归入任何累计；各累计额均不含这些行",
                "3 rows lack the date, unit or category that would place them: the totals are without them",
            ),
            [3, 4, 5],
        )
    ]


def test_totals_at_least() -> None:
    rejected = Rejected(Origin("log.csv", None, 4), "amount", "?", Words("不是金额", "is not an amount"), at(4, None))
    # The one that cannot be placed makes no total uncertain.
    assert noticed(at(2, None), at(3), rejected, at(5, None, date=None)) == [
        (
            "not-in-totals",
            Words(
                "1 行缺日期、单位或品目，无法归入任何累计；各累计额均不含这些行",
                "1 rows lack the date, unit or category that would place them: the totals are without them",
            ),
            [5],
        ),
        (
            "totals-at-least",
            Words(
                "2 行的金额读不出，其所在累计自该行起只知“不少于”",
                "the amount of 2 rows could not be read: from there on their totals are known as “at least” only",
            ),
            [2, 4],
        ),
    ]


def test_conflicts() -> None:
    told = noticed(
        at(2, category="A05040101", in_catalogue=False),
        at(3, category="A05040101", in_catalogue=True, kind="services"),
        at(4, category="A05040101", in_catalogue=None, kind=None),
        policy=furong(catalogue=["A0504"]),
    )
    assert told == [
        (
            "conflict-in-catalogue",
            Words(
                "“是否目录内”一栏与所给目录不符，两种情况都已考虑",
                "in_catalogue differs from the catalogue given: both were considered",
            ),
            [2],
        ),
        (
            "conflict-kind",
            Words(
                "采购类别与品目编码的首字母不符，两种情况都已考虑",
                "kind differs from the letter of the category code: both were considered",
            ),
            [3],
        ),
    ]


@pytest.mark.parametrize(
    ("catalogue", "rows"), [(["A0504"], [2]), (["办公用品"], [3]), (["A0504", "纸"], []), ([], [])]
)
def test_catalogue_silent(catalogue: list[str], rows: list[int]) -> None:
    told = noticed(
        at(2, in_catalogue=None),
        at(3, category="A05040101", in_catalogue=None),
        at(4, category="A05040102" if "A0504" in catalogue else "办公用品", in_catalogue=None, item="纸"),
        at(5, in_catalogue="A0504" not in catalogue and "办公用品" in catalogue),
        policy=furong(catalogue=catalogue),
    )
    message = Words(
        "1 行的品目与所给目录写法不同（一为编码、一为名称），是否目录内不明",
        "1 rows name their category where the catalogue has codes, or the reverse: whether they are in it is not known",
    )
    assert told == ([("catalogue-silent", message, rows)] if rows else [])


def test_duplicate_ids() -> None:
    rejected = Rejected(Origin("log.csv", None, 9), "date", "?", Words("不是日期", "is not a date"), at(9, id="7"))
    told = noticed(at(2, id="7"), at(3, id="8"), at(4, id="7"), at(5, id="8"), at(6), at(7, 5), rejected)
    assert told == [
        ("duplicate-id", Words("编号 7 有 3 行，均已计入", "3 rows have the id 7: all were counted"), [2, 4, 9]),
        ("duplicate-id", Words("编号 8 有 2 行，均已计入", "2 rows have the id 8: all were counted"), [3, 5]),
    ]


def test_identical_rows_are_told_and_counted() -> None:
    rejected = Rejected(Origin("log.csv", None, 9), "date", "?", Words("不是日期", "is not a date"), at(9))
    told = noticed(at(2), at(3, 5), at(4, supplier="甲"), at(5), at(6, 5), at(7, 5), at(8, 5, id="1"), rejected)
    assert told == [
        (
            "identical-rows",
            Words(
                "5 行与另一行各栏全同，可能重复，均已计入",
                "5 rows are the same as another in every column: perhaps entered twice, all were counted",
            ),
            [2, 5, 3, 6, 7],
        ),
    ]


def test_skipped() -> None:
    total = Words("合计行", "a row of totals")
    skipped = (
        Skipped(Origin("log.csv", None, 9), total),
        Skipped(Origin("log.csv", "说明"), Words("没有数据", "has no rows")),
        Skipped(Origin("log.csv", None, 19), total),
    )
    assert noticed(at(2), skipped=skipped) == [
        ("skipped", Words("未计入的行：合计行", "rows left out: a row of totals"), [9, 19]),
        ("skipped", Words("未读的工作表 log.csv[说明]：没有数据", "left out: log.csv[说明]: has no rows"), [None]),
    ]


def test_in_their_order() -> None:
    told = noticed(
        at(2, unit=None, id="1", category="A05040101", kind="works"),
        at(3, None, unit=None, id="1"),
        at(4, unit=None, date=None),
        policy=furong(limits=None),
    )
    assert [kind for kind, _, _ in told] == [
        "limit-unknown",
        "one-unit",
        "not-in-totals",
        "totals-at-least",
        "conflict-kind",
        "duplicate-id",
    ]
