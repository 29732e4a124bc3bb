"""The front door of all readers: whatever the log is kept in, `read` makes a `Log` of it."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from procure import collector
from procure.readers import columns as headers
from procure.readers.columns import Header
from procure.readers.rows import RowReader
from procure.readers.tables import Row, Table, blank, unusable
from procure.records import Log, Origin, Skipped, Source
from procure.words import ProcureError, Words

#: Data rows read together, and between two calls of `progress`.
_STEP = 500

_ENDINGS = ".csv .tsv .txt .xlsx .xlsm .xls .json .parquet"
_EMPTY = Words("是空的", "is empty")
_NO_HEADER = Words("找不到表头；首行是：{seen}", "no header row found; the first row is: {seen}")
_NO_ROWS = Words("表头下没有数据", "has no rows below its header")
_HIDDEN = Words("隐藏的工作表，未读（可用 --sheet 指定）", "a hidden sheet, not read (--sheet would)")


def read(
    *sources: Any,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    day_first: bool | None = None,
    decimal_comma: bool = False,
    progress: Callable[[int], None] | None = None,
    duckdb: bool = False,
) -> Log:
    """Read files (.csv, .tsv, .txt, .xlsx, .xlsm, .xls, .parquet, OCDS .json), folders of parquet files, data frames
    and iterables of mappings as one log.

    `columns` maps a canonical field to its header in the file, to `@C` (the column that a spreadsheet calls C), or to
    "" (the log has no such column). `sheet` names the one sheet to read; without it all that look like logs are.
    `day_first` says how `03/04/2020` is meant, `decimal_comma` that amounts are written `15.808,00`.
    `progress` is called now and then with the number of rows read since the last call. `duckdb` has DuckDB read
    parquet, else pyarrow does.

    Raises `ProcureError` for a source that cannot be used at all; a row that cannot be read is in `Log.rejected`.
    """
    asked = headers.asked(columns)
    _once_each(sources)
    if not sources:
        raise ProcureError(Words("没有给出采购台账", "no log is given"))
    logs = []
    with collector.paused():
        for source in sources:
            with _reported(source):
                tables = _tables(source, asked, sheet, duckdb)
                logs.append(_read_one(tables, asked, sheet, day_first, decimal_comma, progress))
    return _joined(logs)


@attrs.frozen
class Recognised:
    """What was made of the headers of one table. `columns` gives the header of each canonical column."""

    file: str | None
    sheet: str | None
    row: int | None = None
    columns: Mapping[str, str] = attrs.field(factory=dict)
    unknown: tuple[str, ...] = ()
    amount_unit: str = "元"
    problem: Words | None = None
    hidden: bool = False


def recognise(
    source: Any, columns: Mapping[str, str] | None = None, sheet: str | None = None
) -> tuple[Recognised, ...]:
    """The headers of every table of a source: which gave which field, which gave none, and the line that helps."""
    asked = headers.asked(columns)
    with _reported(source):
        return tuple(
            _recognised(table, asked, sheet is None and table.hidden) for table in _tables(source, asked, sheet)
        )


def _recognised(table: Table, columns: Mapping[str, str], hidden: bool) -> Recognised:
    header, rows = _header(table, columns)
    if header is None:
        why = _NO_HEADER.format(seen=_seen(rows)) if rows else _EMPTY
        return Recognised(table.file, table.sheet, problem=why, hidden=hidden)
    names, unknown, problem = header.names(), header.unknown(), header.problem()
    return Recognised(table.file, table.sheet, header.row, names, unknown, header.unit, problem, hidden)


@contextlib.contextmanager
def _reported(source: Any) -> Iterator[None]:
    """A file that the system will not hand over is unusable like any other."""
    try:
        yield
    except OSError as error:
        raise unusable(source, f"无法读取：{error.strerror}", f"cannot be read: {error.strerror}") from None


def _read_one(
    tables: Iterable[Table],
    columns: Mapping[str, str],
    sheet: str | None,
    day_first: bool | None,
    decimal_comma: bool,
    progress: Callable[[int], None] | None,
) -> Log:
    logs: list[Log] = []
    passed: dict[Table, tuple[int, Words]] = {}
    for table in tables:
        header, rows = _header(table, columns)
        problem = header.problem() if header else None
        if header and header.rivals and problem and not table.hidden:
            raise unusable(table, *problem)
        if table.hidden and sheet is None and rows:
            passed[table] = 3, _HIDDEN
        elif header is None:
            passed[table] = 1 if rows else 0, _NO_HEADER.format(seen=_seen(rows)) if rows else _EMPTY
        elif problem:
            passed[table] = 2, problem
        else:
            reader = RowReader(table, header, day_first, decimal_comma)
            log = _read_table(reader, itertools.chain(rows, table.rows), progress)
            if log.sources[0].rows:
                logs.append(log)
            else:
                passed[table] = 3, _NO_ROWS
    if not logs:
        # The sheet that came nearest to being a log is the one to tell of.
        table = max(passed, key=lambda table: passed[table][0])
        raise unusable(table, *passed[table][1])
    skipped = [Skipped(Origin(table.file, table.sheet), why) for table, (rank, why) in passed.items() if rank]
    return _joined([*logs, Log((), skipped=tuple(skipped))])


def _header(table: Table, columns: Mapping[str, str]) -> tuple[Header | None, list[Row]]:
    """The header of a table, and the rows below it that were read to find it (without a header: all that were)."""
    start = list(itertools.islice((row for row in table.rows if not all(map(blank, row[1]))), headers.DEPTH))
    # Row 0 is the names that a frame or records give their columns.
    header = headers.find(start, columns, first=any(number == 0 for number, _ in start))
    return header, [row for row in start if header is None or row[0] > header.row]


def _seen(rows: list[Row]) -> str:
    """The first row, as what was found instead of a header."""
    return " | ".join(str(cell)[:30] for cell in rows[0][1] if not blank(cell))[:200]


def _read_table(reader: RowReader, rows: Iterable[Row], progress: Callable[[int], None] | None) -> Log:
    rows = iter(rows)
    while batch := list(itertools.islice(rows, _STEP)):
        reader.read(batch)
        if progress:
            progress(len(batch))
    table, header, found = reader.table, reader.header, reader.found
    source = Source(table.file or "", table.sha256, len(found.rows), header.names(), table.sheet, header.unknown())
    return Log(tuple(found.rows), (source,), tuple(found.skipped), found.others)


def _joined(logs: Sequence[Log]) -> Log:
    if len(logs) == 1:
        return logs[0]
    parts = zip(*((log.rows, log.sources, log.skipped) for log in logs), strict=True)
    rows, sources, skipped = (tuple(itertools.chain.from_iterable(part)) for part in parts)
    return Log(rows, sources, skipped, {origin: cells for log in logs for origin, cells in log.others.items()})


def _tables(source: Any, columns: Mapping[str, str], sheet: str | None, duckdb: bool = False) -> Iterator[Table]:
    # Imported here, since a program that never reads a workbook should not wait for the modules that unpack one.
    from procure.readers import delimited, excel, frames, ocds, parquet

    if not isinstance(source, (str, os.PathLike)):
        return frames.tables(source)
    path, file = Path(source), str(source)
    if path.is_dir():
        return parquet.tables(path, file, duckdb)
    if not path.is_file():
        raise unusable(file, "没有这个文件", "no such file")
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return delimited.tables(path, file, columns)
        case ".xlsx" | ".xlsm" | ".xls":
            return excel.tables(path, file, sheet)
        case ".json":
            return ocds.tables(path, file)
        case ".parquet":
            return parquet.tables(path, file, duckdb)
    raise unusable(file, f"不支持这种文件；支持：{_ENDINGS}", f"is of a kind that is not read; these are: {_ENDINGS}")


def _once_each(sources: Iterable[Any]) -> None:
    """A file given twice would double every total."""
    seen: set[Path] = set()
    for source in sources:
        if isinstance(source, (str, os.PathLike)):
            path = Path(source).resolve()
            if path in seen:
                raise unusable(source, "给了两次", "is given twice")
            seen.add(path)
