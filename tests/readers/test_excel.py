"""Workbooks: where things stand, what cells become, which sheets are read, and hostile files."""

import datetime as dt
import itertools
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from reading import COLUMNS, read, recognise, same

from procure import Method, Origin, ProcureError, Purchase
from procure.log.readers import biff, package
from procure.writers import columns

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")


MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = ["编号", "采购日期", "采购金额", "报价数", "采购方式"]


def test_cells_of_every_kind(book):
    rows = [
        [1.0, dt.date(2020, 3, 5), 4999.99, 3.0, "三方询价"],
        ["P2", 43895, "1.2万", "甲公司、乙公司", None],
        [3, "20200306", 4999.990000000001, None, None],
        [4, 20200306, -300, "/", None],
        [5, dt.datetime(2020, 3, 5, 12), 0.125, None, None],
        [6, None, 1, True, None],
    ]
    file = book({"台账": [HEADER, *rows]})
    log = read(file)
    assert same(
        log.rows[:1],
        Purchase(
            id="1",
            date=dt.date(2020, 3, 5),
            amount="4999.99",
            quotes=3,
            method=Method.QUOTATION,
            origin=Origin(file, "台账", 2),
        ),
    )
    assert [(p.id, p.date, p.minor, p.quotes) for p in log.purchases[1:]] == [
        ("P2", dt.date(2020, 3, 5), 1_200_000, 2),
        ("3", dt.date(2020, 3, 6), 499_999, None),
        ("4", dt.date(2020, 3, 6), -30_000, None),
        ("5", dt.date(2020, 3, 5), 13, None),
        ("6", None, 100, None),
    ]
    assert [(r.origin.row, r.column, r.value, r.why.en) for r in log.faults] == [
        (7, "quotes", "True", "'True' is neither a number of suppliers nor a list of their names"),
    ]


def test_the_header_may_stand_anywhere_and_rows_keep_their_numbers(book):
    file = book({"S": [["某局2020年台账"], [], HEADER, [], [1, None, 5]]}, at=(2, 3))
    assert [(p.origin.row, p.id, p.minor) for p in read(file)] == [(7, "1", 500)]
    assert read(file, columns={"note": "@D"}).purchases[0].note == "1"


def test_a_formula_is_its_cached_value(tmp_path):
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["id", "amount"])
        sheet.write(1, 0, "1")
        sheet.write_formula(1, 1, "=2*3", None, 6)
    assert [p.minor for p in read(path)] == [600]


def test_all_sheets_that_look_like_logs_are_read(book):
    file = book(
        {
            "封面": [["某局采购台账"]],
            "一月": [HEADER, [1, None, 5]],
            "二月": [HEADER, [2, None, 6], ["合计", None, 6]],
            "三月": [HEADER],
            "供应商": [["供应商", "备注"], ["甲", "好"]],
            ".旧": [HEADER, [9, None, 9]],
            "空": [],
        }
    )
    log = read(file)
    assert [(str(p.origin), p.id) for p in log] == [(f"{file}[一月]:2", "1"), (f"{file}[二月]:2", "2")]
    assert [(s.sheet, s.rows) for s in log.sources] == [("一月", 1), ("二月", 1)]
    assert [str(s) for s in log.skipped] == [
        f"{file}[二月]:3: a row of totals",
        f"{file}[封面]: no header row found; row 1 is: A 某局采购台账",
        f"{file}[三月]: has no rows below its header",
        f"{file}[供应商]: no amount column; the headers are: 供应商, 备注. Say which it is: --column amount=…",
        f"{file}[旧]: a hidden sheet, not read (--sheet would)",
    ]


def test_one_sheet_is_read_where_it_is_named(book, error):
    file = book({"一月": [HEADER, [1, None, 5]], ".旧": [HEADER, [9, None, 9]]})
    assert [p.id for p in read(file, sheet="旧")] == ["9"]
    assert error(file, sheet="三月") == f"{file}: no sheet '三月'; there are: 一月, 旧"
    assert error(file, sheet="一") == f"{file}: no sheet '一'; did you mean '一月'?"


