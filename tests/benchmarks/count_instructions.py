"""What two checkouts spend on the same work, in instructions of the processor, which a busy machine does not change.

    python tests/benchmarks/count_instructions.py BASE THIS [--rows 100000] [--only objects frame]

The work: purchases are built in Python and judged by `check`, as check_speed.py does, and a frame is judged by
`check_frame`. Each step is counted by valgrind's cachegrind: a process that has done it, less one that stopped before
it, both warm from a small log, with one thread of polars and a fixed hash seed. Where valgrind is not installed the
steps are timed instead, the checkouts in turns, and the medians of CPU time stand in for the counts. Each checkout
makes its purchases by its own `logs.py`; the frame is the same file for both. The interpreter that runs this must have
what both need.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
#: The steps of each piece of work, in turn.
WORK = {"objects": ("build", "check"), "frame": ("check_frame",)}
WARM, ROUNDS = 2000, 7

#: For each step what it took, in instructions or in seconds.
Taken = Mapping[str, float]


# -- what a checkout does, in a process of its own ---------------------------------------------------------------------


def do(work: str, steps: int, rows: int, folder: str) -> list[float]:
    """Does the first steps of a piece of work, and tells the CPU time of each."""
    small, large = {"objects": objects, "frame": frame}[work](rows, folder)
    for step in small:
        step()
    seconds = []
    for step in large[:steps]:
        start = time.process_time()
        step()
        seconds.append(time.process_time() - start)
    return seconds


def objects(rows: int, folder: str) -> Sequence[Sequence[Callable[[], object]]]:
    import logs

    import procure

    def steps(count: int) -> Sequence[Callable[[], object]]:
        given, by = [], policy()
        return lambda: given.extend(logs.purchases(count)), lambda: procure.check(given, by)

    return steps(WARM), steps(rows)


def frame(rows: int, folder: str) -> Sequence[Sequence[Callable[[], object]]]:
    import polars as pl

    import procure

    def steps(name: str) -> Sequence[Callable[[], object]]:
        given, by = pl.read_parquet(Path(folder, name)), policy()
        return (lambda: procure.check_frame(given, by),)

    return steps("small.parquet"), steps("large.parquet")


def policy() -> Any:
    import procure

    return procure.policies.furong_2020(limits={"goods": 300_000, "services": 300_000, "works": 600_000})


# -- what it took ------------------------------------------------------------------------------------------------------


def run(checkout: Path, *args: object, under: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """This script with the modules of a checkout: the package, and its own `logs`."""
    path = os.pathsep.join(map(str, (checkout, checkout / "tests" / "benchmarks")))
    fixed = {"PYTHONPATH": path, "PYTHONHASHSEED": "0", "POLARS_MAX_THREADS": "1"}
    command = [*under, sys.executable, "-P", str(HERE), "--do", *map(str, args)]
    return subprocess.run(command, env={**os.environ, **fixed}, capture_output=True, text=True, check=True)


def counted(checkout: Path, work: str, rows: int, folder: str) -> Taken:
    """The instructions of each step."""
    valgrind = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
    counts = []
    for steps in range(len(WORK[work]) + 1):
        said = run(checkout, work, steps, rows, folder, under=valgrind).stderr
        (found,) = re.findall(r"I +refs: +([\d,]+)", said)
        counts.append(int(found.replace(",", "")))
    return {step: after - before for step, before, after in zip(WORK[work], counts, counts[1:], strict=False)}


def timed(checkout: Path, work: str, rows: int, folder: str) -> Taken:
    """The CPU seconds of each step."""
    seconds = json.loads(run(checkout, work, len(WORK[work]), rows, folder).stdout)
    return dict(zip(WORK[work], seconds, strict=True))


def compared(base: Taken, this: Taken, unit: str, scale: float) -> Iterator[str]:
    yield f"| | base, {unit} | this, {unit} | this ÷ base |"
    yield "|---|---|---|---|"
    for step in base:
        yield f"| {step} | {base[step] / scale:,.2f} | {this[step] / scale:,.2f} | {this[step] / base[step]:.3f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkouts", nargs=2, type=Path, metavar="CHECKOUT", help="the folders: base, then this one")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--only", nargs="+", choices=WORK, default=list(WORK))
    asked = parser.parse_args()
    both = [checkout.resolve() for checkout in asked.checkouts]
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in (("small.parquet", WARM), ("large.parquet", asked.rows)):
            subprocess.run([sys.executable, HERE.parent / "generate.py", Path(folder, name), str(rows)], check=True)
        if shutil.which("valgrind"):
            jobs = [(checkout, work, asked.rows, folder) for work in asked.only for checkout in both]
            with ThreadPoolExecutor(2) as threads:
                found = list(threads.map(lambda job: counted(*job), jobs))
            base, this = ({k: v for each in found[at::2] for k, v in each.items()} for at in (0, 1))
            unit, scale = "G instructions", 1e9
        else:
            base, this = in_turns(both, asked.only, asked.rows, folder)
            unit, scale = "s", 1.0
    whole = "build and check"
    for taken in (base, this):
        if "build" in taken:
            taken[whole] = taken["build"] + taken["check"]
    print(f"{asked.rows:,} rows", "", *compared(base, this, unit, scale), sep="\n")


def in_turns(both: Sequence[Path], works: Sequence[str], rows: int, folder: str) -> tuple[dict[str, float], ...]:
    """The median seconds of each step, by checkout, which take turns so that a busy spell falls on both."""
    rounds: tuple[list[Taken], ...] = ([], [])
    for turn in range(ROUNDS):
        for at in (0, 1)[:: -1 if turn % 2 else 1]:
            each = [timed(both[at], work, rows, folder) for work in works]
            rounds[at].append({step: seconds for taken in each for step, seconds in taken.items()})
    return tuple({step: statistics.median(taken[step] for taken in found) for step in found[0]} for found in rounds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--do"]:
        work, steps, rows, folder = sys.argv[2:]
        print(json.dumps(do(work, int(steps), int(rows), folder)))
    else:
        main()
