"""Rows that are void, and what says so: they count in nothing, are listed, and both engines leave them out."""

from __future__ import annotations

import csv
import io
import json as plain_json
from types import MappingProxyType
from typing import Any

import polars as pl
import pytest
from building import bought, furong
from framing import FRAMES, by_frame, by_report
from hypothesis import given, settings
from hypothesis import strategies as st

import procure
from procure import Log, Purchase, Words
from procure.log.cells import MISSING
from procure.log.habits import Habits
from procure.log.reading import all_columns
from procure.log.statuses import StatusReader
from procure.policy.declarations import Total, column
from procure.values.words import ProcureError
from procure.writers import csv as csv_writer
from procure.writers import json as json_writer

#: Built once: what is asked of it here is the same in every test.
POLICY = furong()


def status(
    status: object = MISSING, voided: object = MISSING, note: object = MISSING, meanings: Any = MappingProxyType({})
) -> Any:
    """What the columns say that tell whether a row is void."""
    return StatusReader(all_columns({}), Habits(meanings=meanings)).of(status, voided, note)


@pytest.mark.parametrize(
    "word", ["已取消", "作废", "撤销", "流标", "废标", "终止", "Cancelled", "VOID", "rejected", "draft", "unsuccessful"]
)
def test_words_that_say_void(word: str) -> None:
    assert status(word).void == status(note=word).void == word


@pytest.mark.parametrize(
    ("note", "word"),
    [
        ("作废，另行采购", "作废"),
        ("【已取消】供应商无货", "已取消"),
        ("（流标）", "流标"),
        ("cancelled by the supplier", "cancelled"),
        ("Draft beer", None),
        ("发票作废重开", None),
        ("取消订单费用", None),
        ("正常", None),
    ],
)
def test_a_note_says_it_at_its_beginning(note: str, word: str | None) -> None:
    assert status(note=note) == type(status())(void=word)


@pytest.mark.parametrize(("cell", "void"), [("是", True), ("*", True), ("2020-05-01", True), ("否", False)])
def test_a_column_that_asks_whether_a_row_is_void(cell: str, void: bool) -> None:
    assert (status(voided=cell).void == cell) is void
    assert status(voided=cell).unknown is None


@pytest.mark.parametrize(
    ("columns", "word"), [({"status": "待定"}, "待定"), ({"voided": "x"}, "x"), ({"voided": "5"}, "5")]
)
def test_a_word_that_nobody_knows_stands(columns: dict[str, str], word: str) -> None:
    assert (status(**columns).void, status(**columns).unknown) == (None, word)


@pytest.mark.parametrize("columns", [{}, {"status": "已完成"}, {"status": "—"}, {"status": "-", "voided": "no"}])
def test_what_stands_and_says_nothing_strange(columns: dict[str, str]) -> None:
    assert status(**columns) == status()


def test_the_words_are_the_mappings_to_change() -> None:
    words = {"status": {"void": ("退货", "×"), "stands": ("草稿",), "missing": ("?",)}, "voided": {"yes": ("x",)}}
    told = [status(word, meanings=words).void for word in ("退货", "草稿", "作废", "?")]
    assert told == ["退货", None, "作废", None]
    assert status("?", meanings=words).unknown is None
    assert status(note="草稿", meanings=words).void is None
    assert status(voided="x", meanings=words).void == "x"


def test_a_mapping_is_refused_for_what_a_status_cannot_mean() -> None:
    log = Log.of([bought(status="?")])
    log = type(log)(log.purchases, habits=Habits(meanings={"status": {"valid": ("?",)}}, source="m.toml"))
    with pytest.raises(ProcureError, match="there is no meaning 'valid'"):
        procure.check(log, POLICY)


ROWS = (
    bought(4000, status="已取消"),
    bought(2000, status="执行中"),
    bought(3000, note="作废，另购"),
    bought(2500, status="待定"),
)


