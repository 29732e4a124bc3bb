"""A folder of several offices' files: each takes the mapping whose recorded headers it has, and one that cannot be read
stops none of the others."""

import json

import pytest
from reading import read

import procure
from procure import ProcureError, policies
from procure.api import check
from procure.cli import main

POLICY = policies.furong_2020(limits=300_000)
A = "日期,用款单位,物品,价款,怎么买的\n2020-03-02,甲局,转椅,3000,熟人处\n2020-03-03,甲局,转椅,8000,熟人处\n"
B = "when,who,what,how much,how\n2020-03-02,乙局,转椅,3000,熟人处\n"
C = '采购日期,采购单位,品目,采购金额,采购方式\n2020-03-02,丙局,转椅,"3,000.50",自行采购\n'
BY_A = '[columns]\ndate = "日期"\nunit = "用款单位"\ncategory = "物品"\namount = "价款"\nmethod = "怎么买的"\n'
BY_B = '[columns]\ndate = "when"\nunit = "who"\ncategory = "what"\namount = "how much"\nmethod = "how"\n'
DIRECT = '[method]\ndirect = ["熟人处"]\n'


@pytest.fixture
def folder(tmp_path):
    """A folder of logs, and one of mappings."""

    def write(logs, mappings):
        for name, files in (("logs", logs), ("maps", mappings)):
            (tmp_path / name).mkdir()
            for file, text in files.items():
                (tmp_path / name / file).write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "logs", tmp_path / "maps"

    return write


def lines(found):
    return [(row.origin.file.rpartition("/")[2], row.unit, row.category, row.minor, row.method) for row in found.rows]


def test_each_file_takes_the_mapping_whose_headers_it_has(folder):
    logs, maps = folder({"a.csv": A, "b.csv": B, "c.csv": C}, {"a.toml": BY_A + DIRECT, "b.toml": BY_B})
    found = read(logs, mapping=maps)
    assert lines(found) == [
        ("a.csv", "甲局", "转椅", 300_000, "direct"),
        ("a.csv", "甲局", "转椅", 800_000, "direct"),
        # What a word means to one office it does not mean to another.
        ("b.csv", "乙局", "转椅", 300_000, None),
        ("c.csv", "丙局", "转椅", 300_050, "direct"),
    ]
    assert [source.mapping.rpartition("/")[2] for source in found.sources] == ["a.toml", "b.toml", ""]
    assert procure.read(logs, mapping=maps).unread == ()


def test_a_mapping_says_the_encoding_of_a_text_that_is_not_known_without(folder):
    cyrillic = "дата,сумма\n2020-03-02,5\n".encode("koi8-r")
    says = '[columns]\ndate = "дата"\namount = "сумма"\n'
    logs, maps = folder({"r.csv": cyrillic}, {"a.toml": BY_A, "r.toml": f'encoding = "koi8-r"\n{says}'})
    assert [row.minor for row in read(logs, mapping=maps).rows] == [500]
    # Without one that has its headers it is read as it would be alone.
    (maps / "r.toml").write_text(f'encoding = "koi8-r"\n{BY_B}', encoding="utf-8")
    with pytest.raises(ProcureError, match="no header row found"):
        read(logs, mapping=maps)
    (logs / "r.csv").write_bytes(b"\x81\xff,\x81\n" * 3)
    with pytest.raises(ProcureError, match="is not text in an encoding that is known"):
        read(logs, mapping=maps)
    with pytest.raises(ProcureError, match=r"r\.csv: is not text in ascii"):
        read(logs, mapping=maps, encoding="ascii")


def test_the_mapping_of_most_headers_and_two_that_are_as_good(folder):
    few = '[columns]\ndate = "日期"\namount = "价款"\n'
    logs, maps = folder({"a.csv": A}, {"1.toml": few, "2.toml": BY_A, "3.toml": few, "4.toml": "no-header = true\n"})
    (source,) = read(logs, mapping=maps).sources
    assert source.mapping == str(maps / "2.toml")
    (maps / "5.toml").write_text(BY_A + DIRECT, encoding="utf-8")
    with pytest.raises(ProcureError) as caught:
        read(logs, mapping=maps)
    both = f"{maps / '2.toml'}, {maps / '5.toml'}"
    assert str(caught.value) == (
        f"{logs / 'a.csv'}: has the headers of several mappings: {both}; check it by itself, with one of them"
    )


