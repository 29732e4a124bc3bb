"""Delimited text: encodings, delimiters, ragged rows, what is skipped, and hostile files."""

import datetime as dt
import hashlib
from pathlib import Path

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


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n , \n", "is empty"),
        (b"id,amount\n", "has no rows below its header"),
        ("id,amount\n合计,5\n", "has no rows below its header"),
        (b"id,amount\n1,5\0\n", "has NUL bytes: it is not a text file"),
        (b"id,amount\n1," + b"5" * (LONGEST_LINE + 1), "has a line longer than 1 MB: it is not a log"),
        (b"id,amount\n1,5\n" + b"\xff\xff\xff" * 9 + b"\n", "is not text in UTF-8, UTF-16 or GB18030"),
        (b"PK\x03\x04....", "is an Excel workbook: rename it to .xlsx or .xls"),
        ("1,平板,47.7\n2,台式,5\n", "no header row found; the first row is: 1 | 平板 | 47.7"),
    ],
)
def test_unusable_files(log, content, message, error):
    file = log(content)
    assert error(file) == f"{file}: {message}"


def test_a_character_cut_off_at_the_end_is_no_utf8(log, error):
    file = log("id,amount,item\n1,5,纸".encode()[:-1])
    assert error(file) == f"{file}: is not text in UTF-8, UTF-16 or GB18030"


def test_a_line_may_end_in_another_chunk_than_it_began(log):
    line = "1,5," + "x" * 100_000 + "\n"
    assert len(read(log("id,amount,item\n" + line * 30))) == 30


def test_what_is_no_file(tmp_path, error):
    assert error(str(tmp_path)) == f"{tmp_path}: is a directory without parquet files"
    assert error(tmp_path / "no.csv") == f"{tmp_path / 'no.csv'}: no such file"
    (tmp_path / "log.pdf").touch()
    assert error(tmp_path / "log.pdf") == (
        f"{tmp_path / 'log.pdf'}: is of a kind that is not read; "
        "these are: .csv .tsv .txt .xlsx .xlsm .xls .json .parquet"
    )
    assert error() == "no log is given"


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
