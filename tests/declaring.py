"""From a policy as a file has it, a table of tables, to the policy as Python declares it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procure.authoring import (
    Ambiguity,
    Band,
    Carried,
    Code,
    Duty,
    GivenList,
    Head,
    Holds,
    InForce,
    Ladder,
    Limit,
    Listed,
    Needed,
    Passage,
    Policy,
    Prefix,
    Reading,
    Total,
    Words,
    column,
)

Table = Mapping[str, Any]

QUOTE = "whatever it asks"
TEXT = Passage(f"The rule asks {QUOTE}.", Words("测试", "a test"))


def declared(policy: Table) -> Policy:
    """The policy of a table; its clauses are all the same words."""
    days = policy.get("in-force", {})
    return Policy(
        id="any",
        title="Any",
        language="en",
        currency=policy.get("currency", "GBP"),
        year=policy.get("year", "01-01"),
        text=TEXT,
        in_force=InForce(since=days.get("from"), until=days.get("until")),
        columns={name: _column(name, each) for name, each in policy.get("columns", {}).items()},
        lists={name: _list(each) for name, each in policy.get("list", {}).items()},
        limits={name: [_limit(each) for each in entries] for name, entries in policy.get("limit", {}).items()},
        questions=[_question(id, each) for id, each in policy.get("question", {}).items()],
        totals={name: Total(**each) for name, each in policy.get("total", {}).items()},
        ladders={name: _ladder(each) for name, each in policy.get("ladder", {}).items()},
        duties={id: _duty(each) for id, each in policy.get("duty", {}).items()},
    )


def _python(table: Table, *without: str) -> dict[str, Any]:
    """The keys as Python writes them."""
    return {key.replace("-", "_"): value for key, value in table.items() if key not in without}


def _column(name: str, table: Table) -> Any:
    keys = _python(table, "from", "is", "code")
    if "is" in table:
        keys["is_"] = table["is"]
    if "code" in table:
        keys["code"] = Code(**table["code"])
    if "from" in table:
        keys["derived"] = _derived(table["from"])
    return column(name, **keys)


def _derived(table: Table) -> Any:
    if "holds" in table:
        return Holds(table["holds"])
    if "list" in table:
        return Listed(table["list"])
    return Head(table["column"], table["head"]) if "head" in table else Prefix(table["column"], table["prefix"])


def _list(table: Table) -> GivenList:
    carries = {name: Carried(**each) for name, each in table.get("carries", {}).items()}
    rows = tuple(table["rows"]) if "rows" in table else None
    return GivenList(of=table["of"], given=table.get("given", False), rows=rows, carries=carries)


def _limit(table: Table) -> Limit:
    keys = _python(table, "from", "by")
    by = table.get("by", ())
    return Limit(**keys, since=table.get("from"), by=(by,) if isinstance(by, str) else tuple(by))


def _question(id: str, table: Table) -> Ambiguity:
    readings = tuple(Reading(reading, Words(said, said)) for reading, said in table["readings"].items())
    needs = Needed(table["needs"], table["otherwise"]) if "needs" in table else None
    words = Words(id, id)
    return Ambiguity(id, words, readings, table["recommended"], words, needs=needs, because=needs and words)


def _ladder(table: Table) -> Ladder:
    return Ladder(bands=[Band(**band) for band in table["band"]], **_python(table, "band"))


def _duty(table: Table) -> Duty:
    return Duty(required=Words("要求", "it is required"), clause=QUOTE, **_python(table, "required", "clause"))
