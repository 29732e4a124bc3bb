"""A mapping maps values too: words, what is ignored, and how text, dates and amounts are written."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path
from typing import Any

import framing
import pytest
from building import furong
from reading import read
from small import small

import procure
from procure import MISSING, NONE, UNDATED, ProcureError
from procure.api import unsettled
from procure.authoring import column
from procure.cli import main
from procure.log.habits import Habits
from procure.log.readers import mapping
from procure.log.reading import recognise
from procure.values.words import Words

LOG = """\
采购日期,采购单位,品目,采购方式,采购金额,报告同意日期,报价家数,单一来源理由,颜色
2020-03-02,甲局,办公用品,上门挑,6000,领导圈阅,若干,走流程,红
2020-03-03,甲局,办公用品,熟人代买,2000,2020-03-01,3,专利,红
2020-03-04,甲局,办公用品,老办法,2000,还没说,,,
2020-03-04,甲局,办公用品,？,2000,,,,
2020-03-04,甲局,办公用品,询价,2000,,,,
"""
MAPPING = """\
# 甲局的写法
[method]
direct = ["熟人代买", "上门挑"]   # 老说法
quotation = ["上门挑", "询价"]
missing = ["？"]
unknown = ["老办法"]

[approved_on]
yes = ["领导圈阅"]
none = ["还没说"]

[ground]
none = ["走流程"]

[quotes]
missing = ["若干"]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.csv").write_text(LOG, encoding="utf-8")


def mapped(text: str) -> str:
    Path("mapping.toml").write_text(text, encoding="utf-8")
    return "mapping.toml"


def test_words() -> None:
    rows = read("log.csv", mapping=mapped(MAPPING))
    assert [row["method"] for row in rows] == [
        {"direct", "quotation"}, "direct", MISSING, MISSING, "quotation",
    ]  # fmt: skip
    assert [row["approved_on"] for row in rows] == [UNDATED, dt.date(2020, 3, 1), NONE, NONE, NONE]
    assert [row["ground"] for row in rows][:3] == [NONE, "专利", NONE]
    assert [row["quotes"] for row in rows][:2] == [MISSING, 3]
    # What is not settled is still told; what somebody said to mean several things, or nothing, is settled.
    assert [(fault.column, fault.value) for fault in rows.faults] == [("method", "老办法")]
    assert rows.read.several == {}


def test_the_same_in_frames() -> None:
    pl = pytest.importorskip("polars")
    frame = pl.read_csv("log.csv", infer_schema=False)
    by_rows = procure.check(procure.read("log.csv", mapping=mapped(MAPPING)), furong())
    by_columns = procure.check(procure.read(frame, mapping="mapping.toml"), furong(), engine=procure.engine("polars"))
    assert framing.by_report(by_columns) == framing.by_report(by_rows)
    for kind in ("polars", "lazy polars", "pandas", "pyarrow", "duckdb"):
        found = _frame(kind, frame.with_row_index("id"))
        if found is not None:
            told = procure.check_frame(found, furong(), mapping="mapping.toml")
            assert _verdicts(told) == [finding.verdict.value for finding in by_rows]


def _frame(kind: str, frame: Any) -> Any:
    if kind == "polars":
        return frame
    if kind == "lazy polars":
        return frame.lazy()
    if kind == "pyarrow":
        return frame.to_arrow()
    if kind == "pandas":
        pytest.importorskip("pandas")
        return frame.to_pandas()
    duckdb = pytest.importorskip("duckdb")
    table = frame.to_arrow()
    assert table.num_rows
    return duckdb.from_arrow(table)


def _verdicts(found: Any) -> list[str]:
    if hasattr(found, "collect"):
        found = found.collect()
    if hasattr(found, "to_arrow_table"):
        found = found.to_arrow_table()
    column = found["verdict"]
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column)


def test_how_a_log_is_written() -> None:
    said = 'ignored = ["總價"]\nencoding = "big5"\nday-first = true\ndecimal = ","\n[columns]\namount = "金額"\n'
    Path("text.csv").write_bytes("日期;品目;金額;總價\n03/04/2020;紙;1.234,50;1\n".encode("big5"))
    rows = read("text.csv", mapping=mapped(said))
    assert [(row.date, row.category, row.minor) for row in rows] == [(dt.date(2020, 4, 3), "紙", 123_450)]
    # What is given beside it goes before it.
    rows = read("text.csv", mapping="mapping.toml", day_first=False, columns={"amount": "總價"}, encoding="BIG5")
    assert [(row.date, row.minor) for row in rows] == [(dt.date(2020, 3, 4), 100)]