def test_the_sheet_nearest_to_a_log_is_told_of(book, error):
    file = book({"封面": [["某局"]], "台账": [["编号", "供应商"], [1, "甲"]]})
    assert error(file) == (
        f"{file}[台账]: no amount column; the headers are: 编号, 供应商. Say which it is: --column amount=…"
    )
    file = book({"台账": [["编号", "预算", "金额"], [1, 2, 3]], "又": [HEADER, [1, None, 5]]})
    assert error(file).startswith(f"{file}[台账]: amount could be any of '预算', '金额'; say which: ")
    file = book({"空": []})
    assert error(file) == f"{file}[空]: is empty"
    file = book({"空": [], ".旧": [HEADER, [9, None, 9]]})
    assert error(file) == f"{file}[旧]: a hidden sheet, not read (--sheet would)"


def test_chart_sheets_are_no_tables(tmp_path, error):
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("S")
        sheet.write_row(0, 0, ["id", "amount"])
        sheet.write_row(1, 0, [1, 5])
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=S!$B$2:$B$2"})
        workbook.add_chartsheet().set_chart(chart)
    assert len(read(path)) == 1


def test_a_workbook_of_no_tables(tmp_path, error):
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "={1,2}"})
        workbook.add_chartsheet("C").set_chart(chart)
    assert error(path) == f"{path}: has no worksheets"
    assert error(path, sheet="C") == f"{path}: has no worksheets"


