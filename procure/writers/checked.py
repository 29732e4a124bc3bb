"""What a policy's own check found, for a person and for a machine: its cases, what of its text is encoded, and what the
survey of its readings and bands found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from procure.engines.trying import PolicyCheck, Tried
from procure.values.words import Lang, Words
from procure.writers import encoding, soundness

_EXAMPLES = Words("算例", "Examples")
_UNSAID = Words(
    "此类规定通常写明、而本规定没有写的（供起草者参考，不是差错）：",
    "What such a rule usually says and this one does not (for its author; no fault):",
)
_STEPS = Words("下一步", "What to do next")
_WITNESSES = Words("问题的例证", "Logs that show what a question changes")


def dumps(
    found: PolicyCheck, lang: Lang = "zh", unsaid: Mapping[str, Words] | None = None, steps: Sequence[Words] = ()
) -> str:
    """For a person. `unsaid` is what its author may be asked, by topic; `steps` are what to do next."""
    sections = soundness.sections(found.survey, lang)
    asked = _asked(unsaid or {}, lang)
    return "\n".join([found.policy.title.say(lang), *_lines(found, lang), *sections, *asked, *_next(steps, lang), ""])


def _lines(found: PolicyCheck, lang: Lang) -> Iterator[str]:
    yield found.policy.passage.origin.say(lang)
    yield ""
    for heading, cases in ((_EXAMPLES, found.examples), (_WITNESSES, found.witnesses)):
        yield _count(heading, cases).say(lang)
        for case in cases:
            if case.wrong:
                yield Words(f"  - {case.place.zh}：", f"  - {case.place.en}:").say(lang)
                yield from (f"      {why.say(lang)}" for why in case.wrong)
    yield ""
    yield encoding.share(found.encoded).say(lang)
    yield from (f"  {words}" for words in encoding.left(found.encoded))


def _asked(unsaid: Mapping[str, Words], lang: Lang) -> Iterator[str]:
    if unsaid:
        yield ""
        yield _UNSAID.say(lang)
        yield from (f"  - {asks.say(lang)}" for asks in unsaid.values())


def _next(steps: Sequence[Words], lang: Lang) -> Iterator[str]:
    if steps:
        yield ""
        yield _STEPS.say(lang)
        yield from (f"{n}. {step.say(lang)}" for n, step in enumerate(steps, 1))


def _count(heading: Words, cases: Sequence[Tried]) -> Words:
    if not cases:
        return Words(f"{heading.zh}：无", f"{heading.en}: none")
    right, all_ = sum(not case.wrong for case in cases), len(cases)
    return Words(
        f"{heading.zh}：{all_} 个，{right} 个判定与文件一致",
        f"{heading.en}: {right} of {all_} judged as the file says",
    )


def dumps_json(
    found: PolicyCheck, lang: Lang = "zh", unsaid: Mapping[str, Words] | None = None, steps: Sequence[Words] = ()
) -> str:
    """The JSON contract of `procure policy check --format json`."""
    cases = {"examples": found.examples, "witnesses": found.witnesses}
    of_cases = {
        key: [{"place": case.place.say(lang), "wrong": [why.say(lang) for why in case.wrong]} for case in each]
        for key, each in cases.items()
    }
    body = {**soundness.as_dict(found.survey, lang), **of_cases, "text": encoding.plain(found.encoded)}
    body["unsaid"] = {topic: asks.say(lang) for topic, asks in (unsaid or {}).items()}
    body["next"] = [step.say(lang) for step in steps]
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