def test_an_ignored_header_gives_no_column() -> None:
    Path("two.csv").write_text("日期,金额,总价\n2020-01-02,5,6\n", encoding="utf-8")
    rows = read("two.csv", mapping=mapped('ignored = ["总价"]\n'))
    assert ([row.minor for row in rows], rows.sources[0].others) == ([500], ("总价",))
    assert [table.unknown for table in _recognised("two.csv")] == [()]
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"日期": ["2020-01-02"], "金额": ["5"], "总价": ["6"]})
    assert procure.check_frame(frame, furong(), mapping="mapping.toml")["accumulated"].to_list() == ["0.00..5.00"]


def _recognised(file: str) -> Any:
    from procure.log.reading import recognise

    log = procure.read(file, mapping="mapping.toml")
    return recognise(log, furong().built.columns)


class TestEncodings:
    def test_none_such(self) -> None:
        for name in ("latin-99", "base64"):
            with pytest.raises(ProcureError, match=f"log.csv: there is no encoding '{name}'"):
                read("log.csv", encoding=name)

    def test_the_nearest_one(self) -> None:
        with pytest.raises(ProcureError, match=r"there is no encoding 'gb1803' \(did you mean 'gb18030'\?\)$"):
            read("log.csv", encoding="gb1803")
        with pytest.raises(ProcureError, match=r"there is no encoding '汉字' \(one is gb18030\)$"):
            read("log.csv", encoding="汉字")

    def test_not_in_it(self) -> None:
        Path("odd.csv").write_bytes(b"id,amount\n1,\xff\xff5\n")
        with pytest.raises(ProcureError, match=r"odd\.csv: is not text in utf-8$"):
            read("odd.csv", encoding="UTF-8")

    def test_said_of_what_is_found_without(self) -> None:
        Path("bom.csv").write_bytes("\ufeffid,amount\n1,5\n".encode())
        assert [row.minor for row in read("bom.csv", encoding="utf-8")] == [500]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[methd]\ndirect = []", "mapping.toml: methd: there is no column 'methd' (did you mean 'method'?)"),
        ("[method]\ndirct = ['x']\n[x]\ny = []",
         "mapping.toml: method.dirct: there is no meaning 'dirct' (did you mean 'direct'?)\n"
         "mapping.toml: x: there is no column 'x' (there are: unit, department, "),
        ("[amount]\nmissing = ['面议']",
         "mapping.toml: amount.missing: there is no meaning 'missing' (there are: none)"),
        ("[method]\ndirect = ['x']\nmissing = ['x']",
         "mapping.toml: method: 'x' cannot both mean something and say nothing"),
        ("[columns]\namnt = 'x'", "there is no field 'amnt' (did you mean 'amount'?)"),
    ],
)  # fmt: skip
def test_what_a_mapping_cannot_say(text: str, message: str) -> None:
    with pytest.raises(ProcureError) as caught:
        read("log.csv", mapping=mapped(text))
    assert str(caught.value).startswith(message)


def test_columns_of_a_policys_own() -> None:
    rank = column(
        "rank", type="word", order=("clerk", "mayor"), blank="none", title=Words("审批层级", "rank"), headers=["层级"]
    )
    safe = column(
        "safe", type="yes-no", headers=["安全"], title=Words("安全", "safe"), words={"yes": ["Y"], "no": ["N"]}
    )
    policy = small(columns=[rank, safe])
    Path("own.csv").write_text(
        "日期,金额,层级,安全\n2020-01-02,5,科员,合格\n2020-01-02,5,免批,不合格\n", encoding="utf-8"
    )
    said = "[rank]\nclerk = ['科员']\nnone = ['免批']\n[safe]\nyes = ['合格']\nno = ['不合格']\n"
    rows = procure.check(procure.read("own.csv", mapping=mapped(said)), policy).read
    assert (rows.values["rank"], rows.values["safe"]) == (["clerk", NONE], ["yes", "no"])
    assert rows.faults == {}


