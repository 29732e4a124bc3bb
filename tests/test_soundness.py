"""A policy that checks itself: Furong's own contested points, faults planted in small policies, and the proof that the
points walked are all there are."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import pytest
from building import bought, furong
from hypothesis import given
from hypothesis import strategies as st
from misuses import question

from procure.api import check
from procure.authoring import (
    Band,
    Carried,
    Duty,
    GivenList,
    Ladder,
    Limit,
    Listed,
    Passage,
    Policy,
    Total,
    Words,
    ask,
    column,
)
from procure.engines.judge import Verdict
from procure.log.ready import Method
from procure.policy.doubts import Contested, Gap
from procure.policy.space import Effort, Space, TooLargeError
from procure.policy.survey import Alone, Dead, Idle, Survey, Ungoverned, survey
from procure.values.words import Lang
from procure.writers import soundness as writer

KINDS = ("contested", "gaps", "impossible", "conflicts", "idle", "dead", "ungoverned", "alone")


def written(found: Survey, lang: Lang = "en") -> str:
    return "\n".join([*writer.sections(found, lang), ""])


def messages(found: Survey, kind: str, lang: Lang = "en") -> list[str]:
    return [writer.message(found.plan, one).say(lang) for one in getattr(found, kind)]


def other_than(found: Survey, *kinds: str) -> list[str]:
    """The messages of all kinds but these."""
    return [text for kind in KINDS if kind not in kinds for text in messages(found, kind)]


# --- Furong -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def of_furong() -> Survey:
    return survey(furong(limits=None).plan())


def test_the_contested_points_of_furong(of_furong: Survey) -> None:
    assert [(one.ladder, one.at, one.tiers, one.questions) for one in of_furong.contested] == [
        ("procedure", (2,), ("approval", "three-quotes"), ("exclusion",)),
        ("procedure", (4,), ("three-quotes", "statutory-method"), ("limit-overlap",)),
    ]
    assert messages(of_furong, "contested") == [
        "exactly ¥5,000.00: “approval” or “three quotes”? It turns on exclusion (Does exactly 5,000 yuan belong to "
        "the lowest tier (approval) or to the middle one (three quotes)?)",
        "exactly the yearly limit: “three quotes” or “single source or tender”? It turns on limit-overlap (Does "
        "exactly the limit belong to the middle tier (以内) or to the highest one (达到…及以上)?)",
    ]
    assert [text.split("取决于")[0] for text in messages(of_furong, "contested", "zh")] == [
        "恰为¥5,000.00：“报告同意”还是“三方询价”？",
        "恰为年度限额：“三方询价”还是“单一来源或公开招标等”？",
    ]


def test_furong_is_sound_and_every_reading_matters(of_furong: Survey) -> None:
    assert other_than(of_furong, "contested", "conflicts") == []


def test_the_duties_of_furong_that_no_purchase_meets_together(of_furong: Survey) -> None:
    assert messages(of_furong, "conflicts") == [
        "“channel for catalogue items” and “three quotes”: each can be met, but not by one purchase (where `scope` is "
        "`all` and `quotes-list` is `closed`); for one, single between ¥5,000.00 and the yearly limit, accumulated "
        "between ¥5,000.00 and the yearly limit, in the catalogue, goods",
        "“channel for catalogue items” and “single source or tender”: each can be met, but not by one purchase (where "
        "`scope` is `all` and `channel-list` is `closed`); for one, single above the yearly limit, accumulated above "
        "the yearly limit, in the catalogue, goods",
    ]
    assert messages(of_furong, "conflicts", "zh")[1] == (
        "“目录内采购渠道”与“单一来源或公开招标等”：可分别满足，不能同时满足"
        "（scope 取 all 且 channel-list 取 closed 时）；例：单次高于年度限额，年度累计高于年度限额，目录内，货物"
    )


@pytest.mark.parametrize(
    ("amount", "answers", "inevitable"),
    [
        (6_000, {"scope": "all", "quotes-list": "closed"}, True),
        (6_000, {"scope": "all", "quotes-list": "open"}, False),
        (400_000, {"scope": "all", "channel-list": "closed"}, True),
        (400_000, {"scope": "all", "channel-list": "equivalent"}, False),
    ],
)
def test_the_conflicts_are_real(amount: int, answers: dict[str, str], inevitable: bool) -> None:
    # Every way to buy, each in a log of its own, judged as any log is.
    policy = furong(answers)
    verdicts = set()
    for method, quotes, ground in itertools.product(Method, (0, 3), (None, "只此一家")):
        purchase = bought(amount, in_catalogue=True, method=method, quotes=quotes, invited=quotes, ground=ground)
        (finding,) = check([purchase], policy).purchases
        verdicts.add((finding.verdict, finding.settled))
    assert (verdicts == {(Verdict.VIOLATION, True)}) is inevitable


def test_what_was_adopted_is_contested_no_more() -> None:
    found = survey(furong({"exclusion": "included", "limbs": "single"}).plan())
    assert [one.questions for one in found.contested] == [("limit-overlap",)]
    # With totals out of the question, it does not matter how they run.
    assert messages(found, "idle") == [
        f"{question}: no reading of it changes a verdict"
        for question in ("current", "window", "category-level", "counted")
    ]
    assert other_than(found, "contested", "conflicts", "idle") == []
    assert messages(found, "conflicts") == messages(survey(furong().plan()), "conflicts")


def test_all_questions_at_once() -> None:
    policy = furong(catalogue={"A0201": 1_000}, open_tender=2_000_000)
    plan = policy.plan({"department", "emergency"})
    found = survey(plan)
    assert len(plan.open) == 786_432
    assert other_than(found, "contested", "conflicts") == []
    assert [one.questions for one in found.contested] == [("exclusion",), ("limit-overlap",)]
    assert [one.rules for one in found.conflicts] == [
        ("catalogue-channel", "three-quotes"),
        ("catalogue-channel", "statutory-method"),
    ]
    told = writer.as_dict(found, "en")
    assert told["conflicts"][1]["points"][0]["facts"] == {
        "in_catalogue": "yes",
        "amount~catalogue.floor": {"amount >= the floor in the catalogue": True},
        "emergency": ["no", "none"],
        "kind": "goods",
        "amount~open-tender[goods]": {"amount >= open-tender standard": False},
    }


def test_the_cap_asks_for_nothing_impossible() -> None:
    """Under `closed` an open tender is no channel for a catalogue item; from the standard up it is the only one."""
    policy = furong({"channel-list": "closed", "scope": "off-catalogue"}, open_tender=2_000_000)
    assert survey(policy.plan()).conflicts == ()


def test_what_is_given_is_found_in_the_declarations() -> None:
    policy = furong(catalogue={"A0201": 1_000}, open_tender=2_000_000)
    space = Space(policy.plan({"department", "emergency"}), Effort())
    tender = tuple(f"amount~open-tender[{kind}]" for kind in ("goods", "services", "works"))
    assert set(space.given) == {"in_catalogue", "amount~catalogue.floor", "kind", "emergency", *tender}
    asked = {fact for course in space.courses for fact in course.facts}
    assert asked - set(space.given) == {"method", "approved_on", "quotes", "invited", "ground"}


# --- policies with planted faults -----------------------------------------------------------------

TEXT = "二千元以下同意后购买，以上比价。"
SEVERAL = ["e_mall", "quotation", "inquiry", "open_tender", "direct"]


def rule(id: str, **keys: Any) -> Duty:
    return Duty(**{"title": Words(f"规则{id}", f"rule {id}"), "required": "x", "clause": "二千元以下", **keys})


APPROVED, QUOTED = {"approved_on": "<= date"}, {"method": "quotation"}
DUTIES = {"low": rule("low", met_by=APPROVED), "high": rule("high", met_by=QUOTED)}


def sound(*questions: Any, duties: Mapping[str, Duty] | None = None, **changed: Any) -> Policy:
    """Approval below 2,000 yuan, which it excludes, and quotation from there on; the amount of each purchase alone."""
    whole: dict[str, Any] = {
        "id": "small",
        "title": Words("小制度", "A small policy"),
        "text": Passage(TEXT, source=Words("虚构", "invented")),
        "columns": {
            "unit": column("unit", absent="one"),
            "category": column("category"),
            "kind": column("kind"),
            "method": column("method"),
            "approved_on": column("approved_on", blank="none"),
            "in_catalogue": column("in_catalogue", derived=Listed("catalogue")),
        },
        "lists": {"catalogue": GivenList(of="category", given=True, carries={"floor": Carried(blank=0)},
                                         title=Words("目录", "catalogue"))},
        "questions": questions,
        "duties": {**DUTIES, **(duties or {})},
        "ladders": {"steps": ladder()},
        **changed,
    }  # fmt: skip
    return Policy(**whole)


def ladder(low: Any = "[0 .. 2000)", high: Any = "[2000 .. )", **keys: Any) -> Ladder:
    return Ladder(
        bands=[Band(id="low", range=low, duties=["low"]), Band(id="high", range=high, duties=["high"])], **keys
    )


def found_in(*questions: Any, **changed: Any) -> Survey:
    return survey(sound(*questions, **changed).plan())


def test_a_sound_policy() -> None:
    found = found_in()
    assert other_than(found) == []
    assert not found.too_large
    assert written(found) == (
        "\nContested amounts: none\n\n"
        "Amounts that no tier claims: none\n\n"
        "Amounts that two tiers claim: none\n\n"
        "Duties that nothing meets: none\n\n"
        "Duties that cannot be met together: none\n\n"
        "Readings that change no verdict: none\n\n"
        "Rules that never fire: none\n"
    )


def test_a_list_that_meets_a_duty_is_chosen_from() -> None:
    """A supplier of the pool may be chosen: that no other one meets the duty is what it asks. Where the same list also
    decides whether a duty is due, it says more of what is bought."""
    pooled: dict[str, Any] = {
        "columns": {**sound().columns, "in_pool": column("in_pool", type="yes-no", derived=Listed("pool"))},
        "lists": {**sound().lists, "pool": GivenList(of="supplier", rows=[{"name": "Ash"}])},
    }
    chosen = {"high": rule("high", met_by={"in_pool": "yes"})}
    assert found_in(**pooled, duties=chosen).impossible == ()
    barred = {**chosen, "none": rule("none", when={"in_pool": "no"}, met_by={"in_pool": "yes"})}
    found = found_in(**pooled, duties=barred)
    assert [one.rules for one in found.impossible] == [("high",), ("none",)]


def test_a_gap_at_a_cut() -> None:
    found = found_in(ladders={"steps": ladder(high="(2000 .. )")})
    assert [(one.at, one.readings) for one in found.gaps] == [((2,), found.plan.questions.every)]
    assert messages(found, "gaps") == ["exactly ¥2,000.00: no tier claims it (under every reading)"]
    assert messages(found, "gaps", "zh") == ["恰为¥2,000.00：无档可归（各种读法下）"]
    assert other_than(found, "gaps") == []


def test_a_gap_that_the_policy_fills_is_none() -> None:
    assert found_in(ladders={"steps": ladder(high="(3000 .. )", gaps="up")}).gaps == ()
    assert messages(found_in(ladders={"steps": ladder(high="(3000 .. )")}), "gaps") == [
        "exactly ¥2,000.00: no tier claims it (under every reading)",
        "between ¥2,000.00 and ¥3,000.00: no tier claims it (under every reading)",
        "exactly ¥3,000.00: no tier claims it (under every reading)",
    ]


def test_above_the_last_band_and_below_the_first_is_no_gap() -> None:
    assert found_in(ladders={"steps": ladder(low="[500 .. 2000)", high="[2000 .. 9000)")}).gaps == ()


def test_a_gap_under_one_reading() -> None:
    exactly = question("exactly", "above", "nowhere")
    high = ask("exactly", above="[2000 .. )", nowhere="(2000 .. )")
    found = found_in(exactly, ladders={"steps": ladder(high=high)})
    assert messages(found, "gaps") == ["exactly ¥2,000.00: no tier claims it (where `exactly` is `nowhere`)"]
    assert messages(found, "contested") == [
        "exactly ¥2,000.00: “rule high” or no tier? It turns on exactly (Is it exactly?)"
    ]
    assert messages(found, "contested", "zh") == ["恰为¥2,000.00：“规则high”还是无档？取决于 exactly（exactly？）"]
    assert other_than(found, "contested", "gaps") == []


def test_cuts_that_a_question_moves_are_contested_between() -> None:
    where = question("where", "two", "three")
    low, high = ask("where", two="[0 .. 2000)", three="[0 .. 3000)"), ask("where", two="[2000 .. )", three="[3000 .. )")
    found = found_in(where, ladders={"steps": ladder(low, high)})
    assert [text.split("?")[0] for text in messages(found, "contested")] == [
        "exactly ¥2,000.00: “rule low” or “rule high”", "between ¥2,000.00 and ¥3,000.00: “rule low” or “rule high”",
    ]  # fmt: skip
    assert other_than(found, "contested") == []


@pytest.mark.parametrize(
    ("keys", "gaps"),
    [
        ({}, []),
        ({"window": "year"}, []),
        ({"itself": False}, ["nothing counted: no tier claims it (under every reading)"]),
        ({"counts": {"method": SEVERAL}}, ["nothing counted: no tier claims it (under every reading)"]),
    ],
)
def test_a_total_with_nothing_to_count(keys: Mapping[str, Any], gaps: Sequence[str]) -> None:
    # The total alone places the purchase, and it may be that no purchase is in it, not even this one.
    total = Total(**{"by": ["unit"], "window": "year so far", **keys})
    found = found_in(totals={"so-far": total}, ladders={"steps": ladder(measures=["so-far"])})
    assert messages(found, "gaps") == gaps
    assert other_than(found, "gaps") == []


def test_a_whole_year_without_the_purchase_itself_is_said() -> None:
    total = Total(by=["unit"], window="year", itself=False)
    found = found_in(totals={"so-far": total}, ladders={"steps": ladder(measures=["amount", "so-far"])})
    assert found.alone == (Alone("so-far", found.plan.questions.every),)
    assert written(found).endswith(
        "\nTotals of a whole period without the purchase itself:\n"
        "  - so-far: it sums a whole period without the purchase itself, so that two of 1,500 are 1,500 each (under "
        "every reading)\n"
    )
    assert messages(found, "alone", "zh") == ["so-far：累计整期而不计本笔，两笔 1,500 各只见 1,500（各种读法下）"]


def test_a_band_that_no_rule_governs_is_said() -> None:
    bands = [
        *ladder().bands[:1],
        attrs.evolve(ladder().bands[1], range="[2000 .. 9000)"),
        Band(id="top", range="[9000 .. )"),
    ]
    found = found_in(ladders={"steps": Ladder(bands=bands)})
    assert found.ungoverned == (Ungoverned("steps", "top"),)
    assert messages(found, "ungoverned") == ["“top”: it has no duty"]
    assert messages(found, "ungoverned", "zh") == ["“top”：没有义务"]
    assert other_than(found, "ungoverned") == []


NOTHING = {"method": "quotation", "approved_on": "present", "kind": []}


def test_a_duty_that_accepts_nothing() -> None:
    found = found_in(duties={"high": rule("high", met_by={"kind": []})})
    (impossible,) = found.impossible
    assert (impossible.rules, impossible.readings) == (("high",), found.plan.questions.every)
    assert [point.place for point in impossible.points] == [((2,),)]
    assert messages(found, "impossible") == [
        "“rule high”: nothing meets it (under every reading); for one, single exactly ¥2,000.00"
    ] or other_than(found, "impossible")
    assert messages(found, "impossible", "zh") == [
        "“规则high”：无论如何采购均不能满足（各种读法下）；例：单次恰为¥2,000.00"
    ]
    assert other_than(found, "impossible") == []


def test_a_prohibition_is_no_duty_that_nothing_meets() -> None:
    found = found_in(duties={"high": rule("high", met_by=[])})
    assert other_than(found) == []


BY_KIND = {"top": [Limit(given=True, by="kind")]}


def test_a_duty_that_nothing_meets_for_works() -> None:
    # What is bought is not for the buyer to choose, where limits differ by it: that goods may be bought so is no help.
    met_by = [{"method": SEVERAL, "kind": "goods"}, {"method": "open_tender", "kind": "services"}]
    found = found_in(limits=BY_KIND, duties={"high": rule("high", met_by=met_by)})
    assert messages(found, "impossible") == [
        "“rule high”: nothing meets it (under every reading); for one, single exactly ¥2,000.00, works"
    ]
    assert found.conflicts == ()


def test_each_reading_has_its_witness() -> None:
    questions = question("where", "inside", "outside"), question("how", "any", "none")
    when = ask("where", inside={"in_catalogue": "yes"}, outside={"in_catalogue": "no"})
    found = found_in(
        *questions, duties={"never": rule("never", when=when, only_if={"how": "none"}, met_by={"kind": []})}
    )
    assert messages(found, "impossible") == [
        "“rule never”: nothing meets it (where `how` is `none`); for one, single below ¥2,000.00, in the "
        "catalogue; or single below ¥2,000.00, outside the catalogue"
    ]


def test_duties_that_cannot_be_met_together() -> None:
    found = found_in(duties={"mall": rule("mall", when={"in_catalogue": "yes"}, met_by={"method": "e_mall"})})
    assert messages(found, "conflicts") == [
        "“rule high” and “rule mall”: each can be met, but not by one purchase (under every reading); for one, single "
        "exactly ¥2,000.00, in the catalogue"
    ]
    assert other_than(found, "conflicts") == []


def test_a_duty_that_nothing_meets_is_in_no_conflict() -> None:
    mall = rule("mall", when={"in_catalogue": "yes"}, met_by={"method": "e_mall"})
    never = rule("never", when={"in_catalogue": "yes"}, met_by={"kind": []})
    assert [one.rules for one in found_in(duties={"mall": mall, "never": never}).impossible] == [("never",)]


def test_what_falls_short_of_its_floor() -> None:
    duties = {"small": rule("small", when={"amount": "< catalogue.floor"}, met_by={"kind": []})}
    assert messages(found_in(duties=duties), "impossible")[0].endswith(
        "for one, single below ¥2,000.00, amount < the floor in the catalogue"
    )


def test_rules_that_never_fire() -> None:
    never_due = rule("idle", when={"kind": []}, met_by=APPROVED)
    never_breached = rule("lenient", when={}, met_by={})
    found = found_in(duties={"idle": never_due, "lenient": never_breached})
    assert found.dead == (Dead("idle", due=False), Dead("lenient", due=True))
    assert messages(found, "dead") == ["“rule idle”: never due", "“rule lenient”: never breached"]
    assert messages(found, "dead", "zh") == ["“规则idle”：从不适用", "“规则lenient”：总能满足"]
    assert other_than(found, "dead") == []


def test_a_reading_never_read() -> None:
    late = ask("late", prior="<= date", ratifiable="present", ignored="<= date")
    questions = question("late", "prior", "ratifiable", "ignored"), question("unread", "yes", "no", "perhaps")
    found = found_in(*questions, duties={"low": rule("low", met_by={"approved_on": late})})
    assert found.idle == (Idle("late", ("prior", "ignored")), Idle("unread", ("yes", "no", "perhaps")))
    assert messages(found, "idle") == [
        "late: prior and ignored lead to the same verdicts",
        "unread: no reading of it changes a verdict",
    ]
    assert messages(found, "idle", "zh") == [
        "late：读法 prior与ignored 的结论处处相同",
        "unread：任何读法均不改变结论",
    ]
    assert other_than(found, "idle") == []


def test_a_reading_that_changes_a_duty_but_no_verdict() -> None:
    # `twice` asks for approval where another rule does so anyhow.
    again = rule("again", when={"steps": "low"}, only_if={"again": "twice"}, met_by=APPROVED)
    found = found_in(question("again", "once", "twice"), duties={"again": again})
    assert found.idle == (Idle("again", ("once", "twice")),)


def test_which_total_is_read_matters_where_its_position_does() -> None:
    window = question("window", "running", "year", "calendar")
    total = Total(by=["unit"], window=ask("window", running="year so far", year="year", calendar="year"))
    policy = {"totals": {"so-far": total}}
    read = found_in(window, ladders={"steps": ladder(measures=["so-far"])}, **policy)
    assert read.idle == (Idle("window", ("year", "calendar")),)
    assert found_in(window, **policy).idle == (Idle("window", ("running", "year", "calendar")),)


def test_no_cut_at_all() -> None:
    only = Ladder(bands=[Band(id="only", range="[0 .. )", duties=["low", "high"])])
    found = found_in(ladders={"steps": only}, duties={"low": rule("low", met_by={"kind": []})})
    assert messages(found, "impossible") == [
        "“rule low”: nothing meets it (under every reading); for one, single any amount"
    ]


def test_no_ladder_at_all() -> None:
    duties = {
        "low": rule("low", when={"kind": "works"}, met_by={"kind": []}),
        "high": rule("high", when={}, met_by=QUOTED),
    }
    found = found_in(ladders={}, limits=BY_KIND, duties=duties)
    assert messages(found, "impossible") == ["“rule low”: nothing meets it (under every reading); for one, works"]
    assert other_than(found, "impossible") == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            [
                "nothing counted", "below ¥2,000.00", "exactly ¥2,000.00", "between ¥2,000.00 and the lower limit",
                "exactly the lower limit", "between the lower limit and the limit (two)", "exactly the limit (two)",
                "between the limit (two) and the limit (three)", "exactly the limit (three)",
                "above the limit (three)",
            ],
        ),
        (
            "zh",
            [
                "无计入采购", "低于¥2,000.00", "恰为¥2,000.00", "介于¥2,000.00与低限之间", "恰为低限",
                "介于低限与限额（two）之间", "恰为限额（two）", "介于限额（two）与限额（three）之间",
                "恰为限额（three）", "高于限额（three）",
            ],
        ),
    ],
)  # fmt: skip
def test_positions_in_words(lang: Lang, words: Sequence[str]) -> None:
    titles = {"one": Words("低限", "lower limit"), "two": Words("限额", "limit"), "three": Words("限额", "limit")}
    ends = ["2000", "one", "two", "three", ""]
    bands = [Band(id=high or "top", range=f"[{low} .. {high})", duties=["low", "high"])
             for low, high in itertools.pairwise(["0", *ends])]  # fmt: skip
    plan = sound(limits={name: [Limit(given=True, title=title)] for name, title in titles.items()},
                 ladders={"steps": Ladder(bands=bands)}).plan()  # fmt: skip
    (axis,) = Space(plan, Effort()).axes
    assert [writer.position_words(plan, axis, (n,)).say(lang) for n in range(10)] == words


# --- several ladders and totals -------------------------------------------------------------------


def ranked(measures: Any) -> Policy:
    """A second ladder, on which other amounts need approval by a board."""
    ranks = Ladder(
        measures=measures,
        bands=[Band(id="office", range="[0 .. 5000]"), Band(id="board", range="(5000 .. )", duties=["board"])],
    )
    return sound(
        duties={"board": rule("board", met_by={"method": "direct"})},
        ladders={"steps": ladder(), "ranks": ranks},
    )


def test_two_ladders_over_one_amount_stand_at_one_amount() -> None:
    found = survey(ranked(["amount"]).plan())
    assert [one.rules for one in found.conflicts] == [("high", "board")]
    assert messages(found, "conflicts") == [
        "“rule high” and “rule board”: each can be met, but not by one purchase (under every reading); for one, single "
        "above ¥5,000.00"
    ]
    space = Space(ranked(["amount"]).plan(), Effort())
    assert list(space.places) == [((1, 1),), ((2, 1),), ((3, 1),), ((3, 2),), ((3, 3),)]


def test_the_positions_of_several_totals_are_a_product() -> None:
    policy = two_totals(measures=[["first"], ["second"]])
    space = Space(policy.plan(), Effort())
    assert [axis.total for axis in space.axes] == ["first", "second"]
    assert len(space.places) == 4 * 4
    # One duty in each ladder: only where both totals stand high are both due, and no method meets both.
    found = survey(policy.plan())
    assert [one.rules for one in found.conflicts] == [("one", "two")]
    assert messages(found, "conflicts") == [
        "“rule one” and “rule two”: each can be met, but not by one purchase (under every reading); for one, "
        "accumulated exactly ¥2,000.00, accumulated exactly ¥2,000.00"
    ]


def two_totals(measures: Sequence[Sequence[str]]) -> Policy:
    def steps(name: str, read: Sequence[str]) -> Ladder:
        bands = [
            Band(id=f"{name}-low", range="[0 .. 2000)"),
            Band(id=f"{name}-high", range="[2000 .. )", duties=[name]),
        ]
        return Ladder(measures=read, bands=bands)

    return sound(
        totals={"first": Total(by=["unit"], window="year"), "second": Total(by=["category"], window="year")},
        duties={name: rule(name, met_by={"method": method}) for name, method in (("one", "direct"), ("two", "e_mall"))}
        | {name: rule(name, when={}, met_by={}) for name in ("low", "high")},
        ladders={name: steps(name, read) for name, read in zip(("one", "two"), measures, strict=True)},
    )


def test_what_is_too_large_is_said() -> None:
    cuts = list(range(1_000, 61_000, 1_000))
    ranges = [f"[{low} .. {high})" for low, high in itertools.pairwise([0, *cuts, ""])]
    bands = [Band(id=f"b{n}", range=text, duties=["low", "high"]) for n, text in enumerate(ranges)]
    totals = {f"t{n}": Total(by=["unit"], window=f"{n + 1} months back") for n in range(4)}
    found = found_in(totals=totals, ladders={"steps": Ladder(bands=bands, measures=["amount", *totals])})
    assert found.too_large
    assert (found.impossible, found.conflicts, found.idle, found.dead) == ((), (), (), ())
    assert "\nDuties that nothing meets: not checked: too many combinations\n" in written(found)
    assert "\n无法履行的义务：未查：组合过多\n" in written(found, "zh")
    assert writer.as_dict(found)["too_large"] is True


def test_an_effort_that_is_too_great() -> None:
    with pytest.raises(TooLargeError):
        Space(furong().plan(), Effort(100))


# --- against a walk over every interpretation and every point --------------------------------------

ANSWERS = list(itertools.product(("1", "2", "3"), ("1", "2")))
#: Methods that a duty may accept; and one that stands for all others.
ACCEPTED = ("direct", "quotation", "open_tender")
WAYS = (*ACCEPTED, "e_mall")
PLACES = list(itertools.product((1, 2, 3), (0, 1, 2, 3), (0, 1, 2, 3)))
Answer = tuple[str, str]


@attrs.frozen
class Sketch:
    """A policy of two bands, an amount and two totals, with any faults: what it says under each interpretation."""

    edge: Mapping[Answer, str]
    reads: Mapping[Answer, tuple[str, ...]]
    #: For each duty the band that it stands in, and under which interpretations it does.
    bands: Mapping[str, str]
    due: Mapping[str, Mapping[Answer, bool]]
    met: Mapping[str, Mapping[str, Mapping[Answer, bool]]]
    adopted: Mapping[str, str]

    def policy(self) -> Policy:
        ends = {
            "upper": ("[0 .. 2000)", "[2000 .. )"),
            "lower": ("[0 .. 2000]", "(2000 .. )"),
            "none": ("[0 .. 2000)", "(2000 .. )"),
        }
        bands = [
            Band(
                id=band,
                range=nested({answer: ends[self.edge[answer]][at] for answer in ANSWERS}),
                duties=nested({a: [d for d in self.due if self.bands[d] == band and self.due[d][a]] for a in ANSWERS}),
            )
            for at, band in enumerate(("low", "high"))
        ]
        duties = {
            id: rule(id, met_by=[nested({a: {"method": method} if when[a] else [] for a in ANSWERS})
                                 for method, when in self.met[id].items()])
            for id in self.due
        }  # fmt: skip
        totals = {"t1": Total(by=["unit"], window="year so far"), "t2": Total(by=["category"], window="year so far")}
        steps = Ladder(bands=bands, measures=nested({a: list(self.reads[a]) for a in ANSWERS}))
        questions = question("a", "1", "2", "3"), question("b", "1", "2")
        policy = sound(*questions, totals=totals, ladders={"steps": steps}, duties=duties)
        return policy.adopt(self.adopted)

    def open(self) -> list[Answer]:
        return [(a, b) for a, b in ANSWERS if self.adopted.items() <= {"a": a, "b": b}.items() or not self.adopted]

    def band(self, answer: Answer, place: Sequence[int]) -> str | None:
        """The highest band claimed."""
        claimed = set()
        for name, position in zip(("amount", "t1", "t2"), place, strict=True):
            if name in self.reads[answer] and position:
                at_cut = {"upper": "high", "lower": "low", "none": None}[self.edge[answer]]
                claimed.add({1: "low", 2: at_cut, 3: "high"}[position])
        return "high" if "high" in claimed else "low" if "low" in claimed else None

    def breached(self, answer: Answer, place: Sequence[int], method: str) -> list[str]:
        return [
            id
            for id in self.due
            if self.due[id][answer]
            and self.band(answer, place) == self.bands[id]
            and not self.met[id].get(method, {}).get(answer)
        ]


def nested(values: Mapping[Answer, Any]) -> Any:
    """A value for each interpretation."""
    return {"ask": "a", **{a: {"ask": "b", **{b: values[a, b] for b in ("1", "2")}} for a in ("1", "2", "3")}}


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    def for_each(values: st.SearchStrategy[Any]) -> dict[Answer, Any]:
        # Often what depends on one question, or on none.
        on = draw(st.sampled_from((lambda a: a, lambda a: a[0], lambda a: a[1], lambda a: 0)))
        of: dict[Any, Any] = {}
        return {
            answer: of[on(answer)] if on(answer) in of else of.setdefault(on(answer), draw(values))
            for answer in ANSWERS
        }

    ids = ("low", "high", "more")
    due = {id: {**for_each(st.booleans()), ANSWERS[draw(st.integers(0, 5))]: True} for id in ids}
    reads = st.sets(st.sampled_from(("amount", "t1", "t2")), min_size=1).map(lambda names: tuple(sorted(names)))
    return Sketch(
        for_each(st.sampled_from(("upper", "lower", "none"))),
        for_each(reads),
        {"low": "low", "high": "high", "more": draw(st.sampled_from(("low", "high")))},
        due,
        {id: {m: for_each(st.booleans()) for m in draw(st.sets(st.sampled_from(ACCEPTED)))} for id in ids},
        draw(st.sampled_from(({}, {"a": "2"}, {"b": "1"}))),
    )


def named(answer: Answer) -> dict[str, str]:
    return {"a": answer[0], "b": answer[1]}


@given(sketches())
def test_idle_readings_against_a_walk(sketch: Sketch) -> None:
    found = survey(sketch.policy().plan()).idle
    told = {a: [bool(sketch.breached(a, place, way)) for place in PLACES for way in WAYS] for a in sketch.open()}
    for n, (id, answers) in enumerate((("a", ("1", "2", "3")), ("b", ("1", "2")))):
        for one, other in itertools.combinations(answers, 2):
            same = id not in sketch.adopted and all(
                told[answer] == told[(*answer[:n], other, *answer[n + 1 :])]  # type: ignore[index]
                for answer in sketch.open()
                if answer[n] == one
            )
            assert any(idle.ambiguity == id and {one, other} <= set(idle.readings) for idle in found) == same


@given(sketches())
def test_impossible_duties_against_a_walk(sketch: Sketch) -> None:
    policy = sketch.policy()
    found = survey(policy.plan())
    is_open = sketch.open()

    def lost(answer: Answer, place: Sequence[int], *rules: str) -> bool:
        """Whether every method breaches one of the rules."""
        return all(set(rules) & set(sketch.breached(answer, place, way)) for way in WAYS)

    ids = list(sketch.due)
    prohibited = {id for id in ids if not sketch.met[id]}
    alone = {id: [a for a in is_open if any(lost(a, place, id) for place in PLACES)] for id in ids}
    expected = {id: answers for id, answers in alone.items() if answers and id not in prohibited}
    told = {one.rules[0]: [a for a in is_open if named(a) in one.readings] for one in found.impossible}
    assert told == expected
    for one in (*found.impossible, *found.conflicts):
        shown = {a for a in is_open for point in one.points if lost(a, where(point), *one.rules)}
        assert shown >= {a for a in is_open if named(a) in one.readings}
    together = {a for a in is_open if any(lost(a, place, *ids) for place in PLACES)}
    said = {a for one in (*found.impossible, *found.conflicts) for a in is_open if named(a) in one.readings}
    assert said | {a for id in prohibited for a in alone[id]} == together
    assert [(dead.rule, dead.due) for dead in found.dead] == [
        (id, any(sketch.due[id][a] and sketch.band(a, place) == sketch.bands[id] for a in is_open for place in PLACES))
        for id in ids
        if not any(id in sketch.breached(a, place, way) for a in is_open for place in PLACES for way in WAYS)
    ]


def where(point: Any) -> tuple[int, ...]:
    """The places of the amount and both totals; what is never read stands anywhere."""
    at = {axis.total: position for axis, (position, *_) in zip(point.axes, point.place, strict=True)}
    return at.get(None, 1), at.get("t1", 1), at.get("t2", 1)


@given(sketches())
def test_gaps_and_contested_amounts_against_a_walk(sketch: Sketch) -> None:
    policy = sketch.policy()
    found = survey(policy.plan())
    for at in (1, 2, 3):
        bands = {a: sketch.band(a, (at, at, at)) for a in sketch.open()}
        for answer in sketch.open():
            told = any(one.at[0] == at and named(answer) in one.readings for one in found.gaps if len(set(one.at)) == 1)
            assert told == (bands[answer] is None)
        contested = [one for one in found.contested if one.at[0] == at]
        assert bool(contested) == (len(set(bands.values())) > 1)


# --- which readings -------------------------------------------------------------------------------


def test_several_answers_in_words() -> None:
    questions = question("a", "1", "2"), question("b", "1", "2")
    on, off = "[2000 .. )", "(2000 .. )"
    high = {"ask": "a", "1": {"ask": "b", "1": off, "2": on}, "2": {"ask": "b", "1": on, "2": off}}
    found = found_in(*questions, ladders={"steps": ladder(high=high)})
    assert messages(found, "gaps") == [
        "exactly ¥2,000.00: no tier claims it (where `a` is `1` and `b` is `1`, or `a` is `2` and `b` is `2`)"
    ]
    assert messages(found, "gaps", "zh") == ["恰为¥2,000.00：无档可归（a 取 1 且 b 取 1，或 a 取 2 且 b 取 2 时）"]


# --- as text and as JSON --------------------------------------------------------------------------


def test_text(of_furong: Survey) -> None:
    headings: Mapping[Lang, str] = {"zh": "属哪一档取决于读法的金额：", "en": "Contested amounts:"}
    for lang, heading in headings.items():
        lines = written(of_furong, lang).splitlines()
        assert lines[1] == heading
        assert lines[2:4] == [f"  - {text}" for text in messages(of_furong, "contested", lang)]


def test_json(of_furong: Survey) -> None:
    found = json.loads(json.dumps(writer.as_dict(of_furong, "en")))
    assert found == writer.as_dict(of_furong, "en")
    assert list(found) == [
        "policy", "adopted", "contested", "gaps", "overlaps", "impossible", "conflicts", "idle", "dead", "ungoverned",
        "alone", "too_large",
    ]  # fmt: skip
    assert (found["policy"], found["adopted"], found["too_large"]) == ("furong-2020", {}, False)
    assert found["contested"][0] == {
        "ladder": "procedure",
        "position": {"is": "exactly", "cuts": ["5000.00"]},
        "tiers": ["approval", "three-quotes"],
        "questions": ["exclusion"],
        "message": messages(of_furong, "contested")[0],
    }
    above = {"is": "above", "cuts": ["decentral"]}
    assert found["conflicts"][1] == {
        "rules": ["catalogue-channel", "statutory-method"],
        "readings": [{"scope": ["all"], "channel-list": ["closed"]}],
        "points": [
            {"single": above, "totals": {"accumulated": above}, "facts": {"in_catalogue": "yes", "kind": "goods"}}
        ],
        "message": messages(of_furong, "conflicts")[1],
    }


def test_json_of_each_fault() -> None:
    bands = [*ladder(high="(2000 .. 9000)").bands, Band(id="top", range="[9000 .. )")]
    found = writer.as_dict(
        found_in(
            question("unread", "yes", "no"),
            ladders={"steps": Ladder(bands=bands, measures=["amount", "so-far"])},
            totals={"so-far": Total(by=["unit"], window="year", itself=False)},
            duties={"idle": rule("idle", when={"kind": []}, met_by=APPROVED)},
        ),
        "zh",
    )
    at = {"is": "exactly", "cuts": ["2000.00"]}
    assert {key: [{**one, "message": None} for one in found[key]] for key in (*KINDS, "overlaps")} == {
        "contested": [],
        "gaps": [{"ladder": "steps", "position": at, "readings": [{}], "message": None}],
        "overlaps": [],
        "impossible": [],
        "conflicts": [],
        "idle": [{"ambiguity": "unread", "readings": ["yes", "no"], "message": None}],
        "dead": [{"rule": "idle", "due": False, "message": None}],
        "ungoverned": [{"ladder": "steps", "band": "top", "message": None}],
        "alone": [{"total": "so-far", "readings": [{}], "message": None}],
    }


def test_findings_say_what_they_are() -> None:
    gap = found_in(ladders={"steps": ladder(high="(2000 .. )")}).gaps[0]
    assert isinstance(gap, Gap)
    assert Contested.__doc__
