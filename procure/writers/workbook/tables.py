"""What a sheet is made of: a table of columns, each of which tells one thing of a row, or a page of lines. It knows
neither what is reported nor what a workbook is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Generic, TypeAlias, TypeVar

import attrs

from procure.values.words import Words

#: A `Minor` is shown in units of the currency, another whole number is a count, the rest as it was; None leaves the
#: cell blank.
Cell: TypeAlias = str | Words | int | float | dt.date | None

R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)
S = TypeVar("S")


def _untinted(row: object) -> None:
    """The row keeps the colour of the paper."""


@attrs.frozen
class SheetColumn(Generic[R_contra]):
    """`width` is in characters of the body text. `choices` are the words to choose from where somebody is to enter
    one; others may be entered too."""

    title: str | Words
    width: int
    tell: Callable[[R_contra], Cell]
    choices: Sequence[Words] = ()

    def of(self, row: Callable[[S], R_contra | None]) -> SheetColumn[S]:
        """The column of a table whose rows have such a row, or none."""

        def tell(outer: S) -> Cell:
            inner = row(outer)
            return None if inner is None else self.tell(inner)

        return SheetColumn(self.title, self.width, tell, self.choices)


@attrs.frozen
class SheetTable(Generic[R]):
    """A header and a row for each of `rows`. The first `fixed` columns stay in view. Rows are as high as their text
    needs if it is to be seen `whole`, else one line each. The first `printed` columns stand on paper, None for all."""

    name: Words
    columns: Sequence[SheetColumn[R]]
    rows: Sequence[R]
    tint: Callable[[R], str | None] = _untinted
    fixed: int = 0
    whole: bool = True
    printed: int | None = None


@attrs.frozen
class Line:
    """A line of a page; `bold` for a heading."""

    cells: Sequence[Cell] = ()
    bold: bool = False
    tint: str | None = None


@attrs.frozen
class Page:
    """Lines one below the other, in columns of these widths."""

    name: Words
    widths: Sequence[int]
    lines: Sequence[Line]


@attrs.frozen
class Grid:
    """A table that stands already: titles, and below them rows of cells. `widths` are in characters of the body
    text."""

    titles: Sequence[Words]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]

    def table(self, name: Words) -> SheetTable[Sequence[Cell]]:
        """The same as a table of columns."""
        each = enumerate(zip(self.titles, self.widths, strict=True))
        return SheetTable(name, [_nth(at, title, width) for at, (title, width) in each], self.rows)


def _nth(at: int, title: Words, width: int) -> SheetColumn[Sequence[Cell]]:
    return SheetColumn(title, width, lambda row: row[at])
