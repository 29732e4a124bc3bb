"""Rules written in Python, as a policy is built: what they read is compiled, and they are tried at a few points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from procure.interpretation.readings import Readings
from procure.log.cells import MISSING
from procure.policy.conditions import Conditions
from procure.policy.expressions import All, AnyPart, Expression, InBand, Not, Under, both
from procure.policy.rules import OwnRule, PythonSide, Rule
from procure.values.faults import Faults
from procure.values.words import ProcureError, Words


def own_rule(conditions: Conditions, own: OwnRule) -> Rule:
    """The rule as it is judged by. Raises for whatever is wrong with it."""
    wrong = Faults()
    tests: dict[str, Expression] = {}
    for name, condition in own.tests.items():
        with wrong.at("tests", name):
            tests[name] = conditions.condition(condition)
    with wrong.at("clause"):
        clauses = conditions.policy.clauses(own.clause)
    wrong.raise_nested()
    due, met = (PythonSide(own.id, which, getattr(own, which), tests, conditions.questions) for which in ("due", "met"))
    for asked in (due, met):
        with wrong.at(asked.which):
            _tried(conditions, asked)
    wrong.raise_nested()
    shows = conditions.shows(both(tests.values()))
    return Rule(own.id, own.title, clauses, own.required, due, met, shows, own.waivable)


class _Row(dict[str, Any]):
    """A row that says nothing."""

    def __missing__(self, column: str) -> Any:
        return MISSING


@attrs.define
class _Trial:
    """A point at which a rule is tried: every fact has the first of its classes and every band binds, or the last and
    none does."""

    conditions: Conditions
    last: bool
    every: Readings
    none: Readings
    open: Readings

    def __getitem__(self, fact: str) -> int:
        return self.conditions.facts[fact].classes(_Row())[-1 if self.last else 0]

    def band(self, ladder: int, band: int) -> Readings:
        return self.none if self.last else self.every


def _tried(conditions: Conditions, asked: PythonSide) -> None:
    """Raises for a function that fails, or gives something else than a set of the policy's interpretations. Where it
    does so elsewhere, it is refused when it is judged by."""
    for last in (False, True):
        try:
            asked.answer(_Trial(conditions, last, conditions.every, conditions.none, conditions.every))
        except ProcureError:
            raise
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            raise ProcureError(Words(f"运行出错：{what}", f"it fails: {what}")) from error


def _parts(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in expression.parts if isinstance(expression, (All, AnyPart)) else ():
        yield from _parts(part)
    if isinstance(expression, (Not, Under)):
        yield from _parts(expression.part)


def without_bands(expression: Expression) -> Expression:
    """The same. Raises where it asks which band binds: duties may, but not what decides which does."""
    if any(isinstance(part, InBand) for part in _parts(expression)):
        raise ProcureError(Words("只有义务可以以档为条件", "a band can be asked for in duties alone"))
    return expression
