"""The oracle for policy files: the examples of the sample policies, then tiny policies reckoned by hand."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from interpreter import Judged, judge, load, months_before

import procure

SHARED = Path(__file__).parents[2] / "shared" / "policies"
SHIPPED = sorted(Path(procure.policies.__file__).parent.glob("*/policy.toml"))
SAMPLES = [SHARED / name for name in ("furong_2020/policy.toml", "lcsp_118.toml", "north_norfolk.toml")]
each_file = pytest.mark.parametrize(
    "file",
    [
        *(pytest.param(file, id=file.parent.name) for file in SHIPPED),
        *(
            pytest.param(
                file,
                id=f"sample {file.parent.name} {file.name}",
                marks=pytest.mark.skipif(not file.is_file(), reason="the samples (../shared/policies) are not here"),
            )
            for file in SAMPLES
        ),
    ],
)
#: Examples of the sample policies that say what was so while a row without its place was in no total of others.
NOW = {
    "an undated row of the same item": "unknown",
    "a row without a unit beside": "unknown",
    "no category": "compliant",
}


@each_file
def test_the_examples_of_a_policy(file: Path) -> None:
    policy = load(file)
    for number, example in enumerate(policy["example"], 1):
        judged = judge(policy, example["rows"], example.get("given"))[-1]
        label = f"{number}: {example.get('name')}"
        assert judged.verdict == NOW.get(str(example.get("name")), example["verdict"]), label
        if "breached" in example:
            assert judged.surely == set(example["breached"]), label
        if "turns-on" in example:
            assert {question for flip in judged.flips for question, _ in flip} == set(example["turns-on"]), label


@each_file
def test_the_witnesses_of_the_questions(file: Path) -> None:
    policy = load(file)
    for name, question in policy.get("question", {}).items():
        for witness in question.get("witness", []):
            for reading, verdict in witness["verdicts"].items():
                rows = witness["rows"][reading] if isinstance(witness["rows"], dict) else witness["rows"]
                given = witness.get("given", {})
                adopted = {} if "treatment" in question else {name: reading, **witness.get("assumes", {})}
                judged = judge(policy, rows, given.get(reading, given), adopted)[-1]
                assert judged.verdict == verdict, (name, reading)


# -- tiny policies ---------------------------------------------------------------------------------------------

QUOTES = """
[duty.quotes]
met-by = [{ quotes = ">= 3" }]
"""


def tiny(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def on(day: str, amount: Any = 1000, **cells: Any) -> dict[str, Any]:
    """A row; a day of "" is a blank."""
    return {"date": date.fromisoformat(day) if day else "", "amount": amount, "quotes": 0, **cells}


def verdicts(policy: dict[str, Any], rows: list[dict[str, Any]], **more: Any) -> list[str]:
    return [judged.verdict for judged in judge(policy, rows, **more)]


def one(policy: dict[str, Any], row: dict[str, Any], **more: Any) -> Judged:
    return judge(policy, [row], **more)[0]


def summed(window: str, more: str = "", top: str = "", edge: str = "1500", by: str = '["unit"]') -> dict[str, Any]:
    """Quotes are due where a total goes over an edge."""
    return tiny(f"""
{top}
[total.sum]
sum = "amount"
by = {by}
window = "{window}"
{more}
[ladder.main]
measures = ["sum"]
[[ladder.main.band]]
id = "small"
range = "[0 .. {edge}]"
[[ladder.main.band]]
id = "large"
range = "({edge} .. )"
duties = ["quotes"]
{QUOTES}""")


TWO = tiny("""
[total.by-unit]
sum = "amount"
by = ["unit"]
window = "year so far"
[total.by-supplier]
sum = "amount"
by = ["unit", "supplier"]
window = "year"
[ladder.approval]
measures = ["amount", "by-unit"]
[[ladder.approval.band]]
id = "free"
range = "[0 .. 3000)"
[[ladder.approval.band]]
id = "approved"
range = "[3000 .. )"
duties = ["approval"]
[ladder.method]
measures = ["by-supplier"]
[[ladder.method.band]]
id = "any"
range = "[0 .. 2000)"
[[ladder.method.band]]
id = "quoted"
range = "[2000 .. )"
duties = ["quotes"]
[duty.approval]
met-by = [{ approved_on = "<= date" }]
[duty.quotes]
met-by = [{ quotes = ">= 3" }]
""")


def test_two_ladders_over_two_totals() -> None:
    late = {"approved_on": date(2021, 1, 1), "unit": "a"}
    rows = [on("2020-02-01", supplier="x", **late), on("2020-03-01", supplier="y", **late)]
    rows += [on("2020-04-01", supplier="x", **late)]
    judged = judge(TWO, rows)
    assert [each.surely for each in judged] == [{"quotes"}, set(), {"approval", "quotes"}]
    assert [each.verdict for each in judged] == ["violation", "compliant", "violation"]
    assert all(each.settled for each in judged)


def test_one_ladder_known_the_other_not() -> None:
    rows = [on("2020-02-01", 4000, unit="a", supplier="", approved_on=date(2020, 3, 1))]
    judged = judge(TWO, rows)[0]
    assert (judged.verdict, judged.surely, judged.perhaps) == (
        "violation",
        {"approval", "quotes"},
        {"approval", "quotes"},
    )


def test_twelve_months_back_clip_the_months_end() -> None:
    assert months_before(date(2020, 2, 29), 12) == date(2019, 2, 28)
    assert months_before(date(2019, 1, 31), 2) == date(2018, 11, 30)
    policy = summed("12 months back")
    last = on("2020-02-29", unit="a")
    assert verdicts(policy, [on("2019-02-28", unit="a"), last])[-1] == "compliant"
    assert verdicts(policy, [on("2019-03-01", unit="a"), last])[-1] == "violation"
    assert verdicts(policy, [on("2018-01-10", unit="a"), on("2019-01-10", unit="a")])[-1] == "compliant"


def test_days_back_and_the_logs_order_on_one_day() -> None:
    policy = summed("30 days back")
    days = ["2020-03-01", "2020-03-31", "2020-03-31"]
    assert verdicts(policy, [on(day, unit="a") for day in days]) == ["compliant", "compliant", "violation"]
    whole = summed("always")
    assert verdicts(whole, [on(day, unit="a") for day in days[1:]]) == ["violation", "violation"]


def test_always_so_far_without_itself() -> None:
    policy = summed("always so far", "itself = false", edge="999")
    rows = [on("2018-05-05", unit="a"), on("2020-05-05", unit="a"), on("2017-01-01", unit="b")]
    # the first of each account has a total that counted nothing: nothing claims it
    assert verdicts(policy, rows) == ["not_applicable", "violation", "not_applicable"]


def test_a_suppliers_total_and_a_missing_key() -> None:
    policy = summed("year so far", by='["supplier"]')
    rows = [on("2020-01-01", supplier="X "), on("2020-01-02", supplier=""), on("2020-01-03", supplier="x")]
    rows += [on("", 9000, supplier="x"), on("2020-01-04", 400, supplier="y")]
    # the second may be of X or of y, the fourth of any day
    assert verdicts(policy, rows) == ["unknown", "unknown", "violation", "violation", "compliant"]


def test_none_on_record_is_one_account() -> None:
    policy = summed("year so far", by='["supplier"]', top='[columns.supplier]\nblank = "none"')
    assert verdicts(policy, [on("2020-01-01", supplier=""), on("2020-01-02", supplier="")])[-1] == "violation"


def test_a_total_of_rows() -> None:
    policy = summed("year so far", edge="2")
    policy["total"]["sum"] |= {"sum": "rows", "counts": {"kind": "goods"}}
    rows = [on(f"2020-01-0{day}", amount, unit="a", kind="goods") for day, amount in enumerate([5, "", -5, 5, 5], 1)]
    rows[3]["kind"] = "works"
    assert verdicts(policy, rows) == ["compliant", "compliant", "not_applicable", "violation", "violation"]
    rows[0]["kind"] = ""  # may count
    assert verdicts(policy, rows)[-2:] == ["unknown", "violation"]


def test_a_budget_year_from_july() -> None:
    policy = summed("year so far", top='year = "07-01"')
    days = ["2020-06-30", "2020-07-01", "2021-06-30", "2021-07-01"]
    assert verdicts(policy, [on(day, unit="a") for day in days]) == ["compliant", "compliant", "violation", "compliant"]


def test_a_column_absent_where_the_log_is_of_one() -> None:
    policy = summed("year so far", top='[columns.unit]\nabsent = "one"')
    assert verdicts(policy, [on("2020-01-01"), on("2020-01-02")]) == ["compliant", "violation"]
    assert verdicts(policy, [on("2020-01-01", unit="a"), on("2020-01-02")]) == ["compliant", "unknown"]


def test_net_refunds_are_no_gap_and_totals_are_intervals() -> None:
    policy = summed("year so far")
    rows = [on("2020-01-01", -5000, unit="a"), on("2020-01-02", 100, unit="a"), on("2020-01-03", "", unit="a")]
    rows += [on("2020-01-04", 7000, unit="a"), on("2020-01-05", 100, unit="a")]
    # the amount that is not stated may be a refund's
    assert verdicts(policy, rows) == ["not_applicable", "compliant", "unknown", "unknown", "unknown"]
    assert verdicts(policy, [*rows[:3], on("2020-01-05", 10, unit="a")])[-1] == "unknown"


def test_counts_by_a_condition_and_a_refund_in_it() -> None:
    policy = summed("year so far", 'counts = { amount = ">= 500" }', edge="1000")
    rows = [on("2020-01-01", 900, unit="a"), on("2020-01-02", -800, unit="a"), on("2020-01-03", 700, unit="a")]
    rows += [on("2020-01-04", 400, unit="a")]
    assert verdicts(policy, rows) == ["compliant", "not_applicable", "compliant", "compliant"]
    rows[1]["amount"] = -300  # its purchase may have been of 500 or more: 1,600 or 1,300
    assert verdicts(policy, rows)[2:] == ["violation", "violation"]
    policy["ladder"]["main"]["band"][0]["range"], policy["ladder"]["main"]["band"][1]["range"] = (
        "[0 .. 1500]",
        "(1500 .. )",
    )
    assert verdicts(policy, rows)[2:] == ["unknown", "unknown"]
    policy["total"]["sum"]["counts"] = {"amount": "> 0"}  # of the sign
    assert verdicts(policy, rows)[2:] == ["violation", "violation"]


GAPS = """
[ladder.main]
measures = ["amount"]
gaps = { ask = "gap", up = "up", down = "down", none = "none" }
[[ladder.main.band]]
id = "a"
range = "[10 .. 1000]"
[[ladder.main.band]]
id = "b"
range = "[1001 .. 5000]"
duties = ["quotes"]
[question.gap]
readings = { up = "", down = "", none = "" }
recommended = "up"
"""


def test_gaps() -> None:
    policy = tiny(GAPS + QUOTES)
    judged = one(policy, on("2020-01-01", Decimal("1000.5")))
    assert (judged.verdict, judged.settled) == ("violation", False)
    assert judged.flips == {frozenset({("gap", "down")}), frozenset({("gap", "none")})}
    for reading, verdict in [("up", "violation"), ("down", "compliant"), ("none", "not_applicable")]:
        judged = one(policy, on("2020-01-01", Decimal("1000.5")), adopted={"gap": reading})
        assert (judged.verdict, judged.settled, judged.flips) == (verdict, True, set())
    for outside in (5, 5001):  # below the first, above the last: no gap
        assert one(policy, on("2020-01-01", outside)).verdict == "not_applicable"


def test_the_lowest_claim_binds() -> None:
    policy = summed("year so far")
    policy["ladder"]["main"] |= {"measures": ["amount", "sum"], "binds": "lowest"}
    rows = [on("2020-01-01", 2000, unit="a"), on("2020-01-02", 1000, unit="a")]
    assert verdicts(policy, rows) == ["violation", "compliant"]


def test_words_that_rank() -> None:
    policy = tiny("""
