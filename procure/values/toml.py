"""Values as TOML writes them, for messages: a file's author reads what stands in the file."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal

#: Longer texts are cut.
_MOST = 80
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def shown(value: object) -> str:
    """A value as TOML writes it, cut where it is long; what TOML has not, as Python shows it."""
    text = _written(value)
    return text if len(text) <= _MOST else f"{text[: _MOST - 3]}…"


def _written(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        each = ", ".join(f"{written_key(key)} = {_written(one)}" for key, one in value.items())
        return f"{{ {each} }}" if each else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, Decimal) and not value.is_finite():
        return "nan" if value.is_nan() else "inf" if value > 0 else "-inf"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return str(value)


def written_key(key: object) -> str:
    """A key or the name of a table, in quotation marks where it needs them."""
    return key if isinstance(key, str) and _BARE.fullmatch(key) else _written(key)
