"""Accumulated totals: an exact fold, whatever the order of independent groups and however a log is cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from building import bought, furong, yuan
from hypothesis import given
from hypothesis import strategies as st

import procure
from procure.ledger import Counted, Entry, Level, Measure, Posted, Total, minus, part, plus, post
from procure.readings import Questions
from procure.records import Purchase
from procure.scale import NO_BOUND
from procure.terms import Method

LEVELS = (Level("item", lambda category: category), Level("letter", lambda category: category[0]))
EVERY = Questions([]).every
BEFORE, WITH, YEAR = (
    Measure(EVERY, 0, 0, itself=False),
    Measure(EVERY, 0, 0),
    Measure(EVERY, 0, 0, whole_year=True),
)


class Line(NamedTuple):
    unit: str
    day: int
    category: str
    fen: int

    @property
    def entry(self) -> Entry:
        return Entry((self.unit, None, 2020, self.category), self.day, part(self.fen, (True,)))


LINES = st.lists(
    st.builds(
        Line,
        st.sampled_from(["甲", "乙"]),
        st.integers(1, 5),
        st.sampled_from(["纸", "纸张", "笔"]),
        st.integers(-1_000_000, 1_000_000),
    ),
    max_size=12,
)


def total(measure: Measure, posted: Posted) -> Total:
    found = measure.of(posted)
    assert found is not None
    return found


def lows(lines: Sequence[Line], measure: Measure) -> list[int]:
    return [total(measure, posted).low for posted in post([line.entry for line in lines], LEVELS)]


class TestExactFold:
    @given(LINES)
    def test_against_a_naive_sum(self, lines: list[Line]) -> None:
        postings = post([line.entry for line in lines], LEVELS)
        for level, at in ((0, slice(None)), (1, slice(1))):
            for i, (line, posted) in enumerate(zip(lines, postings, strict=True)):
                same = [
                    (other.day, n, other.fen)
                    for n, other in enumerate(lines)
                    if other.unit == line.unit and other.category[at] == line.category[at]
                ]
                earlier = [fen for day, n, fen in same if (day, n) < (line.day, i)]
                whole = [fen for _, _, fen in same]
                for whole_year, itself, amounts in (
                    (False, False, earlier),
                    (False, True, [*earlier, line.fen]),
                    (True, True, whole),
                ):
                    measure = Measure(EVERY, level, 0, whole_year, itself)
                    assert total(measure, posted) == Total(sum(amounts), 0, len(amounts), 0)

    def test_ties_keep_the_order_of_the_log(self) -> None:
        lines = [Line("甲", 2, "纸", 100), Line("甲", 1, "纸", 1), Line("甲", 2, "纸", 10), Line("甲", 1, "纸", 1000)]
        assert lows(lines, WITH) == [1101, 1, 1111, 1001]
        assert lows(lines, BEFORE) == [1001, 0, 1101, 1]
        assert lows(lines, YEAR) == [1111] * 4

    def test_refunds_count_with_their_sign(self) -> None:
        lines = [Line("甲", 1, "纸", 300), Line("甲", 2, "纸", -500), Line("甲", 3, "纸", 100)]
        assert lows(lines, WITH) == [300, -200, -100]

    def test_nothing_to_post(self) -> None:
        assert post([], LEVELS) == []

    def test_what_cannot_be_placed_is_in_no_total(self) -> None:
        entries = [Entry(None, 0, part(7, (True,))), Line("甲", 1, "纸", 300).entry]
        unplaced, placed = post(entries, LEVELS)
        assert unplaced is None
        assert WITH.of(unplaced) is None
        assert total(YEAR, placed) == Total(300, 0, 1, 0)

    def test_years_and_units_are_apart(self) -> None:
        entries = [
            Entry((unit, None, year, "纸"), 1, part(5, (True,))) for unit in (None, "甲") for year in (2020, 2021)
        ]
        assert [total(YEAR, posted).low for posted in post(entries, LEVELS)] == [5, 5, 5, 5]


class TestOrder:
    @given(LINES, st.randoms(use_true_random=False))
    def test_of_independent_groups_does_not_matter(self, lines: list[Line], random: Any) -> None:
        # Rows of one group keep their order among themselves; the groups are shuffled together anew.
        groups: dict[tuple[str, str], list[int]] = {}
        for i, line in enumerate(lines):
            groups.setdefault((line.unit, line.category[0]), []).append(i)
        queues = [list(rows) for rows in groups.values()]
        order = []
        while queues := [queue for queue in queues if queue]:
            order.append(random.choice(queues).pop(0))
        for measure in (BEFORE, WITH, YEAR):
            as_given = lows(lines, measure)
            shuffled = lows([lines[i] for i in order], measure)
            assert [as_given[i] for i in order] == shuffled

    @given(LINES)
    def test_of_days_does_not_depend_on_that_of_rows(self, lines: list[Line]) -> None:
        by_day = sorted(range(len(lines)), key=lambda i: lines[i].day)
        as_given = lows(lines, WITH)
        assert [as_given[i] for i in by_day] == lows([lines[i] for i in by_day], WITH)

    @given(LINES, st.integers(0, 12))
    def test_split_and_merged(self, lines: list[Line], at: int) -> None:
        # What both halves of a log add to a year is what the whole adds.
        def by_group(part: Sequence[Line]) -> dict[tuple[str, str], int]:
            return {(line.unit, line.category): low for line, low in zip(part, lows(part, YEAR), strict=True)}

        first, second, merged = by_group(lines[:at]), by_group(lines[at:]), by_group(lines)
        assert merged == {key: first.get(key, 0) + second.get(key, 0) for key in first.keys() | second.keys()}


class TestUncertain:
    @given(
        st.lists(
            st.tuples(st.integers(-500, 500), st.sampled_from([True, False, None])),
            min_size=1,
            max_size=7,
        ),
        st.data(),
    )
    def test_every_completion_is_within(self, rows: list[tuple[int, bool | None]], data: st.DataObject) -> None:
        entries = [Entry(("甲", None, 2020, "纸"), 1, part(fen, (counts,))) for fen, counts in rows]
        chosen = [data.draw(st.booleans()) if counts is None else counts for _, counts in rows]
        complete = [
            Entry(("甲", None, 2020, "纸"), 1, part(fen, (c,))) for (fen, _), c in zip(rows, chosen, strict=True)
        ]
        for measure in (BEFORE, WITH, YEAR):
            for posted, sure in zip(post(entries, LEVELS), post(complete, LEVELS), strict=True):
                known, interval = total(measure, sure), total(measure, posted)
                assert known.exact
                assert interval.low <= known.low <= interval.high
                assert interval.sure <= known.sure <= interval.sure + interval.maybe
                assert interval.bounded

    @given(st.lists(st.tuples(st.integers(-500, 500), st.sampled_from([True, False, None])), max_size=7))
    def test_the_bounds_are_reached(self, rows: list[tuple[int, bool | None]]) -> None:
        entries = [Entry(("甲", None, 2020, "纸"), 1, part(fen, (counts,))) for fen, counts in rows]
        for posted in post(entries, LEVELS)[-1:]:
            found = total(YEAR, posted)
            sure = sum(fen for fen, counts in rows if counts)
            maybe = [fen for fen, counts in rows if counts is None]
            assert found.low == sure + sum(fen for fen in maybe if fen < 0)
            assert found.high == sure + sum(fen for fen in maybe if fen > 0)

    @pytest.mark.parametrize(
        ("fen", "counts", "expected"),
        [
            (300, True, (300, 300, 1, 0)),
            (300, None, (0, 300, 0, 1)),
            (-300, None, (-300, 0, 0, 1)),
            (300, False, (0, 0, 0, 0)),
            (None, False, (0, 0, 0, 0)),
        ],
    )
    def test_part(self, fen: int | None, counts: bool | None, expected: tuple[int, ...]) -> None:
        found = Total(*part(fen, (counts,)))
        assert (found.low, found.high, found.sure, found.maybe) == expected

    @pytest.mark.parametrize("counts", [True, None])
    def test_an_unread_amount_has_no_bound(self, counts: bool | None) -> None:
        entries = [
            Line("甲", 1, "纸", 300).entry,
            Entry(("甲", None, 2020, "纸"), 2, part(None, (counts,))),
            Line("甲", 3, "纸", 200).entry,
        ]
        postings = post(entries, LEVELS)
        found = [total(WITH, posted) for posted in postings]
        assert [(t.low, t.bounded, t.exact) for t in found] == [
            (300, True, True),
            (300, False, False),
            (500, False, False),
        ]
        # From there on: the one before it is not touched, but for the year.
        assert not total(YEAR, postings[0]).bounded
        assert total(BEFORE, postings[1]).exact

    @given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=3), st.integers(-500, 500))
    def test_plus_and_minus(self, counts: list[bool | None], fen: int) -> None:
        one, other = part(fen, tuple(counts)), part(None, tuple(counts))
        assert minus(plus(one, other), other) == one


class TestThroughCheck:
    """The same totals at the end of the pipeline."""

    @staticmethod
    def accumulated(log: Sequence[Purchase], answers: Mapping[str, str] | None = None) -> list[tuple[int, int]]:
        found = []
        for finding in procure.check(log, furong(answers), any_year=True):
            assert finding.accumulated is not None
            found.append((finding.accumulated.low, finding.accumulated.high))
        return found

    def test_of_the_working_interpretation(self) -> None:
        log = [
            bought(100, date="2020-03-01", category="A05040101"),
            bought(20, date="2020-02-01", category="A05040201"),
            bought(3, date="2020-04-01", category="A05040101", method="open_tender"),
            bought(-40, date="2020-05-01", category="A05040101", in_catalogue=True),
            bought(500, date="2021-05-01", category="A05040101"),
        ]
        for answers, expected in (
            ({}, [100, 20, 100, 60, 500]),
            ({"current": "excluded"}, [0, 0, 100, 100, 0]),
            ({"window": "whole-year"}, [60, 20, 60, 60, 500]),
            ({"category-level": "second"}, [120, 20, 120, 80, 500]),
            ({"counted": "all"}, [100, 20, 103, 63, 500]),
            ({"counted": "off-catalogue"}, [100, 20, 103, 103, 500]),
        ):
            assert self.accumulated(log, answers) == [(n * 100, n * 100) for n in expected]

    def test_uncertain_members(self) -> None:
        log = [
            bought(100, date="2020-03-01", method=None),
            bought(20, date="2020-03-02"),
            bought(-5, date="2020-03-03", method=None),
        ]
        assert self.accumulated(log) == [(0, 10_000), (2_000, 12_000), (1_500, 12_000)]
        assert self.accumulated(log, {"counted": "all"}) == [(10_000,) * 2, (12_000,) * 2, (11_500,) * 2]

    def test_an_unread_amount(self) -> None:
        log = [bought(100, date="2020-03-01"), bought(None, date="2020-03-02"), bought(20, date="2020-03-03")]
        assert self.accumulated(log) == [(10_000, 10_000), (10_000, 10_000 + NO_BOUND), (12_000, 12_000 + NO_BOUND)]

    @given(st.lists(st.tuples(st.integers(1, 10**13), st.integers(1, 28)), min_size=1, max_size=8))
    def test_no_amount_is_too_large(self, rows: list[tuple[int, int]]) -> None:
        log = [bought(yuan(fen), date=dt.date(2020, 2, day)) for fen, day in rows]
        year = sum(fen for fen, _ in rows)
        assert self.accumulated(log, {"window": "whole-year"}) == [(year, year)] * len(rows)


def test_what_is_counted() -> None:
    ways = {way.id: way for way in furong().counted}
    assert {id: way.column for id, way in ways.items()} == {
        "non-tender": "method",
        "all": None,
        "off-catalogue": "in_catalogue",
        "off-catalogue or below its floor": "in_catalogue",
    }
    for method in Method:
        for inside, below in ((True, True), (True, False), (False, False)):
            counts = {id: way.includes(method, inside, below) for id, way in ways.items()}
            assert counts == {
                "non-tender": method is not Method.OPEN_TENDER,
                "all": True,
                "off-catalogue": not inside,
                "off-catalogue or below its floor": not inside or below,
            }
    assert isinstance(ways["all"], Counted)


def test_levels() -> None:
    keys = {level.id: level.key for level in furong().levels}
    for category, item, second in (
        ("A05040101", "A05040101", "A0504"),
        ("A0504", "A0504", "A0504"),
        ("A05", "A05", "A05"),
        ("C15040000", "C15040000", "C1504"),
        ("B01010000", "B01010000", "B0101"),
        ("D01010000", "D01010000", "D01010000"),
        ("复印纸及其他", "复印纸及其他", "复印纸及其他"),
        ("A0504复印纸", "A0504复印纸", "A0504复印纸"),
    ):
        assert (keys["item"](category), keys["second"](category)) == (item, second)


def test_a_department_has_totals_of_its_own_at_its_levels() -> None:
    unit, department = Level("unit", str), Level("department", str, by_department=True)
    entries = [
        Entry(("甲", who, 2020, "纸"), day, part(fen, (True,)))
        for day, (who, fen) in enumerate([("办公室", 5), ("综合科", 7), (None, 11), ("办公室", 13)])
    ]
    postings = post(entries, (unit, department))
    assert [Measure(EVERY, 0, 0).of(posted) for posted in postings] == [
        Total(5, 0, 1, 0), Total(12, 0, 2, 0), Total(23, 0, 3, 0), Total(36, 0, 4, 0),
    ]  # fmt: skip
    assert [Measure(EVERY, 1, 0).of(posted) for posted in postings] == [
        Total(5, 0, 1, 0), Total(7, 0, 1, 0), None, Total(18, 0, 2, 0),
    ]  # fmt: skip