[columns.approver]
order = ["office", "deputy", "board"]
words = { office = [], deputy = ["vice"], board = [], friend = [] }
[duty.high]
when = { amount = "> 100" }
met-by = [{ approver = ">= deputy" }]
""")
    cells = [("board", "compliant"), ("VICE", "compliant"), ("office", "violation"), ("friend", "violation")]
    for cell, verdict in [*cells, ("nobody known", "unknown"), ("", "unknown")]:
        assert one(policy, on("2020-01-01", approver=cell)).verdict == verdict
    assert one(policy, on("2020-01-01", 100, approver="office")).verdict == "not_applicable"


def test_dates_days_apart_and_a_yes_without_a_date() -> None:
    policy = tiny("""
[columns.posted]
type = "date"
yes = true
blank = "none"
[duty.posted]
when = {}
unless = { kind = "works" }
met-by = [{ posted = "<= date - 7 days" }]
""")
    for cell, verdict in [(date(2020, 2, 26), "violation"), (date(2020, 2, 25), "compliant"), ("", "violation")]:
        assert one(policy, on("2020-03-03", kind="goods", posted=cell)).verdict == verdict
    assert one(policy, on("2020-03-03", kind="goods", posted="是")).verdict == "unknown"
    assert one(policy, on("2020-03-03", kind="goods")).verdict == "unknown"
    assert one(policy, on("", kind="goods", posted="")).verdict == "violation"
    assert one(policy, on("2020-03-03", kind="works", posted="")).verdict == "not_applicable"


def test_a_share_of_another_column() -> None:
    policy = tiny("""
