"""What is read from a log: purchases, the rows that could not be read, and where each stood."""

from __future__ import annotations

import datetime as dt
import enum
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

import attrs

from procure import amounts, counts, dates, terms
from procure.terms import Kind, Method
from procure.words import Words


class Stated(enum.Enum):
    """What a log says of an approval or a ground short of stating it."""

    #: The log has no such column: whether there was one is not known.
    UNKNOWN = "unknown"
    #: It says yes and gives no date.
    UNDATED = "undated"


UNKNOWN: Final = Stated.UNKNOWN
UNDATED: Final = Stated.UNDATED


@attrs.frozen
class Origin:
    """Where a record stood: the file, the sheet, and the row number that the spreadsheet shows."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None

    def __str__(self) -> str:
        place = f"{self.file or '-'}" + (f"[{self.sheet}]" if self.sheet else "")
        return f"{place}:{self.row}" if self.row is not None else place


def _fen(value: object) -> amounts.Fen | None:
    return None if _blank(value) else amounts.fen(value)


def _date(value: object, day_first: bool | None = None) -> dt.date | None:
    if type(value) is dt.date:
        return value
    return None if _blank(value) else dates.date(value, day_first)


def _name(value: object) -> str | None:
    """A name as it is compared: full-width folded, white space collapsed, case kept."""
    if value is None:
        return None
    return " ".join(unicodedata.normalize("NFKC", _whole(value)).split()) or None


def _text(value: object) -> str | None:
    if type(value) is str:
        return value.strip() or None
    return None if _blank(value) else _whole(value).strip()


_CODE = re.compile(r"[ABC]\d+")


def is_code(category: str) -> bool:
    """Whether a category is a code of the official catalogue: A, B or C and digits."""
    return _CODE.fullmatch(category) is not None


def category(value: object) -> str | None:
    """A category as it is compared: a code in capitals, a plain name folded like any other."""
    name = _name(value)
    return name.upper() if name is not None and is_code(name.upper()) else name


def _kind(value: object) -> Kind | None:
    if value is None or isinstance(value, Kind):
        return value
    return None if _blank(value) else terms.kind(str(value))


def _method(value: object) -> Method | frozenset[Method] | None:
    if value is None or isinstance(value, (Method, frozenset)):
        return value
    return None if _blank(value) else terms.method(str(value))


def _in_catalogue(value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    return None if _blank(value) else terms.in_catalogue(_whole(value))


def _count(value: object) -> int | None:
    if value is None or type(value) is int and value >= 0:
        return value
    if type(value) is str and value.isdecimal() and len(value) <= 6:
        return int(value)
    if type(value) is float and value.is_integer() and 0 <= value < 10**6:
        return int(value)
    return None if _blank(value) else counts.count(value)


def _approved_on(value: object, day_first: bool | None = None) -> dt.date | Stated | None:
    if isinstance(value, Stated) or type(value) is dt.date:
        return value
    if isinstance(value, bool):
        return UNDATED if value else None
    if _blank(value):
        return None
    said = terms.on_record(_whole(value))
    return dates.date(value, day_first) if said is None else UNDATED if said else None


def _ground(value: object) -> str | Stated | None:
    if value is UNKNOWN:
        return UNKNOWN
    if isinstance(value, bool):
        return "是" if value else None
    return None if _blank(value) or terms.on_record(_whole(value)) is False else _whole(value).strip()


def _emergency(value: object) -> bool | Stated:
    if isinstance(value, (bool, Stated)):
        return value
    return not _blank(value) and terms.emergency(_whole(value))


def _whole(value: object) -> str:
    """The text of a cell; spreadsheets hand a typed 1 over as 1.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _blank(value: object) -> bool:
    return value is None or isinstance(value, str) and not value.strip()