def test_a_folder_without_a_mapping(folder):
    logs, maps = folder({"a.csv": A}, {"notes.txt": "x"})
    with pytest.raises(ProcureError) as caught:
        read(logs, mapping=maps)
    assert str(caught.value) == f"{maps}: has no mapping (*.toml) in it"


def test_what_offices_say_of_the_log_as_a_whole_holds_in_all_files(folder):
    one = '[same.unit]\n"乙局" = ["甲局"]\napart = ["丁局", "市丁局"]\n'
    void = '[status]\nvoid = ["黄了"]\n'
    late = "采购日期,采购单位,品目,采购金额,状态\n2020-03-02,甲局,转椅,5,黄了\n2020-03-02,甲局,转椅,6,\n"
    logs, maps = folder({"a.csv": A, "b.csv": B, "z.csv": late}, {"a.toml": BY_A + void, "b.toml": BY_B + one})
    found = procure.read(logs, mapping=maps)
    assert {row.unit for row in read(logs, mapping=maps).rows} == {"乙局"}
    assert found.habits.apart == {"unit": ("丁局", "市丁局")}
    assert [(each.row.minor, each.word) for each in check(found, POLICY).void] == [(500, "黄了")]


def test_offices_that_differ_in_what_is_one_purchase(folder):
    logs, maps = folder(
        {"a.csv": A, "b.csv": B},
        {"a.toml": 'one-purchase = "物品"\n' + BY_A, "b.toml": 'one-purchase = "what=once"\n' + BY_B},
    )
    with pytest.raises(ProcureError) as caught:
        read(logs, mapping=maps)
    said = f"{maps / 'a.toml'} 物品=sum, {maps / 'b.toml'} what=once"
    assert str(caught.value) == f"the mappings differ in their one-purchase: {said}"
    (maps / "b.toml").write_text(BY_B, encoding="utf-8")
    assert str(procure.read(logs, mapping=maps).habits.one_purchase) == "物品=sum"


BAD = {"bad.xlsx": b"PK\x03\x04 cut", "empty.csv": b"", "notes.txt": "下周开会\n"}


def test_a_file_that_cannot_be_read_stops_none_of_the_others(folder):
    logs, _ = folder({"c.csv": C, **BAD}, {})
    report = check(read(logs).log, POLICY)
    assert [(each.file.rpartition("/")[2], each.rows, each.minor, each.read, each.judged, each.findings)
            for each in report.digest.files] == [
        ("c.csv", 1, 300_050, 1, 1, 0),
        ("bad.xlsx", 0, 0, 0, 0, 0), ("empty.csv", 0, 0, 0, 0, 0), ("notes.txt", 0, 0, 0, 0, 0),
    ]  # fmt: skip
    assert [each.why.en for each in report.digest.files if each.why] == [
        "the workbook is damaged or cut short and cannot be read",
        "is empty",
        "no header row found; row 1 is: A 下周开会",
    ]
    files = ", ".join(str(logs / name) for name in BAD)
    assert report.aside.en == (
        f"3 files could not be read, and what was bought there is in nothing that follows: {files}."
    )
    notices = [notice.message.zh for notice in report.notices if notice.kind == "file-not-read"]
    assert notices[1] == f"未读的文件 {logs / 'empty.csv'}：是空的"
    assert report.exit_status == 3


def test_a_file_whose_second_header_cannot_be_read_leaves_nothing_behind(folder):
    broken = C.replace("丙", "丁") + "采购日期,采购单位,,金额,总额\n2020-03-02,丁局,转椅,5,6\n"
    logs, _ = folder({"c.csv": C, "d.csv": broken}, {})
    found = read(logs)
    assert [row[1] for row in lines(found)] == ["丙局"]
    (unread,) = found.read.unread
    assert unread.why.en.startswith("row 3 is another header: amount could be any of")


def test_a_file_that_is_named_is_refused(folder):
    logs, _ = folder({"c.csv": C, **BAD}, {})
    with pytest.raises(ProcureError, match=r"empty\.csv: is empty"):
        read(logs / "c.csv", logs / "empty.csv")
    with pytest.raises(ProcureError, match="no header row found"):
        read(logs / "c.csv", logs / "notes.txt")


