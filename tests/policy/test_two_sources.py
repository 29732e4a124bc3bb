"""Two sources of one fact: a column of the log, and what it follows from. Where they differ both values are possible,
and a notice says so."""

from __future__ import annotations

from typing import Any

import pytest
from small import NO, OPEN, YES, bought, duty, last, may, question, small, told

from procure import Policy, Words, writers
from procure.api import check
from procure.authoring import Band, Code, Head, Holds, Ladder, OwnRule, Total, ask, column

CHEAP = column("cheap", type="yes-no", derived=Holds({"amount": "< 100", "method": "direct"}))
METHOD = column("method")
CATEGORY = column("category", code=Code("[ABC][0-9]+"))
GROUP = column("group", type="name", derived=Head("category", 3))


def named(**keys: Any) -> Policy:
    return small({"cheap": "yes"}, [METHOD, CHEAP], **keys)


def kinds(policy: Policy, **cells: Any) -> list[tuple[str, str, str]]:
    """Kind and words of each notice of one purchase."""
    return [(each.kind, *each.message) for each in check([bought(**cells)], policy).notices]


class TestACondition:
    @pytest.mark.parametrize(
        ("amount", "method", "said", "expected"),
        [
            (50, "direct", None, YES),
            (50, "direct", "yes", YES),
            (50, "direct", "no", OPEN),
            (150, "direct", None, NO),
            (150, "direct", "no", NO),
            (150, "direct", "yes", OPEN),
            # What is not known of the condition is told by the log, or may be as the condition has it.
            (50, None, None, OPEN),
            (50, None, "yes", OPEN),
            (150, None, "yes", OPEN),
            (150, None, "no", NO),
        ],
    )
    def test_beside_the_log(self, amount: int, method: str | None, said: str | None, expected: set[bool]) -> None:
        assert may(named(), amount=amount, method=method, cheap=said, date="2020-06-08") == expected
        without = {} if said else {"cheap": None}
        assert may(named(), amount=amount, method=method, **({"cheap": said} | without)) == expected

    def test_the_negation(self) -> None:
        policy = small({"cheap": "no"}, [METHOD, CHEAP])
        assert may(policy, amount=50, method="direct", cheap="no") == OPEN
        assert may(policy, amount=150, method="direct", cheap="no") == YES

    def test_a_column_that_decides_is_missing(self) -> None:
        found = last(named(), bought(150, method="direct", cheap="yes"))
        assert (found.verdict.value, found.settled, found.missing) == ("unknown", False, ("cheap",))

    def test_notice(self) -> None:
        differs = (
            "conflict-cheap",
            "“cheap”一栏与其条件所得不符，两种情况都已考虑",
            "cheap differs from what its condition says: both were considered",
        )
        assert kinds(named(), amount=150, method="direct", cheap="yes") == [differs]
        assert kinds(named(), amount=50, method="direct", cheap="no") == [differs]
        for cells in ({"amount": 50, "cheap": "yes"}, {"amount": 50}, {"amount": 50, "method": None, "cheap": "no"}):
            assert kinds(named(), **{"method": "direct", "cheap": None, **cells}) == []

    def test_under_one_reading(self) -> None:
        """They differ under some reading left open: under that alone both values are possible."""
        small_sum = column("cheap", type="yes-no", derived=Holds({"amount": ask("edge", low="< 100", high="< 200")}))
        policy = small({"cheap": "yes"}, [small_sum], questions=[question("edge", "low", "high")])
        found = last(policy, bought(150, cheap="no"))
        assert told(found) == ("violation", False, [{"edge": "high"}])
        assert [each[0] for each in kinds(policy, amount=150, cheap="no")] == ["conflict-cheap"]
        assert kinds(policy.adopt({"edge": "low"}), amount=150, cheap="no") == []

    def test_in_a_total_and_a_ladder(self) -> None:
        """A row whose sources differ may count, and may be one to which the ladder applies."""
        ladder = Ladder(
            measures=["small"],
            when={"cheap": "yes"},
            bands=[Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )", duties=["proper"])],
        )
        policy = small(
            columns=[METHOD, CHEAP],
            duties={"proper": duty([])},
            ladders={"steps": ladder},
            totals={"small": Total(window="always", counts={"cheap": "yes"})},
        )
        mine = bought(60, method="direct", cheap=None)
        for said, verdict, missing in (("yes", "violation", ()), ("no", "unknown", ("method", "amount", "cheap"))):
            found = last(policy, bought(50, method="direct", cheap=said), mine)
            assert (found.verdict.value, set(found.missing)) == (verdict, set(missing)), said
        other = last(policy, bought(150, method="direct", cheap="yes"))
        assert (other.verdict.value, other.missing) == ("unknown", ("cheap",))

    def test_where_it_asks_for_a_band(self) -> None:
        """Which band binds is no matter of a row: no notice, where that decides."""
        bands = [Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )")]
        upper = column("upper", type="yes-no", derived=Holds({"steps": "high", "method": "direct"}))
        policy = small({"upper": "yes"}, [METHOD, upper], ladders={"steps": Ladder(bands=bands)})
        assert last(policy, bought(150, method="direct")).verdict.value == "compliant"
        assert last(policy, bought(50, method="direct", upper="yes")).verdict.value == "unknown"
        assert kinds(policy, amount=50, method="direct", upper="yes") == []
        assert [each[0] for each in kinds(policy, method="quotation", upper="yes")] == ["conflict-upper"]

    def test_in_a_rule_written_in_python(self) -> None:
        own = OwnRule(
            id="own", title=Words("自定", "own"), clause="Below 100 anything will do", required=Words("自定", "own"),
            tests={"cheap": {"cheap": "yes"}}, due=lambda facts: facts.every, met=lambda facts: facts.holds("cheap"),
        )  # fmt: skip
        policy = small(columns=[METHOD, CHEAP], rules=[own])
        verdicts = [last(policy, bought(50, method="direct", cheap=said)).verdict.value for said in (None, "no")]
        assert verdicts == ["compliant", "unknown"]

    def test_what_was_done(self) -> None:
        """A column that the log has is told; of one that it has not nothing is said."""

        def done(**cells: Any) -> str:
            report = check([bought(150, method="direct", **cells)], named())
            return writers.json.as_dict(report, "en")["purchases"][0]["breaches"][0]["message"]

        assert done() == "required: the proper way; done: direct"
        assert done(cheap="yes") == "required: the proper way; done: cheap yes, direct"


