"""What the command line's options say: limits, columns, adopted readings."""

from __future__ import annotations

from collections.abc import Iterable

from procure import amounts, terms
from procure.terms import Kind
from procure.words import ProcureError, Words


def pairs(given: Iterable[str], option: str) -> dict[str, str]:
    """`key=value` options as a mapping; a key given twice with two values is an error."""
    found: dict[str, str] = {}
    for text in given:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not key or not value:
            raise ProcureError(Words(f"{option} {text}：应写成 名称=值", f"{option} {text}: write it as name=value"))
        if found.setdefault(key, value) != value:
            raise ProcureError(Words(f"{option} {key} 给了两次", f"{option} {key} was given twice"))
    return found


def limits(given: Iterable[str], option: str) -> dict[object, object] | None:
    """`300000`, `goods=300000`, `2020:goods=300000` or `2020:300000`, as `Limits.of` takes them."""
    found: dict[tuple[int | None, Kind], str] = {}
    for text in given:
        name, equals, amount = text.rpartition("=")
        if not equals and ":" in amount:
            name, _, amount = amount.partition(":")
        year, colon, kind = name.rpartition(":")
        if not colon and name.strip().isdigit():
            year, kind = name, ""
        try:
            of_year = int(year) if year else None
            kinds = [terms.kind(kind)] if kind else list(Kind)
            amounts.fen(amount)
        except ValueError as error:
            words = (
                error.words
                if isinstance(error, ProcureError)
                else Words(f"“{year}”不是年份", f"{year!r} is not a year")
            )
            raise ProcureError(Words(f"{option} {text}：{words.zh}", f"{option} {text}: {words.en}")) from None
        for each in kinds:
            if found.setdefault((of_year, each), amount) != amount:
                raise ProcureError(
                    Words(f"{option} {text}：{each.words.zh}已有限额", f"{option} {text}: {each.value} has one already")
                )
    by_year: dict[object, dict[Kind, str]] = {}
    for (of_year, each), amount in found.items():
        by_year.setdefault(of_year, {})[each] = amount
    return {**by_year} or None
