"""What an office entered in last month's workbook goes over to the next, and data supplied there count."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from building import bought, furong

pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

from workbooks import sheets

import procure
from procure.cli import main
from procure.log.corrections import Became, Correction, corrected
from procure.log.records import Origin
from procure.reporting.keys import keys
from procure.writers.workbook import engine

HEADER = "编号,采购日期,采购单位,品目,采购类别,采购金额,是否目录内,采购方式,报告同意日期,邀请家数,报价数,单一来源依据\n"
ROWS = (
    "1,2020-03-06,区工信局,音响系统,货物,86000,否,自行采购,2020-03-06,0,0,\n"
    "2,2020-03-08,区工信局,会议服务,服务,20000,否,三方询价,2020-03-08,,,\n"
)


def edited(file: Path, name: str, change: Callable[[list[list[Any]]], None]) -> None:
    """The workbook as somebody saves it who has changed a sheet."""
    told = sheets(file.read_bytes())
    change(told[name])
    book = engine().Workbook(str(file))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for title, rows in told.items():
        sheet = book.add_worksheet(title)
        for at, row in enumerate(rows):
            for n, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(at, n, cell, day)
                else:
                    sheet.write(at, n, cell)
    book.close()


def enter(rows: list[list[Any]], at: int, **cells: object) -> None:
    for title, cell in cells.items():
        rows[at][rows[0].index(title)] = cell


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_text(HEADER + ROWS, encoding="utf-8")
    assert main(["check", "log.csv", "--limit", "300000", "--output", "last.xlsx"]) == 1
    capsys.readouterr()
    return tmp_path


def next_month(folder: Path, *more: str) -> dict[str, list[list[Any]]]:
    main(["check", "log.csv", "--limit", "300000", "--carry", "last.xlsx", "--output", "next.xlsx", *more])
    return sheets((folder / "next.xlsx").read_bytes())


def test_entries_go_over(folder: Path) -> None:
    edited(folder / "last.xlsx", "疑点", lambda rows: enter(rows, 1, 核实情况="属实", 责任人="李", 期限="2020-06-01"))
    # A row above moves the purchase; its id finds it.
    more = "0,2020-03-01,区工信局,纸,货物,100,否,自行采购,2020-03-01,0,0,\n"
    (folder / "log.csv").write_text(HEADER + more + ROWS, encoding="utf-8")
    header, row = next_month(folder)["疑点"]
    said = dict(zip(header, row, strict=True))
    assert (said["行号"], said["核实情况"], said["责任人"], said["期限"]) == (3, "属实", "李", "2020-06-01")


def test_what_matches_nothing_is_listed(folder: Path) -> None:
    edited(folder / "last.xlsx", "疑点", lambda rows: enter(rows, 1, 核实情况="属实"))
    (folder / "log.csv").write_text(HEADER + ROWS.replace("1,2020-03-06", "7,2020-03-06"), encoding="utf-8")
    found = next_month(folder)
    assert found["上次填写未衔接"][1][:2] == ["区工信局/2020/1 three-quotes", "属实"]


def supplied(folder: Path, **cells: object) -> Any:
    edited(folder / "last.xlsx", "待补数据", lambda rows: enter(rows, 1, **cells))
    next_month(folder, "--format", "json")
    main(["check", "log.csv", "--limit", "300000", "--carry", "last.xlsx", "--output", "r.json"])
    return json.loads((folder / "r.json").read_text(encoding="utf-8"))


def test_data_supplied_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = supplied(folder, 补填内容=3, 填写人="王", 依据文件="报价单3份", 填写日期=dt.datetime(2020, 4, 1))
    assert [each["verdict"] for each in told["purchases"]] == ["violation", "compliant"]
    assert told["corrections"] == [
        {"file": None, "sheet": None, "row": 3, "column": "quotes", "old": "", "new": "3", "by": "王",
         "document": "报价单3份", "day": "2020-04-01", "became": "counts"}
    ]  # fmt: skip
    # The log itself is as it was, and every report lists what was read instead.
    assert (folder / "log.csv").read_text(encoding="utf-8") == HEADER + ROWS
    assert next_month(folder)["更正"][1][2:] == [3, "报价数", "", "3", "王", "报价单3份", "2020-04-01", "已按更正读取"]
    capsys.readouterr()
    main(["check", "log.csv", "--limit", "300000", "--carry", "last.xlsx", "--all", "--lang", "en"])
    line = "  row 3  quotes: “” to “3” (王, 报价单3份, 2020-04-01): read as corrected\n"
    assert f"== Corrections ==\n{line}" in capsys.readouterr().out


def test_without_a_document_it_is_a_note(folder: Path) -> None:
    told = supplied(folder, 补填内容="3", 填写人="王")
    assert [each["became"] for each in told["corrections"]] == ["note"]
    assert told["purchases"][1]["verdict"] == "unknown"


def test_what_does_not_stand_any_more(folder: Path) -> None:
    (folder / "log.csv").write_text(HEADER + ROWS.replace(",,,\n", ",2,2,\n"), encoding="utf-8")
    told = supplied(folder, 补填内容="3", 填写人="王", 依据文件="报价单", 填写日期="")
    assert [each["became"] for each in told["corrections"]] == ["refused"]


@pytest.mark.parametrize(
    "change", [{"column": "nothing"}, {"origin": Origin("other.csv", None, 3)}, {"origin": Origin(row=99)}]
)
def test_a_cell_that_is_not_there(folder: Path, change: dict[str, Any]) -> None:
    log = procure.read("log.csv")
    read = procure.check(log, furong()).read
    correction = Correction(Origin(row=3), "quotes", "", "3", "王", "报价单", "")
    log_after, (became,) = corrected(log, read, [attrs.evolve(correction, **change)])
    assert became.became is Became.REFUSED
    assert log_after.sources == log.sources


def test_another_workbook(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "log.csv", "--carry", "log.csv"]) == 2
    assert capsys.readouterr().err == "procure: log.csv：没有“疑点”表，不是 procure check 写的工作簿\n"


def test_keys() -> None:
    """The id, where it is the only one of its unit and year; else the cells."""
    log = [bought(1, id="a"), bought(1, id="b"), bought(2, id="b"), bought(1, id=None), bought(1, id=None),
           bought(1, id="a", date=None), bought(1, id="c", unit=None)]  # fmt: skip
    report = procure.check(log, furong())
    found = list(keys(report.plan, report.read))
    assert found[0] == "区工信局/2020/a"
    assert all(key.startswith("cells-") for key in found[1:5])
    assert found[4] == f"{found[3]}#2"
    assert found[5:] == ["区工信局//a", "/2020/c"]
    assert len(set(found)) == len(found)
