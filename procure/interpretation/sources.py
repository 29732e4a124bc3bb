"""Where words and numbers come from: the policy's own text, and what is cited for a reading of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal, NoReturn

import attrs

from procure.values.words import ProcureError, Words

#: Marks that are typed in one form and printed in another, character by character.
_MARKS = str.maketrans("，。；：！？（）“”‘’—–\u00a0\u3000\n", ",.;:!?()\"\"''--   ")

#: From so many characters on a quote is likely meant for the place where they stand.
_TELLING = 4


@attrs.frozen
class Clause:
    """A verbatim span of a passage: `passage.text[start:end] == text`."""

    start: int
    end: int
    text: str

    def __str__(self) -> str:
        return self.text


def cited(clauses: Iterable[Clause]) -> Words:
    """Clauses as a line of a report quotes them."""
    each = [f"“{clause}”" for clause in clauses]
    return Words("；".join(each), "; ".join(each))


@attrs.frozen
class PassagePart:
    """One of several passages, and where it stands in the whole."""

    name: str
    start: int
    end: int
    source: Words


@attrs.frozen
class Passage:
    """The text of a policy. Clauses are cut from it by offset *and* wording, so that neither can be wrong alone.

    `seen` says whether the text itself was seen or what somebody says of it; `read_on` is the day on which it was read.
    """

    text: str
    source: Words
    read_on: dt.date | None = attrs.field(default=None, kw_only=True)
    seen: Literal["verbatim", "second-hand"] = attrs.field(default="verbatim", kw_only=True)
    #: The passages that it is made of, where they are several.
    parts: tuple[PassagePart, ...] = attrs.field(default=(), kw_only=True)

    @classmethod
    def of(cls, passages: Mapping[str, Passage]) -> Passage:
        """Several passages as one text, a blank line between them."""
        parts: list[PassagePart] = []
        text = ""
        for name, passage in passages.items():
            text += "\n\n" if text else ""
            parts.append(PassagePart(name, len(text), len(text) + len(passage.text), passage.source))
            text += passage.text
        each = list(dict.fromkeys(part.source for part in parts))
        source = Words("；".join(one.zh for one in each), "; ".join(one.en for one in each))
        days = [passage.read_on for passage in passages.values() if passage.read_on is not None]
        seen = {passage.seen for passage in passages.values()}
        return cls(
            text,
            source,
            read_on=max(days, default=None),
            seen="second-hand" if "second-hand" in seen else "verbatim",
            parts=tuple(parts),
        )

    @property
    def origin(self) -> Words:
        """Where the text is from, with the day on which it was read, and whether it was seen itself."""
        zh, en = self.source
        if self.read_on is not None:
            zh, en = f"{zh}（{self.read_on} 查阅）", f"{en} (read on {self.read_on})"
        if self.seen == "second-hand":
            zh, en = f"{zh}〔未见原文〕", f"{en} [second-hand]"
        return Words(zh, en)

    @property
    def sha256(self) -> str:
        """Of the text in UTF-8: which text a report was made with."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def clause(self, start: int, text: str) -> Clause:
        """The span at `start`, which must read `text`; raises `ProcureError` where it does not."""
        if self.text[start : start + len(text)] != text:
            self._misplaced(start, text)
        return Clause(start, start + len(text), text)

    def find(self, text: str, occurrence: int | None = None, within: str | None = None) -> Clause:
        """The one span that reads `text`, or of several the one that `occurrence` counts from 1, in the whole or within
        one of its parts; raises `ProcureError` where there is none, or more than one and none was said."""
        start, end = self._span(within)
        count = self.text.count(text, start, end)
        if not text or not count:
            raise ProcureError(self._nowhere(text))
        if (occurrence is None and count > 1) or not 0 < (occurrence or 1) <= count:
            raise ProcureError(
                Words(
                    f"“{text}”在原文出现 {count} 次，须以 occurrence 说明是第几处"
                    if occurrence is None
                    else f"“{text}”在原文只出现 {count} 次",
                    f"{text!r} stands {count} times in the passage: say which with `occurrence`"
                    if occurrence is None
                    else f"{text!r} stands only {count} times in the passage",
                )
            )
        at = start - 1
        for _ in range(occurrence or 1):
            at = self.text.index(text, at + 1, end)
        return self.clause(at, text)

    def _span(self, within: str | None) -> tuple[int, int]:
        if within is None:
            return 0, len(self.text)
        for part in self.parts:
            if part.name == within:
                return part.start, part.end
        names = [part.name for part in self.parts]
        raise ProcureError(
            Words(
                f"没有名为“{within}”的原文（有：{'、'.join(names) or '只一段'}）",
                f"there is no passage {within!r} (there are: {', '.join(names) or 'one alone, without a name'})",
            )
        )

    def _nowhere(self, text: str) -> Words:
        """The text does not have these words; how far it does, where that helps."""
        size = max((n for n in range(len(text)) if text[:n] in self.text), default=0)
        zh, en = f"原文没有“{text}”", f"the passage does not have {text!r}"
        at = _folded(self.text).find(_folded(text)) if text else -1
        if at >= 0:
            there = self.text[at : at + len(text)]
            return Words(
                f"{zh}：标点、空格或大小写不同，原文是“{there}”",
                f"{en}: marks, blanks or capitals differ, the passage has {there!r}",
            )
        if size < _TELLING:
            return Words(zh, en)
        at = self.text.index(text[:size]) + size
        goes_on = self.text[at : at + _TELLING * 2]
        return Words(
            f"{zh}：到“{text[:size]}”为止相同，原文接着是“{goes_on}”，不是“{text[size:]}”",
            f"{en}: it is the same up to {text[:size]!r}, and goes on {goes_on!r}, not {text[size:]!r}",
        )

    def _misplaced(self, start: int, text: str) -> NoReturn:
        found = self.text.find(text)
        zh = f"它在 {found}" if found >= 0 else "原文没有这句话"
        en = f"it is at {found}" if found >= 0 else "the passage does not have it"
        raise ProcureError(
            Words(f"原文第 {start} 字起不是“{text}”：{zh}", f"offset {start} does not read {text!r}: {en}")
        )


def _folded(text: str) -> str:
    """A text with one form of each mark and in small letters; characters keep their places."""
    return "".join(small if len(small := each.lower()) == 1 else each for each in text.translate(_MARKS))


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
    #: Its own words, verbatim.
    quote: str | None = None

    @property
    def words(self) -> Words:
        zh = self.instrument
        if self.article:
            zh += f" 第{self.article}条"
        if self.date:
            zh += f"（{self.date}）"
        en = " ".join(
            filter(None, (self.instrument, self.article and f"art. {self.article}", self.date and f"({self.date})"))
        )
        if self.quote:
            # Quotation marks within quotation marks are single ones.
            quote = self.quote.translate({ord("“"): "‘", ord("”"): "’"})
            zh, en = f"{zh}“{quote}”", f"{en} “{quote}”"
        if self.says:
            zh, en = f"{zh}：{self.says.zh}", f"{en}: {self.says.en}"
        if self.analogy:
            zh, en = f"{zh}〔类推〕", f"{en} [by analogy]"
        if not self.verified:
            zh, en = f"{zh}〔未核实〕", f"{en} [unverified]"
        return Words(zh, en)
