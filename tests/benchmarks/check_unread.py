"""What 16 more ambiguities that no rule reads cost a check: they should cost nearly nothing.

    python tests/benchmarks/check_unread.py [ROWS] [ROUNDS]

Both policies check the same log in one process, in turns. `first` is the first check of a policy just built, the
building included; `warm` is the same policy checking once more. Prints medians of CPU time, and their ratio.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Iterator

import attrs
from arguments import given
from logs import purchases

import procure
from procure import Policy, Report, Words
from procure.authoring import Ambiguity, Reading

LIMITS = {"goods": 300_000, "services": 300_000, "works": 600_000}
UNREAD = 16


def unread(number: int) -> Ambiguity:
    """A question that no rule reads; every third has three readings."""
    words = Words(f"无规则读取的问题{number}", f"question {number} that no rule reads")
    ids = ("yes", "no", "neither")[: 3 if number % 3 == 0 else 2]
    return Ambiguity(f"unread-{number}", words, tuple(Reading(id, words) for id in ids), "yes", words)


def plain() -> Policy:
    return procure.policies.furong_2020(limits=LIMITS)


def more() -> Policy:
    """The same with the unread ones: they stand among the others, not behind them, so that no order favours them."""
    policy = plain()
    extra = [unread(number + 1) for number in range(UNREAD)]
    mixed = [a for pair in itertools.zip_longest(policy.questions, extra) for a in pair if a is not None]
    return attrs.evolve(policy, questions=tuple(mixed), built=None)


def verdicts(report: Report) -> Iterator[tuple[object, ...]]:
    return ((f.verdict, f.settled, f.flips) for f in report.purchases)


def same(log: procure.Log) -> tuple[int, int]:
    """Asserts that both policies say the same of every purchase; the number of interpretations of each."""
    reports = procure.check(log, plain()), procure.check(log, more())
    for number, (one, other) in enumerate(zip(*map(verdicts, reports), strict=True)):
        assert one == other, f"purchase {number}: {one} and {other}"
    few, many = (len(report.plan.questions.every) for report in reports)
    assert many > few
    return few, many


def main(rows: int = 100_000, rounds: int = 5) -> None:
    log = procure.Log.of(purchases(rows))
    taken: dict[tuple[str, str], list[float]] = {}
    makers = [("plain", plain), ("more", more)]
    for turn in range(rounds):
        # The order is reversed each round: what the second gains or loses by being second cancels out.
        for name, make in makers[:: -1 if turn % 2 else 1]:
            start = time.process_time()
            policy = make()
            procure.check(log, policy)
            middle = time.process_time()
            procure.check(log, policy)
            taken.setdefault((name, "first"), []).append(middle - start)
            taken.setdefault((name, "warm"), []).append(time.process_time() - middle)
    few, many = same(log)
    print(f"{rows:,} purchases, {rounds} rounds; {few:,} interpretations, with {UNREAD} unread ambiguities {many:,}")
    for which in ("first", "warm"):
        before, after = (statistics.median(taken[name, which]) for name, _ in makers)
        print(f"{which}: {before:.2f} s, with them {after:.2f} s: {after / before:.2f} times")
    print("verdict, settled and flips are the same for every purchase")


if __name__ == "__main__":
    main(*map(int, given(__doc__)))
