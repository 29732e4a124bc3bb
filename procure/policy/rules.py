"""Rules: what is asked of a purchase, and what meets it.

A rule says under which interpretations its duty is due at a point of the fact space, and under which it is met; it is
breached under those where it is due and not met. `OwnRule` is one that is written in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import attrs

from procure.interpretation.readings import Questions, Readings
from procure.interpretation.sources import Clause
from procure.policy.expressions import Expression, Point
from procure.values.faults import unknown
from procure.values.words import ProcureError, Words

Due = Callable[[Any], Readings]


class Ruling(Protocol):
    """What is asked of a rule. `required` says in words what meets the duty; `shows` names the columns that show
    whether it was met."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Words: ...
    @property
    def clauses(self) -> tuple[Clause, ...]: ...
    @property
    def required(self) -> Words: ...
    @property
    def due(self) -> Due: ...
    @property
    def met(self) -> Due: ...
    @property
    def shows(self) -> tuple[str, ...]: ...


@attrs.frozen
class Rule:
    """A duty of the policy, tied to its clauses."""

    id: str
    title: Words
    clauses: tuple[Clause, ...]
    required: Words
    due: Due
    met: Due
    shows: tuple[str, ...] = ()
    waivable: bool = True


def _words(text: Any) -> Words:
    return text if isinstance(text, Words) or not isinstance(text, str) else Words(text, text)


class Facts:
    """A purchase as a rule written in Python sees it."""

    __slots__ = ("_point", "_questions", "_tests", "raised")

    def __init__(self, tests: Mapping[str, Expression], questions: Questions, point: Point) -> None:
        self._tests, self._questions, self._point = tests, questions, point
        #: What was raised here: a rule that catches every exception must not swallow it, for by it the engine asks for
        #: the fact, and by it a mistake is reported.
        self.raised: BaseException | None = None

    @property
    def every(self) -> Readings:
        """All interpretations."""
        return self._questions.every

    @property
    def none(self) -> Readings:
        """No interpretation."""
        return self._questions.none

    def holds(self, test: str) -> Readings:
        """The interpretations under which a test holds."""
        try:
            if test not in self._tests:
                raise unknown(Words("检验", "test"), test, self._tests)
            return self._tests[test](self._point)
        except BaseException as error:
            self.raised = error
            raise

    def reading(self, question: str, reading: str) -> Readings:
        """The interpretations that give this answer."""
        try:
            return self._questions[question][reading]
        except BaseException as error:
            self.raised = error
            raise

    def __getattr__(self, name: str) -> Readings:
        # No AttributeError, which `getattr` with a default would take for an answer.
        error = ProcureError(
            Words(f"没有“{name}”；检验由 holds 来问", f"there is no {name!r}: a test is asked for with `holds`")
        )
        self.raised = error
        raise error


@attrs.frozen
class PythonSide:
    """`due` or `met` of a rule written in Python, as the judge calls it: it gives a set of this policy's
    interpretations, and nothing else. Raises `ProcureError`, naming the rule, where the function does not."""

    rule: str
    which: str
    function: Callable[[Facts], Readings] = attrs.field(repr=False)
    tests: Mapping[str, Expression] = attrs.field(eq=False, repr=False)
    questions: Questions = attrs.field(eq=False, repr=False)

    def without(self, facts: frozenset[str]) -> PythonSide:
        """The same for purchases that pass no test of these facts."""
        tests = {name: test.without(facts) for name, test in self.tests.items()}
        return attrs.evolve(self, tests=tests)

    def __call__(self, point: Point) -> Readings:
        try:
            return self.answer(point)
        except ProcureError as error:
            zh, en = error.words
            named = Words(f"规则 {self.rule} 的 {self.which}：{zh}", f"rule {self.rule}, {self.which}: {en}")
            raise ProcureError(named) from error

    def answer(self, point: Point) -> Readings:
        """The same, without the name of the rule in what is raised."""
        facts = Facts(self.tests, self.questions, point)
        try:
            found: Any = self.function(facts)
        finally:
            # Whatever became of it in the function.
            if facts.raised is not None:
                raise facts.raised
        if not isinstance(found, Readings):
            zh, en = f"须给出一组读法，不是 {found!r}", f"it must give a set of interpretations, not {found!r}"
            raise ProcureError(Words(zh, en))
        return found & self.questions.every


@attrs.frozen(kw_only=True)
class OwnRule:
    """A rule written in Python. `tests` declares what it reads: conditions by name, as in a policy file.

    `due` and `met` are functions of `facts`: `facts.holds("quoted")` is the interpretations under which a test holds,
    `facts.reading("edge", "upper")` those of a reading, `facts.every` and `facts.none` all and none. Each gives a set
    of interpretations, made with `&`, `|` and `-`.

    What they read is what is declared: a test that is not is refused, where it is read. `waivable` is False where no
    recorded exception may set the duty aside.

    >>> OwnRule(
    ...     id="two-offers",
    ...     title=Words("两家报价", "two offers"),
    ...     clause="两家",
    ...     required=Words("须有两家报价", "two offers are needed"),
    ...     tests={"direct": {"method": "direct"}, "two": {"quotes": ">= 2"}},
    ...     due=lambda facts: facts.holds("direct"),
    ...     met=lambda facts: facts.holds("two"),
    ... ).id
    'two-offers'
    """

    id: str
    title: Words = attrs.field(converter=_words)
    clause: Any
    required: Words = attrs.field(converter=_words)
    tests: Mapping[str, Any] = attrs.field(factory=dict)
    due: Callable[[Facts], Readings]
    met: Callable[[Facts], Readings]
    waivable: bool = True
