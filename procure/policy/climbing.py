"""From the bands of a ladder to gauges: what each position of the amount, or of a total, claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import product
from operator import and_
from typing import Any

import attrs

from procure.interpretation.conditions import condition_words, cover
from procure.interpretation.readings import Readings
from procure.policy import notation
from procure.policy.ascending import ascending, shown
from procure.policy.conditions import Conditions
from procure.policy.declarations import Ladder
from procure.policy.expressions import Expression
from procure.policy.ladders import Cut, Gauge, Tiers
from procure.policy.limits import Resolved
from procure.policy.measuring import Measures
from procure.policy.notation import Named, Range
from procure.policy.own import without_bands
from procure.policy.totals import ROWS, Measure
from procure.values.faults import Faults, names, quoted, unknown
from procure.values.words import ProcureError, Words

_MEASURE = Words("金额列或累计", "money column or total")


@attrs.frozen(kw_only=True)
class BuiltLadder:
    """A ladder as it is judged by: its bands by name, its gauges, when it applies, and under which interpretations the
    lowest band claimed binds."""

    id: str
    bands: tuple[str, ...]
    gauges: tuple[Gauge, ...]
    when: Expression
    unless: Expression
    lowest: Readings


def ladder_of(conditions: Conditions, measures: Measures, number: int, id: str, ladder: Ladder) -> BuiltLadder:
    """Build a ladder; what is wrong with it is added to the faults."""
    faults, path = conditions.faults, ("ladder", id)
    bands = tuple(band.id for band in ladder.bands)
    for twice in dict.fromkeys(band for band in bands if bands.count(band) > 1):
        faults.add((*path, "band", twice), "两档同名", "two bands have one id")
    when = unless = conditions.condition({})
    lowest = conditions.none
    with faults.at(*path, "when"):
        when = without_bands(conditions.condition(ladder.when))
    with faults.at(*path, "unless"):
        unless = without_bands(conditions.condition(ladder.unless))
    with faults.at(*path, "binds"):
        lowest = _choice(conditions, ladder.binds, ("highest", "lowest"))["lowest"]
    for band in ladder.bands:
        with faults.at(*path, "band", band.id, "clause"):
            conditions.policy.clauses(band.clause)
    gauges: tuple[Gauge, ...] = ()
    read: list[tuple[str, Readings]] = []
    with faults.at(*path, "measures"):
        read = _measures(conditions, ladder)
    with faults.at(*path):
        gauges = tuple(_Edges(conditions, measures, number, id, ladder).all_gauges(read))
    return BuiltLadder(id=id, bands=bands, gauges=gauges, when=when, unless=unless, lowest=lowest)


def _measures(conditions: Conditions, ladder: Ladder) -> list[tuple[str, Readings]]:
    """The measures by name, with the interpretations under which each claims bands at all: in every one some do."""
    found: dict[str, Readings] = {}
    # A second amount is a fault already.
    amounts = [name for name, column in conditions.columns.by_name.items() if column.ready == "amount"]
    known = [*amounts, *conditions.policy.totals]
    wrong = Faults()
    for each, when in conditions.alternatives(ladder.measures):
        read: tuple[str, ...] = ()
        with wrong.at():
            read = tuple(map(conditions.columns.measured, names(each)))
        for name in read:
            with wrong.at():
                if name not in known:
                    raise _no_measure(conditions, name, known)
                found[name] = found.get(name, conditions.none) | when
    wrong.raise_nested()
    unread = conditions.every
    for when in found.values():
        unread -= when
    if unread:
        where = condition_words(cover(conditions.questions, unread, conditions.every))
        zh, en = (f"（{where.zh} 时）", f" (where {where.en})") if found else ("", "")
        raise ProcureError(Words(f"没有金额或累计{zh}", f"it has no measures{en}"))
    return list(found.items())


def _no_measure(conditions: Conditions, name: str, known: Sequence[str]) -> ProcureError:
    """A ladder cannot measure it."""
    column = conditions.columns.by_name.get(name)
    if column is None or column.type != "money":
        return unknown(_MEASURE, name, known)
    return ProcureError(
        Words(
            f"{name} 是金额列，但既非本笔金额，也非累计，不能据以分档；请在义务的 when 中写它的区间",
            f"{name} is a column of money, but neither the amount nor a total, which alone claim bands: say its ranges "
            "in the `when` of duties",
        )
    )


def _choice(conditions: Conditions, value: Any, options: Sequence[str]) -> Mapping[str, Readings]:
    """For each option the interpretations under which it is chosen."""
    found = dict.fromkeys(options, conditions.none)
    for option, when in conditions.alternatives(value):
        if option not in options:
            zh, en = "、".join(options), ", ".join(options)
            it = quoted(option)
            raise ProcureError(Words(f"{it.zh}不可用（可用：{zh}）", f"{it.en} is not one of {en}"))
        found[option] |= when
    return found


class _Edges:
    """The bands of one ladder, for every measure."""

    def __init__(self, conditions: Conditions, measures: Measures, number: int, id: str, ladder: Ladder) -> None:
        self.conditions, self.measures = conditions, measures
        self.number, self.id, self.ladder = number, id, ladder
        self.gaps: Mapping[str, Readings] = dict.fromkeys(("none", "up", "down"), conditions.none)
        with conditions.faults.at("ladder", id, "gaps"):
            self.gaps = _choice(conditions, ladder.gaps, ("none", "up", "down"))
        self._decided: set[str] = set()
        #: Whether the measure at hand is a number of rows.
        self._counted = False
        self._ends_of: dict[str, tuple[Cut | None, ...]] = {}
        self._named = isinstance(ladder.edge, Mapping) and "ask" not in ladder.edge

    def all_gauges(self, measures: Sequence[tuple[str, Readings]]) -> Iterator[Gauge]:
        if not measures:
            return  # which is a fault already
        with self.conditions.faults.at("ladder", self.id, "band"):
            self._known_measures([name for name, _ in measures])
        for name, read in measures:
            yield from self._gauges(name, read)
        self._unused()

    def _known_measures(self, names: Sequence[str]) -> None:
        """Raises for a range of a measure that the ladder has not."""
        wrong = Faults()
        for band in self.ladder.bands:
            if isinstance(band.range, Mapping) and "ask" not in band.range:
                for name in band.range:
                    if name not in names:
                        with wrong.at(band.id, "range"):
                            raise unknown(_MEASURE, name, names)
        wrong.raise_nested()

    def _gauges(self, name: str, read: Readings) -> Iterator[Gauge]:
        conditions = self.conditions
        total = conditions.policy.totals.get(name)
        measures: list[tuple[Measure | None, Readings]] = [(None, conditions.every)]
        if total is not None:
            measures = list(self.measures.of(name))
        self._counted = any(measure is not None and measure.way.sum == ROWS for measure, _ in measures)
        wrong = Faults()
        ranges = []
        for band in self.ladder.bands:
            with wrong.at("band", band.id, "range"):
                ranges.append(self._range(band.range, name))
        wrong.raise_nested()
        for texts, chosen in conditions.alternatives(ranges):
            spans = self._spans(texts)
            for limits, under in self._limits(spans):
                if not (when := chosen & under):
                    continue
                cuts, claims = self._claims(spans, limits)
                # A total that an interpretation does not read claims nothing there; reports still tell it.
                claimed = claims if total is None else tuple(tuple(claim & read for claim in row) for row in claims)
                for measure, meant in measures:
                    if both := (read if total is None else conditions.every) & when & meant:
                        yield Gauge(self.number, name, measure, cuts, claimed, both)

    def _range(self, value: Any, name: str) -> Any:
        """The range of a measure, or the ranges that a question chooses."""
        if isinstance(value, Mapping) and "ask" not in value:
            if name not in value:
                raise ProcureError(Words(f"没有 {name} 的区间", f"there is no range for {name}"))
            value = value[name]
        self.conditions.alternatives(value)
        return value

    def _spans(self, ranges: Sequence[Any]) -> list[Range]:
        """The ranges, each with ends that are none of a band's own."""
        spans: list[Range] = []
        wrong = Faults()
        for at, text in enumerate(ranges):
            with wrong.at("band", self.ladder.bands[at].id, "range"):
                span = notation.span(text)
                for end in (span.low, span.high):
                    self._is_end(end)
                spans.append(span)
        wrong.raise_nested()
        return spans

    def _limits(self, spans: Sequence[Range]) -> Iterator[tuple[Mapping[Named, str], Readings]]:
        """The limits at which bands end, as questions choose them together: of each as it is written its name."""
        conditions = self.conditions
        ends = dict.fromkeys(end for span in spans for end in (span.low, span.high) if isinstance(end, Named))
        for each in product(*(conditions.limits_meant(end.name, end.factor) for end in ends)):
            when = reduce(and_, (under for _, under in each), conditions.every)
            yield {end: limit.name for end, (limit, _) in zip(ends, each, strict=True)}, when

    def _claims(self, spans: Sequence[Range], limits: Mapping[Named, str]) -> tuple[tuple[Cut, ...], tuple[Tiers, ...]]:
        cuts: list[Cut] = []
        ends: list[tuple[int, int]] = []
        wrong = Faults()
        for at, span in enumerate(spans):
            with wrong.at("band", self.ladder.bands[at].id, "range"):
                ends.append(self._ends(span, limits, cuts, at))
        wrong.raise_nested()
        ascending(self.conditions, cuts, self._band_of)
        table = self._positions(spans, ends, cuts)
        return tuple(cuts), table

    def _ends(self, span: Range, limits: Mapping[Named, str], cuts: list[Cut], at: int) -> tuple[int, int]:
        """The cuts at which a band begins and ends, counted from 1: 0 where it is open below, -1 where above."""
        low, high = (limits[end] if isinstance(end, Named) else self._number(end) for end in (span.low, span.high))
        self._ends_of[self.ladder.bands[at].id] = low, high
        if low is None and at > 0:
            raise ProcureError(Words("只有最低档可以没有下限", "the lowest band alone may have no lower end"))
        if high is None and at < len(self.ladder.bands) - 1:
            raise ProcureError(Words("只有最高档可以没有上限", "the highest band alone may have no upper end"))
        start = 0 if low is None or (at == 0 and low == 0) else self._at(cuts, low)
        stop = -1 if high is None else self._at(cuts, high)
        if self._reaches_nothing(span, start, stop, cuts):
            raise ProcureError(Words("没有金额在此区间内", "no amount is in this range"))
        return start, stop

    def _reaches_nothing(self, span: Range, start: int, stop: int, cuts: Sequence[Cut]) -> bool:
        if not start or stop < 0:
            return False
        if start == stop:
            return (span.opens, span.closes) != ("[", "]")
        low, high = cuts[start - 1], cuts[stop - 1]
        # Amounts are whole minor units: there is none between two that follow each other.
        beside = isinstance(low, int) and isinstance(high, int) and high - low == 1
        return beside and span.opens == "(" and span.closes == ")"

    def _band_of(self, cut: Cut) -> str:
        """The first band that has this end."""
        return next(id for id, ends in self._ends_of.items() if cut in ends)

    def _number(self, operand: notation.Operand | None) -> int | None:
        """An end of a band that is no limit: an amount in minor units, or a number of rows."""
        if not isinstance(operand, Decimal):
            return None
        return int(operand) if self._counted else int(self.conditions.currency.minor(operand))

    def _is_end(self, operand: notation.Operand | None) -> None:
        """Raises for what is no end of a band."""
        if operand is None:
            return
        if isinstance(operand, Decimal):
            if self._counted and operand != int(operand):
                raise ProcureError(Words(f"{operand} 不是整数笔数", f"{operand} is no number of rows"))
            self._number(operand)
        elif isinstance(operand, Named) and operand.factor and not operand.days:
            limits = self.conditions.policy.limits
            if operand.name not in limits:
                raise notation.worded(operand.name) or unknown(Words("限额", "limit"), operand.name, limits)
            if self._counted:
                en = f"the limit {operand.name} is an amount, no number of rows"
                raise ProcureError(Words(f"限额 {operand.name} 是金额，不是笔数", en))
        else:
            raise ProcureError(Words(f"“{operand}”不是界点", f"{operand} is no end of a band"))

    def _at(self, cuts: list[Cut], cut: Cut) -> int:
        """The position of a cut, which is the last one or comes after it; counted from 1."""
        if cuts and cuts[-1] == cut:
            return len(cuts)
        if isinstance(cut, int) and cut <= 0:
            zero = self._shown(cut)
            raise ProcureError(Words(f"界点 {zero} 须高于零", f"the end {zero} must be above zero"))
        before = [
            other for other in cuts if other == cut or (isinstance(other, int) and isinstance(cut, int) and other > cut)
        ]
        if before:
            shown, lower = self._shown(cut), self._shown(before[-1])
            raise ProcureError(
                Words(
                    f"界点 {shown} 不高于前一界点 {lower}", f"the end {shown} is not above the one before it, {lower}"
                )
            )
        cuts.append(cut)
        return len(cuts)

    def _shown(self, cut: Cut) -> str:
        return str(cut) if self._counted else shown(self.conditions, cut)

    def _positions(
        self, ranges: Sequence[Range], ends: Sequence[tuple[int, int]], cuts: Sequence[Cut]
    ) -> tuple[Tiers, ...]:
        """For each position the bands that it claims."""
        none, every = self.conditions.none, self.conditions.every
        last = 2 * len(cuts) + 1
        table = [[none] * len(ranges) for _ in range(last + 1)]
        for band, (span, (start, stop)) in enumerate(zip(ranges, ends, strict=True)):
            low = 2 * start + 1 if start else 1
            high = last if stop < 0 else 2 * stop - 1
            for position in range(low, high + 1):
                table[position][band] = every
            if start and span.opens != "(":
                table[2 * start][band] |= every if span.opens == "[" else self._edge(cuts[start - 1], "upper")
            if stop > 0 and span.closes != ")":
                table[2 * stop][band] |= every if span.closes == "]" else self._edge(cuts[stop - 1], "lower")
        self._disjoint(table, cuts)
        self._fill_gaps(table)
        return tuple(map(tuple, table))

    def _edge(self, cut: Cut, side: str) -> Readings:
        edge = self.ladder.edge
        if self._named:
            key = next((key for key in edge if self._same(key, cut)), None)
            if key is None:
                edge = None
            else:
                self._decided.add(key)
                edge = edge[key]
        found = self.conditions.none
        self._decided.add("")
        with self.conditions.faults.at("ladder", self.id, "edge"):
            if edge is None:
                shown = self._shown(cut)
                raise ProcureError(Words(f"“|”处的 {shown} 没有 edge", f"there is no edge for {shown} at a '|'"))
            found = _choice(self.conditions, edge, ("upper", "lower"))[side]
        return found

    def _same(self, key: str, cut: Cut) -> bool:
        if isinstance(cut, str):
            return self._names(str(key), self.conditions.limits[cut])
        try:
            return int(key if self._counted else self.conditions.currency.minor(str(key))) == cut
        except (ProcureError, ValueError):
            return False

    def _names(self, key: str, limit: Resolved) -> bool:
        """Whether a key is what a limit is written as."""
        try:
            return notation.operand(key) == Named(limit.source, Fraction(limit.factor))
        except ProcureError:
            return False

    def _unused(self) -> None:
        """Raises for an edge where no `|` stands."""
        edge = self.ladder.edge
        left = [key for key in edge if key not in self._decided] if self._named else []
        with self.conditions.faults.at("ladder", self.id, "edge"):
            if left:
                zh, en = "、".join(left), ", ".join(left)
                raise ProcureError(Words(f"{zh} 处没有“|”", f"there is no '|' at {en}"))
            if edge is not None and not self._named and not self._decided:
                raise ProcureError(Words("各档没有“|”", "no band has a '|'"))

    def _disjoint(self, table: Sequence[Sequence[Readings]], cuts: Sequence[Cut]) -> None:
        wrong = Faults()
        for position, claims in enumerate(table):
            seen = self.conditions.none
            for band, claim in enumerate(claims):
                if seen & claim:
                    cut = cuts[max(position // 2 - 1, 0)]
                    other = next(n for n in range(band) if claims[n] & claim)
                    one, two = self.ladder.bands[other].id, self.ladder.bands[band].id
                    wrong.add(
                        ("band", two, "range"),
                        f"同一读法下，{self._shown(cut)} 同属 {one} 和 {two} 两档",
                        f"in one interpretation {self._shown(cut)} belongs to two bands, {one} and {two}",
                    )
                seen |= claim
        wrong.raise_nested()

    def _fill_gaps(self, table: list[list[Readings]]) -> None:
        """What no band claims goes to the next one above or below, where `gaps` says so."""
        # What the bands claim themselves: a gap that is filled claims nothing for the next.
        own = [tuple(row) for row in table]
        claimed = [any(row) for row in own]
        first, last = claimed.index(True), len(claimed) - 1 - claimed[::-1].index(True)
        for position in range(first + 1, last):
            row = table[position]
            open_ = self.conditions.every
            for claim in row:
                open_ -= claim
            if not open_:
                continue
            above = next(band for p in range(position + 1, last + 1) for band, claim in enumerate(own[p]) if claim)
            lower = range(position - 1, first - 1, -1)
            below = next(band for p in lower for band, claim in reversed(list(enumerate(own[p]))) if claim)
            row[above] |= open_ & self.gaps["up"]
            row[below] |= open_ & self.gaps["down"]
