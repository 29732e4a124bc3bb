"""What the user gives with a policy: the numbers of limits, and the entries of lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from procure.log import cells
from procure.log.ready import READY
from procure.policy.limits import Given
from procure.words import ProcureError, Words

if TYPE_CHECKING:
    from procure.policy.policy import Policy

#: A budget year (None: all), and a word of each dimension (None: all of them).
_Key = tuple[int | None, tuple[str | None, ...]]


def numbers(policy: Policy, name: str) -> Given:
    """The numbers given for a limit, in minor units. Raises `ProcureError` for a year that is none, a number that is no
    amount, and two numbers for one thing."""
    dimensions = policy.limits[name][0].dimensions
    found: dict[_Key, int] = {}
    for year, words, value in _leaves(policy.given[name], len(dimensions)):
        named = tuple(_word(policy, column, word) for column, word in zip(dimensions, words, strict=True))
        minor = int(policy.money.minor(value))
        if minor <= 0:
            shown = policy.money.plain(minor)
            raise ProcureError(Words(f"限额 {shown} 须高于零", f"the limit {shown} must be above zero"))
        key = _year(year), named
        if found.setdefault(key, minor) != minor:
            which = _which(named)
            raise ProcureError(Words(f"{which.zh}有两个限额", f"{which.en} has two limits"))
    return found


def _which(words: Sequence[str | None]) -> Words:
    named = [word for word in words if word is not None]
    return Words("、".join(named), ", ".join(named)) if named else Words("同一年", "one year")


def _leaves(value: Any, depth: int) -> Iterator[tuple[Any, tuple[Any, ...], Any]]:
    """The numbers with their year and their words; both tables may be left out."""
    if isinstance(value, Mapping) and (not depth or any(_may_be_year(key) or key is None for key in value)):
        for key, of_key in value.items():
            if _may_be_year(key) or key is None or not depth:
                yield from ((key, words, number) for words, number in _words(of_key, depth))
            else:
                yield from ((None, words, number) for words, number in _words({key: of_key}, depth))
    else:
        yield from ((None, words, number) for words, number in _words(value, depth))


def _words(value: Any, depth: int) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if depth and isinstance(value, Mapping):
        for word, inner in value.items():
            yield from (((word, *words), number) for words, number in _words(inner, depth - 1))
    else:
        yield (None,) * depth, value


def _may_be_year(key: object) -> bool:
    """Whether a key is meant as a year: a number, whatever it is."""
    return isinstance(key, (int, float)) or (isinstance(key, str) and key.isdecimal())


def _year(key: Any) -> int | None:
    if key is None:
        return None
    whole = not isinstance(key, bool) and (isinstance(key, int) or (isinstance(key, str) and key.isdecimal()))
    if not whole or not 1900 <= int(key) <= 2200:
        raise ProcureError(Words(f"“{key}”不是年份", f"{key} is not a year"))
    return int(key)


def _word(policy: Policy, column: str, word: Any) -> str | None:
    """The word of a column that is meant; one that is written otherwise in logs is known too."""
    if word is None:
        return None
    declared = policy.columns.get(column) or READY.get(column)
    meant = declared.known.get(cells.fold(str(word))) if declared is not None else None
    return meant if isinstance(meant, str) else str(word)


def entries(policy: Policy, name: str) -> Sequence[Mapping[str, Any]]:
    """The entries given for a list; blank ones say nothing. Raises `ProcureError` for what is no entries."""
    given, declared = policy.given[name], policy.lists[name]
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ProcureError(Words(f"须为各项的列表，不是 {given!r}", f"it must be a list of entries, not {given!r}"))
    if isinstance(given, Mapping):
        carried = next(iter(declared.carries), None)
        return [
            {"entry": entry, **({carried: number} if carried else {})}
            for entry, number in given.items()
            if not cells.blank(entry)
        ]
    return [entry if isinstance(entry, Mapping) else {"entry": entry} for entry in given if not cells.blank(entry)]
