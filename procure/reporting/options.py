"""What options say, of the command line or of `procure.toml`: limits, lists, columns, adopted readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import attrs

from procure.log.columns import Column, Manner
from procure.policy.limits import Resolved
from procure.policy.policy import Policy
from procure.reporting.phrases import usual_limit
from procure.values import files as toml
from procure.values.faults import unknown
from procure.values.words import ProcureError, Words

#: A limit by its name, a budget year or None, and a word of each column by which it differs.
_Place = tuple[str, int | None, tuple[str | None, ...]]


def pairs(given: Iterable[str], option: str, blank: bool = False) -> dict[str, str]:
    """`key=value` options as a mapping; a key given twice with two values is an error, and one without a value unless
    it may be `blank`."""
    found: dict[str, str] = {}
    for text in given:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not key or not (value or blank):
            raise ProcureError(Words(f"{option} {text}：应写成 名称=值", f"{option} {text}: write it as name=value"))
        if found.setdefault(key, value) != value:
            raise ProcureError(Words(f"{option} {key} 给了两次", f"{option} {key} was given twice"))
    return found


@attrs.frozen
class Given:
    """What was written after an option that gives a limit: `--limit`, which may name one, or a limit's own."""

    option: str
    text: str
    limit: str | None = None


def limits(given: Iterable[Given], policy: Policy) -> dict[str, Any]:
    """Limits as `Policy.with_given` takes them, from `300000`, `goods=300000`, `2020:goods=300000`, `2020:300000`,
    `NAME.goods=300000` or `2020:NAME=300000`."""
    found: dict[_Place, int] = {}
    for each in given:
        try:
            places, minor = _read(each, policy)
        except ProcureError as error:
            raise _refused(each, error.words) from None
        for place in places:
            if found.setdefault(place, minor) != minor:
                raise _refused(each, _twice(place, policy))
    limits: dict[str, Any] = {}
    for (name, year, words), minor in found.items():
        inner, *path = limits.setdefault(name, {}), year, *words
        for key in path[:-1]:
            inner = inner.setdefault(key, {})
        inner[path[-1]] = minor
    return limits


def _read(given: Given, policy: Policy) -> tuple[list[_Place], int]:
    """The places for which an option gives a number, and the number in minor units."""
    name, equals, amount = given.text.rpartition("=")
    if not equals and ":" in amount:
        name, _, amount = amount.partition(":")
    year, colon, path = name.rpartition(":")
    if not colon and name.strip().isdigit():
        year, path = name, ""
    parts = [part.strip() for part in path.split(".") if part.strip()]
    limit = given.limit or (parts.pop(0) if parts and _is_given(policy, parts[0]) else usual_limit(policy))
    assert limit is not None  # else there is no such option
    of_year = _year(year.strip()) if year else None
    words = _words(parts, policy.built.limits[limit], policy)
    return [(limit, of_year, each) for each in words], policy.money.minor(amount, decimal=policy.decimal)


def _is_given(policy: Policy, name: str) -> bool:
    limit = policy.built.limits.get(name)
    return limit is not None and limit.is_given


def _year(text: str) -> int:
    if text.isdecimal() and 1900 <= int(text) <= 2999:
        return int(text)
    raise ProcureError(Words(f"“{text}”不是年份", f"{text!r} is not a year"))


def _words(parts: list[str], limit: Resolved, policy: Policy) -> Iterator[tuple[str | None, ...]]:
    """The words meant, in every combination with those of the columns that are not named."""
    columns = [policy.built.columns[name] for name in limit.dimensions]
    if len(parts) > len(columns):
        at = len(columns)
        raise ProcureError(
            Words(f"{limit.title.zh}不按“{parts[at]}”区分", f"the {limit.title.en} does not differ by {parts[at]!r}")
        )
    said = [_word(column, part, policy) for column, part in zip(columns, parts, strict=False)]
    every = [list(dict.fromkeys(words)) for words in zip(*limit.combinations, strict=True)]
    return product(*([word] for word in said), *every[len(said) :])


def _word(column: Column, text: str, policy: Policy) -> str:
    word = column.read(text, Manner(policy.money))
    if not isinstance(word, str):
        raise ProcureError(Words(f"“{text}”不止一义", f"{text!r} may mean several"))
    return word


def _twice(place: _Place, policy: Policy) -> Words:
    limit = policy.built.limits[place[0]]
    columns = [policy.built.columns[name] for name in limit.dimensions]
    shown = [column.shown(word) for column, word in zip(columns, place[2], strict=True)] or [limit.title]
    return Words(f"{''.join(w.zh for w in shown)}已有限额", f"{' '.join(w.en for w in shown)} has one already")


def _refused(given: Given, why: Words) -> ProcureError:
    option = f"{given.option} {given.text}"
    return ProcureError(Words(f"{option}：{why.zh}", f"{option}: {why.en}"))


def files(given: Iterable[str], policy: Policy) -> Mapping[str, str]:
    """The files of lists, from `NAME=FILE`."""
    found = pairs(given, "--list")
    there = [name for name, declared in policy.lists.items() if declared.given]
    for name in found:
        if name not in there:
            raise unknown(Words("名单", "list"), name, there)
    return found


def of_file(file: Path) -> Mapping[str, tuple[str, ...]]:
    """What a `procure.toml` says: for each option, by its name without dashes, its values as they would be typed.
    Raises `ProcureError` for a file that is not TOML, or has a value that no option takes."""
    said = toml.parsed(toml.content(file), file)
    return {name.replace("_", "-"): tuple(_values(file, name, value)) for name, value in said.items()}


def _values(file: Path, name: str, value: Any) -> Iterator[str]:
    """What stands behind a key, as it would be typed: a list is an option given several times, a table of pairs."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from (f"{key}={said}" for said in _values(file, name, each))
    elif isinstance(value, list):
        for each in value:
            yield from _values(file, name, each)
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, (str, int)):
        yield str(value)
    elif hasattr(value, "isoformat"):
        yield value.isoformat()
    else:
        raise ProcureError(
            Words(f"{file}：{name} 的值 {value} 请写成文本", f"{file}: write the value of {name}, {value}, as text")
        )
