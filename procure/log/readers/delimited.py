"""Delimited text (.csv, .tsv, .txt): the encoding and the delimiter are found, and memory stays bounded."""

from __future__ import annotations

import codecs
import contextlib
import csv
import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from encodings.aliases import aliases
from operator import itemgetter
from pathlib import Path

from procure.log import headers
from procure.log.readers.tables import Broken, RawTable, Row, blank, unusable
from procure.log.ready import READY
from procure.values.faults import nearest
from procure.values.words import ProcureError, Words

#: Bytes. No log has a longer line; one without end would otherwise be held whole.
LONGEST_LINE = 1 << 20

_CHUNK = 1 << 20
#: A delimiter is known by the headers that it brings out.
_KNOWN = headers.Known.of(READY)
_DELIMITERS = ",;\t|"
#: What older programs write, the commonest first.
_OLDER = ("gb18030", "big5", "cp1252", "shift_jis")
_BAD_QUOTES = Words("引号不成对", "the quotes do not pair")
_SWALLOWED = Words(
    "引号开在第 {start} 行、关在第 {end} 行，把几行并成了一行",
    "a quote that opens in line {start} and closes in line {end} makes one row of several",
)


def tables(path: Path, file: str, columns: Mapping[str, str], said: str | None = None) -> Iterator[RawTable]:
    """The one table of a text file. The row of a record is the physical line on which it starts. `said` is its
    encoding, where somebody said so."""
    sha256, sure = _examine(path, file, _codec(said, file))
    encoding, delimiter = _written(path, file, sure, columns)
    yield RawTable(file, sha256, _rows(path, file, encoding, delimiter), ragged=True)


def _codec(said: str | None, file: str) -> str:
    """The name of an encoding of text, or an empty text."""
    if said is None:
        return ""
    try:
        "".encode(said)
        codec = codecs.lookup(said).name
    except LookupError:
        near = nearest(said, _encodings(), Words("例：gb18030", "one is gb18030"))
        raise unusable(
            file, f"没有“{said}”这种编码（{near.zh}）", f"there is no encoding {said!r} ({near.en})"
        ) from None
    return "utf-8-sig" if codec == "utf-8" else codec


def _encodings() -> Iterator[str]:
    """Those of text that Python knows."""
    return (name.replace("_", "-") for name in sorted(set(aliases.values())) if not name.endswith("_codec"))


def _examine(path: Path, file: str, said: str) -> tuple[str, str]:
    """The sha256 and the encoding, in one pass that holds one chunk at a time; no encoding where it is that of an older
    program."""
    digest, line = hashlib.sha256(), 0
    decoder: codecs.IncrementalDecoder | None = None
    encoding = ""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if decoder is None:
                encoding = said or _by_mark(chunk) or _by_nuls(chunk)
                decoder = codecs.getincrementaldecoder(encoding)()
            digest.update(chunk)
            line = _longest(chunk, line, file)
            text = _decoded(decoder, chunk) if encoding else ""
            if text is None:
                if said or encoding.startswith("utf-16"):
                    raise _no_text(file, said)
                encoding, text = "", ""
            if "\0" in text or not encoding.startswith("utf-16") and b"\0" in chunk:
                raise unusable(file, "含有空字节，不是文本文件", "has NUL bytes: it is not a text file")
    if decoder is None:
        raise unusable(file, "是空的", "is empty")
    if encoding and _decoded(decoder, b"", final=True) is None:
        raise _no_text(file, said)
    return digest.hexdigest(), encoding


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> str | None:
    """A chunk as text; None where it is none in this encoding."""
    try:
        return decoder.decode(chunk, final)
    except UnicodeError:  # not of a wrong byte alone: the codec UTF-16 asks for its mark
        return None


