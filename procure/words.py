"""Text in two languages, and the one error type that speaks both.

Everything a person reads is a `Words`; the writer picks the language at the very end.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Words(NamedTuple):
    """One message in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def format(self, **values: object) -> Words:
        """Fill both languages; a value that is itself `Words` is said in the matching one."""

        def filled(text: str, lang: Lang) -> str:
            return text.format(**{key: v.say(lang) if isinstance(v, Words) else v for key, v in values.items()})

        return Words(filled(self.zh, "zh"), filled(self.en, "en"))


class ProcureError(ValueError):
    """Input that cannot be used. `str()` is English; `words` has both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words
