"""Text in two languages, and the one error type that speaks both.

Everything a person reads is a `Words`; the writer picks the language at the very end. Other languages go by the English
text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from procure.values import languages

#: `zh`, `en`, or another that has a file of phrases.
Lang: TypeAlias = str


class Words(NamedTuple):
    """One message in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        if lang == "zh":
            return self.zh
        return self.en if lang == "en" else languages.translated(self.en, lang)

    def fits(self, text: object) -> bool:
        """Whether a text says this in any language."""
        return text in {self.say(lang) for lang in languages.known()}

    def format(self, **values: object) -> Words:
        """Fill both languages; a value that is itself `Words` is said in the matching one."""

        def filled(text: str, lang: Lang) -> str:
            return text.format(**{key: v.say(lang) if isinstance(v, Words) else v for key, v in values.items()})

        return Words(filled(self.zh, "zh"), filled(self.en, "en"))


def in_languages(text: str | Mapping[str, str]) -> Words:
    """A text in one language, or a table by language, as both have it: a language that lacks it has the first."""
    if isinstance(text, str):
        return Words(text, text)
    first = next(iter(text.values()), "")
    return Words(text.get("zh", first), text.get("en", first))


def with_article(noun: str) -> str:
    """An English noun with its article: a unit, an amount."""
    return f"{'an' if noun[:1] in 'aeioAEIO' else 'a'} {noun}"


class ProcureError(ValueError):
    """Input that cannot be used. `str()` is English; `words` has both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words
