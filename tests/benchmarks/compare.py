"""Every peer on the same log in the same run: time, memory, and whether they say the same.

    python tests/benchmarks/compare.py --rows 1000000 --repeat 3
    python tests/benchmarks/compare.py --rows 1000000 --missing 0.02 --only core on-polars on-duckdb
    python tests/benchmarks/compare.py --curve

Each measurement is a process of its own; the peers take turns, in an order that is reversed each round. Prints medians
as a markdown table. Where peers that judge the same do not agree, says so and ends with status 1. Logs are made in a
temporary directory (some 150 MB for ten million rows) and deleted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
#: What ratios are told against.
AGAINST = ("pandas", "polars", "polars-totals")
#: Rows above which the Python loop would need more memory and patience than most have.
CORE_ROWS = 1_000_000
CURVE = [10_000, 100_000, 1_000_000, 10_000_000]
CURVE_PEERS = ["pandas", "polars", "polars-totals", "on-polars-lazy", "on-polars"]

#: Of each peer, what each round measured.
Rounds = Mapping[str, Sequence[Mapping[str, Any]]]


def _script(name: str, *args: object) -> str:
    """What a script of this folder prints last. It runs in a process of its own: this one stays small, for a child's
    peak memory is never told below that of its parent."""
    command = [sys.executable, str(HERE / name), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().rpartition("\n")[2]


def _measured(name: str, *logs: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(_script("measure.py", name, *logs)))
    except subprocess.CalledProcessError as error:
        why = (error.stderr.strip() or f"ended with {error.returncode}").splitlines()[-1]
        return {"absent": f"failed: {why}", "failed": True}


def _peers() -> dict[str, tuple[str, str]]:
    """The title of every peer, and what it answers."""
    return {name: (title, answers) for name, title, answers in json.loads(_script("measure.py"))}


def rounds(rows: int, missing: float, peers: Sequence[str], repeat: int, seed: int) -> Rounds:
    """Measures the peers in turns on one log."""
    found: dict[str, list[Mapping[str, Any]]] = {name: [] for name in peers}
    with tempfile.TemporaryDirectory() as folder:
        log, small = Path(folder, "log.parquet"), Path(folder, "small.parquet")
        for path, count in ((log, rows), (small, 2000)):
            _script("generate.py", path, count, missing, seed)
        for turn in range(repeat):
            for name in peers[:: -1 if turn % 2 else 1]:
                if not any("absent" in each for each in found[name]):
                    print(f"{rows:,} rows, round {turn + 1}: {name}", file=sys.stderr)
                    too_many = name == "core" and rows > CORE_ROWS
                    absent = {"absent": f"not run above {CORE_ROWS:,} rows"}
                    found[name].append(absent if too_many else _measured(name, log, small))
    return found


def medians(found: Rounds, of: str) -> dict[str, float]:
    """The median over the rounds of each peer that ran."""
    return {
        name: statistics.median(each[of] for each in measured)
        for name, measured in found.items()
        if "absent" not in measured[-1]
    }


def answers(found: Rounds) -> dict[str, dict[int, set[str]]]:
    """For each thing that was counted, each number that was found, with who found it."""
    said: dict[str, dict[int, set[str]]] = {}
    for name, measured in found.items():
        for each in measured:
            for key, number in each.get("answer", {}).items():
                said.setdefault(key, {}).setdefault(number, set()).add(name)
    return said


def agreement(said: Mapping[str, Mapping[int, Iterable[str]]]) -> Iterator[str]:
    """A line for each thing that was counted."""
    for key, numbers in said.items():
        told = [f"{number:,} ({', '.join(sorted(names))})" for number, names in numbers.items()]
        yield f"- {key}: {'' if len(told) == 1 else 'they do NOT agree: '}{'; '.join(told)}"


def table(rows: int, found: Rounds, peers: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    seconds, mb, judging = (medians(found, of) for of in ("seconds", "mb", "judging"))
    base = [name for name in AGAINST if name in seconds]
    headers = ["", "answers", f"{rows:,} rows, s", *(f"× {name}" for name in base), "MB", "judging"]
    yield f"| {' | '.join(headers)} |"
    yield f"|{'---|' * len(headers)}"
    for name, measured in found.items():
        cells = list(peers[name])
        if name in seconds:
            cells += [f"{seconds[name]:.2f}", *(f"{seconds[name] / seconds[other]:.2f}" for other in base)]
            cells += [f"{mb[name]:.0f}", f"{judging[name]:.1%}" if name.startswith("on-") else ""]
        else:
            cells += [str(measured[-1]["absent"])] + [""] * (len(base) + 2)
        yield f"| {' | '.join(cells)} |"


def curve(by_rows: Mapping[int, Rounds], peers: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Microseconds a row at each size, and how the largest compares with the one before."""
    sizes = list(by_rows)
    costs = {rows: medians(found, "seconds") for rows, found in by_rows.items()}
    yield f"| µs a row | answers | {' | '.join(f'{rows:,}' for rows in sizes)} | last ÷ one before |"
    yield f"|{'---|' * (len(sizes) + 3)}"
    for name in by_rows[sizes[0]]:
        each = [costs[rows][name] / rows * 1e6 if name in costs[rows] else None for rows in sizes]
        cells = ["absent" if cost is None else f"{cost:.2f}" for cost in each]
        rise = f"{each[-1] / each[-2]:.2f}" if len(each) > 1 and each[-1] and each[-2] else ""
        yield f"| {' | '.join([*peers[name], *cells, rise])} |"


def main(args: Sequence[str] | None = None) -> int:
    peers = _peers()
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--missing", type=float, default=0.0, help="share of amounts, methods, categories left blank")
    parser.add_argument("--only", nargs="+", choices=peers, metavar="PEER", help=f"of: {', '.join(peers)}")
    parser.add_argument("--curve", action="store_true", help=f"cost a row at {', '.join(map(str, CURVE))} rows")
    parser.add_argument("--seed", type=int, default=2020)
    asked = parser.parse_args(args)
    # By hand nobody has written what a blank may stand for.
    able = [name for name in peers if not asked.missing or peers[name][1] == "all interpretations"]
    chosen = asked.only or (CURVE_PEERS if asked.curve else able)
    by_rows: dict[int, Rounds] = {}
    good = True
    for rows in CURVE if asked.curve else asked.rows:
        found = by_rows[rows] = rounds(rows, asked.missing, chosen, asked.repeat, asked.seed)
        said = answers(found)
        print(*table(rows, found, peers), "", *agreement(said), "", sep="\n", flush=True)
        good &= all(len(numbers) == 1 for numbers in said.values())
        good &= not any(each.get("failed") for measured in found.values() for each in measured)
    if asked.curve:
        print(*curve(by_rows, peers), sep="\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
