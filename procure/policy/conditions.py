"""From the conditions that a policy writes to expressions: tables of entries, and the words, ranges and comparisons
that are asked of a column."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from procure.interpretation.readings import Questions, Readings
from procure.log import cells
from procure.log.cells import MISSING
from procure.log.columns import Column, Manner
from procure.log.ready import READY, headed
from procure.policy import choices, notation
from procure.policy.choices import asked
from procure.policy.classes import Fact
from procure.policy.declarations import Holds
from procure.policy.derived import Columns
from procure.policy.expressions import NEVER, Expression, InBand, both, either, not_, under
from procure.policy.limits import Days, Resolved
from procure.policy.notation import Comparison, Named
from procure.policy.registry import Registry
from procure.policy.tests import Called, Odd, OneOf, OnRecord, Ranks, Sign, Than
from procure.values.faults import Faults, names, nearest, quoted, unknown
from procure.values.money import Currency
from procure.values.tables import asks
from procure.values.toml import shown
from procure.values.words import ProcureError, Words

if TYPE_CHECKING:
    from procure.policy.policy import Policy

_ONE = Fraction(1)
_BAND = Words("档", "band")
_CARRIED = Words("名单所列", "number of the list")
_COMPARABLE = Words("词、列、限额或名单所列", "word, column, limit or number of a list")
#: How a column of a type without words is asked.
_ASKED = {
    "date": '"present", "<= date"', "text": '"present", "absent"', "count": '3, ">= 3", "odd"', "money": '3, ">= 3"',
}  # fmt: skip
#: What authors write in place of the words of conditions.
_SAID = {"present": ("有", "已有", "yes", "是"), "absent": ("无", "没有", "no", "否"), "odd": ("单数", "奇数")}


class Conditions:
    """The conditions of one policy, and what they can name: its columns, facts, limits and questions."""

    def __init__(self, policy: Policy, questions: Questions, faults: Faults) -> None:
        self.policy: Policy = policy
        self.questions: Questions = questions
        self.faults: Faults = faults
        self.every: Readings = questions.every
        self.none: Readings = questions.none
        self.currency: Currency = policy.money
        self.columns: Columns = Columns(policy, questions, faults)
        self.days: Days = Days(self.columns.date, policy.in_force.since, policy.in_force.until)
        self.registry: Registry = Registry(self.columns, self.days)
        #: Those that are resolved already: a limit that differs by a condition is resolved by way of it.
        self.limits: dict[str, Resolved] = {}
        #: Of a limit that a question chooses: those that it may be, with the interpretations under which it is each.
        self.limit_ways: dict[str, list[tuple[Resolved, Readings]]] = {}
        self.words: dict[str, dict[str, Expression]] = {}
        #: The conditions that columns name; and what is read of them, as the log's own columns may say otherwise.
        self.named: dict[str, Expression] = {}
        self._holds: dict[str, Expression] = {}
        self._building: list[str] = []

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.registry.facts

    def column(self, name: object) -> Column:
        return self.columns.column(name)

    def alternatives(self, value: Any) -> list[tuple[Any, Readings]]:
        """What a value may be, each with the interpretations under which it is that."""
        return choices.alternatives(self.questions, value)

    def only_if(self, value: Any) -> Readings:
        """The interpretations that give these answers."""
        return choices.only_if(self.questions, value)

    def shows(self, met: Expression) -> tuple[str, ...]:
        """The columns of the log that show whether something holds."""
        found: dict[str, None] = {}
        for name in met.facts():
            found |= dict.fromkeys(column for column in self.facts[name].columns if column in self.columns.by_name)
        return tuple(found)

    def limits_meant(self, name: str, factor: Fraction = _ONE) -> list[tuple[Resolved, Readings]]:
        """The limits that one is, each with the interpretations under which it is: itself, where no question chooses;
        with a factor before it those that are so much of them."""
        found = self.limit_ways.get(name) or [(self.limits[name], self.every)]
        if factor == 1:
            return found
        scaled = [(limit.times(factor), when) for limit, when in found]
        return [(self.limits.setdefault(limit.name, limit), when) for limit, when in scaled]

    # -- tables and their entries ------------------------------------------------------------------------------------

    def condition(self, value: Any) -> Expression:
        """A table whose entries all hold, or a list of tables, one of which holds."""
        if asks(value):
            return either(under(when, self.condition(each)) for each, when in asked(self.questions, value))
        if isinstance(value, Mapping):
            return self._table(value)
        if isinstance(value, (list, tuple)):
            wrong = Faults()
            found = []
            for n, each in enumerate(value):
                with wrong.at(n):
                    found.append(self.condition(each))
            wrong.raise_nested()
            return either(found)
        zh, en = quoted(value)
        raise ProcureError(
            Words(
                f"{zh}不是条件：须为表，或表的列表", f"{en} is not a condition: it must be a table, or a list of tables"
            )
        )

    def _table(self, table: Mapping[str, Any]) -> Expression:
        wrong = Faults()
        parts, when = [], self.every
        for column, said in table.items():
            with wrong.at(column):
                if column == "only-if":
                    when = self.only_if(said)
                else:
                    parts.append(self.entry(column, said))
        wrong.raise_nested()
        return under(when, both(parts)) if "only-if" in table else both(parts)

    def entry(self, name: str, value: Any) -> Expression:
        """One entry: a column or ladder and what is asked of it."""
        if asks(value):
            return either(under(when, self.entry(name, each)) for each, when in asked(self.questions, value))
        if name in self.policy.ladders:
            return self._in_band(name, value)
        if name in self.columns.ways:
            return either(under(when, self.entry(each, value)) for each, when in self.columns.ways[name])
        column = self.column(name)
        if isinstance(column.derived, Holds):
            if value not in ("yes", "no"):
                said = f"{name} = {shown(value)}"
                raise ProcureError(Words(f"{said}：须为 yes 或 no", f"{said}: it must be yes or no"))
            held = self.holds(name)
            return held if value == "yes" else not_(held)
        if isinstance(value, (list, tuple)):
            if value and column.type != "count" and all(isinstance(each, str) and not _says(each) for each in value):
                return self._one_of(column, value)
            return either([self.entry(name, each) for each in value])
        return self._said(column, value)

    def holds(self, name: str) -> Expression:
        """The condition that a column names, or what the log's own column says instead."""
        if name in self._building:
            raise ProcureError(Words(f"条件 {name} 以自己定义", f"the condition {name} is defined by itself"))
        if name not in self._holds:
            self._building.append(name)
            try:
                # A condition that is wrong is reported once, for the column; whoever reads it goes on.
                self._holds[name] = NEVER
                column, place = self.column(name), self.columns.place(name)
                with self.faults.at("columns", place, "from"):
                    held = self.condition(column.derived.condition)
                    ways = dict(self.columns.ways.get(place, ()))
                    known = [self.named[place]] if place in self.named else []
                    self.named[place] = either([*known, under(ways[name], held) if ways else held])
                    yes, no = (self.registry.believed(place, word) for word in ("yes", "no"))
                    self._holds[name] = either([yes, both([not_(no), held])])
            finally:
                self._building.pop()
        return self._holds[name]

    def dimension(self, name: str) -> Mapping[str, Expression]:
        """The words of a column by which limits differ, each with the condition that a purchase has it."""
        found = self.words.get(name)
        if found is None:
            if name in self.columns.ways:
                self.columns.value(name)  # raises
            column = self.column(name)
            words = ("yes", "no") if isinstance(column.derived, Holds) else column.canonical
            if not words:
                raise ProcureError(
                    Words(f"{name} 没有词，限额不能按它区分", f"{name} has no words, so that no limit can differ by it")
                )
            found = self.words[name] = {word: self.entry(name, word) for word in words}
        return found

    def _in_band(self, name: str, value: Any) -> Expression:
        number = list(self.policy.ladders).index(name)
        ladder = self.policy.ladders[name]
        bands = [band.id for band in ladder.bands]
        parts = []
        for band in names(value):
            if band not in bands:
                raise unknown(_BAND, band, bands)
            parts.append(InBand(number, bands.index(band)))
        return both([self.condition(ladder.when), either(parts)])

    # -- what is asked of a column -----------------------------------------------------------------------------------

    def _said(self, column: Column, value: Any) -> Expression:
        _comparable(column, value)
        if isinstance(value, (int, Decimal, dt.date)):
            return self._than(column, "=", Decimal(value) if isinstance(value, int) else value)
        if value in ("present", "absent"):
            return self._present(column, value)
        if column.type == "count" and (beside := notation.odd(value)) is not None:
            odd = self.registry.on(column, Odd())
            return both([odd, self._said(column, beside)]) if beside else odd
        if notation.is_range(value):
            return self._within(column, value)
        if notation.is_comparison(value):
            compared = notation.comparison(value, column.order)
            return self._than(column, compared.sign, compared.operand)
        return self._one_of(column, (value,))

    def _present(self, column: Column, value: str) -> Expression:
        # Where a policy asks whether there is one, a missing datum may be none.
        self.columns.value(column.name).unrecorded = True
        found = self.registry.on(column, OnRecord())
        return found if value == "present" else not_(found)

    def _within(self, column: Column, text: str) -> Expression:
        span = notation.span(text)
        if "|" in (span.opens, span.closes):
            raise ProcureError(Words(f"条件中不能用“|”：{text}", f"no '|' in a condition: {text}"))
        ends = [
            *([Comparison(">=" if span.opens == "[" else ">", span.low)] if span.low is not None else []),
            *([Comparison("<=" if span.closes == "]" else "<", span.high)] if span.high is not None else []),
        ]
        return both(self._than(column, end.sign, end.operand) for end in ends)

    def _one_of(self, column: Column, words: Sequence[str]) -> Expression:
        if column.type in ("word", "yes-no"):
            for word in words:
                if word not in column.canonical:
                    near = self._written(column, word) or nearest(word, column.canonical)
                    zh, en = f"“{word}”不是 {column.name} 的词", f"{word!r} is no word of {column.name}"
                    raise ProcureError(Words(f"{zh}（{near.zh}）", f"{en} ({near.en})"))
        elif column.type != "name":
            so = _ASKED.get(column.type, _ASKED["money"])
            raise _worded(column, words[0]) or ProcureError(
                Words(
                    f"{column.name}（{column.type}）不能与词“{words[0]}”相比（写法如 {so}）",
                    f"{column.name} ({column.type}) cannot be compared with the word {words[0]!r} "
                    f"(it is asked so: {so})",
                )
            )
        if column.type == "name":
            if any(cells.blank(word) for word in words):
                zh, en = "空白不是名称（没有登记写作 absent）", "a blank is no name (write absent for none on record)"
                raise ProcureError(Words(zh, en))
            return self.registry.on(column, Called(frozenset(map(column.named, words))))
        return self.registry.on(column, OneOf(frozenset(words)))

    def _written(self, column: Column, word: str) -> Words | None:
        """Which words of a column a log means that writes so, or nearly so."""
        try:
            said = column.read(word, Manner(self.currency))
        except ProcureError:
            said = MISSING
        meant = [each for each in column.canonical if each in (said if isinstance(said, frozenset) else (said,))]
        if meant:
            zh, en = "”或“".join(meant), " or ".join(map(repr, meant))
            return Words(f"台账写“{word}”的，在此写作“{zh}”", f"a log may say so; here it is {en}")
        synonyms = {each: canonical for canonical, written in column.words.items() for each in written}
        (near,) = difflib.get_close_matches(word, synonyms, 1, 0.6) or ("",)
        return nearest(synonyms[near], (synonyms[near],)) if near else None

    def _than(self, column: Column, sign: Sign, operand: notation.Operand) -> Expression:
        """A column compared with a number, a day, a word of its order, a limit, a list's number or another column."""
        if isinstance(operand, Decimal):
            return self.registry.on(column, Than(sign, self._number(column, operand)))
        if isinstance(operand, dt.date):
            _must_be(column, ("date",), operand)
            return self.registry.on(column, Than(sign, operand))
        assert isinstance(operand, Named)
        if operand.name in column.order:
            ranks = {word: rank for rank, word in enumerate(column.order)}
            return self.registry.on(column, Ranks(sign, ranks[operand.name], ranks))
        if operand.name in self.policy.limits and operand.name in self.limits:
            return self._beside_limit(column, sign, operand)
        name, dot, carried = operand.name.partition(".")
        if dot and name in self.columns.lists:
            return self._beside_carried(column, sign, name, carried)
        if operand.name not in self.columns.by_name and operand.name not in READY:
            numbers = (f"{n}.{c}" for n, each in self.policy.lists.items() for c in each.carries)
            known = [*column.order, *self.columns.by_name, *self.policy.limits, *numbers]
            raise (
                notation.worded(operand.name)
                or headed(operand.name, READY, _COMPARABLE)
                or unknown(_COMPARABLE, operand.name, known)
            )
        return self.registry.beside_column(column, sign, operand)

    def _number(self, column: Column, number: Decimal) -> Any:
        """A number as the column has it: an amount in minor units."""
        _must_be(column, ("money", "count"), number)
        if column.type == "money":
            return int(self.currency.minor(number))
        return int(number) if number == int(number) else Fraction(number)

    def _beside_limit(self, column: Column, sign: Sign, operand: Named) -> Expression:
        _must_be(column, ("money",), operand.name)
        if operand.days:
            raise ProcureError(
                Words(f"限额 {operand.name} 不是日期，不能加减天数", f"the limit {operand.name} is no date")
            )
        meant = self.limits_meant(operand.name, operand.factor)
        if len(meant) == 1:
            return self._beside(column, sign, meant[0][0])
        return either(under(when, self._beside(column, sign, limit)) for limit, when in meant)

    def _beside(self, column: Column, sign: Sign, limit: Resolved) -> Expression:
        dimensions = [self.dimension(name) for name in limit.dimensions]
        parts = []
        for words in product(*dimensions):
            test = self.registry.beside_limit(column, sign, limit, words)
            which = [dimension[word] for dimension, word in zip(dimensions, words, strict=True)]
            parts.append(both([*which, test]))
        return either(parts)

    def _beside_carried(self, column: Column, sign: Sign, name: str, carried: str) -> Expression:
        _must_be(column, ("money",), f"{name}.{carried}")
        carries = self.policy.lists[name].carries
        if carried not in carries:
            raise unknown(_CARRIED, f"{name}.{carried}", [f"{name}.{each}" for each in carries])
        return self.registry.beside_carried(column, sign, name, carried)


