"""What a text leaves open, as a policy file asks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from procure.interpretation.readings import Ambiguity, Needed, Reading, Treatment, Witness
from procure.policy.file.citations import SUPPORT, Support
from procure.policy.file.kinds import CONDITION, QUOTE, ROWS, SAID
from procure.values.faults import Faults, Path, unknown
from procure.values.tables import ANY, TEXT, TEXTS, Either, Key, ListOf, OneOfWords, Table, TableOf
from procure.values.words import Words

_WITNESS = Table(
    Witness,
    (
        Key("name", SAID, Words("说明", "what it shows")),
        Key("given", TableOf(ANY), Words("所给限额与名单", "limits and lists given")),
        Key(
            "rows",
            Either((ROWS, TableOf(ROWS))),
            Words("台账的行；读法决定怎样记账的，按读法", "the log; by reading where a reading is how the log is kept"),
            required=True,
        ),
        Key(
            "verdicts",
            TableOf(OneOfWords(("violation", "compliant", "unknown", "not_applicable"))),
            Words("各种读法下末行的结论", "the verdict on the last row under each reading"),
            required=True,
        ),
        Key("assumes", TableOf(TEXT), Words("其他问题的读法", "readings of other questions")),
        Key("entries", TEXTS, Words("所答各项", "the lines of the office's own list that it shows")),
        Key(
            "inexpressible",
            TableOf(SAID),
            Words("不能以台账表示的读法及原因", "readings that no log can show, and why"),
        ),
    ),
)
NOTHING = Words("", "")
_READING = Words("读法", "reading")
_TREATMENTS = {"noted": Treatment.NOTED, "answered": Treatment.ANSWERED, "delegated": Treatment.DELEGATED}


@attrs.frozen(kw_only=True)
class Question:
    """A question as a file has it."""

    id: str
    asks: Words
    raised_by: tuple[Any, ...]
    readings: Mapping[str, Words]
    recommended: str
    entries: tuple[str, ...] = ()
    why: Words = NOTHING
    because: Words | None = None
    support: tuple[Support, ...] = ()
    witness: tuple[Witness, ...] = ()
    needs: Any = None
    otherwise: str | None = None
    treatment: str | None = None

    def __attrs_post_init__(self) -> None:
        wrong = Faults()
        if (self.needs is None) != (self.otherwise is None):
            wrong.add(
                (),
                "needs 与 otherwise 须同有或同无",
                "`needs` and `otherwise` belong together: one alone is not enough",
            )
        if len(self.readings) < 2:
            wrong.add(("readings",), "须有两种以上读法", "it needs two readings or more")
        named: dict[Path, str | None] = {("recommended",): self.recommended, ("otherwise",): self.otherwise}
        named |= {("support", n, "reading"): each.reading for n, each in enumerate(self.support)}
        for path, reading in named.items():
            if reading is not None and reading not in self.readings:
                with wrong.at(*path):
                    raise unknown(_READING, reading, self.readings)
        wrong.raise_nested()

    def ambiguity(self, spans: tuple[Any, ...]) -> Ambiguity:
        """The question; `spans` are the words that raise it."""
        readings = tuple(
            Reading(id, meaning, tuple(each.citation for each in self.support if each.reading == id))
            for id, meaning in self.readings.items()
        )
        return Ambiguity(
            self.id,
            self.asks,
            readings,
            self.recommended,
            self.why,
            self.entries,
            spans,
            Treatment.EXECUTED if self.treatment is None else _TREATMENTS[self.treatment],
            self.because,
            None if self.otherwise is None else Needed(self.needs, self.otherwise),
            self.witness,
        )


QUESTION = Table(
    Question,
    (
        Key("asks", SAID, Words("问题", "the question"), required=True),
        Key(
            "raised-by",
            ListOf(QUOTE),
            Words("引起问题的原文；原文没写则为 []", "the words that raise it; [] where silence does"),
            required=True,
        ),
        Key("entries", TEXTS, Words("所答的各项", "the lines of an office's own list of ambiguities that it answers")),
        Key("readings", TableOf(SAID), Words("读法", "the answers, each with what it means"), required=True),
        Key("recommended", TEXT, Words("建议的读法", "the best supported reading"), required=True),
        Key("why", SAID, Words("建议的理由及弱点", "why that one, with its weak point")),
        Key("because", SAID, Words("为何不问", "why it is not asked, beside `needs` or `treatment`")),
        Key("support", ListOf(SUPPORT), Words("各读法的依据", "what supports each reading")),
        Key("witness", ListOf(_WITNESS), Words("结论因读法而不同的小台账", "small logs whose verdict turns on it")),
        Key(
            "needs",
            Either((TEXT, CONDITION)),
            Words(
                "有此列、名单、限额才问",
                "asked only where this column, list or limit is there, or some row meets this condition",
            ),
        ),
        Key("otherwise", TEXT, Words("不问时的读法", "the reading taken where it is not asked")),
        Key(
            "treatment",
            OneOfWords(tuple(_TREATMENTS)),
            Words(
                "不逐一判定的问题：备考、由某列回答、由他方决定",
                "a question that nothing in the file reads: noted, answered by a column, delegated",
            ),
        ),
    ),
    named="id",
)
