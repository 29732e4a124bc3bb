"""Rows whose cells may have moved beside their columns, as an unquoted comma moves them: nothing of them is believed.

A row is shifted where something stands beyond the last header; where but a blank cell does, and some column cannot read
what it has, or has what looks like none of its other cells. What most rows of a table have there is its habit: a
trailing delimiter, a last column without a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from procure.log.cells import blank, first, whole
from procure.log.headers import Header
from procure.values.words import Words

TOO_LONG = Words("单元格比表头多，各列可能错位", "more cells than the header has: the columns may have shifted")
_MOVED = Words(
    "单元格比其他行多，且与所在列不像，各列可能错位",
    "more cells than other rows have, and unlike its columns: they may have shifted",
)
_SURPLUS = Words("比表头多一个空格，按原位读取", "a blank cell more than the header has, read as if nothing had moved")
_UNNAMED = Words("有一列没有表头，未读", "something in a column without a header, which is not read")

_NUMBER = re.compile(r"[\s\d.,¥￥$£€%()（）+-]*\d[\s\d.,¥￥$£€%()（）元]*")
_THOUSANDS = re.compile(r"\s*[¥￥$£€]?\s*\d{1,3}")
_REST = re.compile(r"\d{3}(?:\.\d+)?\s*元?")
_DATE = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*")


@attrs.frozen
class Shifted:
    """What shows that the cells of a row have moved, and in words."""

    value: object
    why: Words


@attrs.frozen
class Beyond:
    """What the rows of one table have beyond its last header, by the place of the row: a cell that says something, or
    None where there is but a blank one. `surely` are shifted, whatever their columns read; `perhaps` are if a column
    cannot read its cell; `usual` are what most rows look like, and shifted only if the table as a whole is. `said` is
    what a reader must know of those that are not shifted."""

    surely: Mapping[int, Shifted]
    perhaps: Mapping[int, object]
    usual: Mapping[int, object]
    said: Mapping[Words, Sequence[int]] = attrs.field(factory=dict)


def beyond(header: Header, rows: Sequence[Sequence[object]], ragged: bool) -> Beyond:
    """Look at the rows below a header. `ragged` says that a row's length is its own: in a sheet a cell that says
    something may be a remark beside the table."""
    width, named = len(header.texts), header.named
    lengths = Counter(map(len, rows))
    ((length, _),) = lengths.most_common(1)
    halves = _split(header, rows, length) if ragged and len(lengths) > 1 else {}
    if named == width and max(lengths) <= width:
        return Beyond({at: Shifted(over, _MOVED) for at, over in halves.items()}, {}, {}) if halves else NOTHING_BEYOND
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
    habit = unnamed if _is_habit(unnamed, rows) else {}
    surely = longer if habit else {**longer, **unnamed}
    if not ragged:
        return Beyond({}, surely, {}, {_UNNAMED: [*habit, *surely]})
    as_most = {at: None for at in blanks if len(rows[at]) == length}
    usual = as_most if _is_habit(as_most, rows) else {}
    left = {at: None for at in blanks if at not in usual}
    moved = {**halves, **dict.fromkeys(_unlike(left, rows, width), "")}
    left = {at: None for at in left if at not in moved}
    shifts = {at: Shifted(over, TOO_LONG) for at, over in surely.items()}
    shifts |= {at: Shifted(over, _MOVED) for at, over in moved.items() if at not in shifts}
    return Beyond(shifts, left, usual, {_UNNAMED: list(habit), _SURPLUS: list(left)})


NOTHING_BEYOND = Beyond({}, {}, {})


def _is_habit(found: Mapping[int, object], rows: Sequence[object]) -> bool:
    """Whether more rows look so than do not, the header among these."""
    return 2 * len(found) > len(rows) + 1


def _split(header: Header, rows: Sequence[Sequence[object]], length: int) -> Mapping[int, object]:
    """The rows of a text that are longer than most, and whose amount the comma between its thousands has split: 1 and
    500.00, where others have no number behind the amount."""
    longer = [at for at, cells in enumerate(rows) if len(cells) > length]
    found: dict[int, object] = {}
    for place in (at for name, at in header.fields.items() if header.known.is_money(name)):
        broken = [at for at in longer if _is_split(rows[at], place)]
        if broken and "number" not in {_look(cells[place + 1]) for cells in rows if place + 1 < len(cells) <= length}:
            found |= {at: rows[at][place + 1] for at in broken}
    return found


def _is_split(cells: Sequence[object], place: int) -> bool:
    return (
        place + 1 < len(cells)
        and _THOUSANDS.fullmatch(str(cells[place])) is not None
        and _REST.fullmatch(str(cells[place + 1])) is not None
    )


def _unlike(odd: Mapping[int, object], rows: Sequence[Sequence[object]], width: int) -> list[int]:
    """Those of some rows that have a cell which looks like none of its column in the other rows."""
    if not odd:
        return []
    others = [cells for at, cells in enumerate(rows) if at not in odd]
    looks = [{_look(cells[at]) for cells in others if at < len(cells)} - {""} for at in range(width)]
    # A column in which no other row says anything tells nothing.
    telling = [at for at in range(width) if looks[at]]
    return [n for n in odd if any(_look(rows[n][at]) not in {"", *looks[at]} for at in telling)]


def _look(cell: object) -> str:
    """What a cell is at a glance: nothing, a date, a number, or a text."""
    if blank(cell):
        return ""
    text = whole(cell).strip()
    return "date" if _DATE.fullmatch(text) else "number" if _NUMBER.fullmatch(text) else "text"
