"""What of a policy's text its rules encode, what is set aside on purpose, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from procure.interpretation.sources import Clause
from procure.policy.quotes import each_quote
from procure.values.faults import Faults, Path

if TYPE_CHECKING:
    from procure.policy.policy import Policy


#: The number of a paragraph: 1, 2.3.1, Art. 75, 1º, 第三条, 二, B, iv. It has at most three digits: more are an amount
#: or a year.
_NUMBER = re.compile(
    r"(?:art(?:icle|igo|ículo)?\.? *)?\d{1,3}(?:[.-]\d{1,3})*[ºª°]?"
    r"|第[〇零一二三四五六七八九十百\d]{1,5}[编章节条款项目]|[一二三四五六七八九十]{1,3}"
    r"|[a-z]|[ivxl]{1,5}",
    re.IGNORECASE,
)
#: What ends a sentence, or stands between two.
_ENDS = re.compile(r"[。；;：:.\n]")
#: What stands after a number.
_AFTER = re.compile(r"[ \t\u3000]*[.、．)）:：,，\n]|[ \t\u3000]|$")


@attrs.frozen
class Encoded:
    """Shares of the text, counted by its letters and digits; `left` are the words that nothing cites or sets aside. The
    words that raise a question are not encoded by that alone. Numbers of paragraphs that nothing cites ask for nothing:
    they are neither counted nor left."""

    cited: Fraction
    set_aside: Fraction
    left: tuple[Clause, ...]

    @property
    def open(self) -> Fraction:
        return 1 - self.cited - self.set_aside


def encoded(policy: Policy) -> Encoded:
    """What the rules of a sound policy encode."""
    text = policy.passage.text
    cited = _covered(clause for _, clause in clauses(policy))
    aside = _covered(policy.clause(quoted) for quoted in policy.not_checked) - cited
    left = tuple(_left(policy, cited | aside))
    numbers = tuple(clause for clause in left if _is_number(text, clause))
    nothing = _covered(numbers)
    counted = [at for at, letter in enumerate(text) if letter.isalnum() and at not in nothing]
    whole = len(counted) or 1
    return Encoded(
        Fraction(sum(at in cited for at in counted), whole),
        Fraction(sum(at in aside for at in counted), whole),
        tuple(clause for clause in left if clause not in numbers),
    )


def clauses(policy: Policy) -> Iterator[tuple[Path, Clause]]:
    """The clauses of duties, rules, bands, totals and limits, and the one that forbids dividing, as far as they stand
    in the text."""
    quoted: dict[Path, Any] = {("duty", id, "clause"): duty.clause for id, duty in policy.duties.items()}
    quoted |= {("rules", rule.id, "clause"): rule.clause for rule in policy.rules}
    for id, ladder in policy.ladders.items():
        quoted |= {("ladder", id, "band", band.id, "clause"): band.clause for band in ladder.bands}
    quoted |= {("total", id, "clause"): total.clause for id, total in policy.totals.items()}
    for id, entries in policy.limits.items():
        several = len(entries) > 1
        quoted |= {("limit", id, *((n,) if several else ()), "clause"): each.clause for n, each in enumerate(entries)}
    quoted["division",] = policy.division
    for path, quote in quoted.items():
        for where, each in each_quote(quote):
            missing = Faults()
            with missing.at():
                yield (*path, *where), policy.clause(each)


def _is_number(text: str, clause: Clause) -> bool:
    """Whether words are the number of a paragraph: it begins a line or a sentence, or has a blank before it and 、
    behind it."""
    before = _ENDS.split(text[: clause.start])[-1]
    begins = not any(map(str.isalnum, before)) or (before[-1:].isspace() and text[clause.end : clause.end + 1] == "、")
    return bool(begins and _NUMBER.fullmatch(clause.text) and _AFTER.match(text, clause.end))


def _covered(spans: Iterable[Clause]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def _left(policy: Policy, seen: set[int]) -> Iterator[Clause]:
    """The words between, without the signs and blanks around them; passages by themselves."""
    text = policy.passage.text
    parts = policy.passage.parts
    for start, end in [(part.start, part.end) for part in parts] or [(0, len(text))]:
        at = start
        while at < end:
            if at in seen:
                at += 1
                continue
            stop = next((n for n in range(at, end) if n in seen), end)
            words = [n for n in range(at, stop) if text[n].isalnum()]
            if words:
                yield Clause(words[0], words[-1] + 1, text[words[0] : words[-1] + 1])
            at = stop
