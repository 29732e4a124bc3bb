"""What a policy seldom does: faults that few make, tables that are left empty, limits named twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from misuses import PARTS, banded, duty, laddered, limit, total, with_part
from misuses import small as model
from small import NO, OPEN, YES, bought, last, may, question, small, verdict
from small import duty as one_duty

from procure.authoring import (
    Band,
    Carried,
    GivenList,
    Head,
    Holds,
    Ladder,
    Limit,
    Policy,
    PolicyError,
    Prefix,
    Words,
    ask,
    column,
)
from procure.interpretation.readings import Questions
from procure.policy import choices
from procure.policy.declarations import said
from procure.policy.expressions import ALWAYS, NEVER, InBand, not_, under
from procure.policy.space import Effort, Space
from procure.policy.survey import Survey, survey
from procure.writers import soundness as writer

# -- faults ------------------------------------------------------------------------------------------------------------

FAULTS: Mapping[str, tuple[Callable[[], dict[str, Any]], str, str, str]] = {
    "an only-if that is no table": (
        lambda: duty("quotes", met_by={"only-if": "upper"}), "duty.quotes.met-by.only-if",
        'only-if 须为表："upper"', 'only-if must be a table: "upper"',
    ),
    "half a row": (
        lambda: {
            **total(sum="rows"),
            **laddered(measures=["so-far"], bands=[Band(id="low", range="[0 .. 1.5)", duties=["approval", "quotes"]),
                                                   Band(id="high", range="[2 .. )", duties=["tender"])], edge=None),
        },
        "ladder.steps.band.low.range", "1.5 不是整数笔数", "1.5 is no number of rows",
    ),
    "a day for the end of a band": (
        lambda: banded(high="[2020-01-01 .. )"), "ladder.steps.band.high.range",
        "“2020-01-01”不是界点", "2020-01-01 is no end of a band",
    ),
    "a column derived from a condition": (
        lambda: with_part("columns", "class", column("class", type="name", derived=Head("big", 1))), "columns.class",
        "big 是有名称的条件，只能与 yes 或 no 相比",
        "big is a condition with a name: it can only be compared with yes or no",
    ),
    "a prefix of no words": (
        lambda: with_part("columns", "kind", column("kind", derived=Prefix("category", {}))), "columns.kind.from",
        "prefix 没有词", "prefix has no words",
    ),
    "a list given as a number": (
        lambda: {"given": {"catalogue": 5}}, "given.catalogue", "须为各项的列表，不是 5",
        "it must be a list of entries, not 5",
    ),
    "a list given as a text": (
        lambda: {"given": {"catalogue": "A02"}}, "given.catalogue", "须为各项的列表，不是 \"A02\"",
        "it must be a list of entries, not \"A02\"",
    ),
    "given for a list that the policy has itself": (
        lambda: {**with_part("lists", "own", GivenList(of="category", rows=({"code": "A"},))), "given": {"own": ["B"]}},
        "given.own", "此名单由制度自带", "the policy has this list itself",
    ),
    "a limit bounded by one of other columns": (
        lambda: {"limits": {**PARTS["limits"], "tender": [Limit(value=40_000, at_least="top")]}}, "limit.tender",
        "不能与按其他列区分的 top 相比", "top differs by other columns",
    ),
    "a period that is a text": (
        lambda: {"in_force": "2020"}, "in-force", '须为 InForce，不是 "2020"', 'it must be an InForce, not "2020"',
    ),
    "a limit without entries": (
        limit, "limit.top", "须为 Limit 的列表", "it must be a list of Limit",
    ),
    "a limit that is in no list": (
        lambda: {"limits": {"top": Limit(value=10_000)}}, "limit.top", "须为 Limit 的列表",
        "it must be a list of Limit",
    ),
    "a column of words without words": (
        lambda: with_part("columns", "way", column("way", type="word")), "columns.way.words", "没有词",
        "it has no words",
    ),
    "a rank that stands twice": (
        lambda: with_part("columns", "rank", column("rank", type="word", words={"office": []},
                                                    order=["office", "office"])),
        "columns.rank.order", "有词出现两次", "a word stands in it twice",
    ),
    "an edge for one cut of two": (
        lambda: laddered(edge={"2000": "upper"}, bands=_with_two_edges()), "ladder.steps.edge",
        "“|”处的 top 没有 edge", "there is no edge for top at a '|'",
    ),
}  # fmt: skip


def _with_two_edges() -> list[Band]:
    return [
        Band(id="low", range="[0 .. 2000|", duties=["approval"]),
        Band(id="middle", range="|2000 .. top|", duties=["quotes"]),
        Band(id="high", range="|top .. )", duties=["tender"]),
    ]


@pytest.mark.parametrize("name", FAULTS)
def test_is_refused(name: str) -> None:
    changed, *told = FAULTS[name]
    with pytest.raises(PolicyError) as caught:
        model(**changed())
    assert [[".".join(map(str, fault.path)), *fault.why] for fault in caught.value.faults] == [told]


# -- what a question chooses -------------------------------------------------------------------------------------------


def test_tables_that_a_question_chooses_are_one_where_they_are_equal() -> None:
    questions = Questions([question("q", "a", "b", "c")])
    q = questions["q"]
    assert choices.alternatives(questions, ask("q", a={"x": 1}, b={"x": 2}, c={"x": 1})) == [
        ({"x": 1}, q["a"] | q["c"]),
        ({"x": 2}, q["b"]),
    ]


def test_a_band_tells_no_readings_apart() -> None:
    questions = Questions([question("q", "a", "b")])
    assert list(under(questions["q"]["a"], InBand(0, 1)).sets()) == [questions["q"]["a"]]


def test_an_edge_for_each_cut() -> None:
    edges = {"top": "lower", "2000": "upper"}
    columns = (column("method"), column("quotes"))
    duties = {id: one_duty({"method": id}) for id in ("direct", "quotation", "open_tender")}
    bands = [
        Band(id="low", range="[0 .. 2000|", duties=["direct"]),
        Band(id="middle", range="|2000 .. top|", duties=["quotation"]),
        Band(id="high", range="|top .. )", duties=["open_tender"]),
    ]
    policy = small(
        columns=columns, duties=duties, limits={"top": [Limit(value=5_000)]},
        ladders={"steps": Ladder(edge=edges, bands=bands)},
    )  # fmt: skip
    bound = {amount: last(policy, bought(amount)).bands["steps"] for amount in (1_999, 2_000, 5_000, 5_001)}
    assert bound == {1_999: ("low",), 2_000: ("middle",), 5_000: ("middle",), 5_001: ("high",)}


# -- texts and conditions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ({"zh": "比价", "en": "quotes"}, Words("比价", "quotes")),
        ({"zh": "比价"}, Words("比价", "比价")),
        ({"en": "quotes"}, Words("quotes", "quotes")),
        ({}, Words("", "")),
    ],
)
def test_a_text_in_a_table(text: Mapping[str, str], words: Words) -> None:
    assert said(text) == words


def test_what_always_holds_is_never_absent() -> None:
    always = column("always", type="yes-no", derived=Holds({}))
    assert verdict(small({"always": "no"}, [always])) == "violation"
    assert verdict(small({"always": "yes"}, [always])) == "compliant"
    # Said as briefly as it can be: totals that count by either are one.
    assert (not_(ALWAYS), not_(NEVER)) == (NEVER, ALWAYS)


def test_years_and_words_in_one_table() -> None:
    changed = {**limit(Limit(given=True, by="kind")), "given": {"top": {2020: 30_000, "works": 40_000}}}
    found = model(**changed).built.limits["top"]
    of_2020, later = found.period(dt.date(2020, 6, 1)), found.period(dt.date(2021, 6, 1))
    assert [found.get((kind,), of_2020) for kind in ("goods", "works")] == [3_000_000, 3_000_000]
    assert [found.get((kind,), later) for kind in ("goods", "works")] == [None, 4_000_000]


def test_a_count_that_bounds_two() -> None:
    columns = [
        column("quotes"),
        column("invited", at_least="quotes"),
        column("asked", type="count", at_least="quotes"),
    ]
    policy = small({"quotes": ">= 3"}, columns)
    assert may(policy, invited=5, asked=2) == NO
    assert may(policy, invited=2, asked=5) == NO
    assert may(policy, invited=5, asked=5) == OPEN


def test_a_limit_that_is_named_twice_is_one() -> None:
    limits = {"top": [Limit(value=1_000)]}
    assert may(small([{"amount": ">= top"}, {"amount": "< top"}], limits=limits), amount=None) == YES
    assert may(small({"amount": [">= top"]}, limits=limits), amount=None) == OPEN


def test_a_number_of_a_list_that_is_named_twice_is_one() -> None:
    lists = {"catalogue": GivenList(of="category", given=True, carries={"floor": Carried()})}
    keys: dict[str, Any] = {"lists": lists, "given": {"catalogue": {"A02": 1_000}}}
    either = [{"amount": ">= catalogue.floor"}, {"amount": "< catalogue.floor"}]
    columns = [column("category")]
    assert may(small(either, columns, **keys), amount=None, category="A02") == YES
    assert may(small(either[0], columns, **keys), amount=None, category="A02") == OPEN


# -- where an amount may stand -----------------------------------------------------------------------------------------


def steps(*ends: str) -> Ladder:
    """Bands that meet at these ends."""
    ranges = [f"[{low} .. {high})" for low, high in zip(("0", *ends), (*ends, ""), strict=True)]
    return Ladder(bands=[Band(id=f"b{n}", range=each) for n, each in enumerate(ranges)])


def places(one: Ladder, two: Ladder, **limits: Limit) -> list[tuple[int, ...]]:
    policy = small(limits={name: [each] for name, each in limits.items()}, ladders={"one": one, "two": two})
    return [place[0] for place in Space(policy.plan(), Effort()).places]


def test_an_amount_stands_in_one_way_to_a_limit() -> None:
    assert places(steps("100", "top"), steps("top"), top=Limit(given=True)) == [
        (1, 1), (2, 1), (3, 1), (4, 2), (5, 3),
    ]  # fmt: skip


def test_an_amount_stands_no_lower_to_the_lower_limit() -> None:
    top, tender = steps("top"), steps("tender")
    given = Limit(given=True)
    assert places(top, tender, top=given, tender=Limit(given=True, at_least="top")) == [
        (1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (3, 3),
    ]  # fmt: skip
    assert places(top, tender, top=given, tender=Limit(given=True, above="top")) == [
        (1, 1), (2, 1), (3, 1), (3, 2), (3, 3),
    ]  # fmt: skip


def impossible_when(amount: str) -> Survey:
    """What is found where nothing meets a duty at these amounts; the ladder is cut at 2,000."""
    never = one_duty([{"kind": []}], when={"amount": amount}, title=Words("never", "never"))
    policy: Policy = small(columns=[column("kind")], duties={"never": never}, ladders={"steps": steps("2000")})
    return survey(policy.plan())


@pytest.mark.parametrize(
    ("amount", "position"),
    [("< 1000", 1), ("<= 2000", 1), ("= 2000", 2), ("> 2000", 3), (">= 3000", 3), ("[1000 .. 1500)", 1)],
)
def test_a_witness_stands_where_its_amount_does(amount: str, position: int) -> None:
    (found,) = impossible_when(amount).impossible
    assert [point.place for point in found.points] == [((position,),)]


def test_a_witness_in_words() -> None:
    found = impossible_when(">= 3000")
    assert [writer.message(found.plan, one).say("en") for one in found.impossible] == [
        "“never”: nothing meets it (under every reading); for one, single above £2,000.00, amount >= £3,000.00"
    ]
