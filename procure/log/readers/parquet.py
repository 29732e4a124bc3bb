"""Parquet: one file, or a folder that holds the parts of one table. Read batch by batch: no more than one is held."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from procure.log.cells import as_cell
from procure.log.readers.tables import RawTable, Row, unusable
from procure.values.words import ProcureError, Words

#: Rows of a batch.
_BATCH = 50_000
#: The types of columns whose cells are as they should be.
_PLAIN = re.compile(r"(large_)?string$|u?int\d+$|bool$|date32|decimal128|null$|dictionary<values=(large_)?string")
#: Where the classes of their errors live.
_LIBRARIES = ("pyarrow", "duckdb", "_duckdb")


def tables(path: Path, file: str, duckdb: bool = False) -> Iterator[RawTable]:
    """The one table of a parquet file or folder, read by pyarrow or DuckDB. Rows count from 1; those of a folder go on
    from file to file in the order of their paths, and the folders' own names (`unit=…/`) are columns."""
    parts = sorted(_parts(path)) if path.is_dir() else [path]
    if not parts:
        raise unusable(file, "是文件夹，其中没有 parquet 文件", "is a directory without parquet files")
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as data:
            if data.read(4) != b"PAR1":
                raise unusable(part, "不是 parquet 文件", "is no parquet file")
            data.seek(0)
            while block := data.read(2**20):
                digest.update(block)
    rows = _rows(path, parts, duckdb)
    with _damage(file):
        header = next(rows)
    yield RawTable(file, digest.hexdigest(), itertools.chain([header], _all(file, rows)))


def _parts(folder: Path) -> Iterator[Path]:
    """The files of a table, except those that Spark and the like keep for themselves."""
    return (part for part in folder.rglob("*.parquet") if part.is_file() and not part.name.startswith(("_", ".")))


def _rows(path: Path, parts: Sequence[Path], duckdb: bool) -> Iterator[Row]:
    """The header, and the rows."""
    names, batches = (_by_duckdb if duckdb else _by_pyarrow)(path, list(map(str, parts)))
    yield 0, names
    done = 0
    for batch in batches:
        yield from enumerate(zip(*map(_cells, batch.columns), strict=True), done + 1)
        done += batch.num_rows


def _cells(column: Any) -> Iterable[object]:
    cells: list[object] = column.to_pylist()
    # What may be NaN, a list or the like is looked at one by one.
    return cells if _PLAIN.match(str(column.type)) else map(as_cell, cells)


def _by_pyarrow(path: Path, parts: list[str]) -> tuple[list[str], Iterable[Any]]:
    from pyarrow import dataset

    base = {"partition_base_dir": str(path)} if path.is_dir() else {}
    table = dataset.dataset(parts, format="parquet", partitioning="hive", **base)
    return table.schema.names, table.to_batches(batch_size=_BATCH)


def _by_duckdb(path: Path, parts: list[str]) -> tuple[list[str], Iterable[Any]]:
    import duckdb

    table = duckdb.connect().read_parquet(parts, hive_partitioning=path.is_dir())
    return table.columns, table.to_arrow_reader(_BATCH)


def _all(file: str, rows: Iterator[Row]) -> Iterator[Row]:
    with _damage(file):
        yield from rows


@contextlib.contextmanager
def _damage(file: str) -> Iterator[None]:
    """What the libraries say of a file that is broken, or of themselves that they are not there."""
    try:
        yield
    except ImportError as error:
        raise ProcureError(
            Words(
                f"读取 parquet 需要 {error.name}，请先 pip install 'procure-check[frames]'",
                f"reading parquet needs {error.name}: pip install 'procure-check[frames]'",
            )
        ) from None
    except Exception as error:
        # Theirs have no class in common.
        if not isinstance(error, OSError) and type(error).__module__.partition(".")[0] not in _LIBRARIES:
            raise
        raise unusable(
            file, f"parquet 文件已损坏，无法读取：{error}", f"is a damaged parquet file and cannot be read: {error}"
        ) from None
