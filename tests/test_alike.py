"""One account, one name: what makes no other name, what may be one, and what turns on it."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import agreement
import framing
import pytest
from building import furong
from hypothesis import given, settings
from hypothesis import strategies as st
from small import bought

import procure
from procure import Purchase
from procure.api import check
from procure.log.habits import Habits
from procure.log.naming import key, perhaps_one
from procure.values.words import ProcureError, Words

UNITS = ["区工信局", "芙蓉区工信局", "长沙市芙蓉区工信局", "乙局", "乙 局"]


class TestKeys:
    @pytest.mark.parametrize(
        "names",
        [
            ("Acme Ltd", "ACME LTD.", "acme-ltd", "Ａｃｍｅ　Ltd".replace("Ａｃｍｅ　", "Acme ")),
            ("办公椅", "办 公椅", "办公椅。", "办公·椅"),
            ("甲局（本级）", "甲局(本级)", "甲局本级"),
        ],
    )
    def test_case_spaces_and_punctuation_make_no_other_name(self, names: tuple[str, ...]) -> None:
        assert len(set(map(key, names))) == 1

    @pytest.mark.parametrize(
        "names", [("5.0", "50", "5E0", "5e0"), ("A4纸", "a4纸", "A4 纸"), ("C#", "C"), ("A&B", "AB"), ("——", "/")]
    )
    def test_what_does(self, names: tuple[str, ...]) -> None:
        assert len(set(map(key, names))) == len(names)


class TestPerhapsOne:
    @pytest.mark.parametrize(
        "names",
        [
            ("区工信局", "芙蓉区工信局", "长沙市芙蓉区工信局"),
            ("大成工程咨询有限公司", "黑龙江大成工程咨询有限公司"),
            ("财政局", "鸡西市财政局"),
            ("npower", "npower limited", "The NPower"),
            ("Hesley Group Ltd", "The Hesley Group"),
            ("某某建设", "某某建设有限公司", "某某建设股份有限公司"),
            ("复印纸", "复印纸（A4）", "复印纸 [B5]"),
            ("A4纸", "A4 纸", "a4纸"),
            ("纸", "纸（A4）"),
        ],
    )
    def test_names_that_may_be(self, names: tuple[str, ...]) -> None:
        assert perhaps_one(names) == [names]
        assert perhaps_one(("别的", *names, "Other")) == [names]

    @pytest.mark.parametrize(
        "names",
        [
            # A name that begins with another is another body.
            ("鸡西市教育局", "鸡西市教育局招生办公室"),
            ("打印机", "激光打印机"),
            ("乙局", "甲市乙局"),
            ("5.0", "50", "5E0", "05", "1E3", "1000"),
            ("A0504", "A05040101"),
            ("有限公司", "集团"),
            ("A", "A Ltd"),
            ("Acme Farms", "Acme"),
        ],
    )
    def test_names_that_are_not(self, names: tuple[str, ...]) -> None:
        assert perhaps_one(names) == []

    def test_names_that_are_apart(self) -> None:
        names = "区工信局", "芙蓉区工信局", "天心区工信局"
        assert perhaps_one(names, apart=set(names)) == []
        assert perhaps_one(names, apart={"区工信局", "芙蓉区工信局"}) == [("区工信局", "天心区工信局")]

    def test_what_is_surely_one_is_one_of_the_names(self) -> None:
        assert perhaps_one(["npower", "NPOWER", "npower limited"]) == [("npower", "npower limited")]


def at(unit: str, amount: Any, day: str = "2020-03-02", **cells: Any) -> Purchase:
    rest = {
        "category": "办公椅",
        "kind": "goods",
        "in_catalogue": "no",
        "method": "direct",
        "approved_on": "2020-01-02",
    }
    return bought(amount, day, unit=unit, **{**rest, **cells})


def told(report: procure.Report) -> list[tuple[str, bool, str]]:
    totals = [finding.accumulated for finding in report]
    return [
        (finding.verdict.value, finding.settled, "" if total is None else str(total.low // 100))
        for finding, total in zip(report, totals, strict=True)
    ]


def test_one_name_in_several_ways_is_one_account() -> None:
    report = check([at("Acme", 3000), at("ACME.", 1500), at("ac me", 400)], furong())
    assert [total for *_, total in told(report)] == ["3000", "4500", "4900"]
    # What stands in the report is what was typed.
    assert [finding.purchase.unit for finding in report] == ["Acme", "ACME.", "ac me"]


def test_what_turns_on_whether_names_are_one_is_not_settled() -> None:
    rows = [at("区工信局", 3000), at("芙蓉区工信局", 4000), at("别局", 100), at("天心区别局", 100)]
    report = check(rows, furong())
    assert told(report) == [
        *[("compliant", False, "3000"), ("compliant", False, "4000")],
        *[("compliant", True, "100"), ("compliant", True, "100")],
    ]
    assert [finding.by_names for finding in report] == [True, True, False, False]
    notice = report.notices[0]
    assert (notice.kind, notice.message) == (
        "perhaps-one-name",
        Words(
            "采购单位“区工信局”“芙蓉区工信局”可能是同一个，合计 ¥7,000.00，2 笔结论取决于此；"
            '请在 mapping 的 [same.unit] 下写："区工信局" = ["芙蓉区工信局"]，'
            '若不是则写：apart = ["区工信局", "芙蓉区工信局"]',
            "unit: '区工信局', '芙蓉区工信局' may be one, ¥7,000.00 together: 2 verdicts turn on it; "
            'write below [same.unit] in the mapping: "区工信局" = ["芙蓉区工信局"], '
            'or, if they are not: apart = ["区工信局", "芙蓉区工信局"]',
        ),
    )


def test_a_verdict_that_is_the_same_either_way_stays_settled() -> None:
    report = check([at("区工信局", 3000), at("芙蓉区工信局", 6000)], furong())
    assert [(finding.verdict.value, finding.settled) for finding in report][1] == ("violation", True)


def test_names_on_which_nothing_turns_are_told_in_one() -> None:
    names = [f"{sign}{sign}{sign}" for sign in "甲乙丙丁戊己"]
    rows = [at(name, 1, category=name) for name in names] + [at(f"{name}有限公司", 1, category=name) for name in names]
    report = check(rows, furong())
    (notice,) = (notice for notice in report.notices if notice.kind == "perhaps-one-name")
    assert all(finding.settled for finding in report)
    assert notice.message.en.startswith(
        "names that may be one, on which no verdict turns: '甲甲甲', '甲甲甲有限公司'; "
    )
    assert notice.message.zh.endswith("“戊戊戊”“戊戊戊有限公司”……")


class TestMapping:
    LOG = "采购日期,采购单位,品目,采购类别,采购金额,是否目录内,采购方式,报告同意日期\n" + "".join(
        f"2020-0{n}-02,{unit},办公椅,货物,{amount},否,自行采购,2020-01-02\n"
        for n, (unit, amount) in enumerate(
            [("区工信局", 3000), ("芙蓉区工信局", 1500), ("长沙市芙蓉区工信局", 4000)], 1
        )
    )

    def report(self, tmp_path: Path, mapping: str) -> procure.Report:
        file, saved = tmp_path / "log.csv", tmp_path / "mapping.toml"
        file.write_text(self.LOG, encoding="utf-8")
        saved.write_text(mapping, encoding="utf-8")
        report = check(procure.read(file, mapping=saved), furong())
        pl = pytest.importorskip("polars")
        frame = pl.read_csv(file, infer_schema=False)
        by_frame = procure.check_frame(frame, furong(), mapping=saved).select(framing.VERDICT_COLUMNS).rows()
        assert by_frame == framing.by_report(report)
        return report

    def test_nothing_is_said(self, tmp_path: Path) -> None:
        assert [settled for _, settled, _ in told(self.report(tmp_path, ""))] == [False] * 3

    def test_they_are_one(self, tmp_path: Path) -> None:
        report = self.report(tmp_path, '[same.unit]\n"区工信局" = ["芙蓉区工信局", "长沙市芙蓉区工信局"]\n')
        assert [total for *_, total in told(report)] == ["3000", "4500", "8500"]
        assert [finding.purchase.unit for finding in report] == ["区工信局"] * 3
        assert not [notice for notice in report.notices if notice.kind == "perhaps-one-name"]

    def test_they_are_apart(self, tmp_path: Path) -> None:
        names = '"区工信局", "芙蓉区工信局", "长沙市芙蓉区工信局"'
        report = self.report(tmp_path, f"[same.unit]\napart = [{names}]\n")
        assert told(report) == [("compliant", True, "3000"), ("compliant", True, "1500"), ("compliant", True, "4000")]
        assert not [notice for notice in report.notices if notice.kind == "perhaps-one-name"]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("[same.unt]\napart = ['x']", "same.unt: there is no column 'unt' (did you mean 'unit'?)"),
            ("[same.amount]\n'x' = ['y']", "same.amount: it is no column of names"),
            ("[same.unit]\n'x' = ['y']\n'z' = ['Y']", "same.unit.z: 'Y' is 'x' already"),
            ("[same.unit]\n'x' = ['y']\n'y' = ['z']", "same.unit.x: 'y' has other names of its own"),
            ("[same.unit]\n'x' = 'y'", 'same.unit.x: it must be a list of texts, not "y"'),
        ],
    )
    def test_what_cannot_be_said(self, tmp_path: Path, text: str, message: str) -> None:
        with pytest.raises(ProcureError) as caught:
            self.report(tmp_path, text)
        assert str(caught.value) == f"{tmp_path / 'mapping.toml'}: {message}"


CATEGORIES = ["纸", "纸（A4）", "A05040101", "笔"]
LOGS = st.lists(
    st.tuples(st.sampled_from(UNITS), st.sampled_from(CATEGORIES), st.sampled_from([400, 2_000, 4_900, 60_000])),
    min_size=1, max_size=6,
)  # fmt: skip


def as_one(rows: list[tuple[str, str, int]], one: dict[str, str]) -> list[Purchase]:
    return [at(one.get(unit, unit), amount, category=one.get(category, category)) for unit, category, amount in rows]


@settings(max_examples=10)
@given(LOGS)
def test_a_settled_verdict_is_the_same_whichever_names_are_one(rows: list[tuple[str, str, int]]) -> None:
    """Every way in which the names may be one, by renaming them."""
    report = check(as_one(rows, {}), furong())
    units = [dict.fromkeys(pair, pair[0]) for n in (2, 3) for pair in combinations(UNITS[:3], n)]
    for of_unit in ({}, *units):
        for of_category in ({}, {"纸（A4）": "纸"}):
            habits = Habits(apart=dict.fromkeys(("unit", "category"), (*UNITS[:3], *CATEGORIES[:2])))
            log = procure.Log.of(as_one(rows, {**of_unit, **of_category}))
            other = check(procure.Log(log.purchases, (), habits), furong())
            for finding, its in zip(report, other, strict=True):
                if finding.settled:
                    assert (its.verdict, its.settled) == (finding.verdict, True)


@settings(max_examples=25)
@given(LOGS, st.data())
def test_both_engines_say_the_same(rows: list[tuple[str, str, int]], data: Any) -> None:
    pl = pytest.importorskip("polars")
    blank = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    table = [
        {"id": str(n), "date": "2020-03-02", "unit": None if lacks else unit, "category": category, "kind": "货物",
         "amount": str(amount), "in_catalogue": "否", "method": "自行采购", "approved_on": "2020-01-02"}
        for n, ((unit, category, amount), lacks) in enumerate(zip(rows, blank, strict=True))
    ]  # fmt: skip
    frame = pl.DataFrame(table, schema_overrides={"unit": pl.String})
    found = procure.check_frame(frame, furong()).select(framing.VERDICT_COLUMNS).rows()
    assert found == agreement.by_check(frame, furong(), False)
    by_columns = check(procure.read(frame), furong(), engine=procure.engine("polars"))
    assert framing.by_report(by_columns) == found


def test_a_code_its_name_in_a_list_and_both_are_one_category() -> None:
    listed = [{"code": "A05040101", "name": "复印纸"}, {"code": "A0101", "name": "柜"}, {"code": "A0102", "name": "柜"}]
    names = "A05040101", "复印纸", "A05040101复印纸", "a05040101 复 印纸", "柜", "A0101"
    report = check([at("甲局", 100, category=name) for name in names], furong(catalogue=listed))
    # A name with two codes is neither.
    assert [total for *_, total in told(report)] == ["100", "200", "300", "400", "100", "100"]


def test_codes_that_differ_in_leading_zeros_are_told_of() -> None:
    report = check([at("甲局", 100, category=code) for code in ("0502", "502", "00502", "7")], furong())
    (notice,) = (notice for notice in report.notices if notice.kind == "codes-with-zeros")
    assert notice.message == Words(
        "品目：只差前导零的编码各自累计：00502、0502、502",
        "category: codes that differ in leading zeros alone are summed apart: 00502, 0502, 502",
    )
    assert [total for *_, total in told(report)] == ["100"] * 4


def test_names_of_two_columns_that_may_be_one() -> None:
    rows = [at("区工信局", 3000), at("芙蓉区工信局", 1500), at("区工信局", 1500, category="办公椅（黑）")]
    report = check(rows, furong())
    assert [finding.by_names for finding in report] == [True, True, True]
    assert sorted(notice.kind for notice in report.notices if notice.kind == "perhaps-one-name") == [
        "perhaps-one-name", "perhaps-one-name",
    ]  # fmt: skip
