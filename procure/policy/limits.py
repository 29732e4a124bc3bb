"""Limits: numbers of a policy by any dimension and from a day on, or that somebody else sets. None is ever guessed."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import attrs

from procure.interpretation.sources import Citation
from procure.values.words import Words

#: Stands for "no upper bound" in amounts and sums of minor units; far above any sum of amounts.
NO_BOUND = 10**30
#: From where to where an amount lies that could not be read: one that may be a refund, and one that is none.
EITHER_SIGN = (-NO_BOUND, NO_BOUND)
NOT_NEGATIVE = (0, NO_BOUND)

Number = int | Decimal
#: An amount in minor units: whole, or, of a limit with a factor before it, a fraction that no amount need equal.
Exact = int | Fraction


@attrs.frozen(kw_only=True)
class Limit:
    """One number, or one for each value of its dimensions, in major units, from a day on. `given` is set by the user.

    `above` and `at_least` bound it from below, where it is not known as well: a number, or a limit by its name, with a
    factor before it if need be. All three may depend on questions, `value` for each value of a dimension, too.
    """

    value: Any = None
    given: bool = False
    by: str | tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    published: dt.date | None = None
    above: Any = None
    at_least: Any = None
    cites: Citation | None = None
    #: The words of the policy's own text that set it: a quote, or a list of quotes.
    clause: Any = None
    title: Words | None = None

    @property
    def dimensions(self) -> tuple[str, ...]:
        return (self.by,) if isinstance(self.by, str) else self.by


#: Of a limit that is given: the number for each value of its dimensions, in minor units. `year` is that of a budget
#: year, None for all; a dimension None stands for each of its values.
Given = Mapping[tuple[int | None, tuple[str | None, ...]], int]


@attrs.frozen
class Days:
    """The days on which a purchase is judged, both included; None where they do not end. `column` is the date that
    tells."""

    column: str
    since: dt.date | None = None
    until: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@attrs.define(eq=False)
class Resolved:
    """A limit with its numbers in minor units, in each of the periods in which it is one and the same: `starts` are the
    first days of all periods but the first, `numbers` and `least` have for each period what stands for each value
    of the dimensions, `least` where it is not known.

    One that a question chooses stands beside those that it may be, `name#1` and so on; `source` is the limit that the
    policy declares. One with a `factor` before it is that factor of another, `of`."""

    name: str
    dimensions: tuple[str, ...]
    starts: tuple[dt.date, ...]
    numbers: tuple[Mapping[tuple[str | None, ...], Exact], ...]
    least: tuple[Mapping[tuple[str | None, ...], Exact], ...]
    days: Days
    title: Words
    given: Given = attrs.field(factory=dict)
    is_given: bool = False
    source: str = attrs.field(default=attrs.Factory(lambda self: self.name, takes_self=True))
    of: str = attrs.field(default=attrs.Factory(lambda self: self.name, takes_self=True))
    factor: Exact = 1
    _bounds: dict[Any, tuple[tuple[Exact, Exact], ...]] = attrs.field(factory=dict)

    def way(self, name: str, when: Words) -> Resolved:
        """The same as one of those that a question chooses of; its title says when it is meant."""
        title = Words(f"{self.title.zh}（{when.zh}）", f"{self.title.en} ({when.en})")
        return attrs.evolve(self, name=name, of=name, title=title, given={}, is_given=False, bounds={})

    def times(self, factor: Fraction) -> Resolved:
        """A factor of the limit: exact, and not known where the limit is not."""
        by: Exact = int(factor) if factor.denominator == 1 else factor
        numbers, least = (
            tuple({words: by * number for words, number in each.items()} for each in periods)
            for periods in (self.numbers, self.least)
        )
        title = Words(f"{factor} * {self.title.zh}", f"{factor} * {self.title.en}")
        return attrs.evolve(
            self, name=f"{factor} * {self.name}", numbers=numbers, least=least, title=title, given={}, is_given=False,
            factor=by, bounds={},
        )  # fmt: skip

    @property
    def dated(self) -> bool:
        """Whether the number depends on the day."""
        return bool(self.starts)

    def period(self, day: dt.date) -> int:
        return bisect_right(self.starts, day)

    @property
    def periods(self) -> tuple[int, ...]:
        """Those that a purchase of unknown date may fall in."""
        first = 0 if self.days.since is None else self.period(self.days.since)
        last = len(self.starts) if self.days.until is None else self.period(self.days.until)
        return tuple(range(first, last + 1))

    def get(self, dimensions: tuple[str | None, ...], period: int) -> Exact | None:
        """The number; None where it is not known."""
        return self.numbers[period].get(dimensions)

    def bounds(self, dimensions: tuple[str | None, ...], day: Any) -> tuple[tuple[Exact, Exact], ...]:
        """Between which amounts the limit may lie, for each period that is possible; equal where it is known."""
        key = dimensions, self.period(day) if isinstance(day, dt.date) else None
        found = self._bounds.get(key)
        if found is None:
            periods = self.periods if key[1] is None else (key[1],)
            found = self._bounds[key] = tuple(dict.fromkeys(self.bound(dimensions, period) for period in periods))
        return found

    def bound(self, dimensions: tuple[str | None, ...], period: int) -> tuple[Exact, Exact]:
        number = self.get(dimensions, period)
        if number is not None:
            return number, number
        return self.least[period].get(dimensions, self.factor), self.factor * NO_BOUND

    @property
    def known(self) -> bool:
        return any(self.numbers)

    @property
    def combinations(self) -> tuple[tuple[str | None, ...], ...]:
        """Every value of its dimensions together."""
        return tuple(self.least[-1]) or ((),) if not self.dimensions else tuple(self.least[-1])


def leaves(value: Any, depth: int) -> Iterator[tuple[tuple[str | None, ...], Any]]:
    """The numbers of nested tables with the words that lead to them; a number above the last level holds for all that
    is below it, and so does what a question chooses."""
    if depth and isinstance(value, Mapping) and "ask" not in value:
        for word, inner in value.items():
            yield from (((word, *words), number) for words, number in leaves(inner, depth - 1))
    else:
        yield (None,) * depth, value


def spread(
    leaf: Iterable[tuple[tuple[str | None, ...], Any]], words: Sequence[Sequence[str]]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The same with every dimension named."""
    for stated, number in leaf:
        each = [of_dimension if word is None else (word,) for word, of_dimension in zip(stated, words, strict=True)]
        yield from ((combination, number) for combination in product(*each))