def test_void_rows_count_in_nothing_and_are_listed() -> None:
    report = procure.check(Log.of(ROWS), POLICY)
    assert [finding.accumulated.low for finding in report if finding.accumulated] == [200_000, 450_000]
    assert [(each.row.minor, each.word) for each in report.void] == [(400_000, "已取消"), (300_000, "作废")]
    told = {notice.kind: notice.message for notice in report.notices}
    assert told["void"] == Words(
        "2 行已作废（已取消 1 行、作废 1 行），不计入任何累计，也不检查",
        "2 rows are void (已取消: 1, 作废: 1): they count in no total, and are not judged",
    )
    assert told["status-unknown"] == Words(
        '不认识的状态，按有效计入：待定 1 行；如属作废，请在 mapping.toml 的 [status] 中写 void = ["…"]',
        "words of a status that are not known, taken to stand: 待定: 1; where one means void, "
        'write void = ["…"] in [status] of mapping.toml',
    )


def test_one_void_row_and_many_unknown_words() -> None:
    rows = [bought(10, status="void"), *(bought(10, status=f"w{n}") for n in range(9))]
    told = {notice.kind: notice.message for notice in procure.check(rows, POLICY).notices}
    assert told["void"].en == "1 row is void (void: 1): it counts in no total, and is not judged"
    assert "w7 1 行等；" in told["status-unknown"].zh
    assert "w7: 1 and 1 more;" in told["status-unknown"].en


def test_reports_list_them_apart() -> None:
    report = procure.check(Log.of(ROWS), POLICY)
    assert [each["word"] for each in plain_json.loads(json_writer.dumps(report))["void"]] == ["已取消", "作废"]
    lines = list(csv.DictReader(io.StringIO(csv_writer.dumps(report))))
    assert [(line["verdict"], line["message"]) for line in lines if line["verdict"] == "void"] == [
        ("void", "已取消"), ("void", "作废"),
    ]  # fmt: skip


def test_a_log_of_void_rows_alone_judges_nothing() -> None:
    report = procure.check([bought(status="作废")], POLICY)
    assert (len(report), len(report.void), report.exit_status) == (0, 1, 3)
    ((verdict, settled, *rest),) = by_frame(
        "polars", {"amount": ["5"], "date": ["2020-03-02"], "状态": ["作废"]}, furong()
    )
    assert (verdict, settled, rest) == ("void", None, ["", "", "", None, None])


def test_set_aside_rows_keep_their_numbers_beside_void_ones() -> None:
    rows = [bought(1, status="作废"), bought(2, category=None), bought(3, method="询价"), bought(4, method="询价")]
    report = procure.check(rows, furong(), set_aside=True)
    assert [finding.purchase.minor for finding in report] == [300, 400]
    assert report.read.kept == [2, 3]
    assert report.read.several == {"method": {"询价": [0, 1]}}
    assert report.explain(rows[3])


def test_a_policy_says_itself_what_its_status_means() -> None:
    state = column("state", is_="status", words={"void": ["weg"], "stands": ["da"]}, other=True)
    columns = {"state": state, "amount": column("amount"), "date": column("date")}
    policy = procure.authoring.Policy(
        id="own", title="own", text=POLICY.text, columns=columns, totals={"all": Total(window="always")}
    )
    rows = [Purchase(date="2020-01-01", amount=1, state=word) for word in ("weg", "作废", "da")]
    assert [each.word for each in procure.check(rows, policy).void] == ["weg"]


WORDS = st.sampled_from(["作废", "已取消", "已完成", "待定", "", None])


@pytest.mark.parametrize("kind", sorted(FRAMES))
@settings(max_examples=10)
@given(rows=st.lists(st.tuples(st.integers(-3000, 6000), WORDS, WORDS), min_size=1, max_size=6))
def test_frames_find_the_same(kind: str, rows: list[tuple[int, str | None, str | None]]) -> None:
    amounts, statuses, notes = zip(*rows, strict=True)
    table = {
        "amount": list(map(str, amounts)), "date": ["2020-03-02"] * len(rows), "状态": statuses, "备注": notes,
        "method": ["自行采购"] * len(rows), "approved_on": ["2020-01-02"] * len(rows),
    }  # fmt: skip
    told = by_frame(kind, table, POLICY)
    stands = [row for row in told if row[0] != "void"]
    frame = pl.DataFrame(table, schema=dict.fromkeys(table, pl.String))
    assert stands == by_report(procure.check(frame, POLICY))
    assert [row[0] == "void" for row in told] == [bool({"作废", "已取消"} & {s, n}) for _, s, n in rows]
