"""Which columns are worth telling of a purchase: those that some way to meet a duty reads, of the ways open to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar
from weakref import WeakKeyDictionary

from procure.log.rows import Row
from procure.policy.expressions import All, AnyPart, Expression, Not, Test, Under
from procure.policy.facts import ColumnFact
from procure.policy.plan import Plan

#: For each fact of words the classes that a purchase may have.
Classes = tuple[tuple[int, ...], ...]


class Telling:
    """Asks of a plan which columns matter. The words of a purchase (its method, its kind) part the ways: the number of
    quotes is nothing to one that was bought by tender."""

    _of: ClassVar[WeakKeyDictionary[Plan, Telling]] = WeakKeyDictionary()

    def __init__(self, plan: Plan) -> None:
        self._facts = plan.built.facts
        self._ways = [met for _, met in plan.duties if isinstance(met, (All, AnyPart, Not, Test, Under))]
        asked = list(dict.fromkeys(name for way in self._ways for name in way.facts()))
        self._words = tuple(name for name in asked if self._is_word(name))
        self._covered = {column for name in self._words for column in self._facts[name].columns[:1]}
        self._parted = {column for name in asked for column in self._facts[name].columns} - self._covered
        self._unnamed = plan.unnamed
        self._found: dict[Classes, frozenset[str]] = {}

    @classmethod
    def of(cls, plan: Plan) -> Telling:
        found = cls._of.get(plan)
        if found is None:
            found = cls._of[plan] = cls(plan)
        return found

    def __call__(self, column: str, purchase: Row) -> bool:
        """Whether a column is worth telling of a purchase."""
        return column not in self._unnamed and (column not in self._parted or column in self._read(purchase))

    def _read(self, purchase: Row) -> frozenset[str]:
        key = tuple([self._facts[name].classes(purchase) for name in self._words])  # type: ignore[arg-type]
        found = self._found.get(key)
        if found is None:
            classes = dict(zip(self._words, key, strict=True))
            names = {name for way in self._ways for name in _facts(way, classes)}
            found = self._found[key] = frozenset(column for name in names for column in self._facts[name].columns)
        return found

    def _is_word(self, name: str) -> bool:
        fact = self._facts[name]
        return isinstance(fact, ColumnFact) and fact.value.column.type in ("word", "yes-no")


def _facts(way: Expression, classes: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
    """The facts that an expression asks in those of its parts that may hold."""
    if isinstance(way, Test):
        yield way.fact
    elif isinstance(way, (Under, Not)):
        yield from _facts(way.part, classes)
    elif isinstance(way, (All, AnyPart)) and (isinstance(way, AnyPart) or _may(way, classes)[0]):
        for part in way.parts:
            yield from _facts(part, classes)


def _may(way: Expression, classes: Mapping[str, tuple[int, ...]]) -> tuple[bool, bool]:
    """Whether an expression may hold, and whether it may fail, as far as the words tell."""
    if isinstance(way, Test) and way.fact in classes:
        passed = {found >> way.bit & 1 for found in classes[way.fact]}
        return 1 in passed, 0 in passed
    if isinstance(way, Not):
        holds, fails = _may(way.part, classes)
        return fails, holds
    if isinstance(way, Under):
        return _may(way.part, classes)[0], True
    if isinstance(way, (All, AnyPart)):
        each = [_may(part, classes) for part in way.parts]
        held, failed = [hold for hold, _ in each], [fail for _, fail in each]
        return (all(held), any(failed)) if isinstance(way, All) else (any(held), all(failed))
    return True, True
