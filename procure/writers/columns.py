"""What was made of the headers of a log, for a person who has to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from procure.readers import Recognised
from procure.readers.columns import option
from procure.records import NAMES
from procure.words import Lang, Words


def dumps(tables: Iterable[Recognised], lang: Lang = "zh") -> str:
    """Each table with its recognised headers, those not recognised, and the option that would settle one."""
    return "\n".join(line for table in tables for line in (*_lines(table, lang), ""))


def _lines(table: Recognised, lang: Lang) -> Iterator[str]:
    where = f"{table.file or '-'}" + (f"[{table.sheet}]" if table.sheet else "")
    if table.hidden:
        where = Words(f"{where}（隐藏，不读）", f"{where} (hidden, not read)").say(lang)
    yield (
        where
        if not table.row  # none was found, or it is the names of the records of a .json file
        else Words(f"{where}，表头在第{table.row}行", f"{where}, header in row {table.row}").say(lang)
    )
    for field, header in table.columns.items():
        amount = Words("（{unit}）", " ({unit})") if field == "amount" and table.amount_unit != "元" else Words("", "")
        yield f"  {field:<12} {NAMES[field].say(lang)}{amount.say(lang).format(unit=table.amount_unit)}  ←  {header}"
    if table.unknown:
        comma = Words("、", ", ").say(lang)
        yield Words("  未识别：", "  not recognised: ").say(lang) + comma.join(table.unknown)
        wanting = [field for field in NAMES if field not in table.columns] or list(NAMES)
        names = [f"{field}（{NAMES[field].zh}）" for field in wanting] if lang == "zh" else wanting
        line = option("FIELD", table.unknown[0])
        told = Words(f"  如需指定：{line}，FIELD 为下列之一：", f"  to use one: {line}, where FIELD is one of: ")
        yield told.say(lang) + comma.join(names)
    if table.problem is not None:
        yield f"  {table.problem.say(lang)}"