[columns.panel]
type = "count"
[columns.experts]
type = "count"
[columns.deposit]
type = "money"
[duty.experts]
when = {}
met-by = [{ experts = ">= 2/3 * panel", deposit = "[5% * amount .. 10% * amount)" }]
""")
    for experts, panel, deposit, verdict in [
        (4, 6, 50, "compliant"),
        (3, 5, 50, "violation"),
        (4, 6, Decimal("49.99"), "violation"),
        (4, 6, 100, "violation"),
        (4, "", 50, "unknown"),
        (4, "", 100, "violation"),
    ]:
        row = on("2020-01-01", experts=experts, panel=panel, deposit=deposit)
        assert one(policy, row).verdict == verdict, row


def test_a_named_condition_and_its_negation() -> None:
    policy = tiny("""
[columns.cheap-car]
from = { holds = { kind = "goods", amount = "<= 8000" } }
[duty.quotes]
when = { cheap-car = "no" }
met-by = [{ quotes = ">= 3" }]
""")
    cells = [("goods", 8000, "not_applicable"), ("goods", 8001, "violation"), ("works", 10, "violation")]
    for kind, amount, verdict in [*cells, ("", 10, "unknown"), ("", 9000, "violation"), ("goods", "", "unknown")]:
        assert one(policy, on("2020-01-01", amount, kind=kind)).verdict == verdict
    # the log says it, too, and otherwise: both
    assert one(policy, on("2020-01-01", 8000, kind="goods", **{"cheap-car": "no"})).verdict == "unknown"


def test_a_duty_that_asks_for_a_ladders_band() -> None:
    policy = tiny("""
