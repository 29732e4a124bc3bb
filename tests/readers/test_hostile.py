"""Files made to do harm: each ends in one clear message and exit status 2, in a process that may not have much memory.

The limit is on address space: what libraries merely map counts too.
"""

import itertools
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from reading import read

import procure

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")
resource = pytest.importorskip("resource")

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY l "lol">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%s;" % (b"%d" % (n - 1) if n > 1 else b"") * 10) for n in range(1, 10))
    + b"]>"
)


def checked(path: Path, megabytes: int) -> tuple[int, str, str]:
    """Exit status, output and errors of `procure check`, with no more than so much memory."""
    code = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_AS, ({megabytes} << 20,) * 2)\n"
        "from procure.cli import main; sys.exit(main(['check', sys.argv[1], '--lang', 'en']))"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(procure.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code, path], env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def refused(path: Path, why: str, megabytes: int = 600) -> None:
    assert checked(path, megabytes) == (2, "", f"procure: {path}: {why}\n")
    with pytest.raises(procure.ProcureError) as caught:
        procure.read(path)
    assert str(caught.value) == f"{path}: {why}"


@pytest.fixture
def parts(tmp_path):
    """The parts of a small workbook."""
    path = tmp_path / "small.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("S")
        sheet.write_row(0, 0, ["id", "amount", "note"])
        sheet.write_row(1, 0, ["1", 5, "x"])
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def packed(tmp_path, parts):
    """The workbook with one part changed."""

    def write(name: str, old: bytes, new: bytes) -> Path:
        assert parts[name].count(old) == 1
        path = tmp_path / "log.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for each, content in parts.items():
                package.writestr(each, content.replace(old, new) if each == name else content)
        return path

    return write


def test_the_small_workbook_itself_is_read(packed):
    status, out, err = checked(packed(SHEET, b"<v>5</v>", b"<v>6</v>"), 600)
    assert (status, err) == (3, "")
    assert "Judged 1 of 1 rows" in out


def test_a_zip_bomb(tmp_path):
    path = tmp_path / "log.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package, package.open("a", "w") as part:
        for _ in range(65):
            part.write(b" " * (8 << 20))
    refused(path, "it unpacks to more than 512 MB")


def test_a_range_of_ten_million_cells(packed):
    end = b'<row r="1000000"><c r="J1000000"><v>7</v></c></row></sheetData>'
    refused(packed(SHEET, b"</sheetData>", end), "a sheet spans more than 8 million cells")


@pytest.mark.parametrize(
    "cell", [b'<c r="A9" r="XFD1048576">', b'<c s="0" r="XFD1048576">', b'<c r="A9" r ="ZZ99999">']
)
def test_a_cell_that_stands_in_two_places_or_hides_where(packed, cell):
    path = packed(SHEET, b"</sheetData>", b"<row>" + cell + b"<v>7</v></c></row></sheetData>")
    status, out, err = checked(path, 600)
    assert (status, out) == (2, "")
    assert err in (
        f"procure: {path}: a sheet spans more than 8 million cells\n",
        f"procure: {path}: the workbook is damaged or cut short and cannot be read\n",
    )


def test_a_far_cell_behind_megabytes_of_blanks(packed):
    # The look at a part goes by chunks of 4 MB; a tag is not parted, wherever it stands.
    far = b'<c r="XFD1048576"><v>7</v></c></row></sheetData>'
    for blanks in range(4_194_304 - 4, 4_194_304 + 1):
        path = packed(SHEET, b"</sheetData>", b"<row>" + b" " * blanks + far)
        with pytest.raises(procure.ProcureError, match="spans more than 8 million cells"):
            procure.read(path)


def test_a_tag_without_end(packed):
    path = packed(SHEET, b"</sheetData>", b"<c " + b" " * (9 << 20))
    refused(path, "the workbook is damaged or cut short and cannot be read")


@pytest.mark.parametrize(("part", "head"), [(SHEET, b"<worksheet "), (STRINGS, b"<sst ")])
def test_a_billion_laughs(packed, part, head):
    refused(packed(part, head, LAUGHS + head), "the workbook defines XML entities, which no log does")


def test_a_claim_of_a_billion_shared_strings(packed):
    path = packed(STRINGS, b'uniqueCount="', b'uniqueCount="999999999')
    refused(path, "it has more than 8 million shared strings")


def test_more_shared_strings_than_any_log_has(packed):
    refused(packed(STRINGS, b"</sst>", b"<si/>" * 8_000_000 + b"</sst>"), "it has more than 8 million shared strings")


