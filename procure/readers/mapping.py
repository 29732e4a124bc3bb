"""A saved mapping: `mapping.toml`, so that next month's file is read like this month's.

`procure columns LOG --save mapping.toml` writes one.

[columns]
amount = "含税金额"
date = "Approved Date"
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from procure.log.columns import Column
from procure.log.headers import asked
from procure.log.reading import Recognised
from procure.log.ready import READY
from procure.readers.tables import unusable
from procure.words import ProcureError, Words


def load(path: str | os.PathLike[str], known: Mapping[str, Column] = READY) -> dict[str, str]:
    """The columns that a mapping names, for `read(columns=…)`, checked against those that are `known` to a policy;
    raises `ProcureError` where it is not a mapping."""
    try:
        document = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise unusable(path, f"无法读取：{error.strerror}", f"cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise unusable(path, f"不是有效的 TOML：{error}", f"is not valid TOML: {error}") from None
    columns = document.get("columns")
    if not isinstance(columns, dict) or not all(isinstance(header, str) for header in columns.values()):
        raise unusable(path, "缺少 [columns] 表", 'has no table [columns] of lines such as amount = "Total"')
    return asked(columns, known)


def save(path: str | os.PathLike[str], tables: Iterable[Recognised]) -> None:
    """Write the columns of the tables as a mapping, whole or not at all; a file that is there is left as it is.

    Raises `ProcureError` where no table can be read, two have another header for one field, or it cannot be written.
    """
    columns: dict[str, str] = {}
    unknown: dict[str, None] = {}
    for table in tables:
        if table.problem is None and not table.hidden:
            unknown |= dict.fromkeys(table.unknown)
            for field, header in table.columns.items():
                if columns.setdefault(field, header) != header:
                    raise _differ(field, columns[field], header)
    if not columns:
        raise ProcureError(Words(f"{path}：没有可读的表，未保存", f"{path}: no table can be read, so nothing is saved"))
    lines = ["[columns]", *(f"{field} = {_quoted(header)}" for field, header in columns.items())]
    _write(path, "\n".join([*lines, *(f"# not recognised 未识别: {_quoted(header)}" for header in unknown), ""]))


def _differ(field: str, one: str, other: str) -> ProcureError:
    return ProcureError(
        Words(
            f"各表的 {field} 列不同（{one}、{other}），一份 mapping 只能记一种：请逐份保存",
            f"the tables have different headers for {field} ({one!r}, {other!r}), and a mapping holds one: "
            "save one for each log",
        )
    )


def _quoted(header: str) -> str:
    """A TOML string. JSON's are, but for one sign that it leaves as it is."""
    return json.dumps(header, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(path: str | os.PathLike[str], text: str) -> None:
    try:
        with open(path, "x", encoding="utf-8", errors="replace") as out:
            try:
                out.write(text)
                out.flush()
            except OSError:
                os.unlink(path)
                raise
    except FileExistsError:
        raise unusable(path, "已存在，未覆盖", "is there already and was left as it is") from None
    except OSError as error:
        raise unusable(path, f"不能写入：{error.strerror}", f"cannot be written: {error.strerror}") from None
