"""A step chart as SVG: the total of the year as it ran, a band where it is uncertain, and the cuts as lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from procure.writers.page.accounts import Crossing, Point, Run
from procure.writers.page.markup import Html, join, tag
from procure.writers.page.view import View

WIDTH, HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 350, 12, 166


@attrs.frozen
class Frame:
    """From days and fen to the drawing, to a tenth of a unit. Whole numbers alone, so that it is the same anywhere."""

    first: int
    days: int
    low: int
    high: int

    @classmethod
    def of(cls, run: Run) -> Frame:
        day = dt.date(run.year, 1, 1).toordinal()
        sums = [sum for point in run.points for sum in (point.total.low, _most(point))]
        top = max(*sums, 1, *(mark.cut.fen for mark in run.crossings))
        # The next cut is drawn where it is near enough not to flatten the rest.
        near = [cut.fen for cut in run.cuts if top < cut.fen <= 2 * top]
        high = max(top, *near) if near else top
        return cls(day, dt.date(run.year, 12, 31).toordinal() - day, min(0, *sums), high + high // 8 + 1)

    def x(self, date: dt.date) -> str:
        return _tenths(10 * _LEFT + 10 * (_RIGHT - _LEFT) * (date.toordinal() - self.first) // self.days)

    def y(self, fen: int) -> str:
        inside = min(max(fen, self.low), self.high)
        return _tenths(10 * _BOTTOM - 10 * (_BOTTOM - _TOP) * (inside - self.low) // (self.high - self.low))


def _most(point: Point) -> int:
    """The highest a total may be, as far as that is known."""
    return point.total.high if point.total.bounded else point.total.low


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
    base = tag("line", x1=_LEFT, x2=_RIGHT, y1=_BOTTOM, y2=_BOTTOM, class_="axis")
    parts = [base]
    for month, en in ((1, "Jan"), (4, "Apr"), (7, "Jul"), (10, "Oct")):
        x = frame.x(dt.date(run.year, month, 1))
        parts += [
            tag("line", x1=x, x2=x, y1=_BOTTOM, y2=_BOTTOM + 4, class_="axis"),
            tag("text", view.say(f"{month}月", en), x=x, y=_BOTTOM + 16, class_="month"),
        ]
    return join(parts)


def _cuts(run: Run, frame: Frame) -> Html:
    heights = (frame.y(cut.fen) for cut in run.cuts if cut.fen < frame.high)
    return join(tag("line", x1=_LEFT, x2=_RIGHT, y1=y, y2=y, class_="cut") for y in heights)


def _names(run: Run, frame: Frame, names: Sequence[str]) -> Html:
    # Where the total passes the first cut early in the year, the names have room on the right.
    early = run.crossings[0].point.date.month < 5
    x, side = (_RIGHT, "right") if early else (_LEFT, "left")
    drawn = [(cut, name) for cut, name in zip(run.cuts, names, strict=True) if cut.fen < frame.high]
    return join(tag("text", name, x=x, y=frame.y(cut.fen), dy=-4, class_=f"amount {side}") for cut, name in drawn)


def _steps(run: Run, frame: Frame, sums: Sequence[int]) -> str:
    told = f"M{_LEFT} {frame.y(0)}"
    for point, fen in zip(run.points, sums, strict=True):
        told += f"H{frame.x(point.date)}V{frame.y(fen)}"
    return f"{told}H{_RIGHT}"


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
    fen = total.low if crossing.surely else total.high
    x, y = frame.x(crossing.point.date), frame.y(fen)
    return join(
        tag("circle", cx=x, cy=y, r=8, class_="mark"),
        tag("text", number, x=x, y=y, dy=4, class_="number"),
    )
