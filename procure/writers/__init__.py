"""Reports as text, JSON, CSV, HTML and Excel workbooks, and their way to a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from procure.report import Report
from procure.words import Lang, ProcureError, Words
from procure.writers import csv, json, page, text, workbook

FORMATS: dict[str, Callable[[Report, Lang], str]] = {"text": text.dumps, "json": json.dumps, "csv": csv.dumps}
ENDINGS: dict[str, Callable[[Report, Lang], bytes]] = {
    ".json": lambda report, lang: json.dumps(report, lang).encode(),
    ".csv": lambda report, lang: csv.dumps(report, lang).encode("utf-8-sig"),
    ".txt": lambda report, lang: text.dumps(report, lang).encode(),
    ".html": lambda report, lang: page.dumps(report, lang).encode(),
    ".xlsx": workbook.dumps,
}


def write(report: Report, path: str | os.PathLike[str], lang: Lang = "zh") -> None:
    """Write the report in the format that the path's ending names, whole or not at all."""
    target = must_know(path)
    try:
        data = ENDINGS[target.suffix.lower()](report, lang)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".procure-")
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except OSError as error:
        os.unlink(name)
        raise _unwritable(target, error) from None


def _unwritable(target: Path, error: OSError) -> ProcureError:
    return ProcureError(Words(f"不能写入 {target}：{error.strerror}", f"cannot write {target}: {error.strerror}"))


def must_know(path: str | os.PathLike[str]) -> Path:
    """The path, where its ending names a format that can be written; raises `ProcureError` where it does not, and where
    the library that writes it is not installed."""
    target = Path(path)
    if target.suffix.lower() not in ENDINGS:
        known = "、".join(ENDINGS)
        raise ProcureError(
            Words(
                f"不能写成“{target.suffix}”（可用：{known}）",
                f"cannot write {target.suffix!r} (use one of: {', '.join(ENDINGS)})",
            )
        )
    if target.suffix.lower() == ".xlsx":
        workbook.engine()
    return target
