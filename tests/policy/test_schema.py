"""The JSON Schema of policy files: it accepts what the loader accepts, and refuses what the loader refuses of shape."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from filing import Tree, sound
from hypothesis import given
from spoiling import SPOILED, edited, outcome

import procure
from procure.authoring import Policy
from procure.policy.file import schema
from procure.policy.file.whole import POLICY
from procure.values.faults import Fault
from procure.values.tables import TableFaults

jsonschema = pytest.importorskip("jsonschema")
POLICIES = Path(procure.__file__).parent / "policies"
SHARED = Path(__file__).parents[3] / "shared" / "policies"
FILES = [*sorted(POLICIES.rglob("*.toml")), *(sorted(SHARED.rglob("*.toml")) if SHARED.exists() else ())]
SCHEMA = json.loads(schema.text())
#: How a fault of shape begins.
SHAPE = ("it must be ", "there is no key ", "it is missing ", "write it as ")


def as_json(value: Any) -> Any:
    """A TOML value as an editor hands it to a schema."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else value


def accepts(tree: Tree, part: bool = False) -> bool:
    """Whether the schema accepts a file; one that another includes need not have all of a policy."""
    whole = {key: value for key, value in SCHEMA.items() if not (part and key == "required")}
    return bool(jsonschema.Draft202012Validator(whole).is_valid(as_json(tree)))


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_file_has_what_the_declarations_say() -> None:
    assert (POLICIES / "policy.schema.json").read_text(encoding="utf-8") == schema.text()


def test_every_key_is_described_in_both_languages() -> None:
    assert SCHEMA["properties"]["id"]["description"] == "制度的代号：字母、数字、连字号 / letters, digits, hyphens"
    assert SCHEMA["properties"]["decimal"]["description"] == '小数点 / the decimal sign of the office ["."]'


def test_the_sound_file() -> None:
    assert accepts(sound())


def test_names() -> None:
    for id, fits in [("furong-2020", True), ("芙蓉", True), ("a b", False), ("a_b", False), ("a.b", False)]:
        assert accepts({**sound(), "id": id}) is fits
        duty = {**sound()["duty"], id: sound()["duty"]["never"]}
        assert accepts({**sound(), "duty": duty}) is (fits or id == "a_b")


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-2:]))
def test_policies(file: Path) -> None:
    tree = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    assert accepts(tree, part="format" not in tree)


def at(tree: Any, fault: Fault) -> Any:
    for key in fault.path:
        tree = tree[key] if isinstance(tree, (dict, list)) else None
    return tree


def is_of_shape(fault: Fault, tree: Tree) -> bool:
    """Whether a schema can know of a fault. It has no dates, of which it takes texts for some, and no exact numbers."""
    why = fault.why.en
    if not why.startswith(SHAPE) or why.startswith("it must be one of {"):
        return False
    if why.startswith("it is missing "):
        return True
    value = at(tree, fault)
    return why.startswith("there is no key ") or not (
        isinstance(value, (dt.date, dt.time, Decimal))
        or (isinstance(value, str) and why.startswith("it must be a date"))
        or (isinstance(value, dict) and any(isinstance(each, (dt.date, dt.time)) for each in value.values()))
    )


@given(SPOILED)
def test_like_the_loader(edits: list[tuple[int, str, Any, str, int]]) -> None:
    tree = edited(edits)
    if isinstance(outcome(tree), Policy):
        assert accepts(tree)
    else:
        found = TableFaults()
        POLICY.read(tree, found, ())
        if any(is_of_shape(fault, tree) for fault in found.faults.found):
            assert not accepts(tree)
