"""Whether the cuts of a ladder ascend: for each value by which its limits differ, and in each period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import floor

from procure.policy.conditions import Conditions
from procure.policy.ladders import Cut
from procure.policy.limits import Exact
from procure.values.faults import Faults
from procure.values.words import ProcureError, Words

_FIRST = dt.date.min


def ascending(conditions: Conditions, cuts: Sequence[Cut], band_of: Callable[[Cut], str]) -> None:
    """Raises where a limit is surely not above the cuts before it; what is not known may be anything."""
    wrong = Faults()
    for n, cut in enumerate(cuts):
        for lower in cuts[:n]:
            if isinstance(cut, str) or isinstance(lower, str):
                with wrong.at("band", band_of(cut), "range"):
                    _above(conditions, cut, lower)
    wrong.raise_nested()


def _above(conditions: Conditions, cut: Cut, lower: Cut) -> None:
    """Raises, naming each value and period, where a cut is surely not above a lower one."""
    limits = [conditions.limits[each] for each in (cut, lower) if isinstance(each, str)]
    columns = tuple(dict.fromkeys(column for limit in limits for column in limit.dimensions))
    starts = sorted({start for limit in limits for start in limit.starts})
    wrong = Faults()
    if len(limits) == 2 and limits[0].of == limits[1].of and limits[0].factor <= limits[1].factor:
        high_name, low_name = shown(conditions, cut), shown(conditions, lower)
        raise ProcureError(
            Words(f"{high_name} 不高于前一界点 {low_name}", f"{high_name} is not above the end before it, {low_name}")
        )
    for words in product(*(conditions.dimension(column) for column in columns)):
        named = dict(zip(columns, words, strict=True))
        for day in (_FIRST, *starts):
            high, low = (_bound(conditions, each, named, day) for each in (cut, lower))
            if high is not None and low is not None and high[1] <= low[0]:
                wrong.add((), *_too_low(conditions, cut, high[1], low[0], words, day))
    wrong.raise_nested()


def _bound(conditions: Conditions, cut: Cut, words: Mapping[str, str], day: dt.date) -> tuple[Exact, Exact] | None:
    """Between which amounts a cut lies on a day; None where no purchase is judged in that period."""
    if isinstance(cut, int):
        return cut, cut
    limit = conditions.limits[cut]
    period = limit.period(day)
    if period not in limit.periods:
        return None
    return limit.bound(tuple(words[column] for column in limit.dimensions), period)


def _too_low(
    conditions: Conditions, cut: Cut, number: Exact, lower: Exact, words: Sequence[str], day: dt.date
) -> Words:
    of = (f"（{'、'.join(words)}）", f" of {', '.join(words)}") if words else ("", "")
    since = ("", "") if day == _FIRST else (f"自 {day} 起", f" from {day} on")
    high, low = (conditions.currency.plain(floor(each)) for each in (number, lower))
    name = shown(conditions, cut)
    return Words(
        f"{name}{of[0] or ' '}{since[0]}为 {high}，不高于前一界点 {low}",
        f"{name}{of[1]} is {high}{since[1]}, not above the end before it, {low}",
    )


def shown(conditions: Conditions, cut: Cut) -> str:
    """A cut in a message: a limit by its name."""
    if isinstance(cut, int):
        return conditions.currency.plain(cut)
    limit = conditions.limits[cut]
    return limit.source if limit.factor == 1 else f"{limit.factor} * {limit.source}"
