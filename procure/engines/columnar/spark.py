"""Spark: the rows that may share a total come together in one task, and each task judges those that came to it.

One shuffle, by the keys that all totals have: none spans two of their values, except a row that lacks one of them,
which may share a total with any. A task runs the engine on polars over its partition, with the very rules of the
policy; the driver sees no purchase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import attrs
import pyarrow as pa

from procure.engines.alike import Alike, alike, as_one
from procure.engines.columnar import engine, rows
from procure.engines.columnar.header import VERDICT_COLUMNS, FrameHeader, columns_of
from procure.engines.columnar.placing import common
from procure.log.cells import ABSENT, MISSING, Said, as_cell
from procure.log.columns import Column, Manner
from procure.log.directions import DIRECTION, SIDES, DirectionReader, balance, is_red, remarks, signed
from procure.log.habits import Habits, worded
from procure.log.statuses import StatusReader
from procure.log.taxes import OWN, TAXED, Basis, amount_of
from procure.policy.needs import Meets, Repeats
from procure.policy.plan import Plan
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.values.dates import CenturyError, century_shown, date
from procure.values.words import ProcureError


def checked(frame: Any, policy: Policy | Versions, habits: Habits, order: str, any_year: bool) -> Any:
    """A Spark DataFrame with its verdicts. Its rows come back as its tasks hand them over."""
    from pyspark.sql import types

    rows.ordered(frame.columns, order)
    added = [
        types.StructField(name, types.BooleanType() if name == "settled" else types.StringType())
        for name in VERDICT_COLUMNS
    ]
    check = _of_century(frame, rows.check_of(policy, any_year, habits))
    if habits.one_purchase is None:
        faced = [_faced(frame, one, check) for one in check.ones]
        check = attrs.evolve(check, ones=tuple(each.one for each in faced))
        parted = _parted(frame, faced, check.habits)
    else:
        # Rows of any two accounts may be one purchase.
        parted = frame.coalesce(1)
    return parted.mapInArrow(
        partial(_judged, columns=habits.columns, order=order, check=check),
        types.StructType([*frame.schema.fields, *added]),
    )


def _of_century(frame: Any, check: rows.Check) -> rows.Check:
    """The check with the century that the dates of the whole frame show, where some have a year of two digits."""
    if check.habits.century is not None:
        return check
    from pyspark.sql import functions

    habits, (one, *_) = check.habits, check.ones
    found = check.header(frame.columns, habits.columns, one).fields
    known = columns_of(one.policy)
    names = [name for name in found if known[name].type == "date"]
    shown = functions.udf(lambda cell: in_short(cell, habits.day_first), "string", useArrow=False)
    cells = [row[0] for name in names
             for row in frame.select(shown(frame[frame.columns[found[name]]])).distinct().collect()]  # fmt: skip
    return attrs.evolve(check, habits=attrs.evolve(habits, century=century_shown(cells, habits.day_first)))


def in_short(cell: Any, day_first: bool | None) -> str | None:
    """What a cell shows of the century: the first day of it, or a date whose year has two digits; None where it is no
    date."""
    try:
        return f"{date(as_cell(cell), day_first).year // 100 * 100}-01-01"
    except CenturyError:
        return "01-Jan-01"
    except ProcureError:
        return None


@attrs.frozen
class Faced:
    """A policy, or a version of it, as it faces the whole of a frame: its plan, and the frame's name of each column."""

    one: rows.One
    plan: Plan
    named: Mapping[str, str]


def _faced(frame: Any, one: rows.One, check: rows.Check) -> Faced:
    found = check.header(frame.columns, check.habits.columns, one)
    named = {name: frame.columns[at] for name, at in found.fields.items()}
    stands = _standing(frame, named, one.policy, check.habits)
    there = frozenset(_data(stands, named, one.policy, found, check.habits))
    plan = one.policy.plan(there, check.any_year)
    names = _alike(stands, plan, named, check.habits)
    # The rows are parted so that those with names that may be of one thing come together.
    return Faced(attrs.evolve(one, there=there, names=names), next(as_one(plan, names)) if names else plan, named)


def _alike(frame: Any, plan: Plan, named: Mapping[str, str], habits: Habits) -> tuple[Alike, ...]:
    """The names of the whole frame that may be of one thing. The driver sees names, and no purchase."""
    manner = habits.manner(plan.policy.money, plan.policy.decimal)
    columns = worded(plan.built.columns, habits)
    found: dict[str, list[Any]] = {}
    for key in plan.naming:
        name = plan.built.values[key].name
        cells = frame.select(_read(frame[named[name]], columns[name], manner)) if name in named else None
        cells_said = [] if cells is None else [row[0] for row in cells.distinct().collect()]
        found[name] = sorted(each for each in cells_said if each is not None)
    return alike(plan, found, habits)


