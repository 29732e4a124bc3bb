"""The three forms of a report and the two of the questions, to the letter where they are a contract."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import lines
import pytest
import strategies
from building import bought, furong
from furong_2020 import HIGHEST, LOWEST, MIDDLE
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import log_of, sheet
from small import small

import procure
from procure import Origin, Purchase, Report, writers
from procure.authoring import Column
from procure.engines.findings import Notice
from procure.values.words import Lang, ProcureError, Words
from procure.writers import ambiguities, text
from procure.writers import csv as csv_writer
from procure.writers import json as json_writer

SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text(encoding="utf-8"))
SHA = "0123456789abcdef" * 4
#: What the violations of `five_rows` lacked, both of them.
LACKED = Words(
    "当时应有：采购方式为三方询价或询价采购，且报价数不少于3；或采购方式为电子卖场或框架协议或竞争性谈判或竞争性磋商或邀请招标"
    "或公开招标；或采购方式为单一来源，且有单一来源依据记录。台账所载：自行采购，报价 0 家，无依据记录",
    "asked for at the time: method: quotation or inquiry and quotes: at least 3; or method: e mall or framework or "
    "negotiation or consultation or invited tender or open tender; or method: single source and ground on record. "
    "The log shows: direct, quotes: 0, no ground on record",
)


def valid(report: Report, lang: Lang = "zh") -> Any:
    """The JSON of a report, which keeps the contract: the schema, and what a schema cannot say."""
    told = json.loads(json_writer.dumps(report, lang))
    jsonschema.validate(told, SCHEMA)
    for log in told["logs"]:
        assert log["rows"] == log["judged"] + log["not_applicable"] + len(log["rejected"])
    verdicts = [purchase["verdict"] for purchase in told["purchases"]]
    rejected = sum(len(log["rejected"]) for log in told["logs"])
    assert sum(log["rows"] for log in told["logs"]) == len(verdicts) + rejected == len(report.rows)
    summary = told["summary"]
    for verdict in ("violation", "compliant"):
        for certainty, settled in (("settled", True), ("disputed", False)):
            of_both = [p for p in told["purchases"] if (p["verdict"], p["settled"]) == (verdict, settled)]
            assert summary[verdict][certainty] == len(of_both)
    assert summary["unknown"] == verdicts.count("unknown")
    assert summary["not_applicable"] == verdicts.count("not_applicable")
    order = told["policy"]["asked"]
    for purchase in told["purchases"]:
        for flip in purchase["flips"]:
            assert list(flip) == sorted(flip, key=order.index)
            assert not set(flip) & set(told["policy"]["adopted"])
        assert len({len(flip) for flip in purchase["flips"]}) <= 1
        exposed = purchase["verdict"] == "compliant" and len(purchase["flips"][:1]) == 1
        if exposed or purchase["verdict"] == "violation":
            assert purchase["breaches"]
    return told


def placed(row: int, amount: object = 1_000, **fields: Any) -> Purchase:
    return bought(amount, id=str(row), origin=Origin("log.csv", None, row), **fields)


def five_rows() -> Report:
    """A settled violation, a disputed one, a purchase that lacks its quotes, a refund, and an unreadable row."""
    rows = (
        placed(2, 86_000, category="音响系统", description="会议室音响"),
        placed(3, 5_000, date="2020-07-01", category="复印纸"),
        placed(4, 20_000, category="会议服务", kind="services", method="quotation", invited=None, quotes=None),
        placed(5, -300, category="窗帘"),
        # Of another unit: whatever it was, it says nothing of the others.
        placed(6, "面议", date=None, category=None, unit="区财政局"),
    )
    return procure.check(log_of(sheet("log.csv", SHA, rows)), furong())


class TestJson:
    def test_five_rows(self) -> None:
        told = valid(five_rows())
        (rejected,) = told["logs"][0]["rejected"]
        assert (rejected.pop("id"), rejected.pop("key"), rejected.pop("amount")) == ("6", "区财政局//6", None)
        assert rejected.pop("cells")["method"] == "direct"
        assert told["logs"] == [
            {
                "file": "log.csv",
                "sha256": SHA,
                "why": None,
                "mapping": None,
                "rows": 5,
                "amount": "110700.00",
                "read": 4,
                "judged": 3,
                "not_applicable": 1,
                "findings": 2,
                "rejected": [{"sheet": None, "row": 6, "column": "amount", "value": "面议", "why": "“面议”不是金额"}],
                "cell_faults": [
                    {"sheet": None, "row": 6, "column": "amount", "value": "面议", "why": "“面议”不是金额"}
                ],
            }
        ]
        assert told["causes"] == [
            {
                "column": "amount", "several": False, "cells": 1, "of": 5, "written": [{"text": "面议", "cells": 1}],
                "mend": None, "message": "采购金额：5 格中 1 格未读懂（面议 1），不是金额",
            }
        ]  # fmt: skip
        assert told["summary"] == {
            "violation": {"settled": 1, "disputed": 1},
            "unknown": 1,
            "compliant": {"settled": 0, "disputed": 0},
            "not_applicable": 1,
        }
        assert [notice["kind"] for notice in told["notices"]] == [
            "leaves-open",
            "refund-without-purchase",
            "cells-not-understood",
        ]
        assert told["notices"][0]["rows"] == [6]
        cells = told["purchases"][0].pop("cells")
        assert (cells["amount"], cells["method"], cells["ground"]) == ("86000.00", "direct", "none")
        assert told["purchases"][0] == {
            "id": "2",
            "key": "区工信局/2020/2",
            "file": "log.csv",
            "sheet": None,
            "row": 2,
            "verdict": "violation",
            "settled": True,
            "flips": [],
            "missing": [],
            "amount": "86000.00",
            "totals": {"accumulated": "86000.00"},
            "bands": {"procedure": "three-quotes"},
            "breaches": [
                {
                    "rule": "three-quotes",
                    "working": True,
                    "settled": True,
                    "message": "应采用三方询价等方式采购（询价、比价须有三家）；实际：自行采购",
                }
            ],
            "unjudged": None,
            "lacking": {
                "ways": [
                    {
                        "columns": ["method", "quotes", "invited"],
                        "message": "采购方式为三方询价或询价采购，且报价数不少于3",
                    },
                    {
                        "columns": ["method"],
                        "message": "采购方式为电子卖场或框架协议或竞争性谈判或竞争性磋商或邀请招标或公开招标",
                    },
                    {"columns": ["method", "ground"], "message": "采购方式为单一来源，且有单一来源依据记录"},
                ],
                "whole": True,
                "carried": [],
                "message": LACKED.zh,
            },
        }
        disputed, unknown, refund = told["purchases"][1:]
        assert (disputed["settled"], disputed["flips"]) == (False, [{"exclusion": "included"}])
        assert (unknown["verdict"], unknown["missing"]) == ("unknown", ["quotes"])
        assert [(b["rule"], b["working"]) for b in unknown["breaches"]] == [("three-quotes", None)]
        assert (refund["verdict"], refund["amount"], refund["bands"]) == (
            "not_applicable",
            "-300.00",
            {"procedure": None},
        )
        assert [each["unjudged"] for each in told["purchases"]] == [
            *[None] * 3,
            {"kind": "zero-or-less", "message": "金额为零或负数"},
        ]

    def test_policy(self) -> None:
        policy = furong({"limbs": "higher"}, limits={2020: {"goods": 300_000}, None: {"works": "60万"}})
        report = procure.check([bought()], policy)
        told = valid(report)["policy"]
        unasked, rules, questions = told.pop("not_asked"), told.pop("rules"), told.pop("questions")
        assert told == {
            "id": "furong-2020",
            "title": policy.title.zh,
            "currency": "CNY",
            "sha256": policy.passage.sha256,
            "text": {
                "encoded": 0.9222,
                "set_aside": 0.0,
                "left": [{"start": 73, "end": 95, "text": "属于年度政府集中采购目录之外的，实行分散采购"}],
            },
            "limits": {"decentral": {"2020:goods": "300000.00", "works": "600000.00"}},
            "adopted": {"limbs": "higher"},
            "asked": [ambiguity.id for ambiguity in report.plan.asked],
            "ladders": [{"id": "procedure", "bands": ["approval", "three-quotes", "statutory-method"]}],
            "totals": ["accumulated"],
        }
        assert [(each["id"], each["entries"]) for each in unasked] == [
            (ambiguity.id, list(ambiguity.entries)) for ambiguity in report.plan.not_asked
        ]
        assert rules[2] == {
            "id": "three-quotes",
            "title": "三方询价",
            "clause": MIDDLE.text,
            "required": "采用三方询价等方式采购（询价、比价须有三家）",
        }
        assert [question["id"] for question in questions] == [question.id for question in policy.questions]
        first = policy.questions[0]
        assert questions[0] == {
            "id": first.id,
            "question": first.question.zh,
            "readings": {reading.id: reading.meaning.zh for reading in first.readings},
        }

    def test_languages_differ_in_messages_alone(self) -> None:
        report = five_rows()
        zh, en = valid(report), valid(report, "en")
        assert en["purchases"][0]["breaches"][0]["message"] == (
            "required: compare three quotes, or use another competitive method; done: direct"
        )
        assert en["logs"][0]["rejected"][0]["why"] == "'面议' is not an amount"

        def bare(value: Any) -> Any:
            texts = ("message", "why", "title", "required", "question", "readings", "how")
            if isinstance(value, dict):
                return {key: bare(each) for key, each in value.items() if key not in texts}
            return [bare(each) for each in value] if isinstance(value, list) else value

        assert bare(zh) == bare(en)

    @pytest.mark.parametrize(
        ("log", "amount", "accumulated", "band"),
        [
            ([bought(None)], None, None, "approval..statutory-method"),
            ([bought(6_000), bought(1, date=None)], "1.00", "1.00..6001.00", "approval..three-quotes"),
            ([bought(6_000, method=None), bought(1)], "1.00", "1.00..6001.00", "approval..three-quotes"),
            ([bought(6_000, method="open_tender"), bought(1)], "1.00", "1.00", "approval"),
            ([bought(-9), bought(1)], "1.00", "-8.00", "approval"),
        ],
    )
    def test_amounts(self, log: list[Purchase], amount: str | None, accumulated: str | None, band: str) -> None:
        told = valid(procure.check(log, furong()))["purchases"][-1]
        assert (told["amount"], told["totals"]["accumulated"], told["bands"]["procedure"]) == (
            amount,
            accumulated,
            band,
        )

    def test_several_files_and_sheets(self) -> None:
        def at(file: str, sheet: str | None, row: int) -> Purchase:
            return bought(800, id=f"{file}{row}", category=f"纸{file}{row}", origin=Origin(file, sheet, row))

        log = log_of(
            sheet("a.xlsx", SHA, [at("a.xlsx", "1月", 2)], "1月"),
            sheet("a.xlsx", SHA, [at("a.xlsx", "2月", 2)], "2月"),
            sheet("b.csv", SHA[::-1], [at("b.csv", None, 3)]),
        )
        told = valid(procure.check(log, furong()))
        assert [(each["file"], each["sha256"], each["rows"]) for each in told["logs"]] == [
            ("a.xlsx", SHA, 2),
            ("b.csv", SHA[::-1], 1),
        ]
        assert [(p["file"], p["sheet"], p["row"]) for p in told["purchases"]] == [
            ("a.xlsx", "1月", 2),
            ("a.xlsx", "2月", 2),
            ("b.csv", None, 3),
        ]

    def test_purchases_from_no_file(self) -> None:
        told = valid(procure.check([bought()], furong()))
        assert [(each["file"], each["sha256"]) for each in told["logs"]] == [(None, None)]

    @settings(max_examples=40)
    @given(st.data())
    def test_any_report_keeps_the_contract(self, data: st.DataObject) -> None:
        purchases = data.draw(strategies.logs())
        rows = [
            purchase.replaced(
                origin=Origin("log.csv", None, n),
                **(
                    {"amount": "?", "date": None, "category": None}
                    if data.draw(strategies.rarely(st.just(False), True))
                    else {}
                ),
            )
            for n, purchase in enumerate(lines.log(purchases), 2)
        ]
        policy = furong(
            data.draw(strategies.adopted(fewest=3)), data.draw(st.sampled_from([None, 300_000, {"goods": 300_000}]))
        )
        report = procure.check(rows, policy)
        valid(report)
        assert len(csv_writer.dumps(report).splitlines()) == len(rows) + 1
        assert text.dumps(report).splitlines()[0].endswith(policy.title.zh)


class TestCsv:
    def rows(self, report: Report, lang: Lang = "zh") -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(csv_writer.dumps(report, lang))))

    def test_five_rows(self) -> None:
        report = five_rows()
        lines = csv_writer.dumps(report, "en").splitlines()
        basis = (
            f",furong-2020,{report.policy.passage.sha256},goods=300000.00 services=300000.00 works=300000.00,,{SHA},"
        )
        day = report.checked_on.isoformat()
        own = "date,unit,category,kind,description,amount,in_catalogue,method,approved_on,invited,quotes,ground"
        assert all(basis + day + "," in line for line in lines[1:])
        assert lines[0].split("checked_on,")[1] == own
        assert [lines[0].partition("," + own)[0], *(line.partition(basis + day)[0] for line in lines[1:])] == [
            "file,sheet,row,id,verdict,settled,flips,missing,single,accumulated,tier,breached,message,"
            "policy,policy_sha256,limits,adopted,log_sha256,checked_on",
            "log.csv,,2,2,violation,yes,,,86000.00,86000.00,three-quotes,three-quotes,"
            '"required: compare three quotes, or use another competitive method; done: direct"',
            "log.csv,,3,3,violation,no,exclusion=included,,5000.00,5000.00,three-quotes,three-quotes,"
            '"required: compare three quotes, or use another competitive method; done: direct"',
            "log.csv,,4,4,unknown,no,,quotes,20000.00,20000.00,three-quotes,three-quotes,"
            '"required: compare three quotes, or use another competitive method; '
            'done: quotation, invitations not stated, quotes not stated"',
            "log.csv,,5,5,not_applicable,yes,,,-300.00,-300.00,,,zero or less",
            "log.csv,,6,6,rejected,,,,,,,amount,'面议' is not an amount",
        ]

    def test_can_be_read_without_the_log(self) -> None:
        rows = self.rows(five_rows())
        names = ("date", "unit", "category", "description", "amount", "method", "quotes")
        assert [tuple(row[name] for name in names) for row in (rows[0], rows[-1])] == [
            ("2020-06-08", "区工信局", "音响系统", "会议室音响", "86000.00", "direct", "0"),
            # What was not understood is in the message.
            ("", "区财政局", "", "", "", "direct", "0"),
        ]

    def test_a_column_that_is_called_as_one_of_ours(self) -> None:
        columns = [Column(name="verdict", headers=(("verdict",),), type="text")]
        log = [Purchase(amount=1, date="2020-06-08", verdict="?")]
        header = next(csv_writer.lines(procure.check(log, small([], columns))))
        assert header.endswith(",log_verdict\n")

    def test_basis_of_every_row(self) -> None:
        log = log_of(sheet("log.csv", SHA, [placed(2)]), sheet("b.xlsx", SHA[::-1], [bought(7)], "1月"))
        policy = furong({"limbs": "higher", "window": "running"}, limits={2020: {"goods": 300_000}})
        told = self.rows(procure.check(attrs.evolve(log, purchases=(bought(8),)), policy))
        assert [(row["limits"], row["adopted"], row["log_sha256"]) for row in told] == [
            ("2020:goods=300000.00", "limbs=higher window=running", SHA),
            ("2020:goods=300000.00", "limbs=higher window=running", SHA[::-1]),
            ("2020:goods=300000.00", "limbs=higher window=running", ""),
        ]

    def test_flips(self) -> None:
        printing = [bought(1_200, date="2020-03-02"), bought(4_600)]
        assert self.rows(procure.check(printing, furong()))[1]["flips"] == "limbs=single | current=excluded"

    def test_one_line_for_every_row(self) -> None:
        report = five_rows()
        assert len(self.rows(report)) == len(report.rows)

    @pytest.mark.parametrize("hostile", ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x",1)'])
    def test_no_cell_is_a_formula(self, hostile: str) -> None:
        there = Origin(hostile, hostile, 2)
        refused = bought(hostile, id=hostile, origin=there)
        fields = {"category": hostile, "unit": hostile, "description": hostile, "ground": hostile, "note": hostile}
        purchase = bought(6_000, id=hostile, origin=there, method="single_source", **fields)
        report = procure.check([purchase, refused], furong())
        for lang in ("zh", "en"):
            for row in csv.reader(io.StringIO(csv_writer.dumps(report, lang))):
                for cell in row:
                    assert not cell.startswith(("=", "+", "@", "\t", "\r"))
                    assert not cell.startswith("-") or float(cell) < 0
        (first, _) = self.rows(report)
        assert first["id"] == first["file"] == first["sheet"] == f"'{hostile}"

    @pytest.mark.parametrize(
        ("cell", "inert"), [(None, ""), ("", ""), ("a=b", "a=b"), ("=a", "'=a"), ("\t=a", "'\t=a"), ("\r=a", "'\r=a")]
    )
    def test_inert(self, cell: str | None, inert: str) -> None:
        assert csv_writer.inert(cell) == inert


FIVE_ZH = f"""\
2 个单位 2020-06-08 至 2020-07-01 采购检查：长沙市芙蓉区工信局2020年度采购规定
疑点 2 笔，¥91,000.00，其中 1 笔各种读法一致，1 笔取决于读法；1 笔缺少数据，无法判断。
已检查 3 行，共 5 行；金额 ¥111,000.00，共 ¥111,000.00；金额为零或负数 1 行；未能读取 1 行。

