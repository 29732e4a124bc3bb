"""What need not be chosen again next month: options, as a command line has them, and as `procure.toml` does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from procure.app import roles
from procure.policy.policy import Policy
from procure.reporting import options
from procure.reporting.options import Given
from procure.reporting.receipt import Option
from procure.values.toml import written_key

#: What an option says, by the choice that it is.
_TEXTS = ("policy", "year", "sheet", "encoding", "one-purchase")
_TICKS = {"decimal-comma": "comma", "set-aside-unplaced": "aside"}
_ORDERS = {"dayfirst": "day", "monthfirst": "month"}
#: What no shell takes for its own sign.
_SAFE = re.compile(r"[\w./:=,@%+-]+")


def command_line(files: Sequence[str], given: Iterable[Option]) -> str:
    words = ["procure", "check", *files]
    words += [word for option in given for value in option.values for word in (f"--{option.name}", value) if word]
    return " ".join(word if _SAFE.fullmatch(word) else f'"{word}"' for word in words)


def toml(given: Iterable[Option]) -> str:
    """The options as procure.toml has them."""
    return "".join(f"{written_key(option.name)} = {_value(option.values)}\n" for option in given)


def _value(values: Sequence[str]) -> str:
    if values == ("",):
        return "true"
    return json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False)


def choices(said: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The choices that settings make, except what the policy must be known for."""
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
