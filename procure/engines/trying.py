"""A policy tried on the cases that stand in it: its examples, and the small logs that show what a question changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from procure.engines.check import Job, faced, row_by_row
from procure.engines.findings import Finding
from procure.interpretation.readings import Ambiguity, Treatment, Witness
from procure.log.reading import read_rows
from procure.log.records import Log, Purchase
from procure.policy.declarations import Example
from procure.policy.encoded import Encoded, encoded
from procure.policy.policy import Policy
from procure.policy.survey import Survey, survey
from procure.values.faults import Fault, Nested, Path, placed
from procure.values.words import ProcureError, Words


@attrs.frozen
class Tried:
    """A case of a policy, and how it was judged otherwise than the policy says; nothing where it was as it says."""

    path: Path
    name: Words | None
    wrong: tuple[Words, ...] = ()

    @property
    def place(self) -> Words:
        where = placed(self.path)
        return Words(f"{where}（{self.name.zh}）", f"{where} ({self.name.en})") if self.name else Words(where, where)


@attrs.frozen(kw_only=True)
class PolicyCheck:
    """What a policy's own check found: how its cases were judged, what of the text is encoded, and what its readings
    and bands leave in doubt."""

    policy: Policy
    examples: tuple[Tried, ...]
    witnesses: tuple[Tried, ...]
    encoded: Encoded
    survey: Survey

    @property
    def holds(self) -> bool:
        """Whether every case was judged as the policy says."""
        return not any(case.wrong for case in (*self.examples, *self.witnesses))


def check_policy(policy: Policy) -> PolicyCheck:
    """Try a policy on its own cases and look it through."""
    return PolicyCheck(
        policy=policy,
        examples=tuple(try_examples(policy)),
        witnesses=tuple(try_witnesses(policy)),
        encoded=encoded(policy),
        survey=survey(policy.plan()),
    )


class GivenToCases:
    """A policy with what its cases give it. Many give the same: it is built once for all of them."""

    def __init__(self, policy: Policy) -> None:
        self._built: list[tuple[Mapping[str, Any], Policy]] = [({}, policy)]

    def __call__(self, given: Mapping[str, Any]) -> Policy:
        found = next((policy for known, policy in self._built if known == given), None)
        if found is None:
            found = self._built[0][1].with_given(**given)
            self._built.append((given, found))
        return found


def try_examples(policy: Policy) -> Iterator[Tried]:
    """Judge every example of a policy."""
    given = GivenToCases(policy)
    for n, example in enumerate(policy.examples):
        yield Tried(("example", n), example.name, tuple(_of_example(given, example)))


def try_witnesses(policy: Policy) -> Iterator[Tried]:
    """Judge the small logs of every question under each of their readings."""
    given = GivenToCases(policy)
    for question in policy.questions:
        for n, witness in enumerate(question.witnesses):
            path = ("question", question.id, "witness", n)
            yield Tried(path, witness.name, tuple(_of_witness(given, question, witness)))


def log_of(rows: Sequence[Mapping[str, Any]]) -> Log:
    """The rows of a case as a log: a column that no row has is absent, one that a row leaves out is a blank cell."""
    names = dict.fromkeys(name for row in rows for name in row)
    return Log.of(Purchase(**{name: row.get(name) for name in names}) for row in rows)


def _of_example(given: GivenToCases, example: Example) -> Iterator[Words]:
    try:
        finding = _last(given(example.given), example.rows)
    except ProcureError as error:
        yield error.words
        return
    yield from _differs(Words("结论", "verdict"), [example.verdict], [finding.verdict.value])
    breached = [breach.rule.id for breach in finding.breaches if breach.working]
    if example.verdict != finding.verdict.value:
        if example.breached is None and breached:
            yield Words(f"不符合：{'、'.join(breached)}", f"breached: {', '.join(breached)}")
        if example.missing is None and finding.missing:
            missing = sorted(finding.missing)
            yield Words(f"缺失：{'、'.join(missing)}", f"missing: {', '.join(missing)}")
    if example.breached is not None:
        yield from _differs(Words("不符合", "breached"), example.breached, breached)
    if example.missing is not None:
        yield from _differs(Words("缺失", "missing"), example.missing, finding.missing)
    if example.turns_on is not None:
        turns_on = dict.fromkeys(question for flip in finding.flips for question in flip)
        yield from _differs(Words("取决于", "turns-on"), example.turns_on, tuple(turns_on))


def _of_witness(given: GivenToCases, question: Ambiguity, witness: Witness) -> Iterator[Words]:
    for reading, verdict in witness.verdicts.items():
        rows = witness.rows[reading] if isinstance(witness.rows, Mapping) else witness.rows
        answers = dict(witness.assumes)
        if question.treatment is Treatment.EXECUTED:
            answers[question.id] = reading
        try:
            finding = _last(given(witness.given_by_reading.get(reading, witness.given)).adopt(answers), rows)
        except ProcureError as error:
            yield error.words
            continue
        yield from _differs(Words(f"读法 {reading}", f"under {reading}"), [verdict], [finding.verdict.value])


def _last(policy: Policy, rows: Sequence[Mapping[str, Any]]) -> Finding:
    """The finding of the last row. Raises `ProcureError` for rows that cannot be read."""
    read = read_rows(log_of(rows), policy.built.columns, policy.money, policy.decimal, policy.meant)
    if read.faults:
        # A blank says that something is not stated; a cell that cannot be understood is a slip of the pen.
        raise Nested(Fault(("rows", at, each.column), each.why) for at, of in read.faults.items() for each in of)
    return row_by_row(Job(read, faced(policy, read)), None).findings[-1]


def _differs(what: Words, says: Sequence[str], judged: Sequence[str]) -> Iterator[Words]:
    if sorted(says) != sorted(judged):
        each = [", ".join(sorted(words)) or None for words in (says, judged)]
        yield Words(
            f"{what.zh}：文件为 {each[0] or '无'}，判定为 {each[1] or '无'}",
            f"{what.en}: the file says {each[0] or 'none'}, it was judged {each[1] or 'none'}",
        )
