"""The open questions of a policy's text, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from procure.interpretation.readings import Ambiguity, Reading
from procure.policy.policy import Policy
from procure.values.words import Lang, Words

TREATMENTS = {
    "executed": Words("各种读法都检查", "run under every reading"),
    "answered-by-input": Words("由输入回答", "answered by the input"),
    "delegated": Words("由他人确定", "delegated"),
    "noted": Words("仅作记录", "noted"),
}
_IF_THERE = Words("有所需数据时各种读法都检查", "run under every reading where its datum is there")


def as_dict(policy: Policy, lang: Lang = "zh") -> dict[str, Any]:
    """The JSON contract of `procure ambiguities --format json`."""
    return {"policy": policy.id, "ambiguities": [_ambiguity(a, lang) for a in _every(policy)]}


def dumps_json(policy: Policy, lang: Lang = "zh") -> str:
    return json.dumps(as_dict(policy, lang), ensure_ascii=False, indent=1) + "\n"


def _every(policy: Policy) -> tuple[Ambiguity, ...]:
    """The questions that are run first, then the others."""
    return (*policy.built.questions, *policy.unasked)


def _ambiguity(ambiguity: Ambiguity, lang: Lang) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": ambiguity.id,
        "entries": list(ambiguity.entries),
        "spans": [{"start": span.start, "end": span.end, "text": span.text} for span in ambiguity.spans],
        "question": ambiguity.question.say(lang),
        "treatment": ambiguity.treatment.value,
        "recommended": ambiguity.recommended,
        "why": ambiguity.why.say(lang),
        "readings": [_reading(reading, lang) for reading in ambiguity.readings],
    }
    if ambiguity.because is not None:
        found["because"] = ambiguity.because.say(lang)
    return found


def _reading(reading: Reading, lang: Lang) -> dict[str, Any]:
    support = [citation.words.say(lang) for citation in reading.support]
    return {"id": reading.id, "meaning": reading.meaning.say(lang), "support": support}


def dumps(policy: Policy, lang: Lang = "zh") -> str:
    """For a person: the passage with its spans marked, then every question under the words that raise it."""
    return "\n".join([*_passage(policy, lang), *_questions(policy, lang), ""])


def _passage(policy: Policy, lang: Lang) -> Iterator[str]:
    """The text with a number after every span that raises a question."""
    yield policy.title.say(lang)
    yield policy.passage.origin.say(lang)
    yield ""
    marks: dict[int, list[int]] = {}
    for number, ambiguity in enumerate(_every(policy), 1):
        for span in ambiguity.spans:
            marks.setdefault(span.end, []).append(number)
    text, at = "", 0
    for end in sorted(marks):
        text += policy.passage.text[at:end] + "[" + ",".join(map(str, marks[end])) + "]"
        at = end
    yield (text + policy.passage.text[at:]).strip().replace("。", "。\n").strip()


def _questions(policy: Policy, lang: Lang) -> Iterator[str]:
    for number, ambiguity in enumerate(_every(policy), 1):
        yield ""
        treatment = (_IF_THERE if ambiguity.needs else TREATMENTS[ambiguity.treatment.value]).say(lang)
        entries = Words("、".join(ambiguity.entries), ", ".join(ambiguity.entries)).say(lang)
        if lang == "zh":
            yield f"[{number}] {ambiguity.id}{f'（{entries}）' if entries else '：'}{treatment}"
        else:
            yield f"[{number}] {ambiguity.id}{f' ({entries})' if entries else ''}: {treatment}"
        for text in dict.fromkeys(span.text for span in ambiguity.spans):
            yield f"    “{text}”"
        yield f"    {ambiguity.question.say(lang)}"
        for reading in ambiguity.readings:
            adopted = policy.adopted.get(ambiguity.id) == reading.id
            recommended = ambiguity.recommended == reading.id
            mark = Words("采用", "adopted") if adopted else Words("建议", "recommended") if recommended else None
            label = f"{reading.id}" + (
                f"〔{mark.say(lang)}〕" if mark and lang == "zh" else f" [{mark.say(lang)}]" if mark else ""
            )
            yield f"    - {label}: {reading.meaning.say(lang)}"
            for citation in reading.support:
                yield f"        {citation.words.say(lang)}"
        yield f"    {Words('理由：', 'why: ').say(lang)}{ambiguity.why.say(lang)}"
        if ambiguity.because is not None:
            yield f"    {Words('处理：', 'treatment: ').say(lang)}{ambiguity.because.say(lang)}"
