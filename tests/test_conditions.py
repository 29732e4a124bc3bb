"""Conditions in words: equal to the set they describe, and not to be shortened."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure import Words
from procure.interpretation.conditions import cover, spelled, verdict_words
from procure.interpretation.readings import Ambiguity, Questions, Reading, Readings
from procure.policies import furong_2020

NOTHING = Words("", "")


def questions(widths: tuple[int, ...]) -> Questions:
    return Questions(
        Ambiguity(name, NOTHING, tuple(Reading(f"{name}{n}", NOTHING) for n in range(width)), f"{name}0", NOTHING)
        for name, width in zip("abcd", widths, strict=False)
    )


SPACES = [questions(widths) for widths in ((2,), (2, 2), (3, 2), (2, 3, 2), (2, 2, 2, 3))]


@st.composite
def sets(draw: st.DrawFn, space: Questions) -> Readings:
    """Any set: the union of some interpretations."""
    found = space.none
    for _ in range(draw(st.integers(0, 8))):
        found |= space.giving({a.id: draw(st.sampled_from(a.answers)) for a in space})
    return found


def union(space: Questions, parts: list[Readings]) -> Readings:
    return reduce(lambda one, other: one | other, parts, space.none)


@given(st.data())
def test_a_cover_is_the_set_and_nothing_in_it_can_be_dropped(data: st.DataObject) -> None:
    space = data.draw(st.sampled_from(SPACES))
    readings, within = data.draw(sets(space)), space.every - data.draw(sets(space))
    conditions = cover(space, readings, within)
    spelt = [spelled(space, condition) for condition in conditions]
    assert union(space, spelt) & within == readings & within
    for n in range(len(spelt)):
        assert union(space, spelt[:n] + spelt[n + 1 :]) & within != readings & within


@given(st.data())
def test_no_condition_can_do_with_one_question_less(data: st.DataObject) -> None:
    space = data.draw(st.sampled_from(SPACES))
    readings = data.draw(sets(space))
    for condition in cover(space, readings, space.every):
        for ambiguity in condition:
            shorter = {a: answers for a, answers in condition.items() if a != ambiguity}
            assert spelled(space, shorter) - readings


POLICY = furong_2020(limits=300_000)
PLAN = POLICY.plan()
QUESTIONS = PLAN.questions


def among(**answers: str) -> Readings:
    return QUESTIONS.giving({a.replace("_", "-"): reading for a, reading in answers.items()})


EVERY, NONE = QUESTIONS.every, QUESTIONS.none


@pytest.mark.parametrize(
    ("surely", "perhaps", "zh", "en"),
    [
        (EVERY, EVERY, "各种读法下均不符合", "violation under every reading"),
        (NONE, NONE, "各种读法下均符合", "no violation under any reading"),
        (
            EVERY - among(limbs="single"),
            EVERY - among(limbs="single"),
            "不符合，除非 limbs 取 single",
            "violation unless `limbs` is `single`",
        ),
        (
            EVERY - among(limbs="single") - among(current="excluded", window="running"),
            EVERY - among(limbs="single") - among(current="excluded", window="running"),
            "不符合，除非 limbs 取 single，或 current 取 excluded 且 window 取 running",
            "violation unless `limbs` is `single`, or `current` is `excluded` and `window` is `running`",
        ),
        (
            among(scope="all", quotes_list="closed"),
            among(scope="all", quotes_list="closed"),
            "不符合，仅当 scope 取 all 且 quotes-list 取 closed",
            "violation only if `scope` is `all` and `quotes-list` is `closed`",
        ),
        (
            among(limbs="higher", counted="all") | among(limbs="higher", counted="off-catalogue"),
            among(limbs="higher", counted="all") | among(limbs="higher", counted="off-catalogue"),
            "不符合，仅当 limbs 取 higher 且 counted 取 all 或 off-catalogue",
            "violation only if `limbs` is `higher` and `counted` is `all` or `off-catalogue`",
        ),
        (
            NONE,
            EVERY - among(approval_order="ratifiable"),
            "可能不符合（视所缺数据而定），除非 approval-order 取 ratifiable",
            "perhaps a violation, as the missing data may be, unless `approval-order` is `ratifiable`",
        ),
        (
            EVERY - among(method_list="open"),
            EVERY,
            "无论所缺数据如何均不符合，除非 method-list 取 open；各种读法下均可能不符合（视所缺数据而定）",
            "violation whatever the missing data may be, unless `method-list` is `open`; "
            "perhaps a violation, as the missing data may be, under every reading",
        ),
    ],
)
def test_the_exact_words(surely: Readings, perhaps: Readings, zh: str, en: str) -> None:
    assert verdict_words(QUESTIONS, PLAN.open, surely, perhaps) == Words(zh, en)


def test_what_was_adopted_is_not_said_again() -> None:
    plan = POLICY.adopt({"window": "running"}).plan()
    of = plan.questions
    breached = of.every - of["limbs"]["single"] - of.giving({"current": "excluded", "window": "running"})
    assert verdict_words(of, plan.open, breached & plan.open, breached & plan.open).en == (
        "violation only if `limbs` is `higher` and `current` is `included`"
    )