def rewritten(file: str, change) -> str:
    """The workbook with its first sheet changed."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return file


def cell(ref: str) -> bytes:
    return b'<row r="9"><c r="%s"><v>7</v></c></row></sheetData>' % ref.encode()


@pytest.fixture
def small(book):
    return book({"S": [["id", "amount"], ["1", 5]]})


@pytest.mark.parametrize("ref", ["XFD1048576", "ZZ999999", "xfd1048576"])
def test_a_sheet_that_spans_too_much(small, error, ref):
    rewritten(small, lambda xml: xml.replace(b"</sheetData>", cell(ref)))
    assert error(small) == f"{small}: a sheet spans more than 8 million cells"


@pytest.mark.parametrize(
    "row",
    [
        b"<row r = \"1048576\"><c r='XFD1048576'><v>7</v></c></row>",
        b'<row r="1048576">' + b"<c><v>7</v></c>" * 9 + b"</row>",
        b'<x:row r="1048576">' + b'<x:c s="1"><v>7</v></x:c>' * 9 + b"</x:row>",
    ],
)
def test_unusual_writing_hides_no_span(small, error, row):
    rewritten(small, lambda xml: xml.replace(b"</sheetData>", row.replace(b"x:", b"") + b"</sheetData>"))
    assert error(small) == f"{small}: a sheet spans more than 8 million cells"


def test_a_prefix_hides_no_span(small, error):
    row = b'<x:row r="1048576">' + b'<x:c s="1"><v>7</v></x:c>' * 9 + b"</x:row></sheetData>"
    rewritten(small, lambda xml: xml.replace(b"<worksheet ", b'<worksheet xmlns:x="x" ').replace(b"</sheetData>", row))
    assert error(small) == f"{small}: a sheet spans more than 8 million cells"


def test_an_absurd_range_of_empty_cells_is_read(small):
    row = b'<row r="9"><c r="A9"/><c r="XFC1048576" s="1"/></row><row><c/></row></sheetData>'
    rewritten(small, lambda xml: xml.replace(b"</sheetData>", row).replace(b"A1:B2", b"A1:XFC1048576"))
    assert [p.minor for p in read(small)] == [500]


def test_a_broken_sheet(small, error):
    rewritten(small, lambda xml: xml.replace(b"</sheetData>", b"<c></sheetData>"))
    assert error(small) == f"{small}: the workbook is damaged or cut short and cannot be read"


def test_a_sheet_that_the_reader_itself_refuses(small, error):
    rewritten(small, lambda xml: xml.replace(b'r="B2"><v>5', b'r="B2" t="s"><v>77'))
    assert error(small) == f"{small}: the workbook is damaged or cut short and cannot be read"


def test_a_picture_is_no_sheet(small):
    with zipfile.ZipFile(small, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG <c> ")
    assert [p.minor for p in read(small)] == [500]


def test_entities(small, error):
    bomb = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    rewritten(small, lambda xml: bomb + xml.partition(b"?>")[2])
    assert error(small) == f"{small}: the workbook defines XML entities, which no log does"


def test_a_zip_bomb_that_owns_up(small, error, monkeypatch):
    monkeypatch.setattr(package, "LARGEST", 1 << 20)
    rewritten(small, lambda xml: xml + b" " * (1 << 20))
    assert error(small) == f"{small}: the workbook unpacks to more than 512 MB"


def test_a_zip_bomb_that_lies_about_its_size(small, error, monkeypatch):
    monkeypatch.setattr(package, "LARGEST", 1 << 20)
    rewritten(small, lambda xml: xml + b" " * (1 << 21))
    data = bytearray(Path(small).read_bytes())
    at = data.index(b"PK\x01\x02")
    while (name := bytes(data[at + 46 :][: struct.unpack_from("<H", data, at + 28)[0]])) != b"xl/worksheets/sheet1.xml":
        at = data.index(b"PK\x01\x02", at + 1)
    assert name
    struct.pack_into("<I", data, at + 24, 1000)
    Path(small).write_bytes(data)
    assert error(small) == f"{small}: the workbook unpacks to more than 512 MB"


def test_a_real_bomb_needs_little_memory(tmp_path):
    """600 MB of blanks in 600 KB: refused by a process that may not have 400 MB."""
    resource = pytest.importorskip("resource")
    assert resource
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/a.xml", "w") as part,
    ):
        for _ in range(75):
            part.write(b" " * (8 << 20))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (400 << 20,) * 2)\n"
        "from procure.log.readers import read\n"
        "try: read(sys.argv[1])\nexcept ValueError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert done.stdout == f"{path}: the workbook unpacks to more than 512 MB\n"


@pytest.mark.parametrize("keep", [3000, 100, 4])
def test_a_truncated_workbook(small, error, keep):
    data = Path(small).read_bytes()
    Path(small).write_bytes(data[:keep])
    assert error(small) == f"{small}: the workbook is damaged or cut short and cannot be read"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("log.xls", b"<html><table>", "is a web page without a table"),
        ("log.xls", b"PK\x03\x04", "the workbook is damaged or cut short and cannot be read"),
        ("log.xlsx", MAGIC, "the workbook is damaged or cut short and cannot be read"),
        ("log.xls", MAGIC, "the workbook is damaged or cut short and cannot be read"),
        ("log.xls", MAGIC + bytes(4096), "the workbook is damaged or cut short and cannot be read"),
        (
            "log.xlsx",
            MAGIC + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "the workbook is password-protected: remove the password first",
        ),
    ],
)
def test_what_is_no_workbook(log, error, name, content, message):
    file = log(content, name)
    assert error(file) == f"{file}: {message}"


def test_without_the_extra(small, error, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert error(small) == f"{small}: reading Excel needs: pip install 'procure-check[excel]'"


# .xls, made by hand: records in a stream, the stream in a container.


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(content)) + content


def sheet(*cells: tuple[int, int]) -> bytes:
    bof = record(0x0809, struct.pack("<8H", 0x0600, 0x0010, 0, 0, 0, 0, 0, 0))
    numbers = b"".join(record(0x0203, struct.pack("<3Hd", row, column, 0, 1)) for row, column in cells)
    return bof + numbers + record(0x00BD, struct.pack("<2H", 0, 0) + bytes(6) + struct.pack("<H", 0)) + record(0x000A)


def workbook_stream(*sheets: bytes, offsets: list[int] | None = None, extra: bytes = b"") -> bytes:
    bof = record(0x0809, struct.pack("<8H", 0x0600, 0x0005, 0, 0, 0, 0, 0, 0)) + extra
    size = len(bof) + (len(sheets) if offsets is None else len(offsets)) * (4 + 8 + 1) + 4
    starts = (
        [size + sum(map(len, sheets[:i])) for i in range(len(sheets))]
        if offsets is None
        else [size + at for at in offsets]
    )
    globals_ = bof + b"".join(record(0x0085, struct.pack("<I2B2B", at, 0, 0, 1, 0) + b"S") for at in starts)
    return globals_ + record(0x000A) + b"".join(sheets)


def container(stream: bytes, small: bool = False, name: str = "Workbook", loop: bool = False) -> bytes:
    """A compound file: header, allocation table, directory, then the stream (in its small form if so asked)."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    unit = 64 if small else 512
    blocks = [stream[at : at + unit].ljust(unit, b"\0") for at in range(0, len(stream), unit)]
    chain = [*range(1, len(blocks)), end]
    body = b"".join(blocks)
    body = body.ljust(-(-len(body) // 512) * 512, b"\0")
    first = 3 if small else 2
    sectors = len(body) // 512
    fat = [table, end, *([end] if small else []), *range(first + 1, first + sectors), first if loop else end]
    small_fat = struct.pack("<128I", *(chain + [free] * (128 - len(chain)))) if small else b""

    def entry(text: str, kind: int, start: int, size: int) -> bytes:
        raw = text.encode("utf-16-le") + b"\0\0"
        return struct.pack("<64sHBB3I36xIII", raw, len(raw), kind, 1, free, free, free, start, size, 0)

    directory = entry("Root Entry", 5, first if small else end, len(body) if small else 0)
    directory += entry(name, 2, 0 if small else first, len(stream))
    header = struct.pack("<8s16x5H6x", MAGIC, 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 2 if small else end, 1 if small else 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    fat_sector = struct.pack("<128I", *(fat + [free] * (128 - len(fat))))
    return header + fat_sector + directory.ljust(512, b"\0") + small_fat + body


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (struct.pack("<2I2HH", 9, 65_536, 0, 256, 0), True),
        (struct.pack("<4HH", 9, 65_535, 0, 256, 0), True),
        (struct.pack("<2I2HH", 0, 65_537, 0, 1, 0), False),
        (struct.pack("<4HH", 0, 1, 0, 257, 0), False),
    ],
)
def test_an_xls_whose_sheet_says_that_it_is_larger_than_any(said, right):
    # For 15 million rows and 17 columns python-calamine asks for ten gigabytes, and ends the process without them.
    whole = sheet((0, 0))
    data = container(workbook_stream(whole[:20] + record(0x0200, said) + whole[20:]), small=True)
    if right:
        assert biff.examine(data, "log.xls") is None
    else:
        with pytest.raises(ProcureError, match="damaged or cut short"):
            biff.examine(data, "log.xls")


@pytest.mark.parametrize("page", [None, 1200, 1252])
def test_an_xls_is_read_whatever_its_code_page(log, page):
    def text(row: int, column: int, text: str) -> bytes:
        return record(0x0204, struct.pack("<4HB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))

    bof = record(0x0809, struct.pack("<8H", 0x0600, 0x0010, 0, 0, 0, 0, 0, 0))
    number = record(0x0203, struct.pack("<3Hd", 1, 1, 0, 4999.5))
    cells = bof + text(0, 0, "采购单位") + text(0, 1, "采购金额") + text(1, 0, "区工信局") + number + record(0x000A)
    extra = b"" if page is None else record(0x0042, struct.pack("<H", page))
    found = read(log(container(workbook_stream(cells, extra=extra), small=True), "log.xls"))
    assert [(row.unit, row.minor, row.origin.row) for row in found.rows] == [("区工信局", 499_950, 2)]
    assert found.sources[0].unsaid.en == "its number formats (currency, 万元, decimals shown) cannot be read"


def test_an_xls_whose_sheets_span_too_much(log, error):
    file = log(container(workbook_stream(sheet((0, 0), (65535, 255))), small=True), "log.xls")
    assert error(file) == f"{file}: its sheets span more than 16 million cells"


def test_sheets_said_to_stand_in_one_place_count_each(log, error):
    stream = workbook_stream(sheet((0, 0), (9999, 255)), offsets=[0] * 7)
    file = log(container(stream, small=True), "log.xls")
    assert error(file) == f"{file}: its sheets span more than 16 million cells"


def test_a_small_xls_is_measured_in_its_small_form_and_a_large_one_in_its_own():
    stream = workbook_stream(sheet((0, 0), (9, 9)))
    assert biff._cells(biff._workbook(container(stream, small=True)), "x") == 100
    stream = workbook_stream(sheet((0, 0), (9, 9)), sheet(*((i, 2) for i in range(300))))
    assert len(stream) > 4096
    assert biff._cells(biff._workbook(container(stream, name="Book")), "x") == 100 + 900


def test_a_sheet_said_to_stand_where_none_is(log, error):
    file = log(container(workbook_stream(sheet((0, 0)), offsets=[5]), small=True), "log.xls")
    assert error(file) == f"{file}: the workbook is damaged or cut short and cannot be read"


def test_a_chain_of_sectors_that_goes_in_a_circle(log, error):
    stream = workbook_stream(sheet(*((i, 2) for i in range(300))))
    file = log(container(stream, loop=True), "log.xls")
    assert error(file) == f"{file}: the workbook is damaged or cut short and cannot be read"


def test_an_xls_with_a_password(log, error):
    file = log(container(workbook_stream(sheet((0, 0)), extra=record(0x002F, bytes(6))), small=True), "log.xls")
    assert error(file) == f"{file}: the workbook is password-protected: remove the password first"


def test_an_xls_too_large(log, error, monkeypatch):
    monkeypatch.setattr(biff, "LARGEST", 100)
    file = log(MAGIC + bytes(100), "log.xls")
    assert error(file) == f"{file}: the file is larger than 256 MB"


def test_the_table_of_a_long_xls_goes_on_in_a_chain():
    """The allocation table of a file above 7 MB has more sectors than the header can name."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = bytes(68) + struct.pack("<2I", 1, 1) + struct.pack("<109I", 0, *[free] * 108)
    more = struct.pack("<128I", 7, *[free] * 126, end)
    assert list(biff._table_sectors(header + bytes(512) + more, 512)) == [0, 7]
    looping = struct.pack("<128I", 7, *[free] * 126, 1)
    assert list(itertools.islice(biff._table_sectors(header + bytes(512) + looping, 512), 4)) == [0, 7, 7, 7]


@pytest.mark.parametrize("name", ["PanicException", "PasswordError", "CalamineError"])
def test_what_the_reader_throws(small, error, monkeypatch, name):
    import python_calamine

    class Workbook:
        @staticmethod
        def from_path(path):
            raise type(name, (BaseException if name == "PanicException" else Exception,), {})

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Workbook)
    why = (
        "is password-protected: remove the password first" if name == "PasswordError" else "is damaged or cut short and"
    )
    assert error(small).startswith(f"{small}: the workbook {why}")


def test_an_interrupt_is_no_damage(small, monkeypatch):
    import python_calamine

    class Workbook:
        @staticmethod
        def from_path(path):
            raise KeyboardInterrupt

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Workbook)
    with pytest.raises(KeyboardInterrupt):
        read(small)


def test_a_hidden_sheet_is_recognised_as_one(book):
    file = book({"一月": [HEADER, [1, None, 5]], ".旧": [HEADER, [9, None, 9]]})
    assert [(table.sheet, table.hidden) for table in recognise(file)] == [("一月", False), ("旧", True)]
    assert [(table.sheet, table.hidden) for table in recognise(file, sheet="旧")] == [("旧", False)]
    lines = columns.dumps(recognise(file), COLUMNS, "en").splitlines()
    assert lines[7] == f"{file}[旧] (hidden, not read)"