① 疑点，各种读法一致 1 笔 ¥86,000.00（所问各种读法下都不符合）
② 疑点，有争议 1 笔 ¥5,000.00（默认口径下不符合，换一种读法则符合）
③ 风险提示 0 笔 ¥0.00（默认口径下符合，换一种读法则不符合）
④ 无法判断，缺少数据 1 笔 ¥20,000.00（补齐所缺数据即可判断）
⑤ 合规 0 笔 ¥0.00（其中各种读法下都符合 0 笔）
－ 未判断 2 行（金额为零或负数 1；未能读取 1）
对账：台账 5 行 ¥110,700.00（其中 1 行金额未计） = 已检查 3 行 ¥111,000.00 \
+ 退款（只计入累计） 1 行 -¥300.00 + 未能读取 1 行（金额未计）
！1 行未能读取（金额未载明），不影响其他结论（第 6 行）

累计与分档
  采购单位  品目      年度  笔数  累计数      默认口径所属档  距下一分界   疑点
  区工信局  音响系统  2020  1     ¥86,000.00  三方询价        ¥214,000.00  1
  区工信局  会议服务  2020  1     ¥20,000.00  三方询价        ¥280,000.00  0
  区工信局  复印纸    2020  1     ¥5,000.00   三方询价        ¥295,000.00  1

