"""What advice for one draft costs against a long history.

    python tests/benchmarks/advice.py [ROWS]

Prints seconds of CPU time: of loading the history, then of each draft, the first time and the median of some more.
Beside them, in the same run, the yardstick of check_speed.py, by which runs on busy machines can be told apart.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

from arguments import given
from check_speed import yardstick
from logs import purchases

import procure
from procure import Adviser, Log

WHOLE = {"unit": "单位00000", "category": "印刷服务", "amount": 3000, "date": "2020-09-01", "in_catalogue": "no"}
#: Drafts by what they say: the less, the more accounts they may be of.
DRAFTS: Mapping[str, Mapping[str, Any]] = {
    "all that places it": WHOLE,
    "a department, which the history does not": {**WHOLE, "department": "办公室"},
    "no category": {name: cell for name, cell in WHOLE.items() if name != "category"},
    "an amount and a day": {"amount": 3000, "date": "2020-09-01"},
    "an amount alone": {"amount": 3000},
    "nothing": {},
}


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    found = what()
    return time.process_time() - start, found


def main(rows: int) -> None:
    policy = procure.policies.furong_2020(limits=300_000)
    history = Log.of(purchases(rows))
    seconds, adviser = timed(lambda: Adviser(policy, history))
    print(f"{rows:,} rows loaded: {seconds:.2f} s; yardstick {yardstick():.2f} s")
    for name, draft in DRAFTS.items():
        first, *again = (timed(lambda draft=draft: adviser(dict(draft)))[0] for _ in range(6))
        print(f"{name}: {first:.2f} s, then {statistics.median(again):.2f} s")


if __name__ == "__main__":
    main(*map(int, given(__doc__) or [100_000]))