def _worded(column: Column, word: str) -> ProcureError | None:
    """How what an author says in words is written."""
    for written, words in _SAID.items():
        if word in words:
            zh, en = f"“{word}”在此写作 {written}", f"{word!r} is written {written!r} here"
            return ProcureError(Words(zh, en))
    return notation.worded(word) if column.type in ("money", "count") else None


def _says(text: str) -> bool:
    """Whether a text in a condition is more than a word."""
    return text in ("present", "absent") or notation.is_range(text) or notation.is_comparison(text)


def _comparable(column: Column, value: Any) -> None:
    """Raises for what no column can be compared with."""
    said = f"{column.name} = {shown(value)}"
    zh, en = f"{said}：不是可比的值", f"{said} cannot be compared with"
    if isinstance(value, (bool, float)):
        raise ProcureError(
            Words(f"{zh}（是否写作 yes、no，小数用十进制数）", f"{en} (write yes or no; numbers are exact decimals)")
        )
    if isinstance(value, dt.datetime):
        raise ProcureError(Words(f"{said}：须为日期，不带时刻", f"{said}: it must be a date, without a time"))
    exact = not isinstance(value, Decimal) or value.is_finite()
    if not exact or not isinstance(value, (int, Decimal, dt.date, str)):
        raise ProcureError(Words(zh, en))


def _must_be(column: Column, types: Sequence[str], other: object) -> None:
    if column.type not in types:
        raise ProcureError(
            Words(
                f"{column.name}（{column.type}）不能与 {other} 相比",
                f"{column.name} ({column.type}) cannot be compared with {other}",
            )
        )