def references(number: int, cell: bytes) -> bytes:
    return b"".join(b'<row r="%d">%s</row>' % (row, cell % row) for row in range(9, 9 + number)) + b"</sheetData>"


LONG = b"<si><t>" + b"a" * (5 << 20) + b"</t></si></sst>"


@pytest.mark.parametrize(
    "cell", [b'<c r="A%d" t="s"><v>5</v></c>', b"<c r='A%d' t='s'><v>5</v></c>", b'<c t="s" r="A%d"><v> 5 </v></c>']
)
def test_a_long_string_in_many_cells(parts, packed, cell):
    parts[STRINGS] = parts[STRINGS].replace(b"</sst>", LONG)
    refused(packed(SHEET, b"</sheetData>", references(300, cell)), "its cells hold more than a billion characters")


def test_long_strings_in_few_cells_are_read(parts, packed):
    parts[STRINGS] = parts[STRINGS].replace(b"</sst>", LONG).replace(b"<si>", b" <si>", 1)
    cells = references(5000, b'<c r="A%d" t="n"><v>5</v></c>').replace(b't="n"', b't="s"', 1)
    log = read(packed(SHEET, b"</sheetData>", cells))
    assert len(log) == 5001
    assert log.purchases[1].id == "a" * (5 << 20)
    assert len(read(packed(SHEET, b"</sheetData>", cells.replace(b't="s"', b"t='s'")))) == 5001


def test_many_sheets_said_to_stand_in_one_place(parts, packed):
    rows = b'<row r="299999"><c r="Z299999"><v>7</v></c></row></sheetData>'
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", rows)
    sheet = b'<sheet name="S" sheetId="1" r:id="rId1"/>'
    path = packed(
        BOOK, sheet, b"".join(sheet.replace(b'"S"', b'"S%d"' % n).replace(b'"1"', b'"%d"' % n) for n in (1, 2, 3))
    )
    refused(path, "its sheets span more than 16 million cells", megabytes=2000)


def test_a_line_of_a_gigabyte(tmp_path):
    path = tmp_path / "log.csv"
    with path.open("wb") as out:
        out.write(b"id,amount\n1,")
        for _ in range(1 << 10):
            out.write(b"5" * (1 << 20))
    try:
        refused(path, "has a line longer than 1 MB: it is not a log")
    finally:
        path.unlink()


@pytest.mark.parametrize(
    ("name", "start", "why"),
    [
        ("log.csv", b"id,amount\n1,", "has NUL bytes: it is not a text file"),
        ("log.json", b"[", "the file is larger than 256 MB"),
        ("log.xlsx", b"PK\x03\x04", "the file is larger than 512 MB"),
        ("log.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "the file is larger than 512 MB"),
    ],
)
def test_a_file_of_a_gigabyte(tmp_path, name, start, why):
    path = tmp_path / name
    with path.open("wb") as out:
        out.write(start)
        out.truncate(1 << 30)
    refused(path, why)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "gb18030"])
def test_a_nul(tmp_path, encoding):
    path = tmp_path / "log.csv"
    path.write_bytes("编号,金额\n1,5\0\n".encode(encoding))
    refused(path, "has NUL bytes: it is not a text file")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("log.csv", b"PK\x03\x04", "the workbook is damaged or cut short and cannot be read"),
        ("log.csv", b"\xff\xfei\0d\0\x00\xd8,\0", "is not text in an encoding that is known: give it with --encoding"),
        (
            "log.csv",
            "id,amount\n".encode("utf-16-le") + b"\x00\xd8,\0",
            "is not text in an encoding that is known: give it with --encoding",
        ),
        ("log.csv", b"", "is empty"),
        ("log.xlsx", b"", "is empty"),
        ("log.json", b"[" * 1_000_000, "is not valid JSON"),
    ],
    ids=map(str, itertools.count()),  # not the contents: pytest before 9 hands the name on in the environment
)
def test_what_is_not_what_its_name_says(tmp_path, name, content, why):
    path = tmp_path / name
    path.write_bytes(content)
    refused(path, why)


def test_every_cut_of_a_workbook(parts, packed):
    path = packed(SHEET, b"<v>5</v>", b"<v>6</v>")
    data = path.read_bytes()
    for keep in range(4, len(data) - 1, 97):
        path.write_bytes(data[:keep])
        with pytest.raises(procure.ProcureError) as caught:
            procure.read(path)
        assert str(caught.value) == f"{path}: the workbook is damaged or cut short and cannot be read"


def test_a_directory_and_nothing_at_all(tmp_path):
    refused(tmp_path, "is a directory without files that can be read")
    refused(tmp_path / "log.csv", "no such file")
