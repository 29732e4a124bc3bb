"""An odd number, as reports, the table to sign and the check of a policy speak of it; and in both engines."""

from __future__ import annotations

import pytest
from small import bought, duty, small

import procure
from procure.authoring import Duty, Words, column
from procure.policy.survey import survey
from procure.writers import policy as table
from procure.writers import soundness

PANEL = column("panel", type="count", title=Words("小组人数", "members"))


def courses(proper: Duty, panel: int) -> list[Words]:
    """What would do for a draft with a panel of so many."""
    policy = small(columns=[PANEL], duties={"proper": proper})
    return [each.words for each in procure.advise(policy, {"amount": 5, "date": "2020-06-08", "panel": panel}).courses]


@pytest.mark.parametrize(
    ("proper", "panel", "words"),
    [
        (duty({"panel": "odd"}, when={}), 4, Words("小组人数为单数", "members: an odd number")),
        (
            duty({"panel": "odd >= 5"}, when={}),
            4,
            Words("小组人数为单数，且小组人数不少于5", "members: an odd number and members: at least 5"),
        ),
        (duty([], when={"panel": "odd"}), 5, Words("小组人数不为单数", "members: not an odd number")),
    ],
)
def test_what_would_do(proper: Duty, panel: int, words: Words) -> None:
    assert courses(proper, panel) == [words]


def test_in_the_table_to_sign() -> None:
    policy = small([{"panel": "odd"}, {"panel": "odd [5 .. 9]"}, {"panel": ["odd", 4]}], [PANEL])
    zh, en = table.dumps(policy, "zh"), table.dumps(policy, "en")
    assert "小组人数 为单数\n" in zh and "小组人数 为单数，且 [5 .. 9]\n" in zh
    assert "members odd\n" in en and "members odd and [5 .. 9]\n" in en and "members = odd or 4\n" in en


def test_no_number_is_odd_and_four() -> None:
    when_odd = duty({"quotes": "odd = 4"}, when={"panel": "odd"})
    found = survey(small(columns=[PANEL], duties={"four": when_odd}).plan())
    (told,) = [soundness.message(found.plan, one) for one in found.impossible]
    assert told == Words(
        "“the proper way”：无论如何采购均不能满足（各种读法下）；例：小组人数为单数",
        "“the proper way”: nothing meets it (under every reading); for one, members is odd",
    )
    (point,) = soundness.as_dict(found)["impossible"][0]["points"]
    assert point["facts"] == {"panel": {"members is odd": True}}


@pytest.mark.parametrize("engine", ["python", "polars"])
def test_in_both_engines(engine: str) -> None:
    if engine != "python":
        pytest.importorskip("polars")
    log = [bought(panel=n) for n in (3, 4, 5, 6, 7, None, 10**9, 10**9 + 1)]
    report = procure.check(log, small({"panel": "odd >= 5"}, [PANEL]), engine=procure.engine(engine))
    verdicts = [finding.verdict.value for finding in report.purchases]
    no, yes = "violation", "compliant"
    assert verdicts == [no, no, yes, no, yes, "unknown", no, yes]
