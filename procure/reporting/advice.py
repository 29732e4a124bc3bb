"""Advice before the money is spent: where a draft would stand, what would be asked of it, and the ways to satisfy it
under the working interpretation and under every one left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from procure.engines.drafting import Drafted, Drafting
from procure.engines.ledger import Posting
from procure.engines.sums import Summed
from procure.engines.supposing import Supposed, Values
from procure.engines.ways import Way
from procure.interpretation.conditions import condition_words, cover
from procure.interpretation.readings import Readings
from procure.log import onepurchase, statuses
from procure.log.cells import MISSING
from procure.log.reading import read_rows
from procure.log.records import Log, Purchase
from procure.log.rows import Row, Rows
from procure.policy.declarations import Head, Holds
from procure.policy.plan import NO, Plan
from procure.policy.policy import Policy
from procure.policy.rules import Ruling
from procure.policy.totals import Grouping, Measure
from procure.reporting.asked import by_fact, joined, wanted_words
from procure.reporting.phrases import column_name, sum_of
from procure.values.faults import nearest
from procure.values.words import ProcureError, Words

#: As how many different things that may be asked counts what places a draft.
_MANY = 1_000.0


@attrs.frozen
class Bound:
    """A band that may bind: whether under the working interpretation, and under which of those left open."""

    ladder: str
    band: str
    title: Words
    working: bool
    when: Words


@attrs.frozen
class AskedDuty:
    """A duty that may be due: whether under the working interpretation, and under which of those left open."""

    rule: Ruling
    working: bool
    when: Words


@attrs.frozen
class Turning:
    """A duty that a way would breach under other interpretations than the working one."""

    rule: Ruling
    when: Words


@attrs.frozen
class AdvisedWay:
    """A way to satisfy what is asked: in words, by column; `safe` where it does under every interpretation left open,
    whatever else is not known; else `turning` says what it would breach, and when."""

    way: Way
    columns: tuple[str, ...]
    words: Words
    safe: bool
    turning: tuple[Turning, ...]


@attrs.frozen
class Share:
    """A purchase that makes up a total; `sure` is False where it is not known whether it counts."""

    row: Row
    sure: bool


@attrs.frozen
class Sum:
    """A total before the purchase and with it, the readings under which it is the one meant, and the purchases that
    make it up so far, or may."""

    measure: Measure = attrs.field(repr=False)
    before: Summed
    after: Summed
    working: bool
    when: Words
    members: tuple[Share, ...]


@attrs.frozen
class AskedDatum:
    """A datum of the draft that is to be asked: the column, and the words that it may be."""

    column: str
    words: Words
    choices: tuple[Words, ...]


@attrs.frozen(repr=False)
class Advice:
    """What is advised for one draft. `courses` are the ways under the working interpretation, in the order of the
    policy; `safe` is the first way that satisfies every interpretation left open, None where none was found: then `why`
    says why. `ask` has what should be said of the draft first, the most telling first. `speaks` is False where the
    policy does not speak to it. `whole` is False where there were too many ways to look at all of them."""

    draft: Row
    plan: Plan = attrs.field(repr=False)
    speaks: bool
    bands: tuple[Bound, ...]
    duties: tuple[AskedDuty, ...]
    courses: tuple[AdvisedWay, ...]
    safe: AdvisedWay | None
    why: tuple[Turning, ...]
    totals: tuple[Sum, ...]
    ask: tuple[AskedDatum, ...]
    whole: bool

    def __repr__(self) -> str:
        ways = "; or ".join(course.words.en for course in self.courses)
        return f"<Advice: {ways or 'no way'}. Safe: {'none' if self.safe is None else self.safe.words.en}>"

    @property
    def nothing_asked(self) -> bool:
        """Whether the draft satisfies every interpretation left open as it stands."""
        return self.safe is not None and not self.safe.way

    @property
    def clauses(self) -> tuple[tuple[Words, str], ...]:
        """The clauses to cite: of each duty that may be due its title and its text, each once."""
        found: dict[str, Words] = {}
        for asked in self.duties:
            for clause in asked.rule.clauses:
                found.setdefault(clause.text, asked.rule.title)
        return tuple((title, text) for text, title in found.items())


class Adviser:
    """A log that was read once, and asked about drafts. Raises `ProcureError` for a log that cannot be read by the
    policy's columns."""

    def __init__(self, policy: Policy, history: Log | None = None, any_year: bool = False) -> None:
        self._policy = policy
        self._habits = Log() if history is None else Log(habits=history.habits)
        none = self._read([Purchase()]).only([])
        rows = self._history = none if history is None else self._rows(history)
        wanted = self._habits.habits.one_purchase
        rows = self._history = onepurchase.merged(rows, wanted, policy.built.columns)[0]
        self._drafting = Drafting(policy, rows, any_year)

    def _rows(self, log: Log) -> Rows:
        rows = read_rows(log, self._policy.built.columns, self._policy.money, self._policy.decimal, self._policy.meant)
        return rows.without(statuses.void(rows, log.habits))

    def _read(self, purchases: Sequence[Purchase]) -> Rows:
        return self._rows(attrs.evolve(self._habits, purchases=tuple(purchases)))

    def __call__(self, draft: Purchase | Mapping[str, Any]) -> Advice:
        """What is advised for a draft: its cells by the names of the policy's columns. Raises `ProcureError` for a cell
        that cannot be understood, and for an amount of zero or less."""
        return _advice(self._drafting(self._draft(draft)))

    def each(self, drafts: Log | Sequence[Purchase | Mapping[str, Any]]) -> Iterator[Advice]:
        """What is advised for several drafts, in order of their dates: each counts those before it."""
        if isinstance(drafts, Log):
            rows = self._rows(drafts)
            read = [self._sound(rows.only([at])) for at in range(len(rows))]
        else:
            read = [self._draft(draft) for draft in drafts]
        date = self._policy.built.date
        undated = [rows for rows in read if rows.values[date][0] is MISSING]
        dated = [rows for rows in read if rows.values[date][0] is not MISSING]
        for rows in (*sorted(dated, key=lambda rows: rows.values[date][0]), *undated):
            yield _advice(self._drafting(rows))
            self._drafting.add(rows)

    def unseen(self, draft: Mapping[str, str]) -> Iterator[Words]:
        """The names in a draft, such as that of its unit, that no purchase of the log has while one there is spelt much
        alike: totals of another name are no totals of this one."""
        for name, text in draft.items():
            column = self._history.columns.get(name)
            if column is None or column.type != "name" or column.code:
                continue
            there = {value for value in self._history.values[name] if isinstance(value, str)}
            near = nearest(text, sorted(there), Words("", ""))
            if text not in there and near.en:
                yield Words(
                    f"台账中没有{column.label.zh}“{text}”：{near.zh}",
                    f"no purchase of the log has the {name} {text!r}: {near.en}",
                )

    def _draft(self, draft: Purchase | Mapping[str, Any]) -> Rows:
        purchase = draft if isinstance(draft, Purchase) else Purchase(**draft)
        return self._sound(self._read([purchase]))

    def _sound(self, rows: Rows) -> Rows:
        """The one row of a draft, of which every cell has to be understood."""
        place = Words("拟采购", "the draft") if rows.origins[0].row is None else Words(*[str(rows.origins[0])] * 2)
        for fault in rows.faults.get(0, ()):
            label = rows.columns[fault.column].label if fault.column in rows.columns else Words("整行", "the row")
            raise ProcureError(
                Words(f"{place.zh}：{label.zh}：{fault.why.zh}", f"{place.en}: {label.en}: {fault.why.en}")
            )
        amount = rows.values[self._policy.built.amount][0]
        if amount is not MISSING and amount <= 0:
            raise ProcureError(Words(f"{place.zh}：金额须大于零", f"{place.en}: the amount must be more than zero"))
        return rows


