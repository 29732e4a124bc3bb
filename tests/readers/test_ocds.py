"""Open Contracting Data: an award is a purchase."""

import json

import pytest
from reading import read, same

import procure
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
    assert [str(s) for s in log.skipped] == [f"{file}:1: no award and no contract: nothing was bought"]


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


def stages(package, tender=None, **lists):
    """What a release with these awards and contracts comes to: ids, amounts, and the word of a status."""
    release = RELEASE | {"tender": RELEASE["tender"] | (tender or {})} | {"awards": [], **lists}
    log = read(package([release]))
    told = [(row.id, row.minor, row.status) for row in log]
    return told, [skipped.why.en for skipped in log.skipped]


def of(amount, **more):
    return {"value": {"amount": amount, "currency": "CNY"}, **more}


CONTRACTS = [of(300, id="c1", awardID="a"), of(200, id="c2", awardID="a")]


def test_award_and_contracts_are_one_purchase(package):
    assert stages(package, awards=[of(500, id="a", status="active")], contracts=CONTRACTS) == (
        [("o1/a", 50_000, "active")], [],
    )  # fmt: skip


def test_contracts_in_another_currency_do_not_count_and_are_said(package):
    contracts = [*CONTRACTS, {"id": "c3", "awardID": "a", "value": {"amount": 70, "currency": "USD"}}]
    assert stages(package, awards=[of(600, id="a")], contracts=contracts) == (
        [("o1/a", 60_000, None)], ["o1/a was awarded in CNY, and its contracts are in USD: the award counts"],
    )  # fmt: skip


def test_the_contracts_count_where_they_come_to_another_amount(package):
    assert stages(package, awards=[of(600, id="a")], contracts=CONTRACTS) == (
        [("o1/a", 50_000, None)], ["o1/a was awarded for 600, and its contracts come to 500, which count"],
    )  # fmt: skip


@pytest.mark.parametrize("odd", [of("much"), of(True), {}])
def test_the_award_counts_where_its_contracts_do_not_all_say_their_amount(package, odd):
    contracts = [*CONTRACTS, {**odd, "id": "c3", "awardID": "a"}]
    assert stages(package, awards=[of(600, id="a")], contracts=contracts) == ([("o1/a", 60_000, None)], [])


def test_a_contract_alone_is_a_purchase(package):
    told, _ = stages(package, contracts=[of(300, id="c1", awardID="a1", dateSigned="2020-03-05", items=[ITEM])])
    assert told == [("o1/c1", 30_000, None)]


def test_a_contract_that_names_no_award(package):
    contract = of(300, id="c")
    assert stages(package, awards=[of(500, id="a")], contracts=[contract])[0] == [("o1/a", 30_000, None)]
    assert stages(package, awards=[of(500, id="a"), of(1, id="b")], contracts=[contract]) == (
        [("o1/a", 50_000, None), ("o1/b", 100, None)],
        ["contract c does not say of which award it is: the awards count"],
    )


def test_contracts_of_an_id_that_two_awards_share_lift_neither(package):
    told, _ = stages(package, awards=[of(1, id="a"), of(2, id="a")], contracts=CONTRACTS)
    assert [minor for _, minor, _ in told] == [100, 200]


@pytest.mark.parametrize(
    ("tender", "lists", "word"),
    [
        ({}, {"awards": [of(5, id="a", status="cancelled")]}, "award cancelled"),
        ({}, {"awards": [of(5, id="a", status="pending")]}, "award pending"),
        ({"status": "unsuccessful"}, {"awards": [of(5, id="a", status="active")]}, "tender unsuccessful"),
        ({}, {"awards": [of(5, id="a")], "contracts": [of(5, awardID="a", status="cancelled")]}, "contract cancelled"),
        ({}, {"contracts": [of(5, id="c", awardID="x", status="cancelled")]}, "contract cancelled"),
        ({"status": "cancelled"}, {"contracts": [of(5, id="c", awardID="x")]}, "tender cancelled"),
    ],
)
def test_a_stage_that_came_to_nothing_makes_a_void_row(package, tender, lists, word):
    file = package([RELEASE | {"tender": RELEASE["tender"] | tender} | {"awards": [], **lists}])
    report = procure.check(file, procure.policies.furong_2020(limits=300_000))
    assert ([each.word for each in report.void], len(report)) == ([word], 0)


def test_a_contract_that_was_terminated_was_in_force(package):
    contracts = [of(5, awardID="a", status="terminated")]
    assert stages(package, awards=[of(5, id="a", status="active")], contracts=contracts)[0] == [("o1/a", 500, "active")]
