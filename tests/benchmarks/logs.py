"""A seeded generator of lifelike purchase logs, for benchmarks."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

from procure import Kind, Method, Origin, Purchase

_CATALOGUE = ("A02010104", "A02010601", "A090101", "A090201", "C050301")
_OFF = ("印刷服务", "保洁服务", "会议服务", "绿化服务", "C15040201", "C081401", "C0204", "A060201", "A060203", "B0801")
_KINDS = {"A": Kind.GOODS, "B": Kind.WORKS, "C": Kind.SERVICES}
_SINGLE = "只能从唯一供应商处采购"


def purchases(rows: int, seed: int = 2020, per_unit: int = 1000) -> list[Purchase]:
    """`rows` purchases of 2020 in order of date, by units of some `per_unit` each, mostly bought as the policy says."""
    random_ = random.Random(seed)
    units = [f"单位{n:05d}" for n in range(max(1, rows // per_unit))]
    start = dt.date(2020, 1, 1)
    return [_purchase(random_, n, start + dt.timedelta(n * 366 // rows), units) for n in range(rows)]


def _purchase(random_: random.Random, n: int, date: dt.date, units: list[str]) -> Purchase:
    inside = random_.random() < 0.4
    category = random_.choice(_CATALOGUE if inside else _OFF)
    fen = max(1, int(random_.lognormvariate(7.5, 1.5) * 100))
    if random_.random() < 0.02:
        fen = random_.choice((499_999, 500_000, 500_001, 30_000_000, -fen))
    method, quotes = _method(random_, inside, fen)
    approved = date - dt.timedelta(random_.choice((0, 1, 3, 3, 7, -2)))
    return Purchase(
        id=f"P{n:07d}",
        date=date,
        unit=random_.choice(units),
        category=category,
        kind=_KINDS.get(category[0], Kind.SERVICES),
        amount=Decimal(fen) / 100,
        in_catalogue=inside,
        method=method,
        approved_on=approved if random_.random() < 0.95 else None,
        invited=quotes,
        quotes=quotes,
        ground=_SINGLE if method is Method.SINGLE_SOURCE and random_.random() < 0.8 else None,
        origin=Origin("log.csv", None, n + 2),
    )


def _method(random_: random.Random, inside: bool, fen: int) -> tuple[Method, int]:
    if random_.random() < 0.05:
        return random_.choice(tuple(Method)), random_.choice((0, 2, 3))
    if inside:
        return random_.choice((Method.E_MALL, Method.E_MALL, Method.DESIGNATED)), 0
    if fen < 500_000:
        return Method.DIRECT, 0
    if fen < 30_000_000:
        return Method.QUOTATION, random_.choice((2, 3, 3, 3, 4))
    return random_.choice((Method.OPEN_TENDER, Method.CONSULTATION, Method.SINGLE_SOURCE)), 3
