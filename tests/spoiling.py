"""The sound policy file, changed at random: other values, keys and places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from filing import Tree, put, sound
from hypothesis import strategies as st

from procure.authoring import Policy
from procure.policy.file.loading import load_policy
from procure.values.words import ProcureError

#: Words of the format, and texts that are nearly right.
TEXTS = (
    *("", " ", "x", "a.b", "“”", "月\n", "\0", "zh", "upper", "year", "edge", "so-far", "steps", "top", "theirs"),
    *(
        "catalogue",
        "catalogue.floor",
        "catalogue.none",
        "amount",
        "date",
        "method",
        "quotes",
        "category",
        "kind",
        "big",
    ),
    *("goods", "direct", "high", "present", "absent", "yes", "board", ">= board", ">= 3", ">= 2/0 * quotes", "< ", "="),
    *("<= date - 7 days", "<= date - 999999999999 days", "< 0001-01-01", ">= 1e5", f">= {'9' * 40}", ">= 30% * paid"),
    *(
        "[0 .. 2000)",
        "|5 .. top]",
        "[ .. ]",
        "[top .. top]",
        "(",
        "[a",
        "[ABC",
        "(" * 3000,
        "x{9999999999}",
        "..",
        "|",
        "[NaN .. 3)",
        "[1 .. 0]",
    ),
    *("rows", "30 days back", "0 months back", "9999 months back", "02-29", "02-30", "GBP", "JPY", "money", "word"),
    *("policy.toml", "missing.toml", "/etc/passwd", "../x", "unstated", "lowest", "up", "violation", "二千元以下"),
)
KEYS = st.sampled_from(
    (
        *("ask", "upper", "lower", "edge", "from", "id", "range", "a b", "a.b", "", "“”", "value", "by", "quote", "in"),
        *("if", "is", "include", "given", "x-y", "x_y", "amount", "only-if", "0", "2020", "月", "self", "name", "rows"),
    )
)
#: How Python shows values of its own: no message does, and no text that is drawn looks so.
PYTHON = ("Decimal('", "datetime.", "True", "False", "None", "{'", "Infinity", "NaN'")
SCALARS = st.one_of(
    st.sampled_from(TEXTS),
    st.text(max_size=5).filter(lambda text: not any(python in text for python in PYTHON)),
    st.booleans(),
    st.sampled_from((0, 1, -1, 3, 2000, 10**12, 2**63 - 1, -(2**63), 2**63, 10**400)),
    st.sampled_from(tuple(map(Decimal, ("0.5", "-0.0", "2000.005", "1e400", "1e-400", "nan", "inf", "-inf")))),
    st.sampled_from((dt.date(2020, 1, 1), dt.date.min, dt.date.max, dt.datetime(2020, 1, 1, 3), dt.time(3, 4))),
    st.just(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
)
VALUES = st.recursive(
    SCALARS, lambda each: st.lists(each, max_size=3) | st.dictionaries(KEYS, each, max_size=3), max_leaves=8
)
EDITS = ("delete", "insert", "replace", "copy", "ask")
#: What is changed, how, and with what: a place by its number among all of the file.
SPOILED = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(EDITS), VALUES, KEYS, st.integers(0, 10_000)),
    min_size=1, max_size=6,
)  # fmt: skip


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every table or list with each of its keys."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield value, key
        yield from places(each)


def edited(edits: list[tuple[int, str, Any, str, int]]) -> Tree:
    tree = sound()
    for at, how, value, key, other in edits:
        every = list(places(tree))
        if not every:
            break
        table, here = every[at % len(every)]
        if how == "delete":
            del table[here]
        elif how == "insert" and isinstance(table, dict):
            table[key] = value
        elif how == "insert":
            table.insert(here, value)
        elif how == "copy":
            place, there = every[other % len(every)]
            table[here] = deepcopy(place[there])
        elif how == "ask":
            table[here] = {"ask": "edge", "upper": table[here], "lower": value}
        else:
            table[here] = value
    return tree


def outcome(tree: Tree | str | bytes) -> Policy | ProcureError:
    """What comes of a file. Anything else than these two goes through."""
    with TemporaryDirectory() as folder:
        try:
            return load_policy(put(Path(folder), tree))
        except ProcureError as error:
            return error