class TestAHead:
    def test_beside_the_log(self) -> None:
        policy = small({"group": "A02"}, [CATEGORY, GROUP])
        assert may(policy, category="A0201") == YES
        assert may(policy, category="A0201", group="A02") == YES
        assert may(policy, category="A0201", group="A03") == OPEN
        # The log's own column tells what the code does not.
        assert may(policy, category=None, group="A02") == YES
        assert may(policy, category=None, group="A03") == NO

    def test_notice(self) -> None:
        policy = small({"group": "A02"}, [CATEGORY, GROUP])
        assert kinds(policy, category="A0201", group="A02") == []
        assert kinds(policy, category="A0201", group="A03") == [
            (
                "conflict-group",
                "“group”一栏与品目编码不符，两种情况都已考虑",
                "group differs from the category code: both were considered",
            )
        ]

    def test_key_of_a_total(self) -> None:
        """A row that may be of two accounts is not placed; the log's column places one without a code."""
        ladder = Ladder(
            measures=["of-group"],
            bands=[Band(id="low", range="[0 .. 100)"), Band(id="high", range="[100 .. )", duties=["proper"])],
        )
        policy = small(
            columns=[CATEGORY, GROUP],
            duties={"proper": duty([])},
            ladders={"steps": ladder},
            totals={"of-group": Total(window="always", by=["group"])},
        )
        first = bought(60, category="A0201", group=None)
        assert last(policy, first, bought(60, category=None, group="A02")).verdict.value == "violation"
        assert last(policy, first, bought(60, category="A0202", group="A03")).verdict.value == "unknown"
        found = last(policy, bought(60, category=None, group="A02"), bought(60, category=None, group=None))
        assert (found.verdict.value, found.missing) == ("unknown", ("category", "group"))
        found = last(policy, bought(60, category="A0201"), bought(60, category=None))
        assert (found.verdict.value, found.missing) == ("unknown", ("category",))
