"""A plan: a policy faced with a log. What is asked, which interpretations are open, and what must be added up."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Mapping
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import attrs

from procure.interpretation.readings import Ambiguity, Questions, Readings
from procure.log import naming
from procure.log.cells import MISSING
from procure.log.ready import READY
from procure.policy.classes import Fact
from procure.policy.climbing import BuiltLadder
from procure.policy.declarations import Head
from procure.policy.expressions import ALWAYS, Expression
from procure.policy.ladders import Cuts, Gauge
from procure.policy.limits import EITHER_SIGN, NOT_NEGATIVE, Days, Exact
from procure.policy.needs import key
from procure.policy.rules import Due, Ruling
from procure.policy.totals import ROWS, Grouping, Measure, Way

if TYPE_CHECKING:
    from procure.policy.building import Built
    from procure.policy.policy import Policy


#: The characters of codes.
_CODE = string.ascii_letters + string.digits + ".-"
#: Whether the policy speaks to a purchase.
YES, NO, EITHER = (True,), (False,), (True, False)


def _parted(cell: str) -> tuple[str, str]:
    """What may be a code at the beginning of a cell, in capitals, and what stands behind it."""
    rest = cell.lstrip(_CODE)
    return cell[: len(cell) - len(rest)].upper(), rest


@attrs.frozen(eq=False, slots=False)
class Plan:
    """A policy as it judges a log that has what is `there`: its columns, and what questions need of its rows, by key.
    Totals that no open interpretation reads are left out, so that nobody adds them up."""

    policy: Policy
    there: frozenset[str]
    #: By key column, the keys of names that are taken for one another: `log/naming.py` says which may be.
    one: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)

    @property
    def built(self) -> Built:
        return self.policy.built

    @property
    def questions(self) -> Questions:
        return self.built.questions

    @property
    def rules(self) -> tuple[Ruling, ...]:
        return self.built.rules

    @property
    def days(self) -> Days:
        """The days on which a purchase is judged."""
        return self.built.days

    @cached_property
    def column_order(self) -> tuple[str, ...]:
        """The columns of the policy: the ready ones as they are usually listed, then its own."""
        order = list(READY)
        columns = self.built.columns
        ready = sorted((n for n, c in columns.items() if c.ready), key=lambda n: order.index(columns[n].ready or ""))
        return (*ready, *(name for name, column in columns.items() if not column.ready))

    # -- questions ---------------------------------------------------------------------------------------------------

    @cached_property
    def asked(self) -> tuple[Ambiguity, ...]:
        """The questions that are asked: those whose datum is there, and those that an office has settled in any
        case."""
        return tuple(a for a in self.questions if a.id not in self._closed)

    @property
    def left_open(self) -> tuple[Ambiguity, ...]:
        """The questions that are asked and not settled."""
        return tuple(a for a in self.asked if a.id not in self.policy.adopted)

    @property
    def not_asked(self) -> tuple[Ambiguity, ...]:
        """Those that are not: each says in `because` what answers it instead, or what it would need."""
        return (*(a for a in self.questions if a.id in self._closed), *self.policy.unasked)

    @cached_property
    def _closed(self) -> Mapping[str, str]:
        """Of each question whose datum is absent, the reading taken without it."""
        return {
            a.id: a.needs.otherwise
            for a in self.questions
            if a.needs is not None and not self._has_for(a) and a.id not in self.policy.adopted
        }

    def _has_for(self, question: Ambiguity) -> bool:
        """Whether what a question needs is there."""
        assert question.needs is not None
        name = key(question.id)
        return name in self.there if name in self.built.needs else self.has(question.needs.datum)

    def has(self, datum: str) -> bool:
        """Whether a datum is there: a column of the log, a limit, a list, or a number that a list carries."""
        built = self.built
        name, dot, carried = datum.partition(".")
        if dot:
            return name in built.lists and built.lists[name].carry(carried)
        if datum in built.limits:
            return built.limits[datum].known
        if datum in built.lists:
            return built.lists[datum].given
        return datum in self.there

    @cached_property
    def settled_answers(self) -> Mapping[str, str]:
        return {**self._closed, **self.policy.adopted}

    @cached_property
    def open(self) -> Readings:
        """The interpretations left open: all of them, less what was adopted and what is not asked."""
        return self.questions.giving(self.settled_answers)

    @cached_property
    def working(self) -> Mapping[str, str]:
        """The working interpretation: of each ambiguity the adopted reading, else the recommended one; of one that is
        not asked, that which is taken instead."""
        return {a.id: self.settled_answers.get(a.id, a.recommended) for a in self.questions}

    @cached_property
    def unnamed(self) -> frozenset[str]:
        """The conditions with a name of which the log has no column: they decide alone."""
        return frozenset(self.built.named.keys() - self.there)

    @cached_property
    def named(self) -> Mapping[str, Expression]:
        """The conditions with a name of which the log has a column, too."""
        there = {name: held for name, held in self.built.named.items() if name in self.there}
        return {name: self._read(held) for name, held in there.items()}

    def _read(self, asked: Expression) -> Expression:
        """What some open interpretation reads of a condition on this log."""
        return asked.without(self.unnamed).under(self.open)

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, Expression]]:
        """Of each column by which limits differ the condition of each of its words."""
        return {
            column: {word: holds.without(self.unnamed) for word, holds in words.items()}
            for column, words in self.built.words.items()
        }

    @cached_property
    def duties(self) -> tuple[tuple[Due, Due], ...]:
        """Of each rule when it is due and when it is met, for those who look at the open interpretations alone."""

        def narrowed(asked: Due) -> Due:
            asked = asked.without(self.unnamed) if hasattr(asked, "without") else asked
            return asked.under(self.open) if hasattr(asked, "under") else asked

        return tuple((narrowed(rule.due), narrowed(rule.met)) for rule in self.rules)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that something reads which some open interpretation looks at."""
        read: set[str] = set()
        for ladder in self.ladders:
            read |= {*ladder.when.facts(), *ladder.unless.facts()}
        for duty in self.duties:
            for asked in duty:
                # A rule of somebody's own may read all that there is.
                read |= set(asked.facts()) if hasattr(asked, "facts") else set(self.built.facts)
        for counts in {way.counts for way in self.ways}:
            read |= set(counts.facts())
        for column in self.dimensions:
            read |= {fact for holds in self.words[column].values() for fact in holds.facts()}
        return tuple(fact for name, fact in self.built.facts.items() if name in read)

    # -- what is added up, and where it stands -----------------------------------------------------------------------

    @cached_property
    def ladders(self) -> tuple[BuiltLadder, ...]:
        """The ladders with what some open interpretation reads of them."""
        return tuple(
            attrs.evolve(
                ladder,
                when=self._read(ladder.when),
                unless=self._read(ladder.unless),
                gauges=tuple(self._gauge(gauge) for gauge in ladder.gauges if self._is_read(gauge)),
            )
            for ladder in self.built.ladders
        )

    def _is_read(self, gauge: Gauge) -> bool:
        """Whether some open interpretation reads a gauge. A total that claims nothing unless a question is asked which
        is not is none that reports tell of."""
        if not gauge.when & self.open:
            return False
        return gauge.measure is None or any(claim & self._asked for row in gauge.claims for claim in row)

    @cached_property
    def _asked(self) -> Readings:
        """The interpretations that are asked about, an office having settled on some or not."""
        return self.questions.giving(self._closed)

    def _gauge(self, gauge: Gauge) -> Gauge:
        measure = gauge.measure
        if measure is not None:
            way = attrs.evolve(measure.way, counts=measure.way.counts.without(self.unnamed))
            measure = attrs.evolve(measure, way=way)
        return attrs.evolve(gauge, measure=measure, when=gauge.when & self.open)

    @cached_property
    def gauges(self) -> tuple[Gauge, ...]:
        return tuple(gauge for ladder in self.ladders for gauge in ladder.gauges)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every way to accumulate that is read."""
        return tuple(dict.fromkeys(gauge.measure for gauge in self.gauges if gauge.measure is not None))

    @cached_property
    def totals(self) -> tuple[str, ...]:
        """The totals of the policy by name, except those that only questions read which are not asked."""
        built = {gauge.name for ladder in self.built.ladders for gauge in ladder.gauges}
        left_out = built - {gauge.name for gauge in self.gauges}
        return tuple(name for name in self.policy.totals if name not in left_out)

    @cached_property
    def groupings(self) -> tuple[Grouping, ...]:
        return tuple(dict.fromkeys(measure.grouping for measure in self.measures))

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """What is summed, of which rows."""
        return tuple(dict.fromkeys(measure.way for measure in self.measures))

    @cached_property
    def unread(self) -> tuple[tuple[int, int], ...]:
        """For each way of counting from where to where an amount lies that could not be read."""
        return tuple(NOT_NEGATIVE if self._never_negative(way.sum) else EITHER_SIGN for way in self.ways)

    def _never_negative(self, sum_: str) -> bool:
        return sum_ == ROWS or self.built.columns[sum_].negative == "never"

    @cached_property
    def of_amount(self) -> tuple[bool, ...]:
        """For each way of counting whether it sums what a purchase is judged by."""
        return tuple(way.sum == self.built.amount for way in self.ways)

    @cached_property
    def working_measures(self) -> Mapping[str, Measure]:
        """Of each total the measure that the working interpretation reads."""
        found: dict[str, Measure] = {}
        for gauge in self.gauges:
            if gauge.measure is not None and self.working in gauge.when:
                found.setdefault(gauge.measure.total, gauge.measure)
        return found

    @cached_property
    def first_measures(self) -> tuple[Measure | None, ...]:
        """For each ladder its first total, as the working interpretation reads it."""
        working = self.working_measures
        return tuple(
            next((found for gauge in ladder.gauges if (found := working.get(gauge.name))), None)
            for ladder in self.ladders
        )

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The columns by which the limits of the ladders differ."""
        names = [cut for gauge in self.gauges for cut in gauge.cuts if isinstance(cut, str)]
        return tuple(dict.fromkeys(column for name in names for column in self.built.limits[name].dimensions))

    @cached_property
    def starts(self) -> tuple[dt.date, ...]:
        """The days on which some limit of a ladder changes."""
        names = {cut for gauge in self.gauges for cut in gauge.cuts if isinstance(cut, str)}
        return tuple(sorted({start for name in names for start in self.built.limits[name].starts}))

    def placing(self, key: str) -> tuple[str, ...]:
        """The columns that place a purchase by a key of a total. The head of a code follows from the code: a log need
        not have it."""
        value = self.built.values[key]
        follows = isinstance(value.column.derived, Head) and value.name not in self.there
        return value.columns[1:] if follows else value.columns

    @cached_property
    def naming(self) -> tuple[str, ...]:
        """The key columns of totals whose values are names."""
        keys = dict.fromkeys(key for grouping in self.groupings for key in grouping.by)
        return tuple(key for key in keys if self.built.values[key].column.type == "name")

    def keyed(self, key: str, value: Any) -> Any:
        """What a key column says as rows are placed by it: a name without what makes no other name of it."""
        if not isinstance(value, str) or self.built.values[key].column.type != "name":
            return value
        name = naming.key(value)
        name = self._coded(self.built.values[key].column.name, value, name)
        return self.one.get(key, {}).get(name, name)

    def _coded(self, column: str, value: str, name: str) -> str:
        """The code of a name that a list has with one code, or of a cell that has both, as in A05040101复印纸."""
        codes = self._codes.get(column, {})
        if name in codes:
            return codes[name]
        code, rest = _parted(value)
        return code if codes.get(naming.key(rest)) == code else name

    @cached_property
    def _codes(self) -> Mapping[str, Mapping[str, str]]:
        """By column, of each name that a list has with a code the code, where it has no other."""
        found: dict[str, dict[str, set[str]]] = {}
        for entries in self.built.lists.values():
            for entry in entries.entries or ():
                if entry.code is not None and entry.name is not None:
                    of_column = found.setdefault(entries.column.name, {})
                    of_column.setdefault(naming.key(entry.name), set()).add(entry.code)
        return {
            column: {name: next(iter(codes)) for name, codes in names.items() if len(codes) == 1}
            for column, names in found.items()
        }

    @cached_property
    def conditional(self) -> bool:
        """Whether some ladder does not always apply."""
        return any(ladder.when != ALWAYS for ladder in self.ladders)

    @cached_property
    def may_be_silent(self) -> bool:
        """Whether a purchase may be claimed by no band. Where an amount always claims one, none is."""
        claimed = self.questions.none
        for ladder in self.ladders:
            if ladder.when == ALWAYS:
                for gauge in ladder.gauges:
                    whole = all(not self.questions.every - reduce(or_, row) for row in gauge.claims[1:])
                    if gauge.measure is None and whole:
                        claimed |= gauge.when
        return bool(self.open - claimed)

    def judges(self, day: Any, amount: Any) -> tuple[bool, ...]:
        """Whether the policy speaks to a purchase of this day and amount; both where that is not known."""
        if amount is not MISSING and amount <= 0:
            return NO
        on_day = self.judges_on(day)
        return EITHER if amount is MISSING and on_day is YES else on_day

    def judges_on(self, day: Any) -> tuple[bool, ...]:
        """Whether the policy speaks to purchases of a day."""
        days = self.days
        if day is MISSING:
            return EITHER if days.since is not None or days.until is not None else YES
        return YES if day in days else NO

    def cuts(self, gauge: Gauge, words: Mapping[str, str | None], day: Any) -> tuple[Cuts, ...]:
        """The cuts of a gauge for a purchase with these words of the dimensions, on this day; several where the day is
        not known and they differ."""
        found = {}
        for each in self.days_like(day):
            cuts = self.cuts_on(gauge, words, each)
            found[cuts.key] = cuts
        return tuple(found.values())

    def cuts_on(self, gauge: Gauge, words: Mapping[str, str | None], day: dt.date) -> Cuts:
        return Cuts([self._bound(cut, words, day) for cut in gauge.cuts])

    def days_like(self, day: Any) -> tuple[dt.date, ...]:
        """A day for each period of the limits in which a purchase of this day may have been made."""
        if isinstance(day, dt.date):
            return (day,)
        since = self.days.since or dt.date.min
        until = self.days.until or dt.date.max
        return (since, *(start for start in self.starts if since < start <= until))

    def _bound(self, cut: int | str, words: Mapping[str, str | None], day: dt.date) -> tuple[Exact, Exact]:
        if isinstance(cut, int):
            return cut, cut
        limit = self.built.limits[cut]
        return limit.bound(tuple(words[column] for column in limit.dimensions), limit.period(day))
