"""A policy: what it declares, the questions its text leaves open, what was given for it and what has been adopted.

It is proved when it is built: what cannot be judged by cannot be built, and every fault is reported at once.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from procure.interpretation import adoption
from procure.interpretation.readings import Ambiguity, Questions, Treatment
from procure.interpretation.sources import Clause, Passage
from procure.log.columns import Column
from procure.log.taxes import Basis
from procure.policy import given, soundness
from procure.policy.building import Built, build
from procure.policy.declarations import Duty, Example, InForce, Ladder, Total, said
from procure.policy.limits import Given, Limit
from procure.policy.lists import GivenList
from procure.policy.plan import Plan
from procure.policy.quotes import each_quote
from procure.policy.rules import OwnRule
from procure.policy.shapes import shaped
from procure.values.faults import Faults
from procure.values.money import Currency
from procure.values.toml import shown
from procure.values.words import ProcureError, Words


def _words(text: Any) -> Words:
    return said(text)  # type: ignore[return-value]  # None is refused when the policy is built


@attrs.frozen(kw_only=True, slots=False, repr=False)
class Policy:
    """A purchasing policy, ready to judge by. `given` has the limits and lists that the user gives, by name: a number
    in major units for all, `{"goods": 300_000}`, `{2020: …}` for one budget year; entries of a list.

    Raises `PolicyError`, naming every fault with its place, for a policy that is not sound.
    """

    id: str
    title: Words = attrs.field(converter=_words)
    currency: str = "CNY"
    text: Passage
    language: str = "zh"
    decimal: str = "."
    decimals: int | None = None
    #: The budget year's first day, as month and day.
    year: str = "01-01"
    basis: Basis = "unstated"
    in_force: InForce = attrs.field(factory=InForce)
    division: Any = None
    not_checked: Sequence[Any] = ()
    columns: Mapping[str, Column] = attrs.field(factory=dict)
    lists: Mapping[str, GivenList] = attrs.field(factory=dict)
    limits: Mapping[str, Sequence[Limit]] = attrs.field(factory=dict)
    questions: Sequence[Ambiguity] = ()
    totals: Mapping[str, Total] = attrs.field(factory=dict)
    ladders: Mapping[str, Ladder] = attrs.field(factory=dict)
    duties: Mapping[str, Duty] = attrs.field(factory=dict)
    rules: Sequence[OwnRule] = ()
    examples: Sequence[Example] = ()
    given: Mapping[str, Any] = attrs.field(factory=dict)
    adopted: Mapping[str, str] = attrs.field(factory=dict)
    adoptions: tuple[adoption.Adoption, ...] = ()
    _built: Built | None = attrs.field(default=None, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if self._built is not None:
            return
        faults = Faults()
        shaped(self, faults)
        faults.raise_any(str(self.id))
        with faults.at("currency"):
            Currency.of(self.currency, self.decimals)
        faults.raise_any(self.id)
        soundness.declared(self, faults)
        object.__setattr__(self, "_built", build(self, Questions(self._executed()), faults))
        faults.raise_any(self.id)

    def _executed(self) -> Iterable[Ambiguity]:
        """The questions that are asked of a log; of two with one id, which is a fault, the first."""
        by_id: dict[str, Ambiguity] = {}
        for question in self.questions:
            if question.treatment is Treatment.EXECUTED:
                by_id.setdefault(question.id, question)
        return by_id.values()

    @property
    def built(self) -> Built:
        """What it is judged by."""
        assert self._built is not None
        return self._built

    def __repr__(self) -> str:
        return f"<Policy {self.id}: {self.title.en}>"

    @cached_property
    def money(self) -> Currency:
        return Currency.of(self.currency, self.decimals)

    @property
    def meant(self) -> Basis:
        """Which amount its numbers mean; unstated where a question of the text asks."""
        return self.basis if isinstance(self.basis, str) else "unstated"

    @property
    def passage(self) -> Passage:
        return self.text

    def clause(self, quoted: Any) -> Clause:
        """The span of the text that a quote names."""
        return clause_of(self.passage, quoted)

    def clauses(self, quoted: Any) -> tuple[Clause, ...]:
        """The spans of the text that a quote, or each of a list of quotes, names; none for None. Raises
        `ProcureError`, naming each quote of a list, for those that the text does not have."""
        found: list[Clause] = []
        wrong = Faults()
        for where, each in each_quote(quoted):
            with wrong.at(*where):
                found.append(self.clause(each))
        if quoted is not None and not found and not wrong.found:
            wrong.add((), "没有原文", "it quotes nothing")
        wrong.raise_nested()
        return tuple(found)

    @property
    def division_text(self) -> str | None:
        """The clause that forbids dividing purchases, as it stands in the text; None where there is none."""
        return " … ".join(clause.text for clause in self.clauses(self.division)) or None

    # -- what is given -----------------------------------------------------------------------------------------------

    def with_given(self, **given: Any) -> Policy:
        """The policy with these limits and lists, by name (`-` as `_`)."""
        named = {name.replace("_", "-") if name.replace("_", "-") in (*self.limits, *self.lists) else name: value
                 for name, value in given.items() if value is not None}  # fmt: skip
        if not named:
            return self
        return attrs.evolve(self, given={**self.given, **named}, built=None)

    @cached_property
    def given_limits(self) -> Mapping[str, Given]:
        """The limits that the user gives, in minor units."""
        return {name: given.numbers(self, name, self.given[name]) for name in self.limits if self._sound(name)}

    @cached_property
    def given_lists(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The lists that the user gives: their entries."""
        return {name: given.entries(self, name, self.given[name]) for name in self.lists if self._sound(name)}

    def _sound(self, name: str) -> bool:
        """Whether a limit or list is given as it must be; what is wrong with it is reported once."""
        if name not in self.given:
            return False
        try:
            gives = given.numbers if name in self.limits else given.entries
            gives(self, name, self.given[name])
        except ProcureError:
            return False
        return True

    # -- budget years ------------------------------------------------------------------------------------------------

    def budget_year(self, year: int) -> dt.date:
        """The first day of a budget year."""
        month, day = map(int, self.year.split("-"))
        return dt.date(year, month, day)

    def year_of(self, day: dt.date) -> int:
        """The budget year of a day: the calendar year in which it begins."""
        return day.year if day >= self.budget_year(day.year) else day.year - 1

    def in_year(self, year: int) -> Policy:
        """The policy as it judges the purchases of one budget year, whether in force then or not."""
        days = InForce(since=self.budget_year(year), until=self.budget_year(year + 1) - dt.timedelta(1))
        return attrs.evolve(self, in_force=days, built=None)

    def within(self, year: int) -> Policy | None:
        """The policy as it judges the purchases of one budget year on the days on which it is in force; None where it
        is not in force in that year."""
        days, force = self.in_year(year).in_force, self.in_force
        since = max(filter(None, (days.since, force.since)))
        until = min(filter(None, (days.until, force.until)))
        return None if until < since else attrs.evolve(self, in_force=InForce(since=since, until=until), built=None)

    # -- readings ----------------------------------------------------------------------------------------------------

    @property
    def unasked(self) -> tuple[Ambiguity, ...]:
        """Questions that are answered by a column, delegated or noted."""
        return tuple(q for q in self.questions if q.treatment is not Treatment.EXECUTED)

    def plan(self, there: Iterable[str] = (), all_days: bool = False) -> Plan:
        """The policy faced with a log that has these columns. `all_days` judges purchases outside the period in force,
        too."""
        policy = attrs.evolve(self, in_force=InForce(), built=None) if all_days else self
        return Plan(policy, frozenset(there))

    def adopt(self, answers: Mapping[str, str]) -> Policy:
        """The policy as an office has settled it. Raises `ProcureError` for an ambiguity or reading that it does not
        have, and for a second answer that differs from the first."""
        for ambiguity, reading in answers.items():
            self.built.questions[ambiguity][reading]
            if self.adopted.get(ambiguity, reading) != reading:
                raise ProcureError(
                    Words(
                        f"{ambiguity} 已采用“{self.adopted[ambiguity]}”，不能又采用“{reading}”",
                        f"{ambiguity} was adopted as {self.adopted[ambiguity]!r} and cannot be {reading!r} too",
                    )
                )
        return attrs.evolve(self, adopted={**self.adopted, **answers})

    def adopt_from(self, path: str | os.PathLike[str]) -> Policy:
        """The policy with the readings that an `adopted.toml` records, and the record itself, which every report then
        shows. Raises `ProcureError`, naming file and entry, for a record that cannot be used."""
        record = adoption.load(path)
        return attrs.evolve(adoption.adopt(self, record), adoptions=(*self.adoptions, record))


def clause_of(passage: Passage, quoted: Any) -> Clause:
    """The span of a text that a quote names: the quote alone where it stands once, or with its `occurrence`, or `in`
    which of several passages. Raises `ProcureError` for a quote that the text does not have."""
    if isinstance(quoted, Clause):
        return passage.clause(quoted.start, quoted.text)
    if isinstance(quoted, str):
        return passage.find(quoted)
    if isinstance(quoted, Mapping) and isinstance(quoted.get("quote"), str):
        occurrence, within = quoted.get("occurrence"), quoted.get("in")
        fits = (occurrence is None or type(occurrence) is int) and (within is None or isinstance(within, str))
        if set(quoted) <= {"quote", "occurrence", "in"} and fits:
            return passage.find(quoted["quote"], occurrence, within)
    raise ProcureError(
        Words(
            f"须为原文，或 quote 与 occurrence 的表，不是 {shown(quoted)}",
            f"it must be words of the text, or a table of quote and occurrence, not {shown(quoted)}",
        )
    )
