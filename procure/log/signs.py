"""Whether the cells of a column show which sign is their decimal one: 12.345 alone may be twelve thousand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from procure.values.texts import half_width


def settled(cells: Iterable[object], decimal: str) -> bool:
    """Whether some text can only be read with this decimal sign, and none only with the other."""
    for_it, against = _patterns(decimal)
    texts = {half_width(cell) for cell in cells if type(cell) is str}
    return any(map(for_it.search, texts)) and not any(map(against.search, texts))


@cache
def _patterns(decimal: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    one, other = re.escape(decimal), "," if decimal == "." else r"\."
    # Decimals that are not three, a whole part that no sign groups or that the other does, a zero before the sign.
    shape = r"\d{{4}}{0}\d|{1}\d{{3}}{0}\d|(?<![\d.,])0?{0}\d|\d{0}(?:\d\d?|\d{{4,}})(?![\d.,])"
    grouped = rf"\d{one}\d{{3}}{one}\d{{3}}"
    return re.compile(shape.format(one, other)), re.compile(f"{shape.format(other, one)}|{grouped}")
