"""Policies of five organisations, declared in Python: both engines judge every example alike, and on every frame."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import framing
import pytest

import procure
from procure import Policy, Purchase, Report
from procure.authoring import Example
from procure.log.records import Log

NAMES = ("lcsp_118", "north_norfolk", "p008", "p028", "p053")


class Case(NamedTuple):
    policy: Policy
    example: Example


def _cases() -> list[Any]:
    found = []
    for name in NAMES:
        module = importlib.import_module(f"policies.{name}")
        for n, example in enumerate(module.EXAMPLES, 1):
            found.append(pytest.param(Case(module.POLICY, example), id=f"{name}-{n}: {example.name}"))
    return found


each_example = pytest.mark.parametrize("case", _cases())


def table(example: Example, text: bool = False) -> dict[str, list[Any]]:
    """The rows as columns. What a row does not name is a blank cell, as "" is."""
    names = dict.fromkeys(name for row in example.rows for name in row)
    return {name: [_cell(row.get(name), text) for row in example.rows] for name in names}


def _cell(cell: Any, text: bool) -> Any:
    return None if cell in ("", None) else str(cell) if text else cell


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
    cells = table(case.example, text=True)
    told = framing.by_frame(kind, cells, given(case))
    assert told == framing.by_report(procure.check(log(case.example), given(case)))


@each_example
def test_a_frame_of_types(case: Case) -> None:
    """Numbers are numbers, where a column has nothing else."""
    pytest.importorskip("polars")
    cells: Mapping[str, list[Any]] = {
        name: column if all(not isinstance(cell, str) for cell in column) else [_cell(c, True) for c in column]
        for name, column in table(case.example).items()
    }
    told = framing.by_frame("polars", cells, given(case))
    assert told == framing.by_report(procure.check(log(case.example), given(case)))


def test_every_example_is_named_once() -> None:
    for name in NAMES:
        examples = importlib.import_module(f"policies.{name}").EXAMPLES
        assert len({example.name for example in examples}) == len(examples)


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("name", NAMES)
def test_on_spark(spark: Any, name: str) -> None:
    """The examples whose logs have the same columns, as one log: each with units of its own: totals are apart."""
    module = importlib.import_module(f"policies.{name}")
    examples = _alike(module.EXAMPLES)
    assert len(examples) >= 2
    rows = [
        {**{field: str(cell) for field, cell in row.items() if cell != ""}, **_unit_of(row, n), "last": at, "of": n}
        for n, example in enumerate(examples)
        for at, row in enumerate(example.rows, 1 - len(example.rows))
    ]
    columns = dict.fromkeys(field for example in examples for row in example.rows for field in row)
    cells = {field: [row.get(field) for row in rows] for field in columns}
    frame = framing.polars({**cells, "n": [f"{n:03}" for n in range(len(rows))]})
    reverse = framing.spark_frame(spark, frame.reverse())
    found = framing.by_spark(procure.check_frame(reverse, module.POLICY, order="n"), "n")
    assert found == framing.by_check(frame, module.POLICY)
    for told, row in zip(found, rows, strict=True):
        assert row["last"] < 0 or told[0] == examples[row["of"]].verdict


def _alike(examples: list[Example]) -> list[Example]:
    """The most examples that have the same columns."""
    by_columns: dict[frozenset[str], list[Example]] = {}
    for example in examples:
        by_columns.setdefault(frozenset(table(example)), []).append(example)
    return max(by_columns.values(), key=len)


def _unit_of(row: Mapping[str, Any], n: int) -> dict[str, str]:
    return {"organo": f"{row['organo']} {n}"} if "organo" in row else {}