下一步
1. 逐笔核实 2 笔疑点，填写核实情况（--output 报告.xlsx 的“疑点”表）
2. QUESTION（--adopt exclusion=excluded）
3. 补填“报价数”，可判断 1 笔（¥20,000.00）（第 4 行）
4. 改正：采购金额：5 格中 1 格未读懂（面议 1），不是金额（第 6 行）

== ① 疑点，各种读法一致 ==
【三方询价】“{MIDDLE}”
  第2行  2  2020-06-08  区工信局  音响系统  会议室音响
      单次 ¥86,000.00，年度累计 ¥86,000.00
      三方询价：应采用三方询价等方式采购（询价、比价须有三家）；实际：自行采购
      {LACKED.zh}

== ② 疑点，有争议 ==
【换成下列读法，结论即变】
  · FLIP
  第3行  3  2020-07-01  区工信局  复印纸
      单次 ¥5,000.00，年度累计 ¥5,000.00
      三方询价：应采用三方询价等方式采购（询价、比价须有三家）；实际：自行采购
      {LACKED.zh}

== ④ 无法判断，缺少数据 ==
【补“报价数”可判断】
  第4行  4  2020-06-08  区工信局  会议服务
      单次 ¥20,000.00，年度累计 ¥20,000.00
      可能：三方询价：应采用三方询价等方式采购（询价、比价须有三家）；实际：三方询价，邀请家数未载明，报价数未载明

