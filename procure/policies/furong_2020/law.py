"""How the readings are supported: the policy's own words, the law, and what is only likened to it.

Two flags are never left out. *Analogy*: the instrument governs something else, or says itself that it does.
*Unverified*: it was met second-hand, and its own text was not seen. Last checked: 2026-11-23.
"""

from __future__ import annotations

from procure.interpretation.readings import Ambiguity, Needed, Reading, Treatment
from procure.interpretation.sources import Citation, Clause
from procure.policies.furong_2020.text import PASSAGE
from procure.words import Words


def letter(start: int, text: str, zh: str, en: str) -> Citation:
    """The policy's own words, at their offset."""
    return Citation(f"本制度原文“{PASSAGE.clause(start, text)}”", says=Words(zh, en))


def law(article: str, zh: str, en: str, *, verified: bool = True, analogy: bool = False) -> Citation:
    return Citation("政府采购法", article, says=Words(zh, en), verified=verified, analogy=analogy)


def regulation(article: str, zh: str, en: str, *, verified: bool = True, analogy: bool = False) -> Citation:
    return Citation("政府采购法实施条例", article, says=Words(zh, en), verified=verified, analogy=analogy)


def accumulation(zh: str, en: str) -> Citation:
    """条例 art. 28. Its threshold is the open-tender standard: for these tiers it is never more than an analogy."""
    return regulation("28", zh, en, analogy=True)


def cited(instrument: str, article: str | None, zh: str, en: str, *, date: str | None = None) -> Citation:
    """Governs the matter itself."""
    return Citation(instrument, article, date, Words(zh, en))


def likened(instrument: str, article: str | None, zh: str, en: str, *, date: str | None = None) -> Citation:
    """Governs something else."""
    return Citation(instrument, article, date, Words(zh, en), analogy=True)


def unseen(
    instrument: str, article: str | None, zh: str, en: str, *, date: str | None = None, analogy: bool = True
) -> Citation:
    """Met second-hand only."""
    return Citation(instrument, article, date, Words(zh, en), verified=False, analogy=analogy)


def inclusive(zh: str, en: str) -> tuple[Citation, Citation]:
    """The civil law's rule of counting: 以上, 以下, 以内 include the number. Both texts speak of 民法所称."""
    return (
        likened("民法总则", "205", f"2020年度有效；{zh}", f"in force in fiscal year 2020; {en}"),
        likened("民法典", "1259", "该年起施行，文字相同", "in force since then, in the same words", date="2021"),
    )


def reading(id: str, zh: str, en: str, *support: Citation) -> Reading:
    return Reading(id, Words(zh, en), support)


def spans(*placed: tuple[int, str]) -> tuple[Clause, ...]:
    return tuple(PASSAGE.clause(start, text) for start, text in placed)


def asked(
    id: str,
    entries: str,
    spans: tuple[Clause, ...],
    question: Words,
    *readings: Reading,
    why: Words,
    treatment: Treatment = Treatment.EXECUTED,
    because: Words | None = None,
    needs: Needed | None = None,
) -> Ambiguity:
    """An ambiguity whose recommended reading stands first."""
    recommended = readings[0].id
    return Ambiguity(id, question, readings, recommended, why, tuple(entries.split()), spans, treatment, because, needs)
