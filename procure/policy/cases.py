"""The small logs of a policy, its examples and the witnesses of its questions: whether what they say can be said of
it. What becomes of them when they are judged is not looked at here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from procure.interpretation.readings import Ambiguity, Witness
from procure.log.ready import READY, no_column
from procure.policy import given
from procure.policy.declarations import Example
from procure.policy.lists import entries_sound
from procure.values.faults import Faults, Path, unknown
from procure.values.toml import shown
from procure.values.words import ProcureError, Words

if TYPE_CHECKING:
    from procure.policy.policy import Policy

_COLUMN, _DUTY, _QUESTION = Words("列", "column"), Words("义务", "duty"), Words("问题", "question")
_READING, _VERDICT, _DATUM = Words("读法", "reading"), Words("结论", "verdict"), Words("数据", "datum")
_VERDICTS = ("violation", "compliant", "unknown", "not_applicable")
_CELL = (str, int, Decimal, dt.date)


def cases(policy: Policy, faults: Faults) -> None:
    """What is wrong with the examples of a policy and with the witnesses of its questions."""
    for n, example in enumerate(policy.examples):
        _example(policy, example, ("example", n), faults)
    for question in policy.questions:
        for n, witness in enumerate(question.witnesses):
            _witness(policy, question, witness, ("question", question.id, "witness", n), faults)


def _example(policy: Policy, example: Example, path: Path, faults: Faults) -> None:
    _given(policy, example.given, (*path, "given"), faults)
    _rows(policy, example.rows, (*path, "rows"), faults)
    _known((example.verdict,), _VERDICT, _VERDICTS, (*path, "verdict"), faults)
    duties = (*policy.duties, *(rule.id for rule in policy.rules))
    carried = (f"{name}.{each}" for name, of in policy.lists.items() for each in of.carries)
    data = (*policy.columns, *READY, *policy.limits, *policy.lists, *carried)
    _known(example.breached or (), _DUTY, duties, (*path, "breached"), faults)
    _known(example.missing or (), _DATUM, data, (*path, "missing"), faults)
    _known(example.turns_on or (), _QUESTION, [q.id for q in policy.questions], (*path, "turns-on"), faults)


def _witness(policy: Policy, question: Ambiguity, witness: Witness, path: Path, faults: Faults) -> None:
    for reading, values in witness.given_by_reading.items() or ((None, witness.given),):
        _given(policy, values, (*path, "given", *(() if reading is None else (reading,))), faults)
    if isinstance(witness.rows, Mapping):
        _known(witness.rows, _READING, question.answers, (*path, "rows"), faults)
        for reading, rows in witness.rows.items():
            _rows(policy, rows, (*path, "rows", reading), faults)
    else:
        _rows(policy, witness.rows, (*path, "rows"), faults)
    _known(witness.verdicts, _READING, question.answers, (*path, "verdicts"), faults)
    _known(witness.inexpressible, _READING, question.answers, (*path, "inexpressible"), faults)
    by_id = {each.id: each.answers for each in policy.questions}
    _known(witness.assumes, _QUESTION, by_id, (*path, "assumes"), faults)
    for id, reading in witness.assumes.items():
        _known((reading,), _READING, by_id.get(id, (reading,)), (*path, "assumes", id), faults)


def _known(names: Iterable[str], kind: Words, known: Iterable[str], path: Path, faults: Faults) -> None:
    there = tuple(known)
    for name in names:
        if name not in there:
            with faults.at(*path):
                raise unknown(kind, name, there)


def _given(policy: Policy, values: Mapping[str, Any], path: Path, faults: Faults) -> None:
    for name, value in values.items():
        with faults.at(*path, name):
            given.fits(policy, name, value)
            if name in policy.lists:
                entries_sound(policy.lists[name], given.entries(policy, name, value))


def _rows(policy: Policy, rows: Iterable[Mapping[str, Any]], path: Path, faults: Faults) -> None:
    """Each cell stands in a column, by the policy's name for it, and is a value that a cell may have."""
    renamed = {column.ready: name for name, column in policy.columns.items() if column.ready is not None}
    known = dict.fromkeys((*policy.columns, *(name for name in READY if name not in renamed)))
    empty = True
    for n, row in enumerate(rows):
        empty = False
        for name, cell in row.items():
            with faults.at(*path, n, name):
                if name in renamed and name not in known:
                    raise unknown(_COLUMN, name, (renamed[name],))
                if name not in known:
                    raise no_column(name, known)
                if cell is not None and not isinstance(cell, _CELL):
                    it = shown(cell)
                    raise ProcureError(Words(f"{it} 不是一格能有的值", f"{it} is nothing that a cell can have"))
    if empty:
        faults.add(path, "没有行", "it has no rows")
