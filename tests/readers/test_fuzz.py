"""Files that look real and are broken in any way: each is read, or refused with a `ProcureError`; nothing else happens,
in little time and memory. The thorough profile goes on for two minutes, and says with which seed it began."""

import contextlib
import faulthandler
import gzip
import io
import json
import os
import random
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from reading import read

import procure
from procure import ProcureError

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")
resource = pytest.importorskip("resource")

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
#: Seconds of all kinds together, seconds that one file may take, and bytes of address space.
SECONDS, LONGEST, SPACE = 120 if THOROUGH else 4, 60, 3 << 30
HEADER = ["编号", "采购日期", "采购单位", "品目", "采购金额（万元）", "采购方式", "供应商", "备注"]
ROWS = [
    ["1", "2020-03-02", "甲局", "A02010104", "1.25", "自行采购", "某某公司", ""],
    ["2", "2020年3月5日上午", "甲局", "办公椅", "¥3,200.00", "〃", "大成（北京）公司", "急用"],
    ["3", "3/4/20", "乙局", "", "8.6万", "单一来源", "/", "作废，另行采购"],
    ["合计", "", "", "", "100", "", "", ""],
    ["制表人：某", "", "", "", "", "", "审核人：某", ""],
]
#: What a file is spoilt with, besides bytes of its own.
DIRT = (
    b"\x00", b"\xff\xfe", b'"', b"\r", b"\n\n", b",", b"\t", b"|", b"'", b"\xef\xbb\xbf", b"\x1a", b"<", b">", b"&#0;",
    b"9" * 400, b"1e999", b"-0", b"NaN", b"2020-02-30", "同上".encode(), b"\xe2\x80\x8b", "万亿元".encode("gb18030"),
    b"{", b"}", b"[" * 300, b"null", b"\\ud800", b"<table>", b"</td>", b"rowspan=999999999", b'colspan="65535"',
    b'r="XFD1048576"', b"<mergeCell ref='A1:XFD1048576'/>", b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b"x" * 5000,
)  # fmt: skip


def _table(*rows):
    return "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows).encode()


def _html():
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (HEADER, *ROWS))
    return (
        f"<html><head><meta charset=utf-8></head><table><tr><td colspan=8>台账</td></tr>{lines}</table></html>".encode()
    )


def _xlsx():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet, money = workbook.add_worksheet("1月"), workbook.add_format({"num_format": '0.0"万元"'})
        for at, row in enumerate([["采购台账"], HEADER, *ROWS]):
            sheet.write_row(at, 0, row)
        sheet.write_number(3, 4, 12345.678, money)
        sheet.merge_range(2, 2, 3, 2, "甲局")
        workbook.add_worksheet("汇总").write_row(0, 0, HEADER)
    return out.getvalue()


def _ods():
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = (f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in (HEADER, *ROWS))
    space = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
    names = " ".join(f'xmlns:{name}="{space.format(name)}"' for name in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="S">{"".join(lines)}</table:table>'
    content = f"<office:document-content {names}>{body}</office:spreadsheet></office:body></office:document-content>"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="{space.format("manifest")}">{entry}</manifest:manifest>'
    return _zip(**{"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _xlsb():
    """By hand, since no library writes it: [MS-XLSB], each record with its number, its size and its data."""

    def record(number, data=b""):
        kind = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
        size = len(data)
        return kind + (bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])) + data

    def text(said):
        return struct.pack("<I", len(said)) + said.encode("utf-16-le")

    sheet = struct.pack("<II", 0, 1) + text("rId1") + text("S")
    book = record(131) + record(143) + record(156, sheet) + record(144) + record(157, bytes(26)) + record(132)
    rows = [HEADER, *ROWS]
    cells = b"".join(
        record(0, struct.pack("<I", at) + bytes(13))
        + b"".join(record(6, struct.pack("<II", column, 0) + text(cell)) for column, cell in enumerate(row))
        for at, row in enumerate(rows)
    )
    around = record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(HEADER) - 1)), record(145), record(146)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return _zip(
        **{
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations,
            "xl/worksheets/sheet1.bin": record(129) + around[0] + around[1] + cells + around[2] + record(130),
        }
    )


