"""What the command line's options say: limits, catalogues, columns, adopted readings."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from procure import amounts, terms
from procure.evidence import is_prefix
from procure.records import category
from procure.terms import Kind
from procure.words import ProcureError, Words

_HEADERS = {"品目", "编码", "名称", "品目编码", "品目名称", "代码", "code", "name", "category", "catalog_code"}


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


def limits(given: Iterable[str]) -> dict[object, object] | None:
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
            raise ProcureError(Words(f"--limit {text}：{words.zh}", f"--limit {text}: {words.en}")) from None
        for each in kinds:
            if found.setdefault((of_year, each), amount) != amount:
                raise ProcureError(
                    Words(f"--limit {text}：{each.words.zh}已有限额", f"--limit {text}: {each.value} has one already")
                )
    by_year: dict[object, dict[Kind, str]] = {}
    for (of_year, each), amount in found.items():
        by_year.setdefault(of_year, {})[each] = amount
    return {**by_year} or None


def catalogue(path: str) -> list[str]:
    """The entries of a catalogue file: one a line, its first cell; where that is a code, the name beside it too."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ProcureError(
            Words(f"读不了目录文件 {path}：{error.strerror}", f"cannot read catalogue {path}: {error.strerror}")
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    entries = []
    for number, row in enumerate(csv.reader(text.splitlines())):
        cells = [cell.strip() for cell in row if cell.strip()]
        if not cells or cells[0].startswith("#") or number == 0 and terms.fold(cells[0]) in _HEADERS:
            continue
        folded = category(cells[0])
        entries += cells[:2] if folded and is_prefix(folded) else cells[:1]
    if not entries:
        raise ProcureError(Words(f"目录文件 {path} 是空的", f"the catalogue {path} is empty"))
    return entries
