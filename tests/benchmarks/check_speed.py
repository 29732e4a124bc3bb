"""How many purchases a second `check` judges under all interpretations, in memory, on one core.

    python tests/benchmarks/check_speed.py [ROWS] [ROUNDS]

Prints the median of the rounds, each with a policy of its own so that nothing is remembered from the one before.
Beside it, in the same run, a fixed piece of pure Python, by which runs on different or busy machines can be told apart.
"""

from __future__ import annotations

import statistics
import time

from arguments import given
from logs import purchases

import procure


def yardstick() -> float:
    """Seconds of CPU time for ten million additions."""
    start = time.process_time()
    total = 0
    for n in range(10_000_000):
        total += n
    return time.process_time() - start


def main(rows: int = 200_000, rounds: int = 5) -> None:
    log = procure.Log.of(purchases(rows))
    seconds, yards = [], []
    for _ in range(rounds):
        policy = procure.policies.furong_2020(limits={"goods": 300_000, "services": 300_000, "works": 600_000})
        yards.append(yardstick())
        start = time.process_time()
        report = procure.check(log, policy)
        seconds.append(time.process_time() - start)
        assert len(report) == rows
        count = len(report.plan.open)
        del report  # or the next round would be charged for taking it apart
    median = statistics.median(seconds)
    print(f"{rows:,} purchases, {count:,} interpretations: median {median:.2f} s, {rows / median:,.0f} purchases/s")
    print(f"rounds: {', '.join(f'{s:.2f}' for s in seconds)} s; yardstick {statistics.median(yards):.2f} s")


if __name__ == "__main__":
    main(*map(int, given(__doc__)))
