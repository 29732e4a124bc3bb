"""The front door of all readers: whatever the log is kept in, `read` makes a `Log` of it."""

from __future__ import annotations

import contextlib
import datetime as dt
import glob
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from procure.log.cells import blank, first
from procure.log.habits import Habits, together
from procure.log.readers import mapping as mappings
from procure.log.readers.tables import RawTable, unusable
from procure.log.reading import none_read
from procure.log.records import Log, Sheet, Skipped
from procure.values.words import ProcureError, Words

#: Data rows read together, and between two calls of `progress`.
_STEP = 500
#: Texts that are held once, however often they are written.
_SHARED = 100_000
#: Cells of a row. No log is wider.
_WIDE = 256
#: Equal cells of these types are the same.
_TEXTS = frozenset({str, type(None), dt.date})

#: Files of a folder with these endings are read; the kind of a file that is named is known by its content.
_ENDINGS = frozenset(
    (
        ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".json", ".jsonl", ".ndjson",
        ".parquet", ".gz", ".zip", ".html", ".htm",
    )
)  # fmt: skip
_DATABASE = (
    "是数据库文件：请从 Python 传入其中的表（数据框或 DuckDB 关系），或先导出为 CSV",
    "is a database: hand over its table from Python (a frame or a DuckDB relation), or export it as CSV",
)
_PDF = ("是 PDF：请提供其所依据的表格", "is a PDF: hand over the table from which it was made")
_ADDRESS = ("是网址：请先下载，再读文件", "is an address: download it first, and read the file")
_NO_FILE = ("没有这个文件", "no such file")


def read(
    *sources: Any,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    day_first: bool | None = None,
    decimal_comma: bool = False,
    encoding: str | None = None,
    century: int | None = None,
    timezone: str | None = None,
    exact: bool = False,
    no_header: bool = False,
    one_purchase: str | None = None,
    mapping: str | os.PathLike[str] | Habits | None = None,
    progress: Callable[[int], None] | None = None,
    duckdb: bool = False,
) -> Log:
    """Read files, data frames and iterables of mappings as one log: CSV and other delimited text, .xlsx, .xlsb, .xls,
    .ods, parquet, .json (OCDS or records), .jsonl, tables of a web page; each of them in a .gz or .zip; a folder or a
    pattern of such files, `-` for standard input. What a file is its content tells, not its name. A log keeps the cells
    as they were typed: `check` reads them by the columns of a policy.

    `columns` maps a column to its header in the file, to `@C` (the column that a spreadsheet calls C), or to
    "" (the log has no such column). `sheet` names the one sheet to read; without it all that look like logs are.
    `day_first` says how `03/04/2020` is meant, `decimal_comma` that amounts are written `15.808,00`, `encoding` how a
    text is encoded that is not in UTF-8, UTF-16 or GB18030. `century` is the year from which on years of two digits
    count (2000), where no other date of a table shows it; `timezone` where a moment with a time zone has its day
    (Asia/Shanghai where the policy counts in yuan). Amounts with more decimals than the currency has are rounded, which
    the report says, unless they must be `exact`. `no_header` says that the tables of files have no header: `columns`
    name theirs by letter. `one_purchase` names a column, by its own name or its header: rows that say the same there
    are one purchase, whose amounts add up (`"contract"`), or which has the same amount in each (`"contract=once"`); it
    stands in the place of its first row, has the earliest date, and lacks whatever else its rows contradict one another
    in. `mapping` is a saved mapping.toml that says all this and what words mean; what is given here
    goes before it. Where it is a folder of several, each file takes the one whose recorded headers it has.
    `progress` is called now and then with the number of rows read since the last call. `duckdb` has DuckDB read
    parquet, else pyarrow does.

    Raises `ProcureError` for a source that cannot be read at all.
    """
    every = tuple(_expanded(sources))
    _once_each(every)

    def with_given(habits: Habits) -> Habits:
        return attrs.evolve(
            habits,
            columns={**habits.columns, **(columns or {})},
            day_first=habits.day_first if day_first is None else day_first,
            decimal="," if decimal_comma else habits.decimal,
            encoding=encoding or habits.encoding,
            century=habits.century if century is None else century,
            timezone=timezone or habits.timezone,
            exact=exact or habits.exact,
            headless=no_header or habits.headless,
            one_purchase=one_purchase or habits.one_purchase,
        )

    def sheets(source: Any, habits: Habits) -> tuple[Sheet, ...]:
        with _reported(source):
            return tuple(_sheet(table, sheet, progress) for table in _tables(source, habits, sheet, duckdb))

    several = isinstance(mapping, (str, os.PathLike)) and Path(mapping).is_dir()
    choices = tuple(map(with_given, mappings.load_folder(mapping))) if several else ()  # type: ignore[arg-type]
    habits = with_given(Habits() if several else habits_of(mapping))
    named = {str(source) for source in sources if isinstance(source, (str, os.PathLike))}
    found = frozenset(source for source in every if isinstance(source, str)) - named
    read_in: list[tuple[Sheet, ...]] = []
    unread: list[Skipped] = []
    for source in every:
        try:
            read_in.append(_mapped(source, habits, choices, sheets) if choices else sheets(source, habits))
        except ProcureError as error:
            if not isinstance(source, str) or source not in found:
                raise
            unread.append(Skipped.of_file(source, error.words))
    if not read_in:
        raise none_read(unread)
    if choices:
        habits, read_in = _together(habits, read_in)
    return Log(sources=tuple(read_in), habits=habits, found=found, unread=tuple(unread))