@attrs.frozen(kw_only=True)
class Purchase:
    """One line of a log.

    `None` is a blank cell: for `approved_on` and `ground` it says that none is on record, for `emergency` that it was
    none, for any other field that the datum is missing. A field left out is a column that the log does not have:
    missing, for these three as well.
    Text is understood as in a log (`method="三方询价"`, `amount="1.2万"`, `date="2020年3月5日"`); what cannot be read
    raises `ProcureError`. `amount` is given in yuan and kept as whole `fen`, which `attrs.evolve` takes as they are.
    """

    id: str | None = attrs.field(default=None, converter=_name)
    date: dt.date | None = attrs.field(default=None, converter=_date)
    unit: str | None = attrs.field(default=None, converter=_name)
    department: str | None = attrs.field(default=None, converter=_name)
    category: str | None = attrs.field(default=None, converter=category)
    kind: Kind | None = attrs.field(default=None, converter=_kind)
    item: str | None = attrs.field(default=None, converter=_text)
    fen: amounts.Fen | None = attrs.field(default=None, alias="amount", converter=_fen)
    in_catalogue: bool | None = attrs.field(default=None, converter=_in_catalogue)
    method: Method | frozenset[Method] | None = attrs.field(default=None, converter=_method)
    supplier: str | None = attrs.field(default=None, converter=_text)
    approved_on: dt.date | Stated | None = attrs.field(default=UNKNOWN, converter=_approved_on)
    invited: int | None = attrs.field(default=None, converter=_count)
    quotes: int | None = attrs.field(default=None, converter=_count)
    ground: str | Stated | None = attrs.field(default=UNKNOWN, converter=_ground)
    emergency: bool | Stated = attrs.field(default=UNKNOWN, converter=_emergency)
    note: str | None = attrs.field(default=None, converter=_text)
    origin: Origin = attrs.field(factory=Origin)

    @property
    def amount(self) -> Decimal | None:
        """The amount in yuan, or None where it is missing."""
        return None if self.fen is None else amounts.yuan(self.fen)


#: The canonical columns in their order, each with the function that reads a cell of it.
COLUMNS: Mapping[str, Callable[[Any], object]] = {
    field.alias: field.converter  # type: ignore[misc]  # attrs types converters loosely
    for field in attrs.fields(Purchase)
    if field.name != "origin"
}


#: How each field of a bare `Purchase.__new__(Purchase)` is set to a value that was read already. For readers alone: a
#: log of 100,000 rows has few distinct words, and each need be read only once.
SLOTS: Mapping[str, Callable[[Purchase, object], None]] = {
    field.alias or field.name: getattr(Purchase, field.name).__set__ for field in attrs.fields(Purchase)
}


#: What the canonical columns are called.
NAMES: Mapping[str, Words] = {
    "id": Words("编号", "id"),
    "date": Words("采购日期", "date"),
    "unit": Words("采购单位", "unit"),
    "department": Words("科室", "department"),
    "category": Words("品目", "category"),
    "kind": Words("采购类别", "kind"),
    "item": Words("采购内容", "item"),
    "amount": Words("采购金额", "amount"),
    "in_catalogue": Words("是否目录内", "in_catalogue"),
    "method": Words("采购方式", "method"),
    "supplier": Words("供应商", "supplier"),
    "approved_on": Words("报告同意日期", "approved_on"),
    "invited": Words("邀请家数", "invited"),
    "quotes": Words("报价数", "quotes"),
    "ground": Words("单一来源依据", "ground"),
    "emergency": Words("应急采购", "emergency"),
    "note": Words("备注", "note"),
}


@attrs.frozen
class Rejected:
    """A row that could not be read: the first column at fault, its value, and why.

    `readable` holds what the row does say; the ledger still counts it, for a row that cannot be judged was bought all
    the same.
    """

    origin: Origin
    column: str
    value: str
    why: Words
    readable: Purchase

    def __str__(self) -> str:
        return f"{self.origin}: {self.column}: {self.why.en}"


@attrs.frozen
class Skipped:
    """A row that is no purchase (a total, a footnote), or a whole sheet where the origin names no row, and why."""

    origin: Origin
    why: Words

    def __str__(self) -> str:
        return f"{self.origin}: {self.why.en}"


@attrs.frozen
class Source:
    """A table that was read: its file, sha256, number of rows, and which header gave each canonical column.

    A workbook with several sheets is several sources. `sha256` is empty where there was no file. `others` are the
    headers that no canonical column was read from.
    """

    file: str
    sha256: str
    rows: int
    columns: Mapping[str, str]
    sheet: str | None = None
    others: tuple[str, ...] = ()


@attrs.frozen(slots=False)
class Log:
    """The rows of one log in their order, whether they could be read or not."""

    rows: tuple[Purchase | Rejected, ...]
    sources: tuple[Source, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    #: What a row has in the `others` of its source, as it stood there; nothing is judged by it.
    others: Mapping[Origin, tuple[object, ...]] = attrs.field(factory=dict, repr=False)

    @cached_property
    def purchases(self) -> tuple[Purchase, ...]:
        return tuple(row for row in self.rows if isinstance(row, Purchase))

    @cached_property
    def rejected(self) -> tuple[Rejected, ...]:
        return tuple(row for row in self.rows if isinstance(row, Rejected))

    def __iter__(self) -> Iterator[Purchase]:
        return iter(self.purchases)

    def __len__(self) -> int:
        return len(self.purchases)
