"""What a policy declares: totals, ladders of bands, duties, examples. Literal tables that read like the text.

Conditions, ranges and comparisons are written as in a policy file: `{"method": ["direct"], "quotes": ">= 3"}`,
`"[0 .. 5000|"`. Any value in them may depend on a question: `ask("edge", upper=…, lower=…)`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from procure.log.columns import NO, TYPES, YES, Column
from procure.log.ready import READY
from procure.values.words import ProcureError, Words, in_languages

#: A table of entries that all hold, or a list of such tables, one of which holds.
Condition = Any


def ask(question: str, **readings: Any) -> dict[str, Any]:
    """A value that a question chooses: for each reading the value under it. The name of a reading that is no word of
    Python is given with `_` for `-`, or as `**{"1": …}`."""
    return {"ask": question, **{name.replace("_", "-"): value for name, value in readings.items()}}


def said(text: str | Words | Mapping[str, str] | None) -> Words | None:
    """A text in one language or in both."""
    # Whether it is a text at all is looked at when the policy is built.
    return in_languages(text) if isinstance(text, (str, Mapping)) else text


def _said(text: str | Words | Mapping[str, str]) -> Words:
    return said(text)  # type: ignore[return-value]  # None is refused when the policy is built


def column(name: str, *, type: str | None = None, is_: str | None = None, **keys: Any) -> Column:
    """A column of a policy. A ready one comes by its own name, or by `is_` under another: with its type, headers and
    words, to which these `headers` are added and which these `words` replace.

    Raises `ProcureError` for a name that is not ready where no type is given.
    """
    ready = READY.get(is_ or name)
    if is_ is not None and ready is None:
        raise ProcureError(
            Words(
                f"没有现成的列“{is_}”（有：{'、'.join(READY)}）",
                f"there is no ready column {is_!r} (there are: {', '.join(READY)})",
            )
        )
    if ready is not None and type is not None and type != ready.type:
        raise ProcureError(
            Words(
                f"列 {name} 的类型是 {ready.type}，不是 {type}",
                f"the column {name} is of the type {ready.type}, not {type}",
            )
        )
    if "order" in keys and type is None and ready is None:
        type = "word"
    if ready is None and type is None:
        raise ProcureError(
            Words(
                f"列 {name} 须有类型（有：{'、'.join(TYPES)}）", f"the column {name} needs a type ({', '.join(TYPES)})"
            )
        )
    headers = keys.pop("headers", ())
    title = said(keys.pop("title", None))
    given = {key: value for key, value in keys.items() if value is not None}
    if "words" in given:
        given["words"] = {word: tuple(written) for word, written in given["words"].items()}
        given.setdefault("several", {})
        given.setdefault("endings", ())
    if "several" in given:
        given["several"] = {written: tuple(words) for written, words in given["several"].items()}
    if "order" in given:
        given["order"] = tuple(given["order"])
    if type == "yes-no" and ready is None:
        given.setdefault("words", {"yes": YES, "no": NO})
    if ready is None:
        ready = Column(name=name, type=type, headers=((name,),))  # type: ignore[arg-type]  # checked when built
    tiers = list(ready.headers) or [()]
    tiers[0] = tuple(dict.fromkeys((*tiers[0], name, *headers)))
    return attrs.evolve(ready, name=name, headers=tuple(tiers), title=title or ready.title, **given)


@attrs.frozen(kw_only=True)
class Total:
    """Which money, or how many rows, is summed: by which key columns, counting which rows, over which window, with the
    purchase itself or without.

    `window` is "year", "year so far", "12 months back", "30 days back", "always so far" or "always". `clause` is the
    words that say so: a quote, or a list of quotes.
    """

    window: Any
    sum: Any = "amount"
    by: Any = ()
    counts: Condition = attrs.field(factory=dict)
    itself: Any = True
    clause: Any = None


@attrs.frozen(kw_only=True)
class Band:
    """An interval of amount, `"[0 .. 5000)"`, or one for each measure, with its duties."""

    id: str
    range: Any
    duties: Any = ()
    clause: Any = None


@attrs.frozen(kw_only=True)
class Ladder:
    """Bands, and the measures that claim them: the amount and totals, by name. The highest claimed binds, or the
    lowest."""

    bands: Sequence[Band]
    measures: Any = ("amount",)
    when: Condition = attrs.field(factory=dict)
    unless: Condition = ()
    binds: Any = "highest"
    #: Which band has the number at a `|`: "upper" or "lower", or that by the number or limit.
    edge: Any = None
    #: An amount that no band claims: "none", "up", "down".
    gaps: Any = "none"


@attrs.frozen(kw_only=True)
class Duty:
    """What a `clause` asks: a quote, or a list of them where the text says it in several places. It stands in bands, or
    is due `when` a condition holds, whatever the amount; `met_by` has the ways to meet it, none of them for a
    prohibition. `shows` names the columns that reports tell of it, where these are not just those that `met_by`
    reads."""

    required: Words = attrs.field(converter=_said)
    clause: Any
    met_by: Condition
    title: Words | None = attrs.field(default=None, converter=said)
    when: Condition | None = None
    only_if: Mapping[str, str] | None = None
    unless: Condition = ()
    waivable: bool = True
    shows: Sequence[str] | None = None


@attrs.frozen(kw_only=True)
class InForce:
    """The days on which a policy is in force, both included."""

    since: dt.date | None = None
    until: dt.date | None = None
    published: dt.date | None = None


@attrs.frozen(kw_only=True)
class Example:
    """A log of a few rows with the verdict on the last."""

    rows: Sequence[Mapping[str, Any]]
    verdict: str
    name: Words | None = attrs.field(default=None, converter=said)
    given: Mapping[str, Any] = attrs.field(factory=dict)
    breached: Sequence[str] | None = None
    missing: Sequence[str] | None = None
    turns_on: Sequence[str] | None = None


@attrs.frozen
class Prefix:
    """A word by the beginning of another column's code."""

    column: str
    words: Mapping[str, str]


@attrs.frozen
class Head:
    """The first characters of another column's code; a name stands for itself."""

    column: str
    size: int


@attrs.frozen
class Listed:
    """Whether a list has it."""

    list: str


@attrs.frozen
class Holds:
    """A condition with a name; "no" is its negation."""

    condition: Condition


Derived = Prefix | Head | Listed | Holds
