"""Totals as they are added up: each way in which the text may mean one is a measure of its own."""

from __future__ import annotations

import re
from typing import Literal

import attrs

from procure.policy.expressions import Expression
from procure.values.faults import quoted
from procure.values.words import ProcureError, Words

#: The sum of a total of rows: how many there are.
ROWS = "rows"


@attrs.frozen(cache_hash=True)
class Window:
    """How far a total reaches. `year` parts accounts by budget year; `whole` takes later rows too; `months` or `days`
    reach back from the day of the purchase."""

    year: bool = False
    whole: bool = False
    months: int = 0
    days: int = 0

    @property
    def back(self) -> bool:
        return bool(self.months or self.days)


_WINDOWS = {
    "year": Window(year=True, whole=True),
    "year so far": Window(year=True),
    "always": Window(whole=True),
    "always so far": Window(),
}
_BACK = re.compile(r"([1-9]\d{0,3}) (months?|days?) back")


def window(text: object) -> Window:
    """The window that a text names; raises `ProcureError` for another text."""
    if isinstance(text, str) and text in _WINDOWS:
        return _WINDOWS[text]
    match = _BACK.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        it = quoted(text)
        each = "year, year so far, always, always so far, 12 months back, 30 days back"
        raise ProcureError(
            Words(f"{it.zh}不是累计期间（可用：{each}）", f"{it.en} is not a window (there are: {each})")
        )
    number = int(match[1])
    return Window(months=number) if match[2].startswith("month") else Window(days=number)


@attrs.frozen
class Way:
    """What a total sums, and of which rows."""

    sum: str
    counts: Expression


@attrs.frozen
class Grouping:
    """Whose rows add up together: those that agree in these columns, and in the budget year if `year`. `dated`: a row
    needs its day to be placed."""

    by: tuple[str, ...]
    year: bool
    dated: bool = True


Kind = Literal["rows", "money"]


@attrs.frozen
class Measure:
    """One way to accumulate."""

    total: str
    grouping: Grouping
    way: Way
    window: Window
    itself: bool
