"""The plain data of which the page's script makes controls and faults; a text is a pair, Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from procure.app.choices import Path
from procure.values.words import Words

Plain: TypeAlias = Any


def option(value: str, words: Words | None = None) -> dict[str, Plain]:
    return {"value": value, "words": words or Words(value, value)}


def field(path: Path, label: Words, value: str, hint: Words | None = None) -> dict[str, Plain]:
    """A line to write in."""
    return {"kind": "text", "path": path, "label": label, "value": value, "hint": hint}


def choice(
    path: Path, label: Words, value: str, options: Iterable[Mapping[str, Plain]], hint: Words | None = None
) -> dict[str, Plain]:
    """One of several."""
    return {"kind": "choice", "path": path, "label": label, "value": value, "options": list(options), "hint": hint}


def tick(path: Path, label: Words, value: bool) -> dict[str, Plain]:
    return {"kind": "tick", "path": path, "label": label, "value": value}


def group(place: str, title: Words, controls: Iterable[Plain], note: Words | None = None) -> dict[str, Plain]:
    """Controls that belong together; a fault of `place` is shown with them."""
    return {"place": place, "title": title, "controls": list(controls), "note": note}


def fault(place: str, words: Words) -> dict[str, Plain]:
    return {"place": place, "words": words}
