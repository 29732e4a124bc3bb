"""An independent oracle for policy files: judges a small log by the format's page alone, slowly, point by point.

Written from what docs/policy-format.md says; it shares no code with the package. Choices are made lazily: a question,
or a missing datum, is asked for when it is first needed, and every answer is then walked, depth first.

A row that lacks a key or its date may be in every total that agrees with what it has; its own total is that of each
account that it may be of. An amount that could not be read is of either sign, unless its column has none below zero.

A row that is settled under many open questions takes long (Furong: a minute at times): pin some of them by `adopted`.
"""

import calendar
import math
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Mark(Enum):
    """What a cell may be beside a plain value."""

    NONE = "none on record"
    UNKNOWN = "missing"
    SOME = "there, but not said which"
    OTHER = "another word"


NONE, UNKNOWN, SOME, OTHER = Mark.NONE, Mark.UNKNOWN, Mark.SOME, Mark.OTHER


class Var(NamedTuple):
    """A number that is not known; what is known of it stands in the world's edges."""

    name: str
    whole: bool = False


Table = dict[str, Any]
Number = Fraction | Var
Edge = tuple[Var, Var, Fraction | int, bool]  # (a, b, w, strictly): a - b <= w, or < w
ONE = Fraction(1)
ZERO = Var("0", True)  # the node that stands for the number 0 in the edges

METHODS = "direct quotation inquiry e_mall designated framework negotiation consultation invited_tender"
READY: dict[str, Table] = {
    "amount": {"type": "money"},
    "date": {"type": "date"},
    "approved_on": {"type": "date"},
    "quotes": {"type": "count"},
    "invited": {"type": "count"},
    "kind": {"type": "word", "words": {"goods": [], "works": [], "services": []}},
    "method": {
        "type": "word",
        "words": {word: [] for word in [*METHODS.split(), "open_tender", "single_source"]},
        "several": {"询价": ["quotation", "inquiry"]},
    },
    "in_catalogue": {"type": "yes-no"},
    "status": {"type": "word", "words": {"void": ["cancelled", "withdrawn", "取消", "作废"]}, "other": True},
    "ground": {"type": "text"},
    "description": {"type": "text"},
} | {name: {"type": "name"} for name in ["id", "unit", "department", "category", "supplier", "contract"]}
YES, NO = ["yes", "是", "y", "true"], ["no", "否", "n", "false"]

NUMBER = re.compile(r"-?\d[\d_]*(\.\d+)?")
RANGE = re.compile(r"([\[(|])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])|])")
COMPARISON = re.compile(r"(<=|>=|<|>|=)\s*(.+?)(?:\s*([+-])\s*(\d+)\s*days?)?")
SHARE = re.compile(r"([\d_.]+)(?:\s*/\s*([\d_.]+)|\s*(%))?\s*\*\s*(.+)")
OPERATORS: dict[str, Callable[[int], bool]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">=": lambda sign: sign >= 0,
    ">": lambda sign: sign > 0,
    "=": lambda sign: sign == 0,
}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
NOT = {"<": [">="], "<=": [">"], ">": ["<="], ">=": ["<"], "=": ["<", ">"]}


# -- reading a file ------------------------------------------------------------------------------------------


def load(path: str | Path) -> Table:
    """Read a policy file and what it includes."""
    path = Path(path)
    policy = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for name in policy.get("include", []):
        merge(policy, load(path.parent / name))
    return policy


def merge(into: Table, other: Table) -> None:
    """Add the keys of `other`; tables are merged, arrays are joined."""
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        elif isinstance(value, list) and isinstance(into.get(key), list):
            into[key] = into[key] + value
        else:
            into[key] = value


# -- walking every choice ------------------------------------------------------------------------------------


class Paths:
    """The choices of one walk: those of the path so far, then the first option of each new one."""

    def __init__(self) -> None:
        self.path: list[list[Any]] = []  # [options, which]
        self.depth = 0

    def pick(self, options: list[Any]) -> Any:
        """The next choice; on a path walked before, what was chosen then."""
        if self.depth == len(self.path):
            self.path.append([options, 0])
        chosen, which = self.path[self.depth]
        self.depth += 1
        return chosen[which]

    def forward(self) -> bool:
        """Go to the next path; say whether there is one."""
        self.depth = 0
        while self.path and self.path[-1][1] + 1 == len(self.path[-1][0]):
            self.path.pop()
        if self.path:
            self.path[-1][1] += 1
        return bool(self.path)


def every(run: Callable[[Paths], Any]) -> Iterator[Any]:
    """The result of `run` for every way to choose in it."""
    paths = Paths()
    while True:
        yield run(paths)
        if not paths.forward():
            return


class Interpretation:
    """One reading for each question that is asked; chosen when it is first asked, the working one first."""

    def __init__(self, log: "Log", paths: Paths, fixed: dict[str, str], most: float = math.inf) -> None:
        self.log, self.paths, self.answers = log, paths, dict(fixed)
        self.most = most  # how many readings may differ from the working ones
        self.changes: set[tuple[str, str]] = set()
        self.memo: dict[Any, Any] = {}  # what is the same in all worlds of it

    def ask(self, name: str) -> str:
        if name not in self.answers:
            question = self.log.policy["question"][name]
            best = question["recommended"]
            if not self.log.there(question):
                self.answers[name] = question.get("otherwise", best)
            else:
                others = [reading for reading in question["readings"] if reading != best]
                chosen = self.paths.pick([best, *others] if len(self.changes) < self.most else [best])
                self.answers[name] = chosen
                if chosen != best:
                    self.changes.add((name, chosen))
        return self.answers[name]

    def resolve(self, value: Any) -> Any:
        """The value that the readings choose, where it depends on a question."""
        while isinstance(value, dict) and "ask" in value:
            value = value[self.ask(value["ask"])]
        return value

    def flat(self, value: Any) -> list[Any]:
        """A list whose parts may depend on questions; one value is a list of it."""
        value = self.resolve(value)
        if not isinstance(value, list):
            return [value]
        return [part for item in value for part in self.flat(item)]

    def under(self, only_if: Table) -> bool:
        """Whether the readings of an `only-if` are those chosen."""
        for name, readings in only_if.items():
            if self.ask(name) not in (readings if isinstance(readings, list) else [readings]):
                return False
        return True


