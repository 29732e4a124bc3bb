"""From the totals that a policy declares to measures: one for each way in which the text may mean a total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import product
from operator import and_
from typing import Any

from procure.interpretation.readings import Readings
from procure.policy.choices import merged
from procure.policy.conditions import Conditions
from procure.policy.declarations import Holds, Total
from procure.policy.expressions import NEVER, Expression
from procure.policy.own import without_bands
from procure.policy.totals import ROWS, Grouping, Measure, Way, window
from procure.values.faults import Faults, names
from procure.values.toml import shown
from procure.values.words import ProcureError, Words


class Measures:
    """The measures of each total, by its name."""

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self._measured: dict[str, list[tuple[Measure, Readings]]] = {}

    def of(self, name: str) -> list[tuple[Measure, Readings]]:
        """Each way in which a total may be meant, with the interpretations under which it is; none of one that is
        wrong."""
        found = self._measured.get(name)
        if found is None:
            found = self._measured[name] = []
            with self.conditions.faults.at("total", name):
                found += self._meant(name, self.conditions.policy.totals[name])
        return found

    def _meant(self, name: str, total: Total) -> list[tuple[Measure, Readings]]:
        questions = self.conditions.questions
        by = (total.by,) if isinstance(total.by, str) else total.by
        counts = self._counts(total, by)
        found: list[tuple[Measure, Readings]] = []
        asked = sorted({question for each in counts.sets() for question in each.depends_on()})
        declared = total.sum, by, total.window, total.itself
        for answers in product(*(questions[question].answers for question in asked)):
            assumed = questions.giving(dict(zip(asked, answers, strict=True)))
            of_answers = counts.under(assumed)
            for (summed, keys, over, itself), when in self.conditions.alternatives(declared):
                reach = window(over)
                for by_keys, meant in self._meant_keys(names(keys)):
                    grouping = Grouping(by_keys, reach.year, dated=reach.year or not reach.whole)
                    measure = Measure(
                        name, grouping, Way(self.conditions.columns.measured(summed), of_answers), reach, itself
                    )
                    found.append((measure, when & meant & assumed))
        return merged(found)

    def _meant_keys(self, names: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Readings]]:
        """The key columns, which a question may derive one way or another."""
        columns = self.conditions.columns
        for each in product(*(columns.meant(name) for name in dict.fromkeys(names))):
            yield tuple(name for name, _ in each), reduce(and_, (when for _, when in each), columns.every)

    def _counts(self, total: Total, by: Any) -> Expression:
        """Which rows count. Raises for whatever is wrong with a total."""
        wrong = Faults()
        counts: Expression = NEVER
        with wrong.at("counts"):
            counts = without_bands(self.conditions.condition(total.counts))
        checks = {"sum": (total.sum, self._summed), "by": (by, self._keys), "window": (total.window, window),
                  "itself": (total.itself, _flag)}  # fmt: skip
        for key, (value, check) in checks.items():
            with wrong.at(key):
                for each, _ in self.conditions.alternatives(value):
                    check(each)
        with wrong.at("clause"):
            self.conditions.policy.clauses(total.clause)
        with wrong.at("sum"):
            if not wrong.found and len({each == ROWS for each, _ in self.conditions.alternatives(total.sum)}) > 1:
                raise ProcureError(
                    Words(
                        "时而是金额、时而是笔数：须分作两个累计",
                        "now an amount, now a number of rows: make it two totals",
                    )
                )
        wrong.raise_nested()
        return counts

    def _summed(self, name: object) -> None:
        if name != ROWS and self.conditions.column(self.conditions.columns.measured(name)).type != "money":
            raise ProcureError(Words(f"{name} 不是金额列", f"{name} is not a column of money"))

    def _keys(self, keys: Any) -> None:
        wrong = Faults()
        for name in names(keys):
            for each, _ in self.conditions.columns.meant(name):
                with wrong.at():
                    self._key(each)
        wrong.raise_nested()

    def _key(self, name: str) -> None:
        column = self.conditions.column(name)
        if isinstance(column.derived, Holds) or column.type not in ("name", "word", "yes-no", "date"):
            raise ProcureError(
                Words(
                    f"{name}（{column.type}）不能作累计口径",
                    f"{name} ({column.type}) cannot be a key of a total: it takes a column of names or words",
                )
            )
        self.conditions.columns.value(column.name)


def _flag(itself: object) -> None:
    if not isinstance(itself, bool):
        not_it = shown(itself)
        raise ProcureError(Words(f"须为 true 或 false，不是 {not_it}", f"it must be true or false, not {not_it}"))
