"""What a reader of the report must know besides the verdicts, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import bought, furong

from procure import Log, Origin, Purchase, Words, read
from procure.api import check
from procure.engines.findings import Notice
from procure.log.records import Skipped
from procure.policy.policy import Policy
from procure.reporting.notices import CAUSES, notices


def at(row: int, amount: object = 800, **fields: object) -> Purchase:
    return bought(amount, origin=Origin("log.csv", None, row), **fields)


def noticed(
    *rows: Purchase, policy: Policy | None = None, skipped: tuple[Skipped, ...] = ()
) -> list[tuple[str, Words, list[int | None]]]:
    report = check(Log.of(rows), policy or furong())
    report.read.skipped = skipped
    told = notices(report.plan, report.read, report.log.habits) if skipped else report.notices
    # What was not understood has tests of its own.
    return [(n.kind, n.message, [origin.row for origin in n.origins]) for n in told if n.kind not in CAUSES]


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
                f"未给出{zh}的年度限额，凡取决于限额的均无法判断（用 --limit 给出）",
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


def test_what_gaps_leave_open() -> None:
    rows = [at(2, 4_000), at(3, category=None), at(4, unit=None), at(5, date="?"), at(6, 900)]
    assert noticed(*rows) == [
        (
            "leaves-open",
            Words(
                "1 行未载明采购日期（¥800.00），使 4 笔无法判断；请补填“采购日期”",
                "1 row without a date (¥800.00) leaves 4 verdicts open: fill in “date”",
            ),
            [5],
        ),
        (
            "leaves-open",
            Words(
                "1 行未载明品目（¥800.00），使 4 笔无法判断；请补填“品目”",
                "1 row without a category (¥800.00) leaves 4 verdicts open: fill in “category”",
            ),
            [3],
        ),
        (
            "leaves-open",
            Words(
                "1 行未载明采购单位（¥800.00），使 3 笔无法判断；请补填“采购单位”",
                "1 row without a unit (¥800.00) leaves 3 verdicts open: fill in “unit”",
            ),
            [4],
        ),
    ]


def test_gaps_that_decide_nothing() -> None:
    assert noticed(at(2, category=None), at(3, 900, category=None), policy=furong({"limbs": "single"})) == [
        (
            "leaves-open",
            Words(
                "2 行未载明品目（¥1,700.00），不影响其他结论",
                "2 rows without a category (¥1,700.00) leave no verdict open",
            ),
            [2, 3],
        )
    ]


def test_amounts_that_could_not_be_read() -> None:
    # The row first that may be in the totals of most open verdicts.
    ((_, words, rows),) = noticed(at(2, None, category="其他"), at(3), at(4, None), at(5, 801), at(6, 802))
    assert words == Words(
        "2 行未载明采购金额（金额未载明），使 4 笔无法判断；请补填“采购金额”",
        "2 rows without an amount (amount not stated) leave 4 verdicts open: fill in “amount”",
    )
    assert rows == [4, 2]


def test_rows_that_could_not_be_read_are_one_gap() -> None:
    # Neither lacks a category more than a date: what they lack is reading. One says whose it is, and leaves open what
    # that unit bought alone.
    cells = {"date": ["", "", "2020-03-02", "2020-03-03"], "category": ["", "", "纸", "纸"],
             "amount": ["面议", "面议", "800", "900"], "unit": ["", "甲", "甲", "乙"]}  # fmt: skip
    rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    (gap,) = check(read(rows), furong()).left_open
    assert (gap.column, gap.rows, gap.verdicts) == (None, (0, 1), 2)
    one, other = check(read(rows[1:]), furong()), check(read([rows[0], rows[3]]), furong())
    assert [gap.verdicts for gap in (*one.left_open, *other.left_open)] == [1, 1]
    assert one.notices[0].message == Words(
        "1 行未能读取（金额未载明），使 1 笔无法判断；请更正",
        "1 row that could not be read (amount not stated) leaves 1 verdict open: mend it",
    )


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
        at(4, 900, category="A05040102" if "A0504" in catalogue else "办公用品", in_catalogue=None),
        at(5, 700, in_catalogue="A0504" not in catalogue and "办公用品" in catalogue),
        policy=furong(catalogue=catalogue),
    )
    message = Words(
        "1 行的品目与所给目录写法不同（一为编码、一为名称），是否目录内不明",
        "1 rows name their category where the catalogue has codes, or the reverse: whether they are in it is not known",
    )
    assert told == ([("catalogue-silent", message, rows)] if rows else [])


def test_duplicate_ids() -> None:
    told = noticed(
        at(2, id="7"), at(3, id="8"), at(4, 5, id="7"), at(5, 6, id="8"), at(6), at(7, 7), at(9, id="7", quotes="?")
    )
    message = Words(
        "同一单位同一年度内有 2 个编号重复（7 有 3 行、8 有 2 行），均已计入",
        "2 ids stand in several rows of one unit and year (7 in 3 rows, 8 in 2 rows): all were counted",
    )
    assert told == [("duplicate-id", message, [2, 4, 9, 3, 5])]


def test_one_duplicate_id() -> None:
    assert noticed(at(2, id="7"), at(3, 5, id="7"), at(4, 6, id="8")) == [
        ("duplicate-id", Words("编号 7 有 2 行，均已计入", "2 rows have the id 7: all were counted"), [2, 3])
    ]


def test_many_duplicate_ids_are_told_in_one() -> None:
    ((kind, message, rows),) = noticed(*(at(n, n, id=str(n // 2)) for n in range(2, 202)))
    assert (kind, len(rows)) == ("duplicate-id", 200)
    assert message.en.startswith("100 ids stand in several rows of one unit and year (1 in 2 rows, 2 in 2 rows, ")
    assert message.en.endswith(" …): all were counted")


def test_numbers_begin_anew_in_each_unit_and_year() -> None:
    assert noticed(at(2, id="1"), at(3, 5, id="1", unit="乙局"), at(4, 6, id="1", date="2021-03-02")) == []


class TestPossibleDuplicates:
    def test_the_same_throughout(self) -> None:
        assert noticed(at(2), at(3, 700), at(4), at(5, 700), at(6), at(7, 700, note="补记")) == [
            (
                "possible-duplicates",
                Words(
                    "2 组、共 5 行各栏完全相同，可能重复（2、4、6；3、5）；均已计入",
                    "2 groups of 5 rows are the same in every column, possible duplicates (2, 4, 6; 3, 5): "
                    "all were counted",
                ),
                [2, 4, 6, 3, 5],
            ),
        ]

    def test_many_groups_are_told_in_one(self) -> None:
        ((_, message, rows),) = noticed(*(at(n, n // 2) for n in range(2, 202)))
        assert message.en.startswith("100 groups of 200 rows are the same in every column, possible duplicates (2, 3; ")
        assert (message.en.endswith("; …): all were counted"), len(rows)) == (True, 200)
        built = [bought(1), bought(2)] * 2
        (notice,) = (n for n in check(built, furong()).notices if n.kind == "possible-duplicates")
        assert notice.message.zh == "2 组、共 4 行各栏完全相同，可能重复；均已计入"

    def test_columns_that_nothing_was_read_from_tell_rows_apart(self, tmp_path: Path) -> None:
        file = tmp_path / "log.csv"
        rows = "2020-03-02,甲,600,{}\n"
        told = []
        for refs in ("12", "11", "1 ", " 1"):
            text = "采购日期,供应商,采购金额,凭证\n" + "".join(map(rows.format, refs))
            file.write_text(text, encoding="utf-8")
            found = check(read(file), furong()).notices
            told.append([[o.row for o in notice.origins] for notice in found if notice.kind == "possible-duplicates"])
        assert told == [[], [[2, 3]], [], []]

    def test_the_id_is_told_of_once(self) -> None:
        assert noticed(at(2, id="7"), at(3, id="8"), at(4, id="7")) == [
            (
                "possible-duplicates",
                Words(
                    "编号 7 的 2 行各栏完全相同，可能重复；均已计入",
                    "2 rows with the id 7 are the same in every column, possible duplicates: all were counted",
                ),
                [2, 4],
            )
        ]

    def test_one_id_two_the_same_and_one_not(self) -> None:
        told = noticed(at(2, id="7"), at(3, 900, id="7"), at(4, id="7"))
        assert [(kind, rows) for kind, _, rows in told] == [
            ("duplicate-id", [2, 3, 4]),
            ("possible-duplicates", [2, 4]),
        ]

    @pytest.mark.parametrize(
        "fields",
        [
            {"id": "9"}, {"date": "2020-06-09"}, {"unit": "区文旅局"}, {"department": "科"}, {"category": "其他"},
            {"kind": "works"}, {"description": "纸"}, {"amount": 801}, {"in_catalogue": None}, {"method": None},
            {"supplier": "甲"}, {"approved_on": None}, {"invited": None}, {"quotes": 1}, {"ground": "唯一"},
            {"note": "补记"},
        ],
    )  # fmt: skip
    def test_different_in_one_column(self, fields: dict[str, object]) -> None:
        assert not [kind for kind, _, _ in noticed(at(2), at(3, **fields)) if kind == "possible-duplicates"]

    def test_a_row_that_could_not_be_read_is_not_known_to_be_the_same(self) -> None:
        told = noticed(at(2), at(3, quotes="?"), at(4, quotes="?"))
        assert told == []

    def test_across_files(self, tmp_path: Path) -> None:
        header = "采购日期,采购单位,品目,采购金额\n"
        for month, row in (
            ("1月", '2020-01-06,区工信局,办公用品,"3,200.00"'),
            ("2月", "2020/1/6,区工信局,办公用品,3200"),
        ):
            (tmp_path / f"{month}.csv").write_text(f"{header}{row}\n", encoding="utf-8")
        report = check(read(tmp_path / "1月.csv", tmp_path / "2月.csv"), furong())
        (notice,) = (notice for notice in report.notices if notice.kind == "possible-duplicates")
        assert [(Path(o.file or "").name, o.row) for o in notice.origins] == [("1月.csv", 2), ("2月.csv", 2)]
        # Kept and counted, both.
        assert [finding.accumulated and finding.accumulated.high for finding in report] == [320_000, 640_000]

    def test_of_no_file(self) -> None:
        told = check([bought(1)] * 2, furong()).notices
        assert [(notice.kind, len(notice.origins)) for notice in told] == [("possible-duplicates", 2)]


def test_skipped() -> None:
    total = Words("合计行", "a row of totals")
    skipped = (
        Skipped(Origin("log.csv", None, 9), total),
        Skipped(Origin("log.xlsx", "说明"), Words("没有数据", "has no rows")),
        Skipped(Origin("log.xlsx", "附表"), Words("没有数据", "has no rows")),
        Skipped(Origin("log.csv", None, 19), total),
    )
    assert noticed(at(2), skipped=skipped) == [
        ("skipped", Words("未计入的行：合计行", "rows left out: a row of totals"), [9, 19]),
        (
            "skipped",
            Words(
                "未读的工作表 log.xlsx[说明]、log.xlsx[附表]：没有数据",
                "sheets not read: log.xlsx[说明], log.xlsx[附表]: has no rows",
            ),
            [],
        ),
    ]


def test_in_their_order() -> None:
    told = noticed(
        at(2, unit=None, id="1", category="A05040101", kind="works"),
        at(3, None, unit=None, id="1"),
        at(4, unit=None, date=None),
        at(5, unit=None),
        at(6, unit=None),
        policy=furong(limits=None),
    )
    assert [kind for kind, _, _ in told] == [
        "leaves-open",
        "leaves-open",
        "limit-unknown",
        "one-unit",
        "conflict-kind",
        "duplicate-id",
        "possible-duplicates",
    ]
