"""What a declaration may be: any value of a policy may depend on a question, and is another under each reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import product
from operator import and_
from typing import Any

from procure.interpretation.readings import Ambiguity, Questions, Readings
from procure.values.faults import names, unknown
from procure.values.tables import asks
from procure.values.toml import shown
from procure.values.words import ProcureError, Words

_QUESTION = Words("问题", "question")


def asked(questions: Questions, value: Mapping[str, Any]) -> Iterator[tuple[Any, Readings]]:
    """The value under each reading of the question that it asks."""
    id = value["ask"]
    if not isinstance(id, str) or id not in questions:
        raise unknown(_QUESTION, id, [question.id for question in questions])
    question = questions[id]
    _all_answered(question, [key for key in value if key != "ask"])
    for reading in question.answers:
        yield value[reading], question[reading]


def _all_answered(question: Ambiguity, given: Iterable[str]) -> None:
    """Raises where a reading has no value, or a value no reading."""
    lacking, surplus = set(question.answers) - set(given), set(given) - set(question.answers)
    if not lacking and not surplus:
        return
    zh = [*(f"缺少“{r}”" for r in sorted(lacking)), *(f"没有读法“{r}”" for r in sorted(surplus))]
    en = [*(f"{r!r} is missing" for r in sorted(lacking)), *(f"there is no reading {r!r}" for r in sorted(surplus))]
    raise ProcureError(
        Words(
            f"ask = {question.id}：{'；'.join(zh)}（读法：{'、'.join(question.answers)}）",
            f"ask = {question.id}: {'; '.join(en)} (its readings: {', '.join(question.answers)})",
        )
    )


def alternatives(questions: Questions, value: Any) -> list[tuple[Any, Readings]]:
    """What a value may be, each with the interpretations under which it is that; a list has its items settled."""
    found: list[tuple[Any, Readings]] = []
    if asks(value):
        for each, when in asked(questions, value):
            found += [(inner, when & under) for inner, under in alternatives(questions, each)]
    elif isinstance(value, (list, tuple)):
        for items in product(*(alternatives(questions, item) for item in value)):
            together = reduce(and_, (when for _, when in items), questions.every)
            found.append((tuple(item for item, _ in items), together))
    else:
        found.append((value, questions.every))
    return merged(found)


def only_if(questions: Questions, value: Any) -> Readings:
    """The interpretations that give these answers."""
    if not isinstance(value, Mapping):
        raise ProcureError(Words(f"only-if 须为表：{shown(value)}", f"only-if must be a table: {shown(value)}"))
    found = questions.every
    for question, readings in value.items():
        if question not in questions:
            raise unknown(_QUESTION, question, [each.id for each in questions])
        either_of = questions.none
        for reading in names(readings):
            either_of |= questions[question][reading]
        found &= either_of
    return found


def merged(found: Iterable[tuple[Any, Readings]]) -> list[tuple[Any, Readings]]:
    """Equal values once, with all their interpretations; those of none are left out."""
    once: dict[Any, tuple[Any, Readings]] = {}
    for value, when in found:
        if when:
            key = _key_of(value)
            first, already = once.get(key, (value, when))
            once[key] = first, already | when
    return list(once.values())


def _key_of(value: Any) -> Any:
    """A value that can be looked up: tables cannot."""
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return type(value), value