def _mapped(
    source: Any, habits: Habits, choices: Sequence[Habits], sheets: Callable[[Any, Habits], tuple[Sheet, ...]]
) -> tuple[Sheet, ...]:
    """The sheets of a source, with the mapping whose headers they have, if there is one. A text whose encoding is not
    known without is read in that of each mapping."""
    failed: ProcureError | None = None
    plain: tuple[Sheet, ...] | None = None
    encodings = (habits.encoding, *(each.encoding for each in choices if habits.encoding is None))
    for encoding in dict.fromkeys(encodings):
        try:
            found = sheets(source, attrs.evolve(habits, encoding=encoding))
        except ProcureError as error:
            failed = failed or error
            continue
        own = mappings.matching(str(source), found, choices)
        if own is not None:
            return tuple(attrs.evolve(sheet, habits=own) for sheet in found)
        plain = found if failed is None and plain is None else plain
    if plain is None:
        assert failed is not None  # something was tried
        raise failed
    return plain


def _together(habits: Habits, sources: Sequence[tuple[Sheet, ...]]) -> tuple[Habits, list[tuple[Sheet, ...]]]:
    """What the mappings of several files say of the log as a whole holds in all of them."""
    used = {sheet.habits.source: sheet.habits for sheets in sources for sheet in sheets if sheet.habits is not None}
    whole = together(habits, list(used.values()))
    of_file = {name: attrs.evolve(each, same=whole.same, apart=whole.apart) for name, each in used.items()}
    return whole, [
        tuple(attrs.evolve(sheet, habits=of_file[sheet.habits.source]) if sheet.habits else sheet for sheet in sheets)
        for sheets in sources
    ]


def habits_of(mapping: str | os.PathLike[str] | Habits | None) -> Habits:
    """Those that a saved mapping says."""
    if mapping is None or isinstance(mapping, Habits):
        return mapping or Habits()
    return mappings.load(mapping)


@contextlib.contextmanager
def _reported(source: Any) -> Iterator[None]:
    """A file that the system will not hand over is unusable like any other."""
    try:
        yield
    except OSError as error:
        raise unusable(source, f"无法读取：{error.strerror}", f"cannot be read: {error.strerror}") from None


def _sheet(table: RawTable, only: str | None, progress: Callable[[int], None] | None) -> Sheet:
    """A table with all its rows that are not blank."""
    numbers: list[int] = []
    rows: list[Sequence[object]] = []
    seen: dict[object, object] = {}
    source = iter(table.rows)
    while batch := list(itertools.islice(source, _STEP)):
        filled = [row for row in batch if first(row[1]) is not None]
        numbers += [number for number, _ in filled]
        rows += _shared([cells if len(cells) <= _WIDE else _trimmed(cells) for _, cells in filled], seen)
        if progress:
            progress(len(batch))
    hidden = table.hidden and only is None
    remarks = hidden, table.merged, table.unsaid
    return Sheet(table.file, table.sha256, numbers, rows, table.sheet, table.ragged, *remarks)


def _trimmed(cells: Sequence[object]) -> Sequence[object]:
    """A row without the blanks at its end, as far as it is wider than any log."""
    return cells[: max(_WIDE, len(cells) - sum(1 for _ in itertools.takewhile(blank, reversed(cells))))]


