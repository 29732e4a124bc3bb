"""The facts of one column: the classes of what it says, as other counts may bound it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from procure.log.cells import MISSING, NONE, OTHER, UNDATED
from procure.policy.classes import Classes, Fact, classed, numbered
from procure.policy.comparisons import CarriedFact, DatesFact, LimitFact, NumbersFact
from procure.policy.tests import OneOf, Than
from procure.policy.values import Row, Value

#: The other facts, and what all are made of, can be had from here as well.
__all__ = ["CarriedFact", "ColumnFact", "DatesFact", "Fact", "LimitFact", "NamedFact", "NumbersFact", "Row", "Value"]


@attrs.define(eq=False)
class ColumnFact:
    """Tests on one column."""

    name: str
    value: Value
    tests: list[Any] = attrs.field(factory=list)
    #: For a count that is never less than another: that one; for a count that bounds others: these.
    above: Value | None = None
    below: tuple[Value, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        bounds = (*((self.above,) if self.above else ()), *self.below)
        return (*self.value.columns, *(name for value in bounds for name in value.columns))

    def test(self, test: Any) -> int:
        return numbered(self.tests, test)

    def classes(self, row: Row) -> Classes:
        found: dict[int, None] = {}
        for value in self.value.values(row):
            if value is MISSING:
                values: Iterable[Any] = self._bounded(row)
            elif value is UNDATED:
                values = (each for each in self.universe() if each is not NONE)
            elif self.value.column.ready == "amount" and value is not NONE and value <= 0:
                return tuple(dict.fromkeys([*found, *self._refund(value)]))
            else:
                values = (value,)
            found |= dict.fromkeys(classed(self.tests, values))
        return tuple(found)

    def universe(self) -> tuple[Any, ...]:
        """Values of which every class that there is has one."""
        return (*self._values(), NONE) if self.value.unrecorded else self._values()

    def _values(self) -> tuple[Any, ...]:
        """The same, without what nothing was recorded of."""
        column = self.value.column
        constants = [test.constant for test in self.tests if isinstance(test, Than)]
        match column.type:
            case "word" | "yes-no":
                return (*column.canonical, *([OTHER] if column.other else []))
            case "count":
                # Between two constants lie odd numbers and even ones.
                return tuple(sorted({max(0, c + step) for c in (*constants, 0) for step in (-2, -1, 0, 1, 2)}))
            case "money":
                found = sorted({c + step for c in (*constants, 0) for step in (-1, 0, 1)})
                return tuple(value for value in found if value >= 0 or column.negative == "may")
            case "date":
                return tuple(sorted({c + dt.timedelta(step) for c in constants for step in (-1, 0, 1)})) or (UNDATED,)
            case "name" | "text":  # pragma: no branch
                # mypy wants every `Type` here: a new one has to say what a missing value of it may be.
                named = {word for test in self.tests if isinstance(test, OneOf) for word in test.words}
                return (*sorted(named), OTHER)

    def _bounded(self, row: Row) -> Iterator[Any]:
        """The universe, as other counts bound it."""
        least, most = self.bounds(row)
        for value in self.universe():
            if value is NONE or isinstance(value, int) is False or least <= value <= most:
                yield value
        # A bound between two values of the universe is itself possible, and so is the number next to it.
        if self.value.column.type == "count":
            near = (least, least + 1, most - 1, most)
            yield from (int(number) for number in near if least <= number <= most and number < float("inf"))

    def bounds(self, row: Row) -> tuple[float, float]:
        """Between which numbers a count lies that is not known itself."""
        least, most = 0.0, float("inf")
        if self.value.column.type != "count":
            return -most, most
        if self.above is not None:
            least = max([least, *(value for value in self.above.values(row) if isinstance(value, int))])
        for other in self.below:
            most = min([most, *(value for value in other.values(row) if isinstance(value, int))])
        return least, most

    def _refund(self, amount: int) -> Classes:
        """What a refund takes back was at least as large; tests against zero are of the sign."""
        sure = [test(amount) if isinstance(test, Than) and test.constant == 0 else None for test in self.tests]
        classes: dict[int, None] = {}
        for value in {*(v for v in self.universe() if v is not NONE and v >= -amount), -amount}:
            classes[
                sum(
                    (test(value) if s is None else s) << n
                    for n, (test, s) in enumerate(zip(self.tests, sure, strict=True))
                )
            ] = None
        return tuple(classes)

    def blame(self, row: Row) -> str:
        return self.value.name


@attrs.define(eq=False)
class NamedFact:
    """Whether the log's own column decides what a condition with a name is: the condition is the other source of the
    same fact, and where the column says nothing it decides alone."""

    name: str
    #: The tests: the column is believed, and says yes; it is believed, and says no.
    tests: tuple[str, ...] = ("yes", "no")

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name,)

    def test(self, test: Any) -> int:
        return self.tests.index(test)

    def classes(self, row: Row) -> Classes:
        said = row[self.name]
        words = said if isinstance(said, frozenset) else (said,)
        return (0, *(1 << at for at, word in enumerate(self.tests) if word in words))

    def blame(self, row: Row) -> str:
        return self.name
