"""What a policy's own check found, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import attrs

from procure import amounts
from procure.coverage import Contested, Coverage, Dead, Gap, Idle, Impossible, Overlap, Point
from procure.covers import Condition, condition_words, cover
from procure.limits import Limits
from procure.policy import Policy
from procure.readings import Readings
from procure.scale import NONE
from procure.terms import Kind
from procure.words import Lang, Words

Found: TypeAlias = Contested | Gap | Overlap | Impossible | Idle | Dead

_HEADINGS = {
    "contested": Words("归档取决于读法的金额", "Contested amounts"),
    "gaps": Words("无档可归的金额", "Amounts that no tier claims"),
    "overlaps": Words("两档同时主张的金额", "Amounts that two tiers claim"),
    "impossible": Words("无法履行的义务", "Duties that nothing meets"),
    "conflicts": Words("不能同时履行的义务", "Duties that cannot be met together"),
    "idle": Words("不影响结论的读法", "Readings that change no verdict"),
    "dead": Words("从不触发的规则", "Rules that never fire"),
}
_PLACES = {
    "nothing": Words("无计入采购", "nothing counted"),
    "any": Words("任何金额", "any amount"),
    "below": Words("低于{cut0}", "below {cut0}"),
    "exactly": Words("恰为{cut0}", "exactly {cut0}"),
    "between": Words("介于{cut0}与{cut1}之间", "between {cut0} and {cut1}"),
    "above": Words("高于{cut0}", "above {cut0}"),
}


def dumps(coverage: Coverage, lang: Lang = "zh") -> str:
    """For a person: what was found, under a heading for each kind of finding."""
    return "\n".join([coverage.policy.title.say(lang), *_sections(coverage, lang), ""])


def _sections(coverage: Coverage, lang: Lang) -> Iterator[str]:
    for key, heading in _HEADINGS.items():
        found: tuple[Found, ...] = getattr(coverage, key)
        yield ""
        if not found:
            yield f"{heading.say(lang)}{Words('：无', ': none').say(lang)}"
            continue
        yield f"{heading.say(lang)}{Words('：', ':').say(lang)}"
        yield from (f"  - {message(coverage.policy, one).say(lang)}" for one in found)


def dumps_json(coverage: Coverage, lang: Lang = "zh") -> str:
    return json.dumps(as_dict(coverage, lang), ensure_ascii=False, indent=1) + "\n"


def as_dict(coverage: Coverage, lang: Lang = "zh") -> dict[str, Any]:
    """The JSON contract of `procure coverage --format json`.

    `readings` of a gap, an overlap or a duty are the conditions that lead there, any one of them: for each question the
    answers that do. An empty condition is every reading.
    """
    policy = coverage.policy
    return {
        "policy": policy.id,
        "adopted": dict(policy.adopted),
        **{key: [_record(policy, found, lang) for found in getattr(coverage, key)] for key in _HEADINGS},
    }


def _record(policy: Policy, found: Found, lang: Lang) -> dict[str, Any]:
    record = {field.name: _plain(policy, field.name, getattr(found, field.name)) for field in attrs.fields(type(found))}
    return {**record, "message": message(policy, found).say(lang)}


def _plain(policy: Policy, name: str, value: Any) -> Any:
    if name in ("position", "single", "total"):
        return _position(policy, value)
    if isinstance(value, Readings):
        return [{question: list(answers) for question, answers in way.items()} for way in _conditions(policy, value)]
    if isinstance(value, Point):
        return {field.name: _plain(policy, field.name, getattr(value, field.name)) for field in attrs.fields(Point)}
    if isinstance(value, Mapping):
        return {fact: _plain_fact(answer) for fact, answer in value.items()}
    return [_plain(policy, "", one) for one in value] if isinstance(value, tuple) else value


def _position(policy: Policy, position: int) -> dict[str, Any]:
    where, cuts = _stands(policy, position)
    return {"is": where, "cuts": [_cut(policy, n)[0] for n in cuts]}


def _stands(policy: Policy, position: int) -> tuple[str, tuple[int, ...]]:
    """How an amount at a position stands to the cuts beside it."""
    lower, upper = position // 2 - 1, position // 2
    if position == NONE:
        return "nothing", ()
    if position % 2 == 0:
        return "exactly", (lower,)
    beside = tuple(n for n in (lower, upper) if 0 <= n < len(policy.cuts))
    return {(): "any", (lower,): "above", (upper,): "below"}.get(beside, "between"), beside


def position_words(policy: Policy, position: int) -> Words:
    """A position of `procure.scale` in words: "exactly ¥5,000.00", "above the yearly limit"."""
    where, cuts = _stands(policy, position)
    return _PLACES[where].format(**{f"cut{at}": _cut(policy, n)[1] for at, n in enumerate(cuts)})


def _cut(policy: Policy, n: int) -> tuple[str, Words]:
    """A cut for a machine, and for a person; delegated limits are told apart where there are several."""
    cut, limits = policy.cuts[n], [m for m, other in enumerate(policy.cuts) if isinstance(other, Limits)]
    if not isinstance(cut, Limits):
        return amounts.plain(cut), Words(amounts.shown(cut), amounts.shown(cut))
    if len(limits) == 1:
        return "limit", Words("年度限额", "the yearly limit")
    number = limits.index(n) + 1
    return f"limit-{number}", Words(f"第{number}个年度限额", f"yearly limit {number}")


def message(policy: Policy, found: Found) -> Words:
    """One finding in words."""
    return _MESSAGES[type(found)](policy, found)


def _contested(policy: Policy, found: Contested) -> Words:
    tiers = [_title(policy, tier) for tier in found.tiers]
    if len(tiers) == 1:
        tiers.append(Words("无档", "no tier"))
    return Words("{where}：{tiers}？取决于 {questions}", "{where}: {tiers}? It turns on {questions}").format(
        where=position_words(policy, found.position),
        tiers=_joined(tiers, Words("还是", " or ")),
        questions=_joined([_asked(policy, question) for question in found.questions], Words("、", ", ")),
    )


def _gap(policy: Policy, found: Gap) -> Words:
    return Words("{where}：无档可归{under}", "{where}: no tier claims it{under}").format(
        where=position_words(policy, found.position), under=_under(policy, found.readings)
    )


def _overlap(policy: Policy, found: Overlap) -> Words:
    return Words("{where}：{tiers}均可主张{under}", "{where}: {tiers} both claim it{under}").format(
        where=position_words(policy, found.position),
        tiers=_joined([_title(policy, tier) for tier in found.tiers], Words("与", " and ")),
        under=_under(policy, found.readings),
    )


def _impossible(policy: Policy, found: Impossible) -> Words:
    alone = Words(
        "{rules}：无论如何采购均不能满足{under}；例：{points}", "{rules}: nothing meets it{under}; for one, {points}"
    )
    together = Words(
        "{rules}：可分别满足，不能同时满足{under}；例：{points}",
        "{rules}: each can be met, but not by one purchase{under}; for one, {points}",
    )
    return (alone if len(found.rules) == 1 else together).format(
        rules=_joined([_title(policy, rule) for rule in found.rules], Words("与", " and ")),
        under=_under(policy, found.readings),
        points=_joined([point_words(policy, point) for point in found.points], Words("；或", "; or ")),
    )


def _idle(policy: Policy, found: Idle) -> Words:
    if len(found.readings) == len(policy.questions[found.ambiguity].readings):
        told = Words("{question}：任何读法均不改变结论", "{question}: no reading of it changes a verdict")
    else:
        told = Words("{question}：读法 {readings} 的结论处处相同", "{question}: {readings} lead to the same verdicts")
    readings = _joined([Words(reading, reading) for reading in found.readings], Words("与", " and "))
    return told.format(question=found.ambiguity, readings=readings)


def _dead(policy: Policy, found: Dead) -> Words:
    never = Words("从无可能违反", "never breached") if found.due else Words("从不适用", "never due")
    return Words("{rule}：{never}", "{rule}: {never}").format(rule=_title(policy, found.rule), never=never)


_MESSAGES: Mapping[type, Callable[[Policy, Any], Words]] = {
    Contested: _contested,
    Gap: _gap,
    Overlap: _overlap,
    Impossible: _impossible,
    Idle: _idle,
    Dead: _dead,
}


def _joined(words: Iterable[Words], between: Words) -> Words:
    zh, en = zip(*words, strict=True)
    return Words(between.zh.join(zh), between.en.join(en))


def _title(policy: Policy, rule: str) -> Words:
    """The title of a rule, or of a tier, which is known by the rule that governs it."""
    title = next((ruling.title for ruling in policy.rules if ruling.id == rule), Words(rule, rule))
    return Words("“{title}”", "“{title}”").format(title=title)


def _asked(policy: Policy, ambiguity: str) -> Words:
    return Words("{id}（{question}）", "{id} ({question})").format(
        id=ambiguity, question=policy.questions[ambiguity].question
    )


def _conditions(policy: Policy, readings: Readings) -> tuple[Condition, ...]:
    """The answers that put an open interpretation into the set: any one of these conditions; an empty one is every
    reading."""
    return cover(policy.questions, readings, policy.open)


def _under(policy: Policy, readings: Readings) -> Words:
    conditions = _conditions(policy, readings)
    if conditions == ({},):
        return Words("（各读法下）", " (under every reading)")
    return Words("（{when} 时）", " (where {when})").format(when=condition_words(conditions))


def point_words(policy: Policy, point: Point) -> Words:
    amounts = [Words("单次{place}", "single {place}").format(place=position_words(policy, point.single))]
    if policy.measures:
        amounts.append(
            Words("年度累计{place}", "accumulated {place}").format(place=position_words(policy, point.total))
        )
    told = [_fact(fact, value) for fact, value in point.facts.items()]
    return _joined(amounts + [words for words in told if words is not None], Words("，", ", "))


def _plain_fact(value: object) -> object:
    if isinstance(value, Kind):
        return value.value
    return sorted(kind.value for kind in value) if isinstance(value, frozenset) else value


_TOLD = {
    "below_floor": Words("低于目录起点金额", "below its floor"),
    "reaches": Words("达到公开招标数额标准", "at or above the open-tender standard"),
    "emergency": Words("应急采购", "an emergency"),
}


def _fact(fact: str, value: object) -> Words | None:
    """What is bought, in words; what it is not goes without saying, but for the catalogue."""
    if isinstance(value, Kind):
        return value.words
    if fact == "in_catalogue":
        return Words("目录内", "in the catalogue") if value else Words("目录外", "outside the catalogue")
    return _TOLD[fact] if value else None