def _zip(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _records():
    return [dict(zip(HEADER, row, strict=True)) for row in ROWS]


def _ocds():
    award = {"id": "1", "date": "2020-03-02T00:00:00Z", "value": {"amount": 5, "currency": "CNY"}, "status": "active"}
    release = {"ocid": "o-1", "id": "r", "date": "2020-03-02", "buyer": {"name": "甲局"}, "awards": [award],
               "tender": {"title": "椅", "procurementMethod": "open"},
               "contracts": [{"awardID": "1", **award}]}  # fmt: skip
    return json.dumps({"version": "1.1", "releases": [release]}).encode()


def _shared(name):
    path = Path(__file__).resolve().parents[2].parent / "shared" / name
    return path.read_bytes() if path.exists() else None


CSV = _table(["单位：万元"], HEADER, *ROWS, HEADER[::-1], *ROWS)
SEEDS = {
    "csv": CSV,
    "gb18030.csv": CSV.decode().encode("gb18030"),
    "utf16.csv": CSV.decode().encode("utf-16"),
    "tsv": CSV.replace(b",", b"\t"),
    "xlsx": _xlsx(),
    "ods": _ods(),
    "html": _html(),
    "json": json.dumps(_records(), ensure_ascii=False).encode(),
    "ocds.json": _ocds(),
    "jsonl": "\n".join(json.dumps(each, ensure_ascii=False) for each in _records()).encode(),
    "zip": _zip(**{"log.csv": CSV}),
    "gz": gzip.compress(CSV),
    "xls": _shared("cases/log-07-xls-jxl-codepage/codepage1200.xls"),
    "xlsb": _xlsb(),
}
PACKED = ("xlsx", "ods", "xlsb", "zip")


def _spoilt(content, rng):
    """The bytes of a file with some cut out, doubled, moved, changed or put in."""
    content = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(content) + 1)
        size = min(rng.choice((1, 1, 2, 16, 256, 4096)), len(content) - at)
        match rng.randrange(6):
            case 0:
                content[at : at + size] = b""
            case 1:
                content[at:at] = content[at : at + size] * rng.choice((1, 2, 50))
            case 2:
                content[at : at + size] = rng.randbytes(size)
            case 3:
                content[at:at] = rng.choice(DIRT)
            case 4:
                content[at : at + size] = rng.choice(DIRT)[:size]
            case _:
                del content[at:]
    return bytes(content)


def _repacked(content, rng):
    """A package with one of its parts spoilt, whole as a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = rng.choice(sorted(parts))
    return _zip(**{**parts, name: _spoilt(parts[name], rng)})


def files(seed):
    """Spoilt files without end, each with its kind."""
    rng = random.Random(seed)
    kinds = [kind for kind, content in SEEDS.items() if content is not None]
    while True:
        for kind in kinds:
            inside = kind in PACKED and rng.random() < 0.7
            yield kind, (_repacked if inside else _spoilt)(SEEDS[kind], rng)


def fuzz(seed, seconds, folder):
    """Read spoilt files for so long. Gives how many were read, and how many refused; a file on which anything else
    happens stays in the folder."""
    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    end, done = time.monotonic() + seconds, [0, 0]
    for kind, content in files(seed):
        if time.monotonic() > end:
            return done
        path = Path(folder, f"log.{kind}")
        path.write_bytes(content)
        # Whatever hangs, ends here, with the place where it did.
        faulthandler.dump_traceback_later(LONGEST, exit=True)
        try:
            read(path)
            done[0] += 1
        except ProcureError:
            done[1] += 1
        faulthandler.cancel_dump_traceback_later()
        path.unlink()


def test_the_files_are_read_before_they_are_spoilt(tmp_path):
    for kind, content in SEEDS.items():
        if content is not None:
            path = tmp_path / f"log.{kind}"
            path.write_bytes(content)
            assert len(read(path).rows) > 0, kind


def test_a_broken_file_is_read_or_refused(tmp_path):
    # Another seed each time in the thorough profile, so that other files are tried; else always the same.
    seed = random.randrange(10**9) if THOROUGH else 20
    code = "import sys, test_fuzz; print(*test_fuzz.fuzz(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))"
    places = [Path(__file__).parent, Path(__file__).parents[1], Path(procure.__file__).parents[1]]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places))}
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(seed), str(SECONDS), str(tmp_path)],
        env=env, capture_output=True, text=True, check=False, timeout=SECONDS + 300,
    )  # fmt: skip
    assert found.returncode == 0, f"seed {seed}, {list(tmp_path.iterdir())}:\n{found.stderr}"
    refused = 0
    with contextlib.suppress(ValueError):
        _, refused = map(int, found.stdout.split())
    assert refused > 0
