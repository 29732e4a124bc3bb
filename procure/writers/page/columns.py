"""The columns of the table of findings: always the same places, so that the style knows them by number. One of which a
policy has nothing to say is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from procure.engines.findings import Finding
from procure.log.cells import MISSING
from procure.policy.totals import Measure
from procure.reporting.phrases import shown, total_name, unjudged_words
from procure.reporting.standing import certain
from procure.values.words import Words
from procure.writers.page.markup import Html, Part, join, tag
from procure.writers.page.standing import StandingKind, kind
from procure.writers.page.view import View

#: What a table shows of every purchase, in columns of their own: keys of totals that are none of these stand with them.
_WHO = ("unit", "department", "category")
_UNSAFE = re.compile(r"[^\w ]")


@attrs.frozen(eq=False)
class PageColumn:
    """One column: its head, and of each finding what a cell holds and by what it is sorted, if not by its text. `small`
    is what it is called on a phone, before the cell."""

    head: str
    tell: Callable[[Finding], tuple[Part, object]]
    there: bool = True
    numbers: bool = False
    right: bool = False
    small: str | None = None

    def th(self) -> Html:
        sort = "number" if self.numbers else "text"
        content = self.head if self.there else None
        return tag(
            "th", content, scope="col", data_sort=sort, class_="n" if self.right else None, hidden=not self.there
        )

    def td(self, finding: Finding) -> Html:
        if not self.there:
            return tag("td", hidden=True)
        content, key = self.tell(finding)
        return tag("td", content, class_="n" if self.right else None, data_k=None if key is None else str(key))


@attrs.frozen(eq=False)
class PageColumns:
    """`charts` has the number of the chart that shows an account of the measure `drawn`."""

    view: View
    drawn: Measure | None = None
    charts: Mapping[Any, int] = attrs.field(factory=dict)

    def all(self) -> tuple[PageColumn, ...]:
        view, say = self.view, self.view.say
        keys = self._keys()
        what = [name for name in ("category", "description") if name in view.report.read.by_ready]
        return (
            PageColumn(say("位置", "place"), self._place),
            PageColumn(_short(view, "date"), lambda finding: (_date(finding), None)),
            PageColumn(
                view.listed(_short(view, name) for name in keys),
                lambda finding: (self._who(finding, keys), None),
                bool(keys),
            ),
            PageColumn(say("与", ", ").join(_short(view, name) for name in what), self._what),
            PageColumn(say("单次金额", "amount"), self._amount, numbers=True, right=True, small=say("单次", "amount")),
            PageColumn(*self._total(), there=bool(view.plan.totals), numbers=True, right=True, small=self._total()[0]),
            PageColumn(
                say("档次", "tier"), self._tier, bool(view.plan.ladders), numbers=True, small=say("档次", "tier")
            ),
            PageColumn(say("结论", "verdict"), self._verdict, numbers=True),
            PageColumn(say("规则", "rules"), self._rules, small=say("规则", "rules")),
        )

    # -- what was bought ---------------------------------------------------------------------------------------------

    def _place(self, finding: Finding) -> tuple[Part, object]:
        purchase = finding.purchase
        return (tag("b", self.view.place(purchase.origin)), tag("i", purchase.id) if purchase.id else None), None

    def _keys(self) -> tuple[str, ...]:
        """Whose a purchase is: the unit, and by what else the totals differ."""
        report, plan = self.view.report, self.view.plan
        unit = [report.read.by_ready["unit"]] if "unit" in report.read.by_ready else []
        columns = plan.built.columns
        keys = (name for measure in plan.working_measures.values() for name in measure.grouping.by)
        others = (name for name in keys if columns[name].ready not in _WHO and columns[name].derived is None)
        return tuple(dict.fromkeys((*unit, *others)))

    def _who(self, finding: Finding, keys: tuple[str, ...]) -> Part:
        content = [self._value(finding, name) for name in keys]
        return content[0] if len(content) == 1 else [tag("span", each) for each in content if each]

    def _value(self, finding: Finding, name: str) -> str | None:
        value = finding.purchase[name]
        column = self.view.plan.built.columns[name]
        return self.view.words(shown(self.view.plan, column, value)) if isinstance(value, (str, frozenset)) else None

    def _what(self, finding: Finding) -> tuple[Part, object]:
        category, description = finding.purchase.category, finding.purchase.description
        return (tag("b", category) if category else None, tag("i", description) if description else None), None

    def _amount(self, finding: Finding) -> tuple[Part, object]:
        return self.view.amount(finding.purchase), self._key(finding.purchase.minor)

    def _key(self, number: int | None, several: bool = False) -> object:
        """By what a number is sorted, where its text does not tell."""
        return number if several or self.view.policy.decimal != "." else None

    # -- what was found ----------------------------------------------------------------------------------------------

    def _total(self) -> tuple[str, Callable[[Finding], tuple[Part, object]]]:
        """The one total, or each by its id."""
        view, ids = self.view, tuple(self.view.plan.totals)
        if len(ids) != 1:
            return view.say("累计", "totals"), lambda finding: self._several(finding, ids)
        found = (g.measure for ladder in view.plan.built.ladders for g in ladder.gauges if g.measure is not None)
        measure = next(found, None)
        head = Words("累计", "accumulated") if measure is None else total_name(view.plan, measure)
        return view.words(head), lambda finding: (self._sum(finding, ids[0]), self._key(_low(finding, ids[0])))

    def _several(self, finding: Finding, ids: tuple[str, ...]) -> tuple[Part, object]:
        content = ((id, self._sum(finding, id)) for id in ids)
        lines = [tag("span", id, self.view.say("：", ": "), sum) for id, sum in content if sum is not None]
        return lines, self._key(next((low for id in ids if (low := _low(finding, id)) is not None), None), True)

    def sums(self, finding: Finding) -> Part:
        """The totals of a finding in plain words."""
        view, ids = self.view, tuple(self.view.plan.totals)
        measures = [(id, view.plan.working_measures.get(id)) for id in ids]
        content = [(id, view.total(m, None if m is None else finding.total(m))) for id, m in measures]
        return (
            [tag("div", id, view.say("：", ": "), sum) for id, sum in content]
            if len(content) > 1
            else [s for _, s in content]
        )

    def _sum(self, finding: Finding, id: str) -> Html | None:
        measure = self.view.plan.working_measures.get(id)
        if measure is None:
            return None
        content, (account, _) = self.view.total(measure, finding.total(measure)), finding.posting(measure)
        chart = self.charts.get(account) if measure == self.drawn else None
        outside = finding.counts(measure) is False
        return join(
            content if chart is None else tag("a", content, href=f"#chart-{chart}"),
            tag("i", self.view.say("（本笔不计入）", "(itself not counted)")) if outside else None,
        )

    def _tier(self, finding: Finding) -> tuple[Part, object]:
        """The band of the one ladder, or that of each, by the ladder's id."""
        view, ladders = self.view, self.view.plan.ladders
        first = finding.ladder
        rank = ladders[first].bands.index(finding.tiers[0]) if first is not None and finding.tiers else None
        if len(ladders) == 1:
            return view.tiers(finding.tiers), rank
        bands = ((id, view.tiers(of_ladder)) for id, of_ladder in finding.bands.items() if of_ladder)
        return [tag("span", id, view.say("：", ": "), content) for id, content in bands], rank

    def _verdict(self, finding: Finding) -> tuple[Part, object]:
        found, settled = kind(finding), certain(finding)
        badge = tag("b", self.view.words(found.words), class_=f"badge {found.value}")
        certainty = None if settled is None else tag("i", certainty_words(self.view, settled))
        if finding.unjudged is not None:
            certainty = tag("i", self.view.words(unjudged_words(self.view.plan, finding.unjudged)))
        return (badge, certainty), _ORDER[found] * 2 + (settled is False)

    def _rules(self, finding: Finding) -> tuple[Part, object]:
        return [tag("span", self.view.rule(breach.rule)) for breach in finding.relevant], None


