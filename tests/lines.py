"""The records of the oracle: purchases as values, each datum there, missing, or none on record.

They are the tests' own, so that the oracle shares no code with the package; `typed` writes one as the cells of a log.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import attrs

import procure
from procure import Kind, Method


class Stated(enum.Enum):
    """What a log says of an approval, a ground or an emergency short of stating it."""

    #: The log has no such column: whether there was one is not known.
    UNKNOWN = "unknown"
    #: It says yes and gives no date.
    UNDATED = "undated"


UNKNOWN: Final = Stated.UNKNOWN
UNDATED: Final = Stated.UNDATED

#: 询价 alone: the unit's own comparison or the statutory procedure.
EITHER_INQUIRY: Final = frozenset({Method.QUOTATION, Method.INQUIRY})
_METHODS: Final = {"询价": EITHER_INQUIRY, "三方询价": Method.QUOTATION}
_KINDS: Final = {"货物": Kind.GOODS, "服务": Kind.SERVICES, "工程": Kind.WORKS}


def is_code(category: str) -> bool:
    """Whether a category is a code of the official catalogue: A, B or C and digits."""
    return re.fullmatch(r"[ABC]\d+", category) is not None


def _category(value: str | None) -> str | None:
    """As it is compared: a code in capitals, a plain name with white space and width folded."""
    name = " ".join(unicodedata.normalize("NFKC", value).split()) if value is not None else ""
    return (name.upper() if is_code(name.upper()) else name) or None


def _date(value: Any) -> Any:
    return UNDATED if value == "是" else dt.date.fromisoformat(value) if isinstance(value, str) else value


def _fen(value: Any) -> int | None:
    if value is None:
        return None
    fen = Decimal(str(value)) * 100
    assert fen == int(fen)
    return int(fen)


def _method(value: Any) -> Any:
    return _METHODS.get(value) or Method(value) if isinstance(value, str) else value


def _kind(value: Any) -> Any:
    return _KINDS.get(value) or Kind(value) if isinstance(value, str) else value


@attrs.frozen(kw_only=True)
class Purchase:
    """`None` is none on record for `approved_on`, `ground` and `contract`, no for `emergency`, missing for all else."""

    id: str | None = None
    date: dt.date | None = attrs.field(default=None, converter=_date)
    unit: str | None = None
    department: str | None = None
    category: str | None = attrs.field(default=None, converter=_category)
    kind: Kind | None = attrs.field(default=None, converter=_kind)
    fen: int | None = attrs.field(default=None, alias="amount", converter=_fen)
    in_catalogue: bool | None = None
    method: Method | frozenset[Method] | None = attrs.field(default=None, converter=_method)
    approved_on: Any = attrs.field(default=UNKNOWN, converter=_date)
    invited: int | None = None
    quotes: int | None = None
    ground: Any = UNKNOWN
    contract: Any = UNKNOWN
    emergency: Any = attrs.field(default=UNKNOWN, converter=lambda value: False if value is None else value)

    @property
    def amount(self) -> Decimal | None:
        """In yuan."""
        return None if self.fen is None else Decimal(self.fen).scaleb(-2)


FIELDS: Final = tuple(field.alias or field.name for field in attrs.fields(Purchase))


def typed(purchase: Purchase) -> procure.Purchase:
    """The same as a row of a log. What is not known has no cell; no `emergency` is a blank one."""
    cells: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(purchase, name)
        if value is not UNKNOWN:
            cells[name] = procure.UNDATED if value is UNDATED else value
    return procure.Purchase(**cells)


def log(purchases: Iterable[Purchase]) -> list[procure.Purchase]:
    return [typed(purchase) for purchase in purchases]


def known(purchases: Iterable[procure.Purchase]) -> list[Purchase]:
    """Rows built in Python, whose cells are plain values, as records of the oracle."""
    return [Purchase(**purchase.cells) for purchase in purchases]
