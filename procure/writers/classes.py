"""Classes of facts in words: what is known of a purchase without its values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procure.log.cells import NONE, OTHER
from procure.log.columns import Column
from procure.policy.classes import Fact
from procure.policy.comparisons import CarriedFact, DatesFact, LimitFact, NumbersFact
from procure.policy.declarations import Listed
from procure.policy.facts import ColumnFact
from procure.policy.plan import Plan
from procure.policy.tests import Apart, Beside, Odd, OneOf, OnRecord, Than
from procure.reporting.phrases import carried_name
from procure.values.words import Words


def class_words(plan: Plan, name: str, value: Any) -> Words | None:
    """What a class says, in words; what a purchase is not goes without saying, except a list that it is not in."""
    fact = plan.built.facts[name]
    if isinstance(fact, ColumnFact) and fact.value.column.type in ("word", "yes-no"):
        return _words_of(plan, fact.value.column, _values(fact, value))
    if isinstance(fact, CarriedFact) and fact.entries.blanks.get(fact.carried) == 0:
        # An entry that carries no number asks for none; what falls short of one is what there is to say.
        conditions = [
            _test(plan, fact, test) if value >> n & 1 else _short(plan, fact, test)
            for n, test in enumerate(fact.tests)
            if value >> n & 1 != test(1)
        ]
    else:
        conditions = [_test(plan, fact, test) for n, test in enumerate(_tests(fact)) if value >> n & 1]
    return _joined(conditions, Words("且", " and ")) if conditions else None


def class_plain(plan: Plan, name: str, value: Any) -> Any:
    """A class for a machine: the words that a purchase may have there, or which tests it passes."""
    fact = plan.built.facts[name]
    if isinstance(fact, ColumnFact) and fact.value.column.type in ("word", "yes-no"):
        words = [_plain(said) for said in _values(fact, value)]
        return words[0] if len(words) == 1 else words
    return {_test(plan, fact, test).en: bool(value >> n & 1) for n, test in enumerate(_tests(fact))}


def _tests(fact: Fact) -> Sequence[Any]:
    assert isinstance(fact, (ColumnFact, DatesFact, NumbersFact, LimitFact, CarriedFact))
    return fact.tests


def _values(fact: ColumnFact, value: int) -> list[Any]:
    """The values of a column that are in a class."""
    return [v for v in fact.universe() if sum(bool(test(v)) << n for n, test in enumerate(fact.tests)) == value]


def _plain(said: Any) -> str:
    return said if isinstance(said, str) else said.value


def _words_of(plan: Plan, column: Column, values: Sequence[Any]) -> Words | None:
    if column.type == "yes-no":
        if isinstance(column.derived, Listed):
            found = plan.policy.lists[column.derived.list].title
            title = found or Words(column.derived.list, column.derived.list)
            if list(values) == ["yes"]:
                return Words(f"{title.zh}内", f"in the {title.en}")
            return Words(f"{title.zh}外", f"outside the {title.en}")
        return Words(f"{column.label.zh}：是", f"{column.label.en}: yes") if list(values) == ["yes"] else None
    each = [
        Words("另一词", "another word") if said is OTHER else Words("无记录", "none on record") if said is NONE
        else column.shown(said)
        for said in values
    ]  # fmt: skip
    return _joined(each, Words("或", " or "))


def _test(plan: Plan, fact: Fact, test: Any) -> Words:
    """A test in words."""
    column = _first(fact)
    match test:
        case OneOf():
            return _about(column, "", [Words(word, word) for word in sorted(test.words)])
        case OnRecord():
            return Words(f"有{column.label.zh}", f"{column.label.en} on record")
        case Odd():
            return Words(f"{column.label.zh}为单数", f"{column.label.en} is odd")
        case Than():
            number = column.type == "money" and isinstance(test.constant, int)
            shown = plan.built.currency.shown(test.constant, plan.policy.decimal) if number else str(test.constant)
            return _about(column, f" {test.sign}", [Words(shown, shown)])
        case Apart():
            assert isinstance(fact, DatesFact)
            other = fact.second.column.label
            days = f" {'+' if test.days > 0 else '-'} {abs(test.days)}" if test.days else ""
            said = Words(f"{other.zh}{f'{days} 天' if days else ''}", f"{other.en}{f'{days} days' if days else ''}")
            return _about(column, f" {test.sign}", [said])
    assert isinstance(test, Beside)
    return _about(column, f" {test.sign}", [_beside(plan, fact)])


def _short(plan: Plan, fact: CarriedFact, test: Beside) -> Words:
    """That an amount fails a test which larger ones pass."""
    return _about(_first(fact), " <" if test.sign == ">=" else " <=", [_beside(plan, fact)])


def _beside(plan: Plan, fact: Fact) -> Words:
    """What a number is compared with."""
    match fact:
        case LimitFact():
            return plan.built.limits[fact.limit].title
        case CarriedFact():
            return carried_name(plan, fact)
    assert isinstance(fact, NumbersFact)
    factor = "" if fact.factor == 1 else f"{fact.factor} * "
    other = fact.second.column.label
    return Words(f"{factor}{other.zh}", f"{factor}{other.en}")


def _first(fact: Fact) -> Column:
    """The column that a fact tests."""
    assert isinstance(fact, (ColumnFact, DatesFact, NumbersFact, LimitFact, CarriedFact))
    column: Column = (fact.value if isinstance(fact, ColumnFact) else fact.first).column
    return column


def _about(column: Column, sign: str, each: Sequence[Words]) -> Words:
    other = _joined(each, Words("或", " or "))
    return Words(f"{column.label.zh}{sign} {other.zh}", f"{column.label.en}{sign} {other.en}")


def _joined(words: Sequence[Words], between: Words) -> Words:
    return Words(between.zh.join(w.zh for w in words), between.en.join(w.en for w in words))
