"""The columns of a policy by name, and the values they say: their own, or those that they are derived from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from procure.interpretation.readings import Questions, Readings
from procure.log.cells import MISSING
from procure.log.columns import Column
from procure.log.ready import READY, no_column
from procure.policy import choices
from procure.policy.declarations import Head, Holds, Listed, Prefix
from procure.policy.lists import Entries, ListEntry, blanks_of, entries_of
from procure.policy.values import Row, Value
from procure.values.faults import Faults, unknown
from procure.values.tables import asks
from procure.values.toml import shown
from procure.values.words import ProcureError, Words

if TYPE_CHECKING:
    from procure.policy.policy import Policy

_COLUMN, _LIST, _WORD = Words("列", "column"), Words("名单", "list"), Words("词", "word")


class Columns:
    """The columns of a policy, with the lists that some are derived from. `amount` and `date` are the names of the two
    that every policy has."""

    def __init__(self, policy: Policy, questions: Questions, faults: Faults) -> None:
        self.faults = faults
        self.every: Readings = questions.every
        # A code that is no expression is reported once; nothing is one then.
        self.by_name: dict[str, Column] = {
            name: attrs.evolve(each, code=None) if each.code is not None and each.code.fault else each
            for name, each in policy.columns.items()
        }
        for name in ("amount", "date"):
            if not any(column.ready == name for column in self.by_name.values()):
                self.by_name[name] = READY[name]
        #: Of a column that a question derives: the columns that stand for it, one for each way, with the
        #: interpretations under which each does. No log has them.
        self.sources: dict[str, str] = {}
        self.ways: dict[str, list[tuple[str, Readings]]] = {}
        for name, each in tuple(self.by_name.items()):
            if asks(each.derived):
                self.by_name[name] = attrs.evolve(each, derived=None)
                with faults.at("columns", name, "from"):
                    self._part(each, choices.alternatives(questions, each.derived))
        for name in tuple(self.by_name):
            if name in self._behind(policy, name):
                faults.add(("columns", self.place(name), "from"), "由自己得出", "it is derived from itself")
                self.by_name[name] = attrs.evolve(self.by_name[name], derived=None)
        self.amount: str = next(name for name, column in self.by_name.items() if column.ready == "amount")
        self.date: str = next(name for name, column in self.by_name.items() if column.ready == "date")
        #: The names that ready columns have here, where they are not their own.
        self.renamed: dict[object, str] = {
            column.ready: name
            for name, column in policy.columns.items()
            if column.ready is not None and column.ready not in policy.columns
        }
        self.values: dict[str, Value] = {}
        self.lists: dict[str, Entries] = {name: self._list(policy, name) for name in policy.lists}

    def _part(self, column: Column, ways: Sequence[tuple[Any, Readings]]) -> None:
        """One column for each way in which a question derives it; the log's own is one more source of each."""
        found = self.ways[column.name] = []
        for n, (derived, when) in enumerate(ways, 1):
            name = f"{column.name}#{n}"
            # What the log's own column says comes by way of that one.
            self.by_name[name] = attrs.evolve(
                column, name=name, title=column.label, headers=(), ready=None, absent="missing", derived=derived
            )
            self.sources[name] = column.name
            found.append((name, when))

    def _behind(self, policy: Policy, name: str) -> list[str]:
        """The columns that a column is derived from, one by another; each once."""
        found: list[str] = []
        while name in self.by_name:
            derived = self.by_name[name].derived
            if isinstance(derived, Listed) and derived.list in policy.lists:
                name = policy.lists[derived.list].of
            elif isinstance(derived, (Prefix, Head)):
                name = derived.column
            else:
                break
            if name in found:
                break
            found.append(name)
        return found

    def meant(self, name: str) -> list[tuple[str, Readings]]:
        """The columns that stand for one, each with the interpretations under which it does: itself, where no question
        derives it."""
        return self.ways.get(name) or [(name, self.every)]

    def place(self, name: str) -> str:
        """The column of the policy that a column is, or stands for."""
        return self.sources.get(name, name)

    def measured(self, name: Any) -> Any:
        """What a ladder measures or a total sums: under `amount`, which both mean by themselves, the column of the
        amount, whatever it is called here."""
        return self.renamed.get(name, name) if name == "amount" else name

    def column(self, name: object) -> Column:
        """A column by its name; a ready one need not be declared."""
        if name in self.renamed:
            # It has another name here: under its own it would be a second one, which no log has.
            raise unknown(_COLUMN, name, (self.renamed[name],))
        if isinstance(name, str) and name not in self.by_name and name in READY:
            self.by_name[name] = READY[name]
        if not isinstance(name, str) or name not in self.by_name:
            raise no_column(name, [*self.by_name, *READY])
        return self.by_name[name]

    def value(self, name: str) -> Value:
        """What a column says, and what it is derived from."""
        column = self.column(name)
        if name in self.ways:
            raise ProcureError(
                Words(
                    f"{name} 由何得出取决于某问题，只能用于条件和累计口径",
                    f"it depends on a question what {name} is derived from: only conditions and the keys of totals can "
                    "name it",
                )
            )
        found = self.values.get(name)
        if found is None:
            found = self.values[name] = self._value(column)
        return found

    def _value(self, column: Column) -> Value:
        derived = column.derived
        if derived is None:
            return Value(column, (column.name,))
        own = self.place(column.name)
        if isinstance(derived, Listed):
            entries = self._entries(derived.list)
            of = self.value(entries.column.name)
            return Value(column, (own, *of.columns), (_listed(of, entries),), name=own)
        if isinstance(derived, Holds):
            raise ProcureError(
                Words(
                    f"{column.name} 是有名称的条件，只能与 yes 或 no 相比",
                    f"{column.name} is a condition with a name: it can only be compared with yes or no",
                )
            )
        assert isinstance(derived, (Prefix, Head))
        base = self.value(derived.column)
        with self.faults.at("columns", self.place(column.name), "from"):
            _derivable(column, base.column, derived)
        rule = _prefixed(base, derived) if isinstance(derived, Prefix) else _headed(base, derived)
        return Value(column, (own, *base.columns), (rule,), name=own)

    def listed(self, list: str) -> Value | None:
        """The column that a list tells, where there is one."""
        for name, column in self.by_name.items():
            if isinstance(column.derived, Listed) and column.derived.list == list:
                return self.value(name)
        return None

    def _entries(self, name: str) -> Entries:
        if name not in self.lists:
            raise unknown(_LIST, name, self.lists)
        return self.lists[name]

    def _list(self, policy: Policy, name: str) -> Entries:
        declared = policy.lists[name]
        entries: tuple[ListEntry, ...] | None = None
        blanks: Mapping[str, int | None] = {}
        column = READY["category"]
        with self.faults.at("list", name, "of"):
            column = self.column(declared.of)
        with self.faults.at("list", name):
            blanks = blanks_of(declared, policy.money)
            if declared.given == (declared.rows is not None):
                zh, en = "须有 rows，或 given = true，不能兼有", "it needs `rows`, or `given = true`, and not both"
                raise ProcureError(Words(zh, en))
        rows = policy.given_lists.get(name) if declared.given else declared.rows
        # What is given is looked at by its own place.
        with self.faults.at(*(("given", name) if declared.given else ("list", name, "rows"))):
            if rows is not None and blanks.keys() == declared.carries.keys():
                entries = entries_of(declared, rows, column, policy.money)
        return Entries(column, entries, blanks)


