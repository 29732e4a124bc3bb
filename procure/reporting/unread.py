"""What was not read of a log: columns of it, and what its kind of file does not tell; and what was read twice. A report
says so once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from procure.engines.findings import Notice
from procure.log.columns import Column
from procure.log.directions import SIDES
from procure.log.rows import Rows
from procure.log.taxes import TAXED
from procure.log.units import key
from procure.values.marks import folded
from procure.values.words import Words

#: How many headers a notice shows.
_SHOWN = 30

#: Parts of headers that may matter to a sum or a verdict although no column knows them.
_MATTERS: Final = (
    "币", "状态", "单位", "税", "作废", "取消", "退", "折", "优惠", "汇率", "currency", "status", "state", "unit",
    "tax", "vat", "discount", "refund", "cancel", "void", "rate",
)  # fmt: skip


def unread(rows: Rows, ignored: Collection[str]) -> Iterator[Notice]:
    """The headers that nothing was read from."""
    headers = left(rows, ignored)
    if headers:
        more = " …" if len(headers) > _SHOWN else ""
        yield Notice(
            "columns-not-read",
            Words(
                f"没有读入的栏：{'、'.join(headers[:_SHOWN])}{more}",
                f"columns that nothing was read from: {', '.join(headers[:_SHOWN])}{more}",
            ),
        )


def twice(rows: Rows) -> Iterator[Notice]:
    """The headers from which several columns were read, as somebody asked; amounts are with tax or without, debits or
    credits, as their one header says."""
    parts = {name for name, column in rows.columns.items() if column.ready in (*TAXED, *SIDES)}
    found: dict[str, dict[str, None]] = {}
    for source in rows.sources:
        for name in source.columns.keys() - parts:
            found.setdefault(source.columns[name], {})[name] = None
    for header, names in found.items():
        if len(names) > 1:
            labels = [rows.columns[name].label.zh for name in sorted(names)]
            yield Notice(
                "read-twice",
                Words(
                    f"“{header}”一列同时读作{'、'.join(labels)}",
                    f"from one column, {header!r}, these are read: {', '.join(sorted(names))}",
                ),
            )


def unsaid(rows: Rows) -> Iterator[Notice]:
    """What the kind of a file does not tell of what stands in it."""
    for why in dict.fromkeys(source.unsaid for source in rows.sources if source.unsaid is not None):
        files = list(dict.fromkeys(source.file for source in rows.sources if source.unsaid == why))
        yield Notice("not-told", Words(f"{'、'.join(files)}：{why.zh}", f"{', '.join(files)}: {why.en}"))


def left(rows: Rows, ignored: Collection[str] = ()) -> list[str]:
    """The headers that nothing was read from, those first that look as if they mattered."""
    skipped = set(map(key, ignored))
    every = dict.fromkeys(text for source in rows.sources for text in source.others if key(text) not in skipped)
    return sorted(every, key=lambda text: not any(part in key(text) for part in _MATTERS))


def nearly(headers: Iterable[str], lacking: Mapping[str, Column]) -> Mapping[str, str]:
    """The headers that are written nearly like one of a column that is lacking, each with that column."""
    usual = {usual: name for name, column in lacking.items() for tier in column.headers for usual in tier}
    near = {header: get_close_matches(folded(header), usual, 1, 0.66) for header in headers}
    return {header: usual[found[0]] for header, found in near.items() if found}
