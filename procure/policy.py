"""A policy: rules, the questions its text leaves open, the cut points of its tiers, and what has been adopted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from procure import adoption, amounts, terms
from procure.evidence import Catalogue
from procure.ledger import Counted, Level, Measure
from procure.readings import Ambiguity, Questions, Readings
from procure.rules import Ruling
from procure.scale import Cuts, Scale
from procure.sources import Passage
from procure.terms import Kind
from procure.words import ProcureError, Words

if TYPE_CHECKING:
    from procure.coverage import Coverage


@attrs.frozen
class Limits:
    """A limit that somebody else sets: by kind, one for all years or one a year. What was not given is not known."""

    given: Mapping[tuple[int | None, Kind], int]

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
        return cls(limits)

    def get(self, kind: Kind, year: int | None) -> int | None:
        """In fen; None where nobody gave it. A limit for all years holds in a year that has none of its own."""
        return self.given.get((year, kind), self.given.get((None, kind)))

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


@attrs.frozen(kw_only=True, slots=False)
class Policy:
    """A tiered purchasing policy, ready to judge by.

    `cuts` are the amounts where one tier ends and the next begins, in fen, a `Limits` where the text delegates the
    number; `tiers` names each band by the rule that governs it. `questions` are asked of every purchase, `unasked`
    answered otherwise or noted. `year` is the budget year that the policy describes, None for any.
    """

    id: str
    title: Words
    passage: Passage
    questions: Questions
    rules: tuple[Ruling, ...]
    cuts: tuple[int | Limits, ...]
    tiers: tuple[str, ...]
    scale: Scale
    levels: tuple[Level, ...] = ()
    counted: tuple[Counted, ...] = ()
    measures: tuple[Measure, ...] = ()
    year: int | None = None
    catalogue: Catalogue | None = None
    adopted: Mapping[str, str] = attrs.field(factory=dict)
    adoptions: tuple[adoption.Adoption, ...] = ()
    unasked: tuple[Ambiguity, ...] = ()
    #: How many make the three of 三方.
    parties: int = 3

    def __attrs_post_init__(self) -> None:
        fits = len(self.scale.boundaries) == len(self.cuts) == len(self.tiers) - 1
        if not fits or not self.rules or len(self.scale.totals) != len(self.measures):
            raise ProcureError(
                Words(
                    "制度不完整：须有规则，每个分界须有界点读法，档数须比分界多一，每个累计须有其读法",
                    "the policy does not fit together: it needs rules, a boundary for each cut, one tier more "
                    "than cuts, and readings for each measured total",
                )
            )

    @property
    def limits(self) -> dict[str, str]:
        return {key: value for cut in self.cuts if isinstance(cut, Limits) for key, value in cut.plain.items()}

    def kinds_without_limit(self, years: Iterable[int]) -> tuple[Kind, ...]:
        """Kinds for which some cut is not known in one of these years."""
        asked = tuple(years)
        return tuple(kind for kind in Kind if not all(self.cuts_for(kind, year).known for year in asked))

    @cached_property
    def open(self) -> Readings:
        """The interpretations left open: all of them, less what was adopted."""
        return self.questions.giving(self.adopted)

    @cached_property
    def working(self) -> Mapping[str, str]:
        """The working interpretation: of each ambiguity the adopted reading, else the recommended one."""
        return {a.id: self.adopted.get(a.id, a.recommended) for a in self.questions}

    @cached_property
    def working_measure(self) -> Measure | None:
        """The total that the working interpretation reads; None for a policy that accumulates nothing."""
        return next((measure for measure in self.measures if self.working in measure.when), None)

    def adopt(self, answers: Mapping[str, str]) -> Policy:
        """The policy as an office has settled it. Raises `ProcureError` for an ambiguity or reading that it does not
        have, and for a second answer that differs from the first."""
        for ambiguity, reading in answers.items():
            self.questions[ambiguity][reading]
            if self.adopted.get(ambiguity, reading) != reading:
                raise ProcureError(
                    Words(
                        f"{ambiguity} 已采用“{self.adopted[ambiguity]}”，不能又采用“{reading}”",
                        f"{ambiguity} was adopted as {self.adopted[ambiguity]!r} and cannot be {reading!r} too",
                    )
                )
        return attrs.evolve(self, adopted={**self.adopted, **answers})

    def adopt_from(self, path: str | os.PathLike[str]) -> Policy:
        """The policy with the readings that an `adopted.toml` records, and the record itself, which every report then
        shows. Raises `ProcureError`, naming file and entry, for a record that cannot be used."""
        record = adoption.load(path)
        return attrs.evolve(adoption.adopt(self, record), adoptions=(*self.adoptions, record))

    def coverage(self) -> Coverage:
        """The policy's own check: what its text leaves in doubt, and where it fails."""
        from procure.coverage import coverage  # not needed to judge

        return coverage(self)

    def cuts_for(self, kind: Kind, year: int | None) -> Cuts:
        """The cut points for purchases of a kind in a budget year."""
        return Cuts([cut.get(kind, year) if isinstance(cut, Limits) else cut for cut in self.cuts])
