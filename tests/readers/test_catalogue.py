"""A catalogue in whatever table it stands, and never a file taken for one that it is not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from procure.log.readers.catalogue import read_catalogue
from procure.values.words import ProcureError


def refused(path: Path | str) -> str:
    with pytest.raises(ProcureError) as caught:
        read_catalogue(str(path))
    return str(caught.value).replace(str(path), "FILE")


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("A0201\nA0504\n", ["A0201", "A0504"]),
        ("办公用品\n印刷服务\n", ["办公用品", "印刷服务"]),
        ("品目编码,品目名称\nA0201,计算机设备\n", ["A0201", "计算机设备"]),
        ("序号,编码,名称,备注\n1,A0201,计算机设备,含一体机\n", ["A0201", "计算机设备"]),
        ("序号;品目\n1;台式计算机\n", ["台式计算机"]),
        ("a0201,计算机设备,备注\nA0504,办公用品,\n", ["a0201", "计算机设备", "A0504", "办公用品"]),
        ("1\tA0201\t计算机设备\n2\tA0504\t办公用品\n", ["A0201", "计算机设备", "A0504", "办公用品"]),
        ("# 2020年\n品目编码\nA0201\n\n,\n# 完\n", ["A0201"]),
        ("A0201\nA0201\n", ["A0201"]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text(tmp_path: Path, text: str, entries: list[str], encoding: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_bytes(text.encode(encoding))
    assert read_catalogue(str(path)) == dict.fromkeys(entries)


def test_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet().write_column(0, 0, ["品目", "台式计算机", "A0201"])
        workbook.add_worksheet("空")
    assert read_catalogue(str(path)) == {"台式计算机": None, "A0201": None}


def test_what_is_no_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    assert refused(path) == "FILE: no such file"
    path.write_bytes(b"")
    assert refused(path) == "FILE: is empty"
    path.write_text("品目编码\n# 无\n", encoding="utf-8")
    assert refused(path) == "FILE: the catalogue has no entries"
    path.write_text("台式计算机,办公\n", encoding="utf-8")
    assert refused(path) == (
        "FILE: does not show which column holds the categories: give it the header 'code' or 'name'"
    )
    path.write_bytes(b"A0201\x00\n")
    assert refused(path) == "FILE: has NUL bytes: it is not a text file"
    path.write_text('A0201\n"A0504\n', encoding="utf-8")
    assert refused(path) == "FILE:2: this row cannot be read"
    workbook = tmp_path / "catalogue.xlsx"
    workbook.write_text("A0201\n", encoding="utf-8")
    assert refused(workbook) == "FILE: is not an Excel workbook, whatever its name says"


FLOORS = """\
品目编码,品目名称,起点金额（万元）
A020105,移动存储,0.1
A0504,办公用品,
A0201,计算机,1万元以上
"""


def test_floors(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(FLOORS, encoding="utf-8")
    assert read_catalogue(str(path)) == {
        "A020105": Decimal(1000),
        "移动存储": Decimal(1000),
        "A0504": None,
        "办公用品": None,
        "A0201": Decimal(10000),
        "计算机": Decimal(10000),
    }


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("移动存储,面议\n", "FILE:2: floor '面议': '面议' is not an amount"),
        ("移动存储,1000\n移动存储,2000\n", "FILE: '移动存储' has two floors"),
    ],
)
def test_floors_that_are_none(tmp_path: Path, rows: str, why: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(f"品目,起点\n{rows}", encoding="utf-8")
    assert refused(path) == why
