"""Accumulated totals: an exact fold, whatever the order of independent groups and however a log is cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from building import bought, furong, yuan
from hypothesis import given
from hypothesis import strategies as st

from procure import Method, Purchase
from procure.api import check
from procure.engines.accounts import RunningAccount
from procure.engines.ledger import Fields, Posted, post, surrounded
from procure.engines.ledger import total as total_of
from procure.engines.sums import Summed, minus, part, plus
from procure.policy.expressions import ALWAYS
from procure.policy.ladders import Cuts
from procure.policy.limits import EITHER_SIGN, NO_BOUND, NOT_NEGATIVE
from procure.policy.totals import Grouping, Measure, Way, Window

#: Two groupings: by unit and category, and by unit and the first letter of the category.
GROUPINGS = (Grouping(("unit", "category"), True), Grouping(("unit", "letter"), True))
WAY = Way("amount", ALWAYS)
CUTS = Cuts([(-200_000, -200_000), (0, 0), (500_000, 500_000)])
SO_FAR, WHOLE = Window(year=True), Window(year=True, whole=True)
BEFORE, WITH, YEAR = (
    Measure("t", GROUPINGS[0], WAY, SO_FAR, False),
    Measure("t", GROUPINGS[0], WAY, SO_FAR, True),
    Measure("t", GROUPINGS[0], WAY, WHOLE, True),
)


class Line(NamedTuple):
    unit: str
    day: int
    category: str
    fen: int


def posted_of(lines: Sequence[Line], counts: Sequence[bool | None] | None = None, unread: int = -1) -> list[Posted]:
    """The lines of the year 2020 in both groupings."""
    units, years = [line.unit for line in lines], [2020] * len(lines)
    items, letters = [line.category for line in lines], [line.category[0] for line in lines]
    keys = [Fields([units, items, years], True), Fields([units, letters, years], True)]
    known = [None if n == unread else line.fen for n, line in enumerate(lines)]
    each = [True] * len(lines) if counts is None else counts
    parts = [part((fen,), (count,), [EITHER_SIGN]) for fen, count in zip(known, each, strict=True)]
    return list(post(keys, [line.day for line in lines], parts))


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


def total(measure: Measure, posted: Posted, grouping: int = 0) -> Summed:
    return total_of(measure, [WAY], posted[grouping])


def lows(lines: Sequence[Line], measure: Measure) -> list[int]:
    return [total(measure, posted).low for posted in posted_of(lines)]


class One:
    """One total that is read: over one window, against the cuts."""

    def __init__(self, window: Window, itself: bool) -> None:
        self.spans = [(window, itself)]
        self.each = [(CUTS, 0, 0)]


class TestExactFold:
    @given(LINES)
    def test_against_a_naive_sum(self, lines: list[Line]) -> None:
        postings = posted_of(lines)
        for grouping, at in ((0, slice(None)), (1, slice(1))):
            for i, (line, posted) in enumerate(zip(lines, postings, strict=True)):
                same = [
                    (other.day, n, other.fen)
                    for n, other in enumerate(lines)
                    if other.unit == line.unit and other.category[at] == line.category[at]
                ]
                earlier = [fen for day, n, fen in same if (day, n) < (line.day, i)]
                whole = [fen for _, _, fen in same]
                others = [fen for _, n, fen in same if n != i]
                for window, itself, amounts in (
                    (SO_FAR, False, earlier),
                    (SO_FAR, True, [*earlier, line.fen]),
                    (WHOLE, True, whole),
                    (WHOLE, False, others),
                ):
                    measure = Measure("t", GROUPINGS[grouping], WAY, window, itself)
                    assert total(measure, posted, grouping) == Summed(sum(amounts), 0, len(amounts), 0)

    @given(LINES, st.integers(1, 4), st.booleans())
    def test_so_many_days_back(self, lines: list[Line], days: int, itself: bool) -> None:
        measure = Measure("t", GROUPINGS[0], WAY, Window(days=days), itself)
        for i, (line, posted) in enumerate(zip(lines, posted_of(lines), strict=True)):
            amounts = [
                other.fen
                for n, other in enumerate(lines)
                if (other.unit, other.category) == (line.unit, line.category)
                and other.day > line.day - days
                and ((other.day, n) < (line.day, i) or (itself and n == i))
            ]
            assert total(measure, posted) == Summed(sum(amounts), 0, len(amounts), 0)

    @given(LINES, st.sampled_from([Window(), WHOLE, SO_FAR, Window(days=2), Window(months=1)]), st.booleans())
    def test_masks_members_and_sums_say_the_same(self, lines: list[Line], window: Window, itself: bool) -> None:
        # What is worked out for a whole account is what each row alone says, and what its members add up to.
        for (posting, *_), line in zip(posted_of(lines), lines, strict=True):
            account, n = posting
            assert isinstance(account, RunningAccount)
            alone = account.sums(n, window, itself)
            masks = list(account.masks(One(window, itself)))
            assert masks[n] == (CUTS.mask_of(*alone),)
            own = part((line.fen,), (True,), [EITHER_SIGN])
            assert account.sums_if(n, own, window, itself) == alone
            assert account.sums_if(n, part((line.fen,), (False,), [EITHER_SIGN]), window, itself) == account.sums(
                n, window, False
            )
            members = [account.parts[at] for at in account.members(n, window, itself)]
            assert alone == tuple(map(sum, zip(*members, strict=True))) if members else alone == (0, 0, 0, 0)

    def test_ties_keep_the_order_of_the_log(self) -> None:
        lines = [Line("甲", 2, "纸", 100), Line("甲", 1, "纸", 1), Line("甲", 2, "纸", 10), Line("甲", 1, "纸", 1000)]
        assert lows(lines, WITH) == [1101, 1, 1111, 1001]
        assert lows(lines, BEFORE) == [1001, 0, 1101, 1]
        assert lows(lines, YEAR) == [1111] * 4

    def test_refunds_count_with_their_sign(self) -> None:
        lines = [Line("甲", 1, "纸", 300), Line("甲", 2, "纸", -500), Line("甲", 3, "纸", 100)]
        assert lows(lines, WITH) == [300, -200, -100]

    def test_nothing_to_post(self) -> None:
        assert posted_of([]) == []
        assert list(post([], [1, 2], [(), ()])) == [(), ()]  # no total is read

    def test_what_cannot_be_placed_may_be_in_every_total_that_agrees(self) -> None:
        keys = Fields([["甲", "甲", "乙", "甲"], [None, "纸", "纸", "纸"], [2020, 2020, 2020, None]], True)
        parts = [part((fen,), (True,), [EITHER_SIGN]) for fen in (7, 300, 20, 5)]
        lacking, placed, other, undated = post([keys], [1, 2, 3, None], parts)
        assert total(YEAR, placed) == Summed(300, 12, 1, 2)
        assert total(YEAR, other) == Summed(20, 0, 1, 0)
        # Alone in an account of its own, or with whatever is there by then.
        assert total(WITH, lacking) == Summed(7, 5, 1, 1)
        assert total(YEAR, lacking) == Summed(7, 305, 1, 2)
        assert total(WITH, undated) == Summed(5, 307, 1, 2)

    def test_years_and_units_are_apart(self) -> None:
        keys = [Fields([["乙", "乙", "甲", "甲"], ["纸"] * 4, [2020, 2021, 2020, 2021]], True)]
        postings = post(keys, [1] * 4, [part((5,), (True,), [EITHER_SIGN])] * 4)
        assert [total(YEAR, posted).low for posted in postings] == [5, 5, 5, 5]


#: Rows that may lack what places them: unit, category, day, fen, and whether they count.
LACKING = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙", None]),
        st.sampled_from(["纸", "笔", None]),
        st.sampled_from([1, 2, 3, 40, None]),
        st.one_of(st.none(), st.integers(-900, 900)),
        st.sampled_from([True, False, None]),
    ),
    min_size=1,
    max_size=9,
)


class TestOneMore:
    @given(LACKING, st.integers(0, 9), st.booleans())
    def test_stands_where_it_would_as_a_row_of_the_log(self, rows: list[Any], added: int, by_year: bool) -> None:
        *units_and_items, days, fens, counts = map(list, zip(*rows, strict=True))
        years = [[None if day is None else 2020 for day in days]] if by_year else []
        columns, last = [*units_and_items, *years], len(rows) - 1
        keys = list(zip(*columns, strict=True))
        parts = [part((fen,), (count,), [EITHER_SIGN]) for fen, count in zip(fens, counts, strict=True)]
        for dated, windows in ((True, (SO_FAR, WHOLE, Window(days=2))), (by_year, (WHOLE,))):
            whole = post([Fields(columns, dated)], days, parts)[last]
            first = min(added, last)
            begun = [column[:first] for column in columns]
            known = days[:first]
            around = surrounded(Fields(begun, dated), known, parts, 4)
            for at in range(first, last):
                around.add(keys[at], days[at], at)
                known.append(days[at])
            account, n = around.seated(keys[last], parts[last], days[last], last)
            for window in windows:
                for itself in (False, True):
                    (there, at) = whole[0]
                    assert account.sums(n, window, itself) == there.sums(at, window, itself)
                    assert set(account.uncertain(n, window, 0)) == set(there.uncertain(at, window, 0))
                    of_its_own = [there.rows[each] for each in there.members(at, window, False)]
                    assert [account.rows[each] for each in account.members(n, window, False)] == of_its_own


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
    ROWS = st.lists(st.tuples(st.integers(-500, 500), st.sampled_from([True, False, None])), min_size=1, max_size=7)

    @staticmethod
    def lines(rows: Sequence[tuple[int, bool | None]]) -> list[Line]:
        return [Line("甲", 1, "纸", fen) for fen, _ in rows]

    @given(ROWS, st.data())
    def test_every_completion_is_within(self, rows: list[tuple[int, bool | None]], data: st.DataObject) -> None:
        chosen = [data.draw(st.booleans()) if counts is None else counts for _, counts in rows]
        uncertain = posted_of(self.lines(rows), [counts for _, counts in rows])
        complete = posted_of(self.lines(rows), chosen)
        for measure in (BEFORE, WITH, YEAR):
            for posted, sure in zip(uncertain, complete, strict=True):
                known, interval = total(measure, sure), total(measure, posted)
                assert known.exact
                assert interval.low <= known.low <= interval.high
                assert interval.sure <= known.sure <= interval.sure + interval.maybe
                assert interval.bounded

    @given(ROWS)
    def test_the_bounds_are_reached(self, rows: list[tuple[int, bool | None]]) -> None:
        for posted in posted_of(self.lines(rows), [counts for _, counts in rows])[-1:]:
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
        found = Summed(*part((fen,), (counts,), [EITHER_SIGN]))
        assert (found.low, found.high, found.sure, found.maybe) == expected

    def test_each_way_of_counting_adds_what_is_its_own(self) -> None:
        unread = [EITHER_SIGN, NOT_NEGATIVE, NOT_NEGATIVE]
        assert part((300, 1, None), (True, None, True), unread) == (300, 0, 1, 0, 0, 1, 0, 1, 0, NO_BOUND, 1, 0)
        assert part((None,), (None,), unread[:1]) == (-NO_BOUND, 2 * NO_BOUND, 0, 1)

    @pytest.mark.parametrize("counts", [True, None])
    def test_an_unread_amount_has_no_bound(self, counts: bool | None) -> None:
        lines = [Line("甲", 1, "纸", 300), Line("甲", 2, "纸", 0), Line("甲", 3, "纸", 200)]
        postings = posted_of(lines, [True, counts, True], unread=1)
        found = [total(WITH, posted) for posted in postings]
        # It may be a refund's.
        assert [(t.founded, t.bounded, t.exact) for t in found] == [
            (True, True, True),
            (False, False, False),
            (False, False, False),
        ]
        # From there on: the one before it is not touched, but for the year.
        assert not total(YEAR, postings[0]).bounded
        assert total(BEFORE, postings[1]).exact

    @given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=3), st.integers(-500, 500))
    def test_plus_and_minus(self, counts: list[bool | None], fen: int) -> None:
        one, other = (
            part((amount,) * len(counts), tuple(counts), [EITHER_SIGN] * len(counts)) for amount in (fen, None)
        )
        assert minus(plus(one, other), other) == one


class TestThroughCheck:
    """The same totals at the end of the pipeline."""

    @staticmethod
    def accumulated(log: Sequence[Purchase], answers: Mapping[str, str] | None = None) -> list[tuple[int, int]]:
        found = []
        for finding in check(log, furong(answers), any_year=True):
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
        assert self.accumulated(log) == [
            (10_000, 10_000),
            (10_000 - NO_BOUND, 10_000 + NO_BOUND),
            (12_000 - NO_BOUND, 12_000 + NO_BOUND),
        ]

    @given(st.lists(st.tuples(st.integers(1, 10**13), st.integers(1, 28)), min_size=1, max_size=8))
    def test_no_amount_is_too_large(self, rows: list[tuple[int, int]]) -> None:
        log = [bought(yuan(fen), date=dt.date(2020, 2, day)) for fen, day in rows]
        year = sum(fen for fen, _ in rows)
        assert self.accumulated(log, {"window": "whole-year"}) == [(year, year)] * len(rows)


def test_what_is_counted() -> None:
    # Each way by a questions reading: of open tenders, of what is inside the catalogue, of what is below its floor.
    floored = {"A0201": 100}
    for counted, floor, right in (
        ("non-tender", "floor", lambda method, inside, below: method is not Method.OPEN_TENDER),
        ("all", "floor", lambda method, inside, below: True),
        ("off-catalogue", "name", lambda method, inside, below: not inside),
        ("off-catalogue", "floor", lambda method, inside, below: not inside or below),
    ):
        policy = furong({"counted": counted, "catalogue-floor": floor}, catalogue=floored)
        for method in Method:
            for category, amount in (("A0201", 50), ("A0201", 100), ("A0504", 50)):
                row = bought(amount, method=method, category=category, in_catalogue=None)
                (finding,) = check([row], policy).purchases
                assert finding.counted is right(method, category == "A0201", amount < 100), (counted, floor, method)


@pytest.mark.parametrize(
    ("category", "second"),
    [
        ("A05040101", "A0504"),
        ("A0504", "A0504"),
        ("A05", "A05"),
        ("C15040000", "C1504"),
        ("B01010000", "B0101"),
        ("D01010000", "D01010000"),
        ("复印纸及其他", "复印纸及其他"),
        ("A0504复印纸", "A0504复印纸"),
    ],
)
def test_levels(category: str, second: str) -> None:
    # A purchase of `second`, then one of the category: at the second level they share an account.
    log = [bought(1, category=second), bought(10, category=category)]
    # Levels that a code leaves open are not said.
    for level, together in (
        ("item", category in (second, f"{second}0000") and second[0] in "ABC" or category == second),
        ("second", True),
    ):
        finding = check(log, furong({"category-level": level})).purchases[-1]
        assert finding.accumulated is not None
        assert finding.accumulated.low == (1_100 if together else 1_000)


def test_a_department_has_totals_of_its_own_at_its_levels() -> None:
    log = [
        bought(fen, department=who, date=f"2020-06-0{day}")
        for day, (who, fen) in enumerate([("办公室", 5), ("综合科", 7), (None, 11), ("办公室", 13)], 1)
    ]
    for whose, expected in (
        ("unit", [(5, 5), (12, 12), (23, 23), (36, 36)]),
        # The row that names none may be of either, and later ones of either with it.
        ("department", [(5, 5), (7, 7), (11, 18), (18, 29)]),
    ):
        found = [finding.accumulated for finding in check(log, furong({"whose": whose}))]
        assert [t and (t.low // 100, t.high // 100) for t in found] == expected


def test_posting_is_a_row_of_an_account() -> None:
    (posted,) = posted_of([Line("甲", 1, "纸", 300)])
    account, n = posted[0]
    assert (account.parts, n) == (((300, 0, 1, 0),), 0)
