"""A policy that checks itself: Furong's own contested points, faults planted in small policies, and the proof that the
points enumerated are all there are."""

from __future__ import annotations

import functools
import itertools
import json
import time
from collections.abc import Iterable, Sequence
from operator import and_, or_
from typing import Any

import attrs
import pytest
import strategies
from building import bought, furong
from hypothesis import given
from hypothesis import strategies as st

import procure
from procure.amounts import fen
from procure.coverage import Coverage, Dead, Gap, Idle, Impossible, Overlap, Point, Survey, coverage
from procure.evidence import Reader
from procure.facts import Facts
from procure.judge import Verdict
from procure.ledger import Counted, Level, Measure, Total
from procure.limits import Limits
from procure.policy import Policy
from procure.readings import Ambiguity, Questions, Reading, Readings
from procure.rules import Approved, ByMethod, Condition, InCatalogue, InTiers, OfKind, Rule, Ruling, Way
from procure.scale import NONE, Boundary, Cuts, Scale, positions
from procure.sources import Passage
from procure.terms import Kind, Method
from procure.words import Lang, Words
from procure.writers import coverage as writer

KINDS = ("contested", "gaps", "overlaps", "impossible", "conflicts", "idle", "dead")


def messages(found: Coverage, kind: str, lang: Lang = "en") -> list[str]:
    return [writer.message(found.policy, one).say(lang) for one in getattr(found, kind)]


def other_than(found: Coverage, *kinds: str) -> list[str]:
    """The messages of all kinds but these."""
    return [text for kind in KINDS if kind not in kinds for text in messages(found, kind)]


# --- Furong -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def of_furong() -> Coverage:
    return coverage(procure.policies.furong_2020())


