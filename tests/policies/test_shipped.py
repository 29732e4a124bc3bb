"""The policies that come with the library: each file is found whole, its quotes in its text, its witnesses right."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import procure
from procure import Policy, Purchase
from procure.authoring import Ambiguity, Treatment
from procure.interpretation.readings import Witness

FOLDERS = sorted(path.parent for path in Path(procure.policies.__file__).parent.glob("*/policy.toml"))
POLICIES: Mapping[str, Policy] = {folder.name: procure.policies.load(folder.name) for folder in FOLDERS}
each_policy = pytest.mark.parametrize("name", POLICIES)


def _witnesses() -> list[Any]:
    return [
        pytest.param(policy, question, witness, id=f"{policy.id}-{question.id}-{n}")
        for policy in POLICIES.values()
        for question in policy.questions
        for n, witness in enumerate(question.witnesses, 1)
    ]


def test_each_folder_has_its_name() -> None:
    assert [folder.name for folder in FOLDERS] == [name.replace("-", "_") for name in procure.policies.names()]


@each_policy
def test_the_id_is_the_folder(name: str) -> None:
    assert POLICIES[name].id.replace("-", "_") == name


@each_policy
def test_every_question_is_shown(name: str) -> None:
    assert all(question.witnesses for question in POLICIES[name].questions)


@each_policy
def test_every_reading_is_supported(name: str) -> None:
    assert all(reading.support for question in POLICIES[name].questions for reading in question.readings)


@each_policy
def test_examples_speak_of_every_duty_and_every_question(name: str) -> None:
    policy = POLICIES[name]
    breached = {duty for example in policy.examples for duty in example.breached or ()}
    turning = {question for example in policy.examples for question in example.turns_on or ()}
    # A duty only under a reading that is not the recommended one is breached where its question turns a verdict.
    recommended = {question.id: question.recommended for question in policy.questions}
    breached |= {
        id
        for id, duty in policy.duties.items()
        if any(
            question in turning and recommended[question] != answer for question, answer in (duty.only_if or {}).items()
        )
    }
    assert breached == set(policy.duties)
    assert turning == {each.id for each in policy.questions if each.treatment is Treatment.EXECUTED}


@pytest.mark.parametrize(("policy", "question", "witness"), _witnesses())
def test_witnesses(policy: Policy, question: Ambiguity, witness: Witness) -> None:
    assert {*witness.verdicts, *witness.inexpressible} == set(question.answers)
    executed = question.treatment is Treatment.EXECUTED
    for reading, verdict in witness.verdicts.items():
        given = witness.given.get(reading, witness.given)
        rows = witness.rows[reading] if isinstance(witness.rows, Mapping) else witness.rows
        adopted = {**witness.assumes, **({question.id: reading} if executed else {})}
        report = procure.check([_purchase(row) for row in rows], policy.with_given(**given).adopt(adopted))
        assert not report.rejected
        assert report.purchases[-1].verdict.value == verdict


def _purchase(row: Mapping[str, Any]) -> Purchase:
    return Purchase(**{name: None if cell == "" else cell for name, cell in row.items()})


def test_furong_is_found_whole() -> None:
    policy = POLICIES["furong_2020"]
    assert len(policy.questions) == 30
    assert len(policy.examples) == 36
    assert list(policy.columns) == [
        "unit", "department", "category", "contract", "item-class", "kind", "method", "approved_on", "invited",
        "quotes", "ground", "emergency", "in_catalogue", "inside", "capped", "three-parties", "tendered",
    ]  # fmt: skip
    assert list(policy.duties) == ["catalogue-channel", "approval", "three-quotes", "statutory-method"]
    assert [band.id for band in policy.ladders["procedure"].bands] == ["approval", "three-quotes", "statutory-method"]
    assert (list(policy.limits), list(policy.lists), list(policy.totals)) == (
        ["decentral", "open-tender"], ["catalogue"], ["accumulated", "of-contract"],
    )  # fmt: skip


def test_furong_quotes_each_clause_in_front_of_what_encodes_it() -> None:
    """A lawyer reads the file beside the passage: its sentences stand there, in order, as comments."""
    file = Path(procure.policies.__file__).with_name("furong_2020") / "policy.toml"
    comments = "".join(line[2:] for line in file.read_text("utf-8").splitlines() if re.match(r"# [属按单（]", line))
    assert comments == POLICIES["furong_2020"].passage.text.strip()


def test_lcsp_is_of_its_source_and_its_days() -> None:
    policy = POLICIES["lcsp_118"]
    assert "BOE-A-2017-12902" in policy.passage.source.en
    assert (policy.passage.seen, str(policy.passage.read_on)) == ("verbatim", "2026-11-28")
    force = policy.in_force
    assert [str(day) for day in (force.published, force.since, force.until)] == [
        "2017-11-09", "2018-03-09", "2020-02-05",
    ]  # fmt: skip


#: By what a policy's questions cite its own text: the instrument, and the article. A policy that cites it in none of
#: them has no entry.
OWN_WORDS = {
    "bromley": ("Bromley Council", ""),
    "cfr_200_320": ("2 CFR 200.320", ""),
    "furong_2020": ("本制度原文", ""),
    "lcsp_118": ("Ley 9/2017 (LCSP)", "118."),
    "lei_14133_75": ("Lei nº 14.133/2021", "75"),
    "wzu_itc_2019": ("温州大学信息技术中心", ""),
}


@pytest.mark.parametrize("name", OWN_WORDS)
def test_what_the_text_itself_says_stands_in_it(name: str) -> None:
    policy = POLICIES[name]
    instrument, article = OWN_WORDS[name]
    own = [
        citation
        for question in policy.questions
        for reading in question.readings
        for citation in reading.support
        if citation.instrument.startswith(instrument) and (citation.article or "").startswith(article)
    ]
    assert own
    for citation in own:
        quote = citation.quote or citation.instrument.removeprefix(f"{instrument}“").removesuffix("”")
        assert quote in policy.passage.text


def test_nothing_is_read_before_it_is_asked_for() -> None:
    script = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == 'open' else None)\n"
        "import procure; procure.policies; procure.policies.furong_2020\n"
        "assert not [path for path in opened if path.endswith(('.toml', '.txt'))], opened\n"
        "procure.policies.furong_2020(limits=300_000); procure.policies.furong_2020(limits=400_000)\n"
        "read = [path for path in opened if path.endswith(('.toml', '.txt'))]\n"
        "assert len(read) == 4 and all('furong_2020' in path for path in read), read\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
