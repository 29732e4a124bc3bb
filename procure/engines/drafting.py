"""A purchase that is not made yet, among those of a log: where it would stand. What is made of the log is kept, so that
a long log is read once and asked often."""

from __future__ import annotations

import attrs

from procure.engines.around import Around, Key
from procure.engines.check import amounts_of, fields
from procure.engines.evidence import FactReader
from procure.engines.ledger import Posted, surrounded
from procure.engines.placement import Placer
from procure.engines.sums import Sums, part
from procure.engines.ways import Ways
from procure.log.cells import MISSING, ONE
from procure.log.rows import Row, Rows
from procure.policy.needs import Met
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.policy.totals import Grouping, Way
from procure.values.words import ProcureError, Words


@attrs.frozen(eq=False)
class Drafted:
    """A draft where it would stand: its row, its postings, and the rows of the log that are posted with it."""

    row: Row
    rows: Rows
    posted: Posted
    ways: Ways

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
        self._met = Met(policy.built.needs)
        self._met.add(history.values, len(history))
        self._ways: dict[frozenset[str], Ways] = {}
        self._books: dict[tuple[Way, ...], _Book] = {}
        # A draft seldom says more than the log: what it will be asked of is looked at now, and not with each draft.
        self._book(self._faced(history.only([])).plan)

    def __call__(self, draft: Rows) -> Drafted:
        """The draft, the one row of these, where it would stand after the rows of its day."""
        fitted = self._fitted(draft)
        ways = self._faced(fitted)
        return Drafted(
            Row(fitted, 0), self._history, self._book(ways.plan).posted(ways.plan, fitted, self._history), ways
        )

    def add(self, draft: Rows) -> None:
        """From now on the draft is one of the log's rows."""
        fitted = self._fitted(draft)
        self._history = joined(self._history, fitted)
        self._says |= {name for name in fitted.columns if fitted.says(name)}
        self._met.add(fitted.values, len(fitted))
        for book in self._books.values():
            book.add(fitted)

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

    def _faced(self, draft: Rows) -> Ways:
        there = {*self._says, *(name for name in draft.columns if draft.says(name))}
        key = frozenset({*there, *self._met.besides(draft.values, len(draft))})
        found = self._ways.get(key)
        if found is None:
            found = self._ways[key] = Ways(self._policy.plan(key, self._any_year))
        return found

    def _book(self, plan: Plan) -> _Book:
        found = self._books.get(plan.ways)
        if found is None:
            found = self._books[plan.ways] = _Book(plan, self._history)
        return found


class _Book:
    """The ledger of a log, for plans that count in the same ways, whatever else they ask."""

    def __init__(self, plan: Plan, history: Rows) -> None:
        self._plan = plan
        self._reader, self._placer = FactReader(plan), Placer(plan)
        self._days, self._parts = self._adds(history)
        self._around: dict[Grouping, Around] = {}
        for grouping in plan.groupings:
            self._of(grouping, history)

    def posted(self, plan: Plan, draft: Rows, history: Rows) -> Posted:
        """Where a draft would stand in each grouping of a plan, among the rows of the log."""
        ((day,), (adds,)) = self._adds(draft)
        return tuple(
            self._of(grouping, history).seated(self._key(grouping, draft), adds, day, len(history))
            for grouping in plan.groupings
        )

    def add(self, draft: Rows) -> None:
        """From now on a draft is the last row of the log."""
        (day,), parts = self._adds(draft)
        for grouping, around in self._around.items():
            around.add(self._key(grouping, draft), day, len(self._days))
        self._days.append(day)
        self._parts += parts

    def _of(self, grouping: Grouping, history: Rows) -> Around:
        found = self._around.get(grouping)
        if found is None:
            placed = fields(self._plan, grouping, history.values)
            found = self._around[grouping] = surrounded(placed, self._days, self._parts, 4 * len(self._plan.ways))
        return found

    def _key(self, grouping: Grouping, draft: Rows) -> Key:
        """By what a draft is placed."""
        return tuple(column[0] for column in fields(self._plan, grouping, draft.values).columns)

    def _adds(self, rows: Rows) -> tuple[list[int | None], list[Sums]]:
        """The days of rows as numbers, None where there is none, and what each row adds to the totals."""
        plan, count = self._plan, len(rows)
        evidence = self._reader(rows.values, count)
        each = zip(amounts_of(plan, rows.values, count), evidence, strict=True)
        parts = [part(amounts, self._placer.scenarios(seen)[0], plan.unread) for amounts, seen in each]
        return [None if day is MISSING else day.toordinal() for day in rows.values[plan.built.date]], parts


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
