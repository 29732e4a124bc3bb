"""Which totals of the year have something to see, how each ran, and which purchase took it to a cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import attrs

from procure.evidence import kind_of
from procure.findings import Finding
from procure.ledger import Account, Measure, Total, at
from procure.policy import Policy
from procure.records import Purchase, Rejected
from procure.report import Report
from procure.terms import Kind
from procure.writers.page.standing import gravity, standing


@attrs.frozen
class Cut:
    """A cut in fen, and the kinds that it is for."""

    fen: int
    kinds: tuple[Kind, ...]


@attrs.frozen
class Point:
    """The total once a purchase that counts in it, or may, was made."""

    date: dt.date
    purchase: Purchase
    total: Total


@attrs.frozen
class Crossing:
    """The first purchase with which the total reaches a cut; `surely` False where it only may."""

    cut: Cut
    point: Point
    surely: bool


@attrs.frozen(eq=False)
class Run:
    """One total of one unit, year and category."""

    account: Account
    unit: str | None
    category: str
    year: int
    kinds: tuple[Kind, ...]
    points: tuple[Point, ...]
    cuts: tuple[Cut, ...]
    crossings: tuple[Crossing, ...]

    @property
    def last(self) -> Total:
        return self.points[-1].total


def runs(report: Report) -> list[Run]:
    """Totals of two purchases or more that reach a cut or may, those with most violations, then findings that want
    attention, then money first."""
    policy, measure = report.posted_by, report.posted_by.working_measure
    if measure is None or not report.postings:
        return []
    rows = _by_account(report, measure)
    found = [run for account, members in rows.items() if (run := _run(policy, measure, account, members)) is not None]
    counts = _attention(report.purchases, measure)
    return sorted(found, key=lambda run: (*(-n for n in counts.get(run.account, (0, 0))), -run.last.low))


def _by_account(report: Report, measure: Measure) -> Mapping[Account, list[tuple[int, Purchase]]]:
    rows: dict[Account, list[tuple[int, Purchase]]] = {}
    for row, posted in zip(report.log.rows, report.postings, strict=True):
        posting = at(posted, measure.level)
        if posting is not None:
            account, n = posting
            rows.setdefault(account, []).append((n, row.readable if isinstance(row, Rejected) else row))
    return rows


def _attention(findings: Sequence[Finding], measure: Measure) -> Mapping[Account, tuple[int, int]]:
    counts: dict[Account, tuple[int, int]] = {}
    for finding in findings:
        posting = at(finding.posted, measure.level)
        if posting is not None and standing(finding).attention:
            account = posting[0]
            violations, all_ = counts.get(account, (0, 0))
            counts[account] = violations + (gravity(finding) < 2), all_ + 1
    return counts


def _run(policy: Policy, measure: Measure, account: Account, members: list[tuple[int, Purchase]]) -> Run | None:
    first = members[0][1]
    # A purchase without them is in no account.
    assert first.date is not None
    assert first.category is not None
    points = tuple(_points(measure, account, members))
    kinds = _kinds(purchase for _, purchase in members)
    cuts = _cuts(policy, kinds, first.date.year)
    crossings = tuple(crossing for cut in cuts if (crossing := _crossing(cut, points)) is not None)
    if len(points) < 2 or not crossings:
        return None
    level = policy.levels[measure.level]
    whose = [first.unit, first.department if level.by_department else None]
    unit = " ".join(name for name in whose if name is not None) or None
    return Run(account, unit, level.key(first.category), first.date.year, kinds, points, cuts, crossings)


def _points(measure: Measure, account: Account, members: list[tuple[int, Purchase]]) -> Iterator[Point]:
    for n, purchase in sorted(members, key=lambda member: member[0]):
        own = measure.total(account.parts[n])
        if (own.sure or own.maybe) and purchase.date is not None:
            yield Point(purchase.date, purchase, measure.total(account.sums(n + 1)))


def _kinds(purchases: Iterator[Purchase]) -> tuple[Kind, ...]:
    told = {kind for purchase in purchases for kind in (purchase.kind, kind_of(purchase.category))}
    return tuple(kind for kind in Kind if kind in told) or tuple(Kind)


def _cuts(policy: Policy, kinds: Sequence[Kind], year: int) -> tuple[Cut, ...]:
    """The cuts that are known for these kinds, ascending."""
    by_fen: dict[int, list[Kind]] = {}
    for kind in kinds:
        cuts = policy.cuts_for(kind, year)
        for least, most in zip(cuts.least, cuts.most, strict=True):
            if least == most:
                by_fen.setdefault(least, []).append(kind)
    return tuple(Cut(fen, tuple(of)) for fen, of in sorted(by_fen.items()))


def _crossing(cut: Cut, points: Sequence[Point]) -> Crossing | None:
    for surely in (True, False):
        for point in points:
            if (point.total.low if surely else point.total.high) >= cut.fen:
                return Crossing(cut, point, surely)
    return None
