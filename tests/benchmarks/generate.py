"""A seeded generator of lifelike logs of any size, as parquet with the canonical columns.

    python tests/benchmarks/generate.py LOG.parquet [ROWS] [MISSING] [SEED]

Some 30 purchases an account, a few accounts with very many; amounts with a heavy tail, and clumps just below 5,000 and
the limits; dates of 2020 in no order, with ties; mostly bought as the policy says. `id` is the order of the log.
`MISSING` is the share of amounts, methods, categories, units and dates that are blank (a third of those methods say
only 询价).
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from arguments import given
from engines import LIMITS

from procure import Kind, Method
from procure.log.ready import READY

#: In yuan, in the order of `Kind`.
BY_KIND = np.array([LIMITS[kind.value] for kind in Kind])
KINDS = [READY["kind"].shown(kind).zh for kind in Kind]
METHODS = [*(READY["method"].shown(method).zh for method in Method), "询价"]
PER_ACCOUNT, PER_UNIT = 30, 3000
CHUNK = 1_000_000
_METHOD = {method: number for number, method in enumerate(Method)}
_NEW_YEAR = (dt.date(2020, 1, 1) - dt.date(1970, 1, 1)).days

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Market:
    """Who buys what: accounts of unequal size, each of one unit and one category with its kind."""

    def __init__(self, rows: int, random: np.random.Generator) -> None:
        accounts, units = max(1, rows // PER_ACCOUNT), max(1, rows // PER_UNIT)
        self.units = [f"单位{number:05d}" for number in range(units)]
        self.categories, self.kinds = _categories(random)
        self.listed = random.random(len(self.categories)) < 0.3
        popular = 1 / (10 + np.arange(len(self.categories)))
        self.unit = random.integers(0, units, accounts)
        self.category = random.choice(len(self.categories), accounts, p=popular / popular.sum())
        self.weights = np.cumsum(random.lognormal(0, 1.2, accounts))

    def draw(self, rows: int, random: np.random.Generator) -> tuple[Numbers, Numbers]:
        """The unit and the category of each purchase."""
        account = np.searchsorted(self.weights, random.random(rows) * self.weights[-1], side="right")
        return self.unit[account], self.category[account]


def _categories(random: np.random.Generator) -> tuple[list[str], Numbers]:
    """Codes of the 2013 edition (two digits a level, two levels or more), of the 2022 one (eight digits, ending in 00
    for levels left open), and plain names, well mixed; and the kind of each."""
    codes = []
    for number in range(600):
        letter, top = "AAACCB"[number % 6], f"{1 + number % 9:02d}{1 + number // 9 % 7:02d}"
        low, lowest = f"{1 + number % 13:02d}", f"{1 + number % 17:02d}"
        codes.append(letter + top + ("", low, low + lowest, low + "00", "0000", low + lowest)[number // 6 % 6])
    kind_of_letter = {"A": 0, "B": 2, "C": 1}  # in the order of `Kind`
    things = dict(
        zip(("办公用品", "印刷服务", "维修改造", "会议服务", "食品", "绿化养护"), (0, 1, 2, 1, 0, 1), strict=True)
    )
    names = {f"{thing}{number or ''}": kind for thing, kind in things.items() for number in range(100)}
    told = {code: kind_of_letter[code[0]] for code in codes} | names
    found, kinds = list(told), list(told.values())
    order = random.permutation(len(found))
    return [found[i] for i in order], np.array(kinds)[order]


def _fen(kind: Numbers, random: np.random.Generator) -> Numbers:
    """Amounts: most are whole yuan, some stand at a threshold or just below it, a few are refunds."""
    rows = len(kind)
    fen = np.clip(random.lognormal(6.6, 1.6, rows) * 100, 100, 10**11).astype(np.int64)
    fen = np.where(random.random(rows) < 0.6, fen // 100 * 100, fen)
    limit = BY_KIND[kind] * 100
    lot = random.random(rows)
    for share, amount in (
        (0.040, 500_000 - random.choice([1, 100, 1000, 2000, 5000, 10_000, 20_000], rows)),
        (0.046, np.full(rows, 500_000)),
        (0.054, limit - random.choice([1, 100, 100_000, 500_000], rows)),
        (0.056, limit),
        (0.071, -fen),
    ):
        fen = np.where(lot < share, amount, fen)
        lot = np.where(lot < share, 1, lot)
    return fen


def _method(listed: Flags, kind: Numbers, fen: Numbers, random: np.random.Generator) -> Numbers:
    """Mostly a method that the amount, or the total it may add to, asks for; one time in twenty any at all."""
    m, rows = _METHOD, len(fen)
    inside = [m[Method.E_MALL]] * 5 + [m[Method.DESIGNATED]] * 2 + [m[Method.FRAMEWORK]]
    middle = [m[Method.QUOTATION]] * 6 + [m[Method.CONSULTATION], m[Method.SINGLE_SOURCE], m[Method.E_MALL]]
    upper = [m[Method.OPEN_TENDER]] * 3 + [m[Method.CONSULTATION], m[Method.SINGLE_SOURCE], m[Method.INQUIRY]]
    fitting = np.where(fen >= BY_KIND[kind] * 100, random.choice(upper, rows), random.choice(middle, rows))
    lower = [m[Method.DIRECT]] + [m[Method.QUOTATION]] * 7 + [m[Method.E_MALL]] * 2
    fitting = np.where(fen < 500_000, random.choice(lower, rows), fitting)
    fitting = np.where(listed, random.choice(inside, rows), fitting)
    return np.where(random.random(rows) < 0.05, random.integers(0, len(m), rows), fitting)


def _words(numbers: Numbers, words: list[str], blank: Flags | None = None) -> pa.Array:
    """The word of each number, as text."""
    indices = pa.array(numbers.astype(np.int32), mask=blank)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string())).cast(pa.string())


def _days(days: Numbers, blank: Flags | None = None) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=blank).cast(pa.date32())


def _table(market: Market, start: int, rows: int, missing: float, random: np.random.Generator) -> pa.Table:
    unit, category = market.draw(rows, random)
    kind, listed = market.kinds[category], market.listed[category]
    fen = _fen(kind, random)
    method = _method(listed, kind, fen, random)
    date = _NEW_YEAR + random.integers(0, 366, rows)
    approved = date - random.choice([0, 1, 3, 3, 7, 14, 30, -2], rows, p=[0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.06, 0.04])
    asked = np.isin(method, [_METHOD[Method.QUOTATION], _METHOD[Method.INQUIRY]])
    invited = random.choice([2, 3, 3, 3, 4], rows)
    single = method == _METHOD[Method.SINGLE_SOURCE]
    lost = {column: random.random(rows) < missing for column in ("amount", "method", "category", "unit", "date")}
    vague = lost["method"] & (np.arange(rows) % 3 == 0)
    columns = {
        "id": pa.array(np.arange(start, start + rows)),
        "date": _days(date, lost["date"]),
        "unit": _words(unit, market.units, lost["unit"]),
        "category": _words(category, market.categories, lost["category"]),
        "kind": _words(kind, KINDS),
        "amount": pa.array(fen / 100, mask=lost["amount"]),
        "in_catalogue": _words(listed.astype(np.int64), ["否", "是"]),
        "method": _words(np.where(vague, METHODS.index("询价"), method), METHODS, lost["method"] & ~vague),
        "approved_on": _days(approved, random.random(rows) < 0.06),
        "invited": pa.array(invited, mask=~asked),
        "quotes": pa.array(invited - (random.random(rows) < 0.1), mask=~asked),
        "ground": _words(np.zeros(rows), ["只能从唯一供应商处采购"], ~single | (random.random(rows) < 0.2)),
    }
    return pa.table(columns)


def write(path: str, rows: int, missing: float = 0.0, seed: int = 2020) -> None:
    """Writes `rows` purchases; chunk by chunk, so that the size of a log is no matter."""
    market = Market(rows, np.random.default_rng(seed))
    writer = None
    for start in range(0, rows, CHUNK):
        random = np.random.default_rng((seed, start))
        table = _table(market, start, min(CHUNK, rows - start), missing, random)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


if __name__ == "__main__":
    said = given(__doc__)
    path, rows, missing, seed = (*said, *("log.parquet", "1000000", "0", "2020")[len(said) :])
    write(path, int(rows), float(missing), int(seed))
