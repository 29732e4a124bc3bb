"""The policy of Furong as its file has it: its clauses, its questions, and the logs that show what turns on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

import procure
from procure import Policy, Purchase
from procure.authoring import Ambiguity, Treatment
from procure.interpretation.readings import Witness

POLICY = procure.policies.furong_2020()
#: Every purchase is judged under each reading of these; of the last four where their datum is there.
EXECUTED = tuple(each for each in POLICY.questions if each.treatment is Treatment.EXECUTED)
#: These are not run: something else answers them, or nothing in a log can.
UNASKED = POLICY.unasked

PASSAGE = POLICY.passage
CATALOGUE, LOWEST, MIDDLE, HIGHEST = (POLICY.clause(duty.clause) for duty in POLICY.duties.values())
DECENTRALISED = PASSAGE.find("属于年度政府集中采购目录之外的，实行分散采购")


@attrs.frozen
class Shown:
    """A question, and a log that shows what turns on it: the last purchase is judged."""

    question: Ambiguity
    witness: Witness

    @property
    def entries(self) -> tuple[str, ...]:
        return self.witness.entries or self.question.entries

    def given(self, reading: str) -> Mapping[str, Any]:
        """The limits and lists: those of the reading, where a reading is what is given."""
        given = self.witness.given
        return given.get(reading, given)

    def policy(self, reading: str) -> Policy:
        return POLICY.with_given(**self.given(reading))

    def log(self, reading: str) -> list[Purchase]:
        """The purchases: those of the reading, where a reading is how the log is kept."""
        rows = self.witness.rows
        return logged(rows[reading] if isinstance(rows, Mapping) else rows)

    def catalogue(self, reading: str) -> dict[str, Any]:
        """The entries of the catalogue with their floors."""
        return {
            each.get("code", each.get("name")): each.get("floor") for each in self.given(reading).get("catalogue", ())
        }


def shown(questions: Sequence[Ambiguity]) -> list[Shown]:
    return [Shown(question, witness) for question in questions for witness in question.witnesses]


def logged(rows: Sequence[Mapping[str, Any]]) -> list[Purchase]:
    """The rows of a policy file as purchases: plain values, None for a blank."""
    plain = {"yes": True, "no": False, "": None}
    names = dict.fromkeys(name for row in rows for name in row)
    cells = [{name: row.get(name, "") for name in names} for row in rows]
    return [Purchase(**{name: plain.get(cell, cell) for name, cell in row.items()}) for row in cells]