# -- numbers -------------------------------------------------------------------------------------------------


@cache
def number_of(text: str) -> Fraction | None:
    return Fraction(text.replace("_", "")) if NUMBER.fullmatch(text) else None


def edge(a: Var, b: Var, by: Fraction, strictly: bool) -> Edge:
    """That `a - b` is at most so much, or less; whole numbers leave nothing between."""
    if a.whole and b.whole:
        by, strictly = Fraction(math.ceil(by) - 1 if strictly else math.floor(by)), False
    return a, b, by.numerator if by.denominator == 1 else by, strictly  # plain integers are faster


def feasible(edges: list[Edge]) -> bool:
    """Whether some numbers satisfy all of these differences: no way round adds up to less than nothing."""
    nodes = list(dict.fromkeys(node for a, b, _, _ in edges for node in (a, b)))
    least: dict[tuple[Var, Var], tuple[Fraction | int, int]] = {(node, node): (0, 0) for node in nodes}
    for a, b, by, strictly in edges:
        least[a, b] = min(least.get((a, b), (by, 0)), (by, -strictly))
    for middle in nodes:
        for a in nodes:
            for b in nodes:
                if (a, middle) in least and (middle, b) in least:
                    (x, p), (y, q) = least[a, middle], least[middle, b]
                    least[a, b] = min(least.get((a, b), (x + y, 0)), (x + y, min(p, q)))
    return all(least[node, node] >= (0, 0) for node in nodes)


