"""What the survey of a policy found, in words and for JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from procure.interpretation.conditions import Condition, condition_words, cover
from procure.interpretation.readings import Readings
from procure.policy.doubts import Contested, Gap
from procure.policy.ladders import NOTHING, Cut
from procure.policy.plan import Plan
from procure.policy.space import Axis
from procure.policy.survey import Alone, Dead, Idle, Impossible, Survey, Ungoverned, WitnessPoint
from procure.policy.totals import ROWS
from procure.values.words import Lang, Words
from procure.writers.classes import class_plain, class_words

Found: TypeAlias = Contested | Gap | Impossible | Idle | Dead | Ungoverned | Alone

_HEADINGS = {
    "contested": Words("属哪一档取决于读法的金额", "Contested amounts"),
    "gaps": Words("无档可归的金额", "Amounts that no tier claims"),
    # A policy that has one is refused when it is built.
    "overlaps": Words("两档同时主张的金额", "Amounts that two tiers claim"),
    "impossible": Words("无法履行的义务", "Duties that nothing meets"),
    "conflicts": Words("不能同时履行的义务", "Duties that cannot be met together"),
    "idle": Words("不影响结论的读法", "Readings that change no verdict"),
    "dead": Words("从不触发的规则", "Rules that never fire"),
}
#: Said only where there is one.
_REMARKS = {
    "ungoverned": Words("没有义务的档", "Bands that ask for nothing"),
    "alone": Words("不计本笔的整期累计", "Totals of a whole period without the purchase itself"),
}
#: What a walk finds; nothing is known of these where it was too large.
_WALKED = ("impossible", "conflicts", "idle", "dead")
_TOO_LARGE = Words("未查：组合过多", "not checked: too many combinations")
_PLACES = {
    "nothing": Words("无计入采购", "nothing counted"),
    "any": Words("任何金额", "any amount"),
    "below": Words("低于{above}", "below {above}"),
    "exactly": Words("恰为{on}", "exactly {on}"),
    "between": Words("介于{below}与{above}之间", "between {below} and {above}"),
    "above": Words("高于{below}", "above {below}"),
}
_AND = Words("与", " and ")


def sections(survey: Survey, lang: Lang) -> Iterator[str]:
    """For a person: what was found, under a heading for each kind of finding."""
    for key, heading in (_HEADINGS | _REMARKS).items():
        found = _found(survey, key)
        if key in _REMARKS and not found:
            continue
        yield ""
        if survey.too_large and key in _WALKED:
            yield Words("{heading}：{why}", "{heading}: {why}").format(heading=heading, why=_TOO_LARGE).say(lang)
            continue
        if not found:
            yield f"{heading.say(lang)}{Words('：无', ': none').say(lang)}"
            continue
        yield f"{heading.say(lang)}{Words('：', ':').say(lang)}"
        yield from (f"  - {message(survey.plan, one).say(lang)}" for one in found)


def _found(survey: Survey, key: str) -> tuple[Found, ...]:
    found: tuple[Found, ...] = getattr(survey, key, ())
    return found


def as_dict(survey: Survey, lang: Lang = "zh") -> dict[str, Any]:
    """What was found, for JSON.

    `readings` of a gap or a duty are the conditions that lead there, any one of them: for each question the answers
    that do. An empty condition is every reading. `too_large` says that duties, readings and rules were not checked.
    """
    plan = survey.plan
    return {
        "policy": plan.policy.id,
        "adopted": dict(plan.policy.adopted),
        **{key: [_record(plan, found, lang) for found in _found(survey, key)] for key in _HEADINGS | _REMARKS},
        "too_large": survey.too_large,
    }


def _record(plan: Plan, found: Found, lang: Lang) -> dict[str, Any]:
    record = {
        field.name: _plain(plan, getattr(found, field.name))
        for field in attrs.fields(type(found))
        if field.name not in ("axis", "at")
    }
    if isinstance(found, (Contested, Gap)):
        record = {"ladder": record["ladder"], "position": _position(plan, found.axis, found.at), **record}
    return {**record, "message": message(plan, found).say(lang)}


def _plain(plan: Plan, value: Any) -> Any:
    if isinstance(value, Readings):
        return [{question: list(answers) for question, answers in way.items()} for way in _conditions(plan, value)]
    if isinstance(value, WitnessPoint):
        return _point(plan, value)
    return [_plain(plan, one) for one in value] if isinstance(value, tuple) else value


def _point(plan: Plan, point: WitnessPoint) -> dict[str, Any]:
    each = zip(point.axes, point.place, strict=True)
    standing = {axis.total: _position(plan, axis, at) for axis, at in each}
    return {
        "single": standing.pop(None, None),
        "totals": standing,
        "facts": {name: class_plain(plan, name, value) for name, value in point.facts.items()},
    }


def _position(plan: Plan, axis: Axis, at: Sequence[int]) -> dict[str, Any]:
    where, below, on, above = _stands(axis, at)
    cuts = [cut if isinstance(cut, str) else _number(plan, axis, cut)[0] for cut in (*below, *on, *above)]
    return {"is": where, "cuts": cuts}


Cuts: TypeAlias = tuple[Cut, ...]


def _stands(axis: Axis, at: Sequence[int]) -> tuple[str, Cuts, Cuts, Cuts]:
    """How an amount at these positions stands to the cuts beside it: those below it, on it and above it."""
    if at and at[0] == NOTHING:
        return "nothing", (), (), ()
    relations = axis.relations(at)
    on = tuple(dict.fromkeys(cut for cut, sign in relations if sign == 0))
    if on:
        return "exactly", (), on, ()
    below, above = _nearest(axis, at, 1), _nearest(axis, at, -1)
    names = {(False, False): "any", (True, False): "above", (False, True): "below", (True, True): "between"}
    return names[bool(below), bool(above)], below, (), above


def _nearest(axis: Axis, at: Sequence[int], sign: int) -> Cuts:
    """Of the cuts on one side the nearest of each chain, and of several numbers the nearest."""
    found: dict[Cut, None] = {}
    for chain, position in zip(axis.chains, at, strict=True):
        n = position // 2 - (sign > 0)
        if 0 <= n < len(chain):
            found[chain[n]] = None
    numbers = [cut for cut in found if isinstance(cut, int)]
    nearest = (max(numbers) if sign > 0 else min(numbers)) if numbers else None
    return tuple(cut for cut in found if isinstance(cut, str) or cut == nearest)


def position_words(plan: Plan, axis: Axis, at: Sequence[int]) -> Words:
    """Where an amount stands, in words: "exactly ¥5,000.00", "above the yearly limit"."""
    where, below, on, above = _stands(axis, at)
    sides = {"below": below, "on": on, "above": above}
    by_side = {side: _joined([_cut(plan, axis, cut) for cut in cuts], _AND) for side, cuts in sides.items() if cuts}
    return _PLACES[where].format(**by_side)


def _cut(plan: Plan, axis: Axis, cut: Cut) -> Words:
    if isinstance(cut, int):
        return Words(*[_number(plan, axis, cut)[1]] * 2)
    limit = plan.built.limits[cut]
    # Two limits that are called the same are distinguished by their names.
    same = [other for other in plan.built.limits.values() if other.title == limit.title]
    name = f"（{cut}）" if len(same) > 1 else "", f" ({cut})" if len(same) > 1 else ""
    return Words(f"{limit.title.zh}{name[0]}", f"the {limit.title.en}{name[1]}")


def _number(plan: Plan, axis: Axis, cut: int) -> tuple[str, str]:
    """A cut for a machine, and for a person: an amount, or a number of rows."""
    rows = axis.total is not None and any(
        gauge.measure is not None and gauge.measure.total == axis.total and gauge.measure.way.sum == ROWS
        for gauge in plan.gauges
    )
    currency = plan.built.currency
    return (str(cut),) * 2 if rows else (currency.plain(cut), currency.shown(cut, plan.policy.decimal))


def message(plan: Plan, found: Found) -> Words:
    """One finding in words."""
    return _MESSAGES[type(found)](plan, found)


def _where(plan: Plan, found: Contested | Gap) -> Words:
    """The place; with several ladders, which of them."""
    where = position_words(plan, found.axis, found.at)
    if len(plan.ladders) == 1:
        return where
    return Words("{ladder}：{where}", "{ladder}: {where}").format(ladder=found.ladder, where=where)


def _contested(plan: Plan, found: Contested) -> Words:
    tiers = [_title(plan, tier) for tier in found.tiers]
    if len(tiers) == 1:
        tiers.append(Words("无档", "no tier"))
    return Words("{where}：{tiers}？取决于 {questions}", "{where}: {tiers}? It turns on {questions}").format(
        where=_where(plan, found),
        tiers=_joined(tiers, Words("还是", " or ")),
        questions=_joined([_asked(plan, question) for question in found.questions], Words("、", ", ")),
    )


def _gap(plan: Plan, found: Gap) -> Words:
    return Words("{where}：无档可归{under}", "{where}: no tier claims it{under}").format(
        where=_where(plan, found), under=_under(plan, found.readings)
    )


def _impossible(plan: Plan, found: Impossible) -> Words:
    alone = Words(
        "{rules}：无论如何采购均不能满足{under}；例：{points}", "{rules}: nothing meets it{under}; for one, {points}"
    )
    together = Words(
        "{rules}：可分别满足，不能同时满足{under}；例：{points}",
        "{rules}: each can be met, but not by one purchase{under}; for one, {points}",
    )
    return (alone if len(found.rules) == 1 else together).format(
        rules=_joined([_title(plan, rule) for rule in found.rules], Words("与", " and ")),
        under=_under(plan, found.readings),
        points=_joined([point_words(plan, point) for point in found.points], Words("；或", "; or ")),
    )


def _idle(plan: Plan, found: Idle) -> Words:
    if len(found.readings) == len(plan.questions[found.ambiguity].readings):
        phrase = Words("{question}：任何读法均不改变结论", "{question}: no reading of it changes a verdict")
    else:
        phrase = Words("{question}：读法 {readings} 的结论处处相同", "{question}: {readings} lead to the same verdicts")
    readings = _joined([Words(reading, reading) for reading in found.readings], Words("与", " and "))
    return phrase.format(question=found.ambiguity, readings=readings)


def _dead(plan: Plan, found: Dead) -> Words:
    never = Words("总能满足", "never breached") if found.due else Words("从不适用", "never due")
    return Words("{rule}：{never}", "{rule}: {never}").format(rule=_title(plan, found.rule), never=never)


def _ungoverned(plan: Plan, found: Ungoverned) -> Words:
    band = _title(plan, found.band) if len(plan.ladders) == 1 else Words(*[f"“{found.ladder}.{found.band}”"] * 2)
    return Words("{band}：没有义务", "{band}: it has no duty").format(band=band)


def _alone(plan: Plan, found: Alone) -> Words:
    return Words(
        "{total}：累计整期而不计本笔，两笔 1,500 各只见 1,500{under}",
        "{total}: it sums a whole period without the purchase itself, so that two of 1,500 are 1,500 each{under}",
    ).format(total=found.total, under=_under(plan, found.readings))


_MESSAGES: Mapping[type, Callable[[Plan, Any], Words]] = {
    Contested: _contested,
    Gap: _gap,
    Impossible: _impossible,
    Idle: _idle,
    Dead: _dead,
    Ungoverned: _ungoverned,
    Alone: _alone,
}


def _joined(words: Iterable[Words], between: Words) -> Words:
    zh, en = zip(*words, strict=True)
    return Words(between.zh.join(zh), between.en.join(en))


def _title(plan: Plan, rule: str) -> Words:
    """The title of a rule, or of a band, which is known by the rule that governs it."""
    title = next((ruling.title for ruling in plan.rules if ruling.id == rule), Words(rule, rule))
    return Words("“{title}”", "“{title}”").format(title=title)


def _asked(plan: Plan, ambiguity: str) -> Words:
    return Words("{id}（{question}）", "{id} ({question})").format(
        id=ambiguity, question=plan.questions[ambiguity].question
    )


def _conditions(plan: Plan, readings: Readings) -> tuple[Condition, ...]:
    """The answers that put an open interpretation into the set: any one of these conditions; an empty one is every
    reading."""
    return cover(plan.questions, readings, plan.open)


def _under(plan: Plan, readings: Readings) -> Words:
    conditions = _conditions(plan, readings)
    if conditions == ({},):
        return Words("（各种读法下）", " (under every reading)")
    return Words("（{when} 时）", " (where {when})").format(when=condition_words(conditions))


def point_words(plan: Plan, point: WitnessPoint) -> Words:
    standing = [
        _axis(plan, axis, len(point.axes)).format(place=position_words(plan, axis, at))
        for axis, at in zip(point.axes, point.place, strict=True)
    ]
    stated = [class_words(plan, fact, value) for fact, value in point.facts.items()]
    words = standing + [words for words in stated if words is not None]
    return _joined(words or [Words("任何采购", "any purchase")], Words("，", ", "))


def _axis(plan: Plan, axis: Axis, several: int) -> Words:
    """What stands where: the amount, or a total, which has its name where there are several."""
    if axis.total is None:
        return Words("单次{place}", "single {place}")
    if several > 2:
        return Words(f"{axis.total} {{place}}", f"{axis.total} {{place}}")
    yearly = all(measure.window.year for measure in plan.measures)
    return Words("年度累计{place}" if yearly else "累计{place}", "accumulated {place}")
