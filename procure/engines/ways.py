"""The ways in which a purchase can meet what is asked of it: what has to hold of the columns that its buyer chooses, so
that no rule is breached under some interpretations, whatever else is not known of it.

A way is proposed by what the duties say, in the order in which the policy says it, and kept only where the judge finds
no breach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice, product
from typing import Any, NamedTuple, TypeAlias

import attrs

from procure.engines.evidence import Memo
from procure.engines.ledger import Posted
from procure.engines.supposing import Supposed, Supposing, Values
from procure.interpretation.readings import Readings
from procure.log.cells import MISSING
from procure.policy.classes import Classes, Fact
from procure.policy.expressions import All, AnyPart, InBand, Not, Test, Under
from procure.policy.needs import key
from procure.policy.plan import Plan
from procure.policy.rules import PythonSide
from procure.policy.totals import ROWS


class TestHolds(NamedTuple):
    """That a test of a fact holds, or does not: the bit of the fact's class."""

    fact: str
    bit: int
    holds: bool

    def fits(self, found: int) -> bool:
        return bool(found >> self.bit & 1) is self.holds


#: The classes that a fact may have, with each choice of what is known of its columns.
Outlook: TypeAlias = "tuple[Classes, ...]"
#: All of these hold.
Way = tuple[TestHolds, ...]
_Set = frozenset[TestHolds]

#: How many ways are listed, how many alternatives of one condition are looked at, and how often the judge is asked for
#: one purchase.
MOST = 12
_ALTERNATIVES = 200
_EFFORT = 600
#: How many combinations are gone through where no duty proposes a way.
_COMBINATIONS = 300


@attrs.frozen
class WaysFound:
    """The ways that were found, in the order of the policy. `whole` is False where there were too many to look at."""

    ways: tuple[Way, ...]
    whole: bool = True


