"""Conditions as they are judged: functions from a point of the fact space to the interpretations under which they hold.

An expression asks the facts it needs and no others, so that what cannot matter is never looked at. Equal expressions
are equal objects' values: the totals that count by the same condition are known to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import attrs

from procure.interpretation.readings import Readings


class Point(Protocol):
    """A point of the fact space: the class of every fact that is asked, and where the amounts stand."""

    #: All interpretations, none, and those in question.
    every: Readings
    none: Readings
    open: Readings

    def __getitem__(self, fact: str) -> int: ...

    def band(self, ladder: int, band: int) -> Readings: ...


class Expression(Protocol):
    """What a condition becomes. `under` is the same condition for those who look at it under these interpretations
    alone, `without` for purchases that pass no test of these facts; `facts` are those it may ask, `sets` the
    interpretations that it tells apart."""

    def __call__(self, point: Point) -> Readings: ...

    def under(self, readings: Readings) -> Expression: ...

    def without(self, facts: frozenset[str]) -> Expression: ...

    def facts(self) -> Iterator[str]: ...

    def sets(self) -> Iterator[Readings]: ...


@attrs.frozen
class Test:
    """Holds where the class of a fact has this bit: the value passes the test that the bit stands for."""

    fact: str
    bit: int

    def __call__(self, point: Point) -> Readings:
        return point.every if point[self.fact] >> self.bit & 1 else point.none

    def under(self, readings: Readings) -> Expression:
        return self

    def without(self, facts: frozenset[str]) -> Expression:
        return NEVER if self.fact in facts else self

    def facts(self) -> Iterator[str]:
        yield self.fact

    def sets(self) -> Iterator[Readings]:
        return iter(())


@attrs.frozen
class InBand:
    """Holds where this band of a ladder binds."""

    ladder: int
    band: int

    def __call__(self, point: Point) -> Readings:
        return point.band(self.ladder, self.band)

    def under(self, readings: Readings) -> Expression:
        return self

    def without(self, facts: frozenset[str]) -> Expression:
        return self

    def facts(self) -> Iterator[str]:
        return iter(())

    def sets(self) -> Iterator[Readings]:
        return iter(())


@attrs.frozen
class _Parts:
    """Expressions that are put together."""

    parts: tuple[Expression, ...]

    def facts(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.facts()

    def sets(self) -> Iterator[Readings]:
        for part in self.parts:
            yield from part.sets()


@attrs.frozen
class All(_Parts):
    """Holds where every part does; always, where there is none."""

    def __call__(self, point: Point) -> Readings:
        found = every = point.every
        for part in self.parts:
            holds = part(point)
            if holds is not every:
                found &= holds
                if not found & point.open:
                    return point.none
        return found

    def under(self, readings: Readings) -> Expression:
        return both(part.under(readings) for part in self.parts)

    def without(self, facts: frozenset[str]) -> Expression:
        return both(part.without(facts) for part in self.parts)


@attrs.frozen
class AnyPart(_Parts):
    """Holds where one part does; never, where there is none."""

    def __call__(self, point: Point) -> Readings:
        found = none = point.none
        for part in self.parts:
            holds = part(point)
            if holds is not none:
                found |= holds
                if not point.open - found:
                    return point.every
        return found

    def under(self, readings: Readings) -> Expression:
        return either(part.under(readings) for part in self.parts)

    def without(self, facts: frozenset[str]) -> Expression:
        return either(part.without(facts) for part in self.parts)


@attrs.frozen
class Not:
    """Holds where the part does not."""

    part: Expression

    def __call__(self, point: Point) -> Readings:
        return point.every - self.part(point)

    def under(self, readings: Readings) -> Expression:
        return not_(self.part.under(readings))

    def without(self, facts: frozenset[str]) -> Expression:
        return not_(self.part.without(facts))

    def facts(self) -> Iterator[str]:
        return self.part.facts()

    def sets(self) -> Iterator[Readings]:
        return self.part.sets()


@attrs.frozen
class Under:
    """Holds where the part does, under these interpretations alone; they are looked at first."""

    readings: Readings
    part: Expression

    def __call__(self, point: Point) -> Readings:
        return self.part(point) & self.readings if self.readings & point.open else point.none

    def under(self, readings: Readings) -> Expression:
        if not self.readings & readings:
            return NEVER
        part = self.part.under(readings & self.readings)
        return under(self.readings, part) if readings - self.readings else part

    def without(self, facts: frozenset[str]) -> Expression:
        return under(self.readings, self.part.without(facts))

    def facts(self) -> Iterator[str]:
        return self.part.facts()

    def sets(self) -> Iterator[Readings]:
        yield self.readings
        yield from self.part.sets()


ALWAYS = All(())
NEVER = AnyPart(())


def both(parts: Iterable[Expression]) -> Expression:
    """All of the parts, as briefly as it can be said."""
    flat: dict[Expression, None] = {}
    for part in parts:
        if part == NEVER:
            return NEVER
        flat |= dict.fromkeys(part.parts if isinstance(part, All) else (part,))
    return next(iter(flat)) if len(flat) == 1 else All(tuple(flat))


def either(parts: Iterable[Expression]) -> Expression:
    """One of the parts, as briefly as it can be said: what holds only where another part does is left out."""
    flat: dict[Expression, frozenset[Expression]] = {}
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        for each in part.parts if isinstance(part, AnyPart) else (part,):
            flat[each] = frozenset(each.parts) if isinstance(each, All) else frozenset({each})
    kept = [part for part, needs in flat.items() if not any(other < needs for other in flat.values())]
    return kept[0] if len(kept) == 1 else AnyPart(tuple(kept))


def not_(part: Expression) -> Expression:
    """The negation."""
    if part == ALWAYS:
        return NEVER
    if part == NEVER:
        return ALWAYS
    return part.part if isinstance(part, Not) else Not(part)


def under(readings: Readings, part: Expression) -> Expression:
    """The part, under these interpretations alone."""
    return NEVER if not readings or part == NEVER else Under(readings, part)
