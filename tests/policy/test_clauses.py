"""Clauses in several places of the text, of duties, bands, totals and limits; what of the text is neither encoded nor
set aside, but for the numbers of its paragraphs."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from filing import put, refused, spoiled
from small import bought, small

from procure import writers
from procure.api import check
from procure.authoring import Band, Duty, Ladder, Limit, OwnRule, Passage, Policy, PolicyError, Total, Words
from procure.policy.encoded import encoded
from procure.policy.file.loading import load_policy
from procure.writers import page
from procure.writers import policy as table
from procure.writers import text as writer

RULE, EXCEPTION, TOGETHER, SET = (
    "Three quotes are obtained",
    "In an emergency none are needed",
    "A year counts together",
    "High means 500",
)
NONE = "原文没有“招租”", "the passage does not have '招租'"
TEXT = Passage(f"{RULE}. {EXCEPTION}. {TOGETHER}. {SET}.", Words("两处", "two places"))


def policy(**keys: Any) -> Policy:
    duty = Duty(required="three quotes", clause=[RULE, {"quote": EXCEPTION}], met_by={"quotes": ">= 3"}, when={})
    return small(**{"text": TEXT, "duties": {"quotes": duty}, **keys})


def left(policy: Policy) -> list[str]:
    return [str(clause) for clause in encoded(policy).left]


class TestSeveralClauses:
    def test_all_are_cited(self) -> None:
        assert [str(clause) for clause in policy().built.rules[0].clauses] == [RULE, EXCEPTION]
        assert left(policy()) == [f"{TOGETHER}. {SET}"]

    def test_of_a_rule_in_python(self) -> None:
        own = OwnRule(
            id="own", title="own", clause=[RULE, EXCEPTION], required="quotes", tests={"three": {"quotes": ">= 3"}},
            due=lambda facts: facts.every, met=lambda facts: facts.holds("three"),
        )  # fmt: skip
        assert left(policy(duties={}, rules=[own])) == [f"{TOGETHER}. {SET}"]

    def test_of_bands_totals_and_limits(self) -> None:
        whole = policy(
            duties={"quotes": Duty(required="quotes", clause=RULE, met_by={"quotes": ">= 3"})},
            totals={"yearly": Total(window="year", clause=TOGETHER)},
            limits={"high": [Limit(value=500, clause=[SET])]},
            ladders={
                "steps": Ladder(
                    measures=["yearly"],
                    bands=[
                        Band(id="low", range="[0 .. high]"),
                        Band(id="high-band", range="(high .. )", duties=["quotes"], clause=[EXCEPTION, RULE]),
                    ],
                )
            },
        )
        assert left(whole) == []
        assert encoded(whole).cited == 1

    def test_of_a_limit_of_two_periods(self) -> None:
        limits = [Limit(value=5, clause=SET), Limit(value=9, since=dt.date(2020, 1, 1), clause=TOGETHER)]
        assert left(policy(limits={"high": limits})) == []

    def test_from_a_file(self, tmp_path: Path) -> None:
        tree = spoiled(
            ("duty.tender.clause", ["限额以上招标", {"quote": "不得拆分。", "occurrence": 1}]),
            ("total.so-far.clause", "不得拆分。不得拆分"),
        )
        rule = load_policy(put(tmp_path, tree)).built.rules[2]
        assert [str(clause) for clause in rule.clauses] == ["限额以上招标", "不得拆分。"]


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (
            "duty.tender.clause",
            ["限额以上招标", "招租", "出租"],
            [
                ("duty.tender.clause.2", *NONE),
                ("duty.tender.clause.3", "原文没有“出租”", "the passage does not have '出租'"),
            ],
        ),
        ("duty.tender.clause", [], [("duty.tender.clause", "没有原文", "it quotes nothing")]),
        (
            "duty.tender.clause",
            ["限额以上招标", 5],
            [
                (
                    "duty.tender.clause.2",
                    "须为不空的文字或表，不是 5",
                    "it must be text that is not empty or a table, not 5",
                )
            ],
        ),
        (
            "total.so-far.clause",
            "招租",
            [("total.so-far.clause", "原文没有“招租”", "the passage does not have '招租'")],
        ),
        (
            "limit.theirs.1.clause",
            "招租",
            [("limit.theirs.clause", "原文没有“招租”", "the passage does not have '招租'")],
        ),
        ("limit.top.2.clause", "招租", [("limit.top.2.clause", *NONE)]),
        (
            "text.not-checked",
            ["比价，限额以上"],
            [
                (
                    "text.not-checked.1",
                    "与 duty.tender.clause.1 重叠：“限额以上招标”",
                    "it overlaps duty.tender.clause.1: '限额以上招标'",
                ),
            ],
        ),
    ],
)
def test_what_is_refused(place: str, value: Any, told: list[tuple[str, str, str]], tmp_path: Path) -> None:
    changes = [(place, value)]
    if place == "text.not-checked":
        changes = [(place, value), ("duty.tender.clause", ["限额以上招标"]), ("duty.never.clause", "同意"),
                   ("duty.quotes.clause", "二千元以下"), ("ladder.steps.band.1.clause", "二千元以下")]  # fmt: skip
    assert refused(put(tmp_path, spoiled(*changes))) == told


class TestReports:
    def test_each_says_all_of_them(self) -> None:
        report = check([bought(quotes=1)], policy())
        assert f"[three quotes] “{RULE}”; “{EXCEPTION}”" in writer.dumps(report, "en")
        assert f"【three quotes】“{RULE}”；“{EXCEPTION}”" in writer.dumps(report, "zh")
        (rule,) = json.loads("".join(writers.FORMATS["json"](report, "en")))["policy"]["rules"]
        assert rule["clause"] == f"{RULE} … {EXCEPTION}"
        drawn = page.dumps(report, "en")
        assert drawn.count(f">{RULE}</blockquote>") == drawn.count(f">{EXCEPTION}</blockquote>") == 1
        assert drawn.count('id="rule-1"') == 1

    def test_the_table_to_sign(self) -> None:
        shown = table.dumps(
            policy(
                totals={"yearly": Total(window="year", clause=TOGETHER)},
                limits={"high": [Limit(value=500, clause=SET)]},
            ),
            "en",
        )
        assert f"- clause: “{RULE}”; “{EXCEPTION}”" in shown
        assert f"- **yearly**: sums amount; year; “{TOGETHER}”" in shown
        assert f"- **high** (high): 500 “{SET}”" in shown


class TestNumbersOfParagraphs:
    @pytest.mark.parametrize(
        "text",
        [
            "1. {}\n2、{}\n(3) {}",
            "2.3.1\n{}\n2.3.2\n{}\n2.3.3\n{}",
            "（一）{}；（二）{}；（三）{}。",
            "第三条 {}。第十二条 {}。第100条 {}。",
            "A.  {}\nb) {}\n(iv) {}",
            "§ 12 {}\n§ 13 {}\n• 14: {}",
            "Art. 75. {}\n§ 1º {}\nArticle 76 {}",
            "1、{} 2、{} 3、{}",
        ],
    )
    def test_are_not_left(self, text: str) -> None:
        whole = policy(
            text=Passage(text.format(RULE, EXCEPTION, TOGETHER), Words("x", "x")),
            totals={"yearly": Total(window="year", clause=TOGETHER)},
        )
        assert (left(whole), encoded(whole).cited) == ([], 1)

    def test_are_left_with_the_words_behind_them(self) -> None:
        found = encoded(policy(text=Passage(f"1. {RULE}\n2. {EXCEPTION}\n3. {TOGETHER}", Words("x", "x"))))
        assert [str(clause) for clause in found.left] == [f"3. {TOGETHER}"]
        letters = [sum(map(str.isalnum, words)) for words in (RULE, EXCEPTION, f"3 {TOGETHER}")]
        assert found.cited == Fraction(letters[0] + letters[1], sum(letters))

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("{}. Above 500 {}", "Above 500"),
            ("{}. 5000 {}", "5000"),
            ("{} 5, {}", "5"),
            ("{}: 3years {}", "3years"),
            ("{}。第五 {}", "第五"),
        ],
    )
    def test_other_words_are_left(self, text: str, words: str) -> None:
        assert left(policy(text=Passage(text.format(RULE, EXCEPTION), Words("x", "x")))) == [words]


def test_a_limit_beside_so_much_of_another() -> None:
    def limits(bound: str, value: int = 50, key: str = "at_least") -> Any:
        return {"top": [Limit(value=1_001)], "small": [Limit(value=value, **{key: bound})]}

    assert policy(limits=limits("1/100 * top")).built.limits["small"].get((), 0) == 5_000
    assert policy(limits=limits("5% * top", 51, "above")).built.limits["small"].known
    for bound, value, key, told in [
        ("5% * top", 50, "at_least", "a limit of 50.00 is below 50.05"),
        ("5% * top", 50, "above", "a limit of 50.00 is not above 50.05"),
        ("2 * topp", 50, "above", "there is no limit 'topp' (did you mean 'top'?)"),
        ("top - 3 days", 50, "above", "there is no limit 'top - 3 days' (there are: top, small)"),
        ("0 * top", 50, "above", "there is no limit '0 * top' (did you mean 'top'?)"),
        ("to p", 50, "above", "there is no limit 'to p' (did you mean 'top'?)"),
    ]:
        with pytest.raises(PolicyError) as caught:
            policy(limits=limits(bound, value, key))
        assert [fault.why.en for fault in caught.value.faults] == [told]


def test_a_fraction_between_two_amounts_bounds_a_limit() -> None:
    """A third of 1.00 is no whole number of pence: 0.34 is not below it and above it, 0.33 neither."""
    for key, told in (("at_least", "a limit of 0.33 is below 0.34"), ("above", "a limit of 0.33 is not above 0.33")):
        for value, faults in ((Decimal("0.34"), []), (Decimal("0.33"), [told])):
            found = []
            try:
                policy(limits={"top": [Limit(value=1)], "low": [Limit(value=value, **{key: "1/3 * top"})]})
            except PolicyError as error:
                found = [fault.why.en for fault in error.faults]
            assert found == faults


def test_a_given_limit_is_bounded_by_so_much_of_another() -> None:
    found = policy(limits={"top": [Limit(value=1)], "low": [Limit(given=True, at_least="1/3 * top")]})
    assert found.built.limits["low"].bound((), 0)[0] == 34
