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


@attrs.frozen
class InCatalogue:
    """Holds of every purchase inside the catalogue; of one below the floor from which the catalogue lists it, only
    under the readings by which the name is enough."""

    by_name: Readings

    def __call__(self, facts: Facts) -> Readings:
        if not facts.in_catalogue:
            return facts.none
        return self.by_name if facts.open - self.by_name and facts.below_floor else facts.every


def everywhere(facts: Facts) -> Readings:
    """Holds of every purchase."""
    return facts.every


@attrs.frozen
class InTiers:
    """Due where one of these tiers binds (0 is the lowest), each under the readings given."""

    tiers: Mapping[int, Readings]

    def __call__(self, facts: Facts) -> Readings:
        due = facts.none
        for tier, under in self.tiers.items():
            due |= facts.tiers[tier] & under
        return due


@attrs.frozen
class Emergency:
    """Holds of what the log marks as an emergency, under these readings."""

    under: Readings

    def __call__(self, facts: Facts) -> Readings:
        return self.under if self.under & facts.open and facts.emergency else facts.none


@attrs.frozen
class ReachesStandard:
    """Holds of an amount that reaches the open-tender standard of its kind, under these readings."""

    under: Readings

    def __call__(self, facts: Facts) -> Readings:
        return self.under if self.under & facts.open and facts.kind in facts.reaches else facts.none


@attrs.frozen
class Except:
    """As `this` says, but not where `that` holds, save under the readings in `save`."""

    this: Condition
    that: Condition
    save: Readings | None = None

    def __call__(self, facts: Facts) -> Readings:
        this = self.this(facts)
        if not this & facts.open:
            return this
        that = self.that(facts)
        return this - (that if self.save is None else that - self.save)


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
