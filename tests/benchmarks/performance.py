"""The table of docs/performance.md, measured: every line in one run.

    python tests/benchmarks/performance.py [--rows 1000000] [--objects 100000] [--repeat 3]

Each measurement is a process of its own. What is compared is measured in turns, and the ratio of the medians is told;
CPU time where one core does the work. On a busy machine trust the ratios.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import compare

ROOT = Path(__file__).resolve().parents[2]
MISSING, SEED = 0.02, 2020
ATTRS = "import attrs, dateutil.relativedelta, dateutil.parser"

#: What one measurement gives, by its name.
Measured = Mapping[str, float]


# -- what is done in a process of its own ------------------------------------------------------------------------------


def frame(path: str) -> Measured:
    import engines
    import polars as pl

    import procure

    log, policy = pl.read_parquet(path), procure.policies.furong_2020(limits=engines.LIMITS)
    procure.check_frame(log.head(2000), policy)
    start = time.perf_counter()
    procure.check_frame(log, policy)
    return {"s": time.perf_counter() - start}


def objects(path: str) -> Measured:
    import check_speed
    import engines
    import polars as pl

    import procure

    log, policy = procure.read(pl.read_parquet(path)), procure.policies.furong_2020(limits=engines.LIMITS)
    yard = check_speed.yardstick()
    start = time.process_time()
    report = procure.check(log, policy)
    return {"s": time.process_time() - start, "yard": yard, "rows": len(report)}


def written(path: str, to: str) -> Measured:
    import polars as pl

    pl.read_parquet(path).write_csv(to)
    return {}


def command(*args: str) -> Measured:
    """The CPU time and the most memory, in MB, of a command of this interpreter."""
    import resource

    subprocess.run([sys.executable, *args], stdout=subprocess.DEVNULL, cwd=ROOT, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "s": used.ru_utime + used.ru_stime,
        "mb": used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10),
    }


DO: Mapping[str, Callable[..., Measured]] = {f.__name__: f for f in (frame, objects, written, command)}


# -- the table ---------------------------------------------------------------------------------------------------------


def done(*args: object) -> Measured:
    asked = [sys.executable, __file__, "--do", *map(str, args)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return dict(json.loads(said.strip().rpartition("\n")[2]))


def in_turns(repeat: int, *each: Sequence[object]) -> list[Measured]:
    """The medians of several measurements, in an order that is reversed each round."""
    found: list[list[Measured]] = [[] for _ in each]
    for turn in range(repeat):
        for at in range(len(each))[:: -1 if turn % 2 else 1]:
            found[at].append(done(*each[at]))
    return [{of: statistics.median(one[of] for one in ones) for of in ones[0]} for ones in found]


def lines(rows: int, few: int, repeat: int, folder: Path) -> Iterator[tuple[str, str]]:
    """Each work, and what was measured of it."""
    logs = {
        (count, missing): folder / f"{count}-{missing}.parquet" for count in {rows, few} for missing in (0.0, MISSING)
    }
    for (count, missing), path in logs.items():
        compare._script("generate.py", path, count, missing, SEED)
    peers = compare.rounds(rows, 0.0, ["polars-totals", "on-polars"], repeat, SEED)
    seconds, mb = compare.medians(peers, "seconds"), compare.medians(peers, "mb")
    ratio = seconds["on-polars"] / seconds["polars-totals"]
    yield f"`check_frame` on polars, {rows:,} rows", f"{ratio:.2f} × polars computing the same totals"
    yield "the same, memory", f"{mb['on-polars']:,.0f} MB against {mb['polars-totals']:,.0f} MB"
    for count in sorted({rows, few}):
        whole, gaps = in_turns(repeat, ("frame", logs[count, 0.0]), ("frame", logs[count, MISSING]))
        yield f"the log with gaps, a frame of {count:,} rows", f"{gaps['s'] / whole['s']:.1f} × the complete log"
    whole, gaps = in_turns(repeat, ("objects", logs[few, 0.0]), ("objects", logs[few, MISSING]))
    per = whole["rows"] / whole["s"]
    yield f"`check`, {few:,} rows, one core", f"{per:,.0f} purchases/s, {per * whole['yard']:,.0f} a yardstick"
    yield "the log with gaps, the same", f"{whole['s'] / gaps['s']:.2f} × the complete log's speed"
    ours, theirs, bare = in_turns(
        3 * repeat, ("command", "-c", "import procure"), ("command", "-c", ATTRS), ("command", "-c", "pass")
    )
    imported, alone = (1000 * (each["s"] - bare["s"]) for each in (ours, theirs))
    yield "`import procure` over bare Python, CPU", f"{imported:.0f} ms; attrs and dateutil alone {alone:.0f} ms"
    example, bare = in_turns(
        3 * repeat, ("command", "-m", "procure", "check", "examples/furong_2020.csv"), ("command", "-c", "pass")
    )
    yield "`procure check examples/furong_2020.csv`, piped, CPU", f"{example['s']:.2f} s; bare Python {bare['s']:.2f} s"
    text = folder / "log.csv"
    done("written", logs[rows, 0.0], text)
    (peak,) = in_turns(1, ("command", "-m", "procure", "check", text))
    yield f"peak memory of `procure check`, {rows:,} rows of CSV", f"{peak['mb']:,.0f} MB"


def main(args: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--objects", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args(args)
    print("| work | measured |", "|---|---|", sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for work, measured in lines(asked.rows, asked.objects, asked.repeat, Path(folder)):
            print(f"| {work} | {measured} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--do"]:
        name, *rest = sys.argv[2:]
        print(json.dumps(DO[name](*rest)))
    else:
        main()
