"""Facts that compare two data: two dates, two numbers, an amount and a limit or a number that a list carries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import attrs

from procure.log.cells import MISSING, NONE, UNDATED
from procure.policy.classes import Classes, classed, numbered
from procure.policy.limits import Days, Exact, Resolved
from procure.policy.lists import Entries
from procure.policy.tests import OnRecord, Than
from procure.policy.values import Row, Value


@attrs.define(eq=False)
class DatesFact:
    """Two dates: how many days the first comes after the second, and the tests on the first alone."""

    name: str
    first: Value
    second: Value
    #: The days on which a purchase is judged: an unknown date of purchase is one of these.
    days: Days
    tests: list[Any] = attrs.field(factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.first.columns, *self.second.columns)

    def test(self, test: Any) -> int:
        return numbered(self.tests, test)

    def classes(self, row: Row) -> Classes:
        found: dict[int, None] = {}
        for one, other in product(self.first.values(row), self.second.values(row)):
            if one is NONE:
                found[0] = None
            elif isinstance(one, dt.date) and isinstance(other, dt.date):
                found[self._class((one - other).days, one)] = None
            elif other is NONE:
                found |= dict.fromkeys(self._class(None, day) for day in self._firsts(one))
            else:
                found |= dict.fromkeys(self._open(one, other))
                if one is MISSING and self.first.unrecorded:
                    found[0] = None
                if other is MISSING and self.second.unrecorded:
                    found |= dict.fromkeys(self._class(None, day) for day in self._firsts(one))
        return tuple(found)

    def _firsts(self, one: Any) -> Iterator[Any]:
        """Examples of the first date."""
        constants = [test.constant for test in self.tests if isinstance(test, Than)]
        if isinstance(one, dt.date) or not constants:
            yield one if isinstance(one, dt.date) else UNDATED
        else:
            yield from (constant + dt.timedelta(step) for constant in constants for step in (-1, 0, 1))

    def _open(self, one: Any, other: Any) -> Iterator[int]:
        """The classes where one of the dates is not known."""
        least, most = -(10**9), 10**9
        if isinstance(one, dt.date) and self.second.column.name == self.days.column:
            if self.days.until is not None:
                least = (one - self.days.until).days
            if self.days.since is not None:
                most = (one - self.days.since).days
        steps = {
            test.days + step for test in self.tests if not isinstance(test, (OnRecord, Than)) for step in (-1, 0, 1)
        }
        for apart in sorted({step for step in steps if least <= step <= most} | {least, most}):
            for day in self._firsts(one):
                yield self._class(apart, day)

    def _class(self, apart: int | None, first: Any) -> int:
        """The class of two dates so many days apart, None where there is no second."""
        bits = 0
        for n, test in enumerate(self.tests):
            alone = isinstance(test, (OnRecord, Than))
            bits |= (test(first) if alone else apart is not None and test(apart)) << n
        return bits

    def blame(self, row: Row) -> str:
        known = row.get(self.first.column.name, MISSING)
        if row.get(self.second.column.name, MISSING) is MISSING and isinstance(known, dt.date):
            return self.second.column.name
        return self.first.column.name


@attrs.define(eq=False)
class NumbersFact:
    """A number and a factor of another: which of the two is larger."""

    name: str
    first: Value
    factor: Fraction
    second: Value
    tests: list[Any] = attrs.field(factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.first.columns, *self.second.columns)

    def test(self, test: Any) -> int:
        return numbered(self.tests, test)

    def classes(self, row: Row) -> Classes:
        found: dict[int, None] = {}
        for one, other in product(self.first.values(row), self.second.values(row)):
            if one is NONE or other is NONE:
                found[0] = None
            elif one is MISSING or other is MISSING:
                found |= dict.fromkeys(classed(self.tests, (-1, 0, 1)))
                if self._may_be_none(one, other):
                    found[0] = None
            elif self.first.column.ready == "amount" and one <= 0:
                # What a refund takes back was at least as large.
                least = -one - self.factor * abs(other)
                found |= dict.fromkeys(classed(self.tests, [least, *(d for d in (0, 1) if d >= least)]))
            else:
                found |= dict.fromkeys(classed(self.tests, [one - self.factor * other]))
        return tuple(found)

    def _may_be_none(self, one: Any, other: Any) -> bool:
        return any(said is MISSING and value.unrecorded for said, value in ((one, self.first), (other, self.second)))

    def blame(self, row: Row) -> str:
        for value in (self.first, self.second):
            if value.values(row) == (MISSING,):
                return value.column.name
        return self.first.column.name


@attrs.define(eq=False)
class LimitFact:
    """An amount and a limit, for one value of each of the limit's dimensions."""

    name: str
    first: Value
    limit: str
    resolved: Resolved
    dimensions: tuple[str | None, ...]
    date: str
    tests: list[Any] = attrs.field(factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.first.columns, *((self.date,) if self.resolved.dated else ()))

    def test(self, test: Any) -> int:
        return numbered(self.tests, test)

    def classes(self, row: Row) -> Classes:
        found: dict[int, None] = {}
        for value in self.first.values(row):
            if value is NONE or value is MISSING and self.first.column.blank == "none":
                found[0] = None
            for least, most in self.resolved.bounds(self.dimensions, row.get(self.date, MISSING)):
                found |= dict.fromkeys(classed(self.tests, self._differences(value, least, most)))
        return tuple(found)

    def _differences(self, value: Any, least: Exact, most: Exact) -> Iterator[Exact]:
        """Examples of how far the amount may lie above the limit, which is between these."""
        if value is MISSING:
            yield from (-1, 0, 1)
        elif value is not NONE:
            refund = self.first.column.ready == "amount" and value <= 0
            size = -value if refund else value
            low, high = size - most, size - least
            yield from sorted({low, high} | {step for step in (-1, 0, 1) if low <= step <= high})
            if refund:
                yield from (step for step in (0, 1) if step > high)

    def blame(self, row: Row) -> str:
        if self.first.values(row) == (MISSING,):
            return self.first.column.name
        undated = row.get(self.date, MISSING) is MISSING and self.resolved.dated
        return self.date if undated else self.resolved.source


