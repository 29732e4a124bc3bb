"""The algebra of readings: sets of interpretations of one text.

An interpretation answers every ambiguity. A set of them is kept as a decision diagram: a node asks one ambiguity and
has one branch for each reading; equal branches are never asked, equal nodes are one object. So an
ambiguity that nothing depends on costs nothing, equality is identity, and an operation done once is remembered.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NoReturn

import attrs

from procure.interpretation.sources import Citation, Clause
from procure.values.faults import nearest, unknown
from procure.values.words import ProcureError, Words


@attrs.frozen
class Reading:
    """One answer to one ambiguity."""

    id: str
    meaning: Words
    support: tuple[Citation, ...] = ()


class Treatment(enum.Enum):
    """What becomes of an ambiguity: run under every reading; answered by a column or parameter; delegated to another
    authority; or noted, since no log can decide it."""

    EXECUTED = "executed"
    ANSWERED = "answered-by-input"
    DELEGATED = "delegated"
    NOTED = "noted"


@attrs.frozen(kw_only=True)
class Witness:
    """A small log whose last purchase has another verdict under another reading of a question: every other question is
    answered as recommended, or as it assumes. `rows` are one log, or one for each reading where a reading is how the
    log is kept, and so is what is `given`; `inexpressible` says of readings that no log can show why.
    """

    rows: Any
    verdicts: Mapping[str, str]
    name: Words | None = None
    given: Mapping[str, Any] = attrs.field(factory=dict)
    assumes: Mapping[str, str] = attrs.field(factory=dict)
    entries: tuple[str, ...] = ()
    inexpressible: Mapping[str, Words] = attrs.field(factory=dict)

    @property
    def given_by_reading(self) -> Mapping[str, Mapping[str, Any]]:
        """What is given under each reading, where it differs; empty where the same is given under all."""
        apart = set(self.given) == set(self.verdicts) and all(isinstance(one, Mapping) for one in self.given.values())
        return self.given if apart else {}


@attrs.frozen
class Needed:
    """A datum that a question cannot be asked without: a column of the log, or something given with the policy; a
    condition that some row meets; `"contract repeats"`, for a value of a column that stands in two rows. Where it is
    absent the reading `otherwise` is taken, and the report says so."""

    datum: Any
    otherwise: str


@attrs.frozen(eq=False, slots=False)
class Ambiguity:
    """A question that the text leaves open, with two readings or more, the recommended one, and why that one.

    `entries` are its numbers in the list of ambiguities found in the text; `spans` the words that raise it. Where it
    is not executed, `because` says what answers it instead, or why a log cannot. One that is executed may need a datum
    of its own; `because` then says why it is not asked without.
    Once it is among the `Questions` of a policy, `ambiguity["higher"]` is the set of interpretations that give this
    answer.
    """

    id: str
    question: Words
    readings: tuple[Reading, ...]
    recommended: str
    why: Words
    entries: tuple[str, ...] = ()
    spans: tuple[Clause, ...] = ()
    treatment: Treatment = Treatment.EXECUTED
    because: Words | None = None
    needs: Needed | None = None
    witnesses: tuple[Witness, ...] = ()
    _sets: Mapping[str, Readings] | None = attrs.field(default=None, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if (
            len(self.readings) < 2
            or len(set(self.answers)) < len(self.readings)
            or self.recommended not in self.answers
            or (self.needs is not None and self.needs.otherwise not in self.answers)
        ):
            raise ProcureError(
                Words(
                    f"歧义 {self.id} 须有两个以上不同读法，建议读法须在其中",
                    f"ambiguity {self.id!r} needs two or more distinct readings, the recommended one among them",
                )
            )

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """The ids of its readings, in order."""
        return tuple(reading.id for reading in self.readings)

    def __getitem__(self, reading: str) -> Readings:
        if self._sets is None:
            raise ProcureError(
                Words(f"歧义 {self.id} 还不属于任何制度", f"ambiguity {self.id!r} is not part of a policy yet")
            )
        if reading not in self._sets:
            near = nearest(reading, self.answers)
            raise ProcureError(
                Words(
                    f"{self.id} 没有读法“{reading}”（{near.zh}）", f"{self.id} has no reading {reading!r} ({near.en})"
                )
            )
        return self._sets[reading]


class Readings:
    """An immutable set of interpretations. Made by `Questions`; combined with `&`, `|`, `-`, which refuse a set over
    other questions with `ProcureError`, *every* and *none* included."""

    # The operations are the innermost loop of a check: whose set the other one is, is looked at only where nothing else
    # shows it. What was found before, and what is one of this space's own, is none of another's.
    __slots__ = ("_branches", "_level", "_space")

    def __init__(self, space: Questions, level: int, branches: tuple[Readings, ...]) -> None:
        self._space = space
        self._level = level
        self._branches = branches

    def __and__(self, other: Readings) -> Readings:
        space = self._space
        if self is other or other is space.every:
            return self
        none = space.none
        if other is none:
            return none
        if self is space.every:
            return other if other._space is space else space._refuse()
        if self is none:
            return none if other._space is space else space._refuse()
        key = (self, other)
        found = space._met.get(key)
        if found is None:
            space._met[key] = found = space._apply(Readings.__and__, self, other)
        return found

    def __sub__(self, other: Readings) -> Readings:
        space = self._space
        none = space.none
        if other is none:
            return self
        if self is other or other is space.every:
            return none
        if self is none:
            return self if other._space is space else space._refuse()
        key = (self, other)
        found = space._cut.get(key)
        if found is None:
            space._cut[key] = found = space._apply(Readings.__sub__, self, other)
        return found

    def __or__(self, other: Readings) -> Readings:
        space = self._space
        none = space.none
        if self is other or other is none:
            return self
        every = space.every
        if other is every:
            return every
        if self is none:
            return other if other._space is space else space._refuse()
        if self is every:
            return every if other._space is space else space._refuse()
        key = (self, other)
        found = space._joined.get(key)
        if found is None:
            space._joined[key] = found = space._apply(Readings.__or__, self, other)
        return found

    def __bool__(self) -> bool:
        return self is not self._space.none

    def __len__(self) -> int:
        """The number of interpretations in the set."""
        return self._space._count(self, 0)

    def __contains__(self, interpretation: Mapping[str, str]) -> bool:
        """Whether a full interpretation (ambiguity id to reading id) is in the set."""
        return Interpretation(self._space, interpretation).within(self)

    def depends_on(self) -> tuple[str, ...]:
        """The ids of the ambiguities on whose answer membership depends, in the order of the policy."""
        levels: set[int] = set()
        seen: set[Readings] = set()
        stack = [self]
        while stack:
            node = stack.pop()
            if node._branches and node not in seen:
                seen.add(node)
                levels.add(node._level)
                stack.extend(node._branches)
        return tuple(self._space.ambiguities[level].id for level in sorted(levels))

    @property
    def first_asked(self) -> Ambiguity | None:
        """The first ambiguity, in the order of the policy, on which membership depends; None where it depends on
        none."""
        return self._space.ambiguities[self._level] if self._branches else None

    def given(self, ambiguity: Ambiguity, reading: str) -> Readings:
        """Membership once this question is answered so; it depends on the others alone."""
        space = self._space
        return space._given(self, space._levels[ambiguity.id], ambiguity.answers.index(reading))

    def __repr__(self) -> str:
        return f"<Readings: {len(self)} of {len(self._space.every)}>"


Change = tuple[tuple[int, int], ...]


class Questions:
    """The ambiguities of one policy, in order, and the sets of interpretations over them.

    `len(questions.every)` is the number of interpretations; `questions["limbs"]["higher"]` a set of them.
    """

    def __init__(self, ambiguities: Iterable[Ambiguity]) -> None:
        asked = tuple(ambiguities)
        if len({a.id for a in asked}) < len(asked):
            raise ProcureError(Words("两个歧义同名", "two ambiguities have one id"))
        self.none: Readings = Readings(self, len(asked), ())
        self.every: Readings = Readings(self, len(asked), ())
        self._nodes: dict[tuple[Any, ...], Readings] = {}
        self._met: dict[tuple[Readings, Readings], Readings] = {}
        self._cut: dict[tuple[Readings, Readings], Readings] = {}
        self._joined: dict[tuple[Readings, Readings], Readings] = {}
        self._restricted: dict[tuple[Readings, int, int], Readings] = {}
        self.ambiguities: tuple[Ambiguity, ...] = tuple(
            attrs.evolve(a, sets=self._answers(i, a)) for i, a in enumerate(asked)
        )
        self._by_id = {a.id: a for a in self.ambiguities}
        self._levels = {a.id: level for level, a in enumerate(self.ambiguities)}

    def __iter__(self) -> Iterator[Ambiguity]:
        return iter(self.ambiguities)

    def __len__(self) -> int:
        return len(self.ambiguities)

    def __contains__(self, ambiguity: str) -> bool:
        return ambiguity in self._by_id

    def __getitem__(self, ambiguity: str) -> Ambiguity:
        try:
            return self._by_id[ambiguity]
        except KeyError:
            raise unknown(Words("歧义", "ambiguity"), ambiguity, self._by_id) from None

    def giving(self, answers: Mapping[str, str]) -> Readings:
        """The interpretations that give all these answers; other questions stay open."""
        found = self.every
        for ambiguity, reading in answers.items():
            found &= self[ambiguity][reading]
        return found

    def _given(self, readings: Readings, level: int, answer: int) -> Readings:
        if not readings._branches or readings._level > level:
            return readings
        if readings._level == level:
            return readings._branches[answer]
        key = readings, level, answer
        found = self._restricted.get(key)
        if found is None:
            branches = tuple([self._given(branch, level, answer) for branch in readings._branches])
            found = self._restricted[key] = self._node(readings._level, branches)
        return found

    def _answers(self, level: int, ambiguity: Ambiguity) -> dict[str, Readings]:
        count = len(ambiguity.readings)
        return {
            reading: self._node(level, tuple(self.every if i == index else self.none for i in range(count)))
            for index, reading in enumerate(ambiguity.answers)
        }

    def _node(self, level: int, branches: tuple[Readings, ...]) -> Readings:
        first = branches[0]
        if branches.count(first) == len(branches):
            return first
        key = (level, branches)
        found = self._nodes.get(key)
        if found is None:
            self._nodes[key] = found = Readings(self, level, branches)
        return found

    def _apply(self, operation: Any, left: Readings, right: Readings) -> Readings:
        if left._space is not right._space:
            self._refuse()
        level = min(left._level, right._level)
        width = len(self.ambiguities[level].readings)
        lefts = left._branches if left._level == level else (left,) * width
        rights = right._branches if right._level == level else (right,) * width
        return self._node(level, tuple(map(operation, lefts, rights)))

    def _refuse(self) -> NoReturn:
        raise ProcureError(Words("两组读法属于不同的制度", "the two sets of readings belong to different policies"))

    def _count(self, node: Readings, level: int) -> int:
        """Interpretations of the ambiguities from `level` on that reach `every`; each level not asked multiplies."""
        counts: dict[Readings, int] = {self.none: 0, self.every: 1}

        def below(node: Readings) -> int:
            if node not in counts:
                counts[node] = sum(below(b) * self._between(node._level + 1, b._level) for b in node._branches)
            return counts[node]

        return below(node) * self._between(level, node._level)

    def _between(self, start: int, stop: int) -> int:
        return math.prod(len(ambiguity.readings) for ambiguity in self.ambiguities[start:stop])


class Interpretation:
    """One full interpretation (ambiguity id to reading id), from which many sets are looked at."""

    def __init__(self, questions: Questions, interpretation: Mapping[str, str]) -> None:
        self._ambiguities = questions.ambiguities
        self._every = questions.every
        self._answers = [a.answers.index(interpretation[a.id]) for a in self._ambiguities]
        #: Of each set looked at, all ways of changing the fewest answers so as to reach it.
        self._changes: dict[Readings, tuple[Change, ...]] = {questions.none: (), questions.every: ((),)}

    def within(self, readings: Readings) -> bool:
        """Whether the interpretation is in the set."""
        while readings._branches:
            readings = readings._branches[self._answers[readings._level]]
        return readings is self._every

    def nearest(self, readings: Readings) -> tuple[Mapping[str, str], ...]:
        """The smallest changes to the interpretation that lead into the set: all of that size, in the order of the
        policy's ambiguities and their readings. `({},)` where it is in the set; empty where the set is."""
        asked = self._ambiguities
        return tuple([{asked[n].id: asked[n].answers[i] for n, i in change} for change in sorted(self._ways(readings))])

    def _ways(self, readings: Readings) -> tuple[Change, ...]:
        found = self._changes.get(readings)
        if found is None:
            level = readings._level
            kept = self._answers[level]
            changes = [
                change if index == kept else ((level, index), *change)
                for index, branch in enumerate(readings._branches)
                for change in self._ways(branch)
            ]
            fewest = min(map(len, changes))
            found = self._changes[readings] = tuple([change for change in changes if len(change) == fewest])
        return found