class TestSaved:
    def save(self, *options: str, status: int = 0) -> str:
        assert main(["columns", "log.csv", "--save", "mapping.toml", *options]) == status
        return Path("mapping.toml").read_text(encoding="utf-8")

    def test_the_words_to_be_settled(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = self.save("--monthfirst", "--encoding", "utf-8")
        head, _, rest = text.partition("[method]\n")
        assert head == (
            'encoding = "utf-8"\nday-first = false\n\n'
            '[columns]\ndate = "采购日期"\nunit = "采购单位"\ncategory = "品目"\n'
            'amount = "采购金额"\nmethod = "采购方式"\napproved_on = "报告同意日期"\nquotes = "报价家数"\n'
            'ground = "单一来源理由"\n# not recognised 未识别: "颜色"\n\n'
        )
        lines = rest.splitlines()
        assert lines[2:12] == [
            "unknown = [",
            '    "上门挑", # 1',
            '    "熟人代买", # 1',
            '    "老办法", # 1',
            '    "？", # 1',
            "]",
            "several = [",
            '    "询价", # 1: inquiry, quotation',
            "]",
            "e_mall = [] # 电子卖场",
        ]
        assert lines[-7:] == [
            "unknown = [", '    "领导圈阅", # 1', '    "还没说", # 1', "]", "yes = []", "none = []", "missing = []",
        ]  # fmt: skip
        # It reads the log as before.
        before, after = read("log.csv"), read("log.csv", mapping="mapping.toml")
        assert [row["method"] for row in before] == [row["method"] for row in after]
        assert mapping.load("mapping.toml").day_first is False

    def test_names_that_toml_wants_in_quotation_marks(self) -> None:
        own = column("询价记录", type="word", words={"齐全": ["齐"], "不全": ["缺"]}, headers=["询价记录"])
        log, policy = procure.read([{"日期": "2020-01-02", "金额": "5", "询价记录": "大概"}]), small(columns=[own])
        columns = policy.built.columns
        habits = Habits(meanings={"询价记录": {"齐全": ("有",)}})
        mapping.save("own.toml", recognise(log, columns), habits, unsettled([log], policy))
        assert '"询价记录" = "询价记录"' in Path("own.toml").read_text(encoding="utf-8")
        assert mapping.load("own.toml").columns["询价记录"] == "询价记录"

    def test_comments_and_settled_words_are_kept(self) -> None:
        pytest.importorskip("tomlkit")
        mapped(MAPPING)
        text = self.save("--decimal-comma", "--column", "department=颜色")
        assert "# 甲局的写法" in text
        assert 'direct = ["熟人代买", "上门挑"]   # 老说法' in text
        assert text.startswith('decimal = ","\n')
        assert 'department = "颜色"' in text
        found = mapping.load("mapping.toml")
        assert found.meanings["method"]["unknown"] == ("老办法",)
        assert found.columns["amount"] == "采购金额"
        # Nothing new: the same bytes.
        assert self.save() == text
        # A word that was settled is listed no more, a new one is.
        mapped(text.replace('missing = ["？"]', 'missing = ["老办法"]'))
        assert mapping.load("mapping.toml").meanings["method"]["unknown"] == ("老办法",)
        assert self.save().count("老办法") == 1
        assert mapping.load("mapping.toml").meanings["method"]["unknown"] == ("？",)

    def test_a_table_of_words_without_words_to_settle(self) -> None:
        pytest.importorskip("tomlkit")
        mapped('[method]\nunknown = ["x"]\ndirect = ["上门挑", "熟人代买", "老办法", "？", "询价"]\n')
        self.save()
        assert mapping.load("mapping.toml").meanings["method"]["unknown"] == ()
        shutil.move("mapping.toml", "old.toml")
        text = self.save("--mapping", "old.toml")
        assert '[method]\ndirect = ["上门挑", "熟人代买", "老办法", "？", "询价"]\n' in text

    def test_an_option_goes_before_what_is_there(self) -> None:
        pytest.importorskip("tomlkit")
        mapped('day-first = true\n[columns]\ncategory = "颜色"\n')
        text = self.save("--monthfirst", "--column", "category=品目")
        assert text.startswith('day-first = false\n[columns]\ncategory = "品目"\n')
        # What stands there is kept, even where the log was read by another mapping.
        Path("other.toml").write_text('ignored = ["颜色"]\n', encoding="utf-8")
        assert 'category = "品目"\n' in self.save("--mapping", "other.toml")
        mapped('[columns]\ncategory = "别的"\n')
        assert 'category = "别的"\n' in self.save("--mapping", "other.toml")

    def test_without_tomlkit_a_file_is_left_as_it_is(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "tomlkit", None)
        mapped(MAPPING)
        assert self.save("--lang", "en", status=2) == MAPPING
        assert capsys.readouterr().err == (
            "procure: mapping.toml: is there already and was left as it is; "
            "to add to it: pip install 'procure-check[cli]'\n"
        )

    def test_a_full_disk_leaves_the_file_as_it_was(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("tomlkit")
        mapped(MAPPING)

        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.replace", full)
        assert self.save(status=2) == MAPPING
        assert [path.name for path in Path().iterdir()].count("mapping.toml") == 1
        assert sorted(path.name for path in Path().iterdir()) == ["log.csv", "mapping.toml"]

    def test_a_log_that_is_none_has_no_words(self) -> None:
        Path("none.csv").write_text("编号,品目\n1,纸\n", encoding="utf-8")
        assert main(["columns", "none.csv", "log.csv", "--save", "mapping.toml"]) == 2
        assert "老办法" in Path("mapping.toml").read_text(encoding="utf-8")


def test_habits_may_be_given_as_they_are() -> None:
    habits = Habits(meanings={"method": {"direct": ("上门挑",)}})
    assert read("log.csv", mapping=habits).purchases[0]["method"] == "direct"
