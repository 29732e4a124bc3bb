"""Where words and numbers come from: the policy's own text, and what is cited for a reading of it."""

from __future__ import annotations

import hashlib
from typing import NoReturn

import attrs

from procure.words import ProcureError, Words


@attrs.frozen
class Clause:
    """A verbatim span of a passage: `passage.text[start:end] == text`."""

    start: int
    end: int
    text: str

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class Passage:
    """The text of a policy. Clauses are cut from it by offset *and* wording, so that neither can be wrong alone."""

    text: str
    source: Words

    @property
    def sha256(self) -> str:
        """Of the text in UTF-8: which text a report was made with."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def clause(self, start: int, text: str) -> Clause:
        """The span at `start`, which must read `text`; raises `ProcureError` where it does not."""
        if self.text[start : start + len(text)] != text:
            self._misplaced(start, text)
        return Clause(start, start + len(text), text)

    def find(self, text: str, occurrence: int | None = None) -> Clause:
        """The one span that reads `text`, or of several the one that `occurrence` counts from 1; raises `ProcureError`
        where there is none, or more than one and none was said."""
        count = self.text.count(text)
        if not text or count == 0 or (occurrence is None and count > 1) or not 0 < (occurrence or 1) <= count:
            raise ProcureError(
                Words(
                    f"“{text}”在原文出现 {count} 次，不是一次"
                    if occurrence is None
                    else f"“{text}”在原文只出现 {count} 次",
                    f"{text!r} stands {count} times in the passage, not once"
                    if occurrence is None
                    else f"{text!r} stands only {count} times in the passage",
                )
            )
        start = -1
        for _ in range(occurrence or 1):
            start = self.text.index(text, start + 1)
        return self.clause(start, text)

    def _misplaced(self, start: int, text: str) -> NoReturn:
        found = self.text.find(text)
        zh = f"它在 {found}" if found >= 0 else "原文没有这句话"
        en = f"it is at {found}" if found >= 0 else "the passage does not have it"
        raise ProcureError(
            Words(f"原文第 {start} 字起不是“{text}”：{zh}", f"offset {start} does not read {text!r}: {en}")
        )


@attrs.frozen
class Citation:
    """What supports a reading: an instrument, its article, and what it says.

    `verified` is False where the instrument was not seen in the sources the project may cite; `analogy` is True where
    it governs something else and is only likened to this policy.
    """

    instrument: str
    article: str | None = None
    date: str | None = None
    says: Words | None = None
    verified: bool = True
    analogy: bool = False

    @property
    def words(self) -> Words:
        zh = " ".join(
            filter(None, (self.instrument, self.article and f"第{self.article}条", self.date and f"（{self.date}）"))
        )
        en = " ".join(
            filter(None, (self.instrument, self.article and f"art. {self.article}", self.date and f"({self.date})"))
        )
        if self.says:
            zh, en = f"{zh}：{self.says.zh}", f"{en}: {self.says.en}"
        if self.analogy:
            zh, en = f"{zh}〔类推〕", f"{en} [by analogy]"
        if not self.verified:
            zh, en = f"{zh}〔未核实〕", f"{en} [unverified]"
        return Words(zh, en)
