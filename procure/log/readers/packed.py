"""What a file is, known by its content whatever its name says, and what is packed in it."""

from __future__ import annotations

import contextlib
import gzip
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal, cast

from procure.log.readers.tables import unusable

#: Bytes that a packed file or a stream may have.
LARGEST = 512 << 20

Kind = Literal["excel", "gzip", "zip", "parquet", "json", "html", "database", "pdf", "text"]

_MAGIC: tuple[tuple[bytes, int, Kind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "excel"),
    (b"\x1f\x8b", 0, "gzip"),
    (b"PAR1", 0, "parquet"),
    (b"PK\x05\x06", 0, "zip"),
    (b"%PDF", 0, "pdf"),
    (b"SQLite format 3\x00", 0, "database"),
    (b"DUCK", 8, "database"),
)
#: What stands in a package that is a workbook.
_WORKBOOKS = frozenset({"content.xml", "[Content_Types].xml"})
#: Text of these names is JSON, or says why it is none.
_JSON = frozenset({".json", ".jsonl", ".ndjson"})
_START = 4096
_CHUNK = 1 << 20


def kind_of(path: Path) -> Kind:
    """What a file is."""
    with path.open("rb") as stream:
        start = stream.read(_START)
    for mark, at, kind in _MAGIC:
        if start[at:].startswith(mark):
            return kind
    if start.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(path) as package:
                names = package.namelist()
                return "excel" if any(name in _WORKBOOKS or name.startswith("xl/") for name in names) else "zip"
        except (zipfile.BadZipFile, OSError, NotImplementedError):
            # The reader of workbooks says what is wrong.
            return "excel"
    if path.suffix.lower() in _JSON:
        return "json"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[{", b"[ {", b"[\n", b"[]", b"[\r")):
        return "json"
    lower = text[:2048].lower()
    if lower.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")) or b"<table" in lower[:1024]:
        return "html"
    return "text"


@contextlib.contextmanager
def unpacked(path: Path, file: str, kind: Kind) -> Iterator[Path]:
    """The one file that is packed in another, for as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "log"
        try:
            if kind == "gzip":
                with gzip.open(path) as stream:
                    _copied(cast(IO[bytes], stream), found, file)
            else:
                with zipfile.ZipFile(path) as package, package.open(_only(package, file)) as stream:
                    _copied(stream, found, file)
        except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError):
            raise unusable(file, "压缩文件已损坏，无法解压", "is a damaged archive and cannot be unpacked") from None
        yield found


@contextlib.contextmanager
def streamed(path: Path | None, file: str) -> Iterator[Path]:
    """What comes from a pipe, or from standard input, as a file for as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "log"
        if path is None:
            _copied(sys.stdin.buffer, found, file)
        else:
            with path.open("rb") as stream:
                _copied(stream, found, file)
        yield found


def _only(package: zipfile.ZipFile, file: str) -> zipfile.ZipInfo:
    parts = [part for part in package.infolist() if not part.is_dir() and not part.filename.startswith("__MACOSX/")]
    if len(parts) != 1:
        there = [part.filename for part in parts]
        zh, en = "、".join(there) or "无", ", ".join(there) or "none"
        raise unusable(file, f"压缩包里须只有一个文件，现有：{zh}", f"an archive must hold one file; there are: {en}")
    if parts[0].flag_bits & 1:
        raise unusable(file, "压缩包有密码，请先解压", "the archive is password-protected: unpack it first")
    return parts[0]


def _copied(stream: IO[bytes], path: Path, file: str) -> None:
    left = LARGEST
    with path.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise unusable(file, "解压后超过 512 MB，拒绝读取", "it unpacks to more than 512 MB")
            out.write(chunk)