def _advice(drafted: Drafted) -> Advice:
    return _Advising(drafted).advice()


class _Advising:
    """One draft."""

    def __init__(self, drafted: Drafted) -> None:
        self._drafted, self._ways, self._plan = drafted, drafted.ways, drafted.plan
        self._values: Values = {name: drafted.row[name] for name in self._plan.built.columns}
        self._working = self._plan.questions.giving(self._plan.working)

    def advice(self) -> Advice:
        plan, row = self._plan, self._drafted.row
        built = plan.built
        speaks = plan.judges(self._values[built.date], self._values[built.amount]) != NO
        if not speaks:
            return Advice(row, plan, False, (), (), (), None, (), (), (), True)
        supposed = self._ways.supposing(self._values, self._drafted.posted, self._ways.supposing.classes(self._values))
        working = self._ways.of(self._values, self._drafted.posted, self._working)
        every = self._ways.of(self._values, self._drafted.posted, plan.open)
        courses = tuple(self._course(way) for way in working.ways)
        safe = next((self._course(way) for way in every.ways), None)
        why = () if safe is not None else self._why(courses, supposed)
        return Advice(
            row, plan, True, tuple(self._bands(supposed)), tuple(self._duties(supposed)), courses, safe, why,
            tuple(self._totals(supposed)), self._ask(supposed), working.whole and every.whole,
        )  # fmt: skip

    def _when(self, readings: Readings) -> Words:
        """Under which of the interpretations left open."""
        if not self._plan.open - readings:
            return Words("各种读法下", "under every reading")
        when = condition_words(cover(self._plan.questions, readings, self._plan.open))
        return Words(f"若 {when.zh}", f"if {when.en}")

    # -- where it stands, and what is asked ----------------------------------------------------------------------------

    def _bands(self, supposed: Supposed) -> Iterator[Bound]:
        titles = {rule.id: rule.title for rule in self._plan.rules}
        each = self._ways.supposing.judge.bands(supposed.options, supposed.placed)
        for ladder, readings in zip(self._plan.ladders, each, strict=True):
            for band, when in zip(ladder.bands, readings, strict=True):
                if when:
                    title = titles.get(band, Words(band, band))
                    yield Bound(ladder.id, band, title, bool(when & self._working), self._when(when))

    def _duties(self, supposed: Supposed) -> Iterator[AskedDuty]:
        due = self._ways.supposing.judge.due(supposed.options, supposed.placed)
        each = [
            AskedDuty(rule, bool(when & self._working), self._when(when))
            for rule, when in zip(self._plan.rules, due, strict=True)
            if when
        ]
        yield from sorted(each, key=lambda asked: not asked.working)

    # -- ways ----------------------------------------------------------------------------------------------------------

    def _course(self, way: Way) -> AdvisedWay:
        options = self._ways.options(self._values, way)
        assert options is not None  # it was judged
        turning = self._turning(self._ways.supposing(self._values, self._drafted.posted, options))
        needed = [
            wanted_words(self._plan, fact, wanted, self._values) for fact, wanted in by_fact(self._plan, way).items()
        ]
        return AdvisedWay(
            way, self._ways.columns(self._values, way), joined(needed, Words("，且", " and ")), not turning, turning
        )

    def _turning(self, supposed: Supposed) -> tuple[Turning, ...]:
        breaches = supposed.outcome.breaches
        return tuple(Turning(breach.rule, self._when(breach.perhaps)) for breach in breaches)

    def _why(self, courses: Sequence[AdvisedWay], supposed: Supposed) -> tuple[Turning, ...]:
        """Why no way satisfies every interpretation: what the way that fails least would breach; where there is no way
        at all, what the draft would."""
        each = [course.turning for course in courses]
        return min(each, key=len) if each else self._turning(supposed)

    # -- totals --------------------------------------------------------------------------------------------------------

    def _totals(self, supposed: Supposed) -> Iterator[Sum]:
        """The totals of the working interpretation, then the others; those that are alike once."""
        plan = self._plan
        when: dict[Measure, Readings] = {}
        for gauge in plan.gauges:
            if gauge.measure is not None:
                when[gauge.measure] = when.get(gauge.measure, plan.questions.none) | gauge.when
        found: dict[tuple[object, ...], tuple[Measure, Summed, Summed, Readings, tuple[Share, ...]]] = {}
        for measure, readings in when.items():
            at = plan.groupings.index(measure.grouping)
            before, after = self._sum(measure, self._drafted.posted[at]), self._sum(measure, supposed.posted[at], True)
            members = tuple(self._members(measure, self._drafted.posted[at]))
            sizes = (sum_of(plan, measure, total) for total in (before, after))
            key = measure.total, *sizes, tuple((each.row.at, each.sure) for each in members)
            meant = found[key][3] if key in found else plan.questions.none
            found[key] = measure, before, after, meant | readings, members
        each = [
            Sum(measure, before, after, bool(readings & self._working), self._when(readings & plan.open), members)
            for measure, before, after, readings, members in found.values()
        ]
        yield from sorted(each, key=lambda sum_: not sum_.working)

    def _sum(self, measure: Measure, posting: Posting, itself: bool = False) -> Summed:
        account, n = posting
        at = 4 * self._plan.ways.index(measure.way)
        return Summed._make(account.sums(n, measure.window, itself)[at : at + 4])

    def _members(self, measure: Measure, posting: Posting) -> Iterator[Share]:
        account, n = posting
        way, rows = 4 * self._plan.ways.index(measure.way), self._drafted.rows
        for at in account.members(n, measure.window, False):
            sure, maybe = account.parts[at][way + 2 : way + 4]
            if sure or maybe:
                yield Share(Row(rows, account.rows[at]), sure > 0)
        for _, at in account.doubtful(n, measure.window, way):
            yield Share(Row(rows, at), False)

    # -- what is to be asked -------------------------------------------------------------------------------------------

    def _ask(self, supposed: Supposed) -> tuple[AskedDatum, ...]:
        """The data that the draft does not say and its buyer does not choose, as far as something turns on them: those
        on which most turns first."""
        plan, built = self._plan, self._plan.built
        scores: dict[str, tuple[float, float]] = {}
        for name in plan.column_order:
            follows = isinstance(built.columns[name].derived, (Holds, Head))
            if self._values[name] is not MISSING or name in self._ways.chosen or follows:
                continue
            telling = self._telling(name, supposed)
            if max(telling) > 1:
                scores[name] = telling
        order = sorted(scores, key=lambda name: scores[name], reverse=True)
        return tuple(AskedDatum(name, column_name(plan, name), self._choices(name)) for name in order)

    def _telling(self, name: str, supposed: Supposed) -> tuple[float, float]:
        """How many different things may be asked of the draft, as this datum is one thing or another: under the working
        interpretation, and under all of those left open."""
        plan, built = self._plan, self._plan.built
        if name == built.amount:
            return 2 * _MANY, 2 * _MANY
        working = {measure.grouping for measure in plan.working_measures.values()}
        placing = {grouping in working for grouping in plan.groupings if self._places(grouping, name)}
        if True in placing or name == built.date and (plan.starts or plan.days.since is not None):
            return _MANY, _MANY
        most = 1, _MANY if placing else 1
        for fact in plan.facts:
            if name in fact.columns and len(supposed.options[fact.name]) > 1:
                each = {self._asks({**supposed.options, fact.name: (value,)}) for value in supposed.options[fact.name]}
                most = max(most[0], len({of_working for of_working, _ in each})), max(most[1], len(each))
        return most

    def _places(self, grouping: Grouping, name: str) -> bool:
        """Whether a datum decides by which account of a grouping the draft is counted."""
        if name == self._plan.built.date:
            return grouping.dated
        return any(name in self._plan.placing(key) for key in grouping.by)

    def _asks(self, options: Mapping[str, Any]) -> tuple[tuple[object, ...], tuple[object, ...]]:
        """What is asked of the draft if its facts may be these: under the working interpretation, and under all."""
        facts = {fact.name: options[fact.name] for fact in self._plan.facts}
        supposed = self._ways.supposing(self._values, self._drafted.posted, facts)
        judge, at = self._ways.supposing.judge, (supposed.options, supposed.placed)
        due = judge.due(*at)
        return (*(bool(when & self._working) for when in due), judge.working_bands(*at)), tuple(due)

    def _choices(self, name: str) -> tuple[Words, ...]:
        column = self._plan.built.columns[name]
        if column.type == "yes-no":
            return Words("是", "yes"), Words("否", "no")
        return tuple(column.shown(word) for word in column.canonical) if column.type == "word" else ()
