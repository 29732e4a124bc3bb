"""Delimited text: encodings, delimiters, ragged rows, what is skipped, and hostile files."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import ClassVar

import pytest
from building import furong
from reading import read, same

from procure import MISSING, NONE, Kind, Method, Origin, Purchase
from procure.api import check
from procure.log.readers.delimited import LONGEST_LINE
from procure.values.money import Currency
from procure.values.words import Words

EUR = Currency.of("EUR")
TABLE = '编号,采购日期,采购金额,采购方式\nP1,2020年3月5日,"5,000.00",三方询价\nP2,2020.04.01,1.2万,\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings(log, encoding, newline):
    file = log(TABLE.replace("\n", newline).encode(encoding))
    assert same(
        read(file).rows,
        Purchase(id="P1", date=dt.date(2020, 3, 5), amount=5000, method=Method.QUOTATION, origin=Origin(file, None, 2)),
        Purchase(id="P2", date=dt.date(2020, 4, 1), amount=12000, method=None, origin=Origin(file, None, 3)),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(log, delimiter):
    rows = [["编号", "采购内容", "采购金额"], ["P1", "纸，笔", "5"], ["P2", "a;b,c\td", "6"]]
    file = log("\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows))
    assert [(p.id, p.description, p.minor) for p in read(file)] == [("P1", "纸，笔", 500), ("P2", "a;b,c\td", 600)]


def test_quotes_that_pair_under_one_delimiter_alone(log):
    file = log('标题,采购单位,金额\n纸,"甲局\n",5\n')
    assert [p.unit for p in read(file)] == ["甲局"]


def test_a_decimal_comma_is_read_only_when_said(log):
    file = log("id;amount\n1;15.808,00€\n2;1.234,5\n3;1,5€x\n")
    assert [p.minor for p in read(file, currency=EUR, decimal_comma=True)] == [1580800, 123450, None]
    assert len(read(file, currency=EUR).faults) == 3
    (fault,) = read(file, currency=EUR, decimal_comma=True).faults
    assert str(fault) == f"{file}:4: amount: '1,5€x' is not an amount with a decimal comma"


def test_rows_are_numbered_by_the_line_on_which_they_start(log):
    file = log('采购台账,,\n\n单位：万元,,\n编号,采购内容,采购金额\nP1,"纸\n笔",1.5\n,,\n  ,,\nP2,笔,2元\n')
    assert [(p.origin.row, p.minor) for p in read(file)] == [(5, 1_500_000), (9, 200)]


def test_totals_footnotes_and_repeated_headers_are_skipped_and_told(log):
    file = log(
        "编号,采购日期,采购金额\nP1,2020-01-02,5\n编号,采购日期,采购金额\n小 计,,5\n,合计：,5\n"
        "总计（元）,2020-01-02,5\n"
        "制表人：张三,,\n注：含税,,7\n合计采购公司,,1\n"
    )
    log_ = read(file)
    assert [str(skipped) for skipped in log_.skipped] == [
        f"{file}:3: the header again",
        f"{file}:4: a row of totals",
        f"{file}:5: a row of totals",
        f"{file}:7: a footnote",
    ]
    assert [p.id for p in log_] == ["P1", "总计(元)", "注:含税", "合计采购公司"]
    assert log_.sources[0].rows == 4


def test_a_source_tells_its_name_sum_and_columns(log):
    file = log(TABLE)
    (source,) = read(file).sources
    assert (source.file, source.rows, source.sheet) == (file, 2, None)
    assert source.sha256 == hashlib.sha256(TABLE.encode()).hexdigest()
    assert source.columns == {"id": "编号", "date": "采购日期", "amount": "采购金额", "method": "采购方式"}


def test_ragged_rows(log):
    file = log("id,amount,approved_on,note\n1,5\n2,5,,\n3,1,200.00,,x\n4,5,,,,\n5\n")
    log_ = read(file)
    # A cell that is not there says nothing; a blank one says that there was no approval.
    assert [(p.id, p.minor, p["approved_on"]) for p in log_] == [
        ("1", 500, MISSING),
        ("2", 500, NONE),
        ("4", 500, NONE),
        ("5", None, MISSING),
    ]
    (rejected,) = log_.rejected
    assert str(rejected) == f"{file}:4: row: more cells than the header has: the columns may have shifted"
    assert rejected.value == "x"
    assert same([rejected], Purchase(approved_on=MISSING, origin=rejected.origin))


def test_a_rejected_row_keeps_what_can_be_read(log):
    header = "id,date,unit,category,kind,amount,method,quotes"
    file = log(f"{header}\n1,2020-13-01,甲局,,goods,9.9.9元,三方询价,many\n")
    (rejected,) = read(file).rejected
    assert (rejected.column, rejected.value) == ("date", "2020-13-01")
    assert rejected.why.zh == "“2020-13-01”不是日期"
    assert str(rejected) == (
        f"{file}:2: date: '2020-13-01' is not a date; {file}:2: amount: '9.9.9元' is not an amount; "
        f"{file}:2: quotes: 'many' is neither a number of suppliers nor a list of their names"
    )
    assert same(
        [rejected],
        Purchase(
            id="1",
            date=None,
            unit="甲局",
            category=None,
            kind=Kind.GOODS,
            method=Method.QUOTATION,
            origin=rejected.origin,
        ),
    )


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("amount", "面议", "'面议' is not an amount"),
        ("amount", "N/A", "'N/A' is not an amount"),
        ("amount", "下浮率20.5%", "'下浮率20.5%' is not an amount"),
        (
            "date",
            "03/04/2020",
            "'03/04/2020' could be day or month first: write 2020-03-04, or give --dayfirst or --monthfirst",
        ),
        ("date", "2026年07月", "'2026年07月' is not a date"),
        ("quotes", "见附件", "'见附件' is neither a number of suppliers nor a list of their names"),
        ("approved_on", "即日", "'即日' is not a date"),
        ("in_catalogue", "或许", "'或许' is not a known in_catalogue (use one of: yes, no)"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(log, column, cell, why):
    file = log(f"id,{column},{'note' if column == 'amount' else 'amount'}\n1,{cell},5\n")
    log_ = read(file)
    (fault,) = log_.faults
    assert (fault.column, fault.value, fault.why.en) == (column, cell, why)
    assert log_.purchases[0].rows.values[column] == [MISSING]


def test_day_first_is_said_not_guessed(log):
    file = log("amount,date,approved_on\n1,03/04/2020,3/4/20\n2,03/04/2020,\n")
    assert [(p.date, p.approved_on) for p in read(file, day_first=True)][:1] == [(dt.date(2020, 4, 3),) * 2]
    assert [(p.date, p.approved_on) for p in read(file, day_first=False)][:1] == [(dt.date(2020, 3, 4),) * 2]


def test_broken_quotes_cost_their_own_row(log):
    file = log('id,amount,item\n1,5,"a"b\n2,6,5" pipe\n')
    log_ = read(file)
    assert [p.description for p in log_] == ['5" pipe']
    assert str(log_.rejected[0]) == f"{file}:2: row: the quotes do not pair"


def test_a_quote_that_swallows_lines_is_an_error(log, error):
    file = log('id,amount,item\n1,5,"a\n2,6,b\n3,7,c\n')
    assert error(file) == f"{file}: the quotes opened on line 2 do not close"
    file = log("id,amount,item\n" + '1,5,"a\n' + "2,6,b\n" * 30000)
    assert error(file) == f"{file}: the quotes opened on line 2 do not close"


HINT = (
    ". If it is the header, name its columns: --column amount=…; "
    "if there is none: --no-header --column amount=… --column date=…"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n , \n", "is empty"),
        (b"id,amount\n", "has no rows below its header"),
        ("id,amount\n合计,5\n", "has no rows below its header"),
        (b"id,amount\n1,5\0\n", "has NUL bytes: it is not a text file"),
        (b"id,amount\n1," + b"5" * (LONGEST_LINE + 1), "has a line longer than 1 MB: it is not a log"),
        (
            b"id,amount\n1,5\n" + b"\xff\x81\xff" * 9 + b"\n",
            "is not text in an encoding that is known: give it with --encoding",
        ),
        (b"PK\x03\x04....", "the workbook is damaged or cut short and cannot be read"),
        ("1,平板,47.7\n2,台式,5\n", f"no header row found; row 1 is: A 1, B 平板, C 47.7{HINT}"),
    ],
)
def test_unusable_files(log, content, message, error):
    file = log(content)
    assert error(file) == f"{file}: {message}"


def test_a_character_cut_off_at_the_end_is_no_utf8(log, error):
    file = log("id,amount,item\n1,5,纸".encode()[:-1])
    assert error(file) == f"{file}: is not text in an encoding that is known: give it with --encoding"


def test_what_is_not_in_the_encoding_that_was_said(log, error):
    file = log(TABLE.encode())
    # The codec of UTF-16 asks for a mark at the beginning, and has an error of its own where there is none.
    for encoding in ("utf-16", "ascii"):
        assert error(file, encoding=encoding) == f"{file}: is not text in {encoding}"


def test_a_line_may_end_in_another_chunk_than_it_began(log):
    line = "1,5," + "x" * 100_000 + "\n"
    assert len(read(log("id,amount,item\n" + line * 30))) == 30


def test_what_is_no_file(tmp_path, error):
    assert error(str(tmp_path)) == f"{tmp_path}: is a directory without files that can be read"
    assert error(tmp_path / "no.csv") == f"{tmp_path / 'no.csv'}: no such file"
    (tmp_path / "log.pdf").write_bytes(b"%PDF-1.7")
    assert error(tmp_path / "log.pdf") == (
        f"{tmp_path / 'log.pdf'}: is a PDF: hand over the table from which it was made"
    )


def test_a_file_given_twice_would_count_twice(log, error):
    file = log(TABLE)
    assert error(file, Path(file)) == f"{file}: is given twice"


def test_a_file_that_may_not_be_opened(log, monkeypatch, error):
    file = log(TABLE)

    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert error(file) == f"{file}: cannot be read: Permission denied"


def test_progress_is_told_in_steps(log):
    told = []
    read(log("id,amount\n" + "1,5\n" * 1699), progress=told.append)
    # The header is a row too: which one it is, the columns of a policy tell later.
    assert told == [500] * 3 + [200]


class TestDates:
    def test_the_century_that_a_tables_other_dates_show(self, log):
        rows = read(log("amount,date,approved_on\n1,26-May-20,\n2,,2020-03-02\n3,1-Jun-20,2020-03-02 - 2020-03-09\n"))
        assert [row.date for row in rows] == [dt.date(2020, 5, 26), None, dt.date(2020, 6, 1)]
        assert rows.faults == ()
        assert {key: [origin.row for origin in origins] for key, origins in rows.read.assumed.items()} == {
            ("date", Words("两位年份，按 2000–2099 年读", "a year of two digits, read as one of 2000 to 2099")): [2, 4],
            ("approved_on", Words("是一段时间，按第一天计", "a span of days, of which the first counts")): [4],
        }

    def test_a_century_that_nothing_shows_is_asked_for(self, log):
        file = log("amount,date\n1,26-May-20\n")
        (fault,) = read(file).faults
        assert fault.why == Words(
            "“26-May-20”的年份只有两位，不知是哪个世纪；请说明，如 --century 2000",
            "'26-May-20' has a year of two digits, of no known century: give it, such as --century 2000",
        )
        assert [row.date for row in read(file, century=2000)] == [dt.date(2020, 5, 26)]
        assert [row.date for row in read(file, mapping=log("century = 1900", "mapping.toml"))] == [dt.date(1920, 5, 26)]

    def test_a_moment_is_of_the_day_where_the_office_is(self, log):
        file = log("amount,date\n1,2019-12-31T16:00:00Z\n")
        assert [row.date for row in read(file)] == [dt.date(2020, 1, 1)]
        assert [row.date for row in read(file, timezone="Europe/London")] == [dt.date(2019, 12, 31)]
        saved = log('timezone = "Europe/London"', "mapping.toml")
        assert [row.date for row in read(file, mapping=saved)] == [dt.date(2019, 12, 31)]

    def test_what_is_taken_for_granted_is_said(self, log):
        file = log("amount,date\n1,2020-03-02至2020-03-09\n2,2020-03-02~\n3,2019-12-31T16:00:00Z\n")
        told = [
            (n.kind, n.message, [o.row for o in n.origins])
            for n in check(file, furong()).notices
            if n.kind == "assumed"
        ]
        assert told == [
            (
                "assumed",
                Words(
                    "采购日期：2 格，是一段时间，按第一天计", "date: 2 cells: a span of days, of which the first counts"
                ),
                [2, 3],
            ),
            (
                "assumed",
                Words(
                    "采购日期：1 格，带时区的时刻，按 Asia/Shanghai 的日期计",
                    "date: 1 cell: a moment with a time zone, of which the day in Asia/Shanghai counts",
                ),
                [4],
            ),
        ]


class TestShifted:
    MOVED = "row: more cells than other rows have, and unlike its columns: they may have shifted"
    SURPLUS = "a blank cell more than the header has, read as if nothing had moved"

    def said(self, found):
        return {why.en: [origin.row for origin in origins] for (_, why), origins in found.read.assumed.items()}

    def test_a_surplus_blank_where_nothing_has_moved_is_said(self, log):
        found = read(log("id,amount,supplier,note\n1,5,甲,\n2,6,乙,x,\n3,7,丙,\n"))
        assert [p.minor for p in found] == [500, 600, 700]
        assert self.said(found) == {self.SURPLUS: [3]}
        (notice,) = (n for n in check(found.log, furong()).notices if n.kind == "assumed")
        assert notice.message == Words("1 行，比表头多一个空格，按原位读取", f"1 row: {self.SURPLUS}")

    @pytest.mark.parametrize(
        ("rows", "row"),
        [
            # The comma within 1,500.00, and a blank at the end that makes up for it.
            ("1,300,甲,\n2,1,500.00,乙,\n3,200,丙,x\n", 3),
            # A comma within a text before the amount: the unit price stands in its place.
            ("椅,3,10,30,\n带扶手的,椅,3,100,300,\n桌,1,20,20,\n", 3),
            # Most rows have a trailing comma: this one has one more.
            ("1,300,甲,,\n2,1,500.00,乙,,\n3,200,丙,,\n4,200,丁,,\n5,200,戊,,\n", 3),
            # A program that writes no blanks at the end.
            ("1,300,甲\n2,1,500.00,乙\n3,200,丙\n4,200,丁,x\n", 3),
        ],
    )
    def test_a_row_whose_cells_look_like_none_of_their_columns_is_not_believed(self, log, rows, row):
        head = "item,数量,单价,amount,note\n" if rows.startswith("椅") else "id,amount,supplier,note\n"
        found = read(log(head + rows))
        assert [str(rejected).partition(":")[2] for rejected in found.rejected] == [f"{row}: {self.MOVED}"]
        assert all(amount > 1000 for amount in (p.minor for p in found))

    def test_numbers_that_stand_behind_amounts_as_a_rule_split_none(self, log):
        found = read(log("id,amount,quantity,note\n1,300,200\n2,1,500,x\n"))
        assert ([p.minor for p in found], found.rejected) == ([30_000, 100], ())

    def test_a_last_column_without_a_name_is_said(self, log):
        found = read(log("id,amount,\n1,5,a\n2,6,b\n"))
        assert [p.minor for p in found] == [500, 600]
        assert self.said(found) == {"something in a column without a header, which is not read": [2, 3]}

    def test_a_quote_that_makes_one_row_of_several_is_told_line_by_line(self, log):
        file = log('id,item,amount,note\n1,椅,5,"两行\n的, 备注"\n2,"椅,6,\n3,椅,7,\n4,椅",8,x\n5,桌,9,\n')
        found = read(file)
        assert [(p.id, p.minor) for p in found] == [("1", 500), ("5", 900)]
        why = "row: a quote that opens in line 4 and closes in line 6 makes one row of several"
        assert list(map(str, found.rejected)) == [f"{file}:{row}: {why}" for row in (4, 5, 6)]
        assert found.rejected[0].why.zh == "引号开在第 4 行、关在第 6 行，把几行并成了一行"

    @pytest.mark.parametrize("row", ['1,"a, b\nc, d",5', '1,"a\nb,c,d,e\nf",5', '1,"a,b,c\nd ""e"" f,g,h\ni,j,k",5'])
    def test_cells_of_several_lines_are_none(self, log, row):
        assert [p.minor for p in read(log(f"id,item,amount\n{row}\n2,x,6\n"))] == [500, 600]
        assert [p.minor for p in read(log('item,amount\n"a, b\nc, d",5\n'))] == [500]


class TestNoHeader:
    LOG = "2020-03-02,甲局,椅,3000\n2020-03-03,甲局,椅,面议\n待定,乙局,桌,面议\n2020-03-04,甲局,椅,2000\n"
    COLUMNS: ClassVar = {"date": "@A", "unit": "@B", "category": "@C", "amount": "@D"}

    def test_its_first_row_is_a_purchase(self, log):
        found = read(log(self.LOG), columns=self.COLUMNS, no_header=True)
        assert [(p.origin.row, p.unit, p.minor) for p in found] == [
            (1, "甲局", 300_000), (2, "甲局", None), (3, "乙局", None), (4, "甲局", 200_000),
        ]  # fmt: skip
        assert found.sources[0].columns == self.COLUMNS

    def test_in_a_mapping(self, log):
        columns = "".join(f"{name} = {text!r}\n" for name, text in self.COLUMNS.items())
        saved = log(f"no-header = true\n[columns]\n{columns}", "mapping.toml")
        assert len(read(log(self.LOG), mapping=saved).purchases) == 4

    def test_no_purchase_is_taken_for_a_header_where_letters_name_the_columns(self, log, error):
        file = log(self.LOG)
        assert error(file, columns=self.COLUMNS) == (
            f"{file}: no header row found; row 1 is: A 2020-03-02, B 甲局, C 椅, D 3000{HINT}".replace(
                "amount=… --column date=…", "amount=… --column date=@A"
            )
        )

    def test_what_its_columns_are_is_asked_for(self, log, error):
        file = log(self.LOG)
        assert error(file, no_header=True) == (
            f"{file}: no amount column; the table has no header: name columns by letter, such as @C. "
            "Say which it is: --column amount=…"
        )
        assert error(file, no_header=True, columns={"amount": "金额"}) == (
            f"{file}: no column '金额' for amount; the table has no header: name columns by letter, such as @C"
        )

    def test_frames_have_names(self):
        frame = [{"amount": 5}, {"amount": 6}]
        assert [p.minor for p in read(frame, no_header=True)] == [500, 600]

    def test_headers_in_words_that_nobody_knows_are_told_with_what_their_cells_are(self, log, error):
        file = log("某局台账,,\n何时,何物,多少钱\n2020-03-02,椅,￥3000\n2020年3月3日,桌,1.2万\n03/04/2020,柜,5\n")
        assert error(file) == (
            f"{file}: no header row found; row 2 is: A 何时, B 何物, C 多少钱. If it is the header, name its columns: "
            "--column amount=多少钱 --column date=何时; "
            "if there is none: --no-header --column amount=@C --column date=@A"
        )
        found = read(file, columns={"amount": "多少钱", "date": "何时"})
        assert [p.minor for p in found] == [300_000, 1_200_000, 500]
