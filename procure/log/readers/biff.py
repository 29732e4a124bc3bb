"""A look into an .xls file before it is unpacked: how many cells its sheets span together.

A sheet of two cells, A1 and IV65536, takes 100 bytes in the file and half a gigabyte in its reader, once for every
sheet that is said to stand there. The layouts are those of [MS-CFB] (the container) and [MS-XLS] (the records).
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator

from procure.log.readers.tables import MOST_CELLS, damaged, protected, sprawling, unusable

#: Bytes of a file.
LARGEST = 256 << 20

_END = 0xFFFFFFFA  # from here on, sector numbers are marks
_BOF, _SHEET, _PASSWORD, _MULTIPLE = 0x0809, 0x0085, 0x002F, 0x00BD
_BIFF8, _CODE_PAGE, _END_OF_GLOBALS, _UNICODE = 0x0600, 0x0042, 0x000A, b"\xb0\x04"
#: What a sheet says that it spans: python-calamine makes room for that, and more rows or columns than a sheet of this
#: kind can have are room without end.
_DIMENSIONS, _ROWS, _COLUMNS = 0x0200, 1 << 16, 1 << 8
_CELLS = frozenset({0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, _MULTIPLE})


def examine(data: bytes, file: str) -> bytes | None:
    """Refuse what would span too many cells, has a password, or is no workbook. Gives the file with its code page
    mended where that is wrong."""
    if len(data) > LARGEST:
        raise unusable(file, "文件超过 256 MB，拒绝读取", "the file is larger than 256 MB")
    try:
        records = _workbook(data)
        cells = _cells(records, file)
    except (struct.error, LookupError):
        raise damaged(file) from None
    if cells > MOST_CELLS:
        raise sprawling(file)
    return _with_code_page(data, records)


def _with_code_page(data: bytes, records: bytes) -> bytes | None:
    """The texts of a workbook of this kind (BIFF8) are Unicode, whatever its code page: libraries such as JExcelApi
    write 1252 there. python-calamine reads them by it and garbles them (tafia/calamine#229, #468)."""
    (version,) = struct.unpack_from("<H", records, 4)
    at = 0
    while version == _BIFF8 and at + 6 <= len(records):
        kind, length = struct.unpack_from("<2H", records, at)
        if kind == _CODE_PAGE:
            there = data.find(records[max(at - 16, 0) : at + 6])
            if there < 0 or records[at + 4 : at + 6] == _UNICODE:
                return None
            there += min(at, 16) + 4
            return data[:there] + _UNICODE + data[there + 2 :]
        if kind == _END_OF_GLOBALS:
            break
        at += 4 + length
    return None


def _workbook(data: bytes) -> bytes:
    """The stream of records."""
    shift, small_shift = struct.unpack_from("<2H", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise IndexError(shift)
    size, small_size = 1 << shift, 1 << small_shift
    directory, cutoff, small_first = struct.unpack_from("<I4xII", data, 48)
    # No more of the table than the file has sectors for: its chain may go in a circle.
    sectors = itertools.islice(_table_sectors(data, size), len(data) // size // (size // 4) + 1)
    table = _numbers(b"".join(_sector(data, at, size) for at in sectors))
    entries = _stream(data, directory, table, size, size)
    found: dict[str, tuple[int, int]] = {}
    for at in range(0, len(entries) - 127, 128):
        (length,) = struct.unpack_from("<H", entries, at + 64)
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower()
        found.setdefault(name, struct.unpack_from("<2I", entries, at + 116))
    start, length = found.get("workbook") or found["book"]
    if length >= cutoff:
        return _stream(data, start, table, size, size)[:length]
    small = _stream(data, found["root entry"][0], table, size, size)
    small_table = _numbers(_stream(data, small_first, table, size, size))
    return _stream(small, start, small_table, small_size, 0)[:length]


def _table_sectors(data: bytes, size: int) -> Iterator[int]:
    """The sectors of the allocation table: 109 in the header, the others in a chain."""
    yield from (at for at in struct.unpack_from("<109I", data, 76) if at < _END)
    (more,) = struct.unpack_from("<I", data, 68)
    while more < _END:
        numbers = _numbers(_sector(data, more, size))
        more = numbers[-1]
        yield from (at for at in numbers[:-1] if at < _END)


def _sector(data: bytes, at: int, size: int) -> bytes:
    return data[(at + 1) * size : (at + 2) * size]


def _stream(data: bytes, at: int, table: tuple[int, ...], size: int, header: int) -> bytes:
    pieces: list[bytes] = []
    while at < _END:
        if len(pieces) > len(data) // size:  # a chain longer than the file goes in a circle
            raise IndexError(at)
        pieces.append(data[at * size + header : (at + 1) * size + header])
        at = table[at]
    return b"".join(pieces)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _cells(records: bytes, file: str) -> int:
    spans: dict[int, int] = {}
    sheets: list[int] = []
    start, bottom, right, at = -1, 0, 0, 0
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<2H", records, at)
        if kind in _CELLS:
            row, column = struct.unpack_from("<2H", records, at + 4)
            if kind == _MULTIPLE:
                (column,) = struct.unpack_from("<H", records, at + 2 + length)
            bottom, right = max(bottom, row + 1), max(right, column + 1)
            spans[start] = bottom * right
        elif kind == _BOF:
            start, bottom, right = at, 0, 0
            spans[start] = 0
        elif kind == _SHEET:
            sheets.append(*struct.unpack_from("<I", records, at + 4))
        elif kind == _DIMENSIONS:
            _, bottom_said, _, right_said = struct.unpack_from("<2I2H" if length == 14 else "<4H", records, at + 4)
            if bottom_said > _ROWS or right_said > _COLUMNS:
                raise LookupError(at)
        elif kind == _PASSWORD:
            raise protected(file)
        at += 4 + length
    # Two sheets may be said to stand at one place: each would be unpacked.
    return sum(spans[sheet] for sheet in sheets)
