"""Open Contracting Data: an award is a purchase."""

import json

import pytest

from procure import Kind, Method, Origin, Purchase
from procure.readers import ocds, read
from procure.records import UNKNOWN

ITEM = {"classification": {"scheme": "x", "id": "A05040101"}}
RELEASE = {
    "ocid": "o1",
    "date": "2020-02-01",
    "tag": ["award"],
    "buyer": {"name": "工信局"},
    "tender": {
        "title": "纸",
        "procurementMethod": "limited",
        "mainProcurementCategory": "goods",
        "tenderers": [{"name": "甲"}, {"name": "乙"}],
    },
    "awards": [
        {
            "id": "a1",
            "date": "2020-03-05T08:00:00+08:00",
            "value": {"amount": 86630.10, "currency": "CNY"},
            "suppliers": [{"name": "甲"}],
            "items": [ITEM, ITEM],
        },
        {"id": "a2", "status": "cancelled", "value": {"amount": 1}},
    ],
}


@pytest.fixture
def package(log):
    return lambda data: log(json.dumps(data, ensure_ascii=False), "package.json")


def test_a_release_package(package):
    file = package({"releases": [RELEASE]})
    assert read(file).rows == (
        Purchase(
            id="o1/a1",
            date="2020-03-05",
            unit="工信局",
            category="A05040101",
            kind=Kind.GOODS,
            item="纸",
            amount="86630.10",
            method=frozenset({Method.QUOTATION, Method.INQUIRY, Method.NEGOTIATION, Method.CONSULTATION}),
            supplier="甲",
            quotes=2,
            ground=UNKNOWN,
            note="CNY",
            origin=Origin(file, None, 1),
        ),
    )


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: [r], lambda r: {"records": [{"compiledRelease": r}]}])
def test_records_and_bare_releases(package, wrap):
    assert [p.id for p in read(package(wrap(RELEASE)))] == ["o1/a1"]


def test_a_release_without_an_award_in_force_is_no_purchase(package):
    file = package([{"ocid": "o2", "tender": {"title": "x"}}, RELEASE])
    log = read(file)
    assert [p.origin.row for p in log] == [2]
    assert [str(s) for s in log.skipped] == [f"{file}:1: no award in force: nothing was bought"]


def test_a_later_release_adds_to_an_earlier_one(package):
    later = {
        "ocid": "o1",
        "date": "2020-04-01",
        "tag": ["contract"],
        "tender": {"procurementMethod": "direct", "procurementMethodRationale": "独家"},
        "awards": [{"id": "a1", "value": {"amount": 5}}, {"id": "a3", "items": [ITEM, {}]}],
        "contracts": [{"id": "c", "awardID": "a3", "dateSigned": "2020-05-01", "value": {"amount": 7}}, "noise"],
    }
    assert [
        (p.id, p.fen, str(p.date), p.item, p.method, p.ground, p.category) for p in read(package([later, RELEASE]))
    ] == [
        ("o1/a1", 500, "2020-03-05", "纸", {Method.DIRECT, Method.SINGLE_SOURCE}, "独家", "A05040101"),
        ("o1/a3", 700, "2020-05-01", "纸", {Method.DIRECT, Method.SINGLE_SOURCE}, "独家", None),
    ]


def test_a_list_of_plain_records(log):
    file = log('[{"id": "1", "amount": 0.1}, {"id": "2", "amount": "x"}]', "log.json")
    assert [str(row.origin) for row in read(file).rows] == [f"{file}:1", f"{file}:2"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ("\0", "is not valid JSON"),
        ('{"a": 1}', "is neither an OCDS package nor a list of records"),
        ("5", "is neither an OCDS package nor a list of records"),
        ("[5]", "is neither an OCDS package nor a list of records"),
        ("[]", "is empty"),
        ('{"releases": []}', "has no rows below its header"),
    ],
)
def test_what_is_no_package(log, error, content, message):
    file = log(content, "package.json")
    assert error(file) == f"{file}: {message}"


def test_a_file_too_large(log, error, monkeypatch):
    monkeypatch.setattr(ocds, "LARGEST", 3)
    file = log("[{}]", "package.json")
    assert error(file) == f"{file}: the file is larger than 256 MB"
