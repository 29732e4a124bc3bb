"""Shorthand for the policies here: a text in one language, a question with its readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from procure.authoring import Ambiguity, Needed, Passage, Reading, Words


def said(text: str) -> Words:
    """A text that there is in one language only."""
    return Words(text, text)


def question(
    id: str,
    asks: str,
    readings: Mapping[str, str],
    *,
    recommended: str,
    why: str,
    raised_by: Sequence[str],
    text: Passage,
    needs: Needed | None = None,
) -> Ambiguity:
    """A question that some words of the text raise."""
    return Ambiguity(
        id,
        said(asks),
        tuple(Reading(reading, said(meaning)) for reading, meaning in readings.items()),
        recommended,
        said(why),
        spans=tuple(text.find(quote) for quote in raised_by),
        needs=needs,
        because=None if needs is None else said(f"without the column {needs.datum}"),
    )
