"""A set of interpretations in as few words as it takes: a list of conditions, none of which can be dropped or
shortened.

The method is that of Minato and Morreale for irredundant sums of products, here with questions of two answers or more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from procure.interpretation.readings import Ambiguity, Questions, Readings
from procure.values.words import Words

#: For each question named, the answers that will do.
Condition = Mapping[str, tuple[str, ...]]


def cover(questions: Questions, readings: Readings, within: Readings) -> tuple[Condition, ...]:
    """Conditions that together hold of just those interpretations in `within` that are in `readings`. Outside
    `within` they may say anything: those interpretations have been ruled out."""
    for ambiguity in questions:
        left = [answer for answer in ambiguity.answers if within.given(ambiguity, answer)]
        if len(left) == 1:
            # A question with one answer left is none: no condition need name it.
            readings, within = readings.given(ambiguity, *left), within.given(ambiguity, *left)
    return tuple(_Cover(questions).cover(readings & within, readings | (questions.every - within)))


def spelled(questions: Questions, condition: Condition) -> Readings:
    """The interpretations of which a condition holds."""
    found = questions.every
    for ambiguity, answers in condition.items():
        either = questions.none
        for answer in answers:
            either |= questions[ambiguity][answer]
        found &= either
    return found


class _Cover:
    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._order = {ambiguity.id: n for n, ambiguity in enumerate(questions)}

    def cover(self, must: Readings, may: Readings) -> list[Condition]:
        """Conditions that hold of all of `must` and of nothing outside `may`."""
        if not must:
            return []
        if may == self._questions.every:
            return [{}]
        asked = self._first(must, may)
        needed = {answer: must.given(asked, answer) for answer in asked.answers}
        allowed = {answer: may.given(asked, answer) for answer in asked.answers}
        found: list[Condition] = []
        # What only few answers allow is covered first, by a condition that names them; what remains is allowed by more.
        for size in range(1, len(asked.answers) + 1):
            for answers in combinations(asked.answers, size):
                rest = self._rest(answers, asked.answers, needed, allowed)
                both = self._common(answers, allowed)
                named = {} if size == len(asked.answers) else {asked.id: answers}
                conditions = self.cover(rest, both)
                found += [{**named, **condition} for condition in conditions]
                for condition in conditions:
                    covered = spelled(self._questions, condition)
                    needed.update({answer: needed[answer] - covered for answer in answers})
        return found

    def _first(self, must: Readings, may: Readings) -> Ambiguity:
        asked = [ambiguity for ambiguity in (must.first_asked, may.first_asked) if ambiguity is not None]
        return min(asked, key=lambda ambiguity: self._order[ambiguity.id])

    def _rest(
        self,
        answers: Sequence[str],
        all_answers: Sequence[str],
        needed: Mapping[str, Readings],
        allowed: Mapping[str, Readings],
    ) -> Readings:
        """What these answers need, less what could be said of more answers at once."""
        rest = self._questions.none
        for answer in answers:
            rest |= needed[answer]
        rest &= self._common(answers, allowed)
        for other in all_answers:
            if other not in answers:
                rest -= self._common((*answers, other), allowed)
        return rest

    def _common(self, answers: Sequence[str], allowed: Mapping[str, Readings]) -> Readings:
        common = self._questions.every
        for answer in answers:
            common &= allowed[answer]
        return common


def condition_words(conditions: Sequence[Condition]) -> Words:
    """The conditions in words: `limbs` is `single`, or `current` is `excluded` and `window` is `running`."""
    return Words(
        "，或 ".join(" 且 ".join(_zh(*part) for part in c.items()) for c in conditions),
        ", or ".join(" and ".join(_en(*part) for part in c.items()) for c in conditions),
    )


def _zh(ambiguity: str, answers: Sequence[str]) -> str:
    return f"{ambiguity} 取 {' 或 '.join(answers)}"


def _en(ambiguity: str, answers: Sequence[str]) -> str:
    return f"`{ambiguity}` is {' or '.join(f'`{answer}`' for answer in answers)}"


def verdict_words(questions: Questions, open: Readings, surely: Readings, perhaps: Readings) -> Words:
    """Under which open readings the purchase is a violation, as briefly as it can be said."""
    if surely == perhaps:
        return _either(questions, open, perhaps, Words("不符合", "violation"))
    possible = _either(
        questions,
        open,
        perhaps,
        Words("可能不符合（视所缺数据而定）", "perhaps a violation, as the missing data may be,"),
    )
    if not surely:
        return possible
    certain = _either(
        questions, open, surely, Words("无论所缺数据如何均不符合", "violation whatever the missing data may be,")
    )
    return Words(f"{certain.zh}；{possible.zh}", f"{certain.en}; {possible.en}")


def _either(questions: Questions, open: Readings, where: Readings, what: Words) -> Words:
    """`what`, where it holds or unless it does not: whichever is shorter."""
    if open == where & open:
        return Words(f"各种读法下均{what.zh}", f"{what.en} under every reading")
    if not where & open:
        return Words("各种读法下均符合", f"no {what.en} under any reading")
    holds, fails = (cover(questions, s, open) for s in (where, questions.every - where))
    if _length(holds) < _length(fails):
        return Words("{what}，仅当 {when}", "{what} only if {when}").format(what=what, when=condition_words(holds))
    return Words("{what}，除非 {when}", "{what} unless {when}").format(what=what, when=condition_words(fails))


def _length(conditions: Sequence[Condition]) -> tuple[int, int]:
    return sum(map(len, conditions)), len(conditions)
