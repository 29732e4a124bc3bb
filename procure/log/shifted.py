"""Rows whose cells may have moved beside their columns, as an unquoted comma moves them: nothing of them is believed.

A row is shifted where something stands beyond the last header, or a blank cell does and some column cannot read what it
has. What most rows of a table have there is its habit: a trailing delimiter, a last column without a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from procure.log.cells import first
from procure.log.headers import Header


@attrs.frozen
class Beyond:
    """What the rows of one table have beyond its last header, by the place of the row: a cell that says something, or
    None where there is but a blank one. `surely` are shifted, whatever their columns read; `perhaps` are if a column
    cannot read its cell; `usual` are what most rows look like, and shifted only if the table as a whole is."""

    surely: Mapping[int, object]
    perhaps: Mapping[int, object]
    usual: Mapping[int, object]


def beyond(header: Header, rows: Sequence[Sequence[object]], ragged: bool) -> Beyond:
    """Look at the rows below a header. `ragged` says that a row's length is its own: in a sheet a cell that says
    something may be a remark beside the table."""
    width = len(header.texts)
    named = 1 + max((*header.fields.values(), *(at for at, text in enumerate(header.texts) if text)), default=-1)
    if named == width and not any(len(cells) > width for cells in rows):
        return NOTHING_BEYOND
    longer: dict[int, object] = {}
    unnamed: dict[int, object] = {}
    blanks: dict[int, object] = {}
    for at, cells in enumerate(rows):
        over = first(cells[width:])
        if over is not None:
            longer[at] = over
        elif (over := first(cells[named:])) is not None:
            unnamed[at] = over
        elif ragged and len(cells) > width:
            blanks[at] = None
    if _is_habit(unnamed, rows):
        unnamed = {}
    usual = blanks if _is_habit(blanks, rows) else {}
    perhaps = {} if usual else blanks
    return Beyond({**longer, **unnamed}, perhaps, usual) if ragged else Beyond({}, {**longer, **unnamed}, {})


NOTHING_BEYOND = Beyond({}, {}, {})


def _is_habit(found: Mapping[int, object], rows: Sequence[object]) -> bool:
    """Whether more rows look so than do not, the header among these."""
    return 2 * len(found) > len(rows) + 1
