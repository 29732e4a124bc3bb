"""A saved mapping: `mapping.toml`, so that next month's file is read like this month's.

[columns]
amount = "含税金额"
date = "Approved Date"
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from procure.readers.columns import asked
from procure.readers.tables import unusable


def load(path: str | os.PathLike[str]) -> dict[str, str]:
    """The columns that a mapping names, for `read(columns=…)`; raises `ProcureError` where it is not one."""
    try:
        document = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise unusable(path, f"无法读取：{error.strerror}", f"cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise unusable(path, f"不是有效的 TOML：{error}", f"is not valid TOML: {error}") from None
    columns = document.get("columns")
    if not isinstance(columns, dict) or not all(isinstance(header, str) for header in columns.values()):
        raise unusable(path, "缺少 [columns] 表", 'has no table [columns] of lines such as amount = "Total"')
    return asked(columns)
