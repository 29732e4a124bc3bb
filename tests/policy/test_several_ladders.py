"""Several ladders at once, whose totals an interpretation reads together: against brute force over interpretations."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from small import bought, duty, last, question, small, told

from procure import Purchase
from procure.api import check
from procure.authoring import Band, Ladder, Policy, Total, ask, column

QUESTIONS = (
    question("unit-window", "so-far", "whole"),
    question("supplier-window", "so-far", "whole"),
    question("edge", "upper", "lower"),
)


def two_ladders(met_by: Any = ({"ranks": "few"},), **keys: Any) -> Policy:
    """What is of a high band by the unit's total may not be of many by the supplier's. Each total has a question of its
    own."""
    windows = {of: ask(f"{of}-window", so_far="year so far", whole="year") for of in ("unit", "supplier")}
    return small(
        columns=[column("unit"), column("supplier"), column("method")],
        questions=QUESTIONS,
        totals={
            "of-unit": Total(by=["unit"], window=windows["unit"], **keys),
            "of-supplier": Total(by=["supplier"], window=windows["supplier"], **keys),
        },
        ladders={
            "methods": Ladder(
                bands=[Band(id="free", range="[0 .. 1000|"), Band(id="bound", range="|1000 .. )", duties=["apart"])],
                measures=["of-unit"],
                edge=ask("edge", upper="upper", lower="lower"),
            ),
            "ranks": Ladder(
                bands=[Band(id="few", range="[0 .. 500)"), Band(id="many", range="[500 .. )")], measures=["of-supplier"]
            ),
        },
        duties={"apart": duty(list(met_by))},
    )


def test_what_is_breached_only_where_both_totals_move_is_not_settled() -> None:
    # So far the unit's total is 600 and the supplier's 300; of the whole year 1,200 and 700. Under each single change
    # of a reading the purchase complies: it is breached only where both move.
    log = [
        bought(600, "2020-03-01", unit="a", supplier="z"),
        bought(600, "2020-09-01", unit="a", supplier="y"),
        bought(400, "2020-09-01", unit="b", supplier="x"),
    ]
    judged = bought(300, "2020-03-01", unit="a", supplier="x")
    policy = two_ladders()
    finding = last(policy, *log, judged)
    assert told(finding) == ("compliant", False, [{"unit-window": "whole", "supplier-window": "whole"}])
    assert not finding.exposed  # two answers would have to change
    for unit, supplier in itertools.product(("so-far", "whole"), repeat=2):
        settled = last(policy.adopt({"unit-window": unit, "supplier-window": supplier}), *log, judged)
        both = (unit, supplier) == ("whole", "whole")
        assert told(settled) == ("violation" if both else "compliant", True, [])
        assert (settled.bands["methods"], settled.bands["ranks"]) == (
            ("free",) if unit == "so-far" else ("bound",),
            ("few",) if supplier == "so-far" else ("many",),
        )
    assert (finding.totals["of-unit"], finding.totals["of-supplier"]) == ((90_000, 0, 2, 0), (30_000, 0, 1, 0))


ROWS = st.lists(
    st.tuples(
        st.sampled_from((100, 200, 400, 500, 600, 1_000, -100)),
        st.sampled_from(("2020-01-05", "2020-03-01", "2020-09-01")),
        st.sampled_from(("a", "b")),
        st.sampled_from(("x", "y")),
        st.sampled_from(("direct", "quotation", "open_tender")),
    ),
    min_size=1,
    max_size=6,
)


def typed(rows: Sequence[tuple[Any, ...]], gaps: Mapping[int, str] | None = None) -> list[Purchase]:
    names = ("amount", "date", "unit", "supplier", "method")
    log = [dict(zip(names, row, strict=True)) for row in rows]
    for n, name in (gaps or {}).items():
        log[n % len(log)][name] = None
    return [Purchase(**cells) for cells in log]


def by_hand(rows: Sequence[tuple[Any, ...]], me: int, answers: Mapping[str, str]) -> str:
    """The verdict on a row of a complete log, by plain loops."""

    def total(key: int, window: str) -> int:
        return sum(
            row[0]
            for n, row in enumerate(rows)
            if row[key] == rows[me][key] and (window == "whole" or (row[1], n) <= (rows[me][1], me))
        )

    if rows[me][0] <= 0:
        return "not_applicable"
    of_unit, of_supplier = total(2, answers["unit-window"]), total(3, answers["supplier-window"])
    bound = of_unit > 1_000 or (of_unit == 1_000 and answers["edge"] == "upper")
    return "violation" if bound and of_supplier >= 500 else "compliant"


def every_answer() -> list[dict[str, str]]:
    return [
        dict(zip((q.id for q in QUESTIONS), answers, strict=True))
        for answers in itertools.product(*(q.answers for q in QUESTIONS))
    ]


def smallest(verdicts: Mapping[tuple[str, ...], str]) -> list[dict[str, str]]:
    """The smallest changes from the first answers that change the verdict."""
    first, ids = next(iter(verdicts)), [q.id for q in QUESTIONS]
    changes = [
        {id: new for id, new, old in zip(ids, answers, first, strict=True) if new != old}
        for answers, verdict in verdicts.items()
        if verdict != verdicts[first]
    ]
    fewest = min(map(len, changes), default=0)
    return [change for change in changes if len(change) == fewest]


def listed(flips: Sequence[Mapping[str, str]]) -> list[str]:
    return sorted(repr(sorted(flip.items())) for flip in flips)


@given(ROWS)
def test_two_ladders_over_two_totals_against_every_interpretation(rows: list[tuple[Any, ...]]) -> None:
    for me, finding in enumerate(check(typed(rows), two_ladders())):
        verdicts = {tuple(answers.values()): by_hand(rows, me, answers) for answers in every_answer()}
        working = next(iter(verdicts.values()))
        assert finding.verdict.value == working
        assert finding.settled == (len(set(verdicts.values())) == 1)
        assert listed(finding.flips) == listed(smallest(verdicts))


@given(
    ROWS,
    st.dictionaries(st.integers(0, 5), st.sampled_from(("method", "amount", "unit", "supplier", "date")), max_size=3),
)
def test_the_same_with_missing_data_against_each_interpretation_adopted(
    rows: list[tuple[Any, ...]], gaps: dict[int, str]
) -> None:
    # Settled is: the same under each interpretation, and known under each. A flip is a change that leads elsewhere.
    log = typed(rows, gaps)
    policy = two_ladders(
        met_by=[{"ranks": "few"}, {"method": "open_tender"}], counts={"method": ["direct", "quotation"]}
    )
    alone = {
        tuple(answers.values()): [f.verdict.value for f in check(log, policy.adopt(answers))]
        for answers in every_answer()
    }
    for me, finding in enumerate(check(log, policy)):
        verdicts = {answers: found[me] for answers, found in alone.items()}
        working = next(iter(verdicts.values()))
        if "not_applicable" not in verdicts.values():
            assert finding.verdict.value == working
            assert finding.settled == (set(verdicts.values()) in ({"violation"}, {"compliant"}))
            assert listed(finding.flips) == listed([] if working == "unknown" else smallest(verdicts))