@attrs.define(eq=False)
class CarriedFact:
    """A column and the number that a list's entry for the purchase carries."""

    name: str
    first: Value
    entries: Entries
    carried: str
    of: Value
    #: The column that the list tells, where the policy has one.
    listed: Value | None = None
    tests: list[Any] = attrs.field(factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        listed = () if self.listed is None else self.listed.columns
        return tuple(dict.fromkeys((*self.first.columns, *self.of.columns, *listed)))

    def test(self, test: Any) -> int:
        return numbered(self.tests, test)

    def classes(self, row: Row) -> Classes:
        listed = () if self.listed is None else self.listed.values(row)
        numbers = self.entries.carried(self.of.values(row), self.carried, listed)
        found: dict[int, None] = {}
        for value in self.first.values(row):
            if value is NONE or value is MISSING and self.first.column.blank == "none":
                found[0] = None
            for number in numbers:
                if number is NONE:
                    found[0] = None
                else:
                    found |= dict.fromkeys(classed(self.tests, self._differences(value, number)))
        return tuple(found)

    def _differences(self, value: Any, number: int | None) -> Iterator[int]:
        if value is NONE:
            return
        purchase = self.first.column.ready == "amount"
        if number is None or value is MISSING and not (purchase and number == 0):
            yield from (-1, 0, 1)
        elif value is MISSING:
            yield from (0, 1)
        elif purchase and value <= 0:
            yield -value - number
            if -value < number:
                yield from (0, 1)
        else:
            yield value - number

    def blame(self, row: Row) -> str:
        if self.first.values(row) == (MISSING,):
            return self.first.column.name
        return self.of.column.name
