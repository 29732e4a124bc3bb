"""The logs in examples/ of the policies that come with the library: twenty made-up rows each, judged by hand."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

import procure

EXAMPLES = Path(__file__).parents[2] / "examples"

if not EXAMPLES.is_dir():
    pytest.skip("the examples are not installed with the library", allow_module_level=True)


class Judged(NamedTuple):
    """By id: what is breached under the recommended readings, what turns on a question, what cannot be told, and what
    is not judged. All else is compliant, settled."""

    breached: dict[str, str]
    turns: dict[str, str]
    unknown: set[str]
    not_judged: set[str]
    day_first: bool | None = None


LOGS = {
    "wzu-itc-2019": Judged(
        {
            "X02": "supervisor", "X05": "supervisor", "X06": "director form record", "X09": "two", "X11": "director",
            "X12": "form", "X13": "panel", "X14": "record",
        },
        {"X06": "edge", "X08": "three", "X09": "in-principle"},
        {"X15", "X17", "X18"},  # no panel, a signature without a day, 约300元
        {"X19", "X20"},  # before the rule, a return
    ),
    "bromley": Judged(
        {
            "B03": "three", "B05": "one", "B07": "three", "B09": "three", "B11": "four", "B14": "four", "B15": "four",
            "B17": "three",
        },
        {"B03": "edge", "B07": "orders", "B09": "obtained", "B11": "edge", "B14": "obtained", "B17": "orders"},
        {"B16", "B18"},  # quotations not stated, and an order that may be of any contract
        {"B19"},
        day_first=True,
    ),
    "lei-14133-75": Judged(
        # P06 is at the limit itself, P07 and P08 reach it together, P10 and P12 are above it as one (P11 is exempt).
        {"P06": "licitar", "P07": "licitar", "P08": "licitar", "P10": "licitar", "P12": "licitar", "P14": "licitar"},
        {"P07": "janela", "P09": "preferencialmente", "P10": "janela", "P11": "preferencialmente", "P16": "o-que-soma"},
        {"P01", "P02", "P03", "P17", "P19"},  # P17 may be of papelaria; the limit of 2024 is not known
        {"P15", "P20"},  # by tender; and under another article
        day_first=True,
    ),
    "cfr-200-320": Judged(
        {
            "F02": "reasonable", "F04": "quotations", "F07": "quotations", "F09": "formal", "F13": "noncompetitive",
            "F16": "quotations",
        },
        {"F03": "aggregate", "F06": "adequate", "F08": "aggregate", "F17": "aggregate"},
        {"F15"},
        {"F20"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("engine", ["python", "polars"])
@pytest.mark.parametrize("name", LOGS)
def test_a_log_is_judged_as_the_text_says(name: str, engine: str) -> None:
    if engine != "python":
        pytest.importorskip("polars")
    judged = LOGS[name]
    log = procure.read(EXAMPLES / f"{name.replace('-', '_')}.csv", day_first=judged.day_first)
    report = procure.check(log, procure.policies.load(name), engine=procure.engine(engine))
    assert len(report.purchases) == 20
    by_id = {finding.purchase.id: finding for finding in report.purchases}
    breached = {
        id: " ".join(sorted(breach.rule.id for breach in finding.breaches if breach.working))
        for id, finding in by_id.items()
        if finding.verdict.value == "violation"
    }
    assert breached == judged.breached
    turns = {id: " ".join(sorted({q for flip in f.flips for q in flip})) for id, f in by_id.items() if f.flips}
    assert turns == judged.turns
    for verdict, ids in (("unknown", judged.unknown), ("not_applicable", judged.not_judged)):
        assert {id for id, finding in by_id.items() if finding.verdict.value == verdict} == ids
