"""Gives a purchase what a way asks for: a value in each of its columns, found by trying those of a pool."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

from random_parts import CELLS

from procure.engines.supposing import Values
from procure.engines.ways import Way, Ways
from procure.log.cells import NONE, OTHER
from procure.log.columns import Column
from procure.policy.facts import ColumnFact

DAYS = [dt.date(2020, 3, 2) + dt.timedelta(step) for step in (-400, -30, -8, -7, -1, 0, 1, 7, 30, 400)]


def pool(column: Column, ways: Ways, day: Any) -> list[Any]:
    """Values that a column may have."""
    found: list[Any] = []
    for fact in ways.plan.facts:
        if isinstance(fact, ColumnFact) and fact.value.column.name == column.name:
            found += [value for value in fact.universe() if value is not OTHER]
    match column.type:
        case "count":
            found += range(10)
        case "date":
            near = [day + dt.timedelta(step) for step in (-8, -7, -1, 0, 1)] if isinstance(day, dt.date) else []
            found += [*near, *CELLS.get(column.name, ()), *DAYS]
        case "word" | "yes-no":
            found += column.canonical
        case "money":
            found += [int(cell * 100) + step for cell in CELLS.get(column.name, ()) for step in (-1, 0, 1)]
        case _:
            found += ["alpha", "beta", "gamma"]
    if column.blank == "none":
        found.append(NONE)
    return [value for value in dict.fromkeys(found) if not isinstance(value, str) or value != "yes" or column.words]


def supplied(ways: Ways, values: Values, way: Way) -> Iterator[dict[str, Any]]:
    """What may be said in the columns of a way, so that all of it holds."""
    columns = ways.columns(values, way)
    facts = {each.fact: ways.plan.built.facts[each.fact] for each in way}
    each = [pool(ways.plan.built.columns[name], ways, values[ways.plan.built.date]) for name in columns]
    for some in product(*each):
        told = dict(zip(columns, some, strict=True))
        classes = {name: fact.classes({**values, **told}) for name, fact in facts.items()}
        if all(wanted.fits(value) for wanted in way for value in classes[wanted.fact]):
            yield told


def cells(told: Mapping[str, Any]) -> dict[str, Any]:
    """The same as cells of a purchase; `announce` is the one column of money that a way may ask for."""
    money = told.get("announce")
    return {**told, **({"announce": Decimal(money) / 100} if isinstance(money, int) else {})}
