"""Frames and mappings, which are told by what they can do."""

import datetime as dt
from decimal import Decimal

import pytest
from reading import read, same

from procure import Origin, Purchase

WANTED = (
    Purchase(id="1", date=dt.date(2020, 1, 2), amount="1.5万", ground=None, origin=Origin(None, None, 1)),
    Purchase(id="2", date=None, amount=None, ground="独家", origin=Origin(None, None, 2)),
)
COLUMNS = {
    "编号": ["1", "2"],
    "日期": [dt.date(2020, 1, 2), None],
    "金额（万元）": [1.5, None],
    "单一来源理由": [None, "独家"],
}


def test_mappings():
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in zip(*COLUMNS.values(), strict=True)]
    log = read(iter(rows))
    assert same(log.rows, *WANTED)
    (source,) = log.sources
    assert (source.file, source.sha256, source.rows) == ("", "", 2)
    assert source.columns == {"id": "编号", "date": "日期", "amount": "金额（万元）", "ground": "单一来源理由"}


def test_mappings_need_not_have_the_same_keys():
    rows = [{"amount": 1}, {"id": "2", "amount": Decimal("2.50")}, {}]
    assert [(p.id, p.minor, p.origin.row) for p in read(rows)] == [(None, 100, 1), ("2", 250, 2)]


def test_the_keys_are_the_header_whatever_is_known_of_them(error):
    assert [p.minor for p in read([{"amount": 3, "colour": "red"}])] == [300]
    assert error([{"colour": "red", "size": 3}]) == (
        "-: no amount column; the headers are: colour, size. Say which it is: --column amount=…"
    )
    # A frame made of a sheet that has a title above its header.
    assert [p.minor for p in read([{"某局台账": "编号", "": "金额（万元）"}, {"某局台账": "1", "": 3}])] == [3_000_000]


def test_numbers_that_are_none():
    cells = [float("nan"), Decimal("NaN"), Decimal("sNaN"), None]
    assert [p.minor for p in read([{"amount": cell, "id": 1} for cell in cells])] == [None] * 4


def test_polars():
    polars = pytest.importorskip("polars")
    assert same(read(polars.DataFrame(COLUMNS)).rows, *WANTED)
    assert same(read(polars.LazyFrame(COLUMNS)).rows, *WANTED)


def test_pandas():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(COLUMNS)
    assert same(read(frame).rows, *WANTED)
    frame["日期"] = pandas.to_datetime(frame["日期"])
    assert same(read(frame).rows, *WANTED)
    assert same(read(frame.convert_dtypes()).rows, *WANTED)


def test_pyarrow():
    pyarrow = pytest.importorskip("pyarrow")
    assert same(read(pyarrow.table(COLUMNS)).rows, *WANTED)


def test_numpy_scalars_and_arrays():
    numpy = pytest.importorskip("numpy")
    rows = [{"amount": numpy.int64(5), "quotes": numpy.array(["甲公司", "乙公司"]), "in_catalogue": numpy.bool_(True)}]
    assert [(p.minor, p.quotes, p.in_catalogue) for p in read(rows)] == [(500, 2, "yes")]


def test_a_list_of_suppliers_is_counted():
    rows = [{"amount": 1, "quotes": ["甲公司", "乙公司", "甲公司 "], "unit": {"no": "text"}}]
    assert [(p.quotes, p.unit) for p in read(rows)] == [(2, "{'no': 'text'}")]


@pytest.mark.parametrize("source", [5, {"amount": 1}, b"amount"])
def test_what_is_no_log(error, source):
    kind = type(source).__name__
    assert error(source) == f"cannot read a {kind}: give a file, a data frame or an iterable of mappings"


def test_rows_that_are_no_mappings(error):
    assert error([(1, 2)]) == "cannot read a tuple: give a file, a data frame or an iterable of mappings"


def test_nothing_in_it(error):
    assert error([]) == "-: is empty"


def test_several_sources_are_one_log(log):
    file = log("id,amount\n1,5\n")
    both = read(file, [{"id": "2", "amount": "x"}])
    assert [str(row.origin) for row in both.rows] == [f"{file}:2", "-:1"]
    assert [source.rows for source in both.sources] == [1, 1]
