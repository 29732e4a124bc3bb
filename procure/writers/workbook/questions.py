"""The sheet of the open questions: by which reading each was judged, and why; then those that were not asked."""

from __future__ import annotations

from procure.adoption import Adopted
from procure.policy import Policy
from procure.readings import Ambiguity, Reading
from procure.words import Words
from procure.writers.ambiguities import TREATMENTS
from procure.writers.workbook.tables import Cell, Column, Table

_ADOPTED, _RECOMMENDED = Words("采用", "adopted"), Words("建议", "recommended")


def questions(policy: Policy) -> Table[Ambiguity]:
    record = {entry.ambiguity: entry for adoption in policy.adoptions for entry in adoption.entries}

    def working(asked: Ambiguity) -> str:
        return policy.adopted.get(asked.id, asked.recommended)

    def standing(asked: Ambiguity) -> Cell:
        return (
            _on_record(record[asked.id])
            if asked.id in record
            else _ADOPTED
            if asked.id in policy.adopted
            else _RECOMMENDED
        )

    columns: tuple[Column[Ambiguity], ...] = (
        Column(Words("歧义", "ambiguity"), 16, lambda asked: asked.id),
        Column(Words("条目", "entries"), 10, lambda asked: ", ".join(asked.entries)),
        Column(Words("原文", "words of the text"), 30, _spans),
        Column(Words("问题", "question"), 40, lambda asked: asked.question),
        Column(Words("处理", "treatment"), 16, lambda asked: TREATMENTS[asked.treatment.value]),
        Column(
            Words("现行读法", "working reading"),
            44,
            lambda asked: _meanings([r for r in asked.readings if r.id == working(asked)]),
        ),
        Column(Words("来由", "standing"), 18, standing),
        Column(
            Words("其他读法", "other readings"),
            44,
            lambda asked: _meanings([r for r in asked.readings if r.id != working(asked)]),
        ),
        Column(Words("建议理由", "why recommended"), 44, lambda asked: asked.why),
        Column(Words("未问的原因", "why not asked"), 40, lambda asked: asked.because),
    )
    return Table(Words("歧义", "ambiguities"), columns, (*policy.questions, *policy.unasked), fixed=1)


def _on_record(entry: Adopted) -> Words:
    by = f"{entry.decided_by}，{entry.date}，{entry.document}"
    return Words(f"采用（{by}）", f"adopted ({by.replace('，', ', ')})")


def _spans(asked: Ambiguity) -> str:
    return "\n".join(dict.fromkeys(f"“{span.text}”" for span in asked.spans))


def _meanings(readings: list[Reading]) -> Words:
    return Words(
        "\n".join(f"{reading.id}：{reading.meaning.zh}" for reading in readings),
        "\n".join(f"{reading.id}: {reading.meaning.en}" for reading in readings),
    )
