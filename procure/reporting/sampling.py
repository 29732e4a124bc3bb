"""Purchases drawn for an audit: at random, at intervals or by money, within strata, by a seed that draws them again.

The draws are written out here, on SHA-256, so that no version of a library changes them: the `n`th number of a seed and
a stratum is the SHA-256 of `seed/stratum/n`, as a fraction of 2**256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, get_args

import attrs

from procure.engines.findings import Finding
from procure.reporting.phrases import stated
from procure.reporting.report import Report
from procure.reporting.standing import NAMES, standing
from procure.values.faults import unknown
from procure.values.words import ProcureError, Words

Method = Literal["random", "interval", "money"]
METHODS: tuple[Method, ...] = get_args(Method)


@attrs.frozen
class Stratum:
    """A part of the population: its name, the purchases in it with their money in minor units, and those chosen."""

    name: Words
    purchases: int
    minor: int
    chosen: tuple[Finding, ...]

    @property
    def chosen_minor(self) -> int:
        return sum(finding.purchase.minor or 0 for finding in self.chosen)


@attrs.frozen
class Sample:
    """What was drawn, in the order of the log within each stratum, and how: enough to draw the same again. `left_out`
    are the purchases without an amount above zero, which money cannot draw and `above` cannot compare."""

    report: Report = attrs.field(repr=False)
    strata: tuple[Stratum, ...]
    method: Method
    by: tuple[str, ...]
    size: int | None
    above: int | None
    seed: str
    left_out: int

    @property
    def chosen(self) -> tuple[Finding, ...]:
        return tuple(finding for stratum in self.strata for finding in stratum.chosen)


def sample(
    report: Report,
    *,
    size: int | None = None,
    above: int | None = None,
    by: Method = "random",
    strata: Sequence[str] = (),
    seed: str = "1",
) -> Sample:
    """Draw purchases from a report: `size` of them, shared out among the strata by their number (by their money where
    `by` is "money"), or all of those `above` an amount in minor units. `strata` are "verdict", "band" or columns.

    Raises `ProcureError` for a size below one, for another method, for a column that there is not, and where neither
    or both of size and `above` are given.
    """
    if by not in METHODS:
        raise unknown(Words("抽样方法", "method of sampling"), by, METHODS)
    if (size is None) is (above is None):
        raise ProcureError(Words("--size 与 --above 须给出其一", "give one of --size and --above"))
    if size is not None and size < 1:
        raise ProcureError(Words("--size 至少为 1", "--size is at least 1"))
    parted, left_out = _parted(report, strata, needs_money=by == "money" or above is not None)
    if above is not None:
        chosen = {
            name: [at for at, minor in enumerate(_minors(each)) if minor > above] for name, each in parted.items()
        }
    else:
        assert size is not None
        shares = _shares({name: _weight(each, by) for name, each in parted.items()}, parted, size)
        chosen = {name: draw(by, _minors(each), shares[name], f"{seed}/{name.en}") for name, each in parted.items()}
    found = tuple(
        Stratum(name, len(each), sum(_minors(each)), tuple(each[at] for at in chosen[name]))
        for name, each in parted.items()
    )
    return Sample(report, found, by, tuple(strata), size, above, seed, left_out)


def _minors(findings: Sequence[Finding]) -> list[int]:
    return [finding.purchase.minor or 0 for finding in findings]


def _weight(findings: Sequence[Finding], by: Method) -> int:
    return sum(_minors(findings)) if by == "money" else len(findings)


# -- strata ----------------------------------------------------------------------------------------------------------


def _parted(report: Report, strata: Sequence[str], needs_money: bool) -> tuple[Mapping[Words, list[Finding]], int]:
    """The purchases by stratum, in the order of their names; and how many are left out."""
    columns = report.plan.built.columns
    for name in strata:
        if name not in ("verdict", "band", *columns):
            raise unknown(Words("列", "column"), name, ("verdict", "band", *columns))
    found: dict[Words, list[Finding]] = {}
    left_out = 0
    for finding in report.purchases:
        if needs_money and (finding.purchase.minor or 0) <= 0:
            left_out += 1
        else:
            found.setdefault(_stratum(report, finding, strata), []).append(finding)
    return dict(sorted(found.items(), key=lambda each: each[0].en)), left_out


def _stratum(report: Report, finding: Finding, strata: Sequence[str]) -> Words:
    each = [_part(report, finding, name) for name in strata]
    if not each:
        return Words("全部", "all")
    return Words(" · ".join(part.zh for part in each), " · ".join(part.en for part in each))


def _part(report: Report, finding: Finding, name: str) -> Words:
    if name == "verdict":
        return NAMES[standing(finding)]
    if name == "band":
        tier = finding.tier or "-"
        return Words(tier, tier)
    return stated(report.plan, report.plan.built.columns[name], finding.purchase[name])


def _shares(weights: Mapping[Words, int], parted: Mapping[Words, Sequence[Finding]], size: int) -> dict[Words, int]:
    """How many of each stratum: by its weight, the largest remainders rounded up, at least one of each, and never more
    than there are."""
    whole = sum(weights.values())
    exact = {name: Fraction(size * weight, whole) for name, weight in weights.items()} if whole else {}
    found = {name: int(share) for name, share in exact.items()}
    left = size - sum(found.values())
    for name in sorted(exact, key=lambda name: (found[name] - exact[name], name.en))[:left]:
        found[name] += 1
    return {name: min(max(share, 1), len(parted[name])) for name, share in found.items()}


# -- draws -----------------------------------------------------------------------------------------------------------


def draw(by: Method, minors: Sequence[int], size: int, seed: str) -> list[int]:
    """Which of a stratum are chosen, by their number. At random: those with the smallest numbers of the seed. At
    intervals: from a start within the first interval on, one in each. By money: monetary units at intervals, each of
    which chooses the purchase that it falls into; a purchase of an interval or more is always chosen, and once."""
    if by == "random":
        return sorted(sorted(range(len(minors)), key=lambda at: number(seed, at))[:size])
    if by == "interval":
        step = Fraction(len(minors), size)
        return [int((number(seed, 0) + turn) * step) for turn in range(size)]
    return _by_money(minors, size, seed)


def _by_money(minors: Sequence[int], size: int, seed: str) -> list[int]:
    step = Fraction(sum(minors), size)
    point, upto = number(seed, 0) * step, 0
    found = []
    for at, minor in enumerate(minors):
        upto += minor
        if point < upto:
            found.append(at)
        while point < upto:
            point += step
    return found


def number(seed: str, at: int) -> Fraction:
    """The number of a seed at a place: from 0 up to 1."""
    return Fraction(int.from_bytes(hashlib.sha256(f"{seed}/{at}".encode()).digest()), 2**256)
