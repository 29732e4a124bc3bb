"""What differs between two policies, in words: what one says and the other does not, and what both say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from procure.log.columns import Column
from procure.policy.declarations import Duty, Ladder
from procure.policy.limits import Limit
from procure.policy.policy import Policy
from procure.values.words import Lang, Words
from procure.writers.policy import Shown

#: What is said of one thing, by the key under which a file says it.
Said = Mapping[str, str]

_HEADINGS = {
    "head": Words("总则", "The whole"),
    "band": Words("分档", "Bands"),
    "duty": Words("义务", "Duties"),
    "total": Words("累计", "Totals"),
    "limit": Words("限额", "Limits"),
    "list": Words("名单", "Lists"),
    "column": Words("台账的栏", "Columns"),
    "question": Words("问题", "Questions"),
}
_SAME = Words("两份制度没有差别。", "The two policies do not differ.")


def differs(one: Policy, other: Policy) -> bool:
    return _parts(one, "en") != _parts(other, "en")


def dumps(one: Policy, other: Policy, lang: Lang = "zh") -> str:
    """For a person: from the one to the other. Examples, and how a log may head its columns, are left out."""
    lines = [line for heading in _HEADINGS for line in _section(heading, one, other, lang)]
    head = f"{one.id} → {other.id}"
    return "\n".join([head, *(lines or ["", _SAME.say(lang)]), ""])


def _section(heading: str, one: Policy, other: Policy, lang: Lang) -> Iterator[str]:
    before, after = (_parts(policy, lang)[heading] for policy in (one, other))
    lines = [line for name in {**before, **after} for line in _lines(name, before.get(name), after.get(name), lang)]
    if lines:
        yield from ("", f"== {_HEADINGS[heading].say(lang)} ==", *lines)


def _lines(name: str, before: Said | None, after: Said | None, lang: Lang) -> Iterator[str]:
    if before == after:
        return
    if before is None or after is None:
        said = Words("新增", "new") if before is None else Words("删去", "gone")
        yield f"{name}: {said.say(lang)}"
        yield from (f"    {key}: {value}" for key, value in (before or after or {}).items() if value)
        return
    yield f"{name}:"
    none = Words("（无）", "(none)").say(lang)
    for key in {**before, **after}:
        was, now = before.get(key, ""), after.get(key, "")
        if was != now:
            yield f"    {key}: {was or none} → {now or none}"


def _parts(policy: Policy, lang: Lang) -> Mapping[str, Mapping[str, Said]]:
    """All that a policy says, by heading and name, with the keys of its file."""
    shown = Shown(policy, lang, as_written=True)
    return {
        "head": _head(policy, shown),
        "band": {name: said for id, ladder in policy.ladders.items() for name, said in _ladder(id, ladder, shown)},
        "duty": {id: _duty(duty, shown) for id, duty in policy.duties.items()},
        "total": {id: {"total": shown.total(total)} for id, total in policy.totals.items()},
        "limit": {
            _dated(name, entry): _limit(entry, shown) for name, entries in policy.limits.items() for entry in entries
        },
        "list": {
            name: {"of": declared.of, "rows": "; ".join(shown.value(dict(row)) for row in declared.rows or ())}
            for name, declared in policy.lists.items()
        },
        "column": {name: _column(each, shown) for name, each in policy.columns.items()},
        "question": {
            question.id: {
                "asks": question.question.say(lang),
                **{f"readings.{each.id}": each.meaning.say(lang) for each in question.readings},
                "recommended": question.recommended,
            }
            for question in policy.questions
        },
    }


def _head(policy: Policy, shown: Shown) -> Mapping[str, Said]:
    force = policy.in_force
    said: dict[str, Any] = {
        "title": policy.title.say(shown.lang), "currency": policy.currency, "year": policy.year,
        "basis": shown.value(policy.basis), "in-force.from": force.since, "in-force.until": force.until,
        "division": shown.quoted(policy.division), "text": f"sha256 {policy.passage.sha256[:12]}",
    }  # fmt: skip
    return {shown.say("制度", "policy"): {key: "" if value is None else str(value) for key, value in said.items()}}


def _ladder(id: str, ladder: Ladder, shown: Shown) -> Iterator[tuple[str, Said]]:
    yield (
        id,
        {
            "when": shown.condition(ladder.when) if ladder.when else "",
            "unless": shown.condition(ladder.unless) if ladder.unless else "",
            "measures": shown.value(ladder.measures),
            "binds": shown.value(ladder.binds),
            "edge": "" if ladder.edge is None else shown.value(ladder.edge),
            "gaps": shown.value(ladder.gaps),
        },
    )
    for band in ladder.bands:
        yield (
            f"{id}.{band.id}",
            {
                "range": shown.value(band.range),
                "duties": shown.value(band.duties),
                "clause": shown.quoted(band.clause),
            },
        )


def _duty(duty: Duty, shown: Shown) -> Said:
    return {
        "required": duty.required.say(shown.lang),
        "clause": shown.quoted(duty.clause),
        "when": "" if duty.when is None else shown.condition(duty.when),
        "only-if": shown.answers(duty.only_if or {}),
        "unless": shown.condition(duty.unless) if duty.unless else "",
        "met-by": shown.condition(duty.met_by),
    }


def _limit(entry: Limit, shown: Shown) -> Said:
    return {
        "value": shown.say("由使用者给出", "given by the user") if entry.given else shown.number(entry),
        "until": "" if entry.until is None else str(entry.until),
        "above": "" if entry.above is None else shown.value(entry.above),
        "at-least": "" if entry.at_least is None else shown.value(entry.at_least),
        "clause": shown.quoted(entry.clause),
    }


def _column(column: Column, shown: Shown) -> Said:
    """What cells mean; how a log may head them is no part of the rule."""
    keys = ("type", "words", "several", "order", "other", "yes", "blank", "absent", "negative", "at_least")
    said = {key.replace("_", "-"): shown.value(getattr(column, key) or "") for key in keys}
    return {**said, "from": "" if column.derived is None else str(column.derived)}


def _dated(name: str, entry: Limit) -> str:
    return name if entry.since is None else f"{name} ({entry.since})"
