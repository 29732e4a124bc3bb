"""Real rules of thirty organisations, written in the format: each file is sound, and its examples, judged by hand from
the text, hold in both engines. The page that tells what can be said has a line for each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import framing
import pytest

import procure
from procure import Policy, Purchase
from procure.engines.trying import check_policy
from procure.log.records import Log
from procure.policy.file.loading import load_policy

HERE = Path(__file__).parent
FILES = sorted((HERE / "prose").glob("*.toml"))
POLICIES: Mapping[str, Policy] = {file.stem.upper(): load_policy(file) for file in FILES}
DOCS = HERE.parents[1] / "docs"
SHARED = HERE.parents[2] / "shared" / "prose" / "policies.jsonl"
#: Those that stand elsewhere: among the policies of the library, or in Python beside this.
ELSEWHERE = {"P009", "P028", "P041", "P053"}


@pytest.mark.parametrize("name", POLICIES)
def test_its_examples_hold(name: str) -> None:
    found = check_policy(POLICIES[name])
    assert [(case.place.en, case.wrong) for case in found.examples if case.wrong] == []
    assert len(found.examples) >= 6
    # What of the text is neither encoded nor set aside: only headings of one word.
    assert all(len(clause.text.split()) == 1 for clause in found.encoded.left)


@pytest.mark.parametrize("name", POLICIES)
def test_its_examples_are_judged_alike_by_columns(name: str) -> None:
    pytest.importorskip("polars")
    policy = POLICIES[name]
    for example in policy.examples:
        columns = dict.fromkeys(column for row in example.rows for column in row)
        log = Log.of(Purchase(**{column: _cell(row.get(column)) for column in columns}) for row in example.rows)
        rows = procure.check(log, policy)
        by_columns = procure.check(log, policy, engine=procure.engine("polars"))
        assert framing.by_report(by_columns) == framing.by_report(rows)
        assert rows.purchases[-1].verdict.value == example.verdict


def _cell(cell: object) -> object:
    return None if cell == "" else cell


@pytest.mark.parametrize("name", POLICIES)
def test_its_text_is_that_of_the_collection(name: str) -> None:
    if not SHARED.is_file():
        pytest.skip("the collection of texts is not here")
    texts = {each["id"]: each["text"] for each in map(json.loads, SHARED.read_text(encoding="utf-8").splitlines())}
    assert POLICIES[name].passage.text.strip() == texts[name].strip()


@pytest.mark.parametrize("page", ["what-can-be-said.md", "what-can-be-said.zh.md"])
def test_the_page_has_a_line_for_each(page: str) -> None:
    if not DOCS.is_dir():
        pytest.skip("the pages are not installed with the library")
    text = (DOCS / page).read_text(encoding="utf-8")
    said = dict(re.findall(r"^\| (P\d{3}) \|.*?\| (whole|in part|完整|部分) \|", text, re.MULTILINE))
    assert set(said) == {*POLICIES, *ELSEWHERE}
    part = sum(each in ("in part", "部分") for each in said.values())
    counts = re.search(r"(\d+) (?:of them whole|完整)\D+(\d+) (?:in part|部分)", text)
    assert counts is not None
    assert (int(counts[1]), int(counts[2])) == (len(said) - part, part)
    assert f"{sum(len(policy.examples) for policy in POLICIES.values())} " in text
