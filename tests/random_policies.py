"""Small random policies as a file has them, and small random logs: few numbers, few days and few names, so that rows
meet at the edges and share totals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st

Table = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]
COLUMNS: Mapping[str, Table] = {
    "unit": {"type": "name"},
    "supplier": {"type": "name"},
    "category": {"type": "name", "code": {"pattern": "[A-C][0-9]+"}},
    "group": {"type": "name", "from": {"column": "category", "head": 2}},
    "method": {"type": "word", "words": {"direct": [], "quotes": ["rfq"], "tender": []},
               "several": {"asked": ["quotes", "tender"]}},
    "kind": {"type": "word", "words": {"goods": [], "works": []}},
    "office": {"type": "word", "order": ["clerk", "head", "board"]},
    "urgent": {"type": "yes-no"},
    "quotes": {"type": "count"},
    "invited": {"type": "count", "at-least": "quotes"},
    "panel": {"type": "count"},
    "experts": {"type": "count"},
    "approved_on": {"type": "date"},
    "posted_on": {"type": "date", "yes": True},
    "ground": {"type": "text"},
    "cheap": {"type": "yes-no", "from": {"holds": {"amount": "< 100", "method": "direct"}}},
}  # fmt: skip
#: Ready columns, whose type is not said again.
READY = ("unit", "supplier", "category", "method", "kind", "quotes", "invited", "approved_on", "ground")
#: Those that may say "none on record" by a blank cell.
MAY_BE_NONE = ("office", "urgent", "approved_on", "posted_on", "ground", "supplier", "quotes")
CUTS = (100, 200, 300)
COUNTS = (2, 3)
WINDOWS = ("year", "year so far", "12 months back", "1 months back", "30 days back", "always so far", "always")
CELLS: Mapping[str, Sequence[Any]] = {
    "amount": (60, 100, Decimal("99.99"), Decimal("100.01"), 140, 200, 40, -40, 0),
    "date": tuple(
        dt.date.fromisoformat(day)
        for day in ("2020-01-31", "2020-03-02", "2020-04-01", "2020-07-01", "2021-01-31", "2021-03-02", "2019-12-31")
    ),
    "unit": ("north", "south"),
    "supplier": ("alpha", "beta"),
    "category": ("A01", "A02", "A0", "paper"),
    "method": ("direct", "quotes", "rfq", "tender", "asked"),
    "kind": ("goods", "works"),
    "office": ("clerk", "head", "board"),
    "urgent": ("yes", "no"),
    "quotes": (0, 1, 2, 3),
    "invited": (0, 2, 3),
    "panel": (3, 6),
    "experts": (2, 3, 4),
    "approved_on": (dt.date(2020, 2, 24), dt.date(2020, 3, 1), dt.date(2020, 3, 2), dt.date(2021, 3, 1)),
    "posted_on": (dt.date(2020, 2, 24), dt.date(2020, 3, 2), "yes"),
    "ground": ("only one can",),
    "cheap": ("yes", "no"),
}  # fmt: skip


class Case(NamedTuple):
    policy: Table
    rows: list[Table]
    #: What an office has settled on: of a few questions the reading.
    adopted: Mapping[str, str] = {}


class Maker:
    """Draws the parts of a policy, and notes the questions and columns that they need."""

    def __init__(self, draw: Draw, questions: int, wide: bool) -> None:
        self.draw = draw
        self.left = questions
        self.wide = wide
        self.questions: Table = {}
        self.columns: dict[str, None] = {}
        self.totals: Table = {}
        self.limits: Table = {}

    def limit(self) -> str:
        """A number by kind, or one that changes on a day; works have none now and then."""
        if not self.limits:
            by = {"by": self.column("kind")} if self.rarely(2) else {}
            few = self.rarely(4)

            def value() -> Any:
                goods, works = self.one(200, 300), {} if few else {"works": self.one(200, 300)}
                return {"goods": goods, **works} if by else goods

            later = [{"value": value(), **by, "above": 100, "from": dt.date(2020, 4, 1)}] if self.rarely(3) else []
            self.limits["cap"] = [{"value": value(), **by, "above": 100}, *later]
        return "cap"

    def one(self, *of: Any) -> Any:
        return self.draw(st.sampled_from(of))

    @property
    def days(self) -> tuple[dt.date, ...]:
        return (dt.date(2020, 3, 1),) if self.wide else ()

    def rarely(self, one_in: int = 4) -> bool:
        return bool(self.draw(st.integers(1, one_in)) == one_in)

    def column(self, name: str) -> str:
        self.columns[name] = None
        return name

    # -- questions

    def maybe_asked(self, make: Callable[[], Any], one_in: int = 4) -> Any:
        """A value, or one for each reading of a question."""
        if not self.rarely(one_in):
            return make()
        if not self.left or self.questions and self.rarely(2):
            if not self.questions:
                return make()
            id = self.one(*self.questions)
        else:
            self.left -= 1
            id = f"q{len(self.questions) + 1}"
            readings = {f"r{n}": f"reading {n}" for n in range(self.one(2, 2, 3))}
            self.questions[id] = {"readings": readings, "recommended": "r0"}
            if self.rarely(6):
                needed = self.column(self.one("urgent", "office", "supplier"))
                self.questions[id] |= {"needs": needed, "otherwise": self.one(*readings)}
        return {"ask": id, **{reading: make() for reading in self.questions[id]["readings"]}}

    def only_if(self) -> Table:
        if not self.questions or not self.rarely(4):
            return {}
        id = self.one(*self.questions)
        return {"only-if": {id: self.one(*self.questions[id]["readings"])}}

    # -- conditions

    def test(self) -> tuple[str, Any]:
        """A column and what is asked of it."""
        name = self.one("quotes", "quotes", "invited", "approved_on", "approved_on", "posted_on", "method", "office",
                        "ground", "urgent", "kind", "experts", "cheap", "amount")  # fmt: skip
        self.column(name)
        tests: Mapping[str, Callable[[], Any]] = {
            "quotes": lambda: self.one(">= 2", ">= 3", "[2 .. 3)", "present", 0),
            "invited": lambda: self.one(">= 2", ">= 3", *([">= quotes"] if self.wide else [])),
            "approved_on": lambda: self.one(
                "<= date", "< date", "<= date - 7 days", "present", "<= posted_on", *self.days
            ),
            "posted_on": lambda: self.one("<= date - 7 days", "present", "absent", "<= date"),
            "method": lambda: self.one("tender", ["quotes", "tender"], ["direct", "quotes"]),
            "office": lambda: self.one(">= head", ">= board", "head", "absent", ["clerk", "board"]),
            "ground": lambda: self.one("present", "absent"),
            "urgent": lambda: self.one("yes", "no"),
            "kind": lambda: self.one("goods", "works"),
            "experts": lambda: self.one(">= 2/3 * panel", ">= 3", ">= 50% * panel", "< panel"),
            "cheap": lambda: self.one("yes", "no"),
            "amount": lambda: (
                f">= {self.limit()}" if self.rarely(4) else self.one(">= 100", "< 200", "[40 .. 100]")
            ),
        }  # fmt: skip
        value = self.maybe_asked(tests[name], 8)
        if "panel" in str(value):
            self.column("panel")
        if "quotes" in str(value):
            self.column("quotes")
        if "posted_on" in str(value):
            self.column("posted_on")
        if name == "cheap":
            self.column("method")
        return name, value

    def line(self) -> Table:
        found = dict(self.test() for _ in range(self.one(1, 1, 2)))
        return {**found, **self.only_if()}

    def condition(self) -> Any:
        return self.line() if self.rarely(2) else [self.line() for _ in range(self.one(1, 2))]

    # -- totals and ladders

    def total(self) -> Table:
        keys = ("unit", "supplier", "category", "group")

        def by() -> list[str]:
            found = self.draw(st.lists(st.sampled_from(keys), max_size=2, unique=True))
            for name in found:
                self.column(name)
            if "group" in found:
                self.column("category")
            return list(found)

        def counts() -> Any:
            return self.one(*[{}] * 4, {"method": ["direct", "quotes"]}, {"urgent": "no"}, {"cheap": "yes"})

        found = {
            "sum": self.one("amount", "amount", "rows"),
            "by": self.maybe_asked(by, 6),
            "counts": self.maybe_asked(counts, 6),
            "window": self.maybe_asked(lambda: self.one(*WINDOWS), 5),
            "itself": self.maybe_asked(lambda: self.one(True, True, False), 6),
        }
        for name in ("method", "urgent"):
            if name in str(found["counts"]) or name == "method" and "cheap" in str(found["counts"]):
                self.column(name)
        if "cheap" in str(found["counts"]):
            self.column("cheap")
        return found

    def ladder(self, number: int) -> tuple[Table, list[str]]:
        """A ladder, and the duties of its bands."""
        names = [f"t{n}" for n in range(1, len(self.totals) + 1)]
        some = self.draw(st.lists(st.sampled_from(["amount", *names]), min_size=1, max_size=2, unique=True))
        measures = self.maybe_asked(lambda: list(some) if self.rarely(2) else [self.one(*some)], 5)
        read = {*some} if isinstance(measures, list) else set(some)
        read = {name for name in read if name in str(measures)}
        bands = self.one(1, 2, 2, 3)
        ends = self.one("[ )", "( ]", "| |") if bands > 1 else "[ )"
        gap = bands > 1 and self.rarely(5)
        first = self.one("[0", "[0", "[50", "(0")
        top = CUTS[bands - 2] if bands == 1 or gap or not self.rarely(4) else self.limit()
        ranges = [self._ranges(sorted(read), n, bands, ends.split(), gap, first, top) for n in range(bands)]
        found: Table = {"measures": measures, "binds": self.one("highest", "highest", "lowest")}
        if "|" in str(ranges):
            found["edge"] = self.maybe_asked(lambda: self.one("upper", "lower"), 2)
        if gap:
            found["gaps"] = self.maybe_asked(lambda: self.one("none", "up", "down"), 2)
        for key in ("when", "unless"):
            if self.rarely(6):
                found[key] = self.condition()
        duties = [f"d{number}{n}" for n in range(bands)]
        given = [self.maybe_asked(lambda n=n: list(duties[: n + 1][-self.one(1, 2) :]), 6) for n in range(bands)]
        found["band"] = [{"id": f"b{number}{n}", "range": ranges[n], "duties": given[n]} for n in range(bands)]
        return found, [duty for duty in duties if duty in str(given)]

    def _ranges(
        self, read: Sequence[str], n: int, bands: int, ends: Sequence[str], gap: bool, first: str, top: Any
    ) -> Any:
        opens, closes = ends
        of = {}
        for name in read:
            rows = name != "amount" and self.totals[name]["sum"] == "rows"
            cuts: Sequence[Any] = (1, 2, 3) if rows else (*CUTS[: max(bands - 2, 0)], top)
            if rows and first == "[50":
                first = "[0"
            low = first if n == 0 else f"{opens}{cuts[n - 1]}"
            above = gap and n == 0
            high = "" if n == bands - 1 else "70" if above and not rows else str(cuts[n])
            last = ")" if not high or above and rows else "]" if above and closes == "|" else closes
            if n == 1 and gap and opens == "|":
                low = f"[{cuts[0]}"
            of[name] = f"{low} .. {high}{last}"
        return of

    # -- duties

    def duty(self, stands: bool) -> Table:
        found: Table = {"met-by": [] if self.rarely(8) else [self.line() for _ in range(self.one(1, 2))]}
        if not stands:
            found["when"] = {} if self.rarely(3) else self.condition()
        found |= self.only_if()
        if self.rarely(5):
            found["unless"] = self.line()
        return found


@st.composite
def policies(draw: st.DrawFn, questions: int = 2, ladders: tuple[int, ...] = (0, 1, 1, 2), wide: bool = True) -> Table:
    """A policy; `wide`: with what the independent oracle does not know, too."""
    make = Maker(draw, questions, wide)
    make.totals = {}
    for n in range(make.one(0, 1, 1, 2)):
        make.totals[f"t{n + 1}"] = make.total()
    steps: Table = {}
    duties: list[str] = []
    for n in range(make.one(*ladders)):
        steps[f"l{n}"], more = make.ladder(n)
        duties += more
    found: Table = {id: make.duty(stands=True) for id in duties}
    for n in range(make.one(0, 1) if steps else make.one(1, 2)):
        found[f"w{n}"] = make.duty(stands=False)
    if len(steps) == 2 and make.rarely(4):
        found[duties[0]]["met-by"] = [*found[duties[0]]["met-by"], {"l1": "b10"}]
    return _whole(make, steps, found)


def _whole(make: Maker, ladders: Table, duties: Table) -> Table:
    """The policy, with the totals that a ladder reads, the columns that something reads, and the questions asked."""
    totals = {name: total for name, total in make.totals.items() if f"'{name}'" in str(ladders)}
    said = str((totals, ladders, duties))
    columns: Table = {}
    for name in make.columns:
        if name == "amount":
            continue
        of = {key: value for key, value in COLUMNS[name].items() if not (key == "type" and name in READY)}
        if name in MAY_BE_NONE and make.rarely(3):
            of["blank"] = "none"
        if name in ("unit", "supplier") and make.rarely(4):
            of["absent"] = "one"
        if name == "invited" and "quotes" not in make.columns:
            del of["at-least"]
        columns[name] = of
    policy: Table = {
        "columns": columns,
        "question": {id: each for id, each in make.questions.items() if f"'{id}'" in said},
        "limit": make.limits if "cap" in said else {},
        "total": totals,
        "ladder": ladders,
        "duty": duties,
    }
    if make.rarely(4):
        policy["year"] = "07-01"
    if make.rarely(4):
        policy["in-force"] = {"from": dt.date(2020, 1, 1), "until": dt.date(2020, 12, 31)}
    return policy


@st.composite
def logs(draw: st.DrawFn, policy: Table, most: int = 5, blanks: int = 8, wide: bool = True) -> list[Table]:
    """Some rows; one cell in `blanks` is blank, and now and then the log lacks a column."""
    names = [
        "date",
        "amount",
        *(name for name, each in policy["columns"].items() if "column" not in each.get("from", {})),
    ]
    absent = draw(st.sets(st.sampled_from(names), max_size=2)) if blanks and draw(st.integers(0, 2)) == 2 else set()
    if absent >= {"amount"}:
        absent = absent - {"amount"}
    there = [name for name in names if name not in absent and (name != "cheap" or wide and draw(st.booleans()))]

    def cell(name: str) -> st.SearchStrategy[Any]:
        # A line of nothing is to the engine like a refund of a purchase of any size.
        some = st.sampled_from([each for each in CELLS[name] if wide or name != "amount" or each])
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
