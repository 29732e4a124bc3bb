"""Conditions on dates, alone and beside others, and on words that rank."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import NO, OPEN, YES, may, small

from procure import MISSING, UNDATED
from procure.authoring import InForce, PolicyError, column

RANKED = column("by", type="word", order=("clerk", "head", "board"))


def fault(met_by: Any, columns: Any = (), **keys: Any) -> str:
    """What is said against a policy."""
    with pytest.raises(PolicyError) as caught:
        small(met_by, columns, **keys)
    assert caught.value.words.zh
    return "\n".join(fault.words.en for fault in caught.value.faults)


class TestDates:
    @pytest.mark.parametrize(
        ("said", "holds"),
        [
            ("<= date", lambda apart: apart <= 0),
            ("< date", lambda apart: apart < 0),
            ("= date", lambda apart: apart == 0),
            (">= date", lambda apart: apart >= 0),
            ("<= date - 7 days", lambda apart: apart <= -7),
            ("<= date + 1 day", lambda apart: apart <= 1),
            ("> date + 30 days", lambda apart: apart > 30),
        ],
    )
    def test_days_apart(self, said: str, holds: Any) -> None:
        policy = small({"approved_on": said}, [column("approved_on", blank="none")])
        day = dt.date(2020, 6, 8)
        for apart in (-8, -7, -6, -1, 0, 1, 2, 29, 30, 31):
            approved = day + dt.timedelta(apart)
            assert may(policy, approved_on=approved, date=day, amount=1) == {holds(apart)}, apart
        # None on record fails every comparison, even where the other date is missing.
        assert may(policy, approved_on=None, date=day, amount=1) == NO
        assert may(policy, approved_on=None, date=None, amount=1) == NO
        assert may(policy, approved_on=day, date=None, amount=1) == OPEN
        assert may(policy, date=day, amount=1) == OPEN

    def test_a_yes_without_a_date(self) -> None:
        columns = [column("approved_on", yes=True, blank="none")]
        for condition, expected in (("<= date", OPEN), ("present", YES), ("absent", NO)):
            policy = small({"approved_on": condition}, columns)
            assert may(policy, approved_on="是", date="2020-06-08", amount=1) == expected
            assert may(policy, approved_on=UNDATED, date="2020-06-08", amount=1) == expected
        assert may(small({"approved_on": ["<= date", "> date"]}, columns), approved_on="是", date="2020-06-08") == YES

    @pytest.mark.parametrize(
        ("cell", "present"), [("2020-06-08", YES), (None, NO), ("", NO), ("无", NO), (MISSING, OPEN), ("soon", OPEN)]
    )
    def test_presence(self, cell: Any, present: set[bool]) -> None:
        columns = [column("approved_on", blank="none")]
        assert may(small({"approved_on": "present"}, columns), approved_on=cell, amount=1) == present
        absent = {not each for each in present}
        assert may(small({"approved_on": "absent"}, columns), approved_on=cell, amount=1) == absent
        assert may(small({"approved_on": "present"}, columns), amount=1) == OPEN  # no such column

    def test_against_a_day(self) -> None:
        columns = [column("approved_on", blank="none")]
        for said in (">= 2020-03-01", dt.date(2020, 3, 1)):
            policy = small({"approved_on": said}, columns)
            assert may(policy, approved_on="2020-03-01", amount=1) == YES
            assert may(policy, approved_on="2020-02-29", amount=1) == NO
        policy = small({"approved_on": "[2020-03-01 .. 2020-03-31]", "amount": ">= 1"}, columns)
        assert may(policy, approved_on="2020-03-31", amount=1) == YES
        assert may(policy, approved_on="2020-04-01", amount=1) == NO
        assert may(policy, amount=1) == OPEN

    def test_a_day_and_another_date_together(self) -> None:
        # They are one fact: what is after the purchase may still be within the year.
        policy = small(
            [{"approved_on": "<= date"}, {"approved_on": "[2020-12-01 .. 2020-12-31]"}], [column("approved_on")]
        )
        assert may(policy, approved_on="2020-12-05", date="2020-11-30", amount=1) == YES
        assert may(policy, approved_on="2020-11-30", date="2020-11-29", amount=1) == NO

    def test_several_pairs(self) -> None:
        columns = [column("posted", type="date"), column("opened", type="date"), column("approved_on")]
        policy = small({"posted": ["<= opened - 7 days", "<= date - 30 days"]}, columns)
        assert may(policy, posted="2020-06-01", opened="2020-06-08", date="2020-06-09", amount=1) == YES
        assert may(policy, posted="2020-06-02", opened="2020-06-08", date="2020-06-09", amount=1) == NO
        assert may(policy, posted="2020-05-10", opened="2020-05-12", date="2020-06-09", amount=1) == YES

    def test_a_date_that_can_only_be_in_force(self) -> None:
        force = InForce(since=dt.date(2020, 1, 1), until=dt.date(2020, 12, 31))
        policy = small({"approved_on": "<= date"}, [column("approved_on")], in_force=force)
        for approved, expected in (("2019-12-31", YES), ("2020-01-01", YES), ("2020-01-02", OPEN), ("2021-01-01", NO)):
            assert may(policy, approved_on=approved, date=None, amount=1) == expected

    @given(st.dates(dt.date(2019, 12, 1), dt.date(2021, 1, 31)))
    def test_an_undated_purchase_is_of_every_day_in_force(self, approved: dt.date) -> None:
        force = InForce(since=dt.date(2020, 1, 1), until=dt.date(2020, 12, 31))
        days = [dt.date(2020, 1, 1) + dt.timedelta(n) for n in range(366)]
        for said, holds in (("<= date", lambda a: a <= 0), ("<= date - 7 days", lambda a: a <= -7)):
            policy = small({"approved_on": said}, [column("approved_on", blank="none")], in_force=force)
            assert may(policy, approved_on=approved, date=None, amount=1) == {
                holds((approved - day).days) for day in days
            }

    def test_the_day_itself_is_refused_where_there_is_none(self) -> None:
        assert fault({"approved_on": "<= 2020-02-30"}, [column("approved_on")])
        assert fault({"quotes": ">= 2020-02-28"})


class TestRanks:
    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            (">= head", {"clerk": NO, "head": YES, "board": YES}),
            ("> head", {"clerk": NO, "head": NO, "board": YES}),
            ("<= head", {"clerk": YES, "head": YES, "board": NO}),
            ("= board", {"clerk": NO, "head": NO, "board": YES}),
            ("board", {"clerk": NO, "head": NO, "board": YES}),
        ],
    )
    def test_the_order_is_the_policys(self, said: str, expected: dict[str, set[bool]]) -> None:
        policy = small({"by": said}, [RANKED])
        for word, right in expected.items():
            assert may(policy, by=word, amount=1) == right
        assert may(policy, by=None, amount=1) == OPEN

    def test_a_rank_may_be_of_several_words_and_of_figures(self) -> None:
        ranked = column("by", type="word", order=("head of section", "2", "town council / board"))
        for said, right in (
            (">= 2", {"head of section": NO, "2": YES, "town council / board": YES}),
            ("> head of section", {"head of section": NO, "2": YES, "town council / board": YES}),
            (">= town council / board", {"head of section": NO, "2": NO, "town council / board": YES}),
        ):
            policy = small({"by": said}, [ranked])
            for word, expected in right.items():
                assert may(policy, by=word, amount=1) == expected

    def test_a_word_without_rank_fails_every_comparison(self) -> None:
        ranked = column(
            "by", type="word", words={"clerk": (), "head": (), "guest": ()}, order=("clerk", "head"), other=True
        )
        for said in (">= clerk", "<= head", "< head"):
            policy = small({"by": said}, [ranked])
            assert may(policy, by="guest", amount=1) == NO
            assert may(policy, by="somebody", amount=1) == NO
            assert may(policy, by="clerk", amount=1) == YES

    def test_none_on_record_fails_every_comparison(self) -> None:
        ranked = column("by", type="word", order=("clerk", "head"), blank="none")
        for said in (">= clerk", "<= head", "present"):
            assert may(small({"by": said}, [ranked]), by="", amount=1) == NO
        assert may(small({"by": "absent"}, [ranked]), by="", amount=1) == YES

    def test_what_has_no_rank_is_refused(self) -> None:
        assert fault({"by": ">= boss"}, [RANKED])
        assert fault({"method": ">= direct"}, [column("method")])
