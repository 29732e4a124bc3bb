"""The algebra of readings against plain sets of explicit interpretations."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure import ProcureError, Words
from procure.interpretation.readings import Ambiguity, Interpretation, Questions, Reading, Readings

Point = tuple[str, ...]


def ambiguity(id: str, *readings: str) -> Ambiguity:
    words = Words(id, id)
    return Ambiguity(id, words, tuple(Reading(r, words) for r in readings), readings[0], words)


def questions(*widths: int) -> Questions:
    """Ambiguities `a`, `b` … with so many readings each: `a0`, `a1` …"""
    return Questions(
        ambiguity(id, *(f"{id}{n}" for n in range(width))) for id, width in zip("abcd", widths, strict=False)
    )


class Pair(NamedTuple):
    """A set in the algebra, and the same set with every interpretation written out."""

    readings: Readings
    points: frozenset[Point]


class Universe:
    def __init__(self, widths: tuple[int, ...]) -> None:
        self.questions = questions(*widths)
        self.points = frozenset(itertools.product(*(a.answers for a in self.questions)))
        self.every = Pair(self.questions.every, self.points)
        self.none = Pair(self.questions.none, frozenset())

    def answer(self, level: int, index: int) -> Pair:
        asked = self.questions.ambiguities[level]
        answer = asked.answers[index]
        return Pair(asked[answer], frozenset(point for point in self.points if point[level] == answer))

    def whole(self, point: Point) -> dict[str, str]:
        return dict(zip((a.id for a in self.questions), point, strict=True))


OPERATIONS: tuple[Callable[[Any, Any], Any], ...] = (operator.and_, operator.or_, operator.sub)


@st.composite
def universes(draw: st.DrawFn) -> Universe:
    return Universe(tuple(draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))))


def pairs(universe: Universe) -> st.SearchStrategy[Pair]:
    answers = [
        universe.answer(level, index)
        for level, asked in enumerate(universe.questions)
        for index in range(len(asked.readings))
    ]
    atoms = st.sampled_from([*answers, universe.every, universe.none])

    def combined(smaller: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
        return st.builds(
            lambda act, one, other: Pair(*map(act, one, other)), st.sampled_from(OPERATIONS), smaller, smaller
        )

    return st.recursive(atoms, combined, max_leaves=12)


@st.composite
def drawn(draw: st.DrawFn, count: int) -> tuple[Universe, list[Pair]]:
    universe = draw(universes())
    return universe, [draw(pairs(universe)) for _ in range(count)]


class TestAgainstSets:
    @given(drawn(1))
    def test_members(self, case: tuple[Universe, list[Pair]]) -> None:
        universe, [(readings, points)] = case
        assert {point for point in universe.points if universe.whole(point) in readings} == points
        assert len(readings) == len(points)
        assert bool(readings) == bool(points)
        assert repr(readings) == f"<Readings: {len(points)} of {len(universe.points)}>"

    @given(drawn(2))
    def test_equality_is_that_of_the_members(self, case: tuple[Universe, list[Pair]]) -> None:
        _, [one, other] = case
        assert (one.readings == other.readings) == (one.points == other.points)
        assert (hash(one.readings) == hash(other.readings)) == (one.points == other.points)

    @given(drawn(1))
    def test_built_point_by_point(self, case: tuple[Universe, list[Pair]]) -> None:
        universe, [(readings, points)] = case
        built = universe.questions.none
        for point in sorted(points):
            built |= universe.questions.giving(universe.whole(point))
        assert built == readings

    @given(drawn(2))
    def test_operations(self, case: tuple[Universe, list[Pair]]) -> None:
        universe, [one, other] = case
        for act in OPERATIONS:
            result, expected = act(one.readings, other.readings), act(one.points, other.points)
            assert {point for point in universe.points if universe.whole(point) in result} == expected

    @given(drawn(1))
    def test_depends_on(self, case: tuple[Universe, list[Pair]]) -> None:
        universe, [(readings, points)] = case
        moved = []
        for level, asked in enumerate(universe.questions):
            swaps = ((p, (*p[:level], answer, *p[level + 1 :])) for p in universe.points for answer in asked.answers)
            if any((p in points) != (q in points) for p, q in swaps):
                moved.append(asked.id)
        assert readings.depends_on() == tuple(moved)

    @given(drawn(1), st.data())
    def test_nearest(self, case: tuple[Universe, list[Pair]], data: st.DataObject) -> None:
        universe, [(readings, points)] = case
        start = universe.whole(data.draw(st.sampled_from(sorted(universe.points))))
        changes = []
        for point in points:
            whole = universe.whole(point)
            changes.append({id: answer for id, answer in whole.items() if answer != start[id]})
        fewest = min(map(len, changes), default=0)
        expected = [change for change in changes if len(change) == fewest]
        places = {a.id: (n, a.answers) for n, a in enumerate(universe.questions)}

        def place(change: Mapping[str, str]) -> list[tuple[int, int]]:
            return [(places[id][0], places[id][1].index(answer)) for id, answer in change.items()]

        assert list(Interpretation(universe.questions, start).nearest(readings)) == sorted(expected, key=place)

    def test_nearest_of_a_member_and_of_the_empty_set(self) -> None:
        asked = questions(2, 3)
        here = Interpretation(asked, {"a": "a0", "b": "b0"})
        assert here.nearest(asked.every) == ({},)
        assert here.nearest(asked["a"]["a0"]) == ({},)
        assert here.nearest(asked.none) == ()

    def test_nearest_in_the_order_of_the_questions(self) -> None:
        asked = questions(2, 3, 2)
        here = Interpretation(asked, {"a": "a0", "b": "b1", "c": "c0"})
        one = asked["c"]["c1"] | asked["b"]["b2"] | asked["b"]["b0"] | asked["a"]["a1"]
        assert here.nearest(one) == ({"a": "a1"}, {"b": "b0"}, {"b": "b2"}, {"c": "c1"})
        two = asked["c"]["c1"] & asked["a"]["a1"] | asked["b"]["b2"] & asked["a"]["a1"]
        assert here.nearest(two) == ({"a": "a1", "b": "b2"}, {"a": "a1", "c": "c1"})


class TestLaws:
    @given(drawn(3))
    def test_lattice(self, case: tuple[Universe, list[Pair]]) -> None:
        universe, [(a, _), (b, _), (c, _)] = case
        every, none = universe.questions.every, universe.questions.none
        assert a & b == b & a
        assert a | b == b | a
        assert (a & b) & c == a & (b & c)
        assert (a | b) | c == a | (b | c)
        assert a & (b | c) == (a & b) | (a & c)
        assert a | (b & c) == (a | b) & (a | c)
        assert a & (a | b) == a == a | (a & b)
        assert a & a == a == a | a
        assert a & every == a == a | none
        assert a & none == none
        assert a | every == every

    @given(drawn(2))
    def test_complement(self, case: tuple[Universe, list[Pair]]) -> None:
        universe, [(a, _), (b, _)] = case
        every, none = universe.questions.every, universe.questions.none
        assert a - b == a & (every - b)
        assert a - a == none
        assert every - (every - a) == a
        assert every - (a & b) == (every - a) | (every - b)
        assert every - (a | b) == (every - a) & (every - b)
        assert (a - b) | (a & b) == a
        assert len(a) + len(b) == len(a | b) + len(a & b)

    @given(universes())
    def test_answers_part_the_universe(self, universe: Universe) -> None:
        for asked in universe.questions:
            union = universe.questions.none
            for answer in asked.answers:
                assert not union & asked[answer]
                union |= asked[answer]
            assert union == universe.questions.every

    @given(drawn(2), st.integers(2, 4), st.integers(0, 4))
    def test_a_question_that_nothing_reads_changes_nothing(
        self, case: tuple[Universe, list[Pair]], width: int, at: int
    ) -> None:
        # The same sets, in a universe with one more question somewhere.
        universe, drawn = case
        unread = ambiguity("unread", *(f"u{n}" for n in range(width)))
        wider = [ambiguity(a.id, *a.answers) for a in universe.questions]
        wider.insert(at, unread)
        asked = Questions(wider)
        copies = []
        for _, points in drawn:
            copy = asked.none
            for point in points:
                copy |= asked.giving(universe.whole(point))
            copies.append(copy)
        start = universe.whole(min(universe.points))
        here, there = Interpretation(universe.questions, start), Interpretation(asked, {**start, "unread": "u1"})
        for (readings, points), copy in zip(drawn, copies, strict=True):
            assert len(copy) == width * len(points)
            assert copy.depends_on() == readings.depends_on()
            assert there.nearest(copy) == here.nearest(readings)
        (one, other), (a, b) = drawn, copies
        assert len(a & b) == width * len(one.points & other.points)
        assert (a == b) == (one.points == other.points)


class TestQuestions:
    def test_in_order(self) -> None:
        asked = questions(2, 3)
        assert [a.id for a in asked] == ["a", "b"]
        assert len(asked) == 2
        assert "a" in asked
        assert "c" not in asked
        assert asked["b"].answers == ("b0", "b1", "b2")
        assert asked["b"].recommended == "b0"

    def test_giving(self) -> None:
        asked = questions(2, 3)
        assert asked.giving({}) == asked.every
        assert asked.giving({"b": "b2"}) == asked["b"]["b2"]
        assert asked.giving({"b": "b2", "a": "a1"}) == asked["a"]["a1"] & asked["b"]["b2"]
        assert len(asked.giving({"a": "a1", "b": "b2"})) == 1

    def test_no_questions(self) -> None:
        asked = Questions([])
        assert len(asked.every) == 1
        assert len(asked.none) == 0
        assert {} in asked.every
        assert {} not in asked.none

    def test_a_wide_universe_is_counted_without_walking_it(self) -> None:
        asked = Questions(ambiguity(f"q{n}", "yes", "no") for n in range(60))
        assert len(asked["q0"]["yes"] & asked["q59"]["no"]) == 2**58


def refused(act: Callable[[], object]) -> Words:
    with pytest.raises(ProcureError) as caught:
        act()
    assert str(caught.value) == caught.value.words.en
    return caught.value.words


class TestRefused:
    def test_unknown_ambiguity(self) -> None:
        asked = questions(2, 2)
        words = Words("没有歧义“z”（有：a、b）", "there is no ambiguity 'z' (there are: a, b)")
        assert refused(lambda: asked["z"]) == words
        assert refused(lambda: asked.giving({"a": "a0", "z": "a0"})) == words

    def test_unknown_reading(self) -> None:
        asked = questions(3)
        words = Words("a 没有读法“z”（有：a0、a1、a2）", "a has no reading 'z' (there are: a0, a1, a2)")
        assert refused(lambda: asked["a"]["z"]) == words
        assert refused(lambda: asked.giving({"a": "z"})) == words

    def test_not_part_of_a_policy(self) -> None:
        lone = ambiguity("a", "x", "y")
        assert refused(lambda: lone["x"]) == Words(
            "歧义 a 还不属于任何制度", "ambiguity 'a' is not part of a policy yet"
        )

    @pytest.mark.parametrize("act", OPERATIONS)
    def test_two_policies(self, act: Callable[[Readings, Readings], Readings]) -> None:
        one, other = questions(2, 2), questions(2, 2)
        words = Words("两组读法属于不同的制度", "the two sets of readings belong to different policies")
        assert refused(lambda: act(one["a"]["a0"], other["a"]["a0"])) == words
        assert refused(lambda: act(one["a"]["a0"], other["b"]["b1"])) == words

    def test_two_of_one_name(self) -> None:
        two = [ambiguity("a", "x", "y"), ambiguity("a", "v", "w")]
        assert refused(lambda: Questions(two)) == Words("两个歧义同名", "two ambiguities have one id")

    @pytest.mark.parametrize(
        ("readings", "recommended"),
        [(("x", "y"), "z"), (("x",), "x"), ((), "x"), (("x", "x"), "x"), (("x", "y", "x"), "y")],
    )
    def test_readings(self, readings: tuple[str, ...], recommended: str) -> None:
        words = Words("?", "?")
        answers = tuple(Reading(r, words) for r in readings)
        assert refused(lambda: Ambiguity("a", words, answers, recommended, words)) == Words(
            "歧义 a 须有两个以上不同读法，建议读法须在其中",
            "ambiguity 'a' needs two or more distinct readings, the recommended one among them",
        )