def test_the_contested_points_of_furong(of_furong: Coverage) -> None:
    assert [(one.position, one.tiers, one.questions) for one in of_furong.contested] == [
        (2, ("approval", "three-quotes"), ("exclusion",)),
        (4, ("three-quotes", "statutory-method"), ("limit-overlap",)),
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


def test_furong_is_sound_and_every_reading_matters(of_furong: Coverage) -> None:
    assert other_than(of_furong, "contested", "conflicts") == []


def test_the_duties_of_furong_that_no_purchase_meets_together(of_furong: Coverage) -> None:
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
        (finding,) = procure.check([purchase], policy).purchases
        verdicts.add((finding.verdict, finding.settled))
    assert (verdicts == {(Verdict.VIOLATION, True)}) is inevitable


def test_what_was_adopted_is_contested_no_more() -> None:
    found = coverage(furong({"exclusion": "included", "limbs": "single"}))
    assert [one.questions for one in found.contested] == [("limit-overlap",)]
    # With totals out of the question, it does not matter how they run.
    assert messages(found, "idle") == [
        f"{question}: no reading of it changes a verdict"
        for question in ("current", "window", "category-level", "counted")
    ]
    assert other_than(found, "contested", "conflicts", "idle") == []
    assert messages(found, "conflicts") == messages(coverage(furong()), "conflicts")


def test_furong_in_two_seconds() -> None:
    policy = procure.policies.furong_2020()
    started = time.perf_counter()
    coverage(policy)
    assert time.perf_counter() - started < 2


# --- the points enumerated are all there are ------------------------------------------------------

SURVEY = Survey(furong())


def position(cuts: Cuts, total: Total) -> int:
    return positions(cuts.mask(total.low, total.low))[0] if total.sure else NONE


@given(st.data())
def test_breaches_depend_on_nothing_but_the_point(data: st.DataObject) -> None:
    """Each interpretation reads one total: where the others stand changes nothing under it."""
    limits = data.draw(strategies.limits_by_kind())
    catalogue = data.draw(strategies.catalogues())
    log = data.draw(strategies.logs(complete=True, limits=tuple(limits.values()), catalogue=catalogue))
    interpretation = data.draw(strategies.interpretations())
    policy = furong(limits={kind.value: strategies.yuan(limit) for kind, limit in limits.items()}, catalogue=catalogue)
    interpretation = {**policy.working, **interpretation}
    (measure,) = (measure for measure in policy.narrowed().measures if interpretation in measure.when)
    read = Reader(policy.catalogue, policy.year)
    for finding in procure.check(log, policy).purchases:
        if finding.verdict is Verdict.NOT_APPLICABLE:
            continue
        facts = {fact: value for fact, (value, *more) in read(finding.purchase).options.items() if not more}
        cuts = policy.cuts_for(facts["kind"], policy.year)
        amount, total = finding.purchase.fen, measure.of(finding.posted)
        assert amount is not None
        assert total is not None
        point = Point(position(cuts, Total(amount, 0, 1, 0)), position(cuts, total), facts)
        expected = {rule for rule, readings in SURVEY.at(point).items() if interpretation in readings}
        assert {breach.rule.id for breach in finding.breaches if interpretation in breach.surely} == expected


def test_an_interpretation_reads_one_total() -> None:
    for one, other in itertools.combinations(SURVEY.policy.scale.totals, 2):
        assert not one & other


# --- policies with planted faults -----------------------------------------------------------------

PASSAGE = Passage("二千元以下同意后购买，以上比价。", source=Words("虚构", "invented"))
METHODS = frozenset(Method)


def asked(id: str, *readings: str) -> Ambiguity:
    answers = tuple(Reading(reading, Words(reading, reading)) for reading in readings)
    return Ambiguity(id, Words(f"{id}？", f"Is it {id}?"), answers, readings[0], Words("", ""))


def rule(id: str, due: Condition, met: Condition) -> Rule:
    return Rule(id, Words(f"规则{id}", f"rule {id}"), PASSAGE.clause(0, "二千元以下"), Words("", ""), due, met)


def sound(questions: Questions) -> Policy:
    """Approval below 2,000 yuan, which it excludes, and quotation from there on; the amount of each purchase alone."""
    every, none = questions.every, questions.none
    return Policy(
        id="small",
        title=Words("小制度", "A small policy"),
        passage=PASSAGE,
        questions=questions,
        rules=(
            rule("low", InTiers({0: every}), Approved(late=none)),
            rule("high", InTiers({1: every}), ByMethod(Way({Method.QUOTATION}, every))),
        ),
        cuts=(fen(2000),),
        tiers=("low", "high"),
        scale=Scale(every, none, (Boundary(above=every, below=none),), single=every, total=none, totals=()),
    )


def scaled(policy: Policy, **changed: Any) -> Policy:
    return attrs.evolve(policy, scale=attrs.evolve(policy.scale, **changed))


def counting(policy: Policy, *measures: Measure, **changed: Any) -> Policy:
    """The policy with totals: of everything, and of all but open tender."""
    counted = (
        Counted("all", None, lambda *_: True),
        Counted("non-tender", "method", lambda method, *_: method is not Method.OPEN_TENDER),
    )
    totals = tuple(measure.when for measure in measures)
    with_totals = attrs.evolve(
        policy,
        levels=(Level("item", str),),
        counted=counted,
        measures=measures,
        scale=attrs.evolve(policy.scale, totals=totals, **changed),
    )
    assert isinstance(with_totals, Policy)
    return with_totals


def replaced(policy: Policy, *rules: Rule) -> Policy:
    """With these rules in place of those of the same id; others are added."""
    by_id = {one.id: one for one in (*policy.rules, *rules)}
    return attrs.evolve(policy, rules=tuple(by_id.values()))


NO_QUESTIONS = Questions([])
EVERY, NOBODY = NO_QUESTIONS.every, NO_QUESTIONS.none
IN_CATALOGUE = InCatalogue(by_name=EVERY)
SOUND = sound(NO_QUESTIONS)


def test_a_sound_policy() -> None:
    assert other_than(coverage(SOUND)) == []
    assert writer.dumps(coverage(SOUND), "en") == (
        "A small policy\n\n"
        "Contested amounts: none\n\n"
        "Amounts that no tier claims: none\n\n"
        "Amounts that two tiers claim: none\n\n"
        "Duties that nothing meets: none\n\n"
        "Duties that cannot be met together: none\n\n"
        "Readings that change no verdict: none\n\n"
        "Rules that never fire: none\n"
    )


def test_a_gap_at_a_cut() -> None:
    found = coverage(scaled(SOUND, boundaries=(Boundary(above=NOBODY, below=NOBODY),)))
    assert found.gaps == (Gap(2, EVERY),)
    assert messages(found, "gaps") == ["exactly ¥2,000.00: no tier claims it (under every reading)"]
    assert messages(found, "gaps", "zh") == ["恰为¥2,000.00：无档可归（各读法下）"]
    assert other_than(found, "gaps") == []


def test_a_gap_under_one_reading() -> None:
    questions = Questions([asked("limbs", "single", "total"), asked("exactly", "above", "nowhere")])
    exactly = questions["exactly"]
    found = coverage(scaled(sound(questions), boundaries=(Boundary(above=exactly["above"], below=questions.none),)))
    assert found.gaps == (Gap(2, exactly["nowhere"]),)
    assert messages(found, "gaps") == ["exactly ¥2,000.00: no tier claims it (where `exactly` is `nowhere`)"]
    assert messages(found, "contested") == [
        "exactly ¥2,000.00: “rule high” or no tier? It turns on exactly (Is it exactly?)"
    ]
    assert messages(found, "contested", "zh") == ["恰为¥2,000.00：“规则high”还是无档？取决于 exactly（exactly？）"]
    assert other_than(found, "contested", "gaps", "idle") == []


def test_an_interpretation_that_reads_no_amount() -> None:
    questions = Questions([asked("limbs", "single", "total")])
    found = coverage(scaled(sound(questions), single=questions["limbs"]["single"]))
    assert messages(found, "gaps") == [
        "below ¥2,000.00: no tier claims it (where `limbs` is `total`)",
        "exactly ¥2,000.00: no tier claims it (where `limbs` is `total`)",
        "above ¥2,000.00: no tier claims it (where `limbs` is `total`)",
    ]


@pytest.mark.parametrize(
    ("measure", "gaps"),
    [
        (Measure(EVERY, 0, 0), []),
        (Measure(EVERY, 0, 0, whole_year=True, itself=False), []),
        (Measure(EVERY, 0, 0, itself=False), ["nothing counted: no tier claims it (under every reading)"]),
        (Measure(EVERY, 0, 1), ["nothing counted: no tier claims it (under every reading)"]),
    ],
)
def test_a_total_with_nothing_to_count(measure: Measure, gaps: Sequence[str]) -> None:
    # The total alone places the purchase, and it may be that no purchase is in it, not even this one.
    found = coverage(counting(SOUND, measure, single=NOBODY, total=EVERY))
    assert messages(found, "gaps") == gaps
    assert other_than(found, "gaps") == []


def test_an_overlap_at_a_cut() -> None:
    found = coverage(scaled(SOUND, boundaries=(Boundary(above=EVERY, below=EVERY),)))
    assert found.overlaps == (Overlap(2, ("low", "high"), EVERY),)
    assert messages(found, "overlaps") == [
        "exactly ¥2,000.00: “rule low” and “rule high” both claim it (under every reading)"
    ]
    assert messages(found, "overlaps", "zh") == ["恰为¥2,000.00：“规则low”与“规则high”均可主张（各读法下）"]
    assert other_than(found, "overlaps") == []


def test_an_overlap_where_no_amount_is_read_is_none() -> None:
    found = coverage(scaled(SOUND, boundaries=(Boundary(above=EVERY, below=EVERY),), single=NOBODY))
    assert found.overlaps == ()


def test_a_tier_that_accepts_no_method() -> None:
    found = coverage(replaced(SOUND, rule("high", InTiers({1: EVERY}), ByMethod(Way((), EVERY)))))
    assert found.impossible == (Impossible(("high",), EVERY, (Point(2, 2, {}),)),)
    assert messages(found, "impossible") == [
        "“rule high”: nothing meets it (under every reading); for one, single exactly ¥2,000.00"
    ]
    assert messages(found, "impossible", "zh") == [
        "“规则high”：无论如何采购均不能满足（各读法下）；例：单次恰为¥2,000.00"
    ]
    assert other_than(found, "impossible") == []


def test_a_duty_that_nothing_meets_for_works() -> None:
    # What is bought is not for the buyer to choose: that goods may be bought so is no help.
    goods_only = ByMethod(Way(METHODS, EVERY, (OfKind(Kind.GOODS),)), Way({Method.OPEN_TENDER}, EVERY, (services,)))
    found = coverage(replaced(SOUND, rule("high", InTiers({1: EVERY}), goods_only)))
    assert messages(found, "impossible") == [
        "“rule high”: nothing meets it (under every reading); for one, single exactly ¥2,000.00, works"
    ]
    assert found.conflicts == ()


def services(facts: Facts) -> Readings:
    return OfKind(Kind.SERVICES)(facts)


def test_each_reading_has_its_witness() -> None:
    questions = Questions([asked("where", "inside", "outside"), asked("how", "any", "none")])
    where, nothing = questions["where"], questions["how"]["none"]

    def due(facts: Facts) -> Readings:
        return where["inside" if facts.in_catalogue else "outside"] & nothing

    never = ByMethod(Way((), questions.every))
    found = coverage(replaced(sound(questions), rule("never", due, never)))
    inside, outside = (Point(1, 1, {"in_catalogue": given}) for given in (True, False))
    assert found.impossible == (Impossible(("never",), nothing, (outside, inside)),)
    assert messages(found, "impossible") == [
        "“rule never”: nothing meets it (where `how` is `none`); for one, single below ¥2,000.00, outside the "
        "catalogue; or single below ¥2,000.00, in the catalogue"
    ]


def test_duties_that_cannot_be_met_together() -> None:
    found = coverage(replaced(SOUND, rule("mall", IN_CATALOGUE, ByMethod(Way({Method.E_MALL}, EVERY)))))
    assert messages(found, "conflicts") == [
        "“rule high” and “rule mall”: each can be met, but not by one purchase (under every reading); for one, single "
        "exactly ¥2,000.00, in the catalogue"
    ]
    assert other_than(found, "conflicts") == []


def test_a_duty_that_nothing_meets_is_in_no_conflict() -> None:
    mall = rule("mall", IN_CATALOGUE, ByMethod(Way({Method.E_MALL}, EVERY)))
    never = rule("never", IN_CATALOGUE, ByMethod(Way((), EVERY)))
    found = coverage(replaced(SOUND, mall, never))
    assert [one.rules for one in found.impossible] == [("never",)]
    assert [one.rules for one in found.conflicts] == [("high", "mall")]


def test_rules_that_never_fire() -> None:
    never_due = rule("idle", lambda facts: facts.none, Approved(late=NOBODY))
    never_breached = rule("lenient", InTiers({1: EVERY}), ByMethod(Way(METHODS, EVERY)))
    found = coverage(replaced(SOUND, never_due, never_breached))
    assert found.dead == (Dead("idle", due=False), Dead("lenient", due=True))
    assert messages(found, "dead") == ["“rule idle”: never due", "“rule lenient”: never breached"]
    assert messages(found, "dead", "zh") == ["“规则idle”：从不适用", "“规则lenient”：从无可能违反"]
    assert other_than(found, "dead") == []


def test_a_reading_never_read() -> None:
    questions = Questions([asked("late", "prior", "ratifiable", "ignored"), asked("unread", "yes", "no", "perhaps")])
    late = questions["late"]["ratifiable"]
    found = coverage(replaced(sound(questions), rule("low", InTiers({0: questions.every}), Approved(late=late))))
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
    questions = Questions([asked("again", "once", "twice")])
    again = rule("again", InTiers({0: questions["again"]["twice"]}), Approved(late=questions.none))
    found = coverage(replaced(sound(questions), again))
    assert found.idle == (Idle("again", ("once", "twice")),)


def test_which_total_is_read_matters_where_its_position_does() -> None:
    questions = Questions([asked("window", "running", "year", "calendar")])
    window = questions["window"]
    measures = (
        Measure(window["running"], 0, 0),
        # Two readings of one total.
        Measure(window["year"], 0, 0, whole_year=True),
        Measure(window["calendar"], 0, 0, whole_year=True),
    )
    policy = counting(sound(questions), *measures, total=questions.every)
    assert coverage(policy).idle == (Idle("window", ("year", "calendar")),)
    assert coverage(scaled(policy, total=questions.none)).idle == (Idle("window", ("running", "year", "calendar")),)


def test_no_cut_at_all() -> None:
    policy = attrs.evolve(
        SOUND,
        cuts=(),
        tiers=("only",),
        scale=attrs.evolve(SOUND.scale, boundaries=()),
        rules=(rule("one", InTiers({0: EVERY}), ByMethod(Way((), EVERY))),),
    )
    assert messages(coverage(policy), "impossible") == [
        "“rule one”: nothing meets it (under every reading); for one, single any amount"
    ]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            [
                "nothing counted", "below ¥2,000.00", "exactly ¥2,000.00", "between ¥2,000.00 and yearly limit 1",
                "exactly yearly limit 1", "between yearly limit 1 and yearly limit 2", "exactly yearly limit 2",
                "above yearly limit 2",
            ],
        ),
        (
            "zh",
            [
                "无计入采购", "低于¥2,000.00", "恰为¥2,000.00", "介于¥2,000.00与第1个年度限额之间", "恰为第1个年度限额",
                "介于第1个年度限额与第2个年度限额之间", "恰为第2个年度限额", "高于第2个年度限额",
            ],
        ),
    ],
)  # fmt: skip
def test_positions_in_words(lang: Lang, words: Sequence[str]) -> None:
    limit = Limits.of(None, above=0)
    boundary = Boundary(above=EVERY, below=NOBODY)
    policy = attrs.evolve(
        SOUND,
        cuts=(fen(2000), limit, limit),
        tiers=("low", "high", "x", "y"),
        scale=attrs.evolve(SOUND.scale, boundaries=(boundary,) * 3),
    )
    assert [writer.position_words(policy, n).say(lang) for n in range(8)] == words


