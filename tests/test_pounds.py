"""A policy that has nothing of the model case: in pounds, with two ladders, a supplier's total of twelve months, and an
evidence column of its own. Every report on the text side reads it from its declarations."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import attrs
import jsonschema
import pytest

import procure
from procure import Purchase, Report
from procure.authoring import Band, Duty, InForce, Ladder, Limit, Passage, Policy, Total, Words, column
from procure.values.words import Lang
from procure.writers import csv as csv_writer
from procure.writers import explain, impact, text
from procure.writers import json as json_writer

SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text(encoding="utf-8"))
TEXT = (
    "Up to £5,000 one written quote. Above £5,000 three written quotes. A contract is signed by an officer, and from "
    "the key-decision level by the Cabinet. Every order is entered in the register within 14 days."
)
TITLE = Words("某郡议会采购规则", "Contract rules of a county council (invented)")

POLICY = Policy(
    id="county",
    title=TITLE,
    currency="GBP",
    text=Passage(TEXT, source=TITLE),
    in_force=InForce(),
    columns={
        "supplier": column("supplier"),
        "quotes": column("quotes"),
        "signed_by": column("signed_by", order=["officer", "cabinet"], title=Words("签署人", "signed by")),
        "registered": column("registered", type="date", blank="none", title=Words("登记", "entry in the register")),
    },
    limits={"key-decision": [Limit(given=True, title=Words("重大决策额", "key-decision level"))]},
    totals={"with-supplier": Total(by=["supplier"], window="12 months back")},
    ladders={
        "competition": Ladder(
            bands=[
                Band(id="one", range="[0 .. 5000]", duties=["one-quote"]),
                Band(id="three", range="(5000 .. )", duties=["three-quotes"]),
            ],
            measures=["amount", "with-supplier"],
        ),
        "signature": Ladder(
            bands=[
                Band(id="officer", range="[0 .. key-decision)", duties=["officer"]),
                Band(id="cabinet", range="[key-decision .. )", duties=["cabinet"]),
            ]
        ),
    },
    duties={
        "one-quote": Duty(
            required="one written quote", clause="Up to £5,000 one written quote", met_by={"quotes": ">= 1"}
        ),
        "three-quotes": Duty(
            required="three written quotes", clause="Above £5,000 three written quotes", met_by={"quotes": ">= 3"}
        ),
        "officer": Duty(
            required="signed by an officer", clause="signed by an officer", met_by={"signed_by": ">= officer"}
        ),
        "cabinet": Duty(
            required="signed by the Cabinet",
            clause="from the key-decision level by the Cabinet",
            met_by={"signed_by": ">= cabinet"},
        ),
        "register": Duty(
            title="register",
            required="enter it within 14 days",
            clause="entered in the register within 14 days",
            when={},
            met_by={"registered": "<= date + 14 days"},
        ),
    },
).with_given(**{"key-decision": 500_000})

COMPLETE = {"supplier": "Acme Ltd", "quotes": 1, "signed_by": "officer", "registered": "2024-03-05"}
LOG = (
    Purchase(id="1", date="2023-06-01", amount="£3,000", **{**COMPLETE, "registered": "2023-06-20"}),
    Purchase(id="2", date="2024-03-01", amount="2500.50", **COMPLETE),
    Purchase(id="3", date="2024-03-02", amount="600k", **{**COMPLETE, "supplier": "Bridges plc", "quotes": 3}),
    Purchase(id="4", date="2024-03-04", amount=10, **{**COMPLETE, "supplier": "Cups", "registered": None}),
    Purchase(id="5", date="2024-03-04", amount=10, **{**COMPLETE, "supplier": None}),
)


@pytest.fixture(scope="module")
def report() -> Report:
    return procure.check(LOG, POLICY)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_of_yuan(report: Report, lang: Lang) -> None:
    told = text.dumps(report, lang) + "".join(explain.dumps(report.explain(f.purchase), lang) for f in report)
    told += (
        impact.dumps(report.impact(), POLICY, lang) + csv_writer.dumps(report, lang) + json_writer.dumps(report, lang)
    )
    assert "¥" not in told
    assert "yuan" not in told
    assert "£" in told


def test_text(report: Report) -> None:
    lines = text.dumps(report, "en").splitlines()
    assert lines[0] == f"Purchases of the log, 2023-06-01 to 2024-03-04, checked by: {TITLE.en}"
    assert "limits: key-decision level £500,000.00." in lines
    assert "(1) to confirm, under every reading: 4, £605,510.50 (breached under every reading asked)" in lines
    assert "[“supplier” would decide]" in lines
    at = lines.index("  -  2  2024-03-01")
    assert lines[at + 1 : at + 3] == [
        "      single £2,500.50, accumulated in 12 months £5,500.50",
        "      three written quotes: required: three written quotes; done: quotes: 1",
    ]
    assert "      signed by the Cabinet: required: signed by the Cabinet; done: signed by officer" in lines
    assert [line.partition("; done: ")[2] for line in lines if line.startswith("      register: ")] == [
        "entry in the register 2023-06-20, bought on 2023-06-01",
        "no entry in the register on record, bought on 2024-03-04",
    ]


def test_text_in_chinese(report: Report) -> None:
    told = text.dumps(report)
    assert "限额：重大决策额 £500,000.00。" in told
    assert "单次 £2,500.50，近12个月累计 £5,500.50\n" in told
    assert "实际：签署人 officer\n" in told
    assert "实际：无登记记录，采购日期 2024-03-04\n" in told
    assert "【补“供应商”可判断】" in told


def test_explanation(report: Report) -> None:
    second, fourth = report.purchases[1].purchase, report.purchases[3].purchase
    lines = explain.dumps(report.explain(second), "en").splitlines()
    assert lines[1:12] == [
        "  id: 2",
        "  date: 2024-03-01",
        "  amount: £2,500.50",
        "  supplier: Acme Ltd",
        "  quotes: 1",
        "  signed by: officer",
        "  entry in the register: 2024-03-05",
        "  verdict: violation under every reading",
        "  accumulated in 12 months £5,500.50 (working readings), made up of:",
        "    -  2023-06-01  1  £3,000.00",
        "    -  2024-03-01  2  £2,500.50  this purchase",
    ]
    assert "  entry in the register: none on record\n" in explain.dumps(report.explain(fourth), "en")
    assert "  登记：无记录\n" in explain.dumps(report.explain(fourth))


def test_json(report: Report) -> None:
    told = json.loads(json_writer.dumps(report, "en", impact=True))
    jsonschema.validate(told, SCHEMA)
    policy = told["policy"]
    assert (policy["currency"], policy["limits"]) == ("GBP", {"key-decision": {"*": "500000.00"}})
    assert policy["ladders"] == [
        {"id": "competition", "bands": ["one", "three"]},
        {"id": "signature", "bands": ["officer", "cabinet"]},
    ]
    assert policy["totals"] == ["with-supplier"]
    assert policy["rules"][-1] == {
        "id": "register",
        "title": "register",
        "clause": "entered in the register within 14 days",
        "required": "enter it within 14 days",
    }
    bridges, unplaced = told["purchases"][2], told["purchases"][4]
    assert bridges["totals"] == {"with-supplier": "600000.00"}
    assert bridges["bands"] == {"competition": "three", "signature": "cabinet"}
    assert (unplaced["totals"], unplaced["missing"]) == (
        {"with-supplier": "10.00..605520.50"},
        ["supplier"],
    )
    assert unplaced["bands"] == {"competition": "one..three", "signature": "officer"}


def test_csv(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_writer.dumps(report, "en"))))
    assert [(row["single"], row["accumulated"], row["tier"], row["limits"]) for row in rows[1:3]] == [
        ("2500.50", "5500.50", "three", "500000.00"),
        ("600000.00", "600000.00", "three", "500000.00"),
    ]


def test_without_totals() -> None:
    """What is not declared is not told of."""
    one = attrs.evolve(POLICY.ladders["competition"], measures=["amount"])
    policy = attrs.evolve(POLICY, totals={}, ladders={**POLICY.ladders, "competition": one}, built=None)
    report = procure.check(LOG, policy)
    told = text.dumps(report, "en") + "".join(explain.dumps(report.explain(f.purchase), "en") for f in report)
    assert "accumulated" not in told
    assert "total" not in told
    assert "      single £600,000.00\n" in told
    said = json.loads(json_writer.dumps(report))
    jsonschema.validate(said, SCHEMA)
    assert said["policy"]["totals"] == []
    assert all(purchase["totals"] == {} for purchase in said["purchases"])


def test_a_total_of_rows() -> None:
    """How many orders a supplier had in the year, which is no money."""
    total = Total(sum="rows", by=["supplier"], window="always")
    bands = [Band(id="few", range="[0 .. 1]"), Band(id="many", range="(1 .. )", duties=["three-quotes", "one-quote"])]
    ladders = {**POLICY.ladders, "competition": Ladder(bands=bands, measures=["orders"])}
    policy = attrs.evolve(POLICY, totals={"orders": total}, ladders=ladders, built=None)
    report = procure.check(LOG, policy)
    told = text.dumps(report, "en")
    # One row names no supplier, and may be any's.
    assert "      single £2,500.50, accumulated 2 purchases to 3 purchases\n" in told
    assert "accumulated 1 purchase to 2 purchases\n" in told
    assert [p["totals"]["orders"] for p in json.loads(json_writer.dumps(report))["purchases"]][1:3] == ["2..3", "1..2"]
