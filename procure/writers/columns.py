"""What was made of the headers of a log, for a person who has to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from procure.log.columns import Column
from procure.log.headers import option
from procure.log.reading import Recognised, all_columns
from procure.policy.declarations import Head, Holds
from procure.reporting.phrases import in_order
from procure.reporting.unread import nearly
from procure.values.words import Lang, Words


def dumps(tables: Iterable[Recognised], columns: Mapping[str, Column], lang: Lang = "zh") -> str:
    """Each table with its recognised headers, those not recognised, and the option that would settle one. Sheets of one
    file that read alike, such as those of its months, stand together. `columns` are the policy's."""
    known = all_columns(columns)
    alike: dict[tuple[str, bool, int | None, tuple[str, ...]], list[str | None]] = {}
    for table in tables:
        read = (table.file or "-", table.hidden, table.row, tuple(_lines(table, known, lang)))
        alike.setdefault(read, []).append(table.sheet)
    return "\n".join(
        line
        for (file, hidden, row, lines), sheets in alike.items()
        for line in (_heading(file, sheets, hidden, row).say(lang), *lines, "")
    )


def _heading(file: str, sheets: Sequence[str | None], hidden: bool, row: int | None) -> Words:
    named = [sheet for sheet in sheets if sheet]
    zh, en = (f"{file}[{comma.join(named)}]" if named else file for comma in ("、", ", "))
    if hidden:
        return Words(f"{zh}（隐藏，不读）", f"{en} (hidden, not read)")
    if not row:  # none was found, or it is the names of the records of a .json file
        return Words(zh, en)
    return Words(f"{zh}，表头在第{row}行", f"{en}, header in row {row}")


def _lines(table: Recognised, known: Mapping[str, Column], lang: Lang) -> Iterator[str]:
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
    meant = nearly(table.unknown, {name: read[name] for name in lacking})
    if meant:
        options = " ".join(option(name, header) for header, name in meant.items())
        yield Words(f"  可能是：{options}（请核对）", f"  perhaps: {options} (to be checked)").say(lang)
    others = [header for header in table.unknown if header not in meant]
    if others:
        names = [f"{name}（{known[name].label.zh}）" for name in lacking] if lang == "zh" else lacking
        line = option("FIELD", others[0])
        line_before = Words(f"  如需指定：{line}，FIELD 为下列之一：", f"  to use one: {line}, where FIELD is one of: ")
        yield line_before.say(lang) + comma.join(names)
