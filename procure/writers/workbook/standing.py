"""How a row of the log came out: the words for it, and the tint that helps the eye to find it."""

from __future__ import annotations

from collections.abc import Mapping

from procure.engines.judge import Verdict
from procure.reporting.standing import NAMES, Outcome, Standing, certain, standing
from procure.values.words import Words
from procure.writers.explain import VERDICTS

#: The words of the verdict column. They tell all that the tints do, except what is settled.
VERDICT: Mapping[Standing, Words] = {
    **dict.fromkeys((Standing.SETTLED, Standing.DISPUTED), VERDICTS[Verdict.VIOLATION]),
    Standing.EXPOSED: Words("合规（风险提示）", "compliant (at risk)"),
    Standing.UNKNOWN: VERDICTS[Verdict.UNKNOWN],
    Standing.REJECTED: NAMES[Standing.REJECTED],
    Standing.NOT_APPLICABLE: VERDICTS[Verdict.NOT_APPLICABLE],
    Standing.COMPLIANT: VERDICTS[Verdict.COMPLIANT],
}
#: In the order of the legend. Pale enough for black text, and of different greys in print.
TINT: Mapping[Standing, str | None] = {
    Standing.SETTLED: "#F4B6B0",
    Standing.DISPUTED: "#FBDCC4",
    Standing.EXPOSED: "#FFF4C2",
    Standing.UNKNOWN: "#D6E6F5",
    Standing.REJECTED: "#E3D9EE",
    Standing.NOT_APPLICABLE: "#EDEDED",
    Standing.COMPLIANT: None,
}
SURE = Words("各种读法一致", "settled")
OPEN = Words("有争议", "disputed")


def verdict(row: Outcome) -> Words:
    return VERDICT[standing(row)]


def certainty(row: Outcome) -> Words | None:
    """Whether the verdict is the same under every reading left open, where there is one."""
    return {True: SURE, False: OPEN, None: None}[certain(row)]


def tint(row: Outcome) -> str | None:
    return TINT[standing(row)]
