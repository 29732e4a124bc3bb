"""Languages beside Chinese and English: each is one file of phrases in this folder.

A key is an English phrase, its value the same in the language. `{name}` stands for what is filled in, which is looked
up in turn, but in '{name}', where it stands as somebody wrote it. `{n}` is a number, `{low}` and `{high}` are one word
each. What no key fits is said in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

#: Where the files are.
FOLDER = Path(__file__).parent

_SLOT = re.compile(r"(')?\{(\w+)\}")
#: What may stand in a slot of this name; in any other whatever does.
_SHAPES = {"n": r"[\d,.]+", "low": r"\S+", "high": r"\S+"}
#: How many texts of a language are remembered: the phrases of a report, not those of each of its rows.
_REMEMBERED = 4096


def known() -> tuple[str, ...]:
    """All languages: Chinese, English, and those that have a file."""
    return ("zh", "en", *sorted(path.stem for path in FOLDER.glob("*.toml")))


def translated(text: str, lang: str) -> str:
    """An English text in another language, as far as its phrases are known."""
    return phrases(FOLDER / f"{lang}.toml").said(text)


@cache
def phrases(file: Path) -> Phrases:
    """The phrases of a file; none where there is no such file."""
    return Phrases(tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {})


class Phrases:
    """English phrases and what stands for them. Of several that fit a text the first is taken."""

    def __init__(self, by_english: Mapping[str, str]) -> None:
        self._alone = {english: there for english, there in by_english.items() if not _SLOT.search(english)}
        self._filled = [_Pattern(english, there) for english, there in by_english.items() if _SLOT.search(english)]
        self.said: Callable[[str], str] = lru_cache(_REMEMBERED)(self._said)

    def _said(self, text: str) -> str:
        if text in self._alone:
            return self._alone[text]
        for pattern in self._filled:
            found = pattern.fits(text)
            if found is not None:
                return pattern.there.format(
                    **{name: part if name in pattern.quoted else self.said(part) for name, part in found.items()}
                )
        return text


class _Pattern:
    """A phrase with slots. Those of `quoted` are not looked up."""

    def __init__(self, english: str, there: str) -> None:
        self.there = there
        self.quoted = {name for quote, name in _SLOT.findall(english) if quote}
        self._is = re.compile("".join(_parts(english)), re.DOTALL)

    def fits(self, text: str) -> Mapping[str, str] | None:
        found = self._is.fullmatch(text)
        return None if found is None else found.groupdict()


def _parts(english: str) -> Iterator[str]:
    """The phrase as a regular expression."""
    at = 0
    for slot in _SLOT.finditer(english):
        yield re.escape(english[at : slot.start()] + (slot[1] or ""))
        yield f"(?P<{slot[2]}>{_SHAPES.get(slot[2], '.+?')})"
        at = slot.end()
    yield re.escape(english[at:])
