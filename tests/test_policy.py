"""Limits in every form, adopted readings, and what a policy tells of itself."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import pytest
from building import bought, furong
from hypothesis import given
from hypothesis import strategies as st

import procure
from procure import Kind
from procure.amounts import fen
from procure.catalogues import Catalogue
from procure.judge import Judge
from procure.limits import Limits
from procure.policy import Policy
from procure.sources import Citation, Clause, Passage
from procure.words import ProcureError, Words
from procure.writers import text

FLOOR = fen(5000)
THREE = {kind.value: "300000.00" for kind in Kind}


class TestLimits:
    @pytest.mark.parametrize(
        ("given", "plain"),
        [
            (None, {}),
            ({}, {}),
            (300_000, THREE),
            ("30万元", THREE),
            (300_000.0, THREE),
            ({None: 300_000}, THREE),
            ({"goods": 300_000}, {"goods": "300000.00"}),
            ({Kind.GOODS: 300_000}, {"goods": "300000.00"}),
            ({"货物": 300_000, "工程类": "60万"}, {"goods": "300000.00", "works": "600000.00"}),
            ({2020: 300_000}, {f"2020:{kind.value}": "300000.00" for kind in Kind}),
            ({"2020": {"goods": 300_000}}, {"2020:goods": "300000.00"}),
            ({2020: {Kind.GOODS: 300_000}}, {"2020:goods": "300000.00"}),
            (
                {None: {"goods": 200_000}, 2020: {"goods": 300_000}},
                {"goods": "200000.00", "2020:goods": "300000.00"},
            ),
            ({"goods": 300_000, Kind.GOODS: "30万"}, {"goods": "300000.00"}),
            ({"goods": "5000.01"}, {"goods": "5000.01"}),
        ],
    )
    def test_given(self, given: object, plain: Mapping[str, str]) -> None:
        limits = Limits.of(given, above=FLOOR)
        assert limits.plain == plain
        assert furong(limits=given).limits == plain

    @pytest.mark.parametrize(
        ("given", "zh", "en"),
        [
            (5_000, "限额 5000.00 元须高于 5000.00 元", "a limit of 5000.00 yuan is not above 5000.00 yuan"),
            ({"works": 0}, "限额 0.00 元须高于 5000.00 元", "a limit of 0.00 yuan is not above 5000.00 yuan"),
            (
                {2020: {"works": -1}},
                "限额 -1.00 元须高于 5000.00 元",
                "a limit of -1.00 yuan is not above 5000.00 yuan",
            ),
            ("abc", "“abc”不是金额", "'abc' is not an amount"),
            ({"goods": None}, "“None”不是金额", "'None' is not an amount"),
            ({"goods": True}, "“True”不是金额", "'True' is not an amount"),
            ({"goods": 5_000.001}, "“5000.001”不能精确到分", "'5000.001' is not exact to the fen"),
            (
                {"杂项": 300_000},
                "“杂项”不是已知的采购类别（可用：货物、服务、工程）",
                "'杂项' is not a known kind (use one of: goods, services, works)",
            ),
            (
                {2020: {"杂项": 300_000}},
                "“杂项”不是已知的采购类别（可用：货物、服务、工程）",
                "'杂项' is not a known kind (use one of: goods, services, works)",
            ),
            ({12: 300_000}, "“12”不是年份", "12 is not a year"),
            ({"12": 300_000}, "“12”不是年份", "12 is not a year"),
            ({3000: {"goods": 300_000}}, "“3000”不是年份", "3000 is not a year"),
            ({2020.5: 300_000}, "“2020.5”不是年份", "2020.5 is not a year"),
            ({True: 300_000}, "“True”不是年份", "True is not a year"),
            ({"goods": 300_000, Kind.GOODS: 400_000}, "货物有两个限额", "goods has two limits"),
            ({2020: 300_000, "2020": {"goods": 400_000}}, "货物有两个限额", "goods has two limits"),
        ],
    )
    def test_refused(self, given: object, zh: str, en: str) -> None:
        with pytest.raises(ProcureError) as caught:
            furong(limits=given)
        assert caught.value.words == Words(zh, en)

    def test_a_year_before_all_years(self) -> None:
        limits = Limits.of({None: {"goods": 200_000, "works": 400_000}, 2020: {"goods": 300_000}}, above=FLOOR)
        assert limits.get(Kind.GOODS, 2020) == fen(300_000)
        assert limits.get(Kind.GOODS, 2021) == fen(200_000)
        assert limits.get(Kind.GOODS, None) == fen(200_000)
        assert limits.get(Kind.WORKS, 2020) == fen(400_000)
        assert limits.get(Kind.SERVICES, 2020) is None

    @given(st.integers(FLOOR + 1, 10**14))
    def test_any_amount_above_the_floor(self, limit: int) -> None:
        assert Limits.of(fen(f"{limit // 100}.{limit % 100:02}"), above=FLOOR).get(Kind.WORKS, 2020) == limit

    @given(st.integers(-(10**14), FLOOR))
    def test_none_at_the_floor_or_below(self, limit: int) -> None:
        with pytest.raises(ProcureError, match=r" yuan is not above 5000\.00 yuan$"):
            Limits.of(fen(procure.amounts.yuan(limit)), above=FLOOR)

    @pytest.mark.parametrize(
        ("limits", "kinds"),
        [
            (None, (Kind.GOODS, Kind.SERVICES, Kind.WORKS)),
            ({"goods": 300_000}, (Kind.SERVICES, Kind.WORKS)),
            ({2021: 300_000}, (Kind.GOODS, Kind.SERVICES, Kind.WORKS)),
            ({2020: 300_000}, ()),
            (300_000, ()),
        ],
    )
    def test_kinds_without_one(self, limits: object, kinds: tuple[Kind, ...]) -> None:
        assert furong(limits=limits).kinds_without_limit([2020]) == kinds


class TestAdopt:
    def test_is_recorded_and_changes_nothing_else(self) -> None:
        policy = furong()
        adopted = policy.adopt({"limbs": "single"})
        assert (policy.adopted, adopted.adopted) == ({}, {"limbs": "single"})
        assert policy.working["limbs"] == "higher"
        assert adopted.working == {**policy.working, "limbs": "single"}
        assert adopted.open == policy.open & policy.questions["limbs"]["single"]
        assert len(policy.open) == 2 * len(adopted.open) == 49_152
        assert attrs.evolve(adopted, adopted={}).limits == policy.limits

    def test_one_by_one_or_at_once(self) -> None:
        answers = {"limbs": "single", "counted": "all"}
        policy = furong()
        for ambiguity, reading in answers.items():
            policy = policy.adopt({ambiguity: reading})
        assert policy.adopted == furong(answers).adopted == answers
        assert policy.adopt(answers).adopted == answers
        assert policy.adopt({}).adopted == answers

    def test_working_is_recommended_where_nothing_is_adopted(self) -> None:
        policy = furong()
        assert policy.working == {
            a.id: a.recommended if a.needs is None else a.needs.otherwise for a in policy.questions
        }
        assert policy.working in policy.open

    def test_a_question_is_asked_where_its_datum_is_there_or_it_was_settled(self) -> None:
        policy = furong()
        assert [a.id for a in policy.not_asked][:4] == ["whose", "catalogue-cap", "catalogue-floor", "emergency"]
        facing = policy.facing({"department", "emergency"})
        assert {a.id for a in facing.asked} - {a.id for a in policy.asked} == {"whose", "emergency"}
        assert len(facing.open) == 4 * len(policy.open) == 4 * 49_152
        assert facing.working == {**policy.working, "emergency": "statutory"}
        settled = policy.adopt({"whose": "department"})
        assert "whose" in {a.id for a in settled.asked}
        assert settled.working == {**policy.working, "whose": "department"}
        given = furong(catalogue={"A0201": 1_000}, open_tender=2_000_000)
        assert {a.id for a in given.asked} - {a.id for a in policy.asked} == {"catalogue-cap", "catalogue-floor"}
        assert len(furong(catalogue=["A0201"]).open) == 49_152

    @pytest.mark.parametrize(
        ("answers", "en"),
        [
            ({"limb": "higher"}, "there is no ambiguity 'limb' (there are: exclusion, limit-overlap, "),
            ({"limbs": "both"}, "limbs has no reading 'both' (it has: higher, single)"),
            ({"dating": "order"}, "there is no ambiguity 'dating' (there are: exclusion, "),
        ],
    )
    def test_what_there_is_not(self, answers: Mapping[str, str], en: str) -> None:
        with pytest.raises(ProcureError) as caught:
            furong().adopt(answers)
        assert str(caught.value).startswith(en)

    def test_a_second_answer(self) -> None:
        with pytest.raises(ProcureError) as caught:
            furong({"limbs": "single"}).adopt({"limbs": "higher"})
        assert caught.value.words == Words(
            "limbs 已采用“single”，不能又采用“higher”", "limbs was adopted as 'single' and cannot be 'higher' too"
        )

    def test_all_of_them_leave_one_interpretation(self) -> None:
        policy = furong()
        policy = policy.adopt(policy.working)
        assert len(policy.open) == 1
        report = procure.check([bought(5_000), bought(86_000), bought(300)], policy)
        assert all(finding.settled and not finding.flips for finding in report)


class TestMeasures:
    def test_every_interpretation_reads_one_total(self) -> None:
        policy = furong()
        union = policy.questions.none
        for measure in policy.measures:
            assert not union & measure.when
            union |= measure.when
        assert union == policy.questions.every
        assert len(policy.measures) == 48

    @pytest.mark.parametrize(
        ("policy", "levels", "counted", "measures"),
        [
            (furong(), 2, 3, 18),
            (furong().facing({"department"}), 4, 3, 36),
            (furong(catalogue={"A0201": 1_000}), 2, 4, 24),
            (furong({"window": "running", "current": "included", "counted": "all"}), 2, 1, 2),
            (furong({"whose": "department", "category-level": "item"}), 1, 3, 9),
        ],
    )
    def test_only_what_is_read_is_added_up(self, policy: Policy, levels: int, counted: int, measures: int) -> None:
        narrow = policy.narrowed()
        assert (len(narrow.levels), len(narrow.counted), len(narrow.measures)) == (levels, counted, measures)
        union = policy.questions.none
        for measure, when in zip(narrow.measures, narrow.scale.totals, strict=True):
            assert measure.when == when
            assert not union & when
            union |= when
        assert union == policy.open
        assert narrow.working_measure is not None

    @pytest.mark.parametrize(
        ("answers", "level", "counted", "whole_year", "itself"),
        [
            ({}, "item", "non-tender", False, True),
            ({"current": "excluded"}, "item", "non-tender", False, False),
            ({"window": "whole-year"}, "item", "non-tender", True, True),
            ({"window": "whole-year", "current": "excluded"}, "item", "non-tender", True, True),
            ({"category-level": "second", "counted": "off-catalogue"}, "second", "off-catalogue", False, True),
            ({"counted": "all"}, "item", "all", False, True),
        ],
    )
    def test_of_the_working_interpretation(
        self, answers: Mapping[str, str], level: str, counted: str, whole_year: bool, itself: bool
    ) -> None:
        policy = furong(answers)
        measure = policy.working_measure
        assert measure is not None
        assert (policy.levels[measure.level].id, policy.counted[measure.counted].id) == (level, counted)
        assert (measure.whole_year, measure.itself) == (whole_year, itself)


class TestFitsTogether:
    @pytest.mark.parametrize(
        "changed", [{"rules": ()}, {"cuts": (FLOOR,)}, {"tiers": ("one", "two")}, {"measures": ()}]
    )
    def test_or_is_refused(self, changed: Mapping[str, object]) -> None:
        with pytest.raises(ProcureError) as caught:
            attrs.evolve(furong(), **changed)
        assert str(caught.value) == (
            "the policy does not fit together: it needs rules, a boundary for each cut, one tier more than cuts, and "
            "readings for each measured total"
        )


def test_a_judge_is_told_by_the_policy_alone() -> None:
    policy = furong()
    assert Judge(policy).policy is policy
    assert policy.year == 2020
    assert policy.parties == 3


class TestSources:
    PASSAGE = Passage("5000元以内，5000元至", Words("原文", "the text"))

    def test_a_clause_is_cut_by_offset_and_wording(self) -> None:
        assert self.PASSAGE.clause(8, "5000元至") == Clause(8, 14, "5000元至")
        assert str(Clause(8, 14, "5000元至")) == "5000元至"
        assert self.PASSAGE.sha256 == Passage(self.PASSAGE.text, Words("", "")).sha256

    def test_the_one_place(self) -> None:
        assert self.PASSAGE.find("5000元至") == Clause(8, 14, "5000元至") == self.PASSAGE.clause(8, "5000元至")

    @pytest.mark.parametrize(("text", "count"), [("5000元", 2), ("三方询价", 0)])
    def test_not_one_place(self, text: str, count: int) -> None:
        with pytest.raises(ProcureError) as caught:
            self.PASSAGE.find(text)
        zh, en = f"“{text}”在原文出现 {count} 次，不是一次", f"{text!r} stands {count} times in the passage, not once"
        assert caught.value.words == Words(zh, en)

    def test_a_clause_elsewhere(self) -> None:
        with pytest.raises(ProcureError) as caught:
            self.PASSAGE.clause(7, "5000元至")
        assert caught.value.words == Words(
            "原文第 7 字起不是“5000元至”：它在 8", "offset 7 does not read '5000元至': it is at 8"
        )

    def test_a_clause_nowhere(self) -> None:
        with pytest.raises(ProcureError) as caught:
            self.PASSAGE.clause(0, "三方询价")
        assert caught.value.words == Words(
            "原文第 0 字起不是“三方询价”：原文没有这句话",
            "offset 0 does not read '三方询价': the passage does not have it",
        )

    @pytest.mark.parametrize(
        ("citation", "words"),
        [
            (Citation("预算法"), Words("预算法", "预算法")),
            (Citation("预算法", "18"), Words("预算法 第18条", "预算法 art. 18")),
            (Citation("通知", None, "2020-11-10"), Words("通知 （2020-11-10）", "通知 (2020-11-10)")),
            (
                Citation("预算法", "18", says=Words("自1月1日起", "from 1 January on"), analogy=True, verified=False),
                Words(
                    "预算法 第18条：自1月1日起〔类推〕〔未核实〕",
                    "预算法 art. 18: from 1 January on [by analogy] [unverified]",
                ),
            ),
        ],
    )
    def test_citations(self, citation: Citation, words: Words) -> None:
        assert citation.words == words


class TestWords:
    def test_format_says_each_language(self) -> None:
        told = Words("{a}和{b}", "{a} and {b}").format(a=Words("甲", "A"), b=3)
        assert told == Words("甲和3", "A and 3")
        assert (told.say("zh"), told.say("en")) == ("甲和3", "A and 3")

    def test_a_value_with_braces_is_left_alone(self) -> None:
        assert Words("{a}", "{a}").format(a="{b}") == Words("{b}", "{b}")

    def test_an_error_is_english_and_keeps_both(self) -> None:
        error = ProcureError(Words("甲", "A"))
        assert str(error) == "A"
        assert error.words.zh == "甲"
        assert isinstance(error, ValueError)


class TestWithoutTotals:
    """A policy that accumulates nothing places by the single amount, and says nothing of totals."""

    @staticmethod
    def policy() -> Policy:
        policy = furong()
        scale = attrs.evolve(policy.scale, total=policy.questions.none, totals=())
        return attrs.evolve(policy, scale=scale, levels=(), counted=(), measures=(), unasked=())

    def test_judged_by_the_single_amount(self) -> None:
        log = [bought(4_000, unit=None), bought(4_000, unit=None, date="2020-07-01"), bought(5_001, unit=None)]
        report = procure.check(log, self.policy())
        assert [finding.verdict.value for finding in report] == ["compliant", "compliant", "violation"]
        assert report.notices == ()
        for finding in report:
            assert (finding.accumulated, finding.counted) == (None, None)

    def test_told_without_totals(self) -> None:
        told = text.dumps(procure.check([bought(6_000)], self.policy()), "en")
        assert "\n      single ¥6,000.00\n" in told
        assert "accumulated" not in told
        told_of = "Questions not asked: whose, catalogue-cap, catalogue-floor, emergency (see"
        assert told_of in told

    def test_without_questions_or_a_standard(self) -> None:
        data = {"department", "open_tender", "floor", "emergency"}
        policy = attrs.evolve(self.policy(), open_tender=None).facing(data)
        assert policy.standard is None
        told = text.dumps(procure.check([bought(6_000)], policy), "en")
        assert "Questions not asked" not in told
        assert "open tender from" not in told


class TestCatalogueFloors:
    def test_blank_entries_are_none(self) -> None:
        assert Catalogue.of({" ": 5, "A0201": None, "移动存储": "0.1万"}).floors == {"移动存储": 100_000}

    @pytest.mark.parametrize("floor", [0, -1])
    def test_a_floor_is_above_zero(self, floor: int) -> None:
        with pytest.raises(ProcureError) as caught:
            furong(catalogue={"移动存储": floor})
        assert caught.value.words == Words(
            "目录中“移动存储”的起点金额须高于零", "the floor of '移动存储' in the catalogue must be above zero"
        )

    def test_one_floor_an_entry(self) -> None:
        with pytest.raises(ProcureError) as caught:
            furong(catalogue={"A02010000": 1_000, "A0201": 2_000})
        assert caught.value.words == Words("目录中“A0201”有两个起点金额", "'A0201' has two floors in the catalogue")