_ORDER = {each: rank for rank, each in enumerate(StandingKind)}


def certainty_words(view: View, settled: bool) -> str:
    return view.say("各读法一致", "settled") if settled else view.say("有争议", "disputed")


def _date(finding: Finding) -> str | None:
    day = finding.purchase[finding.plan.built.date]
    return None if day is MISSING else str(day.isoformat())


def _low(finding: Finding, id: str) -> int | None:
    total = finding.totals.get(id)
    return None if total is None or not total.founded else total.low


def _short(view: View, name: str) -> str:
    """A column in the head of a table: 采购日期 is 日期 there, where all is of purchases."""
    label = view.column(view.report.read.by_ready.get(name, name))
    return label.removeprefix("采购") or label


def labels(view: View) -> str:
    """The part of the style that says on a phone, where each finding is a card, what a cell is."""
    return f"@media screen and (max-width: 48rem) {{\n{''.join(_labels(view))}}}\n"


def _labels(view: View) -> Iterator[str]:
    for number, column in enumerate(PageColumns(view).all(), 1):
        if column.small and column.there:
            said = _UNSAFE.sub(lambda sign: f"\\{ord(sign[0]):x} ", column.small)
            yield f'  .findings td:nth-child({number})::before {{ content: "{said} "; }}\n'
