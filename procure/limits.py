"""Limits that somebody else sets: by kind, one for all years or one a year. None is ever guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import attrs

from procure import amounts, terms
from procure.terms import Kind
from procure.words import ProcureError, Words


@attrs.frozen
class Limits:
    """A limit that somebody else sets: by kind, one for all years or one a year. What was not given is not known, but
    that it is above `above` (fen), and not below the limit of its kind among `following`."""

    given: Mapping[tuple[int | None, Kind], int]
    above: int = 0
    following: Limits | None = None

    @classmethod
    def of(cls, given: object, above: int) -> Limits:
        """From a number (all kinds), `{"goods": 300_000}`, `{2020: 300_000}` or `{2020: {"goods": 300_000}}`, in yuan.

        Raises `ProcureError` for a limit that is no amount, or is not above the cut `above` (fen) that it follows.
        """
        limits: dict[tuple[int | None, Kind], int] = {}
        for year, kind, value in _flat(given):
            limit = amounts.fen(value)
            if limit <= above:
                raise ProcureError(
                    Words(
                        f"限额 {amounts.plain(limit)} 元须高于 {amounts.plain(above)} 元",
                        f"a limit of {amounts.plain(limit)} yuan is not above {amounts.plain(above)} yuan",
                    )
                )
            if limits.setdefault((year, kind), limit) != limit:
                raise ProcureError(Words(f"{kind.words.zh}有两个限额", f"{kind.value} has two limits"))
        return cls(limits, above)

    def get(self, kind: Kind, year: int | None) -> int | None:
        """In fen; None where nobody gave it. A limit for all years holds in a year that has none of its own."""
        return self.given.get((year, kind), self.given.get((None, kind)))

    def least(self, kind: Kind, year: int | None) -> int:
        """In fen, the least that it may be: what was given, else as the cuts that it follows allow."""
        given = self.get(kind, year)
        if given is not None:
            return given
        return max(self.above + 1, self.following.least(kind, year) if self.following is not None else 0)

    def none_below(self, others: Limits) -> Limits:
        """These limits as none of them is below the other of its kind and year, not even where it was not given.
        Raises `ProcureError` where one is."""
        years = {year for year, _ in (*self.given, *others.given)}
        for kind, year in product(Kind, years):
            this, other = self.get(kind, year), others.get(kind, year)
            if this is not None and other is not None and this < other:
                raise ProcureError(
                    Words(
                        f"{kind.words.zh}的公开招标数额标准 {amounts.plain(this)} 元低于限额 {amounts.plain(other)} 元",
                        f"the open-tender standard of {kind.value}, {amounts.plain(this)} yuan, is below the limit of "
                        f"{amounts.plain(other)} yuan",
                    )
                )
        return attrs.evolve(self, following=others)

    @property
    def plain(self) -> dict[str, str]:
        """As the command line writes them: `{"goods": "300000.00"}`, `{"2020:goods": "300000.00"}`."""
        return {
            f"{year}:{kind.value}" if year else kind.value: amounts.plain(limit)
            for (year, kind), limit in self.given.items()
        }


def _flat(given: object) -> Iterator[tuple[int | None, Kind, object]]:
    """Year (None for all), kind and value of each limit given."""
    if given is None:
        return
    by_key = given if isinstance(given, Mapping) else {None: given}
    for key, value in by_key.items():
        if isinstance(key, Kind) or isinstance(key, str) and not key.isdigit():
            yield None, key if isinstance(key, Kind) else terms.kind(key), value
        elif isinstance(value, Mapping):
            for kind, amount in value.items():
                yield _year(key), kind if isinstance(kind, Kind) else terms.kind(str(kind)), amount
        else:
            for kind in Kind:
                yield _year(key), kind, value


def _year(key: object) -> int | None:
    if key is None or isinstance(key, int) and 1900 <= key <= 2999:
        return key
    if isinstance(key, str) and key.isdigit():
        return _year(int(key))
    raise ProcureError(Words(f"“{key}”不是年份", f"{key!r} is not a year"))
