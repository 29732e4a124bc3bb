"""What the page unpacks: Pyodide's core file by file, and one archive of all that Python imports there."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from procure.app.parts import Pinned

#: The files of Pyodide that a browser needs.
_CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
_LOCK = "pyodide-lock.json"
#: The day that stands in archives, so that the same inputs give the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
#: What Python does not import: notes on a wheel, its programs, and what only builds the page.
_LEFT_OUT = (".dist-info", ".data", "__pycache__")
_BUILDS = frozenset({"app/page", "app/licences"})


def packed(parts: Mapping[Pinned, bytes]) -> dict[str, str]:
    """Each file that the page carries by its name, as base64 of gzip."""
    found: dict[str, bytes] = {}
    files: dict[str, bytes] = {}
    for part, data in parts.items():
        if part.is_wheel:
            files |= _wheel(data)
        else:
            found |= _core(data)
    found["packages.zip"] = _archive({**files, **dict(_own())})
    return {name: base64.b64encode(gzip.compress(data, mtime=0)).decode() for name, data in found.items()}


def _core(package: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(package)) as tar:

        def content(name: str) -> bytes:
            member = tar.extractfile(f"package/{name}")
            assert member is not None
            return member.read()

        # Packages of Pyodide's own are fetched by name from a server: there is none, so none is listed.
        lock = {**json.loads(content(_LOCK)), "packages": {}}
        return {**{name: content(name) for name in _CORE}, _LOCK: json.dumps(lock).encode()}


def _wheel(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        return {
            name: wheel.read(name)
            for name in wheel.namelist()
            if not name.endswith("/") and not PurePosixPath(name).parts[0].endswith(_LEFT_OUT)
        }


def _own() -> Iterator[tuple[str, bytes]]:
    """The files of this package, as it stands here."""
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*")):
        within = path.relative_to(root)
        if path.is_file() and "__pycache__" not in within.parts and within.parent.as_posix() not in _BUILDS:
            yield f"procure/{within.as_posix()}", path.read_bytes()


def _archive(files: Mapping[str, bytes]) -> bytes:
    """A zip that is not compressed: gzip makes less of the whole."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _DAY), data)
    return found.getvalue()


def licences(parts: Mapping[Pinned, bytes]) -> dict[str, str]:
    """The licence of each part by its name and version."""
    own = Path(__file__).with_name("licences")
    found = {}
    for part, data in parts.items():
        title = f"{part.name} {part.version}"
        if part.is_wheel:
            found[title] = "\n".join(_licences(data))
        else:
            found[title] = (own / "MPL-2.0.txt").read_text(encoding="utf-8")
            found["Python"] = (own / "Python.txt").read_text(encoding="utf-8")
    return found


def _licences(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        for name in wheel.namelist():
            path = PurePosixPath(name)
            if path.parts[0].endswith(".dist-info") and path.name.upper().startswith(("LICEN", "AUTHORS")):
                yield wheel.read(name).decode()