def _standing(frame: Any, named: Mapping[str, str], policy: Policy, habits: Habits) -> Any:
    """The rows that are not void."""
    from pyspark.sql import functions

    columns = columns_of(policy)
    status = StatusReader(columns, habits)
    manner = habits.manner(policy.money, policy.decimal)
    asked = [FrameColumn(columns[name], manner, name in named) for name in status.names.values()]
    there = [frame[named[each.column.name]] for each in asked if each.there]
    if not there:
        return frame
    return frame.where(functions.udf(lambda *row: stands(row, asked, status), "boolean", useArrow=False)(*there))


def stands(cells: Iterable[Any], asked: Sequence[FrameColumn], status: StatusReader) -> bool:
    """Whether a row is not void."""
    rest = iter(cells)
    return status.of(*(each.value(rest) for each in asked)).void is None


def _data(frame: Any, named: Mapping[str, str], policy: Policy, header: FrameHeader, habits: Habits) -> Iterator[str]:
    """The data that some partition has, and the log with it, without which some question cannot be asked."""
    manner = habits.manner(policy.money, policy.decimal)
    columns = worded(policy.built.columns, habits)
    for name in {question.needs.datum for question in policy.built.questions if question.needs is not None
                 and isinstance(question.needs.datum, str)}:  # fmt: skip
        column = columns.get(name)
        if column is None or name not in named:
            continue
        if column.blank == "none" or frame.select(_read(frame[named[name]], column, manner).alias("it")).where(
            "it is not null"
        ).take(1):
            yield name
    for key, need in policy.built.needs.items():
        asked = [_asked(columns[name], manner, header, policy, habits) for name in need.columns]
        cells = [frame[named[name]] for each in asked for name in each.names]
        if _is_met(frame, cells, asked, need):
            yield key


def _asked(
    column: Column, manner: Manner, header: FrameHeader, policy: Policy, habits: Habits
) -> FrameColumn | AskedAmount:
    """A column as a frame has it; of the amount all that it is made of, and what says which way it went."""
    if column.ready != OWN:
        return FrameColumn(column, _in_unit(manner, header, column.name), column.name in header.fields)
    marked = {ready: name for ready, name in header.taxed.items() if name in header.fields}
    own = {OWN: column.name} if header.own else {}
    every = {**own, **marked, **dict(zip(SIDES, header.sides, strict=False))}
    parts = {ready: FrameColumn(attrs.evolve(column, name=name), _in_unit(manner, header, name), True)
             for ready, name in every.items()}  # fmt: skip
    known = columns_of(policy)
    ways = [DIRECTION] if known[DIRECTION].type == "text" else []
    there = [name for name in (*ways, *remarks(known)) if name in header.fields]
    return AskedAmount(column, policy.meant, parts, [FrameColumn(known[name], manner, True) for name in there], habits)


def _in_unit(manner: Manner, header: FrameHeader, name: str) -> Manner:
    unit = header.units.get(name, "")
    return attrs.evolve(manner, unit=unit if isinstance(unit, str) else "")


@attrs.frozen
class FrameColumn:
    """A column as a frame has it, or has it not."""

    column: Column
    manner: Manner
    there: bool

    @property
    def names(self) -> Sequence[str]:
        """The columns whose cells it reads."""
        return (self.column.name,) if self.there else ()

    def value(self, cells: Iterator[Any]) -> Any:
        """What its cell says, the next one where the frame has the column."""
        try:
            return self.column.read(as_cell(next(cells)) if self.there else ABSENT, self.manner)
        except ProcureError:
            return MISSING


@attrs.frozen
class AskedAmount:
    """The amount on the policy's basis, by the columns that it is made of, and those that say which way it went."""

    column: Column
    basis: Basis
    parts: Mapping[str, FrameColumn]
    remarks: Sequence[FrameColumn]
    habits: Habits

    @property
    def names(self) -> Sequence[str]:
        """The columns whose cells it reads."""
        return [each.column.name for each in (*self.parts.values(), *self.remarks)]

    def value(self, cells: Iterator[Any]) -> Any:
        """What its cells come to, the next ones."""
        said = {ready: each.value(cells) for ready, each in self.parts.items()}
        if SIDES[0] in said:
            amount = balance(*(said[ready] for ready in SIDES))
        else:
            amount = amount_of(self.basis, *(said.get(ready, ABSENT) for ready in (OWN, *TAXED)))
        remarks = {each.column.name: each.value(cells) for each in self.remarks}
        way = DirectionReader(self.habits).of(remarks.pop(DIRECTION, None))
        return signed(amount, "red" if any(map(is_red, remarks.values())) else way)[0]


