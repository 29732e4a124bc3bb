"""A paper: headings, lines and tables, as text, as one HTML page that prints on A4, or as a workbook. What stands in it
is for its own module to say."""

from __future__ import annotations

import codecs
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence

import attrs

from procure.values.faults import nearest
from procure.values.money import Currency, Minor
from procure.values.texts import display_width
from procure.values.words import Lang, ProcureError, Words
from procure.writers.page.markup import Html, html_lang, tag
from procure.writers.workbook.book import ROWS, Book, engine
from procure.writers.workbook.tables import Cell, Grid, Line, Page, SheetTable

ENDINGS = (".json", ".txt", ".html", ".xlsx")

_STYLE = """
@page { size: A4; margin: 12mm; }
body { font: %spt/1.38 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #1c2530;
  max-width: 186mm; margin: 0 auto; }
h1 { font-size: 1.45em; margin: 0 0 .3em; } h2 { font-size: 1.1em; margin: .7em 0 .2em;
  border-bottom: 1px solid #9aa7b4; }
p, li { margin: .1em 0; overflow-wrap: anywhere; } ul { margin: 0; padding-left: 1.5em; } li.room { list-style: none; }
table { border-collapse: collapse; width: 100%%; font-size: .95em; } thead { display: table-header-group; }
th, td { border: 1px solid #b8c2cc; padding: 2pt 4pt; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eef2f6; } td.n { text-align: right; white-space: nowrap; } tr { break-inside: avoid; }
footer { margin-top: 1.2em; font-size: .95em; color: #4a5866; } section.apart { break-before: page; }
"""

#: The sizes of type from which a signed paper takes the largest with which each of its sheets fits on one page: how
#: many columns of text a line then has, and how many lines a page. A heading takes two lines.
_SIZES = ((9.0, 108, 57), (8.0, 122, 64), (7.0, 140, 73), (6.0, 164, 85))


@attrs.frozen
class Section:
    """A heading with lines and a table below it. `apart` begins a new page."""

    title: Words
    lines: Sequence[Words] = ()
    grid: Grid | None = None
    apart: bool = False


@attrs.frozen
class Paper:
    """Parts below a title. `signed` leaves room for names and dates at the end."""

    title: Words
    currency: Currency
    made_on: dt.date
    parts: Sequence[Section]
    decimal: str = "."
    signed: bool = False

    def shown(self, cell: Cell, lang: Lang) -> str:
        """A cell for a reader's eye."""
        if isinstance(cell, Words):
            return cell.say(lang)
        if isinstance(cell, Minor):
            return self.currency.shown(cell, self.decimal)
        return "" if cell is None else cell.isoformat() if isinstance(cell, dt.date) else str(cell)


_SIGNED = (Words("编制", "prepared by"), Words("复核", "reviewed by"), Words("日期", "date"))


def dumps(paper: Paper, lang: Lang = "zh") -> str:
    """The paper as text."""
    return "\n".join([*_lines(paper, lang), ""])


def _lines(paper: Paper, lang: Lang) -> Iterator[str]:
    yield paper.title.say(lang)
    for part in paper.parts:
        yield from ("", f"== {part.title.say(lang)} ==")
        yield from (f"  {line.say(lang)}" for line in part.lines)
        if part.grid is not None:
            yield from _columns(paper, part.grid, lang)


def _columns(paper: Paper, grid: Grid, lang: Lang) -> Iterator[str]:
    rows = [[title.say(lang) for title in grid.titles]]
    rows += [[paper.shown(cell, lang) for cell in row] for row in grid.rows]
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)]
        yield f"  {'  '.join(cells).rstrip()}"


def html(paper: Paper, lang: Lang = "zh") -> str:
    """The paper as one HTML page that needs nothing else."""
    title = paper.title.say(lang)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(_STYLE % (_size(paper, lang) if paper.signed else _SIZES[0][0]))),
    )
    signed = "　　　　　　".join(f"{each.say(lang)}：" if lang == "zh" else f"{each.say(lang)}:" for each in _SIGNED)
    body = tag(
        "body",
        tag("main", tag("h1", title), [_section(paper, part, lang) for part in paper.parts]),
        tag("footer", tag("p", signed) if paper.signed else None, tag("p", paper.made_on.isoformat())),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=html_lang(lang))}\n"


