"""Tests of single values, of two dates, of two numbers: what a policy may ask of a column."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Literal

import attrs

from procure.log import naming
from procure.log.cells import NONE, UNDATED

Sign = Literal["<", "<=", ">", ">=", "="]
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
SIGNS = tuple(_COMPARE)


def compare(sign: Sign, one: Any, other: Any) -> bool:
    return _COMPARE[sign](one, other)


@attrs.frozen
class OneOf:
    """It is one of these words, or names."""

    words: frozenset[str]

    def __call__(self, value: Any) -> bool:
        return value in self.words


@attrs.frozen
class Called(OneOf):
    """It is one of these names: what makes no other name of one does not matter."""

    def __call__(self, value: Any) -> bool:
        return isinstance(value, str) and naming.key(value) in map(naming.key, self.words)


@attrs.frozen
class OnRecord:
    """There is one."""

    def __call__(self, value: Any) -> bool:
        return value is not NONE


@attrs.frozen
class Than:
    """It stands so to a constant: a number, an amount in minor units, or a date."""

    sign: Sign
    constant: Any

    def __call__(self, value: Any) -> bool:
        return value is not NONE and value is not UNDATED and compare(self.sign, value, self.constant)


@attrs.frozen
class Odd:
    """It is an odd number."""

    def __call__(self, value: Any) -> bool:
        return isinstance(value, int) and value % 2 == 1


@attrs.frozen
class Ranks:
    """Its rank stands so to a word's, in the order that the column declares; a word without rank fails."""

    sign: Sign
    rank: int
    ranks: Mapping[str, int] = attrs.field(hash=False)

    def __call__(self, value: Any) -> bool:
        found = self.ranks.get(value)
        return found is not None and compare(self.sign, found, self.rank)


@attrs.frozen
class Apart:
    """So many days lie between two dates."""

    sign: Sign
    days: int

    def __call__(self, apart: int) -> bool:
        return compare(self.sign, apart, self.days)


@attrs.frozen
class Beside:
    """It stands so to another number, of which there is a factor."""

    sign: Sign

    def __call__(self, difference: Fraction | int) -> bool:
        return compare(self.sign, difference, 0)
