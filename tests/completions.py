"""Every completion of a small log: the brute force against which no verdict may be surer.

**What is walked.** A log of a few rows, some of whose data are missing, and for each missing datum a finite set of
values. The log is completed in every way that these values allow, and each completed log is judged row by row, under
every interpretation that is open, by the independent oracle for policy files (`interpreter`), which then meets no
missing datum.

**Why these values suffice.** A completed log enters a verdict by the answers to finitely many questions alone, and of
every combination of answers that any value brings about one value walked here brings about the same:

- *keys* (unit, supplier, category) are compared with each other and with the names that a policy has and, by their
  first letters, grouped; so those names, the values of the log itself and, for each row that lacks the key, one value
  that no other row has; for a category one in each group of the log and one in none;
- *words* (method, kind, urgent) have finitely many values: all of them;
- *a date* is compared with the other days of the log: before, on or after each (its turn on the same day follows from
  the log's order), within a window that ends on it or one that ends on the others, in one budget year or another, in
  one period of a limit or another, and with the days that duties compare it with. Each of these changes on one day; so
  of these days, the day before each and the day after, those of which no two compare alike (`_likeness`). A second
  missing date is compared with the first one as well: its days are chosen once the first has one;
- *an amount* is compared with numbers, and so is every sum that it is in. The order of an amount to a number, or of the
  amount and some other rows' to a cut, changes at the number, or at the cut less what the others add; so for each
  subset of the other amounts these numbers, a minor unit less and one more, and an amount of either sign beyond all of
  them. At most one amount is missing, since two would be compared with each other's differences too.

Limits that nobody gave are unknown to the oracle itself, which tries every number.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import interpreter
from random_parts import CELLS, CUTS, Table
from random_policies import Case

#: The columns whose data may be missing here.
MAY_LACK = ("amount", "date", "unit", "supplier", "category", "method", "kind", "urgent")
WORDS: Mapping[str, Sequence[str]] = {
    "method": ("direct", "quotes", "tender"),
    "kind": ("goods", "works"),
    "urgent": ("yes", "no"),
}
FEN = Decimal("0.01")
FAR = Decimal(1_000_000)
#: The days on which a limit of a random policy, a budget year and the period in force may change: from the year of the
#: first day of a random log to the end of that of the last.
TURNS = tuple(dt.date(year, month, 1) for year in range(2019, 2023) for month in (1, 4, 7))
BACK = (1, 12)


class Exact(NamedTuple):
    """What is known of a row over every completion."""

    verdict: str
    settled: bool


def lacking(rows: Sequence[Table]) -> list[tuple[int, str]]:
    """The data that are missing: row and column. The amount comes last, since the others decide what it is added
    to."""
    found = [(n, name) for n, row in enumerate(rows) for name, cell in row.items() if cell == ""]
    return sorted(found, key=lambda each: each[1] == "amount")


def completions(policy: Table, rows: Sequence[Table]) -> Iterator[list[Table]]:
    """The log, completed in every way that differs to a policy of `random_policies`."""
    yield from _completed(policy, [dict(row) for row in rows], lacking(rows))


def _completed(policy: Table, rows: list[Table], left: list[tuple[int, str]]) -> Iterator[list[Table]]:
    if not left:
        yield rows
        return
    (n, name), *rest = left
    for value in values(policy, rows, n, name):
        yield from _completed(policy, [{**row, name: value} if at == n else row for at, row in enumerate(rows)], rest)


def values(policy: Table, rows: Sequence[Table], n: int, name: str) -> list[Any]:
    """The values to try for one datum; what is missing besides is blank in the other rows."""
    if name == "amount":
        return _amounts(policy, rows, n)
    if name == "date":
        return _days(policy, rows, n)
    if name in WORDS:
        return list(WORDS[name])
    known = {row[name] for row in rows if row[name] != ""}
    known |= {each for each in CELLS[name] if f"{each!r}" in str(policy)}
    fresh = {f"new{n}"}
    if name == "category":
        fresh |= {f"{cell[:2]}9{n}" for cell in known if cell[0] in "ABC" and cell[1:].isdigit()}
    return sorted(known | fresh)


def _days(policy: Table, rows: Sequence[Table], n: int) -> list[dt.date]:
    known = {row["date"] for row in rows if row["date"] != ""}
    marks = {*known, *TURNS}
    for day in known:
        for months in BACK:
            marks |= {interpreter.months_before(day, months), day + dt.timedelta(31 * months - months // 2 * 1)}
            marks |= {day + dt.timedelta(apart) for apart in range(27 * months, 32 * months, 1 if months == 1 else 366)}
        marks |= {day + dt.timedelta(apart) for apart in (-30, 30, 365, 366)}
    others = [day for day in map(rows[n].get, ("approved_on", "posted_on")) if isinstance(day, dt.date)]
    marks |= {day + dt.timedelta(apart) for day in others for apart in (0, 7)}
    every = sorted({mark + dt.timedelta(step) for mark in marks for step in (-1, 0, 1)})
    found: dict[Any, dt.date] = {}
    for day in every:
        found.setdefault(_likeness(policy, day, known, others), day)
    return list(found.values())


def _likeness(policy: Table, day: dt.date, known: Iterable[dt.date], others: Iterable[dt.date]) -> Any:
    """All that a policy of `random_policies` may see of a day."""
    said = str(policy)
    turns = [turn for turn in TURNS if turn.isoformat()[5:] in said or str(turn.year) in said or turn.month == 1]
    months = [each for each in BACK if f"{each} months back" in said]
    back = [
        (
            other > interpreter.months_before(day, each),
            day > interpreter.months_before(other, each),
        )
        for other in known
        for each in months
    ]
    if "30 days back" in said:
        back += [(abs((day - other).days) < 30, False) for other in known]
    order = [(day > other) - (day < other) for other in known]
    beside = [(min(max((day - other).days, -1), 1), (day - other).days >= 7) for other in others]
    return tuple(order), tuple(day >= turn for turn in turns), tuple(back), tuple(beside)


def _amounts(policy: Table, rows: Sequence[Table], n: int) -> list[Decimal]:
    others = [Decimal(row["amount"]) for at, row in enumerate(rows) if at != n]
    sums = {sum(some, Decimal()) for size in range(len(others) + 1) for some in itertools.combinations(others, size)}
    said = str(policy)
    cuts = {Decimal(number) for number in (50, 70, *CUTS) if str(number) in said}
    tested = {Decimal(number) for number in (0, 40, 100, 200, 300)}
    marks = {cut - added for cut in cuts for added in sums} | tested | {-number for number in tested}
    every = sorted({mark + step for mark in marks for step in (-FEN, Decimal(), FEN)} | {-FAR, FAR})
    found: dict[Any, Decimal] = {}
    for amount in every:
        sides = [(amount > mark) - (amount < mark) for mark in sorted(marks)]
        found.setdefault(tuple(sides), amount)
    return list(found.values())


def exact(case: Case, most: int) -> list[Exact] | None:
    """What is known of each row over every completion; None where there are more than `most` of them."""
    questions = case.policy["question"]
    open_ = {id: list(each["readings"]) for id, each in questions.items() if id not in case.adopted}
    working = {id: question["recommended"] for id, question in questions.items()} | dict(case.adopted)
    # A question that needs a datum is asked of the log as it is.
    log = interpreter.Log(case.policy, case.rows, {})
    for id in list(open_):
        if not log.there(questions[id]):
            working[id] = questions[id]["otherwise"]
            del open_[id]
    every = [working | dict(zip(open_, answers, strict=True)) for answers in itertools.product(*open_.values())]
    seen: list[set[tuple[bool, str]]] = [set() for _ in case.rows]
    every_day = not {"from", "until"} & case.policy.get("in-force", {}).keys()
    for number, rows in enumerate(completions(case.policy, case.rows)):
        if number * len(every) > most:
            return None
        completed = interpreter.Log(case.policy, rows, {})
        for adopted in every:
            for at, of_row in enumerate(seen):
                if {(True, "violation"), (True, "compliant")} <= of_row:
                    continue  # unknown, whatever else may be
                of_row.add((adopted == working, interpreter.judge_row(completed, at, adopted, every_day).verdict))
    return [_exact(of_row) for of_row in seen]


def _exact(seen: set[tuple[bool, str]]) -> Exact:
    """The verdict under the working interpretation, and whether it is the same under every one."""
    working = {_bad(verdict) for is_working, verdict in seen if is_working}
    every = {_bad(verdict) for _, verdict in seen}
    if {verdict for _, verdict in seen} == {"not_applicable"}:
        return Exact("not_applicable", True)
    if len(working) > 1 or None in working:
        return Exact("unknown", False)
    (bad,) = working
    return Exact("violation" if bad else "compliant", len(every) == 1)


def _bad(verdict: str) -> bool | None:
    """Whether it is a violation; None where a limit that nobody gave decides."""
    return None if verdict == "unknown" else verdict == "violation"
