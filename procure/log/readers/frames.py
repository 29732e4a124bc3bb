"""Data frames (polars, pandas, pyarrow) and iterables of mappings, known by what they can do; none is imported."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from procure.log.cells import as_cell
from procure.log.readers.tables import RawTable, Row
from procure.values.words import ProcureError, Words


def tables(source: Any) -> Iterator[RawTable]:
    """The one table of a frame or of records."""
    yield table(source)


def table(source: Any, file: str | None = None, sha256: str = "") -> RawTable:
    """A frame or records as a table. Rows count from 1, the first one below the header."""
    names, rows = _parted(source)
    header: Row = (0, names)
    numbered: Iterator[Row] = ((row, [as_cell(cell) for cell in cells]) for row, cells in enumerate(rows, 1))
    return RawTable(file, sha256, itertools.chain([header], numbered))


def _parted(source: Any) -> tuple[list[str], Iterable[Sequence[object]]]:
    """The names of the columns, and the rows."""
    if hasattr(source, "collect") and hasattr(source, "collect_schema"):  # a polars LazyFrame
        source = source.collect()
    if hasattr(source, "iter_rows") and hasattr(source, "columns"):  # polars
        return list(source.columns), source.iter_rows()
    if hasattr(source, "itertuples") and hasattr(source, "columns"):  # pandas
        return [str(name) for name in source.columns], source.itertuples(index=False, name=None)
    if hasattr(source, "to_batches") and hasattr(source, "column_names"):  # pyarrow
        return list(source.column_names), _batches(source)
    if isinstance(source, Iterable) and not isinstance(source, (str, bytes, Mapping)):
        return _records(list(source))
    raise _not_a_log(source)


def _batches(source: Any) -> Iterator[Sequence[object]]:
    for batch in source.to_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _records(rows: list[Any]) -> tuple[list[str], Iterable[Sequence[object]]]:
    for row in rows:
        if not isinstance(row, Mapping):
            raise _not_a_log(row)
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    return names, ([{str(name): cell for name, cell in row.items()}.get(name) for name in names] for row in rows)


def _not_a_log(value: object) -> ProcureError:
    kind = type(value).__name__
    return ProcureError(
        Words(
            f"不能读取 {kind}：请给文件、数据框或若干字典",
            f"cannot read a {kind}: give a file, a data frame or an iterable of mappings",
        )
    )
