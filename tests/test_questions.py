"""The questions of the Furong policy: all there, as the table has them, each citation seen or marked as not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import lines
import oracle
import pytest
from furong_2020 import (
    CATALOGUE,
    DECENTRALISED,
    EXECUTED,
    HIGHEST,
    LOWEST,
    MIDDLE,
    PASSAGE,
    UNASKED,
    Shown,
    shown,
)

from procure import Kind, Words
from procure.api import check
from procure.interpretation.readings import Ambiguity, Questions, Treatment
from procure.interpretation.sources import Citation

ALL = (*EXECUTED, *UNASKED)

TABLE = {
    "exclusion": ("excluded", "included"),
    "limit-overlap": ("upper", "lower"),
    "limbs": ("higher", "single"),
    "current": ("included", "excluded"),
    "window": ("running", "whole-year"),
    "category-level": ("item", "second"),
    "counted": ("non-tender", "all", "off-catalogue"),
    "scope": ("off-catalogue", "all"),
    "channel-list": ("equivalent", "closed"),
    "quotes-list": ("open", "closed"),
    "quotes-counted": ("received", "invited"),
    "method-list": ("open", "closed"),
    "single-source": ("grounded", "free"),
    "approval-order": ("prior", "ratifiable"),
    "approval-scope": ("lowest", "every"),
    "whose": ("unit", "department"),
    "catalogue-cap": ("capped", "uncapped"),
    "catalogue-floor": ("floor", "name"),
    "emergency": ("statutory", "none"),
    "refunds": ("lowers", "ignored"),
    "one-purchase": ("row", "contract"),
}

#: What the last six need, and what is taken without it.
NEEDS = {
    "whose": ("department", "unit"),
    "catalogue-cap": ("open-tender", "uncapped"),
    "catalogue-floor": ("catalogue.floor", "name"),
    "emergency": ("emergency", "none"),
    "refunds": ({"amount": "< 0"}, "lowers"),
    "one-purchase": ("contract repeats", "row"),
}

ENTRIES = {
    "exclusion": ("A01", "A02"),
    "limit-overlap": ("A03",),
    "limbs": ("A04", "A05"),
    "current": ("A06",),
    "window": ("A07",),
    "category-level": ("A12",),
    "counted": ("A14",),
    "scope": ("A15",),
    "channel-list": ("A25",),
    "quotes-list": ("A20",),
    "quotes-counted": ("A21",),
    "method-list": ("A22",),
    "single-source": ("A22",),
    "approval-order": ("A23",),
    "approval-scope": ("A24",),
    "whose": ("A13",),
    "catalogue-cap": ("A16",),
    "catalogue-floor": ("A17",),
    "emergency": ("A26",),
    "dating": ("A08",),
    "amount-basis": ("A09",),
    "tax": ("A09",),
    "refunds": ("A14",),
    "one-purchase": ("A11",),
    "one-batch": ("A11",),
    "whose-project": ("A13",),
    "mixed-order": ("A17",),
    "limit-source": ("A19",),
    "dropped-word": ("A10",),
    "decentralised-meaning": ("A18",),
}

TREATMENTS = {
    Treatment.ANSWERED: {"dating", "amount-basis", "tax", "whose-project", "mixed-order"},
    Treatment.DELEGATED: {"limit-source"},
    Treatment.NOTED: {"one-batch", "dropped-word", "decentralised-meaning"},
}

OWN_WORDS = "本制度原文“"
#: The words of the law, as they were seen.
QUOTES = Path(__file__).parents[2] / "shared" / "law" / "QUOTES.md"

#: Instrument and article as the project's sources have them: these may be cited as they stand …
SEEN = {
    ("民法总则", "205"),
    ("民法典", "1259"),
    ("审计法实施条例", "56"),
    ("生产安全事故报告和调查处理条例", "3"),
    ("机关事务管理条例", "15"),
    ("预算法", "18"),
    ("政府采购法", "7–8"),
    ("政府采购法", "26"),
    ("政府采购法", "27"),
    ("政府采购法", "31"),
    ("政府采购法", "32"),
    ("政府采购法", "40"),
    ("政府采购法实施条例", "4"),
    ("政府采购法实施条例", "5"),
    ("政府采购法实施条例", "23"),
    ("政府采购法实施条例", "25"),
    ("政府采购法实施条例", "28"),
    ("国办发〔2019〕55号", None),
    ("湖南省预算单位政府集中采购目录及标准指引", None),
    ("山东省财政厅", None),
    ("审计常用表述", None),
    ("财政部令第74号", "3"),
    ("财政部令第74号", "4"),
    ("财政部令第74号", "50"),
    ("财政部令第87号", "86"),
    ("财政部令第110号", "3"),
    ("财政部令第110号", "50"),
    ("财政部令第110号", "52"),
    ("政府采购竞争性磋商采购方式管理暂行办法", "3"),
    ("政府采购法", "85"),
    ("政府采购法实施条例", "29"),
    ("民法通则", "155"),
    ("特种设备安全监察条例", "71"),
    ("长沙市政府采购电子卖场（公品商城·长沙）", None),
}
#: … and these only as unverified.
UNSEEN = {
    ("政府采购法", "2"),
    ("政府采购法", "15"),
    ("政府采购法", "28"),
    ("政府采购法", "33"),
    ("财库〔2013〕189号", None),
    ("财会〔2012〕21号", None),
    ("财库〔2019〕69号", None),
    ("国办发〔2010〕61号", None),
    ("湖南省预算单位政府集中采购目录及标准指引", None),
    ("江西、河南采购标准", None),
    ("中央2011—2012年采购标准", None),
    ("2016年采购目录附注（所属目录未详）", None),
    ("新会区采购规定", None),
    ("某中学采购制度", None),
    ("台湾地区政府采购法施行细则", "6"),
    ("New York town policy", None),
    ("World Bank BP 11.00 Annex C(vi)", None),
    ("Gosport", None),
}
#: They say of themselves that they govern something else, or govern somebody else.
ANALOGIES = {
    "民法总则",
    "民法典",
    "审计法实施条例",
    "生产安全事故报告和调查处理条例",
    "机关事务管理条例",
    "国办发〔2019〕55号",
    "湖南省预算单位政府集中采购目录及标准指引",
    "山东省财政厅",
    "民法通则",
    "特种设备安全监察条例",
    "财政部令第87号",
}

citations = [
    pytest.param(citation, id=f"{a.id}-{r.id}-{citation.instrument}-{citation.article}")
    for a in ALL
    for r in a.readings
    for citation in r.support
]
each_ambiguity = pytest.mark.parametrize("ambiguity", ALL, ids=lambda a: a.id)
each_citation = pytest.mark.parametrize("citation", citations)
WITNESSES, INPUT_WITNESSES = shown(EXECUTED), shown(UNASKED)
each_input_witness = pytest.mark.parametrize("each", INPUT_WITNESSES, ids=lambda each: each.question.id)
each_witness = pytest.mark.parametrize("each", WITNESSES, ids=lambda each: f"{each.question.id}-{each.entries[-1]}")


class TestText:
    def test_passage(self) -> None:
        assert PASSAGE.text.startswith("属于年度政府集中采购目录")
        assert PASSAGE.text.endswith("等方式采购。\n")
        assert len(PASSAGE.text) == 290

    def test_clauses_tile_the_passage(self) -> None:
        clauses = (CATALOGUE, DECENTRALISED, LOWEST, MIDDLE, HIGHEST)
        assert [c.start for c in clauses] == [0, 73, 96, 148, 230]
        assert "".join(c.text + mark for c, mark in zip(clauses, "。。；；。", strict=True)) + "\n" == PASSAGE.text


class TestCatalogueOfAmbiguities:
    def test_executed_as_in_the_table(self) -> None:
        assert {a.id: a.answers for a in EXECUTED} == TABLE
        assert [a.id for a in EXECUTED] == list(TABLE)
        assert len(Questions(a for a in EXECUTED if a.needs is None).every) == 49_152

    def test_what_the_last_six_need(self) -> None:
        needs = {a.id: (a.needs.datum, a.needs.otherwise) for a in EXECUTED if a.needs is not None}
        assert needs == NEEDS

    def test_every_entry_is_covered(self) -> None:
        assert {entry for a in ALL for entry in a.entries} == {f"A{n:02}" for n in range(1, 27)}
        assert {a.id: a.entries for a in ALL} == ENTRIES

    def test_treatments(self) -> None:
        assert {a.treatment for a in EXECUTED} == {Treatment.EXECUTED}
        for treatment, ids in TREATMENTS.items():
            assert {a.id for a in UNASKED if a.treatment is treatment} == ids

    def test_all_can_stand_together(self) -> None:
        assert len(Questions(ALL)) == len(ALL) == 30

    @each_ambiguity
    def test_recommended_first(self, ambiguity: Ambiguity) -> None:
        assert ambiguity.answers[0] == ambiguity.recommended

    @each_ambiguity
    def test_spans_are_verbatim(self, ambiguity: Ambiguity) -> None:
        assert bool(ambiguity.spans) == (ambiguity.id != "emergency")
        for span in ambiguity.spans:
            assert PASSAGE.text[span.start : span.end] == span.text
        assert list(ambiguity.spans) == sorted(ambiguity.spans, key=lambda span: span.start)

    @each_ambiguity
    def test_says_why_in_both_languages(self, ambiguity: Ambiguity) -> None:
        asked = ambiguity.treatment is Treatment.EXECUTED and ambiguity.needs is None
        assert (ambiguity.because is None) == asked
        said = [ambiguity.question, ambiguity.why, *(r.meaning for r in ambiguity.readings)]
        said += [] if ambiguity.because is None else [ambiguity.because]
        for words in said:
            assert words.zh.strip() == words.zh
            assert words.en.strip() == words.en
            assert words.zh[-1] in "。？"
            assert words.en[-1] in ".?"
        assert ambiguity.question.zh.count("？") == ambiguity.question.en.count("?") == 1
        assert ambiguity.why.zh.count("。") == 2

    @each_ambiguity
    def test_names_nobody_as_evading(self, ambiguity: Ambiguity) -> None:
        said = [ambiguity.question, ambiguity.why, *(r.meaning for r in ambiguity.readings)]
        for words in said:
            for accusing in ("拆分", "化整为零", "规避", "串通", "倒签"):
                assert accusing not in words.zh
            for accusing in ("splitting", "evad", "collu"):
                assert accusing not in words.en


class TestSupport:
    @each_ambiguity
    def test_every_reading_is_supported(self, ambiguity: Ambiguity) -> None:
        assert all(reading.support for reading in ambiguity.readings)

    @each_citation
    def test_only_what_was_seen(self, citation: Citation) -> None:
        if citation.instrument.startswith(OWN_WORDS):
            assert citation.instrument.removeprefix(OWN_WORDS).removesuffix("”") in PASSAGE.text
            assert citation.verified
            assert not citation.analogy
        else:
            assert (citation.instrument, citation.article) in (SEEN if citation.verified else UNSEEN)
        assert citation.says is not None

    @each_citation
    def test_its_words_are_verbatim(self, citation: Citation) -> None:
        if citation.quote is not None:
            if not QUOTES.exists():
                pytest.skip("the quotations (../shared/law) are not here")
            assert citation.quote in QUOTES.read_text(encoding="utf-8")

    @each_citation
    def test_analogy_is_called_analogy(self, citation: Citation) -> None:
        counting = (citation.instrument, citation.article) == ("政府采购法实施条例", "28")
        assert citation.analogy or not (counting or citation.instrument in ANALOGIES)

    def test_as_it_is_read(self) -> None:
        (included,) = (r for r in EXECUTED[0].readings if r.id == "included")
        assert [c.words for c in included.support[2:]] == [
            Words(
                "民法总则 第205条：2020年度有效；以内包括本数〔类推〕",
                "民法总则 art. 205: in force in fiscal year 2020; 以内 includes the number [by analogy]",
            ),
            Words(
                "民法通则 第155条“民法所称的‘以上’、‘以下’、‘以内’、‘届满’，包括本数；"
                "所称的‘不满’、‘以外’，不包括本数。”：2020年度亦有效；以内包括本数〔类推〕",
                "民法通则 art. 155 “民法所称的‘以上’、‘以下’、‘以内’、‘届满’，包括本数；"
                "所称的‘不满’、‘以外’，不包括本数。”: in force in fiscal year 2020 too; "
                "以内 includes the number [by analogy]",
            ),
            Words(
                "民法典 第1259条（2021）：该年起施行，文字相同〔类推〕",
                "民法典 art. 1259 (2021): in force since then, in the same words [by analogy]",
            ),
        ]


class TestWitnesses:
    def test_each_executed_question_has_one(self) -> None:
        assert {each.question.id for each in WITNESSES} == set(TABLE)
        assert {entry for each in WITNESSES for entry in each.entries} == {e for a in EXECUTED for e in a.entries}

    @each_witness
    def test_well_formed(self, each: Shown) -> None:
        witness = each.witness
        assert tuple(witness.verdicts) == TABLE[each.question.id]
        assert set(witness.verdicts.values()) == {"violation", "compliant"}
        assert set(each.entries) <= set(ENTRIES[each.question.id])
        assert each.question.id not in witness.assumes
        for ambiguity, reading in witness.assumes.items():
            assert reading in TABLE[ambiguity][1:]

    @each_witness
    def test_verdicts(self, each: Shown) -> None:
        for reading, verdict in each.witness.verdicts.items():
            policy = each.policy(reading).adopt({**each.witness.assumes, each.question.id: reading})
            assert check(each.log(reading), policy).purchases[-1].verdict.value == verdict

    @each_witness
    def test_its_question_is_asked(self, each: Shown) -> None:
        question, verdicts = each.question, each.witness.verdicts
        report = check(each.log(question.recommended), each.policy(question.recommended).adopt(each.witness.assumes))
        assert question.id in {ambiguity.id for ambiguity in report.plan.asked}
        working = verdicts[report.plan.working[question.id]]
        turning = [{question.id: reading} for reading, verdict in verdicts.items() if verdict != working]
        assert [flip for flip in report.purchases[-1].flips if question.id in flip] == turning

    @each_witness
    def test_nothing_is_missing(self, each: Shown) -> None:
        reading = each.question.recommended
        for purchase in lines.known(each.log(reading)):
            for column in ("date", "unit", "category", "kind", "fen", "in_catalogue", "method", "invited", "quotes"):
                assert getattr(purchase, column) is not None
            assert lines.UNKNOWN not in (purchase.approved_on, purchase.ground)
            assert purchase.in_catalogue == (purchase.category in each.catalogue(reading))

    @each_witness
    def test_verdicts_by_the_oracle(self, each: Shown) -> None:
        for reading, verdict in each.witness.verdicts.items():
            interpretation = {**oracle.recommended(), **each.witness.assumes, each.question.id: reading}
            assert _by_the_oracle(each, reading, interpretation) == verdict


class TestInputWitnesses:
    def test_each_question_that_is_not_run_has_one(self) -> None:
        assert [each.question.id for each in INPUT_WITNESSES] == [a.id for a in UNASKED]

    def test_each_entry_has_a_witness(self) -> None:
        found = {entry for each in (*WITNESSES, *INPUT_WITNESSES) for entry in each.entries}
        assert found == {f"A{n:02}" for n in range(1, 27)}

    def test_what_no_input_expresses(self) -> None:
        without = {(each.question.id, reading) for each in INPUT_WITNESSES for reading in each.witness.inexpressible}
        assert without == {("dating", "rolling"), ("decentralised-meaning", "statutory")}

    @each_input_witness
    def test_well_formed(self, each: Shown) -> None:
        witness = each.witness
        assert each.entries == each.question.entries
        assert sorted((*witness.verdicts, *witness.inexpressible)) == sorted(each.question.answers)
        assert witness.name is not None
        for words in (witness.name, *witness.inexpressible.values()):
            assert words.zh.endswith("。")
            assert words.en.endswith(".")

    @each_input_witness
    def test_verdicts(self, each: Shown) -> None:
        for reading, verdict in each.witness.verdicts.items():
            finding = check(each.log(reading), each.policy(reading)).purchases[-1]
            assert (finding.verdict.value, finding.missing) == (verdict, ())

    @each_input_witness
    def test_the_readings_part(self, each: Shown) -> None:
        # One of a single case has nothing to differ from.
        verdicts = each.witness.verdicts
        assert len(set(verdicts.values())) == min(len(verdicts), 2)

    @each_input_witness
    def test_verdicts_by_the_oracle(self, each: Shown) -> None:
        for reading, verdict in each.witness.verdicts.items():
            assert _by_the_oracle(each, reading, oracle.recommended()) == verdict


def _by_the_oracle(each: Shown, reading: str, interpretation: Mapping[str, str]) -> str:
    given = each.given(reading)
    *_, judged = oracle.judge(
        lines.known(each.log(reading)),
        interpretation,
        limits=_fen(given["decentral"]),
        catalogue=each.catalogue(reading),
        open_tender=_fen(given["open-tender"]) if "open-tender" in given else {},
    )
    return "violation" if judged.breaches else "compliant"


def _fen(yuan: int | Mapping[str, int]) -> dict[Kind, int]:
    by_kind = yuan if isinstance(yuan, Mapping) else {kind.value: yuan for kind in Kind}
    return {Kind(kind): number * 100 for kind, number in by_kind.items()}