# --- against a walk over every interpretation and every point --------------------------------------

SMALL = Questions([asked("a", "1", "2", "3"), asked("b", "1", "2")])
INTERPRETATIONS = [{"a": a, "b": b} for a in SMALL["a"].answers for b in SMALL["b"].answers]
#: Methods that a duty may accept; and one that stands for all others.
ACCEPTED = (Method.DIRECT, Method.QUOTATION, Method.OPEN_TENDER)
WAYS = (*ACCEPTED, Method.E_MALL)


@st.composite
def readings(draw: st.DrawFn) -> Readings:
    """Any set of interpretations; those that ask one question or none are drawn more often."""
    answers = [SMALL.every, SMALL.none, *(SMALL[a.id][reading] for a in SMALL for reading in a.answers)]
    some = st.sets(st.sampled_from(range(len(INTERPRETATIONS)))).map(
        lambda chosen: union(SMALL.giving(INTERPRETATIONS[n]) for n in chosen)
    )
    return draw(st.one_of(st.sampled_from(answers), some))


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy of two tiers and two totals, with any faults."""

    def duty(id: str, tier: int) -> Rule:
        ways = (Way({method}, draw(readings())) for method in draw(st.sets(st.sampled_from(ACCEPTED))))
        return rule(id, InTiers({tier: draw(readings())}), ByMethod(*ways))

    first = draw(readings())
    measures = Measure(first, 0, 0), Measure(draw(readings()) - first, 0, 1)
    changed = {
        "boundaries": (Boundary(above=draw(readings()), below=draw(readings())),),
        "single": draw(readings()),
        "total": draw(readings()),
    }
    small = replaced(sound(SMALL), duty("low", 0), duty("high", 1), duty("more", draw(st.sampled_from((0, 1)))))
    return counting(small, *measures, **changed).adopt(draw(st.sampled_from(({}, {"a": "2"}, {"b": "1"}))))


def union(sets: Iterable[Readings]) -> Readings:
    return functools.reduce(or_, sets, SMALL.none)


Breached = dict[tuple[tuple[int, int, int], Method, str], Readings]


def walked(policy: Policy) -> Breached:
    """For each point, method and rule, when it is breached: the totals stand where they will, each by itself."""
    found = {}
    for place in itertools.product((1, 2, 3), (0, 1, 2, 3), (0, 1, 2, 3)):
        for method in WAYS:
            point = Facts(
                {"tiers": policy.scale.tiers(place[0], place[1:]), "method": method},
                SMALL.every,
                SMALL.none,
                SMALL.every,
            )
            for each in policy.rules:
                found[place, method, each.id] = each.due(point) - each.met(point)
    return found


@given(policies())
def test_idle_readings_against_a_walk(policy: Policy) -> None:
    breached = walked(policy)
    is_open = [i for i in INTERPRETATIONS if i in policy.open]

    def verdicts(interpretation: dict[str, str]) -> list[bool]:
        return [
            any(interpretation in breached[place, method, each.id] for each in policy.rules)
            for place, method in dict.fromkeys(key[:2] for key in breached)
        ]

    told = {tuple(i.items()): verdicts(i) for i in is_open}
    found = coverage(policy).idle
    for ambiguity in SMALL:
        for one, other in itertools.combinations(ambiguity.answers, 2):
            same = all(
                told[tuple(i.items())] == told[tuple({**i, ambiguity.id: other}.items())]
                for i in is_open
                if i[ambiguity.id] == one and ambiguity.id not in policy.adopted
            )
            listed = any(idle.ambiguity == ambiguity.id and {one, other} <= set(idle.readings) for idle in found)
            assert listed == (same and ambiguity.id not in policy.adopted)


@given(policies())
def test_impossible_duties_against_a_walk(policy: Policy) -> None:
    breached, found = walked(policy), coverage(policy)
    ids = [each.id for each in policy.rules]
    places = {place for place, _, _ in breached}

    def lost(place: tuple[int, int, int], *rules: str) -> Readings:
        """When every method breaches one of the rules."""
        by_method = (union(breached[place, method, id] for id in rules) for method in WAYS)
        return functools.reduce(and_, by_method) & policy.open

    alone = {id: union(lost(place, id) for place in places) for id in ids}
    assert {one.rules[0]: one.readings for one in found.impossible} == {id: s for id, s in alone.items() if s}
    assert union(one.readings for one in (*found.impossible, *found.conflicts)) == union(
        lost(place, *ids) for place in places
    )
    for one in (*found.impossible, *found.conflicts):
        shown = union(lost((point.single, point.total, point.total), *one.rules) for point in one.points)
        assert not one.readings - shown
    assert [(dead.rule, dead.due) for dead in found.dead] == [
        (each.id, due(policy, each))
        for each in policy.rules
        if not union(s for (_, _, id), s in breached.items() if id == each.id) & policy.open
    ]


def due(policy: Policy, rule: Ruling) -> bool:
    places = itertools.product((1, 2, 3), (0, 1, 2, 3), (0, 1, 2, 3))
    points = (Facts({"tiers": policy.scale.tiers(s, t)}, SMALL.every, SMALL.none, SMALL.every) for s, *t in places)
    return bool(union(rule.due(point) for point in points) & policy.open)


@given(policies())
def test_gaps_and_overlaps_against_a_walk(policy: Policy) -> None:
    scale, found = policy.scale, coverage(policy)
    for at, interpretation in itertools.product((1, 2, 3), [i for i in INTERPRETATIONS if i in policy.open]):
        reads = interpretation in scale.single or (
            interpretation in scale.total and any(interpretation in total for total in scale.totals)
        )
        above = at == 3 or at == 2 and interpretation in scale.boundaries[0].above
        below = at == 1 or at == 2 and interpretation in scale.boundaries[0].below
        assert any(gap.position == at and interpretation in gap.readings for gap in found.gaps) == (
            not (reads and (above or below))
        )
        assert any(one.position == at and interpretation in one.readings for one in found.overlaps) == (
            reads and above and below
        )


# --- which readings -------------------------------------------------------------------------------


def test_several_answers_in_words() -> None:
    questions = Questions([asked("a", "1", "2"), asked("b", "1", "2")])
    uneven = questions.giving({"a": "1", "b": "1"}) | questions.giving({"a": "2", "b": "2"})
    policy = scaled(sound(questions), boundaries=(Boundary(above=uneven, below=questions.none),))
    assert messages(coverage(policy), "gaps") == [
        "exactly ¥2,000.00: no tier claims it (where `a` is `1` and `b` is `2`, or `a` is `2` and `b` is `1`)"
    ]
    assert messages(coverage(policy), "gaps", "zh") == [
        "恰为¥2,000.00：无档可归（a 取 1 且 b 取 2，或 a 取 2 且 b 取 1 时）"
    ]


# --- as text and as JSON --------------------------------------------------------------------------


def test_text(of_furong: Coverage) -> None:
    for lang, heading in (("zh", "归档取决于读法的金额："), ("en", "Contested amounts:")):
        lines = writer.dumps(of_furong, lang).splitlines()  # type: ignore[arg-type]
        assert lines[0] == of_furong.policy.title.say(lang)  # type: ignore[arg-type]
        assert lines[2] == heading
        assert lines[3:5] == [f"  - {text}" for text in messages(of_furong, "contested", lang)]  # type: ignore[arg-type]


def test_json(of_furong: Coverage) -> None:
    found = json.loads(writer.dumps_json(of_furong, "en"))
    assert found == writer.as_dict(of_furong, "en")
    assert list(found) == ["policy", "adopted", *KINDS]
    assert (found["policy"], found["adopted"]) == ("furong-2020", {})
    assert found["contested"][0] == {
        "position": {"is": "exactly", "cuts": ["5000.00"]},
        "tiers": ["approval", "three-quotes"],
        "questions": ["exclusion"],
        "message": messages(of_furong, "contested")[0],
    }
    assert found["conflicts"][1] == {
        "rules": ["catalogue-channel", "statutory-method"],
        "readings": [{"scope": ["all"], "channel-list": ["closed"]}],
        "points": [
            {
                "single": {"is": "above", "cuts": ["limit"]},
                "total": {"is": "above", "cuts": ["limit"]},
                "facts": {"in_catalogue": True, "kind": "goods"},
            }
        ],
        "message": messages(of_furong, "conflicts")[1],
    }


def test_json_of_each_fault() -> None:
    questions = Questions([asked("unread", "yes", "no")])
    every, none = questions.every, questions.none
    policy = replaced(
        scaled(sound(questions), boundaries=(Boundary(above=every, below=every),)),
        rule("idle", lambda facts: facts.none, Approved(late=none)),
    )
    found = writer.as_dict(coverage(policy.adopt({})), "zh")
    at = {"is": "exactly", "cuts": ["2000.00"]}
    assert {key: [{**one, "message": None} for one in found[key]] for key in KINDS} == {
        "contested": [],
        "gaps": [],
        "overlaps": [{"position": at, "tiers": ["low", "high"], "readings": [{}], "message": None}],
        "impossible": [],
        "conflicts": [],
        "idle": [{"ambiguity": "unread", "readings": ["yes", "no"], "message": None}],
        "dead": [{"rule": "idle", "due": False, "message": None}],
    }
    empty = scaled(policy, boundaries=(Boundary(above=none, below=none),))
    assert writer.as_dict(coverage(empty), "zh")["gaps"] == [
        {"position": at, "readings": [{}], "message": "恰为¥2,000.00：无档可归（各读法下）"}
    ]


def test_all_questions_at_once() -> None:
    policy = furong(catalogue={"A0201": 1_000}, open_tender=2_000_000).facing({"department", "emergency"})
    found = policy.coverage()
    assert len(policy.open) == 786_432
    assert other_than(found, "contested", "conflicts") == []
    assert [one.questions for one in found.contested] == [("exclusion",), ("limit-overlap",)]
    assert [one.rules for one in found.conflicts] == [
        ("catalogue-channel", "three-quotes"),
        ("catalogue-channel", "statutory-method"),
    ]
    told = json.loads(writer.dumps_json(found, "en"))
    assert told["conflicts"][1]["points"][0]["facts"] == {
        "in_catalogue": True,
        "below_floor": False,
        "kind": "goods",
        "reaches": [],
        "emergency": False,
    }


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [("below_floor", True, "below its floor"), ("reaches", frozenset(Kind), "at or above the open-tender standard"),
     ("emergency", True, "an emergency"), ("emergency", False, None)],
)  # fmt: skip
def test_facts_in_words(fact: str, value: Any, words: str | None) -> None:
    point = Point(1, 1, {fact: value})
    told = writer.point_words(furong(), point).en
    assert told == "single below ¥5,000.00, accumulated below ¥5,000.00" + (f", {words}" if words else "")


def test_the_cap_asks_for_nothing_impossible() -> None:
    """Under `closed` an open tender is no channel for a catalogue item; from the standard up it is the only one."""
    policy = furong({"channel-list": "closed", "scope": "off-catalogue"}, open_tender=2_000_000)
    assert policy.coverage().conflicts == ()
