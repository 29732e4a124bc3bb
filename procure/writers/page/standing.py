"""How a finding came out, in the words and colours of the page, where a violation is of one kind, settled or not."""

from __future__ import annotations

import enum

from procure.engines.findings import Finding
from procure.reporting.standing import VIOLATIONS, Standing, standing
from procure.values.words import Words


class StandingKind(enum.Enum):
    """The value names the kind in the style and to the script."""

    VIOLATION = "violation"
    EXPOSURE = "exposure"
    UNKNOWN = "unknown"
    COMPLIANT = "compliant"
    NOT_APPLICABLE = "not-applicable"

    @property
    def words(self) -> Words:
        return _WORDS[self]


_WORDS = {
    StandingKind.VIOLATION: Words("疑点", "to confirm"),
    StandingKind.EXPOSURE: Words("风险提示", "at risk"),
    StandingKind.UNKNOWN: Words("无法判断", "cannot be judged"),
    StandingKind.COMPLIANT: Words("合规", "compliant"),
    StandingKind.NOT_APPLICABLE: Words("未判断", "not judged"),
}
_OF = {
    **dict.fromkeys(VIOLATIONS, StandingKind.VIOLATION),
    Standing.EXPOSED: StandingKind.EXPOSURE,
    Standing.UNKNOWN: StandingKind.UNKNOWN,
    Standing.COMPLIANT: StandingKind.COMPLIANT,
    Standing.NOT_APPLICABLE: StandingKind.NOT_APPLICABLE,
}


def of_standing(standing: Standing) -> StandingKind:
    return _OF[standing]


def kind(finding: Finding) -> StandingKind:
    return _OF[standing(finding)]
