"""What an office entered in the workbook of last month: what came of findings, and data supplied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import attrs

from procure.log.corrections import Correction
from procure.log.records import Log, Origin, Sheet
from procure.reporting.waivers import Waiver
from procure.values import dates
from procure.values.words import ProcureError, Words
from procure.writers.workbook.lists import ENTRIES, EXCEPTED, EXCEPTION, FINDINGS, KEY, OLD, SUPPLIED, SUPPLY
from procure.writers.workbook.own import FILE, ROW, SHEET


@attrs.frozen
class BroughtOver:
    """`entered` has what was entered beside each finding, by the purchase's key and the rule's id; `corrections` the
    data supplied."""

    entered: Mapping[tuple[str, str], Mapping[str, object]]
    corrections: Sequence[Correction]


def carried(book: Log) -> BroughtOver:
    """What stands in a workbook that `procure check` wrote. Raises `ProcureError` for another."""
    findings, supply = (_sheet(book, name) for name in (FINDINGS, SUPPLY))
    titles = {name: title for name, title, *_ in (*ENTRIES, *EXCEPTION)}
    entered: dict[tuple[str, str], Mapping[str, object]] = {}
    for row in _rows(findings, {"key": KEY, **titles}):
        said = {name: row[name] for name in titles if row.get(name) not in (None, "")}
        purchase, _, rule = str(row.get("key") or "").rpartition(" ")
        if said and purchase:
            entered[purchase, rule] = said
    return BroughtOver(entered, tuple(_corrections(supply)))


def exceptions(found: BroughtOver) -> Iterator[tuple[tuple[str, str], Waiver | Words]]:
    """The exceptions entered beside findings, by the purchase's key and the rule's id: as a waiver, or why one is none
    yet."""
    for (purchase, rule), said in found.entered.items():
        if EXCEPTED.fits(said.get("state")):
            yield (purchase, rule), _waiver(purchase, rule, said)


def _waiver(purchase: str, rule: str, said: Mapping[str, object]) -> Waiver | Words:
    needed = {name: title for name, title, *_ in (*EXCEPTION, ENTRIES[1])}
    lacking = [title for name, title in needed.items() if not _text(said.get(name))]
    if lacking:
        zh, en = "、".join(title.zh for title in lacking), ", ".join(title.en for title in lacking)
        return Words(f"未填 {zh}", f"not entered: {en}")
    try:
        until = None if not _text(said.get("until")) else dates.date(_text(said["until"]))
        day = dates.date(_text(said["day"]))
    except ProcureError as error:
        return error.words
    by, document, reason = (_text(said[name]) for name in ("by", "document", "said"))
    return Waiver(rule, by, document, day, reason, purchase=purchase, until=until)


def _corrections(sheet: Sheet) -> Iterator[Correction]:
    titles = {name: title for name, title, _ in SUPPLIED}
    for row in _rows(sheet, {"key": KEY, "old": OLD, "file": FILE, "sheet": SHEET, "row": ROW, **titles}):
        if row.get("new") not in (None, ""):
            old, new, by, document, day = (_text(row.get(name)) for name in ("old", *titles))
            number = row.get("row")
            place = Origin(
                _text(row.get("file")) or None,
                _text(row.get("sheet")) or None,
                int(number) if isinstance(number, (int, float)) else None,
            )
            yield Correction(place, _text(row.get("key")), old, new, by, document, day)


def _sheet(book: Log, name: Words) -> Sheet:
    for sheet in book.sheets:
        if name.fits(sheet.sheet):
            return sheet
    raise ProcureError(
        Words(
            f"{book.sheets[0].file}：没有“{name.zh}”表，不是 procure check 写的工作簿",
            f"{book.sheets[0].file}: no sheet “{name.en}”: no workbook that procure check wrote",
        )
    )


def _rows(sheet: Sheet, titles: Mapping[str, Words]) -> Iterator[Mapping[str, object]]:
    """The rows below the header, each cell by the name of its column."""
    header, *rows = sheet.rows
    at = {name: n for name, title in titles.items() for n, cell in enumerate(header) if title.fits(cell)}
    for cells in rows:
        yield {name: cells[n] for name, n in at.items() if n < len(cells)}


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10]
    return "" if cell is None else str(cell).strip()
