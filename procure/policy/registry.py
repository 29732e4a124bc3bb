"""The facts that a policy asks for: each is made once, and has the tests of every condition that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procure.log.columns import Column
from procure.policy.classes import Fact
from procure.policy.comparisons import CarriedFact, DatesFact, LimitFact, NumbersFact
from procure.policy.derived import Columns
from procure.policy.expressions import Test
from procure.policy.facts import ColumnFact, NamedFact
from procure.policy.limits import Days, Resolved
from procure.policy.notation import Named
from procure.policy.tests import Apart, Beside, Sign
from procure.values.words import ProcureError, Words


class Registry:
    """The facts by name."""

    def __init__(self, columns: Columns, days: Days) -> None:
        self.columns: Columns = columns
        self.days: Days = days
        self.facts: dict[str, Fact] = {}

    def on(self, column: Column, test: Any) -> Test:
        """A test on one column. Those on a date are read together with its first comparison with another."""
        fact = self.facts.get(column.name) or self._of_column(column.name)
        return Test(fact.name, fact.test(test))

    def believed(self, name: str, word: str) -> Test:
        """The column of a condition with a name says this, and is believed."""
        fact = self.facts.setdefault(name, NamedFact(name))
        return Test(fact.name, fact.test(word))

    def at_least(self, name: str, other: str) -> None:
        """From now on the one count is never less than the other."""
        above, below = self.columns.column(name), self.columns.column(other)
        for column in (above, below):
            if column.type != "count":
                raise ProcureError(
                    Words(f"{column.name} 不是家数（count）列", f"{column.name} is not a column of counts")
                )
            self.columns.value(column.name)  # a condition with a name is refused
        upper, lower = self._of_column(name), self._of_column(other)
        upper.above = self.columns.value(other)
        lower.below = (*lower.below, self.columns.value(name))

    def _of_column(self, name: str) -> ColumnFact:
        found = self.facts.get(name)
        if found is None:
            found = self.facts[name] = ColumnFact(name, self.columns.value(name))
        assert isinstance(found, ColumnFact)
        return found

    def beside_limit(self, column: Column, sign: Sign, limit: Resolved, words: Sequence[str]) -> Test:
        """An amount compared with a limit, for these words of its dimensions."""
        label = f"{column.name}~{limit.name}" + (f"[{','.join(words)}]" if words else "")
        fact = self.facts.get(label)
        if fact is None:
            first = self.columns.value(column.name)
            fact = self.facts[label] = LimitFact(label, first, limit.name, limit, tuple(words), self.days.column)
        return Test(label, fact.test(Beside(sign)))

    def beside_carried(self, column: Column, sign: Sign, name: str, carried: str) -> Test:
        """An amount compared with the number that a list's entry carries."""
        label = f"{column.name}~{name}.{carried}"
        fact = self.facts.get(label)
        if fact is None:
            entries = self.columns.lists[name]
            first, of = self.columns.value(column.name), self.columns.value(entries.column.name)
            fact = self.facts[label] = CarriedFact(label, first, entries, carried, of, self.columns.listed(name))
        return Test(label, fact.test(Beside(sign)))

    def beside_column(self, column: Column, sign: Sign, operand: Named) -> Test:
        """A column compared with another of its type."""
        other = self.columns.column(operand.name)
        if other.type != column.type or column.type not in ("date", "money", "count"):
            raise ProcureError(
                Words(
                    f"{column.name}（{column.type}）不能与 {other.name}（{other.type}）相比",
                    f"{column.name} ({column.type}) cannot be compared with {other.name} ({other.type})",
                )
            )
        if column.type == "date":
            return self._dates(column, sign, other, operand.days)
        label = f"{column.name}~{'' if operand.factor == 1 else f'{operand.factor}*'}{other.name}"
        fact = self.facts.get(label)
        if fact is None:
            first, second = self.columns.value(column.name), self.columns.value(other.name)
            fact = self.facts[label] = NumbersFact(label, first, operand.factor, second)
        return Test(label, fact.test(Beside(sign)))

    def _dates(self, column: Column, sign: Sign, other: Column, days: int) -> Test:
        own = self.facts.get(column.name)
        first, second = self.columns.value(column.name), self.columns.value(other.name)
        if own is None or isinstance(own, ColumnFact):
            # From now on the tests on the date alone are read together with this comparison.
            tests = [] if own is None else own.tests
            fact: Fact = DatesFact(column.name, first, second, self.days, tests)
            self.facts[column.name] = fact
        elif isinstance(own, DatesFact) and own.second is second:
            fact = own
        else:
            label = f"{column.name}~{other.name}"
            fact = self.facts.get(label) or DatesFact(label, first, second, self.days)
            self.facts[label] = fact
        return Test(fact.name, fact.test(Apart(sign, days)))
