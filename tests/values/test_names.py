"""Names that files give: of letters, digits and a few signs; the nearest right one is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from filing import put, refused, sound, spoiled

from procure.values import names


@pytest.mark.parametrize("name", ["furong-2020", "UC-2026", "芙蓉-2020", "licitação", "2020"])
def test_names_that_are_right(name: str) -> None:
    assert names.odd(name, "-") is None
    assert re.search(names.HYPHENED, name) and re.search(names.NAME, name)


@pytest.mark.parametrize(
    ("id", "near"),
    [("Furong 2020", "Furong-2020"), ("a_b", "a-b"), (" a.b/c ", "a-b-c"), ("x\n", "x"), ("../x", "x"),
     ("芙蓉（试行）", "芙蓉-试行")],
)  # fmt: skip
def test_an_id_that_is_not(tmp_path: Path, id: str, near: str) -> None:
    ((place, zh, en),) = refused(put(tmp_path, spoiled(("id", id))))
    assert place == "id"
    assert zh.startswith("只用字母、数字和 -，不是 ") and zh.endswith(f'；可写作 "{near}"')
    assert en.startswith("it is of letters, digits and -, not ") and en.endswith(f'; for one, "{near}"')


@pytest.mark.parametrize("kind", ["columns", "list", "limit", "question", "total", "ladder", "duty"])
def test_a_name_that_is_not(tmp_path: Path, kind: str) -> None:
    tree = sound()
    tree[kind]["a b"] = tree[kind].pop(next(reversed(tree[kind])))
    told = refused(put(tmp_path, tree))
    assert (
        f'{kind}."a b"',
        '只用字母、数字和 -、_，不是 "a b"；可写作 "a-b"',
        'it is of letters, digits and - and _, not "a b"; for one, "a-b"',
    ) in told


def test_a_name_without_any_letter() -> None:
    told = names.odd("--", "-")
    assert told is not None and told.en == 'it is of letters, digits and -, not "--"'


def test_beside_a_currency_that_there_is_not_and_all_else(tmp_path: Path) -> None:
    """No fault hides another."""
    told = refused(put(tmp_path, spoiled(("id", "a b"), ("currency", "CNI"), ("duty.tender.clause", "招 标"))))
    assert [place for place, _, _ in told] == ["currency", "id", "duty.tender.clause"]
