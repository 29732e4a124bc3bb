"""Delimited text (.csv, .tsv, .txt): the encoding and the delimiter are found, and memory stays bounded."""

from __future__ import annotations

import codecs
import contextlib
import csv
import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path

from procure.log import headers
from procure.log.readers.tables import Broken, Row, Table, blank, unusable
from procure.log.ready import READY
from procure.values.words import ProcureError, Words

#: Bytes. No log has a longer line; one without end would otherwise be held whole.
LONGEST_LINE = 1 << 20

_CHUNK = 1 << 20
#: A delimiter is told by the headers that it brings out.
_KNOWN = headers.Known.of(READY)
_DELIMITERS = ",;\t"
_BAD_QUOTES = Words("引号不成对", "the quotes do not pair")
_SWALLOWED = Words(
    "引号开在第 {start} 行、关在第 {end} 行，把几行并成了一行",
    "a quote that opens in line {start} and closes in line {end} makes one row of several",
)


def tables(path: Path, file: str, columns: Mapping[str, str], said: str | None = None) -> Iterator[Table]:
    """The one table of a text file. The row of a record is the physical line on which it starts. `said` is its
    encoding, where somebody said so."""
    sha256, encoding = _examine(path, file, _codec(said, file))
    delimiter = _delimiter(path, file, encoding, columns)
    yield Table(file, sha256, _rows(path, file, encoding, delimiter), ragged=True)


def _codec(said: str | None, file: str) -> str:
    """The name of an encoding of text, or an empty text."""
    if said is None:
        return ""
    try:
        "".encode(said)
        codec = codecs.lookup(said).name
    except LookupError:
        raise unusable(file, f"没有“{said}”这种编码", f"there is no encoding {said!r}") from None
    return "utf-8-sig" if codec == "utf-8" else codec


def _examine(path: Path, file: str, said: str) -> tuple[str, str]:
    """The sha256 and the encoding, in one pass that holds one chunk at a time."""
    digest, line = hashlib.sha256(), 0
    decoder: codecs.IncrementalDecoder | None = None
    encoding = ""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if not encoding:
                encoding = said or _by_mark(chunk, file) or _by_nuls(chunk)
                decoder = codecs.getincrementaldecoder(encoding)()
            digest.update(chunk)
            line = _longest(chunk, line, file)
            text = ""
            if decoder is not None:
                try:
                    text = decoder.decode(chunk)
                except UnicodeDecodeError:
                    if said:
                        name = said.removesuffix("-sig")
                        raise unusable(file, f"不是 {name} 编码的文本", f"is not text in {name}") from None
                    if encoding.startswith("utf-16"):
                        raise _no_text(file) from None
                    encoding, decoder = "gb18030", None
            if "\0" in text or not encoding.startswith("utf-16") and b"\0" in chunk:
                raise unusable(file, "含有空字节，不是文本文件", "has NUL bytes: it is not a text file")
    if not encoding:
        raise unusable(file, "是空的", "is empty")
    return digest.hexdigest(), encoding


def _by_mark(start: bytes, file: str) -> str:
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise unusable(
            file, "是 Excel 工作簿，请改名为 .xlsx 或 .xls", "is an Excel workbook: rename it to .xlsx or .xls"
        )
    return "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def _by_nuls(start: bytes) -> str:
    """UTF-16 without its mark is told by the NUL that it has beside each delimiter and at the end of each line."""
    for encoding in ("utf-16-le", "utf-16-be"):
        signs = set(start.decode(encoding, "replace"))
        if signs & set("\r\n") and signs & set(_DELIMITERS) and "\0" not in signs:
            return encoding
    return "utf-8-sig"


def _longest(chunk: bytes, line: int, file: str) -> int:
    """The length of the line that the chunk leaves open; an endless line is refused."""
    end = chunk.replace(b"\r", b"\n") if b"\r" in chunk else chunk
    first, last = end.find(b"\n"), end.rfind(b"\n")
    if line + (len(end) if first < 0 else first) > LONGEST_LINE:
        raise unusable(file, "有一行超过 1 MB，不是采购台账", "has a line longer than 1 MB: it is not a log")
    return line + len(end) if first < 0 else len(end) - last - 1


def _delimiter(path: Path, file: str, encoding: str, columns: Mapping[str, str]) -> str:
    """The delimiter under which the header reads best. A policy may know headers that are not known here: where none
    does, it is the one under which most rows have the same number of cells, and the most of them."""
    best = ((False, 0), 0, 0), ","
    columns = {name: text for name, text in columns.items() if not headers.is_letter(text)}
    for delimiter in _DELIMITERS:
        sample = _sample(_rows(path, file, encoding, delimiter))
        header = headers.find(sample, columns, _KNOWN)
        option = (header.score if header else (False, 0), *_regular(sample)), delimiter
        best = max(best, option, key=itemgetter(0))
    return best[1]


def _regular(sample: Sequence[Row]) -> tuple[int, int]:
    """How many rows have several cells, as many as the most do, and how many cells these are."""
    widths = Counter(len(cells) for _, cells in sample if len(cells) > 1)
    return max(((rows, width) for width, rows in widths.items()), default=(0, 1))


def _sample(rows: Iterator[Row]) -> list[Row]:
    sample: list[Row] = []
    # Under a delimiter that is not its own the quotes of a text do not pair; where they never do, the reading tells.
    with contextlib.suppress(ProcureError):
        for row in itertools.islice(rows, 5 * headers.DEPTH):
            if not all(map(blank, row[1])):
                sample.append(row)
    return sample[: headers.DEPTH]


def _rows(path: Path, file: str, encoding: str, delimiter: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as stream:
        held: list[str] = []
        # Strict, since a lenient reader lets an unclosed quote swallow the rows below it without a word.
        reader = csv.reader(_holding(stream, held), delimiter=delimiter, strict=True)
        lines = width = 0
        while True:
            start = lines + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except UnicodeDecodeError:
                raise _no_text(file) from None
            except csv.Error as error:
                if reader.line_num > start:
                    raise _unclosed(file, start) from None
                yield start, [Broken(str(error), _BAD_QUOTES)]
            else:
                if len(held) > 1 and _is_swallowing(held, delimiter, width):
                    why = _SWALLOWED.format(start=start, end=reader.line_num)
                    yield from ((start + at, [Broken(line.strip(), why)]) for at, line in enumerate(held))
                else:
                    yield start, cells
                    width = len(cells)
            lines = reader.line_num
            held.clear()


def _holding(lines: Iterable[str], held: list[str]) -> Iterator[str]:
    """The lines, of which those are held that the row is of which is being read."""
    for line in lines:
        held.append(line)
        yield line


def _is_swallowing(lines: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether the lines of one row would be rows of their own, as wide as the row before it: a stray quote stands in
    the first line and another in the last, and none between."""
    if width < 3 or any('"' in line for line in lines[1:-1]):
        return False
    return all(line.count('"') % 2 for line in (lines[0], lines[-1])) and all(
        # A text goes on with a space behind its commas.
        line.count(delimiter) - line.count(f"{delimiter} ") >= width - 1
        for line in lines
    )


def _unclosed(file: str, line: int) -> ProcureError:
    return unusable(file, f"第 {line} 行的引号没有配对", f"the quotes opened on line {line} do not close")


def _no_text(file: str) -> ProcureError:
    return unusable(file, "不是 UTF-8、UTF-16 或 GB18030 编码的文本", "is not text in UTF-8, UTF-16 or GB18030")