== 未能读取 ==
  第6行  采购金额：“面议”不是金额

== 未读懂的格 ==
  采购金额：5 格中 1 格未读懂（面议 1），不是金额

== 说明 ==
  1 笔退款在台账中找不到可能对应的采购（同一累计口径、同一供应商，不晚于退款之日）（第 5 行）

== 检查依据 ==
长沙市芙蓉区工信局2020年度采购规定
限额：年度限额 ¥300,000.00；已采用读法：无；所问 16 个问题，98,304 种解释一并检查。
制度原文 sha256 POLICY；检查日期 TODAY。
台账 log.csv：5 行，sha256 {SHA}
本次未问的问题：UNASKED（详见 procure ambiguities）。
原文已编入 92%，既未编入也未注明不编入 8%： “属于年度政府集中采购目录之外的，实行分散采购”
"""
NO_PURCHASE = (
    "refunds without a purchase in the log that they could belong to "
    "(of their account and supplier, and not after them): 1"
)
FIVE_EN = (
    f"""\
Purchases of 2 units, 2020-06-08 to 2020-07-01, checked by: Purchasing policy of the Furong bureau, Changsha, 2020
2 purchases to confirm, ¥91,000.00: 1 under every reading, 1 as the text is read; \
1 cannot be judged, since data are missing.
Judged 3 of 5 rows, ¥111,000.00 of ¥111,000.00; zero or less: 1; not read: 1.

