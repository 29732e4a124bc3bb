"""From the limits that a policy declares and those that a user gives to the number of each day and dimension."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from itertools import product
from math import ceil, floor
from operator import and_
from typing import TYPE_CHECKING, Any

import attrs

from procure.interpretation.conditions import condition_words, cover
from procure.interpretation.readings import Readings
from procure.policy import notation
from procure.policy.choices import merged
from procure.policy.conditions import Conditions
from procure.policy.limits import Limit, Resolved, leaves, spread
from procure.values.faults import Faults, unknown
from procure.values.money import Currency
from procure.values.tables import asks, number
from procure.values.toml import shown
from procure.values.words import ProcureError, Words

if TYPE_CHECKING:
    from procure.policy.policy import Policy

_FIRST = dt.date.min


class Limits:
    """The limits of a policy by name; each joins what conditions can name as it is resolved."""

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self.policy: Policy = conditions.policy
        self.currency: Currency = conditions.currency
        self._resolving: list[str] = []

    def limit(self, name: str) -> Resolved:
        """A limit by its name; one that is not sound stands without its numbers, so that nothing else is found at
        fault for it."""
        known = self.conditions.limits
        if name in self._resolving:
            raise ProcureError(Words(f"限额 {name} 以自己为界", f"the limit {name} is bounded by itself"))
        if name not in known:
            self._resolving.append(name)
            found = Resolved(name, (), (), ({},), ({(): 1},), self.conditions.days, Words(name, name))
            with self.conditions.faults.at("limit", name):
                ways = _ways(self, self.policy.limits[name])
                each = [(_resolved(self, name, entries), when) for entries, when in ways]
                found = each[0][0]
                if len(each) > 1:
                    named = [
                        (limit.way(f"{name}#{n}", self._when(when)), when) for n, (limit, when) in enumerate(each, 1)
                    ]
                    known |= {limit.name: limit for limit, _ in named}
                    self.conditions.limit_ways[name] = named
            known[name] = found
            self._resolving.remove(name)
        return known[name]

    def _when(self, readings: Readings) -> Words:
        """Under which readings a limit is one of those that it may be."""
        return condition_words(cover(self.conditions.questions, readings, self.conditions.every))


def _ways(limits: Limits, entries: Sequence[Limit]) -> list[tuple[tuple[Limit, ...], Readings]]:
    """What the entries of a limit may be, as questions choose, each with the interpretations under which they are."""
    every = limits.conditions.every
    each: list[list[tuple[Limit, Readings]]] = []
    wrong = Faults()
    for n, entry in enumerate(entries):
        with wrong.at(*((n,) if len(entries) > 1 else ())):
            each.append(list(_entry_ways(limits, entry)))
    wrong.raise_nested()
    return _together(each, every)


def _entry_ways(limits: Limits, entry: Limit) -> Iterator[tuple[Limit, Readings]]:
    wrong = Faults()
    parts: list[list[tuple[Any, Readings]]] = []
    with wrong.at("value"):
        parts.append(_values(limits, entry.value))
    for key, bound in (("above", entry.above), ("at-least", entry.at_least)):
        with wrong.at(key):
            parts.append(_bounds(limits, bound))
    wrong.raise_nested()
    for (value, above, at_least), when in _together(parts, limits.conditions.every):
        yield attrs.evolve(entry, value=value, above=above, at_least=at_least), when


def _values(limits: Limits, value: Any) -> list[tuple[Any, Readings]]:
    """The numbers, settled in every table."""
    if isinstance(value, Mapping) and not asks(value):
        wrong = Faults()
        each = []
        for word, inner in value.items():
            with wrong.at(word):
                each.append(_values(limits, inner))
        wrong.raise_nested()
        together = _together(each, limits.conditions.every)
        return [(dict(zip(value, numbers, strict=True)), when) for numbers, when in together]
    found = []
    for each_value, when in limits.conditions.alternatives(value):
        settled = _values(limits, each_value) if isinstance(each_value, Mapping) else [(each_value, when)]
        found += [(number, when & inner) for number, inner in settled if when & inner]
    return merged(found)


def _bounds(limits: Limits, bound: Any) -> list[tuple[Any, Readings]]:
    """What bounds a limit: a number, or a limit, which a question may choose, too."""
    found: list[tuple[Any, Readings]] = []
    for each, when in limits.conditions.alternatives(bound):
        if not isinstance(each, str):
            found.append((each, when))
            continue
        named = notation.limit(each)
        if named.name not in limits.policy.limits:
            raise notation.worded(named.name) or unknown(Words("限额", "limit"), named.name, limits.policy.limits)
        limits.limit(named.name)
        meant = limits.conditions.limits_meant(named.name, named.factor)
        found += [(limit.name, when & under) for limit, under in meant if when & under]
    return found


def _together(
    each: Iterable[Sequence[tuple[Any, Readings]]], every: Readings
) -> list[tuple[tuple[Any, ...], Readings]]:
    """One of each, in every combination that some interpretation makes."""
    found = []
    for parts in product(*each):
        if when := reduce(and_, (under for _, under in parts), every):
            found.append((tuple(part for part, _ in parts), when))
    return found


def _resolved(limits: Limits, name: str, entries: Sequence[Limit]) -> Resolved:
    """A limit with its numbers in every period. Raises `ProcureError` for one that does not fit together."""
    dimensions = entries[0].dimensions
    for entry in entries:
        if entry.dimensions != dimensions:
            raise ProcureError(Words("各段须按相同的列区分", "all its entries must differ by the same columns"))
        if entry.given == (entry.value is not None):
            raise ProcureError(
                Words("须有 value，或 given = true，不能兼有", "it needs `value`, or `given = true`, and not both")
            )
    words = [tuple(limits.conditions.dimension(column)) for column in dimensions]
    wrong = Faults()
    several = len(entries) > 1
    for n, entry in enumerate(entries):
        with wrong.at(*((n,) if several else ())):
            _stated(limits, entry, words)
        with wrong.at(*((n,) if several else ()), "clause"):
            limits.policy.clauses(entry.clause)
    wrong.raise_nested()
    given = limits.policy.given_limits.get(name, {})
    starts = _starts(limits, entries, {year for year, _ in given if year is not None})
    numbers: list[Mapping[tuple[str | None, ...], int]] = []
    least: list[Mapping[tuple[str | None, ...], int]] = []
    for day in (_FIRST, *starts):
        held = _of_day(entries, day)
        of_day: Mapping[tuple[str | None, ...], int] = {}
        lowest: Mapping[tuple[str | None, ...], int] = {}
        if held is not None:
            with wrong.at(*((entries.index(held),) if several else ())):
                of_day = dict(_numbers(limits, name, held, words, day))
                lowest = dict(_least(limits, name, held, words, day, of_day))
        numbers.append(of_day)
        least.append(lowest)
    wrong.raise_nested()
    title = next((entry.title for entry in entries if entry.title), Words(name, name))
    return Resolved(
        name, dimensions, tuple(starts), tuple(numbers), tuple(least), limits.conditions.days, title, given,
        any(entry.given for entry in entries),
    )  # fmt: skip


def _starts(limits: Limits, entries: Sequence[Limit], years: set[int]) -> list[dt.date]:
    """The days on which another number begins to hold."""
    found = {entry.since for entry in entries if entry.since is not None}
    found |= {entry.until + dt.timedelta(1) for entry in entries if entry.until is not None}
    for year in years:
        found |= {limits.policy.budget_year(year), limits.policy.budget_year(year + 1)}
    return sorted(found)


def _of_day(entries: Sequence[Limit], day: dt.date) -> Limit | None:
    """The entry that holds on a day: the last to begin."""
    holds = [e for e in entries if (e.since or _FIRST) <= day and (e.until is None or day <= e.until)]
    return max(holds, key=lambda entry: entry.since or _FIRST, default=None)


def _numbers(
    limits: Limits, name: str, entry: Limit, words: Sequence[Sequence[str]], day: dt.date
) -> Iterator[tuple[tuple[str | None, ...], int]]:
    if not entry.given:
        for each, number in spread(leaves(entry.value, len(words)), words):
            yield each, int(limits.currency.minor(number))
        return
    year = limits.policy.year_of(day) if day is not _FIRST else None
    given = limits.policy.given_limits.get(name, {})
    for asked in (None, year) if year is not None else (None,):
        for (of_year, stated), minor in given.items():
            if of_year == asked:
                _known(entry, stated, words)
                _above_zero(limits, minor)
                yield from spread([(stated, minor)], words)


def _stated(limits: Limits, entry: Limit, words: Sequence[Sequence[str]]) -> None:
    """Raises, naming each, for numbers that are none and for words that a dimension has not."""
    wrong = Faults()
    for stated, value in () if entry.given else leaves(entry.value, len(words)):
        with wrong.at("value", *(word for word in stated if word is not None)):
            _known(entry, stated, words)
            if not number(value):
                it = shown(value)
                raise ProcureError(Words(f"{it} 不是数（不用二进制小数）", f"{it} is no number (and no binary float)"))
            _above_zero(limits, int(limits.currency.minor(value)))
    wrong.raise_nested()


def _above_zero(limits: Limits, minor: int) -> int:
    if minor <= 0:
        plain = limits.currency.plain(minor)
        raise ProcureError(Words(f"限额 {plain} 须高于零", f"the limit {plain} must be above zero"))
    return minor


def _known(entry: Limit, stated: tuple[str | None, ...], words: Sequence[Sequence[str]]) -> None:
    for word, there, column in zip(stated, words, entry.dimensions, strict=True):
        if word is not None and word not in there:
            raise unknown(Words(f" {column} 的词", f"word of {column}"), word, there)


def _least(
    limits: Limits,
    name: str,
    entry: Limit,
    words: Sequence[Sequence[str]],
    day: dt.date,
    numbers: Mapping[tuple[str | None, ...], int],
) -> Iterator[tuple[tuple[str | None, ...], int]]:
    """The least that each may be, where it is not known; a number that is known is held against it."""
    wrong = Faults()
    for each in product(*words):
        bounds = [
            *([_bound(limits, entry, each, day, entry.above, 1)] if entry.above is not None else []),
            *([_bound(limits, entry, each, day, entry.at_least, 0)] if entry.at_least is not None else []),
        ]
        mine = numbers.get(each)
        for known, _, more in bounds:
            if mine is not None and known is not None and mine < known + more:
                wrong.add((), *_too_low(limits, entry, each, mine, known, more))
        yield each, max([1, *(least + more for _, least, more in bounds)])
    wrong.raise_nested()


def _too_low(limits: Limits, entry: Limit, words: Sequence[str], number: int, bound: int, more: int) -> Words:
    plain = limits.currency.plain
    which = "".join(
        f"（{limits.conditions.column(c).shown(w).zh}）" for c, w in zip(entry.dimensions, words, strict=True)
    )
    label = f" of {', '.join(words)}" if words else ""
    return Words(
        f"限额{which} {plain(number)} 须{'高于' if more else '不低于'} {plain(bound)}",
        f"a limit{label} of {plain(number)} is {'not above' if more else 'below'} {plain(bound)}",
    )


def _bound(
    limits: Limits, entry: Limit, words: tuple[str, ...], day: dt.date, bound: int | Decimal | str, more: int
) -> tuple[int | None, int, int]:
    """What a limit is bounded by, in whole minor units: the number where it is known, the least that it may be, and how
    much more is needed. Of a fraction the next whole amount below is as good to be above as it, the next above it as
    good to be not below."""
    if not isinstance(bound, str):
        known = int(limits.currency.minor(bound))
        return known, known, more
    other = limits.conditions.limits[bound]
    mine = dict(zip(entry.dimensions, words, strict=True))
    if not set(other.dimensions) <= set(mine):
        raise ProcureError(
            Words(f"不能与按其他列区分的 {other.source} 相比", f"{other.source} differs by other columns")
        )
    period = bisect_right(other.starts, day)
    low, high = other.bound(tuple(mine[column] for column in other.dimensions), period)
    least = floor(low) if more else ceil(low)
    return (least if low == high else None), least, more
