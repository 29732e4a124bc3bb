"""What a question cannot be asked without, where the rows of a log show whether it is there: that some row meets a
condition, or that a value of a column stands in two rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import attrs

from procure.interpretation.readings import Readings
from procure.log.cells import Said
from procure.log.ready import READY
from procure.policy.classes import Fact
from procure.policy.conditions import Conditions
from procure.policy.expressions import Expression
from procure.policy.own import without_bands
from procure.policy.values import Row
from procure.values.faults import unknown
from procure.values.words import Words

_DATUM = Words("列、限额或名单", "column, limit or list")
_REPEATS = " repeats"


@attrs.define
class _ClassPoint:
    """The classes of the facts that a condition asks."""

    every: Readings
    none: Readings
    open: Readings
    classes: Mapping[str, int]
    #: A condition that asks for a band is refused.
    band: Any = None

    def __getitem__(self, fact: str) -> int:
        return self.classes[fact]


@attrs.frozen(eq=False)
class Meets:
    """Some row meets a condition, whatever it does not say. `columns` are those that are looked at."""

    condition: Expression
    facts: Mapping[str, Fact]
    every: Readings
    none: Readings

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column for name in self.condition.facts() for column in self.facts[name].columns))

    def holds(self, row: Row) -> bool:
        asked = tuple(dict.fromkeys(self.condition.facts()))
        each = product(*(self.facts[name].classes(row) for name in asked))
        points = (_ClassPoint(self.every, self.none, self.every, dict(zip(asked, of, strict=True))) for of in each)
        return all(self.condition(point) for point in points)

    def among(self, rows: Mapping[tuple[Any, ...], int]) -> bool:
        """Whether it is there, among rows that say so much in its columns, each so many times."""
        return any(self.holds(dict(zip(self.columns, row, strict=True))) for row in rows)


@attrs.frozen
class Repeats:
    """A value of a column stands in two rows."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    def among(self, rows: Mapping[tuple[Any, ...], int]) -> bool:
        return any(count > 1 for (value,), count in rows.items() if not isinstance(value, (Said, frozenset)))


#: Of each question that needs it, by the key under which a plan knows that it is there.
Needs = Mapping[str, Meets | Repeats]


def key(question: str) -> str:
    """How a plan calls what a question needs of the rows."""
    return f"question.{question}"


def needs_of(conditions: Conditions) -> Needs:
    """What the questions of a policy need of the rows; what is wrong with a need is added to the faults."""
    found: dict[str, Meets | Repeats] = {}
    for question in conditions.questions:
        if question.needs is not None:
            with conditions.faults.at("question", question.id, "needs"):
                need = _need(conditions, question.needs.datum)
                found |= {} if need is None else {key(question.id): need}
    return found


def _need(conditions: Conditions, datum: Any) -> Meets | Repeats | None:
    """What is needed of the rows; None for a datum that is a column, a limit, a list or a number of one. Raises for
    what is neither."""
    if not isinstance(datum, str):
        condition = without_bands(conditions.condition(datum))
        return Meets(condition, conditions.facts, conditions.every, conditions.none)
    known = tuple(_data(conditions))
    if datum in known:
        return None
    if datum.endswith(_REPEATS):
        return Repeats(conditions.column(datum.removesuffix(_REPEATS)).name)
    raise unknown(_DATUM, datum, known)


def _data(conditions: Conditions) -> Iterator[str]:
    policy, renamed = conditions.policy, conditions.columns.renamed
    yield from (*policy.columns, *policy.limits, *policy.lists, *(name for name in READY if name not in renamed))
    for name, each in policy.lists.items():
        yield from (f"{name}.{carried}" for carried in each.carries)


class Met:
    """The needs that are met, by key, as rows come in."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        #: What the rows say in the columns of each need, and how often.
        self._said: dict[str, Counter[tuple[Any, ...]]] = {name: Counter() for name in needs}
        self._met: frozenset[str] = frozenset()

    def add(self, values: Mapping[str, Iterable[Any]], count: int) -> None:
        """So many more rows, that have these values in their columns."""
        self._met = self.besides(values, count)
        for name, need in self._needs.items():
            self._said[name] += _said(need, values, count)

    def besides(self, values: Mapping[str, Iterable[Any]], count: int) -> frozenset[str]:
        """Those that would be met if these rows were there, too."""
        found = set(self._met)
        for name in self._needs.keys() - found:
            need, before = self._needs[name], self._said[name]
            more = _said(need, values, count)
            if need.among({row: times + before[row] for row, times in more.items()}):
                found.add(name)
        return frozenset(found)


def _said(need: Meets | Repeats, values: Mapping[str, Iterable[Any]], count: int) -> Counter[tuple[Any, ...]]:
    columns = [values[column] for column in need.columns]
    return Counter(zip(*columns, strict=True)) if columns else Counter({(): count})


def met(needs: Needs, values: Mapping[str, Iterable[Any]], count: int) -> frozenset[str]:
    """The keys of those that are met by so many rows, that have these values in their columns."""
    return Met(needs).besides(values, count)
