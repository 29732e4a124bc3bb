"""What the user gives with a policy: the numbers of limits, and the entries of lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from procure.log import cells
from procure.log.ready import READY
from procure.policy.limits import Given
from procure.values.faults import unknown
from procure.values.money import Currency
from procure.values.toml import shown
from procure.values.words import ProcureError, Words

if TYPE_CHECKING:
    from procure.policy.policy import Policy

#: A budget year (None: all), and a word of each dimension (None: all of them).
_Key = tuple[int | None, tuple[str | None, ...]]


def fits(policy: Policy, name: str, value: Any) -> None:
    """Raises `ProcureError` where this cannot be given under this name."""
    if name in policy.limits:
        if not any(entry.given for entry in policy.limits[name]):
            raise ProcureError(Words("此限额由制度自定", "the policy sets this limit, not the user"))
        numbers(policy, name, value)
    elif name in policy.lists:
        if not policy.lists[name].given:
            raise ProcureError(Words("此名单由制度自带", "the policy has this list itself"))
        entries(policy, name, value)
    else:
        raise unknown(Words("限额或名单", "limit or list"), name, [*policy.limits, *policy.lists])


def numbers(policy: Policy, name: str, given: Any) -> Given:
    """The numbers given for a limit, in minor units. Raises `ProcureError` for a year that is none, a number that is no
    amount, and two numbers for one thing."""
    dimensions = policy.limits[name][0].dimensions
    found: dict[_Key, int] = {}
    for year, words, value in _leaves(given, len(dimensions)):
        named = tuple(_word(policy, column, word) for column, word in zip(dimensions, words, strict=True))
        minor = amount(policy.money, value)
        if minor <= 0:
            plain = policy.money.plain(minor)
            raise ProcureError(Words(f"限额 {plain} 须高于零", f"the limit {plain} must be above zero"))
        key = _year(year), named
        if found.setdefault(key, minor) != minor:
            which = _which(named)
            raise ProcureError(Words(f"{which.zh}有两个限额", f"{which.en} has two limits"))
    return found


def amount(currency: Currency, value: Any) -> int:
    """A number that is given, in minor units. Raises `ProcureError` for what is no amount."""
    number = isinstance(value, (str, int, float)) or (isinstance(value, Decimal) and value.is_finite())
    if not number or isinstance(value, bool):
        it = shown(value)
        raise ProcureError(Words(f"“{it}”不是金额", f"{it} is not an amount"))
    return int(currency.minor(value))


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


def entries(policy: Policy, name: str, given: Any) -> Sequence[Mapping[str, Any]]:
    """The entries given for a list; blank ones say nothing. Raises `ProcureError` for what is no entries."""
    declared = policy.lists[name]
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ProcureError(
            Words(f"须为各项的列表，不是 {shown(given)}", f"it must be a list of entries, not {shown(given)}")
        )
    if isinstance(given, Mapping):
        carried = next(iter(declared.carries), None)
        return [
            {"entry": entry, **({carried: number} if carried else {})}
            for entry, number in given.items()
            if not cells.blank(entry)
        ]
    return [entry if isinstance(entry, Mapping) else {"entry": entry} for entry in given if not cells.blank(entry)]
