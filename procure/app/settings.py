"""What need not be chosen again next month: options, as a command line has them, and as `procure.toml` does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from procure.app import roles
from procure.policy.policy import Policy
from procure.reporting import options
from procure.reporting.options import Given

#: An option by its name without dashes, and its value; None for one that has none.
Option = tuple[str, str | None]
#: What an option says, by the choice that it is.
_TEXTS = ("policy", "year", "sheet", "encoding")
_TICKS = {"decimal-comma": "comma", "set-aside-unplaced": "aside"}
_ORDERS = {"dayfirst": "day", "monthfirst": "month"}
#: What no shell takes for its own sign.
_SAFE = re.compile(r"[\w./:=,@%+-]+")


def command_line(files: Sequence[str], given: Sequence[Option]) -> str:
    words = ["procure", "check", *files]
    words += [word for name, value in given for word in (f"--{name}", value) if word is not None]
    return " ".join(word if _SAFE.fullmatch(word) else f'"{word}"' for word in words)


def toml(given: Sequence[Option]) -> str:
    """The options as procure.toml has them."""
    values: dict[str, list[str]] = {}
    for name, value in given:
        values.setdefault(name, []).append("true" if value is None else json.dumps(value, ensure_ascii=False))
    lines = (f"{name} = {each[0] if len(each) == 1 else f'[{chr(44).join(each)}]'}" for name, each in values.items())
    return "".join(f"{line}\n" for line in lines)


def choices(said: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The choices that settings make, but for what the policy must be known for."""
    found: dict[str, Any] = {name: said[name][0] for name in _TEXTS if said.get(name)}
    found |= {choice: said[name] == ("true",) for name, choice in _TICKS.items() if name in said}
    found["order"] = next((order for name, order in _ORDERS.items() if said.get(name) == ("true",)), "")
    found["readings"] = options.pairs(said.get("adopt", ()), "adopt")
    found["roles"] = {file: f"{roles.LIST}{name}" for name, file in options.pairs(said.get("list", ()), "list").items()}
    return found


def given(said: Mapping[str, Sequence[str]], policy: Policy) -> dict[str, Any]:
    """The choices that settings make of what a policy is given: its limits and lists by name."""
    limits = [Given("limit", text) for text in said.get("limit", ())]
    limits += [Given(name, text, name) for name in policy.limits for text in said.get(name, ())]
    numbers = options.limits(limits, policy)
    years = {str(year) for by_year in numbers.values() for year in by_year if year is not None}
    return {
        "limits": {name: dict(_written(by_year, policy)) for name, by_year in numbers.items()},
        "years": " ".join(sorted(years)),
        "roles": {said[name][0]: roles.LIST + name for name in policy.lists if said.get(name)},
    }


def _written(table: Mapping[Any, Any], policy: Policy) -> Iterator[tuple[str, Any]]:
    """Numbers as a clerk writes them, and a blank where a key stands for all."""
    for key, inner in table.items():
        text = dict(_written(inner, policy)) if isinstance(inner, Mapping) else policy.money.plain(inner)
        yield "" if key is None else str(key), text
