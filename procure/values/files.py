"""TOML files that users write: read whole, checked against what they may hold, refused with every fault at once."""

from __future__ import annotations

import os
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from procure.values import slips
from procure.values.faults import Faulty
from procure.values.tables import Table, TableFaults
from procure.values.words import ProcureError, Words


def read(path: str | os.PathLike[str], table: Table) -> tuple[Any, bytes]:
    """What a file makes of a declared table, and its bytes. Raises `Faulty`, naming every fault with its place, for a
    file that says something else; `ProcureError` for one that cannot be read."""
    data = content(path)
    found = TableFaults()
    made = table.read(parsed(data, path), found, ())
    if found.faults.found:
        raise Faulty(os.fspath(path), found.faults.found)
    return made, data


def content(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file; raises `ProcureError` where it is not there or cannot be read."""
    file = os.fspath(path)
    try:
        return Path(file).read_bytes()
    except FileNotFoundError:
        raise ProcureError(Words(f"{file}：没有此文件", f"{file}: there is no such file")) from None
    except OSError as error:
        raise ProcureError(
            Words(f"{file}：读不了（{error.strerror}）", f"{file}: cannot be read ({error.strerror})")
        ) from None


def text(data: bytes, path: str | os.PathLike[str]) -> str:
    """The text of a file's bytes; raises `ProcureError` where they are no UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        file, line = os.fspath(path), data.count(b"\n", 0, error.start) + 1
        raise ProcureError(
            Words(
                f"{file}：第 {line} 行不是 UTF-8 编码：请在编辑器中“另存为”，编码选 UTF-8",
                f"{file}: line {line} is no text in UTF-8: save the file again with the encoding UTF-8",
            )
        ) from None


def parsed(data: bytes, path: str | os.PathLike[str]) -> dict[str, Any]:
    """The tables of a file; numbers are exact decimals. Raises `ProcureError`, naming line and column and how it is
    mended, where it is no TOML."""
    written = text(data, path)
    try:
        return tomllib.loads(written, parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError) as error:
        file, why = os.fspath(path), slips.explained(written, error)
        raise ProcureError(Words(f"{file}：{why.zh}", f"{file}: {why.en}")) from None
