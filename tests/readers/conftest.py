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
