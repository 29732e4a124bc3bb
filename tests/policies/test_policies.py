"""Policies of many organisations, from files and declared in Python: both engines judge every example alike, and on
every frame."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import framing
import pytest

import procure
from procure import Policy, Purchase, Report
from procure.authoring import Example
from procure.log.records import Log

#: In Python here, and those that come with the library.
DECLARED = ("lcsp_118", "north_norfolk", "p008", "p028", "p053")
POLICIES: dict[str, Policy] = {
    **{name: importlib.import_module(f"policies.{name}").POLICY for name in DECLARED},
    **{f"shipped {name}": procure.policies.load(name) for name in procure.policies.names()},
}
#: The column by which the accounts of several examples are kept apart, where that is not the unit.
APART = {"shipped bromley": "contract", "shipped cfr-200-320": "supplier", "shipped lei-14133-75": "ug"}


class Case(NamedTuple):
    policy: Policy
    example: Example


def _name(example: Example) -> str:
    return example.name.en if example.name else ""


def _cases() -> list[Any]:
    return [
        pytest.param(Case(policy, example), id=f"{name}-{n}: {_name(example)}")
        for name, policy in POLICIES.items()
        for n, example in enumerate(policy.examples, 1)
    ]


each_example = pytest.mark.parametrize("case", _cases())


def table(example: Example, decimal: str = "") -> dict[str, list[Any]]:
    """The rows as columns, as text with this decimal sign if one is given. What a row does not name is a blank cell,
    as "" is."""
    names = dict.fromkeys(name for row in example.rows for name in row)
    return {name: [_cell(row.get(name), decimal) for row in example.rows] for name in names}


def _cell(cell: Any, decimal: str = "") -> Any:
    if cell in ("", None):
        return None
    if not decimal:
        return cell
    return str(cell).replace(".", decimal) if isinstance(cell, Decimal) else str(cell)


def log(example: Example) -> Log:
    columns = table(example)
    return Log.of(Purchase(**dict(zip(columns, cells, strict=True))) for cells in zip(*columns.values(), strict=True))


def is_as_the_example_says(report: Report, example: Example) -> None:
    assert not report.rejected
    finding = report.purchases[-1]
    assert finding.verdict.value == example.verdict
    if example.breached is not None:
        assert sorted(b.rule.id for b in finding.breaches if b.working) == sorted(example.breached)
    if example.missing is not None:
        assert sorted(finding.missing) == sorted(example.missing)
    if example.turns_on is not None:
        assert {question for flip in finding.flips for question in flip} == set(example.turns_on)


def given(case: Case) -> Policy:
    return case.policy.with_given(**case.example.given) if case.example.given else case.policy


@each_example
def test_row_by_row(case: Case) -> None:
    is_as_the_example_says(procure.check(log(case.example), given(case)), case.example)


@each_example
def test_by_columns(case: Case) -> None:
    pytest.importorskip("polars")
    report = procure.check(log(case.example), given(case), engine=procure.engine("polars"))
    is_as_the_example_says(report, case.example)
    assert framing.by_report(report) == framing.by_report(procure.check(log(case.example), given(case)))


@pytest.mark.parametrize("kind", framing.FRAMES)
@each_example
def test_frames(case: Case, kind: str) -> None:
    pytest.importorskip("polars")
    pytest.importorskip(kind.removeprefix("lazy "))
    cells = table(case.example, case.policy.decimal)
    told = framing.by_frame(kind, cells, given(case))
    assert told == framing.by_report(procure.check(log(case.example), given(case)))


@each_example
def test_a_frame_of_types(case: Case) -> None:
    """Numbers are numbers, where a column has nothing else."""
    pytest.importorskip("polars")
    cells: Mapping[str, list[Any]] = {
        name: column if all(not isinstance(cell, str) for cell in column) else [_cell(c, ".") for c in column]
        for name, column in table(case.example).items()
    }
    told = framing.by_frame("polars", cells, given(case))
    assert told == framing.by_report(procure.check(log(case.example), given(case)))


def test_every_example_is_named_once() -> None:
    for policy in POLICIES.values():
        assert len({example.name for example in policy.examples}) == len(policy.examples)


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("name", POLICIES)
def test_on_spark(spark: Any, name: str) -> None:
    """The examples whose logs have the same columns, as one log, each with units of its own: totals are apart."""
    policy = POLICIES[name]
    key = APART.get(name, "organo" if "organo" in policy.columns else "unit")
    examples = _alike([each for each in policy.examples if all(row.get(key) != "" for row in each.rows)])
    assert len(examples) >= 2
    policy = given(Case(policy, examples[0]))
    rows = [
        {**{field: _cell(cell, policy.decimal) for field, cell in row.items()}, **_unit_of(policy, key, row, n)}
        for n, example in enumerate(examples)
        for row in example.rows
    ]
    last = [(at, n) for n, example in enumerate(examples) for at in range(1 - len(example.rows), 1)]
    columns = dict.fromkeys(field for row in rows for field in row)
    cells = {field: [row.get(field) for row in rows] for field in columns}
    frame = framing.polars({**cells, "n": [f"{n:03}" for n in range(len(rows))]})
    reverse = framing.spark_frame(spark, frame.reverse())
    found = framing.by_spark(procure.check_frame(reverse, policy, order="n"), "n")
    assert found == framing.by_check(frame, policy)
    for told, (at, n) in zip(found, last, strict=True):
        assert at < 0 or told[0] == examples[n].verdict


def _alike(examples: Sequence[Example]) -> list[Example]:
    """The most examples that have the same columns, and the same limits and lists given."""
    alike: dict[tuple[frozenset[str], str], list[Example]] = {}
    for example in examples:
        alike.setdefault((frozenset(table(example)), repr(example.given)), []).append(example)
    return max(alike.values(), key=len)


def _unit_of(policy: Policy, key: str, row: Mapping[str, Any], n: int) -> dict[str, str]:
    return {key: f"{row.get(key, '')} {n}"} if key in (*policy.columns, "supplier") else {}
