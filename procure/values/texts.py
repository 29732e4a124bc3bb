"""Texts without what nobody sees: pasted from a page or a message, it would make two of one name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RANGES: Final = (
    # Control characters that are no white space.
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F),
    # Zero-width and format characters, hyphens and fillers that are not shown, variants of one character.
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
_UNSEEN: Final = re.compile(f"[{''.join(f'{re.escape(chr(a))}-{re.escape(chr(b))}' for a, b in _RANGES)}]+")
#: Every character that nobody sees, besides white space.
UNSEEN: Final = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))

#: What a text that shows nothing begins with.
_FAINT: Final = UNSEEN | {sign for sign in map(chr, range(0x3001)) if sign.isspace()}


def empty(text: str) -> bool:
    """Whether a text shows nothing: it is white space and characters that nobody sees."""
    return not text or text[0] in _FAINT and not seen(text).strip()


def seen(text: str) -> str:
    """A text without the characters that nobody sees."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def half_width(text: str) -> str:
    """The same with one way to write each character: ａ and a, （ and (."""
    return text if text.isascii() and text.isprintable() else unicodedata.normalize("NFKC", seen(text))


def display_width(text: str) -> int:
    """How many columns of a screen a text takes: a full-width sign takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