class Ways:
    """The ways of purchases, by a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.supposing: Supposing = Supposing(plan)
        self._facts = {fact.name: fact for fact in plan.facts}
        self._outlooks: dict[tuple[Any, ...], Outlook] = {}

    # -- what a buyer chooses ------------------------------------------------------------------------------------------

    @cached_property
    def given(self) -> frozenset[str]:
        """The columns that say what is bought, when and for whom: the amount, the date, the keys of the totals and what
        they sum, what limits differ by, what other columns are derived from, and what decides whether a question is
        asked."""
        plan = self.plan
        built = plan.built
        found = {built.amount, built.date, *(way.sum for way in plan.ways if way.sum != ROWS)}
        for grouping in plan.groupings:
            found |= {column for name in grouping.by for column in built.values[name].columns}
        for column in plan.dimensions:
            for holds in plan.words[column].values():
                found |= {name for fact in holds.facts() for name in built.facts[fact].columns}
        for value in built.values.values():
            if value.others:
                found |= set(value.columns)
        for question in plan.questions:
            if question.needs is not None:
                need = built.needs.get(key(question.id))
                found |= set(need.columns) if need is not None else {str(question.needs.datum)}
        return frozenset(found)

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """The columns that say how it is bought: those by which a duty is met, except what is given."""
        found: dict[str, None] = {}
        for _, met in self.plan.duties:
            for name in self._asked(met):
                found |= dict.fromkeys(self._own(self._facts[name]))
        return tuple(name for name in self.plan.column_order if name in found)

    def _asked(self, asked: Any) -> Iterator[str]:
        return (name for name in asked.facts() if name in self._facts) if hasattr(asked, "facts") else iter(())

    def _own(self, fact: Fact) -> tuple[str, ...]:
        """The columns of a fact that a buyer may choose, the one that it tests first."""
        columns = self.plan.built.columns
        free = [name for name in fact.columns if name in columns and name not in self.given]
        return tuple(name for name in free if columns[name].derived is None and "#" not in name)

    def outlook(self, values: Values) -> tuple[Outlook, ...]:
        """Of each fact the classes that it may have, whichever of the chosen columns were not known. Purchases of one
        outlook that stand alike have the same ways."""
        return tuple([self._outlook(fact, values) for fact in self.plan.facts])

    def _outlook(self, fact: Fact, values: Values) -> Outlook:
        key = fact.name, *[values[name] for name in fact.columns]
        found = self._outlooks.get(key)
        if found is None:
            known = [(values[name], MISSING) if name in self.chosen else (values[name],) for name in fact.columns]
            each = (dict(zip(fact.columns, cells, strict=True)) for cells in product(*known))
            found = self._outlooks[key] = tuple([self.supposing.of_fact(fact, cells) for cells in each])
        return found

    # -- the search ----------------------------------------------------------------------------------------------------

    def of(self, values: Values, posted: Posted, readings: Readings) -> WaysFound:
        """The ways in which a purchase with these values breaches no rule under these interpretations. A way says
        nothing of what the purchase does already; one that says nothing at all is that nothing is lacking."""
        return _Search(self, values, posted, readings).found()

    def options(self, values: Values, way: Iterable[TestHolds]) -> Mapping[str, Classes] | None:
        """The classes that the facts of a purchase may have if it goes a way; None where it cannot."""
        found = self._going(values, tuple(way))
        return None if found is None else found[1]

    def columns(self, values: Values, way: Iterable[TestHolds]) -> tuple[str, ...]:
        """The columns in which the purchase has to say what a way asks for."""
        found = self._going(values, tuple(way))
        return () if found is None else found[0]

    def _going(self, values: Values, way: Way) -> tuple[tuple[str, ...], Mapping[str, Classes]] | None:
        """Of each fact the column that is tested is to say something else; where that cannot be, those that bound it,
        too."""
        own = [self._own(self._facts[each.fact]) for each in way]
        for freed in ([columns[:1] for columns in own], own):
            columns = tuple(dict.fromkeys(column for each in freed for column in each))
            options = self.supposing.classes(values, columns)
            for each in way:
                options[each.fact] = tuple(found for found in options[each.fact] if each.fits(found))
            if all(options.values()):
                return columns, options
        return None

    def chooses(self, fact: str) -> bool:
        """Whether a buyer chooses what is asked of a fact."""
        found = self._facts[fact]
        return self._own(found)[:1] == found.columns[:1]


class _TooMany(Exception):
    """The judge was asked too often."""


class _Search:
    """The search for the ways of one purchase."""

    def __init__(self, ways: Ways, values: Values, posted: Posted, readings: Readings) -> None:
        self._ways, self._plan = ways, ways.plan
        self._values, self._posted, self._readings = values, posted, readings
        self._fails = Memo(lambda breaches: any(each & readings for each in breaches))
        self._passed: dict[_Set, bool] = {}
        self._looked: set[_Set] = set()
        self._seen: set[_Set] = set()

    def found(self) -> WaysFound:
        found: dict[_Set, None] = {}
        whole = True
        try:
            for way in self._proposed():
                kept = self._least(way)
                if not any(other <= kept for other in found):
                    found = dict.fromkeys([*(other for other in found if not kept < other), kept])
                if len(found) == MOST:
                    break
        except _TooMany:
            whole = False
        return WaysFound(tuple(tuple(sorted(way)) for way in found), whole)

    def _proposed(self) -> Iterator[_Set]:
        some = False
        for way in self._from(frozenset()):
            some = True
            yield way
        if not some:
            yield from self._combined()

    def _from(self, wanted: _Set) -> Iterator[_Set]:
        """The ways that begin with what is wanted already: the first rule that is breached says what more would do."""
        if wanted in self._seen:
            return
        self._seen.add(wanted)
        supposed = self._judge(wanted)
        if supposed is None:
            return
        breached = self._breached(supposed)
        if breached is None:
            yield wanted
            return
        rule, readings = breached
        due, met = self._plan.duties[rule]
        for holds, asked in ((True, met), (False, due)):
            for each in islice(alternatives(asked, readings, holds), _ALTERNATIVES):
                more = self._chosen(each, supposed.options)
                if more:
                    yield from self._from(wanted | more)

    def _chosen(self, alternative: _Set, options: Mapping[str, Any]) -> _Set:
        """What of an alternative is still to be chosen; nothing where it cannot be."""
        found = set()
        for each in alternative:
            classes = options.get(each.fact, ())
            fits = [value for value in classes if each.fits(value)]
            if len(fits) == len(classes):
                continue
            if self._ways.chooses(each.fact):
                found.add(each)
            elif not fits:
                return frozenset()
        return frozenset(found)

    def _combined(self) -> Iterator[_Set]:
        """Every combination of what can be chosen, where no duty says what would do."""
        names = [fact.name for fact in self._plan.facts if self._ways.chooses(fact.name)]
        classes = self._ways.supposing.classes(self._values, self._ways.chosen)
        for n, each in enumerate(product(*(classes[name] for name in names))):
            if n == _COMBINATIONS:
                raise _TooMany
            way = frozenset(
                TestHolds(name, bit, bool(value >> bit & 1))
                for name, value in zip(names, each, strict=True)
                for bit in range(len(self._plan.built.facts[name].tests))
            )
            if self._passes(way):
                yield way

    def _least(self, way: _Set) -> _Set:
        """A way without what is not needed."""
        for each in sorted(way, reverse=True):
            less = way - {each}
            if self._passes(less):
                way = less
        return way

    def _passes(self, wanted: _Set) -> bool:
        """Whether no rule is breached."""
        if wanted not in self._passed:
            options = self._options(wanted)
            self._passed[wanted] = options is not None and not self._ways.supposing.some(
                self._values, self._posted, options, self._fails.__getitem__
            )
        return self._passed[wanted]

    def _judge(self, wanted: _Set) -> Supposed | None:
        options = self._options(wanted)
        return None if options is None else self._ways.supposing(self._values, self._posted, options)

    def _options(self, wanted: _Set) -> Mapping[str, Classes] | None:
        """What the facts may be; raises `_TooMany` where too many ways were looked at."""
        if wanted not in self._looked:
            self._looked.add(wanted)
            if len(self._looked) > _EFFORT:
                raise _TooMany
        return self._ways.options(self._values, sorted(wanted))

    def _breached(self, supposed: Supposed) -> tuple[int, Readings] | None:
        """The first rule that may be breached, and under which of the interpretations."""
        for breach in supposed.outcome.breaches:
            if readings := breach.perhaps & self._readings:
                return self._plan.rules.index(breach.rule), readings
        return None


def alternatives(asked: Any, readings: Readings, holds: bool = True) -> Iterator[_Set]:
    """What makes a condition hold under some of these interpretations, or fail: each alternative is of tests that all
    have to pass or fail. Where the amounts stand is not chosen: a band asks for nothing."""
    match asked:
        case Test():
            yield frozenset({TestHolds(asked.fact, asked.bit, holds)})
        case InBand():
            yield frozenset()
        case Not():
            yield from alternatives(asked.part, readings, not holds)
        case Under():
            if asked.readings & readings:
                yield from alternatives(asked.part, readings, holds)
        case All() | AnyPart():
            if isinstance(asked, All) is holds:
                each = [list(islice(alternatives(part, readings, holds), _ALTERNATIVES)) for part in asked.parts]
                yield from (frozenset().union(*some) for some in product(*each))
            else:
                for part in asked.parts:
                    yield from alternatives(part, readings, holds)
        case _:
            assert isinstance(asked, PythonSide)
            # What a rule in Python makes of its tests is its own: each may be what it waits for.
            for test in asked.tests.values():
                yield from alternatives(test, readings, True)
                yield from alternatives(test, readings, False)
