"""A purchase that is not made yet, among those of a log: it is posted where it would stand. Only the rows that it may
share a total with are looked at, so that a long log is read once and asked often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from procure.engines import ledger
from procure.engines.check import amounts_of, fields
from procure.engines.evidence import FactReader
from procure.engines.ledger import Posted
from procure.engines.placement import Placer
from procure.engines.sums import part
from procure.engines.ways import Ways
from procure.log.cells import MISSING, ONE
from procure.log.rows import Row, Rows
from procure.policy.needs import met
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.values.words import ProcureError, Words

#: What places a row in a grouping, None for what is not known.
_Key = tuple[Any, ...]


@attrs.frozen(eq=False)
class Drafted:
    """A draft where it would stand: its row among those that it may share a total with, and its postings."""

    row: Row
    posted: Posted
    ways: Ways

    @property
    def rows(self) -> Rows:
        return self.row.rows

    @property
    def plan(self) -> Plan:
        return self.ways.plan


class Drafting:
    """A log that drafts are put into, by one policy. Raises `ProcureError` for a draft whose rows the log cannot
    take."""

    def __init__(self, policy: Policy, history: Rows, any_year: bool = False) -> None:
        self._policy, self._any_year = policy, any_year
        self._history = history
        self._says = {name for name in history.columns if history.says(name)}
        self._by_there: dict[frozenset[str], _Faced] = {}
        # A draft seldom says more than the log: what it will be asked of is looked at now, and not with each draft.
        self._faced(history.only([]))

    def __call__(self, draft: Rows) -> Drafted:
        """The draft, the one row of these, where it would stand after the rows of its day."""
        fitted = self._fitted(draft)
        faced = self._faced(fitted)
        chosen = faced.sharing(fitted)
        rows = joined(self._history.only(chosen), fitted)
        return Drafted(Row(rows, len(chosen)), faced.posted(rows), faced.ways)

    def add(self, draft: Rows) -> None:
        """From now on the draft is one of the log's rows."""
        fitted = self._fitted(draft)
        self._history = joined(self._history, fitted)
        self._says |= {name for name in fitted.columns if fitted.says(name)}
        for faced in self._by_there.values():
            faced.add(fitted)

    def _fitted(self, draft: Rows) -> Rows:
        """What the draft leaves out is not known, where the log has such a column; a log that has none is of one."""
        values = dict(draft.values)
        for name, column in draft.columns.items():
            if column.absent != "one" or not len(self._history):
                continue
            if name in self._history.there:
                values[name] = [MISSING if value is ONE else value for value in values[name]]
            elif values[name] != [ONE]:
                label = column.label
                raise ProcureError(
                    Words(
                        f"台账没有“{label.zh}”栏，视同只有一个：拟采购也不要写“{label.zh}”",
                        f"the log has no column {label.en}, so that it is of one: leave {label.en} out of the draft",
                    )
                )
        return attrs.evolve(draft, values=values)

    def _faced(self, draft: Rows) -> _Faced:
        there = {*self._says, *(name for name in draft.columns if draft.says(name))}
        needs = self._policy.built.needs
        both = {
            name: [*self._history.values[name], *draft.values[name]] for need in needs.values() for name in need.columns
        }
        key = frozenset({*there, *met(needs, both, len(self._history) + len(draft))})
        found = self._by_there.get(key)
        if found is None:
            found = self._by_there[key] = _Faced(self._policy.plan(key, self._any_year), self._history)
        return found


class _Faced:
    """The log as one plan looks at it."""

    def __init__(self, plan: Plan, history: Rows) -> None:
        self.ways = Ways(plan)
        self._plan = plan
        self._reader, self._placer = FactReader(plan), Placer(plan)
        #: For each grouping its rows by what places them.
        self._keyed = [_Keyed() for _ in plan.groupings]
        self.add(history)

    def add(self, rows: Rows) -> None:
        """From now on these rows are among those of the log."""
        for keys, keyed in zip(self._keys(rows), self._keyed, strict=True):
            keyed.add(keys)

    def _keys(self, rows: Rows) -> list[list[_Key]]:
        """By what the rows are placed in each grouping, None for what is not known."""
        found = []
        undated = [None if day is MISSING else 0 for day in rows.values[self._plan.built.date]]
        for grouping in self._plan.groupings:
            placed = fields(self._plan, grouping, rows.values)
            columns = [*placed.columns, *([undated] if grouping.dated else [])]
            found.append(list(zip(*columns, strict=True)) if columns else [()] * len(rows))
        return found

    def sharing(self, draft: Rows) -> Sequence[int]:
        """The rows that the draft may share a total with, in the order of the log."""
        found: set[int] = set()
        for (key,), keyed in zip(self._keys(draft), self._keyed, strict=True):
            found.update(keyed.agreeing(key))
        return sorted(found)

    def posted(self, rows: Rows) -> Posted:
        """Where the last of these rows stands in the ledger."""
        plan, count = self._plan, len(rows)
        evidence = self._reader(rows.values, count)
        each = zip(amounts_of(plan, rows.values, count), evidence, strict=True)
        parts = [part(amounts, self._placer.scenarios(seen)[0], plan.unread) for amounts, seen in each]
        days = [None if day is MISSING else day.toordinal() for day in rows.values[plan.built.date]]
        return ledger.post([fields(plan, grouping, rows.values) for grouping in plan.groupings], days, parts)[-1]


class _Keyed:
    """The rows of one grouping by their keys."""

    def __init__(self) -> None:
        self._count = 0
        #: The rows by the fields that they have, and by what these say.
        self._by_had: dict[tuple[int, ...], dict[_Key, list[int]]] = {}

    def add(self, keys: Iterable[_Key]) -> None:
        """Add the next rows of the log."""
        for at, key in enumerate(keys, self._count):
            had = tuple([field for field, value in enumerate(key) if value is not None])
            table = self._by_had.setdefault(had, {})
            table.setdefault(key, []).append(at)
            self._count = at + 1

    def agreeing(self, key: _Key) -> Iterator[int]:
        """The rows that may be of one account with a row of this key."""
        has = [field for field, value in enumerate(key) if value is not None]
        for had, table in self._by_had.items():
            shared = [field for field in has if field in had]
            if len(shared) == len(had):
                # What is asked has all that they have: one lookup.
                yield from table.get(tuple([value if at in had else None for at, value in enumerate(key)]), ())
                continue
            for other, rows in table.items():
                if all(other[field] == key[field] for field in shared):
                    yield from rows


def joined(rows: Rows, more: Rows) -> Rows:
    """The rows of one log, and then those of another read by the same columns."""
    count = len(rows)
    return attrs.evolve(
        rows,
        values={name: [*values, *more.values[name]] for name, values in rows.values.items()},
        origins=[*rows.origins, *more.origins],
        faults={**rows.faults, **{count + at: faults for at, faults in more.faults.items()}},
        refused=rows.refused | {count + at for at in more.refused},
        there=rows.there | more.there,
        kept=range(count + len(more)),
    )
