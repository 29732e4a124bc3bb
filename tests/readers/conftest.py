from pathlib import Path

import pytest
from reading import read

from procure import ProcureError


@pytest.fixture
def log(tmp_path: Path):
    """Write a file and tell its name."""

    def write(content: str | bytes, name: str = "log.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


@pytest.fixture
def book(tmp_path):
    """A workbook of sheets, each a list of rows; a name that starts with a dot is a hidden sheet."""

    xlsxwriter = pytest.importorskip("xlsxwriter")

    def write(sheets: dict[str, list[list[object]]], name: str = "log.xlsx", at: tuple[int, int] = (0, 0)) -> str:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
            for title, rows in sheets.items():
                sheet = workbook.add_worksheet(title.removeprefix("."))
                if title.startswith("."):
                    sheet.hide()
                for row, cells in enumerate(rows, at[0]):
                    for column, cell in enumerate(cells, at[1]):
                        if cell is not None:
                            sheet.write(row, column, cell)
        return str(path)

    return write


@pytest.fixture
def error():
    """Read, and tell why that was impossible."""

    def told(*args, **options) -> str:
        with pytest.raises(ProcureError) as caught:
            read(*args, **options)
        return caught.value.words.en

    return told


@pytest.fixture(scope="session")
def shared() -> Path:
    path = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    if not path.is_dir():
        pytest.skip("the shared example data are not beside this repository")
    return path