def holds(cells: Iterable[Any], asked: Sequence[FrameColumn | AskedAmount], need: Meets) -> bool:
    """Whether a row meets a condition."""
    rest = iter(cells)
    return need.holds({each.column.name: each.value(rest) for each in asked})


def _is_met(
    frame: Any, cells: Sequence[Any], asked: Sequence[FrameColumn | AskedAmount], need: Meets | Repeats
) -> bool:
    """Whether what a question needs of the rows is there."""
    from pyspark.sql import functions

    if isinstance(need, Meets):
        found = functions.udf(lambda *row: holds(row, asked, need), "boolean", useArrow=False)
        return bool(frame.where(found(*cells)).take(1))
    if not cells:
        return False
    again = functions.udf(lambda cell: repeated(cell, asked[0]), "string", useArrow=False)
    times = frame.select(again(cells[0]).alias("it")).groupBy("it").count()
    return bool(times.where("it is not null and count > 1").take(1))


def repeated(cell: Any, asked: FrameColumn | AskedAmount) -> str | None:
    """What a cell says, as text; None where it is no value that may stand in two rows."""
    value = asked.value(iter([cell]))
    return None if isinstance(value, (Said, frozenset)) else str(value)


def parting(plan: Plan) -> tuple[str, ...]:
    """The columns by which the rows of a log may be parted, so that no total spans two parts."""
    if not plan.groupings:
        return ()
    shared, _ = common(plan.groupings)
    values = plan.built.values
    return tuple(name for name in shared if values[name].columns == (name,) and not values[name].others)


def _shared(summing: Sequence[Faced]) -> list[str]:
    """The columns by which the rows may be parted for each of several versions, which all read them from one."""
    first, *others = summing
    return [
        name
        for name in parting(first.plan)
        if name in first.named
        and all(name in parting(each.plan) and each.named.get(name) == first.named[name] for each in others)
    ]


def _parted(frame: Any, faced: Sequence[Faced], habits: Habits) -> Any:
    """The rows that may share a total in one partition; all rows in one, where the log tells no such parts apart, or
    not of every row."""
    summing = [each for each in faced if each.plan.groupings]
    if not summing:
        return frame
    first, shared = summing[0], _shared(summing)
    manner = habits.manner(first.plan.built.currency, first.plan.policy.decimal)
    columns = worded(first.plan.built.columns, habits)
    keys = [_read(frame[first.named[name]], columns[name], manner, first.plan.keyed) for name in shared]
    lacking = keys and frame.select(*(key.alias(str(n)) for n, key in enumerate(keys))).where(
        " or ".join(f"`{n}` is null" for n in range(len(keys)))
    ).take(1)
    # A row without a key may be of any account, so that no part of the log can be judged by itself.
    return frame.coalesce(1) if not keys or lacking else frame.repartition(*keys)


def _read(cells: Any, column: Column, manner: Manner, keyed: Callable[[str, Any], Any] | None = None) -> Any:
    """Cells as the core tells them apart, or as rows are placed by them; null where nothing is said."""
    from pyspark.sql import functions

    # A function without annotations, of which Spark would make something of its own.
    return functions.udf(lambda cell: said(cell, column, manner, keyed), "string", useArrow=False)(cells)


def said(cell: Any, column: Column, manner: Manner, keyed: Callable[[str, Any], Any] | None = None) -> Any:
    """What a cell says, as text; None where it says nothing, or cannot be understood. `keyed` gives what rows are
    placed by."""
    try:
        value = column.read(cell, manner)
    except ProcureError:
        value = MISSING
    text = None if value is MISSING else str(value)
    return keyed(column.name, text) if keyed else text


def _judged(
    batches: Iterable[pa.RecordBatch], columns: Mapping[str, str], order: str, check: rows.Check
) -> Iterator[pa.RecordBatch]:
    """The rows of one partition with their verdicts. The user's own columns are handed on as they came."""
    here = list(batches)
    if not sum(batch.num_rows for batch in here):
        return
    table = pa.Table.from_batches(here)
    verdicts = rows.judged_arrow(table, columns, order, check)
    for name in VERDICT_COLUMNS:
        column = verdicts[name].cast(engine.PLAIN[name]).to_arrow()
        table = table.append_column(name, column.cast(pa.bool_() if name == "settled" else pa.string()))
    yield from table.to_batches(max_chunksize=10_000)
