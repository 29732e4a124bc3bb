"""The style sheets and the script, which stand beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from procure.writers.page.markup import Html


@cache
def content(name: str) -> Html:
    return Html(Path(__file__).with_name(name).read_text(encoding="utf-8"))