def _shared(rows: Sequence[Sequence[object]], seen: dict[object, object]) -> Iterable[Sequence[object]]:
    """The rows of a batch, with equal texts as one object: a log of many rows has few distinct words. What is not
    repeated, as ids and amounts are not, is left as it is."""
    keep: Any = seen.setdefault if len(seen) < _SHARED else seen.get
    if len(set(map(len, rows))) != 1:
        return [tuple([keep(cell, cell) if type(cell) is str else cell for cell in cells]) for cells in rows]
    return zip(*(_column(cells, keep) for cells in zip(*rows, strict=True)), strict=True)


def _column(cells: Sequence[object], keep: Any) -> Iterable[object]:
    kinds = set(map(type, cells))
    if str not in kinds:
        return cells
    if kinds <= _TEXTS:
        return map(keep, cells, cells) if 2 * len(set(cells)) <= len(cells) else cells
    return [keep(cell, cell) if type(cell) is str else cell for cell in cells]


def _tables(source: Any, habits: Habits, sheet: str | None, duckdb: bool) -> Iterator[RawTable]:
    # Imported here, since a program that never reads a workbook should not wait for the modules that unpack one.
    from procure.log.readers import frames, packed, parquet

    if not isinstance(source, (str, os.PathLike)):
        return frames.tables(source)
    path, file = Path(source), str(source)
    if file == "-" or path.exists() and not path.is_file() and not path.is_dir():
        return _unpacked(packed.streamed(None if file == "-" else path, file), file, habits, sheet, duckdb)
    if path.is_dir():
        return parquet.tables(path, file, duckdb)
    if not path.is_file():
        raise unusable(file, *(_ADDRESS if "://" in file else _NO_FILE))
    kind = packed.kind_of(path)
    if kind in ("gzip", "zip"):
        return _unpacked(packed.unpacked(path, file, kind), file, habits, sheet, duckdb)
    return _of_file(path, file, habits, sheet, duckdb)


def _of_file(path: Path, file: str, habits: Habits, sheet: str | None, duckdb: bool) -> Iterator[RawTable]:
    from procure.log.readers import delimited, excel, html, ocds, packed, parquet

    match packed.kind_of(path):
        case "excel":
            return excel.tables(path, file, sheet)
        case "json":
            return ocds.tables(path, file)
        case "parquet":
            return parquet.tables(path, file, duckdb)
        case "html":
            return html.tables(path, file, habits.encoding)
        case "database":
            raise unusable(file, *_DATABASE)
        case "pdf":
            raise unusable(file, *_PDF)
        case "gzip" | "zip":
            raise unusable(file, "是压缩包中的压缩包，请先解压", "is an archive in an archive: unpack it first")
    return delimited.tables(path, file, habits.columns, habits.encoding)


def _unpacked(
    found: contextlib.AbstractContextManager[Path], file: str, habits: Habits, sheet: str | None, duckdb: bool
) -> Iterator[RawTable]:
    """The tables of a file that stands there only while it is read, under the name of what it came from."""
    with found as path:
        yield from _of_file(path, file, habits, sheet, duckdb)


def _expanded(sources: Iterable[Any]) -> Iterator[Any]:
    """The sources, with the files of a folder or a pattern in their place; a folder of parquet files is one table."""
    for source in sources:
        path = Path(source) if isinstance(source, (str, os.PathLike)) else None
        if path is None or str(source) == "-":
            yield source
        elif path.is_dir() and not any(path.rglob("*.parquet")):
            files = sorted(each for each in path.rglob("*") if _is_log(each))
            if not files:
                raise unusable(source, "是文件夹，其中没有可读的文件", "is a directory without files that can be read")
            yield from map(str, files)
        elif not path.exists() and glob.has_magic(str(source)):
            found = sorted(each for each in glob.glob(str(source), recursive=True) if _is_kept(Path(each)))
            if not found:
                raise unusable(source, "没有文件与之相符", "no file matches")
            yield from found
        else:
            yield source


def _is_log(path: Path) -> bool:
    """Whether a file of a folder may be a log, and nothing that programs keep there for themselves."""
    return path.suffix.lower() in _ENDINGS and _is_kept(path)


def _is_kept(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~$", "_"))


def _once_each(sources: Sequence[Any]) -> None:
    """Some source must be given, and a file given twice would double every total."""
    if not sources:
        raise ProcureError(Words("没有给出采购台账", "no log is given"))
    seen: set[Path] = set()
    for source in sources:
        if isinstance(source, (str, os.PathLike)):
            path = Path(source).resolve()
            if path in seen:
                raise unusable(source, "给了两次", "is given twice")
            seen.add(path)
