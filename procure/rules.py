"""The parts that the rules of a tiered purchasing policy are made of.

A rule says under which readings its duty is due at a point of the fact space, and under which it is met; it is breached
under those where it is due and not met. `Rule` puts the two together from the small parts below; a rule
of your own is any object with the same names and the two verbs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import attrs

from procure.facts import Approval, Facts
from procure.readings import Readings
from procure.sources import Clause
from procure.terms import Kind, Method
from procure.words import Words

Condition = Callable[[Facts], Readings]


class Ruling(Protocol):
    """What is asked of a rule. `required` says in words what meets the duty; `shows` names the columns that show
    whether it was met."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Words: ...
    @property
    def clause(self) -> Clause: ...
    @property
    def required(self) -> Words: ...
    @property
    def shows(self) -> tuple[str, ...]: ...
    @property
    def due(self) -> Condition: ...
    @property
    def met(self) -> Condition: ...


@attrs.frozen
class Rule:
    """A duty of the policy, tied to its clause."""

    id: str
    title: Words
    clause: Clause
    required: Words
    due: Condition
    met: Condition
    shows: tuple[str, ...] = ("method",)


def in_catalogue(facts: Facts) -> Readings:
    """Due of every purchase inside the catalogue."""
    return facts.every if facts.in_catalogue else facts.none


@attrs.frozen
class InTiers:
    """Due where one of these tiers binds (0 is the lowest), each under the readings given; of a catalogue purchase only
    under the readings in `catalogue`, where the policy tells such purchases apart at all."""

    tiers: Mapping[int, Readings]
    catalogue: Readings | None = None

    def __call__(self, facts: Facts) -> Readings:
        scope = facts.every if self.catalogue is None or not facts.in_catalogue else self.catalogue
        due = facts.none
        for tier, under in self.tiers.items():
            due |= facts.tiers[tier] & under
        return due & scope


@attrs.frozen
class Approved:
    """Met by an approval on or before the date of purchase; by a later one under the readings that allow it."""

    late: Readings

    def __call__(self, facts: Facts) -> Readings:
        if facts.approval is Approval.PRIOR:
            return facts.every
        return self.late if facts.approval is Approval.LATE else facts.none


def _methods(methods: Iterable[Method]) -> frozenset[Method]:
    return frozenset(methods)


@attrs.frozen
class Way:
    """These methods meet the duty, under these readings, where every need is met besides."""

    methods: frozenset[Method] = attrs.field(converter=_methods)
    under: Readings
    needs: tuple[Condition, ...] = ()

    def __call__(self, facts: Facts) -> Readings:
        met = self.under
        for need in self.needs:
            met &= need(facts)
        return met


class ByMethod:
    """Met by any one of the ways."""

    def __init__(self, *ways: Way) -> None:
        self.ways = ways

    def __call__(self, facts: Facts) -> Readings:
        met = facts.none
        for way in self.ways:
            if facts.method in way.methods:
                met |= way(facts)
        return met


@attrs.frozen
class ThreeParties:
    """Three quotes received; or three suppliers invited, under the readings that take that as enough. A quote received
    implies an invitation."""

    invited: Readings

    def __call__(self, facts: Facts) -> Readings:
        if facts.quotes:
            return facts.every
        return self.invited if facts.invited else facts.none


@attrs.frozen
class Grounded:
    """A ground of single source on record; none is needed under the readings given."""

    free: Readings

    def __call__(self, facts: Facts) -> Readings:
        return facts.every if facts.ground else self.free


@attrs.frozen
class OfKind:
    """Only for purchases of this kind."""

    kind: Kind

    def __call__(self, facts: Facts) -> Readings:
        return facts.every if facts.kind is self.kind else facts.none
