"""The sheet of the open questions: by which reading each was judged, and why; then those that were not asked."""

from __future__ import annotations

from collections.abc import Iterable

from procure.interpretation.readings import Ambiguity, Reading
from procure.policy.plan import Plan
from procure.values.words import Words
from procure.writers.ambiguities import TREATMENTS
from procure.writers.workbook.tables import SheetColumn, SheetTable


def questions(plan: Plan) -> SheetTable[Ambiguity]:
    def working(asked: Ambiguity) -> Words:
        return _meanings(reading for reading in asked.readings if reading.id == _answer(plan, asked))

    def others(asked: Ambiguity) -> Words:
        return _meanings(reading for reading in asked.readings if reading.id != _answer(plan, asked))

    columns: tuple[SheetColumn[Ambiguity], ...] = (
        SheetColumn(Words("歧义", "ambiguity"), 16, lambda asked: asked.id),
        SheetColumn(Words("条目", "entries"), 10, lambda asked: ", ".join(asked.entries)),
        SheetColumn(Words("原文", "words of the text"), 30, _spans),
        SheetColumn(Words("问题", "question"), 40, lambda asked: asked.question),
        SheetColumn(Words("处理", "treatment"), 16, lambda asked: TREATMENTS[asked.treatment.value]),
        SheetColumn(Words("默认口径", "working reading"), 44, working),
        SheetColumn(Words("来由", "standing"), 18, lambda asked: _standing(plan, asked)),
        SheetColumn(Words("其他读法", "other readings"), 44, others),
        SheetColumn(Words("建议理由", "why recommended"), 44, lambda asked: asked.why),
        SheetColumn(
            Words("未问的原因", "why not asked"),
            40,
            lambda asked: asked.because if asked in plan.not_asked else None,
        ),
    )
    return SheetTable(Words("歧义", "ambiguities"), columns, (*plan.asked, *plan.not_asked), fixed=1)


def _answer(plan: Plan, asked: Ambiguity) -> str:
    return plan.working.get(asked.id, asked.recommended)


def _standing(plan: Plan, asked: Ambiguity) -> Words:
    """Whether the working reading was adopted, by whom where that is on record, or is the recommended one."""
    if asked.id not in plan.policy.adopted:
        if _answer(plan, asked) != asked.recommended:
            return Words("未问时所取", "taken since it was not asked")
        return Words("建议", "recommended")
    for record in plan.policy.adoptions:
        for entry in record.entries:
            if entry.ambiguity == asked.id:
                parts = (entry.decided_by, str(entry.date), entry.document)
                return Words(f"采用（{'，'.join(parts)}）", f"adopted ({', '.join(parts)})")
    return Words("采用", "adopted")


def _spans(asked: Ambiguity) -> str:
    return "\n".join(dict.fromkeys(f"“{span.text}”" for span in asked.spans))


def _meanings(readings: Iterable[Reading]) -> Words:
    parts = tuple(readings)
    return Words(
        "\n".join(f"{reading.id}：{reading.meaning.zh}" for reading in parts),
        "\n".join(f"{reading.id}: {reading.meaning.en}" for reading in parts),
    )