(1) to confirm, under every reading: 1, ¥86,000.00 (breached under every reading asked)
(2) to confirm, disputed: 1, ¥5,000.00 (breached under the working reading, not under every other)
(3) at risk: 0, ¥0.00 (compliant under the working reading, not if one answer changes)
(4) cannot be judged: data missing: 1, ¥20,000.00 (what is missing would decide)
(5) compliant: 0, ¥0.00 (0 of them under every reading)
(-) not judged: 2 rows (zero or less: 1; not read: 1)
Reconciled: the log 5 rows ¥110,700.00 (1 of them without an amount) = judged 3 rows ¥111,000.00 + refunds, counted \
only 1 row -¥300.00 + not read 1 row (amounts not added up)
! 1 row that could not be read (amount not stated) leaves no verdict open (row 6)

Totals against the bands
  unit      category  year  purchases  sum         band          left until then  to confirm
  区工信局  音响系统  2020  1          ¥86,000.00  three quotes  ¥214,000.00      1
  区工信局  会议服务  2020  1          ¥20,000.00  three quotes  ¥280,000.00      0
  区工信局  复印纸    2020  1          ¥5,000.00   three quotes  ¥295,000.00      1

What to do next
1. Confirm the purchases found (2), and enter what comes of it (the sheet “findings” of --output report.xlsx)
2. QUESTION (--adopt exclusion=excluded)
3. Fill in “quotes”: it decides 1 (¥20,000.00) (row 4)
4. Mend: amount: 1 of 5 cells not understood (面议 1), each is not an amount (row 6)

== (1) to confirm, under every reading ==
[three quotes] “{MIDDLE}”
  row 2  2  2020-06-08  区工信局  音响系统  会议室音响
      single ¥86,000.00, accumulated ¥86,000.00
      three quotes: required: compare three quotes, or use another competitive method; done: direct
      {LACKED.en}

== (2) to confirm, disputed ==
[another verdict under this reading]
  · FLIP
  row 3  3  2020-07-01  区工信局  复印纸
      single ¥5,000.00, accumulated ¥5,000.00
      three quotes: required: compare three quotes, or use another competitive method; done: direct
      {LACKED.en}

== (4) cannot be judged: data missing ==
[“quotes” would decide]
  row 4  4  2020-06-08  区工信局  会议服务
      single ¥20,000.00, accumulated ¥20,000.00
      perhaps: three quotes: required: compare three quotes, or use another competitive method; """
    + f"""\
done: quotation, invitations not stated, quotes not stated

== Not read ==
  row 6  amount: '面议' is not an amount

== Cells not understood ==
  amount: 1 of 5 cells not understood (面议 1), each is not an amount

== Notices ==
  NO_PURCHASE (row 5)

