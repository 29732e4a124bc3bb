"""The policies that come with the library, a folder each: policy.toml, the text that it encodes, questions, examples.

A folder is read when its policy is first asked for, and once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from procure.policy.file.loading import NAME, load_versions
from procure.policy.policy import Policy
from procure.policy.versions import Versions
from procure.values.faults import unknown
from procure.values.words import Lang, Words

__all__ = ["find", "first", "furong_2020", "load", "names"]


@cache
def names() -> tuple[str, ...]:
    """The policies that there are, by their ids."""
    here = Path(__file__).parent
    files = [*here.glob(f"*/{NAME}"), *here.glob(f"*/*/{NAME}")]
    return tuple(sorted({file.relative_to(here).parts[0].replace("_", "-") for file in files}))


@cache
def find(name: str) -> Policy | Versions | None:
    """A policy, or its versions, by its id, with `_` for `-` if need be; None where there is none of that name."""
    id = name.replace("_", "-")
    return load_versions(Path(__file__).with_name(id.replace("-", "_"))) if id in names() else None


def load(name: str, **given: object) -> Any:
    """A policy, or its versions, by its id, with limits and lists given by name (`-` as `_`). Raises `ProcureError` for
    a name that there is not, and for what cannot be given."""
    policy = find(name)
    if policy is None:
        raise unknown(Words("制度", "policy"), name, names())
    return policy.with_given(**given)


def first(lang: Lang) -> str:
    """A policy file to begin with: sound, made up, with a remark on every line; in English for other languages."""
    return Path(__file__).with_name(f"first.{'zh' if lang == 'zh' else 'en'}.toml").read_text(encoding="utf-8")


def furong_2020(
    limits: object = None,
    catalogue: Mapping[str, object] | Iterable[object] | None = None,
    open_tender: object = None,
) -> Policy:
    """The purchasing policy of 长沙市芙蓉区工信局, fiscal year 2020, with the year's limits and catalogue. Others set
    them; no source states the limit for Furong in 2020, so there is no default.

    `limits`, in yuan: a number for all kinds, `{"goods": 300_000, "services": 300_000, "works": 600_000}`, or either
    of these by year (`{2020: …}`). `catalogue`: codes, prefixes of codes, or names; a mapping gives each the floor in
    yuan from which it is listed, None where it has none. `open_tender`: the open-tender standard (公开招标数额标准),
    given as `limits` are. What is not given is not known, and what turns on it is not judged. Raises `ProcureError`
    for a limit that is not above 5,000, and for a standard that is below the limit.
    """
    found: Policy = load("furong-2020", decentral=limits, catalogue=catalogue, open_tender=open_tender)
    return found
