"""How a row of the log came out: the words for it, and the tint that helps the eye to find it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import TypeAlias

from procure.engines.findings import Finding
from procure.engines.judge import Verdict
from procure.log import rows
from procure.log.records import Origin
from procure.log.rows import Rejected
from procure.values.words import Words
from procure.writers.explain import VERDICTS

#: A row of the log as it was judged, or as it could not be read.
Row: TypeAlias = Finding | Rejected


class Standing(enum.Enum):
    """In the order in which a clerk has to look at them."""

    SETTLED = "settled violation"
    DISPUTED = "disputed violation"
    EXPOSED = "exposure"
    UNKNOWN = "cannot tell"
    REJECTED = "could not be read"
    NOT_APPLICABLE = "not applicable"
    COMPLIANT = "compliant"


_JUDGED = {
    Verdict.COMPLIANT: Standing.COMPLIANT,
    Verdict.UNKNOWN: Standing.UNKNOWN,
    Verdict.NOT_APPLICABLE: Standing.NOT_APPLICABLE,
}
_VIOLATION = VERDICTS[Verdict.VIOLATION]
#: The words of the verdict column. They tell all that the tints do, but for what is settled.
VERDICT: Mapping[Standing, Words] = {
    Standing.SETTLED: _VIOLATION,
    Standing.DISPUTED: _VIOLATION,
    Standing.EXPOSED: Words("合规（风险提示）", "compliant (exposure)"),
    Standing.UNKNOWN: VERDICTS[Verdict.UNKNOWN],
    Standing.REJECTED: Words("未能读取", "could not be read"),
    Standing.NOT_APPLICABLE: VERDICTS[Verdict.NOT_APPLICABLE],
    Standing.COMPLIANT: VERDICTS[Verdict.COMPLIANT],
}
#: Pale enough for black text, and of different greys in print.
TINT: Mapping[Standing, str | None] = {
    Standing.SETTLED: "#F4B6B0",
    Standing.DISPUTED: "#FBDCC4",
    Standing.EXPOSED: "#FFF4C2",
    Standing.UNKNOWN: "#D6E6F5",
    Standing.REJECTED: "#E3D9EE",
    Standing.NOT_APPLICABLE: "#EDEDED",
    Standing.COMPLIANT: None,
}
SURE = Words("确定", "settled")
OPEN = Words("有争议", "disputed")


def standing(row: Row) -> Standing:
    if isinstance(row, Rejected):
        return Standing.REJECTED
    if row.verdict is Verdict.VIOLATION:
        return Standing.SETTLED if row.settled else Standing.DISPUTED
    return Standing.EXPOSED if row.exposed else _JUDGED[row.verdict]


def verdict(row: Row) -> Words:
    return VERDICT[standing(row)]


def certainty(row: Row) -> Words | None:
    """Whether the verdict is the same under every reading left open; None where there is no verdict of which to say
    so."""
    if isinstance(row, Rejected) or row.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE):
        return None
    return SURE if row.settled else OPEN


def tint(row: Row) -> str | None:
    return TINT[standing(row)]


def purchase_of(row: Row) -> rows.Row:
    """The purchase; of a row that could not be read, what it does say."""
    return row.readable if isinstance(row, Rejected) else row.purchase


def origin_of(row: Row) -> Origin:
    return row.origin if isinstance(row, Rejected) else row.purchase.origin