def test_a_folder_in_which_no_file_can_be_read_says_why_of_each(folder):
    logs, _ = folder({"empty.csv": b"", "other.csv": b""}, {})
    with pytest.raises(ProcureError) as caught:
        read(logs)
    assert str(caught.value) == f"{logs / 'empty.csv'}: is empty\n{logs / 'other.csv'}: is empty"
    (logs / "notes.txt").write_text("下周开会\n", encoding="utf-8")
    with pytest.raises(ProcureError, match="no header row found"):
        read(logs)


def test_every_report_has_the_table_of_files(folder, capsys, monkeypatch):
    logs, _ = folder({"a.csv": A, "c.csv": C, "empty.csv": b""}, {"a.toml": BY_A + DIRECT})
    monkeypatch.chdir(logs.parent)
    (logs.parent / "procure.toml").write_text('mapping = "maps"\nlimit = 300000\n', encoding="utf-8")
    assert main(["check", "logs", "--lang", "en"]) == 1
    shown = capsys.readouterr().out.splitlines()
    at = shown.index("Files")
    assert shown[at : at + 5] == [
        "Files",
        "  file            rows  amount      read  judged  to confirm  mapping, or why it was not read",
        "  logs/empty.csv  -     -           -     -       -           is empty",
        "  logs/a.csv      2     ¥11,000.00  2     2       1           maps/a.toml",
        "  logs/c.csv      1     ¥3,000.50   1     1       0",
    ]
    assert len(shown) <= 42
    assert main(["check", "logs", "--lang", "en", "--format", "json"]) == 1
    kept = ("file", "rows", "amount", "read", "judged", "findings", "mapping", "why")
    assert [[log[key] for key in kept] for log in json.loads(capsys.readouterr().out)["logs"]] == [
        ["logs/a.csv", 2, "11000.00", 2, 2, 1, "maps/a.toml", None],
        ["logs/c.csv", 1, "3000.50", 1, 1, 0, None, None],
        ["logs/empty.csv", 0, "0.00", 0, 0, 0, None, "is empty"],
    ]
    assert main(["check", "logs", "--output", "out"]) == 1
    page = (logs.parent / "out/report.html").read_text(encoding="utf-8")
    assert '<th scope="row">logs/empty.csv<small> 是空的</small></th>' in page
    assert "logs/a.csv<small> maps/a.toml</small>" in page
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_path(str(logs.parent / "out/report.xlsx"))
    rows = book.get_sheet_by_name("检查依据").to_python()
    assert [[*row[:6], *row[7:10]] for row in rows if str(row[0]).startswith("logs/")] == [
        ["logs/a.csv", "", 2, 2, 0, 0, 11000, 1, "maps/a.toml"],
        ["logs/c.csv", "", 1, 1, 0, 0, 3000.5, 0, ""],
        ["logs/empty.csv", "是空的", "", "", "", "", "", "", ""],
    ]


def test_many_files_are_shortened_on_the_first_screen(folder, capsys):
    logs, _ = folder({f"{n}.csv": C for n in range(7)}, {})
    main(["check", str(logs), "--limit", "300000", "--lang", "en"])
    shown = capsys.readouterr().out.splitlines()
    at = shown.index("Files (4 of 7)")
    assert [line.split()[0].rpartition("/")[2] for line in shown[at + 2 : at + 6]] == [f"{n}.csv" for n in range(4)]
    main(["check", str(logs), "--limit", "300000", "--lang", "en", "--all"])
    assert "Files" in capsys.readouterr().out.splitlines()


def test_columns_shows_each_file_by_its_mapping(folder, capsys):
    logs, maps = folder({"a.csv": A, "b.csv": B, "empty.csv": b""}, {"a.toml": BY_A, "b.toml": BY_B})
    assert main(["columns", str(logs), "--mapping", str(maps), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "价款" in shown and "how much" in shown
    assert f"{logs / 'empty.csv'}\n" in shown and "is empty" in shown


def test_a_report_is_not_written_over_a_file_that_could_not_be_read(folder):
    logs, _ = folder({"c.csv": C, "report.csv": b""}, {})
    report = check(read(logs).log, POLICY)
    with pytest.raises(ProcureError, match="it is the log that was checked"):
        report.write(logs / "report.csv")
    assert (logs / "report.csv").read_bytes() == b""
