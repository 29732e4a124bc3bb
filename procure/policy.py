"""A policy: rules, the questions its text leaves open, the cut points of its tiers, and what has been adopted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from procure import adoption
from procure.catalogues import Catalogue
from procure.ledger import Counted, Level, Measure
from procure.limits import Limits
from procure.readings import Ambiguity, Questions, Readings
from procure.rules import Ruling
from procure.scale import Cuts, Scale
from procure.sources import Passage
from procure.terms import Kind
from procure.words import ProcureError, Words

if TYPE_CHECKING:
    from procure.coverage import Coverage


@attrs.frozen(kw_only=True, slots=False)
class Policy:
    """A tiered purchasing policy, ready to judge by.

    `cuts` are the amounts where one tier ends and the next begins, in fen, a `Limits` where the text delegates the
    number; `tiers` names each band by the rule that governs it. `questions` are asked of every purchase, but for those
    that need a datum which is not among `data`; `unasked` are answered otherwise or noted. `open_tender` is the
    standard from which goods, services and works go to open tender, where it was given. `year` is the budget year that
    the policy describes, None for any.
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
    open_tender: Limits | None = None
    data: frozenset[str] = frozenset()
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

    def facing(self, data: Iterable[str]) -> Policy:
        """The policy as it asks where these data are there too, such as the columns of a log."""
        return attrs.evolve(self, data=self.data.union(data))

    @cached_property
    def asked(self) -> tuple[Ambiguity, ...]:
        """The questions that are asked: those whose datum is there, and those that an office has settled in any
        case."""
        return tuple(a for a in self.questions if a.id not in self._closed)

    @property
    def left_open(self) -> tuple[Ambiguity, ...]:
        """The questions that are asked and not settled."""
        return tuple(a for a in self.asked if a.id not in self.adopted)

    @property
    def not_asked(self) -> tuple[Ambiguity, ...]:
        """Those that are not: each says in `because` what answers it instead, or what it would need."""
        return (*(a for a in self.questions if a.id in self._closed), *self.unasked)

    @property
    def standard(self) -> Limits | None:
        """The open-tender standard; None where nothing that is asked turns on it."""
        closed = any(a.needs is not None and a.needs.datum == "open_tender" for a in self.not_asked)
        return None if closed else self.open_tender

    @cached_property
    def _closed(self) -> Mapping[str, str]:
        """Of each question whose datum is absent, the reading taken without it."""
        return {
            a.id: a.needs.otherwise
            for a in self.questions
            if a.needs is not None and a.needs.datum not in self.data and a.id not in self.adopted
        }

    @cached_property
    def open(self) -> Readings:
        """The interpretations left open: all of them, less what was adopted and what is not asked."""
        return self.questions.giving({**self._closed, **self.adopted})

    @cached_property
    def working(self) -> Mapping[str, str]:
        """The working interpretation: of each ambiguity the adopted reading, else the recommended one; of one that is
        not asked, that which is taken instead."""
        settled = {**self._closed, **self.adopted}
        return {a.id: settled.get(a.id, a.recommended) for a in self.questions}

    def narrowed(self) -> Policy:
        """The policy without the totals that no open interpretation reads, so that nobody adds them up."""
        read = [n for n, when in enumerate(self.scale.totals) if when & self.open]
        levels = sorted({self.measures[n].level for n in read})
        counted = sorted({self.measures[n].counted for n in read})
        return attrs.evolve(
            self,
            levels=tuple(self.levels[n] for n in levels),
            counted=tuple(self.counted[n] for n in counted),
            measures=tuple(
                attrs.evolve(m, when=m.when & self.open, level=levels.index(m.level), counted=counted.index(m.counted))
                for m in (self.measures[n] for n in read)
            ),
            scale=attrs.evolve(self.scale, totals=tuple(self.scale.totals[n] & self.open for n in read)),
        )

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
