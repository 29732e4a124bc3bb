"""One peer on one log, once, in this process, so that peak memory is its own: prints one line of JSON.

python tests/benchmarks/measure.py PEER LOG.parquet
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, NamedTuple

import engines
import peers
import totals
from arguments import given

import procure
from procure.engines.evidence import FactReader


class Peer(NamedTuple):
    """`libraries` are imported before the clock starts, as is `session` opened. `answers`: how its table compares with
    the others'."""

    title: str
    run: Callable[[str], Any]
    libraries: tuple[str, ...]
    answers: str = "all interpretations"
    session: Callable[[], Any] | None = None


ONE, NOTHING = "one reading", "totals only"
PEERS = {
    "pandas": Peer("pandas by hand", peers.pandas_one, ("pandas", "pyarrow.parquet"), ONE),
    "pandas-categories": Peer(
        "pandas by hand, text as categories", peers.pandas_categories, ("pandas", "pyarrow.parquet"), ONE
    ),
    "polars": Peer("polars by hand", peers.polars_one, ("polars",), ONE),
    "duckdb": Peer("DuckDB SQL", peers.duckdb_one, ("duckdb", "pyarrow"), ONE),
    "polars-totals": Peer("polars by hand", totals.polars_totals, ("polars",), NOTHING),
    "core": Peer("`procure.check`, a Python loop", engines.core, ("polars",)),
    "on-polars-lazy": Peer("`check_frame` on a polars LazyFrame", engines.on_polars_lazy, ("polars",)),
    "on-polars": Peer("`check_frame` on polars", engines.on_polars, ("polars",)),
    "on-pandas": Peer("`check_frame` on pandas", engines.on_pandas, ("pandas", "pyarrow.parquet")),
    "on-pyarrow": Peer("`check_frame` on pyarrow", engines.on_pyarrow, ("pyarrow.compute",)),
    "on-duckdb": Peer("`check_frame` on DuckDB", engines.on_duckdb, ("duckdb", "pyarrow")),
    "on-spark": Peer("`check_frame` on Spark local[2]", engines.on_spark, ("pyspark.sql",), session=engines.spark),
}
#: What is done with distinct facts: they are read, and judged; the latter places them, puts them to the rules, and says
#: what is missing.
JUDGING: list[tuple[Any, str]] = [(FactReader, "__call__")]
if hasattr(procure, "check_frame"):
    JUDGING.append((importlib.import_module("procure.engines.columnar.judging").Judged, "__call__"))


@contextmanager
def judging() -> Iterator[Callable[[], float]]:
    """Tells the seconds spent so far in the core's own objects, once where one calls another."""
    spent, depth = 0.0, 0

    def timed(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal spent, depth
            start = time.perf_counter()
            depth += 1
            try:
                return function(*args, **kwargs)
            finally:
                depth -= 1
                if not depth:
                    spent += time.perf_counter() - start

        return call

    kept = [(owner, verb, getattr(owner, verb)) for owner, verb in JUDGING]
    for owner, verb, function in kept:
        setattr(owner, verb, timed(function))
    try:
        yield lambda: spent
    finally:
        for owner, verb, function in kept:
            setattr(owner, verb, function)


def answer(peer: Peer, table: Any) -> dict[str, int]:
    """What is compared: how many violations and unknowns, the sum of their ids, and that of their totals in fen as far
    as these are exact; and where all interpretations were judged, a checksum of what the verdicts turn on."""
    import polars as pl

    if peer.answers is NOTHING:
        return {}
    frame = table if isinstance(table, pl.DataFrame) else pl.DataFrame(table)
    found = {}
    if peer.answers is ONE:
        frame = frame.with_columns(verdict=pl.lit("violation"))
    else:
        # In a log with gaps there may be no total that is exact.
        frame = frame.with_columns(pl.col("accumulated").cast(pl.String))
        exact = pl.col("accumulated").str.contains(r"^-?\d+\.\d\d$")
        fen = pl.when(exact).then(pl.col("accumulated").str.replace(".", "", literal=True))
        frame = frame.with_columns(fen=fen.cast(pl.Int64))
        alike = frame.group_by(pl.col("verdict", "settled", "flips", "tier").cast(pl.String)).len().rows()
        found["turns"] = sum(zlib.crc32("|".join(map(str, words)).encode()) * count for *words, count in alike)
    counts = {word: frame.filter(pl.col("verdict").cast(pl.String) == word).height for word in engines.FOUND}
    return {**counts, "ids": int(frame["id"].cast(pl.Int64).sum()), "fen": int(frame["fen"].sum()), **found}


def measure(name: str, path: str, small: str) -> dict[str, Any]:
    """Seconds from the file to the table, peak memory, the share of the time spent judging, and the answer; or why the
    peer is absent."""
    peer = PEERS[name]
    try:
        for library in peer.libraries:
            importlib.import_module(library)
        if peer.session:
            peer.session()
        peer.run(small)
        # The loop of the core would be slowed by being timed at every row.
        with judging() if name.startswith("on-") else nullcontext(lambda: 0.0) as judged:
            start = time.perf_counter()
            table = peer.run(path)
            seconds = time.perf_counter() - start
            share = judged() / seconds
    except ImportError as error:
        return {"absent": f"{error.name} is not installed"}
    except engines.Absent as error:
        return {"absent": str(error)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    if peer.session:
        peak += engines.spark_mb()
    return {"seconds": seconds, "mb": peak, "judging": share, "answer": answer(peer, table)}


if __name__ == "__main__":
    asked = given(__doc__)
    every = [(name, peer.title, peer.answers) for name, peer in PEERS.items()]
    print(json.dumps(measure(*asked) if asked else every))