def remembered(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of a world that is worked out once in it."""

    def once(world: "World", *names: str) -> Any:
        key = (method.__name__, *names)
        if key not in world.memo:
            world.memo[key] = method(world, *names)
        return world.memo[key]

    return once


def least_and_most(adds: Any, negative: bool) -> tuple[Fraction | None, Fraction | None]:
    """What a row adds to a total; None where there is no least, or no most. `negative`: it may be below zero."""
    if adds is UNKNOWN:
        return None if negative else Fraction(0), None
    return (Fraction(0),) * 2 if adds is NONE else (adds, adds)


def added(numbers: list[Fraction | None]) -> Fraction | None:
    return None if None in numbers else sum((number for number in numbers if number is not None), Fraction(0))


# -- the log -------------------------------------------------------------------------------------------------


class Log:
    """The rows, and what the policy says of their columns and of the limits and lists given."""

    def __init__(self, policy: Table, rows: list[Table], given: Table) -> None:
        self.policy, self.rows, self.given = policy, rows, given
        self.headers = {name for row in rows for name in row}
        declared = policy.get("columns", {})
        self.names = {spec["is"]: name for name, spec in declared.items() if "is" in spec}
        self.amount, self.date = self.role("amount"), self.role("date")
        self.period = policy.get("in-force", {})
        self.specs: dict[str, Table] = {}
        self.cells: dict[tuple[int, str], list[Any]] = {}

    def role(self, ready: str) -> str:
        """The policy's own name of a ready column."""
        return self.names.get(ready, ready)

    def spec(self, name: str) -> Table:
        """All that is declared of a column, ready things included."""
        if name not in self.specs:
            self.specs[name] = self.declared(name)
        return self.specs[name]

    def declared(self, name: str) -> Table:
        declared = self.policy.get("columns", {}).get(name, {})
        spec = READY.get(declared.get("is", name), {}) | declared
        if "words" in declared and "several" not in declared:
            spec.pop("several", None)
        if "order" in spec and "words" not in spec:
            spec["words"] = {word: [] for word in spec["order"]}
        if "type" not in spec:
            spec["type"] = "word" if "words" in spec else "yes-no" if "from" in spec else "name"
        # may a missing cell of it be none on record?
        spec["may be none"] = spec.get("blank") == "none" or tests_presence(self.policy, name)
        return spec

    def fold(self, name: str, text: Any) -> str:
        """A word or name as it is compared: case-folded, and a code without its open levels."""
        text = str(text).strip().casefold()
        if self.is_code(name, text):
            level = self.spec(name)["code"].get("open", "").casefold()
            digits = re.sub(r"\D", "", text)
            if level and len(digits) % len(level) == 0:
                while text.endswith(level) and len(text) > len(level):
                    text = text[: -len(level)]
        return text

    def is_code(self, name: str, text: str) -> bool:
        pattern = self.spec(name).get("code", {}).get("pattern")
        return pattern is not None and re.fullmatch(pattern, text, re.IGNORECASE) is not None

    def cell(self, index: int, name: str) -> list[Any]:
        """What the log's cell says: one value, or several that it may mean."""
        if (index, name) not in self.cells:
            self.cells[index, name] = self.read(index, name)
        return self.cells[index, name]

    def read(self, index: int, name: str) -> list[Any]:
        spec = self.spec(name)
        if name not in self.headers:
            return ["one"] if spec.get("absent") == "one" else [UNKNOWN]
        raw = self.rows[index].get(name, "")
        if isinstance(raw, str) and not raw.strip():
            return [NONE if spec.get("blank") == "none" and name != self.amount else UNKNOWN]
        kind = spec["type"]
        if kind in ("money", "count"):
            return [self.number(raw, kind)]
        if kind == "date":
            return [self.day(raw, spec)]
        if kind in ("name", "text"):
            return [self.fold(name, raw)]
        return self.word(raw, spec)

    def number(self, raw: Any, kind: str) -> Any:
        try:
            number = Fraction(Decimal(raw)) if not isinstance(raw, bool | date) else None
        except InvalidOperation:
            number = None
        if number is None or kind == "count" and (number < 0 or number.denominator != 1):
            return UNKNOWN
        return number

    def day(self, raw: Any, spec: Table) -> Any:
        if isinstance(raw, date):
            return raw
        said = self.word(raw, {"type": "yes-no", "words": spec.get("words", {})})
        if spec.get("yes") and said != [UNKNOWN]:
            return SOME if said == ["yes"] else NONE
        try:
            return date.fromisoformat(str(raw))
        except ValueError:
            return UNKNOWN

    def word(self, raw: Any, spec: Table) -> list[Any]:
        text = "yes" if raw is True else "no" if raw is False else str(raw).strip().casefold()
        words = {word: [word, *more] for word, more in spec.get("words", {}).items()}
        if spec["type"] == "yes-no":
            words["yes"] = words.get("yes", []) + YES
            words["no"] = words.get("no", []) + NO
        for written, meant in spec.get("several", {}).items():
            if text == written.casefold():
                return list(meant)
        for word, ways in words.items():
            if text in [way.casefold() for way in ways]:
                return [word]
        return [OTHER if spec.get("other") else UNKNOWN]

    def options(self, index: int, name: str, chosen: Interpretation) -> list[Any]:
        """What the sources of a column say: the cell and what derives it; all values where they differ."""
        if (index, name) not in chosen.memo:
            chosen.memo[index, name] = self.sources(index, name, chosen)
        return chosen.memo[index, name]

    def sources(self, index: int, name: str, chosen: Interpretation) -> list[Any]:
        cell = self.cell(index, name)
        source = chosen.resolve(self.spec(name).get("from"))
        if source is None or "holds" in source:
            return cell
        base = source["column"] if "column" in source else self.policy["list"][source["list"]]["of"]
        said = [value for value in cell if not isinstance(value, Mark)]
        more = []
        for text in self.options(index, base, chosen):
            more.append(UNKNOWN if isinstance(text, Mark) else self.derived(source, base, text))
        if UNKNOWN not in more:
            said += [value for value in more if value not in said]
        return list(dict.fromkeys(said)) or cell

    def derived(self, source: Table, base: str, text: str) -> Any:
        """What a source says where the column it derives from holds `text`."""
        code = self.is_code(base, text)
        if "head" in source:
            return text[: source["head"]] if code else text
        if "prefix" in source:
            starts = [start for start in source["prefix"] if code and text.startswith(start.casefold())]
            return source["prefix"][max(starts, key=len)] if starts else UNKNOWN
        return self.listed(source["list"], text)

    def entries(self, name: str) -> list[Table] | None:
        """The entries of a list; nothing where nobody gave it."""
        rows = self.given.get(name) if self.policy["list"][name].get("given") else self.policy["list"][name]["rows"]
        return rows

    def matching(self, name: str, text: str) -> list[Table]:
        """The entries of a list that this code or name falls under."""
        base, found = self.policy["list"][name]["of"], []
        for entry in self.entries(name) or []:
            if self.is_code(base, text):
                if "code" in entry and text.startswith(self.fold(base, entry["code"])):
                    found.append(entry)
            elif "name" in entry and self.fold(base, entry["name"]) == text:
                found.append(entry)
        return found

    def listed(self, name: str, text: str) -> Any:
        """Whether a list has a code or name: yes, no, or it does not say."""
        base, entries = self.policy["list"][name]["of"], self.entries(name)
        if entries is None:
            return UNKNOWN
        if self.matching(name, text):
            return "yes"
        codes = [self.fold(base, entry["code"]) for entry in entries if "code" in entry]
        names = [entry["name"] for entry in entries if "name" in entry]
        if self.is_code(base, text):
            coarser = any(code.startswith(text) for code in codes)
            return UNKNOWN if coarser or (names and not codes) else "no"
        return UNKNOWN if codes and not names else "no"

    def fixed(self, index: int, name: str, chosen: Interpretation) -> Any:
        """The value of a column where it is known to be one, else missing."""
        if "holds" in (chosen.resolve(self.spec(name).get("from")) or {}):
            found = set(every(lambda paths: World(self, index, chosen, paths).value(name)))
        else:
            found = set(self.options(index, name, chosen))
        if name == self.date and NONE in found:
            return UNKNOWN
        return found.pop() if len(found) == 1 and not found & {SOME, UNKNOWN} else UNKNOWN

    def stands(self, index: int) -> bool:
        return self.cell(index, self.role("status")) != ["void"]

    def there(self, question: Table) -> bool:
        """Whether the datum that a question needs is in the log or given."""
        needs = question.get("needs")
        if needs is None:
            return True
        if isinstance(needs, dict):
            return any(self.meets(index, needs) for index in range(len(self.rows)))
        if needs.endswith(" repeats"):
            name = needs.removesuffix(" repeats")
            cells = [self.cell(index, name)[0] for index in range(len(self.rows))]
            return any(cells.count(cell) > 1 for cell in cells if not isinstance(cell, Mark))
        if "." in needs:
            name, key = needs.split(".")
            return any(key in entry for entry in self.entries(name) or [])
        if needs in self.policy.get("list", {}):
            return self.entries(needs) is not None
        if needs in self.policy.get("limit", {}):
            return needs in self.given or any("value" in entry for entry in listing(self.policy["limit"][needs]))
        blanks_say = self.spec(needs).get("blank") == "none"
        cells = [self.cell(index, needs) for index in range(len(self.rows))]
        return needs in self.headers and (blanks_say or any(cell != [UNKNOWN] for cell in cells))

    def meets(self, index: int, condition: Any) -> bool:
        """Whether a row surely meets a condition that no question touches."""
        chosen = Interpretation(self, Paths(), {})
        return all(every(lambda paths: World(self, index, chosen, paths).holds(condition)))


def listing(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def tests_presence(value: Any, name: str) -> bool:
    """Whether some condition asks if this column is present or absent."""
    if isinstance(value, list):
        return any(tests_presence(item, name) for item in value)
    if not isinstance(value, dict):
        return False
    return any(
        key not in ("example", "question", "text")
        and (key == name and says_presence(item) or tests_presence(item, name))
        for key, item in value.items()
    )


def says_presence(value: Any) -> bool:
    if isinstance(value, dict):
        return any(says_presence(item) for item in value.values())
    return any(item in ("present", "absent") for item in listing(value) if isinstance(item, str))


def shifted(test: str) -> tuple[str, str, int]:
    """The operator of a comparison, its operand, and the days added to it."""
    found = COMPARISON.fullmatch(test)
    assert found
    operator, operand, sign, days = found.groups()
    return operator, operand, int(days or 0) * (-1 if sign == "-" else 1)


def months_before(day: date, months: int) -> date:
    """That day of an earlier month, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# -- one possibility of one row ------------------------------------------------------------------------------


class World:
    """One completion of a row's missing data under one interpretation, chosen as it is asked for."""

    def __init__(self, log: Log, index: int, chosen: Interpretation, paths: Paths, every_day: bool = True) -> None:
        self.log, self.index, self.chosen, self.pick = log, index, chosen, paths.pick
        self.every_day = every_day
        self.edges: list[Edge] = []
        self.memo: dict[Any, Any] = {}

    # numbers and how they stand to each other

    def at_most(self, low: Number, high: Number, strictly: bool = False) -> None:
        """Note that `low <= high`, or `<`."""
        a, x = (low, Fraction(0)) if isinstance(low, Var) else (ZERO, low)
        b, y = (high, Fraction(0)) if isinstance(high, Var) else (ZERO, high)
        self.edges.append(edge(a, b, y - x, strictly))

    def unknown(self, name: str, low: Number | None, high: Number | None, strictly: bool, whole: bool) -> Var:
        """A number that is not known but for its bounds; `strictly` is of the lower one."""
        var = Var(name, whole)
        if low is not None:
            self.at_most(low, var, strictly)
        if high is not None:
            self.at_most(var, high)
        return var

    def stands(self, a: Number, operator: str, b: Number, share: Fraction = ONE) -> bool:
        """Whether `a` stands so to `share * b`; both answers are walked where both may be."""
        if not isinstance(a, Var) and not isinstance(b, Var):
            b = b if share is ONE else share * b
            return OPERATORS[operator]((a > b) - (a < b))
        if not isinstance(a, Var):
            if share == 0:
                return self.stands(a, operator, Fraction(0))
            return self.stands(b, TURNED[operator], a / share)
        if isinstance(b, Var) and share != 1:  # a pair with its factor is a fact of its own
            return OPERATORS[operator](self.once(("pair", a, share, b), [-1, 0, 1]))
        other, by = (b, Fraction(0)) if isinstance(b, Var) else (ZERO, share * b)
        edges = {
            "<": [edge(a, other, by, True)],
            "<=": [edge(a, other, by, False)],
            ">": [edge(other, a, -by, True)],
            ">=": [edge(other, a, -by, False)],
            "=": [edge(a, other, by, False), edge(other, a, -by, False)],
        }
        chosen = self.pick([each for each in (operator, *NOT[operator]) if feasible(self.edges + edges[each])])
        self.edges += edges[chosen]
        return bool(chosen == operator)

    def once(self, key: Any, options: list[Any]) -> Any:
        """A choice that is made once in this world."""
        if key not in self.memo:
            self.memo[key] = self.pick(options)
        return self.memo[key]

    # columns

    @remembered
    def value(self, name: str) -> Any:
        """What the column holds in this world."""
        spec = self.log.spec(name)
        if spec["type"] in ("word", "yes-no"):
            value = self.pick(self.words(name))
            self.memo["words", name] = [value]
            return value
        options = self.log.options(self.index, name, self.chosen)
        if options != [UNKNOWN]:
            return self.pick(options)
        if spec["may be none"] and name != self.log.amount and self.pick([False, True]):
            return NONE
        return self.missing_number(name, spec) if spec["type"] in ("money", "count") else SOME

    def words(self, name: str) -> list[Any]:
        """The words that a column may still hold in this world."""
        if ("words", name) not in self.memo:
            self.memo["words", name] = self.possible(name)
        return self.memo["words", name]

    def possible(self, name: str) -> list[Any]:
        spec = self.log.spec(name)
        source = self.chosen.resolve(spec.get("from"))
        if source is not None and "holds" in source:
            truth = "yes" if self.holds(source["holds"]) else "no"
            said = [value for value in self.log.cell(self.index, name) if not isinstance(value, Mark)]
            return sorted({truth, *said})
        options = self.log.options(self.index, name, self.chosen)
        if options != [UNKNOWN]:
            return options
        words = ["yes", "no"] if spec["type"] == "yes-no" else list(spec["words"])
        return words + [OTHER] * bool(spec.get("other")) + [NONE] * spec["may be none"]

    def split(self, name: str, wanted: list[Any]) -> bool:
        """Whether a column holds one of these words; both answers are walked where both may be."""
        words = self.words(name)
        inside = [word for word in words if word in wanted]
        outside = [word for word in words if word not in wanted]
        answer = self.pick([True] * bool(inside) + [False] * bool(outside))
        self.memo["words", name] = inside if answer else outside
        return bool(answer)

    def missing_number(self, name: str, spec: Table) -> Var:
        whole = spec["type"] == "count"
        low = Fraction(0) if whole or spec.get("negative") == "never" else None
        var = self.unknown(name, low, None, False, whole)
        for less, more in self.bounds():  # `at-least`, where one of the two is known
            if name in (less, more):
                other = self.log.fixed(self.index, more if name == less else less, self.chosen)
                if isinstance(other, Fraction):
                    self.at_most(var if name == less else other, other if name == less else var)
        return var

    def bounds(self) -> list[tuple[str, str]]:
        names = {*self.log.policy.get("columns", {}), *READY}
        return [(spec["at-least"], name) for name in names if "at-least" in (spec := self.log.spec(name))]

    def number(self, name: str, by_sign: bool = False) -> Any:
        """A column's number as conditions see it: a refund's purchase was at least as large."""
        value = self.value(name)
        if name == self.log.amount and isinstance(value, Fraction) and value < 0 and not by_sign:
            if "refunded" not in self.memo:
                self.memo["refunded"] = self.unknown("refunded", -value, None, False, False)
            return self.memo["refunded"]
        return value

    def is_word(self, name: str, text: str) -> bool:
        """Whether a word, name or yes-no column holds this."""
        spec = self.log.spec(name)
        if spec["type"] in ("word", "yes-no"):
            return self.is_one_of(name, [text])
        value, text = self.value(name), self.log.fold(name, text)
        if value is not SOME:
            return bool(value == text)
        if SOME not in (known := self.memo.setdefault(("known", name), {})):  # there, but not said: it may be this one
            if text not in known:
                known[text] = self.pick([False, True])
            if known[text]:
                known[SOME] = text
        return bool(known.get(SOME) == text)

    def is_one_of(self, name: str, words: list[str]) -> bool:
        spec = self.log.spec(name)
        for word in words:
            if word not in (spec["words"] if spec["type"] == "word" else ("yes", "no")):
                raise ValueError(f"{word!r} is no word of {name}")
        return self.split(name, words)

    # conditions

    def holds(self, condition: Any) -> bool:
        condition = self.chosen.resolve(condition)
        if isinstance(condition, list):
            return any(self.holds(item) for item in condition)
        if not self.chosen.under(condition.get("only-if", {})):
            return False
        return all(self.entry(name, test) for name, test in condition.items() if name != "only-if")

    def entry(self, name: str, test: Any) -> bool:
        """Whether one entry of a condition holds."""
        test = self.chosen.resolve(test)
        if isinstance(test, list):
            test = self.chosen.flat(test)
            if set(test) <= {*self.log.spec(name).get("words", {})} and self.log.spec(name)["type"] == "word":
                return self.is_one_of(name, test)
            return any(self.entry(name, item) for item in test)
        if name in self.log.policy.get("ladder", {}):
            return self.band(name) == test
        numeric = self.log.spec(name)["type"] in ("money", "count")
        if isinstance(test, bool):
            return self.is_word(name, "yes" if test else "no")
        if not isinstance(test, str):
            return self.compare(name, "=", str(test))
        if test in ("present", "absent") and self.log.spec(name)["type"] in ("word", "yes-no"):
            return self.split(name, [NONE]) == (test == "absent")
        if test in ("present", "absent"):
            return (self.value(name) is NONE) == (test == "absent")
        if found := RANGE.fullmatch(test):
            return self.between(name, *found.groups())
        if COMPARISON.fullmatch(test):
            return self.compare(name, *shifted(test))
        if numeric and test.startswith("odd"):
            beside = test.removeprefix("odd").strip()
            return self.odd(name) and (not beside or self.entry(name, beside))
        return self.compare(name, "=", test) if numeric else self.is_word(name, test)

    def between(self, name: str, left: str, low: str, high: str, right: str) -> bool:
        if low and not self.compare(name, *shifted(f"{'>=' if left == '[' else '>'} {low}")):
            return False
        return not high or self.compare(name, *shifted(f"{'<=' if right == ']' else '<'} {high}"))

    def compare(self, name: str, operator: str, operand: str, days: int = 0) -> bool:
        """Whether a column stands so to an operand."""
        spec = self.log.spec(name)
        if spec["type"] == "date":
            return self.compare_dates(name, operator, operand, days)
        if spec["type"] in ("money", "count"):
            share, other = self.operand(operand)
            value = self.number(name, by_sign=bool(NUMBER.fullmatch(operand)) and other == 0)
            if value is NONE or other is None:
                return False
            return self.stands(value, operator, other, share)
        if operator == "=" and operand not in {*READY, *self.log.headers, *self.log.policy.get("columns", {})}:
            return self.is_word(name, operand)
        if operand in spec.get("words", {}):
            ranks = [self.value(name), operand]
        elif operator == "=" and spec["type"] not in ("word", "yes-no"):
            first, second = self.value(name), self.value(operand)
            if NONE not in (first, second) and SOME in (first, second):
                return self.once(("same", name, operand), [False, True])
            return first is not NONE and first == second
        else:
            ranks = [self.value(name), self.value(operand)]
        if operator == "=":
            return ranks[0] == ranks[1] and not isinstance(ranks[0], Mark)
        if any(rank not in spec["order"] for rank in ranks):
            return False
        first, second = (spec["order"].index(rank) for rank in ranks)
        return OPERATORS[operator]((first > second) - (first < second))

    def odd(self, name: str) -> bool:
        """Whether a count is an odd number; one that is not known is each that it may be, as far as that matters."""
        count = self.value(name)
        if isinstance(count, Var):
            most = max(abs(math.ceil(by)) for *_, by, _ in self.edges) + 3
            edges = {n: [edge(count, ZERO, Fraction(n), False), edge(ZERO, count, Fraction(-n), False)]
                     for n in range(most)}  # fmt: skip
            count = self.pick([n for n in edges if feasible(self.edges + edges[n])])
            self.edges += edges[count]
        return count is not NONE and count % 2 == 1

    def compare_dates(self, name: str, operator: str, other: str, days: int) -> bool:
        """One fact a pair of columns: their difference in days."""
        first, second = self.value(name), self.value(other)
        if first is NONE or second is NONE:
            return False
        if isinstance(first, date) and isinstance(second, date):
            return self.stands(Fraction((first - second).days), operator, Fraction(days))
        if name < other:
            return self.stands(Var(f"{name} - {other}", True), operator, Fraction(days))
        return self.stands(Var(f"{other} - {name}", True), TURNED[operator], Fraction(-days))

    def operand(self, text: str) -> tuple[Fraction, Any]:
        """A share, and the number, limit, carried number or column that it is of; None where there is no number."""
        share = ONE
        if found := SHARE.fullmatch(text):
            top, bottom, percent, text = found.groups()
            share = Fraction(top) / (100 if percent else Fraction(bottom or 1))
        if NUMBER.fullmatch(text):
            return share, number_of(text)
        if text in self.log.policy.get("limit", {}):
            return share, self.limit(text)
        if "." in text:
            return share, self.carried(*text.split("."))
        value = self.number(text)
        return share, None if value is NONE else value

    # limits and carried numbers

    def day(self) -> date:
        """The day that picks the limits; an undated row is of any day on which it is judged."""
        known = self.log.fixed(self.index, self.log.date, self.chosen)
        if isinstance(known, date):
            return known
        days = {date(1900, 1, 1)}
        for entries in self.log.policy.get("limit", {}).values():
            for item in listing(entries):
                days |= {item["from"]} if "from" in item else set()
                days |= {item["until"] + timedelta(1)} if "until" in item else set()
        if not self.every_day:
            first, last = self.log.period.get("from", date.min), self.log.period.get("until", date.max)
            days = {max(day, first) for day in days if day <= last}
        return self.once("day", sorted(days))

    @remembered
    def limit(self, name: str) -> Number:
        """A limit's value on the row's day; not known: a number within its bounds."""
        entries = listing(self.log.policy["limit"][name])
        if any("from" in item or "until" in item for item in entries):
            day = self.day()
            entries = [item for item in entries if item.get("from", day) <= day <= item.get("until", day)]
        if not entries:
            return self.unknown(f"limit {name}", None, None, False, False)
        item = max(entries, key=lambda item: item.get("from", date.min))
        value = self.chosen.resolve(self.log.given.get(name) if item.get("given") else item["value"])
        for column in self.chosen.flat(item.get("by", [])):
            if isinstance(value, dict):
                words = [word for word in value if self.is_word(column, word)]
                value = self.chosen.resolve(value[words[0]]) if words else None
        if isinstance(value, int | Decimal):
            return Fraction(value)
        var = self.unknown(f"limit {name}", None, None, False, False)
        for bound, strictly in (("above", True), ("at-least", False)):
            if bound in item:
                low = self.chosen.resolve(item[bound])
                self.at_most(self.limit(low) if isinstance(low, str) else Fraction(low), var, strictly)
        return var

    @remembered
    def carried(self, name: str, key: str) -> Any:
        """The number that a list carries for this row; None where nothing lists it."""
        entries, table = self.log.entries(name), self.log.policy["list"][name]
        carries = table["carries"][key]
        anything = [entry.get(key, carries.get("blank", UNKNOWN)) for entry in [*(entries or []), {}]]
        if entries is None or len(anything) > 1 and anything[-1] is UNKNOWN:
            anything = anything[:-1] or [UNKNOWN]  # not known, or any number of the list
        options: list[Any] = []
        for text in self.log.options(self.index, table["of"], self.chosen):
            found = [] if isinstance(text, Mark) else self.log.matching(name, text)
            if found:
                options += [entry.get(key, carries.get("blank", UNKNOWN)) for entry in found]
                continue
            listed = self.is_listed(name)
            if listed == "no" or listed is None and entries is not None:
                options.append(NONE)
            if listed == "yes" or listed is None and (entries is None or isinstance(text, Mark)):
                options += anything
        number = self.pick(list(dict.fromkeys(options)))
        if number is NONE:
            return None
        if number is UNKNOWN or number == "":
            return self.unknown(f"{name}.{key}", None, None, False, False)
        return Fraction(number)

    def is_listed(self, name: str) -> str | None:
        """What a column that a list derives says in this world: is the row listed? None: there is no such column."""
        for column, spec in self.log.policy.get("columns", {}).items():
            if self.chosen.resolve(spec.get("from", {})).get("list") == name:
                return "yes" if self.value(column) == "yes" else "no"
        return None

    # totals

    @remembered
    def total(self, name: str) -> Number | None:
        """The total of this row: a number, an interval, or None where nothing counted."""
        table, resolve = self.log.policy["total"][name], self.chosen.resolve
        what, keys = resolve(table.get("sum", self.log.amount)), tuple(self.keys(table))
        if ("total", name, self.index, keys) not in self.chosen.memo:
            self.chosen.memo["total", name, self.index, keys] = self.others(table, what, keys)
        (sure, perhaps), strictly = self.chosen.memo["total", name, self.index, keys], False
        if resolve(table.get("itself", True)) and self.holds(table.get("counts", {})):
            own = ONE if what == "rows" else self.value(what)
            strictly = isinstance(own, Var) and what == self.log.amount
            negative = what != self.log.amount and self.log.spec(what).get("negative") != "never"
            sure = [*sure, least_and_most(UNKNOWN if isinstance(own, Var) else own, negative)]
        if not sure and (not perhaps or self.pick([True, False])):
            return None
        lows, highs = [low for low, _ in perhaps], [high for _, high in perhaps]
        least = added([*(low for low, _ in sure), *(low if low is None else min(low, 0) for low in lows)])
        most = added([*(high for _, high in sure), *(high if high is None else max(high, 0) for high in highs)])
        if not sure:  # at least one of them counts
            least = min(lows) if None not in lows and min(lows) > 0 else least
            most = max(highs) if None not in highs and max(highs) < 0 else most
        if least is not None and least == most:
            return least
        return self.unknown(f"total {name}", least, most, strictly, what == "rows")

    def keys(self, table: Table) -> Iterator[Any]:
        """The row's day and keys; of one that lacks some, each that another row has, and one that none has."""
        log, chosen, resolve = self.log, self.chosen, self.chosen.resolve
        day = log.fixed(self.index, log.date, chosen)
        if day is UNKNOWN and resolve(table["window"]) != "always":
            known = {log.fixed(other, log.date, chosen) for other in range(len(log.rows))} - {UNKNOWN}
            days = sorted(day + timedelta(step) for day in known for step in (-1, 0, 1))
            some = [day for day in days if self.every_day or in_force(log, day)]
            day = self.pick([log.period.get("from", date(1900, 1, 1)), *some])
        yield day
        for column in chosen.flat(table.get("by", [])):
            key = log.fixed(self.index, column, chosen)
            if key is UNKNOWN:
                every = {log.fixed(other, column, chosen) for other in range(len(log.rows))} - {UNKNOWN}
                key = self.pick([*sorted(every, key=str), "that of no other row"])
            yield key

    def others(self, table: Table, what: str, keys: tuple[Any, ...]) -> tuple[list[Any], list[Any]]:
        """What the other rows of its account add, those that count and those that may: each from the least to the most.

        A row that lacks a key, or its date, may be of the account.
        """
        log, chosen = self.log, self.chosen
        by = [log.date, *chosen.flat(table.get("by", []))]
        window, counts = chosen.resolve(table["window"]), table.get("counts", {})
        negative = what != "rows" and log.spec(what).get("negative") != "never"
        sure: list[Any] = []
        perhaps: list[Any] = []
        for other in range(len(log.rows)):
            if other == self.index or not log.stands(other):
                continue
            there = [log.fixed(other, column, chosen) for column in by]
            if any(key not in (UNKNOWN, mine) for key, mine in zip(there[1:], keys[1:], strict=True)):
                continue
            dated = window == "always" or there[0] is not UNKNOWN
            if there[0] is not UNKNOWN and window != "always" and not self.within(window, keys[0], there[0], other):
                continue
            found = set(every(lambda paths, row=other: World(log, row, chosen, paths).holds(counts)))
            adds = least_and_most(ONE if what == "rows" else log.fixed(other, what, chosen), negative)
            if found == {True} and dated and UNKNOWN not in there[1:]:
                sure.append(adds)
            elif True in found:
                perhaps.append(adds)
        return sure, perhaps

    def within(self, window: str, day: date, other: date, index: int) -> bool:
        """Whether a row of another day stands in the window of this one."""
        before = other < day or other == day and index < self.index
        if window in ("always", "always so far"):
            return before or window == "always"
        if window in ("year", "year so far"):
            return self.year(day) == self.year(other) and (before or window == "year")
        length, unit, _ = window.split()
        start = months_before(day, int(length)) if unit.startswith("month") else day - timedelta(int(length))
        return other > start and before

    def year(self, day: date) -> int:
        """The calendar year in which the budget year of a day begins."""
        return day.year - (day.strftime("%m-%d") < self.log.policy.get("year", "01-01"))

    # ladders

    @remembered
    def band(self, name: str) -> str | None:
        """The band that binds, if any measure claims one."""
        ladder = self.log.policy["ladder"][name]
        if not self.holds(ladder.get("when", {})):
            return None
        claims = [
            self.claim(ladder, measure) for measure in self.chosen.flat(ladder.get("measures", [self.log.amount]))
        ]
        bands = [claim for claim in claims if claim is not None]
        if not bands:
            return None
        lowest = self.chosen.resolve(ladder.get("binds", "highest")) == "lowest"
        return ladder["band"][min(bands) if lowest else max(bands)]["id"]

    def claim(self, ladder: Table, measure: str) -> int | None:
        """Which band one measure claims."""
        is_total = measure in self.log.policy.get("total", {})
        value = self.total(measure) if is_total else self.value(measure)
        if value is None or value is NONE:
            return None
        below, above, first = None, None, True
        for which, band in enumerate(ladder["band"]):
            span = self.chosen.resolve(band["range"])
            span = self.chosen.resolve(span.get(measure)) if isinstance(span, dict) else span
            if span is None:
                continue
            left, low, high, right = RANGE.fullmatch(span).groups()
            open_below = not low or first and is_total and number_of(low) == 0
            first = False
            if not open_below:
                left = "[" if left == "|" and self.edge_of(ladder, low) == "upper" else left
                if not self.passes(value, ">=" if left == "[" else ">", low):
                    above = which if above is None else above
                    continue
            if high:
                right = "]" if right == "|" and self.edge_of(ladder, high) == "lower" else right
                if not self.passes(value, "<=" if right == "]" else "<", high):
                    below = which
                    continue
            return which
        gaps = self.chosen.resolve(ladder.get("gaps", "none"))
        if below is None or above is None or gaps == "none":
            return None
        return above if gaps == "up" else below

    def passes(self, value: Number, operator: str, bound: str) -> bool:
        share, other = self.operand(bound)
        return other is not None and self.stands(value, operator, other, share)

    def edge_of(self, ladder: Table, bound: str) -> str:
        """Which band has the number at a `|`: the upper or the lower."""
        edge = self.chosen.resolve(ladder["edge"])
        if isinstance(edge, dict):
            same = [key for key in edge if key == bound or number_of(bound) == number_of(key) is not None]
            edge = self.chosen.resolve(edge[same[0]])
        return edge

    # duties

    def breached(self, first: bool = False) -> tuple[bool, frozenset[str]]:
        """Whether anything claims the row, and the duties that are due and not met, or the first of them."""
        claimed, found = False, set()
        for name in self.due():
            if name is None:
                claimed = True
                continue
            duty = self.log.policy["duty"][name]
            if self.chosen.under(duty.get("only-if", {})) and not self.holds(duty.get("unless", [])):
                claimed = True
                if not self.holds(duty["met-by"]):
                    found.add(name)
                    if first:
                        break
        return claimed, frozenset(found)

    def due(self) -> Iterator[str | None]:
        """The duties whose `when` holds or whose band binds; None for each band that binds."""
        for name, duty in self.log.policy.get("duty", {}).items():
            if "when" in duty and self.holds(duty["when"]):
                yield name
        for name, ladder in self.log.policy.get("ladder", {}).items():
            band = self.band(name)
            if band is None:
                continue
            yield None
            if not self.holds(ladder.get("unless", [])):
                duties = next(item for item in ladder["band"] if item["id"] == band).get("duties", [])
                yield from self.chosen.flat(duties)


# -- judging -------------------------------------------------------------------------------------------------


@dataclass
class Judged:
    """What is said of one row."""

    verdict: str
    settled: bool
    flips: set[frozenset[tuple[str, str]]] = field(default_factory=set)
    surely: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)


def judge(
    policy: Table,
    rows: list[Table],
    given: Table | None = None,
    adopted: dict[str, str] | None = None,
    every_day: bool = False,
) -> list[Judged]:
    """Judge every row of a log."""
    log = Log(policy, rows, given or {})
    return [judge_row(log, index, adopted or {}, every_day) for index in range(len(rows))]


def judge_row(log: Log, index: int, adopted: dict[str, str], every_day: bool) -> Judged:
    every_day = every_day or not {"from", "until"} & log.period.keys()
    plain = Interpretation(log, Paths(), adopted)
    day, amount = log.fixed(index, log.date, plain), log.fixed(index, log.amount, plain)
    outside = not every_day and isinstance(day, date) and not in_force(log, day)
    if outside or not log.stands(index) or isinstance(amount, Fraction) and amount <= 0:
        return Judged("not_applicable", True)

    def one_world(paths: Paths, chosen: Interpretation, first: bool = True) -> tuple[bool, frozenset[str]]:
        world = World(log, index, chosen, paths, every_day)
        if not every_day and day is UNKNOWN and paths.pick([False, True]):
            return False, frozenset()  # of a day outside the period: not judged
        if isinstance(amount, Mark):
            if paths.pick([False, True]):
                return False, frozenset()  # zero or less: not judged
            world.at_most(Fraction(0), world.value(log.amount), strictly=True)
        return world.breached(first)

    # the working interpretation, in every world
    working = set(every(lambda inner: one_world(inner, plain, False)))
    verdict, claimed = verdict_of(working), any(claimed for claimed, _ in working)
    breaches = [breached for _, breached in working]
    judged = Judged(verdict, verdict != "unknown")
    judged.surely, judged.perhaps = set(frozenset.intersection(*breaches)), set(frozenset.union(*breaches))
    if verdict == "unknown":
        return judged  # not settled, and nothing flips it
    most = 1  # how many readings are changed: one, two, then any number, less and less

    def another(paths: Paths) -> tuple[frozenset[tuple[str, str]], str, bool]:
        chosen, worlds = Interpretation(log, paths, adopted, most), set()
        for world in every(lambda inner: one_world(inner, chosen)):
            worlds.add(world)
            if verdict_of(worlds) == "unknown":
                break
        return frozenset(chosen.changes), verdict_of(worlds), any(claimed for claimed, _ in worlds)

    for most in (1, 2, math.inf):
        for changes, other, claims in every(another):
            claimed = claimed or claims
            if other != verdict and len(changes) <= most:
                judged.flips = {flip for flip in judged.flips if len(flip) == len(changes)} | {changes}
                judged.settled, most = False, len(changes)
        if not judged.settled:
            break
    if not claimed:
        judged.verdict = "not_applicable"
    return judged


def in_force(log: Log, day: date) -> bool:
    return log.period.get("from", day) <= day <= log.period.get("until", day)


def verdict_of(worlds: set[tuple[bool, frozenset[str]]]) -> str:
    """What all worlds of one interpretation agree on."""
    bad = {bool(breached) for _, breached in worlds}
    return "unknown" if len(bad) == 2 else "violation" if bad == {True} else "compliant"
