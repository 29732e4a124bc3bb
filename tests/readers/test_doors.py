"""More doors: kinds of files, told by what stands in them, packed ones, folders, standard input, older encodings."""

import gzip
import io
import json
import os
import struct
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from reading import read

from procure import policies
from procure.api import check
from procure.log.readers import biff, sprawl

POLICY = policies.furong_2020(limits=300_000)
TEXT = "编号,采购日期,采购单位,品目,采购金额\n1,2020-03-02,甲局,椅,3000\n2,2020-03-03,甲局,桌,4000\n"
AMOUNTS = [300_000, 400_000]


def amounts(log):
    return [row.minor for row in log.rows]


def zipped(*files, password=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in files:
            package.writestr(zipfile.ZipInfo(name), content)
    data = bytearray(out.getvalue())
    if password:
        at = data.find(b"PK\x01\x02")
        data[at + 8] |= 1
        data[6] |= 1
    return bytes(data)


@pytest.mark.parametrize("name", ["log.csv", "log", "log.xls", "log.dat"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_of_any_name_and_delimiter(log, name, delimiter):
    assert amounts(read(log(TEXT.replace(",", delimiter), name))) == AMOUNTS


def test_packed_text(log):
    assert amounts(read(log(gzip.compress(TEXT.encode()), "log.csv.gz"))) == AMOUNTS
    file = log(zipped(("log.csv", TEXT), ("__MACOSX/log.csv", "x"), ("folder/", "")), "log.zip")
    assert amounts(read(file)) == AMOUNTS
    assert {row.origin.file for row in read(file).rows} == {file}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (zipped(("a.csv", TEXT), ("b.csv", TEXT)), "an archive must hold one file; there are: a.csv, b.csv"),
        (zipped(), "an archive must hold one file; there are: none"),
        (zipped(("a.csv", TEXT), password=True), "the archive is password-protected: unpack it first"),
        (gzip.compress(TEXT.encode(), mtime=0)[:-12], "is a damaged archive and cannot be unpacked"),
        (gzip.compress(gzip.compress(TEXT.encode(), mtime=0), mtime=0), "is an archive in an archive: unpack it first"),
        (b"SQLite format 3\x00...", "is a database: hand over its table from Python"),
        (b"\0" * 8 + b"DUCK...", "is a database: hand over its table from Python"),
        (b"<html><body>none</body></html>", "is a web page without a table"),
    ],
)
def test_what_is_refused(log, error, content, why):
    assert why in error(log(content, "log.bin"))


def test_too_much_is_not_unpacked(log, error, monkeypatch):
    from procure.log.readers import packed

    monkeypatch.setattr(packed, "LARGEST", 10)
    assert error(log(gzip.compress(TEXT.encode()), "a.gz")).endswith("it unpacks to more than 512 MB")


def test_records_one_a_line(log):
    rows = [{"编号": "1", "采购金额": 3000}, {"编号": "2", "采购金额": 4000}]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    assert amounts(read(log(text, "log.jsonl"))) == AMOUNTS
    assert amounts(read(log(json.dumps(rows), "log.txt"))) == AMOUNTS


@pytest.mark.parametrize("text", ['{"a": 1}\n[2]\n', '{"a": 1}\nnothing\n'])
def test_lines_that_are_no_records(log, error, text):
    assert error(log(text, "log.jsonl")).endswith("is not valid JSON")


PAGE = """<html><head><meta charset="{charset}"></head><body><table><tr><td>x<table>
<tr><th>编号</th><th>采购单位</th><th colspan=2>采购<br>金额</th></tr>
<tr><td>1</td><td rowspan="2">甲&amp;乙</td><td>3,000</td><td>NaN</td></tr><tr><td>2<td>4000<td></tr>
</table></td></tr></table>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "nothing"])
def test_a_web_page_named_xls(log, charset):
    encoding = "gb18030" if charset != "utf-8" else charset
    found = read(log(PAGE.format(charset=charset).encode(encoding), "log.xls"), columns={"amount": "@C"})
    assert [(r.id, r.unit, r.minor) for r in found.rows] == [("1", "甲&乙", 300_000), ("2", "甲&乙", 400_000)]


def test_a_web_page_in_a_wrong_encoding(log, error):
    assert error(log(b"<table><tr><td>\xff\xff\xff", "log.html")).endswith("--encoding")
    assert amounts(read(log("<table><td>编号<td>金额<tr><td>1<td>3</table><p></td>", "log.html"))) == [300]


def test_a_web_page_too_large(log, error, monkeypatch):
    from procure.log.readers import html

    monkeypatch.setattr(html, "LARGEST", 10)
    assert error(log("<table><tr><td>x</table>", "a.html")).endswith("the file is larger than 256 MB")
    monkeypatch.undo()
    monkeypatch.setattr(html, "MOST_CELLS", 10)
    assert error(log("<table><tr><td colspan=11>x</table>", "a.html")).endswith(
        "its sheets span more than 16 million cells"
    )


def test_a_folder_and_a_pattern_of_files(tmp_path, error):
    folder = tmp_path / "logs"
    (folder / "inner").mkdir(parents=True)
    header, *rows = TEXT.splitlines()
    for name, row in zip(("a.csv", "inner/b.csv"), rows, strict=True):
        (folder / name).write_text(f"{header}\n{row}\n")
    (folder / "~$a.csv").write_text("lock")
    (folder / "readme.md").write_text("no log")
    assert amounts(read(folder)) == AMOUNTS
    assert amounts(read(str(folder / "*.csv"))) == AMOUNTS[:1]
    assert amounts(read(str(folder / "**" / "*.csv"))) == AMOUNTS
    assert error(str(folder / "*.xlsx")).endswith("no file matches")
    (tmp_path / "empty").mkdir()
    assert error(tmp_path / "empty").endswith("is a directory without files that can be read")
    assert error("https://example.org/log.csv").endswith("is an address: download it first, and read the file")
    assert error(str(tmp_path / "none.csv")).endswith("no such file")


def test_standard_input_and_a_pipe(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    found = read("-")
    assert amounts(found) == AMOUNTS
    assert found.rows[0].origin.file == "-"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TEXT.encode(),))
    writer.start()
    assert amounts(read(pipe)) == AMOUNTS
    writer.join()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("编号,采购单位,金额\n1,甲局,3\n", "gb18030"),
        ("編號,採購單位,金額\n1,甲局,3\n", "big5"),
        ("nº,órgano,importe\n1,Diputación,3\n", "cp1252"),
    ],
)
def test_an_older_encoding_is_told_by_the_headers(log, text, encoding):
    assert amounts(read(log(text.encode(encoding)))) == [300]


def test_two_encodings_that_may_be_are_asked(log, error):
    file = log("id,unit,amount\n1,Diputación de Granada,3\n".encode("cp1252"))
    assert error(file).endswith(
        "could be in several encodings: gb18030 Diputaci髇, big5 Diputaci鏮, cp1252 Diputación; say which: "
        "--encoding gb18030 or --encoding big5 or --encoding cp1252"
    )
    assert read(file, encoding="cp1252").rows[0].unit == "Diputación de Granada"


def test_rows_appended_in_another_encoding_are_refused(log, error):
    mixed = "id,unit,amount\n1,甲局采购中心,3\n".encode() + "2,乙局,4\n".encode("gb18030")
    assert "not text in an encoding that is known" in error(log(mixed))
    assert "not text in an encoding that is known" in error(log(b"id,amount\n1,\xff\xfe\x81\xff\n"))


def test_a_file_that_ends_within_a_sign(log, error):
    file = log("编号,金额\n1,3\n甲".encode("gb18030")[:-1], "cut.csv")
    assert error(file, encoding="gb18030").endswith("is not text in gb18030")


def test_a_workbook_of_another_name(book, tmp_path):
    rows = [["编号", "金额"], ["1", 3]]
    for name in ("log.xls", "log.et", "log.csv"):
        Path(tmp_path / name).write_bytes(Path(book({"台账": rows})).read_bytes())
        assert amounts(read(tmp_path / name)) == [300]


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
<table:table table:name="台账">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(*rows):
    cells = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    )
    return zipped(("mimetype", mime), ("META-INF/manifest.xml", manifest), ("content.xml", ODS.format(rows=cells)))


def cell(text, **attributes):
    said = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<table:table-cell office:value-type="string"{said}><text:p>{text}</text:p></table:table-cell>'


COVERED = "<table:covered-table-cell/>"


def test_an_open_document_with_merged_cells(log):
    pytest.importorskip("python_calamine")
    file = log(
        ods(
            [cell("编号"), cell("采购单位"), cell("金额")],
            [cell("1"), cell("甲局", number_rows_spanned=2), cell("3")],
            [cell("2"), COVERED, cell("4")],
        ),
        "log.ods",
    )
    found = read(file)
    assert [(r.id, r.unit, r.minor) for r in found.rows] == [("1", "甲局", 300), ("2", "甲局", 400)]
    report = check(found.log, POLICY)
    assert [n.message.en for n in report.notices if n.kind == "not-told"] == [
        f"{file}: its number formats (currency, 万元, decimals shown) cannot be read"
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([cell("x", number_columns_repeated=20_000_000)], "its sheets span more than 16 million cells"),
        ([cell("x" * 2000, number_columns_repeated=1_000_000)], "its cells hold more than a billion characters"),
    ],
)
def test_an_open_document_that_sprawls(log, error, row, why):
    assert error(log(ods(row), "log.ods")).endswith(why)


def test_an_open_document_that_is_cut_short(log, error):
    pytest.importorskip("python_calamine")
    with zipfile.ZipFile(io.BytesIO(ods([cell("编号"), cell("金额")], [cell("1"), cell("3")]))) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    cut = [(name, content[:-200] if name == "content.xml" else content) for name, content in parts]
    assert error(log(zipped(*cut), "log.ods")).endswith("the workbook is damaged or cut short and cannot be read")


def record(kind, data=b""):
    return struct.pack("<B", kind) + struct.pack("<B", len(data)) + data


def xlsb(*records, strings=()):
    items = b"".join(bytes([19]) + bytes([0x80 | len(s) & 0x7F, len(s) >> 7]) + s for s in strings)
    return zipfile.ZipFile(
        io.BytesIO(
            zipped(
                ("xl/workbook.bin", b""),
                ("xl/sharedStrings.bin", items),
                ("xl/worksheets/sheet1.bin", b"".join(records)),
            )
        )
    )


def test_a_binary_workbook_that_sprawls():
    small = record(0, struct.pack("<I", 3)), record(2, struct.pack("<II", 2, 0)), record(1, b"")
    sprawl.examine(xlsb(*small), "log.xlsb")
    far = record(0, struct.pack("<I", 1_000_000)), record(1, struct.pack("<II", 16_000, 0)), record(129, b"")
    with pytest.raises(ValueError, match="more than 16 million cells"):
        sprawl.examine(xlsb(*far), "log.xlsb")
    string = record(0, struct.pack("<I", 0)), *[record(7, struct.pack("<III", 0, 0, 0))] * 200_000
    with pytest.raises(ValueError, match="more than a billion characters"):
        sprawl.examine(xlsb(*string, strings=[b"x" * 16_000]), "log.xlsb")


def test_what_a_binary_workbook_does_not_tell(log):
    from procure.log.readers import excel

    found = excel._unsaid(Path(log(zipped(("xl/workbook.bin", b"x")), "log.xlsb")))
    assert found[0].en.startswith("its merged cells and number formats cannot be read")


def test_a_wrong_code_page_is_mended(shared):
    pytest.importorskip("python_calamine")
    right = shared.parent / "cases/log-07-xls-jxl-codepage/codepage1200.xls"
    if not right.is_file():
        pytest.skip("the shared cases are not beside this repository")
    data = right.read_bytes()
    at = data.find(struct.pack("<3H", 0x42, 2, 1200))
    assert biff.examine(data, "x.xls") is None
    wrong = data[: at + 4] + struct.pack("<H", 1252) + data[at + 6 :]
    assert biff.examine(wrong, "x.xls") == data


def test_a_code_page_is_left_where_it_may_be_right():
    old = struct.pack("<2H2H", 0x0809, 4, 0x0500, 5) + struct.pack("<3H", 0x42, 2, 1252)
    assert biff._with_code_page(old, old) is None
    none = struct.pack("<2H2H", 0x0809, 4, 0x0600, 5) + struct.pack("<2H", 0x0A, 0)
    assert biff._with_code_page(none, none) is None
    # What stands behind the end of the globals is of a sheet.
    behind = none + struct.pack("<3H", 0x42, 2, 1252)
    assert biff._with_code_page(behind, behind) is None


def test_a_wrong_code_page_among_the_globals_is_mended():
    start = struct.pack("<2H2H", 0x0809, 4, 0x0600, 5)
    wrong, right = (start + struct.pack("<3H", 0x42, 2, page) for page in (1252, 1200))
    assert biff._with_code_page(wrong, wrong) == right
    assert biff._with_code_page(right, right) is None
