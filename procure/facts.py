"""The fact space: what a purchase is to a policy, and how a missing datum is several facts.

Rules are functions of facts. A `Tree` remembers what they answered, by the facts they looked at and no others: it grows
one question at a time, as rules ask. A purchase with a missing datum takes every branch of that question.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from procure.readings import Readings
from procure.scale import Tiers
from procure.terms import Kind, Method

T = TypeVar("T")

#: For each fact, the values it may have.
Options = Mapping[str, Sequence[Hashable]]


class Approval(enum.Enum):
    """What is on record: no approval, one after the purchase, one on or before its date."""

    NONE = "none"
    LATE = "late"
    PRIOR = "prior"

    __hash__ = object.__hash__


class Ask(Exception):
    """Raised where a rule reads a fact for the first time on its path."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


class Facts:
    """One purchase as the rules see it. Every fact has one value here: a rule never meets a missing datum."""

    __slots__ = ("_given", "every", "none", "open")

    #: False for a refund or a purchase of another year, to which the policy does not speak.
    judged: bool
    in_catalogue: bool
    #: Of a catalogue item: whether it lies below the floor from which the catalogue lists it.
    below_floor: bool
    kind: Kind
    method: Method
    approval: Approval
    #: Whether three quotes were received, and whether three suppliers were invited.
    quotes: bool
    invited: bool
    #: Whether a ground of single source is on record.
    ground: bool
    #: Whether the log marks it as an emergency.
    emergency: bool
    #: The kinds whose open-tender standard its amount reaches.
    reaches: frozenset[Kind]
    #: For each tier, lowest first, the readings under which it binds.
    tiers: Tiers

    def __init__(self, given: Mapping[str, Hashable], every: Readings, none: Readings, open: Readings) -> None:
        self._given = given
        #: All interpretations, and no interpretation.
        self.every = every
        self.none = none
        #: Those in question: a fact on which none of them turns need not be looked at.
        self.open = open

    @property
    def options(self) -> Options:
        """What is given, as options that have one value each."""
        return {fact: (value,) for fact, value in self._given.items()}

    def __getattr__(self, fact: str) -> Any:
        try:
            return self._given[fact]
        except KeyError:
            raise Ask(fact) from None


class Node(Generic[T]):
    """A point of the tree: the facts that lead here, and either the next fact asked or the outcome."""

    __slots__ = ("branches", "fact", "outcome", "path")

    def __init__(self, path: Mapping[str, Hashable]) -> None:
        self.path = path
        self.fact: str | None = None
        self.branches: dict[Hashable, Node[T]] = {}
        self.outcome: T


class Tree(Generic[T]):
    """What `look` sees at every point it was asked about, grown as it is asked."""

    def __init__(self, look: Callable[[Facts], T], every: Readings, none: Readings, open: Readings) -> None:
        self._look = look
        self._readings = every, none, open
        self._root = self._grow({})

    def leaves(self, options: Options) -> list[Node[T]]:
        """The distinct points of a purchase, as far as `look` tells them apart."""
        found = []
        waiting = [self._root]
        for node in waiting:
            if node.fact is None:
                found.append(node)
                continue
            waiting += [self._next(node, node.fact, value) for value in options[node.fact]]
        return found

    def at(self, options: Options) -> T:
        """What is seen where every fact that is looked at has one value; raises `Ask` for one that has not."""
        node = self._root
        while node.fact is not None:
            values = options.get(node.fact, ())
            if len(values) != 1:
                raise Ask(node.fact)
            node = node.branches.get(values[0]) or self._next(node, node.fact, values[0])
        return node.outcome

    def _next(self, node: Node[T], fact: str, value: Hashable) -> Node[T]:
        found = node.branches.get(value)
        if found is None:
            found = node.branches[value] = self._grow({**node.path, fact: value})
        return found

    def _grow(self, path: Mapping[str, Hashable]) -> Node[T]:
        node: Node[T] = Node(path)
        try:
            node.outcome = self._look(Facts(path, *self._readings))
        except Ask as ask:
            node.fact = ask.fact
        return node
