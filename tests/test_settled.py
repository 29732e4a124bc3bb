"""What must hold of verdicts on any log with gaps: laws, of small random logs by the policy of Furong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from building import bought, furong
from hypothesis import given
from hypothesis import strategies as st

import procure
from procure import Purchase
from procure.engines.findings import Finding

Cells = Mapping[str, Any]
#: The cells of a column; the last is blank.
CELLS: Mapping[str, Sequence[Any]] = {
    "date": ("2020-03-02", "2020-06-08", "2020-11-30", None),
    "unit": ("区工信局", "区财政局", None),
    "category": ("A05040101", "A05040201", "印刷", None),
    "amount": (900, 2_500, 4_000, -3_000, 6_000, None),
    "method": ("direct", "quotation", "open_tender", None),
    "in_catalogue": (False, False, True, None),
    "kind": ("goods", "services", None),
}
#: These two say that there is none where they are blank; the others are there in every row.
EVIDENCE: Mapping[str, Sequence[Any]] = {
    "approved_on": ("2020-01-02", "2020-07-01", None),
    "ground": ("唯一供应商", None),
    "quotes": (0, 2, 3),
}
#: The questions that are asked of such a log, and their readings.
ASKED = [a for a in furong().plan(("amount", "method")).asked if a.id in ("limbs", "current", "window", "counted")]


@st.composite
def rows(draw: st.DrawFn, **always: Any) -> list[Cells]:
    """Some rows, in which now and then a cell is blank. `always` narrows the cells of a column."""
    cells = {**CELLS, **EVIDENCE, **always}
    seldom = {
        name: st.integers(0, 5).flatmap(lambda n, of=of: st.just(of[-1]) if n == 5 else st.sampled_from(of[:-1] or of))
        for name, of in cells.items()
    }
    found = draw(st.lists(st.fixed_dictionaries(seldom), min_size=1, max_size=5))
    # Invited are as many as sent a quote; and some row has a unit, so that the log has that column.
    return [
        *({**row, "invited": row["quotes"]} for row in found),
        {**found[0], "unit": "别处", "quotes": 0, "invited": 0},
    ]


def checked(log: Sequence[Cells], adopted: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    return procure.check([_purchase(row) for row in log], furong(adopted)).purchases


def _purchase(row: Cells) -> Purchase:
    return bought(row["amount"], **{name: cell for name, cell in row.items() if name != "amount"})


def told(findings: Sequence[Finding]) -> list[tuple[str, bool, tuple[Any, ...]]]:
    return [(f.verdict.value, f.settled, tuple(tuple(flip.items()) for flip in f.flips)) for f in findings]


def no_turn(before: Sequence[Finding], after: Sequence[Finding]) -> None:
    """A settled verdict stays, but that a purchase may turn out not to be judged."""
    for one, other in zip(before, after, strict=True):
        if one.settled and one.verdict.value in ("violation", "compliant"):
            assert other.settled or other.verdict is one.verdict
            assert other.verdict is one.verdict or (one.verdict.value, other.verdict.value) == (
                "compliant",
                "not_applicable",
            )


@given(rows(), st.data())
def test_filling_in_a_blank_never_turns_a_settled_verdict(log: list[Cells], data: st.DataObject) -> None:
    blanks = [(n, name) for n, row in enumerate(log) for name in CELLS if row[name] is None]
    if blanks:
        n, name = data.draw(st.sampled_from(blanks))
        filled = [dict(row) for row in log]
        filled[n][name] = data.draw(st.sampled_from(CELLS[name][:-1]))
        no_turn(checked(log), checked(filled))


@given(rows(), st.data())
def test_adopting_an_asked_question_never_turns_a_settled_verdict(log: list[Cells], data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(ASKED))
    no_turn(checked(log), checked(log, {question.id: data.draw(st.sampled_from(tuple(question.answers)))}))


@given(rows(), st.data())
def test_better_evidence_never_turns_compliant_into_violation(log: list[Cells], data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(log) - 1))
    row = log[n]
    better: Cells = data.draw(
        st.sampled_from(
            [
                {"quotes": row["quotes"] + 1, "invited": row["quotes"] + 1},
                {"approved_on": "2020-01-02"},
                {"ground": "唯一供应商"},
            ]
        )
    )
    before, after = checked(log)[n], checked([*log[:n], {**row, **better}, *log[n + 1 :]])[n]
    assert (before.verdict.value, after.verdict.value) != ("compliant", "violation")


@given(rows(unit=CELLS["unit"][:2]), st.randoms(use_true_random=False))
def test_the_order_of_units_changes_nothing(log: list[Cells], random: Any) -> None:
    queues = [[n for n, row in enumerate(log) if row["unit"] == unit] for unit in ("区工信局", "区财政局", "别处")]
    order: list[int] = []
    while queues := [queue for queue in queues if queue]:
        order.append(random.choice(queues).pop(0))
    as_given = told(checked(log))
    assert told(checked([log[n] for n in order])) == [as_given[n] for n in order]


@given(rows(unit=CELLS["unit"][:2]))
def test_a_log_of_one_unit_is_judged_as_in_the_log_of_all(log: list[Cells]) -> None:
    as_given = told(checked(log))
    for unit in ("区工信局", "区财政局", "别处"):
        of_unit = [n for n, row in enumerate(log) if row["unit"] == unit]
        if of_unit:
            assert told(checked([log[n] for n in of_unit])) == [as_given[n] for n in of_unit]


@given(rows(), st.integers(0, 5))
def test_setting_rows_aside_is_as_if_they_were_not_there(log: list[Cells], n: int) -> None:
    purchases = [_purchase(row) for row in log]
    report = procure.check(purchases, furong(), set_aside=True)
    kept = [row for row in log if None not in (row["date"], row["unit"], row["category"])]
    assert len(report.set_aside) == len(log) - len(kept)
    assert (report.aside is None) == (len(kept) == len(log))
    if kept:
        assert told(report.purchases) == told(checked(kept))
    for finding in report.purchases:
        assert report.explain(purchases[report.read.kept[finding.purchase.at]]).finding is finding
