"""Imports go one way, `import procure` is light, and what is public is there."""

from __future__ import annotations

import ast
import doctest
import graphlib
import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import procure

ROOT = Path(procure.__file__).parent

#: Modules and packages in their order: each imports only what stands before it.
ORDER = [
    *("values", "log", "interpretation", "policy", "policies", "engines", "reporting", "writers", "api", "authoring"),
    *("app", "cli", "__main__"),
]
#: What `import procure` may load besides Python itself: the two core dependencies, and what dateutil brings along.
LIGHT = {"procure", "attr", "attrs", "dateutil", "six"}


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


MODULES = dict(_modules())


#: What a method of a lower module asks of a higher one when it is called, for the user's convenience. Only these.
DEFERRED = {("procure.reporting.report", "procure.writers")}


def imported(path: Path) -> set[str]:
    """The modules of this package that a module imports, anywhere in its text but under `if TYPE_CHECKING`."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for branch in [node for node in ast.walk(tree) if isinstance(node, ast.If)]:
        if isinstance(branch.test, ast.Name) and branch.test.id == "TYPE_CHECKING":
            branch.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else str(node.module) for name in names}
    return {name for name in found if name.split(".")[0] == "procure"}


ALL_IMPORTS = {name: imported(path) for name, path in MODULES.items()}
IMPORTS = {name: {other for other in others if (name, other) not in DEFERRED} for name, others in ALL_IMPORTS.items()}


def layer(module: str) -> int:
    return ORDER.index(module.split(".")[1])


def test_every_module_has_its_place() -> None:
    assert {name.split(".")[1] for name in MODULES if name != "procure"} == set(ORDER)


def test_the_page_on_the_architecture_states_this_order() -> None:
    page = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    layers = page.partition("<!-- layers -->")[2].partition("\n\nWhy")[0]
    assert re.findall(r"^\| `(\w+)`", layers, re.MULTILINE) == ORDER


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"procure"}))
def test_imports_only_what_stands_before(module: str) -> None:
    for other in IMPORTS[module]:
        if other == "procure":
            assert module.startswith(("procure.cli", "procure.app")), "these alone ask for its version"
        elif other.split(".")[1] != module.split(".")[1]:
            assert layer(other) < layer(module), f"{module} imports {other}"


def test_what_is_deferred_is_imported_in_a_function() -> None:
    for name, other in DEFERRED:
        assert other in ALL_IMPORTS[name]
        top = list(ast.parse(MODULES[name].read_text(encoding="utf-8")).body)
        assert not any(other.rpartition(".")[2] in ast.dump(node) for node in top if isinstance(node, ast.ImportFrom))


#: What is loaded only where it is used: what reads a kind of file, what an extra brings.
LAZY = {"procure.log.readers", "procure.engines.columnar", "procure.engines.columnar.backends"}


def test_nothing_else_is_deferred() -> None:
    for name, path in MODULES.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]:
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "procure":
                    assert name in LAZY | {one for one, _ in DEFERRED}, f"{name}: {ast.unparse(node)}"
                    if name in LAZY:
                        assert str(node.module).startswith(name.removesuffix(".backends"))


def test_no_cycles() -> None:
    # The package itself is left out: it is what imports its modules.
    graph = {name: others - {"procure"} for name, others in IMPORTS.items() if name != "procure"}
    assert set(graphlib.TopologicalSorter(graph).static_order()) == set(graph)


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("log", "procure.policy"),
        ("policy", "procure.log.readers"),
        ("engines", "procure.policies"),
        ("engines", "procure.log.readers"),
        ("reporting", "procure.policies"),
        ("reporting", "procure.log.readers"),
        ("writers", "procure.policies"),
        ("writers", "procure.log.readers"),
    ],
)
def test_nothing_flows_back(module: str, never: str) -> None:
    # An engine knows no policy of an office, a reader no policy but the columns it is handed, a report judges nothing
    # and reads nothing. `check_frame` alone hands a frame's saved mapping on.
    for name, others in IMPORTS.items():
        if name.split(".")[1:2] == [module] and name != "procure.engines.columnar":
            assert not [other for other in others if f"{other}.".startswith(f"{never}.")], name


@pytest.mark.parametrize(("inner", "outer"), [("log.readers", "log"), ("engines.columnar", "engines")])
def test_what_is_around_does_not_know_the_inner(inner: str, outer: str) -> None:
    # A log knows no file, row-by-row judging no columns: the inner folder is built upon the rest of its own.
    for name, others in IMPORTS.items():
        if name.startswith(f"procure.{outer}") and not name.startswith(f"procure.{inner}"):
            assert not [other for other in others if f"{other}.".startswith(f"procure.{inner}.")], name


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("procure.engines.ledger", ("rules", "expressions", "facts", "evidence", "judge", "placement", "log")),
        ("procure.policy.rules", ("ledger", "evidence", "log", "facts", "totals", "ladders")),
        ("procure.policy.expressions", ("log", "facts", "tests", "columns")),
        ("procure.interpretation.readings", ("log", "policy")),
        ("procure.engines.judge", ("ledger", "log", "rows")),
    ],
)
def test_who_knows_whom(module: str, never: tuple[str, ...]) -> None:
    # The ledger knows no rule; a rule knows no ledger.
    for other in IMPORTS[module]:
        assert not set(other.split(".")[1:]) & set(never), f"{module} imports {other}"


def test_only_the_policies_know_their_own_words() -> None:
    # What one office's text speaks of stands in that office's policy alone.
    for name, path in MODULES.items():
        if not name.startswith("procure.policies."):
            text = path.read_text(encoding="utf-8").lower()
            assert "emergency" not in text, name
            assert "应急" not in text, name


def test_import_is_light() -> None:
    script = "import json, sys; was = {*sys.modules}; import procure; print(json.dumps([*{*sys.modules} - was]))"
    env = {**os.environ, "PYTHONPATH": str(ROOT.parent)}
    ran = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(ran.stdout)}
    assert "procure" in loaded
    assert loaded - sys.stdlib_module_names <= LIGHT
    for heavy in ("rich", "polars", "pandas", "narwhals", "python_calamine", "xlsxwriter", "cn2an", "argparse"):
        assert heavy not in loaded


def test_what_is_public_is_there_and_sorted() -> None:
    for name in procure.__all__:
        assert getattr(procure, name).__class__ is not None

    def rank(name: str) -> tuple[int, str]:
        """Constants, classes, functions and modules, each by name."""
        return 0 if name.isupper() else 1 if name[0].isupper() else 2, name

    assert procure.__all__ == sorted(procure.__all__, key=rank)
    assert len(set(procure.__all__)) == len(procure.__all__)
    named: dict[str, object] = {}
    exec("from procure import *", named)
    assert set(procure.__all__) <= set(named)


def test_typed() -> None:
    assert (ROOT / "py.typed").is_file()


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"procure.__main__"}))
def test_doctests(name: str) -> None:
    module: ModuleType = pytest.importorskip(name, reason="needs an extra that is not installed")
    failed, _ = doctest.testmod(module)
    assert failed == 0


def test_some_doctests_are_found() -> None:
    found = [
        t
        for name in ("values.money", "values.dates", "values.counts")
        for t in doctest.DocTestFinder().find(_module(name))
        if t.examples
    ]
    assert len(found) == 3


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"procure.{name}")


def test_every_module_says_what_it_is() -> None:
    for name, path in MODULES.items():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), name