[ladder.main]
measures = ["amount"]
[[ladder.main.band]]
id = "a"
range = "[0 .. 100)"
[[ladder.main.band]]
id = "b"
range = "[100 .. )"
[duty.quotes]
when = [{ main = "b", kind = "goods" }, { main = ["a", "b"], kind = "works" }]
met-by = []
""")
    for amount, kind, verdict in [(99, "goods", "compliant"), (100, "goods", "violation"), (1, "works", "violation")]:
        assert one(policy, on("2020-01-01", amount, kind=kind)).verdict == verdict


LIMITS = """
[[limit.top]]
from = 2019-01-01
by = "kind"
above = 100
value = { goods = 1000, works = 5000 }
[[limit.top]]
from = 2020-01-01
by = "kind"
above = 100
value = { goods = 2000, works = 6000 }
[ladder.main]
measures = ["amount"]
edge = "upper"
[[ladder.main.band]]
id = "a"
range = "[0 .. top|"
[[ladder.main.band]]
id = "b"
range = "|top .. )"
duties = ["quotes"]
"""


def test_limits_by_kind_that_change_on_a_day() -> None:
    policy = tiny(LIMITS + QUOTES)
    for day, amount, kind, verdict in [
        ("2019-12-31", 1500, "goods", "violation"),
        ("2020-01-01", 1500, "goods", "compliant"),
        ("2020-01-01", 2000, "goods", "violation"),
        ("2018-12-31", 50, "goods", "unknown"),  # before the first day nothing is known, no bound either
        ("2020-01-01", 100, "services", "compliant"),  # no number: not known, but above 100
        ("2020-01-01", 101, "services", "unknown"),
        ("2020-01-01", 1500, "", "unknown"),  # by services' unknown number
        ("2020-01-01", 100, "", "compliant"),
        ("", 50, "goods", "unknown"),
    ]:
        judged = one(policy, on(day, amount, kind=kind))
        assert judged.verdict == verdict, (day, amount, kind)
    policy["columns"] = {"kind": {"words": {"goods": [], "works": []}}}
    assert one(policy, on("2020-01-01", 6000, kind="")).verdict == "violation"
    assert one(policy, on("2020-01-01", 3000, kind="")).verdict == "unknown"


def test_days_in_force() -> None:
    policy = tiny("in-force = { from = 2020-01-01, until = 2020-12-31 }\n" + LIMITS + QUOTES)
    assert one(policy, on("2021-01-01", 9000, kind="goods")).verdict == "not_applicable"
    assert one(policy, on("2021-01-01", 9000, kind="goods"), every_day=True).verdict == "violation"
    assert one(policy, on("", 9000, kind="goods")).verdict == "unknown"  # it may be of another day
    assert one(policy, on("", 1500, kind="goods")).verdict == "compliant"  # any day in force has the later limit
    assert one(policy, on("", 1500, kind="goods"), every_day=True).verdict == "unknown"


def test_given_limits_and_what_bounds_an_unknown_one() -> None:
    policy = tiny(
        """
