"""Reports as text, JSON, CSV, HTML and Excel workbooks, and their way to a file."""

from __future__ import annotations

import codecs
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from procure.log.rows import Rows
from procure.reporting.report import Report
from procure.values.words import Lang, ProcureError, Words
from procure.writers import csv, json, page, text, totals, workbook
from procure.writers.paper import unwritten

#: How a report is written, part by part.
FORMATS: dict[str, Callable[[Report, Lang], Iterable[str]]] = {
    "text": lambda report, lang: [text.dumps(report, lang)],
    "json": json.parts,
    "jsonl": json.lines,
    "csv": csv.lines,
}
ENDINGS: dict[str, Callable[[Report, Lang], Iterable[bytes]]] = {
    ".json": lambda report, lang: _utf8(json.parts(report, lang)),
    ".jsonl": lambda report, lang: _utf8(json.lines(report, lang)),
    ".csv": lambda report, lang: chain([codecs.BOM_UTF8], _utf8(csv.lines(report, lang))),
    ".txt": lambda report, lang: _utf8([text.dumps(report, lang, 0)]),
    ".html": lambda report, lang: _utf8([page.dumps(report, lang)]),
    ".xlsx": lambda report, lang: [workbook.dumps(report, lang)],
}

#: What stands side by side in a folder.
_IN_FOLDER = (".html", ".xlsx", ".csv", ".json")

# Halves of pairs: a JSON file, a frame and the name of a file may hold one, and UTF-8 cannot write it.
_HALVES = re.compile("[\ud800-\udfff]")


def write(report: Report, path: str | os.PathLike[str], lang: Lang = "zh") -> None:
    """Write the report in the format that the path's ending names, whole or not at all; a path without one is a folder,
    which gets page, workbook, CSV, JSON and the totals."""
    target = must_know(path)
    if not target.suffix:
        _make(target)
        for ending in _IN_FOLDER:
            write(report, target / f"report{ending}", lang)
        write_totals(report, target / "totals.csv", lang)
        return
    _must_spare(target, report.read)
    _save(target, lambda: ENDINGS[target.suffix.lower()](report, lang))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None


def write_totals(report: Report, path: str | os.PathLike[str], lang: Lang = "zh") -> None:
    """Write the totals against the bands as CSV, whole or not at all."""
    target = Path(path)
    _must_spare(target, report.read)
    save(target, lambda: codecs.BOM_UTF8 + b"".join(_utf8([totals.dumps(report, lang)])))


def save(target: Path, made: Callable[[], bytes]) -> None:
    """Write a file whole or not at all. Raises `ProcureError` where it cannot be written."""
    _save(target, lambda: [made()])


def _save(target: Path, made: Callable[[], Iterable[bytes]]) -> None:
    """The same of what is made part by part."""
    try:
        parts = made()
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".procure-")
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.writelines(parts)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException as error:
        # Whatever happened, and be it Ctrl-C: nothing half written stays.
        os.unlink(name)
        if isinstance(error, OSError):
            raise _unwritable(target, error) from None
        raise


def _utf8(parts: Iterable[str]) -> Iterator[bytes]:
    return (_HALVES.sub("\ufffd", part).encode() for part in parts)


def _must_spare(target: Path, rows: Rows) -> None:
    """A report is not written over the log that it judges."""
    files = (*(source.file for source in rows.sources), *(each.origin.file for each in rows.unread))
    if target.resolve() in {Path(file).resolve() for file in files if file}:
        raise ProcureError(
            Words(
                f"不能写入 {target}：这是所检查的台账，会被覆盖",
                f"cannot write {target}: it is the log that was checked, and would be lost",
            )
        )


def _unwritable(target: Path, error: OSError) -> ProcureError:
    if isinstance(error, PermissionError) and target.exists():
        return ProcureError(
            Words(
                f"不能写入 {target}：可能正在 Excel 中打开，请关闭后重试",
                f"cannot write {target}: it may be open in Excel; close it and try again",
            )
        )
    return ProcureError(Words(f"不能写入 {target}：{error.strerror}", f"cannot write {target}: {error.strerror}"))


def must_know(path: str | os.PathLike[str]) -> Path:
    """The path, where its ending names a format that can be written; raises `ProcureError` where it does not, and where
    the library that writes it is not installed."""
    target = Path(path)
    if target.suffix and target.suffix.lower() not in ENDINGS:
        raise unwritten(target.suffix, ENDINGS)
    if target.suffix.lower() in ("", ".xlsx"):
        workbook.engine()
    return target
