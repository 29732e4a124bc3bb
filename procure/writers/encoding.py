"""How much of a policy's text its rules encode, in words and for JSON: every report says what was *not* encoded."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from procure.policy.encoded import Encoded
from procure.values.words import Words


def share(encoded: Encoded) -> Words:
    """How much of the text is encoded, as a sentence; what is left follows it."""
    cited, aside, left = (_percent(part) for part in (encoded.cited, encoded.set_aside, encoded.open))
    if not encoded.left:
        rest = (
            Words("，其余有意不编入", ", and the rest is set aside on purpose") if encoded.set_aside else Words("", "")
        )
        return Words(f"原文已编入 {cited}{rest.zh}。", f"Encoded of the text: {cited}{rest.en}.")
    zh = f"，有意不编入 {aside}" if encoded.set_aside else ""
    en = f", set aside on purpose {aside}" if encoded.set_aside else ""
    return Words(
        f"原文已编入 {cited}{zh}，既未编入也未注明不编入 {left}：",
        f"Encoded of the text: {cited}{en}, neither {left}:",
    )


def _percent(part: Fraction) -> str:
    """A share in whole percent; what is not nothing and not all never looks as if it were."""
    percent = round(part * 100)
    return f"{min(max(percent, 1 if part else 0), 100 if part == 1 else 99)}%"


def left(encoded: Encoded) -> list[str]:
    """The words that are neither encoded nor set aside, each on one line."""
    return [f"“{' '.join(clause.text.split())}”" for clause in encoded.left]


def plain(encoded: Encoded) -> dict[str, Any]:
    """What of the text is encoded, for JSON: shares of its letters and digits."""
    return {
        "encoded": round(float(encoded.cited), 4),
        "set_aside": round(float(encoded.set_aside), 4),
        "left": [{"start": clause.start, "end": clause.end, "text": clause.text} for clause in encoded.left],
    }
