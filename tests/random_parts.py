"""What small random policies are made of: columns and their cells, tests, conditions, questions, numbers by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

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
    "announce": {"type": "money", "negative": "never"},
    "inside": {"type": "yes-no", "from": {"list": "catalogue"}},
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
    "category": ("A01", "A02", "A0", "A0100", "paper"),
    "group": ("A0", "A0", "B0", "paper"),
    "method": ("direct", "quotes", "rfq", "tender", "asked", "barter"),
    "kind": ("goods", "works"),
    "office": ("clerk", "head", "board"),
    "urgent": ("yes", "no"),
    "quotes": (0, 1, 2, 3),
    "invited": (0, 2, 3),
    "announce": (100, 600, Decimal("99.99")),
    "inside": ("yes", "no"),
    "panel": (3, 6),
    "experts": (2, 3, 4),
    "approved_on": (dt.date(2020, 2, 24), dt.date(2020, 3, 1), dt.date(2020, 3, 2), dt.date(2021, 3, 1)),
    "posted_on": (dt.date(2020, 2, 24), dt.date(2020, 3, 2), "yes"),
    "ground": ("only one can",),
    "cheap": ("yes", "no"),
}  # fmt: skip

#: What may be asked of a column. `wide`: what the independent oracle does not know, too.
TESTS: Mapping[str, Sequence[Any]] = {
    "quotes": (">= 2", ">= 3", "[2 .. 3)", "present", 0, "odd"),
    "invited": (">= 2", ">= 3", "odd >= 3"),
    "approved_on": ("<= date", "< date", "<= date - 7 days", "present", "<= posted_on"),
    "posted_on": ("<= date - 7 days", "present", "absent", "<= date"),
    "method": ("tender", ["quotes", "tender"], ["direct", "quotes"], "present"),
    "category": ("A01", ["A01", "paper"]),
    "supplier": ("alpha", "present"),
    "group": ("A0", ["A0", "paper"]),
    "announce": (">= 100", "present"),
    "inside": ("yes", "no"),
    "office": (">= head", ">= board", "head", "absent", ["clerk", "board"]),
    "ground": ("present", "absent"),
    "urgent": ("yes", "no"),
    "kind": ("goods", "works"),
    "experts": (">= 2/3 * panel", ">= 3", ">= 50% * panel", "< panel"),
    "cheap": ("yes", "no"),
    "amount": (">= 100", "< 200", "[40 .. 100]", "< 100", "(1/10 * announce .. announce]", ">= catalogue.floor"),
}
WIDE: Mapping[str, Sequence[Any]] = {"approved_on": (dt.date(2020, 3, 1),), "invited": (">= quotes",)}


class Maker:
    """Draws the parts of a policy, and notes the questions and limits that they need."""

    def __init__(self, draw: Draw, questions: int, wide: bool) -> None:
        self.draw = draw
        self.left = questions
        self.wide = wide
        self.questions: Table = {}
        self.limits: Table = {}

    def one(self, *of: Any) -> Any:
        return self.draw(st.sampled_from(of))

    def rarely(self, one_in: int = 4) -> bool:
        return bool(self.draw(st.integers(1, one_in)) == one_in)

    def limit(self) -> str:
        """A number by kind, or by kind and office, or one that changes on a day; works have none now and then.
        A question may choose a number or a bound, and a factor may stand before the limit."""
        if not self.limits:
            by = self.one({}, {}, {"by": "kind"}, {"by": "kind"}, {"by": ["kind", "office"]})
            few = self.rarely(4)

            def number() -> Any:
                return self.maybe_asked(lambda: self.one(200, 300), 6)

            def of_office() -> Any:
                return {word: number() for word in COLUMNS["office"]["order"]}

            def value() -> Any:
                each = of_office if by.get("by") == ["kind", "office"] else number
                goods, works = each(), {} if few else {"works": each()}
                return {"goods": goods, **works} if by else goods

            above = self.maybe_asked(lambda: self.one(100, 150), 8)
            later = [{"value": value(), **by, "above": 100, "from": dt.date(2020, 4, 1)}] if self.rarely(3) else []
            self.limits["cap"] = [{"value": value(), **by, "above": above}, *later]
        return str(self.one("cap", "cap", "cap", "2/3 * cap", "75% * cap", "110% * cap"))

    # -- questions

    def maybe_asked(self, make: Callable[[], Any], one_in: int = 4) -> Any:
        """A value, or one for each reading of a question."""
        if not self.rarely(one_in) or not self.left and not self.questions:
            return make()
        id = self.one(*self.questions) if not self.left or self.questions and self.rarely(2) else self._question()
        return {"ask": id, **{reading: make() for reading in self.questions[id]["readings"]}}

    def _question(self) -> str:
        self.left -= 1
        id = f"q{len(self.questions) + 1}"
        readings = {f"r{n}": f"reading {n}" for n in range(self.one(2, 2, 3))}
        self.questions[id] = {"readings": readings, "recommended": "r0"}
        if self.rarely(6):
            needed = self.one("urgent", "office", "supplier")
            self.questions[id] |= {"needs": needed, "otherwise": self.one(*readings)}
        return id

    def only_if(self) -> Table:
        if not self.questions or not self.rarely(4):
            return {}
        id = self.one(*self.questions)
        return {"only-if": {id: self.one(*self.questions[id]["readings"])}}

    # -- conditions

    def test(self) -> tuple[str, Any]:
        """A column and what is asked of it."""
        name = self.one("quotes", "approved_on", *TESTS)
        some = (*TESTS[name], *(WIDE.get(name, ()) if self.wide else ()))

        def asked() -> Any:
            return f">= {self.limit()}" if name == "amount" and self.rarely(4) else self.one(*some)

        return name, self.maybe_asked(asked, 8)

    def line(self) -> Table:
        found = dict(self.test() for _ in range(self.one(1, 1, 2)))
        return {**found, **self.only_if()}

    def condition(self) -> Any:
        return self.line() if self.rarely(2) else [self.line() for _ in range(self.one(1, 2))]

    # -- totals and duties

    def total(self) -> Table:
        named = ["unit", "unit", "supplier", "supplier", "category", "category", "group", "group", "kind", "method"]
        keys = st.lists(st.sampled_from(named), max_size=2, unique=True)
        counts = ({}, {}, {}, {"method": ["direct", "quotes"]}, {"urgent": "no"}, {"cheap": "yes"})
        return {
            "sum": self.one("amount", "amount", "amount", "rows", "rows", "announce"),
            "by": self.maybe_asked(lambda: list(self.draw(keys)), 6),
            "counts": self.maybe_asked(lambda: self.one(*counts), 6),
            "window": self.maybe_asked(lambda: self.one(*WINDOWS), 5),
            "itself": self.maybe_asked(lambda: self.one(True, True, False), 6),
        }

    def duty(self, stands: bool) -> Table:
        """A duty that stands in a band, or is due whatever the amount."""
        found: Table = {"met-by": [] if self.rarely(8) else [self.line() for _ in range(self.one(1, 2))]}
        if not stands:
            found["when"] = {} if self.rarely(3) else self.condition()
        found |= self.only_if()
        if self.rarely(5):
            found["unless"] = self.line()
        return found
