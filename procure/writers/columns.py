"""What was made of the headers of a log, for a person who has to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from procure.log.columns import Column
from procure.log.headers import option
from procure.log.reading import Recognised, all_columns
from procure.policy.declarations import Head, Holds
from procure.reporting.phrases import in_order
from procure.values.words import Lang, Words


def dumps(tables: Iterable[Recognised], columns: Mapping[str, Column], lang: Lang = "zh") -> str:
    """Each table with its recognised headers, those not recognised, and the option that would settle one. `columns` are
    the policy's."""
    known = all_columns(columns)
    return "\n".join(line for table in tables for line in (*_lines(table, known, lang), ""))


def _lines(table: Recognised, known: Mapping[str, Column], lang: Lang) -> Iterator[str]:
    where = f"{table.file or '-'}" + (f"[{table.sheet}]" if table.sheet else "")
    if table.hidden:
        where = Words(f"{where}（隐藏，不读）", f"{where} (hidden, not read)").say(lang)
    yield (
        where
        if not table.row  # none was found, or it is the names of the records of a .json file
        else Words(f"{where}，表头在第{table.row}行", f"{where}, header in row {table.row}").say(lang)
    )
    for name in in_order(known):
        if name in table.columns:
            yield _recognised(table, known[name], lang)
    if table.unknown:
        yield from _unknown(table, known, lang)
    if table.problem is not None:
        yield f"  {table.problem.say(lang)}"


def _recognised(table: Recognised, column: Column, lang: Lang) -> str:
    in_units = column.ready == "amount" and table.amount_unit not in ("", "元")
    unit = Words(f"（{table.amount_unit}）", f" ({table.amount_unit})").say(lang) if in_units else ""
    return f"  {column.name:<12} {column.label.say(lang)}{unit}  ←  {table.columns[column.name]}"


def _unknown(table: Recognised, known: Mapping[str, Column], lang: Lang) -> Iterator[str]:
    """The headers of which nothing was made, and how to say that one of them is a column that is lacking."""
    comma = Words("、", ", ").say(lang)
    yield Words("  未识别：", "  not recognised: ").say(lang) + comma.join(table.unknown)
    # What only follows from other columns is in no log.
    read = {name: column for name, column in known.items() if column.headers}
    stand = [name for name in in_order(read) if not isinstance(read[name].derived, (Head, Holds))]
    lacking = [name for name in stand if name not in table.columns] or stand
    names = [f"{name}（{known[name].label.zh}）" for name in lacking] if lang == "zh" else lacking
    line = option("FIELD", table.unknown[0])
    told = Words(f"  如需指定：{line}，FIELD 为下列之一：", f"  to use one: {line}, where FIELD is one of: ")
    yield told.say(lang) + comma.join(names)
