"""Ladders of bands: edges, gaps, which band binds, when a ladder applies; and several ladders at once, whose totals an
interpretation reads together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from small import bought, duty, last, question, small, told

from procure.authoring import Band, Ladder, Limit, Policy, PolicyError, Total, ask, column

LOW, MIDDLE, HIGH = "low", "middle", "high"
EDGE = [question("edge", "upper", "lower")]
BY_EDGE = ask("edge", upper="upper", lower="lower")


def ladder(*ranges: Any, names: Sequence[str] = (LOW, MIDDLE, HIGH), **keys: Any) -> Ladder:
    """Bands of these ranges; each has a duty of its own name that nothing meets."""
    bands = [Band(id=name, range=each, duties=[name]) for name, each in zip(names, ranges, strict=False)]
    return Ladder(bands=bands, **keys)


def climbed(one: Ladder, questions: Sequence[Any] = (), **keys: Any) -> Policy:
    duties = {band.id: duty([]) for band in one.bands}
    return small(ladders={"steps": one}, duties=duties, questions=questions, **keys)


def bands(policy: Policy, amount: object, **cells: Any) -> tuple[str, ...]:
    """The bands that may bind; each is a violation of its own duty."""
    finding = last(policy, bought(amount, **cells))
    assert finding.tiers == finding.bands["steps"]
    if len(finding.tiers) == 1 and finding.verdict.value == "violation":
        assert {breach.rule.id for breach in finding.breaches if breach.working} == set(finding.tiers)
    return finding.tiers


class TestEdges:
    @pytest.mark.parametrize(
        ("ranges", "at_99", "at_100", "above"),
        [
            (("[0 .. 100)", "[100 .. )"), LOW, MIDDLE, MIDDLE),
            (("[0 .. 100]", "(100 .. )"), LOW, LOW, MIDDLE),
            (("(0 .. 100)", "[100 .. ]"), LOW, MIDDLE, MIDDLE),
            (("[ .. 100)", "[100 .. )"), LOW, MIDDLE, MIDDLE),
        ],
    )
    def test_brackets(self, ranges: tuple[str, ...], at_99: str, at_100: str, above: str) -> None:
        policy = climbed(ladder(*ranges))
        amounts = ("0.01", "99.99", "100", "100.01", "1,000,000")
        assert [bands(policy, each) for each in amounts] == [(at_99,), (at_99,), (at_100,), (above,), (above,)]

    def test_a_question_decides_at_a_bar(self) -> None:
        policy = climbed(ladder("[0 .. 100|", "|100 .. )", edge=BY_EDGE), EDGE)
        finding = last(policy, bought(100))
        assert finding.tiers == (MIDDLE,)
        assert {b.rule.id: (b.working, b.settled) for b in finding.breaches} == {
            LOW: (False, False),
            MIDDLE: (True, False),
        }
        assert told(finding) == ("violation", True, [])  # each band's duty is breached
        assert bands(policy.adopt({"edge": "lower"}), 100) == (LOW,)
        assert [bands(policy, each) for each in ("99.99", "100.01")] == [(LOW,), (MIDDLE,)]

    def test_by_the_number_or_the_limit_at_the_bar(self) -> None:
        edge = {"100": "lower", "top": BY_EDGE}
        steps = ladder("[0 .. 100|", "|100 .. top|", "|top .. )", edge=edge)
        policy = climbed(steps, EDGE, limits={"top": [Limit(value=1_000)]})
        amounts = (100, "100.01", 1_000, "1000.01")
        assert [bands(policy, each) for each in amounts] == [(LOW,), (MIDDLE,), (HIGH,), (HIGH,)]
        assert bands(policy.adopt({"edge": "lower"}), 1_000) == (MIDDLE,)

    def test_one_band_of_a_single_number(self) -> None:
        policy = climbed(ladder("[0 .. 100)", "[100 .. 100]", "(100 .. )"))
        assert [bands(policy, each) for each in ("99.99", 100, "100.01")] == [(LOW,), (MIDDLE,), (HIGH,)]

    def test_many_bands(self) -> None:
        names = [f"b{n}" for n in range(12)]
        ranges = [f"[{10 * n} .. {10 * n + 10})" for n in range(11)] + ["[110 .. )"]
        policy = climbed(ladder(*ranges, names=names))
        for amount in range(1, 130):
            assert bands(policy, amount) == (names[min(amount // 10, 11)],)

    def test_a_missing_amount_may_be_in_any(self) -> None:
        policy = climbed(ladder("[0 .. 100)", "[100 .. 1000)", "[1000 .. )"))
        assert bands(policy, None) == (LOW, MIDDLE, HIGH)

    def test_a_limit_nobody_knows_lies_above_the_number_before_it(self) -> None:
        steps = ladder("[0 .. 100)", "[100 .. top)", "[top .. )")
        policy = climbed(steps, limits={"top": [Limit(given=True, above=100)]})
        amounts = ("99.99", "100", "100.01", 10**9)
        assert [bands(policy, each) for each in amounts] == [(LOW,), (MIDDLE,), (MIDDLE, HIGH), (MIDDLE, HIGH)]
        assert last(policy, bought(200)).verdict.value == "violation"  # either duty is breached
        known = policy.with_given(top=150)
        assert [bands(known, each) for each in ("149.99", 150)] == [(MIDDLE,), (HIGH,)]


class TestGaps:
    RANGES = ("[0 .. 100)", "[200 .. 300)", "(300 .. )")

    @pytest.mark.parametrize(
        ("gaps", "in_gap", "at_300"), [("none", (), ()), ("up", (MIDDLE,), (HIGH,)), ("down", (LOW,), (MIDDLE,))]
    )
    def test_what_no_band_claims(self, gaps: str, in_gap: tuple[str, ...], at_300: tuple[str, ...]) -> None:
        policy = climbed(ladder(*self.RANGES, gaps=gaps))
        assert [bands(policy, each) for each in (100, "150.00", "199.99")] == [in_gap] * 3
        assert bands(policy, 300) == at_300
        assert [bands(policy, each) for each in ("99.99", 200, "300.01")] == [(LOW,), (MIDDLE,), (HIGH,)]
        assert last(policy, bought(150)).verdict.value == ("violation" if in_gap else "not_applicable")

    def test_gaps_lie_between_bands_only(self) -> None:
        policy = climbed(ladder("[100 .. 200)", "[200 .. 300)", names=(LOW, MIDDLE), gaps="up"))
        assert [bands(policy, each) for each in (99, 100, 299, 300)] == [(), (LOW,), (MIDDLE,), ()]
        down = climbed(ladder("[100 .. 200)", "[200 .. 300)", names=(LOW, MIDDLE), gaps="down"))
        assert [bands(down, each) for each in (99, 300)] == [(), ()]

    def test_a_question_may_say(self) -> None:
        steps = ladder(*self.RANGES, gaps=ask("edge", upper="up", lower="none"))
        policy = climbed(steps, EDGE)
        # Where no band claims it there is nothing to breach: compliant there, and a violation here.
        assert told(last(policy, bought(150))) == ("violation", False, [{"edge": "lower"}])

    def test_a_gap_in_one_measure_claims_nothing_and_another_decides(self) -> None:
        steps = ladder(*self.RANGES, measures=["amount", "so-far"])
        policy = climbed(steps, totals={"so-far": Total(window="always so far")})
        assert last(policy, bought(50), bought(150)).tiers == (MIDDLE,)  # 150 is in the gap, 200 is not
        assert last(policy, bought(50), bought(100)).tiers == ()  # nor does 150 in all claim one

    def test_below_the_first_band_a_total_of_refunds_is_no_gap(self) -> None:
        steps = ladder("[0 .. 100)", "[100 .. )", measures=["so-far"])
        policy = climbed(steps, totals={"so-far": Total(window="always so far", itself=False)})
        assert last(policy, bought(-500), bought(1)).tiers == (LOW,)
        assert last(policy, bought(1)).tiers == ()  # a total that counted nothing claims nothing


class TestWhatBinds:
    TOTALS: Mapping[str, Total] = {"so-far": Total(window="always so far")}

    @pytest.mark.parametrize(("binds", "expected"), [("highest", (HIGH,)), ("lowest", (LOW,))])
    def test_the_highest_or_the_lowest(self, binds: str, expected: tuple[str, ...]) -> None:
        steps = ladder("[0 .. 100)", "[100 .. 1000)", "[1000 .. )", measures=["amount", "so-far"], binds=binds)
        policy = climbed(steps, totals=self.TOTALS)
        assert last(policy, bought(950), bought(50)).tiers == expected

    def test_the_lowest_of_what_is_claimed(self) -> None:
        # The amount lies in a gap: it claims nothing, and does not bind the lowest.
        steps = ladder("[0 .. 10)", "[100 .. 1000)", "[1000 .. )", measures=["amount", "so-far"], binds="lowest")
        policy = climbed(steps, totals=self.TOTALS)
        assert last(policy, bought(950), bought(50)).tiers == (HIGH,)

    def test_a_question_may_say(self) -> None:
        binds = ask("edge", upper="highest", lower="lowest")
        steps = Ladder(
            bands=[Band(id=LOW, range="[0 .. 100)"), Band(id=HIGH, range="[100 .. )", duties=[HIGH])],
            measures=["amount", "so-far"],
            binds=binds,
        )
        policy = small(ladders={"steps": steps}, duties={HIGH: duty([])}, totals=self.TOTALS, questions=EDGE)
        assert told(last(policy, bought(80), bought(50))) == ("violation", False, [{"edge": "lower"}])

    def test_an_interval_for_each_measure(self) -> None:
        steps = ladder(
            {"amount": "[0 .. 100)", "so-far": "[0 .. 500]"},
            {"amount": "[100 .. )", "so-far": "(500 .. )"},
            measures=["amount", "so-far"],
        )
        policy = climbed(steps, totals=self.TOTALS)
        assert [last(policy, bought(420), bought(each)).tiers for each in (80, "80.01", 99, 100)] == [
            (LOW,), (MIDDLE,), (MIDDLE,), (MIDDLE,),
        ]  # fmt: skip
        assert last(policy, bought(1), bought(100)).tiers == (MIDDLE,)

    def test_which_measures_is_a_question(self) -> None:
        measures = ask("edge", upper=["amount", "so-far"], lower=["amount"])
        steps = ladder("[0 .. 100)", "[100 .. )", measures=measures)
        policy = small(
            ladders={"steps": attrs_without(steps, LOW)}, duties={MIDDLE: duty([])}, totals=self.TOTALS, questions=EDGE
        )
        assert told(last(policy, bought(80), bought(50))) == ("violation", False, [{"edge": "lower"}])
        # The total is told even where an office has settled that it claims nothing.
        settled = last(policy.adopt({"edge": "lower"}), bought(80), bought(50))
        assert told(settled) == ("compliant", True, [])
        assert settled.accumulated is not None
        assert settled.accumulated.low == 13_000


def attrs_without(steps: Ladder, band: str) -> Ladder:
    """The ladder, with nothing asked in one band."""
    return Ladder(
        bands=[Band(id=b.id, range=b.range, duties=() if b.id == band else b.duties) for b in steps.bands],
        measures=steps.measures,
    )


class TestWhen:
    COLUMNS = (column("method"), column("in_catalogue"))

    def steps(self, **keys: Any) -> Policy:
        return climbed(ladder("[0 .. 100)", "[100 .. )", **keys), columns=self.COLUMNS)

    def test_a_ladder_that_does_not_always_apply(self) -> None:
        policy = self.steps(when={"in_catalogue": "no"})
        assert bands(policy, 50, in_catalogue=False) == (LOW,)
        inside = last(policy, bought(50, in_catalogue=True))
        assert (inside.verdict.value, inside.tiers) == ("not_applicable", ())
        open_ = last(policy, bought(50))
        assert (open_.verdict.value, open_.missing, open_.tiers) == ("unknown", ("in_catalogue",), (LOW,))

    def test_unless_the_band_binds_and_none_of_its_duties_is_due(self) -> None:
        policy = self.steps(unless={"in_catalogue": "yes"})
        inside = last(policy, bought(50, in_catalogue=True))
        assert (inside.verdict.value, inside.tiers) == ("compliant", (LOW,))
        assert last(policy, bought(50, in_catalogue=False)).verdict.value == "violation"

    def test_the_first_ladder_that_applies(self) -> None:
        one = ladder("[0 .. 100)", "[100 .. )", names=("small", "large"), when={"in_catalogue": "yes"})
        other = ladder("[0 .. 10)", "[10 .. )", names=("tiny", "more"))
        policy = small(
            columns=self.COLUMNS,
            ladders={"inside": one, "all": other},
            duties={name: duty([]) for name in ("small", "large", "tiny", "more")},
        )
        inside, outside = (last(policy, bought(50, in_catalogue=each)) for each in (True, False))
        assert (inside.tiers, inside.bands) == (("small",), {"inside": ("small",), "all": ("more",)})
        assert (outside.tiers, outside.bands) == (("more",), {"inside": (), "all": ("more",)})

    def test_a_band_in_a_condition(self) -> None:
        steps = Ladder(bands=[Band(id=LOW, range="[0 .. 100)"), Band(id=HIGH, range="[100 .. )")])
        policy = small(
            ladders={"steps": steps},
            duties={
                "approve": duty({"quotes": ">= 3"}, when={"steps": HIGH}),
                "any": duty([], when={"steps": [LOW, HIGH]}, only_if={"edge": "lower"}),
            },
            questions=EDGE,
        )
        policy = policy.adopt({"edge": "upper"})
        assert last(policy, bought(100, quotes=2)).verdict.value == "violation"
        assert last(policy, bought(100, quotes=3)).verdict.value == "compliant"
        assert last(policy, bought(99, quotes=2)).verdict.value == "compliant"

    def test_no_ladder(self) -> None:
        policy = small({"quotes": ">= 3"})
        finding = last(policy, bought(quotes=3))
        assert (finding.tiers, finding.bands, finding.ladder) == ((), {}, None)


@pytest.mark.parametrize(
    ("one", "questions", "said"),
    [
        (ladder("[0 .. 100)", "[50 .. )"), (), "is not above the one before it"),
        (ladder("[0 .. 100]", "[100 .. )"), (), "belongs to two bands, low and middle"),
        (ladder("[0 .. 100|", "[100 .. )", edge="lower"), (), "belongs to two bands"),
        (ladder("[0 .. 100|", "|100 .. )"), (), "there is no edge for 100.00 at a '|'"),
        (ladder("[0 .. 100)", "[100 .. )", edge="upper"), (), "no band has a '|'"),
        (ladder("[0 .. 100|", "|100 .. )", edge={"100": "upper", "200": "lower"}), (), "there is no '|' at 200"),
        (ladder("[0 .. 100|", "|100 .. )", edge="middle"), (), "'middle' is not one of upper, lower"),
        (ladder("[0 .. )", "[100 .. )"), (), "the highest band alone may have no upper end"),
        (ladder("[0 .. 100)", "[ .. 200)"), (), "the lowest band alone may have no lower end"),
        (ladder("[0 .. 100)", "[100 .. 100)"), (), "no amount is in this range"),
        (ladder("[0 .. 100)", "[-5 .. )"), (), "must be above zero"),
        (ladder("[0 .. top)", "[top .. )"), (), "there is no limit 'top'"),
        (ladder("[0 .. 100)", "[100 .. )", names=("a", "a")), (), "two bands have one id"),
        (ladder("[0 .. 100)", "[100 .. )", gaps="left"), (), "'left' is not one of none, up, down"),
        (ladder("[0 .. 100)", "[100 .. )", binds="middle"), (), "'middle' is not one of highest, lowest"),
        (ladder("[0 .. 100)", "[100 .. )", measures=["total"]), (), "'total'"),
        (ladder("[0 .. 100)", "[100 .. )", measures=[]), (), "it has no measures"),
        (ladder({"amount": "[0 .. 100)"}, {"total": "[100 .. )"}), (), "there is no range for amount"),
        (ladder("[0 .. 100)", "100 and more"), (), "is not a range"),
        (ladder("[0 .. 100)", "[100 .. )", edge=BY_EDGE), EDGE, "no band has a '|'"),
    ],
)
def test_what_is_no_ladder_is_refused(one: Ladder, questions: Any, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        climbed(one, questions)
    assert any(said in fault.why.en and fault.path[:2] == ("ladder", "steps") for fault in caught.value.faults), str(
        caught.value
    )


def test_a_duty_stands_in_bands_or_has_when_and_never_both_or_neither() -> None:
    steps = Ladder(bands=[Band(id="all", range="[0 .. )", duties=["one", "lost"])])
    with pytest.raises(PolicyError) as caught:
        small(ladders={"steps": steps}, duties={"one": duty([], when={}), "other": duty([])})
    said = {".".join(map(str, fault.path)): fault.why.en for fault in caught.value.faults}
    assert said["ladder.steps.band.all.duties"].startswith("there is no duty 'lost'")
    assert "only one of the two" in said["duty.one"]
    assert "stands in no band and has no `when`" in said["duty.other"]
