"""From the columns of a log to the classes that the facts of each row may have."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from procure.policy.classes import Fact
from procure.policy.facts import CarriedFact, ColumnFact, LimitFact
from procure.policy.ladders import edges
from procure.policy.plan import Plan
from procure.policy.tests import Than
from procure.policy.values import Row

#: The values of every column, row by row.
Columns = Mapping[str, Sequence[Any]]


@attrs.frozen(eq=False)
class Evidence:
    """For every fact the classes it may have, and for those that are open the datum that would settle them."""

    options: Mapping[str, tuple[int, ...]]
    blame: Mapping[str, str]


#: The classes of one fact, and the datum that would settle them where they are open.
Seen = tuple[tuple[int, ...], str | None]


class Memo(dict[Any, Any]):
    """What a function makes of each thing it was asked of, worked out once."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        found = self[key] = self._make(key)
        return found


class FactReader:
    """Reads rows as evidence. Rows that are equal in every respect that matters share theirs."""

    def __init__(self, plan: Plan) -> None:
        self.facts: tuple[Fact, ...] = plan.facts
        #: What is equally seen of a fact is known by one number, which is quicker to look up.
        self._numbers: dict[Seen, int] = {}
        self._seen: list[Seen] = []
        self._classes = [Memo(self._read_alone(f) if len(f.columns) == 1 else self._read(f)) for f in self.facts]
        self._evidence = Memo(self._made)

    def __call__(self, columns: Columns, count: int) -> list[Evidence]:
        """The evidence of every row."""
        if not self.facts:
            return [self._evidence[()]] * count
        coded = [
            map(
                memo.__getitem__, columns[fact.columns[0]] if len(fact.columns) == 1 else _beside(fact.columns, columns)
            )
            for fact, memo in zip(self.facts, self._classes, strict=True)
        ]
        return list(map(self._evidence.__getitem__, zip(*coded, strict=True)))

    def of(self, numbers: tuple[int, ...]) -> Evidence:
        """The evidence that these numbers make, one for each fact."""
        found: Evidence = self._evidence[numbers]
        return found

    def number(self, fact: int, values: tuple[Any, ...]) -> int:
        """The number of what is seen of a fact, for the values of its columns."""
        found: int = self._classes[fact][values[0] if len(values) == 1 else values]
        return found

    def _made(self, numbers: tuple[int, ...]) -> Evidence:
        seen = {fact.name: self._seen[n] for fact, n in zip(self.facts, numbers, strict=True)}
        return Evidence(
            {fact: classes for fact, (classes, _) in seen.items()},
            {fact: blame for fact, (_, blame) in seen.items() if blame is not None},
        )

    def _read(self, fact: Fact) -> Callable[[Any], int]:
        return lambda values: self._numbered(fact, dict(zip(fact.columns, values, strict=True)))

    def _read_alone(self, fact: Fact) -> Callable[[Any], int]:
        (column,) = fact.columns
        read = Memo(lambda value: self._numbered(fact, {column: value}))
        turns = turning(fact)
        if turns is None:
            return read.__getitem__
        # Nearly every row has an amount of its own: one stands for all that are alike.
        alike: dict[int, Any] = {}
        return lambda value: read[
            alike.setdefault(bisect_right(turns, value), value) if isinstance(value, int) else value
        ]

    def _numbered(self, fact: Fact, row: Row) -> int:
        classes = tuple(sorted(fact.classes(row)))
        seen = classes, fact.blame(row) if len(classes) > 1 else None
        found = self._numbers.get(seen)
        if found is None:
            found = self._numbers[seen] = len(self._seen)
            self._seen.append(seen)
        return found


def _beside(names: Sequence[str], columns: Columns) -> Iterable[tuple[Any, ...]]:
    return zip(*(columns[name] for name in names), strict=True)


def turning(fact: Fact) -> tuple[int, ...] | None:
    """The amounts at which the class of a fact may change, ascending; None where that is no matter of amounts alone."""
    if isinstance(fact, ColumnFact) and fact.value.column.type == "money":
        numbers = [test.constant for test in fact.tests if isinstance(test, Than)]
    elif isinstance(fact, LimitFact):
        every = [bound for each in (*fact.resolved.numbers, *fact.resolved.least) for bound in each.values()]
        numbers = [*every, 1]
    elif isinstance(fact, CarriedFact):
        numbers = [n for entry in fact.entries.entries or () for n in entry.numbers.values() if n is not None]
        numbers += [n for n in fact.entries.blanks.values() if n is not None]
    else:
        return None
    # Of a refund it matters how large it is.
    found = {edge for number in numbers for size in edges(number) for edge in (size, 1 - size)}
    return tuple(sorted({0, 1, *found}))
