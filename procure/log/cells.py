"""What a cell may say short of a value, and how the texts of cells are compared."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from procure.values.closed import by_identity
from procure.values.texts import empty, half_width


@by_identity
class Said(enum.Enum):
    """What a row says in a column where it states no value."""

    #: Nothing: the log has no such column, or the cell is blank or cannot be read. What it would be is not known.
    MISSING = "missing"
    #: There is none on record.
    NONE = "none"
    #: There is one, and its date is not stated.
    UNDATED = "undated"
    #: Another word than those that are known.
    OTHER = "other"
    #: The log has no such column, and so is of one.
    ONE = "one"


MISSING: Final = Said.MISSING
NONE: Final = Said.NONE
UNDATED: Final = Said.UNDATED
OTHER: Final = Said.OTHER
ONE: Final = Said.ONE


class Absent:
    """Stands for the cell of a row in whose table the column does not stand."""

    __slots__ = ()


ABSENT: Final = Absent()


def blank(cell: object) -> bool:
    """Whether a cell says nothing."""
    return cell is None or isinstance(cell, str) and empty(cell)


def first(cells: Iterable[object]) -> object:
    """The first cell of a row that says something, None where none does."""
    for cell in cells:
        if not empty(cell) if type(cell) is str else cell is not None:
            return cell
    return None


def whole(cell: object) -> str:
    """The text of a cell; spreadsheets hand a typed 1 over as 1.0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def fold(text: str) -> str:
    """The form in which words are compared: full-width folded, white space collapsed, lower case."""
    return " ".join(half_width(text).split()).lower()


def name(cell: object) -> str | None:
    """A name as it is compared: full-width folded, white space collapsed, case kept; None of a blank cell."""
    if cell is None:
        return None
    text = cell if type(cell) is str else whole(cell)
    if text.isascii() and text.isalnum():
        return text
    found = " ".join(half_width(text).split())
    # The cell itself where it is the same, so that no text is held twice.
    return text if found == text and text else found or None


_PLAIN = (str, int, float, Decimal, dt.date)
#: Types of what is a cell as it stands: of a purchase built in Python, nothing is read into NaN.
AS_THEY_ARE = (*_PLAIN, frozenset, Said, Absent, type(None))


def as_cell(cell: Any) -> object:
    """What a frame or a record holds, as a cell: lists are texts of their items, NaN is blank."""
    if hasattr(cell, "tolist"):  # numpy's scalars and arrays
        cell = cell.tolist()
    if isinstance(cell, (list, tuple, set, frozenset)):
        return ";".join(map(str, cell))
    if cell is None or _is_nan(cell):
        return None
    return cell if isinstance(cell, _PLAIN) else str(cell)


def typed(cell: Any) -> object:
    """A cell of a purchase built in Python: a list of suppliers and the like are texts, as in a frame."""
    return cell if isinstance(cell, AS_THEY_ARE) else as_cell(cell)


def _is_nan(cell: Any) -> bool:
    """Whether a cell is a frame's blank: NaN and NaT alone differ from themselves, and some will not even be asked."""
    try:
        return bool(cell != cell)
    except (TypeError, ArithmeticError):  # pandas' NA, and the NaN of decimals that signals
        return True
