"""What a violation lacked: what the clauses asked for at the time and the log does not show, and the purchases that
carried it into its band. A statement of fact: it advises nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from procure.engines.evidence import Evidence
from procure.engines.findings import Finding
from procure.engines.judge import Verdict
from procure.engines.sums import Total
from procure.engines.supposing import Values
from procure.engines.ways import Found, Way, Ways
from procure.log.rows import Rejected, Row
from procure.policy.ladders import Gauge, positions
from procure.policy.plan import Plan
from procure.policy.totals import Measure
from procure.reporting.asked import by_fact, first_of, joined, wanted_words
from procure.reporting.members import Member, members
from procure.reporting.phrases import shown_sum, stated, total_name
from procure.values.words import Words

#: How many ways and how many purchases a sentence tells.
WAYS, MEMBERS = 6, 5


@attrs.frozen
class Demand:
    """What was asked for in some columns, and what the log shows there."""

    columns: tuple[str, ...]
    asked: Words
    shown: Words


@attrs.frozen
class Carried:
    """A total that carried a purchase into its band: `band` of `ladder` by its id and its `title`, what the total came
    to, and the other purchases that make it up."""

    ladder: str
    band: str
    title: Words
    measure: Measure = attrs.field(repr=False)
    total: Total
    words: Words
    members: tuple[Member, ...]


@attrs.frozen
class Lacking:
    """What a purchase lacked under the working interpretation: each of the `ways` would have met what was asked, in the
    order of the policy. None where nothing that a buyer chooses would have; `whole` is False where there were too many
    ways to look at all of them."""

    ways: tuple[tuple[Demand, ...], ...]
    carried: tuple[Carried, ...]
    whole: bool = True

    @property
    def words(self) -> tuple[Words, ...]:
        """The same as sentences."""
        return tuple(_sentences(self))


class Lacked:
    """What the violations of one check lacked. Purchases that are alike in all that matters share their ways."""

    def __init__(self, plan: Plan, rows: Sequence[Row | Rejected]) -> None:
        self._plan, self._rows = plan, rows
        self._ways = Ways(plan)
        self._working = plan.questions.giving(plan.working)
        self._alike: dict[tuple[object, ...], Found] = {}
        self._freed: dict[tuple[object, ...], Evidence] = {}
        self._columns: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._titles = {rule.id: rule.title for rule in plan.rules}

    def __call__(self, finding: Finding) -> Lacking | None:
        """What a purchase lacked; None of one that is no violation."""
        if finding.verdict is not Verdict.VIOLATION:
            return None
        values = {name: finding.purchase[name] for name in self._plan.built.columns}
        found = self._found(finding, values)
        ways = tuple(tuple(self._demands(values, way)) for way in found.ways)
        return Lacking(ways, tuple(self._carried(finding, values)), found.whole)

    def _found(self, finding: Finding, values: Values) -> Found:
        # Equal facts that stand alike have one judgement. What the buyer chooses may decide what a total counts: so
        # they have to stand alike whatever that is, too.
        says = id(finding.judgement), *(values[name] for name in self._ways.chosen)
        freed = self._freed.get(says)
        if freed is None:
            freed = self._freed[says] = Evidence(self._ways.supposing.classes(values, self._ways.chosen), {})
        _, placed = self._ways.supposing.placed(values, finding.posted, freed)
        key = id(placed), *says
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = self._ways.of(values, finding.posted, self._working)
        return found

    def _demands(self, values: Values, way: Way) -> Iterator[Demand]:
        plan = self._plan
        for fact, wanted in by_fact(plan, way).items():
            name = first_of(plan.built.facts[fact]).name
            yield Demand(
                self._columns_of(values, wanted),
                wanted_words(plan, fact, wanted, values),
                stated(plan, plan.built.columns[name], values[name]),
            )

    def _columns_of(self, values: Values, wanted: Way) -> tuple[str, ...]:
        """The columns in which this would have had to be said: the same for purchases that say the same in those that
        the buyer chooses."""
        key = wanted, *(values[name] for name in self._ways.chosen)
        found = self._columns.get(key)
        if found is None:
            found = self._columns[key] = self._ways.columns(values, wanted)
        return found

    # -- what carried it into its band ---------------------------------------------------------------------------------

    def _carried(self, finding: Finding, values: Values) -> Iterator[Carried]:
        plan = self._plan
        for ladder, bands in zip(plan.ladders, finding.judgement.bands, strict=True):
            gauges = [gauge for gauge in ladder.gauges if plan.working in gauge.when]
            if len(bands) != 1 or any(g.measure is None and self._claims(g, finding, values, bands[0]) for g in gauges):
                continue
            for gauge in gauges:
                if gauge.measure is not None and self._claims(gauge, finding, values, bands[0]):
                    name, total = total_name(plan, gauge.measure), finding.total(gauge.measure)
                    size = shown_sum(plan, gauge.measure, total)
                    others = tuple(
                        member
                        for member in members(finding, gauge.measure, self._rows)
                        if member.purchase != finding.purchase
                    )
                    told = Words(f"{name.zh} {size.zh}", f"{name.en} {size.en}")
                    band = ladder.bands[bands[0]]
                    title = self._titles.get(band, Words(band, band))
                    yield Carried(ladder.id, band, title, gauge.measure, total, told, others)

    def _claims(self, gauge: Gauge, finding: Finding, values: Values, band: int) -> bool:
        """Whether a gauge claims a band for certain, under the working interpretation."""
        plan = self._plan
        amount = values[plan.built.amount]
        if gauge.measure is None:
            low, high, counted = amount, amount, True  # what has no amount is no violation
        else:
            total = finding.total(gauge.measure)
            low, high, counted = total.low, total.high, total.sure > 0
        if not counted:
            return False
        words = self._ways.supposing.words(values) if plan.dimensions else ((),)
        return all(
            plan.working in gauge.claims[position][band]
            for each in words
            for cuts in plan.cuts(gauge, dict(zip(plan.dimensions, each, strict=True)), values[plan.built.date])
            for position in positions(cuts.mask(low, high))
        )


def _sentences(lacking: Lacking) -> Iterator[Words]:
    if lacking.ways:
        told = lacking.ways[:WAYS]
        ways = joined(map(way_words, told), Words("；或", "; or "))
        shown = joined(dict.fromkeys(each.shown for way in told for each in way if each.shown.en), Words("，", ", "))
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


def _carried_words(carried: Carried) -> Words:
    each = [Words(label, label) for member in carried.members[:MEMBERS] if (label := _label(member))]
    told = joined(each, Words("、", ", "))
    count = len(carried.members)
    more = Words(" 等", " and others") if count > len(each) else Words("", "")
    if not count:
        return Words(
            f"{carried.words.zh}，使本笔归入“{carried.title.zh}”档",
            f"the total, {carried.words.en}, carried it into the band “{carried.title.en}”",
        )
    return Words(
        f"{carried.words.zh}（含其他 {count} 笔：{told.zh}{more.zh}），使本笔归入“{carried.title.zh}”档",
        f"the total, {carried.words.en} with {count} other {'purchase' if count == 1 else 'purchases'} "
        f"({told.en}{more.en}), carried it into the band “{carried.title.en}”",
    )


def _label(member: Member) -> str:
    purchase = member.purchase
    row = f"#{purchase.origin.row}" if purchase.origin.row is not None else f"#{purchase.at + 1}"
    return str(purchase.id or row)
