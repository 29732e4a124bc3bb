"""The parts of an .xlsx package: their bytes, a chunk at a time, and their elements."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

_CHUNK = 4 << 20


def chunks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes, cut so that no tag is parted."""
    # The declared size is only a claim, and a reader that believes it stops there.
    part = copy.copy(part)
    part.file_size = 1 << 62
    rest = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            cut = rest.rfind(b">") + 1 or rest.rfind(b"<")
            if cut == 0 and len(rest) > _CHUNK:
                raise zipfile.BadZipFile(f"a tag without end in {part.filename}")
            cut = cut if cut >= 0 else len(rest)
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def parse(
    chunks: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None] | None = None,
    whole: bool = False,
) -> None:
    """Tell of every element with its name less its prefix. A picture has none; a broken sheet is an error. One that has
    to be `whole` is broken wherever it is no XML, and where it is cut short."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.CharacterDataHandler = text
    sheet = whole
    try:
        for chunk in chunks:
            sheet = sheet or b"sheetData" in chunk
            parser.Parse(chunk)
        if whole:
            parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        if sheet:
            raise zipfile.BadZipFile("a broken sheet") from None