def _derivable(column: Column, base: Column, derived: Prefix | Head) -> None:
    """Raises for a column that could say nothing."""
    if base.type != "name":
        raise ProcureError(
            Words(f"{base.name}（{base.type}）不是名称列", f"{base.name} ({base.type}) is not a column of names")
        )
    if isinstance(derived, Head):
        if type(derived.size) is not int or derived.size < 1:
            size = shown(derived.size)
            raise ProcureError(Words(f"head 须为正整数，不是 {size}", f"head must be a number above zero, not {size}"))
        return
    if not derived.words:
        raise ProcureError(Words("prefix 没有词", "prefix has no words"))
    for word in derived.words.values():
        if column.canonical and word not in column.canonical:
            raise unknown(_WORD, word, column.canonical)


def _listed(of: Value, entries: Entries) -> Callable[[Row], str | None]:
    """Whether a list has what another column says."""

    def derive(row: Row) -> str | None:
        found = {entries.lists(value) for value in of.values(row)}
        answer = found.pop() if len(found) == 1 else None
        return None if answer is None else "yes" if answer else "no"

    return derive


def _prefixed(base: Value, derived: Prefix) -> Callable[[Row], str | None]:
    """The word for the beginning of what another column says."""

    def derive(row: Row) -> str | None:
        found = set()
        for value in base.values(row):
            code = base.column.code.of(value) if isinstance(value, str) and base.column.code else value
            word = next(
                (w for start, w in derived.words.items() if isinstance(code, str) and code.startswith(start)), None
            )
            found.add(word)
        return found.pop() if len(found) == 1 else None

    return derive


def _headed(base: Value, derived: Head) -> Callable[[Row], Any]:
    """The first characters of a code that another column says."""

    def derive(row: Row) -> Any:
        (value, *more) = base.values(row)
        if more or not isinstance(value, str):
            return None if more or value is MISSING else value
        is_code = base.column.code is not None and base.column.code.of(value) is not None
        return value[: derived.size] if is_code else value

    return derive