def _written(path: Path, file: str, encoding: str, columns: Mapping[str, str]) -> tuple[str, str]:
    """The encoding and the delimiter. Of the older encodings it is the one that brings out headers; where several do,
    somebody must say which: a guess would garble names in silence."""
    if encoding:
        return encoding, _delimiter(path, file, encoding, columns)[1]
    possible = [] if _is_broken(path) else [each for each in _OLDER if _is_text(path, each)]
    if not possible:
        raise _no_text(file)
    found = {each: _delimiter(path, file, each, columns) for each in possible}
    known = [each for each in possible if found[each][0]]
    best = max((found[each][0] for each in known), default=0)
    known = [each for each in known if found[each][0] == best]
    if len(known) > 1:
        how = [f"--encoding {each}" for each in known]
        shown = [f"{each} {_first_unlike(path, each)}" for each in known]
        raise unusable(
            file,
            f"编码不明：{'、'.join(shown)}；请指明：{' 或 '.join(how)}",
            f"could be in several encodings: {', '.join(shown)}; say which: {' or '.join(how)}",
        )
    encoding = known[0] if known else possible[0]
    return encoding, found[encoding][1]


def _is_broken(path: Path) -> bool:
    """Whether a file is in UTF-8 except some bytes: rows of another encoding were appended, or it was damaged."""
    with path.open("rb") as stream:
        text = stream.read(_CHUNK).decode("utf-8", "replace")
    wide = Counter(sign == "\ufffd" for sign in text if not sign.isascii())
    return wide[False] > wide[True]


def _is_text(path: Path, encoding: str) -> bool:
    """Whether the whole of a file is text in an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if _decoded(decoder, chunk) is None:
                return False
    return _decoded(decoder, b"", final=True) is not None


def _first_unlike(path: Path, encoding: str) -> str:
    """The first word that the encodings do not agree on."""
    with path.open(encoding=encoding, newline="") as stream:
        words = (word for line in stream for word in re.split(r"[\s,;|]+", line) if not word.isascii())
        return next(words, "")[:20]


def _by_mark(start: bytes) -> str:
    return "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def _by_nuls(start: bytes) -> str:
    """UTF-16 without its mark is known by the NUL that it has beside each delimiter and at the end of each line."""
    for encoding in ("utf-16-le", "utf-16-be") if b"\0" in start else ():
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


def _delimiter(path: Path, file: str, encoding: str, columns: Mapping[str, str]) -> tuple[int, str]:
    """How many headers are known, and the delimiter under which the header reads best. A policy may know headers that
    are not known here: where none does, it is the one under which most rows have the same number of cells, and the most
    of them."""
    best = ((False, 0), 0, 0), ","
    columns = {name: text for name, text in columns.items() if not headers.is_letter(text)}
    for delimiter in _DELIMITERS:
        sample = _sample(_rows(path, file, encoding, delimiter))
        header = headers.find(sample, columns, _KNOWN)
        option = (header.score if header else (False, 0), *_regular(sample)), delimiter
        best = max(best, option, key=itemgetter(0))
    return best[0][0][1], best[1]


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
    with path.open(encoding=encoding, newline="") as stream, path.open(encoding=encoding, newline="") as again:
        # Strict, since a lenient reader lets an unclosed quote swallow the rows below it without a word.
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        lines = width = passed = 0
        while True:
            start = lines + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if reader.line_num > start:
                    raise _unclosed(file, start) from None
                yield start, [Broken(str(error), _BAD_QUOTES)]
            else:
                # The lines of a row are looked at only where it has several.
                several = reader.line_num > start
                held = list(itertools.islice(again, start - 1 - passed, reader.line_num - passed)) if several else []
                passed = reader.line_num if several else passed
                if held and _is_swallowing(held, delimiter, width):
                    why = _SWALLOWED.format(start=start, end=reader.line_num)
                    yield from ((start + at, [Broken(line.strip(), why)]) for at, line in enumerate(held))
                else:
                    yield start, cells
                    width = len(cells)
            lines = reader.line_num


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


def _no_text(file: str, said: str = "") -> ProcureError:
    if said:
        name = said.removesuffix("-sig")
        return unusable(file, f"不是 {name} 编码的文本", f"is not text in {name}")
    return unusable(
        file,
        "不是可识别编码的文本，请用 --encoding 说明",
        "is not text in an encoding that is known: give it with --encoding",
    )
