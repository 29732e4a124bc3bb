"""What the cells of each row may stand for: each distinct combination is read by the core's facts once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from procure.engines.columnar.chunks import elementwise
from procure.engines.columnar.codes import Coded, combine, dense
from procure.engines.columnar.positions import Edges
from procure.engines.evidence import FactReader, turning
from procure.log.cells import MISSING
from procure.policy.facts import DatesFact, Fact, LimitFact, Value
from procure.policy.plan import Plan
from procure.policy.tests import Apart, Than
from procure.values.money import Minor

_DAY = dt.date(2000, 1, 2)


class Cells:
    """The columns of a log as they were read: `values` those of few distinct cells, `money` amounts in minor units,
    missing where there is none. One of amounts that may say that there is none on record is in both."""

    def __init__(self, values: Mapping[str, Coded], money: Mapping[str, pl.Series], count: int) -> None:
        self.values = values
        self.money = money
        self.count = count

    def column(self, name: str) -> Coded:
        """A column as codes; one of amounts has a code for each that is distinct."""
        if name in self.values:
            return self.values[name]
        distinct = self.money[name].unique()
        codes = pl.Series(range(len(distinct)), dtype=pl.UInt32)
        numbers = self.money[name].replace_strict(distinct, codes, return_dtype=pl.UInt32)
        return Coded(numbers, [MISSING if each is None else Minor(each) for each in distinct.to_list()])

    def key(self, plan: Plan, name: str) -> Coded:
        """A key column, None where it is not known."""
        value = plan.built.values[name]

        def of(cells: tuple[Any, ...]) -> Any:
            found = value.values(dict(zip(value.columns, cells, strict=True)))
            return plan.keyed(name, found[0]) if len(found) == 1 and found[0] is not MISSING else None

        if value.columns == (name,) and not value.others:
            return self.column(name).map(lambda said: None if isinstance(said, frozenset) else of((said,)))
        return combine([self.column(column) for column in value.columns]).map(of)


def evidence(reader: FactReader, plan: Plan, cells: Cells) -> Coded:
    """The evidence of every row."""
    coded = [_coded(at, fact, reader, plan, cells) for at, fact in enumerate(reader.facts)]
    return combine(coded).map(reader.of)


def _coded(at: int, fact: Fact, reader: FactReader, plan: Plan, cells: Cells) -> Coded:
    """What is seen of a fact, row by row, as the numbers that the reader gives it."""
    if isinstance(fact, DatesFact) and _plain(fact, plan):
        return _apart(fact, cells).map(lambda values: reader.number(at, values))
    columns = []
    for name in fact.columns:
        if name not in cells.values and (turns := turning(fact)) is not None:
            columns.append(
                Edges(turns).examples(cells.money[name]).map(lambda each: MISSING if each is None else Minor(each))
            )
        elif name == plan.built.date and isinstance(fact, LimitFact):
            columns.append(cells.column(name).map(_period(fact)))
        else:
            columns.append(cells.column(name))
    if len(columns) == 1:
        return columns[0].map(lambda value: reader.number(at, (value,)))
    return combine(columns).map(lambda values: reader.number(at, values))


def _period(fact: LimitFact) -> Any:
    """A day stands for all days of its period."""
    starts = fact.resolved.starts

    def example(day: Any) -> Any:
        if day is MISSING or not starts:
            return day if day is MISSING else _DAY
        period = fact.resolved.period(day)
        return starts[period - 1] if period else starts[0] - dt.timedelta(1)

    return example


def _plain(fact: DatesFact, plan: Plan) -> bool:
    """Whether only the days between two dates matter, and which dates they are does not."""
    alone = all(isinstance(test, Apart) or not isinstance(test, Than) for test in fact.tests)
    return alone and all(_stands(value) for value in (fact.first, fact.second))


def _stands(value: Value) -> bool:
    return value.columns == (value.column.name,) and not value.others


def _apart(fact: DatesFact, cells: Cells) -> Coded:
    """Examples of the two dates of each row: as many days apart, as far as that matters; or as they are, where one is
    not stated."""
    first, second = cells.column(fact.first.column.name), cells.column(fact.second.column.name)
    days = [value if isinstance(value, dt.date) else None for value in first.values]
    others = [value if isinstance(value, dt.date) else None for value in second.values]
    if not any(days) or not any(others):
        # A date beside none that is stated matters by itself, and the others do not.
        return combine([first, second])
    steps = sorted({test.days + step for test in fact.tests if isinstance(test, Apart) for step in (0, 1)})
    known = [(_DAY + dt.timedelta(apart), _DAY) for apart in (steps[0] - 1, *steps)]
    unknown = list(dict.fromkeys(value for value in second.values if not isinstance(value, dt.date)))
    # Where there is no first date it does not matter which the second is.
    kinds = [None, *unknown]
    open_ = [(one, _DAY if other is None else other) for one in first.values for other in kinds]
    kind = [0 if isinstance(value, dt.date) else 1 + unknown.index(value) for value in second.values]
    apart = _ordinal(days).gather(pl.col("first")) - _ordinal(others).gather(pl.col("second"))
    bucket = pl.lit(pl.Series(steps, dtype=pl.Int32)).search_sorted(apart, side="right").cast(pl.UInt32)
    pair = pl.col("first").cast(pl.UInt32) * len(kinds) + pl.lit(pl.Series(kind, dtype=pl.UInt32)).gather(
        pl.col("second")
    )
    code = pl.when(apart.is_null()).then(pair + len(known)).otherwise(bucket)
    columns = pl.DataFrame({"first": first.numbers(cells.count), "second": second.numbers(cells.count)})
    found = dense(elementwise(columns, code))
    values = [*known, *open_]
    return Coded(found.codes, [values[at] for at in found.values])


def _ordinal(dates: Sequence[dt.date | None]) -> pl.Expr:
    return pl.lit(pl.Series([None if day is None else day.toordinal() for day in dates], dtype=pl.Int32))
