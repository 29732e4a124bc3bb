"""The fact space: rules are functions of facts. A `Tree` remembers what they answered, by the facts they looked at and
no others: it grows one question at a time, as rules ask. A purchase with a missing datum takes every branch of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from procure.interpretation.readings import Readings

T = TypeVar("T")

#: For each fact, the classes it may have.
Options = Mapping[str, Sequence[Hashable]]
#: Two facts that no column tells alone: whether the policy speaks to the purchase, and which bands may bind.
JUDGED, TIERS = "judged", "tiers"


class Ask(Exception):
    """Raised where a rule reads a fact for the first time on its path."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


class FactPoint:
    """One purchase as the rules see it. Every fact has one class here: a rule never meets a missing datum."""

    __slots__ = ("_given", "every", "none", "open")

    def __init__(self, given: Mapping[str, Any], every: Readings, none: Readings, open: Readings) -> None:
        self._given = given
        #: All interpretations, and no interpretation.
        self.every: Readings = every
        self.none: Readings = none
        #: Those in question: a fact on which none of them turns need not be looked at.
        self.open: Readings = open

    @property
    def options(self) -> Options:
        """What is given, as options that have one class each."""
        return {fact: (value,) for fact, value in self._given.items()}

    def __getitem__(self, fact: str) -> Any:
        try:
            return self._given[fact]
        except KeyError:
            raise Ask(fact) from None

    def band(self, ladder: int, band: int) -> Readings:
        """The interpretations under which a band of a ladder binds."""
        found: Readings = self[TIERS][ladder][band]
        return found


class Node(Generic[T]):
    """A point of the tree: the facts that lead here, and either the next fact asked or the outcome."""

    __slots__ = ("branches", "fact", "outcome", "path")

    def __init__(self, path: Mapping[str, Hashable]) -> None:
        self.path: Mapping[str, Hashable] = path
        self.fact: str | None = None
        self.branches: dict[Hashable, Node[T]] = {}
        self.outcome: T


class Tree(Generic[T]):
    """What `look` sees at every point it was asked about, grown as it is asked."""

    def __init__(self, look: Callable[[FactPoint], T], every: Readings, none: Readings, open: Readings) -> None:
        self._look = look
        self._readings = every, none, open
        self._root = self._grow({})

    def leaves(self, options: Options) -> list[Node[T]]:
        """The distinct points of a purchase, as far as `look` tells them apart."""
        found = []
        waiting = [self._root]
        # This is the innermost loop where much is missing, and so is written out.
        for node in waiting:
            if node.fact is None:
                found.append(node)
                continue
            branches = node.branches
            for value in options[node.fact]:
                waiting.append(branches.get(value) or self._next(node, node.fact, value))
        return found

    def some(self, options: Options, holds: Callable[[T], bool]) -> bool:
        """Whether something holds at some point of a purchase, as far as the first one at which it does."""
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            if node.fact is None:
                if holds(node.outcome):
                    return True
                continue
            for value in options[node.fact]:
                waiting.append(node.branches.get(value) or self._next(node, node.fact, value))
        return False

    def at(self, options: Options) -> T:
        """What is seen where every fact that is looked at has one class; raises `Ask` for one that has not."""
        node = self._root
        while node.fact is not None:
            values = options.get(node.fact, ())
            if len(values) != 1:
                raise Ask(node.fact)
            node = node.branches.get(values[0]) or self._next(node, node.fact, values[0])
        return node.outcome

    def _next(self, node: Node[T], fact: str, value: Hashable) -> Node[T]:
        found = node.branches[value] = self._grow({**node.path, fact: value})
        return found

    def _grow(self, path: Mapping[str, Hashable]) -> Node[T]:
        node: Node[T] = Node(path)
        try:
            node.outcome = self._look(FactPoint(path, *self._readings))
        except Ask as ask:
            node.fact = ask.fact
        return node
