"""The pages under docs are as the program is: their tables and what they print are made of it, and every policy in them
is sound and judges its own examples."""

from __future__ import annotations

import json
import re
import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from procure.engines.trying import try_examples, try_witnesses
from procure.policy.file.loading import load_policy

ROOT = Path(__file__).resolve().parents[1]
WRITE = runpy.run_path(str(ROOT / "docs" / "write.py"))
PAGES = WRITE["PAGES"]
_PART = re.compile(r"<!-- part(?: of (\w+))? -->\n```toml\n(.*?)```", re.DOTALL)

#: What a part needs to be a whole policy.
HEAD = 'format = 1\nid = "part"\ntitle = "A part"\nlanguage = "en"\ncurrency = "EUR"\n'


def parts() -> list[Any]:
    found = []
    for page in PAGES:
        for n, match in enumerate(_PART.finditer(page.read_text(encoding="utf-8")), 1):
            found.append(pytest.param(match[2], id=f"{page.name}-{n}"))
    return found


def quotes(value: Any, key: str = "") -> Iterator[str]:
    """The words of a text that a part quotes."""
    if isinstance(value, dict) and "quote" in value and key != "support":
        yield value["quote"]
    elif isinstance(value, dict):
        for inner, each in value.items():
            yield from quotes(each, inner)
    elif isinstance(value, list):
        for each in value:
            yield from quotes(each, key)
    elif key in ("clause", "raised-by", "division", "not-checked"):
        yield value


def whole(part: str) -> str:
    """A part with what it leaves out: the head, and a text that has the words that it quotes."""
    said = tomllib.loads(part)
    if "format" in said:
        return part
    if "text" in said:
        return HEAD + part
    every = sorted(set(quotes(said)), key=len, reverse=True)
    once = [quote for n, quote in enumerate(every) if not any(quote in longer for longer in every[:n])]
    return f"{HEAD}text = {{ source = \"a part\", passage = '{'. '.join(once) or 'nothing'}' }}\n{part}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_takes_from_the_program(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert WRITE["written"](text) == text, "run: python docs/write.py"


@pytest.mark.parametrize("part", parts())
def test_every_policy_shown_is_sound_and_judges_its_examples(part: str, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(whole(part), encoding="utf-8")
    for name in re.findall(r'(?:file|include) *= \[?"(.*?)"', part):
        (tmp_path / name).write_text("A text.\n" if name.endswith(".txt") else "", encoding="utf-8")
    policy = load_policy(file)
    for tried in (*try_examples(policy), *try_witnesses(policy)):
        assert tried.wrong == (), tried.place.en


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_toml_is_looked_at(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    looked_at = re.findall(r"-->\n```toml\n", text)
    assert len(looked_at) == text.count("```toml\n")


@pytest.mark.parametrize("name", sorted(name for name in WRITE["TABLES"]))
def test_the_page_of_the_format_has_every_table_with_an_example_of_every_key(name: str) -> None:
    page = (ROOT / "docs" / "policy-format.md").read_text(encoding="utf-8")
    if name in ("text.not-checked", "question.raised-by") or name.endswith(".clause"):
        name = "division"  # one table, wherever the text is quoted
    below = page.partition(f"<!-- keys: {name} -->")[2].partition("<!-- keys:")[0]
    example = "\n".join(re.findall(r"```toml\n(.*?)```", below, re.DOTALL))
    for key in WRITE["TABLES"][name].keys:
        assert re.search(rf"(?<![\w-]){re.escape(key.name)}(?![\w-])", example), f"no example of {name}.{key.name}"


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("*.md")], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (page.parent / link).exists(), link


def _fields(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """The fields of the JSON report by their paths; of what has a definition of its own, its name alone."""
    for name, inner in schema.get("properties", {}).items():
        within = list(_fields(inner, f"{path}{name}."))
        yield from within or [f"{path}{name}"]
    for each, sign in (("items", "[]"), ("additionalProperties", "*")):
        if isinstance(schema.get(each), dict):
            yield from _fields(schema[each], f"{path[:-1]}{sign}." if sign == "[]" else f"{path}{sign}.")


def test_the_page_of_the_report_has_every_field() -> None:
    schema = json.loads((ROOT / "tests" / "schema.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "report.md").read_text(encoding="utf-8").partition("<!-- fields -->")[2]
    named = []
    for row in re.findall(r"^\| (`.*?`) \|", page, re.MULTILINE):
        first, *more = re.findall(r"`(.*?)`", row)
        named += [first, *(first.rpartition(".")[0] + each for each in more)]
    assert sorted(named) == sorted(set(_fields(schema)))