== What this was judged by ==
Purchasing policy of the Furong bureau, Changsha, 2020
limits: yearly limit ¥300,000.00; adopted: none; 16 questions asked, 98,304 interpretations judged at once.
passage sha256 POLICY; checked on TODAY.
log log.csv: 5 rows, sha256 {SHA}
Questions not asked: UNASKED (see `procure ambiguities`).
Encoded of the text: 92%, neither 8%: “属于年度政府集中采购目录之外的，实行分散采购”
"""
)


class TestText:
    @pytest.mark.parametrize(("lang", "expected"), [("zh", FIVE_ZH), ("en", FIVE_EN)])
    def test_five_rows(self, lang: Lang, expected: str) -> None:
        report = five_rows()
        asked = report.plan.questions["exclusion"]
        question, meaning = asked.question.say(lang), asked.readings[1].meaning.say(lang)
        unasked = report.plan.not_asked
        if lang == "zh":
            flip = f"exclusion=included（{question}——{meaning}）"
            ids = "、".join(f"{a.id}（{'、'.join(a.entries)}）" for a in unasked)
        else:
            flip = f"exclusion=included ({question} {meaning})"
            ids = ", ".join(a.id for a in unasked)
        size, count = "¥5,000.00", 1
        settle = {
            "zh": f"请主管部门明确：{question}如答复与默认口径一致，{count} 笔（{size}）不再有争议",
            "en": f"Have it settled: {question} If the working reading is confirmed, that settles {count} ({size})",
        }
        expected = expected.replace("QUESTION", settle[lang])
        expected = expected.replace("POLICY", report.policy.passage.sha256).replace("TODAY", str(report.checked_on))
        assert text.dumps(report, lang) == expected.replace("FLIP", flip).replace("UNASKED", ids).replace(
            "NO_PURCHASE", NO_PURCHASE
        )

    def test_settled_before_disputed_before_exposed(self) -> None:
        log = [
            bought(800, category="保洁服务", kind="services", method="open_tender", in_catalogue=True),
            bought(5_000, category="复印纸"),
            bought(86_000, category="音响系统"),
        ]
        told = text.dumps(procure.check(log, furong()))
        titles = [line for line in told.splitlines() if line.startswith("== ")]
        assert titles == ["== ① 疑点，各种读法一致 ==", "== ② 疑点，有争议 ==", "== ③ 风险提示 ==", "== 检查依据 =="]

    def test_nothing_found(self) -> None:
        log = [bought(800, method="open_tender")]
        told = text.dumps(procure.check(log, furong()), "en")
        assert [line for line in told.splitlines() if line.startswith("==")] == ["== What this was judged by =="]
        assert "\n(5) compliant: 1, ¥800.00 (1 of them under every reading)\n" in told

    def test_settled_violations_by_rule(self) -> None:
        log = [
            bought(400_000, category="乙"),
            bought(800, category="甲", approved_on=None),
            bought(6_000, category="丙"),
        ]
        told = text.dumps(procure.check(log, furong()))
        clauses = [line for line in told.splitlines() if line.startswith("【")]
        assert clauses == [
            f"【报告同意】“{LOWEST}”",
            f"【三方询价】“{MIDDLE}”",
            f"【单一来源或公开招标等】“{HIGHEST}”",
        ]

    def test_a_purchase_that_is_not_counted(self) -> None:
        log = [bought(6_000, date="2020-02-03"), bought(5_000, method="open_tender", in_catalogue=True)]
        report = procure.check(log, furong({"channel-list": "closed"}))
        assert "单次 ¥5,000.00，年度累计 ¥6,000.00（本笔不计入）" in text.dumps(report)
        assert "single ¥5,000.00, accumulated ¥6,000.00 (itself not counted)" in text.dumps(report, "en")

    def test_what_is_not_stated(self) -> None:
        told = text.dumps(procure.check([bought(None, date=None, approved_on=None)], furong()), "en")
        assert "      single not stated, accumulated not known\n" in told
        assert "  -  区工信局  办公用品\n" in told

    def test_two_flips(self) -> None:
        told = text.dumps(procure.check([bought(1_200, date="2020-03-02"), bought(4_600)], furong()))
        assert "【换成下列任一读法，结论即变】\n  · limbs=single（" in told

    def test_several_tables(self) -> None:
        log = [bought(86_000, origin=Origin("a.csv", None, 2)), bought(1, origin=Origin("b.xlsx", "1月", 3))]
        told = text.dumps(procure.check(log, furong()))
        assert "\n  a.csv:2  2020-06-08" in told
        assert "\n  b.xlsx[1月]:3  2020-06-08" in told

    def test_limits_and_adopted(self) -> None:
        policy = furong({"limbs": "higher"}, {2020: 300_000, None: {"goods": 200_000, "works": 400_000}})
        report = procure.check([bought(1)], policy)
        lines = [text.basis(report, lang)[1] for lang in ("zh", "en")]
        assert lines == [
            "限额：年度限额 2020年¥300,000.00，货物 ¥200,000.00，工程 ¥400,000.00；已采用读法：limbs=higher；"
            "所问 15 个问题，24,576 种解释一并检查。",
            "limits: yearly limit 2020 ¥300,000.00, goods ¥200,000.00, works ¥400,000.00; adopted: limbs=higher; "
            "15 questions asked, 24,576 interpretations judged at once.",
        ]
        unlimited = text.basis(procure.check([bought(1)], furong(limits=None)), "zh")
        assert unlimited[1].startswith("限额：未给出；已采用读法：无；")

    def test_no_more_than_asked(self) -> None:
        def rejected(n: int) -> Purchase:
            return bought(
                id=str(n),
                quotes="?",
                amount=None,
                date=None,
                category=None,
                unit="区财政局",
                origin=Origin("a.csv", None, n),
            )

        wrong = [bought(86_000, category=f"{n}") for n in range(4)]
        report = procure.check([*wrong, *map(rejected, range(2, 6))], furong())
        report = attrs.evolve(report, noted=[Notice("some-kind", Words("甲", "a"))] * 4)
        short = text.dumps(report, "zh", 3)
        assert "  …… 另有 1 笔（--all 全部列出）\n" in short
        assert "  …… 另有 1 行\n" in short
        assert "  …… 另有 1 条\n" in short
        english = text.dumps(report, "en", 3)
        assert "  … 1 more (--all lists all)\n" in english
        assert english.count("  … 1 more\n") == 2
        assert "另有" not in text.dumps(report, "zh", 0)

    @pytest.mark.parametrize(
        ("lang", "line", "cell"),
        [("zh", "  第2行  整行：单元格比表头多，", "整行"), ("en", "  row 2  the row: more cells", "the row")],
    )
    def test_a_row_refused_as_a_whole(self, tmp_path: Path, lang: Lang, line: str, cell: str) -> None:
        log = tmp_path / "log.csv"
        log.write_text("金额,日期\n100,2020-01-02,多出\n", encoding="utf-8")
        report = procure.check(procure.read(log), furong())
        assert line in text.dumps(report, lang)
        assert f"<td>{cell}</td>" in writers.page.dumps(report, lang)

    def test_many_rows_of_one_notice(self) -> None:
        log = [bought(1, id="x", category=str(n), origin=Origin("a.csv", None, n + 2)) for n in range(9)]
        told = text.dumps(procure.check(log, furong()), "en")
        assert "\n  9 rows have the id x: all were counted (rows 2, 3, 4, 5, 6, 7, 8, 9…)\n" in told


class TestLines:
    """JSON row by row: the first line is all but the purchases, each of which is a line."""

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_together_they_are_the_json_report(self, lang: Lang) -> None:
        report = five_rows()
        first, *rest = [json.loads(line) for line in json_writer.lines(report, lang)]
        assert {**first, "purchases": rest} == json.loads(json_writer.dumps(report, lang))
        assert len(rest) == len(report.purchases)

    def test_a_purchase_is_made_when_it_is_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        report, made = five_rows(), []
        purchase = json_writer._purchase
        monkeypatch.setattr(json_writer, "_purchase", lambda *of: made.append(of) or purchase(*of))
        lines = json_writer.lines(report)
        next(lines)
        assert made == []
        next(lines)
        assert len(made) == 1

    def test_a_settled_compliant_row_is_short(self) -> None:
        """Beside the cells of the log: what it says, and by what it is known."""
        report = procure.check(log_of(sheet("log.csv", SHA, [placed(2, 4_000)])), furong())
        (told,) = list(json_writer.lines(report))[1:]
        said = json.loads(told)
        assert (said["verdict"], said["settled"]) == ("compliant", True)
        own = {name: said[name] for name in ("id", "key", "amount", "cells")}
        assert len(told.encode()) - len(json.dumps(own, ensure_ascii=False, separators=(",", ":")).encode()) < 300


class TestWrite:
    def test_unknown_ending(self, tmp_path: Path) -> None:
        with pytest.raises(ProcureError) as caught:
            writers.write(five_rows(), tmp_path / "report.pdf")
        endings = list(writers.ENDINGS)
        assert caught.value.words == Words(
            f"不能写成“.pdf”（有：{'、'.join(endings)}）", f"cannot write '.pdf' (there are: {', '.join(endings)})"
        )

    def test_an_ending_that_is_nearly_one(self, tmp_path: Path) -> None:
        with pytest.raises(ProcureError, match=r"^cannot write '\.htm' \(did you mean '\.html'\?\)$"):
            writers.write(five_rows(), tmp_path / "report.htm")

    @pytest.mark.parametrize(
        ("name", "dump", "encoding"),
        [
            ("r.json", json_writer.dumps, "utf-8"),
            ("r.jsonl", lambda report, lang: "".join(json_writer.lines(report, lang)), "utf-8"),
            ("r.csv", csv_writer.dumps, "utf-8-sig"),
            ("r.txt", text.dumps, "utf-8"),
        ],
    )
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_formats(
        self, tmp_path: Path, name: str, dump: Callable[[Report, Lang], str], encoding: str, lang: Lang
    ) -> None:
        report = five_rows()
        (tmp_path / name).write_text("an older report", encoding="utf-8")
        writers.write(report, tmp_path / name, lang)
        assert (tmp_path / name).read_bytes() == dump(report, lang).encode(encoding)
        assert os.listdir(tmp_path) == [name]

    def test_not_at_all_where_it_cannot_be_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        target = tmp_path / "r.json"
        target.write_text("an older report", encoding="utf-8")

        def full(*paths: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", full)
        with pytest.raises(ProcureError) as caught:
            writers.write(five_rows(), target)
        assert caught.value.words == Words(
            f"不能写入 {target}：No space left on device", f"cannot write {target}: No space left on device"
        )
        assert target.read_text(encoding="utf-8") == "an older report"
        assert os.listdir(tmp_path) == ["r.json"]

    @pytest.mark.parametrize("ending", sorted(writers.ENDINGS))
    def test_half_a_pair(self, tmp_path: Path, ending: str) -> None:
        # A JSON file and a frame may hold one, and a file's name that is not in the system's encoding.
        if ending == ".xlsx":
            pytest.importorskip("xlsxwriter")
        half, name = "a\ud800\udcff", "a\udcff.csv"
        rows = [bought(id=half, unit=half, category=half, description=half) for _ in (2, 3)]
        report = procure.check(log_of(sheet(name, SHA, [*rows, bought(half)], half)), furong())
        target = tmp_path / f"r{ending}"
        report.write(target)
        if ending != ".xlsx":
            assert "a\ufffd\ufffd" in target.read_text(encoding="utf-8")
        if ending == ".json":
            valid(report)
            assert json.loads(target.read_bytes())["purchases"][0]["id"] == "a\ufffd\ufffd"

    @pytest.mark.parametrize("name", ["log.csv", "./log.csv", "link.csv"])
    def test_not_over_the_log(self, tmp_path: Path, name: str) -> None:
        log = tmp_path / "log.csv"
        log.write_text("date,amount\n2020-03-05,1\n", encoding="utf-8")
        (tmp_path / "link.csv").symlink_to(log)
        report = procure.check(procure.read(log, [{"amount": 1}]), furong())
        target = tmp_path / name
        with pytest.raises(ProcureError) as caught:
            report.write(target)
        assert caught.value.words == Words(
            f"不能写入 {target}：这是所检查的台账，会被覆盖",
            f"cannot write {target}: it is the log that was checked, and would be lost",
        )
        assert log.read_text(encoding="utf-8") == "date,amount\n2020-03-05,1\n"

    def test_no_such_folder(self, tmp_path: Path) -> None:
        target = tmp_path / "none" / "r.json"
        with pytest.raises(ProcureError) as caught:
            writers.write(five_rows(), target)
        assert caught.value.words == Words(
            f"不能写入 {target}：No such file or directory", f"cannot write {target}: No such file or directory"
        )


QUESTION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "entries", "spans", "question", "treatment", "recommended", "why", "readings"],
    "properties": {
        "id": {"$ref": "#/$defs/name"},
        "entries": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^A[0-9]{2}$"}},
        "spans": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["start", "end", "text"],
                "properties": {"start": {"type": "integer"}, "end": {"type": "integer"}, "text": {"type": "string"}},
            },
        },
        "question": {"$ref": "#/$defs/message"},
        "treatment": {"enum": ["executed", "answered-by-input", "delegated", "noted"]},
        "recommended": {"$ref": "#/$defs/name"},
        "why": {"$ref": "#/$defs/message"},
        "because": {"$ref": "#/$defs/message"},
        "readings": {
            "type": "array",
            "minItems": 2,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "meaning", "support"],
                "properties": {
                    "id": {"$ref": "#/$defs/name"},
                    "meaning": {"$ref": "#/$defs/message"},
                    "support": {"type": "array", "items": {"$ref": "#/$defs/message"}},
                },
            },
        },
    },
}
QUESTIONS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["policy", "ambiguities"],
    "properties": {"policy": {"const": "furong-2020"}, "ambiguities": {"type": "array", "items": QUESTION}},
    "$defs": SCHEMA["$defs"],
}


class TestAmbiguities:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_json(self, lang: Lang) -> None:
        policy = furong()
        told = json.loads(ambiguities.dumps_json(policy, lang))
        jsonschema.validate(told, QUESTIONS)
        every = policy.questions
        assert [a["id"] for a in told["ambiguities"]] == [a.id for a in every]
        for said, ambiguity in zip(told["ambiguities"], every, strict=True):
            for span in said["spans"]:
                assert policy.passage.text[span["start"] : span["end"]] == span["text"]
            assert said["recommended"] in [reading["id"] for reading in said["readings"]]
            assert said["question"] == ambiguity.question.say(lang)
            assert said["why"] == ambiguity.why.say(lang)
            assert ("because" in said) == (ambiguity.because is not None)
            assert [r["support"] for r in said["readings"]] == [
                [citation.words.say(lang) for citation in reading.support] for reading in ambiguity.readings
            ]

    def test_text(self) -> None:
        policy = furong({"exclusion": "included"})
        lines = ambiguities.dumps(policy).splitlines()
        assert lines[:3] == [policy.title.zh, policy.passage.origin.zh, ""]
        first = lines.index("[1] exclusion（A01、A02）各种读法都检查")
        asked = policy.built.questions["exclusion"]
        assert lines[first + 1 : first + 4] == [
            "    “5000元以内（不含5000万元）”",
            "    “5000元至”",
            f"    {asked.question.zh}",
        ]
        marked = [line.split(": ")[0].strip() for line in lines[first:] if line.startswith("    - ")][:4]
        assert marked == ["- excluded〔建议〕", "- included〔采用〕", "- upper〔建议〕", "- lower"]
        assert f"    理由：{asked.why.zh}" in lines
        assert f"        {asked.readings[0].support[0].words.zh}" in lines
        (dating,) = (a for a in policy.unasked if a.id == "dating")
        assert dating.because is not None
        assert "[22] dating（A08）由输入回答" in lines
        assert f"    处理：{dating.because.zh}" in lines

    def test_text_in_english(self) -> None:
        policy = furong({"exclusion": "included"})
        lines = ambiguities.dumps(policy, "en").splitlines()
        first = lines.index("[1] exclusion (A01, A02): run under every reading")
        marked = [line.split(": ")[0].strip() for line in lines[first:] if line.startswith("    - ")][:4]
        assert marked == ["- excluded [recommended]", "- included [adopted]", "- upper [recommended]", "- lower"]
        assert f"    why: {policy.built.questions['exclusion'].why.en}" in lines
        assert "[16] whose (A13): run under every reading where its datum is there" in lines
        assert "[22] dating (A08): answered by the input" in lines
        assert sum(line.startswith("    treatment: ") for line in lines) == len(policy.plan().not_asked)

    def test_the_passage_is_there_with_its_marks(self) -> None:
        policy = furong()
        told = ambiguities.dumps(policy)
        passage = told.split("\n\n")[1]
        assert "5000元以内（不含5000万元）[1]" in passage
        unmarked = re.sub(r"\[[\d,]+\]", "", passage)
        assert unmarked.replace("\n", "") == policy.passage.text.strip()
        numbers = {int(n) for mark in re.findall(r"\[([\d,]+)\]", passage) for n in mark.split(",")}
        every = policy.questions
        assert numbers == {n for n, ambiguity in enumerate(every, 1) if ambiguity.spans}