def _size(paper: Paper, lang: Lang) -> float:
    """The size of type with which each sheet of a signed paper fits on one page, or the smallest."""
    fits = (size for size, across, down in _SIZES if _longest(paper, lang, across) <= down)
    return next(fits, _SIZES[-1][0])


def _longest(paper: Paper, lang: Lang, across: int) -> int:
    """How many lines the longest sheet of a paper takes, with so many columns of text a line."""
    lines, found = 0, []
    for part in paper.parts:
        lines = 0 if part.apart else lines
        lines += 2 + sum(-(-display_width(line.say(lang)) // across) for line in part.lines)
        lines += 2 * (len(part.grid.rows) + 1) if part.grid is not None else 0
        found.append(lines)
    return max(found) + 6  # the title, and room for the names


def _section(paper: Paper, part: Section, lang: Lang) -> Html:
    lines = tag("ul", [_line(line.say(lang)) for line in part.lines]) if part.lines else None
    grid = part.grid
    table = None
    if grid is not None:
        header = tag("thead", tag("tr", [tag("th", each.say(lang), scope="col") for each in grid.titles]))
        rows = [tag("tr", [_cell(paper, cell, lang) for cell in row]) for row in grid.rows]
        table = tag("table", header, tag("tbody", rows))
    return tag("section", tag("h2", part.title.say(lang)), lines, table, class_="apart" if part.apart else None)


def _line(text: str) -> Html:
    """A line; a blank one is room to write in."""
    return tag("li", text, class_=None if text.strip() else "room")


def _cell(paper: Paper, cell: Cell, lang: Lang) -> Html:
    return tag("td", paper.shown(cell, lang), class_="n" if isinstance(cell, (Minor, int)) else None)


def workbook(paper: Paper, lang: Lang = "zh") -> bytes:
    """The paper as a workbook: a sheet of all lines, then one for each table. Raises `ProcureError` for more rows than
    a sheet can have, and where XlsxWriter is not installed."""
    engine()
    tables = [_table(part.title, part.grid) for part in paper.parts if part.grid is not None]
    with tempfile.TemporaryDirectory(prefix="procure-", ignore_cleanup_errors=True) as folder:
        book = Book(lang, paper.title, paper.made_on, folder, paper.currency)
        book.page(_page(paper))
        for table in tables:
            book.table(table)
        return book.close()


def _page(paper: Paper) -> Page:
    lines = [Line([paper.title], bold=True)]
    for part in paper.parts:
        if part.lines:
            lines += [Line(), Line([part.title], bold=True), *(Line([line]) for line in part.lines)]
    return Page(Words("说明", "summary"), (110,), lines)


def _table(name: Words, grid: Grid) -> SheetTable[Sequence[Cell]]:
    if len(grid.rows) > ROWS:
        raise ProcureError(
            Words(
                f"“{name.zh}”有 {len(grid.rows)} 行，Excel 工作表只容 {ROWS} 行",
                f"{len(grid.rows)} rows of {name.en} do not fit a sheet, which holds {ROWS}",
            )
        )
    return grid.table(name)


def encoded(paper: Paper, ending: str, as_json: str | None, lang: Lang = "zh") -> bytes:
    """The bytes of a file with this ending; `as_json` is the same for a machine, None where there is no such
    thing. Raises `ProcureError` for an ending that is not known."""
    match ending.lower():
        case ".json" if as_json is not None:
            return as_json.encode("utf-8", "replace")
        case ".txt":
            return codecs.BOM_UTF8 + dumps(paper, lang).encode("utf-8", "replace")
        case ".html":
            return html(paper, lang).encode()
        case ".xlsx":
            return workbook(paper, lang)
    raise unwritten(ending, [each for each in ENDINGS if each != ".json" or as_json is not None])


def unwritten(ending: str, known: Iterable[str]) -> ProcureError:
    """A file with this ending cannot be written; the nearest one is named."""
    near = nearest(ending, known)
    return ProcureError(Words(f"不能写成“{ending}”（{near.zh}）", f"cannot write {ending!r} ({near.en})"))
