"""A step chart as SVG: a total as it ran, a band where it is uncertain, and the cuts as lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs

from procure.writers.page.accounts import ChartPoint, Crossing, Cut, Run
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.view import View

WIDTH, HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 350, 12, 166
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@attrs.frozen
class Frame:
    """From days and amounts to the drawing, to a tenth of a unit. Whole numbers alone, so that it is the same
    anywhere."""

    first: int
    days: int
    low: int
    high: int

    @classmethod
    def of(cls, run: Run) -> Frame:
        day = run.first.toordinal()
        sums = [sum for point in run.points for sum in (_least(point), _most(point))]
        top = max(*sums, 1, *(mark.cut.number for mark in run.crossings))
        # The next cut is drawn where it is near enough not to flatten the rest.
        near = [cut.number for cut in run.cuts if top < cut.number <= 2 * top]
        high = max(top, *near) if near else top
        return cls(day, run.last.toordinal() - day, min(0, *sums), high + high // 8 + 1)

    def x(self, date: dt.date) -> str:
        return _tenths(10 * _LEFT + 10 * (_RIGHT - _LEFT) * (date.toordinal() - self.first) // self.days)

    def y(self, number: int) -> str:
        inside = min(max(number, self.low), self.high)
        return _tenths(10 * _BOTTOM - 10 * (_BOTTOM - _TOP) * (inside - self.low) // (self.high - self.low))

    def ends(self, cut: Cut) -> tuple[str, str]:
        """From where to where a cut is drawn."""
        start = str(_LEFT) if cut.since is None else self.x(cut.since)
        return start, str(_RIGHT) if cut.until is None else self.x(cut.until)


def _least(point: ChartPoint) -> int:
    """The lowest a total may be, as far as that is known."""
    return point.total.low if point.total.founded else 0


def _most(point: ChartPoint) -> int:
    """The highest a total may be, as far as that is known."""
    return point.total.high if point.total.bounded else _least(point)


def _tenths(tenths: int) -> str:
    whole, part = divmod(tenths, 10)
    return f"{whole}.{part}" if part else str(whole)


def drawing(
    view: View, run: Run, marked: Sequence[Crossing], title: str, description: str, names: Sequence[str]
) -> Html:
    """`names` are those of the cuts of the run."""
    frame = Frame.of(run)
    return Html(
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        + tag("title", title)
        + tag("desc", description)
        + join(
            _months(view, run, frame),
            _band(run, frame),
            _cuts(run, frame),
            _line(run, frame),
            _names(run, frame, names),
        )
        + join(_mark(frame, sign, crossing) for sign, crossing in enumerate(marked, 1))
        + "</svg>"
    )


def _months(view: View, run: Run, frame: Frame) -> Html:
    parts = [tag("line", x1=_LEFT, x2=_RIGHT, y1=_BOTTOM, y2=_BOTTOM, class_="axis")]
    for date in _ticks(run):
        x = frame.x(date)
        parts += [
            tag("line", x1=x, x2=x, y1=_BOTTOM, y2=_BOTTOM + 4, class_="axis"),
            tag("text", _month(view, run, date), x=_beside(run, date, x), y=_BOTTOM + 16, class_="month"),
        ]
    return join(parts)


def _ticks(run: Run) -> Iterator[dt.date]:
    """The first days of four months at most."""
    step = -(-_months_of(run) // 4)
    month = 12 * run.first.year + run.first.month - 1 + (run.first.day > 1)
    while month <= 12 * run.last.year + run.last.month - 1:
        yield dt.date(month // 12, month % 12 + 1, 1)
        month += step


def _months_of(run: Run) -> int:
    """How many months are drawn."""
    return 12 * (run.last.year - run.first.year) + run.last.month - run.first.month + (run.first.day == 1)


def _month(view: View, run: Run, date: dt.date) -> str:
    """Its name; where the figure is not that of one year, with the year."""
    return date.isoformat()[:7] if run.year is None else view.say(f"{date.month}月", _MONTHS[date.month - 1])


def _beside(run: Run, date: dt.date, x: str) -> str:
    """Where the name of a month stands: one with its year has no room at the very left."""
    return str(_LEFT + 12) if run.year is None and date == run.first else x


def _cuts(run: Run, frame: Frame) -> Html:
    drawn = (cut for cut in run.cuts if cut.number < frame.high)
    lines = ((*frame.ends(cut), frame.y(cut.number)) for cut in drawn)
    return join(tag("line", x1=start, x2=end, y1=y, y2=y, class_="cut") for start, end, y in lines)


def _names(run: Run, frame: Frame, names: Sequence[str]) -> Html:
    # Where the total passes the first cut early, the names have room on the right.
    crossed = run.crossings[0].point.date
    early = 12 * (crossed.year - run.first.year) + crossed.month - run.first.month < max(1, _months_of(run) // 3)
    at, side = (1, "right") if early else (0, "left")
    drawn = [(cut, name) for cut, name in zip(run.cuts, names, strict=True) if cut.number < frame.high]
    return join(
        tag("text", name, x=frame.ends(cut)[at], y=frame.y(cut.number), dy=-4, class_=f"amount {side}")
        for cut, name in drawn
    )


def _steps(run: Run, frame: Frame, sums: Sequence[int]) -> str:
    path = f"M{_LEFT} {frame.y(0)}"
    for point, number in zip(run.points, sums, strict=True):
        path += f"H{frame.x(point.date)}V{frame.y(number)}"
    return f"{path}H{_RIGHT}"


def _line(run: Run, frame: Frame) -> Html:
    return tag("path", d=_steps(run, frame, [point.total.low for point in run.points]), class_="total")


def _band(run: Run, frame: Frame) -> Html | None:
    """Between the lowest and the highest the total may be; up to the edge where there is no telling."""
    if all(point.total.exact for point in run.points):
        return None
    lows = [point.total.low for point in run.points]
    highs = [point.total.high if point.total.bounded else frame.high for point in run.points]
    back = ""
    for n in reversed(range(len(lows))):
        back += f"V{frame.y(lows[n])}H{frame.x(run.points[n].date)}"
    return tag("path", d=f"{_steps(run, frame, highs)}{back}V{frame.y(0)}Z", class_="band")


def _mark(frame: Frame, number: int, crossing: Crossing) -> Html:
    """On the line where a cut is reached for certain, else at the top of the band."""
    total = crossing.point.total
    x, y = frame.x(crossing.point.date), frame.y(total.low if crossing.surely else total.high)
    return join(
        tag("circle", cx=x, cy=y, r=8, class_="mark"),
        tag("text", number, x=x, y=y, dy=4, class_="number"),
    )
