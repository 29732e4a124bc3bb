"""How an office writes its logs: which header gives a column, what its words mean, and how amounts and dates are
written. A policy's columns take the words in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from procure.log.cells import MISSING, NONE, UNDATED, fold
from procure.log.columns import Column, Manner
from procure.values import dates
from procure.values.faults import Faults, unknown
from procure.values.money import Currency
from procure.values.words import ProcureError, Words

#: Words of a mapping that are listed for somebody to settle: they mean nothing yet.
UNSETTLED = ("unknown", "several")
#: Columns that are read whether a policy names them or not: their words may be given a meaning in any mapping.
_UNNAMED = ("status", "voided", "dr_cr")
#: That a word says nothing, or that there is none on record.
_SAYS_NOTHING, _NONE = "missing", "none"

#: Where the offices are that count in a currency.
_ZONES = {"CNY": "Asia/Shanghai"}

#: By column, and by what is meant, the written words: `{"method": {"direct": ("零采",)}}`.
Meanings = Mapping[str, Mapping[str, tuple[str, ...]]]


@attrs.frozen
class OnePurchase:
    """Rows that say the same in a column are one purchase, whose amounts add up, or which has the same amount in each
    row `once`."""

    column: str
    once: bool = False

    @classmethod
    def of(cls, said: str | OnePurchase) -> OnePurchase:
        """As an option says it: `contract`, `contract=sum`, `contract=once`. Raises `ProcureError` for no column."""
        if isinstance(said, OnePurchase):
            return said
        column, _, how = said.rpartition("=")
        found = cls(column.strip(), how.strip() == "once") if how.strip() in ("sum", "once") else cls(said.strip())
        if not found.column:
            raise ProcureError(Words("one-purchase：没有写明哪一列", "one-purchase: it names no column"))
        return found

    def __str__(self) -> str:
        return f"{self.column}={'once' if self.once else 'sum'}"


def _one_purchase(said: str | OnePurchase | None) -> OnePurchase | None:
    return None if said is None else OnePurchase.of(said)


@attrs.frozen
class Habits:
    """`columns` maps a column to its header, `meanings` gives words their meaning; headers that are `ignored` give no
    column. `day_first` says whether the day stands first in 03/04/2020, `decimal` is the decimal sign of amounts where
    it is not the policy's, `encoding` that of text. `century` is the year from which on the hundred years are counted
    that a year of two digits is of, `timezone` where a moment has its day; `exact` refuses amounts that would have to
    be rounded. `headless` says that its tables have no header. `same` has
    by column the names of one thing, by the name under which it is counted, `apart` those that are of several.
    `one_purchase` names the column by which rows are one purchase. `source` is the file that says all this, for
    messages."""

    columns: Mapping[str, str] = attrs.field(factory=dict)
    meanings: Meanings = attrs.field(factory=dict)
    ignored: tuple[str, ...] = ()
    day_first: bool | None = None
    decimal: str | None = None
    encoding: str | None = None
    century: int | None = attrs.field(default=None)
    timezone: str | None = attrs.field(default=None)
    exact: bool = False
    headless: bool = False
    same: Mapping[str, Mapping[str, tuple[str, ...]]] = attrs.field(factory=dict)
    apart: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    one_purchase: OnePurchase | None = attrs.field(default=None, converter=_one_purchase)
    source: str = ""

    @century.validator
    def _is_century(self, _: object, century: int | None) -> None:
        if century is not None and not is_century(century):
            raise ProcureError(
                Words(
                    f"世纪须为起始年份，如 2000，不是 {century}",
                    f"a century is the year in which it begins, such as 2000, not {century}",
                )
            )

    @timezone.validator
    def _is_zone(self, _: object, timezone: str | None) -> None:
        if timezone is not None:
            dates.zone_of(timezone)

    def manner(self, currency: Currency, decimal: str) -> Manner:
        """How a log so written is read for a policy that counts in a currency and has this decimal sign."""
        zone = self.timezone or _ZONES.get(currency.code)
        sure = self.decimal is not None
        return Manner(currency, self.decimal or decimal, "", self.day_first, self.century, zone, self.exact, sure)


def together(habits: Habits, others: Sequence[Habits]) -> Habits:
    """These habits, with what those of several offices say of a log as a whole: which names are of one thing, what the
    words of a status mean, from which headers nothing is read, and by which column rows are one purchase. Raises
    `ProcureError` where they differ in the last."""
    every = (habits, *others)
    one = {each.one_purchase: None for each in every if each.one_purchase is not None}
    if len(one) > 1:
        said = [f"{each.source} {each.one_purchase}" for each in others if each.one_purchase is not None]
        zh, en = "、".join(said), ", ".join(said)
        raise ProcureError(
            Words(f"各 mapping 的 one-purchase 不同：{zh}", f"the mappings differ in their one-purchase: {en}")
        )
    return attrs.evolve(
        habits,
        ignored=tuple(dict.fromkeys(header for each in every for header in each.ignored)),
        meanings=_union([{n: m for n, m in each.meanings.items() if n in _UNNAMED} for each in every]),
        same=_union([each.same for each in every]),
        apart=_union([{"": each.apart} for each in every])[""],
        one_purchase=next(iter(one), None),
    )


def _union(tables: Iterable[Meanings]) -> Meanings:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for table in tables:
        for column, names in table.items():
            of = found.setdefault(column, {})
            for name, words in names.items():
                of[name] = tuple(dict.fromkeys((*of.get(name, ()), *words)))
    return found


def is_century(value: object) -> bool:
    """Whether a hundred years may begin there."""
    return type(value) is int and 1000 <= value <= 9900


def is_zone(value: object) -> bool:
    """Whether there is a time zone of this name."""
    try:
        return isinstance(value, str) and bool(dates.zone_of(value))
    except ProcureError:
        return False


def worded(columns: Mapping[str, Column], habits: Habits) -> Mapping[str, Column]:
    """The columns with the words of an office besides their own. Raises `ProcureError` for words of a column that there
    is not, or that has none, and for what none of its words means."""
    if not habits.meanings and not habits.same and not habits.apart:
        return columns
    names = {column.ready or name: name for name, column in columns.items()} | {name: name for name in columns}
    faults = Faults()
    written = {}
    for called, meanings in habits.meanings.items():
        if called in _UNNAMED and called not in names:
            continue
        with faults.at(called):
            if called not in names:
                raise unknown(_COLUMN, called, names)
            written[names[called]] = _written(columns[names[called]], meanings)
    for called, names_ in {**habits.same, **{name: {} for name in habits.apart if name not in habits.same}}.items():
        with faults.at("same", called):
            if called not in names:
                raise unknown(_COLUMN, called, names)
            if columns[names[called]].type != "name":
                raise ProcureError(Words("不是名称列", "it is no column of names"))
            written[names[called]] = _one_name(names_)
    faults.raise_any(habits.source)
    return {name: attrs.evolve(each, written=written.get(name, {})) for name, each in columns.items()}


def meanings_of(column: Column) -> tuple[str, ...]:
    """What a word of a column can be said to mean; nothing where its cells are no words."""
    if column.type in ("word", "yes-no"):
        own = column.canonical if column.type == "word" else ("yes", "no")
    elif column.type == "date" and column.yes:
        own = ("yes",)
    elif column.type in ("date", "text") and column.blank == "none" or column.type == "count":
        own = ()
    else:
        return ()
    return tuple(dict.fromkeys((*own, *([_NONE] if column.blank == "none" else []), _SAYS_NOTHING)))


def _written(column: Column, meanings: Mapping[str, tuple[str, ...]]) -> Mapping[str, Any]:
    """Of each word, folded, what it means; a word that stands behind several meanings may mean each of them."""
    known = meanings_of(column)
    faults = Faults()
    found: dict[str, dict[Any, None]] = {}
    for meaning, words in meanings.items():
        if meaning in UNSETTLED and meaning not in known:
            continue
        if meaning not in known:
            faults.add((meaning,), *unknown(_MEANING, meaning, known).words)
            continue
        value = _VALUES.get(meaning, meaning) if meaning not in column.canonical else meaning
        value = UNDATED if column.type == "date" and meaning == "yes" else value
        for word in words:
            found.setdefault(fold(word), {})[value] = None
    for word, values in found.items():
        if len(values) > 1 and not all(isinstance(value, str) for value in values):
            faults.add((), f"“{word}”既有所指又说未载明", f"{word!r} cannot both mean something and say nothing")
    faults.raise_nested()
    return {word: next(iter(values)) if len(values) == 1 else frozenset(values) for word, values in found.items()}


def _one_name(names: Mapping[str, tuple[str, ...]]) -> Mapping[str, Any]:
    """Of each other name, folded, the name under which it is counted. Raises for a name that has two."""
    found: dict[str, str] = {}
    faults = Faults()
    for name, others in names.items():
        for other in others:
            if found.setdefault(fold(other), name) != name:
                taken = found[fold(other)]
                faults.add((name,), f"“{other}”已归入“{taken}”", f"{other!r} is {taken!r} already")
            elif fold(other) in map(fold, names):
                faults.add((name,), f"“{other}”自己也归并了别名", f"{other!r} has other names of its own")
    faults.raise_nested()
    return found


_VALUES: Mapping[str, Any] = {_SAYS_NOTHING: MISSING, _NONE: NONE}
_COLUMN, _MEANING = Words("列", "column"), Words("意思", "meaning")
