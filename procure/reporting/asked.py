"""What has to hold of a purchase, in words: what a way asks for, with the dates and numbers of the purchase itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor
from typing import Any

from procure.engines.supposing import Values
from procure.engines.ways import TestHolds, Way
from procure.log.cells import MISSING, NONE, OTHER
from procure.log.columns import Column
from procure.policy.comparisons import CarriedFact, DatesFact, LimitFact, NumbersFact
from procure.policy.facts import ColumnFact
from procure.policy.limits import Exact
from procure.policy.plan import Plan
from procure.policy.tests import Apart, Beside, Odd, OneOf, OnRecord, Than
from procure.reporting.phrases import carried_name, shown
from procure.values.words import Words

_TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!="}
_NUMBER = {
    "<": Words("少于{value}", "fewer than {value}"),
    "<=": Words("不多于{value}", "at most {value}"),
    ">": Words("多于{value}", "more than {value}"),
    ">=": Words("不少于{value}", "at least {value}"),
    "=": Words("为{value}", "exactly {value}"),
    "!=": Words("不为{value}", "other than {value}"),
}
_DAY = {
    "<": Words("早于{value}", "before {value}"),
    "<=": Words("不晚于{value}", "on or before {value}"),
    ">": Words("晚于{value}", "after {value}"),
    ">=": Words("不早于{value}", "on or after {value}"),
    "=": Words("在{value}", "on {value}"),
    "!=": Words("不在{value}", "not on {value}"),
}
_OR_NONE = Words("（或无记录）", " (or none on record)")


def by_fact(plan: Plan, way: Way) -> Mapping[str, tuple[TestHolds, ...]]:
    """What a way asks for, fact by fact, in the order of the columns that they test."""
    order = {name: at for at, name in enumerate(plan.column_order)}
    found: dict[str, tuple[TestHolds, ...]] = {}
    for wanted in sorted(way, key=lambda one: order[first_of(plan.built.facts[one.fact]).name]):
        found[wanted.fact] = (*found.get(wanted.fact, ()), wanted)
    return found


def wanted_words(plan: Plan, fact: str, wanted: Sequence[TestHolds], values: Values) -> Words:
    """What is asked of one fact of a purchase with these values."""
    found: Any = plan.built.facts[fact]
    if isinstance(found, ColumnFact) and found.value.column.type in ("word", "yes-no"):
        return _one_of(found, wanted)
    column = first_of(found)
    each = [_test(plan, found, column, found.tests[one.bit], one.holds, values) for one in wanted]
    return joined(each, Words("，且", " and "))


def first_of(fact: Any) -> Column:
    """The column that a fact tests."""
    column: Column = (fact.value if isinstance(fact, ColumnFact) else fact.first).column
    return column


def joined(words: Iterable[Words], between: Words) -> Words:
    """Several texts as one."""
    each = tuple(words)
    return Words(between.zh.join(one.zh for one in each), between.en.join(one.en for one in each))


def _one_of(fact: ColumnFact, wanted: Sequence[TestHolds]) -> Words:
    """The words that will do, or those that will not, whichever are fewer."""
    column = fact.value.column
    classes = {
        value: sum(bool(test(value)) << n for n, test in enumerate(fact.tests))
        for value in fact.universe()
        if value is not OTHER
    }
    will = [value for value, found in classes.items() if all(one.fits(found) for one in wanted)]
    others = [value for value in classes if value not in will]
    either = Words("或", " or ")
    if len(will) <= len(others) or any(one.holds for one in wanted):
        listed = joined((_word(column, value) for value in will), either)
        return Words(f"{column.label.zh}为{listed.zh}", f"{column.label.en}: {listed.en}")
    listed = joined((_word(column, value) for value in others), either)
    return Words(f"{column.label.zh}不为{listed.zh}", f"{column.label.en} other than {listed.en}")


def _word(column: Column, value: Any) -> Words:
    if value is NONE:
        return Words("无记录", "none on record")
    if column.type == "yes-no":
        return Words("是", "yes") if value == "yes" else Words("否", "no")
    return column.shown(value)


def _test(plan: Plan, fact: Any, column: Column, test: Any, holds: bool, values: Values) -> Words:
    label = column.label
    match test:
        case OnRecord():
            if holds:
                return Words(f"有{label.zh}记录", f"{label.en} on record")
            return Words(f"无{label.zh}记录", f"no {label.en} on record")
        case Odd():
            if holds:
                return Words(f"{label.zh}为单数", f"{label.en}: an odd number")
            return Words(f"{label.zh}不为单数", f"{label.en}: not an odd number")
        case OneOf():
            listed = joined((Words(word, word) for word in sorted(test.words)), Words("或", " or "))
            if holds:
                return Words(f"{label.zh}为{listed.zh}", f"{label.en}: {listed.en}")
            return Words(f"{label.zh}不为{listed.zh}", f"{label.en} other than {listed.en}")
    assert isinstance(test, (Than, Apart, Beside))
    sign = test.sign if holds else _TURNED[test.sign]
    phrases = _DAY if column.type == "date" else _NUMBER
    said = phrases[sign].format(value=_against(plan, fact, column, test, sign, values))
    unless = Words("", "") if holds or column.blank != "none" else _OR_NONE
    return Words(f"{label.zh}{said.zh}{unless.zh}", f"{label.en}: {said.en}{unless.en}")


def _against(plan: Plan, fact: Any, column: Column, test: Any, sign: str, values: Values) -> Words:
    """What a date or a number is compared with: as the purchase has it, where that is known."""
    if isinstance(test, Than):
        number = shown(plan, column, test.constant)
        return Words(f" {number.zh}", number.en) if column.type == "date" else number
    if isinstance(fact, DatesFact):
        return _day(fact, test.days, values)
    if isinstance(fact, NumbersFact):
        return _share(plan, fact, column, sign, values)
    if isinstance(fact, LimitFact):
        return plan.built.limits[fact.limit].title
    assert isinstance(fact, CarriedFact)
    return carried_name(plan, fact)


def _day(fact: DatesFact, days: int, values: Values) -> Words:
    known = fact.second.values(values)
    if len(known) == 1 and isinstance(known[0], dt.date):
        day = (known[0] + dt.timedelta(days)).isoformat()
        return Words(f" {day}", day)
    other = fact.second.column.label
    if not days:
        return Words(f"“{other.zh}”", f"the {other.en}")
    before = days < 0
    size = abs(days)
    return Words(
        f"“{other.zh}”{'前' if before else '后'} {size} 日",
        f"{size} {'day' if size == 1 else 'days'} {'before' if before else 'after'} the {other.en}",
    )


def _share(plan: Plan, fact: NumbersFact, column: Column, sign: str, values: Values) -> Words:
    known = fact.second.values(values)
    if len(known) == 1 and known[0] is not MISSING and known[0] is not NONE:
        # The whole number on this side of a share that lies between two.
        exact: Exact = fact.factor * known[0]
        whole = {">=": ceil(exact), "<": ceil(exact), "<=": floor(exact), ">": floor(exact)}.get(sign)
        if whole is not None or exact == floor(exact):
            return shown(plan, column, floor(exact) if whole is None else whole)
    other = fact.second.column.label
    factor = "" if fact.factor == 1 else f"{fact.factor} × "
    return Words(f"{factor}{other.zh}", f"{factor}{other.en}")
