"""How long it takes to read a log, cells and what they say, beside the plainest way to the same, on one core.

    python tests/benchmarks/check_reading.py [ROWS] [ROUNDS]

The peer of .csv is `csv.reader` with each cell read by its column: the same columns understood the same way, but with
no search for encoding, delimiter and header, no row numbers, and an end at the first cell that cannot be read. The
peer of .xlsx is python-calamine's `to_python()`: the bare values of the sheet, nothing understood. All run in turn,
round after round; the medians of CPU time and their ratios are printed.
"""

from __future__ import annotations

import csv
import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
import xlsxwriter
from arguments import given
from logs import purchases

import procure
from procure.log.columns import Column, Manner
from procure.log.reading import all_columns, read_rows
from procure.log.rows import Rows

POLICY = procure.policies.furong_2020(limits={"goods": 300_000, "services": 300_000, "works": 600_000})
#: The columns of a log as offices write it.
COLUMNS: dict[str, Column] = {
    name: all_columns(POLICY.built.columns)[name]
    for name in (
        *("id", "date", "unit", "department", "category", "kind", "description", "amount", "in_catalogue", "method"),
        *("supplier", "approved_on", "invited", "quotes", "ground", "emergency"),
    )
}


def written(folder: Path, rows: int, per_unit: int = 1000) -> tuple[Path, Path]:
    """One log in both kinds of file: in text as an office writes it, in cells as dates and numbers."""
    text, book = folder / "log.csv", folder / "log.xlsx"
    bought = purchases(rows, per_unit=per_unit)
    table = [[_cell(getattr(purchase, column)) for column in COLUMNS] for purchase in bought]
    with text.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(table)
    with xlsxwriter.Workbook(book, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate([list(COLUMNS), *table]):
            sheet.write_row(row, 0, cells)
    return text, book


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, procure.Kind):
        return COLUMNS["kind"].shown(value).zh
    return COLUMNS["method"].shown(value).zh if isinstance(value, procure.Method) else value


def plain_csv(path: Path) -> list[dict[str, object]]:
    manner = Manner(POLICY.money)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        header = next(rows)
        return [
            {name: COLUMNS[name].read(cell, manner) for name, cell in zip(header, cells, strict=True)} for cells in rows
        ]


def rows_of(path: Path) -> Rows:
    return read_rows(procure.read(path), POLICY.built.columns, POLICY.money, POLICY.decimal)


def plain_xlsx(path: Path) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def judged(path: Path) -> procure.Report:
    log = procure.read(path)
    # As the command line judges it.
    return procure.check(log, POLICY, engine=procure.engine("auto", len(log)))


def main(rows: int = 100_000, rounds: int = 7) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text, book = written(Path(folder), rows)
        assert rows_of(text).values["amount"] == [row["amount"] for row in plain_csv(text)]
        assert len(rows_of(book)) == len(plain_xlsx(book)) - 1 == rows
        runs: dict[str, tuple[Callable[[Path], object], Path]] = {
            "csv  csv module and each cell read": (plain_csv, text),
            "csv  read": (rows_of, text),
            "csv  read and judged": (judged, text),
            "xlsx calamine's values": (plain_xlsx, book),
            "xlsx read": (rows_of, book),
            "xlsx read and judged": (judged, book),
        }
        seconds = medians(runs, rounds)
    peers = {run[:4]: time for run, time in reversed(seconds.items())}
    print(f"{rows:,} rows of {len(COLUMNS)} columns, median of {rounds} rounds")
    for run, median in seconds.items():
        print(f"{run:<40}{median:7.2f} s{median / peers[run[:4]]:7.2f} x")


def medians(runs: dict[str, tuple[Callable[[Path], object], Path]], rounds: int) -> dict[str, float]:
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, (run, path) in runs.items():
            gc.collect()
            start = time.process_time()
            result = run(path)
            seconds[name].append(time.process_time() - start)
            del result  # or the next would be charged for taking it apart
    return {name: statistics.median(times) for name, times in seconds.items()}


if __name__ == "__main__":
    main(*map(int, given(__doc__)))
