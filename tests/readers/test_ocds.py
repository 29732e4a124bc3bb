"""Open Contracting Data: an award is a purchase."""

import json

import pytest
from reading import read, same

from procure import MISSING, Kind, Method, Origin, Purchase
from procure.log.readers import ocds

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
    assert same(
        read(file).rows,
        Purchase(
            id="o1/a1",
            date="2020-03-05",
            unit="工信局",
            category="A05040101",
            kind=Kind.GOODS,
            description="纸",
            amount="86630.10",
            method=frozenset({Method.QUOTATION, Method.INQUIRY, Method.NEGOTIATION, Method.CONSULTATION}),
            supplier="甲",
            quotes=2,
            ground=MISSING,
            currency="CNY",
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
    log = read(package([later, RELEASE]))
    assert [(p.id, p.minor, str(p.date), p.description, p.method, p.ground, p.category) for p in log] == [
        ("o1/a1", 500, "2020-03-05", "纸", {Method.DIRECT, Method.SINGLE_SOURCE}, "独家", "A05040101"),
        ("o1/a3", 700, "2020-05-01", "纸", {Method.DIRECT, Method.SINGLE_SOURCE}, "独家", None),
    ]


def test_awards_are_told_apart_with_or_without_an_id(package):
    value = {"value": {"amount": 5}}
    awards = [value, value, {"id": "a", **value}, {"id": "a", **value}, {"id": {"x": 1}, **value}]
    later = [{"id": "a", "title": "一"}, {"id": "a", "title": "二"}, {"id": "a", **value}]
    log = read(
        package(
            [
                {"ocid": "o1", "date": "2020-01-01", "awards": awards},
                {"ocid": "o1", "date": "2020-01-02", "awards": later},
                {"ocid": None, "awards": [{"id": "a", **value}]},
                {"ocid": None, "awards": [{"id": "a", **value}]},
            ]
        )
    )
    assert [(p.id, p.description, p.minor) for p in log] == [
        ("o1", None, 500),
        ("o1", None, 500),
        ("o1/a", "一", 500),
        ("o1/a", "二", 500),
        ("o1/{'x': 1}", None, 500),
        ("o1/a", None, 500),
        ("a", None, 500),
        ("a", None, 500),
    ]


def test_what_is_not_as_the_standard_has_it(package):
    odd = {"x": ["y"]}
    award = {
        "id": "a",
        "status": odd,
        "date": odd,
        "value": {"amount": odd},
        "items": [{"classification": {"id": odd}}],
    }
    award |= {"suppliers": [{}, {"name": odd}], "title": odd}
    tender = {"procurementMethod": odd, "mainProcurementCategory": odd, "procurementMethodRationale": odd}
    file = package([{"ocid": "o", "date": odd, "buyer": {"name": odd}, "tender": tender, "awards": [award]}])
    log = read(file)
    assert str(log.faults[0]) == f"{file}:1: date: \"{{'x': ['y']}}\" is not a date"
    assert [fault.column for fault in log.faults] == ["date", "kind", "amount"]
    assert log.purchases[0].supplier == "{'x': ['y']}"


def test_tenderers_are_counted_distinct(package):
    tenderers = [{"name": "甲Ａ"}, {"name": " 甲a "}, {"id": "7"}, {"id": 7}, {"name": "黄"}, {"name": "黃"}]
    (purchase,) = read(package([RELEASE | {"tender": {"tenderers": tenderers}}]))
    assert purchase.quotes == 4


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
