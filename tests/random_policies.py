"""Small random policies as a file has them, and small random logs: few numbers, few days and few names, so that rows
meet at the edges and share totals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st
from random_parts import CELLS, COLUMNS, CUTS, MAY_BE_NONE, READY, Maker, Table


class Case(NamedTuple):
    policy: Table
    rows: list[Table]
    #: What an office has settled on: of a few questions the reading.
    adopted: Mapping[str, str] = {}


class Shape(NamedTuple):
    """The bands of a ladder: how many, which brackets stand where they meet, whether there is a gap after the lowest,
    how the lowest begins, and the number that the highest begins at."""

    bands: int
    brackets: str
    gap: bool
    first: str
    top: Any

    def range(self, n: int, rows: bool) -> str:
        """The range of a band; of a number of rows other cuts than of an amount."""
        opens, closes = self.brackets.split()
        cuts: Sequence[Any] = (1, 2, 3) if rows else (*CUTS[: max(self.bands - 2, 0)], self.top)
        low = ("[0" if rows and self.first == "[50" else self.first) if n == 0 else f"{opens}{cuts[n - 1]}"
        if n == self.bands - 1:
            high = ")"
        elif n or not self.gap:
            high = f"{cuts[n]}{closes}"
        else:
            high = f"{cuts[0]})" if rows else "70]"
        if n == 1 and self.gap and opens == "|":
            low = f"[{cuts[0]}"
        return f"{low} .. {high}"


def _shape(make: Maker) -> Shape:
    bands = make.one(1, 2, 2, 3)
    brackets = make.one("[ )", "( ]", "| |") if bands > 1 else "[ )"
    gap = bands > 1 and make.rarely(5)
    first = make.one("[0", "[0", "[50", "(0")
    top = CUTS[bands - 2] if bands == 1 or gap or not make.rarely(4) else make.limit()
    return Shape(bands, brackets, gap, first, top)


def _ladder(make: Maker, number: int, totals: Mapping[str, Table]) -> tuple[Table, list[str]]:
    """A ladder, and the duties of its bands."""
    some = make.draw(st.lists(st.sampled_from(["amount", *totals]), min_size=1, max_size=2, unique=True))
    measures = make.maybe_asked(lambda: list(some) if make.rarely(2) else [make.one(*some)], 5)
    read = [name for name in some if f"'{name}'" in str(measures)]
    shape = _shape(make)
    found: Table = {"measures": measures, "binds": make.one("highest", "highest", "lowest")}
    duties = [f"d{number}{n}" for n in range(shape.bands)]
    found["band"] = [
        {
            "id": f"b{number}{n}",
            "range": {name: shape.range(n, rows=totals.get(name, {}).get("sum") == "rows") for name in read},
            "duties": make.maybe_asked(lambda n=n: list(duties[: n + 1][-make.one(1, 2) :]), 6),
        }
        for n in range(shape.bands)
    ]
    if any("|" in str(band["range"]) for band in found["band"]):
        found["edge"] = make.maybe_asked(lambda: make.one("upper", "lower"), 2)
        if "rows" not in [totals[name]["sum"] for name in read if name in totals] and make.rarely(3):
            # By the number, or the limit, that stands at a `|`.
            end_at = r"((?:[0-9/]+%? \* )?cap|[0-9.]+)"
            ends = dict.fromkeys(re.findall(rf"\|{end_at}|{end_at}\|", str(found["band"])))
            found["edge"] = {
                end: make.maybe_asked(lambda: make.one("upper", "lower"), 2)
                for end in dict.fromkeys(map("".join, ends))
            }
    if shape.gap:
        found["gaps"] = make.maybe_asked(lambda: make.one("none", "up", "down"), 2)
    for key in ("when", "unless"):
        if make.rarely(6):
            found[key] = make.condition()
    return found, [duty for duty in duties if duty in str(found["band"])]


@st.composite
def policies(draw: st.DrawFn, questions: int = 2, ladders: tuple[int, ...] = (0, 1, 1, 2), wide: bool = True) -> Table:
    """A policy; `wide`: with what the independent oracle does not know, too."""
    make = Maker(draw, questions, wide)
    totals = {f"t{n + 1}": make.total() for n in range(make.one(0, 1, 1, 2))}
    steps: Table = {}
    duties: list[str] = []
    for n in range(make.one(*ladders)):
        steps[f"l{n}"], more = _ladder(make, n, totals)
        duties += more
    found: Table = {id: make.duty(stands=True) for id in duties}
    for n in range(make.one(0, 1) if steps else make.one(1, 2)):
        found[f"w{n}"] = make.duty(stands=False)
    if len(steps) == 2 and make.rarely(4):
        found[duties[0]]["met-by"] = [*found[duties[0]]["met-by"], {"l1": "b10"}]
    read = {name: total for name, total in totals.items() if f"'{name}'" in str(steps)}
    return _whole(make, {"total": read, "ladder": steps, "duty": found})


def _whole(make: Maker, policy: Table) -> Table:
    """The policy with the questions asked, and the columns and limits read."""
    policy["limit"] = make.limits if "cap" in str(policy) else {}
    said = str(policy)
    policy["question"] = {id: each for id, each in make.questions.items() if f"'{id}'" in said}
    policy["list"] = {"catalogue": _catalogue(make)} if "catalogue" in said or "inside" in said else {}
    more = "method category" if "cheap" in said or "group" in said else "category" if policy["list"] else ""
    said = f"{policy} {more}"
    if "kind" in said and make.rarely(4):
        # A kind that the code tells, too.
        said += " category"
    policy["columns"] = {name: _column(make, name, said) for name in COLUMNS if name in said}
    if make.rarely(4):
        policy["year"] = "07-01"
    if make.rarely(4):
        policy["in-force"] = {"from": dt.date(2020, 1, 1), "until": dt.date(2020, 12, 31)}
    return policy


def _catalogue(make: Maker) -> Table:
    """A list that the policy has itself, or one that nobody gave."""
    if make.rarely(5):
        return {"of": "category", "given": True, "carries": {"floor": {"type": "money"}}}
    entries = ({"code": "A01", "floor": 100}, {"code": "A0"}, {"code": "A0200", "floor": 60}, {"name": "paper"},
               {"name": "paper", "floor": 100})  # fmt: skip
    some = make.draw(st.lists(st.sampled_from(entries), min_size=1, max_size=3, unique_by=_entry))
    return {"of": "category", "rows": some, "carries": {"floor": {"type": "money", **make.one({}, {"blank": 0})}}}


def _entry(entry: Table) -> str:
    return str(entry.get("code", entry.get("name")))


def _column(make: Maker, name: str, said: str) -> Table:
    found = {key: value for key, value in COLUMNS[name].items() if not (key == "type" and name in READY)}
    if name in MAY_BE_NONE and make.rarely(3):
        found["blank"] = "none"
    if name in ("unit", "supplier") and make.rarely(4):
        found["absent"] = "one"
    if name == "method" and make.rarely(3):
        found["other"] = True
    if name == "category" and make.rarely(2):
        found["code"] = {**found["code"], "open": "00"}
    if name == "kind" and said.endswith(" category"):
        found["from"] = {"column": "category", "prefix": {"A": "goods", "B": "works"}}
    if name == "invited" and "quotes" not in said:
        del found["at-least"]
    return found


@st.composite
def logs(draw: st.DrawFn, policy: Table, most: int = 5, blanks: int = 8, wide: bool = True) -> list[Table]:
    """Some rows; one cell in `blanks` is blank, and now and then the log lacks a column."""
    names = ["date", "amount", *policy["columns"]]
    absent = draw(st.sets(st.sampled_from(names), max_size=2)) if blanks and draw(st.integers(0, 2)) == 2 else set()
    if absent >= {"amount"}:
        absent = absent - {"amount"}
    # What follows from other columns stands in a log now and then, and need not agree with them.
    follows = {name for name in names if "from" in policy["columns"].get(name, {}) and draw(st.integers(0, 2)) < 2}
    there = [name for name in names if name not in absent | follows]

    def cell(name: str) -> st.SearchStrategy[Any]:
        # A line of nothing is to the engine like a refund of a purchase of any size.
        known = [each for each in CELLS[name] if each != "barter" or policy["columns"][name].get("other")]
        some = st.sampled_from([each for each in known if wide or name != "amount" or each])
        return st.integers(1, blanks).flatmap(lambda n: st.just("") if n == blanks else some) if blanks else some

    rows = draw(st.lists(st.fixed_dictionaries({name: cell(name) for name in there}), min_size=1, max_size=most))
    for name in there:
        # To the engine a log that has the column and names nobody is of one, as one without the column is.
        if not wide and policy["columns"].get(name, {}).get("absent") == "one" and not any(row[name] for row in rows):
            rows[0][name] = CELLS[name][0]
    return list(rows)


@st.composite
def cases(draw: st.DrawFn, *, most: int = 5, blanks: int = 8, wide: bool = True, **options: Any) -> Case:
    policy = draw(policies(wide=wide, **options))
    rows = draw(logs(policy, most, blanks, wide))
    answers = {id: st.sampled_from([*question["readings"]]) for id, question in policy["question"].items()}
    settled = draw(st.sets(st.sampled_from([*answers]))) if answers and draw(st.integers(0, 3)) == 3 else ()
    return Case(policy, rows, {id: draw(answers[id]) for id in sorted(settled)})