[[limit.low]]
given = true
[[limit.high]]
given = true
at-least = "low"
[ladder.main]
measures = ["amount"]
[[ladder.main.band]]
id = "a"
range = "[0 .. high)"
[[ladder.main.band]]
id = "b"
range = "[high .. )"
duties = ["quotes"]
"""
        + QUOTES
    )
    assert one(policy, on("2020-01-01", 90), given={"low": 100}).verdict == "compliant"
    assert one(policy, on("2020-01-01", 100), given={"low": 100}).verdict == "unknown"
    assert one(policy, on("2020-01-01", 100), given={"low": 50, "high": 100}).verdict == "violation"


def test_at_least() -> None:
    policy = tiny("""
[columns.invited]
at-least = "quotes"
[duty.invited]
when = {}
met-by = [{ invited = ">= 3" }]
[duty.quotes]
when = { kind = "goods" }
met-by = [{ quotes = ">= 3" }]
""")
    for quotes, invited, kind, verdict in [
        (3, "", "goods", "compliant"),
        (2, "", "works", "unknown"),
        ("", 2, "goods", "violation"),
        ("", 3, "goods", "unknown"),
        ("", "", "goods", "unknown"),
    ]:
        row = on("2020-01-01", invited=invited, kind=kind) | {"quotes": quotes}
        assert one(policy, row).verdict == verdict, row
    assert one(policy, on("2020-01-01", invited=2, kind="goods") | {"quotes": ""}).surely == {"invited", "quotes"}


LISTED = """
[columns.category]
code = { pattern = "[ABC][0-9]+", open = "00" }
[columns.in_catalogue]
from = { list = "catalogue" }
[list.catalogue]
given = true
of = "category"
carries = { floor = { type = "money", blank = 0 } }
[duty.channel]
when = { in_catalogue = "yes", amount = ">= catalogue.floor" }
met-by = []
"""


def test_a_given_list_and_its_carried_number() -> None:
    policy = tiny(LISTED)
    catalogue = [{"code": "A0201", "floor": 500}, {"code": "A0302"}, {"code": "A030201", "floor": 2000}]
    for category, amount, verdict in [
        ("a02010105", 500, "violation"),
        ("A02010105", 499, "not_applicable"),
        ("A02010000", 500, "violation"),
        ("A02", 900, "unknown"),  # coarser than the list's
        ("A0302", 10, "violation"),
        ("A03020100", 10, "unknown"),  # two entries match: each may be the one
        ("A09", 900, "not_applicable"),
        ("paper", 900, "unknown"),  # the list has codes only
        ("", 900, "unknown"),
    ]:
        judged = one(policy, on("2020-01-01", amount, category=category), given={"catalogue": catalogue})
        assert judged.verdict == verdict, (category, amount)
    assert one(policy, on("2020-01-01", category="A0201")).verdict == "unknown"  # nobody gave it
    assert one(policy, on("2020-01-01", category="A0201", in_catalogue="否")).verdict == "not_applicable"


def test_a_kind_against_its_codes_letter() -> None:
    policy = tiny("""
