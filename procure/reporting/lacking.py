"""What a violation lacked: what the clauses asked for at the time and the log does not show, and the purchases that
carried it into its band. A statement of fact: it advises nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import attrs

from procure.engines.evidence import Evidence
from procure.engines.findings import Finding
from procure.engines.judge import Verdict
from procure.engines.sums import Summed
from procure.engines.supposing import Values
from procure.engines.ways import Way, Ways, WaysFound
from procure.log.rows import Rejected, Row
from procure.policy.ladders import Gauge, positions
from procure.policy.plan import Plan
from procure.policy.totals import Measure
from procure.reporting.asked import by_fact, first_of, joined, wanted_words
from procure.reporting.members import Member, others
from procure.reporting.phrases import shown_sum, stated, total_name
from procure.values.words import Words

#: How many ways and how many purchases a sentence tells, and how many purchases are kept: `explain` has them all.
WAYS, NAMED, KEPT = 6, 5, 20


@attrs.frozen
class Demand:
    """What was asked for in some columns, and what the log shows there."""

    columns: tuple[str, ...]
    asked: Words
    shown: Words


@attrs.frozen
class CarriedOver:
    """A total that carried a purchase into its band: `band` of `ladder` by its id and its `title`, what the total came
    to, and the first of the `others` that make it up."""

    ladder: str
    band: str
    title: Words
    measure: Measure = attrs.field(repr=False)
    total: Summed
    words: Words
    members: tuple[Member, ...]
    others: int


@attrs.frozen
class Lacking:
    """What a purchase lacked under the working interpretation: each of the `ways` would have met what was asked, in the
    order of the policy. None where nothing that a buyer chooses would have; `whole` is False where there were too many
    ways to look at all of them."""

    ways: tuple[tuple[Demand, ...], ...]
    carried: tuple[CarriedOver, ...]
    whole: bool = True

    @property
    def words(self) -> tuple[Words, ...]:
        """The same as sentences."""
        return tuple(_sentences(self))


@attrs.frozen
class _Claims:
    """A gauge, and for each of its positions the bands that it claims under the working interpretation."""

    gauge: Gauge
    bands: tuple[frozenset[int], ...]

    @classmethod
    def of(cls, gauge: Gauge, plan: Plan) -> _Claims:
        claims = gauge.claims
        return cls(gauge, tuple(frozenset(n for n, when in enumerate(each) if plan.working in when) for each in claims))


class Lacked:
    """What the violations of one check lacked. Purchases that are alike in all that matters share their ways."""

    def __init__(self, plan: Plan, rows: Sequence[Row | Rejected]) -> None:
        self._plan, self._rows = plan, rows
        self._ways = Ways(plan)
        self._working = plan.questions.giving(plan.working)
        self._alike: dict[tuple[object, ...], WaysFound] = {}
        self._freed: dict[tuple[object, ...], Evidence] = {}
        self._known: dict[tuple[object, ...], Demand] = {}
        self._titles = {rule.id: rule.title for rule in plan.rules}
        #: Of each ladder the gauges of the working interpretation, each with the bands that its positions claim there.
        self._gauges = [
            [_Claims.of(gauge, plan) for gauge in ladder.gauges if plan.working in gauge.when]
            for ladder in plan.ladders
        ]

    def __call__(self, finding: Finding) -> Lacking | None:
        """What a purchase lacked; None of one that is no violation."""
        if finding.verdict is not Verdict.VIOLATION:
            return None
        values = {name: finding.purchase[name] for name in self._plan.built.columns}
        found = self._found(finding, values)
        ways = tuple(tuple(self._demands(values, way)) for way in found.ways)
        return Lacking(ways, tuple(self._carried(finding, values)), found.whole)

    def _found(self, finding: Finding, values: Values) -> WaysFound:
        # Equal facts that stand alike have one judgement. What the buyer chooses may decide what a total counts: so
        # they have to stand alike whatever that is, too.
        says = id(finding.judgement), self._ways.outlook(values)
        freed = self._freed.get(says)
        if freed is None:
            freed = self._freed[says] = Evidence(self._ways.supposing.classes(values, self._ways.chosen), {})
        _, placed = self._ways.supposing.placed(values, finding.posted, freed)
        key = id(placed), says
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = self._ways.of(values, finding.posted, self._working)
        return found

    def _demands(self, values: Values, way: Way) -> Iterator[Demand]:
        plan = self._plan
        for name, wanted in by_fact(plan, way).items():
            fact: Any = plan.built.facts[name]
            key = wanted, *(values[column] for column in (*fact.columns, *self._ways.chosen))
            if key not in self._known:
                column = first_of(fact)
                self._known[key] = Demand(
                    self._ways.columns(values, wanted),
                    wanted_words(plan, name, wanted, values),
                    stated(plan, column, values[column.name]),
                )
            yield self._known[key]

    # -- what carried it into its band ---------------------------------------------------------------------------------

    def _carried(self, finding: Finding, values: Values) -> Iterator[CarriedOver]:
        plan = self._plan
        for ladder, gauges, bands in zip(plan.ladders, self._gauges, finding.judgement.bands, strict=True):
            if len(bands) != 1:
                continue
            claiming = [each.gauge.measure for each in gauges if self._claims(each, finding, values, bands[0])]
            if None in claiming:
                continue
            for measure in filter(None, claiming):
                name, total = total_name(plan, measure), finding.total(measure)
                size = shown_sum(plan, measure, total)
                each, count = others(finding, measure, self._rows)
                stated = Words(f"{name.zh} {size.zh}", f"{name.en} {size.en}")
                band = ladder.bands[bands[0]]
                title = self._titles.get(band, Words(band, band))
                yield CarriedOver(ladder.id, band, title, measure, total, stated, tuple(islice(each, KEPT)), count)

    def _claims(self, each: _Claims, finding: Finding, values: Values, band: int) -> bool:
        """Whether a gauge claims a band for certain, under the working interpretation."""
        plan = self._plan
        gauge, amount = each.gauge, values[plan.built.amount]
        if gauge.measure is None:
            low, high, counted = amount, amount, True  # what has no amount is no violation
        else:
            total = finding.total(gauge.measure)
            low, high, counted = total.low, total.high, total.sure > 0
        if not counted:
            return False
        words = self._ways.supposing.words(values) if plan.dimensions else ((),)
        return all(
            band in each.bands[position]
            for of_limits in words
            for cuts in plan.cuts(gauge, dict(zip(plan.dimensions, of_limits, strict=True)), values[plan.built.date])
            for position in positions(cuts.mask(low, high))
        )


def _sentences(lacking: Lacking) -> Iterator[Words]:
    if lacking.ways:
        shown_ways = lacking.ways[:WAYS]
        ways = joined(map(way_words, shown_ways), Words("；或", "; or "))
        shown = joined(
            dict.fromkeys(each.shown for way in shown_ways for each in way if each.shown.en), Words("，", ", ")
        )
        more = len(lacking.ways) - WAYS
        rest = Words(f"；或另 {more} 种", f"; or {more} other ways") if more > 0 else Words("", "")
        yield Words(
            f"当时应有：{ways.zh}{rest.zh}。台账所载：{shown.zh or '无此栏'}",
            f"asked for at the time: {ways.en}{rest.en}. The log shows: {shown.en or 'no such column'}",
        )
    elif lacking.whole:
        yield Words(
            "当时无论采用何种方式、备齐何种佐证，都不能确定合规",
            "no method and no evidence would have made it compliant for certain",
        )
    for carried in lacking.carried:
        yield _carried_words(carried)


def way_words(way: Sequence[Demand]) -> Words:
    """All that a way asked for."""
    return joined((each.asked for each in way), Words("，且", " and "))


def _carried_words(carried: CarriedOver) -> Words:
    each = [Words(label, label) for member in carried.members[:NAMED] if (label := _label(member))]
    named = joined(each, Words("、", ", "))
    count = carried.others
    more = Words(" 等", " and others") if count > len(each) else Words("", "")
    if not count:
        return Words(
            f"{carried.words.zh}，使本笔归入“{carried.title.zh}”档",
            f"the total, {carried.words.en}, carried it into the band “{carried.title.en}”",
        )
    return Words(
        f"{carried.words.zh}（含其他 {count} 笔：{named.zh}{more.zh}），使本笔归入“{carried.title.zh}”档",
        f"the total, {carried.words.en} with {count} other {'purchase' if count == 1 else 'purchases'} "
        f"({named.en}{more.en}), carried it into the band “{carried.title.en}”",
    )


def _label(member: Member) -> str:
    purchase = member.purchase
    row = f"#{purchase.origin.row}" if purchase.origin.row is not None else f"#{purchase.at + 1}"
    return str(purchase.id or row)