[columns.category]
code = { pattern = "[ABC][0-9]+" }
[columns.kind]
from = { column = "category", prefix = { A = "goods", B = "works" } }
[duty.works]
when = { kind = "works" }
met-by = []
""")
    for category, kind, verdict in [
        ("B01", "", "violation"),
        ("B01", "works", "violation"),
        ("B01", "goods", "unknown"),
        ("C01", "goods", "not_applicable"),
        ("A4纸", "", "unknown"),
    ]:
        assert one(policy, on("2020-01-01", category=category, kind=kind)).verdict == verdict, (category, kind)


def test_questions_nested_and_the_smallest_flips() -> None:
    policy = tiny("""
[duty.quotes]
when = { amount = { ask = "outer", far = "> 9000", near = { ask = "inner", low = "> 500", high = "> 5000" } } }
only-if = { a-duty = "yes" }
met-by = [{ quotes = ">= 3" }, { method = "direct", only-if = { needy = "lax" } }]
[question.outer]
readings = { far = "", near = "" }
recommended = "far"
[question.inner]
readings = { low = "", high = "" }
recommended = "high"
[question.a-duty]
readings = { yes = "", no = "" }
recommended = "yes"
[question.needy]
readings = { lax = "", strict = "" }
recommended = "lax"
needs = { amount = "< 0" }
otherwise = "strict"
""")
    judged = one(policy, on("2020-01-01", method="direct"))
    assert (judged.verdict, judged.settled) == ("compliant", False)  # some reading has it due
    assert judged.flips == {frozenset({("outer", "near"), ("inner", "low")})}
    assert one(policy, on("2020-01-01", method="direct"), adopted={"outer": "near"}).flips == {
        frozenset({("inner", "low")})
    }
    assert one(policy, on("2020-01-01", 9001, method="direct")).verdict == "violation"
    refunded = [on("2020-01-01", -1, method="direct"), on("2020-01-01", 9001, method="direct")]
    assert verdicts(policy, refunded)[-1] == "compliant"  # now it is asked
    assert judge(policy, refunded)[-1].flips == {frozenset({("needy", "strict")})}


def test_a_word_that_may_mean_two_and_present_or_absent() -> None:
    policy = tiny("""
[duty.asked]
when = {}
met-by = [{ method = "quotation", ground = "present" }, { method = "inquiry", ground = "absent" }]
[columns.ground]
blank = "none"
""")
    assert one(policy, on("2020-01-01", method="询价", ground="x")).verdict == "unknown"
    assert one(policy, on("2020-01-01", method="inquiry", ground="")).verdict == "compliant"
    assert one(policy, on("2020-01-01", method="quotation", ground="")).verdict == "violation"
    assert one(policy, on("2020-01-01", method="inquiry")).verdict == "unknown"
    assert one(policy, on("2020-01-01", method="direct")).verdict == "violation"
